//! Table `line_reminder`: asking a contact person (again) to look at his lines (E20), once a day at most.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Tally;
use super::lines::{Whose, of};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::client::MunicipalContact;
use crate::db::Conn;
use crate::dossier::mails::{people, send};
use crate::mail::{LINK, MailKind};
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::schema::line_reminder;
use crate::{client, confirmation};

/// "Contactpersonen bevestigen hun regels in 10 dagen" (procedure.md 1.5).
pub const DAYS_TO_ANSWER: i64 = 10;

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
    pub tally: Tally,
    /// When he was last asked again, in UTC.
    pub reminded_at: Option<NaiveDateTime>,
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
    today: NaiveDate,
    provider: &Provider,
    quarter: Quarter,
    contact_id: i64,
) -> QueryResult<Result<(), NotSent>> {
    let contact = client::store::contacts(conn, actor)?.into_iter().find(|(id, _)| *id == contact_id);
    let waits = awaited(conn, actor, provider.id, quarter)?.into_iter().find(|one| one.contact_id == contact_id);
    let (Some((_, contact)), Some(waits)) = (contact, waits) else { return Ok(Err(NotSent::Unknown)) };
    let waiting = waits.tally.waiting();
    if waiting == 0 || confirmation::store::is_final(conn, actor, provider.id, quarter)? {
        return Ok(Err(NotSent::NothingWaits));
    }
    let own = line_reminder::provider_id
        .eq(provider.id)
        .and(line_reminder::quarter.eq(quarter.to_string()))
        .and(line_reminder::contact_id.eq(contact_id));
    let told: bool =
        diesel::select(diesel::dsl::exists(line_reminder::table.filter(own.and(line_reminder::sent_on.eq(today)))))
            .get_result(conn)?;
    if told {
        return Ok(Err(NotSent::ToldToday));
    }
    let somebody = people(conn, actor, &[Role::ContactPerson], None)?;
    let Some(person) = somebody.into_iter().find(|one| one.email.eq_ignore_ascii_case(&contact.email)) else {
        return Ok(Err(NotSent::NoAccount));
    };
    let lang = person.language;
    let values = [
        ("aantal", waiting.to_string()),
        ("aanbieder", provider.name.clone()),
        ("kwartaal", lang.quarter(quarter)),
        ("datum", lang.day(add_days(today, DAYS_TO_ANSWER))),
        (LINK, format!("/kosten-controleren/{}", quarter.path())),
    ];
    send(conn, actor, now, MailKind::LinesToConfirm, &person, &values, None)?;
    diesel::insert_into(line_reminder::table)
        .values((
            line_reminder::municipality_id.eq(actor.tenant()),
            line_reminder::provider_id.eq(provider.id),
            line_reminder::quarter.eq(quarter.to_string()),
            line_reminder::contact_id.eq(contact_id),
            line_reminder::lines.eq(waiting as i64),
            line_reminder::sent_at.eq(now),
            line_reminder::sent_on.eq(today),
            line_reminder::sent_by.eq(actor.name()),
        ))
        .execute(conn)?;
    let object = format!("provider/{}/quarter/{quarter}/contact/{contact_id}", provider.id);
    let act = Act { action: "confirmation.remind", object: &object, result: "done", detail: &waiting.to_string() };
    audit::record(conn, actor, now, act)?;
    Ok(Ok(()))
}
