//! Mail: posted in a transaction, sent to a real SMTP server of the test, with everything that can go wrong there.

mod faults;
mod health;
mod pages;
mod posting;
mod process;
mod server;
mod versions;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::QueryResult;
use openhouse::account::store::add_municipality;
use openhouse::actor::{Actor, Role};
use openhouse::config::{Mail, MailServer, Secret, Tls};
use openhouse::db::Conn;
use openhouse::mail::look::{self, Posted};
use openhouse::mail::sending::Sending;
use openhouse::mail::worker::{self, Step};
use openhouse::mail::{Address, MailKind, Outgoing, store};
use openhouse::text::Lang;

use crate::ground::{Ground, now};

/// A municipality on an empty database.
struct Town {
    ground: Ground,
    id: i64,
}

impl Town {
    fn on(ground: Ground) -> Town {
        let added: QueryResult<i64> =
            ground.db.write(|conn| add_municipality(conn, &Actor::installer(), now(), "Noordermeer"));
        Town { id: added.expect("a municipality can be added"), ground }
    }

    fn admin(&self) -> Actor {
        Actor::of_municipality("B. Eheer", Role::FunctionalAdmin, self.id, "test")
    }

    /// Posts the mail of an application that came in.
    fn post(&self, name: &str, email: &str) -> i64 {
        self.write(|conn, id| received(conn, now(), id, &to(name, email), None))
    }

    /// The same at this very moment, for a worker that reads the clock.
    fn post_now(&self) -> i64 {
        let moment = chrono::Utc::now().naive_utc();
        self.write(|conn, id| received(conn, moment, id, &to("Kim", "kim@voorbeeld.example"), None))
    }

    fn write<T>(&self, work: impl FnOnce(&mut Conn, i64) -> QueryResult<T>) -> T {
        self.ground.db.write(|conn| work(conn, self.id)).expect("the database takes it")
    }

    fn mail(&self, id: i64) -> Posted {
        let found: QueryResult<Option<Posted>> = self.ground.db.read(|conn| look::find(conn, &self.admin(), id));
        found.expect("the database answers").expect("the mail is there")
    }

    /// Lets a worker work until nothing is due, at a moment that stands still; how often it tried.
    fn work(&self, sending: &Sending, at: NaiveDateTime) -> usize {
        let mut tried = 0;
        while worker::step(&self.ground.db, sending, &|| at).expect("the database answers") != Step::Idle {
            tried += 1;
        }
        tried
    }
}

fn to<'a>(name: &'a str, email: &'a str) -> Address<'a> {
    Address { name, email, language: Lang::Nl }
}

fn received(
    conn: &mut Conn,
    at: NaiveDateTime,
    municipality_id: i64,
    to: &Address<'_>,
    provider_id: Option<i64>,
) -> QueryResult<i64> {
    let values = [
        ("datum", "2 november 2026".to_owned()),
        ("tijd", "10.30 uur".to_owned()),
        ("nummer", "2026-0042".to_owned()),
        ("datum_reactie", "30 november 2026".to_owned()),
        ("link", "/aanmelding/2026-0042".to_owned()),
    ];
    let kind = MailKind::ApplicationReceived;
    store::post(conn, at, &Outgoing { municipality_id, kind, to: *to, values: &values, provider_id })
}

/// The way to a server on this computer.
fn to_port(port: u16) -> Sending {
    to_port_as(port, None)
}

fn to_port_as(port: u16, user: Option<(String, Secret)>) -> Sending {
    let server = MailServer { host: "127.0.0.1".into(), port, tls: Tls::None, user };
    let from = "Open House <openhouse@noordermeer.example>".into();
    let mail = Mail { server: Some(server), from, contact: "0500 000 000".into() };
    Sending::of(&mail, "https://openhouse.example").expect("the settings fit")
}

/// All Message-IDs of a table of mails that were taken.
fn message_ids(taken: &[server::Taken]) -> Vec<String> {
    taken.iter().map(|mail| mail.header("Message-ID").expect("every mail has one").to_owned()).collect()
}

/// A provider, to keep messages for.
fn add_provider(conn: &mut Conn) -> QueryResult<i64> {
    use openhouse::schema::provider;
    diesel::insert_into(provider::table)
        .values((provider::kvk.eq("90009001"), provider::name.eq("Eigen Weg"), provider::created_at.eq(now())))
        .returning(provider::id)
        .get_result(conn)
}
