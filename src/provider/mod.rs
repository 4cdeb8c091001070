//! The provider (aanbieder): an organisation that exists once, by its KvK number, and may deal with several
//! municipalities. Each municipality knows it by a number of its own.

pub mod access;
pub mod eherkenning;
pub mod listing;
pub mod store;
pub mod web;

use crate::ids::Kvk;
use crate::written::slug;

/// A provider as one municipality knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    pub id: i64,
    pub kvk: Kvk,
    pub name: String,
    /// The municipality's own number for it (aanbiedernummer).
    pub number: i64,
}

impl Provider {
    /// The form for URLs: number and name, `1042-stichting-werkpad-noord`. Only the number is read back.
    pub fn path(&self) -> String {
        slug(self.number, &self.name)
    }
}

/// The number at the start of a path word: `1042-stichting-werkpad-noord` and `1042` are provider 1042.
pub fn number_in(path: &str) -> Option<i64> {
    path.split('-').next()?.parse().ok().filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_number_of_a_path_counts() {
        assert_eq!(number_in("1042-an-old-name"), Some(1042));
        assert_eq!(number_in("1042"), Some(1042));
        for path in ["", "werkpad", "-1", "0", "99999999999999999999"] {
            assert_eq!(number_in(path), None, "{path:?} was read");
        }
    }
}
