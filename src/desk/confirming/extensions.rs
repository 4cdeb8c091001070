//! Extensions (verlengingen): the provider asks with a motive before the term of a trajectory ends; the client's contact
//! person permits it, or refuses with a reason. The office reads along on the provider's page.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{frame, judge_again, look, own};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::calendar::wall_clock;
use crate::client::names::may_look;
use crate::confirmation::may_confirm;
use crate::desk::web::handlers::{find, link};
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{Choice, Entry, EntryKind, FormErrors, Frame, Section, Side, Status, Tone, answer};
use crate::provider;
use crate::text::Lang;
use crate::trajectory::extension::{
    Asked, ExtensionRequest, ExtensionState, Refusal, Running, Whose, ask, requests, running,
};
use crate::trajectory::{extension, outcomes};

/// GET and POST `/verlengingen` and `/aanbieders/{nr}/verlengingen`
#[derive(Template)]
#[template(path = "confirming/extensions.html")]
pub struct ExtensionsPage {
    pub frame: Frame,
    /// Where its forms go.
    pub path: String,
    /// The contact person answers; the others read.
    pub answers: bool,
    /// Of what the provider can ask an extension; empty for everybody else.
    pub running: Vec<Running>,
    /// The provider's own people.
    pub asks: bool,
    pub rows: Vec<ExtensionRow>,
    /// The request that is answered.
    pub open: Option<ExtensionRow>,
    pub typed: ExtensionForm,
    pub saved: bool,
    pub errors: FormErrors,
}

#[derive(Debug, Clone)]
pub struct ExtensionRow {
    pub request: ExtensionRequest,
    pub provider: String,
    pub name: Option<String>,
}

/// What is asked, or answered.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct ExtensionForm {
    #[serde(default)]
    pub verzoek: i64,
    #[serde(default)]
    #[validate(length(max = 10))]
    pub antwoord: String,
    #[serde(default)]
    #[validate(length(max = 500))]
    pub reden: String,
    #[serde(default)]
    #[validate(length(max = 40))]
    pub traject: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub tot: String,
    #[serde(default)]
    #[validate(length(max = 1000))]
    pub motief: String,
}

#[derive(Debug, Default, Deserialize, Validate)]
pub struct ExtensionQuery {
    verzoek: Option<i64>,
    #[serde(default)]
    #[validate(length(max = 5))]
    bewaard: String,
}

impl ExtensionsPage {
    fn status(&self, row: &ExtensionRow) -> Status {
        let t = self.frame.t();
        match row.request.state {
            ExtensionState::Asked if self.answers => Status::new(Tone::Todo, fl!(t, "extension-state-asked")),
            ExtensionState::Asked => Status::new(Tone::Wait, fl!(t, "extension-state-asked")),
            ExtensionState::Given => Status::new(Tone::Ok, fl!(t, "extension-state-given")).plain(),
            ExtensionState::Refused => Status::new(Tone::Bad, fl!(t, "extension-state-refused")),
        }
    }

    fn who(&self, row: &ExtensionRow) -> String {
        match &row.name {
            Some(name) => format!("{name}, {}", row.request.client_ref),
            None => row.request.client_ref.clone(),
        }
    }

    fn term(&self, row: &ExtensionRow) -> String {
        let (t, lang, one) = (self.frame.t(), self.frame.lang, &row.request);
        let term = one.term_ends_on.map(|day| lang.day_in_table(day)).unwrap_or_default();
        fl!(t, "extension-from-to", term = term, until = lang.day_in_table(one.until))
    }

    fn asked(&self, row: &ExtensionRow) -> String {
        let day = self.frame.lang.day(wall_clock(row.request.asked_at).date());
        fl!(self.frame.t(), "extension-asked-on", day = day)
    }

    /// When it was answered, and of whom within the municipality.
    fn answered(&self, row: &ExtensionRow) -> Option<String> {
        let day = self.frame.lang.day(row.request.answered_on?);
        match row.request.answered_by.as_ref().filter(|_| !self.asks) {
            Some(by) => Some(format!("{day}, {by}")),
            None => Some(day),
        }
    }

    fn waits(&self, row: &ExtensionRow) -> bool {
        self.answers && row.request.state == ExtensionState::Asked
    }

    fn answer_entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let choice = |value: &str, label| Choice::new(value, label, typed.antwoord == value);
        let answers = vec![choice("ja", fl!(t, "extension-give")), choice("nee", fl!(t, "extension-refuse"))];
        let entries = vec![
            Entry::new(lang, "antwoord", fl!(t, "extension-answer"), EntryKind::Radio(answers)),
            Entry::area(lang, "reden", fl!(t, "extension-reason"), &typed.reden)
                .hint(fl!(t, "extension-reason-hint"))
                .at_most(500),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }

