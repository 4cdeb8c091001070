//! From pages to one file that is PDF/UA-1 (accessible) and PDF/A-2a (to be kept): printpdf writes the content of
//! the pages, and a finishing pass adds the tree, the fonts, the colour profile and the metadata.

mod embed;
mod finish;
mod icc;
mod metadata;
mod ops;
mod outline;
mod tree;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, Stream, StringFormat};

use super::check::PressError;
use super::document::Document;
use super::font::{Subset, Weight};
use super::paper::Paper;

/// Prints laid-out pages. `extra` are the characters beyond the fixed set of the fonts.
pub fn print(document: &Document, paper: &Paper, extra: &BTreeSet<char>) -> Result<Vec<u8>, PressError> {
    if extra.is_empty() {
        let fonts = Weight::ALL.map(|weight| &weight.face().fixed);
        return finish::finish(document, paper, &ops::contents(paper, fonts)?, embed::fixed());
    }
    let own: [Subset; 2] = Weight::ALL.map(|weight| weight.face().subset(extra));
    let fonts = [embed::prepare(Weight::Regular, &own[0]), embed::prepare(Weight::SemiBold, &own[1])];
    finish::finish(document, paper, &ops::contents(paper, [&own[0], &own[1]])?, &fonts)
}

pub(super) fn name(word: &str) -> Object {
    Object::Name(word.as_bytes().to_vec())
}

pub(super) fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    let mut dictionary = Dictionary::new();
    for (key, value) in entries {
        dictionary.set(key, value);
    }
    dictionary
}

/// A text for people: plain when it is ASCII, UTF-16 with its mark otherwise.
pub(super) fn text(written: &str) -> Object {
    if written.is_ascii() {
        return Object::string_literal(written);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(written.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A stream that is already compressed, so that nothing compresses it again.
fn compressed(mut entries: Dictionary, content: &[u8]) -> Stream {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 3), Compression::new(6));
    encoder.write_all(content).expect("writing to memory does not fail");
    entries.set("Filter", name("FlateDecode"));
    Stream::new(entries, encoder.finish().expect("writing to memory does not fail")).with_compression(false)
}
