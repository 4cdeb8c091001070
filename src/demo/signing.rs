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
use crate::agreement::offer::{Offer, Party, PartyKind, PartyState, uploading};
use crate::agreement::text::store::{Fault as TextFault, texts, version, versions};
use crate::agreement::text::writing::{self, Description, Wording};
use crate::agreement::text::{AgreementText, Scope, TextKind, TextState, TextVersion, establishing};
use crate::calendar::{add_days, add_months, utc, wall_clock};
use crate::db::Conn;
use crate::demo::days::{at, working_day_until};
use crate::demo::load::Loading;
use crate::evidence::check::check;
use crate::evidence::store::{NewEvidence, NewVersion, add, add_version};
use crate::evidence::{Dates, VersionState, signed};
use crate::files::Files;
use crate::procedure::store::{catalogue, terms};
use crate::procedure::{Domain, admission, outages};
use crate::provider;
use crate::text::{Bilingual, Lang};

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
        let (text, newest) = match established(conn, &staff.manager)? {
            Some(found) => found,
            None => make(conn, tenant, today)?,
        };
        let offer = offer(conn, &staff, today, &text, &newest)?;
        let mut all = parties(conn, &staff.manager, Wanted::Offer(offer))?;
        let names = provider::store::all(conn, &staff.manager)?;
        all.sort_by_key(|(_, party)| names.iter().position(|one| one.id == party.provider_id));
        let last = all.len().saturating_sub(1);
        for (place, (offer, party)) in all.iter().enumerate() {
            if let Some(by) = signatory(conn, tenant, party.provider_id, to.now)? {
                answer(conn, to.files, &by, today, (place, last), (offer, party))?;
            }
        }
        countersign_most(conn, &staff, today, offer)
    })
}

/// The first deelovereenkomst that has an established version.
fn established(conn: &mut Conn, by: &Actor) -> anyhow::Result<Option<(AgreementText, TextVersion)>> {
    for text in texts(conn, by)?.into_iter().filter(|one| one.kind == TextKind::Domain) {
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
    let new = NewOffer { version_id: newest.id, providers: &free, products: &products, starts_on };
    done(offering::offer(conn, by, utc(at(day, 10, 0)), day, &new))
}

/// What becomes of an offer, by its place in the alphabet.
fn answer(
    conn: &mut Conn,
    files: &Files,
    by: &Actor,
    today: NaiveDate,
    (place, last): (usize, usize),
    (offer, party): (&Offer, &Party),
) -> anyhow::Result<()> {
    let day = working_day_until(add_days(today, -SIGNED_AGO));
    let now = utc(at(day, 9, u32::try_from(place)?));
    match place {
        // They have not come to it yet.
        5 => Ok(()),
        _ if place == last && place > 0 => Ok(()),
        1 if party.kind == PartyKind::Change => {
            let reason = "Met de kortere termijn voor het trajectplan komen wij niet uit.";
            done(decline(conn, by, now, day, party.id, reason))
        }
        3 => {
            let version = shelve(conn, files, by, now, party)?;
            let found = signed::signatures(SIGNED);
            done(uploading::hand_in(conn, by, now, day, party.id, offer.digest.as_str(), version, &found))
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

/// A deelovereenkomst in four versions: the providers work under the first three, and the fourth is new.
fn make(conn: &mut Conn, tenant: i64, today: NaiveDate) -> anyhow::Result<(AgreementText, TextVersion)> {
    let system = Actor::system(tenant);
    let procedure = admission::store::all(conn, &system)?.first().context("the demo has no procedure")?.id;
    let text = AgreementText {
        id: 0,
        procedure_id: procedure,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: "re-integratie-2027".to_owned(),
        title: Bilingual { nl: "Deelovereenkomst re-integratie".into(), en: "Re-integration agreement".into() },
        privacy_role: None,
    };
    let newest_made = add_days(today, -40);
    let (mut id, mut text_id) = (0, 0);
    for (number, weeks) in [(1, "acht"), (2, "zes"), (3, "vier"), (4, "drie")] {
        let made = add_days(newest_made, -365 * (4 - number));
        let now = utc(at(working_day_until(made), 10, 0));
        if number == 1 {
            (text_id, id) = written(writing::make(conn, &system, now, &text))?;
        } else {
            id = written(writing::begin_version(conn, &system, now, text_id))?;
        }
        let from = if number == 4 { add_days(today, 20) } else { add_days(made, 30) };
        establish(conn, &system, id, now, from, weeks)?;
    }
    version(conn, &system, id)?.context("a version that was just made")
}

fn establish(
    conn: &mut Conn,
    system: &Actor,
    id: i64,
    now: NaiveDateTime,
    from: NaiveDate,
    weeks: &str,
) -> anyhow::Result<()> {
    let article = |number: &str, heading: &str, body: String| Wording {
        number: number.to_owned(),
        heading: heading.to_owned(),
        scope: Scope::All,
        body,
    };
    let plan = format!("Opdrachtnemer stelt binnen {weeks} weken een trajectplan op en stemt dit af met de cliënt.");
    let articles = [
        article("1", "Waarover dit gaat", "Deze overeenkomst gaat over trajecten voor re-integratie.".to_owned()),
        article("2", "Trajectplan", plan),
        article(
            "3",
            "Kosten",
            "Opdrachtnemer levert per kwartaal een overzicht:\n\n- per cliënt;\n- per contactpersoon.".to_owned(),
        ),
        article("4", "Opzeggen", "Beide partijen kunnen opzeggen met een termijn van **drie maanden**.".to_owned()),
    ];
    let seen = |conn: &mut Conn| -> anyhow::Result<i32> {
        Ok(version(conn, system, id)?.context("a version that was just made")?.1.version)
    };
    let version = seen(conn)?;
    written(writing::read_in(conn, system, now, id, version, &articles))?;
    let explanation = format!("Er is binnen {weeks} weken een trajectplan.");
    let told = Description { holds_from: Some(from), holds_until: None, explanation };
    let version = seen(conn)?;
    written(writing::describe(conn, system, now, id, version, &told))?;
    let (day, rule) = (wall_clock(now).date(), terms(conn, system, wall_clock(now).date())?.signing);
    let version = seen(conn)?;
    written(establishing::consult(conn, system, now, day, id, version, rule))?;
    let version = seen(conn)?;
    let later = utc(at(working_day_until(add_days(day, 20)), 15, 0));
    written(establishing::establish(conn, system, later, id, version, "Verslag van de overlegtafel")).map(drop)
}

fn done<T>(result: Result<T, Fault>) -> anyhow::Result<T> {
    result.map_err(|fault| match fault {
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        Fault::Trouble(cause) => cause.into(),
    })
}

fn written<T>(result: Result<T, TextFault>) -> anyhow::Result<T> {
    result.map_err(|fault| match fault {
        TextFault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        TextFault::Trouble(cause) => cause.into(),
    })
}
