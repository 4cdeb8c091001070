//! Answering: the lines that were found, approving them, what is committed, and the files for finance.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Form, Path, Query};
use chrono::{Datelike, NaiveDate};
use i18n_embed_fl::fl;
use validator::Validate;

use super::forms::read_month;
use super::lines::{Chooses, Committed, CommittedPage, ExportPage, LinesPage, LinesQuery, PeriodQuery};
use super::{below, or_refusal, path};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::budget::commitment::due;
use crate::budget::export::gather as take;
use crate::budget::gather::{running, shelf};
use crate::budget::lines::{Wanted, list, total};
use crate::budget::{LineState, alarm, approval, count, days_of, may_approve};
use crate::calendar::{add_days, add_months};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::money::Cents;
use crate::page::{FormErrors, Paging, answer};
use crate::procedure::store::{active_scheme, catalogue};
use crate::text::Lang;
use crate::{client, confirmation, provider};

/// So many lines stand on a page.
const PAGE: i64 = 50;

/// GET `/begroting/{jaar}/regels`
pub async fn lines(who: Insider, year: Path<i32>, query: Query<LinesQuery>) -> HttpResponse {
    let done = query.klaar == "goedgekeurd";
    let shown = lines_page(&who, *year, query.into_inner()).await;
    who.answer(shown.map(|page| answer(StatusCode::OK, &LinesPage { done, ..page })))
}

async fn lines_page(who: &Insider, year: i32, query: LinesQuery) -> Result<LinesPage, Turn> {
    let frame = below(who, year, format!("{}/regels", path(year)))?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, lang, today, asked) = (who.actor(), who.lang, who.house.today(), query.clone());
    let approves = may_approve(&actor);
    let after = i64::from(query.blad) * PAGE;
    let (chooses, lines, said, total) = house::read(&who.house, move |conn| {
        let chooses = chooses(conn, &actor, lang, today)?;
        let wanted = wanted(&asked, &chooses, year)?;
        let lines = list(conn, &actor, &wanted, after, PAGE)?;
        let ids: Vec<i64> = lines.iter().map(|one| one.id).collect();
        let said = confirmation::lines::words(conn, &actor, &ids)?;
        let total = total(conn, &actor, &wanted)?;
        Ok((chooses, lines, said, total))
    })
    .await?;
    let paging = paging(&format!("{}/regels", path(year)), &query, after + PAGE < total.0);
    Ok(LinesPage {
        frame,
        year,
        approves,
        query,
        chooses,
        lines,
        said,
        total,
        paging,
        errors: FormErrors::default(),
        done: false,
    })
}

fn chooses(conn: &mut Conn, actor: &Actor, lang: Lang, today: NaiveDate) -> Result<Chooses, Turn> {
    let products = catalogue(conn, actor)?.into_iter();
    let profiles = active_scheme(conn, actor, today)?.into_iter().flat_map(|one| one.profiles);
    let providers = provider::store::all(conn, actor)?.into_iter();
    Ok(Chooses {
        products: products.map(|one| (one.id, one.code, one.name.in_lang(lang).to_owned())).collect(),
        profiles: profiles.map(|one| (one.code, one.name.in_lang(lang).to_owned())).collect(),
        providers: providers.map(|one| (one.id, one.number, one.name)).collect(),
    })
}

/// What is asked for, in ids; what is not on a list was never offered.
fn wanted(query: &LinesQuery, chooses: &Chooses, year: i32) -> Result<Wanted, Turn> {
    let days = days_of(year).ok_or(Turn::NotFound)?;
    let days = match read_month(&query.maand) {
        Some(month) if month.year() == year => (month, add_days(add_months(month, 1), -1)),
        Some(_) => return Err(Turn::BadRequest),
        None if query.maand.is_empty() => days,
        None => return Err(Turn::BadRequest),
    };
    let given = |typed: &str, found: Option<i64>| match (typed.is_empty(), found) {
        (true, _) => Ok(None),
        (false, Some(id)) => Ok(Some(id)),
        (false, None) => Err(Turn::NotFound),
    };
    let product = chooses.products.iter().find(|(_, code, _)| *code == query.product).map(|(id, ..)| *id);
    let provider = chooses.providers.iter().find(|(_, number, _)| number.to_string() == query.aanbieder);
    Ok(Wanted {
        days,
        product: given(&query.product, product)?,
        provider: given(&query.aanbieder, provider.map(|(id, ..)| *id))?,
        profile: Some(query.profiel.clone()).filter(|code| !code.is_empty()),
        state: query.stand.parse::<LineState>().ok(),
    })
}

