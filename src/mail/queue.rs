//! The queue (wachtrij): how a worker takes a mail in hand, and writes down what became of it. Two workers, in one
//! process or in two, never have the same mail in hand; one that dies with a mail in hand loses it to the next.

use chrono::{NaiveDateTime, SubsecRound, TimeDelta};
use diesel::prelude::*;

use super::letter::Letter;
use super::sending::Failure;
use super::{MailKind, MailState, next_attempt, store};
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::outbox;
use crate::text::Lang;

/// A mail in hand.
#[derive(Debug, Clone)]
pub struct InHand {
    pub id: i64,
    pub letter: Letter,
    municipality_id: i64,
    kind: MailKind,
    /// This attempt, counted from one. Whoever comes with an older number lost the mail to somebody else.
    attempt: i64,
    patience_until: NaiveDateTime,
}

/// So long a worker may have a mail in hand: longer than a server can keep it busy.
pub const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Whether there is anything to send. Needs no lock, so an idle worker keeps nobody from writing.
pub fn is_due(conn: &mut Conn, now: NaiveDateTime) -> QueryResult<bool> {
    let due = outbox::table.filter(outbox::state.eq(MailState::Waiting).and(outbox::due_at.le(now)));
    diesel::select(diesel::dsl::exists(due)).get_result(conn)
}

/// Takes the mail that waits longest, if any is due.
pub fn take(conn: &mut Conn, now: NaiveDateTime) -> QueryResult<Option<InHand>> {
    let row: Option<Row> = outbox::table
        .filter(outbox::state.eq(MailState::Waiting).and(outbox::due_at.le(now)))
        .order((outbox::due_at, outbox::id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let attempt = row.attempts + 1;
    diesel::update(outbox::table.find(row.id))
        .set((outbox::attempts.eq(attempt), outbox::due_at.eq((now + LEASE).trunc_subsecs(3))))
        .execute(conn)?;
    let municipality = store::municipality_name(conn, row.municipality_id)?;
    Ok(Some(InHand {
        id: row.id,
        municipality_id: row.municipality_id,
        kind: row.kind,
        attempt,
        patience_until: row.patience_until,
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

/// The server took it. That holds whoever has the mail in hand by now.
pub fn sent(conn: &mut Conn, now: NaiveDateTime, mail: &InHand, text: &str, answer: &str) -> QueryResult<()> {
    let left = diesel::update(outbox::table.find(mail.id).filter(outbox::state.ne(MailState::Sent)))
        .set((
            (outbox::state.eq(MailState::Sent), outbox::answer.eq(answer), outbox::sent_text.eq(text)),
            outbox::ended_at.eq(now.trunc_subsecs(3)),
        ))
        .execute(conn)?;
    forget_secret(conn, mail)?;
    if left > 0 { note(conn, now, mail, "done") } else { Ok(()) }
}

/// It did not leave: it waits for its next attempt, or it ends here.
pub fn failed(conn: &mut Conn, now: NaiveDateTime, mail: &InHand, failure: &Failure) -> QueryResult<()> {
    let (answer, next) = match failure {
        Failure::Refused(said) => (said, Err(MailState::Bounced)),
        Failure::Later(said) | Failure::Unreachable(said) => {
            (said, next_attempt(now, mail.attempt, mail.patience_until).ok_or(MailState::GivenUp))
        }
    };
    let in_hand =
        outbox::table.find(mail.id).filter(outbox::state.eq(MailState::Waiting).and(outbox::attempts.eq(mail.attempt)));
    match next {
        Ok(due_at) => {
            let later = (outbox::answer.eq(answer), outbox::due_at.eq(due_at.trunc_subsecs(3)));
            diesel::update(in_hand).set(later).execute(conn)?;
            Ok(())
        }
        Err(state) => {
            let end = (outbox::state.eq(state), outbox::answer.eq(answer), outbox::ended_at.eq(now.trunc_subsecs(3)));
            if diesel::update(in_hand).set(end).execute(conn)? == 0 {
                return Ok(());
            }
            forget_secret(conn, mail)?;
            note(conn, now, mail, state.as_str())
        }
    }
}

/// A link that lets somebody in is not kept a moment longer than it takes to send it.
fn forget_secret(conn: &mut Conn, mail: &InHand) -> QueryResult<()> {
    if mail.letter.secret {
        diesel::update(outbox::table.find(mail.id)).set(outbox::link.eq("")).execute(conn)?;
    }
    Ok(())
}

/// Without address and without the server's words: both may name a person, and the audit is never cleaned.
fn note(conn: &mut Conn, now: NaiveDateTime, mail: &InHand, result: &str) -> QueryResult<()> {
    let actor = Actor::of_municipality("openhouse", Role::System, mail.municipality_id, "mail");
    let (object, detail) = (format!("mail/{}", mail.id), mail.kind.as_str());
    audit::record(conn, &actor, now, Act { action: "mail.send", object: &object, result, detail })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct Row {
    id: i64,
    municipality_id: i64,
    kind: MailKind,
    to_name: String,
    to_email: String,
    language: Lang,
    subject: String,
    body: String,
    link: String,
    mark: String,
    posted_at: NaiveDateTime,
    attempts: i64,
    patience_until: NaiveDateTime,
}
