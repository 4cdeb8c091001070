//! The pages of an agreement with invented contents.

use chrono::{NaiveDate, NaiveDateTime};

use super::act::{Act, ActPage, Typed};
use super::overview::OverviewPage;
use super::page::{ChoicePage, LifePage};
use super::signal::{Line, Signal};
use super::subcontractors::{SubForm, SubcontractorsPage};
use super::transfer::{TransferForm, TransferPage};
use super::{Door, Reached, status_of};
use crate::actor::Role;
use crate::agreement::Accession;
use crate::agreement::life::subcontracting::{SubState, Subcontractor};
use crate::agreement::life::transfer::{TransferLine, TransferList};
use crate::agreement::life::{Event, Ground, Intention, Life, LifeRefusal, LifeState, LifeVerb, Warning};
use crate::page::sample::{Sample, manager, of_provider, provider as link};
use crate::page::{FormErrors, Frame, Section};
use crate::provider::Provider;
use crate::term::{TermEnd, TermRule, TermUnit};
use crate::text::Lang;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day of the calendar")
}

fn at(written: &str) -> NaiveDateTime {
    day(written).and_hms_opt(9, 30, 0).expect("a moment")
}

fn provider() -> Provider {
    Provider { id: 1, kvk: "90001042".parse().expect("eight digits"), name: link().name, number: 1042 }
}

fn version(number: i32, from: &str, until: Option<&str>) -> Accession {
    Accession {
        id: i64::from(number),
        provider_id: 1,
        number: "2026-014".into(),
        version: number,
        active_from: day(from),
        active_until: until.map(day),
    }
}

pub fn life(state: LifeState) -> Life {
    let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    let heard = state == LifeState::ClientStop;
    let stopped = heard || state == LifeState::Notice;
    Life {
        id: 14,
        provider_id: 1,
        number: "2026-014".into(),
        state,
        version: 4,
        changed_at: at("2026-11-20"),
        changed_by: "M. de Wit".into(),
        stopped_from: stopped.then(|| day("2026-11-20")),
        asked_stop_from: (state == LifeState::Active).then(|| day("2026-12-07")),
        intention: heard.then(|| Intention { views: rule.begin(day("2026-11-20"), &[]), account_id: Some(2) }),
        warned_for: None,
        accessions: vec![
            version(1, "2025-01-01", Some("2025-12-31")),
            version(2, "2026-01-01", Some(if state == LifeState::Notice { "2026-11-18" } else { "2027-03-31" })),
        ],
    }
}

fn event(sequence: i32, verb: LifeVerb, to: LifeState, on: &str, by: (&str, Role)) -> Event {
    Event {
        id: i64::from(sequence),
        sequence,
        verb,
        to,
        at: at(on),
        day: day(on),
        actor: by.0.into(),
        role: by.1,
        ground: None,
        reason: String::new(),
        case_ref: String::new(),
        effective_on: None,
        before: None,
        rule: None,
        remedy: None,
        warning: None,
    }
}

fn events() -> Vec<Event> {
    let (system, decider) = (("openhouse", Role::System), ("H. Smit", Role::DecisionMaker));
    let stop =
        event(3, LifeVerb::StopClients, LifeState::ClientStop, "2026-11-20", ("M. de Wit", Role::ContractManager));
    let extended = event(2, LifeVerb::Extend, LifeState::Active, "2026-10-01", decider);
    vec![
        event(1, LifeVerb::Accede, LifeState::Active, "2025-01-01", system),
        Event {
            effective_on: Some(day("2027-03-31")),
            before: Some(day("2026-12-31")),
            warning: Some(Warning::ToldLate),
            ..extended
        },
        Event {
            ground: Some(Ground::SignsOfUnsafety),
            reason: "Drie klanten meldden dat de werkplaats niet veilig is.".into(),
            effective_on: Some(day("2026-11-20")),
            ..stop
        },
    ]
}

