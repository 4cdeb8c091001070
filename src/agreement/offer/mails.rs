//! The mails about an offer (E09, E10, E11, E28, E42 to E44), posted in the transaction of the act they tell of. Never a
//! reason; a link to the page behind sign-in.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use i18n_embed_fl::fl;

use super::notice::last_day;
use super::{Offer, Party, PartyKind};
use crate::actor::{Actor, Role};
use crate::agreement::text::AgreementText;
use crate::calendar::{add_days, wall_clock};
use crate::db::Conn;
use crate::mail::{Address, LINK, MailKind, Outgoing, store::post};
use crate::schema::{account, role_grant};
use crate::text::Lang;

/// The pages of an offer: for the provider it is made to, and for the municipality.
pub fn provider_path(party_id: i64) -> String {
    format!("/mijn/overeenkomst/{party_id}/tekenen")
}

pub fn office_path(party_id: i64) -> String {
    format!("/toetreding/{party_id}")
}

/// "de deelovereenkomst en 2 bijlagen", as it stands within a sentence.
fn documents(lang: Lang, text: &AgreementText, offer: &Offer) -> String {
    let (t, title, annexes) = (lang.texts(), text.title.in_lang(lang), offer.documents.len().saturating_sub(1));
    match annexes {
        0 => title.to_owned(),
        count => fl!(t, "offer-mail-documents", title = title, count = count),
    }
}

/// E09 to who has no agreement yet, E11 to who works under an earlier version.
pub(super) fn offered(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    text: &AgreementText,
    offer: &Offer,
    party: &Party,
) -> QueryResult<()> {
    // "Voor" a day: the last day itself still counts.
    let before = add_days(party.term.due, 1);
    match party.kind {
        PartyKind::First => to_signatories(conn, actor, now, party, MailKind::AgreementReadyToSign, |lang| {
            vec![("documenten", documents(lang, text, offer)), ("datum", lang.day(before))]
        }),
        PartyKind::Change => to_signatories(conn, actor, now, party, MailKind::NewVersionAfterConsultation, |lang| {
            vec![("datum", lang.day(before)), ("datum_stop", lang.day(last_day(offer, party)))]
        }),
    }
}

/// E42: the proof of who signed for the provider.
pub(super) fn signed_by_provider(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    text: &AgreementText,
    offer: &Offer,
    party: &Party,
) -> QueryResult<()> {
    let at = wall_clock(now);
    to_signatories(conn, actor, now, party, MailKind::SignedByProvider, |lang| {
        let receipt = format!("/mijn/overeenkomst/{}/ontvangst", party.id);
        vec![
            ("documenten", documents(lang, text, offer)),
            ("datum", lang.day(at.date())),
            ("tijd", lang.time(at.time())),
            (LINK, receipt),
        ]
    })
}

/// E10 to the provider, the contract managers and the contact persons.
pub(super) fn signed_by_both(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party: &Party,
    starts_on: NaiveDate,
) -> QueryResult<()> {
    to_signatories(conn, actor, now, party, MailKind::AgreementSigned, |lang| {
        let receipt = format!("/mijn/overeenkomst/{}/ontvangst", party.id);
        vec![("datum", lang.day(starts_on)), (LINK, receipt)]
    })?;
    let roles = [Role::ContractManager, Role::ContactPerson];
    for person in people(conn, actor, &roles, None)? {
        // A contact person does not read the page of the signing; the provider's own page tells him enough.
        let link = match person.role {
            Role::ContractManager => office_path(party.id),
            _ => "/aanbieders".to_owned(),
        };
        let values = [("datum", person.language.day(starts_on)), (LINK, link)];
        send(conn, actor, now, MailKind::AgreementSigned, &person, &values, None)?;
    }
    Ok(())
}

/// E28: not accepting a change counts as notice.
pub(super) fn counts_as_notice(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party: &Party,
    last_day: NaiveDate,
) -> QueryResult<()> {
    let today = wall_clock(now).date();
    to_signatories(conn, actor, now, party, MailKind::NoticeReceived, |lang| {
        vec![("datum", lang.day(today)), ("einddatum", lang.day(last_day))]
    })
}

/// The same to who manages the contracts.
pub(super) fn tell_managers_of_notice(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party: &Party,
    last_day: NaiveDate,
) -> QueryResult<()> {
    let today = wall_clock(now).date();
    for person in people(conn, actor, &[Role::ContractManager], None)? {
        let lang = person.language;
        let values = [("datum", lang.day(today)), ("einddatum", lang.day(last_day)), (LINK, office_path(party.id))];
        send(conn, actor, now, MailKind::NoticeReceived, &person, &values, None)?;
    }
    Ok(())
}

/// E43
pub(super) fn withdrawn(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    text: &AgreementText,
    offer: &Offer,
    party: &Party,
) -> QueryResult<()> {
    to_signatories(conn, actor, now, party, MailKind::OfferWithdrawn, |lang| {
        vec![("documenten", documents(lang, text, offer))]
    })
}

/// E44
pub(super) fn sent_back(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party: &Party,
    due: NaiveDate,
) -> QueryResult<()> {
    to_signatories(conn, actor, now, party, MailKind::SignedFileSentBack, |lang| vec![("datum", lang.day(due))])
}

struct Person {
    name: String,
    email: String,
    language: Lang,
    role: Role,
}

/// To who signs for the provider and who looks after its people; when it has neither, to everybody of it.
fn to_signatories(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    party: &Party,
    kind: MailKind,
    values: impl Fn(Lang) -> Vec<(&'static str, String)>,
) -> QueryResult<()> {
    let mut to = people(conn, actor, &[Role::ProviderSignatory, Role::ProviderAdmin], Some(party.provider_id))?;
    if to.is_empty() {
        to = people(conn, actor, &Role::OF_PROVIDER, Some(party.provider_id))?;
    }
    for person in to {
        let mut values = values(person.language);
        if !values.iter().any(|(name, _)| *name == LINK) {
            values.push((LINK, provider_path(party.id)));
        }
        send(conn, actor, now, kind, &person, &values, Some(party.provider_id))?;
    }
    Ok(())
}

/// Who has one of these roles, each person once.
fn people(conn: &mut Conn, actor: &Actor, roles: &[Role], provider_id: Option<i64>) -> QueryResult<Vec<Person>> {
    let mut query = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::municipality_id.eq(actor.tenant()).and(role_grant::ended_at.is_null()))
        .filter(role_grant::role.eq_any(roles.to_vec()).and(account::disabled_at.is_null()))
        .into_boxed();
    query = match provider_id {
        Some(provider) => query.filter(role_grant::provider_id.eq(provider)),
        None => query.filter(role_grant::provider_id.is_null()),
    };
    let rows: Vec<(String, String, Lang, Role)> = query
        .order((account::email, role_grant::id))
        .select((account::name, account::email, account::language, role_grant::role))
        .load(conn)?;
    let mut found: Vec<Person> = Vec::new();
    for (name, email, language, role) in rows {
        if found.last().is_none_or(|before| before.email != email) {
            found.push(Person { name, email, language, role });
        }
    }
    Ok(found)
}

fn send(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    kind: MailKind,
    to: &Person,
    values: &[(&'static str, String)],
    provider_id: Option<i64>,
) -> QueryResult<()> {
    let address = Address { name: &to.name, email: &to.email, language: to.language };
    post(conn, now, &Outgoing { municipality_id: actor.tenant(), kind, to: address, values, provider_id })?;
    Ok(())
}
