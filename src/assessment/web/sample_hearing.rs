//! The quarter from both sides with invented contents: putting it before the provider, reacting, answering, deciding otherwise
//! and judging anew.

use super::finalise::FinalisePage;
use super::hearing::{HearingPage, PutBeforePage, ReactionPage, SaidShown, Saying};
use super::ruling::{CorrectPage, Instead, RulingPage};
use super::sample::{at, crumbs, day, quarter_page, rows};
use super::{IndicatorRow, QuarterPage, QuarterState};
use crate::assessment::RemarkKind;
use crate::assessment::hearing::Hearing;
use crate::confirmation::Tally;
use crate::indicator::Verdict;
use crate::page::sample::{Sample, manager, of_provider, provider, quarter, viewer};
use crate::page::{FormErrors, Frame, Section, Side};
use crate::statement::web::StatementState;
use crate::term::{TermEnd, TermRule, TermUnit};
use crate::text::Lang;

/// A reason, a reaction with a file, and the answer to it.
pub fn said(lang: Lang) -> Vec<SaidShown> {
    let one = |id, kind, nl: &str, en: &str, by: &str, on: &str| SaidShown {
        lang,
        id,
        kind,
        words: lang.pick(nl, en).into(),
        by: by.into(),
        at: at(on, 9, 30),
        pieces: Vec::new(),
        waits: false,
    };
    let reason = ("Eén plan kwam twee dagen te laat.", "One plan came two days late.");
    let reaction = ("De coach was ziek. Wij regelen voortaan vervanging.", "The coach was ill. We arrange cover now.");
    let answer = ("Ziekte van een coach is geen uitsluiting.", "Illness of a coach is no exclusion.");
    let mut all = vec![
        one(1, RemarkKind::Reason, reason.0, reason.1, "M. de Wit", "2026-11-09"),
        one(2, RemarkKind::Reaction, reaction.0, reaction.1, "S. Bakker", "2026-11-12"),
        one(3, RemarkKind::NotAdopted, answer.0, answer.1, "M. de Wit", "2026-11-13"),
    ];
    all[1].pieces = vec![(None, "ziekmelding.pdf".into())];
    all
}

fn hearing() -> Hearing {
    let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    Hearing {
        id: 1,
        provider_id: 1,
        quarter: quarter(),
        version: 1,
        term: rule.begin(day("2026-11-09"), &[]),
        opened_at: at("2026-11-09", 8, 15),
        opened_by: "M. de Wit".into(),
        done: None,
        overtaken: false,
    }
}

fn instead() -> Instead {
    Instead {
        verdict: Verdict::Met,
        reason: "De verlengingen waren vooraf toegestaan.".into(),
        by: "M. de Wit".into(),
        on: day("2026-11-13"),
    }
}

/// Row 6 with a verdict of a person.
fn judged(lang: Lang) -> Vec<IndicatorRow> {
    let mut rows = rows(lang, false);
    rows[5].instead = Some(instead());
    rows
}

fn below(lang: Lang, frame: Frame) -> Frame {
    crumbs(lang, frame).crumb(lang.quarter_first(quarter()), provider().quarter_path(quarter()))
}

fn hearing_page(lang: Lang, side: Side, state: QuarterState) -> HearingPage {
    let here = format!("{}/reactie", provider().quarter_path(quarter()));
    let frame = match side {
        Side::Manager => manager(lang, here),
        Side::Viewer => viewer(lang, here),
        Side::Provider => of_provider(lang, here, Section::Organisation),
    };
    let words = |row: IndicatorRow| {
        let said = if row.number == 1 { said(lang) } else { Vec::new() };
        (row, said)
    };
    HearingPage {
        frame: below(lang, frame),
        side,
        provider: provider(),
        quarter: quarter(),
        state,
        today: day("2026-11-16"),
        hearing: Some(hearing()),
        rows: judged(lang).into_iter().map(words).collect(),
        reacts: side == Side::Provider,
        errors: FormErrors::default(),
    }
}

fn reaction_page(lang: Lang, side: Side, form: Saying) -> ReactionPage {
    let here = format!("{}/reactie/1", provider().quarter_path(quarter()));
    let frame =
        if side == Side::Provider { of_provider(lang, here, Section::Organisation) } else { manager(lang, here) };
    ReactionPage {
        frame: below(lang, frame),
        side,
        provider: provider(),
        quarter: quarter(),
        row: rows(lang, false).remove(0),
        said: said(lang),
        form,
        errors: FormErrors::default(),
    }
}

