//! The list of clients to hand over (overdrachtslijst), on which both sides write; closing it is for the contract manager.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{At, Field, Reached, errors_of, reach, told};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::agreement::life::transfer::{self, Settled, TransferLine, TransferList, may_write};
use crate::agreement::life::{LifeRefusal, LifeVerb};
use crate::calendar::wall_clock;
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{Entry, FormErrors, Frame, Moment, Status, Tone, answer};

/// GET and POST `…/overdracht`
#[derive(Template)]
#[template(path = "life/transfer.html")]
pub struct TransferPage {
    pub frame: Frame,
    pub reached: Reached,
    pub role: Role,
    pub list: TransferList,
    /// The line that is written on.
    pub open: Option<TransferLine>,
    pub typed: TransferForm,
    pub errors: FormErrors,
}

/// What was written on a line, or why the list is closed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct TransferForm {
    #[serde(default)]
    pub regel: i64,
    #[serde(default)]
    #[validate(length(max = 200))]
    pub aan: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub dag: String,
    #[serde(default)]
    #[validate(length(max = 500))]
    pub opmerking: String,
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub reden: String,
    /// `bewaren` or `sluiten`.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub actie: String,
}

/// Which line is written on.
#[derive(Debug, Default, Deserialize)]
pub struct LineQuery {
    regel: Option<i64>,
}

impl TransferPage {
    fn path(&self) -> String {
        format!("{}/overdracht", self.reached.path())
    }

    /// A moment of the tables as the clock on the wall shows it.
    fn on_the_wall(&self, at: &NaiveDateTime) -> Moment {
        self.frame.moment(&wall_clock(*at))
    }

    fn settled(&self) -> usize {
        self.list.lines.len() - self.list.left()
    }

    fn status(&self, line: &TransferLine) -> Status {
        let t = self.frame.t();
        match line.settled_on {
            Some(_) => Status::new(Tone::Ok, fl!(t, "life-line-settled")).plain(),
            None => Status::new(Tone::Todo, fl!(t, "life-line-open")).plain(),
        }
    }

    fn may_write(&self) -> bool {
        may_write(self.role) && self.list.closed.is_none()
    }

