//! Client stop, extension, versions, and what the calendar does.

use std::collections::HashMap;

use openhouse::actor::{Actor, Role};
use openhouse::agreement::life::calendar::{self, Turned};
use openhouse::agreement::life::{Ground as On, LifeRefusal, LifeState, LifeVerb, VersionStanding, Warning, running};
use openhouse::agreement::store::{accede, revise};

use super::firm::{Firm, firm, mails, tried, version};
use crate::dossier::town::{Town, at, day, read, write};
use crate::ground::{Ground, every, sqlite};

const TODAY: &str = "2026-11-23";

fn ask(ground: &Ground, town: &Town, firm: &Firm, by: &Actor, first: &str) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    tried(ground, |conn| {
        running::ask_stop(conn, by, at(TODAY), day(TODAY), firm.life, seen, day(first), "Wij zitten vol.")
    })
    .map(drop)
}

fn stop(ground: &Ground, town: &Town, firm: &Firm, by: &Actor, on: Option<On>) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    tried(ground, |conn| {
        running::stop_clients(conn, by, at(TODAY), day(TODAY), firm.life, seen, on, "De werkplaats is onveilig.")
    })
    .map(drop)
}

fn extend(ground: &Ground, town: &Town, firm: &Firm, by: &Actor, until: &str) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    tried(ground, |conn| running::extend(conn, by, at(TODAY), day(TODAY), firm.life, seen, day(until), "")).map(drop)
}

fn round(ground: &Ground, town: &Town, today: &str) -> Turned {
    tried(ground, |conn| calendar::follow(conn, &town.system, at(today), day(today), &HashMap::new())).unwrap()
}

#[test]
fn a_client_stop_by_the_municipality_is_at_once_with_a_ground_and_can_be_lifted() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        assert_eq!(stop(&ground, &town, &firm, &town.decider, Some(On::SignsOfFraud)), Err(LifeRefusal::NotYours));
        assert_eq!(stop(&ground, &town, &firm, &town.manager, None), Err(LifeRefusal::GroundMissing));
        // A ground of another list is none.
        assert_eq!(stop(&ground, &town, &firm, &town.manager, Some(On::Leaving)), Err(LifeRefusal::GroundMissing));
        stop(&ground, &town, &firm, &town.manager, Some(On::SignsOfUnsafety)).unwrap();
        let found = firm.found(&ground, &town);
        assert_eq!((found.state, found.stopped_from), (LifeState::ClientStop, Some(day(TODAY))), "{}", ground.backend);
        assert_eq!(mails(&ground, "E40"), 1, "one person may act for the provider");
        let event = firm.events(&ground, &town).pop().unwrap();
        assert!(event.remedy.is_some(), "what can be done against it is written down with it");

        let lifted = tried(&ground, |conn| {
            running::lift_stop(conn, &town.manager, at(TODAY), day(TODAY), firm.life, found.version, "Hersteld.")
        });
        assert_eq!(lifted.unwrap().to, LifeState::Active);
        assert_eq!(firm.found(&ground, &town).stopped_from, None);
    }
}

#[test]
fn a_client_stop_by_the_provider_takes_fourteen_days_and_consent() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        assert_eq!(ask(&ground, &town, &firm, &firm.user, "2026-12-07"), Err(LifeRefusal::NotYours));
        let early = Err(LifeRefusal::StopTooSoon(day("2026-12-07")));
        assert_eq!(ask(&ground, &town, &firm, &firm.signatory, "2026-12-06"), early, "{}", ground.backend);
        ask(&ground, &town, &firm, &firm.signatory, "2026-12-07").unwrap();
        let twice = ask(&ground, &town, &firm, &firm.signatory, "2026-12-08");
        assert_eq!(twice, Err(LifeRefusal::StopAlreadyAsked));
        let found = firm.found(&ground, &town);
        assert_eq!((found.state, found.stopped_from), (LifeState::Active, None), "nothing stops without consent");

        let agree = |by: &Actor, today: &str, seen| {
            tried(&ground, |conn| running::agree_stop(conn, by, at(today), day(today), firm.life, seen, ""))
        };
        assert_eq!(agree(&firm.signatory, TODAY, found.version).unwrap_err(), LifeRefusal::NotYours);
        agree(&town.manager, "2026-12-10", found.version).unwrap();
        let stopped = firm.found(&ground, &town);
        assert_eq!(stopped.stopped_from, Some(day("2026-12-10")), "who answers late stops nobody from before");
        assert_eq!(stopped.asked_stop_from, None);
        let again = agree(&town.manager, "2026-12-10", stopped.version).unwrap_err();
        assert_eq!(again, LifeRefusal::NotNow(LifeState::ClientStop));
    }
}

