//! Looking through bytes (ruwe inhoud), whatever a format makes of them.

use super::Refusal;

/// Where the needle begins, if it is there.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, rest) = needle.split_first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| byte == first) {
        let next = from + at + 1;
        if bytes[next..].starts_with(rest) {
            return Some(next - 1);
        }
        from = next;
    }
    None
}

/// The same without regard to capitals; the needle is in small letters and begins with a sign.
pub(super) fn find_any_case(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, rest) = needle.split_first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| byte == first) {
        let next = from + at + 1;
        if bytes[next..].get(..rest.len()).is_some_and(|found| found.eq_ignore_ascii_case(rest)) {
            return Some(next - 1);
        }
        from = next;
    }
    None
}

/// Refuses what a browser or an unpacker would take for something else.
pub(super) fn holds_no_other_file(bytes: &[u8]) -> Result<(), Refusal> {
    const PAGE: [&[u8]; 5] = [b"<html", b"<script", b"<!doctype html", b"<?php", b"<svg"];
    const ARCHIVE: [&[u8]; 4] = [b"PK\x03\x04", b"PK\x05\x06", b"7z\xBC\xAF\x27\x1C", b"Rar!\x1A\x07"];
    let page = PAGE.iter().any(|mark| find_any_case(bytes, mark).is_some());
    match page || ARCHIVE.iter().any(|mark| find(bytes, mark).is_some()) || find(bytes, b"%PDF-").is_some() {
        true => Err(Refusal::TwoInOne),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needle_is_found_wherever_it_is_and_only_there() {
        assert_eq!(find(b"aabaab", b"aab"), Some(0));
        assert_eq!(find(b"aaab", b"aab"), Some(1));
        assert_eq!(find(b"xxaab", b"aab"), Some(2));
        assert_eq!(find(b"xxaa", b"aab"), None);
        assert_eq!(find(b"", b"aab"), None);
        assert_eq!(find_any_case(b"..<ScRiPt>", b"<script"), Some(2));
    }
}
