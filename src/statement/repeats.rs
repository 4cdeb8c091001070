//! Rows of the municipality's own file about the same thing (dubbele regels): two that contradict each other are refused,
//! for it cannot be told which is true; one that only repeats another is passed over with a warning.

use std::collections::HashMap;
use std::hash::Hash;

use crate::ids::Kvk;
use crate::sheet::{Line, Place, Remark};
use crate::statement::{
    Concern, ExclusionLine, Fault, ListedClientLine, Municipal, OutflowLine, PlacementLine, Problem, SurveyLine,
    Warning,
};

impl Municipal {
    pub(super) fn without_repeats(mut self, faults: &mut Vec<Fault>, warnings: &mut Vec<Warning>) -> Municipal {
        let mut look = Look { faults, warnings };
        look.at::<OutflowLine, _>(&mut self.outflows, "clientnummer", |line| line.client_ref.clone());
        look.at::<PlacementLine, _>(&mut self.placements, "clientnummer", |line| line.client_ref.clone());
        let about = |line: &ExclusionLine| (line.case_ref.clone(), line.indicator, line.code);
        look.at::<ExclusionLine, _>(&mut self.exclusions, "dossiernummer", about);
        look.at::<ListedClientLine, _>(&mut self.clients, "clientnummer", |line| line.client_ref.clone());
        let about = |line: &SurveyLine| (line.survey.clone(), line.kvk.clone());
        look.at::<SurveyLine, _>(&mut self.surveys, "kvk", about);
        look.at_days(&self.surveys);
        self
    }
}

/// A line that can be held beside another of its sheet.
trait Beside: Line + Clone {
    fn row(&self) -> u32;
    /// The line as if it stood in this row.
    fn in_row(&self, row: u32) -> Self;
    /// How people name what it is about.
    fn shown(&self) -> &str;
}

struct Look<'a> {
    faults: &'a mut Vec<Fault>,
    warnings: &'a mut Vec<Warning>,
}

impl Look<'_> {
    fn at<L: Beside + PartialEq, K: Hash + Eq>(&mut self, lines: &mut Vec<L>, column: &str, about: impl Fn(&L) -> K) {
        let mut first: HashMap<K, L> = HashMap::new();
        lines.retain(|line| {
            let Some(before) = first.get(&about(line)) else {
                first.insert(about(line), line.clone());
                return true;
            };
            let (place, row) = (Place::cell(L::TABLE.name, line.row(), column), before.row());
            match before.in_row(line.row()) == *line {
                true => self.warnings.push(Remark::new(place, line.shown(), Concern::SameAsRow { row })),
                false => self.faults.push(Remark::new(place, line.shown(), Problem::Contradicts { row })),
            }
            false
        });
    }

    /// A survey has one last day, whoever was asked to take part.
    fn at_days(&mut self, surveys: &[SurveyLine]) {
        let mut first: HashMap<&str, &SurveyLine> = HashMap::new();
        for line in surveys {
            let before = *first.entry(&line.survey).or_insert(line);
            if before.due_on != line.due_on {
                let place = Place::cell(SurveyLine::TABLE.name, line.row, "uiterlijk_op");
                self.faults.push(Remark::new(place, &line.survey, Problem::Contradicts { row: before.row }));
            }
        }
    }
}

impl Beside for OutflowLine {
    fn row(&self) -> u32 {
        self.row
    }

    fn in_row(&self, row: u32) -> Self {
        OutflowLine { row, ..self.clone() }
    }

    fn shown(&self) -> &str {
        &self.client_ref
    }
}

impl Beside for PlacementLine {
    fn row(&self) -> u32 {
        self.row
    }

    fn in_row(&self, row: u32) -> Self {
        PlacementLine { row, ..self.clone() }
    }

    fn shown(&self) -> &str {
        &self.client_ref
    }
}

impl Beside for ListedClientLine {
    fn row(&self) -> u32 {
        self.row
    }

    fn in_row(&self, row: u32) -> Self {
        ListedClientLine { row, ..self.clone() }
    }

    fn shown(&self) -> &str {
        &self.client_ref
    }
}

impl Beside for ExclusionLine {
    fn row(&self) -> u32 {
        self.row
    }

    fn in_row(&self, row: u32) -> Self {
        ExclusionLine { row, ..self.clone() }
    }

    fn shown(&self) -> &str {
        &self.case_ref
    }
}

impl Beside for SurveyLine {
    fn row(&self) -> u32 {
        self.row
    }

    fn in_row(&self, row: u32) -> Self {
        SurveyLine { row, ..self.clone() }
    }

    fn shown(&self) -> &str {
        Kvk::as_str(&self.kvk)
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::messages;
    use crate::sheet::Source;
    use crate::statement::{MunicipalReading, read_municipal};

    fn read(files: &[(&str, &str)]) -> MunicipalReading {
        let files: Vec<(String, Vec<u8>)> =
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        read_municipal(Source::Folder(&files)).unwrap()
    }

    #[test]
    fn rows_that_contradict_each_other_are_refused_by_both_rows() {
        let reading = read(&[
            (
                "Uitstroom.csv",
                "clientnummer;uitkering_beeindigd_op;reden\nC-1;1-9-2026;werk\nC-2;1-9-2026;werk\nC-1;2-9-2026;werk\n",
            ),
            ("Plaatsingen.csv", "clientnummer;bevestigd\nC-1;ja\nC-1;nee\n"),
            (
                "Uitsluitingen.csv",
                "dossiernummer;indicator;code;akkoord;reden\nD-1;5;R2;ja;opname\nD-1;5;R2;nee;opname\nD-1;6;R2;nee;x\n",
            ),
            ("Onderzoeken.csv", "onderzoek;uiterlijk_op;kvk\nK;1-9-2026;12345678\nK;2-9-2026;87654321\n"),
        ]);
        let contradicts = |sheet: &str, row: u32, column: &str, found: &str| {
            format!(
                "Blad {sheet}, rij {row}, kolom {column}: hier staat \"{found}\". Rij 2 zegt hierover iets anders. \
                 Haal een van de twee rijen weg, of maak ze gelijk."
            )
        };
        assert_eq!(
            messages(&reading.faults),
            [
                contradicts("Uitstroom", 4, "clientnummer", "C-1"),
                contradicts("Plaatsingen", 3, "clientnummer", "C-1"),
                contradicts("Uitsluitingen", 3, "dossiernummer", "D-1"),
                contradicts("Onderzoeken", 3, "uiterlijk_op", "K"),
            ]
        );
        assert_eq!(reading.municipal, None);
    }

    #[test]
    fn a_row_that_repeats_another_counts_once() {
        let rows = "clientnummer;bevestigd;wachtlijst_dagen\nC-1;ja;3\nC-1;ja;3\n";
        let reading = read(&[("Plaatsingen.csv", rows)]);
        assert_eq!(reading.municipal.unwrap().placements.len(), 1);
        assert_eq!(reading.warnings.len(), 1);
        assert_eq!(reading.warnings[0].place.row, Some(3));
    }
}
