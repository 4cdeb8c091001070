//! The pages for when it cannot be done (foutpagina's): 400, 403, 404, 405, 408, 409, 413, 414, 415, 421, 500, 503 and
//! 507. They say what to do next and never show the inside of the house.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use i18n_embed_fl::fl;

use super::{Frame, answer};

/// What went wrong, as far as the visitor is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The request itself cannot be read; a form with faults comes back on its own page instead.
    BadRequest,
    /// `ask` says who can give access.
    NotAllowed {
        ask: Option<String>,
    },
    /// `search`: whether the visitor may search the providers.
    NotFound {
        search: bool,
    },
    /// Somebody else was first. `back` is the page as it is now.
    Conflict {
        by: Option<String>,
        back: String,
    },
    TooLarge {
        limit_mb: u32,
    },
    /// The same of a form without files.
    FormTooLarge,
    WrongType,
    /// The address exists, for another verb than the one it was asked with.
    WrongVerb,
    /// The body of the request did not come in time.
    TooSlow,
    /// The address itself is longer than any of ours.
    TooLong,
    /// Asked under a name that is not this house's; `right` is where it lives.
    WrongHost {
        right: String,
    },
    /// The cause is in the log under this number.
    Broken {
        reference: String,
    },
    Busy {
        reference: String,
    },
    /// The disk took it not; `full`: because it is full.
    CannotStore {
        reference: String,
        full: bool,
    },
}

impl Trouble {
    pub fn status(&self) -> StatusCode {
        match self {
            Trouble::BadRequest => StatusCode::BAD_REQUEST,
            Trouble::NotAllowed { .. } => StatusCode::FORBIDDEN,
            Trouble::NotFound { .. } => StatusCode::NOT_FOUND,
            Trouble::Conflict { .. } => StatusCode::CONFLICT,
            Trouble::TooLarge { .. } | Trouble::FormTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Trouble::WrongVerb => StatusCode::METHOD_NOT_ALLOWED,
            Trouble::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Trouble::TooLong => StatusCode::URI_TOO_LONG,
            Trouble::WrongHost { .. } => StatusCode::MISDIRECTED_REQUEST,
            Trouble::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            Trouble::Busy { .. } | Trouble::CannotStore { full: false, .. } => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::CannotStore { full: true, .. } => StatusCode::INSUFFICIENT_STORAGE,
        }
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
pub struct TroublePage {
    pub frame: Frame,
    pub trouble: Trouble,
}

impl TroublePage {
    pub fn answer(frame: Frame, trouble: Trouble) -> HttpResponse {
        answer(trouble.status(), &TroublePage { frame, trouble })
    }

    fn title(&self) -> String {
        let t = self.frame.t();
        match &self.trouble {
            Trouble::BadRequest => fl!(t, "page-bad-request"),
            Trouble::NotAllowed { .. } => fl!(t, "page-not-allowed"),
            Trouble::NotFound { .. } => fl!(t, "page-not-found"),
            Trouble::Conflict { by: Some(by), .. } => fl!(t, "page-conflict-by", by = by),
            Trouble::Conflict { by: None, .. } => fl!(t, "page-conflict"),
            Trouble::TooLarge { .. } => fl!(t, "page-too-large"),
            Trouble::FormTooLarge => fl!(t, "page-form-too-large"),
            Trouble::WrongType => fl!(t, "page-wrong-type"),
            Trouble::WrongVerb => fl!(t, "page-wrong-verb"),
            Trouble::TooSlow => fl!(t, "page-too-slow"),
            Trouble::TooLong => fl!(t, "page-too-long"),
            Trouble::WrongHost { .. } => fl!(t, "page-wrong-host"),
            Trouble::Broken { .. } => fl!(t, "page-broken"),
            Trouble::Busy { .. } => fl!(t, "page-busy"),
            Trouble::CannotStore { .. } => fl!(t, "page-cannot-store"),
        }
    }

    fn advice(&self) -> String {
        let t = self.frame.t();
        match &self.trouble {
            Trouble::BadRequest => fl!(t, "page-bad-request-advice"),
            Trouble::NotAllowed { ask: Some(who) } => fl!(t, "page-not-allowed-ask", who = who),
            Trouble::NotAllowed { ask: None } => fl!(t, "page-not-allowed-advice"),
            Trouble::NotFound { search: true } => fl!(t, "page-not-found-search"),
            Trouble::NotFound { search: false } => fl!(t, "page-not-found-advice"),
            Trouble::Conflict { .. } => fl!(t, "page-conflict-advice"),
            Trouble::TooLarge { limit_mb } => fl!(t, "page-too-large-advice", limit = limit_mb),
            Trouble::FormTooLarge => fl!(t, "page-form-too-large-advice"),
            Trouble::WrongType => fl!(t, "page-wrong-type-advice"),
            Trouble::WrongVerb => fl!(t, "page-wrong-verb-advice"),
            Trouble::TooSlow => fl!(t, "page-too-slow-advice"),
            Trouble::TooLong => fl!(t, "page-too-long-advice"),
            Trouble::WrongHost { right } => fl!(t, "page-wrong-host-advice", right = right.as_str()),
            Trouble::Broken { .. } => fl!(t, "page-broken-advice"),
            Trouble::Busy { .. } => fl!(t, "page-busy-advice"),
            Trouble::CannotStore { .. } => fl!(t, "page-cannot-store-advice"),
        }
    }

    /// The number under which the log tells more.
    fn reference(&self) -> Option<&str> {
        match &self.trouble {
            Trouble::Broken { reference } | Trouble::Busy { reference } | Trouble::CannotStore { reference, .. } => {
                Some(reference)
            }
            _ => None,
        }
    }

    /// The one thing to do next: where it leads, and its words.
    fn way_out(&self) -> (String, String) {
        let t = self.frame.t();
        match &self.trouble {
            Trouble::Conflict { back, .. } => (back.clone(), fl!(t, "page-show-current")),
            Trouble::Busy { .. } | Trouble::Broken { .. } | Trouble::CannotStore { .. } => {
                (self.frame.here.clone(), fl!(t, "page-try-again"))
            }
            Trouble::TooLarge { .. }
            | Trouble::FormTooLarge
            | Trouble::WrongType
            | Trouble::BadRequest
            | Trouble::TooSlow => (self.frame.here.clone(), fl!(t, "page-back-to-form")),
            Trouble::WrongHost { right } => (format!("{right}/"), fl!(t, "page-to-start")),
            Trouble::NotAllowed { .. } | Trouble::NotFound { .. } | Trouble::WrongVerb | Trouble::TooLong => {
                ("/".into(), fl!(t, "page-to-start"))
            }
        }
    }
}
