//! Table `table_decision`: the contract manager decides as chair in a meeting (besluit). What is adopted changes the version
//! that is consulted about in the same transaction, and the article knows which decision it was born from.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::caution::{cautions, written};
use super::landing::landing;
use super::proposal::{Before, no_wording};
use super::proposing::{keep_before, looked_at, move_to, of_version, place_of};
use super::seating::{no_bsn, record};
use super::store::known;
use super::telling::{MessageKind, News, tell};
use super::{Caution, Decision, Fault, Outcome, Proposal, ProposalKind, Refusal, meeting};
use crate::actor::Actor;
use crate::agreement::text::establishing::{self, Amendment};
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{Scope, store as texts};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::schema::{table_decision, table_proposal};

/// What is decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub meeting_id: i64,
    pub outcome: Outcome,
    pub reason: String,
    /// The words in place of those that were proposed; only when it is adopted in amended wording.
    pub wording: Option<Wording>,
    /// What he was warned of, and decides all the same.
    pub confirmed: Vec<Caution>,
}

/// Decides on a proposal; all at the table are told at the same moment. Answers the number of the decision. What is adopted
/// of a proposal that was held until its version was established changes the next version.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    proposal_id: i64,
    seen: i32,
    verdict: &Verdict,
) -> Result<i32, Fault> {
    let found = looked_at(conn, actor, proposal_id, seen)?;
    let to = found.state.decide(actor.role(), verdict.outcome, &verdict.reason)?;
    if is_by(&found, actor) {
        return Err(Refusal::OwnProposal.into());
    }
    let table = known(conn, actor, found.table_id)?;
    no_bsn(&[&verdict.reason])?;
    let (_, meeting) = meeting::find(conn, actor, verdict.meeting_id)?.ok_or(Refusal::NotFound)?;
    match () {
        () if meeting.table_id != table.id => return Err(Refusal::NotFound.into()),
        () if meeting.cancelled_at.is_some() => return Err(Refusal::MeetingCalledOff.into()),
        () if !meeting.was_held(now) => return Err(Refusal::MeetingNotHeld.into()),
        () => {}
    }
    let (_, version) = texts::version(conn, actor, found.version_id)?.ok_or(Refusal::NotFound)?;
    let told = cautions(&found, &version, &meeting, wall_clock(now).date(), verdict.outcome);
    if told.iter().any(|one| !verdict.confirmed.contains(one)) {
        return Err(Refusal::Unconfirmed(told).into());
    }
    let amendment = amendment(&found, verdict)?;
    let number = of_table(conn, actor, table.id)?.first().map_or(1, |last| last.number + 1);
    let id = insert(conn, actor, now, number, &found, verdict, amendment.as_ref(), &told)?;
    if let Some(amendment) = &amendment {
        carry_out(conn, actor, now, id, number, &found, amendment, &table.name)?;
    }
    move_to(conn, actor.name(), now, &found, to)?;
    let mut detail = format!("decision {number}, proposal {}: {}", found.number, verdict.outcome);
    if !told.is_empty() {
        detail.push_str(&format!(", despite {}", written(&told)));
    }
    record(conn, actor, now, table.id, "consultation.decide", &detail)?;
    tell(conn, actor, now, &table, &News::of(MessageKind::Decision, number, &place_of(found.number)))?;
    Ok(number)
}

/// Whether this person made the proposal: then a colleague decides on it (vier ogen).
pub fn is_by(proposal: &Proposal, actor: &Actor) -> bool {
    proposal.account_id.is_some() && proposal.account_id == actor.account_id()
}

/// What the text changes by this verdict; none when it stays as it is.
fn amendment(found: &Proposal, verdict: &Verdict) -> Result<Option<Amendment>, Refusal> {
    let wording = match (verdict.outcome, &verdict.wording) {
        (Outcome::Rejected | Outcome::CarriedOver, _) => return Ok(None),
        (Outcome::Adopted, _) => found.wording.clone(),
        // There are no other words for an article that goes.
        (Outcome::Amended, _) if found.kind == ProposalKind::Drop => return Err(Refusal::WordsMissing),
        (Outcome::Amended, None) => return Err(Refusal::WordsMissing),
        (Outcome::Amended, Some(words)) if *words == found.wording => return Err(Refusal::NothingChanges),
        (Outcome::Amended, Some(words)) => words.clone(),
    };
    let said = [&wording.number, &wording.heading, &wording.body];
    if said.iter().any(|part| part.trim().is_empty()) {
        return Err(Refusal::WordsMissing);
    }
    Ok(Some(match (found.kind, found.clause) {
        (ProposalKind::Drop, Some(clause)) => Amendment::Drop(clause),
        (ProposalKind::Change, Some(clause)) => Amendment::Change(clause, wording),
        (_, after) => Amendment::Add(after, wording),
    }))
}

