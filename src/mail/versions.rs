//! The versions of a mail text (tekstversies): a municipality's own texts, each from its moment on. A version is never
//! changed: a better text is a new version.

use chrono::{NaiveDateTime, SubsecRound};
use diesel::prelude::*;

use super::MailKind;
use super::text::MailText;
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::schema::mail_text;
use crate::text::Bilingual;

/// A text that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    pub valid_from: NaiveDateTime,
    pub author: String,
    pub text: MailText,
}

/// The versions of one mail, the newest first. None at all: the text that ships is in force.
pub fn of(conn: &mut Conn, actor: &Actor, kind: MailKind) -> QueryResult<Vec<Version>> {
    let rows: Vec<Row> = mail_text::table
        .filter(mail_text::municipality_id.eq(actor.tenant()).and(mail_text::kind.eq(kind)))
        .order(mail_text::id.desc())
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Version::from).collect())
}

/// The mails that have a text of the municipality's own.
pub fn edited(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<MailKind>> {
    mail_text::table.filter(mail_text::municipality_id.eq(actor.tenant())).select(mail_text::kind).distinct().load(conn)
}

/// Whose version came in between: nothing was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overtaken {
    pub by: String,
}

/// Puts a text in force. `seen` is the newest version its writer looked at, nought for the text that ships.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    kind: MailKind,
    seen: i64,
    text: &MailText,
) -> QueryResult<Result<(), Overtaken>> {
    let newest = of(conn, actor, kind)?.into_iter().next();
    match &newest {
        Some(newest) if newest.id != seen => return Ok(Err(Overtaken { by: newest.author.clone() })),
        _ => {}
    }
    let now = now.trunc_subsecs(3);
    let id: i64 = diesel::insert_into(mail_text::table)
        .values((
            mail_text::municipality_id.eq(actor.tenant()),
            mail_text::kind.eq(kind),
            mail_text::valid_from.eq(now),
            mail_text::subject_nl.eq(&text.subject.nl),
            mail_text::subject_en.eq(&text.subject.en),
            mail_text::body_nl.eq(&text.body.nl),
            mail_text::body_en.eq(&text.body.en),
            mail_text::author.eq(actor.name()),
        ))
        .returning(mail_text::id)
        .get_result(conn)?;
    let (object, detail) = (format!("mail_text/{kind}"), format!("version {id}"));
    audit::record(
        conn,
        actor,
        now,
        Act { action: "mail_text.save", object: &object, result: "done", detail: &detail },
    )?;
    Ok(Ok(()))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mail_text)]
struct Row {
    id: i64,
    valid_from: NaiveDateTime,
    author: String,
    subject_nl: String,
    subject_en: String,
    body_nl: String,
    body_en: String,
}

impl From<Row> for Version {
    fn from(row: Row) -> Version {
        let subject = Bilingual { nl: row.subject_nl, en: row.subject_en };
        let body = Bilingual { nl: row.body_nl, en: row.body_en };
        Version { id: row.id, valid_from: row.valid_from, author: row.author, text: MailText { subject, body } }
    }
}
