//! The public register (openbaar register): what a provider tells of itself, who fits, in which order, and as open data.

use actix_web::http::StatusCode;
use actix_web::test;
use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::agreement::assortment;
use openhouse::procedure::product::Unit;
use openhouse::procedure::store::{OfferedProduct, add_product, product_ids};
use openhouse::provider::listing::store::{self, NotKept};
use openhouse::provider::listing::{Kept, Listing, Location, Waiting};
use openhouse::text::Bilingual;

use crate::dossier::town::{Applicant, Town, at, day, write};
use crate::dossier_pages::street::Street;
use crate::ground::every;

const REGISTER: &str = "/gemeenten/noordermeer/register";
const MINE: &str = "/mijn/registergegevens";

fn listing(place: &str, weeks: u32, told_on: &str) -> Listing {
    let location = Location { street: "Kade 3".into(), place: place.into(), ..Location::default() };
    Listing {
        locations: vec![location],
        languages: vec!["nl".into(), "pl".into()],
        website: String::new(),
        waiting: Some(Waiting { weeks, told_on: day(told_on) }),
    }
}

#[core::prelude::v1::test]
fn a_provider_keeps_its_own_entry_in_versions_and_nobody_elses() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let one = town.applicant(&ground.db, "Sanne Bakker", "90001042", "Werkpad Noord");
        let other = town.applicant(&ground.db, "Kim Jansen", "90001043", "Andere Weg");
        let own = one.started.provider_id;
        let tell = |who: &Applicant, seen, told: &Listing| -> Result<(), String> {
            let done: Result<(), NotKept> =
                ground.db.write(|conn| store::tell(conn, &who.actor, at("2026-11-20"), own, seen, told));
            done.map_err(|cause| match cause {
                NotKept::Trouble(cause) => panic!("{}: {cause}", ground.backend),
                refusal => format!("{refusal:?}"),
            })
        };
        let (first, second) = (listing("Noord", 4, "2026-11-20"), listing("Zuid", 5, "2026-11-20"));
        assert_eq!(tell(&one, 0, &first), Ok(()));
        assert_eq!(tell(&other, 1, &second), Err("NotYours".into()));
        assert!(tell(&one, 0, &second).unwrap_err().starts_with("ChangedMeanwhile"));
        assert_eq!(tell(&one, 1, &second), Ok(()));
        let kept: QueryResult<Option<Kept>> = ground.db.read(|conn| store::of(conn, &one.actor, own));
        let kept = kept.unwrap().expect("it was told");
        assert_eq!((kept.version, kept.listing), (2, second));
        let seen: QueryResult<Option<Kept>> = ground.db.read(|conn| store::of(conn, &other.actor, own));
        assert_eq!(seen.unwrap(), None, "{}", ground.backend);
    }
}

/// Two admitted providers, of which the first told where it is and in which languages, long ago.
fn two(street: &Street) -> [Applicant; 2] {
    let one = street.town.admitted(street.db(), "Sanne Bakker", "90001042", "Amber Werk");
    let other = street.town.admitted(street.db(), "Kim Jansen", "90001043", "Zeker Weg");
    tell(street, &one, &listing("Noordermeer", 4, "2026-01-05"));
    [one, other]
}

fn tell(street: &Street, who: &Applicant, told: &Listing) {
    let done: Result<(), NotKept> =
        street.db().write(|conn| store::tell(conn, &who.actor, at("2026-11-20"), who.started.provider_id, 0, told));
    done.unwrap_or_else(|cause| panic!("{cause:?}"));
}

#[actix_web::test]
async fn a_visitor_reads_who_is_admitted_what_it_told_and_how_old_that_is() {
    let street = Street::new();
    two(&street);
    let answer = street.visit(REGISTER).await;
    let page = &answer.page;
    assert_eq!((answer.status, answer.kept.as_str()), (StatusCode::OK, "public, max-age=300"));
    assert!(page.find("Amber Werk").unwrap() < page.find("Zeker Weg").unwrap(), "alphabetical");
    for told in ["Kade 3", "Pools", "4 weken", "opgegeven door de aanbieder op 5 januari 2026", "Ouder dan 3 maanden"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.contains("Niet opgegeven"), "who told nothing is there too");
    for person in ["Sanne", "Bakker", "Kim", "Jansen"] {
        assert!(!page.contains(person), "no names of people: {person}");
    }
    let signed_in = street.get(&street.town.manager, REGISTER).await;
    assert_eq!(signed_in.kept, "no-store", "a page with somebody's name on it is nobody else's");
}

