//! What is not yours does not exist: between providers, between municipalities, and what is not told yet.

use openhouse::actor::{Actor, Role};
use openhouse::dossier::decision::{self, Outcome};
use openhouse::dossier::review::NewVerdict;
use openhouse::dossier::{CriterionResult, CriterionState, Part, Refusal};
use openhouse::dossier::{
    desk, drafting, impact, postponed, receipt, recheck, register, review, showing, store, submit, supplement, tasks,
    timeline, workbench,
};

use super::town::{Applicant, Town, at, day, hand_in, read, refusable, upload};
use crate::ground::{Ground, every};

/// Everything that can be read of an application, by somebody who may not.
fn sees_nothing(ground: &Ground, by: &Actor, applicant: &Applicant, version: i64, receipt_number: &str) {
    let id = applicant.started.application;
    let provider = applicant.started.provider_id;
    read(&ground.db, |conn| {
        assert_eq!(
            store::find(conn, by, applicant.started.number)?.map(|one| one.id).filter(|found| *found == id),
            None
        );
        assert_eq!(store::find_by_id(conn, by, id)?, None);
        assert!(store::all(conn, by, &[])?.iter().all(|one| one.id != id));
        assert!(store::of_provider(conn, by, provider)?.is_empty());
        assert!(drafting::steps(conn, by, id)?.is_empty());
        assert!(showing::of_application(conn, by, id)?.is_empty());
        assert_eq!(showing::proof(conn, by, version)?, None);
        assert!(receipt::all(conn, by, id)?.is_empty());
        assert!(receipt::find(conn, by, receipt_number)?.is_none_or(|receipt| receipt.application_id != id));
        assert!(review::rows(conn, by, &[id])?.is_empty());
        assert!(review::verdicts(conn, by, &[id])?.is_empty());
        assert!(supplement::requests(conn, by, id)?.is_empty());
        assert!(decision::decisions(conn, by, id)?.is_empty());
        assert!(decision::advice(conn, by, id)?.is_empty());
        assert!(timeline::of(conn, by, id)?.is_empty());
        let queue = workbench::queue(conn, by, &workbench::Filter::default())?;
        assert!(queue.iter().all(|entry| entry.application.id != id));
        assert!(
            workbench::across(conn, by, day("2026-11-20"), "M13")?.iter().all(|one| one.entry.application.id != id)
        );
        let desk = desk::queue(conn, by, day("2026-11-20"))?;
        let lines = desk.ours.iter().chain(&desk.theirs).chain(&desk.soon);
        assert_eq!(lines.filter(|item| item.application.id == id).count(), 0);
        assert!(recheck::expiring(conn, by, day("2027-09-01"), 60)?.iter().all(|one| one.application.id != id));
        let criterion = openhouse::procedure::defaults::defaults().criteria[12].clone();
        assert!(impact::preview(conn, by, &criterion)?.iter().all(|one| one.application_id != id));
        let moved = postponed::by(conn, by, &[day("2026-11-20")])?;
        assert!(moved.iter().all(|one| one.application.id != id));
        Ok(())
    });
}

/// Everything that can be done with an application, by somebody who may not: it is not there.
fn can_do_nothing(ground: &Ground, by: &Actor, applicant: &Applicant, criterion: i64, version: i64) {
    let id = applicant.started.application;
    let (now, today) = (at("2026-11-20"), day("2026-11-20"));
    let form = super::town::whole_form("Overgenomen");
    let new = NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };
    let part = [(Part::Criterion("M13".into()), "graag".to_owned())];
    let ticked = [openhouse::dossier::bulk::Ticked { criterion_id: criterion, seen: 1 }];
    let db = &ground.db;
    let tried: Vec<Result<(), Refusal>> = vec![
        refusable(db, |conn| drafting::save(conn, by, now, id, 0, &form[0]).map(drop)),
        refusable(db, |conn| showing::show(conn, by, now, today, id, "M13", version)),
        refusable(db, |conn| submit::submit(conn, by, now, today, id, 1, "k", None).map(drop)),
        refusable(db, |conn| supplement::ask(conn, by, now, today, id, 1, "", &part)),
        refusable(db, |conn| supplement::hand_in(conn, by, now, today, id, 1, "k").map(drop)),
        refusable(db, |conn| supplement::set_aside(conn, by, now, today, id, 1, "x")),
        refusable(db, |conn| decision::take_up(conn, by, now, today, id, 1)),
        refusable(db, |conn| decision::advise(conn, by, now, today, id, 1, Outcome::Admitted, "x")),
        refusable(db, |conn| decision::send_back(conn, by, now, today, id, 1, "x")),
        refusable(db, |conn| decision::admit(conn, by, now, today, id, 1, "x")),
        refusable(db, |conn| decision::refuse(conn, by, now, today, id, 1, "x")),
        refusable(db, |conn| decision::turn(conn, by, now, today, id, 1, decision::Turn::NoteCase, "x")),
        refusable(db, |conn| decision::withdraw(conn, by, now, id, 1, "x")),
        refusable(db, |conn| review::judge(conn, by, now, criterion, 1, &new).map(drop)),
        refusable(db, |conn| openhouse::dossier::bulk::judge(conn, by, now, &ticked, &new).map(drop)),
    ];
    for (number, outcome) in tried.into_iter().enumerate() {
        assert_eq!(outcome, Err(Refusal::NotFound), "{}: act {number} by {}", ground.backend, by.role());
    }
}

