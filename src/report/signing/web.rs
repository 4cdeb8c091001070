//! Answering: the certificate of signing and the signed agreement as PDF, for the municipality's people and for the
//! provider's own.

use actix_web::HttpResponse;
use actix_web::web::{self, Path, Query};

use super::{gather, paper, shelf};
use crate::account::entrance::Insider;
use crate::house::Turn;
use crate::report::letter::gather::Sender;
use crate::report::letter::web::handlers::{PaperQuery, pdf_file};
use crate::report::pdf;
use crate::report::shelf::Shelf;
use crate::text::Lang;

/// GET `/toetreding/{id}/bewijs.pdf`
pub async fn of_office(who: Insider, id: Path<i64>, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(give(&who, id.into_inner(), at_the_office(&who), query.taal).await)
}

/// Each side has its own addresses, and the other's are not there.
fn at_the_office(who: &Insider) -> Result<(), Turn> {
    match who.actor().own_provider() {
        Some(_) => Err(Turn::NotFound),
        None if who.actor().may_read_dossiers() => Ok(()),
        None => Err(Turn::NotAllowed),
    }
}

fn at_the_provider(who: &Insider) -> Result<(), Turn> {
    if who.actor().own_provider().is_some() { Ok(()) } else { Err(Turn::NotAllowed) }
}

/// GET `/mijn/overeenkomst/{id}/bewijs.pdf`
pub async fn of_provider(who: Insider, id: Path<i64>, query: Query<PaperQuery>) -> HttpResponse {
    who.answer(give(&who, id.into_inner(), at_the_provider(&who), query.taal).await)
}

async fn give(who: &Insider, id: i64, may: Result<(), Turn>, lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    may?;
    let (house, actor, now) = (who.house.clone(), who.actor(), who.house.now());
    let (municipality, lang) = (who.person().municipality.clone(), lang.unwrap_or(Lang::Nl));
    let made = web::block(move || {
        let sender = Sender { municipality: &municipality, public_url: &house.public_url };
        shelf::certificate(Shelf::of(&house), &actor, now, sender, id, lang)
    });
    Ok(pdf_file(&format!("bewijs-van-ondertekening-{id}"), made.await??.ok_or(Turn::NotFound)?))
}

/// GET `/mijn/overeenkomst/{id}/om-te-tekenen.pdf`: the agreement with its annexes and a page to sign on. It is drawn each
/// time, and the same until somebody signed.
pub async fn agreement_to_sign(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(to_sign(&who, id.into_inner()).await)
}

async fn to_sign(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    at_the_provider(who)?;
    let (house, actor, municipality) = (who.house.clone(), who.actor(), who.person().municipality.clone());
    let made = web::block(move || {
        let sender = Sender { municipality: &municipality, public_url: &house.public_url };
        let found = house.db.read(|conn| gather::to_sign(conn, &actor, sender, id))?;
        found
            .map(|(paper, certificate)| pdf(&paper::to_sign(&paper, &certificate)))
            .transpose()
            .map_err(anyhow::Error::from)
    });
    Ok(pdf_file(&format!("overeenkomst-om-te-tekenen-{id}"), made.await??.ok_or(Turn::NotFound)?))
}

/// GET `/toetreding/{id}/overeenkomst.pdf`
pub async fn agreement_of_office(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(print(&who, id.into_inner(), at_the_office(&who)).await)
}

/// GET `/mijn/overeenkomst/{id}/overeenkomst.pdf`
pub async fn agreement_of_provider(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(print(&who, id.into_inner(), at_the_provider(&who)).await)
}

async fn print(who: &Insider, id: i64, may: Result<(), Turn>) -> Result<HttpResponse, Turn> {
    may?;
    let (house, actor, now) = (who.house.clone(), who.actor(), who.house.now());
    let municipality = who.person().municipality.clone();
    let made = web::block(move || {
        let sender = Sender { municipality: &municipality, public_url: &house.public_url };
        shelf::agreement(Shelf::of(&house), &actor, now, sender, id)
    });
    Ok(pdf_file(&format!("getekende-overeenkomst-{id}"), made.await??.ok_or(Turn::NotFound)?))
}
