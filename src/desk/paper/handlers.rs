//! Answering: beginning an application that came on paper, filling it in, and handing it in on the day it arrived.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::form::{Choices, LONGEST, Typed};
use super::{BeginTyped, PaperDonePage, PaperListPage, PaperPage, PapersTyped, path};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::dossier::form::Form as Steps;
use crate::dossier::store::{Fault, all, find};
use crate::dossier::{
    Application, ApplicationNumber, ApplicationState, Channel, Refusal, Step, drafting, mails, receipt, showing, start,
    submit,
};
use crate::house::{self, Turn};
use crate::ids::Kvk;
use crate::page::entry::read_day;
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::admission;
use crate::procedure::store::{active_scheme, catalogue};
use crate::provider;
use crate::text::Lang;

const LIST: &str = "/papier";

/// Paper is entered by the contract manager.
pub fn enters_paper(who: &Insider) -> bool {
    who.actor().role() == Role::ContractManager
}

/// The frame of a page of the paper desk.
fn frame(who: &Insider, here: String) -> Result<Frame, Turn> {
    if !enters_paper(who) {
        return Err(Turn::NotAllowed);
    }
    Ok(Frame { here, ..who.frame_under_list() })
}

/// GET `/papier`
pub async fn list(who: Insider) -> HttpResponse {
    who.answer(show_list(&who, BeginTyped::default(), FormErrors::default()).await)
}

async fn show_list(who: &Insider, typed: BeginTyped, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let frame = frame(who, LIST.to_owned())?;
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let (rows, procedures) = house::read(&who.house, move |conn| {
        let mut drafts = all(conn, &actor, &[ApplicationState::Draft])?;
        drafts.retain(|one| one.channel == Channel::Paper);
        let providers = provider::store::all(conn, &actor)?;
        let with_provider = |one: Application| {
            let provider = providers.iter().find(|provider| provider.id == one.provider_id)?.clone();
            Some((one, provider))
        };
        let rows: Vec<_> = drafts.into_iter().filter_map(with_provider).collect();
        let open = admission::store::all(conn, &actor)?.into_iter().filter(|one| one.takes_applications(today));
        Ok((rows, open.map(|one| (one.id, one.details.name.in_lang(lang).to_owned())).collect()))
    })
    .await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(answer(status, &PaperListPage { frame, rows, procedures, typed, errors }))
}

/// Who sent the paper, and to what.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BeginForm {
    #[validate(length(max = 20))]
    procedure: String,
    #[validate(length(max = 20))]
    kvk: String,
    #[validate(length(max = 120))]
    naam: String,
}

/// POST `/papier`
pub async fn begin(who: Insider, form: Form<BeginForm>) -> HttpResponse {
    who.answer(carry_out_begin(&who, form.into_inner()).await)
}

