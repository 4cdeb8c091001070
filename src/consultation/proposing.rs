//! Tables `table_proposal` and `table_reaction`: whoever sits at a table proposes, and all react (voorstel, reactie).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::proposal::Before;
use super::seating::{no_bsn, record};
use super::store::{consulted, known};
use super::telling::{MessageKind, News, tell};
use super::{
    ConsultationTable, Fault, Proposal, ProposalKind, ProposalState, Reaction, Refusal, SeatRole, Speaker, Stance,
};
use crate::actor::Actor;
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{Article, Scope, TextRefusal, TextVersion, is_number, store as texts};
use crate::db::Conn;
use crate::schema::{table_proposal, table_reaction};

/// What somebody proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProposal {
    pub version_id: i64,
    pub kind: ProposalKind,
    pub clause: Option<i32>,
    /// Of an article that is to go it plays no part.
    pub wording: Wording,
    pub motive: String,
}

/// Puts a proposal before the table, within the term to react; all are told at the same moment. Answers its number.
pub fn propose(
    conn: &mut Conn,
    actor: &Actor,
    speaker: &Speaker,
    now: NaiveDateTime,
    today: NaiveDate,
    table_id: i64,
    new: &NewProposal,
) -> Result<i32, Fault> {
    let table = known(conn, actor, table_id)?;
    let version = in_consultation(conn, actor, &table, new.version_id, today)?;
    let articles = texts::articles(conn, actor, version.id)?;
    let present = new.clause.and_then(|clause| articles.iter().find(|one| one.clause == clause));
    if present.is_none() && (new.clause.is_some() || new.kind != ProposalKind::Add) {
        return Err(Refusal::Text(TextRefusal::NoSuchArticle).into());
    }
    if new.motive.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let (before, wording) = match (new.kind, present) {
        (ProposalKind::Drop, Some(article)) => (Before::of(article), article_wording(article)),
        (ProposalKind::Change, Some(article)) => {
            let wording = trimmed(&new.wording)?;
            if wording == article_wording(article) {
                return Err(Refusal::NothingChanges.into());
            }
            (Before::of(article), wording)
        }
        _ => (Before::default(), trimmed(&new.wording)?),
    };
    no_bsn(&[&wording.number, &wording.heading, &wording.body, &new.motive])?;
    let all = of_table(conn, actor, table_id)?;
    // A second press of the button finds it there already.
    let same = all.iter().find(|one| {
        one.state == ProposalState::Open
            && one.seat_id == speaker.seat_id
            && (one.version_id, one.kind, one.clause) == (new.version_id, new.kind, new.clause)
            && (&one.wording, one.motive.as_str()) == (&wording, new.motive.trim())
    });
    if let Some(same) = same {
        return Ok(same.number);
    }
    let number = all.iter().map(|one| one.number).max().unwrap_or(0) + 1;
    diesel::insert_into(table_proposal::table)
        .values((
            (table_proposal::municipality_id.eq(actor.tenant()), table_proposal::table_id.eq(table_id)),
            (table_proposal::number.eq(number), table_proposal::text_version_id.eq(version.id)),
            (table_proposal::kind.eq(new.kind), table_proposal::clause.eq(new.clause)),
            (table_proposal::article_number.eq(&wording.number), table_proposal::heading.eq(&wording.heading)),
            (table_proposal::scope.eq(wording.scope), table_proposal::body.eq(&wording.body)),
            (table_proposal::was_number.eq(&before.number), table_proposal::was_heading.eq(&before.heading)),
            (table_proposal::was_body.eq(&before.body), table_proposal::motive.eq(new.motive.trim())),
            (table_proposal::state.eq(ProposalState::Open), table_proposal::version.eq(1)),
            (table_proposal::seat_id.eq(speaker.seat_id), table_proposal::account_id.eq(actor.account_id())),
            (table_proposal::side.eq(speaker.side), table_proposal::proposed_by.eq(&speaker.name)),
            (table_proposal::proposed_at.eq(now), table_proposal::changed_at.eq(now)),
            table_proposal::changed_by.eq(&speaker.name),
        ))
        .execute(conn)?;
    record(conn, actor, now, table_id, "consultation.propose", &format!("proposal {number}"))?;
    tell(conn, actor, now, &table, &News::of(MessageKind::Proposal, number, &place_of(number)))?;
    Ok(number)
}

