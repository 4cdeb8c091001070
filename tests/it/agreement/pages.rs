//! The text of the agreement on its pages: made, written, put before the table, taken back, established and read by everybody.

use actix_web::http::StatusCode;
use actix_web::test;
use openhouse::actor::Actor;
use openhouse::agreement::docx;
use openhouse::agreement::text::{Article, Scope, store};

use crate::dossier::town::read;
use crate::dossier_pages::street::{Answered, Street, version_on};

const TEXT: &str = "/overeenkomsten/deelovereenkomst-re-integratie";
const FIRST: &str = "/overeenkomsten/deelovereenkomst-re-integratie/versies/1";
const MINE: &str = "/mijn/overeenkomst/deelovereenkomst-re-integratie";
const PUBLIC: &str = "/gemeenten/noordermeer/overeenkomsten/deelovereenkomst-re-integratie";

async fn make(street: &Street, fields: &[(&str, &str)]) -> Answered {
    street.post(&street.town.manager, "/overeenkomsten/nieuw", fields).await
}

/// The agreement as a draft with the text that ships.
async fn drafted() -> Street {
    let street = Street::new();
    let fields = [
        ("titel", "Deelovereenkomst re-integratie"),
        ("procedure", "re-integratie"),
        ("soort", "domain"),
        ("domein", "pw"),
    ];
    let made = make(&street, &fields).await;
    assert_eq!((made.status, made.leads), (StatusCode::SEE_OTHER, format!("{FIRST}/schrijven")));
    let table = street.page(&street.town.manager, &format!("{FIRST}/schrijven")).await;
    let seen = version_on(&table);
    let begun = street.post(&street.town.manager, &format!("{FIRST}/voorbeeldtekst"), &[("versie", &seen)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.page);
    street
}

/// The same with its days, before the table.
async fn asked() -> Street {
    let street = drafted().await;
    let manager = &street.town.manager;
    let told = [("ingang", "01-01-2027"), ("einde", ""), ("uitleg", "")];
    assert_eq!(street.fill(manager, &format!("{FIRST}/schrijven"), &told).await.status, StatusCode::SEE_OTHER);
    let asked = street.fill(manager, &format!("{FIRST}/voorleggen"), &[("dagen", "14")]).await;
    assert_eq!((asked.status, asked.leads.as_str()), (StatusCode::SEE_OTHER, FIRST), "{}", asked.page);
    street
}

fn articles(street: &Street) -> Vec<Article> {
    read(street.db(), |conn| {
        let all = store::texts(conn, &street.town.manager)?;
        let versions = store::versions(conn, &street.town.manager, &[all[0].id])?;
        store::articles(conn, &street.town.manager, versions[0].id)
    })
}

#[actix_web::test]
async fn a_text_is_made_with_the_text_that_ships_and_its_faults_are_told_at_their_fields() {
    let street = drafted().await;
    assert!(articles(&street).len() > 25);
    let twice = [
        ("titel", "Deelovereenkomst re-integratie"),
        ("procedure", "re-integratie"),
        ("soort", "domain"),
        ("domein", "pw"),
    ];
    let again = make(&street, &twice).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.page.contains("Deze code is al in gebruik"), "{}", again.page);
    let annex =
        [("titel", "Verwerkersafspraken"), ("procedure", "re-integratie"), ("soort", "privacy"), ("domein", "pw")];
    let lost = make(&street, &annex).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        lost.page.contains("Dit soort tekst is een bijlage") && lost.page.contains("Kies een rol"),
        "{}",
        lost.page
    );
    let whole = [annex.as_slice(), &[("bijlage", "deelovereenkomst-re-integratie"), ("rol", "processor")]].concat();
    assert_eq!(make(&street, &whole).await.status, StatusCode::SEE_OTHER);
    // Wmo is a text like any other.
    let wmo =
        [("titel", "Deelovereenkomst Wmo"), ("procedure", "re-integratie"), ("soort", "domain"), ("domein", "wmo")];
    assert_eq!(make(&street, &wmo).await.status, StatusCode::SEE_OTHER);
    let list = street.page(&street.town.manager, "/overeenkomsten").await;
    assert!(
        list.contains("Deelovereenkomst, Wmo") && list.contains("Afspraken over persoonsgegevens: verwerker"),
        "{list}"
    );
}

