//! Pictures (afbeeldingen): the header is real, the size is one that can be shown, and the file ends where the picture
//! ends.

use super::{Checked, Refusal, raw};
use crate::evidence::MediaType;

/// A side in pixels, and the whole: an A4 at 600 dpi is 35 million.
const MAX_SIDE: u32 = 20_000;
const MAX_PIXELS: u64 = 60_000_000;

/// Header, then chunks with their checksums, to the end of the file.
pub(super) fn png(bytes: &[u8]) -> Result<Checked, Refusal> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1A\n").ok_or(Refusal::NotWhatItSays)?;
    let (mut first, mut has_data) = (true, false);
    loop {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(Refusal::ImageDamaged)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (chunk, after) = after.split_at_checked(length.saturating_add(4)).ok_or(Refusal::ImageDamaged)?;
        let (sum, after) = after.split_first_chunk::<4>().ok_or(Refusal::ImageDamaged)?;
        let mut crc = flate2::Crc::new();
        crc.update(chunk);
        if crc.sum() != u32::from_be_bytes(*sum) {
            return Err(Refusal::ImageDamaged);
        }
        let (kind, body) = chunk.split_at(4);
        match kind {
            b"IHDR" if first && body.len() == 13 => fits(number(&body[..4]), number(&body[4..8]))?,
            _ if first => return Err(Refusal::ImageDamaged),
            b"IDAT" => has_data = true,
            // Words about the picture: no place for a page or a program.
            b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" => raw::holds_no_other_file(body)?,
            b"IEND" if !has_data => return Err(Refusal::ImageDamaged),
            b"IEND" if after.is_empty() => return Ok(Checked::plain(MediaType::Png)),
            b"IEND" => return Err(Refusal::TwoInOne),
            _ => {}
        }
        (first, rest) = (false, after);
    }
}

/// Segments up to the data of the picture, the data, and its end. Telephones put more behind the end (a second, larger
/// preview); that may stay as long as it is no page, archive or document.
pub(super) fn jpeg(bytes: &[u8]) -> Result<Checked, Refusal> {
    let mut rest = bytes.strip_prefix(b"\xFF\xD8").ok_or(Refusal::NotWhatItSays)?;
    let mut has_size = false;
    loop {
        let (mark, after) = rest.split_first_chunk::<2>().ok_or(Refusal::ImageDamaged)?;
        let [0xFF, kind] = *mark else { return Err(Refusal::ImageDamaged) };
        if kind == 0xFF {
            rest = &rest[1..];
            continue;
        }
        let (length, _) = after.split_first_chunk::<2>().ok_or(Refusal::ImageDamaged)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (segment, after) = after.split_at_checked(length).ok_or(Refusal::ImageDamaged)?;
        let body = segment.get(2..).ok_or(Refusal::ImageDamaged)?;
        match kind {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let size = body.get(1..5).ok_or(Refusal::ImageDamaged)?;
                fits(number(&size[2..]), number(&size[..2]))?;
                has_size = true;
            }
            0xE0..=0xEF | 0xFE => raw::holds_no_other_file(body)?,
            0xDA if has_size => {
                let end = raw::find(after, b"\xFF\xD9").ok_or(Refusal::ImageDamaged)?;
                raw::holds_no_other_file(&after[end..])?;
                return Ok(Checked::plain(MediaType::Jpeg));
            }
            0xDA | 0xD9 => return Err(Refusal::ImageDamaged),
            _ => {}
        }
        rest = after;
    }
}

fn number(big_endian: &[u8]) -> u32 {
    big_endian.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn fits(width: u32, height: u32) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::ImageDamaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    match width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        true => Err(Refusal::ImageTooLarge),
        false => Ok(()),
    }
}
