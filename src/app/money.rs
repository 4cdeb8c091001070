//! The addresses of money (begroting): what there is in a year, what is spent and committed, places and the waiting list.

use super::addresses::{Addresses, get, post};
use crate::budget::web::{
    form_handlers as forms, line_handlers as lines, overview_handlers as budget, place_handlers as places,
};

/// Puts them into the table.
pub fn addresses(at: Addresses) -> Addresses {
    at.route("/begroting", get().to(budget::home))
        .route("/begroting/{jaar}", get().to(budget::year))
        .route("/begroting/{jaar}/tellen", post().to(budget::count))
        .route("/begroting/{jaar}/aanbieders", get().to(budget::providers))
        .route("/begroting/{jaar}/bronnen/{bron}", get().to(forms::source))
        .route("/begroting/{jaar}/bronnen/{bron}", post().to(forms::set_source))
        .route("/begroting/{jaar}/overige-kosten", get().to(forms::other))
        .route("/begroting/{jaar}/overige-kosten", post().to(forms::book))
        .route("/begroting/{jaar}/overige-kosten/{id}", get().to(forms::back))
        .route("/begroting/{jaar}/overige-kosten/{id}", post().to(forms::take_back))
        .route("/begroting/{jaar}/regels", get().to(lines::lines))
        .route("/begroting/{jaar}/regels", post().to(lines::approve))
        .route("/begroting/{jaar}/verplicht", get().to(lines::committed))
        .route("/begroting/{jaar}/plaatsen", get().to(places::places))
        .route("/begroting/{jaar}/plaatsen", post().to(places::join))
        .route("/begroting/{jaar}/wachtlijst/{id}", get().to(places::waits))
        .route("/begroting/{jaar}/wachtlijst/{id}", post().to(places::end))
        .route("/begroting/{jaar}/uitvoer", get().to(lines::export))
        .route("/begroting/{jaar}/uitvoer/{bestand}", get().to(lines::file))
}
