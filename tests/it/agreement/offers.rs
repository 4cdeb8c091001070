//! Offering and signing on real databases: what is signed is what was on the page, by who may, once; and only with both
//! signatures there is an agreement.

use std::sync::Barrier;

use diesel::prelude::*;
use openhouse::account::once::CodeKind;
use openhouse::actor::{Actor, Role};
use openhouse::agreement::offer::countersigning::{Countersigning, countersign};
use openhouse::agreement::offer::offering::{candidates, withdraw};
use openhouse::agreement::offer::signing::{Signing, sign};
use openhouse::agreement::offer::store::{signatures, uploads};
use openhouse::agreement::offer::uploading::{self, HandIn, OddDay, odd_days};
use openhouse::agreement::offer::{LEAST_REASON, OfferRefusal, PartyState, Side};
use openhouse::agreement::store as accessions;
use openhouse::agreement::text::store::version;
use openhouse::evidence::signed::{Finding, PdfSignature};
use openhouse::schema::{article, signature};

use super::paper::{good, in_role, newest, next_version, offered, signatory, tried};
use super::scene::scenes;
use crate::dossier::town::{at, day, read, upload, write};

#[test]
fn only_with_both_signatures_there_is_an_agreement() {
    for scene in scenes() {
        scene.offer();
        assert!(scene.mails("E09") > 0 && scene.mails("E11") == 0);
        assert_eq!(scene.countersign("2026-11-25"), Err(OfferRefusal::NotNow(PartyState::Offered)));
        scene.sign_well("2026-11-25").unwrap();
        assert_eq!((scene.state(), scene.accessions()), (PartyState::SignedByProvider, vec![]));
        assert!(scene.mails("E42") > 0 && scene.mails("E10") == 0);

        assert_eq!(scene.countersign("2026-11-26"), Ok(vec![Some("2026-001".to_owned())]));
        let made = scene.accessions().remove(0);
        assert_eq!((made.version, made.active_from, made.active_until), (1, day("2027-01-01"), None));
        let products = read(&scene.ground.db, |conn| accessions::products(conn, &scene.town.system, made.id));
        assert_eq!(products, [scene.paper.product]);
        assert!(scene.mails("E10") > 0);

        let (offer, party) = newest(&scene.ground.db, &scene.town, &scene.firm);
        let put = read(&scene.ground.db, |conn| signatures(conn, &scene.director, &[party.id]));
        let told: Vec<_> = put.iter().map(|one| (one.side, one.name.as_str(), one.kvk.as_str())).collect();
        assert_eq!(told, [(Side::Provider, "Femke Dijkstra", "12345678"), (Side::Municipality, "Hans Smit", "")]);
        assert!(put.iter().all(|one| one.digest == offer.digest && one.code == Some(CodeKind::App)));
        let changed: QueryResult<usize> = scene
            .ground
            .db
            .write(|conn| diesel::update(signature::table).set(signature::name.eq("Iemand anders")).execute(conn));
        assert!(changed.is_err(), "a signature is never changed");
    }
}

#[test]
fn an_agreement_never_begins_before_the_last_signature() {
    for scene in scenes() {
        let providers = [scene.firm.started.provider_id];
        let days = (day("2026-12-01"), day("2026-12-02"));
        offered(&scene.ground.db, &scene.town, &scene.paper, scene.paper.version, &providers, days).unwrap();
        scene.sign_well("2026-12-03").unwrap();
        scene.countersign("2026-12-07").unwrap();
        assert_eq!(scene.accessions()[0].active_from, day("2026-12-07"));
    }
}

