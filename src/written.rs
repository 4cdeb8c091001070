//! How dates, amounts, shares and quarters are written (notatie), Dutch and English: the same on screen, on paper and
//! on the command line. Formats: law-and-standards 3.8, "Formats (nl-NL)".

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::money::{Cents, Hundredths, thousands};
use crate::quarter::Quarter;
use crate::text::Lang;

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Lang {
    /// A date in running text: `9 oktober 2026`.
    pub fn day(self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), self.month(day), day.year())
    }

    /// The month of a day: `oktober`.
    pub fn month(self, day: NaiveDate) -> &'static str {
        self.pick(MONTHS_NL[day.month0() as usize], MONTHS_EN[day.month0() as usize])
    }

    /// A date in a table: `09-10-2026`, in English `9 Oct 2026`, as day and month would be read the wrong way round.
    pub fn day_in_table(self, day: NaiveDate) -> String {
        match self {
            Lang::Nl => day.format("%d-%m-%Y").to_string(),
            Lang::En => format!("{} {} {}", day.day(), &MONTHS_EN[day.month0() as usize][..3], day.year()),
        }
    }

    /// A time of day: `14.30 uur`.
    pub fn time(self, time: NaiveTime) -> String {
        match self {
            Lang::Nl => format!("{}.{:02} uur", time.hour(), time.minute()),
            Lang::En => format!("{}:{:02}", time.hour(), time.minute()),
        }
    }

    /// `9 oktober 2026, 14.30 uur`, in the reader's own time zone.
    pub fn moment(self, moment: NaiveDateTime) -> String {
        format!("{}, {}", self.day(moment.date()), self.time(moment.time()))
    }

    /// `3e kwartaal 2026`.
    pub fn quarter(self, quarter: Quarter) -> String {
        match self {
            Lang::Nl => format!("{}e kwartaal {}", quarter.number(), quarter.year()),
            Lang::En => format!("quarter {} of {}", quarter.number(), quarter.year()),
        }
    }

    /// The same where a line begins; English then has a capital.
    pub fn quarter_first(self, quarter: Quarter) -> String {
        match self {
            Lang::Nl => self.quarter(quarter),
            Lang::En => format!("Quarter {} of {}", quarter.number(), quarter.year()),
        }
    }

    /// "1e kwartaal 2026 (1 januari t/m 31 maart)".
    pub fn quarter_with_days(self, quarter: Quarter) -> String {
        let day = |day: NaiveDate| format!("{} {}", day.day(), self.month(day));
        let (first, last) = (day(quarter.first_day()), day(quarter.last_day()));
        format!("{} ({first} {} {last})", self.quarter(quarter), self.pick("t/m", "to"))
    }

    /// Under a bar and beside a line: `K3 2026`.
    pub fn quarter_short(self, quarter: Quarter) -> String {
        format!("{}{} {}", self.pick("K", "Q"), quarter.number(), quarter.year())
    }

    /// `€ 1.234,56` with a no-break space; in English `€1,234.56`.
    pub fn money(self, amount: Cents) -> String {
        match self {
            Lang::Nl => amount.to_string(),
            Lang::En => {
                let cents = amount.0.unsigned_abs();
                let sign = if amount.0 < 0 { "-" } else { "" };
                format!("{sign}€{}.{:02}", thousands(cents / 100, ','), cents % 100)
            }
        }
    }

    /// Rounded to whole euros, half up: `€ 1.235`.
    pub fn euros(self, amount: Cents) -> String {
        let sign = if amount.0 < 0 { "-" } else { "" };
        let euros = thousands((amount.0.unsigned_abs() + 50) / 100, self.group_mark());
        match self {
            Lang::Nl => format!("€\u{a0}{sign}{euros}"),
            Lang::En => format!("{sign}€{euros}"),
        }
    }

    /// Thousands of euros with one decimal, inside a bar: `14,3`.
    pub fn thousands_of_euros(self, amount: Cents) -> String {
        let tenths = (amount.0.unsigned_abs() + 5_000) / 10_000;
        let sign = if amount.0 < 0 && tenths > 0 { "-" } else { "" };
        format!("{sign}{}{}{}", thousands(tenths / 10, self.group_mark()), self.decimal_mark(), tenths % 10)
    }

    /// A whole number in groups of three: `5.000`.
    pub fn count(self, number: u64) -> String {
        thousands(number, self.group_mark())
    }

    /// A share with one decimal: `66,7%`. "A shown percentage has one decimal and never rounds a missed target up to
    /// A quantity without needless noughts: `40`, `12,5` and in English `12.5`.
    pub fn quantity(self, quantity: Hundredths) -> String {
        let (sign, size) = (if quantity.0 < 0 { "-" } else { "" }, quantity.0.unsigned_abs());
        let whole = self.count(size / 100);
        let part = format!("{:02}", size % 100);
        match part.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            part => format!("{sign}{whole}{}{part}", self.decimal_mark()),
        }
    }

    /// the target (79,96 % is shown as 79,9 %)" (indicators.md, rule 5). None when there is nothing to divide.
    pub fn share(self, numerator: u32, denominator: u32, target_pct: Option<u32>) -> Option<String> {
        let tenths = share_in_tenths(numerator, denominator, target_pct)?;
        Some(format!("{}{}{}%", tenths / 10, self.decimal_mark(), tenths % 10))
    }

    fn decimal_mark(self) -> char {
        match self {
            Lang::Nl => ',',
            Lang::En => '.',
        }
    }

    fn group_mark(self) -> char {
        match self {
            Lang::Nl => '.',
            Lang::En => ',',
        }
    }
}

