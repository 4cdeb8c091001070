//! Answering: the dossier report on screen and as PDF (dossierrapport), for the municipality's people. It is made at each
//! look, as the dossier stands then.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path, Query};
use i18n_embed_fl::fl;

use super::{Material, compose, gather};
use crate::account::entrance::Insider;
use crate::dossier::Application;
use crate::dossier::mails::office_path;
use crate::house::{self, Turn};
use crate::page::answer;
use crate::report::letter::gather::Sender;
use crate::report::letter::web::PaperPage;
use crate::report::letter::web::handlers::{Door, PaperQuery, application, pdf_file};
use crate::report::{html, pdf};
use crate::text::Lang;

/// GET `/aanmeldingen/{nr}/dossierrapport`
pub async fn preview(who: Insider, path: Path<String>, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(show(&who, &path, query.taal).await)
}

async fn show(who: &Insider, number: &str, lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let (application, material) = read(who, number).await?;
    let language = lang.unwrap_or(who.lang);
    let at_home = office_path(application.number);
    let page = PaperPage {
        frame: who.frame_under_list().crumb(application.number.to_string(), at_home.as_str()),
        title: fl!(who.lang.texts(), "report-dossier-title", number = application.number.to_string()),
        path: format!("{at_home}/dossierrapport"),
        language,
        html: html(&compose(&material, language)),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// GET `/aanmeldingen/{nr}/dossierrapport.pdf`
pub async fn download(who: Insider, path: Path<String>, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(send(&who, &path, query.taal).await)
}

async fn send(who: &Insider, number: &str, lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let (application, material) = read(who, number).await?;
    let language = lang.unwrap_or(who.lang);
    let bytes = web::block(move || pdf(&compose(&material, language))).await??;
    Ok(pdf_file(&format!("{}-dossierrapport", application.number), bytes))
}

async fn read(who: &Insider, number: &str) -> Result<(Application, Material), Turn> {
    let found = application(who, Door::Office, number).await?;
    let (actor, now, municipality) = (who.actor(), who.house.now(), who.person().municipality.clone());
    let public_url = who.house.public_url.clone();
    house::read(&who.house, move |conn| {
        let sender = Sender { municipality: &municipality, public_url: &public_url };
        let material = gather::material(conn, &actor, sender, now, &found)?.ok_or(Turn::NotFound)?;
        Ok((found, material))
    })
    .await
}
