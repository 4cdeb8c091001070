//! Answering: a procedure is paused, goes on, is closed or ended, with a reason; who has an application in it hears of it in
//! the same moment.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::handlers::frame;
use super::procedure_handlers::find;
use super::procedure_state::{MAX_REASON, ProcedureStatePage};
use super::procedure_writing::or_refusal;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::agreement;
use crate::db::Conn;
use crate::dossier::resting;
use crate::dossier::state::ApplicationState;
use crate::house::{self, Turn};
use crate::mail::may_look;
use crate::page::correction::at_most;
use crate::page::{FormErrors, Frame, Section, answer};
use crate::procedure::admission::{Entry, Procedure, ProcedureState, ProcedureVerb};

/// What this page does; proposing and publishing have a page of their own.
const MOVES: [ProcedureVerb; 4] =
    [ProcedureVerb::Pause, ProcedureVerb::Resume, ProcedureVerb::Close, ProcedureVerb::End];

/// GET `/beheer/procedures/{code}/status`
pub async fn show(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(look(&who, &code).await)
}

async fn look(who: &Insider, code: &str) -> Result<HttpResponse, Turn> {
    Ok(answer(StatusCode::OK, &page(who, code, String::new(), FormErrors::default()).await?))
}

async fn page(who: &Insider, code: &str, reason: String, errors: FormErrors) -> Result<ProcedureStatePage, Turn> {
    let (t, actor) = (who.lang.texts(), who.actor());
    let looks_after = may_look(&actor);
    if !looks_after && actor.role() != Role::DecisionMaker {
        return Err(Turn::NotAllowed);
    }
    let frame = match looks_after {
        true => frame(who)?.crumb(fl!(t, "admin-tab-procedures"), "/beheer/procedures"),
        false => who.frame(Some(Section::Queue)).crumb(fl!(t, "page-menu-queue"), "/werkvoorraad"),
    };
    let (reader, written) = (who.actor(), code.to_owned());
    let (procedure, told) = house::read(&who.house, move |conn| {
        let procedure = find(conn, &reader, &written)?;
        let told = resting::concerned(conn, &reader, procedure.id)?.len();
        Ok((procedure, told))
    })
    .await?;
    let path = format!("/beheer/procedures/{code}");
    let crumb = if looks_after { path.clone() } else { format!("{path}/publiceren") };
    let frame = frame.crumb(procedure.details.name.in_lang(who.lang), crumb);
    Ok(ProcedureStatePage {
        frame: Frame { here: format!("{path}/status"), ..frame },
        verbs: verbs_of(&actor, &procedure),
        procedure,
        told,
        reason,
        looks_after,
        errors,
    })
}

/// What this role can do to the procedure as it stands, what is done most first.
pub(super) fn verbs_of(actor: &Actor, procedure: &Procedure) -> Vec<ProcedureVerb> {
    let has_end = procedure.details.entry != Entry::Continuous && procedure.details.closes_on.is_some();
    match (actor.role(), procedure.state) {
        (Role::ContractManager, ProcedureState::Open) if has_end => vec![ProcedureVerb::Pause, ProcedureVerb::Close],
        (Role::ContractManager, ProcedureState::Open) => vec![ProcedureVerb::Pause],
        (Role::ContractManager, ProcedureState::Paused) => vec![ProcedureVerb::Resume],
        (Role::DecisionMaker, ProcedureState::Closed) => vec![ProcedureVerb::End],
        _ => Vec::new(),
    }
}

/// What was chosen, with the reason, and the version that was looked at.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct StateForm {
    #[validate(length(max = 20))]
    wat: String,
    #[validate(length(max = 2000))]
    reden: String,
    #[validate(range(min = 0))]
    versie: i32,
}

/// POST `/beheer/procedures/{code}/status`
pub async fn carry_out(who: Insider, code: Path<String>, form: Form<StateForm>) -> HttpResponse {
    who.answer(act(&who, &code, form.into_inner()).await)
}

async fn act(who: &Insider, code: &str, form: StateForm) -> Result<HttpResponse, Turn> {
    let t = who.lang.texts();
    if !matches!(who.actor().role(), Role::ContractManager | Role::DecisionMaker) {
        return Err(Turn::NotAllowed);
    }
    let (Ok(verb), Ok(())) = (form.wat.parse::<ProcedureVerb>(), form.validate()) else { return Err(Turn::BadRequest) };
    if !MOVES.contains(&verb) {
        return Err(Turn::BadRequest);
    }
    let wrong = match form.reden.trim() {
        "" => Some(fl!(t, "procedure-refused-reason")),
        words if words.chars().count() > MAX_REASON => Some(at_most(who.lang, MAX_REASON)),
        _ => None,
    };
    if let Some(words) = wrong {
        let errors = FormErrors { fields: vec![("reden".to_owned(), words)], ..FormErrors::default() };
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &page(who, code, form.reden, errors).await?));
    }
    let (actor, now, today, written) = (who.actor(), who.house.now(), who.house.today(), code.to_owned());
    let reason = form.reden.trim().to_owned();
    let done = house::write(&who.house, move |conn| {
        let found = find(conn, &actor, &written)?;
        let agreements = running(conn, &actor, found.id, today)?;
        or_refusal(resting::carry_out(conn, &actor, now, today, &found, form.versie, (verb, &reason), agreements))
    })
    .await?;
    match done {
        Ok(()) if may_look(&who.actor()) => Ok(see_other(&format!("/beheer/procedures/{code}?klaar=status"))),
        Ok(()) => Ok(see_other(&format!("/beheer/procedures/{code}/publiceren"))),
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            Ok(answer(StatusCode::CONFLICT, &page(who, code, form.reden, errors).await?))
        }
    }
}

/// How many who were admitted in this procedure have an agreement that runs.
fn running(conn: &mut Conn, actor: &Actor, procedure_id: i64, today: NaiveDate) -> Result<u32, Turn> {
    let mut admitted: Vec<i64> = resting::concerned(conn, actor, procedure_id)?
        .into_iter()
        .filter(|one| one.state == ApplicationState::Admitted)
        .map(|one| one.provider_id)
        .collect();
    admitted.sort_unstable();
    admitted.dedup();
    let accessions = agreement::store::of(conn, actor, &admitted)?;
    admitted.retain(|id| {
        accessions.iter().any(|one| one.provider_id == *id && one.active_until.is_none_or(|last| today <= last))
    });
    Ok(u32::try_from(admitted.len()).unwrap_or(u32::MAX))
}
