//! What is done to an agreement (handeling): a form, a check page, and what will follow. One page for both sides; the verbs
//! say whose it is.

use askama::Template;
use i18n_embed_fl::fl;

use super::Reached;
use crate::actor::Role;
use crate::agreement::life::{Ground, Life, LifeVerb};
use crate::page::entry::{Choice, EntryKind};
use crate::page::{Entry, FormErrors, Frame};
use crate::text::Lang;

codes! {
    /// The acts that have a page; the word stands in the address.
    pub enum Act {
        StopClients = "clientenstop",
        AskStop = "clientenstop-vragen",
        AgreeStop = "clientenstop-akkoord",
        RefuseStop = "clientenstop-weigeren",
        LiftStop = "clientenstop-opheffen",
        GiveNotice = "opzeggen",
        Terminate = "opzegging",
        Intend = "voornemen",
        StateViews = "zienswijze",
        DropIntention = "voornemen-intrekken",
        Dissolve = "ontbinden",
        DissolveAtOnce = "ontbinden-met-spoed",
        Extend = "verlengen",
        StopDelivery = "begeleiding-stoppen",
    }
}

impl Act {
    pub fn verb(self) -> LifeVerb {
        match self {
            Act::StopClients => LifeVerb::StopClients,
            Act::AskStop => LifeVerb::AskStop,
            Act::AgreeStop => LifeVerb::AgreeStop,
            Act::RefuseStop => LifeVerb::RefuseStop,
            Act::LiftStop => LifeVerb::LiftStop,
            Act::GiveNotice => LifeVerb::GiveNotice,
            Act::Terminate => LifeVerb::Terminate,
            Act::Intend => LifeVerb::Intend,
            Act::StateViews => LifeVerb::StateViews,
            Act::DropIntention => LifeVerb::DropIntention,
            Act::Dissolve => LifeVerb::Dissolve,
            Act::DissolveAtOnce => LifeVerb::DissolveAtOnce,
            Act::Extend => LifeVerb::Extend,
            Act::StopDelivery => LifeVerb::StopDelivery,
        }
    }

    /// What this role can do now.
    pub fn open_to(life: &Life, role: Role) -> impl Iterator<Item = Act> {
        let open = move |act: &Act| {
            act.verb().leads(life.state).is_some() && act.verb().roles().contains(&role) && act.fits(life)
        };
        Act::ALL.iter().copied().filter(open)
    }

    /// Whether there is something to do it with, apart from the state.
    fn fits(self, life: &Life) -> bool {
        match self {
            Act::AskStop => life.asked_stop_from.is_none(),
            Act::AgreeStop | Act::RefuseStop => life.asked_stop_from.is_some(),
            Act::Intend => life.intention.is_none(),
            Act::StateViews | Act::DropIntention | Act::Dissolve => life.intention.is_some(),
            Act::Extend => life.ends_on().is_some(),
            Act::StopClients
            | Act::LiftStop
            | Act::GiveNotice
            | Act::Terminate
            | Act::DissolveAtOnce
            | Act::StopDelivery => true,
        }
    }

    /// The closed list to choose from; none where there is nothing to choose.
    pub fn grounds(self) -> &'static [Ground] {
        match self {
            Act::StopClients => Ground::OF_STOP,
            Act::Terminate => Ground::OF_NOTICE,
            Act::Intend | Act::DissolveAtOnce => Ground::OF_DISSOLUTION,
            _ => &[],
        }
    }

    pub fn needs_day(self) -> bool {
        matches!(self, Act::AskStop | Act::Extend | Act::StopDelivery)
    }

    fn day_label(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Act::AskStop => fl!(t, "life-first-day"),
            Act::StopDelivery => fl!(t, "life-last-day"),
            _ => fl!(t, "life-new-last-day"),
        }
    }

    pub fn needs_words(self) -> bool {
        !matches!(self, Act::AgreeStop | Act::GiveNotice | Act::Extend)
    }

    pub fn button(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Act::StopClients => fl!(t, "life-act-stop-clients"),
            Act::AskStop => fl!(t, "life-act-ask-stop"),
            Act::AgreeStop => fl!(t, "life-act-agree-stop"),
            Act::RefuseStop => fl!(t, "life-act-refuse-stop"),
            Act::LiftStop => fl!(t, "life-act-lift-stop"),
            Act::GiveNotice => fl!(t, "life-act-give-notice"),
            Act::Terminate => fl!(t, "life-act-terminate"),
            Act::Intend => fl!(t, "life-act-intend"),
            Act::StateViews => fl!(t, "life-act-state-views"),
            Act::DropIntention => fl!(t, "life-act-drop-intention"),
            Act::Dissolve => fl!(t, "life-act-dissolve"),
            Act::DissolveAtOnce => fl!(t, "life-act-dissolve-at-once"),
            Act::Extend => fl!(t, "life-act-extend"),
            Act::StopDelivery => fl!(t, "life-act-stop-delivery"),
        }
    }

    /// What follows from it.
    fn lead(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Act::StopClients => fl!(t, "life-lead-stop-clients"),
            Act::AskStop => fl!(t, "life-lead-ask-stop"),
            Act::AgreeStop => fl!(t, "life-lead-agree-stop"),
            Act::RefuseStop => fl!(t, "life-lead-refuse-stop"),
            Act::LiftStop => fl!(t, "life-lead-lift-stop"),
            Act::GiveNotice => fl!(t, "life-lead-give-notice"),
            Act::Terminate => fl!(t, "life-lead-terminate"),
            Act::Intend => fl!(t, "life-lead-intend"),
            Act::StateViews => fl!(t, "life-lead-state-views"),
            Act::DropIntention => fl!(t, "life-lead-drop-intention"),
            Act::Dissolve => fl!(t, "life-lead-dissolve"),
            Act::DissolveAtOnce => fl!(t, "life-lead-dissolve-at-once"),
            Act::Extend => fl!(t, "life-lead-extend"),
            Act::StopDelivery => fl!(t, "life-lead-stop-delivery"),
        }
    }
}