/// Changes the version, and tells the article and the proposal what they were born from and stood against.
#[allow(clippy::too_many_arguments)]
fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    decision_id: i64,
    number: i32,
    found: &Proposal,
    amendment: &Amendment,
    table: &str,
) -> Result<(), Fault> {
    let landing = landing(conn, actor, found)?.ok_or(Refusal::NotConsulted)?;
    let version = landing.opened(conn, actor, now)?;
    let articles = texts::articles(conn, actor, version.id)?;
    let present = match amendment {
        Amendment::Add(..) => None,
        Amendment::Change(clause, _) | Amendment::Drop(clause) => articles.iter().find(|one| one.clause == *clause),
    };
    keep_before(conn, found.id, &present.map(Before::of).unwrap_or_default())?;
    let history =
        i18n_embed_fl::fl!(crate::text::Lang::Nl.texts(), "consultation-decision-of", number = number, table = table);
    let clause = establishing::amend(conn, actor, now, version.id, version.version, amendment, &history)?;
    if !matches!(amendment, Amendment::Drop(_)) {
        establishing::note_origin(conn, actor, version.id, clause, decision_id)?;
    }
    diesel::update(table_decision::table.find(decision_id)).set(table_decision::clause.eq(clause)).execute(conn)?;
    // Who looks at another proposal to the same article looks at words that stand there no more.
    let mut others = of_version(conn, actor, version.id)?;
    if version.id != found.version_id {
        others.extend(of_version(conn, actor, found.version_id)?);
    }
    for other in others {
        let touched = other.id != found.id && other.clause == Some(clause) && other.state.is_undecided();
        if touched {
            diesel::update(table_proposal::table.find(other.id))
                .set((
                    table_proposal::version.eq(other.version + 1),
                    (table_proposal::changed_at.eq(now), table_proposal::changed_by.eq(actor.name())),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments)]
fn insert(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    number: i32,
    found: &Proposal,
    verdict: &Verdict,
    amendment: Option<&Amendment>,
    told: &[Caution],
) -> QueryResult<i64> {
    let decided = match amendment {
        Some(Amendment::Change(_, wording) | Amendment::Add(_, wording)) => wording.clone(),
        Some(Amendment::Drop(_)) | None => no_wording(),
    };
    diesel::insert_into(table_decision::table)
        .values((
            (table_decision::municipality_id.eq(actor.tenant()), table_decision::table_id.eq(found.table_id)),
            (table_decision::number.eq(number), table_decision::proposal_id.eq(found.id)),
            (table_decision::meeting_id.eq(verdict.meeting_id), table_decision::outcome.eq(verdict.outcome)),
            table_decision::reason.eq(verdict.reason.trim()),
            (table_decision::article_number.eq(decided.number), table_decision::heading.eq(decided.heading)),
            (table_decision::scope.eq(decided.scope), table_decision::body.eq(decided.body)),
            (table_decision::decided_at.eq(now), table_decision::decided_by.eq(actor.name())),
            table_decision::cautions.eq(written(told)),
        ))
        .returning(table_decision::id)
        .get_result(conn)
}

/// The decisions of a table, the newest first. Whether the actor may see the table is asked before: `store::table`.
pub fn of_table(conn: &mut Conn, actor: &Actor, table_id: i64) -> QueryResult<Vec<Decision>> {
    let rows: Vec<DecisionRow> = table_decision::table
        .filter(table_decision::municipality_id.eq(actor.tenant()).and(table_decision::table_id.eq(table_id)))
        .order(table_decision::number.desc())
        .select(DecisionRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Decision::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table_decision)]
struct DecisionRow {
    id: i64,
    table_id: i64,
    number: i32,
    proposal_id: i64,
    meeting_id: i64,
    outcome: Outcome,
    reason: String,
    clause: Option<i32>,
    article_number: String,
    heading: String,
    scope: Scope,
    body: String,
    decided_at: NaiveDateTime,
    decided_by: String,
    cautions: String,
}

impl From<DecisionRow> for Decision {
    fn from(row: DecisionRow) -> Decision {
        let wording = Wording { number: row.article_number, heading: row.heading, scope: row.scope, body: row.body };
        Decision {
            id: row.id,
            table_id: row.table_id,
            number: row.number,
            proposal_id: row.proposal_id,
            meeting_id: row.meeting_id,
            outcome: row.outcome,
            reason: row.reason,
            clause: row.clause,
            wording: Some(wording).filter(|one| !one.body.is_empty()),
            cautions: super::caution::read(&row.cautions),
            at: row.decided_at,
            by: row.decided_by,
        }
    }
}
