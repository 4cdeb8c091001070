//! The dossier report as a document: head, criteria, why some are not met, how it went, and the agreements.

use i18n_embed_fl::fl;

use super::super::check::printable;
use super::super::document::{
    Block, Cell, Column, Document, Fact, Identity, Level, Note, Row, Running, Span, Table, Tone,
};
use super::{AgreementLine, CriterionLine, Material, RefusalLine, StepLine};
use crate::account::web::role_word;
use crate::dossier::{CriterionState, told};
use crate::procedure::criterion::EvidenceKind;
use crate::text::Lang;

/// Puts the report together. Everything comes from the material; nothing is looked up.
pub fn compose(material: &Material, lang: Lang) -> Document {
    let t = lang.texts();
    let number = material.application.to_string();
    let provider = printable(&material.provider);
    let title = fl!(t, "report-dossier-title", number = number.clone());
    let mut blocks = vec![Block::Heading(Level::H1, title.clone()), Block::Facts(head(material, lang))];
    blocks.extend(told(material, lang));
    blocks.push(Block::Heading(Level::H2, fl!(t, "report-dossier-criteria")));
    blocks.push(match material.criteria.is_empty() {
        true => Block::text(fl!(t, "report-dossier-no-criteria")),
        false => Block::Table(criteria(&material.criteria, lang)),
    });
    let not_met: Vec<&CriterionLine> = material.criteria.iter().filter(|line| !line.reason.is_empty()).collect();
    if !not_met.is_empty() {
        blocks.push(Block::Heading(Level::H2, fl!(t, "report-dossier-reasons")));
        blocks.push(Block::Table(reasons(&not_met, lang)));
    }
    blocks.push(Block::Heading(Level::H2, fl!(t, "report-dossier-history")));
    blocks.push(Block::Table(history(&material.steps, lang)));
    blocks.extend(material.refusals.iter().map(|refusal| Block::text(protection(refusal, lang))));
    blocks.push(Block::Heading(Level::H2, fl!(t, "report-dossier-agreements")));
    blocks.push(match material.agreements.is_empty() {
        true => Block::text(fl!(t, "report-dossier-no-agreements")),
        false => Block::Table(agreements(&material.agreements, lang)),
    });
    Document {
        identity: Identity {
            id: format!("dossierrapport-{number}-{}", material.made_on.format("%Y%m%d%H%M%S")),
            author: material.municipality.clone(),
            made_on: material.made_on,
        },
        lang,
        title,
        header: Running::new(&material.municipality, fl!(t, "report-dossier-header")),
        footer: Running::new(provider, fl!(t, "report-dossier-footer", number = number)),
        blocks,
    }
}

fn head(material: &Material, lang: Lang) -> Vec<Fact> {
    let t = lang.texts();
    let provider = fl!(t, "report-provider", name = printable(&material.provider), kvk = material.kvk.as_str());
    let received = material.received_on.map_or_else(|| NONE.to_owned(), |day| lang.day(day));
    let page = Span::Link { text: material.page_url.clone(), url: material.page_url.clone() };
    vec![
        Fact::new(fl!(t, "report-fact-municipality"), &material.municipality),
        Fact::new(fl!(t, "report-fact-provider"), provider),
        Fact::new(fl!(t, "report-letter-procedure"), printable(material.procedure.in_lang(lang))),
        Fact::new(fl!(t, "report-dossier-state"), material.state.in_words(lang)),
        Fact::new(fl!(t, "report-dossier-received"), received),
        Fact::new(fl!(t, "report-fact-made-on"), lang.moment(material.made_on.naive_local())),
        Fact { name: fl!(t, "report-fact-web"), value: vec![page] },
    ]
}

/// What the applicant filled in, step by step, after a notice of a reason to exclude it.
fn told(material: &Material, lang: Lang) -> Vec<Block> {
    let t = lang.texts();
    let mut blocks = Vec::new();
    if let Some(words) = material.told.exclusion_ground() {
        let text = if words.trim().is_empty() { fl!(t, "told-exclusion-silent") } else { printable(&words) };
        blocks.push(Block::Note(Note { tone: Tone::Warn, title: fl!(t, "told-exclusion"), text }));
    }
    let mut steps = material.told.in_words(lang, &material.names);
    steps.retain(|step| !step.facts.is_empty());
    if !steps.is_empty() {
        blocks.push(Block::Heading(Level::H2, fl!(t, "told-title")));
    }
    for step in steps {
        blocks.push(Block::Heading(Level::H3, step.title(lang)));
        blocks.push(Block::Facts(step.facts.iter().map(|fact| told_fact(fact, lang)).collect()));
    }
    blocks
}

fn told_fact(fact: &told::Fact, lang: Lang) -> Fact {
    let or_none = |value: &str| if value.is_empty() { NONE.to_owned() } else { printable(value) };
    let before = fact
        .before
        .iter()
        .map(|(day, value)| format!("{} {}: {}", fl!(lang.texts(), "told-before"), lang.day(*day), or_none(value)));
    let lines: Vec<String> = std::iter::once(or_none(&fact.value)).chain(before).collect();
    Fact::new(printable(&fact.name), lines.join("\n"))
}