/// What was typed, kept when the form comes back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub ground: Option<Ground>,
    pub words: String,
    pub day: String,
    /// The case number of the one client it is about.
    pub case: String,
    /// Somebody looked: not scarce or unique, and not loved by its clients.
    pub not_spared: bool,
}

/// GET and POST `…/handelingen/{handeling}`
#[derive(Template)]
#[template(path = "life/act.html")]
pub struct ActPage {
    pub frame: Frame,
    pub reached: Reached,
    pub act: Act,
    /// The page on which it is done, after the one on which it was written.
    pub checking: bool,
    /// What stands in the way; it may be tried all the same, and is refused with the same words.
    pub blocked: Option<String>,
    /// What the house knows that bears on it, each with its name.
    pub facts: Vec<(String, String)>,
    /// The case numbers of the clients who are with the provider, where one is chosen.
    pub cases: Vec<String>,
    /// What is done all the same, and recorded.
    pub warning: Option<String>,
    pub typed: Typed,
    pub seen: i32,
    pub errors: FormErrors,
}

impl ActPage {
    fn title(&self) -> String {
        let button = self.act.button(self.frame.lang);
        if self.checking { fl!(self.frame.t(), "life-check", act = button) } else { button }
    }

    fn button(&self) -> String {
        self.act.button(self.frame.lang)
    }

    fn lead(&self) -> String {
        self.act.lead(self.frame.lang)
    }

    fn path(&self) -> String {
        format!("{}/handelingen/{}", self.reached.path(), self.act)
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let mut entries = Vec::new();
        if !self.act.grounds().is_empty() {
            let chosen = |ground: &Ground| typed.ground == Some(*ground);
            let choice = |ground: &Ground| Choice::new(ground.as_str(), ground.in_words(lang), chosen(ground));
            let choices = EntryKind::Radio(self.act.grounds().iter().map(choice).collect());
            entries.push(Entry::new(lang, "grond", fl!(t, "life-ground"), choices));
        }
        if self.act == Act::StopDelivery {
            let choice = |case: &String| Choice::new(case, case.clone(), *case == typed.case);
            let choices = EntryKind::Radio(self.cases.iter().map(choice).collect());
            entries.push(Entry::new(lang, "zaak", fl!(t, "life-case"), choices));
        }
        if self.act.needs_day() {
            entries.push(Entry::day(lang, "dag", self.act.day_label(lang), &typed.day));
        }
        let label = match (self.act, self.act.needs_words()) {
            (Act::StateViews, _) => fl!(t, "life-words-views"),
            (_, true) => fl!(t, "life-words-reason"),
            (_, false) => fl!(t, "life-words-free"),
        };
        entries.push(Entry::area(lang, "reden", label, &typed.words).hint(fl!(t, "life-words-hint")));
        if self.act == Act::Terminate {
            entries.push(Entry::tick(lang, "niet_gespaard", fl!(t, "life-not-spared"), typed.not_spared));
        }
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }

    /// What was filled in, as the check page says it.
    fn said(&self) -> Vec<(String, String)> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let day = crate::page::entry::read_day(&typed.day).filter(|_| self.act.needs_day());
        let ground = typed.ground.map(|ground| (fl!(t, "life-ground"), ground.in_words(lang)));
        let case = (self.act == Act::StopDelivery).then(|| (fl!(t, "life-case"), typed.case.clone()));
        let day = day.map(|day| (self.act.day_label(lang), lang.day(day)));
        ground.into_iter().chain(case).chain(day).collect()
    }

    fn ground_word(&self) -> &'static str {
        self.typed.ground.map_or("", Ground::as_str)
    }
}
