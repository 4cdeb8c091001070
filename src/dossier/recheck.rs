//! Table `successor_request`: evidence that expires during the agreement (herbeoordeling). 60 days before its end a
//! criterion is marked, on the day after it is expired, and each provider is asked for all successors in one mail.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::review::{CriterionRow, Wanted, move_criterion, rows_of};
use super::store::all;
use super::{Application, ApplicationState, CriterionState, mails};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::procedure::criterion::Criterion;
use crate::procedure::store::terms;
use crate::procedure::{criteria, outages};
use crate::schema::successor_request;
use crate::text::Lang;

/// What expires with one admitted provider, bundled: one request for all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiring {
    pub application: Application,
    /// The criteria with the last day of their evidence, the soonest first.
    pub criteria: Vec<(CriterionRow, NaiveDate)>,
}

impl Expiring {
    /// The first day on which something ends.
    pub fn soonest(&self) -> Option<NaiveDate> {
        self.criteria.first().map(|(_, day)| *day)
    }
}

/// The admitted providers with evidence that ends within so many days from today (60, 30 or 7), today included and
/// nothing that ended before; the soonest first.
pub fn expiring(conn: &mut Conn, actor: &Actor, today: NaiveDate, within_days: u32) -> QueryResult<Vec<Expiring>> {
    let last = add_days(today, i64::from(within_days));
    bundled(conn, actor, Wanted::EndingBy(last), |row| {
        let met = matches!(row.state, CriterionState::Met | CriterionState::Expiring);
        row.holds_until.filter(|end| met && today <= *end && *end <= last)
    })
}

/// The same of what expired and was not renewed.
pub fn expired(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Expiring>> {
    bundled(conn, actor, Wanted::In(&[CriterionState::Expired]), |row| row.holds_until)
}

/// Asks each admitted provider for the successors of evidence that ends (E12), in one mail for all of it: so many days
/// before the end as the terms name (60, 30, 7), each once. What a round missed, the next one asks. Answers how many
/// providers were asked.
pub fn ask_successors(conn: &mut Conn, system: &Actor, now: NaiveDateTime, today: NaiveDate) -> QueryResult<usize> {
    let marks = terms(conn, system, today)?.evidence_days;
    let Some(furthest) = marks.iter().copied().max() else { return Ok(0) };
    let mut of_provider: BTreeMap<i64, Vec<Expiring>> = BTreeMap::new();
    for one in expiring(conn, system, today, furthest)? {
        of_provider.entry(one.application.provider_id).or_default().push(one);
    }
    let all: Vec<&CriterionRow> =
        of_provider.values().flatten().flat_map(|one| &one.criteria).map(|(row, _)| row).collect();
    let asked = asked_before(conn, system, &all)?;
    let definitions: Vec<i64> = all.iter().map(|row| row.definition_id).collect();
    let definitions = criteria::by_id(conn, system, &definitions)?;
    let mut providers = 0;
    for bundle in of_provider.values() {
        let ends = bundle.iter().flat_map(|one| &one.criteria);
        let due: Vec<NewRequest> = ends
            .clone()
            .filter_map(|(row, end)| {
                let left = u32::try_from((*end - today).num_days()).ok()?;
                let mark = i32::try_from(marks.iter().copied().filter(|mark| left <= *mark).min()?).ok()?;
                let told = asked.iter().any(|(id, until, days)| (*id, *until) == (row.id, *end) && *days <= mark);
                (!told).then_some(NewRequest {
                    municipality_id: system.tenant(),
                    provider_id: row.provider_id,
                    criterion_id: row.id,
                    holds_until: *end,
                    days: mark,
                    asked_at: now,
                })
            })
            .collect();
        let Some(first) = bundle.first().filter(|_| !due.is_empty()) else { continue };
        for request in &due {
            diesel::insert_into(successor_request::table).values(request).execute(conn)?;
        }
        let rows: Vec<&CriterionRow> = ends.map(|(row, _)| row).collect();
        let names = |lang: Lang| names(&rows, &definitions, lang);
        let soonest = first.soonest().unwrap_or(today);
        mails::evidence_expires(conn, system, now, &first.application, &names, soonest)?;
        let object = format!("application/{}", first.application.number);
        let detail = format!("{} criteria", due.len());
        let act = Act { action: "criterion.ask_successor", object: &object, result: "done", detail: &detail };
        audit::record(conn, system, now, act)?;
        providers += 1;
    }
    Ok(providers)
}

#[derive(Insertable)]
#[diesel(table_name = successor_request)]
struct NewRequest {
    municipality_id: i64,
    provider_id: i64,
    criterion_id: i64,
    holds_until: NaiveDate,
    days: i32,
    asked_at: NaiveDateTime,
}

/// What was asked before: criterion, last day of its evidence, and how many days ahead.
fn asked_before(conn: &mut Conn, system: &Actor, rows: &[&CriterionRow]) -> QueryResult<Vec<(i64, NaiveDate, i32)>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    successor_request::table
        .filter(successor_request::municipality_id.eq(system.tenant()))
        .filter(successor_request::criterion_id.eq_any(ids))
        .select((successor_request::criterion_id, successor_request::holds_until, successor_request::days))
        .load(conn)
}

