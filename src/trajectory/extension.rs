//! Table `extension_request`: going on after the term of a trajectory (verlenging). The provider asks before the term ends,
//! with a motive; the client's contact person permits it, or refuses with a reason.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use i18n_embed_fl::fl;

use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::calendar::add_days;
use crate::db::Conn;
use crate::schema::{client, client_name, extension_request, trajectory};
use crate::text::Lang;

codes! {
    pub enum ExtensionState {
        Asked = "asked",
        Given = "given",
        Refused = "refused",
    }
}

/// A request, with the trajectory it is about.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ExtensionRequest {
    pub id: i64,
    pub provider_id: i64,
    pub trajectory_id: i64,
    pub case_ref: String,
    pub client_ref: String,
    pub sealed: Option<String>,
    pub term_ends_on: Option<NaiveDate>,
    /// The last day that is asked for.
    pub until: NaiveDate,
    pub motive: String,
    pub state: ExtensionState,
    pub asked_by: String,
    /// In UTC.
    pub asked_at: NaiveDateTime,
    pub answered_on: Option<NaiveDate>,
    pub answered_by: Option<String>,
    pub reason: String,
}

/// Why nothing is asked or answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotFound,
    NotYours,
    /// The term is over, or the trajectory is.
    TooLate,
    /// The new last day does not lie after the term.
    NotLater,
    MotiveMissing,
    /// One waits for an answer.
    AskedAlready,
    Answered,
    ReasonMissing,
}

impl Refusal {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Refusal::NotFound | Refusal::NotYours => fl!(t, "extension-choose-case"),
            Refusal::TooLate => fl!(t, "extension-too-late"),
            Refusal::NotLater => fl!(t, "extension-not-later"),
            Refusal::MotiveMissing => fl!(t, "extension-motive-missing"),
            Refusal::AskedAlready => fl!(t, "extension-asked-already"),
            Refusal::Answered => fl!(t, "extension-answered"),
            Refusal::ReasonMissing => fl!(t, "extension-reason-missing"),
        }
    }
}

/// A trajectory of which an extension can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Running {
    pub id: i64,
    pub case_ref: String,
    pub term_ends_on: Option<NaiveDate>,
    pub suspended_days: i64,
}

impl Running {
    /// With the days of its suspension.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.term_ends_on.map(|term| add_days(term, self.suspended_days))
    }
}

/// Those of this provider whose term lies ahead, by case number.
pub fn running(conn: &mut Conn, actor: &Actor, provider_id: i64, today: NaiveDate) -> QueryResult<Vec<Running>> {
    if !actor.may_see(provider_id) {
        return Ok(Vec::new());
    }
    let all: Vec<Running> = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq(provider_id)))
        .filter(trajectory::ended_on.is_null().and(trajectory::term_ends_on.is_not_null()))
        .order(trajectory::case_ref)
        .select((trajectory::id, trajectory::case_ref, trajectory::term_ends_on, trajectory::suspended_days))
        .load(conn)?;
    Ok(all.into_iter().filter(|one| one.last_day().is_some_and(|last| last >= today)).collect())
}

/// What a provider asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub case_ref: String,
    pub until: NaiveDate,
    pub motive: String,
}

pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    provider_id: i64,
    asked: &Asked,
) -> QueryResult<Result<(), Refusal>> {
    if !actor.role().is_of_provider() || !actor.may_see(provider_id) {
        return Ok(Err(Refusal::NotYours));
    }
    let known: Option<Option<NaiveDate>> = trajectory::table
        .filter(trajectory::municipality_id.eq(actor.tenant()).and(trajectory::provider_id.eq(provider_id)))
        .filter(trajectory::case_ref.eq(&asked.case_ref))
        .select(trajectory::term_ends_on)
        .first(conn)
        .optional()?;
    if known.is_none() {
        return Ok(Err(Refusal::NotFound));
    }
    let running = running(conn, actor, provider_id, today)?.into_iter().find(|one| one.case_ref == asked.case_ref);
    let Some(running) = running else { return Ok(Err(Refusal::TooLate)) };
    if running.last_day().is_some_and(|last| asked.until <= last) {
        return Ok(Err(Refusal::NotLater));
    }
    if asked.motive.trim().is_empty() {
        return Ok(Err(Refusal::MotiveMissing));
    }
    let waits: bool = diesel::select(diesel::dsl::exists(
        extension_request::table
            .filter(extension_request::trajectory_id.eq(running.id))
            .filter(extension_request::state.eq(ExtensionState::Asked)),
    ))
    .get_result(conn)?;
    if waits {
        return Ok(Err(Refusal::AskedAlready));
    }
    diesel::insert_into(extension_request::table)
        .values((
            extension_request::municipality_id.eq(actor.tenant()),
            extension_request::provider_id.eq(provider_id),
            extension_request::trajectory_id.eq(running.id),
            extension_request::until_on.eq(asked.until),
            extension_request::motive.eq(asked.motive.trim()),
            extension_request::state.eq(ExtensionState::Asked),
            extension_request::asked_at.eq(now),
            extension_request::asked_by.eq(actor.name()),
            extension_request::reason.eq(""),
        ))
        .execute(conn)?;
    let object = format!("provider/{provider_id}/trajectory/{}", running.id);
    audit::record(conn, actor, now, Act { action: "extension.ask", object: &object, result: "done", detail: "" })?;
    Ok(Ok(()))
}

