//! The mails of a dossier (E02 to E08, E12, E13, E29), posted in the transaction of the act they tell of. Never a reason or
//! a name but that of who gets it; a link to the page behind sign-in.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::drafting::form;
use super::receipt::Receipt;
use super::store::find_by_id;
use super::supplement::SupplementRequest;
use super::{Application, ApplicationNumber};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::mail::{Address, LINK, MailKind, Outgoing, store::post};
use crate::procedure::admission::{Procedure, Remedy};
use crate::provider;
use crate::schema::{account, role_grant};
use crate::text::Lang;

/// The page of an application for the applicant, and for the municipality.
pub fn applicant_path(number: ApplicationNumber) -> String {
    format!("/mijn/aanmeldingen/{number}")
}

pub fn office_path(number: ApplicationNumber) -> String {
    format!("/aanmeldingen/{number}")
}

/// E02 to the applicant, with a link to the receipt, and E03 to the municipality.
pub(super) fn received(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    procedure: &Procedure,
    receipt: &Receipt,
) -> QueryResult<()> {
    let due = match find_by_id(conn, actor, found.id)?.and_then(|one| one.term) {
        Some((_, term)) => term.due,
        None => wall_clock(now).date(),
    };
    let at = wall_clock(now);
    to_applicant(conn, actor, now, found, MailKind::ApplicationReceived, |lang| {
        vec![
            ("datum", lang.day(at.date())),
            ("tijd", lang.time(at.time())),
            ("nummer", found.number.to_string()),
            ("datum_reactie", lang.day(due)),
            (LINK, format!("{}/ontvangst/{}", applicant_path(found.number), receipt.number)),
        ]
    })?;
    let provider = provider::store::find_by_id(conn, &Actor::system(actor.tenant()), found.provider_id)?;
    let provider = provider.map(|one| one.name).unwrap_or_default();
    for person in people(conn, actor, &[Role::ContractManager, Role::Assessor], None)? {
        let lang = person.language;
        let lot = procedure.details.name.in_lang(lang).to_owned();
        let values = [
            ("aanbieder", provider.clone()),
            ("perceel", lot),
            ("datum", lang.day(due)),
            (LINK, office_path(found.number)),
        ];
        send(conn, actor, now, MailKind::NewApplication, &person, &values, None)?;
    }
    Ok(())
}

/// E04
pub(super) fn supplement_asked(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    due: NaiveDate,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::SupplementAsked, |lang| vec![("datum", lang.day(due))])
}

/// E05
pub(super) fn supplement_reminder(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    request: &SupplementRequest,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::SupplementReminder, |lang| {
        vec![("aantal", request.items.len().to_string()), ("datum", lang.day(request.term.due))]
    })
}

/// E06
pub(super) fn set_aside(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, found: &Application) -> QueryResult<()> {
    let again = |lang: Lang| vec![("wanneer", i18n_embed_fl::fl!(lang.texts(), "dossier-again-at-once"))];
    to_applicant(conn, actor, now, found, MailKind::NotTreatedFurther, again)
}

/// E07
pub(super) fn admitted(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, found: &Application) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::Admitted, |_| Vec::new())
}

/// E08, with the remedy that is configured and the last day for it.
pub(super) fn refused(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    remedy: (Remedy, &str),
    due: NaiveDate,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::NotAdmitted, |lang| {
        vec![("datum_rechtsbescherming", lang.day(due)), ("rechtsmiddel", remedy.0.in_words(lang, remedy.1))]
    })
}

/// E29
pub(super) fn withdrawn(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, found: &Application) -> QueryResult<()> {
    let number = found.number.to_string();
    to_applicant(conn, actor, now, found, MailKind::ApplicationWithdrawn, |_| vec![("nummer", number.clone())])
}

/// E12, for all that expires together, or E13 for what expired.
pub(super) fn evidence(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    names: &dyn Fn(Lang) -> String,
    expires_on: NaiveDate,
    repair_until: Option<NaiveDate>,
) -> QueryResult<()> {
    let kind = if repair_until.is_some() { MailKind::EvidenceExpired } else { MailKind::EvidenceExpires };
    to_applicant(conn, actor, now, found, kind, |lang| {
        let mut values = vec![("bewijs", names(lang)), ("datum", lang.day(expires_on))];
        values.extend(repair_until.map(|day| ("datum_herstel", lang.day(day))));
        values
    })
}

/// Somebody who gets a mail.
pub struct Person {
    pub name: String,
    pub email: String,
    pub language: Lang,
}

/// To whoever may act for the applicant in this municipality, and to the contact person of the form; each once.
fn to_applicant(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    kind: MailKind,
    values: impl Fn(Lang) -> Vec<(&'static str, String)>,
) -> QueryResult<()> {
    let roles = [Role::ProviderAdmin, Role::ProviderSignatory];
    let mut to = people(conn, actor, &roles, Some(found.provider_id))?;
    let contact = form(conn, actor, found.id)?.contact();
    let known = to.iter().any(|person| person.email.eq_ignore_ascii_case(&contact.email));
    if !known && validator::ValidateEmail::validate_email(&contact.email) {
        to.push(Person { name: contact.name, email: contact.email, language: Lang::Nl });
    }
    for person in to {
        let mut values = values(person.language);
        if !values.iter().any(|(name, _)| *name == LINK) {
            values.push((LINK, applicant_path(found.number)));
        }
        send(conn, actor, now, kind, &person, &values, Some(found.provider_id))?;
    }
    Ok(())
}

pub fn send(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    kind: MailKind,
    person: &Person,
    values: &[(&'static str, String)],
    provider_id: Option<i64>,
) -> QueryResult<()> {
    let to = Address { name: &person.name, email: &person.email, language: person.language };
    let mail = Outgoing { municipality_id: actor.tenant(), kind, to, values, provider_id };
    post(conn, now, &mail)?;
    Ok(())
}

/// The people with one of these roles in the municipality, of one provider or of the municipality itself; each once.
pub fn people(conn: &mut Conn, actor: &Actor, roles: &[Role], provider_id: Option<i64>) -> QueryResult<Vec<Person>> {
    let mut query = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::municipality_id.eq(actor.tenant()).and(role_grant::ended_at.is_null()))
        .filter(role_grant::role.eq_any(roles.to_vec()))
        .into_boxed();
    query = match provider_id {
        Some(provider) => query.filter(role_grant::provider_id.eq(provider)),
        None => query.filter(role_grant::provider_id.is_null()),
    };
    let rows: Vec<(String, String, Lang)> =
        query.order(account::email).select((account::name, account::email, account::language)).distinct().load(conn)?;
    Ok(rows.into_iter().map(|(name, email, language)| Person { name, email, language }).collect())
}
