//! The form of a meeting (formulier van een bijeenkomst): a day and two moments of the Dutch clock, where it is, and what is
//! talked about.

use chrono::NaiveTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{required, too_long};
use crate::calendar::{utc, wall_clock};
use crate::consultation::Meeting;
use crate::consultation::meeting::{self, Plan};
use crate::page::FormErrors;
use crate::page::entry::{Entry, read_day, read_time};
use crate::text::Lang;

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct MeetingForm {
    pub versie: i32,
    #[validate(length(max = 20))]
    pub dag: String,
    #[validate(length(max = 10))]
    pub van: String,
    #[validate(length(max = 10))]
    pub tot: String,
    #[validate(length(max = 200))]
    pub plaats: String,
    #[validate(length(max = 500))]
    pub online: String,
    #[validate(length(max = 4000))]
    pub agenda: String,
}

impl MeetingForm {
    pub(super) fn of(meeting: &Meeting) -> MeetingForm {
        let (from, until) = (wall_clock(meeting.starts_at), wall_clock(meeting.ends_at));
        MeetingForm {
            versie: meeting.version,
            dag: from.date().to_string(),
            van: from.format("%H:%M").to_string(),
            tot: until.format("%H:%M").to_string(),
            plaats: meeting.place.clone(),
            online: meeting.online.clone(),
            agenda: meeting.agenda.join("\n"),
        }
    }

    pub fn read(&self, lang: Lang) -> Result<Plan, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        let day = read_day(&self.dag);
        if day.is_none() {
            errors.fields.push(("dag".to_owned(), fl!(t, "consultation-day-wrong")));
        }
        let mut time = |field: &str, typed: &str| -> Option<NaiveTime> {
            let read = read_time(typed);
            if read.is_none() {
                errors.fields.push((field.to_owned(), fl!(t, "consultation-time-wrong")));
            }
            read
        };
        let (from, until) = (time("van", &self.van), time("tot", &self.tot));
        if from.zip(until).is_some_and(|(from, until)| until <= from) {
            errors.fields.push(("tot".to_owned(), fl!(t, "consultation-ends-before")));
        }
        if self.plaats.trim().is_empty() && self.online.trim().is_empty() {
            errors.fields.push(("plaats".to_owned(), fl!(t, "consultation-refused-place")));
        }
        if !self.online.trim().is_empty() && !self.online.trim().starts_with("https://") {
            errors.fields.push(("online".to_owned(), fl!(t, "consultation-online-wrong")));
        }
        required(lang, &mut errors, ("agenda", fl!(t, "consultation-agenda")), &self.agenda);
        errors.fields.extend(too_long(lang, self));
        match (day, from, until) {
            (Some(day), Some(from), Some(until)) if errors.is_empty() => Ok(Plan {
                starts_at: utc(day.and_time(from)),
                ends_at: utc(day.and_time(until)),
                place: self.plaats.trim().to_owned(),
                online: self.online.trim().to_owned(),
                agenda: meeting::points(&self.agenda),
            }),
            _ => Err(errors),
        }
    }

    pub fn moment(&self, lang: Lang, errors: &FormErrors) -> Vec<Entry> {
        let t = lang.texts();
        vec![
            Entry::day(lang, "dag", fl!(t, "consultation-day"), &self.dag).told(errors),
            Entry::time(lang, "van", fl!(t, "consultation-time-from"), &self.van).told(errors),
            Entry::time(lang, "tot", fl!(t, "consultation-time-until"), &self.tot).told(errors),
        ]
    }

    pub fn about(&self, lang: Lang, errors: &FormErrors) -> Vec<Entry> {
        let t = lang.texts();
        vec![
            Entry::line(lang, "plaats", fl!(t, "consultation-place"), &self.plaats).told(errors),
            Entry::line(lang, "online", fl!(t, "consultation-online"), &self.online)
                .hint(fl!(t, "consultation-online-hint"))
                .told(errors),
            Entry::area(lang, "agenda", fl!(t, "consultation-agenda"), &self.agenda)
                .hint(fl!(t, "consultation-agenda-hint"))
                .told(errors),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(from: &str, until: &str, online: &str) -> MeetingForm {
        MeetingForm {
            versie: 1,
            dag: "18-11-2026".into(),
            van: from.into(),
            tot: until.into(),
            plaats: String::new(),
            online: online.into(),
            agenda: "Opening\r\n\r\n Voorstellen ".into(),
        }
    }

    #[test]
    fn the_clock_on_the_wall_is_read_as_utc_and_every_line_is_a_point() {
        let plan = form("14:00", "15.30", "https://vergaderen.example").read(Lang::Nl).unwrap();
        assert_eq!(plan.starts_at.to_string(), "2026-11-18 13:00:00");
        assert_eq!(plan.agenda, ["Opening", "Voorstellen"]);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let told = |from, until, online| form(from, until, online).read(Lang::Nl).unwrap_err();
        assert!(told("half drie", "15:30", "https://a.example").at("van").is_some());
        assert!(told("14:00", "13:00", "https://a.example").at("tot").is_some());
        assert!(told("14:00", "15:00", "").at("plaats").is_some(), "neither a place nor an address");
        assert!(told("14:00", "15:00", "javascript:alert(1)").at("online").is_some());
    }
}
