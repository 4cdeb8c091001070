//! Answering: the report of a quarter on screen and as PDF.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::ReportPage;
use crate::account::entrance::Insider;
use crate::assessment::web::handlers::{QuarterPath, find, link, within};
use crate::house::{self, Turn};
use crate::page::{Status, Tone, answer};
use crate::report::gather::Publisher;
use crate::report::html;
use crate::report::print::{self, Paper};
use crate::report::shelf::Shelf;
use crate::text::Lang;

/// In which language the report is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct ReportQuery {
    taal: Option<Lang>,
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/rapport`
pub async fn preview(who: Insider, path: QuarterPath, query: Query<ReportQuery>) -> HttpResponse {
    who.answer(show(&who, path.into_inner(), query.taal).await)
}

async fn show(who: &Insider, path: (String, String), lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let language = lang.unwrap_or(who.lang);
    let paper = paper(who, path, language).await?;
    let link = link(&paper.provider);
    let quarter = paper.assessment.quarter;
    let t = who.lang.texts();
    let page = ReportPage {
        frame: within(who, &link).crumb(who.lang.quarter_first(quarter), link.quarter_path(quarter)),
        quarter,
        status: match &paper.assessment.finalised {
            Some(_) => Status::new(Tone::Ok, fl!(t, "assessment-final")),
            None => Status::new(Tone::Wait, fl!(t, "report-web-provisional")),
        },
        language,
        html: html(&paper.document),
        provider: link,
    };
    Ok(answer(StatusCode::OK, &page))
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/rapport.pdf`
pub async fn download(who: Insider, path: QuarterPath, query: Query<ReportQuery>) -> HttpResponse {
    who.answer(send(&who, path.into_inner(), query.taal).await)
}

async fn send(who: &Insider, path: (String, String), lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let paper = paper(who, path, lang.unwrap_or(who.lang)).await?;
    let name = format!("attachment; filename=\"{}.pdf\"", paper.file_name());
    let (house, actor, now) = (who.house.clone(), who.actor(), who.house.now());
    let bytes = web::block(move || Shelf::of(&house).report(&actor, now, &paper)).await??;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes))
}

async fn paper(who: &Insider, path: (String, String), lang: Lang) -> Result<Paper, Turn> {
    let (actor, municipality) = (who.actor(), who.person().municipality.clone());
    let (public_url, today) = (who.house.public_url.clone(), who.house.today());
    house::read(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &path)?;
        let publisher = Publisher { municipality: &municipality, public_url: &public_url, today };
        let mut papers = print::quarter(conn, &actor, publisher, &[provider], quarter, lang)?;
        papers.pop().ok_or(Turn::NotFound)
    })
    .await
}
