//! Notice, dissolution, and the list of clients without which nothing ends.

use std::collections::HashMap;

use openhouse::actor::Actor;
use openhouse::agreement::life::leaving::{self, Weighed};
use openhouse::agreement::life::transfer::{self, Settled};
use openhouse::agreement::life::{Ground as On, LifeRefusal, LifeState, Warning, calendar, dissolving};

use super::firm::{Firm, firm, mails, tried};
use crate::dossier::town::{Town, at, day, read};
use crate::ground::{Ground, every, sqlite};

const TODAY: &str = "2026-11-23";

fn cases() -> Vec<String> {
    vec!["VW-1".into(), "VW-2".into()]
}

fn notice(ground: &Ground, town: &Town, firm: &Firm, by: &Actor) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    tried(ground, |conn| {
        leaving::give_notice(conn, by, at(TODAY), day(TODAY), firm.life, seen, "Wij stoppen.", &cases())
    })
    .map(drop)
}

fn terminate(ground: &Ground, town: &Town, firm: &Firm, on: On, weighed: Weighed) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    tried(ground, |conn| {
        let (now, today) = (at(TODAY), day(TODAY));
        leaving::terminate(conn, &town.decider, now, today, firm.life, seen, Some(on), weighed, "Zie de feiten.", &[])
    })
    .map(drop)
}

fn intend(ground: &Ground, town: &Town, firm: &Firm, by: &Actor) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    tried(ground, |conn| {
        let (now, today, on) = (at(TODAY), day(TODAY), Some(On::RepairNotDone));
        dissolving::intend(conn, by, now, today, firm.life, seen, on, "Het herstelplan is niet uitgevoerd.")
    })
    .map(drop)
}

fn views(ground: &Ground, town: &Town, firm: &Firm, today: &str) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    let by = &firm.signatory;
    tried(ground, |conn| {
        dissolving::state_views(conn, by, at(today), day(today), firm.life, seen, "Het herstel is bijna klaar.")
    })
    .map(drop)
}

fn dissolve(ground: &Ground, town: &Town, firm: &Firm, by: &Actor, today: &str) -> Result<(), LifeRefusal> {
    let seen = firm.found(ground, town).version;
    tried(ground, |conn| {
        dissolving::dissolve(conn, by, at(today), day(today), firm.life, seen, "Niet op tijd.", &cases())
    })
    .map(drop)
}

#[test]
fn the_signatory_gives_notice_and_the_last_day_follows_the_calendar() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        assert_eq!(notice(&ground, &town, &firm, &firm.user), Err(LifeRefusal::NotYours));
        assert_eq!(notice(&ground, &town, &firm, &town.decider), Err(LifeRefusal::NotYours));
        notice(&ground, &town, &firm, &firm.signatory).unwrap();
        assert_eq!(firm.active_until(&ground), Some(day("2027-02-23")), "{}", ground.backend);
        assert_eq!(mails(&ground, "E28"), 1);
        let again = notice(&ground, &town, &firm, &firm.signatory);
        assert_eq!(again, Err(LifeRefusal::NotNow(LifeState::Notice)));
        let event = firm.events(&ground, &town).pop().unwrap();
        assert_eq!(event.rule.map(|rule| rule.to_string()).as_deref(), Some("3 months stays"));
    }
}

#[test]
fn notice_never_makes_an_agreement_longer() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let firm = firm(&ground, &town, Some("2026-12-31"));
    notice(&ground, &town, &firm, &firm.signatory).unwrap();
    assert_eq!(firm.active_until(&ground), Some(day("2026-12-31")));
}

#[test]
fn insufficient_use_takes_a_year_and_somebody_who_looked() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        let weighed = |last: &str, not_spared| Weighed { last_client: Some(day(last)), not_spared };
        let early = terminate(&ground, &town, &firm, On::InsufficientUse, weighed("2025-11-24", true));
        assert_eq!(early, Err(LifeRefusal::WasUsed(Some(day("2025-11-24")))), "{}", ground.backend);
        let spared = terminate(&ground, &town, &firm, On::InsufficientUse, weighed("2025-11-23", false));
        assert_eq!(spared, Err(LifeRefusal::Spared));
        terminate(&ground, &town, &firm, On::InsufficientUse, weighed("2025-11-23", true)).unwrap();
        assert_eq!(firm.active_until(&ground), Some(day("2027-05-23")), "six months");
        assert_eq!(mails(&ground, "E26"), 1);
    }
}

