//! The pages of the money, as finance, the contract manager and the others get them.

use actix_web::http::StatusCode;
use chrono::Datelike;
use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::schema::audit_event;

use crate::dossier::town::{account, write};
use crate::dossier_pages::street::Street;

fn person(street: &Street, role: Role, name: &str) -> Actor {
    let tenant = street.town.tenant;
    write(street.db(), |conn| Ok(account(conn, tenant, role, name)))
}

/// The pages tell of the year that it is.
fn year(street: &Street) -> i32 {
    street.house.today().year()
}

#[actix_web::test]
async fn finance_types_a_budget_and_other_costs_and_sees_what_is_left() {
    let street = Street::new();
    let (finance, year) = (person(&street, Role::Finance, "Petra Hofstra"), year(&street));
    let home = street.get(&finance, "/begroting").await;
    assert_eq!((home.status, home.leads), (StatusCode::SEE_OTHER, format!("/begroting/{year}")));
    let path = format!("/begroting/{year}");
    let wrong = street
        .fill(&finance, &format!("{path}/bronnen/nieuw"), &[("naam", "Participatiebudget"), ("bedrag", "veel")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.page.contains("value=\"veel\"") && wrong.page.contains("Vul een bedrag"), "{}", wrong.page);
    let kept = street
        .fill(&finance, &format!("{path}/bronnen/nieuw"), &[("naam", "Participatiebudget"), ("bedrag", "438.198")])
        .await;
    assert_eq!((kept.status, kept.leads), (StatusCode::SEE_OTHER, format!("{path}?klaar=bewaard")), "{}", kept.page);
    let empty = street.page(&finance, &path).await;
    assert!(empty.contains("438.198,00") && empty.contains("nog niet geteld"), "{empty}");
    let other = format!("{path}/overige-kosten");
    let form = street.page(&finance, &other).await;
    let source = form.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a source");
    let booked = street
        .post(
            &finance,
            &other,
            &[
                ("bron", source),
                ("maand", &format!("{year}-01")),
                ("soort", "Vervoer"),
                ("omschrijving", "Busritten"),
                ("bedrag", "198,00"),
            ],
        )
        .await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER, "{}", booked.page);
    let counted = street.post(&finance, &format!("{path}/tellen"), &[]).await;
    assert_eq!(counted.status, StatusCode::SEE_OTHER, "{}", counted.page);
    let page = street.page(&finance, &path).await;
    assert!(page.contains("438.000,00") && page.contains("Geteld op"), "{page}");
    for below in ["aanbieders", "regels", "verplicht", "plaatsen", "uitvoer"] {
        street.page(&finance, &format!("{path}/{below}")).await;
    }
}

#[actix_web::test]
async fn every_download_is_written_down_with_its_control_sum() {
    let street = Street::new();
    let (finance, year) = (person(&street, Role::Finance, "Petra Hofstra"), year(&street));
    for file in ["regels.csv", "regels.xlsx", "ubl.csv", "ubl.xlsx"] {
        let period = format!("van={year}-01&tot={year}-03");
        let got = street.get(&finance, &format!("/begroting/{year}/uitvoer/{file}?{period}")).await;
        assert_eq!(got.status, StatusCode::OK, "{file}");
        assert!(file.ends_with("csv") || got.bytes.starts_with(b"PK"), "{file}");
    }
    let wrong = street.get(&finance, &format!("/begroting/{year}/uitvoer/alles.csv")).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    let written: Vec<String> = write(street.db(), |conn| {
        let own = audit_event::table.filter(audit_event::action.eq("budget.download"));
        Ok(own.order(audit_event::id).select(audit_event::detail).load(conn)?)
    });
    assert_eq!(written.len(), 4);
    assert_eq!(written[0], format!("{year}-01-01 {year}-03-31: 0 lines, 0 cents"));
}

#[actix_web::test]
async fn who_decides_and_who_audits_read_and_only_who_pays_approves() {
    let street = Street::new();
    let (year, manager) = (year(&street), street.town.manager.clone());
    let path = format!("/begroting/{year}");
    let auditor = person(&street, Role::Auditor, "Anna Dijk");
    for reader in [&street.town.decider, &auditor] {
        let page = street.page(reader, &path).await;
        assert!(!page.contains("bronnen/nieuw") && !page.contains("/tellen"), "{page}");
        let refused = street.post(reader, &format!("{path}/tellen"), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    assert!(street.page(&manager, &path).await.contains("bronnen/nieuw"));
    let refused = street.post(&manager, &format!("{path}/regels"), &[("regel", "1:100")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let finance = person(&street, Role::Finance, "Petra Hofstra");
    let none = street.post(&finance, &format!("{path}/regels"), &[("versie", "1")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.page.contains("Vink minstens"), "{}", none.page);
    assert_eq!(street.get(&street.town.assessor, &path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(street.get(&finance, "/begroting/1999").await.status, StatusCode::NOT_FOUND);
}
