//! Tables `outage` and `outage_correction`: when the channel was down (storing). A term that ran on such a day is longer; see
//! `term`. What was noted wrongly is corrected or withdrawn with a reason, and what stood there before is kept.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::{add_days, wall_clock};
use crate::db::Conn;
use crate::schema::{outage, outage_correction};

/// An outage; both moments in UTC, no end while it lasts.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Outage {
    pub id: i64,
    pub from: NaiveDateTime,
    pub until: Option<NaiveDateTime>,
    pub explanation: String,
    pub noted_at: NaiveDateTime,
    pub noted_by: String,
    /// It was noted wrongly: it counts for nothing any more.
    pub withdrawn_at: Option<NaiveDateTime>,
}

/// What was changed about an outage after it was noted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Correction {
    pub outage_id: i64,
    pub at: NaiveDateTime,
    pub by: String,
    pub until_before: Option<NaiveDateTime>,
    /// None where it was withdrawn.
    pub until_after: Option<NaiveDateTime>,
    pub withdrawn: bool,
    pub reason: String,
}

/// Why an outage is not noted.
#[derive(Debug)]
pub enum NotNoted {
    NotYours,
    /// It would end before it begins, or begin in the future.
    WrongMoments,
    /// A correction says why.
    ReasonMissing,
    NotFound,
    Trouble(diesel::result::Error),
}

impl From<diesel::result::Error> for NotNoted {
    fn from(cause: diesel::result::Error) -> NotNoted {
        NotNoted::Trouble(cause)
    }
}

/// Notes an outage, over or not.
pub fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    from: NaiveDateTime,
    until: Option<NaiveDateTime>,
    explanation: &str,
) -> Result<i64, NotNoted> {
    if !may_note(actor) {
        return Err(NotNoted::NotYours);
    }
    if from > now || until.is_some_and(|until| until < from || until > now) {
        return Err(NotNoted::WrongMoments);
    }
    let id: i64 = diesel::insert_into(outage::table)
        .values((
            outage::municipality_id.eq(actor.tenant()),
            outage::from_at.eq(from),
            outage::until_at.eq(until),
            outage::explanation.eq(explanation.trim()),
            outage::noted_at.eq(now),
            outage::noted_by.eq(actor.name()),
        ))
        .returning(outage::id)
        .get_result(conn)?;
    let object = format!("outage/{id}");
    audit::record(conn, actor, now, Act { action: "outage.note", object: &object, result: "done", detail: "" })?;
    Ok(id)
}

/// The channel works again.
pub fn end(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, until: NaiveDateTime) -> Result<(), NotNoted> {
    if !may_note(actor) {
        return Err(NotNoted::NotYours);
    }
    let Some(known) = all(conn, actor)?.into_iter().find(|one| one.id == id && one.lasts()) else {
        return Err(NotNoted::NotFound);
    };
    if until < known.from || until > now {
        return Err(NotNoted::WrongMoments);
    }
    let mine = outage::id.eq(id).and(outage::municipality_id.eq(actor.tenant()));
    diesel::update(outage::table).filter(mine).set(outage::until_at.eq(until)).execute(conn)?;
    let object = format!("outage/{id}");
    audit::record(conn, actor, now, Act { action: "outage.end", object: &object, result: "done", detail: "" })?;
    Ok(())
}

/// Moves the end of an outage that is over, or withdraws it when `until` is none; with the reason, and what stood there is
/// kept.
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    until: Option<NaiveDateTime>,
    reason: &str,
) -> Result<(), NotNoted> {
    if !may_note(actor) {
        return Err(NotNoted::NotYours);
    }
    if reason.trim().is_empty() {
        return Err(NotNoted::ReasonMissing);
    }
    let Some(known) = all(conn, actor)?.into_iter().find(|one| one.id == id && one.withdrawn_at.is_none()) else {
        return Err(NotNoted::NotFound);
    };
    if until.is_some_and(|until| until < known.from || until > now) {
        return Err(NotNoted::WrongMoments);
    }
    let mine = outage::id.eq(id).and(outage::municipality_id.eq(actor.tenant()));
    match until {
        Some(until) => diesel::update(outage::table).filter(mine).set(outage::until_at.eq(until)).execute(conn)?,
        None => diesel::update(outage::table).filter(mine).set(outage::withdrawn_at.eq(now)).execute(conn)?,
    };
    diesel::insert_into(outage_correction::table)
        .values((
            outage_correction::municipality_id.eq(actor.tenant()),
            outage_correction::outage_id.eq(id),
            outage_correction::corrected_at.eq(now),
            outage_correction::corrected_by.eq(actor.name()),
            outage_correction::account_id.eq(actor.account_id()),
            outage_correction::until_before.eq(known.until),
            outage_correction::until_after.eq(until),
            outage_correction::withdrawn.eq(until.is_none()),
            outage_correction::reason.eq(reason.trim()),
        ))
        .execute(conn)?;
    let action = if until.is_some() { "outage.correct" } else { "outage.withdraw" };
    let object = format!("outage/{id}");
    audit::record(conn, actor, now, Act { action, object: &object, result: "done", detail: "" })?;
    Ok(())
}

/// Everything that was corrected, the oldest first.
pub fn corrections(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Correction>> {
    outage_correction::table
        .filter(outage_correction::municipality_id.eq(actor.tenant()))
        .order(outage_correction::id)
        .select((
            outage_correction::outage_id,
            outage_correction::corrected_at,
            outage_correction::corrected_by,
            outage_correction::until_before,
            outage_correction::until_after,
            outage_correction::withdrawn,
            outage_correction::reason,
        ))
        .load(conn)
}

/// Every outage of the municipality, the newest first.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Outage>> {
    outage::table
        .filter(outage::municipality_id.eq(actor.tenant()))
        .order((outage::from_at.desc(), outage::id.desc()))
        .select((
            outage::id,
            outage::from_at,
            outage::until_at,
            outage::explanation,
            outage::noted_at,
            outage::noted_by,
            outage::withdrawn_at,
        ))
        .load(conn)
}

/// The days of the Dutch clock on which the channel was down; an outage that lasts counts up to its first day only, as
/// nobody knows yet how long it takes.
pub fn days(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<NaiveDate>> {
    Ok(all(conn, actor)?.iter().flat_map(Outage::days).collect())
}

/// The same as if this one had not been noted.
pub fn days_without(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Vec<NaiveDate>> {
    Ok(all(conn, actor)?.iter().filter(|one| one.id != id).flat_map(Outage::days).collect())
}

impl Outage {
    /// None once it was withdrawn.
    pub fn days(&self) -> Vec<NaiveDate> {
        match self.withdrawn_at {
            None => days_between(self.from, self.until),
            Some(_) => Vec::new(),
        }
    }

    pub fn lasts(&self) -> bool {
        self.until.is_none() && self.withdrawn_at.is_none()
    }
}

/// The same of an outage that was not noted yet; both moments in UTC.
pub fn days_between(from: NaiveDateTime, until: Option<NaiveDateTime>) -> Vec<NaiveDate> {
    let first = wall_clock(from).date();
    let last = until.map_or(first, |until| wall_clock(until).date());
    (0..=(last - first).num_days()).map(|days| add_days(first, days)).collect()
}

fn may_note(actor: &Actor) -> bool {
    matches!(actor.role(), Role::ContractManager | Role::FunctionalAdmin | Role::System)
}
