//! The pages of the money (begroting op het scherm): the year, its sources, other costs, the lines, places and what is taken along.

pub mod form_handlers;
pub mod forms;
pub mod line_handlers;
pub mod lines;
pub mod overview;
pub mod overview_handlers;
pub mod place_handlers;
pub mod places;
pub mod sample;

use std::borrow::Borrow;

use askama::Template;
use askama::filters::HtmlSafe;
use i18n_embed_fl::fl;
use validator::Validate;

use super::figures::Figure;
use super::store::Fault;
use super::{Refusal, days_of, may_write};
use crate::account::entrance::Insider;
use crate::house::Turn;
use crate::money::Cents;
use crate::page::{Frame, Section};
use crate::text::Lang;

/// What a page of the money is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Year,
    Providers,
    Lines,
    Committed,
    Other,
    Places,
    Export,
}

/// The tabs over these pages: `{{ self.tabs() }}` in a template.
#[derive(Template)]
#[template(path = "budget/tabs.html")]
pub struct BudgetTabs {
    pub lang: Lang,
    pub year: i32,
    pub current: Place,
}

impl HtmlSafe for BudgetTabs {}

impl BudgetTabs {
    fn all(&self) -> [(String, String, bool); 7] {
        let t = self.lang.texts();
        let tab = |place, below: &str, text| (format!("{}{below}", path(self.year)), text, self.current == place);
        [
            tab(Place::Year, "", fl!(t, "budget-tab-year", year = self.year.to_string())),
            tab(Place::Providers, "/aanbieders", fl!(t, "budget-tab-providers")),
            tab(Place::Lines, "/regels", fl!(t, "budget-tab-lines")),
            tab(Place::Committed, "/verplicht", fl!(t, "budget-tab-committed")),
            tab(Place::Other, "/overige-kosten", fl!(t, "budget-tab-other")),
            tab(Place::Places, "/plaatsen", fl!(t, "budget-tab-places")),
            tab(Place::Export, "/uitvoer", fl!(t, "budget-tab-export")),
        ]
    }

    fn label(&self) -> String {
        fl!(self.lang.texts(), "budget-tabs")
    }
}

/// Figures by one thing: `{{ self.by_month() }}` in a template.
#[derive(Debug, Clone, Template)]
#[template(path = "budget/figures.html")]
pub struct FigureTable {
    pub lang: Lang,
    /// Its id on the page.
    pub id: &'static str,
    pub title: String,
    pub head: String,
    pub rows: Vec<FigureRow>,
}

impl HtmlSafe for FigureTable {}

/// A row of figures and where what it rests on is found.
#[derive(Debug, Clone)]
pub struct FigureRow {
    pub name: String,
    pub figure: Figure,
    /// Behind the address of the lines: `product=RE-P1-JH`; none where no line stands behind it.
    pub lines: Option<String>,
    /// Behind the address of what is committed.
    pub committed: Option<String>,
    pub year: i32,
}

impl FigureRow {
    fn href(&self, state: &str) -> Option<String> {
        self.lines.as_ref().map(|query| format!("{}/regels?{query}&stand={state}", path(self.year)))
    }

    fn committed_href(&self) -> Option<String> {
        self.committed.as_ref().map(|query| format!("{}/verplicht?{query}", path(self.year)))
    }
}

impl FigureTable {
    fn total(&self) -> Figure {
        self.rows.iter().fold(Figure::default(), |sum, row| sum.and(row.figure))
    }

    fn money(&self, amount: impl Borrow<Cents>) -> String {
        self.lang.money(*amount.borrow())
    }
}

/// The frame of these pages, for who may look at the money of a year that there is.
pub fn frame(who: &Insider, year: i32) -> Result<Frame, Turn> {
    if who.actor().own_provider().is_some() {
        return Err(Turn::NotFound);
    }
    if !who.actor().may_see_money() {
        return Err(Turn::NotAllowed);
    }
    days_of(year).ok_or(Turn::NotFound)?;
    Ok(who.frame(Some(Section::Budget)))
}

/// The same for a page below that of the year.
pub fn below(who: &Insider, year: i32, here: String) -> Result<Frame, Turn> {
    let frame = frame(who, year)?.crumb(fl!(who.lang.texts(), "budget-title", year = year.to_string()), path(year));
    Ok(Frame { here, ..frame })
}

/// The same for who types in it.
pub fn writing(who: &Insider, year: i32, here: String) -> Result<Frame, Turn> {
    let frame = below(who, year, here)?;
    if may_write(&who.actor()) { Ok(frame) } else { Err(Turn::NotAllowed) }
}

