//! Beginning, filling in and handing in.

use openhouse::actor::Role;
use openhouse::dossier::drafting::{self, Saving};
use openhouse::dossier::form::{Contact, Filled};
use openhouse::dossier::showing;
use openhouse::dossier::{ApplicationState, CriterionState, Missing, Refusal, Step, TermKind};
use openhouse::dossier::{decision, receipt, review, start, store, submit, tasks};
use openhouse::evidence::VersionState;
use openhouse::ids::Kvk;
use openhouse::provider::access;
use openhouse::schema;

use super::town::{
    Town, act, at, day, fill_in, hand_in, needed, read, refusable, show, upload, upload_in_state, write,
};
use crate::ground::{every, sqlite};

#[test]
fn a_newcomer_registers_and_hands_in_with_a_receipt_that_can_be_checked() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.complete(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        assert_eq!(applicant.started.number.to_string(), "2026-0001");
        let receipt = hand_in(&ground.db, &applicant, "sleutel").unwrap();
        assert_eq!(receipt.number, "2026-0001-1");
        assert!(receipt.is_whole() && receipt.body.contains("Werkpad Noord"), "{}", ground.backend);
        let found = town.application(&ground.db, &applicant);
        assert_eq!((found.state, found.received_on), (ApplicationState::Submitted, Some(day("2026-11-17"))));
        let (kind, term) = found.term.unwrap();
        assert_eq!((kind, term.due), (TermKind::Completeness, day("2026-11-24")), "five working days");
        let rows = read(&ground.db, |conn| review::rows(conn, &town.assessor, &[found.id]));
        let state = |code: &str| rows.iter().find(|row| row.code == code).map(|row| row.state);
        assert_eq!(state("M03"), Some(CriterionState::HandedIn));
        assert_eq!(state("M18"), Some(CriterionState::Met), "a tick needs nobody to look at it");
        assert_eq!(state("M07"), Some(CriterionState::Open), "asked before the start");
        assert_eq!(state("M11"), None, "only of who delivers job coaching");
        assert_eq!(state("M16"), None, "of other domains");
        let kept = read(&ground.db, |conn| receipt::all(conn, &applicant.actor, found.id));
        assert_eq!(kept, [receipt]);
    }
}

#[test]
fn what_is_missing_is_told_and_nothing_is_handed_in() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.applicant(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let Err(Refusal::Incomplete(missing)) = hand_in(&ground.db, &applicant, "sleutel") else {
            panic!("{}: an empty form was taken", ground.backend)
        };
        assert!(missing.contains(&Missing::Field(Step::Organisation, "name")));
        assert!(missing.contains(&Missing::Criterion("M03".into())));
        assert!(!missing.contains(&Missing::Criterion("M07".into())), "asked before the start");
        fill_in(&ground.db, &applicant, "Stichting Werkpad Noord");
        for code in needed(&ground.db, &applicant) {
            let waits = upload_in_state(&ground.db, &applicant, &code, "2026-10-01", None, VersionState::WaitsForScan);
            show(&ground.db, &applicant, &code, waits);
        }
        let Err(Refusal::Incomplete(missing)) = hand_in(&ground.db, &applicant, "sleutel") else {
            panic!("{}: files that were not scanned were taken", ground.backend)
        };
        assert!(missing.iter().all(|one| matches!(one, Missing::Criterion(_))) && !missing.is_empty());
        assert_eq!(town.application(&ground.db, &applicant).state, ApplicationState::Draft);
        let mails: i64 = read(&ground.db, |conn| {
            use diesel::prelude::*;
            schema::outbox::table.select(diesel::dsl::count_star()).first(conn)
        });
        assert_eq!(mails, 0);
    }
}

