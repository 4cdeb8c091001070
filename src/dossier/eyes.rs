//! Who stands aside (wie niet mag): nobody has a say about the organisation he works for (eigen belang), and who advised on
//! an application or judged any of its criteria does not decide it (vier ogen). Every verb of the office asks here.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;

use super::decision::advice;
use super::store::{Fault, find_by_id};
use super::{Application, Eyes, Refusal};
use crate::account::store::interest;
use crate::actor::Actor;
use crate::calendar::{sub_months, utc};
use crate::db::Conn;
use crate::procedure::store::terms;
use crate::schema::{application_advice, criterion_verdict};

/// Refuses who has a role with this provider, or had one within the months of the terms, in whatever role he acts.
pub fn without_interest(conn: &mut Conn, actor: &Actor, today: NaiveDate, provider_id: i64) -> Result<(), Fault> {
    match interest_in(conn, actor, today, provider_id)? {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

/// The same as something to know beforehand. A provider's own person acts for it, and has nothing to stand aside from.
pub fn interest_in(conn: &mut Conn, actor: &Actor, today: NaiveDate, provider_id: i64) -> QueryResult<Option<Refusal>> {
    if !interests(conn, actor, today)?.contains(&provider_id) {
        return Ok(None);
    }
    Ok(Some(Refusal::OwnInterest(terms(conn, actor, today)?.own_interest_months)))
}

/// The providers about which the actor has no say; one query for who never worked for any.
pub fn interests(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<HashSet<i64>> {
    let Some(account_id) = actor.account_id().filter(|_| actor.own_provider().is_none()) else {
        return Ok(HashSet::new());
    };
    let ties = interest::ties(conn, account_id)?;
    if ties.is_empty() {
        return Ok(HashSet::new());
    }
    let months = terms(conn, actor, today)?.own_interest_months;
    let since = utc(sub_months(today, months).and_time(NaiveTime::MIN));
    Ok(ties.into_iter().filter(|tie| tie.binds_since(since)).map(|tie| tie.provider_id).collect())
}

/// Who advised on this application and who judged it, for the municipality alone.
pub fn of(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Eyes> {
    if actor.own_provider().is_some() || find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(Eyes::default());
    }
    let judges = criterion_verdict::table
        .filter(criterion_verdict::municipality_id.eq(actor.tenant()))
        .filter(criterion_verdict::application_id.eq(application_id))
        .filter(criterion_verdict::account_id.is_not_null())
        .select(criterion_verdict::account_id.assume_not_null())
        .distinct()
        .load(conn)?;
    let advisers = advice(conn, actor, application_id)?.iter().map(|one| one.account_id).collect();
    Ok(Eyes { advisers, judges })
}

/// Why this actor has nothing to do on an application whatever his role may: at all, and as far as deciding goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside {
    pub at_all: Option<Refusal>,
    pub deciding: Option<Refusal>,
}

pub fn aside(conn: &mut Conn, actor: &Actor, today: NaiveDate, found: &Application) -> QueryResult<Aside> {
    let at_all = interest_in(conn, actor, today, found.provider_id)?;
    let deciding = of(conn, actor, found.id)?.may_decide(actor.account_id()).err();
    Ok(Aside { deciding: at_all.clone().or(deciding), at_all })
}

/// Those of these applications that the actor advised on or judged: he decides none of them. Two queries.
pub(super) fn looked_at_by(conn: &mut Conn, actor: &Actor, applications: &[i64]) -> QueryResult<HashSet<i64>> {
    let Some(account_id) = actor.account_id() else { return Ok(HashSet::new()) };
    let judged: Vec<i64> = criterion_verdict::table
        .filter(criterion_verdict::municipality_id.eq(actor.tenant()).and(criterion_verdict::account_id.eq(account_id)))
        .filter(criterion_verdict::application_id.eq_any(applications.to_vec()))
        .select(criterion_verdict::application_id)
        .distinct()
        .load(conn)?;
    let advised: Vec<i64> = application_advice::table
        .filter(application_advice::municipality_id.eq(actor.tenant()))
        .filter(application_advice::account_id.eq(account_id))
        .filter(application_advice::application_id.eq_any(applications.to_vec()))
        .select(application_advice::application_id)
        .distinct()
        .load(conn)?;
    Ok(judged.into_iter().chain(advised).collect())
}
