//! Answering visitors of the register: the page, JSON and CSV, with the same filters. Nobody needs to sign in, nothing is
//! set, and what is the same for everybody may be kept for a while.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use validator::Validate;

use super::handlers::find;
use super::register::RegisterPage;
use super::{Place, Town};
use crate::account::entrance::Visit;
use crate::account::web::handlers::see_other;
use crate::front::register::search::{Asked, Order, Search};
use crate::front::register::{self, Listed, Register, open_data};
use crate::house::{self, Turn};
use crate::ids::Sha256Hex;
use crate::page::{Frame, answer};

/// So many seconds an answer may be kept: what a provider types is to be read soon.
const KEPT: &str = "public, max-age=300";

/// GET `/gemeenten/{slug}/register`
pub async fn page(visit: Visit, slug: Path<String>, search: Query<Search>) -> HttpResponse {
    visit.answer(show(&visit, slug.into_inner(), search.into_inner()).await)
}

async fn show(visit: &Visit, slug: String, search: Search) -> Result<HttpResponse, Turn> {
    let found = match look(visit, slug, search, "register").await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Found { town, register, rows, search, order } = found;
    // The switch of language comes back to the same list.
    let here = format!("{}/register{}", town.path(), search.query());
    let frame = Frame { here, ..town.frame(visit.frame(None), Place::Register) };
    let page = RegisterPage { frame, town, today: visit.house.today(), register, rows, search, order };
    let mut answer = answer(StatusCode::OK, &page);
    if visit.person.is_none() {
        // Who is signed in has his name on the page, and the language follows from a cookie.
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(KEPT));
        headers.insert(header::VARY, header::HeaderValue::from_static("Cookie, Accept-Language"));
    }
    Ok(answer)
}

/// GET `/gemeenten/{slug}/register.json`
pub async fn json(visit: Visit, request: HttpRequest, slug: Path<String>, search: Query<Search>) -> HttpResponse {
    visit.answer(give(&visit, &request, slug.into_inner(), search.into_inner(), "register.json").await)
}

/// GET `/gemeenten/{slug}/register.csv`
pub async fn csv(visit: Visit, request: HttpRequest, slug: Path<String>, search: Query<Search>) -> HttpResponse {
    visit.answer(give(&visit, &request, slug.into_inner(), search.into_inner(), "register.csv").await)
}

async fn give(
    visit: &Visit,
    request: &HttpRequest,
    slug: String,
    search: Search,
    file: &'static str,
) -> Result<HttpResponse, Turn> {
    let found = match look(visit, slug, search, file).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let (kind, body) = match file {
        "register.csv" => ("text/csv; charset=utf-8", open_data::export(&found.rows).csv()),
        _ => {
            let today = visit.house.today();
            let told = open_data::Told::of(&found.town.name, today, &found.search, found.order, &found.rows);
            ("application/json", serde_json::to_vec_pretty(&told)?)
        }
    };
    let mark = format!("\"{}\"", &Sha256Hex::of(&body).as_str()[..32]);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == mark));
    let mut builder = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    builder
        .insert_header((header::CACHE_CONTROL, KEPT))
        .insert_header((header::ETAG, mark))
        // Open data: a page of anybody may read it.
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"));
    if same {
        return Ok(builder.finish());
    }
    if file == "register.csv" {
        builder.insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"register.csv\""));
    }
    Ok(builder.content_type(kind).body(body))
}

/// What was asked for, and what there is.
struct Found {
    town: Town,
    register: Register,
    rows: Vec<Listed>,
    search: Search,
    order: Order,
}

/// What fits, in its order; or the way to the same address with a number in it, when an order at random was asked without.
async fn look(visit: &Visit, slug: String, search: Search, file: &str) -> Result<Result<Found, HttpResponse>, Turn> {
    if search.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let today = visit.house.today();
    let (town, register) = house::read(&visit.house, move |conn| {
        let town = find(conn, &slug)?;
        let register = match town.procedures.first() {
            Some(one) => register::of(conn, one.municipality_id, today)?,
            None => Register::default(),
        };
        Ok((town, register))
    })
    .await?;
    let order = match search.order() {
        Asked::Order(order) => order,
        Asked::Unknown => return Err(Turn::BadRequest),
        Asked::Draw => {
            let drawn = search.drawn(draw()?);
            return Ok(Err(see_other(&format!("{}/{file}{}", town.path(), drawn.query()))));
        }
    };
    let mut rows: Vec<Listed> = register.rows.iter().filter(|one| search.fits(one)).cloned().collect();
    order.arrange(&mut rows);
    Ok(Ok(Found { town, register, rows, search, order }))
}

/// A number of at most six digits, to be written down and read out.
fn draw() -> Result<u32, Turn> {
    let mut bits = [0u8; 4];
    getrandom::fill(&mut bits).map_err(|cause| Turn::Broken(anyhow::anyhow!("no random number: {cause}")))?;
    Ok(u32::from_be_bytes(bits) % 1_000_000)
}
