//! How names are read: those of sheets that are not ours, and those of people typed in two ways.

use super::super::example::Example;
use super::*;

#[test]
fn a_sheet_with_a_slip_in_its_name_is_never_left_unread() {
    let mut example = Example::new();
    example.sheets.iter_mut().find(|(name, _)| name == "Kosten").unwrap().0 = "Kostn".to_owned();
    assert_eq!(
        example.faults(),
        [
            "Blad Kostn: Dit blad kennen wij niet, en het blad Kosten ontbreekt. Bedoelt u Kosten? Geef het blad die naam, of haal het weg."
        ]
    );
    assert!(example.read().good_rows().is_none(), "its rows would be dropped");
    let mut beside = Example::new();
    beside.sheets.push(("Kosten2".to_owned(), vec![vec!["regel".to_owned()]]));
    assert!(beside.read().statement.is_some());
}

#[test]
fn a_file_without_any_sheet_of_ours_is_refused_with_their_names() {
    let mut example = Example::new();
    example.sheets = vec![("Blad1".to_owned(), vec![vec!["kvk".to_owned()], vec!["12345678".to_owned()]])];
    let faults = example.faults();
    assert_eq!(
        faults[0],
        "Blad Blad1: Dit bestand heeft geen blad dat wij kennen. Wij lezen de bladen Opgave, Trajecten, Terugkoppelingen, Medewerkers, Klachten, Kosten. Geef uw bladen deze namen, of gebruik het sjabloon."
    );
}

#[test]
fn a_name_typed_in_two_ways_is_one_name() {
    let example = Example::new()
        .with("Opgave", "toelichting", "Jose\u{301}")
        .with("Medewerkers", "personeelsnummer", "Jos\u{e9}")
        .again("Medewerkers")
        .with_at("Medewerkers", 3, "personeelsnummer", "Jose\u{301}");
    for reading in [example.read(), read(Source::File(&example.xlsx())).unwrap()] {
        let statement = reading.statement.unwrap();
        assert_eq!(statement.head.note, "Jos\u{e9}");
        assert_eq!(statement.staff[0].staff_ref, statement.staff[1].staff_ref);
    }
}