#[test]
fn fifty_presses_of_one_button_are_one_submission() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.complete(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let (id, seen) = (applicant.started.application, town.application(&ground.db, &applicant).version);
        let receipts: Vec<_> = std::thread::scope(|scope| {
            let presses: Vec<_> = (0..50)
                .map(|_| {
                    scope.spawn(|| {
                        refusable(&ground.db, |conn| {
                            let (now, today) = (at("2026-11-17"), day("2026-11-17"));
                            submit::submit(conn, &applicant.actor, now, today, id, seen, "een sleutel", None)
                        })
                    })
                })
                .collect();
            presses.into_iter().map(|press| press.join().unwrap().unwrap()).collect()
        });
        assert!(receipts.iter().all(|receipt| receipt == &receipts[0]), "{}", ground.backend);
        assert_eq!(read(&ground.db, |conn| receipt::all(conn, &applicant.actor, id)).len(), 1);
        let mails: Vec<String> = read(&ground.db, |conn| {
            use diesel::prelude::*;
            schema::outbox::table.order(schema::outbox::id).select(schema::outbox::kind).load(conn)
        });
        let count = |kind: &str| mails.iter().filter(|one| *one == kind).count();
        assert_eq!((count("E02"), count("E03")), (2, 3), "{mails:?}");
        let other = hand_in(&ground.db, &applicant, "een andere sleutel");
        assert!(matches!(other, Err(Refusal::NotNow(ApplicationState::Submitted))), "{other:?}");
    }
}

#[test]
fn a_known_organisation_is_not_taken_over() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let first = town.applicant(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        for _ in 0..2 {
            let refused = town.try_to_apply(&ground.db, "Bram Visser", "12345678", "Werkpad");
            assert_eq!(refused.err(), Some(Refusal::KnownOrganisation));
        }
        let waiting = read(&ground.db, |conn| access::waiting(conn, &first.actor));
        assert_eq!(waiting.len(), 1, "{}: asked once", ground.backend);
        assert_eq!(
            (waiting[0].name.as_str(), waiting[0].provider.as_str()),
            ("Bram Visser", "Stichting Werkpad Noord")
        );
        assert!(read(&ground.db, |conn| access::waiting(conn, &town.assessor)).is_empty());
        let other = town.applicant(&ground.db, "Iris Mulder", "87654321", "Stap Vooruit B.V.");
        let foreign = ground.db.write(|conn| {
            access::answer(conn, &other.actor, at("2026-11-17"), waiting[0].id, Some(Role::ProviderUser), "")
        });
        assert!(foreign.is_err(), "another provider let somebody in");
        let answered = |role| {
            ground.db.write(|conn| access::answer(conn, &first.actor, at("2026-11-17"), waiting[0].id, role, ""))
        };
        assert!(answered(Some(Role::ContractManager)).is_err(), "a role of the municipality");
        let grant = answered(Some(Role::ProviderUser)).unwrap().expect("nobody answered before");
        assert!(grant.is_some());
        let late = answered(None).unwrap().expect_err("one request has one answer");
        assert_eq!((late.by.as_str(), late.role), ("Sanne Bakker", Some(Role::ProviderUser)));
        assert!(read(&ground.db, |conn| access::waiting(conn, &town.manager)).is_empty());
    }
}

#[test]
fn one_application_at_a_time_and_again_after_a_withdrawal() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.applicant(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let again = |today: &str| {
            refusable(&ground.db, |conn| start::start(conn, &applicant.actor, at(today), day(today), town.procedure))
        };
        assert_eq!(again("2026-11-17").err(), Some(Refusal::AlreadyApplied(applicant.started.number)));
        let id = applicant.started.application;
        act(
            &ground.db,
            |conn, seen| decision::withdraw(conn, &applicant.actor, at("2026-11-17"), id, seen, ""),
            &applicant,
            &applicant.actor,
        )
        .unwrap();
        let second = again("2027-01-04").unwrap();
        assert_eq!((second.number.to_string().as_str(), second.previous), ("2027-0001", Some(id)));
        let mine = read(&ground.db, |conn| store::of_provider(conn, &applicant.actor, applicant.started.provider_id));
        let states: Vec<_> = mine.iter().map(|one| one.state).collect();
        assert_eq!(states, [ApplicationState::Draft, ApplicationState::Withdrawn]);
    }
}

