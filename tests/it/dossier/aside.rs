//! Who stands aside: nobody has a say about the organisation he works for, and who judged does not decide.

use chrono::{Months, NaiveDateTime};
use diesel::prelude::*;
use openhouse::account::store::{NewUser, add_user};
use openhouse::actor::{Actor, Role};
use openhouse::assessment::store as assessments;
use openhouse::db::Conn;
use openhouse::dossier::decision::{self, Outcome};
use openhouse::dossier::review::NewVerdict;
use openhouse::dossier::{ApplicationState, CriterionResult, Part, Refusal, bulk, desk, review, supplement};
use openhouse::schema::{account, role_grant};

use super::town::{Applicant, Town, act, at, day, read, refusable, write};
use crate::ground::every;

/// Gives an account of the office a role with the provider of this applicant, ended so many months before 20 November.
fn works_for(conn: &mut Conn, town: &Town, who: &Actor, applicant: &Applicant, ended: Option<u32>) {
    let email: String = account::table.find(who.account_id().unwrap()).select(account::email).first(conn).unwrap();
    let provider_id = Some(applicant.started.provider_id);
    let new = NewUser {
        name: who.name(),
        email: &email,
        role: Role::ProviderUser,
        municipality_id: town.tenant,
        provider_id,
    };
    let grant = add_user(conn, &town.system, at("2020-01-06"), &new).unwrap();
    let ended: Option<NaiveDateTime> = ended.map(|months| at("2026-11-20") - Months::new(months));
    diesel::update(role_grant::table.find(grant)).set(role_grant::ended_at.eq(ended)).execute(conn).unwrap();
}

#[test]
fn who_works_for_a_provider_has_no_say_about_it_in_whatever_role() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let other = town.under_review(&ground.db, "Iris Mulder", "87654321", "Stap Vooruit B.V.");
        let (db, id, today) = (&ground.db, applicant.started.application, day("2026-11-20"));
        let now = at("2026-11-20");
        let whole = read(db, |conn| desk::waiting_for(conn, &town.assessor, today));
        for who in [&town.assessor, &town.manager, &town.decider] {
            write(db, |conn| {
                works_for(conn, &town, who, &applicant, None);
                Ok(())
            });
        }
        let refused = Refusal::OwnInterest(24);
        let (assessor, decider) = (&town.assessor, &town.decider);
        let tried = |by: &Actor, work: &dyn Fn(&mut Conn, i32) -> Result<(), openhouse::dossier::store::Fault>| {
            act(db, |conn, seen| work(conn, seen), &applicant, by)
        };
        let advised = tried(assessor, &|conn, seen| {
            decision::advise(conn, assessor, now, today, id, seen, Outcome::Refused, "Nee.")
        });
        assert_eq!(advised, Err(refused.clone()), "{}", ground.backend);
        let asked = [(Part::Criterion("M09".into()), "Stuur het certificaat.".to_owned())];
        let asked = tried(assessor, &|conn, seen| {
            supplement::ask(conn, assessor, now, today, id, seen, "Graag nog dit.", &asked)
        });
        assert_eq!(asked, Err(refused.clone()));
        let taken = tried(assessor, &|conn, seen| decision::take_up(conn, assessor, now, today, id, seen));
        assert_eq!(taken, Err(refused.clone()), "before his role or the state is looked at");
        for work in [decision::refuse, decision::send_back, decision::admit] {
            let done = tried(decider, &|conn, seen| work(conn, decider, now, today, id, seen, "Nee."));
            assert_eq!(done, Err(refused.clone()));
        }
        let manager = &town.manager;
        let set = tried(manager, &|conn, seen| supplement::set_aside(conn, manager, now, today, id, seen, "Te laat."));
        assert_eq!(set, Err(refused.clone()));
        let row =
            read(db, |conn| review::rows(conn, assessor, &[id])).into_iter().find(|row| row.code == "M13").unwrap();
        let met = NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };
        let judged = refusable(db, |conn| review::judge(conn, assessor, now, row.id, row.version, &met));
        assert_eq!(judged.err(), Some(refused.clone()));
        let ticked = [bulk::Ticked { criterion_id: row.id, seen: row.version, holds_until: None }];
        let many = refusable(db, |conn| bulk::judge(conn, assessor, now, &ticked, CriterionResult::Met, ""));
        assert_eq!(many.err(), Some(refused.clone()));
        let claimed = refusable(db, |conn| review::claim(conn, assessor, now, today, row.id));
        assert_eq!(claimed.err(), Some(refused));

        // Another provider is his work as before, and a colleague does this one.
        let rows = read(db, |conn| review::rows(conn, assessor, &[other.started.application]));
        let free = rows.iter().find(|row| row.code == "M13").unwrap();
        refusable(db, |conn| review::judge(conn, assessor, now, free.id, free.version, &met)).unwrap();
        refusable(db, |conn| review::judge(conn, &town.colleague, now, row.id, row.version, &met)).unwrap();
        assert_eq!(whole, 2);
        assert_eq!(read(db, |conn| desk::waiting_for(conn, assessor, today)), 1, "it does not wait for him");
        let queue = read(db, |conn| desk::queue(conn, assessor, today));
        assert_eq!(desk::counts(&queue), 1, "the menu and the queue count alike");
        assert_eq!(queue.ours.len(), 2, "he may still look");
    }
}

