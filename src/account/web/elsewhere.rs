//! The page of who was elsewhere to sign in and does not come in: why, and what he can do.

use actix_web::http::StatusCode;
use askama::Template;
use i18n_embed_fl::fl;

use crate::account::Way;
use crate::account::elsewhere::Refusal;
use crate::page::Frame;

/// GET `/inloggen/organisatie…` and `/inloggen/eherkenning…`, when nobody comes in.
#[derive(Template)]
#[template(path = "account/elsewhere.html")]
pub struct ElsewherePage {
    pub frame: Frame,
    pub way: Way,
    pub refusal: Refusal,
}

/// Where somebody begins who signs in this way.
pub fn start_of(way: Way) -> &'static str {
    match way {
        Way::Own => "/inloggen",
        Way::Organisation => "/inloggen/organisatie",
        Way::EHerkenning => "/inloggen/eherkenning",
    }
}

impl ElsewherePage {
    pub fn status(&self) -> StatusCode {
        match self.refusal {
            Refusal::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Cancelled | Refusal::Lost | Refusal::NotBelieved => StatusCode::BAD_REQUEST,
            _ => StatusCode::FORBIDDEN,
        }
    }

    fn title(&self) -> String {
        let t = self.frame.t();
        match self.refusal {
            Refusal::Unreachable => fl!(t, "elsewhere-title-unreachable"),
            Refusal::Cancelled => fl!(t, "elsewhere-title-cancelled"),
            Refusal::Lost | Refusal::NotBelieved => fl!(t, "elsewhere-title-again"),
            Refusal::KnownAccount => fl!(t, "elsewhere-title-known-account"),
            Refusal::LevelUnknown | Refusal::LevelTooLow { .. } => fl!(t, "elsewhere-title-level"),
            Refusal::UnknownOrganisation => fl!(t, "elsewhere-title-unknown-organisation"),
            Refusal::UnknownPerson => fl!(t, "elsewhere-title-unknown-person"),
            Refusal::AccessAsked => fl!(t, "elsewhere-title-access-asked"),
            Refusal::AccessAnswered => fl!(t, "elsewhere-title-access-answered"),
            Refusal::OtherEmail | Refusal::LinkedElsewhere | Refusal::OtherOrganisation => {
                fl!(t, "elsewhere-title-not-linked")
            }
            Refusal::ClaimMissing
            | Refusal::NoSecondFactor
            | Refusal::NoRole
            | Refusal::Disabled
            | Refusal::WrongKvk => fl!(t, "elsewhere-title-no-access"),
        }
    }

    fn text(&self) -> String {
        let t = self.frame.t();
        let at = match self.way {
            Way::EHerkenning => fl!(t, "elsewhere-at-eherkenning"),
            Way::Organisation | Way::Own => fl!(t, "elsewhere-at-organisation"),
        };
        match self.refusal {
            Refusal::Unreachable => fl!(t, "elsewhere-unreachable", at = at),
            Refusal::Cancelled => fl!(t, "elsewhere-cancelled", at = at),
            Refusal::Lost => fl!(t, "elsewhere-lost"),
            Refusal::NotBelieved => fl!(t, "elsewhere-not-believed", at = at),
            Refusal::ClaimMissing if self.way == Way::EHerkenning => fl!(t, "elsewhere-kvk-missing"),
            Refusal::ClaimMissing => fl!(t, "elsewhere-claim-missing"),
            Refusal::NoSecondFactor => fl!(t, "elsewhere-no-second-factor"),
            Refusal::NoRole => fl!(t, "elsewhere-no-role"),
            Refusal::KnownAccount => fl!(t, "elsewhere-known-account"),
            Refusal::OtherEmail => fl!(t, "elsewhere-other-email"),
            Refusal::LinkedElsewhere => fl!(t, "elsewhere-linked-elsewhere", at = at),
            Refusal::Disabled => fl!(t, "elsewhere-disabled"),
            Refusal::WrongKvk => fl!(t, "elsewhere-wrong-kvk"),
            Refusal::LevelUnknown => fl!(t, "elsewhere-level-unknown"),
            Refusal::LevelTooLow { minimum, found } => {
                fl!(t, "elsewhere-level-too-low", minimum = minimum.shown(), found = found.shown())
            }
            Refusal::UnknownOrganisation => fl!(t, "elsewhere-unknown-organisation"),
            Refusal::UnknownPerson => fl!(t, "elsewhere-unknown-person"),
            Refusal::OtherOrganisation => fl!(t, "elsewhere-other-organisation"),
            Refusal::AccessAsked => fl!(t, "elsewhere-access-asked"),
            Refusal::AccessAnswered => fl!(t, "elsewhere-access-answered"),
        }
    }

    /// What to do next, the likeliest first: where it leads, and its words.
    fn ways_out(&self) -> Vec<(&'static str, String)> {
        let t = self.frame.t();
        let again = (start_of(self.way), fl!(t, "page-try-again"));
        let sign_in = ("/inloggen", fl!(t, "account-back-to-sign-in"));
        match self.refusal {
            Refusal::UnknownOrganisation => vec![("/", fl!(t, "elsewhere-how-to-apply")), again],
            Refusal::OtherEmail | Refusal::LinkedElsewhere | Refusal::OtherOrganisation => {
                vec![("/account", fl!(t, "elsewhere-to-account"))]
            }
            Refusal::KnownAccount | Refusal::UnknownPerson | Refusal::Disabled => vec![sign_in],
            _ => vec![again, sign_in],
        }
    }
}
