//! The template that a provider downloads (sjabloon), with the head filled in and the municipality's own lists.

use super::sheets::TABLES;
use crate::ids::Kvk;
use crate::quarter::Quarter;
use crate::sheet::{self, Lists, Value};
use crate::text::Lang;

/// What is known before the provider begins. A list without values gives a free cell.
#[derive(Debug, Clone)]
pub struct TemplateData {
    pub kvk: Kvk,
    pub quarter: Quarter,
    pub profiles: Vec<String>,
    pub products: Vec<String>,
    pub units: Vec<String>,
    /// E-mail addresses of the municipal contact persons.
    pub contacts: Vec<String>,
}

pub fn template(data: &TemplateData, lang: Lang) -> Vec<u8> {
    let lists = Lists::from([
        ("profiel", data.profiles.clone()),
        ("product", data.products.clone()),
        ("eenheid", data.units.clone()),
        ("contactpersoon", data.contacts.clone()),
    ]);
    let head =
        [("kvk", Value::Text(data.kvk.as_str().to_owned())), ("kwartaal", Value::Text(data.quarter.to_string()))];
    sheet::template(&TABLES, &lists, &head, lang).expect("names are ours and every text fits its cell")
}
