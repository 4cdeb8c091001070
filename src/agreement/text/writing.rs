//! Makes a text and writes its draft (schrijven). Every verb is one transaction with its audit line, and takes the version
//! that was looked at: who wrote meanwhile is named, nothing is written over.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::store::{Fault, articles, looked_at, origins, texts, versions};
use super::{AgreementText, Article, Scope, TextRefusal, TextState, TextVerb, TextVersion, is_number};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::holds_bsn;
use crate::schema::{agreement_text, article, text_history, text_version};

/// What an article says, before it has a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub number: String,
    pub heading: String,
    pub scope: Scope,
    pub body: String,
}

/// What is told of a draft beside its articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Description {
    pub holds_from: Option<NaiveDate>,
    pub holds_until: Option<NaiveDate>,
    pub explanation: String,
}

/// Makes a text, with an empty first version as a draft. Answers the ids of both. `new.id` plays no part.
pub fn make(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, new: &AgreementText) -> Result<(i64, i64), Fault> {
    may_write(actor)?;
    let known = texts(conn, actor)?;
    if known.iter().any(|one| one.code == new.code) {
        return Err(TextRefusal::CodeTaken.into());
    }
    if new.annex_to.is_some_and(|whole| !known.iter().any(|one| one.id == whole && one.kind.is_signed())) {
        return Err(TextRefusal::NotFound.into());
    }
    let id: i64 = diesel::insert_into(agreement_text::table)
        .values((
            (agreement_text::municipality_id.eq(actor.tenant()), agreement_text::procedure_id.eq(new.procedure_id)),
            (agreement_text::annex_to.eq(new.annex_to), agreement_text::kind.eq(new.kind)),
            (agreement_text::domain.eq(new.domain), agreement_text::code.eq(&new.code)),
            (agreement_text::title_nl.eq(&new.title.nl), agreement_text::title_en.eq(&new.title.en)),
            agreement_text::privacy_role.eq(new.privacy_role),
            (agreement_text::made_at.eq(now), agreement_text::made_by.eq(actor.name())),
        ))
        .returning(agreement_text::id)
        .get_result(conn)?;
    let version = insert_version(conn, actor, now, id, 1)?;
    Ok((id, version))
}

/// Begins the next version, as a copy of the last one that was established.
pub fn begin_version(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, text_id: i64) -> Result<i64, Fault> {
    may_write(actor)?;
    let all = versions(conn, actor, &[text_id])?;
    let Some(last) = all.first() else { return Err(TextRefusal::NotFound.into()) };
    if last.state != TextState::Established {
        return Err(TextRefusal::AnotherIsOpen(last.number).into());
    }
    let id = insert_version(conn, actor, now, text_id, last.number + 1)?;
    let (copied, born) = (articles(conn, actor, last.id)?, origins(conn, actor, last.id)?);
    insert_articles(conn, actor, id, &copied, &copied, &born)?;
    Ok(id)
}

/// Tells from when until when it is to hold, and what changes.
pub fn describe(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    told: &Description,
) -> Result<(), Fault> {
    let (_, found) = looked_at(conn, actor, version_id, seen)?;
    found.state.edit(actor.role())?;
    no_bsn(&[&told.explanation])?;
    diesel::update(text_version::table.find(version_id))
        .set((
            text_version::holds_from.eq(told.holds_from),
            text_version::holds_until.eq(told.holds_until),
            text_version::explanation.eq(&told.explanation),
        ))
        .execute(conn)?;
    touch(conn, actor, now, &found, TextVerb::Edit, found.state, "")
}

/// Writes an article anew, or adds one when `clause` is none; answers its clause. `after` is the clause it is put behind,
/// none for the first place; an article that is there already stays in its place.
#[allow(clippy::too_many_arguments)]
pub fn put_article(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    clause: Option<i32>,
    after: Option<i32>,
    wording: &Wording,
) -> Result<i32, Fault> {
    let (text, found) = looked_at(conn, actor, version_id, seen)?;
    found.state.edit(actor.role())?;
    let clause = write_article(conn, actor, &text, version_id, clause, after, wording)?;
    touch(conn, actor, now, &found, TextVerb::Edit, found.state, "")?;
    Ok(clause)
}

/// Takes an article out.
pub fn drop_article(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    clause: i32,
) -> Result<(), Fault> {
    let (_, found) = looked_at(conn, actor, version_id, seen)?;
    found.state.edit(actor.role())?;
    remove_article(conn, actor, version_id, clause)?;
    touch(conn, actor, now, &found, TextVerb::Edit, found.state, "")
}

