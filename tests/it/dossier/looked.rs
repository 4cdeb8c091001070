//! What the pages look at: the queue, the workbench, the register, what expires, and what a new criterion would do.

use openhouse::dossier::decision;
use openhouse::dossier::desk::{self, Work};
use openhouse::dossier::holds::{Holds, WhyNot};
use openhouse::dossier::workbench::{self, Filter};
use openhouse::dossier::{CriterionResult, CriterionState};
use openhouse::dossier::{impact, recheck, register, review, showing, tasks};
use openhouse::procedure::Validity;
use openhouse::procedure::criteria;
use openhouse::procedure::criterion::ValidityRule;
use openhouse::procedure::defaults::defaults;

use super::town::{Town, act, at, day, hand_in, read, show, upload, write};
use crate::ground::{every, sqlite};

#[test]
fn the_work_queue_tells_whose_turn_it_is() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let new = town.complete(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        hand_in(&ground.db, &new, "k").unwrap();
        town.under_review(&ground.db, "Iris Mulder", "10000002", "Bravo");
        town.advised(&ground.db, "Bram Visser", "10000003", "Charlie", CriterionResult::Met);
        town.admitted(&ground.db, "Noor Prins", "10000004", "Delta");
        let look = |by, today: &str| read(&ground.db, |conn| desk::queue(conn, by, day(today)));
        let desk = look(&town.assessor, "2026-11-24");
        let ours: Vec<_> =
            desk.ours.iter().map(|item| (item.provider.name.as_str(), item.work, item.for_you)).collect();
        let judge = ours.iter().find(|(name, ..)| *name == "Bravo").unwrap();
        assert!(matches!(judge.1, Work::Judge(count) if count > 5) && judge.2, "{judge:?}");
        assert!(ours.contains(&("Alfa", Work::TakeUp, true)) && ours.contains(&("Charlie", Work::Decide, false)));
        assert_eq!((ours.len(), desk.soon.len()), (3, 0), "{}", ground.backend);
        let theirs: Vec<_> = desk.theirs.iter().map(|item| (item.provider.name.as_str(), item.work)).collect();
        assert!(matches!(theirs[..], [("Delta", Work::BeforeStart(_))]), "what is asked before the start: {theirs:?}");
        assert_eq!(desk::counts(&desk), 2);
        assert_eq!(desk::counts(&look(&town.decider, "2026-11-24")), 1);
        for by in [&town.assessor, &town.decider, &town.manager, &new.actor] {
            let menu = read(&ground.db, |conn| desk::waiting_for(conn, by, day("2026-11-24")));
            assert_eq!(menu, desk::counts(&look(by, "2026-11-24")), "{}: the menu of {}", ground.backend, by.name());
        }
        let soon = look(&town.manager, "2027-08-10").soon;
        assert!(matches!(soon[0].work, Work::Expires(count) if count > 5), "{soon:?}");
        assert!(look(&new.actor, "2026-11-24").ours.is_empty(), "a provider has no desk of the municipality");
    }
}

#[test]
fn previous_and_next_stay_within_the_filter() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        for (name, kvk, organisation) in [
            ("Sanne Bakker", "10000001", "Alfa"),
            ("Iris Mulder", "10000002", "Bravo"),
            ("Bram Visser", "10000003", "Charlie"),
        ] {
            town.under_review(&ground.db, name, kvk, organisation);
        }
        let queue = |code: &str| {
            let filter = Filter { code: Some(code.into()), ..Filter::default() };
            read(&ground.db, |conn| workbench::queue(conn, &town.assessor, &filter))
        };
        let entries = queue("M13");
        assert_eq!(
            entries.iter().map(|one| one.provider.name.as_str()).collect::<Vec<_>>(),
            ["Alfa", "Bravo", "Charlie"]
        );
        let place = workbench::place(&entries, &entries[1]);
        assert_eq!((place.number, place.all), (2, 3));
        assert_eq!((place.previous, place.next), (Some(entries[0].row.id), Some(entries[2].row.id)));
        let new = review::NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };
        let row = &entries[1].row;
        write(&ground.db, |conn| review::judge(conn, &town.assessor, at("2026-11-19"), row.id, row.version, &new));
        let left = queue("M13");
        let judged = read(&ground.db, |conn| workbench::entry(conn, &town.assessor, row.id)).unwrap();
        let place = workbench::place(&left, &judged);
        assert_eq!(
            (place.previous, place.next),
            (Some(entries[0].row.id), Some(entries[2].row.id)),
            "{}",
            ground.backend
        );
        let all = read(&ground.db, |conn| workbench::across(conn, &town.assessor, day("2026-11-20"), "M13"));
        assert_eq!(all.len(), 3);
        assert!(all.iter().all(|one| one.holds == Some(Holds::Until(Some(day("2027-10-01"))))), "{:?}", all[0].holds);
    }
}

