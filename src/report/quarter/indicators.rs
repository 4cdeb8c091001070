//! The ten indicators in the report: the table and the two drawings. In the order of
//! their numbers; no total score and nobody to be compared with.

use i18n_embed_fl::fl;

use crate::indicator::{Label, Verdict};
use crate::quarter::Quarter;
use crate::text::Lang;

use super::super::document::{Bar, Block, Cell, Chart, Column, Figure, Level, Row, Series, Table, Tone, Trend};
use super::{IndicatorLine, Material, Share};

pub fn chapter(material: &Material, lang: Lang) -> Vec<Block> {
    let texts = lang.texts();
    let mut blocks = vec![
        Block::Heading(Level::H2, fl!(texts, "report-indicators")),
        Block::text(fl!(texts, "report-indicators-intro")),
        Block::Table(table(&material.indicators, lang)),
        Block::Figure(bars(&material.indicators, lang)),
    ];
    let quarters = known_quarters(material);
    if quarters.len() > 1 {
        blocks.push(Block::Figure(trend(material, &quarters, lang)));
    }
    blocks
}

fn table(lines: &[IndicatorLine], lang: Lang) -> Table {
    let texts = lang.texts();
    Table {
        caption: fl!(texts, "report-indicators-caption"),
        summary: fl!(texts, "report-indicators-summary"),
        columns: vec![
            Column::number(fl!(texts, "report-number")),
            Column::text(fl!(texts, "report-indicator")),
            Column::number(fl!(texts, "report-target")),
            Column::number(fl!(texts, "report-result")),
            Column::text(fl!(texts, "report-verdict-column")),
            Column::number(fl!(texts, "report-rolling-column")),
        ],
        row_header: 1,
        rows: lines.iter().map(|line| row(line, lang)).collect(),
    }
}

fn row(line: &IndicatorLine, lang: Lang) -> Row {
    Row::of(vec![
        Cell::text(line.number.to_string()),
        Cell::text(line.name.pick(lang)).below(remarks(line, lang)),
        Cell::text(target(line, lang)),
        Cell::strong(line.net.percentage(line.target_pct, lang)).below(line.net.counted(lang)),
        verdict_cell(line, lang),
        Cell::text(line.rolling.percentage(line.target_pct, lang)).below(line.rolling.counted(lang)),
    ])
}

/// The strict figure where it differs, and the warning that a figure rests on few cases.
fn remarks(line: &IndicatorLine, lang: Lang) -> String {
    let texts = lang.texts();
    let label = line.label.map(|label| match label {
        Label::Indicative => fl!(texts, "report-label-indicative"),
        Label::Small => fl!(texts, "report-label-small"),
    });
    let strict = (line.strict != line.net).then(|| {
        let percentage = line.strict.percentage(line.target_pct, lang);
        fl!(texts, "report-strict", share = line.strict.counted(lang), percentage = percentage)
    });
    label.into_iter().chain(strict).collect::<Vec<_>>().join("\n")
}

/// A proposal is shown as such; a decision that differs from it shows both. Without cases there is nothing to decide.
fn verdict_cell(line: &IndicatorLine, lang: Lang) -> Cell {
    let texts = lang.texts();
    let shown = line.shown();
    let proposed = line.decided.is_none() && line.instead.is_none() && !line.net.without_cases();
    let below = match (line.overridden(), line.decided.is_none()) {
        (true, true) => fl!(texts, "report-decision-instead", verdict = word(line.proposed, lang)),
        (true, false) => fl!(texts, "report-decision-overridden", verdict = word(line.proposed, lang)),
        (false, _) if proposed => fl!(texts, "report-decision-proposed"),
        (false, _) => String::new(),
    };
    Cell::status(tone(shown), proposed, word(shown, lang)).below(below)
}

fn bars(lines: &[IndicatorLine], lang: Lang) -> Figure {
    let texts = lang.texts();
    let mut alt = fl!(texts, "report-bars-alt");
    for line in lines {
        alt.push(' ');
        alt.push_str(&fl!(
            texts,
            "report-bars-alt-row",
            number = line.number.to_string(),
            name = line.name.pick(lang),
            result = line.net.percentage(line.target_pct, lang),
            target = target(line, lang),
            verdict = word(line.shown(), lang)
        ));
    }
    let bar = |line: &IndicatorLine| Bar {
        label: format!("{}. {}", line.number, line.name.pick(lang)),
        result: line.net.tenths(line.target_pct),
        target: line.target_pct.map(|target| target * 10),
        shown: line.net.percentage(line.target_pct, lang),
        tone: tone(line.shown()),
    };
    Figure {
        title: fl!(texts, "report-bars-title"),
        sentence: fl!(texts, "report-bars-sentence"),
        alt,
        chart: Chart::Bars(lines.iter().map(bar).collect()),
    }
}

/// The quarters of the trend, the same for all indicators: eight at most, from the first one known.
fn known_quarters(material: &Material) -> Vec<Quarter> {
    let firsts = material.indicators.iter().filter_map(|line| line.trend.first());
    let first = firsts.map(|(quarter, _)| *quarter).min().unwrap_or(material.quarter);
    let mut quarters = material.quarter.run_up(8);
    quarters.retain(|quarter| *quarter >= first);
    quarters
}

fn trend(material: &Material, quarters: &[Quarter], lang: Lang) -> Figure {
    let texts = lang.texts();
    let lines = &material.indicators;
    let mut alt = fl!(texts, "report-trend-alt");
    let mut series = Vec::with_capacity(lines.len());
    for line in lines {
        let shares: Vec<Share> = quarters
            .iter()
            .map(|quarter| line.trend.iter().find(|(at, _)| at == quarter).map(|(_, share)| *share).unwrap_or_default())
            .collect();
        let shown: Vec<String> = shares.iter().map(|share| share.percentage(line.target_pct, lang)).collect();
        let points = quarters.iter().zip(&shown).map(|(q, shown)| format!("{} {shown}", lang.quarter_short(*q)));
        alt.push(' ');
        alt.push_str(&fl!(
            texts,
            "report-trend-alt-row",
            number = line.number.to_string(),
            name = line.name.pick(lang),
            points = points.collect::<Vec<_>>().join(", ")
        ));
        series.push(Series {
            label: format!("{}. {}", line.number, line.name.pick(lang)),
            points: shares.iter().map(|share| share.tenths(line.target_pct)).collect(),
            target: line.target_pct.map(|target| target * 10),
            shown,
            tone: tone(line.shown()),
        });
    }
    let periods = quarters.iter().map(|quarter| lang.quarter_short(*quarter)).collect();
    Figure {
        title: fl!(texts, "report-trend-title"),
        sentence: fl!(texts, "report-trend-sentence"),
        alt,
        chart: Chart::Trend(Trend { periods, series }),
    }
}

fn target(line: &IndicatorLine, lang: Lang) -> String {
    line.target_pct.map_or_else(|| fl!(lang.texts(), "report-no-target"), |target| format!("{target}%"))
}

pub(super) fn word(verdict: Verdict, lang: Lang) -> String {
    fl!(lang.texts(), "report-verdict", verdict = verdict.as_str())
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Good,
        Verdict::Attention => Tone::Warn,
        Verdict::Missed => Tone::Bad,
        Verdict::NotApplicable => Tone::Idle,
        Verdict::Monitored => Tone::Watch,
    }
}
