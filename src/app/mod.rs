//! Every URL of the house on one page, and what stands around them: headers, the log, the limits.

mod addresses;
mod door;
mod guard;
mod letterbox;
mod limits;
pub mod manners;
pub mod public;

use std::net::TcpListener;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, Error, HttpResponse, HttpServer};

use crate::account::entrance::{HasAgreement, WorkCount};
use crate::account::web::handlers::{self as account, farewell, organisation, own, people, setting_up, signing_in};
use crate::admin::web::{
    criteria_handlers as criteria_admin, document_handlers as documents, handlers as admin, outage_handlers as outages,
    procedure_handlers as procedures, procedure_writing as writing, standard_text_handlers as standard_texts,
    text_handlers as texts,
};
use crate::agreement::web::{
    Printable, acting_handlers as text_acts, article_handlers as article, draft_handlers as draft,
    list_handlers as text_list, reading_handlers as texts_read, reading_in_handlers as read_in,
};
use crate::assessment::web::handlers as assessment;
use crate::desk::bench;
use crate::desk::paper::{evidence as paper_evidence, handlers as paper, withdrawing};
use crate::desk::web::{clients, handing_in, handlers as desk};
use crate::dossier;
use crate::evidence::scan::keep_scanning;
use crate::evidence::web::handlers as evidence;
use crate::front::web::register_handlers as public_register;
use crate::front::web::{agreement_handlers as public_texts, apply_handlers as applying, handlers as front};
use crate::house::{House, Turn};
use crate::mine::web::{
    agreement_handlers as my_texts, criterion_handlers as criteria, criterion_upload, everything,
    handing_in_handlers as submitting, handlers as mine, listing_handlers as listing, step_handlers as steps,
};
use crate::page::{assets, headers};
use crate::planning::web::{activity_handlers as activities, board_handlers as boards, decision_handlers as decisions};
use crate::provider::web::{self as eherkenning, access_handlers as access};
use crate::report::agreement::web as texts_paper;
use crate::report::compliance::web as compliance;
use crate::report::letter::web::handlers as letters;
use crate::report::unprintable;
use crate::report::web::handlers as report;
use addresses::{Addresses, get, post};
pub use addresses::{Known, Verb};
pub use manners::{Manners, Patience};

