//! What could not be put in (ontbreekt): a stored file that is gone or damaged is told in a file of its own, and all the
//! rest is whole.

use i18n_embed_fl::fl;

use crate::files::FilesTrouble;
use crate::text::Lang;

/// The list in the ZIP of what is not in it.
pub const LIST: &str = "ONTBREEKT.txt";

/// Why a stored file cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Gone,
    /// It is no longer what was stored.
    Damaged,
    /// The disk does not give it now.
    Unreadable,
}

impl Why {
    /// Of trouble with one stored file; any other trouble is about more than that file.
    pub fn of(cause: &anyhow::Error) -> Option<Why> {
        cause.downcast_ref::<FilesTrouble>().map(|trouble| match trouble {
            FilesTrouble::Missing(_) => Why::Gone,
            FilesTrouble::Corrupted { .. } => Why::Damaged,
            FilesTrouble::Io { .. } => Why::Unreadable,
        })
    }

    fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Why::Gone => fl!(t, "mine-all-missing-gone"),
            Why::Damaged => fl!(t, "mine-all-missing-damaged"),
            Why::Unreadable => fl!(t, "mine-all-missing-unreadable"),
        }
    }
}

/// The list itself: what is missing, why, and what the reader can do.
pub fn list(missing: &[(String, Why)], lang: Lang) -> String {
    let t = lang.texts();
    let lines: String = missing.iter().map(|(path, why)| format!("{path}\n    {}\n", why.in_words(lang))).collect();
    format!("{}\n\n{lines}\n{}\n", fl!(t, "mine-all-missing-title"), fl!(t, "mine-all-missing-do"))
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;
    use crate::ids::Sha256Hex;

    #[test]
    fn trouble_with_one_file_is_known_also_from_under_its_context() {
        let hash = Sha256Hex::of(b"polis");
        let gone = Err::<(), _>(FilesTrouble::Missing(hash.clone())).context("the letter is not there").unwrap_err();
        assert_eq!(Why::of(&gone), Some(Why::Gone));
        let damaged = FilesTrouble::Corrupted { expected: hash.clone(), found: Sha256Hex::of(b"") };
        assert_eq!(Why::of(&damaged.into()), Some(Why::Damaged));
        assert_eq!(Why::of(&anyhow::anyhow!("the database is away")), None);
    }

    #[test]
    fn the_list_says_it_in_the_language_of_the_reader() {
        let missing = [("bewijsstukken/1-polis.pdf".to_owned(), Why::Gone)];
        let [dutch, english] = [Lang::Nl, Lang::En].map(|lang| list(&missing, lang));
        for said in [&dutch, &english] {
            assert!(said.contains("bewijsstukken/1-polis.pdf\n    "), "{said}");
        }
        assert!(dutch.contains("staat niet meer in het systeem") && english.contains("no longer in the system"));
    }
}
