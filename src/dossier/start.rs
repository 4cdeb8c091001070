//! Beginning an application (aanmelding beginnen): by somebody who just made an account, by a provider's person, or by the
//! municipality for paper. An organisation exists once, by its KvK number, and nobody takes over one that is known.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::store::{Fault, Move, of_provider, record};
use super::{Application, ApplicationNumber, ApplicationState, Channel, Refusal, Verb};
use crate::account::store::{NewUser, add_user};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::ids::Kvk;
use crate::procedure::admission::{self, Procedure};
use crate::provider::{self, access};
use crate::schema::provider as provider_table;
use crate::schema::{account, application, procedure, registration, role_grant};

/// What somebody who has an account and no role yet says of his organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer<'a> {
    pub account_id: i64,
    pub kvk: &'a Kvk,
    pub organisation: &'a str,
    /// Where the request came from, for the audit.
    pub origin: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    pub application: i64,
    pub number: ApplicationNumber,
    pub provider_id: i64,
    /// The role in which the newcomer works for his organisation from now on.
    pub grant_id: i64,
}

/// A newcomer registers his organisation and begins an application, at any moment that the procedure is open. When the
/// organisation is known and the account does not work for it, a request is noted and nothing else:
/// [`Refusal::KnownOrganisation`]. That one refusal has written something: the request; the transaction is to be committed.
pub fn newcomer(
    conn: &mut Conn,
    now: NaiveDateTime,
    today: NaiveDate,
    procedure_id: i64,
    newcomer: &Newcomer<'_>,
) -> Result<Result<Started, Refusal>, Fault> {
    let municipality: Option<i64> = procedure::table
        .filter(procedure::id.eq(procedure_id))
        .select(procedure::municipality_id)
        .first(conn)
        .optional()?;
    let Some(municipality_id) = municipality else { return Err(Refusal::NotFound.into()) };
    let system = Actor::system(municipality_id);
    let Some(procedure) = admission::store::find(conn, &system, procedure_id)? else {
        return Err(Refusal::NotFound.into());
    };
    if !procedure.takes_applications(today) {
        return Err(Refusal::ClosedToEntry.into());
    }
    let (name, email): (String, String) =
        account::table.find(newcomer.account_id).select((account::name, account::email)).first(conn)?;
    let visitor = Actor::of_municipality(&name, Role::ProviderAdmin, municipality_id, newcomer.origin)
        .with_account(newcomer.account_id);
    let known: Option<i64> = provider_table::table
        .filter(provider_table::kvk.eq(newcomer.kvk.as_str()))
        .select(provider_table::id)
        .first(conn)
        .optional()?;
    let own: Vec<i64> = role_grant::table
        .filter(role_grant::account_id.eq(newcomer.account_id).and(role_grant::ended_at.is_null()))
        .filter(role_grant::role.eq(Role::ProviderAdmin).or(role_grant::role.eq(Role::ProviderSignatory)))
        .select(role_grant::provider_id)
        .load::<Option<i64>>(conn)?
        .into_iter()
        .flatten()
        .collect();
    if let Some(provider_id) = known.filter(|known| !own.contains(known)) {
        access::ask(conn, &visitor, now, provider_id, newcomer.account_id)?;
        return Ok(Err(Refusal::KnownOrganisation));
    }
    let provider_id = match known {
        Some(id) if provider::store::find_by_id(conn, &system, id)?.is_some() => id,
        _ => {
            let number = next_provider_number(conn, municipality_id)?;
            let organisation = newcomer.organisation.trim();
            provider::store::register(conn, &visitor, now, newcomer.kvk, organisation, number)?.id
        }
    };
    let grant: Option<i64> = role_grant::table
        .filter(role_grant::account_id.eq(newcomer.account_id).and(role_grant::ended_at.is_null()))
        .filter(role_grant::municipality_id.eq(municipality_id).and(role_grant::provider_id.eq(provider_id)))
        .order(role_grant::id)
        .select(role_grant::id)
        .first(conn)
        .optional()?;
    let grant_id = match grant {
        Some(id) => id,
        None => {
            let role = Role::ProviderAdmin;
            let user = NewUser { name: &name, email: &email, role, municipality_id, provider_id: Some(provider_id) };
            add_user(conn, &visitor, now, &user)?
        }
    };
    let actor = Actor::of_provider(&name, municipality_id, provider_id, newcomer.origin)
        .in_role(Role::ProviderAdmin)
        .with_account(newcomer.account_id);
    let begun = begin(conn, &actor, now, today, &procedure, provider_id, Channel::Portal)?;
    Ok(Ok(Started { application: begun.id, number: begun.number, provider_id, grant_id }))
}

