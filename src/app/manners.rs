//! The manners (omgangsvormen) of an installation towards who knocks: how many at once, how slowly somebody may
//! speak, and what the public pages say about whom to turn to.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::web::Data;

use crate::config::Config;
use crate::house::origin::Proxies;

pub struct Manners {
    pub listen: SocketAddr,
    /// So many requests are answered at the same time; who comes then is asked to come back.
    pub most_at_once: usize,
    pub patience: Patience,
    /// Whose word about the origin of a request is believed; nobody's by default.
    pub proxies: Data<Proxies>,
    /// The address of the municipality's own statement (toegankelijkheidsverklaring).
    pub accessibility_statement: Option<String>,
    /// Where somebody reports a weakness: `mailto:…` or `https://…`.
    pub security_contact: Option<String>,
    inside: AtomicUsize,
}

/// How long the body of a request may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a whole form.
    pub form: Duration,
    /// For a form with files, and longer by the time that what already came took at `slowest`; nobody is silent for
    /// longer than this either.
    pub files: Duration,
    /// In bytes a second.
    pub slowest: u32,
}

/// What a person with a slow connection needs, and no more: 64 KiB a second is half a megabit.
pub const PATIENCE: Patience =
    Patience { form: Duration::from_secs(10), files: Duration::from_secs(30), slowest: 64 * 1024 };

impl Manners {
    pub fn new(listen: SocketAddr, most_at_once: usize, patience: Patience) -> Manners {
        Manners {
            listen,
            most_at_once,
            patience,
            proxies: Data::default(),
            accessibility_statement: None,
            security_contact: None,
            inside: AtomicUsize::new(0),
        }
    }

    pub fn of(config: &Config) -> Manners {
        Manners {
            accessibility_statement: config.accessibility_statement.clone(),
            proxies: Data::new(Proxies(config.trusted_proxies.clone())),
            security_contact: config.security_contact.clone(),
            ..Manners::new(config.listen, config.max_requests, PATIENCE)
        }
    }
}

/// A request that is being answered; counted until it is dropped.
pub struct Inside(Data<Manners>);

impl Inside {
    /// None when the house is full.
    pub fn enter(manners: &Data<Manners>) -> Option<Inside> {
        let inside = Inside(manners.clone());
        let before = manners.inside.fetch_add(1, Ordering::Relaxed);
        (before < manners.most_at_once).then_some(inside)
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_makes_room_and_who_was_refused_takes_none() {
        let manners = Data::new(Manners::new("127.0.0.1:8080".parse().unwrap(), 2, PATIENCE));
        let first = Inside::enter(&manners).unwrap();
        let _second = Inside::enter(&manners).unwrap();
        for _ in 0..5 {
            assert!(Inside::enter(&manners).is_none());
        }
        drop(first);
        assert!(Inside::enter(&manners).is_some());
    }
}
