//! Answering: taking up, advising, deciding, and what comes after; each through the verb of the dossier, which may refuse.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::act::{Act, ActPage};
use super::application::spoken_advice;
use super::{criterion_status, errors_of, found_at, frame_below, link_to, name_of, or_refusal, path_of};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::decision::{self, Advice, Outcome, Turn as CaseTurn};
use crate::dossier::eyes::{self, Aside};
use crate::dossier::review::{self, CriterionRow, Verdict};
use crate::dossier::store::Fault;
use crate::dossier::{Application, CriterionState, Refusal, supplement};
use crate::house::{self, Turn};
use crate::page::{FormErrors, ProviderLink, answer, answer_to_check};
use crate::procedure::criterion::Criterion;
use crate::procedure::{admission, outages, store::terms};
use crate::term::Term;
use crate::text::Lang;

type ActPath = Path<(String, String)>;

/// What was written, and which button was pressed.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct ActForm {
    versie: i32,
    #[serde(default)]
    #[validate(length(max = 8000))]
    woorden: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    voorstel: String,
    /// `controleren`, `wijzigen` or `vastleggen`.
    #[serde(default)]
    #[validate(length(max = 20))]
    stap: String,
}

struct Known {
    act: Act,
    found: Application,
    provider: ProviderLink,
    criteria: Vec<(CriterionRow, Criterion)>,
    reasons: Vec<(i64, Verdict)>,
    advice: Vec<Advice>,
    aside: Aside,
    /// The criteria without a result that an advice to refuse waits for, and those that one to admit waits for.
    unjudged: [Vec<String>; 2],
    not_met: Vec<String>,
    remedy: Option<(admission::Remedy, String, Term)>,
}

fn known(conn: &mut Conn, actor: &Actor, today: NaiveDate, path: &(String, String)) -> Result<Known, Turn> {
    let act: Act = path.1.parse().map_err(|_| Turn::NotFound)?;
    let (found, provider) = found_at(conn, actor, &path.0)?;
    if !act.verb().roles().contains(&actor.role()) {
        return Err(Turn::NotAllowed);
    }
    let verdicts = review::verdicts(conn, actor, &[found.id])?;
    let reasons = verdicts.into_iter().filter_map(|(id, all)| Some((id, all.into_iter().next()?)));
    let remedy = match (act, admission::store::find(conn, actor, found.procedure_id)?) {
        (Act::Refuse, Some(procedure)) => {
            let (remedy, court) = (procedure.details.remedy, procedure.details.court);
            let rule = remedy.term(&terms(conn, actor, today)?);
            Some((remedy, court, rule.begin(today, &outages::days(conn, actor)?)))
        }
        _ => None,
    };
    Ok(Known {
        act,
        criteria: review::of_application(conn, actor, found.id)?,
        reasons: reasons.collect(),
        advice: decision::advice(conn, actor, found.id)?,
        aside: eyes::aside(conn, actor, today, &found)?,
        unjudged: [
            decision::unjudged_for(conn, actor, &found, Outcome::Refused)?,
            decision::unjudged_for(conn, actor, &found, Outcome::Admitted)?,
        ],
        not_met: decision::not_met(conn, actor, found.id)?,
        remedy,
        provider: link_to(&provider),
        found,
    })
}

impl Known {
    fn page(&self, who: &Insider, form: &ActForm, checking: bool, errors: FormErrors) -> Result<ActPage, Turn> {
        let lang = who.lang;
        let mut frame = frame_below(who, &self.found, &self.provider)?;
        frame.here = format!("{}/handelingen/{}", path_of(self.found.number), self.act);
        Ok(ActPage {
            frame,
            act: self.act,
            number: self.found.number.to_string(),
            provider: self.provider.name.clone(),
            checking,
            blocked: self.blocked(form).iter().map(|one| one.in_words_with(lang, &self.named(lang))).collect(),
            open: self.blocked(&ActForm::default()).is_empty(),
            not_met: self.reasons_of_refusal(lang),
            advice: match self.act {
                Act::Admit | Act::Refuse | Act::SendBack => {
                    self.advice.iter().take(1).cloned().map(|one| spoken_advice(lang, one)).collect()
                }
                _ => Vec::new(),
            },
            remedy: self.remedy.as_ref().map(|(remedy, court, term)| {
                let (day, rule) = (lang.day(term.due), term.rule_in_words(lang));
                fl!(lang.texts(), "bench-remedy", day = day, remedy = remedy.in_words(lang, court), rule = rule)
            }),
            proposal: form.voorstel.parse().ok(),
            words: form.woorden.clone(),
            seen: form.versie,
            errors,
        })
    }

    /// What the verb will refuse, told before anything is written.
    fn blocked(&self, form: &ActForm) -> Vec<Refusal> {
        let mut blocked = Vec::new();
        if self.act.verb().leads(self.found.state).is_none() {
            return vec![Refusal::NotNow(self.found.state)];
        }
        let deciding = matches!(self.act, Act::Admit | Act::Refuse);
        let aside = if deciding { &self.aside.deciding } else { &self.aside.at_all };
        blocked.extend(aside.clone());
        let to_admit = self.act == Act::Advise && form.voorstel == Outcome::Admitted.as_str();
        let unjudged = &self.unjudged[usize::from(to_admit)];
        if self.act == Act::Advise && !unjudged.is_empty() {
            blocked.push(Refusal::Unjudged(unjudged.clone()));
        }
        if (self.act == Act::Admit || to_admit) && !self.not_met.is_empty() {
            blocked.push(Refusal::NotAllMet(self.not_met.clone()));
        }
        blocked
    }

