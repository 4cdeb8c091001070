//! Answering: a version of a text, and what changed in it, as PDF. Every side of the house has its own door.

use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query};
use serde::Deserialize;

use super::{Changed, Material, compose, compose_changes, gather};
use crate::account::entrance::{Insider, Visit};
use crate::actor::Actor;
use crate::agreement::text::{TextState, store};
use crate::agreement::web::reading::{Door, known_to};
use crate::db::Conn;
use crate::house::{self, House, Turn};
use crate::procedure::admission;
use crate::report::document::Document;
use crate::report::letter::gather::Sender;
use crate::report::letter::web::handlers::pdf_file;
use crate::report::pdf;

/// The code of a text and the number of a version, as a path names them.
type VersionPath = Path<(String, i32)>;

/// Beside which version.
#[derive(Debug, Default, Deserialize)]
pub struct SinceQuery {
    van: Option<i32>,
}

/// GET `/overeenkomsten/{code}/versies/{n}.pdf`
pub async fn of_office(who: Insider, path: VersionPath) -> HttpResponse {
    who.answer(send(&who, Door::Office, path.into_inner()).await)
}

/// GET `/mijn/overeenkomst/{code}/versies/{n}.pdf`
pub async fn of_provider(who: Insider, path: VersionPath) -> HttpResponse {
    who.answer(send(&who, Door::Mine, path.into_inner()).await)
}

async fn send(who: &Insider, door: Door, (code, number): (String, i32)) -> Result<HttpResponse, Turn> {
    door.opens_for(&who.actor())?;
    let (actor, municipality) = (who.actor(), who.person().municipality.clone());
    let (page, public_url) = (door.version(&code, number), who.house.public_url.clone());
    let found = house::read(&who.house, move |conn| {
        let sender = Sender { municipality: &municipality, public_url: &public_url };
        gather::material(conn, &actor, sender, &code, number, &page)?.ok_or(Turn::NotFound)
    })
    .await?;
    whole(found).await
}

async fn whole(material: Material) -> Result<HttpResponse, Turn> {
    print(material.file_name(), move || compose(&material)).await
}

async fn print(name: String, document: impl FnOnce() -> Document + Send + 'static) -> Result<HttpResponse, Turn> {
    let bytes = web::block(move || pdf(&document())).await??;
    Ok(pdf_file(&name, bytes))
}

/// GET `/overeenkomsten/{code}/versies/{n}/wijzigingen.pdf`
pub async fn changes_of_office(who: Insider, path: VersionPath, since: Query<SinceQuery>) -> HttpResponse {
    who.answer(send_changes(&who, Door::Office, path.into_inner(), since.van).await)
}

/// GET `/mijn/overeenkomst/{code}/versies/{n}/wijzigingen.pdf`
pub async fn changes_of_provider(who: Insider, path: VersionPath, since: Query<SinceQuery>) -> HttpResponse {
    who.answer(send_changes(&who, Door::Mine, path.into_inner(), since.van).await)
}

async fn send_changes(
    who: &Insider,
    door: Door,
    (code, number): (String, i32),
    since: Option<i32>,
) -> Result<HttpResponse, Turn> {
    door.opens_for(&who.actor())?;
    let (actor, municipality) = (who.actor(), who.person().municipality.clone());
    let (page, public_url) = (door.version(&code, number), who.house.public_url.clone());
    let changed: Changed = house::read(&who.house, move |conn| {
        let sender = Sender { municipality: &municipality, public_url: &public_url };
        gather::changed(conn, &actor, sender, &code, number, since, &page)?.ok_or(Turn::NotFound)
    })
    .await?;
    print(changed.file_name(), move || compose_changes(&changed)).await
}

/// GET `/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}.pdf`: without signing in, and only what is established.
pub async fn of_public(visit: Visit, path: Path<(String, String, i32)>) -> HttpResponse {
    visit.answer(send_public(&visit, path.into_inner()).await)
}

async fn send_public(visit: &Visit, (slug, code, number): (String, String, i32)) -> Result<HttpResponse, Turn> {
    let house: &House = &visit.house;
    let public_url = house.public_url.clone();
    let found = house::read(&visit.house, move |conn| published(conn, &public_url, &slug, &code, number)).await?;
    whole(found).await
}

fn published(conn: &mut Conn, public_url: &str, slug: &str, code: &str, number: i32) -> Result<Material, Turn> {
    let (slug, name) = admission::store::municipalities(conn)?
        .into_iter()
        .find(|(address, _)| address == slug)
        .ok_or(Turn::NotFound)?;
    let procedures = admission::store::published(conn, &slug)?;
    let system = Actor::system(procedures.first().ok_or(Turn::NotFound)?.municipality_id);
    let text = store::find(conn, &system, code)?.ok_or(Turn::NotFound)?;
    if !known_to(&text, &procedures) {
        return Err(Turn::NotFound);
    }
    let page = Door::Front(slug.clone()).version(code, number);
    let sender = Sender { municipality: &name, public_url };
    let found = gather::material(conn, &system, sender, code, number, &page)?;
    found.filter(|one| one.version.state == TextState::Established).ok_or(Turn::NotFound)
}
