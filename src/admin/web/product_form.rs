//! The form of a version of a product (formulier van een product): everything as it was typed, and how it is read.

mod wrong;

use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use self::wrong::Wrong;
pub use self::wrong::read_quantity;
use super::amounts::codes_in;
use super::entries::too_long;
use crate::ids::Kvk;
use crate::money::Hundredths;
use crate::page::FormErrors;
use crate::page::entry::read_day;
use crate::procedure::Validity;
use crate::procedure::product::{Instalment, Pricing, Product, Steps, Vat};
use crate::text::{Bilingual, Lang};

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct ProductForm {
    #[validate(length(max = 20))]
    pub code: String,
    #[validate(length(max = 120))]
    pub naam_nl: String,
    #[validate(length(max = 120))]
    pub naam_en: String,
    #[validate(length(max = 10))]
    pub domein: String,
    #[validate(length(max = 20))]
    pub eenheid: String,
    #[validate(length(max = 30))]
    pub bekostiging: String,
    #[validate(length(max = 200))]
    pub profielen: String,
    #[validate(length(max = 10))]
    pub btw: String,
    #[validate(length(max = 5))]
    pub btw_percent: String,
    #[validate(length(max = 12))]
    pub hoogste_aantal: String,
    #[validate(length(max = 5))]
    pub hoogste_maanden: String,
    #[validate(length(max = 5))]
    pub trede_van: String,
    #[validate(length(max = 5))]
    pub trede_tot: String,
    /// The KvK number of the one provider.
    #[validate(length(max = 8))]
    pub alleen_door: String,
    #[validate(length(max = 8))]
    pub plekken: String,
    #[validate(length(max = 12))]
    pub per_jaar: String,
    #[validate(length(max = 2))]
    pub toestemming: String,
    #[validate(length(max = 2))]
    pub resultaten: String,
    /// One instalment on each line: `40; bij een goedgekeurd plan; at the approved plan`.
    #[validate(length(max = 1000))]
    pub termijnen: String,
    #[validate(length(max = 20))]
    pub ingang: String,
    #[validate(length(max = 20))]
    pub tot: String,
    /// The newest version that was there when the form was opened; 0 for a product that is new.
    pub versie: i64,
    #[serde(skip_serializing)]
    pub actie: Pressed,
}

/// The button that was pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressed {
    /// Look at what it would do.
    #[default]
    Gevolgen,
    Publiceren,
    /// Back to the form.
    Aanpassen,
}

/// What the form can choose from.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Codes of the profile scheme; none is not checked.
    pub profiles: Vec<String>,
    /// Providers with an agreement that runs or is to begin, by name.
    pub providers: Vec<(Kvk, String)>,
    /// Codes that are taken.
    pub codes: Vec<String>,
    /// The first day that is free for a new version.
    pub earliest: NaiveDate,
}

/// So many instalments at most.
const MOST_INSTALMENTS: usize = 6;

/// Words that stand in an address where a code stands.
const RESERVED: [&str; 2] = ["nieuw", "matrix"];

impl ProductForm {
    /// The form of the next version of a product.
    pub fn of(known: &Product, version: i64) -> ProductForm {
        let number = |one: Option<u32>| one.map(|one| one.to_string()).unwrap_or_default();
        let quantity =
            |one: Option<Hundredths>| one.map(|one| Lang::Nl.quantity(one).replace('.', "")).unwrap_or_default();
        let yes = |yes: bool| if yes { "ja".to_owned() } else { String::new() };
        let (btw, btw_percent) = match known.vat {
            None => (String::new(), String::new()),
            Some(Vat::Exempt) => ("vrij".to_owned(), String::new()),
            Some(Vat::Percent(pct)) => ("percent".to_owned(), pct.to_string()),
        };
        ProductForm {
            code: known.code.clone(),
            naam_nl: known.name.nl.clone(),
            naam_en: known.name.en.clone(),
            domein: known.domain.to_string(),
            eenheid: known.unit.to_string(),
            bekostiging: known.pricing.to_string(),
            profielen: known.profiles.join(", "),
            btw,
            btw_percent,
            hoogste_aantal: quantity(known.max_quantity),
            hoogste_maanden: number(known.max_months),
            trede_van: number(known.ladder.map(|steps| steps.from.into())),
            trede_tot: number(known.ladder.map(|steps| steps.to.into())),
            alleen_door: known.only_by.as_ref().map(|kvk| kvk.to_string()).unwrap_or_default(),
            plekken: number(known.places),
            per_jaar: quantity(known.yearly),
            toestemming: yes(known.requires_approval),
            resultaten: yes(known.delivers_results),
            termijnen: written_instalments(&known.instalments),
            ingang: String::new(),
            tot: String::new(),
            versie: version,
            actie: Pressed::Gevolgen,
        }
    }