/// The share that is written, in tenths of a percent: where a drawing puts it.
pub fn share_in_tenths(numerator: u32, denominator: u32, target_pct: Option<u32>) -> Option<u32> {
    if denominator == 0 {
        return None;
    }
    let (part, whole) = (u64::from(numerator), u64::from(denominator));
    let rounded = u32::try_from((part * 2_000 + whole) / (whole * 2)).unwrap_or(u32::MAX);
    match target_pct {
        Some(target) if part * 100 < u64::from(target) * whole => Some(rounded.min((target * 10).saturating_sub(1))),
        _ => Some(rounded),
    }
}

/// A number and a name as a word of a path: `1042-stichting-werkpad-noord`.
pub fn slug(number: i64, name: &str) -> String {
    match address_word(name) {
        word if word.is_empty() => number.to_string(),
        word => format!("{number}-{word}"),
    }
}

/// A name as a word of a path: `Café Zuid & Zn.` is `cafe-zuid-zn`.
pub fn address_word(name: &str) -> String {
    let name = plain(name);
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Names sort and are found without regard to case and accents: `Café & Zn.` under `cafe & zn.`.
pub fn plain(name: &str) -> String {
    composed(name).to_lowercase().chars().map(without_accent).collect()
}

/// One written form for what looks the same (NFC): an é is one character, also where it was typed as an e with an accent
/// after it.
pub fn composed(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
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
    fn a_slug_can_be_read_and_typed() {
        assert_eq!(slug(1042, "Stichting Werkpad Noord"), "1042-stichting-werkpad-noord");
        assert_eq!(slug(7, "Café Zuid & Zn. B.V."), "7-cafe-zuid-zn-b-v");
    }

    fn day(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    #[test]
    fn a_date_reads_as_people_write_it() {
        assert_eq!(Lang::Nl.day(day("2026-10-09")), "9 oktober 2026");
        assert_eq!(Lang::En.day(day("2026-10-09")), "9 October 2026");
        assert_eq!(Lang::Nl.day_in_table(day("2026-10-09")), "09-10-2026");
        assert_eq!(Lang::En.day_in_table(day("2026-05-09")), "9 May 2026");
    }

    #[test]
    fn a_moment_has_its_time() {
        let moment = day("2026-10-09").and_hms_opt(14, 5, 0).unwrap();
        assert_eq!(Lang::Nl.moment(moment), "9 oktober 2026, 14.05 uur");
        assert_eq!(Lang::En.moment(moment), "9 October 2026, 14:05");
    }

    #[test]
    fn a_quarter_has_a_long_and_a_short_form() {
        let third = Quarter::new(2026, 3).unwrap();
        assert_eq!(Lang::Nl.quarter(third), "3e kwartaal 2026");
        assert_eq!(Lang::En.quarter(third), "quarter 3 of 2026");
        assert_eq!(Lang::En.quarter_first(third), "Quarter 3 of 2026");
        assert_eq!(Lang::Nl.quarter_short(third), "K3 2026");
        assert_eq!(Lang::Nl.quarter_with_days(third), "3e kwartaal 2026 (1 juli t/m 30 september)");
        assert_eq!(Lang::En.quarter_with_days(third), "quarter 3 of 2026 (1 July to 30 September)");
    }

    #[test]
    fn amounts_and_counts_follow_the_language() {
        let quantities = |lang: Lang| [4_000, 1_250, -25, 123_450].map(|one| lang.quantity(Hundredths(one)));
        assert_eq!(quantities(Lang::Nl), ["40", "12,5", "-0,25", "1.234,5"]);
        assert_eq!(quantities(Lang::En), ["40", "12.5", "-0.25", "1,234.5"]);
        assert_eq!(Lang::Nl.money(Cents(1_430_000)), "€\u{a0}14.300,00");
        assert_eq!(Lang::En.money(Cents(-1_250)), "-€12.50");
        assert_eq!(Lang::Nl.euros(Cents(123_450)), "€\u{a0}1.235");
        assert_eq!(Lang::En.euros(Cents(-123_449)), "-€1,234");
        assert_eq!(Lang::Nl.thousands_of_euros(Cents(1_434_999)), "14,3");
        assert_eq!(Lang::En.thousands_of_euros(Cents(123_456_789)), "1,234.6");
        assert_eq!(Lang::Nl.count(5_000), "5.000");
    }

    #[test]
    fn a_share_never_rounds_up_to_a_target_it_missed() {
        assert_eq!(Lang::Nl.share(7_996, 10_000, Some(80)).unwrap(), "79,9%");
        assert_eq!(Lang::Nl.share(7_996, 10_000, None).unwrap(), "80,0%");
        assert_eq!(Lang::Nl.share(2, 3, Some(70)).unwrap(), "66,7%");
        assert_eq!(Lang::En.share(19, 20, Some(100)).unwrap(), "95.0%");
        assert_eq!(Lang::Nl.share(34, 34, Some(100)).unwrap(), "100,0%");
        assert_eq!(Lang::Nl.share(0, 0, Some(100)), None);
    }

    #[test]
    fn a_name_is_found_however_its_accents_were_typed() {
        assert_eq!(plain("Jose\u{301} Muñoz"), plain("Jos\u{e9} Mun\u{303}oz"));
        assert_eq!(plain("Jose\u{301}"), "jose");
        assert_eq!(composed("Bee\u{308}indigd"), "Be\u{eb}indigd");
    }
}
