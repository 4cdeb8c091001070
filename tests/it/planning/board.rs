//! The board (planningsbord): laid out, ticked, moved, dropped, and nothing of it lost.

use actix_web::http::StatusCode;
use openhouse::actor::Actor;
use openhouse::calendar::{add_days, sub_months};
use openhouse::planning::acting::{self, Fault, Seen};
use openhouse::planning::{Activity, Plan, PlanRefusal, PlanVerb, Standing, first, store};
use openhouse::schema::audit_event;

use crate::dossier::town::{Town, at, day};
use crate::dossier_pages::street::Street;
use crate::ground::{Ground, every};
use diesel::prelude::*;

const BOARD: &str = "/planning/re-integratie";

fn usual() -> Vec<Plan> {
    first::activities().map(|(plan, _)| plan).collect()
}

/// What was refused of an act in a transaction of its own; none when it was done.
fn refused(ground: &Ground, work: impl FnOnce(&mut openhouse::db::Conn) -> Result<(), Fault>) -> Option<PlanRefusal> {
    let done: Result<(), Fault> = ground.db.write(work);
    match done {
        Ok(()) => None,
        Err(Fault::Refused(refusal)) => Some(refusal),
        Err(Fault::Trouble(cause)) => panic!("{}: {cause}", ground.backend),
    }
}

fn activities(ground: &Ground, actor: &Actor, procedure: i64) -> Vec<Activity> {
    let found: QueryResult<Vec<Activity>> = ground.db.read(|conn| store::activities(conn, actor, &[procedure]));
    found.unwrap()
}

fn laid_out(ground: &Ground) -> Town {
    let town = Town::settle(&ground.db, "Noordermeer");
    let now = at("2026-11-02");
    let (from, plans) = (day("2026-11-15"), usual());
    let refusal = refused(ground, |conn| acting::lay_out(conn, &town.manager, now, town.procedure, from, &plans));
    assert_eq!(refusal, None, "{}", ground.backend);
    town
}

fn seen(one: &Activity) -> Seen {
    Seen { procedure_id: one.procedure_id, id: one.id, version: one.version }
}

#[test]
fn the_usual_plan_is_laid_out_once_from_the_first_day_of_a_month() {
    for ground in every() {
        let town = laid_out(&ground);
        let board: QueryResult<_> = ground.db.read(|conn| store::board(conn, &town.assessor, town.procedure));
        let board = board.unwrap().expect("it was laid out");
        assert_eq!(board.starts_on, day("2026-11-01"));
        let found = activities(&ground, &town.manager, town.procedure);
        let plans: Vec<Plan> = found.iter().map(|one| one.plan.clone()).collect();
        assert_eq!(plans, usual(), "{}", ground.backend);
        let again = refused(&ground, |conn| {
            acting::lay_out(conn, &town.manager, at("2026-11-03"), town.procedure, day("2027-01-01"), &[])
        });
        assert_eq!(again, Some(PlanRefusal::AlreadyLaidOut));
        let by_another = refused(&ground, |conn| {
            acting::add(conn, &town.assessor, at("2026-11-03"), town.procedure, &usual()[0]).map(drop)
        });
        assert_eq!(by_another, Some(PlanRefusal::NotYours));
    }
}

#[test]
fn a_deliverable_is_ticked_and_taken_back_with_a_reason_and_both_stay_in_the_history() {
    for ground in every() {
        let town = laid_out(&ground);
        let (manager, today) = (&town.manager, day("2026-11-20"));
        let one = activities(&ground, manager, town.procedure).remove(0);
        let deliver =
            |on, seen| refused(&ground, |conn| acting::deliver(conn, manager, at("2026-11-20"), today, seen, on));
        assert_eq!(deliver(day("2026-11-21"), seen(&one)), Some(PlanRefusal::InTheFuture));
        assert_eq!(deliver(day("2026-11-18"), seen(&one)), None);
        assert!(matches!(deliver(day("2026-11-18"), seen(&one)), Some(PlanRefusal::ChangedMeanwhile(_))));
        let ticked = activities(&ground, manager, town.procedure).remove(0);
        assert_eq!(ticked.delivered, Some((day("2026-11-18"), "Marloes de Wit".to_owned())));
        let back =
            |reason| refused(&ground, |conn| acting::take_back(conn, manager, at("2026-11-21"), seen(&ticked), reason));
        assert_eq!(back(" "), Some(PlanRefusal::ReasonMissing));
        assert_eq!(back("Het was nog een concept."), None);
        assert_eq!(activities(&ground, manager, town.procedure).remove(0).delivered, None);
        let steps: QueryResult<_> = ground.db.read(|conn| store::steps(conn, manager, town.procedure));
        let of_one: Vec<_> = steps.unwrap().into_iter().filter(|step| step.activity_id == Some(one.id)).collect();
        let verbs: Vec<PlanVerb> = of_one.iter().map(|step| step.verb).collect();
        assert_eq!(verbs, [PlanVerb::TakeBack, PlanVerb::Deliver, PlanVerb::Add]);
        assert_eq!(of_one[0].reason, "Het was nog een concept.");
        let delivered = of_one[1].became.as_ref().and_then(|became| became.delivered_on);
        assert_eq!(delivered, Some(day("2026-11-18")), "what was ticked can still be read");
        let told: QueryResult<i64> = ground.db.read(|conn| {
            audit_event::table.filter(audit_event::action.eq("planning.take_back")).count().get_result(conn)
        });
        assert_eq!(told.unwrap(), 1);
    }
}

