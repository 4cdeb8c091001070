//! A procedure is made, proposed by one person and published by another; nobody outside reads it before.

use actix_web::http::StatusCode;
use openhouse::procedure::admission::store;
use openhouse::procedure::admission::{Procedure, ProcedureState};

use super::office::{Answered, Office, fields_of, filled};
use crate::dossier::town::read;

const NEW: &str = "/beheer/procedures/nieuw";
const PAGE: &str = "/beheer/procedures/re-integratie-2027";
const PUBLISH: &str = "/beheer/procedures/re-integratie-2027/publiceren";
const DETAILS: &str = "/beheer/procedures/re-integratie-2027/gegevens";

const WHOLE: [(&str, &str); 13] = [
    ("code", "re-integratie-2027"),
    ("naam_nl", "Re-integratie 2027"),
    ("naam_en", "Re-integration 2027"),
    ("domein", "pw"),
    ("toetreding", "continuous"),
    ("rechtsmiddel", "court"),
    ("rechtbank", "Noord-Nederland"),
    ("contact_naam", "Marloes de Wit"),
    ("contact_telefoon", "0500 000 009"),
    ("contact_email", "contract@voorbeeld.example"),
    ("inleiding_nl", "U kunt zich <altijd> aanmelden."),
    ("inleiding_en", "You can apply at any time."),
    ("opent", ""),
];

fn known(office: &Office) -> Procedure {
    let all = read(office.db(), |conn| store::all(conn, &office.town.manager));
    all.into_iter().find(|one| one.details.code == "re-integratie-2027").expect("it was made")
}

fn public(office: &Office) -> bool {
    read(office.db(), |conn| store::published_one(conn, "noordermeer", "re-integratie-2027")).is_some()
}

async fn make(office: &Office, changes: &[(&str, &str)]) -> Answered {
    let form = fields_of(&office.page(&office.town.manager, NEW).await);
    let whole: Vec<(&str, &str)> = WHOLE
        .iter()
        .map(|(name, value)| *changes.iter().find(|(changed, _)| changed == name).unwrap_or(&(*name, *value)))
        .collect();
    office.post(&office.town.manager, NEW, &filled(&form, &whole)).await
}

#[actix_web::test]
async fn one_proposes_another_publishes_and_then_everybody_reads_it() {
    let office = Office::new();
    let (manager, decider) = (&office.town.manager, &office.town.decider);
    let made = make(&office, &[]).await;
    assert_eq!((made.status, made.leads), (StatusCode::SEE_OTHER, format!("{PAGE}?klaar=gemaakt")));
    assert_eq!(make(&office, &[]).await.status, StatusCode::SEE_OTHER, "a second press makes nothing");
    assert!(!public(&office));
    assert!(office.page(manager, PAGE).await.contains("Niemand buiten leest dit concept"));

    let queue = office.page(decider, "/werkvoorraad").await;
    assert!(!queue.contains("Procedure publiceren"), "{queue}");
    let check = office.page(manager, PUBLISH).await;
    assert!(check.contains("U kunt zich &#60;altijd&#62; aanmelden.") && check.contains("Noord-Nederland"), "{check}");
    let early = office.post(decider, PUBLISH, &[("versie", "1")]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.page.contains("moet eerst voorstellen"), "{}", early.page);
    let proposed = office.post(manager, PUBLISH, &filled(&fields_of(&check), &[])).await;
    assert_eq!((proposed.status, proposed.leads.as_str()), (StatusCode::SEE_OTHER, PUBLISH));
    let waits = office.page(manager, PUBLISH).await;
    assert!(
        waits.contains("Iemand anders publiceert")
            && !waits.contains("<button class=\"button\" type=\"submit\">Publiceer")
    );

    let queue = office.page(decider, "/werkvoorraad").await;
    assert!(
        queue.contains("Procedure publiceren: Re-integratie 2027") && queue.contains("Werkvoorraad (1)"),
        "{queue}"
    );
    assert!(!queue.contains("href=\"/beheer/eisen\""), "the decision maker gets no more than he needs");
    for closed in [PAGE, DETAILS, "/beheer/procedures"] {
        assert_eq!(office.get(decider, closed).await.status, StatusCode::FORBIDDEN, "{closed}");
    }
    let check = office.page(decider, PUBLISH).await;
    let published = office.post(decider, PUBLISH, &filled(&fields_of(&check), &[])).await;
    assert_eq!((published.status, published.leads.as_str()), (StatusCode::SEE_OTHER, PUBLISH));
    assert!(public(&office));
    assert_eq!(known(&office).state, ProcedureState::Open, "it has no first day: it opens at once");
    let again = office.post(decider, PUBLISH, &filled(&fields_of(&check), &[])).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "a second press finds it done");
    let done = office.page(decider, PUBLISH).await;
    assert!(done.contains("Iedereen kan deze procedure lezen") && done.contains("Hans Smit"), "{done}");
    assert!(!office.page(decider, "/werkvoorraad").await.contains("Procedure publiceren"));
}

