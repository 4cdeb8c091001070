//! The standard texts of one criterion, or of all (standaardteksten): a form with a field for each text, and the day from
//! which they hold.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::tabs::{AdminTabs, Place};
use crate::ids::Sha256Hex;
use crate::page::entry::{Entry, EntryKind, read_day};
use crate::page::{FormErrors, Frame};
use crate::procedure::Validity;
use crate::procedure::standard_texts::{ALL, LONGEST, MOST, StandardTexts};
use crate::text::Lang;

/// GET and POST `/beheer/eisen/{code}/teksten`
#[derive(Template)]
#[template(path = "admin/standard-texts.html")]
pub struct StandardTextsPage {
    pub frame: Frame,
    /// `M13`, or `alle`.
    pub code: String,
    /// Of the criterion; none of all together.
    pub name: Option<String>,
    pub form: TextsForm,
    pub errors: FormErrors,
    /// The newest first: from when, and how many texts.
    pub versions: Vec<(NaiveDate, usize)>,
    pub saved: bool,
}

/// The texts as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextsForm {
    /// First day, as a form takes it.
    pub ingang: String,
    /// One for each field of the form, empty ones too.
    pub texts: Vec<String>,
    /// What stood there when the form was given out.
    pub seen: String,
}

/// The first field that is empty when all are shown: room for so many more than there are.
const ROOM: usize = 3;

impl TextsForm {
    pub fn of(texts: &[String], today: NaiveDate) -> TextsForm {
        TextsForm { ingang: today.to_string(), texts: texts.to_vec(), seen: mark(texts) }
    }

    /// As a browser sends it: `tekst-1`, `tekst-2` and so on.
    pub fn sent(fields: Vec<(String, String)>) -> TextsForm {
        let mut form = TextsForm::default();
        for (name, value) in fields {
            match name.as_str() {
                "ingang" => form.ingang = value,
                "gezien" => form.seen = value,
                name if name.starts_with("tekst-") => form.texts.push(value),
                _ => {}
            }
        }
        form
    }

    /// What was typed as texts of one line each, or all that is wrong with it. The day is today or later.
    pub fn read(&self, lang: Lang, today: NaiveDate, code: &str) -> Result<StandardTexts, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        let from = read_day(&self.ingang);
        match from {
            None => errors.fields.push(("ingang".to_owned(), fl!(t, "admin-day-wrong"))),
            Some(day) if day < today => {
                errors.fields.push(("ingang".to_owned(), fl!(t, "admin-standard-too-early", day = lang.day(today))));
            }
            Some(_) => {}
        }
        let mut texts: Vec<String> = Vec::new();
        for (place, typed) in self.texts.iter().enumerate() {
            let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.chars().count() > LONGEST {
                errors.fields.push((field(place), fl!(t, "admin-text-long", count = LONGEST)));
            }
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        let valid = from.and_then(|from| Validity::new(from, None).ok());
        match valid.filter(|_| errors.is_empty()) {
            Some(valid) => Ok(StandardTexts { code: code.to_owned(), valid, texts }),
            None => Err(errors),
        }
    }
}

/// The same texts have the same mark.
pub fn mark(texts: &[String]) -> String {
    Sha256Hex::of(texts.join("\n").as_bytes()).as_str()[..16].to_owned()
}

fn field(place: usize) -> String {
    format!("tekst-{}", place + 1)
}

impl StandardTextsPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Criteria }
    }

    fn heading(&self) -> String {
        match &self.name {
            Some(name) => fl!(self.frame.t(), "admin-standard-of", name = format!("{} {name}", self.code)),
            None => fl!(self.frame.t(), "admin-standard-of-all"),
        }
    }

    fn is_of_all(&self) -> bool {
        self.code == ALL
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let fields = (self.form.texts.len() + ROOM).min(MOST);
        let of = Some(Lang::Nl).filter(|of| *of != lang);
        let text = |place: usize| {
            let typed = self.form.texts.get(place).map_or("", String::as_str);
            let number = place + 1;
            let label = fl!(t, "admin-standard-text", number = number);
            let area = EntryKind::Area { rows: 2, value: typed.to_owned() };
            Entry { of, ..Entry::new(lang, &field(place), label, area) }.told(&self.errors)
        };
        (0..fields).map(text).collect()
    }

    fn version_lines(&self) -> Vec<String> {
        let line = |&(from, count): &(NaiveDate, usize)| {
            let day = self.frame.lang.day_in_table(from);
            fl!(self.frame.t(), "admin-standard-version", day = day, count = count)
        };
        self.versions.iter().map(line).collect()
    }

    fn day_entry(&self) -> Entry {
        let label = fl!(self.frame.t(), "admin-standard-from");
        Entry::day(self.frame.lang, "ingang", label, &self.form.ingang).told(&self.errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(texts: &[&str], ingang: &str) -> TextsForm {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        TextsForm { ingang: ingang.into(), texts, seen: String::new() }
    }

    #[test]
    fn empty_fields_and_doubles_are_left_out_and_a_line_break_becomes_a_space() {
        let today = "2026-11-18".parse().unwrap();
        let read = form(&["Het stuk is\r\n verlopen.", "", "Het stuk is verlopen."], "2026-11-18").read(
            Lang::Nl,
            today,
            "M13",
        );
        assert_eq!(read.unwrap().texts, ["Het stuk is verlopen."]);
    }

    #[test]
    fn a_day_that_is_past_and_a_text_that_is_too_long_are_told_at_their_fields() {
        let today = "2026-11-18".parse().unwrap();
        let errors = form(&["", &"x".repeat(LONGEST + 1)], "2026-11-17").read(Lang::Nl, today, "M13").unwrap_err();
        let fields: Vec<&str> = errors.fields.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["ingang", "tekst-2"]);
    }
}
