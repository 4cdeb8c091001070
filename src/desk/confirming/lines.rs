//! What was said of each line (bevestiging per regel), for the office and for the provider: who waits for whom, and reminding.
//! The provider reads the word and the reason, not who of the municipality said it; a contact person sees his own lines.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::page::{corrected_in, sum_in};
use super::{own, said_in, status_of};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::confirmation::lines::{Whose, of};
use crate::confirmation::reminder::{self, Awaited, NotSent};
use crate::confirmation::store::is_final;
use crate::confirmation::{ChargedLine, Tally, may_confirm};
use crate::db::Conn;
use crate::desk::web::handlers::{find, link};
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, Paging, ProviderLink, Side, Status, answer};
use crate::procedure::store::product_names;
use crate::quarter::Quarter;

/// GET `/aanbieders/{nr}/kwartalen/{k}/regels`
#[derive(Template)]
#[template(path = "confirming/lines.html")]
pub struct LinesPage {
    pub frame: Frame,
    pub side: Side,
    pub provider: ProviderLink,
    pub quarter: Quarter,
    pub tally: Tally,
    /// Who waits for whom; only for the office.
    pub awaited: Vec<Awaited>,
    /// Who reminds.
    pub reminds: bool,
    pub closed: bool,
    pub rows: Vec<LineRow>,
    pub paging: Paging,
    /// To whom a mail was just posted.
    pub sent: bool,
    pub errors: FormErrors,
}

#[derive(Debug, Clone)]
pub struct LineRow {
    pub line: ChargedLine,
    pub product: String,
    /// The contact person; none for the provider.
    pub contact: Option<String>,
}

impl LinesPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "confirmation-lines-title", quarter = self.frame.lang.quarter(self.quarter))
    }

    fn path(&self) -> String {
        format!("{}/regels", self.provider.quarter_path(self.quarter))
    }

    fn status(&self, row: &LineRow) -> Status {
        status_of(self.frame.lang, row.line.said.as_ref())
    }

    fn sum(&self, row: &LineRow) -> String {
        sum_in(self.frame.lang, &row.line)
    }

    fn corrected(&self, row: &LineRow) -> Option<String> {
        corrected_in(self.frame.lang, &row.line)
    }

    fn reason<'a>(&self, row: &'a LineRow) -> Option<&'a str> {
        row.line.said.as_ref().map(|said| said.answer.reason.as_str()).filter(|reason| !reason.is_empty())
    }

    /// Who said it, when and how; the provider reads the day alone.
    fn said(&self, row: &LineRow) -> Option<String> {
        let (lang, said) = (self.frame.lang, row.line.said.as_ref()?);
        Some(match self.side {
            Side::Provider => lang.day(wall_clock(said.at).date()),
            _ => said_in(lang, said),
        })
    }

    fn reminded(&self, one: &Awaited) -> Option<String> {
        let at = wall_clock(one.reminded_at?);
        Some(fl!(self.frame.t(), "confirmation-reminded-at", at = self.frame.lang.moment(at)))
    }

    fn waits(&self, one: &Awaited) -> bool {
        self.reminds && !self.closed && one.tally.waiting() > 0
    }
}

#[derive(Debug, Default, Deserialize, Validate)]
pub struct LinesQuery {
    #[serde(default)]
    #[validate(range(max = 10_000))]
    pagina: usize,
    #[serde(default)]
    #[validate(length(max = 5))]
    herinnerd: String,
}

/// So many lines stand on one page.
const PAGE: usize = 100;

/// GET `/aanbieders/{nr}/kwartalen/{k}/regels`
pub async fn lines(who: Insider, path: Path<(String, String)>, query: Query<LinesQuery>) -> HttpResponse {
    who.answer(show(&who, path.into_inner(), query.into_inner(), FormErrors::default(), StatusCode::OK).await)
}

