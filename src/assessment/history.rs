//! Figures over several quarters, read from the findings of the assessments that count: the rolling four quarters, the
//! trend, and how far each quarter is. Read for many providers at once.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::hearing::{self, Hearing};
use crate::assessment::overriding::{self, Override};
use crate::assessment::reacting;
use crate::db::Conn;
use crate::indicator::{Label, Verdict};
use crate::quarter::Quarter;
use crate::schema::{assessment, finding};

/// One figure as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    pub numerator: u32,
    pub denominator: u32,
    pub strict_numerator: u32,
    pub strict_denominator: u32,
    pub target_pct: Option<u32>,
    pub verdict: Verdict,
    pub label: Option<Label>,
}

/// One quarter of one provider, without its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub assessment_id: i64,
    pub version: i32,
    pub made_at: NaiveDateTime,
    /// In UTC; none while provisional.
    pub final_at: Option<NaiveDateTime>,
    /// By the number of the indicator.
    pub figures: BTreeMap<u8, Figure>,
    /// What a person decided in the place of what was computed, as far as it holds.
    pub overrides: BTreeMap<u8, Override>,
    pub heard: Option<Heard>,
}

/// How far the hearing of a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    pub until: NaiveDate,
    /// The provider said that it has no (further) remarks.
    pub done: bool,
    /// Reactions without an answer.
    pub unanswered: u32,
}

impl Heard {
    fn of(newest: Option<&Hearing>, version: i32, unanswered: Option<&u32>) -> Option<Heard> {
        let heard = newest.filter(|one| one.covers(version))?;
        let unanswered = unanswered.copied().unwrap_or(0);
        Some(Heard { until: heard.term.due, done: heard.done.is_some(), unanswered })
    }
}

/// By provider and quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(BTreeMap<(i64, Quarter), Judged>);

impl History {
    /// Everything that counts of these providers from one quarter to another, both included.
    pub fn load(conn: &mut Conn, actor: &Actor, providers: &[i64], from: Quarter, to: Quarter) -> QueryResult<History> {
        History::with(conn, actor, providers, (from, to), Verdict::ALL)
    }

    /// The same with the figures that came to one of these verdicts, for who counts them.
    fn with(
        conn: &mut Conn,
        actor: &Actor,
        providers: &[i64],
        (from, to): (Quarter, Quarter),
        verdicts: &[Verdict],
    ) -> QueryResult<History> {
        let providers: Vec<i64> = providers.iter().copied().filter(|id| actor.may_see(*id)).collect();
        let heads: Vec<Head> = assessment::table
            .filter(assessment::municipality_id.eq(actor.tenant()))
            .filter(assessment::quarter.between(from.to_string(), to.to_string()))
            .filter(assessment::provider_id.eq_any(&providers))
            .order(assessment::version)
            .select(Head::as_select())
            .load(conn)?;
        let hearings = hearing::newest_of(hearing::all(conn, actor, &providers, from, to)?);
        let unanswered = reacting::unanswered(conn, actor, &providers, from, to)?;
        // A later version takes the place of an earlier one.
        let mut history: BTreeMap<(i64, Quarter), Judged> = BTreeMap::new();
        for head in heads {
            let judged = Judged {
                assessment_id: head.id,
                version: head.version,
                made_at: head.made_at,
                final_at: head.final_at,
                figures: BTreeMap::new(),
                overrides: BTreeMap::new(),
                heard: Heard::of(
                    hearings.get(&(head.provider_id, head.quarter)),
                    head.version,
                    unanswered.get(&(head.provider_id, head.quarter)),
                ),
            };
            history.insert((head.provider_id, head.quarter), judged);
        }
        let rows: Vec<FindingRow> = finding::table
            .filter(finding::municipality_id.eq(actor.tenant()))
            .filter(finding::quarter.between(from.to_string(), to.to_string()))
            .filter(finding::provider_id.eq_any(&providers).and(finding::verdict.eq_any(verdicts.to_vec())))
            .select(FindingRow::as_select())
            .load(conn)?;
        for row in rows {
            let judged = history.get_mut(&(row.provider_id, row.quarter));
            let counts = judged.filter(|judged| judged.assessment_id == row.assessment_id);
            if let (Some(judged), Ok(number)) = (counts, u8::try_from(row.indicator)) {
                judged.figures.insert(number, row.figure());
            }
        }
        for ((provider_id, quarter, indicator), one) in overriding::standing(conn, actor, &providers, from, to)? {
            let Some(judged) = history.get_mut(&(provider_id, quarter)) else { continue };
            if judged.figures.get(&indicator).is_some_and(|figure| one.holds(figure)) {
                judged.overrides.insert(indicator, one);
            }
        }
        Ok(History(history))
    }

