//! Whose rows are whose: nothing of one provider or municipality stands in the facts of another.

use openhouse::actor::Actor;
use openhouse::complaint::Complaint;
use openhouse::facts::gather::{self, BATCH, Terms};
use openhouse::staff::store::Stated as Person;
use openhouse::staff::{ProfessionalKind, Vog, VogKind};
use openhouse::survey::ClientSurvey;
use openhouse::trajectory::ExclusionCode;
use openhouse::trajectory::store::{Exclusion, exclude};
use openhouse::{client, complaint, staff, survey};

use super::town::{Town, case, case_refs, day, finding, on_every_database, q3, quarter, town};
use crate::ground::now;

/// A provider with something of everything, so that a row that strays is seen.
fn furnish(town: &Town, conn: &mut openhouse::db::Conn, provider_id: i64, mark: &str) -> diesel::QueryResult<()> {
    let first = town.trajectory(conn, provider_id, &format!("{mark}-1"), |_| {})?;
    let second = town.trajectory(conn, provider_id, &format!("{mark}-2"), |_| {})?;
    town.feedback(conn, provider_id, first, "2026-08-03")?;
    town.feedback(conn, provider_id, second, "2026-09-07")?;
    let ill =
        Exclusion { indicator: None, code: ExclusionCode::R2, accepted: true, reason: "Opgenomen geweest".to_owned() };
    exclude(conn, &town.actor, provider_id, second, &ill)?;
    let vog = Vog {
        date: day("2026-01-05"),
        kind: VogKind::Aspect,
        codes: vec!["12".to_owned(), "85".to_owned()],
        checked_on: None,
    };
    let person = Person {
        staff_ref: format!("{mark}-M"),
        kind: ProfessionalKind::Employee,
        client_contact: true,
        active_from: day("2025-01-01"),
        active_until: None,
        vogs: vec![vog],
    };
    staff::store::state(conn, &town.actor, provider_id, &[person])?;
    let heard = Complaint {
        complaint_ref: format!("{mark}-K"),
        received_on: day("2026-07-07"),
        reported_on: None,
        category: "wachttijd".to_owned(),
        handled_on: None,
        outcome: String::new(),
    };
    complaint::store::state(conn, &town.actor, provider_id, &[heard])?;
    let asked = ClientSurvey { survey_ref: format!("{mark}-O"), due_on: day("2026-09-15") };
    let asked = survey::store::announce(conn, &town.actor, &asked)?;
    survey::store::cooperate(conn, &town.actor, provider_id, asked, Some(day("2026-09-01")))
}

/// Everything in the facts carries this mark.
fn assert_only(facts: &openhouse::facts::QuarterFacts, mark: &str) {
    assert_eq!(case_refs(facts), [format!("{mark}-1"), format!("{mark}-2")]);
    assert_eq!(case(facts, &format!("{mark}-1")).feedback[0].due_on, day("2026-08-03"));
    assert_eq!(case(facts, &format!("{mark}-1")).exclusions, []);
    assert_eq!(case(facts, &format!("{mark}-2")).feedback[0].due_on, day("2026-09-07"));
    assert_eq!(case(facts, &format!("{mark}-2")).exclusions.len(), 1);
    let people: Vec<_> = facts.professionals.iter().map(|one| (one.staff_ref.as_str(), one.vogs.len())).collect();
    assert_eq!(people, [(format!("{mark}-M").as_str(), 1)]);
    assert_eq!(facts.complaints.items.iter().map(|one| &one.complaint_ref).collect::<Vec<_>>(), [&format!("{mark}-K")]);
    assert_eq!(facts.surveys.iter().map(|one| &one.survey_ref).collect::<Vec<_>>(), [&format!("{mark}-O")]);
}

#[test]
fn rows_of_a_provider_without_an_agreement_do_not_leak_into_the_next_one() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let before = town.provider(conn, 1)?;
        let without = town.register(conn, 2)?;
        let after = town.provider(conn, 3)?;
        for (provider, mark) in [(before, "A"), (without, "B"), (after, "C")] {
            furnish(&town, conn, provider, mark)?;
        }
        let all = town.all(conn, q3(), &Terms::default())?;
        assert_eq!(all.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [before, after]);
        assert_only(&all[0].1, "A");
        assert_only(&all[1].1, "C");
        assert_eq!(gather::one(conn, &town.actor, without, q3(), &Terms::default())?, None);
        Ok(())
    });
}

#[test]
fn an_agreement_that_begins_after_the_quarter_is_none_yet() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.register(conn, 1)?;
        town.accede(conn, provider, "2026-10-01", None)?;
        assert_eq!(gather::one(conn, &town.actor, provider, q3(), &Terms::default())?, None);
        assert!(gather::one(conn, &town.actor, provider, quarter("2026-Q4"), &Terms::default())?.is_some());
        Ok(())
    });
}

