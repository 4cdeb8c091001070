//! What a new installation starts with (`defaults/*.yaml`, embedded in the binary), read strictly: a key that is not
//! known is a fault, and so is a text without its translation.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::criterion::Criterion;
use super::definition::{IndicatorDefinition, LadderStep, WrittenIndicator};
use super::product::{PricingModel, Product, UnitName};
use super::profile::ProfileScheme;
use super::standard_texts::StandardTexts;
use super::terms::Terms;
use super::vog::{VogArea, VogCode, VogRequirement, VogTerms};

/// All domain data that ships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaults {
    pub criteria: Vec<Criterion>,
    pub indicators: Vec<IndicatorDefinition>,
    pub profiles: Profiles,
    pub catalogue: Catalogue,
    pub vog: VogData,
    pub terms: Terms,
    pub standard_texts: Vec<StandardTexts>,
}

/// `profile-schemes.yaml`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profiles {
    pub participation_ladder: Vec<LadderStep>,
    pub schemes: Vec<ProfileScheme>,
}

/// `products.yaml`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    pub units: Vec<UnitName>,
    pub pricing_models: Vec<PricingModel>,
    pub products: Vec<Product>,
}

/// `vog-codes.yaml`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VogData {
    pub areas: Vec<VogArea>,
    pub codes: Vec<VogCode>,
    pub requirements: Vec<VogRequirement>,
    pub terms: VogTerms,
}

static DEFAULTS: LazyLock<Defaults> = LazyLock::new(|| read().expect("the embedded defaults are well formed"));

/// The defaults, parsed once.
pub fn defaults() -> &'static Defaults {
    &DEFAULTS
}

impl Defaults {
    /// The scheme a new installation uses.
    pub fn active_scheme(&self) -> &ProfileScheme {
        self.profiles.schemes.iter().find(|scheme| scheme.active).expect("one of the embedded schemes is active")
    }
}

fn read() -> Result<Defaults, serde_saphyr::Error> {
    Ok(Defaults {
        criteria: parse::<CriteriaFile>(include_str!("../../defaults/criteria.yaml"))?.criteria,
        indicators: parse::<IndicatorsFile>(include_str!("../../defaults/indicators.yaml"))?.indicators,
        profiles: parse(include_str!("../../defaults/profile-schemes.yaml"))?,
        catalogue: parse(include_str!("../../defaults/products.yaml"))?,
        vog: parse(include_str!("../../defaults/vog-codes.yaml"))?,
        terms: parse::<TermsFile>(include_str!("../../defaults/terms.yaml"))?.terms,
        standard_texts: parse::<TextsFile>(include_str!("../../defaults/standard-texts.yaml"))?.standard_texts,
    })
}

