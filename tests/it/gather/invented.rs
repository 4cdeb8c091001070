//! The invented municipality, which comes in as files, is judged as it was invented: what counter, stores and
//! gathering make of it is held beside the facts as they follow from the invention itself.

use std::path::Path;

use diesel::QueryResult;
use diesel::prelude::*;
use openhouse::actor::Actor;
use openhouse::assessment::Assessment;
use openhouse::assessment::store::{assess_all, latest_of};
use openhouse::audit::{self, Chain};
use openhouse::calendar::utc;
use openhouse::demo::load::{Loading, load, steps};
use openhouse::demo::table::lay_out;
use openhouse::demo::{Municipality, invent};
use openhouse::facts::{QuarterFacts, gather};
use openhouse::files::Files;
use openhouse::indicator::{Findings, judge};
use openhouse::provider;
use openhouse::quarter::Quarter;
use openhouse::seal::Seals;

use super::town::quarter;
use crate::ground::{Ground, every};

#[test]
fn the_invented_municipality_is_judged_as_it_was_invented_and_comes_in_once() {
    let town = invent(quarter("2026-Q3"), 2027);
    for ground in every() {
        println!("on {}", ground.backend);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let tenant = come_in(&ground, folder.path(), &town);
        let actor = Actor::system(tenant);
        for quarter in &town.quarters {
            hold_beside(&ground, &actor, &town, *quarter);
        }
        batch_is_what_was_frozen(&ground, &actor, town.quarters[7]);

        let before = rows(&ground);
        assert_eq!(come_in(&ground, folder.path(), &town), tenant);
        assert_eq!(rows(&ground), before, "{}: the second time something came in again", ground.backend);
        let chain = ground.db.read(audit::verify).expect("the audit can be read");
        assert!(matches!(chain, Chain::Whole { .. }), "{}: {chain:?}", ground.backend);
    }
}

fn come_in(ground: &Ground, folder: &Path, town: &Municipality) -> i64 {
    let files = Files::open(&folder.join("bestanden")).expect("a folder for files");
    let done = std::cell::Cell::new(0);
    let loading = Loading {
        db: &ground.db,
        files: &files,
        vault: &crate::ground::vault(),
        seals: &Seals::NONE,
        folder,
        now: utc("2026-12-01T09:00:00".parse().expect("a moment")),
        progress: &|_| done.set(done.get() + 1),
    };
    let tenant = load(&loading, town).unwrap_or_else(|fault| panic!("{}: {fault:#}", ground.backend));
    assert_eq!(done.get(), steps(town));
    tenant
}

/// The assessments that were made of the quarter when it was judged, beside the invention.
fn hold_beside(ground: &Ground, actor: &Actor, town: &Municipality, quarter: Quarter) {
    let (ids, judged): (Vec<_>, Vec<Assessment>) = ground
        .db
        .read(|conn| {
            let known = provider::store::all(conn, actor)?;
            let ids: Vec<i64> = known.iter().map(|provider| provider.id).collect();
            let judged = latest_of(conn, actor, &ids, quarter)?;
            Ok::<_, diesel::result::Error>((known, judged))
        })
        .expect("assessments can be read");
    let mut expected = 0;
    for invented in &town.providers {
        let id = ids.iter().find(|provider| provider.kvk == invented.kvk).expect("every provider is registered").id;
        let told = lay_out(town, invented, quarter);
        let Some(assessment) = judged.iter().find(|one| one.provider_id == id) else {
            assert!(judge(&told).are_empty(), "{} was not judged in {quarter}", invented.name);
            continue;
        };
        expected += 1;
        let what = format!("{}: {} in {quarter}", ground.backend, invented.name);
        let (facts, findings) = assessment.documents().expect("frozen documents can be read");
        assert_eq!(assessment.version, 1, "{what}");
        assert_eq!(assessment.finalised.is_some(), quarter != town.quarters[7], "{what}");
        assert_eq!(in_order(findings), in_order(judge(&told)), "{what}");
        assert_eq!(comparable(facts.clone(), &facts), comparable(told, &facts), "{what}");
    }
    assert_eq!(judged.len(), expected);
    assert!(expected >= 20, "only {expected} providers were judged in {quarter}");
}

