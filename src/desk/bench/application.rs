//! The dossier of one application as the municipality sees it (dossier): its state and term, the criteria with their
//! verdicts, what is asked of whom, what happened, and what this reader may do next.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::act::Act;
use super::judge::state_of;
use super::{TermWords, criterion_status, found_at, frame, link_to, path_of, status_of, task_status};
use crate::account::entrance::Insider;
use crate::account::web::role_word;
use crate::calendar::wall_clock;
use crate::dossier::decision::{self, Advice, Decision, Outcome};
use crate::dossier::tasks::{self, CriterionTask, Progress};
use crate::dossier::timeline::{self, Event, What};
use crate::dossier::{
    ApplicationState, Channel, CriterionState, Refusal, TermKind, Verb, before_start, eyes, mails, told,
};
use crate::house::{self, Turn};
use crate::page::{Frame, ProviderLink, Status, Tone, answer};
use crate::report::letter::gather::written;
use crate::report::letter::{LetterKind, Written};
use crate::text::Lang;

/// GET `/aanmeldingen/{nr}`.
#[derive(Template)]
#[template(path = "bench/application.html")]
pub struct ApplicationPage {
    pub frame: Frame,
    pub number: String,
    pub provider: ProviderLink,
    pub kvk: String,
    pub status: Status,
    pub on_paper: bool,
    /// Nobody of the applicant gets mail: its letters are printed and sent.
    pub by_post: bool,
    pub received_on: Option<NaiveDate>,
    /// What the applicant says of a reason to exclude it.
    pub exclusion: Option<String>,
    pub term: Option<TermWords>,
    pub progress: Progress,
    pub criteria: Vec<CriterionLine>,
    /// The part and the words of what is asked now.
    pub asked: Vec<(String, String)>,
    pub advice: Vec<Spoken>,
    pub decisions: Vec<Spoken>,
    /// The newest first.
    pub events: Vec<TimelineLine>,
    /// The words of a button and its address; the first is the usual one.
    pub acts: Vec<(String, String)>,
    /// Why this reader may not, where his role could: he works for this provider, or looked at it before.
    pub aside: Option<String>,
    /// Letters that were written, and the report: the words and the address.
    pub papers: Vec<(String, String)>,
    /// The first criterion that waits for a verdict of the reader.
    pub first_waiting: Option<String>,
}

#[derive(Debug, Clone)]
pub struct CriterionLine {
    pub code: String,
    pub name: String,
    pub status: Status,
    pub evidence: usize,
    pub href: String,
    /// "Bezig door wie, sinds wanneer"
    pub at_work: Option<(String, NaiveDateTime)>,
}

/// An advice or a decision.
#[derive(Debug, Clone)]
pub struct Spoken {
    pub status: Status,
    pub by: String,
    pub at: NaiveDateTime,
    pub words: String,
    /// What the refused may do, and until when.
    pub remedy: Option<String>,
}

#[derive(Debug, Clone)]
pub struct TimelineLine {
    pub title: String,
    pub tone: Option<Tone>,
    pub at: NaiveDateTime,
    pub by: String,
    pub role: String,
    pub words: String,
}

impl ApplicationPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "bench-application", number = self.number.as_str())
    }

    fn filled_in(&self) -> String {
        format!("/aanmeldingen/{}/gegevens", self.number)
    }

    fn done(&self) -> String {
        let Progress { all, ready, with_provider, with_municipality, later } = self.progress;
        let parts = fl!(
            self.frame.t(),
            "bench-progress",
            all = all,
            ready = ready,
            provider = with_provider,
            municipality = with_municipality
        );
        match later {
            0 => parts,
            later => fl!(self.frame.t(), "bench-progress-later", parts = parts, later = later),
        }
    }
}

/// GET `/aanmeldingen/{nr}`
pub async fn application(who: Insider, number: Path<String>) -> HttpResponse {
    who.answer(show(&who, number.into_inner()).await)
}

