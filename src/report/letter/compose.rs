//! The letter as a document (brief op papier): head, salutation, message, closing, in that order.

use chrono::{DateTime, FixedOffset};
use i18n_embed_fl::fl;

use super::super::check::printable;
use super::super::document::{
    Block, Cell, Column, Document, Fact, Identity, Level, Note, Row, Running, Span, Table, Tone,
};
use super::{Addressee, Asked, Letter, Message, NotMet, Protection};
use crate::account::web::role_word;
use crate::actor::Role;
use crate::dossier::receipt::ReceiptKind;
use crate::dossier::{Part, Step, told};
use crate::procedure::admission::Contact;
use crate::term::Term;
use crate::text::Lang;

/// Puts the letter together. Dutch is what counts; another language is a translation that says so.
pub fn compose(letter: &Letter, lang: Lang) -> Document {
    let procedure = (fl!(lang.texts(), "report-letter-procedure"), printable(letter.procedure.in_lang(lang)));
    let envelope = Envelope {
        title: subject(&letter.message, lang),
        reference: letter.reference(),
        municipality: &letter.municipality,
        sent_at: letter.sent_at,
        addressee: &letter.addressee,
        contact: &letter.contact,
        about: procedure,
        page_url: &letter.page_url,
        signed_by: decided_by(&letter.message),
    };
    envelope.around(message(letter, lang), lang)
}

/// What stands around every message of the municipality (briefhoofd en afsluiting).
pub(super) struct Envelope<'a> {
    pub title: String,
    pub reference: String,
    /// The name without the word.
    pub municipality: &'a str,
    pub sent_at: DateTime<FixedOffset>,
    pub addressee: &'a Addressee,
    pub contact: &'a Contact,
    /// What the letter is about: the word for it, and its name.
    pub about: (String, String),
    pub page_url: &'a str,
    /// In what function the decision was taken that the letter tells of.
    pub signed_by: Option<Role>,
}

impl Envelope<'_> {
    pub(super) fn around(self, message: Vec<Block>, lang: Lang) -> Document {
        let t = lang.texts();
        let from = fl!(t, "report-letter-municipality", name = self.municipality);
        let mut blocks = vec![Block::Heading(Level::H1, self.title.clone())];
        if lang != Lang::Nl {
            blocks.push(Block::Note(Note {
                tone: Tone::Watch,
                title: fl!(t, "report-letter-translation"),
                text: fl!(t, "report-letter-translation-text"),
            }));
        }
        blocks.push(Block::Facts(self.head(lang)));
        blocks.push(Block::text(match self.addressee.person.as_str() {
            "" => fl!(t, "report-letter-dear-provider"),
            name => fl!(t, "report-letter-dear", name = printable(name)),
        }));
        blocks.extend(message);
        let role = self.signed_by.map(|role| fl!(t, "report-letter-signed", role = role_word(lang, role)));
        let closing = [Some(fl!(t, "report-letter-regards")), Some(from.clone()), role];
        blocks.push(Block::text(closing.into_iter().flatten().collect::<Vec<_>>().join("\n")));
        Document {
            identity: Identity {
                id: format!("brief-{}-{lang}", self.reference),
                author: from.clone(),
                made_on: self.sent_at,
            },
            lang,
            title: self.title,
            header: Running::new(from, lang.day(self.sent_at.date_naive())),
            footer: Running::new(
                printable(&self.addressee.organisation),
                fl!(t, "report-letter-footer", reference = self.reference),
            ),
            blocks,
        }
    }

    fn head(&self, lang: Lang) -> Vec<Fact> {
        let t = lang.texts();
        let to = self.addressee;
        let person = match to.person.as_str() {
            "" => String::new(),
            name => fl!(t, "report-letter-attention", name = name),
        };
        let lines = [to.organisation.as_str(), person.as_str(), to.street.as_str(), to.place.as_str()];
        let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let ways = [self.contact.name.as_str(), self.contact.phone.as_str(), self.contact.email.as_str()];
        let ways: Vec<&str> = ways.into_iter().filter(|way| !way.is_empty()).collect();
        let page = Span::OwnPage { url: self.page_url.to_owned() };
        vec![
            Fact::new(fl!(t, "report-letter-to"), printable(&lines.join("\n"))),
            Fact::new(fl!(t, "report-letter-date"), lang.day(self.sent_at.date_naive())),
            Fact::new(fl!(t, "report-letter-reference"), self.reference.clone()),
            Fact::new(self.about.0.clone(), self.about.1.clone()),
            Fact::new(fl!(t, "report-letter-contact"), printable(&ways.join("\n"))),
            Fact { name: fl!(t, "report-letter-page"), value: vec![page] },
        ]
    }
}

