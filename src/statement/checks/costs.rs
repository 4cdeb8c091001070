//! Checks on one cost line by itself, each with its own message (quarter-statement.md, "Checks on cost lines").

use super::super::CostLine;
use super::super::remark::{Concern, Fault, Problem, Warning};
use super::context::{CheckContext, Known, Term};
use super::cost_cell;
use crate::money::Cents;
use crate::sheet::{Line, Place, Remark, name_key, shown_date, shown_hundredths};

pub(super) fn check_line(line: &CostLine, known: &Known<'_>, faults: &mut Vec<Fault>) {
    let mut refuse = |column: &str, found: &str, problem: Problem| {
        faults.push(Remark::new(cost_cell(line, column), found, problem));
    };

    // "binnen de data van het traject"
    match known.cases.get(line.case_ref.as_str()) {
        None => refuse("dossiernummer", &line.case_ref, Problem::UnknownCase),
        Some(case) => {
            if line.from < case.from {
                let start = shown_date(case.from);
                refuse("van", &shown_date(line.from), Problem::BeforeTrajectory { start });
            }
            if let Some(end) = case.until.filter(|end| line.until > *end) {
                let end = shown_date(end);
                refuse("tot", &shown_date(line.until), Problem::AfterTrajectory { end });
            }
        }
    }

    // "en van de overeenkomst"
    match &known.context.agreement {
        None => refuse("van", &shown_date(line.from), Problem::NoAgreement),
        Some(term) if !term.covers(line.from) => {
            refuse("van", &shown_date(line.from), Problem::OutsideAgreement { period: shown_term(term) });
        }
        Some(term) if !term.covers(line.until) => {
            refuse("tot", &shown_date(line.until), Problem::OutsideAgreement { period: shown_term(term) });
        }
        Some(_) => (),
    }

    // "het product in de overeenkomst van de aanbieder"; "het tarief dat geldt op `van`"
    let agreed = known.products.get(line.product.as_str());
    match agreed.is_some_and(|terms| terms.iter().any(|product| product.term.covers(line.from))) {
        false => refuse("product", &line.product, Problem::ProductNotAgreed),
        true => check_tariff(line, known, &mut refuse),
    }

    // "de contactpersoon actief op die dag"
    if !known.contacts.is_empty() {
        match known.contacts.get(line.contact.as_str()) {
            None => refuse("contactpersoon", &line.contact, Problem::UnknownContact),
            Some(terms) if !terms.iter().any(|term| term.covers(line.from)) => {
                let day = shown_date(line.from);
                refuse("contactpersoon", &line.contact, Problem::ContactNotActive { day });
            }
            Some(_) => (),
        }
    }

    // "bedrag = aantal × tarief in centen (half naar boven, per regel)"
    let right = line.quantity.times(line.tariff);
    if line.amount != right {
        let amount = shown_hundredths(right.0);
        refuse("bedrag", &shown_hundredths(line.amount.0), Problem::OtherAmount { amount });
    }

    // "een negatieve regel alleen met corrigeert_regel"
    if line.tariff < Cents(0) {
        refuse("tarief", &shown_hundredths(line.tariff.0), Problem::NegativeTariff);
    }
    if line.amount < Cents(0) && line.corrects.is_none() {
        refuse("corrigeert_regel", "", Problem::NegativeWithoutLine);
    }
}

fn check_tariff(line: &CostLine, known: &Known<'_>, refuse: &mut impl FnMut(&str, &str, Problem)) {
    let day = shown_date(line.from);
    let of_product = known.tariffs.get(line.product.as_str()).map(Vec::as_slice).unwrap_or_default();
    let valid: Vec<_> = of_product.iter().filter(|tariff| tariff.term.covers(line.from)).collect();
    if valid.is_empty() {
        return refuse("tarief", &shown_hundredths(line.tariff.0), Problem::NoTariff { day });
    }
    let unit = name_key(&line.unit);
    let of_unit: Vec<_> = valid.iter().filter(|tariff| name_key(&tariff.unit) == unit).collect();
    let Some(first) = of_unit.first() else {
        let units: Vec<&str> = valid.iter().map(|tariff| tariff.unit.as_str()).collect();
        return refuse("eenheid", &line.unit, Problem::OtherUnit { units: units.join(", ") });
    };
    // "werkelijke kosten tot een grens": what stands in the catalogue is the most that may be charged.
    if known.model(&line.product, line.from).is_some_and(|model| model.up_to) {
        if !of_unit.iter().any(|tariff| line.tariff <= tariff.tariff) {
            let tariff = shown_hundredths(first.tariff.0);
            refuse("tarief", &shown_hundredths(line.tariff.0), Problem::AboveCap { tariff, day });
        }
        return;
    }
    if !of_unit.iter().any(|tariff| tariff.tariff == line.tariff) {
        let tariff = shown_hundredths(first.tariff.0);
        refuse("tarief", &shown_hundredths(line.tariff.0), Problem::OtherTariff { tariff, day });
    }
}

/// "de som tegen hetzelfde kwartaal van vorig jaar, als waarschuwing"
pub(super) fn check_sum(lines: &[CostLine], context: &CheckContext, warnings: &mut Vec<Warning>) {
    let Some(last_year) = context.same_quarter_last_year.filter(|amount| *amount > Cents(0)) else { return };
    let sum: Cents = lines.iter().map(|line| line.amount).sum();
    let difference = i128::from((sum - last_year).0).abs() * 100;
    if difference > i128::from(last_year.0) * i128::from(context.sum_may_differ_pct) {
        let percentage = u32::try_from(difference / i128::from(last_year.0)).unwrap_or(u32::MAX);
        let concern = Concern::FarFromLastYear { last_year: shown_hundredths(last_year.0), percentage };
        warnings.push(Remark::new(Place::sheet(CostLine::TABLE.name), &shown_hundredths(sum.0), concern));
    }
}

fn shown_term(term: &Term) -> String {
    let until = term.until.map(shown_date).unwrap_or_default();
    format!("{} – {until}", shown_date(term.from)).trim_end().to_owned()
}
