//! What the pages of offering hold (aanbieden): the form with everybody who can be offered the version, the check page that
//! names each, and the page of an offer that was made.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::status;
use super::tariffs::TariffTable;
use crate::agreement::offer::{Offer, Party, PartyState};
use crate::agreement::text::{AgreementText, TextVersion};
use crate::calendar::wall_clock;
use crate::page::entry::read_day;
use crate::page::{FormErrors, Frame, Moment, Status};
use crate::provider::Provider;
use crate::term::Term;

/// GET and POST `/overeenkomsten/{code}/aanbod`. The form posts `versie`, `ingang`, `verplicht`, `aanbieder` and `product`
/// for all that are ticked, and `stap`.
#[derive(Template)]
#[template(path = "accession/offering.html")]
pub struct OfferingPage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub text: AgreementText,
    /// The version that would be offered; none is established yet.
    pub version: Option<TextVersion>,
    /// The versions to choose from, when there are more than one.
    pub versions: Vec<VersionLine>,
    /// The text and its annexes, each with its version.
    pub documents: Vec<(String, i32)>,
    pub term: Term,
    pub lines: Vec<Line>,
    /// Of a deelovereenkomst.
    pub products: Vec<ProductLine>,
    pub starts_on: String,
    /// It is a change that is forced.
    pub forced: bool,
    /// The notice of who does not accept a forced change.
    pub notice_months: u32,
    /// The page on which it is done, after the one on which it was written.
    pub checking: bool,
    /// The reader may offer it.
    pub may: bool,
    /// The offers that were made before, the newest first, each with how many there are of it.
    pub earlier: Vec<(Offer, usize)>,
}

/// A version that can be offered: the one that holds, or one that begins later.
#[derive(Debug, Clone)]
pub struct VersionLine {
    pub number: i32,
    pub words: String,
    pub current: bool,
}

/// A provider on the form.
#[derive(Debug, Clone)]
pub struct Line {
    pub provider_id: i64,
    pub name: String,
    pub kind: String,
    pub is_change: bool,
    /// Why it cannot be offered now.
    pub hindrance: Option<String>,
    pub ticked: bool,
}

#[derive(Debug, Clone)]
pub struct ProductLine {
    pub id: i64,
    pub name: String,
    pub ticked: bool,
}

impl OfferingPage {
    fn path(&self) -> String {
        format!("/overeenkomsten/{}/aanbod", self.text.code)
    }

    fn name(&self) -> &str {
        self.text.title.in_lang(self.frame.lang)
    }

    fn title(&self) -> String {
        match self.checking {
            true => fl!(self.frame.t(), "offer-check-title"),
            false => fl!(self.frame.t(), "offer-new-title"),
        }
    }

    fn ticked(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.ticked)
    }

    fn chosen_products(&self) -> impl Iterator<Item = &ProductLine> {
        self.products.iter().filter(|line| line.ticked)
    }

    /// Whether somebody would be offered a change, so that it can be a forced one.
    fn changes(&self) -> bool {
        self.lines.iter().any(|line| line.hindrance.is_none() && line.is_change)
    }

    /// Whether somebody would be offered a first agreement: only that one needs products.
    fn has_first(&self) -> bool {
        self.lines.iter().any(|line| line.hindrance.is_none() && !line.is_change)
    }

    /// Of those who are ticked: whether some get a first agreement, and whether some get a change.
    fn ticked_first(&self) -> bool {
        self.ticked().any(|line| !line.is_change)
    }

    fn ticked_change(&self) -> bool {
        self.ticked().any(|line| line.is_change)
    }

    /// The first day as it is written elsewhere.
    fn first_day(&self) -> String {
        read_day(&self.starts_on).map_or_else(|| self.starts_on.clone(), |day| self.frame.lang.day(day))
    }

    fn is_form(&self) -> bool {
        self.may && self.version.is_some() && self.lines.iter().any(|line| line.hindrance.is_none())
    }

    fn offered_at(&self, offer: &Offer) -> Moment {
        self.frame.moment(&wall_clock(offer.offered_at))
    }
}

/// GET `/overeenkomsten/{code}/aanbod/{id}`. The form posts `reden` to `…/intrekken`.
#[derive(Template)]
#[template(path = "accession/offer.html")]
pub struct OfferPage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub text: AgreementText,
    pub version: i32,
    pub offer: Offer,
    pub documents: Vec<(String, i32, String)>,
    /// In alphabetical order.
    pub parties: Vec<(Provider, Party)>,
    pub reason: String,
    /// The reader may take it back.
    pub may: bool,
    pub today: NaiveDate,
}

impl OfferPage {
    fn path(&self) -> String {
        format!("/overeenkomsten/{}/aanbod/{}", self.text.code, self.offer.id)
    }

    fn name(&self) -> &str {
        self.text.title.in_lang(self.frame.lang)
    }

    fn status(&self, party: &Party) -> Status {
        status(self.frame.lang, party)
    }

    fn offered_at(&self) -> Moment {
        self.frame.moment(&wall_clock(self.offer.offered_at))
    }

    fn tariffs(&self) -> Option<TariffTable<'_>> {
        let annex = self.offer.tariffs.as_ref()?;
        Some(TariffTable { lang: self.frame.lang, annex, own: Vec::new() })
    }

    fn withdrawn_at(&self) -> Option<(Moment, &str, &str)> {
        let one = self.offer.withdrawn.as_ref()?;
        Some((self.frame.moment(&wall_clock(one.at)), one.by.as_str(), one.reason.as_str()))
    }

    /// How many it can still be taken back from.
    fn open(&self) -> usize {
        let waits = |party: &Party| matches!(party.state, PartyState::Offered | PartyState::Uploaded);
        self.parties.iter().filter(|(_, party)| waits(party)).count()
    }

    fn signed(&self) -> usize {
        self.parties.iter().filter(|(_, party)| party.state == PartyState::Signed).count()
    }

    fn left(&self) -> String {
        self.offer.term.left_in_words(self.frame.lang, self.today)
    }
}
