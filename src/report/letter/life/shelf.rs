//! The shelf of these letters, table `life_letter_file`: made once, in both languages, as PDF and as page, and stored under
//! their hash; whoever opens one later gets exactly those bytes.

use anyhow::Context;
use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::gather::Sender;
use super::super::store::Shelved;
use super::{LifeLetter, compose, gather};
use crate::actor::Actor;
use crate::agreement::life::Life;
use crate::audit::{self, Act};
use crate::db::{Conn, Db};
use crate::files::Files;
use crate::report::{html, pdf};
use crate::schema::life_letter_file;
use crate::text::Lang;

/// The letter in one language, with its reference; none when there is no such letter for this actor.
#[allow(clippy::too_many_arguments)]
pub fn shelved(
    db: &Db,
    files: &Files,
    actor: &Actor,
    now: NaiveDateTime,
    sender: Sender<'_>,
    found: &Life,
    sequence: i32,
    lang: Lang,
) -> anyhow::Result<Option<(String, Shelved)>> {
    let gathered = db.read(|conn| gather::letter(conn, actor, sender, found, sequence))?;
    let Some((event, letter)) = gathered else { return Ok(None) };
    let there = db.read(|conn| find(conn, actor, event.id, lang))?;
    if let Some(there) = there {
        return Ok(Some((letter.reference(), there)));
    }
    // The files first, fsynced, then their rows; of two at once the rows that came first count.
    let made = Lang::ALL.iter().map(|lang| make(files, &letter, *lang)).collect::<anyhow::Result<Vec<_>>>()?;
    let counts = db.write(|conn| {
        record(conn, actor, now, found, event.id, &letter, &made)?;
        find(conn, actor, event.id, lang)
    })?;
    Ok(counts.map(|shelved| (letter.reference(), shelved)))
}

fn make(files: &Files, letter: &LifeLetter, lang: Lang) -> anyhow::Result<(Lang, Shelved)> {
    let document = compose(letter, lang);
    let printed = pdf(&document).with_context(|| format!("letter {} cannot be printed", letter.reference()))?;
    Ok((lang, Shelved { pdf: files.put(&printed)?, page: files.put(html(&document).as_bytes())? }))
}

fn find(conn: &mut Conn, actor: &Actor, event_id: i64, lang: Lang) -> QueryResult<Option<Shelved>> {
    let mut query = life_letter_file::table
        .filter(life_letter_file::municipality_id.eq(actor.tenant()))
        .filter(life_letter_file::event_id.eq(event_id).and(life_letter_file::language.eq(lang)))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(life_letter_file::provider_id.eq(own));
    }
    query.select((life_letter_file::pdf_digest, life_letter_file::page_digest)).first(conn).optional()
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Life,
    event_id: i64,
    letter: &LifeLetter,
    made: &[(Lang, Shelved)],
) -> QueryResult<()> {
    for (lang, shelved) in made {
        if find(conn, actor, event_id, *lang)?.is_some() {
            continue;
        }
        diesel::insert_into(life_letter_file::table)
            .values((
                life_letter_file::municipality_id.eq(actor.tenant()),
                life_letter_file::provider_id.eq(found.provider_id),
                life_letter_file::event_id.eq(event_id),
                life_letter_file::language.eq(*lang),
                life_letter_file::pdf_digest.eq(&shelved.pdf),
                life_letter_file::page_digest.eq(&shelved.page),
                life_letter_file::made_at.eq(now),
            ))
            .execute(conn)?;
        let object = format!("agreement/{}/letter/{}/{lang}", found.number, letter.reference());
        let detail = shelved.pdf.as_str();
        audit::record(conn, actor, now, Act { action: "letter.store", object: &object, result: "done", detail })?;
    }
    Ok(())
}
