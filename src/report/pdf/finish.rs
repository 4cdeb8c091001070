//! The finishing pass: pages, fonts, tree, outline, colour and metadata in one file. The same document always gives
//! the same bytes; the file's own id is drawn from them.

use std::sync::LazyLock;

use lopdf::{Document as File, Object, SaveOptions, Stream, StringFormat};
use sha2::{Digest, Sha256};

use super::super::check::PressError;
use super::super::document::Document;
use super::super::font::Weight;
use super::super::paper::{PAGE_HEIGHT, PAGE_WIDTH, Paper};
use super::embed::{self, Prepared};
use super::{compressed, dictionary, icc, metadata, name, outline, text, tree};

/// Stands where the id of the file will come.
const NO_ID: [u8; 16] = [0; 16];

/// A stream that ends in a carriage return runs into the line feed before `endstream`: a reader that measures streams
/// takes the two for one end of line and finds the length wrong. Other portions give other streams, so portions are
/// made smaller until no stream ends so.
pub fn finish(
    document: &Document,
    paper: &Paper,
    contents: &[Vec<u8>],
    fonts: &[Prepared; 2],
) -> Result<Vec<u8>, PressError> {
    let mut bytes = assemble(document, paper, contents, fonts, PORTION)?;
    for smaller in SMALLER_PORTIONS.rev() {
        if !bytes.windows(UNCLEAR_END.len()).any(|end| end == UNCLEAR_END) {
            break;
        }
        bytes = assemble(document, paper, contents, fonts, smaller)?;
    }
    Ok(bytes)
}

const UNCLEAR_END: &[u8] = b"\r\nendstream";

/// So many objects go into one stream of objects; a report has some hundreds.
const PORTION: usize = 1_000;
const SMALLER_PORTIONS: std::ops::Range<usize> = 80..100;

fn assemble(
    document: &Document,
    paper: &Paper,
    contents: &[Vec<u8>],
    fonts: &[Prepared; 2],
    portion: usize,
) -> Result<Vec<u8>, PressError> {
    let mut file = File::with_version("1.7");
    let catalog = file.new_object_id();
    let page_tree = file.new_object_id();
    let fonts = fonts.each_ref().map(|font| Object::Reference(embed::embed(&mut file, font)));
    let [regular, semi_bold] = fonts;
    let faces = dictionary([
        (embed::resource_name(Weight::Regular), regular),
        (embed::resource_name(Weight::SemiBold), semi_bold),
    ]);
    let resources = file.add_object(dictionary([("Font", Object::Dictionary(faces))]));

    let mut pages = Vec::with_capacity(contents.len());
    for content in contents {
        let content = file.add_object(page_content(content));
        let page = dictionary([
            ("Type", name("Page")),
            ("Parent", Object::Reference(page_tree)),
            ("Resources", Object::Reference(resources)),
            ("Contents", Object::Reference(content)),
            // Tabs follow the structure.
            ("Tabs", name("S")),
        ]);
        pages.push(file.add_object(page));
    }
    let sheet = [0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT].map(Object::Real).to_vec();
    file.set_object(
        page_tree,
        dictionary([
            ("Type", name("Pages")),
            ("MediaBox", Object::Array(sheet)),
            ("Count", Object::Integer(pages.len() as i64)),
            ("Kids", Object::Array(pages.iter().copied().map(Object::Reference).collect())),
        ]),
    );

    let structure = tree::add(&mut file, paper, &pages);
    let outlines = outline::add(&mut file, &paper.outline, &pages);
    let xmp = file.add_object(metadata::xmp(document));
    let profile = file.add_object(PROFILE.clone());
    let intent = dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", text("sRGB")),
        ("Info", text("sRGB IEC 61966-2-1")),
        ("DestOutputProfile", Object::Reference(profile)),
    ]);
    file.set_object(
        catalog,
        dictionary([
            ("Type", name("Catalog")),
            ("Pages", Object::Reference(page_tree)),
            ("Lang", text(document.lang.tag())),
            ("MarkInfo", Object::Dictionary(dictionary([("Marked", Object::Boolean(true))]))),
            ("ViewerPreferences", Object::Dictionary(dictionary([("DisplayDocTitle", Object::Boolean(true))]))),
            ("StructTreeRoot", Object::Reference(structure)),
            ("Outlines", Object::Reference(outlines)),
            ("Metadata", Object::Reference(xmp)),
            ("OutputIntents", Object::Array(vec![Object::Dictionary(intent)])),
        ]),
    );
    let info = file.add_object(metadata::info(document));
    let id = || Object::String(NO_ID.to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("Root", Object::Reference(catalog));
    file.trailer.set("Info", Object::Reference(info));
    file.trailer.set("ID", Object::Array(vec![id(), id()]));
    save(file, portion)
}

/// A line feed more at the end of a page's content changes nothing but how the stream ends.
fn page_content(content: &[u8]) -> Stream {
    let stream = compressed(dictionary([]), content);
    match stream.content.last() {
        Some(b'\r') => compressed(dictionary([]), &[content, b"\n"].concat()),
        _ => stream,
    }
}

static PROFILE: LazyLock<Stream> = LazyLock::new(|| compressed(dictionary([("N", Object::Integer(3))]), &icc::srgb()));

fn save(mut file: File, portion: usize) -> Result<Vec<u8>, PressError> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(portion)
        .compression_level(6)
        .build();
    let mut bytes = Vec::with_capacity(160_000);
    file.save_with_options(&mut bytes, options).map_err(|error| PressError::Pdf(error.to_string()))?;
    bytes.push(b'\n');
    stamp(&mut bytes)?;
    Ok(bytes)
}

/// Puts the id in its place: the hash of the file with an empty id.
fn stamp(bytes: &mut [u8]) -> Result<(), PressError> {
    let hash = Sha256::digest(&*bytes);
    let id: String = hash[..NO_ID.len()].iter().map(|byte| format!("{byte:02X}")).collect();
    let empty = "0".repeat(NO_ID.len() * 2);
    // It stands in the trailer, at the end of the file.
    for _ in 0..2 {
        let wanted = format!("<{empty}>");
        let place = bytes.windows(wanted.len()).rposition(|window| window == wanted.as_bytes());
        let place = place.ok_or_else(|| PressError::Pdf("the file has no place for its id".into()))?;
        bytes[place + 1..=place + id.len()].copy_from_slice(id.as_bytes());
    }
    Ok(())
}
