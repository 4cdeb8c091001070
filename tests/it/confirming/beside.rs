//! Beside the lines: reminders, the municipality's client list, outflow and placement, and extensions.

use diesel::prelude::*;
use openhouse::actor::Role;
use openhouse::assessment::store::latest;
use openhouse::schema::{extension_request, outbox, outflow, trajectory};
use openhouse::statement::{ListedClientLine, Municipal, municipal_intake};
use openhouse::text::Lang;

use super::{OTHER, OWN, PAGE, Scene};
use crate::gather::town::{day, q3};
use crate::ground::{every, now};

#[actix_web::test]
async fn who_is_waited_for_is_reminded_once_a_day() {
    for ground in every() {
        let scene = Scene::on(ground);
        let manager = scene.enters("jo@gemeente.example", Role::ContractManager);
        let contacts = scene.read(|conn| openhouse::client::store::contacts(conn, &scene.town.actor));
        let id = |email: &str| contacts.iter().find(|(_, one)| one.email == email).unwrap().0.to_string();
        let path = format!("/aanbieders/{}/kwartalen/2026-3/regels/herinneren", scene.provider.number);
        let (status, page) = scene.post(&manager, &path, &[("contactpersoon", &id(OWN))]).await;
        assert!(status == 409 && page.contains("kan nog niet inloggen"), "{page}");
        scene.enters(OWN, Role::ContactPerson);
        assert_eq!(scene.post(&manager, &path, &[("contactpersoon", &id(OWN))]).await.0, 303);
        let posted = || -> Vec<String> {
            scene.read(|conn| outbox::table.filter(outbox::kind.eq("E20")).select(outbox::to_email).load(conn))
        };
        assert_eq!(posted(), [OWN]);
        assert_eq!(scene.post(&manager, &path, &[("contactpersoon", &id(OWN))]).await.0, 409, "not twice a day");
        assert_eq!(posted().len(), 1);
        let viewer = scene.enters("kijk@gemeente.example", Role::Viewer);
        assert_eq!(scene.post(&viewer, &path, &[("contactpersoon", &id(OWN))]).await.0, 403);
    }
}

#[actix_web::test]
async fn who_has_lines_in_a_statement_is_asked_when_it_is_taken_and_once_that_day() {
    for ground in every() {
        let scene = Scene::on(ground);
        let posted = || -> Vec<(String, String)> {
            let e20 = outbox::table.filter(outbox::kind.eq("E20")).order(outbox::id);
            scene.read(|conn| e20.select((outbox::to_email, outbox::body)).load(conn))
        };
        assert!(posted().is_empty(), "nobody could sign in when the first one came");
        scene.enters(OWN, Role::ContactPerson);
        scene.state(&scene.stated());
        let (to, body) = posted().pop().expect("he is asked");
        // Ten days after the day of this test is a working day.
        let until = Lang::Nl.day(openhouse::calendar::add_days(openhouse::calendar::wall_clock(now()).date(), 10));
        assert!(to == OWN && body.contains("2 regels") && body.contains(&until), "{body} before {until}");
        scene.state(&scene.stated());
        assert_eq!(posted().len(), 1, "not twice a day");
    }
}

#[actix_web::test]
async fn the_municipality_s_own_list_decides_whose_client_somebody_is() {
    for ground in every() {
        let scene = Scene::on(ground);
        let listed = ListedClientLine { row: 2, client_ref: "C-1".into(), contact: OTHER.into() };
        let told = Municipal { clients: vec![listed], ..Municipal::default() };
        let taken = scene.ground.db.write(|conn| {
            municipal_intake::take(conn, &scene.town.actor, now(), &told).map_err(|fate| anyhow::anyhow!("{fate:?}"))
        });
        taken.expect("the list is taken");
        let (own, other) = (scene.enters(OWN, Role::ContactPerson), scene.enters(OTHER, Role::ContactPerson));
        assert!(!scene.get(&own, PAGE).await.1.contains("C-1"));
        let (_, page) = scene.get(&other, PAGE).await;
        assert!(page.contains("Wim Zonderling") && page.contains("Zus Zoals"), "{page}");
        let names = format!("/aanbieders/{}/clienten", scene.provider.number);
        assert!(!scene.get(&own, &names).await.1.contains("Wim Zonderling"));
        assert!(scene.get(&other, &names).await.1.contains("Wim Zonderling"));
    }
}

