//! Where a request comes from (herkomst): the address that limits count by and the audit tells. It is the address at the
//! other end of the line, unless that is a proxy of our own: then what the proxy says of it.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::{FORWARDED, HeaderName, X_FORWARDED_FOR};
use actix_web::web::Data;

use crate::config::Network;

/// The proxies whose word is believed. Anybody can write such a header; only from these it means something.
#[derive(Debug, Clone, Default)]
pub struct Proxies(pub Vec<Network>);

/// The address of who asks.
pub fn of(request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr() else { return "unknown".to_owned() };
    let peer = peer.ip().to_canonical();
    let trusted = request.app_data::<Data<Proxies>>();
    let words = |name: &HeaderName| -> Vec<String> {
        let lines = request.headers().get_all(name).filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',').map(|word| word.trim().to_owned())).collect()
    };
    let found = match trusted {
        Some(trusted) if trusted.trusts(peer) => trusted.origin(peer, &words(&FORWARDED), &words(&X_FORWARDED_FOR)),
        _ => peer,
    };
    found.to_string()
}

impl Proxies {
    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// A proxy writes one of the two headers, and hands on the other as its visitor wrote it. So when both are there and
    /// do not say the same, neither is believed.
    fn origin(&self, peer: IpAddr, forwarded: &[String], x_forwarded_for: &[String]) -> IpAddr {
        let by_forwarded: Vec<Option<IpAddr>> = forwarded.iter().map(|element| named_for(element)).collect();
        let by_other: Vec<Option<IpAddr>> = x_forwarded_for.iter().map(|word| address(word)).collect();
        match (by_forwarded.is_empty(), by_other.is_empty()) {
            (true, _) => self.back_along(peer, &by_other),
            (false, true) => self.back_along(peer, &by_forwarded),
            (false, false) => {
                let (one, other) = (self.back_along(peer, &by_forwarded), self.back_along(peer, &by_other));
                if one == other { one } else { peer }
            }
        }
    }

    /// Each proxy adds the address it was asked from at the end. From the end back, as long as the one who says it is
    /// trusted; what stands before that, anybody could have written.
    fn back_along(&self, peer: IpAddr, path: &[Option<IpAddr>]) -> IpAddr {
        let mut origin = peer;
        for said in path.iter().rev() {
            match said {
                Some(said) if self.trusts(origin) => origin = *said,
                _ => break,
            }
        }
        origin
    }
}

/// `for=192.0.2.60;proto=https` (RFC 7239, 4); none when it names no address.
fn named_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let mut named = pairs.filter(|(name, _)| name.eq_ignore_ascii_case("for")).map(|(_, value)| value);
    address(named.next()?.trim_matches('"'))
}

/// `192.0.2.60`, `192.0.2.60:4711`, `2001:db8::17` or `[2001:db8::17]:4711`.
fn address(written: &str) -> Option<IpAddr> {
    let bare = match written.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None if written.matches(':').count() == 1 => written.split(':').next()?,
        None => written,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let trusted = Proxies(vec!["10.0.0.0/8".parse().unwrap(), "2001:db8::1".parse().unwrap()]);
        let peer = format!("{peer}:4711").parse().unwrap();
        let request = TestRequest::default().peer_addr(peer).app_data(Data::new(trusted));
        let request = headers.iter().fold(request, |request, header| request.append_header(*header));
        of(&request.to_http_request())
    }

    const X: &str = "x-forwarded-for";

    #[test]
    fn a_stranger_is_not_believed() {
        for header in [(X, "192.0.2.1"), ("forwarded", "for=192.0.2.1")] {
            assert_eq!(seen("203.0.113.9", &[header]), "203.0.113.9");
        }
    }

    #[test]
    fn a_proxy_of_ours_tells_who_asked_it() {
        assert_eq!(seen("10.0.0.1", &[(X, "192.0.2.1")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[(X, "192.0.2.1:80, 10.0.0.2")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[(X, "192.0.2.1"), (X, "10.0.0.2")]), "192.0.2.1");
        assert_eq!(
            seen("10.0.0.1", &[("forwarded", "For=\"[2001:db8:cafe::17]:4711\";proto=https")]),
            "2001:db8:cafe::17"
        );
        assert_eq!(seen("[2001:db8::1]", &[("forwarded", "proto=https;for=192.0.2.1, for=10.0.0.2")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn what_a_visitor_wrote_before_the_proxy_counts_for_nothing() {
        assert_eq!(seen("10.0.0.1", &[(X, "127.0.0.1, 192.0.2.1")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[(X, "192.0.2.99, 192.0.2.1, 10.0.0.2")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[(X, "onzin")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[("forwarded", "for=unknown")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[("forwarded", "for=192.0.2.99"), (X, "192.0.2.1")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[("forwarded", "for=192.0.2.1"), (X, "192.0.2.1")]), "192.0.2.1");
    }
}
