//! The page of one agreement (overeenkomst): its state and days, its versions, what happened, and what can be done now.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::act::Act;
use super::{At, Door, Reached, path_of, reach, status_of};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement::Accession;
use crate::agreement::life::transfer::TransferList;
use crate::agreement::life::{Event, LifeState, VersionStanding, store, transfer};
use crate::agreement::offer::office_path;
use crate::agreement::offer::store::{Wanted, parties};
use crate::calendar::wall_clock;
use crate::desk::web::handlers::find as provider_at;
use crate::house::{self, Turn};
use crate::page::{Frame, Moment, Section, Status, Tone, answer};
use crate::provider::Provider;
use crate::report::letter::life::letters as letters_of;
use crate::report::letter::web::LetterLink;

/// GET `/aanbieders/{nr}/overeenkomst/{id}` and `/mijn/looptijd/{id}`
#[derive(Template)]
#[template(path = "life/page.html")]
pub struct LifePage {
    pub frame: Frame,
    pub reached: Reached,
    pub today: NaiveDate,
    pub role: Role,
    /// The oldest first, as they are kept.
    pub events: Vec<Event>,
    pub list: Option<TransferList>,
    /// What the extension term says, when the end is near.
    pub ends_soon: bool,
    /// Other agreements of the same provider: number and address.
    pub others: Vec<(String, String)>,
    /// The offers that were signed here, by the accession that both signatures made.
    pub signed: HashMap<i64, i64>,
}

impl LifePage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "life-title", number = self.reached.life.number.as_str())
    }

    fn status(&self) -> Status {
        status_of(self.frame.lang, self.reached.life.state)
    }

    fn acts(&self) -> Vec<(String, String)> {
        let open = Act::open_to(&self.reached.life, self.role);
        open.map(|act| (act.button(self.frame.lang), format!("{}/handelingen/{act}", self.reached.path()))).collect()
    }

    fn standing(&self, version: &Accession) -> Status {
        let standing = self.reached.life.standing(version, self.today);
        let word = standing.in_words(self.frame.lang);
        match standing {
            VersionStanding::Ahead => Status::new(Tone::Wait, word),
            VersionStanding::Active => Status::new(Tone::Ok, word),
            VersionStanding::Replaced | VersionStanding::Ended => Status::new(Tone::Idle, word),
        }
        .plain()
    }

    /// Where both signatures of a version stand; none of what was brought in from elsewhere.
    fn signatures(&self, version: &Accession) -> Option<String> {
        let party = self.signed.get(&version.id)?;
        Some(match self.reached.door {
            Door::Office => office_path(*party),
            Door::Provider => format!("/mijn/overeenkomst/{party}/ontvangst"),
        })
    }

    /// The newest first.
    fn history(&self) -> Vec<&Event> {
        self.events.iter().rev().collect()
    }

    /// A moment of the tables as the clock on the wall shows it.
    fn on_the_wall(&self, at: &NaiveDateTime) -> Moment {
        self.frame.moment(&wall_clock(*at))
    }

    fn role_word(&self, event: &Event) -> String {
        crate::account::web::role_word(self.frame.lang, event.role)
    }

    fn letters(&self) -> Vec<LetterLink> {
        let link = |(event, kind): (&Event, crate::report::letter::life::LifeLetterKind)| LetterLink {
            name: kind.in_words(self.frame.lang),
            day: event.day,
            href: format!("{}/brieven/{}", self.reached.path(), event.sequence),
        };
        letters_of(&self.events).into_iter().map(link).collect()
    }

    fn waits_for_clients(&self) -> bool {
        let over = self.reached.life.ends_on().is_some_and(|last| last < self.today);
        over && self.reached.life.state.runs()
    }

    fn is_signed(&self) -> bool {
        self.reached.life.state == LifeState::Signed
    }
}

/// GET `/aanbieders/{nr}/overeenkomst` and `/mijn/looptijd`, of who has none or more than one.
#[derive(Template)]
#[template(path = "life/choice.html")]
pub struct ChoicePage {
    pub frame: Frame,
    pub provider: String,
    /// Number, state and address.
    pub agreements: Vec<(String, Status, String)>,
}

