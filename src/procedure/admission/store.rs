//! Table `procedure`. A visitor without an account reads by the municipality's address, and then
//! only what is published.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::history::{Step, record};
use super::{Contact, Details, Entry, Procedure, ProcedureRefusal, ProcedureState, ProcedureVerb, Proposal, Remedy};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::procedure::{Domain, criteria};
use crate::schema::{municipality, procedure};
use crate::text::Bilingual;
use crate::written::address_word;

/// Why nothing was done: the office says no, or the house is broken.
#[derive(Debug)]
pub enum Fault {
    Refused(ProcedureRefusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<ProcedureRefusal> for Fault {
    fn from(refusal: ProcedureRefusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// Makes a procedure as a draft and answers its id.
pub fn make(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, details: &Details) -> Result<i64, Fault> {
    if !matches!(actor.role(), Role::ContractManager | Role::System) {
        return Err(ProcedureRefusal::NotYours.into());
    }
    let name: String = municipality::table.find(actor.tenant()).select(municipality::name).first(conn)?;
    let slug = address_word(&name);
    let taken: Option<i64> = procedure::table
        .filter(procedure::slug.eq(&slug).and(procedure::municipality_id.ne(actor.tenant())))
        .or_filter(procedure::municipality_id.eq(actor.tenant()).and(procedure::code.eq(&details.code)))
        .select(procedure::id)
        .first(conn)
        .optional()?;
    if taken.is_some() {
        return Err(ProcedureRefusal::CodeTaken.into());
    }
    let id: i64 = diesel::insert_into(procedure::table)
        .values((
            (procedure::municipality_id.eq(actor.tenant()), procedure::slug.eq(slug)),
            (procedure::state.eq(ProcedureState::Draft), procedure::version.eq(1)),
            (procedure::changed_at.eq(now), procedure::changed_by.eq(actor.name())),
            columns(details),
        ))
        .returning(procedure::id)
        .get_result(conn)?;
    let (verb, to) = (ProcedureVerb::Make, ProcedureState::Draft);
    record(conn, actor, now, &Step { id, code: &details.code, verb, from: None, to, reason: "" })?;
    Ok(id)
}

/// Changes what is told of it; a proposal to publish it is gone with that. What was announced to everybody stays as it was,
/// and is never less than complete.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    id: i64,
    seen: i32,
    details: &Details,
) -> Result<(), Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    found.state.edit(actor.role())?;
    if found.is_public() {
        if found.details.announced() != details.announced() {
            return Err(ProcedureRefusal::Announced.into());
        }
        // Whether there are criteria is no matter of this form.
        let gaps = details.gaps(1);
        if !gaps.is_empty() {
            return Err(ProcedureRefusal::Incomplete(gaps).into());
        }
    }
    let other: Option<i64> = procedure::table
        .filter(procedure::municipality_id.eq(actor.tenant()).and(procedure::code.eq(&details.code)))
        .filter(procedure::id.ne(id))
        .select(procedure::id)
        .first(conn)
        .optional()?;
    if other.is_some() {
        return Err(ProcedureRefusal::CodeTaken.into());
    }
    diesel::update(procedure::table.find(id))
        .set((
            (procedure::version.eq(seen + 1), procedure::changed_at.eq(now), procedure::changed_by.eq(actor.name())),
            procedure::proposed_at.eq(None::<NaiveDateTime>),
            procedure::proposed_by.eq(None::<String>),
            procedure::proposed_account.eq(None::<i64>),
            columns(details),
        ))
        .execute(conn)?;
    let (verb, to) = (ProcedureVerb::Edit, found.state);
    record(conn, actor, now, &Step { id, code: &details.code, verb, from: Some(found.state), to, reason: "" })?;
    Ok(())
}

/// Carries out one of the verbs. `reason` is asked for pausing and resuming; `agreements` is how many under this
/// procedure still run, and counts for ending it only.
#[allow(clippy::too_many_arguments)]
pub fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    id: i64,
    seen: i32,
    verb: ProcedureVerb,
    reason: &str,
    agreements: u32,
) -> Result<ProcedureState, Fault> {
    let found = looked_at(conn, actor, id, seen)?;
    let (by, details) = (actor.role(), &found.details);
    let to = match verb {
        ProcedureVerb::Make | ProcedureVerb::Edit => return Err(ProcedureRefusal::NotNow(found.state).into()),
        ProcedureVerb::Propose => {
            let to = found.state.propose(by, details.gaps(asked(conn, actor, details.domain, today)?))?;
            if actor.account_id().is_none() {
                return Err(ProcedureRefusal::FourEyes.into());
            }
            to
        }
        ProcedureVerb::Publish => {
            let gaps = details.gaps(asked(conn, actor, details.domain, today)?);
            found.state.publish(by, actor.account_id(), found.proposed.as_ref(), gaps)?
        }
        ProcedureVerb::Open => found.state.open(by, today, details.opens_on)?,
        ProcedureVerb::Pause => found.state.pause(by, reason)?,
        ProcedureVerb::Resume => found.state.resume(by, reason)?,
        ProcedureVerb::Close => found.state.close(by, details.entry, today, details.closes_on)?,
        ProcedureVerb::End => found.state.end(by, agreements)?,
    };
    diesel::update(procedure::table.find(id))
        .set((
            procedure::state.eq(to),
            procedure::version.eq(seen + 1),
            procedure::changed_at.eq(now),
            procedure::changed_by.eq(actor.name()),
        ))
        .execute(conn)?;
    if verb == ProcedureVerb::Propose {
        diesel::update(procedure::table.find(id))
            .set((
                procedure::proposed_at.eq(now),
                procedure::proposed_by.eq(actor.name()),
                procedure::proposed_account.eq(actor.account_id()),
            ))
            .execute(conn)?;
    }
    record(conn, actor, now, &Step { id, code: &details.code, verb, from: Some(found.state), to, reason })?;
    Ok(to)
}

/// Opens and closes what the calendar says is due, in every municipality's own name; answers how many changed state.
pub fn follow_the_calendar(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
) -> Result<Vec<(Procedure, ProcedureVerb)>, Fault> {
    let mut changed = Vec::new();
    for one in all(conn, system)? {
        let due = match one.state {
            ProcedureState::Published if one.details.opens_on.is_none_or(|day| day <= today) => ProcedureVerb::Open,
            ProcedureState::Open
                if one.details.entry != Entry::Continuous && one.details.closes_on.is_some_and(|last| last < today) =>
            {
                ProcedureVerb::Close
            }
            _ => continue,
        };
        carry_out(conn, system, now, today, one.id, one.version, due, "", 0)?;
        changed.push((one, due));
    }
    Ok(changed)
}

/// Every procedure of the municipality, drafts too for its own people; a provider sees what is published.
pub fn all(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Procedure>> {
    let rows: Vec<Row> = procedure::table
        .filter(procedure::municipality_id.eq(actor.tenant()))
        .order(procedure::code)
        .select(Row::as_select())
        .load(conn)?;
    let mut found: Vec<Procedure> = rows.into_iter().map(Procedure::from).collect();
    found.retain(|one| actor.own_provider().is_none() || one.is_public());
    Ok(found)
}

/// What was proposed by somebody else and waits for this decision maker to publish it.
pub fn to_publish(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Procedure>> {
    if actor.role() != Role::DecisionMaker {
        return Ok(Vec::new());
    }
    let mut found = all(conn, actor)?;
    found.retain(|one| {
        let another = one.proposed.as_ref().is_some_and(|proposal| Some(proposal.account_id) != actor.account_id());
        one.state == ProcedureState::Draft && another
    });
    Ok(found)
}

pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<Procedure>> {
    Ok(all(conn, actor)?.into_iter().find(|one| one.id == id))
}

/// For visitors: what a municipality published, by its address.
pub fn published(conn: &mut Conn, slug: &str) -> QueryResult<Vec<Procedure>> {
    let rows: Vec<Row> = procedure::table
        .filter(procedure::slug.eq(slug).and(procedure::state.ne(ProcedureState::Draft)))
        .order(procedure::code)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Procedure::from).collect())
}

/// For visitors: one published procedure.
pub fn published_one(conn: &mut Conn, slug: &str, code: &str) -> QueryResult<Option<Procedure>> {
    Ok(published(conn, slug)?.into_iter().find(|one| one.details.code == code))
}

/// For visitors of an installation: the addresses and names of the municipalities with something published.
pub fn municipalities(conn: &mut Conn) -> QueryResult<Vec<(String, String)>> {
    procedure::table
        .inner_join(municipality::table.on(municipality::id.eq(procedure::municipality_id)))
        .filter(procedure::state.ne(ProcedureState::Draft))
        .order(municipality::name)
        .select((procedure::slug, municipality::name))
        .distinct()
        .load(conn)
}

/// The procedure, when it is still the version that was looked at.
fn looked_at(conn: &mut Conn, actor: &Actor, id: i64, seen: i32) -> Result<Procedure, Fault> {
    let Some(found) = find(conn, actor, id)? else { return Err(ProcedureRefusal::NotFound.into()) };
    if found.version != seen {
        let (by, at, current) = (found.changed_by, found.changed_at, found.version);
        return Err(ProcedureRefusal::ChangedMeanwhile { by, at, current }.into());
    }
    Ok(found)
}

/// How many criteria are asked in this domain.
pub fn asked(conn: &mut Conn, actor: &Actor, domain: Domain, today: NaiveDate) -> QueryResult<usize> {
    let criteria = criteria::in_force(conn, actor, today)?;
    Ok(criteria.iter().filter(|one| one.criterion.active && one.criterion.domains.contains(&domain)).count())
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = procedure, treat_none_as_null = true)]
struct Columns<'a> {
    code: &'a str,
    name_nl: &'a str,
    name_en: &'a str,
    domain: Domain,
    entry: Entry,
    opens_on: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    remedy: Remedy,
    court: &'a str,
    contact_name: &'a str,
    contact_phone: &'a str,
    contact_email: &'a str,
    intro_nl: &'a str,
    intro_en: &'a str,
}

