//! Answering: the set of criteria of a day, one criterion, what its new version would do, and publishing it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::criteria::{CriteriaPage, CriterionCheckPage, CriterionPage, ImpactRow};
use super::criterion_form::{CriterionForm, Pressed};
use super::criterion_words::changes;
use super::entries::hidden;
use super::handlers::frame;
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::calendar::add_days;
use crate::dossier::impact::{self, Impact};
use crate::house::{self, Turn};
use crate::page::entry::read_day;
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::criteria::{self, CriterionVersion, NotPublished};
use crate::procedure::criterion::Criterion;
use crate::procedure::store::catalogue;

/// The place in the address of a criterion that has no code yet.
const NEW: &str = "nieuw";

/// Of which day, and what was just published.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DayQuery {
    #[serde(default)]
    #[validate(length(max = 20))]
    op: String,
    #[validate(length(max = 10))]
    gepubliceerd: Option<String>,
}

/// GET `/beheer/eisen`
pub async fn list(who: Insider, query: Query<DayQuery>) -> HttpResponse {
    who.answer(show_list(&who, query.into_inner()).await)
}

async fn show_list(who: &Insider, query: DayQuery) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let mut errors = FormErrors::default();
    let typed = if query.op.is_empty() { who.house.today().to_string() } else { query.op };
    let on = read_day(&typed).unwrap_or_else(|| {
        errors.fields.push(("op".to_owned(), fl!(who.lang.texts(), "admin-day-wrong")));
        who.house.today()
    });
    let actor = who.actor();
    let (rows, coming, catalogue) = house::read(&who.house, move |conn| {
        let catalogue: Vec<String> = catalogue(conn, &actor)?.into_iter().map(|one| one.code).collect();
        Ok((criteria::in_force(conn, &actor, on)?, criteria::coming(conn, &actor, on)?, catalogue))
    })
    .await?;
    let plain = |all: Vec<CriterionVersion>| all.into_iter().map(|one| one.criterion).collect::<Vec<Criterion>>();
    let (rows, coming) = (plain(rows), plain(coming));
    let known = |code: &String| rows.iter().any(|one| one.code == *code);
    let published = query.gepubliceerd.filter(known);
    let tied = rows.iter().chain(&coming).filter(|one| one.active).filter_map(|one| {
        let unknown = one.unknown_products(&catalogue).join(", ");
        (!unknown.is_empty()).then(|| (one.code.clone(), unknown))
    });
    let tied_to_nothing = tied.collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(answer(status, &CriteriaPage { frame, on, typed, errors, rows, coming, published, tied_to_nothing }))
}

/// What is known of the criterion in the address.
struct Known {
    /// The codes of the catalogue.
    products: Vec<String>,
    /// The newest first; none of a criterion that is new.
    versions: Vec<(CriterionVersion, NaiveDate, Option<NaiveDate>)>,
}

impl Known {
    async fn of(who: &Insider, code: &str) -> Result<Known, Turn> {
        let (actor, code) = (who.actor(), code.to_owned());
        house::read(&who.house, move |conn| {
            let versions = match code.as_str() {
                NEW => Vec::new(),
                code => criteria::versions(conn, &actor, code)?,
            };
            if versions.is_empty() && code != NEW {
                return Err(Turn::NotFound);
            }
            let products = catalogue(conn, &actor)?.into_iter().map(|one| one.code).collect();
            Ok(Known { products, versions })
        })
        .await
    }

    /// The newest version, which a new one is written from.
    fn newest(&self) -> Option<&CriterionVersion> {
        self.versions.first().map(|(newest, ..)| newest)
    }

    fn seen(&self) -> i64 {
        self.newest().map_or(0, |newest| newest.id)
    }

    /// After today, and after the day on which the newest version begins.
    fn earliest(&self, today: NaiveDate) -> NaiveDate {
        let after = self.versions.first().map_or(today, |(_, from, _)| today.max(*from));
        add_days(after, 1)
    }
}

/// GET `/beheer/eisen/{code}`
pub async fn criterion(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(show_criterion(&who, &code).await)
}

async fn show_criterion(who: &Insider, code: &str) -> Result<HttpResponse, Turn> {
    let frame = below(who, code)?;
    let known = Known::of(who, code).await?;
    let form =
        known.newest().map_or_else(CriterionForm::empty, |newest| CriterionForm::of(&newest.criterion, newest.id));
    Ok(draw(who, frame, code, &known, form, FormErrors::default(), StatusCode::OK))
}

/// The frame of a page below the list.
fn below(who: &Insider, code: &str) -> Result<Frame, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "admin-tab-criteria"), "/beheer/eisen");
    Ok(Frame { here: format!("/beheer/eisen/{code}"), ..frame })
}

fn draw(
    who: &Insider,
    frame: Frame,
    code: &str,
    known: &Known,
    form: CriterionForm,
    errors: FormErrors,
    status: StatusCode,
) -> HttpResponse {
    let page = CriterionPage {
        frame,
        code: code.to_owned(),
        current: known.newest().map(|newest| newest.criterion.clone()),
        form,
        errors,
        versions: known.versions.iter().map(|(_, from, until)| (*from, *until)).collect(),
        earliest: known.earliest(who.house.today()),
        products: known.products.clone(),
    };
    answer(status, &page)
}

