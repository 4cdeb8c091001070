//! Who is at the table (wie zit er): the three ways in, each with its table, its addresses and from where it speaks.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::Side;
use crate::account::Token;
use crate::account::entrance::{Insider, Visit};
use crate::account::store::municipalities;
use crate::actor::{Actor, Role};
use crate::consultation::{ConsultationTable, Speaker, store};
use crate::house::{self, House, Turn};
use crate::page::{Frame, Section, answer};
use crate::text::Lang;

/// A table within reach.
#[derive(Clone)]
pub struct Reach {
    pub house: Data<House>,
    pub lang: Lang,
    pub actor: Actor,
    pub side: Side,
    /// The address of the table's page: `/tafels/3`.
    pub base: String,
    pub table: ConsultationTable,
    /// None: he reads, and says nothing.
    pub speaker: Option<Speaker>,
    frame: Frame,
}

/// `/tafels/{id}`: for who reads dossiers.
pub async fn office(who: &Insider, id: i64) -> Result<Reach, Turn> {
    if !who.actor().may_read_dossiers() {
        return Err(Turn::NotAllowed);
    }
    let title = fl!(who.lang.texts(), "consultation-tables");
    inside(who, id, Side::Office, who.frame(Some(Section::Tables)).crumb(title, "/tafels")).await
}

/// `/mijn/tafels/{id}`: for the people of a provider that sits there.
pub async fn provider(who: &Insider, id: i64) -> Result<Reach, Turn> {
    if who.actor().own_provider().is_none() {
        return Err(Turn::NotAllowed);
    }
    let title = fl!(who.lang.texts(), "consultation-tables");
    inside(who, id, Side::Provider, who.frame(Some(Section::Tables)).crumb(title, "/mijn/tafels")).await
}

async fn inside(who: &Insider, id: i64, side: Side, frame: Frame) -> Result<Reach, Turn> {
    let actor = who.actor();
    let (table, speaker) = house::read(&who.house, move |conn| {
        let table = store::table(conn, &actor, id)?.ok_or(Turn::NotFound)?;
        let speaker = store::speaker(conn, &actor, id)?;
        Ok((table, speaker))
    })
    .await?;
    let base = match side {
        Side::Provider => format!("/mijn/tafels/{id}"),
        Side::Office | Side::Guest => format!("/tafels/{id}"),
    };
    let (house, lang, actor) = (who.house.clone(), who.lang, who.actor());
    Ok(Reach { house, lang, actor, side, base, table, speaker, frame })
}

/// `/tafel/{token}`: for a client representative with a link that works. Who tries links is slowed down.
pub async fn guest(visit: &Visit, written: &str) -> Result<Reach, HttpResponse> {
    let gone = || answer(StatusCode::GONE, &GonePage { frame: Frame::public(visit.lang, "/") });
    match seat_within(visit, written).await {
        Ok(Some(reach)) => Ok(reach),
        Ok(None) => Err(gone()),
        Err(turn) => Err(turn.answer(Frame::public(visit.lang, "/"))),
    }
}

/// A link that leads to no seat: it has expired, or the seat was left.
#[derive(Template)]
#[template(path = "consultation/gone.html")]
pub struct GonePage {
    pub frame: Frame,
}

async fn seat_within(visit: &Visit, written: &str) -> Result<Option<Reach>, Turn> {
    if visit.house.door.knock_from(&visit.origin).is_err() {
        return Err(Turn::Busy);
    }
    let Some(token) = Token::read(written) else { return Ok(None) };
    let (now, origin, looked_up) = (visit.house.now(), visit.origin.clone(), token.clone());
    let found = house::read(&visit.house, move |conn| {
        let Some((municipality_id, seat)) = store::seat_of(conn, now, &looked_up)? else { return Ok(None) };
        // He acts for himself alone, without an account and without an organisation.
        let actor = Actor::of_municipality(&seat.name, Role::ProviderUser, municipality_id, &origin);
        let table = store::table(conn, &actor, seat.table_id)?.ok_or(Turn::NotFound)?;
        let all = municipalities(conn)?;
        let name = all.into_iter().find(|(id, _)| *id == municipality_id).map(|(_, name)| name);
        Ok(Some((actor, table, Speaker::from_seat(&seat), name.unwrap_or_default())))
    })
    .await?;
    let Some((actor, table, speaker, municipality)) = found else { return Ok(None) };
    let base = format!("/tafel/{}", token.as_str());
    let frame = Frame { municipality, ..Frame::public(visit.lang, base.as_str()) };
    let (house, lang) = (visit.house.clone(), visit.lang);
    Ok(Some(Reach { house, lang, actor, side: Side::Guest, base, table, speaker: Some(speaker), frame }))
}

impl Reach {
    /// The frame of the table's own page.
    pub fn frame(&self) -> Frame {
        Frame { here: self.base.clone(), ..self.frame.clone() }
    }

    /// The frame of a page below it.
    pub fn below(&self, place: &str) -> Frame {
        let frame = self.frame.clone().crumb(self.table.name.clone(), self.base.clone());
        Frame { here: format!("{}{place}", self.base), ..frame }
    }

    pub fn now(&self) -> NaiveDateTime {
        self.house.now()
    }

    pub fn today(&self) -> NaiveDate {
        self.house.today()
    }

    /// Runs the table: plans, seats, decides.
    pub fn manages(&self) -> bool {
        self.side == Side::Office && self.actor.role() == Role::ContractManager
    }

    /// Who speaks here, or nobody may.
    pub fn voice(&self) -> Result<Speaker, Turn> {
        self.speaker.clone().ok_or(Turn::NotAllowed)
    }

    /// Who posts by a link without signing in does it so often and no more.
    pub fn within_limits(&self, origin: &str) -> Result<(), Turn> {
        let subject = format!("table-seat/{}", self.speaker.as_ref().and_then(|one| one.seat_id).unwrap_or(0));
        match self.side == Side::Guest && self.house.door.form(origin, &subject).is_err() {
            true => Err(Turn::Busy),
            false => Ok(()),
        }
    }
}
