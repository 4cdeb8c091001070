//! The agreement as both signed it (getekende overeenkomst): on its first page with whom it is and from when, then the text,
//! and at the end every document that was signed and both signatures with their moments.

use i18n_embed_fl::fl;

use super::{Certificate, documents, parties, signatures_section};
use crate::agreement::offer::Signature;
use crate::report::agreement::{self, Material, PAPER};
use crate::report::document::{Block, Document, Fact, Level};

pub fn compose(material: &Material, certificate: &Certificate) -> Document {
    let t = PAPER.texts();
    let mut document = agreement::compose(material);
    document.identity.id = format!("{}-getekend-{}", document.identity.id, certificate.party);
    if let Some(Block::Facts(head)) = document.blocks.iter_mut().find(|one| matches!(one, Block::Facts(_))) {
        head.extend(parties(certificate, PAPER));
    }
    document.blocks.push(Block::Heading(Level::H2, fl!(t, "offer-documents")));
    document.blocks.push(Block::Table(documents(certificate, PAPER)));
    document.blocks.push(Block::Facts(vec![Fact::new(fl!(t, "offer-digest"), certificate.digest.as_str())]));
    let signatures: Vec<Signature> = certificate.signatures.iter().map(|one| one.signature.clone()).collect();
    document.blocks.extend(signatures_section(&signatures, PAPER));
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{pdf, signing};

    #[test]
    fn the_first_page_says_with_whom_and_the_signatures_stand_behind_the_text() {
        let material = agreement::sample::Sample::ALL[0].material();
        let certificate = signing::sample::certificate();
        let document = compose(&material, &certificate);
        let head = document.blocks.iter().find(|block| matches!(block, Block::Facts(_)));
        let said = format!("{head:?}");
        for part in ["Stichting Werkpad Noord", "90001234", "2026-014", "1 januari 2027"] {
            assert!(said.contains(part), "{part} in {said}");
        }
        let last: Vec<&Block> = document.blocks.iter().rev().take(2).collect();
        assert!(last.iter().all(|block| matches!(block, Block::Facts(_))), "{last:?}");
        let digest = format!("{:?}", document.blocks);
        assert!(digest.contains(&certificate.digest), "what was signed stands beside the signatures");
        assert!(pdf(&document).is_ok_and(|bytes| bytes.starts_with(b"%PDF-")));
    }
}
