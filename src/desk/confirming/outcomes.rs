//! Outflow and placement (uitstroom en plaatsing) of a contact person's own clients: what the provider states, and what the
//! municipality says of it. The last word counts, whether it came here or in the municipality's workbook.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Query};
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{frame, judge_again, look, own, told_in};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::audit::{self, Act};
use crate::client::store::{record_outflow, record_placement};
use crate::client::{BenefitEndReason, Channel, Outflow, Placement};
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{Choice, Entry, EntryKind, FormErrors, Frame, Section, Status, Tone, answer};
use crate::provider;
use crate::text::Lang;
use crate::trajectory::outcomes::{Outcome, of_contact, ways_of};

/// GET and POST `/uitstroom-en-plaatsing`
#[derive(Template)]
#[template(path = "confirming/outcomes.html")]
pub struct OutcomesPage {
    pub frame: Frame,
    pub rows: Vec<OutcomeRow>,
    /// Of which trajectory and of what something is written; none when no form is open.
    pub open: Option<OutcomeRow>,
    pub typed: OutcomeForm,
    pub saved: bool,
    pub errors: FormErrors,
}

#[derive(Debug, Clone)]
pub struct OutcomeRow {
    pub outcome: Outcome,
    pub provider: String,
    pub name: Option<String>,
}

/// What is written of one client.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct OutcomeForm {
    #[serde(default)]
    pub traject: i64,
    /// `uitstroom` or `plaatsing`.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub soort: String,
    /// What stood there when the form was opened.
    #[serde(default)]
    #[validate(length(max = 100))]
    pub gezien: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub dag: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub reden: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub bevestigd: String,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub dagen: String,
}

/// What is recorded, as one value: it must still stand when something else takes its place.
fn seen(outcome: &Outcome, kind: &str) -> String {
    match kind {
        "plaatsing" => outcome
            .placement
            .as_ref()
            .map(|(placed, _)| format!("{} {}", placed.confirmed, placed.waiting_list_days))
            .unwrap_or_default(),
        _ => outcome
            .outflow
            .as_ref()
            .map(|(ended, _)| format!("{} {}", ended.benefit_ended_on, ended.reason))
            .unwrap_or_default(),
    }
}

fn reason_in(lang: Lang, reason: BenefitEndReason) -> String {
    let t = lang.texts();
    match reason {
        BenefitEndReason::Work => fl!(t, "outcome-reason-work"),
        BenefitEndReason::Study => fl!(t, "outcome-reason-study"),
        BenefitEndReason::OwnFirm => fl!(t, "outcome-reason-own-firm"),
        BenefitEndReason::Other => fl!(t, "outcome-reason-other"),
    }
}

impl OutcomesPage {
    /// What the provider states.
    fn stated(&self, row: &OutcomeRow) -> Vec<String> {
        let (t, lang, one) = (self.frame.t(), self.frame.lang, &row.outcome);
        let work = one.work_started_on.map(|day| fl!(t, "outcome-work-started", day = lang.day(day)));
        let ended = one.ended_on.filter(|_| one.asks_outflow());
        let ended = ended.map(|day| fl!(t, "outcome-ended", day = lang.day(day)));
        let placed = one.placed_on.map(|day| fl!(t, "outcome-placed", day = lang.day(day)));
        work.into_iter().chain(ended).chain(placed).collect()
    }

    fn outflow(&self, row: &OutcomeRow) -> Status {
        let (t, lang) = (self.frame.t(), self.frame.lang);
        match &row.outcome.outflow {
            Some((ended, _)) => {
                let reason = reason_in(lang, ended.reason);
                let word = fl!(t, "outcome-benefit-ended", day = lang.day(ended.benefit_ended_on), reason = reason);
                Status::new(Tone::Ok, word).plain()
            }
            None => Status::new(Tone::Todo, fl!(t, "outcome-outflow-waits")),
        }
    }

    fn placement(&self, row: &OutcomeRow) -> Status {
        let t = self.frame.t();
        match &row.outcome.placement {
            Some((placed, _)) if placed.confirmed => {
                Status::new(Tone::Ok, fl!(t, "outcome-placement-yes", days = placed.waiting_list_days)).plain()
            }
            Some(_) => Status::new(Tone::Bad, fl!(t, "outcome-placement-no")),
            None => Status::new(Tone::Todo, fl!(t, "outcome-placement-waits")),
        }
    }