#[test]
fn an_agreement_runs_from_the_first_accession_to_the_end_of_the_last() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.register(conn, 1)?;
        town.accede(conn, provider, "2025-01-01", Some("2025-12-31"))?;
        town.accede(conn, provider, "2026-01-01", Some("2026-09-30"))?;
        let agreement = town.facts(conn, provider)?.agreement;
        assert_eq!((agreement.active_from, agreement.active_until), (day("2025-01-01"), Some(day("2026-09-30"))));
        Ok(())
    });
}

#[test]
fn a_trajectory_that_is_passed_over_shifts_nothing_to_its_neighbours() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        let long_ago = town.trajectory(conn, provider, "oud", |told| {
            told.referred_on = day("2024-02-01");
            told.plan_agreed_on = Some(day("2024-02-10"));
            told.contact_informed_on = None;
            told.client_agreed_on = None;
            told.ended_on = Some(day("2024-06-01"));
        })?;
        // A row as no provider states it: due in the quarter, for a trajectory that ended long ago.
        town.feedback(conn, provider, long_ago, "2026-08-01")?;
        let moved = Exclusion { indicator: None, code: ExclusionCode::N2, accepted: true, reason: String::new() };
        exclude(conn, &town.actor, provider, long_ago, &moved)?;
        furnish(&town, conn, provider, "A")?;
        let later = town.trajectory(conn, provider, "later", |told| {
            told.referred_on = day("2026-11-02");
            told.plan_agreed_on = None;
            told.client_agreed_on = None;
            told.contact_informed_on = None;
        })?;
        exclude(conn, &town.actor, provider, later, &moved)?;
        assert_only(&town.facts(conn, provider)?, "A");
        Ok(())
    });
}

#[test]
fn people_who_left_before_the_quarter_take_their_vogs_with_them() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        let person = |staff_ref: &str, until: Option<&str>, vog: &str| Person {
            staff_ref: staff_ref.to_owned(),
            kind: ProfessionalKind::Employee,
            client_contact: true,
            active_from: day("2024-06-01"),
            active_until: until.map(day),
            vogs: vec![Vog { date: day(vog), kind: VogKind::Profile, codes: vec!["45".to_owned()], checked_on: None }],
        };
        let people = [
            person("weg", Some("2026-06-30"), "2024-05-01"),
            person("blijft", None, "2024-05-02"),
            person("laatste dag", Some("2026-07-01"), "2024-05-03"),
        ];
        staff::store::state(conn, &town.actor, provider, &people)?;
        let facts = town.facts(conn, provider)?;
        let vogs: Vec<_> =
            facts.professionals.iter().map(|one| (one.staff_ref.as_str(), one.vogs[0].valid_from)).collect();
        assert_eq!(vogs, [("blijft", day("2024-05-02")), ("laatste dag", day("2024-05-03"))]);
        Ok(())
    });
}

#[test]
fn rows_of_another_municipality_never_appear() {
    on_every_database(|conn| {
        let (north, south) = (town(conn, "Noordermeer")?, town(conn, "Zuidermeer")?);
        let provider = north.provider(conn, 1)?;
        assert_eq!(south.provider(conn, 1)?, provider, "the organisation exists once");
        furnish(&north, conn, provider, "N")?;
        furnish(&south, conn, provider, "Z")?;
        let neighbour = north.provider(conn, 2)?;
        furnish(&north, conn, neighbour, "M")?;
        assert_only(&north.facts(conn, provider)?, "N");
        assert_only(&south.facts(conn, provider)?, "Z");
        assert_eq!(south.all(conn, q3(), &Terms::default())?.len(), 1);
        Ok(())
    });
}

#[test]
fn a_person_of_a_provider_gets_only_his_own() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let (own, other) = (town.provider(conn, 1)?, town.provider(conn, 2)?);
        let person = Actor::of_provider("Noor", town.actor.tenant(), own, "test");
        assert!(gather::one(conn, &person, own, q3(), &Terms::default())?.is_some());
        assert_eq!(gather::one(conn, &person, other, q3(), &Terms::default())?, None);
        assert_eq!(gather::batch(conn, &person, 0, q3(), &Terms::default())?, None);
        Ok(())
    });
}

#[test]
fn every_provider_stands_in_one_batch_and_one_is_what_the_batch_gives() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let mut expected = Vec::new();
        for number in 1..=BATCH as i64 + 2 {
            expected.push(town.provider(conn, number)?);
        }
        let border = BATCH as i64;
        for (provider, mark) in [(expected[0], "A"), (border, "B"), (border + 1, "C")] {
            furnish(&town, conn, provider, mark)?;
        }
        let all = town.all(conn, q3(), &Terms::default())?;
        assert_eq!(all.iter().map(|(id, _)| *id).collect::<Vec<_>>(), expected);
        assert_only(&all[BATCH - 1].1, "B");
        assert_only(&all[BATCH].1, "C");
        for (id, facts) in [&all[0], &all[1], &all[BATCH - 1], &all[BATCH], &all[BATCH + 1]] {
            assert_eq!(&town.facts(conn, *id)?, facts);
        }
        Ok(())
    });
}

