//! A verdict of a person in the place of a computed proposal (afwijkend oordeel), table `finding_override`. It has a reason,
//! is shown beside what was computed, and never changes that; it holds as long as the figure it is about is the same.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::finalising::{Fault, looked_at};
use crate::assessment::history::Figure;
use crate::assessment::reacting::readable;
use crate::assessment::{Refusal, hearing};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::indicator::{Finding, Verdict};
use crate::quarter::Quarter;
use crate::schema::finding_override;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub provider_id: i64,
    pub quarter: Quarter,
    pub indicator: u8,
    /// None takes the one before it back.
    pub verdict: Option<Verdict>,
    pub reason: String,
    /// In UTC.
    pub decided_at: NaiveDateTime,
    pub decided_by: String,
    numerator: i64,
    denominator: i64,
    computed: Verdict,
}

impl Override {
    /// Whether what was computed is still what it was decided about.
    pub fn holds(&self, figure: &Figure) -> bool {
        let counted = (i64::from(figure.numerator), i64::from(figure.denominator));
        self.verdict.is_some() && counted == (self.numerator, self.denominator) && figure.verdict == self.computed
    }

    /// What it says instead, of a finding that it holds for.
    pub fn of_finding(&self, finding: &Finding) -> Option<Verdict> {
        let counted = (i64::from(finding.numerator), i64::from(finding.denominator));
        let same = counted == (self.numerator, self.denominator) && finding.verdict == self.computed;
        self.verdict.filter(|_| same)
    }
}

/// What a person may say of an indicator; "monitoren" is said by the settings alone.
pub const CHOICES: [Verdict; 4] = [Verdict::Met, Verdict::Attention, Verdict::Missed, Verdict::NotApplicable];

/// How much a verdict is to the disadvantage of the provider.
fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Met | Verdict::NotApplicable | Verdict::Monitored => 0,
        Verdict::Attention => 1,
        Verdict::Missed => 2,
    }
}

/// Decides about one indicator of the version that was looked at; the computed verdict takes an earlier one back. Where it
/// becomes stricter, the provider is heard anew.
#[allow(clippy::too_many_arguments)]
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
    indicator: u8,
    verdict: Verdict,
    reason: &str,
) -> Result<(), Fault> {
    let current = looked_at(conn, actor, now, provider_id, quarter, version)?;
    let (_, findings) = current.documents().map_err(unread)?;
    let finding = findings.findings.iter().find(|one| one.indicator == indicator).ok_or(Refusal::NotFound)?;
    let stands = standing(conn, actor, &[provider_id], quarter, quarter)?;
    let stands = stands.get(&(provider_id, quarter, indicator)).and_then(|one| one.of_finding(finding));
    let before = stands.unwrap_or(finding.verdict);
    if verdict == before || !(CHOICES.contains(&verdict) || verdict == finding.verdict) {
        return Err(Refusal::SameVerdict.into());
    }
    let reason = readable(reason)?;
    let instead = (verdict != finding.verdict).then_some(verdict);
    diesel::insert_into(finding_override::table)
        .values((
            (finding_override::municipality_id.eq(actor.tenant()), finding_override::provider_id.eq(provider_id)),
            finding_override::quarter.eq(quarter.to_string()),
            finding_override::indicator.eq(i64::from(indicator)),
            finding_override::numerator.eq(i64::from(finding.numerator)),
            finding_override::denominator.eq(i64::from(finding.denominator)),
            finding_override::computed.eq(finding.verdict),
            finding_override::verdict.eq(instead),
            finding_override::reason.eq(&reason),
            (finding_override::decided_at.eq(now), finding_override::decided_by.eq(actor.name())),
        ))
        .execute(conn)?;
    let heard = hearing::newest(conn, actor, provider_id, quarter)?.filter(|one| one.covers(version));
    if let Some(heard) = heard.filter(|_| weight(verdict) > weight(before)) {
        hearing::overtake(conn, &heard)?;
    }
    let object = format!("provider/{provider_id}/quarter/{quarter}/indicator/{indicator}");
    let act = Act { action: "assessment.override", object: &object, result: verdict.as_str(), detail: "" };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

/// Frozen documents were written by this house; that one cannot be read is trouble.
fn unread(cause: serde_json::Error) -> Fault {
    Fault::Trouble(diesel::result::Error::DeserializationError(Box::new(cause)))
}

/// The newest word of a person on each indicator of these providers, from one quarter to another.
pub fn standing(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    from: Quarter,
    to: Quarter,
) -> QueryResult<BTreeMap<(i64, Quarter, u8), Override>> {
    let providers: Vec<i64> = providers.iter().copied().filter(|id| actor.may_see(*id)).collect();
    let rows: Vec<Row> = finding_override::table
        .filter(finding_override::municipality_id.eq(actor.tenant()))
        .filter(finding_override::quarter.between(from.to_string(), to.to_string()))
        .filter(finding_override::provider_id.eq_any(providers))
        .order(finding_override::id)
        .select(Row::as_select())
        .load(conn)?;
    let keyed = rows.into_iter().filter_map(|row| {
        let indicator = u8::try_from(row.indicator).ok()?;
        Some(((row.provider_id, row.quarter, indicator), row.with(indicator)))
    });
    Ok(keyed.collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = finding_override)]
struct Row {
    provider_id: i64,
    quarter: Quarter,
    indicator: i64,
    numerator: i64,
    denominator: i64,
    computed: Verdict,
    verdict: Option<Verdict>,
    reason: String,
    decided_at: NaiveDateTime,
    decided_by: String,
}

impl Row {
    fn with(self, indicator: u8) -> Override {
        Override {
            provider_id: self.provider_id,
            quarter: self.quarter,
            indicator,
            verdict: self.verdict,
            reason: self.reason,
            decided_at: self.decided_at,
            decided_by: self.decided_by,
            numerator: self.numerator,
            denominator: self.denominator,
            computed: self.computed,
        }
    }
}
