//! Answering: what is done to an agreement, each through its verb, which may refuse.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::act::{Act, ActPage, Typed};
use super::{At, Field, Reached, errors_of, reach, told};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::agreement::life::leaving::Weighed;
use crate::agreement::life::store::Fault;
use crate::agreement::life::{Ground, LifeRefusal, Warning, cases, delivery, dissolving, leaving, running};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, answer, answer_to_check};
use crate::procedure::store::terms;
use crate::text::Lang;

/// What was written, and which button was pressed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct ActForm {
    versie: i32,
    #[serde(default)]
    #[validate(length(max = 40))]
    grond: String,
    #[serde(default)]
    #[validate(length(max = 4000))]
    reden: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    dag: String,
    #[serde(default)]
    #[validate(length(max = 5))]
    niet_gespaard: String,
    #[serde(default)]
    #[validate(length(max = 100))]
    zaak: String,
    /// `controleren`, `wijzigen` or `vastleggen`.
    #[serde(default)]
    #[validate(length(max = 20))]
    stap: String,
}

impl ActForm {
    fn typed(&self) -> Typed {
        Typed {
            ground: self.grond.parse().ok(),
            words: self.reden.clone(),
            day: self.dag.clone(),
            case: self.zaak.clone(),
            not_spared: self.niet_gespaard == "ja",
        }
    }
}

/// The agreement, and what the house knows that bears on the act.
struct Known {
    reached: Reached,
    act: Act,
    facts: Vec<(String, String)>,
    cases: Vec<String>,
    warning: Option<String>,
    blocked: Option<String>,
}

fn known(conn: &mut Conn, actor: &Actor, lang: Lang, today: NaiveDate, at: &At, word: &str) -> Result<Known, Turn> {
    let act: Act = word.parse().map_err(|_| Turn::NotFound)?;
    let reached = reach(conn, actor, at)?;
    if !act.verb().roles().contains(&actor.role()) {
        return Err(Turn::NotAllowed);
    }
    let open = Act::open_to(&reached.life, actor.role()).any(|one| one == act);
    let blocked = (!open).then(|| LifeRefusal::NotNow(reached.life.state).in_words(lang));
    let (facts, warning) = facts(conn, actor, lang, today, &reached, act)?;
    let cases = match act {
        Act::StopDelivery => cases::cases_of(conn, actor, reached.life.provider_id, today)?,
        _ => Vec::new(),
    };
    Ok(Known { reached, act, facts, cases, warning, blocked })
}

/// Names with their values, and what is to be thought of before.
type Told = (Vec<(String, String)>, Option<String>);

/// The system shows facts; a person decides.
fn facts(
    conn: &mut Conn,
    actor: &Actor,
    lang: Lang,
    today: NaiveDate,
    reached: &Reached,
    act: Act,
) -> Result<Told, Turn> {
    let (t, life) = (lang.texts(), &reached.life);
    let mut facts = Vec::new();
    let mut warning = None;
    let no_end = || fl!(t, "life-no-end");
    match act {
        Act::GiveNotice => {
            let (_, last) = leaving::last_day(conn, actor, today, life, Ground::Leaving)?;
            let term = leaving::term_of(conn, actor, today, Ground::Leaving)?;
            facts.push((fl!(t, "life-last-day"), lang.day(last)));
            facts.push((fl!(t, "life-counted"), term.rule_in_words(lang)));
        }
        Act::Terminate => {
            for ground in Ground::OF_NOTICE {
                let (_, last) = leaving::last_day(conn, actor, today, life, *ground)?;
                facts.push((fl!(t, "life-last-day-by", ground = ground.in_words(lang)), lang.day(last)));
            }
            let client = cases::last_client(conn, actor, life.provider_id, today)?;
            let client = client.map_or_else(|| fl!(t, "life-never-client"), |day| lang.day(day));
            facts.push((fl!(t, "life-last-client"), client));
            facts.push((fl!(t, "life-satisfaction"), fl!(t, "life-satisfaction-unknown")));
        }
        Act::AskStop => {
            let earliest = running::earliest_stop(conn, actor, today)?;
            facts.push((fl!(t, "life-earliest-stop"), lang.day(earliest)));
        }
        Act::StopDelivery => {
            let term = delivery::term(conn, actor, today)?;
            facts.push((fl!(t, "life-earliest-stop"), lang.day(term.due)));
            facts.push((fl!(t, "life-counted"), term.rule_in_words(lang)));
        }
        Act::AgreeStop | Act::RefuseStop => {
            facts.extend(life.asked_stop_from.map(|day| (fl!(t, "life-first-day"), lang.day(day))));
        }
        Act::StateViews | Act::DropIntention | Act::Dissolve => {
            if let Some((intention, views)) = dissolving::open_intention(conn, actor, life)? {
                let ground = intention.ground.map(|ground| ground.in_words(lang)).unwrap_or_default();
                facts.push((fl!(t, "life-ground"), ground));
                facts.push((fl!(t, "life-intention-words"), intention.reason));
                facts.extend(intention.effective_on.map(|day| (fl!(t, "life-views-until"), lang.day(day))));
                for one in &views {
                    facts.push((fl!(t, "life-views-of", day = lang.day(one.day)), one.reason.clone()));
                }
                if views.is_empty() {
                    facts.push((fl!(t, "life-views"), fl!(t, "life-views-none")));
                }
            }
        }
        Act::Intend => {
            let rule = terms(conn, actor, today)?.life.views;
            let term = rule.begin(today, &crate::procedure::outages::days(conn, actor)?);
            facts.push((fl!(t, "life-views-until"), lang.day(term.due)));
            facts.push((fl!(t, "life-counted"), term.rule_in_words(lang)));
        }
        Act::DissolveAtOnce => warning = Some(Warning::NotHeard.in_words(lang)),
        Act::Extend => {
            facts.push((fl!(t, "life-last-day-now"), life.ends_on().map_or_else(no_end, |day| lang.day(day))));
            let months = terms(conn, actor, today)?.life.extension_months;
            warning = life.told_late(today, months).then(|| Warning::ToldLate.in_words(lang));
        }
        Act::StopClients | Act::LiftStop => {}
    }
    Ok((facts, warning))
}

