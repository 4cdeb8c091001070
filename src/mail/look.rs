//! Looking at the mail (mailoverzicht): what waits, what came back, and one mail in full. Every look-up stays within the
//! municipality of who asks.

use chrono::{NaiveDateTime, SubsecRound, TimeDelta};
use diesel::prelude::*;

use super::letter::Letter;
use super::{MailKind, MailState, PATIENCE, store};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::outbox;
use crate::text::Lang;

/// How the mail of a municipality does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    pub waiting: i64,
    /// When the mail that waits longest was posted.
    pub waits_since: Option<NaiveDateTime>,
    /// Bounced or given up.
    pub stranded: i64,
    /// In the last seven days.
    pub sent: i64,
    /// What the mail server last had against a mail that waits or was stranded.
    pub last_trouble: Option<String>,
}

pub fn health(conn: &mut Conn, actor: &Actor, now: NaiveDateTime) -> QueryResult<Health> {
    let own = || outbox::table.filter(outbox::municipality_id.eq(actor.tenant()));
    let waiting = || own().filter(outbox::state.eq(MailState::Waiting));
    Ok(Health {
        waiting: waiting().count().get_result(conn)?,
        waits_since: waiting().order(outbox::id).select(outbox::posted_at).first(conn).optional()?,
        stranded: own().filter(outbox::state.eq_any(STRANDED)).count().get_result(conn)?,
        sent: own()
            .filter(outbox::state.eq(MailState::Sent).and(outbox::ended_at.gt(now - TimeDelta::days(7))))
            .count()
            .get_result(conn)?,
        last_trouble: own()
            .filter(outbox::state.ne(MailState::Sent).and(outbox::answer.ne("")))
            .order(outbox::id.desc())
            .select(outbox::answer)
            .first(conn)
            .optional()?,
    })
}

/// What ended without being delivered.
const STRANDED: [MailState; 2] = [MailState::Bounced, MailState::GivenUp];

/// A mail in a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Line {
    pub id: i64,
    pub kind: MailKind,
    pub to_name: String,
    pub subject: String,
    pub state: MailState,
    pub posted_at: NaiveDateTime,
}

/// So many mails stand on a page.
pub const PAGE: usize = 50;

/// The newest mails in these states, older than `before` when it is given; one more than a page holds when there are
/// more.
pub fn newest(conn: &mut Conn, actor: &Actor, states: &[MailState], before: Option<i64>) -> QueryResult<Vec<Line>> {
    outbox::table
        .filter(outbox::municipality_id.eq(actor.tenant()).and(outbox::state.eq_any(states)))
        .filter(outbox::id.lt(before.unwrap_or(i64::MAX)))
        .order(outbox::id.desc())
        .limit(PAGE as i64 + 1)
        .select(Line::as_select())
        .load(conn)
}

/// One mail and how it fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub id: i64,
    pub kind: MailKind,
    pub state: MailState,
    pub letter: Letter,
    pub attempts: i64,
    /// The next attempt; says nothing once the mail is sent or stranded.
    pub due_at: NaiveDateTime,
    /// What the mail server said last.
    pub answer: String,
    pub ended_at: Option<NaiveDateTime>,
    /// The whole text as it left.
    pub sent_text: Option<String>,
    /// Whether it is also kept as a message in the portal.
    pub in_portal: bool,
}

pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Posted>> {
    let row: Option<Row> = outbox::table
        .find(id)
        .filter(outbox::municipality_id.eq(actor.tenant()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let municipality = store::municipality_name(conn, actor.tenant())?;
    Ok(Some(Posted {
        id: row.id,
        kind: row.kind,
        state: row.state,
        attempts: row.attempts,
        due_at: row.due_at,
        answer: row.answer,
        ended_at: row.ended_at,
        sent_text: row.sent_text,
        in_portal: row.message_id.is_some(),
        letter: Letter {
            municipality,
            to_name: row.to_name,
            to_email: row.to_email,
            language: row.language,
            subject: row.subject,
            body: row.body,
            link: row.link,
            secret: row.kind.definition().secret,
            mark: row.mark,
            posted_at: row.posted_at,
        },
    }))
}

/// Sends a stranded mail once more, with new patience; false when it is not there or not stranded, or when its link let
/// somebody in: that link was forgotten.
pub fn send_again(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64) -> QueryResult<bool> {
    let secret: Vec<MailKind> = MailKind::ALL.iter().copied().filter(|kind| kind.definition().secret).collect();
    let stranded = outbox::table
        .find(id)
        .filter(outbox::municipality_id.eq(actor.tenant()).and(outbox::state.eq_any(STRANDED)))
        .filter(outbox::kind.ne_all(secret));
    let changed = diesel::update(stranded)
        .set((
            (outbox::state.eq(MailState::Waiting), outbox::attempts.eq(0), outbox::ended_at.eq(None::<NaiveDateTime>)),
            (outbox::due_at.eq(now.trunc_subsecs(3)), outbox::patience_until.eq((now + PATIENCE).trunc_subsecs(3))),
        ))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let object = format!("mail/{id}");
    audit::record(conn, actor, now, Act { action: "mail.again", object: &object, result: "done", detail: "" })?;
    Ok(true)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct Row {
    id: i64,
    kind: MailKind,
    message_id: Option<i64>,
    to_name: String,
    to_email: String,
    language: Lang,
    subject: String,
    body: String,
    link: String,
    mark: String,
    posted_at: NaiveDateTime,
    state: MailState,
    attempts: i64,
    due_at: NaiveDateTime,
    answer: String,
    ended_at: Option<NaiveDateTime>,
    sent_text: Option<String>,
}
