//! What can be seen of a register without knowing anything else (controles): rows that say the same thing twice or
//! contradict each other, and periods that end before they begin.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::NaiveDate;

use super::{
    AgreementLine, ContactLine, Fault, Problem, ProductLine, ProviderLine, Register, RegisteredLine, TariffLine,
};
use crate::sheet::{Line, Place, Remark, shown_date};

/// Everything that is wrong with the rows of a register among themselves.
pub fn faults(register: &Register) -> Vec<Fault> {
    let mut faults = Vec::new();
    let kvk = |line: &ProviderLine| (line.row, line.kvk.to_string(), line.kvk.to_string());
    twice::<ProviderLine, _>(register.providers.iter().map(kvk), &mut faults);
    let numbered = register.providers.iter().filter_map(|line| Some((line.row, line.number?)));
    twice_in::<ProviderLine, _>("aanbiedernummer", numbered.map(|(row, n)| (row, n, n.to_string())), &mut faults);
    let code = |line: &ProductLine| (line.row, line.code.clone(), line.code.clone());
    twice::<ProductLine, _>(register.products.iter().map(code), &mut faults);
    let price = |line: &TariffLine| (line.row, (line.product.clone(), line.valid_from), line.product.clone());
    twice::<TariffLine, _>(register.tariffs.iter().map(price), &mut faults);
    let version = |line: &AgreementLine| (line.row, (line.number.clone(), line.version), line.number.clone());
    twice::<AgreementLine, _>(register.agreements.iter().map(version), &mut faults);
    let address = |line: &ContactLine| (line.row, line.email.clone(), line.email.clone());
    twice::<ContactLine, _>(register.contacts.iter().map(address), &mut faults);

    for line in &register.tariffs {
        period::<TariffLine>(line.row, "geldig_tot_en_met", line.valid_from, line.valid_until, &mut faults);
        if line.amount.0 < 0 {
            faults.push(at::<TariffLine>(line.row, "tarief", "", Problem::NegativeTariff));
        }
    }
    for line in &register.agreements {
        period::<AgreementLine>(line.row, "actief_tot_en_met", line.active_from, line.active_until, &mut faults);
        if line.products.is_empty() {
            faults.push(at::<AgreementLine>(line.row, "producten", "", Problem::NoProducts));
        }
    }
    for line in &register.contacts {
        period::<ContactLine>(line.row, "actief_tot_en_met", line.active_from, line.active_until, &mut faults);
    }
    faults
}

/// The same for the VOG register: a professional is told in one way, and a VOG stands there once.
pub fn faults_of_vogs(lines: &[RegisteredLine]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut people = HashMap::new();
    for RegisteredLine { kvk, staff } in lines {
        period::<RegisteredLine>(staff.row, "uit_dienst_op", staff.active_from, staff.active_until, &mut faults);
        let told = (staff.kind, staff.client_contact, staff.active_from, staff.active_until);
        let (row, before) = *people.entry((kvk, &staff.staff_ref)).or_insert((staff.row, told));
        if before != told {
            let problem = Problem::OtherThanInRow { row };
            faults.push(at::<RegisteredLine>(staff.row, "personeelsnummer", &staff.staff_ref, problem));
        }
    }
    // A row without a VOG is there once as well.
    let vog = |RegisteredLine { kvk, staff }: &RegisteredLine| {
        let shown = staff.vog.as_ref().map(|vog| (vog.date, vog.kind));
        (staff.row, (kvk.clone(), staff.staff_ref.clone(), shown), staff.staff_ref.clone())
    };
    twice_in::<RegisteredLine, _>("personeelsnummer", lines.iter().map(vog), &mut faults);
    faults
}

/// A fault at a cell of a sheet.
pub fn at<L: Line>(row: u32, column: &str, found: &str, problem: Problem) -> Fault {
    Remark::new(Place::cell(L::TABLE.name, row, column), found, problem)
}

/// Row, key and how the key is shown: by the first column a row is known.
fn twice<L: Line, K: Hash + Eq>(lines: impl Iterator<Item = (u32, K, String)>, faults: &mut Vec<Fault>) {
    twice_in::<L, K>(L::TABLE.columns[0].name, lines, faults);
}

fn twice_in<L: Line, K: Hash + Eq>(
    column: &str,
    lines: impl Iterator<Item = (u32, K, String)>,
    faults: &mut Vec<Fault>,
) {
    let mut seen = HashMap::new();
    for (row, key, shown) in lines {
        let first = *seen.entry(key).or_insert(row);
        if first != row {
            faults.push(at::<L>(row, column, &shown, Problem::Duplicate { row: first }));
        }
    }
}

fn period<L: Line>(row: u32, column: &str, from: NaiveDate, until: Option<NaiveDate>, faults: &mut Vec<Fault>) {
    if let Some(until) = until.filter(|until| *until < from) {
        faults.push(at::<L>(row, column, &shown_date(until), Problem::EndsBeforeItBegins));
    }
}
