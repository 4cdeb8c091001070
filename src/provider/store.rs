//! Tables `provider` and `registration`.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::Kvk;
use crate::provider::Provider;
use crate::schema::{provider, registration};
use crate::written::plain;

/// Registers a provider with the actor's municipality; the organisation itself is made when it is new.
pub fn register(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    kvk: &Kvk,
    name: &str,
    number: i64,
) -> QueryResult<Provider> {
    let known = provider::table.filter(provider::kvk.eq(kvk.as_str())).select(provider::id).first(conn).optional()?;
    let id: i64 = match known {
        Some(id) => id,
        None => diesel::insert_into(provider::table)
            .values((provider::kvk.eq(kvk.as_str()), provider::name.eq(name), provider::created_at.eq(now)))
            .returning(provider::id)
            .get_result(conn)?,
    };
    let row = (
        registration::municipality_id.eq(actor.tenant()),
        registration::provider_id.eq(id),
        registration::number.eq(number),
        registration::sort_name.eq(plain(name)),
        registration::search_text.eq(format!("{} {kvk} {number}", plain(name))),
        registration::registered_at.eq(now),
    );
    diesel::insert_into(registration::table).values(row).execute(conn)?;
    let object = format!("provider/{number}");
    audit::record(conn, actor, now, Act { action: "provider.register", object: &object, result: "done", detail: "" })?;
    Ok(Provider { id, kvk: kvk.clone(), name: name.to_owned(), number })
}

/// Gives a provider another name, as the trade register does when an organisation changes its own.
pub fn rename(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, known: &Provider, name: &str) -> QueryResult<()> {
    let Provider { id, kvk, number, .. } = known;
    diesel::update(provider::table.find(id)).set(provider::name.eq(name)).execute(conn)?;
    diesel::update(registration::table)
        .filter(registration::municipality_id.eq(actor.tenant()).and(registration::provider_id.eq(id)))
        .set((
            registration::sort_name.eq(plain(name)),
            registration::search_text.eq(format!("{} {kvk} {number}", plain(name))),
        ))
        .execute(conn)?;
    let object = format!("provider/{number}");
    audit::record(conn, actor, now, Act { action: "provider.rename", object: &object, result: "done", detail: name })
}

/// The name under which another municipality knows this organisation; none when no other does.
pub fn name_elsewhere(conn: &mut Conn, actor: &Actor, kvk: &Kvk) -> QueryResult<Option<String>> {
    registration::table
        .inner_join(provider::table.on(provider::id.eq(registration::provider_id)))
        .filter(registration::municipality_id.ne(actor.tenant()).and(provider::kvk.eq(kvk.as_str())))
        .select(provider::name)
        .first(conn)
        .optional()
}

/// The number after the highest that the municipality gave.
pub fn free_number(conn: &mut Conn, actor: &Actor) -> QueryResult<i64> {
    let highest: Option<i64> = registration::table
        .filter(registration::municipality_id.eq(actor.tenant()))
        .select(diesel::dsl::max(registration::number))
        .first(conn)?;
    Ok(highest.map_or(FIRST_NUMBER, |number| number + 1))
}

/// So that the numbers of a first register have as many digits as those of later ones.
const FIRST_NUMBER: i64 = 1001;

/// The provider with this number, if the actor may see it; what is not his does not exist.
pub fn find(conn: &mut Conn, actor: &Actor, number: i64) -> QueryResult<Option<Provider>> {
    let mut query = visible(actor).filter(registration::number.eq(number)).into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(provider::id.eq(own));
    }
    query.select(Row::columns()).first(conn).optional().map(|row: Option<Row>| row.map(Provider::from))
}

pub fn find_by_kvk(conn: &mut Conn, actor: &Actor, kvk: &Kvk) -> QueryResult<Option<Provider>> {
    let mut query = visible(actor).filter(provider::kvk.eq(kvk.as_str())).into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(provider::id.eq(own));
    }
    query.select(Row::columns()).first(conn).optional().map(|row: Option<Row>| row.map(Provider::from))
}

