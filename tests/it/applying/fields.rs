//! What a form takes: fields that hold what cannot be meant, products that are not offered, and what is known already.

use actix_web::http::StatusCode;
use openhouse::db::Conn;
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::store::install_catalogue;

use super::Street;
use crate::evidence::corpus::make::pdf;
use crate::evidence::firm::form;

#[actix_web::test]
async fn what_cannot_be_meant_is_told_at_its_field_and_the_step_is_kept_but_not_ready() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let (cookie, dossier) = (Some(cookie.as_str()), street.dossier());
    let organisation = [
        ("versie", "0"),
        ("doen", "verder"),
        ("naam", "Werkpad Noord"),
        ("rechtsvorm", "stichting"),
        ("vestiging", "123"),
        ("straat", "Dorpsstraat 1"),
        ("postcode", "0000"),
        ("plaats", "Noordermeer"),
        ("website", "javascript:alert(1)"),
        ("omvang", "micro"),
    ];
    let told = street.post(cookie, &format!("{dossier}/stappen/organisatie"), &organisation).await;
    assert_eq!(told.status, StatusCode::BAD_REQUEST);
    for part in [
        r##"<a href="#vestiging">Een vestigingsnummer heeft twaalf cijfers"##,
        r##"<a href="#postcode">Dit is geen postcode"##,
        r##"<a href="#website">Dit is geen adres van een website"##,
        r#"value="javascript:alert(1)""#,
    ] {
        assert!(told.text.contains(part), "{part}: {}", told.text);
    }
    let contact = [("versie", "0"), ("naam", "Sanne Bakker"), ("telefoon", "geen idee"), ("email", "sanne@werkpad")];
    let told = street.post(cookie, &format!("{dossier}/stappen/contactpersoon"), &contact).await;
    assert!(told.text.contains("Dit is geen telefoonnummer"), "{}", told.text);
    let contact = [("versie", "1"), ("naam", "Sanne Bakker"), ("telefoon", "0500 000 001"), ("email", "sanne")];
    let told = street.post(cookie, &format!("{dossier}/stappen/contactpersoon"), &contact).await;
    assert!(told.text.contains("Dit is geen e-mailadres") && !told.text.contains("Vul dit nog in"), "{}", told.text);
    let places = [("versie", "0"), ("straat-0", "Kade 2"), ("plaats-0", "Noordermeer"), ("postcode-0", "12")];
    let told = street.post(cookie, &format!("{dossier}/stappen/locaties"), &places).await;
    assert!(told.text.contains(r##"<a href="#postcode-0">Dit is geen postcode"##), "{}", told.text);
    let list = street.get(cookie, &dossier).await.text;
    assert_eq!(list.matches("Bezig</span>").count(), 3, "{list}");
}

#[actix_web::test]
async fn a_product_that_is_not_offered_is_not_kept_and_jobcoaching_asks_for_qualified_coaches() {
    let street = Street::new();
    let catalogue = |conn: &mut Conn| install_catalogue(conn, &street.town.system, defaults());
    street.house.db.write(catalogue).unwrap();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let (cookie, dossier) = (Some(cookie.as_str()), street.dossier());
    let offer = format!("{dossier}/stappen/aanbod");
    let none = street.post(cookie, &offer, &[("versie", "0"), ("producten", "ZZZ")]).await;
    assert!(none.status == StatusCode::BAD_REQUEST && none.text.contains("Vul dit nog in"), "{}", none.text);
    let coaches = |list: &str| list.contains("/eisen/M11\"");
    assert!(!coaches(&street.get(cookie, &dossier).await.text));
    let kept = street.post(cookie, &offer, &[("versie", "1"), ("producten", "RE-JC"), ("producten", "ZZZ")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let list = street.get(cookie, &dossier).await.text;
    assert!(coaches(&list), "{list}");
    // Everywhere the same number: with this product all of the public list, of which one is for some only.
    let public = street.get(None, "/gemeenten/noordermeer/eisen").await.text;
    let all = public.matches("class=\"criterion\"").count();
    assert!(list.contains(&format!("/ {all}</progress>")), "{all}: {list}");
    assert!(public.contains("waarvan één alleen bij bepaalde producten"), "{public}");
    assert!(public.contains("Alleen voor wie dit wil leveren: Jobcoaching."), "{public}");
}

#[actix_web::test]
async fn who_works_without_subcontractors_shows_no_list_of_them() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let (cookie, dossier) = (Some(cookie.as_str()), street.dossier());
    let says = "Niet van toepassing: u werkt niet met onderaannemers";
    let asked = street.get(cookie, &format!("{dossier}/eisen/M22")).await.text;
    assert!(!asked.contains(says), "nothing was answered yet: {asked}");
    let offer = format!("{dossier}/stappen/aanbod");
    street.post(cookie, &offer, &[("versie", "0"), ("producten", "RE-JH")]).await;
    assert!(street.get(cookie, &format!("{dossier}/eisen/M22")).await.text.contains(says));
    assert!(street.get(cookie, &dossier).await.text.contains(says));
    let check = street.get(cookie, &format!("{dossier}/indienen")).await.text;
    assert!(check.contains(says) && !missing(&check).contains("/eisen/M22\""), "{check}");
    street.post(cookie, &offer, &[("versie", "1"), ("producten", "RE-JH"), ("onderaannemers", "ja")]).await;
    let check = street.get(cookie, &format!("{dossier}/indienen")).await.text;
    assert!(missing(&check).contains("/eisen/M22\""), "{check}");
}

/// The list of what is missing.
fn missing(check: &str) -> &str {
    let (_, list) = check.split_once("id=\"ontbreekt\"").expect("something is missing");
    list.split_once("</ul>").expect("a list").0
}

#[actix_web::test]
async fn a_new_application_begins_with_what_the_last_one_said_and_keeps_it_only_when_it_is_saved() {
    let street = Street::new();
    let key = street.newcomer("sanne@werkpad.example", "90001042").await;
    let (cookie, dossier) = (Some(key.as_str()), street.dossier());
    street.hand_in(&key, "sanne@werkpad.example", "90001042").await;
    street.post(cookie, &format!("{dossier}/intrekken"), &[("versie", "2"), ("reden", "")]).await;
    let anew = street.post(cookie, "/mijn/aanmeldingen", &[("procedure", "re-integratie")]).await.to;
    let contact = street.get(cookie, &format!("{anew}/stappen/contactpersoon")).await.text;
    let number = dossier.rsplit('/').next().unwrap();
    assert!(contact.contains(&format!("Overgenomen uit uw aanmelding {number}")), "{contact}");
    assert!(contact.contains("value=\"0500 000 001\""), "{contact}");
    assert!(street.get(cookie, &anew).await.text.contains("Nog te doen"));
    // A declaration is made anew.
    let declaration = street.get(cookie, &format!("{anew}/stappen/verklaring")).await.text;
    assert!(!declaration.contains(" checked"), "{declaration}");
}

#[actix_web::test]
async fn an_applicant_without_an_agreement_is_not_sent_to_a_statement() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let home = street.get(Some(&cookie), "/mijn").await.text;
    assert!(!home.contains("/opgave\""), "{home}");
    // What is not there offers him no search among others.
    let gone = street.get(Some(&cookie), "/mijn/aanmeldingen/2019-0001").await;
    assert!(gone.status == StatusCode::NOT_FOUND && !gone.text.contains("Zoek een aanbieder"), "{}", gone.text);
}

#[actix_web::test]
async fn the_same_file_twice_is_told_with_the_other_piece() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let (page, file) = (format!("{}/eisen/M07", street.dossier()), pdf("", &[]));
    for (key, name) in [("k1", "polis.pdf"), ("k2", "polis-kopie.pdf")] {
        let sent = form(&format!("{page}/bestanden"), &[("sleutel", key)], &[(name, &file[..])]);
        street.send(Some(&cookie), sent).await;
    }
    let shown = street.get(Some(&cookie), &page).await.text;
    assert!(shown.contains("Hetzelfde bestand hebt u ook als polis-kopie"), "{shown}");
}

