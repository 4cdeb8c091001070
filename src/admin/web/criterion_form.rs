//! The form of a criterion (formulier van een eis): as it was typed, read into a new version or told what is wrong with it.

use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::amounts::{codes_in, read_euros, typed_euros};
use super::entries::{hidden, too_long};
use crate::money::Cents;
use crate::page::FormErrors;
use crate::page::entry::read_day;
use crate::procedure::criterion::{
    AskMoment, Checker, Criterion, EvidenceKind, Insured, InsuredAmounts, Source, ValidityRule,
};
use crate::procedure::{Domain, Validity};
use crate::text::{Bilingual, Lang};

/// As it was typed, so that it can be shown again; a box that was not ticked is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct CriterionForm {
    #[validate(length(max = 20))]
    pub ingang: String,
    #[validate(length(max = 120))]
    pub naam_nl: String,
    #[validate(length(max = 120))]
    pub naam_en: String,
    #[validate(length(max = 2000))]
    pub tekst_nl: String,
    #[validate(length(max = 2000))]
    pub tekst_en: String,
    #[validate(length(max = 30))]
    pub herkomst: String,
    #[validate(length(max = 1000))]
    pub waarom_nl: String,
    #[validate(length(max = 1000))]
    pub waarom_en: String,
    #[validate(length(max = 30))]
    pub moment: String,
    #[validate(length(max = 30))]
    pub vorm: String,
    #[validate(length(max = 500))]
    pub bewijs_nl: String,
    #[validate(length(max = 500))]
    pub bewijs_en: String,
    #[validate(length(max = 2))]
    pub gelijkwaardig: String,
    #[validate(length(max = 30))]
    pub regel: String,
    #[validate(length(max = 10))]
    pub maanden: String,
    #[validate(length(max = 10))]
    pub zonder_datum: String,
    #[validate(length(max = 30))]
    pub controle: String,
    #[validate(length(max = 2))]
    pub knockout: String,
    #[validate(length(max = 2))]
    pub herstelbaar: String,
    #[validate(length(max = 1000))]
    pub producten: String,
    #[validate(length(max = 20))]
    pub dekking_klein_keer: String,
    #[validate(length(max = 20))]
    pub dekking_klein_jaar: String,
    #[validate(length(max = 20))]
    pub dekking_ander_keer: String,
    #[validate(length(max = 20))]
    pub dekking_ander_jaar: String,
    #[validate(length(max = 2))]
    pub pw: String,
    #[validate(length(max = 2))]
    pub wmo: String,
    #[validate(length(max = 2))]
    pub jeugd: String,
    #[validate(length(max = 2))]
    pub actief: String,
    /// The newest version that was looked at; nought for a criterion that is new.
    #[validate(range(min = 0))]
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

codes! {
    /// How long evidence counts, as a choice; the months stand in fields of their own.
    pub enum RuleChoice {
        ReceivedWithin = "received_within",
        WholeTerm = "whole_term",
        PerApplication = "per_application",
        PerVersion = "per_version",
        UntilItsDate = "until_its_date",
        Months = "months",
        Vog = "vog",
    }
}

/// No evidence counts longer; what is typed above it is a slip.
const MOST_MONTHS: u32 = 240;

impl CriterionForm {
    /// The form of what holds now; its first day is for the user to say.
    pub fn of(criterion: &Criterion, seen: i64) -> CriterionForm {
        let yes = |yes: bool| if yes { "ja".to_owned() } else { String::new() };
        let months = |months: Option<u32>| months.map_or(String::new(), |months| months.to_string());
        let (rule, first, second) = match &criterion.evidence_valid {
            ValidityRule::ReceivedWithin { months } => (RuleChoice::ReceivedWithin, Some(*months), None),
            ValidityRule::WholeTerm { review_months } => (RuleChoice::WholeTerm, *review_months, None),
            ValidityRule::PerApplication {} => (RuleChoice::PerApplication, None, None),
            ValidityRule::PerVersion {} => (RuleChoice::PerVersion, None, None),
            ValidityRule::UntilItsDate { max_months, without_date_months } => {
                (RuleChoice::UntilItsDate, *max_months, *without_date_months)
            }
            ValidityRule::Months { months } => (RuleChoice::Months, Some(*months), None),
            ValidityRule::Vog {} => (RuleChoice::Vog, None, None),
        };
        let note = criterion.note.clone().unwrap_or_default();
        let insured = |amount: fn(&InsuredAmounts) -> Cents| {
            criterion.insured_cents.as_ref().map_or(String::new(), |amounts| typed_euros(amount(amounts)))
        };
        CriterionForm {
            ingang: String::new(),
            naam_nl: criterion.name.nl.clone(),
            naam_en: criterion.name.en.clone(),
            tekst_nl: criterion.text.nl.clone(),
            tekst_en: criterion.text.en.clone(),
            herkomst: criterion.source.to_string(),
            waarom_nl: note.nl,
            waarom_en: note.en,
            moment: criterion.ask.to_string(),
            vorm: criterion.evidence_kind.to_string(),
            bewijs_nl: criterion.evidence.nl.clone(),
            bewijs_en: criterion.evidence.en.clone(),
            gelijkwaardig: yes(criterion.equivalent_allowed),
            regel: rule.to_string(),
            maanden: months(first),
            zonder_datum: months(second),
            controle: criterion.checked_by.to_string(),
            knockout: yes(criterion.knock_out),
            herstelbaar: yes(criterion.repairable),
            producten: criterion.only_products.join(", "),
            dekking_klein_keer: insured(|amounts| amounts.micro.event),
            dekking_klein_jaar: insured(|amounts| amounts.micro.year),
            dekking_ander_keer: insured(|amounts| amounts.other.event),
            dekking_ander_jaar: insured(|amounts| amounts.other.year),
            pw: yes(criterion.domains.contains(&Domain::Pw)),
            wmo: yes(criterion.domains.contains(&Domain::Wmo)),
            jeugd: yes(criterion.domains.contains(&Domain::Jeugd)),
            actief: yes(criterion.active),
            versie: seen,
            actie: Pressed::Gevolgen,
        }
    }

