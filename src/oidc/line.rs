//! The line (lijn) to an identity provider: no redirects, no endless answers, no endless waiting.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpClientError, HttpRequest, HttpResponse, http, reqwest};

/// How long one answer of an identity provider may take.
pub const PATIENCE: Duration = Duration::from_secs(8);

/// Documents of keys are some kilobytes long.
const LONGEST_ANSWER: usize = 512 * 1024;

pub struct Line(Result<reqwest::Client, String>);

impl Line {
    pub fn new(patience: Duration) -> Line {
        // Where it is sent on to is not where we were told to go.
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(patience)
            .timeout(patience)
            .build();
        Line(client.map_err(|cause| cause.to_string()))
    }
}

type LineTrouble = HttpClientError<reqwest::Error>;

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = LineTrouble;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, LineTrouble>> + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let client = self.0.as_ref().map_err(|cause| LineTrouble::Other(cause.clone()))?;
            let trouble = |cause: reqwest::Error| LineTrouble::Reqwest(Box::new(cause));
            let mut answer = client.execute(request.try_into().map_err(trouble)?).await.map_err(trouble)?;
            let mut told = http::Response::builder().status(answer.status());
            for (name, value) in answer.headers() {
                told = told.header(name, value);
            }
            let mut body = Vec::new();
            while let Some(part) = answer.chunk().await.map_err(trouble)? {
                if body.len() + part.len() > LONGEST_ANSWER {
                    return Err(LineTrouble::Other("the answer has no end".to_owned()));
                }
                body.extend_from_slice(&part);
            }
            told.body(body).map_err(LineTrouble::Http)
        })
    }
}