    /// A product that is new, with the usual instalments at hand.
    pub fn empty(usual: &[Instalment]) -> ProductForm {
        ProductForm { toestemming: "ja".to_owned(), termijnen: written_instalments(usual), ..ProductForm::default() }
    }

    /// The version it says, or what is wrong at which field. What is known of the product keeps its code, domain and unit.
    pub fn read(&self, lang: Lang, base: Option<&Product>, around: &Around) -> Result<Product, FormErrors> {
        let t = lang.texts();
        let mut wrong = Wrong { lang, errors: FormErrors { fields: too_long(lang, self), whole: Vec::new() } };
        let code = base.map_or_else(|| self.code.trim().to_owned(), |known| known.code.clone());
        if base.is_none() {
            let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && code.len() >= 2;
            if !plain || RESERVED.contains(&code.to_lowercase().as_str()) {
                wrong.at("code", fl!(t, "catalogue-form-code"));
            } else if around.codes.iter().any(|known| known.eq_ignore_ascii_case(&code)) {
                wrong.at("code", fl!(t, "catalogue-form-code-taken"));
            }
        }
        for (field, text) in [("naam_nl", &self.naam_nl), ("naam_en", &self.naam_en)] {
            if text.trim().is_empty() {
                wrong.at(field, fl!(t, "catalogue-form-name"));
            }
        }
        let domain = base.map(|known| known.domain).or_else(|| wrong.code("domein", &self.domein));
        let unit = base.map(|known| known.unit).or_else(|| wrong.code("eenheid", &self.eenheid));
        let pricing: Option<Pricing> = wrong.code("bekostiging", &self.bekostiging);
        let profiles = codes_in(&self.profielen);
        let unknown: Vec<&str> = profiles
            .iter()
            .filter(|code| !around.profiles.is_empty() && !around.profiles.contains(code))
            .map(String::as_str)
            .collect();
        if !unknown.is_empty() {
            wrong.at("profielen", fl!(t, "catalogue-form-profiles", codes = unknown.join(", ")));
        }
        if profiles.is_empty() && !around.profiles.is_empty() {
            wrong.at("profielen", fl!(t, "catalogue-form-profiles-none"));
        }
        let vat = match self.btw.as_str() {
            "vrij" => Some(Vat::Exempt),
            "percent" => wrong.number("btw_percent", &self.btw_percent, 0, 99).map(Vat::Percent),
            _ => None,
        };
        if self.btw == "percent" && self.btw_percent.trim().is_empty() {
            wrong.at("btw_percent", fl!(t, "catalogue-form-number", least = 0, most = 99));
        }
        let only_by = match self.alleen_door.as_str() {
            "" => None,
            typed => {
                let known = around.providers.iter().find(|(kvk, _)| kvk.as_str() == typed).map(|(kvk, _)| kvk.clone());
                // The one of the version before stays, also when its agreement ended.
                let stays = base.and_then(|known| known.only_by.clone()).filter(|kvk| kvk.as_str() == typed);
                if known.is_none() && stays.is_none() {
                    wrong.at("alleen_door", fl!(t, "catalogue-form-choose"));
                }
                known.or(stays)
            }
        };
        let ladder = self.ladder(&mut wrong);
        let instalments = match pricing {
            Some(Pricing::Instalments) => self.instalments(&mut wrong),
            _ => Vec::new(),
        };
        let from = read_day(&self.ingang);
        match from {
            None => wrong.at("ingang", fl!(t, "catalogue-form-first-day")),
            Some(from) if from < around.earliest => {
                wrong.at("ingang", fl!(t, "catalogue-form-too-early", day = lang.day(around.earliest)));
            }
            Some(_) => {}
        }
        let until = match self.tot.trim() {
            "" => None,
            typed => match read_day(typed).filter(|until| from.is_none_or(|from| *until >= from)) {
                Some(until) => Some(until),
                None => {
                    wrong.at("tot", fl!(t, "catalogue-form-last-day"));
                    None
                }
            },
        };
        let (max_quantity, yearly) =
            (wrong.quantity("hoogste_aantal", &self.hoogste_aantal), wrong.quantity("per_jaar", &self.per_jaar));
        let max_months = wrong.number("hoogste_maanden", &self.hoogste_maanden, 1, 120);
        let places = wrong.number("plekken", &self.plekken, 0, 100_000);
        let valid = from.and_then(|from| Validity::new(from, until).ok());
        match (domain, unit, pricing, valid) {
            (Some(domain), Some(unit), Some(pricing), Some(valid)) if wrong.errors.is_empty() => Ok(Product {
                code,
                name: Bilingual { nl: self.naam_nl.trim().to_owned(), en: self.naam_en.trim().to_owned() },
                domain,
                profiles,
                unit,
                pricing,
                instalments,
                vat,
                max_quantity,
                max_months,
                ladder,
                only_by,
                places,
                yearly,
                requires_approval: self.toestemming == "ja",
                delivers_results: self.resultaten == "ja",
                valid,
            }),
            _ => Err(wrong.errors),
        }
    }

