//! The standard texts on the pages of the administrator: with their first day, each municipality its own, and nothing lost.

use actix_web::http::StatusCode;
use openhouse::calendar::add_days;
use openhouse::procedure::standard_texts::{for_criterion, of_code};

use super::office::{Office, fields_of, filled};
use crate::dossier::town::read;

const M13: &str = "/beheer/eisen/M13/teksten";

#[actix_web::test]
async fn texts_hold_from_their_day_on_for_this_municipality_alone() {
    let office = Office::new();
    let (manager, admin, today) = (&office.town.manager, &office.admin, office.house.today());
    assert!(office.page(manager, "/beheer/eisen/M13").await.contains(&format!("href=\"{M13}\"")));
    let form = fields_of(&office.page(manager, M13).await);
    let next_week = add_days(today, 7);
    let from = next_week.to_string();
    let new = [("tekst-1", "De regeling noemt\r\n geen termijn."), ("tekst-2", ""), ("ingang", from.as_str())];
    let saved = office.post(manager, M13, &filled(&form, &new)).await;
    assert_eq!((saved.status, saved.leads.as_str()), (StatusCode::SEE_OTHER, "/beheer/eisen/M13/teksten?bewaard=ja"));
    let page = office.page(admin, &saved.leads).await;
    assert!(page.contains("De teksten zijn bewaard.") && page.contains("De regeling noemt geen termijn."), "{page}");
    let offered = |actor: &openhouse::actor::Actor, on| read(office.db(), |conn| for_criterion(conn, actor, on, "M13"));
    let own = |on| offered(manager, on).iter().filter(|text| *text == "De regeling noemt geen termijn.").count();
    assert_eq!((own(today), own(next_week)), (0, 1));
    assert!(
        offered(manager, next_week).contains(&"Het stuk is verlopen. Stuur een stuk dat nog geldig is.".to_owned())
    );
    assert_eq!(offered(&office.elsewhere.manager, next_week), offered(&office.elsewhere.manager, today));
    assert_eq!(office.acts("standard_texts.save"), 1);

    // The same day is written anew; an earlier one than what is coming is not taken.
    let form = fields_of(&page);
    let again = office.post(admin, M13, &filled(&form, &[("tekst-1", "Anders."), ("ingang", from.as_str())])).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.page);
    assert_eq!(read(office.db(), |conn| of_code(conn, manager, next_week, "M13")), ["Anders."]);
    let form = fields_of(&office.page(admin, M13).await);
    for (day, told) in [(today, "of een latere dag"), (add_days(today, -1), "of een latere dag")] {
        let day = day.to_string();
        let refused = office.post(admin, M13, &filled(&form, &[("tekst-1", "Te vroeg."), ("ingang", &day)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.page.contains(told) && refused.page.contains("Te vroeg."), "{}", refused.page);
    }
}

#[actix_web::test]
async fn of_two_who_change_the_texts_the_second_is_told_and_keeps_what_he_typed() {
    let office = Office::new();
    let (manager, admin) = (&office.town.manager, &office.admin);
    let all = "/beheer/eisen/alle/teksten";
    let form = fields_of(&office.page(manager, all).await);
    let first = office.post(manager, all, &filled(&form, &[("tekst-1", "De eerste.")])).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.page);
    let second = office.post(admin, all, &filled(&form, &[("tekst-1", "De tweede.")])).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.page.contains("De tweede.") && second.page.contains("intussen veranderd"), "{}", second.page);
    let over = office.post(admin, all, &filled(&fields_of(&second.page), &[])).await;
    assert_eq!(over.status, StatusCode::SEE_OTHER, "{}", over.page);
    assert!(office.page(manager, all).await.contains("De tweede."));
}

#[actix_web::test]
async fn only_who_edits_criteria_edits_their_texts() {
    let office = Office::new();
    for who in [&office.viewer, &office.town.assessor, &office.town.decider] {
        assert_eq!(office.get(who, M13).await.status, StatusCode::FORBIDDEN);
        let written = office.post(who, M13, &[("ingang", "2099-01-01"), ("tekst-1", "x")]).await;
        assert_eq!(written.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(office.get(&office.admin, "/beheer/eisen/M99/teksten").await.status, StatusCode::NOT_FOUND);
    let many: Vec<(String, String)> = (0..20).map(|place| (format!("tekst-{place}"), "x".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(office.post(&office.admin, M13, &many).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(office.acts("standard_texts.save"), 0);
}
