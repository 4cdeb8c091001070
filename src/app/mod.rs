//! Every URL of the house on one page. What stands around them is in `serving`.

mod addresses;
mod at_the_table;
mod door;
mod guard;
mod letterbox;
mod limits;
mod looked_after;
pub mod manners;
mod money;
pub mod public;
mod serving;

use actix_web::web::{Data, ServiceConfig};

use crate::account::entrance::{HasAgreement, WorkCount};
use crate::account::web::handlers::{self as account, farewell, organisation, own, people, setting_up, signing_in};
use crate::agreement::web::{
    Printable, acting_handlers as text_acts, article_handlers as article, assortment_handlers as assortment,
    draft_handlers as draft, list_handlers as text_list, reading_handlers as texts_read,
    reading_in_handlers as read_in,
};
use crate::assessment::web::{
    case_handlers as cases, finalise_handlers as finalising, handlers as assessment, hearing_handlers as hearing,
    ruling_handlers as ruling,
};
use crate::desk::accession::{
    countersign_handlers as countersigning, made_handlers as offered, offering_handlers as offering,
    one_handlers as accessions, standing,
};
use crate::desk::bench;
use crate::desk::confirming::{extensions, handlers as confirming, lines as charged, outcomes};
use crate::desk::indexing::handlers as indexing;
use crate::desk::life;
use crate::desk::paper::{evidence as paper_evidence, handlers as paper, withdrawing};
use crate::desk::quarters::{handlers as all_quarters, remind, what_if_handlers as what_if};
use crate::desk::web::{clients, handing_in, handlers as desk};
use crate::evidence::web::handlers as evidence;
use crate::front::web::{
    agreement_handlers as public_texts, apply_handlers as applying, handlers as front, products as public_products,
    register_handlers as public_register,
};
use crate::mine::signing::{handlers as signing, refusing, uploading};
use crate::mine::web::{
    agreement_handlers as my_texts, criterion_handlers as criteria, criterion_upload, everything,
    handing_in_handlers as submitting, handlers as mine, listing_handlers as listing, step_handlers as steps,
};
use crate::page::assets;
use crate::planning::web::{activity_handlers as activities, board_handlers as boards, decision_handlers as decisions};
use crate::provider::web::{self as eherkenning, access_handlers as access};
use crate::report::agreement::web as texts_paper;
use crate::report::compliance::web as compliance;
use crate::report::letter::web::handlers as letters;
use crate::report::signing::web as certificates;
use crate::report::unprintable;
use crate::report::web::handlers as report;
use addresses::{Addresses, get, post};
pub use addresses::{Known, Verb};
pub use manners::{Manners, Patience};
use serving::{healthy, ready};
pub use serving::{serve, whole};

