//! Answering: the certificate of signing as PDF, for the municipality's people and for the provider's own.

use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query};

use super::shelf;
use crate::account::entrance::Insider;
use crate::house::Turn;
use crate::report::letter::web::handlers::{PaperQuery, pdf_file};
use crate::text::Lang;

/// GET `/toetreding/{id}/bewijs.pdf`
pub async fn of_office(who: Insider, id: Path<i64>, query: Query<PaperQuery>) -> HttpResponse {
    let may = match who.actor().own_provider() {
        Some(_) => Err(Turn::NotFound),
        None if who.actor().may_read_dossiers() => Ok(()),
        None => Err(Turn::NotAllowed),
    };
    who.answer(give(&who, id.into_inner(), may, query.taal).await)
}

/// GET `/mijn/overeenkomst/{id}/bewijs.pdf`
pub async fn of_provider(who: Insider, id: Path<i64>, query: Query<PaperQuery>) -> HttpResponse {
    let may = if who.actor().own_provider().is_some() { Ok(()) } else { Err(Turn::NotAllowed) };
    who.answer(give(&who, id.into_inner(), may, query.taal).await)
}

async fn give(who: &Insider, id: i64, may: Result<(), Turn>, lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    may?;
    let (house, actor, now) = (who.house.clone(), who.actor(), who.house.now());
    let lang = lang.unwrap_or(Lang::Nl);
    let made = web::block(move || shelf::certificate(&house.db, &house.files, &actor, now, id, lang)).await??;
    Ok(pdf_file(&format!("bewijs-van-ondertekening-{id}"), made.ok_or(Turn::NotFound)?))
}
