//! Tables `evidence` and `evidence_version`. A provider's people ask with their `Actor`; a municipality only through
//! [`open_shown`] and [`all_shown`], with the proof that a later chapter found.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::evidence::{Dates, Evidence, Flag, Key, MediaType, Shown, Version, VersionState};
use crate::ids::Sha256Hex;
use crate::provider;
use crate::schema::{evidence, evidence_version};

/// A piece of evidence that a provider begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvidence {
    pub provider_id: i64,
    pub title: String,
}

/// A file that was checked and stands on the shelf: its hash is what `Files` gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    pub file: Sha256Hex,
    pub label: String,
    pub media_type: MediaType,
    pub size: i64,
    pub pages: Option<i64>,
    pub dates: Dates,
    pub state: VersionState,
    pub flags: Vec<Flag>,
    /// The key of the form and the place of the file in it, unique within the provider.
    pub submission: Option<String>,
}

/// Begins a piece of evidence; its first file follows with [`add_version`] in the same transaction. Not found when the
/// provider is not the actor's own, nor one of his municipality that handed in on paper.
pub fn add(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, new: &NewEvidence) -> QueryResult<i64> {
    if !actor.may_hand_in() || provider::store::find_by_id(conn, actor, new.provider_id)?.is_none() {
        return Err(QueryError::NotFound);
    }
    let id: i64 = diesel::insert_into(evidence::table)
        .values((
            evidence::provider_id.eq(new.provider_id),
            evidence::public_id.eq(random_key()?.as_str()),
            evidence::title.eq(&new.title),
            evidence::created_at.eq(now),
        ))
        .returning(evidence::id)
        .get_result(conn)?;
    let object = format!("provider/{}/evidence/{id}", new.provider_id);
    audit::record(conn, actor, now, Act { action: "evidence.add", object: &object, result: "done", detail: "" })?;
    Ok(id)
}

/// Adds a file to a piece of evidence and gives the version's id. The same submission again gives the version that it
/// made the first time.
pub fn add_version(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    evidence_id: i64,
    new: &NewVersion,
) -> QueryResult<i64> {
    let provider_id: i64 = evidence::table
        .filter(evidence::id.eq(evidence_id).and(evidence::withdrawn_at.is_null()))
        .select(evidence::provider_id)
        .first(conn)?;
    if !actor.may_hand_in() || provider::store::find_by_id(conn, actor, provider_id)?.is_none() {
        return Err(QueryError::NotFound);
    }
    if let Some(submission) = &new.submission
        && let Some(before) = submitted(conn, actor, provider_id, submission)?
    {
        return Ok(before.id);
    }
    let newest: Option<i64> = evidence_version::table
        .filter(evidence_version::evidence_id.eq(evidence_id))
        .select(diesel::dsl::max(evidence_version::version))
        .first(conn)?;
    let number = newest.unwrap_or(0) + 1;
    let flags: Vec<&str> = new.flags.iter().map(|flag| flag.as_str()).collect();
    let id: i64 = diesel::insert_into(evidence_version::table)
        .values((
            evidence_version::evidence_id.eq(evidence_id),
            evidence_version::provider_id.eq(provider_id),
            evidence_version::public_id.eq(random_key()?.as_str()),
            evidence_version::version.eq(number),
            evidence_version::file_digest.eq(&new.file),
            evidence_version::label.eq(&new.label),
            evidence_version::media_type.eq(new.media_type),
            evidence_version::size.eq(new.size),
            evidence_version::pages.eq(new.pages),
            evidence_version::received_at.eq(now),
            evidence_version::received_by.eq(actor.name()),
            evidence_version::received_by_account.eq(actor.account_id()),
            evidence_version::document_date.eq(new.dates.document),
            evidence_version::valid_from.eq(new.dates.valid_from),
            evidence_version::valid_until.eq(new.dates.valid_until),
            evidence_version::state.eq(new.state),
            evidence_version::flags.eq(flags.join(",")),
            evidence_version::submission.eq(&new.submission),
        ))
        .returning(evidence_version::id)
        .get_result(conn)?;
    let object = format!("provider/{provider_id}/evidence/{evidence_id}/version/{number}");
    let act = Act { action: "evidence.receive", object: &object, result: "done", detail: new.file.as_str() };
    audit::record(conn, actor, now, act)?;
    Ok(id)
}

