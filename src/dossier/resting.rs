//! A procedure that rests, goes on or closes (gepauzeerd, hervat, gesloten): "reason, message to all". Who has an application
//! in it that still matters hears of it in the transaction of the act.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use i18n_embed_fl::fl;

use super::state::ApplicationState;
use super::{Application, mails, store};
use crate::actor::Actor;
use crate::db::Conn;
use crate::procedure::admission::store::{Fault, carry_out as carried_out, follow_the_calendar as followed};
use crate::procedure::admission::{Procedure, ProcedureVerb};
use crate::text::Lang;

/// The applications in a procedure that are not over, and those of who was admitted. A draft is its provider's own: nobody
/// here knows of it, and who hands it in meets the procedure as it stands.
pub fn concerned(conn: &mut Conn, actor: &Actor, procedure_id: i64) -> QueryResult<Vec<Application>> {
    let matters = |state: &ApplicationState| state.is_under_way() || *state == ApplicationState::Admitted;
    let states: Vec<ApplicationState> = ApplicationState::ALL.iter().copied().filter(matters).collect();
    let mut found = store::all(conn, actor, &states)?;
    found.retain(|one| one.procedure_id == procedure_id);
    Ok(found)
}

/// Carries out what was chosen, and tells all of them why. `agreements` is how many under this procedure still run.
#[allow(clippy::too_many_arguments)]
pub fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    procedure: &Procedure,
    seen: i32,
    (verb, reason): (ProcedureVerb, &str),
    agreements: u32,
) -> Result<(), Fault> {
    carried_out(conn, actor, now, today, procedure.id, seen, verb, reason, agreements)?;
    for one in concerned(conn, actor, procedure.id)? {
        mails::procedure_moved(conn, actor, now, &one, procedure, verb, &|_| reason.to_owned())?;
    }
    Ok(())
}

/// What the calendar asks for: procedures open and close on their day. Of a closing all in it hear, with that day as the
/// reason; answers how many procedures changed.
pub fn follow_the_calendar(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<usize, Fault> {
    let changed = followed(conn, system, now, today)?;
    for (procedure, verb) in changed.iter().filter(|(_, verb)| *verb == ProcedureVerb::Close) {
        let last = procedure.details.closes_on.unwrap_or(today);
        let reason = |lang: Lang| fl!(lang.texts(), "procedure-closed-by-day", day = lang.day(last));
        for one in concerned(conn, system, procedure.id)? {
            mails::procedure_moved(conn, system, now, &one, procedure, *verb, &reason)?;
        }
    }
    Ok(changed.len())
}