#[test]
fn an_activity_is_moved_renamed_dropped_and_taken_up_again() {
    for ground in every() {
        let town = laid_out(&ground);
        let (manager, now) = (&town.manager, at("2026-11-20"));
        let newest = || {
            activities(&ground, manager, town.procedure)
                .into_iter()
                .find(|one| one.plan.name.nl.contains("bekendmaken") && one.plan.first_month >= 4)
                .unwrap()
        };
        let moved = Plan { first_month: 5, last_month: 5, ..newest().plan };
        assert_eq!(refused(&ground, |conn| acting::change(conn, manager, now, seen(&newest()), &moved)), None);
        let wrong = Plan { last_month: 2, ..moved };
        let refusal = refused(&ground, |conn| acting::change(conn, manager, now, seen(&newest()), &wrong));
        assert_eq!(refusal, Some(PlanRefusal::MonthsWrong));
        let drop = |dropped, reason| {
            refused(&ground, |conn| acting::set_dropped(conn, manager, now, seen(&newest()), dropped, reason))
        };
        assert_eq!(drop(true, ""), Some(PlanRefusal::ReasonMissing));
        assert_eq!(drop(true, "Al gedaan."), None);
        assert_eq!(newest().standing(&board(&ground, &town), day("2030-01-01")), Standing::Dropped);
        let change = refused(&ground, |conn| acting::change(conn, manager, now, seen(&newest()), &usual()[0]));
        assert_eq!(change, Some(PlanRefusal::Over));
        assert_eq!(drop(false, "Toch nodig."), None);
        assert!(!newest().dropped);
    }
}

fn board(ground: &Ground, town: &Town) -> openhouse::planning::Board {
    let board: QueryResult<_> = ground.db.read(|conn| store::board(conn, &town.manager, town.procedure));
    board.unwrap().expect("it was laid out")
}

#[test]
fn moving_the_first_month_takes_everything_along_and_asks_why() {
    for ground in every() {
        let town = laid_out(&ground);
        let shift = |seen, reason| {
            let (now, from) = (at("2026-11-20"), day("2027-01-01"));
            refused(&ground, |conn| acting::shift(conn, &town.manager, now, town.procedure, seen, from, reason))
        };
        assert_eq!(shift(1, ""), Some(PlanRefusal::ReasonMissing));
        assert_eq!(shift(1, "De raad besluit later."), None);
        assert!(matches!(shift(1, "Nog eens."), Some(PlanRefusal::ChangedMeanwhile(_))));
        let (board, one) = (board(&ground, &town), activities(&ground, &town.manager, town.procedure).remove(0));
        assert_eq!(one.due(&board), day("2027-01-31"));
    }
}

#[test]
fn nobody_of_a_provider_or_of_another_municipality_finds_a_board() {
    for ground in every() {
        let town = laid_out(&ground);
        let elsewhere = Town::settle(&ground.db, "Zuidermeer");
        let provider = Actor::of_provider("Iemand", town.tenant, 1, "test");
        for stranger in [&elsewhere.manager, &provider] {
            assert!(activities(&ground, stranger, town.procedure).is_empty(), "{}", ground.backend);
            let found: QueryResult<_> = ground.db.read(|conn| {
                Ok((store::board(conn, stranger, town.procedure)?, store::steps(conn, stranger, town.procedure)?))
            });
            assert_eq!(found.unwrap(), (None, vec![]));
        }
        let one = activities(&ground, &town.manager, town.procedure).remove(0);
        let refusal = refused(&ground, |conn| {
            acting::set_dropped(conn, &elsewhere.manager, at("2026-11-20"), seen(&one), true, "Weg ermee.")
        });
        assert_eq!(refusal, Some(PlanRefusal::NotFound));
    }
}

