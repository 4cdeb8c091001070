//! The public pages with invented contents.

use super::apply_handlers::ApplyForm;
use super::products::{Product, ProductsPage};
use super::register::RegisterPage;
use super::{AppliedPage, ApplyPage, CriteriaPage, DocumentsPage, Place, QuestionsPage, StartPage, Town};
use crate::agreement::text::{AgreementText, TextKind, TextVersion};
use crate::agreement::web::sample as invented;
use crate::front::register::search::{Order, Search};
use crate::front::register::{Listed, Register};
use crate::ids::Sha256Hex;
use crate::money::Cents;
use crate::page::sample::Sample;
use crate::page::{FormErrors, Frame};
use crate::procedure;
use crate::procedure::admission::documents::ProcedureDocument;
use crate::procedure::admission::questions::Answered;
use crate::procedure::admission::{Procedure, ProcedureState, first};
use crate::procedure::criterion::AskMoment;
use crate::procedure::defaults::defaults;
use crate::provider::listing::{Listing, Location, Waiting};
use crate::text::{Bilingual, Lang};

pub fn town() -> Town {
    let procedure = Procedure {
        id: 1,
        municipality_id: 1,
        details: first::usual("Marloes de Wit", "openhouse@noordermeer.example"),
        slug: "noordermeer".into(),
        state: ProcedureState::Open,
        version: 3,
        changed_at: "2026-11-02T09:30:00".parse().expect("a moment"),
        changed_by: "M. de Wit".into(),
        proposed: None,
    };
    Town { slug: "noordermeer".into(), name: "Noordermeer".into(), procedures: vec![procedure] }
}

fn texts() -> Vec<(AgreementText, TextVersion)> {
    let title = "Deelovereenkomst re-integratie 2027";
    let text = invented::invented(TextKind::Domain, title, "re-integratie-2027", None);
    let version = invented::established(&text, &invented::articles(&text));
    vec![(text, version)]
}

fn named(name: &str) -> Bilingual {
    Bilingual { nl: name.into(), en: name.into() }
}