#[test]
fn no_other_provider_and_no_other_municipality_sees_or_touches_an_application() {
    for ground in every() {
        let (town, elsewhere) = (Town::settle(&ground.db, "Noordermeer"), Town::settle(&ground.db, "Zuidermeer"));
        let applicant = town.admitted(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let other = town.applicant(&ground.db, "Iris Mulder", "87654321", "Stap Vooruit B.V.");
        let rows = read(&ground.db, |conn| review::rows(conn, &town.assessor, &[applicant.started.application]));
        let shown =
            read(&ground.db, |conn| showing::of_application(conn, &applicant.actor, applicant.started.application));
        let (criterion, version) = (rows[0].id, shown[0].version_id);
        // The same provider, in its dealings with another municipality.
        let there = Actor::of_provider("Sanne Bakker", elsewhere.tenant, applicant.started.provider_id, "192.0.2.7")
            .in_role(Role::ProviderAdmin);
        for role in Role::ALL {
            let foreign = Actor::of_municipality("Buurman", *role, elsewhere.tenant, "192.0.2.9").with_account(1);
            let rival = other.actor.clone().in_role(*role);
            for by in [&foreign, &rival] {
                sees_nothing(&ground, by, &applicant, version, "2026-0001-1");
            }
            can_do_nothing(&ground, &foreign, &applicant, criterion, version);
            if role.is_of_provider() {
                can_do_nothing(&ground, &rival, &applicant, criterion, version);
            }
        }
        read(&ground.db, |conn| {
            assert_eq!(store::find_by_id(conn, &there, applicant.started.application)?, None);
            assert!(showing::proof(conn, &there, version)?.is_some(), "the file is its own");
            assert!(register::of(conn, &elsewhere.manager)?.is_empty());
            assert_eq!(register::of(conn, &town.manager)?.len(), 1);
            assert_eq!(register::public(conn, "noordermeer")?.len(), 1);
            assert!(register::public(conn, "zuidermeer")?.is_empty() && register::public(conn, "nergens")?.is_empty());
            Ok(())
        });
    }
}

#[test]
fn a_municipality_does_not_see_a_draft_nor_evidence_that_was_not_handed_in() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.complete(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let shown =
            read(&ground.db, |conn| showing::of_application(conn, &applicant.actor, applicant.started.application));
        for by in [&town.manager, &town.assessor, &town.decider] {
            sees_nothing(&ground, by, &applicant, shown[0].version_id, "2026-0001-1");
        }
        hand_in(&ground.db, &applicant, "k").unwrap();
        read(&ground.db, |conn| {
            assert!(store::find_by_id(conn, &town.manager, applicant.started.application)?.is_some());
            assert!(showing::proof(conn, &town.manager, shown[0].version_id)?.is_some());
            Ok(())
        });
        let never_shown = upload(&ground.db, &applicant, "Iets anders", "2026-10-01", None);
        assert_eq!(read(&ground.db, |conn| showing::proof(conn, &town.manager, never_shown)), None);
    }
}

#[test]
fn a_verdict_reads_as_under_review_for_the_provider_until_it_is_told() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant =
            town.advised(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord", CriterionResult::NotMet);
        let id = applicant.started.application;
        let look = |by: &Actor| {
            let found = read(&ground.db, |conn| store::find_by_id(conn, by, id)).unwrap();
            let list = read(&ground.db, |conn| tasks::of(conn, by, day("2026-11-20"), &found, None));
            let task = list.criteria.into_iter().find(|task| task.criterion.code == "M02").unwrap();
            (task.state, task.verdicts.len())
        };
        // The first knock-out criterion is the one that was found not met.
        let first = read(&ground.db, |conn| review::of_application(conn, &town.assessor, id));
        let (row, _) = first.iter().find(|(row, _)| row.state == CriterionState::NotMet).unwrap();
        assert_eq!(row.code, "M01");
        assert_eq!(look(&town.decider), (CriterionState::Met, 1));
        assert_eq!(look(&applicant.actor), (CriterionState::UnderReview, 0), "{}", ground.backend);
        let refuse = |conn: &mut openhouse::db::Conn, seen| {
            decision::refuse(conn, &town.decider, at("2026-11-23"), day("2026-11-23"), id, seen, "Niet ingeschreven.")
        };
        super::town::act(&ground.db, refuse, &applicant, &town.decider).unwrap();
        assert_eq!(look(&applicant.actor), (CriterionState::Met, 1));
    }
}
