//! The quarter of all providers: alphabetical, with for whom each waits; reminders from there; and a setting that is tried.

use std::sync::{Arc, Mutex};

use actix_web::http::StatusCode;
use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use openhouse::assessment::store::assess_all;
use openhouse::assessment::web::{QuarterState, WaitsFor};
use openhouse::db::Conn;
use openhouse::desk::quarters::handlers::{Asked, gather};
use openhouse::desk::quarters::what_if::{changed, compare};
use openhouse::facts::gather::{self as facts, Terms};
use openhouse::mail::MailKind;
use openhouse::schema::{audit_event, outbox, quarter_reminder};

use super::sides::scene;
use crate::gather::town::{day, on_every_database, q3};
use crate::ground::now;
use crate::pages::town;
use crate::who_may_enter::Who;

#[derive(Clone, Default)]
struct Listener(Arc<Mutex<usize>>);

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { .. } = event {
            *self.0.lock().expect("nobody panics here") += 1;
        }
    }
}

fn asked(page: Option<usize>, waits: Option<WaitsFor>) -> Asked {
    Asked { quarter: Some(q3()), waits, page }
}

#[test]
fn the_list_takes_as_many_queries_for_sixty_providers_as_for_one() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        openhouse::assessment::hearing::open(conn, &s.jo, now(), s.provider, q3(), 1).expect("it is put forward");
        let listener = Listener::default();
        conn.set_instrumentation(listener.clone());
        let count = |conn: &mut Conn| {
            *listener.0.lock().unwrap() = 0;
            let found = gather(conn, &s.jo, day("2026-11-02"), asked(Some(1), None)).expect("it is gathered");
            (*listener.0.lock().unwrap(), found)
        };
        let (one, _) = count(conn);
        for number in 2..=60 {
            let provider = s.town.provider(conn, number)?;
            s.town.trajectory(conn, provider, &format!("D-{number}"), |_| {})?;
        }
        assess_all(conn, &s.town.actor, now(), q3())?;
        for number in 2..=30 {
            let id = openhouse::provider::store::find(conn, &s.jo, number)?.expect("it is there").id;
            openhouse::assessment::hearing::open(conn, &s.jo, now(), id, q3(), 1).expect("it is put forward");
        }
        let (many, found) = count(conn);
        assert_eq!(many, one);
        assert_eq!((found.all, found.fits, found.lines.len()), (60, 60, 50));
        assert!(found.lines.iter().all(|line| line.cells.len() == 10));
        Ok(())
    });
}

#[test]
fn the_list_is_alphabetical_and_filters_by_who_it_waits_for() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        for number in [3, 2] {
            s.town.provider(conn, number)?;
        }
        openhouse::assessment::hearing::open(conn, &s.jo, now(), s.provider, q3(), 1).expect("it is put forward");
        let mut names = |waits| -> Vec<String> {
            let found = gather(conn, &s.jo, day("2026-11-02"), asked(None, waits)).expect("it is gathered");
            found.lines.into_iter().map(|line| line.provider.name).collect()
        };
        assert_eq!(names(None), ["Aanbieder 1", "Aanbieder 2", "Aanbieder 3"]);
        assert_eq!(names(Some(WaitsFor::Us)), Vec::<String>::new());
        assert_eq!(names(Some(WaitsFor::Provider)).len(), 3, "one reacts, two hand in");
        let found = gather(conn, &s.jo, day("2026-11-17"), asked(None, Some(WaitsFor::Us))).expect("gathered");
        assert_eq!(found.lines[0].state, QuarterState::Heard, "the term is over");
        Ok(())
    });
}