    pub fn of(&self, provider_id: i64, quarter: Quarter) -> Option<&Judged> {
        self.0.get(&(provider_id, quarter))
    }

    /// The quarters of a provider that were judged, oldest first.
    pub fn quarters(&self, provider_id: i64) -> impl Iterator<Item = (Quarter, &Judged)> {
        self.0
            .range((provider_id, Quarter::EARLIEST)..)
            .take_while(move |((id, _), _)| *id == provider_id)
            .map(|((_, quarter), judged)| (*quarter, judged))
    }

    /// The last four quarters together, this one included ("voortschrijdend"): numerator and denominator.
    pub fn rolling(&self, provider_id: i64, quarter: Quarter, indicator: u8) -> (u32, u32) {
        let shares = quarter.run_up(4).into_iter().filter_map(|one| self.share(provider_id, one, indicator));
        shares.fold((0, 0), |(n, d), (numerator, denominator)| (n + numerator, d + denominator))
    }

    /// One quarter's numerator and denominator; none when it was not judged or had no cases.
    pub fn share(&self, provider_id: i64, quarter: Quarter, indicator: u8) -> Option<(u32, u32)> {
        let figure = self.of(provider_id, quarter)?.figures.get(&indicator)?;
        (figure.denominator > 0).then_some((figure.numerator, figure.denominator))
    }
}

/// How far one quarter of one provider is, without its figures: for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// In UTC; none while provisional.
    pub final_at: Option<NaiveDateTime>,
    /// How many proposals a person still has to look at.
    pub to_judge: u32,
    /// None as long as the version that counts was not put before the provider.
    pub heard: Option<Heard>,
}

/// How far a quarter of these providers is, by provider; who was not judged is not there.
pub fn standings(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    quarter: Quarter,
) -> QueryResult<BTreeMap<i64, Standing>> {
    let open = [Verdict::Attention, Verdict::Missed];
    let history = History::with(conn, actor, providers, (quarter, quarter), &open)?;
    Ok(history.0.iter().map(|((provider_id, _), judged)| (*provider_id, judged.standing())).collect())
}

impl Judged {
    pub fn standing(&self) -> Standing {
        Standing { final_at: self.final_at, to_judge: self.to_judge(), heard: self.heard }
    }

    /// How many proposals a person still has to look at: not final, not simply met, and not decided by a person.
    pub fn to_judge(&self) -> u32 {
        if self.final_at.is_some() {
            return 0;
        }
        let left = |(number, figure): &(&u8, &Figure)| {
            matches!(figure.verdict, Verdict::Attention | Verdict::Missed) && !self.overrides.contains_key(*number)
        };
        self.figures.iter().filter(left).count() as u32
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = assessment)]
struct Head {
    id: i64,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
    made_at: NaiveDateTime,
    final_at: Option<NaiveDateTime>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = finding)]
struct FindingRow {
    assessment_id: i64,
    provider_id: i64,
    quarter: Quarter,
    indicator: i64,
    numerator: i64,
    denominator: i64,
    strict_numerator: i64,
    strict_denominator: i64,
    target_pct: Option<i64>,
    verdict: Verdict,
    label: Option<Label>,
}

impl FindingRow {
    fn figure(&self) -> Figure {
        let count = |number: i64| u32::try_from(number).unwrap_or(0);
        Figure {
            numerator: count(self.numerator),
            denominator: count(self.denominator),
            strict_numerator: count(self.strict_numerator),
            strict_denominator: count(self.strict_denominator),
            target_pct: self.target_pct.map(count),
            verdict: self.verdict,
            label: self.label,
        }
    }
}
