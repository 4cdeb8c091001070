//! Signing in elsewhere: staff at its organisation, providers with eHerkenning, against a small OpenID provider that the
//! tests start, on each database.

mod attacks;
mod eherkenning;
mod farewell;
mod issuer;
mod signatures;
mod signing;
mod staff;
mod userinfo;

use std::time::Duration;

use diesel::prelude::*;
use openhouse::actor::Role;
use openhouse::config::{Client, EHerkenning, Identity, Level, Secret, StaffSignIn};
use openhouse::house::identity::IdentityProviders;
use openhouse::schema::audit_event;

use crate::account::{Browser, Page, Place};
use crate::ground::Ground;
use issuer::{CLIENT, Issuer, SECRET};

pub const STAFF: &str = "/inloggen/organisatie";
pub const EHERKENNING: &str = "/inloggen/eherkenning";

/// A house whose staff signs in at this issuer, and its providers too.
pub fn place(ground: &Ground, issuer: &Issuer) -> Place {
    let patience = Duration::from_secs(5);
    Place::with_identity(ground, IdentityProviders::of(&settings(issuer), patience))
}

pub fn settings(issuer: &Issuer) -> Identity {
    let client = Client {
        issuer: issuer.url.clone(),
        id: CLIENT.into(),
        secret: Secret(SECRET.into()),
        scopes: vec!["openid".into(), "email".into()],
    };
    Identity {
        staff: Some(StaffSignIn {
            client: client.clone(),
            municipality: "Noordermeer".into(),
            claim_name: "name".into(),
            claim_email: "email".into(),
            claim_roles: "realm_access.roles".into(),
            roles: vec![("oh-contract".into(), Role::ContractManager), ("oh-kijker".into(), Role::Viewer)],
            acr: Vec::new(),
            amr: Vec::new(),
        }),
        eherkenning: Some(EHerkenning {
            client,
            claim_person: "urn:etoegang:core:ActingSubjectID".into(),
            claim_kvk: "urn:etoegang:1.9:EntityConcernedID:KvKnr".into(),
            claim_level: "acr".into(),
            minimum: Level::Eh3,
        }),
    }
}

/// Sets out from `start`, signs in there, and answers the address he is sent back to.
pub async fn go(browser: &mut Browser, issuer: &Issuer, start: &str) -> String {
    let page = browser.click(start).await.is(303);
    let back = issuer.sign_in(&page.location.unwrap()).await;
    back.strip_prefix("http://127.0.0.1:8080").expect("an address of the house").to_owned()
}

/// There and back.
pub async fn sign_in(browser: &mut Browser, issuer: &Issuer, start: &str) -> Page {
    let back = go(browser, issuer, start).await;
    browser.get(&back).await
}

/// The results of sign-ins in the audit, the oldest first.
pub fn sign_ins(place: &Place) -> Vec<(String, String)> {
    let lines = |conn: &mut openhouse::db::Conn| {
        audit_event::table
            .filter(audit_event::action.eq("account.sign_in"))
            .order(audit_event::id)
            .select((audit_event::result, audit_event::detail))
            .load(conn)
    };
    place.house.db.read::<_, diesel::result::Error>(lines).unwrap()
}
