//! The report page around an invented fragment.

use super::ReportPage;
use crate::page::sample::{Sample, manager, provider, quarter};
use crate::page::{Status, Tone};
use crate::text::Lang;

/// In the shape of the press's own HTML.
const FRAGMENT: &str = r#"<article class="report" lang="nl-NL">
<h1>Kwartaalrapport Stichting Werkpad Noord</h1>
<dl class="report-facts"><dt>Kwartaal</dt><dd>kwartaal 3 2026</dd><dt>Bevat persoonsgegevens</dt><dd>nee</dd></dl>
<h2>Prestatie-indicatoren</h2>
<p>Tien indicatoren, elk met teller, noemer en norm.</p>
<div class="scroll" role="region" tabindex="0" aria-label="De tien indicatoren"><table>
<caption class="small soft">De tien indicatoren</caption>
<thead><tr><th scope="col">Indicator</th><th scope="col" class="r">Resultaat</th><th scope="col">Oordeel</th></tr></thead>
<tbody><tr><th scope="row">Afspraken over resultaat</th><td class="r num">100,0%</td><td>Gehaald</td></tr></tbody>
</table></div>
</article>"#;

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
        html: FRAGMENT.into(),
    };
    vec![Sample::of("report", &page)]
}
