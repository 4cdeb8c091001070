//! Tables `agreement_text`, `text_version`, `article` and `text_history`, to look up. A provider's people see a version
//! from the moment on which it is shown to all; a draft is the municipality's own.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

use super::{AgreementText, Article, Consulted, Established, PrivacyRole, Scope, TextKind, TextRefusal, TextState};
use super::{TextVerb, TextVersion};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::ids::Sha256Hex;
use crate::procedure::{Domain, outages};
use crate::schema::{agreement_text, article, text_history, text_version};
use crate::term::TermRule;
use crate::text::Bilingual;

/// Why nothing was done: the text says no, or the house is broken.
#[derive(Debug)]
pub enum Fault {
    Refused(TextRefusal),
    Trouble(QueryError),
}

impl From<QueryError> for Fault {
    fn from(cause: QueryError) -> Fault {
        Fault::Trouble(cause)
    }
}

impl From<TextRefusal> for Fault {
    fn from(refusal: TextRefusal) -> Fault {
        Fault::Refused(refusal)
    }
}

/// All texts of the municipality, an annex after the text it belongs to.
pub fn texts(conn: &mut Conn, actor: &Actor) -> QueryResult<Vec<AgreementText>> {
    let rows: Vec<TextRow> = agreement_text::table
        .filter(agreement_text::municipality_id.eq(actor.tenant()))
        .order((agreement_text::procedure_id, agreement_text::id))
        .select(TextRow::as_select())
        .load(conn)?;
    let mut found: Vec<AgreementText> = rows.into_iter().map(AgreementText::from).collect();
    if actor.own_provider().is_some() {
        let shown: Vec<i64> = text_version::table
            .filter(text_version::municipality_id.eq(actor.tenant()))
            .filter(text_version::state.ne(TextState::Draft))
            .select(text_version::text_id)
            .distinct()
            .load(conn)?;
        found.retain(|one| shown.contains(&one.id));
    }
    found.sort_by_key(|one| (one.procedure_id, one.annex_to.unwrap_or(one.id), one.annex_to.is_some(), one.id));
    Ok(found)
}

/// One text by its address; none when it is not this municipality's, or not shown to who asks.
pub fn find(conn: &mut Conn, actor: &Actor, code: &str) -> QueryResult<Option<AgreementText>> {
    Ok(texts(conn, actor)?.into_iter().find(|one| one.code == code))
}

/// The versions of these texts that the actor may see, the newest of each text first.
pub fn versions(conn: &mut Conn, actor: &Actor, texts: &[i64]) -> QueryResult<Vec<TextVersion>> {
    let rows: Vec<VersionRow> = text_version::table
        .filter(text_version::municipality_id.eq(actor.tenant()))
        .filter(text_version::text_id.eq_any(texts))
        .order((text_version::text_id, text_version::number.desc()))
        .select(VersionRow::as_select())
        .load(conn)?;
    let down = outages::days(conn, actor)?;
    let mut found: Vec<TextVersion> = rows.into_iter().map(|row| row.version(&down)).collect();
    found.retain(|one| actor.own_provider().is_none() || one.state != TextState::Draft);
    Ok(found)
}

/// One version with the text it is a version of.
pub fn version(conn: &mut Conn, actor: &Actor, id: i64) -> QueryResult<Option<(AgreementText, TextVersion)>> {
    let text_id: Option<i64> = text_version::table
        .filter(text_version::municipality_id.eq(actor.tenant()).and(text_version::id.eq(id)))
        .select(text_version::text_id)
        .first(conn)
        .optional()?;
    let Some(text_id) = text_id else { return Ok(None) };
    let text = texts(conn, actor)?.into_iter().find(|one| one.id == text_id);
    let found = versions(conn, actor, &[text_id])?.into_iter().find(|one| one.id == id);
    Ok(text.zip(found))
}

/// The version that holds on this day: of those established the latest that has begun.
pub fn holding_on(versions: &[TextVersion], day: NaiveDate) -> Option<&TextVersion> {
    versions.iter().filter(|one| one.holds_on(day)).max_by_key(|one| one.number)
}

/// The articles of a version, in their order. Whether the actor may see the version is asked before: [`version`].
pub fn articles(conn: &mut Conn, actor: &Actor, version_id: i64) -> QueryResult<Vec<Article>> {
    let rows: Vec<ArticleRow> = article::table
        .filter(article::municipality_id.eq(actor.tenant()).and(article::text_version_id.eq(version_id)))
        .order(article::position)
        .select(ArticleRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Article::from).collect())
}