#[actix_web::test]
async fn a_sheet_with_a_number_that_may_be_a_bsn_is_taken_when_its_owner_looked() {
    let street = Street::new();
    let cookie = street.newcomer("sanne@werkpad.example", "90001042").await;
    let path = format!("{}/eisen/M07/bestanden", street.dossier());
    let files = [("lijst.csv", &b"naam;nummer\nAnja;111222333\n"[..])];
    let refused = street.send(Some(&cookie), form(&path, &[("sleutel", "k1")], &files)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("een burgerservicenummer kan zijn"), "{}", refused.text);
    assert!(refused.text.contains("data-look><input"), "the tick is shown: {}", refused.text);
    let looked = street.send(Some(&cookie), form(&path, &[("sleutel", "k2"), ("geen_bsn", "ja")], &files)).await;
    assert_eq!(looked.status, StatusCode::SEE_OTHER, "{}", looked.text);
    // Two numbers in two cells are not one.
    let apart = [("cellen.csv", &b"a;b\n111;222333\n"[..])];
    let apart = street.send(Some(&cookie), form(&path, &[("sleutel", "k3")], &apart)).await;
    assert_eq!(apart.status, StatusCode::SEE_OTHER, "{}", apart.text);
}

#[actix_web::test]
async fn the_dossier_tells_when_it_was_changed_last() {
    let street = Street::new();
    let key = street.newcomer("sanne@werkpad.example", "90001042").await;
    let (cookie, dossier) = (Some(key.as_str()), street.dossier());
    let began: chrono::NaiveDateTime = "2026-01-02T03:04:00".parse().unwrap();
    let earlier: diesel::QueryResult<usize> = street.ground.db.write(|conn| {
        use diesel::prelude::*;
        use openhouse::schema::application;
        diesel::update(application::table).set(application::changed_at.eq(began)).execute(conn)
    });
    assert_eq!(earlier.unwrap(), 1);
    let then = "datetime=\"2026-01-02T04:04\"";
    assert!(street.get(cookie, &dossier).await.text.contains(then));
    street.post(cookie, &format!("{dossier}/stappen/contactpersoon"), &[("versie", "0"), ("naam", "Sanne")]).await;
    assert!(!street.get(cookie, &dossier).await.text.contains(then), "saving a step is a change");
}
