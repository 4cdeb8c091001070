//! The agreement as both signed it (getekende overeenkomst): the text on paper, with both signatures and their moments on
//! its last page. Made at each look from what can no longer change, so that it is always the same.

use diesel::QueryResult;

use super::signatures_section;
use crate::actor::Actor;
use crate::agreement::offer::store::{party, signatures};
use crate::agreement::offer::{PartyState, Signature};
use crate::agreement::text::store::version;
use crate::agreement::web::reading::Door;
use crate::db::Conn;
use crate::report::agreement::{self, Material, PAPER};
use crate::report::document::Document;
use crate::report::letter::gather::Sender;

/// The text that was signed and by whom; none before both did, and none for who may not see it.
pub fn gather(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    party_id: i64,
) -> QueryResult<Option<(Material, Vec<Signature>)>> {
    let seen = party(conn, actor, party_id)?.filter(|(_, one)| one.state == PartyState::Signed);
    let Some((offer, one)) = seen else { return Ok(None) };
    let Some((text, version)) = version(conn, actor, offer.version_id)? else { return Ok(None) };
    let door = if actor.own_provider().is_some() { Door::Mine } else { Door::Office };
    let page = door.version(&text.code, version.number);
    let material = agreement::gather::material(conn, actor, sender, &text.code, version.number, &page)?;
    Ok(material.zip(Some(signatures(conn, actor, &[one.id])?)))
}

pub fn compose(material: &Material, signatures: &[Signature], party_id: i64) -> Document {
    let mut document = agreement::compose(material);
    document.identity.id = format!("{}-getekend-{party_id}", document.identity.id);
    document.blocks.extend(signatures_section(signatures, PAPER));
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Block;
    use crate::report::{pdf, signing};

    #[test]
    fn the_signatures_stand_behind_the_text() {
        let material = agreement::sample::Sample::ALL[0].material();
        let all: Vec<Signature> =
            signing::sample::certificate().signatures.into_iter().map(|one| one.signature).collect();
        let document = compose(&material, &all, 12);
        let last: Vec<&Block> = document.blocks.iter().rev().take(2).collect();
        assert!(last.iter().all(|block| matches!(block, Block::Facts(_))), "{last:?}");
        assert!(document.blocks.len() > agreement::compose(&material).blocks.len());
        assert!(pdf(&document).is_ok_and(|bytes| bytes.starts_with(b"%PDF-")));
    }
}
