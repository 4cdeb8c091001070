//! Answering: the list with the form of a proposal, one proposal, its paper and its workbook.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Form, Path, Query};
use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Europe::Amsterdam;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{LineForm, ListPage, NewForm, OnePage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::agreement::life::{self, running};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::money::Cents;
use crate::page::entry::read_day;
use crate::page::{FormErrors, Section, answer};
use crate::procedure::indexation::store::{self, Fault};
use crate::procedure::indexation::{IndexLine, IndexRefusal, IndexState, Indexation, Method, Percent, Share};
use crate::report::letter::web::handlers::pdf_file;
use crate::report::{indexation as paper, pdf};
use crate::text::Lang;

/// Who reads dossiers, and who pays.
fn may_look(actor: &Actor) -> bool {
    actor.may_read_dossiers() || actor.role() == Role::Finance
}

/// GET `/indexaties`
pub async fn list(who: Insider) -> HttpResponse {
    let usual = NewForm { ova_aandeel: "90".into(), ppc_aandeel: "10".into(), ..NewForm::default() };
    who.answer(show_list(&who, usual, FormErrors::default()).await)
}

async fn show_list(who: &Insider, typed: NewForm, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let actor = who.actor();
    if !may_look(&actor) {
        return Err(Turn::NotAllowed);
    }
    let all = house::read(&who.house, move |conn| Ok(store::all(conn, &actor)?)).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let page = ListPage { frame: who.frame(Some(Section::Lives)), role: who.person().role, all, typed, errors };
    Ok(answer(status, &page))
}

/// POST `/indexaties`
pub async fn propose(who: Insider, form: Form<NewForm>) -> HttpResponse {
    who.answer(make(&who, form.into_inner()).await)
}

async fn make(who: &Insider, form: NewForm) -> Result<HttpResponse, Turn> {
    let (actor, now, today, lang) = (who.actor(), who.house.now(), who.house.today(), who.lang);
    if !store::may_propose(actor.role()) {
        return Err(Turn::NotAllowed);
    }
    let (from, method) = match read(lang, &form) {
        Ok(read) => read,
        Err(errors) => return show_list(who, form, errors).await,
    };
    let done = house::write(&who.house, move |conn| {
        told(store::propose(conn, &actor, now, today, from, &method), "/indexaties")
    })
    .await?;
    match done {
        Ok(id) => Ok(see_other(&format!("/indexaties/{id}"))),
        Err(refusal) => {
            let field = match refusal {
                IndexRefusal::DayPassed | IndexRefusal::AlreadyThere | IndexRefusal::NoTariffs => Some("ingang"),
                IndexRefusal::SharesWrong => Some("ova_aandeel"),
                _ => None,
            };
            show_list(who, form, errors_of(lang, &refusal, field)).await
        }
    }
}

fn read(lang: Lang, form: &NewForm) -> Result<(chrono::NaiveDate, Method), FormErrors> {
    let t = lang.texts();
    let mut errors = FormErrors::default();
    if form.validate().is_err() {
        errors.whole.push(fl!(t, "life-too-long"));
        return Err(errors);
    }
    let mut tell = |field: &str, words: String| errors.fields.push((field.to_owned(), words));
    let from = read_day(&form.ingang);
    if from.is_none() {
        tell("ingang", fl!(t, "life-day-wanted"));
    }
    let mut percent = |field: &str, typed: &str| {
        let read = Percent::read(typed);
        if read.is_none() {
            tell(field, fl!(t, "indexation-percent-wanted"));
        }
        read.unwrap_or_default()
    };
    let method = match form.methode.as_str() {
        "aandelen" => Method::Shares {
            ova: Share {
                share: percent("ova_aandeel", &form.ova_aandeel),
                forecast: percent("ova_raming", &form.ova_raming),
                forecast_before: percent("ova_raming_vorig", &form.ova_raming_vorig),
                actual_before: percent("ova_werkelijk_vorig", &form.ova_werkelijk_vorig),
            },
            ppc: Share {
                share: percent("ppc_aandeel", &form.ppc_aandeel),
                forecast: percent("ppc_raming", &form.ppc_raming),
                forecast_before: percent("ppc_raming_vorig", &form.ppc_raming_vorig),
                actual_before: percent("ppc_werkelijk_vorig", &form.ppc_werkelijk_vorig),
            },
        },
        _ => Method::Fixed { percent: percent("percentage", &form.percentage) },
    };
    match from {
        Some(from) if errors.is_empty() => Ok((from, method)),
        _ => Err(errors),
    }
}

/// Which line is changed.
#[derive(Debug, Default, Deserialize)]
pub struct LineQuery {
    regel: Option<i64>,
}

/// GET `/indexaties/{id}`
pub async fn one(who: Insider, id: Path<i64>, query: Query<LineQuery>) -> HttpResponse {
    let form = LineForm { regel: query.regel.unwrap_or_default(), ..LineForm::default() };
    who.answer(show(&who, id.into_inner(), form, false, FormErrors::default()).await)
}

async fn find(who: &Insider, id: i64) -> Result<Indexation, Turn> {
    let actor = who.actor();
    if !may_look(&actor) {
        return Err(Turn::NotAllowed);
    }
    house::read(&who.house, move |conn| store::find(conn, &actor, id)?.ok_or(Turn::NotFound)).await
}

async fn show(
    who: &Insider,
    id: i64,
    mut typed: LineForm,
    checking: bool,
    errors: FormErrors,
) -> Result<HttpResponse, Turn> {
    let found = find(who, id).await?;
    let role = who.person().role;
    let may = store::may_propose(role) && found.state == IndexState::Proposed;
    let open = found.lines.iter().find(|line| line.id == typed.regel).filter(|_| may).cloned();
    if let Some(line) = open.as_ref().filter(|_| errors.is_empty()) {
        typed.bedrag = format!("{},{:02}", line.new.0 / 100, line.new.0 % 100);
        typed.reden.clone_from(&line.reason);
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = who.frame(Some(Section::Lives)).crumb(fl!(who.lang.texts(), "indexation-list"), "/indexaties");
    let frame = crate::page::Frame { here: format!("/indexaties/{id}"), ..frame };
    Ok(answer(status, &OnePage { frame, role, found, open, checking, typed, errors }))
}

/// POST `/indexaties/{id}`
pub async fn act(who: Insider, id: Path<i64>, form: Form<LineForm>) -> HttpResponse {
    who.answer(carry_out(&who, id.into_inner(), form.into_inner()).await)
}

async fn carry_out(who: &Insider, id: i64, form: LineForm) -> Result<HttpResponse, Turn> {
    let (actor, now, lang) = (who.actor(), who.house.now(), who.lang);
    find(who, id).await?;
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let establishing = form.actie != "wijzigen";
    let may = if establishing { actor.role() == Role::DecisionMaker } else { store::may_propose(actor.role()) };
    if !may {
        return Err(Turn::NotAllowed);
    }
    if form.actie == "controleren" {
        return show(who, id, form, true, FormErrors::default()).await;
    }
    let amount = cents(&form.bedrag);
    if !establishing && amount.is_none() {
        let errors = FormErrors {
            fields: vec![("bedrag".to_owned(), fl!(lang.texts(), "indexation-amount-wanted"))],
            ..FormErrors::default()
        };
        return show(who, id, form, false, errors).await;
    }
    let (said, back) = (form.clone(), format!("/indexaties/{id}"));
    let there = back.clone();
    let done = house::write(&who.house, move |conn| {
        let done = match amount.filter(|_| !establishing) {
            Some(amount) => store::change(conn, &actor, now, id, said.versie, said.regel, amount, &said.reden),
            None => store::establish(conn, &actor, now, id, said.versie),
        };
        if establishing && done.is_ok() {
            tell_everybody(conn, &actor, now, id, &there)?;
        }
        told(done, &there)
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&back)),
        Err(refusal) => {
            let field = matches!(refusal, IndexRefusal::ReasonMissing | IndexRefusal::HoldsBsn).then_some("reden");
            show(who, id, form, false, errors_of(lang, &refusal, field)).await
        }
    }
}

/// Every provider whose agreement runs gets the new tariffs in a letter, in the transaction that establishes them.
fn tell_everybody(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, id: i64, back: &str) -> Result<(), Turn> {
    let Some(found) = store::find(conn, actor, id)? else { return Err(Turn::NotFound) };
    // The letter is in Dutch, with the words of the catalogue.
    let line = |line: &IndexLine| {
        let (new, old) = (Lang::Nl.money(line.new), Lang::Nl.money(line.old));
        fl!(
            Lang::Nl.texts(),
            "indexation-letter-line",
            code = line.code.as_str(),
            name = line.name.in_lang(Lang::Nl),
            new = new,
            old = old
        )
    };
    let tariffs: Vec<String> = found.lines.iter().map(line).collect();
    match running::new_tariffs(conn, actor, now, found.valid_from, &tariffs.join("\n")) {
        Ok(_) => Ok(()),
        Err(life::store::Fault::Trouble(cause)) => Err(cause.into()),
        // Read in this very transaction; the whole of it is undone.
        Err(life::store::Fault::Refused(_)) => Err(Turn::Conflict { by: None, back: back.to_owned() }),
    }
}

/// `62,55`, `1.234,5` or `62`; nothing for anything else.
fn cents(typed: &str) -> Option<Cents> {
    let typed = typed.trim().trim_start_matches('€').trim().replace('.', "");
    let (whole, part) = typed.split_once(',').unwrap_or((&typed, ""));
    let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole, 9) || !digits(part, 2) {
        return None;
    }
    let hundredths = format!("{part:0<2}").parse::<i64>().ok()?;
    Some(Cents(whole.parse::<i64>().ok()? * 100 + hundredths))
}