/// Which requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Provider(i64),
    Contact(i64),
}

/// The newest first.
pub fn requests(conn: &mut Conn, actor: &Actor, whose: Whose) -> QueryResult<Vec<ExtensionRequest>> {
    let names = client_name::client_id
        .eq(trajectory::client_id)
        .and(client_name::provider_id.eq(trajectory::provider_id))
        .and(client_name::municipality_id.eq(trajectory::municipality_id));
    let mut query = extension_request::table
        .inner_join(trajectory::table.on(trajectory::id.eq(extension_request::trajectory_id)))
        .inner_join(client::table.on(client::id.eq(trajectory::client_id)))
        .left_join(client_name::table.on(names))
        .filter(extension_request::municipality_id.eq(actor.tenant()))
        .order(extension_request::id.desc())
        .limit(MOST)
        .select((
            extension_request::id,
            extension_request::provider_id,
            extension_request::trajectory_id,
            trajectory::case_ref,
            client::client_ref,
            client_name::sealed.nullable(),
            trajectory::term_ends_on,
            extension_request::until_on,
            extension_request::motive,
            extension_request::state,
            extension_request::asked_by,
            extension_request::asked_at,
            extension_request::answered_on,
            extension_request::answered_by,
            extension_request::reason,
        ))
        .into_boxed();
    if let Some(own) = actor.own_provider() {
        query = query.filter(extension_request::provider_id.eq(own));
    }
    match whose {
        Whose::Provider(provider) => query.filter(extension_request::provider_id.eq(provider)).load(conn),
        Whose::Contact(contact) => {
            let stated = client::contact_id.is_null().and(trajectory::contact_id.eq(contact));
            query.filter(client::contact_id.eq(contact).or(stated)).load(conn)
        }
    }
}

/// No page shows more.
const MOST: i64 = 200;

/// The answer of the client's contact person; another's request is not there. Given, the trajectory is permitted to go on
/// from today: "6b: met toestemming op of voor het einde van de termijn" (indicators.md).
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    today: NaiveDate,
    contact_id: i64,
    request: i64,
    given: Result<(), &str>,
) -> QueryResult<Result<ExtensionRequest, Refusal>> {
    if actor.role() != Role::ContactPerson {
        return Ok(Err(Refusal::NotYours));
    }
    let found = requests(conn, actor, Whose::Contact(contact_id))?.into_iter().find(|one| one.id == request);
    let Some(found) = found else { return Ok(Err(Refusal::NotFound)) };
    if found.state != ExtensionState::Asked {
        return Ok(Err(Refusal::Answered));
    }
    let (state, reason) = match given {
        Ok(()) => (ExtensionState::Given, ""),
        Err(reason) if reason.trim().is_empty() => return Ok(Err(Refusal::ReasonMissing)),
        Err(reason) => (ExtensionState::Refused, reason.trim()),
    };
    diesel::update(extension_request::table.find(request))
        .set((
            extension_request::state.eq(state),
            extension_request::answered_at.eq(now),
            extension_request::answered_on.eq(today),
            extension_request::answered_by.eq(actor.name()),
            extension_request::reason.eq(reason),
        ))
        .execute(conn)?;
    hold(conn, actor, found.provider_id)?;
    let object = format!("provider/{}/trajectory/{}", found.provider_id, found.trajectory_id);
    let act = Act { action: "extension.answer", object: &object, result: state.as_str(), detail: "" };
    audit::record(conn, actor, now, act)?;
    Ok(Ok(found))
}

/// What the municipality answered goes before what a statement says of it: the first day on which going on was permitted,
/// and none as long as it was only refused.
pub(super) fn hold(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<()> {
    let answered: Vec<(i64, ExtensionState, Option<NaiveDate>)> = extension_request::table
        .filter(extension_request::municipality_id.eq(actor.tenant()))
        .filter(extension_request::provider_id.eq(provider_id))
        .filter(extension_request::state.ne(ExtensionState::Asked))
        .order(extension_request::id)
        .select((extension_request::trajectory_id, extension_request::state, extension_request::answered_on))
        .load(conn)?;
    let mut holds: BTreeMap<i64, Option<NaiveDate>> = BTreeMap::new();
    for (trajectory_id, state, on) in answered {
        let first = holds.entry(trajectory_id).or_default();
        if state == ExtensionState::Given && first.is_none() {
            *first = on;
        }
    }
    for (trajectory_id, permitted) in holds {
        diesel::update(trajectory::table.find(trajectory_id))
            .set(trajectory::extension_permitted_on.eq(permitted))
            .execute(conn)?;
    }
    Ok(())
}
