//! What helps who judges: standard texts, whose work it is, and two versions beside each other.

use actix_web::http::StatusCode;
use openhouse::dossier::review;

use super::street::{Street, version_on};
use crate::dossier::town::{Town, hand_in, read, show, upload, upload_next};

#[actix_web::test]
async fn a_standard_text_comes_below_what_was_typed_and_gives_no_verdict_yet() {
    let street = Street::new();
    let (applicant, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let assessor = &street.town.assessor;
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let place = format!("{path}/eisen/M07");
    let page = street.page(assessor, &place).await;
    let button = |text: &str| format!("name=\"tekst\" value=\"{text}\"");
    let (own, of_all) = ("De polis dekt een te laag bedrag", "Het stuk is verlopen. Stuur een stuk dat nog geldig is.");
    let (first, second) = (page.find(&button(own)[..40]).unwrap(), page.find(&button(of_all)).unwrap());
    assert!(first < second, "what is written for this criterion stands first");
    assert!(!page.contains("In de regeling staat niet"), "of another criterion");
    let seen = version_on(&page);
    let typed = [
        ("versie", seen.as_str()),
        ("rij", "eis"),
        ("oordeel", "not_met"),
        ("motivering", "Zie bladzijde 2.\n"),
        ("geldig_tot", "2027-12-31"),
    ];
    let inserted = street.post(assessor, &place, &[&typed[..], &[("tekst", of_all)]].concat()).await;
    assert_eq!(inserted.status, StatusCode::OK, "{}", inserted.page);
    let kept = [
        format!(">\nZie bladzijde 2.\n{of_all}</textarea>"),
        "value=\"not_met\" checked".to_owned(),
        "value=\"2027-12-31\"".to_owned(),
        "name=\"rij\" value=\"eis\"".to_owned(),
        format!("name=\"versie\" value=\"{seen}\""),
        " autofocus>".to_owned(),
    ];
    for part in &kept {
        assert!(inserted.page.contains(part.as_str()), "{part}: {}", inserted.page);
    }
    let verdicts = || {
        let rows = read(street.db(), |conn| review::verdicts(conn, assessor, &[applicant.started.application]));
        rows.values().flatten().filter(|one| one.reason.contains(of_all)).count()
    };
    assert_eq!(verdicts(), 0, "inserting judges nothing");
    let reason = format!("Zie bladzijde 2.\n{of_all}");
    let judged = [typed[0], typed[1], typed[2], ("motivering", reason.as_str()), ("geldig_tot", "")];
    assert_eq!(street.post(assessor, &place, &judged).await.status, StatusCode::SEE_OTHER);
    assert_eq!(verdicts(), 1);
}

#[actix_web::test]
async fn the_queue_is_shown_of_everybody_of_oneself_and_of_a_colleague() {
    let street = Street::new();
    let (_, path) = street.handed_in("Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    street.handed_in("Iris Mulder", "87654321", "Stap Vooruit");
    let (assessor, colleague) = (&street.town.assessor, &street.town.colleague);
    street.fill(assessor, &format!("{path}/handelingen/in-toetsing"), &[("stap", "vastleggen")]).await;
    let of = |who: &openhouse::actor::Actor| format!("/werkvoorraad?van={}", who.account_id().unwrap());
    let both = |page: &str| {
        let (_, main) = page.split_once("<main").unwrap();
        ["Stichting Werkpad Noord", "Stap Vooruit"].map(|name| main.contains(name))
    };
    let all = street.page(colleague, "/werkvoorraad").await;
    assert_eq!(both(&all), [true, true]);
    assert!(all.contains("laatst behandeld door Karim El Idrissi"), "{all}");
    let his = street.page(colleague, &of(assessor)).await;
    assert_eq!(both(&his), [true, false], "what he handled last");
    let chosen = format!("<option value=\"{}\" selected>Karim El Idrissi</option>", assessor.account_id().unwrap());
    assert!(his.contains(&chosen) && his.contains("U ziet wat Karim El Idrissi het laatst heeft behandeld."), "{his}");
    assert_eq!(both(&street.page(colleague, &of(colleague)).await), [false, false], "she did nothing yet");
    street
        .fill(
            colleague,
            &format!("{path}/eisen/M07"),
            &[("rij", "aanmelding"), ("oordeel", "met"), ("motivering", ""), ("geldig_tot", "")],
        )
        .await;
    assert_eq!(both(&street.page(assessor, &of(colleague)).await), [true, false], "now it is hers");
    assert_eq!(both(&street.page(assessor, &of(assessor)).await), [false, false]);
    assert_eq!(both(&street.page(&street.town.decider, "/werkvoorraad?van=mij").await), [false, false]);
    assert_eq!(both(&street.page(colleague, "/werkvoorraad?van=").await), [true, true], "the first line of the list");

    let elsewhere = Town::settle(street.db(), "Zuidermeer");
    for stranger in [of(&elsewhere.assessor), "/werkvoorraad?van=99999".to_owned(), "/werkvoorraad?van=x".to_owned()] {
        assert_eq!(street.get(colleague, &stranger).await.status, StatusCode::NOT_FOUND, "{stranger}");
    }
    assert!(!all.contains(&format!("<option value=\"{}\"", elsewhere.assessor.account_id().unwrap())));
}

#[actix_web::test]
async fn a_version_is_laid_beside_the_one_before_it_with_what_differs() {
    let street = Street::new();
    let (db, assessor) = (street.db(), &street.town.assessor);
    let applicant = street.town.complete(db, "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let first = upload(db, &applicant, "Polis", "2026-10-01", Some("2026-12-31"));
    // A version between the two that this municipality never got.
    let kept = upload_next(db, &applicant, first, "2026-10-15");
    let last = upload_next(db, &applicant, first, "2026-11-02");
    let key = |id: i64| {
        let found = read(db, |conn| openhouse::evidence::store::find_version(conn, &applicant.actor, id));
        found.unwrap().key.to_string()
    };
    for version in [first, last] {
        show(db, &applicant, "M07", version);
    }
    let path = format!("/aanmeldingen/{}", street.application(&applicant).number);
    let compare = |id: i64| format!("{path}/bewijs/{}/vergelijken", key(id));
    assert_eq!(street.get(assessor, &compare(last)).await.status, StatusCode::NOT_FOUND, "a draft");
    hand_in(db, &applicant, "sleutel-1").unwrap();

    let judging = street.page(assessor, &format!("{path}/eisen/M07")).await;
    let link = |id: i64| judging.contains(&format!("href=\"{}\"", compare(id)));
    assert_eq!([first, last].map(link), [false, true]);
    let page = street.page(assessor, &compare(last)).await;
    for words in
        ["Versies vergelijken: Polis", "1 oktober 2026", "<b>2 november 2026</b>", "31 december 2026", "Anders"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let picture = |id: i64, number: u32| page.find(&format!("src=\"{path}/bewijs/{}/paginas/{number}\"", key(id)));
    let order = [picture(first, 1), picture(last, 1), picture(first, 2), picture(last, 2)];
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "page by page, the earlier one first: {order:?}");
    assert!(page.contains(&format!("href=\"{path}/eisen/M07\"")) && !page.contains(&key(kept)));

    let (_, other) = street.handed_in("Iris Mulder", "87654321", "Stap Vooruit");
    let with_another = format!("{other}/bewijs/{}/vergelijken", key(last));
    for absent in [compare(first), compare(kept), with_another] {
        assert_eq!(street.get(assessor, &absent).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
    let elsewhere = Town::settle(db, "Zuidermeer");
    assert_eq!(street.get(&elsewhere.assessor, &compare(last)).await.status, StatusCode::NOT_FOUND);
}