    fn ask_entries(&self) -> Vec<Entry> {
        let (lang, t, typed) = (self.frame.lang, self.frame.t(), &self.typed);
        let term = |one: &Running| one.last_day().map(|day| lang.day_in_table(day)).unwrap_or_default();
        let case = |one: &Running| {
            let label = fl!(t, "extension-case-until", case = one.case_ref.as_str(), day = term(one));
            Choice::new(&one.case_ref, label, typed.traject == one.case_ref)
        };
        let none = Choice::new("", fl!(t, "extension-choose"), typed.traject.is_empty());
        let cases = EntryKind::Select(std::iter::once(none).chain(self.running.iter().map(case)).collect());
        let entries = vec![
            Entry::new(lang, "traject", fl!(t, "extension-case"), cases),
            Entry::day(lang, "tot", fl!(t, "extension-until"), &typed.tot).hint(fl!(t, "extension-until-hint")),
            Entry::area(lang, "motief", fl!(t, "extension-motive"), &typed.motief)
                .hint(fl!(t, "extension-motive-hint"))
                .at_most(1000),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

/// GET `/verlengingen`
pub async fn of_contact(who: Insider, query: Query<ExtensionQuery>) -> HttpResponse {
    let typed = ExtensionForm { verzoek: query.verzoek.unwrap_or_default(), ..ExtensionForm::default() };
    let saved = query.bewaard == "ja";
    who.answer(show_contact(&who, typed, saved, FormErrors::default(), StatusCode::OK).await)
}

async fn show_contact(
    who: &Insider,
    typed: ExtensionForm,
    saved: bool,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let mut frame = frame(who, Section::Extensions)?;
    frame.here = "/verlengingen".to_owned();
    let (actor, email) = (who.actor(), who.person().email.clone());
    let (house, now) = (who.house.clone(), who.house.now());
    let rows = house::write(&who.house, move |conn| {
        let Some(contact) = own(conn, &actor, &email)? else { return Ok(Vec::new()) };
        let found = requests(conn, &actor, Whose::Contact(contact))?;
        let wanted: BTreeSet<(i64, String)> =
            found.iter().map(|one| (one.provider_id, one.client_ref.clone())).collect();
        let names = look(conn, &house, &actor, now, &wanted)?;
        let providers = provider::store::all(conn, &actor)?;
        let row = |request: ExtensionRequest| {
            let provider = providers.iter().find(|one| one.id == request.provider_id);
            let name = names.get(&(request.provider_id, request.client_ref.clone())).cloned();
            ExtensionRow { provider: provider.map(|one| one.name.clone()).unwrap_or_default(), name, request }
        };
        Ok(found.into_iter().map(row).collect())
    })
    .await?;
    let open = rows.iter().find(|row| row.request.id == typed.verzoek).cloned();
    if typed.verzoek != 0 && open.is_none() {
        return Err(Turn::NotFound);
    }
    let open = open.filter(|row| row.request.state == ExtensionState::Asked);
    let page = ExtensionsPage {
        frame,
        path: "/verlengingen".to_owned(),
        answers: true,
        running: Vec::new(),
        asks: false,
        rows,
        open,
        typed,
        saved,
        errors,
    };
    Ok(answer(status, &page))
}

/// Where a refusal stands on the form.
fn errors_of(lang: Lang, refusal: Refusal) -> FormErrors {
    let words = refusal.in_words(lang);
    let field = match refusal {
        Refusal::ReasonMissing => "reden",
        Refusal::MotiveMissing => "motief",
        Refusal::NotLater => "tot",
        Refusal::NotFound | Refusal::NotYours | Refusal::TooLate | Refusal::AskedAlready => "traject",
        Refusal::Answered => return FormErrors { fields: Vec::new(), whole: vec![words] },
    };
    FormErrors { fields: vec![(field.to_owned(), words)], whole: Vec::new() }
}

/// POST `/verlengingen`
pub async fn answer_request(who: Insider, form: Form<ExtensionForm>) -> HttpResponse {
    who.answer(take_answer(&who, form.into_inner()).await)
}

async fn take_answer(who: &Insider, form: ExtensionForm) -> Result<HttpResponse, Turn> {
    frame(who, Section::Extensions)?;
    let (actor, email, lang) = (who.actor(), who.person().email.clone(), who.lang);
    let (now, today) = (who.house.now(), who.house.today());
    let mut errors = FormErrors::default();
    if form.validate().is_err() {
        errors.whole.push(fl!(lang.texts(), "extension-too-long"));
    }
    if !["ja", "nee"].contains(&form.antwoord.as_str()) {
        errors.fields.push(("antwoord".to_owned(), fl!(lang.texts(), "extension-answer-missing")));
    }
    if !errors.is_empty() {
        return show_contact(who, form, false, errors, StatusCode::BAD_REQUEST).await;
    }
    let said = form.clone();
    let done = house::write(&who.house, move |conn| {
        let contact = own(conn, &actor, &email)?.ok_or(Turn::NotFound)?;
        let given = if said.antwoord == "ja" { Ok(()) } else { Err(said.reden.as_str()) };
        let done = extension::answer(conn, &actor, now, today, contact, said.verzoek, given)?;
        match done {
            Ok(found) => {
                let case = |way: &(i64, _)| way.0 == found.provider_id;
                let client = outcomes::client_of(conn, &actor, found.trajectory_id)?;
                let ways = outcomes::ways_of(conn, &actor, client)?;
                let ways: Vec<_> = ways.into_iter().filter(case).collect();
                judge_again(conn, &actor, now, &ways)?;
                Ok(Ok(()))
            }
            Err(Refusal::NotFound) => Err(Turn::NotFound),
            Err(refusal) => Ok(Err(refusal)),
        }
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other("/verlengingen?bewaard=ja")),
        Err(refusal) => {
            let answered = refusal == Refusal::Answered;
            let status = if answered { StatusCode::CONFLICT } else { StatusCode::BAD_REQUEST };
            show_contact(who, form, false, errors_of(lang, refusal), status).await
        }
    }
}

/// GET `/aanbieders/{nr}/verlengingen`
pub async fn of_provider(who: Insider, key: Path<String>, query: Query<ExtensionQuery>) -> HttpResponse {
    let saved = query.bewaard == "ja";
    let (typed, errors) = (ExtensionForm::default(), FormErrors::default());
    who.answer(show_provider(&who, key.into_inner(), typed, saved, errors, StatusCode::OK).await)
}

async fn show_provider(
    who: &Insider,
    key: String,
    typed: ExtensionForm,
    saved: bool,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let (actor, today) = (who.actor(), who.house.today());
    let (house, now) = (who.house.clone(), who.house.now());
    let asks = who.side() == Side::Provider;
    let (provider, running, rows) = house::write(&who.house, move |conn| {
        let provider = find(conn, &actor, &key)?;
        // A contact person has a page of his own clients; of others he hears nothing.
        if may_confirm(&actor) {
            return Err(Turn::NotAllowed);
        }
        let running = if asks { running(conn, &actor, provider.id, today)? } else { Vec::new() };
        let found = requests(conn, &actor, Whose::Provider(provider.id))?;
        let wanted: BTreeSet<(i64, String)> = match may_look(&actor) {
            true => found.iter().map(|one| (one.provider_id, one.client_ref.clone())).collect(),
            false => BTreeSet::new(),
        };
        let names = look(conn, &house, &actor, now, &wanted)?;
        let row = |request: ExtensionRequest| {
            let name = names.get(&(request.provider_id, request.client_ref.clone())).cloned();
            ExtensionRow { provider: String::new(), name, request }
        };
        Ok((provider, running, found.into_iter().map(row).collect()))
    })
    .await?;
    let link = link(&provider);
    let path = format!("{}/verlengingen", link.path());
    let frame = Frame { here: path.clone(), ..who.frame_within(&link) };
    let page = ExtensionsPage { frame, path, answers: false, running, asks, rows, open: None, typed, saved, errors };
    Ok(answer(status, &page))
}

/// POST `/aanbieders/{nr}/verlengingen`
pub async fn ask_extension(who: Insider, key: Path<String>, form: Form<ExtensionForm>) -> HttpResponse {
    who.answer(take_request(&who, key.into_inner(), form.into_inner()).await)
}

async fn take_request(who: &Insider, key: String, form: ExtensionForm) -> Result<HttpResponse, Turn> {
    let (actor, lang, now, today) = (who.actor(), who.lang, who.house.now(), who.house.today());
    let (until, mut errors) = (read_day(&form.tot), FormErrors::default());
    if form.validate().is_err() {
        errors.whole.push(fl!(lang.texts(), "extension-too-long"));
    }
    if until.is_none() {
        errors.fields.push(("tot".to_owned(), fl!(lang.texts(), "extension-until-missing")));
    }
    let (named, said) = (key.clone(), form.clone());
    let right = errors.is_empty();
    let done = house::write(&who.house, move |conn| {
        let provider = find(conn, &actor, &named)?;
        if !actor.role().is_of_provider() {
            return Err(Turn::NotAllowed);
        }
        let Some(until) = until.filter(|_| right) else { return Ok(None) };
        let asked = Asked { case_ref: said.traject.clone(), until, motive: said.motief.clone() };
        let done = ask(conn, &actor, now, today, provider.id, &asked)?;
        Ok(Some(done.map(|()| format!("{}/verlengingen?bewaard=ja", link(&provider).path()))))
    })
    .await?;
    match done {
        Some(Ok(back)) => Ok(see_other(&back)),
        Some(Err(refusal)) => {
            show_provider(who, key, form, false, errors_of(lang, refusal), StatusCode::BAD_REQUEST).await
        }
        None => show_provider(who, key, form, false, errors, StatusCode::BAD_REQUEST).await,
    }
}
