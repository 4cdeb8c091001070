//! The pages of the catalogue with invented contents.

use chrono::NaiveDate;

use super::entries::hidden;
use super::matrix::{MatrixPage, MatrixRow};
use super::product_acts::{BatchForm, TariffForm};
use super::product_form::{Around, ProductForm};
use super::product_words::{changes, lines};
use super::products::{
    BatchRow, ImpactRow, ProductCheckPage, ProductFormPage, ProductPage, ProductRow, ProductsPage, ProviderUse,
    UseOfAll,
};
use crate::ids::Kvk;
use crate::money::{Cents, Hundredths};
use crate::page::sample::{Sample, manager};
use crate::page::{FormErrors, Frame};
use crate::procedure::Validity;
use crate::procedure::defaults::defaults;
use crate::procedure::product::{Product, Vat};
use crate::text::Lang;

const HERE: &str = "/beheer/producten";

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a day")
}

fn kvk() -> Kvk {
    "90003290".parse().expect("eight digits")
}

fn name(_: &Kvk) -> String {
    "Beschut & Bekwaam B.V.".to_owned()
}

/// Sheltered work as a new installation has it, and a version of it for one provider alone.
fn product() -> (Product, Product) {
    let all = &defaults().catalogue.products;
    let now = all.iter().find(|one| one.code == "RE-BW").unwrap_or(&all[0]).clone();
    let valid = Validity::new(day("2027-01-01"), None).unwrap_or(now.valid);
    let new = Product {
        only_by: Some(kvk()),
        places: Some(20),
        yearly: Some(Hundredths(24_000)),
        vat: Some(Vat::Percent(21)),
        valid,
        ..now.clone()
    };
    (now, new)
}

fn around() -> Around {
    Around {
        profiles: ["P1", "P2", "P3", "P4", "P5"].map(str::to_owned).to_vec(),
        providers: vec![(kvk(), name(&kvk()))],
        codes: vec!["RE-BW".to_owned()],
        earliest: day("2026-11-24"),
    }
}

fn below(lang: Lang, here: &str) -> Frame {
    manager(lang, here).crumb(lang.pick("Producten", "Products"), HERE)
}

fn list(lang: Lang) -> ProductsPage {
    let row = |one: &Product| ProductRow {
        code: one.code.clone(),
        name: one.name.in_lang(lang).to_owned(),
        unit: one.unit.word(lang),
        pricing: one.pricing.in_words(lang),
        tariff: (one.code != "RE-TOE").then_some(Cents(6_255)),
        profiles: one.profiles.join(", "),
        limits: match one.code.as_str() {
            "RE-BW" => vec![lang.pick("Alleen door Beschut & Bekwaam B.V.", "Only by Beschut & Bekwaam B.V.").into()],
            _ => Vec::new(),
        },
    };
    let mut rows: Vec<ProductRow> = defaults().catalogue.products.iter().map(row).collect();
    rows.sort_by(|one, other| one.code.cmp(&other.code));
    ProductsPage {
        frame: manager(lang, HERE),
        on: day("2026-11-23"),
        typed: "2026-11-23".into(),
        errors: FormErrors::default(),
        rows,
        undescribed: vec![("RE-P1-XX".into(), lang.pick("Ingelezen product", "Imported product").into())],
        published: Some("RE-BW".into()),
    }
}

fn one(lang: Lang, errors: FormErrors) -> ProductPage {
    let (_, new) = product();
    let usage = |name: &str, taken, delivered, prepaid: Option<(i64, i64)>| ProviderUse {
        name: name.into(),
        path: "/aanbieders/1038-beschut-bekwaam".into(),
        offers: Some("P5".into()),
        taken,
        delivered: Hundredths(delivered),
        amount: Cents(delivered * 12),
        prepaid: prepaid.map(|(bought, drawn)| (Hundredths(bought), Hundredths(drawn))),
    };
    ProductPage {
        frame: below(lang, "/beheer/producten/RE-BW"),
        code: "RE-BW".into(),
        name: new.name.in_lang(lang).into(),
        holds: Some((
            new.valid.from(),
            lines(lang, &new, name).into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        )),
        unit: new.unit.word(lang),
        tariffs: vec![
            (Cents(121_400), day("2026-01-01"), None),
            (Cents(117_000), day("2025-01-01"), Some(day("2025-12-31"))),
        ],
        versions: vec![(day("2027-01-01"), None), (day("2019-01-01"), Some(day("2026-12-31")))],
        use_of_all: UseOfAll {
            year: 2026,
            taken: 20,
            places: Some(20),
            delivered: Hundredths(24_250),
            yearly: Some(Hundredths(24_000)),
            amount: Cents(29_439_500),
        },
        providers: vec![
            usage("Beschut & Bekwaam B.V.", 14, 16_000, Some((20_000, 16_000))),
            usage("Werkplaats De Veenkade B.V.", 6, 8_250, None),
        ],
        batches: vec![BatchRow {
            provider: "Beschut & Bekwaam B.V.".into(),
            bought_on: day("2026-01-01"),
            quantity: Hundredths(20_000),
            paid: Some(Cents(24_280_000)),
            reason: lang.pick("Afspraak van december", "Agreed in December").into(),
        }],
        tariff: TariffForm::default(),
        batch: BatchForm::default(),
        around: around(),
        errors,
        done: false,
    }
}

