//! Figures and dates as people write them (law-and-standards 3.8): Dutch first, English beside it.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use i18n_embed_fl::fl;

use crate::money::{Cents, thousands};
use crate::quarter::Quarter;
use crate::text::Lang;

use super::quarter::Share;

/// A share in tenths of a percent, rounded, none when there was nothing to count. "Een getoond percentage heeft één
/// decimaal en rondt een gemiste norm nooit naar boven af tot de norm" (79,96% is shown as 79,9%).
pub fn tenths(share: Share, target_pct: Option<u32>) -> Option<u32> {
    let (n, d) = (u64::from(share.numerator), u64::from(share.denominator));
    if d == 0 {
        return None;
    }
    let rounded = (n * 1000 * 2 + d) / (d * 2);
    let rounded = u32::try_from(rounded).unwrap_or(u32::MAX);
    match target_pct {
        Some(target) if n * 100 < u64::from(target) * d => Some(rounded.min((target * 10).saturating_sub(1))),
        _ => Some(rounded),
    }
}

/// `97,1%`, and a dash when there was nothing to count.
pub fn percentage(share: Share, target_pct: Option<u32>, lang: Lang) -> String {
    match tenths(share, target_pct) {
        None => "–".to_owned(),
        Some(tenths) => format!("{}{}{}%", tenths / 10, lang.pick(",", "."), tenths % 10),
    }
}

/// `33 van 34`.
pub fn share(share: Share, lang: Lang) -> String {
    let (n, d) = (share.numerator.to_string(), share.denominator.to_string());
    fl!(lang.texts(), "report-of", numerator = n, denominator = d)
}

/// `€ 1.234,56` in Dutch, `€1,234.56` in English.
pub fn money(amount: Cents, lang: Lang) -> String {
    if lang == Lang::Nl {
        return amount.to_string();
    }
    let sign = if amount.0 < 0 { "-" } else { "" };
    let cents = amount.0.unsigned_abs();
    format!("{sign}€{}.{:02}", thousands(cents / 100, ','), cents % 100)
}

/// Rounded to whole euros, half up: `€ 1.235`.
pub fn euros(amount: Cents, lang: Lang) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    let euros = (amount.0.unsigned_abs() + 50) / 100;
    match lang {
        Lang::Nl => format!("€\u{a0}{sign}{}", thousands(euros, '.')),
        Lang::En => format!("{sign}€{}", thousands(euros, ',')),
    }
}

/// `5 februari 2019`, in running text.
pub fn date(day: NaiveDate, lang: Lang) -> String {
    let (number, year) = (day.day().to_string(), day.year().to_string());
    fl!(lang.texts(), "report-date", day = number, month = month(day, lang), year = year)
}

/// `05-02-2019`, in tables; `5 Feb 2019` in English, where the other could be read two ways.
pub fn short_date(day: NaiveDate, lang: Lang) -> String {
    day.format(lang.pick("%d-%m-%Y", "%-d %b %Y")).to_string()
}

/// `12 oktober 2026, 14.30 uur`.
pub fn date_time(moment: DateTime<FixedOffset>, lang: Lang) -> String {
    let time = moment.format(lang.pick("%H.%M", "%H:%M")).to_string();
    fl!(lang.texts(), "report-date-time", date = date(moment.date_naive(), lang), time = time)
}

pub fn month(day: NaiveDate, lang: Lang) -> String {
    fl!(lang.texts(), "report-month", month = format!("m{}", day.month()))
}

/// `3e kwartaal 2026`.
pub fn quarter(quarter: Quarter, lang: Lang) -> String {
    let (number, year) = (quarter.number().to_string(), quarter.year().to_string());
    fl!(lang.texts(), "report-quarter-name", number = number, year = year)
}

/// `3e kwartaal 2026 (1 juli t/m 30 september 2026)`.
pub fn quarter_range(this: Quarter, lang: Lang) -> String {
    let first = this.first_day();
    let from = format!("{} {}", first.day(), month(first, lang));
    let until = date(this.last_day(), lang);
    fl!(lang.texts(), "report-quarter-range", name = quarter(this, lang), from = from, until = until)
}

/// `K3 2026`.
pub fn short_quarter(quarter: Quarter, lang: Lang) -> String {
    let (number, year) = (quarter.number().to_string(), quarter.year().to_string());
    fl!(lang.texts(), "report-quarter-short", number = number, year = year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(numerator: u32, denominator: u32, target: u32) -> String {
        percentage(Share { numerator, denominator }, Some(target), Lang::Nl)
    }

    #[test]
    fn a_missed_target_is_never_rounded_up_to_it() {
        assert_eq!(shown(1999, 2500, 80), "79,9%");
        assert_eq!(shown(9999, 10000, 100), "99,9%");
        assert_eq!(shown(8, 10, 80), "80,0%");
        assert_eq!(shown(2, 3, 70), "66,7%");
        assert_eq!(shown(0, 4, 0), "0,0%");
    }

    #[test]
    fn nothing_to_count_is_a_dash() {
        assert_eq!(shown(0, 0, 100), "–");
    }

    #[test]
    fn money_and_dates_follow_the_language() {
        let day = NaiveDate::from_ymd_opt(2019, 2, 5).unwrap();
        assert_eq!(date(day, Lang::Nl), "5 februari 2019");
        assert_eq!(date(day, Lang::En), "5 February 2019");
        assert_eq!(short_date(day, Lang::Nl), "05-02-2019");
        assert_eq!(short_date(day, Lang::En), "5 Feb 2019");
        assert_eq!(money(Cents(-123_456), Lang::En), "-€1,234.56");
        assert_eq!(euros(Cents(123_450), Lang::Nl), "€\u{a0}1.235");
    }

    #[test]
    fn a_quarter_is_written_with_its_days() {
        let quarter = Quarter::new(2026, 3).unwrap();
        assert_eq!(quarter_range(quarter, Lang::Nl), "3e kwartaal 2026 (1 juli t/m 30 september 2026)");
        assert_eq!(quarter_range(quarter, Lang::En), "quarter 3 of 2026 (1 July to 30 September 2026)");
    }
}
