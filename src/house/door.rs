//! The door (deur): how many may knock at once, how often from one address, and how often under one name. Testing a
//! password takes 19 MiB and some tens of milliseconds by design; without a door, many at once take the whole machine.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use argon2::Block;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// One installation's door.
pub struct Door {
    at_work: Arc<Semaphore>,
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
    waiting: AtomicUsize,
    by_address: DefaultKeyedRateLimiter<String>,
    by_name: DefaultKeyedRateLimiter<String>,
    by_form: DefaultKeyedRateLimiter<String>,
    by_teller: DefaultKeyedRateLimiter<String>,
    tested: Arc<AtomicU64>,
}

/// "argon2id (19 MiB, t=2, p=1 or more) behind a semaphore of 2 with a bounded queue (429 beyond it)" (security.md 3).
const AT_ONCE: usize = 2;
const QUEUE: usize = 256;

/// From one address: so many in one go, then one every second. A whole town hall may share an address.
const ADDRESS_BURST: u32 = 60;
/// Under one name: so many in one go, then one every six seconds. The count of failures in the database is stricter;
/// this holds while many attempts on one name are still being tested.
const NAME_BURST: u32 = 10;
const NAME_PER_MINUTE: u32 = 10;

/// Of a form that anybody may send, about one subject (an e-mail address, or who asks): so many in one go, then one every
/// five minutes. Each may write somebody a mail, and nobody fills somebody else's letter box.
const FORM_BURST: u32 = 10;
const FORM_PERIOD: Duration = Duration::from_secs(5 * 60);

/// Of what an identity provider tells us by itself, from one address: when it shuts a whole organisation out it tells of
/// everybody at once, and does not say it again. Looking at one costs a signature, not a password.
const TELLER_BURST: u32 = 1_000;
const TELLER_PER_SECOND: u32 = 20;

/// No more keys than this are remembered; those that are free again are forgotten first.
const REMEMBERED: usize = 50_000;

/// The turn to test one password. It goes along to the thread that does the work, so that a visitor who leaves meanwhile
/// lets nobody else in before that is done.
pub struct Turnstile {
    /// The memory to work in. There are only as many as work at once: threads that each took their own from the system
    /// kept a gigabyte of it after 300 sign-ins.
    pub memory: Vec<Block>,
    home: Arc<Mutex<Vec<Vec<Block>>>>,
    tested: Arc<AtomicU64>,
    _permit: OwnedSemaphorePermit,
}

impl Default for Door {
    fn default() -> Door {
        let number = |n: u32| std::num::NonZeroU32::new(n).unwrap_or(std::num::NonZeroU32::MIN);
        let by_address = Quota::per_second(number(1)).allow_burst(number(ADDRESS_BURST));
        let by_name = Quota::per_minute(number(NAME_PER_MINUTE)).allow_burst(number(NAME_BURST));
        let by_teller = Quota::per_second(number(TELLER_PER_SECOND)).allow_burst(number(TELLER_BURST));
        let one = Quota::per_hour(number(1)).allow_burst(number(FORM_BURST));
        let by_form = Quota::with_period(FORM_PERIOD).map_or(one, |quota| quota.allow_burst(number(FORM_BURST)));
        Door {
            at_work: Arc::new(Semaphore::new(AT_ONCE)),
            memory: Arc::default(),
            waiting: AtomicUsize::new(0),
            by_address: RateLimiter::keyed(by_address),
            by_name: RateLimiter::keyed(by_name),
            by_form: RateLimiter::keyed(by_form),
            by_teller: RateLimiter::keyed(by_teller),
            tested: Arc::default(),
        }
    }
}

impl Door {
    /// Waits for a turn. None when the queue is full: better a clear refusal than a machine without memory.
    pub async fn turn(&self) -> Option<Turnstile> {
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= QUEUE + AT_ONCE {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return None;
        }
        let place = Place(self);
        let permit = self.at_work.clone().acquire_owned().await.ok()?;
        drop(place);
        let memory = shelf(&self.memory).pop().unwrap_or_default();
        Some(Turnstile { memory, home: self.memory.clone(), tested: self.tested.clone(), _permit: permit })
    }

    /// How long somebody has to wait before he may knock again, when he knocked too often.
    pub fn knock(&self, address: &str, name: &str) -> Result<(), Duration> {
        within(&self.by_address, address)?;
        within(&self.by_name, name)
    }

