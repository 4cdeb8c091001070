//! Answering: one criterion with its evidence, and the verdict on it. Who opens it is shown to others as at work on it; of
//! two who judge the same criterion the second gets both versions, with what he typed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::judge::*;
use super::shown::EvidenceLine;
use super::{TermWords, criterion_status, errors_of, found_at, frame_below, link_to, or_refusal, path_of, task_status};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::form::{Filled, FirmSize, Form as Applied};
use crate::dossier::holds::{Holds, reckoned};
use crate::dossier::review::{self, Judged, NewVerdict};
use crate::dossier::tasks::{self, CriterionTask, Turn as TaskTurn};
use crate::dossier::workbench::{self, Entry, Filter, Place};
use crate::dossier::{Application, ApplicationState, CriterionResult, Refusal, Step, ends, eyes};
use crate::evidence::{Version, store::all_shown};
use crate::house::{self, Turn};
use crate::page::{FormErrors, ProviderLink, Tone, answer_with_script};
use crate::procedure::standard_texts;
use crate::text::Lang;

type CriterionPath = Path<(String, String)>;

#[derive(Debug, Default, Deserialize, Validate)]
pub struct AlongQuery {
    #[validate(length(max = 20))]
    #[serde(default)]
    rij: String,
}

/// The verdict as it was typed.
#[derive(Debug, Deserialize, Validate)]
pub struct VerdictForm {
    versie: i32,
    #[validate(length(max = 20))]
    rij: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    oordeel: String,
    #[validate(length(max = 4000))]
    motivering: String,
    #[validate(length(max = 10))]
    geldig_tot: String,
    /// A standard text to put into the reason, instead of giving the verdict.
    #[serde(default)]
    #[validate(length(max = 1000))]
    tekst: String,
}

/// Everything that the page of one criterion is made of.
struct Known {
    found: Application,
    provider: ProviderLink,
    all: Vec<CriterionTask>,
    at: usize,
    form: Applied,
    versions: Vec<Version>,
    texts: Vec<String>,
    queue: Vec<Entry>,
    place: Option<Place>,
    /// Why this reader has no say about this provider.
    aside: Option<Refusal>,
}

fn known(
    conn: &mut Conn,
    actor: &Actor,
    today: NaiveDate,
    path: &(String, String),
    along: Along,
) -> Result<Known, Turn> {
    let (found, provider) = found_at(conn, actor, &path.0)?;
    let list = tasks::of(conn, actor, today, &found, None)?;
    let at = list.criteria.iter().position(|task| task.criterion.code == path.1).ok_or(Turn::NotFound)?;
    let Some(row) = list.criteria[at].row.as_ref() else { return Err(Turn::NotFound) };
    let shown: Vec<i64> = list.criteria[at].shown.iter().map(|one| one.evidence.version_id).collect();
    let versions = all_shown(conn, provider.id, &shown)?;
    let filter = match along {
        Along::Application => Filter { provider_id: Some(provider.id), ..Filter::default() },
        Along::Criterion => Filter { code: Some(path.1.clone()), ..Filter::default() },
        Along::All => Filter::default(),
    };
    let mut queue = workbench::queue(conn, actor, &filter)?;
    queue.retain(|entry| along != Along::Application || entry.application.id == found.id);
    // Across applications only what this reader may judge.
    queue.retain(|entry| along == Along::Application || entry.is_for(actor) || !judges(actor.role()));
    let place = workbench::entry(conn, actor, row.id)?.map(|entry| workbench::place(&queue, &entry));
    let texts = standard_texts::for_criterion(conn, actor, today, &path.1)?;
    let aside = eyes::interest_in(conn, actor, today, provider.id)?;
    let (provider, all, form) = (link_to(&provider), list.criteria, list.form);
    Ok(Known { provider, found, all, at, form, versions, texts, queue, place, aside })
}

fn address(number: &str, code: &str, along: Along) -> String {
    match along {
        Along::Application => format!("/aanmeldingen/{number}/eisen/{code}"),
        along => format!("/aanmeldingen/{number}/eisen/{code}?rij={along}"),
    }
}

