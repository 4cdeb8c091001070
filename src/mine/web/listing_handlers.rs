//! Answering: what a provider tells of itself in the public register.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::listing::{ListingForm, ListingPage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::db::Conn;
use crate::dossier::drafting::steps;
use crate::dossier::form::Filled;
use crate::dossier::store::of_provider;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, Section, answer};
use crate::procedure::admission;
use crate::provider::listing::store::{self, NotKept};
use crate::provider::listing::{Kept, Listing, Location, web_address};

const HERE: &str = "/mijn/registergegevens";

/// Whether it was just kept.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct DoneQuery {
    #[serde(default)]
    #[validate(length(max = 5))]
    klaar: String,
}

/// GET `/mijn/registergegevens`
pub async fn form(who: Insider, query: Query<DoneQuery>) -> HttpResponse {
    who.answer(show(&who, query.klaar == "ja").await)
}

async fn show(who: &Insider, done: bool) -> Result<HttpResponse, Turn> {
    Ok(answer(StatusCode::OK, &ListingPage { done, ..page(who).await? }))
}

async fn page(who: &Insider) -> Result<ListingPage, Turn> {
    let actor = who.actor();
    let own = actor.own_provider().ok_or(Turn::NotAllowed)?;
    let (kept, first, register) = house::read(&who.house, move |conn| {
        let kept: Option<Kept> = store::of(conn, &actor, own)?;
        let first = match &kept {
            Some(kept) => kept.listing.clone(),
            None => of_application(conn, &actor, own)?,
        };
        // Its people see what is published only.
        let published = admission::store::all(conn, &actor)?;
        Ok((kept, first, published.first().map(|one| format!("/gemeenten/{}/register", one.slug))))
    })
    .await?;
    let form = ListingForm::of(&first, kept.as_ref().map_or(0, |kept| kept.version));
    let frame = who.frame(Some(Section::Mine)).crumb(fl!(who.lang.texts(), "page-menu-mine"), "/mijn");
    let (today, errors) = (who.house.today(), FormErrors::default());
    let frame = Frame { here: HERE.to_owned(), ..frame };
    Ok(ListingPage { frame, today, kept, register, form, errors, done: false })
}

/// What the form begins with: the locations and the website of the newest application. Nobody else reads it before the
/// provider keeps it.
fn of_application(conn: &mut Conn, actor: &crate::actor::Actor, own: i64) -> Result<Listing, Turn> {
    let Some(newest) = of_provider(conn, actor, own)?.into_iter().next() else { return Ok(Listing::default()) };
    let mut listing = Listing::default();
    for step in steps(conn, actor, newest.id)? {
        match step.filled {
            Filled::Locations(filled) => {
                let location = |one: crate::dossier::form::Location| Location {
                    name: one.name,
                    street: one.address.street,
                    postcode: one.address.postcode,
                    place: one.address.place,
                    accessible: one.accessible,
                };
                listing.locations = filled.locations.into_iter().map(location).collect();
            }
            Filled::Organisation(filled) => listing.website = web_address(&filled.website).unwrap_or_default(),
            _ => {}
        }
    }
    Ok(listing)
}

/// POST `/mijn/registergegevens`: keeps it, or shows the form with a location more.
pub async fn tell(who: Insider, form: Form<Vec<(String, String)>>) -> HttpResponse {
    who.answer(keep(&who, ListingForm::typed(&form)).await)
}

async fn keep(who: &Insider, form: ListingForm) -> Result<HttpResponse, Turn> {
    let page = page(who).await?;
    if form.more {
        return Ok(answer(StatusCode::OK, &ListingPage { form, ..page }));
    }
    let before = page.kept.as_ref().and_then(|kept| kept.listing.waiting);
    let listing = match form.read(who.lang, page.today, before) {
        Ok(listing) => listing,
        Err(errors) => return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &ListingPage { form, errors, ..page })),
    };
    let (actor, now, seen) = (who.actor(), who.house.now(), form.version);
    house::write(&who.house, move |conn| {
        let own = actor.own_provider().ok_or(Turn::NotAllowed)?;
        store::tell(conn, &actor, now, own, seen, &listing).map_err(|cause| match cause {
            NotKept::NotYours => Turn::NotAllowed,
            NotKept::ChangedMeanwhile(by) => Turn::Conflict { by: Some(by), back: HERE.to_owned() },
            NotKept::Trouble(cause) => cause.into(),
        })
    })
    .await?;
    Ok(see_other(&format!("{HERE}?klaar=ja")))
}
