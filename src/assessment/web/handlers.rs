//! Answering: the quarter of one provider, the cases behind a figure, and setting the quarter final.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::cases::{CasesPage, Definition};
use super::finalise::FinalisePage;
use super::look::{case_row, settings_of};
use super::{Costs, Figures, IndicatorRow, ProductCosts, QuarterPage, QuarterState, Register, verdict};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::{self, Accession};
use crate::assessment::around::Around;
use crate::assessment::counts;
use crate::assessment::history::{Figure, History};
use crate::assessment::remarks::{self, Remark};
use crate::assessment::store::{self, Fault};
use crate::assessment::{Assessment, Refusal, RemarkKind};
use crate::calendar::{add_days, wall_clock};
use crate::db::Conn;
use crate::facts::due::DueDates;
use crate::house::{self, Turn};
use crate::indicator::Outcome;
use crate::money::Cents;
use crate::page::{Event, FormErrors, Frame, ProviderLink, Side, Tone, answer};
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
struct Read {
    provider: Provider,
    quarter: Quarter,
    accessions: Vec<Accession>,
    assessment: Option<Assessment>,
    history: History,
    received_on: Option<NaiveDate>,
    received_at: Option<NaiveDateTime>,
    due_on: NaiveDate,
    definitions: Vec<IndicatorDefinition>,
    costs: Vec<CostSum>,
    products: HashMap<i64, Bilingual>,
    complaints: Vec<(i64, String, i64)>,
    remarks: Vec<Remark>,
}

