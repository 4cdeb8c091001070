//! Posting: what is written, with the act or not at all, and what leaves.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use openhouse::actor::{Actor, Role};
use openhouse::audit::{self, Chain};
use openhouse::mail::look::{self, Line};
use openhouse::mail::{Address, MailKind, MailState, Outgoing, store};
use openhouse::schema::{message, outbox};
use openhouse::text::Lang;

use super::server::{Manner, Server};
use super::{Town, add_provider, received, to, to_port};
use crate::ground::{every, now};

#[test]
fn a_posted_mail_reaches_the_server_and_what_left_can_be_shown() {
    for ground in every() {
        let (town, server) = (Town::on(ground), Server::start(Manner::Good));
        let id = town.post("Zoë Kuipers", "zoe@voorbeeld.example");
        assert_eq!(town.mail(id).state, MailState::Waiting);
        assert_eq!(town.work(&to_port(server.port), now()), 1, "{}", town.ground.backend);
        let [mail] = &server.taken()[..] else { panic!("one mail, not {:?}", server.taken()) };
        assert!(mail.from.contains("<openhouse@noordermeer.example>"), "{}", mail.from);
        assert_eq!(mail.to, ["RCPT TO:<zoe@voorbeeld.example>"]);
        assert_eq!(mail.header("Subject"), Some("Wij hebben uw aanmelding ontvangen"));
        assert_eq!(mail.header("Auto-Submitted"), Some("auto-generated"));
        assert_eq!(mail.header("Content-Transfer-Encoding"), Some("quoted-printable"));
        assert!(mail.data.contains("Beste Zo=C3=AB Kuipers,"), "{}", mail.data);
        let kept = town.mail(id);
        assert_eq!((kept.state, kept.answer.as_str()), (MailState::Sent, "250 2.0.0 queued as 42"));
        let text = kept.sent_text.expect("what left is kept");
        assert!(
            text.starts_with("Beste Zoë Kuipers,\n\nWij hebben uw aanmelding ontvangen op 2 november 2026"),
            "{text}"
        );
        assert!(text.contains("https://openhouse.example/aanmelding/2026-0042"), "{text}");
        assert!(text.ends_with("Vragen? 0500 000 000\n"), "{text}");
        let chain = town.ground.db.read(audit::verify).unwrap();
        assert!(matches!(chain, Chain::Whole { lines: 2, .. }), "a municipality and a mail: {chain:?}");
    }
}

#[test]
fn an_act_that_is_taken_back_takes_its_mail_with_it() {
    for ground in every() {
        let town = Town::on(ground);
        let failed: Result<(), QueryError> = town.ground.db.write(|conn| {
            received(conn, now(), town.id, &to("Kim", "kim@voorbeeld.example"), None)?;
            Err(QueryError::RollbackTransaction)
        });
        assert!(failed.is_err());
        let left: i64 = town.ground.db.read(|conn| outbox::table.count().get_result(conn)).unwrap();
        assert_eq!(left, 0, "{}", town.ground.backend);
    }
}

#[test]
fn a_mail_without_a_value_it_needs_takes_the_act_back() {
    let town = Town::on(crate::ground::sqlite());
    let to = Address { name: "Kim", email: "kim@voorbeeld.example", language: Lang::Nl };
    let (municipality_id, kind) = (town.id, MailKind::SupplementAsked);
    let bare = Outgoing { municipality_id, kind, to, values: &[], provider_id: None };
    assert!(town.ground.db.write(|conn| store::post(conn, now(), &bare)).is_err());
    let away = [("datum", "morgen".to_owned()), ("link", "https://elders.example/".to_owned())];
    let elsewhere = Outgoing { values: &away, ..bare };
    assert!(town.ground.db.write(|conn| store::post(conn, now(), &elsewhere)).is_err(), "a link leaves the house");
}

#[test]
fn a_formal_mail_is_kept_once_in_the_portal_and_cannot_be_changed() {
    for ground in every() {
        let town = Town::on(ground);
        town.write(|conn, id| {
            let provider = Some(add_provider(conn)?);
            received(conn, now(), id, &to("Kim", "kim@voorbeeld.example"), provider)?;
            received(conn, now(), id, &to("Sam", "sam@voorbeeld.example"), provider)
        });
        let kept: Vec<(MailKind, String, String)> = town
            .ground
            .db
            .read(|conn| message::table.select((message::kind, message::subject, message::body)).load(conn))
            .unwrap();
        let [(kind, subject, body)] = &kept[..] else { panic!("one message, not {kept:?}") };
        assert_eq!((*kind, subject.as_str()), (MailKind::ApplicationReceived, "Wij hebben uw aanmelding ontvangen"));
        assert!(body.contains("Uw nummer is 2026-0042.") && !body.contains("Kim"), "{body}");
        for tampering in ["UPDATE message SET body = 'iets anders'", "DELETE FROM message"] {
            let tried: QueryResult<()> = town.ground.db.write(|conn| conn.batch_execute(tampering));
            assert!(tried.is_err(), "{}: {tampering} was carried out", town.ground.backend);
        }
    }
}

