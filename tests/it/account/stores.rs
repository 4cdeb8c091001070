//! What the tables of accounts promise about time: links that expire, waits that grow, sessions that end.

use chrono::TimeDelta;
use diesel::result::QueryResult;
use openhouse::account::store::credential::{
    keep_password, make_account_link, open_account_link, take_step, use_account_link,
};
use openhouse::account::store::porch::{self, Brought};
use openhouse::account::store::session::{Device, at_work, greet};
use openhouse::account::store::{failure, make_link, person, sign_in};
use openhouse::account::{
    INVITATION_LASTS, LinkKind, PORCH_LASTS, RESET_LASTS, SESSION_IDLE, SESSION_LASTS, SESSIONS_AT_ONCE, Step, Token,
};
use openhouse::actor::Role;

use super::{ANJA, Place};
use crate::ground::{every, now};

fn token() -> Token {
    Token::new().unwrap()
}

#[test]
fn a_link_works_once_within_its_time_and_the_last_one_counts() {
    for ground in every() {
        let place = Place::new(&ground);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let checked: QueryResult<()> = ground.db.write(|conn| {
            let account = person(conn, grant)?.unwrap().account_id;
            for (kind, lasts) in [(LinkKind::Invitation, INVITATION_LASTS), (LinkKind::NewPassword, RESET_LASTS)] {
                let (first, second) = (token(), token());
                make_account_link(conn, now(), account, kind, &first)?;
                assert!(open_account_link(conn, now(), kind, &first)?.is_some());
                make_account_link(conn, now(), account, kind, &second)?;
                assert!(open_account_link(conn, now(), kind, &first)?.is_none(), "the earlier link still works");
                let last = now() + lasts - TimeDelta::seconds(1);
                assert!(open_account_link(conn, last, kind, &second)?.is_some());
                assert!(open_account_link(conn, now() + lasts, kind, &second)?.is_none());
                assert!(!use_account_link(conn, now() + lasts, &second.digest())?);
                assert!(use_account_link(conn, now(), &second.digest())?);
                assert!(!use_account_link(conn, now(), &second.digest())?, "{}", ground.backend);
            }
            Ok(())
        });
        checked.unwrap();
    }
}

#[test]
fn a_step_is_taken_once_and_never_one_before_it() {
    for ground in every() {
        let place = Place::new(&ground);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let taken: QueryResult<Vec<bool>> = ground.db.write(|conn| {
            let account = person(conn, grant)?.unwrap().account_id;
            keep_password(conn, now(), account, "hash")?;
            [7, 7, 6, 8].into_iter().map(|step| take_step(conn, account, step)).collect()
        });
        assert_eq!(taken.unwrap(), [true, false, false, true], "{}", ground.backend);
    }
}

#[test]
fn the_wait_under_a_name_grows_and_a_good_day_wipes_it_out() {
    for ground in every() {
        let checked: QueryResult<()> = ground.db.write(|conn| {
            let name = failure::digest(" A.Prins@Noordermeer.example ");
            assert_eq!(name, failure::digest(ANJA));
            let waits: Vec<Option<i64>> = (0..9)
                .map(|_| failure::count(conn, now(), &name).unwrap().map(|until| (until - now()).num_minutes()))
                .collect();
            assert_eq!(waits, [&[None; 6][..], &[Some(1), Some(2), Some(4)]].concat(), "{}", ground.backend);
            let blocked =
                |conn: &mut _, minutes| failure::blocked_until(conn, now() + TimeDelta::minutes(minutes), &name);
            assert!(blocked(conn, 3)?.is_some());
            assert!(blocked(conn, 4)?.is_none());
            assert_eq!(failure::count(conn, now() + TimeDelta::hours(25), &name)?, None);
            failure::forget(conn, &name)
        });
        checked.unwrap();
    }
}

