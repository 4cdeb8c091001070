//! Answering: writing an article, looking how it will be, moving it and taking it out.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::article::ArticlePage;
use super::draft_handlers::draft;
use super::reading::Door;
use super::{Printable, errors_of, frame_within, or_refusal, writes};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::agreement::text::writing::{self, Wording};
use crate::agreement::text::{AgreementText, Article, Scope, TextRefusal, TextVersion, is_number, markdown, store};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, answer};
use crate::text::Lang;

type ArticlePath = Path<(String, i32, String)>;

/// The place in the address of an article that is not there yet.
const NEW: &str = "nieuw";

/// What a colleague made meanwhile of the article that was being written.
#[derive(Debug, Clone)]
pub struct Meanwhile {
    pub by: String,
    /// None: he took it out.
    pub article: Option<Article>,
}

/// An article as it was typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct ArticleForm {
    pub versie: i32,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub nummer: String,
    #[serde(default)]
    #[validate(length(max = 160))]
    pub kop: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub soort: String,
    /// The clause it is put behind; nought for the first place.
    #[serde(default)]
    #[validate(length(max = 12))]
    pub na: String,
    #[serde(default)]
    #[validate(length(max = 20000))]
    pub tekst: String,
    /// `voorbeeld`, `bewaren`, `vervallen`, `omhoog` or `omlaag`.
    #[serde(default)]
    #[validate(length(max = 20))]
    pub actie: String,
}

struct Known {
    text: AgreementText,
    version: TextVersion,
    articles: Vec<Article>,
    clause: Option<i32>,
    /// Somebody took the article out; what was typed can become a new one.
    dropped: bool,
}

/// What a form was sent for may be gone: then what was typed is not lost with it.
async fn sent_for(who: &Insider, (code, number, written): (String, i32, String)) -> Result<Known, Turn> {
    match known(who, (code.clone(), number, written.clone())).await {
        Err(Turn::NotFound) if written.parse::<i32>().is_ok() => {
            Ok(Known { dropped: true, ..known(who, (code, number, NEW.to_owned())).await? })
        }
        found => found,
    }
}

async fn known(who: &Insider, (code, number, written): (String, i32, String)) -> Result<Known, Turn> {
    super::frame(who)?;
    writes(&who.actor())?;
    let actor = who.actor();
    house::read(&who.house, move |conn| {
        let draft = draft(conn, &actor, &code, number)?;
        let articles = store::articles(conn, &actor, draft.version.id)?;
        let clause = match written.as_str() {
            NEW => None,
            written => {
                let clause: i32 = written.parse().map_err(|_| Turn::NotFound)?;
                articles.iter().any(|one| one.clause == clause).then_some(Some(clause)).ok_or(Turn::NotFound)?
            }
        };
        Ok(Known { text: draft.text, version: draft.version, articles, clause, dropped: false })
    })
    .await
}

impl Known {
    fn table(&self) -> String {
        format!("{}/schrijven", Door::Office.version(&self.text.code, self.version.number))
    }

    fn page(
        self,
        who: &Insider,
        form: ArticleForm,
        errors: FormErrors,
        meanwhile: Option<Meanwhile>,
        status: StatusCode,
    ) -> Result<HttpResponse, Turn> {
        let frame = frame_within(who, &self.text, &self.version)?;
        let frame = frame.crumb(fl!(who.lang.texts(), "agreement-page-act-write"), self.table());
        let clause = self.clause.map_or(NEW.to_owned(), |clause| clause.to_string());
        let here = format!("{}/artikelen/{clause}", Door::Office.version(&self.text.code, self.version.number));
        let frame = Frame { here, ..frame };
        let Known { text, version, articles, clause, .. } = self;
        Ok(answer(status, &ArticlePage { frame, text, version, clause, articles, form, errors, meanwhile }))
    }