/// In what function the decision was taken that the letter tells of.
fn decided_by(message: &Message) -> Option<Role> {
    match message {
        Message::Admitted { .. } | Message::Refused { .. } => Some(Role::DecisionMaker),
        Message::SetAside { .. } => Some(Role::ContractManager),
        Message::Received { .. } | Message::SupplementAsked { .. } | Message::Withdrawn => None,
    }
}

/// What the letter is about, in one line: the subject of the mail that tells of it.
pub fn subject(message: &Message, lang: Lang) -> String {
    let t = lang.texts();
    match message {
        Message::Received { what: ReceiptKind::Application, .. } => fl!(t, "report-letter-received"),
        Message::Received { what: ReceiptKind::Supplement, .. } => fl!(t, "report-letter-received-supplement"),
        Message::SupplementAsked { .. } => fl!(t, "report-letter-supplement"),
        Message::Admitted { .. } => fl!(t, "report-letter-admitted"),
        Message::Refused { .. } => fl!(t, "report-letter-refused"),
        Message::SetAside { .. } => fl!(t, "report-letter-set-aside"),
        Message::Withdrawn => fl!(t, "report-letter-withdrawn"),
    }
}

fn message(letter: &Letter, lang: Lang) -> Vec<Block> {
    let t = lang.texts();
    let number = letter.application.to_string();
    let procedure = printable(letter.procedure.in_lang(lang));
    match &letter.message {
        Message::Received { .. } => received(letter, lang),
        Message::SupplementAsked { words, asked, term } => supplement(words, asked, term, lang),
        Message::Admitted { words, before_start, term } => {
            let mut blocks = vec![Block::text(fl!(t, "report-letter-admitted-text", procedure = procedure))];
            blocks.extend(said(words));
            blocks.push(Block::Heading(Level::H2, fl!(t, "report-letter-next")));
            blocks.push(Block::text(fl!(t, "report-letter-admitted-next")));
            if !before_start.is_empty() {
                blocks.push(Block::Heading(Level::H2, fl!(t, "report-letter-before-start")));
                let names: Vec<String> =
                    before_start.iter().map(|name| format!("– {}", printable(name.in_lang(lang)))).collect();
                let due = lang.day(term.due);
                blocks.push(Block::text(fl!(t, "report-letter-before-start-text", due = due)));
                blocks.push(Block::text(names.join("\n")));
                blocks.push(Block::Facts(of_term(term, lang)));
            }
            blocks
        }
        Message::Refused { reason, not_met, remedy } => {
            let mut blocks = vec![Block::text(fl!(t, "report-letter-refused-text", procedure = procedure))];
            blocks.extend(said(reason));
            if !not_met.is_empty() {
                blocks.push(Block::Heading(Level::H2, fl!(t, "report-letter-why")));
                blocks.push(Block::Table(reasons(not_met, lang)));
            }
            blocks.extend(protection(&letter.contact, remedy, lang));
            blocks
        }
        Message::SetAside { reason, asked, remedy } => {
            let asked = asked
                .map(|(on, due)| fl!(t, "report-letter-set-aside-asked", asked = lang.day(on), due = lang.day(due)));
            let mut blocks: Vec<Block> = asked.map(Block::text).into_iter().collect();
            blocks.push(Block::text(fl!(t, "report-letter-set-aside-text", number = number)));
            blocks.extend(said(reason));
            blocks.push(Block::text(fl!(t, "report-letter-again")));
            blocks.extend(protection(&letter.contact, remedy, lang));
            blocks
        }
        Message::Withdrawn => vec![
            Block::text(fl!(
                t,
                "report-letter-withdrawn-text",
                number = number,
                day = lang.day(letter.sent_at.date_naive())
            )),
            Block::text(fl!(t, "report-letter-again")),
        ],
    }
}