async fn carry_out_begin(who: &Insider, form: BeginForm) -> Result<HttpResponse, Turn> {
    frame(who, LIST.to_owned())?;
    let t = who.lang.texts();
    let mut errors = FormErrors::default();
    let kvk = form.kvk.split_whitespace().collect::<String>().parse::<Kvk>().ok();
    let procedure = form.procedure.parse::<i64>().ok();
    if procedure.is_none() {
        errors.fields.push(("procedure".to_owned(), fl!(t, "admin-choose")));
    }
    if kvk.is_none() {
        errors.fields.push(("kvk".to_owned(), fl!(t, "desk-paper-kvk-wrong")));
    }
    if form.validate().is_err() && form.naam.chars().count() > 120 {
        errors.fields.push(("naam".to_owned(), fl!(t, "admin-text-long", count = 120)));
    }
    let typed = BeginTyped { procedure: form.procedure, kvk: form.kvk, name: form.naam.trim().to_owned() };
    let (Some(kvk), Some(procedure)) = (kvk, procedure) else { return show_list(who, typed, errors).await };
    if !errors.is_empty() {
        return show_list(who, typed, errors).await;
    }
    let (actor, now, today, name) = (who.actor(), who.house.now(), who.house.today(), typed.name.clone());
    let begun = house::write(&who.house, move |conn| {
        let known = provider::store::find_by_kvk(conn, &actor, &kvk)?.map(|known| known.name);
        // Of an organisation that is known the name is known too.
        let name = match known {
            Some(known) => known,
            None if name.is_empty() => return Ok(Err(None)),
            None => name,
        };
        match start::on_paper(conn, &actor, now, today, procedure, &kvk, &name) {
            Ok(begun) => Ok(Ok(begun)),
            Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
            Err(Fault::Refused(refusal)) => Ok(Err(Some(refusal))),
            Err(Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    match begun {
        Ok(begun) => Ok(see_other(&path(&begun))),
        Err(refusal) => {
            match refusal {
                None => errors.fields.push(("naam".to_owned(), fl!(t, "desk-paper-name-missing"))),
                Some(refusal) => errors.whole.push(refusal.in_words(who.lang)),
            }
            show_list(who, typed, errors).await
        }
    }
}

/// What was just done.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 20))]
    klaar: String,
}

/// GET `/papier/{nr}`
pub async fn application(who: Insider, nr: Path<String>, query: Query<DoneQuery>) -> HttpResponse {
    who.answer(show(&who, &nr, &query.klaar).await)
}

async fn show(who: &Insider, nr: &str, done: &str) -> Result<HttpResponse, Turn> {
    let t = who.lang.texts();
    let (frame, application) = found(who, nr).await?;
    if application.state != ApplicationState::Draft {
        return show_receipt(who, frame, application).await;
    }
    let done = match done {
        "bewaard" => Some(fl!(t, "desk-paper-saved")),
        "bewijs" => Some(fl!(t, "desk-paper-shown")),
        "terug" => Some(fl!(t, "desk-paper-taken-back")),
        _ => None,
    };
    Ok(answer(StatusCode::OK, &PaperPage { done, ..page(who, nr).await? }))
}

/// The application on paper with this number; any other is none of this desk.
pub(super) async fn found(who: &Insider, nr: &str) -> Result<(Frame, Application), Turn> {
    let frame = frame(who, format!("{LIST}/{nr}"))?.crumb(fl!(who.lang.texts(), "desk-paper-title"), LIST);
    let (actor, nr) = (who.actor(), nr.to_owned());
    let application = house::read(&who.house, move |conn| on_paper(conn, &actor, &nr)).await?;
    Ok((frame, application))
}

pub(super) fn on_paper(conn: &mut Conn, actor: &Actor, nr: &str) -> Result<Application, Turn> {
    let number = ApplicationNumber::read(nr).ok_or(Turn::NotFound)?;
    let found = find(conn, actor, number)?.filter(|found| found.channel == Channel::Paper);
    found.ok_or(Turn::NotFound)
}

async fn show_receipt(who: &Insider, frame: Frame, application: Application) -> Result<HttpResponse, Turn> {
    let (actor, id, provider_id) = (who.actor(), application.id, application.provider_id);
    let found = application.clone();
    let (receipt, provider, by_post) = house::read(&who.house, move |conn| {
        let provider = provider::store::find_by_id(conn, &actor, provider_id)?.ok_or(Turn::NotFound)?;
        let by_post = !mails::reach_somebody(conn, &actor, &found)?;
        Ok((receipt::all(conn, &actor, id)?.into_iter().next(), provider, by_post))
    })
    .await?;
    let received_on = application.received_on;
    Ok(answer(StatusCode::OK, &PaperDonePage { frame, application, provider, received_on, receipt, by_post }))
}

/// The page as it stands, nothing typed and nothing wrong. What was handed in is not entered any more.
pub(super) async fn page(who: &Insider, nr: &str) -> Result<PaperPage, Turn> {
    let (frame, application) = found(who, nr).await?;
    if application.state != ApplicationState::Draft {
        return Err(Turn::Conflict { by: Some(application.changed_by.clone()), back: path(&application) });
    }
    let (actor, today, lang, id) = (who.actor(), who.house.today(), who.lang, application.id);
    let key = Token::new()?.as_str()[..32].to_owned();
    house::read(&who.house, move |conn| {
        let provider = provider::store::find_by_id(conn, &actor, application.provider_id)?.ok_or(Turn::NotFound)?;
        let procedure = admission::store::find(conn, &actor, application.procedure_id)?.ok_or(Turn::NotFound)?;
        let saved = drafting::steps(conn, &actor, id)?;
        let versions = saved.iter().map(|one| (one.filled.step(), one.version)).collect();
        let steps = Steps { steps: saved.into_iter().map(|one| (one.filled.step(), one.filled)).collect() };
        let asked = submit::asked_criteria(conn, &actor, &procedure, &steps.offer(), today)?;
        let shown = showing::of_application(conn, &actor, id)?;
        let missing = submit::missing(&steps, application.channel, &asked, &shown);
        let typed = match steps.steps.is_empty() {
            true => Typed::of(vec![("organisatie-naam".to_owned(), provider.name.clone())]),
            false => Typed::written(&steps),
        };
        Ok(PaperPage {
            frame,
            application,
            provider,
            procedure: procedure.details.name.in_lang(lang).to_owned(),
            typed,
            versions,
            choices: choices(conn, &actor, today, lang)?,
            asked: asked.into_iter().map(|one| one.criterion).collect(),
            shown,
            missing,
            papers: PapersTyped::default(),
            received: String::new(),
            key,
            errors: FormErrors::default(),
            done: None,
        })
    })
    .await
}

fn choices(conn: &mut Conn, actor: &Actor, today: NaiveDate, lang: Lang) -> Result<Choices, Turn> {
    let products = catalogue(conn, actor)?;
    let scheme = active_scheme(conn, actor, today)?;
    let profiles = scheme.iter().flat_map(|scheme| scheme.selectable());
    Ok(Choices {
        products: products.iter().map(|one| (one.code.clone(), one.name.in_lang(lang).to_owned())).collect(),
        profiles: profiles
            .map(|one| (one.code.clone(), format!("{} – {}", one.code, one.name.in_lang(lang))))
            .collect(),
    })
}

/// POST `/papier/{nr}/gegevens`: what stands on the paper, half or whole.
pub async fn save(who: Insider, nr: Path<String>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out_save(&who, &nr, Typed::of(form.into_inner())).await)
}

async fn carry_out_save(who: &Insider, nr: &str, typed: Typed) -> Result<HttpResponse, Turn> {
    let shown = page(who, nr).await?;
    if typed.validate().is_err() {
        let told = fl!(who.lang.texts(), "admin-text-long", count = LONGEST);
        let fields = typed.too_long().into_iter().map(|field| (field.to_owned(), told.clone())).collect();
        let errors = FormErrors { fields, whole: Vec::new() };
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &PaperPage { typed, errors, ..shown }));
    }
    let seen: BTreeMap<Step, i32> =
        Step::ALL.iter().map(|step| (*step, typed.get(&format!("versie-{step}")).parse().unwrap_or(0))).collect();
    let (actor, now, id, filled) = (who.actor(), who.house.now(), shown.application.id, typed.read(&shown.asked));
    let overtaken = house::write(&who.house, move |conn| {
        let saved = drafting::steps(conn, &actor, id)?;
        let known = |step: Step| saved.iter().find(|one| one.filled.step() == step);
        let changed: Vec<_> =
            filled.into_iter().filter(|one| known(one.step()).is_none_or(|known| known.filled != *one)).collect();
        for one in &changed {
            if let Some(theirs) = known(one.step()).filter(|known| known.version != seen[&one.step()]) {
                return Ok(Some(theirs.saved_by.clone()));
            }
        }
        for one in changed {
            drafting::save(conn, &actor, now, id, seen[&one.step()], &one).map_err(refused)?;
        }
        Ok(None)
    })
    .await?;
    match overtaken {
        None => Ok(see_other(&format!("{}?klaar=bewaard", path(&shown.application)))),
        // What was typed stays; the next press of the button has seen the other's version.
        Some(by) => {
            let whole = vec![fl!(who.lang.texts(), "desk-paper-overtaken", name = by)];
            let errors = FormErrors { whole, ..FormErrors::default() };
            Ok(answer(StatusCode::CONFLICT, &PaperPage { typed, errors, ..page(who, nr).await? }))
        }
    }
}

