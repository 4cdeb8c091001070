//! From which decision of the consultation table the words of a clause were born (ontstaan uit besluit). The table itself
//! is a chapter further on; here its decisions are only looked up.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use i18n_embed_fl::fl;

use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::schema::{article, consultation_table, table_decision, table_proposal};
use crate::text::Lang;

/// A decision and the table that took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub table_id: i64,
    pub table: String,
    /// The number of the decision.
    pub decision: i32,
    /// The number of the proposal it was about, where it can be read.
    pub proposal: i32,
    /// The day on which it was decided, in Amsterdam.
    pub on: NaiveDate,
}

impl Origin {
    /// "Ontstaan uit besluit 3 van Overlegtafel re-integratie, 18 november 2026".
    pub fn in_words(&self, lang: Lang) -> String {
        let (number, table, day) = (self.decision, self.table.as_str(), lang.day(self.on));
        fl!(lang.texts(), "consultation-born-from", number = number, table = table, day = day)
    }

    /// Where the municipality reads it.
    pub fn path(&self) -> String {
        format!("/tafels/{}/voorstellen/{}", self.table_id, self.proposal)
    }
}

/// The origin of every clause of a version that has one. Whether the actor may see the version is asked before; a decision
/// is no secret to who may read the words that came of it.
pub fn of_clauses(conn: &mut Conn, actor: &Actor, version_id: i64) -> QueryResult<HashMap<i32, Origin>> {
    let rows: Vec<(i32, i64, String, i32, i32, NaiveDateTime)> = article::table
        .inner_join(table_decision::table.on(article::decision_id.eq(table_decision::id.nullable())))
        .inner_join(consultation_table::table.on(consultation_table::id.eq(table_decision::table_id)))
        .inner_join(table_proposal::table.on(table_proposal::id.eq(table_decision::proposal_id)))
        .filter(article::municipality_id.eq(actor.tenant()).and(article::text_version_id.eq(version_id)))
        .filter(table_decision::municipality_id.eq(actor.tenant()))
        .select((
            article::clause,
            table_decision::table_id,
            consultation_table::name,
            table_decision::number,
            table_proposal::number,
            table_decision::decided_at,
        ))
        .load(conn)?;
    let origin = |(clause, table_id, table, decision, proposal, at)| {
        (clause, Origin { table_id, table, decision, proposal, on: wall_clock(at).date() })
    };
    Ok(rows.into_iter().map(origin).collect())
}
