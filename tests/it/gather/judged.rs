//! From facts to assessments: judging again changes nothing, new facts make a new version, and final is final.

use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::assessment::Refusal;
use openhouse::assessment::store::{Fault, Judged, assess_all, assess_one, finalise, latest};
use openhouse::client::{BenefitEndReason, Channel, Outflow, store::record_outflow};
use openhouse::db::Conn;
use openhouse::schema::{audit_event, finding};

use super::town::{Town, day, on_every_database, q3, quarter, town};
use crate::ground::now;
use crate::hearing::heard;

/// A town with one provider, and one client of profile 1 whose four months end in the quarter.
fn scene(conn: &mut Conn) -> QueryResult<(Town, i64)> {
    let town = town(conn, "Noordermeer")?;
    let provider = town.provider(conn, 1)?;
    town.trajectory(conn, provider, "D-1", |told| {
        told.profile = "P1".to_owned();
        told.referred_on = day("2026-04-01");
    })?;
    Ok((town, provider))
}

fn confirm_outflow(conn: &mut Conn, town: &Town) -> QueryResult<()> {
    let client = openhouse::client::store::find(conn, &town.actor, "D-1")?.expect("the client was enrolled");
    let outflow = Outflow { benefit_ended_on: day("2026-07-15"), reason: BenefitEndReason::Work };
    record_outflow(conn, &town.actor, now(), Channel::File, client, &outflow)
}

fn manager(town: &Town) -> Actor {
    Actor::of_municipality("Jo", Role::ContractManager, town.actor.tenant(), "test")
}

fn refusal(tried: Result<(), Fault>) -> Refusal {
    match tried {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn set_final(conn: &mut Conn, town: &Town, provider: i64, version: i32) -> QueryResult<()> {
    heard(conn, town.actor.tenant(), provider, q3());
    match finalise(conn, &manager(town), now(), provider, q3(), version) {
        Ok(()) => Ok(()),
        Err(Fault::Trouble(trouble)) => Err(trouble),
        Err(Fault::Refused(refusal)) => panic!("refused: {refusal:?}"),
    }
}

#[test]
fn judging_again_changes_nothing() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        town.provider(conn, 2)?;
        assert_eq!(assess_all(conn, &town.actor, now(), q3())?, Judged { made: 2, unchanged: 0 });
        assert_eq!(assess_all(conn, &town.actor, now(), q3())?, Judged { made: 0, unchanged: 2 });
        assert_eq!(assess_one(conn, &town.actor, now(), provider, q3())?, Some(false));
        let judged = latest(conn, &town.actor, provider, q3())?.expect("it was judged");
        assert_eq!((judged.version, judged.finalised.is_none(), judged.frozen.is_whole()), (1, true, true));
        assert_eq!(finding::table.count().get_result::<i64>(conn)?, 20);
        Ok(())
    });
}

#[test]
fn a_confirmation_that_comes_after_final_makes_a_new_provisional_version() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        assess_all(conn, &town.actor, now(), q3())?;
        set_final(conn, &town, provider, 1)?;
        confirm_outflow(conn, &town)?;
        assert_eq!(assess_all(conn, &town.actor, now(), q3())?, Judged { made: 1, unchanged: 0 });

        let second = latest(conn, &town.actor, provider, q3())?.expect("it was judged");
        assert_eq!((second.version, &second.finalised), (2, &None));
        let (_, findings) = second.documents().expect("frozen documents can be read");
        assert_eq!((findings.findings[7].numerator, findings.findings[7].denominator), (1, 1));

        use openhouse::schema::assessment;
        let versions: Vec<(i32, Option<String>)> = assessment::table
            .order(assessment::version)
            .select((assessment::version, assessment::final_by))
            .load(conn)?;
        assert_eq!(versions, [(1, Some("Jo".to_owned())), (2, None)]);
        Ok(())
    });
}

