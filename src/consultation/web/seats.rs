//! Who sits at a table (deelnemers): providers, client representatives and people of the municipality.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::reach::Reach;
use super::{carry_out, required, status_for, too_long, whole};
use crate::account::web::handlers::see_other;
use crate::agreement;
use crate::consultation::seating::{self, Colleague};
use crate::consultation::{Seat, SeatRole, store};
use crate::house::{self, Turn};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, answer, answer_to_check};
use crate::provider::{self, Provider};
use crate::text::Lang;

/// GET and POST `/tafels/{id}/deelnemers`.
#[derive(Template)]
#[template(path = "consultation/seats.html")]
pub struct SeatsPage {
    pub frame: Frame,
    pub base: String,
    pub table: String,
    pub seats: Vec<Seat>,
    /// Who has an agreement and no seat yet.
    pub providers: Vec<Provider>,
    pub colleagues: Vec<Colleague>,
    pub form: SeatForm,
    pub errors: FormErrors,
    pub done: Option<String>,
}

/// As it was typed. Which of the three forms was sent is told by the button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct SeatForm {
    pub actie: Pressed,
    #[validate(length(max = 20))]
    pub aanbieder: String,
    #[validate(length(max = 20))]
    pub collega: String,
    #[validate(length(max = 30))]
    pub rol: String,
    #[validate(length(max = 120))]
    pub naam: String,
    #[validate(length(max = 254))]
    pub email: String,
    #[validate(length(max = 2))]
    pub taal: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pressed {
    #[default]
    Aanbieder,
    /// All providers with an agreement at once.
    Allen,
    Collega,
    Client,
}

impl SeatsPage {
    fn role(&self, seat: &Seat) -> String {
        seat.role.in_words(self.frame.lang)
    }

    fn provider(&self) -> Entry {
        let choices = self.providers.iter().map(|one| {
            let id = one.id.to_string();
            Choice::new(&id, one.name.clone(), self.form.aanbieder == id)
        });
        let label = fl!(self.frame.t(), "consultation-role-provider-title");
        Entry::new(self.frame.lang, "aanbieder", label, EntryKind::Select(choices.collect())).told(&self.errors)
    }

    fn colleague(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let people = self.colleagues.iter().map(|one| {
            let id = one.account_id.to_string();
            Choice::new(&id, one.name.clone(), self.form.collega == id)
        });
        let chosen = self.form.rol.parse().unwrap_or(SeatRole::Municipality);
        let roles = [SeatRole::Municipality, SeatRole::Chair];
        let roles = roles.iter().map(|one| Choice::new(one.as_str(), one.in_words(lang), *one == chosen));
        vec![
            Entry::new(lang, "collega", fl!(t, "consultation-colleague"), EntryKind::Select(people.collect()))
                .told(&self.errors),
            Entry::new(lang, "rol", fl!(t, "consultation-role"), EntryKind::Radio(roles.collect())).told(&self.errors),
        ]
    }

    fn client(&self) -> Vec<Entry> {
        let (lang, t, form) = (self.frame.lang, self.frame.t(), &self.form);
        let languages = [(Lang::Nl, "Nederlands"), (Lang::En, "English")];
        let chosen = form.taal.parse().unwrap_or(Lang::Nl);
        let languages =
            languages.iter().map(|(one, name)| Choice::new(one.as_str(), (*name).to_owned(), *one == chosen));
        let email = EntryKind::Line { kind: "email", value: form.email.clone() };
        vec![
            Entry::line(lang, "naam", fl!(t, "consultation-person-name"), &form.naam).told(&self.errors),
            Entry::new(lang, "email", fl!(t, "consultation-email"), email)
                .hint(fl!(t, "consultation-email-hint"))
                .told(&self.errors),
            Entry::new(lang, "taal", fl!(t, "consultation-language"), EntryKind::Select(languages.collect()))
                .told(&self.errors),
        ]
    }
}

pub(super) async fn show(at: Reach, done: Option<String>) -> Result<HttpResponse, Turn> {
    page(at, SeatForm::default(), FormErrors::default(), done, StatusCode::OK).await
}

async fn page(
    at: Reach,
    form: SeatForm,
    errors: FormErrors,
    done: Option<String>,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let house = at.house.clone();
    let page = house::read(&house, move |conn| {
        let actor = &at.actor;
        let mut seats = store::seats(conn, actor, at.table.id)?;
        seats.retain(|seat| seat.left_at.is_none());
        let mut colleagues = seating::colleagues(conn, actor)?;
        colleagues.retain(|one| !seats.iter().any(|seat| seat.account_id == Some(one.account_id)));
        let mut providers = with_agreement(conn, actor, at.today())?;
        providers.retain(|one| !seats.iter().any(|seat| seat.provider_id == Some(one.id)));
        let (frame, table) = (at.below("/deelnemers"), at.table.name.clone());
        Ok(SeatsPage { frame, base: at.base, table, seats, providers, colleagues, form, errors, done })
    })
    .await?;
    Ok(answer(status, &page))
}

