//! Clients by name (cliënten): the one page that shows names, to the provider and to a client's own contact person. Every
//! look is in the audit, with the numbers of the clients whose names were shown.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;

use super::handlers::{find, link};
use crate::account::entrance::Insider;
use crate::audit::{self, Act};
use crate::client::names::{self, may_look};
use crate::house::{self, Turn};
use crate::page::{Frame, Paging, ProviderLink, answer};
use crate::trajectory::clients;

/// GET `/aanbieders/{nr}/clienten?na=…`.
#[derive(Template)]
#[template(path = "desk/clients.html")]
pub struct ClientsPage {
    pub frame: Frame,
    pub provider: ProviderLink,
    pub rows: Vec<ClientRow>,
    pub paging: Paging,
}

#[derive(Debug, Clone)]
pub struct ClientRow {
    pub case_ref: String,
    pub client_ref: String,
    /// None when the provider gave no name.
    pub name: Option<String>,
    /// The municipality's contact person for this client.
    pub contact: String,
}

impl ClientsPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "client-names-title")
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct ClientsQuery {
    /// The last case of the page before.
    #[serde(default)]
    na: String,
}

/// So many names in one look, and in one line of the audit.
const PAGE: usize = 50;

/// GET `/aanbieders/{nr}/clienten`
pub async fn clients(who: Insider, path: Path<String>, query: Query<ClientsQuery>) -> HttpResponse {
    who.answer(show(&who, path.into_inner(), query.into_inner()).await)
}

async fn show(who: &Insider, path: String, query: ClientsQuery) -> Result<HttpResponse, Turn> {
    let (actor, email, now, house) = (who.actor(), who.person().email.clone(), who.house.now(), who.house.clone());
    let (provider, rows, more) = house::write(&who.house, move |conn| {
        let provider = find(conn, &actor, &path)?;
        if !may_look(&actor) {
            return Err(Turn::NotAllowed);
        }
        let mut found = clients::of_provider(conn, &actor, &email, provider.id, &query.na, PAGE as i64 + 1)?;
        let more = found.len() > PAGE;
        found.truncate(PAGE);
        let mut rows = Vec::with_capacity(found.len());
        for one in found {
            let opened =
                one.sealed.map(|sealed| names::open(&house.vault, &actor, provider.id, &one.client_ref, &sealed));
            let name = opened.transpose()?.map(|name| name.0);
            rows.push(ClientRow { case_ref: one.case_ref, client_ref: one.client_ref, name, contact: one.contact });
        }
        let mut shown: Vec<&str> = rows.iter().filter(|row| row.name.is_some()).map(|row| &*row.client_ref).collect();
        shown.sort_unstable();
        shown.dedup();
        if !shown.is_empty() {
            let (object, detail) = (format!("provider/{}/clients", provider.id), shown.join(" "));
            let act = Act { action: "client.see_names", object: &object, result: "done", detail: &detail };
            audit::record(conn, &actor, now, act)?;
        }
        Ok((provider, rows, more))
    })
    .await?;
    let provider = link(&provider);
    let next = rows.last().filter(|_| more).map(|last| {
        let after = serde_urlencoded::to_string([("na", &last.case_ref)]).unwrap_or_default();
        format!("{}/clienten?{after}", provider.path())
    });
    let page =
        ClientsPage { frame: who.frame_within(&provider), provider, rows, paging: Paging { previous: None, next } };
    Ok(answer(StatusCode::OK, &page))
}