pub fn find_by_id(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Provider>> {
    let query = visible(actor).filter(provider::id.eq(id));
    let found: Option<Row> = query.select(Row::columns()).first(conn).optional()?;
    Ok(found.map(Provider::from).filter(|provider| actor.may_see(provider.id)))
}

/// Every provider that the actor may see, alphabetical.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Provider>> {
    let mut query = visible(actor).order((registration::sort_name, registration::provider_id)).into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(provider::id.eq(own));
    }
    Ok(query.select(Row::columns()).load::<Row>(conn)?.into_iter().map(Provider::from).collect())
}

/// A page of the alphabetical list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub providers: Vec<Provider>,
    /// There are more after the last, or before the first when paging back.
    pub earlier: bool,
    pub later: bool,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    AtTheTop,
    /// After the provider with this number.
    After(i64),
    /// Before the provider with this number.
    Before(i64),
}

/// At most `size` providers whose name, KvK number or own number holds what was searched for, alphabetical. Keyset
/// paging: the hundredth page costs what the first does.
pub fn page(conn: &mut Conn, actor: &Actor, search: &str, start: Start, size: usize) -> QueryResult<Page> {
    let anchor = match start {
        Start::AtTheTop => None,
        Start::After(number) | Start::Before(number) => place_of(conn, actor, number)?,
    };
    let backwards = matches!(start, Start::Before(_)) && anchor.is_some();
    let mut query = visible(actor).select(Row::columns()).limit(size as i64 + 1).into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(provider::id.eq(own));
    }
    for word in plain(search).split_whitespace() {
        query = query.filter(registration::search_text.like(containing(word)).escape('\\'));
    }
    query = match (&anchor, backwards) {
        (None, _) => query.order((registration::sort_name.asc(), registration::provider_id.asc())),
        (Some((name, id)), false) => query
            .filter(
                registration::sort_name
                    .gt(name)
                    .or(registration::sort_name.eq(name).and(registration::provider_id.gt(id))),
            )
            .order((registration::sort_name.asc(), registration::provider_id.asc())),
        (Some((name, id)), true) => query
            .filter(
                registration::sort_name
                    .lt(name)
                    .or(registration::sort_name.eq(name).and(registration::provider_id.lt(id))),
            )
            .order((registration::sort_name.desc(), registration::provider_id.desc())),
    };
    let mut providers: Vec<Provider> = query.load::<Row>(conn)?.into_iter().map(Provider::from).collect();
    let more = providers.len() > size;
    providers.truncate(size);
    if backwards {
        providers.reverse();
    }
    let (earlier, later) = if backwards { (more, true) } else { (anchor.is_some(), more) };
    Ok(Page { providers, earlier, later })
}

/// How many providers fit what was searched for.
pub fn count(conn: &mut Conn, actor: &Actor, search: &str) -> QueryResult<u64> {
    let mut query = registration::table
        .filter(registration::municipality_id.eq(actor.tenant()))
        .select(diesel::dsl::count_star())
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(registration::provider_id.eq(own));
    }
    for word in plain(search).split_whitespace() {
        query = query.filter(registration::search_text.like(containing(word)).escape('\\'));
    }
    let count: i64 = query.first(conn)?;
    Ok(count.unsigned_abs())
}

fn place_of(conn: &mut Conn, actor: &Actor, number: i64) -> QueryResult<Option<(String, i64)>> {
    registration::table
        .filter(registration::municipality_id.eq(actor.tenant()).and(registration::number.eq(number)))
        .select((registration::sort_name, registration::provider_id))
        .first(conn)
        .optional()
}

/// A pattern that finds the word anywhere; `%`, `_` and `\` in it are only themselves.
fn containing(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[diesel::dsl::auto_type(no_type_alias)]
fn visible(actor: &Actor) -> _ {
    let tenant: i64 = actor.tenant();
    registration::table
        .inner_join(provider::table.on(provider::id.eq(registration::provider_id)))
        .filter(registration::municipality_id.eq(tenant))
}

#[derive(Queryable)]
struct Row {
    id: i64,
    kvk: String,
    name: String,
    number: i64,
}

impl Row {
    fn columns() -> (provider::id, provider::kvk, provider::name, registration::number) {
        (provider::id, provider::kvk, provider::name, registration::number)
    }
}

impl From<Row> for Provider {
    fn from(row: Row) -> Provider {
        let kvk = row.kvk.parse().expect("the table holds eight digits only");
        Provider { id: row.id, kvk, name: row.name, number: row.number }
    }
}
