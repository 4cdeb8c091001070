//! What stands around the table of addresses: headers, the log, the limits; and the server that listens.

use std::net::TcpListener;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, Error, HttpResponse, HttpServer};

use super::manners::Manners;
use super::{door, guard, letterbox, limits, routes};
use crate::evidence::scan::keep_scanning;
use crate::house::{House, Turn};
use crate::page::headers;

/// The whole application: the table, and everything that stands around it. What comes last here meets a request first.
pub fn whole(
    house: Data<House>,
    manners: Data<Manners>,
    routes: impl FnOnce(&mut ServiceConfig),
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let always = headers::security(house.https()).fold(DefaultHeaders::new(), |all, header| all.add(header));
    App::new()
        .app_data(house)
        .app_data(manners.proxies.clone())
        .app_data(manners)
        .app_data(web::PathConfig::default().error_handler(guard::unreadable_path))
        .app_data(web::QueryConfig::default().error_handler(guard::unreadable_query))
        .app_data(web::FormConfig::default().limit(letterbox::LARGEST_FORM).error_handler(guard::unreadable_form))
        .wrap(Compress::default())
        .wrap(from_fn(letterbox::looked_at))
        .wrap(from_fn(limits::in_time))
        .wrap(from_fn(door::at_the_door))
        .wrap(always)
        .wrap(from_fn(guard::calm))
        .wrap(from_fn(guard::log))
        .configure(routes)
}

/// Listens until the process is told to stop; what is under way then is finished first.
pub fn serve(house: House, manners: Manners, ready: impl FnOnce() + 'static) -> std::io::Result<()> {
    let listener = TcpListener::bind(manners.listen)?;
    let (house, manners) = (Data::new(house), Data::new(manners));
    keep_scanning(house.clone());
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || whole(house.clone(), manners.clone(), routes))
            .workers(2)
            // A page goes out in more than one piece; without this the last waits 40 ms for the word that the first came.
            .tcp_nodelay(true)
            .client_request_timeout(Duration::from_secs(10))
            .shutdown_timeout(10)
            .listen(listener)?
            .run();
        ready();
        server.await
    })
}

/// GET `/healthz`: the process is alive.
pub async fn healthy() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok")
}

/// GET `/readyz`: the database answers.
pub async fn ready(house: Data<House>) -> HttpResponse {
    match crate::house::read(&house, |conn| Ok::<_, Turn>(crate::account::store::municipalities(conn)?)).await {
        Ok(_) => HttpResponse::Ok().content_type("text/plain").body("ok"),
        Err(turn) => {
            tracing::error!(?turn, "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain").body("not ready")
        }
    }
}