/// Where a year stands.
pub fn path(year: i32) -> String {
    format!("/begroting/{year}")
}

/// A refusal comes before the first write, so what is answered with it commits nothing; trouble ends the request, and who
/// looked at an older version is told who changed it.
pub fn or_refusal<T>(result: Result<T, Fault>, back: &str) -> Result<Result<T, Refusal>, Turn> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(Refusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(Refusal::ChangedMeanwhile(by))) => {
            Err(Turn::Conflict { by: Some(by).filter(|by| !by.is_empty()), back: back.to_owned() })
        }
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
    }
}

/// Why nothing was done, in words.
pub fn refusal_in_words(lang: Lang, refusal: &Refusal) -> String {
    let t = lang.texts();
    match refusal {
        Refusal::NameMissing => fl!(t, "budget-name-missing"),
        Refusal::NameTaken => fl!(t, "budget-name-taken"),
        Refusal::AmountWrong => fl!(t, "budget-amount-wrong"),
        Refusal::MonthWrong => fl!(t, "budget-month-wrong"),
        Refusal::ReasonMissing => fl!(t, "budget-reason-missing"),
        Refusal::TextMissing => fl!(t, "budget-text-missing"),
        Refusal::ProductTaken(source) => fl!(t, "budget-product-taken", source = source.as_str()),
        Refusal::Same => fl!(t, "budget-same"),
        Refusal::AlreadyTakenBack => fl!(t, "budget-already-back"),
        Refusal::DayWrong => fl!(t, "budget-day-wrong"),
        Refusal::AlreadyWaits => fl!(t, "budget-already-waits"),
        Refusal::NotYours | Refusal::NotFound | Refusal::ChangedMeanwhile(_) => fl!(t, "budget-changed-meanwhile"),
    }
}

/// The fields that hold more than they take, each with what to do about it.
pub fn too_long(lang: Lang, form: &impl Validate) -> Vec<(String, String)> {
    let Err(faults) = form.validate() else { return Vec::new() };
    let most = |faults: &[validator::ValidationError]| {
        faults.iter().find_map(|fault| fault.params.get("max")?.as_u64()).unwrap_or(0)
    };
    let told = |(field, faults): (_, &Vec<_>)| {
        let (field, most): (std::borrow::Cow<'static, str>, u64) = (field, most(faults));
        (field.to_string(), fl!(lang.texts(), "budget-too-long", count = most))
    };
    faults.field_errors().into_iter().map(told).collect()
}

/// An amount as people write it: `438.198`, `438.198,00`, `€ 438198`, `1250,5`. A dot stands between thousands, a comma before
/// the cents.
pub fn read_amount(typed: &str) -> Option<Cents> {
    let bare: String = typed.trim().trim_start_matches('€').chars().filter(|c| !c.is_whitespace()).collect();
    let (negative, bare) = bare.strip_prefix('-').map_or((false, bare.as_str()), |rest| (true, rest));
    let (whole, cents) = bare.split_once(',').unwrap_or((bare, "0"));
    let groups: Vec<&str> = whole.split('.').collect();
    let digits = |part: &str| !part.is_empty() && part.len() <= 12 && part.bytes().all(|b| b.is_ascii_digit());
    let in_threes = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if !groups.iter().all(|group| digits(group)) || !in_threes || !digits(cents) || cents.len() > 2 {
        return None;
    }
    let whole: i64 = groups.concat().parse().ok().filter(|whole| *whole < 1_000_000_000_000)?;
    let amount = whole * 100 + format!("{cents:0<2}").parse::<i64>().ok()?;
    Some(Cents(if negative { -amount } else { amount }))
}

/// An amount as it stands in a field.
pub fn typed_amount(amount: Cents) -> String {
    let (sign, cents) = (if amount.0 < 0 { "-" } else { "" }, amount.0.unsigned_abs());
    format!("{sign}{},{:02}", crate::money::thousands(cents / 100, '.'), cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_write_it_and_comes_back_the_same() {
        let read = [
            ("438.198", 43_819_800),
            ("€ 438.198,00", 43_819_800),
            ("1250,5", 125_050),
            (" 7 ", 700),
            ("-12,34", -1_234),
        ];
        for (typed, cents) in read {
            assert_eq!(read_amount(typed), Some(Cents(cents)), "{typed}");
        }
        for typed in ["", "veel", "1.23", "12,345", "1.2345", ",5", "9999999999999"] {
            assert_eq!(read_amount(typed), None, "{typed}");
        }
        for cents in [0, 5, 43_819_800, -1_234] {
            assert_eq!(read_amount(&typed_amount(Cents(cents))), Some(Cents(cents)));
        }
    }
}
