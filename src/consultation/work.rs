//! What waits at the tables (werk): proposals whose term to react is over and that nobody decided yet, and terms that are
//! about to end.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::deciding::is_by;
use super::proposing::{any_undecided, of_table};
use super::store::{consulted, tables};
use super::{ConsultationTable, Proposal};
use crate::actor::{Actor, Role};
use crate::agreement::text::{AgreementText, TextState, TextVersion, store as texts};
use crate::db::Conn;
use crate::term::Term;

/// The lines of the work queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// "Voorstel wacht op besluit", with since when.
    pub to_decide: Vec<(ConsultationTable, Proposal, NaiveDate)>,
    /// "Reactietermijn loopt af"
    pub ending: Vec<(ConsultationTable, AgreementText, TextVersion, Term)>,
}

/// So many days before its end the term of a consultation stands in the queue.
const NEAR: i64 = 7;

/// What waits in the actor's municipality; nothing for a provider's person.
pub fn waiting(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Work> {
    let mut work = Work::default();
    if actor.own_provider().is_some() {
        return Ok(work);
    }
    for table in tables(conn, actor)? {
        let versions = consulted(conn, actor, &table)?;
        for proposal in of_table(conn, actor, table.id)?.into_iter().filter(|one| one.state.is_undecided()) {
            // One that was held until its version was established still waits, for the next version.
            let version = match versions.iter().find(|(_, version)| version.id == proposal.version_id) {
                Some((_, version)) => Some(version.clone()),
                None => texts::version(conn, actor, proposal.version_id)?.map(|(_, version)| version),
            };
            let talked = version.filter(|version| version.state != TextState::Draft);
            let term = talked.and_then(|version| version.consulted).map(|one| one.respond);
            if let Some(term) = term.filter(|term| term.is_over(today)) {
                work.to_decide.push((table.clone(), proposal, term.due));
            }
        }
        for (text, version) in versions {
            let term = version.consulted.as_ref().map(|one| one.respond);
            if let Some(term) = term.filter(|term| (0..=NEAR).contains(&term.days_left(today))) {
                work.ending.push((table.clone(), text, version, term));
            }
        }
    }
    Ok(work)
}

/// How many proposals wait for a decision of this actor himself, for the menu of every page: one query when there are none.
pub fn waiting_for(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<usize> {
    match decides(actor) && any_undecided(conn, actor)? {
        true => {
            let all = waiting(conn, actor, today)?.to_decide;
            Ok(all.iter().filter(|(_, proposal, _)| !is_by(proposal, actor)).count())
        }
        false => Ok(0),
    }
}

/// Who decides as chair.
pub fn decides(actor: &Actor) -> bool {
    actor.role() == Role::ContractManager
}