/// Says what he thinks of it, within the term to react.
#[allow(clippy::too_many_arguments)]
pub fn react(
    conn: &mut Conn,
    actor: &Actor,
    speaker: &Speaker,
    now: NaiveDateTime,
    today: NaiveDate,
    proposal_id: i64,
    stance: Stance,
    words: &str,
) -> Result<(), Fault> {
    let found = find(conn, actor, proposal_id)?.ok_or(Refusal::NotFound)?;
    let table = known(conn, actor, found.table_id)?;
    if !found.state.is_undecided() {
        return Err(Refusal::NotNow(found.state).into());
    }
    in_consultation(conn, actor, &table, found.version_id, today)?;
    let words = words.replace("\r\n", "\n").trim().to_owned();
    // Who agrees need not say why; who does not, helps the others with his reasons.
    if words.is_empty() && stance != Stance::Agree {
        return Err(Refusal::WordsMissing.into());
    }
    no_bsn(&[&words])?;
    let mine = of_proposals(conn, actor, &[proposal_id])?.into_iter().rfind(|one| one.seat_id == speaker.seat_id);
    // A second press of the button finds it said already.
    if mine.is_some_and(|one| one.stance == stance && one.words == words && one.by == speaker.name) {
        return Ok(());
    }
    diesel::insert_into(table_reaction::table)
        .values((
            (table_reaction::municipality_id.eq(actor.tenant()), table_reaction::proposal_id.eq(proposal_id)),
            (table_reaction::seat_id.eq(speaker.seat_id), table_reaction::account_id.eq(actor.account_id())),
            (table_reaction::side.eq(speaker.side), table_reaction::stance.eq(stance)),
            (table_reaction::words.eq(words), table_reaction::reacted_by.eq(&speaker.name)),
            table_reaction::reacted_at.eq(now),
        ))
        .execute(conn)?;
    Ok(record(conn, actor, now, table.id, "consultation.react", &format!("proposal {}", found.number))?)
}

/// Takes his own proposal back; all are told at the same moment.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    speaker: &Speaker,
    now: NaiveDateTime,
    proposal_id: i64,
    seen: i32,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, proposal_id, seen)?;
    let table = known(conn, actor, found.table_id)?;
    let to = found.state.withdraw(is_own(&found, actor, speaker))?;
    move_to(conn, &speaker.name, now, &found, to)?;
    record(conn, actor, now, table.id, "consultation.withdraw", &format!("proposal {}", found.number))?;
    tell(conn, actor, now, &table, &News::of(MessageKind::Withdrawn, found.number, &place_of(found.number)))?;
    Ok(())
}

/// Whether this speaker made the proposal.
pub fn is_own(proposal: &Proposal, actor: &Actor, speaker: &Speaker) -> bool {
    match (proposal.seat_id, speaker.seat_id) {
        (Some(seat), Some(own)) => seat == own,
        (None, None) => proposal.account_id == actor.account_id(),
        _ => false,
    }
}

/// Where a proposal stands below the page of its table.
pub fn place_of(number: i32) -> String {
    format!("/voorstellen/{number}")
}

/// The proposals of a table, the first first. Whether the actor may see the table is asked before: `store::table`.
pub fn of_table(conn: &mut Conn, actor: &Actor, table_id: i64) -> QueryResult<Vec<Proposal>> {
    let rows: Vec<ProposalRow> = table_proposal::table
        .filter(table_proposal::municipality_id.eq(actor.tenant()).and(table_proposal::table_id.eq(table_id)))
        .order(table_proposal::number)
        .select(ProposalRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Proposal::from).collect())
}

/// Whether any proposal of the municipality waits for a decision.
pub(super) fn any_undecided(conn: &mut Conn, actor: &Actor) -> QueryResult<bool> {
    let undecided = [ProposalState::Open, ProposalState::CarriedOver];
    let waiting = table_proposal::table
        .filter(table_proposal::municipality_id.eq(actor.tenant()).and(table_proposal::state.eq_any(undecided)));
    diesel::select(diesel::dsl::exists(waiting)).get_result(conn)
}

/// The proposals to one version, of all tables.
pub fn of_version(conn: &mut Conn, actor: &Actor, version_id: i64) -> QueryResult<Vec<Proposal>> {
    let rows: Vec<ProposalRow> = table_proposal::table
        .filter(table_proposal::municipality_id.eq(actor.tenant()))
        .filter(table_proposal::text_version_id.eq(version_id))
        .order((table_proposal::table_id, table_proposal::number))
        .select(ProposalRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Proposal::from).collect())
}

pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Proposal>> {
    let row: Option<ProposalRow> = table_proposal::table
        .filter(table_proposal::municipality_id.eq(actor.tenant()).and(table_proposal::id.eq(id)))
        .select(ProposalRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Proposal::from))
}

/// The reactions to these proposals, in the order in which they were given.
pub fn of_proposals(conn: &mut Conn, actor: &Actor, proposals: &[i64]) -> QueryResult<Vec<Reaction>> {
    table_reaction::table
        .filter(table_reaction::municipality_id.eq(actor.tenant()))
        .filter(table_reaction::proposal_id.eq_any(proposals))
        .order(table_reaction::id)
        .select(ReactionRow::as_select())
        .load(conn)
        .map(|rows: Vec<ReactionRow>| rows.into_iter().map(Reaction::from).collect())
}

/// What this reader sees of them: all of it at an open table, after the decision, and as the municipality; else his own.
pub fn shown_to(
    table: &ConsultationTable,
    proposal: &Proposal,
    reader: Option<&Speaker>,
    all: Vec<Reaction>,
) -> Vec<Reaction> {
    let office = reader.is_none_or(|one| one.side.is_of_municipality());
    let whole = table.is_open || office || !proposal.state.is_undecided();
    let own = |one: &Reaction| reader.is_some_and(|reader| one.seat_id == reader.seat_id);
    all.into_iter().filter(|one| whole || own(one)).collect()
}

