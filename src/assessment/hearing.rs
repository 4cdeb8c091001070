//! Hearing both sides (hoor en wederhoor), table `hearing`: a provisional quarter is put before the provider (ter reactie
//! voorleggen), who reacts within a term or says that it has no remarks. Nothing becomes final before.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::finalising::{Fault, looked_at};
use crate::assessment::history::History;
use crate::assessment::{Refusal, mails};
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::quarter::Quarter;
use crate::schema::hearing;
use crate::term::{Term, TermRule};

/// One version of a judgement, as it was put before the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hearing {
    pub id: i64,
    pub provider_id: i64,
    pub quarter: Quarter,
    /// Of the assessment.
    pub version: i32,
    pub term: Term,
    /// In UTC.
    pub opened_at: NaiveDateTime,
    pub opened_by: String,
    /// When and by whom it was said that there are no (further) remarks.
    pub done: Option<(NaiveDateTime, String)>,
    /// A verdict became stricter afterwards: it is put before the provider anew.
    pub overtaken: bool,
}

impl Hearing {
    /// Whether it is about the version as it stands now.
    pub fn covers(&self, version: i32) -> bool {
        self.version == version && !self.overtaken
    }

    /// The provider can still react.
    pub fn runs(&self, today: NaiveDate) -> bool {
        self.done.is_none() && !self.overtaken && !self.term.is_over(today)
    }
}

/// Whether a version may be set final: it was put before the provider as it stands, the term is over or the provider has no
/// remarks, and every reaction has an answer.
pub fn may_be_final(
    newest: Option<&Hearing>,
    version: i32,
    unanswered: usize,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let Some(heard) = newest.filter(|one| one.covers(version)) else { return Err(Refusal::NotHeard) };
    if heard.runs(today) {
        return Err(Refusal::HearingRuns(heard.term.due));
    }
    match unanswered {
        0 => Ok(()),
        count => Err(Refusal::Unanswered(count)),
    }
}

/// Puts the version before the provider that was looked at. The term begins today.
pub fn open(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
) -> Result<Term, Fault> {
    let current = looked_at(conn, actor, now, provider_id, quarter, version)?;
    if current.replaces.is_some() && current.reason.is_empty() {
        return Err(Refusal::CorrectionUnexplained.into());
    }
    if newest(conn, actor, provider_id, quarter)?.is_some_and(|heard| heard.covers(version)) {
        return Err(Refusal::AlreadyHeard.into());
    }
    let (today, rule) = (wall_clock(now).date(), terms(conn, actor, wall_clock(now).date())?.hearing);
    let term = rule.begin(today, &outages::days(conn, actor)?);
    diesel::insert_into(hearing::table)
        .values((
            (hearing::municipality_id.eq(actor.tenant()), hearing::provider_id.eq(provider_id)),
            (hearing::quarter.eq(quarter.to_string()), hearing::version.eq(version)),
            (hearing::term_rule.eq(rule.to_string()), hearing::term_start.eq(today)),
            (hearing::opened_at.eq(now), hearing::opened_by.eq(actor.name())),
            hearing::overtaken.eq(false),
        ))
        .execute(conn)?;
    let object = format!("provider/{provider_id}/quarter/{quarter}/assessment/{version}");
    let detail = term.due.to_string();
    audit::record(
        conn,
        actor,
        now,
        Act { action: "assessment.hear", object: &object, result: "opened", detail: &detail },
    )?;
    mails::put_before(conn, actor, now, provider_id, quarter, term.due)?;
    Ok(term)
}

/// "Ik heb geen (verdere) opmerkingen": from now on the quarter may be set final. A second press changes nothing.
pub fn no_remarks(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
) -> Result<(), Fault> {
    let heard = running(conn, actor, now, provider_id, quarter);
    let heard = match heard {
        Err(Fault::Refused(Refusal::HearingOver)) => {
            let done = newest(conn, actor, provider_id, quarter)?.is_some_and(|one| one.done.is_some());
            return if done { Ok(()) } else { Err(Refusal::HearingOver.into()) };
        }
        other => other?,
    };
    diesel::update(hearing::table.find(heard.id))
        .set((hearing::done_at.eq(now), hearing::done_by.eq(actor.name())))
        .execute(conn)?;
    let object = format!("provider/{provider_id}/quarter/{quarter}/assessment/{}", heard.version);
    audit::record(conn, actor, now, Act { action: "assessment.hear", object: &object, result: "done", detail: "" })?;
    mails::received(conn, actor, now, provider_id, quarter, None)?;
    Ok(())
}

/// The hearing in which this actor, of the provider itself, can react now.
pub fn running(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
) -> Result<Hearing, Fault> {
    if actor.own_provider() != Some(provider_id) {
        return Err(Refusal::NotFound.into());
    }
    let current = super::store::latest(conn, actor, provider_id, quarter)?.ok_or(Refusal::NotFound)?;
    if let Some((at, by)) = current.finalised {
        return Err(Refusal::AlreadyFinal(at, by).into());
    }
    let heard = newest(conn, actor, provider_id, quarter)?.filter(|one| one.covers(current.version));
    let heard = heard.ok_or(Refusal::NotHeard)?;
    match heard.runs(wall_clock(now).date()) {
        true => Ok(heard),
        false => Err(Refusal::HearingOver.into()),
    }
}

