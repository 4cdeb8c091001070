//! What is possible but odd (klopt dit?): dates in an order that seldom happens, halves of a pair, rows that look alike.
//! A warning never sends a row back.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::remark::{Concern, Warning};
use super::{ComplaintLine, FeedbackLine, StaffLine, Statement, TrajectoryLine};
use crate::quarter::Quarter;
use crate::sheet::{Line, Place, Remark, shown_date};

type Day = (&'static str, Option<NaiveDate>);

pub(super) fn odd(statement: &Statement) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for line in &statement.trajectories {
        odd_trajectory(line, statement.head.quarter, &mut warnings);
    }
    for line in &statement.feedback {
        not_after(
            FeedbackLine::TABLE.name,
            line.row,
            ("gedaan_op", line.done_on),
            statement.head.quarter,
            &mut warnings,
        );
    }
    let moments = statement.feedback.iter().map(|line| (line.row, (line.case_ref.as_str(), line.due_on)));
    alike(FeedbackLine::TABLE.name, moments, &mut warnings);
    odd_staff(&statement.staff, &mut warnings);
    for line in &statement.complaints {
        let sheet = ComplaintLine::TABLE.name;
        let received = ("ontvangen_op", Some(line.received_on));
        in_turn(sheet, line.row, received, ("gemeld_op", line.reported_on), &mut warnings);
        in_turn(sheet, line.row, received, ("afgehandeld_op", line.handled_on), &mut warnings);
        not_after(sheet, line.row, received, statement.head.quarter, &mut warnings);
    }
    warnings
}

fn odd_trajectory(line: &TrajectoryLine, quarter: Quarter, warnings: &mut Vec<Warning>) {
    let sheet = TrajectoryLine::TABLE.name;
    let referred: Day = ("aangemeld_op", Some(line.referred_on));
    let started: Day = ("gestart_op", line.started_on);
    let plan: Day = ("plan_akkoord_op", line.plan_agreed_on);
    let client: Day = ("client_akkoord_op", line.client_agreed_on);
    let coach: Day = ("coach_akkoord_op", line.coach_agreed_on);
    let informed: Day = ("contactpersoon_geinformeerd_op", line.contact_informed_on);
    let ended: Day = ("beeindigd_op", line.ended_on);
    let work: Day = ("werk_gestart_op", line.work_started_on);
    let placed: Day = ("geplaatst_op", line.placed_on);
    let extended: Day = ("verlenging_toegestaan_op", line.extension_permitted_on);
    for later in
        [started, plan, client, coach, informed, ("termijn_eindigt_op", line.term_ends_on), extended, ended, work]
    {
        in_turn(sheet, line.row, referred, later, warnings);
    }
    in_turn(sheet, line.row, started, ended, warnings);
    in_turn(sheet, line.row, ("indicatie_op", line.indication_on), placed, warnings);
    in_turn(sheet, line.row, ("plek_beschikbaar_op", line.capacity_available_on), placed, warnings);
    for day in [referred, started, plan, client, coach, informed, extended, ended, work, placed] {
        not_after(sheet, line.row, day, quarter, warnings);
    }
    let pairs = [
        ("beeindigd_op", line.ended_on.is_some(), "reden_einde", line.end_reason.is_some()),
        ("trede_start", line.ladder_start.is_some(), "trede_nu", line.ladder_now.is_some()),
    ];
    for (one, one_filled, other, other_filled) in pairs {
        let (filled, empty) = if one_filled { (one, other) } else { (other, one) };
        if one_filled != other_filled {
            let place = Place::cell(sheet, line.row, filled);
            warnings.push(Remark::new(place, "", Concern::Incomplete { other: empty }));
        }
    }
}

/// A person's rows differ only in the VOG.
fn odd_staff(staff: &[StaffLine], warnings: &mut Vec<Warning>) {
    let sheet = StaffLine::TABLE.name;
    let mut first: HashMap<&str, &StaffLine> = HashMap::new();
    for line in staff {
        in_turn(
            sheet,
            line.row,
            ("in_dienst_op", Some(line.active_from)),
            ("uit_dienst_op", line.active_until),
            warnings,
        );
        if let Some(vog) = &line.vog {
            in_turn(sheet, line.row, ("vog_datum", Some(vog.date)), ("vog_gecontroleerd_op", vog.checked_on), warnings);
        }
        let person = |line: &StaffLine| (line.kind, line.client_contact, line.active_from, line.active_until);
        let earlier = *first.entry(&line.staff_ref).or_insert(line);
        if person(earlier) != person(line) {
            let place = Place::row(sheet, line.row);
            warnings.push(Remark::new(place, &line.staff_ref, Concern::OtherThanInRow { row: earlier.row }));
        }
    }
    let rows = staff.iter().map(|line| {
        let vog = line.vog.as_ref().map(|vog| (vog.date, &vog.codes));
        (line.row, (&line.staff_ref, line.active_from, vog))
    });
    alike(sheet, rows, warnings);
}

fn alike<K: std::hash::Hash + Eq>(sheet: &str, rows: impl Iterator<Item = (u32, K)>, warnings: &mut Vec<Warning>) {
    let mut seen: HashMap<K, u32> = HashMap::new();
    for (row, key) in rows {
        if let Some(earlier) = seen.get(&key) {
            warnings.push(Remark::new(Place::row(sheet, row), "", Concern::SameAsRow { row: *earlier }));
        } else {
            seen.insert(key, row);
        }
    }
}

fn in_turn(sheet: &str, row: u32, earlier: Day, later: Day, warnings: &mut Vec<Warning>) {
    let ((than, Some(first)), (column, Some(second))) = (earlier, later) else { return };
    if second < first {
        let place = Place::cell(sheet, row, column);
        warnings.push(Remark::new(place, &shown_date(second), Concern::EarlierThan { than }));
    }
}

fn not_after(sheet: &str, row: u32, (column, day): Day, quarter: Quarter, warnings: &mut Vec<Warning>) {
    if let Some(day) = day.filter(|day| *day > quarter.last_day()) {
        let place = Place::cell(sheet, row, column);
        warnings.push(Remark::new(place, &shown_date(day), Concern::AfterQuarter));
    }
}
