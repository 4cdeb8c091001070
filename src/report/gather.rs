//! What a quarter report is made of, for many providers at once: taken from what was frozen, and from the ledger only what
//! may still change. From here on the press looks nothing up.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{NaiveDate, TimeZone};
use chrono_tz::Europe::Amsterdam;
use serde_json::Value;

use crate::actor::Actor;
use crate::assessment::beside::{self, AgreementNamed, Beside, ComplaintCount, Expires, Shared};
use crate::assessment::closing::{Held, Overridden, Promised, QuarterCosts, Said, Standing, Standings};
use crate::assessment::{Assessment, counts, web};
use crate::calendar::{add_months, wall_clock};
use crate::db::Conn;
use crate::facts::{QuarterFacts, Settings, setting_value_words, setting_words};
use crate::indicator::{Finding, Findings};
use crate::money::Cents;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::report::quarter::{
    ActionLine, AgreementLine, Costs, CountLine, Coverage, DutyLine, ExpiryLine, HearingLine, IndicatorLine,
    InsteadLine, Material, ProductCosts, SaidLine, SettingLine, Share, StatementLine, VogCounts, Words,
};
use crate::text::{Bilingual, Lang};
use crate::{assessment, trajectory};

/// The municipality that makes the reports, the address under which users see it, and the day on which it makes them.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    pub municipality: &'a str,
    pub public_url: &'a str,
    pub today: NaiveDate,
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
    let mut assessments: HashMap<i64, Assessment> = HashMap::new();
    for assessment in assessment::store::latest_of(conn, actor, &ids, quarter)? {
        assessments.insert(assessment.provider_id, assessment);
    }
    let unread = || format!("an assessment of {quarter} cannot be read back");
    let live = Live::load(conn, actor, quarter, assessments.values()).with_context(unread)?;
    let mut material = Vec::with_capacity(assessments.len());
    for provider in providers {
        if let Some(assessment) = assessments.remove(&provider.id) {
            let made = made_of(publisher, provider, &assessment, &live).with_context(|| {
                format!("the assessment of {quarter} of provider {} cannot be read back", provider.number)
            })?;
            material.push((provider.clone(), assessment, made));
        }
    }
    Ok(material)
}

/// What was not frozen yet, as it stands now.
struct Live {
    shared: Shared,
    standings: Standings,
    /// Of assessments from before it was frozen.
    besides: HashMap<i64, Beside>,
}

impl Live {
    fn load<'a>(
        conn: &mut Conn,
        actor: &Actor,
        quarter: Quarter,
        assessments: impl Iterator<Item = &'a Assessment>,
    ) -> anyhow::Result<Live> {
        let (mut open, mut older) = (Vec::new(), Vec::new());
        for assessment in assessments {
            if assessment.closed.is_none() {
                open.push(assessment.provider_id);
            }
            if assessment.frozen.beside.is_none() {
                older.push((assessment.provider_id, assessment.documents()?.0));
            }
        }
        let shared = Shared::load(conn, actor, quarter)?;
        let besides = beside::gather(conn, actor, quarter, &shared, &older)?;
        Ok(Live {
            standings: Standings::load(conn, actor, &open, quarter)?,
            besides: older.into_iter().map(|(id, _)| id).zip(besides).collect(),
            shared,
        })
    }
}

fn made_of(
    publisher: Publisher<'_>,
    provider: &Provider,
    assessment: &Assessment,
    live: &Live,
) -> anyhow::Result<Material> {
    let (facts, findings) = assessment.documents()?;
    let (beside, closing) = (assessment.beside()?, assessment.closing()?);
    let rest_as_of = publisher.today;
    let coverage = match (&beside, &closing) {
        (Some(_), Some(_)) => Coverage::Whole,
        (Some(_), None) => Coverage::Quarter { rest_as_of },
        (None, _) => Coverage::Findings { rest_as_of },
    };
    let beside = match beside.or_else(|| live.besides.get(&provider.id).cloned()) {
        Some(beside) => beside,
        None => anyhow::bail!("nothing stands beside its facts"),
    };
    let standing = match closing {
        Some(closing) => closing.standing,
        None => live.standings.of(provider.id, &live.shared.products),
    };
    let quarter = assessment.quarter;
    let path = format!("aanbieders/{}/kwartalen/{}/rapport", provider.path(), quarter.path());
    let indicator = |finding| indicator(assessment, &beside, &standing, finding);
    Ok(Material {
        municipality: publisher.municipality.to_owned(),
        provider: facts.provider.name.clone(),
        kvk: facts.provider.kvk.clone(),
        agreement: beside.agreement.as_ref().map(agreement),
        quarter,
        final_on: assessment.finalised.as_ref().map(|(at, _)| wall_clock(*at).date()),
        version: u32::try_from(assessment.version).unwrap_or(1),
        made_on: Amsterdam.from_utc_datetime(&assessment.made_at).fixed_offset(),
        replaces: assessment.replaces.map(|version| (u32::try_from(version).unwrap_or(1), assessment.reason.clone())),
        hearings: standing.hearings.iter().map(heard).collect(),
        html_url: format!("{}/{path}", publisher.public_url),
        statement: StatementLine { due_on: facts.cost_statement.due_on, received_on: facts.cost_statement.received_on },
        indicators: findings.findings.iter().map(indicator).collect(),
        duties: duties(&findings),
        exclusions: counts::exclusions(&findings).into_iter().map(|(code, count)| exclusion(code, count)).collect(),
        costs: costs(quarter, &beside.costs, &standing.earlier_costs),
        expiring: beside.expiring.iter().map(expiry).collect(),
        vogs: VogCounts { persons: beside.vogs.persons, valid: beside.vogs.valid, to_renew: beside.vogs.to_renew },
        complaints: beside.complaints.iter().map(complaint).collect(),
        actions: standing.actions.iter().map(action).collect(),
        settings: settings(&facts),
        engine_version: findings.engine.clone(),
        sha256: Some(assessment.digest().to_owned()),
        coverage,
    })
}