/// The providers whose agreement runs, or whose is yet to begin.
fn with_agreement(
    conn: &mut crate::db::Conn,
    actor: &crate::actor::Actor,
    today: chrono::NaiveDate,
) -> diesel::QueryResult<Vec<Provider>> {
    let all = provider::store::all(conn, actor)?;
    let ids: Vec<i64> = all.iter().map(|one| one.id).collect();
    let accessions = agreement::store::of(conn, actor, &ids)?;
    let runs = |one: &Provider| {
        let own = |accession: &&agreement::Accession| accession.provider_id == one.id;
        accessions.iter().filter(own).any(|accession| accession.active_until.is_none_or(|last| today <= last))
    };
    Ok(all.into_iter().filter(runs).collect())
}

pub(super) async fn seat(at: Reach, form: SeatForm) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let mut errors = FormErrors::default();
    if form.actie == Pressed::Client {
        required(at.lang, &mut errors, ("naam", fl!(at.lang.texts(), "consultation-person-name")), &form.naam);
        if !validator::ValidateEmail::validate_email(&form.email.trim()) {
            errors.fields.push(("email".to_owned(), fl!(at.lang.texts(), "consultation-email-wrong")));
        }
    }
    errors.fields.extend(
        too_long(at.lang, &form).into_iter().filter(|(field, _)| errors.at(field).is_none()).collect::<Vec<_>>(),
    );
    if !errors.is_empty() {
        return page(at, form, errors, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (actor, now, today, table, base) = (at.actor.clone(), at.now(), at.today(), at.table.id, at.base.clone());
    let sent = form.clone();
    let done = carry_out(&at.house, move |conn| {
        match sent.actie {
            Pressed::Aanbieder => {
                seating::seat_provider(conn, &actor, now, table, sent.aanbieder.parse().unwrap_or(0))?;
            }
            Pressed::Allen => {
                let seated = store::seats(conn, &actor, table)?;
                for one in with_agreement(conn, &actor, today)? {
                    if !seated.iter().any(|seat| seat.provider_id == Some(one.id) && seat.left_at.is_none()) {
                        seating::seat_provider(conn, &actor, now, table, one.id)?;
                    }
                }
            }
            Pressed::Collega => {
                let role = sent.rol.parse().unwrap_or(SeatRole::Municipality);
                seating::seat_colleague(conn, &actor, now, table, sent.collega.parse().unwrap_or(0), role)?;
            }
            Pressed::Client => {
                let lang = sent.taal.parse().unwrap_or(Lang::Nl);
                seating::seat_client_representative(conn, &actor, now, table, &sent.naam, &sent.email, lang)?;
            }
        }
        Ok(())
    });
    match done.await? {
        Ok(()) => Ok(see_other(&format!("{base}/deelnemers?klaar=deelnemer"))),
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            page(at, form, errors, None, status_for(&refusal)).await
        }
    }
}

/// The check page before somebody leaves, which is the answer to the button beside his name.
#[derive(Template)]
#[template(path = "consultation/leave.html")]
pub struct LeavePage {
    pub frame: Frame,
    pub base: String,
    pub table: String,
    pub seat: Seat,
}

impl LeavePage {
    fn role(&self) -> String {
        self.seat.role.in_words(self.frame.lang)
    }
}

/// Which of the two buttons was pressed.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct LeaveForm {
    #[validate(length(max = 20))]
    pub stap: String,
}

pub(super) async fn leave(at: Reach, seat: i64, form: LeaveForm) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    if form.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, table, base) = (at.actor.clone(), at.now(), at.table.id, at.base.clone());
    let sure = form.stap == "vastleggen";
    let done = carry_out(&at.house, move |conn| match sure {
        true => seating::leave(conn, &actor, now, table, seat).map(|()| None),
        false => seating::leaving(conn, &actor, table, seat).map(Some),
    });
    match done.await? {
        Ok(Some(seat)) if seat.left_at.is_none() => {
            let frame =
                at.below("/deelnemers").crumb(fl!(at.lang.texts(), "consultation-seats"), format!("{base}/deelnemers"));
            Ok(answer_to_check(&LeavePage { frame, base, table: at.table.name, seat }))
        }
        Ok(_) => Ok(see_other(&format!("{base}/deelnemers"))),
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            page(at, SeatForm::default(), errors, None, status_for(&refusal)).await
        }
    }
}
