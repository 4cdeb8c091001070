//! Answering: the register of college decisions, one decision, noting and correcting it, and the list as a file.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Form, Path, Query};
use i18n_embed_fl::fl;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::decision_form::DecisionForm;
use super::decisions::{Belonging, DecisionFormPage, DecisionPage, DecisionsPage, export};
use super::{frame, plans};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::text::{TextState, store as texts};
use crate::agreement::web::reading::Door;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::planning::decisions::store::{self, Fault};
use crate::planning::decisions::{Decision, Refusal, Told};
use crate::procedure::{admission, criteria};
use crate::text::Lang;

const LIST: &str = "/besluiten";

/// What is searched for.
#[derive(Debug, Default, Deserialize, Serialize, Validate)]
#[serde(default)]
pub struct SearchQuery {
    #[validate(length(max = 200))]
    zoek: String,
    #[validate(length(max = 80))]
    procedure: String,
    #[serde(skip_serializing)]
    #[validate(length(max = 10))]
    klaar: String,
}

/// GET `/besluiten`
pub async fn list(who: Insider, query: Query<SearchQuery>) -> HttpResponse {
    who.answer(show_list(&who, query.into_inner()).await)
}

async fn show_list(who: &Insider, query: SearchQuery) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    let (all, found, belonging) = search(who, &query).await?;
    let page = DecisionsPage {
        frame,
        notes: store::may_note(&who.actor()),
        all,
        found,
        belonging,
        query: serde_urlencoded::to_string(&query).unwrap_or_default(),
        search: query.zoek,
        procedure: query.procedure,
        done: query.klaar == "ja",
    };
    Ok(answer(StatusCode::OK, &page))
}

/// How many there are, and what fits.
async fn search(who: &Insider, query: &SearchQuery) -> Result<(usize, Vec<Decision>, Belonging), Turn> {
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, lang) = (who.actor(), who.lang);
    let (mut found, belonging) =
        house::read(&who.house, move |conn| Ok((store::all(conn, &actor)?, belonging(conn, &actor, lang)?))).await?;
    let all = found.len();
    let procedure = belonging.procedures.iter().find(|(_, code, _)| *code == query.procedure).map(|(id, ..)| *id);
    found.retain(|one| one.holds(&query.zoek));
    found.retain(|one| query.procedure.is_empty() || (procedure.is_some() && one.told.procedure_id == procedure));
    Ok((all, found, belonging))
}

/// What decisions can belong to. A draft of a text is nobody's decision yet.
fn belonging(conn: &mut Conn, actor: &Actor, lang: Lang) -> Result<Belonging, Turn> {
    let procedures = admission::store::all(conn, actor)?.into_iter();
    let procedures = procedures.map(|one| {
        let name = one.details.name.in_lang(lang).to_owned();
        (one.id, one.details.code, name)
    });
    let all = texts::texts(conn, actor)?;
    let ids: Vec<i64> = all.iter().map(|one| one.id).collect();
    let versions = texts::versions(conn, actor, &ids)?;
    let named = versions.iter().filter(|one| one.state != TextState::Draft).filter_map(|version| {
        let text = all.iter().find(|one| one.id == version.text_id)?;
        let number = fl!(lang.texts(), "agreement-page-version", number = version.number);
        let name = format!("{}, {number}", text.title.in_lang(lang));
        Some((version.id, name, Door::Office.version(&text.code, version.number)))
    });
    Ok(Belonging { procedures: procedures.collect(), texts: named.collect(), criteria: criteria::days(conn, actor)? })
}

/// GET `/besluiten.csv`
pub async fn csv(who: Insider, query: Query<SearchQuery>) -> HttpResponse {
    who.answer(download(&who, query.into_inner(), "csv").await)
}

/// GET `/besluiten.xlsx`
pub async fn xlsx(who: Insider, query: Query<SearchQuery>) -> HttpResponse {
    who.answer(download(&who, query.into_inner(), "xlsx").await)
}

async fn download(who: &Insider, query: SearchQuery, ending: &'static str) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let (_, found, belonging) = search(who, &query).await?;
    let list = export(who.lang, &found, &belonging);
    let (kind, bytes) = match ending {
        "csv" => ("text/csv; charset=utf-8", list.csv()),
        _ => {
            let bytes = web::block(move || list.xlsx()).await??;
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
        }
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"besluiten.{ending}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes))
}

fn below(who: &Insider, here: String) -> Result<Frame, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "planning-tab-decisions"), LIST);
    Ok(Frame { here, ..frame })
}

