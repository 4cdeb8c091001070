//! The shelf of letters (brievenplank): a letter is made once, in both languages, as PDF and as page, and stored under its
//! hash; whoever opens it later gets exactly those bytes.

use anyhow::Context;
use chrono::NaiveDateTime;

use super::gather::{self, Sender};
use super::store::{self, Shelved};
use super::{Letter, Written, compose};
use crate::actor::Actor;
use crate::dossier::Application;
use crate::files::Files;
use crate::report::shelf::Shelf;
use crate::report::{html, pdf};
use crate::text::Lang;

/// The letter in one language, as files of the shelf; none when there is no such letter for this actor. An application
/// that he may see is handed in: it was looked up for him.
pub fn shelved(
    shelf: Shelf<'_>,
    actor: &Actor,
    now: NaiveDateTime,
    sender: Sender<'_>,
    application: &Application,
    written: Written,
    lang: Lang,
) -> anyhow::Result<Option<Shelved>> {
    if let Some(there) = shelf.db.read(|conn| store::find(conn, actor, application, written, lang))? {
        return Ok(Some(there));
    }
    let gathered = shelf.db.read(|conn| gather::letter(conn, actor, sender, application.id, written))?;
    let Some(letter) = gathered else { return Ok(None) };
    // The files first, fsynced, then their rows; of two at once the rows that came first count.
    let made = Lang::ALL.iter().map(|lang| make(shelf, &letter, *lang, now)).collect::<anyhow::Result<Vec<_>>>()?;
    let counts = shelf.db.write(|conn| {
        store::record(conn, actor, now, application, written, &made)?;
        store::find(conn, actor, application, written, lang)
    })?;
    Ok(counts)
}

/// The bytes of one drawing. A stored file that is missing or was changed on disk is trouble, and is never made anew.
pub fn bytes(files: &Files, digest: &crate::ids::Sha256Hex) -> anyhow::Result<Vec<u8>> {
    files.get(digest).with_context(|| format!("the stored letter {digest} is not there"))
}

fn make(shelf: Shelf<'_>, letter: &Letter, lang: Lang, now: NaiveDateTime) -> anyhow::Result<(Lang, Shelved)> {
    let document = compose(letter, lang);
    let printed = match letter.written.kind.decides() {
        true => shelf.sealed(&document, &letter.municipality, now)?,
        false => pdf(&document).with_context(|| format!("letter {} cannot be printed", letter.reference()))?,
    };
    Ok((lang, Shelved { pdf: shelf.files.put(&printed)?, page: shelf.files.put(html(&document).as_bytes())? }))
}