#[test]
fn what_was_not_on_the_page_is_not_signed_nor_by_who_may_not() {
    for scene in scenes() {
        scene.offer();
        let on = "2026-11-25";
        let digest = newest(&scene.ground.db, &scene.town, &scene.firm).0.digest;
        let all = good(digest.as_str());
        assert_eq!(scene.sign(&scene.director, on, &good(&"0".repeat(64))), Err(OfferRefusal::OtherText));
        let unread = Signing { read: false, ..all };
        assert_eq!(scene.sign(&scene.director, on, &unread), Err(OfferRefusal::NotRead));
        let unauthorised = Signing { authorised: false, ..all };
        assert_eq!(scene.sign(&scene.director, on, &unauthorised), Err(OfferRefusal::NotAuthorised));
        assert_eq!(
            scene.sign(&scene.director, on, &Signing { position: " ", ..all }),
            Err(OfferRefusal::PositionMissing)
        );
        assert_eq!(scene.sign(&scene.firm.actor, on, &all), Err(OfferRefusal::NotYours), "an administrator");
        assert_eq!(scene.sign(&scene.town.decider, on, &all), Err(OfferRefusal::NotYours));
        let rival = scene.town.applicant(&scene.ground.db, "Bram Visser", "87654321", "De Brug");
        let stranger = signatory(&scene.ground.db, &scene.town, &rival, "Iris Mulder");
        assert_eq!(scene.sign(&stranger, on, &all), Err(OfferRefusal::NotFound), "of another KvK number");

        // Somebody changes a word of the text past the house.
        write(&scene.ground.db, |conn| {
            let first = article::table.filter(article::text_version_id.eq(scene.paper.version));
            diesel::update(first).set(article::body.eq("Binnen twaalf weken.")).execute(conn)?;
            Ok(())
        });
        assert_eq!(scene.sign(&scene.director, on, &all), Err(OfferRefusal::TextChanged));
        assert_eq!(scene.state(), PartyState::Offered);
        assert!(scene.accessions().is_empty());
    }
}

#[test]
fn the_last_day_still_counts_and_the_next_does_not() {
    for scene in scenes() {
        scene.offer();
        let due = newest(&scene.ground.db, &scene.town, &scene.firm).1.term.due;
        assert_eq!(due, day("2026-12-08"));
        assert_eq!(scene.sign_well("2026-12-09"), Err(OfferRefusal::TermOver(due)));
        scene.sign_well("2026-12-08").unwrap();
    }
}

