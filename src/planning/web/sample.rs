//! The pages of the planning with invented contents.

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::activity::ActivityPage;
use super::activity_handlers::ActivityForm;
use super::board::{BoardPage, ListPage};
use super::board_handlers::BoardForm;
use super::decision_form::DecisionForm;
use super::decisions::{Belonging, DecisionFormPage, DecisionPage, DecisionsPage};
use crate::page::sample::{Sample, manager};
use crate::page::{FormErrors, Section, menu_of_planning};
use crate::planning::decisions::{Decision, Told};
use crate::planning::store::{Became, Step};
use crate::planning::{Activity, Board, PlanVerb, first};
use crate::procedure::admission::{Procedure, ProcedureState, first as first_procedure};
use crate::text::Lang;

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day")
}

fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("a moment")
}

fn procedure() -> Procedure {
    Procedure {
        id: 1,
        municipality_id: 1,
        details: first_procedure::usual("Marloes de Wit", "openhouse@noordermeer.example"),
        slug: "noordermeer".into(),
        state: ProcedureState::Open,
        version: 3,
        changed_at: at("2026-11-02T09:30:00"),
        changed_by: "M. de Wit".into(),
        proposed: None,
    }
}

fn board() -> Board {
    let changed_at = at("2026-08-24T09:30:00");
    Board { procedure_id: 1, starts_on: day("2026-09-01"), version: 1, changed_at, changed_by: "M. de Wit".into() }
}

/// The usual plan under way: the first four delivered, one dropped, one late.
fn activities() -> Vec<Activity> {
    (1i64..)
        .zip(first::activities())
        .map(|(id, (plan, _))| Activity {
            id,
            procedure_id: 1,
            plan,
            delivered: (id <= 3).then(|| (day("2026-10-14"), "M. de Wit".to_owned())),
            dropped: id == 13,
            version: 1,
            changed_by: "M. de Wit".into(),
        })
        .collect()
}

fn steps() -> Vec<Step> {
    let step = |activity_id, verb, written: &str, reason: &str, became| Step {
        activity_id,
        verb,
        at: at(written),
        by: "M. de Wit".into(),
        reason: reason.into(),
        starts_on: board().starts_on,
        became,
    };
    let became = |place: usize, delivered_on| Some(Became { plan: activities().swap_remove(place).plan, delivered_on });
    vec![
        step(Some(3), PlanVerb::Deliver, "2026-10-14T08:12:00", "", became(2, Some(day("2026-10-14")))),
        step(Some(13), PlanVerb::Drop, "2026-10-01T08:12:00", "Het register staat er al.", became(12, None)),
        step(None, PlanVerb::LayOut, "2026-08-24T09:30:00", "", None),
    ]
}

fn decisions() -> Vec<Decision> {
    let told = Told {
        number: "B&W 2026-114".into(),
        decided_on: day("2026-09-29"),
        subject: "Startdocument re-integratie".into(),
        decided: "Het college stelt het startdocument vast en kiest voor de toelatingsprocedure.".into(),
        procedure_id: Some(1),
        text_version_id: Some(2),
        criteria_from: Some(day("2027-01-01")),
        link: "https://www.noordermeer.example/besluiten/2026-114".into(),
    };
    let (noted_at, noted_by) = (at("2026-09-30T10:00:00"), "M. de Wit".to_owned());
    let first = Told { number: "2026-114".into(), link: String::new(), ..told.clone() };
    let version = |version, told, reason: &str| Decision {
        entry: 1,
        version,
        told,
        reason: reason.into(),
        noted_at,
        noted_by: noted_by.clone(),
    };
    vec![version(2, told, "Het nummer was niet volledig."), version(1, first, "")]
}

fn belonging(lang: Lang) -> Belonging {
    let details = procedure().details;
    Belonging {
        procedures: vec![(1, details.code, details.name.in_lang(lang).to_owned())],
        texts: vec![(
            2,
            "Deelovereenkomst re-integratie, versie 2".into(),
            "/overeenkomsten/re-integratie/versies/2".into(),
        )],
        criteria: vec![day("2027-01-01")],
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let frame = |here: &str| {
        let mut frame = manager(lang, here);
        frame.menu.push(menu_of_planning(lang, Some(Section::Planning)));
        frame
    };
    let below = |here: &str| frame(here).crumb(fl!(lang.texts(), "planning-tab-boards"), "/planning");
    let (today, code) = (day("2026-11-23"), procedure().details.code);
    let wrong = |field: &str| FormErrors {
        fields: vec![(field.to_owned(), fl!(lang.texts(), "planning-reason-missing"))],
        whole: Vec::new(),
    };
    let bord = |board: Option<Board>, errors: FormErrors| BoardPage {
        frame: below(&super::path(&code)),
        today,
        plans: true,
        procedure: procedure(),
        activities: if board.is_some() { activities() } else { Vec::new() },
        steps: if board.is_some() { steps() } else { Vec::new() },
        board,
        form: BoardForm { begin: "2026-09".into(), met: "standaard".into(), reden: String::new(), versie: 1 },
        errors,
        done: None,
    };
    let activity = |place: Option<usize>, errors: FormErrors| ActivityPage {
        frame: below(&format!("{}/activiteiten/1", super::path(&code))),
        today,
        procedure: procedure(),
        board: board(),
        activity: place.map(|place| activities().swap_remove(place)),
        form: ActivityForm { eerste: "2".into(), laatste: "3".into(), versie: 1, ..ActivityForm::default() },
        errors,
    };
    let list = |found: Vec<Decision>| DecisionsPage {
        frame: frame("/besluiten"),
        notes: true,
        all: 1,
        found,
        belonging: belonging(lang),
        search: "startdocument".into(),
        procedure: String::new(),
        query: "zoek=startdocument&procedure=".into(),
        done: false,
    };
    let form = |entry: Option<i32>, errors: FormErrors| DecisionFormPage {
        frame: frame("/besluiten/nieuw"),
        entry,
        form: DecisionForm::of(&decisions()[0], &belonging(lang)),
        belonging: belonging(lang),
        errors,
    };
    let decision =
        DecisionPage { frame: frame("/besluiten/1"), notes: true, versions: decisions(), belonging: belonging(lang) };
    let rows = vec![(procedure(), Some((board(), activities()))), (procedure(), None)];
    let viewer = BoardPage { plans: false, ..bord(None, FormErrors::default()) };
    vec![
        Sample::of("planning", &ListPage { frame: frame("/planning"), today, rows }),
        Sample::of("planning-board", &bord(Some(board()), FormErrors::default())),
        Sample::of("planning-board-errors", &bord(Some(board()), wrong("reden"))),
        Sample::of("planning-board-new", &bord(None, FormErrors::default())),
        Sample::of("planning-board-none", &viewer),
        Sample::of("planning-activity", &activity(Some(4), FormErrors::default())),
        Sample::of("planning-activity-errors", &activity(Some(4), wrong("waarom"))),
        Sample::of("planning-activity-delivered", &activity(Some(0), FormErrors::default())),
        Sample::of("planning-activity-dropped", &activity(Some(12), FormErrors::default())),
        Sample::of("planning-activity-new", &activity(None, FormErrors::default())),
        Sample::of("planning-decisions", &list(vec![decisions().swap_remove(0)])),
        Sample::of("planning-decisions-nothing", &list(Vec::new())),
        Sample::of("planning-decision", &decision),
        Sample::of("planning-decision-form", &form(None, FormErrors::default())),
        Sample::of("planning-decision-correct", &form(Some(1), wrong("reden"))),
    ]
}
