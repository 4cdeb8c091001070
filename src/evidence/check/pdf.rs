//! A PDF: pages and nothing that acts. Refused is what runs, starts, carries or hides something; the message tells how to
//! make a clean PDF ("opslaan als PDF" or printing to one leaves all of it out).
//!
//! It is looked at twice. First as bytes, because a reader that repairs a file also finds what its table of contents
//! leaves out; then as objects, because a name may be written in more than one way.

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, LoadOptions, Object, Stream};

use super::{Checked, MAX_UNPACKED, Refusal, raw};
use crate::evidence::{Flag, MediaType};

mod bytes;

/// An object stream holds words, not pictures: more than this is a trap.
const MAX_OBJECT_STREAM: usize = 32 * 1024 * 1024;

/// A file of 25 MB has no honest use for more.
const MAX_OBJECTS: usize = 500_000;

pub(super) fn check(file: &[u8]) -> Result<Checked, Refusal> {
    if !file.starts_with(b"%PDF-") {
        return Err(Refusal::NotWhatItSays);
    }
    bytes::check(file)?;
    let options = LoadOptions::with_max_decompressed_size(MAX_OBJECT_STREAM);
    let document = Document::load_mem_with_options(file, options).map_err(|_| Refusal::PdfDamaged)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Refusal::PdfEncrypted);
    }
    if document.objects.len() > MAX_OBJECTS {
        return Err(Refusal::Bomb);
    }
    let mut look = Look { links_out: false, unpacked: 0 };
    look.dictionary(&document.trailer)?;
    for object in document.objects.values() {
        look.object(object)?;
    }
    let pages = document.get_pages().len();
    if pages == 0 {
        return Err(Refusal::PdfDamaged);
    }
    let mut checked = Checked { pages: Some(pages as i64), ..Checked::plain(MediaType::Pdf) };
    if look.links_out {
        checked.flags.push(Flag::LinksOut);
    }
    Ok(checked)
}

/// What was met on the way through the objects.
struct Look {
    links_out: bool,
    /// Bytes that all streams come to so far.
    unpacked: u64,
}

impl Look {
    /// The depth is bounded: the reader of the file gives up on objects nested deeper than it can follow.
    fn object(&mut self, object: &Object) -> Result<(), Refusal> {
        match object {
            Object::Array(items) => items.iter().try_for_each(|item| self.object(item)),
            Object::Dictionary(dictionary) => self.dictionary(dictionary),
            Object::Stream(stream) => {
                self.dictionary(&stream.dict)?;
                self.stream(stream)
            }
            _ => Ok(()),
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary) -> Result<(), Refusal> {
        for (key, value) in dictionary {
            match refused_key(key) {
                Some(refusal) => return Err(refusal),
                None => self.object(value)?,
            }
        }
        let word = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).unwrap_or_default();
        // What an action does (S), and what an annotation is (Subtype).
        match (word(b"S"), word(b"Subtype"), word(b"Type")) {
            (b"JavaScript", ..) => Err(Refusal::PdfScript),
            (b"Launch", ..) => Err(Refusal::PdfLaunch),
            (b"GoToE", ..) | (_, b"FileAttachment", _) | (.., b"EmbeddedFile") => Err(Refusal::PdfEmbedded),
            (b"Rendition" | b"Movie" | b"Sound", ..) => Err(Refusal::PdfMedia),
            (_, b"RichMedia" | b"Movie" | b"Sound" | b"Screen" | b"3D", _) => Err(Refusal::PdfMedia),
            (b"SubmitForm" | b"ImportData" | b"GoToR", ..) => Err(Refusal::PdfAction),
            (b"URI", ..) => {
                self.links_out = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn stream(&mut self, stream: &Stream) -> Result<(), Refusal> {
        // "F": the content stands in another file.
        if stream.dict.has(b"F") {
            return Err(Refusal::PdfAction);
        }
        let filters = stream.filters().unwrap_or_default();
        let unpacks = |filter: &&&[u8]| {
            matches!(**filter, b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL")
        };
        match filters.iter().filter(unpacks).count() {
            0 => return Ok(()),
            1 => {}
            // Packed twice is how a bomb stays small.
            _ => return Err(Refusal::Bomb),
        }
        let left = MAX_UNPACKED.saturating_sub(self.unpacked);
        let size = match filters[..] {
            [b"FlateDecode" | b"Fl"] => bytes::unpacked_size(ZlibDecoder::new(&stream.content[..]), left),
            _ => {
                let limit = usize::try_from(left).unwrap_or(usize::MAX);
                match stream.decompress_to_writer(&mut std::io::sink(), limit) {
                    Ok(size) => size as u64,
                    Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => left + 1,
                    // A picture that cannot be unpacked here is drawn as nothing later on.
                    Err(_) => 0,
                }
            }
        };
        self.unpacked += size;
        if self.unpacked > MAX_UNPACKED { Err(Refusal::Bomb) } else { Ok(()) }
    }
}

/// The keys of a dictionary that mean trouble, wherever they stand.
fn refused_key(key: &[u8]) -> Option<Refusal> {
    match key {
        b"JS" | b"JavaScript" => Some(Refusal::PdfScript),
        b"EmbeddedFiles" | b"EF" | b"Collection" => Some(Refusal::PdfEmbedded),
        b"XFA" => Some(Refusal::PdfXfa),
        b"RichMediaContent" | b"RichMediaSettings" => Some(Refusal::PdfMedia),
        b"Encrypt" => Some(Refusal::PdfEncrypted),
        _ => None,
    }
}

/// Behind the last `%%EOF` little may stand, and before it nothing that is a file of another kind.
fn ends_as_it_should(file: &[u8]) -> Result<(), Refusal> {
    let tail = &file[file.len().saturating_sub(1024)..];
    if raw::find(tail, b"%%EOF").is_none() {
        return Err(Refusal::PdfDamaged);
    }
    // The table of contents of a ZIP stands at most 64 KB before the end of the file.
    let end = &file[file.len().saturating_sub(66_000)..];
    let head = &file[..file.len().min(1024)];
    let page = [&b"<html"[..], b"<script", b"<!doctype html", b"<?php"];
    if raw::find(end, b"PK\x05\x06").is_some()
        || page.iter().any(|mark| raw::find_any_case(head, mark).is_some() || raw::find_any_case(tail, mark).is_some())
    {
        return Err(Refusal::TwoInOne);
    }
    Ok(())
}