fn paging(address: &str, query: &LinesQuery, more: bool) -> Paging {
    let same = serde_urlencoded::to_string(query).unwrap_or_default();
    let page = |number: u32| format!("{address}?{same}&blad={number}");
    Paging { previous: query.blad.checked_sub(1).map(page), next: more.then(|| page(query.blad + 1)) }
}

/// POST `/begroting/{jaar}/regels`: approves the lines that were ticked.
pub async fn approve(
    who: Insider,
    year: Path<i32>,
    query: Query<LinesQuery>,
    form: Form<Vec<(String, String)>>,
) -> HttpResponse {
    who.answer(approve_ticked(&who, *year, query.into_inner(), form.into_inner()).await)
}

async fn approve_ticked(
    who: &Insider,
    year: i32,
    query: LinesQuery,
    sent: Vec<(String, String)>,
) -> Result<HttpResponse, Turn> {
    let page = lines_page(who, year, query).await?;
    if !page.approves {
        return Err(Turn::NotAllowed);
    }
    let ticked = sent.iter().filter(|(name, _)| name == "regel").map(|(_, value)| read_tick(value));
    let ticked: Vec<(i64, Cents)> = ticked.collect::<Option<_>>().ok_or(Turn::BadRequest)?;
    if ticked.is_empty() {
        let whole = vec![fl!(who.lang.texts(), "budget-tick-one")];
        let errors = FormErrors { fields: Vec::new(), whole };
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &LinesPage { errors, ..page }));
    }
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let back = format!("{}/regels?{}", path(year), serde_urlencoded::to_string(&page.query).unwrap_or_default());
    house::write(&who.house, {
        let back = back.clone();
        move |conn| {
            // Who may approve was looked at above.
            or_refusal(approval::approve(conn, &actor, now, &ticked), &back)?.map_err(|_| Turn::BadRequest)?;
            or_refusal(count::run(conn, &actor, now, today, year), &back)?.map_err(|_| Turn::BadRequest)?;
            if year == today.year() {
                alarm::ring(conn, &actor, now, today)?;
            }
            Ok(())
        }
    })
    .await?;
    Ok(see_other(&format!("{back}&klaar=goedgekeurd")))
}

/// A line as its box names it: its id, and the amount that was looked at.
fn read_tick(value: &str) -> Option<(i64, Cents)> {
    let (id, cents) = value.split_once(':')?;
    Some((id.parse().ok()?, Cents(cents.parse().ok()?)))
}

/// GET `/begroting/{jaar}/verplicht`
pub async fn committed(who: Insider, year: Path<i32>, query: Query<LinesQuery>) -> HttpResponse {
    who.answer(show_committed(&who, *year, query.into_inner()).await)
}

async fn show_committed(who: &Insider, year: i32, query: LinesQuery) -> Result<HttpResponse, Turn> {
    let frame = below(who, year, format!("{}/verplicht", path(year)))?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, lang, today, asked) = (who.actor(), who.lang, who.house.today(), query.clone());
    let first = query.blad as usize * PAGE as usize;
    let (chooses, rows, total) = house::read(&who.house, move |conn| {
        let chooses = chooses(conn, &actor, lang, today)?;
        let wanted = wanted(&asked, &chooses, year)?;
        let mut found = running(conn, &actor, today, wanted.product)?;
        found.retain(|one| wanted.provider.is_none_or(|id| one.provider_id == id));
        found.retain(|one| wanted.profile.as_ref().is_none_or(|code| one.profile == *code));
        let shelf = shelf(conn, &actor)?;
        let to_come = |one: &crate::budget::gather::Runs| {
            let offered = shelf.product(one.product_id)?;
            due(&one.running, &shelf.version(&offered.code, today)?.product, &offered.tariffs, today)
        };
        let amount = |due: &[crate::budget::commitment::Due]| -> Cents {
            due.iter().filter(|one| one.month.year() == year).map(|one| one.amount).sum()
        };
        let sum: Cents = found.iter().filter_map(|one| to_come(one).map(|due| amount(&due))).sum();
        let count = found.len();
        let shown: Vec<_> = found.into_iter().skip(first).take(PAGE as usize).collect();
        let ids: Vec<i64> = shown.iter().map(|one| one.client_id).collect();
        let refs = client::store::refs(conn, &actor, &ids)?;
        let row = |one: crate::budget::gather::Runs| {
            let (client_ref, due) = (refs.get(&one.client_id).cloned().unwrap_or_default(), to_come(&one));
            (one, client_ref, due)
        };
        let rows: Vec<Committed> = shown.into_iter().map(row).collect();
        Ok((chooses, rows, (count, sum)))
    })
    .await?;
    let paging = paging(&format!("{}/verplicht", path(year)), &query, first + (PAGE as usize) < total.0);
    Ok(answer(StatusCode::OK, &CommittedPage { frame, year, query, chooses, rows, total, paging }))
}

