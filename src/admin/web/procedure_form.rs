//! The form of a procedure (formulier van een procedure): as it was typed, read into what is told of it or told what is
//! wrong. A draft may be half done; what everybody reads already may not.

use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::entries::too_long;
use crate::page::FormErrors;
use crate::page::entry::read_day;
use crate::procedure::Domain;
use crate::procedure::admission::{Contact, Details, Entry, Gap, Procedure, Remedy};
use crate::text::{Bilingual, Lang};

/// The place in the address of a procedure that is not made yet; no code of one.
pub const NEW: &str = "nieuw";

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct ProcedureForm {
    #[validate(length(max = 40))]
    pub code: String,
    #[validate(length(max = 120))]
    pub naam_nl: String,
    #[validate(length(max = 120))]
    pub naam_en: String,
    #[validate(length(max = 20))]
    pub domein: String,
    #[validate(length(max = 20))]
    pub toetreding: String,
    #[validate(length(max = 20))]
    pub opent: String,
    #[validate(length(max = 20))]
    pub sluit: String,
    #[validate(length(max = 20))]
    pub rechtsmiddel: String,
    #[validate(length(max = 120))]
    pub rechtbank: String,
    #[validate(length(max = 120))]
    pub contact_naam: String,
    #[validate(length(max = 40))]
    pub contact_telefoon: String,
    #[validate(length(max = 254))]
    pub contact_email: String,
    #[validate(length(max = 2000))]
    pub inleiding_nl: String,
    #[validate(length(max = 2000))]
    pub inleiding_en: String,
    /// The version that was looked at; nought for one that is new.
    #[validate(range(min = 0))]
    pub versie: i32,
}

impl ProcedureForm {
    /// The form of what is told now.
    pub fn of(known: &Procedure) -> ProcedureForm {
        let Details { code, name, domain, entry, opens_on, closes_on, remedy, court, contact, intro } =
            known.details.clone();
        ProcedureForm {
            code,
            naam_nl: name.nl,
            naam_en: name.en,
            domein: domain.to_string(),
            toetreding: entry.to_string(),
            opent: opens_on.map_or(String::new(), |day| day.to_string()),
            sluit: closes_on.map_or(String::new(), |day| day.to_string()),
            rechtsmiddel: remedy.to_string(),
            rechtbank: court,
            contact_naam: contact.name,
            contact_telefoon: contact.phone,
            contact_email: contact.email,
            inleiding_nl: intro.nl,
            inleiding_en: intro.en,
            versie: known.version,
        }
    }

    /// What is told of it from now on, or what is wrong at which field. Of one that is announced its code, its domain and
    /// its days stay as they were.
    pub fn read(&self, lang: Lang, known: Option<&Procedure>) -> Result<Details, FormErrors> {
        let t = lang.texts();
        let announced = known.filter(|one| one.is_public()).map(|one| &one.details);
        let mut errors = FormErrors { fields: too_long(lang, self), whole: Vec::new() };
        let mut say = |field: &str, text: String| {
            if !errors.fields.iter().any(|(told, _)| told == field) {
                errors.fields.push((field.to_owned(), text));
            }
        };
        let text = |typed: &str| typed.replace("\r\n", "\n").trim().to_owned();
        let name = Bilingual { nl: text(&self.naam_nl), en: text(&self.naam_en) };
        if name.nl.is_empty() {
            say("naam_nl", fl!(t, "admin-text-empty"));
        }
        let remedy = self.rechtsmiddel.parse::<Remedy>().ok();
        if remedy.is_none() {
            say("rechtsmiddel", fl!(t, "admin-choose"));
        }
        let email = text(&self.contact_email);
        if !email.is_empty() && !validator::ValidateEmail::validate_email(&email) {
            say("contact_email", fl!(t, "account-email-wrong"));
        }
        let fixed = match announced {
            Some(known) => Some((known.code.clone(), known.domain, known.entry, known.opens_on, known.closes_on)),
            None => self.read_fixed(lang, &mut say),
        };
        let (Some((code, domain, entry, opens_on, closes_on)), Some(remedy)) = (fixed, remedy) else {
            return Err(errors);
        };
        let contact = Contact { name: text(&self.contact_naam), phone: text(&self.contact_telefoon), email };
        let intro = Bilingual { nl: text(&self.inleiding_nl), en: text(&self.inleiding_en) };
        let court = text(&self.rechtbank);
        let details = Details { code, name, domain, entry, opens_on, closes_on, remedy, court, contact, intro };
        if announced.is_some() {
            for gap in details.gaps(1) {
                for (field, _) in self.fields_of(gap).into_iter().filter(|(_, typed)| typed.trim().is_empty()) {
                    say(field, fl!(t, "admin-text-empty"));
                }
            }
        }
        if errors.is_empty() { Ok(details) } else { Err(errors) }
    }

