//! Pages across chapters: the list of providers (aanbieders), always alphabetical and never ranked: in an Open House
//! the client chooses, and the municipality may not steer.

pub mod clients;
pub mod handing_in;
pub mod handlers;
pub mod provider_page;
pub mod sample;
mod sent;

use askama::Template;
use i18n_embed_fl::fl;

use crate::assessment::web::QuarterState;
use crate::ids::Kvk;
use crate::page::{Frame, Paging, ProviderLink, Side, Status, Tone};
use crate::quarter::Quarter;
use crate::statement::web::StatementState;
use crate::text::Lang;
pub use provider_page::ProviderPage;

/// GET `/aanbieders?q=…&kwartaal=2026-3&na=…`.
#[derive(Template)]
#[template(path = "desk/providers.html")]
pub struct ProvidersPage {
    pub frame: Frame,
    pub side: Side,
    /// What was typed in the search box: a name, a KvK number or a provider's own number.
    pub query: String,
    pub quarter: Quarter,
    /// Quarters to choose from, newest first.
    pub quarters: Vec<Quarter>,
    /// How many providers fit the query, over all pages.
    pub found: u64,
    /// This page of them, by name.
    pub rows: Vec<ProviderRow>,
    /// Addresses of the pages before and after, with query and quarter kept.
    pub paging: Paging,
}

#[derive(Debug, Clone)]
pub struct ProviderRow {
    pub provider: ProviderLink,
    /// The municipality's own number of the provider.
    pub number: String,
    pub kvk: Kvk,
    pub agreement: Option<AgreementLine>,
    pub statement: StatementState,
    pub state: QuarterState,
}

/// An agreement in one line.
#[derive(Debug, Clone)]
pub struct AgreementLine {
    pub number: String,
    pub state: AgreementWord,
}

/// How an agreement stands, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreementWord {
    /// Begins on a later day.
    Ahead,
    Active,
    Ended,
}

impl AgreementWord {
    pub fn status(self, lang: Lang) -> Status {
        let t = lang.texts();
        match self {
            AgreementWord::Ahead => Status::new(Tone::Wait, fl!(t, "desk-agreement-ahead")).plain(),
            AgreementWord::Active => Status::new(Tone::Ok, fl!(t, "desk-agreement-active")).plain(),
            AgreementWord::Ended => Status::new(Tone::Idle, fl!(t, "desk-agreement-ended")).plain(),
        }
    }
}

impl ProviderRow {
    fn state(&self, lang: Lang, side: &Side) -> Status {
        self.state.status(lang, *side)
    }
}

impl ProvidersPage {
    fn quarter_path(&self, row: &ProviderRow) -> String {
        row.provider.quarter_path(self.quarter)
    }

    fn title(&self) -> String {
        fl!(self.frame.t(), "desk-providers")
    }
}
