//! Signing in the invented municipality (ondertekenen): a version is offered to everybody who can have it, and most sign.
//! One waits for the municipality, some for themselves, one does not accept the change, and one signed elsewhere. Each act
//! goes through its verb, by the person whose act it is.

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::applying::people::Staff;
use crate::account::once::CodeKind;
use crate::account::store::{NewUser, add_user, grants};
use crate::actor::{Actor, Role};
use crate::agreement::offer::countersigning::{Countersigning, countersign};
use crate::agreement::offer::offering::{self, NewOffer};
use crate::agreement::offer::signing::{Signing, decline, sign};
use crate::agreement::offer::store::{Fault, Wanted, parties};
use crate::agreement::offer::uploading::{self, HandIn};
use crate::agreement::offer::{Offer, Party, PartyKind, PartyState};
use crate::agreement::text::store::{texts, versions};
use crate::agreement::text::{AgreementText, TextKind, TextState, TextVersion};
use crate::calendar::{add_days, add_months, utc, wall_clock};
use crate::db::Conn;
use crate::demo::SHOWN;
use crate::demo::days::{at, working_day_until};
use crate::demo::load::Loading;
use crate::evidence::check::check;
use crate::evidence::store::{NewEvidence, NewVersion, add, add_version};
use crate::evidence::{Dates, VersionState, signed};
use crate::files::Files;
use crate::procedure::store::{catalogue, terms};
use crate::procedure::{Domain, outages};
use crate::provider;
use crate::text::Lang;

/// So many days ago it was offered, and so many days later most signed.
const OFFERED_AGO: i64 = 9;
const SIGNED_AGO: i64 = 4;

/// Signed elsewhere, by somebody invented.
const SIGNED: &[u8] = include_bytes!("getekend.pdf");

/// Everything, once.
pub(super) fn come_in(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    let today = wall_clock(to.now).date();
    to.db.write(|conn| {
        let staff = Staff::of(conn, tenant)?;
        if !parties(conn, &staff.manager, Wanted::In(PartyState::ALL))?.is_empty() {
            return Ok(());
        }
        let (text, newest) = established(conn, &staff.manager)?.context("the demo has no established text")?;
        let offer = offer(conn, &staff, today, &text, &newest)?;
        let mut all = parties(conn, &staff.manager, Wanted::Offer(offer))?;
        let names = provider::store::all(conn, &staff.manager)?;
        all.sort_by_key(|(_, party)| names.iter().position(|one| one.id == party.provider_id));
        let shown = names.iter().find(|one| one.number == i64::from(SHOWN)).map(|one| one.id);
        let last = all.len().saturating_sub(1);
        for (place, (offer, party)) in all.iter().enumerate() {
            // Somebody may sign for the provider that the demonstration shows, and has not come to it yet.
            let waits = place == 5 || (place == last && place > 0) || Some(party.provider_id) == shown;
            let by = signatory(conn, tenant, party.provider_id, to.now)?;
            if let Some(by) = by.filter(|_| !waits) {
                answer(conn, to.files, &by, today, place, (offer, party))?;
            }
        }
        countersign_most(conn, &staff, today, offer)
    })
}

/// The deelovereenkomst re-integratie that has an established version.
fn established(conn: &mut Conn, by: &Actor) -> anyhow::Result<Option<(AgreementText, TextVersion)>> {
    for text in texts(conn, by)?.into_iter().filter(|one| one.kind == TextKind::Domain && one.domain == Domain::Pw) {
        let all = versions(conn, by, &[text.id])?;
        if let Some(newest) = all.into_iter().find(|one| one.state == TextState::Established) {
            return Ok(Some((text, newest)));
        }
    }
    Ok(None)
}

fn offer(
    conn: &mut Conn,
    staff: &Staff,
    today: NaiveDate,
    text: &AgreementText,
    newest: &TextVersion,
) -> anyhow::Result<i64> {
    let day = working_day_until(add_days(today, -OFFERED_AGO));
    let by = &staff.manager;
    let free: Vec<i64> = offering::candidates(conn, by, day, text, newest)?
        .into_iter()
        .filter(|one| one.hindrance.is_none())
        .map(|one| one.provider.id)
        .collect();
    let products: Vec<i64> = catalogue(conn, by)?.into_iter().map(|one| one.id).collect();
    let due = terms(conn, by, day)?.signing.begin(day, &outages::days(conn, by)?).due;
    // The first of a month, for a change begins after the term in which one can refuse it.
    let month = add_months(due.with_day(1).context("every month has a first day")?, 1);
    let starts_on = newest.holds_from.map_or(month, |from| from.max(month));
    let new = NewOffer { version_id: newest.id, providers: &free, products: &products, starts_on, forced: false };
    done(offering::offer(conn, by, utc(at(day, 10, 0)), day, &new))
}

