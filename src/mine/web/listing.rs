//! What a provider tells of itself in the public register (uw gegevens in het register): locations, languages, website and waiting
//! time, on one form.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Serialize;
use validator::Validate;

use crate::ids::holds_bsn;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame};
use crate::provider::listing::{Kept, Listing, Location, Waiting, languages, web_address};
use crate::text::Lang;

/// So many locations fit on the form.
const MOST: usize = 20;

/// GET and POST `/mijn/registergegevens`
#[derive(Template)]
#[template(path = "mine/listing.html")]
pub struct ListingPage {
    pub frame: Frame,
    pub today: NaiveDate,
    /// What everybody reads now; none while nothing was told.
    pub kept: Option<Kept>,
    /// Where the register stands, when there is one.
    pub register: Option<String>,
    pub form: ListingForm,
    pub errors: FormErrors,
    pub done: bool,
}

/// As it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Validate)]
pub struct ListingForm {
    #[validate(nested, length(max = 20))]
    pub locations: Vec<LocationForm>,
    #[validate(length(max = 60))]
    pub languages: Vec<String>,
    #[validate(length(max = 200))]
    pub website: String,
    #[validate(length(max = 5))]
    pub weeks: String,
    /// The waiting time of before still holds today.
    pub still: bool,
    pub version: i32,
    /// An empty location more was asked for.
    pub more: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Validate)]
pub struct LocationForm {
    #[validate(length(max = 120))]
    pub name: String,
    #[validate(length(max = 120))]
    pub street: String,
    #[validate(length(max = 10))]
    pub postcode: String,
    #[validate(length(max = 80))]
    pub place: String,
    pub accessible: bool,
}

impl LocationForm {
    fn texts(&self) -> [(&'static str, &String, u64); 4] {
        [
            ("locatie", &self.name, 120),
            ("straat", &self.street, 120),
            ("postcode", &self.postcode, 10),
            ("plaats", &self.place, 80),
        ]
    }

    fn is_blank(&self) -> bool {
        self.texts().iter().all(|(_, typed, _)| typed.trim().is_empty())
    }
}

impl ListingForm {
    /// What is kept, as it would be typed.
    pub fn of(listing: &Listing, version: i32) -> ListingForm {
        let location = |one: &Location| LocationForm {
            name: one.name.clone(),
            street: one.street.clone(),
            postcode: one.postcode.clone(),
            place: one.place.clone(),
            accessible: one.accessible,
        };
        ListingForm {
            locations: listing.locations.iter().map(location).collect(),
            languages: listing.languages.clone(),
            website: listing.website.clone(),
            weeks: listing.waiting.map(|waiting| waiting.weeks.to_string()).unwrap_or_default(),
            still: false,
            version,
            more: false,
        }
    }

    /// The fields as a browser sends them; the locations carry their number.
    pub fn typed(pairs: &[(String, String)]) -> ListingForm {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, typed)| typed.trim().to_owned()).unwrap_or_default()
        };
        let location = |n: usize| LocationForm {
            name: get(&format!("locatie-{n}")),
            street: get(&format!("straat-{n}")),
            postcode: get(&format!("postcode-{n}")),
            place: get(&format!("plaats-{n}")),
            accessible: get(&format!("toegankelijk-{n}")) == "ja",
        };
        let spoken = pairs.iter().filter(|(name, _)| name == "talen").map(|(_, code)| code.clone());
        ListingForm {
            locations: (0..MOST).map(location).filter(|one| !one.is_blank()).collect(),
            languages: spoken.collect(),
            website: get("website"),
            weeks: get("weken"),
            still: get("nog") == "ja",
            version: get("versie").parse().unwrap_or(0),
            more: get("actie") == "meer",
        }
    }

    /// What is told, or what is wrong at which field. `before` is the waiting time that was told last.
    pub fn read(&self, lang: Lang, today: NaiveDate, before: Option<Waiting>) -> Result<Listing, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        let mut wrong = |field: String, said: String| errors.fields.push((field, said));
        let faulty = self.validate().is_err();
        for (n, one) in self.locations.iter().enumerate() {
            for (name, typed, most) in one.texts() {
                if typed.chars().count() as u64 > most {
                    wrong(format!("{name}-{n}"), fl!(t, "listing-too-long", count = most));
                } else if holds_bsn(typed) {
                    wrong(format!("{name}-{n}"), fl!(t, "listing-bsn"));
                }
            }
            for (name, typed) in [("straat", &one.street), ("plaats", &one.place)] {
                if typed.is_empty() {
                    wrong(format!("{name}-{n}"), fl!(t, "listing-location-missing"));
                }
            }
        }
        if self.languages.iter().any(|code| languages::find(code).is_none()) {
            wrong("talen".to_owned(), fl!(t, "listing-language-wrong"));
        }
        let website = match self.website.is_empty() {
            true => Some(String::new()),
            false => web_address(&self.website).filter(|_| self.website.chars().count() <= 200),
        };
        if website.is_none() {
            wrong("website".to_owned(), fl!(t, "listing-website-wrong"));
        }
        let weeks: Option<u32> = self.weeks.parse().ok().filter(|weeks| *weeks <= 260);
        if !self.weeks.is_empty() && weeks.is_none() {
            wrong("weken".to_owned(), fl!(t, "listing-weeks-wrong"));
        }
        if faulty && errors.is_empty() {
            errors.whole.push(fl!(t, "listing-too-much"));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let location = |one: &LocationForm| Location {
            name: one.name.clone(),
            street: one.street.clone(),
            postcode: one.postcode.to_uppercase(),
            place: one.place.clone(),
            accessible: one.accessible,
        };
        // In the order of the list, each once.
        let spoken = languages::all().iter().filter(|one| self.languages.contains(&one.code));
        Ok(Listing {
            locations: self.locations.iter().map(location).collect(),
            languages: spoken.map(|one| one.code.clone()).collect(),
            website: website.unwrap_or_default(),
            waiting: weeks.map(|weeks| Waiting::told_again(before, weeks, self.still, today)),
        })
    }
}

