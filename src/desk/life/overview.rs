//! The list of terms (looptijden): every agreement that runs, with its days and what it asks, always by the name of the
//! provider and never ranked.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use i18n_embed_fl::fl;

use super::signal::{Line, Signal, all};
use super::status_of;
use crate::account::entrance::Insider;
use crate::house::{self, Turn};
use crate::page::{Frame, Section, Status, answer};

/// GET `/looptijden`
#[derive(Template)]
#[template(path = "life/overview.html")]
pub struct OverviewPage {
    pub frame: Frame,
    pub lines: Vec<Line>,
}

impl OverviewPage {
    fn status(&self, line: &Line) -> Status {
        status_of(self.frame.lang, line.life.state)
    }

    fn words(&self, signal: &Signal) -> String {
        signal.in_words(self.frame.lang)
    }
}

pub async fn overview(who: Insider) -> HttpResponse {
    who.answer(show(&who).await)
}

async fn show(who: &Insider) -> Result<HttpResponse, Turn> {
    let (actor, today) = (who.actor(), who.house.today());
    if !actor.may_read_dossiers() {
        return Err(Turn::NotAllowed);
    }
    let lines = house::read(&who.house, move |conn| Ok(all(conn, &actor, today)?)).await?;
    Ok(answer(StatusCode::OK, &OverviewPage { frame: who.frame(Some(Section::Lives)), lines }))
}
