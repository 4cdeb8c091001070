//! Answering visitors: the front page, and what a municipality publishes.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Form, Path, Query};
use chrono::{Datelike, NaiveDate};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{CriteriaPage, DocumentsPage, Place, QuestionsPage, StartPage, Town};
use crate::account::entrance::Visit;
use crate::account::web::HomePage;
use crate::account::web::handlers::signing_in::wait_words;
use crate::account::web::handlers::{see_other, start_of};
use crate::actor::{Actor, Role};
use crate::agreement::text::{AgreementText, TextState, TextVersion, store as store_of_texts};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::admission::{documents, questions, store};
use crate::procedure::criterion::{AskMoment, Criterion};
use crate::procedure::{criteria, store as procedure};

/// The municipality with this address; who published nothing is not there.
pub fn find(conn: &mut Conn, slug: &str) -> Result<Town, Turn> {
    let found = store::municipalities(conn)?.into_iter().find(|(address, _)| address == slug);
    let (slug, name) = found.ok_or(Turn::NotFound)?;
    let procedures = store::published(conn, &slug)?;
    Ok(Town { slug, name, procedures })
}

/// GET `/`: who is signed in goes to his own pages; a visitor to the one municipality, or chooses.
pub async fn home(visit: Visit) -> HttpResponse {
    visit.answer(lead(&visit).await)
}

async fn lead(visit: &Visit) -> Result<HttpResponse, Turn> {
    if let Some(person) = &visit.person {
        return Ok(see_other(&start_of(person)));
    }
    let municipalities = house::read(&visit.house, |conn| Ok(store::municipalities(conn)?)).await?;
    if let [(slug, _)] = municipalities.as_slice() {
        return Ok(see_other(&format!("/gemeenten/{slug}")));
    }
    Ok(answer(StatusCode::OK, &HomePage { frame: visit.frame(None), municipalities }))
}

/// GET `/gemeenten/{slug}`
pub async fn start(visit: Visit, slug: Path<String>) -> HttpResponse {
    visit.answer(show_start(&visit, slug.into_inner()).await)
}

async fn show_start(visit: &Visit, slug: String) -> Result<HttpResponse, Turn> {
    let town = house::read(&visit.house, move |conn| find(conn, &slug)).await?;
    let frame = town.frame(visit.frame(None), Place::Start);
    Ok(answer(StatusCode::OK, &StartPage { frame, town, today: visit.house.today() }))
}

/// On which day.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct OnDay {
    #[serde(default)]
    #[validate(length(max = 20))]
    pub op: String,
}

/// GET `/gemeenten/{slug}/eisen`
pub async fn criteria(visit: Visit, slug: Path<String>, asked: Query<OnDay>) -> HttpResponse {
    visit.answer(show_criteria(&visit, slug.into_inner(), asked.into_inner()).await)
}

