//! Laying the facts on the table: the one place that reads across chapters. Providers are taken in batches of neighbours,
//! and for a whole batch every table is read once; there is never a query per provider.

use std::iter::Peekable;
use std::vec::IntoIter;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::agreement::{Accession, running_in};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::facts::{
    Agreement, Complaint, Complaints, CostStatement, Exclusion, Professional, Provider, QuarterFacts, Settings, Survey,
    Trajectory,
};
use crate::procedure;
use crate::quarter::Quarter;
use crate::staff::{Vog, VogRules};
use crate::text::Lang;
use crate::trajectory::FeedbackMoment;

mod rows;

/// The terms in force on the last day of the quarter.
pub fn terms(conn: &mut Conn, actor: &Actor, quarter: Quarter) -> QueryResult<Terms> {
    let on = quarter.last_day();
    let mut settings = match procedure::store::indicator_settings(conn, actor, on)? {
        Some(written) => read_settings(&written)?,
        None => Settings::default(),
    };
    for indicator in procedure::store::indicators(conn, actor, on)? {
        settings.targets.set(indicator.number, indicator.target.pct);
    }
    let vog_rules = match procedure::store::vog_rules(conn, actor, on)? {
        Some((terms, asked)) => VogRules::of(&terms, &asked),
        None => VogRules::default(),
    };
    Ok(Terms { settings, vog_rules })
}

/// Settings as they are stored: only what differs from the defaults.
pub(super) fn read_settings(written: &str) -> QueryResult<Settings> {
    Settings::read(written.as_bytes()).map_err(|faults| {
        let messages: Vec<String> = faults.iter().map(|fault| fault.message(Lang::En)).collect();
        diesel::result::Error::DeserializationError(messages.join("; ").into())
    })
}

/// The terms under which a quarter is judged: the settings of the indicators and the rules for VOGs, as they were in
/// force on the last day of the quarter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    pub settings: Settings,
    pub vog_rules: VogRules,
}

/// How many providers are on the table at once. Memory is bounded by it; more at a time is no faster.
pub const BATCH: usize = 200;

/// The facts of one provider; none when the actor may not see it or it never had an agreement by the end of the quarter.
pub fn one(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
    terms: &Terms,
) -> QueryResult<Option<QuarterFacts>> {
    if !actor.may_see(provider_id) {
        return Ok(None);
    }
    let mut providers = rows::providers(conn, actor.tenant(), provider_id - 1, 1)?;
    providers.retain(|provider| provider.id == provider_id);
    let gathered = lay(conn, actor.tenant(), providers, quarter, terms)?;
    Ok(gathered.into_iter().next().map(|(_, facts)| facts))
}

/// The facts of neighbouring providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Only those with an agreement by the end of the quarter.
    pub providers: Vec<(i64, QuarterFacts)>,
    /// Where the next batch begins.
    pub last: i64,
}

/// The next batch of the municipality's providers after the one with this id, in the order of their ids; none after
/// the last. Only the municipality may see all; a provider's person gets none.
pub fn batch(
    conn: &mut Conn,
    actor: &Actor,
    after: i64,
    quarter: Quarter,
    terms: &Terms,
) -> QueryResult<Option<Batch>> {
    if actor.own_provider().is_some() {
        return Ok(None);
    }
    let providers = rows::providers(conn, actor.tenant(), after, BATCH)?;
    let Some(last) = providers.last().map(|provider| provider.id) else { return Ok(None) };
    Ok(Some(Batch { providers: lay(conn, actor.tenant(), providers, quarter, terms)?, last }))
}