impl ListingPage {
    /// The locations that were typed, and an empty one where there is none or one more was asked.
    fn places(&self) -> Vec<(usize, Vec<Entry>)> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let mut shown = self.form.locations.clone();
        if shown.is_empty() || (self.form.more && shown.len() < MOST) {
            shown.push(LocationForm::default());
        }
        let entries = |(n, one): (usize, &LocationForm)| {
            let line = |name: &str, label: String, typed: &str| {
                Entry::line(lang, &format!("{name}-{n}"), label, typed).told(&self.errors)
            };
            let all = vec![
                line("locatie", fl!(t, "listing-location-name"), &one.name),
                line("straat", fl!(t, "listing-street"), &one.street),
                line("postcode", fl!(t, "listing-postcode"), &one.postcode),
                line("plaats", fl!(t, "listing-place"), &one.place),
                Entry::tick(lang, &format!("toegankelijk-{n}"), fl!(t, "listing-accessible"), one.accessible),
            ];
            (n + 1, all)
        };
        shown.iter().enumerate().map(entries).collect()
    }

    fn languages_entry(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let choice = |one: &languages::Language| {
            Choice::new(&one.code, one.name.in_lang(lang).to_owned(), self.form.languages.contains(&one.code))
        };
        let choices = EntryKind::Many(languages::all().iter().map(choice).collect());
        Entry::new(lang, "talen", fl!(t, "listing-languages"), choices)
            .hint(fl!(t, "listing-languages-hint"))
            .told(&self.errors)
    }

    fn website_entry(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        Entry::line(lang, "website", fl!(t, "listing-website"), &self.form.website).told(&self.errors)
    }

    fn weeks_entry(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        Entry::line(lang, "weken", fl!(t, "listing-weeks"), &self.form.weeks)
            .hint(fl!(t, "listing-weeks-hint"))
            .told(&self.errors)
    }

    fn waiting(&self) -> Option<Waiting> {
        self.kept.as_ref().and_then(|kept| kept.listing.waiting)
    }

    fn still_entry(&self) -> Option<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let waiting = self.waiting()?;
        let hint = fl!(t, "listing-still-hint", day = lang.day(waiting.told_on));
        Some(Entry::tick(lang, "nog", fl!(t, "listing-still"), self.form.still).hint(hint))
    }

    fn is_old(&self) -> bool {
        self.waiting().is_some_and(|waiting| waiting.is_old(self.today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    fn typed(pairs: &[(&str, &str)]) -> ListingForm {
        let pairs: Vec<_> = pairs.iter().map(|(name, typed)| ((*name).to_owned(), (*typed).to_owned())).collect();
        ListingForm::typed(&pairs)
    }

    #[test]
    fn what_was_kept_is_typed_again_as_it_was() {
        let form = typed(&[
            ("straat-0", "Kade 3"),
            ("postcode-0", "1234 ab"),
            ("plaats-0", "Noordermeer"),
            ("toegankelijk-0", "ja"),
            ("talen", "ti"),
            ("talen", "nl"),
            ("website", "www.werk.example"),
            ("weken", "4"),
        ]);
        let listing = form.read(Lang::Nl, today(), None).unwrap();
        assert_eq!(listing.languages, ["nl", "ti"]);
        assert_eq!(listing.website, "https://www.werk.example");
        assert_eq!(listing.waiting, Some(Waiting { weeks: 4, told_on: today() }));
        let again = ListingForm::of(&listing, 1).read(Lang::Nl, today(), listing.waiting).unwrap();
        assert_eq!(again, listing);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_own_field() {
        let fields = |pairs: &[(&str, &str)]| {
            let errors = typed(pairs).read(Lang::Nl, today(), None).unwrap_err();
            errors.fields.into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        };
        assert_eq!(fields(&[("locatie-0", "Werkplaats"), ("plaats-0", "Noord")]), ["straat-0"]);
        assert_eq!(fields(&[("weken", "veel")]), ["weken"]);
        assert_eq!(fields(&[("weken", "-1")]), ["weken"]);
        assert_eq!(fields(&[("talen", "xx")]), ["talen"]);
        assert_eq!(fields(&[("website", "javascript:alert(1)")]), ["website"]);
        let long = "x".repeat(121);
        assert_eq!(fields(&[("straat-0", &long), ("plaats-0", "Noord")]), ["straat-0"]);
    }

    #[test]
    fn nothing_has_to_be_told() {
        assert_eq!(typed(&[]).read(Lang::Nl, today(), None).unwrap(), Listing::default());
    }
}
