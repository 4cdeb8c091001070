//! Deciding on a proposal (besluit): the chair sees the change and all reactions, and says what is decided, in which meeting
//! and why.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::proposals::{Change, change_of, find};
use super::propose::{wording_entries, wording_errors};
use super::reach::Reach;
use super::{carry_out, required, stance_status, status_for, too_long, turn_of, whole};
use crate::account::web::handlers::see_other;
use crate::agreement::text::diff::Segment;
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{Scope, store as texts};
use crate::agreement::web::shown::Changed;
use crate::calendar::wall_clock;
use crate::consultation::caution::{cautions, read, written};
use crate::consultation::deciding::{self, Verdict};
use crate::consultation::landing::landing;
use crate::consultation::proposal::Before;
use crate::consultation::{Caution, Meeting, Outcome, Proposal, ProposalKind, Reaction, Refusal, meeting, proposing};
use crate::house::{self, Turn};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status, answer};

/// GET and POST `/tafels/{id}/voorstellen/{nr}/besluit`.
#[derive(Template)]
#[template(path = "consultation/decide.html")]
pub struct DecidePage {
    pub frame: Frame,
    pub base: String,
    pub proposal: Proposal,
    pub change: Change,
    pub reactions: Vec<Reaction>,
    /// The meetings that were held: id, number and when they began, on the Dutch wall clock.
    pub meetings: Vec<(i64, i32, NaiveDateTime)>,
    /// He made it himself: a colleague decides.
    pub is_own: bool,
    /// Which version it counts for, when it is no longer the one that was talked about.
    pub lands: Option<String>,
    /// What to confirm before it is decided.
    pub cautions: Vec<Caution>,
    pub form: DecisionForm,
    pub errors: FormErrors,
}

/// As it was typed, so that nothing is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct DecisionForm {
    pub versie: i32,
    #[validate(length(max = 20))]
    pub bijeenkomst: String,
    #[validate(length(max = 20))]
    pub besluit: String,
    #[validate(length(max = 20))]
    pub nummer: String,
    #[validate(length(max = 200))]
    pub kop: String,
    #[validate(length(max = 20))]
    pub bereik: String,
    #[validate(length(max = 20000))]
    pub tekst: String,
    #[validate(length(max = 4000))]
    pub reden: String,
    /// The cautions that were shown and confirmed.
    #[validate(length(max = 200))]
    pub bevestigd: String,
}

impl DecisionForm {
    fn of(proposal: &Proposal) -> DecisionForm {
        let wording = &proposal.wording;
        DecisionForm {
            versie: proposal.version,
            nummer: wording.number.clone(),
            kop: wording.heading.clone(),
            bereik: wording.scope.as_str().to_owned(),
            tekst: wording.body.clone(),
            ..DecisionForm::default()
        }
    }
}

impl DecidePage {
    fn path(&self) -> String {
        format!("{}{}", self.base, proposing::place_of(self.proposal.number))
    }

    fn title(&self) -> String {
        fl!(self.frame.t(), "consultation-decide-title", number = self.proposal.number)
    }

    fn words(&self, segments: &[Segment]) -> Changed {
        Changed { lang: self.frame.lang, line: segments.to_vec() }
    }

    fn stance(&self, one: &Reaction) -> Status {
        stance_status(one.stance, self.frame.lang)
    }

    fn is_replaced(&self, one: &Reaction) -> bool {
        one.is_replaced(self.reactions.iter())
    }

    fn caution(&self, one: &Caution) -> String {
        one.in_words(self.frame.lang)
    }

    /// What the tick sends.
    fn all_cautions(&self) -> String {
        written(&self.cautions)
    }

    fn confirmed(&self) -> bool {
        self.form.bevestigd == self.all_cautions()
    }

    fn kind(&self) -> String {
        self.proposal.kind.in_words(self.frame.lang)
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, form) = (self.frame.lang, self.frame.t(), &self.form);
        let meetings = self.meetings.iter().rev().map(|(id, number, at)| {
            let label = fl!(t, "consultation-meeting-of", number = (*number), day = lang.day(at.date()));
            Choice::new(&id.to_string(), label, form.bijeenkomst == id.to_string())
        });
        let drop = self.proposal.kind == ProposalKind::Drop;
        let possible = Outcome::ALL.iter().filter(|one| !drop || **one != Outcome::Amended);
        let chosen = form.besluit.parse::<Outcome>().ok();
        let outcomes = possible.map(|one| Choice::new(one.as_str(), one.in_words(lang), chosen == Some(*one)));
        vec![
            Entry::new(lang, "bijeenkomst", fl!(t, "consultation-decided-in"), EntryKind::Select(meetings.collect()))
                .told(&self.errors),
            Entry::new(lang, "besluit", fl!(t, "consultation-decision"), EntryKind::Radio(outcomes.collect()))
                .told(&self.errors),
        ]
    }

    /// The words in place of those proposed; there are none for an article that goes.
    fn wording(&self) -> Vec<Entry> {
        let form = &self.form;
        match self.proposal.kind {
            ProposalKind::Drop => Vec::new(),
            _ => wording_entries(&self.frame, &self.errors, [&form.nummer, &form.kop, &form.bereik, &form.tekst]),
        }
    }

    /// Open when the words are what it is about.
    fn wording_open(&self) -> bool {
        self.form.besluit == Outcome::Amended.as_str()
    }

    fn reason(&self) -> Entry {
        let t = self.frame.t();
        Entry::area(self.frame.lang, "reden", fl!(t, "consultation-reason"), &self.form.reden)
            .hint(fl!(t, "consultation-reason-hint"))
            .told(&self.errors)
    }
}

