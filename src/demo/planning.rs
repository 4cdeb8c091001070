//! The planning of the invented municipality (planning en register): the usual plan under way with something late, two decisions of the
//! college, and what providers tell of themselves in the public register.

use anyhow::{anyhow, bail};
use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::applying::people::Staff;
use crate::actor::Actor;
use crate::agreement::text::{TextState, store as texts};
use crate::calendar::{add_days, sub_months, utc, wall_clock};
use crate::db::Conn;
use crate::demo::days::{at, working_day_until};
use crate::demo::load::Loading;
use crate::planning::acting::{self, Seen};
use crate::planning::decisions::{self, Told};
use crate::planning::{Plan, first, store};
use crate::procedure::{admission, criteria};
use crate::provider;
use crate::provider::listing::{self, Listing, Location, Waiting};

/// So many months ago the board began.
const BEGAN: u32 = 3;

/// Street and postcode, languages, and a waiting time in weeks that was told so many days ago.
type Tells = (&'static str, &'static str, &'static [&'static str], Option<(u32, i64)>);

/// What the first providers of the alphabet tell; the others told nothing yet.
const TELLS: [Tells; 6] = [
    ("Havenstraat 12", "1234 AB", &["nl", "en", "pl"], Some((3, 12))),
    ("Dorpsweg 4", "1235 CD", &["nl", "fy"], Some((0, 40))),
    ("Stationsplein 1", "1236 EF", &["nl", "ar", "ti"], Some((8, 130))),
    ("Molenpad 27", "1237 GH", &["nl"], None),
    ("Kerkplein 9", "1238 JK", &["nl", "tr", "ku"], Some((5, 3))),
    ("Nieuwe Kade 31", "1239 LM", &["nl", "dse"], Some((1, 75))),
];

/// Makes it all, once.
pub(super) fn come_in(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    let today = wall_clock(to.now).date();
    to.db.write(|conn| {
        let staff = Staff::of(conn, tenant)?;
        let Some(procedure) = admission::store::all(conn, &staff.manager)?.iter().map(|one| one.id).min() else {
            return Ok(());
        };
        if store::board(conn, &staff.manager, procedure)?.is_some() {
            return Ok(());
        }
        plan(conn, &staff.manager, procedure, today)?;
        decide(conn, &staff.manager, procedure, today)?;
        tell(conn, tenant, today)
    })
}

/// The board, of which what lies behind was delivered but for one thing.
fn plan(conn: &mut Conn, manager: &Actor, procedure: i64, today: NaiveDate) -> anyhow::Result<()> {
    let starts_on = sub_months(today.with_day(1).unwrap_or(today), BEGAN);
    let usual: Vec<Plan> = first::activities().map(|(plan, _)| plan).collect();
    acting::lay_out(conn, manager, moment(starts_on), procedure, starts_on, &usual).map_err(not_planned)?;
    let board = store::board(conn, manager, procedure)?.ok_or_else(|| anyhow!("the board was laid out"))?;
    for one in store::activities(conn, manager, &[procedure])? {
        let (due, seen) = (one.due(&board), Seen { procedure_id: procedure, id: one.id, version: 1 });
        // The minutes of the tables keep everybody waiting.
        let tables = one.plan.first_month < one.plan.last_month && one.plan.last_month == 3;
        if due < today && !tables {
            let on = working_day_until(add_days(due, -4));
            acting::deliver(conn, manager, moment(on), on, seen, on).map_err(not_planned)?;
        }
    }
    Ok(())
}

fn decide(conn: &mut Conn, manager: &Actor, procedure: i64, today: NaiveDate) -> anyhow::Result<()> {
    let year = today.year();
    let all = texts::texts(conn, manager)?;
    let ids: Vec<i64> = all.iter().map(|one| one.id).collect();
    let established = texts::versions(conn, manager, &ids)?.into_iter().find(|one| one.state == TextState::Established);
    let (early, late) = (working_day_until(add_days(today, -75)), working_day_until(add_days(today, -20)));
    let first = Told {
        number: format!("B&W {year}-114"),
        decided_on: early,
        subject: "Startdocument re-integratie".to_owned(),
        decided: "Het college stelt het startdocument vast en kiest voor de toelatingsprocedure.".to_owned(),
        procedure_id: Some(procedure),
        text_version_id: None,
        criteria_from: criteria::days(conn, manager)?.into_iter().find(|day| *day <= today),
        link: "https://www.noordermeer.example/besluiten/startdocument".to_owned(),
    };
    let second = Told {
        number: format!("B&W {year}-171"),
        decided_on: late,
        subject: "Overeenkomst re-integratie".to_owned(),
        decided: "Het college stelt de tekst vast die aan de tafel is besproken.".to_owned(),
        text_version_id: established.map(|one| one.id),
        criteria_from: None,
        link: String::new(),
        ..first.clone()
    };
    let note = |conn: &mut Conn, on: NaiveDate, told: &Told| {
        decisions::store::note(conn, manager, moment(add_days(on, 1)), add_days(on, 1), told).map_err(not_noted)
    };
    note(conn, early, &first)?;
    let entry = note(conn, late, &second)?;
    let link = "https://www.noordermeer.example/besluiten/overeenkomst".to_owned();
    let mended = Told { link, ..second };
    let (now, reason) = (moment(add_days(late, 3)), "De publicatie stond er nog niet.");
    decisions::store::correct(conn, manager, now, add_days(late, 3), (entry, 1), &mended, reason).map_err(not_noted)
}

fn tell(conn: &mut Conn, tenant: i64, today: NaiveDate) -> anyhow::Result<()> {
    let system = Actor::system(tenant);
    for (one, (street, postcode, languages, waiting)) in provider::store::all(conn, &system)?.iter().zip(TELLS) {
        let waiting = waiting.map(|(weeks, ago)| Waiting { weeks, told_on: add_days(today, -ago) });
        let location = Location {
            name: String::new(),
            street: street.to_owned(),
            postcode: postcode.to_owned(),
            place: "Noordermeer".to_owned(),
            accessible: true,
        };
        let listing = Listing {
            locations: vec![location],
            languages: languages.iter().map(|code| (*code).to_owned()).collect(),
            website: String::new(),
            waiting,
        };
        let told = moment(waiting.map_or(today, |waiting| waiting.told_on));
        if let Err(cause) = listing::store::tell(conn, &system, told, one.id, 0, &listing) {
            bail!("{} tells nothing: {cause:?}", one.name);
        }
    }
    Ok(())
}

fn moment(day: NaiveDate) -> NaiveDateTime {
    utc(at(working_day_until(day), 10, 15))
}

fn not_planned(fault: acting::Fault) -> anyhow::Error {
    match fault {
        acting::Fault::Refused(refusal) => anyhow!("not planned: {refusal:?}"),
        acting::Fault::Trouble(cause) => cause.into(),
    }
}

fn not_noted(fault: decisions::store::Fault) -> anyhow::Error {
    match fault {
        decisions::store::Fault::Refused(refusal) => anyhow!("not noted: {refusal:?}"),
        decisions::store::Fault::Trouble(cause) => cause.into(),
    }
}