#[actix_web::test]
async fn filters_hold_for_the_page_the_json_and_the_csv_alike() {
    let street = Street::new();
    two(&street);
    for (filter, amber, zeker) in [
        ("?plaats=noordermeer", true, false),
        ("?spreektaal=pl", true, false),
        ("?spreektaal=ti", false, false),
        ("?product=bestaat-niet", false, false),
        ("", true, true),
    ] {
        for file in ["", ".json", ".csv"] {
            let answer = street.visit(&format!("{REGISTER}{file}{filter}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{file}{filter}");
            let found = (answer.page.contains("Amber Werk"), answer.page.contains("Zeker Weg"));
            assert_eq!(found, (amber, zeker), "{file}{filter}");
        }
    }
    assert_eq!(street.visit(&format!("{REGISTER}?volgorde=beste")).await.status, StatusCode::BAD_REQUEST);
    for no_number in ["x", "-1"] {
        let drawn = street.visit(&format!("{REGISTER}?volgorde=willekeurig&zaad={no_number}")).await;
        assert_eq!(drawn.status, StatusCode::SEE_OTHER, "another number is drawn in the place of {no_number}");
        assert!(!drawn.leads.ends_with(&format!("zaad={no_number}")), "{}", drawn.leads);
    }
}

#[actix_web::test]
async fn what_a_provider_says_it_offers_stands_in_the_register_and_in_the_open_data() {
    let street = Street::new();
    let [one, _] = two(&street);
    let json = async || -> serde_json::Value {
        serde_json::from_slice(&street.visit(&format!("{REGISTER}.json")).await.bytes).expect("JSON")
    };
    let before = json().await;
    assert!(before["aanbieders"][0]["aanbod"].is_null(), "it said nothing: {before}");
    let code = before["aanbieders"][0]["producten"][0]["code"].as_str().expect("a product").to_owned();
    let system = Actor::system(street.town.tenant);
    let known = write(street.db(), |conn| {
        if let Some(id) = product_ids(conn, &system)?.get(&code) {
            return Ok(*id);
        }
        let name = Bilingual { nl: "Jobhunting".into(), en: "Job hunting".into() };
        let new = OfferedProduct { id: 0, code: code.clone(), name, unit: Unit::Hour, tariffs: Vec::new() };
        Ok(add_product(conn, &system, &new)?)
    });
    let admin = one.actor.clone().in_role(Role::ProviderAdmin);
    let today = street.house.today();
    let state = |wanted: &[(i64, Vec<String>)]| {
        write(street.db(), |conn| {
            let own = one.started.provider_id;
            Ok(assortment::state(conn, &admin, at("2026-11-20"), today, own, wanted)
                .unwrap_or_else(|no| panic!("{no:?}")))
        })
    };
    assert!(state(&[(known, vec!["P1".to_owned()])]));
    let after = json().await;
    assert_eq!(after["aanbieders"][0]["aanbod"][0]["code"].as_str(), Some(code.as_str()), "{after}");
}

#[actix_web::test]
async fn an_order_at_random_has_a_number_in_its_address_and_reads_the_same_again() {
    let street = Street::new();
    two(&street);
    let drawn = street.visit(&format!("{REGISTER}?plaats=&volgorde=willekeurig")).await;
    assert_eq!(drawn.status, StatusCode::SEE_OTHER);
    assert!(drawn.leads.contains("volgorde=willekeurig&zaad="), "{}", drawn.leads);
    let (first, again) = (street.visit(&drawn.leads).await, street.visit(&drawn.leads).await);
    assert_eq!(first.page, again.page);
    let seed = drawn.leads.rsplit('=').next().unwrap();
    assert!(first.page.contains(&format!("<b class=\"num\">{seed}</b>")), "the number is printed: {}", first.page);
    let firsts: std::collections::BTreeSet<bool> = {
        let mut found = std::collections::BTreeSet::new();
        for seed in 0..12 {
            let page = street.visit(&format!("{REGISTER}?volgorde=willekeurig&zaad={seed}")).await.page;
            found.insert(page.find("<b>Amber Werk").unwrap() < page.find("<b>Zeker Weg").unwrap());
        }
        found
    };
    assert_eq!(firsts.len(), 2, "each stands first for some number");
}

#[actix_web::test]
async fn open_data_may_be_kept_and_is_not_sent_twice() {
    let street = Street::new();
    two(&street);
    let app =
        test::init_service(actix_web::App::new().app_data(street.house.clone()).configure(openhouse::app::routes))
            .await;
    let ask = test::TestRequest::get().uri(&format!("{REGISTER}.json")).to_request();
    let answer = test::call_service(&app, ask).await;
    let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("cache-control").as_deref(), Some("public, max-age=300"));
    assert_eq!(header("access-control-allow-origin").as_deref(), Some("*"));
    assert_eq!(header("set-cookie"), None);
    let mark = header("etag").expect("a mark");
    let body: serde_json::Value = test::read_body_json(answer).await;
    assert_eq!((body["aantal"].as_u64(), body["volgorde"].as_str()), (Some(2), Some("alfabet")));
    assert_eq!(body["aanbieders"][0]["wachttijd"]["ouderDanDrieMaanden"].as_bool(), Some(true));
    let again = test::TestRequest::get().uri(&format!("{REGISTER}.json")).insert_header(("if-none-match", mark));
    let again = test::call_service(&app, again.to_request()).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert!(test::read_body(again).await.is_empty());
}