/// What the calendar does to criteria, once a day or more often: met → expiring → expired. What expired is told once, in
/// one mail for all of it (E13). Answers how many criteria changed.
pub fn follow_the_calendar(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
) -> QueryResult<usize> {
    let terms = terms(conn, system, today)?;
    let warn_days = terms.evidence_days.iter().copied().max().unwrap_or(0);
    let warn_until = add_days(today, i64::from(warn_days));
    let applications = all(conn, system, &[ApplicationState::Admitted])?;
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let rows = rows_of(conn, system, &ids, Wanted::EndingBy(warn_until))?;
    let definitions: Vec<i64> = rows.iter().map(|row| row.definition_id).collect();
    let definitions = criteria::by_id(conn, system, &definitions)?;
    let mut changed = 0;
    for application in &applications {
        let mut ended: Vec<&CriterionRow> = Vec::new();
        for row in rows.iter().filter(|row| row.application_id == application.id) {
            let Some(end) = row.holds_until else { continue };
            let over = end < today;
            let next = match end {
                _ if over => row.state.expire(),
                end if end <= warn_until => row.state.expires_soon(),
                _ => continue,
            };
            let Some(next) = next else { continue };
            move_criterion(conn, system, now, row, next, None)?;
            let object = format!("application/{}/criterion/{}", application.number, row.code);
            let act = Act { action: "criterion.expire", object: &object, result: next.as_str(), detail: "" };
            audit::record(conn, system, now, act)?;
            ended.extend(over.then_some(row));
            changed += 1;
        }
        if let Some(first) = ended.iter().filter_map(|row| row.holds_until).min() {
            let names = |lang: Lang| names(&ended, &definitions, lang);
            let repair = terms.evidence_repair.begin(today, &outages::days(conn, system)?);
            mails::evidence_expired(conn, system, now, application, &names, first, &repair)?;
        }
    }
    Ok(changed)
}

fn names(rows: &[&CriterionRow], known: &std::collections::HashMap<i64, Criterion>, lang: Lang) -> String {
    let name = |row: &&CriterionRow| known.get(&row.definition_id).map(|one| one.name.in_lang(lang).to_owned());
    rows.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

fn bundled(
    conn: &mut Conn,
    actor: &Actor,
    wanted: Wanted<'_>,
    end: impl Fn(&CriterionRow) -> Option<NaiveDate>,
) -> QueryResult<Vec<Expiring>> {
    let applications = all(conn, actor, &[ApplicationState::Admitted])?;
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let mut of: BTreeMap<i64, Vec<(CriterionRow, NaiveDate)>> = BTreeMap::new();
    for row in rows_of(conn, actor, &ids, wanted)? {
        if let Some(end) = end(&row) {
            of.entry(row.application_id).or_default().push((row, end));
        }
    }
    let mut found: Vec<Expiring> = applications
        .into_iter()
        .filter_map(|application| {
            let mut criteria = of.remove(&application.id)?;
            criteria.sort_by(|one, other| (one.1, &one.0.code).cmp(&(other.1, &other.0.code)));
            Some(Expiring { application, criteria })
        })
        .collect();
    found.sort_by_key(Expiring::soonest);
    Ok(found)
}
