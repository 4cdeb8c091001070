//! What stands around every request: the line in the log, the refusal of forms from other sites, and the pages for
//! addresses and parameters that mean nothing.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::{InternalError, PathError, QueryPayloadError, UrlencodedError};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse};
use tracing::Instrument;

use crate::account::entrance::{LANGUAGE_COOKIE, Visit};
use crate::house::Turn;
use crate::log;
use crate::page::Frame;
use crate::text::Lang;

/// One line per request: what was asked, what was answered, how long it took. The path without its query: what somebody
/// searched for may be a name. Of an address with a token only the beginning.
pub async fn log(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = std::time::Instant::now();
    let id = request_id();
    let path = without_token(request.path());
    let span = log::request(&id, request.method().as_str(), &path);
    async move {
        let answered = next.call(request).await?;
        let microseconds = began.elapsed().as_micros() as u64;
        tracing::info!(status = answered.status().as_u16(), microseconds, "answered");
        Ok(answered)
    }
    .instrument(span)
    .await
}

fn request_id() -> String {
    let mut bits = [0u8; 8];
    match getrandom::fill(&mut bits) {
        Ok(()) => format!("{:016x}", u64::from_be_bytes(bits)),
        Err(_) => "0".repeat(16),
    }
}

fn without_token(path: &str) -> String {
    match path.strip_prefix("/inloggen/") {
        Some(_) => "/inloggen/…".to_owned(),
        None => path.to_owned(),
    }
}

/// A form may only come from a page of this site ("Sec-Fetch-Site / Origin == Host", security.md 7).
pub async fn same_site(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !from_this_site(&request) {
        let answer = Turn::NotAllowed.answer(Frame::public(Lang::Nl, "/"));
        return Ok(request.into_response(answer).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

fn from_this_site(request: &ServiceRequest) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match text("origin") {
            Some(origin) => {
                let host = origin.split_once("://").map_or(origin, |(_, host)| host);
                Some(host) == text(header::HOST.as_str())
            }
            // No browser of today leaves both out; a program that does holds no cookie of somebody else.
            None => true,
        },
    }
}

/// Whatever is not in the table of addresses.
pub async fn nothing_here(visit: Visit) -> HttpResponse {
    visit.answer(Err(Turn::NotFound))
}

pub fn unreadable_path(cause: PathError, request: &HttpRequest) -> Error {
    refuse(request, cause.to_string(), Turn::NotFound)
}

pub fn unreadable_query(cause: QueryPayloadError, request: &HttpRequest) -> Error {
    refuse(request, cause.to_string(), Turn::BadRequest)
}

pub fn unreadable_form(cause: UrlencodedError, request: &HttpRequest) -> Error {
    refuse(request, cause.to_string(), Turn::BadRequest)
}

fn refuse(request: &HttpRequest, cause: String, turn: Turn) -> Error {
    let chosen = request.cookie(LANGUAGE_COOKIE).and_then(|cookie| cookie.value().parse().ok());
    let frame = Frame::public(chosen.unwrap_or(Lang::Nl), "/");
    InternalError::from_response(cause, turn.answer(frame)).into()
}
