//! The procedure itself: published by two people, opened and closed by the calendar, answered to everybody at once.

use openhouse::actor::{Actor, Role};
use openhouse::procedure::admission::store::{self, Fault};
use openhouse::procedure::admission::{
    Entry, Gap, Procedure, ProcedureRefusal, ProcedureState, ProcedureVerb, documents, first, history, questions,
};
use openhouse::procedure::outages;

use super::town::{Town, account, at, day, read};
use crate::ground::{Ground, every, sqlite};

fn tried<T>(
    ground: &Ground,
    work: impl FnOnce(&mut openhouse::db::Conn) -> Result<T, Fault>,
) -> Result<T, ProcedureRefusal> {
    match ground.db.write(work) {
        Ok(done) => Ok(done),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Trouble(cause)) => panic!("{cause}"),
    }
}

/// A draft with everything in it, for 2027.
fn draft(ground: &Ground, town: &Town) -> i64 {
    let mut details = first::usual("Marloes de Wit", "contract@voorbeeld.example");
    details.code = "re-integratie-2027".into();
    details.contact.phone = "0500 000 000".into();
    (details.entry, details.opens_on, details.closes_on) =
        (Entry::Fixed, Some(day("2027-01-01")), Some(day("2027-03-31")));
    tried(ground, |conn| store::make(conn, &town.manager, at("2026-11-16"), &details)).unwrap()
}

fn found(ground: &Ground, town: &Town, id: i64) -> Procedure {
    read(&ground.db, |conn| store::find(conn, &town.manager, id)).unwrap()
}

fn carry_out(
    ground: &Ground,
    town: &Town,
    by: &Actor,
    id: i64,
    verb: ProcedureVerb,
    today: &str,
) -> Result<ProcedureState, ProcedureRefusal> {
    let seen = found(ground, town, id).version;
    tried(ground, |conn| store::carry_out(conn, by, at(today), day(today), id, seen, verb, "omdat het moet", 0))
}

#[test]
fn a_procedure_is_published_by_two_people_and_follows_the_calendar() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let id = draft(&ground, &town);
        let go = |by: &Actor, verb, today: &str| carry_out(&ground, &town, by, id, verb, today);
        assert_eq!(go(&town.decider, ProcedureVerb::Publish, "2026-11-17"), Err(ProcedureRefusal::NotProposed));
        assert_eq!(go(&town.decider, ProcedureVerb::Propose, "2026-11-17"), Err(ProcedureRefusal::NotYours));
        go(&town.manager, ProcedureVerb::Propose, "2026-11-17").unwrap();
        let both = town.manager.clone().in_role(Role::DecisionMaker);
        assert_eq!(go(&both, ProcedureVerb::Publish, "2026-11-17"), Err(ProcedureRefusal::FourEyes));
        assert!(read(&ground.db, |conn| store::published_one(conn, "noordermeer", "re-integratie-2027")).is_none());
        assert_eq!(go(&town.decider, ProcedureVerb::Publish, "2026-11-17"), Ok(ProcedureState::Published));
        assert!(read(&ground.db, |conn| store::published_one(conn, "noordermeer", "re-integratie-2027")).is_some());

        let follow = |today: &str| {
            tried(&ground, |conn| store::follow_the_calendar(conn, &town.system, at(today), day(today))).unwrap().len()
        };
        assert_eq!((follow("2026-12-31"), follow("2027-01-01"), follow("2027-01-01")), (0, 1, 0), "{}", ground.backend);
        assert!(found(&ground, &town, id).takes_applications(day("2027-03-31")));
        assert!(!found(&ground, &town, id).takes_applications(day("2027-04-01")));
        assert_eq!(go(&town.manager, ProcedureVerb::Pause, "2027-02-01"), Ok(ProcedureState::Paused));
        assert!(!found(&ground, &town, id).takes_applications(day("2027-02-01")));
        assert_eq!(go(&town.manager, ProcedureVerb::Resume, "2027-02-02"), Ok(ProcedureState::Open));
        assert_eq!((follow("2027-03-31"), follow("2027-04-01")), (0, 1));
        assert_eq!(go(&town.decider, ProcedureVerb::End, "2027-04-02"), Ok(ProcedureState::Ended));
        let verbs: Vec<_> =
            read(&ground.db, |conn| history::of(conn, &town.manager, id)).iter().map(|event| event.verb).collect();
        use ProcedureVerb::*;
        assert_eq!(verbs, [End, Close, Resume, Pause, Open, Publish, Propose, Make]);
    }
}

