//! Tables `application_advice` and `application_decision`: taking up, advice (advies), and the decision (besluit) by somebody
//! else, with what comes after a refusal. Each is one transaction with its history, its audit line and its mail.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::asking::never_asked;
use super::criterion::counts_for_decision;
use super::review::of_application;
use super::store::{Fault, Move, all, looked_at, read_rule, step};
use super::supplement::end_open_request;
use super::{Application, ApplicationState, Refusal, TermKind, Verb, mails};
use super::{before_start, eyes};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::admission::{self, Remedy};
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::schema::{application_advice, application_decision};
use crate::term::Term;

codes! {
    /// What is decided, or proposed.
    pub enum Outcome {
        Admitted = "admitted",
        Refused = "refused",
    }
}

/// What an assessor advised.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Advice {
    pub proposal: Outcome,
    pub words: String,
    pub advised_at: NaiveDateTime,
    pub advised_by: String,
    pub account_id: i64,
}

/// What was decided, with the remedy as it was that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub outcome: Outcome,
    pub reason: String,
    pub remedy: Remedy,
    pub court: String,
    /// The term of legal protection; of a refusal.
    pub term: Option<Term>,
    pub decided_at: NaiveDateTime,
    pub decided_on: NaiveDate,
    pub decided_by: String,
}

/// Takes an application up (ingediend → in toetsing): it was looked at and is complete enough to judge, so the term of the
/// assessment begins.
pub fn take_up(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let to = found.state.take_up(actor.role())?;
    let term = Some((TermKind::Assessment, terms(conn, actor, today)?.assessment, today));
    step(conn, actor, now, &found, &Move { verb: Verb::TakeUp, to, reason: "", receipt: None, term })?;
    Ok(())
}

/// Advises (in toetsing → advies gereed). Nobody can be admitted on an advice that leaves a knock-out unmet, so such an
/// advice is not given.
#[allow(clippy::too_many_arguments)]
pub fn advise(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    proposal: Outcome,
    words: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let waits = unjudged_for(conn, actor, &found, proposal)?;
    let to = found.state.advise(actor.role(), actor.account_id(), waits)?;
    let Some(account_id) = actor.account_id() else { return Err(Refusal::NoAccount.into()) };
    if proposal == Outcome::Refused && words.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let not_met = not_met(conn, actor, id)?;
    if proposal == Outcome::Admitted && !not_met.is_empty() {
        return Err(Refusal::NotAllMet(not_met).into());
    }
    diesel::insert_into(application_advice::table)
        .values((
            application_advice::municipality_id.eq(actor.tenant()),
            application_advice::application_id.eq(id),
            application_advice::proposal.eq(proposal),
            application_advice::words.eq(words.trim()),
            application_advice::advised_at.eq(now),
            application_advice::advised_by.eq(actor.name()),
            application_advice::account_id.eq(account_id),
        ))
        .execute(conn)?;
    let term = running(&found, today);
    step(conn, actor, now, &found, &Move { verb: Verb::Advise, to, reason: words, receipt: None, term })?;
    Ok(())
}

/// Back to the assessor with a question (advies gereed → in toetsing).
pub fn send_back(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    question: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let to = found.state.send_back(actor.role(), question)?;
    let term = running(&found, today);
    step(conn, actor, now, &found, &Move { verb: Verb::SendBack, to, reason: question, receipt: None, term })?;
    Ok(())
}

/// Admits (advies gereed → toegelaten).
pub fn admit(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    words: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let not_met = not_met(conn, actor, id)?;
    let to = found.state.admit(actor.role(), actor.account_id(), &eyes::of(conn, actor, id)?, not_met)?;
    write(conn, actor, now, today, &found, Outcome::Admitted, words)?;
    step(conn, actor, now, &found, &Move { verb: Verb::Admit, to, reason: words, receipt: None, term: None })?;
    mails::admitted(conn, actor, now, &found)?;
    before_start::ask(conn, actor, now, &found)?;
    Ok(())
}

