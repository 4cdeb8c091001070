//! The paper desk: what came on paper becomes the same application, received on the day it arrived.

use actix_web::http::StatusCode;
use openhouse::calendar::add_days;
use openhouse::dossier::store::find;
use openhouse::dossier::{Application, ApplicationNumber, ApplicationState, Channel};

use super::office::{Office, fields_of, filled, form};
use crate::dossier::town::read;
use crate::evidence::corpus::make::pdf;

/// Begins an application and answers where it is entered.
async fn begun(office: &Office) -> String {
    let list = fields_of(&office.page(&office.town.manager, "/papier").await);
    let fields = [("kvk", "90 00 90 07"), ("naam", "Eenmanszaak De Brug")];
    let answered = office.post(&office.town.manager, "/papier", &filled(&list, &fields)).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.page);
    answered.leads
}

fn seen(office: &Office, path: &str) -> Application {
    let number = ApplicationNumber::read(path.rsplit('/').next().unwrap()).unwrap();
    read(office.db(), |conn| find(conn, &office.town.manager, number)).expect("it is there")
}

/// Everything that is asked of the organisation, but for the evidence. On this paper there is no e-mail address.
const DETAILS: [(&str, &str); 16] = [
    ("organisatie-rechtsvorm", "eenmanszaak"),
    ("organisatie-straat", "Kade 1"),
    ("organisatie-postcode", "1234 AB"),
    ("organisatie-plaats", "Noordermeer"),
    ("organisatie-omvang", "micro"),
    ("contact-naam", "R. Brug"),
    ("contact-telefoon", "0500 000 003"),
    ("locatie-0-straat", "Kade 1"),
    ("locatie-0-plaats", "Noordermeer"),
    ("producten", "RE-JH"),
    ("tekenen-naam", "R. Brug"),
    ("tekenen-functie", "eigenaar"),
    ("tekenen-bevoegd", "register"),
    ("geen-uitsluiting", "ja"),
    ("geschikt", "ja"),
    ("volledig", "ja"),
];

#[actix_web::test]
async fn an_application_on_paper_is_entered_with_its_scans_and_received_on_the_day_it_came() {
    let office = Office::new();
    let manager = &office.town.manager;
    let path = begun(&office).await;
    let page = office.page(manager, &path).await;
    assert!(page.contains("Eenmanszaak De Brug") && page.contains("value=\"Eenmanszaak De Brug\""), "{page}");

    let details = data_of(&page);
    let saved = office.post(manager, &format!("{path}/gegevens"), &filled(&details, &DETAILS)).await;
    assert_eq!((saved.status, saved.leads), (StatusCode::SEE_OTHER, format!("{path}?klaar=bewaard")));
    let page = office.page(manager, &path).await;
    assert!(page.contains("value=\"0500 000 003\"") && page.contains("value=\"RE-JH\" checked"), "{page}");

    // What is agreed to or stated stands on the paper itself.
    let stated: Vec<(String, String)> = data_of(&page)
        .into_iter()
        .map(|(name, value)| match name.starts_with("verklaring-") {
            true => (name, "Staat op blad 3 van het papier.".to_owned()),
            false => (name, value),
        })
        .collect();
    let ticks: Vec<(&str, &str)> = page
        .match_indices("name=\"akkoord-")
        .map(|(at, _)| (page[at + 6..].split('"').next().unwrap(), "ja"))
        .collect();
    office.post(manager, &format!("{path}/gegevens"), &filled(&stated, &ticks)).await;

    let scan = pdf("", &[]);
    let mut key = 0;
    while let Some(code) = missing_in(&office.page(manager, &path).await) {
        key += 1;
        assert!(key < 30, "{code} stays missing");
        let name = format!("sleutel-{key}");
        let fields = [("sleutel", name.as_str()), ("eis", code.as_str()), ("documentdatum", "01-10-2026")];
        let sent = office.send(manager, form(&format!("{path}/bewijs"), &fields, Some(("scan.pdf", &scan)))).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{code}: {}", sent.page);
    }
    assert!(key > 3, "some criteria ask for a document");

    let came = add_days(office.house.today(), -4);
    let last = last_form(&office.page(manager, &path).await);
    let day = came.to_string();
    let hand_in = filled(&last, &[("ontvangen", day.as_str())]);
    let done = office.post(manager, &format!("{path}/vastleggen"), &hand_in).await;
    assert_eq!((done.status, done.leads.as_str()), (StatusCode::SEE_OTHER, path.as_str()), "{}", done.page);
    let application = seen(&office, &path);
    assert_eq!((application.channel, application.state), (Channel::Paper, ApplicationState::Submitted));
    assert_eq!(application.received_on, Some(came));
    assert_eq!(application.term.map(|(_, term)| term.start), Some(came), "the term counts from that day");
    let receipt = office.page(manager, &path).await;
    assert!(receipt.contains("De aanmelding is ontvangen"), "{receipt}");
    assert!(receipt.contains(&format!("href=\"/aanmeldingen/{}\"", application.number)), "{receipt}");
    assert!(receipt.contains("Stuur de ontvangstbevestiging per post"), "{receipt}");
    let dossier = office.page(manager, &format!("/aanmeldingen/{}", application.number)).await;
    assert!(dossier.contains("Print alle brieven en stuur ze per post"), "{dossier}");
    assert!(dossier.contains(">Later</span>"), "what is asked before the start comes later, here as at the provider");
    let again = office.post(manager, &format!("{path}/vastleggen"), &hand_in).await;
    assert_eq!((again.leads, office.acts("application.submit")), (path, 1), "a second press hands in nothing");
}

/// The fields of the form with the details.
fn data_of(page: &str) -> Vec<(String, String)> {
    let (before, rest) = page.split_once("/gegevens\" method").expect("a form with details");
    assert!(before.contains("<main"));
    fields_of(&format!("<main {}", rest.split("</form>").next().unwrap()))
}

