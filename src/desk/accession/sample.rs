//! The pages of accession with invented contents.

use chrono::{NaiveDate, NaiveDateTime};

use super::countersign::{CountersignPage, Line as ToSign};
use super::offered::{Changes, Clause, Document, Offered};
use super::offering::{Line, OfferPage, OfferingPage, ProductLine, VersionLine};
use super::one::OnePage;
use super::standing_sample;
use crate::account::once::CodeKind;
use crate::actor::Role;
use crate::agreement::Accession;
use crate::agreement::offer::store::Event;
use crate::agreement::offer::tariffs;
use crate::agreement::offer::{
    Offer, OfferVerb, OfferedDocument, Party, PartyKind, PartyState, Side, Signature, SigningWay, Upload, Withdrawn,
};
use crate::agreement::text::diff::compare;
use crate::agreement::text::{AgreementText, Article, Established, Scope, TextKind, TextState, TextVersion};
use crate::evidence::signed::{Finding, PdfSignature};
use crate::ids::Sha256Hex;
use crate::page::sample::{Sample, manager};
use crate::page::{FormErrors, ProviderLink};
use crate::procedure::Domain;
use crate::procedure::defaults::defaults;
use crate::procedure::terms::Silence;
use crate::provider::Provider;
use crate::term::Term;
use crate::text::{Bilingual, Lang};

pub(super) fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn moment(written: &str) -> NaiveDateTime {
    written.parse().expect("a moment")
}

pub(super) fn text() -> AgreementText {
    AgreementText {
        id: 1,
        procedure_id: 1,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: "re-integratie-2027".into(),
        title: Bilingual {
            nl: "Deelovereenkomst re-integratie 2027".into(),
            en: "Re-integration agreement 2027".into(),
        },
        privacy_role: None,
    }
}

fn version() -> TextVersion {
    TextVersion {
        id: 4,
        text_id: 1,
        number: 4,
        state: TextState::Established,
        version: 7,
        changed_at: moment("2026-11-16T09:00:00"),
        changed_by: "H. Smit".into(),
        holds_from: Some(day("2027-01-01")),
        holds_until: Some(day("2027-12-31")),
        explanation: "Kortere termijnen.".into(),
        consulted: None,
        established: Some(Established {
            at: moment("2026-11-16T09:00:00"),
            by: "H. Smit".into(),
            minutes: "Verslag 12 november".into(),
            digest: Sha256Hex::of(b"versie 4"),
        }),
    }
}

pub(super) fn provider(id: i64, name: &str) -> Provider {
    Provider { id, kvk: "90001234".parse().expect("a number"), name: name.into(), number: 1040 + id }
}

fn term() -> Term {
    defaults().terms.signing.begin(day("2026-11-20"), &[])
}

pub(super) fn offer() -> Offer {
    Offer {
        id: 3,
        text_id: 1,
        version_id: 4,
        digest: Sha256Hex::of(b"aanbod"),
        starts_on: day("2027-01-01"),
        term: term(),
        silence: Silence::NotAccepted,
        notice_months: None,
        offered_at: moment("2026-11-20T09:00:00"),
        offered_by: "M. de Wit".into(),
        withdrawn: None,
        documents: vec![OfferedDocument { version_id: 4, digest: Sha256Hex::of(b"versie 4") }],
        products: vec![1],
        tariffs: Some(tariffs::sample()),
    }
}

pub(super) fn party(id: i64, kind: PartyKind, state: PartyState) -> Party {
    Party {
        id,
        offer_id: 3,
        provider_id: id,
        kind,
        state,
        version: 2,
        changed_at: moment("2026-11-20T09:00:00"),
        changed_by: "S. Bakker".into(),
        term: term(),
        follows: (kind == PartyKind::Change).then_some(1),
        accession: (state == PartyState::Signed).then_some(9),
    }
}

pub(super) fn accession(version: i32, from: &str, until: Option<&str>) -> Accession {
    Accession {
        id: i64::from(version),
        provider_id: 1,
        number: "2025-014".into(),
        version,
        active_from: day(from),
        active_until: until.map(day),
    }
}

