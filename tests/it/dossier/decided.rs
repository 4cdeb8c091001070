//! Supplement, advice and decision, by the right people in the right order.

use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::audit::{self, Chain};
use openhouse::dossier::decision::{self, Outcome, Turn};
use openhouse::dossier::review::NewVerdict;
use openhouse::dossier::{ApplicationState, CriterionResult, CriterionState, Part, Refusal, Step, TermKind};
use openhouse::dossier::{drafting, review, supplement, timeline};
use openhouse::procedure::outages;
use openhouse::schema::outbox;

use super::town::{Applicant, Town, act, at, day, read, refusable, show, upload, write};
use crate::ground::{Ground, every};

/// The kinds of the mails that were posted, in order.
fn kinds(ground: &Ground) -> Vec<String> {
    let mut kinds: Vec<String> =
        read(&ground.db, |conn| outbox::table.order(outbox::id).select(outbox::kind).load(conn));
    kinds.dedup();
    kinds
}

fn ask(town: &Town, ground: &Ground, applicant: &Applicant, today: &str) -> Result<(), Refusal> {
    let asked = [
        (Part::Criterion("M09".into()), "Het certificaat is van een andere organisatie.".to_owned()),
        (Part::Step(Step::Contact), "Het telefoonnummer klopt niet.".to_owned()),
    ];
    let work = |conn: &mut openhouse::db::Conn, seen| {
        supplement::ask(
            conn,
            &town.assessor,
            at(today),
            day(today),
            applicant.started.application,
            seen,
            "Graag nog dit.",
            &asked,
        )
    };
    act(&ground.db, work, applicant, &town.assessor)
}

