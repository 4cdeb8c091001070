//! The work queue (werkvoorraad): what waits for us, what waits for the provider and what is near, each with its term.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDate;
use diesel::QueryResult;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::beside::{self, at_tables, of_offer, of_plan, of_procedure, of_request, offered};
use super::judge::judges;
use super::{TermWords, across, path_of};
use crate::account::entrance::Insider;
use crate::actor::{Actor, Role};
use crate::agreement::offer::{Offer, Party};
use crate::assessment;
use crate::consultation;
use crate::db::Conn;
use crate::desk::accession;
use crate::desk::life::{self, signal::Signal};
use crate::desk::paper::handlers::enters_paper;
use crate::dossier::ApplicationState;
use crate::dossier::desk::{self, Item, Work};
use crate::dossier::handler::{self, Handler};
use crate::dossier::workbench::{self, Entry, Filter};
use crate::house::{self, Turn};
use crate::page::{Frame, Section, answer};
use crate::planning;
use crate::text::Lang;
use crate::trajectory::sleeping::{self, Sleeping};

/// GET `/werkvoorraad`, `?van=mij` and `?van=12`.
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
    /// The reader enters what comes on paper.
    pub enters_paper: bool,
    pub whose: Whose,
    /// Who may be chosen in `whose`.
    pub colleagues: Vec<Handler>,
}

/// Whose work is shown (van wie).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Everybody,
    /// What is for the reader's own role.
    Own,
    /// What this colleague handled last, by the number of his account.
    Colleague(i64),
}

impl Whose {
    /// As it stands in the address; none when it is nobody's.
    fn read(written: &str) -> Option<Whose> {
        match written {
            "" => Some(Whose::Everybody),
            "mij" => Some(Whose::Own),
            number => number.parse().ok().map(Whose::Colleague),
        }
    }
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
    /// Who of the municipality handled it last.
    pub handler: Option<Handler>,
    /// The applicant tells of a reason to exclude it.
    pub exclusion: bool,
}

