//! The limits (grenzen) of what is under way: not too many requests at once, and no body that never ends. actix reads a
//! body for as long as its sender likes; here a sender has to keep up.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::{ConnectionType, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::rt::time::{Instant, Sleep, sleep_until};
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage};
use futures_util::Stream;

use super::guard;
use super::manners::{Inside, Manners, Patience};
use crate::house::Turn;

/// The page of the busy house says "wait a minute".
const COME_BACK_AFTER: &str = "60";

/// Whether the process lives is asked most when it is busiest.
const ALWAYS_ANSWERED: &str = "/healthz";

pub async fn in_time(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(manners) = request.app_data::<Data<Manners>>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    let inside = Inside::enter(&manners);
    if inside.is_none() && request.path() != ALWAYS_ANSWERED {
        let mut answer = Turn::Busy.answer(guard::frame(request.request()));
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static(COME_BACK_AFTER));
        answer.head_mut().set_connection_type(ConnectionType::Close);
        return Ok(request.into_response(answer).map_into_right_body());
    }
    let hurried = Hurried::new(request.take_payload(), manners.patience, has_files(&request));
    request.set_payload(Payload::Stream { payload: Box::pin(hurried) });
    let mut answered = next.call(request).await?;
    if answered.status() == StatusCode::REQUEST_TIMEOUT {
        // The rest of the body is not waited for.
        answered.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    drop(inside);
    Ok(answered.map_into_left_body())
}

fn has_files(request: &ServiceRequest) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// A body that fails as soon as its sender is too slow.
struct Hurried {
    body: Payload,
    patience: Patience,
    has_files: bool,
    began: Instant,
    received: u64,
    alarm: Pin<Box<Sleep>>,
}

impl Hurried {
    fn new(body: Payload, patience: Patience, has_files: bool) -> Hurried {
        let began = Instant::now();
        let first = if has_files { patience.files } else { patience.form };
        Hurried { body, patience, has_files, began, received: 0, alarm: Box::pin(sleep_until(began + first)) }
    }

    /// Until when the next bytes may wait.
    fn deadline(&self, now: Instant) -> Instant {
        let Patience { form, files, slowest } = self.patience;
        if !self.has_files {
            return self.began + form;
        }
        let earned = std::time::Duration::from_secs_f64(self.received as f64 / f64::from(slowest.max(1)));
        (self.began + files + earned).min(now + files)
    }
}

impl Stream for Hurried {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.alarm.as_mut().poll(cx).is_ready() {
            let late = io::Error::new(io::ErrorKind::TimedOut, "the body comes in too slowly");
            return Poll::Ready(Some(Err(PayloadError::Io(late))));
        }
        let came = Pin::new(&mut self.body).poll_next(cx);
        if let Poll::Ready(Some(Ok(bytes))) = &came {
            self.received += bytes.len() as u64;
            let deadline = self.deadline(Instant::now());
            self.alarm.as_mut().reset(deadline);
        }
        came
    }
}
