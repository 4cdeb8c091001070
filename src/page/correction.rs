//! The page on which a form is mended (verbeteren): words that may not be kept stand here with what is wrong with them,
//! and the rest of the form waits unseen. Sent again it goes where it was going.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use i18n_embed_fl::fl;

use super::{FormErrors, Frame, answer};
use crate::text::Lang;

/// What people write to each other: two pages. In characters.
pub const LONGEST_TEXT: usize = 4_000;

/// The text of a mail.
pub const LONGEST_LETTER: usize = 20_000;

/// Why the words of a field may not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A citizen service number (BSN).
    Bsn,
    /// The letters that go out know no such sign.
    Unprintable { sign: char },
    /// More than so many characters.
    TooLong { longest: usize },
}

/// POST to the address of any form; it is answered by the page of that form when nothing is wrong any more.
#[derive(Template)]
#[template(path = "correction.html")]
pub struct CorrectionPage {
    pub frame: Frame,
    /// Where the form was going.
    pub action: String,
    /// Everything that was sent, in its order.
    pub fields: Vec<(String, String)>,
    /// The place of a field and what is wrong with it.
    pub faults: Vec<(usize, Fault)>,
}

impl CorrectionPage {
    pub fn answer(
        frame: Frame,
        action: String,
        fields: Vec<(String, String)>,
        faults: Vec<(usize, Fault)>,
    ) -> HttpResponse {
        answer(StatusCode::UNPROCESSABLE_ENTITY, &CorrectionPage { frame, action, fields, faults })
    }

    fn errors(&self) -> FormErrors {
        let told = self.faults.iter().map(|(at, fault)| {
            let text = format!("{}: {}", self.label(*at), self.words(*at, fault));
            (id(*at), text)
        });
        FormErrors { fields: told.collect(), whole: Vec::new() }
    }

    /// `woorden/criterion/M14` is "Woorden M14".
    fn label(&self, at: usize) -> String {
        let name = self.fields.get(at).map_or("", |(name, _)| name.as_str());
        let words = name.split(['/', '-', '_']).filter(|word| !matches!(*word, "" | "criterion" | "step"));
        let words = words.collect::<Vec<_>>().join(" ");
        let mut letters = words.chars();
        letters.next().map_or(words.clone(), |first| first.to_uppercase().chain(letters).collect())
    }

    fn words(&self, at: usize, fault: &Fault) -> String {
        let (lang, t) = (self.frame.lang, self.frame.t());
        match fault {
            Fault::Bsn => fl!(t, "page-correction-bsn"),
            Fault::Unprintable { sign } => fl!(t, "page-correction-sign", sign = sign.to_string()),
            Fault::TooLong { longest } => {
                let typed = self.fields.get(at).map_or(0, |(_, value)| value.chars().count());
                let (typed, most) = (lang.count(typed as u64), lang.count(*longest as u64));
                fl!(t, "page-correction-long", typed = typed, most = most)
            }
        }
    }

    fn wrong(&self) -> Vec<Wrong<'_>> {
        let wrong = |(at, fault): &(usize, Fault)| {
            let (name, value) = self.fields.get(*at)?;
            Some(Wrong { id: id(*at), name, value, label: self.label(*at), error: self.words(*at, fault) })
        };
        self.faults.iter().filter_map(wrong).collect()
    }

    /// The fields that are good go along as they are.
    fn good(&self) -> impl Iterator<Item = &(String, String)> {
        let wrong = |at: usize| self.faults.iter().any(|(place, _)| *place == at);
        self.fields.iter().enumerate().filter(move |(at, _)| !wrong(*at)).map(|(_, field)| field)
    }
}

/// A field that has to be mended.
struct Wrong<'a> {
    id: String,
    name: &'a str,
    value: &'a str,
    label: String,
    error: String,
}

fn id(at: usize) -> String {
    format!("veld-{at}")
}

/// Under the label of a text: how much fits.
pub fn at_most(lang: Lang, most: usize) -> String {
    fl!(lang.texts(), "page-at-most", most = lang.count(most as u64))
}

impl Frame {
    /// Under the label of a text: how much fits.
    pub fn at_most(&self, most: usize) -> String {
        at_most(self.lang, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_stands_at_its_field_and_the_rest_goes_along() {
        let fields = vec![("versie".to_owned(), "3".to_owned()), ("reden-einde".to_owned(), "111222333".to_owned())];
        let frame = Frame::public(Lang::Nl, "/");
        let page = CorrectionPage { frame, action: "/x".into(), fields, faults: vec![(1, Fault::Bsn)] };
        let html = page.render().unwrap();
        assert!(html.contains(r##"<a href="#veld-1">Reden einde: "##), "{html}");
        assert!(html.contains(r#"<input type="hidden" name="versie" value="3">"#), "{html}");
        assert!(html.contains(r#"name="reden-einde""#) && html.contains("111222333</textarea>"), "{html}");
    }
}
