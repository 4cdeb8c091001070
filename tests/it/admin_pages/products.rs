//! The catalogue on the pages of the administrator, on the page of a provider, and as everybody reads it: what is changed is
//! looked at first, pressed twice it is done once, and what was typed is never lost.

use actix_web::http::StatusCode;
use openhouse::actor::{Actor, Role};
use openhouse::agreement::{Accession, assortment, store::accede};
use openhouse::calendar::add_days;
use openhouse::db::Conn;
use openhouse::procedure::catalogue;
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::store::{catalogue as products, install_catalogue};

use super::office::{Office, fields_of, filled};
use crate::dossier::town::{Applicant, at, day, read, write};

const LIST: &str = "/beheer/producten";

/// An office with the start catalogue, and a provider whose agreement runs.
fn furnished() -> (Office, Applicant) {
    let office = Office::new();
    let applicant = office.town.applicant(office.db(), "Sanne Bakker", "10000001", "Alfa");
    write(office.db(), |conn| {
        install_catalogue(conn, &office.town.system, defaults())?;
        let accession = Accession {
            id: 0,
            provider_id: applicant.started.provider_id,
            number: "2026-001".into(),
            version: 1,
            active_from: day("2026-01-01"),
            active_until: None,
        };
        accede(conn, &office.town.system, at("2026-01-01"), &accession, &[])?;
        Ok(())
    });
    (office, applicant)
}

fn in_days(office: &Office, days: i64) -> String {
    add_days(office.house.today(), days).to_string()
}

/// The address of the provider's own pages.
fn path(office: &Office, applicant: &Applicant) -> String {
    let find = |conn: &mut Conn| {
        openhouse::provider::store::find_by_id(conn, &office.town.system, applicant.started.provider_id)
    };
    format!("/aanbieders/{}", read(office.db(), find).expect("it applied").path())
}