#[test]
fn a_forced_change_is_three_months_and_a_refused_one_ends_before_it_begins() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let first = firm(&ground, &town, None);
    terminate(&ground, &town, &first, On::ForcedChange, Weighed::default()).unwrap();
    assert_eq!(first.active_until(&ground), Some(day("2027-02-23")));

    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let firm = firm(&ground, &town, None);
    let refuse = |by: &Actor| {
        let (now, today, last) = (at(TODAY), day(TODAY), day("2026-12-31"));
        tried(&ground, |conn| leaving::refuse_change(conn, by, now, today, firm.life, last, "", &[])).map(drop)
    };
    assert_eq!(refuse(&town.manager), Err(LifeRefusal::NotYours));
    refuse(&town.system).unwrap();
    assert_eq!(firm.active_until(&ground), Some(day("2026-12-31")));
    assert_eq!(firm.events(&ground, &town).pop().unwrap().ground, Some(On::RefusedChange));
}

#[test]
fn it_does_not_end_while_clients_are_left_and_then_it_does() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        notice(&ground, &town, &firm, &firm.signatory).unwrap();
        let with = |clients: &[&str]| {
            let clients = clients.iter().map(|one| (*one).to_owned()).collect();
            HashMap::from([(firm.provider, clients)])
        };
        let round = |clients: &[&str]| {
            let (now, today) = (at("2027-02-24"), day("2027-02-24"));
            tried(&ground, |conn| calendar::follow(conn, &town.system, now, today, &with(clients))).unwrap().ended
        };
        assert_eq!(round(&["VW-1", "VW-2", "VW-3"]), 0, "{}", ground.backend);
        let list = || {
            let found = firm.found(&ground, &town);
            read(&ground.db, |conn| transfer::of(conn, &firm.user, &found)).unwrap()
        };
        let cases: Vec<String> = list().lines.into_iter().map(|line| line.case_ref).collect();
        assert_eq!(cases, ["VW-1", "VW-2", "VW-3"], "who came after the notice is on the list too");

        let settle = |by: &Actor, line: i64, to: &str, on: Option<&str>| {
            let settled = Settled { to_whom: to.into(), on: on.map(day), remark: String::new() };
            let (now, today) = (at("2027-02-24"), day("2027-02-24"));
            tried(&ground, |conn| transfer::settle(conn, by, now, today, firm.life, line, &settled))
        };
        let lines = list().lines;
        assert_eq!(settle(&town.decider, lines[0].id, "Baanwijs", None), Err(LifeRefusal::NotYours));
        let half = settle(&firm.user, lines[0].id, "", Some("2027-02-20"));
        assert_eq!(half, Err(LifeRefusal::HalfSettled));
        let ahead = settle(&firm.user, lines[0].id, "Baanwijs", Some("2027-02-25"));
        assert_eq!(ahead, Err(LifeRefusal::InTheFuture(day("2027-02-25"))));
        settle(&firm.user, lines[0].id, "Baanwijs", Some("2027-02-20")).unwrap();
        settle(&town.manager, lines[1].id, "Baanwijs", Some("2027-02-24")).unwrap();
        assert_eq!(round(&["VW-3"]), 0);

        let close = |reason: &str| {
            tried(&ground, |conn| transfer::close(conn, &town.manager, at("2027-02-24"), firm.life, reason))
        };
        let silent = Err(LifeRefusal::Unexplained(vec!["VW-3".to_owned()]));
        assert_eq!(close("Alles is klaar."), silent, "one reason for all tells nothing of this client");
        let why = Settled { remark: "Het traject is klaar op 1 maart.".into(), ..Settled::default() };
        let (now, today) = (at("2027-02-24"), day("2027-02-24"));
        tried(&ground, |conn| transfer::settle(conn, &firm.user, now, today, firm.life, lines[2].id, &why)).unwrap();
        close("").unwrap();
        assert_eq!(close("Nog eens."), Err(LifeRefusal::ListClosed));
        assert_eq!(round(&["VW-3"]), 1);
        assert_eq!(firm.found(&ground, &town).state, LifeState::Ended);
        let late = settle(&firm.user, lines[2].id, "Baanwijs", None);
        assert_eq!(late, Err(LifeRefusal::ListClosed));
    }
}

