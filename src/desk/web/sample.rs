//! The list of providers and the pages of one provider with invented contents.

use chrono::NaiveDate;

use super::clients::{ClientRow, ClientsPage};
use super::provider_page::{AgreementFacts, Organisation, ProductLine, QuarterLine, QuartersPage};
use super::{AgreementLine, AgreementWord, ProviderPage, ProviderRow, ProvidersPage};
use crate::assessment::web::QuarterState;
use crate::money::Cents;
use crate::page::sample::{Sample, manager, of_provider, provider, quarter, viewer};
use crate::page::{Paging, ProviderLink, Section, Side};
use crate::statement::web::StatementState;
use crate::text::Lang;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a date")
}

fn row(
    number: u32,
    name: &str,
    agreement: AgreementWord,
    statement: StatementState,
    state: QuarterState,
) -> ProviderRow {
    ProviderRow {
        provider: ProviderLink { key: number.to_string(), name: name.into() },
        number: number.to_string(),
        kvk: format!("9000{number}").parse().expect("it has eight digits"),
        agreement: Some(AgreementLine { number: format!("2026-{:03}", number - 1000), state: agreement }),
        statement,
        state,
    }
}

fn rows() -> Vec<ProviderRow> {
    use AgreementWord::{Active, Ended};
    let received = |on: &str| StatementState::Received { on: day(on) };
    vec![
        row(
            1003,
            "Aan Zet Jobcoaching B.V.",
            Active,
            received("2026-10-12"),
            QuarterState::Final { on: day("2026-11-16") },
        ),
        row(
            1017,
            "Brug naar Werk",
            Active,
            StatementState::ReceivedLate { on: day("2026-11-03") },
            QuarterState::Provisional { to_judge: 1 },
        ),
        row(
            1021,
            "Coöperatie De Werkplaats U.A.",
            Active,
            received("2026-10-20"),
            QuarterState::Provisional { to_judge: 0 },
        ),
        row(
            1025,
            "Doen en Meedoen",
            Active,
            StatementState::Overdue { due_on: day("2026-10-28") },
            QuarterState::Awaiting,
        ),
        row(1030, "Groenwerk Noordermeer", Ended, received("2026-10-02"), QuarterState::Received),
        row(1042, "Stichting Werkpad Noord", Active, received("2026-10-09"), QuarterState::Provisional { to_judge: 2 }),
        ProviderRow {
            agreement: None,
            ..row(
                1051,
                "Taal & Talent",
                Active,
                StatementState::Expected { due_on: day("2027-01-28") },
                QuarterState::Awaiting,
            )
        },
    ]
}

fn list(lang: Lang, query: &str, rows: Vec<ProviderRow>) -> ProvidersPage {
    ProvidersPage {
        frame: manager(lang, "/aanbieders?kwartaal=2026-3"),
        side: Side::Manager,
        query: query.into(),
        quarter: quarter(),
        quarters: quarter().run_up(8).into_iter().rev().collect(),
        found: rows.len() as u64,
        rows,
        paging: Paging::default(),
    }
}

fn lines() -> Vec<QuarterLine> {
    let states = [
        (StatementState::Received { on: day("2026-10-09") }, QuarterState::Provisional { to_judge: 2 }, true),
        (StatementState::Received { on: day("2026-07-14") }, QuarterState::Final { on: day("2026-08-20") }, true),
        (StatementState::ReceivedLate { on: day("2026-05-02") }, QuarterState::Final { on: day("2026-05-29") }, true),
        (StatementState::Received { on: day("2026-01-22") }, QuarterState::Final { on: day("2026-02-19") }, true),
        (StatementState::Overdue { due_on: day("2025-10-28") }, QuarterState::Awaiting, false),
    ];
    let quarters = quarter().run_up(states.len()).into_iter().rev();
    quarters
        .zip(states)
        .map(|(quarter, (statement, state, report))| QuarterLine { quarter, statement, state, report })
        .collect()
}

fn organisation() -> Organisation {
    Organisation {
        number: "1042".into(),
        kvk: "90001234".parse().expect("it has eight digits"),
        legal_form: Some("Stichting".into()),
        place: Some("Noordermeer".into()),
        email: Some("opgave@werkpadnoord.example".into()),
        phone: Some("0500 000 000".into()),
        contact: Some("S. Bakker".into()),
    }
}