/// The fields of the form that hands in.
fn last_form(page: &str) -> Vec<(String, String)> {
    let (_, rest) = page.split_once("/vastleggen\" method").expect("a form that hands in");
    fields_of(&format!("<main {}", rest.split("</form>").next().unwrap()))
}

/// The first criterion that the page calls missing.
fn missing_in(page: &str) -> Option<String> {
    let row = page.split("<tr>").find(|row| row.contains("Mist nog"))?;
    let (_, rest) = row.split_once("<th scope=\"row\">")?;
    rest.split(' ').next().map(str::to_owned)
}

#[actix_web::test]
async fn what_is_wrong_is_told_and_what_was_typed_stays() {
    let office = Office::new();
    let manager = &office.town.manager;
    let list = fields_of(&office.page(manager, "/papier").await);
    let refused = office.post(manager, "/papier", &filled(&list, &[("kvk", "123"), ("naam", "De <Brug>")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("href=\"#kvk\"") && refused.page.contains("value=\"De &#60;Brug&#62;\""));
    let nameless = office.post(manager, "/papier", &filled(&list, &[("kvk", "90009007"), ("naam", "")])).await;
    assert!(nameless.page.contains("href=\"#naam\"") && nameless.page.contains("value=\"90009007\""));

    let path = begun(&office).await;
    let details = data_of(&office.page(manager, &path).await);
    let long = "x".repeat(2001);
    let refused =
        office.post(manager, &format!("{path}/gegevens"), &filled(&details, &[("contact-naam", long.as_str())])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("href=\"#contact-naam\"") && refused.page.contains(&long));
    let wrong = [("sleutel", "k"), ("eis", ""), ("titel", "Polis"), ("documentdatum", "ooit")];
    let refused = office.send(manager, form(&format!("{path}/bewijs"), &wrong, None)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["eis", "documentdatum", "bestand"] {
        assert!(refused.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", refused.page);
    }
    assert!(refused.page.contains("value=\"Polis\"") && refused.page.contains("value=\"ooit\""));
    let tomorrow = add_days(office.house.today(), 1).to_string();
    let last = last_form(&office.page(manager, &path).await);
    for (day, told) in [(tomorrow.as_str(), "vandaag of eerder"), ("2026-11-16", "nog niet compleet")] {
        let refused = office.post(manager, &format!("{path}/vastleggen"), &filled(&last, &[("ontvangen", day)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.page.contains(told) && refused.page.contains(&format!("value=\"{day}\"")), "{}", refused.page);
    }
    let again = office.post(manager, "/papier", &filled(&list, &[("kvk", "90009007")])).await;
    assert!(again.page.contains("Er is al een aanmelding"), "{}", again.page);
    assert_eq!(office.acts("application.submit"), 0);
}

#[actix_web::test]
async fn a_draft_on_paper_is_withdrawn_with_a_reason_and_entered_anew() {
    let office = Office::new();
    let manager = &office.town.manager;
    assert!(office.page(manager, "/werkvoorraad").await.contains("href=\"/papier\""));
    assert!(!office.page(&office.town.assessor, "/werkvoorraad").await.contains("href=\"/papier\""));
    let path = begun(&office).await;
    let form = fields_of(&office.page(manager, &format!("{path}/intrekken")).await);
    let refused = office.post(manager, &format!("{path}/intrekken"), &filled(&form, &[("reden", " ")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("href=\"#reden\""), "{}", refused.page);
    let withdrawal = filled(&form, &[("reden", "Dubbel ingevoerd.")]);
    let stranger = office.post(&office.elsewhere.manager, &format!("{path}/intrekken"), &withdrawal).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let done = office.post(manager, &format!("{path}/intrekken"), &withdrawal).await;
    assert_eq!((done.status, done.leads.as_str()), (StatusCode::SEE_OTHER, path.as_str()), "{}", done.page);
    assert_eq!(seen(&office, &path).state, ApplicationState::Withdrawn);
    let told = office.page(manager, &path).await;
    assert!(told.contains("is niet verder ingevoerd") && !told.contains("De aanmelding is ontvangen"), "{told}");
    assert!(!office.page(manager, "/papier").await.contains(&path));
    office.post(manager, &format!("{path}/intrekken"), &withdrawal).await;
    assert_eq!(office.acts("application.withdraw"), 1, "a second press withdraws nothing");
    assert_ne!(begun(&office).await, path, "the same organisation can be entered again");
}

#[actix_web::test]
async fn only_the_contract_manager_of_the_town_enters_paper() {
    let office = Office::new();
    let path = begun(&office).await;
    let portal = office.town.applicant(office.db(), "Iris Mulder", "10000002", "Bravo").started.number;
    for who in [&office.admin, &office.viewer, &office.town.assessor] {
        assert_eq!(office.get(who, "/papier").await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.get(who, &path).await.status, StatusCode::FORBIDDEN);
        let posted = office.post(who, &format!("{path}/gegevens"), &[("contact-naam", "x")]).await;
        assert_eq!(posted.status, StatusCode::FORBIDDEN);
    }
    let stranger = &office.elsewhere.manager;
    assert_eq!(office.get(stranger, &path).await.status, StatusCode::NOT_FOUND);
    for part in ["gegevens", "vastleggen"] {
        let posted = office.post(stranger, &format!("{path}/{part}"), &[("sleutel", "k"), ("versie", "1")]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND, "{part}");
    }
    let sent = office.send(stranger, form(&format!("{path}/bewijs"), &[("sleutel", "k")], None)).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    // What somebody enters himself is not on this desk.
    let own = office.get(&office.town.manager, &format!("/papier/{portal}")).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
}
