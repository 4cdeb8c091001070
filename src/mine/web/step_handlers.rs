//! Answering: a step is shown and saved, half or whole. What was typed is never lost: what is incomplete is kept and told,
//! and when a colleague saved meanwhile both versions are shown.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;

use super::reach::{Case, case, frame_within, told};
use super::step::{PAGES, StepPage, step_of, word_of};
use super::step_fields::{Choices, MOST, Typed, entries, field_of, read, written};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::drafting::{SavedStep, Saving, save, steps};
use crate::dossier::fields::{Field, Wrong, wrong};
use crate::dossier::form::{Filled, Location};
use crate::dossier::store::find_by_id;
use crate::dossier::{ApplicationNumber, Refusal, Step};
use crate::house::{self, Turn};
use crate::page::{FormErrors, answer};
use crate::procedure::store as procedure;
use crate::text::Lang;

/// What a page of a step is made from.
struct Known {
    case: Case,
    choices: Choices,
    saved: Option<SavedStep>,
    /// The same step of the application before this one, with its number.
    before: Option<(ApplicationNumber, Filled)>,
}

async fn known(who: &Insider, nr: String, step: Step) -> Result<Known, Turn> {
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    house::read(&who.house, move |conn| {
        let case = case(conn, &actor, &nr, today)?;
        let choices = match step {
            Step::Offer => choices(conn, &actor, today, lang)?,
            _ => Choices::default(),
        };
        let saved = steps(conn, &actor, case.application.id)?.into_iter().find(|one| one.filled.step() == step);
        let before = match case.application.previous.filter(|_| saved.is_none()) {
            Some(previous) => earlier(conn, &actor, previous, step)?,
            None => None,
        };
        Ok(Known { case, choices, saved, before })
    })
    .await
}

/// What was filled in then, to be looked at again.
fn earlier(
    conn: &mut Conn,
    actor: &Actor,
    previous: i64,
    step: Step,
) -> Result<Option<(ApplicationNumber, Filled)>, Turn> {
    let Some(found) = find_by_id(conn, actor, previous)? else { return Ok(None) };
    let saved = steps(conn, actor, previous)?.into_iter().find(|one| one.filled.step() == step);
    // Who declares does so again: for nobody a declaration is ticked beforehand.
    Ok(saved.filter(|_| step != Step::Declaration).map(|saved| (found.number, saved.filled)))
}

fn choices(conn: &mut Conn, actor: &Actor, today: chrono::NaiveDate, lang: Lang) -> Result<Choices, Turn> {
    let products = procedure::catalogue(conn, actor)?;
    let scheme = procedure::active_scheme(conn, actor, today)?;
    let profiles = scheme.iter().flat_map(|scheme| scheme.selectable());
    Ok(Choices {
        products: products.iter().map(|one| (one.code.clone(), one.name.in_lang(lang).to_owned())).collect(),
        profiles: profiles
            .map(|one| (one.code.clone(), format!("{} – {}", one.code, one.name.in_lang(lang))))
            .collect(),
    })
}

/// GET `/mijn/aanmeldingen/{nr}/stappen/{stap}`
pub async fn step(who: Insider, at: Path<(String, String)>) -> HttpResponse {
    let (nr, word) = at.into_inner();
    who.answer(show_step(&who, nr, word).await)
}

async fn show_step(who: &Insider, nr: String, word: String) -> Result<HttpResponse, Turn> {
    let step = step_of(&word).ok_or(Turn::NotFound)?;
    let known = known(who, nr, step).await?;
    let typed = match (&known.saved, &known.before) {
        (Some(saved), _) => written(&saved.filled),
        (None, Some((_, filled))) => written(filled),
        (None, None) => proposal(who, step),
    };
    let version = known.saved.as_ref().map_or(0, |saved| saved.version);
    let around = Around { from: known.before.as_ref().map(|(number, _)| *number), ..Around::default() };
    Ok(show(who, known, step, &typed, version, FormErrors::default(), around))
}

/// What is known already stands in a step that was never saved.
fn proposal(who: &Insider, step: Step) -> Typed {
    let name = match step {
        Step::Organisation => who.person().provider.as_ref().map(|(_, _, name)| name.clone()),
        Step::Contact => Some(who.person().name.clone()),
        _ => None,
    };
    Typed(name.map(|name| ("naam".to_owned(), name)).into_iter().collect())
}

/// What else stands on the page.
#[derive(Default)]
struct Around {
    saved: bool,
    theirs: Option<SavedStep>,
    /// The application that the fields were taken from.
    from: Option<ApplicationNumber>,
}

fn show(
    who: &Insider,
    known: Known,
    step: Step,
    typed: &Typed,
    version: i32,
    errors: FormErrors,
    around: Around,
) -> HttpResponse {
    let mut fields = entries(who.lang, step, typed, &known.choices);
    for field in &mut fields {
        field.error = errors.at(&field.id).map(str::to_owned);
    }
    let open = known.case.list.steps.iter().any(|one| one.step == step && one.open);
    let theirs = around.theirs.map(|theirs| {
        let fields = entries(who.lang, step, &written(&theirs.filled), &known.choices);
        (theirs, fields)
    });
    let status = match (&theirs, errors.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, true) => StatusCode::OK,
        (None, false) => StatusCode::BAD_REQUEST,
    };
    let application = known.case.application;
    let frame = frame_within(who, &application, format!("{}/stappen/{}", super::path(&application), word_of(step)));
    let (saved, from) = (around.saved, around.from);
    answer(status, &StepPage { frame, application, step, errors, entries: fields, version, open, saved, theirs, from })
}

