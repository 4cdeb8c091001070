//! The pages of who confirms with invented contents.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Names;
use super::extensions::{ExtensionForm, ExtensionRow, ExtensionsPage};
use super::lines::{LineRow, LinesPage};
use super::outcomes::{OutcomeForm, OutcomeRow, OutcomesPage};
use super::page::{CheckPage, Material, StartPage, groups};
use super::sent::{Sent, Typed};
use crate::client::{BenefitEndReason, Channel, Outflow, Placement, Told};
use crate::confirmation::reminder::Awaited;
use crate::confirmation::{Answer, ChargedLine, Said, Tally, Word};
use crate::money::{Cents, Hundredths};
use crate::page::sample::{Sample, contact, manager, of_provider, provider, quarter};
use crate::page::{FormErrors, Frame, Paging, Section, Side};
use crate::text::Lang;
use crate::trajectory::EndReason;
use crate::trajectory::extension::{ExtensionRequest, ExtensionState, Running};
use crate::trajectory::outcomes::Outcome;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day of the calendar")
}

fn said(id: i64, word: Word, reason: &str) -> Option<Said> {
    let corrected = word == Word::Corrected;
    Some(Said {
        id,
        answer: Answer {
            word,
            quantity: corrected.then_some(Hundredths(200)),
            amount: corrected.then_some(Cents(12_510)),
            reason: reason.into(),
        },
        at: day("2026-10-12").and_hms_opt(7, 30, 0).expect("a moment"),
        by: "A. Jansen".into(),
        channel: Channel::Screen,
    })
}

fn line(number: &str, client: &str, said: Option<Said>, lapsed: bool) -> ChargedLine {
    ChargedLine {
        provider_id: 1,
        line: number.into(),
        trajectory_id: 3,
        case_ref: "WN-26-014".into(),
        client_ref: client.into(),
        contact_id: 2,
        product_id: 4,
        from: day("2026-08-01"),
        until: day("2026-08-31"),
        unit: "uur".into(),
        quantity: Hundredths(300),
        tariff: Cents(6_255),
        amount: Cents(18_765),
        corrects: None,
        said,
        lapsed,
    }
}

fn lines() -> Vec<ChargedLine> {
    vec![
        line("11", "N-20114", None, false),
        line("12", "N-20114", None, true),
        line("13", "N-20114", said(1, Word::Confirmed, ""), false),
        line("14", "N-20257", said(2, Word::Contested, "Deze begeleiding is niet gegeven."), false),
        line("15", "N-20257", said(3, Word::Corrected, "Er was één gesprek minder."), false),
    ]
}

fn check(lang: Lang, closed: bool, sent: &Sent, errors: FormErrors) -> CheckPage {
    let here = format!("/kosten-controleren/{}", quarter().path());
    let lines = lines();
    let providers = BTreeMap::from([(1, (provider().name, closed))]);
    let products = BTreeMap::from([(4, lang.pick("Jobcoaching", "Job coaching").to_owned())]);
    let names = Names::from([((1, "N-20114".to_owned()), "J. Visser".to_owned())]);
    let from = Material {
        lang,
        quarter: quarter(),
        lines: &lines,
        providers: &providers,
        products: &products,
        names: &names,
        sent,
    };
    CheckPage {
        frame: contact(lang, here, Section::Costs)
            .crumb(lang.pick("Kosten controleren", "Check costs"), "/kosten-controleren"),
        quarter: quarter(),
        tally: Tally::of(&lines),
        all: true,
        groups: groups(&from),
        paging: Paging { previous: None, next: Some("/kosten-controleren/2026-3?toon=alles&pagina=1".into()) },
        saved: if errors.is_empty() { 3 } else { 0 },
        lost: if errors.is_empty() { Vec::new() } else { vec!["Betwist, Niet geweest".into()] },
        errors,
    }
}

/// With a reason that is missing.
fn half_said(lang: Lang) -> (Sent, FormErrors) {
    let about = lines()[0].about(quarter());
    let typed = Typed { kind: "contested".into(), ..Typed::default() };
    let sent = Sent { typed: BTreeMap::from([(about.clone(), typed)]), ..Sent::default() };
    let (field, told) = super::sent::fault_in(lang, "11", crate::confirmation::Fault::ReasonMissing);
    (sent, FormErrors { fields: vec![(format!("{field}-{about}"), told)], whole: Vec::new() })
}

fn charged(lang: Lang, side: Side) -> LinesPage {
    let here = format!("{}/regels", provider().quarter_path(quarter()));
    let own = side == Side::Provider;
    let frame = if own { of_provider(lang, here, Section::Organisation) } else { manager(lang, here) };
    let row = |line: ChargedLine| LineRow {
        line,
        product: "Jobcoaching".into(),
        contact: (!own).then(|| "A. Jansen".to_owned()),
    };
    let tally = Tally::of(&lines());
    let awaited = Awaited {
        contact_id: 2,
        name: "A. Jansen".into(),
        email: "a.jansen@gemeente.example".into(),
        tally,
        reminded_at: Some(day("2026-10-20").and_hms_opt(9, 0, 0).expect("a moment")),
    };
    LinesPage {
        frame,
        side,
        provider: provider(),
        quarter: quarter(),
        tally,
        awaited: if own { Vec::new() } else { vec![awaited] },
        reminds: !own,
        closed: false,
        rows: lines().into_iter().map(row).collect(),
        paging: Paging::default(),
        sent: !own,
        errors: FormErrors::default(),
    }
}

