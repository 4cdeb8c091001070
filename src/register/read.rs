//! Reading a register (inlezen) from a workbook, a ZIP or a folder of CSV files, and writing it back as a workbook.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::sheets::TABLES;
use super::{Fault, Problem, Register, RegisteredLine, Warning, checks};
use crate::sheet::{self, Line, Lists, Place, Refusal, Remark, Source, Table, add_sheet, lay_out, open, read_lines};
use crate::statement::ASIDE;
use crate::text::Lang;

#[derive(Debug, Clone)]
pub struct Reading<T> {
    /// None as long as there is one fault.
    pub told: Option<T>,
    pub faults: Vec<Fault>,
    pub warnings: Vec<Warning>,
}

pub fn read_register(source: Source<'_>) -> Result<Reading<Register>, Refusal> {
    read(source, &TABLES, |found, faults| {
        let register = Register {
            providers: read_lines(found, faults).read,
            products: read_lines(found, faults).read,
            tariffs: read_lines(found, faults).read,
            agreements: read_lines(found, faults).read,
            contacts: read_lines(found, faults).read,
        };
        let wrong = checks::faults(&register);
        ((register != Register::default()).then_some(register), wrong)
    })
}

/// The VOG register, one line per VOG.
pub fn read_vogs(source: Source<'_>) -> Result<Reading<Vec<RegisteredLine>>, Refusal> {
    read(source, &[RegisteredLine::TABLE], |found, faults| {
        let lines: Vec<RegisteredLine> = read_lines(found, faults).read;
        let wrong = checks::faults_of_vogs(&lines);
        ((!lines.is_empty()).then_some(lines), wrong)
    })
}

