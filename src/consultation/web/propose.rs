//! Making a proposal (voorstel doen): first the article, then the words that should stand there and why.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::minutes_form::markdown_faults;
use super::reach::Reach;
use super::{carry_out, required, status_for, too_long, whole};
use crate::account::web::handlers::see_other;
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{AgreementText, Article, Scope, TextRefusal, TextVersion, is_number, store as texts};
use crate::agreement::web::shown::Body;
use crate::consultation::proposing::{self, NewProposal};
use crate::consultation::{ProposalKind, Refusal, store};
use crate::house::{self, Turn};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, answer};

/// GET `…/voorstellen/nieuw?versie=`: the articles, each with what can be proposed.
#[derive(Template)]
#[template(path = "consultation/choose-article.html")]
pub struct ChoosePage {
    pub frame: Frame,
    pub base: String,
    pub text: String,
    pub version_id: i64,
    pub articles: Vec<Article>,
}

impl ChoosePage {
    fn body(&self, one: &Article) -> Body {
        Body::of(&one.body)
    }
}

/// The same with `&soort=&artikel=`: the words; and POST `…/voorstellen` with faults.
#[derive(Template)]
#[template(path = "consultation/propose.html")]
pub struct ProposePage {
    pub frame: Frame,
    pub base: String,
    pub text: String,
    pub kind: ProposalKind,
    /// The article that it is about, or behind which a new one is to stand.
    pub present: Option<Article>,
    pub form: ProposalForm,
    pub errors: FormErrors,
}

/// What is asked for, in the address.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct Asked {
    #[validate(length(max = 20))]
    versie: String,
    #[validate(length(max = 20))]
    soort: String,
    #[validate(length(max = 20))]
    artikel: String,
}

/// As it was typed, so that nothing is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct ProposalForm {
    #[validate(length(max = 20))]
    pub versie: String,
    #[validate(length(max = 20))]
    pub soort: String,
    #[validate(length(max = 20))]
    pub artikel: String,
    #[validate(length(max = 20))]
    pub nummer: String,
    #[validate(length(max = 200))]
    pub kop: String,
    #[validate(length(max = 20))]
    pub bereik: String,
    #[validate(length(max = 20000))]
    pub tekst: String,
    #[validate(length(max = 4000))]
    pub motief: String,
}

impl ProposePage {
    fn title(&self) -> String {
        let t = self.frame.t();
        match self.kind {
            ProposalKind::Change => fl!(t, "consultation-propose-change"),
            ProposalKind::Add => fl!(t, "consultation-propose-add"),
            ProposalKind::Drop => fl!(t, "consultation-propose-drop"),
        }
    }

    fn is_new(&self) -> bool {
        self.kind == ProposalKind::Add
    }

    fn body(&self, one: &Article) -> Body {
        Body::of(&one.body)
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t, form) = (self.frame.lang, self.frame.t(), &self.form);
        let motive = Entry::area(lang, "motief", fl!(t, "consultation-motive"), &form.motief)
            .hint(fl!(t, "consultation-motive-hint"))
            .told(&self.errors);
        if self.kind == ProposalKind::Drop {
            return vec![motive];
        }
        let mut all = wording_entries(&self.frame, &self.errors, [&form.nummer, &form.kop, &form.bereik, &form.tekst]);
        all.push(motive);
        all
    }
}

/// The fields of an article: number, heading, for whom, and its words.
pub(super) fn wording_entries(frame: &Frame, errors: &FormErrors, typed: [&str; 4]) -> Vec<Entry> {
    let (lang, t) = (frame.lang, frame.t());
    let [number, heading, scope, body] = typed;
    let chosen = scope.parse().unwrap_or(Scope::All);
    let scopes = Scope::ALL.iter().map(|one| Choice::new(one.as_str(), one.in_words(lang), *one == chosen));
    let area = EntryKind::Area { rows: 10, value: body.to_owned() };
    vec![
        Entry::line(lang, "nummer", fl!(t, "consultation-article-number"), number).told(errors),
        Entry::line(lang, "kop", fl!(t, "consultation-article-heading"), heading).told(errors),
        Entry::new(lang, "bereik", fl!(t, "consultation-article-scope"), EntryKind::Select(scopes.collect()))
            .told(errors),
        Entry::new(lang, "tekst", fl!(t, "consultation-article-words"), area)
            .hint(fl!(t, "consultation-markdown-hint"))
            .told(errors),
    ]
}

/// What is wrong with those fields.
pub(super) fn wording_errors(frame: &Frame, errors: &mut FormErrors, number: &str, heading: &str, body: &str) {
    let (lang, t) = (frame.lang, frame.t());
    required(lang, errors, ("nummer", fl!(t, "consultation-article-number")), number);
    if !number.trim().is_empty() && !is_number(number.trim()) {
        errors.fields.push(("nummer".to_owned(), TextRefusal::NumberWrong.in_words(lang)));
    }
    required(lang, errors, ("kop", fl!(t, "consultation-article-heading")), heading);
    required(lang, errors, ("tekst", fl!(t, "consultation-article-words")), body);
    markdown_faults(frame.lang, errors, "tekst", body);
}

