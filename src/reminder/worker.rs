//! The clock of the round (wekker): a thread of the serving process that does the round once a day, after six in the
//! morning. Of several processes one does it: the row of the day is written in the transaction of the round itself.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use chrono::{NaiveDateTime, NaiveTime, Utc};

use crate::calendar::wall_clock;
use crate::db::Db;

/// Runs until it is dropped. A round that is at work then is finished by whoever starts next: it is one transaction.
#[derive(Debug)]
pub struct Worker {
    _stop: Sender<()>,
}

/// Whoever starts a server wants its pages first.
const FIRST_LOOK: Duration = Duration::from_secs(60);

/// Between two looks at the clock.
const REST: Duration = Duration::from_secs(600);

pub fn start(db: Db) -> std::io::Result<Worker> {
    let (stop, asked) = channel();
    std::thread::Builder::new().name("round".to_owned()).spawn(move || work(&db, &asked))?;
    Ok(Worker { _stop: stop })
}

fn work(db: &Db, asked: &Receiver<()>) {
    let mut rest = FIRST_LOOK;
    while asked.recv_timeout(rest) == Err(RecvTimeoutError::Timeout) {
        rest = REST;
        look(db, Utc::now().naive_utc());
    }
}

/// Does the round where it is due, and nothing before six.
pub fn look(db: &Db, now: NaiveDateTime) {
    let six = NaiveTime::from_hms_opt(6, 0, 0).unwrap_or_default();
    if wall_clock(now).time() < six {
        return;
    }
    if let Err(cause) = super::run_due(db, now) {
        tracing::error!(%cause, "the daily round cannot look at the database");
    }
}