async fn show_criteria(visit: &Visit, slug: String, asked: OnDay) -> Result<HttpResponse, Turn> {
    let today = visit.house.today();
    let read = ["%Y-%m-%d", "%d-%m-%Y"].iter().find_map(|form| NaiveDate::parse_from_str(&asked.op, form).ok());
    let read = read.filter(|day| asked.validate().is_ok() && (1990..=2100).contains(&day.year()));
    let (on, typed) = (read.unwrap_or(today), asked.op);
    let mut errors = FormErrors::default();
    if read.is_none() && !typed.is_empty() {
        errors.fields.push(("op".to_owned(), fl!(visit.lang.texts(), "front-criteria-day-wrong")));
    }
    let lang = visit.lang;
    let (town, criteria, products) = house::read(&visit.house, move |conn| {
        let town = find(conn, &slug)?;
        let found = match town.procedures.first() {
            Some(procedure) => criteria::of_municipality(conn, procedure.municipality_id, on)?,
            None => Vec::new(),
        };
        let catalogue = match town.procedures.first() {
            Some(one) => procedure::catalogue(conn, &Actor::system(one.municipality_id))?,
            None => Vec::new(),
        };
        let products: Vec<(String, String)> =
            catalogue.into_iter().map(|one| (one.code, one.name.in_lang(lang).to_owned())).collect();
        let codes: Vec<String> = products.iter().map(|(code, _)| code.clone()).collect();
        // One that is tied to products that nobody can offer is asked of nobody: in a dossier it does not stand either.
        let asked = |criterion: &Criterion| {
            let of_one = |domain| criterion.domains.contains(domain);
            let of_procedure = town.procedures.iter().any(|one| of_one(&one.details.domain));
            criterion.active && of_procedure && criterion.is_for(&codes)
        };
        let criteria: Vec<Criterion> = found.into_iter().map(|one| one.criterion).filter(asked).collect();
        Ok((town, criteria, products))
    })
    .await?;
    let groups = AskMoment::ALL.iter().filter_map(|moment| {
        let of_moment: Vec<Criterion> = criteria.iter().filter(|one| one.ask == *moment).cloned().collect();
        (!of_moment.is_empty()).then_some((*moment, of_moment))
    });
    let groups = groups.collect();
    let typed = if typed.is_empty() { on.to_string() } else { typed };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = town.frame(visit.frame(None), Place::Criteria);
    Ok(answer(status, &CriteriaPage { frame, town, on, errors, typed, groups, products }))
}

/// GET `/gemeenten/{slug}/documenten`
pub async fn documents(visit: Visit, slug: Path<String>) -> HttpResponse {
    visit.answer(show_documents(&visit, slug.into_inner()).await)
}

async fn show_documents(visit: &Visit, slug: String) -> Result<HttpResponse, Turn> {
    let today = visit.house.today();
    let (town, documents, texts) = house::read(&visit.house, move |conn| {
        let town = find(conn, &slug)?;
        let mut all = Vec::new();
        for one in &town.procedures {
            all.push((one.clone(), documents::in_force(conn, one.id, today)?));
        }
        let texts = established(conn, &town)?;
        Ok((town, all, texts))
    })
    .await?;
    let frame = town.frame(visit.frame(None), Place::Documents);
    Ok(answer(StatusCode::OK, &DocumentsPage { frame, town, documents, texts }))
}

/// The texts that are established, each with its newest such version. A draft and what lies before the table are not the
/// visitor's.
fn established(conn: &mut Conn, town: &Town) -> Result<Vec<(AgreementText, TextVersion)>, Turn> {
    let Some(one) = town.procedures.first() else { return Ok(Vec::new()) };
    let system = Actor::system(one.municipality_id);
    let mut found = Vec::new();
    for text in store_of_texts::texts(conn, &system)? {
        let versions = store_of_texts::versions(conn, &system, &[text.id])?;
        let newest = versions.into_iter().find(|one| one.state == TextState::Established);
        found.extend(newest.map(|version| (text, version)));
    }
    Ok(found)
}

/// GET `/gemeenten/{slug}/documenten/{id}`: the file, to be saved.
pub async fn document(visit: Visit, at: Path<(String, i64)>) -> HttpResponse {
    visit.answer(give_document(&visit, at.into_inner()).await)
}

async fn give_document(visit: &Visit, (slug, id): (String, i64)) -> Result<HttpResponse, Turn> {
    let today = visit.house.today();
    let found = house::read(&visit.house, move |conn| {
        for procedure in find(conn, &slug)?.procedures {
            let all = documents::in_force(conn, procedure.id, today)?;
            if let Some(found) = all.into_iter().find(|one| one.id == id) {
                return Ok(found);
            }
        }
        Err(Turn::NotFound)
    })
    .await?;
    let (house, file) = (visit.house.clone(), found.file.clone());
    let bytes = web::block(move || house.files.get(&file)).await??;
    let plain = |c: char| if c.is_ascii_alphanumeric() || ".-_ ()".contains(c) { c } else { '_' };
    let name: String = found.file_name.chars().map(plain).collect();
    let kind = if name.to_lowercase().ends_with(".pdf") { "application/pdf" } else { "application/octet-stream" };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(bytes))
}

