//! The marks of a drawing as SVG. Colours and sizes are attributes of the drawing, so that it needs no stylesheet;
//! a stylesheet may still overrule them.

use std::fmt::Write;

use super::chart::{self, Drawing};
use super::document::{Chart, Tone};
use super::font::Weight;
use super::html::escape;
use super::paper::{Ink, Mark, Point, Stroke};
use super::shapes;

/// A drawing has to be read on a telephone too, so there are two of each and the stylesheet shows the one that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    Wide,
    Narrow,
}

impl Screen {
    pub const ALL: [Screen; 2] = [Screen::Wide, Screen::Narrow];

    pub fn word(self) -> &'static str {
        match self {
            Screen::Wide => "wide",
            Screen::Narrow => "narrow",
        }
    }

    /// How wide the drawing is, and how large its letters, in pixels.
    fn measures(self) -> (f32, f32) {
        match self {
            Screen::Wide => (1_040.0, 14.0),
            Screen::Narrow => (360.0, 12.0),
        }
    }
}

pub fn draw(chart: &Chart, screen: Screen) -> Drawing {
    let (width, letter) = screen.measures();
    chart::draw(chart, width, letter)
}

pub fn view_box(drawing: &Drawing) -> String {
    format!("viewBox=\"0 0 {:.0} {:.0}\"", drawing.width, drawing.height)
}

pub fn marks(drawing: &Drawing, out: &mut String) {
    for mark in &drawing.marks {
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
