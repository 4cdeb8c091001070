//! Telling (bekendmaken): every message of a table reaches all who sit there at the same moment, and the tables
//! `table_message` and `table_told` show it: what was told, when, and to whom, written in the transaction of the act.

use chrono::{NaiveDate, NaiveDateTime, SubsecRound};
use diesel::prelude::*;

use super::seating::{may_manage, new_link, no_bsn, record};
use super::store::{consulted, known, seats, tables};
use super::{ConsultationTable, Fault, Meeting, Refusal, Seat, SeatRole};
use crate::actor::Actor;
use crate::calendar::{add_days, wall_clock};
use crate::db::Conn;
use crate::mail::{Address, LINK, MailKind, Outgoing, store::post};
use crate::schema::{account, role_grant, table_message, table_seat, table_told};
use crate::text::Lang;

codes! {
    /// What is told to all.
    pub enum MessageKind {
        Invitation = "invitation",
        /// Another moment, place or agenda.
        Moved = "moved",
        CalledOff = "called_off",
        Minutes = "minutes",
        Proposal = "proposal",
        Withdrawn = "withdrawn",
        Decision = "decision",
        /// A version was established on the minutes of the table.
        Established = "established",
        /// mededeling
        Announcement = "announcement",
        /// The answer to a question that somebody asked.
        Answer = "answer",
        /// Three days before the term to react ends.
        Reminder = "reminder",
    }
}

/// What is to be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct News<'a> {
    pub kind: MessageKind,
    pub number: Option<i32>,
    /// Where it stands below the page of the table: `/voorstellen/2`.
    pub place: &'a str,
    pub words: &'a str,
    /// The meeting that an invitation is for, and the last day that a reminder tells.
    pub meeting: Option<&'a Meeting>,
    pub due: Option<NaiveDate>,
}

