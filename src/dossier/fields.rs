//! What a field of the form takes (velden): a postcode, a telephone number, a website. What was typed is kept as it is; a
//! step with something else in it is not ready.

use super::Missing;
use super::form::{Filled, Step};

/// A field with something in it that cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    pub field: Field,
    /// Which of the locations, counted from nought.
    pub place: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Postcode,
    Website,
    /// The number of the establishment (vestigingsnummer).
    Establishment,
    Phone,
    Email,
}

impl Field {
    pub fn name(self) -> &'static str {
        match self {
            Field::Postcode => "postcode",
            Field::Website => "website",
            Field::Establishment => "establishment",
            Field::Phone => "phone",
            Field::Email => "email",
        }
    }

    /// Whether this is one; nothing typed is nothing wrong.
    pub fn takes(self, typed: &str) -> bool {
        let typed = typed.trim();
        typed.is_empty()
            || match self {
                Field::Postcode => is_postcode(typed),
                Field::Website => is_website(typed),
                Field::Establishment => is_establishment(typed),
                Field::Phone => is_phone(typed),
                Field::Email => validator::ValidateEmail::validate_email(&typed),
            }
    }
}

/// Everything in a step that cannot be meant.
pub fn wrong(filled: &Filled) -> Vec<Wrong> {
    let fields: Vec<(Field, Option<usize>, &str)> = match filled {
        Filled::Organisation(step) => vec![
            (Field::Establishment, None, &step.establishment),
            (Field::Postcode, None, &step.address.postcode),
            (Field::Website, None, &step.website),
        ],
        Filled::Contact(step) => vec![(Field::Phone, None, &step.phone), (Field::Email, None, &step.email)],
        Filled::Signatory(step) => vec![(Field::Email, None, &step.email)],
        Filled::Locations(step) => {
            let postcode = |(place, one): (usize, &'_ super::form::Location)| (place, one.address.postcode.clone());
            let all = step.locations.iter().enumerate().map(postcode);
            return all
                .filter(|(_, typed)| !Field::Postcode.takes(typed))
                .map(|(place, _)| Wrong { field: Field::Postcode, place: Some(place) })
                .collect();
        }
        Filled::Offer(_) | Filled::Declaration(_) | Filled::Statements(_) => Vec::new(),
    };
    let wrong = fields.into_iter().filter(|(field, _, typed)| !field.takes(typed));
    wrong.map(|(field, place, _)| Wrong { field, place }).collect()
}

/// The same as parts that are not there yet.
pub fn not_ready(filled: &Filled) -> Vec<Missing> {
    let name = |one: Wrong| if filled.step() == Step::Locations { "locations" } else { one.field.name() };
    wrong(filled).into_iter().map(|one| Missing::Field(filled.step(), name(one))).collect()
}

/// `1234 AB`. No postcode begins with a nought, and the letters SA, SD and SS are not given out.
fn is_postcode(typed: &str) -> bool {
    let typed: String = typed.chars().filter(|c| *c != ' ').collect::<String>().to_ascii_uppercase();
    let Some((digits, letters)) = typed.split_at_checked(4) else { return false };
    let number = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let pair = letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_uppercase());
    number && pair && !["SA", "SD", "SS"].contains(&letters)
}

/// "Twaalf cijfers."
fn is_establishment(typed: &str) -> bool {
    let digits: String = typed.chars().filter(|c| *c != ' ').collect();
    digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `0500 000 001`, `+31 6 00 00 00 00`, `0800-1234`: with a nought or a country in front.
fn is_phone(typed: &str) -> bool {
    let fine = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.' | '+' | '/');
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let (national, abroad) = (typed.trim_start_matches('(').starts_with('0'), typed.starts_with('+'));
    let plus = typed.chars().filter(|c| *c == '+').count();
    typed.chars().all(fine) && plus == usize::from(abroad) && (national || abroad) && (8..=15).contains(&digits)
}

/// `www.werkpad.example` or the same with `https://`; nothing that a browser would carry out.
fn is_website(typed: &str) -> bool {
    let lower = typed.to_lowercase();
    let bare = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let words: Vec<&str> = host.split('.').collect();
    let word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = words.last().is_some_and(|last| last.chars().count() >= 2 && last.chars().any(char::is_alphabetic));
    words.len() >= 2 && words.iter().all(word) && last && !typed.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(field: Field, good: &[&str], wrong: &[&str]) {
        for typed in good {
            assert!(field.takes(typed), "{typed:?} was refused");
        }
        for typed in wrong {
            assert!(!field.takes(typed), "{typed:?} was taken");
        }
    }

    #[test]
    fn a_postcode_has_four_digits_and_two_letters() {
        all(Field::Postcode, &["", "1234 AB", "9001aa"], &["0000", "0123 AB", "1234", "1234 ABC", "12345", "1940 SS"]);
    }

    #[test]
    fn a_number_of_an_establishment_has_twelve_digits() {
        all(Field::Establishment, &["", "000012345678", "0000 1234 5678"], &["123", "0000123456789", "00001234567a"]);
    }

    #[test]
    fn a_telephone_number_can_be_dialled() {
        all(
            Field::Phone,
            &["0500 000 001", "+31 6 00000001", "(0500) 00 00 01", "0800-1234"],
            &["geen idee", "111222333", "12", "06", "+31+6 00000001", "0500 000 001 toestel 3"],
        );
    }

    #[test]
    fn a_website_is_an_address_and_no_program() {
        all(
            Field::Website,
            &["www.werkpad.example", "https://werkpad.example/over-ons", "werkpad.example", "HTTP://Werkpad.example"],
            &["javascript:alert(1)", "https://", "werkpad", "data:text/html,x", "ftp://werkpad.example", "w e.example"],
        );
    }

    #[test]
    fn an_address_for_mail_is_one() {
        all(Field::Email, &["", "sanne@werkpad.example"], &["sanne", "sanne@", "@werkpad.example"]);
    }
}
