//! The invented municipality at its founding (inrichting): its definitions, people, products and providers.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use crate::account::store::NewUser;
use crate::actor::{Actor, Role};
use crate::agreement::Accession;
use crate::calendar::{utc, wall_clock};
use crate::client::MunicipalContact;
use crate::complaint::Arrangement;
use crate::db::Conn;
use crate::demo::days::at;
use crate::demo::{self, Municipality};
use crate::procedure::Validity;
use crate::procedure::defaults::defaults;
use crate::procedure::product::{Tariff, Unit};
use crate::procedure::store::OfferedProduct;
use crate::text::Bilingual;
use crate::{account, agreement, client, complaint, procedure, provider};

/// All of it or nothing.
pub fn found(conn: &mut Conn, now: NaiveDateTime, town: &Municipality) -> anyhow::Result<i64> {
    let tenant = account::store::add_municipality(conn, &Actor::installer(), now, town.name)?;
    let actor = Actor::system(tenant);
    procedure::store::install(conn, &actor, defaults())?;
    let opened = utc(at(town.procedure.active_from, 9, 0));
    demo::entry::open(conn, &actor, opened)?;
    for contact in &town.contacts {
        let new = MunicipalContact {
            email: contact.email.clone(),
            name: contact.name.clone(),
            active_from: contact.active_from,
            active_until: contact.active_until,
        };
        client::store::add_contact(conn, &actor, &new)?;
    }
    let mut products = HashMap::new();
    for product in &town.products {
        products.insert(product.code, procedure::store::add_product(conn, &actor, &offered(product)?)?);
    }
    let mut providers = HashMap::new();
    for invented in &town.providers {
        let id = settle(conn, &actor, now, invented, &products)?;
        providers.insert(&invented.kvk, id);
    }
    demo::offers::lay_down(conn, &actor, now, town, &products, &providers)?;
    for user in &town.users {
        let new = NewUser {
            name: &user.name,
            email: &user.email,
            role: role(user.role),
            municipality_id: tenant,
            provider_id: user.provider.as_ref().and_then(|kvk| providers.get(kvk).copied()),
        };
        account::store::add_user(conn, &actor, now, &new)?;
    }
    Ok(tenant)
}

fn role(role: demo::Role) -> Role {
    match role {
        demo::Role::ContractManager => Role::ContractManager,
        demo::Role::Assessor => Role::Assessor,
        demo::Role::DecisionMaker => Role::DecisionMaker,
        demo::Role::Viewer => Role::Viewer,
        demo::Role::FunctionalAdmin => Role::FunctionalAdmin,
        demo::Role::ContactPerson => Role::ContactPerson,
        demo::Role::Finance => Role::Finance,
        demo::Role::Provider => Role::ProviderUser,
    }
}

fn offered(product: &demo::Product) -> anyhow::Result<OfferedProduct> {
    let unit: Unit = product.unit.parse()?;
    let priced = |tariff: &demo::Tariff| {
        let valid = Validity::new(tariff.valid_from, tariff.valid_until)?;
        Ok(Tariff { product: product.code.to_owned(), amount: tariff.amount, valid })
    };
    Ok(OfferedProduct {
        id: 0,
        code: product.code.to_owned(),
        name: Bilingual { nl: product.name_nl.to_owned(), en: product.name_en.to_owned() },
        unit,
        tariffs: product.tariffs.iter().map(priced).collect::<anyhow::Result<_>>()?,
    })
}

fn settle(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    invented: &demo::Provider,
    products: &HashMap<&str, i64>,
) -> anyhow::Result<i64> {
    let number = i64::from(invented.number);
    let provider = provider::store::register(conn, actor, now, &invented.kvk, invented.name, number)?;
    let accession = Accession {
        id: 0,
        provider_id: provider.id,
        number: invented.agreement.number.clone(),
        version: i32::try_from(invented.agreement.version)?,
        active_from: invented.agreement.active_from,
        active_until: invented.agreement.active_until,
    };
    let offered: Vec<i64> = invented.products.iter().filter_map(|code| products.get(code).copied()).collect();
    // Who left is known as such from the start; all others signed before they began.
    let ended = accession.active_until.is_some_and(|last| last < wall_clock(now).date());
    let signed = if ended { now } else { utc(at(accession.active_from, 9, 0)) };
    agreement::store::accede(conn, actor, signed, &accession, &offered)?;
    let arrangement = Arrangement {
        procedure_valid_until: invented.complaints.procedure_valid_until,
        adviser_named: invented.complaints.adviser.is_some(),
    };
    complaint::store::arrange(conn, actor, provider.id, &arrangement)?;
    Ok(provider.id)
}
