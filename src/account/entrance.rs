//! The entrance (binnenkomst): who a request is from. A handler's first argument says who may enter: `Visit` is anybody,
//! `Insider` is somebody who signed in.

use std::future::Future;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::error::InternalError;
use actix_web::http::{Method, header};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use chrono::{NaiveDate, TimeDelta};
use diesel::QueryResult;
use i18n_embed_fl::fl;

use crate::account::device;
use crate::account::store::Person;
use crate::account::store::session::{self, AtWork};
use crate::account::web::role_word;
use crate::account::{JOURNEY_LASTS, SESSION_LASTS, Token, Way};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::house::{self, House, Turn, origin};
use crate::page::{
    Frame, MenuItem, ProviderLink, Section, Side, SignedIn, menu_of_admin, menu_of_agreements, menu_of_budget,
    menu_of_contact, menu_of_dossiers, menu_of_lives, menu_of_municipality, menu_of_planning, menu_of_provider,
    menu_of_tables, way_back,
};
use crate::quarter::Quarter;
use crate::text::Lang;
use crate::written::slug;
use crate::{log, mail};

/// A request, and who it is from as far as that is known.
pub struct Visit {
    pub house: Data<House>,
    pub lang: Lang,
    pub person: Option<Person>,
    /// Path and query.
    pub here: String,
    /// The address the request came from, for the audit.
    pub origin: String,
    pub key: Option<Token>,
    /// Where somebody stands who is between the door and the house.
    pub porch: Option<Token>,
    /// What the browser is known by of who was sent elsewhere to sign in.
    pub journey: Option<Token>,
    /// What the request came from, in words, and the mark by which it is known.
    pub device: String,
    pub device_mark: Option<Token>,
    switches: bool,
    in_menu: InMenu,
    /// How he came in who is at work.
    pub way: Option<Way>,
}

/// Counts the lines of the work queue that wait for somebody. Dossiers come later in the house than its entrance: the
/// table of addresses brings the count along.
#[derive(Clone, Copy)]
pub struct WorkCount(pub fn(&mut Conn, &Actor, NaiveDate) -> QueryResult<usize>);

/// Tells whether a provider has an agreement, so that its people state quarters. Brought along in the same way.
#[derive(Clone, Copy)]
pub struct HasAgreement(pub fn(&mut Conn, &Actor) -> QueryResult<bool>);

/// What the menu of somebody at work says besides.
#[derive(Clone, Copy, Default)]
struct InMenu {
    /// How many lines of the work queue wait for this person himself; of a provider's administrator how many requests.
    waiting: usize,
    /// His provider states quarters.
    states: bool,
}

/// A request of somebody who signed in.
pub struct Insider {
    visit: Visit,
    person: Person,
}

impl Visit {
    /// The frame of a page for this visitor.
    pub fn frame(&self, section: Option<Section>) -> Frame {
        match &self.person {
            None => Frame::public(self.lang, self.here.as_str()),
            Some(person) => Frame {
                lang: self.lang,
                municipality: person.municipality.clone(),
                user: Some(SignedIn { name: person.name.clone(), role: self.role(person), switches: self.switches }),
                menu: self.menu(person, section),
                crumbs: Vec::new(),
                here: self.here.clone(),
            },
        }
    }

    fn role(&self, person: &Person) -> String {
        match &person.provider {
            Some((_, _, name)) => format!("{name}, {}", role_word(self.lang, person.role)),
            None => role_word(self.lang, person.role),
        }
    }

    fn menu(&self, person: &Person, section: Option<Section>) -> Vec<MenuItem> {
        let mut menu = match &person.provider {
            Some((_, number, name)) => {
                let link = ProviderLink { key: slug(*number, name), name: name.clone() };
                let open = self.in_menu.states.then(|| Quarter::of(self.house.today()).previous());
                menu_of_provider(self.lang, &link, open, self.in_menu.waiting, section)
            }
            None => {
                let mut menu = menu_of_municipality(self.lang, section);
                let actor = person.actor(&self.origin);
                if actor.may_read_dossiers() {
                    menu.insert(0, menu_of_dossiers(self.lang, self.in_menu.waiting, section));
                    menu.push(menu_of_agreements(self.lang, section));
                    menu.push(menu_of_tables(self.lang, section));
                    menu.push(menu_of_lives(self.lang, section));
                    menu.push(menu_of_planning(self.lang, section));
                }
                if person.role == Role::ContactPerson {
                    menu.splice(0..0, menu_of_contact(self.lang, section));
                }
                if actor.may_see_money() {
                    menu.push(menu_of_budget(self.lang, section));
                }
                if mail::may_look(&actor) {
                    menu.push(menu_of_admin(self.lang, section));
                }
                menu
            }
        };
        if let Some(href) = users_page(person) {
            let text = fl!(self.lang.texts(), "page-menu-users");
            menu.push(MenuItem { text, href, current: section == Some(Section::Users) });
        }
        menu
    }

