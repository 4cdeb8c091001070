//! The page of whoever looks after users (gebruikersbeheer): who has which role, when it was last reviewed, and a form to
//! invite somebody.

use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use crate::account::store::people::Seat;
use crate::account::web::entry::email_field;
use crate::account::web::role_word;
use crate::account::{FOUR_EYES, REVIEW_LASTS, SPECIAL_RIGHTS};
use crate::actor::Role;
use crate::calendar::wall_clock;
use crate::page::{Day, Field, FormErrors, Frame, Moment, Status, Tone};

/// GET `/beheer/gebruikers` and `/aanbieders/{nr}/gebruikers`, and the answer to their forms.
#[derive(Template)]
#[template(path = "account/people.html")]
pub struct PeoplePage {
    pub frame: Frame,
    /// `/beheer/gebruikers`
    pub base: String,
    pub rows: Vec<Row>,
    /// What may be given.
    pub roles: Vec<Role>,
    pub form: Typed,
    pub errors: FormErrors,
    /// What was just done, in words.
    pub done: Option<String>,
    pub now: NaiveDateTime,
    /// What was searched for, and among how many.
    pub sought: String,
    pub all: usize,
}

/// So many people are looked over without searching.
const LOOKED_OVER: usize = 15;

/// What was typed in the form.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: String,
    pub email: String,
    pub role: Option<Role>,
    pub provider: String,
    /// What he should know before he gives this role, once it was asked: it is given on the next press, when ticked.
    pub warned: bool,
}

pub struct Row {
    pub seat: Seat,
    pub last_seen: Option<NaiveDateTime>,
    /// The administrator himself.
    pub oneself: bool,
}

impl PeoplePage {
    fn is_long(&self) -> bool {
        self.all > LOOKED_OVER || !self.sought.is_empty()
    }

    fn field<'a>(&'a self, id: &'a str, label: String, value: &'a str) -> Field<'a> {
        let error_word = fl!(self.frame.t(), "page-error-word");
        Field { id, kind: "text", label, value, error: self.errors.at(id), error_word, ..Field::default() }
    }

    fn name_field(&self) -> Field<'_> {
        self.field("naam", fl!(self.frame.t(), "account-name"), &self.form.name)
    }

    fn email_field(&self) -> Field<'_> {
        email_field(&self.frame, &self.errors, &self.form.email, "off")
    }

    fn provider_field(&self) -> Field<'_> {
        let t = self.frame.t();
        let hint = Some(fl!(t, "account-people-provider-hint"));
        Field { hint, ..self.field("aanbieder", fl!(t, "account-people-provider"), &self.form.provider) }
    }

    /// Whether somebody of a provider can be invited by naming the provider.
    fn names_provider(&self) -> bool {
        self.roles.iter().any(|role| !role.is_of_provider())
    }

    fn role(&self, role: &Role) -> String {
        role_word(self.frame.lang, *role)
    }

    fn chosen(&self, role: &Role) -> bool {
        self.form.role == Some(*role)
    }

    fn is_four_eyes(&self, row: &Row) -> bool {
        FOUR_EYES.contains(&row.seat.role)
    }

    /// Has both roles of one decision: he may still not decide on his own advice.
    fn has_both(&self, row: &Row) -> bool {
        let has = |role: Role| {
            self.rows.iter().any(|one| one.seat.account_id == row.seat.account_id && one.seat.role == role)
        };
        self.is_four_eyes(row) && FOUR_EYES.iter().all(|role| has(*role))
    }

    fn state(&self, row: &Row) -> Status {
        let t = self.frame.t();
        match (row.seat.disabled_at, row.seat.has_factor) {
            (Some(_), _) => Status::new(Tone::Bad, fl!(t, "account-people-disabled")),
            (None, true) => Status::new(Tone::Ok, fl!(t, "account-people-active")).plain(),
            (None, false) => Status::new(Tone::Wait, fl!(t, "account-people-invited")),
        }
    }

    fn seen(&self, row: &Row) -> Option<Moment> {
        row.last_seen.map(|at| Moment { lang: self.frame.lang, at: wall_clock(at) })
    }

    fn is_special(&self, row: &Row) -> bool {
        SPECIAL_RIGHTS.contains(&row.seat.role)
    }

    fn reviewed(&self, row: &Row) -> Option<(Day, String)> {
        let at = wall_clock(row.seat.reviewed_at?).date();
        let by = row.seat.reviewed_by.clone().unwrap_or_default();
        Some((Day { lang: self.frame.lang, day: at, table: true }, by))
    }

    /// Nobody looked at this special right for a quarter.
    fn is_due(&self, row: &Row) -> bool {
        self.is_special(row) && self.now - row.seat.reviewed_at.unwrap_or(row.seat.granted_at) > REVIEW_LASTS
    }

    fn due(&self) -> usize {
        self.rows.iter().filter(|row| self.is_due(row)).count()
    }
}
