//! What gathering passes over plays no part: over many random lives, the findings are those of all rows together,
//! whatever the quarter and the settings.

use chrono::NaiveDate;
use diesel::prelude::*;
use openhouse::calendar::add_days;
use openhouse::client::{BenefitEndReason, Outflow, Placement};
use openhouse::db::Conn;
use openhouse::facts::gather::Terms;
use openhouse::facts::{
    Agreement, Complaint, Complaints, CostStatement, Exclusion, Professional, QuarterFacts, Settings, Survey,
    Trajectory,
};
use openhouse::indicator::judge;
use openhouse::quarter::Quarter;
use openhouse::staff::{ProfessionalKind, Vog, VogKind, VogRules};
use openhouse::survey::ClientSurvey;
use openhouse::trajectory::{Achieved, EndReason, ExclusionCode, FeedbackMoment};
use openhouse::{client, complaint, staff, survey, trajectory};

use super::town::{Town, case, day, on_every_database, quarter, town};
use crate::ground::now;

const PROVIDERS: i64 = 12;
const CASES: i64 = 40;

#[test]
fn what_is_passed_over_changes_no_finding() {
    let longer = Settings::read(br#"{"k1.days": 120, "k2.agree_within_days": 200, "k8.months": 11, "k9.months": 1}"#);
    let shorter = Settings::read(br#"{"k1.days": 0, "k3.inform_within_days": 0, "k8.months": 0, "k9.months": 0}"#);
    let settings = [Settings::default(), longer.expect("settings"), shorter.expect("settings")];
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let mut dice = Dice(2027);
        let mut lives = Vec::new();
        for number in 1..=PROVIDERS {
            let id = town.provider(conn, number)?;
            lives.push((id, live(conn, &town, id, number, &mut dice)?));
        }
        let (mut gathered, mut passed_over) = (0, 0);
        for quarter in quarter("2027-Q2").run_up(14) {
            for settings in &settings {
                let terms = Terms { settings: settings.clone(), vog_rules: VogRules::default() };
                let all = town.all(conn, quarter, &terms)?;
                assert_eq!(all.len(), lives.len());
                for ((id, facts), (known, life)) in all.iter().zip(&lives) {
                    assert_eq!(id, known);
                    let whole = life.whole(quarter, facts);
                    assert_eq!(judge(facts), judge(&whole), "{} in {quarter}", facts.provider.name);
                    gathered += facts.trajectories.len();
                    passed_over += whole.trajectories.len() - facts.trajectories.len();
                }
            }
        }
        // Otherwise this shows nothing.
        assert!(gathered > 1_000 && passed_over > 1_000, "{gathered} gathered, {passed_over} passed over");
        Ok(())
    });
}

/// Everything that was ever stated of one provider.
struct Life {
    trajectories: Vec<Trajectory>,
    professionals: Vec<Professional>,
    surveys: Vec<(String, NaiveDate, Option<NaiveDate>)>,
    complaints: Vec<Complaint>,
}

impl Life {
    /// The facts with every row, relevant or not.
    fn whole(&self, quarter: Quarter, gathered: &QuarterFacts) -> QuarterFacts {
        let served = |from: NaiveDate, until: NaiveDate| {
            self.trajectories.iter().any(|t| t.referred_on <= until && t.ended_on.is_none_or(|ended| ended >= from))
        };
        let survey = |(survey_ref, due_on, cooperated_on): &(String, NaiveDate, Option<NaiveDate>)| Survey {
            survey_ref: survey_ref.clone(),
            due_on: *due_on,
            had_active_clients: served(Quarter::of(*due_on).first_day(), *due_on),
            cooperated_on: *cooperated_on,
        };
        let due_on = add_days(quarter.last_day(), 28);
        QuarterFacts {
            quarter,
            provider: gathered.provider.clone(),
            settings: gathered.settings.clone(),
            agreement: Agreement { active_from: day("2024-01-01"), active_until: None },
            trajectories: self.trajectories.clone(),
            professionals: self.professionals.clone(),
            surveys: self.surveys.iter().map(survey).collect(),
            complaints: Complaints {
                procedure_valid_until: None,
                adviser_named: false,
                statement_due_on: due_on,
                statement_received_on: None,
                items: self.complaints.clone(),
            },
            cost_statement: CostStatement {
                due_on,
                received_on: None,
                complete: false,
                returned_on: None,
                repaired_on: None,
            },
        }
    }
}

