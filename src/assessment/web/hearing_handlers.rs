//! Answering: putting a quarter before the provider, its reactions and the answers to them, and the files shown with them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::{QuarterPath, Read, find, link, read, within};
use super::hearing::{HearingPage, LONGEST, PutBeforePage, ReactionPage, SaidShown, Saying, said_of};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::assessment::reacting::{self, Piece, Reaction};
use crate::assessment::store::Fault;
use crate::assessment::{Refusal, hearing};
use crate::db::Conn;
use crate::evidence::web::serve::attachment;
use crate::evidence::{self, Key, Shown};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, ProviderLink, Side, answer};
use crate::procedure::outages;
use crate::procedure::store::terms;
use crate::term::Term;

/// Indicator within a quarter of a provider, as a path names it.
pub type IndicatorPath = Path<(String, String, u8)>;

/// What a verb answered: done, or the refusal to show on the page. The rest has pages of its own.
pub fn told(done: Result<(), Fault>, back: &str) -> Result<Result<(), Refusal>, Turn> {
    match done {
        Ok(()) => Ok(Ok(())),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
        Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(Refusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(Refusal::AlreadyFinal(_, by) | Refusal::AlreadyAnswered(by))) => {
            Err(Turn::Conflict { by: Some(by), back: back.to_owned() })
        }
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
    }
}

pub fn whole(refusal: &Refusal, who: &Insider) -> FormErrors {
    FormErrors { fields: Vec::new(), whole: vec![refusal.in_words(who.lang)] }
}

/// The frame of a page below that of a quarter.
pub(super) fn below(who: &Insider, link: &ProviderLink, read: &Read, here: &str) -> Frame {
    let path = link.quarter_path(read.quarter);
    let frame = within(who, link).crumb(who.lang.quarter_first(read.quarter), path.clone());
    Frame { here: format!("{path}/{here}"), ..frame }
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/voorleggen`
pub async fn before_opening(who: Insider, path: QuarterPath) -> HttpResponse {
    who.answer(show_opening(&who, path.into_inner(), FormErrors::default()).await)
}

async fn show_opening(who: &Insider, path: (String, String), errors: FormErrors) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    let (actor, today) = (who.actor(), who.house.today());
    let (read, term) = house::read(&who.house, move |conn| {
        let rule = terms(conn, &actor, today)?.hearing;
        let term: Term = rule.begin(today, &outages::days(conn, &actor)?);
        Ok((read(conn, &actor, &path)?, term))
    })
    .await?;
    let assessment = read.assessment.as_ref().ok_or(Turn::NotFound)?;
    let link = link(&read.provider);
    let covered = read.hearings.last().is_some_and(|heard| heard.covers(assessment.version));
    if errors.is_empty() && (assessment.finalised.is_some() || covered) {
        return Ok(see_other(&format!("{}/reactie", link.quarter_path(read.quarter))));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = PutBeforePage {
        frame: below(who, &link, &read, "voorleggen"),
        quarter: read.quarter,
        errors,
        rows: read.rows(who.lang),
        version: assessment.version,
        term,
        again: !read.hearings.is_empty(),
        provider: link,
    };
    Ok(answer(status, &page))
}

/// What the page with the check sends.
#[derive(Debug, Deserialize, Validate)]
pub struct VersionForm {
    #[validate(range(min = 1))]
    versie: i32,
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/voorleggen`
pub async fn open(who: Insider, path: QuarterPath, form: Form<VersionForm>) -> HttpResponse {
    who.answer(put_before(&who, path.into_inner(), form.into_inner()).await)
}

async fn put_before(who: &Insider, path: (String, String), form: VersionForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, named) = (who.actor(), who.house.now(), path.clone());
    let (back, done) = house::write(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &named)?;
        let back = link(&provider).quarter_path(quarter);
        let done = hearing::open(conn, &actor, now, provider.id, quarter, form.versie).map(drop);
        told(done, &back).map(|done| (back, done))
    })
    .await?;
    match done {
        // A second press of the button finds it done.
        Ok(()) | Err(Refusal::AlreadyHeard) => Ok(see_other(&format!("{back}/reactie"))),
        Err(refusal) => show_opening(who, path, whole(&refusal, who)).await,
    }
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/reactie`
pub async fn overview(who: Insider, path: QuarterPath) -> HttpResponse {
    who.answer(show_overview(&who, path.into_inner(), FormErrors::default()).await)
}

async fn show_overview(who: &Insider, path: (String, String), errors: FormErrors) -> Result<HttpResponse, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let (read, pieces) = house::read(&who.house, move |conn| {
        let read = read(conn, &actor, &path)?;
        let pieces = reacting::pieces(conn, &actor, &[read.provider.id], read.quarter)?;
        Ok((read, pieces))
    })
    .await?;
    if read.assessment.is_none() {
        return Err(Turn::NotFound);
    }
    let link = link(&read.provider);
    let rows = read.rows(lang).into_iter().map(|row| {
        let said = said_with_files(who, &link, &read, row.number, &pieces);
        (row, said)
    });
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = HearingPage {
        rows: rows.collect(),
        frame: below(who, &link, &read, "reactie"),
        side: who.side(),
        quarter: read.quarter,
        state: read.state(today),
        today,
        reacts: reacts(who, &read),
        hearing: read.hearings.last().cloned(),
        errors,
        provider: link,
    };
    Ok(answer(status, &page))
}

/// Whether the reader is of the provider, and its term runs.
fn reacts(who: &Insider, read: &Read) -> bool {
    let Some(current) = read.assessment.as_ref().filter(|one| one.finalised.is_none()) else { return false };
    let runs = |heard: &hearing::Hearing| heard.covers(current.version) && heard.runs(who.house.today());
    who.side() == Side::Provider && read.hearings.last().is_some_and(runs)
}

fn said_with_files(
    who: &Insider,
    link: &ProviderLink,
    read: &Read,
    number: u8,
    pieces: &std::collections::HashMap<i64, Vec<Piece>>,
) -> Vec<SaidShown> {
    let below = format!("{}/reactie/{number}", link.quarter_path(read.quarter));
    let opens = opens(who).then_some(below.as_str());
    said_of(&read.remarks, number, who.lang).into_iter().map(|one| one.with(pieces, opens)).collect()
}

/// Who opens what was shown: the provider itself, and who judges or audits it.
fn opens(who: &Insider) -> bool {
    who.side() == Side::Provider || who.actor().may_open_evidence()
}

/// The tick under which it is said that there are no remarks.
#[derive(Debug, Deserialize, Validate)]
pub struct SureForm {
    #[serde(default)]
    #[validate(length(max = 5))]
    zeker: String,
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/geen-opmerkingen`
pub async fn no_remarks(who: Insider, path: QuarterPath, form: Form<SureForm>) -> HttpResponse {
    who.answer(say_nothing(&who, path.into_inner(), form.into_inner()).await)
}

