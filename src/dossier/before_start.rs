//! What is asked before the start (voor de start): once somebody is admitted, the criteria of that moment are asked, with a
//! term and a mail; the letter of the admission names them.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::decision::Outcome;
use super::review::{CriterionRow, Wanted, rows_of};
use super::{Application, ApplicationState, CriterionState, mails};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::criterion::{AskMoment, Criterion};
use crate::procedure::store::terms;
use crate::procedure::{criteria, outages};
use crate::schema::application_decision;
use crate::term::Term;

/// What an admitted provider still has to show before it may start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StillAsked {
    /// In the order of their codes.
    pub criteria: Vec<Criterion>,
    pub term: Term,
}

/// Of these applications, those that were admitted and where something is asked, by application. Seven queries, whatever
/// their number.
pub fn asked(conn: &mut Conn, actor: &Actor, applications: &[&Application]) -> QueryResult<HashMap<i64, StillAsked>> {
    let admitted = applications.iter().filter(|one| one.state == ApplicationState::Admitted);
    let ids: Vec<i64> = admitted.map(|one| one.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = rows_of(conn, actor, &ids, Wanted::In(&[CriterionState::Open, CriterionState::RepairAsked]))?;
    let definitions: Vec<i64> = rows.iter().map(|row| row.definition_id).collect();
    let definitions = criteria::by_id(conn, actor, &definitions)?;
    let decided: Vec<(i64, NaiveDate)> = application_decision::table
        .filter(application_decision::municipality_id.eq(actor.tenant()))
        .filter(application_decision::application_id.eq_any(ids))
        .filter(application_decision::outcome.eq(Outcome::Admitted))
        .order(application_decision::id)
        .select((application_decision::application_id, application_decision::decided_on))
        .load(conn)?;
    let down = outages::days(conn, actor)?;
    let mut found: HashMap<i64, StillAsked> = HashMap::new();
    let Some((_, newest)) = decided.iter().max_by_key(|(_, day)| *day) else { return Ok(found) };
    let rule = terms(conn, actor, *newest)?.before_start;
    for row in rows {
        let Some(criterion) = definitions.get(&row.definition_id).filter(|one| is_asked(one, &row)) else { continue };
        let Some((_, day)) = decided.iter().rev().find(|(id, _)| *id == row.application_id) else { continue };
        let asked = found.entry(row.application_id);
        let asked = asked.or_insert_with(|| StillAsked { criteria: Vec::new(), term: rule.begin(*day, &down) });
        asked.criteria.push(criterion.clone());
    }
    Ok(found)
}

fn is_asked(criterion: &Criterion, row: &CriterionRow) -> bool {
    criterion.ask == AskMoment::BeforeStart && matches!(row.state, CriterionState::Open | CriterionState::RepairAsked)
}

/// The same of one application.
pub fn of(conn: &mut Conn, actor: &Actor, found: &Application) -> QueryResult<Option<StillAsked>> {
    Ok(asked(conn, actor, &[found])?.remove(&found.id))
}

/// Asks for it in a mail (E50), in the act of the admission.
pub(super) fn ask(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, found: &Application) -> QueryResult<()> {
    let admitted = Application { state: ApplicationState::Admitted, ..found.clone() };
    match of(conn, actor, &admitted)? {
        Some(asked) => mails::before_start(conn, actor, now, found, asked.criteria.len(), &asked.term),
        None => Ok(()),
    }
}
