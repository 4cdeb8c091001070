//! Answering: the list of providers and the pages of one.

use std::collections::{BTreeMap, HashMap};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use super::provider_page::{AgreementFacts, Organisation, ProductLine, QuarterLine, QuartersPage};
use super::{AgreementLine, AgreementWord, ProviderPage, ProviderRow, ProvidersPage};
use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::agreement::{self, Accession};
use crate::assessment::history::{self, History, Judged, Standing};
use crate::assessment::web::QuarterState;
use crate::client::names::may_look;
use crate::db::Conn;
use crate::facts::due::DueDates;
use crate::house::{self, Turn};
use crate::page::{Paging, ProviderLink, Side, answer};
use crate::provider::store::{Start, page};
use crate::provider::{self, Provider, number_in};
use crate::quarter::Quarter;
use crate::statement::web::StatementState;
use crate::{assessment, procedure, statement};

/// So many providers stand on one page of the list.
const PAGE: usize = 25;

/// So many quarters can be chosen in the list.
const QUARTERS: usize = 8;

/// What was asked of the list.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct ListQuery {
    #[serde(default)]
    #[validate(length(max = 100))]
    q: String,
    kwartaal: Option<String>,
    na: Option<i64>,
    voor: Option<i64>,
}

/// GET `/aanbieders`
pub async fn providers(who: Insider, query: Query<ListQuery>) -> HttpResponse {
    who.answer(list(&who, query.into_inner()).await)
}

