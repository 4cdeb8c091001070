//! Table `line_word`: saying something of lines. All that is said at once is taken, or nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::lines::{Whose, of};
use super::{Answer, ChargedLine, Refusal};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::client::Channel;
use crate::db::Conn;
use crate::quarter::Quarter;
use crate::schema::{assessment, line_word};

/// What is said of a line that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The line as it read.
    pub about: String,
    /// The last word about it that was seen; none when there was none.
    pub seen: Option<i64>,
    pub answer: Answer,
}

/// A refusal, or the house itself is broken.
#[derive(Debug)]
pub enum Fate {
    Refused(Refusal),
    Trouble(diesel::result::Error),
}

impl From<diesel::result::Error> for Fate {
    fn from(cause: diesel::result::Error) -> Fate {
        Fate::Trouble(cause)
    }
}

/// Takes what a contact person says of the lines of his own clients, and answers the providers it is about. A line that is
/// another's is not there.
pub fn say(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    contact_id: i64,
    quarter: Quarter,
    spoken: &[Spoken],
) -> Result<BTreeSet<i64>, Fate> {
    let own: BTreeMap<String, ChargedLine> = of(conn, actor, quarter, Whose::Contact(contact_id))?
        .into_iter()
        .map(|line| (line.about(quarter), line))
        .collect();
    let stands = |one: &&Spoken| own.get(&one.about).is_some_and(|line| line.said.as_ref().map(|s| s.id) == one.seen);
    let gone: Vec<String> = spoken.iter().filter(|one| !stands(one)).map(|one| one.about.clone()).collect();
    if !gone.is_empty() {
        return Err(Fate::Refused(Refusal::Changed(gone)));
    }
    let mut by_provider: BTreeMap<i64, Vec<(&ChargedLine, &Spoken)>> = BTreeMap::new();
    for one in spoken {
        let line = &own[&one.about];
        if let Some(fault) = one.answer.fault(line) {
            return Err(Fate::Refused(Refusal::Faulty { about: one.about.clone(), fault }));
        }
        // Who says the same again, says nothing new.
        if line.said.as_ref().is_none_or(|said| said.answer != one.answer) {
            by_provider.entry(line.provider_id).or_default().push((line, one));
        }
    }
    for provider_id in by_provider.keys() {
        if is_final(conn, actor, *provider_id, quarter)? {
            return Err(Fate::Refused(Refusal::Closed { provider_id: *provider_id }));
        }
    }
    for (provider_id, said) in &by_provider {
        for (line, one) in said {
            write_down(conn, actor, now, quarter, line, one)?;
        }
        let detail: Vec<String> = said.iter().map(|(line, one)| format!("{} {}", line.line, one.answer.word)).collect();
        let object = format!("provider/{provider_id}/quarter/{quarter}/lines");
        let act = Act { action: "confirmation.say", object: &object, result: "done", detail: &detail.join(", ") };
        audit::record(conn, actor, now, act)?;
    }
    Ok(by_provider.into_keys().collect())
}

fn write_down(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    quarter: Quarter,
    line: &ChargedLine,
    one: &Spoken,
) -> QueryResult<()> {
    diesel::insert_into(line_word::table)
        .values((
            line_word::municipality_id.eq(actor.tenant()),
            line_word::provider_id.eq(line.provider_id),
            line_word::quarter.eq(quarter.to_string()),
            line_word::line.eq(&line.line),
            line_word::about.eq(&one.about),
            line_word::word.eq(one.answer.word),
            line_word::quantity.eq(one.answer.quantity),
            line_word::amount_cents.eq(one.answer.amount),
            line_word::reason.eq(&one.answer.reason),
            line_word::channel.eq(Channel::Screen),
            line_word::said_at.eq(now),
            line_word::said_by.eq(actor.name()),
            line_word::account_id.eq(actor.account_id()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether the quarter was set final for this provider. The judging stands further on in the house and asks itself; here
/// it is asked of its table, in the transaction of what is said.
pub fn is_final(conn: &mut Conn, actor: &Actor, provider_id: i64, quarter: Quarter) -> QueryResult<bool> {
    let newest: Option<Option<NaiveDateTime>> = assessment::table
        .filter(assessment::municipality_id.eq(actor.tenant()).and(assessment::provider_id.eq(provider_id)))
        .filter(assessment::quarter.eq(quarter.to_string()))
        .order(assessment::version.desc())
        .select(assessment::final_at)
        .first(conn)
        .optional()?;
    Ok(newest.flatten().is_some())
}
