//! The contact person's own pages (kosten controleren): his quarters, and of one quarter the lines by provider and client,
//! with one tick a line.

use std::collections::BTreeMap;

use askama::Template;
use i18n_embed_fl::fl;

use super::sent::{Sent, Typed, client_key};
use super::{Names, said_in, status_of};
use crate::confirmation::{ChargedLine, LONGEST_REASON, Tally, Word, word_in};
use crate::page::{Choice, Entry, EntryKind, FormErrors, Frame, Paging, Status};
use crate::quarter::Quarter;
use crate::text::Lang;

/// GET `/kosten-controleren`
#[derive(Template)]
#[template(path = "confirming/start.html")]
pub struct StartPage {
    pub frame: Frame,
    /// He stands in the municipality's list of contact persons.
    pub listed: bool,
    pub quarters: Vec<(Quarter, Tally)>,
    /// How many outcomes and extensions wait besides.
    pub outcomes: usize,
    pub extensions: usize,
}

impl StartPage {
    fn state(&self, tally: &Tally) -> Status {
        waiting_status(self.frame.lang, tally)
    }

    fn path(&self, quarter: &Quarter) -> String {
        path_of(*quarter)
    }
}

fn waiting_status(lang: Lang, tally: &Tally) -> Status {
    use crate::page::Tone;
    match tally.waiting() {
        0 => Status::new(Tone::Ok, fl!(lang.texts(), "confirmation-nothing-waits")).plain(),
        count => Status::new(Tone::Todo, fl!(lang.texts(), "confirmation-waits", count = count)),
    }
}

/// GET and POST `/kosten-controleren/{k}`
#[derive(Template)]
#[template(path = "confirming/check.html")]
pub struct CheckPage {
    pub frame: Frame,
    pub quarter: Quarter,
    pub tally: Tally,
    /// Also the lines of which something was said.
    pub all: bool,
    pub groups: Vec<ProviderGroup>,
    pub paging: Paging,
    /// So many answers were just kept.
    pub saved: usize,
    /// What was filled in at lines that are not there any more, so that it is not lost.
    pub lost: Vec<String>,
    pub errors: FormErrors,
}

/// One provider with the clients on this page.
#[derive(Debug, Clone)]
pub struct ProviderGroup {
    pub name: String,
    /// The quarter was set final for it: nothing can be said any more.
    pub closed: bool,
    pub clients: Vec<ClientGroup>,
}

#[derive(Debug, Clone)]
pub struct ClientGroup {
    pub key: String,
    pub client_ref: String,
    /// None when the provider gave no name.
    pub name: Option<String>,
    pub rows: Vec<Row>,
}

/// One line with what was filled in at it.
#[derive(Debug, Clone)]
pub struct Row {
    pub about: String,
    pub line: ChargedLine,
    pub product: String,
    pub typed: Typed,
}

/// What the groups are made of.
pub struct Material<'a> {
    pub lang: Lang,
    pub quarter: Quarter,
    pub lines: &'a [ChargedLine],
    /// Providers by id: the name, and whether the quarter is final for it.
    pub providers: &'a BTreeMap<i64, (String, bool)>,
    pub products: &'a BTreeMap<i64, String>,
    pub names: &'a Names,
    pub sent: &'a Sent,
}

/// The lines stand in the order of provider and client already; providers are told in alphabetical order.
pub fn groups(from: &Material<'_>) -> Vec<ProviderGroup> {
    let mut by_provider: BTreeMap<(String, i64), ProviderGroup> = BTreeMap::new();
    for line in from.lines {
        let (name, closed) = from.providers.get(&line.provider_id).cloned().unwrap_or_default();
        let group = by_provider.entry((name.clone(), line.provider_id)).or_insert_with(|| ProviderGroup {
            name,
            closed,
            clients: Vec::new(),
        });
        if group.clients.last().is_none_or(|client| client.client_ref != line.client_ref) {
            let name = from.names.get(&(line.provider_id, line.client_ref.clone())).cloned();
            let (key, client_ref) = (client_key(line), line.client_ref.clone());
            group.clients.push(ClientGroup { key, client_ref, name, rows: Vec::new() });
        }
        let about = line.about(from.quarter);
        let typed = from.sent.at(&about);
        let product = from.products.get(&line.product_id).cloned().unwrap_or_default();
        if let Some(client) = group.clients.last_mut() {
            client.rows.push(Row { about, line: line.clone(), product, typed });
        }
    }
    by_provider.into_values().collect()
}

