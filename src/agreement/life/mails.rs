//! The mails of an agreement that runs (E24, E26, E28, E40, E45, E46), posted in the transaction of the act they tell of: to the
//! provider's people who may act on it, with a link to the page on which the letter stands.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use i18n_embed_fl::fl;

use super::Life;
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::mails::{people, send};
use crate::mail::{LINK, MailKind};
use crate::provider::{self, Provider};
use crate::text::Lang;

/// The page of an agreement for the provider; and for the municipality, below the page of that provider.
pub fn provider_path(life_id: i64) -> String {
    format!("/mijn/looptijd/{life_id}")
}

pub fn office_path(provider: &str, life_id: i64) -> String {
    format!("/aanbieders/{provider}/overeenkomst/{life_id}")
}

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decided {
    Stopped,
    StopRefused,
    StopLifted,
    IntentionDropped,
    Subcontractor,
    NewTariffs,
}

/// What the provider sent in, of which it gets a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Received {
    StopRequest,
    Views,
    DeliveryStop,
}

/// What E26 says behind the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Warning,
    Extended,
    Terminated,
    Dissolved,
    Ended,
    /// A change of the text on which the provider gave no answer.
    Unanswered,
}

/// E28
pub(super) fn notice(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    today: NaiveDate,
    last: NaiveDate,
) -> QueryResult<()> {
    to_provider(conn, actor, now, found, MailKind::NoticeReceived, |lang| {
        vec![("datum", lang.day(today)), ("einddatum", lang.day(last))]
    })
}

/// E24
pub(super) fn intention(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    due: NaiveDate,
) -> QueryResult<()> {
    to_provider(conn, actor, now, found, MailKind::MeasureIntended, |lang| {
        vec![("maatregel", fl!(lang.texts(), "life-mail-dissolution")), ("datum", lang.day(due))]
    })
}

/// E26, which goes to the contract managers too.
pub(super) fn last_day(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    last: NaiveDate,
    about: About,
) -> QueryResult<()> {
    let values = |lang: Lang| {
        let t = lang.texts();
        let words = match about {
            About::Warning => fl!(t, "life-mail-warning"),
            About::Extended => fl!(t, "life-mail-extended"),
            About::Terminated => fl!(t, "life-mail-terminated"),
            About::Dissolved => fl!(t, "life-mail-dissolved"),
            About::Ended => fl!(t, "life-mail-ended"),
            About::Unanswered => fl!(t, "life-mail-unanswered"),
        };
        vec![("datum", lang.day(last)), ("verlenging_tekst", words)]
    };
    to_provider(conn, actor, now, found, MailKind::AgreementEndsOrIsExtended, values)?;
    let Some(provider) = provider_of(conn, actor, found)? else { return Ok(()) };
    for person in people(conn, actor, &[Role::ContractManager], None)? {
        let mut to_office = vec![("aanbieder", provider.name.clone()), ("datum", person.language.day(last))];
        to_office.push((LINK, office_path(&provider.path(), found.id)));
        send(conn, actor, now, MailKind::AgreementOfProviderEnds, &person, &to_office, None)?;
    }
    Ok(())
}

/// E40
pub(super) fn decided(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    what: Decided,
) -> QueryResult<()> {
    to_provider(conn, actor, now, found, MailKind::AgreementDecided, |lang| {
        let t = lang.texts();
        let words = match what {
            Decided::Stopped => fl!(t, "life-mail-stopped"),
            Decided::StopRefused => fl!(t, "life-mail-stop-refused"),
            Decided::StopLifted => fl!(t, "life-mail-stop-lifted"),
            Decided::IntentionDropped => fl!(t, "life-mail-intention-dropped"),
            Decided::Subcontractor => fl!(t, "life-mail-subcontractor"),
            Decided::NewTariffs => fl!(t, "life-mail-new-tariffs"),
        };
        vec![("onderwerp_besluit", words)]
    })
}

/// E45: what the provider sent in has arrived.
pub(super) fn received(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    what: Received,
) -> QueryResult<()> {
    let at = wall_clock(now);
    to_provider(conn, actor, now, found, MailKind::AgreementMessageReceived, |lang| {
        let t = lang.texts();
        let words = match what {
            Received::StopRequest => fl!(t, "life-mail-stop-request"),
            Received::Views => fl!(t, "life-mail-views"),
            Received::DeliveryStop => fl!(t, "life-mail-delivery-stop"),
        };
        vec![("onderwerp_bericht", words), ("datum", lang.day(at.date())), ("tijd", lang.time(at.time()))]
    })
}

/// E46
pub(super) fn delivery_stops(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    last: NaiveDate,
) -> QueryResult<()> {
    let Some(provider) = provider_of(conn, actor, found)? else { return Ok(()) };
    for person in people(conn, actor, &[Role::ContractManager], None)? {
        let page = office_path(&provider.path(), found.id);
        let values = [("aanbieder", provider.name.clone()), ("datum", person.language.day(last)), (LINK, page)];
        send(conn, actor, now, MailKind::DeliveryStops, &person, &values, None)?;
    }
    Ok(())
}

fn provider_of(conn: &mut Conn, actor: &Actor, found: &Life) -> QueryResult<Option<Provider>> {
    provider::store::find_by_id(conn, &Actor::system(actor.tenant()), found.provider_id)
}

/// To whoever may act for the provider in this municipality; to its other people only where there is nobody else.
fn to_provider(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    kind: MailKind,
    values: impl Fn(Lang) -> Vec<(&'static str, String)>,
) -> QueryResult<()> {
    let acting = [Role::ProviderAdmin, Role::ProviderSignatory];
    let mut to = people(conn, actor, &acting, Some(found.provider_id))?;
    if to.is_empty() {
        to = people(conn, actor, &Role::OF_PROVIDER, Some(found.provider_id))?;
    }
    for person in to {
        let mut values = values(person.language);
        values.push((LINK, provider_path(found.id)));
        send(conn, actor, now, kind, &person, &values, Some(found.provider_id))?;
    }
    Ok(())
}
