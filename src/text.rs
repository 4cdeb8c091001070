//! The words on screen and paper: Fluent texts in Dutch (`i18n/nl`) and English (`i18n/en`). A misspelt key does
//! not compile; a test holds both languages to the same keys and variables.

use std::sync::LazyLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};

codes! {
    /// A language of the product. Dutch first, English second.
    pub enum Lang {
        Nl = "nl",
        En = "en",
    }
}

#[derive(RustEmbed)]
#[folder = "i18n"]
struct Texts;

static NL: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("nl"));
static EN: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load("en"));

impl Lang {
    /// The loader to give to `fl!`: `fl!(lang.texts(), "key", name = value)`.
    pub fn texts(self) -> &'static FluentLanguageLoader {
        match self {
            Lang::Nl => &NL,
            Lang::En => &EN,
        }
    }

    /// The BCP 47 tag for `lang` attributes and for PDF.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Nl => "nl-NL",
            Lang::En => "en-GB",
        }
    }

    /// Picks one of two texts that are data rather than interface.
    pub fn pick<'a>(self, nl: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Nl => nl,
            Lang::En => en,
        }
    }
}

/// A text that is data and exists in both languages: the name of a criterion, the goal of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub nl: String,
    pub en: String,
}

impl Bilingual {
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.nl, &self.en)
    }
}

fn load(tag: &str) -> FluentLanguageLoader {
    let language = tag.parse().expect("the tags above are well formed");
    let loader = FluentLanguageLoader::new("openhouse", language);
    loader.load_languages(&Texts, &[loader.fallback_language().clone()]).expect("the embedded texts are well formed");
    loader.set_use_isolating(false);
    loader
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every key of a language with the variables its text uses.
    fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let file = Texts::get(&format!("{lang}/openhouse.ftl")).expect("both languages are embedded");
        let text = String::from_utf8(file.data.into_owned()).expect("texts are UTF-8");
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                current = key.to_owned();
                let twice = found.insert(current.clone(), BTreeSet::new());
                assert!(twice.is_none(), "{lang}: {key} stands there twice");
            }
            for rest in line.split('$').skip(1) {
                let variable = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("");
                found.entry(current.clone()).or_default().insert(variable.to_owned());
            }
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_variables() {
        let (nl, en) = (keys(Lang::Nl), keys(Lang::En));
        assert!(nl.len() > 1);
        for (key, variables) in &nl {
            assert_eq!(Some(variables), en.get(key), "{key} differs in English");
        }
        for key in en.keys() {
            assert!(nl.contains_key(key), "{key} is missing in Dutch");
        }
    }

    #[test]
    fn every_text_is_well_formed() {
        for lang in [Lang::Nl, Lang::En] {
            for key in keys(lang).keys() {
                assert!(lang.texts().has(key), "{lang}: {key} was refused by Fluent");
            }
        }
    }
}
