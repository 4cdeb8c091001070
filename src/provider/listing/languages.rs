//! The languages in which a provider can help somebody (talen, `defaults/languages.yaml`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// As ISO 639 writes it: `nl`, `ti`, `prs`.
    pub code: String,
    pub name: Bilingual,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    languages: Vec<Language>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("../../../defaults/languages.yaml"))
        .expect("the embedded languages are well formed")
});

/// All of them, in the order in which a form shows them.
pub fn all() -> &'static [Language] {
    &FILE.languages
}

pub fn find(code: &str) -> Option<&'static Language> {
    all().iter().find(|one| one.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_code_of_its_own_and_a_name_in_both_languages() {
        assert!(all().len() >= 20);
        for (place, one) in all().iter().enumerate() {
            assert!((2..=3).contains(&one.code.len()) && one.code.bytes().all(|b| b.is_ascii_lowercase()));
            assert!(all()[..place].iter().all(|other| other.code != one.code && other.name.nl != one.name.nl));
            assert!(!one.name.nl.is_empty() && !one.name.en.is_empty());
        }
    }
}
