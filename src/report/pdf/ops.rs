//! The content of the pages, written by printpdf. No other file names it.
//!
//! Text goes in as glyph numbers of our own subset: without its layout features printpdf neither subsets a font nor
//! notices a missing glyph.

use std::collections::BTreeMap;

use printpdf::{
    Color, DictItem, FontId, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfDocument, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextMatrix, WindingOrder,
};

use super::super::check::PressError;
use super::super::font::{Subset, Weight};
use super::super::paper::{Artifact, Ink, Mark, Owner, PAGE_HEIGHT, PAGE_WIDTH, Page, Paper, Stroke};
use super::embed::resource_name;
use super::tree::role_name;

/// The content stream of every page, not yet compressed.
pub fn contents(paper: &Paper, fonts: [&Subset; 2]) -> Result<Vec<Vec<u8>>, PressError> {
    let pages = paper.pages.iter().map(|page| {
        let mut pen = Pen { fonts, ops: Vec::with_capacity(page.chunks.len() * 8), state: State::default() };
        pen.page(page);
        PdfPage::new(Pt(PAGE_WIDTH).into(), Pt(PAGE_HEIGHT).into(), pen.ops)
    });
    let mut document = PdfDocument::new("");
    document.with_pages(pages.collect());
    // "Secure" would drop the strings of glyph numbers; everything in here was written above.
    let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
    let mut written = document.to_lopdf_document(&options, &mut Vec::new());
    let page_ids: Vec<_> = written.get_pages().into_values().collect();
    let streams = page_ids.into_iter().map(|page| {
        let content = written.get_dictionary(page)?.get(b"Contents")?.as_reference()?;
        Ok(std::mem::take(&mut written.get_object_mut(content)?.as_stream_mut()?.content))
    });
    streams.collect::<Result<_, lopdf::Error>>().map_err(|error| PressError::Pdf(error.to_string()))
}

struct Pen<'a> {
    fonts: [&'a Subset; 2],
    ops: Vec<Op>,
    state: State,
}

/// What the page was last told, so that nothing is said twice.
#[derive(Default)]
struct State {
    fill: Option<Ink>,
    outline: Option<Ink>,
    thickness: Option<f32>,
    dashed: bool,
    font: Option<(Weight, f32)>,
}

/// How far slanted letters lean over: about eleven degrees.
const SLANT: f32 = 0.2;