#[test]
fn the_register_is_alphabetical_and_tells_what_was_admitted() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.admitted(&ground.db, "Sanne Bakker", "10000001", "Zorg voor Werk");
        town.admitted(&ground.db, "Iris Mulder", "10000002", "Élan Advies");
        town.under_review(&ground.db, "Bram Visser", "10000003", "Bijna Klaar");
        let register = read(&ground.db, |conn| register::public(conn, "noordermeer"));
        let names: Vec<_> = register.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Élan Advies", "Zorg voor Werk"], "{}", ground.backend);
        assert_eq!((register[0].admitted_on, register[0].products[0].as_str()), (day("2026-11-23"), "RE-JH"));
    }
}

#[test]
fn evidence_that_ends_is_asked_in_one_bundle_and_its_successor_returns_to_the_queue() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.admitted(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        let (db, id) = (&ground.db, applicant.started.application);
        let asked =
            |today: &str| db.write(|conn| recheck::ask_successors(conn, &town.system, at(today), day(today))).unwrap();
        let ends = |today: &str| read(db, |conn| recheck::expiring(conn, &town.manager, day(today), 60));
        assert!(ends("2027-08-01").is_empty());
        let found = ends("2027-08-02");
        assert_eq!((found.len(), found[0].soonest()), (1, Some(day("2027-10-01"))), "{}", ground.backend);
        assert!(found[0].criteria.len() > 5, "one request for all of it");
        let days = ["2027-08-01", "2027-08-02", "2027-08-02", "2027-08-31", "2027-09-01", "2027-09-26", "2027-09-27"];
        let times: Vec<usize> = days.into_iter().map(asked).collect();
        assert_eq!(times, [0, 1, 0, 0, 1, 1, 0], "60 and 30 days before, and the missed day of seven caught up");

        let follow = |today: &str| {
            db.write(|conn| recheck::follow_the_calendar(conn, &town.system, at(today), day(today))).unwrap()
        };
        assert_eq!(follow("2027-08-01"), 0);
        let marked = follow("2027-08-02");
        assert!(marked > 5 && follow("2027-08-03") == 0);
        let state = |code: &str| {
            let rows = read(db, |conn| review::rows(conn, &town.manager, &[id]));
            rows.into_iter().find(|row| row.code == code).unwrap().state
        };
        assert_eq!(state("M13"), CriterionState::Expiring);
        let new = upload(db, &applicant, "Klachtenregeling 2027", "2027-08-20", None);
        write(db, |conn| showing::show(conn, &applicant.actor, at("2027-09-01"), day("2027-09-01"), id, "M13", new));
        assert_eq!(state("M13"), CriterionState::HandedIn);
        assert!(read(db, |conn| showing::proof(conn, &town.assessor, new)).is_some());
        let desk = read(db, |conn| desk::queue(conn, &town.assessor, day("2027-09-01")));
        assert_eq!((desk.ours[0].work, desk.ours[0].since), (Work::Recheck(1), day("2027-09-01")));
        assert_eq!(follow("2027-10-02"), marked - 1, "what ended is expired, but for what was renewed");
        assert_eq!((state("M09"), state("M13")), (CriterionState::Expired, CriterionState::HandedIn));
        let desk = read(db, |conn| desk::queue(conn, &town.assessor, day("2027-10-02")));
        assert!(desk.theirs.iter().any(|item| item.work == Work::Renew(marked - 1)), "{:?}", desk.theirs);
    }
}

