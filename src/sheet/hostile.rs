//! Files that are broken, odd, or made to do harm, built here by hand: each is refused in words or read as it is, and
//! none takes more memory or time than its size.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Cell, MAX_FILE, MAX_ROWS, Refusal, Source, Workbook, open};
use crate::text::Lang;

fn opened(bytes: &[u8]) -> Result<Workbook, Refusal> {
    open(Source::File(bytes))
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The least that a workbook needs, with the sheets' own XML. `properties` go into the workbook's part.
fn book(properties: &str, sheets: &[(&str, &str)], extra: &[(&str, &[u8])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut listed = String::new();
    let mut related = String::new();
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
        (
            "_rels/.rels".to_owned(),
            format!(r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#)
                .into_bytes(),
        ),
    ];
    for (index, (name, xml)) in sheets.iter().enumerate() {
        listed += &format!(r#"<sheet name="{name}" sheetId="{0}" r:id="s{0}"/>"#, index + 1);
        related += &format!(
            r#"<Relationship Id="s{0}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{0}.xml"/>"#,
            index + 1
        );
        let sheet = format!(r#"<worksheet xmlns="{MAIN}">{xml}</worksheet>"#);
        parts.push((format!("xl/worksheets/sheet{}.xml", index + 1), sheet.into_bytes()));
    }
    parts.push((
        "xl/workbook.xml".to_owned(),
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>"#)
            .into_bytes(),
    ));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(r#"<Relationships xmlns="{PACKAGE}">{related}</Relationships>"#).into_bytes(),
    ));
    let mut all: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    all.extend(extra);
    zipped(&all)
}

const STYLES: &[u8] = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

fn one_sheet(cells: &str) -> Vec<u8> {
    book("", &[("Kosten", &format!("<sheetData><row r=\"1\">{cells}</row></sheetData>"))], &[("xl/styles.xml", STYLES)])
}

fn only_cell(bytes: &[u8]) -> Cell {
    opened(bytes).unwrap().sheets[0].rows[0].cells[0].1.clone()
}

#[test]
fn the_least_workbook_is_read() {
    let text = only_cell(&one_sheet(r#"<c r="A1" t="inlineStr"><is><t>regel</t></is></c>"#));
    assert_eq!(text, Cell::Text("regel".to_owned()));
}

#[test]
fn what_is_not_a_workbook_is_named() {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ole = |rest: &[u8]| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", rest].concat();
    for (bytes, refusal) in [
        (b"".to_vec(), Refusal::Empty),
        (ole(&[0; 600]), Refusal::OldXls),
        (ole(&encrypted), Refusal::Encrypted),
        (b"%PDF-1.7\n%\xE2\xE3".to_vec(), Refusal::Pdf),
        (b"<html><table><tr><td>1</td></tr></table>".to_vec(), Refusal::Html),
        (b"regel;dossiernummer\n1;D-1\n".to_vec(), Refusal::LoneCsv),
        (b"\x00\x01\x02".to_vec(), Refusal::NotASpreadsheet),
        (b"zomaar een brief".to_vec(), Refusal::NotASpreadsheet),
        (b"PK\x03\x04 and nothing more".to_vec(), Refusal::Damaged),
        (zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<d/>")]), Refusal::NotASpreadsheet),
        (zipped(&[("mimetype", b"x"), ("content.xml", b"<d/>")]), Refusal::Ods),
        (zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"x")]), Refusal::Xlsb),
        (zipped(&[("foto.jpg", b"\xFF\xD8\x00")]), Refusal::NoSheets),
        (vec![b'x'; MAX_FILE + 1], Refusal::TooLarge),
    ] {
        let refused = opened(&bytes).unwrap_err();
        assert_eq!(refused, refusal);
        assert!(Lang::ALL.iter().all(|lang| refused.message(*lang).ends_with('.')), "{refused:?}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_opened() {
    let sheet = format!("<sheetData>{}</sheetData>", " ".repeat(20_000_000));
    let bytes = book("", &[("Kosten", &sheet)], &[]);
    assert!(bytes.len() < 100_000);
    assert_eq!(opened(&bytes), Err(Refusal::Bomb));
}

#[test]
fn a_bomb_that_lies_about_its_size_is_counted() {
    let mut bytes = zipped(&[("Kosten.csv", &vec![b';'; 20_000_000])]);
    let real = 20_000_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == real).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert!(matches!(opened(&bytes), Err(Refusal::Bomb | Refusal::Damaged)));
}

#[test]
fn a_bomb_in_many_pieces_is_added_up() {
    let piece = vec![b';'; 900_000];
    let names: Vec<String> = (0..30).map(|n| format!("{n}.csv")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), piece.as_slice())).collect();
    assert_eq!(opened(&zipped(&parts)), Err(Refusal::Bomb));
}

#[test]
fn too_many_files_are_refused_by_their_count() {
    let names: Vec<String> = (0..=1_000).map(|n| format!("{n}.csv")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"a;b".as_slice())).collect();
    assert_eq!(opened(&zipped(&parts)), Err(Refusal::TooManyFiles));
}

#[test]
fn entities_are_not_followed() {
    let laughs = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>"#;
    assert_eq!(opened(&book(laughs, &[("Kosten", "<sheetData/>")], &[])), Err(Refusal::Damaged));
}

#[test]
fn memory_is_not_reserved_on_the_word_of_the_file() {
    for count in ["4000000000", "18446744073709551615", "99999999999999999999999"] {
        let strings = format!(r#"<sst count="1" uniqueCount = "{count}"><si><t>x</t></si></sst>"#);
        let bytes = book("", &[("Kosten", "<sheetData/>")], &[("xl/sharedStrings.xml", strings.as_bytes())]);
        assert_eq!(opened(&bytes), Err(Refusal::Damaged));
    }
}

#[test]
fn one_long_text_in_many_cells_is_not_copied_without_end() {
    let long: String = (0..30_000).map(|n| char::from(b'a' + (n * n % 26) as u8)).collect();
    let strings = format!(r#"<sst uniqueCount="1"><si><t>{long}</t></si></sst>"#);
    let cells: String =
        (1..=3_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let bytes = book(
        "",
        &[("Kosten", &format!("<sheetData>{cells}</sheetData>"))],
        &[("xl/sharedStrings.xml", strings.as_bytes())],
    );
    assert_eq!(opened(&bytes), Err(Refusal::TooLarge));
}

#[test]
fn a_cell_in_the_far_corner_costs_one_cell() {
    let sheet = r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>"#;
    let rows = opened(&book("", &[("Kosten", sheet)], &[])).unwrap().sheets[0].rows.clone();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[1].number, rows[1].cells.clone()), (1_048_576, vec![(16_383, Cell::Number(2.0))]));
}

#[test]
fn a_cell_beyond_the_far_corner_is_damage() {
    for place in ["XFE1", "A1048577", "ZZZZZZZZZZZZ1", "A99999999999999", "A0", "1", ""] {
        let bytes = one_sheet(&format!(r#"<c r="{place}"><v>1</v></c>"#));
        assert_eq!(opened(&bytes), Err(Refusal::Damaged), "{place}");
    }
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let cell = r#"<sheetData><row r="1"><c r="A1" s="1"><v>44833</v></c></row></sheetData>"#;
    let styles: &[(&str, &[u8])] = &[("xl/styles.xml", STYLES)];
    let with_1904 = book(r#"<workbookPr date1904="1"/>"#, &[("Kosten", cell)], styles);
    assert_eq!(only_cell(&with_1904).shown(), "30-09-2026");
    assert_eq!(only_cell(&book("", &[("Kosten", cell)], styles)).shown(), "29-09-2022");
}

#[test]
fn a_formula_counts_as_its_last_value_and_a_failed_one_as_a_fault() {
    assert_eq!(only_cell(&one_sheet(r#"<c r="A1"><f>1+1</f><v>2</v></c>"#)), Cell::Number(2.0));
    assert_eq!(
        only_cell(&one_sheet(r#"<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#)),
        Cell::Error("#DIV/0!".to_owned())
    );
}

#[test]
fn a_formula_whose_result_was_never_stored_is_no_empty_cell() {
    for cell in [
        r#"<c r="A1"><f>B2*C2</f></c>"#,
        r#"<c r="A1"><f>B2*C2</f><v></v></c>"#,
        r#"<c r="A1"><f>B2*C2</f><v/></c>"#,
        r#"<c r="A1"><f t="shared" ref="A1:A9" si="0">B2*C2</f></c>"#,
    ] {
        assert_eq!(only_cell(&one_sheet(cell)), Cell::Formula("=B2*C2".to_owned()), "{cell}");
    }
    let long = format!(r#"<c r="A1"><f>{}</f></c>"#, "1+".repeat(4_000));
    assert_eq!(only_cell(&one_sheet(&long)).shown().len(), 61);
}

#[test]
fn a_time_of_day_is_no_date() {
    assert_eq!(only_cell(&one_sheet(r#"<c r="A1" s="1"><v>0.0625</v></c>"#)), Cell::Text("1:30".to_owned()));
}

#[test]
fn a_file_of_a_hundred_thousand_rows_is_refused_with_the_limit() {
    let cells: String =
        (1..=100_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>{}</v></c></row>"#, row * 7919)).collect();
    let bytes = book("", &[("Kosten", &format!("<sheetData>{cells}</sheetData>"))], &[]);
    let refused = opened(&bytes).unwrap_err();
    assert_eq!(refused, Refusal::TooManyRows { sheet: "Kosten".to_owned() });
    assert!(refused.message(Lang::Nl).contains("20.000"));
    let csv: String = (0..=MAX_ROWS + 1).map(|row| format!("{row};x\n")).collect();
    let folder = [("Kosten.csv".to_owned(), csv.into_bytes())];
    assert_eq!(open(Source::Folder(&folder)), Err(refused));
}

#[test]
fn too_many_sheets_are_refused() {
    let names: Vec<String> = (0..31).map(|n| format!("Blad{n}")).collect();
    let sheets: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "<sheetData/>")).collect();
    assert_eq!(opened(&book("", &sheets, &[])), Err(Refusal::TooManySheets));
}

#[test]
fn a_file_that_broke_off_is_damaged_wherever_it_broke() {
    let whole = one_sheet(r#"<c r="A1"><v>1</v></c>"#);
    for length in 1..whole.len() - 22 {
        assert!(opened(&whole[..length]).is_err(), "{length} of {} bytes were read", whole.len());
    }
}

#[test]
fn a_csv_that_is_packed_with_leftovers_is_read_without_them() {
    let bytes = zipped(&[
        ("opgave/", b""),
        ("opgave/Kosten.csv", b"regel;bedrag\n1;2\n"),
        ("__MACOSX/._Kosten.csv", b"\x00\x05"),
        (".DS_Store", b"\x00"),
        ("logo.png", b"\x89PNG\x00"),
    ]);
    let book = opened(&bytes).unwrap();
    assert_eq!(book.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Kosten"]);
    assert_eq!(book.ignored_files, ["logo.png"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Changing any few bytes of the XML gives a workbook or a refusal, and never takes the process down.
    #[test]
    fn a_sheet_with_flipped_bytes_is_read_or_refused(flips in proptest::collection::vec((0..400_usize, any::<u8>()), 1..6)) {
        let cells = r#"<c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46295.5</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="b"><v>1</v></c>"#;
        let mut sheet = format!(r#"<dimension ref="A1:D1"/><sheetData><row r="1">{cells}</row></sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>"#).into_bytes();
        let length = sheet.len();
        for (at, byte) in flips {
            sheet[at % length] = byte;
        }
        let strings = br#"<sst uniqueCount="1"><si><t>x</t></si></sst>"#;
        let bytes = book("", &[("Kosten", &String::from_utf8_lossy(&sheet))], &[("xl/styles.xml", STYLES), ("xl/sharedStrings.xml", strings)]);
        match opened(&bytes) {
            Ok(book) => prop_assert_eq!(book.sheets.len(), 1),
            Err(refusal) => prop_assert_eq!(refusal, Refusal::Damaged),
        }
    }
}
