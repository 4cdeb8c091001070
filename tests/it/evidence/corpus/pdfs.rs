//! PDF files: what acts, carries, hides or grows is refused; what only shows is taken.

use openhouse::evidence::check::Refusal;
use openhouse::evidence::{Flag, MediaType};
use openhouse::report::{self, quarter::Sample, quarter::quarter_report};
use openhouse::text::Lang;

use super::make::{docx, packed, packed_noughts, pdf, pdf_of, pdf_with, stream, zip};
use super::{Case, bad, good};

/// An object stream with one object, number 9, packed.
fn object_stream(object: &str) -> Vec<u8> {
    stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &packed(format!("9 0 {object}").as_bytes()))
}

fn changed(mut file: Vec<u8>, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    change(&mut file);
    file
}

pub fn hostile() -> Vec<Case> {
    let empty = || pdf("", &[]);
    let action = |action: &str| pdf("/OpenAction 4 0 R", &[action]);
    let mut nested = b"[".repeat(100_000);
    nested.extend(b"]".repeat(100_000));
    let late_header = changed(empty(), |file| drop(file.splice(0..0, *b"\xEF\xBB\xBF")));
    let cut_off = changed(empty(), |file| file.truncate(file.len() - 40));
    let script_behind = changed(empty(), |file| file.extend_from_slice(b"<script>alert(1)</script>"));
    let archive_behind = changed(empty(), |file| file.extend_from_slice(&zip(&[("x.txt", b"x")])));
    let archive_then_end = changed(archive_behind.clone(), |file| file.extend_from_slice(b"\n%%EOF"));
    let page_in_front = changed(empty(), |file| drop(file.splice(9..9, *b"<html><script>1</script></html>\n")));
    let hidden = changed(empty(), |file| {
        let object = b"7 0 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n";
        let at = file.windows(4).position(|four| four == b"xref").unwrap();
        file.splice(at..at, *object);
    });
    let hidden_packed = changed(empty(), |file| {
        let object = [b"7 0 obj\n", &object_stream("<< /S /JavaScript >>")[..], b"\nendobj\n"].concat();
        file.splice(15..15, object);
    });
    let no_pages = pdf_of(&[b"<< /Type /Catalog >>".to_vec()], "");
    let locked = pdf_of(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
            b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O (x) /U (y) >>".to_vec(),
        ],
        "/Encrypt 4 0 R /ID [(a) (a)]",
    );
    vec![
        bad(
            "PDF with a script that runs at opening",
            "a.pdf",
            action("<< /S /JavaScript /JS (app.alert(1)) >>"),
            Refusal::PdfScript,
        ),
        bad("PDF with a script by its key alone", "a.pdf", action("<< /JS (app.alert(1)) >>"), Refusal::PdfScript),
        bad(
            "PDF with a script in its names",
            "a.pdf",
            pdf("/Names << /JavaScript 4 0 R >>", &["<< >>"]),
            Refusal::PdfScript,
        ),
        bad(
            "PDF with a script whose name is written in numbers",
            "a.pdf",
            action("<< /S /J#61v#61Script /J#53 (x) >>"),
            Refusal::PdfScript,
        ),
        bad(
            "PDF with a script in a packed object stream",
            "a.pdf",
            pdf_with("", &[object_stream("<< /S /JavaScript >>")]),
            Refusal::PdfScript,
        ),
        bad("PDF with a script that its table of contents leaves out", "a.pdf", hidden, Refusal::PdfScript),
        bad(
            "PDF with a packed script that its table of contents leaves out",
            "a.pdf",
            hidden_packed,
            Refusal::PdfScript,
        ),
        bad(
            "PDF with a script at a page's opening",
            "a.pdf",
            pdf("", &["<< /AA << /O << /S /JavaScript /JS (x) >> >> >>"]),
            Refusal::PdfScript,
        ),
        bad("PDF that starts a program", "a.pdf", action("<< /S /Launch /F (cmd.exe) >>"), Refusal::PdfLaunch),
        bad(
            "PDF that starts a program on Windows",
            "a.pdf",
            action("<< /S /Launch /Win << /F (calc.exe) >> >>"),
            Refusal::PdfLaunch,
        ),
        bad(
            "PDF with an embedded file",
            "a.pdf",
            pdf("/Names << /EmbeddedFiles 4 0 R >>", &["<< /Names [] >>"]),
            Refusal::PdfEmbedded,
        ),
        bad(
            "PDF with the stream of an embedded file",
            "a.pdf",
            pdf_with("", &[stream("/Type /EmbeddedFile", b"MZ")]),
            Refusal::PdfEmbedded,
        ),
        bad(
            "PDF with an attachment on its page",
            "a.pdf",
            pdf("", &["<< /Type /Annot /Subtype /FileAttachment /FS 3 0 R >>"]),
            Refusal::PdfEmbedded,
        ),
        bad(
            "PDF with a file behind a key",
            "a.pdf",
            pdf("", &["<< /Type /Filespec /EF << /F 3 0 R >> >>"]),
            Refusal::PdfEmbedded,
        ),
        bad("PDF that is a portfolio", "a.pdf", pdf("/Collection << >>", &[]), Refusal::PdfEmbedded),
        bad("PDF that goes to an embedded document", "a.pdf", action("<< /S /GoToE >>"), Refusal::PdfEmbedded),
        bad("PDF with an XFA form", "a.pdf", pdf("/AcroForm << /XFA 4 0 R >>", &["<< >>"]), Refusal::PdfXfa),
        bad("PDF with rich media", "a.pdf", pdf("", &["<< /Type /Annot /Subtype /RichMedia >>"]), Refusal::PdfMedia),
        bad("PDF with a film", "a.pdf", pdf("", &["<< /Type /Annot /Subtype /Movie >>"]), Refusal::PdfMedia),
        bad("PDF with a sound", "a.pdf", action("<< /S /Sound >>"), Refusal::PdfMedia),
        bad("PDF with a model in 3D", "a.pdf", pdf("", &["<< /Type /Annot /Subtype /3D >>"]), Refusal::PdfMedia),
        bad("PDF that plays a rendition", "a.pdf", action("<< /S /Rendition >>"), Refusal::PdfMedia),
        bad(
            "PDF that sends its form away",
            "a.pdf",
            action("<< /S /SubmitForm /F (https://elders.example) >>"),
            Refusal::PdfAction,
        ),
        bad("PDF that reads data in", "a.pdf", action("<< /S /ImportData /F (x.fdf) >>"), Refusal::PdfAction),
        bad(
            "PDF that opens another file",
            "a.pdf",
            action("<< /S /GoToR /F (\\\\\\\\elders\\\\share) >>"),
            Refusal::PdfAction,
        ),
        bad(
            "PDF whose content stands in another file",
            "a.pdf",
            pdf_with("", &[stream("/F (/etc/passwd)", b"")]),
            Refusal::PdfAction,
        ),
        bad("PDF with a password", "a.pdf", locked, Refusal::PdfEncrypted),
        bad(
            "PDF with a bomb of 300 MB",
            "a.pdf",
            pdf_with("", &[stream("/Filter /FlateDecode", &packed_noughts(300))]),
            Refusal::Bomb,
        ),
        bad(
            "PDF with a bomb in many streams",
            "a.pdf",
            pdf_with("", &vec![stream("/Filter /FlateDecode", &packed_noughts(30)); 10]),
            Refusal::Bomb,
        ),
        bad(
            "PDF with a stream that is packed twice",
            "a.pdf",
            pdf_with("", &[stream("/Filter [/FlateDecode /FlateDecode]", &packed(&packed_noughts(40)))]),
            Refusal::Bomb,
        ),
        bad(
            "PDF with an object stream that is a bomb",
            "a.pdf",
            pdf_with("", &[stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &packed_noughts(40))]),
            Refusal::Bomb,
        ),
        bad(
            "PDF with an object stream packed in another way",
            "a.pdf",
            pdf_with("", &[stream("/Type /ObjStm /N 1 /First 4 /Filter /LZWDecode", b"abc")]),
            Refusal::PdfDamaged,
        ),
        bad("PDF whose name holds what may be a BSN", "vog 111222333.pdf", empty(), Refusal::NameBsn),
        bad("PDF that does not begin at the beginning", "a.pdf", late_header, Refusal::NotWhatItSays),
        bad("PDF that is cut off", "a.pdf", cut_off, Refusal::PdfDamaged),
        bad("PDF without pages", "a.pdf", no_pages, Refusal::PdfDamaged),
        bad("PDF with nothing but a header and an end", "a.pdf", b"%PDF-1.7\n%%EOF".as_slice(), Refusal::PdfDamaged),
        bad("PDF with a script of a page behind it", "a.pdf", script_behind, Refusal::TwoInOne),
        bad("PDF that is a web page too", "a.pdf", page_in_front, Refusal::TwoInOne),
        bad("PDF that is an archive too", "a.pdf", archive_behind, Refusal::TwoInOne),
        bad("PDF that is an archive too and ends as a PDF", "a.pdf", archive_then_end, Refusal::TwoInOne),
        bad("web page with %PDF in it", "a.pdf", b"<html>%PDF-1.7 %%EOF</html>".as_slice(), Refusal::NotWhatItSays),
        bad("document called a PDF", "a.pdf", docx(&[]), Refusal::NotWhatItSays),
        bad("PDF called a picture", "a.png", empty(), Refusal::NotWhatItSays),
        bad(
            "PDF whose objects are nested a hundred thousand deep",
            "a.pdf",
            pdf_of(&[nested], ""),
            Refusal::PdfDamaged,
        ),
    ]
}