impl Known {
    fn page(self, who: &Insider, form: &ActForm, checking: bool, errors: FormErrors) -> ActPage {
        let here = format!("handelingen/{}", self.act);
        ActPage {
            frame: self.reached.frame_below(who, &here),
            act: self.act,
            checking,
            blocked: self.blocked,
            facts: self.facts,
            cases: self.cases,
            warning: self.warning,
            typed: form.typed(),
            seen: form.versie,
            errors,
            reached: self.reached,
        }
    }
}

/// GET `/aanbieders/{nr}/overeenkomst/{id}/handelingen/{handeling}`
pub async fn form_of_office(who: Insider, at: Path<(String, i64, String)>) -> HttpResponse {
    let (nr, id, word) = at.into_inner();
    who.answer(show(&who, At::office((nr, id)), word).await)
}

/// GET `/mijn/looptijd/{id}/handelingen/{handeling}`
pub async fn form_of_provider(who: Insider, at: Path<(i64, String)>) -> HttpResponse {
    let (id, word) = at.into_inner();
    who.answer(show(&who, At::provider(id), word).await)
}

async fn show(who: &Insider, at: At, word: String) -> Result<HttpResponse, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let known = house::read(&who.house, move |conn| known(conn, &actor, lang, today, &at, &word)).await?;
    let form = ActForm { versie: known.reached.life.version, ..ActForm::default() };
    Ok(answer(StatusCode::OK, &known.page(who, &form, false, FormErrors::default())))
}

/// POST `/aanbieders/{nr}/overeenkomst/{id}/handelingen/{handeling}`
pub async fn act_of_office(who: Insider, at: Path<(String, i64, String)>, form: Form<ActForm>) -> HttpResponse {
    let (nr, id, word) = at.into_inner();
    who.answer(carry_out(&who, At::office((nr, id)), word, form.into_inner()).await)
}

/// POST `/mijn/looptijd/{id}/handelingen/{handeling}`
pub async fn act_of_provider(who: Insider, at: Path<(i64, String)>, form: Form<ActForm>) -> HttpResponse {
    let (id, word) = at.into_inner();
    who.answer(carry_out(&who, At::provider(id), word, form.into_inner()).await)
}

/// Where a refusal stands on the form.
const FIELDS: &[Field] = &[
    ("reden", |refusal| matches!(refusal, LifeRefusal::ReasonMissing | LifeRefusal::HoldsBsn)),
    ("grond", |refusal| matches!(refusal, LifeRefusal::GroundMissing)),
    ("dag", |refusal| {
        matches!(refusal, LifeRefusal::StopTooSoon(_) | LifeRefusal::DeliveryTooSoon(_) | LifeRefusal::NotLater(_))
    }),
    ("zaak", |refusal| matches!(refusal, LifeRefusal::NoSuchCase)),
    ("niet_gespaard", |refusal| matches!(refusal, LifeRefusal::Spared)),
];