#[actix_web::test]
async fn an_article_is_looked_at_before_it_is_saved_and_what_it_cannot_hold_is_named() {
    let street = drafted().await;
    let manager = &street.town.manager;
    let path = format!("{FIRST}/artikelen/nieuw");
    let typed =
        [("nummer", "9.9"), ("kop", "Proef"), ("soort", "individual"), ("na", "1"), ("tekst", "- een\n- **twee**")];
    let looked = street.fill(manager, &path, &[typed.as_slice(), &[("actie", "voorbeeld")]].concat()).await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(looked.page.contains("<li><p><strong>twee</strong></p></li>"), "{}", looked.page);
    assert!(looked.page.contains("- **twee**</textarea>"), "what was typed is kept");
    assert!(!articles(&street).iter().any(|one| one.number == "9.9"), "looking stores nothing");
    let mut wrong = typed.to_vec();
    wrong[4] = ("tekst", "# Kop\n\n<b>vet</b> 🙂");
    let refused = street.fill(manager, &path, &[wrong.as_slice(), &[("actie", "bewaren")]].concat()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for named in
        ["Regel 3: Er staat HTML in de tekst", "Regel 1: Er staat een kop in de tekst", "Het teken “🙂” kan niet"]
    {
        assert!(refused.page.contains(named), "{named} is not on {}", refused.page);
    }
    let saved = street.fill(manager, &path, &[typed.as_slice(), &[("actie", "bewaren")]].concat()).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.page);
    let placed: Vec<String> = articles(&street).into_iter().map(|one| one.number).take(3).collect();
    assert_eq!(placed, ["1", "9.9", "1.1"], "it stands behind the article that was chosen");
    assert!(articles(&street).iter().any(|one| one.scope == Scope::Individual && one.number == "9.9"));
}

