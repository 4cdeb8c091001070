//! A product in words, line by line (product in woorden): what of it would change, and what stands on its page.

use i18n_embed_fl::fl;

use super::criterion_words::{Change, domain};
use crate::ids::Kvk;
use crate::procedure::product::Product;
use crate::text::Lang;

/// The lines that differ; of a product that is new, all of them. `named` gives the name of a provider.
pub fn changes(lang: Lang, before: Option<&Product>, after: &Product, named: impl Fn(&Kvk) -> String) -> Vec<Change> {
    let after = lines(lang, after, &named);
    let Some(before) = before else {
        return after.into_iter().map(|(label, after)| Change { label, before: None, after }).collect();
    };
    let pairs = lines(lang, before, &named).into_iter().zip(after);
    let differ = pairs.filter(|((_, before), (_, after))| before != after);
    differ.map(|((label, before), (_, after))| Change { label, before: Some(before), after }).collect()
}

/// Every line of a product, always as many in the same order.
pub fn lines(lang: Lang, one: &Product, named: impl Fn(&Kvk) -> String) -> Vec<(String, String)> {
    let t = lang.texts();
    let yes_no = |yes: bool| if yes { fl!(t, "admin-yes") } else { fl!(t, "admin-no") };
    let quantity = |one: Option<crate::money::Hundredths>| one.map(|one| lang.quantity(one)).unwrap_or_default();
    let parts: Vec<String> =
        one.instalments.iter().map(|part| format!("{}% {}", part.pct, part.at.in_lang(lang))).collect();
    let ladder = one.ladder.map(|steps| fl!(t, "catalogue-ladder-steps", from = steps.from, to = steps.to));
    vec![
        (fl!(t, "catalogue-name-nl"), one.name.nl.clone()),
        (fl!(t, "catalogue-name-en"), one.name.en.clone()),
        (fl!(t, "catalogue-domain"), domain(lang, one.domain)),
        (fl!(t, "catalogue-unit"), one.unit.word(lang)),
        (fl!(t, "catalogue-pricing"), one.pricing.in_words(lang)),
        (fl!(t, "catalogue-instalments"), parts.join("\n")),
        (fl!(t, "catalogue-vat"), one.vat.map_or(fl!(t, "catalogue-vat-none"), |vat| vat.in_words(lang))),
        (fl!(t, "catalogue-profiles"), one.profiles.join(", ")),
        (fl!(t, "catalogue-ladder"), ladder.unwrap_or_default()),
        (fl!(t, "catalogue-max-quantity"), quantity(one.max_quantity)),
        (
            fl!(t, "catalogue-max-months"),
            one.max_months.map(|months| fl!(t, "catalogue-months", count = months)).unwrap_or_default(),
        ),
        (fl!(t, "catalogue-approval"), yes_no(one.requires_approval)),
        (fl!(t, "catalogue-results"), yes_no(one.delivers_results)),
        (fl!(t, "catalogue-only-by"), one.only_by.as_ref().map(&named).unwrap_or_default()),
        (fl!(t, "catalogue-places"), one.places.map(|places| places.to_string()).unwrap_or_default()),
        (fl!(t, "catalogue-yearly"), quantity(one.yearly)),
        (fl!(t, "catalogue-until"), one.valid.until().map(|day| lang.day(day)).unwrap_or_default()),
    ]
}