#[test]
fn a_refused_stop_says_why_and_leaves_everything_as_it_was() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let firm = firm(&ground, &town, None);
    ask(&ground, &town, &firm, &firm.signatory, "2026-12-07").unwrap();
    let refuse = |reason: &str| {
        let seen = firm.found(&ground, &town).version;
        tried(&ground, |conn| running::refuse_stop(conn, &town.manager, at(TODAY), firm.life, seen, reason))
    };
    assert_eq!(refuse("").unwrap_err(), LifeRefusal::ReasonMissing);
    assert_eq!(refuse("Cliënt 111222333 wacht.").unwrap_err(), LifeRefusal::HoldsBsn);
    refuse("Er is nu niemand anders.").unwrap();
    let found = firm.found(&ground, &town);
    assert_eq!((found.state, found.asked_stop_from, found.stopped_from), (LifeState::Active, None, None));
}

#[test]
fn of_two_at_once_the_second_is_told_who_was_first() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, Some("2027-12-31"));
        let seen = firm.found(&ground, &town).version;
        stop(&ground, &town, &firm, &town.manager, Some(On::SignsOfFraud)).unwrap();
        let late = tried(&ground, |conn| {
            running::extend(conn, &town.decider, at(TODAY), day(TODAY), firm.life, seen, day("2028-12-31"), "")
        });
        assert_eq!(late.unwrap_err(), LifeRefusal::ChangedMeanwhile { by: "Marloes de Wit".into() });
        assert_eq!(firm.active_until(&ground), Some(day("2027-12-31")), "{}", ground.backend);
    }
}

#[test]
fn an_agreement_elsewhere_does_not_exist() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let other = Town::settle(&ground.db, "Zuidermeer");
    let firm = firm(&ground, &town, None);
    assert_eq!(stop(&ground, &town, &firm, &other.manager, Some(On::SignsOfFraud)), Err(LifeRefusal::NotFound));
    let rival = Actor::of_provider("Iemand", town.tenant, firm.provider + 1, "test").in_role(Role::ProviderSignatory);
    assert_eq!(ask(&ground, &town, &firm, &rival, "2026-12-31"), Err(LifeRefusal::NotFound));
    let seen = read(&ground.db, |conn| openhouse::agreement::life::store::events(conn, &rival, firm.life));
    assert!(seen.is_empty());
}

#[test]
fn an_extension_told_half_a_year_ahead_is_in_time_and_later_is_warned_of() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, Some("2027-05-23"));
        assert_eq!(extend(&ground, &town, &firm, &town.manager, "2028-05-23"), Err(LifeRefusal::NotYours));
        let same = extend(&ground, &town, &firm, &town.decider, "2027-05-23");
        assert_eq!(same, Err(LifeRefusal::NotLater(day("2027-05-23"))));
        // 23 November to 23 May is half a year to the day.
        extend(&ground, &town, &firm, &town.decider, "2028-05-23").unwrap();
        assert_eq!(firm.active_until(&ground), Some(day("2028-05-23")), "{}", ground.backend);
        assert_eq!(firm.events(&ground, &town).pop().unwrap().warning, None);
        assert_eq!(mails(&ground, "E26"), 1);
    }
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let firm = firm(&ground, &town, Some("2027-05-22"));
    extend(&ground, &town, &firm, &town.decider, "2028-05-22").unwrap();
    let event = firm.events(&ground, &town).pop().unwrap();
    assert_eq!((event.warning, event.before), (Some(Warning::ToldLate), Some(day("2027-05-22"))));
}

