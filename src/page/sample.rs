//! Sample pages (voorbeeldpagina's): every page with invented contents, to look at and to test.

use askama::Template;

use super::correction::{CorrectionPage, Fault, LONGEST_TEXT};
use super::trouble::{Trouble, TroublePage};
use super::{Frame, ProviderLink, Section, SignedIn, menu_of_contact, menu_of_municipality, menu_of_provider};
use crate::quarter::Quarter;
use crate::text::Lang;

/// A page, drawn.
pub struct Sample {
    pub name: &'static str,
    pub html: askama::Result<String>,
}

impl Sample {
    pub fn of(name: &'static str, page: &impl Template) -> Sample {
        Sample { name, html: page.render() }
    }
}

/// The quarter that most samples are about.
pub fn quarter() -> Quarter {
    "2026-3".parse().expect("it is a quarter")
}

pub fn provider() -> ProviderLink {
    ProviderLink { key: "1042-stichting-werkpad-noord".into(), name: "Stichting Werkpad Noord".into() }
}

/// The contract manager of the invented municipality.
pub fn manager(lang: Lang, here: impl Into<String>) -> Frame {
    Frame {
        municipality: "Noordermeer".into(),
        user: Some(SignedIn {
            name: "M. de Wit".into(),
            role: lang.pick("contractmanager", "contract manager").into(),
            switches: false,
        }),
        menu: menu_of_municipality(lang, Some(Section::Providers)),
        ..Frame::public(lang, here)
    }
}

/// Somebody of the municipality who only reads.
pub fn viewer(lang: Lang, here: impl Into<String>) -> Frame {
    let user = SignedIn { name: "A. Jansen".into(), role: lang.pick("raadpleger", "viewer").into(), switches: false };
    Frame { user: Some(user), ..manager(lang, here) }
}

/// A contact person of the municipality.
pub fn contact(lang: Lang, here: impl Into<String>, section: Section) -> Frame {
    let role = lang.pick("contactpersoon", "contact person").to_owned();
    let user = SignedIn { name: "A. Jansen".into(), role, switches: false };
    Frame { user: Some(user), menu: menu_of_contact(lang, Some(section)), ..manager(lang, here) }
}

/// Somebody of the provider.
pub fn of_provider(lang: Lang, here: impl Into<String>, section: Section) -> Frame {
    Frame {
        user: Some(SignedIn { name: "S. Bakker".into(), role: "Werkpad Noord".into(), switches: true }),
        menu: menu_of_provider(lang, &provider(), Some(quarter()), 1, Some(section)),
        ..manager(lang, here)
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let trouble = |name, trouble| {
        let frame = manager(lang, "/aanbieders");
        Sample::of(name, &TroublePage { frame, trouble })
    };
    let reference = || "7Q4K-2M9X".to_owned();
    vec![
        trouble("400", Trouble::BadRequest),
        trouble("403", Trouble::NotAllowed { ask: Some("M. de Wit".into()) }),
        trouble("404", Trouble::NotFound { search: true }),
        Sample::of(
            "404-public",
            &TroublePage { frame: Frame::public(lang, "/x"), trouble: Trouble::NotFound { search: false } },
        ),
        trouble("405", Trouble::WrongVerb),
        trouble("408", Trouble::TooSlow),
        trouble("409", Trouble::Conflict { by: Some("A. Jansen".into()), back: "/aanbieders".into() }),
        trouble("413", Trouble::TooLarge { limit_mb: 25 }),
        trouble("413-form", Trouble::FormTooLarge),
        Sample::of("422", &correction(lang)),
        trouble("414", Trouble::TooLong),
        trouble("415", Trouble::WrongType),
        Sample::of(
            "421",
            &TroublePage {
                frame: Frame::public(lang, "/"),
                trouble: Trouble::WrongHost { right: "https://openhouse.noordermeer.example".into() },
            },
        ),
        trouble("500", Trouble::Broken { reference: reference() }),
        trouble("503", Trouble::Busy { reference: reference() }),
        trouble("507", Trouble::CannotStore { reference: reference(), full: true }),
    ]
}

/// A verdict that names a person, and words without end.
fn correction(lang: Lang) -> CorrectionPage {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    CorrectionPage {
        frame: manager(lang, "/aanbieders"),
        action: "/aanmeldingen/2026-0014/eisen/M14".into(),
        fields: vec![
            field("versie", "3"),
            field("motivering", "Bij cliënt 111.222.333 ging het goed."),
            field("toelichting", "Het verslag van de bijeenkomst …"),
        ],
        faults: vec![(1, Fault::Bsn), (2, Fault::TooLong { longest: LONGEST_TEXT })],
    }
}
