//! The mails about an account (berichten): an invitation, a new password, a new device. No mail names a role, an
//! organisation or anything about somebody else.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use i18n_embed_fl::fl;

use crate::account::store::Person;
use crate::account::store::credential::make_account_link;
use crate::account::{LinkKind, Token};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::mail::{self, Address, LINK, MailKind, Outgoing};
use crate::schema::procedure;

/// Sends somebody a link of this kind.
pub fn send_link(conn: &mut Conn, now: NaiveDateTime, to: &Person, kind: LinkKind, token: &Token) -> QueryResult<()> {
    let until = make_account_link(conn, now, to.account_id, kind, token)?;
    let (mail, path) = match kind {
        LinkKind::Invitation => (MailKind::AccountInvited, format!("/inloggen/uitnodiging/{}", token.as_str())),
        LinkKind::NewPassword => (MailKind::PasswordReset, format!("/inloggen/wachtwoord/{}", token.as_str())),
    };
    let until = to.language.moment(wall_clock(until));
    post(conn, now, to, mail, &[("datum", until), (LINK, path)])
}

/// Tells somebody who has a password already that he was given a role: he signs in as he always does.
pub fn tell_of_role(conn: &mut Conn, now: NaiveDateTime, to: &Person) -> QueryResult<()> {
    let until = to.language.moment(wall_clock(now + crate::account::INVITATION_LASTS));
    post(conn, now, to, MailKind::AccountInvited, &[("datum", until), (LINK, "/inloggen".to_owned())])
}

/// "new device / changed login" (E32): "Was u dit niet? Bel {{telefoon}}."
pub fn tell_of_device(conn: &mut Conn, now: NaiveDateTime, to: &Person, device: &str) -> QueryResult<()> {
    let (here, lang) = (wall_clock(now), to.language);
    let whom = phone(conn, to.municipality_id)?.unwrap_or_else(|| fl!(lang.texts(), "account-call-municipality"));
    let device = match device {
        "" => fl!(lang.texts(), "account-device-unknown"),
        known => known.to_owned(),
    };
    let values = [
        ("datum", lang.day(here.date())),
        ("tijd", lang.time(here.time())),
        ("telefoon", whom),
        ("apparaat", device),
        (LINK, "/account".to_owned()),
    ];
    post(conn, now, to, MailKind::NewDevice, &values)
}

/// Where the municipality is called: the number of the contact of its newest procedure that has one.
fn phone(conn: &mut Conn, municipality_id: i64) -> QueryResult<Option<String>> {
    procedure::table
        .filter(procedure::municipality_id.eq(municipality_id).and(procedure::contact_phone.ne("")))
        .order(procedure::id.desc())
        .select(procedure::contact_phone)
        .first(conn)
        .optional()
}

fn post(
    conn: &mut Conn,
    now: NaiveDateTime,
    to: &Person,
    kind: MailKind,
    values: &[(&'static str, String)],
) -> QueryResult<()> {
    let address = Address { name: &to.name, email: &to.email, language: to.language };
    let mail = Outgoing { municipality_id: to.municipality_id, kind, to: address, values, provider_id: None };
    mail::store::post(conn, now, &mail)?;
    Ok(())
}