async fn show(who: &Insider, number: String) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    let (actor, lang, now, today) = (who.actor(), who.lang, who.house.now(), who.house.today());
    let role = actor.role();
    let reader = actor.clone();
    let (found, provider, list, advice, decisions, events, letters, by_post, aside, exclusion, term) =
        house::read(&who.house, move |conn| {
            let (found, provider) = found_at(conn, &actor, &number)?;
            let list = tasks::of(conn, &actor, today, &found, None)?;
            let advice = decision::advice(conn, &actor, found.id)?;
            let decisions = decision::decisions(conn, &actor, found.id)?;
            let events = timeline::of(conn, &actor, found.id)?;
            let letters = written(conn, &actor, found.id)?;
            let by_post = found.channel == Channel::Paper && !mails::reach_somebody(conn, &actor, &found)?;
            let aside = eyes::aside(conn, &actor, today, &found)?;
            let exclusion = told::versions(conn, &actor, &found)?.exclusion_ground();
            let exclusion = exclusion.filter(|_| found.state != ApplicationState::Draft);
            let before_start = before_start::of(conn, &actor, &found)?.map(|asked| (TermKind::BeforeStart, asked.term));
            let term = found.term.or(before_start);
            Ok((found, provider, list, advice, decisions, events, letters, by_post, aside, exclusion, term))
        })
        .await?;
    let path = path_of(found.number);
    let mut why_not = aside.at_all.clone();
    let mut may = |act: &Act| {
        let decides = matches!(act, Act::Admit | Act::Refuse);
        let refused = if decides { &aside.deciding } else { &aside.at_all };
        why_not = why_not.take().or(refused.clone());
        refused.is_none()
    };
    let open: Vec<Act> = Act::open_to(found.state, role).filter(|act| may(act)).collect();
    let mut acts =
        open.into_iter().map(|act| (act.button(lang), format!("{path}/handelingen/{act}"))).collect::<Vec<_>>();
    let asks = Verb::AskSupplement.leads(found.state).is_some() && Verb::AskSupplement.roles().contains(&role);
    if asks && aside.at_all.is_none() {
        acts.push((fl!(lang.texts(), "bench-ask"), format!("{path}/aanvulling")));
    }
    let judged_now = matches!(found.state, ApplicationState::UnderReview | ApplicationState::Admitted);
    let waiting = list.criteria.iter().find(|task| judged_now && task.state.waits_for_a_verdict());
    let page = ApplicationPage {
        frame,
        number: found.number.to_string(),
        provider: link_to(&provider),
        kvk: provider.kvk.to_string(),
        status: status_of(lang, found.state),
        on_paper: found.channel == Channel::Paper,
        by_post,
        received_on: found.received_on,
        exclusion,
        term: term.map(|term| TermWords::of(lang, today, term)),
        progress: list.progress(),
        first_waiting: waiting
            .filter(|_| super::judge::judges(role) && aside.at_all.is_none())
            .map(|task| format!("{path}/eisen/{}", task.criterion.code)),
        criteria: list
            .criteria
            .iter()
            .map(|task| CriterionLine {
                at_work: at_work(task, |row| row.at_work(&reader, now)),
                ..criterion_line(lang, &path, task)
            })
            .collect(),
        asked: list
            .request
            .iter()
            .flat_map(|request| &request.items)
            .map(|(part, words)| {
                let named = list.criteria.iter().find(|task| task.criterion.code == part.in_words(lang));
                let name = named.map_or_else(|| part.in_words(lang), |task| title_of(lang, task));
                (name, words.clone())
            })
            .collect(),
        advice: advice.into_iter().map(|one| spoken_advice(lang, one)).collect(),
        decisions: decisions.into_iter().map(|one| spoken_decision(lang, one)).collect(),
        events: events.into_iter().map(|event| timeline_line(lang, event)).collect(),
        acts,
        aside: why_not.map(|refusal: Refusal| refusal.in_words(lang)),
        papers: papers(lang, &path, &letters),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// The newest letter first, and the report on the whole dossier.
fn papers(lang: Lang, path: &str, letters: &[Written]) -> Vec<(String, String)> {
    let t = lang.texts();
    let letter = |one: &Written| {
        let name = match one.kind {
            LetterKind::Receipt => fl!(t, "bench-letter-receipt"),
            LetterKind::Supplement => fl!(t, "bench-letter-supplement"),
            LetterKind::Admission => fl!(t, "bench-letter-admission"),
            LetterKind::Refusal => fl!(t, "bench-letter-refusal"),
            LetterKind::SetAside => fl!(t, "bench-letter-set-aside"),
            LetterKind::Withdrawal => fl!(t, "bench-letter-withdrawal"),
        };
        let day = lang.day(wall_clock(one.at).date());
        (fl!(t, "bench-letter-of", name = name, day = day), format!("{path}/brieven/{}", one.path()))
    };
    let mut letters: Vec<&Written> = letters.iter().collect();
    letters.sort_by_key(|one| std::cmp::Reverse(one.at));
    let report = (fl!(t, "bench-report"), format!("{path}/dossierrapport"));
    letters.into_iter().map(letter).chain([report]).collect()
}

fn at_work<'a>(
    task: &'a CriterionTask,
    look: impl Fn(&'a crate::dossier::review::CriterionRow) -> Option<(&'a str, NaiveDateTime)>,
) -> Option<(String, NaiveDateTime)> {
    task.row.as_ref().and_then(look).map(|(by, since)| (by.to_owned(), wall_clock(since)))
}