    /// What a criterion that is new begins with.
    pub fn empty() -> CriterionForm {
        let yes = || "ja".to_owned();
        CriterionForm { pw: yes(), actief: yes(), herstelbaar: yes(), ..CriterionForm::default() }
    }

    /// The same with amounts and codes written in one way, so that two forms that say the same are alike.
    pub fn tidy(mut self) -> CriterionForm {
        let amounts = [
            &mut self.dekking_klein_keer,
            &mut self.dekking_klein_jaar,
            &mut self.dekking_ander_keer,
            &mut self.dekking_ander_jaar,
        ];
        for typed in amounts {
            if let Some(amount) = read_euros(typed) {
                *typed = typed_euros(amount);
            }
        }
        self.producten = codes_in(&self.producten).join(", ");
        self
    }

    /// Whether this very form was published as that version: its button was pressed twice.
    pub fn became(&self, one: &Criterion) -> bool {
        let again = CriterionForm { ingang: self.ingang.clone(), ..CriterionForm::of(one, self.versie) };
        let plain = |form: &CriterionForm| -> Vec<(String, String)> {
            let trimmed = |(name, value): (String, String)| (name, value.replace("\r\n", "\n").trim().to_owned());
            hidden(form).into_iter().map(trimmed).collect()
        };
        plain(&again) == plain(self) && read_day(&self.ingang) == Some(one.valid.from())
    }

