//! A quarter, the cases behind a figure and the check before it is final, with invented contents.

use chrono::{NaiveDate, NaiveDateTime};

use super::cases::{CaseRow, CasesPage, Cell, Definition};
use super::finalise::FinalisePage;
use super::sample_hearing::said;
use super::{Costs, Figures, IndicatorRow, ProductCosts, QuarterPage, QuarterState, Register};
use crate::confirmation::Tally;
use crate::indicator::{Duty, Label, Outcome, Verdict};
use crate::money::Cents;
use crate::page::sample::{Sample, manager, of_provider, provider, quarter, viewer};
use crate::page::{Event, FormErrors, Frame, Section, Side, Tone};
use crate::statement::web::StatementState;
use crate::text::Lang;

pub fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a date")
}

pub fn at(written: &str, hour: u32, minute: u32) -> NaiveDateTime {
    day(written).and_hms_opt(hour, minute, 0).expect("it is a time")
}

/// Numerator, denominator, target, verdict and the four quarters before, per indicator.
type Shape = (&'static str, &'static str, u32, u32, Option<u32>, Verdict, [(u32, u32); 4]);

const SHAPES: [Shape; 10] = [
    (
        "Trajectplan binnen 3 weken",
        "Trajectory plan within 3 weeks",
        33,
        34,
        Some(100),
        Verdict::Attention,
        [(30, 32), (31, 32), (33, 33), (34, 34)],
    ),
    (
        "Afspraken over resultaat",
        "Agreed results",
        34,
        34,
        Some(100),
        Verdict::Met,
        [(31, 32), (32, 32), (33, 33), (34, 34)],
    ),
    (
        "Samenwerken met de contactpersoon",
        "Working with the municipal contact",
        30,
        34,
        Some(80),
        Verdict::Met,
        [(25, 32), (26, 32), (28, 33), (29, 34)],
    ),
    (
        "Meewerken aan cliëntenonderzoek",
        "Taking part in client research",
        1,
        1,
        Some(100),
        Verdict::Met,
        [(0, 0), (1, 1), (0, 0), (0, 0)],
    ),
    (
        "Iedereen een VOG",
        "Certificate of conduct for all professionals",
        12,
        12,
        Some(100),
        Verdict::Met,
        [(12, 12), (11, 12), (12, 12), (12, 12)],
    ),
    (
        "Niet langer dan nodig",
        "No longer than needed",
        18,
        25,
        Some(80),
        Verdict::Missed,
        [(21, 25), (20, 24), (20, 25), (21, 26)],
    ),
    ("Klachten goed geregeld", "Complaints in order", 3, 3, Some(100), Verdict::Met, [(3, 3), (3, 3), (3, 3), (3, 3)]),
    (
        "Uitstroom profiel 1 binnen 4 maanden",
        "Outflow of profile 1 within 4 months",
        3,
        4,
        Some(70),
        Verdict::Met,
        [(3, 5), (4, 6), (5, 7), (7, 10)],
    ),
    (
        "Beschut werk binnen 6 maanden",
        "Sheltered work within 6 months",
        0,
        0,
        None,
        Verdict::NotApplicable,
        [(0, 0), (0, 0), (0, 0), (0, 0)],
    ),
    (
        "Kostenoverzicht per kwartaal",
        "Quarterly cost overview",
        1,
        1,
        Some(100),
        Verdict::Met,
        [(1, 1), (0, 1), (1, 1), (1, 1)],
    ),
];

pub fn rows(lang: Lang, decided: bool) -> Vec<IndicatorRow> {
    let quarters = quarter().run_up(5);
    (1..)
        .zip(SHAPES)
        .map(|(number, (nl, en, numerator, denominator, target_pct, verdict, before))| {
            let shares = before.into_iter().chain([(numerator, denominator)]);
            let strict = if number == 1 { (33, 36) } else { (numerator, denominator) };
            IndicatorRow {
                number,
                name: lang.pick(nl, en).into(),
                figures: Figures {
                    indicator: number,
                    numerator,
                    denominator,
                    strict_numerator: strict.0,
                    strict_denominator: strict.1,
                    target_pct,
                    verdict,
                    label: (number == 8).then_some(Label::Indicative),
                },
                decided,
                instead: None,
                rolling: (number == 8).then_some((19, 27)),
                trend: quarters.iter().copied().zip(shares.map(|(n, d)| (d > 0).then_some((n, d)))).collect(),
            }
        })
        .collect()
}

fn costs(lang: Lang) -> Costs {
    let amounts = [1_118_250, 1_290_400, 1_362_000, 1_512_050, 1_430_000];
    let line = |nl: &str, en: &str, before, now| ProductCosts {
        product: lang.pick(nl, en).into(),
        before: Cents(before),
        now: Cents(now),
    };
    Costs {
        quarters: quarter().run_up(5).into_iter().zip(amounts.map(Cents)).collect(),
        products: vec![
            line("Jobcoaching", "Job coaching", 900_720, 868_000),
            line("Sollicitatietraining", "Job application training", 345_000, 230_000),
            line("Werkervaringsplaats", "Work experience placement", 266_330, 332_000),
        ],
    }
}

