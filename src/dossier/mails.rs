//! The mails of a dossier (E02 to E08, E12, E13, E29, E34, E50 to E52), posted in the transaction of the act they tell of. Never a reason or
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
use crate::procedure::admission::{Procedure, ProcedureVerb, Remedy};
use crate::provider;
use crate::schema::{account, role_grant};
use crate::term::Term;
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
    let term = confirm(conn, actor, now, found, MailKind::ApplicationReceived, receipt)?;
    let provider = name_of(conn, actor, found.provider_id)?;
    for person in people(conn, actor, &[Role::ContractManager, Role::Assessor], None)? {
        let lang = person.language;
        let lot = procedure.details.name.in_lang(lang).to_owned();
        let values = [
            ("aanbieder", provider.clone()),
            ("perceel", lot),
            ("datum", last_day(term.as_ref(), now, lang)),
            (LINK, office_path(found.number)),
        ];
        send(conn, actor, now, MailKind::NewApplication, &person, &values, None)?;
    }
    Ok(())
}

/// E34 to the applicant, with a link to the receipt: "wie iets stuurt, krijgt een ontvangstbevestiging" (Wmebv).
pub(super) fn supplement_received(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    receipt: &Receipt,
) -> QueryResult<()> {
    confirm(conn, actor, now, found, MailKind::SupplementReceived, receipt).map(drop)
}

/// Confirms what was handed in, and answers the term that began with it: by its last day the municipality will be heard.
fn confirm(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    kind: MailKind,
    receipt: &Receipt,
) -> QueryResult<Option<Term>> {
    let at = wall_clock(now);
    let term = find_by_id(conn, actor, found.id)?.and_then(|one| one.term).map(|(_, term)| term);
    to_applicant(conn, actor, now, found, kind, |lang| {
        vec![
            ("datum", lang.day(at.date())),
            ("tijd", lang.time(at.time())),
            ("nummer", found.number.to_string()),
            ("datum_reactie", last_day(term.as_ref(), now, lang)),
            (LINK, format!("{}/ontvangst/{}", applicant_path(found.number), receipt.number)),
        ]
    })?;
    Ok(term)
}

/// The last day of a term in words; without one, today.
fn last_day(term: Option<&Term>, now: NaiveDateTime, lang: Lang) -> String {
    term.map_or_else(|| lang.day(wall_clock(now).date()), |term| term.due_in_words(lang))
}

/// E04
pub(super) fn supplement_asked(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    term: &Term,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::SupplementAsked, |lang| vec![("datum", term.due_in_words(lang))])
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
        vec![("aantal", request.items.len().to_string()), ("datum", request.term.due_in_words(lang))]
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
    term: &Term,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::NotAdmitted, |lang| {
        vec![("datum_rechtsbescherming", term.due_in_words(lang)), ("rechtsmiddel", remedy.0.in_words(lang, remedy.1))]
    })
}

/// E29
pub(super) fn withdrawn(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, found: &Application) -> QueryResult<()> {
    let number = found.number.to_string();
    to_applicant(conn, actor, now, found, MailKind::ApplicationWithdrawn, |_| vec![("nummer", number.clone())])
}

/// E12, for all that expires together.
pub(super) fn evidence_expires(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    names: &dyn Fn(Lang) -> String,
    expires_on: NaiveDate,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::EvidenceExpires, |lang| {
        vec![("bewijs", names(lang)), ("datum", lang.day(expires_on))]
    })
}

/// Whether a mail to the applicant reaches anybody; where it does not, its letters are printed and sent.
pub fn reach_somebody(conn: &mut Conn, actor: &Actor, found: &Application) -> QueryResult<bool> {
    Ok(!recipients(conn, actor, found)?.is_empty())
}

/// E50: what is asked before the start, after an admission.
pub(super) fn before_start(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    count: usize,
    term: &Term,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::BeforeStart, |lang| {
        vec![("aantal", count.to_string()), ("datum", term.due_in_words(lang))]
    })
}

/// E51: a term ends on another day than was told, as an outage was noted, corrected or withdrawn. Only a link.
pub(super) fn term_moved(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, found: &Application) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::TermMoved, |_| Vec::new())
}

/// E52: the procedure rests, goes on, is closed or has ended, and why.
pub(super) fn procedure_moved(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    procedure: &Procedure,
    verb: ProcedureVerb,
    reason: &dyn Fn(Lang) -> String,
) -> QueryResult<()> {
    to_applicant(conn, actor, now, found, MailKind::ProcedureMoved, |lang| {
        vec![
            ("perceel", procedure.details.name.in_lang(lang).to_owned()),
            ("stand", verb.in_words(lang)),
            ("toelichting", reason(lang)),
        ]
    })
}

/// E13 for what expired, and the same to the contract manager in words for him.
pub(super) fn evidence_expired(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    names: &dyn Fn(Lang) -> String,
    expired_on: NaiveDate,
    repair_until: &Term,
) -> QueryResult<()> {
    let values = |lang: Lang| {
        vec![
            ("bewijs", names(lang)),
            ("datum", lang.day(expired_on)),
            ("datum_herstel", repair_until.due_in_words(lang)),
        ]
    };
    to_applicant(conn, actor, now, found, MailKind::EvidenceExpired, values)?;
    let provider = name_of(conn, actor, found.provider_id)?;
    for person in people(conn, actor, &[Role::ContractManager], None)? {
        let mut values = values(person.language);
        values.extend([("aanbieder", provider.clone()), (LINK, office_path(found.number))]);
        send(conn, actor, now, MailKind::EvidenceOfProviderExpired, &person, &values, None)?;
    }
    Ok(())
}

/// The name of a provider as a mail to the municipality has it.
fn name_of(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<String> {
    let found = provider::store::find_by_id(conn, &Actor::system(actor.tenant()), provider_id)?;
    Ok(found.map(|one| one.name).unwrap_or_default())
}

/// Somebody who gets a mail.
pub struct Person {
    pub name: String,
    pub email: String,
    pub language: Lang,
}

/// Whoever may act for the applicant in this municipality, and the contact person of the form; each once.
fn recipients(conn: &mut Conn, actor: &Actor, found: &Application) -> QueryResult<Vec<Person>> {
    let roles = [Role::ProviderAdmin, Role::ProviderSignatory];
    let mut to = people(conn, actor, &roles, Some(found.provider_id))?;
    let contact = form(conn, actor, found.id)?.contact();
    let known = to.iter().any(|person| person.email.eq_ignore_ascii_case(&contact.email));
    if !known && validator::ValidateEmail::validate_email(&contact.email) {
        to.push(Person { name: contact.name, email: contact.email, language: Lang::Nl });
    }
    Ok(to)
}

fn to_applicant(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    kind: MailKind,
    values: impl Fn(Lang) -> Vec<(&'static str, String)>,
) -> QueryResult<()> {
    for person in recipients(conn, actor, found)? {
        let mut values = values(person.language);
        if !values.iter().any(|(name, _)| *name == LINK) {
            values.push((LINK, applicant_path(found.number)));
        }
        send(conn, actor, now, kind, &person, &values, Some(found.provider_id))?;
    }
    Ok(())
}

/// Posts a mail to one of them.
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