/// A verdict became stricter: what was put before the provider does not count any more.
pub(super) fn overtake(conn: &mut Conn, heard: &Hearing) -> QueryResult<()> {
    diesel::update(hearing::table.find(heard.id)).set(hearing::overtaken.eq(true)).execute(conn)?;
    Ok(())
}

/// The hearings in which the actor's own provider can react now, oldest first.
pub fn own_running(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Vec<Hearing>> {
    let Some(own) = actor.own_provider() else { return Ok(Vec::new()) };
    let to = Quarter::of(today);
    let from = to.run_up(RECENT).first().copied().unwrap_or(to);
    let history = History::load(conn, actor, &[own], from, to)?;
    let open = |heard: &Hearing| {
        let judged = history.of(own, heard.quarter);
        judged.is_some_and(|one| one.final_at.is_none() && heard.covers(one.version)) && heard.runs(today)
    };
    Ok(newest_of(all(conn, actor, &[own], from, to)?).into_values().filter(open).collect())
}

/// So many quarters back a hearing may still run.
const RECENT: usize = 8;

/// The hearing that counts of a quarter of one provider.
pub fn newest(conn: &mut Conn, actor: &Actor, provider_id: i64, quarter: Quarter) -> QueryResult<Option<Hearing>> {
    Ok(all(conn, actor, &[provider_id], quarter, quarter)?.pop())
}

/// Of every provider and quarter the hearing that counts.
pub fn newest_of(all: Vec<Hearing>) -> BTreeMap<(i64, Quarter), Hearing> {
    all.into_iter().map(|one| ((one.provider_id, one.quarter), one)).collect()
}

/// Every hearing of these providers from one quarter to another, both included, oldest first.
pub fn all(conn: &mut Conn, actor: &Actor, providers: &[i64], from: Quarter, to: Quarter) -> QueryResult<Vec<Hearing>> {
    let providers: Vec<i64> = providers.iter().copied().filter(|id| actor.may_see(*id)).collect();
    let rows: Vec<Row> = hearing::table
        .filter(hearing::municipality_id.eq(actor.tenant()))
        .filter(hearing::quarter.between(from.to_string(), to.to_string()))
        .filter(hearing::provider_id.eq_any(providers))
        .order(hearing::id)
        .select(Row::as_select())
        .load(conn)?;
    with_terms(conn, actor, rows)
}

/// With their terms, which an outage makes longer.
pub(super) fn with_terms(conn: &mut Conn, actor: &Actor, rows: Vec<Row>) -> QueryResult<Vec<Hearing>> {
    let outages = if rows.is_empty() { Vec::new() } else { outages::days(conn, actor)? };
    Ok(rows.into_iter().map(|row| row.with(&outages)).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = hearing)]
pub(super) struct Row {
    id: i64,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
    term_rule: TermRule,
    term_start: NaiveDate,
    opened_at: NaiveDateTime,
    opened_by: String,
    done_at: Option<NaiveDateTime>,
    done_by: Option<String>,
    overtaken: bool,
}

impl Row {
    fn with(self, outages: &[NaiveDate]) -> Hearing {
        Hearing {
            id: self.id,
            provider_id: self.provider_id,
            quarter: self.quarter,
            version: self.version,
            term: self.term_rule.begin(self.term_start, outages),
            opened_at: self.opened_at,
            opened_by: self.opened_by,
            done: self.done_at.zip(self.done_by),
            overtaken: self.overtaken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::{TermEnd, TermUnit};

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn heard() -> Hearing {
        let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
        Hearing {
            id: 1,
            provider_id: 1,
            quarter: "2026-Q3".parse().unwrap(),
            version: 2,
            term: rule.begin(day("2026-11-09"), &[]),
            opened_at: "2026-11-09T09:00:00".parse().unwrap(),
            opened_by: "M. de Wit".into(),
            done: None,
            overtaken: false,
        }
    }

    #[test]
    fn nothing_is_final_before_it_was_put_before_the_provider() {
        assert_eq!(may_be_final(None, 2, 0, day("2026-12-01")), Err(Refusal::NotHeard));
        assert_eq!(may_be_final(Some(&heard()), 3, 0, day("2026-12-01")), Err(Refusal::NotHeard));
        let overtaken = Hearing { overtaken: true, ..heard() };
        assert_eq!(may_be_final(Some(&overtaken), 2, 0, day("2026-12-01")), Err(Refusal::NotHeard));
    }

    #[test]
    fn the_last_day_of_the_term_belongs_to_the_provider() {
        let refused = Err(Refusal::HearingRuns(day("2026-11-23")));
        assert_eq!(may_be_final(Some(&heard()), 2, 0, day("2026-11-23")), refused);
        assert_eq!(may_be_final(Some(&heard()), 2, 0, day("2026-11-24")), Ok(()));
    }

    #[test]
    fn who_has_no_remarks_ends_the_term_and_every_reaction_has_an_answer() {
        let done = Hearing { done: Some((heard().opened_at, "S. Bakker".into())), ..heard() };
        assert_eq!(may_be_final(Some(&done), 2, 0, day("2026-11-10")), Ok(()));
        assert_eq!(may_be_final(Some(&done), 2, 3, day("2026-11-10")), Err(Refusal::Unanswered(3)));
    }
}
