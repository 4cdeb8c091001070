//! A procedure is paused and goes on, with a reason that everybody in it reads; it ends when no agreement runs any more.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use openhouse::mail::MailKind;
use openhouse::procedure::admission::store;
use openhouse::procedure::admission::{Procedure, ProcedureState};
use openhouse::schema::{message, outbox, procedure};

use super::office::{Office, fields_of, filled};
use crate::dossier::town::{read, write};

const PAGE: &str = "/beheer/procedures/re-integratie";
const STATE: &str = "/beheer/procedures/re-integratie/status";

fn known(office: &Office) -> Procedure {
    let all = read(office.db(), |conn| store::all(conn, &office.town.manager));
    all.into_iter().find(|one| one.details.code == "re-integratie").expect("it is there")
}

fn told(office: &Office) -> i64 {
    read(office.db(), |conn| outbox::table.filter(outbox::kind.eq(MailKind::ProcedureMoved)).count().get_result(conn))
}

#[actix_web::test]
async fn a_procedure_is_paused_with_a_reason_and_goes_on() {
    let office = Office::new();
    let manager = &office.town.manager;
    let page = office.page(manager, PAGE).await;
    assert!(page.contains(&format!("href=\"{STATE}\"")), "{page}");
    let form = fields_of(&office.page(manager, STATE).await);
    let unsaid = office.post(manager, STATE, &filled(&form, &[("wat", "pause")])).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.page.contains("href=\"#reden\""), "{}", unsaid.page);
    let long = "x".repeat(501);
    let too_long = office.post(manager, STATE, &filled(&form, &[("wat", "pause"), ("reden", &long)])).await;
    assert!(too_long.status == StatusCode::UNPROCESSABLE_ENTITY && too_long.page.contains(&long));
    let sly = office.post(manager, STATE, &filled(&form, &[("wat", "propose"), ("reden", "Zomaar.")])).await;
    assert_eq!(sly.status, StatusCode::BAD_REQUEST, "proposing has a page of its own");
    assert_eq!((known(&office).state, told(&office)), (ProcedureState::Open, 0));

    let said = [("wat", "pause"), ("reden", "De eisen worden herzien.")];
    let paused = office.post(manager, STATE, &filled(&form, &said)).await;
    assert_eq!((paused.status, paused.leads), (StatusCode::SEE_OTHER, format!("{PAGE}?klaar=status")));
    assert_eq!(known(&office).state, ProcedureState::Paused);
    let once = told(&office);
    let stale = office.post(manager, STATE, &filled(&form, &said)).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.page.contains("De eisen worden herzien."), "what was typed stays: {}", stale.page);

    let form = fields_of(&office.page(manager, STATE).await);
    let goes_on = [("wat", "resume"), ("reden", "De eisen zijn er.")];
    assert_eq!(office.post(manager, STATE, &filled(&form, &goes_on)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(known(&office).state, ProcedureState::Open);
    assert_eq!(told(&office), 2 * once);
}

#[actix_web::test]
async fn who_has_an_application_in_it_hears_why() {
    let office = Office::new();
    let manager = &office.town.manager;
    let applicant = office.town.under_review(office.db(), "Sanne Bakker", "90001042", "Werkpad Noord");
    let form = fields_of(&office.page(manager, STATE).await);
    let said = [("wat", "pause"), ("reden", "De eisen worden herzien.")];
    office.post(manager, STATE, &filled(&form, &said)).await;
    let to: Vec<i64> = read(office.db(), |conn| {
        let letters = message::table.filter(message::kind.eq(MailKind::ProcedureMoved));
        letters.select(message::provider_id).distinct().load(conn)
    });
    assert_eq!(to, [applicant.started.provider_id]);
}

#[actix_web::test]
async fn a_closed_procedure_is_ended_by_who_decides_alone() {
    let office = Office::new();
    let (manager, decider) = (&office.town.manager, &office.town.decider);
    let close = procedure::table.filter(procedure::code.eq("re-integratie"));
    write(office.db(), |conn| {
        diesel::update(close).set(procedure::state.eq(ProcedureState::Closed)).execute(conn)?;
        Ok(())
    });
    assert!(office.page(manager, STATE).await.contains("De beslisser kan haar beëindigen"));
    assert!(office.page(decider, &format!("{PAGE}/publiceren")).await.contains(&format!("href=\"{STATE}\"")));
    let form = fields_of(&office.page(decider, STATE).await);
    let said = [("wat", "end"), ("reden", "Alles is afgerond.")];
    let sly = office.post(manager, STATE, &filled(&form, &said)).await;
    assert_eq!(sly.status, StatusCode::FORBIDDEN);
    let ended = office.post(decider, STATE, &filled(&form, &said)).await;
    assert_eq!((ended.status, ended.leads), (StatusCode::SEE_OTHER, format!("{PAGE}/publiceren")));
    assert_eq!(known(&office).state, ProcedureState::Ended);
}
