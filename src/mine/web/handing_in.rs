//! Handing in (indienen) and what belongs to it: the check page, the receipt, and withdrawing.

use askama::Template;
use i18n_embed_fl::fl;

use super::reach::Case;
use super::step::word_of;
use crate::calendar::wall_clock;
use crate::dossier::receipt::{Receipt, ReceiptKind};
use crate::dossier::told::Told;
use crate::dossier::{Application, ApplicationState, Missing, Part, Step};
use crate::page::{FormErrors, Frame, Moment};
use crate::report::letter::LetterKind;
use crate::term::Term;

/// GET and POST `/mijn/aanmeldingen/{nr}/indienen`. The form posts `sleutel` and `versie`.
#[derive(Template)]
#[template(path = "mine/check.html")]
pub struct CheckPage {
    pub frame: Frame,
    pub case: Case,
    pub errors: FormErrors,
    pub missing: Vec<Missing>,
    /// Makes a second press of the button give the same receipt (idempotency key).
    pub key: String,
    /// This person may press the button.
    pub may: bool,
}

/// GET `/mijn/aanmeldingen/{nr}/ontvangst/{bewijs}`
#[derive(Template)]
#[template(path = "mine/receipt.html")]
pub struct ReceiptPage {
    pub frame: Frame,
    pub application: Application,
    pub receipt: Receipt,
    /// In which the municipality answers it.
    pub answer: Term,
    /// Who signs, and what was declared.
    pub told: Vec<Told>,
}

/// GET and POST `/mijn/aanmeldingen/{nr}/intrekken`. The form posts `versie` and `reden`.
#[derive(Template)]
#[template(path = "mine/withdraw.html")]
pub struct WithdrawPage {
    pub frame: Frame,
    pub application: Application,
    pub errors: FormErrors,
    pub reason: String,
}

impl CheckPage {
    fn path(&self) -> String {
        format!("{}/indienen", self.dossier())
    }

    fn dossier(&self) -> String {
        super::path(&self.case.application)
    }

    fn supplement(&self) -> bool {
        self.case.application.state == ApplicationState::SupplementAsked
    }

    fn title(&self) -> String {
        match self.supplement() {
            true => fl!(self.frame.t(), "mine-check-supplement"),
            false => fl!(self.frame.t(), "mine-check-title"),
        }
    }

    /// "aanvulling_gevraagd → in_toetsing": with the supplement the assessment begins again and its term runs, so it comes
    /// in whole (status model). What is there already is kept until then.
    fn all_at_once(&self) -> Option<String> {
        let request = self.case.list.request.as_ref().filter(|_| self.supplement())?;
        let (lang, term) = (self.frame.lang, &request.term);
        Some(fl!(lang.texts(), "mine-check-all-at-once", day = lang.day(term.due), rule = term.rule_in_words(lang)))
    }

    /// Each part that misses something once, with where it is.
    fn open_parts(&self) -> Vec<(String, String)> {
        let mut parts: Vec<Part> = self.missing.iter().map(Missing::part).collect();
        parts.sort();
        parts.dedup();
        parts.iter().map(|part| (self.part_path(part), self.part_name(part))).collect()
    }

    fn part_path(&self, part: &Part) -> String {
        match part {
            Part::Criterion(code) => format!("{}/eisen/{code}", self.dossier()),
            Part::Step(step) => format!("{}/stappen/{}", self.dossier(), word_of(*step)),
        }
    }

    fn part_name(&self, part: &Part) -> String {
        let lang = self.frame.lang;
        match part {
            Part::Step(step) => step.in_words(lang),
            Part::Criterion(code) => {
                let task = self.case.list.criteria.iter().find(|task| task.criterion.code == *code);
                task.map_or(code.clone(), |task| task.criterion.name.in_lang(lang).to_owned())
            }
        }
    }

    /// What goes along: every step, and every criterion with what is shown for it.
    fn parts(&self) -> Vec<(String, String, String)> {
        let t = self.frame.t();
        let asked = |part: &Part| match &self.case.list.request {
            Some(request) => request.items.iter().any(|(one, _)| one == part),
            None => true,
        };
        let steps = self.case.list.steps.iter().filter(|task| task.step != Step::Statements).filter_map(|task| {
            let part = Part::Step(task.step);
            let state = match task.missing.is_empty() {
                true => fl!(t, "mine-status-ready"),
                false => fl!(t, "mine-status-todo"),
            };
            asked(&part).then(|| (self.part_path(&part), self.part_name(&part), state))
        });
        let criteria = self.case.list.criteria.iter().filter_map(|task| {
            let part = Part::Criterion(task.criterion.code.clone());
            let titles: Vec<&str> = task.shown.iter().map(|one| one.evidence.title.as_str()).collect();
            let state = match (titles.is_empty(), task.is_there) {
                (true, _) if task.ruled_out => fl!(t, "mine-ruled-out"),
                (false, _) => titles.join(", "),
                (true, true) => fl!(t, "mine-check-stated"),
                (true, false) => fl!(t, "mine-check-nothing"),
            };
            ((asked(&part) || task.asked.is_some()) && (task.is_there || self.case.list.request.is_some()))
                .then(|| (self.part_path(&part), self.part_name(&part), state))
        });
        steps.chain(criteria).collect()
    }
}

impl ReceiptPage {
    fn dossier(&self) -> String {
        super::path(&self.application)
    }

    /// The letter of this receipt: both count from one, in the order of what was handed in.
    fn letter(&self) -> String {
        let number = self.receipt.number.rsplit('-').next().unwrap_or("1");
        format!("{}/brieven/{}-{number}", self.dossier(), LetterKind::Receipt.path())
    }

    fn moment(&self) -> Moment {
        self.frame.moment(&wall_clock(self.receipt.received_at))
    }

    fn title(&self) -> String {
        match self.receipt.kind {
            ReceiptKind::Application => fl!(self.frame.t(), "mine-receipt-application"),
            ReceiptKind::Supplement => fl!(self.frame.t(), "mine-receipt-supplement"),
        }
    }

    /// Until when the municipality answers; nothing once it decided, or waits for the applicant.
    fn answer_by(&self) -> Option<String> {
        let waits = matches!(self.application.state, ApplicationState::Submitted | ApplicationState::UnderReview);
        waits.then(|| self.answer.due_in_words(self.frame.lang))
    }
}

impl WithdrawPage {
    fn path(&self) -> String {
        format!("{}/intrekken", self.dossier())
    }

    fn dossier(&self) -> String {
        super::path(&self.application)
    }
}