/// Puts an article behind another; none for the first place.
pub fn move_article(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    clause: i32,
    after: Option<i32>,
) -> Result<(), Fault> {
    let (_, found) = looked_at(conn, actor, version_id, seen)?;
    found.state.edit(actor.role())?;
    let mut all = articles(conn, actor, version_id)?;
    let Some(at) = all.iter().position(|one| one.clause == clause) else {
        return Err(TextRefusal::NoSuchArticle.into());
    };
    let moved = all.remove(at);
    let place = place_behind(&all, after)?;
    all.insert(place, moved);
    replace_articles(conn, actor, version_id, &all)?;
    touch(conn, actor, now, &found, TextVerb::Edit, found.state, "")
}

/// Takes all articles from a document in place of those that stand. An article with the number and heading, or else the
/// number, of one that stood there is the same clause.
pub fn read_in(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    seen: i32,
    read: &[Wording],
) -> Result<(), Fault> {
    let (text, found) = looked_at(conn, actor, version_id, seen)?;
    found.state.edit(actor.role())?;
    for one in read {
        no_bsn(&[&one.number, &one.heading, &one.body])?;
    }
    let mut free = articles(conn, actor, version_id)?;
    let mut next = next_clause(conn, actor, text.id)?;
    let mut known: Vec<Option<i32>> = vec![None; read.len()];
    for same_heading in [true, false] {
        for (one, clause) in read.iter().zip(known.iter_mut()).filter(|(_, clause)| clause.is_none()) {
            let same = |old: &Article| old.number == one.number && (!same_heading || old.heading == one.heading);
            *clause = free.iter().position(same).map(|at| free.remove(at).clause);
        }
    }
    let all: Vec<Article> = read
        .iter()
        .zip(known)
        .map(|(one, clause)| {
            let clause = clause.unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            one.clone().into_article(clause)
        })
        .collect();
    replace_articles(conn, actor, version_id, &all)?;
    touch(conn, actor, now, &found, TextVerb::ReadIn, found.state, "")
}

impl Wording {
    fn into_article(self, clause: i32) -> Article {
        Article { clause, number: self.number, heading: self.heading, scope: self.scope, body: self.body }
    }
}

pub(super) fn write_article(
    conn: &mut Conn,
    actor: &Actor,
    text: &AgreementText,
    version_id: i64,
    clause: Option<i32>,
    after: Option<i32>,
    wording: &Wording,
) -> Result<i32, Fault> {
    no_bsn(&[&wording.number, &wording.heading, &wording.body])?;
    if !is_number(wording.number.trim()) {
        return Err(TextRefusal::NumberWrong.into());
    }
    let mut all = articles(conn, actor, version_id)?;
    let clause = match clause {
        Some(clause) => {
            let Some(known) = all.iter_mut().find(|one| one.clause == clause) else {
                return Err(TextRefusal::NoSuchArticle.into());
            };
            *known = wording.clone().into_article(clause);
            clause
        }
        None => {
            let clause = next_clause(conn, actor, text.id)?;
            let place = place_behind(&all, after)?;
            all.insert(place, wording.clone().into_article(clause));
            clause
        }
    };
    replace_articles(conn, actor, version_id, &all)?;
    Ok(clause)
}

pub(super) fn remove_article(conn: &mut Conn, actor: &Actor, version_id: i64, clause: i32) -> Result<(), Fault> {
    let mut all = articles(conn, actor, version_id)?;
    let before = all.len();
    all.retain(|one| one.clause != clause);
    if all.len() == before {
        return Err(TextRefusal::NoSuchArticle.into());
    }
    replace_articles(conn, actor, version_id, &all)?;
    Ok(())
}

/// Counts the version up and writes down what was done.
pub(super) fn touch(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &TextVersion,
    verb: TextVerb,
    to: TextState,
    reason: &str,
) -> Result<(), Fault> {
    diesel::update(text_version::table.find(found.id))
        .set((
            text_version::state.eq(to),
            text_version::version.eq(found.version + 1),
            text_version::changed_at.eq(now),
            text_version::changed_by.eq(actor.name()),
        ))
        .execute(conn)?;
    record(conn, actor, now, found.id, verb, Some(found.state), to, reason)
}

