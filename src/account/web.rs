//! The pages before and after sign-in (inloggen): home, the confirmation of a one-time link, and the way out. Signing in
//! with a password, somebody's own account and looking after users have pages of their own.

pub mod elsewhere;
pub mod entry;
pub mod handlers;
pub mod own;
pub mod people;
pub mod sample;

use askama::Template;
use i18n_embed_fl::fl;

use crate::account::Way;
use crate::actor::Role;
use crate::page::Frame;
use crate::text::Lang;
use handlers::farewell::way_out;

/// A role in words, as the top line shows it.
pub fn role_word(lang: Lang, role: Role) -> String {
    let t = lang.texts();
    match role {
        Role::ContractManager => fl!(t, "account-role-contract-manager"),
        Role::Assessor => fl!(t, "account-role-assessor"),
        Role::ContactPerson => fl!(t, "account-role-contact-person"),
        Role::DecisionMaker => fl!(t, "account-role-decision-maker"),
        Role::Finance => fl!(t, "account-role-finance"),
        Role::PrivacyOfficer => fl!(t, "account-role-privacy-officer"),
        Role::RecordsOfficer => fl!(t, "account-role-records-officer"),
        Role::Auditor => fl!(t, "account-role-auditor"),
        Role::FunctionalAdmin => fl!(t, "account-role-functional-admin"),
        Role::Viewer => fl!(t, "account-role-viewer"),
        Role::ProviderUser => fl!(t, "account-role-provider"),
        Role::ProviderAdmin => fl!(t, "account-role-provider-admin"),
        Role::ProviderSignatory => fl!(t, "account-role-provider-signatory"),
        Role::System => fl!(t, "account-role-system"),
    }
}

/// GET `/`: what Open House is, for a visitor who is not signed in.
#[derive(Template)]
#[template(path = "account/home.html")]
pub struct HomePage {
    pub frame: Frame,
    /// Address and name of those that published something, when there is more than one to choose from.
    pub municipalities: Vec<(String, String)>,
}

/// GET `/inloggen/{token}`: who will be signed in, and one button. Opening the link alone uses nothing up, so that a
/// mail scanner that follows it does no harm.
#[derive(Template)]
#[template(path = "account/confirm.html")]
pub struct ConfirmPage {
    pub frame: Frame,
    pub name: String,
    /// The role in words, or the provider's name.
    pub role: String,
    pub token: String,
}

/// The answer to a link that was used, is too old or never was: all the same, so that nobody learns which.
#[derive(Template)]
#[template(path = "account/link-gone.html")]
pub struct LinkGonePage {
    pub frame: Frame,
}

/// After POST `/uitloggen`, and after signing out elsewhere: what is ended, and what is not.
#[derive(Template)]
#[template(path = "account/signed-out.html")]
pub struct SignedOutPage {
    pub frame: Frame,
    pub there: There,
}

/// How it stands with who signed in elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// He did not.
    Nowhere,
    StillIn(Way),
    OutToo(Way),
    /// The identity provider does not answer, or has no page to sign out.
    NotFromHere(Way),
}

impl SignedOutPage {
    fn title(&self) -> String {
        let t = self.frame.t();
        match self.there {
            There::NotFromHere(_) => fl!(t, "farewell-title-not-from-here"),
            _ => fl!(t, "account-signed-out"),
        }
    }

    fn text(&self) -> String {
        let t = self.frame.t();
        let at = |way| match way {
            Way::EHerkenning => fl!(t, "elsewhere-at-eherkenning"),
            Way::Organisation | Way::Own => fl!(t, "elsewhere-at-organisation"),
        };
        match self.there {
            There::Nowhere => fl!(t, "account-signed-out-text"),
            There::StillIn(way) => fl!(t, "farewell-still-in", at = at(way)),
            There::OutToo(way) => fl!(t, "farewell-out-too", at = at(way)),
            There::NotFromHere(way) => fl!(t, "farewell-not-from-here", at = at(way)),
        }
    }

    /// Where he signs out there as well: where it leads, and its words.
    fn way_on(&self) -> Option<(&'static str, String)> {
        let There::StillIn(way) = self.there else { return None };
        let t = self.frame.t();
        Some(match way {
            Way::EHerkenning => (way_out(way), fl!(t, "farewell-leave-eherkenning")),
            Way::Organisation | Way::Own => (way_out(way), fl!(t, "farewell-leave-organisation")),
        })
    }
}
