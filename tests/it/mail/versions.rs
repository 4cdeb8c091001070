//! The texts of a municipality: versions that replace the text that ships, from their moment on.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::result::QueryResult;
use openhouse::mail::MailKind;
use openhouse::mail::store::in_force;
use openhouse::mail::text::MailText;
use openhouse::mail::versions::{Overtaken, edited, of, save};

use super::Town;
use crate::ground::{every, now};

const KIND: MailKind = MailKind::ApplicationReceived;

fn own() -> MailText {
    let mut text = KIND.definition().text.clone();
    text.subject.nl = "Bedankt, {{naam}}".into();
    text
}

#[test]
fn a_text_of_its_own_is_in_force_from_its_moment_on_and_only_there() {
    for ground in every() {
        let town = Town::on(ground);
        let before = now() - TimeDelta::hours(1);
        town.write(|conn, id| {
            save(conn, &town.admin(), now(), KIND, 0, &own())?.expect("nobody came in between");
            assert_eq!(in_force(conn, id, KIND, before)?, KIND.definition().text, "it does not work back");
            assert_eq!(in_force(conn, id, KIND, now())?, own());
            assert_eq!(in_force(conn, id + 1, KIND, now())?, KIND.definition().text, "it is another's");
            assert_eq!(edited(conn, &town.admin())?, [KIND]);
            Ok(())
        });
        let id = town.post("Kim", "kim@voorbeeld.example");
        assert_eq!(town.mail(id).letter.subject, "Bedankt, Kim", "{}", town.ground.backend);
    }
}

#[test]
fn who_saves_second_is_told_who_was_first() {
    for ground in every() {
        let town = Town::on(ground);
        town.write(|conn, _| {
            assert_eq!(save(conn, &town.admin(), now(), KIND, 0, &own())?, Ok(()));
            let second = save(conn, &town.admin(), now(), KIND, 0, &own())?;
            assert_eq!(second, Err(Overtaken { by: "B. Eheer".into() }));
            let seen = of(conn, &town.admin(), KIND)?[0].id;
            assert_eq!(save(conn, &town.admin(), now(), KIND, seen, &KIND.definition().text)?, Ok(()));
            assert_eq!(of(conn, &town.admin(), KIND)?.len(), 2);
            Ok(())
        });
    }
}

#[test]
fn a_version_cannot_be_changed() {
    for ground in every() {
        let town = Town::on(ground);
        town.write(|conn, _| save(conn, &town.admin(), now(), KIND, 0, &own())).expect("nobody came in between");
        for tampering in ["UPDATE mail_text SET author = 'iemand anders'", "DELETE FROM mail_text"] {
            let tried: QueryResult<()> = town.ground.db.write(|conn| conn.batch_execute(tampering));
            assert!(tried.is_err(), "{}: {tampering} was carried out", town.ground.backend);
        }
    }
}
