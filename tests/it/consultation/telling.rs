//! Every message reaches all at the same moment, and the register shows it.

use std::thread;

use diesel::prelude::*;
use openhouse::consultation::deciding::{self, Verdict};
use openhouse::consultation::telling::{self, MessageKind};
use openhouse::consultation::{Outcome, ProposalState, Refusal, meeting, seating, store};
use openhouse::reminder;
use openhouse::schema::{outbox, seat_link};

use super::setting::{Setting, evening, plan, tried};
use crate::dossier::town::{at, day, read};
use crate::ground::every;

fn mails(db: &openhouse::db::Db, kind: &str) -> Vec<(String, String)> {
    read(db, |conn| {
        outbox::table
            .filter(outbox::kind.eq(kind))
            .order(outbox::id)
            .select((outbox::to_email, outbox::link))
            .load(conn)
    })
}

#[test]
fn an_invitation_goes_to_all_at_once_and_a_move_counts_up() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let planned = set.meeting(db, "2026-11-19");
        let by = &set.town.manager;
        assert!(mails(db, "E27").is_empty(), "planning tells nobody");
        tried(db, |conn| meeting::invite(conn, by, at("2026-11-05"), planned.id, 1)).unwrap();
        let sent = mails(db, "E27");
        assert_eq!(sent.len(), 3, "{}: the chair, a provider and a client representative", ground.backend);
        let links: Vec<&str> = sent.iter().map(|(_, link)| link.as_str()).collect();
        assert!(links.iter().any(|link| *link == format!("/tafels/{}/bijeenkomsten/1", set.table)));
        assert!(links.iter().any(|link| *link == format!("/mijn/tafels/{}/bijeenkomsten/1", set.table)));
        assert!(links.iter().any(|link| link.starts_with("/tafel/") && link.ends_with("/bijeenkomsten/1")));
        // A second press changes nothing: the page it was pressed on is too old.
        let again = tried(db, |conn| meeting::invite(conn, by, at("2026-11-05"), planned.id, 1));
        assert_eq!(again, Err(Refusal::ChangedMeanwhile("Marloes de Wit".into())));

        let later = plan("2026-11-20T13:00:00", "2026-11-20T14:30:00");
        tried(db, |conn| meeting::change(conn, by, at("2026-11-06"), planned.id, 2, &later)).unwrap();
        let moved = set.meetings(db).remove(0);
        assert_eq!((moved.sequence, &moved.uid), (1, &planned.uid));
        tried(db, |conn| meeting::call_off(conn, by, at("2026-11-07"), planned.id, 3)).unwrap();
        assert_eq!(set.meetings(db)[0].sequence, 2);
        let off = tried(db, |conn| meeting::change(conn, by, at("2026-11-08"), planned.id, 4, &later));
        assert_eq!(off, Err(Refusal::MeetingCalledOff));
        let register = read(db, |conn| telling::messages(conn, by, set.table));
        let told: Vec<_> = register.iter().map(|one| (one.kind, one.told.len())).collect();
        let kinds = [MessageKind::CalledOff, MessageKind::Moved, MessageKind::Invitation];
        assert_eq!(told, kinds.map(|kind| (kind, 3)));
        assert!(register[0].told.iter().all(|one| one.mails == 1));
    }
}

