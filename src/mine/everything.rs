//! Everything we have of a provider (alles wat wij van u hebben): its organisation, users, applications with verdicts,
//! messages, evidence, statements and reports, as the files of one ZIP. It holds what the provider's own pages show, from
//! the same look-ups; what the municipality says among its own people stays there.

mod application;
pub mod missing;
pub mod packing;
mod papers;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::account::store::people;
use crate::actor::Actor;
use crate::agreement;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::Application;
use crate::ids::Sha256Hex;
use crate::mail::inbox;
use crate::procedure;
use crate::provider::{Provider, listing};
use crate::report::letter::Written;
use crate::report::print::Paper;
use crate::text::Lang;

/// One file of the ZIP.
#[derive(Debug, Clone)]
pub struct Entry {
    pub path: String,
    pub content: Content,
}

/// What stands in it; what is large is fetched when its turn comes.
#[derive(Debug, Clone)]
pub enum Content {
    Text(String),
    /// A stored file.
    File(Sha256Hex),
    /// A quarter report, to be printed or taken from the shelf.
    Report(Box<Paper>),
    /// A letter, to be printed or taken from the shelf.
    Letter(Box<LetterPdf>),
}

/// A letter in one language.
#[derive(Debug, Clone)]
pub struct LetterPdf {
    pub application: Application,
    pub written: Written,
    pub lang: Lang,
}

/// Who asks, where, and when.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub provider: &'a Provider,
    pub municipality: &'a str,
    pub public_url: &'a str,
    pub today: NaiveDate,
    pub lang: Lang,
}

/// The files in the order in which they are packed; the list of their hashes is made while they are.
pub fn gather(conn: &mut Conn, actor: &Actor, asked: Asked<'_>) -> anyhow::Result<Vec<Entry>> {
    let mut all = vec![
        text("LEESMIJ.txt", papers::read_me(asked)),
        document("organisatie.json", &organisation(conn, actor, asked)?)?,
        document("gebruikers.json", &users(conn, actor)?)?,
    ];
    if let Some(kept) = listing::store::of(conn, actor, asked.provider.id)? {
        all.push(document("registergegevens.json", &serde_json::to_value(&kept.listing)?)?);
    }
    let offered = assortment(conn, actor, asked.provider.id)?;
    if !offered.is_empty() {
        all.push(document("assortiment.json", &Value::from(offered))?);
    }
    all.extend(application::all(conn, actor, asked)?);
    all.extend(messages(conn, actor, asked.lang)?);
    all.extend(papers::evidence(conn, actor)?);
    all.extend(papers::statements(conn, actor, asked.provider.id)?);
    all.extend(papers::reports(conn, actor, asked)?);
    Ok(all)
}

fn organisation(conn: &mut Conn, actor: &Actor, asked: Asked<'_>) -> anyhow::Result<Value> {
    let provider = asked.provider;
    let agreements = agreement::store::of(conn, actor, &[provider.id])?.into_iter().map(|one| {
        let (from, until) = (one.active_from, one.active_until);
        json!({ "number": one.number, "version": one.version, "active_from": from, "active_until": until })
    });
    Ok(json!({
        "name": provider.name,
        "kvk": provider.kvk.as_str(),
        "number": provider.number,
        "municipality": asked.municipality,
        "agreements": agreements.collect::<Vec<_>>(),
    }))
}

/// What the provider said it offers, now and before.
fn assortment(conn: &mut Conn, actor: &Actor, provider_id: i64) -> anyhow::Result<Vec<Value>> {
    let catalogue = procedure::store::catalogue(conn, actor)?;
    let all = agreement::assortment::all(conn, actor)?.into_iter().filter(|one| one.provider_id == provider_id);
    let told = all.map(|one| {
        let product = catalogue.iter().find(|known| known.id == one.product_id);
        json!({
            "product": product.map(|known| known.code.as_str()),
            "name": product.map(|known| known.name.nl.as_str()),
            "profiles": one.profiles,
            "offered_from": one.from,
            "offered_until": one.until,
        })
    });
    Ok(told.collect())
}

fn users(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Value> {
    let users = people::seats(conn, actor)?.into_iter().map(|seat| {
        json!({
            "name": seat.name,
            "email": seat.email,
            "role": seat.role.as_str(),
            "granted_at": seat.granted_at,
            "reviewed_at": seat.reviewed_at,
            "disabled_at": seat.disabled_at,
        })
    });
    Ok(users.collect())
}

/// Each as it was sent, in a file of its own, in order.
fn messages(conn: &mut Conn, actor: &Actor, lang: Lang) -> anyhow::Result<Vec<Entry>> {
    let mut found = inbox::all(conn, actor)?;
    found.reverse();
    let message = |(place, one): (usize, inbox::Message)| {
        let at = wall_clock(one.at);
        let path = format!("berichten/{:04}-{}-{}.txt", place + 1, at.date(), safe(&one.subject));
        text(&path, format!("{}\n{}\n\n{}\n", one.subject, lang.moment(at), one.body))
    };
    Ok(found.into_iter().enumerate().map(message).collect())
}

fn text(path: &str, text: String) -> Entry {
    Entry { path: path.to_owned(), content: Content::Text(text) }
}

fn document(path: &str, value: &Value) -> anyhow::Result<Entry> {
    Ok(text(path, serde_json::to_string_pretty(value)?))
}

/// A name of a user's as a part of a path: it can leave no folder, and every system can write it.
fn safe(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' };
    let name: String = name.chars().map(kept).take(80).collect();
    match name.trim_matches([' ', '.']) {
        "" => "_".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(safe("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe("Polis 2027 – é.pdf"), "Polis 2027 _ é.pdf");
        assert_eq!((safe(".."), safe("")), ("_".to_owned(), "_".to_owned()));
        assert_eq!(safe(&"x".repeat(500)).len(), 80);
    }
}
