//! Answering who wants to take part (aanmelden): the form, what is wrong with it, and one confirmation for everybody.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::{Validate, ValidateEmail};

use super::handlers::find;
use super::{AppliedPage, ApplyPage, Place, Town};
use crate::account::Token;
use crate::account::entrance::Visit;
use crate::dossier::Refusal;
use crate::dossier::store::Fault;
use crate::front::apply::{Wish, apply};
use crate::house::{self, Turn};
use crate::ids::Kvk;
use crate::page::{FormErrors, answer};
use crate::text::Lang;

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct ApplyForm {
    /// The code of the procedure; empty where there is one.
    #[serde(default)]
    #[validate(length(max = 80))]
    pub procedure: String,
    #[serde(default)]
    #[validate(length(max = 120))]
    pub naam: String,
    #[serde(default)]
    #[validate(length(max = 200))]
    pub email: String,
    #[serde(default)]
    #[validate(length(max = 200))]
    pub organisatie: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub kvk: String,
}

impl ApplyForm {
    /// The KvK number when nothing is wrong, or what is wrong at which field.
    fn read(&self, lang: Lang) -> Result<Kvk, FormErrors> {
        let (t, faults) = (lang.texts(), self.validate().err());
        let long = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
        let mut errors = FormErrors::default();
        let mut wrong = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
        if self.organisatie.trim().is_empty() {
            wrong("organisatie", fl!(t, "front-apply-organisation-empty"));
        } else if long("organisatie") {
            wrong("organisatie", fl!(t, "front-too-long", most = 200));
        }
        let kvk: Option<Kvk> = self.kvk.trim().parse().ok();
        if kvk.is_none() {
            wrong("kvk", fl!(t, "front-apply-kvk-wrong"));
        }
        if self.naam.trim().is_empty() {
            wrong("naam", fl!(t, "front-apply-name-empty"));
        } else if long("naam") {
            wrong("naam", fl!(t, "front-too-long", most = 120));
        }
        if long("email") || !self.email.trim().validate_email() {
            wrong("email", fl!(t, "front-apply-email-wrong"));
        }
        match kvk.filter(|_| errors.is_empty()) {
            Some(kvk) => Ok(kvk),
            None => Err(errors),
        }
    }
}

/// GET `/gemeenten/{slug}/aanmelden`
pub async fn form(visit: Visit, slug: Path<String>) -> HttpResponse {
    visit.answer(show(&visit, slug.into_inner(), ApplyForm::default(), FormErrors::default()).await)
}

async fn show(visit: &Visit, slug: String, form: ApplyForm, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let town: Town = house::read(&visit.house, move |conn| find(conn, &slug)).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = town.frame(visit.frame(None), Place::Apply);
    Ok(answer(status, &ApplyPage { frame, town, today: visit.house.today(), errors, form }))
}

/// POST `/gemeenten/{slug}/aanmelden`
pub async fn send(visit: Visit, slug: Path<String>, form: Form<ApplyForm>) -> HttpResponse {
    visit.answer(take(&visit, slug.into_inner(), form.into_inner()).await)
}

async fn take(visit: &Visit, slug: String, form: ApplyForm) -> Result<HttpResponse, Turn> {
    let kvk = match form.read(visit.lang) {
        Ok(kvk) => kvk,
        Err(errors) => return show(visit, slug, form, errors).await,
    };
    let wish = Wish {
        name: form.naam.trim().to_owned(),
        email: form.email.trim().to_lowercase(),
        organisation: form.organisatie.trim().to_owned(),
        kvk,
        language: visit.lang,
        origin: visit.origin.clone(),
    };
    let (now, today, token) = (visit.house.now(), visit.house.today(), Token::new()?);
    let (address, code) = (slug.clone(), form.procedure.clone());
    let done = house::write(&visit.house, move |conn| {
        let town = find(conn, &address)?;
        let open = town.open(today);
        let chosen = open.iter().find(|one| one.details.code == code).or(open.first()).copied();
        let Some(procedure) = chosen else { return Ok(Err(Refusal::ClosedToEntry)) };
        match apply(conn, now, today, procedure, &wish, &token) {
            Ok(()) => Ok(Ok(town)),
            Err(Fault::Refused(Refusal::ClosedToEntry)) => Ok(Err(Refusal::ClosedToEntry)),
            Err(Fault::Refused(refusal)) => Err(anyhow::anyhow!("an application was refused: {refusal:?}").into()),
            Err(Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    match done {
        Ok(town) => {
            let frame = town.frame(visit.frame(None), Place::Apply);
            Ok(answer(StatusCode::OK, &AppliedPage { frame, town }))
        }
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(visit.lang)], ..FormErrors::default() };
            show(visit, slug, form, errors).await
        }
    }
}
