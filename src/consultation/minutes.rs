//! Table `table_minutes`: the minutes of a meeting (verslag), written, established, and from then on never changed. A
//! version of a text is established on them.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use i18n_embed_fl::fl;

use super::meeting::{find, place_of};
use super::proposing::of_version;
use super::seating::{may_manage, no_bsn, record};
use super::telling::{MessageKind, News, tell};
use super::{ConsultationTable, Fault, Meeting, Minutes, ProposalState, Refusal};
use crate::actor::{Actor, Role};
use crate::agreement::text::{establishing, store as texts};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::schema::table_minutes;
use crate::text::Lang;

/// The minutes of these meetings, the newest number of each first. While they are written they are the office's own.
pub fn of_meetings(conn: &mut Conn, actor: &Actor, meetings: &[i64]) -> QueryResult<Vec<Minutes>> {
    let rows: Vec<MinutesRow> = table_minutes::table
        .filter(table_minutes::municipality_id.eq(actor.tenant()).and(table_minutes::meeting_id.eq_any(meetings)))
        .order((table_minutes::meeting_id, table_minutes::number.desc()))
        .select(MinutesRow::as_select())
        .load(conn)?;
    let writes = actor.may_read_dossiers() || actor.role() == Role::System;
    Ok(rows.into_iter().map(Minutes::from).filter(|one| one.established.is_some() || writes).collect())
}

/// Writes the minutes. `seen` is the version that was looked at, nought for the first words.
pub fn write(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    meeting_id: i64,
    seen: i32,
    body: &str,
) -> Result<(), Fault> {
    let (table, meeting) = held(conn, actor, now, meeting_id)?;
    let body = worded(body)?;
    match of_meetings(conn, actor, &[meeting_id])?.into_iter().next() {
        None if seen == 0 => insert(conn, actor, now, meeting_id, 1, &body)?,
        None => return Err(Refusal::NotFound.into()),
        Some(found) if found.established.is_some() => return Err(Refusal::MinutesEstablished.into()),
        Some(found) if found.version != seen => return Err(Refusal::ChangedMeanwhile(found.changed_by).into()),
        Some(found) => {
            diesel::update(table_minutes::table.find(found.id))
                .set((
                    (table_minutes::body.eq(body), table_minutes::version.eq(seen + 1)),
                    (table_minutes::changed_at.eq(now), table_minutes::changed_by.eq(actor.name())),
                ))
                .execute(conn)?;
        }
    }
    Ok(record(conn, actor, now, table.id, "consultation.minutes", &format!("write {}", meeting.number))?)
}

/// Begins a correction: the established minutes stay, and the next number starts with their words.
pub fn correct(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, meeting_id: i64) -> Result<(), Fault> {
    let (table, meeting) = held(conn, actor, now, meeting_id)?;
    let newest = of_meetings(conn, actor, &[meeting_id])?.into_iter().next().ok_or(Refusal::MinutesMissing)?;
    // A second press finds the correction begun already.
    if newest.established.is_none() {
        return Ok(());
    }
    insert(conn, actor, now, meeting_id, newest.number + 1, &newest.body)?;
    Ok(record(conn, actor, now, table.id, "consultation.minutes", &format!("correct {}", meeting.number))?)
}

/// Establishes the minutes as they stand; all at the table are told at the same moment.
pub fn establish(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, meeting_id: i64, seen: i32) -> Result<(), Fault> {
    let (table, meeting) = held(conn, actor, now, meeting_id)?;
    let found = of_meetings(conn, actor, &[meeting_id])?.into_iter().next().ok_or(Refusal::MinutesMissing)?;
    if found.established.is_some() {
        return Err(Refusal::MinutesEstablished.into());
    }
    if found.version != seen {
        return Err(Refusal::ChangedMeanwhile(found.changed_by).into());
    }
    diesel::update(table_minutes::table.find(found.id))
        .set((
            table_minutes::version.eq(seen + 1),
            (table_minutes::established_at.eq(now), table_minutes::established_by.eq(actor.name())),
        ))
        .execute(conn)?;
    record(conn, actor, now, table.id, "consultation.minutes", &format!("establish {}", meeting.number))?;
    let place = format!("{}#verslag", place_of(&meeting));
    tell(conn, actor, now, &table, &News::of(MessageKind::Minutes, meeting.number, &place))?;
    Ok(())
}

