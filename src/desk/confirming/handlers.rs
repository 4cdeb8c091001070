//! Answering: a contact person's quarters, the lines of one quarter, and what he says of them. All that was sent is taken, or
//! nothing of it, and then the page comes back as it was filled in.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::page::{CheckPage, Material, ProviderGroup, StartPage, groups, path_of};
use super::sent::{Sent, fault_in};
use super::{frame, look, own};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::assessment::store::assess_one;
use crate::confirmation::lines::{Whose, of, quarters_of};
use crate::confirmation::store::{Fate, Spoken, is_final, say};
use crate::confirmation::{ChargedLine, Refusal, Tally, Word, word_in};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Paging, Section, answer};
use crate::procedure::store::product_names;
use crate::provider;
use crate::quarter::Quarter;
use crate::text::Lang;
use crate::trajectory::{extension, outcomes};

/// So many lines, and at most so many names, in one look.
const PAGE: usize = 40;

/// GET `/kosten-controleren`
pub async fn start(who: Insider) -> HttpResponse {
    who.answer(show_start(&who).await)
}

async fn show_start(who: &Insider) -> Result<HttpResponse, Turn> {
    let frame = frame(who, Section::Costs)?;
    let (actor, email) = (who.actor(), who.person().email.clone());
    let page = house::read(&who.house, move |conn| {
        let Some(contact) = own(conn, &actor, &email)? else {
            return Ok(StartPage { frame, listed: false, quarters: Vec::new(), outcomes: 0, extensions: 0 });
        };
        let outcomes = outcomes::of_contact(conn, &actor, contact)?;
        let asked = extension::requests(conn, &actor, extension::Whose::Contact(contact))?;
        Ok(StartPage {
            frame,
            listed: true,
            quarters: quarters_of(conn, &actor, contact)?,
            outcomes: outcomes.iter().filter(|one| one.waits()).count(),
            extensions: asked.iter().filter(|one| one.state == extension::ExtensionState::Asked).count(),
        })
    })
    .await?;
    Ok(answer(StatusCode::OK, &page))
}

/// Which lines are looked at.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct CheckQuery {
    /// `alles`: also those of which something was said.
    #[serde(default)]
    #[validate(length(max = 10))]
    toon: String,
    #[serde(default)]
    #[validate(range(max = 10_000))]
    pagina: usize,
    #[serde(default)]
    #[validate(range(max = 10_000))]
    bewaard: usize,
}

/// GET `/kosten-controleren/{k}`
pub async fn check(who: Insider, quarter: Path<String>, query: Query<CheckQuery>) -> HttpResponse {
    let drawn = Drawn { query: query.into_inner(), ..Drawn::default() };
    who.answer(show(&who, quarter.into_inner(), drawn, StatusCode::OK).await)
}

/// How the page is drawn: as it stands, or with what was filled in.
#[derive(Default)]
struct Drawn {
    query: CheckQuery,
    sent: Option<Sent>,
    /// These lines were filled in and are not there any more.
    gone: Vec<String>,
    errors: FormErrors,
}

fn read_quarter(written: &str) -> Result<Quarter, Turn> {
    written.parse().map_err(|_| Turn::NotFound)
}

async fn show(who: &Insider, written: String, drawn: Drawn, status: StatusCode) -> Result<HttpResponse, Turn> {
    let quarter = read_quarter(&written)?;
    if drawn.query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let mut frame = frame(who, Section::Costs)?;
    frame.here = path_of(quarter);
    let frame = frame.crumb(fl!(who.lang.texts(), "confirmation-title"), "/kosten-controleren");
    let (actor, email, lang) = (who.actor(), who.person().email.clone(), who.lang);
    let (house, now) = (who.house.clone(), who.house.now());
    let page = house::write(&who.house, move |conn| {
        let contact = own(conn, &actor, &email)?.ok_or(Turn::NotFound)?;
        let lines = of(conn, &actor, quarter, Whose::Contact(contact))?;
        let tally = Tally::of(&lines);
        let (shown, paging) = drawn.choose(quarter, &lines);
        let wanted: BTreeSet<(i64, String)> =
            shown.iter().map(|line| (line.provider_id, line.client_ref.clone())).collect();
        let names = look(conn, &house, &actor, now, &wanted)?;
        let sent = drawn.sent.clone().unwrap_or_default();
        let groups = grouped(conn, &actor, lang, quarter, &shown, &names, &sent)?;
        Ok(CheckPage {
            frame,
            quarter,
            tally,
            all: drawn.query.toon == "alles" || tally.waiting() == 0,
            groups,
            paging,
            saved: drawn.query.bewaard,
            lost: drawn.lost(lang),
            errors: drawn.errors,
        })
    })
    .await?;
    Ok(answer(status, &page))
}

fn grouped(
    conn: &mut Conn,
    actor: &Actor,
    lang: Lang,
    quarter: Quarter,
    lines: &[ChargedLine],
    names: &super::Names,
    sent: &Sent,
) -> Result<Vec<ProviderGroup>, Turn> {
    let mut providers = BTreeMap::new();
    for line in lines {
        if !providers.contains_key(&line.provider_id) {
            let found = provider::store::find_by_id(conn, actor, line.provider_id)?.ok_or(Turn::NotFound)?;
            let closed = is_final(conn, actor, found.id, quarter)?;
            providers.insert(found.id, (found.name, closed));
        }
    }
    let products = product_names(conn, actor)?;
    let products = products.into_iter().map(|(id, name)| (id, name.in_lang(lang).to_owned())).collect();
    Ok(groups(&Material { lang, quarter, lines, providers: &providers, products: &products, names, sent }))
}