/// One that told everything, long ago, and one that told nothing.
fn registered() -> Vec<Listed> {
    let location = Location {
        name: "Werkplein".into(),
        street: "Kade 3".into(),
        postcode: "1234 AB".into(),
        place: "Noordermeer".into(),
        accessible: true,
    };
    let told_on = "2026-06-02".parse().expect("a day");
    let told = Listing {
        locations: vec![location],
        languages: vec!["nl".into(), "ti".into()],
        website: "https://www.werkpadnoord.example".into(),
        waiting: Some(Waiting { weeks: 4, told_on }),
    };
    let listed = Listed {
        name: "Stichting Werkpad Noord".into(),
        kvk: "90001042".into(),
        products: [("RE-P2-JH".into(), named("Jobhunting"))].into(),
        offered: Some([].into()),
        profiles: vec!["P1".into(), "P2".into()],
        since: "2026-11-23".parse().expect("a day"),
        stopped_from: None,
        told,
    };
    let silent = Listed {
        name: "Weg & Werk B.V.".into(),
        kvk: "90001043".into(),
        offered: None,
        profiles: Vec::new(),
        stopped_from: chrono::NaiveDate::from_ymd_opt(2026, 11, 1),
        told: Listing::default(),
        ..listed.clone()
    };
    vec![listed, silent]
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let today = "2026-11-23".parse().expect("a day");
    let at = "2026-11-16T09:30:00".parse().expect("a moment");
    let frame = |word: &str, place| {
        let here = format!("/gemeenten/noordermeer{word}");
        town().frame(Frame::public(lang, here), place)
    };
    let asked = |moment| {
        let all = defaults().criteria.iter().filter(|one| one.active && one.ask == moment);
        (moment, all.cloned().collect::<Vec<_>>())
    };
    let criteria = CriteriaPage {
        frame: frame("/eisen", Place::Criteria),
        town: town(),
        on: today,
        errors: FormErrors::default(),
        typed: "2026-11-23".into(),
        groups: AskMoment::ALL.iter().copied().map(asked).collect(),
        products: vec![("RE-P2-JC".into(), "Jobcoaching".into())],
    };
    let product = |one: &procedure::product::Product| Product {
        code: one.code.clone(),
        name: one.name.in_lang(lang).into(),
        profiles: one.profiles.join(", "),
        pricing: one.pricing.in_words(lang),
        instalments: vec![lang.pick("40% bij het plan", "40% at the plan").into()],
        tariff: one.requires_approval.then_some(Cents(6_255)),
        unit: one.unit.word(lang),
        vat: Some(procedure::product::Vat::Percent(21).in_words(lang)),
        limits: one
            .requires_approval
            .then(|| lang.pick("Hoogstens 36 maanden", "At most 36 months").into())
            .into_iter()
            .collect(),
    };
    let products = ProductsPage {
        frame: frame("/producten", Place::Products),
        town: town(),
        on: today,
        typed: "2026-11-23".into(),
        errors: FormErrors::default(),
        rows: defaults().catalogue.products.iter().map(product).collect(),
    };
    let document = ProcedureDocument {
        id: 1,
        procedure_id: 1,
        title_nl: "Aanmeldingsdocument 2027".into(),
        title_en: "Application document 2027".into(),
        file: Sha256Hex::of(b"document"),
        file_name: "aanmeldingsdocument.pdf".into(),
        size: 482_000,
        valid_from: today,
        valid_until: None,
        added_at: at,
        added_by: "M. de Wit".into(),
    };
    let answered = Answered {
        question: "Geldt een verklaring van onze accountant als bewijs?".into(),
        answer: "Ja, als die niet ouder is dan zes maanden.".into(),
        published_at: at,
    };
    let questions = |errors, received| QuestionsPage {
        frame: frame("/vragen", Place::Questions),
        town: town(),
        answered: vec![answered.clone()],
        errors,
        name: String::new(),
        question: String::new(),
        received,
    };
    let register = |order, search: Search| RegisterPage {
        frame: frame("/register", Place::Register),
        town: town(),
        today,
        rows: registered().into_iter().filter(|one| search.fits(one)).collect(),
        register: Register { rows: registered(), profiles: [("P1".into(), named("Direct naar werk"))].into() },
        search,
        order,
    };
    let nowhere = Search { plaats: "Nergens".into(), ..Search::default() };
    let apply =
        |errors, form| ApplyPage { frame: frame("/aanmelden", Place::Apply), town: town(), today, errors, form };
    let wrong = FormErrors {
        fields: vec![("kvk".into(), lang.pick("Vul acht cijfers in.", "Fill in eight digits.").into())],
        whole: Vec::new(),
    };
    let asked_nothing = FormErrors { fields: vec![("vraag".into(), "–".into())], whole: Vec::new() };
    let typed = ApplyForm { organisatie: "Werkpad Noord".into(), kvk: "12".into(), ..ApplyForm::default() };
    vec![
        Sample::of("front", &StartPage { frame: frame("", Place::Start), town: town(), today }),
        Sample::of("front-criteria", &criteria),
        Sample::of(
            "front-documents",
            &DocumentsPage {
                frame: frame("/documenten", Place::Documents),
                town: town(),
                documents: vec![(town().procedures.remove(0), vec![document])],
                texts: texts(),
            },
        ),
        Sample::of("front-products", &products),
        Sample::of("front-questions", &questions(FormErrors::default(), true)),
        Sample::of("front-questions-errors", &questions(asked_nothing, false)),
        Sample::of("front-register", &register(Order::Alphabetical, Search::default())),
        Sample::of("front-register-random", &register(Order::Random(4711), Search::default().drawn(4711))),
        Sample::of("front-register-nothing", &register(Order::Alphabetical, nowhere)),
        Sample::of("front-apply", &apply(FormErrors::default(), ApplyForm::default())),
        Sample::of("front-apply-errors", &apply(wrong, typed)),
        Sample::of(
            "front-applied",
            &AppliedPage { frame: frame("/aanmelden", Place::Apply), town: town(), unchecked: true },
        ),
    ]
}