fn live(conn: &mut Conn, town: &Town, provider_id: i64, number: i64, dice: &mut Dice) -> QueryResult<Life> {
    let mut trajectories = Vec::new();
    for place in 0..CASES {
        trajectories.push(pass_through(conn, town, provider_id, format!("D-{number}-{place}"), dice)?);
    }
    let mut people = Vec::new();
    for place in 0..8 {
        let active_from = dice.day();
        let vog = Vog { date: dice.day(), kind: VogKind::Profile, codes: vec!["45".to_owned()], checked_on: None };
        people.push(staff::store::Stated {
            staff_ref: format!("M-{place}"),
            kind: ProfessionalKind::Employee,
            client_contact: true,
            active_from,
            active_until: dice.perhaps(|dice| add_days(active_from, dice.roll(0, 500))),
            vogs: vec![vog],
        });
    }
    staff::store::state(conn, &town.actor, provider_id, &people)?;
    let mut surveys = Vec::new();
    for place in 0..6 {
        // Asked of all providers, in the order of their days.
        let asked = ClientSurvey { survey_ref: format!("O-{place}"), due_on: add_days(day("2024-02-15"), 150 * place) };
        let cooperated_on = dice.perhaps(|dice| add_days(asked.due_on, dice.roll(-9, 9)));
        let id = survey::store::announce(conn, &town.actor, &asked)?;
        survey::store::cooperate(conn, &town.actor, provider_id, id, cooperated_on)?;
        surveys.push((asked.survey_ref, asked.due_on, cooperated_on));
    }
    let mut complaints = Vec::new();
    for place in 0..6 {
        let received_on = dice.day();
        complaints.push(complaint::Complaint {
            complaint_ref: format!("K-{place}"),
            received_on,
            reported_on: dice.perhaps(|dice| add_days(received_on, dice.roll(0, 20))),
            category: String::new(),
            handled_on: None,
            outcome: String::new(),
        });
    }
    complaint::store::state(conn, &town.actor, provider_id, &complaints)?;
    let agreement_from = day("2024-01-01");
    let rules = VogRules::default();
    let professional = |one: staff::store::Stated| Professional {
        vogs: one.vogs.iter().filter_map(|vog| rules.period(vog, one.active_from, agreement_from).ok()).collect(),
        staff_ref: one.staff_ref,
        kind: one.kind,
        client_contact: one.client_contact,
        active_from: one.active_from,
        active_until: one.active_until,
    };
    let told = |one: complaint::Complaint| Complaint {
        complaint_ref: one.complaint_ref,
        received_on: one.received_on,
        reported_on: one.reported_on,
    };
    Ok(Life {
        trajectories,
        professionals: people.into_iter().map(professional).collect(),
        surveys,
        complaints: complaints.into_iter().map(told).collect(),
    })
}