    fn ladder(&self, wrong: &mut Wrong) -> Option<Steps> {
        let (from, to) =
            (wrong.number("trede_van", &self.trede_van, 1, 6), wrong.number("trede_tot", &self.trede_tot, 1, 6));
        let step = |one: u32| u8::try_from(one).unwrap_or(u8::MAX);
        match (from, to) {
            (Some(from), Some(to)) if from <= to => Some(Steps { from: step(from), to: step(to) }),
            (None, None) => None,
            _ => {
                wrong.at("trede_tot", fl!(wrong.lang.texts(), "catalogue-form-ladder"));
                None
            }
        }
    }

    /// Whole percents that make a hundred.
    fn instalments(&self, wrong: &mut Wrong) -> Vec<Instalment> {
        let read = |line: &str| {
            let mut parts = line.split(';').map(str::trim);
            let pct = parts.next()?.trim_end_matches('%').trim().parse().ok()?;
            let (nl, en) = (parts.next()?, parts.next()?);
            let whole = !nl.is_empty() && !en.is_empty() && parts.next().is_none();
            whole.then(|| Instalment { pct, at: Bilingual { nl: nl.to_owned(), en: en.to_owned() } })
        };
        let lines: Vec<&str> = self.termijnen.lines().filter(|line| !line.trim().is_empty()).collect();
        let parts: Vec<Instalment> = lines.iter().filter_map(|line| read(line)).collect();
        let whole: u64 = parts.iter().map(|part| u64::from(part.pct)).sum();
        if parts.len() != lines.len() || parts.len() > MOST_INSTALMENTS || whole != 100 {
            wrong.at("termijnen", fl!(wrong.lang.texts(), "catalogue-form-instalments"));
        }
        parts
    }
}

fn written_instalments(parts: &[Instalment]) -> String {
    parts
        .iter()
        .map(|part| format!("{}; {}; {}\n", part.pct, part.at.nl, part.at.en))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests;
