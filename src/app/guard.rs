//! What stands around every request: the line in the log, the page when a handler fails whole, and the pages for
//! parameters and forms that mean nothing.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::{InternalError, PathError, QueryPayloadError, UrlencodedError};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse};
use futures_util::FutureExt;
use tracing::Instrument;

use crate::account::entrance::{LANGUAGE_COOKIE, here};
use crate::house::{House, Turn};
use crate::log;
use crate::page::{Frame, headers};
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
        let answered = next.call(request).await;
        let status = match &answered {
            Ok(answered) => answered.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        let microseconds = began.elapsed().as_micros() as u64;
        tracing::info!(status = status.as_u16(), microseconds, "answered");
        answered
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
    match path {
        path if path.starts_with("/inloggen/") => "/inloggen/…".to_owned(),
        path if path.starts_with("/tafel/") => "/tafel/…".to_owned(),
        path => path.to_owned(),
    }
}

/// A handler that panics would drop the connection: the visitor gets the page of a failure, the log the cause, both
/// with the same number. Of an error that no handler made a page of, the security headers are seen to.
pub async fn calm(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // The request itself cannot be held on to: actix wants to be its only owner.
    let (frame, https) =
        (frame(request.request()), request.app_data::<Data<House>>().is_some_and(|house| house.https()));
    let failed = match AssertUnwindSafe(async { next.call(request).await }).catch_unwind().await {
        Ok(Ok(answered)) => return Ok(answered),
        Ok(Err(error)) => error.error_response(),
        Err(panic) => Turn::Broken(anyhow::anyhow!("a handler panicked: {}", said(&*panic))).answer(frame),
    };
    Err(InternalError::from_response("no page was made", with_headers(failed, https)).into())
}

/// What a panic said; where it happened is told by the hook in `log.rs`.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a word")
}

fn with_headers(mut answer: HttpResponse, https: bool) -> HttpResponse {
    use actix_web::http::header::{HeaderName, HeaderValue};
    for (name, value) in headers::security(https) {
        if let Ok(name) = name.parse::<HeaderName>() {
            answer.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    answer
}

pub fn unreadable_path(cause: PathError, request: &HttpRequest) -> Error {
    refuse(request, cause.to_string(), Turn::NotFound)
}

pub fn unreadable_query(cause: QueryPayloadError, request: &HttpRequest) -> Error {
    refuse(request, cause.to_string(), Turn::BadRequest)
}

pub fn unreadable_form(cause: UrlencodedError, request: &HttpRequest) -> Error {
    let turn = match &cause {
        UrlencodedError::Payload(cause) => Turn::of_body(cause),
        UrlencodedError::Overflow { .. } => Turn::FormTooLarge,
        _ => Turn::BadRequest,
    };
    refuse(request, cause.to_string(), turn)
}

fn refuse(request: &HttpRequest, cause: String, turn: Turn) -> Error {
    InternalError::from_response(cause, turn.answer(frame(request))).into()
}

/// The frame of a page for somebody of whom only the language may be known.
pub fn frame(request: &HttpRequest) -> Frame {
    let chosen = request.cookie(LANGUAGE_COOKIE).and_then(|cookie| cookie.value().parse().ok());
    // The address of a form is not asked for again, and an address without measure not repeated.
    let (here, asked) = (here(request), request.uri().path_and_query().map_or("/", |asked| asked.as_str()));
    let form = *request.method() != Method::GET && here == asked;
    let here = if form || here.len() > 1024 { "/".to_owned() } else { here };
    Frame::public(chosen.unwrap_or(Lang::Nl), here)
}
