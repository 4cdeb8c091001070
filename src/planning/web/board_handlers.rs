//! Answering: the list of boards, one board, laying it out and moving its first month.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::board::{BoardPage, ListPage};
use super::{frame, or_refusal, path, plans, procedure, refusal_in_words, too_long};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::calendar::add_months;
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, Frame, answer};
use crate::planning::{Plan, acting, first, store};
use crate::procedure::admission;

/// From which month, as it was typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BoardForm {
    #[validate(length(max = 20))]
    pub begin: String,
    /// `standaard` or `leeg`; only while there is no board.
    #[validate(length(max = 20))]
    pub met: String,
    #[validate(length(max = 500))]
    pub reden: String,
    /// The version that was looked at; nought while there is no board.
    pub versie: i32,
}

/// What was just done.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 20))]
    klaar: String,
}

/// GET `/planning`
pub async fn list(who: Insider) -> HttpResponse {
    who.answer(show_list(&who).await)
}

async fn show_list(who: &Insider) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    let (actor, today) = (who.actor(), who.house.today());
    let rows = house::read(&who.house, move |conn| {
        let procedures = admission::store::all(conn, &actor)?;
        let ids: Vec<i64> = procedures.iter().map(|one| one.id).collect();
        let (boards, activities) = (store::boards(conn, &actor)?, store::activities(conn, &actor, &ids)?);
        let with_board = |procedure: admission::Procedure| {
            let board = boards.iter().find(|one| one.procedure_id == procedure.id).cloned();
            let own = activities.iter().filter(|one| one.procedure_id == procedure.id).cloned().collect();
            (procedure, board.map(|board| (board, own)))
        };
        Ok(procedures.into_iter().map(with_board).collect())
    })
    .await?;
    Ok(answer(StatusCode::OK, &ListPage { frame, today, rows }))
}

/// GET `/planning/{code}`
pub async fn board(who: Insider, code: Path<String>, query: Query<DoneQuery>) -> HttpResponse {
    who.answer(show(&who, &code, &query.klaar).await)
}

async fn show(who: &Insider, code: &str, done: &str) -> Result<HttpResponse, Turn> {
    let t = who.lang.texts();
    let done = match done {
        "gemaakt" => Some(fl!(t, "planning-done-made")),
        "verschoven" => Some(fl!(t, "planning-done-shifted")),
        "toegevoegd" => Some(fl!(t, "planning-done-added")),
        "veranderd" => Some(fl!(t, "planning-done-changed")),
        "opgeleverd" => Some(fl!(t, "planning-done-delivered")),
        "teruggezet" => Some(fl!(t, "planning-done-taken-back")),
        "vervallen" => Some(fl!(t, "planning-done-dropped")),
        "opgenomen" => Some(fl!(t, "planning-done-restored")),
        _ => None,
    };
    Ok(answer(StatusCode::OK, &BoardPage { done, ..page(who, code).await? }))
}

/// The board as it stands, nothing typed and nothing wrong.
async fn page(who: &Insider, code: &str) -> Result<BoardPage, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "planning-tab-boards"), "/planning");
    let frame = Frame { here: path(code), ..frame };
    let (actor, written, today) = (who.actor(), code.to_owned(), who.house.today());
    let (procedure, board, activities, steps) = house::read(&who.house, move |conn| {
        let procedure = procedure(conn, &actor, &written)?;
        let board = store::board(conn, &actor, procedure.id)?;
        let activities = store::activities(conn, &actor, &[procedure.id])?;
        let steps = store::steps(conn, &actor, procedure.id)?;
        Ok((procedure, board, activities, steps))
    })
    .await?;
    let begin = board.as_ref().map_or_else(|| add_months(today, 1), |one| one.starts_on);
    let form = BoardForm {
        begin: begin.format("%Y-%m").to_string(),
        met: "standaard".to_owned(),
        reden: String::new(),
        versie: board.as_ref().map_or(0, |one| one.version),
    };
    let plans = who.actor().role() == Role::ContractManager;
    let errors = FormErrors::default();
    Ok(BoardPage { frame, today, plans, procedure, board, activities, steps, form, errors, done: None })
}

/// POST `/planning/{code}`: lays the board out, or moves its first month.
pub async fn lay_out(who: Insider, code: Path<String>, form: Form<BoardForm>) -> HttpResponse {
    who.answer(carry_out(&who, &code, form.into_inner()).await)
}

async fn carry_out(who: &Insider, code: &str, form: BoardForm) -> Result<HttpResponse, Turn> {
    let page = page(who, code).await?;
    plans(&who.actor())?;
    let mut errors = FormErrors { fields: too_long(who.lang, &form), whole: Vec::new() };
    let begin = read_month(&form.begin);
    if begin.is_none() && errors.at("begin").is_none() {
        errors.fields.insert(0, ("begin".to_owned(), fl!(who.lang.texts(), "planning-month-wrong")));
    }
    let Some(begin) = begin.filter(|_| errors.is_empty()) else {
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &BoardPage { form, errors, ..page }));
    };
    let (actor, now, id, typed, back) = (who.actor(), who.house.now(), page.procedure.id, form.clone(), path(code));
    let done = house::write(&who.house, move |conn| {
        let done = match typed.versie {
            0 => {
                let usual: Vec<Plan> = match typed.met.as_str() {
                    "leeg" => Vec::new(),
                    _ => first::activities().map(|(plan, _)| plan).collect(),
                };
                acting::lay_out(conn, &actor, now, id, begin, &usual).map(|()| "gemaakt")
            }
            seen => acting::shift(conn, &actor, now, id, seen, begin, &typed.reden).map(|()| "verschoven"),
        };
        or_refusal(done, &back)
    })
    .await?;
    match done {
        Ok(word) => Ok(see_other(&format!("{}?klaar={word}", path(code)))),
        Err(refusal) => {
            let errors = FormErrors {
                fields: vec![("reden".to_owned(), refusal_in_words(who.lang, &refusal))],
                whole: Vec::new(),
            };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &BoardPage { form, errors, ..page }))
        }
    }
}

/// A month as a browser sends it or as people write it: `2027-01`, `01-2027`, `1-2027`.
fn read_month(typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim();
    read_day(&format!("{typed}-01")).or_else(|| read_day(&format!("01-{typed}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_browsers_and_people_write_it() {
        for written in ["2027-01", "01-2027", " 1-2027 "] {
            assert_eq!(read_month(written), NaiveDate::from_ymd_opt(2027, 1, 1), "{written}");
        }
        for written in ["", "januari", "2027", "13-2027", "2027-01-15"] {
            assert_eq!(read_month(written), None, "{written}");
        }
    }
}
