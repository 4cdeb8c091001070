//! The form of a decision (formulier van een collegebesluit), as it was typed and as it is read.

use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::decisions::Belonging;
use super::too_long;
use crate::page::FormErrors;
use crate::page::entry::{Choice, Entry, EntryKind, read_day};
use crate::planning::decisions::{Decision, Refusal, Told};
use crate::text::Lang;

#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DecisionForm {
    #[validate(length(max = 60))]
    pub nummer: String,
    #[validate(length(max = 20))]
    pub datum: String,
    #[validate(length(max = 200))]
    pub onderwerp: String,
    #[validate(length(max = 4000))]
    pub besluit: String,
    /// The code of a procedure.
    #[validate(length(max = 80))]
    pub procedure: String,
    /// The id of a version of a text.
    #[validate(length(max = 20))]
    pub tekst: String,
    /// The day from which criteria hold.
    #[validate(length(max = 20))]
    pub eisen: String,
    #[validate(length(max = 500))]
    pub adres: String,
    /// Why it is entered anew.
    #[validate(length(max = 500))]
    pub reden: String,
    pub versie: i32,
}

impl DecisionForm {
    pub fn of(one: &Decision, belonging: &Belonging) -> DecisionForm {
        let told = &one.told;
        let procedure = belonging.procedures.iter().find(|(id, ..)| Some(*id) == told.procedure_id);
        DecisionForm {
            nummer: told.number.clone(),
            datum: told.decided_on.to_string(),
            onderwerp: told.subject.clone(),
            besluit: told.decided.clone(),
            procedure: procedure.map(|(_, code, _)| code.clone()).unwrap_or_default(),
            tekst: told.text_version_id.map(|id| id.to_string()).unwrap_or_default(),
            eisen: told.criteria_from.map(|day| day.to_string()).unwrap_or_default(),
            adres: told.link.clone(),
            reden: String::new(),
            versie: one.version,
        }
    }

    /// What is told, or what is wrong at which field.
    pub fn read(&self, lang: Lang, belonging: &Belonging) -> Result<Told, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors { fields: too_long(lang, self), whole: Vec::new() };
        let mut wrong = |field: &str, said: String| {
            if errors.at(field).is_none() {
                errors.fields.push((field.to_owned(), said));
            }
        };
        for (field, typed, said) in [
            ("nummer", &self.nummer, fl!(t, "planning-decision-number-empty")),
            ("onderwerp", &self.onderwerp, fl!(t, "planning-decision-subject-empty")),
            ("besluit", &self.besluit, fl!(t, "planning-decision-empty")),
        ] {
            if typed.trim().is_empty() {
                wrong(field, said);
            }
        }
        let day = read_day(&self.datum);
        if day.is_none() {
            wrong("datum", fl!(t, "planning-day-wrong"));
        }
        // What is not on the list of choices was never offered: it is left out there and refused here.
        let chosen = |typed: &str, known: Option<i64>| (typed.is_empty() || known.is_some()).then_some(known);
        let procedure = belonging.procedures.iter().find(|(_, code, _)| *code == self.procedure).map(|(id, ..)| *id);
        let text = belonging.texts.iter().find(|(id, ..)| id.to_string() == self.tekst).map(|(id, ..)| *id);
        let criteria = belonging.criteria.iter().find(|day| day.to_string() == self.eisen).copied();
        let (procedure, text) = (chosen(&self.procedure, procedure), chosen(&self.tekst, text));
        for (field, there) in [
            ("procedure", procedure.is_some()),
            ("tekst", text.is_some()),
            ("eisen", self.eisen.is_empty() || criteria.is_some()),
        ] {
            if !there {
                wrong(field, fl!(t, "planning-decision-choose"));
            }
        }
        match (day, procedure, text) {
            (Some(decided_on), Some(procedure_id), Some(text_version_id)) if errors.is_empty() => Ok(Told {
                number: self.nummer.trim().to_owned(),
                decided_on,
                subject: self.onderwerp.trim().to_owned(),
                decided: self.besluit.replace("\r\n", "\n").trim().to_owned(),
                procedure_id,
                text_version_id,
                criteria_from: criteria,
                link: self.adres.trim().to_owned(),
            }),
            _ => Err(errors),
        }
    }

    /// The field at which a refusal is told, and its words.
    pub fn error(lang: Lang, refusal: &Refusal) -> (String, String) {
        let t = lang.texts();
        let (field, said) = match refusal {
            Refusal::InTheFuture => ("datum", fl!(t, "planning-day-future")),
            Refusal::NumberTaken(_) => ("nummer", fl!(t, "planning-decision-number-taken")),
            Refusal::LinkWrong => ("adres", fl!(t, "planning-decision-link-wrong")),
            Refusal::HoldsBsn => ("besluit", fl!(t, "planning-decision-bsn")),
            Refusal::ReasonMissing => ("reden", fl!(t, "planning-reason-missing")),
            Refusal::Same => ("besluit", fl!(t, "planning-decision-same")),
            Refusal::Incomplete => ("besluit", fl!(t, "planning-decision-empty")),
            Refusal::Unknown => ("procedure", fl!(t, "planning-decision-choose")),
            Refusal::NotFound | Refusal::NotYours | Refusal::ChangedMeanwhile(_) => {
                ("besluit", fl!(t, "planning-changed-meanwhile"))
            }
        };
        (field.to_owned(), said)
    }

    pub fn entries(&self, lang: Lang, belonging: &Belonging, errors: &FormErrors, corrects: bool) -> Vec<Entry> {
        let t = lang.texts();
        let none = |typed: &str| Choice::new("", fl!(t, "planning-decision-none"), typed.is_empty());
        let select = |id: &str, label: String, typed: &str, own: Vec<Choice>| {
            let choices = std::iter::once(none(typed)).chain(own).collect();
            Entry::new(lang, id, label, EntryKind::Select(choices))
        };
        let procedures = belonging.procedures.iter();
        let procedures = procedures.map(|(_, code, name)| Choice::new(code, name.clone(), *code == self.procedure));
        let texts = belonging.texts.iter().map(|(id, name, _)| {
            let value = id.to_string();
            Choice::new(&value, name.clone(), value == self.tekst)
        });
        let criteria = belonging.criteria.iter().map(|day| {
            let value = day.to_string();
            Choice::new(&value, fl!(t, "planning-decision-criteria", day = lang.day(*day)), value == self.eisen)
        });
        let mut entries = vec![
            Entry::line(lang, "nummer", fl!(t, "planning-decision-number"), &self.nummer)
                .hint(fl!(t, "planning-decision-number-hint")),
            Entry::day(lang, "datum", fl!(t, "planning-decision-day"), &self.datum),
            Entry::line(lang, "onderwerp", fl!(t, "planning-decision-subject"), &self.onderwerp),
            Entry::area(lang, "besluit", fl!(t, "planning-decision-decided"), &self.besluit)
                .hint(fl!(t, "planning-decision-decided-hint"))
                .at_most(4000),
            select("procedure", fl!(t, "planning-procedure"), &self.procedure, procedures.collect()),
            select("tekst", fl!(t, "planning-decision-text"), &self.tekst, texts.collect()),
            select("eisen", fl!(t, "planning-decision-criteria-from"), &self.eisen, criteria.collect()),
            Entry::line(lang, "adres", fl!(t, "planning-decision-link"), &self.adres)
                .hint(fl!(t, "planning-decision-link-hint")),
        ];
        if corrects {
            entries.push(Entry::area(lang, "reden", fl!(t, "planning-decision-reason"), &self.reden));
        }
        entries.into_iter().map(|entry| entry.told(errors)).collect()
    }
}