    fn may_close(&self) -> bool {
        LifeVerb::LiftStop.roles().contains(&self.role) && self.list.closed.is_none()
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let entries = vec![
            Entry::line(lang, "aan", fl!(t, "life-line-to"), &typed.aan).hint(fl!(t, "life-line-to-hint")),
            Entry::day(lang, "dag", fl!(t, "life-line-day"), &typed.dag).hint(fl!(t, "life-line-day-hint")),
            Entry::line(lang, "opmerking", fl!(t, "life-line-remark"), &typed.opmerking)
                .hint(fl!(t, "life-line-remark-hint")),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }

    /// The lines in two groups, what is to be done first: the title, its lines, and whether they are folded away.
    fn groups(&self) -> Vec<(String, Vec<&TransferLine>, bool)> {
        let t = self.frame.t();
        let (open, done): (Vec<_>, Vec<_>) = self.list.lines.iter().partition(|line| line.settled_on.is_none());
        let groups = [
            (fl!(t, "life-lines-open", count = open.len()), open, false),
            (fl!(t, "life-lines-done", count = done.len()), done, true),
        ];
        groups.into_iter().filter(|(_, lines, _)| !lines.is_empty()).collect()
    }

    /// What a folded line says beside its number.
    fn short(&self, line: &TransferLine) -> String {
        match line.to_whom.as_str() {
            "" if !line.remark.is_empty() => fl!(self.frame.t(), "life-line-explained"),
            to => to.to_owned(),
        }
    }

    fn reason(&self) -> Entry {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let hint = match (self.list.left(), self.list.unexplained().len()) {
            (0, _) => fl!(t, "life-close-hint-done"),
            (left, 0) => fl!(t, "life-close-hint-explained", count = left),
            (_, silent) => fl!(t, "life-close-hint", count = silent),
        };
        Entry::area(lang, "reden", fl!(t, "life-close-reason"), &self.typed.reden).hint(hint).told(&self.errors)
    }
}

/// GET `/aanbieders/{nr}/overeenkomst/{id}/overdracht`
pub async fn of_office(who: Insider, at: Path<(String, i64)>, query: Query<LineQuery>) -> HttpResponse {
    let line = TransferForm { regel: query.regel.unwrap_or_default(), ..TransferForm::default() };
    who.answer(show(&who, At::office(at.into_inner()), line, FormErrors::default()).await)
}

/// GET `/mijn/looptijd/{id}/overdracht`
pub async fn of_provider(who: Insider, at: Path<i64>, query: Query<LineQuery>) -> HttpResponse {
    let line = TransferForm { regel: query.regel.unwrap_or_default(), ..TransferForm::default() };
    who.answer(show(&who, At::provider(at.into_inner()), line, FormErrors::default()).await)
}

async fn show(who: &Insider, at: At, mut typed: TransferForm, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    let (reached, list) = house::read(&who.house, move |conn| {
        let reached = reach(conn, &actor, &at)?;
        let list = transfer::of(conn, &actor, &reached.life)?.ok_or(Turn::NotFound)?;
        Ok((reached, list))
    })
    .await?;
    let role = who.person().role;
    let open = list.lines.iter().find(|line| line.id == typed.regel).cloned();
    let open = open.filter(|_| may_write(role) && list.closed.is_none());
    if let Some(line) = open.as_ref().filter(|_| errors.is_empty()) {
        typed.aan.clone_from(&line.to_whom);
        typed.opmerking.clone_from(&line.remark);
        typed.dag = line.settled_on.map(|day| day.to_string()).unwrap_or_default();
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = reached.frame_below(who, "overdracht");
    Ok(answer(status, &TransferPage { frame, reached, role, list, open, typed, errors }))
}

/// POST `/aanbieders/{nr}/overeenkomst/{id}/overdracht`
pub async fn write_of_office(who: Insider, at: Path<(String, i64)>, form: Form<TransferForm>) -> HttpResponse {
    who.answer(write(&who, At::office(at.into_inner()), form.into_inner()).await)
}

/// POST `/mijn/looptijd/{id}/overdracht`
pub async fn write_of_provider(who: Insider, at: Path<i64>, form: Form<TransferForm>) -> HttpResponse {
    who.answer(write(&who, At::provider(at.into_inner()), form.into_inner()).await)
}

/// Where a refusal stands on the form.
const FIELDS: &[Field] = &[
    ("aan", |refusal| matches!(refusal, LifeRefusal::HalfSettled)),
    ("dag", |refusal| matches!(refusal, LifeRefusal::InTheFuture(_))),
];

async fn write(who: &Insider, at: At, form: TransferForm) -> Result<HttpResponse, Turn> {
    let (actor, now, today, lang) = (who.actor(), who.house.now(), who.house.today(), who.lang);
    let day = read_day(&form.dag);
    let mut errors = FormErrors::default();
    if form.validate().is_err() {
        errors.whole.push(fl!(lang.texts(), "life-too-long"));
    }
    if day.is_none() && !form.dag.trim().is_empty() {
        errors.fields.push(("dag".to_owned(), fl!(lang.texts(), "life-day-wanted")));
    }
    if !errors.is_empty() {
        return show(who, at, form, errors).await;
    }
    let (asked, said) = (at.clone(), form.clone());
    let done = house::write(&who.house, move |conn| {
        let reached = reach(conn, &actor, &asked)?;
        let (id, back) = (reached.life.id, format!("{}/overdracht", reached.path()));
        let done = match said.actie.as_str() {
            "sluiten" => transfer::close(conn, &actor, now, id, &said.reden),
            _ => {
                let settled = Settled { to_whom: said.aan.clone(), on: day, remark: said.opmerking.clone() };
                transfer::settle(conn, &actor, now, today, id, said.regel, &settled)
            }
        };
        told(done, &back).map(|done| done.map(|()| back))
    })
    .await?;
    match done {
        Ok(back) => Ok(see_other(&back)),
        Err(refusal) => show(who, at, form, errors_of(lang, &refusal, FIELDS)).await,
    }
}
