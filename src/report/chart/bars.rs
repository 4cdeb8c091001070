//! Results against their targets: a bar for each, with a stroke where the target lies.

use super::super::document::Bar;
use super::super::font::Weight;
use super::super::paper::{Ink, Mark};
use super::super::shapes;
use super::{Drawing, LEAD, label, label_lines, line, text};

pub fn draw(bars: &[Bar], width: f32, size: f32) -> Drawing {
    let widest = |texts: &mut dyn Iterator<Item = f32>| texts.fold(0.0, f32::max);
    let names = widest(&mut bars.iter().map(|bar| Weight::Regular.width(&bar.label, size))).min(width * 0.42) + 1.0;
    let figures = widest(&mut bars.iter().map(|bar| Weight::SemiBold.width(&bar.shown, size)));
    let side = size * 1.05;
    let left = names + size;
    let right = width - figures - side - size * 1.6;
    let scale = (right - left) / 1000.0;
    let at = |tenths: u32| left + tenths.min(1000) as f32 * scale;

    let mut marks = Vec::new();
    let mut y = size * 0.3;
    let mut rows = Vec::new();
    for bar in bars {
        let lines = label_lines(&bar.label, Weight::Regular, size, names);
        let height = (lines.max(1) as f32 * size * LEAD + size * 0.55).max(size * 1.7);
        rows.push((bar, y, height, lines));
        y += height;
    }
    let bottom = y + size * 0.2;

    for quarter in 0..=4 {
        let x = at(quarter * 250);
        marks.push(line((x, 0.0), (x, bottom), 0.5, Ink::Line));
    }
    for (bar, top, height, lines) in rows {
        let middle = top + height / 2.0;
        let first = middle - (lines.max(1) as f32 - 1.0) * size * LEAD / 2.0 + size * 0.33;
        marks.extend(label(&bar.label, Weight::Regular, Ink::Text, size, names, (0.0, first)));
        marks.extend(draw_bar(bar, middle, size, left, right, &at));
        let (ink, _) = shapes::inks(bar.tone);
        marks.extend(shapes::shape(bar.tone, right + size * 0.9, middle - side / 2.0, side));
        let x = width - Weight::SemiBold.width(&bar.shown, size);
        marks.push(text(&bar.shown, Weight::SemiBold, ink, size, (x, middle + size * 0.33)));
    }
    let foot = bottom + size * 1.1;
    for (tenths, written) in [(0, "0%"), (500, "50%"), (1000, "100%")] {
        let x = at(tenths) - Weight::Regular.width(written, size * 0.9) / 2.0;
        marks.push(text(written, Weight::Regular, Ink::Soft, size * 0.9, (x, foot)));
    }
    Drawing { width, height: foot + size * 0.4, marks }
}

fn draw_bar(bar: &Bar, middle: f32, size: f32, left: f32, right: f32, at: &dyn Fn(u32) -> f32) -> Vec<Mark> {
    let thick = size * 0.85;
    let top = middle - thick / 2.0;
    let mut marks = vec![Mark::Rect { x: left, y: top, width: right - left, height: thick, ink: Ink::IdleWash }];
    if let Some(result) = bar.result {
        let (ink, _) = shapes::inks(bar.tone);
        marks.push(Mark::Rect { x: left, y: top, width: at(result) - left, height: thick, ink });
    }
    if let Some(target) = bar.target {
        let x = at(target);
        let reach = size * 0.28;
        marks.push(line((x, top - reach - 0.8), (x, top + thick + reach + 0.8), 3.0, Ink::Paper));
        marks.push(line((x, top - reach), (x, top + thick + reach), 1.6, Ink::Text));
    }
    marks
}
