//! Answering: the calendar file of a meeting (agendabestand).

use actix_web::HttpResponse;
use actix_web::http::header;
use i18n_embed_fl::fl;

use super::meetings::find;
use super::reach::Reach;
use crate::account::store::municipalities;
use crate::consultation::invitation::Invitation;
use crate::consultation::meeting;
use crate::house::{self, Turn};

/// GET `…/bijeenkomsten/{nr}/agenda.ics`
pub(super) async fn give(at: Reach, number: i32) -> Result<HttpResponse, Turn> {
    let looked = at.clone();
    let (found, municipality) = house::read(&at.house, move |conn| {
        let found = find(conn, &looked, number)?;
        let all = municipalities(conn)?;
        let name = all.into_iter().find(|(id, _)| Some(*id) == looked.actor.municipality_id()).map(|(_, name)| name);
        Ok((found, name.unwrap_or_default()))
    })
    .await?;
    let t = at.lang.texts();
    let url = format!("{}{}{}", at.house.public_url, at.base, meeting::place_of(&found));
    let summary = fl!(t, "consultation-calendar-title", table = at.table.name.as_str(), number = found.number);
    let points = found.agenda.iter().zip(1..).map(|(point, place)| format!("{place}. {point}"));
    let mut description = points.collect::<Vec<_>>().join("\n");
    if !found.online.is_empty() {
        description.push_str(&format!("\n\n{}", found.online));
    }
    let location = match (found.place.as_str(), found.online.as_str()) {
        ("", online) => online,
        (place, _) => place,
    };
    let organiser = fl!(t, "page-municipality", name = municipality.as_str());
    // Calendars know an organiser by his address; without a mail server it is that of the house.
    let address = at.house.mail.from().and_then(|from| bare(&from)).map(|email| format!("mailto:{email}"));
    let file = Invitation {
        uid: &found.uid,
        sequence: found.sequence,
        stamp: found.changed_at,
        starts_at: found.starts_at,
        ends_at: found.ends_at,
        summary: &summary,
        location,
        description: &description,
        url: &url,
        organiser: (&organiser, address.as_deref().unwrap_or(&at.house.public_url)),
        called_off: found.cancelled_at.is_some(),
    };
    let kind = if found.cancelled_at.is_some() { "CANCEL" } else { "PUBLISH" };
    let name = fl!(t, "consultation-calendar-file");
    Ok(HttpResponse::Ok()
        .content_type(format!("text/calendar; charset=utf-8; method={kind}"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{number}.ics\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(file.written()))
}

/// The address of `Open House <openhouse@noordermeer.example>`.
fn bare(from: &str) -> Option<String> {
    let address = from.rsplit_once('<').map_or(from, |(_, rest)| rest.trim_end_matches('>'));
    Some(address.trim().to_owned()).filter(|address| address.contains('@'))
}
