//! Tables `supplement_request` and `supplement_item`: what is missing is asked for with a term of 14 days (aanvulling), only
//! the asked parts are open, and an application is never set aside (buiten behandeling) by itself.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::drafting::form;
use super::receipt::{Receipt, ReceiptKind, with_key, write};
use super::review::{NewVerdict, definition, hand_in_criterion, rows, write as write_verdict};
use super::showing::{of_application, receive};
use super::store::{Fault, Move, all, find_by_id, looked_at, read_rule, step};
use super::submit::{evidence_of, is_there};
use super::{
    Application, ApplicationState, CriterionResult, CriterionState, Missing, Part, Refusal, TermKind, Verb, eyes, mails,
};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::schema::{supplement_item, supplement_request};
use crate::term::Term;

/// A request for a supplement, with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplementRequest {
    pub id: i64,
    pub application_id: i64,
    pub asked_at: NaiveDateTime,
    pub asked_by: String,
    /// What is said to the whole of it.
    pub message: String,
    pub term: Term,
    /// The parts with the words to each.
    pub items: Vec<(Part, String)>,
    pub reminded_at: Option<NaiveDateTime>,
    /// When the supplement came in, or the request ended in another way.
    pub ended_at: Option<NaiveDateTime>,
}

/// Asks for what is missing (in toetsing → aanvulling gevraagd). A criterion that was handed in or judged goes to
/// `repair asked` with the words as its reason; one that is still open stays so.
#[allow(clippy::too_many_arguments)]
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    application_id: i64,
    seen: i32,
    message: &str,
    asked: &[(Part, String)],
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, application_id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let words: Vec<&str> = asked.iter().map(|(_, words)| words.as_str()).collect();
    let to = found.state.ask_supplement(actor.role(), &words)?;
    let criteria = rows(conn, actor, &[found.id])?;
    let mut repairs = Vec::new();
    for (part, words) in asked {
        let Part::Criterion(code) = part else { continue };
        let Some(row) = criteria.iter().find(|row| row.code == *code) else { return Err(Refusal::NotFound.into()) };
        if !matches!(row.state, CriterionState::Open | CriterionState::RepairAsked) {
            if !definition(conn, actor, row)?.repairable {
                return Err(Refusal::NotRepairable.into());
            }
            repairs.push((row, words));
        }
    }
    for (row, words) in repairs {
        let new = NewVerdict { result: CriterionResult::RepairAsked, reason: words, holds_until: None };
        let shown = of_application(conn, actor, found.id)?;
        write_verdict(conn, actor, now, &found, row, CriterionState::RepairAsked, &new, &shown)?;
    }
    let rule = terms(conn, actor, today)?.supplement;
    let request: i64 = diesel::insert_into(supplement_request::table)
        .values((
            supplement_request::municipality_id.eq(actor.tenant()),
            supplement_request::provider_id.eq(found.provider_id),
            supplement_request::application_id.eq(found.id),
            supplement_request::asked_at.eq(now),
            supplement_request::asked_by.eq(actor.name()),
            supplement_request::message.eq(message.trim()),
            supplement_request::term_rule.eq(rule.to_string()),
            supplement_request::term_start.eq(today),
        ))
        .returning(supplement_request::id)
        .get_result(conn)?;
    let mut items = asked.to_vec();
    items.sort();
    items.dedup_by(|one, other| one.0 == other.0);
    for (part, words) in &items {
        let row = (
            supplement_item::request_id.eq(request),
            supplement_item::municipality_id.eq(actor.tenant()),
            supplement_item::part.eq(part.to_string()),
            supplement_item::words.eq(words.trim()),
        );
        diesel::insert_into(supplement_item::table).values(row).execute(conn)?;
    }
    let term = Some((TermKind::Supplement, rule, today));
    step(conn, actor, now, &found, &Move { verb: Verb::AskSupplement, to, reason: message, receipt: None, term })?;
    let term = rule.begin(today, &outages::days(conn, actor)?);
    mails::supplement_asked(conn, actor, now, &found, &term)?;
    Ok(())
}