#[test]
fn a_draft_survives_half_done_and_who_saves_over_another_gets_both_versions() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.applicant(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let save = |name: &str, by: &str, seen: i32| {
            let contact = Filled::Contact(Contact { name: name.into(), ..Contact::default() });
            let actor =
                openhouse::actor::Actor::of_provider(by, town.tenant, applicant.started.provider_id, "192.0.2.8");
            let saved = write(&ground.db, |conn| {
                drafting::save(conn, &actor, at("2026-11-16"), applicant.started.application, seen, &contact)
            });
            (saved, contact)
        };
        assert_eq!(save("Sanne", "Sanne Bakker", 0).0, Saving::Saved(1));
        assert_eq!(save("Sanne Bakker", "Sanne Bakker", 1).0, Saving::Saved(2));
        let (Saving::Theirs(theirs), mine) = save("Bram Visser", "Bram Visser", 1) else { panic!("written over") };
        assert_eq!((theirs.version, theirs.saved_by.as_str()), (2, "Sanne Bakker"));
        assert_ne!(theirs.filled, mine);
        assert_eq!(save("Sanne Bakker", "Bram Visser", 1).0, Saving::Saved(2), "the same is no conflict");
    }
}

#[test]
fn what_came_on_paper_is_entered_by_the_municipality_on_the_day_it_came() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let kvk: Kvk = "11223344".parse().unwrap();
        let begin = |by: &openhouse::actor::Actor| {
            refusable(&ground.db, |conn| {
                start::on_paper(
                    conn,
                    by,
                    at("2026-11-16"),
                    day("2026-11-16"),
                    town.procedure,
                    &kvk,
                    "Eenmanszaak De Brug",
                )
            })
        };
        assert_eq!(begin(&town.assessor).err(), Some(Refusal::NotYours));
        let begun = begin(&town.manager).unwrap();
        for filled in super::town::whole_form("Eenmanszaak De Brug") {
            write(&ground.db, |conn| drafting::save(conn, &town.manager, at("2026-11-16"), begun.id, 0, &filled));
        }
        let list = read(&ground.db, |conn| tasks::of(conn, &town.manager, day("2026-11-16"), &begun, None));
        assert!(list.criteria.iter().all(|task| task.open) && list.steps.iter().all(|task| task.missing.is_empty()));
        let submitted = refusable(&ground.db, |conn| {
            let (now, today) = (at("2026-11-17"), day("2026-11-17"));
            submit::submit(conn, &town.manager, now, today, begun.id, begun.version, "k", Some(day("2026-11-12")))
        });
        assert!(matches!(submitted, Err(Refusal::Incomplete(_))), "{submitted:?}");
    }
}

#[test]
fn infected_foreign_and_withdrawn_evidence_is_not_shown() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let applicant = town.applicant(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let other = town.applicant(&ground.db, "Iris Mulder", "87654321", "Stap Vooruit B.V.");
    let try_to_show = |version| {
        let (id, today) = (applicant.started.application, day("2026-11-16"));
        refusable(&ground.db, |conn| showing::show(conn, &applicant.actor, at("2026-11-16"), today, id, "M03", version))
    };
    let infected = upload_in_state(&ground.db, &applicant, "UEA", "2026-10-01", None, VersionState::Infected);
    assert_eq!(try_to_show(infected), Err(Refusal::EvidenceNotUsable));
    let foreign = upload(&ground.db, &other, "UEA", "2026-10-01", None);
    assert_eq!(try_to_show(foreign), Err(Refusal::NotFound));
    let own = upload(&ground.db, &applicant, "UEA 2", "2026-10-01", None);
    assert_eq!((try_to_show(own), try_to_show(own)), (Ok(()), Ok(())));
    let shown = read(&ground.db, |conn| showing::of_application(conn, &applicant.actor, applicant.started.application));
    assert_eq!(shown.len(), 1, "showing it twice is showing it once");
    write(&ground.db, |conn| showing::take_back(conn, &applicant.actor, at("2026-11-16"), shown[0].id));
    let shown = read(&ground.db, |conn| showing::of_application(conn, &applicant.actor, applicant.started.application));
    assert!(shown.is_empty());
}
