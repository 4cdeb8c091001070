//! What waits in the quarters (werk): reactions to answer, quarters to set final, and terms to react that run. One line for all
//! providers of a quarter: the list of the quarter shows who they are.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::actor::{Actor, Role};
use crate::assessment::hearing::{self, Hearing};
use crate::assessment::reacting::unanswered;
use crate::db::Conn;
use crate::quarter::Quarter;
use crate::schema::{assessment, hearing as table};
use crate::term::Term;

/// What waits in one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub quarter: Quarter,
    /// Reactions without an answer.
    pub to_answer: usize,
    /// Providers that were heard: their quarter may be set final.
    pub to_finalise: usize,
    /// Providers that can still react, and the term of theirs that ends first.
    pub running: usize,
    pub first: Option<Term>,
    /// The day on which the first of them was put before its provider.
    pub since: NaiveDate,
}

/// What waits in the actor's municipality, oldest quarter first; nothing for a provider's person.
pub fn waiting(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Vec<Work>> {
    let open = open(conn, actor)?;
    let (Some(from), Some(to)) = (open.iter().map(|one| one.quarter).min(), open.iter().map(|one| one.quarter).max())
    else {
        return Ok(Vec::new());
    };
    let ids: Vec<i64> = open.iter().map(|one| one.provider_id).collect();
    let unanswered = unanswered(conn, actor, &ids, from, to)?;
    let mut work: BTreeMap<Quarter, Work> = BTreeMap::new();
    for heard in &open {
        let quarter = heard.quarter;
        let since = heard.term.start;
        let empty = Work { quarter, to_answer: 0, to_finalise: 0, running: 0, first: None, since };
        let work = work.entry(quarter).or_insert(empty);
        work.since = work.since.min(since);
        let left = unanswered.get(&(heard.provider_id, quarter)).map_or(0, |count| *count as usize);
        work.to_answer += left;
        if heard.runs(today) {
            work.running += 1;
            work.first = work.first.into_iter().chain([heard.term]).min_by_key(|term| term.due);
        } else if left == 0 {
            work.to_finalise += 1;
        }
    }
    Ok(work.into_values().collect())
}

/// How many of these lines wait for this actor himself, for the menu of every page: one query when there is nothing.
pub fn waiting_for(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<usize> {
    match decides(actor) {
        true => Ok(waiting(conn, actor, today)?.iter().map(Work::lines).sum()),
        false => Ok(0),
    }
}

/// Who answers and sets final.
pub fn decides(actor: &Actor) -> bool {
    actor.role() == Role::ContractManager
}

impl Work {
    fn lines(&self) -> usize {
        usize::from(self.to_answer > 0) + usize::from(self.to_finalise > 0)
    }
}

/// The hearings that count of all versions that count and are not final.
fn open(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Hearing>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let same = || {
        assessment::table.filter(
            assessment::municipality_id
                .eq(table::municipality_id)
                .and(assessment::provider_id.eq(table::provider_id))
                .and(assessment::quarter.eq(table::quarter)),
        )
    };
    let provisional = same().filter(assessment::version.eq(table::version).and(assessment::final_at.is_null()));
    let newer = same().filter(assessment::version.gt(table::version));
    let rows: Vec<hearing::Row> = table::table
        .filter(table::municipality_id.eq(actor.tenant()).and(table::overtaken.eq(false)))
        .filter(exists(provisional))
        .filter(not(exists(newer)))
        .order(table::id)
        .select(hearing::Row::as_select())
        .load(conn)?;
    hearing::with_terms(conn, actor, rows)
}