    /// The answer to this visitor, whatever came of the request.
    pub fn answer(&self, result: Result<HttpResponse, Turn>) -> HttpResponse {
        result.unwrap_or_else(|turn| turn.answer(self.frame(None)))
    }
}

/// Where this person looks after users, when that is his task.
pub fn users_page(person: &Person) -> Option<String> {
    match (person.role, &person.provider) {
        (Role::FunctionalAdmin, _) => Some("/beheer/gebruikers".to_owned()),
        (Role::ProviderAdmin, Some((_, number, name))) => {
            Some(format!("/aanbieders/{}/gebruikers", slug(*number, name)))
        }
        _ => None,
    }
}

impl Insider {
    pub fn person(&self) -> &Person {
        &self.person
    }

    pub fn actor(&self) -> Actor {
        self.person.actor(&self.visit.origin)
    }

    pub fn side(&self) -> Side {
        match self.person.role {
            Role::ContractManager => Side::Manager,
            role if role.is_of_provider() => Side::Provider,
            _ => Side::Viewer,
        }
    }

    /// The frame of a page in the section where this person finds providers: the list, or his own.
    pub fn frame_of_providers(&self) -> Frame {
        let section = match self.person.provider {
            Some(_) => Section::Organisation,
            None => Section::Providers,
        };
        self.visit.frame(Some(section))
    }

    /// The same for a page below the list; a provider's person has no list to go back to.
    pub fn frame_under_list(&self) -> Frame {
        let frame = self.frame_of_providers();
        match self.person.provider {
            Some(_) => frame,
            None => frame.crumb(fl!(self.visit.lang.texts(), "page-menu-providers"), "/aanbieders"),
        }
    }

    /// The frame of the page where a statement is handed in: for a provider's person a section of its own.
    pub fn frame_of_statement(&self, provider: &ProviderLink) -> Frame {
        match self.person.provider {
            Some(_) => self.visit.frame(Some(Section::Statement)).crumb(provider.name.clone(), provider.path()),
            None => self.frame_within(provider),
        }
    }

    /// The same for a page below that of one provider.
    pub fn frame_within(&self, provider: &ProviderLink) -> Frame {
        self.frame_under_list().crumb(provider.name.clone(), provider.path())
    }
}

impl std::ops::Deref for Insider {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Visit, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(enter(&request).await) })
    }
}

impl FromRequest for Insider {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Insider, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let visit = enter(&request).await;
            match visit.person.clone() {
                Some(person) => Ok(Insider { visit, person }),
                None => {
                    let answer = HttpResponse::SeeOther().insert_header((header::LOCATION, "/inloggen")).finish();
                    Err(InternalError::from_response("not signed in", answer).into())
                }
            }
        })
    }
}

async fn enter(request: &HttpRequest) -> Visit {
    let house = request.app_data::<Data<House>>().expect("the house is in the application's data").clone();
    let key = request.cookie(cookie_name(&house)).and_then(|cookie| Token::read(cookie.value()));
    let found = match &key {
        Some(key) => recognise(&house, key.clone(), request.app_data().copied(), request.app_data().copied())
            .await
            .unwrap_or_else(|turn| {
                tracing::error!(?turn, "a session could not be looked up");
                None
            }),
        None => None,
    };
    let switches = found.as_ref().is_some_and(|(found, _)| found.switches);
    let way = found.as_ref().map(|(found, _)| found.way);
    let (person, in_menu) = found.map_or((None, InMenu::default()), |(found, known)| (Some(found.person), known));
    if let Some(person) = &person {
        log::request_is_from(person.account_id);
    }
    let chosen = request.cookie(LANGUAGE_COOKIE).and_then(|cookie| cookie.value().parse().ok());
    let lang = person.as_ref().map(|person| person.language).or(chosen).unwrap_or(Lang::Nl);
    let here = here(request);
    let origin = origin::of(request);
    let porch = request.cookie(porch_name(&house)).and_then(|cookie| Token::read(cookie.value()));
    let journey = request.cookie(journey_name(&house)).and_then(|cookie| Token::read(cookie.value()));
    let (device, device_mark) = (device::of(request), device::mark(&house, request));
    Visit { house, lang, person, here, origin, key, porch, journey, device, device_mark, switches, in_menu, way }
}

