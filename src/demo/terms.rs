//! What befell the agreements of the invented municipality (looptijden): a notice with clients to hand over, a client stop,
//! an intention to dissolve with views, an end that is near, and a subcontractor; each by the verb of who may.

use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::applying::Staff;
use super::days::{at, working_day_until};
use super::load::Loading;
use crate::actor::{Actor, Role};
use crate::agreement::life::store::{self, Fault};
use crate::agreement::life::subcontracting::{NewSubcontractor, ask};
use crate::agreement::life::transfer::{self, Settled};
use crate::agreement::life::{Ground, Life, LifeVerb, cases, dissolving, leaving, running};
use crate::calendar::{add_days, utc, wall_clock};
use crate::db::Conn;
use crate::procedure::indexation::{self, Method, Percent, Share};
use crate::text::Lang;
use crate::{provider, reminder};

/// KvK numbers of the firms it befalls.
const LEAVES: &str = "90003184";
const STOPPED: &str = "90001964";
const INTENDED: &str = "90002528";
const SUBCONTRACTS: &str = "90001234";

/// All of it or nothing; once.
pub fn befall(to: &Loading<'_>, tenant: i64) -> anyhow::Result<()> {
    let system = Actor::system(tenant);
    let leaves = to.db.read(|conn| Scene::of(conn, &system, LEAVES))?;
    let done = to.db.read(|conn| store::events(conn, &system, leaves.life.id))?;
    if done.iter().any(|event| event.verb == LifeVerb::GiveNotice) {
        return Ok(());
    }
    to.db.write(|conn| play(conn, &system, to.now))
}

fn play(conn: &mut Conn, system: &Actor, now: NaiveDateTime) -> anyhow::Result<()> {
    let today = wall_clock(now).date();
    let ago = |days: i64| working_day_until(add_days(today, -days));
    let staff = Staff::of(conn, system.tenant())?;
    leave(conn, system, ago(30), ago(4))?;

    let stopped = Scene::of(conn, system, STOPPED)?;
    let (id, seen, on) = (stopped.life.id, stopped.life.version, Some(Ground::SignsOfUnsafety));
    let why = "Twee klanten meldden dat machines geen beveiliging hebben. De inspectie komt kijken.";
    let day = ago(10);
    running::stop_clients(conn, &staff.manager, morning(day), day, id, seen, on, why).map_err(said)?;

    let intended = Scene::of(conn, system, INTENDED)?;
    let (id, seen, on) = (intended.life.id, intended.life.version, Some(Ground::RepairNotDone));
    let why = "Het herstelplan voor de trajectplannen is niet uitgevoerd binnen de afgesproken drie maanden.";
    let day = ago(8);
    dissolving::intend(conn, &staff.manager, morning(day), day, id, seen, on, why).map_err(said)?;
    let words = "Wij hebben een nieuwe teamleider. De achterstand is volgende maand weg. Geef ons die tijd.";
    let day = ago(2);
    let by = intended.signatory(conn, system, day, "Robin Ubels")?;
    dissolving::state_views(conn, &by, morning(day), day, id, seen + 1, words).map_err(said)?;

    let sub = Scene::of(conn, system, SUBCONTRACTS)?;
    let by = sub.signatory(conn, system, ago(3), "Sietske Bakker")?;
    let new = NewSubcontractor {
        name: "Werkplaats De Oostpunt".into(),
        kvk: "90009117".parse()?,
        solo: false,
        products: vec!["RE-P1-JH".into()],
        first_day: add_days(today, 14),
        last_day: None,
        registered: true,
    };
    ask(conn, &by, morning(ago(3)), sub.life.id, &new).map_err(said)?;

    let new_year = NaiveDate::from_ymd_opt(today.year() + 1, 1, 1).context("a year after this one")?;
    let method = Method::Shares { ova: share((9_000, 412), (400, 380)), ppc: share((1_000, 250), (230, 260)) };
    indexation::store::propose(conn, &staff.manager, morning(ago(6)), today, new_year, &method).map_err(|fault| {
        match fault {
            indexation::store::Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
            indexation::store::Fault::Trouble(cause) => cause.into(),
        }
    })?;
    reminder::walk(conn, system.tenant(), now)?;
    Ok(())
}

fn share((share, forecast): (i64, i64), (before, actual): (i64, i64)) -> Share {
    Share {
        share: Percent(share),
        forecast: Percent(forecast),
        forecast_before: Percent(before),
        actual_before: Percent(actual),
    }
}

/// Notice, and the first clients handed over.
fn leave(conn: &mut Conn, system: &Actor, day: NaiveDate, later: NaiveDate) -> anyhow::Result<()> {
    let leaves = Scene::of(conn, system, LEAVES)?;
    let cases = cases::cases_of(conn, system, leaves.life.provider_id, day)?;
    let (id, seen, words) = (leaves.life.id, leaves.life.version, "Ik ga met pensioen.");
    let by = leaves.signatory(conn, system, day, "Lotte Attema")?;
    leaving::give_notice(conn, &by, morning(day), day, id, seen, words, &cases).map_err(said)?;
    let list = transfer::of(conn, system, &leaves.life)?.context("a notice without a list")?;
    for (place, line) in list.lines.iter().take(list.lines.len() / 2).enumerate() {
        let settled = Settled {
            to_whom: "Bureau Zilverlinde".into(),
            on: Some(later),
            remark: if place == 0 { "De klant heeft zelf gekozen.".into() } else { String::new() },
        };
        transfer::settle(conn, &by, morning(later), later, id, line.id, &settled).map_err(said)?;
    }
    Ok(())
}

/// A provider with its agreement.
struct Scene {
    life: Life,
}

impl Scene {
    fn of(conn: &mut Conn, system: &Actor, kvk: &str) -> anyhow::Result<Scene> {
        let found = provider::store::find_by_kvk(conn, system, &kvk.parse()?)?;
        let found = found.with_context(|| format!("the demo has no provider {kvk}"))?;
        let life = store::of_provider(conn, system, found.id)?.into_iter().next();
        Ok(Scene { life: life.with_context(|| format!("{} has no agreement", found.name))? })
    }

    /// Somebody with the authority to sign, with an account of his own.
    fn signatory(&self, conn: &mut Conn, system: &Actor, day: NaiveDate, name: &'static str) -> anyhow::Result<Actor> {
        super::applying::seat(conn, system, morning(day), self.life.provider_id, (name, Role::ProviderSignatory))
    }
}

fn morning(day: NaiveDate) -> NaiveDateTime {
    utc(at(day, 10, 0))
}

fn said(fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Refused(refusal) => anyhow!(refusal.in_words(Lang::En)),
        Fault::Trouble(cause) => cause.into(),
    }
}
