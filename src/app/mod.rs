//! Every URL of the house on one page, and what stands around them: headers, the log, the limits.

mod guard;

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer, Route, guard as guards};

use crate::account::web::handlers as account;
use crate::assessment::web::handlers as assessment;
use crate::desk::web::{handing_in, handlers as desk};
use crate::evidence::scan::keep_scanning;
use crate::evidence::web::handlers as evidence;
use crate::house::{House, Turn};
use crate::page::{assets, headers};
use crate::report::web::handlers as report;

/// The table of addresses. Path words are Dutch; what is technical stays English.
pub fn routes(at: &mut ServiceConfig) {
    at.route("/", get().to(account::home))
        .route("/inloggen", get().to(account::sign_in))
        .route("/inloggen/{token}", get().to(account::confirm))
        .route("/inloggen/{token}", web::post().to(account::enter))
        .route("/uitloggen", web::post().to(account::sign_out))
        .route("/taal", web::post().to(account::language))
        .route("/aanbieders", get().to(desk::providers))
        .route("/aanbieders/{nr}", get().to(desk::provider))
        .route("/aanbieders/{nr}/kwartalen", get().to(desk::quarters))
        .route("/aanbieders/{nr}/kwartalen/{k}", get().to(assessment::quarter))
        .route("/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}", get().to(assessment::cases))
        .route("/aanbieders/{nr}/kwartalen/{k}/vaststellen", get().to(assessment::finalise))
        .route("/aanbieders/{nr}/kwartalen/{k}/vaststellen", web::post().to(assessment::set_final))
        .route("/aanbieders/{nr}/kwartalen/{k}/rapport", get().to(report::preview))
        .route("/aanbieders/{nr}/kwartalen/{k}/rapport.pdf", get().to(report::download))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave", get().to(handing_in::form))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave", web::post().to(handing_in::hand_in))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/goede-regels", web::post().to(handing_in::take_good_rows))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/sjabloon", get().to(handing_in::empty_template))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/{bestand}/fouten", get().to(handing_in::marked))
        .route("/aanbieders/{nr}/bewijsstukken", get().to(evidence::list))
        .route("/aanbieders/{nr}/bewijsstukken", web::post().to(evidence::receive))
        .route("/aanbieders/{nr}/bewijsstukken/{stuk}", get().to(evidence::piece))
        .route("/aanbieders/{nr}/bewijsstukken/{stuk}", web::post().to(evidence::receive_version))
        .route("/aanbieders/{nr}/bewijsstukken/{stuk}/intrekken", web::post().to(evidence::withdraw))
        .route("/aanbieders/{nr}/bewijs/{versie}/bestand", get().to(evidence::file))
        .route("/aanbieders/{nr}/bewijs/{versie}/paginas/{n}", get().to(evidence::page))
        .route("/middelen/{name}", get().to(assets::serve))
        .route("/healthz", get().to(healthy))
        .route("/readyz", get().to(ready))
        .default_service(web::to(guard::nothing_here));
}

/// GET, and HEAD for who only wants to know whether it is there.
fn get() -> Route {
    web::route().guard(guards::Any(guards::Get()).or(guards::Head()))
}

/// Listens until the process is told to stop; what is under way then is finished first.
pub fn serve(house: House, listen: SocketAddr, ready: impl FnOnce() + 'static) -> std::io::Result<()> {
    let https = house.https();
    let house = Data::new(house);
    keep_scanning(house.clone());
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            let always = headers::security(https).fold(DefaultHeaders::new(), |all, header| all.add(header));
            App::new()
                .app_data(house.clone())
                .app_data(web::PathConfig::default().error_handler(guard::unreadable_path))
                .app_data(web::QueryConfig::default().error_handler(guard::unreadable_query))
                .app_data(web::FormConfig::default().limit(64 * 1024).error_handler(guard::unreadable_form))
                .wrap(Compress::default())
                .wrap(from_fn(guard::same_site))
                .wrap(always)
                .wrap(from_fn(guard::log))
                .configure(routes)
        })
        .workers(2)
        .client_request_timeout(Duration::from_secs(10))
        .shutdown_timeout(10)
        .bind(listen)?
        .run();
        ready();
        server.await
    })
}

/// GET `/healthz`: the process is alive.
async fn healthy() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

/// GET `/readyz`: the database answers.
async fn ready(house: Data<House>) -> HttpResponse {
    match crate::house::read(&house, |conn| Ok::<_, Turn>(crate::account::store::municipalities(conn)?)).await {
        Ok(_) => HttpResponse::Ok().content_type("text/plain").body("ok"),
        Err(turn) => {
            tracing::error!(?turn, "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain").body("not ready")
        }
    }
}