    fn outflow_by(&self, row: &OutcomeRow) -> Option<String> {
        let (_, told) = row.outcome.outflow.as_ref()?;
        Some(told_in(self.frame.lang, told.as_ref()?))
    }

    fn placement_by(&self, row: &OutcomeRow) -> Option<String> {
        let (_, told) = row.outcome.placement.as_ref()?;
        Some(told_in(self.frame.lang, told.as_ref()?))
    }

    fn who(&self, row: &OutcomeRow) -> String {
        match &row.name {
            Some(name) => format!("{name}, {}", row.outcome.client_ref),
            None => row.outcome.client_ref.clone(),
        }
    }

    fn seen(&self, row: &OutcomeRow) -> String {
        seen(&row.outcome, &self.typed.soort)
    }

    fn is_placement(&self) -> bool {
        self.typed.soort == "plaatsing"
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let entries = match self.is_placement() {
            true => {
                let choice = |value: &str, label| Choice::new(value, label, typed.bevestigd == value);
                let answers =
                    vec![choice("ja", fl!(t, "outcome-placed-yes")), choice("nee", fl!(t, "outcome-placed-no"))];
                vec![
                    Entry::new(lang, "bevestigd", fl!(t, "outcome-placed-question"), EntryKind::Radio(answers)),
                    Entry::line(lang, "dagen", fl!(t, "outcome-waiting-days"), &typed.dagen)
                        .hint(fl!(t, "outcome-waiting-days-hint")),
                ]
            }
            false => {
                let reason = |reason: &BenefitEndReason| {
                    Choice::new(reason.as_str(), reason_in(lang, *reason), typed.reden == reason.as_str())
                };
                let reasons = EntryKind::Radio(BenefitEndReason::ALL.iter().map(reason).collect());
                vec![
                    Entry::day(lang, "dag", fl!(t, "outcome-day"), &typed.dag).hint(fl!(t, "outcome-day-hint")),
                    Entry::new(lang, "reden", fl!(t, "outcome-reason"), reasons),
                ]
            }
        };
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

#[derive(Debug, Default, Deserialize, Validate)]
pub struct OutcomeQuery {
    traject: Option<i64>,
    #[serde(default)]
    #[validate(length(max = 20))]
    soort: String,
    #[serde(default)]
    #[validate(length(max = 5))]
    bewaard: String,
}

/// GET `/uitstroom-en-plaatsing`
pub async fn outcomes(who: Insider, query: Query<OutcomeQuery>) -> HttpResponse {
    let saved = query.bewaard == "ja";
    let typed = OutcomeForm {
        traject: query.traject.unwrap_or_default(),
        soort: query.soort.clone(),
        ..OutcomeForm::default()
    };
    who.answer(show(&who, typed, saved, FormErrors::default(), StatusCode::OK).await)
}

async fn show(
    who: &Insider,
    mut typed: OutcomeForm,
    saved: bool,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let mut frame = frame(who, Section::Outcomes)?;
    frame.here = "/uitstroom-en-plaatsing".to_owned();
    let (actor, email) = (who.actor(), who.person().email.clone());
    let (house, now) = (who.house.clone(), who.house.now());
    let rows = house::write(&who.house, move |conn| {
        let Some(contact) = own(conn, &actor, &email)? else { return Ok(Vec::new()) };
        let found = of_contact(conn, &actor, contact)?;
        let wanted: BTreeSet<(i64, String)> =
            found.iter().map(|one| (one.provider_id, one.client_ref.clone())).collect();
        let names = look(conn, &house, &actor, now, &wanted)?;
        let mut rows = Vec::with_capacity(found.len());
        let providers = provider::store::all(conn, &actor)?;
        for outcome in found {
            let provider = providers.iter().find(|one| one.id == outcome.provider_id);
            let provider = provider.map(|one| one.name.clone()).unwrap_or_default();
            let name = names.get(&(outcome.provider_id, outcome.client_ref.clone())).cloned();
            rows.push(OutcomeRow { outcome, provider, name });
        }
        // What waits stands on top.
        rows.sort_by_key(|row| !row.outcome.waits());
        Ok(rows)
    })
    .await?;
    let open = rows.iter().find(|row| row.outcome.trajectory_id == typed.traject).cloned();
    if typed.traject != 0 && open.is_none() {
        return Err(Turn::NotFound);
    }
    if let Some(row) = open.as_ref().filter(|_| errors.is_empty()) {
        if let Some((ended, _)) = &row.outcome.outflow {
            (typed.dag, typed.reden) = (ended.benefit_ended_on.to_string(), ended.reason.to_string());
        }
        if let Some((placed, _)) = &row.outcome.placement {
            typed.bevestigd = if placed.confirmed { "ja" } else { "nee" }.to_owned();
            typed.dagen = placed.waiting_list_days.to_string();
        }
    }
    Ok(answer(status, &OutcomesPage { frame, rows, open, typed, saved, errors }))
}

/// What somebody says, read.
enum Said {
    Ended(Outflow),
    Placed(Placement),
}

impl OutcomeForm {
    fn read(&self, lang: Lang, today: NaiveDate) -> Result<Said, FormErrors> {
        let (t, mut errors) = (lang.texts(), FormErrors::default());
        if self.validate().is_err() {
            errors.whole.push(fl!(t, "outcome-too-long"));
            return Err(errors);
        }
        let mut wrong = |field: &str, told: String| errors.fields.push((field.to_owned(), told));
        let said = match self.soort.as_str() {
            "plaatsing" => {
                let confirmed = match self.bevestigd.as_str() {
                    "ja" => Some(true),
                    "nee" => Some(false),
                    _ => None,
                };
                let days = match self.dagen.trim() {
                    "" => Some(0),
                    typed => typed.parse().ok().filter(|days: &u32| *days <= 3650),
                };
                if confirmed.is_none() {
                    wrong("bevestigd", fl!(t, "outcome-choose"));
                }
                if days.is_none() {
                    wrong("dagen", fl!(t, "outcome-days-wrong"));
                }
                confirmed
                    .zip(days)
                    .map(|(confirmed, waiting_list_days)| Said::Placed(Placement { confirmed, waiting_list_days }))
            }
            _ => {
                let day = read_day(&self.dag);
                let reason: Option<BenefitEndReason> = self.reden.parse().ok();
                match day {
                    None => wrong("dag", fl!(t, "outcome-day-wrong")),
                    Some(day) if day > today => wrong("dag", fl!(t, "outcome-day-ahead")),
                    Some(_) => {}
                }
                if reason.is_none() {
                    wrong("reden", fl!(t, "outcome-choose"));
                }
                let day = day.filter(|day| *day <= today);
                day.zip(reason).map(|(benefit_ended_on, reason)| Said::Ended(Outflow { benefit_ended_on, reason }))
            }
        };
        said.ok_or(errors)
    }
}

/// POST `/uitstroom-en-plaatsing`
pub async fn record(who: Insider, form: Form<OutcomeForm>) -> HttpResponse {
    who.answer(take(&who, form.into_inner()).await)
}

async fn take(who: &Insider, form: OutcomeForm) -> Result<HttpResponse, Turn> {
    frame(who, Section::Outcomes)?;
    let (actor, email, now, today) = (who.actor(), who.person().email.clone(), who.house.now(), who.house.today());
    let said = match form.read(who.lang, today) {
        Ok(said) => said,
        Err(errors) => return show(who, form, false, errors, StatusCode::BAD_REQUEST).await,
    };
    let (traject, kind, was) = (form.traject, form.soort.clone(), form.gezien.clone());
    let kept = house::write(&who.house, move |conn| {
        let contact = own(conn, &actor, &email)?.ok_or(Turn::NotFound)?;
        let found = of_contact(conn, &actor, contact)?.into_iter().find(|one| one.trajectory_id == traject);
        let found = found.ok_or(Turn::NotFound)?;
        if seen(&found, &kind) != was {
            return Ok(false);
        }
        let (action, result) = match &said {
            Said::Ended(ended) => {
                record_outflow(conn, &actor, now, Channel::Screen, found.client_id, ended)?;
                ("client.outflow", "done")
            }
            Said::Placed(placed) => {
                record_placement(conn, &actor, now, Channel::Screen, found.client_id, placed)?;
                ("client.placement", if placed.confirmed { "confirmed" } else { "refused" })
            }
        };
        let object = format!("client/{}", found.client_id);
        audit::record(conn, &actor, now, Act { action, object: &object, result, detail: "" })?;
        let ways = ways_of(conn, &actor, found.client_id)?;
        judge_again(conn, &actor, now, &ways)?;
        Ok(true)
    })
    .await?;
    match kept {
        true => Ok(see_other("/uitstroom-en-plaatsing?bewaard=ja")),
        false => {
            let whole = vec![fl!(who.lang.texts(), "outcome-changed")];
            show(who, form, false, FormErrors { fields: Vec::new(), whole }, StatusCode::CONFLICT).await
        }
    }
}
