//! What an agreement asks of the municipality (signaal): a line of the work queue and of the list of terms.

use std::collections::HashMap;

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::{Door, path_of};
use crate::actor::{Actor, Role};
use crate::agreement::life::{self, Life, LifeState, LifeVerb, dissolving, store, subcontracting, transfer};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::store::terms;
use crate::provider::{self, Provider};
use crate::text::Lang;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The provider asked for a client stop from this day.
    StopAsked(NaiveDate),
    /// The provider can give its views until this day.
    ViewsUntil(NaiveDate),
    /// It was heard: somebody decides.
    DecideDissolution,
    /// It ends, and nobody said whether it is extended.
    EndsSoon(NaiveDate),
    /// Its last day is over and so many clients are not handed over.
    ClientsLeft(usize),
    /// So many subcontractors wait for consent.
    Subcontractors(usize),
}

impl Signal {
    pub fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            Signal::StopAsked(day) => fl!(t, "life-signal-stop-asked", day = lang.day(day)),
            Signal::ViewsUntil(day) => fl!(t, "life-signal-views", day = lang.day(day)),
            Signal::DecideDissolution => fl!(t, "life-signal-decide"),
            Signal::EndsSoon(day) => fl!(t, "life-signal-ends", day = lang.day(day)),
            Signal::ClientsLeft(count) => fl!(t, "life-signal-clients", count = count),
            Signal::Subcontractors(count) => fl!(t, "life-signal-subcontractors", count = count),
        }
    }

    /// The roles that do something about it.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Signal::StopAsked(_) => LifeVerb::AgreeStop.roles(),
            Signal::ViewsUntil(_) => &[],
            Signal::DecideDissolution => LifeVerb::Dissolve.roles(),
            Signal::EndsSoon(_) => LifeVerb::Extend.roles(),
            Signal::ClientsLeft(_) | Signal::Subcontractors(_) => &[Role::ContractManager],
        }
    }
}

/// An agreement with what it asks.
#[derive(Debug, Clone)]
pub struct Line {
    pub life: Life,
    pub provider: Provider,
    pub signals: Vec<Signal>,
}

impl Line {
    pub fn path(&self) -> String {
        path_of(Door::Office, &self.provider, self.life.id)
    }
}

/// Every agreement of the municipality that begins or runs, by the name of its provider.
pub fn all(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> diesel::QueryResult<Vec<Line>> {
    use LifeState::{Active, ClientStop, Notice, Signed};
    let months = terms(conn, actor, today)?.life.extension_months;
    let providers: HashMap<i64, Provider> =
        provider::store::all(conn, actor)?.into_iter().map(|one| (one.id, one)).collect();
    let cases = life::cases::cases(conn, actor, today)?;
    let waiting = subcontracting::waiting(conn, actor)?;
    let mut lines = Vec::new();
    for life in store::all(conn, actor, &[Signed, Active, ClientStop, Notice])? {
        let Some(provider) = providers.get(&life.provider_id) else { continue };
        let mut signals: Vec<Signal> = life.asked_stop_from.map(Signal::StopAsked).into_iter().collect();
        if let Some(intention) = life.intention {
            let stated = dissolving::open_intention(conn, actor, &life)?.is_some_and(|(_, views)| !views.is_empty());
            signals.push(match stated || intention.views.is_over(today) {
                true => Signal::DecideDissolution,
                false => Signal::ViewsUntil(intention.views.due),
            });
        }
        match life.ends_on() {
            Some(last) if last < today && life.state.runs() => {
                let with_provider = cases.get(&life.provider_id).map_or(&[][..], Vec::as_slice);
                let list = transfer::of(conn, actor, &life)?;
                let left = transfer::left(list.as_ref(), with_provider);
                signals.extend((left > 0).then_some(Signal::ClientsLeft(left)));
            }
            Some(last) if life.state == Active && life.told_late(today, months) => {
                signals.push(Signal::EndsSoon(last));
            }
            _ => {}
        }
        let asked = waiting.iter().filter(|(id, at)| *id == life.id && wall_clock(*at).date() <= today).count();
        signals.extend((asked > 0).then_some(Signal::Subcontractors(asked)));
        lines.push(Line { life, provider: provider.clone(), signals });
    }
    lines.sort_by_key(|line| (line.provider.name.to_lowercase(), line.life.id));
    Ok(lines)
}