fn signature(side: Side, name: &str, position: &str) -> Signature {
    let upload = (side == Side::Provider && position.is_empty()).then_some(1);
    Signature {
        id: 1,
        party_id: 1,
        side,
        name: name.into(),
        position: position.into(),
        organisation: "Stichting Werkpad Noord".into(),
        kvk: "90001234".into(),
        account_id: 1,
        at: moment("2026-11-21T10:12:00"),
        digest: Sha256Hex::of(b"aanbod"),
        way: if upload.is_some() { SigningWay::Upload } else { SigningWay::Portal },
        code: upload.is_none().then_some(CodeKind::App),
        upload,
    }
}

/// An offer to one provider, at this point; of a change with what it changes.
pub fn offered(kind: PartyKind, state: PartyState) -> Offered {
    let article = |number: &str, heading: &str, body: &str| Article {
        clause: number.replace('.', "").parse().unwrap_or(1),
        number: number.into(),
        heading: heading.into(),
        scope: Scope::All,
        body: body.into(),
    };
    let after = vec![
        article(
            "4.2",
            "Trajectplan",
            "Opdrachtnemer stelt binnen drie weken een plan op:\n\n- met de cliënt;\n- met de gemeente.",
        ),
        article("9.4", "Beschut werk", "Een cliënt met indicatie **beschut werk** wordt binnen zes maanden geplaatst."),
    ];
    let before =
        vec![article("4.2", "Trajectplan", "Opdrachtnemer stelt binnen vier weken een plan op:\n\n- met de cliënt.")];
    let clauses = compare(&before, &after)
        .into_iter()
        .map(|one| Clause { kind: one.kind, heading: one.heading, lines: one.lines })
        .collect();
    let mut signatures = Vec::new();
    if matches!(state, PartyState::SignedByProvider | PartyState::Signed) {
        signatures.push(signature(Side::Provider, "S. Bakker", "directeur"));
    }
    if state == PartyState::Signed {
        signatures.push(signature(Side::Municipality, "H. Smit", "afdelingshoofd"));
    }
    let mut offer = offer();
    offer.withdrawn = (state == PartyState::Withdrawn).then(|| Withdrawn {
        at: moment("2026-11-23T11:00:00"),
        by: "M. de Wit".into(),
        reason: "In artikel 4.2 staat de verkeerde termijn.".into(),
    });
    let event = |verb, to, reason: &str| Event {
        verb,
        to,
        at: moment("2026-11-20T09:00:00"),
        actor: "M. de Wit".into(),
        role: Role::ContractManager,
        reason: reason.into(),
    };
    Offered {
        offer,
        party: party(1, kind, state),
        text: text(),
        version: version(),
        provider: provider(1, "Stichting Werkpad Noord"),
        documents: vec![Document {
            text: text(),
            version: version(),
            digest: Sha256Hex::of(b"versie 4").to_string(),
            articles: after,
            changes: (kind == PartyKind::Change).then_some(Changes { since: 3, clauses }),
        }],
        signatures,
        events: vec![event(OfferVerb::Offer, PartyState::Offered, "")],
        uploads: Vec::new(),
        agreement: (state == PartyState::Signed).then(|| accession(4, "2027-01-01", Some("2027-12-31"))),
        follows: (kind == PartyKind::Change).then(|| accession(3, "2026-01-01", None)),
        delivers: if kind == PartyKind::Change { vec![1] } else { Vec::new() },
    }
}

