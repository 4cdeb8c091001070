//! Answering: a setting tried on a quarter.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::{choices, quarter_in};
use super::what_if::{WhatIfPage, changed, compare, numbers_of};
use crate::account::entrance::Insider;
use crate::assessment;
use crate::facts::gather::{self, Terms};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Section, Side, answer};
use crate::quarter::Quarter;

/// What is tried.
#[derive(Debug, Default, Clone, Deserialize, Validate)]
#[serde(default)]
pub struct WhatIfQuery {
    #[validate(length(max = 20))]
    kwartaal: String,
    #[validate(length(max = 60))]
    instelling: String,
    #[validate(length(max = 20))]
    waarde: String,
}

/// GET `/kwartalen/wat-als`
pub async fn what_if(who: Insider, query: Query<WhatIfQuery>) -> HttpResponse {
    who.answer(show(&who, query.into_inner()).await)
}

async fn show(who: &Insider, query: WhatIfQuery) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, today, asked) = (who.actor(), who.house.today(), query.clone());
    let chosen = quarter_in(&query.kwartaal)?;
    let (quarter, settings, tried) = house::read(&who.house, move |conn| {
        let newest = assessment::store::newest_quarter(conn, &actor)?;
        let quarter = chosen.or(newest).unwrap_or(Quarter::of(today).previous());
        let now = gather::terms(conn, &actor, quarter)?;
        let settings = now.settings.clone();
        if asked.instelling.is_empty() {
            return Ok((quarter, settings, Ok(None)));
        }
        let Some(other) = changed(&settings, &asked.instelling, &asked.waarde) else {
            return Ok((quarter, settings, Err(())));
        };
        let then = Terms { settings: other, ..now.clone() };
        Ok((quarter, settings, Ok(Some(compare(conn, &actor, quarter, &now, &then)?))))
    })
    .await?;
    let errors = match tried {
        Ok(_) => FormErrors::default(),
        Err(()) => {
            let words = fl!(who.lang.texts(), "quarters-value-wrong");
            FormErrors { fields: vec![("waarde".to_owned(), words)], whole: Vec::new() }
        }
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = who.frame(Some(Section::Quarters));
    let page = WhatIfPage {
        frame: frame.crumb(fl!(who.lang.texts(), "quarters-title"), format!("/kwartalen?kwartaal={}", quarter.path())),
        quarter,
        quarters: choices(today, quarter),
        settings: numbers_of(&settings),
        setting: query.instelling,
        typed: query.waarde,
        errors,
        changes: tried.ok().flatten(),
    };
    Ok(answer(status, &page))
}
