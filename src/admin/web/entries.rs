//! What the forms of the administrator share (formulieren): what is too long, and a form as hidden fields of a check page.

use i18n_embed_fl::fl;
use serde::Serialize;
use validator::{Validate, ValidationError};

use crate::text::Lang;

/// The fields that hold more than they take, each with what to do about it.
pub fn too_long(lang: Lang, form: &impl Validate) -> Vec<(String, String)> {
    let Err(faults) = form.validate() else { return Vec::new() };
    let told = |faults: &[ValidationError]| {
        let most = faults.iter().find_map(|fault| fault.params.get("max")?.as_u64()).unwrap_or(0);
        fl!(lang.texts(), "admin-text-long", count = most)
    };
    faults.field_errors().iter().map(|(field, faults)| (field.to_string(), told(faults))).collect()
}

/// Every field with what was typed in it, to be sent once more from a page that only asks whether it is right.
pub fn hidden(form: &impl Serialize) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(form) else { return Vec::new() };
    let written = |(name, value)| match value {
        serde_json::Value::String(text) => (name, text),
        other => (name, other.to_string()),
    };
    fields.into_iter().map(written).collect()
}