/// A provider's person begins an application for his own provider.
pub fn start(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    procedure_id: i64,
) -> Result<Application, Fault> {
    let Some(own) = actor.own_provider() else { return Err(Refusal::NotYours.into()) };
    let Some(procedure) = admission::store::find(conn, actor, procedure_id)? else {
        return Err(Refusal::NotFound.into());
    };
    begin(conn, actor, now, today, &procedure, own, Channel::Portal)
}

/// The municipality enters an application that came on paper, for an organisation that is known or new.
pub fn on_paper(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    procedure_id: i64,
    kvk: &Kvk,
    organisation: &str,
) -> Result<Application, Fault> {
    if actor.role() != Role::ContractManager {
        return Err(Refusal::NotYours.into());
    }
    let Some(procedure) = admission::store::find(conn, actor, procedure_id)? else {
        return Err(Refusal::NotFound.into());
    };
    if !procedure.takes_applications(today) {
        return Err(Refusal::ClosedToEntry.into());
    }
    let provider_id = match provider::store::find_by_kvk(conn, actor, kvk)? {
        Some(known) => known.id,
        None => {
            let number = next_provider_number(conn, actor.tenant())?;
            provider::store::register(conn, actor, now, kvk, organisation.trim(), number)?.id
        }
    };
    begin(conn, actor, now, today, &procedure, provider_id, Channel::Paper)
}

fn begin(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    procedure: &Procedure,
    provider_id: i64,
    channel: Channel,
) -> Result<Application, Fault> {
    if !Verb::Start.roles().contains(&actor.role()) {
        return Err(Refusal::NotYours.into());
    }
    if !procedure.takes_applications(today) {
        return Err(Refusal::ClosedToEntry.into());
    }
    // As the program sees them: a draft of the provider counts too, also when the municipality enters paper.
    let as_provider = Actor::of_provider(actor.name(), actor.tenant(), provider_id, actor.origin());
    let before = of_provider(conn, &as_provider, provider_id)?;
    let mut before = before.into_iter().filter(|one| one.procedure_id == procedure.id);
    let newest = before.next();
    if let Some(open) = newest.as_ref().filter(|one| !one.state.may_apply_again()) {
        return Err(Refusal::AlreadyApplied(open.number).into());
    }
    let number = ApplicationNumber { year: today.year(), sequence: next_sequence(conn, actor, today.year())? };
    let id: i64 = diesel::insert_into(application::table)
        .values((
            application::municipality_id.eq(actor.tenant()),
            application::provider_id.eq(provider_id),
            application::procedure_id.eq(procedure.id),
            application::year.eq(number.year),
            application::sequence.eq(number.sequence),
            application::channel.eq(channel),
            application::state.eq(ApplicationState::Draft),
            application::version.eq(1),
            application::changed_at.eq(now),
            application::changed_by.eq(actor.name()),
            application::started_at.eq(now),
            application::previous_id.eq(newest.map(|one| one.id)),
        ))
        .returning(application::id)
        .get_result(conn)?;
    let Some(begun) = super::store::find_by_id(conn, actor, id)? else { return Err(Refusal::NotFound.into()) };
    let step = Move { verb: Verb::Start, to: ApplicationState::Draft, reason: "", receipt: None, term: None };
    record(conn, actor, now, &begun, None, &step)?;
    Ok(begun)
}

/// Writers wait for each other, so the highest number plus one is free.
fn next_sequence(conn: &mut Conn, actor: &Actor, year: i32) -> QueryResult<i32> {
    let highest: Option<i32> = application::table
        .filter(application::municipality_id.eq(actor.tenant()).and(application::year.eq(year)))
        .select(diesel::dsl::max(application::sequence))
        .first(conn)?;
    Ok(highest.unwrap_or(0) + 1)
}

/// The municipality's own number for a provider that is new to it; the first is 1001.
fn next_provider_number(conn: &mut Conn, municipality_id: i64) -> QueryResult<i64> {
    let highest: Option<i64> = registration::table
        .filter(registration::municipality_id.eq(municipality_id))
        .select(diesel::dsl::max(registration::number))
        .first(conn)?;
    Ok(highest.unwrap_or(1000) + 1)
}
