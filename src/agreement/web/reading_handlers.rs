//! Answering: a version of a text to read. What a page needs is gathered here for all three doors; the handlers of the office
//! stand here too.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::pages::{AnnexesPage, ChangesPage, TextPage, VersionsPage};
use super::reading::{Act, Around, Door};
use super::{frame_below, or_refusal, signing, writes};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::agreement::text::diff::{ChangeKind, compare};
use crate::agreement::text::store::{self, articles};
use crate::agreement::text::{self, AgreementText, Article, TextState, TextVersion, origin, writing};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{Frame, answer};
use crate::procedure::admission;
use crate::text::Lang;

/// The code of a text and the number of a version, as a path names them.
pub type VersionPath = Path<(String, i32)>;

/// Beside which version.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct SinceQuery {
    pub van: Option<i32>,
}

/// What is read: a version with its articles, and the one it is compared with.
pub struct Reading {
    pub around: Around,
    pub articles: Vec<Article>,
    pub before: Option<(TextVersion, Vec<Article>)>,
}

/// Which version: one by its number, or the first to show.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    Number(i32),
    /// The one that holds, or else the newest.
    Usual,
}

/// Gathers a version for who comes in by this door. `procedures` none: the texts of all procedures.
pub fn read(
    conn: &mut Conn,
    actor: &Actor,
    lang: Lang,
    door: &Door,
    code: &str,
    which: Which,
    since: Option<i32>,
) -> Result<Reading, Turn> {
    door.opens_for(actor)?;
    let all = store::texts(conn, actor)?;
    let text = all.iter().find(|one| one.code == code).cloned().ok_or(Turn::NotFound)?;
    let versions = seen(conn, actor, door, text.id)?;
    let version = match which {
        Which::Number(number) => versions.iter().find(|one| one.number == number),
        Which::Usual => versions.iter().find(|one| one.state == TextState::Established).or(versions.first()),
    };
    let version = version.cloned().ok_or(Turn::NotFound)?;
    let articles = articles(conn, actor, version.id)?;
    let before = before(conn, actor, &versions, &version, since)?;
    let changed = before
        .as_ref()
        .map(|(_, old)| compare(old, &articles).iter().filter(|one| one.kind != ChangeKind::Same).count());
    let mut annexes = Vec::new();
    for annex in all.iter().filter(|one| one.annex_to == Some(text.id)) {
        let shown = seen(conn, actor, door, annex.id)?;
        let usual = shown.iter().find(|one| one.state == TextState::Established).or(shown.first());
        annexes.extend(usual.map(|version| (annex.clone(), version.clone())));
    }
    let digest = match &version.established {
        Some(done) => done.digest.clone(),
        None => text::digest(&text, &version, &articles),
    };
    let procedure = admission::store::find(conn, actor, text.procedure_id)?;
    let newest = versions.iter().find(|one| one.state == TextState::Established).map(|one| one.id);
    let around = Around {
        acts: match door {
            Door::Office => acts(actor, lang, &text, &version, newest == Some(version.id)),
            Door::Mine | Door::Front(_) => Vec::new(),
        },
        history: match door {
            Door::Office => store::history(conn, actor, version.id)?,
            Door::Mine | Door::Front(_) => Vec::new(),
        },
        offered: signing::offered(conn, actor, door, &text)?,
        door: door.clone(),
        origins: origin::of_clauses(conn, actor, version.id)?,
        procedure: procedure.map(|one| one.details.name.in_lang(lang).to_owned()).unwrap_or_default(),
        whole: all.iter().find(|one| Some(one.id) == text.annex_to).cloned(),
        digest: digest.as_str().to_owned(),
        text,
        version,
        versions,
        annexes,
        changed,
    };
    Ok(Reading { around, articles, before })
}

fn seen(conn: &mut Conn, actor: &Actor, door: &Door, text_id: i64) -> Result<Vec<TextVersion>, Turn> {
    let mut versions = store::versions(conn, actor, &[text_id])?;
    versions.retain(|one| door.shows(one));
    Ok(versions)
}

/// The version it is compared with: the one asked for, or else the one established before it.
fn before(
    conn: &mut Conn,
    actor: &Actor,
    versions: &[TextVersion],
    version: &TextVersion,
    since: Option<i32>,
) -> Result<Option<(TextVersion, Vec<Article>)>, Turn> {
    let earlier = |one: &&TextVersion| one.number < version.number;
    let found = match since {
        Some(number) => Some(versions.iter().filter(earlier).find(|one| one.number == number).ok_or(Turn::NotFound)?),
        None => versions.iter().find(earlier),
    };
    found.map(|one| Ok((one.clone(), articles(conn, actor, one.id)?))).transpose()
}

