//! What is done to an application as a whole (handeling): a form, for what counts a check page, and what will follow.

use askama::Template;
use i18n_embed_fl::fl;

use super::application::Spoken;
use crate::actor::Role;
use crate::dossier::decision::Outcome;
use crate::dossier::{ApplicationState, Verb};
use crate::page::{FormErrors, Frame, Status};
use crate::text::Lang;

codes! {
    /// The acts that have a page of this kind; the word stands in the address.
    pub enum Act {
        TakeUp = "in-toetsing",
        Advise = "advies",
        Admit = "toelaten",
        Refuse = "afwijzen",
        SendBack = "terug",
        SetAside = "buiten-behandeling",
        NoteCase = "kort-geding",
        Reopen = "opnieuw-toetsen",
        LoseCase = "afwijzing-blijft",
        Lapse = "vervallen",
    }
}

impl Act {
    pub fn verb(self) -> Verb {
        match self {
            Act::TakeUp => Verb::TakeUp,
            Act::Advise => Verb::Advise,
            Act::Admit => Verb::Admit,
            Act::Refuse => Verb::Refuse,
            Act::SendBack => Verb::SendBack,
            Act::SetAside => Verb::SetAside,
            Act::NoteCase => Verb::NoteCase,
            Act::Reopen => Verb::Reopen,
            Act::LoseCase => Verb::LoseCase,
            Act::Lapse => Verb::Lapse,
        }
    }

    /// What this role may do next in this state.
    pub fn open_to(state: ApplicationState, role: Role) -> impl Iterator<Item = Act> {
        let open = move |act: &Act| act.verb().leads(state).is_some() && act.verb().roles().contains(&role);
        Act::ALL.iter().copied().filter(open)
    }

    /// What cannot be taken back is shown once more before it is done.
    pub fn is_checked(self) -> bool {
        !matches!(self, Act::TakeUp | Act::SendBack)
    }

    pub fn button(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Act::TakeUp => fl!(t, "bench-act-take-up"),
            Act::Advise => fl!(t, "bench-act-advise"),
            Act::Admit => fl!(t, "bench-act-admit"),
            Act::Refuse => fl!(t, "bench-act-refuse"),
            Act::SendBack => fl!(t, "bench-act-send-back"),
            Act::SetAside => fl!(t, "bench-act-set-aside"),
            Act::NoteCase => fl!(t, "bench-act-note-case"),
            Act::Reopen => fl!(t, "bench-act-reopen"),
            Act::LoseCase => fl!(t, "bench-act-lose-case"),
            Act::Lapse => fl!(t, "bench-act-lapse"),
        }
    }

    /// What follows from it.
    fn lead(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Act::TakeUp => fl!(t, "bench-lead-take-up"),
            Act::Advise => fl!(t, "bench-lead-advise"),
            Act::Admit => fl!(t, "bench-lead-admit"),
            Act::Refuse => fl!(t, "bench-lead-refuse"),
            Act::SendBack => fl!(t, "bench-lead-send-back"),
            Act::SetAside => fl!(t, "bench-lead-set-aside"),
            Act::NoteCase => fl!(t, "bench-lead-note-case"),
            Act::Reopen => fl!(t, "bench-lead-reopen"),
            Act::LoseCase => fl!(t, "bench-lead-lose-case"),
            Act::Lapse => fl!(t, "bench-lead-lapse"),
        }
    }

    /// What the words of the form are; none where nothing is written.
    fn words_label(self, lang: Lang) -> Option<String> {
        let t = lang.texts();
        match self {
            Act::TakeUp => None,
            Act::Advise => Some(fl!(t, "bench-words-advise")),
            Act::Admit => Some(fl!(t, "bench-words-admit")),
            Act::SendBack => Some(fl!(t, "bench-words-question")),
            Act::NoteCase => Some(fl!(t, "bench-words-case")),
            Act::Reopen | Act::LoseCase => Some(fl!(t, "bench-words-judgment")),
            Act::Refuse | Act::SetAside | Act::Lapse => Some(fl!(t, "bench-words-reason")),
        }
    }
}

/// GET and POST `/aanmeldingen/{nr}/handelingen/{handeling}`.
#[derive(Template)]
#[template(path = "bench/act.html")]
pub struct ActPage {
    pub frame: Frame,
    pub act: Act,
    pub number: String,
    pub provider: String,
    /// The page on which it is done, after the one on which it was written.
    pub checking: bool,
    /// What stands in the way: there is no button then, and who sends the form all the same is refused with the same
    /// words.
    pub blocked: Vec<String>,
    /// Nothing stands in the way, or another proposal may still be chosen.
    pub open: bool,
    /// The criteria that are not met, each with the reason that goes along.
    pub not_met: Vec<(String, Status, String)>,
    pub advice: Vec<Spoken>,
    /// The remedy and its term, of a refusal.
    pub remedy: Option<String>,
    pub proposal: Option<Outcome>,
    pub words: String,
    pub seen: i32,
    pub errors: FormErrors,
}

impl ActPage {
    fn title(&self) -> String {
        match self.checking {
            true => fl!(self.frame.t(), "bench-check", act = self.act.button(self.frame.lang)),
            false => self.act.button(self.frame.lang),
        }
    }

    fn button(&self) -> String {
        self.act.button(self.frame.lang)
    }

    fn lead(&self) -> String {
        self.act.lead(self.frame.lang)
    }

    fn path(&self) -> String {
        format!("/aanmeldingen/{}/handelingen/{}", self.number, self.act)
    }

    fn back(&self) -> String {
        format!("/aanmeldingen/{}", self.number)
    }

    fn words_label(&self) -> Option<String> {
        self.act.words_label(self.frame.lang)
    }

    /// The two proposals of an advice; none for another act.
    fn proposals(&self) -> Vec<(Outcome, Status)> {
        match self.act {
            Act::Advise => {
                Outcome::ALL.iter().map(|one| (*one, super::application::outcome(self.frame.lang, *one))).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_proposed(&self, outcome: &Outcome) -> bool {
        self.proposal == Some(*outcome)
    }

    fn proposed(&self) -> Option<Status> {
        self.proposal.map(|one| super::application::outcome(self.frame.lang, one).proposed())
    }

    /// The next press writes it down.
    fn is_last(&self) -> bool {
        self.checking || !self.act.is_checked()
    }
}