#[actix_web::test]
async fn articles_go_up_and_down_and_away_and_who_wrote_meanwhile_is_named() {
    let street = drafted().await;
    let manager = &street.town.manager;
    let numbers = || articles(&street).into_iter().map(|one| one.number).take(3).collect::<Vec<_>>();
    let second = format!("{FIRST}/artikelen/2");
    let at_table = async || version_on(&street.page(manager, &format!("{FIRST}/schrijven")).await);
    let seen = at_table().await;
    let up = street.post(manager, &second, &[("versie", &seen), ("actie", "omhoog")]).await;
    assert_eq!((up.status, numbers()), (StatusCode::SEE_OTHER, vec!["1.1".into(), "1".into(), "1.2".into()]));
    let late = street.post(manager, &second, &[("versie", &seen), ("actie", "omlaag")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let (first, before) = (&articles(&street)[0], articles(&street).len());
    let theirs = first.body.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let words = [("nummer", "1.1"), ("kop", "Anders"), ("soort", "all"), ("tekst", "Anders."), ("actie", "bewaren")];
    let over = street.post(manager, &second, &[words.as_slice(), &[("versie", seen.as_str())]].concat()).await;
    assert_eq!(over.status, StatusCode::CONFLICT);
    assert!(over.page.contains("heeft deze versie intussen veranderd") && over.page.contains("Anders.</textarea>"));
    assert!(over.page.contains("Zo staat het er nu, door Marloes de Wit"), "{}", over.page);
    let beside = over.page.split("id=\"intussen-titel\"").nth(1).unwrap();
    assert!(beside.contains(&theirs), "{theirs} is not beside what was typed: {beside}");
    assert_eq!(&articles(&street)[0], first, "nothing is written over");
    let seen = at_table().await;
    let gone = street.post(manager, &second, &[("versie", &seen), ("actie", "vervallen")]).await;
    assert_eq!((gone.status, articles(&street).len()), (StatusCode::SEE_OTHER, before - 1));
    // Who was still writing it keeps his words, and can make a new article of them.
    let lost = street.post(manager, &second, &[words.as_slice(), &[("versie", seen.as_str())]].concat()).await;
    assert_eq!(lost.status, StatusCode::CONFLICT);
    assert!(
        lost.page.contains("heeft dit artikel intussen laten vervallen") && lost.page.contains("Anders.</textarea>")
    );
    assert!(lost.page.contains("/artikelen/nieuw\""), "{}", lost.page);
}

#[actix_web::test]
async fn a_table_gets_no_day_to_react_and_no_number_in_words() {
    let street = drafted().await;
    let manager = &street.town.manager;
    let told = [("ingang", "01-01-2027"), ("einde", ""), ("uitleg", "")];
    street.fill(manager, &format!("{FIRST}/schrijven"), &told).await;
    let short = street.fill(manager, &format!("{FIRST}/voorleggen"), &[("dagen", "1")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.page.contains("Geef de tafel minstens 5 werkdagen") && short.page.contains("href=\"#dagen\""));
    let words = [("nummer", "Eén"), ("kop", "Proef"), ("soort", ""), ("tekst", "Iets."), ("actie", "bewaren")];
    let refused = street.fill(manager, &format!("{FIRST}/artikelen/nieuw"), &words).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for named in ["Schrijf het nummer in cijfers", "Kies een van de mogelijkheden bij “Voor wie”"] {
        assert!(refused.page.contains(named), "{named} is not on {}", refused.page);
    }
}

#[actix_web::test]
async fn nothing_is_put_before_the_table_that_is_not_whole_and_a_draft_is_nobody_elses() {
    let street = drafted().await;
    let (applicant, _) = street.handed_in("Sanne Bakker", "90001042", "Werkpad Noord");
    let page = street.page(&street.town.manager, &format!("{FIRST}/voorleggen")).await;
    assert!(page.contains("de dag waarop de tekst ingaat") && page.contains("value=\"14\""), "{page}");
    let refused = street.fill(&street.town.manager, &format!("{FIRST}/voorleggen"), &[("dagen", "14")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let wrong = street.fill(&street.town.manager, &format!("{FIRST}/voorleggen"), &[("dagen", "nul")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(street.get(&applicant.actor, MINE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(street.get(&applicant.actor, &format!("{MINE}/versies/1.pdf")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(street.visit(PUBLIC).await.status, StatusCode::NOT_FOUND);
    let read = street.page(&street.town.decider, FIRST).await;
    assert!(read.contains("Trajectplan") && !read.contains("/schrijven"), "the others of the office read");
}

#[actix_web::test]
async fn what_lies_before_the_table_is_read_by_every_provider_and_by_no_visitor() {
    let street = asked().await;
    let (one, _) = street.handed_in("Sanne Bakker", "90001042", "Werkpad Noord");
    let (other, _) = street.handed_in("Piet Jansen", "90001050", "Buurtwerk");
    for provider in [&one.actor, &other.actor] {
        let list = street.page(provider, "/mijn/overeenkomst").await;
        assert!(list.contains("Deelovereenkomst re-integratie") && list.contains("Ter consultatie"), "{list}");
        let text = street.page(provider, &format!("{MINE}/versies/1")).await;
        assert!(text.contains("Reageren kan tot en met") && text.contains("4.2 Trajectplan"), "{text}");
        assert!(!text.contains("Geschiedenis"), "who wrote what is the municipality's own");
        let pdf = street.get(provider, &format!("{MINE}/versies/1.pdf")).await;
        assert_eq!((pdf.status, pdf.kind.as_str()), (StatusCode::OK, "application/pdf"));
        assert_eq!(street.get(provider, FIRST).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(street.visit(&format!("{PUBLIC}/versies/1")).await.status, StatusCode::NOT_FOUND);
    let again = street.get(&street.town.manager, &format!("{FIRST}/schrijven")).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "before the table nobody writes");
}

#[actix_web::test]
async fn a_text_is_taken_back_with_a_reason() {
    let street = asked().await;
    let (one, _) = street.handed_in("Sanne Bakker", "90001042", "Werkpad Noord");
    let path = format!("{FIRST}/terugnemen");
    let silent = street.fill(&street.town.manager, &path, &[("woorden", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.page.contains("Schrijf op waarom"), "{}", silent.page);
    let back = street.fill(&street.town.manager, &path, &[("woorden", "Het bedrag klopt niet.")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let page = street.page(&street.town.manager, FIRST).await;
    assert!(page.contains("Concept") && page.contains("Het bedrag klopt niet."), "{page}");
    assert_eq!(street.get(&one.actor, &format!("{MINE}/versies/1")).await.status, StatusCode::NOT_FOUND);
}

async fn establish(street: &Street, by: &Actor, version: &str, minutes: &str) -> Answered {
    street.fill(by, &format!("{TEXT}/versies/{version}/vaststellen"), &[("woorden", minutes)]).await
}

#[actix_web::test]
async fn another_establishes_it_and_then_everybody_reads_it_and_what_changed_in_the_next() {
    let street = asked().await;
    let town = &street.town;
    assert_eq!(street.get(&town.manager, &format!("{FIRST}/vaststellen")).await.status, StatusCode::FORBIDDEN);
    let silent = establish(&street, &town.decider, "1", "").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(establish(&street, &town.decider, "1", "Verslag 7").await.status, StatusCode::SEE_OTHER);
    let public = street.visit(&format!("{PUBLIC}/versies/1")).await;
    assert!(public.status == StatusCode::OK && public.page.contains("4.2 Trajectplan"), "{}", public.page);
    assert_eq!(street.visit(&format!("{PUBLIC}/versies/1.pdf")).await.kind, "application/pdf");
    assert!(street.visit("/gemeenten/noordermeer/documenten").await.page.contains(PUBLIC));

    let begun = street.post(&town.manager, &format!("{TEXT}/versies"), &[]).await;
    assert_eq!(begun.leads, format!("{TEXT}/versies/2/schrijven"));
    let plan = articles(&street).into_iter().find(|one| one.number == "4.2").unwrap();
    let path = format!("{TEXT}/versies/2/artikelen/{}", plan.clause);
    let body = plan.body.replace("vier weken", "drie weken");
    let words =
        [("nummer", "4.2"), ("kop", "Trajectplan"), ("soort", "all"), ("tekst", body.as_str()), ("actie", "bewaren")];
    assert_eq!(street.fill(&town.manager, &path, &words).await.status, StatusCode::SEE_OTHER);
    let told = [("ingang", "2027-07-01"), ("einde", ""), ("uitleg", "Sneller een plan.")];
    street.fill(&town.manager, &format!("{TEXT}/versies/2/schrijven"), &told).await;
    let asked = street.fill(&town.manager, &format!("{TEXT}/versies/2/voorleggen"), &[("dagen", "21")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.page);

    let (one, _) = street.handed_in("Sanne Bakker", "90001042", "Werkpad Noord");
    let changes = street.page(&one.actor, &format!("{MINE}/versies/2/wijzigingen")).await;
    for shown in [
        "Wat is anders dan versie 1",
        "<del><span class=\"hidden\">vervallen: </span>vier</del>",
        "<ins><span class=\"hidden\">toegevoegd: </span>drie</ins>",
        "Sneller een plan.",
        "Wijzigingen (1)",
    ] {
        assert!(changes.contains(shown), "{shown} is not on {changes}");
    }
    assert!(!changes.contains("Kostenoverzicht"), "an article that stays is not shown");
    let paper = street.get(&one.actor, &format!("{MINE}/versies/2/wijzigingen.pdf?van=1")).await;
    assert_eq!((paper.status, paper.kind.as_str()), (StatusCode::OK, "application/pdf"));
    let none = street.get(&one.actor, &format!("{MINE}/versies/1/wijzigingen")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "a first version has nothing before it");
    let visited = street.visit(PUBLIC).await.page;
    assert!(visited.contains("Versie 1") && !visited.contains("Versie 2"), "{visited}");
}

#[actix_web::test]
async fn a_word_document_is_looked_at_before_its_articles_are_taken_over() {
    let street = drafted().await;
    let manager = &street.town.manager;
    let out = street.get(manager, &format!("{FIRST}.docx")).await;
    assert!(out.kind.contains("wordprocessingml"), "{}", out.kind);
    assert_eq!(docx::read(&out.bytes).unwrap().articles.len(), articles(&street).len());
    let seen = version_on(&street.page(manager, &format!("{FIRST}/schrijven")).await);
    let first = articles(&street)[1].clause.to_string();
    street.post(manager, &format!("{FIRST}/artikelen/{first}"), &[("versie", &seen), ("actie", "vervallen")]).await;
    let left = articles(&street).len();

    let send = |name: &str, bytes: &[u8]| {
        let mut body = format!("--x\r\ncontent-disposition: form-data; name=\"bestand\"; filename=\"{name}\"\r\n\r\n")
            .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let kind = ("content-type", "multipart/form-data; boundary=x");
        test::TestRequest::post().uri(&format!("{FIRST}/inlezen")).insert_header(kind).set_payload(body)
    };
    let refused = street.send(manager, send("brief.pdf", b"%PDF-1.7")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("Dit is geen Word-document"), "{}", refused.page);
    let looked = street.send(manager, send("tekst.docx", &out.bytes)).await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(looked.page.contains("Er is nog niets bewaard") && looked.page.contains("tekst.docx"), "{}", looked.page);
    assert_eq!(articles(&street).len(), left, "nothing is stored yet");
    let digest = openhouse::ids::Sha256Hex::of(&out.bytes);
    let seen = version_on(&looked.page);
    let yes = [("versie", seen.as_str()), ("bestand", digest.as_str())];
    let other = street.post(&street.town.decider, &format!("{FIRST}/inlezen/overnemen"), &yes).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let taken = street.post(manager, &format!("{FIRST}/inlezen/overnemen"), &yes).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.page);
    assert_eq!(articles(&street).len(), left + 1);
}