impl<'a> News<'a> {
    pub fn of(kind: MessageKind, number: i32, place: &'a str) -> News<'a> {
        News { kind, number: Some(number), place, words: "", meeting: None, due: None }
    }
}

/// A message, with everybody who was told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    pub kind: MessageKind,
    pub number: Option<i32>,
    pub place: String,
    pub words: String,
    /// The one moment at which all were told, in UTC.
    pub at: NaiveDateTime,
    pub by: String,
    pub told: Vec<Told>,
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Told {
    pub role: SeatRole,
    pub name: String,
    /// How many mails went to that seat; a provider without people reads it on its pages later.
    pub mails: i32,
}

/// Announces something to the whole table, or answers a question so that all read the answer.
pub fn announce(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table_id: i64,
    kind: MessageKind,
    words: &str,
) -> Result<i64, Fault> {
    may_manage(actor)?;
    let table = known(conn, actor, table_id)?;
    let words = words.trim();
    if words.is_empty() {
        return Err(Refusal::WordsMissing.into());
    }
    no_bsn(&[words])?;
    let kind = if kind == MessageKind::Answer { kind } else { MessageKind::Announcement };
    // A second press of the button finds it told already.
    let newest = messages(conn, actor, table_id)?.into_iter().next();
    if let Some(same) = newest.filter(|one| one.kind == kind && one.words == words && one.at > now - AT_ONCE) {
        return Ok(same.id);
    }
    record(conn, actor, now, table_id, "consultation.announce", kind.as_str())?;
    let news = News { kind, number: None, place: "", words, meeting: None, due: None };
    Ok(tell(conn, actor, now, &table, &news)?)
}

/// The same words within this time are a second press.
const AT_ONCE: chrono::TimeDelta = chrono::TimeDelta::minutes(5);

/// Tells all who sit at the table now, in the transaction of the act it tells of.
pub(super) fn tell(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table: &ConsultationTable,
    news: &News<'_>,
) -> QueryResult<i64> {
    let id: i64 = diesel::insert_into(table_message::table)
        .values((
            (table_message::municipality_id.eq(actor.tenant()), table_message::table_id.eq(table.id)),
            (table_message::kind.eq(news.kind), table_message::number.eq(news.number)),
            (table_message::place.eq(news.place), table_message::words.eq(news.words)),
            (table_message::told_at.eq(now.trunc_subsecs(3)), table_message::told_by.eq(actor.name())),
        ))
        .returning(table_message::id)
        .get_result(conn)?;
    for seat in seats(conn, actor, table.id)?.iter().filter(|seat| seat.left_at.is_none()) {
        let mails = send(conn, actor, now, table, seat, news)?;
        diesel::insert_into(table_told::table)
            .values((
                (table_told::message_id.eq(id), table_told::seat_id.eq(seat.id)),
                (table_told::municipality_id.eq(actor.tenant()), table_told::mails.eq(mails)),
            ))
            .execute(conn)?;
    }
    Ok(id)
}

/// The first message to who sits down later than the others: that he has a place, and where he reads all that was told.
pub(super) fn welcome(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table: &ConsultationTable,
    seat: &Seat,
) -> QueryResult<()> {
    for person in people(conn, actor, seat)? {
        let subject = i18n_embed_fl::fl!(person.language.texts(), "consultation-told-welcome");
        let values = vec![("tafel", table.name.clone()), ("onderwerp", subject)];
        mail(conn, actor, now, seat, &person, MailKind::ConsultationNews, values, "")?;
    }
    Ok(())
}

fn send(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    table: &ConsultationTable,
    seat: &Seat,
    news: &News<'_>,
) -> QueryResult<i32> {
    let mut sent = 0;
    for person in people(conn, actor, seat)? {
        let lang = person.language;
        let (kind, values) = match (news.meeting, news.due) {
            (Some(meeting), _) => {
                let at = wall_clock(meeting.starts_at);
                let values = vec![
                    ("datum", lang.day(at.date())),
                    ("tijd", lang.time(at.time())),
                    ("plaats", place_in_words(meeting, lang)),
                ];
                (MailKind::ConsultationInvitation, values)
            }
            (None, Some(due)) => {
                let values = vec![("tafel", table.name.clone()), ("datum", lang.day(due))];
                (MailKind::ConsultationReminder, values)
            }
            (None, None) => {
                let subject = news.kind.in_words(lang, news.number);
                (MailKind::ConsultationNews, vec![("tafel", table.name.clone()), ("onderwerp", subject)])
            }
        };
        mail(conn, actor, now, seat, &person, kind, values, news.place)?;
        sent += 1;
    }
    Ok(sent)
}

/// Where a meeting is, in the words of a sentence.
pub fn place_in_words(meeting: &Meeting, lang: Lang) -> String {
    match meeting.place.as_str() {
        "" => i18n_embed_fl::fl!(lang.texts(), "consultation-place-online"),
        place => place.to_owned(),
    }
}

#[allow(clippy::too_many_arguments)]
fn mail(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    seat: &Seat,
    person: &Person,
    kind: MailKind,
    mut values: Vec<(&'static str, String)>,
    place: &str,
) -> QueryResult<()> {
    let base = match seat.role {
        SeatRole::Chair | SeatRole::Municipality => format!("/tafels/{}", seat.table_id),
        SeatRole::Provider => format!("/mijn/tafels/{}", seat.table_id),
        SeatRole::ClientRepresentative => format!("/tafel/{}", new_link(conn, actor, now, seat.id)?.as_str()),
    };
    values.push((LINK, format!("{base}{place}")));
    let to = Address { name: &person.name, email: &person.email, language: person.language };
    let outgoing = Outgoing { municipality_id: actor.tenant(), kind, to, values: &values, provider_id: None };
    post(conn, now, &outgoing)?;
    Ok(())
}

struct Person {
    name: String,
    email: String,
    language: Lang,
}

/// Who is written to for a seat: all people of a provider, or the one who sits there.
fn people(conn: &mut Conn, actor: &Actor, seat: &Seat) -> QueryResult<Vec<Person>> {
    let Some(provider) = seat.provider_id else {
        let (name, email, language) = (seat.name.clone(), seat.email.clone(), seat.language);
        return Ok(vec![Person { name, email, language }]);
    };
    let rows: Vec<(String, String, Lang)> = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::municipality_id.eq(actor.tenant()).and(role_grant::ended_at.is_null()))
        .filter(role_grant::provider_id.eq(provider).and(account::disabled_at.is_null()))
        .order(account::email)
        .select((account::name, account::email, account::language))
        .distinct()
        .load(conn)?;
    Ok(rows.into_iter().map(|(name, email, language)| Person { name, email, language }).collect())
}

/// Everything that was told at a table, the newest first.
pub fn messages(conn: &mut Conn, actor: &Actor, table_id: i64) -> QueryResult<Vec<Message>> {
    type Row = (i64, MessageKind, Option<i32>, String, String, NaiveDateTime, String);
    let rows: Vec<Row> = table_message::table
        .filter(table_message::municipality_id.eq(actor.tenant()).and(table_message::table_id.eq(table_id)))
        .order(table_message::id.desc())
        .select((
            table_message::id,
            table_message::kind,
            table_message::number,
            table_message::place,
            table_message::words,
            table_message::told_at,
            table_message::told_by,
        ))
        .load(conn)?;
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let mut told: Vec<(i64, Told)> = table_told::table
        .inner_join(table_seat::table.on(table_seat::id.eq(table_told::seat_id)))
        .filter(table_told::municipality_id.eq(actor.tenant()).and(table_told::message_id.eq_any(ids)))
        .order((table_told::message_id, table_told::seat_id))
        .select((table_told::message_id, (table_seat::role, table_seat::name, table_told::mails)))
        .load(conn)?;
    told.sort_by(|(_, one), (_, other)| (one.role, &one.name).cmp(&(other.role, &other.name)));
    let of = |id: i64| told.iter().filter(|(message, _)| *message == id).map(|(_, told)| told.clone()).collect();
    let message = |(id, kind, number, place, words, at, by): Row| Message {
        id,
        kind,
        number,
        place,
        words,
        at,
        by,
        told: of(id),
    };
    Ok(rows.into_iter().map(message).collect())
}

/// "3 days before": reminds every table of the term to react that ends, once for each version. Answers how often.
pub fn remind(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, today: NaiveDate) -> QueryResult<usize> {
    let mut reminded = 0;
    for table in tables(conn, actor)?.into_iter().filter(|one| one.runs_on(today)) {
        for (text, version) in consulted(conn, actor, &table)? {
            let Some(due) = version.consulted.as_ref().map(|one| one.respond.due) else { continue };
            let since = version.consulted.as_ref().map_or(now, |one| one.at);
            // Taken back and put before the table again, it is reminded of again.
            let place = format!("#versie-{}", version.id);
            let told = messages(conn, actor, table.id)?
                .iter()
                .any(|one| one.kind == MessageKind::Reminder && one.place == place && one.at >= since);
            if told || today < add_days(due, -REMINDED_BEFORE) || today > due {
                continue;
            }
            let kind = MessageKind::Reminder;
            let title = text.title.nl.as_str();
            let news =
                News { kind, number: Some(version.number), place: &place, words: title, meeting: None, due: Some(due) };
            tell(conn, actor, now, &table, &news)?;
            record(conn, actor, now, table.id, "consultation.remind", &format!("version {}", version.id))?;
            reminded += 1;
        }
    }
    Ok(reminded)
}

/// So many days before its end all are reminded of the term to react.
const REMINDED_BEFORE: i64 = 3;
