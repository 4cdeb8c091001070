//! The daily round (dagelijkse ronde): what the calendar asks for, for each municipality once a day. Procedures open and
//! close, supplements are reminded of, refusals become final, evidence runs out and its successor is asked, who had no
//! clients for long is told, consultation tables are reminded of the term to react, the
//! budget is counted. Each step looks at what stands in its
//! tables, so a round done twice does nothing the second time, and one that was missed is caught up by the next.

mod store;
pub mod worker;

use anyhow::anyhow;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::result::Error as QueryError;

use crate::account::store::municipalities;
use crate::actor::Actor;
use crate::agreement::life;
use crate::agreement::offer::calendar;
use crate::budget::alarm;
use crate::calendar::wall_clock;
use crate::consultation::telling;
use crate::db::{Conn, Db};
use crate::dossier::{decision, recheck, resting, supplement};
use crate::procedure::admission;
use crate::text::Lang;
use crate::trajectory::no_clients;

/// What a round did in one municipality.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Procedures that opened or closed.
    pub procedures: usize,
    /// Reminders of a supplement (E05).
    pub reminders: usize,
    /// Refusals that became final.
    pub refusals: usize,
    /// Criteria whose evidence begins to run out, or expired.
    pub criteria: usize,
    /// Providers that were asked for a successor (E12).
    pub successors: usize,
    /// Providers that were told that they had no clients for long (E30).
    pub without_clients: usize,
    /// Offers of an agreement whose term is over.
    pub offers: usize,
    /// Consultation tables that were reminded of the term to react (E38).
    pub tables: usize,
    /// Agreements that began, whose end is near (E26), or that ended.
    pub agreements: usize,
    /// Sources of funds of which finance was told that much is spent (E63).
    pub budgets: usize,
}

/// A municipality by its name, with what was done there.
pub type Report = Vec<(String, Done)>;

/// The round of every municipality, whether it was done today or not.
pub fn run(db: &Db, now: NaiveDateTime) -> anyhow::Result<Report> {
    let mut report = Report::new();
    for (id, name) in db.read(municipalities)? {
        report.push((name, db.write(|conn| walk(conn, id, now))?));
    }
    Ok(report)
}

/// What [`run`] would do now; nothing is written.
pub fn try_out(db: &Db, now: NaiveDateTime) -> anyhow::Result<Report> {
    let mut report = Report::new();
    for (id, name) in db.read(municipalities)? {
        // The transaction ends with what it tried, so that nothing of it stays.
        if let Err(Tried(done)) = db.write(|conn| Err::<(), Tried>(Tried(walk(conn, id, now)))) {
            report.push((name, done?));
        }
    }
    Ok(report)
}

struct Tried(anyhow::Result<Done>);

impl From<QueryError> for Tried {
    fn from(cause: QueryError) -> Tried {
        Tried(Err(cause.into()))
    }
}

/// The round of the municipalities that did not have it today. One that fails keeps no other from its own.
pub fn run_due(db: &Db, now: NaiveDateTime) -> anyhow::Result<()> {
    let today = wall_clock(now).date();
    for id in db.read(|conn| store::without_round(conn, today))? {
        let done = db.write(|conn| match store::was_done(conn, id, today)? {
            // Another process was here between our look and our turn.
            true => Ok(None),
            false => walk(conn, id, now).map(Some),
        });
        match done {
            Ok(Some(done)) => tracing::info!(municipality = id, ?done, "the daily round is done"),
            Ok(None) => {}
            Err(cause) => tracing::error!(municipality = id, %cause, "the daily round failed and is tried again"),
        }
    }
    Ok(())
}

/// The round of one municipality, in the transaction of the caller: half a round is no round.
pub fn walk(conn: &mut Conn, municipality_id: i64, now: NaiveDateTime) -> anyhow::Result<Done> {
    let (system, today) = (Actor::system(municipality_id), wall_clock(now).date());
    let done = steps(conn, &system, now, today)?;
    store::note(conn, &system, now, today)?;
    Ok(done)
}

fn steps(conn: &mut Conn, system: &Actor, now: NaiveDateTime, today: NaiveDate) -> anyhow::Result<Done> {
    use crate::dossier::store::Fault;
    use admission::store::Fault as ProcedureFault;
    let procedures = resting::follow_the_calendar(conn, system, now, today).map_err(|fault| match fault {
        ProcedureFault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        ProcedureFault::Trouble(cause) => cause.into(),
    })?;
    let reminders = supplement::remind(conn, system, now, today)?;
    let refusals = decision::close_refusals(conn, system, now, today).map_err(|fault| match fault {
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        Fault::Trouble(cause) => cause.into(),
    })?;
    let criteria = recheck::follow_the_calendar(conn, system, now, today)?;
    let successors = recheck::ask_successors(conn, system, now, today)?;
    let without_clients = no_clients::tell(conn, system, now, today)?;
    let offers = calendar::lapse(conn, system, now, today)?;
    let tables = telling::remind(conn, system, now, today)?;
    let cases = life::cases::cases(conn, system, today)?;
    let turned = life::calendar::follow(conn, system, now, today, &cases).map_err(|fault| match fault {
        life::store::Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        life::store::Fault::Trouble(cause) => cause.into(),
    })?;
    let budgets = alarm::follow(conn, system, now, today)?;
    let agreements = turned.begun + turned.warned + turned.ended;
    Ok(Done {
        procedures,
        reminders,
        refusals,
        criteria,
        successors,
        without_clients,
        tables,
        offers,
        agreements,
        budgets,
    })
}
