//! The texts to begin a draft with (voorbeeldteksten, `defaults/agreement-texts.yaml`). They are Dutch, for the Dutch text
//! is the legal one.

use std::sync::LazyLock;

use serde::Deserialize;

use super::writing::Wording;
use super::{AgreementText, PrivacyRole, Scope, TextKind};
use crate::procedure::Domain;

/// A text that ships with the product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstText {
    pub kind: TextKind,
    /// Only for this domain; for every domain when there is none.
    pub domain: Option<Domain>,
    /// Only of a privacy agreement: for this role.
    pub role: Option<PrivacyRole>,
    articles: Vec<FirstArticle>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstArticle {
    number: String,
    heading: String,
    #[serde(default)]
    scope: Option<Scope>,
    #[serde(default)]
    body: String,
}

static TEXTS: LazyLock<Vec<FirstText>> = LazyLock::new(|| {
    serde_saphyr::from_str(include_str!("../../../defaults/agreement-texts.yaml"))
        .expect("the embedded texts are well formed")
});

/// The text to begin this one with; none where none ships.
pub fn fitting(text: &AgreementText) -> Option<&'static FirstText> {
    TEXTS.iter().find(|one| {
        one.kind == text.kind && one.domain.is_none_or(|domain| domain == text.domain) && one.role == text.privacy_role
    })
}

impl FirstText {
    /// Its articles, to be read in.
    pub fn wording(&self) -> Vec<Wording> {
        let wording = |one: &FirstArticle| Wording {
            number: one.number.clone(),
            heading: one.heading.clone(),
            // A chapter is the frame of the text.
            scope: one.scope.unwrap_or(Scope::Generic),
            body: one.body.trim().to_owned(),
        };
        self.articles.iter().map(wording).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::text::Article;
    use crate::agreement::text::markdown;
    use crate::agreement::text::state::lacks;
    use crate::ids::holds_bsn;

    #[test]
    fn every_text_that_ships_can_be_put_before_the_table_as_it_is() {
        assert!(TEXTS.len() >= 6);
        for text in TEXTS.iter() {
            let articles: Vec<Article> = (1..)
                .zip(text.wording())
                .map(|(clause, Wording { number, heading, scope, body })| Article {
                    clause,
                    number,
                    heading,
                    scope,
                    body,
                })
                .collect();
            assert_eq!(lacks(&articles), [], "{}", text.kind);
            for one in &articles {
                assert_eq!(markdown::faults(&one.body), [], "{} {}", text.kind, one.number);
                assert!(!holds_bsn(&one.body));
            }
        }
    }

    #[test]
    fn there_is_a_privacy_annex_for_every_role_and_a_text_for_every_domain() {
        for role in PrivacyRole::ALL {
            assert!(TEXTS.iter().any(|one| one.kind == TextKind::Privacy && one.role == Some(*role)), "{role}");
        }
        for domain in Domain::ALL {
            let of_domain = TEXTS.iter().filter(|one| one.kind == TextKind::Domain && one.domain == Some(*domain));
            assert_eq!(of_domain.count(), 1, "{domain}: a domain is added by data alone");
        }
    }
}
