//! The addresses of one provider's pages and the tabs between them.

use askama::Template;
use i18n_embed_fl::fl;

use super::Icon;
use crate::quarter::Quarter;
use crate::text::Lang;

/// A provider as pages name it and link to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLink {
    /// The key in the URL: `1042` or `1042-werkpad-noord`.
    pub key: String,
    pub name: String,
}

impl ProviderLink {
    pub fn path(&self) -> String {
        format!("/aanbieders/{}", self.key)
    }

    pub fn quarters_path(&self) -> String {
        format!("/aanbieders/{}/kwartalen", self.key)
    }

    pub fn quarter_path(&self, quarter: Quarter) -> String {
        format!("/aanbieders/{}/kwartalen/{}", self.key, quarter.path())
    }

    pub fn indicator_path(&self, quarter: Quarter, number: u8) -> String {
        format!("{}/indicatoren/{number}", self.quarter_path(quarter))
    }

    pub fn tabs(&self, lang: Lang, current: Tab) -> Tabs<'_> {
        Tabs { lang, provider: self, current }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Overview,
    Quarters,
}

/// The row of tabs under a provider's title.
#[derive(Template)]
#[template(path = "parts/tabs.html")]
pub struct Tabs<'a> {
    lang: Lang,
    provider: &'a ProviderLink,
    current: Tab,
}

/// Links to the neighbouring quarters of a provider.
#[derive(Template)]
#[template(path = "parts/quarter-nav.html")]
pub struct QuarterNav<'a> {
    pub lang: Lang,
    pub provider: &'a ProviderLink,
    pub previous: Option<Quarter>,
    pub next: Option<Quarter>,
}

impl QuarterNav<'_> {
    fn path(&self, quarter: &Quarter) -> String {
        self.provider.quarter_path(*quarter)
    }

    fn words(&self, quarter: &Quarter) -> String {
        self.lang.quarter_first(*quarter)
    }
}

impl askama::filters::HtmlSafe for QuarterNav<'_> {}
impl askama::filters::HtmlSafe for Tabs<'_> {}
