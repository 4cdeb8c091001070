//! A real installation, from nothing to a report, with no more than the command line: `setup`, `import providers`,
//! `import staff`, `import statement`, `assess` and `report`.

use diesel::prelude::*;
use openhouse::audit::{self, Chain};
use openhouse::demo::{Municipality, Provider, invent};
use openhouse::register::{
    AgreementLine, ContactLine, ProductLine, ProviderLine, Register, RegisteredLine, TariffLine, write_register,
    write_vogs,
};
use openhouse::schema::{accession, municipal_contact, professional, provider, tariff, vog};
use openhouse::statement::{Statement, write_workbook};
use serde_json::Value;

use super::{Desk, Done};

const QUARTER: &str = "2026-Q2";

/// What the people of an invented municipality would write into the template.
fn register(town: &Municipality) -> Register {
    let mut register = Register::default();
    for one in &town.providers {
        register.providers.push(ProviderLine {
            row: 0,
            kvk: one.kvk.clone(),
            name: one.name.to_owned(),
            number: Some(one.number),
            procedure_valid_until: one.complaints.procedure_valid_until,
            adviser_named: Some(one.complaints.adviser.is_some()),
        });
        register.agreements.push(AgreementLine {
            row: 0,
            number: one.agreement.number.clone(),
            version: one.agreement.version,
            kvk: one.kvk.clone(),
            active_from: one.agreement.active_from,
            active_until: one.agreement.active_until,
            products: one.products.iter().map(|code| (*code).to_owned()).collect(),
        });
    }
    for one in &town.products {
        register.products.push(ProductLine {
            row: 0,
            code: one.code.to_owned(),
            name_nl: one.name_nl.to_owned(),
            name_en: one.name_en.to_owned(),
            unit: one.unit.parse().expect("a unit"),
        });
        register.tariffs.extend(one.tariffs.iter().map(|price| TariffLine {
            row: 0,
            product: one.code.to_owned(),
            amount: price.amount,
            valid_from: price.valid_from,
            valid_until: price.valid_until,
        }));
    }
    register.contacts.extend(town.contacts.iter().map(|one| ContactLine {
        row: 0,
        email: one.email.clone(),
        name: one.name.clone(),
        active_from: one.active_from,
        active_until: one.active_until,
    }));
    register
}

/// The last statement of a provider who made no slips in it.
fn good_statement(town: &Municipality) -> (&Provider, &Statement) {
    let good = town.providers.iter().find_map(|one| match &one.quarters.last()?.deliveries[..] {
        [only] if only.spoilings.is_empty() && only.statement.costs.len() > 1 && only.statement.staff.len() > 1 => {
            Some((one, &only.statement))
        }
        _ => None,
    });
    good.expect("a provider without slips")
}

fn vogs(provider: &Provider, statement: &Statement) -> Vec<RegisteredLine> {
    statement.staff.iter().map(|staff| RegisteredLine { kvk: provider.kvk.clone(), staff: staff.clone() }).collect()
}

fn set_up() -> Desk {
    let desk = Desk::new();
    let manager = ["--manager", "Anja Prins", "--email", "a.prins@noordermeer.example"];
    desk.run(&[&["setup", "Noordermeer"], &manager[..]].concat()).ended(0);
    desk
}

impl Desk {
    fn import(&self, what: &str, options: &[&str]) -> Done {
        self.run(&[&["import", what, "bestand.xlsx", "--lang", "en"], options].concat())
    }

    fn counted(&self) -> [i64; 6] {
        let counted: QueryResult<[i64; 6]> = self.db().read(|conn| {
            Ok([
                provider::table.count().get_result(conn)?,
                accession::table.count().get_result(conn)?,
                tariff::table.count().get_result(conn)?,
                municipal_contact::table.count().get_result(conn)?,
                professional::table.count().get_result(conn)?,
                vog::table.count().get_result(conn)?,
            ])
        });
        counted.expect("the rows can be counted")
    }

    fn audit_lines(&self) -> u64 {
        match self.db().read(audit::verify).expect("the audit can be read") {
            Chain::Whole { lines, .. } => lines,
            broken => panic!("{broken:?}"),
        }
    }
}

