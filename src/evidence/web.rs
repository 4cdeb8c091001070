//! The pages of evidence (bewijsstukken) for the provider's own people: all pieces with the form that takes files, and one
//! piece with its versions.

pub mod form;
pub mod handlers;
pub mod sample;
pub mod serve;
pub mod told;

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::calendar::wall_clock;
use crate::evidence::check::Refusal;
use crate::evidence::{Evidence, Flag, Version, VersionState};
use crate::page::{Day, Field, FormErrors, Frame, Moment, ProviderLink, Status, Tone};
use crate::text::Lang;
use form::Typed;

/// GET and POST `/aanbieders/{nr}/bewijsstukken`. The form posts `sleutel`, `naam`, `documentdatum`, `geldig_tot` and one
/// or more `bestand`.
#[derive(Template)]
#[template(path = "evidence/list.html")]
pub struct EvidencePage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub today: NaiveDate,
    pub pieces: Vec<Evidence>,
    pub form: FormPart,
    /// So many files came in just now.
    pub received: u32,
}

/// GET and POST `/aanbieders/{nr}/bewijsstukken/{stuk}`: the same form takes a newer file.
#[derive(Template)]
#[template(path = "evidence/piece.html")]
pub struct PiecePage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub today: NaiveDate,
    pub piece: Evidence,
    pub form: FormPart,
    pub received: u32,
}

/// The form that takes files, with what was typed and what became of the files sent just now.
#[derive(Debug, Clone, Default)]
pub struct FormPart {
    pub errors: FormErrors,
    pub typed: Typed,
    /// Makes a second press of the button do nothing (idempotency key).
    pub key: String,
    /// The rule of the criterion counts from the date on the document.
    pub needs_date: bool,
    /// In the order in which they were sent: the name, and why it was refused or nothing when it was stored.
    pub outcomes: Vec<(String, Option<Refusal>)>,
}

/// Where a provider's evidence stands.
pub fn path(provider: &ProviderLink) -> String {
    format!("{}/bewijsstukken", provider.path())
}

impl EvidencePage {
    /// The piece that holds the same file; of what is withdrawn it does not matter.
    fn twin(&self, piece: &Evidence) -> Option<&Evidence> {
        piece.twin(&self.pieces).filter(|_| piece.withdrawn_at.is_none())
    }

    fn path(&self) -> String {
        path(&self.provider)
    }
}

impl PiecePage {
    fn path(&self) -> String {
        format!("{}/{}", path(&self.provider), self.piece.key)
    }
}

impl FormPart {
    pub fn has_problem(&self) -> bool {
        !self.errors.is_empty() || self.refused() > 0
    }

    pub fn refused(&self) -> usize {
        self.outcomes.iter().filter(|(_, refusal)| refusal.is_some()).count()
    }

    /// A sheet was refused for a number in it: only its owner can say that it is no BSN.
    pub fn asks_to_look(&self) -> bool {
        self.outcomes.iter().any(|(_, refusal)| *refusal == Some(Refusal::BsnInside))
    }

    pub fn stored(&self) -> usize {
        self.outcomes.len() - self.refused()
    }

    fn text<'a>(&'a self, frame: &Frame, id: &'a str, kind: &'a str, label: String, value: &'a str) -> Field<'a> {
        let error_word = fl!(frame.t(), "page-error-word");
        Field { id, kind, label, value, error: self.errors.at(id), error_word, ..Field::default() }
    }

    pub fn file_field(&self, frame: &Frame, many: bool) -> Field<'_> {
        let (label, hint) = match many {
            true => (fl!(frame.t(), "evidence-files"), fl!(frame.t(), "evidence-files-hint")),
            false => (fl!(frame.t(), "evidence-file"), fl!(frame.t(), "evidence-file-hint")),
        };
        Field {
            hint: Some(hint),
            accept: ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.csv",
            many,
            ..self.text(frame, "bestand", "file", label, "")
        }
    }

    pub fn title_field(&self, frame: &Frame) -> Field<'_> {
        let label = fl!(frame.t(), "evidence-title-field");
        let hint = Some(fl!(frame.t(), "evidence-title-hint"));
        Field { hint, ..self.text(frame, "naam", "text", label, &self.typed.title) }
    }

    pub fn dated_field(&self, frame: &Frame) -> Field<'_> {
        let hint = match self.needs_date {
            true => fl!(frame.t(), "evidence-dated-needed"),
            false => fl!(frame.t(), "evidence-dated-optional"),
        };
        let field = self.text(frame, "documentdatum", "date", fl!(frame.t(), "evidence-dated"), &self.typed.dated);
        Field { hint: Some(hint), ..field }
    }

    pub fn until_field(&self, frame: &Frame) -> Field<'_> {
        let label = fl!(frame.t(), "evidence-valid-until-field");
        let hint = Some(fl!(frame.t(), "evidence-valid-until-hint"));
        Field { hint, ..self.text(frame, "geldig_tot", "date", label, &self.typed.valid_until) }
    }
}

/// What a row of a table says of a version.
impl Version {
    fn path(&self, provider: &ProviderLink) -> String {
        format!("{}/bewijs/{}", provider.path(), self.key)
    }

    /// Expired is said before anything else; a file that is blocked or waits before its validity.
    fn status(&self, lang: Lang, today: &NaiveDate) -> Status {
        let t = lang.texts();
        match self.state {
            VersionState::Infected => Status::new(Tone::Bad, fl!(t, "evidence-infected")),
            VersionState::WaitsForScan => Status::new(Tone::Wait, fl!(t, "evidence-waits-for-scan")),
            _ if self.dates.valid_until.is_some_and(|last| last < *today) => {
                Status::new(Tone::Warn, fl!(t, "evidence-expired"))
            }
            VersionState::Clean => Status::new(Tone::Ok, fl!(t, "evidence-clean")).plain(),
            VersionState::Received => Status::new(Tone::Ok, fl!(t, "evidence-received-state")).plain(),
        }
    }

    /// The first eight characters are enough to compare by eye.
    fn short_hash(&self) -> &str {
        &self.file.as_str()[..8]
    }

    fn received_day(&self, frame: &Frame) -> Day {
        frame.table_day(&wall_clock(self.received_at).date())
    }

    fn received_moment(&self, frame: &Frame) -> Moment {
        frame.moment(&wall_clock(self.received_at))
    }

    fn size_in_words(&self, lang: Lang) -> String {
        let kilobytes = (self.size + 512) / 1024;
        let decimal = lang.pick(",", ".");
        match kilobytes {
            0..1000 => format!("{} kB", kilobytes.max(1)),
            _ => format!("{}{decimal}{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024),
        }
    }
}

impl Flag {
    /// What to look at, in a sentence.
    pub fn remark(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Flag::BsnInside => fl!(t, "evidence-flag-bsn-inside"),
            Flag::BsnInName => fl!(t, "evidence-flag-bsn"),
            Flag::LinksOut => fl!(t, "evidence-flag-links"),
            Flag::Formulas => fl!(t, "evidence-flag-formulas"),
        }
    }
}