impl ClientGroup {
    /// How many lines wait of which nothing was said.
    fn waiting(&self) -> usize {
        self.rows.iter().filter(|row| row.line.said.is_none()).count()
    }

    /// One line has its own tick.
    fn has_more(&self) -> bool {
        self.waiting() > 1
    }
}

impl Row {
    fn seen(&self) -> i64 {
        self.line.said.as_ref().map_or(0, |said| said.id)
    }

    fn status(&self, lang: Lang) -> Status {
        status_of(lang, self.line.said.as_ref())
    }

    /// Confirmed already: the tick has nothing to add.
    fn is_confirmed(&self) -> bool {
        self.line.word() == Some(Word::Confirmed)
    }

    fn said(&self, lang: Lang) -> Option<String> {
        self.line.said.as_ref().map(|said| said_in(lang, said))
    }

    fn reason(&self) -> Option<&str> {
        self.line.said.as_ref().map(|said| said.answer.reason.as_str()).filter(|reason| !reason.is_empty())
    }

    fn corrected(&self, lang: Lang) -> Option<String> {
        corrected_in(lang, &self.line)
    }

    fn sum(&self, lang: Lang) -> String {
        sum_in(lang, &self.line)
    }

    /// Open when something was filled in there, or is wrong with it.
    fn is_open(&self, errors: &FormErrors) -> bool {
        self.typed.says_more() || errors.fields.iter().any(|(field, _)| field.ends_with(&self.about))
    }

    fn entries(&self, lang: Lang, errors: &FormErrors) -> Vec<Entry> {
        let (t, about, number) = (lang.texts(), &self.about, self.line.line.as_str());
        let choice =
            |word: Word| Choice::new(word.as_str(), word_in(lang, Some(word)), self.typed.kind == word.as_str());
        let kinds = EntryKind::Radio(vec![choice(Word::Contested), choice(Word::Corrected)]);
        let id = |field: &str| format!("{field}-{about}");
        let entries = vec![
            Entry::new(lang, &id("soort"), fl!(t, "confirmation-kind", line = number), kinds),
            Entry::line(lang, &id("aantal"), fl!(t, "confirmation-quantity", line = number), &self.typed.quantity)
                .hint(fl!(t, "confirmation-quantity-hint")),
            Entry::line(lang, &id("bedrag"), fl!(t, "confirmation-amount", line = number), &self.typed.amount)
                .hint(fl!(t, "confirmation-amount-hint")),
            Entry::area(lang, &id("reden"), fl!(t, "confirmation-reason", line = number), &self.typed.reason)
                .hint(fl!(t, "confirmation-reason-hint"))
                .at_most(LONGEST_REASON),
        ];
        entries.into_iter().map(|entry| entry.told(errors)).collect()
    }
}

/// `3 uur × € 62,55`
pub fn sum_in(lang: Lang, line: &ChargedLine) -> String {
    format!("{} {} × {}", lang.quantity(line.quantity), line.unit, lang.money(line.tariff))
}

/// What it should have been, of a line that was corrected.
pub fn corrected_in(lang: Lang, line: &ChargedLine) -> Option<String> {
    let answer = line.said.as_ref().map(|said| &said.answer)?;
    let quantity = answer.quantity.map(|quantity| format!("{} {}", lang.quantity(quantity), line.unit));
    let parts: Vec<String> = quantity.into_iter().chain(answer.amount.map(|amount| lang.money(amount))).collect();
    (!parts.is_empty()).then(|| fl!(lang.texts(), "confirmation-should-be", what = parts.join(", ")))
}

impl CheckPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "confirmation-title-quarter", quarter = self.frame.lang.quarter(self.quarter))
    }

    fn path(&self) -> String {
        path_of(self.quarter)
    }

    /// Somebody can still say something here.
    fn is_form(&self) -> bool {
        self.groups.iter().any(|group| !group.closed)
    }

    fn waits_here(&self) -> bool {
        let open = self.groups.iter().filter(|group| !group.closed);
        open.flat_map(|group| &group.clients).any(|client| client.waiting() > 0)
    }
}

pub fn path_of(quarter: Quarter) -> String {
    format!("/kosten-controleren/{}", quarter.path())
}
