//! The quarters from both sides (hoor en wederhoor): what the contract manager says of a finding, what the provider says to it, the
//! answers, and what is set final; each by the verb of who may. In the last quarter one provider can still react.

use anyhow::anyhow;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::days::working_day_until;
use super::{Municipality, ProviderQuarter, SHOWN};
use crate::actor::{Actor, Role};
use crate::assessment::reacting::{self, Reaction};
use crate::assessment::remarks::{self, OpenAction, Remark};
use crate::assessment::store::{Fault, finalise, latest};
use crate::assessment::{RemarkKind, hearing};
use crate::calendar::{add_days, utc, wall_clock};
use crate::db::Conn;
use crate::provider::Provider;
use crate::text::Lang;

/// All that both sides did about one quarter of one provider, judged at the first of these moments.
pub fn hold(
    conn: &mut Conn,
    system: &Actor,
    town: &Municipality,
    provider: &Provider,
    stated: &ProviderQuarter,
    (judged, now): (NaiveDateTime, NaiveDateTime),
) -> anyhow::Result<()> {
    let name = |email: &str| {
        let user = town.users.iter().find(|user| user.email == email);
        user.map_or(email.to_owned(), |user| user.name.clone())
    };
    let quarter = stated.quarter;
    for one in &stated.remarks {
        let new = Remark {
            id: 0,
            provider_id: provider.id,
            indicator: i64::from(one.indicator),
            kind: RemarkKind::Reason,
            body: one.reason.to_owned(),
            author: name(&one.by),
            written_at: midday(one.on),
            hearing_id: None,
            answers: None,
        };
        remarks::remark(conn, system, quarter, &new)?;
    }
    for action in &stated.actions {
        let new = OpenAction {
            provider_id: provider.id,
            body: action.text.to_owned(),
            owner: action.owner.clone(),
            due_on: action.due_on,
        };
        remarks::open_action(conn, system, quarter, &new)?;
    }
    let Some(current) = latest(conn, system, provider.id, quarter)? else { return Ok(()) };
    let manager = manager(system, &name(super::people::CONTRACT_MANAGER));
    let shown = stated.finalised.is_none() && provider.number == i64::from(SHOWN);
    let Some(opened) = opened(stated, provider, shown, (judged, now)) else { return Ok(()) };
    hearing::open(conn, &manager, opened, provider.id, quarter, current.version).map_err(said)?;
    if shown {
        return Ok(());
    }
    react(conn, system, &manager, provider, stated, &name)?;
    if let Some(finalised) = &stated.finalised {
        let (by, at) = (self::manager(system, &name(&finalised.by)), midday(finalised.on));
        finalise(conn, &by, at, provider.id, quarter, current.version).map_err(said)?;
    }
    Ok(())
}

fn manager(system: &Actor, name: &str) -> Actor {
    Actor::of_municipality(name, Role::ContractManager, system.tenant(), "demo")
}

/// When the quarter was put before the provider: as soon as it was judged, so that it can be final in time. In the last quarter some
/// still wait for that, and the provider of the demonstration got it a few days ago.
fn opened(
    stated: &ProviderQuarter,
    provider: &Provider,
    shown: bool,
    (judged, now): (NaiveDateTime, NaiveDateTime),
) -> Option<NaiveDateTime> {
    if shown {
        let day = working_day_until(add_days(wall_clock(now).date(), -RUNS_SINCE_DAYS));
        return Some(midday(day).max(judged).min(now));
    }
    let waits = stated.finalised.is_none() && provider.number % 5 == 3;
    (!waits).then_some(judged)
}

/// For so many days the provider of the demonstration can react already.
const RUNS_SINCE_DAYS: i64 = 4;

/// What the provider says to the reasons, each of which is answered; who has nothing (more) to say tells so. In the last quarter
/// every other provider still waits for its answers.
fn react(
    conn: &mut Conn,
    system: &Actor,
    manager: &Actor,
    provider: &Provider,
    stated: &ProviderQuarter,
    name: &impl Fn(&str) -> String,
) -> anyhow::Result<()> {
    let (id, quarter) = (provider.id, stated.quarter);
    let mut spoke = None;
    for one in &stated.remarks {
        let Some(reaction) = &one.reaction else { continue };
        let by = Actor::of_provider(&name(&reaction.by), system.tenant(), id, "demo");
        let words = Reaction { indicator: one.indicator, words: reaction.text, pieces: &[] };
        reacting::react(conn, &by, midday(reaction.on), id, quarter, words).map_err(said)?;
        spoke = Some((by, reaction.on));
    }
    let Some((by, on)) = spoke else { return Ok(()) };
    if stated.finalised.is_none() && provider.number % 2 == 1 {
        return Ok(());
    }
    let written = remarks::remarks(conn, system, &[id], quarter)?;
    for one in written.iter().filter(|one| one.kind == RemarkKind::Reaction && one.hearing_id.is_some()) {
        let adopted = one.indicator == 4;
        let words = if adopted { "" } else { "Wij begrijpen de oorzaak. De afspraak telt wel zo." };
        reacting::answer(conn, manager, afternoon(on), id, quarter, one.id, adopted, words).map_err(said)?;
    }
    if stated.finalised.is_none() {
        hearing::no_remarks(conn, &by, afternoon(on), id, quarter).map_err(said)?;
    }
    Ok(())
}

/// A moment in office hours, in UTC.
fn midday(day: NaiveDate) -> NaiveDateTime {
    utc(day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon exists")))
}

fn afternoon(day: NaiveDate) -> NaiveDateTime {
    utc(day.and_time(NaiveTime::from_hms_opt(15, 30, 0).expect("it exists")))
}

fn said(fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Refused(refusal) => anyhow!("{} ({refusal:?})", refusal.in_words(Lang::En)),
        Fault::Trouble(cause) => cause.into(),
    }
}
