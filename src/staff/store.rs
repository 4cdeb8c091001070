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

/// Writes down who works for the provider; who was stated before is brought up to date, and VOGs are only added.
pub fn state(conn: &mut Conn, actor: &Actor, provider_id: i64, stated: &[Stated]) -> QueryResult<()> {
    let known: HashMap<String, i64> = professional::table
        .filter(professional::municipality_id.eq(actor.tenant()).and(professional::provider_id.eq(provider_id)))
        .select((professional::staff_ref, professional::id))
        .load(conn)?
        .into_iter()
        .collect();
    let shown: Vec<(i64, NaiveDate, VogKind)> = vog::table
        .filter(vog::municipality_id.eq(actor.tenant()).and(vog::provider_id.eq(provider_id)))
        .select((vog::professional_id, vog::vog_date, vog::kind))
        .load(conn)?;
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
        for vog in person.vogs.iter().filter(|vog| !shown.contains(&(id, vog.date, vog.kind))) {
            add_vog(conn, actor, provider_id, id, vog)?;
        }
    }
    Ok(())
}

/// The same on the municipality's own authority: a VOG that was written down before gets the codes and the day of checking
/// now given.
pub fn put_right(conn: &mut Conn, actor: &Actor, provider_id: i64, stated: &[Stated]) -> QueryResult<()> {
    state(conn, actor, provider_id, stated)?;
    for person in stated {
        for shown in &person.vogs {
            let whose = professional::table
                .filter(professional::municipality_id.eq(actor.tenant()).and(professional::provider_id.eq(provider_id)))
                .filter(professional::staff_ref.eq(&person.staff_ref))
                .select(professional::id);
            let id: i64 = whose.first(conn)?;
            diesel::update(vog::table)
                .filter(vog::professional_id.eq(id).and(vog::vog_date.eq(shown.date)).and(vog::kind.eq(shown.kind)))
                .set((vog::codes.eq(shown.codes.join(";")), vog::checked_on.eq(shown.checked_on)))
                .execute(conn)?;
        }
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