fn register(lang: Lang) -> Register {
    Register {
        persons: 12,
        with_vog: 12,
        renew_soon: 1,
        complaints: vec![(lang.pick("Bejegening", "Treatment").into(), 1)],
        expiring: vec![(lang.pick("Klachtenregeling", "Complaints procedure").into(), day("2026-12-31"))],
    }
}

fn events(lang: Lang) -> Vec<Event> {
    let event = |nl: &str, en: &str, at, by: Option<&str>, tone| Event {
        title: lang.pick(nl, en).into(),
        at,
        by: by.map(str::to_owned),
        tone,
    };
    vec![
        event("Indicatoren berekend", "Indicators computed", at("2026-11-02", 6, 0), None, Some(Tone::Wait)),
        event(
            "Uitsluiting R2 geaccepteerd",
            "Exclusion R2 accepted",
            at("2026-10-14", 9, 55),
            Some("M. de Wit"),
            Some(Tone::Ok),
        ),
        event(
            "Kwartaalopgave ingediend",
            "Quarterly statement handed in",
            at("2026-10-09", 16, 31),
            Some("S. Bakker, Werkpad Noord"),
            Some(Tone::Todo),
        ),
        event("Herinnering verstuurd", "Reminder sent", at("2026-10-01", 8, 0), None, None),
    ]
}

pub fn quarter_page(lang: Lang) -> QuarterPage {
    let duty = |key: &str, numerator, denominator| Duty { key: key.into(), numerator, denominator };
    QuarterPage {
        frame: crumbs(lang, manager(lang, provider().quarter_path(quarter()))),
        side: Side::Manager,
        provider: provider(),
        quarter: quarter(),
        state: QuarterState::Provisional { to_judge: 2 },
        replaces: None,
        unexplained: false,
        heard: false,
        statement: StatementState::Received { on: day("2026-10-09") },
        agreement: Some(("2026-014".into(), 3)),
        finalise_before: Some(day("2026-11-30")),
        report: true,
        previous: Some(quarter().previous()),
        next: None,
        rows: rows(lang, false),
        costs: costs(lang),
        duties: vec![duty("1b", 68, 70), duty("6b", 3, 5), duty("6c", 0, 0)],
        register: register(lang),
        events: events(lang),
    }
}

pub fn crumbs(lang: Lang, frame: Frame) -> Frame {
    frame
        .crumb(lang.pick("Aanbieders", "Providers"), "/aanbieders")
        .crumb(provider().name, provider().path())
        .crumb(lang.pick("Kwartalen", "Quarters"), provider().quarters_path())
}

