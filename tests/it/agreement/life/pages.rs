//! The pages of an agreement for both sides: from a notice to the end, a client stop, and an intention, each with its letter.

use actix_web::http::StatusCode;
use openhouse::agreement::life::{LifeState, store, transfer};

use super::firm::{Firm, settle};
use crate::dossier::town::read;
use crate::dossier_pages::street::Street;

fn state(street: &Street, firm: &Firm) -> LifeState {
    read(street.db(), |conn| store::find(conn, &street.town.system, firm.life)).unwrap().state
}

fn paths(firm: &Firm) -> (String, String) {
    (format!("/aanbieders/1001/overeenkomst/{}", firm.life), format!("/mijn/looptijd/{}", firm.life))
}

#[actix_web::test]
async fn a_notice_is_checked_confirmed_by_letter_and_asks_for_the_clients() {
    let street = Street::new();
    let firm = settle(street.db(), &street.town, None);
    let (office, mine) = paths(&firm);
    let only = street.get(&firm.user, "/mijn/looptijd").await;
    assert_eq!((only.status, only.leads.as_str()), (StatusCode::SEE_OTHER, mine.as_str()));
    let page = street.page(&firm.user, &mine).await;
    assert!(page.contains("Overeenkomst 2026-014") && !page.contains("/handelingen/opzeggen"), "{page}");

    let act = format!("{mine}/handelingen/opzeggen");
    assert_eq!(street.get(&firm.user, &act).await.status, StatusCode::FORBIDDEN);
    let check = street.fill(&firm.signatory, &act, &[("reden", "Wij stoppen."), ("stap", "controleren")]).await;
    assert_eq!(check.status, StatusCode::OK);
    assert!(check.page.contains("Controleer: Overeenkomst opzeggen") && check.page.contains("Wij stoppen."));
    assert_eq!(state(&street, &firm), LifeState::Active, "looking once more writes nothing");
    let done = street.fill(&firm.signatory, &act, &[("reden", "Wij stoppen."), ("stap", "vastleggen")]).await;
    assert_eq!((done.status, done.leads.as_str()), (StatusCode::SEE_OTHER, mine.as_str()), "{}", done.page);
    assert_eq!(state(&street, &firm), LifeState::Notice);

    for (who, path) in [(&firm.user, &mine), (&street.town.manager, &office)] {
        let letter = street.page(who, &format!("{path}/brieven/2")).await;
        assert!(letter.contains("Wij hebben uw opzegging ontvangen") && letter.contains("3 maanden na"), "{letter}");
        let printed = street.get(who, &format!("{path}/brieven/2.pdf")).await;
        assert_eq!((printed.status, &printed.bytes[..5]), (StatusCode::OK, &b"%PDF-"[..]));
        assert_eq!(street.get(who, &format!("{path}/brieven/1")).await.status, StatusCode::NOT_FOUND);
        assert!(street.page(who, &format!("{path}/overdracht")).await.contains("geen klanten om over te dragen"));
    }
    let again = street.fill(&firm.signatory, &act, &[("stap", "vastleggen")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.page.contains("de overeenkomst is opgezegd"), "{}", again.page);
}

#[actix_web::test]
async fn a_stop_that_is_asked_stands_in_the_queue_until_the_contract_manager_answers() {
    let street = Street::new();
    let firm = settle(street.db(), &street.town, None);
    let (office, mine) = paths(&firm);
    let (manager, ask) = (&street.town.manager, format!("{mine}/handelingen/clientenstop-vragen"));
    let fields = [("dag", "2001-01-01"), ("reden", "Wij zitten vol."), ("stap", "vastleggen")];
    let early = street.fill(&firm.signatory, &ask, &fields).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.page.contains("minstens 14 dagen") && early.page.contains("Wij zitten vol."), "{}", early.page);
    // The check page refuses it with the same words, and shows the form.
    let fields = [("dag", "2001-01-01"), ("reden", "Wij zitten vol."), ("stap", "controleren")];
    let checked = street.fill(&firm.signatory, &ask, &fields).await;
    assert_eq!(checked.status, StatusCode::CONFLICT);
    assert!(
        checked.page.contains("minstens 14 dagen") && checked.page.contains("value=\"controleren\""),
        "{}",
        checked.page
    );
    let later = (street.house.today() + chrono::Days::new(30)).to_string();
    let fields = [("dag", later.as_str()), ("reden", "Wij zitten vol."), ("stap", "controleren")];
    let checked = street.fill(&firm.signatory, &ask, &fields).await;
    assert!(checked.status == StatusCode::OK && checked.page.contains("value=\"vastleggen\""), "{}", checked.page);
    assert!(!street.page(manager, "/werkvoorraad").await.contains("Vraagt een cliëntenstop"), "looking does nothing");
    let fields = [("dag", later.as_str()), ("reden", "Wij zitten vol."), ("stap", "vastleggen")];
    assert_eq!(street.fill(&firm.signatory, &ask, &fields).await.status, StatusCode::SEE_OTHER);
    for list in ["/werkvoorraad", "/looptijden"] {
        assert!(street.page(manager, list).await.contains("Vraagt een cliëntenstop vanaf"), "{list}");
    }
    let agree = format!("{office}/handelingen/clientenstop-akkoord");
    assert_eq!(street.fill(manager, &agree, &[("stap", "vastleggen")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&street, &firm), LifeState::ClientStop);
    assert!(!street.page(manager, "/werkvoorraad").await.contains("Vraagt een cliëntenstop"));
}

#[actix_web::test]
async fn an_intention_is_answered_with_views_and_decided_by_another() {
    let street = Street::new();
    let firm = settle(street.db(), &street.town, None);
    let (office, mine) = paths(&firm);
    let (manager, decider) = (&street.town.manager, &street.town.decider);
    let intend = format!("{office}/handelingen/voornemen");
    let empty = street.fill(manager, &intend, &[("stap", "controleren")]).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.page.contains("Kies een grond") && empty.page.contains("Schrijf op waarom"), "{}", empty.page);
    let fields = [("grond", "repair_not_done"), ("reden", "Niet hersteld."), ("stap", "vastleggen")];
    assert_eq!(street.fill(manager, &intend, &fields).await.status, StatusCode::SEE_OTHER);

    let dissolve = format!("{office}/handelingen/ontbinden");
    let early = street.fill(decider, &dissolve, &[("reden", "Nu."), ("stap", "vastleggen")]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    let views = format!("{mine}/handelingen/zienswijze");
    let fields = [("reden", "Het herstel is klaar."), ("stap", "vastleggen")];
    assert_eq!(street.fill(&firm.signatory, &views, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(street.page(decider, &dissolve).await.contains("Het herstel is klaar."));
    let done = street.fill(decider, &dissolve, &[("reden", "Dat is niet zo."), ("stap", "vastleggen")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    assert_eq!(state(&street, &firm), LifeState::Dissolved);
    let letter = street.page(&firm.user, &format!("{mine}/brieven/4")).await;
    assert!(letter.contains("Opgedragen herstel") && letter.contains("kort geding"), "{letter}");
}

#[actix_web::test]
async fn both_sides_write_on_the_list_of_clients() {
    let street = Street::new();
    let firm = settle(street.db(), &street.town, None);
    let (office, mine) = paths(&firm);
    let found = read(street.db(), |conn| store::find(conn, &street.town.system, firm.life)).unwrap();
    crate::dossier::town::write(street.db(), |conn| {
        Ok(transfer::draw_up(conn, &street.town.system, crate::ground::now(), &found, &["VW-1".to_owned()])?)
    });
    let line = read(street.db(), |conn| transfer::of(conn, &firm.user, &found)).unwrap().lines[0].id.to_string();
    let fields = [("regel", line.as_str()), ("aan", ""), ("dag", "2026-11-02"), ("actie", "bewaren")];
    let half = street.post(&firm.user, &format!("{mine}/overdracht"), &fields).await;
    assert_eq!(half.status, StatusCode::BAD_REQUEST);
    assert!(half.page.contains("Vul ook in aan wie"), "{}", half.page);
    let closed = street.post(&street.town.manager, &format!("{office}/overdracht"), &[("actie", "sluiten")]).await;
    assert_eq!(closed.status, StatusCode::BAD_REQUEST);
    let fields = [("regel", line.as_str()), ("aan", "Baanwijs"), ("dag", "2026-11-02"), ("actie", "bewaren")];
    let settled = street.post(&firm.user, &format!("{mine}/overdracht"), &fields).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.page);
    let page = street.page(&street.town.manager, &format!("{office}/overdracht")).await;
    assert!(page.contains("Baanwijs") && page.contains("1 van 1 afgehandeld"), "{page}");
    let closed = street.post(&street.town.manager, &format!("{office}/overdracht"), &[("actie", "sluiten")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
}
