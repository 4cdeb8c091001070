//! Gathering the paper of a text (overeenkomst verzamelen): for who may see the version, and no other.

use chrono::TimeZone;
use chrono_tz::Europe::Amsterdam;
use diesel::QueryResult;

use super::{Changed, Material};
use crate::actor::Actor;
use crate::agreement::text::{AgreementText, TextState, TextVersion, origin, store};
use crate::db::Conn;
use crate::procedure::admission;
use crate::report::letter::gather::Sender;

/// One version; none when there is none for this actor. `page` is the path of the same text as a page.
pub fn material(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    code: &str,
    number: i32,
    page: &str,
) -> QueryResult<Option<Material>> {
    let Some(text) = store::find(conn, actor, code)? else { return Ok(None) };
    let versions = store::versions(conn, actor, &[text.id])?;
    let Some(version) = versions.into_iter().find(|one| one.number == number) else { return Ok(None) };
    of_version(conn, actor, sender, text, version, page).map(Some)
}

fn of_version(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    text: AgreementText,
    version: TextVersion,
    page: &str,
) -> QueryResult<Material> {
    let house = Actor::system(actor.tenant());
    let procedure = admission::store::find(conn, &house, text.procedure_id)?;
    let all = store::texts(conn, &house)?;
    let whole = all.into_iter().find(|one| Some(one.id) == text.annex_to);
    Ok(Material {
        municipality: sender.municipality.to_owned(),
        procedure: procedure.map(|one| one.details.name.nl).unwrap_or_default(),
        annex_to: whole.map(|one| one.title.nl),
        articles: store::articles(conn, actor, version.id)?,
        origins: origin::of_clauses(conn, actor, version.id)?,
        made_on: Amsterdam.from_utc_datetime(&version.changed_at).fixed_offset(),
        page_url: format!("{}{page}", sender.public_url),
        text,
        version,
    })
}

/// The same beside an earlier version; `since` none is the one established before it.
pub fn changed(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    code: &str,
    number: i32,
    since: Option<i32>,
    page: &str,
) -> QueryResult<Option<Changed>> {
    let Some(now) = material(conn, actor, sender, code, number, page)? else { return Ok(None) };
    let versions = store::versions(conn, actor, &[now.text.id])?;
    let earlier = |one: &&TextVersion| match since {
        Some(since) => one.number == since && since < number,
        None => one.number < number && one.state == TextState::Established,
    };
    let Some(before) = versions.iter().find(earlier).cloned() else { return Ok(None) };
    let before_articles = store::articles(conn, actor, before.id)?;
    Ok(Some(Changed { now, before, before_articles }))
}
