//! Table `letter_file`: which files a letter is (brievenplank), per language.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Written;
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::dossier::Application;
use crate::ids::Sha256Hex;
use crate::schema::letter_file;
use crate::text::Lang;

/// The two drawings of a letter in one language.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Shelved {
    pub pdf: Sha256Hex,
    pub page: Sha256Hex,
}

/// The files of the letter; none when it was not made yet, or is not the actor's to see.
pub fn find(
    conn: &mut Conn,
    actor: &Actor,
    application: &Application,
    written: Written,
    lang: Lang,
) -> QueryResult<Option<Shelved>> {
    let mut query = letter_file::table
        .filter(letter_file::municipality_id.eq(actor.tenant()).and(letter_file::application_id.eq(application.id)))
        .filter(letter_file::kind.eq(written.kind).and(letter_file::number.eq(written.number)))
        .filter(letter_file::language.eq(lang))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(letter_file::provider_id.eq(own));
    }
    query.select((letter_file::pdf_digest, letter_file::page_digest)).first(conn).optional()
}

/// Writes down which files the letter is, in every language at once. Of two who made it the first counts.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    application: &Application,
    written: Written,
    made: &[(Lang, Shelved)],
) -> QueryResult<()> {
    for (lang, shelved) in made {
        if find(conn, actor, application, written, *lang)?.is_some() {
            continue;
        }
        diesel::insert_into(letter_file::table)
            .values((
                letter_file::municipality_id.eq(actor.tenant()),
                letter_file::provider_id.eq(application.provider_id),
                letter_file::application_id.eq(application.id),
                letter_file::kind.eq(written.kind),
                letter_file::number.eq(written.number),
                letter_file::language.eq(*lang),
                letter_file::pdf_digest.eq(&shelved.pdf),
                letter_file::page_digest.eq(&shelved.page),
                letter_file::made_at.eq(now),
            ))
            .execute(conn)?;
        let object = format!("application/{}/letter/{}/{lang}", application.number, written.path());
        let detail = shelved.pdf.as_str();
        audit::record(conn, actor, now, Act { action: "letter.store", object: &object, result: "done", detail })?;
    }
    Ok(())
}
