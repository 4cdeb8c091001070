//! The page of a proposal (voorstel): what it changes word for word, why, what all say of it, and what was decided.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::reach::Reach;
use super::{Side, carry_out, stance_status, status_for, status_of, too_long, turn_of, whole};
use crate::account::web::handlers::see_other;
use crate::agreement::text::diff::{ArticleChange, Segment, compare};
use crate::agreement::text::{Article, Scope, store as texts};
use crate::agreement::web::shown::Changed;
use crate::calendar::wall_clock;
use crate::consultation::landing::landing;
use crate::consultation::proposal::Before;
use crate::consultation::{
    Caution, Fault, Outcome, Proposal, ProposalKind, Reaction, Stance, deciding, meeting, proposing,
};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status, Tone, answer};

/// GET `…/voorstellen/{nr}`, and what its forms come back with.
#[derive(Template)]
#[template(path = "consultation/proposal.html")]
pub struct ProposalPage {
    pub frame: Frame,
    pub base: String,
    pub side: Side,
    pub proposal: Proposal,
    /// On the Dutch wall clock.
    pub at: NaiveDateTime,
    /// The text and its version, in a line.
    pub text: String,
    pub change: Change,
    /// A decision changed the article since this was proposed.
    pub article_changed: bool,
    pub term: Option<TermLine>,
    pub reactions: Vec<(Reaction, NaiveDateTime)>,
    /// Others react too, and he reads that later.
    pub hidden: bool,
    pub decisions: Vec<DecidedLine>,
    /// Why the reader cannot react; none when he can.
    pub closed: Option<String>,
    pub may_withdraw: bool,
    pub may_decide: bool,
    /// The reader would decide on it, and made it himself.
    pub is_own: bool,
    /// Which version a decision counts for, when it is no longer the one that was talked about.
    pub lands: Option<String>,
    pub form: ReactionForm,
    pub errors: FormErrors,
    pub done: Option<String>,
}

/// What changes, word for word.
#[derive(Debug, Clone)]
pub struct Change {
    pub heading: Vec<Segment>,
    pub lines: Vec<Vec<Segment>>,
}

#[derive(Debug, Clone)]
pub struct TermLine {
    pub due: chrono::NaiveDate,
    pub rule: String,
    pub left: Status,
}

#[derive(Debug, Clone)]
pub struct DecidedLine {
    pub number: i32,
    pub outcome: Outcome,
    pub at: NaiveDateTime,
    pub by: String,
    pub reason: String,
    pub cautions: Vec<Caution>,
    pub meeting: i32,
    /// What the article became, against what it was; none when the text stayed as it was.
    pub became: Option<Change>,
}

/// As it was typed, so that nothing is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct ReactionForm {
    #[validate(length(max = 20))]
    pub mening: String,
    #[validate(length(max = 4000))]
    pub reactie: String,
}

impl ProposalPage {
    fn path(&self) -> String {
        format!("{}{}", self.base, proposing::place_of(self.proposal.number))
    }

    fn title(&self) -> String {
        fl!(self.frame.t(), "consultation-proposal-number", number = self.proposal.number)
    }

    /// The heading of the page: "Voorstel 2 over artikel 4.2 Trajectplan".
    fn about(&self) -> String {
        let wording = &self.proposal.wording;
        let article = format!("{} {}", wording.number, wording.heading);
        fl!(self.frame.t(), "consultation-proposal-about", number = self.proposal.number, article = article)
    }

    fn kind(&self) -> String {
        self.proposal.kind.in_words(self.frame.lang)
    }

    fn status(&self) -> Status {
        status_of(self.proposal.state, self.frame.lang)
    }

    fn side_of(&self) -> String {
        self.proposal.side.in_words(self.frame.lang)
    }

    fn words(&self, segments: &[Segment]) -> Changed {
        Changed { lang: self.frame.lang, line: segments.to_vec() }
    }

    fn stance(&self, one: &Reaction) -> Status {
        stance_status(one.stance, self.frame.lang)
    }

    fn role(&self, one: &Reaction) -> String {
        one.side.in_words(self.frame.lang)
    }

    /// The same seat said something else later.
    fn is_replaced(&self, one: &Reaction) -> bool {
        one.is_replaced(self.reactions.iter().map(|(other, _)| other))
    }

    /// How many seats said something.
    fn spoke(&self) -> usize {
        self.reactions.iter().filter(|(one, _)| !self.is_replaced(one)).count()
    }

    fn caution(&self, one: &Caution) -> String {
        one.noted(self.frame.lang)
    }

