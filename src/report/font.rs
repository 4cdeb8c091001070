//! The letters on paper (lettertype): Source Sans 3 in two weights, measured and cut down to what is needed.
//!
//! A face is parsed and subset once per process to a fixed set of characters. A document with a character beyond
//! that set gets a subset of its own, when the full font has the glyph.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    SemiBold,
    /// The regular letters, drawn at a slant (cursief): the house has no third font.
    Slanted,
}

/// One weight of the font, complete.
pub struct Face {
    /// The PostScript name, as it stands in the PDF.
    pub name: &'static str,
    pub metrics: Metrics,
    program: &'static [u8],
    parsed: ttf_parser::Face<'static>,
    /// Advances of the characters below `DENSE`, in units; `NO_GLYPH` where the font has none.
    advances: Vec<u16>,
    /// The fixed set, cut once.
    pub fixed: Subset,
}

/// In thousandths of the size; Source Sans 3 has 1,000 units per em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metrics {
    pub ascent: i64,
    pub descent: i64,
    pub cap_height: i64,
    pub weight_class: u16,
    pub bbox: [i64; 4],
}

/// A font program that holds some characters only, with new glyph numbers.
pub struct Subset {
    pub program: Vec<u8>,
    /// By new glyph number: what it stands for (glyph 0 stands for nothing) and how wide it is.
    pub glyphs: Vec<(Option<char>, u16)>,
    codes: Vec<u16>,
    rare: BTreeMap<char, u16>,
}

const DENSE: u32 = 0x2300;
const NO_GLYPH: u16 = u16::MAX;

static FACES: LazyLock<[Face; 2]> = LazyLock::new(|| {
    [
        Face::read("SourceSans3-Regular", include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf")),
        Face::read("SourceSans3-SemiBold", include_bytes!("../../assets/fonts/SourceSans3-SemiBold.ttf")),
    ]
});

impl Weight {
    /// Those with a font of their own.
    pub const ALL: [Weight; 2] = [Weight::Regular, Weight::SemiBold];

    pub fn face(self) -> &'static Face {
        &FACES[self.font()]
    }

    /// Which of the two fonts it is drawn with.
    pub fn font(self) -> usize {
        match self {
            Weight::Regular | Weight::Slanted => 0,
            Weight::SemiBold => 1,
        }
    }

    /// In points.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let face = self.face();
        text.chars().map(|c| f32::from(face.advance(c).unwrap_or(0))).sum::<f32>() * size / 1000.0
    }
}

impl Face {
    /// How far a character moves the pen, in thousandths of the size; none when the font lacks it. A control
    /// character that only shapes the line takes no room.
    pub fn advance(&self, c: char) -> Option<u16> {
        let known = match self.advances.get(c as usize) {
            Some(advance) => *advance,
            None => self.look_up(c),
        };
        (known != NO_GLYPH).then_some(known)
    }

    /// Cuts the fixed set and `extra` out of the full font.
    pub fn subset(&self, extra: &BTreeSet<char>) -> Subset {
        let mut remap = subsetter::GlyphRemapper::new();
        let mut glyphs = vec![(None, self.parsed.glyph_hor_advance(ttf_parser::GlyphId(0)).unwrap_or(0))];
        let mut codes = vec![0; DENSE as usize];
        let mut rare = BTreeMap::new();
        for c in fixed_set().chain(extra.iter().copied()) {
            let Some(glyph) = self.parsed.glyph_index(c) else { continue };
            let code = remap.remap(glyph.0);
            // Two characters may share one glyph (a space and a no-break space): the first one is its meaning.
            if usize::from(code) == glyphs.len() {
                glyphs.push((Some(c), self.parsed.glyph_hor_advance(glyph).unwrap_or(0)));
            }
            match codes.get_mut(c as usize) {
                Some(place) => *place = code,
                None => drop(rare.insert(c, code)),
            }
        }
        codes['\t' as usize] = codes[' ' as usize];
        let program = subsetter::subset(self.program, 0, &remap).expect("the font of the house can be cut");
        Subset { program, glyphs, codes, rare }
    }