/// From now on it is shown to nobody new; who was shown it before keeps it.
pub fn withdraw(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, evidence_id: i64) -> QueryResult<()> {
    let own = actor.own_provider().ok_or(QueryError::NotFound)?;
    let mine = evidence::id.eq(evidence_id).and(evidence::provider_id.eq(own));
    let changed = diesel::update(evidence::table)
        .filter(mine.and(evidence::withdrawn_at.is_null()))
        .set(evidence::withdrawn_at.eq(now))
        .execute(conn)?;
    if changed == 0 {
        return Err(QueryError::NotFound);
    }
    let object = format!("provider/{own}/evidence/{evidence_id}");
    audit::record(conn, actor, now, Act { action: "evidence.withdraw", object: &object, result: "done", detail: "" })
}

/// All evidence of the actor's own provider, the newest first; a municipality has none of its own.
pub fn of_provider(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<Evidence>> {
    let Some(own) = actor.own_provider() else { return Ok(Vec::new()) };
    let pieces: Vec<Piece> = evidence::table
        .filter(evidence::provider_id.eq(own))
        .order(evidence::id.desc())
        .select(Piece::as_select())
        .load(conn)?;
    let versions: Vec<Row> = evidence_version::table
        .filter(evidence_version::provider_id.eq(own))
        .order((evidence_version::evidence_id.desc(), evidence_version::version.desc()))
        .select(Row::as_select())
        .load(conn)?;
    let mut versions =
        versions.into_iter().map(Version::try_from).collect::<Result<Vec<_>, _>>()?.into_iter().peekable();
    let mut all = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut own_versions = Vec::new();
        while let Some(version) = versions.next_if(|version| version.evidence_id == piece.id) {
            own_versions.push(version);
        }
        all.push(piece.with(own_versions)?);
    }
    Ok(all)
}

/// One piece of the actor's own provider by the key in its address.
pub fn find(conn: &mut Conn, actor: &Actor, key: &Key) -> QueryResult<Option<Evidence>> {
    Ok(of_provider(conn, actor)?.into_iter().find(|piece| piece.key == *key))
}

/// One version of the actor's own provider.
pub fn find_version(conn: &mut Conn, actor: &Actor, version_id: i64) -> QueryResult<Option<Version>> {
    let Some(provider_id) = actor.own_provider() else { return Ok(None) };
    open_shown(conn, Shown { provider_id, version_id })
}

/// The same by the key in its address.
pub fn find_version_by_key(conn: &mut Conn, actor: &Actor, key: &Key) -> QueryResult<Option<Version>> {
    let Some(own) = actor.own_provider() else { return Ok(None) };
    let found: Option<Row> = evidence_version::table
        .filter(evidence_version::provider_id.eq(own).and(evidence_version::public_id.eq(key.as_str())))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    found.map(Version::try_from).transpose()
}

/// What this submission made before, if it came in before.
pub fn submitted(conn: &mut Conn, actor: &Actor, provider_id: i64, submission: &str) -> QueryResult<Option<Version>> {
    if !actor.may_see(provider_id) {
        return Ok(None);
    }
    let found: Option<Row> = evidence_version::table
        .filter(evidence_version::provider_id.eq(provider_id).and(evidence_version::submission.eq(submission)))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    found.map(Version::try_from).transpose()
}

/// The one version that was shown, for a chapter that looked in its own tenant whether it was.
pub fn open_shown(conn: &mut Conn, shown: Shown) -> QueryResult<Option<Version>> {
    Ok(all_shown(conn, shown.provider_id, &[shown.version_id])?.pop())
}

/// The same for many versions of one provider at once, in order of receipt.
pub fn all_shown(conn: &mut Conn, provider_id: i64, version_ids: &[i64]) -> QueryResult<Vec<Version>> {
    let rows: Vec<Row> = evidence_version::table
        .filter(evidence_version::provider_id.eq(provider_id).and(evidence_version::id.eq_any(version_ids.to_vec())))
        .order((evidence_version::received_at, evidence_version::id))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Version::try_from).collect()
}

/// The titles of the pieces that these versions belong to, for a chapter that was shown them.
pub fn titles(conn: &mut Conn, provider_id: i64, evidence_ids: &[i64]) -> QueryResult<Vec<(i64, String)>> {
    evidence::table
        .filter(evidence::provider_id.eq(provider_id).and(evidence::id.eq_any(evidence_ids.to_vec())))
        .order(evidence::id)
        .select((evidence::id, evidence::title))
        .load(conn)
}

