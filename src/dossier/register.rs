//! The register of admitted providers (register van toegelaten aanbieders): in alphabetical order and nothing that ranks.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::form::{Filled, Step};
use super::{ApplicationNumber, ApplicationState};
use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::admission::ProcedureState;
use crate::schema::{application, application_decision, application_step, procedure, provider, registration};

/// An admitted provider as everybody may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    pub application_id: i64,
    pub number: ApplicationNumber,
    pub provider_id: i64,
    /// The municipality's own number for it.
    pub provider_number: i64,
    pub name: String,
    pub kvk: String,
    pub procedure_code: String,
    pub admitted_on: NaiveDate,
    /// Codes of what it was admitted for.
    pub products: Vec<String>,
    pub profiles: Vec<String>,
    pub website: String,
}

/// The register of a municipality for its own people; a provider reads the same.
pub fn of(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Admitted>> {
    read(conn, actor.tenant())
}

/// The register for visitors, by the address of the municipality; empty where nothing is published.
pub fn public(conn: &mut Conn, slug: &str) -> QueryResult<Vec<Admitted>> {
    let municipality: Option<i64> = procedure::table
        .filter(procedure::slug.eq(slug).and(procedure::state.ne(ProcedureState::Draft)))
        .select(procedure::municipality_id)
        .first(conn)
        .optional()?;
    municipality.map_or(Ok(Vec::new()), |id| read(conn, id))
}

#[derive(Queryable)]
struct Row {
    application_id: i64,
    year: i32,
    sequence: i32,
    provider_id: i64,
    provider_number: i64,
    name: String,
    kvk: String,
    procedure_code: String,
    changed_at: NaiveDateTime,
}

fn read(conn: &mut Conn, municipality_id: i64) -> QueryResult<Vec<Admitted>> {
    let rows: Vec<Row> = application::table
        .inner_join(provider::table.on(provider::id.eq(application::provider_id)))
        .inner_join(
            registration::table.on(registration::provider_id
                .eq(application::provider_id)
                .and(registration::municipality_id.eq(application::municipality_id))),
        )
        .inner_join(procedure::table.on(procedure::id.eq(application::procedure_id)))
        .filter(application::municipality_id.eq(municipality_id).and(application::state.eq(ApplicationState::Admitted)))
        .order((registration::sort_name, registration::provider_id, procedure::code))
        .select((
            application::id,
            application::year,
            application::sequence,
            application::provider_id,
            registration::number,
            provider::name,
            provider::kvk,
            procedure::code,
            application::changed_at,
        ))
        .load(conn)?;
    let ids: Vec<i64> = rows.iter().map(|row| row.application_id).collect();
    let decided: Vec<(i64, NaiveDate)> = application_decision::table
        .filter(application_decision::municipality_id.eq(municipality_id))
        .filter(application_decision::application_id.eq_any(ids.clone()))
        .order(application_decision::id)
        .select((application_decision::application_id, application_decision::decided_on))
        .load(conn)?;
    let steps: Vec<(i64, Step, String)> = application_step::table
        .filter(application_step::municipality_id.eq(municipality_id).and(application_step::application_id.eq_any(ids)))
        .filter(application_step::step.eq_any([Step::Offer, Step::Organisation]))
        .select((application_step::application_id, application_step::step, application_step::body))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let of_row = steps.iter().filter(|(id, ..)| *id == row.application_id);
            let filled: Vec<Filled> =
                of_row.filter_map(|(_, step, body)| Filled::from_json(*step, body).ok()).collect();
            let offer = filled.iter().find_map(|one| match one {
                Filled::Offer(offer) => Some(offer.clone()),
                _ => None,
            });
            let website = filled.iter().find_map(|one| match one {
                Filled::Organisation(organisation) => Some(organisation.website.clone()),
                _ => None,
            });
            let offer = offer.unwrap_or_default();
            let decision = decided.iter().rev().find(|(id, _)| *id == row.application_id);
            Admitted {
                application_id: row.application_id,
                number: ApplicationNumber { year: row.year, sequence: row.sequence },
                provider_id: row.provider_id,
                provider_number: row.provider_number,
                name: row.name,
                kvk: row.kvk,
                procedure_code: row.procedure_code,
                admitted_on: decision.map_or_else(|| wall_clock(row.changed_at).date(), |(_, day)| *day),
                products: offer.products,
                profiles: offer.profiles,
                website: website.unwrap_or_default(),
            }
        })
        .collect())
}
