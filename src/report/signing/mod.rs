//! The certificate of signing (bewijs van ondertekening): who signed what, when, and how it was proved, with the line of
//! the audit that holds it. Made once, and given to both sides as it is. `paper` is the agreement itself, with its annexes:
//! as both signed it, and as a file to sign elsewhere.

pub mod gather;
pub mod paper;
pub mod sample;
pub mod shelf;
pub mod store;
pub mod web;

use chrono::{DateTime, FixedOffset, NaiveDate};
use i18n_embed_fl::fl;

use super::check::printable;
use super::document::{Block, Cell, Column, Document, Fact, Identity, Level, Note, Row, Running, Table, Tone};
use crate::agreement::offer::words::{found, proof};
use crate::agreement::offer::{Side, Signature};
use crate::calendar::wall_clock;
use crate::evidence::signed::PdfSignature;
use crate::text::{Bilingual, Lang};

/// Everything that stands in a certificate, in no language yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The offer to one provider that it is about.
    pub party: i64,
    /// Of the agreement; none for a text that makes none by itself.
    pub number: Option<String>,
    /// The name of the municipality without the word.
    pub municipality: String,
    pub provider: String,
    pub kvk: String,
    pub title: Bilingual,
    pub version: i32,
    /// Each document with its SHA-256, and its version where it has one.
    pub documents: Vec<(Bilingual, Option<i32>, String)>,
    /// What was signed: over all documents.
    pub digest: String,
    pub starts_on: NaiveDate,
    pub signatures: Vec<Signed>,
    /// The moment of the last signature; while nobody signed, that of the offer.
    pub made_on: DateTime<FixedOffset>,
}

/// A signature with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub signature: Signature,
    /// The hash of the line of the audit that tells of it.
    pub line: String,
    /// Of what was signed elsewhere.
    pub file: Option<SignedFile>,
}

/// A file from elsewhere, as the certificate tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedFile {
    pub digest: String,
    /// What was read in it.
    pub found: Vec<PdfSignature>,
    /// Who brought it, with his position where it is known.
    pub brought_by: String,
    /// The day that stands on the paper, where it was told.
    pub signed_on: Option<NaiveDate>,
}

pub fn compose(certificate: &Certificate, lang: Lang) -> Document {
    let t = lang.texts();
    let title = fl!(t, "offer-certificate-title");
    let municipality = fl!(t, "report-letter-municipality", name = certificate.municipality.as_str());
    let mut blocks = vec![Block::Heading(Level::H1, title.clone())];
    if lang != Lang::Nl {
        blocks.push(Block::Note(Note {
            tone: Tone::Watch,
            title: fl!(t, "report-letter-translation"),
            text: fl!(t, "report-letter-translation-text"),
        }));
    }
    blocks.push(Block::text(fl!(t, "offer-certificate-lead")));
    blocks.push(Block::Facts(facts(certificate, lang)));
    for one in &certificate.signatures {
        blocks.push(Block::Heading(Level::H2, one.signature.side.in_words(lang)));
        blocks.push(Block::Facts(signed(one, lang)));
    }
    blocks.push(Block::Heading(Level::H2, fl!(t, "offer-documents")));
    blocks.push(Block::Table(documents(certificate, lang)));
    blocks.push(Block::text(fl!(t, "offer-certificate-how")));
    let reference = certificate.number.clone().unwrap_or_else(|| certificate.party.to_string());
    Document {
        identity: Identity {
            id: format!("bewijs-van-ondertekening-{}-{lang}", certificate.party),
            author: municipality.clone(),
            made_on: certificate.made_on,
        },
        lang,
        title,
        header: Running::new(municipality, lang.day(certificate.made_on.date_naive())),
        footer: Running::new(
            printable(&certificate.provider),
            fl!(t, "offer-certificate-footer", reference = reference),
        ),
        blocks,
    }
}

/// Both signatures with their moment, for the last page of an agreement. The heading stands on the second level.
pub fn signatures_section(signatures: &[Signature], lang: Lang) -> Vec<Block> {
    if signatures.is_empty() {
        return Vec::new();
    }
    let t = lang.texts();
    let mut blocks = vec![Block::Heading(Level::H2, fl!(t, "offer-signatures"))];
    for one in signatures {
        let side = one.side.in_words(lang);
        let mut facts = vec![Fact::new(fl!(t, "offer-side"), side)];
        facts.extend(who(one, lang));
        blocks.push(Block::Facts(facts));
    }
    blocks
}

fn facts(certificate: &Certificate, lang: Lang) -> Vec<Fact> {
    let t = lang.texts();
    let (title, number) = (printable(certificate.title.in_lang(lang)), certificate.version);
    let mut facts =
        vec![Fact::new(fl!(t, "offer-agreement"), fl!(t, "offer-document", title = title, number = number))];
    facts.extend(parties(certificate, lang));
    facts.push(Fact::new(fl!(t, "offer-digest"), certificate.digest.as_str()));
    facts
}