fn criteria(lines: &[CriterionLine], lang: Lang) -> Table {
    let t = lang.texts();
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| NONE.to_owned(), |day| lang.day_in_table(day));
    let row = |line: &CriterionLine| {
        let evidence = Cell::text(kind(line.kind, lang));
        let judged = match line.judged {
            Some((at, role)) => Cell::text(lang.day_in_table(at.date())).below(role_word(lang, role)),
            None => Cell::text(NONE),
        };
        let others = (line.others > 0).then(|| fl!(t, "report-dossier-others", count = line.others));
        let newer = line.newer.map(|day| fl!(t, "report-dossier-newer", day = lang.day(day)));
        let below: Vec<String> = others.into_iter().chain(newer).collect();
        Row::of(vec![
            Cell::text(printable(&format!("{} {}", line.code, line.name.in_lang(lang)))),
            Cell::status(tone(line.state), false, line.state.in_words(lang)),
            match below.is_empty() {
                true => evidence,
                false => evidence.below(below.join("; ")),
            },
            Cell::text(day(line.evidence.and_then(|piece| piece.dated))),
            Cell::text(day(line.evidence.and_then(|piece| piece.received_on))),
            Cell::text(day(line.valid_until)),
            judged,
        ])
    };
    Table {
        caption: fl!(t, "report-dossier-criteria-caption"),
        summary: fl!(t, "report-dossier-criteria-summary"),
        columns: vec![
            Column::text(fl!(t, "report-letter-criterion")),
            Column::text(fl!(t, "report-dossier-result")),
            Column::text(fl!(t, "report-dossier-evidence")),
            Column::number(fl!(t, "report-dossier-dated")),
            Column::number(fl!(t, "report-dossier-received")),
            Column::number(fl!(t, "report-dossier-valid")),
            Column::text(fl!(t, "report-dossier-judged")),
        ],
        row_header: 0,
        rows: lines.iter().map(row).collect(),
    }
}

fn reasons(lines: &[&CriterionLine], lang: Lang) -> Table {
    let t = lang.texts();
    let row = |line: &&CriterionLine| {
        let name = printable(&format!("{} {}", line.code, line.name.in_lang(lang)));
        Row::of(vec![Cell::text(name), Cell::text(line.state.in_words(lang)), Cell::text(printable(&line.reason))])
    };
    Table {
        caption: fl!(t, "report-dossier-reasons-caption"),
        summary: fl!(t, "report-dossier-reasons-summary"),
        columns: vec![
            Column::text(fl!(t, "report-letter-criterion")),
            Column::text(fl!(t, "report-dossier-result")),
            Column::text(fl!(t, "report-letter-reason")),
        ],
        row_header: 0,
        rows: lines.iter().map(row).collect(),
    }
}

fn history(lines: &[StepLine], lang: Lang) -> Table {
    let t = lang.texts();
    let row = |line: &StepLine| {
        let words = if line.words.is_empty() { NONE.to_owned() } else { printable(&line.words) };
        let what = Cell::text(line.what.in_words(lang)).below(role_word(lang, line.role));
        Row::of(vec![Cell::text(lang.moment(line.at)), what, Cell::text(words)])
    };
    Table {
        caption: fl!(t, "report-dossier-history-caption"),
        summary: fl!(t, "report-dossier-history-summary"),
        columns: vec![
            Column::text(fl!(t, "report-dossier-when")),
            Column::text(fl!(t, "report-dossier-what")),
            Column::text(fl!(t, "report-dossier-words")),
        ],
        row_header: 1,
        rows: lines.iter().map(row).collect(),
    }
}

fn protection(refusal: &RefusalLine, lang: Lang) -> String {
    let t = lang.texts();
    let remedy = printable(&refusal.remedy.in_words(lang, &refusal.court));
    let decided = lang.day(refusal.decided_on);
    let due = refusal.due.map_or_else(|| NONE.to_owned(), |day| lang.day(day));
    fl!(t, "report-dossier-remedy", decided = decided, due = due, remedy = remedy)
}

fn agreements(lines: &[AgreementLine], lang: Lang) -> Table {
    let t = lang.texts();
    let row = |line: &AgreementLine| {
        Row::of(vec![
            Cell::text(printable(&line.number)),
            Cell::text(line.version.to_string()),
            Cell::text(lang.day_in_table(line.from)),
            Cell::text(line.until.map_or_else(|| NONE.to_owned(), |day| lang.day_in_table(day))),
        ])
    };
    Table {
        caption: fl!(t, "report-dossier-agreements-caption"),
        summary: fl!(t, "report-dossier-agreements-summary"),
        columns: vec![
            Column::text(fl!(t, "report-dossier-agreement")),
            Column::number(fl!(t, "report-dossier-version")),
            Column::number(fl!(t, "report-dossier-from")),
            Column::number(fl!(t, "report-dossier-until")),
        ],
        row_header: 0,
        rows: lines.iter().map(row).collect(),
    }
}

/// Where there is nothing to tell.
const NONE: &str = "–";

fn tone(state: CriterionState) -> Tone {
    match state {
        CriterionState::Met => Tone::Good,
        CriterionState::NotMet | CriterionState::Expired => Tone::Bad,
        CriterionState::RepairAsked | CriterionState::Expiring => Tone::Warn,
        CriterionState::HandedIn | CriterionState::UnderReview => Tone::Watch,
        CriterionState::Open | CriterionState::NotApplicable => Tone::Idle,
    }
}

fn kind(kind: EvidenceKind, lang: Lang) -> String {
    let t = lang.texts();
    match kind {
        EvidenceKind::Document => fl!(t, "report-dossier-kind-document"),
        EvidenceKind::DocumentOrRegister => fl!(t, "report-dossier-kind-document-or-register"),
        EvidenceKind::SignedForm => fl!(t, "report-dossier-kind-signed-form"),
        EvidenceKind::SeenNotStored => fl!(t, "report-dossier-kind-seen"),
        EvidenceKind::List => fl!(t, "report-dossier-kind-list"),
        EvidenceKind::VogRegister => fl!(t, "report-dossier-kind-vog"),
        EvidenceKind::Statement => fl!(t, "report-dossier-kind-statement"),
        EvidenceKind::AgreementTick => fl!(t, "report-dossier-kind-tick"),
    }
}