fn list(closed: bool) -> TransferList {
    let line = |id: i64, to_whom: &str, settled: Option<&str>, remark: &str| TransferLine {
        id,
        case_ref: format!("WN-26-{id:03}"),
        to_whom: to_whom.into(),
        settled_on: settled.map(day),
        remark: remark.into(),
        changed_at: at("2026-11-20"),
        changed_by: "S. Bakker".into(),
    };
    TransferList {
        drawn_up_at: at("2026-11-18"),
        closed: closed.then(|| (at("2026-11-23"), "M. de Wit".to_owned())),
        reason: if closed { "Eén traject eindigt deze week.".into() } else { String::new() },
        lines: vec![
            line(1, "Baanwijs Noord", Some("2026-11-20"), "Kennismaking is geweest."),
            line(2, "Baanwijs Noord", None, ""),
            line(3, "", None, "Traject is bijna klaar."),
        ],
    }
}

fn reached(door: Door, state: LifeState) -> Reached {
    Reached { door, life: life(state), provider: provider() }
}

fn frame(lang: Lang, door: Door, here: &str) -> Frame {
    match door {
        Door::Office => manager(lang, format!("{}/overeenkomst/14{here}", link().path())),
        Door::Provider => of_provider(lang, format!("/mijn/looptijd/14{here}"), Section::Mine),
    }
}

fn page(lang: Lang, door: Door, state: LifeState, role: Role) -> LifePage {
    LifePage {
        frame: frame(lang, door, ""),
        reached: reached(door, state),
        today: day("2026-11-23"),
        role,
        events: events(),
        list: (state == LifeState::Notice).then(|| list(false)),
        ends_soon: state == LifeState::Active,
        others: vec![("2021-009".into(), "/mijn/looptijd/9".into())],
        // The first version came in with a file, the second was signed here.
        signed: [(2, 5)].into(),
    }
}

fn act(lang: Lang, door: Door, act: Act, checking: bool, errors: FormErrors) -> ActPage {
    ActPage {
        frame: frame(lang, door, "/handelingen"),
        reached: reached(door, LifeState::Active),
        act,
        checking,
        blocked: (!errors.is_empty()).then(|| LifeRefusal::NotNow(LifeState::Active).in_words(lang)),
        facts: vec![("Laatste dag".into(), "23 februari 2027".into())],
        cases: vec!["T-2026-031".into(), "T-2026-044".into()],
        warning: (act == Act::Extend).then(|| Warning::ToldLate.in_words(lang)),
        typed: Typed {
            ground: act.grounds().first().copied(),
            words: "Wij stoppen.".into(),
            day: "2027-12-31".into(),
            case: if act == Act::StopDelivery { "T-2026-031".into() } else { String::new() },
            not_spared: true,
        },
        seen: 4,
        errors,
    }
}

fn subcontractor(id: i64, state: SubState, solo: bool) -> Subcontractor {
    Subcontractor {
        id,
        name: ["Coach in Dienst", "J. Voorbeeld", "Werkplaats Oost"][usize::try_from(id % 3).unwrap_or_default()]
            .into(),
        kvk: format!("9000{id:04}"),
        solo,
        products: "JC, JH".into(),
        first_day: day("2026-12-01"),
        last_day: None,
        state,
        asked_at: at("2026-11-20"),
        asked_by: "S. Bakker".into(),
        answered_at: None,
        answered_by: None,
        reason: if state == SubState::Refused {
            "De jobcoach staat niet in het register.".into()
        } else {
            String::new()
        },
    }
}

fn subcontractors(lang: Lang, door: Door, role: Role, wie: i64) -> SubcontractorsPage {
    SubcontractorsPage {
        frame: frame(lang, door, "/onderaannemers"),
        reached: reached(door, LifeState::Active),
        role,
        all: vec![
            subcontractor(3, SubState::Asked, false),
            subcontractor(4, SubState::Agreed, true),
            subcontractor(5, SubState::Refused, false),
        ],
        products: vec![("JC".into(), "Jobcoaching".into()), ("JH".into(), "Jobhunting".into())],
        typed: SubForm { wie, ..SubForm::default() },
        errors: FormErrors::default(),
    }
}

