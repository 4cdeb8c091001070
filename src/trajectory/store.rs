//! Tables `trajectory`, `feedback_moment` and `exclusion`.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::calendar::add_days;
use crate::db::Conn;
use crate::money::Hundredths;
use crate::schema::{exclusion, feedback_moment, trajectory};
use crate::trajectory::{Achieved, EndReason, ExclusionCode, FeedbackMoment};

/// A trajectory as the provider stated it.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = trajectory, treat_none_as_null = true)]
pub struct Stated {
    pub municipality_id: i64,
    pub provider_id: i64,
    pub client_id: i64,
    pub contact_id: i64,
    pub product_id: i64,
    pub case_ref: String,
    pub profile: String,
    pub referred_on: NaiveDate,
    pub started_on: Option<NaiveDate>,
    pub plan_agreed_on: Option<NaiveDate>,
    pub agreed_results: i64,
    pub client_agreed_on: Option<NaiveDate>,
    pub coach_involved: bool,
    pub coach_agreed_on: Option<NaiveDate>,
    pub contact_informed_on: Option<NaiveDate>,
    pub term_ends_on: Option<NaiveDate>,
    pub suspended_days: i64,
    pub extension_permitted_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<EndReason>,
    pub results_achieved: Option<Achieved>,
    pub reason_recorded: bool,
    pub work_started_on: Option<NaiveDate>,
    pub hours_per_week: Option<Hundredths>,
    pub indication_on: Option<NaiveDate>,
    pub capacity_available_on: Option<NaiveDate>,
    pub placed_on: Option<NaiveDate>,
    pub ladder_start: Option<i64>,
    pub ladder_now: Option<i64>,
}

/// The first and the last date of a trajectory. A deadline follows from one of its dates by a term of the settings, so
/// that the judging of a quarter need not read what ended longer ago than the longest term. One that runs on, or has an
/// indication for sheltered work (whose waiting list stretches), has no last date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = trajectory)]
struct Reach {
    counts_from: NaiveDate,
    counts_until: NaiveDate,
}

impl Stated {
    fn reach(&self) -> Reach {
        let term = self.term_ends_on.map(|term| add_days(term, self.suspended_days));
        let dates = [
            Some(self.referred_on),
            self.plan_agreed_on,
            self.contact_informed_on,
            self.term_ends_on,
            term,
            self.ended_on,
            self.indication_on,
            self.capacity_available_on,
        ];
        let first = dates.iter().flatten().min().copied().unwrap_or(self.referred_on);
        let last = dates.iter().flatten().max().copied().unwrap_or(self.referred_on);
        let runs_on = self.ended_on.is_none() || self.indication_on.is_some();
        Reach { counts_from: first, counts_until: if runs_on { FOREVER } else { last } }
    }
}

const FOREVER: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day that exists");

/// Writes down the trajectories of one provider and answers their ids by case number; one that was stated before is
/// brought up to date.
pub fn state(conn: &mut Conn, actor: &Actor, provider_id: i64, stated: &[Stated]) -> QueryResult<HashMap<String, i64>> {
    let mut ids = ids(conn, actor, provider_id)?;
    for one in stated {
        let reach = one.reach();
        match ids.get(&one.case_ref) {
            Some(id) => {
                diesel::update(trajectory::table.find(id)).set((one, reach)).execute(conn)?;
            }
            None => {
                let id = diesel::insert_into(trajectory::table)
                    .values((
                        one,
                        trajectory::counts_from.eq(reach.counts_from),
                        trajectory::counts_until.eq(reach.counts_until),
                    ))
                    .returning(trajectory::id)
                    .get_result(conn)?;
                ids.insert(one.case_ref.clone(), id);
            }
        }
    }
    super::extension::hold(conn, actor, provider_id)?;
    count_from_the_first_moment(conn, actor, provider_id)?;
    Ok(ids)
}