/// What becomes of an offer, by its place in the alphabet.
fn answer(
    conn: &mut Conn,
    files: &Files,
    by: &Actor,
    today: NaiveDate,
    place: usize,
    (offer, party): (&Offer, &Party),
) -> anyhow::Result<()> {
    let day = working_day_until(add_days(today, -SIGNED_AGO));
    let now = utc(at(day, 9, u32::try_from(place)?));
    match place {
        1 if party.kind == PartyKind::Change => {
            let reason = "Met de kortere termijn voor het trajectplan komen wij niet uit.";
            done(decline(conn, by, now, day, party.id, reason))
        }
        3 => {
            let version = shelve(conn, files, by, now, party)?;
            let found = signed::signatures(SIGNED);
            let new = HandIn {
                seen: offer.digest.as_str(),
                read: true,
                authorised: true,
                position: "directeur",
                signed_on: Some(day),
                version_id: version,
                found: &found,
            };
            done(uploading::hand_in(conn, by, now, day, party.id, &new))
        }
        _ => {
            let seen = offer.digest.as_str();
            let signing = Signing { seen, read: true, authorised: true, position: "directeur", code: CodeKind::Mail };
            done(sign(conn, by, now, day, party.id, &signing))
        }
    }
}

/// The decision maker signs all that wait, but for one.
fn countersign_most(conn: &mut Conn, staff: &Staff, today: NaiveDate, offer: i64) -> anyhow::Result<()> {
    let day = working_day_until(add_days(today, -1));
    let all = parties(conn, &staff.decision_maker, Wanted::Offer(offer))?;
    let signed = all.into_iter().filter(|(_, party)| party.state == PartyState::SignedByProvider);
    let tickets: Vec<(i64, i32)> = signed.map(|(_, party)| (party.id, party.version)).skip(1).collect();
    if tickets.is_empty() {
        return Ok(());
    }
    let signing = Countersigning { parties: &tickets, position: "afdelingshoofd", code: CodeKind::Mail };
    done(countersign(conn, &staff.decision_maker, utc(at(day, 14, 0)), day, &signing)).map(drop)
}

/// Whoever of the provider is known first may sign for it; nobody, for one that applied on paper.
fn signatory(conn: &mut Conn, tenant: i64, provider_id: i64, now: NaiveDateTime) -> anyhow::Result<Option<Actor>> {
    let system = Actor::system(tenant);
    let known = grants(conn)?;
    let person = known.iter().find(|grant| grant.municipality_id == tenant && grant.provider_id == Some(provider_id));
    let Some(person) = person else { return Ok(None) };
    let role = Role::ProviderSignatory;
    let new = NewUser {
        name: &person.name,
        email: &person.email,
        role,
        municipality_id: tenant,
        provider_id: Some(provider_id),
    };
    add_user(conn, &system, now, &new)?;
    let actor = Actor::of_provider(&person.name, tenant, provider_id, "demo");
    Ok(Some(actor.in_role(role).with_account(person.account_id)))
}

fn shelve(conn: &mut Conn, files: &Files, by: &Actor, now: NaiveDateTime, party: &Party) -> anyhow::Result<i64> {
    let label = "overeenkomst-getekend.pdf";
    let checked = check(label, SIGNED).map_err(|refusal| anyhow!("{label} is refused: {refusal:?}"))?;
    let title = "Deelovereenkomst, getekend".to_owned();
    let piece = add(conn, by, now, &NewEvidence { provider_id: party.provider_id, title })?;
    let version = NewVersion {
        file: files.put(SIGNED)?,
        label: label.to_owned(),
        media_type: checked.media_type,
        size: i64::try_from(SIGNED.len())?,
        pages: checked.pages,
        dates: Dates::default(),
        state: VersionState::Received,
        flags: checked.flags,
        submission: None,
    };
    Ok(add_version(conn, by, now, piece, &version)?)
}

fn done<T>(result: Result<T, Fault>) -> anyhow::Result<T> {
    result.map_err(|fault| match fault {
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        Fault::Trouble(cause) => cause.into(),
    })
}