/// GET `/begroting/{jaar}/uitvoer`
pub async fn export(who: Insider, year: Path<i32>, query: Query<PeriodQuery>) -> HttpResponse {
    who.answer(show_export(&who, *year, query.into_inner()).await)
}

async fn show_export(who: &Insider, year: i32, typed: PeriodQuery) -> Result<HttpResponse, Turn> {
    let frame = below(who, year, format!("{}/uitvoer", path(year)))?;
    let (days, wrong) = match period(&typed, year) {
        Some(days) => (days, false),
        None => (days_of(year).ok_or(Turn::NotFound)?, true),
    };
    let query = PeriodQuery { van: days.0.format("%Y-%m").to_string(), tot: days.1.format("%Y-%m").to_string() };
    let mut errors = FormErrors::default();
    if wrong {
        errors.fields.push(("tot".to_owned(), fl!(who.lang.texts(), "budget-period-wrong")));
    }
    let actor = who.actor();
    let of = |state| Wanted { days, product: None, provider: None, profile: None, state: Some(state) };
    let (approved, open) = (of(LineState::Approved), of(LineState::Open));
    let (total, open) =
        house::read(&who.house, move |conn| Ok((total(conn, &actor, &approved)?, total(conn, &actor, &open)?))).await?;
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(answer(status, &ExportPage { frame, year, query, total, open, errors }))
}

/// The days of a period within a year; the whole year when nothing was chosen.
fn period(query: &PeriodQuery, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let (first, last) = days_of(year)?;
    query.validate().ok()?;
    let from = if query.van.is_empty() { first } else { read_month(&query.van)? };
    let until = if query.tot.is_empty() { last } else { add_days(add_months(read_month(&query.tot)?, 1), -1) };
    (first <= from && from <= until && until <= last).then_some((from, until))
}

/// GET `/begroting/{jaar}/uitvoer/{bestand}`: what leaves the house is written down with its control sum.
pub async fn file(who: Insider, at: Path<(i32, String)>, query: Query<PeriodQuery>) -> HttpResponse {
    let (year, name) = at.into_inner();
    who.answer(send(&who, year, &name, query.into_inner()).await)
}

async fn send(who: &Insider, year: i32, name: &str, query: PeriodQuery) -> Result<HttpResponse, Turn> {
    below(who, year, format!("{}/uitvoer", path(year)))?;
    let (what, ending) = name.split_once('.').ok_or(Turn::NotFound)?;
    if !matches!((what, ending), ("regels" | "ubl", "csv" | "xlsx")) {
        return Err(Turn::NotFound);
    }
    let days = period(&query, year).ok_or(Turn::BadRequest)?;
    let (actor, now, lang, file) = (who.actor(), who.house.now(), who.lang, name.to_owned());
    let taken = house::write(&who.house, move |conn| {
        let taken = take(conn, &actor, days, None)?;
        let object = format!("budget/{year}/{file}");
        let (from, until, sum) = (days.0, days.1, taken.control_sum().0);
        let detail = format!("{from} {until}: {} lines, {sum} cents", taken.lines.len());
        audit::record(
            conn,
            &actor,
            now,
            Act { action: "budget.download", object: &object, result: "done", detail: &detail },
        )?;
        Ok(taken)
    })
    .await?;
    let (reference, csv) = (what == "ubl", ending == "csv");
    let bytes = web::block(move || {
        let list = if reference { taken.as_reference(lang) } else { taken.as_list(lang) };
        if csv { Ok(list.csv()) } else { list.xlsx() }
    })
    .await??;
    let kind = match csv {
        true => "text/csv; charset=utf-8",
        false => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let called =
        format!("attachment; filename=\"{what}-{}-{}.{ending}\"", days.0.format("%Y%m"), days.1.format("%Y%m"));
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, called))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes))
}
