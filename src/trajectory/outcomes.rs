//! What waits for a client's contact person beside the lines (uitstroom en plaatsing): of whom a provider states that he found
//! work or a place, the municipality says whether it is so. Without its word neither counts (indicators 8 and 9).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::EndReason;
use crate::actor::Actor;
use crate::client::{BenefitEndReason, Channel, Outflow, Placement, Told};
use crate::db::Conn;
use crate::schema::{client, client_name, outflow, placement, trajectory};

/// A trajectory of which its provider states an outflow or a placement, with what the municipality recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub trajectory_id: i64,
    pub provider_id: i64,
    pub client_id: i64,
    pub client_ref: String,
    pub case_ref: String,
    /// The client's name as it stands sealed.
    pub sealed: Option<String>,
    /// What the provider states.
    pub work_started_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<EndReason>,
    pub placed_on: Option<NaiveDate>,
    /// What the municipality recorded, and who told it.
    pub outflow: Option<(Outflow, Option<Told>)>,
    pub placement: Option<(Placement, Option<Told>)>,
}

impl Outcome {
    /// The provider states work or study, so the end of the benefit is to be looked at.
    pub fn asks_outflow(&self) -> bool {
        self.work_started_on.is_some() || matches!(self.end_reason, Some(EndReason::Work | EndReason::Study))
    }

    pub fn asks_placement(&self) -> bool {
        self.placed_on.is_some()
    }

    /// Something is asked of which nothing is recorded.
    pub fn waits(&self) -> bool {
        (self.asks_outflow() && self.outflow.is_none()) || (self.asks_placement() && self.placement.is_none())
    }
}

/// At most so many of one contact person's own clients, the newest first.
const MOST: i64 = 200;

pub fn of_contact(conn: &mut Conn, actor: &Actor, contact_id: i64) -> QueryResult<Vec<Outcome>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    let names = client_name::client_id
        .eq(trajectory::client_id)
        .and(client_name::provider_id.eq(trajectory::provider_id))
        .and(client_name::municipality_id.eq(trajectory::municipality_id));
    let stated = client::contact_id.is_null().and(trajectory::contact_id.eq(contact_id));
    let ended = trajectory::end_reason.eq_any([EndReason::Work, EndReason::Study]);
    let found = trajectory::work_started_on.is_not_null().or(trajectory::placed_on.is_not_null());
    let rows: Vec<Row> = trajectory::table
        .inner_join(client::table.on(client::id.eq(trajectory::client_id)))
        .left_join(client_name::table.on(names))
        .left_join(outflow::table.on(outflow::client_id.eq(trajectory::client_id)))
        .left_join(placement::table.on(placement::client_id.eq(trajectory::client_id)))
        .filter(trajectory::municipality_id.eq(actor.tenant()))
        .filter(client::contact_id.eq(contact_id).or(stated))
        .filter(ended.or(found))
        .order((trajectory::referred_on.desc(), trajectory::id))
        .limit(MOST)
        .select((
            (trajectory::id, trajectory::provider_id, trajectory::client_id),
            (client::client_ref, trajectory::case_ref, client_name::sealed.nullable()),
            (trajectory::work_started_on, trajectory::ended_on, trajectory::end_reason, trajectory::placed_on),
            (outflow::benefit_ended_on, outflow::reason, outflow::told_at, outflow::told_by, outflow::channel)
                .nullable(),
            (
                placement::confirmed,
                placement::waiting_list_days,
                placement::told_at,
                placement::told_by,
                placement::channel,
            )
                .nullable(),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(Outcome::from).collect())
}

/// Whose trajectory this is.
pub fn client_of(conn: &mut Conn, actor: &Actor, trajectory_id: i64) -> QueryResult<i64> {
    trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::id.eq(trajectory_id)))
        .select(trajectory::client_id)
        .first(conn)
}

/// Whom a client goes to, and since when: provider and day of referral.
pub fn ways_of(conn: &mut Conn, actor: &Actor, client_id: i64) -> QueryResult<Vec<(i64, NaiveDate)>> {
    trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::client_id.eq(client_id)))
        .order(trajectory::id)
        .select((trajectory::provider_id, trajectory::referred_on))
        .load(conn)
}

type OutflowRow = (NaiveDate, BenefitEndReason, Option<NaiveDateTime>, Option<String>, Option<Channel>);
type PlacementRow = (bool, i64, Option<NaiveDateTime>, Option<String>, Option<Channel>);

#[derive(Queryable)]
struct Row {
    of: (i64, i64, i64),
    who: (String, String, Option<String>),
    stated: (Option<NaiveDate>, Option<NaiveDate>, Option<EndReason>, Option<NaiveDate>),
    outflow: Option<OutflowRow>,
    placement: Option<PlacementRow>,
}

impl From<Row> for Outcome {
    fn from(row: Row) -> Outcome {
        let (trajectory_id, provider_id, client_id) = row.of;
        let (client_ref, case_ref, sealed) = row.who;
        let (work_started_on, ended_on, end_reason, placed_on) = row.stated;
        let outflow = row.outflow.map(|(benefit_ended_on, reason, at, by, channel)| {
            (Outflow { benefit_ended_on, reason }, told(at, by, channel))
        });
        let placement = row.placement.map(|(confirmed, days, at, by, channel)| {
            let waiting_list_days = u32::try_from(days).unwrap_or_default();
            (Placement { confirmed, waiting_list_days }, told(at, by, channel))
        });
        Outcome {
            trajectory_id,
            provider_id,
            client_id,
            client_ref,
            case_ref,
            sealed,
            work_started_on,
            ended_on,
            end_reason,
            placed_on,
            outflow,
            placement,
        }
    }
}

/// Of what was recorded before this was kept, nobody knows.
fn told(at: Option<NaiveDateTime>, by: Option<String>, channel: Option<Channel>) -> Option<Told> {
    Some(Told { at: at?, by: by?, channel: channel? })
}
