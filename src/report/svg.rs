//! The marks of a drawing as SVG. Colours and sizes are attributes of the drawing, so that it needs no stylesheet;
//! a stylesheet may still overrule them.

use std::fmt::Write;

use super::chart::{self, Drawing};
use super::document::{Chart, Tone};
use super::font::Weight;
use super::html::escape;
use super::paper::{Ink, Mark, Point, Stroke};
use super::shapes;

/// A drawing has to be read on a telephone too: this wide, with letters of this size, in pixels.
const WIDTH: f32 = 360.0;
const LETTER: f32 = 12.0;

pub fn view_box(chart: &Chart) -> String {
    let Drawing { width, height, .. } = drawing(chart);
    format!("viewBox=\"0 0 {width:.0} {height:.0}\"")
}

pub fn marks(chart: &Chart, out: &mut String) {
    for mark in &drawing(chart).marks {
        write_mark(mark, out);
    }
}

/// The shape of a status, for before its word.
pub fn icon(tone: Tone) -> String {
    let mut out = String::from("<svg class=\"icon\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">");
    for mark in shapes::shape(tone, 0.0, 0.0, 16.0) {
        write_mark(&mark, &mut out);
    }
    out.push_str("</svg>");
    out
}

fn drawing(chart: &Chart) -> Drawing {
    chart::draw(chart, WIDTH, LETTER)
}

fn write_mark(mark: &Mark, out: &mut String) {
    // Writing to a String does not fail.
    let _ = match mark {
        Mark::Text { x, y, size, weight, ink, text } => {
            // As long as it was measured, also before the font has come in.
            let length = weight.width(text.trim_end(), *size);
            let place = format!(
                "x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\""
            );
            let weight = if *weight == Weight::SemiBold { " font-weight=\"600\"" } else { "" };
            let _ = write!(out, "<text {place}{weight} fill=\"{}\">", hex(*ink));
            escape(text.trim_end(), out);
            out.write_str("</text>")
        }
        Mark::Rect { x, y, width, height, ink } => {
            let place = format!("x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"");
            write!(out, "<rect {place} fill=\"{}\"/>", hex(*ink))
        }
        Mark::Line { from, to, thickness, dashed, ink } => {
            let ends = format!("x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"", from.0, from.1, to.0, to.1);
            write!(out, "<line {ends}{}/>", stroke(Stroke { ink: *ink, thickness: *thickness, dashed: *dashed }))
        }
        Mark::Path { points, closed, fill, stroke: line } => {
            let close = if *closed { "Z" } else { "" };
            let fill = fill.map_or("none".to_owned(), hex);
            let line = line.map_or(" stroke=\"none\"".to_owned(), stroke);
            write!(out, "<path d=\"{}{close}\" fill=\"{fill}\"{line}/>", path(points))
        }
    };
}

fn path(points: &[Point]) -> String {
    let mut path = String::new();
    let mut handles = 0;
    for (number, point) in points.iter().enumerate() {
        let command = match (number, point.handle) {
            (0, _) => "M",
            (_, true) if handles == 0 => "C",
            (_, true) => " ",
            (_, false) if handles == 2 => " ",
            (_, false) => "L",
        };
        handles = if point.handle { handles + 1 } else { 0 };
        let _ = write!(path, "{command}{:.1} {:.1}", point.x, point.y);
    }
    path
}

fn stroke(stroke: Stroke) -> String {
    let dash = if stroke.dashed { " stroke-dasharray=\"3 2.5\"" } else { "" };
    format!(" stroke=\"{}\" stroke-width=\"{:.1}\"{dash}", hex(stroke.ink), stroke.thickness)
}

fn hex(ink: Ink) -> String {
    let [r, g, b] = ink.rgb();
    format!("#{r:02x}{g:02x}{b:02x}")
}