/// The page that a visitor is on: what he asks for, and with a form the page on which it stands, as far as his browser
/// tells. A form's own address is often no page.
pub fn here(request: &HttpRequest) -> String {
    let asked = request.uri().path_and_query().map_or("/", |here| here.as_str());
    if *request.method() != Method::POST {
        return asked.to_owned();
    }
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let from = text(header::REFERER).and_then(|from| from.split_once("://"));
    let from = from.and_then(|(_, from)| from.strip_prefix(text(header::HOST)?));
    let from = from.filter(|path| path.starts_with('/') && path.len() <= 1024 && way_back(path) == *path);
    from.unwrap_or(asked).to_owned()
}

/// Who holds this key, and how much work waits for him. That he was seen is written down at most once in five minutes.
async fn recognise(
    house: &Data<House>,
    key: Token,
    count: Option<WorkCount>,
    agreement: Option<HasAgreement>,
) -> Result<Option<(AtWork, InMenu)>, Turn> {
    let (now, today) = (house.now(), house.today());
    let (looked_up, here) = (key.clone(), house.clone());
    let found = house::read(house, move |conn| {
        let Some(found) = session::at_work(conn, now, &looked_up)? else { return Ok(None) };
        let actor = found.person.actor("");
        let has_work = actor.may_read_dossiers() || actor.role() == Role::ProviderAdmin;
        let waiting = match count.filter(|_| has_work) {
            Some(WorkCount(count)) => here.counted.number(conn, &actor, today, count)?,
            None => 0,
        };
        let states = match agreement.filter(|_| actor.own_provider().is_some()) {
            Some(HasAgreement(tells)) => tells(conn, &actor)?,
            None => false,
        };
        Ok(Some((found, InMenu { waiting, states })))
    })
    .await?;
    if found.as_ref().is_some_and(|(found, _)| now - found.seen_at > TimeDelta::minutes(5)) {
        house::write(house, move |conn| Ok(session::see(conn, now, &key)?)).await?;
    }
    Ok(found)
}

/// Remembers the language of a visitor who is not signed in.
pub const LANGUAGE_COOKIE: &str = "taal";

/// The name of the session cookie. Over https the prefix makes browsers hold it to this host alone.
pub fn cookie_name(house: &House) -> &'static str {
    if house.https() { "__Host-openhouse" } else { "openhouse" }
}

fn porch_name(house: &House) -> &'static str {
    if house.https() { "__Host-openhouse-portaal" } else { "openhouse-portaal" }
}

/// The cookie of somebody in the porch, or with no key the one that takes it away. It lasts as long as the browser, and
/// the porch a quarter of an hour.
pub fn porch_cookie(house: &House, key: Option<&Token>) -> Cookie<'static> {
    let cookie = Cookie::build(porch_name(house), key.map_or(String::new(), |key| key.as_str().to_owned()))
        .path("/")
        .http_only(true)
        .secure(house.https())
        .same_site(SameSite::Lax);
    match key {
        Some(_) => cookie.finish(),
        None => cookie.max_age(time::Duration::ZERO).finish(),
    }
}

fn journey_name(house: &House) -> &'static str {
    if house.https() { "__Host-openhouse-uitstap" } else { "openhouse-uitstap" }
}

/// The cookie of a browser that is sent elsewhere: only there does who comes back come in.
pub fn journey_cookie(house: &House, browser: &Token) -> Cookie<'static> {
    Cookie::build(journey_name(house), browser.as_str().to_owned())
        .path("/")
        .http_only(true)
        .secure(house.https())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(JOURNEY_LASTS.num_seconds()))
        .finish()
}

/// The cookie of a new session, or with no key the one that takes it away.
pub fn session_cookie(house: &House, key: Option<&Token>) -> Cookie<'static> {
    let cookie = Cookie::build(cookie_name(house), key.map_or(String::new(), |key| key.as_str().to_owned()))
        .path("/")
        .http_only(true)
        .secure(house.https())
        .same_site(SameSite::Lax);
    match key {
        Some(_) => cookie.max_age(time::Duration::seconds(SESSION_LASTS.num_seconds())).finish(),
        None => cookie.max_age(time::Duration::ZERO).finish(),
    }
}
