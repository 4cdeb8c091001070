//! Answering: a criterion is shown; evidence is shown for it or taken back; a statement or an agreement is saved.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::criterion::{CriterionPage, Way, ways};
use super::reach::{Case, case, frame_within, told};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::dossier::drafting::{Saving, save, steps};
use crate::dossier::form::{Filled, Statements};
use crate::dossier::tasks::CriterionTask;
use crate::dossier::{Refusal, Step, showing};
use crate::evidence::web::FormPart;
use crate::evidence::web::handlers::After;
use crate::evidence::{self, Evidence};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer_with_script};
use crate::procedure::criterion::ValidityRule;

/// What the page of a criterion is made from.
pub(super) struct Known {
    pub case: Case,
    task: CriterionTask,
    pieces: Vec<Evidence>,
    /// Of what is shown and stored under another title too: the version and that title.
    twins: Vec<(i64, String)>,
    statements: Statements,
    version: i32,
}

impl Known {
    pub fn takes_files(&self) -> bool {
        let own = ways(&self.task.criterion);
        self.task.open && (own.contains(&Way::File) || own.contains(&Way::Optional))
    }
}

pub(super) async fn known(who: &Insider, nr: String, code: String) -> Result<Known, Turn> {
    let (actor, today) = (who.actor(), who.house.today());
    house::read(&who.house, move |conn| {
        let case = case(conn, &actor, &nr, today)?;
        let task = case.list.criteria.iter().find(|task| task.criterion.code == code).cloned().ok_or(Turn::NotFound)?;
        let saved = steps(conn, &actor, case.application.id)?;
        let saved = saved.into_iter().find(|one| one.filled.step() == Step::Statements);
        let version = saved.as_ref().map_or(0, |one| one.version);
        let mut pieces = evidence::store::of_provider(conn, &actor)?;
        let twin = |piece: &Evidence| Some((piece.newest()?.id, piece.twin(&pieces)?.title.clone()));
        let twins = pieces.iter().filter(|piece| piece.withdrawn_at.is_none()).filter_map(twin).collect();
        let shown = |id: i64| task.shown.iter().any(|one| one.evidence.version_id == id);
        pieces.retain(|piece| piece.withdrawn_at.is_none() && piece.newest().is_some_and(|one| !shown(one.id)));
        let statements = case.list.form.statements();
        Ok(Known { case, task, pieces, twins, statements, version })
    })
    .await
}

