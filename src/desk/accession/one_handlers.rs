//! Answering: the page of one offer to one provider; a file that was signed elsewhere is opened, accepted or sent back.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use serde::Deserialize;
use validator::Validate;

use super::offered::{Offered, gather};
use super::one::OnePage;
use super::{errors_of, frame, or_refusal};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::offer::{office_path, uploading};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::evidence::Version;
use crate::evidence::store::open_shown;
use crate::evidence::web::serve;
use crate::house::{self, Turn};
use crate::page::{FormErrors, ProviderLink, answer};

/// The offer, and the newest file of it that was signed elsewhere.
fn known(conn: &mut Conn, actor: &Actor, id: i64) -> Result<(Offered, Option<Version>), Turn> {
    let offered = gather(conn, actor, id)?;
    let file = match offered.uploads.first() {
        Some(upload) => open_shown(conn, uploading::shown(upload))?,
        None => None,
    };
    Ok((offered, file))
}

/// GET `/toetreding/{id}`
pub async fn page(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show(&who, id.into_inner(), StatusCode::OK, String::new(), FormErrors::default()).await)
}

async fn show(
    who: &Insider,
    id: i64,
    status: StatusCode,
    reason: String,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let mut frame = frame(who)?;
    frame.here = office_path(id);
    let actor = who.actor();
    let (offered, file) = house::read(&who.house, move |conn| known(conn, &actor, id)).await?;
    let provider = ProviderLink { key: offered.provider.path(), name: offered.provider.name.clone() };
    let pages = file.as_ref().map_or(0, serve::pictures);
    let opens = file.is_some_and(|file| file.state.may_be_opened());
    let page = OnePage { frame, errors, offered, provider, role: who.person().role, reason, opens, pages };
    Ok(answer(status, &page))
}

/// GET `/toetreding/{id}/bestand`
pub async fn file(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(give(&who, id.into_inner(), None).await)
}

/// GET `/toetreding/{id}/bestand/paginas/{n}`
pub async fn picture(who: Insider, at: Path<(i64, u32)>) -> HttpResponse {
    let (id, page) = at.into_inner();
    who.answer(give(&who, id, Some(page)).await)
}

async fn give(who: &Insider, id: i64, page: Option<u32>) -> Result<HttpResponse, Turn> {
    frame(who)?;
    // The pictures of one file are asked for together: the first stands for all of them.
    let action = match page {
        None => Some("evidence.download"),
        Some(1) => Some("evidence.look"),
        Some(_) => None,
    };
    let (actor, now) = (who.actor(), who.house.now());
    let look = move |conn: &mut Conn| {
        let (_, file) = known(conn, &actor, id)?;
        let file = file.filter(|file| file.state.may_be_opened()).ok_or(Turn::NotFound)?;
        if let Some(action) = action {
            let object = format!("offer-party/{id}/evidence-version/{}", file.id);
            audit::record(conn, &actor, now, Act { action, object: &object, result: "done", detail: "" })?;
        }
        Ok(file)
    };
    let version = match action {
        Some(_) => house::write(&who.house, look).await?,
        None => house::read(&who.house, look).await?,
    };
    match page {
        None => serve::attachment(&who.house, &version).await,
        Some(number) => serve::page(&who.house, &version, number).await,
    }
}

/// What the decision maker says of a file that was signed elsewhere.
#[derive(Debug, Deserialize, Validate)]
pub struct JudgeForm {
    versie: i32,
    #[serde(default)]
    #[validate(length(max = 2000))]
    reden: String,
    /// `aannemen` or `terugsturen`.
    #[validate(length(max = 20))]
    oordeel: String,
}

/// POST `/toetreding/{id}/bestand`
pub async fn judge(who: Insider, id: Path<i64>, form: Form<JudgeForm>) -> HttpResponse {
    who.answer(carry_out(&who, id.into_inner(), form.into_inner()).await)
}

async fn carry_out(who: &Insider, id: i64, form: JudgeForm) -> Result<HttpResponse, Turn> {
    frame(who)?;
    let accepts = match form.oordeel.as_str() {
        "aannemen" => true,
        "terugsturen" => false,
        _ => return Err(Turn::BadRequest),
    };
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let (seen, reason) = (form.versie, form.reden.clone());
    let done = house::write(&who.house, move |conn| {
        or_refusal(match accepts {
            true => uploading::accept(conn, &actor, now, id, seen, &reason),
            false => uploading::send_back(conn, &actor, now, today, id, seen, &reason),
        })
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&office_path(id))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal);
            show(who, id, status, form.reden, errors).await
        }
    }
}
