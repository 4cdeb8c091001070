//! What is signed beside the text: the annexes and the tariffs of the first day, under one digest, and all of it in one file;
//! and who stands where afterwards, on the page of accession.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use openhouse::actor::Role;
use openhouse::agreement::life::{self, LifeState};
use openhouse::agreement::offer::standing::standings;
use openhouse::agreement::offer::{OfferRefusal, PartyState, digest_over};
use openhouse::agreement::text::store::version;
use openhouse::money::Cents;
use openhouse::procedure::catalogue::set_tariff;
use openhouse::schema::{accession, agreement_life, offer};

use super::paper::{in_role, newest, offered, paper, signatory};
use super::scene::{Scene, scenes};
use crate::dossier::town::{day, read, write};
use crate::dossier_pages::street::Street;
use crate::ground::now;

const CODE: &str = "jobcoaching-re-integratie-2027";

fn priced(scene: &Scene, cents: i64, from: &str) {
    write(&scene.ground.db, |conn| {
        set_tariff(conn, &scene.town.manager, now(), CODE, Cents(cents), day(from))
            .unwrap_or_else(|no| panic!("{no:?}"));
        Ok(())
    });
}

#[test]
fn the_tariffs_of_the_first_day_are_signed_and_a_later_tariff_changes_nothing_of_it() {
    for scene in scenes() {
        priced(&scene, 6_255, "2026-12-01");
        scene.offer();
        let offer_of = || newest(&scene.ground.db, &scene.town, &scene.firm).0;
        let first = offer_of();
        let annex = first.tariffs.clone().expect("products are offered, so their tariffs are too");
        assert_eq!((annex.on, annex.lines.len()), (day("2027-01-01"), 1), "{}", scene.ground.backend);
        assert_eq!((annex.lines[0].code.as_str(), annex.lines[0].amount), (CODE, Some(Cents(6_255))));
        assert_eq!(first.digest, digest_over(&first.documents, Some(&annex)));
        assert_ne!(first.digest, digest_over(&first.documents, None), "they are part of what is signed");
        priced(&scene, 6_500, "2026-12-15");
        assert_eq!(offer_of(), first);
        scene.sign_well("2026-12-01").unwrap();
    }
}

#[test]
fn a_tariff_that_was_touched_after_the_offer_is_not_signed() {
    for scene in scenes() {
        priced(&scene, 6_255, "2026-12-01");
        scene.offer();
        let written = newest(&scene.ground.db, &scene.town, &scene.firm).0.tariffs.unwrap().written;
        let touched = written.replace("6255", "9255");
        assert_ne!(written, touched);
        write(&scene.ground.db, |conn| {
            Ok(diesel::update(offer::table).set(offer::tariffs.eq(Some(touched.as_str()))).execute(conn)?)
        });
        assert_eq!(scene.sign_well("2026-12-01"), Err(OfferRefusal::TextChanged), "{}", scene.ground.backend);
    }
}

#[test]
fn a_dissolved_agreement_is_told_as_ended_even_when_its_newest_version_never_began() {
    for scene in scenes() {
        scene.offer();
        scene.sign_well("2026-12-01").unwrap();
        scene.countersign("2026-12-02").unwrap();
        let standing = |on: &str| {
            read(&scene.ground.db, |conn| {
                let (text, _) = version(conn, &scene.town.system, scene.paper.version)?.unwrap();
                standings(conn, &scene.town.manager, day(on), &text)
            })
            .remove(0)
        };
        assert_eq!(standing("2026-12-10").newest_version(), Some(1), "{}", scene.ground.backend);
        // As it is when it is dissolved before its first day: the last day lies before the first.
        write(&scene.ground.db, |conn| {
            diesel::update(accession::table).set(accession::active_until.eq(day("2026-12-09"))).execute(conn)?;
            diesel::update(agreement_life::table).set(agreement_life::state.eq(LifeState::Dissolved)).execute(conn)?;
            Ok(())
        });
        for on in ["2026-12-09", "2027-02-01"] {
            let found = standing(on);
            assert!(found.accessions.is_empty(), "{on}: {found:?}");
            let ended = found.ended.expect("how it ended");
            assert_eq!((ended.state, ended.on), (LifeState::Dissolved, day("2026-12-09")), "{on}");
        }
        let lives = read(&scene.ground.db, |conn| life::store::all(conn, &scene.town.system, &[]));
        assert_eq!(lives.len(), 1);
    }
}

#[actix_web::test]
async fn one_file_with_the_annexes_and_a_page_to_sign_on_is_there_until_somebody_signed() {
    let street = Street::new();
    let firm = street.town.admitted(street.db(), "Sanne Bakker", "12345678", "Werkpad Noord");
    let rival = street.town.admitted(street.db(), "Bram Visser", "87654321", "De Brug");
    let paper = paper(street.db(), &street.town, "re-integratie-2027", "2026-11-01");
    let director = signatory(street.db(), &street.town, &firm, "Femke Dijkstra");
    let today = street.house.today();
    let providers = [firm.started.provider_id];
    offered(street.db(), &street.town, &paper, paper.version, &providers, (today, today)).unwrap();
    let id = newest(street.db(), &street.town, &firm).1.id;
    let (sign, file) =
        (format!("/mijn/overeenkomst/{id}/tekenen"), format!("/mijn/overeenkomst/{id}/om-te-tekenen.pdf"));
    let page = street.page(&director, &sign).await;
    assert!(page.contains(&file) && page.contains("Producten en tarieven") && page.contains("Jobcoaching"), "{page}");
    let (button, field) = (page.find("tekencode").unwrap(), page.find("name=\"code\"").unwrap());
    assert!(button < field, "the code is asked for before it is typed");
    let given = street.get(&director, &file).await;
    assert!(given.status == StatusCode::OK && given.bytes.starts_with(b"%PDF-"));
    assert_eq!(street.get(&director, &file).await.bytes, given.bytes, "the same offer is the same file");
    let theirs = signatory(street.db(), &street.town, &rival, "Iris Mulder");
    assert_eq!(street.get(&theirs, &file).await.status, StatusCode::NOT_FOUND);
    let user = in_role(street.db(), &street.town, &firm, "Kim Vos", Role::ProviderUser);
    assert_eq!(street.get(&user, &file).await.status, StatusCode::OK, "who may read it may print it");

    let refuse = format!("/mijn/overeenkomst/{id}/weigeren");
    street.post(&director, &refuse, &[("reden", "Deze tarieven zijn te laag.")]).await;
    assert_eq!(newest(street.db(), &street.town, &firm).1.state, PartyState::Declined);
    assert_eq!(street.get(&director, &file).await.status, StatusCode::NOT_FOUND);
    let page = street.page(&director, &sign).await;
    assert!(page.contains("U bent niet akkoord gegaan") && !page.contains("op tijd"), "{page}");
}