#[test]
fn a_change_takes_the_proposal_back_and_who_was_late_is_told() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let id = draft(&ground, &town);
        carry_out(&ground, &town, &town.manager, id, ProcedureVerb::Propose, "2026-11-17").unwrap();
        let proposed = found(&ground, &town, id);
        assert_eq!(proposed.proposed.as_ref().map(|one| one.by.as_str()), Some("Marloes de Wit"));
        let mut details = proposed.details.clone();
        details.intro.nl = String::new();
        let edit = |seen, details: &_| {
            tried(&ground, |conn| store::edit(conn, &town.manager, at("2026-11-18"), id, seen, details))
        };
        edit(proposed.version, &details).unwrap();
        assert_eq!(found(&ground, &town, id).proposed, None, "{}", ground.backend);
        let late = edit(proposed.version, &details);
        assert!(
            matches!(&late, Err(ProcedureRefusal::ChangedMeanwhile { by, .. }) if by == "Marloes de Wit"),
            "{late:?}"
        );
        let incomplete = carry_out(&ground, &town, &town.manager, id, ProcedureVerb::Propose, "2026-11-18");
        assert_eq!(incomplete, Err(ProcedureRefusal::Incomplete(vec![Gap::Intro])));
    }
}

#[test]
fn every_state_verb_and_role_of_a_procedure_is_as_the_status_model_says() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let id = draft(&ground, &town);
    let made = found(&ground, &town, id);
    let proposal = openhouse::procedure::admission::Proposal { at: at("2026-11-16"), by: "A".into(), account_id: 1 };
    let (before, after) = (day("2027-01-01"), day("2027-04-01"));
    use ProcedureState::*;
    // From, verb, to, who: "gepubliceerd | open | system" and so on.
    let table: [(ProcedureState, &str, ProcedureState, &[Role]); 8] = [
        (Draft, "propose", Draft, &[Role::ContractManager]),
        (Draft, "publish", Published, &[Role::DecisionMaker]),
        (Published, "open", Open, &[Role::System]),
        (Open, "pause", Paused, &[Role::ContractManager]),
        (Paused, "resume", Open, &[Role::ContractManager]),
        (Open, "close", Closed, &[Role::ContractManager, Role::System]),
        (Closed, "end", Ended, &[Role::DecisionMaker]),
        (Ended, "none", Ended, &[]),
    ];
    for state in ProcedureState::ALL {
        for role in Role::ALL {
            let (details, account) = (&made.details, Some(2));
            let outcomes = [
                ("propose", state.propose(*role, vec![])),
                ("publish", state.publish(*role, account, Some(&proposal), vec![])),
                ("open", state.open(*role, before, details.opens_on)),
                ("pause", state.pause(*role, "storing")),
                ("resume", state.resume(*role, "voorbij")),
                ("close", state.close(*role, details.entry, after, details.closes_on)),
                ("end", state.end(*role, 0)),
            ];
            for (verb, outcome) in outcomes {
                let row = table.iter().find(|(from, name, ..)| from == state && *name == verb);
                let expected = row.filter(|(.., roles)| roles.contains(role)).map(|(_, _, to, _)| *to);
                assert_eq!(outcome.ok(), expected, "{state} {verb} {role}");
            }
        }
    }
    assert_eq!(Closed.end(Role::DecisionMaker, 2), Err(ProcedureRefusal::AgreementsRun(2)));
    assert_eq!(Open.close(Role::System, Entry::Continuous, after, None), Err(ProcedureRefusal::NoEnd));
    assert_eq!(Open.pause(Role::ContractManager, " "), Err(ProcedureRefusal::ReasonMissing));
}

