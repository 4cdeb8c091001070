//! The form of a criterion, read and written (formulier van een eis).

use super::*;
use crate::procedure::defaults::defaults;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 18).unwrap()
}

fn products() -> Vec<String> {
    defaults().catalogue.products.iter().map(|one| one.code.clone()).collect()
}

fn typed(one: &Criterion) -> CriterionForm {
    CriterionForm { ingang: "2027-01-01".into(), ..CriterionForm::of(one, 1) }
}

#[test]
fn every_criterion_comes_back_from_its_form_as_it_was() {
    for one in &defaults().criteria {
        let form = CriterionForm { naam_nl: format!("{} anders", one.name.nl), ..typed(one) };
        let read = form.tidy().read(Lang::Nl, today(), &one.code, Some(one), &products());
        let read = read.unwrap_or_else(|told| panic!("{told:?}"));
        let back = Criterion { name: one.name.clone(), valid: one.valid, ..read };
        assert_eq!(&back, one);
    }
}

#[test]
fn a_version_begins_after_today_and_changes_something() {
    let one = &defaults().criteria[0];
    let told = |form: CriterionForm| form.read(Lang::Nl, today(), "M01", Some(one), &products()).unwrap_err();
    assert!(told(typed(one)).whole[0].contains("niets veranderd"));
    for first in ["2026-11-18", "", "morgen"] {
        let form = CriterionForm { ingang: first.into(), naam_nl: "Anders".into(), ..typed(one) };
        assert!(told(form).at("ingang").is_some(), "{first:?}");
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_its_field() {
    let told = CriterionForm::default().read(Lang::Nl, today(), "M25", None, &products()).unwrap_err();
    for field in [
        "ingang",
        "naam_nl",
        "naam_en",
        "tekst_nl",
        "bewijs_en",
        "herkomst",
        "moment",
        "vorm",
        "controle",
        "regel",
        "pw",
    ] {
        assert!(told.at(field).is_some(), "{field}");
    }
    let one = &defaults().criteria[0];
    let form = |maanden: &str, tekst: String| {
        let form = CriterionForm { maanden: maanden.into(), tekst_nl: tekst, ..typed(one) };
        form.read(Lang::Nl, today(), "M01", Some(one), &products()).unwrap_err()
    };
    assert!(form("", "Anders".into()).at("maanden").is_some());
    assert!(form("999", "Anders".into()).at("maanden").is_some());
    assert!(form("6", "x".repeat(2001)).at("tekst_nl").is_some_and(|told| told.contains("2000")));
}

#[test]
fn amounts_are_four_or_none_and_products_are_known() {
    let one = &defaults().criteria[0];
    let told = |form: CriterionForm| form.read(Lang::Nl, today(), "M01", Some(one), &products()).unwrap_err();
    let form = CriterionForm { producten: "bestaat-niet".into(), ..typed(one) };
    assert!(told(form).at("producten").is_some_and(|told| told.contains("bestaat-niet")));
    let form = CriterionForm { dekking_klein_keer: "1.250.000".into(), ..typed(one) };
    assert!(told(form).at("dekking_ander_jaar").is_some(), "four amounts, or none");
    let four = CriterionForm {
        dekking_klein_keer: "1.250.000".into(),
        dekking_klein_jaar: "2.500.000".into(),
        dekking_ander_keer: "2.500.000".into(),
        dekking_ander_jaar: "5.000.000".into(),
        producten: products()[0].clone(),
        ..typed(one)
    };
    let read = four.read(Lang::Nl, today(), "M01", Some(one), &products()).unwrap();
    assert_eq!(read.insured_cents.map(|amounts| amounts.other.year), Some(Cents(500_000_000)));
    assert_eq!(read.only_products, products()[..1]);
}