#[test]
fn the_same_version_serves_another_criterion_and_another_municipality_at_its_own_receipt_date() {
    for ground in every() {
        let (town, other) = (Town::settle(&ground.db, "Noordermeer"), Town::settle(&ground.db, "Zuidermeer"));
        let applicant = town.complete(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        hand_in(&ground.db, &applicant, "k").unwrap();
        let version =
            read(&ground.db, |conn| showing::of_application(conn, &applicant.actor, applicant.started.application))
                .into_iter()
                .find(|one| one.code == "M13")
                .unwrap()
                .version_id;
        let account_id = applicant.actor.account_id().unwrap();
        let kvk = "10000001".parse().unwrap();
        let started = write(&ground.db, |conn| {
            let new = openhouse::dossier::start::Newcomer { account_id, kvk: &kvk, organisation: "Alfa", origin: "x" };
            openhouse::dossier::start::newcomer(conn, at("2027-03-01"), day("2027-03-01"), other.procedure, &new)
        })
        .unwrap();
        assert_eq!(started.provider_id, applicant.started.provider_id, "one organisation");
        let there = openhouse::actor::Actor::of_provider("Sanne Bakker", other.tenant, started.provider_id, "x")
            .in_role(openhouse::actor::Role::ProviderAdmin)
            .with_account(account_id);
        let second = super::town::Applicant { actor: there, started };
        show(&ground.db, &second, "M13", version);
        show(&ground.db, &second, "M17", version);
        let shown = read(&ground.db, |conn| showing::of_application(conn, &second.actor, second.started.application));
        assert_eq!(shown.len(), 2);
        assert!(shown.iter().all(|one| one.received_on.is_none()), "{}: not received there yet", ground.backend);
        assert_eq!(read(&ground.db, |conn| showing::proof(conn, &other.assessor, version)), None);
    }
}

#[test]
fn the_impact_of_a_new_criterion_is_seen_before_it_is_published() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.admitted(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        let fresh = town.admitted(&ground.db, "Iris Mulder", "10000002", "Bravo");
        let newer = upload(&ground.db, &fresh, "Klachtenregeling", "2027-03-01", None);
        // As its successor, once the old one runs out.
        let follow = |today: &str| {
            ground.db.write(|conn| recheck::follow_the_calendar(conn, &town.system, at(today), day(today)))
        };
        follow("2027-08-02").unwrap();
        let id = fresh.started.application;
        write(&ground.db, |conn| {
            showing::show(conn, &fresh.actor, at("2027-08-03"), day("2027-08-03"), id, "M13", newer)
        });
        let mut new = defaults().criteria.iter().find(|one| one.code == "M13").unwrap().clone();
        new.evidence_valid = ValidityRule::Months { months: 12 };
        new.valid = Validity::new(day("2028-01-01"), None).unwrap();
        let impact = read(&ground.db, |conn| impact::preview(conn, &town.manager, &new));
        let met: Vec<_> = impact.iter().map(|one| (one.provider.name.as_str(), one.is_met())).collect();
        assert_eq!(met, [("Alfa", false), ("Bravo", true)], "{}", ground.backend);
        let (_, why) = impact[0].best.clone().unwrap();
        assert_eq!(why, Holds::Not(WhyNot::Ended(day("2027-10-01"))));
        let published = ground.db.write(|conn| criteria::publish(conn, &town.assessor, at("2027-08-03"), &new));
        assert!(matches!(published, Err(criteria::NotPublished::NotYours)));
        ground.db.write(|conn| criteria::publish(conn, &town.manager, at("2027-08-03"), &new)).unwrap();
        let again = ground.db.write(|conn| criteria::publish(conn, &town.manager, at("2027-08-03"), &new));
        assert!(matches!(again, Err(criteria::NotPublished::BeginsTooEarly(_))));
        let rule = |on: &str| {
            let all = read(&ground.db, |conn| criteria::in_force(conn, &town.manager, day(on)));
            all.into_iter().find(|one| one.criterion.code == "M13").unwrap().criterion.evidence_valid
        };
        assert_eq!(rule("2027-12-31"), ValidityRule::Months { months: 24 });
        assert_eq!(rule("2028-01-01"), ValidityRule::Months { months: 12 });
        // An application keeps the version of its own day.
        let kept = read(&ground.db, |conn| review::of_application(conn, &town.manager, id));
        let kept = kept.iter().find(|(row, _)| row.code == "M13").unwrap();
        assert_eq!(kept.1.evidence_valid, ValidityRule::Months { months: 24 });
    }
}

