//! Reminding from the list (herinneren): providers are ticked, a page shows what each of them gets, and then it goes out: one
//! reminder each, logged.

use actix_web::HttpResponse;
use actix_web::web::Form;
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use validator::Validate;

use super::Line;
use super::handlers::{Asked, MatrixQuery, of_municipality, quarter_in, show};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::assessment::reminding;
use crate::assessment::store::Fault;
use crate::assessment::web::{QuarterState, WaitsFor};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, Section, Side, answer_to_check};
use crate::provider;
use crate::quarter::Quarter;

/// POST `/kwartalen/herinneren`. Posts `kwartaal`, `wie` and, to send them, `stap=versturen`.
#[derive(Template)]
#[template(path = "desk/matrix-remind.html")]
pub struct RemindPage {
    pub frame: Frame,
    pub quarter: Quarter,
    pub today: NaiveDate,
    /// Who is reminded.
    pub rows: Vec<Line>,
}

impl RemindPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "quarters-remind-title", count = self.rows.len())
    }

    /// Of what this provider is reminded.
    fn what(&self, line: &Line) -> String {
        let t = self.frame.t();
        match (line.state, line.due) {
            (QuarterState::Hearing { until }, _) => {
                fl!(t, "quarters-remind-reaction", day = self.frame.lang.day(until))
            }
            (_, Some(due)) if due < self.today => fl!(t, "quarters-remind-late", day = self.frame.lang.day(due)),
            (_, due) => {
                let day = due.map(|due| self.frame.lang.day(due)).unwrap_or_default();
                fl!(t, "quarters-remind-statement", day = day)
            }
        }
    }
}

/// What was ticked.
#[derive(Debug, Default, Validate)]
struct Ticked {
    #[validate(length(max = 20))]
    quarter: String,
    #[validate(length(max = 2000))]
    numbers: Vec<i64>,
    send: bool,
}

impl Ticked {
    fn of(pairs: Vec<(String, String)>) -> Ticked {
        let mut ticked = Ticked::default();
        for (name, value) in pairs {
            match name.as_str() {
                "kwartaal" => ticked.quarter = value,
                "wie" => ticked.numbers.extend(value.parse::<i64>().ok()),
                "stap" => ticked.send = value == "versturen",
                _ => {}
            }
        }
        ticked
    }
}

/// POST `/kwartalen/herinneren`
pub async fn remind(who: Insider, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(take(&who, Ticked::of(form.into_inner())).await)
}

async fn take(who: &Insider, ticked: Ticked) -> Result<HttpResponse, Turn> {
    if who.side() != Side::Manager {
        return Err(Turn::NotAllowed);
    }
    if ticked.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let quarter = quarter_in(&ticked.quarter)?.ok_or(Turn::NotFound)?;
    if ticked.numbers.is_empty() {
        let words = fl!(who.lang.texts(), "quarters-remind-none");
        let errors = FormErrors { fields: Vec::new(), whole: vec![words] };
        return show(who, MatrixQuery::of(quarter), errors).await;
    }
    match ticked.send {
        true => send(who, quarter, ticked.numbers).await,
        false => check(who, quarter, &ticked.numbers).await,
    }
}

async fn check(who: &Insider, quarter: Quarter, numbers: &[i64]) -> Result<HttpResponse, Turn> {
    let asked = Asked { quarter: Some(quarter), waits: Some(WaitsFor::Provider), page: None };
    let mut rows = of_municipality(who, asked).await?.lines;
    let today = who.house.today();
    rows.retain(|line| numbers.contains(&line.number) && line.can_be_reminded(today));
    if rows.is_empty() {
        return Err(Turn::Conflict { by: None, back: format!("/kwartalen?kwartaal={}", quarter.path()) });
    }
    let back = format!("/kwartalen?kwartaal={}", quarter.path());
    let frame = who.frame(Some(Section::Quarters));
    let frame = frame.crumb(fl!(who.lang.texts(), "quarters-title"), back.clone());
    Ok(answer_to_check(&RemindPage { frame: Frame { here: back, ..frame }, quarter, today, rows }))
}

/// All in one transaction. Who came in meanwhile is not reminded any more, nor is who the reader has an interest in.
async fn send(who: &Insider, quarter: Quarter, numbers: Vec<i64>) -> Result<HttpResponse, Turn> {
    let (actor, now) = (who.actor(), who.house.now());
    let sent = house::write(&who.house, move |conn| {
        let all = provider::store::all(conn, &actor)?;
        let mut sent = 0;
        for one in all.iter().filter(|one| numbers.contains(&one.number)) {
            match reminding::remind(conn, &actor, now, one.id, quarter) {
                Ok(_) => sent += 1,
                Err(Fault::Refused(_)) => {}
                Err(Fault::Trouble(cause)) => return Err(cause.into()),
            }
        }
        Ok(sent)
    })
    .await?;
    Ok(see_other(&format!("/kwartalen?kwartaal={}&herinnerd={sent}", quarter.path())))
}
