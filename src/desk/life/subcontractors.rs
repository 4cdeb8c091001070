//! The subcontractors (onderaannemers) under an agreement: the provider asks, the contract manager answers, both see all.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{At, Field, Reached, errors_of, reach, told};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::agreement;
use crate::agreement::life::LifeRefusal;
use crate::agreement::life::subcontracting::{self, Answer, NewSubcontractor, SubState, Subcontractor, may_ask};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::ids::Kvk;
use crate::page::entry::read_day;
use crate::page::{Entry, FormErrors, Frame, Status, Tone, answer};
use crate::procedure;
use crate::text::Lang;

/// GET and POST `…/onderaannemers`
#[derive(Template)]
#[template(path = "life/subcontractors.html")]
pub struct SubcontractorsPage {
    pub frame: Frame,
    pub reached: Reached,
    pub role: Role,
    pub all: Vec<Subcontractor>,
    /// What the agreement lets the provider deliver: code and name.
    pub products: Vec<(String, String)>,
    pub typed: SubForm,
    pub errors: FormErrors,
}

/// What the provider asks, or what is answered to a request.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct SubForm {
    /// `vragen`, `akkoord`, `weigeren` or `beeindigen`.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub actie: String,
    #[serde(default)]
    pub wie: i64,
    #[serde(default)]
    #[validate(length(max = 200))]
    pub naam: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub kvk: String,
    /// Codes, with commas between.
    #[serde(default)]
    #[validate(length(max = 400))]
    pub producten: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub vanaf: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub tot: String,
    #[serde(default)]
    #[validate(length(max = 5))]
    pub zzp: String,
    #[serde(default)]
    #[validate(length(max = 5))]
    pub register: String,
    #[serde(default)]
    #[validate(length(max = 2000))]
    pub reden: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub einde: String,
}

impl SubcontractorsPage {
    fn path(&self) -> String {
        format!("{}/onderaannemers", self.reached.path())
    }

    fn status(&self, one: &Subcontractor) -> Status {
        let lang = self.frame.lang;
        match (one.state, one.solo) {
            (SubState::Asked, _) => Status::new(Tone::Todo, one.state.in_words(lang)),
            (SubState::Agreed, true) => Status::new(Tone::Ok, fl!(lang.texts(), "life-sub-no-consent")),
            (SubState::Agreed, false) => Status::new(Tone::Ok, one.state.in_words(lang)),
            (SubState::Refused, _) => Status::new(Tone::Bad, one.state.in_words(lang)),
            (SubState::Ended, _) => Status::new(Tone::Idle, one.state.in_words(lang)),
        }
        .plain()
    }

    fn may_ask(&self) -> bool {
        may_ask(self.role) && self.reached.life.state.runs()
    }

    fn answers(&self, one: &Subcontractor) -> bool {
        self.role == Role::ContractManager && one.state == SubState::Asked
    }

    fn ends(&self, one: &Subcontractor) -> bool {
        (self.role == Role::ContractManager || may_ask(self.role)) && one.state == SubState::Agreed
    }

    fn reason(&self, one: &Subcontractor) -> Entry {
        self.of_row(Entry::line(self.frame.lang, "reden", fl!(self.frame.t(), "life-sub-reason"), ""), one)
    }

    fn end(&self, one: &Subcontractor) -> Entry {
        self.of_row(Entry::day(self.frame.lang, "einde", fl!(self.frame.t(), "life-sub-last-day"), ""), one)
    }

    /// A field of a row, with the error when it is that row that was answered.
    fn of_row(&self, entry: Entry, one: &Subcontractor) -> Entry {
        if self.typed.wie == one.id { entry.told(&self.errors) } else { entry }
    }