impl Known {
    fn task(&self) -> &CriterionTask {
        &self.all[self.at]
    }

    fn entry_path(&self, id: Option<i64>, along: Along) -> Option<String> {
        let entry = self.queue.iter().find(|entry| Some(entry.row.id) == id)?;
        Some(address(&entry.application.number.to_string(), &entry.row.code, along))
    }

    fn page(&self, who: &Insider, along: Along, typed: Typed, errors: FormErrors) -> Result<JudgePage, Turn> {
        let (lang, today, task) = (who.lang, who.house.today(), self.task());
        let row = task.row.as_ref().ok_or(Turn::NotFound)?;
        let now_judged = matches!(self.found.state, ApplicationState::UnderReview | ApplicationState::Admitted);
        let choices = match now_judged && self.aside.is_none() {
            true => choices(lang, &task.criterion, who.actor().role(), typed.result),
            false => Vec::new(),
        };
        let why_not = match (now_judged, &self.aside) {
            (_, Some(refusal)) => refusal.in_words(lang),
            (true, None) => Refusal::NotYours.in_words(lang),
            (false, None) => Refusal::NotNow(self.found.state).in_words(lang),
        };
        let queued = self.queue.iter().any(|entry| entry.row.id == row.id);
        Ok(JudgePage {
            frame: frame_below(who, &self.found, &self.provider)?,
            number: self.found.number.to_string(),
            provider: self.provider.name.clone(),
            code: task.criterion.code.clone(),
            name: task.criterion.name.in_lang(lang).to_owned(),
            status: task_status(lang, task),
            term: self.found.term.map(|term| TermWords::of(lang, today, term)),
            along,
            place: self.place.filter(|_| queued).map(|place| (place.number, place.all)),
            previous: self.entry_path(self.place.and_then(|place| place.previous), along),
            next: self.entry_path(self.place.and_then(|place| place.next), along),
            row: self.row(lang, along),
            asked: task.criterion.text.in_lang(lang).to_owned(),
            evidence_words: task.criterion.evidence.in_lang(lang).to_owned(),
            evidence: self.evidence(lang, who.actor().may_open_evidence()),
            stated: self.stated(lang),
            checks: self.checks(lang),
            at_work: row.at_work(&who.actor(), who.house.now()).map(|(by, at)| (by.to_owned(), wall_clock(at))),
            choices,
            why_not,
            texts: self.texts.clone(),
            inserted: false,
            typed,
            seen: row.version,
            earlier: task.verdicts.iter().map(|verdict| earlier_line(lang, verdict)).collect(),
            theirs: None,
            errors,
        })
    }

    /// The row at the left: of this application in three groups, or what waits across applications.
    fn row(&self, lang: Lang, along: Along) -> Vec<RowGroup> {
        let t = lang.texts();
        let own = self.task().row.as_ref().map(|row| row.id);
        if along != Along::Application {
            let line = |entry: &Entry| RowLine {
                label: format!("{} · {}", entry.row.code, entry.provider.name),
                status: criterion_status(lang, entry.row.state),
                href: address(&entry.application.number.to_string(), &entry.row.code, along),
                current: Some(entry.row.id) == own,
            };
            let lines = self.queue.iter().map(line).collect();
            return vec![RowGroup { title: fl!(t, "bench-row-open"), lines, judged: false }];
        }
        let number = self.found.number.to_string();
        let group = |title: String, judged: bool, wanted: &dyn Fn(&CriterionTask) -> bool| {
            let lines = self.all.iter().filter(|task| wanted(task)).map(|task| RowLine {
                label: format!("{} {}", task.criterion.code, task.criterion.name.in_lang(lang)),
                status: task_status(lang, task),
                href: address(&number, &task.criterion.code, along),
                current: task.row.as_ref().map(|row| row.id) == own,
            });
            RowGroup { title, judged, lines: lines.collect() }
        };
        let mut groups = vec![
            group(fl!(t, "bench-row-open"), false, &|task| {
                task.turn() == TaskTurn::Municipality && !task.state.is_judged()
            }),
            group(fl!(t, "bench-row-theirs"), false, &|task| {
                task.turn() == TaskTurn::Provider && !task.state.is_judged()
            }),
            group(fl!(t, "mine-status-later"), false, &|task| task.turn() == TaskTurn::Later),
            group(fl!(t, "bench-row-judged"), true, &|task| task.state.is_judged()),
        ];
        groups.retain(|group| !group.lines.is_empty());
        groups
    }

