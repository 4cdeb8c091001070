//! Taking the VOG register in: who works for which provider, and which VOGs were seen. A VOG that stands there already is
//! put right by what comes in; one that is not named stays.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDateTime;

use super::checks::at;
use super::intake::Fate;
use super::{Problem, RegisteredLine};
use crate::actor::Actor;
use crate::audit::{self, Act};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::ids::Kvk;
use crate::staff::store::Stated;
use crate::staff::{self, Vog};
use crate::{procedure, provider};

/// Takes everything in, or nothing.
pub fn take(conn: &mut Conn, actor: &Actor, now: NaiveDateTime, lines: &[RegisteredLine]) -> Result<(), Fate> {
    let mut faults = Vec::new();
    let codes = procedure::store::vog_codes(conn, actor, wall_clock(now).date())?;
    for line in lines {
        let Some(vog) = &line.staff.vog else { continue };
        for code in &vog.codes {
            if !codes.iter().any(|known| known.kind == vog.kind && known.code == *code) {
                let problem = Problem::UnknownVogCode { code: code.clone() };
                faults.push(at::<RegisteredLine>(line.staff.row, "vog_codes", "", problem));
            }
        }
    }
    let mut by_provider: BTreeMap<&Kvk, Vec<&RegisteredLine>> = BTreeMap::new();
    for line in lines {
        by_provider.entry(&line.kvk).or_default().push(line);
    }
    for (kvk, lines) in &by_provider {
        match provider::store::find_by_kvk(conn, actor, kvk)? {
            Some(provider) => staff::store::state(conn, actor, provider.id, &people(lines))?,
            None => faults.extend(
                lines
                    .iter()
                    .map(|line| at::<RegisteredLine>(line.staff.row, "kvk", kvk.as_str(), Problem::UnknownProvider)),
            ),
        }
    }
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.place.row);
        return Err(Fate::Refused(faults));
    }
    let detail =
        format!("vogs {}, providers {}", lines.iter().filter(|l| l.staff.vog.is_some()).count(), by_provider.len());
    let act = Act { action: "staff.register", object: "register", result: "done", detail: &detail };
    audit::record(conn, actor, now, act)?;
    Ok(())
}

/// One professional per number, with all VOGs of his rows.
fn people(lines: &[&RegisteredLine]) -> Vec<Stated> {
    let mut people: Vec<Stated> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for RegisteredLine { staff, .. } in lines {
        let place = *places.entry(&staff.staff_ref).or_insert_with(|| {
            people.push(Stated {
                staff_ref: staff.staff_ref.clone(),
                kind: staff.kind,
                client_contact: staff.client_contact,
                active_from: staff.active_from,
                active_until: staff.active_until,
                vogs: Vec::new(),
            });
            people.len() - 1
        });
        people[place].vogs.extend(staff.vog.iter().map(|vog| Vog {
            date: vog.date,
            kind: vog.kind,
            codes: vog.codes.clone(),
            checked_on: vog.checked_on,
        }));
    }
    people
}
