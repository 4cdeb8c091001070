//! Answering: the form of a new version of a product, what it would do to trajectories that run, and publishing it.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use chrono::{Months, NaiveDate};
use i18n_embed_fl::fl;

use super::entries::hidden;
use super::product_form::{Around, Pressed, ProductForm};
use super::product_handlers::{Known, LIST, NEW, below, name_of};
use super::product_words::changes;
use super::products::{ImpactRow, ProductCheckPage, ProductFormPage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::ids::Kvk;
use crate::money::Hundredths;
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::catalogue::{self, NotPublished};
use crate::procedure::defaults::defaults;
use crate::procedure::product::{Pricing, Product};
use crate::provider::Provider;
use crate::statement::used;
use crate::text::Lang;
use crate::trajectory::running::{self, Running};

/// GET `/beheer/producten/{code}/versie`
pub async fn form(who: Insider, code: Path<String>) -> HttpResponse {
    who.answer(show_form(&who, &code).await)
}

async fn show_form(who: &Insider, code: &str) -> Result<HttpResponse, Turn> {
    let frame = page_frame(who, code)?;
    let known = known_of(who, code).await?;
    let form = fresh(&known);
    Ok(draw(frame, code, known, form, FormErrors::default(), StatusCode::OK))
}

/// From the newest version; of a product that nobody described yet, with its names alone.
fn fresh(known: &Known) -> ProductForm {
    let usual = defaults().catalogue.pricing_models.iter().find(|one| one.code == Pricing::Instalments);
    let usual = usual.map(|one| one.instalments.as_slice()).unwrap_or_default();
    match (known.newest(), &known.row) {
        (Some(newest), _) => {
            let form = ProductForm::of(newest, known.seen());
            match form.termijnen.is_empty() {
                true => ProductForm { termijnen: ProductForm::empty(usual).termijnen, ..form },
                false => form,
            }
        }
        (None, Some(row)) => ProductForm {
            naam_nl: row.name.nl.clone(),
            naam_en: row.name.en.clone(),
            code: row.code.clone(),
            eenheid: row.unit.to_string(),
            ..ProductForm::empty(usual)
        },
        (None, None) => ProductForm::empty(usual),
    }
}

fn page_frame(who: &Insider, code: &str) -> Result<Frame, Turn> {
    let frame = below(who, format!("{LIST}/{code}/versie"))?;
    Ok(if code == NEW { frame } else { frame.crumb(code, format!("{LIST}/{code}")) })
}

async fn known_of(who: &Insider, code: &str) -> Result<Known, Turn> {
    let (actor, today, code) = (who.actor(), who.house.today(), code.to_owned());
    house::read(&who.house, move |conn| {
        let mut known = Known::load(conn, &actor, &code, today)?;
        if known.versions.is_empty() {
            // Its own code is free for the first description of it.
            known.around.codes.retain(|one| *one != code);
        }
        Ok(known)
    })
    .await
}

fn draw(
    frame: Frame,
    code: &str,
    known: Known,
    form: ProductForm,
    errors: FormErrors,
    status: StatusCode,
) -> HttpResponse {
    let is_new = known.versions.is_empty();
    answer(status, &ProductFormPage { frame, code: code.to_owned(), is_new, form, around: known.around, errors })
}

/// POST `/beheer/producten/{code}/versie`: first what it would do; a second press publishes it.
pub async fn write(who: Insider, code: Path<String>, form: Form<ProductForm>) -> HttpResponse {
    who.answer(carry_out(&who, &code, form.into_inner()).await)
}

async fn carry_out(who: &Insider, code: &str, mut form: ProductForm) -> Result<HttpResponse, Turn> {
    let frame = page_frame(who, code)?;
    let known = known_of(who, code).await?;
    if let Some(row) = known.row.as_ref().filter(|_| known.versions.is_empty()) {
        // What is known by its row alone keeps its code and unit.
        (form.code, form.eenheid) = (row.code.clone(), row.unit.to_string());
    }
    if form.actie == Pressed::Aanpassen {
        return Ok(draw(frame, code, known, form, FormErrors::default(), StatusCode::OK));
    }
    // A second press of the button finds it published already: as the newest version, written from the one that was seen.
    if form.actie == Pressed::Publiceren {
        let twin = if code == NEW { known_of(who, form.code.trim()).await.ok() } else { None };
        if became(who.lang, twin.as_ref().unwrap_or(&known), &form) {
            return Ok(to_list(code, &form));
        }
    }
    if form.versie != known.seen() {
        let whole = vec![fl!(who.lang.texts(), "catalogue-overtaken")];
        let form = ProductForm { versie: known.seen(), ..form };
        let errors = FormErrors { whole, ..FormErrors::default() };
        return Ok(draw(frame, code, known, form, errors, StatusCode::CONFLICT));
    }
    let new = match form.read(who.lang, known.newest(), &known.around) {
        Ok(new) => new,
        Err(errors) => return Ok(draw(frame, code, known, form, errors, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    if form.actie == Pressed::Gevolgen {
        return look_ahead(who, frame, code, known, new, &form).await;
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| match catalogue::publish(conn, &actor, now, &new) {
        Ok(()) => Ok(()),
        Err(NotPublished::NotYours) => Err(Turn::NotAllowed),
        Err(NotPublished::Trouble(cause)) => Err(cause.into()),
        Err(_) => Err(Turn::Conflict { by: None, back: LIST.to_owned() }),
    })
    .await?;
    Ok(to_list(code, &form))
}

/// Whether the newest version is what this form says, published before.
fn became(lang: Lang, known: &Known, form: &ProductForm) -> bool {
    let Some(newest) = known.versions.first().filter(|one| one.id != form.versie) else { return false };
    let base = known.versions.get(1).map(|one| &one.product);
    let around = Around { earliest: NaiveDate::MIN, codes: Vec::new(), ..known.around.clone() };
    form.read(lang, base, &around).is_ok_and(|read| read == newest.product)
}

/// To the catalogue of its first day. A product that is known has its code in the address, a new one in the form.
fn to_list(code: &str, form: &ProductForm) -> HttpResponse {
    let code = if code == NEW { form.code.trim() } else { code };
    see_other(&format!("{LIST}?op={}&gepubliceerd={code}", form.ingang.trim()))
}

async fn look_ahead(
    who: &Insider,
    frame: Frame,
    code: &str,
    known: Known,
    new: Product,
    form: &ProductForm,
) -> Result<HttpResponse, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let id = known.row.as_ref().map(|row| row.id);
    let (found, charged) = house::read(&who.house, move |conn| match id {
        Some(id) => Ok(impact(conn, &actor, id, today)?),
        None => Ok((Vec::new(), HashMap::new())),
    })
    .await?;
    let t = lang.texts();
    let mut notes = Vec::new();
    if new.vat.is_none() {
        notes.push(fl!(t, "catalogue-impact-vat"));
    }
    if let Some(places) = new.places.filter(|places| found.len() > usize::try_from(*places).unwrap_or(usize::MAX)) {
        notes.push(fl!(t, "catalogue-impact-places", taken = found.len(), places = places));
    }
    if let Some(until) = new.valid.until().filter(|_| !found.is_empty()) {
        notes.push(fl!(t, "catalogue-impact-ends", day = lang.day(until)));
    }
    let heading = match known.versions.is_empty() {
        true => fl!(t, "catalogue-check-new", code = new.code.as_str()),
        false => fl!(t, "catalogue-check-version", code = new.code.as_str()),
    };
    let page = ProductCheckPage {
        frame,
        heading,
        from: new.valid.from(),
        address: format!("{LIST}/{code}/versie"),
        changes: changes(lang, known.newest(), &new, |kvk: &Kvk| name_of(kvk, &known.providers)),
        notes,
        impact: rows(&known.providers, &found, |one, runs| misfits(lang, one, runs, &new, &charged)),
        hidden: hidden(form),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// What runs of a product, and how much was charged for each trajectory.
fn impact(
    conn: &mut Conn,
    actor: &Actor,
    product_id: i64,
    today: NaiveDate,
) -> Result<(Vec<Running>, HashMap<i64, Hundredths>), Turn> {
    let found = running::of_products(conn, actor, &[product_id], today)?;
    Ok((found, used::by_trajectory(conn, actor, product_id)?))
}

/// One row for each provider with something that runs, in the order of the names.
pub fn rows(
    providers: &[Provider],
    found: &[Running],
    notes: impl Fn(&Provider, &[&Running]) -> Vec<String>,
) -> Vec<ImpactRow> {
    let mut rows = Vec::new();
    for one in providers {
        let runs: Vec<&Running> = found.iter().filter(|run| run.provider_id == one.id).collect();
        if !runs.is_empty() {
            let path = format!("/aanbieders/{}", one.path());
            rows.push(ImpactRow { name: one.name.clone(), path, running: runs.len(), notes: notes(one, &runs) });
        }
    }
    rows.sort_by_key(|row| crate::written::plain(&row.name));
    rows
}

/// Which trajectories of a provider would not fit the new version, in words.
fn misfits(
    lang: Lang,
    provider: &Provider,
    runs: &[&Running],
    new: &Product,
    charged: &HashMap<i64, Hundredths>,
) -> Vec<String> {
    let t = lang.texts();
    let mut notes = Vec::new();
    if new.is_closed_to(&provider.kvk) {
        notes.push(fl!(t, "catalogue-impact-closed", count = runs.len()));
    }
    let others = runs.iter().filter(|run| !new.profiles.is_empty() && !new.profiles.contains(&run.profile)).count();
    if others > 0 {
        notes.push(fl!(t, "catalogue-impact-profile", count = others));
    }
    let longer = |run: &&&Running| {
        let most = new.max_months.zip(run.started_on);
        most.is_some_and(|(months, start)| start.checked_add_months(Months::new(months)) < Some(new.valid.from()))
    };
    let longer = runs.iter().filter(longer).count();
    if longer > 0 {
        notes.push(fl!(t, "catalogue-impact-longer", count = longer));
    }
    let more = |run: &&&Running| new.max_quantity.zip(charged.get(&run.id)).is_some_and(|(most, sum)| *sum >= most);
    let more = runs.iter().filter(more).count();
    if more > 0 {
        notes.push(fl!(t, "catalogue-impact-more", count = more));
    }
    notes
}