fn outcome(id: i64, recorded: bool) -> OutcomeRow {
    let told = Told {
        at: day("2026-10-12").and_hms_opt(7, 30, 0).expect("a moment"),
        by: "openhouse".into(),
        channel: Channel::File,
    };
    let ended = Outflow { benefit_ended_on: day("2026-09-01"), reason: BenefitEndReason::Work };
    let placed = Placement { confirmed: true, waiting_list_days: 14 };
    OutcomeRow {
        outcome: Outcome {
            trajectory_id: id,
            provider_id: 1,
            client_id: id,
            client_ref: format!("N-{}", 20_100 + id),
            case_ref: format!("WN-26-{id:03}"),
            sealed: None,
            work_started_on: Some(day("2026-09-01")),
            ended_on: Some(day("2026-09-04")),
            end_reason: Some(EndReason::Work),
            placed_on: recorded.then(|| day("2026-09-01")),
            outflow: recorded.then(|| (ended, Some(told.clone()))),
            placement: recorded.then(|| (placed, Some(told.clone()))),
        },
        provider: provider().name,
        name: Some("J. Visser".into()),
    }
}

fn outcomes(lang: Lang, kind: &str, errors: FormErrors) -> OutcomesPage {
    OutcomesPage {
        frame: contact(lang, "/uitstroom-en-plaatsing", Section::Outcomes),
        rows: vec![outcome(14, false), outcome(15, true)],
        open: (!kind.is_empty()).then(|| outcome(15, true)),
        typed: OutcomeForm { traject: 15, soort: kind.into(), dag: "gisteren".into(), ..OutcomeForm::default() },
        saved: kind.is_empty(),
        errors,
    }
}

fn request(id: i64, state: ExtensionState) -> ExtensionRow {
    let answered = state != ExtensionState::Asked;
    ExtensionRow {
        request: ExtensionRequest {
            id,
            provider_id: 1,
            trajectory_id: id,
            case_ref: format!("WN-26-{id:03}"),
            client_ref: format!("N-{}", 20_100 + id),
            sealed: None,
            term_ends_on: Some(day("2026-12-31")),
            until: day("2027-03-31"),
            motive: "De stage begon later, omdat de werkgever verhuisde.".into(),
            state,
            asked_by: "S. Bakker".into(),
            asked_at: day("2026-11-02").and_hms_opt(9, 0, 0).expect("a moment"),
            answered_on: answered.then(|| day("2026-11-05")),
            answered_by: answered.then(|| "A. Jansen".into()),
            reason: if state == ExtensionState::Refused { "Het doel is gehaald.".into() } else { String::new() },
        },
        provider: provider().name,
        name: Some("J. Visser".into()),
    }
}

fn extensions(lang: Lang, side: Side, open: bool) -> ExtensionsPage {
    let own = side == Side::Provider;
    let path = if own { format!("{}/verlengingen", provider().path()) } else { "/verlengingen".to_owned() };
    let frame: Frame = match own {
        true => of_provider(lang, &*path, Section::Organisation),
        false => contact(lang, &*path, Section::Extensions),
    };
    let running =
        Running { id: 17, case_ref: "WN-26-017".into(), term_ends_on: Some(day("2026-12-31")), suspended_days: 0 };
    let states = [ExtensionState::Asked, ExtensionState::Given, ExtensionState::Refused];
    ExtensionsPage {
        frame,
        path,
        answers: !own,
        running: if own { vec![running] } else { Vec::new() },
        asks: own,
        rows: (14..).zip(states).map(|(id, state)| request(id, state)).collect(),
        open: open.then(|| request(14, ExtensionState::Asked)),
        typed: ExtensionForm::default(),
        saved: !open,
        errors: FormErrors::default(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let (sent, errors) = half_said(lang);
    let wrong = |field: &str, told: &str| FormErrors { fields: vec![(field.into(), told.into())], whole: Vec::new() };
    let start = |listed| StartPage {
        frame: contact(lang, "/kosten-controleren", Section::Costs),
        listed,
        quarters: if listed { vec![(quarter(), Tally::of(&lines()))] } else { Vec::new() },
        outcomes: 2,
        extensions: 1,
    };
    vec![
        Sample::of("costs", &start(true)),
        Sample::of("costs-not-listed", &start(false)),
        Sample::of("costs-check", &check(lang, false, &Sent::default(), FormErrors::default())),
        Sample::of("costs-check-errors", &check(lang, false, &sent, errors)),
        Sample::of("costs-check-final", &check(lang, true, &Sent::default(), FormErrors::default())),
        Sample::of("charged-lines", &charged(lang, Side::Manager)),
        Sample::of("charged-lines-provider", &charged(lang, Side::Provider)),
        Sample::of("outcomes", &outcomes(lang, "", FormErrors::default())),
        Sample::of("outcomes-outflow", &outcomes(lang, "uitstroom", wrong("dag", "Vul een dag in."))),
        Sample::of("outcomes-placement", &outcomes(lang, "plaatsing", FormErrors::default())),
        Sample::of("extensions", &extensions(lang, Side::Viewer, false)),
        Sample::of("extensions-answer", &extensions(lang, Side::Viewer, true)),
        Sample::of("extensions-provider", &extensions(lang, Side::Provider, false)),
    ]
}