/// The decision of the table that the words of an article were born from, by its clause.
pub fn origins(conn: &mut Conn, actor: &Actor, version_id: i64) -> QueryResult<HashMap<i32, i64>> {
    let rows: Vec<(i32, i64)> = article::table
        .filter(article::municipality_id.eq(actor.tenant()).and(article::text_version_id.eq(version_id)))
        .filter(article::decision_id.is_not_null())
        .select((article::clause, article::decision_id.assume_not_null()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What was done to a version, the newest first. Providers do not read who wrote what.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Event {
    pub verb: TextVerb,
    pub to: TextState,
    pub at: NaiveDateTime,
    pub actor: String,
    pub role: Role,
    pub reason: String,
}

pub fn history(conn: &mut Conn, actor: &Actor, version_id: i64) -> QueryResult<Vec<Event>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    text_history::table
        .filter(text_history::municipality_id.eq(actor.tenant()).and(text_history::text_version_id.eq(version_id)))
        .order(text_history::id.desc())
        .select((
            text_history::verb,
            text_history::to_state,
            text_history::at,
            text_history::actor,
            text_history::role,
            text_history::reason,
        ))
        .load(conn)
}

/// The version as its text, when it is still the one that was looked at.
pub(super) fn looked_at(
    conn: &mut Conn,
    actor: &Actor,
    id: i64,
    seen: i32,
) -> Result<(AgreementText, TextVersion), Fault> {
    let Some((text, found)) = version(conn, actor, id)? else { return Err(TextRefusal::NotFound.into()) };
    if found.version != seen {
        let (by, at, current) = (found.changed_by, found.changed_at, found.version);
        return Err(TextRefusal::ChangedMeanwhile { by, at, current }.into());
    }
    Ok((text, found))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = agreement_text)]
struct TextRow {
    id: i64,
    procedure_id: i64,
    annex_to: Option<i64>,
    kind: TextKind,
    domain: Domain,
    code: String,
    title_nl: String,
    title_en: String,
    privacy_role: Option<PrivacyRole>,
}

impl From<TextRow> for AgreementText {
    fn from(row: TextRow) -> AgreementText {
        AgreementText {
            id: row.id,
            procedure_id: row.procedure_id,
            annex_to: row.annex_to,
            kind: row.kind,
            domain: row.domain,
            code: row.code,
            title: Bilingual { nl: row.title_nl, en: row.title_en },
            privacy_role: row.privacy_role,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = text_version)]
struct VersionRow {
    id: i64,
    text_id: i64,
    number: i32,
    state: TextState,
    version: i32,
    changed_at: NaiveDateTime,
    changed_by: String,
    holds_from: Option<NaiveDate>,
    holds_until: Option<NaiveDate>,
    consulted_at: Option<NaiveDateTime>,
    consulted_by: Option<String>,
    respond_rule: Option<TermRule>,
    respond_from: Option<NaiveDate>,
    established_at: Option<NaiveDateTime>,
    established_by: Option<String>,
    minutes: Option<String>,
    digest: Option<Sha256Hex>,
    explanation: String,
}

impl VersionRow {
    /// `outages` are the days on which the channel was down: they make the term to react longer.
    fn version(self, outages: &[NaiveDate]) -> TextVersion {
        let consulted = self.consulted_at.zip(self.consulted_by).zip(self.respond_rule.zip(self.respond_from));
        let established = self.established_at.zip(self.established_by).zip(self.minutes.zip(self.digest));
        TextVersion {
            id: self.id,
            text_id: self.text_id,
            number: self.number,
            state: self.state,
            version: self.version,
            changed_at: self.changed_at,
            changed_by: self.changed_by,
            holds_from: self.holds_from,
            holds_until: self.holds_until,
            explanation: self.explanation,
            consulted: consulted.map(|((at, by), (rule, start))| Consulted {
                at,
                by,
                respond: rule.begin(start, outages),
            }),
            established: established.map(|((at, by), (minutes, digest))| Established { at, by, minutes, digest }),
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = article)]
struct ArticleRow {
    clause: i32,
    number: String,
    heading: String,
    scope: Scope,
    body: String,
}

impl From<ArticleRow> for Article {
    fn from(row: ArticleRow) -> Article {
        Article { clause: row.clause, number: row.number, heading: row.heading, scope: row.scope, body: row.body }
    }
}