/// Hands the supplement in (aanvulling gevraagd → in toetsing), with a receipt; the same key gives the same receipt.
pub fn hand_in(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    application_id: i64,
    seen: i32,
    key: &str,
) -> Result<Receipt, Fault> {
    if let Some(receipt) = with_key(conn, actor, application_id, key)? {
        return Ok(receipt);
    }
    let found = looked_at(conn, actor, application_id, seen)?;
    let open = open_request(conn, actor, found.id)?;
    let missing = match &open {
        Some(request) => still_missing(conn, actor, &found, request)?,
        None => Vec::new(),
    };
    let term = found.term.map(|(_, term)| term);
    let to = found.state.hand_in_supplement(actor.role(), found.channel, term.as_ref(), today, missing)?;
    let Some(request) = open else { return Err(Refusal::NothingAsked.into()) };

    let form = form(conn, actor, found.id)?;
    let shown = of_application(conn, actor, found.id)?;
    let new: Vec<_> = shown.into_iter().filter(|one| one.received_on.is_none()).collect();
    let mut steps = serde_json::Map::new();
    for (name, filled) in &form.steps {
        let value = filled.to_json().map_err(|fault| diesel::result::Error::SerializationError(fault.into()))?;
        steps.insert(name.as_str().to_owned(), value);
    }
    let asked: Vec<String> = request.items.iter().map(|(part, _)| part.to_string()).collect();
    let body = json!({
        "format": "openhouse-supplement/1",
        "number": found.number.to_string(),
        "received_on": today,
        "asked": asked,
        "steps": steps,
        "evidence": evidence_of(conn, &new)?,
    });
    let receipt = write(conn, actor, now, &found, ReceiptKind::Supplement, key, body)?;
    receive(conn, actor, &found, today)?;
    let asked = |part: Part| request.items.iter().any(|(one, _)| *one == part);
    for row in rows(conn, actor, &[found.id])? {
        if asked(Part::Criterion(row.code.clone())) {
            hand_in_criterion(conn, actor, now, today, &row)?;
        } else if asked(Part::Step(super::Step::Statements)) && row.state.hand_in().is_ok() {
            // What was answered with "akkoord en toelichting" is looked at too; a verdict that is there stays.
            let criterion = definition(conn, actor, &row)?;
            if criterion.evidence_kind.is_said() && is_there(&criterion, &form, &new) {
                hand_in_criterion(conn, actor, now, today, &row)?;
            }
        }
    }
    close(conn, now, request.id)?;
    let term = Some((TermKind::Assessment, terms(conn, actor, today)?.assessment, today));
    let digest = Some(receipt.digest.as_str());
    step(conn, actor, now, &found, &Move { verb: Verb::HandInSupplement, to, reason: "", receipt: digest, term })?;
    mails::supplement_received(conn, actor, now, &found, &receipt)?;
    Ok(receipt)
}

/// Stops with an application whose supplement did not come in time (buiten behandeling): by a person, never by itself.
pub fn set_aside(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    application_id: i64,
    seen: i32,
    reason: &str,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, application_id, seen)?;
    eyes::without_interest(conn, actor, today, found.provider_id)?;
    let term = found.term.map(|(_, term)| term);
    let to = found.state.set_aside(actor.role(), term.as_ref(), today)?;
    end_open_request(conn, actor, now, found.id)?;
    step(conn, actor, now, &found, &Move { verb: Verb::SetAside, to, reason, receipt: None, term: None })?;
    mails::set_aside(conn, actor, now, &found)?;
    Ok(())
}

/// What of the asked parts is not there yet.
pub fn still_missing(
    conn: &mut Conn,
    actor: &Actor,
    found: &Application,
    request: &SupplementRequest,
) -> QueryResult<Vec<Missing>> {
    let form = form(conn, actor, found.id)?;
    let shown = of_application(conn, actor, found.id)?;
    let new: Vec<_> = shown.into_iter().filter(|one| one.received_on.is_none()).collect();
    let mut missing = Vec::new();
    let in_form = form.missing(found.channel);
    for (part, _) in &request.items {
        match part {
            Part::Step(step) => {
                missing
                    .extend(in_form.iter().filter(|one| matches!(one, Missing::Field(of, _) if of == step)).cloned());
            }
            Part::Criterion(code) => {
                let rows = rows(conn, actor, &[found.id])?;
                let Some(row) = rows.iter().find(|row| row.code == *code) else { continue };
                if !is_there(&definition(conn, actor, row)?, &form, &new) {
                    missing.push(Missing::Criterion(code.clone()));
                }
            }
        }
    }
    Ok(missing)
}

