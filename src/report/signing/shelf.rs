//! The shelf of certificates (bewijzenplank): drawn once and stored under its hash; whoever opens it later, on either side,
//! gets exactly those bytes.

use anyhow::Context;
use chrono::NaiveDateTime;

use super::{compose, gather, store};
use crate::actor::Actor;
use crate::agreement::offer::store::party;
use crate::db::Db;
use crate::files::Files;
use crate::report::pdf;
use crate::text::Lang;

/// The certificate as PDF; none when there is none for this actor.
pub fn certificate(
    db: &Db,
    files: &Files,
    actor: &Actor,
    now: NaiveDateTime,
    party_id: i64,
    lang: Lang,
) -> anyhow::Result<Option<Vec<u8>>> {
    let stored = match db.read(|conn| store::find(conn, actor, party_id, lang))? {
        Some(stored) => stored,
        None => {
            let gathered = db.read(|conn| {
                let found = party(conn, actor, party_id)?.map(|(_, one)| one.provider_id);
                Ok::<_, diesel::result::Error>(gather::certificate(conn, actor, party_id)?.zip(found))
            })?;
            let Some((certificate, provider_id)) = gathered else { return Ok(None) };
            let printed = pdf(&compose(&certificate, lang)).context("a certificate cannot be printed")?;
            // The file first, fsynced, then its row; of two at once the row that came first counts.
            let made = files.put(&printed)?;
            db.write(|conn| {
                store::record(conn, actor, now, (party_id, provider_id), lang, &made)?;
                store::find(conn, actor, party_id, lang)
            })?
            .context("a certificate that was just stored")?
        }
    };
    Ok(Some(files.get(&stored).with_context(|| format!("the stored certificate {stored} is not there"))?))
}