/// `gather` reads the lines, none when there are none, and looks at what is wrong with them among themselves.
fn read<T>(
    source: Source<'_>,
    tables: &[&'static Table],
    gather: impl FnOnce(&[sheet::Found<'_>], &mut Vec<Remark<sheet::Problem>>) -> (Option<T>, Vec<Fault>),
) -> Result<Reading<T>, Refusal> {
    let book = open(source)?;
    let (mut cells, mut warnings) = (Vec::new(), Vec::new());
    let found = lay_out(&book, tables, &ASIDE, &mut cells, &mut warnings);
    let (told, wrong) = gather(&found, &mut cells);
    let mut faults: Vec<Fault> = cells.into_iter().map(Remark::into).chain(wrong).collect();
    if faults.is_empty() && told.is_none() {
        let first = book.sheets.first().map_or("", |sheet| sheet.name.as_str());
        faults.push(Remark::new(Place::sheet(first), "", Problem::NothingInFile));
    }
    Ok(Reading { told: told.filter(|_| faults.is_empty()), faults, warnings })
}

pub fn register_template(lang: Lang) -> Vec<u8> {
    sheet::template(&TABLES, &Lists::new(), &[], lang).expect("names are ours and every text fits its cell")
}

pub fn vog_template(lang: Lang) -> Vec<u8> {
    let tables = [RegisteredLine::TABLE];
    sheet::template(&tables, &Lists::new(), &[], lang).expect("names are ours and every text fits its cell")
}

/// Reads back as the same, if the rows are numbered from 2 without gaps.
pub fn write_register(register: &Register) -> Vec<u8> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        add_sheet(&mut workbook, &register.providers, |_, _| {})?;
        add_sheet(&mut workbook, &register.products, |_, _| {})?;
        add_sheet(&mut workbook, &register.tariffs, |_, _| {})?;
        add_sheet(&mut workbook, &register.agreements, |_, _| {})?;
        add_sheet(&mut workbook, &register.contacts, |_, _| {})?;
        workbook.save_to_buffer()
    };
    write().expect("sheet names are ours and every text fits its cell")
}

pub fn write_vogs(lines: &[RegisteredLine]) -> Vec<u8> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        add_sheet(&mut workbook, lines, |_, _| {})?;
        workbook.save_to_buffer()
    };
    write().expect("sheet names are ours and every text fits its cell")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Wording;

    fn messages<W: Wording>(remarks: &[Remark<W>]) -> Vec<String> {
        remarks.iter().map(|remark| remark.message(Lang::Nl)).collect()
    }

    fn folder(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_examples_of_the_template_are_a_good_register_and_read_back_the_same() {
        let csv = |table: &Table| {
            let cells = |of: fn(&sheet::Column) -> &str| {
                table.columns.iter().map(|column| format!("\"{}\"", of(column))).collect::<Vec<_>>().join(";")
            };
            (format!("{}.csv", table.name), format!("{}\n{}\n", cells(|c| c.name), cells(|c| c.example)).into_bytes())
        };
        let reading = read_register(Source::Folder(&TABLES.map(csv))).unwrap();
        assert_eq!(messages(&reading.faults), Vec::<String>::new());
        let register = reading.told.unwrap();
        assert_eq!(register.agreements[0].version, 1);
        let again = read_register(Source::File(&write_register(&register))).unwrap();
        assert_eq!((messages(&again.faults), again.told), (vec![], Some(register)));

        let vogs = read_vogs(Source::Folder(&[csv(RegisteredLine::TABLE)])).unwrap();
        assert_eq!(messages(&vogs.faults), Vec::<String>::new());
        let lines = vogs.told.unwrap();
        assert_eq!(lines[0].staff.vog.as_ref().unwrap().codes, ["12", "85"]);
        assert_eq!(read_vogs(Source::File(&write_vogs(&lines))).unwrap().told, Some(lines));
    }

    #[test]
    fn an_empty_template_has_nothing_to_import() {
        let reading = read_register(Source::File(&register_template(Lang::Nl))).unwrap();
        assert_eq!(messages(&reading.faults), ["Blad Aanbieders: In het bestand staan geen rijen."]);
        let reading = read_vogs(Source::File(&vog_template(Lang::En))).unwrap();
        assert_eq!(messages(&reading.faults), ["Blad VOG-register: In het bestand staan geen rijen."]);
    }

    #[test]
    fn rows_that_contradict_each_other_name_both_rows() {
        let files = folder(&[
            ("Aanbieders.csv", "kvk;naam;aanbiedernummer\n12345678;Werkpad;7\n12345678;Werkweg;7\n"),
            (
                "Contactpersonen.csv",
                "email;naam;actief_vanaf;actief_tot_en_met\na@b.example;A;2026-02-01;2026-01-01\nA@B.example;B;2026-01-01;\n",
            ),
        ]);
        assert_eq!(
            messages(&read_register(Source::Folder(&files)).unwrap().faults),
            [
                r#"Blad Aanbieders, rij 3, kolom kvk: hier staat "12345678". Dit staat ook in rij 2. Haal een van de twee rijen weg."#,
                r#"Blad Aanbieders, rij 3, kolom aanbiedernummer: hier staat "7". Dit staat ook in rij 2. Haal een van de twee rijen weg."#,
                r#"Blad Contactpersonen, rij 3, kolom email: hier staat "a@b.example". Dit staat ook in rij 2. Haal een van de twee rijen weg."#,
                r#"Blad Contactpersonen, rij 2, kolom actief_tot_en_met: hier staat "01-01-2026". Deze dag ligt voor de eerste dag. Pas een van de twee aan."#,
            ]
        );
    }

    #[test]
    fn a_professional_is_told_in_one_way_and_a_vog_stands_there_once() {
        let heading = "kvk;personeelsnummer;functiegroep;klantcontact;in_dienst_op;vog_datum;vog_soort;vog_codes\n";
        let rows = "12345678;M-1;medewerker;ja;2026-01-01;2025-12-01;aspect;12,85\n\
                    12345678;M-1;medewerker;nee;2026-01-01;2022-12-01;aspect;12,85\n\
                    12345678;M-1;medewerker;ja;2026-01-01;2025-12-01;aspect;11\n";
        let files = [("VOG-register.csv".to_owned(), format!("{heading}{rows}").into_bytes())];
        let reading = read_vogs(Source::Folder(&files)).unwrap();
        let faults: Vec<(Option<u32>, &Problem)> =
            reading.faults.iter().map(|fault| (fault.place.row, &fault.what)).collect();
        assert_eq!(faults, [(Some(3), &Problem::OtherThanInRow { row: 2 }), (Some(4), &Problem::Duplicate { row: 2 })]);
    }
}
