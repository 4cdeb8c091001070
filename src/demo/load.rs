//! Loads the invented municipality into a database, through the same doors as everybody's data: the statements are
//! written as XLSX files, stay in the folder to look at, and come in at the counter. Started again, it goes on where it was.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::actor::Actor;
use crate::assessment::{self, handing_in};
use crate::calendar::utc;
use crate::db::Db;
use crate::demo::file::written_once;
use crate::demo::{
    Delivery, MunicipalFacts, Municipality, ProviderQuarter, agreements, applying, confirming, consulting, domains,
    founding, hearing, money, planning, signing, terms,
};
use crate::files::Files;
use crate::ids::Kvk;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::report::shelf::Shelf;
use crate::seal::Seals;
use crate::sheet::Source;
use crate::statement::intake::{Fate, HandedIn};
use crate::statement::store::{Completeness, judge_completeness};
use crate::statement::{
    ExclusionLine, Municipal, OutflowLine, PlacementLine, Retyped, SurveyLine, municipal_intake, read_municipal,
    write_municipal, write_workbook_retyped,
};
use crate::text::Lang;
use crate::vault::Vault;
use crate::{account, provider};

/// Where everything goes.
pub struct Loading<'a> {
    pub db: &'a Db,
    pub files: &'a Files,
    /// Seals the names of clients.
    pub vault: &'a Vault,
    /// Close the decisions and reports that count.
    pub seals: &'a Seals,
    /// The folder in which the spreadsheets stay.
    pub folder: &'a Path,
    /// In UTC.
    pub now: NaiveDateTime,
    /// Called after each file and each quarter, with what was done.
    pub progress: &'a dyn Fn(&str),
}

impl<'a> Loading<'a> {
    pub fn shelf(&self) -> Shelf<'a> {
        Shelf { db: self.db, files: self.files, seals: self.seals }
    }
}

/// How many times [`load`] calls `progress`.
pub fn steps(town: &Municipality) -> u64 {
    let files: usize =
        town.providers.iter().flat_map(|provider| &provider.quarters).map(|quarter| quarter.deliveries.len()).sum();
    (files + town.quarters.len()) as u64 + applying::STEPS
}

/// Loads what is not there yet, and answers the municipality's id.
pub fn load(to: &Loading<'_>, town: &Municipality) -> anyhow::Result<i64> {
    let tenant = match to.db.read(|conn| account::store::municipality_named(conn, town.name))? {
        Some(tenant) => tenant,
        None => to.db.write(|conn| founding::found(conn, to.now, town))?,
    };
    let actor = Actor::system(tenant);
    let providers = to.db.read(|conn| provider::store::all(conn, &actor))?;
    let by_kvk: HashMap<&Kvk, &Provider> = providers.iter().map(|provider| (&provider.kvk, provider)).collect();
    for (quarter, told) in town.quarters.iter().zip(&town.municipal_facts) {
        // A quarter that was judged is over: judged again, it would be by what came in later.
        let over = to.db.read(|conn| assessment::store::was_judged(conn, &actor, *quarter))?;
        for invented in &town.providers {
            let Some(stated) = invented.quarters.iter().find(|one| one.quarter == *quarter) else { continue };
            let provider = by_kvk.get(&invented.kvk).context("a provider of the demo is not registered")?;
            match over {
                true => stated.deliveries.iter().for_each(|_| (to.progress)(&provider.name)),
                false => hand_in_all(to, &actor, provider, stated)?,
            }
        }
        if !over {
            state_municipal_facts(to, &actor, town, told)?;
            judge(to, &actor, town, *quarter, &by_kvk)?;
        }
        (to.progress)(&quarter.to_string());
    }
    applying::come_in(to, tenant)?;
    agreements::come_in(to, tenant, town.procedure.active_from)?;
    signing::come_in(to, tenant)?;
    consulting::sit_down(to, tenant)?;
    terms::befall(to, tenant)?;
    planning::come_in(to, tenant)?;
    domains::prepare(to, tenant)?;
    confirming::come_in(to, tenant)?;
    money::come_in(to, tenant)?;
    Ok(tenant)
}

/// Every file that the provider handed in about a quarter, in the order of receipt, and the judgement on its costs.
fn hand_in_all(to: &Loading<'_>, actor: &Actor, provider: &Provider, stated: &ProviderQuarter) -> anyhow::Result<()> {
    for (place, delivery) in stated.deliveries.iter().enumerate() {
        let path = statement_path(to.folder, provider, stated.quarter, place);
        hand_in(to, actor, provider, stated.quarter, delivery, &path)
            .with_context(|| format!("{} does not come in", path.display()))?;
        (to.progress)(&provider.name);
    }
    if let Some(judgement) = &stated.judgement {
        let judged = Completeness {
            complete: judgement.complete,
            returned_on: judgement.returned_on,
            repaired_on: judgement.repaired_on,
        };
        to.db
            .write(|conn| judge_completeness(conn, actor, midday(judgement.on), provider.id, stated.quarter, judged))?;
    }
    Ok(())
}