#[test]
fn who_judges_what_has_not_changed_leaves_final_alone() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        assess_all(conn, &town.actor, now(), q3())?;
        set_final(conn, &town, provider, 1)?;
        assert_eq!(assess_all(conn, &town.actor, now(), q3())?, Judged { made: 0, unchanged: 1 });
        let judged = latest(conn, &town.actor, provider, q3())?.expect("it was judged");
        assert_eq!(judged.finalised, Some((now(), "Jo".to_owned())));
        Ok(())
    });
}

#[test]
fn only_the_version_that_counts_can_be_set_final() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        let jo = manager(&town);
        assert_eq!(refusal(finalise(conn, &jo, now(), provider, q3(), 1)), Refusal::NotFound);
        assess_all(conn, &town.actor, now(), q3())?;
        assert_eq!(refusal(finalise(conn, &jo, now(), provider, q3(), 2)), Refusal::Superseded { current: 1 });
        confirm_outflow(conn, &town)?;
        assess_all(conn, &town.actor, now(), q3())?;
        assert_eq!(refusal(finalise(conn, &jo, now(), provider, q3(), 1)), Refusal::Superseded { current: 2 });
        set_final(conn, &town, provider, 2)
    });
}

#[test]
fn nobody_sets_final_what_is_final() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        assess_all(conn, &town.actor, now(), q3())?;
        set_final(conn, &town, provider, 1)?;
        let piet = Actor::of_municipality("Piet", Role::ContractManager, town.actor.tenant(), "test");
        let later = now() + chrono::TimeDelta::days(1);
        let twice = refusal(finalise(conn, &piet, later, provider, q3(), 1));
        assert_eq!(twice, Refusal::AlreadyFinal(now(), "Jo".to_owned()));
        Ok(())
    });
}

#[test]
fn only_the_contract_manager_sets_final_and_every_refusal_leaves_it_provisional() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        let tenant = town.actor.tenant();
        assess_all(conn, &town.actor, now(), q3())?;
        let own = Actor::of_provider("Noor", tenant, provider, "test");
        let other = Actor::of_provider("Kees", tenant, provider + 1, "test");
        let foreign = Actor::of_municipality("Eva", Role::ContractManager, tenant + 1, "test");
        for role in [Role::Viewer, Role::DecisionMaker] {
            let actor = Actor::of_municipality("Iemand", role, tenant, "test");
            assert_eq!(refusal(finalise(conn, &actor, now(), provider, q3(), 1)), Refusal::NotYours);
        }
        assert_eq!(refusal(finalise(conn, &own, now(), provider, q3(), 1)), Refusal::NotYours);
        assert_eq!(refusal(finalise(conn, &other, now(), provider, q3(), 1)), Refusal::NotFound);
        assert_eq!(refusal(finalise(conn, &foreign, now(), provider, q3(), 1)), Refusal::NotFound);
        assert_eq!(latest(conn, &town.actor, provider, q3())?.and_then(|judged| judged.finalised), None);
        let told = audit_event::table.filter(audit_event::action.eq("assessment.finalise"));
        assert_eq!(told.count().get_result::<i64>(conn)?, 0);
        Ok(())
    });
}

#[test]
fn a_provider_that_left_is_judged_as_long_as_a_case_is_left() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.register(conn, 1)?;
        town.accede(conn, provider, "2024-01-01", Some("2026-06-30"))?;
        town.trajectory(conn, provider, "D-1", |told| {
            told.profile = "P1".to_owned();
            told.referred_on = day("2026-06-01");
            told.plan_agreed_on = None;
            told.client_agreed_on = None;
            told.contact_informed_on = None;
            told.ended_on = Some(day("2026-06-30"));
        })?;
        let mut made = |written| assess_all(conn, &town.actor, now(), quarter(written)).map(|judged| judged.made);
        assert_eq!(made("2026-Q3")?, 0, "nothing falls due in it");
        assert_eq!(made("2026-Q4")?, 1, "the four months end on 1 October");
        assert_eq!(made("2027-Q1")?, 0, "nothing is left");
        Ok(())
    });
}
