//! Answering: looking after users, by the functional administrator of a municipality and by the administrator of a
//! provider for its own people.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Form, Path, Query};
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::see_other;
use crate::account::entrance::{Insider, users_page};
use crate::account::store::people::{self, Refusal};
use crate::account::store::{NewUser, credential, interest, person};
use crate::account::web::people::{PeoplePage, Row, Typed};
use crate::account::{INTEREST_LASTS, LinkKind, Token, may_give, notice};
use crate::actor::{Actor, Role};
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::page::{FormErrors, Section, answer};
use crate::text::Lang;
use crate::written::plain;

codes! {
    /// What an administrator can do about somebody's role or account.
    pub enum Deed {
        EndRole = "beeindigen",
        Disable = "uitschakelen",
        Enable = "inschakelen",
        ResetFactor = "tweede-stap",
        Invite = "uitnodigen",
        Review = "nagekeken",
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct DoneQuery {
    klaar: Option<String>,
    /// Part of a name, an address or an organisation.
    q: Option<String>,
}

/// Which page of users is asked for, and whether this person looks after it. What is not there for him is not found.
async fn base(who: &Insider, provider: Option<&str>) -> Result<String, Turn> {
    if let Some(written) = provider {
        let number: i64 = written.split('-').next().and_then(|digits| digits.parse().ok()).ok_or(Turn::NotFound)?;
        let actor = who.actor();
        let seen = house::read(&who.house, move |conn| {
            let found = people::provider_numbered(conn, &actor, number)?;
            Ok(found.is_some_and(|found| actor.may_see(found)))
        })
        .await?;
        if !seen {
            return Err(Turn::NotFound);
        }
    }
    users_page(who.person()).filter(|_| provider.is_some() == who.person().provider.is_some()).ok_or(Turn::NotAllowed)
}

/// GET `/beheer/gebruikers`
pub async fn of_municipality(who: Insider, query: Query<DoneQuery>) -> HttpResponse {
    who.answer(show(&who, None, &query).await)
}

/// GET `/aanbieders/{nr}/gebruikers`
pub async fn of_provider(who: Insider, path: Path<String>, query: Query<DoneQuery>) -> HttpResponse {
    who.answer(show(&who, Some(&path), &query).await)
}

async fn show(who: &Insider, provider: Option<&str>, query: &DoneQuery) -> Result<HttpResponse, Turn> {
    let base = base(who, provider).await?;
    let t = who.lang.texts();
    let deed: Option<Deed> = query.klaar.as_deref().and_then(|word| word.parse().ok());
    let done = deed.map(|deed| match deed {
        Deed::EndRole => fl!(t, "account-people-done-ended"),
        Deed::Disable => fl!(t, "account-people-done-disabled"),
        Deed::Enable => fl!(t, "account-people-done-enabled"),
        Deed::ResetFactor | Deed::Invite => fl!(t, "account-people-done-invited"),
        Deed::Review => fl!(t, "account-people-done-reviewed"),
    });
    let sought = query.q.clone().unwrap_or_default();
    listed(who, base, StatusCode::OK, Typed::default(), FormErrors::default(), done, sought).await
}

async fn page(
    who: &Insider,
    base: String,
    status: StatusCode,
    form: Typed,
    errors: FormErrors,
    done: Option<String>,
) -> Result<HttpResponse, Turn> {
    listed(who, base, status, form, errors, done, String::new()).await
}

async fn listed(
    who: &Insider,
    base: String,
    status: StatusCode,
    form: Typed,
    errors: FormErrors,
    done: Option<String>,
    sought: String,
) -> Result<HttpResponse, Turn> {
    let (actor, now) = (who.actor(), who.house.now());
    let mut rows = house::read(&who.house, move |conn| rows(conn, &actor)).await?;
    let (all, part) = (rows.len(), plain(sought.trim()));
    rows.retain(|row| {
        let firm = row.seat.provider.as_ref().map_or("", |(_, name)| name.as_str());
        [row.seat.name.as_str(), row.seat.email.as_str(), firm].iter().any(|text| plain(text).contains(&part))
    });
    let mut frame = who.frame(Some(Section::Users));
    frame.here = base.clone();
    let roles = may_give(who.person().role);
    Ok(answer(status, &PeoplePage { frame, base, rows, roles, form, errors, done, now, sought, all }))
}

fn rows(conn: &mut Conn, actor: &Actor) -> Result<Vec<Row>, Turn> {
    let seats = people::seats(conn, actor)?;
    let accounts: Vec<i64> = seats.iter().map(|seat| seat.account_id).collect();
    let seen = people::last_seen(conn, &accounts)?;
    let row = |seat: people::Seat| Row {
        last_seen: seen.iter().find(|(account, _)| *account == seat.account_id).and_then(|(_, at)| *at),
        oneself: actor.account_id() == Some(seat.account_id),
        seat,
    };
    Ok(seats.into_iter().map(row).collect())
}

/// Who is invited, in which role.
#[derive(Debug, Deserialize, Validate)]
pub struct InviteForm {
    #[validate(length(min = 1, max = 200), custom(function = "readable"))]
    naam: String,
    #[validate(email, length(max = 254))]
    email: String,
    #[serde(default)]
    rol: String,
    #[serde(default)]
    #[validate(length(max = 100))]
    aanbieder: String,
    /// He knows that whoever he invites works for a provider.
    #[serde(default)]
    #[validate(length(max = 2))]
    toch: String,
}

fn readable(text: &str) -> Result<(), validator::ValidationError> {
    let fine = !text.trim().is_empty() && !text.chars().any(char::is_control);
    if fine { Ok(()) } else { Err(validator::ValidationError::new("readable")) }
}

impl InviteForm {
    fn errors(&self, lang: Lang, roles: &[Role], of_provider: bool) -> FormErrors {
        let t = lang.texts();
        let faults = self.validate().err();
        let wrong = |field: &str| faults.as_ref().is_some_and(|faults| faults.field_errors().contains_key(field));
        let mut errors = FormErrors::default();
        let mut say = |field: &str, text: String| errors.fields.push((field.to_owned(), text));
        if wrong("naam") {
            say("naam", fl!(t, "account-name-wrong"));
        }
        if wrong("email") {
            say("email", fl!(t, "account-email-wrong"));
        }
        match self.role().filter(|role| roles.contains(role)) {
            None => say("rol", fl!(t, "account-people-choose-role")),
            Some(role) if !of_provider && role.is_of_provider() && self.number().is_none() => {
                say("aanbieder", fl!(t, "account-people-which-provider"));
            }
            Some(_) => {}
        }
        errors
    }

    fn role(&self) -> Option<Role> {
        self.rol.parse().ok()
    }

    fn number(&self) -> Option<i64> {
        self.aanbieder.trim().parse().ok()
    }

    fn typed(&self) -> Typed {
        Typed {
            name: self.naam.clone(),
            email: self.email.clone(),
            role: self.role(),
            provider: self.aanbieder.clone(),
            warned: self.toch == "ja",
        }
    }
}

/// POST `/beheer/gebruikers`
pub async fn invite_to_municipality(who: Insider, form: Form<InviteForm>) -> HttpResponse {
    who.answer(invite(&who, None, &form).await)
}

/// POST `/aanbieders/{nr}/gebruikers`
pub async fn invite_to_provider(who: Insider, path: Path<String>, form: Form<InviteForm>) -> HttpResponse {
    who.answer(invite(&who, Some(&path), &form).await)
}

async fn invite(who: &Insider, provider: Option<&str>, form: &InviteForm) -> Result<HttpResponse, Turn> {
    let base = base(who, provider).await?;
    let actor = who.actor();
    let errors = form.errors(who.lang, &may_give(actor.role()), actor.own_provider().is_some());
    let Some(role) = form.role().filter(|_| errors.is_empty()) else {
        return page(who, base, StatusCode::BAD_REQUEST, form.typed(), errors, None).await;
    };
    let (now, token) = (who.house.now(), Token::new()?);
    if !role.is_of_provider() && form.toch != "ja" {
        let (tenant, email, since) =
            (actor.tenant(), form.email.trim().to_lowercase(), who.house.now() - INTEREST_LASTS);
        let tied = house::read(&who.house, move |conn| Ok(interest::known_here(conn, tenant, &email, since)?)).await?;
        if !tied.is_empty() {
            let numbers: Vec<String> = tied.iter().map(ToString::to_string).collect();
            let said = fl!(who.lang.texts(), "account-people-interest", numbers = numbers.join(", "));
            let errors = FormErrors { fields: vec![("toch".to_owned(), said)], whole: vec![] };
            let typed = Typed { warned: true, ..form.typed() };
            return page(who, base, StatusCode::CONFLICT, typed, errors, None).await;
        }
    }
    let (name, email, number) = (form.naam.trim().to_owned(), form.email.trim().to_lowercase(), form.number());
    let given = house::write(&who.house, move |conn| {
        let provider_id = match (role.is_of_provider(), actor.own_provider(), number) {
            (false, ..) => None,
            (true, Some(own), _) => Some(own),
            (true, None, number) => match people::provider_numbered(conn, &actor, number.unwrap_or(0))? {
                Some(provider) => Some(provider),
                None => return Ok(Err(None)),
            },
        };
        let new = NewUser { name: &name, email: &email, role, municipality_id: actor.tenant(), provider_id };
        match people::give(conn, &actor, now, &new)? {
            Ok(grant) => tell(conn, now, grant, &token).map(Ok),
            Err(refusal) => Ok(Err(Some(refusal))),
        }
    })
    .await?;
    let t = who.lang.texts();
    let errors = match given {
        Ok(()) => return Ok(see_other(&format!("{base}?klaar={}", Deed::Invite))),
        Err(None) => {
            FormErrors { fields: vec![("aanbieder".into(), fl!(t, "account-people-which-provider"))], whole: vec![] }
        }
        Err(Some(refusal)) => FormErrors { fields: vec![], whole: vec![in_words(who.lang, refusal)] },
    };
    page(who, base, StatusCode::BAD_REQUEST, form.typed(), errors, None).await
}

/// An invitation for who cannot sign in yet; a word for who can.
pub fn tell(conn: &mut Conn, now: chrono::NaiveDateTime, grant: i64, token: &Token) -> Result<(), Turn> {
    // A disabled account is told nothing until it is enabled again.
    let Some(person) = person(conn, grant)? else { return Ok(()) };
    let has_factor = credential::holder(conn, person.account_id)?.is_some_and(|holder| holder.factor.is_some());
    match has_factor {
        true => notice::tell_of_role(conn, now, &person)?,
        false => notice::send_link(conn, now, &person, LinkKind::Invitation, token)?,
    }
    Ok(())
}

/// POST `/beheer/gebruikers/{rol}/{daad}`
pub async fn act_in_municipality(who: Insider, path: Path<(i64, String)>) -> HttpResponse {
    let (grant, deed) = path.into_inner();
    who.answer(act(&who, None, grant, &deed).await)
}

/// POST `/aanbieders/{nr}/gebruikers/{rol}/{daad}`
pub async fn act_in_provider(who: Insider, path: Path<(String, i64, String)>) -> HttpResponse {
    let (provider, grant, deed) = path.into_inner();
    who.answer(act(&who, Some(&provider), grant, &deed).await)
}

async fn act(who: &Insider, provider: Option<&str>, grant: i64, deed: &str) -> Result<HttpResponse, Turn> {
    let base = base(who, provider).await?;
    let deed: Deed = deed.parse().map_err(|_| Turn::NotFound)?;
    let (actor, now, token) = (who.actor(), who.house.now(), Token::new()?);
    let done = house::write(&who.house, move |conn| {
        let seat = people::seat(conn, &actor, grant)?.ok_or(Turn::NotFound)?;
        let done = match deed {
            Deed::EndRole => people::end(conn, &actor, now, &seat)?,
            Deed::Disable => people::disable(conn, &actor, now, &seat, true)?,
            Deed::Enable => people::disable(conn, &actor, now, &seat, false)?,
            Deed::ResetFactor => people::reset_factor(conn, &actor, now, &seat)?,
            Deed::Review => people::review(conn, &actor, now, &seat)?,
            Deed::Invite => Ok(()),
        };
        if done.is_ok() && matches!(deed, Deed::ResetFactor | Deed::Invite) {
            tell(conn, now, grant, &token)?;
        }
        Ok(done)
    })
    .await?;
    match done {
        Ok(()) => Ok(see_other(&format!("{base}?klaar={deed}"))),
        Err(refusal) => {
            let errors = FormErrors { fields: vec![], whole: vec![in_words(who.lang, refusal)] };
            page(who, base, StatusCode::CONFLICT, Typed::default(), errors, None).await
        }
    }
}

fn in_words(lang: Lang, refusal: Refusal) -> String {
    let t = lang.texts();
    match refusal {
        Refusal::Oneself => fl!(t, "account-people-oneself"),
        Refusal::HasIt => fl!(t, "account-people-has-it"),
        Refusal::OwnLast => fl!(t, "account-people-own-last"),
        Refusal::WorksElsewhere => fl!(t, "account-people-elsewhere"),
    }
}