#[test]
fn a_provider_that_meets_everything_is_admitted_by_somebody_else_than_the_adviser() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant =
            town.advised(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord", CriterionResult::Met);
        let id = applicant.started.application;
        let admit = |by: &Actor| {
            let work = |conn: &mut openhouse::db::Conn, seen| {
                decision::admit(conn, by, at("2026-11-23"), day("2026-11-23"), id, seen, "")
            };
            act(&ground.db, work, &applicant, by)
        };
        // The adviser with the other role too is still the adviser, whatever name he goes by.
        let twice = Actor::of_municipality("Iemand Anders", Role::DecisionMaker, town.tenant, "192.0.2.1")
            .with_account(town.assessor.account_id().unwrap());
        assert_eq!(admit(&twice), Err(Refusal::OwnAdvice), "{}", ground.backend);
        let nobody = Actor::of_municipality("Hans Smit", Role::DecisionMaker, town.tenant, "192.0.2.1");
        assert_eq!(admit(&nobody), Err(Refusal::NoAccount));
        assert_eq!(admit(&town.manager), Err(Refusal::NotYours));
        admit(&town.decider).unwrap();
        let found = town.application(&ground.db, &applicant);
        assert_eq!((found.state, found.term), (ApplicationState::Admitted, None));
        assert_eq!(kinds(&ground), ["E02", "E03", "E07", "E50"]);
        let verbs: Vec<_> = read(&ground.db, |conn| timeline::of(conn, &town.manager, id))
            .into_iter()
            .filter_map(|event| match event.what {
                timeline::What::Step { verb, .. } => Some(verb.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(verbs, ["admit", "advise", "take_up", "submit", "start"]);
        assert!(matches!(ground.db.read(audit::verify).unwrap(), Chain::Whole { .. }));
    }
}

#[test]
fn a_refusal_has_its_remedy_and_becomes_final_after_twenty_days_unless_a_case_is_noted() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let refused = |name: &str, kvk: &str, organisation: &str| {
            let applicant = town.advised(&ground.db, name, kvk, organisation, CriterionResult::NotMet);
            let id = applicant.started.application;
            let admit = |conn: &mut openhouse::db::Conn, seen| {
                decision::admit(conn, &town.decider, at("2026-11-23"), day("2026-11-23"), id, seen, "")
            };
            let stands = act(&ground.db, admit, &applicant, &town.decider);
            assert!(matches!(stands, Err(Refusal::NotAllMet(_))), "{stands:?}");
            let refuse = |conn: &mut openhouse::db::Conn, seen| {
                let reason = "U voldoet niet aan eis M02.";
                decision::refuse(conn, &town.decider, at("2026-11-23"), day("2026-11-23"), id, seen, reason)
            };
            act(&ground.db, refuse, &applicant, &town.decider).unwrap();
            applicant
        };
        let quiet = refused("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let suing = refused("Iris Mulder", "87654321", "Stap Vooruit B.V.");
        let term = town.application(&ground.db, &quiet).term.unwrap();
        assert_eq!((term.0, term.1.due), (TermKind::LegalProtection, day("2026-12-14")), "20 days, and on from Sunday");
        let decided = read(&ground.db, |conn| decision::decisions(conn, &quiet.actor, quiet.started.application));
        assert_eq!((decided[0].outcome, decided[0].court.as_str()), (Outcome::Refused, "Noordermeer"));
        let body: String =
            read(&ground.db, |conn| outbox::table.filter(outbox::kind.eq("E08")).select(outbox::body).first(conn));
        assert!(body.contains("14 december 2026") && body.contains("kort geding"), "{body}");
        assert!(!body.contains("M02"), "no reason in a mail");

        let case = |turn, words: &str, today: &str| {
            let work = |conn: &mut openhouse::db::Conn, seen| {
                decision::turn(conn, &town.manager, at(today), day(today), suing.started.application, seen, turn, words)
            };
            act(&ground.db, work, &suing, &town.manager)
        };
        case(Turn::NoteCase, "Rechtbank Noordermeer, zaak 26/123", "2026-12-01").unwrap();
        let close = |today: &str| {
            refusable(&ground.db, |conn| decision::close_refusals(conn, &town.system, at(today), day(today))).unwrap()
        };
        assert_eq!(close("2026-12-14"), 0, "{}: its last day belongs to the term", ground.backend);
        assert_eq!(close("2026-12-15"), 1);
        assert_eq!(close("2026-12-15"), 0);
        assert_eq!(town.application(&ground.db, &quiet).state, ApplicationState::RefusalFinal);
        assert_eq!(town.application(&ground.db, &suing).state, ApplicationState::InCourt);
        assert_eq!(case(Turn::Lapse, "x", "2026-12-20"), Err(Refusal::NotNow(ApplicationState::InCourt)));
        case(Turn::Reopen, "De voorzieningenrechter wil een nieuwe beoordeling.", "2027-01-10").unwrap();
        let again = town.application(&ground.db, &suing);
        assert_eq!((again.state, again.term.unwrap().0), (ApplicationState::UnderReview, TermKind::Assessment));
    }
}

#[test]
fn a_supplement_opens_the_asked_parts_and_no_other() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let (db, id) = (&ground.db, applicant.started.application);
        ask(&town, &ground, &applicant, "2026-11-18").unwrap();
        let found = town.application(db, &applicant);
        assert_eq!((found.state, found.term.unwrap().1.due), (ApplicationState::SupplementAsked, day("2026-12-02")));
        let rows = read(db, |conn| review::rows(conn, &applicant.actor, &[id]));
        assert_eq!(rows.iter().find(|row| row.code == "M09").unwrap().state, CriterionState::RepairAsked);

        let new = upload(db, &applicant, "Keurmerk", "2026-11-01", Some("2027-11-01"));
        let shown = refusable(db, |conn| {
            openhouse::dossier::showing::show(
                conn,
                &applicant.actor,
                at("2026-11-20"),
                day("2026-11-20"),
                id,
                "M13",
                new,
            )
        });
        assert_eq!(shown, Err(Refusal::NotAsked(Part::Criterion("M13".into()))));
        let form = super::town::whole_form("Stichting Werkpad Noord");
        let save = |index: usize, seen| {
            refusable(db, |conn| drafting::save(conn, &applicant.actor, at("2026-11-20"), id, seen, &form[index]))
        };
        assert_eq!(save(0, 1), Err(Refusal::NotAsked(Part::Step(Step::Organisation))));
        assert_eq!(save(1, 1), Ok(drafting::Saving::Saved(2)));

        let hand_in = |key: &str, today: &str| {
            let work = |conn: &mut openhouse::db::Conn, seen| {
                supplement::hand_in(conn, &applicant.actor, at(today), day(today), id, seen, key)
            };
            act(db, work, &applicant, &applicant.actor)
        };
        assert!(matches!(hand_in("a", "2026-12-02"), Err(Refusal::Incomplete(_))));
        show(db, &applicant, "M09", new);
        let unseen = read(db, |conn| openhouse::dossier::showing::proof(conn, &town.assessor, new));
        assert_eq!(unseen, None, "{}: not handed in yet", ground.backend);
        assert_eq!(hand_in("a", "2026-12-03").err(), Some(Refusal::TermOver(day("2026-12-02"))));
        let receipt = hand_in("a", "2026-12-02").unwrap();
        // Wmebv: this too is confirmed by mail, with the way to the receipt.
        let confirmed: Vec<(String, String)> = read(&ground.db, |conn| {
            outbox::table.filter(outbox::kind.eq("E34")).select((outbox::link, outbox::body)).load(conn)
        });
        let leads = format!("/mijn/aanmeldingen/{}/ontvangst/{}", applicant.started.number, receipt.number);
        assert_eq!(confirmed.len(), 2, "to the account and to the contact person of the form");
        for (link, body) in &confirmed {
            assert_eq!(link, &leads, "{}", ground.backend);
            assert!(
                body.contains("op 2 december 2026 om 10.00 uur") && body.contains("uiterlijk op 30 december"),
                "{body}"
            );
        }
        assert_eq!(receipt.number, "2026-0001-2");
        assert_eq!(hand_in("a", "2026-12-04").unwrap(), receipt);
        assert!(read(db, |conn| openhouse::dossier::showing::proof(conn, &town.assessor, new)).is_some());
        let found = town.application(db, &applicant);
        assert_eq!((found.state, found.term.unwrap().1.due), (ApplicationState::UnderReview, day("2026-12-30")));
    }
}

