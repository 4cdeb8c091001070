//! A text as a Word document (DOCX): read in with its headings as articles, and written out so that it can be read in again.
//! Dry: bytes in, bytes out.

mod dress;
mod read;
mod safe;
#[cfg(test)]
mod tests;
mod write;

use i18n_embed_fl::fl;

pub use read::read;
pub use write::write;

use super::text::writing::Wording;
use crate::text::Lang;

/// What was found in a document, before anything of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    pub articles: Vec<Wording>,
    /// Words before the first article: the title and the like. They are no article.
    pub before: Vec<String>,
    /// What is in the document and cannot be in an article, with how often.
    pub left_out: Vec<(LeftOut, usize)>,
}

codes! {
    /// What an article cannot hold, or what is taken in otherwise than it stands there.
    pub enum LeftOut {
        /// Changes that Word keeps track of: what was added is taken in, what was deleted is not.
        TrackedChanges = "tracked_changes",
        Comments = "comments",
        /// The words of a table are left out.
        Tables = "tables",
        Images = "images",
        Footnotes = "footnotes",
        TextBoxes = "text_boxes",
        HeadersFooters = "headers_footers",
        /// Of a link that does not begin with https:// the words stay.
        Links = "links",
        /// Fields that Word fills in, as a table of contents.
        Fields = "fields",
    }
}

/// Why a document is not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge,
    /// Unpacked it comes to far more than a document does.
    Bomb,
    TooManyFiles,
    Encrypted,
    /// The form of before 2007.
    OldDoc,
    NotWord,
    Damaged,
    /// No headings, so no articles.
    NoArticles,
    TooManyArticles,
    HoldsBsn,
}

impl LeftOut {
    pub fn in_words(self, lang: Lang, count: usize) -> String {
        let t = lang.texts();
        match self {
            LeftOut::TrackedChanges => fl!(t, "agreement-docx-tracked", count = count),
            LeftOut::Comments => fl!(t, "agreement-docx-comments", count = count),
            LeftOut::Tables => fl!(t, "agreement-docx-tables", count = count),
            LeftOut::Images => fl!(t, "agreement-docx-images", count = count),
            LeftOut::Footnotes => fl!(t, "agreement-docx-footnotes", count = count),
            LeftOut::TextBoxes => fl!(t, "agreement-docx-boxes", count = count),
            LeftOut::HeadersFooters => fl!(t, "agreement-docx-headers"),
            LeftOut::Links => fl!(t, "agreement-docx-links", count = count),
            LeftOut::Fields => fl!(t, "agreement-docx-fields", count = count),
        }
    }
}

impl Refusal {
    /// What is wrong, and what to do about it.
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Refusal::Empty => fl!(t, "agreement-docx-empty"),
            Refusal::TooLarge => fl!(t, "agreement-docx-large", most = (crate::sheet::MAX_FILE / 1024 / 1024)),
            Refusal::Bomb => fl!(t, "agreement-docx-bomb"),
            Refusal::TooManyFiles => fl!(t, "agreement-docx-files"),
            Refusal::Encrypted => fl!(t, "agreement-docx-encrypted"),
            Refusal::OldDoc => fl!(t, "agreement-docx-old"),
            Refusal::NotWord => fl!(t, "agreement-docx-not-word"),
            Refusal::Damaged => fl!(t, "agreement-docx-damaged"),
            Refusal::NoArticles => fl!(t, "agreement-docx-no-articles"),
            Refusal::TooManyArticles => fl!(t, "agreement-docx-many", most = read::MOST_ARTICLES),
            Refusal::HoldsBsn => fl!(t, "agreement-text-refused-bsn"),
        }
    }
}
