//! What was never asked is no ground for anything; and what is told of one version is told of no other.

use openhouse::actor::Role;
use openhouse::dossier::decision::{self, Outcome};
use openhouse::dossier::review::{Judged, NewVerdict};
use openhouse::dossier::tasks::{self, Turn};
use openhouse::dossier::{CriterionResult, CriterionState, Refusal, criterion, desk, ends, recheck, review, showing};
use openhouse::report::compliance::gather::material;
use openhouse::report::letter::gather::Sender;
use openhouse::text::Lang;

use super::town::{Applicant, Town, account, act, at, day, read, refusable, show, upload, upload_next, write};
use crate::ground::{Ground, every};

fn judge(
    town: &Town,
    ground: &Ground,
    applicant: &Applicant,
    code: &str,
    result: CriterionResult,
) -> Result<Judged, Refusal> {
    let rows = read(&ground.db, |conn| review::rows(conn, &town.assessor, &[applicant.started.application]));
    let row = rows.into_iter().find(|row| row.code == code).expect("it is asked");
    let new = NewVerdict { result, reason: "Ontbreekt.", holds_until: None };
    refusable(&ground.db, |conn| review::judge(conn, &town.assessor, at("2026-11-19"), row.id, row.version, &new))
}

fn advise(town: &Town, ground: &Ground, applicant: &Applicant, proposal: Outcome) -> Result<(), Refusal> {
    let work = |conn: &mut openhouse::db::Conn, seen| {
        let (now, today, id) = (at("2026-11-20"), day("2026-11-20"), applicant.started.application);
        decision::advise(conn, &town.assessor, now, today, id, seen, proposal, "Zie de oordelen.")
    };
    act(&ground.db, work, applicant, &town.assessor)
}

#[test]
fn what_was_never_asked_is_first_asked_and_keeps_nobody_from_an_advice_to_refuse() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let wanting = judge(&town, &ground, &applicant, "M04", CriterionResult::NotMet);
        assert_eq!(wanting, Err(Refusal::NeverAsked), "{}", ground.backend);
        assert!(Refusal::NeverAsked.in_words(Lang::Nl).contains("Vraag het eerst"));

        let rows = read(&ground.db, |conn| review::of_application(conn, &town.assessor, applicant.started.application));
        for (row, definition) in rows {
            let at_application = definition.ask == openhouse::procedure::criterion::AskMoment::AtApplication;
            if !at_application || row.state == CriterionState::Met {
                continue;
            }
            assert!(criterion::counts_for_decision(definition.ask, row.state));
            let result = if row.code == "M09" { CriterionResult::NotMet } else { CriterionResult::Met };
            judge(&town, &ground, &applicant, &row.code, result).unwrap();
        }
        let refused = advise(&town, &ground, &applicant, Outcome::Refused);
        assert_eq!(refused, Err(Refusal::Unjudged(vec!["M01".into()])), "the office looks that up itself");
        judge(&town, &ground, &applicant, "M01", CriterionResult::Met).unwrap();
        let Err(Refusal::Unjudged(codes)) = advise(&town, &ground, &applicant, Outcome::Admitted) else {
            panic!("advised to admit without results")
        };
        assert!(codes.contains(&"M04".to_owned()) && !codes.contains(&"M01".to_owned()), "{codes:?}");
        advise(&town, &ground, &applicant, Outcome::Refused).unwrap();
    }
}

#[test]
fn what_the_office_looks_up_and_what_was_not_asked_is_not_with_the_provider() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.under_review(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        judge(&town, &ground, &applicant, "M09", CriterionResult::NotMet).unwrap();
        let found = town.application(&ground.db, &applicant);
        let list = read(&ground.db, |conn| tasks::of(conn, &town.assessor, day("2026-11-20"), &found, None));
        let turn = |code: &str| list.criteria.iter().find(|task| task.criterion.code == code).map(|task| task.turn());
        assert_eq!(turn("M01"), Some(Turn::Municipality), "{}: looked up by us", ground.backend);
        assert_eq!(turn("M04"), Some(Turn::Later), "not asked");
        assert_eq!(turn("M09"), Some(Turn::Municipality), "judged");
        assert_eq!(list.progress().with_provider, 0, "nothing was asked: {:?}", list.progress());
    }
}