/// Reads every table once for these neighbouring providers and hands out the facts of each.
fn lay(
    conn: &mut Conn,
    tenant: i64,
    providers: Vec<rows::ProviderRow>,
    quarter: Quarter,
    terms: &Terms,
) -> QueryResult<Vec<(i64, QuarterFacts)>> {
    let (Some(first), Some(last)) = (providers.first(), providers.last()) else { return Ok(Vec::new()) };
    let within = (first.id, last.id);
    let mut gathered = Vec::with_capacity(providers.len());
    let settings = &terms.settings;
    let scope = rows::Scope {
        tenant,
        within,
        first_day: quarter.first_day(),
        last_day: quarter.last_day(),
        still_counts_from: settings.reach_back(quarter.first_day()),
    };
    let due_on = add_days(quarter.last_day(), i64::from(settings.k10_due_days));
    // Ten working days take less than twenty days and a long run of holidays.
    let complaints_from = add_days(quarter.first_day(), -2 * i64::from(settings.k7_report_within_working_days) - 30);

    let mut accessions = rows::accessions(conn, &scope)?.into_iter().peekable();
    let mut trajectories = rows::trajectories(conn, &scope)?.into_iter().peekable();
    let mut feedback = rows::feedback(conn, &scope)?.into_iter().peekable();
    let mut exclusions = rows::exclusions(conn, &scope)?.into_iter().peekable();
    let mut professionals = rows::professionals(conn, &scope)?.into_iter().peekable();
    let mut vogs = rows::vogs(conn, &scope)?.into_iter().peekable();
    let mut surveys = rows::surveys(conn, &scope)?.into_iter().peekable();
    let mut complaints = rows::complaints(conn, &scope, complaints_from)?.into_iter().peekable();
    let mut arrangements = rows::arrangements(conn, &scope)?.into_iter().peekable();
    let mut statements = rows::statements(conn, &scope, quarter)?.into_iter().peekable();

    for provider in providers {
        let id = provider.id;
        let own: Vec<Accession> = of(&mut accessions, id, |one| one.provider_id).collect();
        let Some(running) = running_in(quarter, &own) else {
            // Without an agreement there is nothing to judge; its rows are passed over.
            continue;
        };
        let agreement = Agreement { active_from: running.from, active_until: running.until };
        let trajectories: Vec<Trajectory> = of(&mut trajectories, id, |row| row.provider_id)
            .map(|row| {
                let moments = of(&mut feedback, (id, row.id), |moment| (moment.provider_id, moment.trajectory_id));
                let moments = moments.map(|m| FeedbackMoment { due_on: m.due_on.0, done_on: m.done_on.map(|d| d.0) });
                let moments = moments.collect();
                let excluded =
                    of(&mut exclusions, (id, row.id), |exclusion| (exclusion.provider_id, exclusion.trajectory_id));
                let excluded = excluded.map(|e| Exclusion {
                    code: e.code,
                    indicator: e.indicator.and_then(|n| u8::try_from(n).ok()),
                    accepted: e.accepted,
                });
                let excluded = excluded.collect();
                row.into_fact(moments, excluded)
            })
            .collect();
        // Whose last day lies before the first was there on no day.
        let professionals = of(&mut professionals, id, |row| row.provider_id)
            .filter(|row| row.active_until.is_none_or(|last| last >= row.active_from))
            .map(|row| {
                let shown = of(&mut vogs, (id, row.id), |vog| (vog.provider_id, vog.professional_id));
                professional(row, shown, terms, agreement.active_from)
            })
            .collect();
        let surveys = of(&mut surveys, id, |row| row.provider_id)
            .map(|row| Survey {
                had_active_clients: had_active_clients(&trajectories, quarter.first_day(), row.due_on),
                survey_ref: row.survey_ref,
                due_on: row.due_on,
                cooperated_on: row.cooperated_on,
            })
            .collect();
        let statement = of(&mut statements, id, |row| row.provider_id).next();
        let arrangement = of(&mut arrangements, id, |row| row.provider_id).next();
        let facts = QuarterFacts {
            quarter,
            provider: Provider { kvk: provider.kvk()?, name: provider.name },
            settings: settings.clone(),
            agreement,
            trajectories,
            professionals,
            surveys,
            complaints: Complaints {
                procedure_valid_until: arrangement.as_ref().and_then(|row| row.procedure_valid_until),
                adviser_named: arrangement.as_ref().is_some_and(|row| row.adviser_named),
                statement_due_on: due_on,
                statement_received_on: statement.as_ref().map(|row| row.received_on),
                items: of(&mut complaints, id, |row| row.provider_id)
                    .map(|row| Complaint {
                        complaint_ref: row.complaint_ref,
                        received_on: row.received_on,
                        reported_on: row.reported_on,
                    })
                    .collect(),
            },
            cost_statement: CostStatement {
                due_on,
                received_on: statement.as_ref().map(|row| row.received_on),
                complete: statement.as_ref().is_some_and(|row| row.complete),
                returned_on: statement.as_ref().and_then(|row| row.returned_on),
                repaired_on: statement.as_ref().and_then(|row| row.repaired_on),
            },
        };
        gathered.push((id, facts));
    }
    Ok(gathered)
}

/// The rows that belong to `owner`, out of rows that are sorted by their owner. Rows of earlier owners, who were passed
/// over, are dropped.
fn of<'a, T, K: Ord + Copy + 'a>(
    rows: &'a mut Peekable<IntoIter<T>>,
    owner: K,
    owned_by: impl Fn(&T) -> K + 'a,
) -> impl Iterator<Item = T> + 'a {
    while rows.next_if(|row| owned_by(row) < owner).is_some() {}
    std::iter::from_fn(move || rows.next_if(|row| owned_by(row) == owner))
}

fn professional(
    row: rows::ProfessionalRow,
    shown: impl Iterator<Item = rows::VogRow>,
    terms: &Terms,
    agreement_from: NaiveDate,
) -> Professional {
    let vogs = shown
        .map(|vog| Vog {
            date: vog.vog_date,
            kind: vog.kind,
            codes: vog.codes.split(';').map(str::to_owned).collect(),
            checked_on: None,
        })
        .filter_map(|vog| terms.vog_rules.period(&vog, row.active_from, agreement_from).ok())
        .collect();
    Professional {
        staff_ref: row.staff_ref,
        kind: row.kind,
        client_contact: row.client_contact,
        active_from: row.active_from,
        active_until: row.active_until,
        vogs,
    }
}

/// Clients were in a trajectory on at least one day from the start of the quarter until the survey was due.
fn had_active_clients(trajectories: &[Trajectory], first_day: NaiveDate, due_on: NaiveDate) -> bool {
    trajectories.iter().any(|t| t.referred_on <= due_on && t.ended_on.is_none_or(|ended| ended >= first_day))
}
