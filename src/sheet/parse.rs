//! Reading what people type: names, dates, amounts, yes and no. Many forms are accepted, none is guessed.

use chrono::{Datelike, NaiveDate};

use super::remark::Problem;

/// "Zonder te letten op hoofdletters, spaties, lage streepjes of accenten" (quarter-statement.md): the form in which
/// two names are compared. Other signs between the letters do not count either.
pub fn name_key(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).map(without_accent).filter(|c| c.is_alphanumeric()).collect()
}

/// Letters with the accents that Dutch uses. A separate combining accent is no letter, and falls away by itself.
fn without_accent(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// The text without blanks around it; a no-break space is a space. Control characters and those that turn the
/// direction of writing are refused, for they make a text look like another. Line breaks may stand in a note.
pub fn clean(text: &str, line_breaks: bool) -> Result<String, Problem> {
    let spaced = text.replace(['\u{a0}', '\u{202f}'], " ");
    let trimmed = spaced.trim();
    let text = if line_breaks { trimmed.replace("\r\n", "\n") } else { trimmed.to_owned() };
    match text.chars().any(|c| is_invisible(c) && !(line_breaks && matches!(c, '\n' | '\t'))) {
        true => Err(Problem::HoldsInvisible),
        false => Ok(text),
    }
}

/// Control characters, marks that turn the direction of writing, and characters without width.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// "2026-09-30, 30-09-2026 of 30/9/2026; een jaartal van twee cijfers wordt geweigerd" (quarter-statement.md). A time
/// behind the date is allowed and left out.
pub fn date(text: &str) -> Result<NaiveDate, Problem> {
    let day = text.trim().split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let &[first, second, third] = parts.as_slice() else { return Err(Problem::NotADate) };
    if !parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())) {
        return Err(Problem::NotADate);
    }
    let (year, month, day) = match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) if !day.contains('/') => (first, second, third),
        (1..=2, 1..=2, 4) => (third, second, first),
        (1..=2, 1..=2, 1..=2) => return Err(Problem::TwoDigitYear),
        _ => return Err(Problem::NotADate),
    };
    let number = |part: &str| part.parse::<u32>().map_err(|_| Problem::NotADate);
    let year = i32::try_from(number(year)?).map_err(|_| Problem::NotADate)?;
    plausible(NaiveDate::from_ymd_opt(year, number(month)?, number(day)?).ok_or(Problem::NoSuchDay)?)
}

/// A year far away is a slip of the finger.
pub fn plausible(day: NaiveDate) -> Result<NaiveDate, Problem> {
    if (1950..=2100).contains(&day.year()) { Ok(day) } else { Err(Problem::YearOutOfRange) }
}

/// `1.234,56`, `1234,56`, `1234.56` or `1234`, with a minus or a euro sign before it if need be, in hundredths.
///
/// One separator with exactly three digits behind it (`1.234`) may mean a thousand or a fraction. It is not guessed but
/// refused; `1.234.567` and `1.234,00` can mean only one thing.
pub fn hundredths(text: &str, not_a_number: Problem) -> Result<i64, Problem> {
    let bare = text.trim();
    let (negative, bare) = match bare.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, bare),
    };
    let bare = bare.strip_prefix('€').unwrap_or(bare).trim_start();
    let (negative, bare) = match bare.strip_prefix(['-', '\u{2212}']) {
        Some(rest) if !negative => (true, rest),
        _ => (negative, bare),
    };
    let (whole, decimals) = split_number(bare, not_a_number)?;
    if whole.len() > 10 {
        return Err(Problem::NumberTooLarge);
    }
    let value = whole.parse::<i64>().unwrap_or(0) * 100 + format!("{decimals:0<2}").parse::<i64>().unwrap_or(0);
    Ok(if negative { -value } else { value })
}

/// The digits before and behind the decimal sign.
fn split_number(bare: &str, not_a_number: Problem) -> Result<(String, String), Problem> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let in_threes = |groups: &[&str]| {
        groups.iter().all(|group| digits(group))
            && (1..=3).contains(&groups[0].len())
            && groups[1..].iter().all(|group| group.len() == 3)
    };
    let (whole, decimals) = match (bare.split_once(','), bare.matches('.').count()) {
        (Some((whole, decimals)), _) => (whole, decimals),
        (None, 1) => {
            let (whole, behind) = bare.split_once('.').unwrap_or((bare, ""));
            if digits(whole) && digits(behind) && behind.len() == 3 && whole.len() <= 3 {
                return Err(ambiguous(whole, behind));
            }
            return match digits(whole) && digits(behind) {
                true if behind.len() <= 2 => Ok((whole.to_owned(), behind.to_owned())),
                true => Err(Problem::TooManyDecimals),
                false => Err(not_a_number),
            };
        }
        (None, _) => (bare, "0"),
    };
    let groups: Vec<&str> = whole.split('.').collect();
    if !digits(decimals) || !(digits(whole) || groups.len() > 1 && in_threes(&groups)) {
        return Err(not_a_number);
    }
    match decimals.len() {
        1..=2 => Ok((groups.concat(), decimals.to_owned())),
        3 if groups.len() == 1 && whole.len() <= 3 => Err(ambiguous(whole, decimals)),
        _ => Err(Problem::TooManyDecimals),
    }
}

fn ambiguous(whole: &str, behind: &str) -> Problem {
    Problem::AmbiguousNumber { large: format!("{whole}{behind},00"), small: format!("{whole},{}", &behind[..2]) }
}

