//! Sets a table and seats people at it (tafel, deelnemers). Each verb is one transaction with its audit line.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::store::{known, seats};
use super::telling::welcome;
use super::{ConsultationTable, Fault, Refusal, Seat, SeatRole, TableKind};
use crate::account::Token;
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::holds_bsn;
use crate::procedure::admission;
use crate::provider;
use crate::schema::{account, consultation_table, role_grant, seat_link, table_seat};
use crate::text::Lang;

/// A link of a client representative works this long; every message brings a new one.
const LINK_LASTS: TimeDelta = TimeDelta::days(120);

/// What a new table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTable {
    pub procedure_id: i64,
    pub kind: TableKind,
    pub name: String,
    pub purpose: String,
    pub is_open: bool,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// Sets a table; who does it sits down as its chair.
pub fn set_table(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, new: &NewTable) -> Result<i64, Fault> {
    may_manage(actor)?;
    if admission::store::find(conn, actor, new.procedure_id)?.is_none() {
        return Err(Refusal::NotFound.into());
    }
    if new.name.trim().is_empty() || new.purpose.trim().is_empty() {
        return Err(Refusal::WordsMissing.into());
    }
    no_bsn(&[&new.name, &new.purpose])?;
    if new.until.is_some_and(|last| last < new.from) {
        return Err(Refusal::WrongDays.into());
    }
    let id: i64 = diesel::insert_into(consultation_table::table)
        .values((
            consultation_table::municipality_id.eq(actor.tenant()),
            consultation_table::procedure_id.eq(new.procedure_id),
            (consultation_table::kind.eq(new.kind), consultation_table::name.eq(new.name.trim())),
            (consultation_table::purpose.eq(new.purpose.trim()), consultation_table::is_open.eq(new.is_open)),
            (consultation_table::runs_from.eq(new.from), consultation_table::runs_until.eq(new.until)),
            (consultation_table::made_at.eq(now), consultation_table::made_by.eq(actor.name())),
        ))
        .returning(consultation_table::id)
        .get_result(conn)?;
    record(conn, actor, now, id, "consultation.set", "")?;
    if let Some(account_id) = actor.account_id() {
        let table = known(conn, actor, id)?;
        let (email, language): (String, Lang) =
            account::table.find(account_id).select((account::email, account::language)).first(conn)?;
        let sitter = Sitter { role: SeatRole::Chair, provider_id: None, account_id: Some(account_id) };
        sit(conn, actor, now, &table, &sitter, (actor.name(), &email, language))?;
    }
    Ok(id)
}

/// Seats a provider; all its people speak for it.
pub fn seat_provider(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table_id: i64,
    provider_id: i64,
) -> Result<Seat, Fault> {
    may_manage(actor)?;
    let table = known(conn, actor, table_id)?;
    let found = provider::store::find_by_id(conn, actor, provider_id)?.ok_or(Refusal::NotFound)?;
    let sitter = Sitter { role: SeatRole::Provider, provider_id: Some(provider_id), account_id: None };
    let seat = sit(conn, actor, now, &table, &sitter, (&found.name, "", Lang::Nl))?;
    welcome(conn, actor, now, &table, &seat)?;
    Ok(seat)
}

/// Seats somebody of the municipality, as one of its voices or as a chair beside the first.
pub fn seat_colleague(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table_id: i64,
    account_id: i64,
    role: SeatRole,
) -> Result<Seat, Fault> {
    may_manage(actor)?;
    let table = known(conn, actor, table_id)?;
    let colleague = colleagues(conn, actor)?.into_iter().find(|one| one.account_id == account_id);
    let found = colleague.ok_or(Refusal::NotFound)?;
    let may_chair = role != SeatRole::Chair || found.manages;
    if !role.is_of_municipality() || !may_chair {
        return Err(Refusal::NotYours.into());
    }
    let sitter = Sitter { role, provider_id: None, account_id: Some(account_id) };
    let seat = sit(conn, actor, now, &table, &sitter, (&found.name, &found.email, found.language))?;
    welcome(conn, actor, now, &table, &seat)?;
    Ok(seat)
}

/// Seats a client representative, who gets a link by mail to read and react without an account.
pub fn seat_client_representative(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table_id: i64,
    name: &str,
    email: &str,
    language: Lang,
) -> Result<Seat, Fault> {
    may_manage(actor)?;
    let table = known(conn, actor, table_id)?;
    let (name, email) = (name.trim(), email.trim().to_lowercase());
    if name.is_empty() || email.is_empty() {
        return Err(Refusal::WordsMissing.into());
    }
    no_bsn(&[name])?;
    let sitter = Sitter { role: SeatRole::ClientRepresentative, provider_id: None, account_id: None };
    let seat = sit(conn, actor, now, &table, &sitter, (name, &email, language))?;
    welcome(conn, actor, now, &table, &seat)?;
    Ok(seat)
}

