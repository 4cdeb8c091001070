//! Table `certificate_file`: which file a certificate or a signed agreement is, per language.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::schema::certificate_file;
use crate::text::Lang;

codes! {
    /// What is kept of a signing.
    pub enum Kept {
        /// bewijs van ondertekening
        Certificate = "certificate",
        /// The agreement with both signatures.
        Agreement = "agreement",
    }
}

/// The file; none when it was not made yet, or is not the actor's to see.
pub fn find(
    conn: &mut Conn,
    actor: &Actor,
    (party_id, kept, lang): (i64, Kept, Lang),
) -> QueryResult<Option<Sha256Hex>> {
    let mut query = certificate_file::table
        .filter(certificate_file::municipality_id.eq(actor.tenant()).and(certificate_file::party_id.eq(party_id)))
        .filter(certificate_file::kind.eq(kept).and(certificate_file::language.eq(lang)))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(certificate_file::provider_id.eq(own));
    }
    query.select(certificate_file::pdf_digest).first(conn).optional()
}

/// Writes down which file it is. Of two who made it the first counts.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    (party_id, kept, lang): (i64, Kept, Lang),
    provider_id: i64,
    made: &Sha256Hex,
) -> QueryResult<()> {
    if find(conn, actor, (party_id, kept, lang))?.is_some() {
        return Ok(());
    }
    diesel::insert_into(certificate_file::table)
        .values((
            certificate_file::municipality_id.eq(actor.tenant()),
            certificate_file::provider_id.eq(provider_id),
            certificate_file::party_id.eq(party_id),
            certificate_file::kind.eq(kept),
            certificate_file::language.eq(lang),
            certificate_file::pdf_digest.eq(made),
            certificate_file::made_at.eq(now),
        ))
        .execute(conn)?;
    let object = format!("offer-party/{party_id}/{kept}/{lang}");
    let act = Act { action: "signing.store", object: &object, result: "done", detail: made.as_str() };
    audit::record(conn, actor, now, act)
}