/// What somebody of the office can do with a version. The verb itself judges once more. `newest` is the newest that is
/// established: no other is offered.
fn acts(actor: &Actor, lang: Lang, text: &AgreementText, version: &TextVersion, newest: bool) -> Vec<Act> {
    let (t, path) = (lang.texts(), Door::Office.version(&text.code, version.number));
    let act = |words: String, word: &str| Act { words, href: format!("{path}/{word}"), posts: false };
    match (actor.role(), version.state) {
        (Role::ContractManager, TextState::Draft) => vec![
            act(fl!(t, "agreement-page-act-write"), "schrijven"),
            act(fl!(t, "agreement-page-act-consult"), "voorleggen"),
        ],
        (Role::ContractManager, TextState::Consultation) => {
            vec![act(fl!(t, "agreement-page-act-take-back"), "terugnemen")]
        }
        (Role::ContractManager, TextState::Established) => {
            let text_path = Door::Office.text(&text.code);
            let offer = Act {
                words: fl!(t, "offer-standing-offer", number = version.number),
                href: format!("{text_path}/aanbod"),
                posts: false,
            };
            let begin =
                Act { words: fl!(t, "agreement-page-act-begin"), href: format!("{text_path}/versies"), posts: true };
            (newest && text.kind.is_signed()).then_some(offer).into_iter().chain([begin]).collect()
        }
        (Role::DecisionMaker, TextState::Consultation) => {
            vec![act(fl!(t, "agreement-page-act-establish"), "vaststellen")]
        }
        _ => Vec::new(),
    }
}

/// The whole text as a page.
pub fn whole(frame: Frame, reading: Reading) -> HttpResponse {
    answer(StatusCode::OK, &TextPage { frame, around: reading.around, articles: reading.articles })
}

/// What changed as a page; a first version has nothing to be compared with.
pub fn changes(frame: Frame, reading: Reading) -> Result<HttpResponse, Turn> {
    let (before, before_articles) = reading.before.ok_or(Turn::NotFound)?;
    let (around, articles) = (reading.around, reading.articles);
    Ok(answer(StatusCode::OK, &ChangesPage { frame, around, before, before_articles, articles }))
}

pub fn annexes(frame: Frame, reading: Reading) -> HttpResponse {
    answer(StatusCode::OK, &AnnexesPage { frame, around: reading.around })
}

pub fn versions(frame: Frame, reading: Reading) -> HttpResponse {
    answer(StatusCode::OK, &VersionsPage { frame, around: reading.around })
}

async fn of_office(who: &Insider, code: String, which: Which, since: Option<i32>) -> Result<(Frame, Reading), Turn> {
    let frame = frame_below(who)?;
    let (actor, lang) = (who.actor(), who.lang);
    let read = move |conn: &mut Conn| read(conn, &actor, lang, &Door::Office, &code, which, since);
    Ok((frame, house::read(&who.house, read).await?))
}

/// GET `/overeenkomsten/{code}/versies/{n}`
pub async fn text_of_office(who: Insider, path: VersionPath) -> HttpResponse {
    let (code, number) = path.into_inner();
    let read = of_office(&who, code, Which::Number(number), None).await;
    who.answer(read.map(|(frame, reading)| whole(frame, reading)))
}

/// GET `/overeenkomsten/{code}/versies/{n}/wijzigingen`
pub async fn changes_of_office(who: Insider, path: VersionPath, since: Query<SinceQuery>) -> HttpResponse {
    let (code, number) = path.into_inner();
    let read = of_office(&who, code, Which::Number(number), since.van).await;
    who.answer(read.and_then(|(frame, reading)| changes(frame, reading)))
}

/// GET `/overeenkomsten/{code}/bijlagen`
pub async fn annexes_of_office(who: Insider, code: Path<String>) -> HttpResponse {
    let read = of_office(&who, code.into_inner(), Which::Usual, None).await;
    who.answer(read.map(|(frame, reading)| annexes(frame, reading)))
}

/// GET `/overeenkomsten/{code}`
pub async fn versions_of_office(who: Insider, code: Path<String>) -> HttpResponse {
    let read = of_office(&who, code.into_inner(), Which::Usual, None).await;
    who.answer(read.map(|(frame, reading)| versions(frame, reading)))
}

/// POST `/overeenkomsten/{code}/versies`: the next version, to be written.
pub async fn begin(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(begin_version(&who, code.into_inner()).await)
}

async fn begin_version(who: &Insider, code: String) -> Result<HttpResponse, Turn> {
    frame_below(who)?;
    writes(&who.actor())?;
    let (actor, now) = (who.actor(), who.house.now());
    let address = code.clone();
    let begun = house::write(&who.house, move |conn| {
        let text = store::find(conn, &actor, &code)?.ok_or(Turn::NotFound)?;
        let begun = or_refusal(writing::begin_version(conn, &actor, now, text.id))?;
        let newest = store::versions(conn, &actor, &[text.id])?.into_iter().next().ok_or(Turn::NotFound)?;
        Ok((begun.is_ok(), newest))
    })
    .await?;
    let path = Door::Office.version(&address, begun.1.number);
    // A second press, and who finds a colleague's draft, comes to the version that is open.
    let writable = begun.0 || begun.1.state == TextState::Draft;
    Ok(see_other(&if writable { format!("{path}/schrijven") } else { path }))
}