/// Refuses (advies gereed → afgewezen); the term of legal protection begins today.
pub fn refuse(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    reason: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let to = found.state.refuse(actor.role(), actor.account_id(), &eyes::of(conn, actor, id)?, reason)?;
    let (remedy, court, rule) = write(conn, actor, now, today, &found, Outcome::Refused, reason)?;
    let term = Some((TermKind::LegalProtection, rule, today));
    step(conn, actor, now, &found, &Move { verb: Verb::Refuse, to, reason, receipt: None, term })?;
    let term = rule.begin(today, &outages::days(conn, actor)?);
    mails::refused(conn, actor, now, &found, (remedy, &court), &term)?;
    Ok(())
}

/// The refusals whose term is over and for which no case was noted become final, by the system; answers how many.
pub fn close_refusals(conn: &mut Conn, system: &Actor, now: NaiveDateTime, today: NaiveDate) -> Result<usize, Fault> {
    let mut closed = 0;
    for found in all(conn, system, &[ApplicationState::Refused])? {
        let term = found.term.map(|(_, term)| term);
        if term.is_some_and(|term| !term.is_over(today)) {
            continue;
        }
        let to = found.state.close_refusal(system.role(), term.as_ref(), today)?;
        step(conn, system, now, &found, &Move { verb: Verb::CloseRefusal, to, reason: "", receipt: None, term: None })?;
        closed += 1;
    }
    Ok(closed)
}

/// What only changes the state, with words: the case that was brought, the judgment, why an admission lapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// afgewezen → kort geding: court and number of the case. The term stops.
    NoteCase,
    /// kort geding → in toetsing
    Reopen,
    /// kort geding → afwijzing definitief
    LoseCase,
    /// toegelaten → vervallen
    Lapse,
}

#[allow(clippy::too_many_arguments)]
pub fn turn(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    turn: Turn,
    words: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let by = actor.role();
    let (verb, to) = match turn {
        Turn::NoteCase => (Verb::NoteCase, found.state.note_case(by, words)?),
        Turn::Reopen => (Verb::Reopen, found.state.reopen(by, words)?),
        Turn::LoseCase => (Verb::LoseCase, found.state.lose_case(by, words)?),
        Turn::Lapse => (Verb::Lapse, found.state.lapse(by, words)?),
    };
    let term = match turn {
        Turn::Reopen => Some((TermKind::Assessment, terms(conn, actor, today)?.assessment, today)),
        Turn::NoteCase | Turn::LoseCase | Turn::Lapse => None,
    };
    step(conn, actor, now, &found, &Move { verb, to, reason: words, receipt: None, term })?;
    Ok(())
}

/// Withdraws (intrekken), as long as nothing is decided.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    seen: i32,
    reason: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let to = found.state.withdraw(actor.role(), found.channel)?;
    end_open_request(conn, actor, now, found.id)?;
    step(conn, actor, now, &found, &Move { verb: Verb::Withdraw, to, reason, receipt: None, term: None })?;
    // What the municipality stops entering was not withdrawn by the applicant: nothing is said to him.
    if actor.own_provider().is_some() {
        mails::withdrawn(conn, actor, now, &found)?;
    }
    Ok(())
}

/// The codes of the criteria on which this advice waits. What was never asked does not keep anybody from a refusal: it
/// cannot be its ground either.
pub fn unjudged_for(
    conn: &mut Conn,
    actor: &Actor,
    found: &Application,
    proposal: Outcome,
) -> QueryResult<Vec<String>> {
    let mut codes = unjudged(conn, actor, found.id)?;
    if proposal == Outcome::Refused && !codes.is_empty() {
        let never = never_asked(conn, actor, found)?;
        codes.retain(|code| !never.contains(code));
    }
    Ok(codes)
}