fn title_of(lang: Lang, task: &CriterionTask) -> String {
    format!("{} {}", task.criterion.code, task.criterion.name.in_lang(lang))
}

fn criterion_line(lang: Lang, path: &str, task: &CriterionTask) -> CriterionLine {
    CriterionLine {
        code: task.criterion.code.clone(),
        name: task.criterion.name.in_lang(lang).to_owned(),
        status: task_status(lang, task),
        evidence: task.shown.len(),
        // Before it is handed in there is nothing to judge.
        href: if task.row.is_some() { format!("{path}/eisen/{}", task.criterion.code) } else { String::new() },
        at_work: None,
    }
}

/// An outcome as shape, word and colour; an advice has a dashed edge, as a person still decides.
pub fn outcome(lang: Lang, outcome: Outcome) -> Status {
    let t = lang.texts();
    match outcome {
        Outcome::Admitted => Status::new(Tone::Ok, fl!(t, "bench-outcome-admit")),
        Outcome::Refused => Status::new(Tone::Bad, fl!(t, "bench-outcome-refuse")),
    }
}

pub fn spoken_advice(lang: Lang, one: Advice) -> Spoken {
    Spoken {
        status: outcome(lang, one.proposal).proposed(),
        by: one.advised_by,
        at: wall_clock(one.advised_at),
        words: one.words,
        remedy: None,
    }
}

fn spoken_decision(lang: Lang, one: Decision) -> Spoken {
    let until = one.term.map(|term| {
        let remedy = one.remedy.in_words(lang, &one.court);
        fl!(lang.texts(), "bench-remedy", day = lang.day(term.due), remedy = remedy, rule = term.rule_in_words(lang))
    });
    Spoken {
        status: outcome(lang, one.outcome),
        by: one.decided_by,
        at: wall_clock(one.decided_at),
        words: one.reason,
        remedy: until,
    }
}

fn timeline_line(lang: Lang, event: Event) -> TimelineLine {
    let tone = match &event.what {
        What::Step { to, .. } => status_of(lang, *to).tone,
        What::Verdict { replaced: true, .. } => Tone::Idle,
        What::Verdict { result, .. } => criterion_status(lang, state_of(*result)).tone,
        What::Evidence { .. } => criterion_status(lang, CriterionState::HandedIn).tone,
        What::SuccessorAsked { .. } => criterion_status(lang, CriterionState::Expiring).tone,
        What::Expired { .. } => criterion_status(lang, CriterionState::Expired).tone,
    };
    let (title, tone) = (event.what.in_words(lang), Some(tone));
    let role = role_word(lang, event.role);
    TimelineLine { title, tone, at: wall_clock(event.at), by: event.by, role, words: event.reason }
}
