//! Reminding a provider of a quarter (herinneren), table `quarter_reminder`: of the statement that is not in, or of the term to
//! react that runs. One mail to each of its people, and a line that it was done.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::agreement;
use crate::assessment::finalising::{Fault, may_judge};
use crate::assessment::store::latest;
use crate::assessment::{Refusal, hearing, mails};
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::facts::due::DueDates;
use crate::mail::MailKind;
use crate::quarter::Quarter;
use crate::schema::quarter_reminder;
use crate::statement;

codes! {
    /// Of what somebody is reminded.
    pub enum ReminderKind {
        /// The statement is not in; its last day lies ahead (E16).
        Statement = "statement",
        /// The statement is late (E17).
        LateStatement = "late_statement",
        /// The term to react runs (E62).
        Reaction = "reaction",
    }
}

/// Reminds one provider of what waits for it now. Twice on one day is one press of the button.
pub fn remind(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
) -> Result<ReminderKind, Fault> {
    may_judge(conn, actor, now, provider_id)?;
    let today = wall_clock(now).date();
    let (kind, mail, until) = match latest(conn, actor, provider_id, quarter)? {
        Some(current) => {
            let heard = hearing::newest(conn, actor, provider_id, quarter)?;
            let heard = heard.filter(|one| current.finalised.is_none() && one.covers(current.version));
            let heard = heard.filter(|one| one.runs(today)).ok_or(Refusal::HearingOver)?;
            (ReminderKind::Reaction, MailKind::ReactionReminder, heard.term.due)
        }
        None => {
            let active = agreement::any_active_in(&agreement::store::of(conn, actor, &[provider_id])?, quarter);
            let missing = statement::store::receipt(conn, actor, provider_id, quarter)?.is_none();
            if !(active && missing) || quarter.last_day() >= today {
                return Err(Refusal::NotFound.into());
            }
            let due = DueDates::load(conn, actor)?.of(quarter);
            match today <= due {
                true => (ReminderKind::Statement, MailKind::StatementReminder, due),
                false => (ReminderKind::LateStatement, MailKind::StatementLate, due),
            }
        }
    };
    let before = sent(conn, actor, &[provider_id], quarter)?.remove(&provider_id);
    if before.is_some_and(|(at, what)| what == kind && wall_clock(at).date() == today) {
        return Ok(kind);
    }
    let mails = mails::reminder(conn, actor, now, mail, provider_id, quarter, until)?;
    diesel::insert_into(quarter_reminder::table)
        .values((
            (quarter_reminder::municipality_id.eq(actor.tenant()), quarter_reminder::provider_id.eq(provider_id)),
            (quarter_reminder::quarter.eq(quarter.to_string()), quarter_reminder::kind.eq(kind)),
            (quarter_reminder::sent_at.eq(now), quarter_reminder::sent_by.eq(actor.name())),
        ))
        .execute(conn)?;
    let (object, detail) = (format!("provider/{provider_id}/quarter/{quarter}"), format!("{mails} mails"));
    let act = Act { action: "quarter.remind", object: &object, result: kind.as_str(), detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(kind)
}

/// When each of these providers was reminded last of a quarter, in UTC, and of what.
pub fn sent(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    quarter: Quarter,
) -> QueryResult<HashMap<i64, (NaiveDateTime, ReminderKind)>> {
    let providers: Vec<i64> = providers.iter().copied().filter(|id| actor.may_see(*id)).collect();
    let rows: Vec<(i64, NaiveDateTime, ReminderKind)> = quarter_reminder::table
        .filter(quarter_reminder::municipality_id.eq(actor.tenant()))
        .filter(quarter_reminder::quarter.eq(quarter.to_string()).and(quarter_reminder::provider_id.eq_any(providers)))
        .order(quarter_reminder::id)
        .select((quarter_reminder::provider_id, quarter_reminder::sent_at, quarter_reminder::kind))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, at, kind)| (id, (at, kind))).collect())
}
