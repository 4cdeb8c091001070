//! The offer (aanbod) of an established text, and its signing: to all providers at the same moment, signed by each, and by
//! the municipality after it. Only with both signatures there is an agreement.
//!
//! Dry pages: this one (the nouns), `state` (the verbs). On the tables: `store` (to look up), `offering` (offers and
//! withdraws), `signing` (the provider signs or refuses), `uploading` (what was signed elsewhere), `countersigning` (the
//! municipality signs), `notice` (what follows when a change is not accepted), `calendar` (what lapses), `standing` (who
//! works under which version), `tariffs` (the products with their tariffs, as an annex).

pub mod calendar;
pub mod countersigning;
pub mod notice;
pub mod offering;
pub mod signing;
pub mod standing;
pub mod store;
pub mod tariffs;
pub mod uploading;

mod mails;
mod state;
pub mod words;

use chrono::{NaiveDate, NaiveDateTime};

pub use mails::{office_path, provider_path};
pub use state::{LEAST_REASON, OfferRefusal, OfferVerb, PartyState};
pub use tariffs::TariffAnnex;

use crate::account::once::CodeKind;
use crate::evidence::signed::PdfSignature;
use crate::ids::Sha256Hex;
use crate::procedure::terms::Silence;
use crate::term::Term;

/// One version of a text with its annexes, offered on one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub id: i64,
    pub text_id: i64,
    pub version_id: i64,
    /// What is signed: [`digest_over`] its documents, with the tariffs.
    pub digest: Sha256Hex,
    /// The first day on which it can hold.
    pub starts_on: NaiveDate,
    pub term: Term,
    pub silence: Silence,
    /// Of a change that is forced: the notice of who does not accept it.
    pub notice_months: Option<u32>,
    pub offered_at: NaiveDateTime,
    pub offered_by: String,
    pub withdrawn: Option<Withdrawn>,
    /// The text first, then its annexes.
    pub documents: Vec<OfferedDocument>,
    /// Of a deelovereenkomst: what may be delivered under it by who had no agreement before.
    pub products: Vec<i64>,
    /// The annex "Producten en tarieven", where the offer has one.
    pub tariffs: Option<TariffAnnex>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub at: NaiveDateTime,
    pub by: String,
    pub reason: String,
}

/// A version as it was established when it was offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedDocument {
    pub version_id: i64,
    pub digest: Sha256Hex,
}

/// One SHA-256 for all documents together: over the SHA-256 of each, in their order, the tariffs last.
pub fn digest_over(documents: &[OfferedDocument], tariffs: Option<&TariffAnnex>) -> Sha256Hex {
    let all = documents.iter().map(|one| &one.digest).chain(tariffs.map(|one| &one.digest));
    let lines: String = all.map(|digest| format!("{digest}\n")).collect();
    Sha256Hex::of(format!("openhouse-offer-1\n{lines}").as_bytes())
}

/// An offer to one provider, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub id: i64,
    pub offer_id: i64,
    pub provider_id: i64,
    pub kind: PartyKind,
    pub state: PartyState,
    /// Counts up with every step; who saw an older one is told who was before him.
    pub version: i32,
    pub changed_at: NaiveDateTime,
    pub changed_by: String,
    /// Its own term, which begins anew when a signed file is sent back.
    pub term: Term,
    /// The accession that a change follows.
    pub follows: Option<i64>,
    /// The accession that both signatures made.
    pub accession: Option<i64>,
}

codes! {
    /// What the offer is to this provider.
    pub enum PartyKind {
        /// It has no agreement under this text (E09).
        First = "first",
        /// It works under an earlier version (E11).
        Change = "change",
    }
}

/// Who signed what, and how it was proved that it was he (handtekening).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub id: i64,
    pub party_id: i64,
    pub side: Side,
    pub name: String,
    /// What he is in his organisation: `directeur`.
    pub position: String,
    pub organisation: String,
    /// Empty for the municipality.
    pub kvk: String,
    pub account_id: i64,
    pub at: NaiveDateTime,
    pub digest: Sha256Hex,
    pub way: SigningWay,
    /// None for what was signed elsewhere.
    pub code: Option<CodeKind>,
    pub upload: Option<i64>,
}

codes! {
    /// Whose signature it is.
    pub enum Side {
        Provider = "provider",
        Municipality = "municipality",
    }
}

codes! {
    /// Where it was signed.
    pub enum SigningWay {
        /// Here, with two ticks and a one-time code.
        Portal = "portal",
        /// Elsewhere: a PDF with a signature in it, which the decision maker looked at and accepted.
        Upload = "upload",
    }
}

/// A file that was signed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub id: i64,
    pub party_id: i64,
    pub provider_id: i64,
    /// It is evidence of the provider.
    pub version_id: i64,
    pub at: NaiveDateTime,
    pub by: String,
    pub account_id: i64,
    /// What who brought it is in his organisation; not known of older files.
    pub position: String,
    /// The day that stands on the paper, as who brought it says.
    pub signed_on: Option<NaiveDate>,
    /// The signatures in it, in the order in which they were put.
    pub found: Vec<PdfSignature>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_and_their_order_count() {
        let document = |id: i64, said: &str| OfferedDocument { version_id: id, digest: Sha256Hex::of(said.as_bytes()) };
        let (text, annex) = (document(1, "tekst"), document(2, "bijlage"));
        let both = digest_over(&[text.clone(), annex.clone()], None);
        assert_ne!(both, digest_over(&[annex.clone(), text.clone()], None));
        assert_ne!(both, digest_over(std::slice::from_ref(&text), None));
        assert_ne!(both, digest_over(&[text.clone(), document(2, "andere bijlage")], None));
        let tariffs = tariffs::sample();
        assert_ne!(both, digest_over(&[text, annex], Some(&tariffs)), "a tariff is signed too");
    }
}
