//! Signing as people press their way through it: the two ticks, the code from the app and by mail, a second press, a file
//! from elsewhere, the check page of the decision maker, and the certificate that both sides get.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use openhouse::account::factor::Factor;
use openhouse::account::store::credential;
use openhouse::actor::{Actor, Role};
use openhouse::agreement::offer::PartyState;
use openhouse::schema::outbox;

use super::paper::{Paper, in_role, newest, offered, paper, signatory};
use crate::dossier::town::{Applicant, read, write};
use crate::dossier_pages::street::{Answered, Street};

struct Scene {
    street: Street,
    firm: Applicant,
    /// Admitted too, and offered nothing yet.
    second: Applicant,
    director: Actor,
    /// The page of the offer.
    path: String,
    id: i64,
}

/// An offer of today to one admitted provider. The pages read the clock, so the text holds since November 2026.
fn scene() -> Scene {
    let street = Street::new();
    let firm = street.town.admitted(street.db(), "Sanne Bakker", "12345678", "Werkpad Noord");
    let second = street.town.admitted(street.db(), "Bram Visser", "87654321", "De Brug");
    let paper: Paper = paper(street.db(), &street.town, "re-integratie-2027", "2026-11-01");
    let director = signatory(street.db(), &street.town, &firm, "Femke Dijkstra");
    let today = street.house.today();
    let providers = [firm.started.provider_id];
    offered(street.db(), &street.town, &paper, paper.version, &providers, (today, today)).unwrap();
    let id = newest(street.db(), &street.town, &firm).1.id;
    Scene { street, firm, second, director, path: format!("/mijn/overeenkomst/{id}"), id }
}

impl Scene {
    fn state(&self) -> PartyState {
        newest(self.street.db(), &self.street.town, &self.firm).1.state
    }

    /// The newest code that was sent by mail.
    fn code(&self) -> String {
        let link: String = read(self.street.db(), |conn| {
            let codes = outbox::table.filter(outbox::kind.eq("E41")).order(outbox::id.desc());
            codes.select(outbox::link).first(conn)
        });
        assert!(link.contains('#') && !link.contains("code="), "a browser sends no code along: {link}");
        link[link.len() - 8..].to_owned()
    }

    async fn press(&self, by: &Actor, code: &str, ticks: bool) -> Answered {
        let digest = newest(self.street.db(), &self.street.town, &self.firm).0.digest;
        let mut fields = vec![("gezien", digest.as_str()), ("functie", "directeur"), ("code", code)];
        if ticks {
            fields.extend([("gelezen", "ja"), ("bevoegd", "ja")]);
        }
        self.street.post(by, &format!("{}/tekenen", self.path), &fields).await
    }

    async fn sign_with_mail(&self) {
        let sent = self.street.post(&self.director, &format!("{}/tekencode", self.path), &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let done = self.press(&self.director, &self.code(), true).await;
        assert_eq!((done.status, done.leads), (StatusCode::SEE_OTHER, format!("{}/ontvangst", self.path)));
    }
}

/// The accession pages of the office: what is ticked, and the version it has now.
fn ticket(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"gekozen\" value=\"").expect("somebody to sign for");
    rest.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn both_boxes_are_unticked_and_nothing_is_signed_without_them_or_without_a_code() {
    let scene = scene();
    let page = scene.street.page(&scene.director, &format!("{}/tekenen", scene.path)).await;
    assert!(page.contains("name=\"gelezen\"") && page.contains("name=\"bevoegd\""));
    assert!(!page.contains(" checked"), "a box is ticked before anybody ticked it");
    assert!(page.contains("Werkpad Noord") && page.contains("12345678") && page.contains("vier weken"));
    let unticked = scene.press(&scene.director, "123456", false).await;
    assert_eq!(unticked.status, StatusCode::BAD_REQUEST);
    assert!(unticked.page.contains("href=\"#gelezen\""), "{}", unticked.page);
    let no_code = scene.press(&scene.director, " ", true).await;
    assert_eq!(no_code.status, StatusCode::BAD_REQUEST);
    assert!(no_code.page.contains("href=\"#code\"") && no_code.page.contains("value=\"directeur\""));
    assert_eq!(scene.state(), PartyState::Offered);
}

#[actix_web::test]
async fn a_code_by_mail_works_once_and_a_second_press_leads_to_the_same_receipt() {
    let scene = scene();
    scene.sign_with_mail().await;
    assert_eq!(scene.state(), PartyState::SignedByProvider);
    let again = scene.press(&scene.director, &scene.code(), true).await;
    assert_eq!(again.leads, format!("{}/ontvangst", scene.path), "a double press");
    let receipt = scene.street.page(&scene.director, &again.leads).await;
    assert!(receipt.contains("Femke Dijkstra, directeur") && receipt.contains("Begin nog niet met klanten"));
    let partner = signatory(scene.street.db(), &scene.street.town, &scene.firm, "Joris Kok");
    let late = scene.press(&partner, "12345678", true).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.page.contains("Femke Dijkstra heeft dit al getekend"), "{}", late.page);
}

