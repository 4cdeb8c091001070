//! The agreement on paper with all that is signed (overeenkomst met bijlagen): on its first page with whom it is and from
//! when, then the text, its annexes and the tariffs, and at the end every document by its digest. As both signed it with
//! their signatures, and before that with a page to sign on, for who signs elsewhere.

use i18n_embed_fl::fl;

use super::{Certificate, documents, parties, signatures_section};
use crate::agreement::offer::tariffs::TariffLine;
use crate::agreement::offer::{Side, Signature, TariffAnnex};
use crate::report::agreement::{self, Material, PAPER};
use crate::report::check::printable;
use crate::report::document::{Block, Cell, Column, Document, Fact, Level, Row, Table};

/// What is signed: one digest is over all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub text: Material,
    /// In the order in which they were offered.
    pub annexes: Vec<Material>,
    pub tariffs: Option<TariffAnnex>,
    /// The names of what this provider delivers, where that is only some of the annex.
    pub own: Vec<String>,
}

/// With both signatures and their moments.
pub fn compose(paper: &Paper, certificate: &Certificate) -> Document {
    let mut document = whole(paper, certificate);
    document.identity.id = format!("{}-getekend-{}", document.identity.id, certificate.party);
    let signatures: Vec<Signature> = certificate.signatures.iter().map(|one| one.signature.clone()).collect();
    document.blocks.extend(signatures_section(&signatures, PAPER));
    document
}

/// With a page to sign on in the place of the signatures.
pub fn to_sign(paper: &Paper, certificate: &Certificate) -> Document {
    let t = PAPER.texts();
    let mut document = whole(paper, certificate);
    document.identity.id = format!("{}-om-te-tekenen-{}", document.identity.id, certificate.party);
    document.blocks.push(Block::Heading(Level::H2, fl!(t, "offer-sign")));
    document.blocks.push(Block::text(fl!(t, "offer-paper-lead")));
    let line = "…".repeat(40);
    let blank = |name: String| Fact::new(name, line.as_str());
    let (provider, municipality) = (Side::Provider.in_words(PAPER), Side::Municipality.in_words(PAPER));
    let mut facts = vec![
        Fact::new(fl!(t, "offer-side"), provider),
        Fact::new(fl!(t, "offer-organisation"), printable(&certificate.provider)),
    ];
    let open =
        [fl!(t, "offer-name"), fl!(t, "offer-position"), fl!(t, "offer-paper-day"), fl!(t, "offer-paper-signature")];
    facts.extend(open.into_iter().map(blank));
    document.blocks.push(Block::Facts(facts));
    document.blocks.push(Block::Facts(vec![
        Fact::new(fl!(t, "offer-side"), municipality),
        Fact::new(fl!(t, "offer-organisation"), document.identity.author.clone()),
        Fact::new(fl!(t, "offer-paper-signature"), fl!(t, "offer-paper-municipality")),
    ]));
    document
}

/// The text with its annexes, with whom it is, and what is signed.
fn whole(paper: &Paper, certificate: &Certificate) -> Document {
    let t = PAPER.texts();
    let mut behind = Vec::new();
    for (number, annex) in (1..).zip(&paper.annexes) {
        behind.extend(agreement::annex(number, annex));
    }
    if let Some(tariffs) = &paper.tariffs {
        behind.extend(tariffs_section(paper.annexes.len() + 1, tariffs, &paper.own));
    }
    let mut document = agreement::compose_with(&paper.text, behind);
    if let Some(Block::Facts(head)) = document.blocks.iter_mut().find(|one| matches!(one, Block::Facts(_))) {
        head.extend(parties(certificate, PAPER));
    }
    document.blocks.push(Block::Heading(Level::H2, fl!(t, "offer-documents")));
    document.blocks.push(Block::Table(documents(certificate, PAPER)));
    document.blocks.push(Block::Facts(vec![Fact::new(fl!(t, "offer-digest"), certificate.digest.as_str())]));
    document
}

