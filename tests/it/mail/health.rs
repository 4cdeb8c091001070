//! How the mail does: counts for the pages, and the worker that runs beside them.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use openhouse::mail::look::{self, Health, PAGE};
use openhouse::mail::sending::Sending;
use openhouse::mail::{MailState, worker};

use super::server::{Manner, Server};
use super::{Town, to_port};
use crate::ground::{every, now, sqlite};

#[test]
fn waiting_stranded_and_sent_are_counted() {
    for ground in every() {
        let (town, server) = (Town::on(ground), Server::start(Manner::Good));
        let health = |at| town.ground.db.read(|conn| look::health(conn, &town.admin(), at)).unwrap();
        town.post("Kim", "kim@voorbeeld.example");
        town.work(&to_port(server.port), now());
        server.behave(Manner::RefuseRecipient("550 no such mailbox"));
        town.post("Sam", "sam@voorbeeld.example");
        town.work(&to_port(server.port), now());
        town.post("Rob", "rob@voorbeeld.example");
        let found = health(now());
        assert!(found.last_trouble.as_deref().is_some_and(|said| said.contains("no such mailbox")), "{found:?}");
        let expected = Health {
            waiting: 1,
            waits_since: Some(now()),
            stranded: 1,
            sent: 1,
            last_trouble: found.last_trouble.clone(),
        };
        assert_eq!(found, expected, "{}", town.ground.backend);
        assert_eq!(health(now() + TimeDelta::days(8)).sent, 0, "a week ago is long ago");
    }
}

#[test]
fn a_list_goes_on_where_it_left_off() {
    for ground in every() {
        let town = Town::on(ground);
        for _ in 0..PAGE + 5 {
            town.post("Kim", "kim@voorbeeld.example");
        }
        let page =
            |before| town.ground.db.read(|conn| look::newest(conn, &town.admin(), MailState::ALL, before)).unwrap();
        let first = page(None);
        assert_eq!(first.len(), PAGE + 1, "one more than a page tells that there is more");
        assert_eq!(page(Some(first[PAGE - 1].id)).len(), 5, "{}", town.ground.backend);
    }
}

#[test]
fn without_a_mail_server_no_worker_runs_and_mail_waits() {
    let town = Town::on(sqlite());
    let id = town.post("Kim", "kim@voorbeeld.example");
    assert!(worker::start(town.ground.db.clone(), Sending::default()).unwrap().is_none());
    assert_eq!((town.mail(id).state, town.mail(id).attempts), (MailState::Waiting, 0));
}

#[test]
fn a_running_worker_sends_what_is_posted_and_stops_when_it_is_asked_to() {
    let (town, server) = (Town::on(sqlite()), Server::start(Manner::Good));
    let worker = worker::start(town.ground.db.clone(), to_port(server.port)).unwrap();
    let id = town.post_now();
    server.wait_for(1);
    drop(worker);
    assert_eq!(town.mail(id).state, MailState::Sent);
    assert!(town.mail(id).ended_at.unwrap() > Utc::now().naive_utc() - TimeDelta::minutes(1));
    town.post_now();
    std::thread::sleep(Duration::from_millis(2500));
    assert_eq!(server.taken().len(), 1, "nobody sends any more");
}

#[test]
fn the_demonstration_lays_mail_down_to_look_at() {
    let (town, folder) = (Town::on(sqlite()), tempfile::tempdir().unwrap());
    let sending = Sending::into_folder(folder.path().join("mail"), "http://127.0.0.1:8080", "0500 000 000");
    let id = town.post("Kim", "kim@voorbeeld.example");
    town.work(&sending, now());
    let written = std::fs::read_to_string(folder.path().join("mail").join(format!("{id:06}.eml"))).unwrap();
    assert!(written.contains("Beste Kim,") && written.contains("Message-ID: <"), "{written}");
    assert_eq!(town.mail(id).state, MailState::Sent);
}
