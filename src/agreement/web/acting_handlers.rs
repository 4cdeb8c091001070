//! Answering: putting a version before the table, taking it back and establishing it; each through the verb of the text,
//! which may refuse.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::acting::{ActPage, TextAct};
use super::reading::Door;
use super::{Printable, errors_of, frame_within, or_refusal, version_at};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::agreement::text::{
    AgreementText, Article, Lack, TextRefusal, TextState, TextVersion, digest, establishing, markdown, store,
};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::{outages, store::terms};
use crate::provider;
use crate::term::TermRule;
use crate::text::Lang;

type ActPath = Path<(String, i32)>;

/// A table reacts in so many days at most.
const LONGEST: u32 = 180;

/// What was written on the page of an act.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct ActForm {
    pub versie: i32,
    #[serde(default)]
    #[validate(length(max = 4))]
    pub dagen: String,
    #[serde(default)]
    #[validate(length(max = 4000))]
    pub woorden: String,
}

struct Known {
    act: TextAct,
    text: AgreementText,
    version: TextVersion,
    articles: Vec<Article>,
    lacks: Vec<Lack>,
    /// The usual term to react.
    rule: TermRule,
    outages: Vec<NaiveDate>,
    providers: u64,
}

fn known(conn: &mut Conn, actor: &Actor, today: NaiveDate, act: TextAct, path: &(String, i32)) -> Result<Known, Turn> {
    let (text, version) = version_at(conn, actor, &path.0, path.1)?;
    let role = if act == TextAct::Establish { Role::DecisionMaker } else { Role::ContractManager };
    if actor.role() != role {
        return Err(Turn::NotAllowed);
    }
    let mut lacks = establishing::lacking(conn, actor, &version)?;
    lacks.retain(|lack| *lack != Lack::Minutes);
    Ok(Known {
        act,
        articles: store::articles(conn, actor, version.id)?,
        lacks,
        rule: terms(conn, actor, today)?.consultation,
        outages: outages::days(conn, actor)?,
        providers: provider::store::count(conn, actor, "")?,
        text,
        version,
    })
}

impl Known {
    fn page(
        &self,
        who: &Insider,
        form: ActForm,
        errors: FormErrors,
        status: StatusCode,
        printable: &Printable,
    ) -> Result<HttpResponse, Turn> {
        let frame = frame_within(who, &self.text, &self.version)?;
        let here = format!("{}/{}", Door::Office.version(&self.text.code, self.version.number), self.act);
        let page = ActPage {
            frame: Frame { here, ..frame },
            act: self.act,
            text: self.text.clone(),
            version: self.version.clone(),
            blocked: self.blocked(who.lang, printable),
            early: self.early(who.lang, who.house.today()),
            facts: self.facts(who.lang, who.house.today(), &form),
            form,
            errors,
        };
        Ok(answer(status, &page))
    }

    /// What the verb will refuse, and what paper cannot show, told before anything is done.
    fn blocked(&self, lang: Lang, printable: &Printable) -> Vec<String> {
        let right = if self.act == TextAct::Consult { TextState::Draft } else { TextState::Consultation };
        if self.version.state != right {
            return vec![TextRefusal::NotNow(self.version.state).in_words(lang)];
        }
        if self.act == TextAct::TakeBack {
            return Vec::new();
        }
        let t = lang.texts();
        let mut blocked = Vec::new();
        if !self.lacks.is_empty() {
            blocked.push(TextRefusal::Incomplete(self.lacks.clone()).in_words(lang));
        }
        for one in &self.articles {
            let odd = (printable.0)(&one.body).or((printable.0)(&one.heading));
            let faulty = odd.is_some() || !markdown::faults(&one.body).is_empty();
            if faulty {
                blocked.push(fl!(t, "agreement-page-article-faulty", number = one.number.as_str()));
            }
        }
        blocked
    }

    /// Establishing does not wait for the term to react, but who does it knows that it runs.
    fn early(&self, lang: Lang, today: NaiveDate) -> Option<String> {
        let asked = self.version.consulted.as_ref().filter(|asked| !asked.respond.is_over(today))?;
        let runs = self.act == TextAct::Establish && self.version.state == TextState::Consultation;
        runs.then(|| fl!(lang.texts(), "agreement-page-early", day = lang.day(asked.respond.due)))
    }

    fn facts(&self, lang: Lang, today: NaiveDate, form: &ActForm) -> Vec<(String, String)> {
        let t = lang.texts();
        let mut facts = vec![(fl!(t, "agreement-page-articles"), self.articles.len().to_string())];
        if let Some(from) = self.version.holds_from {
            facts.push((fl!(t, "agreement-page-holds-from"), lang.day(from)));
        }
        if let Some(until) = self.version.holds_until {
            facts.push((fl!(t, "agreement-page-holds-until"), lang.day(until)));
        }
        if self.act == TextAct::Consult {
            let due = self.term(form).unwrap_or(self.rule).begin(today, &self.outages).due;
            facts.push((
                fl!(t, "agreement-page-seen-by"),
                fl!(t, "agreement-page-all-providers", count = self.providers),
            ));
            facts.push((fl!(t, "agreement-page-respond-last"), lang.day(due)));
        }
        if self.act == TextAct::Establish {
            if let Some(asked) = &self.version.consulted {
                let by = fl!(t, "agreement-page-asked-by", by = asked.by.as_str(), day = lang.day(asked.respond.due));
                facts.push((fl!(t, "agreement-page-asked"), by));
            }
            let sum = digest(&self.text, &self.version, &self.articles);
            facts.push((fl!(t, "agreement-page-digest"), sum.as_str().to_owned()));
        }
        facts
    }

