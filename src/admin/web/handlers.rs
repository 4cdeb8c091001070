//! Answering: the health of the mail, one mail, sending again, and a test mail.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use diesel::prelude::*;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{HealthFigures, MailPage, MailRow, OneMailPage};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::house::{self, Turn};
use crate::mail::look::{self, Line, PAGE, Posted};
use crate::mail::sending::Destination;
use crate::mail::{Address, LINK, MailKind, MailState, Outgoing, may_look, may_manage, store};
use crate::page::{Frame, Section, answer};
use crate::schema::account;

/// Older mails than this one.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct MailQuery {
    #[validate(range(min = 1))]
    voor: Option<i64>,
}

/// GET `/beheer/mail`
pub async fn mail(who: Insider, query: Query<MailQuery>) -> HttpResponse {
    who.answer(show_mail(&who, &query).await)
}

/// The frame of a page of the administrator, for who may look.
pub(super) fn frame(who: &Insider) -> Result<Frame, Turn> {
    if !may_look(&who.actor()) {
        return Err(Turn::NotAllowed);
    }
    Ok(who.frame(Some(Section::Admin)))
}

async fn show_mail(who: &Insider, query: &MailQuery) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?;
    if query.validate().is_err() {
        return Err(Turn::BadRequest);
    }
    let (actor, now, before) = (who.actor(), who.house.now(), query.voor);
    let (health, stranded, mut lines) = house::read(&who.house, move |conn| {
        let stranded = look::newest(conn, &actor, &[MailState::Bounced, MailState::GivenUp], None)?;
        Ok((look::health(conn, &actor, now)?, stranded, look::newest(conn, &actor, MailState::ALL, before)?))
    })
    .await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let older = lines.last().filter(|_| more).map(|last| format!("/beheer/mail?voor={}", last.id));
    let sending = &who.house.mail;
    let page = MailPage {
        frame,
        manages: may_manage(&who.actor()),
        destination: sending.destination(),
        from: sending.from(),
        contact: sending.contact().to_owned(),
        health: HealthFigures {
            waiting: health.waiting,
            waits_since: health.waits_since.map(wall_clock),
            stranded: health.stranded,
            sent: health.sent,
            last_trouble: health.last_trouble,
        },
        stranded: stranded.into_iter().map(MailRow::from).collect(),
        rows: lines.into_iter().map(MailRow::from).collect(),
        older,
        newest: before.is_none(),
    };
    Ok(answer(StatusCode::OK, &page))
}

impl From<Line> for MailRow {
    fn from(line: Line) -> MailRow {
        MailRow {
            id: line.id,
            subject: line.subject,
            to: line.to_name,
            state: line.state,
            posted_at: wall_clock(line.posted_at),
        }
    }
}

/// GET `/beheer/mail/{id}`
pub async fn one_mail(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(show_one(&who, *id).await)
}

async fn show_one(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    let frame = frame(who)?.crumb(fl!(who.lang.texts(), "admin-mail"), "/beheer/mail");
    let actor = who.actor();
    let mail: Posted = house::read(&who.house, move |conn| look::find(conn, &actor, id)?.ok_or(Turn::NotFound)).await?;
    let text = mail.sent_text.unwrap_or_else(|| mail.letter.text_to_show(&who.house.mail));
    let page = OneMailPage {
        frame,
        manages: may_manage(&who.actor()),
        id: mail.id,
        kind: mail.kind,
        state: mail.state,
        to_name: mail.letter.to_name,
        to_email: mail.letter.to_email,
        subject: mail.letter.subject,
        text,
        language: mail.letter.language,
        posted_at: wall_clock(mail.letter.posted_at),
        attempts: mail.attempts,
        next_at: (mail.state == MailState::Waiting).then(|| wall_clock(mail.due_at)),
        ended_at: mail.ended_at.map(wall_clock),
        answer: mail.answer,
        in_portal: mail.in_portal,
        laid_down: matches!(who.house.mail.destination(), Some(Destination::Folder(_))),
    };
    Ok(answer(StatusCode::OK, &page))
}

/// POST `/beheer/mail/{id}/opnieuw`
pub async fn send_again(who: Insider, id: Path<i64>) -> HttpResponse {
    who.answer(carry_out_again(&who, *id).await)
}

async fn carry_out_again(who: &Insider, id: i64) -> Result<HttpResponse, Turn> {
    if !may_manage(&who.actor()) {
        return Err(Turn::NotAllowed);
    }
    let (actor, now) = (who.actor(), who.house.now());
    house::write(&who.house, move |conn| {
        look::find(conn, &actor, id)?.ok_or(Turn::NotFound)?;
        // One that waits or was sent stays as it is: a second press of the button changes nothing.
        look::send_again(conn, &actor, now, id)?;
        Ok(())
    })
    .await?;
    Ok(see_other(&format!("/beheer/mail/{id}")))
}

/// POST `/beheer/mail/proef`: a mail to who asks for it, along the way that every mail goes.
pub async fn test_mail(who: Insider) -> HttpResponse {
    who.answer(post_test_mail(&who).await)
}

async fn post_test_mail(who: &Insider) -> Result<HttpResponse, Turn> {
    if !may_manage(&who.actor()) {
        return Err(Turn::NotAllowed);
    }
    let (actor, now, lang, name) = (who.actor(), who.house.now(), who.lang, who.person().name.clone());
    let (account_id, municipality_id) = (who.person().account_id, who.person().municipality_id);
    let id = house::write(&who.house, move |conn| {
        let email = email_of(conn, account_id)?;
        let wall = wall_clock(now);
        let values =
            [("datum", lang.day(wall.date())), ("tijd", lang.time(wall.time())), (LINK, "/beheer/mail".to_owned())];
        let to = Address { name: &name, email: &email, language: lang };
        let mail = Outgoing { municipality_id, kind: MailKind::Test, to, values: &values, provider_id: None };
        let id = store::post(conn, now, &mail)?;
        let object = format!("mail/{id}");
        audit::record(conn, &actor, now, Act { action: "mail.test", object: &object, result: "done", detail: "" })?;
        Ok(id)
    })
    .await?;
    Ok(see_other(&format!("/beheer/mail/{id}")))
}

fn email_of(conn: &mut Conn, account_id: i64) -> QueryResult<String> {
    account::table.find(account_id).select(account::email).first(conn)
}
