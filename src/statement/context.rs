//! What the municipality already knows of a provider, gathered for the checks at the counter.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::procedure::product::Unit;
use crate::provider::Provider;
use crate::quarter::Quarter;
use crate::schema::{cost_line, product, quarter_statement, trajectory};
use crate::statement::{CheckContext, ContactTerm, EarlierLine, KnownTrajectory, ProductTerm, TariffTerm, Term};
use crate::text::Lang;
use crate::{agreement, client, procedure};

/// The sum of a quarter may differ so much from the same quarter a year before, in percents, before it is warned of.
const SUM_MAY_DIFFER_PCT: u32 = 50;

/// Everything the checks want to know about this provider and quarter. `closed` tells whether the quarter was set
/// final.
pub fn load(
    conn: &mut Conn,
    actor: &Actor,
    provider: &Provider,
    quarter: Quarter,
    closed: bool,
    today: NaiveDate,
) -> QueryResult<CheckContext> {
    let catalogue = procedure::store::catalogue(conn, actor)?;
    let accessions = agreement::store::of(conn, actor, &[provider.id])?;
    let running = agreement::running_in(quarter, &accessions);
    let mut products = Vec::new();
    for accession in &accessions {
        let term = Term { from: accession.active_from, until: accession.active_until };
        let allowed = agreement::store::products(conn, actor, accession.id)?;
        products.extend(catalogue.iter().filter(|product| allowed.contains(&product.id)).map(|product| ProductTerm {
            product: product.code.clone(),
            monthly: product.unit == Unit::Month,
            term,
        }));
    }
    let tariffs = catalogue.iter().flat_map(|product| {
        product.tariffs.iter().map(|tariff| TariffTerm {
            product: product.code.clone(),
            unit: product.unit.word(Lang::Nl),
            tariff: tariff.amount,
            term: Term { from: tariff.valid.from(), until: tariff.valid.until() },
        })
    });
    let limits = super::limits::load(conn, actor, provider, quarter, &catalogue)?;
    let scheme = procedure::store::active_scheme(conn, actor, quarter.last_day())?;
    let contacts = client::store::contacts(conn, actor)?.into_iter().map(|(_, contact)| ContactTerm {
        email: contact.email,
        term: Term { from: contact.active_from, until: contact.active_until },
    });
    let codes = procedure::store::vog_codes(conn, actor, quarter.last_day())?;
    let stands = lines_that_stand(conn, actor, provider.id, quarter)?;
    let last_year = Quarter::new(quarter.year() - 1, quarter.number());
    Ok(CheckContext {
        kvk: Some(provider.kvk.clone()),
        quarter: Some(quarter),
        quarter_closed: closed,
        quarter_open: quarter.last_day() < today && running.is_some_and(|one| one.is_active_in(quarter)),
        agreement: running.map(|one| Term { from: one.from, until: one.until }),
        products,
        tariffs: tariffs.collect(),
        models: limits.models,
        shared: limits.shared,
        prepaid: limits.prepaid,
        profiles: scheme.iter().flat_map(|scheme| scheme.selectable()).map(|profile| profile.code.clone()).collect(),
        contacts: contacts.collect(),
        trajectories: trajectories(conn, actor, provider.id)?,
        earlier_lines: earlier_lines(conn, actor, provider.id, quarter)?,
        same_quarter_last_year: match last_year {
            Some(quarter) => sum(conn, actor, provider.id, quarter)?,
            None => None,
        },
        sum_may_differ_pct: SUM_MAY_DIFFER_PCT,
        lines_to_drop: stands,
        vog_codes: codes.into_iter().map(|code| (code.kind, code.code)).collect(),
    })
}

fn trajectories(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<Vec<KnownTrajectory>> {
    let rows: Vec<(String, NaiveDate, Option<NaiveDate>)> = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq(provider_id)))
        .select((trajectory::case_ref, trajectory::referred_on, trajectory::ended_on))
        .load(conn)?;
    let known =
        |(case_ref, referred_on, ended_on)| KnownTrajectory { case_ref, referred_on, ended_on, approved: Vec::new() };
    Ok(rows.into_iter().map(known).collect())
}

/// The cost lines of the other quarters: against them a line may be stated twice.
fn earlier_lines(conn: &mut Conn, actor: &Actor, provider_id: i64, quarter: Quarter) -> QueryResult<Vec<EarlierLine>> {
    let rows: Vec<EarlierRow> = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .inner_join(product::table.on(product::id.eq(cost_line::product_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::provider_id.eq(provider_id)))
        .filter(cost_line::quarter.ne(quarter.to_string()))
        .select((
            cost_line::quarter,
            cost_line::line,
            trajectory::case_ref,
            product::code,
            cost_line::from_on,
            cost_line::until_on,
            cost_line::quantity,
            cost_line::amount_cents,
            cost_line::corrects,
        ))
        .load(conn)?;
    let earlier = |row: EarlierRow| EarlierLine {
        quarter: row.quarter,
        line: row.line,
        case_ref: row.case_ref,
        product: row.product,
        from: row.from,
        until: row.until,
        quantity: row.quantity,
        amount: row.amount,
        corrects: row.corrects,
    };
    Ok(rows.into_iter().map(earlier).collect())
}

#[derive(Queryable)]
struct EarlierRow {
    quarter: Quarter,
    line: String,
    case_ref: String,
    product: String,
    from: NaiveDate,
    until: NaiveDate,
    quantity: Hundredths,
    amount: Cents,
    corrects: Option<String>,
}

/// How many cost lines stand about the quarter; none when no statement that says something was handed in.
pub fn lines_that_stand(
    conn: &mut Conn,
    actor: &Actor,
    provider_id: i64,
    quarter: Quarter,
) -> QueryResult<Option<usize>> {
    let filled = quarter_statement::table
        .filter(quarter_statement::municipality_id.eq(actor.tenant()))
        .filter(quarter_statement::provider_id.eq(provider_id).and(quarter_statement::quarter.eq(quarter.to_string())))
        .filter(quarter_statement::nil_return.eq(false));
    if !diesel::select(diesel::dsl::exists(filled)).get_result::<bool>(conn)? {
        return Ok(None);
    }
    let lines: i64 = cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::provider_id.eq(provider_id)))
        .filter(cost_line::quarter.eq(quarter.to_string()))
        .count()
        .get_result(conn)?;
    Ok(Some(usize::try_from(lines).unwrap_or(0)))
}

/// What was charged in a quarter; none when nothing was.
fn sum(conn: &mut Conn, actor: &Actor, provider_id: i64, quarter: Quarter) -> QueryResult<Option<Cents>> {
    let amounts: Vec<Cents> = cost_line::table
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::provider_id.eq(provider_id)))
        .filter(cost_line::quarter.eq(quarter.to_string()))
        .select(cost_line::amount_cents)
        .load(conn)?;
    Ok((!amounts.is_empty()).then(|| amounts.into_iter().sum()))
}
