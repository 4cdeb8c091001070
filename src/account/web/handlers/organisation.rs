//! Answering: staff that signs in at its own organisation (inloggen bij de organisatie).

use actix_web::web::{Path, Query};
use actix_web::{HttpRequest, HttpResponse};

use super::arriving::Arrival;
use super::elsewhere::{
    Back, come_back, depart, link_by_invitation, link_from_inside, note, refused, sent_by_another_site,
};
use super::{link_gone, see_other};
use crate::account::Way;
use crate::account::elsewhere::{Refusal, Staffer};
use crate::account::entrance::{Insider, Visit};
use crate::account::store::identity::{self, Linking};
use crate::account::store::{municipalities, session};
use crate::actor::{Actor, Role};
use crate::house::{self, Turn};

/// GET `/inloggen/organisatie`
pub async fn leave(visit: Visit, request: HttpRequest) -> HttpResponse {
    if visit.house.identity.staff.is_some() && sent_by_another_site(&request) {
        return see_other("/inloggen");
    }
    visit.answer(depart(&visit, Way::Organisation, Linking::default()).await)
}

/// GET `/account/organisatie`: from inside, to link.
pub async fn link(who: Insider, request: HttpRequest) -> HttpResponse {
    if who.house.identity.staff.is_none() {
        return who.answer(Err(Turn::NotFound));
    }
    match link_from_inside(&who, &request) {
        Ok(linking) => who.answer(depart(&who, Way::Organisation, linking).await),
        Err(turn) => who.answer(Err(turn)),
    }
}

/// GET `/inloggen/uitnodiging/{token}/organisatie`: accepts an invitation there.
pub async fn accept(visit: Visit, token: Path<String>) -> HttpResponse {
    let went = async {
        match link_by_invitation(&visit, &token).await? {
            Some(linking) => depart(&visit, Way::Organisation, linking).await,
            None => Ok(link_gone(&visit)),
        }
    };
    visit.answer(went.await)
}

/// GET `/inloggen/organisatie/terug`
pub async fn arrive(visit: Visit, back: Query<Back>) -> HttpResponse {
    visit.answer(come_in(&visit, &back).await)
}

async fn come_in(visit: &Visit, back: &Back) -> Result<HttpResponse, Turn> {
    let (said, linking) = match come_back(visit, Way::Organisation, back).await? {
        Ok(came) => came,
        Err(refusal) => return Ok(refused(visit, Way::Organisation, refusal)),
    };
    let Some((settings, _)) = &visit.house.identity.staff else { return Err(Turn::NotFound) };
    let (staffer, named) = (Staffer::of(&said, settings), settings.municipality.clone());
    let (arrival, now, origin) = (Arrival::of(visit)?, visit.house.now(), visit.origin.clone());
    let before = visit.key.clone().zip(visit.person.clone());
    let came = house::write(&visit.house, move |conn| {
        let known = municipalities(conn)?;
        let municipality_id = match &known[..] {
            [(only, _)] if named.is_empty() => *only,
            all => match all.iter().find(|(_, name)| *name == named) {
                Some((id, _)) => *id,
                None => {
                    return Err(anyhow::anyhow!("oidc_municipality names no municipality of this installation").into());
                }
            },
        };
        let account = identity::linked(conn, &said.issuer, &said.subject)?;
        let came = match &staffer {
            Ok(who) => identity::staffer(conn, now, municipality_id, who, &linking, &origin)?,
            Err(refusal) => Err(*refusal),
        };
        let mut roles = match came {
            Ok(roles) => roles,
            Err(refusal) => {
                let name = staffer.as_ref().map_or("unknown", |who| who.name.as_str());
                let actor = Actor::of_municipality(name, Role::System, municipality_id, &origin);
                note(conn, &actor, now, account, refusal)?;
                return Ok(Err(refusal));
            }
        };
        // Who linked from inside goes on by his new way.
        if let (Some(_), Some((key, person))) = (linking.account_id, &before) {
            session::sign_out(conn, &person.actor(&origin), now, key)?;
        }
        let several = roles.len() > 1;
        let arrived = arrival.enter_by(conn, roles.remove(0), Way::Organisation, "identity provider")?;
        Ok::<_, Turn>(Ok::<_, Refusal>((arrived, several)))
    })
    .await?;
    match came {
        Ok((arrived, false)) => arrived.answer(visit),
        Ok((arrived, true)) => arrived.answer_at(visit, "/wisselen"),
        Err(refusal) => Ok(refused(visit, Way::Organisation, refusal)),
    }
}