/// The page, with what was typed just now and what is wrong with it.
pub(super) fn show(
    who: &Insider,
    known: Known,
    typed: Option<&StatementForm>,
    form: FormPart,
) -> Result<HttpResponse, Turn> {
    let status = match (form.errors.is_empty(), form.refused()) {
        (false, _) => StatusCode::BAD_REQUEST,
        (true, 0) => StatusCode::OK,
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(answer_with_script(status, &page(who, known, typed, form)?))
}

fn page(who: &Insider, known: Known, typed: Option<&StatementForm>, form: FormPart) -> Result<CriterionPage, Turn> {
    let code = known.task.criterion.code.clone();
    let saved = known.statements.statements.get(&code).cloned().unwrap_or_default();
    let application = known.case.application;
    let here = format!("{}/eisen/{code}", super::path(&application));
    let needs_date = matches!(
        known.task.criterion.evidence_valid,
        ValidityRule::ReceivedWithin { .. } | ValidityRule::Months { .. }
    );
    Ok(CriterionPage {
        frame: frame_within(who, &application, here),
        application,
        today: who.house.today(),
        form: FormPart { key: Token::new()?.as_str()[..32].to_owned(), needs_date, ..form },
        twins: known.twins,
        received: 0,
        pieces: known.pieces,
        statement: typed.map_or(saved, |typed| typed.verklaring.clone()),
        agreed: typed.map_or(known.statements.agreed.contains(&code), |typed| typed.akkoord == "ja"),
        version: known.version,
        task: known.task,
    })
}

fn with_errors(errors: FormErrors) -> FormPart {
    FormPart { errors, ..FormPart::default() }
}

/// GET `/mijn/aanmeldingen/{nr}/eisen/{code}`
pub async fn criterion(who: Insider, at: Path<(String, String)>, after: Query<After>) -> HttpResponse {
    let (nr, code) = at.into_inner();
    who.answer(show_criterion(&who, nr, code, &after).await)
}

async fn show_criterion(who: &Insider, nr: String, code: String, after: &After) -> Result<HttpResponse, Turn> {
    let page = page(who, known(who, nr, code).await?, None, FormPart::default())?;
    Ok(answer_with_script(StatusCode::OK, &CriterionPage { received: after.received(), ..page }))
}

/// Which evidence: the id of a version to show, or of what was shown to take back.
#[derive(Debug, Deserialize, Validate)]
pub struct ChoiceForm {
    #[serde(default)]
    #[validate(length(max = 20))]
    stuk: String,
}

/// POST `/mijn/aanmeldingen/{nr}/eisen/{code}/bewijs`: an earlier piece is shown for this criterion too.
pub async fn reuse(who: Insider, at: Path<(String, String)>, form: Form<ChoiceForm>) -> HttpResponse {
    let (nr, code) = at.into_inner();
    who.answer(show_piece(&who, nr, code, form.into_inner()).await)
}

async fn show_piece(who: &Insider, nr: String, code: String, form: ChoiceForm) -> Result<HttpResponse, Turn> {
    let known = known(who, nr, code.clone()).await?;
    let back = format!("{}/eisen/{code}", super::path(&known.case.application));
    let Some(version) = form.stuk.parse::<i64>().ok().filter(|_| form.validate().is_ok()) else {
        let text = fl!(who.lang.texts(), "mine-choose-piece");
        return show(who, known, None, with_errors(at_field("stuk", text)));
    };
    let (actor, now, today, id) = (who.actor(), who.house.now(), who.house.today(), known.case.application.id);
    let to = back.clone();
    let done =
        house::write(&who.house, move |conn| told(showing::show(conn, &actor, now, today, id, &code, version), &to))
            .await?;
    or_words(who, done, known, &back)
}

/// POST `/mijn/aanmeldingen/{nr}/eisen/{code}/terugnemen`
pub async fn take_back(who: Insider, at: Path<(String, String)>, form: Form<ChoiceForm>) -> HttpResponse {
    let (nr, code) = at.into_inner();
    who.answer(hide_piece(&who, nr, code, form.into_inner()).await)
}

async fn hide_piece(who: &Insider, nr: String, code: String, form: ChoiceForm) -> Result<HttpResponse, Turn> {
    let known = known(who, nr, code.clone()).await?;
    let back = format!("{}/eisen/{code}", super::path(&known.case.application));
    let shown_id: i64 = form.stuk.parse().map_err(|_| Turn::BadRequest)?;
    // Of another criterion, or taken back by an earlier press: there is nothing left to do.
    if !known.task.shown.iter().any(|one| one.evidence.id == shown_id) {
        return Ok(see_other(&back));
    }
    let (actor, now, to) = (who.actor(), who.house.now(), back.clone());
    let done = house::write(&who.house, move |conn| told(showing::take_back(conn, &actor, now, shown_id), &to)).await?;
    or_words(who, done, known, &back)
}

/// A statement in words, or an agreement by a tick.
#[derive(Debug, Clone, Deserialize, Validate)]
pub struct StatementForm {
    versie: i32,
    #[serde(default)]
    #[validate(length(max = 2000))]
    verklaring: String,
    #[serde(default)]
    #[validate(length(max = 5))]
    akkoord: String,
}

/// POST `/mijn/aanmeldingen/{nr}/eisen/{code}/verklaring`
pub async fn state(who: Insider, at: Path<(String, String)>, form: Form<StatementForm>) -> HttpResponse {
    let (nr, code) = at.into_inner();
    who.answer(keep_statement(&who, nr, code, form.into_inner()).await)
}

async fn keep_statement(who: &Insider, nr: String, code: String, form: StatementForm) -> Result<HttpResponse, Turn> {
    let known = known(who, nr, code.clone()).await?;
    let t = who.lang.texts();
    if form.validate().is_err() {
        let text = fl!(t, "front-too-long", most = 2000);
        return show(who, known, Some(&form), with_errors(at_field("verklaring", text)));
    }
    let mut statements = known.statements.clone();
    let own = ways(&known.task.criterion);
    if own.contains(&Way::Tick) {
        statements.agreed.retain(|one| *one != code);
        if form.akkoord == "ja" {
            statements.agreed.push(code.clone());
        }
    }
    if own.contains(&Way::Words) {
        match form.verklaring.trim() {
            "" => _ = statements.statements.remove(&code),
            words => _ = statements.statements.insert(code.clone(), words.to_owned()),
        }
    }
    let dossier = super::path(&known.case.application);
    let (actor, now, id) = (who.actor(), who.house.now(), known.case.application.id);
    let (filled, back, seen) = (Filled::Statements(statements), dossier.clone(), form.versie);
    let saving = house::write(&who.house, move |conn| told(save(conn, &actor, now, id, seen, &filled), &back)).await?;
    match saving {
        Ok(Saving::Saved(_)) => Ok(see_other(&dossier)),
        // A colleague saved another statement: his stays, and these words stand in the form to be saved beside it.
        Ok(Saving::Theirs(theirs)) => {
            let text = fl!(t, "mine-statement-meanwhile", by = theirs.saved_by.as_str());
            let mut known = known;
            known.version = theirs.version;
            let errors = FormErrors { whole: vec![text], ..FormErrors::default() };
            show(who, known, Some(&form), with_errors(errors))
        }
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            show(who, known, Some(&form), with_errors(errors))
        }
    }
}

fn at_field(field: &str, text: String) -> FormErrors {
    FormErrors { fields: vec![(field.to_owned(), text)], ..FormErrors::default() }
}

fn or_words(who: &Insider, done: Result<(), Refusal>, known: Known, back: &str) -> Result<HttpResponse, Turn> {
    match done {
        Ok(()) => Ok(see_other(back)),
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            show(who, known, None, with_errors(errors))
        }
    }
}
