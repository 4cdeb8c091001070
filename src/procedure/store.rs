//! Tables `definition`, `product` and `tariff`: what the law or the municipality may change, each row with the days on
//! which it is in force.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::actor::Actor;
use crate::db::Conn;
use crate::money::Cents;
use crate::procedure::Validity;
use crate::procedure::defaults::{Defaults, defaults};
use crate::procedure::definition::IndicatorDefinition;
use crate::procedure::product::{Tariff, Unit};
use crate::procedure::profile::ProfileScheme;
use crate::procedure::terms::Terms;
use crate::procedure::vog::{VogCode, VogRequirement, VogTerms};
use crate::schema::{definition, product, tariff};
use crate::text::Bilingual;

codes! {
    /// What a definition defines.
    pub enum DefinitionKind {
        Criterion = "criterion",
        Indicator = "indicator",
        ProfileScheme = "profile_scheme",
        VogCode = "vog_code",
        VogRequirement = "vog_requirement",
        VogTerms = "vog_terms",
        LadderStep = "ladder_step",
        /// The terms of the procedure.
        Terms = "terms",
        /// The settings of the ten indicators, only what differs from the rules' own defaults.
        IndicatorSettings = "indicator_settings",
        /// What an assessor can put into a reason, by the code of the criterion.
        StandardTexts = "standard_texts",
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
    pub body: String,
}

/// Puts a new definition in force; one with the same code that holds on its first day ends on the day before.
pub fn define(conn: &mut Conn, actor: &Actor, new: &Definition) -> QueryResult<()> {
    diesel::update(definition::table)
        .filter(definition::municipality_id.eq(actor.tenant()))
        .filter(definition::kind.eq(new.kind).and(definition::code.eq(&new.code)))
        .filter(definition::valid_from.lt(new.valid_from))
        .filter(definition::valid_until.is_null().or(definition::valid_until.ge(new.valid_from)))
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
        .order(definition::code)
        .select(Definition::as_select())
        .load(conn)
}

/// Puts everything in force that a new installation starts with.
pub fn install(conn: &mut Conn, actor: &Actor, defaults: &Defaults) -> QueryResult<()> {
    for one in &defaults.criteria {
        store(conn, actor, DefinitionKind::Criterion, &one.code, one.valid, one)?;
    }
    for one in &defaults.indicators {
        store(conn, actor, DefinitionKind::Indicator, &one.code(), one.valid, one)?;
    }
    for one in &defaults.profiles.schemes {
        store(conn, actor, DefinitionKind::ProfileScheme, &one.code, one.valid, one)?;
    }
    for one in &defaults.profiles.participation_ladder {
        store(conn, actor, DefinitionKind::LadderStep, &one.step.to_string(), one.valid, one)?;
    }
    for one in &defaults.vog.codes {
        store(conn, actor, DefinitionKind::VogCode, &format!("{}-{}", one.kind, one.code), one.valid, one)?;
    }
    for one in &defaults.vog.requirements {
        store(conn, actor, DefinitionKind::VogRequirement, &one.code, one.valid, one)?;
    }
    let terms = &defaults.vog.terms;
    store(conn, actor, DefinitionKind::VogTerms, "terms", terms.valid, terms)?;
    for one in &defaults.standard_texts {
        store(conn, actor, DefinitionKind::StandardTexts, &one.code, one.valid, one)?;
    }
    let terms = &defaults.terms;
    store(conn, actor, DefinitionKind::Terms, "terms", terms.valid, terms)
}

/// Puts the start catalogue (productenboek) in place. It has no prices: a tariff is the municipality's own.
pub fn install_catalogue(conn: &mut Conn, actor: &Actor, defaults: &Defaults) -> QueryResult<()> {
    for one in &defaults.catalogue.products {
        let new = OfferedProduct {
            id: 0,
            code: one.code.clone(),
            name: one.name.clone(),
            unit: one.unit,
            tariffs: Vec::new(),
        };
        add_product(conn, actor, &new)?;
    }
    Ok(())
}

pub(super) fn store(
    conn: &mut Conn,
    actor: &Actor,
    kind: DefinitionKind,
    code: &str,
    valid: Validity,
    noun: &impl Serialize,
) -> QueryResult<()> {
    let body = serde_json::to_string(noun).map_err(|fault| QueryError::SerializationError(fault.into()))?;
    let new = Definition {
        municipality_id: actor.tenant(),
        kind,
        code: code.to_owned(),
        valid_from: valid.from(),
        valid_until: valid.until(),
        body,
    };
    define(conn, actor, &new)
}

/// The ten indicators as they are defined on a day.
pub fn indicators(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Vec<IndicatorDefinition>> {
    in_force(conn, actor, DefinitionKind::Indicator, on)?.iter().map(Definition::read).collect()
}

/// The profile scheme in use on a day; none when the municipality chose none.
pub fn active_scheme(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Option<ProfileScheme>> {
    let schemes: Vec<ProfileScheme> = in_force(conn, actor, DefinitionKind::ProfileScheme, on)?
        .iter()
        .map(Definition::read)
        .collect::<Result<_, _>>()?;
    Ok(schemes.into_iter().find(|scheme| scheme.active))
}

/// The screening codes of the VOG that are known on a day.
pub fn vog_codes(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Vec<VogCode>> {
    in_force(conn, actor, DefinitionKind::VogCode, on)?.iter().map(Definition::read).collect()
}

/// The terms of the VOG register and what is asked of who works with clients.
pub fn vog_rules(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Option<(VogTerms, VogRequirement)>> {
    let terms = in_force(conn, actor, DefinitionKind::VogTerms, on)?;
    let asked = in_force(conn, actor, DefinitionKind::VogRequirement, on)?;
    match (terms.first(), asked.iter().find(|one| one.code == CLIENT_CONTACT)) {
        (Some(terms), Some(asked)) => Ok(Some((terms.read()?, asked.read()?))),
        _ => Ok(None),
    }
}

/// The terms that hold on a day; a municipality that was set up before there were any has those of a new installation.
pub fn terms(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Terms> {
    match in_force(conn, actor, DefinitionKind::Terms, on)?.first() {
        Some(own) => own.read(),
        None => Ok(defaults().terms.clone()),
    }
}

/// The requirement for who works with clients, by its code in `vog-codes.yaml`.
const CLIENT_CONTACT: &str = "client_contact";

/// The settings of the indicators, only what differs from the rules' own defaults, as JSON.
pub fn indicator_settings(conn: &mut Conn, actor: &Actor, on: NaiveDate) -> QueryResult<Option<String>> {
    Ok(in_force(conn, actor, DefinitionKind::IndicatorSettings, on)?.into_iter().next().map(|one| one.body))
}

/// Every version of those settings, with the day from which it holds, oldest first.
pub fn settings_versions(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<(NaiveDate, String)>> {
    definition::table
        .filter(definition::municipality_id.eq(actor.tenant()))
        .filter(definition::kind.eq(DefinitionKind::IndicatorSettings))
        .order(definition::valid_from)
        .select((definition::valid_from, definition::body))
        .load(conn)
}

impl Definition {
    fn read<T: DeserializeOwned>(&self) -> QueryResult<T> {
        from_json(&self.body)
    }
}

pub(super) fn from_json<T: DeserializeOwned>(body: &str) -> QueryResult<T> {
    serde_json::from_str(body).map_err(|fault| QueryError::DeserializationError(fault.into()))
}

/// A product as the municipality offers it, with its tariffs, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedProduct {
    pub id: i64,
    pub code: String,
    pub name: Bilingual,
    pub unit: Unit,
    pub tariffs: Vec<Tariff>,
}

/// Adds a product with its tariffs; the id in `new` is not looked at.
pub fn add_product(conn: &mut Conn, actor: &Actor, new: &OfferedProduct) -> QueryResult<i64> {
    let id: i64 = diesel::insert_into(product::table)
        .values((
            product::municipality_id.eq(actor.tenant()),
            product::code.eq(&new.code),
            product::name_nl.eq(&new.name.nl),
            product::name_en.eq(&new.name.en),
            product::unit.eq(new.unit),
        ))
        .returning(product::id)
        .get_result(conn)?;
    price(conn, actor, id, &new.tariffs)?;
    Ok(id)
}

/// Gives a product other names or another unit; its code and its tariffs stay.
pub fn change_product(conn: &mut Conn, actor: &Actor, id: i64, new: &OfferedProduct) -> QueryResult<()> {
    diesel::update(product::table)
        .filter(product::municipality_id.eq(actor.tenant()).and(product::id.eq(id)))
        .set((product::name_nl.eq(&new.name.nl), product::name_en.eq(&new.name.en), product::unit.eq(new.unit)))
        .execute(conn)?;
    Ok(())
}

/// Puts these tariffs of a product in the place of all that stood there.
pub fn price(conn: &mut Conn, actor: &Actor, product_id: i64, tariffs: &[Tariff]) -> QueryResult<()> {
    let before = tariff::municipality_id.eq(actor.tenant()).and(tariff::product_id.eq(product_id));
    diesel::delete(tariff::table.filter(before)).execute(conn)?;
    for price in tariffs {
        let row = (
            tariff::municipality_id.eq(actor.tenant()),
            tariff::product_id.eq(product_id),
            tariff::cents.eq(price.amount),
            tariff::valid_from.eq(price.valid.from()),
            tariff::valid_until.eq(price.valid.until()),
        );
        diesel::insert_into(tariff::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Every product of the municipality by its code.
pub fn product_ids(conn: &mut Conn, actor: &Actor) -> QueryResult<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = product::table
        .filter(product::municipality_id.eq(actor.tenant()))
        .select((product::code, product::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The names of the products, by their id.
pub fn product_names(conn: &mut Conn, actor: &Actor) -> QueryResult<HashMap<i64, Bilingual>> {
    let rows: Vec<(i64, String, String)> = product::table
        .filter(product::municipality_id.eq(actor.tenant()))
        .select((product::id, product::name_nl, product::name_en))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, nl, en)| (id, Bilingual { nl, en })).collect())
}

/// The whole catalogue (productenboek) with every tariff, in the order of the codes.
pub fn catalogue(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<OfferedProduct>> {
    let products: Vec<(i64, String, String, String, Unit)> = product::table
        .filter(product::municipality_id.eq(actor.tenant()))
        .order(product::code)
        .select((product::id, product::code, product::name_nl, product::name_en, product::unit))
        .load(conn)?;
    let tariffs: Vec<(i64, Cents, NaiveDate, Option<NaiveDate>)> = tariff::table
        .filter(tariff::municipality_id.eq(actor.tenant()))
        .order((tariff::product_id, tariff::valid_from))
        .select((tariff::product_id, tariff::cents, tariff::valid_from, tariff::valid_until))
        .load(conn)?;
    let mut by_product: HashMap<i64, Vec<(Cents, NaiveDate, Option<NaiveDate>)>> = HashMap::new();
    for (product_id, amount, from, until) in tariffs {
        by_product.entry(product_id).or_default().push((amount, from, until));
    }
    products
        .into_iter()
        .map(|(id, code, nl, en, unit)| {
            let prices = by_product.remove(&id).unwrap_or_default().into_iter();
            let priced = |(amount, from, until)| {
                let valid =
                    Validity::new(from, until).map_err(|fault| QueryError::DeserializationError(fault.into()))?;
                Ok(Tariff { product: code.clone(), amount, valid })
            };
            let tariffs = prices.map(priced).collect::<QueryResult<_>>()?;
            Ok(OfferedProduct { id, code, name: Bilingual { nl, en }, unit, tariffs })
        })
        .collect()
}