fn transfer(lang: Lang, door: Door, closed: bool, open: bool) -> TransferPage {
    let list = list(closed);
    let role = if door == Door::Office { Role::ContractManager } else { Role::ProviderUser };
    TransferPage {
        frame: frame(lang, door, "/overdracht"),
        reached: reached(door, LifeState::Notice),
        role,
        open: open.then(|| list.lines[1].clone()),
        list,
        typed: TransferForm::default(),
        errors: FormErrors::default(),
    }
}

/// A line of the work queue.
pub fn line(state: LifeState, signals: Vec<Signal>) -> Line {
    Line { life: life(state), provider: provider(), signals }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    use Door::{Office, Provider as Own};
    let asked =
        vec![Signal::StopAsked(day("2026-12-07")), Signal::EndsSoon(day("2027-03-31")), Signal::Subcontractors(1)];
    let heard = vec![Signal::ViewsUntil(day("2026-12-04"))];
    let left = vec![Signal::ClientsLeft(2), Signal::DecideDissolution];
    let overview = OverviewPage {
        frame: manager(lang, "/looptijden"),
        lines: vec![
            line(LifeState::Active, asked),
            line(LifeState::ClientStop, heard),
            line(LifeState::Notice, left),
            line(LifeState::Signed, vec![]),
        ],
    };
    let none = OverviewPage { frame: manager(lang, "/looptijden"), lines: vec![] };
    let choice = |agreements| ChoicePage { frame: frame(lang, Own, ""), provider: link().name, agreements };
    let two = vec![
        ("2026-014".to_owned(), status_of(lang, LifeState::Active), "/mijn/looptijd/14".to_owned()),
        ("2021-009".to_owned(), status_of(lang, LifeState::Dissolved), "/mijn/looptijd/9".to_owned()),
    ];
    let wrong = FormErrors { fields: vec![("reden".into(), LifeRefusal::ReasonMissing.in_words(lang))], whole: vec![] };
    vec![
        Sample::of("life-overview", &overview),
        Sample::of("life-overview-none", &none),
        Sample::of("life-choice", &choice(two)),
        Sample::of("life-choice-none", &choice(vec![])),
        Sample::of("life-active", &page(lang, Office, LifeState::Active, Role::ContractManager)),
        Sample::of("life-stopped", &page(lang, Office, LifeState::ClientStop, Role::DecisionMaker)),
        Sample::of("life-notice", &page(lang, Own, LifeState::Notice, Role::ProviderUser)),
        Sample::of("life-own", &page(lang, Own, LifeState::Active, Role::ProviderSignatory)),
        Sample::of("life-signed", &page(lang, Own, LifeState::Signed, Role::ProviderSignatory)),
        Sample::of("life-act", &act(lang, Office, Act::Terminate, false, FormErrors::default())),
        Sample::of("life-act-wrong", &act(lang, Own, Act::AskStop, false, wrong)),
        Sample::of("life-act-check", &act(lang, Office, Act::Extend, true, FormErrors::default())),
        Sample::of("life-transfer", &transfer(lang, Office, false, false)),
        Sample::of("life-transfer-line", &transfer(lang, Own, false, true)),
        Sample::of("life-transfer-closed", &transfer(lang, Own, true, false)),
        Sample::of("life-subcontractors", &subcontractors(lang, Office, Role::ContractManager, 3)),
        Sample::of("life-subcontractors-own", &subcontractors(lang, Own, Role::ProviderSignatory, 0)),
        Sample::of("life-subcontractors-end", &subcontractors(lang, Own, Role::ProviderSignatory, 4)),
    ]
}
