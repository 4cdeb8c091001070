//! The pages of the requests for access with invented contents.

use i18n_embed_fl::fl;

use super::access::{AccessListPage, AccessPage, AccessTyped, REFUSE};
use crate::actor::Role;
use crate::page::sample::{Sample, manager, of_provider};
use crate::page::{FormErrors, Frame, Section};
use crate::provider::access::{AccessRequest, Answer};
use crate::text::Lang;

fn request(id: i64, answer: Option<Option<Role>>) -> AccessRequest {
    AccessRequest {
        id,
        municipality_id: 1,
        municipality: "Noordermeer".into(),
        provider_id: 1,
        provider: "Stichting <Werkpad> Noord".into(),
        kvk: "90009001".parse().expect("eight digits"),
        account_id: id,
        name: "Bram <Visser>".into(),
        email: "bram.visser@werkpadnoord.example".into(),
        asked_at: "2026-11-17T09:30:00".parse().expect("a moment"),
        answer: answer.map(|role| Answer {
            at: "2026-11-18T10:00:00".parse().expect("a moment"),
            by: "S. Bakker".into(),
            role,
            reason: if role.is_none() { "Hij werkt hier niet meer.".into() } else { String::new() },
        }),
    }
}

fn page(lang: Lang, of_municipality: bool, request: AccessRequest) -> AccessPage {
    let frame: Frame = match of_municipality {
        true => manager(lang, "/werkvoorraad/verzoeken/1").crumb(fl!(lang.texts(), "page-menu-queue"), "/werkvoorraad"),
        false => of_provider(lang, "/mijn/verzoeken/1", Section::Mine)
            .crumb(fl!(lang.texts(), "page-menu-mine"), "/mijn")
            .crumb(fl!(lang.texts(), "access-title"), "/mijn/verzoeken"),
    };
    AccessPage {
        path: frame.here.clone(),
        frame,
        request,
        of_municipality,
        registered: !of_municipality,
        typed: AccessTyped::default(),
        errors: FormErrors::default(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let t = lang.texts();
    let list = |rows| AccessListPage { frame: of_provider(lang, "/mijn/verzoeken", Section::Mine), rows };
    let all = vec![request(3, None), request(2, Some(Some(Role::ProviderUser))), request(1, Some(None))];
    let fields = vec![
        ("keus".to_owned(), fl!(t, "access-choice-missing")),
        ("nagegaan".to_owned(), fl!(t, "access-checked-missing")),
        ("reden".to_owned(), fl!(t, "access-reason-missing")),
    ];
    let typed = AccessTyped { choice: REFUSE.into(), reason: "<b>".into(), checked: true };
    let wrong =
        AccessPage { errors: FormErrors { fields, whole: vec![] }, typed, ..page(lang, true, request(1, None)) };
    let overtaken = AccessPage {
        errors: FormErrors { whole: vec![fl!(t, "access-overtaken")], fields: vec![] },
        ..page(lang, false, request(1, Some(None)))
    };
    vec![
        Sample::of("access-list", &list(all)),
        Sample::of("access-list-none", &list(vec![])),
        Sample::of("access", &page(lang, false, request(1, None))),
        Sample::of("access-municipality", &page(lang, true, request(1, None))),
        Sample::of("access-wrong", &wrong),
        Sample::of("access-let-in", &page(lang, true, request(1, Some(Some(Role::ProviderAdmin))))),
        Sample::of("access-overtaken", &overtaken),
    ]
}