impl Pen<'_> {
    fn page(&mut self, page: &Page) {
        for chunk in &page.chunks {
            let (tag, properties) = match chunk.owner {
                Owner::Node { role, mcid } => (role_name(role), vec![("MCID", DictItem::Int(mcid as i64))]),
                Owner::Artifact(kind) => ("Artifact", artifact(kind)),
            };
            let map: BTreeMap<String, DictItem> = properties.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            self.ops
                .push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } });
            let mut marks = chunk.marks.as_slice();
            while let Some(mark) = marks.first() {
                let texts = marks.iter().take_while(|mark| matches!(mark, Mark::Text { .. })).count();
                if texts > 0 {
                    self.texts(&marks[..texts]);
                    marks = &marks[texts..];
                } else {
                    self.drawing(mark);
                    marks = &marks[1..];
                }
            }
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn texts(&mut self, marks: &[Mark]) {
        self.ops.push(Op::StartTextSection);
        let (mut before, mut bent) = ((0.0, 0.0), false);
        for mark in marks {
            let Mark::Text { x, y, size, weight, ink, text } = mark else { continue };
            self.fill(*ink);
            if self.state.font != Some((*weight, *size)) {
                self.state.font = Some((*weight, *size));
                let font = PdfFontHandle::External(FontId(resource_name(*weight).to_owned()));
                self.ops.push(Op::SetFont { font, size: Pt(round(*size)) });
            }
            // Each place is told from the one before. Letters at a slant bend that way of telling too, so they and what
            // follows them are placed from the corner of the page.
            let here = (round(*x), round(PAGE_HEIGHT - *y));
            let slanted = *weight == Weight::Slanted;
            if slanted || bent {
                let lean = if slanted { SLANT } else { 0.0 };
                self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, lean, 1.0, here.0, here.1]) });
            } else {
                let pos = Point { x: Pt(round(here.0 - before.0)), y: Pt(round(here.1 - before.1)) };
                self.ops.push(Op::SetTextCursor { pos });
            }
            (before, bent) = (here, slanted);
            let data = self.fonts[weight.font()].encode(text);
            self.ops.push(Op::Unknown { key: "Tj".to_owned(), value: vec![DictItem::String { data, literal: false }] });
        }
        self.ops.push(Op::EndTextSection);
    }

    fn drawing(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { .. } => {}
            Mark::Rect { x, y, width, height, ink } => {
                self.fill(*ink);
                let rectangle = Rect {
                    x: Pt(round(*x)),
                    y: Pt(round(PAGE_HEIGHT - y - height)),
                    width: Pt(round(*width)),
                    height: Pt(round(*height)),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                };
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Mark::Line { from, to, thickness, dashed, ink } => {
                self.outline(Stroke { ink: *ink, thickness: *thickness, dashed: *dashed });
                let points = [from, to].map(|(x, y)| point(*x, *y, false)).to_vec();
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
            Mark::Path { points, closed, fill, stroke } => {
                let points: Vec<LinePoint> = points.iter().map(|p| point(p.x, p.y, p.handle)).collect();
                if let Some(stroke) = stroke {
                    self.outline(*stroke);
                }
                match fill {
                    None => self.ops.push(Op::DrawLine { line: Line { points, is_closed: *closed } }),
                    Some(ink) => {
                        self.fill(*ink);
                        let mode = if stroke.is_some() { PaintMode::FillStroke } else { PaintMode::Fill };
                        let rings = vec![PolygonRing { points }];
                        let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
                        self.ops.push(Op::DrawPolygon { polygon });
                    }
                }
            }
        }
    }

    fn fill(&mut self, ink: Ink) {
        if self.state.fill != Some(ink) {
            self.state.fill = Some(ink);
            self.ops.push(Op::SetFillColor { col: colour(ink) });
        }
    }

    fn outline(&mut self, stroke: Stroke) {
        if self.state.outline != Some(stroke.ink) {
            self.state.outline = Some(stroke.ink);
            self.ops.push(Op::SetOutlineColor { col: colour(stroke.ink) });
        }
        if self.state.thickness != Some(stroke.thickness) {
            self.state.thickness = Some(stroke.thickness);
            self.ops.push(Op::SetOutlineThickness { pt: Pt(round(stroke.thickness)) });
        }
        if self.state.dashed != stroke.dashed {
            self.state.dashed = stroke.dashed;
            let dash = if stroke.dashed { LineDashPattern::new(0.0, &[2.2, 1.8]) } else { LineDashPattern::solid() };
            self.ops.push(Op::SetLineDashPattern { dash });
        }
    }
}

fn artifact(kind: Artifact) -> Vec<(&'static str, DictItem)> {
    let name = |word: &str| DictItem::Name(word.as_bytes().to_vec());
    match kind {
        Artifact::Header => vec![("Type", name("Pagination")), ("Subtype", name("Header"))],
        Artifact::Footer => vec![("Type", name("Pagination")), ("Subtype", name("Footer"))],
        Artifact::Layout => vec![("Type", name("Layout"))],
    }
}

fn point(x: f32, y: f32, handle: bool) -> LinePoint {
    LinePoint { p: Point { x: Pt(round(x)), y: Pt(round(PAGE_HEIGHT - y)) }, bezier: handle }
}

fn colour(ink: Ink) -> Color {
    let [r, g, b] = ink.rgb().map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    Color::Rgb(Rgb::new(r, g, b, None))
}

/// A hundredth of a point is finer than any printer; more digits only make the file longer.
fn round(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
