//! What a user typed beside his files (het formulier): read into dates and a title, or told what is wrong with it.

use chrono::{Datelike, NaiveDate};
use i18n_embed_fl::fl;
use validator::Validate;

use crate::evidence::Dates;
use crate::evidence::intake::Sent;
use crate::ids::holds_bsn;
use crate::page::FormErrors;
use crate::text::Lang;

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Validate)]
pub struct Typed {
    #[validate(length(max = 120))]
    pub title: String,
    #[validate(length(max = 20))]
    pub dated: String,
    #[validate(length(max = 20))]
    pub valid_until: String,
    #[validate(length(min = 1, max = 80))]
    pub key: String,
}

impl Typed {
    pub fn of(sent: &Sent) -> Typed {
        Typed {
            title: sent.field("naam").to_owned(),
            dated: sent.field("documentdatum").to_owned(),
            valid_until: sent.field("geldig_tot").to_owned(),
            key: sent.field("sleutel").to_owned(),
        }
    }

    /// The dates, or what is wrong at which field.
    pub fn read(&self, lang: Lang) -> Result<Dates, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        let mut wrong = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
        let faults = self.validate().err();
        let too_long = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
        if too_long("title") || self.title.chars().any(char::is_control) {
            wrong("naam", fl!(t, "evidence-wrong-title"));
        } else if holds_bsn(&self.title) {
            wrong("naam", fl!(t, "page-correction-bsn"));
        }
        let (dated, valid_until) = (day(&self.dated), day(&self.valid_until));
        if dated.is_none() {
            wrong("documentdatum", fl!(t, "evidence-wrong-date"));
        }
        match (dated.flatten(), valid_until) {
            (_, None) => wrong("geldig_tot", fl!(t, "evidence-wrong-date")),
            (Some(dated), Some(Some(last))) if last < dated => wrong("geldig_tot", fl!(t, "evidence-ends-before")),
            _ => {}
        }
        if too_long("key") {
            errors.whole.push(fl!(t, "evidence-wrong-key"));
        }
        match errors.is_empty() {
            true => Ok(Dates { document: dated.flatten(), valid_from: None, valid_until: valid_until.flatten() }),
            false => Err(errors),
        }
    }
}

/// A day as a browser sends it or as it is typed by hand; nothing typed is no day, and something else is wrong.
fn day(typed: &str) -> Option<Option<NaiveDate>> {
    if typed.is_empty() {
        return Some(None);
    }
    let read = ["%Y-%m-%d", "%d-%m-%Y"].iter().find_map(|form| NaiveDate::parse_from_str(typed, form).ok());
    read.filter(|day| (1990..=2100).contains(&day.year())).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(dated: &str, valid_until: &str) -> Typed {
        Typed { dated: dated.into(), valid_until: valid_until.into(), key: "k".into(), ..Typed::default() }
    }

    #[test]
    fn a_day_is_read_as_a_browser_sends_it_and_as_people_write_it() {
        for written in ["2027-12-31", "31-12-2027"] {
            let dates = typed("", written).read(Lang::Nl).unwrap();
            assert_eq!(dates.valid_until, "2027-12-31".parse().ok());
        }
        assert_eq!(typed("", "").read(Lang::Nl), Ok(Dates::default()));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_its_field() {
        let wrong = Typed { title: "x".repeat(200), ..typed("gisteren", "31-12-27") };
        let fields: Vec<String> = wrong.read(Lang::Nl).unwrap_err().fields.into_iter().map(|(id, _)| id).collect();
        assert_eq!(fields, ["naam", "documentdatum", "geldig_tot"]);
        let numbered = Typed { title: "Dossier 111222333".into(), ..typed("", "") }.read(Lang::Nl).unwrap_err();
        assert!(numbered.at("naam").is_some_and(|told| told.contains("burgerservicenummer")));
        let ends_before = typed("2027-01-01", "2026-12-31").read(Lang::Nl).unwrap_err();
        assert!(ends_before.at("geldig_tot").is_some());
        assert!(!Typed::default().read(Lang::Nl).unwrap_err().whole.is_empty());
    }
}
