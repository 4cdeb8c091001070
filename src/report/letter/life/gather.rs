//! Gathering a letter about an agreement: the line of the history it tells of, to whom, and the remedy as it was that day.

use chrono::TimeZone;
use chrono_tz::Europe::Amsterdam;

use super::super::gather::{Sender, addressee};
use super::super::{Addressee, Protection};
use super::{LifeLetter, LifeLetterKind};
use crate::actor::{Actor, Role};
use crate::agreement::life::mails::provider_path;
use crate::agreement::life::store::events;
use crate::agreement::life::{Event, Ground, Life, LifeVerb, Warning, dissolving};
use crate::db::Conn;
use crate::procedure::admission::{Contact, Remedy};
use crate::procedure::{outages, store::terms};
use crate::{dossier, provider};

/// The letter that belongs to a line of the history; the agreement was looked up for the actor.
pub fn letter(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    found: &Life,
    sequence: i32,
) -> diesel::QueryResult<Option<(Event, LifeLetter)>> {
    let house = Actor::system(actor.tenant());
    let all = events(conn, actor, found.id)?;
    let Some(event) = all.into_iter().find(|one| one.sequence == sequence) else { return Ok(None) };
    let Some(kind) = LifeLetterKind::of(event.verb) else { return Ok(None) };
    let down = outages::days(conn, &house)?;
    let procedure = dissolving::procedure(conn, &house, found.provider_id)?;
    let protection = match &event.remedy {
        Some((remedy, court)) => {
            let rule = remedy.term(&terms(conn, &house, event.day)?);
            let (remedy, court): (Remedy, String) = (*remedy, court.clone());
            Some(Protection { remedy, court, term: rule.begin(event.day, &down) })
        }
        None => None,
    };
    let contact = match procedure {
        Some(one) => one.details.contact,
        None => Contact { name: String::new(), phone: String::new(), email: String::new() },
    };
    let letter = LifeLetter {
        kind,
        agreement: found.number.clone(),
        sequence,
        sent_at: Amsterdam.from_utc_datetime(&event.at).fixed_offset(),
        municipality: sender.municipality.to_owned(),
        contact,
        addressee: to_whom(conn, &house, found)?,
        page_url: format!("{}{}/brieven/{sequence}", sender.public_url, provider_path(found.id)),
        day: event.day,
        ground: event.ground,
        reason: event.reason.clone(),
        case_ref: event.case_ref.clone(),
        unanswered: event.ground == Some(Ground::RefusedChange) && event.role == Role::System,
        effective_on: event.effective_on,
        term: event.rule.map(|rule| rule.begin(event.day, &down)),
        urgent: event.verb == LifeVerb::DissolveAtOnce || event.warning == Some(Warning::NotHeard),
        protection,
        signed_by: matches!(event.role, Role::ContractManager | Role::DecisionMaker).then_some(event.role),
    };
    Ok(Some((event, letter)))
}

/// The address of the provider's newest application; of who never applied here the name alone.
fn to_whom(conn: &mut Conn, house: &Actor, found: &Life) -> diesel::QueryResult<Addressee> {
    if let Some(newest) = dossier::store::of_provider(conn, house, found.provider_id)?.first() {
        return addressee(conn, house, newest);
    }
    let provider = provider::store::find_by_id(conn, house, found.provider_id)?;
    Ok(Addressee { organisation: provider.map(|one| one.name).unwrap_or_default(), ..Addressee::default() })
}