    /// The criteria of a list of codes by their names.
    fn named(&self, lang: Lang) -> impl Fn(&str) -> String + '_ {
        move |code| {
            let found = self.criteria.iter().find(|(row, _)| row.code == code);
            found.map_or_else(|| code.to_owned(), |(_, criterion)| name_of(lang, criterion))
        }
    }

    fn reasons_of_refusal(&self, lang: Lang) -> Vec<(String, crate::page::Status, String)> {
        if !matches!(self.act, Act::Advise | Act::Refuse | Act::Admit) {
            return Vec::new();
        }
        let bad = self.criteria.iter().filter(|(row, _)| row.state == CriterionState::NotMet);
        bad.map(|(row, criterion)| {
            let reason = self.reasons.iter().find(|(id, _)| *id == row.id).map(|(_, verdict)| verdict.reason.clone());
            (name_of(lang, criterion), criterion_status(lang, row.state), reason.unwrap_or_default())
        })
        .collect()
    }
}

/// GET `/aanmeldingen/{nr}/handelingen/{handeling}`
pub async fn form(who: Insider, path: ActPath) -> HttpResponse {
    who.answer(show(&who, path.into_inner()).await)
}

async fn show(who: &Insider, path: (String, String)) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    let (actor, today) = (who.actor(), who.house.today());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &path)).await?;
    let form = ActForm { versie: known.found.version, ..ActForm::default() };
    Ok(answer(StatusCode::OK, &known.page(who, &form, false, FormErrors::default())?))
}

/// POST `/aanmeldingen/{nr}/handelingen/{handeling}`
pub async fn act(who: Insider, path: ActPath, form: Form<ActForm>) -> HttpResponse {
    who.answer(carry_out(&who, path.into_inner(), &form).await)
}

async fn carry_out(who: &Insider, path: (String, String), form: &ActForm) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, today) = (who.actor(), who.house.now(), who.house.today());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, &path)).await?;
    if form.stap == "wijzigen" {
        return Ok(answer(StatusCode::OK, &known.page(who, form, false, FormErrors::default())?));
    }
    let proposal: Option<Outcome> = form.voorstel.parse().ok();
    let mut errors = FormErrors::default();
    if known.act == Act::Advise && proposal.is_none() {
        let id = format!("voorstel-{}", Outcome::Admitted);
        errors.fields.push((id, fl!(who.lang.texts(), "bench-choose-proposal")));
    }
    let needs_words = match known.act {
        Act::TakeUp | Act::Admit | Act::SetAside => false,
        Act::Advise => proposal == Some(Outcome::Refused),
        _ => true,
    };
    if needs_words && form.woorden.trim().is_empty() {
        errors.fields.push(("woorden".to_owned(), Refusal::ReasonMissing.in_words(who.lang)));
    }
    // No check page for an advice that will be refused: what stands in the way is said at once.
    if known.act == Act::Advise && proposal == Some(Outcome::Admitted) {
        let stands = known.blocked(form).into_iter().filter(|_| known.blocked(&ActForm::default()).is_empty());
        errors.whole.extend(stands.map(|refusal| refusal.in_words_with(who.lang, &known.named(who.lang))));
    }
    if !errors.is_empty() {
        return Ok(answer(StatusCode::BAD_REQUEST, &known.page(who, form, false, errors)?));
    }
    if known.act.is_checked() && form.stap != "vastleggen" {
        return Ok(answer_to_check(&known.page(who, form, true, FormErrors::default())?));
    }
    let (actor, act, id, seen) = (who.actor(), known.act, known.found.id, form.versie);
    let words = form.woorden.clone();
    let done = house::write(&who.house, move |conn| {
        let said = Said { proposal: proposal.unwrap_or(Outcome::Refused), words: &words };
        or_refusal(carry_out_verb(conn, &actor, (now, today), (id, seen), act, &said))
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&path_of(known.found.number))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal, "woorden", &known.named(who.lang));
            Ok(answer(status, &known.page(who, form, false, errors)?))
        }
    }
}

struct Said<'a> {
    /// Of an advice; the other acts have none.
    proposal: Outcome,
    words: &'a str,
}

fn carry_out_verb(
    conn: &mut Conn,
    actor: &Actor,
    (now, today): (NaiveDateTime, NaiveDate),
    (id, seen): (i64, i32),
    act: Act,
    said: &Said<'_>,
) -> Result<(), Fault> {
    let turn = |conn: &mut Conn, turn| decision::turn(conn, actor, now, today, id, seen, turn, said.words);
    match act {
        Act::TakeUp => decision::take_up(conn, actor, now, today, id, seen),
        Act::Advise => decision::advise(conn, actor, now, today, id, seen, said.proposal, said.words),
        Act::Admit => decision::admit(conn, actor, now, today, id, seen, said.words),
        Act::Refuse => decision::refuse(conn, actor, now, today, id, seen, said.words),
        Act::SendBack => decision::send_back(conn, actor, now, today, id, seen, said.words),
        Act::SetAside => supplement::set_aside(conn, actor, now, today, id, seen, said.words),
        Act::NoteCase => turn(conn, CaseTurn::NoteCase),
        Act::Reopen => turn(conn, CaseTurn::Reopen),
        Act::LoseCase => turn(conn, CaseTurn::LoseCase),
        Act::Lapse => turn(conn, CaseTurn::Lapse),
    }
}
