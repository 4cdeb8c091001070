//! Pictures, CSV, and files of no kind that is taken; names too.

use openhouse::evidence::check::{MAX_FILE, Refusal};
use openhouse::evidence::{Flag, MediaType};

use super::make::{chunk, jpeg, pdf, png, segment, zip};
use super::{Case, bad, good};

/// The test file of virus scanners, put together here so that this page is not taken for it.
fn eicar() -> Vec<u8> {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE", "!$H+H*"].concat().into_bytes()
}

pub fn hostile() -> Vec<Case> {
    let script = b"<script>alert(1)</script>";
    let behind = |file: Vec<u8>, more: &[u8]| [file, more.to_vec()].concat();
    let mut wrong_sum = png(1, 1, b"");
    wrong_sum[30] ^= 1;
    let no_data =
        [&b"\x89PNG\r\n\x1A\n"[..], &chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]), &chunk(b"IEND", b"")]
            .concat();
    let no_end = {
        let mut file = jpeg(10, 10, b"");
        file.truncate(file.len() - 2);
        file
    };
    let mut too_large = pdf("", &[]);
    too_large.resize(MAX_FILE as usize + 1, b' ');
    vec![
        bad("PNG with a page behind it", "a.png", behind(png(1, 1, b""), script), Refusal::TwoInOne),
        bad(
            "PNG with a page in its words",
            "a.png",
            png(1, 1, &chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")),
            Refusal::TwoInOne,
        ),
        bad("PNG of 60,000 by 60,000 dots", "a.png", png(60_000, 60_000, b""), Refusal::ImageTooLarge),
        bad("PNG of no dots", "a.png", png(0, 10, b""), Refusal::ImageDamaged),
        bad("PNG with a wrong checksum", "a.png", wrong_sum, Refusal::ImageDamaged),
        bad("PNG without a picture", "a.png", no_data, Refusal::ImageDamaged),
        bad("PNG that is only a header", "a.png", b"\x89PNG\r\n\x1A\n<html>".as_slice(), Refusal::ImageDamaged),
        bad("JPEG with a page behind it", "a.jpg", behind(jpeg(10, 10, b""), script), Refusal::TwoInOne),
        bad(
            "JPEG with an archive behind it",
            "a.jpg",
            behind(jpeg(10, 10, b""), &zip(&[("x.txt", b"x")])),
            Refusal::TwoInOne,
        ),
        bad(
            "JPEG with a program in its comment",
            "a.jpg",
            jpeg(10, 10, &segment(0xFE, b"<?php system($_GET[0]); ?>")),
            Refusal::TwoInOne,
        ),
        bad("JPEG of 65,000 by 65,000 dots", "a.jpg", jpeg(65_000, 65_000, b""), Refusal::ImageTooLarge),
        bad("JPEG without an end", "a.jpg", no_end, Refusal::ImageDamaged),
        bad("JPEG called a PNG", "a.png", jpeg(10, 10, b""), Refusal::NotWhatItSays),
        bad(
            "drawing with a script called a picture",
            "a.png",
            b"<svg onload=alert(1)>".as_slice(),
            Refusal::NotWhatItSays,
        ),
        bad("CSV with a NUL", "a.csv", b"naam;bedrag\nx\0;1\n".as_slice(), Refusal::CsvNotText),
        bad("program called a CSV", "a.csv", b"MZ\x90\x00\x03\x00".as_slice(), Refusal::CsvNotText),
        bad("CSV that starts a program", "a.csv", b"naam;x\n=cmd|' /C calc'!A0;1\n".as_slice(), Refusal::CsvCommand),
        bad(
            "web page called a CSV",
            "a.csv",
            b"<html><script>alert(1)</script></html>".as_slice(),
            Refusal::NotWhatItSays,
        ),
        bad("the test file of virus scanners", "a.csv", eicar(), Refusal::Virus),
        bad(
            "the test file of virus scanners inside a PDF",
            "a.pdf",
            pdf("", &[&format!("({})", String::from_utf8(eicar()).unwrap())]),
            Refusal::Virus,
        ),
        bad("program", "polis.exe", b"MZ".as_slice(), Refusal::UnknownKind),
        bad("program with two endings", "polis.pdf.exe", b"MZ".as_slice(), Refusal::UnknownKind),
        bad("archive", "polis.zip", zip(&[("x.txt", b"x")]), Refusal::UnknownKind),
        bad("web page", "polis.html", b"<html>".as_slice(), Refusal::UnknownKind),
        bad("drawing", "polis.svg", b"<svg/>".as_slice(), Refusal::UnknownKind),
        bad("file without an ending", "polis", pdf("", &[]), Refusal::UnknownKind),
        bad("empty file", "a.pdf", b"".as_slice(), Refusal::Empty),
        bad("file of more than 25 MB", "a.pdf", too_large, Refusal::TooLarge),
        bad("name that turns around", "polis\u{202E}fdp.exe", pdf("", &[]), Refusal::NameCharacters),
        bad("name with a line of a header", "a\r\nSet-Cookie: x.pdf", pdf("", &[]), Refusal::NameCharacters),
        bad("name that climbs out of its folder", "../../etc/cron.d/x.pdf", pdf("", &[]), Refusal::NamePath),
        bad("name with a drive", "C:\\polis.pdf", pdf("", &[]), Refusal::NamePath),
        bad("name of dots", "...", pdf("", &[]), Refusal::NameMissing),
        bad("name of 300 characters", LONG_NAME, pdf("", &[]), Refusal::NameTooLong),
    ]
}

const LONG_NAME: &str = "een naam van meer dan tweehonderd tekens een naam van meer dan tweehonderd tekens een naam van meer dan \
     tweehonderd tekens een naam van meer dan tweehonderd tekens een naam van meer dan tweehonderd tekens.pdf";

pub fn harmless() -> Vec<Case> {
    let (csv, jpeg_kind, png_kind) = ((MediaType::Csv, None), (MediaType::Jpeg, None), (MediaType::Png, None));
    let preview = [jpeg(10, 10, b""), jpeg(20, 20, b"")].concat();
    vec![
        good("PNG of one dot", "a.png", png(1, 1, b""), png_kind, &[]),
        good("PNG with words about it", "a.png", png(1, 1, &chunk(b"tEXt", b"Title\0Polis")), png_kind, &[]),
        good("JPEG of a telephone", "IMG_0001.JPG", jpeg(4000, 3000, b""), jpeg_kind, &[]),
        // A telephone keeps a second preview behind the picture; it is a picture too.
        good("JPEG with a preview behind it", "a.jpeg", preview, jpeg_kind, &[]),
        good(
            "CSV in UTF-8 with a mark in front",
            "a.csv",
            b"\xEF\xBB\xBFnaam;bedrag\nCaf\xC3\xA9;-1,00\n".as_slice(),
            csv,
            &[],
        ),
        good("CSV in Windows-1252", "a.csv", b"naam;bedrag\nCaf\xE9;\x80 1,00\n".as_slice(), csv, &[]),
        // The one who opens it sees the warning; nothing here computes it.
        good("CSV with a formula", "a.csv", b"naam;som\nx;=A1+A2\n".as_slice(), csv, &[Flag::Formulas]),
    ]
}
