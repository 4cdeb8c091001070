//! Reacting to a provisional quarter (reactie), per indicator and with evidence, and answering a reaction (overgenomen, niet
//! overgenomen). Table `remark_evidence`; what is said stands in `remark`.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::assessment::finalising::{Fault, may_judge};
use crate::assessment::remarks::{self, Remark};
use crate::assessment::store::latest;
use crate::assessment::{Refusal, RemarkKind, hearing, mails};
use crate::db::Conn;
use crate::evidence;
use crate::ids::holds_bsn;
use crate::quarter::Quarter;
use crate::schema::{remark, remark_evidence};

/// A file that was shown with a reaction, as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub version_id: i64,
    pub label: String,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
}

/// What the provider says of one indicator, with versions of evidence from its own shelf.
#[derive(Debug, Clone, Copy)]
pub struct Reaction<'a> {
    pub indicator: u8,
    pub words: &'a str,
    pub pieces: &'a [i64],
}

/// Reacts within the term. The same words twice are one press of the button.
pub fn react(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    said: Reaction<'_>,
) -> Result<(), Fault> {
    let heard = hearing::running(conn, actor, now, provider_id, quarter)?;
    let words = readable(said.words)?;
    if !(1..=10).contains(&said.indicator) {
        return Err(Refusal::NotFound.into());
    }
    let indicator = i64::from(said.indicator);
    let before = remarks::remarks(conn, actor, &[provider_id], quarter)?;
    let same = |one: &Remark| one.hearing_id == Some(heard.id) && one.indicator == indicator && one.body == words;
    if before.iter().any(same) {
        return Ok(());
    }
    let mut shown = Vec::new();
    for id in said.pieces {
        let version = evidence::store::find_version(conn, actor, *id)?.filter(|one| one.state.may_be_opened());
        shown.push(version.ok_or(Refusal::NoSuchPiece)?);
    }
    let new = Remark {
        id: 0,
        provider_id,
        indicator,
        kind: RemarkKind::Reaction,
        body: words,
        author: actor.name().to_owned(),
        written_at: now,
        hearing_id: Some(heard.id),
        answers: None,
    };
    let id = remarks::remark(conn, actor, quarter, &new)?;
    for version in shown {
        diesel::insert_into(remark_evidence::table)
            .values((
                (remark_evidence::remark_id.eq(id), remark_evidence::version_id.eq(version.id)),
                (remark_evidence::municipality_id.eq(actor.tenant()), remark_evidence::provider_id.eq(provider_id)),
                remark_evidence::quarter.eq(quarter.to_string()),
                (remark_evidence::label.eq(&version.label), remark_evidence::sha256.eq(version.file.as_str())),
            ))
            .execute(conn)?;
    }
    mails::received(conn, actor, now, provider_id, quarter, Some(said.indicator))?;
    Ok(())
}

/// Answers a reaction; what is not adopted needs a reason.
#[allow(clippy::too_many_arguments)]
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    quarter: Quarter,
    reaction_id: i64,
    adopted: bool,
    words: &str,
) -> Result<(), Fault> {
    may_judge(conn, actor, now, provider_id)?;
    let said = remarks::remarks(conn, actor, &[provider_id], quarter)?;
    let reaction = said.iter().find(|one| one.id == reaction_id && one.kind == RemarkKind::Reaction);
    let reaction = reaction.filter(|one| one.hearing_id.is_some()).ok_or(Refusal::NotFound)?;
    if let Some(before) = said.iter().find(|one| one.answers == Some(reaction_id)) {
        return Err(Refusal::AlreadyAnswered(before.author.clone()).into());
    }
    if let Some((at, by)) = latest(conn, actor, provider_id, quarter)?.and_then(|current| current.finalised) {
        return Err(Refusal::AlreadyFinal(at, by).into());
    }
    let body = match (adopted, words.trim()) {
        (true, "") => String::new(),
        (_, words) => readable(words)?,
    };
    let kind = if adopted { RemarkKind::Adopted } else { RemarkKind::NotAdopted };
    let new = Remark {
        id: 0,
        provider_id,
        indicator: reaction.indicator,
        kind,
        body,
        author: actor.name().to_owned(),
        written_at: now,
        hearing_id: reaction.hearing_id,
        answers: Some(reaction_id),
    };
    remarks::remark(conn, actor, quarter, &new)?;
    mails::answered(conn, actor, now, provider_id, quarter, reaction.indicator)?;
    Ok(())
}

/// What was typed, without what may be somebody's number.
pub(super) fn readable(typed: &str) -> Result<String, Refusal> {
    let words = typed.replace("\r\n", "\n").trim().to_owned();
    match () {
        () if words.is_empty() => Err(Refusal::WordsMissing),
        () if holds_bsn(&words) => Err(Refusal::HoldsBsn),
        () => Ok(words),
    }
}

/// How many reactions of each of these providers have no answer yet.
pub fn unanswered(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    from: Quarter,
    to: Quarter,
) -> QueryResult<HashMap<(i64, Quarter), u32>> {
    let providers: Vec<i64> = providers.iter().copied().filter(|id| actor.may_see(*id)).collect();
    let rows: Vec<(i64, i64, Quarter, Option<i64>)> = remark::table
        .filter(remark::municipality_id.eq(actor.tenant()).and(remark::hearing_id.is_not_null()))
        .filter(remark::quarter.between(from.to_string(), to.to_string()))
        .filter(remark::provider_id.eq_any(providers))
        .select((remark::id, remark::provider_id, remark::quarter, remark::answers_id))
        .load(conn)?;
    let answered: Vec<i64> = rows.iter().filter_map(|(.., answers)| *answers).collect();
    let mut open = HashMap::new();
    for (id, provider_id, quarter, answers) in rows {
        if answers.is_none() && !answered.contains(&id) {
            *open.entry((provider_id, quarter)).or_default() += 1;
        }
    }
    Ok(open)
}

/// What these providers showed with their reactions to a quarter, by the reaction.
pub fn pieces(
    conn: &mut Conn,
    actor: &Actor,
    providers: &[i64],
    quarter: Quarter,
) -> QueryResult<HashMap<i64, Vec<Piece>>> {
    let providers: Vec<i64> = providers.iter().copied().filter(|id| actor.may_see(*id)).collect();
    let rows: Vec<(i64, i64, String, String)> = remark_evidence::table
        .filter(remark_evidence::municipality_id.eq(actor.tenant()))
        .filter(remark_evidence::quarter.eq(quarter.to_string()))
        .filter(remark_evidence::provider_id.eq_any(providers))
        .order((remark_evidence::remark_id, remark_evidence::version_id))
        .select((
            remark_evidence::remark_id,
            remark_evidence::version_id,
            remark_evidence::label,
            remark_evidence::sha256,
        ))
        .load(conn)?;
    let mut pieces: HashMap<i64, Vec<Piece>> = HashMap::new();
    for (remark_id, version_id, label, sha256) in rows {
        pieces.entry(remark_id).or_default().push(Piece { version_id, label, sha256 });
    }
    Ok(pieces)
}