pub(super) fn refused(fault: Fault) -> Turn {
    match fault {
        Fault::Refused(Refusal::NotYours) => Turn::NotAllowed,
        Fault::Refused(_) => Turn::NotFound,
        Fault::Trouble(cause) => cause.into(),
    }
}

/// The day of receipt, and what was looked at.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct HandInForm {
    #[validate(length(max = 20))]
    ontvangen: String,
    #[validate(length(min = 1, max = 80))]
    sleutel: String,
    versie: i32,
}

/// POST `/papier/{nr}/vastleggen`: handed in, received on the day the paper came.
pub async fn hand_in(who: Insider, nr: Path<String>, form: Form<HandInForm>) -> HttpResponse {
    who.answer(carry_out_hand_in(&who, &nr, form.into_inner()).await)
}

async fn carry_out_hand_in(who: &Insider, nr: &str, form: HandInForm) -> Result<HttpResponse, Turn> {
    let (_, application) = found(who, nr).await?;
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    // A second press of the button leads to the receipt of the first.
    if application.state != ApplicationState::Draft {
        return Ok(see_other(&path(&application)));
    }
    let t = who.lang.texts();
    let (actor, now, today, id) = (who.actor(), who.house.now(), who.house.today(), application.id);
    let Some(came) = read_day(&form.ontvangen).filter(|day| *day <= today) else {
        let fields = vec![("ontvangen".to_owned(), fl!(t, "desk-paper-received-wrong"))];
        let errors = FormErrors { fields, whole: Vec::new() };
        let shown = PaperPage { received: form.ontvangen, errors, ..page(who, nr).await? };
        return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &shown));
    };
    let handed_in = house::write(&who.house, move |conn| {
        match submit::submit(conn, &actor, now, today, id, form.versie, &form.sleutel, Some(came)) {
            Ok(_) => Ok(Ok(())),
            Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
            Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
            Err(Fault::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await?;
    match handed_in {
        Ok(()) => Ok(see_other(&path(&application))),
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            let shown = PaperPage { received: came.to_string(), errors, ..page(who, nr).await? };
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &shown))
        }
    }
}
