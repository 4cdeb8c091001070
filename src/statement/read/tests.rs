//! What may come in, form by form: what is accepted, and what is said of the rest.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::super::example::{Example, messages};
use super::*;
use crate::money::Cents;
use crate::sheet::Concern as SheetConcern;
use crate::statement::Concern;
use crate::text::Lang;

#[test]
fn the_examples_of_the_template_are_read_without_a_word() {
    let reading = Example::new().read();
    assert_eq!((messages(&reading.faults), &reading.warnings[..]), (vec![], &[][..]));
    let statement = reading.statement.unwrap();
    assert_eq!(statement.costs[0].amount, Cents(9_383));
    assert_eq!(statement.staff[0].vog.as_ref().unwrap().codes, ["12", "85"]);
    assert_eq!(statement.trajectories[0].contact, "a.jansen@noordermeer.example");
}

#[test]
fn a_workbook_a_folder_and_either_delimiter_give_the_same() {
    let example = Example::new();
    let expected = example.read().statement;
    assert!(expected.is_some());
    assert_eq!(read(Source::File(&example.xlsx())).unwrap().statement, expected);
    assert_eq!(read(Source::Folder(&example.csv(','))).unwrap().statement, expected);
}

#[test]
fn a_fault_names_its_place_the_value_and_what_is_expected() {
    assert_eq!(
        Example::new().with("Kosten", "tarief", "45,00 euro").faults(),
        [r#"Blad Kosten, rij 2, kolom tarief: hier staat "45,00 euro". Vul een bedrag in, bijvoorbeeld 45,00."#]
    );
    let fault = &Example::new().with("Kosten", "tarief", "").read().faults[0];
    assert_eq!(fault.message(Lang::En), "Sheet Kosten, row 2, column tarief: This cell is empty. Fill it in.");
}

#[test]
fn all_faults_come_at_once_and_no_statement_with_them() {
    let reading = Example::new()
        .with("Trajecten", "aangemeld_op", "03-04-26")
        .with("Trajecten", "coach_betrokken", "misschien")
        .with("Medewerkers", "functiegroep", "baas")
        .with("Kosten", "bedrag", "1.234")
        .read();
    assert_eq!(reading.statement, None);
    assert_eq!(
        messages(&reading.faults),
        [
            r#"Blad Trajecten, rij 2, kolom aangemeld_op: hier staat "03-04-26". Schrijf het jaar met vier cijfers, bijvoorbeeld 30-09-2026."#,
            r#"Blad Trajecten, rij 2, kolom coach_betrokken: hier staat "misschien". Vul ja of nee in."#,
            r#"Blad Medewerkers, rij 2, kolom functiegroep: hier staat "baas". Kies een van deze woorden: medewerker, zzp, uitzendkracht, stagiair, vrijwilliger."#,
            r#"Blad Kosten, rij 2, kolom bedrag: hier staat "1.234". Dit kan twee dingen betekenen. Schrijf 1234,00 of 1,23."#,
        ]
    );
}

#[test]
fn names_may_be_spelled_freely_and_columns_stand_in_any_order() {
    let mut example = Example::new();
    for (name, rows) in &mut example.sheets {
        *name = format!(" {} ", name.to_uppercase());
        for row in rows.iter_mut() {
            row.reverse();
        }
        for heading in &mut rows[0] {
            *heading = heading.to_uppercase().replace('_', " ").replace("BEEI", "Beëi");
        }
    }
    assert_eq!(example.faults(), Vec::<String>::new());
    assert_eq!(example.read().statement, Example::new().read().statement);
}

#[test]
fn unknown_columns_and_sheets_are_passed_over_with_a_warning() {
    let mut example = Example::new().with("Klachten", "soort", "bejegening");
    example.sheet("Klachten")[0][3] = "soorten".to_owned();
    example.sheets.push(("Notities".to_owned(), vec![vec!["bel Jan".to_owned()]]));
    assert!(example.read().statement.is_some());
    assert_eq!(
        example.warnings(),
        [
            "Blad Klachten, rij 1, kolom soorten: Deze kolom kennen wij niet. Wij slaan de kolom over. Bedoelt u soort?",
            "Blad Notities: Dit blad kennen wij niet. Wij slaan het over.",
        ]
    );
}

#[test]
fn empty_rows_are_skipped_and_rows_keep_their_number() {
    let mut example = Example::new();
    let columns = example.sheet("Klachten")[0].len();
    example.sheet("Klachten").insert(1, vec![" ".to_owned(); columns]);
    assert_eq!(example.read().statement.unwrap().complaints[0].row, 3);
}

#[test]
fn a_heading_that_is_incomplete_or_elsewhere_is_said_once() {
    let mut example = Example::new().again("Kosten").with_at("Kosten", 3, "regel", "2");
    example.sheet("Kosten")[0][8] = "prijs".to_owned();
    assert_eq!(
        example.faults(),
        ["Blad Kosten, rij 1, kolom tarief: Deze kolom ontbreekt. Voeg de kolom toe, met deze naam in rij 1."]
    );
    let mut example = Example::new();
    example.sheet("Kosten").insert(0, vec!["Kosten van Werkpad Noord".to_owned()]);
    assert_eq!(
        example.faults(),
        [
            "Blad Kosten, rij 1: De namen van de kolommen staan in rij 2. Haal de rijen daarboven weg. Dan staan ze in rij 1."
        ]
    );
    let mut example = Example::new();
    example.sheet("Kosten")[0][12] = "Bedrag".to_owned();
    assert_eq!(example.faults(), ["Blad Kosten, rij 1, kolom Bedrag: Deze kolom staat er twee keer. Haal er een weg."]);
    let mut example = Example::new();
    let copy = example.sheets[4].1.clone();
    example.sheets.push(("klachten ".to_owned(), copy));
    assert_eq!(example.faults(), ["Blad klachten : Dit blad staat er twee keer. Haal er een weg."]);
}

#[test]
fn a_number_that_occurs_twice_is_refused_in_both_rows() {
    for (sheet, column) in [("Trajecten", "dossiernummer"), ("Klachten", "klachtnummer"), ("Kosten", "regel")] {
        let faults = Example::new().again(sheet).read().faults;
        let problems: Vec<_> = faults.iter().map(|f| (f.place.row, f.place.column.as_deref(), &f.what)).collect();
        assert_eq!(
            problems,
            [
                (Some(2), Some(column), &Problem::Duplicate { row: 3 }),
                (Some(3), Some(column), &Problem::Duplicate { row: 2 })
            ]
        );
    }
}

#[test]
fn a_citizen_service_number_is_refused_wherever_it_stands_and_never_repeated() {
    let refused = "Hier staat een getal dat een burgerservicenummer (BSN) kan zijn";
    let mut elsewhere = Example::new();
    elsewhere.sheets.push(("Notities".to_owned(), vec![vec!["x".to_owned()], vec!["bsn 111222333".to_owned()]]));
    let mut own_column = Example::new();
    own_column.sheet("Klachten")[0].push("burgerservicenummer".to_owned());
    own_column.sheet("Klachten")[1].push("111222333".to_owned());
    for (example, place) in [
        (Example::new().with("Trajecten", "clientnummer", "111.222.333"), "rij 2, kolom clientnummer"),
        (Example::new().with("Trajecten", "clientnaam", "J. Visser 111222333"), "rij 2, kolom clientnaam"),
        (Example::new().with("Opgave", "toelichting", "klant 111 222 333"), "rij 2, kolom toelichting"),
        (Example::new().with("Trajecten", "aangemeld_op", "111222333"), "rij 2, kolom aangemeld_op"),
        (own_column, "rij 2, kolom burgerservicenummer"),
        (elsewhere, "rij 2, kolom x"),
    ] {
        let faults = example.faults();
        let about = faults.iter().find(|fault| fault.contains(refused)).unwrap();
        assert!(about.contains(place), "{about}");
        assert!(!faults.concat().contains("111"), "{faults:?}");
    }
}

#[test]
fn text_that_is_too_long_or_holds_hidden_characters_is_refused() {
    let faults = |column: &str, value: &str| Example::new().with("Opgave", column, value).read().faults;
    assert!(faults("toelichting", &"é".repeat(2_000)).is_empty());
    assert!(faults("toelichting", "twee\nregels").is_empty());
    let too_long = &faults("toelichting", &"é".repeat(2_001))[0];
    assert_eq!(too_long.what, Problem::Cell(crate::sheet::Problem::TooLong { max: 2_000 }));
    assert_eq!(too_long.found.chars().count(), 61);
    for value in ["D\u{202e}41", "D\u{200b}41", "D\u{7}41", "D\n41"] {
        let fault = Example::new().with("Trajecten", "dossiernummer", value).read().faults.remove(0);
        assert_eq!(fault.what, Problem::Cell(crate::sheet::Problem::HoldsInvisible));
    }
}

#[test]
fn lists_numbers_and_addresses_are_held_to_their_kind() {
    for (sheet, column, value) in [
        ("Opgave", "kvk", "1234567"),
        ("Opgave", "kwartaal", "3e kwartaal"),
        ("Trajecten", "contactpersoon", "A. Jansen"),
        ("Trajecten", "trede_start", "7"),
        ("Trajecten", "trede_nu", "0"),
        ("Trajecten", "aantal_resultaatafspraken", "2,5"),
        ("Trajecten", "opschorting_dagen", "-1"),
        ("Trajecten", "reden_einde", "ziek"),
        ("Medewerkers", "vog_codes", "85, welzijn"),
        ("Medewerkers", "vog_soort", "85"),
        ("Kosten", "aantal", "1,333"),
        ("Kosten", "van", "1 augustus"),
    ] {
        let faults = Example::new().with(sheet, column, value).read().faults;
        assert_eq!(faults.len(), 1, "{column} {value}");
        assert_eq!(faults[0].place.column.as_deref(), Some(column));
    }
}

#[test]
fn a_vog_is_whole_or_not_there() {
    let without = ["vog_datum", "vog_soort", "vog_codes", "vog_gecontroleerd_op"]
        .iter()
        .fold(Example::new(), |example, column| example.with("Medewerkers", column, ""));
    assert_eq!(without.read().statement.unwrap().staff[0].vog, None);
    assert_eq!(
        without.with("Medewerkers", "vog_codes", "45").faults(),
        [
            "Blad Medewerkers, rij 2, kolom vog_datum: Deze cel is leeg. Vul de cel in.",
            "Blad Medewerkers, rij 2, kolom vog_soort: Deze cel is leeg. Vul de cel in.",
        ]
    );
}

#[test]
fn a_nil_return_has_no_lines_and_no_lines_are_a_nil_return() {
    let nil = Example::empty().with("Opgave", "nulopgave", "ja");
    assert!(nil.read().statement.unwrap().head.nil_return);
    assert_eq!(
        Example::new().with("Opgave", "nulopgave", "J").faults(),
        [
            r#"Blad Opgave, rij 2, kolom nulopgave: hier staat "ja". U vult ja in, maar in het bestand staan 5 regels. Vul nee in, of haal de regels weg."#
        ]
    );
    assert_eq!(
        Example::empty().with("Opgave", "nulopgave", "").faults(),
        [
            "Blad Opgave, rij 2, kolom nulopgave: In het bestand staan geen regels. Hebt u dit kwartaal niets te melden? Vul hier dan ja in."
        ]
    );
}

#[test]
fn the_head_is_one_row() {
    let mut without = Example::new();
    without.sheets.remove(0);
    assert_eq!(
        without.faults(),
        ["Blad Opgave: Dit blad ontbreekt of is leeg. Maak een blad Opgave met uw kvk en het kwartaal."]
    );
    assert_eq!(
        Example::new().again("Opgave").faults(),
        ["Blad Opgave, rij 3: Op dit blad mag maar één rij staan. Haal deze rij weg."]
    );
}

#[test]
fn dates_in_an_odd_order_are_warned_of_and_read() {
    let example = Example::new()
        .with("Trajecten", "plan_akkoord_op", "30-06-2026")
        .with("Trajecten", "beeindigd_op", "01-10-2026")
        .with("Trajecten", "reden_einde", "");
    assert!(example.read().statement.is_some());
    assert_eq!(
        example.warnings(),
        [
            r#"Blad Trajecten, rij 2, kolom plan_akkoord_op: hier staat "30-06-2026". Deze dag ligt vóór aangemeld_op. Klopt dat?"#,
            r#"Blad Trajecten, rij 2, kolom beeindigd_op: hier staat "01-10-2026". Deze dag ligt na het kwartaal. Klopt dat?"#,
            "Blad Trajecten, rij 2, kolom beeindigd_op: De kolom reden_einde is leeg. Klopt dat?",
        ]
    );
    let backwards = Example::new().with("Kosten", "tot", "31-07-2026").read().faults;
    assert_eq!(backwards[0].what, Problem::UntilBeforeFrom);
}

#[test]
fn a_person_who_differs_between_two_rows_is_warned_of() {
    let example = Example::new().again("Medewerkers").with_at("Medewerkers", 3, "functiegroep", "zzp");
    assert_eq!(
        example.read().warnings.iter().map(|warning| &warning.what).collect::<Vec<_>>(),
        [&Concern::OtherThanInRow { row: 2 }, &Concern::SameAsRow { row: 2 }]
    );
}

/// What a spreadsheet makes of what is typed: real dates, numbers, ticks, formulas and errors.
#[test]
fn cells_of_a_spreadsheet_are_read_as_what_they_are() {
    let date = Format::new().set_num_format("dd-mm-yy");
    let day = |text| ExcelDateTime::parse_from_str(text).unwrap();
    let mut workbook = Workbook::new();
    let head = workbook.add_worksheet().set_name("Opgave").unwrap();
    head.write_row(0, 0, ["kvk", "kwartaal", "nulopgave"]).unwrap();
    head.write_number(1, 0, 1_234_567.0).unwrap();
    head.write_string(1, 1, "2026-3").unwrap();
    head.write_boolean(1, 2, false).unwrap();
    let costs = workbook.add_worksheet().set_name("Kosten").unwrap().set_hidden(true);
    let columns = ["regel", "dossiernummer", "contactpersoon", "product", "van", "tot", "eenheid", "aantal", "tarief"];
    costs.write_row(0, 0, columns).unwrap();
    costs.write_string(0, 9, "bedrag").unwrap();
    costs.write_number(1, 0, 7.0).unwrap();
    costs.write_number(1, 1, 2_026_014.0).unwrap();
    costs.write_string(1, 2, "A.Jansen@Noordermeer.example").unwrap();
    costs.write_string(1, 3, "RE-JC").unwrap();
    costs.write_datetime_with_format(1, 4, day("2026-08-01T09:30:00"), &date).unwrap();
    costs.write_string(1, 5, "31/8/2026").unwrap();
    costs.write_string(1, 6, "uur").unwrap();
    costs.write_number(1, 7, 1.5).unwrap();
    costs.write_string(1, 8, "62,55").unwrap();
    costs.write_formula(1, 9, Formula::new("=ROUND(H2*I2,2)").set_result("93.83")).unwrap();
    costs.merge_range(4, 0, 4, 3, "", &Format::new()).unwrap();
    let reading = read(Source::File(&workbook.save_to_buffer().unwrap())).unwrap();
    assert_eq!(messages(&reading.faults), Vec::<String>::new());
    let statement = reading.statement.unwrap();
    assert_eq!(statement.head.kvk.as_str(), "01234567");
    let line = &statement.costs[0];
    assert_eq!((line.line.as_str(), line.case_ref.as_str(), line.amount), ("7", "2026014", Cents(9_383)));
    assert_eq!((line.from.to_string(), line.until.to_string()), ("2026-08-01".to_owned(), "2026-08-31".to_owned()));
    let concerns: Vec<_> = reading.warnings.iter().map(|warning| &warning.what).collect();
    assert_eq!(concerns, [&Concern::Sheet(SheetConcern::HiddenSheet), &Concern::Sheet(SheetConcern::MergedCells)]);
}

#[test]
fn what_a_spreadsheet_spoiled_is_refused() {
    let date = Format::new().set_num_format("d-m");
    let day = ExcelDateTime::parse_from_str("2026-03-01").unwrap();
    let mut workbook = Workbook::new();
    let head = workbook.add_worksheet().set_name("Opgave").unwrap();
    head.write_row(0, 0, ["kvk", "kwartaal"]).unwrap();
    head.write_string(1, 0, "12345678").unwrap();
    head.write_datetime_with_format(1, 1, &day, &date).unwrap();
    let complaints = workbook.add_worksheet().set_name("Klachten").unwrap();
    complaints.write_row(0, 0, ["klachtnummer", "ontvangen_op"]).unwrap();
    complaints.write_datetime_with_format(1, 0, &day, &date).unwrap();
    complaints.write_number(1, 1, 46_295.0).unwrap();
    complaints.write_number(2, 0, 12_345_678_901_234_567_890.0).unwrap();
    complaints.write_formula(2, 1, Formula::new("=VLOOKUP(1,A:A,1)").set_result("#N/A")).unwrap();
    complaints.write_number(3, 0, 111_222_333.0).unwrap();
    complaints.write_string(3, 1, "01-08-2026").unwrap();
    let reading = read(Source::File(&workbook.save_to_buffer().unwrap())).unwrap();
    use crate::sheet::Problem as Cell;
    let problems: Vec<_> = reading.faults.iter().map(|fault| fault.what.clone()).collect();
    let expected = [
        Cell::QuarterBecameDate,
        Cell::TextBecameDate,
        Cell::NumberForDate,
        Cell::TextBecameNumber,
        Cell::FormulaError,
        Cell::HoldsBsn,
    ];
    assert_eq!(problems, expected.map(Problem::Cell));
}

/// As a program writes it that does not compute: the formula, and no result.
#[test]
fn a_formula_without_a_result_is_told_as_what_it_is() {
    let mut kept = zip::ZipArchive::new(std::io::Cursor::new(Example::new().xlsx())).unwrap();
    let mut changed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..kept.len() {
        let mut part = kept.by_index(index).unwrap();
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        let name = part.name().unwrap().into_owned();
        if name == "xl/worksheets/sheet6.xml" {
            let (before, cell) = xml.split_once(r#"<c r="J2""#).unwrap();
            let (_, after) = cell.split_once("</c>").unwrap();
            xml = format!(r#"{before}<c r="J2"><f>ROUND(H2*I2,2)</f><v></v></c>{after}"#);
        }
        changed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut changed, xml.as_bytes()).unwrap();
    }
    let reading = read(Source::File(&changed.finish().unwrap().into_inner())).unwrap();
    assert_eq!(
        messages(&reading.faults),
        [
            r#"Blad Kosten, rij 2, kolom bedrag: hier staat "=ROUND(H2*I2,2)". Van deze formule staat de uitkomst niet in het bestand. Open het bestand in uw rekenprogramma en sla het opnieuw op, of vul de uitkomst zelf in."#
        ]
    );
}

#[test]
fn the_head_is_known_as_far_as_it_could_be_read() {
    let head = |example: Example| {
        let reading = example.read();
        let (kvk, quarter) = reading.head();
        (kvk.map(|kvk| kvk.to_string()), quarter.map(|quarter| quarter.to_string()))
    };
    let (kvk, quarter) = (|| Some("12345678".to_owned()), || Some("2026-Q3".to_owned()));
    assert_eq!(head(Example::new()), (kvk(), quarter()));
    assert_eq!(head(Example::new().with("Opgave", "nulopgave", "misschien")), (kvk(), quarter()));
    assert_eq!(head(Example::new().with("Opgave", "kvk", "1234")), (None, quarter()));
    assert_eq!(head(Example::new().with("Opgave", "kwartaal", "zomer")), (kvk(), None));
    let mut without = Example::new();
    without.sheets.remove(0);
    assert_eq!(head(without), (None, None));
}
