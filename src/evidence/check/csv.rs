//! A CSV file (kommagescheiden tekst): text that an eye and a spreadsheet can read, and nothing that a spreadsheet would
//! carry out.

use super::{Checked, Refusal};
use crate::evidence::{Flag, MediaType};
use crate::ids::holds_bsn;

pub(super) fn check(bytes: &[u8]) -> Result<Checked, Refusal> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Windows-1252 knows nearly every byte, so besides UTF-8 only control characters tell that it is no text.
    let control = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n');
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if bytes.iter().any(control) || (std::str::from_utf8(bytes).is_err() && bytes.iter().any(undefined)) {
        return Err(Refusal::CsvNotText);
    }
    let text = String::from_utf8_lossy(bytes);
    if text.trim_start().starts_with(['<', '{']) || text.starts_with("%PDF") {
        return Err(Refusal::NotWhatItSays);
    }
    let mut checked = Checked::plain(MediaType::Csv);
    // A cell at a time: two numbers beside each other are not one.
    if text.split([';', ',', '\t', '\n', '\r']).any(holds_bsn) {
        checked.flags.push(Flag::BsnInside);
    }
    for cell in text.split([';', ',', '\t', '\n', '\r']) {
        let cell = cell.trim_matches(['"', ' ', '\'']);
        let Some(formula) = cell.strip_prefix(['=', '@', '+', '-']) else { continue };
        // `=cmd|' /C calc'!A0` starts a program in a spreadsheet that asks once.
        if formula.contains('|') && formula.contains('!') {
            return Err(Refusal::CsvCommand);
        }
        let amount = formula.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | '%' | '€'));
        if !amount && !checked.flags.contains(&Flag::Formulas) {
            checked.flags.push(Flag::Formulas);
        }
    }
    Ok(checked)
}
