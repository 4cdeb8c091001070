//! The first procedure of a municipality (eerste procedure): open from the moment of setting up, so that a provider can
//! apply the same day. Only the program itself opens one like this; every other is proposed and published by two people.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::history::{Step, record};
use super::store::{Fault, carry_out, find, make};
use super::{Contact, Details, Entry, ProcedureState, ProcedureVerb, Remedy};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::Domain;
use crate::schema::procedure;
use crate::text::Bilingual;

/// Opens it and answers its id.
pub fn open(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    details: &Details,
) -> Result<i64, Fault> {
    let id = make(conn, system, now, details)?;
    let (verb, to) = (ProcedureVerb::Publish, ProcedureState::Published);
    diesel::update(procedure::table.find(id)).set(procedure::state.eq(to)).execute(conn)?;
    let from = Some(ProcedureState::Draft);
    record(conn, system, now, &Step { id, code: &details.code, verb, from, to, reason: "" })?;
    let seen = find(conn, system, id)?.map_or(1, |made| made.version);
    carry_out(conn, system, now, today, id, seen, ProcedureVerb::Open, "", 0)?;
    Ok(id)
}

/// What a new municipality starts with: continuous entry for re-integration. The remedy is the complaints desk until the
/// municipality names its court.
pub fn usual(contact_name: &str, contact_email: &str) -> Details {
    Details {
        code: "re-integratie".to_owned(),
        name: Bilingual { nl: "Re-integratie".to_owned(), en: "Re-integration".to_owned() },
        domain: Domain::Pw,
        entry: Entry::Continuous,
        opens_on: None,
        closes_on: None,
        remedy: Remedy::Complaint,
        court: String::new(),
        contact: Contact { name: contact_name.to_owned(), phone: String::new(), email: contact_email.to_owned() },
        intro: Bilingual {
            nl: "U kunt zich het hele jaar aanmelden. Voldoet u aan alle eisen, dan wordt u toegelaten.".to_owned(),
            en: "You can apply all year round. If you meet all the criteria, you are admitted.".to_owned(),
        },
    }
}