fn overview(lang: Lang) -> ProviderPage {
    let product = |code: &str, nl: &str, en: &str, unit: (&str, &str), tariff| ProductLine {
        code: code.into(),
        name: lang.pick(nl, en).into(),
        unit: lang.pick(unit.0, unit.1).into(),
        tariff: Cents(tariff),
        valid_from: day("2026-01-01"),
    };
    ProviderPage {
        frame: manager(lang, provider().path()).crumb(lang.pick("Aanbieders", "Providers"), "/aanbieders"),
        side: Side::Manager,
        provider: provider(),
        organisation: organisation(),
        life: Some("/aanbieders/1042-stichting-werkpad-noord/overeenkomst".into()),
        agreement: Some(AgreementFacts {
            number: "2026-014".into(),
            version: 3,
            state: AgreementWord::Active,
            active_from: day("2026-01-01"),
            active_until: None,
            profiles: vec!["P1".into(), "P2".into(), "P3".into()],
        }),
        products: vec![
            product("RE-JC", "Jobcoaching", "Job coaching", ("per uur", "per hour"), 6_255),
            product(
                "RE-SOL",
                "Sollicitatietraining",
                "Job application training",
                ("per traject", "per trajectory"),
                115_000,
            ),
            product("RE-WEP", "Werkervaringsplaats", "Work experience placement", ("per maand", "per month"), 41_000),
        ],
        quarters: lines(),
        names: false,
    }
}

fn client(case_ref: &str, client_ref: &str, name: Option<&str>, contact: &str) -> ClientRow {
    ClientRow {
        case_ref: case_ref.into(),
        client_ref: client_ref.into(),
        name: name.map(str::to_owned),
        contact: contact.into(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let paged = ProvidersPage {
        frame: viewer(lang, "/aanbieders?kwartaal=2026-3&na=1021"),
        side: Side::Viewer,
        found: 1_000,
        paging: Paging {
            previous: Some("/aanbieders?kwartaal=2026-3&voor=1003".into()),
            next: Some("/aanbieders?kwartaal=2026-3&na=1051".into()),
        },
        ..list(lang, "", rows())
    };
    let new = ProviderPage { agreement: None, products: vec![], quarters: vec![], ..overview(lang) };
    let own = ProviderPage {
        frame: of_provider(lang, provider().path(), Section::Organisation),
        side: Side::Provider,
        names: true,
        ..overview(lang)
    };
    let quarters = QuartersPage {
        frame: manager(lang, provider().quarters_path())
            .crumb(lang.pick("Aanbieders", "Providers"), "/aanbieders")
            .crumb(provider().name, provider().path()),
        side: Side::Manager,
        provider: provider(),
        quarters: lines(),
    };
    let clients = ClientsPage {
        frame: of_provider(lang, format!("{}/clienten", provider().path()), Section::Organisation)
            .crumb(provider().name, provider().path()),
        provider: provider(),
        rows: vec![
            client("D-2026-014", "C-4711", Some("J. Visser"), "A. Jansen"),
            client("D-2026-015", "C-4712", None, "M. El Amrani"),
        ],
        paging: Paging { previous: None, next: Some("/aanbieders/1042/clienten?na=D-2026-015".into()) },
    };
    let no_clients = ClientsPage {
        frame: of_provider(lang, format!("{}/clienten", provider().path()), Section::Organisation),
        provider: provider(),
        rows: vec![],
        paging: Paging { previous: None, next: None },
    };
    vec![
        Sample::of("clients", &clients),
        Sample::of("clients-none", &no_clients),
        Sample::of("providers", &list(lang, "", rows())),
        Sample::of("providers-paged", &paged),
        Sample::of("providers-none-found", &list(lang, "<zuid>", vec![])),
        Sample::of("providers-none-yet", &list(lang, "", vec![])),
        Sample::of("provider", &overview(lang)),
        Sample::of("provider-new", &new),
        Sample::of("provider-own", &own),
        Sample::of("provider-quarters", &quarters),
        Sample::of("provider-quarters-none", &QuartersPage { quarters: vec![], ..quarters }),
    ]
}