fn hand_in(
    to: &Loading<'_>,
    actor: &Actor,
    provider: &Provider,
    quarter: Quarter,
    delivery: &Delivery,
    path: &Path,
) -> anyhow::Result<()> {
    let bytes = written_once(path, || {
        let retyped: Vec<Retyped<'_>> = delivery
            .spoilings
            .iter()
            .map(|one| Retyped { sheet: one.sheet, row: one.row, column: one.column, written: one.written })
            .collect();
        write_workbook_retyped(&delivery.statement, &delivery.client_names, &retyped)
    })?;
    let received_at = utc(delivery.received);
    if to.db.read(|conn| crate::statement::store::was_submitted(conn, actor, provider.id, quarter, received_at))? {
        return Ok(());
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = HandedIn {
        file_name: &name,
        source: Source::File(&bytes),
        bytes: &bytes,
        provider,
        quarter,
        vault: Some(to.vault),
        form_key: None,
        take_good_rows: false,
        drop_earlier_lines: false,
        dry_run: false,
        now: received_at,
        lang: Lang::Nl,
    };
    let outcome =
        handing_in::hand_in(to.db, to.files, actor, handing_in::Judging::Later, file).map_err(|fate| match fate {
            Fate::Refused(refusal) => anyhow!(refusal.message(Lang::En)),
            Fate::FormUsed => anyhow!("the file came with a form"),
            Fate::Trouble(cause) => cause,
        })?;
    if outcome.taken.is_none() && delivery.spoilings.is_empty() {
        let faults: Vec<String> = outcome.faults.iter().take(5).map(|fault| fault.message(Lang::En)).collect();
        bail!("a good statement was refused: {}", faults.join(" "));
    }
    if let Some(marked) = outcome.marked {
        let back = path.with_file_name(name.replace(".xlsx", "-met-fouten.xlsx"));
        std::fs::write(&back, marked).with_context(|| format!("{} cannot be written", back.display()))?;
    }
    Ok(())
}

/// What only the municipality knows of a quarter, written as a spreadsheet and read back from it.
fn state_municipal_facts(
    to: &Loading<'_>,
    actor: &Actor,
    town: &Municipality,
    told: &MunicipalFacts,
) -> anyhow::Result<()> {
    let path = to.folder.join("gemeente").join(format!("{}.xlsx", told.quarter.path()));
    let bytes = written_once(&path, || write_municipal(&lines(town, told)))?;
    let reading = read_municipal(Source::File(&bytes)).map_err(|refusal| anyhow!(refusal.message(Lang::En)))?;
    let Some(municipal) = reading.municipal else {
        let faults: Vec<String> = reading.faults.iter().take(5).map(|fault| fault.message(Lang::En)).collect();
        bail!("{} is refused: {}", path.display(), faults.join(" "));
    };
    let at = midday(told.quarter.next().first_day());
    to.db.write(|conn| municipal_intake::take(conn, actor, at, &municipal)).map_err(|fate| match fate {
        municipal_intake::Fate::Strangers(strangers) => anyhow!("{} names strangers: {strangers:?}", path.display()),
        municipal_intake::Fate::Trouble(cause) => cause.into(),
    })
}

fn lines(town: &Municipality, told: &MunicipalFacts) -> Municipal {
    let outflows = told.outflow.iter().zip(2..).map(|(one, row)| OutflowLine {
        row,
        client_ref: one.client_ref.clone(),
        benefit_ended_on: one.outflow.benefit_ended_on,
        reason: one.outflow.reason,
    });
    let placements = told.placements.iter().zip(2..).map(|(one, row)| PlacementLine {
        row,
        client_ref: one.client_ref.clone(),
        confirmed: one.placement.confirmed,
        waiting_list_days: one.placement.waiting_list_days,
    });
    let exclusions = told.exclusions.iter().zip(2..).map(|(one, row)| ExclusionLine {
        row,
        case_ref: one.case_ref.clone(),
        indicator: one.indicator,
        code: one.code,
        agreed: one.accepted,
        reason: one.reason.to_owned(),
    });
    let asked = town.surveys.iter().filter(|survey| told.quarter.contains(survey.due_on));
    let surveys = asked.flat_map(|survey| survey.participants.iter().map(move |one| (survey, one))).zip(2..);
    let surveys = surveys.map(|((survey, one), row)| SurveyLine {
        row,
        survey: survey.reference.clone(),
        due_on: survey.due_on,
        kvk: one.kvk.clone(),
        took_part_on: one.cooperated_on,
    });
    Municipal {
        outflows: outflows.collect(),
        placements: placements.collect(),
        exclusions: exclusions.collect(),
        surveys: surveys.collect(),
        clients: Vec::new(),
    }
}

/// Judges a quarter, adds what people said of it, and sets final what they set final.
fn judge(
    to: &Loading<'_>,
    actor: &Actor,
    town: &Municipality,
    quarter: Quarter,
    by_kvk: &HashMap<&Kvk, &Provider>,
) -> anyhow::Result<()> {
    to.db.write(|conn| {
        let judged_on = midday(crate::calendar::add_days(quarter.last_day(), DAYS_UNTIL_JUDGED)).min(to.now);
        assessment::store::assess_all(conn, actor, judged_on, quarter)?;
        for invented in &town.providers {
            let stated = invented.quarters.iter().find(|one| one.quarter == quarter);
            if let (Some(stated), Some(provider)) = (stated, by_kvk.get(&invented.kvk)) {
                hearing::hold(conn, actor, town, provider, stated, (judged_on, to.now))?;
            }
        }
        Ok(())
    })
}

/// Judging takes place when the term of the statements and of their repair is over.
const DAYS_UNTIL_JUDGED: i64 = 40;

fn statement_path(folder: &Path, provider: &Provider, quarter: Quarter, place: usize) -> PathBuf {
    let again = if place == 0 { String::new() } else { format!("-{}", place + 1) };
    folder.join("opgaven").join(quarter.path()).join(format!("{}{again}.xlsx", provider.path()))
}

/// A moment in office hours, in UTC.
fn midday(day: NaiveDate) -> NaiveDateTime {
    utc(day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon exists")))
}