/// A trajectory with dates in any order: what a provider states need not make sense.
fn pass_through(
    conn: &mut Conn,
    town: &Town,
    provider_id: i64,
    case_ref: String,
    dice: &mut Dice,
) -> QueryResult<Trajectory> {
    let mut stated = None;
    let id = town.trajectory(conn, provider_id, &case_ref, |told| {
        told.profile = format!("P{}", dice.roll(1, 5));
        told.referred_on = dice.day();
        let near = |dice: &mut Dice, low, high| add_days(told.referred_on, dice.roll(low, high));
        told.plan_agreed_on = dice.perhaps(|dice| near(dice, -40, 60));
        told.client_agreed_on = dice.perhaps(|dice| near(dice, -40, 90));
        told.coach_involved = dice.roll(0, 1) == 1;
        told.coach_agreed_on = dice.perhaps(|dice| near(dice, -40, 90));
        told.contact_informed_on = dice.perhaps(|dice| near(dice, -40, 90));
        told.term_ends_on = dice.perhaps(|dice| near(dice, -10, 500));
        told.suspended_days = [0, 0, 30, 200][dice.roll(0, 3) as usize];
        told.extension_permitted_on = dice.perhaps(|dice| near(dice, 0, 500));
        told.ended_on = dice.perhaps(|dice| near(dice, -20, 300));
        told.end_reason = told.ended_on.map(|_| EndReason::ALL[dice.roll(0, 5) as usize]);
        told.results_achieved = told.ended_on.map(|_| Achieved::ALL[dice.roll(0, 2) as usize]);
        told.reason_recorded = dice.roll(0, 1) == 1;
        told.work_started_on = dice.perhaps(|dice| near(dice, 0, 300));
        told.indication_on = dice.seldom(|dice| near(dice, -400, 400));
        told.capacity_available_on = dice.seldom(|dice| near(dice, -100, 600));
        told.placed_on = dice.perhaps(|dice| near(dice, 0, 700));
        stated = Some(told.clone());
    })?;
    let stated = stated.expect("the trajectory was stated");

    let mut feedback = Vec::new();
    for _ in 0..dice.roll(0, 4) {
        let due_on = add_days(stated.referred_on, dice.roll(-120, 400));
        let done_on = dice.perhaps(|dice| add_days(due_on, dice.roll(-5, 5)));
        feedback.retain(|known: &FeedbackMoment| known.due_on != due_on);
        feedback.push(FeedbackMoment { due_on, done_on });
    }
    feedback.sort_by_key(|moment| moment.due_on);
    let moments: Vec<_> = feedback.iter().map(|moment| (id, moment.clone(), String::new())).collect();
    trajectory::store::state_feedback(conn, &town.actor, provider_id, &moments)?;

    let outflow = dice.perhaps(|dice| Outflow {
        benefit_ended_on: add_days(stated.referred_on, dice.roll(0, 200)),
        reason: BenefitEndReason::ALL[dice.roll(0, 1) as usize],
    });
    if let Some(outflow) = &outflow {
        client::store::record_outflow(conn, &town.actor, now(), client::Channel::File, stated.client_id, outflow)?;
    }
    let placement = dice.perhaps(|dice| Placement {
        confirmed: dice.roll(0, 1) == 1,
        waiting_list_days: [0, 45, 600][dice.roll(0, 2) as usize],
    });
    if let Some(placement) = &placement {
        client::store::record_placement(conn, &town.actor, now(), client::Channel::File, stated.client_id, placement)?;
    }
    let exclusion = dice.seldom(|dice| trajectory::store::Exclusion {
        indicator: dice.perhaps(|dice| dice.roll(1, 10) as u8),
        code: ExclusionCode::ALL[dice.roll(0, 11) as usize],
        accepted: dice.roll(0, 1) == 1,
        reason: String::new(),
    });
    if let Some(exclusion) = &exclusion {
        trajectory::store::exclude(conn, &town.actor, provider_id, id, exclusion)?;
    }
    Ok(Trajectory {
        case_ref,
        profile: stated.profile,
        referred_on: stated.referred_on,
        plan_agreed_on: stated.plan_agreed_on,
        agreed_results: 1,
        client_agreed_on: stated.client_agreed_on,
        coach_involved: stated.coach_involved,
        coach_agreed_on: stated.coach_agreed_on,
        contact_informed_on: stated.contact_informed_on,
        feedback,
        term_ends_on: stated.term_ends_on,
        suspended_days: stated.suspended_days as u32,
        extension_permitted_on: stated.extension_permitted_on,
        ended_on: stated.ended_on,
        end_reason: stated.end_reason,
        results_achieved: stated.results_achieved,
        reason_recorded: stated.reason_recorded,
        work_started_on: stated.work_started_on,
        benefit_ended_on: outflow.as_ref().map(|outflow| outflow.benefit_ended_on),
        benefit_end_reason: outflow.as_ref().map(|outflow| outflow.reason),
        outflow_confirmed: outflow.is_some(),
        indication_on: stated.indication_on,
        capacity_available_on: stated.capacity_available_on,
        waiting_list_days: placement.as_ref().map_or(0, |placement| placement.waiting_list_days),
        placed_on: stated.placed_on,
        placement_confirmed: placement.is_some_and(|placement| placement.confirmed),
        ladder_start: None,
        ladder_now: None,
        exclusions: exclusion
            .map(|one| Exclusion { code: one.code, indicator: one.indicator, accepted: one.accepted })
            .into_iter()
            .collect(),
    })
}

#[test]
fn feedback_that_was_due_before_the_referral_is_not_passed_over() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        let id = town.trajectory(conn, provider, "D-1", |told| told.plan_agreed_on = None)?;
        town.feedback(conn, provider, id, "2026-06-15")?;
        let earlier = |conn: &mut Conn| town.all(conn, quarter("2026-Q2"), &Terms::default());
        assert_eq!(case(&earlier(conn)?[0].1, "D-1").feedback.len(), 1);
        // Stated again without the moment, which stands as it was agreed.
        town.trajectory(conn, provider, "D-1", |told| told.plan_agreed_on = None)?;
        assert_eq!(case(&earlier(conn)?[0].1, "D-1").feedback.len(), 1);
        Ok(())
    });
}

/// The same numbers at every run (a linear congruential generator).
struct Dice(u64);

impl Dice {
    /// A number from `low` to `high`, both ends included.
    fn roll(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((self.0 >> 33) as i64) % (high - low + 1)
    }

    /// A day of three years.
    fn day(&mut self) -> NaiveDate {
        add_days(day("2024-01-01"), self.roll(0, 1_095))
    }

    fn perhaps<T>(&mut self, made: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.roll(0, 3) > 0).then(|| made(self))
    }

    fn seldom<T>(&mut self, made: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.roll(0, 4) == 0).then(|| made(self))
    }
}
