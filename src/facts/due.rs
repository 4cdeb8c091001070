//! When the statement of a quarter is due (uiterste datum): "28 dagen na de laatste dag van het kwartaal", a setting.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::actor::Actor;
use crate::calendar::add_days;
use crate::db::Conn;
use crate::facts::Settings;
use crate::facts::gather::read_settings;
use crate::procedure;
use crate::quarter::Quarter;

/// The due dates of every quarter, under the settings that held in each.
#[derive(Debug, Clone, Default)]
pub struct DueDates {
    /// From which day how many days, oldest first.
    terms: Vec<(NaiveDate, u32)>,
}

impl DueDates {
    pub fn load(conn: &mut Conn, actor: &Actor) -> QueryResult<DueDates> {
        let versions = procedure::store::settings_versions(conn, actor)?;
        let term = |(from, body): (NaiveDate, String)| Ok((from, read_settings(&body)?.k10_due_days));
        Ok(DueDates { terms: versions.into_iter().map(term).collect::<QueryResult<_>>()? })
    }

    pub fn of(&self, quarter: Quarter) -> NaiveDate {
        let held = self.terms.iter().rfind(|(from, _)| *from <= quarter.last_day());
        let days = held.map_or_else(|| Settings::default().k10_due_days, |(_, days)| *days);
        add_days(quarter.last_day(), i64::from(days))
    }
}