#[test]
fn the_queue_counts_for_somebody_only_what_he_may_judge() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let officer = write(&ground.db, |conn| Ok(account(conn, town.tenant, Role::PrivacyOfficer, "Femke Prins")));
        let applicant = town.complete(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let with_his = town.complete(&ground.db, "Iris Mulder", "87654321", "Stap Vooruit B.V.");
        show(&ground.db, &with_his, "M15", upload(&ground.db, &with_his, "Verwerkersafspraken", "2026-10-01", None));
        for one in [&applicant, &with_his] {
            town.hand_in_and_take_up(&ground.db, one);
        }
        let queue = |by| read(&ground.db, |conn| desk::queue(conn, by, day("2026-11-20")));
        let own: Vec<_> = queue(&officer).ours.into_iter().filter(|item| item.for_you).collect();
        assert_eq!(own.len(), 1, "{}: {own:?}", ground.backend);
        assert_eq!((own[0].provider.name.as_str(), own[0].work), ("Stap Vooruit B.V.", desk::Work::Judge(1)));
        for by in [&officer, &town.manager, &town.assessor] {
            let menu = read(&ground.db, |conn| desk::waiting_for(conn, by, day("2026-11-20")));
            assert_eq!(menu, desk::counts(&queue(by)), "{}: the menu of {}", ground.backend, by.name());
        }
        assert_eq!(desk::counts(&queue(&town.assessor)), 2);
    }
}

#[test]
fn the_report_tells_of_the_version_that_was_judged_and_that_a_newer_one_came() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.admitted(&ground.db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
        let (db, id) = (&ground.db, applicant.started.application);
        let calendar = |today: &str| {
            write(db, |conn| Ok(recheck::follow_the_calendar(conn, &town.system, at(today), day(today))?))
        };
        calendar("2027-08-15");
        write(db, |conn| Ok(recheck::ask_successors(conn, &town.system, at("2027-08-15"), day("2027-08-15"))?));
        let shown = read(db, |conn| showing::of_application(conn, &town.assessor, id));
        let first = shown.iter().find(|one| one.code == "M13").unwrap().version_id;
        let second = upload_next(db, &applicant, first, "2027-08-01");
        let came = day("2027-08-16");
        write(db, |conn| showing::show(conn, &applicant.actor, at("2027-08-16"), came, id, "M13", second));
        calendar("2027-10-02");

        let found = town.application(db, &applicant);
        let list = read(db, |conn| tasks::of(conn, &town.assessor, came, &found, None));
        let task = list.criteria.iter().find(|task| task.criterion.code == "M13").unwrap();
        let order: Vec<_> = task.shown.iter().map(|one| (one.evidence.version_id, one.replaced)).collect();
        assert_eq!(order, [(second, false), (first, true)], "{}: what was replaced stands last", ground.backend);
        let end = ends::of_evidence(&task.criterion, task.shown.iter().map(|one| &one.evidence), came);
        assert_eq!(end, task.shown[0].holds.until(), "one day on the whole page");

        let sender = Sender { municipality: "Noordermeer", public_url: "https://oh.noordermeer.example" };
        let told = read(db, |conn| material(conn, &town.assessor, sender, at("2027-10-03"), &found)).unwrap();
        let line = told.criteria.iter().find(|line| line.code == "M13").unwrap();
        let judged = line.evidence.unwrap();
        assert_eq!((judged.dated, judged.received_on), (Some(day("2026-10-01")), Some(day("2026-11-17"))));
        assert_eq!((line.valid_until, line.newer), (Some(day("2027-10-01")), Some(came)));
        assert_eq!(line.judged.map(|(at, _)| at.date()), Some(day("2026-11-19")));
        let steps: Vec<String> = told.steps.iter().map(|step| step.what.in_words(Lang::Nl)).collect();
        for wanted in [
            "M13: Voldoet",
            "M13: nieuw bewijs ontvangen",
            "M13: gevraagd om nieuw bewijs, het oude geldt tot en met 1 oktober 2027",
            "M09: het bewijs is verlopen",
        ] {
            assert!(steps.iter().any(|one| one == wanted), "{}: {wanted}: {steps:?}", ground.backend);
        }
        assert!(told.steps.is_sorted_by_key(|step| step.at), "the oldest first");
    }
}
