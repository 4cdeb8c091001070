//! Asking for a supplement (aanvulling vragen): what is ticked, the words to each, and the term; first shown once more.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use askama::Template;
use i18n_embed_fl::fl;
use validator::Validate;

use super::{criterion_status, errors_of, found_at, frame_below, link_to, name_of, or_refusal, path_of};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::{Application, CriterionState, Part, Refusal, Step, Verb, eyes, review, supplement};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, ProviderLink, Status, answer, answer_to_check};
use crate::procedure::{outages, store::terms};
use crate::term::Term;

/// GET and POST `/aanmeldingen/{nr}/aanvulling`.
#[derive(Template)]
#[template(path = "bench/supplement.html")]
pub struct SupplementPage {
    pub frame: Frame,
    pub number: String,
    pub provider: String,
    pub lead: String,
    pub parts: Vec<PartLine>,
    pub message: String,
    pub checking: bool,
    pub seen: i32,
    pub errors: FormErrors,
}

/// A part that may be asked for.
#[derive(Debug, Clone)]
pub struct PartLine {
    /// As it is sent: `criterion/M09`.
    pub part: String,
    pub name: String,
    pub status: Option<Status>,
    pub ticked: bool,
    pub words: String,
    pub error: Option<String>,
}

impl SupplementPage {
    fn title(&self) -> String {
        match self.checking {
            true => fl!(self.frame.t(), "bench-ask-check"),
            false => fl!(self.frame.t(), "bench-ask"),
        }
    }

    fn asked(&self) -> impl Iterator<Item = &PartLine> {
        self.parts.iter().filter(|line| line.ticked)
    }
}

/// What was sent: pairs, as there is a tick and a text for every part.
#[derive(Debug, Default, Validate)]
struct Asked {
    seen: i32,
    #[validate(length(max = 8000))]
    message: String,
    step: String,
    #[validate(length(max = 200))]
    ticked: Vec<String>,
    #[validate(length(max = 200))]
    words: Vec<(String, String)>,
}

impl Asked {
    fn read(pairs: Vec<(String, String)>) -> Result<Asked, Turn> {
        let mut asked = Asked::default();
        for (name, value) in pairs {
            match name.as_str() {
                "versie" => asked.seen = value.parse().map_err(|_| Turn::BadRequest)?,
                "bericht" => asked.message = value,
                "stap" => asked.step = value,
                "onderdeel" => asked.ticked.push(value),
                other => {
                    if let Some(part) = other.strip_prefix("woorden/") {
                        asked.words.push((part.to_owned(), value));
                    }
                }
            }
        }
        let long = asked.words.iter().any(|(_, words)| words.chars().count() > 4000);
        if asked.validate().is_err() || long { Err(Turn::BadRequest) } else { Ok(asked) }
    }

    fn words_to(&self, part: &str) -> String {
        self.words.iter().find(|(of, _)| of == part).map(|(_, words)| words.clone()).unwrap_or_default()
    }

    fn parts(&self) -> Result<Vec<(Part, String)>, Turn> {
        let part = |written: &String| Some((Part::read(written)?, self.words_to(written)));
        self.ticked.iter().map(|written| part(written).ok_or(Turn::BadRequest)).collect()
    }
}

struct Known {
    found: Application,
    provider: ProviderLink,
    /// Each part with its name and, of a criterion, its state.
    parts: Vec<(Part, String, Option<Status>)>,
    /// What was found to need a supplement already, with the reason that was given.
    found_wanting: Vec<(String, String)>,
    aside: Option<Refusal>,
    term: Term,
}

fn known(who: &Insider, number: String) -> impl FnOnce(&mut Conn) -> Result<Known, Turn> + Send + 'static {
    let (actor, lang, today): (Actor, _, _) = (who.actor(), who.lang, who.house.today());
    move |conn| {
        let (found, provider) = found_at(conn, &actor, &number)?;
        if !Verb::AskSupplement.roles().contains(&actor.role()) {
            return Err(Turn::NotAllowed);
        }
        let mut criteria = review::of_application(conn, &actor, found.id)?;
        let verdicts = review::verdicts(conn, &actor, &[found.id])?;
        let wanting = criteria.iter().filter(|(row, _)| row.state == CriterionState::RepairAsked);
        let found_wanting = wanting.map(|(row, _)| {
            let reason = verdicts.get(&row.id).and_then(|all| all.first()).map(|newest| newest.reason.clone());
            (Part::Criterion(row.code.clone()).to_string(), reason.unwrap_or_default())
        });
        let found_wanting = found_wanting.collect();
        // What is good already is seldom asked for: it stands after the rest.
        criteria.sort_by_key(|(row, _)| row.state.is_good());
        let mut parts: Vec<_> = criteria
            .into_iter()
            .filter(|(_, criterion)| criterion.repairable)
            .map(|(row, criterion)| {
                let name = name_of(lang, &criterion);
                (Part::Criterion(row.code), name, Some(criterion_status(lang, row.state)))
            })
            .collect();
        parts.extend(Step::ALL.iter().map(|step| (Part::Step(*step), step.in_words(lang), None)));
        let term = terms(conn, &actor, today)?.supplement.begin(today, &outages::days(conn, &actor)?);
        let aside = eyes::interest_in(conn, &actor, today, provider.id)?;
        Ok(Known { found, provider: link_to(&provider), parts, found_wanting, aside, term })
    }
}

