//! What only the municipality knows (gemeentebestand): outflow, placements, exclusions, surveys and whose clients they are, read with the same
//! care as a provider's statement.

use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::remark::{Fault, Problem, Warning};
use super::sheets::ASIDE;
use crate::client::BenefitEndReason;
use crate::ids::Kvk;
use crate::sheet::{self, Line, Lists, Place, Refusal, Remark, Source, Table, add_sheet, lay_out, open, read_lines};
use crate::text::Lang;
use crate::trajectory::ExclusionCode;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Municipal {
    pub outflows: Vec<OutflowLine>,
    pub placements: Vec<PlacementLine>,
    pub exclusions: Vec<ExclusionLine>,
    pub surveys: Vec<SurveyLine>,
    pub clients: Vec<ListedClientLine>,
}

/// Sheet `Clienten`: whose client somebody is. It goes before what a provider states, so that no provider chooses who
/// confirms its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedClientLine {
    pub row: u32,
    pub client_ref: String,
    /// The e-mail address of the contact person, in lower case.
    pub contact: String,
}

/// Sheet `Uitstroom`: the benefit of a client ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutflowLine {
    pub row: u32,
    pub client_ref: String,
    pub benefit_ended_on: NaiveDate,
    pub reason: BenefitEndReason,
}

/// Sheet `Plaatsingen`: sheltered work, confirmed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacementLine {
    pub row: u32,
    pub client_ref: String,
    pub confirmed: bool,
    pub waiting_list_days: u32,
}

/// Sheet `Uitsluitingen`: a case that leaves the count of one indicator, or of all when none is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionLine {
    pub row: u32,
    pub case_ref: String,
    /// 1 to 10.
    pub indicator: Option<u8>,
    pub code: ExclusionCode,
    /// Agreed to by the municipality.
    pub agreed: bool,
    pub reason: String,
}

/// Sheet `Onderzoeken`: a survey a provider was asked to take part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyLine {
    pub row: u32,
    pub survey: String,
    pub due_on: NaiveDate,
    pub kvk: Kvk,
    pub took_part_on: Option<NaiveDate>,
}

#[derive(Debug, Clone)]
pub struct MunicipalReading {
    /// None as long as there is one fault.
    pub municipal: Option<Municipal>,
    pub faults: Vec<Fault>,
    pub warnings: Vec<Warning>,
}

pub const TABLES: [&Table; 5] =
    [OutflowLine::TABLE, PlacementLine::TABLE, ExclusionLine::TABLE, SurveyLine::TABLE, ListedClientLine::TABLE];

pub fn read_municipal(source: Source<'_>) -> Result<MunicipalReading, Refusal> {
    let book = open(source)?;
    let (mut faults, mut warnings) = (Vec::new(), Vec::new());
    let found = lay_out(&book, &TABLES, &ASIDE, &mut faults, &mut warnings);
    let municipal = Municipal {
        outflows: read_lines(&found, &mut faults).read,
        placements: read_lines(&found, &mut faults).read,
        exclusions: read_lines(&found, &mut faults).read,
        surveys: read_lines(&found, &mut faults).read,
        clients: read_lines(&found, &mut faults).read,
    };
    let mut faults: Vec<Fault> = faults.into_iter().map(Remark::into).collect();
    let mut warnings: Vec<Warning> = warnings.into_iter().map(Remark::into).collect();
    let municipal = municipal.without_repeats(&mut faults, &mut warnings);
    if faults.is_empty() && municipal == Municipal::default() {
        let first = book.sheets.first().map_or("", |sheet| sheet.name.as_str());
        faults.push(Remark::new(Place::sheet(first), "", Problem::NothingInFile));
    }
    let municipal = Some(municipal).filter(|_| faults.is_empty());
    Ok(MunicipalReading { municipal, faults, warnings })
}

pub fn municipal_template(lang: Lang) -> Vec<u8> {
    sheet::template(&TABLES, &Lists::new(), &[], lang).expect("names are ours and every text fits its cell")
}

