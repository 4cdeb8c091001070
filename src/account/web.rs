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

use crate::actor::Role;
use crate::page::Frame;
use crate::text::Lang;

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

/// After POST `/uitloggen`.
#[derive(Template)]
#[template(path = "account/signed-out.html")]
pub struct SignedOutPage {
    pub frame: Frame,
}
