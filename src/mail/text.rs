//! The texts of mails (mailteksten): data with placeholders between double braces, and nothing else of a template
//! language. What ships stands in `defaults/mails.yaml`; a municipality may put a version of its own in its place.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior};
use serde::Deserialize;

use super::{MailKind, on_one_line};
use crate::text::{Bilingual, Lang};

/// A mail as it ships.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub kind: MailKind,
    /// Kept as a message in the portal that nobody can change.
    pub formal: bool,
    /// Its link lets somebody in: shown to nobody else, and forgotten once the mail is sent.
    #[serde(default)]
    pub secret: bool,
    /// Beside [`EVERYWHERE`].
    pub placeholders: Vec<String>,
    /// When it is sent.
    pub about: Bilingual,
    #[serde(flatten)]
    pub text: MailText,
}

/// Subject and body, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MailText {
    pub subject: Bilingual,
    pub body: Bilingual,
}

/// What a text may fill in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    pub name: String,
    pub about: Bilingual,
    /// An invented value, to show a text with.
    pub example: Bilingual,
}

/// The placeholders that every text may use.
pub const EVERYWHERE: [&str; 3] = ["naam", "gemeente", "systeem"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailsFile {
    placeholders: Vec<Placeholder>,
    mails: Vec<Definition>,
}

static SHIPPED: LazyLock<MailsFile> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("../../defaults/mails.yaml")).expect("the embedded mails are well formed")
});

impl MailKind {
    pub fn definition(self) -> &'static Definition {
        SHIPPED.mails.iter().find(|mail| mail.kind == self).expect("every kind has its texts")
    }

    pub fn is_formal(self) -> bool {
        self.definition().formal
    }

    /// What the text of this kind may fill in.
    pub fn placeholders(self) -> Vec<&'static Placeholder> {
        let own = self.definition().placeholders.iter().map(String::as_str);
        let find = |name| SHIPPED.placeholders.iter().find(|one| one.name == name);
        EVERYWHERE.into_iter().chain(own).map(|name| find(name).expect("every placeholder is explained")).collect()
    }
}

/// What a text is filled with.
pub type Values = BTreeMap<&'static str, String>;

impl MailText {
    /// Subject and body with the values in their places. A placeholder without a value is a fault.
    pub fn filled(&self, lang: Lang, values: &Values) -> Result<(String, String), minijinja::Error> {
        let values: BTreeMap<&str, String> = values.iter().map(|(name, value)| (*name, on_one_line(value))).collect();
        let subject = sandbox().render_str(self.subject.in_lang(lang), &values)?;
        Ok((on_one_line(&subject), sandbox().render_str(self.body.in_lang(lang), &values)?))
    }

    /// The same with invented values, to look at.
    pub fn shown(&self, kind: MailKind, lang: Lang) -> Result<(String, String), minijinja::Error> {
        let example = |one: &'static Placeholder| (one.name.as_str(), one.example.in_lang(lang).to_owned());
        self.filled(lang, &kind.placeholders().into_iter().map(example).collect())
    }
}

/// No filters, no functions, no other templates, a bound on the work, and no value that is not there.
fn sandbox() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(10_000));
    environment
}

/// What is wrong with a text that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFault {
    /// No placeholder of this mail; the nearest one, when one looks like it.
    Unknown { found: String, nearest: Option<&'static str> },
    /// Braces that hold something else than the name of a placeholder.
    NotAPlaceholder { found: String },
}

/// Everything that is wrong with one text. Only placeholders are known: no conditions, loops or comments.
pub fn check(kind: MailKind, text: &str) -> Vec<TextFault> {
    let known: Vec<&'static str> = kind.placeholders().iter().map(|one| one.name.as_str()).collect();
    let mut faults = Vec::new();
    let mut rest = text;
    while let Some(at) = ["{{", "{%", "{#", "}}", "%}", "#}"].iter().filter_map(|mark| rest.find(mark)).min() {
        let opened = &rest[at..];
        let Some((inside, after)) = opened.strip_prefix("{{").and_then(|inside| inside.split_once("}}")) else {
            faults.push(TextFault::NotAPlaceholder { found: beginning(opened) });
            break;
        };
        let name = inside.trim();
        let well_formed = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !well_formed {
            faults.push(TextFault::NotAPlaceholder { found: beginning(&format!("{{{{{inside}}}}}")) });
        } else if !known.contains(&name) {
            faults.push(TextFault::Unknown { found: name.to_owned(), nearest: nearest(name, &known) });
        }
        rest = after;
    }
    faults
}

