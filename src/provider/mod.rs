//! The provider (aanbieder): an organisation that exists once, by its KvK number, and may deal with several
//! municipalities. Each municipality knows it by a number of its own.

pub mod store;

use crate::ids::Kvk;

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
        path(self.number, &self.name)
    }
}

/// See [`Provider::path`].
pub fn path(number: i64, name: &str) -> String {
    let mut slug = number.to_string();
    for word in plain(name).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        slug.push('-');
        slug.push_str(word);
    }
    slug
}

/// The number at the start of a path word: `1042-stichting-werkpad-noord` and `1042` are provider 1042.
pub fn number_in(path: &str) -> Option<i64> {
    path.split('-').next()?.parse().ok().filter(|number| *number > 0)
}

/// Names sort and are found without regard to case and accents: `Buitenpost & Zn.` under `buitenpost & zn.`.
pub fn plain(name: &str) -> String {
    name.to_lowercase().chars().map(without_accent).collect()
}

fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' | 'č' | 'ć' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'š' | 'ś' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        'ł' => 'l',
        '’' | '‘' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_provider_can_be_read_and_typed() {
        assert_eq!(path(1042, "Stichting Werkpad Noord"), "1042-stichting-werkpad-noord");
        assert_eq!(path(7, "Café Zuid & Zn. B.V."), "7-cafe-zuid-zn-b-v");
    }

    #[test]
    fn only_the_number_of_a_path_counts() {
        assert_eq!(number_in("1042-an-old-name"), Some(1042));
        assert_eq!(number_in("1042"), Some(1042));
        for path in ["", "werkpad", "-1", "0", "99999999999999999999"] {
            assert_eq!(number_in(path), None, "{path:?} was read");
        }
    }
}
