//! What a provider offers of the catalogue (aanbod van een aanbieder): he ticks products and profiles, the office sees it, and
//! the agreement follows when the contract manager takes it over.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::money::Cents;
use crate::page::{FormErrors, Frame, ProviderLink, Status, Tone};

/// GET and POST `/aanbieders/{nr}/aanbod`
#[derive(Template)]
#[template(path = "agreement/offer.html")]
pub struct OfferPage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub today: NaiveDate,
    /// The catalogue of today, with what is offered of it.
    pub rows: Vec<OfferRow>,
    /// What is offered no more: code, name and last day.
    pub ended: Vec<(String, String, NaiveDate)>,
    /// The reader says what is offered.
    pub states: bool,
    /// The reader lets the agreement follow.
    pub takes_over: bool,
    /// The number of the agreement that runs or is to begin.
    pub agreement: Option<String>,
    pub errors: FormErrors,
    pub done: bool,
}

#[derive(Debug, Clone)]
pub struct OfferRow {
    pub product_id: i64,
    pub code: String,
    pub name: String,
    pub unit: String,
    pub tariff: Option<Cents>,
    /// The profiles it is meant for, and whether it is offered for each.
    pub profiles: Vec<(String, bool)>,
    /// Since when it is offered.
    pub since: Option<NaiveDate>,
    pub agreed: bool,
    /// Another provider delivers it alone.
    pub closed: bool,
}

impl OfferRow {
    pub fn is_offered(&self) -> bool {
        self.profiles.iter().any(|(_, offered)| *offered)
    }
}

impl OfferPage {
    pub fn path(&self) -> String {
        format!("{}/aanbod", self.provider.path())
    }

    fn offered(&self) -> usize {
        self.rows.iter().filter(|row| row.is_offered()).count()
    }

    /// Offered, and not in the agreement.
    fn beyond(&self) -> Vec<&OfferRow> {
        self.rows.iter().filter(|row| row.is_offered() && !row.agreed).collect()
    }

    fn status(&self, row: &OfferRow) -> Status {
        let t = self.frame.t();
        match (row.closed, row.is_offered(), row.agreed) {
            (true, ..) => Status::new(Tone::Idle, fl!(t, "catalogue-offer-closed")),
            (false, true, true) => Status::new(Tone::Ok, fl!(t, "catalogue-offer-agreed")),
            (false, true, false) => Status::new(Tone::Wait, fl!(t, "catalogue-offer-waits")),
            (false, false, true) => Status::new(Tone::Idle, fl!(t, "catalogue-offer-only-agreed")),
            (false, false, false) => Status::new(Tone::Idle, fl!(t, "catalogue-offer-not")),
        }
    }
}
