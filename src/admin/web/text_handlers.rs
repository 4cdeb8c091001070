//! Answering: the texts of mails, looked at, tried out and saved as a new version.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::frame;
use super::texts::{MailTextPage, MailTextsPage, TextRow, faults};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::calendar::wall_clock;
use crate::house::{self, Turn};
use crate::mail::text::MailText;
use crate::mail::versions::{self, Version};
use crate::mail::{MailKind, may_manage};
use crate::page::{FormErrors, answer};
use crate::text::{Bilingual, Lang};

/// GET `/beheer/mailteksten`
pub async fn texts(who: Insider) -> HttpResponse {
    who.answer(show_texts(&who).await)
}

async fn show_texts(who: &Insider) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "admin-mail"), "/beheer/mail");
    let actor = who.actor();
    let edited = house::read(&who.house, move |conn| Ok(versions::edited(conn, &actor)?)).await?;
    let row = |kind: &MailKind| TextRow {
        kind: *kind,
        about: kind.definition().about.in_lang(who.lang).to_owned(),
        formal: kind.is_formal(),
        own: edited.contains(kind),
    };
    let page = MailTextsPage { frame, rows: MailKind::ALL.iter().map(row).collect() };
    Ok(answer(StatusCode::OK, &page))
}

/// GET `/beheer/mailteksten/{kind}`
pub async fn text(who: Insider, kind: Path<String>) -> HttpResponse {
    who.answer(show_text(&who, &kind).await)
}

async fn show_text(who: &Insider, kind: &str) -> Result<HttpResponse, Turn> {
    let kind = read_kind(kind)?;
    let versions = versions_of(who, kind).await?;
    let typed = in_force(kind, &versions);
    let page = page(who, kind, &versions, typed, FormErrors::default())?;
    Ok(answer(StatusCode::OK, &page))
}

fn read_kind(written: &str) -> Result<MailKind, Turn> {
    written.parse().map_err(|_| Turn::NotFound)
}

async fn versions_of(who: &Insider, kind: MailKind) -> Result<Vec<Version>, Turn> {
    let actor = who.actor();
    house::read(&who.house, move |conn| Ok(versions::of(conn, &actor, kind)?)).await
}

fn in_force(kind: MailKind, versions: &[Version]) -> MailText {
    versions.first().map_or_else(|| kind.definition().text.clone(), |newest| newest.text.clone())
}

fn page(
    who: &Insider,
    kind: MailKind,
    versions: &[Version],
    typed: MailText,
    errors: FormErrors,
) -> Result<MailTextPage, Turn> {
    let t = who.lang.texts();
    let frame =
        frame(who)?.crumb(fl!(t, "admin-mail"), "/beheer/mail").crumb(fl!(t, "admin-texts"), "/beheer/mailteksten");
    let shown = |lang: &Lang| typed.shown(kind, *lang).ok().map(|(subject, body)| (*lang, subject, body));
    let preview = if errors.fields.is_empty() { Lang::ALL.iter().filter_map(shown).collect() } else { Vec::new() };
    Ok(MailTextPage {
        frame: crate::page::Frame { here: format!("/beheer/mailteksten/{kind}"), ..frame },
        manages: may_manage(&who.actor()),
        kind,
        unsaved: typed != in_force(kind, versions),
        typed,
        errors,
        seen: versions.first().map_or(0, |newest| newest.id),
        preview,
        versions: versions.iter().map(|one| (wall_clock(one.valid_from), one.author.clone())).collect(),
    })
}

/// A text as it was typed, and what to do with it.
#[derive(Debug, Deserialize, Validate)]
pub struct TextForm {
    #[validate(length(max = 20_000))]
    onderwerp_nl: String,
    #[validate(length(max = 20_000))]
    tekst_nl: String,
    #[validate(length(max = 20_000))]
    onderwerp_en: String,
    #[validate(length(max = 20_000))]
    tekst_en: String,
    #[validate(range(min = 0))]
    versie: i64,
    actie: Action,
}

/// The button that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Bewaren,
    Voorbeeld,
    /// Puts the text that ships in the form; saving it is another press.
    Standaard,
}

impl TextForm {
    /// With the line breaks of a form as line breaks of a text.
    fn text(&self) -> MailText {
        let lines = |typed: &str| typed.replace("\r\n", "\n").trim().to_owned();
        MailText {
            subject: Bilingual { nl: lines(&self.onderwerp_nl), en: lines(&self.onderwerp_en) },
            body: Bilingual { nl: lines(&self.tekst_nl), en: lines(&self.tekst_en) },
        }
    }
}

/// POST `/beheer/mailteksten/{kind}`
pub async fn write_text(who: Insider, kind: Path<String>, form: Form<TextForm>) -> HttpResponse {
    who.answer(carry_out(&who, &kind, &form).await)
}

async fn carry_out(who: &Insider, kind: &str, form: &TextForm) -> Result<HttpResponse, Turn> {
    if !may_manage(&who.actor()) {
        return Err(Turn::NotAllowed);
    }
    let kind = read_kind(kind)?;
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let typed = if form.actie == Action::Standaard { kind.definition().text.clone() } else { form.text() };
    let errors = faults(who.lang, kind, &typed);
    let known = versions_of(who, kind).await?;
    if !errors.is_empty() {
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page(who, kind, &known, typed, errors)?));
    }
    if form.actie != Action::Bewaren {
        let shown = page(who, kind, &known, typed, errors)?;
        return Ok(answer(StatusCode::OK, &MailTextPage { seen: form.versie, ..shown }));
    }
    let (actor, now, seen, saved) = (who.actor(), who.house.now(), form.versie, typed.clone());
    let outcome =
        house::write(&who.house, move |conn| Ok(versions::save(conn, &actor, now, kind, seen, &saved)?)).await?;
    match outcome {
        Ok(()) => Ok(see_other(&format!("/beheer/mailteksten/{kind}"))),
        // The typed text stays in the form; saving once more is then saving over what is in force now.
        Err(overtaken) => {
            let whole = vec![fl!(who.lang.texts(), "admin-text-overtaken", name = overtaken.by)];
            let known = versions_of(who, kind).await?;
            let errors = FormErrors { fields: Vec::new(), whole };
            Ok(answer(StatusCode::CONFLICT, &page(who, kind, &known, typed, errors)?))
        }
    }
}
