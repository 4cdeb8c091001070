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
use crate::calendar::wall_clock;
use crate::desk::paper::handlers::enters_paper;
use crate::dossier::ApplicationState;
use crate::dossier::desk::{self, Item, Work};
use crate::dossier::handler::{self, Handler};
use crate::dossier::workbench::{self, Entry, Filter};
use crate::house::{self, Turn};
use crate::page::{Frame, Section, Status, Tone, answer};
use crate::planning::{self, Standing};
use crate::procedure::admission::Procedure;
use crate::provider::access::AccessRequest;
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
    /// A criterion that waits with more than one provider: its name, its page, and with how many.
    pub per_criterion: Vec<(String, String, usize)>,
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
    let whose = Whose::read(&query.van).ok_or(Turn::NotFound)?;
    let (found, waiting, sleeping, planned, handlers, colleagues) = house::read(&who.house, move |conn| {
        let waiting = match judges(actor.role()) {
            true => workbench::queue(conn, &actor, &Filter::default())?,
            false => Vec::new(),
        };
        let sleeping = sleeping::of(conn, &actor, today)?;
        let planned = planning::store::near(conn, &actor, today)?;
        let found = desk::queue(conn, &actor, today)?;
        let all = found.ours.iter().chain(&found.theirs).chain(&found.soon);
        let ids: Vec<i64> = all.map(|item| item.application.id).collect();
        Ok((found, waiting, sleeping, planned, handler::last(conn, &actor, &ids)?, handler::colleagues(conn, &actor)?))
    })
    .await?;
    if let Whose::Colleague(id) = whose
        && !colleagues.iter().any(|one| one.account_id == id)
    {
        return Err(Turn::NotFound);
    }
    let own = desk::counts(&found);
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
    let beside = found.access.iter().map(|one| of_request(one, lang));
    let mut ours: Vec<Line> = beside.chain(found.to_publish.iter().map(|one| of_procedure(one, lang))).collect();
    if matches!(whose, Whose::Colleague(_)) {
        ours.clear();
    }
    ours.extend(lines(found.ours));
    ours.retain(|line| line.for_you || whose != Whose::Own);
    let mut soon = lines(found.soon);
    // What is planned is of nobody in particular either.
    if !matches!(whose, Whose::Colleague(_)) {
        soon.extend(planned.iter().map(|one| of_plan(one, lang, today)));
        soon.sort_by_key(|line| line.term.as_ref().map_or(line.since, |term| term.due));
    }
    let page = QueuePage {
        frame: who.frame(Some(Section::Queue)),
        ours,
        theirs: lines(found.theirs),
        soon,
        sleeping,
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

/// Somebody asks to work for a provider that has nobody who can answer.
fn of_request(one: &AccessRequest, lang: Lang) -> Line {
    Line {
        what: fl!(lang.texts(), "access-work", name = one.name.as_str()),
        href: format!("/werkvoorraad/verzoeken/{}", one.id),
        number: String::new(),
        provider: one.provider.clone(),
        since: wall_clock(one.asked_at).date(),
        term: None,
        for_you: true,
        handler: None,
        exclusion: false,
    }
}

/// A colleague proposed to publish a procedure.
fn of_procedure(one: &Procedure, lang: Lang) -> Line {
    let proposed_at = one.proposed.as_ref().map_or(one.changed_at, |proposal| proposal.at);
    Line {
        what: fl!(lang.texts(), "bench-work-publish", name = one.details.name.in_lang(lang)),
        href: format!("/beheer/procedures/{}/publiceren", one.details.code),
        number: String::new(),
        provider: "–".to_owned(),
        since: wall_clock(proposed_at).date(),
        term: None,
        for_you: true,
        handler: None,
        exclusion: false,
    }
}

/// An activity of a plan that is due, or was.
fn of_plan(one: &planning::store::Due, lang: Lang, today: NaiveDate) -> Line {
    let (board, activity) = (&one.board, &one.activity);
    let (due, t) = (activity.due(board), lang.texts());
    let left = match activity.standing(board, today) {
        late @ Standing::Late(..) => planning::web::status(lang, late),
        _ => Status::new(Tone::Wait, fl!(t, "planning-work-due", month = planning::web::month(lang, due))),
    };
    Line {
        what: fl!(t, "planning-work", activity = activity.plan.name.in_lang(lang)),
        href: planning::web::path(&one.procedure.details.code),
        number: String::new(),
        provider: one.procedure.details.name.in_lang(lang).to_owned(),
        since: due,
        term: Some(TermWords {
            kind: fl!(t, "planning-title"),
            due,
            left: left.plain(),
            rule: activity.plan.phase.in_words(lang),
        }),
        for_you: false,
        handler: None,
        exclusion: false,
    }
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