#[actix_web::test]
async fn a_new_version_is_looked_at_first_and_pressed_twice_it_is_one() {
    let (office, _) = furnished();
    let (manager, address) = (&office.town.manager, format!("{LIST}/RE-BW/versie"));
    let list = office.page(manager, LIST).await;
    assert!(list.contains("21 producten op") && list.contains(&format!("href=\"{LIST}/RE-BW\"")), "{list}");
    let form = fields_of(&office.page(manager, &address).await);
    let from = in_days(&office, 30);
    let changes = [("ingang", from.as_str()), ("plekken", "12"), ("alleen_door", "10000001"), ("btw", "vrij")];
    let looked =
        office.post(manager, &address, &filled(&form, &[&changes[..], &[("actie", "gevolgen")]].concat())).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.page);
    for told in ["Alleen door deze aanbieder", "Alfa", "Plekken tegelijk", "vrij van btw"] {
        assert!(looked.page.contains(told), "{told} in {}", looked.page);
    }
    assert_eq!(office.acts("product.publish"), 0, "looking publishes nothing");

    let check = fields_of(&looked.page);
    let done = office.post(manager, &address, &filled(&check, &[("actie", "publiceren")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    let again = office.post(manager, &address, &filled(&check, &[("actie", "publiceren")])).await;
    assert_eq!((again.leads, office.acts("product.publish")), (done.leads.clone(), 1), "pressed twice");
    let then = office.page(manager, &done.leads).await;
    assert!(then.contains("Alleen door Alfa, 12 plekken tegelijk") && then.contains("RE-BW is vastgelegd"), "{then}");
    let today = office.page(manager, LIST).await;
    assert!(!today.contains("Alleen door Alfa"), "the version of today still holds: {today}");

    // Whoever opened the form before that sees what holds now, and keeps what he typed.
    let late = office.post(manager, &address, &filled(&form, &[("ingang", from.as_str()), ("plekken", "99")])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.page.contains("Iemand heeft intussen") && late.page.contains("value=\"99\""), "{}", late.page);
}

#[actix_web::test]
async fn a_product_that_is_new_gets_a_code_of_its_own() {
    let (office, _) = furnished();
    let (manager, address) = (&office.town.manager, format!("{LIST}/nieuw/versie"));
    let form = fields_of(&office.page(manager, &address).await);
    let from = in_days(&office, 1);
    let new = [
        ("code", "RE-NIEUW"),
        ("naam_nl", "Nieuw product"),
        ("naam_en", "New product"),
        ("domein", "pw"),
        ("eenheid", "hour"),
        ("bekostiging", "instalments"),
        ("profielen", "P1 P2"),
        ("ingang", from.as_str()),
    ];
    let taken = filled(&form, &[&new[1..], &[("code", "re-bw"), ("actie", "gevolgen")]].concat());
    let taken = office.post(manager, &address, &taken).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.page.contains("al van een ander product") && taken.page.contains("Nieuw product"), "{}", taken.page);
    let pressed = filled(&form, &[&new[..], &[("actie", "publiceren")]].concat());
    let done = office.post(manager, &address, &pressed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    let again = office.post(manager, &address, &pressed).await;
    assert_eq!((again.leads, office.acts("product.publish")), (done.leads, 1), "pressed twice");
    let page = office.page(manager, &format!("{LIST}/RE-NIEUW")).await;
    assert!(page.contains("40% bij een goedgekeurd plan") && page.contains("Er is nog geen tarief"), "{page}");
    let elsewhere = office.get(&office.elsewhere.manager, &format!("{LIST}/RE-NIEUW")).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    assert_eq!(office.get(&office.viewer, LIST).await.status, StatusCode::FORBIDDEN);
}

#[actix_web::test]
async fn a_tariff_and_a_batch_are_looked_at_first() {
    let (office, _) = furnished();
    let manager = &office.town.manager;
    let (page, tariff, batch) =
        (format!("{LIST}/RE-JC"), format!("{LIST}/RE-JC/tarief"), format!("{LIST}/RE-JC/partijen"));
    let wrong = office.post(manager, &tariff, &[("tarief", "veel"), ("tarief_ingang", "2026-01-01")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("value=\"veel\"") && wrong.page.contains("Vul een bedrag in"), "{}", wrong.page);
    let told = [("tarief", "62,55"), ("tarief_ingang", "2026-01-01")];
    let looked = office.post(manager, &tariff, &told).await;
    assert!(looked.page.contains("62,55") && looked.page.contains("Er is nog niets vastgelegd"), "{}", looked.page);
    let check = fields_of(&looked.page);
    for _ in 0..2 {
        let done = office.post(manager, &tariff, &filled(&check, &[("actie", "publiceren")])).await;
        assert_eq!(done.leads, format!("{page}?klaar=ja"), "{}", done.page);
    }
    assert_eq!(office.acts("product.tariff"), 1, "pressed twice");

    let no_reason = [("aanbieder", "10000001"), ("dag", "2026-01-01"), ("aantal", "-5")];
    let refused = office.post(manager, &batch, &no_reason).await;
    assert!(refused.page.contains("Schrijf op waarom u dit terugneemt"), "{}", refused.page);
    let bought = [("aanbieder", "10000001"), ("dag", "2026-01-01"), ("aantal", "50"), ("betaald", "3.127,50")];
    let looked = office.post(manager, &batch, &bought).await;
    assert!(looked.page.contains("Voor Alfa"), "{}", looked.page);
    let check = fields_of(&looked.page);
    for _ in 0..2 {
        let done = office.post(manager, &batch, &filled(&check, &[("actie", "publiceren")])).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    }
    assert_eq!(office.acts("product.batch"), 1, "pressed twice");
    let shown = office.page(manager, &page).await;
    assert!(shown.contains("Nog 50") && shown.contains("0 gebruikt van 50"), "{shown}");
}

#[actix_web::test]
async fn boxes_of_the_matrix_become_versions_of_the_products_they_touch() {
    let (office, _) = furnished();
    let (manager, address) = (&office.town.manager, format!("{LIST}/matrix"));
    let form = fields_of(&office.page(manager, &address).await);
    assert!(form.contains(&("vak".to_owned(), "RE-JC|P1".to_owned())), "{form:?}");
    let from = in_days(&office, 10);
    let sent = |change: &[(&'static str, String)]| -> Vec<(String, String)> {
        let kept = form.iter().filter(|(name, value)| name != "ingang" && value != "RE-JC|P2").cloned();
        kept.chain(change.iter().map(|(name, value)| ((*name).to_owned(), value.clone()))).collect()
    };
    let changed = sent(&[("ingang", from.clone()), ("vak", "RE-JC|P5".into())]);
    let pairs = |all: &[(String, String)], action: &'static str| -> Vec<(String, String)> {
        all.iter().cloned().chain([("actie".to_owned(), action.to_owned())]).collect()
    };
    let post = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        office.post(manager, &address, &fields).await
    };
    let looked = post(pairs(&changed, "gevolgen")).await;
    assert!(looked.page.contains("P1, P2") && looked.page.contains("P1, P5"), "{}", looked.page);
    let check = fields_of(&looked.page);
    for _ in 0..2 {
        let done = post(pairs(&check, "publiceren")).await;
        assert_eq!(done.leads, format!("{LIST}?op={from}"), "{}", done.page);
    }
    assert_eq!(office.acts("product.publish"), 1, "one product was touched, and it was pressed twice");
    let versions = read(office.db(), |conn| catalogue::versions(conn, manager, "RE-JC"));
    assert_eq!(versions[0].product.profiles, ["P1", "P5"]);
    let too_early =
        post(pairs(&sent(&[("ingang", "2020-01-01".into()), ("vak", "RE-SCH|P1".into())]), "gevolgen")).await;
    assert_eq!(too_early.status, StatusCode::CONFLICT, "it was opened before the other version");
}

#[actix_web::test]
async fn a_provider_ticks_its_offer_and_the_contract_manager_takes_it_over() {
    let (office, applicant) = furnished();
    let (manager, own) = (&office.town.manager, &applicant.actor);
    let address = format!("{}/aanbod", path(&office, &applicant));
    let ids = read(office.db(), |conn| products(conn, own));
    let id = |code: &str| ids.iter().find(|one| one.code == code).expect("it is in the catalogue").id;
    let page = office.page(own, &address).await;
    assert!(page.contains(&format!("value=\"{}|P1\"", id("RE-JC"))), "{page}");
    let boxes = [format!("{}|P1", id("RE-JC")), format!("{}|P2", id("RE-JC"))];
    let ticked: Vec<(&str, &str)> = boxes.iter().map(|one| ("vak", one.as_str())).collect();
    let done = office.post(own, &address, &ticked).await;
    assert_eq!((done.status, done.leads), (StatusCode::SEE_OTHER, format!("{address}?klaar=ja")));
    let waits = office.page(own, &format!("{address}?klaar=ja")).await;
    assert!(waits.contains("Nog niet in de overeenkomst") && waits.contains("1 product staat nog niet"), "{waits}");

    // A profile it is not meant for, a product that is not there.
    for wrong in [format!("{}|P5", id("RE-JC")), "999999|P1".to_owned()] {
        let refused = office.post(own, &address, &[("vak", wrong.as_str())]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(office.post(manager, &address, &ticked).await.status, StatusCode::FORBIDDEN);
    let wanted = id("RE-JC").to_string();
    let over = format!("{address}/overeenkomst");
    assert_eq!(office.post(own, &over, &[("product", wanted.as_str())]).await.status, StatusCode::FORBIDDEN);
    let seen = office.page(manager, &address).await;
    assert!(seen.contains("Neem over in de overeenkomst"), "{seen}");
    assert_eq!(office.post(manager, &over, &[("product", wanted.as_str())]).await.status, StatusCode::SEE_OTHER);
    let agreed = office.page(manager, &address).await;
    assert!(agreed.contains("In de overeenkomst") && !agreed.contains("staat nog niet"), "{agreed}");
    assert_eq!((office.acts("offer.state"), office.acts("agreement.follow_offer")), (1, 1));

    let elsewhere = office.get(&office.elsewhere.manager, &address).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
    let today = office.house.today();
    let offered = read(office.db(), |conn| assortment::on(conn, own, applicant.started.provider_id, today));
    assert_eq!(offered.len(), 1);
    let user: Actor = own.clone().in_role(Role::ProviderUser);
    assert!(!assortment::may_state(&user, applicant.started.provider_id));
}

#[actix_web::test]
async fn everybody_reads_products_and_tariffs_of_a_day() {
    let (office, _) = furnished();
    let manager = &office.town.manager;
    write(office.db(), |conn| {
        let set = catalogue::set_tariff(
            conn,
            manager,
            at("2026-11-02"),
            "RE-JC",
            openhouse::money::Cents(6_255),
            day("2026-01-01"),
        );
        set.unwrap_or_else(|fault| panic!("{fault:?}"));
        Ok(())
    });
    let page = office.page(manager, "/gemeenten/noordermeer/producten?op=2026-06-01").await;
    assert!(page.contains("21 producten op 1 juni 2026") && page.contains("62,55"), "{page}");
    assert!(page.contains("In termijnen") && !page.contains("btw"), "VAT is never guessed: {page}");
    let before = office.page(manager, "/gemeenten/noordermeer/producten?op=2018-12-31").await;
    assert!(before.contains("Er zijn op deze dag geen producten"), "{before}");
    let wrong = office.get(manager, "/gemeenten/noordermeer/producten?op=gisteren").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert_eq!(office.get(manager, "/gemeenten/nergens/producten").await.status, StatusCode::NOT_FOUND);
}
