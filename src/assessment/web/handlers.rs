//! Answering: the quarter of one provider; and everything that the pages below it are made of too.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::ruling::Instead;
use super::{Costs, Figures, IndicatorRow, ProductCosts, QuarterPage, QuarterState, Register, verdict};
use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::agreement::{self, Accession};
use crate::assessment::around::Around;
use crate::assessment::counts;
use crate::assessment::hearing::{self, Hearing};
use crate::assessment::history::{Figure, History, Judged};
use crate::assessment::remarks::{self, Remark};
use crate::assessment::store;
use crate::assessment::{Assessment, RemarkKind};
use crate::calendar::{add_days, wall_clock};
use crate::db::Conn;
use crate::facts::due::DueDates;
use crate::house::{self, Turn};
use crate::money::Cents;
use crate::page::{Event, Frame, ProviderLink, Tone, answer};
use crate::procedure::definition::IndicatorDefinition;
use crate::provider::{self, Provider, number_in};
use crate::quarter::Quarter;
use crate::statement::charged::CostSum;
use crate::statement::web::StatementState;
use crate::text::{Bilingual, Lang};
use crate::{complaint, procedure, statement};

/// A quarter should be final within ten weeks after its end ("vaststellen", procedure.md 1.5).
const FINALISE_WITHIN_DAYS: i64 = 70;

/// So many quarters stand in a trend.
const TREND: usize = 5;

/// Provider and quarter as a path names them.
pub type QuarterPath = Path<(String, String)>;

/// The provider and the quarter, if the actor may see the one and the other exists.
pub fn find(conn: &mut Conn, actor: &Actor, path: &(String, String)) -> Result<(Provider, Quarter), Turn> {
    let number = number_in(&path.0).ok_or(Turn::NotFound)?;
    let quarter: Quarter = path.1.parse().map_err(|_| Turn::NotFound)?;
    let provider = provider::store::find(conn, actor, number)?.ok_or(Turn::NotFound)?;
    Ok((provider, quarter))
}

/// The link to a provider's pages.
pub fn link(provider: &Provider) -> ProviderLink {
    ProviderLink { key: provider.path(), name: provider.name.clone() }
}

/// Everything a quarter page shows, read in one transaction.
pub(super) struct Read {
    pub provider: Provider,
    pub quarter: Quarter,
    accessions: Vec<Accession>,
    pub assessment: Option<Assessment>,
    pub history: History,
    /// Oldest first.
    pub hearings: Vec<Hearing>,
    received_on: Option<NaiveDate>,
    received_at: Option<NaiveDateTime>,
    due_on: NaiveDate,
    definitions: Vec<IndicatorDefinition>,
    costs: Vec<CostSum>,
    products: HashMap<i64, Bilingual>,
    complaints: Vec<(i64, String, i64)>,
    pub remarks: Vec<Remark>,
}

pub(super) fn read(conn: &mut Conn, actor: &Actor, path: &(String, String)) -> Result<Read, Turn> {
    let (provider, quarter) = find(conn, actor, path)?;
    let ids = [provider.id];
    let first = quarter.run_up(TREND)[0];
    let receipt = statement::store::receipt(conn, actor, provider.id, quarter)?;
    Ok(Read {
        accessions: agreement::store::of(conn, actor, &ids)?,
        assessment: store::latest(conn, actor, provider.id, quarter)?,
        history: History::load(conn, actor, &ids, first, quarter.next())?,
        received_on: receipt.map(|(_, on)| on),
        received_at: receipt.map(|(at, _)| at),
        hearings: hearing::all(conn, actor, &ids, quarter, quarter)?,
        due_on: DueDates::load(conn, actor)?.of(quarter),
        definitions: procedure::store::indicators(conn, actor, quarter.last_day())?,
        costs: statement::charged::costs(conn, actor, &ids, first, quarter)?,
        products: procedure::store::product_names(conn, actor)?,
        complaints: complaint::store::per_category(conn, actor, &ids, quarter.first_day(), quarter.last_day())?,
        remarks: remarks::remarks(conn, actor, &ids, quarter)?,
        provider,
        quarter,
    })
}

/// GET `/aanbieders/{nr}/kwartalen/{k}`
pub async fn quarter(who: Insider, path: QuarterPath) -> HttpResponse {
    who.answer(show_quarter(&who, path.into_inner()).await)
}

