//! The list of clients to hand over (overdrachtslijst), tables `transfer_list` and `transfer_line`: by case number, never
//! by name; to whom, and when that was settled. Both sides see it and write on it.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::store::{Fault, find};
use super::{Life, LifeRefusal};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::holds_bsn;
use crate::schema::{transfer_line, transfer_list};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferList {
    pub drawn_up_at: NaiveDateTime,
    pub closed: Option<(NaiveDateTime, String)>,
    /// What was said when it was closed; why a line was still open stands on that line.
    pub reason: String,
    /// In the order of the case numbers.
    pub lines: Vec<TransferLine>,
}

/// One client of whom the provider takes leave.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = transfer_line)]
pub struct TransferLine {
    pub id: i64,
    /// The provider's own number of the trajectory.
    pub case_ref: String,
    pub to_whom: String,
    pub settled_on: Option<NaiveDate>,
    pub remark: String,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
}

impl TransferList {
    pub fn left(&self) -> usize {
        self.lines.iter().filter(|line| line.settled_on.is_none()).count()
    }

    /// The clients of whom stands neither where they went nor why that is still open.
    pub fn unexplained(&self) -> Vec<String> {
        let silent = |line: &&TransferLine| line.settled_on.is_none() && line.remark.trim().is_empty();
        self.lines.iter().filter(silent).map(|line| line.case_ref.clone()).collect()
    }
}

/// What keeps an agreement from ending: the lines that are not settled, of a list that is not closed. `cases` are the
/// clients who are with the provider still.
pub fn left(list: Option<&TransferList>, cases: &[String]) -> usize {
    match list {
        None => cases.len(),
        Some(list) if list.closed.is_some() => 0,
        Some(list) => {
            list.left() + cases.iter().filter(|case| !list.lines.iter().any(|l| l.case_ref == **case)).count()
        }
    }
}

/// The list of an agreement; none while nobody leaves.
pub fn of(conn: &mut Conn, actor: &Actor, found: &Life) -> QueryResult<Option<TransferList>> {
    type Head = (NaiveDateTime, Option<NaiveDateTime>, Option<String>, String);
    let head: Option<Head> = transfer_list::table
        .filter(transfer_list::municipality_id.eq(actor.tenant()).and(transfer_list::life_id.eq(found.id)))
        .select((transfer_list::drawn_up_at, transfer_list::closed_at, transfer_list::closed_by, transfer_list::reason))
        .first(conn)
        .optional()?;
    let Some((drawn_up_at, closed_at, closed_by, reason)) = head.filter(|_| actor.may_see(found.provider_id)) else {
        return Ok(None);
    };
    let lines = transfer_line::table
        .filter(transfer_line::municipality_id.eq(actor.tenant()).and(transfer_line::life_id.eq(found.id)))
        .order(transfer_line::case_ref)
        .select(TransferLine::as_select())
        .load(conn)?;
    Ok(Some(TransferList { drawn_up_at, closed: closed_at.zip(closed_by), reason, lines }))
}

/// Draws the list up, or adds whom it does not hold yet; answers how many came on it.
pub fn draw_up(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    cases: &[String],
) -> QueryResult<usize> {
    let there = of(conn, &Actor::system(actor.tenant()), found)?;
    if there.is_none() {
        diesel::insert_into(transfer_list::table)
            .values((
                transfer_list::life_id.eq(found.id),
                transfer_list::municipality_id.eq(actor.tenant()),
                transfer_list::provider_id.eq(found.provider_id),
                transfer_list::drawn_up_at.eq(now),
                transfer_list::reason.eq(""),
            ))
            .execute(conn)?;
    }
    if there.as_ref().is_some_and(|list| list.closed.is_some()) {
        return Ok(0);
    }
    let known: HashSet<&str> = there.iter().flat_map(|list| &list.lines).map(|line| line.case_ref.as_str()).collect();
    let new: Vec<&String> = cases.iter().filter(|case| !known.contains(case.as_str())).collect();
    for case in &new {
        diesel::insert_into(transfer_line::table)
            .values((
                transfer_line::municipality_id.eq(actor.tenant()),
                transfer_line::provider_id.eq(found.provider_id),
                transfer_line::life_id.eq(found.id),
                transfer_line::case_ref.eq(case),
                transfer_line::to_whom.eq(""),
                transfer_line::remark.eq(""),
                transfer_line::changed_at.eq(now),
                transfer_line::changed_by.eq(actor.name()),
            ))
            .execute(conn)?;
    }
    if there.is_none() || !new.is_empty() {
        said(conn, actor, now, found, "agreement.draw_up_transfer", &new.len().to_string())?;
    }
    Ok(new.len())
}

