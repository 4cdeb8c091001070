//! The table of addresses (adressen) as it is written down: which verbs each path knows, so that another verb is told
//! apart from another path.

use std::collections::BTreeMap;

use actix_web::http::header::ALLOW;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, Route, Scope, guard};

use crate::account::entrance::Visit;
use crate::house::Turn;

/// There are two. What changes something is a POST, so that the door (`door.rs`) has one thing to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    Get,
    Post,
}

/// A path of the table and a verb it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub path: &'static str,
    pub verb: Verb,
}

#[derive(Default)]
pub struct Addresses(Vec<(Known, Route)>);

impl Addresses {
    pub fn route(mut self, path: &'static str, (verb, route): (Verb, Route)) -> Addresses {
        self.0.push((Known { path, verb }, route));
        self
    }

    pub fn known(&self) -> Vec<Known> {
        self.0.iter().map(|(known, _)| *known).collect()
    }

    /// One scope for each first word of a path: a request is held against the addresses of its own street only, some
    /// thirty patterns instead of two hundred.
    pub fn register(self, at: &mut ServiceConfig) {
        let mut verbs: BTreeMap<&'static str, Vec<Verb>> = BTreeMap::new();
        let mut streets: BTreeMap<&'static str, Vec<(&'static str, Vec<Route>)>> = BTreeMap::new();
        for (Known { path, verb }, route) in self.0 {
            verbs.entry(path).or_default().push(verb);
            let (street, rest) = first_word(path);
            let houses = streets.entry(street).or_default();
            match houses.iter_mut().find(|(known, _)| *known == rest) {
                Some((_, routes)) => routes.push(route),
                None => houses.push((rest, vec![route])),
            }
        }
        for (street, houses) in streets {
            let houses = houses.into_iter().map(|(rest, routes)| {
                let house = web::resource(rest).default_service(web::to(nothing_here));
                routes.into_iter().fold(house, Resource::route)
            });
            if street.is_empty() {
                for house in houses {
                    at.service(house);
                }
            } else {
                at.service(houses.fold(web::scope(street), Scope::service));
            }
        }
        at.app_data(Data::new(verbs)).default_service(web::to(nothing_here));
    }
}

/// `/mijn/berichten` is `/berichten` in the street `/mijn`. The front page stands in no street.
fn first_word(path: &'static str) -> (&'static str, &'static str) {
    if path == "/" {
        return ("", path);
    }
    path.split_at(path[1..].find('/').map_or(path.len(), |at| at + 1))
}

/// A route that waits for its handler.
pub struct Waiting(Verb);

/// GET, and HEAD for who only wants to know whether it is there.
pub fn get() -> Waiting {
    Waiting(Verb::Get)
}

pub fn post() -> Waiting {
    Waiting(Verb::Post)
}

impl Waiting {
    pub fn to<F, Args>(self, handler: F) -> (Verb, Route)
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let route = match self.0 {
            Verb::Get => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
            Verb::Post => web::post(),
        };
        (self.0, route.to(handler))
    }
}

/// Whatever is not in the table: another path is not there (404), another verb on a path that is there may not (405).
async fn nothing_here(
    visit: Visit,
    request: HttpRequest,
    table: Data<BTreeMap<&'static str, Vec<Verb>>>,
) -> HttpResponse {
    let Some(verbs) = request.match_pattern().and_then(|path| table.get(path.as_str()).cloned()) else {
        return visit.answer(Err(Turn::NotFound));
    };
    let words: Vec<&str> = verbs.iter().map(|verb| verb.allow()).collect();
    let mut answer = visit.answer(Err(Turn::WrongVerb));
    if let Ok(allow) = words.join(", ").parse() {
        answer.headers_mut().insert(ALLOW, allow);
    }
    answer
}

impl Verb {
    fn allow(self) -> &'static str {
        match self {
            Verb::Get => "GET, HEAD",
            Verb::Post => "POST",
        }
    }
}
