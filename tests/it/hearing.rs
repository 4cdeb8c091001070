//! The quarter from both sides: put before the provider, reacted to, answered, judged by a person, set final and corrected; on both
//! databases. `pages` is the same on screen, `matrix` the quarter of all providers.

mod matrix;
mod pages;
mod sides;

use openhouse::actor::{Actor, Role};
use openhouse::assessment::store::{Fault, latest};
use openhouse::assessment::{Refusal, hearing};
use openhouse::db::Conn;
use openhouse::quarter::Quarter;

use crate::ground::now;

/// Puts the version that counts before its provider, who has no remarks: now it may be set final.
pub fn heard(conn: &mut Conn, tenant: i64, provider: i64, quarter: Quarter) {
    let jo = Actor::of_municipality("Jo", Role::ContractManager, tenant, "test");
    let current = latest(conn, &jo, provider, quarter).expect("it can be read").expect("it was judged");
    hearing::open(conn, &jo, now(), provider, quarter, current.version).expect("it is put before the provider");
    let noor = Actor::of_provider("Noor", tenant, provider, "test");
    hearing::no_remarks(conn, &noor, now(), provider, quarter).expect("the provider has no remarks");
}

pub fn refusal<T: std::fmt::Debug>(tried: Result<T, Fault>) -> Refusal {
    match tried {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}
