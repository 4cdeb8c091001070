//! The trade register is asked when there is a key for it; a register that fails keeps nobody out.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt, web};
use diesel::prelude::*;
use openhouse::config::{self, Secret};
use openhouse::house::trade_register::TradeRegister;
use openhouse::schema::{account, application, audit_event};
use std::collections::HashMap;
use std::time::Duration;

use super::Street;

const UNCHECKED: &str = "Wij konden uw KvK-nummer nu niet opzoeken";

/// A register that knows one number, misses one, and fails in a way of its own for each of the others.
fn register() -> String {
    async fn answer(request: HttpRequest, asked: Query<HashMap<String, String>>) -> HttpResponse {
        let key = request.headers().get("apikey").map(|key| key.to_str().unwrap().to_owned());
        if request.path() != "/api/v2/zoeken" || key.as_deref() != Some("een-sleutel") {
            return HttpResponse::NotFound().body("no such page");
        }
        match asked["kvkNummer"].as_str() {
            "90001042" => HttpResponse::Ok().body(r#"{"totaal":1,"resultaten":[{"kvkNummer":"90001042"}]}"#),
            "90001043" => HttpResponse::NotFound().body(r#"{"fout":[{"code":"IPD5200"}]}"#),
            "90001044" => HttpResponse::Ok().body("<html>onderhoud</html>"),
            "90001045" => HttpResponse::InternalServerError().finish(),
            "90001046" => HttpResponse::Ok().body("x".repeat(1024 * 1024)),
            _ => {
                rt::time::sleep(Duration::from_secs(60)).await;
                HttpResponse::Ok().finish()
            }
        }
    }
    let server = HttpServer::new(|| App::new().default_service(web::to(answer))).workers(1).disable_signals();
    let server = server.bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/api", server.addrs()[0]);
    rt::spawn(server.run());
    address
}

fn line(url: &str, key: &str) -> Option<TradeRegister> {
    let settings = config::TradeRegister { key: Secret(key.to_owned()), url: url.to_owned(), root: None };
    Some(TradeRegister::of(&settings).unwrap())
}

fn told(street: &Street) -> Vec<String> {
    let told: QueryResult<Vec<String>> = street.ground.db.read(|conn| {
        audit_event::table
            .filter(audit_event::action.eq("application.look_up"))
            .order(audit_event::id)
            .select(audit_event::result)
            .load(conn)
    });
    told.unwrap()
}

#[actix_web::test]
async fn a_number_that_is_there_goes_on_and_one_that_is_not_is_told() {
    let street = Street::with(line(&register(), "een-sleutel"));
    let known = street.apply("Sanne Bakker", "sanne@werkpad.example", "90001042").await;
    assert!(known.status == StatusCode::OK && !known.text.contains(UNCHECKED), "{}", known.text);
    let unknown = street.apply("Kim Jansen", "kim@ander.example", "90001043").await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(unknown.text.contains("staat niet in het Handelsregister"), "{}", unknown.text);
    assert!(unknown.text.contains("value=\"90001043\""), "what was typed stays: {}", unknown.text);
    let of_kim = account::email.eq("kim@ander.example");
    assert_eq!(street.count(|conn| account::table.filter(of_kim).count().get_result(conn)), 0);
    assert_eq!(told(&street), ["known"]);
}

#[actix_web::test]
async fn a_register_that_fails_in_whatever_way_keeps_nobody_out_and_that_is_said() {
    let street = Street::with(line(&register(), "een-sleutel"));
    for (count, kvk) in ["90001044", "90001045", "90001046", "90001047"].into_iter().enumerate() {
        let answer = street.apply("Kim Jansen", &format!("kim{count}@ander.example"), kvk).await;
        assert!(answer.status == StatusCode::OK && answer.text.contains(UNCHECKED), "{kvk}: {}", answer.text);
    }
    assert_eq!(street.count(|conn| application::table.count().get_result(conn)), 4);
    assert_eq!(told(&street), ["no_answer"; 4]);
}

#[actix_web::test]
async fn a_wrong_key_a_wrong_address_and_a_closed_door_keep_nobody_out_either() {
    let open = register();
    let lines =
        [line(&open, "een-andere"), line(&format!("{open}/elders"), "een-sleutel"), line("http://127.0.0.1:1", "x")];
    for line in lines {
        let street = Street::with(line);
        let answer = street.apply("Sanne Bakker", "sanne@werkpad.example", "90001042").await;
        assert!(answer.status == StatusCode::OK && answer.text.contains(UNCHECKED), "{}", answer.text);
        assert_eq!(told(&street), ["no_answer"]);
    }
}

#[actix_web::test]
async fn without_a_key_nothing_is_asked_and_nothing_is_said() {
    let street = Street::new();
    let answer = street.apply("Sanne Bakker", "sanne@werkpad.example", "90001042").await;
    assert!(answer.status == StatusCode::OK && !answer.text.contains(UNCHECKED), "{}", answer.text);
    assert_eq!(told(&street), Vec::<String>::new());
}
