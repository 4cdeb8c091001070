//! The page that gives everything we have of a provider (alles wat wij van u hebben), and the download itself. For the
//! provider's own administrators: it also tells about their colleagues.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, rt};
use anyhow::Context;
use askama::Template;
use chrono::NaiveDateTime;
use futures_util::stream;
use i18n_embed_fl::fl;
use tokio::sync::{Semaphore, mpsc};

use crate::account::entrance::Insider;
use crate::actor::{Actor, Role};
use crate::audit::{self, Act};
use crate::house::{self, House, Turn};
use crate::mine::everything::packing::{Pipe, pack};
use crate::mine::everything::{Asked, Content, LetterPdf, gather};
use crate::page::{Frame, Section, answer};
use crate::provider;
use crate::report::letter;
use crate::report::letter::gather::Sender;
use crate::report::shelf::Shelf;

/// GET `/mijn/alles`
#[derive(Template)]
#[template(path = "mine/everything.html")]
pub struct EverythingPage {
    pub frame: Frame,
    pub municipality: String,
}

impl EverythingPage {
    /// What is in it, in the order of the ZIP.
    fn parts(&self) -> [String; 7] {
        let t = self.frame.t();
        [
            fl!(t, "mine-all-organisation"),
            fl!(t, "mine-all-users"),
            fl!(t, "mine-all-applications"),
            fl!(t, "mine-all-the-messages"),
            fl!(t, "mine-all-evidence"),
            fl!(t, "mine-all-statements"),
            fl!(t, "mine-all-reports"),
        ]
    }
}

/// So many are packed at once; each keeps a thread and a file in memory.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// So many pieces wait on the line.
const WAITING: usize = 8;

fn own_administrator(who: &Insider) -> Result<i64, Turn> {
    match (who.person().role, &who.person().provider) {
        (Role::ProviderAdmin, Some((id, ..))) => Ok(*id),
        _ => Err(Turn::NotAllowed),
    }
}

/// GET `/mijn/alles`
pub async fn page(who: Insider) -> HttpResponse {
    who.answer(own_administrator(&who).map(|_| {
        let frame = who.frame(Some(Section::Mine)).crumb(fl!(who.lang.texts(), "page-menu-mine"), "/mijn");
        let municipality = who.person().municipality.clone();
        answer(StatusCode::OK, &EverythingPage { frame, municipality })
    }))
}

/// GET `/mijn/alles/bestand`
pub async fn download(who: Insider) -> HttpResponse {
    who.answer(send(&who).await)
}

async fn send(who: &Insider) -> Result<HttpResponse, Turn> {
    let own = own_administrator(who)?;
    let place = AT_ONCE.try_acquire().map_err(|_| Turn::Busy)?;
    let (actor, now, today, lang) = (who.actor(), who.house.now(), who.house.today(), who.lang);
    let (municipality, public_url) = (who.person().municipality.clone(), who.house.public_url.clone());
    let (reader, sender) = (actor.clone(), municipality.clone());
    let (provider, entries) = house::read(&who.house, move |conn| {
        let provider = provider::store::find_by_id(conn, &reader, own)?.ok_or(Turn::NotFound)?;
        let asked = Asked { provider: &provider, municipality: &sender, public_url: &public_url, today, lang };
        let entries = gather(conn, &reader, asked)?;
        Ok((provider, entries))
    })
    .await?;
    let (writer, object, detail) =
        (actor.clone(), format!("provider/{}", provider.number), format!("{} files", entries.len()));
    house::write(&who.house, move |conn| {
        let act = Act { action: "provider.download", object: &object, result: "done", detail: &detail };
        Ok(audit::record(conn, &writer, now, act)?)
    })
    .await?;
    let (line, taken) = mpsc::channel(WAITING);
    let house = who.house.clone();
    rt::task::spawn_blocking(move || {
        let _place = place;
        let sender = Sender { municipality: &municipality, public_url: &house.public_url };
        let read = |content| read(&house, &actor, now, sender, content);
        let mut pipe = Pipe::new(line);
        match pack(entries, lang, &mut pipe, read) {
            Ok(missing) => {
                for (path, why) in missing {
                    tracing::error!(provider = own, path, ?why, "a stored file is not in a ZIP of everything");
                }
            }
            Err(cause) => {
                tracing::error!(cause = format!("{cause:#}"), "a ZIP of everything was not packed to its end");
                pipe.break_off();
            }
        }
    });
    let pieces = stream::unfold(taken, |mut taken| async { taken.recv().await.map(|piece| (piece, taken)) });
    let name = format!("attachment; filename=\"alles-{}-{today}.zip\"", provider.path());
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .streaming(Box::pin(pieces)))
}

/// The bytes of one entry, when its turn comes.
fn read(
    house: &House,
    actor: &Actor,
    now: NaiveDateTime,
    sender: Sender<'_>,
    content: Content,
) -> anyhow::Result<Vec<u8>> {
    match content {
        Content::Text(text) => Ok(text.into_bytes()),
        Content::File(digest) => Ok(house.files.get(&digest)?),
        Content::Report(paper) => Shelf::of(house).report(actor, now, &paper),
        Content::Letter(letter) => {
            let LetterPdf { application, written, lang } = *letter;
            let shelved = letter::shelf::shelved(Shelf::of(house), actor, now, sender, &application, written, lang)?;
            let shelved = shelved.with_context(|| format!("letter {} is not the reader's", written.path()))?;
            letter::shelf::bytes(&house.files, &shelved.pdf)
        }
    }
}