    /// How many agree, object and remark: each seat with the last that it said.
    fn counts(&self) -> String {
        let last = || self.reactions.iter().filter(|(one, _)| !self.is_replaced(one));
        let count = |stance: Stance| last().filter(|(one, _)| one.stance == stance).count();
        fl!(
            self.frame.t(),
            "consultation-counts",
            agree = count(Stance::Agree),
            objection = count(Stance::Objection),
            remark = count(Stance::Remark)
        )
    }

    fn decided(&self, one: &DecidedLine) -> String {
        one.outcome.in_words(self.frame.lang)
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let chosen = self.form.mening.parse::<Stance>().ok();
        let stances = Stance::ALL.iter().map(|one| Choice::new(one.as_str(), one.in_words(lang), chosen == Some(*one)));
        vec![
            Entry::new(lang, "mening", fl!(t, "consultation-stance"), EntryKind::Radio(stances.collect()))
                .told(&self.errors),
            Entry::area(lang, "reactie", fl!(t, "consultation-reaction-words"), &self.form.reactie)
                .hint(fl!(t, "consultation-reaction-hint"))
                .told(&self.errors),
        ]
    }
}

/// What a form of this page came back with.
#[derive(Default)]
pub(super) struct Typed {
    pub form: ReactionForm,
    pub errors: FormErrors,
    pub done: Option<String>,
}

pub(super) async fn show(at: Reach, number: i32, done: Option<String>) -> Result<HttpResponse, Turn> {
    page(at, number, Typed { done, ..Typed::default() }, StatusCode::OK).await
}

async fn page(at: Reach, number: i32, typed: Typed, status: StatusCode) -> Result<HttpResponse, Turn> {
    let house = at.house.clone();
    let page = house::read(&house, move |conn| draw(conn, at, number, typed)).await?;
    Ok(answer(status, &page))
}

fn draw(conn: &mut Conn, at: Reach, number: i32, typed: Typed) -> Result<ProposalPage, Turn> {
    let (actor, lang, today) = (&at.actor, at.lang, at.today());
    let proposal = find(conn, &at, number)?;
    let (text, version) = texts::version(conn, actor, proposal.version_id)?.ok_or(Turn::NotFound)?;
    let landing = match proposal.state.is_undecided() {
        true => landing(conn, actor, &proposal).map_err(turn_of)?,
        false => None,
    };
    let stands = landing.as_ref().map_or(version.id, |landing| landing.stands().id);
    let articles = texts::articles(conn, actor, stands)?;
    let present = articles.iter().find(|one| proposal.kind != ProposalKind::Add && Some(one.clause) == proposal.clause);
    // Until it is decided the article as it stands; from then on what it said at that moment.
    let before = match present {
        Some(article) if proposal.state.is_undecided() => Before::of(article),
        _ => proposal.before.clone(),
    };
    let meetings = meeting::of_table(conn, actor, at.table.id)?;
    let of_table = deciding::of_table(conn, actor, at.table.id)?;
    let mine = of_table.into_iter().filter(|one| one.proposal_id == proposal.id);
    let decisions: Vec<DecidedLine> = mine
        .map(|one| {
            let amended = one.wording.as_ref().filter(|_| one.outcome == Outcome::Amended);
            let became = amended.map(|wording| {
                let words = Before {
                    number: wording.number.clone(),
                    heading: wording.heading.clone(),
                    body: wording.body.clone(),
                };
                between(&proposal.before, &words)
            });
            DecidedLine {
                number: one.number,
                outcome: one.outcome,
                at: wall_clock(one.at),
                by: one.by,
                reason: one.reason,
                cautions: one.cautions,
                meeting: meetings.iter().find(|meeting| meeting.id == one.meeting_id).map_or(0, |found| found.number),
                became,
            }
        })
        .collect();
    let all = proposing::of_proposals(conn, actor, &[proposal.id])?;
    let count = all.len();
    let reader = at.speaker.as_ref().filter(|_| at.side != Side::Office);
    let reactions = proposing::shown_to(&at.table, &proposal, reader, all);
    let hidden = reactions.len() < count || (reader.is_some() && !at.table.is_open && proposal.state.is_undecided());
    let term = version.consulted.as_ref().map(|one| one.respond);
    let closed = match (&at.speaker, term) {
        (None, _) => Some(fl!(lang.texts(), "consultation-only-reading")),
        (_, Some(term)) => proposal.state.react(today, term.due).err().map(|refusal| refusal.in_words(lang)),
        (_, None) => Some(fl!(lang.texts(), "consultation-refused-version")),
    };
    let own = at.speaker.as_ref().is_some_and(|one| proposing::is_own(&proposal, actor, one));
    let line = term.filter(|_| proposal.state.is_undecided()).map(|term| {
        let tone = if term.is_over(today) { Tone::Idle } else { Tone::Todo };
        let left = match term.is_over(today) {
            true => Status::new(tone, fl!(lang.texts(), "consultation-term-over")),
            false => Status::new(tone, term.left_in_words(lang, today)),
        };
        TermLine { due: term.due, rule: term.rule_in_words(lang), left: left.plain() }
    });
    let title = text.title.in_lang(lang);
    Ok(ProposalPage {
        frame: at.below(&proposing::place_of(number)),
        side: at.side,
        at: wall_clock(proposal.at),
        text: fl!(lang.texts(), "consultation-text-version", title = title, number = version.number),
        change: change_of(&proposal, &before),
        article_changed: proposal.state.is_undecided() && before != proposal.before,
        term: line,
        reactions: reactions.into_iter().map(|one| (one.clone(), wall_clock(one.at))).collect(),
        hidden,
        decisions,
        closed,
        may_withdraw: own && proposal.state.is_undecided(),
        may_decide: at.manages() && proposal.state.is_undecided() && !deciding::is_by(&proposal, actor),
        is_own: at.manages() && proposal.state.is_undecided() && deciding::is_by(&proposal, actor),
        lands: landing.and_then(|landing| landing.in_words(lang, at.side == Side::Office)),
        form: typed.form,
        errors: typed.errors,
        done: typed.done,
        base: at.base,
        proposal,
    })
}

