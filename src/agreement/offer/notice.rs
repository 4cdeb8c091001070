//! A change that is not accepted (niet aanvaard): it counts as notice of the agreement that the provider works under. The
//! only place where an answer to an offer ends an agreement.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use diesel::result::Error as QueryError;

use super::store::Fault;
use super::{Offer, OfferRefusal, Party, PartyKind, mails};
use crate::actor::Actor;
use crate::agreement::life::leaving::refuse_change;
use crate::agreement::life::{self, Life, LifeVerb};
use crate::agreement::{self, Accession};
use crate::calendar::{add_days, add_months, wall_clock};
use crate::db::Conn;

/// The last day of the agreement of who does not accept: "refusal without good reason counts as notice until the start date
/// of the change" (national contract standard 1.4), and of a forced change "3 months' notice for either side" (3.22). That
/// notice begins after the provider's own term, so that the day is known before anybody answers.
pub fn last_day(offer: &Offer, party: &Party) -> NaiveDate {
    let before = add_days(offer.starts_on, -1);
    offer.notice_months.map_or(before, |months| add_months(party.term.due, months).max(before))
}

/// Whether there is an agreement left for a change to change: of who gave notice, or was given it, it may end before.
pub(super) fn something_to_change(conn: &mut Conn, actor: &Actor, offer: &Offer, party: &Party) -> Result<(), Fault> {
    let Some(follows) = party.follows.filter(|_| party.kind == PartyKind::Change) else { return Ok(()) };
    let house = Actor::system(actor.tenant());
    let all = agreement::store::of(conn, &house, &[party.provider_id])?;
    let last = all.into_iter().find(|one| one.id == follows).and_then(|one| one.active_until);
    match last.filter(|last| *last < offer.starts_on) {
        Some(last) => Err(OfferRefusal::NothingToChange(last).into()),
        None => Ok(()),
    }
}

/// What follows when a change is not accepted, said or by silence. Of a first offer nothing follows.
pub(super) fn not_accepted(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    offer: &Offer,
    party: &Party,
    words: &str,
) -> QueryResult<()> {
    let Some(follows) = party.follows.filter(|_| party.kind == PartyKind::Change) else { return Ok(()) };
    // The house ends it: the provider's own people do not write their agreement.
    let house = Actor::system(actor.tenant());
    let all = agreement::store::of(conn, &house, &[party.provider_id])?;
    let Some(runs) = all.into_iter().find(|one| one.id == follows) else { return Ok(()) };
    let (last, today) = (last_day(offer, party), wall_clock(now).date());
    let lives = life::store::of_provider(conn, &house, party.provider_id)?;
    let runs_on = |one: &Life| LifeVerb::GiveNotice.leads(one.state).is_some();
    match lives.into_iter().find(|one| one.accessions.iter().any(|each| each.id == follows) && runs_on(one)) {
        Some(found) => {
            let cases = life::cases::cases_of(conn, &house, party.provider_id, today)?;
            let event = refuse_change(conn, actor, now, today, found.id, last, words, &cases).map_err(broken)?;
            mails::tell_managers_of_notice(conn, actor, now, party, event.effective_on.unwrap_or(last))
        }
        // It was leaving already, or goes on without a life of its own: the earliest day counts.
        None => {
            let last = end_after(conn, &house, now, &runs, last)?;
            mails::counts_as_notice(conn, actor, now, party, last)?;
            mails::tell_managers_of_notice(conn, actor, now, party, last)
        }
    }
}

/// Whether it may give notice was looked at: a refusal would be a fault of ours.
fn broken(fault: life::store::Fault) -> QueryError {
    match fault {
        life::store::Fault::Trouble(cause) => cause,
        life::store::Fault::Refused(refusal) => QueryError::QueryBuilderError(format!("{refusal:?}").into()),
    }
}

/// Ends an accession after a day, unless it ends earlier already. Answers its last day.
pub(super) fn end_after(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    runs: &Accession,
    day: NaiveDate,
) -> QueryResult<NaiveDate> {
    let last = runs.active_until.map_or(day, |until| until.min(day));
    if runs.active_until != Some(last) {
        let products = agreement::store::products(conn, actor, runs.id)?;
        let ended = Accession { active_until: Some(last), ..runs.clone() };
        agreement::store::revise(conn, actor, now, &ended, &products)?;
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::offer::PartyState;
    use crate::ids::Sha256Hex;
    use crate::procedure::terms::Silence;
    use crate::term::{Term, TermEnd, TermRule, TermUnit};

    fn day(written: &str) -> NaiveDate {
        written.parse().expect("a day")
    }

    /// A change that is offered on 1 February, to be answered until the 15th.
    fn change(starts_on: &str, notice_months: Option<u32>) -> (Offer, Party) {
        let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
        let (term, at): (Term, _) = (rule.begin(day("2027-02-01"), &[]), NaiveDateTime::default());
        let offer = Offer {
            id: 1,
            text_id: 1,
            version_id: 2,
            digest: Sha256Hex::of(b"aanbod"),
            starts_on: day(starts_on),
            term,
            silence: Silence::NotAccepted,
            notice_months,
            offered_at: at,
            offered_by: String::new(),
            withdrawn: None,
            documents: Vec::new(),
            products: Vec::new(),
            tariffs: None,
        };
        let party = Party {
            id: 1,
            offer_id: 1,
            provider_id: 1,
            kind: PartyKind::Change,
            state: PartyState::Offered,
            version: 1,
            changed_at: at,
            changed_by: String::new(),
            term,
            follows: Some(1),
            accession: None,
        };
        (offer, party)
    }

    #[test]
    fn who_does_not_accept_works_on_until_the_change_begins_and_of_a_forced_one_through_its_notice() {
        let last = |starts_on, notice| {
            let (offer, party) = change(starts_on, notice);
            last_day(&offer, &party)
        };
        assert_eq!(last("2027-04-01", None), day("2027-03-31"));
        assert_eq!(last("2027-04-01", Some(3)), day("2027-05-15"), "three months after the last day to answer");
        assert_eq!(last("2027-09-01", Some(3)), day("2027-08-31"));
    }
}