#[test]
fn of_two_who_sign_at_once_one_has_signed_and_the_other_is_told_by_whom() {
    for scene in scenes() {
        scene.offer();
        let partner = signatory(&scene.ground.db, &scene.town, &scene.firm, "Joris Kok");
        let (offer, party) = newest(&scene.ground.db, &scene.town, &scene.firm);
        let (on, db) = ("2026-11-25", &scene.ground.db);
        let barrier = Barrier::new(4);
        let presses: Vec<_> = std::thread::scope(|scope| {
            let started: Vec<_> = [&scene.director, &scene.director, &partner, &partner]
                .into_iter()
                .map(|by| {
                    let (barrier, digest) = (&barrier, offer.digest.as_str());
                    scope.spawn(move || {
                        barrier.wait();
                        (by.name(), tried(db, |conn| sign(conn, by, at(on), day(on), party.id, &good(digest))))
                    })
                })
                .collect();
            started.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let winners: Vec<_> = presses.iter().filter(|(_, done)| done.is_ok()).collect();
        assert_eq!(winners.len(), 1, "{presses:?}");
        let first = winners[0].0;
        for (_, done) in presses.iter().filter(|(_, done)| done.is_err()) {
            assert!(matches!(done, Err(OfferRefusal::AlreadySigned { by, .. }) if by == first), "{done:?}");
        }
        let put = read(db, |conn| signatures(conn, &scene.town.system, &[party.id]));
        assert_eq!(put.len(), 1);
    }
}

#[test]
fn an_offer_withdrawn_while_somebody_signs_has_one_outcome() {
    for scene in scenes() {
        let id = scene.offer();
        let (offer, party) = newest(&scene.ground.db, &scene.town, &scene.firm);
        let (on, db, barrier) = ("2026-11-25", &scene.ground.db, Barrier::new(2));
        let (signed, withdrawn) = std::thread::scope(|scope| {
            let signs = scope.spawn(|| {
                barrier.wait();
                let by = &scene.director;
                tried(db, |conn| sign(conn, by, at(on), day(on), party.id, &good(offer.digest.as_str())))
            });
            let withdraws = scope.spawn(|| {
                barrier.wait();
                tried(db, |conn| withdraw(conn, &scene.town.manager, at(on), id, "Fout in artikel 1."))
            });
            (signs.join().unwrap(), withdraws.join().unwrap())
        });
        match (signed, withdrawn) {
            (Ok(()), Err(OfferRefusal::NotNow(PartyState::SignedByProvider))) => {
                assert_eq!(scene.state(), PartyState::SignedByProvider);
            }
            (Err(OfferRefusal::Withdrawn { reason }), Ok(1)) => {
                assert_eq!((scene.state(), reason.as_str()), (PartyState::Withdrawn, "Fout in artikel 1."));
                assert!(scene.mails("E43") > 0);
            }
            both => panic!("two outcomes: {both:?}"),
        }
    }
}

#[test]
fn of_two_who_sign_for_the_municipality_at_once_one_has_signed_and_there_is_one_agreement() {
    for scene in scenes() {
        scene.offer();
        scene.sign_well("2026-11-25").unwrap();
        let (_, party) = newest(&scene.ground.db, &scene.town, &scene.firm);
        let (db, barrier, all) = (&scene.ground.db, Barrier::new(3), [(party.id, party.version)]);
        let presses: Vec<_> = std::thread::scope(|scope| {
            let press = || {
                barrier.wait();
                let signing = Countersigning { parties: &all, position: "afdelingshoofd", code: CodeKind::App };
                let (by, now) = (&scene.town.decider, at("2026-11-26"));
                tried(db, |conn| countersign(conn, by, now, day("2026-11-26"), &signing))
            };
            let started: Vec<_> = (0..3).map(|_| scope.spawn(press)).collect();
            started.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(presses.iter().filter(|done| done.is_ok()).count(), 1, "{presses:?}");
        for done in presses.iter().filter(|done| done.is_err()) {
            assert!(matches!(done, Err(OfferRefusal::ChangedMeanwhile { by, .. }) if by == "Hans Smit"), "{done:?}");
        }
        assert_eq!((scene.accessions().len(), scene.mails("E42") > 0), (1, true));
        let put = read(db, |conn| signatures(conn, &scene.town.system, &[party.id]));
        assert_eq!(put.len(), 2);
    }
}

#[test]
fn only_who_was_admitted_is_offered_an_agreement_and_only_by_the_contract_manager() {
    for scene in scenes() {
        let rival = scene.town.applicant(&scene.ground.db, "Bram Visser", "87654321", "De Brug");
        let days = (day("2026-11-24"), day("2027-01-01"));
        let offer = |version: i64, providers: &[i64]| {
            offered(&scene.ground.db, &scene.town, &scene.paper, version, providers, days)
        };
        let version_id = scene.paper.version;
        assert_eq!(offer(version_id, &[rival.started.provider_id]), Err(OfferRefusal::NotFound));
        assert_eq!(offer(version_id, &[]), Err(OfferRefusal::NobodyChosen));
        let next = next_version(&scene.ground.db, &scene.town, scene.paper.text, "2027-04-01");
        assert_eq!(offer(next, &[scene.firm.started.provider_id]), Err(OfferRefusal::StartsBefore(day("2027-04-01"))));
        let named = read(&scene.ground.db, |conn| {
            let (text, found) = version(conn, &scene.town.manager, next)?.unwrap();
            candidates(conn, &scene.town.manager, day("2026-11-24"), &text, &found)
        });
        let names: Vec<&str> = named.iter().map(|one| one.provider.name.as_str()).collect();
        assert_eq!(names, ["Werkpad Noord"]);
    }
}

#[test]
fn a_file_signed_elsewhere_is_accepted_with_a_reason_or_sent_back_for_three_weeks() {
    for scene in scenes() {
        scene.offer();
        let (offer, party) = newest(&scene.ground.db, &scene.town, &scene.firm);
        let file = upload(&scene.ground.db, &scene.firm, "Getekend", "2026-11-24", None);
        let read_in_it = [PdfSignature {
            finding: Finding::Intact,
            signer: "Femke Dijkstra".into(),
            issuer: "Voorbeeld".into(),
            at: Some(at("2026-11-24")),
        }];
        let hand_in = |by: &Actor, on: &str| {
            let digest = offer.digest.as_str();
            tried(&scene.ground.db, |conn| {
                let new = HandIn {
                    seen: digest,
                    read: true,
                    authorised: true,
                    position: "directeur",
                    signed_on: Some(day("2026-11-20")),
                    version_id: file,
                    found: &read_in_it,
                };
                uploading::hand_in(conn, by, at(on), day(on), party.id, &new)
            })
        };
        let user = in_role(&scene.ground.db, &scene.town, &scene.firm, "Kim Vos", Role::ProviderUser);
        assert_eq!(hand_in(&user, "2026-11-30"), Err(OfferRefusal::NotYours));
        hand_in(&scene.director, "2026-11-30").unwrap();
        assert_eq!(scene.sign_well("2026-11-30"), Err(OfferRefusal::NotNow(PartyState::Uploaded)));
        let seen = || newest(&scene.ground.db, &scene.town, &scene.firm).1.version;
        let back = |by: &Actor, reason: &str| {
            let seen = seen();
            tried(&scene.ground.db, |conn| {
                uploading::send_back(conn, by, at("2026-12-01"), day("2026-12-01"), party.id, seen, reason)
            })
        };
        assert_eq!(back(&scene.town.decider, ""), Err(OfferRefusal::ReasonMissing));
        assert_eq!(back(&scene.town.manager, "Doorgehaald."), Err(OfferRefusal::NotYours));
        back(&scene.town.decider, "In artikel 1 is een woord doorgehaald.").unwrap();
        let again = newest(&scene.ground.db, &scene.town, &scene.firm).1;
        assert_eq!((again.state, again.term.due), (PartyState::Offered, day("2026-12-22")));
        assert!(scene.mails("E44") > 0);

        hand_in(&scene.director, "2026-12-15").unwrap();
        let accept = |reason: &str| {
            let seen = seen();
            tried(&scene.ground.db, |conn| {
                uploading::accept(conn, &scene.town.decider, at("2026-12-16"), party.id, seen, reason)
            })
        };
        assert_eq!(accept(" "), Err(OfferRefusal::ReasonMissing));
        for says_nothing in ["x", "Akkoord, is goed.", "......................................."] {
            assert_eq!(accept(says_nothing), Err(OfferRefusal::ReasonTooShort(LEAST_REASON)), "{says_nothing}");
        }
        let whole = newest(&scene.ground.db, &scene.town, &scene.firm).0;
        let upload = read(&scene.ground.db, |conn| uploads(conn, &scene.town.decider, party.id)).remove(0);
        let before = OddDay::BeforeOffer(day("2026-11-20"));
        assert_eq!(odd_days(&whole, &upload), [before], "the paper is older than the offer");
        accept("Handtekening en tekst van alle bladen nagekeken.").unwrap();
        let put = read(&scene.ground.db, |conn| signatures(conn, &scene.town.system, &[party.id])).remove(0);
        assert_eq!((put.name.as_str(), put.code, put.upload.is_some()), ("Femke Dijkstra", None, true));
        scene.countersign("2026-12-17").unwrap();
        assert_eq!(scene.state(), PartyState::Signed);
    }
}
