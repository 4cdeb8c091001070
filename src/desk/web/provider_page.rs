//! One provider (aanbieder): the organisation, its agreement and products, and its quarters.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::AgreementWord;
use crate::assessment::web::QuarterState;
use crate::ids::Kvk;
use crate::money::Cents;
use crate::page::{Frame, ProviderLink, Side, Status, Tab};
use crate::quarter::Quarter;
use crate::statement::web::StatementState;
use crate::text::Lang;

/// GET `/aanbieders/{nr}`, tab Overzicht.
#[derive(Template)]
#[template(path = "desk/provider.html")]
pub struct ProviderPage {
    pub frame: Frame,
    pub side: Side,
    pub provider: ProviderLink,
    pub organisation: Organisation,
    pub agreement: Option<AgreementFacts>,
    /// The page with its term and history, for who may read it.
    pub life: Option<String>,
    /// What the provider offers under the agreement.
    pub products: Vec<ProductLine>,
    /// The newest quarters, newest first; the rest is on the other tab.
    pub quarters: Vec<QuarterLine>,
    /// Whether who looks may see the names of clients.
    pub names: bool,
}

/// GET `/aanbieders/{nr}/kwartalen`, tab Kwartalen.
#[derive(Template)]
#[template(path = "desk/quarters.html")]
pub struct QuartersPage {
    pub frame: Frame,
    pub side: Side,
    pub provider: ProviderLink,
    /// All quarters under an agreement, newest first.
    pub quarters: Vec<QuarterLine>,
}

#[derive(Debug, Clone)]
pub struct Organisation {
    pub number: String,
    pub kvk: Kvk,
    pub legal_form: Option<String>,
    pub place: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// The provider's contact person for the municipality.
    pub contact: Option<String>,
}

#[derive(Debug, Clone)]
pub struct AgreementFacts {
    pub number: String,
    pub version: u32,
    pub state: AgreementWord,
    pub active_from: NaiveDate,
    /// None is without an end.
    pub active_until: Option<NaiveDate>,
    /// Codes of the client profiles the provider works with, such as `P1`.
    pub profiles: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct ProductLine {
    /// As a statement names it.
    pub code: String,
    pub name: String,
    /// In words, in the language of the page: `per uur`.
    pub unit: String,
    pub tariff: Cents,
    pub valid_from: NaiveDate,
}

#[derive(Debug, Clone)]
pub struct QuarterLine {
    pub quarter: Quarter,
    pub statement: StatementState,
    pub state: QuarterState,
    pub report: bool,
}

impl ProviderPage {
    /// Who asks for extensions, and who keeps an eye on them; a contact person has a page of his own.
    fn reads_extensions(&self) -> bool {
        self.side != Side::Viewer
    }
}

impl QuarterLine {
    fn path(&self, provider: &ProviderLink) -> String {
        provider.quarter_path(self.quarter)
    }

    fn state(&self, lang: Lang, side: &Side) -> Status {
        self.state.status(lang, *side)
    }
}
