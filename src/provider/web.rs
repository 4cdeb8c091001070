//! Answering: a provider's person who signs in with eHerkenning. Requests for access have files of their own.

pub mod access;
pub mod access_handlers;
pub mod sample;

use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::eherkenning::agent;
use crate::account::Way;
use crate::account::elsewhere::{Agent, Refusal};
use crate::account::entrance::{Insider, Visit};
use crate::account::store::identity::{self, Linking};
use crate::account::store::session;
use crate::account::web::handlers::arriving::Arrival;
use crate::account::web::handlers::elsewhere::{
    Back, come_back, depart, link_by_invitation, link_from_inside, note, refused, sent_by_another_site,
};
use crate::account::web::handlers::{link_gone, see_other};
use crate::actor::Actor;
use crate::house::{self, Turn};

/// GET `/inloggen/eherkenning`
pub async fn leave(visit: Visit, request: HttpRequest) -> HttpResponse {
    if visit.house.identity.eherkenning.is_some() && sent_by_another_site(&request) {
        return see_other("/inloggen");
    }
    visit.answer(depart(&visit, Way::EHerkenning, Linking::default()).await)
}

/// GET `/account/eherkenning`: from inside, to link.
pub async fn link(who: Insider, request: HttpRequest) -> HttpResponse {
    if who.house.identity.eherkenning.is_none() {
        return who.answer(Err(Turn::NotFound));
    }
    match link_from_inside(&who, &request) {
        Ok(linking) => who.answer(depart(&who, Way::EHerkenning, linking).await),
        Err(turn) => who.answer(Err(turn)),
    }
}

/// GET `/inloggen/uitnodiging/{token}/eherkenning`: accepts an invitation with it.
pub async fn accept(visit: Visit, token: Path<String>) -> HttpResponse {
    let went = async {
        match link_by_invitation(&visit, &token).await? {
            Some(linking) => depart(&visit, Way::EHerkenning, linking).await,
            None => Ok(link_gone(&visit)),
        }
    };
    visit.answer(went.await)
}

/// GET `/inloggen/eherkenning/terug`
pub async fn arrive(visit: Visit, back: Query<Back>) -> HttpResponse {
    visit.answer(come_in(&visit, &back).await)
}

async fn come_in(visit: &Visit, back: &Back) -> Result<HttpResponse, Turn> {
    let (said, linking) = match come_back(visit, Way::EHerkenning, back).await? {
        Ok(came) => came,
        Err(refusal) => return Ok(refused(visit, Way::EHerkenning, refusal)),
    };
    let Some((settings, _)) = &visit.house.identity.eherkenning else { return Err(Turn::NotFound) };
    let who = Agent::of(&said, settings);
    let (arrival, now, origin) = (Arrival::of(visit)?, visit.house.now(), visit.origin.clone());
    let before = visit.key.clone().zip(visit.person.clone());
    let came = house::write(&visit.house, move |conn| {
        let came = match &who {
            Ok(who) => agent(conn, now, who, &linking, &origin)?.map(|roles| (roles, who.level)),
            Err(refusal) => Err(*refusal),
        };
        let (mut roles, level) = match came {
            Ok(came) => came,
            Err(refusal) => {
                let account = match &who {
                    Ok(who) => identity::linked(conn, &who.issuer, &who.subject)?,
                    Err(_) => None,
                };
                note(conn, &Actor::visitor(&origin), now, account, refusal)?;
                return Ok(Err(refusal));
            }
        };
        // Who linked from inside goes on by his new way.
        if let (Some(_), Some((key, person))) = (linking.account_id, &before) {
            session::sign_out(conn, &person.actor(&origin), now, key)?;
        }
        let (several, by) = (roles.len() > 1, format!("eHerkenning {}", level.shown()));
        let arrived = arrival.enter_by(conn, roles.remove(0), Way::EHerkenning, &by)?;
        Ok::<_, Turn>(Ok::<_, Refusal>((arrived, several)))
    })
    .await?;
    match came {
        Ok((arrived, false)) => arrived.answer(visit),
        Ok((arrived, true)) => arrived.answer_at(visit, "/wisselen"),
        Err(refusal) => Ok(refused(visit, Way::EHerkenning, refusal)),
    }
}
