//! How long a verdict holds, what is asked before the start, what an outage that was noted wrongly did, and who hears that the
//! calendar closed a procedure.

use diesel::prelude::*;
use openhouse::dossier::form::{Declaration, Filled};
use openhouse::dossier::review::NewVerdict;
use openhouse::dossier::{CriterionResult, Part, Refusal, TermKind};
use openhouse::dossier::{
    before_start, bulk, desk, drafting, postponed, recheck, resting, review, supplement, tasks, told,
};
use openhouse::procedure::admission::Entry;
use openhouse::procedure::criterion::AskMoment;
use openhouse::procedure::outages;
use openhouse::schema::{outbox, procedure};
use openhouse::text::Lang;

use super::town::{Applicant, Town, act, at, day, fill_in, needed, read, refusable, show, upload, write};
use crate::ground::{Ground, every};

/// An application of which the file for M13, which the rule lets count for two years, ends soon.
fn ending(ground: &Ground, town: &Town) -> Applicant {
    let db = &ground.db;
    let applicant = town.applicant(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    fill_in(db, &applicant, "Stichting Werkpad Noord");
    for code in needed(db, &applicant) {
        let until = if code == "M13" { "2026-11-23" } else { "2027-10-01" };
        show(db, &applicant, &code, upload(db, &applicant, &code, "2026-10-01", Some(until)));
    }
    town.hand_in_and_take_up(db, &applicant);
    applicant
}

#[test]
fn the_own_end_of_a_file_counts_before_that_of_the_rule() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = ending(&ground, &town);
        let (db, id, by) = (&ground.db, applicant.started.application, &town.assessor);
        let rows = read(db, |conn| review::rows(conn, by, &[id]));
        let row = rows.iter().find(|row| row.code == "M13").unwrap();
        let judge = |reason: &str, until: Option<&str>| {
            let holds_until = until.map(day);
            let new = NewVerdict { result: CriterionResult::Met, reason, holds_until };
            refusable(db, |conn| review::judge(conn, by, at("2026-11-20"), row.id, row.version, &new))
        };
        assert_eq!(judge("", Some("2026-11-19")).err(), Some(Refusal::EndInPast(day("2026-11-19"))));
        let beyond = Refusal::BeyondEvidence(day("2026-11-23"));
        assert_eq!(judge("", Some("2028-10-01")).err(), Some(beyond.clone()), "{}", ground.backend);
        let ticked = [bulk::Ticked { criterion_id: row.id, seen: row.version, holds_until: Some(day("2028-10-01")) }];
        let met = CriterionResult::Met;
        let many = refusable(db, |conn| bulk::judge(conn, by, at("2026-11-20"), &ticked, met, ""));
        assert_eq!(many.err(), Some(beyond));
        judge("", None).unwrap();
        let row = read(db, |conn| review::find(conn, by, row.id)).unwrap();
        assert_eq!(row.holds_until, Some(day("2026-11-23")), "without a day of its own it holds as long as the file");
    }
}

#[test]
fn what_ends_by_the_file_is_rechecked_by_that_day() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.admitted(&ground.db, "Sanne Bakker", "10000001", "Alfa");
        let db = &ground.db;
        let ends = |today: &str| read(db, |conn| recheck::expiring(conn, &town.manager, day(today), 60));
        let soon = ends("2027-08-15");
        assert_eq!(soon.len(), 1, "{}", ground.backend);
        assert!(soon[0].criteria.iter().any(|(row, end)| row.code == "M13" && *end == day("2027-10-01")));
        assert_eq!(soon[0].application.id, applicant.started.application);
    }
}