/// The table of addresses. Path words are Dutch; what is technical stays English.
fn table() -> Addresses {
    at_the_table::addresses(money::addresses(looked_after::addresses(Addresses::default())))
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
        .route("/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}", get().to(cases::cases))
        .route("/aanbieders/{nr}/kwartalen/{k}/vaststellen", get().to(finalising::finalise))
        .route("/aanbieders/{nr}/kwartalen/{k}/vaststellen", post().to(finalising::set_final))
        .route("/aanbieders/{nr}/kwartalen/{k}/voorleggen", get().to(hearing::before_opening))
        .route("/aanbieders/{nr}/kwartalen/{k}/voorleggen", post().to(hearing::open))
        .route("/aanbieders/{nr}/kwartalen/{k}/reactie", get().to(hearing::overview))
        .route("/aanbieders/{nr}/kwartalen/{k}/geen-opmerkingen", post().to(hearing::no_remarks))
        .route("/aanbieders/{nr}/kwartalen/{k}/reactie/{n}", get().to(hearing::one))
        .route("/aanbieders/{nr}/kwartalen/{k}/reactie/{n}", post().to(hearing::say))
        .route("/aanbieders/{nr}/kwartalen/{k}/reactie/{n}/bewijs/{versie}", get().to(hearing::file))
        .route("/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}/oordeel", get().to(ruling::form))
        .route("/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}/oordeel", post().to(ruling::decide))
        .route("/aanbieders/{nr}/kwartalen/{k}/herzien", get().to(ruling::correction))
        .route("/aanbieders/{nr}/kwartalen/{k}/herzien", post().to(ruling::correct))
        .route("/aanbieders/{nr}/kwartalen/{k}/rapport", get().to(report::preview))
        .route("/aanbieders/{nr}/kwartalen/{k}/rapport.pdf", get().to(report::download))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave", get().to(handing_in::form))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave", post().to(handing_in::hand_in))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/goede-regels", post().to(handing_in::take_good_rows))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/sjabloon", get().to(handing_in::empty_template))
        .route("/aanbieders/{nr}/kwartalen/{k}/opgave/{bestand}/fouten", get().to(handing_in::marked))
        .route("/aanbieders/{nr}/kwartalen/{k}/regels", get().to(charged::lines))
        .route("/aanbieders/{nr}/kwartalen/{k}/regels/herinneren", post().to(charged::remind))
        .route("/aanbieders/{nr}/verlengingen", get().to(extensions::of_provider))
        .route("/aanbieders/{nr}/verlengingen", post().to(extensions::ask_extension))
        .route("/kosten-controleren", get().to(confirming::start))
        .route("/kosten-controleren/{k}", get().to(confirming::check))
        .route("/kosten-controleren/{k}", post().to(confirming::confirm))
        .route("/uitstroom-en-plaatsing", get().to(outcomes::outcomes))
        .route("/uitstroom-en-plaatsing", post().to(outcomes::record))
        .route("/verlengingen", get().to(extensions::of_contact))
        .route("/verlengingen", post().to(extensions::answer_request))
        .route("/aanmeldingen/{nr}/brieven/{soort}.pdf", get().to(letters::pdf_of_office))
        .route("/aanmeldingen/{nr}/brieven/{soort}", get().to(letters::of_office))
        .route("/aanmeldingen/{nr}/dossierrapport", get().to(compliance::preview))
        .route("/aanmeldingen/{nr}/dossierrapport.pdf", get().to(compliance::download))
        .route("/mijn/aanmeldingen/{nr}/brieven/{soort}.pdf", get().to(letters::pdf_of_applicant))
        .route("/mijn/aanmeldingen/{nr}/brieven/{soort}", get().to(letters::of_applicant))
        .route("/aanbieders/{nr}/aanbod", get().to(assortment::show))
        .route("/aanbieders/{nr}/aanbod", post().to(assortment::state))
        .route("/aanbieders/{nr}/aanbod/overeenkomst", post().to(assortment::follow))
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
        .route("/kwartalen", get().to(all_quarters::matrix))
        .route("/kwartalen.csv", get().to(all_quarters::csv))
        .route("/kwartalen.xlsx", get().to(all_quarters::xlsx))
        .route("/kwartalen/herinneren", post().to(remind::remind))
        .route("/kwartalen/wat-als", get().to(what_if::what_if))
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
        .route("/overeenkomsten/{code}/aanbod", get().to(offering::form))
        .route("/overeenkomsten/{code}/aanbod", post().to(offering::make))
        .route("/overeenkomsten/{code}/aanbod/{id}", get().to(offered::offer))
        .route("/overeenkomsten/{code}/aanbod/{id}/intrekken", post().to(offered::withdraw))
        .route("/toetreding", get().to(standing::page))
        .route("/toetreding/tekenen", get().to(countersigning::form))
        .route("/toetreding/tekenen", post().to(countersigning::sign))
        .route("/toetreding/{id}", get().to(accessions::page))
        .route("/toetreding/{id}/bestand", get().to(accessions::file))
        .route("/toetreding/{id}/bestand", post().to(accessions::judge))
        .route("/toetreding/{id}/bestand/paginas/{n}", get().to(accessions::picture))
        .route("/toetreding/{id}/bewijs.pdf", get().to(certificates::of_office))
        .route("/toetreding/{id}/overeenkomst.pdf", get().to(certificates::agreement_of_office))
        .route("/papier", get().to(paper::list))
        .route("/papier", post().to(paper::begin))
        .route("/papier/{nr}", get().to(paper::application))
        .route("/papier/{nr}/gegevens", post().to(paper::save))
        .route("/papier/{nr}/bewijs", post().to(paper_evidence::receive))
        .route("/papier/{nr}/bewijs/{id}/terug", post().to(paper_evidence::take_back))
        .route("/papier/{nr}/intrekken", get().to(withdrawing::form))
        .route("/papier/{nr}/intrekken", post().to(withdrawing::withdraw))
        .route("/papier/{nr}/vastleggen", post().to(paper::hand_in))
        .route("/gemeenten/{slug}", get().to(front::start))
        .route("/gemeenten/{slug}/eisen", get().to(front::criteria))
        .route("/gemeenten/{slug}/producten", get().to(public_products::products_on))
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
        .route("/mijn/overeenkomst/{id}/tekenen", get().to(signing::page))
        .route("/mijn/overeenkomst/{id}/tekenen", post().to(signing::sign))
        .route("/mijn/overeenkomst/{id}/tekencode", post().to(signing::send_code))
        .route("/mijn/overeenkomst/{id}/weigeren", get().to(refusing::form))
        .route("/mijn/overeenkomst/{id}/weigeren", post().to(refusing::decline))
        .route("/mijn/overeenkomst/{id}/getekend-bestand", get().to(uploading::form))
        .route("/mijn/overeenkomst/{id}/getekend-bestand", post().to(uploading::receive))
        .route("/mijn/overeenkomst/{id}/ontvangst", get().to(signing::receipt))
        .route("/mijn/overeenkomst/{id}/bewijs.pdf", get().to(certificates::of_provider))
        .route("/mijn/overeenkomst/{id}/om-te-tekenen.pdf", get().to(certificates::agreement_to_sign))
        .route("/mijn/overeenkomst/{id}/overeenkomst.pdf", get().to(certificates::agreement_of_provider))
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
        .route("/indexaties", get().to(indexing::list))
        .route("/indexaties", post().to(indexing::propose))
        .route("/indexaties/{id}/voorstel.pdf", get().to(indexing::as_pdf))
        .route("/indexaties/{id}/voorstel.xlsx", get().to(indexing::as_workbook))
        .route("/indexaties/{id}", get().to(indexing::one))
        .route("/indexaties/{id}", post().to(indexing::act))
        .route("/looptijden", get().to(life::overview::overview))
        .route("/aanbieders/{nr}/overeenkomst", get().to(life::page::of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}", get().to(life::page::office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/handelingen/{handeling}", get().to(life::acting::form_of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/handelingen/{handeling}", post().to(life::acting::act_of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/overdracht", get().to(life::transfer::of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/overdracht", post().to(life::transfer::write_of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/onderaannemers", get().to(life::subcontractors::of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/onderaannemers", post().to(life::subcontractors::answer_of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/brieven/{n}.pdf", get().to(life::letters::pdf_of_office))
        .route("/aanbieders/{nr}/overeenkomst/{id}/brieven/{n}", get().to(life::letters::of_office))
        .route("/mijn/looptijd", get().to(life::page::of_provider))
        .route("/mijn/looptijd/{id}", get().to(life::page::provider))
        .route("/mijn/looptijd/{id}/handelingen/{handeling}", get().to(life::acting::form_of_provider))
        .route("/mijn/looptijd/{id}/handelingen/{handeling}", post().to(life::acting::act_of_provider))
        .route("/mijn/looptijd/{id}/overdracht", get().to(life::transfer::of_provider))
        .route("/mijn/looptijd/{id}/overdracht", post().to(life::transfer::write_of_provider))
        .route("/mijn/looptijd/{id}/onderaannemers", get().to(life::subcontractors::of_provider))
        .route("/mijn/looptijd/{id}/onderaannemers", post().to(life::subcontractors::answer_of_provider))
        .route("/mijn/looptijd/{id}/brieven/{n}.pdf", get().to(life::letters::pdf_of_provider))
        .route("/mijn/looptijd/{id}/brieven/{n}", get().to(life::letters::of_provider))
        .route("/toegankelijkheid", get().to(public::accessibility))
        .route("/.well-known/security.txt", get().to(public::security_txt))
        .route("/middelen/{name}", get().to(assets::serve))
        .route("/healthz", get().to(healthy))
        .route("/readyz", get().to(ready))
}

/// Puts the table into an application.
pub fn routes(at: &mut ServiceConfig) {
    at.app_data(WorkCount(bench::queue::waiting_for));
    at.app_data(HasAgreement(crate::agreement::store::has_one));
    at.app_data(Data::new(Printable(unprintable)));
    table().register(at);
}

/// What the table knows, for who wants to try every address.
pub fn addresses() -> Vec<Known> {
    table().known()
}
