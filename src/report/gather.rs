//! What a quarter report is made of, gathered for many providers at once from what was frozen and from the ledger. From
//! here on the press looks nothing up.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{Datelike, NaiveDate, TimeZone};
use chrono_tz::Europe::Amsterdam;
use serde_json::Value;

use crate::actor::Actor;
use crate::agreement::Accession;
use crate::assessment::counts::{self, Expiring};
use crate::assessment::history::History;
use crate::assessment::store::Remark;
use crate::assessment::{Assessment, RemarkKind, web};
use crate::calendar::{add_months, wall_clock};
use crate::db::Conn;
use crate::facts::{QuarterFacts, Settings, setting_value_words, setting_words};
use crate::indicator::{Finding, Findings};
use crate::money::Cents;
use crate::procedure::definition::IndicatorDefinition;
use crate::procedure::store::OfferedProduct;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::report::quarter::{
    ActionLine, AgreementLine, Costs, CountLine, DutyLine, ExpiryLine, IndicatorLine, Material, ProductCosts,
    SettingLine, Share, StatementLine, VogCounts, Words,
};
use crate::statement::charged::CostSum;
use crate::text::Lang;
use crate::{agreement, assessment, complaint, procedure, statement};

/// The municipality that makes the reports, and the address under which users see it.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    pub municipality: &'a str,
    pub public_url: &'a str,
}

/// The material of a quarter of these providers, each with its assessment; who has none is passed over.
pub fn material(
    conn: &mut Conn,
    actor: &Actor,
    publisher: Publisher<'_>,
    providers: &[Provider],
    quarter: Quarter,
) -> anyhow::Result<Vec<(Provider, Assessment, Material)>> {
    let ids: Vec<i64> = providers.iter().map(|provider| provider.id).collect();
    let table = Table {
        definitions: procedure::store::indicators(conn, actor, quarter.last_day())?,
        catalogue: procedure::store::catalogue(conn, actor)?,
        history: History::load(conn, actor, &ids, earliest(quarter, TREND), quarter)?,
        accessions: agreement::store::of(conn, actor, &ids)?,
        costs: statement::charged::costs(conn, actor, &ids, earliest(quarter, 4), quarter)?,
        complaints: complaint::store::per_category(conn, actor, &ids, quarter.first_day(), quarter.last_day())?,
        remarks: assessment::store::remarks(conn, actor, &ids, quarter)?,
        actions: assessment::store::open_actions(conn, actor, &ids, quarter)?,
    };
    let mut assessments: HashMap<i64, Assessment> = HashMap::new();
    for assessment in assessment::store::latest_of(conn, actor, &ids, quarter)? {
        assessments.insert(assessment.provider_id, assessment);
    }
    let mut material = Vec::with_capacity(assessments.len());
    for provider in providers {
        if let Some(assessment) = assessments.remove(&provider.id) {
            let made = table.material(publisher, provider, &assessment).with_context(|| {
                format!("the assessment of {quarter} of provider {} cannot be read back", provider.number)
            })?;
            material.push((provider.clone(), assessment, made));
        }
    }
    Ok(material)
}

/// How many quarters a trend shows.
const TREND: usize = 8;

fn earliest(quarter: Quarter, count: usize) -> Quarter {
    quarter.run_up(count).first().copied().unwrap_or(quarter)
}

/// Everything that was read, for all providers together.
struct Table {
    definitions: Vec<IndicatorDefinition>,
    catalogue: Vec<OfferedProduct>,
    history: History,
    accessions: Vec<Accession>,
    costs: Vec<CostSum>,
    complaints: Vec<(i64, String, i64)>,
    remarks: Vec<Remark>,
    actions: Vec<assessment::store::OpenAction>,
}