/// The codes of the criteria without a result that a decision looks at.
pub fn unjudged(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Vec<String>> {
    let rows = of_application(conn, actor, id)?.into_iter();
    let waits = rows.filter(|(row, criterion)| counts_for_decision(criterion.ask, row.state) && !row.state.is_judged());
    Ok(waits.map(|(row, _)| row.code).collect())
}

/// The codes of the knock-out criteria that stand in the way of an admission.
pub fn not_met(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Vec<String>> {
    let rows = of_application(conn, actor, id)?.into_iter();
    let stands = rows.filter(|(row, criterion)| {
        criterion.knock_out && counts_for_decision(criterion.ask, row.state) && !row.state.is_good()
    });
    Ok(stands.map(|(row, _)| row.code).collect())
}

/// Every advice on an application, the newest first: for the municipality alone.
pub fn advice(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Vec<Advice>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    application_advice::table
        .filter(application_advice::municipality_id.eq(actor.tenant()).and(application_advice::application_id.eq(id)))
        .order(application_advice::id.desc())
        .select((
            application_advice::proposal,
            application_advice::words,
            application_advice::advised_at,
            application_advice::advised_by,
            application_advice::account_id,
        ))
        .load(conn)
}

/// Every decision on an application, the newest first.
pub fn decisions(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Vec<Decision>> {
    let mut query = application_decision::table
        .filter(application_decision::municipality_id.eq(actor.tenant()))
        .filter(application_decision::application_id.eq(id))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(application_decision::provider_id.eq(own));
    }
    let rows: Vec<Row> = query.order(application_decision::id.desc()).select(Row::as_select()).load(conn)?;
    let down = outages::days(conn, actor)?;
    rows.into_iter()
        .map(|row| {
            let rule = row.term_rule.as_deref().map(read_rule).transpose()?;
            Ok(Decision {
                outcome: row.outcome,
                reason: row.reason,
                remedy: row.remedy,
                court: row.court,
                term: rule.map(|rule| rule.begin(row.decided_on, &down)),
                decided_at: row.decided_at,
                decided_on: row.decided_on,
                decided_by: row.decided_by,
            })
        })
        .collect()
}

/// Writes the decision and answers the remedy with its court and its term.
fn write(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    found: &Application,
    outcome: Outcome,
    reason: &str,
) -> Result<(Remedy, String, crate::term::TermRule), Fault> {
    let Some(account_id) = actor.account_id() else { return Err(Refusal::NoAccount.into()) };
    let Some(procedure) = admission::store::find(conn, actor, found.procedure_id)? else {
        return Err(Refusal::NotFound.into());
    };
    let (remedy, court) = (procedure.details.remedy, procedure.details.court);
    let rule = remedy.term(&terms(conn, actor, today)?);
    diesel::insert_into(application_decision::table)
        .values((
            application_decision::municipality_id.eq(actor.tenant()),
            application_decision::provider_id.eq(found.provider_id),
            application_decision::application_id.eq(found.id),
            application_decision::outcome.eq(outcome),
            application_decision::reason.eq(reason.trim()),
            application_decision::remedy.eq(remedy),
            application_decision::court.eq(&court),
            application_decision::term_rule.eq((outcome == Outcome::Refused).then(|| rule.to_string())),
            application_decision::decided_at.eq(now),
            application_decision::decided_on.eq(today),
            application_decision::decided_by.eq(actor.name()),
            application_decision::account_id.eq(account_id),
        ))
        .execute(conn)?;
    Ok((remedy, court, rule))
}

/// The term that runs goes on through this step.
fn running(found: &Application, today: NaiveDate) -> Option<(TermKind, crate::term::TermRule, NaiveDate)> {
    found.term.map(|(kind, term)| (kind, term.rule, term.start.min(today)))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = application_decision)]
struct Row {
    outcome: Outcome,
    reason: String,
    remedy: Remedy,
    court: String,
    term_rule: Option<String>,
    decided_at: NaiveDateTime,
    decided_on: NaiveDate,
    decided_by: String,
}