    /// The new version, or what is wrong at which field. `products` are the codes of the catalogue.
    pub fn read(
        &self,
        lang: Lang,
        today: NaiveDate,
        code: &str,
        base: Option<&Criterion>,
        products: &[String],
    ) -> Result<Criterion, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        let long = too_long(lang, self);
        let mut wrong = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
        let ingang = read_day(&self.ingang).filter(|day| *day > today);
        if ingang.is_none() {
            wrong("ingang", fl!(t, "admin-criterion-first-day-wrong"));
        }
        let mut text = |field: &str, typed: &str, needed: bool| {
            let typed = typed.replace("\r\n", "\n").trim().to_owned();
            if let Some((_, told)) = long.iter().find(|(name, _)| name == field) {
                wrong(field, told.clone());
            } else if needed && typed.is_empty() {
                wrong(field, fl!(t, "admin-text-empty"));
            }
            typed
        };
        let name = Bilingual { nl: text("naam_nl", &self.naam_nl, true), en: text("naam_en", &self.naam_en, true) };
        let words =
            Bilingual { nl: text("tekst_nl", &self.tekst_nl, true), en: text("tekst_en", &self.tekst_en, true) };
        let has_why = !self.waarom_nl.trim().is_empty() || !self.waarom_en.trim().is_empty();
        let why = Bilingual {
            nl: text("waarom_nl", &self.waarom_nl, has_why),
            en: text("waarom_en", &self.waarom_en, has_why),
        };
        let evidence =
            Bilingual { nl: text("bewijs_nl", &self.bewijs_nl, true), en: text("bewijs_en", &self.bewijs_en, true) };
        let mut chosen = |field: &str, known: bool| {
            if !known {
                wrong(field, fl!(t, "admin-choose"));
            }
        };
        let source = self.herkomst.parse::<Source>().ok();
        chosen("herkomst", source.is_some());
        let ask = self.moment.parse::<AskMoment>().ok();
        chosen("moment", ask.is_some());
        let kind = self.vorm.parse::<EvidenceKind>().ok();
        chosen("vorm", kind.is_some());
        let checker = self.controle.parse::<Checker>().ok();
        chosen("controle", checker.is_some());
        let only_products = codes_in(&self.producten);
        // A product that left the catalogue since may stay where it stood.
        let stood = base.map_or(&[][..], |base| base.only_products.as_slice());
        let known = |one: &&String| products.contains(one) || stood.contains(one);
        let unknown: Vec<&str> = only_products.iter().filter(|one| !known(one)).map(String::as_str).collect();
        if let Some((_, told)) = long.iter().find(|(name, _)| name == "producten") {
            wrong("producten", told.clone());
        } else if !unknown.is_empty() {
            wrong("producten", fl!(t, "admin-criterion-products-unknown", codes = unknown.join(", ")));
        }
        let insured_cents = self.insured(lang, &mut errors);
        let rule = self.rule(lang, &mut errors);
        let domains = [(Domain::Pw, &self.pw), (Domain::Wmo, &self.wmo), (Domain::Jeugd, &self.jeugd)];
        let domains: Vec<Domain> =
            domains.into_iter().filter_map(|(domain, typed)| (typed == "ja").then_some(domain)).collect();
        if domains.is_empty() {
            errors.fields.push(("pw".to_owned(), fl!(t, "admin-criterion-no-domain")));
        }
        let valid = ingang.and_then(|first| Validity::new(first, None).ok());
        let (Some(source), Some(ask), Some(kind), Some(checker), Some(rule), Some(valid)) =
            (source, ask, kind, checker, rule, valid)
        else {
            return Err(errors);
        };
        let new = Criterion {
            code: code.to_owned(),
            name,
            text: words,
            evidence,
            evidence_kind: kind,
            evidence_valid: rule,
            insured_cents,
            equivalent_allowed: self.gelijkwaardig == "ja",
            only_products,
            only_when: base.and_then(|base| base.only_when),
            ask,
            checked_by: checker,
            knock_out: self.knockout == "ja",
            repairable: self.herstelbaar == "ja",
            domains,
            active: self.actief == "ja",
            valid,
            source,
            note: has_why.then_some(why),
        };
        if base.is_some_and(|base| Criterion { valid: base.valid, ..new.clone() } == *base) {
            errors.whole.push(fl!(t, "admin-criterion-nothing-changed"));
        }
        if errors.is_empty() { Ok(new) } else { Err(errors) }
    }

    /// The least that must be insured: four amounts, or none.
    fn insured(&self, lang: Lang, errors: &mut FormErrors) -> Option<InsuredAmounts> {
        let fields = [
            ("dekking_klein_keer", &self.dekking_klein_keer),
            ("dekking_klein_jaar", &self.dekking_klein_jaar),
            ("dekking_ander_keer", &self.dekking_ander_keer),
            ("dekking_ander_jaar", &self.dekking_ander_jaar),
        ];
        if fields.iter().all(|(_, typed)| typed.trim().is_empty()) {
            return None;
        }
        let wrong = |field: &str| (field.to_owned(), fl!(lang.texts(), "admin-criterion-amount-wrong"));
        let read = fields.map(|(field, typed)| read_euros(typed).ok_or_else(|| wrong(field)));
        errors.fields.extend(read.iter().filter_map(|one| one.as_ref().err().cloned()));
        let [micro_event, micro_year, other_event, other_year] = read.map(Result::ok);
        Some(InsuredAmounts {
            micro: Insured { event: micro_event?, year: micro_year? },
            other: Insured { event: other_event?, year: other_year? },
        })
    }

    fn rule(&self, lang: Lang, errors: &mut FormErrors) -> Option<ValidityRule> {
        let t = lang.texts();
        let read = |typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => match typed.parse::<u32>() {
                Ok(months) if (1..=MOST_MONTHS).contains(&months) => Ok(Some(months)),
                _ => Err(()),
            },
        };
        let Ok(choice) = self.regel.parse::<RuleChoice>() else {
            errors.fields.push(("regel".to_owned(), fl!(t, "admin-choose")));
            return None;
        };
        let (first, second) = (read(&self.maanden), read(&self.zonder_datum));
        for (field, months) in [("maanden", &first), ("zonder_datum", &second)] {
            if months.is_err() {
                errors.fields.push((field.to_owned(), fl!(t, "admin-criterion-months-wrong", most = MOST_MONTHS)));
            }
        }
        let (first, second) = (first.ok()?, second.ok()?);
        let needs_months = matches!(choice, RuleChoice::ReceivedWithin | RuleChoice::Months);
        if needs_months && first.is_none() {
            errors.fields.push(("maanden".to_owned(), fl!(t, "admin-criterion-months-missing")));
            return None;
        }
        Some(match choice {
            RuleChoice::ReceivedWithin => ValidityRule::ReceivedWithin { months: first? },
            RuleChoice::WholeTerm => ValidityRule::WholeTerm { review_months: first },
            RuleChoice::PerApplication => ValidityRule::PerApplication {},
            RuleChoice::PerVersion => ValidityRule::PerVersion {},
            RuleChoice::UntilItsDate => ValidityRule::UntilItsDate { max_months: first, without_date_months: second },
            RuleChoice::Months => ValidityRule::Months { months: first? },
            RuleChoice::Vog => ValidityRule::Vog {},
        })
    }
}

#[cfg(test)]
mod tests;