/// Cases in the order of their names: the invention has no order of receipt.
fn in_order(mut findings: Findings) -> Findings {
    for finding in &mut findings.findings {
        finding.cases.sort_by(|one, other| one.case_ref.cmp(&other.case_ref));
    }
    findings
}

/// Without what plays no part in the quarter and was not gathered, and in the order of names.
fn comparable(mut facts: QuarterFacts, gathered: &QuarterFacts) -> QuarterFacts {
    let quarter = facts.quarter;
    facts.trajectories.retain(|one| gathered.trajectories.iter().any(|known| known.case_ref == one.case_ref));
    facts.trajectories.sort_by(|one, other| one.case_ref.cmp(&other.case_ref));
    for trajectory in &mut facts.trajectories {
        trajectory.feedback.retain(|moment| quarter.contains(moment.due_on));
    }
    let there = |until: Option<chrono::NaiveDate>| until.is_none_or(|until| until >= quarter.first_day());
    facts.professionals.retain(|one| one.active_from <= quarter.last_day() && there(one.active_until));
    facts.professionals.sort_by(|one, other| one.staff_ref.cmp(&other.staff_ref));
    for person in &mut facts.professionals {
        person.vogs.sort_by_key(|vog| vog.valid_from);
    }
    facts.surveys.retain(|one| quarter.contains(one.due_on));
    let known = |complaint_ref: &str| gathered.complaints.items.iter().any(|one| one.complaint_ref == complaint_ref);
    facts.complaints.items.retain(|one| known(&one.complaint_ref));
    facts.complaints.items.sort_by(|one, other| one.complaint_ref.cmp(&other.complaint_ref));
    facts
}

/// Nothing came in after the last quarter was judged: gathered again, its facts are the frozen ones. Only an agreement may
/// have got a last day since, as of who did not accept a change.
fn batch_is_what_was_frozen(ground: &Ground, actor: &Actor, quarter: Quarter) {
    let checked: QueryResult<()> = ground.db.write(|conn| {
        let terms = gather::terms(conn, actor, quarter)?;
        let batch = gather::batch(conn, actor, 0, quarter, &terms)?.expect("there are providers");
        let ids: Vec<i64> = batch.providers.iter().map(|(id, _)| *id).collect();
        let frozen = latest_of(conn, actor, &ids, quarter)?;
        let mut leave = 0;
        for (id, facts) in &batch.providers {
            assert_eq!(gather::one(conn, actor, *id, quarter, &terms)?.as_ref(), Some(facts));
            match frozen.iter().find(|one| one.provider_id == *id) {
                Some(assessment) if assessment.frozen.facts != facts.to_json() => {
                    let (judged, _) = assessment.documents().expect("frozen documents can be read");
                    let last = facts.agreement.active_until.expect("who leaves has a last day");
                    assert!(judged.agreement.active_until.is_none_or(|known| last < known), "{}", facts.provider.name);
                    assert_eq!(judged, QuarterFacts { agreement: judged.agreement.clone(), ..facts.clone() });
                    leave += 1;
                }
                Some(_) => {}
                None => assert!(judge(facts).are_empty()),
            }
        }
        assert_eq!(leave, 2, "one gave notice and one did not accept the change");
        let again = assess_all(conn, actor, crate::ground::now(), quarter)?;
        assert_eq!((again.made, again.unchanged), (leave, frozen.len() - leave));
        Ok(())
    });
    checked.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend));
}

/// The number of rows in every table.
fn rows(ground: &Ground) -> Vec<(&'static str, i64)> {
    macro_rules! count {
        ($conn:ident: $($table:ident),+ $(,)?) => {
            vec![$((stringify!($table), openhouse::schema::$table::table.count().get_result($conn)?)),+]
        };
    }
    let counted: QueryResult<Vec<(&'static str, i64)>> = ground.db.read(|conn| {
        Ok(count!(conn: audit_event, municipality, account, role_grant, provider, registration, definition, product,
            tariff, accession, accession_product, municipal_contact, client, outflow, placement, professional, vog,
            trajectory, feedback_moment, exclusion, complaint, complaint_arrangement, client_survey,
            survey_cooperation, quarter_statement, submission, cost_line, assessment, finding, remark, open_action))
    });
    counted.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend))
}
