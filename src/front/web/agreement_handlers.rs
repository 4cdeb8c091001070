//! Answering visitors: the established texts of a municipality's published procedures, to read without signing in.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use i18n_embed_fl::fl;

use super::Place;
use super::handlers::find;
use crate::account::entrance::Visit;
use crate::actor::Actor;
use crate::agreement::web::reading::{Door, known_to};
use crate::agreement::web::reading_handlers::{Reading, SinceQuery, Which, annexes, changes, read, versions, whole};
use crate::house::{self, Turn};
use crate::page::Frame;

async fn published(
    visit: &Visit,
    slug: String,
    code: String,
    which: Which,
    since: Option<i32>,
) -> Result<(Frame, Reading), Turn> {
    let lang = visit.lang;
    let (town, reading) = house::read(&visit.house, move |conn| {
        let town = find(conn, &slug)?;
        let system = Actor::system(town.procedures.first().ok_or(Turn::NotFound)?.municipality_id);
        let door = Door::Front(town.slug.clone());
        let reading = read(conn, &system, lang, &door, &code, which, since)?;
        match known_to(&reading.around.text, &town.procedures) {
            true => Ok((town, reading)),
            false => Err(Turn::NotFound),
        }
    })
    .await?;
    let documents = format!("{}/documenten", town.path());
    let frame = town.frame(visit.frame(None), Place::Documents);
    Ok((frame.crumb(fl!(lang.texts(), "front-menu-documents"), documents), reading))
}

/// GET `/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}`
pub async fn text(visit: Visit, path: Path<(String, String, i32)>) -> HttpResponse {
    let (slug, code, number) = path.into_inner();
    let read = published(&visit, slug, code, Which::Number(number), None).await;
    visit.answer(read.map(|(frame, reading)| whole(frame, reading)))
}

/// GET `/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}/wijzigingen`
pub async fn changed(visit: Visit, path: Path<(String, String, i32)>, since: Query<SinceQuery>) -> HttpResponse {
    let (slug, code, number) = path.into_inner();
    let read = published(&visit, slug, code, Which::Number(number), since.van).await;
    visit.answer(read.and_then(|(frame, reading)| changes(frame, reading)))
}

/// GET `/gemeenten/{slug}/overeenkomsten/{code}/bijlagen`
pub async fn with_annexes(visit: Visit, path: Path<(String, String)>) -> HttpResponse {
    let (slug, code) = path.into_inner();
    let read = published(&visit, slug, code, Which::Usual, None).await;
    visit.answer(read.map(|(frame, reading)| annexes(frame, reading)))
}

/// GET `/gemeenten/{slug}/overeenkomsten/{code}`
pub async fn all_versions(visit: Visit, path: Path<(String, String)>) -> HttpResponse {
    let (slug, code) = path.into_inner();
    let read = published(&visit, slug, code, Which::Usual, None).await;
    visit.answer(read.map(|(frame, reading)| versions(frame, reading)))
}