fn cases_page(lang: Lang) -> CasesPage {
    let case = |case_ref: &str, outcome, referred: &str, due: &str, plan: Option<&str>| CaseRow {
        case_ref: case_ref.into(),
        outcome,
        code: None,
        strict_outcome: None,
        cells: vec![Cell::Day(Some(day(referred))), Cell::Day(Some(day(due))), Cell::Day(plan.map(day))],
    };
    let excluded =
        |code: &str, strict_outcome, row: CaseRow| CaseRow { code: Some(code.into()), strict_outcome, ..row };
    let row = rows(lang, false).remove(0);
    let text = |nl: &str, en: &str| lang.pick(nl, en).to_owned();
    CasesPage {
        frame: crumbs(lang, manager(lang, provider().indicator_path(quarter(), 1)))
            .crumb(lang.quarter_first(quarter()), provider().quarter_path(quarter())),
        provider: provider(),
        quarter: quarter(),
        number: 1,
        definition: Definition {
            name: row.name.clone(),
            text: text(
                "Elke cliënt in een traject heeft binnen 3 weken na aanmelding een persoonlijk plan.",
                "Every client in a trajectory has a personal plan within 3 weeks of referral.",
            ),
            measure: text(
                "Van alle trajecten waarvan de termijn van 21 dagen in dit kwartaal eindigt: het deel met een afgesproken plan op of voor die dag.",
                "Of all trajectories whose 21-day term ends in this quarter: the share with an agreed plan on or before that day.",
            ),
            settings: vec![
                (text("Termijn", "Term"), text("21 dagen", "21 days")),
                (text("Laatste dag", "Last day"), text("telt mee", "included")),
            ],
        },
        figures: row.figures,
        decided: false,
        rolling: Some((128, 133)),
        filter: None,
        counts: [33, 1, 3],
        cases: vec![
            case("D-2026-0311", Outcome::Missed, "2026-06-22", "2026-07-13", Some("2026-07-15")),
            case("D-2026-0318", Outcome::Met, "2026-06-25", "2026-07-16", Some("2026-07-02")),
            case("D-2026-0320", Outcome::Met, "2026-06-29", "2026-07-20", Some("2026-07-20")),
            excluded(
                "R2",
                Some(Outcome::Missed),
                case("D-2026-0324", Outcome::Excluded, "2026-07-01", "2026-07-22", None),
            ),
            excluded(
                "ended_before_due",
                None,
                case("D-2026-0330", Outcome::Excluded, "2026-07-06", "2026-07-27", None),
            ),
            case("D-2026-0341", Outcome::Met, "2026-07-13", "2026-08-03", Some("2026-07-24")),
        ],
        instead: None,
        judges: true,
        said: said(lang),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let here = provider().quarter_path(quarter());
    let ready = QuarterPage {
        state: QuarterState::Heard,
        heard: true,
        rows: rows(lang, false).into_iter().map(met).collect(),
        ..quarter_page(lang)
    };
    let closed = QuarterPage {
        state: QuarterState::Final { on: day("2026-11-16") },
        rows: rows(lang, true),
        next: Some(quarter().next()),
        ..quarter_page(lang)
    };
    let empty = |state, statement| QuarterPage {
        state,
        statement,
        report: false,
        rows: vec![],
        duties: vec![],
        costs: Costs::default(),
        events: vec![],
        ..quarter_page(lang)
    };
    let overdue = StatementState::Overdue { due_on: day("2026-10-28") };
    let of_this_provider = || of_provider(lang, here.clone(), Section::Organisation);
    let own = QuarterPage { frame: of_this_provider(), side: Side::Provider, ..quarter_page(lang) };
    let own_empty =
        QuarterPage { frame: of_this_provider(), side: Side::Provider, ..empty(QuarterState::Awaiting, overdue) };
    let read = QuarterPage { frame: viewer(lang, here.clone()), side: Side::Viewer, ..quarter_page(lang) };
    let finalise = |rows| FinalisePage {
        frame: crumbs(lang, manager(lang, format!("{here}/vaststellen")))
            .crumb(lang.quarter_first(quarter()), here.clone()),
        provider: provider(),
        quarter: quarter(),
        errors: FormErrors::default(),
        statement: StatementState::Received { on: day("2026-10-09") },
        lines: Tally { lines: 41, confirmed: 36, contested: 2, corrected: 1 },
        rows,
        state: QuarterState::Heard,
        version: 4,
        key: "0190f2a4-7c11-7d3e-9f6b-2a51c7d8e902".into(),
    };
    let refused = FormErrors {
        fields: vec![],
        whole: vec![
            lang.pick("De berekening is van een oudere versie.", "The computation is of an older version.").into(),
        ],
    };
    let no_cases = CasesPage { filter: Some(Outcome::Missed), cases: vec![], ..cases_page(lang) };
    let statement = CasesPage {
        number: 10,
        figures: rows(lang, true).remove(9).figures,
        decided: true,
        rolling: None,
        counts: [1, 0, 0],
        cases: vec![CaseRow {
            case_ref: "statement".into(),
            outcome: Outcome::Met,
            code: None,
            strict_outcome: None,
            cells: vec![
                Cell::Day(Some(day("2026-10-28"))),
                Cell::Day(Some(day("2026-10-09"))),
                Cell::Words(lang.pick("niet nodig", "not needed").into()),
                Cell::Count(0),
            ],
        }],
        judges: false,
        said: vec![],
        ..cases_page(lang)
    };
    vec![
        Sample::of("quarter", &quarter_page(lang)),
        Sample::of("quarter-ready", &ready),
        Sample::of("quarter-final", &closed),
        Sample::of("quarter-awaiting", &empty(QuarterState::Awaiting, overdue)),
        Sample::of(
            "quarter-received",
            &empty(QuarterState::Received, StatementState::Received { on: day("2026-10-09") }),
        ),
        Sample::of("quarter-own", &own),
        Sample::of("quarter-own-awaiting", &own_empty),
        Sample::of("quarter-viewer", &read),
        Sample::of("cases", &cases_page(lang)),
        Sample::of("cases-none", &no_cases),
        Sample::of("cases-statement", &statement),
        Sample::of("finalise", &finalise(rows(lang, false))),
        Sample::of("finalise-ready", &finalise(rows(lang, false).into_iter().map(met).collect())),
        Sample::of("finalise-error", &FinalisePage { errors: refused, ..finalise(rows(lang, false)) }),
    ]
}

/// The same indicator with nothing left to decide about it.
fn met(row: IndicatorRow) -> IndicatorRow {
    let verdict = if row.figures.denominator == 0 { Verdict::NotApplicable } else { Verdict::Met };
    let figures = Figures { numerator: row.figures.denominator, verdict, ..row.figures };
    IndicatorRow { figures, ..row }
}
