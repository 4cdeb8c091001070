//! Answering: the quarter of all providers, as a page and as a file.

use std::collections::HashSet;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Query};
use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use super::{Line, Mark, MatrixPage, export};
use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::assessment::history::{self, History};
use crate::assessment::reminding;
use crate::assessment::web::{QuarterState, WaitsFor};
use crate::db::Conn;
use crate::desk::web::handlers::link;
use crate::facts::due::DueDates;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Paging, Section, Side, answer};
use crate::quarter::Quarter;
use crate::{agreement, assessment, provider, statement};

/// So many providers stand on one page.
pub const PAGE: usize = 50;

/// So many quarters can be chosen.
const QUARTERS: usize = 8;

/// What was asked of the list.
#[derive(Debug, Default, Clone, Deserialize, Validate)]
#[serde(default)]
pub struct MatrixQuery {
    #[validate(length(max = 20))]
    kwartaal: String,
    #[validate(length(max = 20))]
    wacht: String,
    /// Which page, the first being 1.
    blad: Option<usize>,
    /// How many were reminded just now.
    herinnerd: Option<usize>,
}

/// The same, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// None is the newest that was judged.
    pub quarter: Option<Quarter>,
    pub waits: Option<WaitsFor>,
    /// None is all of them, for a file.
    pub page: Option<usize>,
}

impl MatrixQuery {
    fn read(&self, page: Option<usize>) -> Result<Asked, Turn> {
        if self.validate().is_err() {
            return Err(Turn::BadRequest);
        }
        Ok(Asked {
            quarter: quarter_in(&self.kwartaal)?,
            waits: match self.wacht.as_str() {
                "" => None,
                word => Some(word.parse().map_err(|_| Turn::NotFound)?),
            },
            page,
        })
    }
}

pub fn quarter_in(written: &str) -> Result<Option<Quarter>, Turn> {
    match written {
        "" => Ok(None),
        written => written.parse().map(Some).map_err(|_| Turn::NotFound),
    }
}

/// What was found.
pub struct Found {
    pub quarter: Quarter,
    pub all: usize,
    /// How many fit the filter, on all pages.
    pub fits: usize,
    pub lines: Vec<Line>,
}

/// The lines of one page: as many queries for a thousand providers as for one. How far each is, is read of all of them; the
/// ten figures only of those on the page.
pub fn gather(conn: &mut Conn, actor: &Actor, today: NaiveDate, asked: Asked) -> Result<Found, Turn> {
    let quarter = match asked.quarter {
        Some(quarter) => quarter,
        None => assessment::store::newest_quarter(conn, actor)?.unwrap_or(Quarter::of(today).previous()),
    };
    let providers = provider::store::all(conn, actor)?;
    let ids: Vec<i64> = providers.iter().map(|one| one.id).collect();
    let accessions = agreement::store::of(conn, actor, &ids)?;
    let active: HashSet<i64> =
        accessions.iter().filter(|one| one.is_active_in(quarter)).map(|one| one.provider_id).collect();
    let standings = history::standings(conn, actor, &ids, quarter)?;
    let receipts = statement::store::receipts(conn, actor, &ids, quarter, quarter)?;
    let statement_due = DueDates::load(conn, actor)?.of(quarter);
    let mut reminders = reminding::sent(conn, actor, &ids, quarter)?;
    let mut lines: Vec<(i64, Line)> = Vec::with_capacity(providers.len());
    for one in &providers {
        let received_on = receipts.get(&(one.id, quarter)).copied();
        let standing = standings.get(&one.id).copied();
        let state = QuarterState::of(standing, received_on, active.contains(&one.id), today);
        if state == QuarterState::NotNeeded {
            continue;
        }
        let due = match state {
            QuarterState::Awaiting => Some(statement_due),
            QuarterState::Hearing { until } => Some(until),
            _ => None,
        };
        let line = Line {
            provider: link(one),
            number: one.number,
            kvk: one.kvk.to_string(),
            state,
            due,
            received_on,
            reminded: reminders.remove(&one.id),
            cells: Vec::new(),
        };
        lines.push((one.id, line));
    }
    let all = lines.len();
    lines.retain(|(_, line)| asked.waits.is_none_or(|waits| line.state.waits_for() == waits));
    let fits = lines.len();
    if let Some(page) = asked.page {
        let before = page.saturating_sub(1).saturating_mul(PAGE).min(lines.len());
        lines = lines.into_iter().skip(before).take(PAGE).collect();
    }
    let shown: Vec<i64> = lines.iter().map(|(id, _)| *id).collect();
    let history = History::load(conn, actor, &shown, quarter, quarter)?;
    let with_cells = |(id, line): (i64, Line)| {
        let cells = history.of(id, quarter).map(Mark::all).unwrap_or_default();
        Line { cells, ..line }
    };
    Ok(Found { quarter, all, fits, lines: lines.into_iter().map(with_cells).collect() })
}

