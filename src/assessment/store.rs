//! Tables `assessment` and `finding`.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::beside::{self, Beside, Shared};
use crate::assessment::closing::Closing;
pub use crate::assessment::finalising::{Fault, finalise};
use crate::assessment::{Assessment, Closed, Frozen};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::facts::{QuarterFacts, gather};
use crate::indicator::{Finding, Findings};
use crate::quarter::Quarter;
use crate::schema::{assessment, finding};

/// What judging a quarter came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    /// Provisional assessments that are new or changed.
    pub made: usize,
    /// Assessments that came out the same as before.
    pub unchanged: usize,
}

/// Judges the quarter of every provider of the municipality. What came out before and is the same stays; what differs
/// is a new provisional version, also beside one that was final. Who left, and has no case left over, is passed over.
pub fn assess_all(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, quarter: Quarter) -> QueryResult<Judged> {
    let terms = gather::terms(conn, actor, quarter)?;
    let shared = Shared::load(conn, actor, quarter)?;
    let mut judged = Judged::default();
    let mut after = 0;
    while let Some(batch) = gather::batch(conn, actor, after, quarter, &terms)? {
        let ids: Vec<i64> = batch.providers.iter().map(|(id, _)| *id).collect();
        let known = latest_digests(conn, actor, quarter, &ids)?;
        let besides = beside::gather(conn, actor, quarter, &shared, &batch.providers)?;
        for ((provider_id, facts), beside) in batch.providers.iter().zip(&besides) {
            match freeze(conn, actor, now, *provider_id, (facts, beside), known.get(provider_id))? {
                Some(true) => judged.made += 1,
                Some(false) => judged.unchanged += 1,
                None => {}
            }
        }
        after = batch.last;
    }
    Ok(judged)
}

/// Whether a quarter of the municipality was judged before.
pub fn was_judged(conn: &mut Conn, actor: &Actor, quarter: Quarter) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        assessment::table
            .filter(assessment::municipality_id.eq(actor.tenant()).and(assessment::quarter.eq(quarter.to_string()))),
    ))
    .get_result(conn)
}

/// Judges the quarter of one provider; false when it came out the same as before, none when there is nothing to judge.
pub fn assess_one(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
) -> QueryResult<Option<bool>> {
    let known = latest_digests(conn, actor, quarter, &[provider_id])?;
    match lay(conn, actor, provider_id, quarter)? {
        Some((facts, beside)) => freeze(conn, actor, now, provider_id, (&facts, &beside), known.get(&provider_id)),
        None => Ok(None),
    }
}

/// The facts of one provider as they are now, and what stands beside them.
fn lay(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
) -> QueryResult<Option<(QuarterFacts, Beside)>> {
    let terms = gather::terms(conn, actor, quarter)?;
    let Some(facts) = gather::one(conn, actor, provider_id, quarter, &terms)? else { return Ok(None) };
    let shared = Shared::load(conn, actor, quarter)?;
    let laid = [(provider_id, facts)];
    let beside = beside::gather(conn, actor, quarter, &shared, &laid)?.pop();
    let [(_, facts)] = laid;
    Ok(beside.map(|beside| (facts, beside)))
}

/// Judges anew what is final, also where nothing came out differently, and gives the number of the new version.
pub(super) fn judge_anew(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    last: &Assessment,
    reason: &str,
) -> QueryResult<Option<i32>> {
    let Some((facts, beside)) = lay(conn, actor, last.provider_id, last.quarter)? else { return Ok(None) };
    let (frozen, findings) = Frozen::of(&facts, &beside);
    let version = last.version + 1;
    write(conn, actor, now, last.provider_id, version, (&frozen, &findings), (Some(last.version), reason))?;
    Ok(Some(version))
}

fn freeze(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    (facts, beside): (&QuarterFacts, &Beside),
    known: Option<&Known>,
) -> QueryResult<Option<bool>> {
    let (frozen, findings) = Frozen::of(facts, beside);
    match known {
        Some(known) if known.says(&frozen) => return Ok(Some(false)),
        None if findings.are_empty() => return Ok(None),
        _ => {}
    }
    let version = known.map_or(1, |known| known.version + 1);
    // It takes the place of a final one, or of one that already did.
    let replaces = known.and_then(|known| if known.is_final { Some(known.version) } else { known.replaces });
    let reason = known.map_or("", |known| if known.is_final { "" } else { known.reason.as_str() });
    write(conn, actor, now, provider_id, version, (&frozen, &findings), (replaces, reason))?;
    Ok(Some(true))
}

