//! Answering: the standard texts of a criterion, looked at and saved from a day on.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::handlers::frame;
use super::standard_texts::{StandardTextsPage, TextsForm, mark};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::criteria;
use crate::procedure::standard_texts::{self, ALL, LONGEST, MOST, NotSaved};

#[derive(Debug, Default, Deserialize)]
pub struct SavedQuery {
    bewaard: Option<String>,
}

/// GET `/beheer/eisen/{code}/teksten`
pub async fn texts(who: Insider, code: Path<String>, query: Query<SavedQuery>) -> HttpResponse {
    who.answer(show(&who, &code, query.bewaard.is_some()).await)
}

async fn show(who: &Insider, code: &str, saved: bool) -> Result<HttpResponse, Turn> {
    let known = Known::of(who, code).await?;
    let form = TextsForm::of(&known.newest, who.house.today());
    Ok(answer(StatusCode::OK, &StandardTextsPage { saved, ..known.page(who, code, form, FormErrors::default())? }))
}

struct Known {
    name: Option<String>,
    /// The texts of the newest version, or those that ship.
    newest: Vec<String>,
    versions: Vec<(chrono::NaiveDate, usize)>,
}

impl Known {
    async fn of(who: &Insider, code: &str) -> Result<Known, Turn> {
        frame(who)?;
        let (actor, lang, today, code) = (who.actor(), who.lang, who.house.today(), code.to_owned());
        house::read(&who.house, move |conn| {
            let name = match code.as_str() {
                ALL => None,
                code => {
                    let (newest, ..) =
                        criteria::versions(conn, &actor, code)?.into_iter().next().ok_or(Turn::NotFound)?;
                    Some(newest.criterion.name.in_lang(lang).to_owned())
                }
            };
            let versions = standard_texts::versions(conn, &actor, &code)?;
            let newest = match versions.first() {
                Some((_, newest)) => newest.texts.clone(),
                None => standard_texts::of_code(conn, &actor, today, &code)?,
            };
            let versions = versions.iter().map(|(from, one)| (*from, one.texts.len())).collect();
            Ok(Known { name, newest, versions })
        })
        .await
    }

    fn page(&self, who: &Insider, code: &str, form: TextsForm, errors: FormErrors) -> Result<StandardTextsPage, Turn> {
        let list = fl!(who.lang.texts(), "admin-tab-criteria");
        let mut frame = frame(who)?.crumb(list, "/beheer/eisen");
        if self.name.is_some() {
            frame = frame.crumb(code.to_owned(), format!("/beheer/eisen/{code}"));
        }
        Ok(StandardTextsPage {
            frame: Frame { here: format!("/beheer/eisen/{code}/teksten"), ..frame },
            code: code.to_owned(),
            name: self.name.clone(),
            form,
            errors,
            versions: self.versions.clone(),
            saved: false,
        })
    }
}

/// POST `/beheer/eisen/{code}/teksten`
pub async fn write_texts(who: Insider, code: Path<String>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out(&who, &code, form.into_inner()).await)
}

async fn carry_out(who: &Insider, code: &str, fields: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    // A field may be far too long and come back with its error; a form of another making may not.
    if fields.len() > MOST + 2 || fields.iter().any(|(_, value)| value.chars().count() > 10 * LONGEST) {
        return Err(Turn::BadRequest);
    }
    let known = Known::of(who, code).await?;
    let form = TextsForm::sent(fields);
    let new = match form.read(who.lang, who.house.today(), code) {
        Ok(new) => new,
        Err(errors) => {
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &known.page(who, code, form, errors)?));
        }
    };
    let (actor, now, seen, written) = (who.actor(), who.house.now(), form.seen.clone(), new.clone());
    let first = mark(&known.newest);
    let saved = house::write(&who.house, move |conn| {
        let newest = standard_texts::versions(conn, &actor, &written.code)?.into_iter().next();
        if seen != newest.map_or(first, |(_, newest)| mark(&newest.texts)) {
            return Ok(None);
        }
        match standard_texts::save(conn, &actor, now, &written) {
            Ok(()) => Ok(Some(None)),
            Err(NotSaved::BeginsTooEarly(day)) => Ok(Some(Some(day))),
            Err(NotSaved::NotYours) => Err(Turn::NotAllowed),
            Err(NotSaved::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    let t = who.lang.texts();
    match saved {
        Some(None) => Ok(see_other(&format!("/beheer/eisen/{code}/teksten?bewaard=ja"))),
        Some(Some(day)) => {
            let told = fl!(t, "admin-standard-too-early", day = who.lang.day(day));
            let errors = FormErrors { fields: vec![("ingang".to_owned(), told)], whole: vec![] };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &known.page(who, code, form, errors)?))
        }
        // Somebody saved in the meantime: what was typed stays, and saving once more is saving over it.
        None => {
            let known = Known::of(who, code).await?;
            let form = TextsForm { seen: mark(&known.newest), ..form };
            let errors = FormErrors { fields: vec![], whole: vec![fl!(t, "admin-standard-overtaken")] };
            Ok(answer(StatusCode::CONFLICT, &known.page(who, code, form, errors)?))
        }
    }
}
