//! The names in a statement and the rows of the municipality they stand for.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::{client, procedure};

/// What a statement names that the municipality must know: contact persons and products, by their written form.
#[derive(Debug, Clone, Default)]
pub struct Known {
    contacts: HashMap<String, i64>,
    products: HashMap<String, i64>,
}

impl Known {
    pub fn load(conn: &mut Conn, actor: &Actor) -> QueryResult<Known> {
        let contacts = client::store::contacts(conn, actor)?;
        Ok(Known {
            contacts: contacts.into_iter().map(|(id, contact)| (contact.email, id)).collect(),
            products: procedure::store::product_ids(conn, actor)?,
        })
    }

    pub(super) fn contact(&self, email: &str) -> QueryResult<i64> {
        self.contacts.get(email).copied().ok_or(diesel::result::Error::NotFound)
    }

    pub(super) fn product(&self, code: &str) -> QueryResult<i64> {
        self.products.get(code).copied().ok_or(diesel::result::Error::NotFound)
    }
}