#[test]
fn the_round_warns_once_half_a_year_ahead_and_again_of_a_new_end() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, Some("2027-06-01"));
        assert_eq!(round(&ground, &town, "2026-12-01").warned, 0, "half a year to the day is not late");
        assert_eq!(round(&ground, &town, "2026-12-02").warned, 1, "{}", ground.backend);
        assert_eq!(round(&ground, &town, "2026-12-03"), Turned::default());
        assert_eq!(
            (mails(&ground, "E26"), mails(&ground, "E47")),
            (1, 1),
            "to the provider and to the contract manager"
        );
        assert_eq!(firm.found(&ground, &town).warned_for, Some(day("2027-06-01")));
        extend(&ground, &town, &firm, &town.decider, "2027-07-01").unwrap();
        assert_eq!(round(&ground, &town, "2027-01-04").warned, 1);
    }
}

#[test]
fn it_begins_on_its_first_day_and_ends_after_its_last() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, Some("2027-01-31"));
        write(&ground.db, |conn| {
            let later = openhouse::agreement::Accession {
                number: "2027-001".into(),
                ..version(firm.provider, 1, "2027-01-01", None)
            };
            accede(conn, &town.system, at(TODAY), &later, &[])?;
            Ok(())
        });
        let states = || {
            let all = read(&ground.db, |conn| {
                openhouse::agreement::life::store::of_provider(conn, &town.system, firm.provider)
            });
            let mut states: Vec<_> = all.into_iter().map(|one| (one.number, one.state)).collect();
            states.sort_by(|one, other| one.0.cmp(&other.0));
            states.into_iter().map(|(_, state)| state).collect::<Vec<_>>()
        };
        assert_eq!(states(), [LifeState::Active, LifeState::Signed], "{}", ground.backend);
        assert_eq!(round(&ground, &town, "2027-01-01").begun, 1);
        assert_eq!(round(&ground, &town, "2027-01-31").ended, 0, "the last day belongs to it");
        assert_eq!(round(&ground, &town, "2027-02-01").ended, 1);
        assert_eq!(states(), [LifeState::Ended, LifeState::Active]);
        assert_eq!(round(&ground, &town, "2027-02-02"), Turned::default());
    }
}

#[test]
fn a_newer_version_replaces_the_one_before_from_its_first_day() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        write(&ground.db, |conn| {
            accede(conn, &town.system, at(TODAY), &version(firm.provider, 2, "2027-01-01", None), &[])?;
            Ok(())
        });
        let found = firm.found(&ground, &town);
        let until: Vec<_> = found.accessions.iter().map(|one| one.active_until).collect();
        assert_eq!(until, [Some(day("2026-12-31")), None], "{}", ground.backend);
        let standing =
            |today: &str| found.accessions.iter().map(|one| found.standing(one, day(today))).collect::<Vec<_>>();
        assert_eq!(standing(TODAY), [VersionStanding::Active, VersionStanding::Ahead]);
        assert_eq!(standing("2027-01-01"), [VersionStanding::Replaced, VersionStanding::Active]);
        let verbs: Vec<_> = firm.events(&ground, &town).into_iter().map(|one| one.verb).collect();
        assert_eq!(verbs, [LifeVerb::Accede, LifeVerb::Replace]);
    }
}

#[test]
fn what_is_brought_up_to_date_from_elsewhere_undoes_no_decision() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let firm = firm(&ground, &town, None);
    let seen = firm.found(&ground, &town).version;
    tried(&ground, |conn| {
        openhouse::agreement::life::leaving::give_notice(
            conn,
            &firm.signatory,
            at(TODAY),
            day(TODAY),
            firm.life,
            seen,
            "",
            &[],
        )
    })
    .unwrap();
    let known = firm.found(&ground, &town).accessions[0].clone();
    let without_end = openhouse::agreement::Accession { active_until: None, ..known };
    write(&ground.db, |conn| Ok(revise(conn, &town.system, at(TODAY), &without_end, &[])?));
    assert_eq!(firm.active_until(&ground), Some(day("2027-02-23")));
    assert_eq!(firm.found(&ground, &town).state, LifeState::Notice);
}