fn received(letter: &Letter, lang: Lang) -> Vec<Block> {
    let t = lang.texts();
    let Message::Received { what, receipt, digest, received_on, answer, form } = &letter.message else {
        return Vec::new();
    };
    let at = letter.sent_at.naive_local();
    let (day, time, number) = (lang.day(at.date()), lang.time(at.time()), letter.application.to_string());
    let due = lang.day(answer.due);
    let (first, then) = match what {
        ReceiptKind::Application if *received_on != at.date() => (
            fl!(t, "report-letter-received-paper", day = lang.day(*received_on), entered = day, number = number),
            fl!(t, "report-letter-received-next", due = due),
        ),
        ReceiptKind::Application => (
            fl!(t, "report-letter-received-text", day = day, time = time, number = number),
            fl!(t, "report-letter-received-next", due = due),
        ),
        ReceiptKind::Supplement => (
            fl!(t, "report-letter-received-supplement-text", day = day, time = time, number = number),
            fl!(t, "report-letter-received-supplement-next", due = due),
        ),
    };
    let mut blocks = vec![
        Block::text(first),
        Block::text(then),
        Block::Facts(vec![
            Fact::new(fl!(t, "report-letter-last-day"), lang.day(answer.due)),
            Fact::new(fl!(t, "report-letter-counted"), answer.rule_in_words(lang)),
            Fact::new(fl!(t, "report-letter-receipt"), receipt),
            Fact::new(fl!(t, "report-letter-digest"), digest),
        ]),
        Block::text(fl!(t, "report-letter-received-keep")),
    ];
    for step in [Step::Signatory, Step::Declaration] {
        let facts = told::facts(lang, form.steps.get(&step), &told::Names::default());
        let filled = facts.iter().filter(|fact| !fact.value.is_empty());
        let filled: Vec<Fact> = filled.map(|fact| Fact::new(printable(&fact.name), printable(&fact.value))).collect();
        if !filled.is_empty() {
            blocks.push(Block::Heading(Level::H2, step.in_words(lang)));
            blocks.push(Block::Facts(filled));
        }
    }
    blocks
}

fn supplement(words: &str, asked: &[Asked], term: &Term, lang: Lang) -> Vec<Block> {
    let t = lang.texts();
    let row = |one: &Asked| {
        let part = match (&one.part, &one.name) {
            (Part::Criterion(code), Some(name)) => format!("{code} {}", name.in_lang(lang)),
            (part, _) => part.in_words(lang),
        };
        Row::of(vec![Cell::strong(printable(&part)), Cell::text(printable(&one.words))])
    };
    let table = Table {
        caption: fl!(t, "report-letter-asked-caption"),
        summary: fl!(t, "report-letter-asked-summary"),
        columns: vec![Column::text(fl!(t, "report-letter-part")), Column::text(fl!(t, "report-letter-asked"))],
        row_header: 0,
        rows: asked.iter().map(row).collect(),
    };
    let mut blocks = vec![Block::text(fl!(t, "report-letter-supplement-text"))];
    blocks.extend(said(words));
    blocks.push(Block::Table(table));
    blocks.push(Block::Heading(Level::H2, fl!(t, "report-letter-supplement-until")));
    blocks.push(Block::text(fl!(t, "report-letter-supplement-term", due = lang.day(term.due))));
    blocks.push(Block::Facts(of_term(term, lang)));
    blocks.push(Block::text(fl!(t, "report-letter-supplement-late")));
    blocks
}

fn reasons(not_met: &[NotMet], lang: Lang) -> Table {
    let t = lang.texts();
    let row = |one: &NotMet| {
        let name = format!("{} {}", one.code, one.name.in_lang(lang));
        Row::of(vec![Cell::strong(printable(&name)), Cell::text(printable(&one.reason))])
    };
    Table {
        caption: fl!(t, "report-letter-why-caption"),
        summary: fl!(t, "report-letter-why-summary"),
        columns: vec![Column::text(fl!(t, "report-letter-criterion")), Column::text(fl!(t, "report-letter-reason"))],
        row_header: 0,
        rows: not_met.iter().map(row).collect(),
    }
}

/// "Bent u het niet eens met ons besluit? Dan kunt u tot en met {{datum_rechtsbescherming}} {{rechtsmiddel}}. U mag ons ook
/// eerst bellen voor uitleg." (mails.md, E08)
pub(super) fn protection(contact: &Contact, protection: &Protection, lang: Lang) -> Vec<Block> {
    let t = lang.texts();
    let Protection { remedy, court, term } = protection;
    let remedy = printable(&remedy.in_words(lang, court));
    vec![
        Block::Heading(Level::H2, fl!(t, "report-letter-disagree")),
        Block::text(fl!(t, "report-letter-remedy", due = lang.day(term.due), remedy = remedy)),
        Block::Facts(of_term(term, lang)),
        Block::text(match contact.phone.as_str() {
            "" => fl!(t, "report-letter-ask-first"),
            phone => fl!(t, "report-letter-call-first", phone = printable(phone)),
        }),
    ]
}

pub(super) fn of_term(term: &Term, lang: Lang) -> Vec<Fact> {
    let t = lang.texts();
    vec![
        Fact::new(fl!(t, "report-letter-last-day"), lang.day(term.due)),
        Fact::new(fl!(t, "report-letter-counted"), term.rule_in_words(lang)),
    ]
}

/// What somebody wrote for this letter, when he wrote anything.
pub(super) fn said(words: &str) -> Option<Block> {
    let words = words.trim();
    (!words.is_empty()).then(|| Block::text(printable(words)))
}