/// GET `/aanbieders/{nr}/overeenkomst`
pub async fn of_office(who: Insider, nr: Path<String>) -> HttpResponse {
    who.answer(choose(&who, Door::Office, Some(nr.into_inner())).await)
}

/// GET `/mijn/looptijd`
pub async fn of_provider(who: Insider) -> HttpResponse {
    who.answer(choose(&who, Door::Provider, None).await)
}

async fn choose(who: &Insider, door: Door, nr: Option<String>) -> Result<HttpResponse, Turn> {
    let (actor, own) = (who.actor(), who.actor().own_provider());
    let (provider, found) = house::read(&who.house, move |conn| {
        let provider: Provider = match (door, nr, own) {
            (Door::Office, Some(nr), None) => provider_at(conn, &actor, &nr)?,
            (Door::Provider, _, Some(own)) => {
                crate::provider::store::find_by_id(conn, &actor, own)?.ok_or(Turn::NotFound)?
            }
            (Door::Office, ..) => return Err(Turn::NotFound),
            (Door::Provider, ..) => return Err(Turn::NotAllowed),
        };
        if door == Door::Office && !actor.may_read_dossiers() {
            return Err(Turn::NotAllowed);
        }
        let found = store::of_provider(conn, &actor, provider.id)?;
        Ok((provider, found))
    })
    .await?;
    if let [only] = &found[..] {
        return Ok(see_other(&path_of(door, &provider, only.id)));
    }
    let frame = match door {
        Door::Office => who.frame_within(&crate::desk::web::handlers::link(&provider)),
        Door::Provider => who.frame(Some(Section::Mine)),
    };
    let lang = who.lang;
    let agreement = |one: &crate::agreement::life::Life| {
        (one.number.clone(), status_of(lang, one.state), path_of(door, &provider, one.id))
    };
    let agreements = found.iter().map(agreement).collect();
    Ok(answer(StatusCode::OK, &ChoicePage { frame, provider: provider.name.clone(), agreements }))
}

/// GET `/aanbieders/{nr}/overeenkomst/{id}`
pub async fn office(who: Insider, at: Path<(String, i64)>) -> HttpResponse {
    who.answer(show(&who, At::office(at.into_inner())).await)
}

/// GET `/mijn/looptijd/{id}`
pub async fn provider(who: Insider, at: Path<i64>) -> HttpResponse {
    who.answer(show(&who, At::provider(at.into_inner())).await)
}

async fn show(who: &Insider, at: At) -> Result<HttpResponse, Turn> {
    let (actor, today) = (who.actor(), who.house.today());
    let (reached, events, list, ends_soon, others, signed) = house::read(&who.house, move |conn| {
        let reached = reach(conn, &actor, &at)?;
        let events = store::events(conn, &actor, reached.life.id)?;
        let list = transfer::of(conn, &actor, &reached.life)?;
        let months = crate::procedure::store::terms(conn, &actor, today)?.life.extension_months;
        let ends_soon = reached.life.state == LifeState::Active
            && reached.life.told_late(today, months)
            && reached.life.ends_on().is_some_and(|last| last >= today);
        let all = store::of_provider(conn, &actor, reached.provider.id)?;
        let rest = all.into_iter().filter(|one| one.id != reached.life.id);
        let others: Vec<(String, String)> =
            rest.map(|one| (one.number.clone(), path_of(reached.door, &reached.provider, one.id))).collect();
        let offers = parties(conn, &actor, Wanted::Provider(reached.provider.id))?;
        let signed = offers.into_iter().filter_map(|(_, party)| Some((party.accession?, party.id))).collect();
        Ok((reached, events, list, ends_soon, others, signed))
    })
    .await?;
    let frame = Frame { here: reached.path(), ..reached.frame(who) };
    let role = who.person().role;
    Ok(answer(StatusCode::OK, &LifePage { frame, reached, today, role, events, list, ends_soon, others, signed }))
}