fn agreement(named: &AgreementNamed) -> AgreementLine {
    AgreementLine { name: named.number.clone(), version: u32::try_from(named.version).unwrap_or_default() }
}

fn indicator(assessment: &Assessment, beside: &Beside, standing: &Standing, finding: &Finding) -> IndicatorLine {
    let number = finding.indicator;
    let named = beside.indicators.iter().find(|one| one.number == number);
    let over = standing.indicators.iter().find(|one| one.indicator == number);
    let share = |(numerator, denominator)| Share { numerator, denominator };
    let about = |one: &&Said| one.indicator == i64::from(number);
    let instead = standing.overrides.iter().find(|one| one.indicator == number);
    IndicatorLine {
        number,
        name: named.map(|one| words(&one.name)).unwrap_or_default(),
        definition: named.map(|one| words(&one.measure)).unwrap_or_default(),
        net: share((finding.numerator, finding.denominator)),
        strict: share((finding.strict_numerator, finding.strict_denominator)),
        target_pct: finding.target_pct,
        proposed: finding.verdict,
        decided: assessment.finalised.as_ref().map(|_| instead.map_or(finding.verdict, |one| one.verdict)),
        instead: instead.map(decided),
        label: finding.label,
        rolling: share(over.map(|one| one.rolling).unwrap_or_default()),
        trend: over.iter().flat_map(|one| &one.trend).map(|(quarter, part)| (*quarter, share(*part))).collect(),
        said: standing.remarks.iter().filter(about).map(said).collect(),
    }
}

fn said(one: &Said) -> SaidLine {
    SaidLine {
        kind: one.kind,
        text: one.body.clone(),
        by: one.author.clone(),
        on: wall_clock(one.written_at).date(),
        evidence: one.evidence.iter().map(|file| file.name.clone()).collect(),
    }
}

fn decided(one: &Overridden) -> InsteadLine {
    InsteadLine { verdict: one.verdict, reason: one.reason.clone(), by: one.by.clone(), on: wall_clock(one.at).date() }
}

fn heard(one: &Held) -> HearingLine {
    HearingLine {
        version: u32::try_from(one.version).unwrap_or(1),
        on: wall_clock(one.opened_at).date(),
        by: one.opened_by.clone(),
        until: one.until,
        done: one.done.as_ref().map(|(at, by)| (wall_clock(*at).date(), by.clone())),
    }
}

fn words(text: &Bilingual) -> Words {
    Words::new(text.nl.clone(), text.en.clone())
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

fn exclusion(code: trajectory::ExclusionCode, count: u32) -> CountLine {
    CountLine { code: code.to_string(), meaning: both(|lang| web::verdict::code_words(lang, code.as_str())), count }
}

fn complaint(one: &ComplaintCount) -> CountLine {
    CountLine { code: String::new(), meaning: Words::new(&one.category, &one.category), count: one.count }
}

fn expiry(one: &Expires) -> ExpiryLine {
    ExpiryLine { what: both(|lang| web::verdict::expiring_words(lang, one.what)), on: one.on }
}

fn action(one: &Promised) -> ActionLine {
    ActionLine { what: one.body.clone(), owner: one.owner.clone(), due_on: one.due_on }
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
fn costs(quarter: Quarter, own: &[beside::ProductCosts], earlier: &[QuarterCosts]) -> Costs {
    let of = |one: Quarter| match one == quarter {
        true => own,
        false => earlier.iter().find(|costs| costs.quarter == one).map(|costs| &costs.products[..]).unwrap_or_default(),
    };
    let line = |one: &beside::ProductCosts, months| ProductCosts {
        name: words(&one.name),
        months,
        previous_quarter: Cents(0),
    };
    let mut products: Vec<(&str, ProductCosts)> =
        own.iter().map(|one| (one.product.as_str(), line(one, one.months))).collect();
    for before in of(quarter.previous()) {
        let at = products.iter().position(|(code, _)| *code == before.product).unwrap_or_else(|| {
            products.push((&before.product, line(before, [Cents(0); 3])));
            products.len() - 1
        });
        products[at].1.previous_quarter = before.months.into_iter().sum();
    }
    products.sort_by(|(_, one), (_, other)| one.name.nl.cmp(&other.name.nl));
    let months = quarter.run_up(4).into_iter().flat_map(|one| {
        (0..3).map(move |month| {
            let total = of(one).iter().map(|product| product.months[month]).sum();
            (add_months(one.first_day(), month as u32), total)
        })
    });
    let charged = !own.is_empty() || !earlier.is_empty();
    Costs {
        months: if charged { months.collect() } else { Vec::new() },
        products: products.into_iter().map(|(_, line)| line).collect(),
    }
}

fn both(words: impl Fn(Lang) -> String) -> Words {
    Words::new(words(Lang::Nl), words(Lang::En))
}