#[test]
fn the_task_list_counts_what_is_ready_and_whose_turn_the_rest_is() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let applicant = town.complete(&ground.db, "Sanne Bakker", "10000001", "Alfa");
    let look = || {
        let found = town.application(&ground.db, &applicant);
        read(&ground.db, |conn| tasks::of(conn, &applicant.actor, day("2026-11-20"), &found, None))
    };
    let draft = look().progress();
    assert_eq!(draft.with_municipality, 0);
    assert_eq!(draft.ready + draft.with_provider + draft.later, draft.all);
    hand_in(&ground.db, &applicant, "k").unwrap();
    let handed_in = look().progress();
    assert_eq!(
        handed_in.all,
        handed_in.ready + handed_in.with_provider + handed_in.with_municipality + handed_in.later
    );
    assert!(handed_in.with_municipality >= 6 && handed_in.later > 0, "{handed_in:?}");
    let id = applicant.started.application;
    act(
        &ground.db,
        |conn, seen| decision::take_up(conn, &town.assessor, at("2026-11-18"), day("2026-11-18"), id, seen),
        &applicant,
        &town.assessor,
    )
    .unwrap();
    let list = look();
    assert!(list.criteria.iter().all(|task| !task.open), "nothing is open during the review");
    let checks = list.criteria.iter().flat_map(|task| &task.shown).filter(|one| one.holds.counts()).count();
    assert!(checks >= 5, "{checks}");
}

#[test]
fn who_delivers_under_an_agreement_that_runs_stands_in_the_public_register_too() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.admitted(&ground.db, "Sanne Bakker", "10000001", "Zorg voor Werk");
        let running = town.applicant(&ground.db, "Iris Mulder", "10000002", "Al Jaren Bezig");
        let over = town.applicant(&ground.db, "Bram Visser", "10000003", "Gestopt");
        write(&ground.db, |conn| {
            for (number, (applicant, until)) in [(&running, None), (&over, Some(day("2026-10-31")))].iter().enumerate()
            {
                let accession = openhouse::agreement::Accession {
                    id: 0,
                    provider_id: applicant.started.provider_id,
                    number: format!("2024-{number:03}"),
                    version: 1,
                    active_from: day("2024-01-01"),
                    active_until: *until,
                };
                openhouse::agreement::store::accede(conn, &town.system, at("2024-01-02"), &accession, &[])?;
            }
            Ok(())
        });
        let listed =
            |town: &Town| read(&ground.db, |conn| openhouse::front::register::of(conn, town.tenant, day("2026-11-23")));
        let rows: Vec<_> = listed(&town).rows.into_iter().map(|one| (one.name, one.since)).collect();
        let wanted =
            [("Al Jaren Bezig".to_owned(), day("2024-01-01")), ("Zorg voor Werk".to_owned(), day("2026-11-23"))];
        assert_eq!(rows, wanted, "{}", ground.backend);
        assert!(listed(&Town::settle(&ground.db, "Zuidermeer")).rows.is_empty());
    }
}
