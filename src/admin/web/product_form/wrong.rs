//! How the fields of a product are read (velden van een product), and what is gathered of what is wrong with them.

use std::str::FromStr;

use i18n_embed_fl::fl;

use crate::money::Hundredths;
use crate::page::FormErrors;
use crate::text::Lang;

/// `40` or `12,5`; nothing for what is no quantity above nought.
pub fn read_quantity(typed: &str) -> Option<Hundredths> {
    let typed = typed.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let quantity: i64 = format!("{whole}{part:0<2}").parse().ok()?;
    (quantity > 0).then_some(Hundredths(quantity))
}

/// What is wrong, gathered while the fields are read.
pub(super) struct Wrong {
    pub lang: Lang,
    pub errors: FormErrors,
}

impl Wrong {
    pub fn at(&mut self, field: &str, told: String) {
        if self.errors.at(field).is_none() {
            self.errors.fields.push((field.to_owned(), told));
        }
    }

    pub fn code<T: FromStr>(&mut self, field: &str, typed: &str) -> Option<T> {
        let read = typed.parse().ok();
        if read.is_none() {
            self.at(field, fl!(self.lang.texts(), "catalogue-form-choose"));
        }
        read
    }

    /// None also where nothing was typed.
    pub fn number(&mut self, field: &str, typed: &str, least: u32, most: u32) -> Option<u32> {
        let typed = typed.trim();
        let read = typed.parse().ok().filter(|number| (least..=most).contains(number));
        if read.is_none() && !typed.is_empty() {
            self.at(field, fl!(self.lang.texts(), "catalogue-form-number", least = least, most = most));
        }
        read
    }

    pub fn quantity(&mut self, field: &str, typed: &str) -> Option<Hundredths> {
        let read = read_quantity(typed);
        if read.is_none() && !typed.trim().is_empty() {
            self.at(field, fl!(self.lang.texts(), "catalogue-form-quantity"));
        }
        read
    }
}