/// How many bytes a provider stores, all versions together: what counts against its quota.
pub fn stored_bytes(conn: &mut Conn, provider_id: i64) -> QueryResult<i64> {
    // Summed here: the sum of a BIGINT is another type on each database.
    let sizes: Vec<i64> = evidence_version::table
        .filter(evidence_version::provider_id.eq(provider_id))
        .select(evidence_version::size)
        .load(conn)?;
    Ok(sizes.iter().sum())
}

/// What waits for the virus scanner, the oldest first, of every provider: for the scanner's own work alone.
pub fn waiting_for_scan(conn: &mut Conn, at_most: i64) -> QueryResult<Vec<(i64, Sha256Hex)>> {
    evidence_version::table
        .filter(evidence_version::state.eq(VersionState::WaitsForScan))
        .order(evidence_version::id)
        .limit(at_most)
        .select((evidence_version::id, evidence_version::file_digest))
        .load(conn)
}

/// What the virus scanner said of a version that waited for it.
pub fn scanned(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    version_id: i64,
    verdict: VersionState,
) -> QueryResult<()> {
    let changed = diesel::update(evidence_version::table)
        .filter(evidence_version::id.eq(version_id).and(evidence_version::state.eq(VersionState::WaitsForScan)))
        .set((evidence_version::state.eq(verdict), evidence_version::scanned_at.eq(now)))
        .execute(conn)?;
    if changed == 0 {
        return Ok(());
    }
    let object = format!("evidence-version/{version_id}");
    audit::record(
        conn,
        actor,
        now,
        Act { action: "evidence.scan", object: &object, result: verdict.as_str(), detail: "" },
    )
}

fn random_key() -> QueryResult<Key> {
    let mut bits = [0u8; 16];
    getrandom::fill(&mut bits).map_err(|cause| QueryError::SerializationError(Box::new(cause)))?;
    let hex: String = bits.iter().map(|byte| format!("{byte:02x}")).collect();
    read_key(&hex)
}

/// The tables hold good keys only; anything else is trouble to be told.
fn read_key(written: &str) -> QueryResult<Key> {
    Key::read(written).ok_or_else(|| QueryError::DeserializationError(format!("{written:?} is no key").into()))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = evidence)]
struct Piece {
    id: i64,
    provider_id: i64,
    public_id: String,
    title: String,
    created_at: NaiveDateTime,
    withdrawn_at: Option<NaiveDateTime>,
}

impl Piece {
    fn with(self, versions: Vec<Version>) -> QueryResult<Evidence> {
        Ok(Evidence {
            id: self.id,
            key: read_key(&self.public_id)?,
            provider_id: self.provider_id,
            title: self.title,
            created_at: self.created_at,
            withdrawn_at: self.withdrawn_at,
            versions,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = evidence_version)]
struct Row {
    id: i64,
    evidence_id: i64,
    provider_id: i64,
    public_id: String,
    version: i64,
    file_digest: Sha256Hex,
    label: String,
    media_type: MediaType,
    size: i64,
    pages: Option<i64>,
    received_at: NaiveDateTime,
    received_by: String,
    document_date: Option<chrono::NaiveDate>,
    valid_from: Option<chrono::NaiveDate>,
    valid_until: Option<chrono::NaiveDate>,
    state: VersionState,
    flags: String,
}

impl TryFrom<Row> for Version {
    type Error = QueryError;

    fn try_from(row: Row) -> QueryResult<Version> {
        let flags: Result<Vec<Flag>, _> =
            row.flags.split(',').filter(|word| !word.is_empty()).map(str::parse).collect();
        Ok(Version {
            id: row.id,
            evidence_id: row.evidence_id,
            key: read_key(&row.public_id)?,
            provider_id: row.provider_id,
            number: row.version,
            file: row.file_digest,
            label: row.label,
            media_type: row.media_type,
            size: row.size,
            pages: row.pages,
            received_at: row.received_at,
            received_by: row.received_by,
            dates: Dates { document: row.document_date, valid_from: row.valid_from, valid_until: row.valid_until },
            state: row.state,
            flags: flags.map_err(|unknown| QueryError::DeserializationError(Box::new(unknown)))?,
        })
    }
}
