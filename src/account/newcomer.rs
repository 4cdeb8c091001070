//! Somebody new (nieuwkomer): an account that works for nobody yet, by its e-mail address.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::schema::account;
use crate::text::Lang;

/// The account with this address, or a new one; what is known of an account stays as it is.
pub fn known_or_new(conn: &mut Conn, now: NaiveDateTime, name: &str, email: &str, language: Lang) -> QueryResult<i64> {
    let known: Option<i64> =
        account::table.filter(account::email.eq(email)).select(account::id).first(conn).optional()?;
    match known {
        Some(id) => Ok(id),
        None => diesel::insert_into(account::table)
            .values((
                account::name.eq(name),
                account::email.eq(email),
                account::language.eq(language),
                account::created_at.eq(now),
            ))
            .returning(account::id)
            .get_result(conn),
    }
}