fn read(conn: &mut Conn, actor: &Actor, path: &(String, String)) -> Result<Read, Turn> {
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
        state: read.state(),
        statement: read.statement(today),
        agreement: read.agreement(),
        finalise_before: read.finalise_before(),
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
    fn statement(&self, today: NaiveDate) -> StatementState {
        let active = agreement::any_active_in(&self.accessions, self.quarter);
        StatementState::of(today, self.due_on, self.received_on).if_active(active)
    }

    fn state(&self) -> QuarterState {
        let judged = self.history.of(self.provider.id, self.quarter);
        match (judged.map(|judged| (judged.final_at, judged.to_judge())), self.received_on) {
            (Some((Some(at), _)), _) => QuarterState::Final { on: wall_clock(at).date() },
            (Some((None, to_judge)), _) => QuarterState::Provisional { to_judge },
            (None, Some(_)) => QuarterState::Received,
            (None, None) if agreement::any_active_in(&self.accessions, self.quarter) => QuarterState::Awaiting,
            (None, None) => QuarterState::NotNeeded,
        }
    }

    /// The accession that held last in the quarter; none when none did on any day of it.
    fn agreement(&self) -> Option<(String, u32)> {
        let held = self.accessions.iter().rfind(|one| one.is_active_in(self.quarter))?;
        Some((held.number.clone(), u32::try_from(held.version).unwrap_or_default()))
    }

    fn finalise_before(&self) -> Option<NaiveDate> {
        let open = matches!(self.state(), QuarterState::Provisional { .. });
        open.then(|| add_days(self.quarter.last_day(), FINALISE_WITHIN_DAYS))
    }

    fn has_page(&self, quarter: Quarter, today: NaiveDate) -> bool {
        quarter.last_day() < today && self.accessions.iter().any(|one| one.is_active_in(quarter))
    }

    /// The ten findings as they were written down; none as long as nothing was judged.
    fn rows(&self, lang: Lang) -> Vec<IndicatorRow> {
        let (id, quarter) = (self.provider.id, self.quarter);
        let Some(judged) = self.history.of(id, quarter) else { return Vec::new() };
        let row = |(number, figure): (&u8, &Figure)| {
            let quarters = quarter.run_up(TREND).into_iter();
            IndicatorRow {
                number: *number,
                name: self.definition(*number).map(|one| one.short.in_lang(lang).to_owned()).unwrap_or_default(),
                figures: Figures::of(*number, figure),
                decided: judged.final_at.is_some(),
                rolling: Some(self.history.rolling(id, quarter, *number)).filter(|(_, whole)| *whole > 0),
                trend: quarters.map(|one| (one, self.history.share(id, one, *number))).collect(),
            }
        };
        judged.figures.iter().map(row).collect()
    }

    fn definition(&self, number: u8) -> Option<&IndicatorDefinition> {
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
        for remark in &self.remarks {
            let title = match remark.kind {
                RemarkKind::Reason => fl!(t, "assessment-event-reason", number = remark.indicator),
                RemarkKind::Reaction => fl!(t, "assessment-event-reaction", number = remark.indicator),
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

/// Which cases are wanted.
#[derive(Debug, Default, Deserialize)]
pub struct CaseQuery {
    uitkomst: Option<Outcome>,
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/indicatoren/{n}`
pub async fn cases(who: Insider, path: Path<(String, String, u8)>, query: Query<CaseQuery>) -> HttpResponse {
    who.answer(show_cases(&who, path.into_inner(), query.uitkomst).await)
}

async fn show_cases(who: &Insider, path: (String, String, u8), filter: Option<Outcome>) -> Result<HttpResponse, Turn> {
    let (provider_path, quarter_path, number) = path;
    let (actor, lang) = (who.actor(), who.lang);
    let read = house::read(&who.house, move |conn| read(conn, &actor, &(provider_path, quarter_path))).await?;
    let assessment = read.assessment.as_ref().ok_or(Turn::NotFound)?;
    let (facts, findings) = assessment.documents()?;
    let finding = findings.findings.iter().find(|finding| finding.indicator == number).ok_or(Turn::NotFound)?;
    let row = read.rows(lang).into_iter().find(|row| row.number == number).ok_or(Turn::NotFound)?;
    let definition = read.definition(number).ok_or(Turn::NotFound)?;
    let remark = |kind| {
        let said = read.remarks.iter().rfind(|one| one.indicator == i64::from(number) && one.kind == kind);
        said.map(|remark| remark.body.clone())
    };
    let counted = |outcome| finding.cases.iter().filter(|case| case.outcome == outcome).count() as u32;
    let link = link(&read.provider);
    let page = CasesPage {
        frame: within(who, &link).crumb(lang.quarter_first(read.quarter), link.quarter_path(read.quarter)),
        quarter: read.quarter,
        number,
        definition: Definition {
            name: row.name.clone(),
            text: definition.text.in_lang(lang).to_owned(),
            measure: definition.measure.in_lang(lang).to_owned(),
            settings: settings_of(lang, &facts.settings, number),
        },
        figures: row.figures,
        decided: row.decided,
        rolling: row.rolling,
        filter,
        counts: [counted(Outcome::Met), counted(Outcome::Missed), counted(Outcome::Excluded)],
        cases: finding
            .cases
            .iter()
            .filter(|case| filter.is_none_or(|outcome| case.outcome == outcome))
            .map(|case| case_row(lang, &facts, number, case))
            .collect(),
        reason: remark(RemarkKind::Reason),
        reaction: remark(RemarkKind::Reaction),
        provider: link,
    };
    Ok(answer(StatusCode::OK, &page))
}

/// GET `/aanbieders/{nr}/kwartalen/{k}/vaststellen`
pub async fn finalise(who: Insider, path: QuarterPath) -> HttpResponse {
    who.answer(show_finalise(&who, path.into_inner(), FormErrors::default()).await)
}

async fn show_finalise(who: &Insider, path: (String, String), errors: FormErrors) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let read = house::read(&who.house, move |conn| read(conn, &actor, &path)).await?;
    let assessment = read.assessment.as_ref().ok_or(Turn::NotFound)?;
    let link = link(&read.provider);
    if assessment.finalised.is_some() {
        return Ok(see_other(&link.quarter_path(read.quarter)));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let page = FinalisePage {
        frame: within(who, &link).crumb(lang.quarter_first(read.quarter), link.quarter_path(read.quarter)),
        quarter: read.quarter,
        errors,
        statement: read.statement(today),
        rows: read.rows(lang),
        version: i64::from(assessment.version),
        key: Token::new()?.as_str().to_owned(),
        provider: link,
    };
    Ok(answer(status, &page))
}

/// What the check page sends.
#[derive(Debug, Deserialize, Validate)]
pub struct FinaliseForm {
    #[validate(range(min = 1))]
    versie: i32,
    #[validate(length(max = 100))]
    sleutel: String,
}
/// POST `/aanbieders/{nr}/kwartalen/{k}/vaststellen`
pub async fn set_final(who: Insider, path: QuarterPath, form: Form<FinaliseForm>) -> HttpResponse {
    who.answer(carry_out(&who, path.into_inner(), &form).await)
}

async fn carry_out(who: &Insider, path: (String, String), form: &FinaliseForm) -> Result<HttpResponse, Turn> {
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, version) = (who.actor(), who.house.now(), form.versie);
    let named = path.clone();
    let (back, outcome) = house::write(&who.house, move |conn| {
        let (provider, quarter) = find(conn, &actor, &named)?;
        let back = link(&provider).quarter_path(quarter);
        match store::finalise(conn, &actor, now, provider.id, quarter, version) {
            Ok(()) => Ok((back, Ok(()))),
            Err(Fault::Refused(refusal)) => Ok((back, Err(refusal))),
            Err(Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    match outcome {
        Ok(()) => Ok(see_other(&back)),
        // A second press of the button changes nothing, and says nothing new.
        Err(Refusal::AlreadyFinal(_, by)) if by == who.person().name => Ok(see_other(&back)),
        Err(Refusal::AlreadyFinal(_, by)) => Err(Turn::Conflict { by: Some(by), back }),
        Err(Refusal::NotFound) => Err(Turn::NotFound),
        Err(Refusal::NotYours) => Err(Turn::NotAllowed),
        Err(refusal) => {
            let said = refusal.in_words(who.lang);
            show_finalise(who, path, FormErrors { fields: Vec::new(), whole: vec![said] }).await
        }
    }
}
