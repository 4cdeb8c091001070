//! What goes out comes in again, and what is broken, odd or made to do harm is refused in words.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::agreement::text::markdown::{self, Block, Inline};
use crate::agreement::text::retype::retype;
use crate::agreement::text::{AgreementText, Article, Scope, TextKind, first};
use crate::procedure::Domain;
use crate::text::Bilingual;

fn text() -> AgreementText {
    AgreementText {
        id: 1,
        procedure_id: 1,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: "re-integratie-2027".to_owned(),
        title: Bilingual { nl: "Deelovereenkomst & bijlagen".to_owned(), en: "Agreement".to_owned() },
        privacy_role: None,
    }
}

fn articles(wording: &[Wording]) -> Vec<Article> {
    let article = |(clause, one): (i32, &Wording)| Article {
        clause,
        number: one.number.clone(),
        heading: one.heading.clone(),
        scope: one.scope,
        body: one.body.clone(),
    };
    (1..).zip(wording).map(article).collect()
}

/// Written out and read in again.
fn round(wording: &[Wording]) -> Found {
    read(&write(&text(), 3, &articles(wording)).unwrap()).unwrap()
}

fn shown(wording: &[Wording]) -> Vec<(String, String, Scope, Vec<Block>)> {
    wording
        .iter()
        .map(|one| (one.number.clone(), one.heading.clone(), one.scope, markdown::blocks(&one.body)))
        .collect()
}

fn wording(number: &str, body: &str) -> Wording {
    Wording { number: number.to_owned(), heading: "Kop".to_owned(), scope: Scope::All, body: body.to_owned() }
}

#[test]
fn the_text_that_ships_goes_out_and_comes_in_the_same() {
    let shipped = first::fitting(&text()).unwrap().wording();
    let found = round(&shipped);
    assert_eq!(shown(&found.articles), shown(&shipped));
    assert_eq!(found.before, ["Deelovereenkomst & bijlagen, versie 3"]);
    assert_eq!(found.left_out, []);
}

#[test]
fn lists_in_lists_links_and_dress_are_kept() {
    let body = "Gewoon, **vet**, *cursief* en een [link](https://x.nl/a?b=1&c=2).\\\nNieuwe regel.\n\n3. drie:\n   - punt;\n   - \
                punt:\n     1. diep.\n\n     En verder.\n4. vier\n\n- los\n\nSlot.";
    let found = round(&[wording("4.2", body)]);
    assert_eq!(markdown::blocks(&found.articles[0].body), markdown::blocks(body), "{}", found.articles[0].body);
}

const NS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str, extra: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"{NS}\"><w:body>{body}</w:body></w:document>");
    let styles = format!(
        "<w:styles xmlns:w=\"{NS}\"><w:style w:type=\"paragraph\" w:styleId=\"Kop1\"><w:name w:val=\"heading \
         1\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"Kop2\"><w:name w:val=\"heading 2\"/></w:style></w:styles>"
    );
    let mut parts: Vec<(&str, &[u8])> =
        vec![("word/document.xml", document.as_bytes()), ("word/styles.xml", styles.as_bytes())];
    parts.extend(extra);
    zipped(&parts)
}

fn heading(level: u8, words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"Kop{level}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn plain(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn headings_of_a_dutch_word_become_articles_and_get_the_number_that_word_counts() {
    let body = [
        heading(1, "Begrippen"),
        plain("Een plan is een plan."),
        heading(1, "Uitvoering"),
        heading(2, "Trajectplan"),
        plain("Binnen vier weken."),
        heading(2, "5.7 Klachten"),
        plain("Binnen zes weken."),
    ];
    let found = read(&word(&body.concat(), &[])).unwrap();
    let named: Vec<(&str, &str)> =
        found.articles.iter().map(|one| (one.number.as_str(), one.heading.as_str())).collect();
    assert_eq!(named, [("1", "Begrippen"), ("2", "Uitvoering"), ("2.1", "Trajectplan"), ("5.7", "Klachten")]);
}

