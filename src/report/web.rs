//! The report on screen (rapport): the press's own HTML inside a page, with the PDF and the other language beside it.

pub mod handlers;

use askama::Template;
use i18n_embed_fl::fl;

use super::quarter::Sample as Invented;
use crate::page::sample::{Sample, manager, provider, quarter};
use crate::page::{Frame, ProviderLink, Status, Tone};
use crate::quarter::Quarter;
use crate::text::Lang;

/// GET `/aanbieders/{nr}/kwartalen/{k}/rapport?taal=nl`.
#[derive(Template)]
#[template(path = "report/preview.html")]
pub struct ReportPage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    /// Provisional or final.
    pub status: Status,
    /// The language of the report, which may differ from that of the page.
    pub language: Lang,
    /// The report as the press drew it: one trusted `article` that brings the page its `h1`.
    pub html: String,
}

impl ReportPage {
    fn title(&self) -> String {
        let quarter = self.frame.lang.quarter(self.quarter);
        fl!(self.frame.t(), "report-web-title", name = self.provider.name.as_str(), quarter = quarter)
    }

    fn path(&self) -> String {
        self.provider.quarter_path(self.quarter)
    }

    /// Address of the PDF in the language shown.
    fn pdf(&self) -> String {
        format!("{}/rapport.pdf?taal={}", self.path(), self.language)
    }

    /// The choice of language: address, its own name, whether it is shown now.
    fn languages(&self) -> Vec<(String, Lang, &'static str, bool)> {
        [(Lang::Nl, "Nederlands"), (Lang::En, "English")]
            .map(|(lang, name)| (format!("{}/rapport?taal={lang}", self.path()), lang, name, lang == self.language))
            .to_vec()
    }
}

/// The page around the press's own sample.
pub fn samples(lang: Lang) -> Vec<Sample> {
    let here = format!("{}/rapport", provider().quarter_path(quarter()));
    let page = ReportPage {
        frame: manager(lang, here)
            .crumb(lang.pick("Aanbieders", "Providers"), "/aanbieders")
            .crumb(provider().name, provider().path())
            .crumb(lang.quarter_first(quarter()), provider().quarter_path(quarter())),
        provider: provider(),
        quarter: quarter(),
        status: Status::new(Tone::Ok, lang.pick("Vastgesteld", "Final")),
        language: Lang::Nl,
        html: super::html(&super::quarter::quarter_report(&Invented::EveryVerdict.material(1), Lang::Nl)),
    };
    vec![Sample::of("report", &page)]
}
