//! The worker in a process of its own that is killed between sending a mail and writing that down.

use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::result::QueryResult;
use openhouse::mail::MailState;

use super::server::{Manner, Server};
use super::{Town, message_ids, to_port};
use crate::ground::sqlite;

#[test]
fn a_mail_sent_twice_because_the_process_was_killed_is_the_same_mail() {
    // The server keeps the mail and answers later; the process does not live to hear it.
    let (town, server) = (Town::on(sqlite()), Server::start(Manner::TakeAndPonder(Duration::from_secs(20))));
    let id = town.post_now();
    let files = tempfile::tempdir().expect("a temporary folder");
    let port = server.port.to_string();
    let mut process = Command::new(env!("CARGO_BIN_EXE_openhouse"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database-url", &town.ground.url])
        .env_clear()
        .env("OPENHOUSE_FILES", format!("file:{}", files.path().display()))
        .env("OPENHOUSE_MAIL_SMTP_HOST", "127.0.0.1")
        .env("OPENHOUSE_MAIL_SMTP_PORT", port)
        .env("OPENHOUSE_MAIL_SMTP_TLS", "none")
        .env("OPENHOUSE_MAIL_FROM", "Open House <openhouse@noordermeer.example>")
        .env("OPENHOUSE_MAIL_CONTACT", "0500 000 000")
        .env("OPENHOUSE_PUBLIC_URL", "https://openhouse.example")
        .current_dir(files.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    server.wait_for(1);
    process.kill().expect("it can be killed");
    process.wait().expect("it ends");
    assert_eq!((town.mail(id).state, town.mail(id).attempts), (MailState::Waiting, 1));
    server.behave(Manner::Good);
    let present = Utc::now().naive_utc();
    assert_eq!(town.work(&to_port(server.port), present), 0, "the dead one still has it in hand");
    let over: QueryResult<()> = town.ground.db.write(|conn| conn.batch_execute("UPDATE outbox SET due_at = posted_at"));
    over.expect("time passes");
    assert_eq!(town.work(&to_port(server.port), present), 1);
    let ids = message_ids(&server.taken());
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
    assert_eq!((town.mail(id).state, town.mail(id).attempts), (MailState::Sent, 2));
    assert_eq!(town.work(&to_port(server.port), present + TimeDelta::days(9)), 0);
}
