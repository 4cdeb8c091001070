//! What was never asked (niet gevraagd): evidence that is asked on request, of which nothing came and for which no request
//! went out. No term passed for it, so nobody is refused on it. What the office looks up itself is never of this kind.

use std::collections::HashSet;

use diesel::QueryResult;

use super::drafting::form;
use super::review::{CriterionRow, of_application};
use super::submit::{is_there, looked_up_by_us};
use super::supplement::requests;
use super::{Application, Part, Step, showing};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::criterion::{AskMoment, Criterion};

/// The codes of the criteria of an application that were never asked. Ten queries.
pub fn never_asked(conn: &mut Conn, actor: &Actor, found: &Application) -> QueryResult<HashSet<String>> {
    let criteria = of_application(conn, actor, found.id)?;
    never_asked_of(conn, actor, found, &criteria)
}

/// The same where the criteria are known already.
pub(super) fn never_asked_of(
    conn: &mut Conn,
    actor: &Actor,
    found: &Application,
    criteria: &[(CriterionRow, Criterion)],
) -> QueryResult<HashSet<String>> {
    let (form, requests) = (form(conn, actor, found.id)?, requests(conn, actor, found.id)?);
    let shown = showing::of_application(conn, actor, found.id)?;
    let asked: HashSet<&Part> = requests.iter().flat_map(|one| &one.items).map(|(part, _)| part).collect();
    let never = |criterion: &Criterion| {
        let in_statements = criterion.evidence_kind.is_said() && asked.contains(&Part::Step(Step::Statements));
        criterion.ask == AskMoment::OnRequest
            && !looked_up_by_us(criterion.evidence_kind)
            && !in_statements
            && !asked.contains(&Part::Criterion(criterion.code.clone()))
            && !is_there(criterion, &form, &shown)
    };
    Ok(criteria.iter().filter(|(_, one)| never(one)).map(|(row, _)| row.code.clone()).collect())
}