    /// The article as it stands now beside what was typed, to choose between the two. The version that comes back is the
    /// present one: who presses again has seen both.
    fn beside(self, who: &Insider, form: ArticleForm, by: String) -> Result<HttpResponse, Turn> {
        let article = self.articles.iter().find(|one| Some(one.clause) == self.clause).cloned();
        let t = who.lang.texts();
        let said = match self.dropped {
            true => fl!(t, "agreement-page-meanwhile-dropped", by = by.as_str()),
            false => TextRefusal::ChangedMeanwhile { by: by.clone(), at: self.version.changed_at, current: 0 }
                .in_words(who.lang),
        };
        let last = self.articles.last().map_or("0".to_owned(), |one| one.clause.to_string());
        let na = if self.dropped { last } else { form.na };
        let form = ArticleForm { versie: self.version.version, na, ..form };
        let meanwhile = (self.dropped || article.is_some()).then_some(Meanwhile { by, article });
        let errors = FormErrors { whole: vec![said], ..FormErrors::default() };
        self.page(who, form, errors, meanwhile, StatusCode::CONFLICT)
    }
}

/// GET `/overeenkomsten/{code}/versies/{n}/artikelen/{clause}`
pub async fn show(who: Insider, path: ArticlePath) -> HttpResponse {
    who.answer(show_article(&who, path.into_inner()).await)
}

async fn show_article(who: &Insider, path: (String, i32, String)) -> Result<HttpResponse, Turn> {
    let known = known(who, path).await?;
    let seen = known.version.version;
    let article = known.articles.iter().find(|one| Some(one.clause) == known.clause);
    let last = known.articles.last().map_or("0".to_owned(), |one| one.clause.to_string());
    let form = match article.cloned() {
        Some(one) => ArticleForm {
            versie: seen,
            nummer: one.number,
            kop: one.heading,
            soort: one.scope.as_str().to_owned(),
            tekst: one.body,
            ..ArticleForm::default()
        },
        None => ArticleForm { versie: seen, soort: Scope::All.as_str().to_owned(), na: last, ..ArticleForm::default() },
    };
    known.page(who, form, FormErrors::default(), None, StatusCode::OK)
}

/// POST `/overeenkomsten/{code}/versies/{n}/artikelen/{clause}`
pub async fn write(
    who: Insider,
    path: ArticlePath,
    printable: Data<Printable>,
    form: Form<ArticleForm>,
) -> HttpResponse {
    who.answer(take(&who, path.into_inner(), &printable, form.into_inner()).await)
}

async fn take(
    who: &Insider,
    path: (String, i32, String),
    printable: &Printable,
    form: ArticleForm,
) -> Result<HttpResponse, Turn> {
    let known = sent_for(who, path.clone()).await?;
    let moves = matches!(form.actie.as_str(), "omhoog" | "omlaag" | "vervallen");
    if known.dropped {
        let by = known.version.changed_by.clone();
        return match moves {
            true => Err(Turn::Conflict { by: Some(by), back: known.table() }),
            false => known.beside(who, form, by),
        };
    }
    let done = match (form.actie.as_str(), known.clause) {
        ("omhoog" | "omlaag", Some(clause)) => shift(who, &known, clause, &form).await?,
        ("vervallen", Some(clause)) => {
            let (actor, now, id, seen) = (who.actor(), who.house.now(), known.version.id, form.versie);
            let done = house::write(&who.house, move |conn| {
                or_refusal(writing::drop_article(conn, &actor, now, id, seen, clause))
            });
            done.await?.map(|()| "?gedaan=vervallen".to_owned())
        }
        ("omhoog" | "omlaag" | "vervallen", None) => return Err(Turn::BadRequest),
        _ => {
            let wording = match read(who.lang, printable, &form) {
                Ok(wording) => wording,
                Err(errors) => return known.page(who, form, errors, None, StatusCode::UNPROCESSABLE_ENTITY),
            };
            if form.actie == "voorbeeld" {
                return known.page(who, form, FormErrors::default(), None, StatusCode::OK);
            }
            put(who, &known, &form, wording).await?
        }
    };
    match done {
        Ok(told) => Ok(see_other(&format!("{}{told}", known.table()))),
        Err(TextRefusal::ChangedMeanwhile { by, .. }) if moves => {
            Err(Turn::Conflict { by: Some(by), back: known.table() })
        }
        // What stands there now is read again: it may have changed since this request began.
        Err(TextRefusal::ChangedMeanwhile { by, .. }) => sent_for(who, path).await?.beside(who, form, by),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal, "tekst");
            known.page(who, form, errors, None, status)
        }
    }
}

