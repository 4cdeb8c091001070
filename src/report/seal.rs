//! A PDF under seal: PAdES baseline-B. The field of the seal does not show on the page and has its place in the structure, so
//! that the file stays PDF/UA-1 and PDF/A-2a; over which bytes it is put stands in the file itself.

use chrono::{DateTime, FixedOffset};
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, StringFormat};
use sha2::{Digest, Sha256};

use super::PressError;
use super::pdf::{dictionary, name, text};
use crate::seal::Seal;

/// Bytes kept free for the message; a chain of four certificates takes some 8,000.
const ROOM: usize = 16_384;

/// Stands where the range of bytes will come: no file is so long.
const UNKNOWN: i64 = 9_999_999_999;

/// Closes a PDF that our press made. `words` is what readers show of the seal, `at` the moment that stands in it.
pub fn close(pdf: &[u8], seal: &Seal, words: &str, at: DateTime<FixedOffset>) -> Result<Vec<u8>, PressError> {
    let room = make_room(pdf, words, at)?;
    let message = seal.message(&room.digest()).map_err(|fault| broken(&fault.to_string()))?;
    room.fill(&message)
}

/// A file with room for a seal.
struct Room {
    bytes: Vec<u8>,
    /// The brackets `<` and `>` of the message, and all between them.
    message: std::ops::Range<usize>,
}

fn make_room(pdf: &[u8], seal: &str, at: DateTime<FixedOffset>) -> Result<Room, PressError> {
    let mut file = Document::load_mem(pdf).map_err(|error| broken(&error.to_string()))?;
    add_field(&mut file, seal, at)?;
    let plain = SaveOptions::builder().use_object_streams(false).use_xref_streams(false).build();
    file.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    let mut bytes = Vec::with_capacity(pdf.len() * 2 + 2 * ROOM);
    file.save_with_options(&mut bytes, plain).map_err(|error| broken(&error.to_string()))?;
    bytes.push(b'\n');
    Room::find(bytes)
}

/// The field, its place in the structure, and the dictionary of the signature.
fn add_field(file: &mut Document, seal: &str, at: DateTime<FixedOffset>) -> Result<(), PressError> {
    let root = file.trailer.get(b"Root").and_then(Object::as_reference).map_err(|_| broken("no catalog"))?;
    let page = file.get_pages().values().next().copied().ok_or_else(|| broken("no page"))?;
    let structure = reference(file, root, b"StructTreeRoot")?;
    let whole = first_kid(file, structure)?;
    let parents = reference(file, structure, b"ParentTree")?;
    let next = dict(file, structure)?.get(b"ParentTreeNextKey").and_then(Object::as_i64).unwrap_or_default();

    let zone = at.format("%:z").to_string().replace(':', "'");
    let range = [Object::Integer(0), Object::Integer(UNKNOWN), Object::Integer(UNKNOWN), Object::Integer(UNKNOWN)];
    let signature = file.add_object(dictionary([
        ("Type", name("Sig")),
        ("Filter", name("Adobe.PPKLite")),
        ("SubFilter", name("ETSI.CAdES.detached")),
        ("ByteRange", Object::Array(range.to_vec())),
        ("Contents", Object::String(vec![0; ROOM], StringFormat::Hexadecimal)),
        ("M", Object::string_literal(format!("D:{}{zone}'", at.format("%Y%m%d%H%M%S")))),
        ("Name", text(seal)),
    ]));
    let widget = file.new_object_id();
    let element = file.add_object(dictionary([
        ("Type", name("StructElem")),
        ("S", name("Form")),
        ("P", Object::Reference(whole)),
        ("Pg", Object::Reference(page)),
        ("Alt", text(seal)),
        (
            "K",
            Object::Array(vec![Object::Dictionary(dictionary([
                ("Type", name("OBJR")),
                ("Pg", Object::Reference(page)),
                ("Obj", Object::Reference(widget)),
            ]))]),
        ),
    ]));
    file.set_object(
        widget,
        dictionary([
            ("Type", name("Annot")),
            ("Subtype", name("Widget")),
            ("FT", name("Sig")),
            ("T", Object::string_literal("zegel")),
            ("TU", text(seal)),
            ("Contents", text(seal)),
            ("Rect", Object::Array(vec![Object::Integer(0); 4])),
            // Printed and locked.
            ("F", Object::Integer(132)),
            ("P", Object::Reference(page)),
            ("StructParent", Object::Integer(next)),
            ("V", Object::Reference(signature)),
        ]),
    );
    push(file, whole, b"K", [Object::Reference(element)])?;
    push(file, page, b"Annots", [Object::Reference(widget)])?;
    push(file, parents, b"Nums", [Object::Integer(next), Object::Reference(element)])?;
    dict_mut(file, structure)?.set("ParentTreeNextKey", Object::Integer(next + 1));
    // 3: there are signatures, and nothing may be changed but by adding to the file.
    let form =
        dictionary([("Fields", Object::Array(vec![Object::Reference(widget)])), ("SigFlags", Object::Integer(3))]);
    dict_mut(file, root)?.set("AcroForm", Object::Dictionary(form));
    Ok(())
}