pub(super) async fn form(at: Reach, number: i32) -> Result<HttpResponse, Turn> {
    page(at, number, None, FormErrors::default(), StatusCode::OK).await
}

async fn page(
    at: Reach,
    number: i32,
    form: Option<DecisionForm>,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let (house, now, today) = (at.house.clone(), at.now(), at.today());
    let page = house::read(&house, move |conn| {
        let proposal = find(conn, &at, number)?;
        let (_, version) = texts::version(conn, &at.actor, proposal.version_id)?.ok_or(Turn::NotFound)?;
        let landing = landing(conn, &at.actor, &proposal).map_err(turn_of)?;
        let stands = landing.as_ref().map_or(version.id, |landing| landing.stands().id);
        let articles = texts::articles(conn, &at.actor, stands)?;
        let present = articles.iter().find(|one| Some(one.clause) == proposal.clause);
        let before = match (proposal.kind, present) {
            (ProposalKind::Add, _) => Before::default(),
            (_, Some(article)) if proposal.state.is_undecided() => Before::of(article),
            _ => proposal.before.clone(),
        };
        let reactions = proposing::of_proposals(conn, &at.actor, &[proposal.id])?;
        let all = meeting::of_table(conn, &at.actor, at.table.id)?;
        let held: Vec<Meeting> = all.into_iter().filter(|one| one.was_held(now)).collect();
        let place = format!("{}/besluit", proposing::place_of(number));
        let frame = at.below(&place).crumb(
            fl!(at.lang.texts(), "consultation-proposal-number", number = number),
            format!("{}{}", at.base, proposing::place_of(number)),
        );
        // Who was late reads who was first, and goes on from the proposal as it is now.
        let form = form.map(|form| DecisionForm { versie: proposal.version, ..form });
        let form = form.unwrap_or_else(|| DecisionForm::of(&proposal));
        // Of what is chosen, and before anything was chosen of the last meeting.
        let chosen = held.iter().find(|one| one.id.to_string() == form.bijeenkomst).or(held.last());
        let outcome = form.besluit.parse().unwrap_or(Outcome::Adopted);
        let cautions = chosen.map(|meeting| cautions(&proposal, &version, meeting, today, outcome)).unwrap_or_default();
        Ok(DecidePage {
            frame,
            change: change_of(&proposal, &before),
            reactions,
            meetings: held.iter().map(|one| (one.id, one.number, wall_clock(one.starts_at))).collect(),
            is_own: deciding::is_by(&proposal, &at.actor),
            lands: landing.and_then(|landing| landing.in_words(at.lang, true)),
            cautions,
            form,
            errors,
            base: at.base,
            proposal,
        })
    })
    .await?;
    Ok(answer(status, &page))
}

pub(super) async fn decide(at: Reach, number: i32, form: DecisionForm) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let t = at.lang.texts();
    let mut errors = FormErrors::default();
    let meeting = form.bijeenkomst.parse::<i64>().ok();
    if meeting.is_none() {
        errors.fields.push(("bijeenkomst".to_owned(), fl!(t, "consultation-refused-not-held")));
    }
    let outcome = form.besluit.parse::<Outcome>().ok();
    if outcome.is_none() {
        let first = format!("besluit-{}", Outcome::Adopted);
        errors.fields.push((first, fl!(t, "consultation-decision-missing")));
    }
    if outcome == Some(Outcome::Amended) {
        wording_errors(&at.frame(), &mut errors, &form.nummer, &form.kop, &form.tekst);
    }
    required(at.lang, &mut errors, ("reden", fl!(t, "consultation-reason")), &form.reden);
    errors.fields.extend(too_long(at.lang, &form));
    let (Some(meeting_id), Some(outcome), true) = (meeting, outcome, errors.is_empty()) else {
        return page(at, number, Some(form), errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let wording = (outcome == Outcome::Amended).then(|| Wording {
        number: form.nummer.trim().to_owned(),
        heading: form.kop.trim().to_owned(),
        scope: form.bereik.parse().unwrap_or(Scope::All),
        body: form.tekst.replace("\r\n", "\n").trim().to_owned(),
    });
    let (reason, confirmed) = (form.reden.replace("\r\n", "\n"), read(&form.bevestigd));
    let verdict = Verdict { meeting_id, outcome, reason, wording, confirmed };
    let looked = at.clone();
    let proposal = house::read(&at.house, move |conn| find(conn, &looked, number)).await?;
    let (actor, now, seen) = (at.actor.clone(), at.now(), form.versie);
    let done = carry_out(&at.house, move |conn| deciding::decide(conn, &actor, now, proposal.id, seen, &verdict));
    match done.await? {
        Ok(_) => Ok(see_other(&format!("{}{}?klaar=besluit", at.base, proposing::place_of(number)))),
        Err(refusal) => {
            let errors = match refusal {
                Refusal::Unconfirmed(_) => {
                    let fields = vec![("bevestigd".to_owned(), refusal.in_words(at.lang))];
                    FormErrors { fields, ..FormErrors::default() }
                }
                _ => whole(at.lang, &refusal),
            };
            page(at, number, Some(form), errors, status_for(&refusal)).await
        }
    }
}