async fn list(who: &Insider, query: ListQuery) -> Result<HttpResponse, Turn> {
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let chosen: Option<Quarter> = match &query.kwartaal {
        Some(written) => Some(written.parse().map_err(|_| Turn::NotFound)?),
        None => None,
    };
    let start = match (query.na, query.voor) {
        (Some(number), _) => Start::After(number),
        (None, Some(number)) => Start::Before(number),
        (None, None) => Start::AtTheTop,
    };
    let (actor, today) = (who.actor(), who.house.today());
    let search = query.q.replace(char::is_control, " ").trim().to_owned();
    let looked_for = search.clone();
    let found = house::read(&who.house, move |conn| {
        let newest = Quarter::of(today).previous();
        let quarter = match chosen {
            Some(quarter) => quarter,
            None => assessment::store::newest_quarter(conn, &actor)?.unwrap_or(newest),
        };
        let count = provider::store::count(conn, &actor, &looked_for)?;
        let page = page(conn, &actor, &looked_for, start, PAGE)?;
        let ids: Vec<i64> = page.providers.iter().map(|provider| provider.id).collect();
        Ok(Listed {
            quarter,
            count,
            accessions: agreement::store::of(conn, &actor, &ids)?,
            standings: history::standings(conn, &actor, &ids, quarter)?,
            receipts: statement::store::receipts(conn, &actor, &ids, quarter, quarter)?,
            due_on: DueDates::load(conn, &actor)?.of(quarter),
            page,
        })
    })
    .await?;
    let at = |key: &str, number: i64| {
        let (quarter, number) = (found.quarter.path(), number.to_string());
        let pairs = [("q", search.as_str()), ("kwartaal", &quarter), (key, &number)];
        format!("/aanbieders?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    let (first, last) = (found.page.providers.first(), found.page.providers.last());
    let paging = Paging {
        previous: first.filter(|_| found.page.earlier).map(|provider| at("voor", provider.number)),
        next: last.filter(|_| found.page.later).map(|provider| at("na", provider.number)),
    };
    let mut quarters = Quarter::of(today).previous().run_up(QUARTERS);
    quarters.reverse();
    let page = ProvidersPage {
        frame: who.frame_of_providers(),
        side: who.side(),
        query: search.clone(),
        quarter: found.quarter,
        quarters,
        found: found.count,
        rows: found.page.providers.iter().map(|provider| found.row(provider, today)).collect(),
        paging,
    };
    Ok(answer(StatusCode::OK, &page))
}

/// Everything the list was made from.
struct Listed {
    quarter: Quarter,
    count: u64,
    page: provider::store::Page,
    accessions: Vec<Accession>,
    standings: BTreeMap<i64, Standing>,
    receipts: HashMap<(i64, Quarter), NaiveDate>,
    due_on: NaiveDate,
}

impl Listed {
    fn row(&self, provider: &Provider, today: NaiveDate) -> ProviderRow {
        let received_on = self.receipts.get(&(provider.id, self.quarter)).copied();
        let accession = of_today(&self.accessions, provider.id, today);
        let own = self.accessions.iter().filter(|one| one.provider_id == provider.id);
        let active = own.clone().any(|one| one.is_active_in(self.quarter));
        ProviderRow {
            provider: link(provider),
            number: provider.number.to_string(),
            kvk: provider.kvk.clone(),
            agreement: accession.map(|accession| AgreementLine {
                number: accession.number.clone(),
                state: agreement_word(accession, today),
            }),
            statement: StatementState::of(today, self.due_on, received_on).under(own, self.quarter),
            state: QuarterState::of(self.standings.get(&provider.id).copied(), received_on, active, today),
        }
    }
}

pub fn link(provider: &Provider) -> ProviderLink {
    ProviderLink { key: provider.path(), name: provider.name.clone() }
}

/// The agreement that runs today; without one the newest, begun or ended.
fn of_today(accessions: &[Accession], provider_id: i64, today: NaiveDate) -> Option<&Accession> {
    let own = || accessions.iter().filter(|one| one.provider_id == provider_id);
    own().rfind(|one| one.covers(today)).or_else(|| own().next_back())
}

fn agreement_word(accession: &Accession, today: NaiveDate) -> AgreementWord {
    match (accession.active_from > today, accession.covers(today)) {
        (true, _) => AgreementWord::Ahead,
        (false, true) => AgreementWord::Active,
        (false, false) => AgreementWord::Ended,
    }
}

/// The provider that a path names, if this actor may see it.
pub fn find(conn: &mut Conn, actor: &Actor, path: &str) -> Result<Provider, Turn> {
    let number = number_in(path).ok_or(Turn::NotFound)?;
    provider::store::find(conn, actor, number)?.ok_or(Turn::NotFound)
}

/// GET `/aanbieders/{nr}`
pub async fn provider(who: Insider, path: Path<String>) -> HttpResponse {
    who.answer(show_provider(&who, path.into_inner()).await)
}

async fn show_provider(who: &Insider, path: String) -> Result<HttpResponse, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let (provider, accession, offered, quarters) = house::read(&who.house, move |conn| {
        let provider = find(conn, &actor, &path)?;
        let accessions = agreement::store::of(conn, &actor, &[provider.id])?;
        let accession = of_today(&accessions, provider.id, today).cloned();
        let offered = match &accession {
            Some(accession) => agreement::store::products(conn, &actor, accession.id)?,
            None => Vec::new(),
        };
        let mut catalogue = procedure::store::catalogue(conn, &actor)?;
        catalogue.retain(|product| offered.contains(&product.id));
        let quarters = quarter_lines(conn, &actor, &provider, today)?;
        Ok((provider, accession, catalogue, quarters))
    })
    .await?;
    let products = offered.iter().filter_map(|product| {
        let tariff = product.tariffs.iter().rfind(|tariff| tariff.valid.covers(today))?;
        Some(ProductLine {
            code: product.code.clone(),
            name: product.name.in_lang(lang).to_owned(),
            unit: product.unit.word(lang),
            tariff: tariff.amount,
            valid_from: tariff.valid.from(),
        })
    });
    let page = ProviderPage {
        frame: who.frame_under_list(),
        side: who.side(),
        provider: link(&provider),
        organisation: Organisation {
            number: provider.number.to_string(),
            kvk: provider.kvk.clone(),
            legal_form: None,
            place: None,
            email: None,
            phone: None,
            contact: None,
        },
        agreement: accession.map(|accession| AgreementFacts {
            state: agreement_word(&accession, today),
            number: accession.number,
            version: u32::try_from(accession.version).unwrap_or_default(),
            active_from: accession.active_from,
            active_until: accession.active_until,
            profiles: Vec::new(),
        }),
        life: match who.side() {
            Side::Provider => Some("/mijn/looptijd".to_owned()),
            _ => who.actor().may_read_dossiers().then(|| format!("/aanbieders/{}/overeenkomst", provider.path())),
        },
        products: products.collect(),
        quarters: quarters.into_iter().take(4).collect(),
        names: may_look(&who.actor()),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// GET `/aanbieders/{nr}/kwartalen`
pub async fn quarters(who: Insider, path: Path<String>) -> HttpResponse {
    who.answer(show_quarters(&who, path.into_inner()).await)
}

async fn show_quarters(who: &Insider, path: String) -> Result<HttpResponse, Turn> {
    let (actor, today) = (who.actor(), who.house.today());
    let (provider, quarters) = house::read(&who.house, move |conn| {
        let provider = find(conn, &actor, &path)?;
        let quarters = quarter_lines(conn, &actor, &provider, today)?;
        Ok((provider, quarters))
    })
    .await?;
    let link = link(&provider);
    let page = QuartersPage { frame: who.frame_within(&link), side: who.side(), provider: link, quarters };
    Ok(answer(StatusCode::OK, &page))
}

/// Every quarter that ended while there was an agreement, newest first.
fn quarter_lines(
    conn: &mut Conn,
    actor: &Actor,
    provider: &Provider,
    today: NaiveDate,
) -> Result<Vec<QuarterLine>, Turn> {
    let accessions = agreement::store::of(conn, actor, &[provider.id])?;
    let Some(first) = accessions.iter().map(|accession| accession.active_from).min() else { return Ok(Vec::new()) };
    let (from, to) = (Quarter::of(first), Quarter::of(today).previous());
    let history = History::load(conn, actor, &[provider.id], from, to)?;
    let receipts = statement::store::receipts(conn, actor, &[provider.id], from, to)?;
    // Quarters from before the first statement or judgement were kept elsewhere.
    let seen =
        history.quarters(provider.id).map(|(quarter, _)| quarter).chain(receipts.keys().map(|(_, quarter)| *quarter));
    let from = seen.min().unwrap_or(to.previous()).max(from);
    let due_dates = DueDates::load(conn, actor)?;
    let mut lines = Vec::new();
    let mut quarter = to;
    while quarter >= from {
        let active = accessions.iter().any(|one| one.is_active_in(quarter));
        let judged = history.of(provider.id, quarter);
        if active || judged.is_some() {
            let received_on = receipts.get(&(provider.id, quarter)).copied();
            lines.push(QuarterLine {
                quarter,
                statement: StatementState::of(today, due_dates.of(quarter), received_on)
                    .under(accessions.iter(), quarter),
                state: QuarterState::of(judged.map(Judged::standing), received_on, active, today),
                report: judged.is_some(),
            });
        }
        quarter = quarter.previous();
    }
    Ok(lines)
}
