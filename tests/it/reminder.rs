//! The daily round over several days on real databases: each thing once, what was missed caught up, and of two processes
//! one does it.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use openhouse::account::store::{NewUser, add_user};
use openhouse::actor::Role;
use openhouse::audit::{self, Chain};
use openhouse::db::Conn;
use openhouse::dossier::{ApplicationState, CriterionResult, Part, decision, supplement};
use openhouse::reminder::{self, Done, worker};
use openhouse::schema::{audit_event, daily_round, outbox, successor_request};
use openhouse::trajectory::EndReason;
use openhouse::trajectory::store::Stated;

use crate::dossier::town::{Applicant, Town, act, at, day, read};
use crate::gather;
use crate::ground::{Ground, every};

fn done(ground: &Ground, today: &str) -> Done {
    let report = reminder::run(&ground.db, at(today)).unwrap();
    assert_eq!(report.len(), 1);
    report[0].1
}

/// How many mails of this kind were posted.
fn mails(ground: &Ground, kind: &str) -> i64 {
    read(&ground.db, |conn| outbox::table.filter(outbox::kind.eq(kind)).count().get_result(conn))
}

fn ask(ground: &Ground, town: &Town, applicant: &Applicant) {
    let asked = [(Part::Criterion("M09".into()), "Het certificaat is van een ander.".to_owned())];
    let work = |conn: &mut Conn, seen| {
        let id = applicant.started.application;
        supplement::ask(conn, &town.assessor, at("2026-11-18"), day("2026-11-18"), id, seen, "Graag nog dit.", &asked)
    };
    act(&ground.db, work, applicant, &town.assessor).unwrap();
}

fn refused(ground: &Ground, town: &Town) -> Applicant {
    let applicant = town.advised(&ground.db, "Iris Mulder", "87654321", "Stap Vooruit", CriterionResult::NotMet);
    let work = |conn: &mut Conn, seen| {
        let id = applicant.started.application;
        decision::refuse(conn, &town.decider, at("2026-11-23"), day("2026-11-23"), id, seen, "M02 ontbreekt.")
    };
    act(&ground.db, work, &applicant, &town.decider).unwrap();
    applicant
}

#[test]
fn a_year_of_rounds_tells_everything_once_and_the_second_round_of_a_day_tells_nothing() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.admitted(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        let asked = town.under_review(&ground.db, "Bram Visser", "11223344", "De Brug");
        ask(&ground, &town, &asked);
        let refused = refused(&ground, &town);
        assert_eq!(done(&ground, "2026-11-24"), Done::default(), "{}", ground.backend);

        // 29 November is a Sunday: its round was missed.
        assert_eq!(done(&ground, "2026-11-30").reminders, 1);
        assert_eq!(done(&ground, "2026-11-30"), Done::default());
        assert_eq!(done(&ground, "2026-12-14").refusals, 0, "the last day belongs to the term");
        assert_eq!(done(&ground, "2026-12-15").refusals, 1);
        assert_eq!(town.application(&ground.db, &refused).state, ApplicationState::RefusalFinal);
        assert_eq!(town.application(&ground.db, &asked).state, ApplicationState::SupplementAsked, "never by itself");

        let told: Vec<(usize, usize)> = ["2027-08-01", "2027-08-02", "2027-08-03", "2027-09-01", "2027-09-24"]
            .iter()
            .map(|today| done(&ground, today))
            .map(|done| (done.criteria.min(1), done.successors))
            .collect();
        assert_eq!(told, [(0, 0), (1, 1), (0, 0), (0, 1), (0, 1)], "{}", ground.backend);
        let expired = done(&ground, "2027-10-05");
        assert!(expired.criteria > 5 && expired.successors == 0);
        assert_eq!(done(&ground, "2027-10-05"), Done::default());
        let counts = ["E05", "E12", "E13", "E35"].map(|kind| mails(&ground, kind));
        // Each mail goes to the applicant and to the contact person of its form; what expired is told to the contract
        // manager too.
        assert_eq!(counts, [2, 6, 2, 1], "{}", ground.backend);
        let (to, subject, link): (String, String, String) = read(&ground.db, |conn| {
            let told = outbox::table.filter(outbox::kind.eq("E35"));
            told.select((outbox::to_name, outbox::subject, outbox::link)).first(conn)
        });
        assert_eq!((to.as_str(), subject.as_str()), ("Marloes de Wit", "Verlopen bewijsstuk: Alfa"));
        assert!(link.starts_with("/aanmeldingen/"), "{link}");
        let chain = ground.db.read(audit::verify).unwrap();
        assert!(matches!(chain, Chain::Whole { .. }), "{chain:?}");
    }
}

