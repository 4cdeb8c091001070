//! How the states of an offer, its signatures and its refusals are said to people (woorden).

use i18n_embed_fl::fl;

use super::offering::Hindrance;
use super::{OfferRefusal, OfferVerb, PartyKind, PartyState, Side};
use crate::account::once::CodeKind;
use crate::calendar::wall_clock;
use crate::evidence::signed::{Finding, PdfSignature};
use crate::text::Lang;

impl PartyState {
    /// `kind` tells a change from a first agreement.
    pub fn in_words(self, lang: Lang, kind: PartyKind) -> String {
        let t = lang.texts();
        match (self, kind) {
            (PartyState::Offered, PartyKind::First) => fl!(t, "offer-state-offered"),
            (PartyState::Offered, PartyKind::Change) => fl!(t, "offer-state-change-offered"),
            (PartyState::Uploaded, _) => fl!(t, "offer-state-uploaded"),
            (PartyState::SignedByProvider, _) => fl!(t, "offer-state-signed-by-provider"),
            (PartyState::Signed, _) => fl!(t, "offer-state-signed"),
            (PartyState::Declined, _) => fl!(t, "offer-state-declined"),
            (PartyState::Lapsed, _) => fl!(t, "offer-state-lapsed"),
            (PartyState::Withdrawn, _) => fl!(t, "offer-state-withdrawn"),
        }
    }
}

impl PartyKind {
    pub fn in_words(self, lang: Lang) -> String {
        match self {
            PartyKind::First => fl!(lang.texts(), "offer-kind-first"),
            PartyKind::Change => fl!(lang.texts(), "offer-kind-change"),
        }
    }
}

impl Side {
    pub fn in_words(self, lang: Lang) -> String {
        match self {
            Side::Provider => fl!(lang.texts(), "offer-side-provider"),
            Side::Municipality => fl!(lang.texts(), "offer-side-municipality"),
        }
    }
}

impl OfferVerb {
    /// What was done, as a line of the history.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            OfferVerb::Offer => fl!(t, "offer-verb-offer"),
            OfferVerb::Sign => fl!(t, "offer-verb-sign"),
            OfferVerb::HandIn => fl!(t, "offer-verb-hand-in"),
            OfferVerb::Accept => fl!(t, "offer-verb-accept"),
            OfferVerb::SendBack => fl!(t, "offer-verb-send-back"),
            OfferVerb::Countersign => fl!(t, "offer-verb-countersign"),
            OfferVerb::Decline => fl!(t, "offer-verb-decline"),
            OfferVerb::Lapse => fl!(t, "offer-verb-lapse"),
            OfferVerb::Withdraw => fl!(t, "offer-verb-withdraw"),
        }
    }
}

impl Hindrance {
    pub fn in_words(self, lang: Lang) -> String {
        match self {
            Hindrance::IsOffered => fl!(lang.texts(), "offer-hindrance-offered"),
            Hindrance::HasIt => fl!(lang.texts(), "offer-hindrance-has-it"),
            Hindrance::Ends(last) => fl!(lang.texts(), "offer-hindrance-ends", day = lang.day(last)),
        }
    }
}

/// How it was proved who signed: with a code, or by a file from elsewhere.
pub fn proof(lang: Lang, code: Option<CodeKind>) -> String {
    match code {
        Some(CodeKind::App) => fl!(lang.texts(), "offer-proof-app"),
        Some(CodeKind::Mail) => fl!(lang.texts(), "offer-proof-mail"),
        None => fl!(lang.texts(), "offer-proof-upload"),
    }
}

/// "Getekend door …, op …" and whether the file is what was signed.
pub fn found(lang: Lang, one: &PdfSignature) -> (String, String) {
    let t = lang.texts();
    let signer = match one.signer.as_str() {
        "" => fl!(t, "offer-file-unknown-signer"),
        name => name.to_owned(),
    };
    let who = match one.at {
        Some(at) => fl!(t, "offer-file-signed-by", name = signer, at = lang.moment(wall_clock(at))),
        None => fl!(t, "offer-file-signed-by-undated", name = signer),
    };
    let state = match one.finding {
        Finding::Intact => fl!(t, "offer-file-intact"),
        Finding::Extended => fl!(t, "offer-file-extended"),
        Finding::Changed => fl!(t, "offer-file-changed"),
        Finding::Unknown => fl!(t, "offer-file-unknown"),
    };
    (who, state)
}

impl OfferRefusal {
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            OfferRefusal::NotFound => fl!(t, "offer-refused-not-found"),
            OfferRefusal::NotYours => fl!(t, "offer-refused-role"),
            OfferRefusal::NotNow(state) => {
                fl!(t, "offer-refused-state", state = state.in_words(lang, PartyKind::First))
            }
            OfferRefusal::NotEstablished => fl!(t, "offer-refused-not-established"),
            OfferRefusal::NobodyChosen => fl!(t, "offer-refused-nobody"),
            OfferRefusal::NotOffered(names) => fl!(t, "offer-refused-names", names = names.join(", ")),
            OfferRefusal::EndBefore(names) => fl!(t, "offer-refused-end-before", names = names.join(", ")),
            OfferRefusal::NothingToChange(day) => fl!(t, "offer-refused-nothing-left", day = lang.day(*day)),
            OfferRefusal::NoProducts => fl!(t, "offer-refused-products"),
            OfferRefusal::StartsBefore(day) => fl!(t, "offer-refused-early", day = lang.day(*day)),
            OfferRefusal::StartsAfter(day) => fl!(t, "offer-refused-late", day = lang.day(*day)),
            OfferRefusal::StartsWithinTerm(day) => fl!(t, "offer-refused-within-term", day = lang.day(*day)),
            OfferRefusal::Withdrawn { reason } => fl!(t, "offer-refused-withdrawn", reason = reason.as_str()),
            OfferRefusal::TermOver(day) => fl!(t, "offer-refused-term", day = lang.day(*day)),
            OfferRefusal::AlreadySigned { by, at } => {
                fl!(t, "offer-refused-signed", by = by.as_str(), at = lang.moment(wall_clock(*at)))
            }
            OfferRefusal::OtherText => fl!(t, "offer-refused-other-text"),
            OfferRefusal::TextChanged => fl!(t, "offer-refused-text-changed"),
            OfferRefusal::NotRead => fl!(t, "offer-refused-not-read"),
            OfferRefusal::NotAuthorised => fl!(t, "offer-refused-not-authorised"),
            OfferRefusal::PositionMissing => fl!(t, "offer-refused-position"),
            OfferRefusal::DayMissing => fl!(t, "offer-refused-day"),
            OfferRefusal::ReasonTooShort(least) => fl!(t, "offer-refused-short", count = (*least)),
            OfferRefusal::ReasonMissing => fl!(t, "offer-refused-reason"),
            OfferRefusal::HoldsBsn => fl!(t, "offer-refused-bsn"),
            OfferRefusal::ChangedMeanwhile { provider, by } => {
                fl!(t, "offer-refused-meanwhile", provider = provider.as_str(), by = by.as_str())
            }
        }
    }
}