/// POST `/mijn/aanmeldingen/{nr}/stappen/{stap}`
pub async fn save_step(who: Insider, at: Path<(String, String)>, form: Form<Vec<(String, String)>>) -> HttpResponse {
    let (nr, word) = at.into_inner();
    who.answer(keep(&who, nr, word, Typed(form.into_inner())).await)
}

async fn keep(who: &Insider, nr: String, word: String, typed: Typed) -> Result<HttpResponse, Turn> {
    let step = step_of(&word).ok_or(Turn::NotFound)?;
    let seen: i32 = typed.get("versie").parse().map_err(|_| Turn::BadRequest)?;
    let before = known(who, nr.clone(), step).await?;
    if let Some(field) = typed.too_long() {
        let text = fl!(who.lang.texts(), "front-too-long", most = MOST);
        let errors = FormErrors { fields: vec![(field.to_owned(), text)], ..FormErrors::default() };
        return Ok(show(who, before, step, &typed, seen, errors, Around::default()));
    }
    let mut filled = read(step, &typed);
    if let Filled::Offer(offer) = &mut filled
        && !before.choices.products.is_empty()
    {
        // What is not in the catalogue is not kept, and so it is missing.
        offer.products.retain(|code| before.choices.products.iter().any(|(known, _)| known == code));
    }
    let saving = write_down(who, &before, seen, &filled).await?;
    let version = match saving {
        Ok(Saving::Saved(version)) => version,
        Ok(Saving::Theirs(theirs)) => {
            // The next press of the button has seen his version.
            let current = theirs.version;
            let around = Around { theirs: Some(*theirs), ..Around::default() };
            return Ok(show(who, before, step, &typed, current, FormErrors::default(), around));
        }
        Err(refusal) => {
            let errors = FormErrors { whole: vec![refusal.in_words(who.lang)], ..FormErrors::default() };
            return Ok(show(who, before, step, &typed, seen, errors, Around::default()));
        }
    };
    let dossier = super::path(&before.case.application);
    let around = Around { saved: true, ..Around::default() };
    match typed.get("doen") {
        "later" => Ok(see_other(&dossier)),
        "plaats" => {
            let more = Typed(typed.0.into_iter().chain([("meer".to_owned(), "ja".to_owned())]).collect());
            Ok(show(who, before, step, &more, version, FormErrors::default(), around))
        }
        _ => {
            let errors = missing_in(who.lang, &filled, &before.choices);
            match errors.is_empty() {
                true => Ok(see_other(&next_after(step, &dossier))),
                false => Ok(show(who, before, step, &typed, version, errors, around)),
            }
        }
    }
}

async fn write_down(
    who: &Insider,
    before: &Known,
    seen: i32,
    filled: &Filled,
) -> Result<Result<Saving, Refusal>, Turn> {
    let (actor, now, id) = (who.actor(), who.house.now(), before.case.application.id);
    let (filled, back) = (filled.clone(), super::path(&before.case.application));
    house::write(&who.house, move |conn| told(save(conn, &actor, now, id, seen, &filled), &back)).await
}

/// The errors of what is still missing, each at its field.
fn missing_in(lang: Lang, filled: &Filled, choices: &Choices) -> FormErrors {
    let fields = entries(lang, filled.step(), &written(filled), choices);
    let mut told: Vec<(String, String)> =
        wrong(filled).iter().map(|one| (place_of(one), cannot_be(lang, one))).collect();
    for id in filled.missing().iter().filter_map(field_of) {
        let label = fields.iter().find(|entry| entry.id == id).map(|entry| entry.label.clone()).unwrap_or_default();
        let lacks = match filled {
            Filled::Locations(all) => all.locations.is_empty() || all.locations.iter().any(Location::lacks_address),
            _ => true,
        };
        if lacks && !told.iter().any(|(known, _)| known == id) {
            told.push((id.to_owned(), fl!(lang.texts(), "mine-fill-in", field = label)));
        }
    }
    let order = |id: &String| fields.iter().position(|entry| entry.id == *id);
    told.sort_by_key(|(id, _)| order(id));
    FormErrors { fields: told, whole: Vec::new() }
}

fn place_of(wrong: &Wrong) -> String {
    let id = match wrong.field {
        Field::Postcode => "postcode",
        Field::Website => "website",
        Field::Establishment => "vestiging",
        Field::Phone => "telefoon",
        Field::Email => "email",
    };
    wrong.place.map_or(id.to_owned(), |place| format!("{id}-{place}"))
}

/// What is wrong with it, and how it is written.
fn cannot_be(lang: Lang, wrong: &Wrong) -> String {
    let t = lang.texts();
    match wrong.field {
        Field::Postcode => fl!(t, "mine-wrong-postcode"),
        Field::Website => fl!(t, "mine-wrong-website"),
        Field::Establishment => fl!(t, "mine-wrong-establishment"),
        Field::Phone => fl!(t, "mine-wrong-phone"),
        Field::Email => fl!(t, "mine-wrong-email"),
    }
}

/// The next step, and after the last one the dossier.
fn next_after(step: Step, dossier: &str) -> String {
    let place = PAGES.iter().position(|(known, _)| *known == step).unwrap_or(PAGES.len());
    match PAGES.get(place + 1) {
        Some((_, word)) => format!("{dossier}/stappen/{word}"),
        None => dossier.to_owned(),
    }
}