/// POST `/beheer/eisen/{code}`: first what the new version would do; a second press publishes it.
pub async fn write_criterion(who: Insider, code: Path<String>, form: Form<CriterionForm>) -> HttpResponse {
    who.answer(carry_out(&who, &code, form.into_inner()).await)
}

async fn carry_out(who: &Insider, code: &str, form: CriterionForm) -> Result<HttpResponse, Turn> {
    let form = form.tidy();
    let frame = below(who, code)?;
    if form.versie < 0 {
        return Err(Turn::BadRequest);
    }
    let known = Known::of(who, code).await?;
    if form.actie == Pressed::Aanpassen {
        return Ok(draw(who, frame, code, &known, form, FormErrors::default(), StatusCode::OK));
    }
    let overtaken =
        || FormErrors { whole: vec![fl!(who.lang.texts(), "admin-criterion-overtaken")], ..FormErrors::default() };
    // A second press of the button finds it published already.
    if form.actie == Pressed::Publiceren
        && let Some(twin) = known.newest().filter(|newest| form.became(&newest.criterion))
    {
        return Ok(to_list(&twin.criterion));
    }
    if form.versie != known.seen() {
        let form = CriterionForm { versie: known.seen(), ..form };
        return Ok(draw(who, frame, code, &known, form, overtaken(), StatusCode::CONFLICT));
    }
    let base = known.newest().map(|newest| newest.criterion.clone());
    let read = form.read(who.lang, who.house.today(), code, base.as_ref(), &known.products);
    let read = read.and_then(|new| match new.valid.from() < known.earliest(who.house.today()) {
        true => Err(too_early(who, known.earliest(who.house.today()))),
        false => Ok(new),
    });
    let new = match read {
        Ok(new) => new,
        Err(errors) => return Ok(draw(who, frame, code, &known, form, errors, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    if form.actie == Pressed::Gevolgen {
        return look_ahead(who, frame, code, base.as_ref(), new, &form).await;
    }
    match publish(who, form.clone(), new).await? {
        Some(published) => Ok(to_list(&published)),
        // Somebody published one in the meantime: the typed text stays, beside what holds now.
        None => {
            let known = Known::of(who, code).await?;
            let form = CriterionForm { versie: known.seen(), ..form };
            Ok(draw(who, frame, code, &known, form, overtaken(), StatusCode::CONFLICT))
        }
    }
}

/// Puts it in force; none when it is not the next of the version that was looked at any more.
async fn publish(who: &Insider, form: CriterionForm, mut new: Criterion) -> Result<Option<Criterion>, Turn> {
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| {
        if form.versie == 0 {
            let coming = criteria::coming(conn, &actor, add_days(new.valid.from(), -1))?;
            if let Some(twin) = coming.into_iter().find(|one| form.became(&one.criterion)) {
                return Ok(Some(twin.criterion));
            }
            new.code = criteria::next_code(conn, &actor)?;
        } else {
            let versions = criteria::versions(conn, &actor, &new.code)?;
            if versions.first().is_none_or(|(newest, ..)| newest.id != form.versie) {
                return Ok(None);
            }
        }
        match criteria::publish(conn, &actor, now, &new) {
            Ok(_) => Ok(Some(new)),
            Err(NotPublished::NotYours) => Err(Turn::NotAllowed),
            Err(NotPublished::BeginsTooEarly(_)) => Ok(None),
            Err(NotPublished::Trouble(cause)) => Err(cause.into()),
        }
    })
    .await
}

/// To the set that holds from its first day.
fn to_list(published: &Criterion) -> HttpResponse {
    see_other(&format!("/beheer/eisen?op={}&gepubliceerd={}", published.valid.from(), published.code))
}

fn too_early(who: &Insider, earliest: NaiveDate) -> FormErrors {
    let told = fl!(who.lang.texts(), "admin-criterion-too-early", day = who.lang.day(earliest));
    FormErrors { fields: vec![("ingang".to_owned(), told)], whole: Vec::new() }
}

async fn look_ahead(
    who: &Insider,
    frame: Frame,
    code: &str,
    base: Option<&Criterion>,
    new: Criterion,
    form: &CriterionForm,
) -> Result<HttpResponse, Turn> {
    let (actor, asked) = (who.actor(), new.clone());
    let impact = house::read(&who.house, move |conn| Ok(impact::preview(conn, &actor, &asked)?)).await?;
    let page = CriterionCheckPage {
        frame,
        code: code.to_owned(),
        is_new: base.is_none(),
        changes: changes(who.lang, base, &new),
        impact: impact.into_iter().map(|one| row(who, one)).collect(),
        hidden: hidden(form),
        new,
    };
    Ok(answer(StatusCode::OK, &page))
}

fn row(who: &Insider, one: Impact) -> ImpactRow {
    let met = one.is_met();
    let (why, evidence) = match one.best {
        Some((shown, holds)) => (holds.in_words(who.lang), Some((shown.title, shown.document_date))),
        None => (fl!(who.lang.texts(), "admin-impact-nothing-shown"), None),
    };
    let path = format!("/aanbieders/{}", one.provider.path());
    ImpactRow { name: one.provider.name, path, met, why, evidence }
}
