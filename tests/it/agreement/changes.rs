//! Changes on real databases: who accepts works on under the new version, and who does not, or says nothing, has given
//! notice; of a forced change that notice is longer.

use diesel::prelude::*;
use openhouse::actor::Actor;
use openhouse::agreement::offer::offering::{NewOffer, offer};
use openhouse::agreement::offer::signing::decline;
use openhouse::agreement::offer::standing::standings;
use openhouse::agreement::offer::{OfferRefusal, PartyKind, PartyState, calendar};
use openhouse::agreement::text::store::version;
use openhouse::schema::{accession, outbox};

use super::paper::{newest, next_version, offered, tried};
use super::scene::scenes;
use crate::dossier::town::{at, day, read};

#[test]
fn a_change_keeps_the_number_and_takes_the_place_of_the_version_before() {
    for scene in scenes() {
        scene.offer();
        scene.sign_well("2026-11-25").unwrap();
        scene.countersign("2026-11-26").unwrap();
        let second = next_version(&scene.ground.db, &scene.town, scene.paper.text, "2027-04-01");
        let providers = [scene.firm.started.provider_id];
        let offer = |on: &str, from: &str| {
            offered(&scene.ground.db, &scene.town, &scene.paper, second, &providers, (day(on), day(from)))
        };
        assert_eq!(offer("2027-03-25", "2027-04-01"), Err(OfferRefusal::StartsWithinTerm(day("2027-04-08"))));
        assert_eq!(offer("2027-02-01", "2027-03-01"), Err(OfferRefusal::StartsBefore(day("2027-04-01"))));
        offer("2027-02-01", "2027-04-01").unwrap();
        assert!(matches!(offer("2027-02-02", "2027-04-01"), Err(OfferRefusal::NotOffered(_))), "one at a time");
        let (_, party) = newest(&scene.ground.db, &scene.town, &scene.firm);
        assert_eq!(party.kind, PartyKind::Change);
        assert!(scene.mails("E11") > 0);

        scene.sign_well("2027-02-03").unwrap();
        assert_eq!(scene.countersign("2027-02-04"), Ok(vec![Some("2026-001".to_owned())]));
        let told: Vec<_> = scene.accessions().iter().map(|one| (one.version, one.active_until)).collect();
        assert_eq!(told, [(1, Some(day("2027-03-31"))), (2, None)]);
        let all = read(&scene.ground.db, |conn| {
            let (text, _) = version(conn, &scene.town.manager, second)?.unwrap();
            standings(conn, &scene.town.manager, day("2027-03-31"), &text)
        });
        let works = |on: &str| all[0].works_under(day(on)).map(|one| one.version);
        assert_eq!((works("2027-03-31"), works("2027-04-01")), (Some(1), Some(2)));
    }
}

#[test]
fn not_accepting_a_change_counts_as_notice_until_it_begins() {
    for scene in scenes() {
        scene.offer();
        scene.sign_well("2026-11-25").unwrap();
        scene.countersign("2026-11-26").unwrap();
        let second = next_version(&scene.ground.db, &scene.town, scene.paper.text, "2027-04-01");
        let providers = [scene.firm.started.provider_id];
        let days = (day("2027-02-01"), day("2027-04-01"));
        offered(&scene.ground.db, &scene.town, &scene.paper, second, &providers, days).unwrap();
        let id = newest(&scene.ground.db, &scene.town, &scene.firm).1.id;
        let refuse = |by: &Actor, reason: &str| {
            tried(&scene.ground.db, |conn| decline(conn, by, at("2027-02-03"), day("2027-02-03"), id, reason))
        };
        assert_eq!(refuse(&scene.director, " "), Err(OfferRefusal::ReasonMissing));
        assert_eq!(refuse(&scene.firm.actor, "Te duur."), Err(OfferRefusal::NotYours));
        refuse(&scene.director, "Het tarief dekt de kosten niet.").unwrap();
        assert_eq!(scene.state(), PartyState::Declined);
        assert_eq!(scene.accessions()[0].active_until, Some(day("2027-03-31")));
        assert!(scene.mails("E28") > 0);
        assert_eq!(scene.sign_well("2027-02-04"), Err(OfferRefusal::NotNow(PartyState::Declined)));
        let days = (day("2027-02-10"), day("2027-04-01"));
        let again = offered(&scene.ground.db, &scene.town, &scene.paper, second, &providers, days);
        assert!(matches!(again, Err(OfferRefusal::NotOffered(_))), "nothing runs any more when it begins: {again:?}");
    }
}