#[test]
fn what_is_asked_before_the_start_is_asked_once_somebody_is_admitted() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.advised(&ground.db, "Sanne Bakker", "10000001", "Alfa", CriterionResult::Met);
        let (db, id) = (&ground.db, applicant.started.application);
        let found = town.application(db, &applicant);
        assert_eq!(read(db, |conn| before_start::of(conn, &town.manager, &found)), None, "not before the admission");
        let admit = |conn: &mut openhouse::db::Conn, seen| {
            let (now, today) = (at("2026-11-23"), day("2026-11-23"));
            openhouse::dossier::decision::admit(conn, &town.decider, now, today, id, seen, "")
        };
        act(db, admit, &applicant, &town.decider).unwrap();
        let found = town.application(db, &applicant);
        let asked = read(db, |conn| before_start::of(conn, &applicant.actor, &found)).expect("something is asked");
        assert!(asked.criteria.iter().all(|one| one.ask == AskMoment::BeforeStart) && asked.criteria.len() > 3);
        assert_eq!(asked.term.due, day("2026-12-21"), "{}: four weeks", ground.backend);
        let body: String =
            read(db, |conn| outbox::table.filter(outbox::kind.eq("E50")).select(outbox::body).first(conn));
        assert!(body.contains("21 december 2026") && !body.contains(&asked.criteria[0].code), "{body}");

        let list = read(db, |conn| tasks::of(conn, &applicant.actor, day("2026-11-24"), &found, None));
        let progress = list.progress();
        assert_eq!(progress.with_provider, asked.criteria.len(), "it is the provider's turn: {progress:?}");
        let line = |today: &str| {
            let queue = read(db, |conn| desk::queue(conn, &town.manager, day(today)));
            queue.theirs.into_iter().find(|item| matches!(item.work, desk::Work::BeforeStart(_)))
        };
        let waiting = line("2026-11-24").expect("the office sees it");
        assert_eq!(waiting.work, desk::Work::BeforeStart(asked.criteria.len()));
        assert_eq!(waiting.term.map(|(kind, term)| (kind, term.due)), Some((TermKind::BeforeStart, asked.term.due)));

        let code = asked.criteria[0].code.clone();
        show(db, &applicant, &code, upload(db, &applicant, &code, "2026-10-01", Some("2027-10-01")));
        let left = read(db, |conn| before_start::of(conn, &applicant.actor, &found)).unwrap();
        assert_eq!(left.criteria.len() + 1, asked.criteria.len(), "what came is not asked any more");
    }
}

#[test]
fn an_outage_that_was_noted_wrongly_is_corrected_and_withdrawn_and_who_it_moves_is_told() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let (db, by) = (&ground.db, &town.manager);
        let plain = town.application(db, &applicant).term.unwrap().1.due;
        let mails =
            || -> i64 { read(db, |conn| outbox::table.filter(outbox::kind.eq("E51")).count().get_result(conn)) };
        let moment = |written: &str| written.parse().unwrap();
        let (now, from) = (at("2026-11-26"), moment("2026-11-19T10:00:00"));
        let change = |work: &dyn Fn(&mut openhouse::db::Conn) -> Result<(), outages::NotNoted>| {
            db.write(|conn| postponed::telling(conn, by, now, |conn| work(conn)))
        };
        let until = Some(moment("2026-11-22T10:00:00"));
        change(&|conn| outages::note(conn, by, now, from, until, "De server was stuk.").map(drop)).unwrap();
        let term = town.application(db, &applicant).term.unwrap().1;
        assert_eq!((term.extended, mails() > 0), (4, true), "{}: {term:?}", ground.backend);
        let told_once = mails();
        let id = read(db, |conn| outages::all(conn, by))[0].id;

        let silent = change(&|conn| outages::correct(conn, by, now, id, Some(moment("2026-11-19T12:00:00")), " "));
        assert!(matches!(silent, Err(outages::NotNoted::ReasonMissing)));
        let end = Some(moment("2026-11-19T12:00:00"));
        change(&|conn| outages::correct(conn, by, now, id, end, "Het was één dag.")).unwrap();
        assert_eq!(town.application(db, &applicant).term.unwrap().1.extended, 1);
        let after = read(db, |conn| {
            let days = outages::days_without(conn, by, id)?;
            postponed::with(conn, by, &days)
        });
        assert_eq!(after.len(), 1, "what withdrawing would do is seen beforehand");
        change(&|conn| outages::correct(conn, by, now, id, None, "Het was een ander systeem.")).unwrap();
        assert_eq!(town.application(db, &applicant).term.unwrap().1.due, plain);
        let gone = change(&|conn| outages::correct(conn, by, now, id, None, "Nog eens."));
        assert!(matches!(gone, Err(outages::NotNoted::NotFound)));
        let kept = read(db, |conn| outages::corrections(conn, by));
        let kept: Vec<_> = kept.iter().map(|one| (one.until_before, one.until_after, one.withdrawn)).collect();
        assert_eq!(kept, [(until, end, false), (end, None, true)], "what stood there stays to be read");
        assert!(mails() > told_once, "they are told again");
        let abroad = Town::settle(db, "Zuidermeer");
        assert!(read(db, |conn| outages::corrections(conn, &abroad.manager)).is_empty());
    }
}

