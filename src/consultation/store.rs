//! Tables `consultation_table` and `table_seat`, to look up: who sees which table, who sits there and who speaks. A
//! provider's people find the tables at which their provider sits, and no others.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{ConsultationTable, Fault, Refusal, Seat, SeatRole, Speaker, TableKind};
use crate::account::Token;
use crate::actor::{Actor, Role};
use crate::agreement::text::{AgreementText, TextState, TextVersion, store as texts};
use crate::db::Conn;
use crate::schema::{consultation_table, seat_link, table_seat};
use crate::text::Lang;

/// The tables that the actor may see, the newest first.
pub fn tables(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<ConsultationTable>> {
    let mut found = consultation_table::table
        .filter(consultation_table::municipality_id.eq(actor.tenant()))
        .order((consultation_table::runs_from.desc(), consultation_table::id.desc()))
        .select(TableRow::as_select())
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        let seated = table_seat::table
            .filter(table_seat::municipality_id.eq(actor.tenant()))
            .filter(table_seat::provider_id.eq(own).and(table_seat::left_at.is_null()))
            .select(table_seat::table_id);
        found = found.filter(consultation_table::id.eq_any(seated));
    }
    Ok(found.load(conn)?.into_iter().map(ConsultationTable::from).collect())
}

/// One of them; what is not his does not exist.
pub fn table(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<ConsultationTable>> {
    Ok(tables(conn, actor)?.into_iter().find(|one| one.id == id))
}

pub(super) fn known(conn: &mut Conn, actor: &Actor, id: i64) -> Result<ConsultationTable, Fault> {
    table(conn, actor, id)?.ok_or(Refusal::NotFound.into())
}

/// Everybody who sits or sat at the table, in the order of their roles; those who left come last.
pub fn seats(conn: &mut Conn, actor: &Actor, table_id: i64) -> QueryResult<Vec<Seat>> {
    let rows: Vec<SeatRow> = table_seat::table
        .filter(table_seat::municipality_id.eq(actor.tenant()).and(table_seat::table_id.eq(table_id)))
        .order(table_seat::id)
        .select(SeatRow::as_select())
        .load(conn)?;
    let mut found: Vec<Seat> = rows.into_iter().map(Seat::from).collect();
    found.sort_by_key(|one| (one.left_at.is_some(), one.role, one.name.to_lowercase()));
    Ok(found)
}

/// From where the actor speaks at this table; none for who may only read there.
pub fn speaker(conn: &mut Conn, actor: &Actor, table_id: i64) -> QueryResult<Option<Speaker>> {
    let all = seats(conn, actor, table_id)?;
    let mine = |one: &&Seat| match actor.own_provider() {
        Some(own) => one.provider_id == Some(own),
        None => one.role.is_of_municipality() && one.account_id.is_some() && one.account_id == actor.account_id(),
    };
    let own = all.iter().filter(|one| one.left_at.is_none()).find(mine);
    Ok(match own {
        Some(seat) => Some(Speaker::from_seat(seat)),
        // The municipality's own voice, also when another colleague sits there.
        None if matches!(actor.role(), Role::ContractManager | Role::System) => {
            Some(Speaker { seat_id: None, side: SeatRole::Municipality, name: actor.name().to_owned() })
        }
        None => None,
    })
}

impl Speaker {
    pub fn from_seat(seat: &Seat) -> Speaker {
        Speaker { seat_id: Some(seat.id), side: seat.role, name: seat.name.clone() }
    }
}

/// Whose link this is: the municipality and the seat; none when it has expired, never was, or the seat was left.
pub fn seat_of(conn: &mut Conn, now: NaiveDateTime, token: &Token) -> QueryResult<Option<(i64, Seat)>> {
    let found: Option<(i64, SeatRow)> = seat_link::table
        .inner_join(table_seat::table.on(table_seat::id.eq(seat_link::seat_id)))
        .filter(seat_link::token_digest.eq(token.digest()).and(seat_link::expires_at.gt(now)))
        .filter(table_seat::left_at.is_null())
        .select((table_seat::municipality_id, SeatRow::as_select()))
        .first(conn)
        .optional()?;
    Ok(found.map(|(municipality_id, row)| (municipality_id, row.into())))
}

/// What this table talks about: the versions of its procedure's texts that are consulted about.
pub fn consulted(
    conn: &mut Conn,
    actor: &Actor,
    table: &ConsultationTable,
) -> QueryResult<Vec<(AgreementText, TextVersion)>> {
    let all: Vec<AgreementText> =
        texts::texts(conn, actor)?.into_iter().filter(|one| one.procedure_id == table.procedure_id).collect();
    let ids: Vec<i64> = all.iter().map(|one| one.id).collect();
    let versions = texts::versions(conn, actor, &ids)?;
    let open = versions.into_iter().filter(|one| one.state == TextState::Consultation);
    let with_text = |version: TextVersion| {
        let text = all.iter().find(|one| one.id == version.text_id)?;
        Some((text.clone(), version))
    };
    Ok(open.filter_map(with_text).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = consultation_table)]
struct TableRow {
    id: i64,
    procedure_id: i64,
    kind: TableKind,
    name: String,
    purpose: String,
    is_open: bool,
    runs_from: NaiveDate,
    runs_until: Option<NaiveDate>,
}

impl From<TableRow> for ConsultationTable {
    fn from(row: TableRow) -> ConsultationTable {
        ConsultationTable {
            id: row.id,
            procedure_id: row.procedure_id,
            kind: row.kind,
            name: row.name,
            purpose: row.purpose,
            is_open: row.is_open,
            from: row.runs_from,
            until: row.runs_until,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table_seat)]
struct SeatRow {
    id: i64,
    table_id: i64,
    role: SeatRole,
    provider_id: Option<i64>,
    account_id: Option<i64>,
    name: String,
    email: String,
    language: Lang,
    seated_at: NaiveDateTime,
    left_at: Option<NaiveDateTime>,
}

impl From<SeatRow> for Seat {
    fn from(row: SeatRow) -> Seat {
        Seat {
            id: row.id,
            table_id: row.table_id,
            role: row.role,
            provider_id: row.provider_id,
            account_id: row.account_id,
            name: row.name,
            email: row.email,
            language: row.language,
            seated_at: row.seated_at,
            left_at: row.left_at,
        }
    }
}