fn write(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    version: i32,
    (frozen, findings): (&Frozen, &Findings),
    (replaces, reason): (Option<i32>, &str),
) -> QueryResult<()> {
    let quarter = findings.quarter.to_string();
    let id: i64 = diesel::insert_into(assessment::table)
        .values((
            (assessment::municipality_id.eq(actor.tenant()), assessment::provider_id.eq(provider_id)),
            (assessment::quarter.eq(&quarter), assessment::version.eq(version)),
            (assessment::facts.eq(&frozen.facts), assessment::findings.eq(&frozen.findings)),
            (assessment::beside.eq(&frozen.beside), assessment::digest.eq(&frozen.digest)),
            (assessment::made_at.eq(now), assessment::made_by.eq(actor.name())),
            (assessment::replaces.eq(replaces), assessment::reason.eq(reason)),
        ))
        .returning(assessment::id)
        .get_result(conn)?;
    for one in &findings.findings {
        write_down(conn, actor, id, provider_id, &quarter, one)?;
    }
    let object = format!("provider/{provider_id}/quarter/{quarter}/assessment/{version}");
    let act = Act { action: "assessment.make", object: &object, result: "provisional", detail: &frozen.digest };
    audit::record(conn, actor, now, act)
}

fn write_down(
    conn: &mut Conn,
    actor: &Actor,
    assessment_id: i64,
    provider_id: i64,
    quarter: &str,
    one: &Finding,
) -> QueryResult<()> {
    diesel::insert_into(finding::table)
        .values((
            finding::assessment_id.eq(assessment_id),
            finding::municipality_id.eq(actor.tenant()),
            finding::provider_id.eq(provider_id),
            finding::quarter.eq(quarter),
            finding::indicator.eq(i64::from(one.indicator)),
            finding::numerator.eq(i64::from(one.numerator)),
            finding::denominator.eq(i64::from(one.denominator)),
            finding::strict_numerator.eq(i64::from(one.strict_numerator)),
            finding::strict_denominator.eq(i64::from(one.strict_denominator)),
            finding::target_pct.eq(one.target_pct.map(i64::from)),
            finding::verdict.eq(one.verdict),
            finding::label.eq(one.label),
        ))
        .execute(conn)?;
    Ok(())
}

/// The version that counts of one quarter of one provider, if the actor may see it.
pub fn latest(conn: &mut Conn, actor: &Actor, provider_id: i64, quarter: Quarter) -> QueryResult<Option<Assessment>> {
    if !actor.may_see(provider_id) {
        return Ok(None);
    }
    let row: Option<Row> = assessment::table
        .filter(assessment::municipality_id.eq(actor.tenant()))
        .filter(assessment::provider_id.eq(provider_id).and(assessment::quarter.eq(quarter.to_string())))
        .order(assessment::version.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Assessment::from))
}

/// The versions that count of a quarter, of these providers, in the order of their ids.
pub fn latest_of(conn: &mut Conn, actor: &Actor, providers: &[i64], quarter: Quarter) -> QueryResult<Vec<Assessment>> {
    let providers = providers.iter().copied().filter(|id| actor.may_see(*id));
    let rows: Vec<Row> = assessment::table
        .filter(assessment::municipality_id.eq(actor.tenant()).and(assessment::quarter.eq(quarter.to_string())))
        .filter(assessment::provider_id.eq_any(providers.collect::<Vec<_>>()))
        .order((assessment::provider_id, assessment::version.desc()))
        .select(Row::as_select())
        .load(conn)?;
    let mut latest: Vec<Assessment> = Vec::with_capacity(rows.len());
    for row in rows {
        if latest.last().is_none_or(|before| before.provider_id != row.provider_id) {
            latest.push(row.into());
        }
    }
    Ok(latest)
}

/// The newest quarter of which anything was judged that the actor may see.
pub fn newest_quarter(conn: &mut Conn, actor: &Actor) -> QueryResult<Option<Quarter>> {
    let mut query = assessment::table
        .filter(assessment::municipality_id.eq(actor.tenant()))
        .order(assessment::quarter.desc())
        .select(assessment::quarter)
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(assessment::provider_id.eq(own));
    }
    query.first(conn).optional()
}

