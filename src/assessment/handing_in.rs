//! Handing in a statement (indienen), the same way for the web page, the command line and the demo: a quarter that was set
//! final takes nothing, one form takes once, and what was taken is judged at once and put before the contact persons (E20),
//! all in one transaction.

use diesel::QueryResult;

use crate::actor::Actor;
use crate::assessment::store::{assess_one, closed_since};
use crate::calendar::wall_clock;
use crate::confirmation::reminder;
use crate::db::{Conn, Db};
use crate::files::Files;
use crate::statement::context::{self, lines_that_stand};
use crate::statement::intake::{Fate, HandedIn, Outcome, again, keep, names, take, weigh};
use crate::statement::store::{Recorded, submission_of};
use crate::statement::{CheckContext, read};

/// When the quarter is judged of which something was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judging {
    /// In the same transaction, so that nobody looks at figures of an older file.
    AtOnce,
    /// By whoever judges the quarter of everybody.
    Later,
}

/// Reads, checks and takes a file. What it was checked against must still hold when it is taken; otherwise it is checked
/// again.
pub fn hand_in(db: &Db, files: &Files, actor: &Actor, judging: Judging, file: HandedIn<'_>) -> Result<Outcome, Fate> {
    let reading = read(file.source).map_err(Fate::Refused)?;
    loop {
        let (seen, known) = db.read(|conn| look(conn, actor, &file))?;
        let mut outcome = weigh(&reading, &known, &file)?;
        if let Some(first) = &seen.first {
            return again(files, &file, first, outcome);
        }
        if file.dry_run {
            return Ok(outcome);
        }
        let new = keep(files, &file, &outcome)?;
        let names = names(actor, &file, &outcome)?;
        let receipt = db.write(|conn| {
            if Seen::now(conn, actor, &file)? != seen {
                return Ok(None);
            }
            let receipt = take(conn, actor, &new, outcome.taken.as_ref(), &names)?;
            if outcome.taken.is_some() && judging == Judging::AtOnce {
                assess_one(conn, actor, file.now, file.provider.id, file.quarter)?;
                reminder::ask(conn, actor, file.now, file.provider, file.quarter)?;
            }
            Ok::<_, diesel::result::Error>(Some(receipt))
        })?;
        if receipt.is_some() {
            outcome.receipt = receipt;
            return Ok(outcome);
        }
    }
}

/// What decides whether a file may come in at all.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    closed: bool,
    /// How many cost lines would make way.
    stands: Option<usize>,
    first: Option<Recorded>,
}

impl Seen {
    fn now(conn: &mut Conn, actor: &Actor, file: &HandedIn<'_>) -> QueryResult<Seen> {
        Ok(Seen {
            closed: closed_since(conn, actor, file.provider.id, file.quarter)?.is_some(),
            stands: lines_that_stand(conn, actor, file.provider.id, file.quarter)?,
            first: match file.form_key {
                Some(key) => submission_of(conn, actor, file.provider.id, key)?,
                None => None,
            },
        })
    }
}

fn look(conn: &mut Conn, actor: &Actor, file: &HandedIn<'_>) -> QueryResult<(Seen, CheckContext)> {
    let seen = Seen::now(conn, actor, file)?;
    let today = wall_clock(file.now).date();
    let mut known = context::load(conn, actor, file.provider, file.quarter, seen.closed, today)?;
    if file.drop_earlier_lines || seen.first.is_some() {
        // The user knows; or, when it is sent again, what stands is what the form itself brought in.
        known.lines_to_drop = None;
    }
    Ok((seen, known))
}
