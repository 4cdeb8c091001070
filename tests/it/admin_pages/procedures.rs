//! Documents, questions and answers of a procedure: published to everybody at one moment, and only what was looked at.

use actix_web::http::StatusCode;
use openhouse::calendar::add_days;
use openhouse::procedure::admission::{documents, questions};

use super::office::{Office, fields_of, filled, form};
use crate::dossier::town::{at, read, write};

const PAGE: &str = "/beheer/procedures/re-integratie";
const PUBLISH: &str = "/beheer/procedures/re-integratie/vragen/publiceren";

/// Somebody of a provider asks; the number of his question.
fn asked(office: &Office, words: &str) -> i64 {
    let applicant = office.town.system.clone();
    let procedure = office.town.procedure;
    let id = office.db().write(|conn| questions::ask(conn, &applicant, at("2026-11-16"), procedure, words));
    id.unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn public(office: &Office) -> Vec<String> {
    let all = read(office.db(), |conn| questions::published(conn, office.town.procedure));
    all.into_iter().map(|one| format!("{} {}", one.question, one.answer)).collect()
}

#[actix_web::test]
async fn answers_are_kept_and_then_published_to_everybody_at_once() {
    let office = Office::new();
    let manager = &office.town.manager;
    let (first, second) = (asked(&office, "Telt een <keurmerk>?"), asked(&office, "Is er een sluitingsdatum?"));
    let answer = |id: i64| (format!("{PAGE}/vragen/{id}"), format!("antwoord-{id}"));
    let (path, field) = answer(first);
    let kept = office.post(manager, &path, &[(field.as_str(), "Ja, dat telt.")]).await;
    assert_eq!((kept.status, kept.leads), (StatusCode::SEE_OTHER, format!("{PAGE}?klaar=antwoord")));
    assert_eq!(public(&office), Vec::<String>::new(), "nobody outside reads it yet");
    let page = office.page(manager, PAGE).await;
    assert!(page.contains("1 antwoord is nog niet gepubliceerd") && page.contains("Telt een &#60;keurmerk&#62;?"));

    let looked = fields_of(&office.page(manager, PUBLISH).await);
    let (path, field) = answer(second);
    office.post(manager, &path, &[(field.as_str(), "Nee, u kunt altijd.")]).await;
    let stale = office.post(manager, PUBLISH, &filled(&looked, &[])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "an answer came to it that was not looked at");
    assert!(stale.page.contains("intussen veranderd") && stale.page.contains("Nee, u kunt altijd."));
    assert_eq!(public(&office), Vec::<String>::new());
    let seen = fields_of(&stale.page);
    let done = office.post(manager, PUBLISH, &filled(&seen, &[])).await;
    assert_eq!((done.status, done.leads), (StatusCode::SEE_OTHER, format!("{PAGE}?klaar=gepubliceerd")));
    assert_eq!(public(&office).len(), 2);
    let moments = read(office.db(), |conn| questions::published(conn, office.town.procedure));
    assert_eq!(moments[0].published_at, moments[1].published_at, "nobody knows earlier than another");
    let late = office.post(manager, &path, &[(field.as_str(), "Toch wel.")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "what everybody read is not rewritten");
}

#[actix_web::test]
async fn an_answer_that_is_not_right_stays_in_its_field() {
    let office = Office::new();
    let id = asked(&office, "Telt een keurmerk?");
    let (path, field) = (format!("{PAGE}/vragen/{id}"), format!("antwoord-{id}"));
    let long = "j".repeat(4001);
    for typed in [" ", long.as_str()] {
        let refused = office.post(&office.town.manager, &path, &[(field.as_str(), typed)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.page.contains(&format!("href=\"#{field}\"")), "{}", refused.page);
        assert!(typed.trim().is_empty() || refused.page.contains(typed), "what was typed is gone");
    }
    assert_eq!(office.acts("procedure.answer"), 0);
}

#[actix_web::test]
async fn a_document_is_checked_published_given_out_and_ended() {
    let office = Office::new();
    let (manager, today) = (&office.town.manager, office.house.today());
    let path = format!("{PAGE}/documenten");
    let first_day = today.to_string();
    let fields = [("titel_nl", "Tarieven 2027"), ("titel_en", "Tariffs 2027"), ("vanaf", first_day.as_str())];
    let file: (&str, &[u8]) = ("tarieven.csv", b"product;tarief\njobcoaching;75\n");
    let mut wrong = fields;
    wrong[1].1 = "";
    let refused = office.send(manager, form(&path, &wrong, None)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["bestand", "titel_en"] {
        assert!(refused.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", refused.page);
    }
    assert!(refused.page.contains("value=\"Tarieven 2027\""), "{}", refused.page);
    let hostile = office.send(manager, form(&path, &fields, Some(("tarieven.pdf", b"MZ this is a program")))).await;
    assert_eq!((hostile.status, office.acts("procedure.document")), (StatusCode::UNPROCESSABLE_ENTITY, 0));

    let done = office.send(manager, form(&path, &fields, Some(file))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.page);
    office.send(manager, form(&path, &fields, Some(file))).await;
    assert_eq!(office.acts("procedure.document"), 1, "a second press adds nothing");
    let held = || read(office.db(), |conn| documents::in_force(conn, office.town.procedure, today));
    let id = held()[0].id;
    let given = office.get(manager, &format!("{path}/{id}")).await;
    assert_eq!((given.status, given.page.as_bytes()), (StatusCode::OK, file.1));
    assert_eq!(office.get(&office.elsewhere.manager, &format!("{path}/{id}")).await.status, StatusCode::NOT_FOUND);

    let (end, field) = (format!("{path}/{id}/einde"), format!("laatste-{id}"));
    let refused = office.post(manager, &end, &[(field.as_str(), "2020-01-01")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("value=\"2020-01-01\"") && refused.page.contains(&format!("href=\"#{field}\"")));
    let ended = office.post(manager, &end, &[(field.as_str(), first_day.as_str())]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(held().len(), 1, "today it holds still");
    let tomorrow = read(office.db(), |conn| documents::in_force(conn, office.town.procedure, add_days(today, 1)));
    assert!(tomorrow.is_empty());
}

#[actix_web::test]
async fn the_administrator_looks_and_only_the_contract_manager_publishes() {
    let office = Office::new();
    let id = asked(&office, "Telt een keurmerk?");
    write(office.db(), |conn| {
        questions::answer(conn, &office.town.manager, at("2026-11-17"), id, "Ja.").unwrap();
        Ok(())
    });
    for path in ["/beheer/procedures", PAGE] {
        assert_eq!(office.get(&office.admin, path).await.status, StatusCode::OK, "{path}");
        assert_eq!(office.get(&office.viewer, path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!office.page(&office.admin, PAGE).await.contains("<textarea"), "who only looks has no form");
    let field = format!("antwoord-{id}");
    let path = format!("{PAGE}/vragen/{id}");
    for who in [&office.admin, &office.viewer] {
        assert_eq!(office.post(who, &path, &[(field.as_str(), "Nee.")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.post(who, PUBLISH, &[("gezien", "")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.get(who, PUBLISH).await.status, StatusCode::FORBIDDEN);
        let document = form(&format!("{PAGE}/documenten"), &[], None);
        assert_eq!(office.send(who, document).await.status, StatusCode::FORBIDDEN);
    }
    // Another municipality has a procedure of the same code; this question is not there.
    let stranger = &office.elsewhere.manager;
    assert_eq!(office.post(stranger, &path, &[(field.as_str(), "Nee.")]).await.status, StatusCode::NOT_FOUND);
    assert!(!office.page(stranger, PAGE).await.contains("keurmerk"));
    assert_eq!(office.get(stranger, "/beheer/procedures/anders").await.status, StatusCode::NOT_FOUND);
    assert_eq!(public(&office), Vec::<String>::new());
}

#[actix_web::test]
async fn a_question_gets_other_words_before_everybody_reads_it_and_the_first_words_are_kept() {
    let office = Office::new();
    let manager = &office.town.manager;
    let id = asked(&office, "Mag Jan de Vries met BSN 123456782 meedoen?");
    let path = format!("{PAGE}/vragen/{id}");
    let (words, reply) = (format!("vraag-{id}-woorden"), format!("antwoord-{id}"));
    let with_number = [(words.as_str(), "Mag 123456782 meedoen?"), (reply.as_str(), "Ja.")];
    let refused = office.post(manager, &path, &with_number).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.page);
    assert!(refused.page.contains("burgerservicenummer") && refused.page.contains(&format!("href=\"#{words}\"")));
    let fields = [(words.as_str(), "Mag een zelfstandige meedoen?"), (reply.as_str(), "Ja.")];
    let kept = office.post(manager, &path, &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.page);
    let page = office.page(manager, PAGE).await;
    assert!(page.contains("Mag een zelfstandige meedoen?") && page.contains("Jan de Vries"), "{page}");
    assert_eq!((office.acts("procedure.reword"), office.acts("procedure.answer")), (1, 1));
    write(office.db(), |conn| {
        questions::publish(conn, manager, at("2026-11-18"), office.town.procedure).unwrap();
        Ok(())
    });
    assert_eq!(public(&office), ["Mag een zelfstandige meedoen? Ja."]);
}

#[actix_web::test]
async fn a_question_is_taken_away_with_a_reason_published_or_not() {
    let office = Office::new();
    let manager = &office.town.manager;
    let (rude, published) = (asked(&office, "Wat een onzin."), asked(&office, "Telt een keurmerk?"));
    write(office.db(), |conn| {
        questions::answer(conn, manager, at("2026-11-17"), published, "Ja.").unwrap();
        questions::publish(conn, manager, at("2026-11-17"), office.town.procedure).unwrap();
        Ok(())
    });
    assert_eq!(public(&office), ["Telt een keurmerk? Ja."]);
    for id in [rude, published] {
        let (path, reason) = (format!("{PAGE}/vragen/{id}"), format!("reden-{id}"));
        let silent = office.post(manager, &path, &[(reason.as_str(), " "), ("actie", "weghalen")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = [(reason.as_str(), "Er staat een naam in."), ("actie", "weghalen")];
        assert_eq!(office.post(&office.admin, &path, &why).await.status, StatusCode::FORBIDDEN);
        let gone = office.post(manager, &path, &why).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.page);
        assert_eq!(office.post(manager, &path, &why).await.status, StatusCode::CONFLICT, "it is gone");
    }
    assert_eq!(public(&office), Vec::<String>::new());
    let page = office.page(manager, PAGE).await;
    assert!(page.contains("Er staat een naam in.") && page.contains("Weggehaald"), "{page}");
    assert_eq!(office.acts("procedure.remove_question"), 2);
}
