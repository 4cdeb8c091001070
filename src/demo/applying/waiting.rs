//! What waits for somebody besides the applications (wat nog wacht): two people who ask for access, one to an organisation
//! with an administrator and one to an organisation without; and a procedure that a decision maker can publish.

use anyhow::{Context, anyhow};
use chrono::NaiveDate;

use super::APPLICANT;
use super::people::Staff;
use crate::account::newcomer;
use crate::actor::Actor;
use crate::calendar::{add_days, utc};
use crate::db::Conn;
use crate::demo::days::{at, working_day_until};
use crate::procedure::admission::store::{Fault, carry_out, make};
use crate::procedure::admission::{Entry, ProcedureVerb, Remedy, first};
use crate::provider::{self, access};
use crate::text::{Bilingual, Lang};

/// Who asks: name and e-mail address. Each says he works for the organisation.
const COLLEAGUE: (&str, &str) = ("N. van der Linde", "n.vanderlinde@groenevingerswerkt.example");
const UNKNOWN: (&str, &str) = ("P. Scheffer", "p.scheffer@post.example");

pub fn arrive(conn: &mut Conn, system: &Actor, staff: &Staff, today: NaiveDate) -> anyhow::Result<()> {
    let all = provider::store::all(conn, system)?;
    let own = all.iter().find(|one| one.name == APPLICANT.0).context("the applicant of the demo is gone")?;
    let quarters = all.iter().min_by_key(|one| one.number).context("the demo has no provider")?;
    for (days_ago, provider, who) in [(3, own, COLLEAGUE), (2, quarters, UNKNOWN)] {
        let now = utc(at(working_day_until(add_days(today, -days_ago)), 11, 20));
        let account_id = newcomer::known_or_new(conn, now, who.0, who.1, Lang::Nl)?;
        access::ask(conn, system, now, provider.id, account_id)?;
    }
    propose(conn, staff, today).map_err(|fault| match fault {
        Fault::Refused(refusal) => anyhow!("the procedure was refused: {refusal:?}"),
        Fault::Trouble(cause) => cause.into(),
    })
}

/// The procedure of the year to come, proposed by the contract manager.
fn propose(conn: &mut Conn, staff: &Staff, today: NaiveDate) -> Result<(), Fault> {
    let day = working_day_until(add_days(today, -1));
    let now = utc(at(day, 15, 40));
    let mut details = first::usual(staff.manager.name(), "contract@noordermeer.example");
    details.code = "werkfit".to_owned();
    details.name = Bilingual { nl: "Werkfit worden".to_owned(), en: "Getting fit for work".to_owned() };
    details.entry = Entry::Fixed;
    (details.opens_on, details.closes_on) = (Some(add_days(today, 60)), Some(add_days(today, 120)));
    (details.remedy, details.court) = (Remedy::Court, "Noord-Nederland".to_owned());
    details.contact.phone = "0500 000 000".to_owned();
    details.intro = Bilingual {
        nl: "U kunt zich twee maanden aanmelden. Voldoet u aan alle eisen, dan wordt u toegelaten.".to_owned(),
        en: "You can apply during two months. If you meet all the criteria, you are admitted.".to_owned(),
    };
    let id = make(conn, &staff.manager, now, &details)?;
    carry_out(conn, &staff.manager, now, day, id, 1, ProcedureVerb::Propose, "", 0)?;
    Ok(())
}
