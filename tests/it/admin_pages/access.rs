//! Requests for access: answered by the provider's own administrator, and by the municipality only where there is none.

use actix_web::http::StatusCode;
use diesel::prelude::*;
use openhouse::account::store::grants;
use openhouse::actor::{Actor, Role};
use openhouse::provider::access;
use openhouse::provider::store::{find_by_kvk, register};
use openhouse::schema::{access_request, outbox};

use super::office::{Office, fields_of, filled};
use crate::dossier::town::{Applicant, account, at, read, write};

const MINE: &str = "/mijn/verzoeken";
const WORK: &str = "/werkvoorraad/verzoeken";

/// Somebody asks this municipality for access to the provider with this id; the number of the request.
fn asked(office: &Office, tenant: i64, provider_id: i64, name: &str) -> i64 {
    write(office.db(), |conn| {
        let asker = account(conn, tenant, Role::Viewer, name).account_id().unwrap();
        access::ask(conn, &Actor::system(tenant), at("2026-11-17"), provider_id, asker)?;
        Ok(access_request::table.select(access_request::id).order(access_request::id.desc()).first(conn)?)
    })
}

fn applicant(office: &Office) -> Applicant {
    office.town.applicant(office.db(), "Sanne Bakker", "12345678", "Stichting <Werkpad> Noord")
}

/// A provider of this municipality that nobody works for.
fn unmanned(office: &Office, tenant: i64, kvk: &str) -> i64 {
    let kvk = kvk.parse().unwrap();
    let system = Actor::system(tenant);
    write(office.db(), |conn| Ok(register(conn, &system, at("2026-11-02"), &kvk, "Stille Wateren", 4009)?)).id
}

/// The roles of a provider's people that somebody with this name has.
fn roles(office: &Office, name: &str) -> Vec<(Role, i64, Option<i64>)> {
    let all = read(office.db(), grants).into_iter();
    all.filter(|one| one.name == name && one.role.is_of_provider())
        .map(|one| (one.role, one.municipality_id, one.provider_id))
        .collect()
}

fn mails(office: &Office, kind: &str) -> i64 {
    read(office.db(), |conn| outbox::table.filter(outbox::kind.eq(kind)).count().get_result(conn))
}

