//! What a contact person sent of his lines (ingevulde regels): one tick a line, or what is wrong with it. Every field has the
//! line it is about behind its name; a line that was shown always sends what was seen of it.

use std::collections::BTreeMap;

use i18n_embed_fl::fl;

use crate::confirmation::store::Spoken;
use crate::confirmation::{Answer, ChargedLine, Fault, LONGEST_REASON, Word};
use crate::house::Turn;
use crate::money::{Cents, Hundredths};
use crate::page::FormErrors;
use crate::quarter::Quarter;
use crate::text::Lang;

/// What was filled in at one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub ticked: bool,
    /// `contested` or `corrected`; empty when neither was chosen.
    pub kind: String,
    pub quantity: String,
    pub amount: String,
    pub reason: String,
}

impl Typed {
    /// Something stands in the fields behind the tick.
    pub fn says_more(&self) -> bool {
        [&self.kind, &self.quantity, &self.amount, &self.reason].iter().any(|typed| !typed.trim().is_empty())
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Every line that was on the page, with the last word that was seen of it.
    pub seen: BTreeMap<String, Option<i64>>,
    pub typed: BTreeMap<String, Typed>,
    /// `pagina`, or the key of a client: all of it is right that says nothing else.
    pub all: String,
}

/// Nobody has more lines on one page; what is longer was not sent by it.
const MOST_LINES: usize = 500;

impl Sent {
    pub fn read(pairs: Vec<(String, String)>) -> Result<Sent, Turn> {
        let mut sent = Sent::default();
        for (name, value) in pairs {
            if name == "alles" {
                sent.all = value;
                continue;
            }
            let Some((field, about)) = name.split_once('-') else { continue };
            if about.len() > 40 {
                return Err(Turn::BadRequest);
            }
            if field == "gezien" {
                let word: i64 = value.parse().map_err(|_| Turn::BadRequest)?;
                sent.seen.insert(about.to_owned(), Some(word).filter(|word| *word > 0));
                continue;
            }
            let typed = sent.typed.entry(about.to_owned()).or_default();
            match field {
                "klopt" => typed.ticked = true,
                "soort" => typed.kind = value,
                "aantal" => typed.quantity = value,
                "bedrag" => typed.amount = value,
                "reden" => typed.reason = value,
                _ => {}
            }
        }
        if sent.seen.len() > MOST_LINES { Err(Turn::BadRequest) } else { Ok(sent) }
    }

    pub fn at(&self, about: &str) -> Typed {
        self.typed.get(about).cloned().unwrap_or_default()
    }

    /// What is said of which line, or everything that is wrong with it. A line that is not there any more is said something
    /// of as well: whoever takes it tells that it changed.
    pub fn spoken(&self, lang: Lang, quarter: Quarter, lines: &[ChargedLine]) -> Result<Vec<Spoken>, FormErrors> {
        let by_about: BTreeMap<String, &ChargedLine> = lines.iter().map(|line| (line.about(quarter), line)).collect();
        let (mut spoken, mut errors) = (Vec::new(), FormErrors::default());
        for (about, seen) in &self.seen {
            let line = by_about.get(about).copied();
            let typed = self.at(about);
            let answer = match typed.says_more() {
                true => read_answer(lang, about, &typed, line, &mut errors),
                false => (typed.ticked || self.sweeps(line)).then(Answer::confirmed),
            };
            spoken.extend(answer.map(|answer| Spoken { about: about.clone(), seen: *seen, answer }));
        }
        if errors.is_empty() { Ok(spoken) } else { Err(errors) }
    }