/// The table of addresses. Path words are Dutch; what is technical stays English.
fn table() -> Addresses {
    Addresses::default()
        .route("/", get().to(front::home))
        .route("/inloggen", get().to(signing_in::form))
        .route("/inloggen", post().to(signing_in::with_password))
        .route("/inloggen/code", get().to(signing_in::code_form))
        .route("/inloggen/code", post().to(signing_in::with_code))
        .route("/inloggen/kiezen", get().to(signing_in::choice))
        .route("/inloggen/kiezen", post().to(signing_in::choose))
        .route("/inloggen/vergeten", get().to(setting_up::forgotten))
        .route("/inloggen/vergeten", post().to(setting_up::send_new_password))
        .route("/inloggen/uitnodiging/{token}", get().to(setting_up::invited))
        .route("/inloggen/uitnodiging/{token}", post().to(setting_up::accept_invitation))
        .route("/inloggen/wachtwoord/{token}", get().to(setting_up::forgot))
        .route("/inloggen/wachtwoord/{token}", post().to(setting_up::choose_password))
        .route("/inloggen/instellen", get().to(setting_up::set_up))
        .route("/inloggen/instellen", post().to(setting_up::confirm_factor))
        .route("/inloggen/instellen/qr.svg", get().to(setting_up::picture))
        .route("/inloggen/herstelcodes", get().to(setting_up::codes))
        .route("/inloggen/herstelcodes", post().to(setting_up::codes_kept))
        .route("/inloggen/herstelcodes/bestand", get().to(setting_up::codes_file))
        .route("/inloggen/organisatie", get().to(organisation::leave))
        .route("/inloggen/organisatie/terug", get().to(organisation::arrive))
        .route("/inloggen/organisatie/afmelden", post().to(farewell::told))
        .route("/inloggen/uitnodiging/{token}/organisatie", get().to(organisation::accept))
        .route("/inloggen/eherkenning", get().to(eherkenning::leave))
        .route("/inloggen/eherkenning/terug", get().to(eherkenning::arrive))
        .route("/inloggen/uitnodiging/{token}/eherkenning", get().to(eherkenning::accept))
        .route("/inloggen/{token}", get().to(account::confirm))
        .route("/inloggen/{token}", post().to(account::enter))
        .route("/uitloggen", post().to(farewell::sign_out))
        .route("/uit/organisatie", get().to(farewell::leave_organisation))
        .route("/uit/organisatie/terug", get().to(farewell::back_from_organisation))
        .route("/uit/eherkenning", get().to(farewell::leave_eherkenning))
        .route("/uit/eherkenning/terug", get().to(farewell::back_from_eherkenning))
        .route("/wisselen", get().to(signing_in::switches))
        .route("/wisselen", post().to(signing_in::switch))
        .route("/account", get().to(own::account))
        .route("/account/organisatie", get().to(organisation::link))
        .route("/account/eherkenning", get().to(eherkenning::link))
        .route("/account/wachtwoord", get().to(own::password_form))
        .route("/account/wachtwoord", post().to(own::change_password))
        .route("/account/herstelcodes", get().to(own::codes_form))
        .route("/account/herstelcodes", post().to(own::make_codes))
        .route("/account/sessies/beeindigen", post().to(own::end_sessions))
        .route("/account/sessies/{sessie}/beeindigen", post().to(own::end_session))
        .route("/beheer/gebruikers", get().to(people::of_municipality))
        .route("/beheer/gebruikers", post().to(people::invite_to_municipality))
        .route("/beheer/gebruikers/{rol}/{daad}", post().to(people::act_in_municipality))
        .route("/aanbieders/{nr}/gebruikers", get().to(people::of_provider))
        .route("/aanbieders/{nr}/gebruikers", post().to(people::invite_to_provider))
        .route("/aanbieders/{nr}/gebruikers/{rol}/{daad}", post().to(people::act_in_provider))
        .route("/taal", post().to(account::language))
        .route("/aanbieders", get().to(desk::providers))
        .route("/aanbieders/{nr}", get().to(desk::provider))
        .route("/aanbieders/{nr}/clienten", get().to(clients::clients))
        .route("/aanbieders/{nr}/kwartalen", get().to(desk::quarters))
        .route("/aanbieders/{nr}/kwartalen/{k}", get().to(assessment::quarter))
        .route("/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}", get().to(assessment::cases))
        .route("/aanbieders/{nr}/kwartalen/{k}/vaststellen", get().to(assessment::finalise))
        .route("/aanbieders/{nr}/kwartalen/{k}/vaststellen", post().to(assessment::set_final))
        .route("/aanbieders/{nr}/kwartalen/{k}/rapport", get().to(report::preview))
        .route("/aanbieders/{nr}/kwartalen/{k}/rapport.pdf", get().to(report::download))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave", get().to(handing_in::form))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave", post().to(handing_in::hand_in))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/goede-regels", post().to(handing_in::take_good_rows))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/sjabloon", get().to(handing_in::empty_template))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/{bestand}/fouten", get().to(handing_in::marked))
        .route("/aanmeldingen/{nr}/brieven/{soort}.pdf", get().to(letters::pdf_of_office))
        .route("/aanmeldingen/{nr}/brieven/{soort}", get().to(letters::of_office))
        .route("/aanmeldingen/{nr}/dossierrapport", get().to(compliance::preview))
        .route("/aanmeldingen/{nr}/dossierrapport.pdf", get().to(compliance::download))
        .route("/mijn/aanmeldingen/{nr}/brieven/{soort}.pdf", get().to(letters::pdf_of_applicant))
        .route("/mijn/aanmeldingen/{nr}/brieven/{soort}", get().to(letters::of_applicant))
        .route("/aanbieders/{nr}/bewijsstukken", get().to(evidence::list))
        .route("/aanbieders/{nr}/bewijsstukken", post().to(evidence::receive))
        .route("/aanbieders/{nr}/bewijsstukken/{stuk}", get().to(evidence::piece))
        .route("/aanbieders/{nr}/bewijsstukken/{stuk}", post().to(evidence::receive_version))
        .route("/aanbieders/{nr}/bewijsstukken/{stuk}/intrekken", post().to(evidence::withdraw))
        .route("/aanbieders/{nr}/bewijs/{versie}/bestand", get().to(evidence::file))
        .route("/aanbieders/{nr}/bewijs/{versie}/paginas/{n}", get().to(evidence::page))
        .route("/overeenkomsten", get().to(text_list::list))
        .route("/overeenkomsten/nieuw", get().to(text_list::form))
        .route("/overeenkomsten/nieuw", post().to(text_list::make))
        .route("/overeenkomsten/{code}", get().to(texts_read::versions_of_office))
        .route("/overeenkomsten/{code}/bijlagen", get().to(texts_read::annexes_of_office))
        .route("/overeenkomsten/{code}/versies", post().to(texts_read::begin))
        .route("/overeenkomsten/{code}/versies/{n}.pdf", get().to(texts_paper::of_office))
        .route("/overeenkomsten/{code}/versies/{n}.docx", get().to(read_in::download))
        .route("/overeenkomsten/{code}/versies/{n}", get().to(texts_read::text_of_office))
        .route("/overeenkomsten/{code}/versies/{n}/wijzigingen", get().to(texts_read::changes_of_office))
        .route("/overeenkomsten/{code}/versies/{n}/wijzigingen.pdf", get().to(texts_paper::changes_of_office))
        .route("/overeenkomsten/{code}/versies/{n}/schrijven", get().to(draft::show))
        .route("/overeenkomsten/{code}/versies/{n}/schrijven", post().to(draft::describe))
        .route("/overeenkomsten/{code}/versies/{n}/voorbeeldtekst", post().to(draft::begin_with_first))
        .route("/overeenkomsten/{code}/versies/{n}/artikelen/{clause}", get().to(article::show))
        .route("/overeenkomsten/{code}/versies/{n}/artikelen/{clause}", post().to(article::write))
        .route("/overeenkomsten/{code}/versies/{n}/inlezen", get().to(read_in::form))
        .route("/overeenkomsten/{code}/versies/{n}/inlezen", post().to(read_in::look))
        .route("/overeenkomsten/{code}/versies/{n}/inlezen/overnemen", post().to(read_in::take))
        .route("/overeenkomsten/{code}/versies/{n}/voorleggen", get().to(text_acts::show_consult))
        .route("/overeenkomsten/{code}/versies/{n}/voorleggen", post().to(text_acts::consult))
        .route("/overeenkomsten/{code}/versies/{n}/terugnemen", get().to(text_acts::show_take_back))
        .route("/overeenkomsten/{code}/versies/{n}/terugnemen", post().to(text_acts::take_back))
        .route("/overeenkomsten/{code}/versies/{n}/vaststellen", get().to(text_acts::show_establish))
        .route("/overeenkomsten/{code}/versies/{n}/vaststellen", post().to(text_acts::establish))
        .route("/mijn/overeenkomst", get().to(my_texts::list))
        .route("/mijn/overeenkomst/{code}", get().to(my_texts::all_versions))
        .route("/mijn/overeenkomst/{code}/bijlagen", get().to(my_texts::with_annexes))
        .route("/mijn/overeenkomst/{code}/versies/{n}.pdf", get().to(texts_paper::of_provider))
        .route("/mijn/overeenkomst/{code}/versies/{n}", get().to(my_texts::text))
        .route("/mijn/overeenkomst/{code}/versies/{n}/wijzigingen", get().to(my_texts::changed))
        .route("/mijn/overeenkomst/{code}/versies/{n}/wijzigingen.pdf", get().to(texts_paper::changes_of_provider))
        .route("/gemeenten/{slug}/overeenkomsten/{code}", get().to(public_texts::all_versions))
        .route("/gemeenten/{slug}/overeenkomsten/{code}/bijlagen", get().to(public_texts::with_annexes))
        .route("/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}.pdf", get().to(texts_paper::of_public))
        .route("/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}", get().to(public_texts::text))
        .route("/gemeenten/{slug}/overeenkomsten/{code}/versies/{n}/wijzigingen", get().to(public_texts::changed))
        .route("/planning", get().to(boards::list))
        .route("/planning/{code}", get().to(boards::board))
        .route("/planning/{code}", post().to(boards::lay_out))
        .route("/planning/{code}/activiteiten/{id}", get().to(activities::activity))
        .route("/planning/{code}/activiteiten/{id}", post().to(activities::write))
        .route("/planning/{code}/activiteiten/{id}/opleveren", post().to(activities::deliver))
        .route("/planning/{code}/activiteiten/{id}/vervallen", post().to(activities::drop_it))
        .route("/besluiten", get().to(decisions::list))
        .route("/besluiten.csv", get().to(decisions::csv))
        .route("/besluiten.xlsx", get().to(decisions::xlsx))
        .route("/besluiten/nieuw", get().to(decisions::new))
        .route("/besluiten/nieuw", post().to(decisions::note))
        .route("/besluiten/{nr}", get().to(decisions::decision))
        .route("/besluiten/{nr}/verbeteren", get().to(decisions::correction))
        .route("/besluiten/{nr}/verbeteren", post().to(decisions::correct))
        .route("/werkvoorraad", get().to(bench::queue::queue))
        .route("/werkvoorraad/verzoeken/{id}", get().to(access::of_municipality))
        .route("/werkvoorraad/verzoeken/{id}", post().to(access::answer_of_municipality))
        .route("/aanmeldingen/{nr}", get().to(bench::application::application))
        .route("/aanmeldingen/{nr}/gegevens", get().to(bench::filled::filled))
        .route("/aanmeldingen/{nr}/eisen/{code}", get().to(bench::judging::criterion))
        .route("/aanmeldingen/{nr}/eisen/{code}", post().to(bench::judging::judge))
        .route("/aanmeldingen/{nr}/bewijs/{versie}/vergelijken", get().to(bench::compare::compare))
        .route("/aanmeldingen/{nr}/bewijs/{versie}/bestand", get().to(bench::shown::file))
        .route("/aanmeldingen/{nr}/bewijs/{versie}/paginas/{n}", get().to(bench::shown::page))
        .route("/aanmeldingen/{nr}/aanvulling", get().to(bench::supplement::form))
        .route("/aanmeldingen/{nr}/aanvulling", post().to(bench::supplement::ask))
        .route("/aanmeldingen/{nr}/handelingen/{handeling}", get().to(bench::acting::form))
        .route("/aanmeldingen/{nr}/handelingen/{handeling}", post().to(bench::acting::act))
        .route("/kwaliteitseisen/{code}/beoordelen", get().to(bench::at_once::across))
        .route("/kwaliteitseisen/{code}/beoordelen", post().to(bench::at_once::judge))
        .route("/papier", get().to(paper::list))
        .route("/papier", post().to(paper::begin))
        .route("/papier/{nr}", get().to(paper::application))
        .route("/papier/{nr}/gegevens", post().to(paper::save))
        .route("/papier/{nr}/bewijs", post().to(paper_evidence::receive))
        .route("/papier/{nr}/bewijs/{id}/terug", post().to(paper_evidence::take_back))
        .route("/papier/{nr}/intrekken", get().to(withdrawing::form))
        .route("/papier/{nr}/intrekken", post().to(withdrawing::withdraw))
        .route("/papier/{nr}/vastleggen", post().to(paper::hand_in))
        .route("/beheer/eisen", get().to(criteria_admin::list))
        .route("/beheer/eisen/{code}/teksten", get().to(standard_texts::texts))
        .route("/beheer/eisen/{code}/teksten", post().to(standard_texts::write_texts))
        .route("/beheer/eisen/{code}", get().to(criteria_admin::criterion))
        .route("/beheer/eisen/{code}", post().to(criteria_admin::write_criterion))
        .route("/beheer/procedures", get().to(procedures::list))
        .route("/beheer/procedures/nieuw", get().to(writing::new))
        .route("/beheer/procedures/nieuw", post().to(writing::make))
        .route("/beheer/procedures/{code}", get().to(procedures::procedure))
        .route("/beheer/procedures/{code}/gegevens", get().to(writing::details))
        .route("/beheer/procedures/{code}/gegevens", post().to(writing::change))
        .route("/beheer/procedures/{code}/publiceren", get().to(writing::check))
        .route("/beheer/procedures/{code}/publiceren", post().to(writing::carry_out))
        .route("/beheer/procedures/{code}/vragen/publiceren", get().to(procedures::check_answers))
        .route("/beheer/procedures/{code}/vragen/publiceren", post().to(procedures::publish_answers))
        .route("/beheer/procedures/{code}/vragen/{vraag}", post().to(procedures::answer_question))
        .route("/beheer/procedures/{code}/documenten", post().to(documents::add))
        .route("/beheer/procedures/{code}/documenten/{id}", get().to(documents::give))
        .route("/beheer/procedures/{code}/documenten/{id}/einde", post().to(documents::end))
        .route("/beheer/storingen", get().to(outages::list))
        .route("/beheer/storingen", post().to(outages::note))
        .route("/beheer/storingen/{id}", get().to(outages::outage))
        .route("/beheer/storingen/{id}", post().to(outages::end))
        .route("/beheer/mail", get().to(admin::mail))
        .route("/beheer/mail/proef", post().to(admin::test_mail))
        .route("/beheer/mail/{id}", get().to(admin::one_mail))
        .route("/beheer/mail/{id}/opnieuw", post().to(admin::send_again))
        .route("/beheer/mailteksten", get().to(texts::texts))
        .route("/beheer/mailteksten/{kind}", get().to(texts::text))
        .route("/beheer/mailteksten/{kind}", post().to(texts::write_text))
        .route("/gemeenten/{slug}", get().to(front::start))
        .route("/gemeenten/{slug}/eisen", get().to(front::criteria))
        .route("/gemeenten/{slug}/documenten", get().to(front::documents))
        .route("/gemeenten/{slug}/documenten/{id}", get().to(front::document))
        .route("/gemeenten/{slug}/vragen", get().to(front::questions))
        .route("/gemeenten/{slug}/vragen", post().to(front::ask))
        .route("/gemeenten/{slug}/register", get().to(public_register::page))
        .route("/gemeenten/{slug}/register.json", get().to(public_register::json))
        .route("/gemeenten/{slug}/register.csv", get().to(public_register::csv))
        .route("/gemeenten/{slug}/aanmelden", get().to(applying::form))
        .route("/gemeenten/{slug}/aanmelden", post().to(applying::send))
        .route("/mijn", get().to(mine::home))
        .route("/mijn/berichten", get().to(mine::messages))
        .route("/mijn/berichten/{id}", get().to(mine::message))
        .route("/mijn/verzoeken", get().to(access::list))
        .route("/mijn/verzoeken/{id}", get().to(access::of_provider))
        .route("/mijn/verzoeken/{id}", post().to(access::answer_of_provider))
        .route("/mijn/registergegevens", get().to(listing::form))
        .route("/mijn/registergegevens", post().to(listing::tell))
        .route("/mijn/alles", get().to(everything::page))
        .route("/mijn/alles/bestand", get().to(everything::download))
        .route("/mijn/aanmeldingen", post().to(mine::begin))
        .route("/mijn/aanmeldingen/{nr}", get().to(mine::dossier))
        .route("/mijn/aanmeldingen/{nr}/stappen/{stap}", get().to(steps::step))
        .route("/mijn/aanmeldingen/{nr}/stappen/{stap}", post().to(steps::save_step))
        .route("/mijn/aanmeldingen/{nr}/eisen/{code}", get().to(criteria::criterion))
        .route("/mijn/aanmeldingen/{nr}/eisen/{code}/bewijs", post().to(criteria::reuse))
        .route("/mijn/aanmeldingen/{nr}/eisen/{code}/bestanden", post().to(criterion_upload::receive))
        .route("/mijn/aanmeldingen/{nr}/eisen/{code}/terugnemen", post().to(criteria::take_back))
        .route("/mijn/aanmeldingen/{nr}/eisen/{code}/verklaring", post().to(criteria::state))
        .route("/mijn/aanmeldingen/{nr}/indienen", get().to(submitting::check))
        .route("/mijn/aanmeldingen/{nr}/indienen", post().to(submitting::hand_in))
        .route("/mijn/aanmeldingen/{nr}/ontvangst/{bewijs}", get().to(submitting::receipt))
        .route("/mijn/aanmeldingen/{nr}/intrekken", get().to(submitting::withdraw))
        .route("/mijn/aanmeldingen/{nr}/intrekken", post().to(submitting::take_back))
        .route("/toegankelijkheid", get().to(public::accessibility))
        .route("/.well-known/security.txt", get().to(public::security_txt))
        .route("/middelen/{name}", get().to(assets::serve))
        .route("/healthz", get().to(healthy))
        .route("/readyz", get().to(ready))
}

/// Puts the table into an application.
pub fn routes(at: &mut ServiceConfig) {
    at.app_data(WorkCount(dossier::desk::waiting_for));
    at.app_data(HasAgreement(crate::agreement::store::has_one));
    at.app_data(Data::new(Printable(unprintable)));
    table().register(at);
}

/// What the table knows, for who wants to try every address.
pub fn addresses() -> Vec<Known> {
    table().known()
}

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
            .client_request_timeout(Duration::from_secs(10))
            .shutdown_timeout(10)
            .listen(listener)?
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
