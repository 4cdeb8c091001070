//! What the tables of evidence keep, on each database, and for whom.

use diesel::result::Error as QueryError;
use openhouse::account::store::add_municipality;
use openhouse::actor::{Actor, Role};
use openhouse::db::Conn;
use openhouse::evidence::store::{
    NewEvidence, NewVersion, add, add_version, find_version, of_provider, open_shown, scanned, stored_bytes,
    waiting_for_scan, withdraw,
};
use openhouse::evidence::{Dates, Flag, MediaType, Shown, VersionState};
use openhouse::ids::Sha256Hex;
use openhouse::provider::store::register;

use crate::ground::{every, now};

/// A municipality with two providers, and somebody of each.
struct Town {
    manager: Actor,
    own: Actor,
    other: Actor,
}

fn town(conn: &mut Conn) -> Result<Town, QueryError> {
    let here = add_municipality(conn, &Actor::installer(), now(), "Noordermeer")?;
    let system = Actor::system(here);
    let own = register(conn, &system, now(), &"90009001".parse().unwrap(), "Eigen Weg", 1001)?;
    let other = register(conn, &system, now(), &"90009002".parse().unwrap(), "Andere Weg", 1002)?;
    Ok(Town {
        manager: Actor::of_municipality("M. de Wit", Role::ContractManager, here, "test"),
        own: Actor::of_provider("S. Bakker", here, own.id, "test"),
        other: Actor::of_provider("P. Visser", here, other.id, "test"),
    })
}

fn policy(provider_id: i64) -> NewEvidence {
    NewEvidence { provider_id, title: "Polis 2027".into() }
}

fn file(word: &str) -> NewVersion {
    NewVersion {
        file: Sha256Hex::of(word.as_bytes()),
        label: format!("{word}.pdf"),
        media_type: MediaType::Pdf,
        size: 1000,
        pages: Some(2),
        dates: Dates { valid_until: "2027-12-31".parse().ok(), ..Dates::default() },
        state: VersionState::Received,
        flags: vec![Flag::BsnInName, Flag::LinksOut],
        submission: None,
    }
}

#[test]
fn a_newer_file_is_a_new_version_and_the_old_one_stays() {
    for ground in every() {
        let seen: Result<_, QueryError> = ground.db.write(|conn| {
            let town = town(conn)?;
            let provider = town.own.own_provider().unwrap();
            let piece = add(conn, &town.own, now(), &policy(provider))?;
            add_version(conn, &town.own, now(), piece, &file("polis-2026"))?;
            add_version(conn, &town.own, now(), piece, &file("polis-2027"))?;
            let loose = add(conn, &town.own, now(), &policy(provider))?;
            add_version(conn, &town.own, now(), loose, &file("keurmerk"))?;
            assert_eq!(stored_bytes(conn, provider)?, 3000);
            of_provider(conn, &town.own)
        });
        let seen = seen.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend));
        let names: Vec<Vec<(i64, &str)>> =
            seen.iter().map(|piece| piece.versions.iter().map(|v| (v.number, v.label.as_str())).collect()).collect();
        assert_eq!(names, [vec![(1, "keurmerk.pdf")], vec![(2, "polis-2027.pdf"), (1, "polis-2026.pdf")]]);
        let newest = seen[1].newest().unwrap();
        assert_eq!(newest.flags, [Flag::BsnInName, Flag::LinksOut]);
        assert!(newest.counts_on("2027-12-31".parse().unwrap()) && !newest.counts_on("2028-01-01".parse().unwrap()));
    }
}

#[test]
fn nobody_sees_what_is_not_his_and_a_municipality_only_what_it_was_shown() {
    for ground in every() {
        let done: Result<(), QueryError> = ground.db.write(|conn| {
            let town = town(conn)?;
            let (own, other) = (town.own.own_provider().unwrap(), town.other.own_provider().unwrap());
            let piece = add(conn, &town.own, now(), &policy(own))?;
            let version = add_version(conn, &town.own, now(), piece, &file("polis"))?;
            for stranger in [&town.other, &town.manager] {
                assert!(of_provider(conn, stranger)?.is_empty());
                assert_eq!(find_version(conn, stranger, version)?, None);
            }
            assert!(add(conn, &town.other, now(), &policy(own)).is_err());
            assert!(add_version(conn, &town.other, now(), piece, &file("vals")).is_err());
            assert!(withdraw(conn, &town.other, now(), piece).is_err());
            assert!(withdraw(conn, &town.manager, now(), piece).is_err());
            let shown = open_shown(conn, Shown { provider_id: own, version_id: version })?;
            assert_eq!(shown.map(|one| one.id), Some(version));
            assert_eq!(open_shown(conn, Shown { provider_id: other, version_id: version })?, None);
            Ok(())
        });
        done.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend));
    }
}

#[test]
fn the_same_submission_again_stores_nothing() {
    for ground in every() {
        let done: Result<(), QueryError> = ground.db.write(|conn| {
            let town = town(conn)?;
            let piece = add(conn, &town.own, now(), &policy(town.own.own_provider().unwrap()))?;
            let sent = NewVersion { submission: Some("sleutel/0".into()), ..file("polis") };
            let first = add_version(conn, &town.own, now(), piece, &sent)?;
            assert_eq!(add_version(conn, &town.own, now(), piece, &sent)?, first);
            assert_eq!(of_provider(conn, &town.own)?[0].versions.len(), 1);
            Ok(())
        });
        done.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend));
    }
}

#[test]
fn what_waits_is_scanned_once_and_what_was_withdrawn_takes_no_file() {
    for ground in every() {
        let done: Result<(), QueryError> = ground.db.write(|conn| {
            let town = town(conn)?;
            let piece = add(conn, &town.own, now(), &policy(town.own.own_provider().unwrap()))?;
            let waits = NewVersion { state: VersionState::WaitsForScan, ..file("polis") };
            let id = add_version(conn, &town.own, now(), piece, &waits)?;
            assert_eq!(waiting_for_scan(conn, 10)?, [(id, waits.file.clone())]);
            scanned(conn, &Actor::installer(), now(), id, VersionState::Infected)?;
            scanned(conn, &Actor::installer(), now(), id, VersionState::Clean)?;
            assert_eq!(find_version(conn, &town.own, id)?.unwrap().state, VersionState::Infected);
            assert!(waiting_for_scan(conn, 10)?.is_empty());
            withdraw(conn, &town.own, now(), piece)?;
            assert!(add_version(conn, &town.own, now(), piece, &file("later")).is_err());
            Ok(())
        });
        done.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend));
    }
}
