//! What the applicant filled in (gegevens van de aanvraag), as it was handed in: all steps, and what a supplement changed.

pub mod sample;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::{found_at, frame_below, link_to, path_of};
use crate::account::entrance::Insider;
use crate::dossier::Step;
use crate::dossier::told::{self, Told};
use crate::house::{self, Turn};
use crate::page::{Frame, answer};

/// GET `/aanmeldingen/{nr}/gegevens`.
#[derive(Template)]
#[template(path = "bench/filled.html")]
pub struct FilledPage {
    pub frame: Frame,
    pub number: String,
    pub provider: String,
    /// The day on which the newest version was handed in.
    pub handed_in_on: NaiveDate,
    pub steps: Vec<Told>,
    /// What it says of a reason to exclude it, when there is one.
    pub exclusion: Option<String>,
}

impl FilledPage {
    /// The words of the form speak to the applicant; here somebody else reads.
    fn title_of(&self, told: &Told) -> String {
        told.title(self.frame.lang)
    }

    /// The declaration stands under the notice that tells of an exclusion ground.
    fn id_of(&self, told: &Told) -> &'static str {
        match told.step {
            Step::Organisation => "organisatie",
            Step::Contact => "contact",
            Step::Locations => "locaties",
            Step::Offer => "aanbod",
            Step::Signatory => "ondertekenaar",
            Step::Declaration => "verklaring",
            Step::Statements => "instemmingen",
        }
    }

    fn has_changes(&self) -> bool {
        self.steps.iter().flat_map(|told| &told.facts).any(|fact| !fact.before.is_empty())
    }
}

/// GET `/aanmeldingen/{nr}/gegevens`
pub async fn filled(who: Insider, number: Path<String>) -> HttpResponse {
    who.answer(show(&who, number.into_inner()).await)
}

async fn show(who: &Insider, number: String) -> Result<HttpResponse, Turn> {
    super::frame(who)?;
    let (actor, lang, today) = (who.actor(), who.lang, who.house.today());
    let (found, provider, versions, names) = house::read(&who.house, move |conn| {
        let (found, provider) = found_at(conn, &actor, &number)?;
        let versions = told::versions(conn, &actor, &found)?;
        Ok((found, provider, versions, told::names(conn, &actor, today)?))
    })
    .await?;
    let provider = link_to(&provider);
    let mut frame = frame_below(who, &found, &provider)?;
    frame.here = format!("{}/gegevens", path_of(found.number));
    let page = FilledPage {
        frame,
        number: found.number.to_string(),
        provider: provider.name,
        handed_in_on: versions.0.last().map_or(today, |(at, _)| crate::calendar::wall_clock(*at).date()),
        exclusion: versions.exclusion_ground(),
        steps: versions.in_words(lang, &names),
    };
    Ok(answer(StatusCode::OK, &page))
}
