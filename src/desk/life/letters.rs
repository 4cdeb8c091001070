//! Answering: a letter about an agreement on screen and as PDF, for both sides.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, Path, Query};
use i18n_embed_fl::fl;

use super::{At, Reached, reach};
use crate::account::entrance::Insider;
use crate::house::{self, Turn};
use crate::page::answer;
use crate::report::letter::gather::Sender;
use crate::report::letter::life::shelf;
use crate::report::letter::shelf::bytes;
use crate::report::letter::store::Shelved;
use crate::report::letter::web::PaperPage;
use crate::report::letter::web::handlers::{PaperQuery, pdf_file};
use crate::text::Lang;

/// GET `/aanbieders/{nr}/overeenkomst/{id}/brieven/{n}`
pub async fn of_office(who: Insider, at: Path<(String, i64, i32)>, query: Query<PaperQuery>) -> HttpResponse {
    let (nr, id, number) = at.into_inner();
    who.answer(show(&who, At::office((nr, id)), number, query.taal).await)
}

/// GET `/mijn/looptijd/{id}/brieven/{n}`
pub async fn of_provider(who: Insider, at: Path<(i64, i32)>, query: Query<PaperQuery>) -> HttpResponse {
    let (id, number) = at.into_inner();
    who.answer(show(&who, At::provider(id), number, query.taal).await)
}

/// GET `/aanbieders/{nr}/overeenkomst/{id}/brieven/{n}.pdf`
pub async fn pdf_of_office(who: Insider, at: Path<(String, i64, i32)>, query: Query<PaperQuery>) -> HttpResponse {
    let (nr, id, number) = at.into_inner();
    who.answer(send(&who, At::office((nr, id)), number, query.taal).await)
}

/// GET `/mijn/looptijd/{id}/brieven/{n}.pdf`
pub async fn pdf_of_provider(who: Insider, at: Path<(i64, i32)>, query: Query<PaperQuery>) -> HttpResponse {
    let (id, number) = at.into_inner();
    who.answer(send(&who, At::provider(id), number, query.taal).await)
}

async fn show(who: &Insider, at: At, number: i32, lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let language = lang.unwrap_or(Lang::Nl);
    let (reached, reference, shelved) = find(who, at, number, language).await?;
    let house = who.house.clone();
    let page = web::block(move || bytes(&house.files, &shelved.page)).await??;
    let html = String::from_utf8(page)?;
    let page = PaperPage {
        frame: reached.frame_below(who, &format!("brieven/{number}")),
        title: fl!(who.lang.texts(), "report-letter-title", reference = reference),
        path: format!("{}/brieven/{number}", reached.path()),
        language,
        html,
    };
    Ok(answer(StatusCode::OK, &page))
}

async fn send(who: &Insider, at: At, number: i32, lang: Option<Lang>) -> Result<HttpResponse, Turn> {
    let (_, reference, shelved) = find(who, at, number, lang.unwrap_or(Lang::Nl)).await?;
    let house = who.house.clone();
    let printed = web::block(move || bytes(&house.files, &shelved.pdf)).await??;
    // An agreement that came from elsewhere may be called anything.
    let name: String = reference.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Ok(pdf_file(&name, printed))
}

/// The letter, made now when nobody opened it before.
async fn find(who: &Insider, at: At, number: i32, lang: Lang) -> Result<(Reached, String, Shelved), Turn> {
    let actor = who.actor();
    let reached = house::read(&who.house, move |conn| reach(conn, &actor, &at)).await?;
    let (house, actor, now) = (who.house.clone(), who.actor(), who.house.now());
    let municipality = who.person().municipality.clone();
    web::block(move || {
        let sender = Sender { municipality: &municipality, public_url: &house.public_url };
        let found = shelf::shelved(&house.db, &house.files, &actor, now, sender, &reached.life, number, lang)?;
        let (reference, shelved) = found.ok_or(Turn::NotFound)?;
        Ok((reached, reference, shelved))
    })
    .await?
}