#[actix_web::test]
async fn a_wrong_code_signs_nothing_and_after_five_the_right_one_neither() {
    let scene = scene();
    scene.street.post(&scene.director, &format!("{}/tekencode", scene.path), &[]).await;
    let code = scene.code();
    let wrong = if code == "00000000" { "11111111" } else { "00000000" };
    for _ in 0..5 {
        let tried = scene.press(&scene.director, wrong, true).await;
        assert_eq!(tried.status, StatusCode::BAD_REQUEST, "{}", tried.page);
        assert!(tried.page.contains("Deze code klopt niet"));
    }
    let right = scene.press(&scene.director, &code, true).await;
    assert_eq!(right.status, StatusCode::BAD_REQUEST, "the code is good for nothing after five wrong tries");
    let blocked = scene.press(&scene.director, wrong, true).await;
    assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS, "the seventh failure costs a minute");
    assert_eq!(scene.state(), PartyState::Offered);
}

#[actix_web::test]
async fn the_code_of_the_app_is_accepted_once() {
    let scene = scene();
    let account = scene.director.account_id().unwrap();
    let factor = Factor::new().unwrap();
    let sealed = scene.street.house.vault.seal(&Factor::purpose(account), factor.bits()).unwrap();
    let now = Utc::now().naive_utc();
    write(scene.street.db(), |conn| {
        credential::keep_password(conn, now, account, "x")?;
        // A step of long ago was used to sign in.
        Ok(credential::set_factor(conn, account, &sealed, 1)?)
    });
    let page = scene.street.page(&scene.director, &format!("{}/tekenen", scene.path)).await;
    assert!(page.contains("Code uit uw app") && !page.contains("tekencode"));
    let old = factor.code_at(now - TimeDelta::minutes(10));
    assert_eq!(scene.press(&scene.director, &old, true).await.status, StatusCode::BAD_REQUEST);
    let code = factor.code_at(Utc::now().naive_utc());
    assert_eq!(scene.press(&scene.director, &code, true).await.status, StatusCode::SEE_OTHER);
    let used: Option<i64> = read(scene.street.db(), |conn| Ok(credential::holder(conn, account)?.unwrap().last_step));
    assert!(used.is_some_and(|step| step > 1), "the step is used up");
}

#[actix_web::test]
async fn who_may_not_sign_is_shown_the_way_to_who_may() {
    let scene = scene();
    let at = format!("{}/tekenen", scene.path);
    let administrator = scene.street.page(&scene.firm.actor, &at).await;
    assert!(administrator.contains("Nodig uw tekenbevoegde uit") && administrator.contains("/gebruikers\""));
    let user = in_role(scene.street.db(), &scene.street.town, &scene.firm, "Kim Vos", Role::ProviderUser);
    let page = scene.street.page(&user, &at).await;
    assert!(page.contains("Vraag de beheerder van uw organisatie") && !page.contains("name=\"gelezen\""));
    assert_eq!(scene.press(&scene.firm.actor, "12345678", true).await.status, StatusCode::FORBIDDEN);
    let home = scene.street.page(&scene.director, "/mijn").await;
    assert!(home.contains(&at), "the overview leads to what is to be signed");
}