/// What a proposal changes against the words that stood before.
pub(super) fn change_of(proposal: &Proposal, before: &Before) -> Change {
    let wording = &proposal.wording;
    let after = match proposal.kind {
        ProposalKind::Drop => Before::default(),
        _ => Before { number: wording.number.clone(), heading: wording.heading.clone(), body: wording.body.clone() },
    };
    between(before, &after)
}

fn between(before: &Before, after: &Before) -> Change {
    let article = |one: &Before| Article {
        clause: 1,
        number: one.number.clone(),
        heading: one.heading.clone(),
        scope: Scope::All,
        body: one.body.clone(),
    };
    let some = |one: &Before| if one.heading.is_empty() { vec![] } else { vec![article(one)] };
    let (old, new) = (some(before), some(after));
    let found = compare(&old, &new).into_iter().next();
    let change = |one: ArticleChange<'_>| Change { heading: one.heading, lines: one.lines };
    found.map_or(Change { heading: vec![], lines: vec![] }, change)
}

pub(super) fn find(conn: &mut Conn, at: &Reach, number: i32) -> Result<Proposal, Turn> {
    let all = proposing::of_table(conn, &at.actor, at.table.id)?;
    all.into_iter().find(|one| one.number == number).ok_or(Turn::NotFound)
}

pub(super) async fn react(at: Reach, number: i32, form: ReactionForm) -> Result<HttpResponse, Turn> {
    let speaker = at.voice()?;
    let mut errors = FormErrors::default();
    let stance = form.mening.parse::<Stance>().ok();
    if stance.is_none() {
        let first = format!("mening-{}", Stance::Agree);
        errors.fields.push((first, fl!(at.lang.texts(), "consultation-stance-missing")));
    }
    if form.reactie.trim().is_empty() && stance.is_some_and(|one| one != Stance::Agree) {
        errors.fields.push(("reactie".to_owned(), fl!(at.lang.texts(), "consultation-reaction-missing")));
    }
    errors.fields.extend(too_long(at.lang, &form));
    let Some(stance) = stance.filter(|_| errors.is_empty()) else {
        return page(at, number, Typed { form, errors, done: None }, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let words = form.reactie.clone();
    act(at, number, form, "reactie", move |conn, at, proposal| {
        let (now, today) = (at.now(), at.today());
        proposing::react(conn, &at.actor, &speaker, now, today, proposal.id, stance, &words)
    })
    .await
}

pub(super) async fn withdraw(at: Reach, number: i32, seen: i32) -> Result<HttpResponse, Turn> {
    let speaker = at.voice()?;
    act(at, number, ReactionForm::default(), "ingetrokken", move |conn, at, proposal| {
        proposing::withdraw(conn, &at.actor, &speaker, at.now(), proposal.id, seen)
    })
    .await
}

/// One act on a proposal; a refusal comes back on its page, with what was typed.
async fn act(
    at: Reach,
    number: i32,
    form: ReactionForm,
    done: &str,
    work: impl FnOnce(&mut Conn, &Reach, &Proposal) -> Result<(), Fault> + Send + 'static,
) -> Result<HttpResponse, Turn> {
    let (looked, reach) = (at.clone(), at.clone());
    let proposal = house::read(&at.house, move |conn| find(conn, &looked, number)).await?;
    match carry_out(&at.house, move |conn| work(conn, &reach, &proposal)).await? {
        Ok(()) => Ok(see_other(&format!("{}{}?klaar={done}", at.base, proposing::place_of(number)))),
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            page(at, number, Typed { form, errors, done: None }, status_for(&refusal)).await
        }
    }
}
