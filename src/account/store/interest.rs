//! Own interest (eigen belang): the providers that somebody works for, or worked for lately, in whatever municipality. The
//! chapters that judge a provider ask here first, as nobody has a say about his own organisation.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::schema::{account, registration, role_grant};

/// A role with a provider, that runs or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Tie {
    pub provider_id: i64,
    pub ended_at: Option<NaiveDateTime>,
}

impl Tie {
    pub fn binds_since(&self, since: NaiveDateTime) -> bool {
        self.ended_at.is_none_or(|ended| since < ended)
    }
}

/// Every role with a provider that this account has or ever had.
pub fn ties(conn: &mut Conn, account_id: i64) -> QueryResult<Vec<Tie>> {
    role_grant::table
        .filter(role_grant::account_id.eq(account_id).and(role_grant::provider_id.is_not_null()))
        .select((role_grant::provider_id.assume_not_null(), role_grant::ended_at))
        .load(conn)
}

/// The numbers in this municipality of the providers for which whoever has this address works or worked after `since`:
/// what an administrator should know before he gives him a role in the office. What is not registered here is not told.
pub fn known_here(conn: &mut Conn, municipality_id: i64, email: &str, since: NaiveDateTime) -> QueryResult<Vec<i64>> {
    let found: Option<i64> =
        account::table.filter(account::email.eq(email)).select(account::id).first(conn).optional()?;
    let Some(account_id) = found else { return Ok(Vec::new()) };
    let tied = ties(conn, account_id)?.into_iter().filter(|tie| tie.binds_since(since));
    let tied: Vec<i64> = tied.map(|tie| tie.provider_id).collect();
    registration::table
        .filter(registration::municipality_id.eq(municipality_id).and(registration::provider_id.eq_any(tied)))
        .order(registration::number)
        .select(registration::number)
        .load(conn)
}