    fn evidence(&self, lang: Lang, opens: bool) -> Vec<EvidenceLine> {
        let number = self.found.number.to_string();
        let lines = self.task().shown.iter().filter_map(|one| {
            let version = self.versions.iter().find(|version| version.id == one.evidence.version_id)?;
            let line = EvidenceLine::of(lang, &number, one, version, &self.versions);
            Some(EvidenceLine {
                path: line.path.clone().filter(|_| opens),
                compare: line.compare.clone().filter(|_| opens),
                ..line
            })
        });
        lines.collect()
    }

    fn stated(&self, lang: Lang) -> Option<String> {
        let (code, statements) = (&self.task().criterion.code, self.form.statements());
        let agreed = statements.agreed.contains(code).then(|| fl!(lang.texts(), "bench-agreed"));
        let ruled_out = self.task().ruled_out.then(|| fl!(lang.texts(), "bench-ruled-out"));
        let words = statements.statements.get(code).filter(|words| !words.trim().is_empty()).cloned();
        words.or(agreed).or(ruled_out)
    }

    /// What the program itself can tell: how long each file counts, and what somebody must look at.
    fn checks(&self, lang: Lang) -> Vec<(Tone, String)> {
        let task = self.task();
        let mut checks: Vec<(Tone, String)> = Vec::new();
        for one in &task.shown {
            let (tone, words) = match one.holds {
                _ if one.replaced => (Tone::Idle, fl!(lang.texts(), "dossier-replaced")),
                holds if holds.was_checked() => (Tone::Ok, holds.in_words(lang)),
                Holds::Until(_) | Holds::NewEnough(_) => (Tone::Idle, one.holds.in_words(lang)),
                Holds::Not(_) => (Tone::Warn, one.holds.in_words(lang)),
                Holds::ByRegister => (Tone::Watch, one.holds.in_words(lang)),
            };
            let reckoned = reckoned(lang, &task.criterion.evidence_valid, &one.evidence, one.holds.until());
            let words = match reckoned.filter(|_| !one.replaced) {
                Some(how) => format!("{words} {how}"),
                None => words,
            };
            checks.push((tone, format!("{}: {words}", one.evidence.title)));
        }
        if let Some(insured) = task.criterion.insured_cents {
            let micro = matches!(
                self.form.steps.get(&Step::Organisation),
                Some(Filled::Organisation(filled)) if filled.size == Some(FirmSize::Micro)
            );
            let least = if micro { insured.micro } else { insured.other };
            let (event, year) = (lang.euros(least.event), lang.euros(least.year));
            checks.push((Tone::Watch, fl!(lang.texts(), "bench-check-insured", event = event, year = year)));
        }
        checks
    }

    /// The last day that is proposed: of the evidence that holds longest, and of none that is over.
    fn proposed_until(&self, today: NaiveDate) -> String {
        let end = ends::of_evidence(&self.task().criterion, self.task().shown.iter().map(|one| &one.evidence), today);
        end.filter(|end| today <= *end).map_or_else(String::new, |day| day.to_string())
    }
}

/// GET `/aanmeldingen/{nr}/eisen/{code}`
pub async fn criterion(who: Insider, path: CriterionPath, query: Query<AlongQuery>) -> HttpResponse {
    who.answer(show(&who, path.into_inner(), &query).await)
}