/// With whom it was agreed, under which number, and from when.
fn parties(certificate: &Certificate, lang: Lang) -> Vec<Fact> {
    let t = lang.texts();
    let mut facts = vec![Fact::new(fl!(t, "offer-provider"), printable(&certificate.provider))];
    facts.push(Fact::new(fl!(t, "offer-kvk"), certificate.kvk.as_str()));
    facts.extend(certificate.number.as_deref().map(|number| Fact::new(fl!(t, "offer-number"), number)));
    facts.push(Fact::new(fl!(t, "offer-starts-on"), lang.day(certificate.starts_on)));
    facts
}

/// Who signed: name, position, organisation, moment and proof.
fn who(one: &Signature, lang: Lang) -> Vec<Fact> {
    let t = lang.texts();
    let mut facts = vec![Fact::new(fl!(t, "offer-name"), printable(&one.name))];
    if !one.position.is_empty() {
        facts.push(Fact::new(fl!(t, "offer-position"), printable(&one.position)));
    }
    let organisation = match one.side {
        Side::Provider => printable(&one.organisation),
        Side::Municipality => fl!(t, "report-letter-municipality", name = printable(&one.organisation)),
    };
    facts.push(Fact::new(fl!(t, "offer-organisation"), organisation));
    if !one.kvk.is_empty() {
        facts.push(Fact::new(fl!(t, "offer-kvk"), one.kvk.as_str()));
    }
    // Of a file from elsewhere the house knows only when it was accepted.
    let moment = if one.upload.is_some() { fl!(t, "offer-accepted-at") } else { fl!(t, "offer-moment") };
    facts.push(Fact::new(moment, lang.moment(wall_clock(one.at))));
    facts.push(Fact::new(fl!(t, "offer-proof"), proof(lang, one.code)));
    facts
}

fn signed(one: &Signed, lang: Lang) -> Vec<Fact> {
    let t = lang.texts();
    let mut facts = who(&one.signature, lang);
    if let Some(file) = &one.file {
        facts.push(Fact::new(fl!(t, "offer-brought-by"), printable(&file.brought_by)));
        facts.extend(file.signed_on.map(|day| Fact::new(fl!(t, "offer-on-paper"), lang.day(day))));
        for read in &file.found {
            let (who, state) = found(lang, read);
            facts.push(Fact::new(fl!(t, "offer-in-file"), printable(&format!("{who}\n{state}"))));
        }
        facts.push(Fact::new(fl!(t, "offer-file-digest"), file.digest.as_str()));
    } else {
        facts.push(Fact::new(fl!(t, "offer-signed-digest"), one.signature.digest.as_str()));
    }
    facts.push(Fact::new(fl!(t, "offer-audit-line"), one.line.as_str()));
    facts
}

fn documents(certificate: &Certificate, lang: Lang) -> Table {
    let t = lang.texts();
    let row = |(title, number, digest): &(Bilingual, Option<i32>, String)| {
        let title = printable(title.in_lang(lang));
        let name = match number {
            Some(number) => fl!(t, "offer-document", title = title, number = (*number)),
            None => title,
        };
        Row::of(vec![Cell::text(name), Cell::text(digest.as_str())])
    };
    Table {
        caption: fl!(t, "offer-certificate-table"),
        summary: fl!(t, "offer-certificate-summary"),
        columns: vec![Column::text(fl!(t, "offer-agreement")), Column::text("SHA-256")],
        row_header: 0,
        rows: certificate.documents.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::pdf;

    #[test]
    fn a_certificate_names_both_their_proof_and_the_line_of_the_audit() {
        let certificate = sample::certificate();
        for lang in Lang::ALL {
            let document = compose(&certificate, *lang);
            let said = format!("{:?}", document.blocks);
            for one in &certificate.signatures {
                assert!(said.contains(&one.signature.name) && said.contains(&one.line), "{lang}");
            }
            assert!(said.contains(&certificate.digest) && said.contains("2026-014"), "{lang}");
            assert_eq!(pdf(&document).unwrap(), pdf(&document).unwrap(), "the same certificate is the same file");
        }
    }

    #[test]
    fn the_last_page_of_an_agreement_has_both_signatures_with_their_moment() {
        let all: Vec<Signature> = sample::certificate().signatures.into_iter().map(|one| one.signature).collect();
        let said = format!("{:?}", signatures_section(&all, Lang::Nl));
        for part in ["Sanne Bakker", "Hans Smit", "20 november 2026", "23 november 2026", "90001234"] {
            assert!(said.contains(part), "{part} is not in {said}");
        }
        assert_eq!(signatures_section(&[], Lang::Nl), []);
    }
}