/// The trajectories of one provider: case number to id.
pub fn ids(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq(provider_id)))
        .select((trajectory::case_ref, trajectory::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Writes down agreed feedback moments: trajectory, moment and manner. A moment stated before gets the date now given.
pub fn state_feedback(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    stated: &[(i64, FeedbackMoment, String)],
) -> QueryResult<()> {
    let known: HashMap<(i64, NaiveDate), i64> = feedback_moment::table
        .filter(feedback_moment::municipality_id.eq(actor.tenant()).and(feedback_moment::provider_id.eq(provider_id)))
        .select((feedback_moment::trajectory_id, feedback_moment::due_on, feedback_moment::id))
        .load::<(i64, NaiveDate, i64)>(conn)?
        .into_iter()
        .map(|(trajectory, due_on, id)| ((trajectory, due_on), id))
        .collect();
    for (trajectory_id, moment, manner) in stated {
        let row = (
            feedback_moment::municipality_id.eq(actor.tenant()),
            feedback_moment::provider_id.eq(provider_id),
            feedback_moment::trajectory_id.eq(trajectory_id),
            feedback_moment::due_on.eq(moment.due_on),
            feedback_moment::done_on.eq(moment.done_on),
            feedback_moment::manner.eq(manner),
        );
        match known.get(&(*trajectory_id, moment.due_on)) {
            Some(id) => diesel::update(feedback_moment::table.find(id)).set(row).execute(conn)?,
            None => diesel::insert_into(feedback_moment::table).values(row).execute(conn)?,
        };
    }
    count_from_the_first_moment(conn, actor, provider_id)
}

/// A moment may lie before every date of its trajectory; then the trajectory counts from that moment.
fn count_from_the_first_moment(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<()> {
    let earlier: Vec<(i64, NaiveDate)> = feedback_moment::table
        .inner_join(trajectory::table.on(trajectory::id.eq(feedback_moment::trajectory_id)))
        .filter(feedback_moment::municipality_id.eq(actor.tenant()))
        .filter(feedback_moment::provider_id.eq(provider_id))
        .filter(feedback_moment::due_on.lt(trajectory::counts_from))
        .order(feedback_moment::due_on.desc())
        .select((feedback_moment::trajectory_id, feedback_moment::due_on))
        .load(conn)?;
    for (trajectory_id, due_on) in earlier {
        diesel::update(trajectory::table.find(trajectory_id)).set(trajectory::counts_from.eq(due_on)).execute(conn)?;
    }
    Ok(())
}

/// A reason for which a case may leave the count (uitsluiting), proposed by the provider, accepted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// The indicator it is meant for, 1 to 10; none means all.
    pub indicator: Option<u8>,
    pub code: ExclusionCode,
    pub accepted: bool,
    pub reason: String,
}

/// Records an exclusion; the same code for the same indicator is replaced.
pub fn exclude(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    trajectory_id: i64,
    new: &Exclusion,
) -> QueryResult<()> {
    let indicator = new.indicator.map(i64::from);
    let same = diesel::delete(exclusion::table)
        .filter(exclusion::trajectory_id.eq(trajectory_id).and(exclusion::code.eq(new.code)))
        .into_boxed();
    match indicator {
        Some(number) => same.filter(exclusion::indicator.eq(number)).execute(conn)?,
        None => same.filter(exclusion::indicator.is_null()).execute(conn)?,
    };
    diesel::insert_into(exclusion::table)
        .values((
            exclusion::municipality_id.eq(actor.tenant()),
            exclusion::provider_id.eq(provider_id),
            exclusion::trajectory_id.eq(trajectory_id),
            exclusion::indicator.eq(indicator),
            exclusion::code.eq(new.code),
            exclusion::accepted.eq(new.accepted),
            exclusion::reason.eq(&new.reason),
        ))
        .execute(conn)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    fn stated() -> Stated {
        Stated {
            municipality_id: 1,
            provider_id: 1,
            client_id: 1,
            contact_id: 1,
            product_id: 1,
            case_ref: "D-1".into(),
            profile: "P2".into(),
            referred_on: day("2025-03-10"),
            started_on: None,
            plan_agreed_on: Some(day("2025-03-03")),
            agreed_results: 0,
            client_agreed_on: None,
            coach_involved: false,
            coach_agreed_on: None,
            contact_informed_on: None,
            term_ends_on: Some(day("2026-03-10")),
            suspended_days: 14,
            extension_permitted_on: None,
            ended_on: None,
            end_reason: None,
            results_achieved: None,
            reason_recorded: false,
            work_started_on: None,
            hours_per_week: None,
            indication_on: None,
            capacity_available_on: None,
            placed_on: None,
            ladder_start: None,
            ladder_now: None,
        }
    }

    #[test]
    fn a_trajectory_that_runs_on_reaches_forever() {
        assert_eq!(stated().reach(), Reach { counts_from: day("2025-03-03"), counts_until: FOREVER });
    }

    #[test]
    fn one_that_ended_reaches_to_its_last_date_with_suspension() {
        let ended = Stated { ended_on: Some(day("2025-11-30")), ..stated() };
        assert_eq!(ended.reach().counts_until, day("2026-03-24"));
    }
}