impl Known {
    fn page(&self, who: &Insider, asked: &Asked, checking: bool, errors: FormErrors) -> Result<SupplementPage, Turn> {
        let lang = who.lang;
        let line = |(part, name, status): &(Part, String, Option<Status>)| {
            let part = part.to_string();
            PartLine {
                ticked: asked.ticked.contains(&part),
                words: asked.words_to(&part),
                error: errors.at(&format!("woorden/{part}")).map(str::to_owned),
                name: name.clone(),
                status: status.clone(),
                part,
            }
        };
        let (day, rule) = (lang.day(self.term.due), self.term.rule_in_words(lang));
        Ok(SupplementPage {
            frame: frame_below(who, &self.found, &self.provider)?,
            number: self.found.number.to_string(),
            provider: self.provider.name.clone(),
            lead: fl!(lang.texts(), "bench-ask-lead", day = day, rule = rule),
            parts: self.parts.iter().map(line).collect(),
            message: asked.message.clone(),
            checking,
            seen: asked.seen,
            errors,
        })
    }

    fn named(&self) -> impl Fn(&str) -> String + '_ {
        move |code| {
            let part = Part::Criterion(code.to_owned());
            let found = self.parts.iter().find(|(one, ..)| *one == part);
            found.map_or_else(|| code.to_owned(), |(_, name, _)| name.clone())
        }
    }

    /// Nothing ticked, or a tick without words.
    fn errors(&self, who: &Insider, asked: &Asked) -> FormErrors {
        let mut errors = FormErrors::default();
        if asked.ticked.is_empty() {
            errors.whole.push(Refusal::NothingAsked.in_words(who.lang));
        }
        for (part, name, _) in &self.parts {
            let part = part.to_string();
            if asked.ticked.contains(&part) && asked.words_to(&part).trim().is_empty() {
                let said = fl!(who.lang.texts(), "bench-ask-missing", part = name.as_str());
                errors.fields.push((format!("woorden/{part}"), said));
            }
        }
        errors
    }
}

/// GET `/aanmeldingen/{nr}/aanvulling`
pub async fn form(who: Insider, number: Path<String>) -> HttpResponse {
    who.answer(show(&who, number.into_inner()).await)
}

async fn show(who: &Insider, number: String) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    let known = house::read(&who.house, known(who, number)).await?;
    let ticked = known.found_wanting.iter().map(|(part, _)| part.clone()).collect();
    let words = known.found_wanting.clone();
    let asked = Asked { seen: known.found.version, ticked, words, ..Asked::default() };
    let whole = known.aside.iter().map(|refusal| refusal.in_words(who.lang)).collect();
    Ok(answer(StatusCode::OK, &known.page(who, &asked, false, FormErrors { fields: vec![], whole })?))
}

/// POST `/aanmeldingen/{nr}/aanvulling`
pub async fn ask(who: Insider, number: Path<String>, pairs: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(carry_out(&who, number.into_inner(), pairs.into_inner()).await)
}

async fn carry_out(who: &Insider, number: String, pairs: Vec<(String, String)>) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    let asked = Asked::read(pairs)?;
    let known = house::read(&who.house, known(who, number)).await?;
    let errors = known.errors(who, &asked);
    if !errors.is_empty() {
        return Ok(answer(StatusCode::BAD_REQUEST, &known.page(who, &asked, false, errors)?));
    }
    if asked.step != "vastleggen" {
        let checking = asked.step == "controleren";
        return Ok(answer_to_check(&known.page(who, &asked, checking, FormErrors::default())?));
    }
    let (actor, now, today, id) = (who.actor(), who.house.now(), who.house.today(), known.found.id);
    let (seen, message, parts) = (asked.seen, asked.message.clone(), asked.parts()?);
    let done = house::write(&who.house, move |conn| {
        or_refusal(supplement::ask(conn, &actor, now, today, id, seen, &message, &parts))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&path_of(known.found.number))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal, "bericht", &known.named());
            Ok(answer(status, &known.page(who, &asked, false, errors)?))
        }
    }
}