    /// The same for who says no name yet.
    pub fn knock_from(&self, address: &str) -> Result<(), Duration> {
        within(&self.by_address, address)
    }

    /// The same for a form that anybody may send; `subject` names the form and whom it is about.
    pub fn form(&self, address: &str, subject: &str) -> Result<(), Duration> {
        within(&self.by_address, address)?;
        within(&self.by_form, subject)
    }

    /// The same for what an identity provider tells; it has no part in signing in.
    pub fn tell_from(&self, address: &str) -> Result<(), Duration> {
        within(&self.by_teller, address)
    }

    /// How many passwords were tested since the start, of known and unknown names alike.
    pub fn tested(&self) -> u64 {
        self.tested.load(Ordering::SeqCst)
    }
}

fn within(limiter: &DefaultKeyedRateLimiter<String>, key: &str) -> Result<(), Duration> {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
    let until = limiter.check_key(&key.to_owned());
    until.map_err(|until| until.wait_time_from(DefaultClock::default().now()))
}

impl Turnstile {
    /// Counts a password that was tested in this turn.
    pub fn count(&self) {
        self.tested.fetch_add(1, Ordering::SeqCst);
    }
}

impl Drop for Turnstile {
    fn drop(&mut self) {
        shelf(&self.home).push(std::mem::take(&mut self.memory));
    }
}

fn shelf(memory: &Mutex<Vec<Vec<Block>>>) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
    memory.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// A place in the queue; given up even when the visitor goes away while he waits.
struct Place<'a>(&'a Door);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn two_at_a_time_and_the_queue_ends_somewhere() {
        let door = Door::default();
        let (first, _second) = (door.turn().await.unwrap(), door.turn().await.unwrap());
        let mut queue = Vec::new();
        for _ in 0..QUEUE + AT_ONCE {
            let mut waiting = Box::pin(door.turn());
            assert!(futures_util::poll!(&mut waiting).is_pending());
            queue.push(waiting);
        }
        assert!(door.turn().await.is_none(), "the queue has no end");
        drop(first);
        assert!(queue.remove(0).await.is_some());
        drop(queue);
        assert!(shelf(&door.memory).len() <= AT_ONCE, "more memory was taken than works at once");
        assert_eq!(door.waiting.load(Ordering::SeqCst), 0, "who goes away leaves his place");
    }

    #[test]
    fn who_knocks_too_often_waits_and_others_do_not() {
        let door = Door::default();
        for _ in 0..NAME_BURST {
            assert_eq!(door.knock("192.0.2.1", "a"), Ok(()));
        }
        let wait = door.knock("192.0.2.1", "a").unwrap_err();
        assert!(wait > Duration::ZERO && wait <= Duration::from_secs(6), "{wait:?}");
        assert_eq!(door.knock("192.0.2.1", "b"), Ok(()));
        for other in 0..ADDRESS_BURST {
            let _ = door.knock("192.0.2.1", &format!("name {other}"));
        }
        assert!(door.knock("192.0.2.1", "c").is_err());
        assert_eq!(door.knock("192.0.2.2", "c"), Ok(()));
    }

    #[test]
    fn a_form_that_anybody_may_send_takes_so_many_about_one_subject_and_has_no_part_in_signing_in() {
        let door = Door::default();
        for _ in 0..FORM_BURST {
            assert_eq!(door.form("192.0.2.1", "apply/a"), Ok(()));
        }
        let wait = door.form("192.0.2.1", "apply/a").unwrap_err();
        assert!(wait > Duration::from_secs(60) && wait <= FORM_PERIOD, "{wait:?}");
        assert_eq!(door.form("192.0.2.1", "apply/b"), Ok(()));
        assert_eq!(door.knock("192.0.2.2", "apply/a"), Ok(()));
    }

    #[test]
    fn a_whole_organisation_may_sign_out_at_once_and_nobody_floods_us_with_it() {
        let door = Door::default();
        for _ in 0..TELLER_BURST {
            assert_eq!(door.tell_from("192.0.2.1"), Ok(()));
        }
        let refused = (0..TELLER_BURST).filter(|_| door.tell_from("192.0.2.1").is_err()).count();
        assert!(refused > 0, "there is no end to what one address may tell");
        assert_eq!(door.tell_from("192.0.2.2"), Ok(()));
        assert_eq!(door.knock_from("192.0.2.1"), Ok(()));
    }
}
