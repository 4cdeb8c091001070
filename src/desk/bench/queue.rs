//! The work queue (werkvoorraad): what waits for us, what waits for the provider and what is near, each with its term.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::judge::judges;
use super::{TermWords, across, path_of};
use crate::account::entrance::Insider;
use crate::actor::Role;
use crate::desk::life::{self, signal::Signal};
use crate::dossier::ApplicationState;
use crate::dossier::desk::{self, Item, Work};
use crate::dossier::workbench::{self, Entry, Filter};
use crate::house::{self, Turn};
use crate::page::{Frame, Section, answer};
use crate::text::Lang;
use crate::trajectory::sleeping::{self, Sleeping};

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
    /// Admitted, and for a year without a client.
    pub sleeping: Vec<Sleeping>,
    /// Agreements that ask something.
    pub lives: Vec<life::signal::Line>,
    /// A criterion that waits with more than one provider: its name, its page, and with how many.
    pub per_criterion: Vec<(String, String, usize)>,
    pub role: Role,
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
            Group {
                id: "bij-u",
                title: fl!(t, "bench-ours"),
                none: fl!(t, "bench-ours-none"),
                day: fl!(t, "bench-since"),
                lines: &self.ours,
            },
            Group {
                id: "bij-aanbieder",
                title: fl!(t, "bench-theirs"),
                none: fl!(t, "bench-theirs-none"),
                day: fl!(t, "bench-since"),
                lines: &self.theirs,
            },
            Group {
                id: "binnenkort",
                title: fl!(t, "bench-soon"),
                none: fl!(t, "bench-soon-none"),
                day: fl!(t, "bench-day"),
                lines: &self.soon,
            },
        ]
    }

    fn signal(&self, signal: &Signal) -> String {
        signal.in_words(self.frame.lang)
    }

    fn is_for_you(&self, signal: &Signal) -> bool {
        signal.roles().contains(&self.role)
    }

    fn last_client(&self, one: &Sleeping) -> String {
        match one.last {
            Some(day) => fl!(self.frame.t(), "bench-sleeping-last", day = self.frame.lang.day(day)),
            None => fl!(self.frame.t(), "bench-sleeping-never"),
        }
    }
}

struct Group<'a> {
    id: &'static str,
    title: String,
    none: String,
    /// What the day of a line is.
    day: String,
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
    let (found, waiting, sleeping, mut lives) = house::read(&who.house, move |conn| {
        let waiting = match judges(actor.role()) {
            true => workbench::queue(conn, &actor, &Filter::default())?,
            false => Vec::new(),
        };
        let sleeping = sleeping::of(conn, &actor, today)?;
        let lives = life::signal::all(conn, &actor, today)?;
        Ok((desk::queue(conn, &actor, today)?, waiting, sleeping, lives))
    })
    .await?;
    let own = desk::counts(&found);
    let only_own = query.van == "mij";
    let lines = |items: Vec<Item>| items.into_iter().map(|item| line(item, lang, today)).collect::<Vec<_>>();
    let mut ours = lines(found.ours);
    ours.retain(|line| line.for_you || !only_own);
    lives.retain(|line| !line.signals.is_empty());
    let page = QueuePage {
        frame: who.frame(Some(Section::Queue)),
        ours,
        theirs: lines(found.theirs),
        soon: lines(found.soon),
        sleeping,
        lives,
        role: who.person().role,
        per_criterion: per_criterion(lang, &waiting),
        own,
        only_own,
    };
    Ok(answer(StatusCode::OK, &page))
}

/// What may be judged of many at once, in the order of the codes.
fn per_criterion(lang: Lang, waiting: &[Entry]) -> Vec<(String, String, usize)> {
    let mut codes: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    let now = [ApplicationState::UnderReview, ApplicationState::Admitted];
    for entry in waiting.iter().filter(|entry| now.contains(&entry.application.state)) {
        let name = || format!("{} {}", entry.row.code, entry.criterion.name.in_lang(lang));
        codes.entry(&entry.row.code).or_insert_with(|| (name(), 0)).1 += 1;
    }
    let many = codes.into_iter().filter(|(_, (_, count))| *count > 1);
    many.map(|(code, (name, count))| (name, across::path(code), count)).collect()
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