#[actix_web::test]
async fn a_half_draft_is_kept_and_what_is_missing_is_told_before_it_is_proposed() {
    let office = Office::new();
    let manager = &office.town.manager;
    make(&office, &[("contact_telefoon", ""), ("rechtbank", "")]).await;
    let check = office.page(manager, PUBLISH).await;
    assert!(check.contains("Er mist nog iets") && check.contains("de naam van de rechtbank"), "{check}");
    let refused = office.post(manager, PUBLISH, &filled(&fields_of(&check), &[])).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.page.contains("naam, telefoon en e-mail van de contactpersoon"), "{}", refused.page);
    assert_eq!(known(&office).proposed, None);

    let form = fields_of(&office.page(manager, DETAILS).await);
    let changes = [("contact_telefoon", "0500 000 009"), ("rechtbank", "Noord-Nederland")];
    let changed = office.post(manager, DETAILS, &filled(&form, &changes)).await;
    assert_eq!((changed.status, changed.leads), (StatusCode::SEE_OTHER, format!("{PAGE}?klaar=veranderd")));
    let late = office.post(manager, DETAILS, &filled(&form, &[("naam_nl", "Te laat")])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.page.contains("heeft dit intussen veranderd") && late.page.contains("value=\"Te laat\""));
    let check = fields_of(&office.page(manager, PUBLISH).await);
    assert_eq!(office.post(manager, PUBLISH, &filled(&check, &[])).await.status, StatusCode::SEE_OTHER);
    assert!(known(&office).proposed.is_some());
    let warned = office.page(manager, DETAILS).await;
    assert!(warned.contains("dan vervalt het voorstel"), "{warned}");
    let form = fields_of(&warned);
    office.post(manager, DETAILS, &filled(&form, &[("naam_nl", "Anders")])).await;
    assert_eq!(known(&office).proposed, None, "a change takes the proposal back");
}

#[actix_web::test]
async fn what_was_announced_stays_and_the_rest_stays_complete() {
    let office = Office::new();
    let manager = &office.town.manager;
    let open = "/beheer/procedures/re-integratie/gegevens";
    let page = office.page(manager, open).await;
    assert!(page.contains("Deze procedure is bekendgemaakt") && !page.contains("name=\"code\""), "{page}");
    let form = fields_of(&page);
    let empty = office.post(manager, open, &filled(&form, &[("inleiding_en", "")])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["inleiding_en", "contact_telefoon"] {
        assert!(empty.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", empty.page);
    }
    let sly = [("contact_telefoon", "0500 000 009"), ("code", "anders"), ("sluit", "2026-12-01"), ("domein", "wmo")];
    let changed = office.post(manager, open, &filled(&form, &sly)).await;
    assert_eq!(changed.leads, "/beheer/procedures/re-integratie?klaar=veranderd", "{}", changed.page);
    let all = read(office.db(), |conn| store::all(conn, manager));
    assert_eq!((all[0].details.closes_on, all[0].details.contact.phone.as_str()), (None, "0500 000 009"));
}

#[actix_web::test]
async fn what_is_wrong_is_told_and_only_the_contract_manager_writes() {
    let office = Office::new();
    let wrong = make(&office, &[("code", "Met spatie"), ("domein", ""), ("contact_email", "geen")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["code", "domein", "contact_email"] {
        assert!(wrong.page.contains(&format!("href=\"#{field}\"")), "{field}: {}", wrong.page);
    }
    assert!(wrong.page.contains("value=\"Met spatie\""));
    let taken = make(&office, &[("code", "re-integratie")]).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    assert!(taken.page.contains("al in gebruik"), "{}", taken.page);

    make(&office, &[]).await;
    assert_eq!(office.get(&office.admin, PUBLISH).await.status, StatusCode::OK, "the administrator looks");
    for who in [&office.admin, &office.viewer, &office.town.assessor] {
        for path in [NEW, DETAILS] {
            assert_eq!(office.get(who, path).await.status, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(office.post(who, path, &WHOLE).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(office.post(who, PUBLISH, &[("versie", "1")]).await.status, StatusCode::FORBIDDEN);
    }
    let stranger = &office.elsewhere.decider;
    assert_eq!(office.get(stranger, PUBLISH).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.post(stranger, PUBLISH, &[("versie", "1")]).await.status, StatusCode::NOT_FOUND);
}