#[test]
fn what_was_told_stands_at_one_moment_and_who_left_is_told_no_more() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let by = &set.town.manager;
        let say = |on: &str, words: &str| {
            tried(db, |conn| telling::announce(conn, by, at(on), set.table, MessageKind::Answer, words))
        };
        say("2026-11-05", "De tafel begint om twee uur.").unwrap();
        assert_eq!(say("2026-11-05", " "), Err(Refusal::WordsMissing));
        let other = tried(db, |conn| {
            telling::announce(conn, &set.town.assessor, at("2026-11-05"), set.table, MessageKind::Answer, "Ik ook.")
        });
        assert_eq!(other, Err(Refusal::NotYours));
        tried(db, |conn| seating::leave(conn, by, at("2026-11-06"), set.table, set.client.id)).unwrap();
        say("2026-11-06", "Tot dan.").unwrap();
        let register = read(db, |conn| telling::messages(conn, by, set.table));
        let told: Vec<usize> = register.iter().map(|one| one.told.len()).collect();
        assert_eq!(told, [2, 3], "{}", ground.backend);
        let posted: Vec<chrono::NaiveDateTime> = read(db, |conn| {
            outbox::table
                .filter(outbox::kind.eq("E37").and(outbox::subject.like("%Antwoord%")))
                .select(outbox::posted_at)
                .load(conn)
        });
        assert_eq!(posted.iter().filter(|one| **one == register[1].at).count(), 3, "one moment for all");
    }
}

#[test]
fn a_link_leads_to_its_seat_until_it_expires_or_the_seat_is_left() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let links: Vec<String> = mails(db, "E37").into_iter().map(|(_, link)| link).collect();
        let token = links.iter().find_map(|link| link.strip_prefix("/tafel/")).expect("the welcome has a link");
        let token = openhouse::account::Token::read(token).expect("it is a token");
        let leads = |on: &str| read(db, |conn| store::seat_of(conn, at(on), &token)).map(|(_, seat)| seat.id);
        assert_eq!(leads("2026-11-20"), Some(set.client.id), "{}", ground.backend);
        assert_eq!(leads("2027-06-01"), None);
        let kept: Vec<String> = read(db, |conn| seat_link::table.select(seat_link::token_digest).load(conn));
        assert!(!kept.iter().any(|digest| digest == token.as_str()), "the token itself is not kept");
        tried(db, |conn| seating::leave(conn, &set.town.manager, at("2026-11-06"), set.table, set.client.id)).unwrap();
        assert_eq!(leads("2026-11-20"), None);
    }
}

#[test]
fn the_round_reminds_three_days_before_once_and_again_after_a_new_consultation() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let round = |on: &str| reminder::run(db, at(on)).unwrap()[0].1.tables;
        assert_eq!(round("2026-11-14"), 0, "{}", ground.backend);
        assert_eq!(round("2026-11-15"), 1, "three days before the 18th");
        assert_eq!((round("2026-11-15"), round("2026-11-18")), (0, 0));
        assert_eq!(mails(db, "E38").len(), 3);
        assert!(set.version(db, set.version).consulted.is_some_and(|one| one.respond.due == day("2026-11-18")));
    }
}

#[test]
fn of_two_who_decide_at_the_same_moment_one_does() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let new = set.change("Opdrachtnemer stelt binnen drie weken een trajectplan op.");
        let proposal = set.propose(db, &set.provider, "2026-11-05", &new).unwrap();
        let meeting = set.meeting(db, "2026-11-19");
        let decide = |outcome| {
            let verdict = Verdict {
                meeting_id: meeting.id,
                outcome,
                reason: "Besproken.".into(),
                wording: None,
                confirmed: vec![],
            };
            let (by, now) = (&set.town.manager, evening(&meeting));
            tried(db, |conn| deciding::decide(conn, by, now, proposal.id, proposal.version, &verdict))
        };
        let (one, other) = thread::scope(|scope| {
            let one = scope.spawn(|| decide(Outcome::Adopted));
            let other = scope.spawn(|| decide(Outcome::Rejected));
            (one.join().unwrap(), other.join().unwrap())
        });
        assert_eq!(one.is_ok() as u8 + other.is_ok() as u8, 1, "{}: {one:?} {other:?}", ground.backend);
        let refused = one.err().or(other.err());
        assert_eq!(refused, Some(Refusal::ChangedMeanwhile("Marloes de Wit".into())));
        assert!(matches!(set.proposal(db, 1).state, ProposalState::Adopted | ProposalState::Rejected));
        let told = read(db, |conn| telling::messages(conn, &set.town.manager, set.table));
        assert_eq!(told.iter().filter(|one| one.kind == MessageKind::Decision).count(), 1);
    }
}