#[actix_web::test]
async fn reminders_are_shown_before_they_go_out_one_for_each_and_logged() {
    let town = town();
    let put = [("versie", "1")];
    town.post(Who::Manager, "/aanbieders/1001/kwartalen/2026-3/voorleggen", &put).await;
    let list = town.page(Who::Manager, "/kwartalen?kwartaal=2026-3").await;
    assert!(list.contains("Ter reactie") && list.contains("name=\"wie\" value=\"1001\""), "{list}");
    let (status, page) = town.post(Who::Manager, "/kwartalen/herinneren", &[("kwartaal", "2026-3")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Zet een vinkje bij wie"), "{page}");
    let ticked = [("kwartaal", "2026-3"), ("wie", "1001")];
    let (status, check) = town.post(Who::Manager, "/kwartalen/herinneren", &ticked).await;
    assert!(status == StatusCode::OK && check.contains("Reageren op de voorlopige uitkomst"), "{check}");
    let count = |conn: &mut Conn| -> (i64, i64, i64) {
        let mails = outbox::table.filter(outbox::kind.eq(MailKind::ReactionReminder)).count().get_result(conn);
        let told = audit_event::table.filter(audit_event::action.eq("quarter.remind")).count().get_result(conn);
        (mails.unwrap(), told.unwrap(), quarter_reminder::table.count().get_result(conn).unwrap())
    };
    town.with_own(|conn, _, _| assert_eq!(count(conn), (0, 0, 0), "only shown"));
    let send = [("kwartaal", "2026-3"), ("wie", "1001"), ("stap", "versturen")];
    for _ in 0..2 {
        let (status, _) = town.post(Who::Manager, "/kwartalen/herinneren", &send).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
    }
    town.with_own(|conn, _, _| assert_eq!(count(conn), (1, 1, 1), "twice on a day is one press"));
    assert!(town.page(Who::Manager, "/kwartalen?kwartaal=2026-3").await.contains("herinnerd op"));
    assert_eq!(town.post(Who::Viewer, "/kwartalen/herinneren", &send).await.0, StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn the_file_holds_what_the_filter_shows() {
    let town = town();
    let (status, bytes) = town.get(Who::Manager, "/kwartalen.csv?kwartaal=2026-3&wacht=gemeente").await;
    let csv = String::from_utf8(bytes).unwrap();
    assert!(status == StatusCode::OK && csv.lines().count() == 2 && csv.contains("1001;Eigen Weg;90009001"), "{csv}");
    let (_, bytes) = town.get(Who::Manager, "/kwartalen.csv?kwartaal=2026-3&wacht=niemand").await;
    assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 1, "the headings");
    let (_, book) = town.get(Who::Manager, "/kwartalen.xlsx?kwartaal=2026-3").await;
    assert!(book.starts_with(b"PK"));
    assert_eq!(town.get(Who::OwnProvider, "/kwartalen.csv").await.0, StatusCode::FORBIDDEN);
}

#[test]
fn a_setting_that_is_tried_shows_what_would_change_and_stores_nothing() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        s.town.trajectory(conn, s.provider, "D-2", |told| told.plan_agreed_on = Some(day("2026-07-30")))?;
        assess_all(conn, &s.town.actor, now(), q3())?;
        let terms = facts::terms(conn, &s.jo, q3())?;
        let with = |name: &str, typed: &str| Terms {
            settings: changed(&terms.settings, name, typed).expect("it is a setting"),
            ..terms.clone()
        };
        let before: i64 = audit_event::table.count().get_result(conn)?;
        let same = compare(conn, &s.jo, q3(), &terms, &with("k1.days", "21")).expect("it is compared");
        assert_eq!((same.judged, same.changed.len()), (1, 0));
        let other = compare(conn, &s.jo, q3(), &terms, &with("k1.days", "28")).expect("it is compared");
        let changed: Vec<u8> = other.changed.iter().map(|one| one.now.indicator).collect();
        assert_eq!(changed, [1]);
        assert_eq!((other.changed[0].now.numerator, other.changed[0].then.numerator), (0, 1));
        assert_eq!(audit_event::table.count().get_result::<i64>(conn)?, before);
        Ok(())
    });
}
