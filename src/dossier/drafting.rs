//! Table `application_step`: the steps of the form as they are filled in (concept). A step is saved as a whole or not at
//! all; who saves over another's work is told, and gets both versions.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::form::{Filled, Form, Step};
use super::store::{Fault, find_by_id};
use super::supplement::is_asked;
use super::{Application, ApplicationState, Part, Refusal};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::procedure::store::catalogue;
use crate::schema::application_step;

/// A step as it was saved last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedStep {
    pub filled: Filled,
    /// Counts from one; nought is a step that was never saved.
    pub version: i32,
    pub saved_at: NaiveDateTime,
    pub saved_by: String,
}

/// What came of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// The version it has now.
    Saved(i32),
    /// Somebody saved meanwhile: his version, to lay beside one's own. Nothing was written.
    Theirs(Box<SavedStep>),
}

/// Saves one step, half or whole. `seen` is the version that was looked at, nought for a step that was never saved.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    application_id: i64,
    seen: i32,
    filled: &Filled,
) -> Result<Saving, Fault> {
    let filled = &offered(conn, actor, filled)?;
    let step = filled.step();
    let Some(found) = find_by_id(conn, actor, application_id)? else { return Err(Refusal::NotFound.into()) };
    may_edit(conn, actor, &found, &Part::Step(step))?;
    let saved = steps(conn, actor, application_id)?.into_iter().find(|one| one.filled.step() == step);
    let current = saved.as_ref().map_or(0, |saved| saved.version);
    if let Some(theirs) = saved.filter(|_| current != seen) {
        return Ok(if theirs.filled == *filled {
            Saving::Saved(theirs.version)
        } else {
            Saving::Theirs(Box::new(theirs))
        });
    }
    let body = filled.to_json().map_err(|fault| QueryError::SerializationError(fault.into()))?.to_string();
    diesel::delete(application_step::table)
        .filter(application_step::application_id.eq(application_id).and(application_step::step.eq(step)))
        .execute(conn)?;
    diesel::insert_into(application_step::table)
        .values((
            application_step::municipality_id.eq(actor.tenant()),
            application_step::application_id.eq(application_id),
            application_step::step.eq(step),
            application_step::version.eq(current + 1),
            application_step::saved_at.eq(now),
            application_step::saved_by.eq(actor.name()),
            application_step::body.eq(body),
        ))
        .execute(conn)?;
    let object = format!("application/{}/step/{step}", found.number);
    audit::record(conn, actor, now, Act { action: "application.save", object: &object, result: "done", detail: "" })?;
    Ok(Saving::Saved(current + 1))
}

/// What is applied for is in the catalogue; a form that names something else was not filled in on our page. Where there is
/// no catalogue nothing is known to be wrong.
fn offered(conn: &mut Conn, actor: &Actor, filled: &Filled) -> QueryResult<Filled> {
    let Filled::Offer(offer) = filled else { return Ok(filled.clone()) };
    let catalogue = catalogue(conn, actor)?;
    let mut offer = offer.clone();
    if !catalogue.is_empty() {
        offer.products.retain(|code| catalogue.iter().any(|one| one.code == *code));
    }
    Ok(Filled::Offer(offer))
}

/// The steps that were saved, in the order of the form. Nothing of an application that the actor may not see.
pub fn steps(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Vec<SavedStep>> {
    if find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Step, String, i32, NaiveDateTime, String)> = application_step::table
        .filter(application_step::municipality_id.eq(actor.tenant()))
        .filter(application_step::application_id.eq(application_id))
        .select((
            application_step::step,
            application_step::body,
            application_step::version,
            application_step::saved_at,
            application_step::saved_by,
        ))
        .load(conn)?;
    let mut saved: Vec<SavedStep> = rows
        .into_iter()
        .map(|(step, body, version, saved_at, saved_by)| {
            let filled =
                Filled::from_json(step, &body).map_err(|fault| QueryError::DeserializationError(fault.into()))?;
            Ok(SavedStep { filled, version, saved_at, saved_by })
        })
        .collect::<QueryResult<_>>()?;
    saved.sort_by_key(|one| one.filled.step());
    Ok(saved)
}

/// The whole form as it is now.
pub fn form(conn: &mut Conn, actor: &Actor, application_id: i64) -> QueryResult<Form> {
    let steps = steps(conn, actor, application_id)?.into_iter().map(|one| (one.filled.step(), one.filled));
    Ok(Form { steps: steps.collect() })
}

/// Whether a part may be changed now: all of a draft, and of a supplement "only the asked parts open".
pub(super) fn may_edit(conn: &mut Conn, actor: &Actor, found: &Application, part: &Part) -> Result<(), Fault> {
    let paper = found.channel == super::Channel::Paper;
    let own = actor.role().is_of_provider() || (paper && actor.may_hand_in());
    match found.state {
        _ if !own => Err(Refusal::NotYours.into()),
        ApplicationState::Draft => Ok(()),
        ApplicationState::SupplementAsked if is_asked(conn, actor, found.id, part)? => Ok(()),
        ApplicationState::SupplementAsked => Err(Refusal::NotAsked(part.clone()).into()),
        state => Err(Refusal::NotNow(state).into()),
    }
}