#[test]
fn a_municipality_comes_from_nothing_to_a_report() {
    let town = invent(QUARTER.parse().expect("a quarter"), 1);
    let (provider, statement) = good_statement(&town);
    let (desk, register) = (set_up(), register(&town));
    let before = desk.counted();

    desk.write("bestand.xlsx", write_register(&register));
    let tried = desk.import("providers", &["--dry-run"]).ended(0);
    assert!(tried.out.starts_with("This is a dry run: nothing was stored.\n"), "{tried:?}");
    assert_eq!(desk.counted(), before);
    let told = desk.import("providers", &["--json"]).ended(0).json();
    assert_eq!((&told["result"], &told["dry_run"]), (&"taken".into(), &false.into()));
    assert_eq!(told["rows"]["Aanbieders"], register.providers.len());
    let known = desk.counted();
    let expected =
        [register.providers.len(), register.agreements.len(), register.tariffs.len(), register.contacts.len()];
    assert_eq!(known[..4], expected.map(|rows| rows as i64));

    let lines = vogs(provider, statement);
    desk.write("bestand.xlsx", write_vogs(&lines));
    let taken = desk.import("staff", &[]).ended(0);
    assert!(taken.out.starts_with("The VOG register of Noordermeer is up to date.\n"), "{taken:?}");
    assert_eq!(desk.counted()[5], lines.iter().filter(|line| line.staff.vog.is_some()).count() as i64);

    desk.write("bestand.xlsx", write_workbook(statement, &Default::default()));
    let done = desk.import("statement", &["--json"]);
    assert_eq!((&done.json()["result"], &done.json()["faults"]), (&"taken".into(), &Value::Array(vec![])), "{done:?}");
    let judged = desk.run(&["assess", QUARTER, "--provider", provider.kvk.as_str(), "--json"]).ended(0).json();
    assert_eq!(judged["findings"].as_array().map(Vec::len), Some(10));
    let facts = desk.run(&["facts", QUARTER, "--provider", provider.kvk.as_str()]).ended(0).json();
    assert_eq!(facts["complaints"]["adviser_named"], provider.complaints.adviser.is_some(), "{facts}");
    let reports = desk.run(&["report", QUARTER, "--out", "rapporten"]).ended(0);
    let pdf = reports.out.lines().find(|path| path.ends_with(".pdf") && path.contains(&provider.number.to_string()));
    let pdf = pdf.unwrap_or_else(|| panic!("no report: {reports:?}"));
    assert!(std::fs::read(desk.path(pdf)).expect("it was written").starts_with(b"%PDF"));
    desk.run(&["audit", "verify"]).ended(0);
}

#[test]
fn the_same_register_again_changes_nothing_and_a_changed_one_brings_up_to_date() {
    let town = invent(QUARTER.parse().expect("a quarter"), 1);
    let (desk, mut register) = (set_up(), register(&town));
    desk.write("bestand.xlsx", write_register(&register));
    desk.import("providers", &[]).ended(0);
    let (counted, lines) = (desk.counted(), desk.audit_lines());
    desk.import("providers", &[]).ended(0);
    assert_eq!(desk.counted(), counted);
    assert!(desk.audit_lines() > lines, "an import is an act");

    register.providers[0].name = "Werkpad onder een andere naam".to_owned();
    register.providers[0].number = None;
    let last_day = "2026-09-30".parse().expect("a day");
    register.agreements[0].active_until = Some(last_day);
    desk.write("bestand.xlsx", write_register(&register));
    desk.import("providers", &[]).ended(0);
    let found: QueryResult<(String, Option<chrono::NaiveDate>)> = desk.db().read(|conn| {
        let here = provider::kvk.eq(register.providers[0].kvk.as_str());
        let (id, name): (i64, String) =
            provider::table.filter(here).select((provider::id, provider::name)).first(conn)?;
        let until =
            accession::table.filter(accession::provider_id.eq(id)).select(accession::active_until).first(conn)?;
        Ok((name, until))
    });
    assert_eq!(found.expect("it is there"), ("Werkpad onder een andere naam".to_owned(), Some(last_day)));
    assert_eq!(desk.counted(), counted);
}