fn beginning(text: &str) -> String {
    text.chars().take(30).collect()
}

fn nearest(found: &str, known: &[&'static str]) -> Option<&'static str> {
    let scored = known.iter().map(|name| (strsim::jaro_winkler(&found.to_lowercase(), name), *name));
    scored.filter(|(score, _)| *score > 0.7).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_texts_that_are_right_in_both_languages() {
        assert_eq!(SHIPPED.mails.iter().map(|mail| mail.kind).collect::<Vec<_>>(), MailKind::ALL);
        for kind in MailKind::ALL {
            let MailText { subject, body } = &kind.definition().text;
            for text in [&subject.nl, &subject.en, &body.nl, &body.en] {
                assert_eq!(check(*kind, text), [], "{kind}: {text}");
                assert!(!text.trim().is_empty(), "{kind}");
            }
            assert_ne!(body.nl, body.en, "{kind} is not translated");
            for lang in Lang::ALL {
                let (subject, body) = kind.definition().text.shown(*kind, *lang).unwrap();
                assert!(!subject.contains('{') && !body.contains('{'), "{kind}: {subject} {body}");
            }
        }
    }

    /// "no personal data in a mail" beyond the name of who gets it: no placeholder can hold a client.
    #[test]
    fn what_ships_uses_every_placeholder_it_names() {
        for mail in &SHIPPED.mails {
            let texts = serde_json::to_string(&[&mail.text.subject, &mail.text.body]).unwrap();
            for name in &mail.placeholders {
                assert!(texts.contains(&format!("{{{{{name}}}}}")), "{}: {name} is not used", mail.kind);
            }
        }
    }

    #[test]
    fn an_unknown_placeholder_names_the_nearest() {
        let faults = check(MailKind::ApplicationReceived, "Op {{ datun }} om {{tijd}}: {{qqqq}}");
        assert_eq!(
            faults,
            [
                TextFault::Unknown { found: "datun".into(), nearest: Some("datum") },
                TextFault::Unknown { found: "qqqq".into(), nearest: None },
            ]
        );
    }

    #[test]
    fn a_placeholder_of_another_mail_is_unknown_here() {
        assert_eq!(check(MailKind::Admitted, "{{rechtsmiddel}}").len(), 1);
    }

    #[test]
    fn nothing_but_placeholders_gets_through() {
        for text in [
            "{% for a in range(9) %}x{% endfor %}",
            "{# stil #}",
            "{{ naam.lengte }}",
            "{{ naam|upper }}",
            "{{ 7 * 7 }}",
            "{{ '{{' }}",
            "{{",
            "}}",
            "{{}}",
            "{{ naam",
            "{% include 'x' %}",
        ] {
            assert!(!check(MailKind::Admitted, text).is_empty(), "{text} got through");
        }
        assert_eq!(check(MailKind::Admitted, "Beste {naam}, 100% { } {{naam}} {{ gemeente }}"), []);
    }

    #[test]
    fn a_missing_value_is_a_fault_and_a_value_is_never_read_as_a_template() {
        let text = &MailKind::NewApplication.definition().text;
        assert!(text.filled(Lang::Nl, &Values::new()).is_err());
        let values = Values::from([
            ("aanbieder", "{{datum}}\r\nBcc: x".to_owned()),
            ("perceel", "P".to_owned()),
            ("datum", "morgen".to_owned()),
        ]);
        let (subject, body) = text.filled(Lang::Nl, &values).unwrap();
        assert_eq!(subject, "Nieuwe aanmelding: {{datum}} Bcc: x");
        assert!(body.contains("voor P. Controleer uiterlijk op morgen"), "{body}");
    }
}
