//! Signing as the provider sees it (tekenen): what is offered, what changed in it, the two ticks and the code, refusing, a
//! file that was signed elsewhere, and the receipt.

pub mod handlers;
pub mod refusing;
pub mod sample;
pub mod uploading;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::account::once::CodeKind;
use crate::actor::Role;
use crate::agreement::offer::{OfferVerb, Party, PartyState, Side, provider_path};
use crate::agreement::text::AgreementText;
use crate::calendar::wall_clock;
use crate::desk::accession::countersign::code_field;
use crate::desk::accession::offered::{Offered, places};
use crate::page::{Entry, Field, FormErrors, Frame, Moment, Status, Tone};
use crate::text::Lang;

/// GET and POST `/mijn/overeenkomst/{id}/tekenen`. The form posts `gezien`, `gelezen`, `bevoegd`, `functie` and `code`.
#[derive(Template)]
#[template(path = "mine/sign.html")]
pub struct SignPage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub offered: Offered,
    pub today: NaiveDate,
    pub role: Role,
    /// The name of who signs.
    pub name: String,
    /// Where colleagues are invited, for who may.
    pub users: Option<String>,
    pub typed: Typed,
    pub asked: CodeKind,
    /// A code was sent just now.
    pub sent: bool,
}

/// What was filled in.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub read: bool,
    pub authorised: bool,
    pub position: String,
    pub code: String,
}

/// The two ticks, never ticked beforehand: of who signs here and of who signed elsewhere.
fn ticks(lang: Lang, offered: &Offered, typed: &Typed, errors: &FormErrors) -> Vec<Entry> {
    let (t, organisation) = (lang.texts(), offered.provider.name.as_str());
    let ticks = [
        Entry::tick(lang, "gelezen", fl!(t, "offer-tick-read", number = offered.version.number), typed.read),
        Entry::tick(lang, "bevoegd", fl!(t, "offer-tick-authorised", organisation = organisation), typed.authorised),
    ];
    ticks.into_iter().map(|entry| entry.told(errors)).collect()
}

/// What somebody is in his organisation.
fn position_field<'a>(frame: &Frame, value: &'a str, errors: &'a FormErrors) -> Field<'a> {
    Field {
        id: "functie",
        kind: "text",
        label: fl!(frame.t(), "offer-position"),
        value,
        error: errors.at("functie"),
        error_word: fl!(frame.t(), "page-error-word"),
        autocomplete: "organization-title",
        ..Field::default()
    }
}

/// How far an offer is, as the provider sees it.
pub fn status(lang: Lang, party: &Party) -> Status {
    let tone = match party.state {
        PartyState::Offered => Tone::Todo,
        PartyState::Uploaded | PartyState::SignedByProvider => Tone::Wait,
        PartyState::Signed => Tone::Ok,
        PartyState::Declined => Tone::Bad,
        PartyState::Lapsed => Tone::Warn,
        PartyState::Withdrawn => Tone::Idle,
    };
    let word = match party.state {
        PartyState::Offered => fl!(lang.texts(), "offer-you-can-sign"),
        state => state.in_words(lang, party.kind),
    };
    Status::new(tone, word)
}

/// A line of the provider's own overview.
#[derive(Debug, Clone)]
pub struct Task {
    pub href: String,
    pub title: String,
    pub status: Status,
    pub due: Option<NaiveDate>,
}

/// What was offered to a provider and still asks something of it, or of the municipality.
pub fn task(lang: Lang, text: &AgreementText, party: &Party) -> Option<Task> {
    let shown = party.state.is_open();
    shown.then(|| Task {
        href: provider_path(party.id),
        title: text.title.in_lang(lang).to_owned(),
        status: status(lang, party),
        due: (party.state == PartyState::Offered).then_some(party.term.due),
    })
}

impl SignPage {
    fn path(&self) -> String {
        format!("/mijn/overeenkomst/{}", self.offered.party.id)
    }

    fn status(&self) -> Status {
        status(self.frame.lang, &self.offered.party)
    }

    fn places(&self) -> Vec<(String, Status, Option<String>)> {
        places(&self.offered, self.frame.lang)
    }

    fn is_open(&self) -> bool {
        self.offered.party.state == PartyState::Offered && !self.offered.party.term.is_over(self.today)
    }

    /// The reader may sign, and can do so now.
    fn signs(&self) -> bool {
        self.is_open() && self.role == Role::ProviderSignatory
    }

    /// The reader may not sign, and somebody should.
    fn needs_signatory(&self) -> bool {
        self.is_open() && self.role != Role::ProviderSignatory
    }

    /// The reader has another role, in which he may be able to sign.
    fn may_switch(&self) -> bool {
        self.frame.user.as_ref().is_some_and(|user| user.switches)
    }

    /// Why nothing can be signed here any more; none while it can.
    fn closed(&self) -> Option<(Tone, String)> {
        let (t, party) = (self.frame.t(), &self.offered.party);
        let (tone, words) = match party.state {
            PartyState::Offered if self.is_open() => return None,
            PartyState::Offered | PartyState::Lapsed => {
                (Tone::Warn, fl!(t, "offer-refused-term", day = self.frame.lang.day(party.term.due)))
            }
            PartyState::Uploaded => (Tone::Wait, fl!(t, "offer-closed-uploaded")),
            PartyState::SignedByProvider => (Tone::Wait, fl!(t, "offer-closed-signed")),
            PartyState::Signed => {
                (Tone::Ok, fl!(t, "offer-closed-both", day = self.frame.lang.day(self.offered.starts_on())))
            }
            PartyState::Declined => (Tone::Idle, self.declined()),
            PartyState::Withdrawn => {
                let reason = self.offered.offer.withdrawn.as_ref().map_or("", |one| one.reason.as_str());
                (Tone::Warn, fl!(t, "offer-refused-withdrawn", reason = reason))
            }
        };
        // Who tried just now reads the same words above.
        (!self.errors.whole.contains(&words)).then_some((tone, words))
    }