pub fn harmless() -> Vec<Case> {
    let one = (MediaType::Pdf, Some(1));
    let report = report::pdf(&quarter_report(&Sample::ALL[0].material(1), Lang::Nl)).unwrap();
    let pages = lopdf::Document::load_mem(&report).unwrap().get_pages().len() as i64;
    let link = "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://www.voorbeeld.example) >> >>";
    let words = stream("", b"BT (Wij gebruiken geen JavaScript en geen Launch) Tj ET");
    vec![
        good("PDF of one empty page", "Polis 2027.pdf", pdf("", &[]), one, &[]),
        good("PDF with a link", "a.pdf", pdf("", &[link]), one, &[Flag::LinksOut]),
        good("PDF that opens at a page", "a.PDF", pdf("/OpenAction [3 0 R /Fit]", &[]), one, &[]),
        good("PDF that only writes of scripts", "a.pdf", pdf_with("", &[words]), one, &[]),
        good("PDF with a form to fill in", "a.pdf", pdf("/AcroForm << /Fields [] >>", &[]), one, &[]),
        good(
            "PDF with objects in a packed stream",
            "a.pdf",
            pdf_with("", &[object_stream("<< /Type /Font >>")]),
            one,
            &[],
        ),
        good(
            "PDF with a packed picture of 20 MB",
            "a.pdf",
            pdf_with("", &[stream("/Filter /FlateDecode", &packed_noughts(20))]),
            one,
            &[],
        ),
        good("report of this house", "rapport.pdf", report, (MediaType::Pdf, Some(pages)), &[Flag::LinksOut]),
    ]
}
