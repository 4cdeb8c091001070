//! The pages ask as much for many applications as for few.

use std::sync::{Arc, Mutex};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use openhouse::db::Conn;
use openhouse::dossier::{desk, impact, postponed, recheck, register, tasks, timeline, workbench};
use openhouse::procedure::defaults::defaults;

use super::town::{Town, day};
use crate::ground::{Ground, every};

/// Every query that a connection carries out.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Vec<String>>>);

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            self.0.lock().expect("nobody panics here").push(query.to_string());
        }
    }
}

/// How many queries each page takes.
fn asked(ground: &Ground, town: &Town, application: i64) -> Vec<(&'static str, usize)> {
    let counted: QueryResult<Vec<(&'static str, usize)>> = ground.db.write(|conn| {
        let listener = Listener::default();
        conn.set_instrumentation(listener.clone());
        let by = &town.assessor;
        let today = day("2027-08-10");
        let mut counts = Vec::new();
        let mut count = |name, conn: &mut Conn, work: &dyn Fn(&mut Conn) -> QueryResult<()>| {
            listener.0.lock().expect("nobody panics here").clear();
            work(conn)?;
            counts.push((name, listener.0.lock().expect("nobody panics here").len()));
            Ok::<(), diesel::result::Error>(())
        };
        count("desk", conn, &|conn| desk::queue(conn, by, today).map(drop))?;
        count("menu", conn, &|conn| desk::waiting_for(conn, by, today).map(drop))?;
        count("queue", conn, &|conn| workbench::queue(conn, by, &workbench::Filter::default()).map(drop))?;
        count("across", conn, &|conn| workbench::across(conn, by, today, "M13").map(drop))?;
        count("register", conn, &|conn| register::of(conn, by).map(drop))?;
        count("impact", conn, &|conn| impact::preview(conn, by, &defaults().criteria[12]).map(drop))?;
        count("postponed", conn, &|conn| postponed::by(conn, by, &[today]).map(drop))?;
        count("expiring", conn, &|conn| recheck::expiring(conn, by, today, 60).map(drop))?;
        count("timeline", conn, &|conn| timeline::of(conn, by, application).map(drop))?;
        count("tasks", conn, &|conn| {
            let found = openhouse::dossier::store::find_by_id(conn, by, application)?.ok_or(diesel::NotFound)?;
            tasks::of(conn, by, today, &found, None).map(drop)
        })?;
        Ok(counts)
    });
    counted.unwrap()
}

#[test]
fn every_page_takes_as_many_queries_for_many_applications_as_for_few() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let first = town.under_review(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        town.admitted(&ground.db, "Iris Mulder", "10000002", "Bravo");
        let few = asked(&ground, &town, first.started.application);
        for number in 3..8 {
            let (kvk, name) = (format!("1000000{number}"), format!("Aanvrager {number}"));
            town.under_review(&ground.db, &name, &kvk, &format!("Aanbieder {number}"));
            town.admitted(&ground.db, &format!("{name} a"), &format!("2000000{number}"), &format!("Firma {number}"));
        }
        let many = asked(&ground, &town, first.started.application);
        assert_eq!(few, many, "{}", ground.backend);
        let figures: Vec<usize> = few.iter().map(|(_, queries)| *queries).collect();
        assert_eq!(figures, [20, 4, 6, 7, 3, 4, 4, 3, 8, 15], "{few:?}");
    }
}