#[test]
fn what_is_late_or_due_within_a_month_is_near_and_what_is_over_is_not() {
    for ground in every() {
        let town = laid_out(&ground);
        let near = |today| -> Vec<i64> {
            let found: QueryResult<Vec<_>> = ground.db.read(|conn| store::near(conn, &town.manager, today));
            found.unwrap().into_iter().map(|one| one.activity.id).collect()
        };
        let of_first_month: Vec<i64> = activities(&ground, &town.manager, town.procedure)
            .into_iter()
            .filter(|one| one.plan.last_month == 1)
            .map(|one| one.id)
            .collect();
        assert_eq!(near(day("2026-11-05")), of_first_month);
        assert!(near(day("2027-03-01")).len() > of_first_month.len());
        let one = activities(&ground, &town.manager, town.procedure).remove(0);
        let done = refused(&ground, |conn| {
            acting::deliver(conn, &town.manager, at("2026-11-20"), day("2026-11-20"), seen(&one), day("2026-11-20"))
        });
        assert_eq!(done, None);
        assert!(!near(day("2026-11-21")).contains(&one.id));
    }
}

/// The usual plan, begun three months ago, on its page.
async fn begun(street: &Street) -> String {
    let from = sub_months(street.house.today(), 3).format("%Y-%m").to_string();
    let made =
        street.post(&street.town.manager, BOARD, &[("begin", &from), ("met", "standaard"), ("versie", "0")]).await;
    assert_eq!((made.status, made.leads), (StatusCode::SEE_OTHER, format!("{BOARD}?klaar=gemaakt")), "{}", made.page);
    street.page(&street.town.manager, BOARD).await
}

/// The address of an activity that holds these words.
fn address_of(page: &str, words: &str) -> String {
    let before = &page[..page.find(words).expect("the activity stands on the board")];
    let start = before.rfind("href=\"").expect("it is a link") + 6;
    before[start..].split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn the_board_tells_in_words_what_is_late_and_who_delivered_what() {
    let street = Street::new();
    let page = begun(&street).await;
    assert!(page.contains("Fase 0: voorbereiding") && page.contains("Te laat: "), "{page}");
    let one = address_of(&page, "Doelen, cliëntprofielen");
    let ticked = street.fill(&street.town.manager, &one, &[]).await;
    assert_eq!(ticked.status, StatusCode::UNPROCESSABLE_ENTITY, "a plan without a name is not kept");
    let version = [("versie", "1"), ("dag", &street.house.today().to_string())];
    let done = street.post(&street.town.manager, &format!("{one}/opleveren"), &version).await;
    assert_eq!(done.leads, format!("{BOARD}?klaar=opgeleverd"), "{}", done.page);
    let page = street.page(&street.town.manager, BOARD).await;
    assert!(page.contains("Opgeleverd op") && page.contains("door Marloes de Wit"), "{page}");
    let queue = street.page(&street.town.manager, "/werkvoorraad").await;
    assert!(queue.contains("Planning: ") && queue.contains("Te laat: "), "{queue}");
}

#[actix_web::test]
async fn a_tick_in_the_future_or_without_a_day_comes_back_with_what_was_typed() {
    let street = Street::new();
    let page = begun(&street).await;
    let deliver = format!("{}/opleveren", address_of(&page, "Doelen, cliëntprofielen"));
    let tomorrow = add_days(street.house.today(), 1).to_string();
    for typed in [tomorrow.as_str(), "gisteren"] {
        let answer = street.post(&street.town.manager, &deliver, &[("versie", "1"), ("dag", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains(&format!("value=\"{typed}\"")), "{}", answer.page);
        assert!(answer.page.contains("id=\"dag-fout\""), "{}", answer.page);
    }
}

#[actix_web::test]
async fn who_only_reads_sees_the_board_and_no_button_and_changes_nothing() {
    let street = Street::new();
    let page = begun(&street).await;
    let one = address_of(&page, "Doelen, cliëntprofielen");
    let read = street.page(&street.town.assessor, BOARD).await;
    assert!(read.contains("Doelen, cliëntprofielen") && !read.contains("/activiteiten/"), "{read}");
    for path in [one.as_str(), &format!("{one}/opleveren"), &format!("{one}/vervallen"), BOARD] {
        let answer = street.post(&street.town.assessor, path, &[("versie", "1"), ("dag", "2026-01-01")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}
