//! DOCX and XLSX files: what runs, brings a program along or fetches something is refused.

use openhouse::evidence::check::Refusal;
use openhouse::evidence::{Flag, MediaType};

use super::make::{docx, docx_types, relation, xlsx, zip};
use super::{Case, bad, good};

const RELATIONS: &str = "word/_rels/document.xml.rels";

fn related(kind: &str) -> Vec<u8> {
    docx(&[(RELATIONS, &relation(kind, "TargetMode=\"External\""))])
}

/// The same bytes with every `from` written as `to`.
fn rewritten(file: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = &file[..];
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    [&out, rest].concat()
}

pub fn hostile() -> Vec<Case> {
    let noughts = vec![0; 30 * 1024 * 1024];
    let names: Vec<String> = (0..1100).map(|n| format!("word/media/{n}.png")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let macro_types = String::from_utf8_lossy(docx_types()).replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    );
    let entity = b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaa\">]><x>&a;</x>";
    let entity_docx = zip(&[("[Content_Types].xml", docx_types()), ("word/document.xml", entity)]);
    let wide: Vec<u8> =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><x/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide_docx = zip(&[("[Content_Types].xml", docx_types()), ("word/document.xml", &wide)]);
    let field =
        b"<w:document><w:instrText> DD</w:instrText><w:instrText>EAUTO c:\\\\cmd.exe</w:instrText></w:document>";
    let field_docx = zip(&[("[Content_Types].xml", docx_types()), ("word/document.xml", field)]);
    let old: Vec<u8> = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600]].concat();
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let encrypted = [old.clone(), encrypted].concat();
    let behind = [docx(&[]), b"MZ program".to_vec()].concat();
    let in_front = [b"<html></html>".to_vec(), docx(&[])].concat();
    let twins = rewritten(docx(&[("word/documenu.xml", b"<x/>")]), b"word/documenu.xml", b"word/document.xml");
    let locked_part = {
        // The mark in both headers that says: this part is encrypted.
        let mut file = docx(&[]);
        for (head, at) in [(&b"PK\x03\x04"[..], 6), (&b"PK\x01\x02"[..], 8)] {
            let starts: Vec<usize> = (0..file.len() - 4).filter(|start| file[*start..].starts_with(head)).collect();
            starts.into_iter().for_each(|start| file[start + at] |= 1);
        }
        file
    };
    let odd_mode = relation("hyperlink", "TargetMode=\"&#69;xternal\"");
    let spaced = relation("oleObject", "TargetMode = 'External'");
    vec![
        bad("document with macros", "a.docx", docx(&[("word/vbaProject.bin", b"x")]), Refusal::OfficeMacros),
        bad(
            "document that says it has macros",
            "a.docx",
            zip(&[("[Content_Types].xml", macro_types.as_bytes())]),
            Refusal::OfficeMacros,
        ),
        bad("document whose name says it has macros", "a.docm", docx(&[]), Refusal::OfficeMacros),
        bad(
            "workbook with a sheet of old macros",
            "a.xlsx",
            xlsx(&[("xl/macrosheets/sheet1.xml", b"<x/>")]),
            Refusal::OfficeMacros,
        ),
        bad("document with ActiveX", "a.docx", docx(&[("word/activeX/activeX1.xml", b"<x/>")]), Refusal::OfficeObjects),
        bad(
            "document with an OLE object",
            "a.docx",
            docx(&[("word/embeddings/oleObject1.bin", b"x")]),
            Refusal::OfficeObjects,
        ),
        bad(
            "document with a program in it",
            "a.docx",
            docx(&[("word/media/polis.exe", b"MZ")]),
            Refusal::OfficeObjects,
        ),
        bad(
            "document with a web page in it",
            "a.docx",
            docx(&[("word/afchunk.html", b"<html>")]),
            Refusal::OfficeObjects,
        ),
        bad("document with a template from elsewhere", "a.docx", related("attachedTemplate"), Refusal::OfficeLinks),
        bad("document with a picture from elsewhere", "a.docx", related("image"), Refusal::OfficeLinks),
        bad(
            "document with an object from elsewhere, oddly spaced",
            "a.docx",
            docx(&[(RELATIONS, &spaced)]),
            Refusal::OfficeLinks,
        ),
        bad(
            "document with a link that hides what it is",
            "a.docx",
            docx(&[(RELATIONS, &odd_mode)]),
            Refusal::OfficeLinks,
        ),
        bad("document with a field that starts a program", "a.docx", field_docx, Refusal::OfficeLinks),
        bad(
            "workbook with another workbook behind it",
            "a.xlsx",
            xlsx(&[("xl/externalLinks/externalLink1.xml", b"<x/>")]),
            Refusal::OfficeLinks,
        ),
        bad("document with entities that grow", "a.docx", entity_docx, Refusal::OfficeDamaged),
        bad("document in another way of writing", "a.docx", wide_docx, Refusal::OfficeDamaged),
        bad(
            "document that climbs out of its folder",
            "a.docx",
            docx(&[("../../etc/passwd", b"x")]),
            Refusal::OfficeDamaged,
        ),
        bad("document with two parts of one name", "a.docx", twins, Refusal::OfficeDamaged),
        bad("document that is cut off", "a.docx", docx(&[])[..300].to_vec(), Refusal::OfficeDamaged),
        bad("document with a part that is locked", "a.docx", locked_part, Refusal::OfficeEncrypted),
        bad("workbook with a password", "a.xlsx", encrypted, Refusal::OfficeEncrypted),
        bad("workbook of the old kind", "a.xlsx", old.clone(), Refusal::OfficeOld),
        bad("document of the old kind by its name", "a.doc", old, Refusal::OfficeOld),
        bad("document that grows a thousandfold", "a.docx", docx(&[("word/media/a.png", &noughts)]), Refusal::Bomb),
        bad("document of 1,100 parts", "a.docx", docx(&many), Refusal::OfficeTooManyParts),
        bad("document with a program behind it", "a.docx", behind, Refusal::TwoInOne),
        bad("document with a web page in front", "a.docx", in_front, Refusal::NotWhatItSays),
        bad("archive called a document", "a.docx", zip(&[("polis.txt", b"polis")]), Refusal::NotWhatItSays),
        bad("workbook called a document", "a.docx", xlsx(&[]), Refusal::NotWhatItSays),
        bad("document called a workbook", "a.xlsx", docx(&[]), Refusal::NotWhatItSays),
    ]
}