#[test]
fn cases_stand_in_the_order_in_which_they_were_first_stated() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        for case_ref in ["D-3", "D-1", "D-2"] {
            town.trajectory(conn, provider, case_ref, |_| {})?;
        }
        town.trajectory(conn, provider, "D-3", |told| told.agreed_results = 2)?;
        let facts = town.facts(conn, provider)?;
        assert_eq!(case_refs(&facts), ["D-3", "D-1", "D-2"]);
        assert_eq!(facts.trajectories[0].agreed_results, 2);
        assert_eq!(facts, town.facts(conn, provider)?);
        Ok(())
    });
}

#[test]
fn outflow_before_the_referral_is_not_that_of_the_trajectory() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        for (case_ref, ended) in [("terug", "2025-03-01"), ("aan het werk", "2026-04-01")] {
            town.trajectory(conn, provider, case_ref, |told| {
                told.profile = "P1".to_owned();
                told.referred_on = day("2026-04-01");
            })?;
            let id = client::store::find(conn, &town.actor, case_ref)?.expect("the client was enrolled");
            let outflow = client::Outflow { benefit_ended_on: day(ended), reason: client::BenefitEndReason::Work };
            client::store::record_outflow(conn, &town.actor, now(), client::Channel::File, id, &outflow)?;
        }
        let facts = town.facts(conn, provider)?;
        assert_eq!(case(&facts, "terug").benefit_ended_on, None);
        assert!(!case(&facts, "terug").outflow_confirmed);
        assert_eq!(case(&facts, "aan het werk").benefit_ended_on, Some(day("2026-04-01")));
        assert_eq!((finding(&facts, 8).numerator, finding(&facts, 8).denominator), (1, 2));
        Ok(())
    });
}

#[test]
fn a_provider_had_clients_when_one_was_there_from_the_start_of_the_quarter_to_the_day_of_the_survey() {
    let had_clients = |referred: &'static str, ended: Option<&'static str>| {
        let seen = std::cell::Cell::new(false);
        on_every_database(|conn| {
            let town = town(conn, "Noordermeer")?;
            let provider = town.provider(conn, 1)?;
            town.trajectory(conn, provider, "D-1", |told| {
                told.referred_on = day(referred);
                told.plan_agreed_on = None;
                told.client_agreed_on = None;
                told.contact_informed_on = None;
                told.ended_on = ended.map(day);
            })?;
            let asked = ClientSurvey { survey_ref: "O-1".to_owned(), due_on: day("2026-09-15") };
            let asked = survey::store::announce(conn, &town.actor, &asked)?;
            survey::store::cooperate(conn, &town.actor, provider, asked, None)?;
            seen.set(town.facts(conn, provider)?.surveys[0].had_active_clients);
            Ok(())
        });
        seen.get()
    };
    assert!(had_clients("2026-09-15", None));
    assert!(!had_clients("2026-09-16", None));
    assert!(had_clients("2024-05-01", Some("2026-07-01")));
    assert!(!had_clients("2024-05-01", Some("2026-06-30")));
}

#[test]
fn codes_that_a_later_statement_puts_right_count_from_then_on() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        let shown = |codes: &[&str], checked_on: Option<&str>| Vog {
            date: day("2025-02-01"),
            kind: VogKind::Aspect,
            codes: codes.iter().map(|code| code.to_string()).collect(),
            checked_on: checked_on.map(day),
        };
        let person = |kind, vogs| Person {
            staff_ref: "M-1".to_owned(),
            kind,
            client_contact: true,
            active_from: day("2025-03-01"),
            active_until: None,
            vogs,
        };
        let temp = person(ProfessionalKind::Temp, vec![shown(&["84"], Some("2025-03-01"))]);
        staff::store::state(conn, &town.actor, provider, &[temp])?;
        assert_eq!(town.facts(conn, provider)?.professionals[0].vogs, [], "aspect 84 does not fit");

        // One VOG on two rows, each with one code; the day of checking is left out.
        let put_right = person(ProfessionalKind::Employee, vec![shown(&["12"], None), shown(&["85"], None)]);
        staff::store::state(conn, &town.actor, provider, std::slice::from_ref(&put_right))?;
        let facts = town.facts(conn, provider)?;
        assert_eq!((facts.professionals[0].kind, facts.professionals[0].vogs.len()), (ProfessionalKind::Employee, 1));
        use diesel::prelude::*;
        use openhouse::schema::vog;
        let kept: (String, Option<chrono::NaiveDate>) = vog::table.select((vog::codes, vog::checked_on)).first(conn)?;
        assert_eq!(kept, ("12;85".to_owned(), Some(day("2025-03-01"))));
        Ok(())
    });
}

#[test]
fn who_left_before_he_came_is_nobody() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        let person = Person {
            staff_ref: "M-1".to_owned(),
            kind: ProfessionalKind::Employee,
            client_contact: true,
            active_from: day("2026-09-01"),
            active_until: Some(day("2026-08-01")),
            vogs: Vec::new(),
        };
        staff::store::state(conn, &town.actor, provider, &[person])?;
        assert_eq!(town.facts(conn, provider)?.professionals, []);
        Ok(())
    });
}