async fn show_quarter(who: &Insider, path: (String, String)) -> Result<HttpResponse, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let read = house::read(&who.house, move |conn| read(conn, &actor, &path)).await?;
    let around = read.assessment.as_ref().map(Assessment::around).transpose()?;
    let link = link(&read.provider);
    let page = QuarterPage {
        frame: within(who, &link),
        side: who.side(),
        quarter: read.quarter,
        state: read.state(today),
        replaces: read.replaces(lang),
        unexplained: read.assessment.as_ref().is_some_and(|one| one.replaces.is_some() && one.reason.is_empty()),
        heard: !read.hearings.is_empty(),
        statement: read.statement(today),
        agreement: read.agreement(),
        finalise_before: read.finalise_before(today),
        report: read.assessment.is_some(),
        previous: Some(read.quarter.previous()).filter(|quarter| read.has_page(*quarter, today)),
        next: Some(read.quarter.next()).filter(|quarter| read.has_page(*quarter, today)),
        rows: read.rows(lang),
        costs: read.costs(lang),
        register: around.as_ref().map(|around| read.register(around, lang)).unwrap_or_default(),
        duties: around.map(|around| around.also).unwrap_or_default(),
        events: read.events(lang),
        provider: link,
    };
    Ok(answer(StatusCode::OK, &page))
}

/// The frame of a page below the quarters of a provider.
pub fn within(who: &Insider, provider: &ProviderLink) -> Frame {
    who.frame_within(provider).crumb(fl!(who.lang.texts(), "page-tab-quarters"), provider.quarters_path())
}

impl Read {
    pub fn statement(&self, today: NaiveDate) -> StatementState {
        StatementState::of(today, self.due_on, self.received_on).under(self.accessions.iter(), self.quarter)
    }

    pub fn state(&self, today: NaiveDate) -> QuarterState {
        let standing = self.history.of(self.provider.id, self.quarter).map(Judged::standing);
        let active = agreement::any_active_in(&self.accessions, self.quarter);
        QuarterState::of(standing, self.received_on, active, today)
    }

    /// What a version that takes the place of a final one says of itself.
    fn replaces(&self, lang: Lang) -> Option<(String, String)> {
        let (current, t) = (self.assessment.as_ref()?, lang.texts());
        let before = current.replaces?;
        let what = fl!(t, "hearing-replaces", version = current.version, before = before);
        let why = match current.reason.is_empty() {
            true => fl!(t, "hearing-replaces-facts"),
            false => current.reason.clone(),
        };
        Some((what, why))
    }

    /// The accession that held last in the quarter; none when none did on any day of it.
    fn agreement(&self) -> Option<(String, u32)> {
        let held = self.accessions.iter().rfind(|one| one.is_active_in(self.quarter))?;
        Some((held.number.clone(), u32::try_from(held.version).unwrap_or_default()))
    }

    fn finalise_before(&self, today: NaiveDate) -> Option<NaiveDate> {
        let open = self.state(today).is_provisional();
        open.then(|| add_days(self.quarter.last_day(), FINALISE_WITHIN_DAYS))
    }

    fn has_page(&self, quarter: Quarter, today: NaiveDate) -> bool {
        quarter.last_day() < today && self.accessions.iter().any(|one| one.is_active_in(quarter))
    }

    /// The ten findings as they were written down; none as long as nothing was judged.
    pub fn rows(&self, lang: Lang) -> Vec<IndicatorRow> {
        let (id, quarter) = (self.provider.id, self.quarter);
        let Some(judged) = self.history.of(id, quarter) else { return Vec::new() };
        let row = |(number, figure): (&u8, &Figure)| {
            let quarters = quarter.run_up(TREND).into_iter();
            IndicatorRow {
                number: *number,
                name: self.definition(*number).map(|one| one.short.in_lang(lang).to_owned()).unwrap_or_default(),
                figures: Figures::of(*number, figure),
                decided: judged.final_at.is_some(),
                instead: judged.overrides.get(number).and_then(Instead::of),
                rolling: Some(self.history.rolling(id, quarter, *number)).filter(|(_, whole)| *whole > 0),
                trend: quarters.map(|one| (one, self.history.share(id, one, *number))).collect(),
            }
        };
        judged.figures.iter().map(row).collect()
    }