/// Establishes a version of a text on the established minutes of this meeting: ter_consultatie → vastgesteld, "minutes of
/// the table linked". Every proposal to it is decided by then, and all at the table are told at the same moment.
pub fn establish_with(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    meeting_id: i64,
    version_id: i64,
    seen: i32,
) -> Result<Sha256Hex, Fault> {
    let (table, meeting) = find(conn, actor, meeting_id)?.ok_or(Refusal::NotFound)?;
    let (text, version) = texts::version(conn, actor, version_id)?.ok_or(Refusal::NotFound)?;
    if text.procedure_id != table.procedure_id {
        return Err(Refusal::NotFound.into());
    }
    let newest = of_meetings(conn, actor, &[meeting_id])?.into_iter().find(|one| one.established.is_some());
    let newest = newest.ok_or(Refusal::MinutesMissing)?;
    let open = of_version(conn, actor, version_id)?.iter().filter(|one| one.state == ProposalState::Open).count();
    if open > 0 {
        return Err(Refusal::StillOpen(open).into());
    }
    let sum = establishing::establish(conn, actor, now, version_id, seen, &name_of(&table, &meeting, &newest))?;
    record(conn, actor, now, table.id, "consultation.establish", &format!("version {version_id}"))?;
    let place = format!("{}#verslag", place_of(&meeting));
    tell(conn, actor, now, &table, &News::of(MessageKind::Established, version.number, &place))?;
    Ok(sum)
}

/// How the minutes are called in the text that was established on them; Dutch, for that text is the legal one.
fn name_of(table: &ConsultationTable, meeting: &Meeting, minutes: &Minutes) -> String {
    let (day, number) = (Lang::Nl.day(wall_clock(meeting.starts_at).date()), minutes.number);
    fl!(Lang::Nl.texts(), "consultation-minutes-name", number = number, table = table.name.as_str(), day = day)
}

fn held(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    meeting_id: i64,
) -> Result<(ConsultationTable, Meeting), Fault> {
    may_manage(actor)?;
    let (table, meeting) = find(conn, actor, meeting_id)?.ok_or(Refusal::NotFound)?;
    if meeting.cancelled_at.is_some() {
        return Err(Refusal::MeetingCalledOff.into());
    }
    if !meeting.was_held(now) {
        return Err(Refusal::MeetingNotHeld.into());
    }
    Ok((table, meeting))
}

fn worded(body: &str) -> Result<String, Refusal> {
    let body = body.replace("\r\n", "\n").trim().to_owned();
    if body.is_empty() {
        return Err(Refusal::WordsMissing);
    }
    no_bsn(&[&body])?;
    Ok(body)
}

fn insert(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    meeting_id: i64,
    number: i32,
    body: &str,
) -> QueryResult<()> {
    diesel::insert_into(table_minutes::table)
        .values((
            (table_minutes::municipality_id.eq(actor.tenant()), table_minutes::meeting_id.eq(meeting_id)),
            (table_minutes::number.eq(number), table_minutes::body.eq(body), table_minutes::version.eq(1)),
            (table_minutes::changed_at.eq(now), table_minutes::changed_by.eq(actor.name())),
        ))
        .execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table_minutes)]
struct MinutesRow {
    id: i64,
    meeting_id: i64,
    number: i32,
    body: String,
    version: i32,
    changed_at: NaiveDateTime,
    changed_by: String,
    established_at: Option<NaiveDateTime>,
    established_by: Option<String>,
}

impl From<MinutesRow> for Minutes {
    fn from(row: MinutesRow) -> Minutes {
        Minutes {
            id: row.id,
            meeting_id: row.meeting_id,
            number: row.number,
            body: row.body,
            version: row.version,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
            established: row.established_at.zip(row.established_by),
        }
    }
}
