//! The shelf of what was signed (plank): the certificate and the agreement as both signed it are drawn once, under the seal
//! of the municipality when it has one, and stored under their hash; whoever opens them later, on either side, gets exactly
//! those bytes.

use anyhow::Context;
use chrono::NaiveDateTime;

use super::store::{self, Kept};
use super::{compose, gather, paper};
use crate::actor::Actor;
use crate::agreement::offer::store::party;
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::report::document::Document;
use crate::report::letter::gather::Sender;
use crate::report::shelf::Shelf;
use crate::text::Lang;

/// The certificate as PDF; none when there is none for this actor.
pub fn certificate(
    shelf: Shelf<'_>,
    actor: &Actor,
    now: NaiveDateTime,
    sender: Sender<'_>,
    party_id: i64,
    lang: Lang,
) -> anyhow::Result<Option<Vec<u8>>> {
    let draw = |conn: &mut Conn| Ok(gather::certificate(conn, actor, party_id)?.map(|one| compose(&one, lang)));
    kept(shelf, actor, now, sender.municipality, (party_id, Kept::Certificate, lang), draw)
}

/// The text with both signatures on its last page, in the language in which it was signed; none before both did.
pub fn agreement(
    shelf: Shelf<'_>,
    actor: &Actor,
    now: NaiveDateTime,
    sender: Sender<'_>,
    party_id: i64,
) -> anyhow::Result<Option<Vec<u8>>> {
    let draw = |conn: &mut Conn| {
        let found = gather::agreement_of(conn, actor, sender, party_id)?;
        Ok(found.map(|(paper, certificate)| paper::compose(&paper, &certificate)))
    };
    kept(shelf, actor, now, sender.municipality, (party_id, Kept::Agreement, Lang::Nl), draw)
}

fn kept(
    shelf: Shelf<'_>,
    actor: &Actor,
    now: NaiveDateTime,
    municipality: &str,
    which: (i64, Kept, Lang),
    draw: impl FnOnce(&mut Conn) -> diesel::QueryResult<Option<Document>>,
) -> anyhow::Result<Option<Vec<u8>>> {
    let bytes = |digest: &Sha256Hex| {
        shelf.files.get(digest).with_context(|| format!("the stored paper {digest} of a signing is not there"))
    };
    if let Some(stored) = shelf.db.read(|conn| store::find(conn, actor, which))? {
        return bytes(&stored).map(Some);
    }
    let drawn = shelf.db.read(|conn| {
        let found = party(conn, actor, which.0)?.map(|(_, one)| one.provider_id);
        Ok::<_, diesel::result::Error>(draw(conn)?.zip(found))
    })?;
    let Some((document, provider_id)) = drawn else { return Ok(None) };
    // The file first, fsynced, then its row; of two at once the row that came first counts.
    let made = shelf.files.put(&shelf.sealed(&document, municipality, now)?)?;
    let counts = shelf.db.write(|conn| {
        store::record(conn, actor, now, which, provider_id, &made)?;
        store::find(conn, actor, which)
    })?;
    bytes(&counts.context("a paper that was just stored")?).map(Some)
}