    pub fn definition(&self, number: u8) -> Option<&IndicatorDefinition> {
        self.definitions.iter().find(|one| one.number == number)
    }

    fn costs(&self, lang: Lang) -> Costs {
        if self.costs.is_empty() {
            return Costs::default();
        }
        let total = |quarter: Quarter| -> Cents {
            self.costs.iter().filter(|sum| sum.quarter == quarter).map(|sum| sum.amount).sum()
        };
        let mut products: Vec<ProductCosts> = Vec::new();
        for sum in self.costs.iter().filter(|s| s.quarter == self.quarter || s.quarter == self.quarter.previous()) {
            let name = self.products.get(&sum.product_id).map(|name| name.in_lang(lang)).unwrap_or_default();
            let at = products.iter().position(|line| line.product == name).unwrap_or_else(|| {
                products.push(ProductCosts { product: name.to_owned(), before: Cents(0), now: Cents(0) });
                products.len() - 1
            });
            match sum.quarter == self.quarter {
                true => products[at].now = products[at].now + sum.amount,
                false => products[at].before = products[at].before + sum.amount,
            }
        }
        products.sort_by(|one, other| one.product.cmp(&other.product));
        Costs {
            quarters: self.quarter.run_up(TREND).into_iter().map(|quarter| (quarter, total(quarter))).collect(),
            products,
        }
    }

    fn register(&self, around: &Around, lang: Lang) -> Register {
        let vogs = counts::vogs(self.quarter, &around.settings, &around.agreement, &around.professionals);
        let expiring = counts::expiring(self.quarter, &around.agreement, &around.complaints).into_iter();
        Register {
            persons: vogs.persons,
            with_vog: vogs.valid,
            renew_soon: vogs.to_renew,
            complaints: self
                .complaints
                .iter()
                .map(|(_, category, count)| (category.clone(), u32::try_from(*count).unwrap_or(u32::MAX)))
                .collect(),
            expiring: expiring.map(|(day, what)| (verdict::expiring_words(lang, what), day)).collect(),
        }
    }

    /// What happened in this quarter, newest first.
    fn events(&self, lang: Lang) -> Vec<Event> {
        let t = lang.texts();
        let event = |title: String, at: NaiveDateTime, by: Option<&str>, tone: Option<Tone>| Event {
            title,
            at: wall_clock(at),
            by: by.map(str::to_owned),
            tone,
        };
        let mut events = Vec::new();
        if let Some(at) = self.received_at {
            events.push(event(fl!(t, "assessment-event-received"), at, Some(&self.provider.name), None));
        }
        for heard in &self.hearings {
            let title = fl!(t, "hearing-event-opened", version = heard.version, day = lang.day(heard.term.due));
            events.push(event(title, heard.opened_at, Some(&heard.opened_by), Some(Tone::Wait)));
            if let Some((at, by)) = &heard.done {
                events.push(event(fl!(t, "hearing-event-done"), *at, Some(by), None));
            }
        }
        let judged = self.history.of(self.provider.id, self.quarter);
        for one in judged.into_iter().flat_map(|judged| judged.overrides.values()) {
            let title = fl!(t, "hearing-event-override", number = one.indicator);
            events.push(event(title, one.decided_at, Some(&one.decided_by), None));
        }
        for remark in &self.remarks {
            let title = match remark.kind {
                RemarkKind::Reason => fl!(t, "assessment-event-reason", number = remark.indicator),
                RemarkKind::Reaction => fl!(t, "assessment-event-reaction", number = remark.indicator),
                RemarkKind::Adopted => fl!(t, "hearing-event-adopted", number = remark.indicator),
                RemarkKind::NotAdopted => fl!(t, "hearing-event-not-adopted", number = remark.indicator),
            };
            events.push(event(title, remark.written_at, Some(&remark.author), None));
        }
        if let Some(assessment) = &self.assessment {
            events.push(event(
                fl!(t, "assessment-event-judged", version = assessment.version),
                assessment.made_at,
                None,
                None,
            ));
            if let Some((at, by)) = &assessment.finalised {
                events.push(event(fl!(t, "assessment-event-final"), *at, Some(by), Some(Tone::Ok)));
            }
        }
        events.sort_by_key(|event| std::cmp::Reverse(event.at));
        events
    }
}