    /// "Alles klopt" takes the lines that nobody said anything of.
    fn sweeps(&self, line: Option<&ChargedLine>) -> bool {
        match (self.all.as_str(), line) {
            ("", _) => false,
            (_, None) => true,
            (all, Some(line)) => line.said.is_none() && (all == "pagina" || all == client_key(line)),
        }
    }
}

/// The client of one provider, in the value of a button.
pub fn client_key(line: &ChargedLine) -> String {
    format!("{}:{}", line.provider_id, line.client_ref)
}

fn read_answer(
    lang: Lang,
    about: &str,
    typed: &Typed,
    line: Option<&ChargedLine>,
    errors: &mut FormErrors,
) -> Option<Answer> {
    let (t, before) = (lang.texts(), errors.fields.len());
    let mut wrong = |field: &str, told: String| errors.fields.push((format!("{field}-{about}"), told));
    let number = line.map(|line| line.line.clone()).unwrap_or_default();
    let word: Option<Word> = typed.kind.parse::<Word>().ok().filter(|word| *word != Word::Confirmed);
    let (mut quantity, mut amount) = (None, None);
    match word {
        None => wrong("soort", fl!(t, "confirmation-choose-kind", line = number.as_str())),
        Some(_) if typed.ticked => wrong("soort", fl!(t, "confirmation-both", line = number.as_str())),
        Some(Word::Corrected) => {
            quantity = hundredths(&typed.quantity);
            if quantity.is_none() && !typed.quantity.trim().is_empty() {
                wrong("aantal", fl!(t, "confirmation-quantity-wrong", line = number.as_str()));
            }
            amount = hundredths(&typed.amount);
            if amount.is_none() && !typed.amount.trim().is_empty() {
                wrong("bedrag", fl!(t, "confirmation-amount-wrong", line = number.as_str()));
            }
        }
        Some(_) => {}
    }
    let reason = typed.reason.replace("\r\n", "\n").trim().to_owned();
    let answer = Answer { word: word?, quantity: quantity.map(Hundredths), amount: amount.map(Cents), reason };
    if errors.fields.len() > before {
        return None;
    }
    if let Some(fault) = line.and_then(|line| answer.fault(line)) {
        let (field, told) = fault_in(lang, &number, fault);
        errors.fields.push((format!("{field}-{about}"), told));
        return None;
    }
    Some(answer)
}

/// The field at which a fault stands, and its words.
pub fn fault_in(lang: Lang, number: &str, fault: Fault) -> (&'static str, String) {
    let t = lang.texts();
    match fault {
        Fault::ReasonMissing => ("reden", fl!(t, "confirmation-reason-missing", line = number)),
        Fault::ReasonTooLong => ("reden", fl!(t, "confirmation-reason-long", line = number, most = LONGEST_REASON)),
        Fault::NothingCorrected => ("aantal", fl!(t, "confirmation-nothing-corrected", line = number)),
    }
}

/// `2`, `1,5`, `1.234,50`, `-12,50` in hundredths; nothing for anything else.
fn hundredths(typed: &str) -> Option<i64> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
    let (negative, plain) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest.to_owned()),
        None => (false, plain),
    };
    // A dot with one or two figures behind it is a decimal point, as in English; other dots part the thousands.
    let point = plain.rsplit_once('.').filter(|(_, part)| part.len() < 3 && !plain.contains(','));
    let (whole, part) = point.or_else(|| plain.split_once(',')).unwrap_or((&plain, ""));
    let groups: Vec<&str> = whole.split('.').collect();
    if groups[1..].iter().any(|group| group.len() != 3) {
        return None;
    }
    let whole = groups.concat();
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !digits(&whole) || !digits(part) {
        return None;
    }
    let size: i64 = format!("{whole}{part:0<2}").parse().ok()?;
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirmation::tests::line;

    fn quarter() -> Quarter {
        "2026-3".parse().unwrap()
    }

    fn read(pairs: &[(&str, &str)]) -> Sent {
        let about = line().about(quarter());
        let named = |(name, value): &(&str, &str)| (name.replace("X", &about), (*value).to_owned());
        Sent::read(pairs.iter().map(named).collect()).unwrap()
    }

    fn errors(pairs: &[(&str, &str)]) -> Vec<String> {
        let faults = read(pairs).spoken(Lang::Nl, quarter(), &[line()]).unwrap_err().fields;
        faults.into_iter().map(|(field, _)| field.split('-').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_tick_confirms_and_no_tick_says_nothing() {
        let spoken = |pairs: &[(&str, &str)]| read(pairs).spoken(Lang::Nl, quarter(), &[line()]).unwrap();
        assert_eq!(spoken(&[("gezien-X", "0"), ("klopt-X", "ja")])[0].answer, Answer::confirmed());
        assert_eq!(spoken(&[("gezien-X", "0")]), []);
        assert_eq!(spoken(&[("klopt-X", "ja")]), [], "a line that was not shown is not spoken of");
    }

    #[test]
    fn all_is_right_takes_the_client_or_the_page_and_leaves_what_is_contested() {
        let spoken = |pairs: &[(&str, &str)]| read(pairs).spoken(Lang::Nl, quarter(), &[line()]).unwrap();
        let key = client_key(&line());
        assert_eq!(spoken(&[("gezien-X", "0"), ("alles", &key)])[0].answer, Answer::confirmed());
        assert_eq!(spoken(&[("gezien-X", "0"), ("alles", "pagina")])[0].answer, Answer::confirmed());
        assert_eq!(spoken(&[("gezien-X", "0"), ("alles", "1:iemand-anders")]), []);
        let contested = [("gezien-X", "0"), ("alles", "pagina"), ("soort-X", "contested"), ("reden-X", "Niet geweest")];
        assert_eq!(spoken(&contested)[0].answer.word, Word::Contested);
    }

    #[test]
    fn what_is_half_said_is_told_at_its_field() {
        assert_eq!(errors(&[("gezien-X", "0"), ("soort-X", "contested")]), ["reden"]);
        assert_eq!(errors(&[("gezien-X", "0"), ("reden-X", "Niet geweest")]), ["soort"]);
        assert_eq!(
            errors(&[("gezien-X", "0"), ("klopt-X", "ja"), ("soort-X", "contested"), ("reden-X", "x")]),
            ["soort"]
        );
        assert_eq!(errors(&[("gezien-X", "0"), ("soort-X", "corrected"), ("reden-X", "x")]), ["aantal"]);
        let unreadable = [("gezien-X", "0"), ("soort-X", "corrected"), ("aantal-X", "veel"), ("bedrag-X", "12,345")];
        assert_eq!(errors(&unreadable), ["aantal", "bedrag"]);
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, read) in [("2", 200), ("1,5", 150), ("1.5", 150), ("€ 1.234,50", 123_450), ("-12,50", -1250)] {
            assert_eq!(hundredths(typed), Some(read), "{typed}");
        }
        for typed in ["", "veel", "1,234", "1,5,0", "--3", "1.5.0", "12.34,5"] {
            assert_eq!(hundredths(typed), None, "{typed}");
        }
    }
}