#[test]
fn what_rounds_missed_for_weeks_is_asked_in_one_mail() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.admitted(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        let caught_up = done(&ground, "2027-09-10");
        assert!(caught_up.criteria > 5 && caught_up.successors == 1, "{}: {caught_up:?}", ground.backend);
        assert_eq!(done(&ground, "2027-09-11"), Done::default(), "the mark of 60 days is past");
        assert_eq!(done(&ground, "2027-09-24").successors, 1);
        assert_eq!(mails(&ground, "E12"), 4);
    }
}

#[test]
fn a_round_that_is_tried_out_writes_nothing() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.admitted(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        let lines = |ground: &Ground| {
            read(&ground.db, |conn| {
                let audit: i64 = audit_event::table.count().get_result(conn)?;
                let mails: i64 = outbox::table.count().get_result(conn)?;
                let asked: i64 = successor_request::table.count().get_result(conn)?;
                let rounds: i64 = daily_round::table.count().get_result(conn)?;
                Ok([audit, mails, asked, rounds])
            })
        };
        let before = lines(&ground);
        let tried = reminder::try_out(&ground.db, at("2027-08-02")).unwrap();
        assert_eq!((tried[0].0.as_str(), tried[0].1.successors), ("Noordermeer", 1), "{}", ground.backend);
        assert_eq!(lines(&ground), before);
        assert_eq!(done(&ground, "2027-08-02"), tried[0].1, "and then does what it said");
    }
}

#[test]
fn of_four_processes_one_does_the_round_and_none_before_six() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        Town::settle(&ground.db, "Zuidermeer");
        town.admitted(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        let moment = |written: &str| -> NaiveDateTime { written.parse().unwrap() };
        let rounds = |ground: &Ground| -> i64 { read(&ground.db, |conn| daily_round::table.count().get_result(conn)) };
        worker::look(&ground.db, moment("2027-08-02T03:59:00"));
        assert_eq!(rounds(&ground), 0, "{}: a minute to six in Amsterdam", ground.backend);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| worker::look(&ground.db, moment("2027-08-02T04:01:00")));
            }
        });
        assert_eq!((rounds(&ground), mails(&ground, "E12")), (2, 2), "{}: one for each municipality", ground.backend);
        worker::look(&ground.db, moment("2027-08-02T20:00:00"));
        assert_eq!((rounds(&ground), mails(&ground, "E12")), (2, 2));
        worker::look(&ground.db, moment("2027-08-03T04:01:00"));
        assert_eq!(rounds(&ground), 4);
    }
}

/// A provider with an administrator and an agreement since 2024, whose last client ended on this day.
fn quiet(conn: &mut Conn, town: &gather::town::Town, number: i64, last: &str) -> QueryResult<i64> {
    let provider = town.provider(conn, number)?;
    client_until(conn, town, provider, &format!("{number}-1"), last)?;
    let (municipality_id, provider_id) = (town.actor.tenant(), Some(provider));
    let email = format!("beheerder{number}@voorbeeld.example");
    let user = NewUser { name: "Sanne", email: &email, role: Role::ProviderAdmin, municipality_id, provider_id };
    add_user(conn, &town.actor, at("2024-01-01"), &user)?;
    Ok(provider)
}

