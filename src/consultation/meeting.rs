//! Table `table_meeting`: planned, moved, called off, and all invited at once (bijeenkomst, uitnodiging).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::seating::{may_manage, no_bsn, record};
use super::store::known;
use super::telling::{MessageKind, News, tell};
use super::{ConsultationTable, Fault, Meeting, Refusal};
use crate::account::Token;
use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::schema::table_meeting;

/// What is told of a meeting; both moments in UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    pub place: String,
    pub online: String,
    pub agenda: Vec<String>,
}

/// The meetings of a table, the first first. Whether the actor may see the table is asked before: `store::table`.
pub fn of_table(conn: &mut Conn, actor: &Actor, table_id: i64) -> QueryResult<Vec<Meeting>> {
    let rows: Vec<MeetingRow> = table_meeting::table
        .filter(table_meeting::municipality_id.eq(actor.tenant()).and(table_meeting::table_id.eq(table_id)))
        .order(table_meeting::number)
        .select(MeetingRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Meeting::from).collect())
}

/// One meeting with its table, if the actor may see that.
pub fn find(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<(ConsultationTable, Meeting)>> {
    let row: Option<MeetingRow> = table_meeting::table
        .filter(table_meeting::municipality_id.eq(actor.tenant()).and(table_meeting::id.eq(id)))
        .select(MeetingRow::as_select())
        .first(conn)
        .optional()?;
    let Some(meeting) = row.map(Meeting::from) else { return Ok(None) };
    Ok(super::store::table(conn, actor, meeting.table_id)?.map(|table| (table, meeting)))
}

/// Plans a meeting; answers its number. Nobody is told yet: that is what [`invite`] does.
pub fn plan(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, table_id: i64, new: &Plan) -> Result<i32, Fault> {
    may_manage(actor)?;
    let table = known(conn, actor, table_id)?;
    new.weigh(&table)?;
    let number = of_table(conn, actor, table_id)?.last().map_or(1, |last| last.number + 1);
    let mark = Token::new().map_err(|cause| diesel::result::Error::SerializationError(cause.to_string().into()))?;
    diesel::insert_into(table_meeting::table)
        .values((
            (table_meeting::municipality_id.eq(actor.tenant()), table_meeting::table_id.eq(table_id)),
            (table_meeting::number.eq(number), table_meeting::version.eq(1), table_meeting::sequence.eq(0)),
            (table_meeting::starts_at.eq(new.starts_at), table_meeting::ends_at.eq(new.ends_at)),
            (table_meeting::place.eq(new.place.trim()), table_meeting::online.eq(new.online.trim())),
            table_meeting::agenda.eq(new.agenda.join("\n")),
            table_meeting::uid.eq(format!("{}@openhouse", &mark.as_str()[..32])),
            (table_meeting::changed_at.eq(now), table_meeting::changed_by.eq(actor.name())),
        ))
        .execute(conn)?;
    record(conn, actor, now, table_id, "consultation.meeting", &format!("plan {number}"))?;
    Ok(number)
}

/// Invites all who sit at the table, at once; with the calendar file behind the link.
pub fn invite(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, seen: i32) -> Result<(), Fault> {
    let (table, found) = to_change(conn, actor, id, seen)?;
    if found.starts_at <= now {
        return Err(Refusal::MeetingWasHeld.into());
    }
    // A second press finds them invited already.
    if found.invited_at.is_some() {
        return Ok(());
    }
    touch(conn, actor, now, &found)?;
    diesel::update(table_meeting::table.find(id)).set(table_meeting::invited_at.eq(now)).execute(conn)?;
    record(conn, actor, now, table.id, "consultation.meeting", &format!("invite {}", found.number))?;
    tell_of(conn, actor, now, &table, &found, MessageKind::Invitation)
}

/// Moves it, or changes its place or agenda. Who was invited is told, all at once, and the calendar file counts up.
pub fn change(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, seen: i32, new: &Plan) -> Result<(), Fault> {
    let (table, found) = to_change(conn, actor, id, seen)?;
    new.weigh(&table)?;
    if found.starts_at <= now {
        return Err(Refusal::MeetingWasHeld.into());
    }
    let same = (found.starts_at, found.ends_at) == (new.starts_at, new.ends_at)
        && (found.place.as_str(), found.online.as_str()) == (new.place.trim(), new.online.trim())
        && found.agenda == new.agenda;
    if same {
        return Ok(());
    }
    touch(conn, actor, now, &found)?;
    diesel::update(table_meeting::table.find(id))
        .set((
            (table_meeting::starts_at.eq(new.starts_at), table_meeting::ends_at.eq(new.ends_at)),
            (table_meeting::place.eq(new.place.trim()), table_meeting::online.eq(new.online.trim())),
            table_meeting::agenda.eq(new.agenda.join("\n")),
            table_meeting::sequence.eq(found.sequence + 1),
        ))
        .execute(conn)?;
    record(conn, actor, now, table.id, "consultation.meeting", &format!("change {}", found.number))?;
    if found.invited_at.is_none() {
        return Ok(());
    }
    let Some((table, moved)) = find(conn, actor, id)? else { return Err(Refusal::NotFound.into()) };
    tell_of(conn, actor, now, &table, &moved, MessageKind::Moved)
}

/// Calls it off. Who was invited is told, all at once.
pub fn call_off(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, seen: i32) -> Result<(), Fault> {
    let (table, found) = to_change(conn, actor, id, seen)?;
    if found.starts_at <= now {
        return Err(Refusal::MeetingWasHeld.into());
    }
    touch(conn, actor, now, &found)?;
    diesel::update(table_meeting::table.find(id))
        .set((table_meeting::cancelled_at.eq(now), table_meeting::sequence.eq(found.sequence + 1)))
        .execute(conn)?;
    record(conn, actor, now, table.id, "consultation.meeting", &format!("call off {}", found.number))?;
    if found.invited_at.is_none() {
        return Ok(());
    }
    let place = place_of(&found);
    tell(conn, actor, now, &table, &News::of(MessageKind::CalledOff, found.number, &place))?;
    Ok(())
}

/// Where a meeting stands below the page of its table.
pub fn place_of(meeting: &Meeting) -> String {
    format!("/bijeenkomsten/{}", meeting.number)
}

fn tell_of(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table: &ConsultationTable,
    meeting: &Meeting,
    kind: MessageKind,
) -> Result<(), Fault> {
    let place = place_of(meeting);
    let news = News { meeting: Some(meeting), ..News::of(kind, meeting.number, &place) };
    tell(conn, actor, now, table, &news)?;
    Ok(())
}

fn to_change(conn: &mut Conn, actor: &Actor, id: i64, seen: i32) -> Result<(ConsultationTable, Meeting), Fault> {
    may_manage(actor)?;
    let (table, found) = find(conn, actor, id)?.ok_or(Refusal::NotFound)?;
    if found.version != seen {
        return Err(Refusal::ChangedMeanwhile(found.changed_by).into());
    }
    if found.cancelled_at.is_some() {
        return Err(Refusal::MeetingCalledOff.into());
    }
    Ok((table, found))
}

fn touch(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, found: &Meeting) -> QueryResult<()> {
    diesel::update(table_meeting::table.find(found.id))
        .set((
            table_meeting::version.eq(found.version + 1),
            (table_meeting::changed_at.eq(now), table_meeting::changed_by.eq(actor.name())),
        ))
        .execute(conn)?;
    Ok(())
}

impl Plan {
    fn weigh(&self, table: &ConsultationTable) -> Result<(), Refusal> {
        if self.ends_at <= self.starts_at {
            return Err(Refusal::WrongDays);
        }
        if !table.runs_on(wall_clock(self.starts_at).date()) {
            return Err(Refusal::TableOver);
        }
        if self.place.trim().is_empty() && self.online.trim().is_empty() {
            return Err(Refusal::NoPlace);
        }
        if self.agenda.is_empty() {
            return Err(Refusal::NoAgenda);
        }
        no_bsn(&[&self.place, &self.agenda.join("\n")])
    }
}

/// An agenda as it is typed: a point on every line.
pub fn points(typed: &str) -> Vec<String> {
    typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = table_meeting)]
struct MeetingRow {
    id: i64,
    table_id: i64,
    number: i32,
    starts_at: NaiveDateTime,
    ends_at: NaiveDateTime,
    place: String,
    online: String,
    agenda: String,
    uid: String,
    sequence: i32,
    invited_at: Option<NaiveDateTime>,
    cancelled_at: Option<NaiveDateTime>,
    version: i32,
    changed_at: NaiveDateTime,
    changed_by: String,
}

impl From<MeetingRow> for Meeting {
    fn from(row: MeetingRow) -> Meeting {
        Meeting {
            id: row.id,
            table_id: row.table_id,
            number: row.number,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            place: row.place,
            online: row.online,
            agenda: points(&row.agenda),
            uid: row.uid,
            sequence: row.sequence,
            invited_at: row.invited_at,
            cancelled_at: row.cancelled_at,
            version: row.version,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
        }
    }
}