/// What is written on one line. To whom and when belong together: a line is settled, or it is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    pub to_whom: String,
    pub on: Option<NaiveDate>,
    pub remark: String,
}

/// Writes on a line; both sides may.
pub fn settle(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    line_id: i64,
    written: &Settled,
) -> Result<(), Fault> {
    let Some(found) = find(conn, actor, id)? else { return Err(LifeRefusal::NotFound.into()) };
    if !may_write(actor.role()) {
        return Err(LifeRefusal::NotYours.into());
    }
    let list = open_list(conn, actor, &found)?;
    let line = list.lines.iter().find(|line| line.id == line_id).ok_or(LifeRefusal::NoSuchLine)?;
    let (to_whom, remark) = (written.to_whom.trim(), written.remark.trim());
    match written.on {
        _ if holds_bsn(to_whom) || holds_bsn(remark) => return Err(LifeRefusal::HoldsBsn.into()),
        Some(day) if day > today => return Err(LifeRefusal::InTheFuture(day).into()),
        Some(_) if to_whom.is_empty() => return Err(LifeRefusal::HalfSettled.into()),
        _ => {}
    }
    diesel::update(transfer_line::table.find(line_id))
        .set((
            transfer_line::to_whom.eq(to_whom),
            transfer_line::settled_on.eq(written.on),
            transfer_line::remark.eq(remark),
            transfer_line::changed_at.eq(now),
            transfer_line::changed_by.eq(actor.name()),
        ))
        .execute(conn)?;
    let done = if written.on.is_some() { "agreement.settle_transfer" } else { "agreement.write_transfer" };
    Ok(said(conn, actor, now, &found, done, &line.case_ref)?)
}

/// Closes the list: every line is settled, or says itself why not. One reason for all of them would tell of nobody.
pub fn close(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, reason: &str) -> Result<(), Fault> {
    let Some(found) = find(conn, actor, id)? else { return Err(LifeRefusal::NotFound.into()) };
    if actor.role() != Role::ContractManager {
        return Err(LifeRefusal::NotYours.into());
    }
    let list = open_list(conn, actor, &found)?;
    let unexplained = list.unexplained();
    if !unexplained.is_empty() {
        return Err(LifeRefusal::Unexplained(unexplained).into());
    }
    super::running::no_bsn(reason)?;
    let mine = transfer_list::municipality_id.eq(actor.tenant()).and(transfer_list::life_id.eq(id));
    diesel::update(transfer_list::table.filter(mine))
        .set((
            transfer_list::closed_at.eq(now),
            transfer_list::closed_by.eq(actor.name()),
            transfer_list::reason.eq(reason.trim()),
        ))
        .execute(conn)?;
    Ok(said(conn, actor, now, &found, "agreement.close_transfer", reason.trim())?)
}

/// The contract manager, and the provider's own people.
pub fn may_write(role: Role) -> bool {
    role.is_of_provider() || role == Role::ContractManager
}

fn open_list(conn: &mut Conn, actor: &Actor, found: &Life) -> Result<TransferList, Fault> {
    match of(conn, actor, found)? {
        None => Err(LifeRefusal::NoList.into()),
        Some(list) if list.closed.is_some() => Err(LifeRefusal::ListClosed.into()),
        Some(list) => Ok(list),
    }
}

fn said(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    action: &'static str,
    detail: &str,
) -> QueryResult<()> {
    let object = format!("agreement/{}/transfer", found.number);
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail })
}
