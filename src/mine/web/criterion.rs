//! One criterion for its provider (eis): what is asked and why, what counts as evidence, what was shown, and what became
//! of it.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::dossier::criterion_status;
use crate::calendar::wall_clock;
use crate::dossier::Application;
use crate::dossier::review::Verdict;
use crate::dossier::tasks::{CriterionTask, ShownCheck};
use crate::evidence::Evidence;
use crate::evidence::web::FormPart;
use crate::page::{Frame, Status, Tone};
use crate::procedure::criterion::{Criterion, EvidenceKind};
use crate::text::Lang;

/// GET `/mijn/aanmeldingen/{nr}/eisen/{code}`, and the POSTs below it when they are refused.
#[derive(Template)]
#[template(path = "mine/criterion.html")]
pub struct CriterionPage {
    pub frame: Frame,
    pub application: Application,
    pub task: CriterionTask,
    pub today: NaiveDate,
    /// The form that takes files; its errors are those of the whole page.
    pub form: FormPart,
    /// So many files came in just now.
    pub received: u32,
    /// What the provider has and did not show for this criterion yet.
    pub pieces: Vec<Evidence>,
    /// Of what is shown and stored under another title too: the version and that title.
    pub twins: Vec<(i64, String)>,
    /// What was stated for this criterion, as saved or as typed just now.
    pub statement: String,
    pub agreed: bool,
    /// The version of the step for statements.
    pub version: i32,
}

/// How something is shown for a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Tick,
    Words,
    File,
    /// The municipality looks itself, so a file is welcome and not needed.
    Optional,
}

pub fn ways(criterion: &Criterion) -> &'static [Way] {
    match criterion.evidence_kind {
        EvidenceKind::AgreementTick => &[Way::Tick],
        EvidenceKind::Statement => &[Way::Words, Way::File],
        EvidenceKind::SeenNotStored | EvidenceKind::VogRegister => &[Way::Words],
        EvidenceKind::Document | EvidenceKind::SignedForm | EvidenceKind::List => &[Way::File],
        EvidenceKind::DocumentOrRegister => &[Way::Optional],
    }
}

/// For which task it is needed and by which rule, and why the municipality does not get it elsewhere.
pub fn why(lang: Lang, criterion: &Criterion) -> String {
    let t = lang.texts();
    let elsewhere = match criterion.evidence_kind {
        EvidenceKind::DocumentOrRegister => fl!(t, "mine-why-register"),
        EvidenceKind::SeenNotStored | EvidenceKind::VogRegister => fl!(t, "mine-why-seen"),
        EvidenceKind::AgreementTick | EvidenceKind::Statement => fl!(t, "mine-why-said"),
        EvidenceKind::Document | EvidenceKind::SignedForm | EvidenceKind::List => fl!(t, "mine-why-only-you"),
    };
    let note = criterion.note.as_ref().map(|note| note.in_lang(lang).to_owned());
    let parts = [Some(criterion.source.in_words(lang)), note, Some(elsewhere)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl CriterionPage {
    fn path(&self) -> String {
        format!("{}/eisen/{}", super::path(&self.application), self.task.criterion.code)
    }

    fn dossier(&self) -> String {
        super::path(&self.application)
    }

    fn status(&self) -> Status {
        criterion_status(self.frame.lang, &self.task)
    }

    fn has(&self, way: Way) -> bool {
        self.task.open && ways(&self.task.criterion).contains(&way)
    }

    fn takes_files(&self) -> bool {
        self.has(Way::File) || self.has(Way::Optional)
    }

    fn holds(&self, shown: &ShownCheck) -> Status {
        let words = shown.holds.in_words(self.frame.lang);
        match shown.holds {
            _ if shown.replaced => Status::new(Tone::Idle, fl!(self.frame.lang.texts(), "dossier-replaced")).plain(),
            holds if holds.was_checked() => Status::new(Tone::Ok, words).plain(),
            holds if holds.counts() => Status::new(Tone::Idle, words).plain(),
            _ => Status::new(Tone::Warn, words),
        }
    }

    fn shown_on(&self, shown: &ShownCheck) -> String {
        let lang = self.frame.lang;
        match shown.evidence.received_on {
            Some(day) => fl!(lang.texts(), "mine-shown-received", day = lang.day(day)),
            None => fl!(lang.texts(), "mine-shown-waits"),
        }
    }

    /// The title under which the same file is stored too.
    fn twin(&self, shown: &ShownCheck) -> Option<&str> {
        let found = self.twins.iter().find(|(version, _)| *version == shown.evidence.version_id);
        found.map(|(_, title)| title.as_str())
    }

    fn may_take_back(&self, shown: &ShownCheck) -> bool {
        self.task.open && shown.evidence.received_on.is_none()
    }

    fn judged(&self, verdict: &Verdict) -> String {
        let lang = self.frame.lang;
        let (result, day) = (verdict.result.in_words(lang), lang.day(wall_clock(verdict.judged_at).date()));
        fl!(lang.texts(), "mine-judged", result = result, day = day)
    }

    /// The newest version of a piece, with the title it goes by.
    fn choices(&self) -> Vec<(i64, String)> {
        let choice = |piece: &Evidence| {
            let newest = piece.newest()?;
            let title = match newest.dates.valid_until {
                Some(day) => {
                    let day = self.frame.lang.day(day);
                    fl!(self.frame.t(), "mine-piece-until", title = piece.title.as_str(), day = day)
                }
                None => piece.title.clone(),
            };
            Some((newest.id, format!("{title} ({})", newest.ending())))
        };
        self.pieces.iter().filter_map(choice).collect()
    }
}