#[test]
fn what_does_not_fit_what_is_known_is_told_by_its_cell_and_nothing_is_stored() {
    let desk = set_up();
    let day = |text: &str| text.parse().expect("a day");
    let kvk = || "12345678".parse().expect("eight digits");
    let provider = ProviderLine {
        row: 2,
        kvk: kvk(),
        name: "Werkpad".into(),
        number: Some(7),
        procedure_valid_until: None,
        adviser_named: None,
    };
    let tariff = |product: &str, from: &str, until: Option<&str>| TariffLine {
        row: 2,
        product: product.to_owned(),
        amount: openhouse::money::Cents(4_500),
        valid_from: day(from),
        valid_until: until.map(day),
    };
    let product = ProductLine {
        row: 2,
        code: "NW".into(),
        name_nl: "Nieuw werk".into(),
        name_en: "New work".into(),
        unit: "hour".parse().expect("a unit"),
    };
    let agreement = AgreementLine {
        row: 2,
        number: "OH-1".into(),
        version: 1,
        kvk: "87654321".parse().expect("eight digits"),
        active_from: day("2026-01-01"),
        active_until: None,
        products: vec!["NW".into(), "QQ".into()],
    };
    let good = Register {
        providers: vec![provider.clone()],
        products: vec![product],
        tariffs: vec![tariff("NW", "2026-01-01", None)],
        ..Register::default()
    };
    desk.write("bestand.xlsx", write_register(&good));
    desk.import("providers", &[]).ended(0);
    let before = desk.counted();

    let other = ProviderLine { kvk: "87654322".parse().expect("eight digits"), name: "Ander".into(), ..provider };
    let wrong = Register {
        providers: vec![other],
        tariffs: vec![tariff("QQ", "2026-01-01", None), tariff("NW", "2025-01-01", Some("2026-03-31"))],
        agreements: vec![agreement],
        ..Register::default()
    };
    desk.write("bestand.xlsx", write_register(&wrong));
    let refused = desk.import("providers", &[]).ended(2);
    assert_eq!(
        refused.err.lines().collect::<Vec<_>>(),
        [
            "bestand.xlsx: fault: Sheet Aanbieders, row 2, column aanbiedernummer: it says \"7\". Werkpad has this \
             number already. Choose another number, or leave the cell empty.",
            "bestand.xlsx: fault: Sheet Tarieven, row 2, column product: Product QQ is not known. Check the code, or \
             put the product on sheet Producten.",
            "bestand.xlsx: fault: Sheet Tarieven, row 3, column geldig_vanaf: it says \"NW\". Another tariff holds in \
             this period (01-01-2026 – ). Fill in an earlier last day for the older tariff.",
            "bestand.xlsx: fault: Sheet Overeenkomsten, row 2, column producten: Product QQ is not known. Check the \
             code, or put the product on sheet Producten.",
            "bestand.xlsx: fault: Sheet Overeenkomsten, row 2, column kvk: it says \"87654321\". This provider is not \
             known to the municipality. Check the KvK number, or put the provider on sheet Aanbieders.",
        ]
    );
    let told = desk.import("providers", &["--json"]).ended(2).json();
    assert_eq!((&told["result"], told["faults"].as_array().map(Vec::len)), (&"refused".into(), Some(5)));
    assert_eq!(told["faults"][0]["column"], "aanbiedernummer");
    assert_eq!(desk.counted(), before);

    // A price without an end ends where the next begins.
    let next = Register { tariffs: vec![tariff("NW", "2027-01-01", None)], ..Register::default() };
    desk.write("bestand.xlsx", write_register(&next));
    desk.import("providers", &[]).ended(0);
    let prices: QueryResult<Vec<(chrono::NaiveDate, Option<chrono::NaiveDate>)>> = desk.db().read(|conn| {
        tariff::table.order(tariff::valid_from).select((tariff::valid_from, tariff::valid_until)).load(conn)
    });
    assert_eq!(
        prices.expect("they are there"),
        [(day("2026-01-01"), Some(day("2026-12-31"))), (day("2027-01-01"), None)]
    );
}

#[test]
fn the_vog_register_names_known_providers_and_known_codes_and_puts_right_what_stood_there() {
    let town = invent(QUARTER.parse().expect("a quarter"), 1);
    let (provider, statement) = good_statement(&town);
    let desk = set_up();
    desk.write("bestand.xlsx", write_register(&register(&town)));
    desk.import("providers", &[]).ended(0);
    let with_vog = |line: &RegisteredLine| line.staff.vog.is_some();
    let one = vogs(provider, statement).into_iter().find(with_vog).expect("somebody with a VOG");
    let mut strange = one.clone();
    strange.kvk = "00000000".parse().expect("eight digits");
    strange.staff.vog.as_mut().expect("it has one").codes = vec!["99".to_owned()];
    desk.write("bestand.xlsx", write_vogs(&[strange]));
    let refused = desk.import("staff", &[]).ended(2);
    assert!(refused.err.contains("Sheet VOG-register, row 2, column kvk: it says \"00000000\"."), "{refused:?}");
    assert!(refused.err.contains("column vog_codes: Code 99 is not on the list of Justis."), "{refused:?}");
    assert_eq!(desk.counted()[4..], [0, 0]);

    desk.write("bestand.xlsx", write_vogs(std::slice::from_ref(&one)));
    desk.import("staff", &["--dry-run"]).ended(0);
    assert_eq!(desk.counted()[4..], [0, 0]);
    desk.import("staff", &[]).ended(0);
    let mut checked = one;
    let day = "2026-06-30".parse().expect("a day");
    checked.staff.vog.as_mut().expect("it has one").checked_on = Some(day);
    desk.write("bestand.xlsx", write_vogs(&[checked]));
    desk.import("staff", &[]).ended(0);
    let seen: QueryResult<Vec<Option<chrono::NaiveDate>>> =
        desk.db().read(|conn| vog::table.select(vog::checked_on).load(conn));
    assert_eq!(seen.expect("it is there"), [Some(day)]);
}

#[test]
fn a_template_is_written_once_and_read_back_as_empty() {
    let desk = set_up();
    for what in ["providers", "staff", "municipality"] {
        let name = format!("{what}.xlsx");
        let written = desk.run(&["import", what, "--template", &name, "--lang", "en"]).ended(0);
        assert_eq!(written.out, format!("The empty template is in {name}\n"));
        let again = desk.run(&["import", what, "--template", &name, "--lang", "en"]).ended(2);
        assert!(again.err.contains("is there already"), "{again:?}");
        let empty = desk.run(&["import", what, &name, "--lang", "en"]).ended(2);
        assert!(empty.err.lines().count() == 1 && empty.err.contains("There are no "), "{empty:?}");
        desk.run(&["import", what]).ended(2);
    }
}
