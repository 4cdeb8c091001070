//! The pages of somebody's own account (Mijn account): what is known of him, his sessions, a new password, new recovery
//! codes.

use askama::Template;
use i18n_embed_fl::fl;

use crate::account::store::session::Open;
use crate::account::web::entry::{code_field, new_password_fields, password_field};
use crate::calendar::wall_clock;
use crate::page::{Field, FormErrors, Frame, Moment};

/// GET `/account`
#[derive(Template)]
#[template(path = "account/own.html")]
pub struct AccountPage {
    pub frame: Frame,
    pub name: String,
    pub email: String,
    /// `contractmanager, Gemeente Noordermeer`
    pub role: String,
    /// None for an account without a password: it comes in by one-time links.
    pub recovery_left: Option<i64>,
    pub sessions: Vec<Open>,
    /// Whether he signs in elsewhere too.
    pub linked: bool,
    /// Where he may link this account: where that leads, and its words.
    pub link: Option<(&'static str, String)>,
    /// What was just done, in words.
    pub done: Option<String>,
}

/// GET, POST `/account/wachtwoord`
#[derive(Template)]
#[template(path = "account/change-password.html")]
pub struct ChangePasswordPage {
    pub frame: Frame,
    pub errors: FormErrors,
}

/// GET, POST `/account/herstelcodes`
#[derive(Template)]
#[template(path = "account/new-codes.html")]
pub struct NewCodesPage {
    pub frame: Frame,
    pub errors: FormErrors,
}

impl AccountPage {
    fn seen(&self, session: &Open) -> Moment {
        Moment { lang: self.frame.lang, at: wall_clock(session.seen_at) }
    }

    fn device(&self, session: &Open) -> String {
        match session.device.as_str() {
            "" => fl!(self.frame.t(), "account-device-unknown"),
            device => device.to_owned(),
        }
    }
}

impl ChangePasswordPage {
    fn fields(&self) -> [Field<'_>; 4] {
        let old = fl!(self.frame.t(), "account-old-password");
        let [first, again] = new_password_fields(&self.frame, &self.errors);
        let old = password_field(&self.frame, &self.errors, "oud", old, "current-password");
        [old, code_field(&self.frame, &self.errors), first, again]
    }
}

impl NewCodesPage {
    fn code_field(&self) -> Field<'_> {
        code_field(&self.frame, &self.errors)
    }
}
