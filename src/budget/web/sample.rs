//! The pages of the money with invented contents.

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::forms::{BackForm, BackPage, BookingForm, OtherPage, SourceForm, SourcePage};
use super::lines::{Chooses, CommittedPage, ExportPage, LinesPage, LinesQuery, PeriodQuery};
use super::overview::{ProvidersPage, YearPage};
use super::places::{EndForm, EndPage, JoinForm, PlacesPage};
use crate::budget::commitment::{Due, Running};
use crate::budget::figures::{Counted, Figure, FigureKind, by_source};
use crate::budget::gather::Runs;
use crate::budget::lines::Line;
use crate::budget::places::{Drawn, Limited, Waits};
use crate::budget::{Booking, Budget};
use crate::confirmation::Word;
use crate::money::{Cents, Hundredths};
use crate::page::sample::{Sample, manager};
use crate::page::{FormErrors, Frame, Paging, Section, menu_of_budget};
use crate::text::Lang;

const YEAR: i32 = 2026;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("a moment")
}

fn budget(version: i32, cents: i64, reason: &str) -> Budget {
    Budget {
        source_id: 1,
        source: "Participatiebudget".into(),
        year: YEAR,
        version,
        amount: Cents(cents),
        products: vec![1, 2],
        reason: reason.into(),
        noted_at: at("2026-01-12T09:30:00"),
        noted_by: "P. Postma".into(),
    }
}

fn booking(id: i64, cents: i64, takes_back: Option<i64>) -> Booking {
    Booking {
        id,
        source_id: 1,
        month: day("2026-03-01"),
        category: "Vervoer".into(),
        description: "Busritten naar de werkplaats".into(),
        amount: Cents(cents),
        takes_back,
        noted_at: at("2026-04-02T09:30:00"),
        noted_by: "P. Postma".into(),
    }
}

fn figure(spent: i64, open: i64, committed: i64) -> Figure {
    Figure {
        spent: Cents(spent),
        open: Cents(open),
        committed: Cents(committed),
        later: Cents(180_000),
        trajectories: 24,
        running: 31,
        unknown: 1,
    }
}

fn counted() -> Counted {
    let of = |kind, what: &str, figure| (kind, what.to_owned(), figure);
    let whole = figure(30_125_050, 4_210_000, 6_100_475);
    Counted {
        on: day("2026-11-23"),
        at: at("2026-11-23T06:00:00"),
        by: "openhouse".into(),
        outflows: 11,
        overtaken: true,
        figures: vec![
            of(FigureKind::Product, "1", whole),
            of(FigureKind::Product, "3", figure(100_000, 0, 0)),
            of(FigureKind::Profile, "", figure(1_200_000, 0, 0)),
            of(FigureKind::Profile, "P2", whole),
            of(FigureKind::Month, "2026-03", whole),
        ],
    }
}

fn products(lang: Lang) -> Vec<(i64, String, String)> {
    let name = |nl: &str, en: &str| lang.pick(nl, en).to_owned();
    vec![
        (1, "RE-P2-JC".into(), name("Jobcoaching", "Job coaching")),
        (2, "RE-P3-TS".into(), name("Taalstage", "Language traineeship")),
        (3, "RE-P5-BW".into(), name("Beschut werk", "Sheltered work")),
    ]
}

fn chooses(lang: Lang) -> Chooses {
    Chooses {
        products: products(lang),
        profiles: vec![("P2".into(), lang.pick("Met hulp aan het werk", "To work with help").into())],
        providers: vec![(1, 1042, "Stichting Werkpad Noord".into())],
    }
}

fn line(id: i64, approved: bool) -> Line {
    Line {
        id,
        provider_id: 1,
        quarter: "2026-Q3".into(),
        line: id.to_string(),
        case_ref: "WN-2026-031".into(),
        client_ref: "C10432".into(),
        profile: "P2".into(),
        contact: "k.devries@noordermeer.example".into(),
        product_id: 1,
        from: day("2026-07-01"),
        until: day("2026-07-31"),
        unit: "uur".into(),
        quantity: Hundredths(150),
        tariff: Cents(6_255),
        amount: Cents(9_383),
        vat: None,
        invoice: "F202607-WN".into(),
        approved,
    }
}

