//! What the calendar does with an offer (vervallen): nobody signed within the term. A first offer lapses, and whether the
//! application lapses too is for the contract manager; a change becomes what the setting says.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use diesel::result::Error as QueryError;

use super::notice::not_accepted;
use super::offering::touch;
use super::store::{Wanted, parties};
use super::{OfferVerb, PartyState};
use crate::actor::Actor;
use crate::db::Conn;

/// Looks at every offer that still waits for a provider. Answers how many ended. Done twice it does nothing the second
/// time.
pub fn lapse(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, today: NaiveDate) -> QueryResult<usize> {
    let mut ended = 0;
    for (offer, party) in parties(conn, actor, Wanted::In(&[PartyState::Offered]))? {
        if !party.term.is_over(today) {
            continue;
        }
        // Nobody but the house itself does this; a refusal would be a fault of ours.
        let to = party
            .state
            .lapse(actor.role(), party.kind, offer.silence)
            .map_err(|refusal| QueryError::QueryBuilderError(format!("{refusal:?}").into()))?;
        touch(conn, actor, now, &party, OfferVerb::Lapse, to, "")?;
        if to == PartyState::Declined {
            not_accepted(conn, actor, now, &offer, &party, "")?;
        }
        ended += 1;
    }
    Ok(ended)
}
