//! The pages of the requests for access (verzoeken om toegang): those of one provider in a list, and one with its answer or
//! with the form that answers it, for the provider's administrator and for the municipality.

use askama::Template;
use i18n_embed_fl::fl;

use crate::account::web::role_word;
use crate::actor::Role;
use crate::calendar::wall_clock;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Moment, Status, Tone};
use crate::provider::access::AccessRequest;

/// What is chosen instead of a role.
pub const REFUSE: &str = "weigeren";

/// GET `/mijn/verzoeken`
#[derive(Template)]
#[template(path = "provider/access-list.html")]
pub struct AccessListPage {
    pub frame: Frame,
    /// Those that wait first, the oldest on top.
    pub rows: Vec<AccessRequest>,
}

/// GET and POST `/mijn/verzoeken/{id}` and `/werkvoorraad/verzoeken/{id}`
#[derive(Template)]
#[template(path = "provider/access.html")]
pub struct AccessPage {
    pub frame: Frame,
    /// The page itself, to which the form is sent.
    pub path: String,
    pub request: AccessRequest,
    /// The municipality answers, because the organisation has no administrator.
    pub of_municipality: bool,
    /// The municipality has this provider in its register.
    pub registered: bool,
    pub typed: AccessTyped,
    pub errors: FormErrors,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessTyped {
    /// A role, or [`REFUSE`].
    pub choice: String,
    pub reason: String,
    pub checked: bool,
}

fn status(frame: &Frame, request: &AccessRequest) -> Status {
    let t = frame.t();
    match request.answer.as_ref().map(|answer| answer.role) {
        None => Status::new(Tone::Todo, fl!(t, "access-waits")),
        Some(Some(_)) => Status::new(Tone::Ok, fl!(t, "access-let-in")).plain(),
        Some(None) => Status::new(Tone::Idle, fl!(t, "access-refused")),
    }
}

fn asked_at(frame: &Frame, request: &AccessRequest) -> Moment {
    frame.moment(&wall_clock(request.asked_at))
}

impl AccessListPage {
    fn status(&self, request: &AccessRequest) -> Status {
        status(&self.frame, request)
    }

    fn asked_at(&self, request: &AccessRequest) -> Moment {
        asked_at(&self.frame, request)
    }

    fn answered(&self, request: &AccessRequest) -> Option<String> {
        let answer = request.answer.as_ref()?;
        let day = self.frame.lang.day(wall_clock(answer.at).date());
        Some(fl!(self.frame.t(), "access-answered-by", name = answer.by.as_str(), day = day))
    }
}

impl AccessPage {
    fn status(&self) -> Status {
        status(&self.frame, &self.request)
    }

    fn asked_at(&self) -> Moment {
        asked_at(&self.frame, &self.request)
    }

    /// What came of it: who, when and as what.
    fn outcome(&self) -> Option<String> {
        let (t, lang) = (self.frame.t(), self.frame.lang);
        let answer = self.request.answer.as_ref()?;
        let (by, day) = (answer.by.as_str(), lang.day(wall_clock(answer.at).date()));
        Some(match answer.role {
            Some(role) => fl!(t, "access-outcome-in", name = by, day = day, role = role_word(lang, role)),
            None => fl!(t, "access-outcome-refused", name = by, day = day),
        })
    }

    fn reason(&self) -> &str {
        self.request.answer.as_ref().map_or("", |answer| answer.reason.as_str())
    }

    fn was_let_in(&self) -> bool {
        self.request.answer.as_ref().is_some_and(|answer| answer.role.is_some())
    }

    fn lead(&self) -> String {
        let t = self.frame.t();
        match self.of_municipality {
            true => fl!(t, "access-lead-municipality"),
            false => fl!(t, "access-lead-provider"),
        }
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let words = |role: Role| match role {
            Role::ProviderAdmin => fl!(t, "access-role-admin"),
            Role::ProviderSignatory => fl!(t, "access-role-signatory"),
            _ => fl!(t, "access-role-user"),
        };
        let choice = |role: Role| Choice::new(role.as_str(), words(role), typed.choice == role.as_str());
        let refuse = Choice::new(REFUSE, fl!(t, "access-choice-refuse"), typed.choice == REFUSE);
        let choices = Role::OF_PROVIDER.map(choice).into_iter().chain([refuse]).collect();
        let reason_hint = match self.of_municipality {
            true => fl!(t, "access-reason-hint-municipality"),
            false => fl!(t, "access-reason-hint-provider"),
        };
        let mut entries = vec![
            Entry::new(lang, "keus", fl!(t, "access-choice"), EntryKind::Radio(choices)),
            Entry::area(lang, "reden", fl!(t, "access-reason"), &typed.reason).hint(reason_hint),
        ];
        if self.of_municipality {
            entries.insert(1, Entry::tick(lang, "nagegaan", fl!(t, "access-checked"), typed.checked));
        }
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}