async fn put(
    who: &Insider,
    known: &Known,
    form: &ArticleForm,
    wording: Wording,
) -> Result<Result<String, TextRefusal>, Turn> {
    let (actor, now, id, seen) = (who.actor(), who.house.now(), known.version.id, form.versie);
    let clause = known.clause;
    let after: Option<i32> = form.na.parse().ok().filter(|after| *after > 0);
    let done = house::write(&who.house, move |conn| {
        or_refusal(writing::put_article(conn, &actor, now, id, seen, clause, after, &wording))
    })
    .await?;
    Ok(done.map(|clause| format!("?gedaan=bewaard#artikel-{clause}")))
}

/// One place up or down; at the end of the text it stays where it is.
async fn shift(
    who: &Insider,
    known: &Known,
    clause: i32,
    form: &ArticleForm,
) -> Result<Result<String, TextRefusal>, Turn> {
    let at = known.articles.iter().position(|one| one.clause == clause).ok_or(Turn::NotFound)?;
    let clause_at = |at: Option<usize>| at.and_then(|at| known.articles.get(at)).map(|one| one.clause);
    let moved = match form.actie.as_str() {
        "omhoog" if at > 0 => Some(clause_at(at.checked_sub(2))),
        "omlaag" if at + 1 < known.articles.len() => Some(clause_at(Some(at + 1))),
        _ => None,
    };
    let told = format!("#artikel-{clause}");
    let Some(after) = moved else { return Ok(Ok(told)) };
    let (actor, now, id, seen) = (who.actor(), who.house.now(), known.version.id, form.versie);
    let done = house::write(&who.house, move |conn| {
        or_refusal(writing::move_article(conn, &actor, now, id, seen, clause, after))
    })
    .await?;
    Ok(done.map(|()| told))
}

/// The article when nothing is wrong, or what is wrong at which field.
fn read(lang: Lang, printable: &Printable, form: &ArticleForm) -> Result<Wording, FormErrors> {
    let (t, faults) = (lang.texts(), form.validate().err());
    let long = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
    let mut errors = FormErrors::default();
    let mut wrong = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
    let number = form.nummer.trim();
    if long("nummer") || !is_number(number) {
        wrong("nummer", fl!(t, "agreement-page-number-wrong"));
    }
    if form.kop.trim().is_empty() {
        wrong("kop", fl!(t, "agreement-page-heading-empty"));
    } else if long("kop") {
        wrong("kop", fl!(t, "agreement-page-too-long", most = 160));
    }
    let scope: Option<Scope> = form.soort.parse().ok();
    if scope.is_none() {
        wrong("soort", fl!(t, "agreement-page-choose", field = fl!(t, "agreement-page-scope")));
    }
    if long("tekst") {
        wrong("tekst", fl!(t, "agreement-page-too-long", most = 20_000));
    } else {
        for (line, fault) in markdown::placed(&form.tekst) {
            wrong("tekst", fault.at_line(lang, line));
        }
    }
    for (field, words) in [("kop", &form.kop), ("tekst", &form.tekst)] {
        if let Some(odd) = (printable.0)(words) {
            wrong(field, fl!(t, "agreement-page-odd", sign = odd.to_string()));
        }
    }
    match scope {
        Some(scope) if errors.is_empty() => Ok(Wording {
            number: number.to_owned(),
            heading: form.kop.trim().to_owned(),
            scope,
            body: form.tekst.replace("\r\n", "\n").trim().to_owned(),
        }),
        _ => Err(errors),
    }
}