pub(super) fn looked_at(conn: &mut Conn, actor: &Actor, id: i64, seen: i32) -> Result<Proposal, Fault> {
    let found = find(conn, actor, id)?.ok_or(Refusal::NotFound)?;
    if found.version != seen {
        return Err(Refusal::ChangedMeanwhile(found.changed_by).into());
    }
    Ok(found)
}

pub(super) fn move_to(
    conn: &mut Conn,
    by: &str,
    now: NaiveDateTime,
    found: &Proposal,
    to: ProposalState,
) -> QueryResult<()> {
    diesel::update(table_proposal::table.find(found.id))
        .set((
            (table_proposal::state.eq(to), table_proposal::version.eq(found.version + 1)),
            (table_proposal::changed_at.eq(now), table_proposal::changed_by.eq(by)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Keeps the article as it stood when it was decided, so that what changed can still be read.
pub(super) fn keep_before(conn: &mut Conn, proposal_id: i64, before: &Before) -> QueryResult<()> {
    diesel::update(table_proposal::table.find(proposal_id))
        .set((
            table_proposal::was_number.eq(&before.number),
            table_proposal::was_heading.eq(&before.heading),
            table_proposal::was_body.eq(&before.body),
        ))
        .execute(conn)?;
    Ok(())
}

/// The version, when this table talks about it and the term to react has not ended.
fn in_consultation(
    conn: &mut Conn,
    actor: &Actor,
    table: &ConsultationTable,
    version_id: i64,
    today: NaiveDate,
) -> Result<TextVersion, Fault> {
    if !table.runs_on(today) {
        return Err(Refusal::TableOver.into());
    }
    let all = consulted(conn, actor, table)?;
    let version = all.into_iter().map(|(_, version)| version).find(|one| one.id == version_id);
    let version = version.ok_or(Refusal::NotConsulted)?;
    match version.consulted.as_ref().map(|one| one.respond) {
        Some(term) => ProposalState::Open.react(today, term.due)?,
        None => return Err(Refusal::NotConsulted.into()),
    }
    Ok(version)
}

fn trimmed(wording: &Wording) -> Result<Wording, Refusal> {
    let trim = |words: &str| words.replace("\r\n", "\n").trim().to_owned();
    let wording = Wording {
        number: trim(&wording.number),
        heading: trim(&wording.heading),
        scope: wording.scope,
        body: trim(&wording.body),
    };
    let missing = wording.number.is_empty() || wording.heading.is_empty() || wording.body.is_empty();
    match missing {
        true => Err(Refusal::WordsMissing),
        false if !is_number(&wording.number) => Err(Refusal::Text(TextRefusal::NumberWrong)),
        false => Ok(wording),
    }
}

/// What an article says, as a proposal would write it.
pub fn article_wording(article: &Article) -> Wording {
    Wording {
        number: article.number.clone(),
        heading: article.heading.clone(),
        scope: article.scope,
        body: article.body.clone(),
    }
}

impl Before {
    pub fn of(article: &Article) -> Before {
        Before { number: article.number.clone(), heading: article.heading.clone(), body: article.body.clone() }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table_proposal)]
struct ProposalRow {
    id: i64,
    table_id: i64,
    number: i32,
    text_version_id: i64,
    kind: ProposalKind,
    clause: Option<i32>,
    article_number: String,
    heading: String,
    scope: Scope,
    body: String,
    was_number: String,
    was_heading: String,
    was_body: String,
    motive: String,
    state: ProposalState,
    version: i32,
    seat_id: Option<i64>,
    account_id: Option<i64>,
    side: SeatRole,
    proposed_by: String,
    proposed_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    changed_by: String,
}

impl From<ProposalRow> for Proposal {
    fn from(row: ProposalRow) -> Proposal {
        Proposal {
            id: row.id,
            table_id: row.table_id,
            number: row.number,
            version_id: row.text_version_id,
            kind: row.kind,
            clause: row.clause,
            wording: Wording { number: row.article_number, heading: row.heading, scope: row.scope, body: row.body },
            before: Before { number: row.was_number, heading: row.was_heading, body: row.was_body },
            motive: row.motive,
            state: row.state,
            version: row.version,
            seat_id: row.seat_id,
            account_id: row.account_id,
            side: row.side,
            by: row.proposed_by,
            at: row.proposed_at,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table_reaction)]
struct ReactionRow {
    id: i64,
    proposal_id: i64,
    seat_id: Option<i64>,
    side: SeatRole,
    stance: Stance,
    words: String,
    reacted_by: String,
    reacted_at: NaiveDateTime,
}

impl From<ReactionRow> for Reaction {
    fn from(row: ReactionRow) -> Reaction {
        Reaction {
            id: row.id,
            proposal_id: row.proposal_id,
            seat_id: row.seat_id,
            side: row.side,
            stance: row.stance,
            words: row.words,
            by: row.reacted_by,
            at: row.reacted_at,
        }
    }
}