async fn say_nothing(who: &Insider, path: (String, String), form: SureForm) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Provider {
        return Err(Turn::NotAllowed);
    }
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    if form.zeker != "ja" {
        let fields = vec![("zeker".to_owned(), fl!(who.lang.texts(), "hearing-sure-missing"))];
        return show_overview(who, path, FormErrors { fields, whole: Vec::new() }).await;
    }
    let (actor, now, named) = (who.actor(), who.house.now(), path.clone());
    let (back, done) = house::write(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &named)?;
        let back = format!("{}/reactie", link(&provider).quarter_path(quarter));
        let done = hearing::no_remarks(conn, &actor, now, provider.id, quarter);
        told(done, &back).map(|done| (back, done))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&back)),
        Err(refusal) => show_overview(who, path, whole(&refusal, who)).await,
    }
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/reactie/{n}`
pub async fn one(who: Insider, path: IndicatorPath) -> HttpResponse {
    who.answer(show_one(&who, path.into_inner(), &Typed::default(), FormErrors::default()).await)
}

/// What was typed and ticked.
#[derive(Debug, Clone, Default, Validate)]
struct Typed {
    #[validate(length(max = 4000))]
    words: String,
    #[validate(length(max = 200))]
    pieces: Vec<String>,
    reaction: Option<i64>,
    adopted: Option<bool>,
}

impl Typed {
    fn of(pairs: Vec<(String, String)>) -> Typed {
        let mut typed = Typed::default();
        for (name, value) in pairs {
            match name.as_str() {
                "tekst" => typed.words = value,
                "stuk" => typed.pieces.push(value),
                "reactie" => typed.reaction = value.parse().ok(),
                "oordeel" => typed.adopted = ["nee", "ja"].iter().position(|word| *word == value).map(|at| at == 1),
                _ => {}
            }
        }
        typed
    }
}

async fn show_one(
    who: &Insider,
    (provider, quarter, number): (String, String, u8),
    typed: &Typed,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let (read, pieces, shelf) = house::read(&who.house, move |conn| {
        let read = read(conn, &actor, &(provider, quarter))?;
        let pieces = reacting::pieces(conn, &actor, &[read.provider.id], read.quarter)?;
        Ok((read, pieces, evidence::store::of_provider(conn, &actor)?))
    })
    .await?;
    let row = read.rows(who.lang).into_iter().find(|row| row.number == number).ok_or(Turn::NotFound)?;
    let link = link(&read.provider);
    let said = said_with_files(who, &link, &read, number, &pieces);
    let open = said.iter().find(|one| one.waits).map(|one| one.id);
    let until = read.hearings.last().map(|heard| heard.term.due);
    let on_shelf = shelf.iter().filter(|piece| piece.withdrawn_at.is_none()).filter_map(|piece| {
        let newest = piece.newest().filter(|newest| newest.state.may_be_opened())?;
        let key = newest.key.to_string();
        let chosen = typed.pieces.contains(&key);
        Some((key, format!("{} ({})", piece.title, newest.ending()), chosen))
    });
    let (words, adopted) = (typed.words.clone(), typed.adopted);
    let provisional = read.state(who.house.today()).is_provisional();
    let form = match (who.side(), open, until) {
        (Side::Provider, _, Some(until)) if reacts(who, &read) => {
            Saying::React { until, typed: words, pieces: on_shelf.collect() }
        }
        (Side::Manager, Some(reaction), _) if provisional => Saying::Answer { reaction, adopted, typed: words },
        _ => Saying::Nothing,
    };
    let crumb = fl!(who.lang.texts(), "hearing-word");
    let back = format!("{}/reactie", link.quarter_path(read.quarter));
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = below(who, &link, &read, &format!("reactie/{number}")).crumb(crumb, back);
    let page = ReactionPage { frame, side: who.side(), quarter: read.quarter, row, said, form, errors, provider: link };
    Ok(answer(status, &page))
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/reactie/{n}`
pub async fn say(who: Insider, path: IndicatorPath, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(take_words(&who, path.into_inner(), Typed::of(form.into_inner())).await)
}