async fn show(who: &Insider, path: (String, String), query: &AlongQuery) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let along = query.rij.parse().unwrap_or(Along::Application);
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &path, along)).await?;
    let typed = Typed { holds_until: known.proposed_until(today), ..Typed::default() };
    let page = known.page(who, along, typed, FormErrors::default())?;
    // Others see who is at work on it. Somebody's own claim that still runs is not written again.
    let row = known.task().row.as_ref().ok_or(Turn::NotFound)?;
    let mine = row.claimed_account == who.actor().account_id() && row.claimed_until.is_some_and(|until| now < until);
    if !page.choices.is_empty() && row.state.waits_for_a_verdict() && page.at_work.is_none() && !mine {
        let (actor, id) = (who.actor(), row.id);
        house::write(&who.house, move |conn| or_refusal(review::claim(conn, &actor, now, today, id))).await?.ok();
    }
    Ok(answer_with_script(StatusCode::OK, &page))
}

/// POST `/aanmeldingen/{nr}/eisen/{code}`
pub async fn judge(who: Insider, path: CriterionPath, form: Form<VerdictForm>) -> HttpResponse {
    who.answer(carry_out(&who, path.into_inner(), &form).await)
}

async fn carry_out(who: &Insider, path: (String, String), form: &VerdictForm) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let along = form.rij.parse().unwrap_or(Along::Application);
    let result: Option<CriterionResult> = form.oordeel.parse().ok();
    let typed = Typed { result, reason: form.motivering.clone(), holds_until: form.geldig_tot.clone() };
    let (actor, now, today, at) = (who.actor(), who.house.now(), who.house.today(), path.clone());
    let before = house::read(&who.house, move |conn| known(conn, &actor, today, &at, along)).await?;
    if !form.tekst.is_empty() {
        let page = before.page(who, along, typed.with(&form.tekst), FormErrors::default())?;
        let page = JudgePage { seen: form.versie, inserted: true, ..page };
        return Ok(answer_with_script(StatusCode::OK, &page));
    }
    let t = who.lang.texts();
    let mut errors = FormErrors::default();
    if result.is_none() {
        errors.fields.push((format!("oordeel-{}", CriterionResult::Met), fl!(t, "bench-choose")));
    }
    let holds_until: Option<NaiveDate> = form.geldig_tot.trim().parse().ok();
    if holds_until.is_none() && !form.geldig_tot.trim().is_empty() {
        errors.fields.push(("geldig_tot".to_owned(), fl!(t, "bench-no-day")));
    }
    let (Some(result), true) = (result, errors.is_empty()) else {
        let page = JudgePage { seen: form.versie, ..before.page(who, along, typed, errors)? };
        return Ok(answer_with_script(StatusCode::BAD_REQUEST, &page));
    };
    let id = before.task().row.as_ref().map(|row| row.id).ok_or(Turn::NotFound)?;
    let (actor, seen, reason) = (who.actor(), form.versie, form.motivering.clone());
    let judged = house::write(&who.house, move |conn| {
        let new = NewVerdict { result, reason: &reason, holds_until };
        or_refusal(review::judge(conn, &actor, now, id, seen, &new))
    })
    .await?;
    let actor = who.actor();
    let after = house::read(&who.house, move |conn| known(conn, &actor, today, &path, along)).await?;
    match judged {
        Ok(Judged::Done(_)) => {
            let next = after.entry_path(after.place.and_then(|place| place.next), along);
            Ok(see_other(&next.unwrap_or_else(|| path_of(after.found.number))))
        }
        Ok(Judged::Theirs(theirs)) => {
            let whole = vec![fl!(t, "bench-theirs-came", by = theirs.row.changed_by.as_str())];
            let page = after.page(who, along, typed, FormErrors { fields: vec![], whole })?;
            let page = JudgePage { theirs: Some(their_line(who.lang, &theirs)), ..page };
            Ok(answer_with_script(StatusCode::CONFLICT, &page))
        }
        Err(refusal) => {
            let (status, errors) = match refusal {
                Refusal::EndInPast(_) => {
                    let said = ("geldig_tot".to_owned(), refusal.in_words(who.lang));
                    (StatusCode::BAD_REQUEST, FormErrors { fields: vec![said], whole: vec![] })
                }
                _ => errors_of(who.lang, &refusal, "motivering", &str::to_owned),
            };
            let page = JudgePage { seen: form.versie, ..after.page(who, along, typed, errors)? };
            Ok(answer_with_script(status, &page))
        }
    }
}