/// GET `/kwartalen`
pub async fn matrix(who: Insider, query: Query<MatrixQuery>) -> HttpResponse {
    who.answer(show(&who, query.into_inner(), FormErrors::default()).await)
}

pub async fn show(who: &Insider, query: MatrixQuery, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let found = of_municipality(who, query.read(Some(query.blad.unwrap_or(1).max(1)))?).await?;
    let page = query.blad.unwrap_or(1).max(1);
    let at = |page: usize| {
        let (quarter, number) = (found.quarter.path(), page.to_string());
        let pairs = [("kwartaal", quarter.as_str()), ("wacht", query.wacht.as_str()), ("blad", number.as_str())];
        format!("/kwartalen?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    let paging =
        Paging { previous: (page > 1).then(|| at(page - 1)), next: (page * PAGE < found.fits).then(|| at(page + 1)) };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = MatrixPage {
        frame: who.frame(Some(Section::Quarters)),
        side: who.side(),
        quarters: choices(who.house.today(), found.quarter),
        quarter: found.quarter,
        waits: query.wacht.parse().ok(),
        all: found.all,
        found: found.fits,
        rows: found.lines,
        paging,
        reminded: query.herinnerd,
        errors,
    };
    Ok(answer(status, &page))
}

/// The quarters to choose from, newest first, with the one that is shown.
pub fn choices(today: NaiveDate, shown: Quarter) -> Vec<Quarter> {
    let mut quarters = Quarter::of(today).previous().run_up(QUARTERS);
    if !quarters.contains(&shown) {
        quarters.push(shown);
    }
    quarters.sort_unstable();
    quarters.reverse();
    quarters
}

/// Only for the municipality: nobody compares providers but who works with all of them.
pub async fn of_municipality(who: &Insider, asked: Asked) -> Result<Found, Turn> {
    if who.side() == Side::Provider {
        return Err(Turn::NotAllowed);
    }
    let (actor, today) = (who.actor(), who.house.today());
    house::read(&who.house, move |conn| gather(conn, &actor, today, asked)).await
}

/// GET `/kwartalen.csv`
pub async fn csv(who: Insider, query: Query<MatrixQuery>) -> HttpResponse {
    who.answer(download(&who, query.into_inner(), "csv").await)
}

/// GET `/kwartalen.xlsx`
pub async fn xlsx(who: Insider, query: Query<MatrixQuery>) -> HttpResponse {
    who.answer(download(&who, query.into_inner(), "xlsx").await)
}

async fn download(who: &Insider, query: MatrixQuery, ending: &'static str) -> Result<HttpResponse, Turn> {
    let found = of_municipality(who, query.read(None)?).await?;
    let list = export(who.lang, found.quarter, &found.lines);
    let (kind, bytes) = match ending {
        "csv" => ("text/csv; charset=utf-8", list.csv()),
        _ => {
            let bytes = web::block(move || list.xlsx()).await??;
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)
        }
    };
    let name = format!("attachment; filename=\"kwartaal-{}.{ending}\"", found.quarter.path());
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes))
}

impl MatrixQuery {
    /// The list of one quarter, without a filter.
    pub fn of(quarter: Quarter) -> MatrixQuery {
        MatrixQuery { kwartaal: quarter.path(), ..MatrixQuery::default() }
    }
}
