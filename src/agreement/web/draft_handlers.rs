//! Answering: the writing table, the days and the explanation of a draft, and the text to begin with.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::draft::DraftPage;
use super::reading::Door;
use super::reading_handlers::VersionPath;
use super::{Printable, errors_of, frame_within, or_refusal, version_at, writes};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::text::establishing::lacking;
use crate::agreement::text::writing::{self, Description};
use crate::agreement::text::{AgreementText, Article, Lack, TextState, TextVersion, first, store};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, answer};
use crate::text::Lang;

/// What was just done, told on the page.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 20))]
    gedaan: String,
}

/// The days and the explanation, as they were typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct DraftForm {
    pub versie: i32,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub ingang: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub einde: String,
    #[serde(default)]
    #[validate(length(max = 4000))]
    pub uitleg: String,
}

/// The version that was looked at.
#[derive(Debug, Deserialize, Validate)]
pub struct SeenForm {
    #[validate(range(min = 0))]
    pub versie: i32,
}

/// A draft with everything that its page shows.
pub struct Draft {
    pub text: AgreementText,
    pub version: TextVersion,
    pub articles: Vec<Article>,
    lacks: Vec<Lack>,
}

/// The draft at an address; what is no draft any more is not written.
pub fn draft(conn: &mut Conn, actor: &Actor, code: &str, number: i32) -> Result<Draft, Turn> {
    let (text, version) = version_at(conn, actor, code, number)?;
    if version.state != TextState::Draft {
        return Err(Turn::Conflict { by: None, back: Door::Office.version(code, number) });
    }
    let articles = store::articles(conn, actor, version.id)?;
    let lacks = lacking(conn, actor, &version)?;
    Ok(Draft { text, version, articles, lacks })
}

/// Reads the draft for who may write it.
pub async fn writing_table(who: &Insider, (code, number): (String, i32)) -> Result<Draft, Turn> {
    super::frame(who)?;
    writes(&who.actor())?;
    let actor = who.actor();
    house::read(&who.house, move |conn| draft(conn, &actor, &code, number)).await
}

fn draw(
    who: &Insider,
    draft: Draft,
    form: Option<DraftForm>,
    errors: FormErrors,
    done: Option<String>,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let frame = frame_within(who, &draft.text, &draft.version)?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let known = || DraftForm {
        versie: draft.version.version,
        ingang: day(draft.version.holds_from),
        einde: day(draft.version.holds_until),
        uitleg: draft.version.explanation.clone(),
    };
    let form = form.unwrap_or_else(known);
    let here = format!("{}/schrijven", Door::Office.version(&draft.text.code, draft.version.number));
    let page = DraftPage {
        frame: crate::page::Frame { here, ..frame },
        has_first: first::fitting(&draft.text).is_some(),
        text: draft.text,
        version: draft.version,
        articles: draft.articles,
        lacks: draft.lacks,
        form,
        errors,
        done,
    };
    Ok(answer(status, &page))
}

/// GET `/overeenkomsten/{code}/versies/{n}/schrijven`
pub async fn show(who: Insider, path: VersionPath, done: Query<DoneQuery>) -> HttpResponse {
    who.answer(show_draft(&who, path.into_inner(), &done).await)
}

async fn show_draft(who: &Insider, path: (String, i32), done: &DoneQuery) -> Result<HttpResponse, Turn> {
    let draft = writing_table(who, path).await?;
    let t = who.lang.texts();
    let done = match done.gedaan.as_str() {
        "bewaard" => Some(fl!(t, "agreement-page-done-saved")),
        "vervallen" => Some(fl!(t, "agreement-page-done-dropped")),
        "ingelezen" => Some(fl!(t, "agreement-page-done-read-in")),
        _ => None,
    };
    draw(who, draft, None, FormErrors::default(), done, StatusCode::OK)
}

/// POST `/overeenkomsten/{code}/versies/{n}/schrijven`
pub async fn describe(
    who: Insider,
    path: VersionPath,
    printable: Data<Printable>,
    form: Form<DraftForm>,
) -> HttpResponse {
    who.answer(take(&who, path.into_inner(), &printable, form.into_inner()).await)
}

async fn take(
    who: &Insider,
    path: (String, i32),
    printable: &Printable,
    form: DraftForm,
) -> Result<HttpResponse, Turn> {
    let draft = writing_table(who, path).await?;
    let told = match read(who.lang, printable, &form) {
        Ok(told) => told,
        Err(errors) => return draw(who, draft, Some(form), errors, None, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let (actor, now, id, seen) = (who.actor(), who.house.now(), draft.version.id, form.versie);
    let done = house::write(&who.house, move |conn| or_refusal(writing::describe(conn, &actor, now, id, seen, &told)));
    match done.await? {
        Ok(()) => {
            let path = Door::Office.version(&draft.text.code, draft.version.number);
            Ok(see_other(&format!("{path}/schrijven?gedaan=bewaard")))
        }
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal, "uitleg");
            let form = DraftForm { versie: draft.version.version, ..form };
            draw(who, draft, Some(form), errors, None, status)
        }
    }
}

fn read(lang: Lang, printable: &Printable, form: &DraftForm) -> Result<Description, FormErrors> {
    let (t, mut errors) = (lang.texts(), FormErrors::default());
    let mut day = |id: &str, typed: &str| {
        let read = read_day(typed);
        if read.is_none() && !typed.trim().is_empty() {
            errors.fields.push((id.to_owned(), fl!(t, "agreement-page-day-wrong")));
        }
        read
    };
    let (holds_from, holds_until) = (day("ingang", &form.ingang), day("einde", &form.einde));
    if holds_until.is_some_and(|until| holds_from.is_none_or(|from| until < from)) {
        errors.fields.push(("einde".to_owned(), fl!(t, "agreement-page-until-before")));
    }
    if form.validate().is_err() {
        errors.fields.push(("uitleg".to_owned(), fl!(t, "agreement-page-too-long", most = 4000)));
    }
    if let Some(odd) = (printable.0)(&form.uitleg) {
        errors.fields.push(("uitleg".to_owned(), fl!(t, "agreement-page-odd", sign = odd.to_string())));
    }
    let explanation = form.uitleg.trim().to_owned();
    if errors.is_empty() { Ok(Description { holds_from, holds_until, explanation }) } else { Err(errors) }
}

/// POST `/overeenkomsten/{code}/versies/{n}/voorbeeldtekst`: an empty draft begins with the text that ships.
pub async fn begin_with_first(who: Insider, path: VersionPath, form: Form<SeenForm>) -> HttpResponse {
    who.answer(fill(&who, path.into_inner(), &form).await)
}

async fn fill(who: &Insider, path: (String, i32), form: &SeenForm) -> Result<HttpResponse, Turn> {
    let draft = writing_table(who, path).await?;
    let wording = first::fitting(&draft.text).map(first::FirstText::wording).ok_or(Turn::NotFound)?;
    let path = format!("{}/schrijven", Door::Office.version(&draft.text.code, draft.version.number));
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    // What somebody wrote is never replaced by it.
    if !draft.articles.is_empty() {
        return Err(Turn::Conflict { by: Some(draft.version.changed_by), back: path });
    }
    let (actor, now, id, seen) = (who.actor(), who.house.now(), draft.version.id, form.versie);
    let done =
        house::write(&who.house, move |conn| or_refusal(writing::read_in(conn, &actor, now, id, seen, &wording)));
    match done.await? {
        Ok(()) => Ok(see_other(&format!("{path}?gedaan=ingelezen"))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal, "uitleg");
            draw(who, draft, None, errors, None, status)
        }
    }
}