/// Who would leave, when he can: a table is never without a chair.
pub fn leaving(conn: &mut Conn, actor: &Actor, table_id: i64, seat_id: i64) -> Result<Seat, Fault> {
    may_manage(actor)?;
    known(conn, actor, table_id)?;
    let all = seats(conn, actor, table_id)?;
    let seat = all.iter().find(|one| one.id == seat_id).ok_or(Refusal::NotFound)?;
    let chairs = |one: &&Seat| one.role == SeatRole::Chair && one.left_at.is_none();
    let last = chairs(&seat) && all.iter().filter(chairs).count() == 1;
    if last { Err(Refusal::LastChair.into()) } else { Ok(seat.clone()) }
}

/// Somebody sits there no more; his links stop working at once. What he said stays.
pub fn leave(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, table_id: i64, seat_id: i64) -> Result<(), Fault> {
    // A second press finds the place empty already.
    if leaving(conn, actor, table_id, seat_id)?.left_at.is_some() {
        return Ok(());
    }
    diesel::update(table_seat::table.find(seat_id)).set(table_seat::left_at.eq(now)).execute(conn)?;
    Ok(record(conn, actor, now, table_id, "consultation.leave", &format!("seat {seat_id}"))?)
}

/// Somebody of the municipality who can sit at a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub account_id: i64,
    pub name: String,
    pub email: String,
    pub language: Lang,
    /// A contract manager, who can be the chair.
    pub manages: bool,
}

/// The people of the municipality who read what happens at a table, by name; each once.
pub fn colleagues(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Colleague>> {
    let rows: Vec<(i64, String, String, Lang, Role)> = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::municipality_id.eq(actor.tenant()).and(role_grant::ended_at.is_null()))
        .filter(role_grant::provider_id.is_null().and(account::disabled_at.is_null()))
        .order((account::name, account::id))
        .select((account::id, account::name, account::email, account::language, role_grant::role))
        .load(conn)?;
    let mut found: Vec<Colleague> = Vec::new();
    for (account_id, name, email, language, role) in rows {
        let manages = role == Role::ContractManager;
        let reads = Actor::of_municipality(&name, role, actor.tenant(), "").may_read_dossiers();
        match found.iter_mut().find(|one| one.account_id == account_id) {
            Some(known) => known.manages |= manages,
            None if reads => found.push(Colleague { account_id, name, email, language, manages }),
            None => {}
        }
    }
    Ok(found)
}

/// A new link for a seat without an account. Earlier ones go on working until they expire.
pub(super) fn new_link(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, seat_id: i64) -> QueryResult<Token> {
    let token = Token::new().map_err(|cause| QueryError::SerializationError(cause.to_string().into()))?;
    diesel::insert_into(seat_link::table)
        .values((
            seat_link::token_digest.eq(token.digest()),
            seat_link::municipality_id.eq(actor.tenant()),
            seat_link::seat_id.eq(seat_id),
            seat_link::made_at.eq(now),
            seat_link::expires_at.eq(now + LINK_LASTS),
        ))
        .execute(conn)?;
    Ok(token)
}

struct Sitter {
    role: SeatRole,
    provider_id: Option<i64>,
    account_id: Option<i64>,
}

fn sit(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table: &ConsultationTable,
    sitter: &Sitter,
    (name, email, language): (&str, &str, Lang),
) -> Result<Seat, Fault> {
    let all = seats(conn, actor, table.id)?;
    let same = |one: &&Seat| match (sitter.provider_id, sitter.account_id) {
        (None, None) => one.provider_id.is_none() && one.account_id.is_none() && one.email == email,
        (provider, account) => (one.provider_id, one.account_id) == (provider, account),
    };
    if all.iter().filter(|one| one.left_at.is_none()).any(|one| same(&one)) {
        return Err(Refusal::AlreadySeated.into());
    }
    let id: i64 = diesel::insert_into(table_seat::table)
        .values((
            (table_seat::municipality_id.eq(actor.tenant()), table_seat::table_id.eq(table.id)),
            (table_seat::role.eq(sitter.role), table_seat::provider_id.eq(sitter.provider_id)),
            (table_seat::account_id.eq(sitter.account_id), table_seat::name.eq(name)),
            (table_seat::email.eq(email), table_seat::language.eq(language)),
            (table_seat::seated_at.eq(now), table_seat::seated_by.eq(actor.name())),
        ))
        .returning(table_seat::id)
        .get_result(conn)?;
    record(conn, actor, now, table.id, "consultation.seat", sitter.role.as_str())?;
    Ok(Seat {
        id,
        table_id: table.id,
        role: sitter.role,
        provider_id: sitter.provider_id,
        account_id: sitter.account_id,
        name: name.to_owned(),
        email: email.to_owned(),
        language,
        seated_at: now,
        left_at: None,
    })
}

pub(super) fn may_manage(actor: &Actor) -> Result<(), Refusal> {
    let manages = matches!(actor.role(), Role::ContractManager | Role::System);
    if manages { Ok(()) } else { Err(Refusal::NotYours) }
}

pub(super) fn no_bsn(written: &[&str]) -> Result<(), Refusal> {
    if written.iter().any(|one| holds_bsn(one)) { Err(Refusal::HoldsBsn) } else { Ok(()) }
}

pub(super) fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table_id: i64,
    action: &'static str,
    detail: &str,
) -> QueryResult<()> {
    let object = format!("table/{table_id}");
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail })
}