async fn take_words(who: &Insider, path: (String, String, u8), typed: Typed) -> Result<HttpResponse, Turn> {
    let side = who.side();
    if side == Side::Viewer {
        return Err(Turn::NotAllowed);
    }
    let t = who.lang.texts();
    let at = |field: &str, words: String| FormErrors { fields: vec![(field.to_owned(), words)], whole: Vec::new() };
    if typed.validate().is_err() {
        return show_one(who, path, &typed, at("tekst", fl!(t, "front-too-long", most = LONGEST))).await;
    }
    if side == Side::Manager && typed.adopted.is_none() {
        return show_one(who, path, &typed, at("oordeel", fl!(t, "hearing-answer-missing"))).await;
    }
    let (actor, now, named, said) = (who.actor(), who.house.now(), path.clone(), typed.clone());
    let (back, done) = house::write(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &(named.0, named.1))?;
        let back = format!("{}/reactie", link(&provider).quarter_path(quarter));
        let done = match side {
            Side::Provider => own_pieces(conn, &actor, &said.pieces).and_then(|pieces| {
                let reaction = Reaction { indicator: named.2, words: &said.words, pieces: &pieces };
                reacting::react(conn, &actor, now, provider.id, quarter, reaction)
            }),
            _ => {
                let (reaction, adopted) = (said.reaction.unwrap_or(0), said.adopted == Some(true));
                reacting::answer(conn, &actor, now, provider.id, quarter, reaction, adopted, &said.words)
            }
        };
        told(done, &back).map(|done| (back, done))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&back)),
        Err(refusal) => {
            let errors = match refusal {
                Refusal::WordsMissing | Refusal::HoldsBsn => at("tekst", refusal.in_words(who.lang)),
                Refusal::NoSuchPiece => at("stuk", refusal.in_words(who.lang)),
                other => whole(&other, who),
            };
            show_one(who, path, &typed, errors).await
        }
    }
}

/// The ticked pieces of the provider's own shelf, by their ids.
fn own_pieces(conn: &mut Conn, actor: &Actor, keys: &[String]) -> Result<Vec<i64>, Fault> {
    let mut ids = Vec::new();
    for typed in keys {
        let key = Key::read(typed).ok_or(Refusal::NoSuchPiece)?;
        let version = evidence::store::find_version_by_key(conn, actor, &key)?;
        ids.push(version.ok_or(Refusal::NoSuchPiece)?.id);
    }
    Ok(ids)
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/reactie/{n}/bewijs/{versie}`
pub async fn file(who: Insider, path: Path<(String, String, u8, i64)>) -> HttpResponse {
    who.answer(give_file(&who, path.into_inner()).await)
}

async fn give_file(who: &Insider, path: (String, String, u8, i64)) -> Result<HttpResponse, Turn> {
    if !opens(who) {
        return Err(Turn::NotAllowed);
    }
    let actor = who.actor();
    let (provider, quarter, number, version_id) = path;
    let version = house::read(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &(provider, quarter))?;
        let said = crate::assessment::remarks::remarks(conn, &actor, &[provider.id], quarter)?;
        let pieces = reacting::pieces(conn, &actor, &[provider.id], quarter)?;
        let about = said.iter().filter(|one| one.indicator == i64::from(number));
        let shown = about.filter_map(|one| pieces.get(&one.id)).flatten().any(|piece| piece.version_id == version_id);
        if !shown {
            return Err(Turn::NotFound);
        }
        let proof = Shown { provider_id: provider.id, version_id };
        evidence::store::open_shown(conn, proof)?.ok_or(Turn::NotFound)
    })
    .await?;
    attachment(&who.house, &version).await
}
