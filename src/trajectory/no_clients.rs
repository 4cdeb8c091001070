//! Table `no_clients_notice`: who had no client for nine months is told so, with the contract manager (E30). Once: not again
//! before it has had one.

use chrono::{Months, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::sleeping::{Sleeping, without_clients};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::dossier::mails::{people, send};
use crate::mail::{LINK, MailKind};
use crate::procedure::store::terms;
use crate::procedure::terms::Terms;
use crate::schema::{no_clients_notice, trajectory};

/// Tells who is due, and answers how many providers that were.
pub fn tell(conn: &mut Conn, system: &Actor, now: NaiveDateTime, today: NaiveDate) -> QueryResult<usize> {
    let terms = terms(conn, system, today)?;
    let months = Months::new(terms.no_clients_months);
    if !anybody_had_a_client(conn, system, today, months)? {
        return Ok(0);
    }
    let mut told = 0;
    for one in without_clients(conn, system, today, months)? {
        if was_told(conn, system, &one)? {
            continue;
        }
        let row = (
            no_clients_notice::municipality_id.eq(system.tenant()),
            no_clients_notice::provider_id.eq(one.provider.id),
            no_clients_notice::told_on.eq(today),
        );
        diesel::insert_into(no_clients_notice::table).values(row).execute(conn)?;
        tell_one(conn, system, now, &one, &terms)?;
        let object = format!("provider/{}", one.provider.number);
        let act = Act { action: "provider.tell_no_clients", object: &object, result: "done", detail: "" };
        audit::record(conn, system, now, act)?;
        told += 1;
    }
    Ok(told)
}

/// Where nobody at all had a client in these months, nothing of them is known here yet: then nobody is told.
fn anybody_had_a_client(conn: &mut Conn, system: &Actor, today: NaiveDate, months: Months) -> QueryResult<bool> {
    let since = today.checked_sub_months(months).unwrap_or(NaiveDate::MIN);
    let known = trajectory::table
        .filter(trajectory::municipality_id.eq(system.tenant()).and(trajectory::counts_until.ge(since)));
    diesel::select(diesel::dsl::exists(known)).get_result(conn)
}

/// Whether it was told after its last client: since then nothing changed.
fn was_told(conn: &mut Conn, system: &Actor, one: &Sleeping) -> QueryResult<bool> {
    let told: Option<NaiveDate> = no_clients_notice::table
        .filter(no_clients_notice::municipality_id.eq(system.tenant()))
        .filter(no_clients_notice::provider_id.eq(one.provider.id))
        .select(diesel::dsl::max(no_clients_notice::told_on))
        .first(conn)?;
    // Nothing comes before the first client.
    Ok(told > one.last)
}

fn tell_one(conn: &mut Conn, system: &Actor, now: NaiveDateTime, one: &Sleeping, terms: &Terms) -> QueryResult<()> {
    let (months, stop) = (terms.no_clients_months.to_string(), terms.sleeping_months.to_string());
    let theirs = [Role::ProviderAdmin, Role::ProviderSignatory];
    for person in people(conn, system, &theirs, Some(one.provider.id))? {
        let values = [("aantal", months.clone()), ("aantal_stop", stop.clone()), (LINK, "/mijn".to_owned())];
        send(conn, system, now, MailKind::NoClientsForLong, &person, &values, Some(one.provider.id))?;
    }
    for person in people(conn, system, &[Role::ContractManager], None)? {
        let page = format!("/aanbieders/{}", one.provider.path());
        let values = [("aantal", months.clone()), ("aanbieder", one.provider.name.clone()), (LINK, page)];
        send(conn, system, now, MailKind::ProviderWithoutClients, &person, &values, None)?;
    }
    Ok(())
}
