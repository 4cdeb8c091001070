//! Setting a quarter final (vaststellen), and judging anew what is final (herzien): a correction is the next version, names what
//! it takes the place of, and says why.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::beside::Shared;
use crate::assessment::closing::{Closing, Replaced, Standings};
use crate::assessment::reacting::{readable, unanswered};
use crate::assessment::store::{assess_one, judge_anew, latest};
use crate::assessment::{Assessment, Refusal, hearing};
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::eyes;
use crate::procedure::store::terms;
use crate::quarter::Quarter;
use crate::schema::assessment;

/// A refusal, or the house itself is broken.
#[derive(Debug)]
pub enum Fault {
    Refused(Refusal),
    Trouble(diesel::result::Error),
}

impl From<diesel::result::Error> for Fault {
    fn from(cause: diesel::result::Error) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// Only the contract manager, and nobody who has an interest in this provider.
pub(super) fn may_judge(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, provider_id: i64) -> Result<(), Fault> {
    if !actor.may_finalise() {
        return Err(Refusal::NotYours.into());
    }
    let today = wall_clock(now).date();
    if eyes::interests(conn, actor, today)?.contains(&provider_id) {
        let months = terms(conn, actor, today)?.own_interest_months;
        return Err(Refusal::OwnInterest(months).into());
    }
    Ok(())
}

/// The provisional version that was looked at, for who may judge it.
pub(super) fn looked_at(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
) -> Result<Assessment, Fault> {
    let current = latest(conn, actor, provider_id, quarter)?.ok_or(Refusal::NotFound)?;
    may_judge(conn, actor, now, provider_id)?;
    if current.version != version {
        return Err(Refusal::Superseded { current: current.version }.into());
    }
    match current.finalised {
        Some((at, by)) => Err(Refusal::AlreadyFinal(at, by).into()),
        None => Ok(current),
    }
}

/// Sets the version final that was looked at. From then on it is never changed; a correction supersedes it.
pub fn finalise(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
) -> Result<(), Fault> {
    let current = looked_at(conn, actor, now, provider_id, quarter, version)?;
    if current.frozen.beside.is_none() {
        // It was judged before the rest of the report was frozen with it: what is set final must be whole.
        assess_one(conn, actor, now, provider_id, quarter)?;
        return Err(Refusal::Superseded { current: version + 1 }.into());
    }
    let newest = hearing::newest(conn, actor, provider_id, quarter)?;
    let open = unanswered(conn, actor, &[provider_id], quarter, quarter)?;
    let open = open.get(&(provider_id, quarter)).map_or(0, |count| *count as usize);
    hearing::may_be_final(newest.as_ref(), version, open, wall_clock(now).date())?;
    let products = Shared::load(conn, actor, quarter)?.products;
    let standing = Standings::load(conn, actor, &[provider_id], quarter)?.of(provider_id, &products);
    let replaces = current.replaces.map(|version| Replaced { version, reason: current.reason.clone() });
    let closing =
        Closing { quarter, version, final_at: now, final_by: actor.name().to_owned(), replaces, standing }.to_json();
    let digest = current.frozen.final_digest(&closing);
    diesel::update(assessment::table.find(current.id))
        .set((
            assessment::final_at.eq(now),
            assessment::final_by.eq(actor.name()),
            assessment::closing.eq(&closing),
            assessment::final_digest.eq(&digest),
        ))
        .execute(conn)?;
    let object = format!("provider/{provider_id}/quarter/{quarter}/assessment/{version}");
    let act = Act { action: "assessment.finalise", object: &object, result: "final", detail: &digest };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

/// Judges anew what is final, with the reason why. Until the new version is final the quarter is open again; the final one is
/// kept as it is. A version that came by itself, because a fact came in later, gets its reason here.
pub fn correct(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    version: i32,
    reason: &str,
) -> Result<i32, Fault> {
    let current = latest(conn, actor, provider_id, quarter)?.ok_or(Refusal::NotFound)?;
    may_judge(conn, actor, now, provider_id)?;
    if current.version != version {
        return Err(Refusal::Superseded { current: current.version }.into());
    }
    let reason = readable(reason)?;
    let version = match (&current.finalised, current.replaces) {
        (Some(_), _) => judge_anew(conn, actor, now, &current, &reason)?.ok_or(Refusal::NotFound)?,
        (None, Some(_)) if current.reason.is_empty() => {
            let row = assessment::table.find(current.id);
            diesel::update(row).set(assessment::reason.eq(&reason)).execute(conn)?;
            version
        }
        (None, _) => return Err(Refusal::NotFinal.into()),
    };
    let object = format!("provider/{provider_id}/quarter/{quarter}/assessment/{version}");
    audit::record(conn, actor, now, Act { action: "assessment.correct", object: &object, result: "open", detail: "" })?;
    Ok(version)
}
