//! The receipt (ontvangstbewijs) of what was handed in: number, moment, and a SHA-256 over one written form of it, so that
//! both sides can show later what it was. Wmebv: who sends something to the municipality gets a confirmation of receipt.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Application;
use super::store::find_by_id;
use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::schema::application_receipt;
use crate::term::Term;

codes! {
    /// What was handed in.
    pub enum ReceiptKind {
        Application = "application",
        Supplement = "supplement",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Receipt {
    pub id: i64,
    pub application_id: i64,
    /// `2026-0014-1`
    pub number: String,
    pub kind: ReceiptKind,
    /// In UTC.
    pub received_at: NaiveDateTime,
    pub received_by: String,
    /// SHA-256 over the bytes of `body`.
    pub digest: Sha256Hex,
    /// `openhouse-application/1`, in canonical JSON.
    pub body: String,
}

impl Receipt {
    /// Whether the document is still the one that was hashed.
    pub fn is_whole(&self) -> bool {
        self.digest == Sha256Hex::of(self.body.as_bytes())
    }
}

/// One written form for one content: the names of every object in order, no white space.
pub fn canonical(mut value: serde_json::Value) -> String {
    value.sort_all_objects();
    value.to_string()
}

/// In which the municipality answers what was handed in (uiterlijk): whether an application is complete, or the assessment
/// after a supplement. What the applicant has to do meanwhile has a term of its own.
pub fn answer(conn: &mut Conn, actor: &Actor, found: &Application, receipt: &Receipt) -> QueryResult<Term> {
    let day = wall_clock(receipt.received_at).date();
    let terms = terms(conn, actor, day)?;
    let (from, rule) = match receipt.kind {
        ReceiptKind::Application => (found.received_on.unwrap_or(day), terms.completeness),
        ReceiptKind::Supplement => (day, terms.assessment),
    };
    Ok(rule.begin(from, &outages::days(conn, actor)?))
}

/// The receipts of one application, the oldest first.
pub fn all(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Vec<Receipt>> {
    if find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(Vec::new());
    }
    application_receipt::table
        .filter(application_receipt::municipality_id.eq(actor.tenant()))
        .filter(application_receipt::application_id.eq(application_id))
        .order(application_receipt::id)
        .select(COLUMNS)
        .load(conn)
}

/// The receipt with this number, if the actor may see it.
pub fn find(conn: &mut Conn, actor: &Actor, number: &str) -> QueryResult<Option<Receipt>> {
    let found: Option<Receipt> = application_receipt::table
        .filter(application_receipt::municipality_id.eq(actor.tenant()))
        .filter(application_receipt::number.eq(number))
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    let Some(receipt) = found else { return Ok(None) };
    Ok(find_by_id(conn, actor, receipt.application_id)?.map(|_| receipt))
}

/// What an earlier press of the same button made.
pub(super) fn with_key(conn: &mut Conn, actor: &Actor, application_id: i64, key: &str) -> QueryResult<Option<Receipt>> {
    let made = all(conn, actor, application_id)?;
    let known: Option<i64> = application_receipt::table
        .filter(application_receipt::application_id.eq(application_id))
        .filter(application_receipt::idempotency_key.eq(key))
        .select(application_receipt::id)
        .first(conn)
        .optional()?;
    Ok(made.into_iter().find(|receipt| Some(receipt.id) == known))
}

pub(super) fn write(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    found: &Application,
    kind: ReceiptKind,
    key: &str,
    body: serde_json::Value,
) -> QueryResult<Receipt> {
    let count = all(conn, actor, found.id)?.len() + 1;
    let (number, body) = (format!("{}-{count}", found.number), canonical(body));
    let digest = Sha256Hex::of(body.as_bytes());
    let id: i64 = diesel::insert_into(application_receipt::table)
        .values((
            application_receipt::municipality_id.eq(actor.tenant()),
            application_receipt::application_id.eq(found.id),
            application_receipt::number.eq(&number),
            application_receipt::kind.eq(kind),
            application_receipt::idempotency_key.eq(key),
            application_receipt::received_at.eq(now),
            application_receipt::received_by.eq(actor.name()),
            application_receipt::digest.eq(&digest),
            application_receipt::body.eq(&body),
        ))
        .returning(application_receipt::id)
        .get_result(conn)?;
    let (application_id, received_by) = (found.id, actor.name().to_owned());
    Ok(Receipt { id, application_id, number, kind, received_at: now, received_by, digest, body })
}

type Columns = (
    application_receipt::id,
    application_receipt::application_id,
    application_receipt::number,
    application_receipt::kind,
    application_receipt::received_at,
    application_receipt::received_by,
    application_receipt::digest,
    application_receipt::body,
);

const COLUMNS: Columns = (
    application_receipt::id,
    application_receipt::application_id,
    application_receipt::number,
    application_receipt::kind,
    application_receipt::received_at,
    application_receipt::received_by,
    application_receipt::digest,
    application_receipt::body,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_writing_does_not_count_and_every_change_does() {
        let one = canonical(serde_json::json!({"b": [1, {"d": 1, "c": 2}], "a": "é"}));
        assert_eq!(one, r#"{"a":"é","b":[1,{"c":2,"d":1}]}"#);
        assert_eq!(one, canonical(serde_json::json!({"a": "é", "b": [1, {"c": 2, "d": 1}]})));
        assert_ne!(one, canonical(serde_json::json!({"a": "e", "b": [1, {"c": 2, "d": 1}]})));
    }
}
