//! The upload page with invented contents.

use chrono::NaiveDate;

use super::StatementState;
use super::upload::{Answer, Closed, Receipt, Refusal, Remark, UploadPage};
use crate::page::sample::{Sample, of_provider, provider, quarter};
use crate::page::{FormErrors, Section};
use crate::text::Lang;

fn page(lang: Lang, state: StatementState, answer: Option<Answer>) -> UploadPage {
    let here = format!("{}/opgave", provider().quarter_path(quarter()));
    UploadPage {
        frame: of_provider(lang, here, Section::Statement)
            .crumb(provider().name, provider().path())
            .crumb(lang.quarter_first(quarter()), provider().quarter_path(quarter())),
        provider: provider(),
        quarter: quarter(),
        due_on: day("2026-10-28"),
        state,
        errors: FormErrors::default(),
        key: "0190f2a4-7c11-7d3e-9f6b-2a51c7d8e901".into(),
        drop_earlier: false,
        answer,
        closed: None,
    }
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a date")
}

fn remark(sheet: &str, row: u32, column: &str, found: &str, text: &str) -> Remark {
    Remark { sheet: sheet.into(), row: Some(row), column: Some(column.into()), found: found.into(), text: text.into() }
}

fn warnings(lang: Lang) -> Vec<Remark> {
    let same = lang.pick(
        "dezelfde cliënt, hetzelfde product en hetzelfde bedrag als rij 8",
        "the same client, product and amount as row 8",
    );
    vec![remark("Kosten", 31, "bedrag", "410,00", same)]
}

fn receipt(lang: Lang, sent_back: Option<(u32, String)>) -> Receipt {
    Receipt {
        number: "2026-3-1042-01".into(),
        at: day("2026-10-09").and_hms_opt(16, 31, 0).expect("it is a time"),
        files: vec!["opgave-k3-2026.xlsx".into()],
        sha256: "9f2c41d07be855a1c3f0".repeat(3) + "9f2c",
        counts: [("Trajecten", 34), ("Terugkoppelingen", 51), ("Medewerkers", 12), ("Klachten", 1), ("Kosten", 96)]
            .map(|(sheet, count)| (sheet.to_owned(), count))
            .to_vec(),
        nil_return: false,
        sent_back,
        warnings: warnings(lang),
    }
}

fn refusal(lang: Lang) -> Refusal {
    let faults = vec![
        remark(
            "Kosten",
            12,
            "bedrag",
            "n.v.t.",
            lang.pick("een bedrag, bijvoorbeeld 125,50", "an amount, such as 125,50"),
        ),
        remark(
            "Kosten",
            27,
            "contactpersoon",
            "",
            lang.pick("het e-mailadres van de contactpersoon", "the e-mail address of the contact person"),
        ),
        remark(
            "Trajecten",
            5,
            "aangemeld_op",
            "03-04-26",
            lang.pick("een datum met een jaar van vier cijfers", "a date with a year of four digits"),
        ),
    ];
    Refusal {
        files: vec!["opgave-k3-2026.xlsx".into()],
        fault_count: 3,
        faults,
        good_rows: 190,
        refused_rows: 3,
        take_good: Some("9f2c41d07be855a1".repeat(4)),
        marked: Some("/bestanden/9f2c41d07be855a1".into()),
        warnings: warnings(lang),
    }
}

fn closed(lang: Lang, receipt: Option<Receipt>) -> UploadPage {
    let since = day("2026-11-20").and_hms_opt(10, 12, 0).expect("it is a time");
    let receipt = receipt.map(|receipt| Receipt { counts: Vec::new(), warnings: Vec::new(), ..receipt });
    UploadPage {
        closed: Some(Closed { since, receipt }),
        ..page(lang, StatementState::Received { on: day("2026-10-09") }, None)
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let expected = StatementState::Expected { due_on: day("2026-10-28") };
    let received = StatementState::Received { on: day("2026-10-09") };
    let no_file = FormErrors {
        fields: vec![(
            "bestand".into(),
            lang.pick("Kies het bestand met uw opgave", "Choose the file with your statement").into(),
        )],
        whole: vec![],
    };
    let long = Refusal {
        faults: (2..202)
            .map(|row| remark("Kosten", row, "tarief", "62,00", lang.pick("het tarief 62,55", "the tariff 62,55")))
            .collect(),
        fault_count: 1312,
        good_rows: 0,
        refused_rows: 1312,
        take_good: None,
        warnings: vec![],
        ..refusal(lang)
    };
    let some_back = receipt(lang, Some((3, "/bestanden/9f2c41d07be855a1".into())));
    vec![
        Sample::of("upload", &page(lang, expected, None)),
        Sample::of("upload-closed", &closed(lang, Some(receipt(lang, None)))),
        Sample::of("upload-closed-without-receipt", &closed(lang, None)),
        Sample::of("upload-again", &page(lang, received, None)),
        Sample::of("upload-no-file", &UploadPage { errors: no_file, ..page(lang, expected, None) }),
        Sample::of("upload-refused", &page(lang, expected, Some(Answer::Refused(refusal(lang))))),
        Sample::of("upload-refused-long", &page(lang, expected, Some(Answer::Refused(long)))),
        Sample::of("upload-accepted", &page(lang, received, Some(Answer::Accepted(receipt(lang, None))))),
        Sample::of("upload-accepted-partly", &page(lang, received, Some(Answer::Accepted(some_back)))),
    ]
}