#[actix_web::test]
async fn a_provider_types_its_entry_and_everybody_reads_it() {
    let street = Street::new();
    let [_, other] = two(&street);
    let form = [
        ("straat-0", "Dorpsweg 4"),
        ("plaats-0", "Zuiderveen"),
        ("talen", "nl"),
        ("talen", "ti"),
        ("website", "www.zekerweg.example"),
        ("weken", "3"),
    ];
    let page = street.page(&other.actor, MINE).await;
    assert!(page.contains("Hoofdstraat") || page.contains("id=\"straat-0\""), "{page}");
    let wrong: Vec<_> =
        form.iter().map(|(name, typed)| (*name, if *name == "weken" { "veel" } else { typed })).collect();
    let refused = street.fill(&other.actor, MINE, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.page.contains("id=\"weken-fout\"") && refused.page.contains("value=\"Dorpsweg 4\""),
        "{}",
        refused.page
    );
    let more: Vec<_> = form.iter().copied().chain([("actie", "meer")]).collect();
    let wider = street.fill(&other.actor, MINE, &more).await;
    assert!(wider.status == StatusCode::OK && wider.page.contains("id=\"straat-1\""), "{}", wider.page);
    assert!(!street.visit(REGISTER).await.page.contains("Zuiderveen"), "nothing was kept yet");
    let kept = street.fill(&other.actor, MINE, &form).await;
    assert_eq!((kept.status, kept.leads), (StatusCode::SEE_OTHER, format!("{MINE}?klaar=ja")));
    let read = street.visit(&format!("{REGISTER}?plaats=zuiderveen&spreektaal=ti")).await.page;
    assert!(read.contains("Zeker Weg") && read.contains("https://www.zekerweg.example"), "{read}");
    assert!(!read.contains("<b>Amber Werk"), "{read}");
}

#[actix_web::test]
async fn what_an_applicant_filled_in_is_public_only_after_it_kept_it_for_the_register() {
    let street = Street::new();
    let one = street.town.admitted(street.db(), "Sanne Bakker", "90001042", "Amber Werk");
    let mine = street.page(&one.actor, MINE).await;
    let filled: Vec<String> = write(street.db(), |conn| {
        let steps = openhouse::dossier::drafting::steps(conn, &one.actor, one.started.application)?;
        Ok(steps
            .into_iter()
            .filter_map(|step| match step.filled {
                openhouse::dossier::form::Filled::Locations(all) => Some(all.locations[0].address.street.clone()),
                _ => None,
            })
            .collect())
    });
    assert!(mine.contains(&filled[0]), "the form begins with it: {mine}");
    assert!(!street.visit(REGISTER).await.page.contains(&filled[0]));
}