#[test]
fn answers_are_published_to_everybody_at_one_moment_without_who_asked() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let elsewhere = Town::settle(&ground.db, "Zuidermeer");
        let asker =
            super::town::write(&ground.db, |conn| Ok(account(conn, town.tenant, Role::ProviderUser, "Sanne Bakker")));
        let ask = |by: &Actor, words: &str| {
            tried(&ground, |conn| questions::ask(conn, by, at("2026-11-17"), town.procedure, words))
        };
        let one = ask(&asker, "Mag een zzp'er zich aanmelden?").unwrap();
        let two = ask(&asker, "Telt een buitenlands diploma?").unwrap();
        assert_eq!(ask(&asker, " "), Err(ProcedureRefusal::ReasonMissing));
        assert_eq!(ask(&elsewhere.manager, "Hoe?"), Err(ProcedureRefusal::NotFound));
        let answer = |by: &Actor, id, words: &str| {
            tried(&ground, |conn| questions::answer(conn, by, at("2026-11-18"), id, words))
        };
        answer(&town.manager, one, "Ja.").unwrap();
        assert_eq!(answer(&elsewhere.manager, one, "Nee."), Err(ProcedureRefusal::NotFound));
        assert_eq!(answer(&town.decider, one, "Nee."), Err(ProcedureRefusal::NotYours));
        let published = || read(&ground.db, |conn| questions::published(conn, town.procedure));
        assert!(published().is_empty(), "{}: nobody knows earlier than another", ground.backend);
        answer(&town.manager, two, "Ja, met een waardering.").unwrap();
        let publish =
            |today: &str| tried(&ground, |conn| questions::publish(conn, &town.manager, at(today), town.procedure));
        assert_eq!((publish("2026-11-20"), publish("2026-11-21")), (Ok(2), Ok(0)));
        assert!(published().iter().all(|one| one.published_at == at("2026-11-20")));
        assert_eq!(published().len(), 2);
        assert_eq!(answer(&town.manager, one, "Toch niet."), Err(ProcedureRefusal::NotFound), "it was published");
        assert!(read(&ground.db, |conn| questions::all(conn, &elsewhere.manager, town.procedure)).is_empty());
    }
}

#[test]
fn a_document_holds_from_its_day_until_it_is_ended() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let file = openhouse::ids::Sha256Hex::of(b"aanmeldingsdocument");
        let new = documents::NewDocument {
            procedure_id: town.procedure,
            title_nl: "Aanmeldingsdocument",
            title_en: "Application document",
            file: &file,
            file_name: "aanmelden.pdf",
            size: 18,
            valid_from: day("2026-11-17"),
        };
        let add = |by: &Actor| tried(&ground, |conn| documents::add(conn, by, at("2026-11-16"), &new));
        assert_eq!(add(&town.assessor), Err(ProcedureRefusal::NotYours));
        let id = add(&town.manager).unwrap();
        let on = |today: &str| read(&ground.db, |conn| documents::in_force(conn, town.procedure, day(today))).len();
        assert_eq!((on("2026-11-16"), on("2026-11-17")), (0, 1), "{}", ground.backend);
        tried(&ground, |conn| documents::end(conn, &town.manager, at("2026-12-01"), id, day("2026-12-31"))).unwrap();
        assert_eq!((on("2026-12-31"), on("2027-01-01")), (1, 0));
        assert_eq!(read(&ground.db, |conn| documents::all(conn, &town.manager, town.procedure)).len(), 1);
    }
}

#[test]
fn an_outage_over_midnight_is_two_days_and_is_noted_by_the_municipality_alone() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let (from, until) = ("2026-11-16T22:30:00".parse().unwrap(), "2026-11-17T06:00:00".parse().unwrap());
        let note =
            |by: &Actor| ground.db.write(|conn| outages::note(conn, by, at("2026-11-18"), from, None, "Stroom weg."));
        assert!(note(&town.assessor).is_err());
        let id = note(&town.manager).unwrap();
        let days = || read(&ground.db, |conn| outages::days(conn, &town.manager));
        assert_eq!(days(), [day("2026-11-16")], "{}: it lasts", ground.backend);
        ground.db.write(|conn| outages::end(conn, &town.manager, at("2026-11-18"), id, until)).unwrap();
        assert_eq!(days(), [day("2026-11-16"), day("2026-11-17")]);
    }
}
