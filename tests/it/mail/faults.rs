//! What can go wrong at a mail server: nothing is lost, and nothing that was acknowledged is sent twice.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use openhouse::config::Secret;
use openhouse::mail::queue::{self, LEASE};
use openhouse::mail::worker::{self, Step};
use openhouse::mail::{MailState, PATIENCE};

use super::server::{Manner, Server};
use super::{Town, message_ids, to_port, to_port_as};
use crate::ground::{every, now, sqlite};

/// Where nobody listens.
fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free").port()
}

#[test]
fn a_server_that_says_451_gets_the_mail_later_and_once() {
    for ground in every() {
        let (town, server) = (Town::on(ground), Server::start(Manner::RefuseRecipient("451 4.7.1 greylisted")));
        let (id, sending) = (town.post("Kim", "kim@voorbeeld.example"), to_port(server.port));
        assert_eq!(town.work(&sending, now()), 1);
        let waits = town.mail(id);
        assert_eq!((waits.state, waits.attempts), (MailState::Waiting, 1), "{}", town.ground.backend);
        assert_eq!(waits.due_at, now() + TimeDelta::minutes(1));
        assert!(waits.answer.contains("451") && waits.answer.contains("greylisted"), "{}", waits.answer);
        assert_eq!(town.work(&sending, now() + TimeDelta::seconds(59)), 0, "it does not push");
        server.behave(Manner::Good);
        assert_eq!(town.work(&sending, now() + TimeDelta::minutes(1)), 1);
        assert_eq!(town.work(&sending, now() + TimeDelta::days(9)), 0);
        assert_eq!((town.mail(id).state, server.taken().len()), (MailState::Sent, 1));
    }
}

#[test]
fn a_server_that_says_550_bounces_the_mail_with_its_words() {
    for ground in every() {
        let town = Town::on(ground);
        let server = Server::start(Manner::RefuseRecipient("550 5.1.1 no such mailbox"));
        let (id, sending) = (town.post("Kim", "kim@voorbeeld.example"), to_port(server.port));
        assert_eq!(town.work(&sending, now()), 1);
        let bounced = town.mail(id);
        assert_eq!((bounced.state, bounced.ended_at), (MailState::Bounced, Some(now())), "{}", town.ground.backend);
        assert!(bounced.answer.contains("550") && bounced.answer.contains("no such mailbox"), "{}", bounced.answer);
        assert_eq!(town.work(&sending, now() + TimeDelta::days(9)), 0, "it is not tried again by itself");
        server.behave(Manner::Good);
        let admin = town.admin();
        let again = |conn: &mut _, _| openhouse::mail::look::send_again(conn, &admin, now(), id);
        assert!(town.write(again));
        assert_eq!(town.work(&sending, now()), 1);
        assert_eq!((town.mail(id).state, server.taken().len()), (MailState::Sent, 1));
        assert!(!town.write(again), "what was sent is not sent again");
    }
}

#[test]
fn a_line_that_drops_in_the_middle_of_a_mail_makes_it_wait() {
    for ground in every() {
        let (town, server) = (Town::on(ground), Server::start(Manner::DropInData));
        let (id, sending) = (town.post("Kim", "kim@voorbeeld.example"), to_port(server.port));
        assert_eq!(worker::step(&town.ground.db, &sending, &now), Ok(Step::Unreachable));
        assert_eq!((town.mail(id).state, server.taken().len()), (MailState::Waiting, 0), "{}", town.ground.backend);
        server.behave(Manner::Good);
        assert_eq!(town.work(&sending, now() + TimeDelta::minutes(1)), 1);
        assert_eq!((town.mail(id).state, server.taken().len()), (MailState::Sent, 1));
    }
}

