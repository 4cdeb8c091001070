//! Drawings of figures (grafieken): data in, marks out. The PDF and the SVG of the HTML page draw the same marks.

mod bars;
mod columns;
mod trend;

use super::document::Chart;
use super::font::Weight;
use super::paper::{Ink, Mark};
use super::wrap::{self, Piece};

/// Marks from 0, 0 at the top left, as wide as was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

/// Draws a chart `width` wide with letters of `size`, both in points.
pub fn draw(chart: &Chart, width: f32, size: f32) -> Drawing {
    match chart {
        Chart::Bars(bars) => bars::draw(bars, width, size),
        Chart::Trend(trend) => trend::draw(trend, width, size),
        Chart::Columns(amounts) => columns::draw(amounts, width, size),
    }
}

/// A label of as many lines as it needs, its first baseline `y`.
fn label(text: &str, weight: Weight, ink: Ink, size: f32, width: f32, (x, y): (f32, f32)) -> Vec<Mark> {
    let lines = wrap::lines(&[Piece::plain(text, weight, ink)], size, width);
    let runs = lines.into_iter().enumerate().flat_map(|(number, line)| {
        line.runs.into_iter().map(move |run| Mark::Text {
            x,
            y: y + number as f32 * size * LEAD,
            size,
            weight,
            ink,
            text: run.text,
        })
    });
    runs.collect()
}

fn label_lines(text: &str, weight: Weight, size: f32, width: f32) -> usize {
    wrap::lines(&[Piece::plain(text, weight, Ink::Text)], size, width).len()
}

/// Leading of labels, in sizes.
const LEAD: f32 = 1.2;

fn text(text: impl Into<String>, weight: Weight, ink: Ink, size: f32, (x, y): (f32, f32)) -> Mark {
    Mark::Text { x, y, size, weight, ink, text: text.into() }
}

fn line(from: (f32, f32), to: (f32, f32), thickness: f32, ink: Ink) -> Mark {
    Mark::Line { from, to, thickness, dashed: false, ink }
}

#[cfg(test)]
mod tests {
    use super::super::document::{Amount, Bar, Series, Tone, Trend};
    use super::*;
    use crate::money::Cents;

    fn inside(drawing: &Drawing) {
        for mark in &drawing.marks {
            let (x, y, right) = match mark {
                Mark::Text { x, y, size, weight, text, .. } => (*x, *y, x + weight.width(text.trim_end(), *size)),
                Mark::Rect { x, y, width, height, .. } => {
                    assert!(*height >= 0.0 && y + height <= drawing.height + 0.1, "{mark:?}");
                    (*x, *y, x + width)
                }
                Mark::Line { from, to, .. } => (from.0.min(to.0), from.1.min(to.1), from.0.max(to.0)),
                Mark::Path { points, .. } => {
                    let x = points.iter().map(|p| p.x);
                    (x.clone().fold(f32::MAX, f32::min), points[0].y, x.fold(0.0, f32::max))
                }
            };
            assert!(x >= -0.1 && right <= drawing.width + 0.1, "{mark:?} lies outside {}", drawing.width);
            assert!(y >= -0.1 && y <= drawing.height + 0.1, "{mark:?} lies outside {}", drawing.height);
        }
    }

    #[test]
    fn nothing_lies_outside_its_drawing_however_long_the_words_are() {
        let label = "Een heel lange naam met Arbeidsongeschiktheidsverzekeringsmaatschappij erin ".repeat(3);
        let bars = vec![
            Bar {
                label: label.clone(),
                result: Some(1000),
                target: Some(1000),
                shown: "100,0%".into(),
                tone: Tone::Good
            };
            10
        ];
        let series = Series {
            label,
            points: vec![Some(0), None, Some(1000)],
            target: Some(800),
            shown: vec!["0,0%".into(), "–".into(), "100,0%".into()],
            tone: Tone::Bad,
        };
        let trend = Trend { periods: vec!["2026-K1".into(); 3], series: vec![series; 10] };
        let amount = |cents| Amount {
            label: "januari 2026".into(),
            amount: Cents(cents),
            shown: "€ 1.234.567,89".into(),
            current: cents > 0,
        };
        let amounts = vec![amount(123_456_789), amount(-5_000_000), amount(0)];
        for chart in [Chart::Bars(bars), Chart::Trend(trend), Chart::Columns(amounts)] {
            for (width, size) in [(483.0, 8.0), (360.0, 11.0)] {
                inside(&draw(&chart, width, size));
            }
        }
    }

    #[test]
    fn months_without_costs_are_a_flat_line() {
        let amount = Amount { label: "juli".into(), amount: Cents(0), shown: "€ 0".into(), current: true };
        let drawing = draw(&Chart::Columns(vec![amount]), 300.0, 8.0);
        inside(&drawing);
        let flat = |mark: &Mark| matches!(mark, Mark::Rect { height, .. } if *height == 0.0);
        assert!(drawing.marks.iter().any(flat));
    }
}
