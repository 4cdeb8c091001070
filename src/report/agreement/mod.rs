//! The agreement on paper (overeenkomst op papier): one version of a text whole, and what changed since an earlier one. The
//! Dutch text is the legal one, so the paper is Dutch, whoever reads it.

pub mod gather;
pub mod sample;
pub mod web;

mod body;
mod changes;
mod compose;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset};

pub use changes::compose as compose_changes;
pub use compose::{annex, annex_title, compose, compose_with};

use crate::agreement::text::origin::Origin;
use crate::agreement::text::{AgreementText, Article, TextVersion};
use crate::text::Lang;

/// The language of every paper of this kind.
pub const PAPER: Lang = Lang::Nl;

/// Everything that stands in the paper of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    pub municipality: String,
    /// The name of the procedure.
    pub procedure: String,
    pub text: AgreementText,
    /// The title of the text it is an annex to.
    pub annex_to: Option<String>,
    pub version: TextVersion,
    pub articles: Vec<Article>,
    /// From which decision of the table a clause was born; none for most.
    pub origins: HashMap<i32, Origin>,
    /// When the version was last changed, on the wall: the same version gives the same bytes.
    pub made_on: DateTime<FixedOffset>,
    /// Where the same text stands as a page.
    pub page_url: String,
}

/// What stands in the paper of the changes: a version beside an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub now: Material,
    pub before: TextVersion,
    pub before_articles: Vec<Article>,
}

impl Material {
    /// `re-integratie-2027-versie-4`, for the archive and as the name of a file.
    pub fn file_name(&self) -> String {
        format!("{}-versie-{}", self.text.code, self.version.number)
    }
}

impl Changed {
    pub fn file_name(&self) -> String {
        format!("{}-wijzigingen-sinds-versie-{}", self.now.file_name(), self.before.number)
    }
}
