//! Amounts and codes as an administrator types them (bedragen en codes).

use crate::money::Cents;

/// The codes in a line of them, with commas or spaces between.
pub fn codes_in(typed: &str) -> Vec<String> {
    let words = typed.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `1250000`, `1.250.000` and `1.250.000,50`; nothing for what is no amount above nought.
pub fn read_euros(typed: &str) -> Option<Cents> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (euros, cents) = plain.split_once(',').unwrap_or((&plain, "00"));
    let groups: Vec<&str> = euros.split('.').collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !grouped || !groups.iter().all(|group| digits(group)) || cents.len() != 2 || !digits(cents) {
        return None;
    }
    let amount: i64 = format!("{}{cents}", groups.concat()).parse().ok()?;
    (1..=MOST_CENTS).contains(&amount).then_some(Cents(amount))
}

/// As it is typed: whole euros, with cents only where there are any.
pub fn typed_euros(amount: Cents) -> String {
    match amount.0 % 100 {
        0 => (amount.0 / 100).to_string(),
        cents => format!("{},{cents:02}", amount.0 / 100),
    }
}

/// A thousand million euros: what is typed above it is a slip.
const MOST_CENTS: i64 = 100_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_products_are_read_as_people_write_them() {
        for (typed, cents) in [("1250000", 125_000_000), ("1.250.000", 125_000_000), ("€ 1.250.000,50", 125_000_050)]
        {
            assert_eq!(read_euros(typed), Some(Cents(cents)), "{typed}");
            assert_eq!(read_euros(&typed_euros(Cents(cents))), Some(Cents(cents)));
        }
        for typed in ["", "0", "veel", "1.25", "12,5", "-5", "99999999999999999999"] {
            assert_eq!(read_euros(typed), None, "{typed}");
        }
    }

    #[test]
    fn codes_stand_in_a_line_with_commas_or_spaces_between() {
        assert_eq!(codes_in(" jobcoaching,jobhunting ;taalstage\n"), ["jobcoaching", "jobhunting", "taalstage"]);
        assert_eq!(codes_in(" , "), Vec::<String>::new());
    }
}
