//! The provider's pages of signing with invented contents.

use super::{DeclinePage, SignPage, SignedFilePage, SignedPage, Typed};
use crate::account::once::CodeKind;
use crate::actor::Role;
use crate::agreement::offer::{OfferRefusal, PartyKind, PartyState};
use crate::desk::accession::errors_of;
use crate::desk::accession::sample::offered;
use crate::page::sample::{Sample, of_provider};
use crate::page::{FormErrors, Frame, Section};
use crate::text::Lang;

pub fn samples(lang: Lang) -> Vec<Sample> {
    let frame = |word: &str| -> Frame {
        of_provider(lang, format!("/mijn/overeenkomst/1/{word}"), Section::Mine).crumb("Mijn", "/mijn")
    };
    let sign = |kind, state, role| SignPage {
        frame: frame("tekenen"),
        errors: FormErrors::default(),
        offered: offered(kind, state),
        today: "2026-11-23".parse().expect("a day"),
        role,
        name: "S. Bakker".into(),
        users: (role == Role::ProviderAdmin).then(|| "/aanbieders/1042/gebruikers".to_owned()),
        typed: Typed { position: "directeur".into(), ..Typed::default() },
        asked: CodeKind::App,
        sent: false,
    };
    let signatory = Role::ProviderSignatory;
    let open = |kind| sign(kind, PartyState::Offered, signatory);
    let decline = |kind, errors| DeclinePage {
        frame: frame("weigeren"),
        errors,
        offered: offered(kind, PartyState::Offered),
        reason: String::new(),
    };
    vec![
        Sample::of("sign-change", &open(PartyKind::Change)),
        Sample::of("sign-first", &open(PartyKind::First)),
        Sample::of("sign-by-mail", &SignPage { asked: CodeKind::Mail, sent: true, ..open(PartyKind::First) }),
        Sample::of(
            "sign-not-read",
            &SignPage { errors: errors_of(lang, &OfferRefusal::NotRead).1, ..open(PartyKind::Change) },
        ),
        Sample::of("sign-invite", &sign(PartyKind::First, PartyState::Offered, Role::ProviderAdmin)),
        Sample::of("sign-ask", &sign(PartyKind::First, PartyState::Offered, Role::ProviderUser)),
        Sample::of("sign-signed", &sign(PartyKind::First, PartyState::SignedByProvider, signatory)),
        Sample::of("sign-both", &sign(PartyKind::Change, PartyState::Signed, signatory)),
        Sample::of("sign-withdrawn", &sign(PartyKind::First, PartyState::Withdrawn, signatory)),
        Sample::of("sign-lapsed", &sign(PartyKind::First, PartyState::Lapsed, signatory)),
        Sample::of("sign-declined", &sign(PartyKind::Change, PartyState::Declined, signatory)),
        Sample::of("sign-uploaded", &sign(PartyKind::First, PartyState::Uploaded, signatory)),
        Sample::of("decline-change", &decline(PartyKind::Change, FormErrors::default())),
        Sample::of("decline-first", &decline(PartyKind::First, errors_of(lang, &OfferRefusal::ReasonMissing).1)),
        Sample::of(
            "signed-file",
            &SignedFilePage {
                frame: frame("getekend-bestand"),
                errors: FormErrors::default(),
                offered: offered(PartyKind::First, PartyState::Offered),
                key: "0123456789abcdef".into(),
                name: "S. Bakker".into(),
                typed: Typed { position: "directeur".into(), ..Typed::default() },
                day: String::new(),
            },
        ),
        Sample::of(
            "signing-receipt-change",
            &SignedPage {
                frame: frame("ontvangst"),
                offered: offered(PartyKind::Change, PartyState::SignedByProvider),
            },
        ),
        Sample::of(
            "signing-receipt",
            &SignedPage { frame: frame("ontvangst"), offered: offered(PartyKind::First, PartyState::SignedByProvider) },
        ),
        Sample::of(
            "signing-receipt-both",
            &SignedPage { frame: frame("ontvangst"), offered: offered(PartyKind::First, PartyState::Signed) },
        ),
    ]
}