    /// Said, or by silence: who said no is not told that he may have been late.
    fn declined(&self) -> String {
        let t = self.frame.t();
        match self.offered.events.first().map(|newest| newest.verb) {
            Some(OfferVerb::Lapse) => {
                fl!(t, "offer-closed-silent", day = self.frame.lang.day(self.offered.party.term.due))
            }
            _ => fl!(t, "offer-closed-declined"),
        }
    }

    fn is_signed(&self) -> bool {
        matches!(self.offered.party.state, PartyState::SignedByProvider | PartyState::Signed)
    }

    fn ticks(&self) -> Vec<Entry> {
        ticks(self.frame.lang, &self.offered, &self.typed, &self.errors)
    }

    fn position(&self) -> Field<'_> {
        position_field(&self.frame, &self.typed.position, &self.errors)
    }

    fn code(&self) -> Field<'_> {
        code_field(&self.frame, self.asked, &self.typed.code, &self.errors)
    }

    /// Then the form has two buttons, of which the first sends a code; a hidden one before it is what the Enter key presses.
    fn by_mail(&self) -> bool {
        self.asked == CodeKind::Mail
    }

    /// `9f2c 41d0 …`: easier to compare by eye.
    fn digest(&self) -> String {
        let digest = self.offered.offer.digest.as_str();
        let parts: Vec<&str> = (0..digest.len()).step_by(4).filter_map(|at| digest.get(at..at + 4)).collect();
        parts.join(" ")
    }
}

/// GET and POST `/mijn/overeenkomst/{id}/weigeren`. The form posts `reden`.
#[derive(Template)]
#[template(path = "mine/decline.html")]
pub struct DeclinePage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub offered: Offered,
    pub reason: String,
}

impl DeclinePage {
    fn path(&self) -> String {
        format!("/mijn/overeenkomst/{}/weigeren", self.offered.party.id)
    }

    fn back(&self) -> String {
        provider_path(self.offered.party.id)
    }
}

/// GET and POST `/mijn/overeenkomst/{id}/getekend-bestand`. The form posts `gezien`, `sleutel`, `gelezen`, `bevoegd`,
/// `functie`, `datum` and `bestand`.
#[derive(Template)]
#[template(path = "mine/signed-file.html")]
pub struct SignedFilePage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub offered: Offered,
    /// Makes a second press of the button store the file once.
    pub key: String,
    pub name: String,
    pub typed: Typed,
    /// The day that stands on the paper, as it was typed.
    pub day: String,
}

impl SignedFilePage {
    fn path(&self) -> String {
        format!("/mijn/overeenkomst/{}/getekend-bestand", self.offered.party.id)
    }

    fn back(&self) -> String {
        provider_path(self.offered.party.id)
    }

    fn paper(&self) -> String {
        format!("/mijn/overeenkomst/{}/om-te-tekenen.pdf", self.offered.party.id)
    }

    fn ticks(&self) -> Vec<Entry> {
        ticks(self.frame.lang, &self.offered, &self.typed, &self.errors)
    }

    fn position(&self) -> Field<'_> {
        position_field(&self.frame, &self.typed.position, &self.errors)
    }

    fn signed_on(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        Entry::day(lang, "datum", fl!(t, "offer-file-day"), &self.day)
            .hint(fl!(t, "offer-file-day-hint"))
            .told(&self.errors)
    }

    fn file(&self) -> Field<'_> {
        Field {
            id: "bestand",
            kind: "file",
            label: fl!(self.frame.t(), "offer-file-choose"),
            hint: Some(fl!(self.frame.t(), "offer-file-hint")),
            error: self.errors.at("bestand"),
            error_word: fl!(self.frame.t(), "page-error-word"),
            accept: ".pdf",
            ..Field::default()
        }
    }
}

/// GET `/mijn/overeenkomst/{id}/ontvangst`
#[derive(Template)]
#[template(path = "mine/signed.html")]
pub struct SignedPage {
    pub frame: Frame,
    pub offered: Offered,
}

impl SignedPage {
    fn title(&self) -> String {
        match self.both() {
            true => fl!(self.frame.t(), "offer-receipt-both"),
            false => fl!(self.frame.t(), "offer-receipt-title"),
        }
    }

    /// A change takes the place of an agreement that runs on until then.
    fn is_change(&self) -> bool {
        self.offered.is_change()
    }

    fn both(&self) -> bool {
        self.offered.party.state == PartyState::Signed
    }

    /// Whose, name, position, moment and how it was proved.
    fn signatures(&self) -> Vec<(String, String, Moment, String)> {
        let lang = self.frame.lang;
        let line = |side: &Side| {
            let one = self.offered.of_side(*side)?;
            let name = match one.position.as_str() {
                "" => format!("{} · {}", one.name, one.organisation),
                position => format!("{}, {position} · {}", one.name, one.organisation),
            };
            let proof = crate::agreement::offer::words::proof(lang, one.code);
            Some((side.in_words(lang), name, self.frame.moment(&wall_clock(one.at)), proof))
        };
        Side::ALL.iter().filter_map(line).collect()
    }

    fn agreement(&self) -> String {
        format!("/mijn/overeenkomst/{}/overeenkomst.pdf", self.offered.party.id)
    }

    fn certificate(&self) -> String {
        format!("/mijn/overeenkomst/{}/bewijs.pdf", self.offered.party.id)
    }

    fn back(&self) -> String {
        provider_path(self.offered.party.id)
    }
}