/// A number of a spreadsheet, in hundredths. Spreadsheets calculate with fractions of two, so a difference of less
/// than a millionth is no decimal.
pub fn hundredths_of(number: f64) -> Result<i64, Problem> {
    let scaled = number * 100.0;
    if scaled.abs() >= 1e12 {
        return Err(Problem::NumberTooLarge);
    }
    match (scaled - scaled.round()).abs() < 1e-4 {
        true => Ok(scaled.round() as i64),
        false => Err(Problem::TooManyDecimals),
    }
}

/// "ja/nee, j/n, true/false, 1/0" (quarter-statement.md), and the words a Dutch spreadsheet writes for a tick box.
pub fn yes_no(text: &str) -> Option<bool> {
    match name_key(text).as_str() {
        "ja" | "j" | "true" | "waar" | "1" => Some(true),
        "nee" | "n" | "false" | "onwaar" | "0" => Some(false),
        _ => None,
    }
}

/// `30-09-2026`
pub fn shown_date(day: NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}

/// `1234,56`
pub fn shown_hundredths(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{},{:02}", value.unsigned_abs() / 100, value.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Result<i64, Problem> {
        hundredths(text, Problem::NotAnAmount)
    }

    #[test]
    fn names_are_compared_without_capitals_spaces_or_accents() {
        for name in ["beeindigd_op", "Beëindigd op", "BEËINDIGD_OP ", "beeindigd-op", "Bee\u{308}indigd  Op"] {
            assert_eq!(name_key(name), "beeindigdop", "{name}");
        }
    }

    #[test]
    fn dates_are_read_in_four_forms() {
        for text in
            ["2026-09-30", "30-09-2026", "30/9/2026", " 30-9-2026 ", "2026-09-30 14:30:00", "2026-09-30T00:00:00"]
        {
            assert_eq!(date(text).unwrap().to_string(), "2026-09-30", "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_never_guessed() {
        for text in ["03-04-26", "3/4/26", "26-09-30"] {
            assert_eq!(date(text), Err(Problem::TwoDigitYear), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        assert_eq!(date("30-02-2026"), Err(Problem::NoSuchDay));
        assert_eq!(date("09-30-2026"), Err(Problem::NoSuchDay));
        assert_eq!(date("30-09-0226"), Err(Problem::YearOutOfRange));
        for text in
            ["", "30 september", "n.v.t.", "30.09.2026", "2026/09/30", "46295", "30-09", "1-1-1-2026", "+1-9-2026"]
        {
            assert_eq!(date(text), Err(Problem::NotADate), "{text}");
        }
    }

    #[test]
    fn amounts_are_read_in_many_forms() {
        for text in ["1.234,56", "1234,56", "1234.56", "€ 1.234,56", "€1234,56", " 1.234,56 "] {
            assert_eq!(amount(text), Ok(123_456), "{text}");
        }
        for (text, cents) in [
            ("45", 4_500),
            ("45,5", 4_550),
            ("45.5", 4_550),
            ("1.234.567", 123_456_700),
            ("0,05", 5),
            ("1.234,5", 123_450),
        ] {
            assert_eq!(amount(text), Ok(cents), "{text}");
        }
        for text in ["-12,50", "\u{2212}12,50", "€ -12,50", "- € 12,50"] {
            assert_eq!(amount(text), Ok(-1_250), "{text}");
        }
    }

    #[test]
    fn three_digits_behind_one_separator_are_not_guessed() {
        let problem = Problem::AmbiguousNumber { large: "1234,00".to_owned(), small: "1,23".to_owned() };
        assert_eq!(amount("1.234"), Err(problem.clone()));
        assert_eq!(amount("1,234"), Err(problem));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in
            ["", "n.v.t.", "45,00 euro", "12.34,56", "1.23.456", "1,2,3", "1,234.56", "45,-", ",50", "1e3", "--5", "١"]
        {
            assert_eq!(amount(text), Err(Problem::NotAnAmount), "{text}");
        }
        assert_eq!(amount("1234,567"), Err(Problem::TooManyDecimals));
        assert_eq!(amount("1234.5678"), Err(Problem::TooManyDecimals));
        assert_eq!(amount("12345678901"), Err(Problem::NumberTooLarge));
    }

    #[test]
    fn a_number_of_the_spreadsheet_has_at_most_two_decimals() {
        assert_eq!(hundredths_of(0.1 + 0.2), Ok(30));
        assert_eq!(hundredths_of(1234.56), Ok(123_456));
        assert_eq!(hundredths_of(-12.5), Ok(-1_250));
        assert_eq!(hundredths_of(93.825), Err(Problem::TooManyDecimals));
        assert_eq!(hundredths_of(1e300), Err(Problem::NumberTooLarge));
    }

    #[test]
    fn yes_and_no_have_many_words() {
        for text in ["ja", "J", "TRUE", "waar", "1", " Ja "] {
            assert_eq!(yes_no(text), Some(true), "{text}");
        }
        for text in ["nee", "N", "false", "ONWAAR", "0"] {
            assert_eq!(yes_no(text), Some(false), "{text}");
        }
        assert_eq!(yes_no("misschien"), None);
    }

    #[test]
    fn characters_that_nobody_sees_are_refused() {
        assert_eq!(clean("a\u{202e}b", false), Err(Problem::HoldsInvisible));
        assert_eq!(clean("a\u{200b}b", false), Err(Problem::HoldsInvisible));
        assert_eq!(clean("a\nb", false), Err(Problem::HoldsInvisible));
        assert_eq!(clean("a\r\nb", true).unwrap(), "a\nb");
        assert_eq!(clean("\u{a0}a\u{a0}b ", false).unwrap(), "a b");
    }
}