    /// The term as it was typed: other days, counted as the usual one.
    fn term(&self, form: &ActForm) -> Option<TermRule> {
        let days: u32 = form.dagen.trim().parse().ok().filter(|days| (1..=LONGEST).contains(days))?;
        Some(TermRule { count: days, ..self.rule })
    }
}

/// GET `/overeenkomsten/{code}/versies/{n}/voorleggen`
pub async fn show_consult(who: Insider, path: ActPath, printable: Data<Printable>) -> HttpResponse {
    who.answer(show(&who, TextAct::Consult, path.into_inner(), &printable).await)
}

/// GET `/overeenkomsten/{code}/versies/{n}/terugnemen`
pub async fn show_take_back(who: Insider, path: ActPath, printable: Data<Printable>) -> HttpResponse {
    who.answer(show(&who, TextAct::TakeBack, path.into_inner(), &printable).await)
}

/// GET `/overeenkomsten/{code}/versies/{n}/vaststellen`
pub async fn show_establish(who: Insider, path: ActPath, printable: Data<Printable>) -> HttpResponse {
    who.answer(show(&who, TextAct::Establish, path.into_inner(), &printable).await)
}

async fn show(who: &Insider, act: TextAct, path: (String, i32), printable: &Printable) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    let (actor, today) = (who.actor(), who.house.today());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, act, &path)).await?;
    let form = ActForm { versie: known.version.version, dagen: known.rule.count.to_string(), woorden: String::new() };
    known.page(who, form, FormErrors::default(), StatusCode::OK, printable)
}

/// POST `/overeenkomsten/{code}/versies/{n}/voorleggen`
pub async fn consult(who: Insider, path: ActPath, printable: Data<Printable>, form: Form<ActForm>) -> HttpResponse {
    who.answer(carry_out(&who, TextAct::Consult, path.into_inner(), &printable, form.into_inner()).await)
}

/// POST `/overeenkomsten/{code}/versies/{n}/terugnemen`
pub async fn take_back(who: Insider, path: ActPath, printable: Data<Printable>, form: Form<ActForm>) -> HttpResponse {
    who.answer(carry_out(&who, TextAct::TakeBack, path.into_inner(), &printable, form.into_inner()).await)
}

/// POST `/overeenkomsten/{code}/versies/{n}/vaststellen`
pub async fn establish(who: Insider, path: ActPath, printable: Data<Printable>, form: Form<ActForm>) -> HttpResponse {
    who.answer(carry_out(&who, TextAct::Establish, path.into_inner(), &printable, form.into_inner()).await)
}

async fn carry_out(
    who: &Insider,
    act: TextAct,
    path: (String, i32),
    printable: &Printable,
    form: ActForm,
) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    let (actor, today, now) = (who.actor(), who.house.today(), who.house.now());
    let known = house::read(&who.house, move |conn| known(conn, &actor, today, act, &path)).await?;
    let errors = faults(who.lang, &known, &form);
    if !errors.is_empty() {
        return known.page(who, form, errors, StatusCode::UNPROCESSABLE_ENTITY, printable);
    }
    // What paper cannot show is not put before anybody.
    if act == TextAct::Consult && known.version.state == TextState::Draft {
        let whole = known.blocked(who.lang, printable);
        if !whole.is_empty() {
            let errors = FormErrors { whole, ..FormErrors::default() };
            return known.page(who, form, errors, StatusCode::CONFLICT, printable);
        }
    }
    let (actor, id, seen) = (who.actor(), known.version.id, form.versie);
    let (rule, words) = (known.term(&form).unwrap_or(known.rule), form.woorden.trim().to_owned());
    let done = house::write(&who.house, move |conn| {
        or_refusal(match act {
            TextAct::Consult => establishing::consult(conn, &actor, now, today, id, seen, rule),
            TextAct::TakeBack => establishing::take_back(conn, &actor, now, id, seen, &words),
            TextAct::Establish => establishing::establish(conn, &actor, now, id, seen, &words).map(|_| ()),
        })
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&Door::Office.version(&known.text.code, known.version.number))),
        Err(refusal) => {
            let field = if act == TextAct::Consult { "dagen" } else { "woorden" };
            let (status, errors) = errors_of(who.lang, &refusal, field);
            let form = ActForm { versie: known.version.version, ..form };
            known.page(who, form, errors, status, printable)
        }
    }
}

fn faults(lang: Lang, known: &Known, form: &ActForm) -> FormErrors {
    let (t, mut errors) = (lang.texts(), FormErrors::default());
    let mut wrong = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
    let long = form.validate().is_err();
    match known.act {
        TextAct::Consult if known.term(form).is_none() => {
            wrong("dagen", fl!(t, "agreement-page-days-wrong", most = LONGEST));
        }
        TextAct::Consult => {}
        TextAct::TakeBack | TextAct::Establish if long => {
            wrong("woorden", fl!(t, "agreement-page-too-long", most = 4000));
        }
        TextAct::TakeBack if form.woorden.trim().is_empty() => {
            wrong("woorden", TextRefusal::ReasonMissing.in_words(lang));
        }
        TextAct::Establish if form.woorden.trim().is_empty() => {
            wrong("woorden", fl!(t, "agreement-page-minutes-empty"));
        }
        TextAct::TakeBack | TextAct::Establish => {}
    }
    errors
}