pub fn harmless() -> Vec<Case> {
    let (document, workbook) = ((MediaType::Docx, None), (MediaType::Xlsx, None));
    let own = openhouse::statement::template(
        &openhouse::statement::TemplateData {
            kvk: "90009001".parse().unwrap(),
            quarter: "2026-3".parse().unwrap(),
            products: vec![("RE-TB".into(), "Trajectbegeleiding".into())],
            profiles: vec!["P1".into()],
            units: vec!["uur".into()],
            contacts: vec!["contact@voorbeeld.example".into()],
        },
        openhouse::text::Lang::Nl,
    );
    let writes = b"<w:document><w:t>Wij gebruiken geen DDEAUTO</w:t></w:document>";
    let writes = zip(&[("[Content_Types].xml", docx_types()), ("word/document.xml", writes)]);
    vec![
        good("document of one word", "verklaring.docx", docx(&[]), document, &[]),
        good("document with a hyperlink", "a.docx", related("hyperlink"), document, &[Flag::LinksOut]),
        good("document that only writes of commands", "a.docx", writes, document, &[]),
        good(
            "document with a chart and its numbers",
            "a.docx",
            docx(&[("word/embeddings/Microsoft_Excel_Sheet1.xlsx", &xlsx(&[]))]),
            document,
            &[],
        ),
        good("workbook of one sheet", "begroting.xlsx", xlsx(&[]), workbook, &[]),
        good(
            "workbook with a number that may be a BSN",
            "lijst.xlsx",
            xlsx(&[("xl/worksheets/sheet2.xml", b"<worksheet><c><v>111222333</v></c></worksheet>")]),
            workbook,
            &[Flag::BsnInside],
        ),
        good(
            "workbook with the settings of a printer",
            "a.xlsx",
            xlsx(&[("xl/printerSettings/printerSettings1.bin", b"\0x")]),
            workbook,
            &[],
        ),
        good("workbook of this house", "opgave.xlsx", own, workbook, &[]),
    ]
}
