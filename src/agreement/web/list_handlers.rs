//! Answering: the list of texts, and making one.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::list::{ListPage, NewPage};
use super::reading::Door;
use super::{Printable, errors_of, frame, frame_below, or_refusal, writes};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::{Actor, Role};
use crate::agreement::text::{AgreementText, PrivacyRole, TextKind, store, writing};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::ids::holds_bsn;
use crate::page::{FormErrors, Frame, answer};
use crate::procedure::Domain;
use crate::procedure::admission::{self, Procedure};
use crate::text::{Bilingual, Lang};
use crate::written::address_word;

/// The address of the form; no text is called so.
const NEW: &str = "nieuw";

/// GET `/overeenkomsten`
pub async fn list(who: Insider) -> HttpResponse {
    who.answer(show_list(&who).await)
}

async fn show_list(who: &Insider) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    let (actor, today, lang) = (who.actor(), who.house.today(), who.lang);
    let writes = actor.role() == Role::ContractManager;
    let page =
        house::read(&who.house, move |conn| gather(conn, &actor, lang, frame, Door::Office, today, writes)).await?;
    Ok(answer(StatusCode::OK, &page))
}

/// The list as somebody sees it: the texts with the versions that he may read.
pub fn gather(
    conn: &mut Conn,
    actor: &Actor,
    lang: Lang,
    frame: Frame,
    door: Door,
    today: NaiveDate,
    writes: bool,
) -> Result<ListPage, Turn> {
    let texts = store::texts(conn, actor)?;
    let ids: Vec<i64> = texts.iter().map(|one| one.id).collect();
    let versions = store::versions(conn, actor, &ids)?;
    let procedures = admission::store::all(conn, actor)?;
    let groups = procedures.iter().filter_map(|procedure| {
        let of_this = texts.iter().filter(|one| one.procedure_id == procedure.id);
        let with_versions = of_this.map(|text| {
            let own = versions.iter().filter(|one| one.text_id == text.id).cloned().collect();
            (text.clone(), own)
        });
        let all: Vec<_> = with_versions.collect();
        (!all.is_empty()).then(|| (procedure.details.name.in_lang(lang).to_owned(), all))
    });
    Ok(ListPage { groups: groups.collect(), frame, door, today, writes })
}

/// A text that is to be made, as it was typed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
pub struct NewForm {
    #[serde(default)]
    #[validate(length(max = 120))]
    pub titel: String,
    #[serde(default)]
    #[validate(length(max = 120))]
    pub titel_en: String,
    #[serde(default)]
    #[validate(length(max = 80))]
    pub procedure: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub soort: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub domein: String,
    #[serde(default)]
    #[validate(length(max = 120))]
    pub bijlage: String,
    #[serde(default)]
    #[validate(length(max = 20))]
    pub rol: String,
}

struct Known {
    procedures: Vec<Procedure>,
    texts: Vec<AgreementText>,
}

async fn known(who: &Insider) -> Result<Known, Turn> {
    writes(&who.actor())?;
    let actor = who.actor();
    house::read(&who.house, move |conn| {
        Ok(Known { procedures: admission::store::all(conn, &actor)?, texts: store::texts(conn, &actor)? })
    })
    .await
}

fn draw(frame: Frame, known: Known, form: NewForm, errors: FormErrors, status: StatusCode) -> HttpResponse {
    let frame = Frame { here: "/overeenkomsten/nieuw".to_owned(), ..frame };
    let wholes = known.texts.into_iter().filter(|one| one.kind.is_signed()).collect();
    answer(status, &NewPage { frame, procedures: known.procedures, wholes, form, errors })
}

/// GET `/overeenkomsten/nieuw`
pub async fn form(who: Insider) -> HttpResponse {
    who.answer(show_form(&who).await)
}

async fn show_form(who: &Insider) -> Result<HttpResponse, Turn> {
    let frame = frame_below(who)?;
    let known = known(who).await?;
    let form = NewForm { soort: TextKind::Domain.as_str().to_owned(), ..NewForm::default() };
    Ok(draw(frame, known, form, FormErrors::default(), StatusCode::OK))
}

