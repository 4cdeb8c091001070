//! From draft to established text (ter consultatie, vaststellen): shown to all at the same moment, changed by what the table
//! decides, and set down by the decision maker with the SHA-256 that is signed later.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::state::lacks;
use super::store::{Fault, articles, looked_at, versions};
use super::writing::{Wording, remove_article, touch, write_article};
use super::{Article, Lack, TextRefusal, TextState, TextVerb, TextVersion, digest, is_number};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::schema::{article, text_version};
use crate::term::TermRule;

/// What a decision of the table does to one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    Change(i32, Wording),
    /// A new article behind this clause; none for the first place.
    Add(Option<i32>, Wording),
    Drop(i32),
}

/// What this version lacks before it can be shown to the table. A first version needs no explanation: all of it is new.
pub fn lacking(conn: &mut Conn, actor: &Actor, version: &TextVersion) -> QueryResult<Vec<Lack>> {
    let mine = articles(conn, actor, version.id)?;
    let mut found = lacks(&mine);
    // What was read in or written before may be numbered in words; only a draft can still be mended.
    let odd = |one: &Article| !one.number.trim().is_empty() && !is_number(one.number.trim());
    if version.state == TextState::Draft && mine.iter().any(odd) && !found.contains(&Lack::Numbers) {
        found.push(Lack::Numbers);
    }
    if version.state == TextState::Draft && says_the_same(conn, actor, version, &mine)? {
        found.push(Lack::Changes);
    }
    if version.holds_from.is_none() || version.holds_until.is_some_and(|last| version.holds_from > Some(last)) {
        found.push(Lack::Days);
    }
    if version.number > 1 && version.explanation.trim().is_empty() {
        found.push(Lack::Explanation);
    }
    Ok(found)
}

/// Whether a draft says what the version before it says, for as long: then there is nothing to talk about.
fn says_the_same(conn: &mut Conn, actor: &Actor, draft: &TextVersion, mine: &[Article]) -> QueryResult<bool> {
    let all = versions(conn, actor, &[draft.text_id])?;
    let established = all.iter().filter(|one| one.state == TextState::Established);
    match established.max_by_key(|one| one.number) {
        Some(before) => Ok(before.holds_until == draft.holds_until && articles(conn, actor, before.id)? == mine),
        None => Ok(false),
    }
}

/// Shows it to all providers, who can react until the term that begins today has ended. A term shorter than the least one
/// of the procedure gives nobody time to read.
pub fn consult(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    version_id: i64,
    seen: i32,
    respond: TermRule,
) -> Result<(), Fault> {
    let (_, found) = looked_at(conn, actor, version_id, seen)?;
    let lacks = lacking(conn, actor, &found)?;
    let to = found.state.consult(actor.role(), lacks)?;
    let down = outages::days(conn, actor)?;
    let least = terms(conn, actor, today)?.consultation_least.begin(today, &down);
    if respond.begin(today, &down).due < least.due {
        return Err(TextRefusal::TermTooShort(least).into());
    }
    begins_after_the_one_before(conn, actor, &found)?;
    diesel::update(text_version::table.find(version_id))
        .set((
            text_version::consulted_at.eq(now),
            text_version::consulted_by.eq(actor.name()),
            text_version::consulted_account.eq(actor.account_id()),
            text_version::respond_rule.eq(respond.to_string()),
            text_version::respond_from.eq(today),
        ))
        .execute(conn)?;
    touch(conn, actor, now, &found, TextVerb::Consult, to, "")
}

/// Back to the writing table, with a reason that all can read.
pub fn take_back(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    reason: &str,
) -> Result<(), Fault> {
    let (_, found) = looked_at(conn, actor, version_id, seen)?;
    let to = found.state.take_back(actor.role(), reason)?;
    touch(conn, actor, now, &found, TextVerb::TakeBack, to, reason)
}

/// Carries out a decision of the table; answers the clause. `decision` is how the decision is called, for the history.
pub fn amend(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    amendment: &Amendment,
    decision: &str,
) -> Result<i32, Fault> {
    let (text, found) = looked_at(conn, actor, version_id, seen)?;
    found.state.amend(actor.role())?;
    let clause = match amendment {
        Amendment::Change(clause, wording) => {
            write_article(conn, actor, &text, version_id, Some(*clause), None, wording)?
        }
        Amendment::Add(after, wording) => write_article(conn, actor, &text, version_id, None, *after, wording)?,
        Amendment::Drop(clause) => {
            remove_article(conn, actor, version_id, *clause)?;
            *clause
        }
    };
    touch(conn, actor, now, &found, TextVerb::Amend, found.state, decision)?;
    Ok(clause)
}

/// Notes from which decision the words of an article were born, after [`amend`] carried that decision out.
pub fn note_origin(conn: &mut Conn, actor: &Actor, version_id: i64, clause: i32, decision_id: i64) -> QueryResult<()> {
    let mine = article::municipality_id.eq(actor.tenant()).and(article::text_version_id.eq(version_id));
    diesel::update(article::table.filter(mine).filter(article::clause.eq(clause)))
        .set(article::decision_id.eq(decision_id))
        .execute(conn)?;
    Ok(())
}

/// Establishes it. From now on it never changes, and its SHA-256 is what is signed.
pub fn establish(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    minutes: &str,
) -> Result<Sha256Hex, Fault> {
    let (text, found) = looked_at(conn, actor, version_id, seen)?;
    let mut lacks = lacking(conn, actor, &found)?;
    if minutes.trim().is_empty() {
        lacks.push(Lack::Minutes);
    }
    let to = found.state.establish(actor.role(), lacks)?;
    four_eyes(conn, actor, &found)?;
    begins_after_the_one_before(conn, actor, &found)?;
    let sum = digest(&text, &found, &articles(conn, actor, version_id)?);
    diesel::update(text_version::table.find(version_id))
        .set((
            text_version::established_at.eq(now),
            text_version::established_by.eq(actor.name()),
            text_version::established_account.eq(actor.account_id()),
            text_version::minutes.eq(minutes.trim()),
            text_version::digest.eq(&sum),
        ))
        .execute(conn)?;
    touch(conn, actor, now, &found, TextVerb::Establish, to, minutes.trim())?;
    Ok(sum)
}

/// Who put it before the table does not establish it; the program itself has only one pair of eyes, and none is asked.
fn four_eyes(conn: &mut Conn, actor: &Actor, found: &TextVersion) -> Result<(), Fault> {
    if actor.role() == Role::System {
        return Ok(());
    }
    let asked: Option<i64> = text_version::table.find(found.id).select(text_version::consulted_account).first(conn)?;
    match actor.account_id() {
        Some(account) if asked != Some(account) => Ok(()),
        _ => Err(TextRefusal::FourEyes.into()),
    }
}

fn begins_after_the_one_before(conn: &mut Conn, actor: &Actor, found: &TextVersion) -> Result<(), Fault> {
    let all = versions(conn, actor, &[found.text_id])?;
    let before = all.iter().filter(|one| one.state == TextState::Established).filter_map(|one| one.holds_from).max();
    match before.zip(found.holds_from) {
        Some((before, from)) if from <= before => Err(TextRefusal::BeginsTooEarly(before).into()),
        _ => Ok(()),
    }
}
