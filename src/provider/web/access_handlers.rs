//! Answering: the requests for access of a provider, and one of them answered by its administrator or by the municipality.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::access::{AccessListPage, AccessPage, AccessTyped, REFUSE};
use crate::account::Token;
use crate::account::entrance::Insider;
use crate::account::web::handlers::people::tell;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Frame, Section, answer};
use crate::provider::access::{self, may_answer};
use crate::provider::store;
use crate::text::Lang;

const LIST: &str = "/mijn/verzoeken";

/// Which side of the house somebody stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Provider,
    Municipality,
}

impl Side {
    fn path(self, id: i64) -> String {
        match self {
            Side::Provider => format!("{LIST}/{id}"),
            Side::Municipality => format!("/werkvoorraad/verzoeken/{id}"),
        }
    }

    /// The frame of a page here, for who may answer on this side.
    fn frame(self, who: &Insider) -> Result<Frame, Turn> {
        let (t, actor) = (who.lang.texts(), who.actor());
        let stands_here = (self == Side::Provider) == actor.own_provider().is_some();
        if !stands_here || !may_answer(&actor) {
            return Err(Turn::NotAllowed);
        }
        Ok(match self {
            Side::Provider => who.frame(Some(Section::Mine)).crumb(fl!(t, "page-menu-mine"), "/mijn"),
            Side::Municipality => who.frame(Some(Section::Queue)).crumb(fl!(t, "page-menu-queue"), "/werkvoorraad"),
        })
    }
}

/// GET `/mijn/verzoeken`
pub async fn list(who: Insider) -> HttpResponse {
    who.answer(show_list(&who).await)
}

async fn show_list(who: &Insider) -> Result<HttpResponse, Turn> {
    let (frame, actor) = (Side::Provider.frame(who)?, who.actor());
    let mut rows = house::read(&who.house, move |conn| Ok(access::all(conn, &actor)?)).await?;
    rows.sort_by_key(|one| one.answer.is_some());
    Ok(answer(StatusCode::OK, &AccessListPage { frame, rows }))
}

/// GET `/mijn/verzoeken/{id}`
pub async fn of_provider(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show(&who, Side::Provider, *id).await)
}

/// GET `/werkvoorraad/verzoeken/{id}`
pub async fn of_municipality(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show(&who, Side::Municipality, *id).await)
}

async fn show(who: &Insider, side: Side, id: i64) -> Result<HttpResponse, Turn> {
    let page = page(who, side, id).await?;
    Ok(answer(StatusCode::OK, &page))
}

/// The page as it stands, nothing typed and nothing wrong.
async fn page(who: &Insider, side: Side, id: i64) -> Result<AccessPage, Turn> {
    let frame = side.frame(who)?;
    let frame = match side {
        Side::Provider => frame.crumb(fl!(who.lang.texts(), "access-title"), LIST),
        Side::Municipality => frame,
    };
    let actor = who.actor();
    let (request, registered) = house::read(&who.house, move |conn| {
        let request = access::find(conn, &actor, id)?.ok_or(Turn::NotFound)?;
        let known = store::find_by_id(conn, &actor, request.provider_id)?.is_some();
        Ok((request, known))
    })
    .await?;
    Ok(AccessPage {
        frame: Frame { here: side.path(id), ..frame },
        path: side.path(id),
        request,
        of_municipality: side == Side::Municipality,
        registered,
        typed: AccessTyped::default(),
        errors: FormErrors::default(),
    })
}

/// A role or a refusal, why, and that the municipality checked who he is.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AnswerForm {
    #[validate(length(max = 40))]
    keus: String,
    #[validate(length(max = 1000))]
    reden: String,
    #[validate(length(max = 2))]
    nagegaan: String,
}

impl AnswerForm {
    /// The role that was chosen; none to refuse.
    fn choice(&self) -> Option<Option<Role>> {
        match self.keus.as_str() {
            REFUSE => Some(None),
            word => word.parse::<Role>().ok().filter(|role| role.is_of_provider()).map(Some),
        }
    }

    fn errors(&self, lang: Lang, side: Side) -> FormErrors {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        let mut say = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
        if self.choice().is_none() {
            say("keus", fl!(t, "access-choice-missing"));
        }
        let (refuses, by_municipality) = (self.choice() == Some(None), side == Side::Municipality);
        if by_municipality && !refuses && self.nagegaan != "ja" {
            say("nagegaan", fl!(t, "access-checked-missing"));
        }
        let faults = self.validate().err();
        if faults.is_some_and(|faults| faults.field_errors().contains_key("reden")) {
            say("reden", fl!(t, "admin-text-long", count = 1000));
        } else if (refuses || by_municipality) && self.reden.trim().is_empty() {
            say("reden", fl!(t, "access-reason-missing"));
        }
        errors
    }
}

/// POST `/mijn/verzoeken/{id}`
pub async fn answer_of_provider(who: Insider, id: Path<i64>, form: Form<AnswerForm>) -> HttpResponse {
    who.answer(carry_out(&who, Side::Provider, *id, form.into_inner()).await)
}

/// POST `/werkvoorraad/verzoeken/{id}`
pub async fn answer_of_municipality(who: Insider, id: Path<i64>, form: Form<AnswerForm>) -> HttpResponse {
    who.answer(carry_out(&who, Side::Municipality, *id, form.into_inner()).await)
}

async fn carry_out(who: &Insider, side: Side, id: i64, form: AnswerForm) -> Result<HttpResponse, Turn> {
    let shown = page(who, side, id).await?;
    if shown.request.answer.is_some() {
        return Ok(overtaken(who, shown));
    }
    let errors = form.errors(who.lang, side);
    let role = match form.choice() {
        Some(role) if errors.is_empty() => role,
        _ => {
            let typed = AccessTyped { choice: form.keus, reason: form.reden, checked: form.nagegaan == "ja" };
            return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &AccessPage { typed, errors, ..shown }));
        }
    };
    let (actor, now, token) = (who.actor(), who.house.now(), Token::new()?);
    let answered = house::write(&who.house, move |conn| {
        let answered = access::answer(conn, &actor, now, id, role, &form.reden)?;
        if let Ok(Some(grant)) = &answered {
            tell(conn, now, *grant, &token)?;
        }
        Ok(answered)
    })
    .await?;
    match answered {
        Ok(_) => Ok(see_other(&side.path(id))),
        Err(_) => Ok(overtaken(who, page(who, side, id).await?)),
    }
}

/// Somebody else answered it meanwhile: what came of it stands on the page.
fn overtaken(who: &Insider, shown: AccessPage) -> HttpResponse {
    let whole = vec![fl!(who.lang.texts(), "access-overtaken")];
    answer(StatusCode::CONFLICT, &AccessPage { errors: FormErrors { whole, ..FormErrors::default() }, ..shown })
}
