//! The work queue (werkvoorraad): what waits for us, what waits for the provider and what is near, each with its term.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{TermWords, path_of};
use crate::account::entrance::Insider;
use crate::dossier::desk::{self, Item, Work};
use crate::house::{self, Turn};
use crate::page::{Frame, Section, answer};
use crate::text::Lang;

/// GET `/werkvoorraad?van=mij`.
#[derive(Template)]
#[template(path = "bench/queue.html")]
pub struct QueuePage {
    pub frame: Frame,
    /// "Bij u"
    pub ours: Vec<Line>,
    /// "Bij de aanbieder"
    pub theirs: Vec<Line>,
    /// "Binnenkort"
    pub soon: Vec<Line>,
    /// How many lines wait for the reader himself.
    pub own: usize,
    /// Only what is for the reader's own role.
    pub only_own: bool,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub what: String,
    pub href: String,
    pub number: String,
    pub provider: String,
    pub since: NaiveDate,
    pub term: Option<TermWords>,
    pub for_you: bool,
}

impl QueuePage {
    fn groups(&self) -> [Group<'_>; 3] {
        let t = self.frame.t();
        [
            Group { id: "bij-u", title: fl!(t, "bench-ours"), none: fl!(t, "bench-ours-none"), lines: &self.ours },
            Group {
                id: "bij-aanbieder",
                title: fl!(t, "bench-theirs"),
                none: fl!(t, "bench-theirs-none"),
                lines: &self.theirs,
            },
            Group { id: "binnenkort", title: fl!(t, "bench-soon"), none: fl!(t, "bench-soon-none"), lines: &self.soon },
        ]
    }
}

struct Group<'a> {
    id: &'static str,
    title: String,
    none: String,
    lines: &'a [Line],
}

/// What there is to do, in words.
pub fn in_words(work: Work, lang: Lang) -> String {
    let t = lang.texts();
    match work {
        Work::TakeUp => fl!(t, "bench-work-take-up"),
        Work::Judge(count) => fl!(t, "bench-work-judge", count = count),
        Work::Advise => fl!(t, "bench-work-advise"),
        Work::Decide => fl!(t, "bench-work-decide"),
        Work::SetAside => fl!(t, "bench-work-set-aside"),
        Work::AwaitJudgment => fl!(t, "bench-work-court"),
        Work::Recheck(count) => fl!(t, "bench-work-recheck", count = count),
        Work::Supplement => fl!(t, "bench-work-supplement"),
        Work::Renew(count) => fl!(t, "bench-work-renew", count = count),
        Work::LegalProtection => fl!(t, "bench-work-protection"),
        Work::Expires(count) => fl!(t, "bench-work-expires", count = count),
    }
}

/// Whose work is shown.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct QueueQuery {
    #[validate(length(max = 10))]
    #[serde(default)]
    van: String,
}

/// GET `/werkvoorraad`
pub async fn queue(who: Insider, query: Query<QueueQuery>) -> HttpResponse {
    who.answer(show(&who, &query).await)
}

async fn show(who: &Insider, query: &QueueQuery) -> Result<HttpResponse, Turn> {
    if !who.actor().may_read_dossiers() {
        return Err(Turn::NotAllowed);
    }
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, lang, today) = (who.actor(), who.lang, who.house.today());
    let found = house::read(&who.house, move |conn| Ok(desk::queue(conn, &actor, today)?)).await?;
    let own = found.ours.iter().filter(|item| item.for_you).count();
    let only_own = query.van == "mij";
    let lines = |items: Vec<Item>| items.into_iter().map(|item| line(item, lang, today)).collect::<Vec<_>>();
    let mut ours = lines(found.ours);
    ours.retain(|line| line.for_you || !only_own);
    let mut frame = who.frame(Some(Section::Queue));
    if let Some(item) = frame.menu.iter_mut().find(|item| item.current).filter(|_| own > 0) {
        item.text = fl!(lang.texts(), "bench-menu-count", count = own);
    }
    let page = QueuePage { frame, ours, theirs: lines(found.theirs), soon: lines(found.soon), own, only_own };
    Ok(answer(StatusCode::OK, &page))
}

fn line(item: Item, lang: Lang, today: NaiveDate) -> Line {
    Line {
        what: in_words(item.work, lang),
        href: path_of(item.application.number),
        number: item.application.number.to_string(),
        provider: item.provider.name,
        since: item.since,
        term: item.term.map(|term| TermWords::of(lang, today, term)),
        for_you: item.for_you,
    }
}