fn columns(details: &Details) -> Columns<'_> {
    Columns {
        code: &details.code,
        name_nl: &details.name.nl,
        name_en: &details.name.en,
        domain: details.domain,
        entry: details.entry,
        opens_on: details.opens_on,
        closes_on: details.closes_on,
        remedy: details.remedy,
        court: &details.court,
        contact_name: &details.contact.name,
        contact_phone: &details.contact.phone,
        contact_email: &details.contact.email,
        intro_nl: &details.intro.nl,
        intro_en: &details.intro.en,
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = procedure)]
struct Row {
    id: i64,
    municipality_id: i64,
    slug: String,
    code: String,
    name_nl: String,
    name_en: String,
    domain: Domain,
    state: ProcedureState,
    entry: Entry,
    opens_on: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    remedy: Remedy,
    court: String,
    contact_name: String,
    contact_phone: String,
    contact_email: String,
    intro_nl: String,
    intro_en: String,
    version: i32,
    changed_at: NaiveDateTime,
    changed_by: String,
    proposed_at: Option<NaiveDateTime>,
    proposed_by: Option<String>,
    proposed_account: Option<i64>,
}

impl From<Row> for Procedure {
    fn from(row: Row) -> Procedure {
        let proposed = row.proposed_at.zip(row.proposed_by).zip(row.proposed_account);
        Procedure {
            id: row.id,
            municipality_id: row.municipality_id,
            details: Details {
                code: row.code,
                name: Bilingual { nl: row.name_nl, en: row.name_en },
                domain: row.domain,
                entry: row.entry,
                opens_on: row.opens_on,
                closes_on: row.closes_on,
                remedy: row.remedy,
                court: row.court,
                contact: Contact { name: row.contact_name, phone: row.contact_phone, email: row.contact_email },
                intro: Bilingual { nl: row.intro_nl, en: row.intro_en },
            },
            slug: row.slug,
            state: row.state,
            version: row.version,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
            proposed: proposed.map(|((at, by), account_id)| Proposal { at, by, account_id }),
        }
    }
}