async fn carry_out(who: &Insider, at: At, word: String, form: ActForm) -> Result<HttpResponse, Turn> {
    let (actor, now, today, lang) = (who.actor(), who.house.now(), who.house.today(), who.lang);
    let asked = at.clone();
    let known = house::read(&who.house, move |conn| known(conn, &actor, lang, today, &asked, &word)).await?;
    if form.stap == "wijzigen" {
        return Ok(answer(StatusCode::OK, &known.page(who, &form, false, FormErrors::default())));
    }
    let errors = missing(lang, known.act, &form);
    if !errors.is_empty() {
        return Ok(answer(StatusCode::BAD_REQUEST, &known.page(who, &form, false, errors)));
    }
    let sure = form.stap == "vastleggen";
    let (actor, act, id, back) = (who.actor(), known.act, known.reached.life.id, known.reached.path());
    let (provider_id, said, seen) = (known.reached.life.provider_id, form.typed(), form.versie);
    let work = move |conn: &mut Conn| {
        let cases = cases::cases_of(conn, &actor, provider_id, today)?;
        let last_client = cases::last_client(conn, &actor, provider_id, today)?;
        let known = Asked { last_client, cases: &cases };
        told(verb(conn, &actor, (now, today), (id, seen), act, &said, known), &back).map(|done| done.map(|()| back))
    };
    // What the last button would refuse is told before the check page, with the form.
    let done = match sure {
        true => house::write(&who.house, work).await?,
        false => house::rehearse(&who.house, work).await?,
    };
    match done {
        Ok(_) if !sure => Ok(answer_to_check(&known.page(who, &form, true, FormErrors::default()))),
        Ok(back) => Ok(see_other(&back)),
        Err(refusal) => {
            let errors = errors_of(lang, &refusal, FIELDS);
            Ok(answer(StatusCode::CONFLICT, &known.page(who, &form, false, errors)))
        }
    }
}

/// What is asked of the form before it is shown once more.
fn missing(lang: Lang, act: Act, form: &ActForm) -> FormErrors {
    let mut errors = FormErrors::default();
    let mut tell = |field: &str, words: String| errors.fields.push((field.to_owned(), words));
    let typed = form.typed();
    if !act.grounds().is_empty() && !typed.ground.is_some_and(|ground| act.grounds().contains(&ground)) {
        tell("grond", LifeRefusal::GroundMissing.in_words(lang));
    }
    if act == Act::StopDelivery && typed.case.is_empty() {
        tell("zaak", LifeRefusal::NoSuchCase.in_words(lang));
    }
    if act.needs_day() && read_day(&typed.day).is_none() {
        tell("dag", fl!(lang.texts(), "life-day-wanted"));
    }
    if act.needs_words() && typed.words.trim().is_empty() {
        tell("reden", LifeRefusal::ReasonMissing.in_words(lang));
    }
    if form.validate().is_err() {
        tell("reden", fl!(lang.texts(), "front-too-long", most = 4000));
    }
    errors
}

/// What the verbs ask of the clients.
struct Asked<'a> {
    last_client: Option<NaiveDate>,
    cases: &'a [String],
}

fn verb(
    conn: &mut Conn,
    actor: &Actor,
    (now, today): (NaiveDateTime, NaiveDate),
    (id, seen): (i64, i32),
    act: Act,
    said: &Typed,
    known: Asked<'_>,
) -> Result<(), Fault> {
    let (words, ground, cases) = (said.words.as_str(), said.ground, known.cases);
    let day = read_day(&said.day).unwrap_or(today);
    match act {
        Act::StopClients => running::stop_clients(conn, actor, now, today, id, seen, ground, words),
        Act::AskStop => running::ask_stop(conn, actor, now, today, id, seen, day, words),
        Act::AgreeStop => running::agree_stop(conn, actor, now, today, id, seen, words),
        Act::RefuseStop => running::refuse_stop(conn, actor, now, id, seen, words),
        Act::LiftStop => running::lift_stop(conn, actor, now, today, id, seen, words),
        Act::GiveNotice => leaving::give_notice(conn, actor, now, today, id, seen, words, cases),
        Act::Terminate => {
            let weighed = Weighed { last_client: known.last_client, not_spared: said.not_spared };
            leaving::terminate(conn, actor, now, today, id, seen, ground, weighed, words, cases)
        }
        Act::Intend => dissolving::intend(conn, actor, now, today, id, seen, ground, words),
        Act::StateViews => dissolving::state_views(conn, actor, now, today, id, seen, words),
        Act::DropIntention => dissolving::drop_intention(conn, actor, now, id, seen, words),
        Act::Dissolve => dissolving::dissolve(conn, actor, now, today, id, seen, words, cases),
        Act::DissolveAtOnce => dissolving::dissolve_at_once(conn, actor, now, today, id, seen, ground, words, cases),
        Act::Extend => running::extend(conn, actor, now, today, id, seen, day, words),
        Act::StopDelivery => delivery::stop_delivery(conn, actor, now, today, id, seen, &said.case, day, words, cases),
    }
    .map(drop)
}
