//! Answering: the texts of the agreement as a provider reads them, with what changed first.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use i18n_embed_fl::fl;

use crate::account::entrance::Insider;
use crate::agreement::web::list_handlers::gather;
use crate::agreement::web::reading::Door;
use crate::agreement::web::reading_handlers::{
    Reading, SinceQuery, VersionPath, Which, annexes, changes, read, versions, whole,
};
use crate::house::{self, Turn};
use crate::page::{Frame, Section, answer};

/// GET `/mijn/overeenkomst`
pub async fn list(who: Insider) -> HttpResponse {
    who.answer(show_list(&who).await)
}

async fn show_list(who: &Insider) -> Result<HttpResponse, Turn> {
    Door::Mine.opens_for(&who.actor())?;
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let frame = who.frame(Some(Section::Agreements));
    let page = house::read(&who.house, move |conn| gather(conn, &actor, lang, frame, Door::Mine, today, false)).await?;
    Ok(answer(StatusCode::OK, &page))
}

async fn of_provider(who: &Insider, code: String, which: Which, since: Option<i32>) -> Result<(Frame, Reading), Turn> {
    let (actor, lang) = (who.actor(), who.lang);
    let frame = who.frame(Some(Section::Agreements));
    let frame = frame.crumb(fl!(lang.texts(), "page-menu-agreement"), "/mijn/overeenkomst");
    let reading =
        house::read(&who.house, move |conn| read(conn, &actor, lang, &Door::Mine, &code, which, since)).await?;
    Ok((frame, reading))
}

/// GET `/mijn/overeenkomst/{code}/versies/{n}`
pub async fn text(who: Insider, path: VersionPath) -> HttpResponse {
    let (code, number) = path.into_inner();
    let read = of_provider(&who, code, Which::Number(number), None).await;
    who.answer(read.map(|(frame, reading)| whole(frame, reading)))
}

/// GET `/mijn/overeenkomst/{code}/versies/{n}/wijzigingen`
pub async fn changed(who: Insider, path: VersionPath, since: Query<SinceQuery>) -> HttpResponse {
    let (code, number) = path.into_inner();
    let read = of_provider(&who, code, Which::Number(number), since.van).await;
    who.answer(read.and_then(|(frame, reading)| changes(frame, reading)))
}

/// GET `/mijn/overeenkomst/{code}/bijlagen`
pub async fn with_annexes(who: Insider, code: Path<String>) -> HttpResponse {
    let read = of_provider(&who, code.into_inner(), Which::Usual, None).await;
    who.answer(read.map(|(frame, reading)| annexes(frame, reading)))
}

/// GET `/mijn/overeenkomst/{code}`
pub async fn all_versions(who: Insider, code: Path<String>) -> HttpResponse {
    let read = of_provider(&who, code.into_inner(), Which::Usual, None).await;
    who.answer(read.map(|(frame, reading)| versions(frame, reading)))
}
