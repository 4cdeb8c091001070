//! Tables `outbox`, `message` and `mail_text`: posting, and the texts in force.

use chrono::{NaiveDateTime, SubsecRound};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use i18n_embed_fl::fl;

use super::text::{MailText, Values};
use super::{LINK, MailKind, MailState, Outgoing, PATIENCE, on_one_line};
use crate::db::Conn;
use crate::schema::{mail_text, message, municipality, outbox};
use crate::text::Bilingual;

/// Writes a mail into the outbox, in the transaction of the act it tells of, and answers its id. `now` is UTC.
///
/// Subject and body are filled from the text in force at this moment. For a formal kind with a provider they are also
/// kept as a message in the portal: once in a language, however many people are told of the same act at this moment.
pub fn post(conn: &mut Conn, now: NaiveDateTime, mail: &Outgoing<'_>) -> QueryResult<i64> {
    let municipality = municipality_name(conn, mail.municipality_id)?;
    let text = in_force(conn, mail.municipality_id, mail.kind, now)?;
    let mut values: Values = mail.values.iter().cloned().collect();
    let link = values.remove(LINK).unwrap_or_default();
    if !link.is_empty() && !link.starts_with('/') {
        return Err(refused(format!("{}: {LINK} is no path within the house", mail.kind)));
    }
    let name = on_one_line(mail.to.name);
    values.insert("naam", name.clone());
    values.insert("gemeente", municipality);
    values.insert("systeem", fl!(mail.to.language.texts(), "product-name"));
    let (subject, body) =
        text.filled(mail.to.language, &values).map_err(|fault| refused(format!("{}: {fault:#}", mail.kind)))?;
    let message_id = match mail.provider_id {
        Some(provider_id) if mail.kind.is_formal() => Some(keep(conn, now, mail, provider_id, &subject, &body)?),
        _ => None,
    };
    diesel::insert_into(outbox::table)
        .values((
            (outbox::municipality_id.eq(mail.municipality_id), outbox::kind.eq(mail.kind)),
            (outbox::message_id.eq(message_id), outbox::to_name.eq(name)),
            (outbox::to_email.eq(mail.to.email.trim()), outbox::language.eq(mail.to.language)),
            (outbox::subject.eq(subject), outbox::body.eq(body), outbox::link.eq(on_one_line(&link))),
            (outbox::mark.eq(new_mark()?), outbox::posted_at.eq(now.trunc_subsecs(3))),
            (outbox::state.eq(MailState::Waiting), outbox::attempts.eq(0), outbox::answer.eq("")),
            (outbox::due_at.eq(now.trunc_subsecs(3)), outbox::patience_until.eq(now + PATIENCE)),
        ))
        .returning(outbox::id)
        .get_result(conn)
}

/// The message in the portal. Colleagues who are told of the same act at the same moment share it.
fn keep(
    conn: &mut Conn,
    now: NaiveDateTime,
    mail: &Outgoing<'_>,
    provider_id: i64,
    subject: &str,
    body: &str,
) -> QueryResult<i64> {
    let at = now.trunc_subsecs(3);
    let kept = message::table
        .filter(message::municipality_id.eq(mail.municipality_id).and(message::provider_id.eq(provider_id)))
        .filter(message::kind.eq(mail.kind).and(message::at.eq(at)).and(message::language.eq(mail.to.language)))
        .filter(message::subject.eq(subject).and(message::body.eq(body)))
        .select(message::id)
        .first(conn)
        .optional()?;
    if let Some(id) = kept {
        return Ok(id);
    }
    diesel::insert_into(message::table)
        .values((
            message::municipality_id.eq(mail.municipality_id),
            message::provider_id.eq(provider_id),
            message::kind.eq(mail.kind),
            message::language.eq(mail.to.language),
            message::subject.eq(subject),
            message::body.eq(body),
            message::at.eq(at),
        ))
        .returning(message::id)
        .get_result(conn)
}

/// The text of a mail that is in force: the municipality's own, or the one that ships.
pub fn in_force(conn: &mut Conn, municipality_id: i64, kind: MailKind, at: NaiveDateTime) -> QueryResult<MailText> {
    let own: Option<(String, String, String, String)> = mail_text::table
        .filter(mail_text::municipality_id.eq(municipality_id).and(mail_text::kind.eq(kind)))
        .filter(mail_text::valid_from.le(at))
        .order((mail_text::valid_from.desc(), mail_text::id.desc()))
        .select((mail_text::subject_nl, mail_text::subject_en, mail_text::body_nl, mail_text::body_en))
        .first(conn)
        .optional()?;
    Ok(match own {
        Some((subject_nl, subject_en, body_nl, body_en)) => MailText {
            subject: Bilingual { nl: subject_nl, en: subject_en },
            body: Bilingual { nl: body_nl, en: body_en },
        },
        None => kind.definition().text.clone(),
    })
}

pub(super) fn municipality_name(conn: &mut Conn, id: i64) -> QueryResult<String> {
    municipality::table.find(id).select(municipality::name).first(conn)
}

/// 128 random bits: the part of the Message-ID that never changes.
fn new_mark() -> QueryResult<String> {
    let mut bits = [0u8; 16];
    getrandom::fill(&mut bits).map_err(|cause| refused(cause.to_string()))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bits)))
}

/// A mail that cannot be made takes the whole act back: nobody may be told half.
fn refused(why: String) -> QueryError {
    QueryError::SerializationError(why.into())
}