/// GET `/indexaties/{id}/voorstel.pdf`
pub async fn as_pdf(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(send_pdf(&who, id.into_inner()).await)
}

async fn send_pdf(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    let found = find(who, id).await?;
    let (municipality, lang) = (who.person().municipality.clone(), who.lang);
    let made_on = Amsterdam.from_utc_datetime(&who.house.now()).fixed_offset();
    let name = format!("indexering-{}", found.valid_from);
    let printed = web::block(move || pdf(&paper::compose(&found, &municipality, made_on, lang))).await??;
    Ok(pdf_file(&name, printed))
}

/// GET `/indexaties/{id}/voorstel.xlsx`
pub async fn as_workbook(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(send_workbook(&who, id.into_inner()).await)
}

async fn send_workbook(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    let found = find(who, id).await?;
    let (name, lang) = (format!("indexering-{}.xlsx", found.valid_from), who.lang);
    let book = web::block(move || paper::workbook(&found, lang)).await??;
    Ok(HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(book))
}

fn errors_of(lang: Lang, refusal: &IndexRefusal, field: Option<&str>) -> FormErrors {
    let words = refusal.in_words(lang);
    match field {
        Some(field) => FormErrors { fields: vec![(field.to_owned(), words)], whole: Vec::new() },
        None => FormErrors { fields: Vec::new(), whole: vec![words] },
    }
}

/// A refusal is told on the page; only what is not there, not his, or broken ends the request.
fn told<T>(done: Result<T, Fault>, back: &str) -> Result<Result<T, IndexRefusal>, Turn> {
    match done {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
        Err(Fault::Refused(IndexRefusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(IndexRefusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(IndexRefusal::ChangedMeanwhile { by })) => {
            Err(Turn::Conflict { by: Some(by), back: back.to_owned() })
        }
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
    }
}