#[test]
fn a_list_that_a_paragraph_interrupts_counts_on() {
    let item = |words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let numbering = format!(
        "<w:numbering xmlns:w=\"{NS}\"><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/><w:lvlJc w:val=\"left\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let body = [heading(1, "1 Lijst"), item("een"), plain("Daartussen."), item("twee"), item("drie")].concat();
    let found = read(&word(&body, &[("word/numbering.xml", numbering.as_bytes())])).unwrap();
    assert_eq!(found.articles[0].body, "1. een\n\nDaartussen.\n\n2. twee\n\n3. drie");
}

#[test]
fn what_cannot_be_in_an_article_is_told_and_tracked_changes_count_as_accepted() {
    let body = format!(
        "{}<w:p><w:r><w:t xml:space=\"preserve\">Binnen </w:t></w:r><w:del w:id=\"1\" w:author=\"x\" \
         w:date=\"2026-01-01T00:00:00Z\"><w:r><w:delText>vier</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"x\" \
         w:date=\"2026-01-01T00:00:00Z\"><w:r><w:t>drie</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> weken.</w:t></w:r></w:p>\
         <w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>in een tabel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        heading(1, "1 Plan")
    );
    let found = read(&word(&body, &[("word/header1.xml", b"<w:hdr/>")])).unwrap();
    assert_eq!(found.articles[0].body, "Binnen drie weken.");
    let told = [(LeftOut::TrackedChanges, 2), (LeftOut::Tables, 1), (LeftOut::HeadersFooters, 1)];
    assert_eq!(found.left_out, told);
    for (what, count) in told {
        assert!(Lang::ALL.iter().all(|lang| what.in_words(*lang, count).ends_with('.')), "{what}");
    }
}

#[test]
fn what_is_not_a_document_is_named() {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ole = |rest: &[u8]| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", rest].concat();
    let laughs = format!("<!DOCTYPE x [<!ENTITY a \"ha\">]><w:document xmlns:w=\"{NS}\"/>");
    let deep = format!("<w:document>{}</w:document>", "<w:sdt><w:sdtContent>".repeat(500));
    let large = vec![b'x'; crate::sheet::MAX_FILE + 1];
    for (bytes, refusal) in [
        (Vec::new(), Refusal::Empty),
        (large, Refusal::TooLarge),
        (ole(&[0; 600]), Refusal::OldDoc),
        (ole(&encrypted), Refusal::Encrypted),
        (b"%PDF-1.7".to_vec(), Refusal::NotWord),
        (b"PK\x03\x04 and nothing more".to_vec(), Refusal::Damaged),
        (zipped(&[("xl/workbook.xml", b"<x/>")]), Refusal::NotWord),
        (zipped(&[("word/document.xml", laughs.as_bytes())]), Refusal::Damaged),
        (zipped(&[("word/document.xml", deep.as_bytes())]), Refusal::Damaged),
        (word(&plain("Geen kop"), &[]), Refusal::NoArticles),
        (word(&(heading(1, "1 Kop") + &plain("BSN 111222333.")), &[]), Refusal::HoldsBsn),
        (word("", &[("word/media/a.bin", &vec![0; 20_000_000])]), Refusal::Bomb),
    ] {
        let refused = read(&bytes).unwrap_err();
        assert_eq!(refused, refusal);
        assert!(Lang::ALL.iter().all(|lang| refused.in_words(*lang).ends_with('.')), "{refused:?}");
    }
    let names: Vec<String> = (0..=1_000).map(|n| format!("{n}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    assert_eq!(read(&zipped(&parts)), Err(Refusal::TooManyFiles));
}

#[test]
fn a_file_that_broke_off_is_refused_wherever_it_broke() {
    let whole = write(&text(), 1, &articles(&[wording("1", "Een zin.")])).unwrap();
    for length in (1..whole.len() - 22).step_by(97) {
        assert!(read(&whole[..length]).is_err(), "{length} of {} bytes were read", whole.len());
    }
}

fn inline() -> impl Strategy<Value = Inline> {
    let words = "[A-Za-z0-9éë€.,;&<_*#()-]{1,12}( [A-Za-z0-9éë.,*_-]{1,9}){0,3}";
    prop_oneof![
        4 => words.prop_map(Inline::Text),
        1 => "[A-Za-zé]{1,9}( [a-z]{1,9}){0,2}".prop_map(Inline::Strong),
        1 => "[A-Za-zé]{1,9}( [a-z]{1,9}){0,2}".prop_map(Inline::Emphasis),
        1 => "[a-z]{1,9}".prop_map(|word| Inline::Link { url: format!("https://{word}.nl"), text: word }),
    ]
}

/// Parts of different dress with a space between them, as people write.
fn line() -> impl Strategy<Value = Block> {
    proptest::collection::vec(inline(), 1..4).prop_map(|parts| {
        let mut line = Vec::new();
        for part in parts {
            if !line.is_empty() {
                line.push(Inline::Text(" ".to_owned()));
            }
            line.push(part);
        }
        Block::Paragraph(line)
    })
}

fn block() -> impl Strategy<Value = Block> {
    line().prop_recursive(3, 12, 3, |inner| {
        let item = (line(), proptest::collection::vec(inner, 0..2)).prop_map(|(first, rest)| {
            let mut item = vec![first];
            item.extend(rest);
            item
        });
        (proptest::option::of(1_u64..40), proptest::collection::vec(item, 1..4))
            .prop_map(|(first, items)| Block::List { first, items })
    })
}

#[test]
fn an_element_that_never_ends_is_refused_and_not_waited_for() {
    let body = heading(1, "1 Kop") + &plain("Een zin.");
    let many: String = (0..1_000).map(|number| format!(" a{number}=\"\"")).collect();
    let (wrong, never) = (body.replacen("</w:p>", "</w:x>", 1), body.replacen("</w:p>", "", 1));
    for broken in [wrong, never, format!("{body}<w:p a=b/>"), format!("{body}<w:p{many}/>")] {
        let document = format!("<w:document xmlns:w=\"{NS}\"><w:body>{broken}</w:body></w:document>");
        assert_eq!(
            read(&zipped(&[("word/document.xml", document.as_bytes())])).map(|_| ()),
            Err(Refusal::Damaged),
            "{broken}"
        );
    }
    let document = format!("<w:document xmlns:w=\"{NS}\"><w:body>{body}</w:body>");
    assert_eq!(read(&zipped(&[("word/document.xml", document.as_bytes())])).map(|_| ()), Err(Refusal::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Export and import again give the same articles, whatever is written in them.
    #[test]
    fn every_article_comes_back_as_it_went(
        bodies in proptest::collection::vec(proptest::collection::vec(block(), 0..4), 1..5),
        scope in 0..3_usize,
    ) {
        let wording: Vec<Wording> = (1..).zip(&bodies).map(|(number, blocks): (i32, _)| Wording {
            number: format!("{}.{number}", number / 2 + 1),
            heading: "Kop van het artikel".to_owned(),
            scope: Scope::ALL[scope],
            body: retype(blocks),
        }).collect();
        prop_assume!(wording.iter().all(|one| markdown::faults(&one.body).is_empty()));
        prop_assume!(!wording.iter().any(|one| crate::ids::holds_bsn(&one.body)));
        let found = round(&wording);
        prop_assert_eq!(shown(&found.articles), shown(&wording));
    }

    /// Changing any few bytes of the XML gives articles or a refusal, and never takes the process down.
    #[test]
    fn a_document_with_flipped_bytes_is_read_or_refused(
        flips in proptest::collection::vec((0..900_usize, any::<u8>()), 1..6),
    ) {
        let body = heading(1, "1 Kop") + &plain("Een zin.") + "<w:p><w:hyperlink r:id=\"x\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>";
        let mut document = format!("<w:document xmlns:w=\"{NS}\"><w:body>{body}</w:body></w:document>").into_bytes();
        let length = document.len();
        for (at, byte) in flips {
            document[at % length] = byte;
        }
        match read(&zipped(&[("word/document.xml", &document)])) {
            Ok(found) => prop_assert!(!found.articles.is_empty()),
            Err(refusal) => {
                let known = [Refusal::Damaged, Refusal::NoArticles, Refusal::HoldsBsn];
                prop_assert!(known.contains(&refusal), "{:?}", refusal);
            }
        }
    }
}
