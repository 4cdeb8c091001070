//! Evidence that expires during the agreement (herbeoordeling): 60 days before its end a criterion is marked, on the day
//! after it is expired, and each provider is asked for all successors in one request.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::review::{CriterionRow, move_criterion, rows};
use super::store::all;
use super::{Application, ApplicationState, CriterionState, mails};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::procedure::criterion::Criterion;
use crate::procedure::store::terms;
use crate::procedure::{criteria, outages};
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
    bundled(conn, actor, |row| {
        let met = matches!(row.state, CriterionState::Met | CriterionState::Expiring);
        row.holds_until.filter(|end| met && today <= *end && *end <= last)
    })
}

/// The same of what expired and was not renewed.
pub fn expired(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Expiring>> {
    bundled(conn, actor, |row| row.holds_until.filter(|_| row.state == CriterionState::Expired))
}

/// The reminders of one day: whose evidence ends in exactly as many days as the terms name (60, 30, 7), with everything
/// that ends within that time. For the daily round.
pub fn due_today(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Vec<(u32, Expiring)>> {
    let mut due = Vec::new();
    for days in terms(conn, actor, today)?.evidence_days {
        let on = add_days(today, i64::from(days));
        let found = expiring(conn, actor, today, days)?;
        due.extend(
            found.into_iter().filter(|one| one.criteria.iter().any(|(_, end)| *end == on)).map(|one| (days, one)),
        );
    }
    Ok(due)
}

/// What the calendar does to criteria, once a day or more often: met → expiring → expired. Each change is told once: E12
/// for all of one provider that begins to expire, E13 for all that expired. Answers how many criteria changed.
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
    let rows = rows(conn, system, &ids)?;
    let definitions: Vec<i64> = rows.iter().map(|row| row.definition_id).collect();
    let definitions = criteria::by_id(conn, system, &definitions)?;
    let mut changed = 0;
    for application in &applications {
        let (mut begins, mut ended): (Vec<&CriterionRow>, Vec<&CriterionRow>) = (Vec::new(), Vec::new());
        for row in rows.iter().filter(|row| row.application_id == application.id) {
            let Some(end) = row.holds_until else { continue };
            let (next, list) = match end {
                end if end < today => (row.state.expire(), &mut ended),
                end if end <= warn_until => (row.state.expires_soon(), &mut begins),
                _ => continue,
            };
            let Some(next) = next else { continue };
            move_criterion(conn, system, now, row, next, None)?;
            let object = format!("application/{}/criterion/{}", application.number, row.code);
            let act = Act { action: "criterion.expire", object: &object, result: next.as_str(), detail: "" };
            audit::record(conn, system, now, act)?;
            list.push(row);
            changed += 1;
        }
        if let Some(first) = begins.iter().filter_map(|row| row.holds_until).min() {
            let names = |lang: Lang| names(&begins, &definitions, lang);
            mails::evidence(conn, system, now, application, &names, first, None)?;
        }
        if let Some(first) = ended.iter().filter_map(|row| row.holds_until).min() {
            let names = |lang: Lang| names(&ended, &definitions, lang);
            let repair = terms.evidence_repair.begin(today, &outages::days(conn, system)?).due;
            mails::evidence(conn, system, now, application, &names, first, Some(repair))?;
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
    end: impl Fn(&CriterionRow) -> Option<NaiveDate>,
) -> QueryResult<Vec<Expiring>> {
    let applications = all(conn, actor, &[ApplicationState::Admitted])?;
    let ids: Vec<i64> = applications.iter().map(|one| one.id).collect();
    let mut of: BTreeMap<i64, Vec<(CriterionRow, NaiveDate)>> = BTreeMap::new();
    for row in rows(conn, actor, &ids)? {
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