impl Table {
    fn material(
        &self,
        publisher: Publisher<'_>,
        provider: &Provider,
        assessment: &Assessment,
    ) -> anyhow::Result<Material> {
        let (facts, findings) = assessment.documents()?;
        let quarter = assessment.quarter;
        let path = format!("aanbieders/{}/kwartalen/{}/rapport", provider.path(), quarter.path());
        let own_costs = self.costs.iter().filter(|sum| sum.provider_id == provider.id);
        let costs = costs(&self.catalogue, own_costs.copied().collect(), quarter);
        let complaints = self.complaints.iter().filter(|(id, _, _)| *id == provider.id);
        let actions = self.actions.iter().filter(|action| action.provider_id == provider.id);
        let vogs = counts::vogs(quarter, &facts.professionals);
        Ok(Material {
            municipality: publisher.municipality.to_owned(),
            provider: provider.name.clone(),
            kvk: provider.kvk.clone(),
            agreement: self.agreement(provider.id, quarter),
            quarter,
            final_on: assessment.finalised.as_ref().map(|(at, _)| wall_clock(*at).date()),
            version: u32::try_from(assessment.version).unwrap_or(1),
            made_on: Amsterdam.from_utc_datetime(&assessment.made_at).fixed_offset(),
            html_url: format!("{}/{path}", publisher.public_url),
            statement: StatementLine {
                due_on: facts.cost_statement.due_on,
                received_on: facts.cost_statement.received_on,
            },
            indicators: self.indicators(provider.id, assessment, &findings),
            duties: duties(&findings),
            exclusions: counts::exclusions(&findings).into_iter().map(|(code, count)| exclusion(code, count)).collect(),
            costs,
            expiring: counts::expiring(quarter, &facts.agreement, &facts.complaints).into_iter().map(expiry).collect(),
            vogs: VogCounts { persons: vogs.persons, valid: vogs.valid, to_renew: vogs.to_renew },
            complaints: complaints.map(|(_, category, count)| complaint_line(category, *count)).collect(),
            actions: actions
                .map(|action| ActionLine {
                    what: action.body.clone(),
                    owner: action.owner.clone(),
                    due_on: action.due_on,
                })
                .collect(),
            settings: settings(&facts),
            engine_version: findings.engine.clone(),
            sha256: Some(assessment.frozen.digest.clone()),
        })
    }

    /// The accession that held last in the quarter.
    fn agreement(&self, provider_id: i64, quarter: Quarter) -> AgreementLine {
        let held = |one: &&Accession| one.provider_id == provider_id && one.active_from <= quarter.last_day();
        let held = self.accessions.iter().rfind(held);
        AgreementLine {
            name: held.map(|one| one.number.clone()).unwrap_or_default(),
            version: held.and_then(|one| u32::try_from(one.version).ok()).unwrap_or_default(),
        }
    }

    fn indicators(&self, provider_id: i64, assessment: &Assessment, findings: &Findings) -> Vec<IndicatorLine> {
        findings.findings.iter().map(|finding| self.indicator(provider_id, assessment, finding)).collect()
    }

    fn indicator(&self, provider_id: i64, assessment: &Assessment, finding: &Finding) -> IndicatorLine {
        let (quarter, number) = (assessment.quarter, finding.indicator);
        let definition = self.definitions.iter().find(|one| one.number == number);
        let words = |text: &crate::text::Bilingual| Words::new(text.nl.clone(), text.en.clone());
        let share = |(numerator, denominator)| Share { numerator, denominator };
        let remark = |kind| {
            let own = |r: &&Remark| r.provider_id == provider_id && r.indicator == i64::from(number) && r.kind == kind;
            self.remarks.iter().rfind(own).map(|remark| remark.body.clone())
        };
        let quarters = quarter.run_up(TREND).into_iter();
        let trend = quarters.filter_map(|one| Some((one, share(self.history.share(provider_id, one, number)?))));
        IndicatorLine {
            number,
            name: definition.map(|one| words(&one.short)).unwrap_or_default(),
            definition: definition.map(|one| words(&one.measure)).unwrap_or_default(),
            net: share((finding.numerator, finding.denominator)),
            strict: share((finding.strict_numerator, finding.strict_denominator)),
            target_pct: finding.target_pct,
            proposed: finding.verdict,
            decided: assessment.finalised.as_ref().map(|_| finding.verdict),
            label: finding.label,
            rolling: share(self.history.rolling(provider_id, quarter, number)),
            trend: trend.collect(),
            reason: remark(RemarkKind::Reason),
            reaction: remark(RemarkKind::Reaction),
        }
    }
}

