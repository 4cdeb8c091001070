//! Two people on one criterion, and one verdict on many applications.

use openhouse::actor::Actor;
use openhouse::dossier::bulk::{self, Ticked};
use openhouse::dossier::review::{self, CriterionRow, Judged, NewVerdict};
use openhouse::dossier::{CriterionResult, CriterionState, Refusal};

use super::town::{Applicant, Town, at, day, read, refusable, write};
use crate::ground::{Ground, every};

fn row(ground: &Ground, by: &Actor, applicant: &Applicant, code: &str) -> CriterionRow {
    let rows = read(&ground.db, |conn| review::rows(conn, by, &[applicant.started.application]));
    rows.into_iter().find(|row| row.code == code).unwrap()
}

fn tick(row: &CriterionRow, until: &str) -> Ticked {
    Ticked { criterion_id: row.id, seen: row.version, holds_until: Some(day(until)) }
}

const MET: NewVerdict<'static> = NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };

#[test]
fn of_two_who_judge_one_criterion_the_second_gets_both_versions() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let seen = row(&ground, &town.assessor, &applicant, "M13");
        let judge = |by: &Actor, new: &NewVerdict<'_>| {
            write(&ground.db, |conn| review::judge(conn, by, at("2026-11-19"), seen.id, seen.version, new))
        };
        let not_met =
            NewVerdict { result: CriterionResult::NotMet, reason: "Geen termijn genoemd.", holds_until: None };
        assert_eq!(judge(&town.assessor, &not_met), Judged::Done(seen.version + 1));
        let Judged::Theirs(found) = judge(&town.colleague, &MET) else { panic!("written over") };
        let (now, theirs) = (found.row, found.verdict.unwrap());
        assert_eq!((now.state, theirs.judged_by.as_str()), (CriterionState::NotMet, "Karim El Idrissi"));
        assert_eq!(theirs.reason, "Geen termijn genoemd.");
        let kept = read(&ground.db, |conn| review::verdicts(conn, &town.manager, &[applicant.started.application]));
        assert_eq!(kept[&seen.id].len(), 1, "{}", ground.backend);
    }
}

#[test]
fn eight_who_judge_at_once_leave_one_verdict() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let seen = row(&ground, &town.assessor, &applicant, "M13");
        let done: usize = std::thread::scope(|scope| {
            let work = || {
                write(&ground.db, |conn| {
                    review::judge(conn, &town.assessor, at("2026-11-19"), seen.id, seen.version, &MET)
                })
            };
            let judges: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
            judges.into_iter().map(|judge| judge.join().unwrap()).filter(|one| matches!(one, Judged::Done(_))).count()
        });
        assert_eq!(done, 1, "{}", ground.backend);
    }
}

#[test]
fn who_is_at_work_is_shown_to_others_for_a_while_and_keeps_nobody_out() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let id = row(&ground, &town.assessor, &applicant, "M13").id;
        let now = at("2026-11-19");
        let claim = |by: &Actor| refusable(&ground.db, |conn| review::claim(conn, by, now, day("2026-11-19"), id));
        claim(&town.colleague).unwrap();
        claim(&town.assessor).unwrap();
        assert_eq!(claim(&town.decider), Err(Refusal::NotYours));
        let claimed = row(&ground, &town.assessor, &applicant, "M13");
        assert_eq!(claimed.at_work(&town.assessor, now), Some(("Joke Postma", now)), "{}", ground.backend);
        assert_eq!(claimed.at_work(&town.colleague, now), None, "it is he himself");
        assert_eq!(claimed.at_work(&town.assessor, now + chrono::TimeDelta::minutes(21)), None);
        let judged = write(&ground.db, |conn| review::judge(conn, &town.assessor, now, id, claimed.version, &MET));
        assert!(matches!(judged, Judged::Done(_)));
        assert_eq!(row(&ground, &town.manager, &applicant, "M13").at_work(&town.manager, now), None);
    }
}

#[test]
fn a_verdict_is_never_changed_or_taken_away() {
    use diesel::connection::SimpleConnection;
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.advised(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord", CriterionResult::Met);
        for tampering in [
            "UPDATE criterion_verdict SET reason = 'iets anders'",
            "DELETE FROM criterion_verdict",
            "UPDATE application_history SET actor = 'iemand anders'",
        ] {
            let tried: diesel::QueryResult<()> = ground.db.write(|conn| conn.batch_execute(tampering));
            assert!(tried.is_err(), "{}: {tampering} was carried out", ground.backend);
        }
    }
}

#[test]
fn one_verdict_on_many_is_all_or_nothing_and_never_a_refusal() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicants = [
            town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord"),
            town.under_review(&ground.db, "Iris Mulder", "87654321", "Stap Vooruit B.V."),
            town.under_review(&ground.db, "Bram Visser", "11223344", "De Brug"),
        ];
        let rows: Vec<_> = applicants.iter().map(|one| row(&ground, &town.assessor, one, "M13")).collect();
        let ticked: Vec<_> = rows.iter().map(|row| tick(row, "2027-10-01")).collect();
        let judge = |ticked: &[Ticked], result| {
            let by = &town.assessor;
            refusable(&ground.db, |conn| bulk::judge(conn, by, at("2026-11-19"), ticked, result, "Gezien."))
        };
        assert_eq!(judge(&ticked, CriterionResult::NotMet), Err(Refusal::NeverInBulk));
        assert_eq!(judge(&[], CriterionResult::Met), Err(Refusal::NothingAsked));
        let other = row(&ground, &town.assessor, &applicants[0], "M17");
        let mixed = [ticked[1], tick(&other, "2027-10-01")];
        assert_eq!(judge(&mixed, CriterionResult::Met), Err(Refusal::NotFound), "one criterion at a time");

        write(&ground.db, |conn| {
            review::judge(conn, &town.colleague, at("2026-11-19"), rows[1].id, rows[1].version, &MET)
        });
        assert_eq!(judge(&ticked, CriterionResult::Met), Err(Refusal::SomeChanged(vec![applicants[1].started.number])));
        let state = |index: usize| row(&ground, &town.assessor, &applicants[index], "M13").state;
        assert_eq!((state(0), state(2)), (CriterionState::HandedIn, CriterionState::HandedIn), "{}", ground.backend);
        let two = [ticked[0], tick(&rows[2], "2027-06-30")];
        assert_eq!(judge(&two, CriterionResult::Met), Ok(2));
        assert_eq!((state(0), state(2)), (CriterionState::Met, CriterionState::Met));
        let until = |index: usize| row(&ground, &town.assessor, &applicants[index], "M13").holds_until;
        assert_eq!((until(0), until(2)), (Some(day("2027-10-01")), Some(day("2027-06-30"))), "each its own last day");
    }
}