fn parse<T: DeserializeOwned>(yaml: &str) -> Result<T, serde_saphyr::Error> {
    serde_saphyr::from_str(yaml)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriteriaFile {
    criteria: Vec<Criterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermsFile {
    terms: Terms,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextsFile {
    standard_texts: Vec<StandardTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorsFile {
    #[serde(deserialize_with = "WrittenIndicator::read_all")]
    indicators: Vec<IndicatorDefinition>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::procedure::definition::TargetKind;
    use crate::procedure::product::{Pricing, Unit};
    use crate::procedure::vog::VogKind;

    fn unique<T: Ord>(codes: impl Iterator<Item = T>) -> BTreeSet<T> {
        let mut seen = BTreeSet::new();
        codes.for_each(|code| assert!(seen.insert(code), "a code stands twice"));
        seen
    }

    #[test]
    fn twenty_four_criteria_have_codes_of_their_own() {
        let criteria = unique(defaults().criteria.iter().map(|criterion| criterion.code.clone()));
        let expected: BTreeSet<String> = (1..=24).map(|number| format!("M{number:02}")).collect();
        assert_eq!(criteria, expected);
    }

    #[test]
    fn standard_texts_are_for_known_criteria_and_fit_into_their_form() {
        use crate::procedure::standard_texts::{ALL, LONGEST, MOST};
        let codes = unique(defaults().standard_texts.iter().map(|one| one.code.clone()));
        let known: BTreeSet<String> = defaults().criteria.iter().map(|one| one.code.clone()).collect();
        assert!(codes.contains(ALL) && codes.iter().all(|code| code == ALL || known.contains(code)), "{codes:?}");
        for one in &defaults().standard_texts {
            assert!((1..=MOST).contains(&one.texts.len()), "{}", one.code);
            assert!(one.texts.iter().all(|text| (20..=LONGEST).contains(&text.chars().count())), "{}", one.code);
        }
    }

    #[test]
    fn ten_indicators_stand_in_order_with_the_targets_of_the_startdocument() {
        let targets: Vec<_> = defaults().indicators.iter().map(|i| (i.code(), i.target.pct)).collect();
        let expected: [Option<u32>; 10] =
            [Some(100), Some(100), Some(80), Some(100), Some(100), Some(80), Some(100), Some(70), None, Some(100)];
        assert_eq!(targets.len(), 10);
        for (number, (code, pct)) in (1..).zip(&targets) {
            assert_eq!((code.as_str(), *pct), (format!("PI{number:02}").as_str(), expected[number - 1]));
        }
        assert_eq!(defaults().indicators[8].target.kind, TargetKind::Monitored);
    }

    #[test]
    fn eight_schemes_have_codes_of_their_own_and_exactly_one_is_active() {
        let schemes = &defaults().profiles.schemes;
        assert_eq!(unique(schemes.iter().map(|scheme| &scheme.code)).len(), 8);
        assert_eq!(schemes.iter().filter(|scheme| scheme.active).count(), 1);
        for scheme in schemes {
            unique(scheme.profiles.iter().map(|profile| &profile.code));
            assert!(scheme.selectable().count() >= 2, "{} has hardly a profile to choose", scheme.code);
        }
    }

    #[test]
    fn the_active_scheme_has_the_five_profiles_on_the_ladder() {
        let ladder = unique(defaults().profiles.participation_ladder.iter().map(|step| step.step));
        assert_eq!(ladder, (1..=6).collect());
        let profiles: Vec<_> = defaults().active_scheme().profiles.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(profiles, ["P1", "P2", "P3", "P4", "P5"]);
        for profile in &defaults().active_scheme().profiles {
            assert!(!profile.ladder.is_empty() && profile.ladder.iter().all(|step| ladder.contains(step)));
        }
    }

    /// Some groups of one source judge people ("niet willen"): they may be read about, never be put on a client.
    #[test]
    fn a_scheme_with_a_warning_keeps_profiles_from_being_chosen() {
        let warned: Vec<_> = defaults().profiles.schemes.iter().filter(|scheme| scheme.warning.is_some()).collect();
        assert_eq!(warned.len(), 1);
        let kept: Vec<_> = warned[0].profiles.iter().filter(|p| !p.selectable).map(|p| p.code.as_str()).collect();
        assert_eq!(kept, ["C", "D"]);
    }

    #[test]
    fn small_counts_of_people_are_left_out() {
        let profiles = defaults().profiles.schemes.iter().flat_map(|scheme| &scheme.profiles);
        assert!(profiles.filter_map(|profile| profile.people).all(|people| people >= 5));
    }

    #[test]
    fn every_product_fits_the_active_scheme_and_every_unit_and_model_has_a_name() {
        let catalogue = &defaults().catalogue;
        let profiles = unique(defaults().active_scheme().profiles.iter().map(|profile| &profile.code));
        let products = unique(catalogue.products.iter().map(|product| product.code.as_str()));
        assert_eq!(products.len(), 21);
        for product in &catalogue.products {
            assert!(!product.profiles.is_empty() && product.profiles.iter().all(|code| profiles.contains(code)));
        }
        assert_eq!(unique(catalogue.units.iter().map(|unit| unit.code)), Unit::ALL.iter().copied().collect());
        let models = unique(catalogue.pricing_models.iter().map(|model| model.code));
        assert_eq!(models, Pricing::ALL.iter().copied().collect());
        for model in &catalogue.pricing_models {
            let whole: u32 = model.instalments.iter().map(|part| part.pct).sum();
            assert_eq!(whole, if model.code == Pricing::Instalments { 100 } else { 0 });
        }
        for criterion in &defaults().criteria {
            assert!(criterion.only_products.iter().all(|code| products.contains(code.as_str())), "{}", criterion.code);
        }
    }

    #[test]
    fn every_code_that_a_vog_rule_names_exists() {
        let vog = &defaults().vog;
        let areas = unique(vog.areas.iter().map(|area| &area.code));
        let codes = unique(vog.codes.iter().map(|code| (code.kind, &code.code)));
        for code in &vog.codes {
            match code.kind {
                VogKind::Aspect => assert!(areas.contains(code.area.as_ref().unwrap()), "aspect {}", code.code),
                VogKind::Profile => assert_eq!(code.area, None, "profile {}", code.code),
            }
        }
        unique(vog.requirements.iter().map(|requirement| &requirement.code));
        for requirement in &vog.requirements {
            assert!(!requirement.any_of.is_empty());
            for set in &requirement.any_of {
                assert!(!set.is_empty() && set.iter().all(|code| codes.contains(&(code.kind, &code.code))));
            }
        }
    }

    /// A noun is stored as JSON, and comes back the same.
    #[test]
    fn every_noun_survives_json() {
        fn same<T: serde::Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(nouns: &[T]) {
            assert!(!nouns.is_empty());
            for noun in nouns {
                let json = serde_json::to_string(noun).unwrap();
                assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), noun);
            }
        }
        let all = defaults();
        same(&all.criteria);
        same(&all.indicators);
        same(&all.profiles.participation_ladder);
        same(&all.profiles.schemes);
        same(&all.catalogue.products);
        same(&all.vog.codes);
        same(&all.vog.requirements);
        same(std::slice::from_ref(&all.vog.terms));
        same(std::slice::from_ref(&all.terms));
    }

    /// The type asks for both languages; this asks that both say something, and not the same for a whole sentence.
    #[test]
    fn every_text_is_there_in_both_languages() {
        let mut texts = Vec::new();
        for file in [
            serde_json::to_value(&defaults().criteria).unwrap(),
            serde_json::to_value(&defaults().indicators).unwrap(),
            serde_json::to_value(&defaults().profiles.participation_ladder).unwrap(),
            serde_json::to_value(&defaults().profiles.schemes).unwrap(),
            serde_json::to_value(&defaults().catalogue.products).unwrap(),
            serde_json::to_value(&defaults().vog.codes).unwrap(),
            serde_json::to_value(&defaults().vog.requirements).unwrap(),
        ] {
            collect(&file, &mut texts);
        }
        assert!(texts.len() > 300, "only {} texts", texts.len());
        for (nl, en) in texts {
            assert!(!nl.trim().is_empty() && !en.trim().is_empty(), "{nl:?} / {en:?}");
            assert!(nl != en || nl.split(' ').count() <= 2, "{nl:?} is not translated");
        }
    }

    fn collect(value: &serde_json::Value, texts: &mut Vec<(String, String)>) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
            serde_json::Value::Object(fields) => match (fields.get("nl"), fields.get("en")) {
                (Some(nl), Some(en)) => {
                    texts.push((nl.as_str().unwrap().to_owned(), en.as_str().unwrap().to_owned()));
                }
                _ => fields.values().for_each(|field| collect(field, texts)),
            },
            _ => {}
        }
    }

    #[test]
    fn an_unknown_key_is_a_fault() {
        let yaml = "units: []\npricing_models: []\nproducts: []\nprices: []\n";
        let fault = parse::<Catalogue>(yaml).unwrap_err().to_string();
        assert!(fault.contains("prices"), "{fault}");
        let nested = "{code: hour, name: {nl: uur, en: hour, fy: oere}}";
        let fault = parse::<UnitName>(nested).unwrap_err().to_string();
        assert!(fault.contains("fy"), "{fault}");
        let rule = "{rule: per_application, months: 3}";
        assert!(parse::<crate::procedure::criterion::ValidityRule>(rule).is_err());
    }

    #[test]
    fn a_text_in_one_language_is_a_fault() {
        let fault = parse::<UnitName>("{code: hour, name: {nl: uur}}").unwrap_err().to_string();
        assert!(fault.contains("en"), "{fault}");
    }
}