/// Reads back as the same, if the rows are numbered from 2 without gaps.
pub fn write_municipal(municipal: &Municipal) -> Vec<u8> {
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        add_sheet(&mut workbook, &municipal.outflows, |_, _| {})?;
        add_sheet(&mut workbook, &municipal.placements, |_, _| {})?;
        add_sheet(&mut workbook, &municipal.exclusions, |_, _| {})?;
        add_sheet(&mut workbook, &municipal.surveys, |_, _| {})?;
        add_sheet(&mut workbook, &municipal.clients, |_, _| {})?;
        workbook.save_to_buffer()
    };
    write().expect("sheet names are ours and every text fits its cell")
}

#[cfg(test)]
mod tests {
    use super::super::example::messages;
    use super::*;

    fn municipal() -> Municipal {
        let day = |text: &str| text.parse().unwrap();
        Municipal {
            outflows: vec![OutflowLine {
                row: 2,
                client_ref: "C-4711".to_owned(),
                benefit_ended_on: day("2026-09-30"),
                reason: BenefitEndReason::OwnFirm,
            }],
            placements: vec![
                PlacementLine { row: 2, client_ref: "C-1".to_owned(), confirmed: true, waiting_list_days: 14 },
                PlacementLine { row: 3, client_ref: "C-2".to_owned(), confirmed: false, waiting_list_days: 0 },
            ],
            exclusions: ExclusionCode::ALL
                .iter()
                .zip(2..)
                .map(|(code, row)| ExclusionLine {
                    row,
                    case_ref: format!("D-{row}"),
                    indicator: (row > 5).then_some(5),
                    code: *code,
                    agreed: row % 2 == 0,
                    reason: "opname".to_owned(),
                })
                .collect(),
            surveys: vec![SurveyLine {
                row: 2,
                survey: "Cliëntervaring 2026".to_owned(),
                due_on: day("2026-09-30"),
                kvk: "12345678".parse().unwrap(),
                took_part_on: None,
            }],
            clients: vec![ListedClientLine {
                row: 2,
                client_ref: "C-4711".to_owned(),
                contact: "a.jansen@noordermeer.example".to_owned(),
            }],
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let reading = read_municipal(Source::File(&write_municipal(&municipal()))).unwrap();
        assert_eq!(messages(&reading.faults), Vec::<String>::new());
        assert_eq!(reading.municipal, Some(municipal()));
    }

    #[test]
    fn csv_may_hold_some_of_the_sheets() {
        let files = [(
            "uitstroom.csv".to_owned(),
            b"Clientnummer;Uitkering beeindigd op;Reden\nC-1;1/9/2026;Eigen bedrijf\n".to_vec(),
        )];
        let municipal = read_municipal(Source::Folder(&files)).unwrap().municipal.unwrap();
        assert_eq!(municipal.outflows[0].reason, BenefitEndReason::OwnFirm);
        assert_eq!(municipal.placements, []);
    }

    #[test]
    fn faults_name_their_cell_here_too() {
        let files = [(
            "Uitsluitingen.csv".to_owned(),
            b"dossiernummer,indicator,code,akkoord,reden\nD-1,11,X9,,te laat\n".to_vec(),
        )];
        assert_eq!(
            messages(&read_municipal(Source::Folder(&files)).unwrap().faults),
            [
                r#"Blad Uitsluitingen, rij 2, kolom indicator: hier staat "11". Vul een heel getal in van 1 tot en met 10."#,
                r#"Blad Uitsluitingen, rij 2, kolom code: hier staat "X9". Kies een van deze woorden: N1, N2, N3, N4, N5, N6, R1, R2, R3, R4, R5, R6."#,
                "Blad Uitsluitingen, rij 2, kolom akkoord: Deze cel is leeg. Vul de cel in.",
            ]
        );
    }

    #[test]
    fn an_empty_template_has_nothing_to_import() {
        let reading = read_municipal(Source::File(&municipal_template(Lang::Nl))).unwrap();
        assert_eq!(messages(&reading.faults), ["Blad Uitstroom: In het bestand staan geen regels."]);
    }
}
