//! Answering: one criterion with every provider, and one verdict on all that are ticked; first shown once more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::across::{AcrossPage, choices_for_many, line, path, read_ticket};
use super::judge::judges;
use super::{errors_of, frame, or_refusal};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::bulk::{self, Ticked};
use crate::dossier::holds::Holds;
use crate::dossier::workbench::{self, Across};
use crate::dossier::{CriterionResult, Refusal};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer, answer_to_check};
use crate::procedure::criteria;
use crate::procedure::criterion::Criterion;

/// What the address says after a verdict on many.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct After {
    #[serde(default)]
    #[validate(range(max = 10_000))]
    beoordeeld: usize,
}

/// What was sent: pairs, as there is a tick for every provider.
#[derive(Debug, Default, Validate)]
struct Sent {
    #[validate(length(max = 2000))]
    tickets: Vec<String>,
    #[validate(length(max = 20))]
    verdict: String,
    #[validate(length(max = 4000))]
    reason: String,
    step: String,
    judged: usize,
}

impl Sent {
    fn read(pairs: Vec<(String, String)>) -> Result<Sent, Turn> {
        let mut sent = Sent::default();
        for (name, value) in pairs {
            match name.as_str() {
                "gekozen" => sent.tickets.push(value),
                "oordeel" => sent.verdict = value,
                "motivering" => sent.reason = value,
                "stap" => sent.step = value,
                _ => {}
            }
        }
        if sent.validate().is_err() { Err(Turn::BadRequest) } else { Ok(sent) }
    }

    fn result(&self) -> Option<CriterionResult> {
        self.verdict.parse().ok()
    }
}

struct Known {
    criterion: Criterion,
    across: Vec<Across>,
}

fn known(conn: &mut Conn, actor: &Actor, today: NaiveDate, code: &str) -> Result<Known, Turn> {
    let across = workbench::across(conn, actor, today, code)?;
    // As it is in force; one that is asked of nobody new any more is still judged as it was frozen.
    let in_force = criteria::in_force(conn, actor, today)?.into_iter().find(|one| one.criterion.code == code);
    let frozen = || across.first().map(|one| one.entry.criterion.clone());
    let criterion = in_force.map(|one| one.criterion).or_else(frozen).ok_or(Turn::NotFound)?;
    Ok(Known { criterion, across })
}

impl Known {
    /// Everything that is ticked; a ticket of something else means nothing.
    fn ticked(&self, sent: &Sent) -> Result<Vec<Ticked>, Turn> {
        sent.tickets.iter().map(|ticket| read_ticket(ticket, &self.across).ok_or(Turn::BadRequest)).collect()
    }

    fn page(&self, who: &Insider, sent: &Sent, checking: bool, errors: FormErrors) -> Result<AcrossPage, Turn> {
        let (lang, actor, now) = (who.lang, who.actor(), who.house.now());
        let ticked = self.ticked(sent)?;
        let is_ticked = |one: &Across| ticked.iter().any(|tick| tick.criterion_id == one.entry.row.id);
        let mut frame = frame(who)?;
        frame.here = path(&self.criterion.code);
        Ok(AcrossPage {
            frame,
            code: self.criterion.code.clone(),
            name: self.criterion.name.in_lang(lang).to_owned(),
            asked: self.criterion.text.in_lang(lang).to_owned(),
            lines: self.across.iter().map(|one| line(lang, &actor, now, one, is_ticked(one))).collect(),
            choices: choices_for_many(lang, &self.criterion, actor.role(), sent.result()),
            reason: sent.reason.clone(),
            checking,
            judged: sent.judged,
            errors,
        })
    }

    /// Nobody ticked, no verdict, no reason, or `met` for somebody whose evidence does not count.
    fn errors(&self, who: &Insider, sent: &Sent, ticked: &[Ticked]) -> FormErrors {
        let t = who.lang.texts();
        let mut errors = FormErrors::default();
        if ticked.is_empty() {
            errors.whole.push(fl!(t, "bench-many-none"));
        }
        match sent.result() {
            None => errors.fields.push((format!("oordeel-{}", CriterionResult::Met), fl!(t, "bench-choose"))),
            Some(result) if result.asks_for_a_reason() && sent.reason.trim().is_empty() => {
                errors.fields.push(("motivering".to_owned(), Refusal::ReasonMissing.in_words(who.lang)));
            }
            Some(CriterionResult::Met) => {
                let doubtful = self.across.iter().filter(|one| {
                    let mine = ticked.iter().any(|tick| tick.criterion_id == one.entry.row.id);
                    mine && matches!(one.holds, Some(Holds::Not(_)))
                });
                let names: Vec<&str> = doubtful.map(|one| one.entry.provider.name.as_str()).collect();
                if !names.is_empty() {
                    errors.whole.push(fl!(t, "bench-many-doubtful", names = names.join(", ")));
                }
            }
            Some(_) => {}
        }
        errors
    }
}

/// GET `/kwaliteitseisen/{code}/beoordelen`
pub async fn across(who: Insider, code: Path<String>, after: Query<After>) -> HttpResponse {
    who.answer(show(&who, code.into_inner(), &after).await)
}

async fn show(who: &Insider, code: String, after: &After) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let (actor, today) = (who.actor(), who.house.today());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &code)).await?;
    let judged = if after.validate().is_ok() { after.beoordeeld } else { 0 };
    let page = known.page(who, &Sent { judged, ..Sent::default() }, false, FormErrors::default())?;
    Ok(answer(StatusCode::OK, &page))
}

/// POST `/kwaliteitseisen/{code}/beoordelen`
pub async fn judge(who: Insider, code: Path<String>, pairs: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out(&who, code.into_inner(), pairs.into_inner()).await)
}

async fn carry_out(who: &Insider, code: String, pairs: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    frame(who)?;
    if !judges(who.actor().role()) {
        return Err(Turn::NotAllowed);
    }
    let sent = Sent::read(pairs)?;
    let (actor, now, today, wanted) = (who.actor(), who.house.now(), who.house.today(), code.clone());
    let before = house::read(&who.house, move |conn| known(conn, &actor, today, &wanted)).await?;
    let ticked = before.ticked(&sent)?;
    if sent.step == "wijzigen" {
        let page = before.page(who, &sent, false, FormErrors::default())?;
        return Ok(answer(StatusCode::OK, &page));
    }
    let errors = before.errors(who, &sent, &ticked);
    let (Some(result), true) = (sent.result(), errors.is_empty()) else {
        return Ok(answer(StatusCode::BAD_REQUEST, &before.page(who, &sent, false, errors)?));
    };
    if sent.step != "vastleggen" && result != CriterionResult::NotMet {
        return Ok(answer_to_check(&before.page(who, &sent, true, FormErrors::default())?));
    }
    let (actor, reason) = (who.actor(), sent.reason.clone());
    let done =
        house::write(&who.house, move |conn| or_refusal(bulk::judge(conn, &actor, now, &ticked, result, &reason)))
            .await?;
    match done {
        Ok(count) => Ok(see_other(&format!("{}?beoordeeld={count}", path(&before.criterion.code)))),
        Err(refusal) => {
            // What stands there now, with the ticks that are still possible.
            let actor = who.actor();
            let after = house::read(&who.house, move |conn| known(conn, &actor, today, &code)).await?;
            let (status, errors) = errors_of(who.lang, &refusal, "motivering", &str::to_owned);
            Ok(answer(status, &after.page(who, &sent, false, errors)?))
        }
    }
}