/// The version that is asked for, when this table talks about it, with its articles.
async fn looked_at(at: &Reach, version_id: i64) -> Result<(AgreementText, TextVersion, Vec<Article>), Turn> {
    let looked = at.clone();
    house::read(&at.house, move |conn| {
        let all = store::consulted(conn, &looked.actor, &looked.table)?;
        let found = all.into_iter().find(|(_, version)| version.id == version_id);
        let (text, version) = found.ok_or(Turn::NotFound)?;
        let articles = texts::articles(conn, &looked.actor, version.id)?;
        Ok((text, version, articles))
    })
    .await
}

pub(super) async fn new(at: Reach, asked: Asked) -> Result<HttpResponse, Turn> {
    at.voice()?;
    if asked.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let version_id: i64 = match asked.versie.parse() {
        Ok(id) => id,
        Err(_) => first_consulted(&at).await?,
    };
    let (text, version, articles) = looked_at(&at, version_id).await?;
    let title = text_line(&at, &text, &version);
    let Ok(kind) = asked.soort.parse::<ProposalKind>() else {
        let frame = at.below("/voorstellen/nieuw");
        return Ok(answer(StatusCode::OK, &ChoosePage { frame, base: at.base, text: title, version_id, articles }));
    };
    let present =
        asked.artikel.parse().ok().and_then(|clause: i32| articles.into_iter().find(|one| one.clause == clause));
    if present.is_none() && kind != ProposalKind::Add {
        return Err(Turn::NotFound);
    }
    let filled = present.clone().filter(|_| kind == ProposalKind::Change);
    let form = ProposalForm {
        versie: version_id.to_string(),
        soort: asked.soort,
        artikel: asked.artikel,
        nummer: filled.as_ref().map(|one| one.number.clone()).unwrap_or_default(),
        kop: filled.as_ref().map(|one| one.heading.clone()).unwrap_or_default(),
        bereik: filled.as_ref().map(|one| one.scope.as_str().to_owned()).unwrap_or_default(),
        tekst: filled.map(|one| one.body).unwrap_or_default(),
        motief: String::new(),
    };
    let frame = at.below("/voorstellen/nieuw");
    let page = ProposePage { frame, base: at.base, text: title, kind, present, form, errors: FormErrors::default() };
    Ok(answer(StatusCode::OK, &page))
}

/// When the address names no version: the one that this table talks about.
async fn first_consulted(at: &Reach) -> Result<i64, Turn> {
    let looked = at.clone();
    house::read(&at.house, move |conn| {
        let all = store::consulted(conn, &looked.actor, &looked.table)?;
        all.first().map(|(_, version)| version.id).ok_or(Turn::NotFound)
    })
    .await
}

fn text_line(at: &Reach, text: &AgreementText, version: &TextVersion) -> String {
    let (title, number) = (text.title.in_lang(at.lang), version.number);
    fl!(at.lang.texts(), "consultation-text-version", title = title, number = number)
}

pub(super) async fn propose(at: Reach, form: ProposalForm) -> Result<HttpResponse, Turn> {
    let speaker = at.voice()?;
    let kind: ProposalKind = form.soort.parse().map_err(|_| Turn::BadRequest)?;
    let mut errors = FormErrors::default();
    if kind != ProposalKind::Drop {
        wording_errors(&at.frame(), &mut errors, &form.nummer, &form.kop, &form.tekst);
    }
    required(at.lang, &mut errors, ("motief", fl!(at.lang.texts(), "consultation-motive")), &form.motief);
    errors.fields.extend(too_long(at.lang, &form));
    if !errors.is_empty() {
        return again(at, kind, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let new = NewProposal {
        version_id: form.versie.parse().unwrap_or(0),
        kind,
        clause: form.artikel.parse().ok(),
        wording: Wording {
            number: form.nummer.clone(),
            heading: form.kop.clone(),
            scope: form.bereik.parse().unwrap_or(Scope::All),
            body: form.tekst.clone(),
        },
        motive: form.motief.replace("\r\n", "\n"),
    };
    let (actor, now, today, table, base) = (at.actor.clone(), at.now(), at.today(), at.table.id, at.base.clone());
    let done = carry_out(&at.house, move |conn| proposing::propose(conn, &actor, &speaker, now, today, table, &new));
    match done.await? {
        Ok(number) => Ok(see_other(&format!("{base}{}?klaar=voorstel", proposing::place_of(number)))),
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            again(at, kind, form, errors, status_for(&refusal)).await
        }
    }
}

/// The form with everything that was typed, also when the version is not consulted about any more.
async fn again(
    at: Reach,
    kind: ProposalKind,
    form: ProposalForm,
    mut errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let (text, present) = match looked_at(&at, form.versie.parse().unwrap_or(0)).await {
        Ok((text, version, articles)) => {
            let clause: Option<i32> = form.artikel.parse().ok();
            let present = articles.into_iter().find(|one| Some(one.clause) == clause);
            (text_line(&at, &text, &version), present)
        }
        Err(Turn::NotFound) => {
            if errors.whole.is_empty() {
                errors.whole.push(Refusal::NotConsulted.in_words(at.lang));
            }
            (String::new(), None)
        }
        Err(turn) => return Err(turn),
    };
    let frame = at.below("/voorstellen/nieuw");
    Ok(answer(status, &ProposePage { frame, base: at.base, text, kind, present, form, errors }))
}