/// "Producten en tarieven": what may be delivered, and what is paid for it on the first day.
fn tariffs_section(number: usize, annex: &TariffAnnex, own: &[String]) -> Vec<Block> {
    let t = PAPER.texts();
    let title = fl!(t, "offer-tariffs");
    let mut blocks = vec![
        Block::Heading(Level::H2, agreement::annex_title(number, &title)),
        Block::text(fl!(t, "offer-tariffs-lead", day = PAPER.day(annex.on))),
    ];
    if !own.is_empty() {
        blocks.push(Block::text(fl!(t, "offer-tariffs-own", names = printable(&own.join(", ")))));
    }
    blocks.push(Block::Table(Table {
        caption: title,
        summary: fl!(t, "offer-tariffs-summary"),
        columns: vec![
            Column::text(fl!(t, "catalogue-product")),
            Column::text(fl!(t, "catalogue-unit")),
            Column::text(fl!(t, "catalogue-pricing")),
            Column::number(fl!(t, "catalogue-tariff")),
        ],
        row_header: 0,
        rows: annex.lines.iter().map(row).collect(),
    }));
    blocks.push(Block::Facts(vec![Fact::new(fl!(t, "report-agreement-digest"), annex.digest.as_str())]));
    blocks
}

fn row(line: &TariffLine) -> Row {
    let t = PAPER.texts();
    let parts: Vec<String> = line.instalments.iter().map(|one| format!("{}% {}", one.pct, one.at.nl)).collect();
    let pricing = line.pricing.map(|one| one.in_words(PAPER)).unwrap_or_default();
    let vat = line.vat.map(|vat| vat.in_words(PAPER)).unwrap_or_default();
    let amount = line.amount.map_or_else(|| fl!(t, "catalogue-no-tariff"), |amount| PAPER.money(amount));
    Row::of(vec![
        Cell { below: line.code.clone(), ..Cell::text(printable(&line.name.nl)) },
        Cell::text(line.unit.word(PAPER)),
        Cell { below: printable(&parts.join(", ")), ..Cell::text(pricing) },
        Cell { below: vat, ..Cell::text(amount) },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::offer::tariffs;
    use crate::report::agreement::sample::Sample;
    use crate::report::{pdf, signing};

    fn paper() -> Paper {
        Paper {
            text: Sample::Agreement.material(),
            annexes: vec![Sample::Privacy.material()],
            tariffs: Some(tariffs::sample()),
            own: vec!["Jobcoaching".to_owned()],
        }
    }

    fn headings(document: &Document) -> Vec<&str> {
        let title = |block: &'_ Block| matches!(block, Block::Heading(Level::H2, _));
        let found = document.blocks.iter().filter(|block| title(block));
        found
            .filter_map(|block| match block {
                Block::Heading(_, words) => Some(words.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn the_first_page_says_with_whom_and_the_signatures_stand_behind_the_text() {
        let certificate = signing::sample::certificate();
        let document = compose(&paper(), &certificate);
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

    #[test]
    fn every_annex_stands_whole_behind_the_articles_and_the_tariffs_are_the_last_of_them() {
        let document = compose(&paper(), &signing::sample::certificate());
        let all = headings(&document);
        let at = |words: &str| all.iter().position(|one| *one == words).unwrap_or_else(|| panic!("{words} in {all:?}"));
        let (privacy, prices) = (at("Bijlage 1: Verwerkersafspraken"), at("Bijlage 2: Producten en tarieven"));
        assert!(
            at("Artikel 4 Het traject van de cliënt") < privacy && privacy < prices && prices < at("Over deze tekst")
        );
        let said = format!("{:?}", document.blocks);
        let first = &Sample::Privacy.material().articles[0];
        assert!(said.contains(&first.heading), "the words of the annex are in it");
        for part in ["€ 62,55", "Geen tarief", "uur", tariffs::sample().digest.as_str(), "levert hiervan: Jobcoaching"]
        {
            assert!(said.replace("\\u{a0}", " ").contains(part), "{part}");
        }
    }

    #[test]
    fn what_is_signed_elsewhere_ends_with_a_page_to_sign_on_and_has_no_signature_yet() {
        let certificate = Certificate { signatures: Vec::new(), number: None, ..signing::sample::certificate() };
        let document = to_sign(&paper(), &certificate);
        assert_eq!(headings(&document).last(), Some(&"Ondertekenen"));
        let said = format!("{:?}", document.blocks);
        assert!(said.contains("Datum") && said.contains(&certificate.digest) && !said.contains("Sanne Bakker"));
        assert_eq!(pdf(&document).unwrap(), pdf(&document).unwrap(), "the same offer is the same file");
    }
}
