//! The door (de voordeur): which requests come in at all. What is asked under another name, is too long, or is a form
//! of another site, is turned away before anybody looks at what it wants.

use std::net::{IpAddr, SocketAddr};

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::Data;

use super::guard;
use super::manners::Manners;
use crate::house::{House, Turn};

/// Path and query together. Browsers and proxies of today take at least this much; no page of ours needs more than a
/// quarter of it.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// A monitor and a proxy ask these by the address of the machine; they tell nothing.
const ASKED_BY_MACHINES: [&str; 2] = ["/healthz", "/readyz"];

/// An identity provider sends these, not a page: they are believed for their signature, and no cookie counts in them.
const SENT_BY_MACHINES: [&str; 1] = ["/inloggen/organisatie/afmelden"];

pub async fn at_the_door(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if let Some(turn) = refused(&request) {
        let answer = turn.answer(guard::frame(request.request()));
        return Ok(request.into_response(answer).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

fn refused(request: &ServiceRequest) -> Option<Turn> {
    let house = request.app_data::<Data<House>>()?;
    let manners = request.app_data::<Data<Manners>>()?;
    let host = text(request, header::HOST.as_str()).unwrap_or_default();
    if !ASKED_BY_MACHINES.contains(&request.path()) && !is_ours(host, &house.public_url, manners.listen) {
        return Some(Turn::WrongHost { right: house.public_url.clone() });
    }
    if request.uri().path_and_query().is_some_and(|asked| asked.as_str().len() > LONGEST_ADDRESS) {
        return Some(Turn::TooLong);
    }
    let sent = *request.method() == Method::POST && !SENT_BY_MACHINES.contains(&request.path());
    (sent && !from_this_site(request, host)).then_some(Turn::NotAllowed)
}

/// "Host allow-list" (security.md 7): the name of the public address, and this machine's own names for itself when
/// it listens there. The port is left aside: a proxy has another one.
fn is_ours(host: &str, public_url: &str, listen: SocketAddr) -> bool {
    let name = name_of(host);
    let public = public_url.split_once("://").map_or(public_url, |(_, host)| host);
    let own_names = listen.ip().is_loopback() || listen.ip().is_unspecified();
    let loopback = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    !name.is_empty() && (name == name_of(public) || (own_names && loopback))
}

/// `[::1]:8080` is `::1`, `OpenHouse.example:443` is `openhouse.example`.
fn name_of(host: &str) -> String {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.to_ascii_lowercase()
}

/// "Sec-Fetch-Site / Origin == Host" (security.md 7). Every browser of today sends one of the two with a form; who
/// sends neither is refused. The table has no other verb that changes anything.
fn from_this_site(request: &ServiceRequest, host: &str) -> bool {
    match (text(request, "sec-fetch-site"), text(request, header::ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        (None, None) => false,
    }
}

fn text<'a>(request: &'a ServiceRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_name_is_ours_with_any_port_and_in_any_case() {
        let outside: SocketAddr = "192.0.2.7:8080".parse().unwrap();
        for host in ["oh.example.org", "oh.example.org:443", "OH.Example.org"] {
            assert!(is_ours(host, "https://oh.example.org", outside), "{host}");
        }
        for host in ["", "elders.example", "oh.example.org.elders.example", "192.0.2.7:8080", "localhost:8080"] {
            assert!(!is_ours(host, "https://oh.example.org", outside), "{host}");
        }
    }

    #[test]
    fn the_machine_knows_itself_only_where_it_listens() {
        for (listen, ours) in [("127.0.0.1:8080", true), ("0.0.0.0:8080", true), ("192.0.2.7:8080", false)] {
            for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"] {
                assert_eq!(is_ours(host, "https://oh.example.org", listen.parse().unwrap()), ours, "{host} {listen}");
            }
        }
    }
}