#[test]
fn a_list_is_nobodys_but_its_own() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let other = Town::settle(&ground.db, "Zuidermeer");
    let firm = firm(&ground, &town, None);
    notice(&ground, &town, &firm, &firm.signatory).unwrap();
    let found = firm.found(&ground, &town);
    let line = read(&ground.db, |conn| transfer::of(conn, &town.manager, &found)).unwrap().lines[0].id;
    assert_eq!(read(&ground.db, |conn| transfer::of(conn, &other.manager, &found)), None);
    let written = tried(&ground, |conn| {
        transfer::settle(conn, &other.manager, at(TODAY), day(TODAY), firm.life, line, &Settled::default())
    });
    assert_eq!(written, Err(LifeRefusal::NotFound));
}

#[test]
fn a_provider_is_heard_before_another_dissolves() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        let unheard = dissolve(&ground, &town, &firm, &town.decider, TODAY);
        assert_eq!(unheard, Err(LifeRefusal::NoIntention), "{}", ground.backend);
        intend(&ground, &town, &firm, &town.manager).unwrap();
        assert_eq!(mails(&ground, "E24"), 1);
        assert_eq!(intend(&ground, &town, &firm, &town.manager), Err(LifeRefusal::IntentionOpen));
        let early = dissolve(&ground, &town, &firm, &town.decider, "2026-12-07");
        assert_eq!(early, Err(LifeRefusal::ViewsRun(day("2026-12-07"))));
        views(&ground, &town, &firm, "2026-12-07").unwrap();
        dissolve(&ground, &town, &firm, &town.decider, "2026-12-07").unwrap();
        let found = firm.found(&ground, &town);
        assert_eq!((found.state, found.intention), (LifeState::Dissolved, None));
        assert_eq!(firm.active_until(&ground), Some(day("2026-12-07")));
        let event = firm.events(&ground, &town).pop().unwrap();
        assert_eq!(event.ground, Some(On::RepairNotDone), "the ground of the intention");
        let list = read(&ground.db, |conn| transfer::of(conn, &firm.user, &found)).unwrap();
        assert_eq!(list.left(), 2, "who is dissolved hands over too");
    }
}

#[test]
fn views_after_the_term_come_too_late_and_who_was_silent_is_decided_on() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        intend(&ground, &town, &firm, &town.decider).unwrap();
        let late = views(&ground, &town, &firm, "2026-12-08");
        assert_eq!(late, Err(LifeRefusal::ViewsOver(day("2026-12-07"))), "{}", ground.backend);
        let own = dissolve(&ground, &town, &firm, &town.decider, "2026-12-08");
        assert_eq!(own, Err(LifeRefusal::FourEyes), "who wrote the intention does not decide on it");
        let seen = firm.found(&ground, &town).version;
        tried(&ground, |conn| {
            dissolving::drop_intention(conn, &town.decider, at(TODAY), firm.life, seen, "Alsnog hersteld.")
        })
        .unwrap();
        assert_eq!(firm.found(&ground, &town).intention, None);
        let nothing = dissolve(&ground, &town, &firm, &town.decider, "2026-12-08");
        assert_eq!(nothing, Err(LifeRefusal::NoIntention));
    }
}

#[test]
fn when_it_is_urgent_nobody_is_heard_and_that_is_written_down() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let firm = firm(&ground, &town, None);
    let seen = firm.found(&ground, &town).version;
    let at_once = |on: Option<On>| {
        tried(&ground, |conn| {
            let (now, today) = (at(TODAY), day(TODAY));
            dissolving::dissolve_at_once(conn, &town.decider, now, today, firm.life, seen, on, "Acuut gevaar.", &[])
        })
    };
    assert_eq!(at_once(None).unwrap_err(), LifeRefusal::GroundMissing);
    assert_eq!(at_once(Some(On::ProvenFraud)).unwrap().warning, Some(Warning::NotHeard));
    assert_eq!(firm.active_until(&ground), Some(day(TODAY)));
}
