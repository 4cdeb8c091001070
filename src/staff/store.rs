//! Tables `professional` and `vog`.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::db::Conn;
use crate::schema::{professional, vog};
use crate::staff::{ProfessionalKind, Vog, VogKind};

/// A professional as the provider stated him, with the VOGs that were shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub staff_ref: String,
    pub kind: ProfessionalKind,
    pub client_contact: bool,
    pub active_from: NaiveDate,
    pub active_until: Option<NaiveDate>,
    pub vogs: Vec<Vog>,
}

/// Writes down who works for the provider; who was stated before is brought up to date. A VOG is known by its date and its
/// kind. What stands on it does not change, so other codes in a later statement put right what was copied wrongly before
/// ("De aanbieder legt vast, de gemeente neemt een steekproef", vog.md 2.4). None is taken away: it was shown.
pub fn state(conn: &mut Conn, actor: &Actor, provider_id: i64, stated: &[Stated]) -> QueryResult<()> {
    let known: HashMap<String, i64> = professional::table
        .filter(professional::municipality_id.eq(actor.tenant()).and(professional::provider_id.eq(provider_id)))
        .select((professional::staff_ref, professional::id))
        .load(conn)?
        .into_iter()
        .collect();
    let shown: Vec<(i64, i64, NaiveDate, VogKind)> = vog::table
        .filter(vog::municipality_id.eq(actor.tenant()).and(vog::provider_id.eq(provider_id)))
        .select((vog::id, vog::professional_id, vog::vog_date, vog::kind))
        .load(conn)?;
    let shown: HashMap<(i64, NaiveDate, VogKind), i64> =
        shown.into_iter().map(|(id, person, date, kind)| ((person, date, kind), id)).collect();
    for person in stated {
        let row = Row {
            municipality_id: actor.tenant(),
            provider_id,
            staff_ref: &person.staff_ref,
            kind: person.kind,
            client_contact: person.client_contact,
            active_from: person.active_from,
            active_until: person.active_until,
        };
        let id: i64 = match known.get(&person.staff_ref) {
            Some(id) => {
                diesel::update(professional::table.find(id)).set(&row).execute(conn)?;
                *id
            }
            None => {
                diesel::insert_into(professional::table).values(&row).returning(professional::id).get_result(conn)?
            }
        };
        for vog in each_once(&person.vogs) {
            match shown.get(&(id, vog.date, vog.kind)) {
                Some(known) => put_right(conn, *known, &vog)?,
                None => add_vog(conn, actor, provider_id, id, &vog)?,
            }
        }
    }
    Ok(())
}

/// Two rows with one date and one kind are one VOG, its codes spread over both.
fn each_once(stated: &[Vog]) -> Vec<Vog> {
    let mut once: Vec<Vog> = Vec::with_capacity(stated.len());
    for vog in stated {
        match once.iter_mut().find(|known| (known.date, known.kind) == (vog.date, vog.kind)) {
            Some(known) => {
                let more = vog.codes.iter().filter(|code| !known.codes.contains(code));
                let more: Vec<String> = more.cloned().collect();
                known.codes.extend(more);
                known.checked_on = known.checked_on.max(vog.checked_on);
            }
            None => once.push(vog.clone()),
        }
    }
    once
}

/// An empty day of checking says nothing, and leaves the known one.
fn put_right(conn: &mut Conn, id: i64, stated: &Vog) -> QueryResult<()> {
    diesel::update(vog::table.find(id)).set(vog::codes.eq(stated.codes.join(";"))).execute(conn)?;
    if stated.checked_on.is_some() {
        diesel::update(vog::table.find(id)).set(vog::checked_on.eq(stated.checked_on)).execute(conn)?;
    }
    Ok(())
}

fn add_vog(conn: &mut Conn, actor: &Actor, provider_id: i64, professional_id: i64, shown: &Vog) -> QueryResult<()> {
    diesel::insert_into(vog::table)
        .values((
            vog::municipality_id.eq(actor.tenant()),
            vog::provider_id.eq(provider_id),
            vog::professional_id.eq(professional_id),
            vog::vog_date.eq(shown.date),
            vog::kind.eq(shown.kind),
            vog::codes.eq(shown.codes.join(";")),
            vog::checked_on.eq(shown.checked_on),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = professional, treat_none_as_null = true)]
struct Row<'a> {
    municipality_id: i64,
    provider_id: i64,
    staff_ref: &'a str,
    kind: ProfessionalKind,
    client_contact: bool,
    active_from: NaiveDate,
    active_until: Option<NaiveDate>,
}