#[test]
fn an_outage_makes_the_term_of_a_supplement_longer_and_says_so() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        ask(&town, &ground, &applicant, "2026-11-18").unwrap();
        let note = |by: &Actor, from: &str, until: &str| {
            let moment = |written: &str| written.parse().unwrap();
            ground.db.write(|conn| {
                outages::note(conn, by, at("2026-12-05"), moment(from), Some(moment(until)), "De server was stuk.")
            })
        };
        assert!(note(&applicant.actor, "2026-12-01T10:00:00", "2026-12-02T12:00:00").is_err());
        assert!(note(&town.manager, "2026-12-02T10:00:00", "2026-12-01T12:00:00").is_err());
        note(&town.manager, "2026-12-01T10:00:00", "2026-12-02T12:00:00").unwrap();
        let (_, term) = town.application(&ground.db, &applicant).term.unwrap();
        assert_eq!((term.due, term.extended), (day("2026-12-04"), 2), "{}", ground.backend);
        let words = term.rule_in_words(openhouse::text::Lang::Nl);
        assert_eq!(words, "14 dagen na 18 november 2026, 2 dagen langer door een storing");
    }
}

#[test]
fn a_reminder_goes_out_once_and_nothing_is_set_aside_by_itself() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        ask(&town, &ground, &applicant, "2026-11-18").unwrap();
        let remind = |today: &str| {
            ground.db.write(|conn| supplement::remind(conn, &town.system, at(today), day(today))).unwrap()
        };
        assert_eq!((remind("2026-11-28"), remind("2026-11-29"), remind("2026-11-30")), (0, 1, 0), "{}", ground.backend);
        let set_aside = |by: &Actor, today: &str| {
            let work = |conn: &mut openhouse::db::Conn, seen| {
                let id = applicant.started.application;
                supplement::set_aside(conn, by, at(today), day(today), id, seen, "Niet aangevuld.")
            };
            act(&ground.db, work, &applicant, by)
        };
        assert_eq!(set_aside(&town.manager, "2026-12-02"), Err(Refusal::TermRuns(day("2026-12-02"))));
        assert_eq!(set_aside(&town.assessor, "2026-12-03"), Err(Refusal::NotYours));
        assert_eq!(town.application(&ground.db, &applicant).state, ApplicationState::SupplementAsked);
        set_aside(&town.manager, "2026-12-03").unwrap();
        assert_eq!(town.application(&ground.db, &applicant).state, ApplicationState::SetAside);
        assert_eq!(kinds(&ground), ["E02", "E03", "E04", "E05", "E06"]);
    }
}

#[test]
fn an_advice_waits_for_every_result_and_may_be_sent_back_with_a_question() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let id = applicant.started.application;
        let advise = || {
            let work = |conn: &mut openhouse::db::Conn, seen| {
                let today = day("2026-11-20");
                decision::advise(conn, &town.assessor, at("2026-11-20"), today, id, seen, Outcome::Admitted, "Goed.")
            };
            act(&ground.db, work, &applicant, &town.assessor)
        };
        let Err(Refusal::Unjudged(codes)) = advise() else { panic!("advised without results") };
        assert!(codes.contains(&"M03".to_owned()) && !codes.contains(&"M18".to_owned()), "{codes:?}");
        town.judge_all(&ground.db, &applicant, CriterionResult::Met);
        advise().unwrap();
        let back = |conn: &mut openhouse::db::Conn, seen| {
            let question = "Geldt het keurmerk ook voor de tweede locatie?";
            decision::send_back(conn, &town.decider, at("2026-11-21"), day("2026-11-21"), id, seen, question)
        };
        act(&ground.db, back, &applicant, &town.decider).unwrap();
        assert_eq!(town.application(&ground.db, &applicant).state, ApplicationState::UnderReview);
        let told = read(&ground.db, |conn| timeline::of(conn, &applicant.actor, id));
        assert!(
            told.iter().all(|event| !event.reason.contains("keurmerk")),
            "{}: the provider reads it",
            ground.backend
        );
    }
}

#[test]
fn only_the_contract_manager_finds_a_criterion_not_applicable_and_with_a_reason() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let rows = read(&ground.db, |conn| review::rows(conn, &town.manager, &[applicant.started.application]));
        let row = rows.iter().find(|row| row.code == "M22").unwrap();
        let judge = |by: &Actor, reason: &str| {
            let new = NewVerdict { result: CriterionResult::NotApplicable, reason, holds_until: None };
            refusable(&ground.db, |conn| review::judge(conn, by, at("2026-11-19"), row.id, row.version, &new))
        };
        assert_eq!(judge(&town.assessor, "Geen onderaannemers.").err(), Some(Refusal::NotYours));
        assert_eq!(judge(&town.manager, "").err(), Some(Refusal::ReasonMissing));
        judge(&town.manager, "Werkt zonder onderaannemers.").unwrap();
        write(&ground.db, |conn| {
            let row = review::find(conn, &town.manager, row.id)?.unwrap();
            assert_eq!(row.state, CriterionState::NotApplicable);
            Ok(())
        });
    }
}
