//! Gathering asks as much for a hundred providers as for one, and SQLite finds every row by an index.

use std::sync::{Arc, Mutex};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use diesel::sql_types::Text;
use openhouse::db::Conn;
use openhouse::facts::gather::{self, Terms};

use super::town::{on_every_database, q3, town};
use crate::ground::sqlite;

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

impl Listener {
    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("nobody panics here"))
    }
}

/// What is asked to lay the facts of a batch.
fn asked(conn: &mut Conn, listener: &Listener, actor: &openhouse::actor::Actor) -> QueryResult<Vec<String>> {
    listener.heard();
    gather::batch(conn, actor, 0, q3(), &Terms::default())?;
    Ok(listener.heard())
}

#[test]
fn a_batch_takes_a_query_per_table_however_many_providers_there_are() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let listener = Listener::default();
        conn.set_instrumentation(listener.clone());
        let provider = town.provider(conn, 1)?;
        town.trajectory(conn, provider, "D-1", |_| {})?;
        assert_eq!(asked(conn, &listener, &town.actor)?.len(), 11);
        for number in 2..=30 {
            let provider = town.provider(conn, number)?;
            town.trajectory(conn, provider, &format!("D-{number}"), |_| {})?;
        }
        assert_eq!(asked(conn, &listener, &town.actor)?.len(), 11);
        Ok(())
    });
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// A scan reads the rows of all municipalities; a sort of all trajectories takes their room twice.
#[test]
fn no_query_reads_a_whole_table_and_the_long_ones_are_not_sorted() {
    let ground = sqlite();
    let checked: QueryResult<()> = ground.db.write(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        town.trajectory(conn, provider, "D-1", |_| {})?;
        let listener = Listener::default();
        conn.set_instrumentation(listener.clone());
        for query in asked(conn, &listener, &town.actor)? {
            let sql = query.split(" -- binds").next().unwrap_or_default();
            let plan: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(conn)?;
            let steps: Vec<&str> = plan.iter().map(|step| step.detail.as_str()).collect();
            assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:?} for {sql}");
            let long = ["`counts_until`", "`feedback_moment`", "`exclusion`"].iter().any(|name| sql.contains(name));
            assert!(!long || !steps.iter().any(|step| step.contains("TEMP B-TREE")), "{steps:?} for {sql}");
        }
        Ok(())
    });
    checked.expect("every query can be explained");
}
