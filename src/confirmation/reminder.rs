//! Table `line_reminder`: asking a contact person (again) to look at his lines (E20), once a day at most.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Tally;
use super::lines::{Whose, of};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::client::MunicipalContact;
use crate::db::Conn;
use crate::dossier::mails::{Person, people, send};
use crate::mail::{LINK, MailKind};
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::schema::line_reminder;
use crate::{client, confirmation};

/// Why no mail goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSent {
    /// The municipality has no such contact person, or he has no line here.
    Unknown,
    /// Nothing waits for him, or the quarter is final.
    NothingWaits,
    /// He was told today.
    ToldToday,
    /// Nobody signs in as contact person with his address.
    NoAccount,
}

/// Who waits for whom: every contact person with lines of this provider, in the order of his address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    pub contact_id: i64,
    pub name: String,
    pub email: String,
    pub tally: Tally,
    /// When he was last asked again, in UTC.
    pub reminded_at: Option<NaiveDateTime>,
}

impl Awaited {
    fn was_told_on(&self, day: NaiveDate) -> bool {
        self.reminded_at.is_some_and(|at| wall_clock(at).date() == day)
    }

    fn is(&self, person: &Person) -> bool {
        self.email.eq_ignore_ascii_case(&person.email)
    }
}

pub fn awaited(conn: &mut Conn, actor: &Actor, provider_id: i64, quarter: Quarter) -> QueryResult<Vec<Awaited>> {
    let lines = of(conn, actor, quarter, Whose::Provider(provider_id))?;
    let reminded: Vec<(i64, NaiveDateTime)> = line_reminder::table
        .filter(line_reminder::municipality_id.eq(actor.tenant()).and(line_reminder::provider_id.eq(provider_id)))
        .filter(line_reminder::quarter.eq(quarter.to_string()))
        .order(line_reminder::id)
        .select((line_reminder::contact_id, line_reminder::sent_at))
        .load(conn)?;
    let one = |(contact_id, contact): (i64, MunicipalContact)| Awaited {
        contact_id,
        name: contact.name,
        email: contact.email,
        tally: Tally::of(lines.iter().filter(|line| line.contact_id == contact_id)),
        reminded_at: reminded.iter().rfind(|(to, _)| *to == contact_id).map(|(_, at)| *at),
    };
    let contacts = client::store::contacts(conn, actor)?;
    Ok(contacts.into_iter().map(one).filter(|one| one.tally.lines > 0).collect())
}

/// Posts E20 to one of them.
pub fn remind(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider: &Provider,
    quarter: Quarter,
    contact_id: i64,
) -> QueryResult<Result<(), NotSent>> {
    let waits = awaited(conn, actor, provider.id, quarter)?.into_iter().find(|one| one.contact_id == contact_id);
    let Some(waits) = waits else { return Ok(Err(NotSent::Unknown)) };
    if waits.tally.waiting() == 0 || confirmation::store::is_final(conn, actor, provider.id, quarter)? {
        return Ok(Err(NotSent::NothingWaits));
    }
    if waits.was_told_on(wall_clock(now).date()) {
        return Ok(Err(NotSent::ToldToday));
    }
    let somebody = people(conn, actor, &[Role::ContactPerson], None)?;
    let Some(person) = somebody.into_iter().find(|one| waits.is(one)) else {
        return Ok(Err(NotSent::NoAccount));
    };
    tell(conn, actor, now, provider, quarter, &[(waits, person)])?;
    Ok(Ok(()))
}

/// Asks everybody whose lines wait, as soon as a statement was taken (E20); who was told that day already is left alone, and
/// who cannot sign in stands on the page of the lines as somebody who was not asked. Answers how many were asked.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider: &Provider,
    quarter: Quarter,
) -> QueryResult<usize> {
    let (system, today) = (Actor::system(actor.tenant()), wall_clock(now).date());
    if confirmation::store::is_final(conn, &system, provider.id, quarter)? {
        return Ok(0);
    }
    let mut waiting = awaited(conn, &system, provider.id, quarter)?;
    waiting.retain(|one| one.tally.waiting() > 0 && !one.was_told_on(today));
    let mut somebody = people(conn, &system, &[Role::ContactPerson], None)?;
    let mut with_account = |one: Awaited| {
        let at = somebody.iter().position(|person| one.is(person))?;
        Some((one, somebody.swap_remove(at)))
    };
    let asked: Vec<(Awaited, Person)> = waiting.into_iter().filter_map(&mut with_account).collect();
    tell(conn, &system, now, provider, quarter, &asked)?;
    Ok(asked.len())
}

fn tell(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider: &Provider,
    quarter: Quarter,
    asked: &[(Awaited, Person)],
) -> QueryResult<()> {
    if asked.is_empty() {
        return Ok(());
    }
    let today = wall_clock(now).date();
    let until = terms(conn, actor, today)?.confirmation.begin(today, &outages::days(conn, actor)?).due;
    for (waits, person) in asked {
        let (lang, waiting) = (person.language, waits.tally.waiting());
        let values = [
            ("aantal", waiting.to_string()),
            ("aanbieder", provider.name.clone()),
            ("kwartaal", lang.quarter(quarter)),
            ("datum", lang.day(until)),
            (LINK, format!("/kosten-controleren/{}", quarter.path())),
        ];
        send(conn, actor, now, MailKind::LinesToConfirm, person, &values, None)?;
        diesel::insert_into(line_reminder::table)
            .values((
                line_reminder::municipality_id.eq(actor.tenant()),
                line_reminder::provider_id.eq(provider.id),
                line_reminder::quarter.eq(quarter.to_string()),
                line_reminder::contact_id.eq(waits.contact_id),
                line_reminder::lines.eq(waiting as i64),
                line_reminder::sent_at.eq(now),
                line_reminder::sent_on.eq(today),
                line_reminder::sent_by.eq(actor.name()),
            ))
            .execute(conn)?;
        let object = format!("provider/{}/quarter/{quarter}/contact/{}", provider.id, waits.contact_id);
        let act = Act { action: "confirmation.remind", object: &object, result: "done", detail: &waiting.to_string() };
        audit::record(conn, actor, now, act)?;
    }
    Ok(())
}
