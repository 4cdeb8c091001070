//! The pages of signing in (inloggen): the password, the code, the choice of a role, a new password, and setting up the
//! second factor.

use askama::Template;
use i18n_embed_fl::fl;

use crate::account::store::Person;
use crate::account::web::role_word;
use crate::page::{Field, FormErrors, Frame};
use crate::text::Lang;

/// GET, POST `/inloggen`: e-mail address and password.
#[derive(Template)]
#[template(path = "account/sign-in.html")]
pub struct SignInPage {
    pub frame: Frame,
    pub errors: FormErrors,
    /// As it was typed. The password never comes back.
    pub email: String,
    /// Whether staff may sign in at its organisation, and providers with eHerkenning.
    pub organisation: bool,
    pub eherkenning: bool,
}

/// GET, POST `/inloggen/code`: the second step.
#[derive(Template)]
#[template(path = "account/code.html")]
pub struct CodePage {
    pub frame: Frame,
    pub errors: FormErrors,
}

/// GET, POST `/inloggen/kiezen` and `/wisselen`: in which role.
#[derive(Template)]
#[template(path = "account/choose.html")]
pub struct ChoosePage {
    pub frame: Frame,
    pub choices: Vec<Choice>,
    pub action: &'static str,
}

pub struct Choice {
    pub grant_id: i64,
    /// `Gemeente Noordermeer`
    pub municipality: String,
    /// The role, with the provider.
    pub role: String,
    pub current: bool,
}

impl Choice {
    pub fn of(lang: Lang, person: &Person, current: Option<i64>) -> Choice {
        let role = role_word(lang, person.role);
        Choice {
            grant_id: person.grant_id,
            municipality: fl!(lang.texts(), "page-municipality", name = person.municipality.as_str()),
            role: match &person.provider {
                Some((_, _, name)) => format!("{name}, {role}"),
                None => role,
            },
            current: current == Some(person.grant_id),
        }
    }
}

/// GET, POST `/inloggen/vergeten`. What it says after the form was sent is the same for every address.
#[derive(Template)]
#[template(path = "account/forgotten.html")]
pub struct ForgottenPage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub email: String,
    pub sent: bool,
}

/// GET, POST `/inloggen/uitnodiging/{token}` and `/inloggen/wachtwoord/{token}`: choose a password.
#[derive(Template)]
#[template(path = "account/new-password.html")]
pub struct NewPasswordPage {
    pub frame: Frame,
    pub errors: FormErrors,
    pub action: String,
    pub name: String,
    pub email: String,
    /// By an invitation; the second factor is set up next.
    pub invited: bool,
    /// Where else an invitation may be accepted: where that leads, and its words.
    pub elsewhere: Vec<(String, String)>,
}

/// GET, POST `/inloggen/instellen`: the key for the app, and a code to confirm it.
#[derive(Template)]
#[template(path = "account/set-up.html")]
pub struct SetUpPage {
    pub frame: Frame,
    pub errors: FormErrors,
    /// To type over: `JBSW Y3DP …`.
    pub key: String,
}

/// GET `/inloggen/herstelcodes`: shown once.
#[derive(Template)]
#[template(path = "account/codes.html")]
pub struct CodesPage {
    pub frame: Frame,
    pub codes: Vec<String>,
}

/// A field for a password. What was typed in it is never sent back.
pub fn password_field<'a>(
    frame: &Frame,
    errors: &'a FormErrors,
    id: &'a str,
    label: String,
    autocomplete: &'a str,
) -> Field<'a> {
    let error_word = fl!(frame.t(), "page-error-word");
    Field { id, kind: "password", label, error: errors.at(id), error_word, autocomplete, ..Field::default() }
}

/// A field for a code of the app, or a recovery code.
pub fn code_field<'a>(frame: &Frame, errors: &'a FormErrors) -> Field<'a> {
    let t = frame.t();
    Field {
        id: "code",
        kind: "text",
        label: fl!(t, "account-code"),
        hint: Some(fl!(t, "account-code-hint")),
        error: errors.at("code"),
        error_word: fl!(t, "page-error-word"),
        autocomplete: "one-time-code",
        ..Field::default()
    }
}

/// A field for an e-mail address, with what was typed.
pub fn email_field<'a>(frame: &Frame, errors: &'a FormErrors, typed: &'a str, autocomplete: &'a str) -> Field<'a> {
    let t = frame.t();
    Field {
        id: "email",
        kind: "email",
        label: fl!(t, "account-email"),
        value: typed,
        error: errors.at("email"),
        error_word: fl!(t, "page-error-word"),
        autocomplete,
        ..Field::default()
    }
}

impl SignInPage {
    fn email_field(&self) -> Field<'_> {
        email_field(&self.frame, &self.errors, &self.email, "username")
    }

    fn password_field(&self) -> Field<'_> {
        let label = fl!(self.frame.t(), "account-password");
        password_field(&self.frame, &self.errors, "wachtwoord", label, "current-password")
    }
}

impl CodePage {
    fn code_field(&self) -> Field<'_> {
        code_field(&self.frame, &self.errors)
    }
}

impl ForgottenPage {
    fn email_field(&self) -> Field<'_> {
        email_field(&self.frame, &self.errors, &self.email, "username")
    }
}

impl NewPasswordPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "account-choose-password")
    }

    fn fields(&self) -> [Field<'_>; 2] {
        new_password_fields(&self.frame, &self.errors)
    }
}

impl SetUpPage {
    fn code_field(&self) -> Field<'_> {
        Field { hint: Some(fl!(self.frame.t(), "account-set-up-code-hint")), ..code_field(&self.frame, &self.errors) }
    }
}

/// The new password and the same once more.
pub fn new_password_fields<'a>(frame: &Frame, errors: &'a FormErrors) -> [Field<'a>; 2] {
    let t = frame.t();
    let first = password_field(frame, errors, "nieuw", fl!(t, "account-new-password"), "new-password");
    let again = password_field(frame, errors, "nogmaals", fl!(t, "account-password-again"), "new-password");
    [Field { hint: Some(fl!(t, "account-password-hint")), ..first }, again]
}