fn runs(id: i64) -> Runs {
    let running = Running {
        started_on: day("2026-05-04"),
        term_ends_on: Some(day("2027-02-28")),
        charged: Hundredths(800),
        charged_until: Some(day("2026-09-30")),
    };
    let (profile, case_ref) = ("P2".to_owned(), format!("WN-2026-0{id}"));
    Runs { id, product_id: 1, provider_id: 1, client_id: id, profile, case_ref, running }
}

fn due(month: &str) -> Due {
    Due { month: day(month), quantity: Hundredths(250), tariff: Cents(6_255), amount: Cents(15_638) }
}

fn waits(id: Option<i64>, placed: Option<&str>, left: Option<&str>, reason: &str) -> Waits {
    Waits {
        id,
        product_id: 3,
        client_ref: "C10432".into(),
        indication_on: day("2026-02-10"),
        placed_on: placed.map(day),
        left_on: left.map(day),
        reason: reason.into(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let frame = |here: &str| {
        let mut frame = manager(lang, here);
        frame.menu.push(menu_of_budget(lang, Some(Section::Budget)));
        frame
    };
    let below = |here: &str| -> Frame {
        let title = fl!(lang.texts(), "budget-title", year = YEAR.to_string());
        frame(here).crumb(title, super::path(YEAR))
    };
    let none = || Paging { previous: None, next: None };
    let errors = |field: &str| FormErrors {
        fields: vec![(field.to_owned(), fl!(lang.texts(), "budget-reason-missing"))],
        whole: Vec::new(),
    };
    let sources = vec![(1, "Participatiebudget".to_owned())];
    let bookings = vec![booking(3, -240_000, Some(2)), booking(2, 240_000, None), booking(1, 910_000, None)];
    let year = |counted: Option<Counted>, budgets: &[Budget]| {
        let bookings: &[Booking] = if budgets.is_empty() { &[] } else { &bookings };
        YearPage {
            frame: frame("/begroting/2026"),
            year: YEAR,
            now: YEAR,
            writes: true,
            alarm: 70,
            sources: by_source(&sources, budgets, bookings, counted.as_ref()),
            counted,
            products: products(lang),
            profiles: chooses(lang).profiles,
            done: Some(fl!(lang.texts(), "budget-done-counted")),
        }
    };
    let budgets = [budget(2, 43_819_800, "De meicirculaire.")];
    let source = |source: Option<(i64, String)>, errors: FormErrors| SourcePage {
        frame: below("/begroting/2026/bronnen/1"),
        year: YEAR,
        writes: true,
        versions: if source.is_some() { vec![budgets[0].clone(), budget(1, 43_000_000, "")] } else { Vec::new() },
        source,
        products: products(lang),
        form: SourceForm::of(&budgets[0], &products(lang)),
        errors,
    };
    let other = |bookings: Vec<Booking>, errors: FormErrors| OtherPage {
        frame: below("/begroting/2026/overige-kosten"),
        year: YEAR,
        writes: true,
        sources: if bookings.is_empty() { Vec::new() } else { sources.clone() },
        bookings,
        form: BookingForm { bedrag: "veel".into(), ..BookingForm::default() },
        errors,
        done: true,
    };
    let regels = |lines: Vec<Line>| LinesPage {
        frame: below("/begroting/2026/regels"),
        year: YEAR,
        approves: true,
        query: LinesQuery { product: "RE-P2-JC".into(), ..LinesQuery::default() },
        chooses: chooses(lang),
        total: (lines.len() as i64, Cents(18_766)),
        said: lines.iter().map(|one| one.id).zip([Word::Confirmed, Word::Contested]).collect(),
        lines,
        paging: Paging { previous: None, next: Some("/begroting/2026/regels?blad=1".into()) },
        errors: FormErrors::default(),
        done: false,
    };
    let committed = CommittedPage {
        frame: below("/begroting/2026/verplicht"),
        year: YEAR,
        query: LinesQuery::default(),
        chooses: chooses(lang),
        rows: vec![
            (runs(31), "C10432".into(), Some(vec![due("2026-10-01"), due("2027-01-01")])),
            (runs(32), "C10433".into(), None),
        ],
        total: (2, Cents(15_638)),
        paging: none(),
    };
    let export = |errors: FormErrors| ExportPage {
        frame: below("/begroting/2026/uitvoer"),
        year: YEAR,
        query: PeriodQuery { van: "2026-07".into(), tot: "2026-09".into() },
        total: (212, Cents(30_125_050)),
        open: (14, Cents(410_000)),
        errors,
    };
    let places = |batches: Vec<Drawn>, limited: Vec<Limited>, waiting: Vec<Waits>| PlacesPage {
        frame: below("/begroting/2026/plaatsen"),
        year: YEAR,
        writes: true,
        products: products(lang),
        providers: vec![(1, "Stichting Werkpad Noord".into())],
        batches,
        limited,
        waiting,
        form: JoinForm::default(),
        errors: FormErrors::default(),
        done: true,
    };
    let drawn = |drawn| Drawn {
        product_id: 1,
        provider_id: 1,
        since: day("2026-01-05"),
        bought: Hundredths(5_000),
        paid: Cents(1_975_000),
        drawn: Hundredths(drawn),
    };
    let limited = Limited {
        product_id: 3,
        code: "RE-P5-BW".into(),
        places: Some(12),
        taken: 9,
        yearly: Some(Hundredths(1_200)),
        delivered: Hundredths(400),
    };
    let waiting = vec![
        waits(Some(1), None, None, ""),
        waits(None, Some("2026-08-01"), None, ""),
        waits(Some(2), None, Some("2026-09-01"), "Verhuisd."),
    ];
    let back = BackPage {
        frame: below("/begroting/2026/overige-kosten/1"),
        year: YEAR,
        booking: booking(1, 910_000, None),
        form: BackForm::default(),
        errors: errors("reden"),
    };
    let end = EndPage {
        frame: below("/begroting/2026/wachtlijst/1"),
        year: YEAR,
        id: 1,
        waits: waits(Some(1), None, None, ""),
        product: "Beschut werk".into(),
        form: EndForm { einde: "eraf".into(), ..EndForm::default() },
        errors: errors("reden"),
    };
    let providers = ProvidersPage {
        frame: below("/begroting/2026/aanbieders"),
        year: YEAR,
        rows: vec![(1042, "Stichting Werkpad Noord".into(), figure(30_125_050, 4_210_000, 6_100_475))],
    };
    let known = || Some((1, "Participatiebudget".to_owned()));
    vec![
        Sample::of("budget-year", &year(Some(counted()), &budgets)),
        Sample::of("budget-year-empty", &year(None, &[])),
        Sample::of("budget-providers", &providers),
        Sample::of("budget-source", &source(known(), errors("reden"))),
        Sample::of("budget-source-new", &source(None, FormErrors::default())),
        Sample::of("budget-other", &other(bookings.clone(), errors("bedrag"))),
        Sample::of("budget-other-empty", &other(Vec::new(), FormErrors::default())),
        Sample::of("budget-back", &back),
        Sample::of("budget-lines", &regels(vec![line(1, true), line(2, false)])),
        Sample::of("budget-lines-none", &regels(Vec::new())),
        Sample::of("budget-committed", &committed),
        Sample::of("budget-export", &export(FormErrors::default())),
        Sample::of("budget-export-wrong", &export(errors("tot"))),
        Sample::of("budget-places", &places(vec![drawn(4_100), drawn(5_000), drawn(5_100)], vec![limited], waiting)),
        Sample::of("budget-places-none", &places(Vec::new(), Vec::new(), Vec::new())),
        Sample::of("budget-waits", &end),
    ]
}
