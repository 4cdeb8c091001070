//! The agreement as both signed it (getekende overeenkomst): the text on paper, with both signatures and their moments on
//! its last page.

use super::signatures_section;
use crate::agreement::offer::Signature;
use crate::report::agreement::{self, Material, PAPER};
use crate::report::document::Document;

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
