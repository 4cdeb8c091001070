//! The report page around an invented fragment.

use super::ReportPage;
use crate::page::sample::{Sample, manager, provider, quarter};
use crate::page::{Status, Tone};
use crate::text::Lang;

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
        html: "<h2>Prestatie-indicatoren</h2><p>Dit rapport bevat geen persoonsgegevens.</p>".into(),
    };
    vec![Sample::of("report", &page)]
}