#[test]
fn a_mail_that_is_not_formal_leaves_no_message() {
    let town = Town::on(crate::ground::sqlite());
    town.write(|conn, id| {
        let values = [("aantal", "2".to_owned()), ("datum", "16 november 2026".to_owned())];
        let to = Address { name: "Kim", email: "kim@voorbeeld.example", language: Lang::En };
        let (kind, provider_id) = (MailKind::SupplementReminder, Some(add_provider(conn)?));
        store::post(conn, now(), &Outgoing { municipality_id: id, kind, to, values: &values, provider_id })
    });
    let kept: i64 = town.ground.db.read(|conn| message::table.count().get_result(conn)).unwrap();
    assert_eq!(kept, 0);
}

/// Posts a mail with a link that lets somebody in.
fn invite(town: &Town) -> i64 {
    let values = [("datum", "3 november 2026".to_owned()), ("link", "/inloggen/5f5f5f".to_owned())];
    let (kind, to) = (MailKind::AccountInvited, to("Kim", "kim@voorbeeld.example"));
    town.write(|conn, municipality_id| {
        store::post(conn, now(), &Outgoing { municipality_id, kind, to, values: &values, provider_id: None })
    })
}

#[test]
fn a_link_that_lets_somebody_in_is_sent_once_and_then_forgotten() {
    for ground in every() {
        let (town, server) = (Town::on(ground), Server::start(Manner::Good));
        let id = invite(&town);
        town.work(&to_port(server.port), now());
        assert!(server.taken()[0].data.contains("https://openhouse.example/inloggen/5f5f5f"));
        let kept = town.mail(id);
        assert!(!format!("{kept:?}").contains("5f5f5f"), "{kept:?}");
        assert!(kept.sent_text.unwrap().contains("de persoonlijke link ziet alleen de ontvanger"));
    }
}

#[test]
fn a_link_that_lets_somebody_in_is_forgotten_when_its_mail_bounces() {
    let (town, server) = (Town::on(crate::ground::sqlite()), Server::start(Manner::RefuseRecipient("550 no")));
    let id = invite(&town);
    town.work(&to_port(server.port), now());
    let kept = town.mail(id);
    assert!(kept.state == MailState::Bounced && !format!("{kept:?}").contains("5f5f5f"), "{kept:?}");
    let admin = town.admin();
    assert!(!town.write(|conn, _| look::send_again(conn, &admin, now(), id)), "there is nothing to send any more");
}

#[test]
fn a_name_with_a_line_break_adds_no_recipient() {
    let (town, server) = (Town::on(crate::ground::sqlite()), Server::start(Manner::Good));
    town.post("Kim\r\nBcc: ander@voorbeeld.example\r\n\r\nAnders", "kim@voorbeeld.example");
    town.work(&to_port(server.port), now());
    let [mail] = &server.taken()[..] else { panic!("one mail, not {:?}", server.taken()) };
    assert_eq!(mail.to, ["RCPT TO:<kim@voorbeeld.example>"]);
    assert_eq!(mail.header("Bcc"), None);
    assert_eq!(mail.header("Subject"), Some("Wij hebben uw aanmelding ontvangen"));
}

#[test]
fn an_address_that_is_none_bounces_without_troubling_the_server() {
    let (town, server) = (Town::on(crate::ground::sqlite()), Server::start(Manner::Good));
    let (wrong, right) = (town.post("Kim", "kim@a\r\nRCPT TO:<x@y>"), town.post("Sam", "sam@voorbeeld.example"));
    town.work(&to_port(server.port), now());
    assert_eq!((town.mail(wrong).state, town.mail(right).state), (MailState::Bounced, MailState::Sent));
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn another_municipality_sees_nothing_of_it() {
    for ground in every() {
        let town = Town::on(ground);
        let id = town.post("Kim", "kim@voorbeeld.example");
        let other = Actor::of_municipality("X", Role::FunctionalAdmin, town.id + 1, "test");
        let seen: QueryResult<_> = town.ground.db.write(|conn| {
            let lines: Vec<Line> = look::newest(conn, &other, MailState::ALL, None)?;
            let health = look::health(conn, &other, now())?;
            Ok((look::find(conn, &other, id)?, lines, health, look::send_again(conn, &other, now(), id)?))
        });
        assert_eq!(seen.unwrap(), (None, vec![], look::Health::default(), false), "{}", town.ground.backend);
    }
}