/// What is told with a question.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    #[serde(default)]
    gesteld: String,
}

/// A question of a visitor.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct QuestionForm {
    #[serde(default)]
    #[validate(length(max = 120))]
    naam: String,
    #[serde(default)]
    #[validate(length(min = 1, max = 2000))]
    vraag: String,
}

/// GET `/gemeenten/{slug}/vragen`
pub async fn questions(visit: Visit, slug: Path<String>, after: Query<After>) -> HttpResponse {
    let received = after.gesteld == "ja";
    visit.answer(
        show_questions(
            &visit,
            slug.into_inner(),
            QuestionForm::default(),
            FormErrors::default(),
            received,
            StatusCode::OK,
        )
        .await,
    )
}

async fn show_questions(
    visit: &Visit,
    slug: String,
    form: QuestionForm,
    errors: FormErrors,
    received: bool,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let (town, answered) = house::read(&visit.house, move |conn| {
        let town = find(conn, &slug)?;
        let mut answered = Vec::new();
        for one in &town.procedures {
            answered.extend(questions::published(conn, one.id)?);
        }
        Ok((town, answered))
    })
    .await?;
    let frame = town.frame(visit.frame(None), Place::Questions);
    let here = format!("{}/vragen", town.path());
    let frame = Frame { here, ..frame };
    let page = QuestionsPage { frame, town, answered, errors, name: form.naam, question: form.vraag, received };
    Ok(answer(status, &page))
}

/// POST `/gemeenten/{slug}/vragen`
pub async fn ask(visit: Visit, slug: Path<String>, form: Form<QuestionForm>) -> HttpResponse {
    visit.answer(take_question(&visit, slug.into_inner(), form.into_inner()).await)
}

async fn take_question(visit: &Visit, slug: String, form: QuestionForm) -> Result<HttpResponse, Turn> {
    let mut errors = FormErrors::default();
    let (t, faults) = (visit.lang.texts(), form.validate().err());
    let wrong = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
    if wrong("naam") {
        errors.fields.push(("naam".to_owned(), fl!(t, "front-too-long", most = 120)));
    }
    if form.vraag.trim().is_empty() {
        errors.fields.push(("vraag".to_owned(), fl!(t, "front-question-empty")));
    } else if wrong("vraag") {
        errors.fields.push(("vraag".to_owned(), fl!(t, "front-too-long", most = 2000)));
    }
    if !errors.is_empty() {
        return show_questions(visit, slug, form, errors, false, StatusCode::BAD_REQUEST).await;
    }
    if let Err(wait) = visit.house.door.form(&visit.origin, &format!("question/{}", visit.origin)) {
        let errors = FormErrors { whole: vec![wait_words(visit.lang, wait)], ..FormErrors::default() };
        return show_questions(visit, slug, form, errors, false, StatusCode::TOO_MANY_REQUESTS).await;
    }
    let (now, origin) = (visit.house.now(), visit.origin.clone());
    let (person, nobody) = (visit.person.clone(), fl!(t, "front-question-nobody"));
    let path = house::write(&visit.house, move |conn| {
        let town = find(conn, &slug)?;
        let procedure = town.procedures.first().ok_or(Turn::NotFound)?;
        // A visitor acts for himself alone, without an account and without an organisation.
        let name = if form.naam.trim().is_empty() { nobody } else { form.naam.trim().to_owned() };
        let visitor = Actor::of_municipality(&name, Role::ProviderUser, procedure.municipality_id, &origin);
        let own = person.filter(|person| person.municipality_id == procedure.municipality_id);
        let actor = own.map_or(visitor, |person| person.actor(&origin));
        match questions::ask(conn, &actor, now, procedure.id, &form.vraag) {
            Ok(_) => Ok(town.path()),
            Err(store::Fault::Refused(_)) => Err(Turn::NotFound),
            Err(store::Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    Ok(see_other(&format!("{path}/vragen?gesteld=ja")))
}