#[test]
fn the_office_reads_the_form_as_it_was_handed_in_with_what_a_supplement_changed() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let (db, by) = (&ground.db, &town.assessor);
        let applicant = town.complete(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let id = applicant.started.application;
        let declared = |explanation: &str| {
            Filled::Declaration(Declaration {
                no_exclusion_ground: explanation.is_empty(),
                explanation: explanation.into(),
                suitable: true,
                complete_and_true: true,
            })
        };
        let save = |filled: &Filled, seen| {
            write(db, |conn| drafting::save(conn, &applicant.actor, at("2026-11-16"), id, seen, filled))
        };
        save(&declared("Veroordeeld voor fraude in 2024."), 1);
        town.hand_in_and_take_up(db, &applicant);
        let versions = || {
            let found = town.application(db, &applicant);
            read(db, |conn| told::versions(conn, by, &found))
        };
        assert_eq!(versions().exclusion_ground().as_deref(), Some("Veroordeeld voor fraude in 2024."));
        let queue = read(db, |conn| desk::queue(conn, by, day("2026-11-19")));
        assert!(queue.ours.iter().all(|item| item.exclusion), "{}: the queue says so", ground.backend);

        let asked = [(Part::Step(openhouse::dossier::Step::Declaration), "Leg uit wat er gebeurd is.".to_owned())];
        let ask = |conn: &mut openhouse::db::Conn, seen| {
            supplement::ask(conn, by, at("2026-11-19"), day("2026-11-19"), id, seen, "", &asked)
        };
        act(db, ask, &applicant, by).unwrap();
        save(&declared("Veroordeeld in 2024, de boete is betaald."), 2);
        let before = versions().exclusion_ground();
        assert_eq!(before.as_deref(), Some("Veroordeeld voor fraude in 2024."), "what was not handed in is not shown");
        let hand_in = |conn: &mut openhouse::db::Conn, seen| {
            supplement::hand_in(conn, &applicant.actor, at("2026-11-20"), day("2026-11-20"), id, seen, "sleutel-2")
        };
        act(db, hand_in, &applicant, &applicant.actor).unwrap();
        let names = read(db, |conn| told::names(conn, by, day("2026-11-20")));
        let told = versions().in_words(Lang::Nl, &names);
        let facts: Vec<_> = told.iter().flat_map(|step| &step.facts).collect();
        let values: Vec<&str> = facts.iter().map(|fact| fact.value.as_str()).collect();
        for wanted in ["stichting", "Dorpsstraat 1, 1234 AB Noordermeer", "Sanne Bakker", "sanne@aanbieder.example"] {
            assert!(values.contains(&wanted), "{wanted}: {values:?}");
        }
        let explained = facts.iter().find(|fact| fact.value.starts_with("Veroordeeld")).unwrap();
        assert_eq!(explained.before, [(day("2026-11-17"), "Veroordeeld voor fraude in 2024.".to_owned())]);
    }
}

#[test]
fn all_in_a_procedure_that_the_calendar_closes_hear_of_it_once() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let until = (procedure::entry.eq(Entry::Fixed), procedure::closes_on.eq(day("2026-11-30")));
        write(&ground.db, |conn| Ok(diesel::update(procedure::table).set(until).execute(conn)?));
        let follow = |today: &str| {
            let followed =
                ground.db.write(|conn| resting::follow_the_calendar(conn, &town.system, at(today), day(today)));
            followed.unwrap_or_else(|_| panic!("on {}", ground.backend))
        };
        let told = || -> Vec<String> {
            read(&ground.db, |conn| outbox::table.filter(outbox::kind.eq("E52")).select(outbox::body).load(conn))
        };
        assert_eq!((follow("2026-11-30"), told().len()), (0, 0), "the last day counts");
        assert_eq!(follow("2026-12-01"), 1);
        let mails = told();
        assert!(!mails.is_empty() && mails.iter().all(|body| body.contains("30 november 2026")), "{mails:?}");
        assert_eq!((follow("2026-12-02"), told().len()), (0, mails.len()));
    }
}