#[test]
fn a_session_ends_after_half_an_hour_without_use_and_after_twelve_hours() {
    for ground in every() {
        let place = Place::new(&ground);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let checked: QueryResult<()> = ground.db.write(|conn| {
            let (link, key, second) = (token(), token(), TimeDelta::seconds(1));
            make_link(conn, now(), grant, &link)?;
            sign_in(conn, now(), "test", &link, &key)?.unwrap();
            assert!(at_work(conn, now() + SESSION_IDLE - second, &key)?.is_some());
            assert!(at_work(conn, now() + SESSION_IDLE, &key)?.is_none());
            let late = now() + SESSION_LASTS - second;
            openhouse::account::store::session::see(conn, late, &key)?;
            assert!(at_work(conn, late, &key)?.is_some());
            assert!(at_work(conn, late + second, &key)?.is_none(), "{}", ground.backend);
            Ok(())
        });
        checked.unwrap();
    }
}

#[test]
fn a_session_too_many_ends_the_one_that_was_used_longest_ago() {
    for ground in every() {
        let place = Place::new(&ground);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let checked: QueryResult<()> = ground.db.write(|conn| {
            let at = |moment: usize| now() + TimeDelta::seconds(i64::try_from(moment).unwrap());
            let mut keys = Vec::new();
            for moment in 0..=SESSIONS_AT_ONCE {
                let (link, key) = (token(), token());
                make_link(conn, at(moment), grant, &link)?;
                // The first is in use again just before there is one too many.
                if let Some(first) = keys.first().filter(|_| moment == SESSIONS_AT_ONCE) {
                    openhouse::account::store::session::see(conn, at(moment), first)?;
                }
                sign_in(conn, at(moment), "test", &link, &key)?.unwrap();
                keys.push(key);
            }
            let mut at_work_now = Vec::new();
            for key in &keys {
                at_work_now.push(at_work(conn, at(keys.len()), key)?.is_some());
            }
            let mut expected = vec![true; SESSIONS_AT_ONCE + 1];
            expected[1] = false;
            assert_eq!(at_work_now, expected, "{}", ground.backend);
            Ok(())
        });
        checked.unwrap();
    }
}

#[test]
fn nobody_stands_in_the_porch_for_long_or_at_another_step() {
    for ground in every() {
        let place = Place::new(&ground);
        let grant = place.give(ANJA, Role::Viewer, place.here);
        let checked: QueryResult<()> = ground.db.write(|conn| {
            let (key, next) = (token(), token());
            let account = person(conn, grant)?.unwrap().account_id;
            porch::enter(conn, now(), &key, account, Step::Code, Brought::default())?;
            assert!(porch::who(conn, now(), &key, Step::Code)?.is_some());
            assert!(porch::who(conn, now(), &key, Step::Choose)?.is_none());
            assert!(porch::who(conn, now() + PORCH_LASTS, &key, Step::Code)?.is_none());
            porch::advance(conn, now(), &key, &next, account, Step::Choose, Brought::default())?;
            assert!(porch::who(conn, now(), &key, Step::Code)?.is_none());
            assert!(porch::who(conn, now(), &next, Step::Choose)?.is_some(), "{}", ground.backend);
            Ok(())
        });
        checked.unwrap();
    }
}

#[test]
fn a_device_is_known_to_the_account_that_used_it() {
    for ground in every() {
        let place = Place::new(&ground);
        let (grant, other) =
            (place.give(ANJA, Role::Viewer, place.here), place.give("b@meer.example", Role::Viewer, place.here));
        let checked: QueryResult<()> = ground.db.write(|conn| {
            let (one, another) = (person(conn, grant)?.unwrap().account_id, person(conn, other)?.unwrap().account_id);
            let (mark, second) = (token(), token());
            assert_eq!(greet(conn, now(), one, None, &mark)?, Device::First);
            assert_eq!(greet(conn, now(), one, Some(&mark), &token())?, Device::Known);
            assert_eq!(greet(conn, now(), one, Some(&token()), &second)?, Device::New);
            assert_eq!(greet(conn, now(), another, Some(&mark), &token())?, Device::First, "{}", ground.backend);
            Ok(())
        });
        checked.unwrap();
    }
}
