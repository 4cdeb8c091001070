//! How results went over the quarters: a small drawing for each, all on the same scale from 0 to 100%.

use super::super::document::{Series, Trend};
use super::super::font::Weight;
use super::super::paper::{Ink, Mark, Point, Stroke};
use super::super::shapes;
use super::{Drawing, LEAD, label, label_lines, line, text};

pub fn draw(trend: &Trend, width: f32, size: f32) -> Drawing {
    let across = ((width / (size * 11.0)) as usize).clamp(1, 5);
    let gap = size * 2.0;
    let cell = (width - gap * (across as f32 - 1.0)) / across as f32;
    let mut marks = Vec::new();
    let mut top = 0.0;
    for row in trend.series.chunks(across) {
        let lines = row.iter().map(|series| label_lines(&series.label, Weight::Regular, size, cell)).max().unwrap_or(1);
        let names = lines as f32 * size * LEAD + size * 0.3;
        for (place, series) in row.iter().enumerate() {
            let x = place as f32 * (cell + gap);
            marks.extend(label(&series.label, Weight::Regular, Ink::Text, size, cell, (x, top + size)));
            marks.extend(draw_series(series, &trend.periods, (x, top + names), cell, size));
        }
        top += names + drawn_height(size) + size * 1.1;
    }
    Drawing { width, height: (top - size * 0.8).max(0.0), marks }
}

fn drawn_height(size: f32) -> f32 {
    size * 5.8
}

fn draw_series(series: &Series, periods: &[String], (x, top): (f32, f32), cell: f32, size: f32) -> Vec<Mark> {
    let small = size * 0.88;
    let figures = series.shown.last().map_or(0.0, |shown| Weight::SemiBold.width(shown, size));
    let right = x + cell - figures - size * 0.9;
    let (high, low) = (top + size * 0.5, top + size * 4.3);
    let step =
        if series.points.len() > 1 { (right - x - size * 0.4) / (series.points.len() as f32 - 1.0) } else { 0.0 };
    let last = series.points.len().saturating_sub(1);
    let at = |number: usize, tenths: u32| {
        // The run ends at the right, also when it is short.
        (right - (last - number) as f32 * step, low - tenths.min(1000) as f32 / 1000.0 * (low - high))
    };

    let mut marks = vec![line((x, low), (right, low), 0.6, Ink::Line), line((x, high), (right, high), 0.4, Ink::Line)];
    if let Some(target) = series.target {
        let y = at(last, target).1;
        marks.push(Mark::Line { from: (x, y), to: (right, y), thickness: 0.8, dashed: true, ink: Ink::Control });
    }
    // A quarter without a count breaks the line.
    let known: Vec<(usize, u32)> = series.points.iter().enumerate().filter_map(|(n, p)| p.map(|p| (n, p))).collect();
    for stretch in known.chunk_by(|a, b| a.0 + 1 == b.0) {
        let corners = stretch.iter().map(|(number, tenths)| at(*number, *tenths));
        if let [only] = stretch {
            let (px, py) = at(only.0, only.1);
            marks.push(dot(px, py, size * 0.14, Ink::Soft));
        } else {
            let points = corners.map(|(px, py)| Point::corner(px, py)).collect();
            let stroke = Some(Stroke { ink: Ink::Soft, thickness: 1.2, dashed: false });
            marks.push(Mark::Path { points, closed: false, fill: None, stroke });
        }
    }
    let (ink, _) = shapes::inks(series.tone);
    if let Some(Some(tenths)) = series.points.last() {
        let (px, py) = at(last, *tenths);
        marks.push(dot(px, py, size * 0.32, ink));
    }
    if let Some(shown) = series.shown.last() {
        let y = series.points.last().copied().flatten().map_or((high + low) / 2.0, |tenths| at(last, tenths).1);
        // Clear of the quarter below it.
        let y = y.min(low - size * 0.45);
        marks.push(text(shown, Weight::SemiBold, ink, size, (x + cell - figures, y + size * 0.33)));
    }
    if let (Some(first), Some(end)) = (periods.first(), periods.last()) {
        let y = low + small * 1.25;
        marks.push(text(first, Weight::Regular, Ink::Soft, small, (x, y)));
        if periods.len() > 1 {
            let end_x = (x + cell - Weight::Regular.width(end, small)).max(x);
            marks.push(text(end, Weight::Regular, Ink::Soft, small, (end_x, y)));
        }
    }
    marks
}

fn dot(x: f32, y: f32, radius: f32, ink: Ink) -> Mark {
    Mark::Path { points: shapes::circle(x, y, radius), closed: true, fill: Some(ink), stroke: None }
}
