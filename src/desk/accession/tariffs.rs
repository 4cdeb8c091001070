//! The annex "Producten en tarieven" as it stands on a page: the same lines as on the paper.

use askama::Template;
use askama::filters::HtmlSafe;
use i18n_embed_fl::fl;

use crate::agreement::offer::TariffAnnex;
use crate::agreement::offer::tariffs::TariffLine;
use crate::text::Lang;

#[derive(Template)]
#[template(path = "accession/tariffs.html")]
pub struct TariffTable<'a> {
    pub lang: Lang,
    pub annex: &'a TariffAnnex,
    /// The products of the reader, where they are only some of these.
    pub own: Vec<&'a TariffLine>,
}

impl HtmlSafe for TariffTable<'_> {}

impl TariffTable<'_> {
    fn title(&self) -> String {
        fl!(self.lang.texts(), "offer-tariffs")
    }

    fn lead(&self) -> String {
        fl!(self.lang.texts(), "offer-tariffs-lead", day = self.lang.day(self.annex.on))
    }

    /// `U levert hiervan: Jobcoaching, Training werkfit.`
    fn of_reader(&self) -> Option<String> {
        let names: Vec<&str> = self.own.iter().map(|one| one.name.in_lang(self.lang)).collect();
        (!names.is_empty()).then(|| fl!(self.lang.texts(), "offer-tariffs-yours", names = names.join(", ")))
    }

    fn heads(&self) -> [String; 3] {
        let t = self.lang.texts();
        [fl!(t, "catalogue-product"), fl!(t, "catalogue-tariff"), fl!(t, "catalogue-pricing")]
    }

    /// The amount, and of what; none while no tariff holds.
    fn amount(&self, line: &TariffLine) -> Option<(String, String)> {
        let t = self.lang.texts();
        let per = fl!(t, "catalogue-per", unit = line.unit.word(self.lang));
        let vat = line.vat.map(|vat| format!(", {}", vat.in_words(self.lang))).unwrap_or_default();
        line.amount.map(|amount| (self.lang.money(amount), format!("{per}{vat}")))
    }

    fn no_amount(&self) -> String {
        fl!(self.lang.texts(), "catalogue-no-tariff")
    }

    fn pricing(&self, line: &TariffLine) -> String {
        line.pricing.map(|one| one.in_words(self.lang)).unwrap_or_default()
    }

    /// `40% bij de start`
    fn instalments(&self, line: &TariffLine) -> Vec<String> {
        line.instalments.iter().map(|one| format!("{}% {}", one.pct, one.at.in_lang(self.lang))).collect()
    }
}
