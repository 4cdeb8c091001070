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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// A text as it may be kept: without the signs that nobody can see or type (NUL, bell, backspace and their like), which
/// PostgreSQL does not take and a page cannot show. A line ends in one way, whichever computer it was typed on.
pub fn without_controls(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
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
    use super::*;

    #[test]
    fn a_text_keeps_its_lines_and_loses_what_nobody_can_see() {
        assert_eq!(without_controls("Eén\r\ntwee\rdrie\tvier"), "Eén\ntwee\ndrie\tvier");
        assert_eq!(without_controls("Wit\0te\u{1b}[31m\u{7f}\u{85}"), "Witte[31m");
    }

    #[test]
    fn every_text_is_well_formed() {
        for lang in [Lang::Nl, Lang::En] {
            let file = Texts::get(&format!("{lang}/openhouse.ftl")).expect("both languages are embedded");
            let text = String::from_utf8(file.data.into_owned()).expect("texts are UTF-8");
            for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
                let key = line.split(" =").next().expect("a split has a first part");
                assert!(lang.texts().has(key), "{lang}: {key} was refused by Fluent");
            }
        }
    }
}