impl Drawn {
    /// The lines of this page. One that comes back shows the same lines again, and what came new meanwhile.
    fn choose(&self, quarter: Quarter, lines: &[ChargedLine]) -> (Vec<ChargedLine>, Paging) {
        if let Some(sent) = &self.sent {
            let again = |line: &&ChargedLine| {
                let new = !self.gone.is_empty() && line.said.is_none();
                new || sent.seen.contains_key(&line.about(quarter))
            };
            return (lines.iter().filter(again).take(3 * PAGE).cloned().collect(), Paging::default());
        }
        let all = self.query.toon == "alles" || Tally::of(lines).waiting() == 0;
        let wanted: Vec<&ChargedLine> = lines.iter().filter(|line| all || line.said.is_none()).collect();
        let first = self.query.pagina * PAGE;
        let at = |page: usize| {
            let toon = if all { "toon=alles&" } else { "" };
            format!("{}?{toon}pagina={page}", path_of(quarter))
        };
        let paging = Paging {
            previous: self.query.pagina.checked_sub(1).map(at),
            next: (wanted.len() > first + PAGE).then(|| at(self.query.pagina + 1)),
        };
        (wanted.into_iter().skip(first).take(PAGE).cloned().collect(), paging)
    }

    /// What was typed at lines that are gone.
    fn lost(&self, lang: Lang) -> Vec<String> {
        let Some(sent) = &self.sent else { return Vec::new() };
        let typed = self.gone.iter().map(|about| sent.at(about)).filter(|typed| typed.says_more());
        let words = |typed: super::sent::Typed| {
            let kind = typed.kind.parse::<Word>().ok().map(|word| word_in(lang, Some(word)));
            let parts = [kind.unwrap_or_default(), typed.quantity, typed.amount, typed.reason];
            parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ")
        };
        typed.map(words).collect()
    }
}

/// POST `/kosten-controleren/{k}`
pub async fn confirm(who: Insider, quarter: Path<String>, pairs: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(take(&who, quarter.into_inner(), pairs.into_inner()).await)
}

/// Why nothing was kept.
enum Kept {
    All(usize),
    Wrong(FormErrors),
    Refused(Refusal, String),
}

async fn take(who: &Insider, written: String, pairs: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    frame(who, Section::Costs)?;
    let (quarter, sent) = (read_quarter(&written)?, Sent::read(pairs)?);
    let (actor, email, now, lang) = (who.actor(), who.person().email.clone(), who.house.now(), who.lang);
    let asked = sent.clone();
    let kept = house::write(&who.house, move |conn| {
        let contact = own(conn, &actor, &email)?.ok_or(Turn::NotFound)?;
        let lines = of(conn, &actor, quarter, Whose::Contact(contact))?;
        let spoken: Vec<Spoken> = match asked.spoken(lang, quarter, &lines) {
            Ok(spoken) => spoken,
            Err(errors) => return Ok(Kept::Wrong(errors)),
        };
        let providers = match say(conn, &actor, now, contact, quarter, &spoken) {
            Ok(providers) => providers,
            Err(Fate::Trouble(cause)) => return Err(cause.into()),
            Err(Fate::Refused(refusal)) => {
                let name = match &refusal {
                    Refusal::Closed { provider_id } => provider::store::find_by_id(conn, &actor, *provider_id)?,
                    _ => None,
                };
                return Ok(Kept::Refused(refusal, name.map(|provider| provider.name).unwrap_or_default()));
            }
        };
        for provider_id in providers {
            assess_one(conn, &actor, now, provider_id, quarter)?;
        }
        Ok(Kept::All(spoken.len()))
    })
    .await?;
    let mut drawn = Drawn { sent: Some(sent), ..Drawn::default() };
    let t = lang.texts();
    let status = match kept {
        Kept::All(0) => {
            drawn.errors.whole.push(fl!(t, "confirmation-nothing-said"));
            StatusCode::BAD_REQUEST
        }
        Kept::All(count) => return Ok(see_other(&format!("{}?bewaard={count}", path_of(quarter)))),
        Kept::Wrong(errors) => {
            drawn.errors = errors;
            StatusCode::BAD_REQUEST
        }
        Kept::Refused(Refusal::Changed(gone), _) => {
            drawn.errors.whole.push(fl!(t, "confirmation-changed", count = gone.len()));
            drawn.gone = gone;
            StatusCode::CONFLICT
        }
        Kept::Refused(Refusal::Closed { .. }, name) => {
            drawn.errors.whole.push(fl!(t, "confirmation-closed-now", name = name));
            StatusCode::CONFLICT
        }
        Kept::Refused(Refusal::Faulty { about, fault }, _) => {
            let (field, told) = fault_in(lang, "", fault);
            drawn.errors.fields.push((format!("{field}-{about}"), told));
            StatusCode::BAD_REQUEST
        }
    };
    show(who, written, drawn, status).await
}
