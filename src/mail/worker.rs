//! The worker (postbode): a thread of its own that sends what waits in the outbox, so that no page waits for a server.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use chrono::{NaiveDateTime, Utc};
use diesel::result::Error as QueryError;

use super::queue::{self, InHand};
use super::sending::{Failure, Sending};
use crate::db::Db;

/// What one step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing was due.
    Idle,
    /// A mail was tried; whatever became of it, the next can be tried at once.
    Tried,
    /// The server is out of reach; the next would fare the same.
    Unreachable,
}

/// Tries one mail, if one is due. The clock is asked twice: a slow server takes time.
pub fn step(db: &Db, sending: &Sending, clock: &dyn Fn() -> NaiveDateTime) -> Result<Step, QueryError> {
    let now = clock();
    if !db.read(|conn| queue::is_due(conn, now))? {
        return Ok(Step::Idle);
    }
    let taken: Option<InHand> = db.write(|conn| queue::take(conn, now))?;
    let Some(mail) = taken else { return Ok(Step::Idle) };
    // Between here and the next write no transaction is open: the server may take its time, or the process may die.
    match sending.send(mail.id, &mail.letter) {
        Ok(answer) => {
            let text = mail.letter.text_to_show(sending);
            db.write(|conn| queue::sent(conn, clock(), &mail, &text, &answer))?;
            Ok(Step::Tried)
        }
        Err(failure) => {
            db.write(|conn| queue::failed(conn, clock(), &mail, &failure))?;
            // What a server says about one mail may name its reader; that stands in the outbox alone.
            Ok(match failure {
                Failure::Unreachable(said) => {
                    tracing::warn!(mail = mail.id, said, "the mail server is out of reach");
                    Step::Unreachable
                }
                Failure::Refused(_) | Failure::Later(_) => {
                    tracing::warn!(mail = mail.id, "a mail was not taken");
                    Step::Tried
                }
            })
        }
    }
}

/// A worker that runs; it stops when this is dropped.
#[derive(Debug)]
pub struct Worker {
    /// Dropped to ask the thread to stop.
    stop: Option<Sender<()>>,
    stopped: Receiver<()>,
}

/// How long an idle worker looks away.
const REST: Duration = Duration::from_secs(2);

/// After a server or a database that is out of reach.
const LONG_REST: Duration = Duration::from_secs(30);

/// A mail in hand is finished first, when the server is quick enough. One that is not is sent by the next process.
const LAST_WAIT: Duration = Duration::from_secs(8);

/// Starts a worker, when there is a way for mail to leave.
pub fn start(db: Db, sending: Sending) -> std::io::Result<Option<Worker>> {
    if sending.destination().is_none() {
        return Ok(None);
    }
    let ((stop, asked), (done, stopped)) = (channel(), channel());
    std::thread::Builder::new().name("mail".to_owned()).spawn(move || {
        work(&db, &sending, &asked);
        // Nobody may be waiting any more.
        let _ = done.send(());
    })?;
    Ok(Some(Worker { stop: Some(stop), stopped }))
}

fn work(db: &Db, sending: &Sending, asked: &Receiver<()>) {
    loop {
        let rest = match step(db, sending, &|| Utc::now().naive_utc()) {
            Ok(Step::Tried) => Duration::ZERO,
            Ok(Step::Idle) => REST,
            Ok(Step::Unreachable) => LONG_REST,
            Err(cause) => {
                tracing::error!(%cause, "the outbox cannot be read or written");
                LONG_REST
            }
        };
        if asked.recv_timeout(rest) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop = None;
        let _ = self.stopped.recv_timeout(LAST_WAIT);
    }
}