fn wrong(field: &str, words: &str) -> FormErrors {
    FormErrors { fields: vec![(field.into(), words.into())], whole: vec![] }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let until = day("2026-11-23");
    let here = provider().quarter_path(quarter());
    let put = |errors, again| PutBeforePage {
        frame: below(lang, manager(lang, format!("{here}/voorleggen"))),
        provider: provider(),
        quarter: quarter(),
        errors,
        rows: judged(lang),
        version: 1,
        term: hearing().term,
        again,
    };
    let state = |state, side: Side| {
        let frame = match side {
            Side::Provider => of_provider(lang, here.clone(), Section::Organisation),
            _ => manager(lang, here.clone()),
        };
        QuarterPage { state, side, heard: true, rows: judged(lang), frame: crumbs(lang, frame), ..quarter_page(lang) }
    };
    let react = |typed: &str, pieces| Saying::React { until, typed: typed.into(), pieces };
    let shelf = vec![
        ("0f".repeat(16), "Planning september (PDF)".to_owned(), true),
        ("1f".repeat(16), "Ziekmelding (PDF)".to_owned(), false),
    ];
    let answer = Saying::Answer { reaction: 2, adopted: None, typed: String::new() };
    let ruling = RulingPage {
        frame: below(lang, manager(lang, format!("{here}/indicatoren/6/oordeel"))),
        provider: provider(),
        quarter: quarter(),
        row: judged(lang).remove(5),
        state: QuarterState::Heard,
        version: 1,
        verdict: None,
        reason: String::new(),
        errors: FormErrors::default(),
    };
    let correct = |is_final| CorrectPage {
        frame: below(lang, manager(lang, format!("{here}/herzien"))),
        provider: provider(),
        quarter: quarter(),
        version: 1,
        is_final,
        reason: String::new(),
        errors: FormErrors::default(),
    };
    let waiting = FinalisePage {
        frame: below(lang, manager(lang, format!("{here}/vaststellen"))),
        provider: provider(),
        quarter: quarter(),
        errors: FormErrors::default(),
        statement: StatementState::Received { on: day("2026-10-09") },
        lines: Tally { lines: 12, confirmed: 12, ..Tally::default() },
        rows: judged(lang),
        state: QuarterState::Hearing { until },
        version: 1,
        key: "k1".into(),
    };
    let missing = lang.pick("Schrijf op wat u wilt zeggen.", "Write down what you want to say.");
    let in_its_place = (
        lang.pick("Versie 2 komt in de plaats van versie 1", "Version 2 takes the place of version 1").to_owned(),
        lang.pick("Een uitsluiting is alsnog toegestaan.", "An exclusion was allowed after all.").to_owned(),
    );
    let corrected = QuarterPage { replaces: Some(in_its_place), unexplained: true, ..quarter_page(lang) };
    vec![
        Sample::of("quarter-hearing", &state(QuarterState::Hearing { until }, Side::Manager)),
        Sample::of("quarter-hearing-own", &state(QuarterState::Hearing { until }, Side::Provider)),
        Sample::of("quarter-to-answer", &state(QuarterState::ToAnswer { count: 2 }, Side::Manager)),
        Sample::of("quarter-corrected", &corrected),
        Sample::of("put-before", &put(FormErrors::default(), false)),
        Sample::of("put-before-again", &put(FormErrors { whole: vec![missing.into()], fields: vec![] }, true)),
        Sample::of("hearing", &hearing_page(lang, Side::Manager, QuarterState::ToAnswer { count: 1 })),
        Sample::of("hearing-own", &hearing_page(lang, Side::Provider, QuarterState::Hearing { until })),
        Sample::of("hearing-viewer", &hearing_page(lang, Side::Viewer, QuarterState::Heard)),
        Sample::of("reaction", &reaction_page(lang, Side::Provider, react("", shelf))),
        Sample::of(
            "reaction-wrong",
            &ReactionPage { errors: wrong("tekst", missing), ..reaction_page(lang, Side::Provider, react("", vec![])) },
        ),
        Sample::of("reaction-answer", &reaction_page(lang, Side::Manager, answer)),
        Sample::of("reaction-read", &reaction_page(lang, Side::Manager, Saying::Nothing)),
        Sample::of("ruling", &ruling),
        Sample::of("ruling-wrong", &RulingPage { errors: wrong("reden", missing), ..ruling }),
        Sample::of("correct", &correct(true)),
        Sample::of("correct-reason", &correct(false)),
        Sample::of("finalise-waits", &waiting),
    ]
}