impl Room {
    fn find(mut bytes: Vec<u8>) -> Result<Room, PressError> {
        let free = [&b"/Contents<"[..], &[b'0'; 2 * ROOM], b">"].concat();
        let at = find(&bytes, &free).ok_or_else(|| broken("no room for the seal"))?;
        let message = at + b"/Contents".len()..at + free.len();
        let range = format!("/ByteRange[0 {UNKNOWN} {UNKNOWN} {UNKNOWN}]");
        let place = find(&bytes, range.as_bytes()).ok_or_else(|| broken("no range for the seal"))?;
        let (start, end, after) = (message.start, message.end, bytes.len() - message.end);
        let known = format!("/ByteRange[0 {start} {end} {after}]");
        let padded = format!("{known:<width$}", width = range.len());
        bytes[place..place + range.len()].copy_from_slice(padded.as_bytes());
        Ok(Room { bytes, message })
    }

    /// The SHA-256 of everything but the message.
    fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(&self.bytes[..self.message.start]);
        hash.update(&self.bytes[self.message.end..]);
        hash.finalize().to_vec()
    }

    /// The file with the message in its place.
    fn fill(mut self, message: &[u8]) -> Result<Vec<u8>, PressError> {
        if message.len() > ROOM {
            return Err(broken("the certificates of the seal are too long"));
        }
        let hex: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
        let from = self.message.start + 1;
        self.bytes[from..from + hex.len()].copy_from_slice(hex.as_bytes());
        Ok(self.bytes)
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn dict(file: &Document, id: ObjectId) -> Result<&Dictionary, PressError> {
    file.get_dictionary(id).map_err(|error| broken(&error.to_string()))
}

fn dict_mut(file: &mut Document, id: ObjectId) -> Result<&mut Dictionary, PressError> {
    file.get_dictionary_mut(id).map_err(|error| broken(&error.to_string()))
}

fn reference(file: &Document, id: ObjectId, key: &[u8]) -> Result<ObjectId, PressError> {
    dict(file, id)?.get(key).and_then(Object::as_reference).map_err(|error| broken(&error.to_string()))
}

/// The one node below the root of the structure: the document.
fn first_kid(file: &Document, structure: ObjectId) -> Result<ObjectId, PressError> {
    let kids =
        dict(file, structure)?.get(b"K").and_then(Object::as_array).map_err(|error| broken(&error.to_string()))?;
    kids.first().and_then(|kid| kid.as_reference().ok()).ok_or_else(|| broken("no structure"))
}

fn push<const N: usize>(file: &mut Document, id: ObjectId, key: &[u8], more: [Object; N]) -> Result<(), PressError> {
    let entries = dict_mut(file, id)?;
    match entries.get_mut(key).and_then(Object::as_array_mut) {
        Ok(array) => array.extend(more),
        Err(_) => entries.set(key, Object::Array(more.to_vec())),
    }
    Ok(())
}

fn broken(why: &str) -> PressError {
    PressError::Pdf(format!("the file cannot be sealed: {why}"))
}

#[cfg(test)]
#[path = "seal_tests.rs"]
mod tests;