#[test]
fn not_accepting_a_forced_change_gives_three_months_notice_after_the_term() {
    for scene in scenes() {
        scene.offer();
        scene.sign_well("2026-11-25").unwrap();
        scene.countersign("2026-11-26").unwrap();
        let second = next_version(&scene.ground.db, &scene.town, scene.paper.text, "2027-04-01");
        let (providers, products) = ([scene.firm.started.provider_id], [scene.paper.product]);
        let (on, starts_on) = (day("2027-03-01"), day("2027-04-01"));
        let law = NewOffer { version_id: second, providers: &providers, products: &products, starts_on, forced: true };
        tried(&scene.ground.db, |conn| offer(conn, &scene.town.manager, at("2027-03-01"), on, &law)).unwrap();
        let (offer, party) = newest(&scene.ground.db, &scene.town, &scene.firm);
        assert_eq!((offer.notice_months, party.term.due), (Some(3), day("2027-03-15")));
        let told: String = read(&scene.ground.db, |conn| {
            outbox::table.filter(outbox::kind.eq("E11")).select(outbox::body).first(conn)
        });
        assert!(told.contains("15 juni 2027"), "{told}");

        let (by, now, today) = (&scene.director, at("2027-03-04"), day("2027-03-04"));
        tried(&scene.ground.db, |conn| decline(conn, by, now, today, party.id, "Te veel werk.")).unwrap();
        let runs = scene.accessions();
        let told: Vec<_> = runs.iter().map(|one| (one.version, one.active_until)).collect();
        assert_eq!(told, [(1, Some(day("2027-06-15")))], "under the old text, through the notice");
        assert_eq!((scene.state(), scene.mails("E28") > 0), (PartyState::Declined, true));
    }
}

#[test]
fn who_says_nothing_lapses_and_of_a_change_it_counts_as_notice() {
    for scene in scenes() {
        scene.offer();
        let lapse = |on: &str| {
            let done: QueryResult<usize> =
                scene.ground.db.write(|conn| calendar::lapse(conn, &scene.town.system, at(on), day(on)));
            done.unwrap()
        };
        assert_eq!((lapse("2026-12-08"), lapse("2026-12-09"), lapse("2026-12-09")), (0, 1, 0));
        assert_eq!(scene.state(), PartyState::Lapsed);
        assert_eq!(scene.sign_well("2026-12-10"), Err(OfferRefusal::TermOver(day("2026-12-08"))));

        let providers = [scene.firm.started.provider_id];
        let days = (day("2026-12-14"), day("2027-01-01"));
        offered(&scene.ground.db, &scene.town, &scene.paper, scene.paper.version, &providers, days).unwrap();
        scene.sign_well("2026-12-15").unwrap();
        scene.countersign("2026-12-16").unwrap();
        let second = next_version(&scene.ground.db, &scene.town, scene.paper.text, "2027-04-01");
        let days = (day("2027-02-01"), day("2027-04-01"));
        offered(&scene.ground.db, &scene.town, &scene.paper, second, &providers, days).unwrap();
        assert_eq!((lapse("2027-02-15"), lapse("2027-02-16")), (0, 1));
        assert_eq!(scene.state(), PartyState::Declined);
        assert_eq!(scene.accessions()[0].active_until, Some(day("2027-03-31")));
    }
}

#[test]
fn of_an_agreement_that_ends_before_the_change_begins_nothing_is_signed() {
    for scene in scenes() {
        scene.offer();
        scene.sign_well("2026-11-25").unwrap();
        scene.countersign("2026-11-26").unwrap();
        let second = next_version(&scene.ground.db, &scene.town, scene.paper.text, "2027-04-01");
        let providers = [scene.firm.started.provider_id];
        let days = (day("2027-02-01"), day("2027-04-01"));
        offered(&scene.ground.db, &scene.town, &scene.paper, second, &providers, days).unwrap();
        let ends_on = |last: Option<&str>| {
            let ends = diesel::update(accession::table).set(accession::active_until.eq(last.map(day)));
            let done: QueryResult<usize> = scene.ground.db.write(|conn| ends.execute(conn));
            assert_eq!(done.unwrap(), 1);
        };
        let nothing_left = Err(OfferRefusal::NothingToChange(day("2027-03-15")));
        ends_on(Some("2027-03-15"));
        assert_eq!(scene.sign_well("2027-02-04"), nothing_left);
        ends_on(None);
        scene.sign_well("2027-02-04").unwrap();
        ends_on(Some("2027-03-15"));
        assert_eq!(scene.countersign("2027-02-05").map(drop), nothing_left);
        assert_eq!(scene.state(), PartyState::SignedByProvider);
    }
}
