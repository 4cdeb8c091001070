//! Answering: one activity, what is planned of it, its deliverable, and dropping it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::activity::ActivityPage;
use super::{frame, or_refusal, path, plans, procedure, refusal_in_words, too_long};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, Frame, answer};
use crate::planning::acting::{self, Fault, Seen};
use crate::planning::{Activity, Phase, Plan, PlanRefusal, store};
use crate::text::Bilingual;

/// What is typed of an activity, in any of its forms.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ActivityForm {
    #[validate(length(max = 160))]
    pub naam_nl: String,
    #[validate(length(max = 160))]
    pub naam_en: String,
    #[validate(length(max = 160))]
    pub oplevering_nl: String,
    #[validate(length(max = 160))]
    pub oplevering_en: String,
    #[validate(length(max = 20))]
    pub fase: String,
    #[validate(length(max = 3))]
    pub eerste: String,
    #[validate(length(max = 3))]
    pub laatste: String,
    /// The day on which it was delivered.
    #[validate(length(max = 20))]
    pub dag: String,
    /// Why it was not delivered after all.
    #[validate(length(max = 500))]
    pub reden: String,
    /// Why it is dropped, or taken up again.
    #[validate(length(max = 500))]
    pub waarom: String,
    pub versie: i32,
}

impl ActivityForm {
    fn of(one: &Activity) -> ActivityForm {
        ActivityForm {
            naam_nl: one.plan.name.nl.clone(),
            naam_en: one.plan.name.en.clone(),
            oplevering_nl: one.plan.deliverable.nl.clone(),
            oplevering_en: one.plan.deliverable.en.clone(),
            fase: one.plan.phase.to_string(),
            eerste: one.plan.first_month.to_string(),
            laatste: one.plan.last_month.to_string(),
            versie: one.version,
            ..ActivityForm::default()
        }
    }

    /// What is planned; months and phase that nobody can choose are as wrong as months in the wrong order. What has no English
    /// name keeps its Dutch one.
    fn plan(&self) -> Result<Plan, PlanRefusal> {
        let both = |nl: &str, en: &str| {
            let (nl, en) = (nl.trim().to_owned(), en.trim());
            Bilingual { en: if en.is_empty() { nl.clone() } else { en.to_owned() }, nl }
        };
        let plan = Plan {
            phase: self.fase.parse::<Phase>().map_err(|_| PlanRefusal::MonthsWrong)?,
            name: both(&self.naam_nl, &self.naam_en),
            deliverable: both(&self.oplevering_nl, &self.oplevering_en),
            first_month: self.eerste.parse().map_err(|_| PlanRefusal::MonthsWrong)?,
            last_month: self.laatste.parse().map_err(|_| PlanRefusal::MonthsWrong)?,
        };
        plan.refusal().map_or(Ok(plan), Err)
    }
}

/// GET `/planning/{code}/activiteiten/{id}`
pub async fn activity(who: Insider, at: Path<(String, String)>) -> HttpResponse {
    let (code, id) = at.into_inner();
    let shown = page(&who, &code, &id).await;
    who.answer(shown.map(|page| answer(StatusCode::OK, &page)))
}

/// The page as it stands, for who plans.
async fn page(who: &Insider, code: &str, id: &str) -> Result<ActivityPage, Turn> {
    let t = who.lang.texts();
    let frame = frame(who)?.crumb(fl!(t, "planning-tab-boards"), "/planning");
    plans(&who.actor())?;
    let (actor, written, number, today) = (who.actor(), code.to_owned(), id.parse::<i64>().ok(), who.house.today());
    if number.is_none() && id != "nieuw" {
        return Err(Turn::NotFound);
    }
    let (procedure, board, activity) = house::read(&who.house, move |conn| {
        let procedure = procedure(conn, &actor, &written)?;
        let board = store::board(conn, &actor, procedure.id)?.ok_or(Turn::NotFound)?;
        let activity = match number {
            Some(id) => Some(store::find(conn, &actor, procedure.id, id)?.ok_or(Turn::NotFound)?),
            None => None,
        };
        Ok((procedure, board, activity))
    })
    .await?;
    let frame = frame.crumb(procedure.details.name.in_lang(who.lang), path(code));
    let frame = Frame { here: format!("{}/activiteiten/{id}", path(code)), ..frame };
    let first = || ActivityForm { eerste: "1".into(), laatste: "1".into(), ..ActivityForm::default() };
    let form = ActivityForm { dag: today.to_string(), ..activity.as_ref().map_or_else(first, ActivityForm::of) };
    Ok(ActivityPage { frame, today, procedure, board, activity, form, errors: FormErrors::default() })
}

/// POST `/planning/{code}/activiteiten/{id}`: what is planned of it.
pub async fn write(who: Insider, at: Path<(String, String)>, form: Form<ActivityForm>) -> HttpResponse {
    let (code, id) = at.into_inner();
    who.answer(keep(&who, &code, &id, form.into_inner()).await)
}

