//! Tables `definition`, `product` and `tariff`: what the law or the municipality may change, each row with the days on
//! which it is in force.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::money::Cents;
use crate::schema::{definition, product, tariff};

codes! {
    /// What a definition defines.
    pub enum DefinitionKind {
        Criterion = "criterion",
        Indicator = "indicator",
        ProfileScheme = "profile_scheme",
        VogCode = "vog_code",
        VogRules = "vog_rules",
        LadderStep = "ladder_step",
        /// The settings of the ten indicators, only what differs from the rules' own defaults.
        IndicatorSettings = "indicator_settings",
    }
}

/// A definition as it is stored: its body is the JSON of one of the nouns of this chapter.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = definition)]
pub struct Definition {
    pub municipality_id: i64,
    pub kind: DefinitionKind,
    pub code: String,
    pub valid_from: NaiveDate,
    /// The last day; none while no end is known.
    pub valid_until: Option<NaiveDate>,
    pub position: i64,
    pub body: String,
}

/// Puts a new definition in force; one with the same code ends on the day before.
pub fn define(conn: &mut Conn, actor: &Actor, new: &Definition) -> QueryResult<()> {
    diesel::update(definition::table)
        .filter(definition::municipality_id.eq(actor.tenant()))
        .filter(definition::kind.eq(new.kind).and(definition::code.eq(&new.code)))
        .filter(definition::valid_until.is_null().and(definition::valid_from.lt(new.valid_from)))
        .set(definition::valid_until.eq(new.valid_from.pred_opt()))
        .execute(conn)?;
    diesel::insert_into(definition::table).values(new).execute(conn)?;
    Ok(())
}

/// The definitions of one kind that are in force on a day, in their own order.
pub fn in_force(conn: &mut Conn, actor: &Actor, kind: DefinitionKind, on: NaiveDate) -> QueryResult<Vec<Definition>> {
    definition::table
        .filter(definition::municipality_id.eq(actor.tenant()).and(definition::kind.eq(kind)))
        .filter(definition::valid_from.le(on))
        .filter(definition::valid_until.is_null().or(definition::valid_until.ge(on)))
        .order((definition::position, definition::code))
        .select(Definition::as_select())
        .load(conn)
}

/// A product as the municipality offers it, with its tariffs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedProduct {
    pub id: i64,
    pub code: String,
    pub name_nl: String,
    pub name_en: String,
    pub unit: String,
    pub tariffs: Vec<Tariff>,
}

/// A price per unit with the days on which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tariff {
    pub cents: Cents,
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
}

impl Tariff {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|last| day <= last)
    }
}

/// Adds a product with its tariffs; the id in `new` is not looked at.
pub fn add_product(conn: &mut Conn, actor: &Actor, new: &OfferedProduct) -> QueryResult<i64> {
    let id: i64 = diesel::insert_into(product::table)
        .values((
            product::municipality_id.eq(actor.tenant()),
            product::code.eq(&new.code),
            product::name_nl.eq(&new.name_nl),
            product::name_en.eq(&new.name_en),
            product::unit.eq(&new.unit),
        ))
        .returning(product::id)
        .get_result(conn)?;
    for price in &new.tariffs {
        let row = (
            tariff::municipality_id.eq(actor.tenant()),
            tariff::product_id.eq(id),
            tariff::cents.eq(price.cents),
            tariff::valid_from.eq(price.valid_from),
            tariff::valid_until.eq(price.valid_until),
        );
        diesel::insert_into(tariff::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// Every product of the municipality by its code.
pub fn product_ids(conn: &mut Conn, actor: &Actor) -> QueryResult<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = product::table
        .filter(product::municipality_id.eq(actor.tenant()))
        .select((product::code, product::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The whole catalogue (productenboek) with every tariff, in the order of the codes.
pub fn catalogue(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<OfferedProduct>> {
    let products: Vec<(i64, String, String, String, String)> = product::table
        .filter(product::municipality_id.eq(actor.tenant()))
        .order(product::code)
        .select((product::id, product::code, product::name_nl, product::name_en, product::unit))
        .load(conn)?;
    let tariffs: Vec<(i64, Cents, NaiveDate, Option<NaiveDate>)> = tariff::table
        .filter(tariff::municipality_id.eq(actor.tenant()))
        .order((tariff::product_id, tariff::valid_from))
        .select((tariff::product_id, tariff::cents, tariff::valid_from, tariff::valid_until))
        .load(conn)?;
    let mut by_product: HashMap<i64, Vec<Tariff>> = HashMap::new();
    for (product_id, cents, valid_from, valid_until) in tariffs {
        by_product.entry(product_id).or_default().push(Tariff { cents, valid_from, valid_until });
    }
    let offered = |(id, code, name_nl, name_en, unit)| OfferedProduct {
        tariffs: by_product.remove(&id).unwrap_or_default(),
        id,
        code,
        name_nl,
        name_en,
        unit,
    };
    Ok(products.into_iter().map(offered).collect())
}
