//! The quarter of all providers with invented contents.

use chrono::NaiveDate;
use serde_json::Value;

use super::remind::RemindPage;
use super::what_if::{Changed, Changes, WhatIfPage};
use super::{Line, Mark, MatrixPage};
use crate::assessment::reminding::ReminderKind;
use crate::assessment::web::QuarterState;
use crate::indicator::{Finding, Verdict};
use crate::page::sample::{Sample, manager, quarter, viewer};
use crate::page::{FormErrors, Frame, Paging, ProviderLink, Side};
use crate::text::Lang;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a date")
}

fn line(number: i64, name: &str, state: QuarterState, due: Option<&str>, judged: bool) -> Line {
    let verdicts = [Verdict::Missed, Verdict::Met, Verdict::Met, Verdict::NotApplicable, Verdict::Met];
    let mark = |(number, verdict): (u8, &Verdict)| Mark {
        number,
        verdict: *verdict,
        share: if *verdict == Verdict::NotApplicable { (0, 0) } else { (33, 34) },
        target_pct: Some(100),
        overridden: number == 7,
    };
    let marks = (1u8..=10).zip(verdicts.iter().cycle()).map(mark);
    Line {
        provider: ProviderLink { key: number.to_string(), name: name.into() },
        number,
        kvk: format!("9000{number}"),
        state,
        due: due.map(day),
        received_on: judged.then(|| day("2026-10-09")),
        reminded: None,
        cells: if judged { marks.collect() } else { Vec::new() },
    }
}

fn lines() -> Vec<Line> {
    let at = "2026-11-12T09:00:00".parse().expect("it is a moment");
    let until = day("2026-11-23");
    let runs = line(1017, "Brug naar Werk", QuarterState::Hearing { until }, Some("2026-11-23"), true);
    vec![
        line(1003, "Aan Zet Jobcoaching B.V.", QuarterState::Final { on: day("2026-11-16") }, None, true),
        Line { reminded: Some((at, ReminderKind::Reaction)), ..runs },
        line(1021, "Coöperatie De Werkplaats U.A.", QuarterState::Provisional { to_judge: 1 }, None, true),
        line(1033, "Groei op Maat", QuarterState::ToAnswer { count: 2 }, None, true),
        line(1038, "Stap Vooruit", QuarterState::Heard, None, true),
        line(1042, "Stichting Werkpad Noord", QuarterState::Awaiting, Some("2026-10-28"), false),
        line(1044, "Zicht op Werk", QuarterState::Received, None, false),
    ]
}

fn page(lang: Lang, frame: Frame, side: Side) -> MatrixPage {
    let rows = lines();
    MatrixPage {
        frame,
        side,
        quarter: quarter(),
        quarters: vec![quarter(), quarter().previous()],
        waits: None,
        all: rows.len(),
        found: rows.len(),
        rows,
        paging: Paging { previous: None, next: Some(format!("/kwartalen?taal={lang}&blad=2")) },
        reminded: None,
        errors: FormErrors::default(),
    }
}

fn finding(verdict: Verdict, target_pct: u32) -> Finding {
    Finding {
        indicator: 6,
        numerator: 19,
        denominator: 25,
        strict_numerator: 19,
        strict_denominator: 25,
        target_pct: Some(target_pct),
        verdict,
        label: None,
        cases: Vec::new(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let here = "/kwartalen";
    let of_manager = || page(lang, manager(lang, here), Side::Manager);
    let none = FormErrors { fields: vec![], whole: vec![lang.pick("Kies iemand.", "Choose somebody.").into()] };
    let empty = MatrixPage { rows: vec![], found: 0, ..of_manager() };
    let remind = RemindPage {
        frame: manager(lang, here),
        quarter: quarter(),
        today: day("2026-11-16"),
        rows: lines().into_iter().filter(|line| line.due.is_some()).collect(),
    };
    let changed = Changed {
        provider: ProviderLink { key: "1017".into(), name: "Brug naar Werk".into() },
        now: finding(Verdict::Attention, 80),
        then: finding(Verdict::Met, 75),
    };
    let what_if = |errors, changes| WhatIfPage {
        frame: manager(lang, "/kwartalen/wat-als"),
        quarter: quarter(),
        quarters: vec![quarter(), quarter().previous()],
        settings: vec![("targets.6".into(), Value::from(80)), ("targets.9".into(), Value::Null)],
        setting: "targets.6".into(),
        typed: "75".into(),
        errors,
        changes,
    };
    let wrong =
        FormErrors { fields: vec![("waarde".into(), lang.pick("Een getal.", "A number.").into())], whole: vec![] };
    vec![
        Sample::of("quarters", &of_manager()),
        Sample::of("quarters-viewer", &page(lang, viewer(lang, here), Side::Viewer)),
        Sample::of("quarters-reminded", &MatrixPage { reminded: Some(2), ..of_manager() }),
        Sample::of("quarters-none-ticked", &MatrixPage { errors: none, ..of_manager() }),
        Sample::of("quarters-empty", &empty),
        Sample::of("quarters-remind", &remind),
        Sample::of("what-if", &what_if(FormErrors::default(), Some(Changes { judged: 25, changed: vec![changed] }))),
        Sample::of("what-if-same", &what_if(FormErrors::default(), Some(Changes::default()))),
        Sample::of("what-if-asked", &what_if(FormErrors::default(), None)),
        Sample::of("what-if-wrong", &what_if(wrong, None)),
    ]
}
