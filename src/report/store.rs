//! Table `report_file`: which file is the report of a quarter that was set final, per language.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::Assessment;
use crate::audit::{self, Act};
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::schema::report_file;
use crate::text::Lang;

/// The hash of the file; none when the report was not asked for before.
pub fn find(conn: &mut Conn, actor: &Actor, assessment: &Assessment, lang: Lang) -> QueryResult<Option<Sha256Hex>> {
    if !actor.may_see(assessment.provider_id) {
        return Ok(None);
    }
    let digest: Option<String> = report_file::table
        .filter(report_file::municipality_id.eq(actor.tenant()).and(report_file::assessment_id.eq(assessment.id)))
        .filter(report_file::language.eq(lang))
        .select(report_file::file_digest)
        .first(conn)
        .optional()?;
    let read =
        |digest: String| digest.parse().map_err(|fault| diesel::result::Error::DeserializationError(Box::new(fault)));
    digest.map(read).transpose()
}

/// Writes down which file it is, and answers the one that counts: the first that was written down.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    assessment: &Assessment,
    lang: Lang,
    digest: &Sha256Hex,
) -> QueryResult<Sha256Hex> {
    if let Some(first) = find(conn, actor, assessment, lang)? {
        return Ok(first);
    }
    diesel::insert_into(report_file::table)
        .values((
            report_file::municipality_id.eq(actor.tenant()),
            report_file::assessment_id.eq(assessment.id),
            report_file::language.eq(lang),
            report_file::file_digest.eq(digest.as_str()),
            report_file::made_at.eq(now),
        ))
        .execute(conn)?;
    let (provider_id, quarter, version) = (assessment.provider_id, assessment.quarter, assessment.version);
    let object = format!("provider/{provider_id}/quarter/{quarter}/assessment/{version}/report/{lang}");
    let act = Act { action: "report.store", object: &object, result: "done", detail: digest.as_str() };
    audit::record(conn, actor, now, act)?;
    Ok(digest.clone())
}
