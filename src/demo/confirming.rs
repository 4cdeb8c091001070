//! What two contact persons of the invented municipality said of the lines of their own clients (bevestigen): something of
//! every kind, and much of which nobody said anything yet; and two extensions that were asked for.

use anyhow::{anyhow, bail};
use chrono::{NaiveDate, NaiveDateTime};

use crate::account::store::{Grant, grants};
use crate::actor::{Actor, Role};
use crate::calendar::{add_days, wall_clock};
use crate::client::store::contact_with;
use crate::confirmation::lines::{Whose, of, quarters_of};
use crate::confirmation::store::{Fate, Spoken, is_final, say};
use crate::confirmation::{Answer, ChargedLine, Word};
use crate::db::Conn;
use crate::demo::load::Loading;
use crate::money::Hundredths;
use crate::quarter::Quarter;
use crate::trajectory::extension::{self, Asked};

/// Makes it all, once.
pub(super) fn come_in(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    let today = wall_clock(to.now).date();
    to.db.write(|conn| {
        let known: Vec<Grant> = grants(conn)?.into_iter().filter(|grant| grant.municipality_id == tenant).collect();
        let people: Vec<&Grant> = known.iter().filter(|grant| grant.role == Role::ContactPerson).collect();
        for person in &people {
            let actor =
                Actor::of_municipality(&person.name, person.role, tenant, "demo").with_account(person.account_id);
            let Some(contact) = contact_with(conn, &actor, &person.email)? else { continue };
            let Some((quarter, tally)) = quarters_of(conn, &actor, contact)?.into_iter().next() else { continue };
            if tally.waiting() == tally.lines {
                confirm(conn, &actor, to.now, contact, quarter)?;
            }
        }
        ask_for_more(conn, tenant, to.now, today, &known)
    })
}

/// Of every seven lines four are right, one is contested, one corrected, and of one nothing is said yet.
fn confirm(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, contact: i64, quarter: Quarter) -> anyhow::Result<()> {
    let lines = of(conn, actor, quarter, Whose::Contact(contact))?;
    let mut open = Vec::new();
    for line in lines {
        if !is_final(conn, actor, line.provider_id, quarter)? {
            open.push(line);
        }
    }
    let spoken: Vec<Spoken> = (open.iter().enumerate())
        .filter_map(|(place, line)| {
            Some(Spoken { about: line.about(quarter), seen: None, answer: answer(place, line)? })
        })
        .collect();
    match say(conn, actor, now, contact, quarter, &spoken) {
        Ok(_) => Ok(()),
        Err(Fate::Trouble(cause)) => Err(cause.into()),
        Err(Fate::Refused(refusal)) => bail!("the contact person of the demo is not believed: {refusal:?}"),
    }
}

fn answer(place: usize, line: &ChargedLine) -> Option<Answer> {
    let other = |word, reason: &str| Answer { word, reason: reason.to_owned(), ..Answer::confirmed() };
    match place % 7 {
        2 => Some(other(Word::Contested, "Deze begeleiding is in dit kwartaal niet gegeven.")),
        4 => {
            let quantity = Hundredths(line.quantity.0 / 2);
            let words = "Volgens het gespreksverslag was het minder.";
            Some(Answer { quantity: Some(quantity), ..other(Word::Corrected, words) })
        }
        6 => None,
        _ => Some(Answer::confirmed()),
    }
}

/// The first providers with a trajectory whose term lies ahead ask for more time.
fn ask_for_more(
    conn: &mut Conn,
    tenant: i64,
    now: NaiveDateTime,
    today: NaiveDate,
    known: &[Grant],
) -> anyhow::Result<()> {
    let mut asked = 0;
    for person in known.iter().filter(|grant| grant.role == Role::ProviderUser) {
        let Some(provider_id) = person.provider_id else { continue };
        let actor = Actor::of_provider(&person.name, tenant, provider_id, "demo").with_account(person.account_id);
        if !extension::requests(conn, &actor, extension::Whose::Provider(provider_id))?.is_empty() {
            return Ok(());
        }
        for running in extension::running(conn, &actor, provider_id, today)?.into_iter().take(2) {
            let Some(last) = running.last_day() else { continue };
            let new = Asked {
                case_ref: running.case_ref,
                until: add_days(last, 90),
                motive: "De stage begon later dan afgesproken. Met drie maanden erbij kan hij worden afgemaakt.".into(),
            };
            extension::ask(conn, &actor, now, today, provider_id, &new)?.map_err(|why| anyhow!("{why:?}"))?;
            asked += 1;
        }
        if asked >= 12 {
            break;
        }
    }
    Ok(())
}