#[allow(clippy::too_many_arguments)]
fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    verb: TextVerb,
    from: Option<TextState>,
    to: TextState,
    reason: &str,
) -> Result<(), Fault> {
    diesel::insert_into(text_history::table)
        .values((
            (text_history::municipality_id.eq(actor.tenant()), text_history::text_version_id.eq(version_id)),
            (text_history::verb.eq(verb), text_history::from_state.eq(from), text_history::to_state.eq(to)),
            (text_history::at.eq(now), text_history::actor.eq(actor.name())),
            (text_history::account_id.eq(actor.account_id()), text_history::role.eq(actor.role())),
            text_history::reason.eq(reason),
        ))
        .execute(conn)?;
    let object = format!("text-version/{version_id}");
    let act = Act { action: "agreement.text", object: &object, result: to.as_str(), detail: verb.as_str() };
    Ok(audit::record(conn, actor, now, act)?)
}

fn insert_version(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, text_id: i64, number: i32) -> Result<i64, Fault> {
    let id: i64 = diesel::insert_into(text_version::table)
        .values((
            (text_version::municipality_id.eq(actor.tenant()), text_version::text_id.eq(text_id)),
            (text_version::number.eq(number), text_version::state.eq(TextState::Draft), text_version::version.eq(1)),
            (text_version::changed_at.eq(now), text_version::changed_by.eq(actor.name())),
            text_version::explanation.eq(""),
        ))
        .returning(text_version::id)
        .get_result(conn)?;
    record(conn, actor, now, id, TextVerb::Make, None, TextState::Draft, "")?;
    Ok(id)
}

fn replace_articles(conn: &mut Conn, actor: &Actor, version_id: i64, all: &[Article]) -> QueryResult<()> {
    let (before, born) = (articles(conn, actor, version_id)?, origins(conn, actor, version_id)?);
    let mine = article::municipality_id.eq(actor.tenant()).and(article::text_version_id.eq(version_id));
    diesel::delete(article::table.filter(mine)).execute(conn)?;
    insert_articles(conn, actor, version_id, all, &before, &born)
}

/// An article with the words it had before keeps the decision they were born from; other words were not decided there.
fn insert_articles(
    conn: &mut Conn,
    actor: &Actor,
    version_id: i64,
    all: &[Article],
    before: &[Article],
    born: &HashMap<i32, i64>,
) -> QueryResult<()> {
    for (position, one) in (0_i32..).zip(all) {
        let same = |old: &&Article| {
            let words = (one.heading.trim(), one.scope, one.body.trim());
            old.clause == one.clause && (old.heading.as_str(), old.scope, old.body.as_str()) == words
        };
        let decision = before.iter().find(same).and_then(|old| born.get(&old.clause));
        diesel::insert_into(article::table)
            .values((
                (article::municipality_id.eq(actor.tenant()), article::text_version_id.eq(version_id)),
                (article::clause.eq(one.clause), article::position.eq(position)),
                (article::number.eq(one.number.trim()), article::heading.eq(one.heading.trim())),
                (article::scope.eq(one.scope), article::body.eq(one.body.trim())),
                article::decision_id.eq(decision),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The next clause that no version of this text ever had.
fn next_clause(conn: &mut Conn, actor: &Actor, text_id: i64) -> QueryResult<i32> {
    let highest: Option<i32> = article::table
        .inner_join(text_version::table.on(text_version::id.eq(article::text_version_id)))
        .filter(article::municipality_id.eq(actor.tenant()).and(text_version::text_id.eq(text_id)))
        .select(diesel::dsl::max(article::clause))
        .first(conn)?;
    Ok(highest.unwrap_or(0) + 1)
}

fn place_behind(all: &[Article], after: Option<i32>) -> Result<usize, TextRefusal> {
    match after {
        None => Ok(0),
        Some(clause) => {
            let at = all.iter().position(|one| one.clause == clause).ok_or(TextRefusal::NoSuchArticle)?;
            Ok(at + 1)
        }
    }
}

fn may_write(actor: &Actor) -> Result<(), TextRefusal> {
    let writes = matches!(actor.role(), Role::ContractManager | Role::System);
    if writes { Ok(()) } else { Err(TextRefusal::NotYours) }
}

fn no_bsn(written: &[&str]) -> Result<(), TextRefusal> {
    if written.iter().any(|one| holds_bsn(one)) { Err(TextRefusal::HoldsBsn) } else { Ok(()) }
}