/// Every quarter of this provider that was judged, the newest first.
pub fn quarters(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Vec<Quarter>> {
    if !actor.may_see(provider_id) {
        return Ok(Vec::new());
    }
    assessment::table
        .filter(assessment::municipality_id.eq(actor.tenant()).and(assessment::provider_id.eq(provider_id)))
        .order(assessment::quarter.desc())
        .select(assessment::quarter)
        .distinct()
        .load(conn)
}

/// When the judgement of this quarter was set final, in UTC: from then on the quarter is closed.
pub fn closed_since(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
) -> QueryResult<Option<NaiveDateTime>> {
    let latest: Option<Option<NaiveDateTime>> = assessment::table
        .filter(assessment::municipality_id.eq(actor.tenant()).and(assessment::provider_id.eq(provider_id)))
        .filter(assessment::quarter.eq(quarter.to_string()))
        .order(assessment::version.desc())
        .select(assessment::final_at)
        .first(conn)
        .optional()?;
    Ok(latest.flatten())
}

fn latest_digests(
    conn: &mut Conn,
    actor: &Actor,
    quarter: Quarter,
    providers: &[i64],
) -> QueryResult<HashMap<i64, Known>> {
    let (Some(first), Some(last)) = (providers.first(), providers.last()) else { return Ok(HashMap::new()) };
    let rows: Vec<(i64, Known)> = assessment::table
        .filter(assessment::municipality_id.eq(actor.tenant()).and(assessment::quarter.eq(quarter.to_string())))
        .filter(assessment::provider_id.between(first, last))
        .order((assessment::provider_id, assessment::version))
        .select((
            assessment::provider_id,
            (
                assessment::version,
                assessment::digest,
                assessment::beside.is_not_null(),
                assessment::final_at.is_not_null(),
                assessment::replaces,
                assessment::reason,
            ),
        ))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The version that counts, without its documents.
#[derive(Queryable)]
struct Known {
    version: i32,
    digest: String,
    has_beside: bool,
    is_final: bool,
    replaces: Option<i32>,
    reason: String,
}

impl Known {
    /// Whether it says the same. What was set final before the rest was frozen stays as long as facts and findings do.
    fn says(&self, frozen: &Frozen) -> bool {
        match self.has_beside {
            true => self.digest == frozen.digest,
            false => self.is_final && self.digest == frozen.digest_of_judgement(),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = assessment)]
struct Row {
    id: i64,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
    facts: String,
    findings: String,
    digest: String,
    made_at: NaiveDateTime,
    final_at: Option<NaiveDateTime>,
    final_by: Option<String>,
    final_digest: Option<String>,
    beside: Option<String>,
    closing: Option<String>,
    replaces: Option<i32>,
    reason: String,
}

impl From<Row> for Assessment {
    fn from(row: Row) -> Assessment {
        Assessment {
            id: row.id,
            provider_id: row.provider_id,
            quarter: row.quarter,
            version: row.version,
            frozen: Frozen { facts: row.facts, findings: row.findings, beside: row.beside, digest: row.digest },
            made_at: row.made_at,
            finalised: row.final_at.zip(row.final_by),
            closed: row.closing.zip(row.final_digest).map(|(document, digest)| Closed { document, digest }),
            replaces: row.replaces,
            reason: row.reason,
        }
    }
}

impl Assessment {
    /// The frozen documents, read back.
    pub fn documents(&self) -> Result<(QuarterFacts, Findings), serde_json::Error> {
        Ok((serde_json::from_str(&self.frozen.facts)?, serde_json::from_str(&self.frozen.findings)?))
    }

    /// What was frozen beside them; none in an assessment from before that was done.
    pub fn beside(&self) -> Result<Option<Beside>, serde_json::Error> {
        self.frozen.beside.as_deref().map(serde_json::from_str).transpose()
    }

    /// What was frozen when it was set final.
    pub fn closing(&self) -> Result<Option<Closing>, serde_json::Error> {
        self.closed.as_ref().map(|closed| serde_json::from_str(&closed.document)).transpose()
    }
}