fn duties(findings: &Findings) -> Vec<DutyLine> {
    let line = |duty: &crate::indicator::Duty| DutyLine {
        key: duty.key.clone(),
        name: both(|lang| {
            let words = web::verdict::duty_words(lang, &duty.key);
            words.strip_prefix(&format!("{}. ", duty.key)).map(str::to_owned).unwrap_or(words)
        }),
        share: Share { numerator: duty.numerator, denominator: duty.denominator },
    };
    findings.also.iter().map(line).collect()
}

fn exclusion(code: crate::trajectory::ExclusionCode, count: u32) -> CountLine {
    CountLine { code: code.to_string(), meaning: both(|lang| web::verdict::code_words(lang, code.as_str())), count }
}

fn complaint_line(category: &str, count: i64) -> CountLine {
    CountLine { code: String::new(), meaning: Words::new(category, category), count: u32::try_from(count).unwrap_or(0) }
}

fn expiry((on, what): (NaiveDate, Expiring)) -> ExpiryLine {
    ExpiryLine { what: both(|lang| web::verdict::expiring_words(lang, what)), on }
}

/// Every setting the findings were made with, beside what a new installation uses.
fn settings(facts: &QuarterFacts) -> Vec<SettingLine> {
    let defaults: HashMap<String, Value> = Settings::default().entries().into_iter().collect();
    let line = |(key, used): (String, Value)| SettingLine {
        meaning: both(|lang| setting_words(lang, &key)),
        used: both(|lang| setting_value_words(lang, &used)),
        default: both(|lang| defaults.get(&key).map(|value| setting_value_words(lang, value)).unwrap_or_default()),
        key,
    };
    facts.settings.entries().into_iter().map(line).collect()
}

/// Per product the months of the quarter against the quarter before, and the totals of the last twelve months.
fn costs(catalogue: &[OfferedProduct], sums: Vec<CostSum>, quarter: Quarter) -> Costs {
    let mut products: Vec<(i64, ProductCosts)> = Vec::new();
    for sum in sums.iter().filter(|sum| sum.quarter == quarter || sum.quarter == quarter.previous()) {
        let at = products.iter().position(|(id, _)| *id == sum.product_id).unwrap_or_else(|| {
            let name = catalogue.iter().find(|product| product.id == sum.product_id);
            let name =
                name.map(|product| Words::new(product.name.nl.clone(), product.name.en.clone())).unwrap_or_default();
            let empty = ProductCosts { name, months: [Cents(0); 3], previous_quarter: Cents(0) };
            products.push((sum.product_id, empty));
            products.len() - 1
        });
        let line = &mut products[at].1;
        match sum.quarter == quarter {
            true => {
                let month = month_of(sum, quarter);
                line.months[month] = line.months[month] + sum.amount;
            }
            false => line.previous_quarter = line.previous_quarter + sum.amount,
        }
    }
    products.sort_by(|(_, one), (_, other)| one.name.nl.cmp(&other.name.nl));
    let months = quarter.run_up(4).into_iter().flat_map(|one| {
        let own: Vec<&CostSum> = sums.iter().filter(|sum| sum.quarter == one).collect();
        (0..3).map(move |month| {
            let total = own.iter().filter(|sum| month_of(sum, one) == month).map(|sum| sum.amount).sum();
            (add_months(one.first_day(), month as u32), total)
        })
    });
    let charged = !sums.is_empty();
    Costs {
        products: products.into_iter().map(|(_, line)| line).collect(),
        months: if charged { months.collect() } else { Vec::new() },
    }
}

/// The month of the quarter in which the line begins; what was delivered earlier and charged now counts in the first.
fn month_of(sum: &CostSum, quarter: Quarter) -> usize {
    match quarter.contains(sum.from) {
        true => (sum.from.month0() % 3) as usize,
        false => 0,
    }
}

fn both(words: impl Fn(Lang) -> String) -> Words {
    Words::new(words(Lang::Nl), words(Lang::En))
}
