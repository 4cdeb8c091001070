//! The lines that were charged (kostenregels), with what was said of each: of one provider, or of one contact person's own
//! clients.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Answer, ChargedLine, Said, Tally, Word};
use crate::actor::Actor;
use crate::client::Channel;
use crate::db::Conn;
use crate::money::{Cents, Hundredths};
use crate::quarter::Quarter;
use crate::schema::{client, cost_line, line_word, trajectory};

/// Which lines of a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Of this provider.
    Provider(i64),
    /// Of the clients of this contact person, with whichever provider.
    Contact(i64),
    /// Both.
    ContactWith { contact_id: i64, provider_id: i64 },
}

/// In the order of provider, client, case and line.
pub fn of(conn: &mut Conn, actor: &Actor, quarter: Quarter, whose: Whose) -> QueryResult<Vec<ChargedLine>> {
    let (contact, provider) = match whose {
        Whose::Provider(provider) => (None, Some(provider)),
        Whose::Contact(contact) => (Some(contact), None),
        Whose::ContactWith { contact_id, provider_id } => (Some(contact_id), Some(provider_id)),
    };
    if provider.or(actor.own_provider()).is_some_and(|id| !actor.may_see(id)) {
        return Ok(Vec::new());
    }
    let mut query = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .inner_join(client::table.on(client::id.eq(trajectory::client_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::quarter.eq(quarter.to_string())))
        .order((cost_line::provider_id, client::client_ref, trajectory::case_ref, cost_line::from_on, cost_line::id))
        .select(charged())
        .into_boxed();
    if let Some(own) = actor.own_provider().or(provider) {
        query = query.filter(cost_line::provider_id.eq(own));
    }
    if let Some(contact) = contact {
        let stated = client::contact_id.is_null().and(trajectory::contact_id.eq(contact));
        query = query.filter(client::contact_id.eq(contact).or(stated));
    }
    let mut lines: Vec<ChargedLine> = query.load::<Row>(conn)?.into_iter().map(ChargedLine::from).collect();
    speak(conn, actor, quarter, &mut lines)?;
    Ok(lines)
}

/// How many lines of each quarter stand in which state for a contact person, the newest quarter first.
pub fn quarters_of(conn: &mut Conn, actor: &Actor, contact_id: i64) -> QueryResult<Vec<(Quarter, Tally)>> {
    let stated = client::contact_id.is_null().and(trajectory::contact_id.eq(contact_id));
    let quarters: Vec<Quarter> = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .inner_join(client::table.on(client::id.eq(trajectory::client_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()))
        .filter(client::contact_id.eq(contact_id).or(stated))
        .select(cost_line::quarter)
        .distinct()
        .order(cost_line::quarter.desc())
        .limit(QUARTERS)
        .load(conn)?;
    let mut tallies = Vec::with_capacity(quarters.len());
    for quarter in quarters {
        let lines = of(conn, actor, quarter, Whose::Contact(contact_id))?;
        tallies.push((quarter, Tally::of(&lines)));
    }
    Ok(tallies)
}

/// What lies longer back is final.
const QUARTERS: i64 = 8;

/// The last word about each of these rows of `cost_line`, by its id; none of a row of which nobody said anything.
pub fn words(conn: &mut Conn, actor: &Actor, ids: &[i64]) -> QueryResult<HashMap<i64, Word>> {
    let rows: Vec<(i64, Quarter, Row)> = cost_line::table
        .inner_join(trajectory::table.on(trajectory::id.eq(cost_line::trajectory_id)))
        .inner_join(client::table.on(client::id.eq(trajectory::client_id)))
        .filter(cost_line::municipality_id.eq(actor.tenant()).and(cost_line::id.eq_any(ids.to_vec())))
        .select((cost_line::id, cost_line::quarter, charged()))
        .load(conn)?;
    let about: HashMap<String, i64> =
        rows.into_iter().map(|(id, quarter, row)| (ChargedLine::from(row).about(quarter), id)).collect();
    let said: Vec<(String, Word)> = line_word::table
        .filter(line_word::municipality_id.eq(actor.tenant()))
        .filter(line_word::about.eq_any(about.keys().cloned().collect::<Vec<_>>()))
        .order(line_word::id)
        .select((line_word::about, line_word::word))
        .load(conn)?;
    Ok(said.into_iter().filter_map(|(line, word)| Some((*about.get(&line)?, word))).collect())
}

/// Adds to each line the last word about it as it reads now.
fn speak(conn: &mut Conn, actor: &Actor, quarter: Quarter, lines: &mut [ChargedLine]) -> QueryResult<()> {
    let providers: HashSet<i64> = lines.iter().map(|line| line.provider_id).collect();
    let rows: Vec<WordRow> = line_word::table
        .filter(line_word::municipality_id.eq(actor.tenant()).and(line_word::quarter.eq(quarter.to_string())))
        .filter(line_word::provider_id.eq_any(providers))
        .order(line_word::id)
        .select(WordRow::as_select())
        .load(conn)?;
    let named: HashSet<(i64, String)> = rows.iter().map(|row| (row.provider_id, row.line.clone())).collect();
    let mut last: HashMap<String, WordRow> = rows.into_iter().map(|row| (row.about.clone(), row)).collect();
    for line in lines {
        line.said = last.remove(&line.about(quarter)).map(Said::from);
        line.lapsed = line.said.is_none() && named.contains(&(line.provider_id, line.line.clone()));
    }
    Ok(())
}

/// What a line says, in the order of [`Row`].
#[diesel::dsl::auto_type(no_type_alias)]
fn charged() -> _ {
    (
        (cost_line::provider_id, cost_line::line, cost_line::trajectory_id, cost_line::product_id),
        (trajectory::case_ref, client::client_ref, client::contact_id, trajectory::contact_id),
        (cost_line::from_on, cost_line::until_on, cost_line::unit),
        (cost_line::quantity, cost_line::tariff_cents, cost_line::amount_cents, cost_line::corrects),
    )
}

#[derive(Queryable)]
struct Row {
    of: (i64, String, i64, i64),
    whose: (String, String, Option<i64>, i64),
    when: (NaiveDate, NaiveDate, String),
    charged: (Hundredths, Cents, Cents, Option<String>),
}

impl From<Row> for ChargedLine {
    fn from(row: Row) -> ChargedLine {
        let (provider_id, line, trajectory_id, product_id) = row.of;
        let (case_ref, client_ref, listed, stated) = row.whose;
        let (from, until, unit) = row.when;
        let (quantity, tariff, amount, corrects) = row.charged;
        ChargedLine {
            provider_id,
            line,
            trajectory_id,
            case_ref,
            client_ref,
            contact_id: listed.unwrap_or(stated),
            product_id,
            from,
            until,
            unit,
            quantity,
            tariff,
            amount,
            corrects,
            said: None,
            lapsed: false,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = line_word)]
struct WordRow {
    id: i64,
    provider_id: i64,
    line: String,
    about: String,
    word: Word,
    quantity: Option<Hundredths>,
    amount_cents: Option<Cents>,
    reason: String,
    channel: Channel,
    said_at: NaiveDateTime,
    said_by: String,
}

impl From<WordRow> for Said {
    fn from(row: WordRow) -> Said {
        let answer = Answer { word: row.word, quantity: row.quantity, amount: row.amount_cents, reason: row.reason };
        Said { id: row.id, answer, at: row.said_at, by: row.said_by, channel: row.channel }
    }
}