#[actix_web::test]
async fn the_decision_maker_signs_after_a_page_that_names_everybody_and_both_get_the_same_certificate() {
    let scene = scene();
    let (street, decider) = (&scene.street, &scene.street.town.decider);
    assert!(!street.page(decider, "/toetreding/tekenen").await.contains("name=\"gekozen\""));
    scene.sign_with_mail().await;
    let waits = street.page(decider, "/toetreding").await;
    assert!(waits.contains("Teken voor 1 aanbieder") && !waits.contains("getekend bestand"), "{waits}");
    let queue = street.page(decider, "/werkvoorraad").await;
    assert!(queue.contains("Overeenkomst tekenen") && queue.contains(&format!("/toetreding/{}", scene.id)));
    let ticket = ticket(&street.page(decider, "/toetreding/tekenen").await);
    let press = async |step: &str, code: &str| {
        let fields = [("gekozen", ticket.as_str()), ("functie", "afdelingshoofd"), ("code", code), ("stap", step)];
        street.post(decider, "/toetreding/tekenen", &fields).await
    };
    let check = press("controleren", "").await;
    assert!(check.page.contains("Werkpad Noord") && check.page.contains("name=\"code\""), "{}", check.page);
    assert_eq!(press("vastleggen", "").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(press("code", "").await.status, StatusCode::OK);
    let done = press("vastleggen", &scene.code()).await;
    assert_eq!((done.status, done.leads.as_str()), (StatusCode::SEE_OTHER, "/toetreding"), "{}", done.page);
    assert_eq!(scene.state(), PartyState::Signed);
    assert_eq!(press("vastleggen", &scene.code()).await.status, StatusCode::CONFLICT, "not twice");

    let list = street.page(decider, "/toetreding").await;
    assert!(list.contains("Werkpad Noord") && list.contains("Getekend door beiden"));
    let (ours, theirs) = (format!("/toetreding/{}/bewijs.pdf", scene.id), format!("{}/bewijs.pdf", scene.path));
    let (ours, theirs) = (street.get(decider, &ours).await, street.get(&scene.director, &theirs).await);
    assert!(ours.bytes.starts_with(b"%PDF-") && ours.bytes == theirs.bytes, "one certificate for both");
    let signed = street.get(&scene.director, &format!("{}/overeenkomst.pdf", scene.path)).await;
    assert!(signed.status == StatusCode::OK && signed.bytes.starts_with(b"%PDF-"), "the text with both signatures");
}

#[actix_web::test]
async fn the_manager_offers_after_a_page_that_names_everybody_and_takes_it_back_with_a_reason() {
    let scene = scene();
    let (street, manager) = (&scene.street, &scene.street.town.manager);
    let second = &scene.second;
    let at = "/overeenkomsten/re-integratie-2027/aanbod";
    let form = street.page(manager, at).await;
    assert!(form.contains("Er loopt al een aanbod"), "{form}");
    let value = |name: &str| {
        let (_, rest) = form.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
        rest.split('"').next().unwrap().to_owned()
    };
    let (version, product) = (value("versie"), value("product"));
    let (provider, today) = (second.started.provider_id.to_string(), street.house.today().to_string());
    let press = async |step: &str| {
        let fields = [
            ("versie", version.as_str()),
            ("ingang", today.as_str()),
            ("aanbieder", provider.as_str()),
            ("product", product.as_str()),
            ("stap", step),
        ];
        street.post(manager, at, &fields).await
    };
    let check = press("controleren").await;
    assert!(check.page.contains("De Brug") && check.page.contains("Jobcoaching"), "{}", check.page);
    assert!(!check.page.contains("<li>Werkpad Noord"), "only who was ticked");
    let made = press("vastleggen").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.page);
    assert_eq!(press("vastleggen").await.status, StatusCode::CONFLICT, "a second press offers nothing twice");
    let without = street.post(manager, &format!("{}/intrekken", made.leads), &[("reden", "")]).await;
    assert_eq!(without.status, StatusCode::BAD_REQUEST);
    let taken = street.post(manager, &format!("{}/intrekken", made.leads), &[("reden", "Fout in artikel 1.")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert_eq!(newest(street.db(), &street.town, second).1.state, PartyState::Withdrawn);
    let director = signatory(street.db(), &street.town, second, "Iris Mulder");
    let id = newest(street.db(), &street.town, second).1.id;
    let page = street.page(&director, &format!("/mijn/overeenkomst/{id}/tekenen")).await;
    assert!(page.contains("Fout in artikel 1.") && !page.contains("name=\"gelezen\""));
}

#[actix_web::test]
async fn a_file_from_elsewhere_is_shown_with_its_signature_and_never_trusted_by_itself() {
    let signed: &[u8] = include_bytes!("../../../src/demo/getekend.pdf");
    let at = signed.windows(9).position(|part| part == b"verzonnen").unwrap();
    let mut changed = signed.to_vec();
    changed[at] = b'V';
    let plain = crate::evidence::corpus::make::pdf("", &[]);
    for (file, said) in
        [(signed, "niet gewijzigd"), (&changed[..], "sindsdien wel gewijzigd"), (&plain[..], "Zonder handtekening")]
    {
        let scene = scene();
        let (street, decider) = (&scene.street, &scene.street.town.decider);
        let digest = newest(street.db(), &street.town, &scene.firm).0.digest;
        let today = street.house.today().to_string();
        let form = |key: &str, ticked: bool, on: &str| {
            let part = |name: &str, value: &str| {
                format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            };
            let head = "--x\r\ncontent-disposition: form-data; name=\"bestand\"; filename=\"getekend.pdf\"\r\n\r\n";
            let fields = [("gezien", digest.as_str()), ("sleutel", key), ("functie", "directeur"), ("datum", on)];
            let ticks = [("gelezen", "ja"), ("bevoegd", "ja")];
            let fields = fields.into_iter().chain(ticks.into_iter().filter(|_| ticked));
            let mut body: String = fields.map(|(name, value)| part(name, value)).collect();
            body.push_str(head);
            let mut body = body.into_bytes();
            body.extend_from_slice(file);
            body.extend_from_slice(b"\r\n--x--\r\n");
            TestRequest::post()
                .uri(&format!("{}/getekend-bestand", scene.path))
                .insert_header(("content-type", "multipart/form-data; boundary=x"))
                .set_payload(body)
        };
        let unticked = street.send(&scene.director, form("0123456789abcdef", false, "")).await;
        assert_eq!(unticked.status, StatusCode::BAD_REQUEST);
        for field in ["gelezen", "bevoegd", "datum"] {
            assert!(unticked.page.contains(&format!("href=\"#{field}\"")), "{field} in {}", unticked.page);
        }
        assert!(unticked.page.contains("value=\"directeur\"") && scene.state() == PartyState::Offered);
        let sent = street.send(&scene.director, form("0123456789abcdef", true, &today)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
        assert_eq!(scene.state(), PartyState::Uploaded, "it counts for nothing before somebody looked");
        let office = format!("/toetreding/{}", scene.id);
        let waits = street.page(decider, "/toetreding").await;
        assert!(waits.contains("Bekijk 1 getekend bestand") && !waits.contains("Teken voor"), "{waits}");
        let page = street.page(decider, &office).await;
        assert!(page.contains(said), "{said} is not in {page}");
        assert!(page.contains("directeur") && page.contains(&format!("{office}/bestand/paginas/1")), "{page}");
        let given = street.get(decider, &format!("{office}/bestand")).await;
        assert_eq!(given.bytes, file);
        let picture = street.get(decider, &format!("{office}/bestand/paginas/1")).await;
        assert!(picture.bytes.starts_with(b"\x89PNG"), "the first page can be looked at");
        let seen = crate::dossier_pages::street::version_on(&page);
        let judge = async |verdict: &str, reason: &str| {
            let fields = [("versie", seen.as_str()), ("oordeel", verdict), ("reden", reason)];
            street.post(decider, &format!("{office}/bestand"), &fields).await
        };
        assert_eq!(judge("aannemen", "").await.status, StatusCode::BAD_REQUEST, "only with a reason");
        let short = judge("aannemen", "x").await;
        assert_eq!(short.status, StatusCode::BAD_REQUEST, "a reason that says nothing");
        assert!(short.page.contains("wat u hebt bekeken"), "{}", short.page);
        let looked = "Alle bladen en de handtekening vergeleken met de tekst.";
        assert_eq!(judge("aannemen", looked).await.status, StatusCode::SEE_OTHER);
        assert_eq!(scene.state(), PartyState::SignedByProvider);
    }
}
