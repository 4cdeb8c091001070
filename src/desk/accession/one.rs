//! The page of one offer to one provider (één toetreding): who signed, the file that was signed elsewhere, the history.

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use super::offered::{Offered, places};
use super::status;
use crate::actor::Role;
use crate::agreement::offer::uploading::{OddDay, odd_days};
use crate::agreement::offer::words::found;
use crate::agreement::offer::{PartyState, Upload, office_path};
use crate::calendar::wall_clock;
use crate::evidence::apart::PAGES_DRAWN;
use crate::evidence::signed::{Finding, PdfSignature};
use crate::page::{Day, FormErrors, Frame, Moment, ProviderLink, Status, Tone};

/// GET `/toetreding/{id}`. The form posts `versie`, `reden` and `oordeel` to `…/bestand`.
#[derive(Template)]
#[template(path = "accession/one.html")]
pub struct OnePage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub offered: Offered,
    pub provider: ProviderLink,
    pub role: Role,
    pub reason: String,
    /// The file may be opened: it was scanned.
    pub opens: bool,
    /// How many pages it has that can be looked at here.
    pub pages: i64,
}

impl OnePage {
    fn path(&self) -> String {
        office_path(self.offered.party.id)
    }

    fn status(&self) -> Status {
        status(self.frame.lang, &self.offered.party)
    }

    fn places(&self) -> Vec<(String, Status, Option<String>)> {
        places(&self.offered, self.frame.lang)
    }

    fn at(&self, at: &NaiveDateTime) -> Moment {
        self.frame.moment(&wall_clock(*at))
    }

    fn starts_on(&self) -> Day {
        self.frame.day(&self.offered.starts_on())
    }

    fn upload(&self) -> Option<&Upload> {
        self.offered.uploads.first()
    }

    /// Who brought the file, and what he is.
    fn brought_by(&self, upload: &Upload) -> String {
        match upload.position.as_str() {
            "" => upload.by.clone(),
            position => format!("{}, {position}", upload.by),
        }
    }

    /// What is odd about the days of the file.
    fn odd_days(&self, upload: &Upload) -> Vec<String> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let words = |odd: OddDay| match odd {
            OddDay::BeforeOffer(day) => fl!(t, "offer-file-before-offer", day = lang.day(day)),
            OddDay::AfterReceipt(day) => fl!(t, "offer-file-after-receipt", day = lang.day(day)),
        };
        odd_days(&self.offered.offer, upload).into_iter().map(words).collect()
    }

    /// The pages as pictures: the number, the address, and whether it is fetched only once it comes into view.
    fn pictures(&self) -> Vec<(i64, String, bool)> {
        let drawn = if self.opens { self.pages.min(i64::from(PAGES_DRAWN)) } else { 0 };
        (1..=drawn).map(|page| (page, format!("{}/bestand/paginas/{page}", self.path()), page > 1)).collect()
    }

    /// A longer document is read to its end by saving it.
    fn has_more(&self) -> bool {
        self.pages > i64::from(PAGES_DRAWN)
    }

    /// What was read of a signature: who and when, whether the file is what was signed, and who vouches for it.
    fn read(&self, one: &PdfSignature) -> (Status, String, String) {
        let (who, state) = found(self.frame.lang, one);
        let tone = match one.finding {
            Finding::Intact => Tone::Ok,
            Finding::Extended | Finding::Unknown => Tone::Warn,
            Finding::Changed => Tone::Bad,
        };
        (Status::new(tone, state).plain(), who, one.issuer.clone())
    }

    fn decides(&self) -> bool {
        self.role == Role::DecisionMaker && self.offered.party.state == PartyState::Uploaded
    }

    fn may_sign(&self) -> bool {
        self.role == Role::DecisionMaker && self.offered.party.state == PartyState::SignedByProvider
    }

    fn is_signed(&self) -> bool {
        self.offered.party.state == PartyState::Signed
    }

    fn offer_path(&self) -> String {
        format!("/overeenkomsten/{}/aanbod/{}", self.offered.text.code, self.offered.offer.id)
    }
}
