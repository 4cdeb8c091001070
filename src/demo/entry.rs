//! The open procedure of the invented municipality (open toelatingsprocedure), so that one can apply in the demonstration.

use anyhow::anyhow;
use chrono::NaiveDateTime;

use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::admission::store::Fault;
use crate::procedure::admission::{Details, Remedy, first};
use crate::text::Lang;

pub(super) fn open(conn: &mut Conn, system: &Actor, now: NaiveDateTime) -> anyhow::Result<i64> {
    let mut details: Details = first::usual("Marloes de Wit", "contract@noordermeer.example");
    details.contact.phone = "0500 000 000".to_owned();
    (details.remedy, details.court) = (Remedy::Court, "Noordermeer".to_owned());
    first::open(conn, system, now, wall_clock(now).date(), &details).map_err(|fault| match fault {
        Fault::Trouble(cause) => anyhow!(cause),
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
    })
}