async fn show(
    who: &Insider,
    (key, written): (String, String),
    query: LinesQuery,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let quarter: Quarter = written.parse().map_err(|_| Turn::NotFound)?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, email, lang, side) = (who.actor(), who.person().email.clone(), who.lang, who.side());
    let found = house::read(&who.house, move |conn| {
        let provider = find(conn, &actor, &key)?;
        let whose = whose(conn, &actor, &email, provider.id)?;
        let all = match whose {
            Some(whose) => of(conn, &actor, quarter, whose)?,
            None => Vec::new(),
        };
        let awaited = match side {
            Side::Provider => Vec::new(),
            _ if may_confirm(&actor) => Vec::new(),
            _ => reminder::awaited(conn, &actor, provider.id, quarter)?,
        };
        let closed = is_final(conn, &actor, provider.id, quarter)?;
        let products = product_names(conn, &actor)?;
        let tally = Tally::of(&all);
        let first = query.pagina * PAGE;
        let more = all.len() > first + PAGE;
        let row = |line: ChargedLine| {
            let product = products.get(&line.product_id).map(|name| name.in_lang(lang).to_owned());
            let contact = awaited.iter().find(|one| one.contact_id == line.contact_id).map(|one| one.name.clone());
            LineRow { product: product.unwrap_or_default(), contact, line }
        };
        let rows: Vec<LineRow> = all.into_iter().skip(first).take(PAGE).map(row).collect();
        Ok((provider, tally, awaited, closed, rows, more))
    })
    .await?;
    let (provider, tally, awaited, closed, rows, more) = found;
    let link = link(&provider);
    let at = |page: usize| format!("{}/regels?pagina={page}", link.quarter_path(quarter));
    let frame = who.frame_within(&link).crumb(lang.quarter_first(quarter), link.quarter_path(quarter));
    let page = LinesPage {
        frame: Frame { here: format!("{}/regels", link.quarter_path(quarter)), ..frame },
        side,
        quarter,
        tally,
        awaited,
        reminds: reminds(&who.actor()),
        closed,
        rows,
        paging: Paging { previous: query.pagina.checked_sub(1).map(at), next: more.then(|| at(query.pagina + 1)) },
        provider: link.clone(),
        sent: query.herinnerd == "ja",
        errors,
    };
    Ok(answer(status, &page))
}

/// All lines of the provider; for a contact person those of his own clients.
fn whose(conn: &mut Conn, actor: &Actor, email: &str, provider_id: i64) -> Result<Option<Whose>, Turn> {
    if !may_confirm(actor) {
        return Ok(Some(Whose::Provider(provider_id)));
    }
    let contact = own(conn, actor, email)?;
    Ok(contact.map(|contact_id| Whose::ContactWith { contact_id, provider_id }))
}

fn reminds(actor: &Actor) -> bool {
    actor.role() == Role::ContractManager
}

#[derive(Debug, Deserialize, Validate)]
pub struct RemindForm {
    #[serde(default)]
    #[validate(range(min = 0))]
    contactpersoon: i64,
}

/// POST `/aanbieders/{nr}/kwartalen/{k}/regels/herinneren`
pub async fn remind(who: Insider, path: Path<(String, String)>, form: Form<RemindForm>) -> HttpResponse {
    who.answer(post_reminder(&who, path.into_inner(), &form).await)
}

async fn post_reminder(who: &Insider, path: (String, String), form: &RemindForm) -> Result<HttpResponse, Turn> {
    let quarter: Quarter = path.1.parse().map_err(|_| Turn::NotFound)?;
    let (actor, now, key) = (who.actor(), who.house.now(), path.0.clone());
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let contact = form.contactpersoon;
    let sent = house::write(&who.house, move |conn| {
        let provider = find(conn, &actor, &key)?;
        if !reminds(&actor) {
            return Err(Turn::NotAllowed);
        }
        let sent = reminder::remind(conn, &actor, now, &provider, quarter, contact)?;
        Ok(sent.map(|()| format!("{}/regels?herinnerd=ja", link(&provider).quarter_path(quarter))))
    })
    .await?;
    let t = who.lang.texts();
    let told = match sent {
        Ok(back) => return Ok(see_other(&back)),
        Err(NotSent::Unknown) => return Err(Turn::NotFound),
        Err(NotSent::NothingWaits) => fl!(t, "confirmation-nothing-to-remind"),
        Err(NotSent::ToldToday) => fl!(t, "confirmation-told-today"),
        Err(NotSent::NoAccount) => fl!(t, "confirmation-no-account"),
    };
    let errors = FormErrors { fields: Vec::new(), whole: vec![told] };
    show(who, path, LinesQuery::default(), errors, StatusCode::CONFLICT).await
}