fn form(lang: Lang) -> ProductFormPage {
    let (now, _) = product();
    ProductFormPage {
        frame: below(lang, "/beheer/producten/RE-BW/versie"),
        code: "RE-BW".into(),
        is_new: false,
        form: ProductForm::of(&now, 7),
        around: around(),
        errors: FormErrors::default(),
    }
}

fn new(lang: Lang) -> ProductFormPage {
    let form = ProductForm::empty(&defaults().catalogue.pricing_models[2].instalments);
    let errors = form.read(lang, None, &around()).err().unwrap_or_default();
    ProductFormPage {
        frame: below(lang, "/beheer/producten/nieuw/versie"),
        code: "nieuw".into(),
        is_new: true,
        form,
        around: around(),
        errors,
    }
}

fn check(lang: Lang) -> ProductCheckPage {
    let (now, new) = product();
    let row = |provider: &str, running, note: Option<(&str, &str)>| ImpactRow {
        name: provider.into(),
        path: "/aanbieders/1014".into(),
        running,
        notes: note.map(|(nl, en)| lang.pick(nl, en).to_owned()).into_iter().collect(),
    };
    let closed = (
        "6 trajecten lopen bij een aanbieder die dit product dan niet meer mag opgeven.",
        "6 trajectories run with a provider who may then no longer state this product.",
    );
    ProductCheckPage {
        frame: below(lang, "/beheer/producten/RE-BW/versie"),
        heading: lang.pick("Wat de nieuwe versie van RE-BW doet", "What the new version of RE-BW does").into(),
        from: new.valid.from(),
        address: "/beheer/producten/RE-BW/versie".into(),
        changes: changes(lang, Some(&now), &new, name),
        notes: Vec::new(),
        impact: vec![row("Beschut & Bekwaam B.V.", 14, None), row("Werkplaats De Veenkade B.V.", 6, Some(closed))],
        hidden: hidden(&ProductForm::of(&new, 7)),
    }
}

fn matrix(lang: Lang) -> MatrixPage {
    let scheme = defaults().active_scheme();
    let profiles: Vec<(String, String)> =
        scheme.selectable().map(|one| (one.code.clone(), one.name.in_lang(lang).to_owned())).collect();
    let row = |one: &Product| MatrixRow {
        code: one.code.clone(),
        name: one.name.in_lang(lang).to_owned(),
        ticked: profiles.iter().map(|(code, _)| one.profiles.contains(code)).collect(),
    };
    MatrixPage {
        frame: below(lang, "/beheer/producten/matrix"),
        rows: defaults().catalogue.products.iter().map(row).collect(),
        profiles,
        first_day: "2027-01-01".into(),
        earliest: day("2026-11-24"),
        seen: 21,
        errors: FormErrors::default(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let wrong = FormErrors {
        fields: vec![("tarief".into(), lang.pick("Vul een bedrag in.", "Fill in an amount.").into())],
        whole: Vec::new(),
    };
    vec![
        Sample::of("producten", &list(lang)),
        Sample::of("product", &one(lang, FormErrors::default())),
        Sample::of("product-fout", &one(lang, wrong)),
        Sample::of("product-versie", &form(lang)),
        Sample::of("product-nieuw", &new(lang)),
        Sample::of("product-gevolgen", &check(lang)),
        Sample::of("producten-matrix", &matrix(lang)),
    ]
}
