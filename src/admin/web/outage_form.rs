//! The form of an outage (formulier van een storing): two moments of the Dutch clock and what was down.

use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::entries::too_long;
use crate::calendar::utc;
use crate::page::FormErrors;
use crate::page::entry::{Entry, read_day, read_time};
use crate::text::Lang;

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct OutageForm {
    #[validate(length(max = 20))]
    pub van_dag: String,
    #[validate(length(max = 10))]
    pub van_tijd: String,
    #[validate(length(max = 20))]
    pub tot_dag: String,
    #[validate(length(max = 10))]
    pub tot_tijd: String,
    #[validate(length(max = 500))]
    pub uitleg: String,
    /// Why it is corrected or withdrawn.
    #[validate(length(max = 500))]
    pub reden: String,
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
    Vastleggen,
    /// Back to the form.
    Aanpassen,
    /// Look at what it would do to withdraw it, and withdraw it.
    Weghalen,
    Intrekken,
}

/// What was down; both moments in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub from: NaiveDateTime,
    pub until: Option<NaiveDateTime>,
    pub explanation: String,
}

impl OutageForm {
    /// A new outage, or what is wrong at which field. `now` is in UTC.
    pub fn read(&self, lang: Lang, now: NaiveDateTime) -> Result<Told, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        let from = moment(lang, ["van_dag", "van_tijd"], [&self.van_dag, &self.van_tijd], &mut errors);
        if from.is_some_and(|from| from > now) {
            errors.fields.push(("van_dag".to_owned(), fl!(t, "admin-outage-future")));
        }
        let nothing = self.tot_dag.trim().is_empty() && self.tot_tijd.trim().is_empty();
        let until = if nothing { None } else { self.until(lang, now, from, &mut errors) };
        let explanation = self.uitleg.replace("\r\n", "\n").trim().to_owned();
        if explanation.is_empty() {
            errors.fields.push(("uitleg".to_owned(), fl!(t, "admin-outage-explanation-missing")));
        }
        errors.fields.extend(too_long(lang, self).into_iter().filter(|(field, _)| field == "uitleg"));
        match from {
            Some(from) if errors.is_empty() => Ok(Told { from, until, explanation }),
            _ => Err(errors),
        }
    }

    /// The end of one that is known.
    pub fn read_end(&self, lang: Lang, now: NaiveDateTime, from: NaiveDateTime) -> Result<NaiveDateTime, FormErrors> {
        let mut errors = FormErrors::default();
        let until = self.until(lang, now, Some(from), &mut errors);
        until.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// Why it is corrected or withdrawn, or what is wrong with that.
    pub fn read_reason(&self, lang: Lang) -> Result<String, FormErrors> {
        let reason = self.reden.replace("\r\n", "\n").trim().to_owned();
        let mut errors = FormErrors::default();
        if reason.is_empty() {
            errors.fields.push(("reden".to_owned(), fl!(lang.texts(), "admin-outage-reason-missing")));
        }
        errors.fields.extend(too_long(lang, self).into_iter().filter(|(field, _)| field == "reden"));
        if errors.is_empty() { Ok(reason) } else { Err(errors) }
    }

    fn until(
        &self,
        lang: Lang,
        now: NaiveDateTime,
        from: Option<NaiveDateTime>,
        errors: &mut FormErrors,
    ) -> Option<NaiveDateTime> {
        let t = lang.texts();
        let until = moment(lang, ["tot_dag", "tot_tijd"], [&self.tot_dag, &self.tot_tijd], errors)?;
        if from.is_some_and(|from| until < from) {
            errors.fields.push(("tot_dag".to_owned(), fl!(t, "admin-outage-ends-before")));
        } else if until > now {
            errors.fields.push(("tot_dag".to_owned(), fl!(t, "admin-outage-end-future")));
        }
        Some(until)
    }

    pub fn start(&self, lang: Lang, errors: &FormErrors) -> Vec<Entry> {
        let t = lang.texts();
        vec![
            Entry::day(lang, "van_dag", fl!(t, "admin-outage-from-day"), &self.van_dag).told(errors),
            Entry::time(lang, "van_tijd", fl!(t, "admin-outage-from-time"), &self.van_tijd).told(errors),
        ]
    }

    pub fn end(&self, lang: Lang, errors: &FormErrors) -> Vec<Entry> {
        let t = lang.texts();
        vec![
            Entry::day(lang, "tot_dag", fl!(t, "admin-outage-until-day"), &self.tot_dag).told(errors),
            Entry::time(lang, "tot_tijd", fl!(t, "admin-outage-until-time"), &self.tot_tijd).told(errors),
        ]
    }

    pub fn reason(&self, lang: Lang, errors: &FormErrors) -> Entry {
        Entry::area(lang, "reden", fl!(lang.texts(), "admin-outage-reason"), &self.reden).told(errors)
    }

    pub fn explanation(&self, lang: Lang, errors: &FormErrors) -> Entry {
        let t = lang.texts();
        let entry = Entry::area(lang, "uitleg", fl!(t, "admin-outage-explanation"), &self.uitleg);
        entry.hint(fl!(t, "admin-outage-explanation-hint")).at_most(500).told(errors)
    }
}

