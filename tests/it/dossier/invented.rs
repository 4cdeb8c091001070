//! The invented applications of the demonstration: every status, by the people whose act it is, and once.

use std::collections::BTreeSet;

use diesel::prelude::*;
use openhouse::actor::Actor;
use openhouse::audit::{self, Chain};
use openhouse::demo::letters::write_letters;
use openhouse::demo::load::{Loading, load};
use openhouse::demo::{Municipality, invent};
use openhouse::dossier::decision::{advice, decisions};
use openhouse::dossier::{Application, ApplicationState, CriterionState, desk, review, store};
use openhouse::files::Files;
use openhouse::procedure;
use openhouse::schema::{application_decision, application_history};
use openhouse::seal::Seals;

use super::town::read;
use crate::ground::{Ground, every, vault};

/// Founded, with its applications, and without quarters.
fn without_quarters() -> Municipality {
    let mut town = invent("2026-Q3".parse().unwrap(), 1);
    town.quarters.clear();
    town.municipal_facts.clear();
    town
}

fn come_in(ground: &Ground, folder: &std::path::Path, town: &Municipality) -> (i64, usize) {
    let files = Files::open(&folder.join("bestanden")).unwrap();
    let now = "2026-11-23T08:00:00".parse().unwrap();
    let vault = vault();
    let to =
        Loading { db: &ground.db, files: &files, vault: &vault, seals: &Seals::NONE, folder, now, progress: &|_| {} };
    let tenant = load(&to, town).unwrap_or_else(|fault| panic!("{}: {fault:#}", ground.backend));
    let letters = write_letters(&to, town, tenant, "http://localhost:8080").unwrap();
    (tenant, letters)
}

/// As the program sees them, with the draft that is its provider's own.
fn all(ground: &Ground, tenant: i64) -> Vec<Application> {
    let providers = read(&ground.db, |conn| openhouse::provider::store::all(conn, &Actor::system(tenant)));
    let own = providers.iter().flat_map(|provider| {
        let actor = Actor::of_provider("lezer", tenant, provider.id, "192.0.2.1");
        read(&ground.db, |conn| store::of_provider(conn, &actor, provider.id))
    });
    own.collect()
}

#[test]
fn the_demonstration_has_an_application_in_every_status_and_they_come_in_once() {
    let town = without_quarters();
    for ground in every() {
        let folder = tempfile::tempdir().unwrap();
        let (tenant, letters) = come_in(&ground, folder.path(), &town);
        let applications = all(&ground, tenant);
        for state in ApplicationState::ALL {
            assert!(applications.iter().any(|one| one.state == *state), "{}: none is {state}", ground.backend);
        }
        assert!(applications.iter().any(|one| one.previous.is_some()), "nobody applied again");
        let in_order: Vec<_> =
            applications.iter().map(|one| (one.number, one.started_at)).collect::<BTreeSet<_>>().into_iter().collect();
        assert!(in_order.windows(2).all(|pair| pair[0].1 <= pair[1].1), "numbers run with the days");

        assert_eq!(std::fs::read_dir(folder.path().join("brieven")).unwrap().count(), letters);
        assert!(letters > applications.len(), "{letters}");
        let lines =
            |ground: &Ground| read(&ground.db, |conn| application_history::table.count().get_result::<i64>(conn));
        let before = lines(&ground);
        assert_eq!(come_in(&ground, folder.path(), &town), (tenant, letters));
        assert_eq!(lines(&ground), before, "{}: the second time something came in again", ground.backend);
        let chain = ground.db.read(audit::verify).unwrap();
        assert!(matches!(chain, Chain::Whole { .. }), "{}: {chain:?}", ground.backend);
    }
}

#[test]
fn in_the_demonstration_somebody_else_than_the_adviser_decided_and_every_no_has_its_reason() {
    let town = without_quarters();
    for ground in every() {
        let folder = tempfile::tempdir().unwrap();
        let (tenant, _) = come_in(&ground, folder.path(), &town);
        let system = Actor::system(tenant);
        let (mut decided, mut reasons) = (0, 0);
        for one in all(&ground, tenant) {
            let advisers: Vec<i64> =
                read(&ground.db, |conn| advice(conn, &system, one.id)).iter().map(|one| one.account_id).collect();
            let accounts: Vec<i64> = read(&ground.db, |conn| {
                let mine = application_decision::table.filter(application_decision::application_id.eq(one.id));
                mine.select(application_decision::account_id).load(conn)
            });
            assert!(accounts.iter().all(|account| !advisers.contains(account)), "{}", one.number);
            decided += read(&ground.db, |conn| decisions(conn, &system, one.id)).len();
            for (_, verdicts) in read(&ground.db, |conn| review::verdicts(conn, &system, &[one.id])) {
                for verdict in verdicts.iter().filter(|verdict| verdict.result.asks_for_a_reason()) {
                    assert!(!verdict.reason.is_empty());
                    reasons += 1;
                }
            }
        }
        assert!(decided >= 6 && reasons >= 10, "{}: {decided} decisions, {reasons} reasons", ground.backend);
    }
}

#[test]
fn the_queue_of_the_demonstration_shows_each_kind_of_work() {
    let town = without_quarters();
    for ground in every() {
        let folder = tempfile::tempdir().unwrap();
        let (tenant, _) = come_in(&ground, folder.path(), &town);
        let system = Actor::system(tenant);
        let queue = read(&ground.db, |conn| desk::queue(conn, &system, "2026-11-23".parse().unwrap()));
        let lines = queue.ours.iter().chain(&queue.theirs).chain(&queue.soon);
        let kinds: BTreeSet<String> =
            lines.map(|item| format!("{:?}", item.work).split('(').next().unwrap_or_default().to_owned()).collect();
        for kind in [
            "TakeUp",
            "Judge",
            "Advise",
            "Decide",
            "SetAside",
            "AwaitJudgment",
            "Recheck",
            "Supplement",
            "Renew",
            "LegalProtection",
            "Expires",
        ] {
            assert!(kinds.contains(kind), "{}: {kind} is not among {kinds:?}", ground.backend);
        }
        let admitted = all(&ground, tenant).into_iter().filter(|one| one.state == ApplicationState::Admitted);
        let ids: Vec<i64> = admitted.map(|one| one.id).collect();
        let rows = read(&ground.db, |conn| review::rows(conn, &system, &ids));
        for state in [CriterionState::Expiring, CriterionState::Expired, CriterionState::HandedIn] {
            assert!(rows.iter().any(|row| row.state == state), "{state}");
        }
        let all = read(&ground.db, |conn| procedure::admission::store::all(conn, &system));
        let opened = all.into_iter().min_by_key(|one| one.id).expect("there is a procedure");
        let asked = read(&ground.db, |conn| procedure::admission::questions::published(conn, opened.id));
        assert_eq!(asked.len(), 1);
    }
}