/// GET `/besluiten/{nr}`
pub async fn decision(who: Insider, nr: Path<i32>) -> HttpResponse {
    who.answer(show(&who, *nr).await)
}

async fn show(who: &Insider, entry: i32) -> Result<HttpResponse, Turn> {
    let frame = below(who, format!("{LIST}/{entry}"))?;
    let (versions, belonging) = known(who, entry).await?;
    let notes = store::may_note(&who.actor());
    Ok(answer(StatusCode::OK, &DecisionPage { frame, notes, versions, belonging }))
}

async fn known(who: &Insider, entry: i32) -> Result<(Vec<Decision>, Belonging), Turn> {
    let (actor, lang) = (who.actor(), who.lang);
    house::read(&who.house, move |conn| {
        let versions = store::versions(conn, &actor, entry)?;
        if versions.is_empty() {
            return Err(Turn::NotFound);
        }
        Ok((versions, belonging(conn, &actor, lang)?))
    })
    .await
}

/// GET `/besluiten/nieuw`
pub async fn new(who: Insider) -> HttpResponse {
    who.answer(page(&who, None).await.map(|page| answer(StatusCode::OK, &page)))
}

/// GET `/besluiten/{nr}/verbeteren`
pub async fn correction(who: Insider, nr: Path<i32>) -> HttpResponse {
    who.answer(page(&who, Some(*nr)).await.map(|page| answer(StatusCode::OK, &page)))
}

async fn page(who: &Insider, entry: Option<i32>) -> Result<DecisionFormPage, Turn> {
    let here = entry.map_or(format!("{LIST}/nieuw"), |entry| format!("{LIST}/{entry}/verbeteren"));
    let frame = below(who, here)?;
    plans(&who.actor())?;
    let (form, belonging) = match entry {
        Some(entry) => {
            let (versions, belonging) = known(who, entry).await?;
            (DecisionForm::of(versions.first().ok_or(Turn::NotFound)?, &belonging), belonging)
        }
        None => {
            let (actor, lang) = (who.actor(), who.lang);
            let belonging = house::read(&who.house, move |conn| belonging(conn, &actor, lang)).await?;
            (DecisionForm::default(), belonging)
        }
    };
    Ok(DecisionFormPage { frame, entry, form, belonging, errors: FormErrors::default() })
}

/// POST `/besluiten/nieuw`
pub async fn note(who: Insider, form: Form<DecisionForm>) -> HttpResponse {
    who.answer(keep(&who, None, form.into_inner()).await)
}

/// POST `/besluiten/{nr}/verbeteren`
pub async fn correct(who: Insider, nr: Path<i32>, form: Form<DecisionForm>) -> HttpResponse {
    who.answer(keep(&who, Some(*nr), form.into_inner()).await)
}

async fn keep(who: &Insider, entry: Option<i32>, form: DecisionForm) -> Result<HttpResponse, Turn> {
    let page = page(who, entry).await?;
    let told = match form.read(who.lang, &page.belonging) {
        Ok(told) => told,
        Err(errors) => return Ok(again(page, form, errors)),
    };
    match write(who, entry, told, &form).await? {
        Ok(()) => Ok(see_other(&format!("{LIST}?klaar=ja"))),
        Err(refusal) => {
            let errors = FormErrors { fields: vec![DecisionForm::error(who.lang, &refusal)], whole: Vec::new() };
            Ok(again(page, form, errors))
        }
    }
}

fn again(page: DecisionFormPage, form: DecisionForm, errors: FormErrors) -> HttpResponse {
    answer(StatusCode::UNPROCESSABLE_ENTITY, &DecisionFormPage { form, errors, ..page })
}

/// A refusal comes before the first write, so what is answered with it commits nothing.
async fn write(
    who: &Insider,
    entry: Option<i32>,
    told: Told,
    form: &DecisionForm,
) -> Result<Result<(), Refusal>, Turn> {
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let (seen, reason) = (form.versie, form.reden.clone());
    house::write(&who.house, move |conn| {
        let done = match entry {
            Some(entry) => store::correct(conn, &actor, now, today, (entry, seen), &told, &reason),
            None => store::note(conn, &actor, now, today, &told).map(drop),
        };
        match done {
            Ok(()) => Ok(Ok(())),
            Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
            Err(Fault::Refused(Refusal::NotYours)) => Err(Turn::NotAllowed),
            Err(Fault::Refused(Refusal::ChangedMeanwhile(by))) => {
                let back = entry.map_or(LIST.to_owned(), |entry| format!("{LIST}/{entry}"));
                Err(Turn::Conflict { by: Some(by), back })
            }
            Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
            Err(Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await
}
