//! The addresses of what the municipality looks after itself (beheer): criteria, products, procedures, outages and mail.

use super::addresses::{Addresses, get, post};
use crate::admin::web::{
    criteria_handlers as criteria_admin, document_handlers as documents, handlers as admin, matrix,
    outage_handlers as outages, procedure_handlers as procedures, procedure_state_handlers as states,
    procedure_writing as writing, product_acts, product_handlers as products, product_writing,
    standard_text_handlers as standard_texts, text_handlers as texts,
};

/// Puts them into the table.
pub fn addresses(at: Addresses) -> Addresses {
    at.route("/beheer/eisen", get().to(criteria_admin::list))
        .route("/beheer/eisen/{code}/teksten", get().to(standard_texts::texts))
        .route("/beheer/eisen/{code}/teksten", post().to(standard_texts::write_texts))
        .route("/beheer/eisen/{code}", get().to(criteria_admin::criterion))
        .route("/beheer/eisen/{code}", post().to(criteria_admin::write_criterion))
        .route("/beheer/producten", get().to(products::list))
        .route("/beheer/producten/matrix", get().to(matrix::show))
        .route("/beheer/producten/matrix", post().to(matrix::write))
        .route("/beheer/producten/{code}", get().to(products::product))
        .route("/beheer/producten/{code}/versie", get().to(product_writing::form))
        .route("/beheer/producten/{code}/versie", post().to(product_writing::write))
        .route("/beheer/producten/{code}/tarief", post().to(product_acts::tariff))
        .route("/beheer/producten/{code}/partijen", post().to(product_acts::batch))
        .route("/beheer/procedures", get().to(procedures::list))
        .route("/beheer/procedures/nieuw", get().to(writing::new))
        .route("/beheer/procedures/nieuw", post().to(writing::make))
        .route("/beheer/procedures/{code}", get().to(procedures::procedure))
        .route("/beheer/procedures/{code}/gegevens", get().to(writing::details))
        .route("/beheer/procedures/{code}/gegevens", post().to(writing::change))
        .route("/beheer/procedures/{code}/publiceren", get().to(writing::check))
        .route("/beheer/procedures/{code}/publiceren", post().to(writing::carry_out))
        .route("/beheer/procedures/{code}/status", get().to(states::show))
        .route("/beheer/procedures/{code}/status", post().to(states::carry_out))
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
}