/// A moment of the Dutch clock, in UTC; or what is wrong at one of its two fields.
fn moment(lang: Lang, ids: [&str; 2], typed: [&str; 2], errors: &mut FormErrors) -> Option<NaiveDateTime> {
    let (day, time) = (read_day(typed[0]), read_time(typed[1]));
    if day.is_none() {
        errors.fields.push((ids[0].to_owned(), fl!(lang.texts(), "admin-day-wrong")));
    }
    if time.is_none() {
        errors.fields.push((ids[1].to_owned(), fl!(lang.texts(), "admin-time-wrong")));
    }
    Some(utc(day?.and_time(time?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> NaiveDateTime {
        "2026-11-18T12:00:00".parse().unwrap()
    }

    fn form(from: [&str; 2], until: [&str; 2]) -> OutageForm {
        OutageForm {
            van_dag: from[0].into(),
            van_tijd: from[1].into(),
            tot_dag: until[0].into(),
            tot_tijd: until[1].into(),
            uitleg: "De server was stuk.".into(),
            reden: String::new(),
            actie: Pressed::Gevolgen,
        }
    }

    #[test]
    fn the_clock_on_the_wall_is_read_as_utc() {
        let told = form(["2026-11-17", "09:30"], ["18-11-2026", "1.00"]).read(Lang::Nl, now()).unwrap();
        assert_eq!(told.from.to_string(), "2026-11-17 08:30:00");
        assert_eq!(told.until.map(|until| until.to_string()).as_deref(), Some("2026-11-18 00:00:00"));
        assert_eq!(form(["2026-11-17", "09:30"], ["", ""]).read(Lang::Nl, now()).unwrap().until, None);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let told = |from, until| form(from, until).read(Lang::Nl, now()).unwrap_err();
        assert!(told(["gisteren", "09:30"], ["", ""]).at("van_dag").is_some());
        assert!(told(["2026-11-17", "half tien"], ["", ""]).at("van_tijd").is_some());
        assert!(told(["2026-11-19", "09:30"], ["", ""]).at("van_dag").is_some(), "it lies in the future");
        assert!(told(["2026-11-17", "09:30"], ["2026-11-17", ""]).at("tot_tijd").is_some(), "half an end");
        assert!(told(["2026-11-17", "09:30"], ["2026-11-17", "09:00"]).at("tot_dag").is_some());
        assert!(told(["2026-11-17", "09:30"], ["2026-11-19", "09:00"]).at("tot_dag").is_some());
        let silent = OutageForm { uitleg: " ".into(), ..form(["2026-11-17", "09:30"], ["", ""]) };
        assert!(silent.read(Lang::Nl, now()).unwrap_err().at("uitleg").is_some());
    }
}