/// The requests of one application, the newest first.
pub fn requests(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Vec<SupplementRequest>> {
    if find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = supplement_request::table
        .filter(supplement_request::municipality_id.eq(actor.tenant()))
        .filter(supplement_request::application_id.eq(application_id))
        .order(supplement_request::id.desc())
        .select(Row::as_select())
        .load(conn)?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let items: Vec<(i64, String, String)> = supplement_item::table
        .filter(supplement_item::municipality_id.eq(actor.tenant()).and(supplement_item::request_id.eq_any(ids)))
        .order((supplement_item::request_id, supplement_item::part))
        .select((supplement_item::request_id, supplement_item::part, supplement_item::words))
        .load(conn)?;
    let down = outages::days(conn, actor)?;
    rows.into_iter()
        .map(|row| {
            let of_row = items.iter().filter(|(request, ..)| *request == row.id);
            let items = of_row.filter_map(|(_, part, words)| Some((Part::read(part)?, words.clone()))).collect();
            Ok(SupplementRequest {
                id: row.id,
                application_id,
                asked_at: row.asked_at,
                asked_by: row.asked_by,
                message: row.message,
                term: read_rule(&row.term_rule)?.begin(row.term_start, &down),
                items,
                reminded_at: row.reminded_at,
                ended_at: row.ended_at,
            })
        })
        .collect()
}

/// The request that waits for its supplement.
pub fn open_request(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Option<SupplementRequest>> {
    Ok(requests(conn, actor, application_id)?.into_iter().find(|request| request.ended_at.is_none()))
}

/// Whether a part is asked for now.
pub(super) fn is_asked(conn: &mut Conn, actor: &Actor, application_id: i64, part: &Part) -> QueryResult<bool> {
    let Some(open) = open_request(conn, actor, application_id)? else { return Ok(false) };
    let statements = Part::Step(super::Step::Statements);
    let asked = |part: &Part| open.items.iter().any(|(asked, _)| asked == part);
    Ok(match part {
        _ if asked(part) => true,
        // A statement for an asked criterion is written in the step for statements, and the other way round.
        Part::Step(super::Step::Statements) => open.items.iter().any(|(asked, _)| matches!(asked, Part::Criterion(_))),
        Part::Criterion(code) if asked(&statements) => {
            let rows = rows(conn, actor, &[application_id])?;
            match rows.iter().find(|row| row.code == *code) {
                Some(row) => definition(conn, actor, row)?.evidence_kind.is_said(),
                None => false,
            }
        }
        _ => false,
    })
}

/// The applications whose reminder is due today: the term ends in so many days as the terms say, or sooner, it is not
/// over, and no reminder went out.
pub fn due_reminders(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
) -> QueryResult<Vec<(Application, SupplementRequest)>> {
    let days = i64::from(terms(conn, actor, today)?.remind_days);
    let mut due = Vec::new();
    for one in all(conn, actor, &[ApplicationState::SupplementAsked])? {
        let near = |term: &Term| add_days(term.due, -days) <= today && !term.is_over(today);
        if !one.term.as_ref().is_some_and(|(_, term)| near(term)) {
            continue;
        }
        if let Some(request) = open_request(conn, actor, one.id)?.filter(|request| request.reminded_at.is_none()) {
            due.push((one, request));
        }
    }
    Ok(due)
}

/// Sends the reminders that are due (E05), each once; answers how many.
pub fn remind(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, today: NaiveDate) -> QueryResult<usize> {
    let due = due_reminders(conn, actor, today)?;
    for (application, request) in &due {
        diesel::update(supplement_request::table.find(request.id))
            .set(supplement_request::reminded_at.eq(now))
            .execute(conn)?;
        mails::supplement_reminder(conn, actor, now, application, request)?;
        let object = format!("application/{}", application.number);
        let act = Act { action: "application.remind", object: &object, result: "done", detail: "" };
        audit::record(conn, actor, now, act)?;
    }
    Ok(due.len())
}

/// A request that nobody will answer any more, as the application ended.
pub(super) fn end_open_request(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    application_id: i64,
) -> QueryResult<()> {
    match open_request(conn, actor, application_id)? {
        Some(request) => close(conn, now, request.id),
        None => Ok(()),
    }
}

fn close(conn: &mut Conn, now: NaiveDateTime, request_id: i64) -> QueryResult<()> {
    diesel::update(supplement_request::table.find(request_id))
        .set(supplement_request::ended_at.eq(now))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = supplement_request)]
struct Row {
    id: i64,
    asked_at: NaiveDateTime,
    asked_by: String,
    message: String,
    term_rule: String,
    term_start: NaiveDate,
    reminded_at: Option<NaiveDateTime>,
    ended_at: Option<NaiveDateTime>,
}
