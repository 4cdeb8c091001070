//! How a life begins and follows what is acceded to (toetreding): a first version begins it, a newer one takes its place in
//! it, and what is brought up to date from elsewhere moves its days, but not what was decided here.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::store::{Carried, Fault, Step, of_provider, record, step};
use super::{Life, LifeState, LifeVerb};
use crate::actor::Actor;
use crate::agreement::{self, Accession};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::schema::agreement_life;

/// A version was acceded to: the agreement begins its life, or a newer version takes its place in it.
pub(in crate::agreement) fn acceded(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    new: &Accession,
) -> QueryResult<()> {
    let (system, today) = (Actor::system(actor.tenant()), wall_clock(now).date());
    let all = of_provider(conn, &system, new.provider_id)?;
    let Some(found) = all.into_iter().find(|one| one.number == new.number) else {
        let state = by_its_days(new.active_from, new.active_until, today);
        let id: i64 = diesel::insert_into(agreement_life::table)
            .values((
                agreement_life::municipality_id.eq(actor.tenant()),
                agreement_life::provider_id.eq(new.provider_id),
                agreement_life::number.eq(&new.number),
                agreement_life::state.eq(state),
                agreement_life::version.eq(1),
                agreement_life::changed_at.eq(now),
                agreement_life::changed_by.eq(actor.name()),
            ))
            .returning(agreement_life::id)
            .get_result(conn)?;
        let made = Step { effective_on: Some(new.active_from), ..Step::of(LifeVerb::Accede, state, "") };
        record(conn, actor, now, (id, new.provider_id, &new.number), None, &made)?;
        return Ok(());
    };
    agreement::store::end_the_versions_before(conn, &system, new)?;
    revise(conn, &system, now, &found, LifeVerb::Replace, new)
}

/// A version was brought up to date from elsewhere: what only follows from the days follows them.
pub(in crate::agreement) fn revised(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    known: &Accession,
) -> QueryResult<()> {
    let system = Actor::system(actor.tenant());
    let all = of_provider(conn, &system, known.provider_id)?;
    match all.into_iter().find(|one| one.number == known.number) {
        Some(found) => revise(conn, &system, now, &found, LifeVerb::Revise, known),
        None => Ok(()),
    }
}

fn revise(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    found: &Life,
    verb: LifeVerb,
    version: &Accession,
) -> QueryResult<()> {
    let today = wall_clock(now).date();
    let state = match (found.state, found.begins_on()) {
        // A client stop, a notice and a dissolution were decided on; no list of days undoes them.
        (LifeState::Signed | LifeState::Active | LifeState::Ended, Some(from)) => {
            match by_its_days(from, found.ends_on(), today) {
                // An agreement that ran ends by the daily round, which looks at the clients first.
                LifeState::Ended if found.state == LifeState::Active => LifeState::Active,
                state => state,
            }
        }
        (state, _) => state,
    };
    let written = Step { effective_on: Some(version.active_from), ..Step::of(verb, state, "") };
    match step(conn, system, now, found, &written, Carried::as_before(found)) {
        Ok(_) => Ok(()),
        Err(Fault::Trouble(cause)) => Err(cause),
        // Read in this very transaction, so nobody changed it.
        Err(Fault::Refused(_)) => Err(QueryError::RollbackTransaction),
    }
}

/// The last day that was decided on, of an agreement that was left or dissolved; nothing from elsewhere puts it off.
pub(in crate::agreement) fn decided_end(
    conn: &mut Conn,
    actor: &Actor,
    known: &Accession,
) -> QueryResult<Option<NaiveDate>> {
    let all = of_provider(conn, &Actor::system(actor.tenant()), known.provider_id)?;
    let found = all.into_iter().find(|one| one.number == known.number);
    Ok(found.filter(|one| matches!(one.state, LifeState::Notice | LifeState::Dissolved)).and_then(|one| one.ends_on()))
}

fn by_its_days(from: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> LifeState {
    match () {
        () if until.is_some_and(|last| last < today) => LifeState::Ended,
        () if from > today => LifeState::Signed,
        () => LifeState::Active,
    }
}
