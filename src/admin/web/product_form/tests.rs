//! What the form of a product takes, and what it says of the rest.

use super::*;
use crate::procedure::defaults::defaults;

fn around() -> Around {
    let profiles = ["P1", "P2", "P3", "P4", "P5"].map(str::to_owned).to_vec();
    let providers = vec![("90003290".parse().unwrap(), "Beschut & Bekwaam B.V.".to_owned())];
    Around { profiles, providers, codes: vec!["RE-JC".to_owned()], earliest: "2026-11-24".parse().unwrap() }
}

#[test]
fn every_product_of_a_new_installation_comes_back_the_same_from_its_form() {
    for known in &defaults().catalogue.products {
        let usual = &defaults().catalogue.pricing_models[2].instalments;
        let known = match known.pricing {
            Pricing::Instalments => Product { instalments: usual.clone(), ..known.clone() },
            _ => known.clone(),
        };
        let form = ProductForm { ingang: "2027-01-01".to_owned(), ..ProductForm::of(&known, 7) };
        let read = form.read(Lang::Nl, Some(&known), &around()).unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!(Product { valid: known.valid, ..read }, known);
    }
}

#[test]
fn what_is_wrong_is_told_at_its_field() {
    let wrong = ProductForm {
        code: "RE-JC".to_owned(),
        profielen: "P1, P9".to_owned(),
        bekostiging: "instalments".to_owned(),
        termijnen: "40; bij het plan; at the plan\n50; aan het eind; at the end".to_owned(),
        btw: "percent".to_owned(),
        alleen_door: "12345678".to_owned(),
        trede_van: "4".to_owned(),
        trede_tot: "2".to_owned(),
        per_jaar: "veel".to_owned(),
        ingang: "2026-11-01".to_owned(),
        ..ProductForm::default()
    };
    let errors = wrong.read(Lang::Nl, None, &around()).unwrap_err();
    for field in [
        "code",
        "naam_nl",
        "naam_en",
        "domein",
        "eenheid",
        "profielen",
        "termijnen",
        "btw_percent",
        "alleen_door",
        "trede_tot",
        "per_jaar",
        "ingang",
    ] {
        assert!(errors.at(field).is_some(), "{field} in {errors:?}");
    }
}

#[test]
fn quantities_are_read_as_people_write_them() {
    let read = |typed| read_quantity(typed).map(|quantity| quantity.0);
    assert_eq!((read("40"), read("12,5"), read("0.25")), (Some(4_000), Some(1_250), Some(25)));
    for typed in ["", "0", "-1", "1,234", "veel", "12345678"] {
        assert_eq!(read(typed), None, "{typed}");
    }
}
