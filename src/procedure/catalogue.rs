//! The catalogue as it is kept (productenboek met versies): each version of a product a definition with its days, and each
//! tariff a row with its own. A change is a new version or a new tariff; the one before it ends on the day before.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::product::Product;
use super::store::{DefinitionKind, OfferedProduct, add_product, change_product, from_json, store};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::money::Cents;
use crate::schema::{definition, product, tariff};

/// A version of a product. Its last day stands here, and not in the product: a later version may have ended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductVersion {
    pub id: i64,
    pub product: Product,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

impl ProductVersion {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Every version of every product, in the order of the codes, the oldest first.
pub fn everything(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<ProductVersion>> {
    let rows: Vec<(i64, String, NaiveDate, Option<NaiveDate>)> = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Product)))
        .order((definition::code, definition::valid_from))
        .select((definition::id, definition::body, definition::valid_from, definition::valid_until))
        .load(conn)?;
    rows.into_iter().map(version).collect()
}

/// The products that can be delivered on a day, in the order of their codes.
pub fn in_force(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Vec<ProductVersion>> {
    let mut all = everything(conn, actor)?;
    all.retain(|one| one.covers(on));
    Ok(all)
}

/// Every version of one product, the newest first.
pub fn versions(conn: &mut Conn, actor: &Actor, code: &str) -> QueryResult<Vec<ProductVersion>> {
    let rows: Vec<(i64, String, NaiveDate, Option<NaiveDate>)> = definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(DefinitionKind::Product)))
        .filter(definition::code.eq(code))
        .order(definition::valid_from.desc())
        .select((definition::id, definition::body, definition::valid_from, definition::valid_until))
        .load(conn)?;
    rows.into_iter().map(version).collect()
}

fn version((id, body, from, until): (i64, String, NaiveDate, Option<NaiveDate>)) -> QueryResult<ProductVersion> {
    Ok(ProductVersion { id, product: from_json(&body)?, from, until })
}

/// Why something of the catalogue is not put in force.
#[derive(Debug)]
pub enum NotPublished {
    NotYours,
    /// A version or a tariff begins on that day or later: the new one has to begin after it.
    BeginsTooEarly(NaiveDate),
    /// A tariff is for a unit: charged in another it is another product.
    OtherUnit,
    NotFound,
    Trouble(QueryError),
}

impl From<QueryError> for NotPublished {
    fn from(cause: QueryError) -> NotPublished {
        NotPublished::Trouble(cause)
    }
}

/// Who writes the catalogue.
pub fn may_write(actor: &Actor) -> bool {
    matches!(actor.role(), Role::ContractManager | Role::FunctionalAdmin)
}

/// Puts a version in force without a person behind it, as at setting up.
pub fn lay_down(conn: &mut Conn, actor: &Actor, new: &Product) -> QueryResult<()> {
    store(conn, actor, DefinitionKind::Product, &new.code, new.valid, new)
}

/// Puts a new version in force from the first day of its validity. A code that is not known becomes a product; a name holds
/// at once everywhere, for it is only what the product is called.
pub fn publish(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, new: &Product) -> Result<(), NotPublished> {
    if !may_write(actor) {
        return Err(NotPublished::NotYours);
    }
    if let Some(newest) = versions(conn, actor, &new.code)?.first()
        && newest.from >= new.valid.from()
    {
        return Err(NotPublished::BeginsTooEarly(newest.from));
    }
    let row =
        OfferedProduct { id: 0, code: new.code.clone(), name: new.name.clone(), unit: new.unit, tariffs: Vec::new() };
    let known = super::store::catalogue(conn, actor)?.into_iter().find(|one| one.code == new.code);
    match known {
        Some(known) if known.unit != new.unit => return Err(NotPublished::OtherUnit),
        Some(known) => change_product(conn, actor, known.id, &row)?,
        None => _ = add_product(conn, actor, &row)?,
    }
    lay_down(conn, actor, new)?;
    let (object, detail) = (format!("product/{}", new.code), new.valid.from().to_string());
    let act = Act { action: "product.publish", object: &object, result: "done", detail: &detail };
    Ok(audit::record(conn, actor, now, act)?)
}

/// A new tariff from a day on, after every one that is known; the one before it ends on the day before.
pub fn set_tariff(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    code: &str,
    amount: Cents,
    from: NaiveDate,
) -> Result<(), NotPublished> {
    if !may_write(actor) {
        return Err(NotPublished::NotYours);
    }
    let own = product::municipality_id.eq(actor.tenant()).and(product::code.eq(code));
    let id: Option<i64> = product::table.filter(own).select(product::id).first(conn).optional()?;
    let id = id.ok_or(NotPublished::NotFound)?;
    let of_product = tariff::municipality_id.eq(actor.tenant()).and(tariff::product_id.eq(id));
    let newest: Option<NaiveDate> =
        tariff::table.filter(of_product).select(diesel::dsl::max(tariff::valid_from)).first(conn)?;
    if let Some(newest) = newest.filter(|newest| *newest >= from) {
        return Err(NotPublished::BeginsTooEarly(newest));
    }
    diesel::update(tariff::table)
        .filter(of_product)
        .filter(tariff::valid_until.is_null().or(tariff::valid_until.ge(from)))
        .set(tariff::valid_until.eq(add_days(from, -1)))
        .execute(conn)?;
    diesel::insert_into(tariff::table)
        .values((
            tariff::municipality_id.eq(actor.tenant()),
            tariff::product_id.eq(id),
            tariff::cents.eq(amount),
            tariff::valid_from.eq(from),
        ))
        .execute(conn)?;
    let (object, detail) = (format!("product/{code}"), format!("{from} {}", amount.0));
    let act = Act { action: "product.tariff", object: &object, result: "done", detail: &detail };
    Ok(audit::record(conn, actor, now, act)?)
}