async fn keep(who: &Insider, code: &str, id: &str, form: ActivityForm) -> Result<HttpResponse, Turn> {
    let page = page(who, code, id).await?;
    let mut errors = FormErrors { fields: too_long(who.lang, &form), whole: Vec::new() };
    let plan = match form.plan() {
        Ok(plan) => Some(plan),
        Err(refusal) => {
            let field = if refusal == PlanRefusal::NameMissing { "naam_nl" } else { "laatste" };
            errors.fields.push((field.to_owned(), refusal_in_words(who.lang, &refusal)));
            None
        }
    };
    let Some(plan) = plan.filter(|_| errors.is_empty()) else { return Ok(again(page, form, errors)) };
    let known = page.activity.as_ref().map(|one| seen(one, &form));
    let (actor, now, procedure) = (who.actor(), who.house.now(), page.procedure.id);
    let (back, word) = (path(code), if known.is_some() { "veranderd" } else { "toegevoegd" });
    house::write(&who.house, move |conn| {
        let done = match known {
            Some(seen) => acting::change(conn, &actor, now, seen, &plan),
            None => acting::add(conn, &actor, now, procedure, &plan).map(drop),
        };
        // What the form could have shown was looked at above.
        or_refusal(done, &back)?.map_err(|_| Turn::BadRequest)
    })
    .await?;
    Ok(see_other(&format!("{}?klaar={word}", path(code))))
}

fn again(page: ActivityPage, form: ActivityForm, errors: FormErrors) -> HttpResponse {
    answer(StatusCode::UNPROCESSABLE_ENTITY, &ActivityPage { form, errors, ..page })
}

fn seen(one: &Activity, form: &ActivityForm) -> Seen {
    Seen { procedure_id: one.procedure_id, id: one.id, version: form.versie }
}

/// POST `/planning/{code}/activiteiten/{id}/opleveren`: its deliverable is there, or was not after all.
pub async fn deliver(who: Insider, at: Path<(String, String)>, form: Form<ActivityForm>) -> HttpResponse {
    let (code, id) = at.into_inner();
    who.answer(tick(&who, &code, &id, form.into_inner()).await)
}

async fn tick(who: &Insider, code: &str, id: &str, form: ActivityForm) -> Result<HttpResponse, Turn> {
    let page = page(who, code, id).await?;
    let known = page.activity.clone().ok_or(Turn::NotFound)?;
    let (takes_back, day) = (known.delivered.is_some(), read_day(&form.dag));
    let field = if takes_back { "reden" } else { "dag" };
    let mut errors = FormErrors { fields: too_long(who.lang, &form), whole: Vec::new() };
    if !takes_back && day.is_none() {
        errors.fields.push((field.to_owned(), fl!(who.lang.texts(), "planning-day-wrong")));
    }
    if !errors.is_empty() {
        return Ok(again(page, typed(&ActivityForm::of(&known), form), errors));
    }
    let (today, seen, reason) = (page.today, seen(&known, &form), form.reden.clone());
    act(who, code, page, form, field, if takes_back { "teruggezet" } else { "opgeleverd" }, move |conn, actor, now| {
        match day.filter(|_| !takes_back) {
            Some(day) => acting::deliver(conn, actor, now, today, seen, day),
            None => acting::take_back(conn, actor, now, seen, &reason),
        }
    })
    .await
}

/// POST `/planning/{code}/activiteiten/{id}/vervallen`: it is not done after all, or it is.
pub async fn drop_it(who: Insider, at: Path<(String, String)>, form: Form<ActivityForm>) -> HttpResponse {
    let (code, id) = at.into_inner();
    who.answer(set_dropped(&who, &code, &id, form.into_inner()).await)
}

async fn set_dropped(who: &Insider, code: &str, id: &str, form: ActivityForm) -> Result<HttpResponse, Turn> {
    let page = page(who, code, id).await?;
    let known = page.activity.clone().ok_or(Turn::NotFound)?;
    let errors = FormErrors { fields: too_long(who.lang, &form), whole: Vec::new() };
    if !errors.is_empty() {
        return Ok(again(page, typed(&ActivityForm::of(&known), form), errors));
    }
    let (seen, drops, reason) = (seen(&known, &form), !known.dropped, form.waarom.clone());
    act(who, code, page, form, "waarom", if drops { "vervallen" } else { "opgenomen" }, move |conn, actor, now| {
        acting::set_dropped(conn, actor, now, seen, drops, &reason)
    })
    .await
}

/// Carries one of the acts out and goes back to the board, or shows what is wrong at its field.
async fn act(
    who: &Insider,
    code: &str,
    page: ActivityPage,
    form: ActivityForm,
    field: &str,
    word: &str,
    done: impl FnOnce(&mut Conn, &Actor, NaiveDateTime) -> Result<(), Fault> + Send + 'static,
) -> Result<HttpResponse, Turn> {
    let (actor, now, back) = (who.actor(), who.house.now(), path(code));
    let done = house::write(&who.house, move |conn| or_refusal(done(conn, &actor, now), &back)).await?;
    match (done, &page.activity) {
        (Ok(()), _) => Ok(see_other(&format!("{}?klaar={word}", path(code)))),
        (Err(refusal), Some(known)) => {
            let told = (field.to_owned(), refusal_in_words(who.lang, &refusal));
            let form = typed(&ActivityForm::of(known), form);
            Ok(again(page, form, FormErrors { fields: vec![told], whole: Vec::new() }))
        }
        (Err(_), None) => Err(Turn::NotFound),
    }
}

/// The page holds several forms: what was typed in one stands beside what the others show.
fn typed(shown: &ActivityForm, form: ActivityForm) -> ActivityForm {
    ActivityForm { dag: form.dag, reden: form.reden, waarom: form.waarom, versie: form.versie, ..shown.clone() }
}