#[test]
fn a_role_that_ended_longer_ago_than_the_terms_say_binds_no_more() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let db = &ground.db;
        write(db, |conn| {
            works_for(conn, &town, &town.assessor, &applicant, Some(23));
            works_for(conn, &town, &town.colleague, &applicant, Some(25));
            Ok(())
        });
        let rows = read(db, |conn| review::rows(conn, &town.assessor, &[applicant.started.application]));
        let row = rows.iter().find(|row| row.code == "M13").unwrap();
        let met = NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };
        let judge =
            |by: &Actor| refusable(db, |conn| review::judge(conn, by, at("2026-11-20"), row.id, row.version, &met));
        assert_eq!(judge(&town.assessor).err(), Some(Refusal::OwnInterest(24)), "{}", ground.backend);
        judge(&town.colleague).unwrap();
    }
}

#[test]
fn who_works_for_a_provider_sets_no_quarter_of_it_final() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.admitted(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let (db, provider) = (&ground.db, applicant.started.provider_id);
        let quarter = "2026-3".parse().unwrap();
        write(db, |conn| {
            let accession = openhouse::agreement::Accession {
                id: 0,
                provider_id: provider,
                number: "2026-001".into(),
                version: 1,
                active_from: day("2026-01-01"),
                active_until: None,
            };
            openhouse::agreement::store::accede(conn, &town.system, at("2026-01-02"), &accession, &[])?;
            assessments::assess_one(conn, &town.system, at("2026-11-19"), provider, quarter)?;
            works_for(conn, &town, &town.manager, &applicant, None);
            Ok(())
        });
        let done = db.write(|conn| assessments::finalise(conn, &town.manager, at("2026-11-20"), provider, quarter, 1));
        let refused = openhouse::assessment::Refusal::OwnInterest(24);
        assert!(
            matches!(&done, Err(assessments::Fault::Refused(refusal)) if *refusal == refused),
            "{}: {done:?}",
            ground.backend
        );
    }
}

#[test]
fn who_judged_a_criterion_does_not_decide_though_another_advised() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let (db, id) = (&ground.db, applicant.started.application);
        // The decision maker judged one criterion, when he was an assessor for a day.
        let decider = &town.decider;
        let before = Actor::of_municipality("Hans Smit", Role::Assessor, town.tenant, "192.0.2.1")
            .with_account(decider.account_id().unwrap());
        let rows = read(db, |conn| review::rows(conn, &town.assessor, &[id]));
        let row = rows.iter().find(|row| row.code == "M13").unwrap();
        let met = NewVerdict { result: CriterionResult::Met, reason: "", holds_until: None };
        refusable(db, |conn| review::judge(conn, &before, at("2026-11-18"), row.id, row.version, &met)).unwrap();
        town.judge_all(db, &applicant, CriterionResult::Met);
        let (now, today) = (at("2026-11-20"), day("2026-11-20"));
        let advise = |conn: &mut Conn, seen| {
            decision::advise(conn, &town.assessor, now, today, id, seen, Outcome::Admitted, "Goed.")
        };
        act(db, advise, &applicant, &town.assessor).unwrap();
        for work in [decision::admit, decision::refuse] {
            let decide = |conn: &mut Conn, seen| work(conn, decider, now, today, id, seen, "Gezien.");
            assert_eq!(act(db, decide, &applicant, decider), Err(Refusal::OwnVerdict), "{}", ground.backend);
        }
        let queue = read(db, |conn| desk::queue(conn, decider, today));
        assert_eq!((desk::counts(&queue), queue.ours.len()), (0, 1), "it waits, but not for him");
        assert_eq!(read(db, |conn| desk::waiting_for(conn, decider, today)), 0);
        assert_eq!(town.application(db, &applicant).state, ApplicationState::Advised);
    }
}

#[test]
fn an_advice_to_admit_is_refused_while_a_knock_out_is_not_met() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let (db, id) = (&ground.db, applicant.started.application);
        town.judge_all(db, &applicant, CriterionResult::NotMet);
        let advise = |proposal| {
            let work = |conn: &mut Conn, seen| {
                let today = day("2026-11-20");
                decision::advise(conn, &town.assessor, at("2026-11-20"), today, id, seen, proposal, "Zie de oordelen.")
            };
            act(db, work, &applicant, &town.assessor)
        };
        let Err(Refusal::NotAllMet(codes)) = advise(Outcome::Admitted) else { panic!("advised to admit") };
        assert_eq!(codes.len(), 1, "{}: {codes:?}", ground.backend);
        assert_eq!(town.application(db, &applicant).state, ApplicationState::UnderReview);
        advise(Outcome::Refused).unwrap();
    }
}
