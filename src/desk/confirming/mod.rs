//! The pages of who confirms (controleren door contactpersonen): the lines of his own clients, their outflow and placement,
//! and the extensions that are asked for; and for the other two sides what was said of each line.

pub mod extensions;
pub mod handlers;
pub mod lines;
pub mod outcomes;
pub mod page;
pub mod sample;
mod sent;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::assessment;
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::client::names;
use crate::client::store::contact_with;
use crate::client::{Channel, Told};
use crate::confirmation::{Said, Word, may_confirm, word_in};
use crate::db::Conn;
use crate::facts::gather;
use crate::house::{House, Turn};
use crate::indicator::judge;
use crate::page::{Frame, Section, Status, Tone};
use crate::quarter::Quarter;
use crate::text::Lang;

/// The frame of a page for contact persons, or why there is none.
fn frame(who: &Insider, section: Section) -> Result<Frame, Turn> {
    match may_confirm(&who.actor()) {
        true => Ok(who.frame(Some(section))),
        false => Err(Turn::NotAllowed),
    }
}

/// Who a contact person is, the municipality's list of contact persons says: by the address he signs in with.
fn own(conn: &mut Conn, actor: &Actor, email: &str) -> Result<Option<i64>, Turn> {
    match may_confirm(actor) {
        true => Ok(contact_with(conn, actor, email)?),
        false => Err(Turn::NotAllowed),
    }
}

/// Names by provider and client number.
type Names = HashMap<(i64, String), String>;

/// Opens the names of these clients; every look is in the audit, with the numbers of the clients.
fn look(
    conn: &mut Conn,
    house: &House,
    actor: &Actor,
    now: NaiveDateTime,
    wanted: &BTreeSet<(i64, String)>,
) -> Result<Names, Turn> {
    let mut opened = Names::new();
    let mut shown: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for ((provider_id, client_ref), sealed) in names::sealed(conn, actor, wanted)? {
        let name = names::open(&house.vault, actor, provider_id, &client_ref, &sealed)?;
        shown.entry(provider_id).or_default().push(client_ref.clone());
        opened.insert((provider_id, client_ref), name.0);
    }
    for (provider_id, mut clients) in shown {
        clients.sort_unstable();
        let (object, detail) = (format!("provider/{provider_id}/clients"), clients.join(" "));
        let act = Act { action: "client.see_names", object: &object, result: "done", detail: &detail };
        audit::record(conn, actor, now, act)?;
    }
    Ok(opened)
}

/// Judges again the quarters of these providers that were judged, from that of the day on. One that is final gets a new
/// version only when it comes to other findings: "een feit dat na het vaststellen komt, maakt een nieuwe beoordeling"
/// (indicators.md, rule 10), and what changes no case is none.
fn judge_again(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, ways: &[(i64, NaiveDate)]) -> Result<(), Turn> {
    for (provider_id, since) in ways {
        for quarter in assessment::store::quarters(conn, actor, *provider_id)? {
            if quarter >= Quarter::of(*since) && !is_as_it_was(conn, actor, *provider_id, quarter)? {
                assessment::store::assess_one(conn, actor, now, *provider_id, quarter)?;
            }
        }
    }
    Ok(())
}

/// A final quarter that comes to the same findings.
fn is_as_it_was(conn: &mut Conn, actor: &Actor, provider_id: i64, quarter: Quarter) -> Result<bool, Turn> {
    let latest = assessment::store::latest(conn, actor, provider_id, quarter)?;
    let Some(latest) = latest.filter(|latest| latest.finalised.is_some()) else { return Ok(false) };
    let terms = gather::terms(conn, actor, quarter)?;
    let facts = gather::one(conn, actor, provider_id, quarter, &terms)?;
    Ok(facts.is_some_and(|facts| judge(&facts).to_json() == latest.frozen.findings))
}

/// The state of a line as shape, word and colour.
fn status_of(lang: Lang, said: Option<&Said>) -> Status {
    let word = said.map(|said| said.answer.word);
    let tone = match word {
        Some(Word::Confirmed) => Tone::Ok,
        Some(Word::Contested) => Tone::Bad,
        Some(Word::Corrected) => Tone::Warn,
        None => Tone::Wait,
    };
    let status = Status::new(tone, word_in(lang, word));
    if word == Some(Word::Confirmed) { status.plain() } else { status }
}

fn channel_in(lang: Lang, channel: Channel) -> String {
    match channel {
        Channel::Screen => fl!(lang.texts(), "confirmation-by-screen"),
        Channel::File => fl!(lang.texts(), "confirmation-by-file"),
    }
}

/// Who told it, when and how: `A. Jansen, 12 oktober 2026 om 9.30 uur, op het scherm`.
fn told_in(lang: Lang, told: &Told) -> String {
    format!("{}, {}, {}", told.by, lang.moment(wall_clock(told.at)), channel_in(lang, told.channel))
}

fn said_in(lang: Lang, said: &Said) -> String {
    told_in(lang, &Told { at: said.at, by: said.by.clone(), channel: said.channel })
}