impl QueuePage {
    /// What waits for the reader stands apart from what waits for his colleagues, so that its number is that of the menu.
    fn groups(&self) -> Vec<Group<'_>> {
        let t = self.frame.t();
        let (own, others): (Vec<&Line>, Vec<&Line>) = self.ours.iter().partition(|line| line.for_you);
        let mut groups = vec![
            Group {
                id: "bij-u",
                title: fl!(t, "bench-ours"),
                none: fl!(t, "bench-ours-none"),
                day: fl!(t, "bench-since"),
                lines: own,
            },
            Group {
                id: "bij-collega",
                title: fl!(t, "bench-colleagues"),
                none: String::new(),
                day: fl!(t, "bench-since"),
                lines: others,
            },
            Group {
                id: "bij-aanbieder",
                title: fl!(t, "bench-theirs"),
                none: fl!(t, "bench-theirs-none"),
                day: fl!(t, "bench-since"),
                lines: self.theirs.iter().collect(),
            },
            Group {
                id: "binnenkort",
                title: fl!(t, "bench-soon"),
                none: fl!(t, "bench-soon-none"),
                day: fl!(t, "bench-day"),
                lines: self.soon.iter().collect(),
            },
        ];
        groups.retain(|group| group.id != "bij-collega" || !group.lines.is_empty());
        groups
    }

    fn is_everybody(&self) -> bool {
        self.whose == Whose::Everybody
    }

    fn is_own(&self) -> bool {
        self.whose == Whose::Own
    }

    /// The colleague that was chosen stands chosen in the list.
    fn is_of(&self, one: &Handler) -> bool {
        self.whose == Whose::Colleague(one.account_id)
    }

    /// What the page shows now, where that is of one colleague.
    fn of_whom(&self) -> Option<String> {
        let one = self.colleagues.iter().find(|one| self.is_of(one))?;
        Some(fl!(self.frame.t(), "bench-whose-now", name = one.name.as_str()))
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
    lines: Vec<&'a Line>,
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
        Work::BeforeStart(count) => fl!(t, "bench-work-before-start", count = count),
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
    let role = who.person().role;
    let whose = Whose::read(&query.van).ok_or(Turn::NotFound)?;
    let (found, waiting, sleeping, others, handlers, colleagues) = house::read(&who.house, move |conn| {
        let waiting = match judges(actor.role()) {
            true => workbench::queue(conn, &actor, &Filter::default())?,
            false => Vec::new(),
        };
        let waiting: Vec<Entry> = waiting.into_iter().filter(|entry| entry.is_for(&actor)).collect();
        let sleeping = sleeping::of(conn, &actor, today)?;
        let lives = life::signal::all(conn, &actor, today)?;
        let planned = planning::store::near(conn, &actor, today)?;
        let found = desk::queue(conn, &actor, today)?;
        let all = found.ours.iter().chain(&found.theirs).chain(&found.soon);
        let ids: Vec<i64> = all.map(|item| item.application.id).collect();
        let tables = consultation::work::waiting(conn, &actor, today)?;
        let handlers = handler::last(conn, &actor, &ids)?;
        let colleagues = handler::colleagues(conn, &actor)?;
        let quarters = assessment::work::waiting(conn, &actor, today)?;
        Ok((found, waiting, sleeping, (tables, lives, offered(conn, &actor)?, planned, quarters), handlers, colleagues))
    })
    .await?;
    if let Whose::Colleague(id) = whose
        && !colleagues.iter().any(|one| one.account_id == id)
    {
        return Err(Turn::NotFound);
    }
    let (tables, mut lives, (offers, providers), planned, quarters) = others;
    let (at_us, at_them): (Vec<_>, Vec<_>) = offers.into_iter().partition(|(_, party)| beside::at_us(party));
    let signing = |all: Vec<(Offer, Party)>| -> Vec<Line> {
        all.iter().filter_map(|(_, party)| of_offer(party, &providers, lang, today, role)).collect()
    };
    let (at_us, mut at_them) = (signing(at_us), signing(at_them));
    let decides = consultation::work::decides(&who.actor());
    let to_sign = at_us.iter().filter(|line| line.for_you).count();
    let (quarters_at_us, quarters_at_them) = beside::of_quarters(&quarters, lang, today, decides);
    let in_quarters = quarters_at_us.iter().filter(|line| line.for_you).count();
    let own = desk::counts(&found) + to_sign + in_quarters + if decides { tables.to_decide.len() } else { 0 };
    let (to_decide, ending) = at_tables(tables, lang, today, decides);
    let lines = |items: Vec<Item>| {
        let line = |item: Item| {
            let handler = handlers.get(&item.application.id).cloned();
            Line { handler, ..line(item, lang, today) }
        };
        let mut lines: Vec<Line> = items.into_iter().map(line).collect();
        if let Whose::Colleague(id) = whose {
            lines.retain(|line| line.handler.as_ref().is_some_and(|one| one.account_id == id));
        }
        lines
    };
    // What is no application is of nobody in particular.
    let requests = found.access.iter().map(|one| of_request(one, lang));
    let to_publish = found.to_publish.iter().map(|one| of_procedure(one, lang));
    let mut ours: Vec<Line> = requests.chain(to_publish).chain(at_us).chain(to_decide).chain(quarters_at_us).collect();
    at_them.extend(quarters_at_them);
    let mut soon = lines(found.soon);
    match whose {
        Whose::Colleague(_) => {
            ours.clear();
            at_them.clear();
        }
        _ => {
            soon.extend(ending);
            soon.extend(planned.iter().map(|one| of_plan(one, lang, today)));
            soon.sort_by_key(|line| line.term.as_ref().map_or(line.since, |term| term.due));
        }
    }
    ours.extend(lines(found.ours));
    ours.retain(|line| line.for_you || whose != Whose::Own);
    lives.retain(|line| !line.signals.is_empty());
    let page = QueuePage {
        frame: who.frame(Some(Section::Queue)),
        ours,
        theirs: at_them.into_iter().chain(lines(found.theirs)).collect(),
        soon,
        sleeping,
        lives,
        role: who.person().role,
        per_criterion: per_criterion(lang, &waiting),
        own,
        enters_paper: enters_paper(who),
        whose,
        colleagues,
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

/// How many lines wait for this actor himself, for the number in the menu of every page.
pub fn waiting_for(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<usize> {
    let elsewhere = consultation::work::waiting_for(conn, actor, today)? + accession::waits_for(conn, actor)?.count();
    let quarters = assessment::work::waiting_for(conn, actor, today)?;
    Ok(desk::waiting_for(conn, actor, today)? + elsewhere + quarters)
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
        handler: None,
        exclusion: item.exclusion,
    }
}