#[test]
fn a_server_that_is_not_there_makes_it_wait_until_patience_is_over() {
    for ground in every() {
        let town = Town::on(ground);
        let (id, sending) = (town.post("Kim", "kim@voorbeeld.example"), to_port(closed_port()));
        assert_eq!(worker::step(&town.ground.db, &sending, &now), Ok(Step::Unreachable));
        assert_eq!(town.mail(id).state, MailState::Waiting, "{}", town.ground.backend);
        let mut at = town.mail(id).due_at;
        while town.mail(id).state == MailState::Waiting {
            assert_eq!(town.work(&sending, at), 1);
            at = town.mail(id).due_at;
        }
        let end = town.mail(id);
        assert_eq!(end.state, MailState::GivenUp);
        assert!(end.ended_at.unwrap() <= now() + PATIENCE && end.attempts > 10, "{end:?}");
    }
}

#[test]
fn a_password_that_is_wrong_is_no_fault_of_the_mail() {
    let town = Town::on(sqlite());
    let server = Server::start(Manner::RefuseSignIn("535 5.7.8 wrong password"));
    let id = town.post("Kim", "kim@voorbeeld.example");
    let sending = to_port_as(server.port, Some(("oh".into(), Secret("fout".into()))));
    assert_eq!(worker::step(&town.ground.db, &sending, &now), Ok(Step::Unreachable));
    let waits = town.mail(id);
    assert_eq!(waits.state, MailState::Waiting);
    assert!(waits.answer.contains("535"), "{}", waits.answer);
}

#[test]
fn a_slow_server_gets_the_mail_too() {
    let (town, server) = (Town::on(sqlite()), Server::start(Manner::Slow(Duration::from_secs(5))));
    let id = town.post("Kim", "kim@voorbeeld.example");
    let began = Instant::now();
    assert_eq!(town.work(&to_port(server.port), now()), 1);
    assert!(began.elapsed() >= Duration::from_secs(5));
    assert_eq!((town.mail(id).state, server.taken().len()), (MailState::Sent, 1));
}

#[test]
fn a_mail_that_was_taken_without_a_word_comes_again_as_the_same_mail() {
    let (town, server) = (Town::on(sqlite()), Server::start(Manner::TakeInSilence));
    let (id, sending) = (town.post("Kim", "kim@voorbeeld.example"), to_port(server.port));
    town.work(&sending, now());
    assert_eq!(town.mail(id).state, MailState::Waiting);
    server.behave(Manner::Good);
    town.work(&sending, now() + TimeDelta::minutes(1));
    let ids = message_ids(&server.taken());
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
    assert_eq!(server.taken()[0].data, server.taken()[1].data);
}

#[test]
fn who_takes_a_mail_in_hand_has_it_alone_until_he_is_given_up() {
    for ground in every() {
        let town = Town::on(ground);
        town.post("Kim", "kim@voorbeeld.example");
        let first = town.write(|conn, _| queue::take(conn, now())).expect("it is due");
        assert!(town.write(|conn, _| queue::take(conn, now() + TimeDelta::minutes(9))).is_none());
        let second = town.write(|conn, _| queue::take(conn, now() + LEASE)).expect("the first one died");
        assert_eq!(first.letter, second.letter, "{}", town.ground.backend);
        // The first one was only slow: what he has to say about a failure comes too late.
        let late = openhouse::mail::sending::Failure::Refused("550 no".into());
        town.write(|conn, _| queue::failed(conn, now() + LEASE, &first, &late));
        assert_eq!(town.mail(first.id).state, MailState::Waiting);
        // That the server took it holds all the same.
        town.write(|conn, _| queue::sent(conn, now() + LEASE, &first, "", "250 ok"));
        assert_eq!(town.mail(first.id).state, MailState::Sent);
        town.write(|conn, _| queue::failed(conn, now() + LEASE, &second, &late));
        assert_eq!(town.mail(first.id).state, MailState::Sent, "{}", town.ground.backend);
    }
}

#[test]
fn four_workers_send_every_mail_once() {
    for ground in every() {
        let (town, server) = (Town::on(ground), Server::start(Manner::Good));
        for number in 0..40 {
            town.post("Kim", &format!("kim{number}@voorbeeld.example"));
        }
        let sending = to_port(server.port);
        let tried: usize = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| town.work(&sending, now()))).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).sum()
        });
        let mut ids = message_ids(&server.taken());
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((tried, server.taken().len(), ids.len()), (40, 40, 40), "{}", town.ground.backend);
    }
}