    fn read(name: &'static str, program: &'static [u8]) -> Face {
        let parsed = ttf_parser::Face::parse(program, 0).expect("the font of the house is well formed");
        let bbox = parsed.global_bounding_box();
        let metrics = Metrics {
            ascent: parsed.ascender().into(),
            descent: parsed.descender().into(),
            cap_height: parsed.capital_height().unwrap_or(parsed.ascender()).into(),
            weight_class: parsed.weight().to_number(),
            bbox: [bbox.x_min.into(), bbox.y_min.into(), bbox.x_max.into(), bbox.y_max.into()],
        };
        let nothing = Subset { program: Vec::new(), glyphs: Vec::new(), codes: Vec::new(), rare: BTreeMap::new() };
        let mut face = Face { name, metrics, program, parsed, advances: Vec::new(), fixed: nothing };
        face.advances = (0..DENSE).map(|c| char::from_u32(c).map_or(NO_GLYPH, |c| face.look_up(c))).collect();
        face.fixed = face.subset(&BTreeSet::new());
        face
    }

    fn look_up(&self, c: char) -> u16 {
        match c {
            '\t' => self.look_up(' '),
            _ if shapes_only(c) => 0,
            _ => self.parsed.glyph_index(c).and_then(|g| self.parsed.glyph_hor_advance(g)).unwrap_or(NO_GLYPH),
        }
    }
}

impl Subset {
    pub fn holds(&self, c: char) -> bool {
        shapes_only(c) || self.code(c) != 0
    }

    /// The text as glyph numbers, two bytes each. What only shapes the line leaves no mark.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len() * 2);
        for c in text.chars().filter(|c| !shapes_only(*c)) {
            bytes.extend_from_slice(&self.code(c).to_be_bytes());
        }
        bytes
    }

    fn code(&self, c: char) -> u16 {
        match self.codes.get(c as usize) {
            Some(code) => *code,
            None => self.rare.get(&c).copied().unwrap_or(0),
        }
    }
}

/// Line breaks, and the invisible signs that say where a word may or may not break.
fn shapes_only(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Latin-1, Latin Extended-A and the punctuation of Dutch and English texts.
fn fixed_set() -> impl Iterator<Item = char> {
    (' '..='~').chain('\u{a0}'..='\u{17f}').chain("€≥≤≠–—‐‑→←↑↓•…‘’‚‛“”„‹›−×±†‡′″‰™✓ȘșȚțẞ\u{202f}\u{2009}".chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_the_fixed_set_has_a_glyph_in_both_weights() {
        for weight in Weight::ALL {
            for c in fixed_set() {
                assert!(weight.face().fixed.holds(c), "{c:?} is missing in {}", weight.face().name);
                assert!(weight.face().advance(c).is_some());
            }
        }
    }

    #[test]
    fn the_fixed_set_holds_what_dutch_reports_need() {
        for c in "ÀÉëïöüĲĳçñŁłışžČ€≥≤–—→•…‘’“”−×0123456789%&§½²".chars() {
            assert!(Weight::Regular.face().fixed.holds(c), "{c:?}");
        }
    }

    #[test]
    fn a_character_beyond_the_fixed_set_gets_a_subset_of_its_own() {
        let face = Weight::Regular.face();
        assert!(!face.fixed.holds('Ж'));
        let own = face.subset(&BTreeSet::from(['Ж']));
        assert!(own.holds('Ж') && own.holds('a'));
        assert_eq!(own.encode("a").len(), 2);
        let again = ttf_parser::Face::parse(&own.program, 0).unwrap();
        // Parts of composed letters come along.
        assert!(usize::from(again.number_of_glyphs()) >= own.glyphs.len());
    }

    #[test]
    fn digits_stand_under_each_other() {
        for weight in Weight::ALL {
            let widths: BTreeSet<_> = ('0'..='9').map(|digit| weight.face().advance(digit)).collect();
            assert_eq!(widths.len(), 1);
        }
    }

    #[test]
    fn a_glyph_the_font_lacks_has_no_advance() {
        assert_eq!(Weight::Regular.face().advance('語'), None);
        assert_eq!(Weight::Regular.face().advance('\u{7}'), None);
        assert_eq!(Weight::Regular.face().advance('\u{200b}'), Some(0));
    }
}
