//! A criterion in words, line by line (eis in woorden): what an administrator reads of it, and what of it would change.

use i18n_embed_fl::fl;

use crate::procedure::Domain;
use crate::procedure::criterion::{Checker, Criterion, EvidenceKind, Insured, ValidityRule};
use crate::text::Lang;

/// What would change in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub label: String,
    /// None when the criterion is new.
    pub before: Option<String>,
    pub after: String,
}

/// The lines that differ; of a criterion that is new, all of them.
pub fn changes(lang: Lang, before: Option<&Criterion>, after: &Criterion) -> Vec<Change> {
    let Some(before) = before else {
        let new = |(label, after)| Change { label, before: None, after };
        return lines(lang, after).into_iter().map(new).collect();
    };
    let pairs = lines(lang, before).into_iter().zip(lines(lang, after));
    let differ = pairs.filter(|((_, before), (_, after))| before != after);
    differ.map(|((label, before), (_, after))| Change { label, before: Some(before), after }).collect()
}

/// Every line of a criterion, always as many in the same order. Texts stand there in both languages.
pub fn lines(lang: Lang, one: &Criterion) -> Vec<(String, String)> {
    let t = lang.texts();
    let yes_no = |yes: bool| if yes { fl!(t, "admin-yes") } else { fl!(t, "admin-no") };
    let note = one.note.clone().unwrap_or_default();
    vec![
        (fl!(t, "admin-criterion-name-nl"), one.name.nl.clone()),
        (fl!(t, "admin-criterion-name-en"), one.name.en.clone()),
        (fl!(t, "admin-criterion-text-nl"), one.text.nl.clone()),
        (fl!(t, "admin-criterion-text-en"), one.text.en.clone()),
        (fl!(t, "admin-criterion-source"), one.source.in_words(lang)),
        (fl!(t, "admin-criterion-why-nl"), note.nl),
        (fl!(t, "admin-criterion-why-en"), note.en),
        (fl!(t, "admin-criterion-ask"), one.ask.in_words(lang)),
        (fl!(t, "admin-criterion-kind"), kind(lang, one.evidence_kind)),
        (fl!(t, "admin-criterion-evidence-nl"), one.evidence.nl.clone()),
        (fl!(t, "admin-criterion-evidence-en"), one.evidence.en.clone()),
        (fl!(t, "admin-criterion-equivalent"), yes_no(one.equivalent_allowed)),
        (fl!(t, "admin-criterion-valid"), validity(lang, &one.evidence_valid)),
        (fl!(t, "admin-criterion-checker"), checker(lang, one.checked_by)),
        (fl!(t, "admin-criterion-knock-out"), yes_no(one.knock_out)),
        (fl!(t, "admin-criterion-repairable"), yes_no(one.repairable)),
        (fl!(t, "admin-criterion-domains"), {
            let names: Vec<String> = one.domains.iter().map(|one| domain(lang, *one)).collect();
            names.join(", ")
        }),
        (fl!(t, "admin-criterion-active"), yes_no(one.active)),
        (fl!(t, "admin-criterion-only-products"), one.only_products.join(", ")),
        (fl!(t, "admin-criterion-insured-micro"), insured(lang, one.insured_cents.map(|amounts| amounts.micro))),
        (fl!(t, "admin-criterion-insured-other"), insured(lang, one.insured_cents.map(|amounts| amounts.other))),
    ]
}

/// The cover per event and per year.
fn insured(lang: Lang, least: Option<Insured>) -> String {
    least.map_or(String::new(), |least| format!("{} / {}", lang.euros(least.event), lang.euros(least.year)))
}

/// The rule with its months.
pub fn validity(lang: Lang, rule: &ValidityRule) -> String {
    let t = lang.texts();
    match rule {
        ValidityRule::WholeTerm { review_months: Some(months) } => {
            format!("{}. {}", rule.in_words(lang), fl!(t, "admin-criterion-review", months = (*months)))
        }
        ValidityRule::UntilItsDate { max_months, without_date_months } => {
            let most = max_months.map(|months| fl!(t, "admin-criterion-at-most", months = months));
            let without = without_date_months.map(|months| fl!(t, "admin-criterion-without-date", months = months));
            let parts = [Some(rule.in_words(lang)), most, without];
            parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
        }
        _ => rule.in_words(lang),
    }
}

pub fn kind(lang: Lang, kind: EvidenceKind) -> String {
    let t = lang.texts();
    match kind {
        EvidenceKind::Document => fl!(t, "admin-kind-document"),
        EvidenceKind::DocumentOrRegister => fl!(t, "admin-kind-document-or-register"),
        EvidenceKind::SignedForm => fl!(t, "admin-kind-signed-form"),
        EvidenceKind::SeenNotStored => fl!(t, "admin-kind-seen-not-stored"),
        EvidenceKind::List => fl!(t, "admin-kind-list"),
        EvidenceKind::VogRegister => fl!(t, "admin-kind-vog-register"),
        EvidenceKind::Statement => fl!(t, "admin-kind-statement"),
        EvidenceKind::AgreementTick => fl!(t, "admin-kind-agreement-tick"),
    }
}

pub fn checker(lang: Lang, who: Checker) -> String {
    let t = lang.texts();
    match who {
        Checker::Assessor => fl!(t, "admin-checker-assessor"),
        Checker::ContractManager => fl!(t, "admin-checker-contract-manager"),
        Checker::PrivacyOfficer => fl!(t, "admin-checker-privacy-officer"),
        Checker::Automatic => fl!(t, "admin-checker-automatic"),
    }
}

/// The law in its own name, which has no other in English.
pub fn domain(lang: Lang, domain: Domain) -> String {
    let t = lang.texts();
    match domain {
        Domain::Pw => fl!(t, "admin-domain-pw"),
        Domain::Wmo => fl!(t, "admin-domain-wmo"),
        Domain::Jeugd => fl!(t, "admin-domain-jeugd"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::defaults::defaults;

    #[test]
    fn only_what_differs_is_told_and_of_a_new_criterion_everything() {
        let before = &defaults().criteria[0];
        assert_eq!(changes(Lang::Nl, Some(before), before), []);
        let mut after = before.clone();
        after.evidence_valid = ValidityRule::ReceivedWithin { months: 1 };
        let changed = changes(Lang::Nl, Some(before), &after);
        assert_eq!(changed.len(), 1);
        assert_eq!(changed[0].after, "Bij ontvangst niet ouder dan 1 maand");
        assert_eq!(changes(Lang::En, None, &after).len(), lines(Lang::En, before).len());
    }

    #[test]
    fn every_criterion_a_new_installation_has_can_be_told_apart_by_its_words() {
        for one in &defaults().criteria {
            assert!(lines(Lang::Nl, one).iter().all(|(label, _)| !label.is_empty()), "{}", one.code);
            assert!(!validity(Lang::En, &one.evidence_valid).is_empty(), "{}", one.code);
        }
    }
}