    /// The row that is answered, above the list: only one form at a time has these fields.
    fn open(&self) -> Option<&Subcontractor> {
        let chosen = self.all.iter().find(|one| one.id == self.typed.wie);
        chosen.filter(|one| self.answers(one) || self.ends(one))
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let products: Vec<&str> = self.products.iter().map(|(code, _)| code.as_str()).collect();
        let entries = vec![
            Entry::line(lang, "naam", fl!(t, "life-sub-name"), &typed.naam),
            Entry::line(lang, "kvk", fl!(t, "life-sub-kvk"), &typed.kvk),
            Entry::line(lang, "producten", fl!(t, "life-sub-products"), &typed.producten).hint(fl!(
                t,
                "life-sub-products-hint",
                codes = products.join(", ")
            )),
            Entry::day(lang, "vanaf", fl!(t, "life-sub-from"), &typed.vanaf),
            Entry::day(lang, "tot", fl!(t, "life-sub-until"), &typed.tot).hint(fl!(t, "life-sub-until-hint")),
            Entry::tick(lang, "zzp", fl!(t, "life-sub-solo"), typed.zzp == "ja").hint(fl!(t, "life-sub-solo-hint")),
            Entry::tick(lang, "register", fl!(t, "life-sub-registered"), typed.register == "ja"),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

/// Which one is answered.
#[derive(Debug, Default, Deserialize)]
pub struct SubQuery {
    wie: Option<i64>,
}

/// GET `/aanbieders/{nr}/overeenkomst/{id}/onderaannemers`
pub async fn of_office(who: Insider, at: Path<(String, i64)>, query: Query<SubQuery>) -> HttpResponse {
    let form = SubForm { wie: query.wie.unwrap_or_default(), ..SubForm::default() };
    who.answer(show(&who, At::office(at.into_inner()), form, FormErrors::default()).await)
}

/// GET `/mijn/looptijd/{id}/onderaannemers`
pub async fn of_provider(who: Insider, at: Path<i64>, query: Query<SubQuery>) -> HttpResponse {
    let form = SubForm { wie: query.wie.unwrap_or_default(), ..SubForm::default() };
    who.answer(show(&who, At::provider(at.into_inner()), form, FormErrors::default()).await)
}

async fn show(who: &Insider, at: At, typed: SubForm, errors: FormErrors) -> Result<HttpResponse, Turn> {
    let (actor, lang, today) = (who.actor(), who.lang, who.house.today());
    let (reached, all, products) = house::read(&who.house, move |conn| {
        let reached = reach(conn, &actor, &at)?;
        let all = subcontracting::of(conn, &actor, &reached.life)?;
        let products = allowed(conn, &actor, lang, today, &reached)?;
        Ok((reached, all, products))
    })
    .await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let (frame, role) = (reached.frame_below(who, "onderaannemers"), who.person().role);
    Ok(answer(status, &SubcontractorsPage { frame, reached, role, all, products, typed, errors }))
}

fn allowed(
    conn: &mut Conn,
    actor: &Actor,
    lang: Lang,
    today: chrono::NaiveDate,
    reached: &Reached,
) -> diesel::QueryResult<Vec<(String, String)>> {
    let Some(version) = reached.life.version_on(today) else { return Ok(Vec::new()) };
    let ids = agreement::store::products(conn, actor, version.id)?;
    let catalogue = procedure::store::catalogue(conn, actor)?.into_iter().filter(|one| ids.contains(&one.id));
    Ok(catalogue.map(|one| (one.code.clone(), one.name.in_lang(lang).to_owned())).collect())
}

/// POST `/aanbieders/{nr}/overeenkomst/{id}/onderaannemers`
pub async fn answer_of_office(who: Insider, at: Path<(String, i64)>, form: Form<SubForm>) -> HttpResponse {
    who.answer(take(&who, At::office(at.into_inner()), form.into_inner()).await)
}

/// POST `/mijn/looptijd/{id}/onderaannemers`
pub async fn answer_of_provider(who: Insider, at: Path<i64>, form: Form<SubForm>) -> HttpResponse {
    who.answer(take(&who, At::provider(at.into_inner()), form.into_inner()).await)
}

/// Where a refusal stands on the form.
const FIELDS: &[Field] = &[
    ("register", |refusal| matches!(refusal, LifeRefusal::NotRegistered)),
    ("reden", |refusal| matches!(refusal, LifeRefusal::ReasonMissing)),
    ("tot", |refusal| matches!(refusal, LifeRefusal::EndBeforeBeginning)),
];

/// What a press of a button asks.
enum Asked {
    New(NewSubcontractor),
    Agreed,
    Refused,
    Ended(chrono::NaiveDate),
}

async fn take(who: &Insider, at: At, form: SubForm) -> Result<HttpResponse, Turn> {
    let (actor, now, lang, today) = (who.actor(), who.house.now(), who.lang, who.house.today());
    let asked = at.clone();
    let reader = actor.clone();
    let known = house::read(&who.house, move |conn| {
        let reached = reach(conn, &reader, &asked)?;
        allowed(conn, &reader, lang, today, &reached).map_err(Turn::from)
    })
    .await?;
    let asked = match read(lang, &form, &known) {
        Ok(asked) => asked,
        Err(errors) => return show(who, at, form, errors).await,
    };
    let (there, said) = (at.clone(), form.clone());
    let done = house::write(&who.house, move |conn| {
        let reached = reach(conn, &actor, &there)?;
        let (id, back) = (reached.life.id, format!("{}/onderaannemers", reached.path()));
        let done = match &asked {
            Asked::New(new) => subcontracting::ask(conn, &actor, now, id, new).map(drop),
            Asked::Agreed => subcontracting::answer(conn, &actor, now, id, said.wie, Answer::Agreed),
            Asked::Refused => subcontracting::answer(conn, &actor, now, id, said.wie, Answer::Refused(&said.reden)),
            Asked::Ended(day) => subcontracting::answer(conn, &actor, now, id, said.wie, Answer::Ended(*day)),
        };
        told(done, &back).map(|done| done.map(|()| back))
    })
    .await?;
    match done {
        Ok(back) => Ok(see_other(&back)),
        Err(refusal) => show(who, at, form, errors_of(lang, &refusal, FIELDS)).await,
    }
}

fn read(lang: Lang, form: &SubForm, allowed: &[(String, String)]) -> Result<Asked, FormErrors> {
    let t = lang.texts();
    let mut errors = FormErrors::default();
    if form.validate().is_err() {
        errors.whole.push(fl!(t, "life-too-long"));
        return Err(errors);
    }
    let mut tell = |field: &str, words: String| errors.fields.push((field.to_owned(), words));
    match form.actie.as_str() {
        "akkoord" => return Ok(Asked::Agreed),
        "weigeren" => return Ok(Asked::Refused),
        "beeindigen" => match read_day(&form.einde) {
            Some(day) => return Ok(Asked::Ended(day)),
            None => tell("einde", fl!(t, "life-day-wanted")),
        },
        _ => {
            let kvk: Option<Kvk> = form.kvk.trim().parse().ok();
            let codes: Vec<String> = form
                .producten
                .split(',')
                .map(|code| code.trim().to_uppercase())
                .filter(|code| !code.is_empty())
                .collect();
            let known = |code: &String| allowed.iter().find(|(one, _)| one.to_uppercase() == *code);
            let products: Option<Vec<String>> =
                codes.iter().map(|code| known(code).map(|(one, _)| one.clone())).collect();
            let (from, until) = (read_day(&form.vanaf), read_day(&form.tot));
            if form.naam.trim().is_empty() {
                tell("naam", fl!(t, "life-sub-name-wanted"));
            }
            if kvk.is_none() {
                tell("kvk", fl!(t, "life-sub-kvk-wanted"));
            }
            if products.as_ref().is_none_or(Vec::is_empty) {
                tell("producten", fl!(t, "life-sub-products-wanted"));
            }
            if from.is_none() {
                tell("vanaf", fl!(t, "life-day-wanted"));
            }
            if until.is_none() && !form.tot.trim().is_empty() {
                tell("tot", fl!(t, "life-day-wanted"));
            }
            if let (Some(kvk), Some(products), Some(first_day), true) = (kvk, products, from, errors.fields.is_empty())
            {
                return Ok(Asked::New(NewSubcontractor {
                    name: form.naam.clone(),
                    kvk,
                    solo: form.zzp == "ja",
                    products,
                    first_day,
                    last_day: until,
                    registered: form.register == "ja",
                }));
            }
        }
    }
    Err(errors)
}
