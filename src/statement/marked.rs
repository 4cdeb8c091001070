//! The marked file, tried out on statements: what comes back is the sender's own file with red cells and notes.

use std::io::{Cursor, Read};

use super::example::Example;
use crate::sheet::{Cell, Source, Workbook, mark, open};
use crate::text::Lang;

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}

fn faulty() -> Example {
    let mut example = Example::new().with("Kosten", "tarief", "=45+0").with("Kosten", "aantal", "").with(
        "Klachten",
        "ontvangen_op",
        "17-8",
    );
    example.sheet("Klachten")[0].push("eigen kolom".to_owned());
    example.sheet("Klachten")[1].push("+31 6".to_owned());
    example.sheets.push(("Eigen blad".to_owned(), vec![vec!["@x".to_owned()]]));
    example
}

#[test]
fn every_value_of_the_sender_comes_back_under_a_list_of_the_faults() {
    let bytes = faulty().xlsx();
    let marked = mark(Source::File(&bytes), &faulty().read().faults, Lang::Nl).unwrap();
    let sent = open(Source::File(&bytes)).unwrap();
    let back = open(Source::File(&marked)).unwrap();
    assert_eq!(back.sheets[0].name, "Fouten");
    assert_eq!(back.sheets[1..], sent.sheets);
    let list: Vec<Vec<String>> =
        back.sheets[0].rows.iter().map(|row| row.cells.iter().map(|(_, cell)| cell.shown()).collect()).collect();
    assert_eq!(
        list,
        [
            vec!["blad", "rij", "kolom", "hier staat", "wat u kunt doen"],
            vec!["Klachten", "2", "ontvangen_op", "17-8", "Vul een datum in, bijvoorbeeld 30-09-2026."],
            vec!["Kosten", "2", "aantal", "Deze cel is leeg. Vul de cel in."],
            vec!["Kosten", "2", "tarief", "=45+0", "Vul een bedrag in, bijvoorbeeld 45,00."],
        ]
    );
}

#[test]
fn refused_cells_are_red_with_a_note_and_nothing_becomes_a_formula() {
    let marked = mark(Source::Folder(&faulty().csv(';')), &faulty().read().faults, Lang::Nl).unwrap();
    let costs = part(&marked, "xl/worksheets/sheet7.xml");
    let red = part(&marked, "xl/styles.xml");
    assert!(red.contains("FFC7CE"));
    let style = |cell: &str| {
        let at = costs.find(&format!(r#"r="{cell}""#)).unwrap();
        costs[at..].split('"').nth(3).unwrap().to_owned()
    };
    assert_ne!(style("I2"), style("J2"));
    assert_eq!(style("I2"), style("H2"), "an empty cell that must be filled is red as well");
    for index in 1..=8 {
        assert!(!part(&marked, &format!("xl/worksheets/sheet{index}.xml")).contains("<f>"));
    }
    let notes = part(&marked, "xl/comments2.xml");
    assert!(notes.contains("Vul een bedrag in, bijvoorbeeld 45,00.") && notes.contains(r#"ref="I2""#), "{notes}");
}

#[test]
fn a_marked_file_that_is_repaired_and_sent_again_is_read() {
    let marked = mark(Source::File(&faulty().xlsx()), &faulty().read().faults, Lang::Nl).unwrap();
    let again = mark::<crate::statement::Problem>(Source::File(&marked), &[], Lang::Nl).unwrap();
    let names = |book: &Workbook| book.sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let (first, second) = (open(Source::File(&marked)).unwrap(), open(Source::File(&again)).unwrap());
    assert_eq!(names(&first), names(&second), "the list is replaced, not added");
    let reading = crate::statement::read(Source::File(&marked)).unwrap();
    assert_eq!(reading.faults, faulty().read().faults);
}

#[test]
fn dates_numbers_and_ticks_come_back_as_what_they_were() {
    let statement = Example::new().read().statement.unwrap();
    let bytes = crate::statement::write_workbook(&statement, &[("C-4711".to_owned(), "J. Visser".to_owned())].into());
    let marked = mark::<crate::statement::Problem>(Source::File(&bytes), &[], Lang::En).unwrap();
    let back = open(Source::File(&marked)).unwrap();
    let costs = &back.sheets[6].rows[1];
    assert!(matches!(costs.cell(4), Some(Cell::Date(day)) if day.to_string() == "2026-08-01 00:00:00"));
    assert_eq!(costs.cell(7), Some(&Cell::Number(1.5)));
    assert_eq!(crate::statement::read(Source::File(&marked)).unwrap().statement, Some(statement));
}
