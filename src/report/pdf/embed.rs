//! The fonts in the file: subset, compressed and described once per process, then handed to every document.

use std::fmt::Write;
use std::sync::LazyLock;

use lopdf::{Document, Object, ObjectId, Stream};

use super::super::font::{Subset, Weight};
use super::{compressed, dictionary, name};

/// Everything the file needs of one font.
pub struct Prepared {
    weight: Weight,
    program: Stream,
    to_unicode: Stream,
    widths: Vec<Object>,
}

/// The fixed sets of both weights.
pub fn fixed() -> &'static [Prepared; 2] {
    static FIXED: LazyLock<[Prepared; 2]> =
        LazyLock::new(|| Weight::ALL.map(|weight| prepare(weight, &weight.face().fixed)));
    &FIXED
}

/// The name of a font in the content of the pages.
pub fn resource_name(weight: Weight) -> &'static str {
    match weight {
        Weight::Regular | Weight::Slanted => "F1",
        Weight::SemiBold => "F2",
    }
}

pub fn prepare(weight: Weight, subset: &Subset) -> Prepared {
    let length = dictionary([("Length1", Object::Integer(subset.program.len() as i64))]);
    let widths = subset.glyphs.iter().map(|(_, advance)| Object::Integer(i64::from(*advance))).collect();
    Prepared {
        weight,
        program: compressed(length, &subset.program),
        to_unicode: compressed(dictionary([]), to_unicode(subset).as_bytes()),
        widths: vec![Object::Integer(0), Object::Array(widths)],
    }
}

/// Adds a font to a document.
pub fn embed(document: &mut Document, font: &Prepared) -> ObjectId {
    let face = font.weight.face();
    // Six capitals say that the font is a subset.
    let tag = match font.weight {
        Weight::Regular | Weight::Slanted => "OPHREG",
        Weight::SemiBold => "OPHHAL",
    };
    let base = name(&format!("{tag}+{}", face.name));
    let metrics = face.metrics;
    let program = document.add_object(font.program.clone());
    let to_unicode = document.add_object(font.to_unicode.clone());
    // StemV stands in no table of the font; this is the usual estimate from its weight.
    let stem = 50 + (f32::from(metrics.weight_class) / 65.0).powi(2).round() as i64;
    let descriptor = document.add_object(dictionary([
        ("Type", name("FontDescriptor")),
        ("FontName", base.clone()),
        // Non-symbolic.
        ("Flags", Object::Integer(32)),
        ("FontBBox", Object::Array(metrics.bbox.map(Object::Integer).to_vec())),
        ("ItalicAngle", Object::Integer(0)),
        ("Ascent", Object::Integer(metrics.ascent)),
        ("Descent", Object::Integer(metrics.descent)),
        ("CapHeight", Object::Integer(metrics.cap_height)),
        ("StemV", Object::Integer(stem)),
        ("FontFile2", Object::Reference(program)),
    ]));
    let system = dictionary([
        ("Registry", Object::string_literal("Adobe")),
        ("Ordering", Object::string_literal("Identity")),
        ("Supplement", Object::Integer(0)),
    ]);
    let descendant = document.add_object(dictionary([
        ("Type", name("Font")),
        ("Subtype", name("CIDFontType2")),
        ("BaseFont", base.clone()),
        ("CIDSystemInfo", Object::Dictionary(system)),
        ("CIDToGIDMap", name("Identity")),
        ("FontDescriptor", Object::Reference(descriptor)),
        ("W", Object::Array(font.widths.clone())),
    ]));
    document.add_object(dictionary([
        ("Type", name("Font")),
        ("Subtype", name("Type0")),
        ("BaseFont", base),
        ("Encoding", name("Identity-H")),
        ("DescendantFonts", Object::Array(vec![Object::Reference(descendant)])),
        ("ToUnicode", Object::Reference(to_unicode)),
    ]))
}

/// What every glyph means, so that the text can be read out, searched and copied.
fn to_unicode(subset: &Subset) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let meanings: Vec<(usize, char)> =
        subset.glyphs.iter().enumerate().filter_map(|(code, (c, _))| c.map(|c| (code, c))).collect();
    // A block holds at most a hundred.
    for block in meanings.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", block.len());
        for (code, c) in block {
            let _ = write!(map, "<{code:04X}> <");
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}
