//! The template that a provider downloads (sjabloon), with the head filled in and the municipality's own lists.

use super::sheets::TABLES;
use crate::ids::Kvk;
use crate::quarter::Quarter;
use crate::sheet::{self, Choice, Lists, Value};
use crate::text::Lang;

/// What is known before the provider begins. A list without values gives a free cell.
#[derive(Debug, Clone)]
pub struct TemplateData {
    pub kvk: Kvk,
    pub quarter: Quarter,
    pub profiles: Vec<String>,
    /// Code and name of what the provider offers under its agreement.
    pub products: Vec<(String, String)>,
    pub units: Vec<String>,
    /// E-mail addresses of the municipal contact persons.
    pub contacts: Vec<String>,
}

pub fn template(data: &TemplateData, lang: Lang) -> Vec<u8> {
    let plain = |values: &[String]| values.iter().cloned().map(Choice::from).collect();
    let product = |(code, name): &(String, String)| Choice { value: code.clone(), meaning: Some(name.clone()) };
    let lists = Lists::from([
        ("profiel", plain(&data.profiles)),
        ("product", data.products.iter().map(product).collect()),
        ("eenheid", plain(&data.units)),
        ("contactpersoon", plain(&data.contacts)),
    ]);
    let head =
        [("kvk", Value::Text(data.kvk.as_str().to_owned())), ("kwartaal", Value::Text(data.quarter.to_string()))];
    sheet::template(&TABLES, &lists, &head, lang).expect("names are ours and every text fits its cell")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::super::example::{Example, messages};
    use super::*;
    use crate::sheet::{Cell, Source, open};
    use crate::statement::read;

    fn data() -> TemplateData {
        TemplateData {
            kvk: "12345678".parse().unwrap(),
            quarter: "2026-Q3".parse().unwrap(),
            profiles: vec!["P1".to_owned(), "P2".to_owned()],
            products: [("NM-07", "Jobcoaching"), ("NM-12", "Taal, basis")]
                .map(|(code, name)| (code.to_owned(), name.to_owned()))
                .to_vec(),
            units: vec![],
            contacts: vec!["a.jansen@noordermeer.example".to_owned()],
        }
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
        xml
    }

    #[test]
    fn a_template_sent_back_empty_is_told_what_to_do() {
        let reading = read(Source::File(&template(&data(), Lang::Nl))).unwrap();
        assert_eq!(
            messages(&reading.faults),
            [
                "Blad Opgave, rij 2, kolom nulopgave: In het bestand staan geen regels. Hebt u dit kwartaal niets te melden? Vul hier dan ja in."
            ]
        );
        assert_eq!(reading.warnings, []);
    }

    #[test]
    fn the_template_holds_every_table_and_the_head_is_filled_in() {
        let book = open(Source::File(&template(&data(), Lang::En))).unwrap();
        let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names[..6], TABLES.map(|table| table.name));
        assert_eq!((names[6], names[7], book.sheets[7].hidden), ("Uitleg", "Lijsten", true));
        let row = &book.sheets[0].rows[1];
        assert_eq!(row.cell(0), Some(&Cell::Text("12345678".to_owned())));
        assert_eq!(row.cell(1), Some(&Cell::Text("2026-Q3".to_owned())));
        let explained = book.sheets[6].rows.len();
        assert_eq!(explained, 2 + TABLES.iter().map(|table| table.columns.len()).sum::<usize>());
    }

    #[test]
    fn choices_are_dropped_down_and_headings_explained() {
        let bytes = template(&data(), Lang::Nl);
        let trajectories = part(&bytes, "xl/worksheets/sheet2.xml");
        assert!(trajectories.contains("afgerond,werk,opleiding,uitval,doorgestroomd,anders"));
        assert!(trajectories.contains("Lijsten!$C$1:$C$2"), "products are the third list in order of name");
        assert!(trajectories.contains(r#"state="frozen""#));
        let notes = part(&bytes, "xl/comments2.xml");
        assert!(notes.contains("Het nummer van de cliënt bij de gemeente. Nooit het BSN."));
    }

    #[test]
    fn products_are_named_by_the_code_that_is_asked_for_and_explained_by_their_name() {
        let bytes = template(&data(), Lang::Nl);
        let book = open(Source::File(&bytes)).unwrap();
        let lists = &book.sheets[7];
        let listed: Vec<String> = lists.rows.iter().filter_map(|row| row.cell(2)).map(Cell::shown).collect();
        assert_eq!(listed, ["NM-07", "NM-12"]);
        let products: Vec<_> = book.sheets[6]
            .rows
            .iter()
            .filter(|row| row.cell(1).is_some_and(|column| column.shown() == "product"))
            .map(|row| (row.cell(3).unwrap().shown(), row.cell(4).unwrap().shown()))
            .collect();
        assert_eq!(products.len(), 2, "of trajectories and of costs");
        for (explained, example) in products {
            assert!(explained.ends_with("\nNM-07: Jobcoaching\nNM-12: Taal, basis"), "{explained}");
            assert_eq!(example, "NM-07");
        }
        assert!(part(&bytes, "xl/comments2.xml").contains("NM-07"));
        assert!(!part(&bytes, "xl/comments2.xml").contains("RE-JC"), "a product that this provider does not offer");
    }

    #[test]
    fn the_examples_it_shows_are_read_without_faults() {
        let book = open(Source::File(&template(&data(), Lang::Nl))).unwrap();
        let mut example = Example::new();
        for row in &book.sheets[6].rows[2..] {
            let shown = |column| row.cell(column).map(Cell::shown).unwrap_or_default();
            example = example.with(&shown(0), &shown(1), &shown(4));
        }
        let reading = example.read();
        assert_eq!(messages(&reading.faults), Vec::<String>::new());
        assert!(reading.statement.is_some());
    }
}
