//! Taking in what only the municipality knows: outflow, placements, exclusions, surveys and whose client somebody is. A line about a client, a
//! case or a provider that is not known is a fault, and with one fault nothing is taken.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::client::{Channel, Outflow, Placement};
use crate::db::Conn;
use crate::schema::trajectory;
use crate::sheet::{Line, Place, Remark};
use crate::statement::{
    ExclusionLine, Fault, ListedClientLine, Municipal, OutflowLine, PlacementLine, Problem, SurveyLine,
};
use crate::survey::ClientSurvey;
use crate::trajectory::store::Exclusion;
use crate::{client, provider, survey};

/// The unknown names, or a broken house.
#[derive(Debug)]
pub enum Fate {
    Strangers(Vec<Fault>),
    Trouble(diesel::result::Error),
}

impl From<diesel::result::Error> for Fate {
    fn from(cause: diesel::result::Error) -> Fate {
        Fate::Trouble(cause)
    }
}

/// Takes everything in, or nothing.
pub fn take(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, told: &Municipal) -> Result<(), Fate> {
    let mut strangers = Vec::new();
    for line in &told.outflows {
        match client::store::find(conn, actor, &line.client_ref)? {
            Some(id) => {
                let ended = Outflow { benefit_ended_on: line.benefit_ended_on, reason: line.reason };
                client::store::record_outflow(conn, actor, now, Channel::File, id, &ended)?;
            }
            None => strangers.push(stranger::<OutflowLine>(
                line.row,
                "clientnummer",
                &line.client_ref,
                Problem::UnknownClient,
            )),
        }
    }
    for line in &told.placements {
        match client::store::find(conn, actor, &line.client_ref)? {
            Some(id) => {
                let placed = Placement { confirmed: line.confirmed, waiting_list_days: line.waiting_list_days };
                client::store::record_placement(conn, actor, now, Channel::File, id, &placed)?;
            }
            None => strangers.push(stranger::<PlacementLine>(
                line.row,
                "clientnummer",
                &line.client_ref,
                Problem::UnknownClient,
            )),
        }
    }
    for line in &told.exclusions {
        let cases = cases_named(conn, actor, &line.case_ref)?;
        let [(provider_id, trajectory_id)] = cases[..] else {
            // Unknown, or the same number with two providers: then it cannot be told whose case is meant.
            strangers.push(stranger::<ExclusionLine>(line.row, "dossiernummer", &line.case_ref, Problem::UnclearCase));
            continue;
        };
        let new = Exclusion {
            indicator: line.indicator,
            code: line.code,
            accepted: line.agreed,
            reason: line.reason.clone(),
        };
        crate::trajectory::store::exclude(conn, actor, provider_id, trajectory_id, &new)?;
    }
    for line in &told.surveys {
        match provider::store::find_by_kvk(conn, actor, &line.kvk)? {
            Some(provider) => {
                let new = ClientSurvey { survey_ref: line.survey.clone(), due_on: line.due_on };
                let id = survey::store::announce(conn, actor, &new)?;
                survey::store::cooperate(conn, actor, provider.id, id, line.took_part_on)?;
            }
            None => {
                strangers.push(stranger::<SurveyLine>(line.row, "kvk", line.kvk.as_str(), Problem::UnknownProvider))
            }
        }
    }
    // The list may name somebody who is in no trajectory yet.
    let ids = client::store::enrol(conn, actor, told.clients.iter().map(|line| line.client_ref.as_str()))?;
    for line in &told.clients {
        match client::store::contact_with(conn, actor, &line.contact)? {
            Some(contact) => client::store::assign(conn, actor, ids[&line.client_ref], contact)?,
            None => strangers.push(stranger::<ListedClientLine>(
                line.row,
                "contactpersoon",
                &line.contact,
                Problem::UnknownContact,
            )),
        }
    }
    if !strangers.is_empty() {
        return Err(Fate::Strangers(strangers));
    }
    let act = Act { action: "municipality.state", object: "municipality", result: "done", detail: "" };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

fn stranger<L: Line>(row: u32, column: &str, found: &str, problem: Problem) -> Fault {
    Remark::new(Place::cell(L::TABLE.name, row, column), found, problem)
}

/// Provider and trajectory of every case with this number.
fn cases_named(conn: &mut Conn, actor: &Actor, case_ref: &str) -> QueryResult<Vec<(i64, i64)>> {
    trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::case_ref.eq(case_ref)))
        .select((trajectory::provider_id, trajectory::id))
        .load(conn)
}