#[actix_web::test]
async fn outflow_is_confirmed_for_ones_own_client_and_the_quarter_is_judged_again() {
    for ground in every() {
        let scene = Scene::on(ground);
        let mut stated = scene.stated();
        let one = &mut stated.trajectories[0];
        (one.profile, one.referred_on) = ("P1".into(), day("2026-04-20"));
        (one.work_started_on, one.ended_on) = (Some(day("2026-07-30")), Some(day("2026-09-30")));
        one.end_reason = Some(openhouse::trajectory::EndReason::Work);
        scene.state(&stated);
        let before = scene.version();
        let key = scene.enters(OWN, Role::ContactPerson);
        let (_, page) = scene.get(&key, "/uitstroom-en-plaatsing").await;
        assert!(page.contains("Nog niet bevestigd") && page.contains("Wim Zonderling"), "{page}");
        let id: i64 = scene
            .read(|conn| trajectory::table.filter(trajectory::case_ref.eq("D-1")).select(trajectory::id).first(conn));
        let id = id.to_string();
        let mut form = vec![("traject", id.as_str()), ("soort", "uitstroom"), ("gezien", ""), ("dag", "")];
        form.push(("reden", "work"));
        assert_eq!(scene.post(&key, "/uitstroom-en-plaatsing", &form).await.0, 400, "a day is missing");
        form[3].1 = "2026-07-31";
        let other = scene.enters(OTHER, Role::ContactPerson);
        assert_eq!(scene.post(&other, "/uitstroom-en-plaatsing", &form).await.0, 404);
        assert_eq!(scene.post(&key, "/uitstroom-en-plaatsing", &form).await.0, 303);
        let kept: (Option<String>, Option<String>) =
            scene.read(|conn| outflow::table.select((outflow::told_by, outflow::channel)).first(conn));
        assert_eq!(kept, (Some("Noor".to_owned()), Some("screen".to_owned())));
        assert_eq!(scene.version(), before + 1);
        let newest = scene.read(|conn| latest(conn, &scene.town.actor, scene.provider.id, q3())).unwrap();
        let (_, findings) = newest.documents().expect("it can be read");
        assert_eq!((findings.findings[7].numerator, findings.findings[7].denominator), (1, 1));
        assert_eq!(scene.post(&key, "/uitstroom-en-plaatsing", &form).await.0, 409, "what was seen stands no more");
    }
}

#[actix_web::test]
async fn an_extension_is_asked_before_the_term_ends_and_answered_by_the_contact_person_alone() {
    for ground in every() {
        let scene = Scene::on(ground);
        let ahead = chrono::Utc::now().date_naive() + chrono::TimeDelta::days(40);
        let mut stated = scene.stated();
        stated.trajectories[0].term_ends_on = Some(ahead);
        scene.state(&stated);
        let (provider, contact) =
            (scene.enters("p@aanbieder.example", Role::ProviderUser), scene.enters(OWN, Role::ContactPerson));
        let path = format!("/aanbieders/{}/verlengingen", scene.provider.number);
        let until = (ahead + chrono::TimeDelta::days(60)).to_string();
        let mut form = vec![("traject", "D-1"), ("tot", until.as_str()), ("motief", "")];
        assert_eq!(scene.post(&provider, &path, &form).await.0, 400, "a motive is missing");
        form[2].1 = "De stage begon later.";
        assert_eq!(scene.post(&contact, &path, &form).await.0, 403);
        assert_eq!(scene.post(&provider, &path, &form).await.0, 303);
        assert_eq!(scene.post(&provider, &path, &form).await.0, 400, "one waits already");
        form[0].1 = "D-2";
        assert_eq!(scene.post(&provider, &path, &form).await.0, 400, "D-2 has no term that lies ahead");

        let id: i64 = scene.read(|conn| extension_request::table.select(extension_request::id).first(conn));
        let id = id.to_string();
        let other = scene.enters(OTHER, Role::ContactPerson);
        let yes = [("verzoek", id.as_str()), ("antwoord", "ja")];
        assert_eq!(scene.post(&other, "/verlengingen", &yes).await.0, 404);
        let no = [("verzoek", id.as_str()), ("antwoord", "nee"), ("reden", " ")];
        assert_eq!(scene.post(&contact, "/verlengingen", &no).await.0, 400, "why not must be told");
        assert_eq!(scene.post(&contact, "/verlengingen", &yes).await.0, 303);
        let permitted = || -> Option<chrono::NaiveDate> {
            scene.read(|conn| {
                let own = trajectory::table.filter(trajectory::case_ref.eq("D-1"));
                own.select(trajectory::extension_permitted_on).first(conn)
            })
        };
        let given = permitted();
        assert!(given.is_some());
        scene.state(&stated);
        assert_eq!(permitted(), given, "a later statement does not take the permission back");
        let (_, page) = scene.get(&provider, &path).await;
        assert!(page.contains("Toestemming gegeven") && !page.contains("Noor</"), "{page}");
    }
}
