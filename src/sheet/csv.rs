//! Reading CSV files: `;` or `,`, UTF-8 with or without BOM, or Windows-1252. Every file is a sheet.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::open::Refusal;
use super::{Cell, MAX_ROWS, Row, Sheet, Workbook};
use crate::written::composed;

/// Columns that a spreadsheet can hold.
const LAST_COLUMN: usize = 16_384;

pub(super) fn read(files: &[(String, Vec<u8>)]) -> Result<Workbook, Refusal> {
    let mut workbook = Workbook { sheets: Vec::new(), ignored_files: Vec::new() };
    for (path, bytes) in files {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        // Folders, and what an operating system leaves behind in a ZIP.
        if file.is_empty() || file.starts_with('.') || file.starts_with("~$") || path.starts_with("__MACOSX/") {
            continue;
        }
        if !is_text(bytes) {
            workbook.ignored_files.push(file.to_owned());
            continue;
        }
        let name = file.rsplit_once('.').map_or(file, |(name, _)| name).to_owned();
        let rows = read_rows(&name, &decode(bytes))?;
        workbook.sheets.push(Sheet { name, hidden: false, merged: false, rows });
    }
    Ok(workbook)
}

/// No nought bytes, unless a byte order mark explains them.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_some() || !bytes.contains(&0)
}

/// The byte order mark decides; then UTF-8 if it is well formed; then the code page of Western Windows.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    UTF_8
        .decode_without_bom_handling_and_without_replacement(bytes)
        .unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

fn read_rows(sheet: &str, text: &str) -> Result<Vec<Row>, Refusal> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // A spreadsheet writes `sep=;` above the heading as a note to itself, and does not count it as a row.
    let text = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().to_ascii_lowercase().starts_with("sep=") => rest,
        _ => &text,
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut lines_inside_cells = 0;
    for record in reader.records() {
        let record = record.map_err(|_| Refusal::Damaged)?;
        // A record begins where the one before it ended, so the empty lines between them are counted here.
        let (line, start) = record.position().map_or((1, 0), |at| (at.line(), at.byte() as usize));
        let empty = text[start..].chars().take_while(|c| *c == '\n').count() as u64;
        let number = u32::try_from(line + empty - lines_inside_cells).map_err(|_| Refusal::TooLarge)?;
        lines_inside_cells += record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        let cells: Vec<(u16, Cell)> = record
            .iter()
            .take(LAST_COLUMN)
            .enumerate()
            .map(|(column, text)| (column as u16, Cell::Text(composed(text))))
            .filter(|(_, cell)| !cell.is_blank())
            .collect();
        if !cells.is_empty() {
            rows.push(Row { number, cells });
        }
        if rows.len() > MAX_ROWS + 1 {
            return Err(Refusal::TooManyRows { sheet: sheet.to_owned() });
        }
    }
    Ok(rows)
}

/// The one that stands most often in the heading, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let (mut semicolons, mut commas) = (0, 0);
    for c in text.trim_start().chars().take_while(|c| *c != '\n') {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => semicolons += 1,
            ',' if !quoted => commas += 1,
            _ => (),
        }
    }
    if commas > semicolons { b',' } else { b';' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<(u32, Vec<String>)> {
        let book = read(&[("map/Kosten.csv".to_owned(), text.to_vec())]).unwrap();
        assert_eq!(book.sheets[0].name, "Kosten");
        let shown = |row: &Row| (row.number, row.cells.iter().map(|(_, cell)| cell.shown()).collect());
        book.sheets[0].rows.iter().map(shown).collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| cell.to_string()).collect())
    }

    #[test]
    fn semicolons_and_commas_are_told_apart_by_the_heading() {
        assert_eq!(rows(b"a;b\n1,5;2\n"), [row(1, &["a", "b"]), row(2, &["1,5", "2"])]);
        assert_eq!(rows(b"a,b\n1;5,2\n"), [row(1, &["a", "b"]), row(2, &["1;5", "2"])]);
        assert_eq!(rows(b"\"a;x;y\",b,c\n"), [row(1, &["a;x;y", "b", "c"])]);
    }

    #[test]
    fn three_encodings_are_read() {
        assert_eq!(rows("naam;plek\nZoë;Fryslân\n".as_bytes())[1], row(2, &["Zoë", "Fryslân"]));
        assert_eq!(rows("\u{feff}naam;plek\nZoë;€\n".as_bytes()), [row(1, &["naam", "plek"]), row(2, &["Zoë", "€"])]);
        assert_eq!(rows(b"naam;plek\nZo\xEB;\x80\n")[1], row(2, &["Zoë", "€"]));
    }

    #[test]
    fn rows_keep_the_number_that_the_spreadsheet_shows() {
        let text = b"sep=;\r\na;b\r\n\r\n\"two\nlines\";2\r\n;\r\nlast;5\r\n";
        assert_eq!(rows(text), [row(1, &["a", "b"]), row(3, &["two\nlines", "2"]), row(5, &["last", "5"])]);
    }
}
