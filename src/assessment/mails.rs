//! The mails of a quarter (E21, E60, E61, E62 and the reminders E16 and E17), posted in the transaction of the act they tell of: to
//! whoever of the provider may act for it, with a link to the page on which one reacts.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use i18n_embed_fl::fl;

use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::mails::{people, send};
use crate::mail::{LINK, MailKind};
use crate::provider;
use crate::quarter::Quarter;
use crate::text::Lang;

/// E21: the provisional result, and until when one can react.
pub(super) fn put_before(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    until: NaiveDate,
) -> QueryResult<usize> {
    to_provider(conn, actor, now, MailKind::ProvisionalResult, (provider_id, quarter, "/reactie"), |lang| {
        vec![("kwartaal", lang.quarter(quarter)), ("datum", lang.day(until))]
    })
}

/// E60: a receipt; of the word that there are no remarks where no indicator is named.
pub(super) fn received(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    indicator: Option<u8>,
) -> QueryResult<usize> {
    let at = wall_clock(now);
    to_provider(conn, actor, now, MailKind::ReactionReceived, (provider_id, quarter, "/reactie"), |lang| {
        let what = match indicator {
            Some(number) => fl!(lang.texts(), "hearing-mail-reaction", number = number),
            None => fl!(lang.texts(), "hearing-mail-no-remarks"),
        };
        let (day, time) = (lang.day(at.date()), lang.time(at.time()));
        vec![("kwartaal", lang.quarter(quarter)), ("onderwerp_bericht", what), ("datum", day), ("tijd", time)]
    })
}

/// E61: what the municipality does with a reaction stands on the page.
pub(super) fn answered(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    indicator: i64,
) -> QueryResult<usize> {
    to_provider(conn, actor, now, MailKind::ReactionAnswered, (provider_id, quarter, "/reactie"), |lang| {
        vec![("kwartaal", lang.quarter(quarter)), ("afspraak", indicator.to_string())]
    })
}

/// E16, E17 or E62: what still waits for the provider, and until when.
pub(super) fn reminder(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    kind: MailKind,
    provider_id: i64,
    quarter: Quarter,
    until: NaiveDate,
) -> QueryResult<usize> {
    let page = if kind == MailKind::ReactionReminder { "/reactie" } else { "/opgave" };
    to_provider(conn, actor, now, kind, (provider_id, quarter, page), |lang| {
        let mut values = vec![("kwartaal", lang.quarter(quarter))];
        // A statement that is late has no day any more.
        if kind != MailKind::StatementLate {
            values.push(("datum", lang.day(until)));
        }
        values
    })
}

/// How many mails it became: none for a provider that has nobody here.
fn to_provider(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    kind: MailKind,
    (provider_id, quarter, page): (i64, Quarter, &str),
    values: impl Fn(Lang) -> Vec<(&'static str, String)>,
) -> QueryResult<usize> {
    let system = Actor::system(actor.tenant());
    let Some(provider) = provider::store::find_by_id(conn, &system, provider_id)? else { return Ok(0) };
    let to = people(conn, actor, &Role::OF_PROVIDER, Some(provider_id))?;
    for person in &to {
        let mut values = values(person.language);
        values.push((LINK, format!("/aanbieders/{}/kwartalen/{}{page}", provider.path(), quarter.path())));
        send(conn, actor, now, kind, person, &values, Some(provider_id))?;
    }
    Ok(to.len())
}