/// POST `/overeenkomsten/nieuw`
pub async fn make(who: Insider, printable: Data<Printable>, form: Form<NewForm>) -> HttpResponse {
    who.answer(take(&who, &printable, form.into_inner()).await)
}

async fn take(who: &Insider, printable: &Printable, form: NewForm) -> Result<HttpResponse, Turn> {
    let frame = frame_below(who)?;
    let known = known(who).await?;
    let new = match read(who.lang, &known, printable, &form) {
        Ok(new) => new,
        Err(errors) => return Ok(draw(frame, known, form, errors, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    let (actor, now, made) = (who.actor(), who.house.now(), new.clone());
    match house::write(&who.house, move |conn| or_refusal(writing::make(conn, &actor, now, &made))).await? {
        Ok(_) => Ok(see_other(&format!("{}/schrijven", Door::Office.version(&new.code, 1)))),
        Err(refusal) => {
            let (status, errors) = errors_of(who.lang, &refusal, "titel");
            Ok(draw(frame, known, form, errors, status))
        }
    }
}

/// The text when nothing is wrong, or what is wrong at which field.
fn read(lang: Lang, known: &Known, printable: &Printable, form: &NewForm) -> Result<AgreementText, FormErrors> {
    let (t, faults) = (lang.texts(), form.validate().err());
    let long = |field: &str| faults.as_ref().is_some_and(|all| all.field_errors().contains_key(field));
    let mut errors = FormErrors::default();
    let mut wrong = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
    let title = form.titel.trim();
    let code = address_word(title);
    if title.is_empty() || code.is_empty() || code == NEW {
        wrong("titel", fl!(t, "agreement-page-new-title-empty"));
    } else if long("titel") {
        wrong("titel", fl!(t, "agreement-page-too-long", most = 120));
    } else if holds_bsn(title) || (printable.0)(title).is_some() {
        wrong("titel", fl!(t, "agreement-page-new-title-wrong"));
    }
    if long("titel_en") {
        wrong("titel_en", fl!(t, "agreement-page-too-long", most = 120));
    }
    let procedure = known.procedures.iter().find(|one| one.details.code == form.procedure);
    let (kind, domain): (Option<TextKind>, Option<Domain>) = (form.soort.parse().ok(), form.domein.parse().ok());
    let whole = known.texts.iter().find(|one| one.code == form.bijlage && one.kind.is_signed());
    let role: Option<PrivacyRole> = form.rol.parse().ok();
    if procedure.is_none() {
        wrong("procedure", fl!(t, "agreement-page-choose", field = fl!(t, "agreement-page-procedure")));
    }
    if kind.is_none() {
        wrong("soort", fl!(t, "agreement-page-choose", field = fl!(t, "agreement-page-kind")));
    }
    if domain.is_none() {
        wrong("domein", fl!(t, "agreement-page-choose", field = fl!(t, "agreement-page-domain")));
    }
    let annex = kind.is_some_and(|kind| !kind.is_signed());
    match (annex, whole, procedure) {
        (true, None, _) => wrong("bijlage", fl!(t, "agreement-page-new-whole-missing")),
        (true, Some(whole), Some(procedure)) if whole.procedure_id != procedure.id => {
            wrong("bijlage", fl!(t, "agreement-page-new-whole-elsewhere"));
        }
        (false, Some(_), _) => wrong("bijlage", fl!(t, "agreement-page-new-whole-signed")),
        _ => {}
    }
    if kind.is_some_and(|kind| (kind == TextKind::Privacy) != role.is_some()) {
        wrong("rol", fl!(t, "agreement-page-new-role-wrong"));
    }
    match (procedure, kind, domain) {
        (Some(procedure), Some(kind), Some(domain)) if errors.is_empty() => Ok(AgreementText {
            id: 0,
            procedure_id: procedure.id,
            annex_to: whole.map(|one| one.id),
            kind,
            domain,
            code,
            title: Bilingual {
                nl: title.to_owned(),
                en: match form.titel_en.trim() {
                    "" => title.to_owned(),
                    english => english.to_owned(),
                },
            },
            privacy_role: role,
        }),
        _ => Err(errors),
    }
}