fn uploaded(found: Vec<PdfSignature>) -> Offered {
    let upload = Upload {
        id: 1,
        party_id: 1,
        provider_id: 1,
        version_id: 1,
        at: moment("2026-11-21T10:00:00"),
        by: "S. Bakker".into(),
        account_id: 1,
        position: "directeur".into(),
        signed_on: Some(day("2026-11-19")),
        found,
    };
    Offered { uploads: vec![upload], ..offered(PartyKind::First, PartyState::Uploaded) }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let today = day("2026-11-23");
    let frame = |here: &str| manager(lang, here);
    let made = "/overeenkomsten/re-integratie-2027/aanbod";
    let offering = |checking, errors, some: bool| OfferingPage {
        frame: frame(made),
        errors,
        text: text(),
        version: some.then(version),
        versions: [("Versie 5", false), ("Versie 4", true)]
            .into_iter()
            .zip([5, 4])
            .map(|((words, current), number)| VersionLine { number, words: words.into(), current })
            .collect(),
        documents: vec![("Deelovereenkomst re-integratie 2027".into(), 4), ("Programma van eisen".into(), 2)],
        term: term(),
        lines: vec![
            Line {
                provider_id: 1,
                name: "De Brug".into(),
                kind: PartyKind::First.in_words(lang),
                is_change: false,
                hindrance: None,
                ticked: true,
            },
            Line {
                provider_id: 2,
                name: "Stap Vooruit".into(),
                kind: PartyKind::Change.in_words(lang),
                is_change: true,
                hindrance: Some(crate::agreement::offer::offering::Hindrance::IsOffered.in_words(lang)),
                ticked: false,
            },
        ],
        products: vec![ProductLine { id: 1, name: "Jobcoaching".into(), ticked: true }],
        starts_on: "2027-01-01".into(),
        forced: checking,
        notice_months: 3,
        checking,
        may: true,
        earlier: vec![(offer(), 3)],
    };
    let offer_page = |offer: Offer, may| OfferPage {
        frame: frame(&format!("{made}/3")),
        errors: FormErrors::default(),
        text: text(),
        version: 4,
        documents: vec![("Deelovereenkomst".into(), 4, Sha256Hex::of(b"versie 4").to_string())],
        offer,
        parties: vec![
            (provider(1, "De Brug"), party(1, PartyKind::First, PartyState::Signed)),
            (provider(2, "Stap Vooruit"), party(2, PartyKind::Change, PartyState::Offered)),
        ],
        reason: String::new(),
        may,
        today,
    };
    let one = |offered: Offered, role| OnePage {
        frame: frame("/toetreding/1"),
        errors: FormErrors::default(),
        provider: ProviderLink { key: offered.provider.path(), name: offered.provider.name.clone() },
        offered,
        role,
        reason: String::new(),
        opens: true,
        pages: 2,
    };
    let countersign = |checking, asked| CountersignPage {
        frame: frame("/toetreding/tekenen"),
        errors: FormErrors::default(),
        lines: vec![ToSign {
            ticket: "1/2".into(),
            ticked: true,
            href: "/toetreding/1".into(),
            provider: "Stichting Werkpad Noord".into(),
            text: "Deelovereenkomst re-integratie 2027, versie 4".into(),
            kind: PartyKind::First.in_words(lang),
            signed_by: "S. Bakker".into(),
            signed_at: moment("2026-11-21T10:12:00"),
            starts_on: day("2027-01-01"),
            digest: Sha256Hex::of(b"aanbod").to_string(),
        }],
        checking,
        position: "afdelingshoofd".into(),
        asked,
        sent: asked == CodeKind::Mail,
    };
    let read = |finding| PdfSignature {
        finding,
        signer: "S. Bakker".into(),
        issuer: "Voorbeeld Vertrouwen CA".into(),
        at: Some(moment("2026-11-20T13:00:00")),
    };
    let missing = crate::agreement::offer::OfferRefusal::ReasonTooShort(crate::agreement::offer::LEAST_REASON);
    let (_, errors) = super::errors_of(lang, &missing);
    let mut all = vec![
        Sample::of("offering", &offering(false, FormErrors::default(), true)),
        Sample::of("offering-check", &offering(true, FormErrors::default(), true)),
        Sample::of(
            "offering-wrong",
            &offering(
                false,
                super::errors_of(lang, &crate::agreement::offer::OfferRefusal::StartsBefore(today)).1,
                true,
            ),
        ),
        Sample::of("offering-not-established", &offering(false, FormErrors::default(), false)),
        Sample::of("offer-made", &offer_page(offer(), true)),
        Sample::of("offer-withdrawn", &offer_page(offered(PartyKind::First, PartyState::Withdrawn).offer, false)),
        Sample::of("accession-signed", &one(offered(PartyKind::First, PartyState::Signed), Role::ContractManager)),
        Sample::of(
            "accession-to-countersign",
            &one(offered(PartyKind::Change, PartyState::SignedByProvider), Role::DecisionMaker),
        ),
        Sample::of("accession-file", &one(uploaded(vec![read(Finding::Intact)]), Role::DecisionMaker)),
        Sample::of(
            "accession-file-changed",
            &OnePage { errors, ..one(uploaded(vec![read(Finding::Changed)]), Role::DecisionMaker) },
        ),
        Sample::of("accession-file-unsigned", &one(uploaded(vec![]), Role::ContractManager)),
        Sample::of("countersign", &countersign(false, CodeKind::App)),
        Sample::of("countersign-check", &countersign(true, CodeKind::App)),
        Sample::of("countersign-mail", &countersign(true, CodeKind::Mail)),
    ];
    all.extend(standing_sample::samples(lang));
    all
}