#[actix_web::test]
async fn an_administrator_lets_a_colleague_in_and_he_gets_a_mail() {
    let office = Office::new();
    let applicant = applicant(&office);
    let provider = applicant.started.provider_id;
    let id = asked(&office, office.town.tenant, provider, "Bram Visser");
    let home = office.page(&applicant.actor, "/mijn").await;
    assert!(home.contains("1 persoon vraagt om toegang") && home.contains("Overzicht (1)"), "{home}");
    assert!(office.page(&applicant.actor, MINE).await.contains("Bram Visser"));
    // Its own people decide: the municipality has nothing to do with it.
    let manager = &office.town.manager;
    assert_eq!(office.get(manager, &format!("{WORK}/{id}")).await.status, StatusCode::NOT_FOUND);
    assert!(!office.page(manager, "/werkvoorraad").await.contains("Bram Visser"));

    let path = format!("{MINE}/{id}");
    let page = office.page(&applicant.actor, &path).await;
    assert!(!page.contains("nagegaan"), "he knows his own colleagues");
    let fields = fields_of(&page);
    let empty = office.post(&applicant.actor, &path, &filled(&fields, &[])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.page.contains("href=\"#keus\""), "{}", empty.page);
    let nameless = office.post(&applicant.actor, &path, &filled(&fields, &[("keus", "weigeren")])).await;
    assert!(nameless.page.contains("href=\"#reden\"") && nameless.page.contains("value=\"weigeren\" checked"));
    let foreign = office.post(&applicant.actor, &path, &filled(&fields, &[("keus", "contract_manager")])).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY, "a role of the municipality");
    assert_eq!(roles(&office, "Bram Visser"), []);

    let let_in = office.post(&applicant.actor, &path, &filled(&fields, &[("keus", "provider_user")])).await;
    assert_eq!((let_in.status, let_in.leads.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
    assert_eq!(roles(&office, "Bram Visser"), [(Role::ProviderUser, office.town.tenant, Some(provider))]);
    assert_eq!(mails(&office, "E01"), 1);
    let late = office.post(&applicant.actor, &path, &filled(&fields, &[("keus", "weigeren"), ("reden", "Nee")])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.page.contains("intussen al beantwoord") && late.page.contains("Sanne Bakker gaf op"), "{}", late.page);
    assert_eq!((office.acts("provider.answer_access"), mails(&office, "E01")), (1, 1));
    let home = office.page(&applicant.actor, "/mijn").await;
    assert!(!home.contains("vraagt om toegang") && !home.contains("Overzicht ("), "{home}");
}

#[actix_web::test]
async fn the_municipality_answers_for_who_has_no_administrator_and_only_after_a_check() {
    let office = Office::new();
    let (manager, tenant) = (&office.town.manager, office.town.tenant);
    let provider = unmanned(&office, tenant, "90009009");
    let id = asked(&office, tenant, provider, "Iris Mulder");
    let second = asked(&office, tenant, provider, "Bram Visser");
    let queue = office.page(manager, "/werkvoorraad").await;
    assert!(queue.contains("Verzoek om toegang: Iris Mulder") && queue.contains("Werkvoorraad (2)"), "{queue}");
    for who in [&office.town.assessor, &office.town.decider, &office.viewer] {
        assert!(!office.page(who, "/werkvoorraad").await.contains("Iris Mulder"));
        assert_eq!(office.get(who, &format!("{WORK}/{id}")).await.status, StatusCode::FORBIDDEN);
    }
    let stranger = &office.elsewhere.manager;
    assert_eq!(office.get(stranger, &format!("{WORK}/{id}")).await.status, StatusCode::NOT_FOUND);

    let path = format!("{WORK}/{id}");
    let fields = fields_of(&office.page(manager, &path).await);
    let unchecked = office.post(manager, &path, &filled(&fields, &[("keus", "provider_admin")])).await;
    assert_eq!(unchecked.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["nagegaan", "reden"] {
        assert!(unchecked.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", unchecked.page);
    }
    let answer = [("keus", "provider_admin"), ("nagegaan", "ja"), ("reden", "Gebeld met het kantoor.")];
    let done = office.post(manager, &path, &filled(&fields, &answer)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    assert_eq!(roles(&office, "Iris Mulder"), [(Role::ProviderAdmin, tenant, Some(provider))]);
    let told = office.page(manager, &path).await;
    assert!(told.contains("Marloes de Wit gaf op") && told.contains("Gebeld met het kantoor."), "{told}");
    // From now on there is somebody to ask: the other request is hers.
    assert_eq!(office.get(manager, &format!("{WORK}/{second}")).await.status, StatusCode::NOT_FOUND);
    assert!(!office.page(manager, "/werkvoorraad").await.contains("Bram Visser"));
}

#[actix_web::test]
async fn an_organisation_of_another_municipality_is_its_own_administrators_to_open() {
    let office = Office::new();
    let (here, there) = (office.town.tenant, office.elsewhere.tenant);
    // It applied elsewhere, and somebody says here that he works for it.
    let theirs = office.elsewhere.applicant(office.db(), "Sanne Bakker", "12345678", "Stichting Werkpad Noord");
    let provider = theirs.started.provider_id;
    let id = asked(&office, here, provider, "Bram Visser");
    for manager in [&office.town.manager, &office.elsewhere.manager] {
        assert_eq!(office.get(manager, &format!("{WORK}/{id}")).await.status, StatusCode::NOT_FOUND);
    }
    let path = format!("{MINE}/{id}");
    let page = office.page(&theirs.actor, &path).await;
    assert!(page.contains("Noordermeer"), "{page}");
    let done = office.post(&theirs.actor, &path, &filled(&fields_of(&page), &[("keus", "provider_user")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    assert_eq!(roles(&office, "Bram Visser"), [(Role::ProviderUser, here, Some(provider))]);
    let known = read(office.db(), |conn| find_by_kvk(conn, &Actor::system(here), &"12345678".parse().unwrap()));
    assert!(known.is_some(), "the organisation is in the register of where he works for it");

    // One that nobody works for, and that only the other municipality knows: it is told before anybody comes in.
    let silent = unmanned(&office, there, "90009009");
    let other = asked(&office, here, silent, "Iris Mulder");
    let page = office.page(&office.town.manager, &format!("{WORK}/{other}")).await;
    assert!(page.contains("werkt al met een andere gemeente"), "{page}");
    assert_eq!(office.get(&office.elsewhere.manager, &format!("{WORK}/{other}")).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn only_an_administrator_of_the_provider_itself_answers() {
    let office = Office::new();
    let applicant = applicant(&office);
    let rival = office.town.applicant(office.db(), "Iris Mulder", "87654321", "Stap Vooruit B.V.");
    let id = asked(&office, office.town.tenant, applicant.started.provider_id, "Bram Visser");
    let path = format!("{MINE}/{id}");
    assert_eq!(office.get(&rival.actor, &path).await.status, StatusCode::NOT_FOUND);
    let answer = [("keus", "provider_user")];
    assert_eq!(office.post(&rival.actor, &path, &answer).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.post(&office.town.manager, &path, &answer).await.status, StatusCode::FORBIDDEN);
    assert_eq!(roles(&office, "Bram Visser"), []);
    assert!(!office.page(&rival.actor, MINE).await.contains("Bram Visser"));
}
