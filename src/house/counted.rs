//! What was counted (telling): the number beside "Werkvoorraad" in the menu of every page. Counting it costs a third of a
//! page, and it only changes by an act. Every act has its line in the audit, so a number holds for the day on which it was
//! counted and until the next line.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::NaiveDate;
use diesel::QueryResult;

use crate::actor::Actor;
use crate::audit;
use crate::db::Conn;

/// The numbers that were counted, by who asked.
#[derive(Debug, Default)]
pub struct Counted(Mutex<HashMap<Asker, Count>>);

/// A person in one role at one organisation.
type Asker = (Option<i64>, &'static str, Option<i64>, Option<i64>);

#[derive(Debug, Clone, Copy)]
struct Count {
    on: NaiveDate,
    /// The newest line of the audit when it was counted.
    line: i64,
    number: usize,
}

/// More people than this at one time: begin anew. It bounds the memory, not the house.
const PEOPLE: usize = 4096;

impl Counted {
    /// The number for this actor, counted only when it may have changed.
    pub fn number(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        today: NaiveDate,
        count: impl FnOnce(&mut Conn, &Actor, NaiveDate) -> QueryResult<usize>,
    ) -> QueryResult<usize> {
        let line = audit::newest(conn)?;
        let asker = (actor.account_id(), actor.role().as_str(), actor.municipality_id(), actor.own_provider());
        if let Some(known) = self.known(&asker).filter(|known| known.on == today && known.line == line) {
            return Ok(known.number);
        }
        let number = count(conn, actor, today)?;
        let mut people = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if people.len() >= PEOPLE {
            people.clear();
        }
        people.insert(asker, Count { on: today, line, number });
        Ok(number)
    }

    fn known(&self, asker: &Asker) -> Option<Count> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get(asker).copied()
    }
}