fn client_until(conn: &mut Conn, town: &gather::town::Town, provider: i64, case: &str, last: &str) -> QueryResult<()> {
    let until = day(last);
    let told = |stated: &mut Stated| {
        let begun = until - TimeDelta::days(90);
        (stated.referred_on, stated.plan_agreed_on, stated.client_agreed_on) = (begun, Some(begun), Some(begun));
        (stated.contact_informed_on, stated.ended_on) = (Some(begun), Some(until));
        stated.end_reason = Some(EndReason::Completed);
    };
    town.trajectory(conn, provider, case, told).map(drop)
}

#[test]
fn who_has_no_clients_for_nine_months_is_told_once_until_he_has_one_again() {
    for ground in every() {
        let setting: QueryResult<_> = ground.db.write(|conn| {
            let town = gather::town::town(conn, "Noordermeer")?;
            let municipality_id = town.actor.tenant();
            let (name, email, role) = ("Marloes de Wit", "cm@voorbeeld.example", Role::ContractManager);
            add_user(
                conn,
                &town.actor,
                at("2024-01-01"),
                &NewUser { name, email, role, municipality_id, provider_id: None },
            )?;
            let provider = quiet(conn, &town, 1, "2026-03-31")?;
            // Another has clients all the time; and of a third the agreement began in the summer.
            let busy = town.provider(conn, 2)?;
            client_until(conn, &town, busy, "2-1", "2028-12-31")?;
            let young = town.register(conn, 3)?;
            town.accede(conn, young, "2026-07-01", None)?;
            Ok((town, provider))
        });
        let (town, provider) = setting.unwrap();
        let told = |today: &str| done(&ground, today).without_clients;
        assert_eq!(["2026-12-31", "2027-01-01", "2027-01-02"].map(told), [0, 1, 0], "{}", ground.backend);
        assert_eq!(
            ["E30", "E36"].map(|kind| mails(&ground, kind)),
            [1, 1],
            "to the provider and to the contract manager"
        );
        let mails: Vec<(String, String, String)> = read(&ground.db, |conn| {
            let found = outbox::table.filter(outbox::kind.eq_any(["E30", "E36"])).order(outbox::kind);
            found.select((outbox::to_email, outbox::subject, outbox::body)).load(conn)
        });
        let [(theirs, subject, body), (ours, about, _)] = &mails[..] else { panic!("{mails:?}") };
        assert_eq!((theirs.as_str(), ours.as_str()), ("beheerder1@voorbeeld.example", "cm@voorbeeld.example"));
        assert_eq!(
            (subject.as_str(), about.as_str()),
            ("U hebt al 9 maanden geen klanten", "9 maanden geen klanten: Aanbieder 1")
        );
        assert!(body.contains("Na 12 maanden"), "{body}");

        // A client that ended in March 2027; nine months later it is told again, and the third provider for the first time.
        let again: QueryResult<()> = ground.db.write(|conn| client_until(conn, &town, provider, "1-2", "2027-03-31"));
        again.unwrap();
        assert_eq!(
            ["2027-04-02", "2027-12-31", "2028-01-01", "2028-06-01"].map(told),
            [1, 0, 1, 0],
            "{}",
            ground.backend
        );
        let chain = ground.db.read(audit::verify).unwrap();
        assert!(matches!(chain, Chain::Whole { .. }), "{chain:?}");
    }
}

#[test]
fn where_no_client_at_all_is_known_of_nine_months_nobody_is_told() {
    for ground in every() {
        let made: QueryResult<_> = ground.db.write(|conn| {
            let town = gather::town::town(conn, "Noordermeer")?;
            quiet(conn, &town, 1, "2025-03-31")
        });
        made.unwrap();
        assert_eq!(done(&ground, "2026-12-01"), Done::default(), "{}", ground.backend);
        assert_eq!(mails(&ground, "E30"), 0);
    }
}