    /// What nobody changes any more once it is announced.
    #[allow(clippy::type_complexity)]
    fn read_fixed(
        &self,
        lang: Lang,
        say: &mut impl FnMut(&str, String),
    ) -> Option<(String, Domain, Entry, Option<chrono::NaiveDate>, Option<chrono::NaiveDate>)> {
        let t = lang.texts();
        let code = self.code.trim().to_owned();
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let good_code = !code.is_empty() && code != NEW && code.bytes().all(plain);
        if !good_code {
            say("code", fl!(t, "admin-procedure-code-wrong"));
        }
        let (domain, entry) = (self.domein.parse::<Domain>().ok(), self.toetreding.parse::<Entry>().ok());
        for (field, chosen) in [("domein", domain.is_some()), ("toetreding", entry.is_some())] {
            if !chosen {
                say(field, fl!(t, "admin-choose"));
            }
        }
        let mut days_read = true;
        let mut day = |field: &str, typed: &str| {
            let read = read_day(typed);
            if read.is_none() && !typed.trim().is_empty() {
                say(field, fl!(t, "admin-day-wrong"));
                days_read = false;
            }
            read
        };
        let (opens_on, closes_on) = (day("opent", &self.opent), day("sluit", &self.sluit));
        if entry == Some(Entry::Continuous) && closes_on.is_some() {
            say("sluit", fl!(t, "admin-procedure-no-last-day"));
            days_read = false;
        } else if opens_on.zip(closes_on).is_some_and(|(opens, closes)| closes < opens) {
            say("sluit", fl!(t, "admin-procedure-days-wrong"));
            days_read = false;
        }
        (good_code && days_read).then_some(())?;
        Some((code, domain?, entry?, opens_on, closes_on))
    }

    /// The fields in which this can be filled in, with what stands in them.
    fn fields_of(&self, gap: Gap) -> Vec<(&'static str, &str)> {
        match gap {
            Gap::Name => vec![("naam_nl", &self.naam_nl), ("naam_en", &self.naam_en)],
            Gap::Intro => vec![("inleiding_nl", &self.inleiding_nl), ("inleiding_en", &self.inleiding_en)],
            Gap::Contact => vec![
                ("contact_naam", &self.contact_naam),
                ("contact_telefoon", &self.contact_telefoon),
                ("contact_email", &self.contact_email),
            ],
            Gap::Court => vec![("rechtbank", &self.rechtbank)],
            // These are no longer asked, or are not of this form.
            Gap::Code | Gap::Days | Gap::Criteria => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::admission::{ProcedureState, first};

    fn known(state: ProcedureState) -> Procedure {
        let mut details = first::usual("M. de Wit", "contract@voorbeeld.example");
        details.contact.phone = "0500 000 001".into();
        let at = "2026-11-18T09:00:00".parse().unwrap();
        let (slug, changed_by) = ("noordermeer".into(), "M. de Wit".into());
        Procedure {
            id: 1,
            municipality_id: 1,
            details,
            slug,
            state,
            version: 3,
            changed_at: at,
            changed_by,
            proposed: None,
        }
    }

    #[test]
    fn a_procedure_comes_back_from_its_form_as_it_was() {
        for state in ProcedureState::ALL {
            let known = known(*state);
            let read = ProcedureForm::of(&known).read(Lang::Nl, Some(&known));
            assert_eq!(read.unwrap_or_else(|told| panic!("{told:?}")), known.details, "{state}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_its_field() {
        let told = ProcedureForm::default().read(Lang::Nl, None).unwrap_err();
        for field in ["code", "naam_nl", "domein", "toetreding", "rechtsmiddel"] {
            assert!(told.at(field).is_some(), "{field}");
        }
        let draft = known(ProcedureState::Draft);
        let wrong = |change: fn(&mut ProcedureForm)| {
            let mut form = ProcedureForm::of(&draft);
            change(&mut form);
            form.read(Lang::Nl, Some(&draft)).unwrap_err()
        };
        for code in ["nieuw", "Met Hoofdletter", "a/b"] {
            let form = ProcedureForm { code: code.into(), ..ProcedureForm::of(&draft) };
            assert!(form.read(Lang::Nl, None).unwrap_err().at("code").is_some(), "{code}");
        }
        assert!(wrong(|form| form.sluit = "2027-03-31".into()).at("sluit").is_some(), "continuous has no last day");
        assert!(wrong(|form| form.opent = "morgen".into()).at("opent").is_some());
        assert!(wrong(|form| form.contact_email = "geen adres".into()).at("contact_email").is_some());
        assert!(wrong(|form| form.naam_nl = "x".repeat(121)).at("naam_nl").is_some_and(|told| told.contains("120")));
        let backwards = wrong(|form| {
            (form.toetreding, form.opent, form.sluit) = ("fixed".into(), "2027-03-31".into(), "2027-01-01".into());
        });
        assert!(backwards.at("sluit").is_some());
    }

    #[test]
    fn a_draft_may_be_half_done_and_what_is_announced_may_not() {
        let half = |known: &Procedure| {
            let form = ProcedureForm { inleiding_en: String::new(), ..ProcedureForm::of(known) };
            form.read(Lang::Nl, Some(known))
        };
        assert!(half(&known(ProcedureState::Draft)).is_ok());
        assert!(half(&known(ProcedureState::Open)).unwrap_err().at("inleiding_en").is_some());
        let open = known(ProcedureState::Open);
        let form = ProcedureForm { code: "anders".into(), domein: "wmo".into(), ..ProcedureForm::of(&open) };
        assert_eq!(form.read(Lang::Nl, Some(&open)).unwrap(), open.details, "what was announced stays");
    }
}
