//! The shape of the document: which fields there are and what each may hold, and the check that finds every fault
//! in one go.

use std::fmt;

use chrono::NaiveDate;

use super::fault::{Expected, Fault, FaultKind};
use super::node::{Node, on_one_line};
use super::overrides;
use crate::client::BenefitEndReason;
use crate::ids::Kvk;
use crate::quarter::Quarter;
use crate::staff::ProfessionalKind;
use crate::trajectory::{Achieved, EndReason, ExclusionCode};

/// What a value may be.
pub(super) enum Kind {
    Text,
    Date,
    Quarter,
    Kvk,
    Flag,
    Whole { from: u32, to: u32 },
    WholeOrNull { from: u32, to: u32 },
    OneOf(&'static [&'static str]),
    List(&'static Kind),
    Object(&'static [Field]),
    Settings,
}

pub(super) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    /// An optional field may be missing or null.
    pub required: bool,
}

pub(super) static DOCUMENT: Kind = Kind::Object(&[
    must("format", Kind::OneOf(&[super::FORMAT])),
    must("quarter", Kind::Quarter),
    must("provider", Kind::Object(&[must("kvk", Kind::Kvk), must("name", Kind::Text)])),
    may("settings", Kind::Settings),
    must("agreement", Kind::Object(&[must("active_from", Kind::Date), may("active_until", Kind::Date)])),
    must("trajectories", Kind::List(&TRAJECTORY)),
    must("professionals", Kind::List(&PROFESSIONAL)),
    must("surveys", Kind::List(&SURVEY)),
    must("complaints", COMPLAINTS),
    must("cost_statement", COST_STATEMENT),
]);

static TRAJECTORY: Kind = Kind::Object(&[
    must("case_ref", Kind::Text),
    must("profile", Kind::Text),
    must("referred_on", Kind::Date),
    may("plan_agreed_on", Kind::Date),
    may("agreed_results", Kind::Whole { from: 0, to: 10_000 }),
    may("client_agreed_on", Kind::Date),
    may("coach_involved", Kind::Flag),
    may("coach_agreed_on", Kind::Date),
    may("contact_informed_on", Kind::Date),
    may("feedback", Kind::List(&FEEDBACK)),
    may("term_ends_on", Kind::Date),
    may("suspended_days", A_CENTURY_OF_DAYS),
    may("extension_permitted_on", Kind::Date),
    may("ended_on", Kind::Date),
    may("end_reason", Kind::OneOf(EndReason::WORDS)),
    may("results_achieved", Kind::OneOf(Achieved::WORDS)),
    may("reason_recorded", Kind::Flag),
    may("work_started_on", Kind::Date),
    may("benefit_ended_on", Kind::Date),
    may("benefit_end_reason", Kind::OneOf(BenefitEndReason::WORDS)),
    may("outflow_confirmed", Kind::Flag),
    may("indication_on", Kind::Date),
    may("capacity_available_on", Kind::Date),
    may("waiting_list_days", A_CENTURY_OF_DAYS),
    may("placed_on", Kind::Date),
    may("placement_confirmed", Kind::Flag),
    may("ladder_start", Kind::Whole { from: 1, to: 6 }),
    may("ladder_now", Kind::Whole { from: 1, to: 6 }),
    may("exclusions", Kind::List(&EXCLUSION)),
]);

static FEEDBACK: Kind = Kind::Object(&[must("due_on", Kind::Date), may("done_on", Kind::Date)]);

static EXCLUSION: Kind = Kind::Object(&[
    must("code", Kind::OneOf(ExclusionCode::WORDS)),
    may("indicator", Kind::Whole { from: 1, to: 10 }),
    must("accepted", Kind::Flag),
]);

static PROFESSIONAL: Kind = Kind::Object(&[
    must("ref", Kind::Text),
    must("kind", Kind::OneOf(ProfessionalKind::WORDS)),
    must("client_contact", Kind::Flag),
    must("active_from", Kind::Date),
    may("active_until", Kind::Date),
    must("vogs", Kind::List(&VOG)),
]);

static VOG: Kind = Kind::Object(&[must("valid_from", Kind::Date), must("valid_until", Kind::Date)]);

static SURVEY: Kind = Kind::Object(&[
    must("ref", Kind::Text),
    must("due_on", Kind::Date),
    must("had_active_clients", Kind::Flag),
    may("cooperated_on", Kind::Date),
]);

const COMPLAINTS: Kind = Kind::Object(&[
    may("procedure_valid_until", Kind::Date),
    must("adviser_named", Kind::Flag),
    must("statement_due_on", Kind::Date),
    may("statement_received_on", Kind::Date),
    must("items", Kind::List(&COMPLAINT)),
]);

static COMPLAINT: Kind =
    Kind::Object(&[must("ref", Kind::Text), must("received_on", Kind::Date), may("reported_on", Kind::Date)]);

const COST_STATEMENT: Kind = Kind::Object(&[
    must("due_on", Kind::Date),
    may("received_on", Kind::Date),
    must("complete", Kind::Flag),
    may("returned_on", Kind::Date),
    may("repaired_on", Kind::Date),
]);

const A_CENTURY_OF_DAYS: Kind = Kind::Whole { from: 0, to: 36_525 };

const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

/// Where in the document the check stands. It becomes text only when there is a fault to report.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Document,
    Field(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Document => Ok(()),
            Path::Field(Path::Document, name) => f.write_str(&on_one_line(name)),
            Path::Field(parent, name) => write!(f, "{parent}.{}", on_one_line(name)),
            Path::Item(parent, place) => write!(f, "{parent}[{place}]"),
        }
    }
}

/// Adds a fault for everything in `node` that is not of this kind.
pub(super) fn check(node: &Node, kind: &Kind, path: Path<'_>, faults: &mut Vec<Fault>) {
    let expected = match (kind, node) {
        (Kind::Object(fields), Node::Object(given)) => return check_object(given, fields, path, faults),
        (Kind::List(kind), Node::List(items)) => {
            for (place, item) in items.iter().enumerate() {
                check(item, kind, Path::Item(&path, place), faults);
            }
            return;
        }
        (Kind::Settings, Node::Object(given)) => {
            overrides::check(given, path, faults);
            return;
        }
        (Kind::Text, Node::Text(_)) | (Kind::Flag, Node::Flag(_)) | (Kind::WholeOrNull { .. }, Node::Null) => return,
        (Kind::Date, Node::Text(text)) if is_date(text) => return,
        (Kind::Quarter, Node::Text(text)) if text.parse::<Quarter>().is_ok() => return,
        (Kind::Kvk, Node::Text(text)) if text.parse::<Kvk>().is_ok() => return,
        (Kind::OneOf(words), Node::Text(text)) if words.contains(&text.as_str()) => return,
        (Kind::Whole { from, to } | Kind::WholeOrNull { from, to }, Node::Whole(number))
            if (i128::from(*from)..=i128::from(*to)).contains(number) =>
        {
            return;
        }
        (Kind::Text, _) => Expected::Text,
        (Kind::Date, _) => Expected::Date,
        (Kind::Quarter, _) => Expected::Quarter,
        (Kind::Kvk, _) => Expected::Kvk,
        (Kind::Flag, _) => Expected::Flag,
        (Kind::Whole { from, to }, _) => Expected::Whole { from: *from, to: *to },
        (Kind::WholeOrNull { from, to }, _) => Expected::WholeOrNull { from: *from, to: *to },
        (Kind::OneOf(words), _) => Expected::OneOf(words),
        (Kind::List(_), _) => Expected::List,
        (Kind::Object(_) | Kind::Settings, _) => Expected::Object,
    };
    faults.push(Fault { path: path.to_string(), kind: FaultKind::NotExpected { expected, found: node.shown() } });
}

fn check_object(given: &[(String, Node)], fields: &'static [Field], path: Path<'_>, faults: &mut Vec<Fault>) {
    let mut seen = vec![false; fields.len()];
    for (name, node) in given {
        let here = Path::Field(&path, name);
        let Some(place) = fields.iter().position(|field| field.name == name) else {
            let nearest = nearest(name, fields.iter().map(|field| field.name));
            faults.push(Fault { path: here.to_string(), kind: FaultKind::Unknown { nearest } });
            continue;
        };
        if std::mem::replace(&mut seen[place], true) {
            faults.push(Fault { path: here.to_string(), kind: FaultKind::Duplicate });
        }
        match (node, fields[place].required) {
            (Node::Null, true) => faults.push(Fault { path: here.to_string(), kind: FaultKind::Missing }),
            (Node::Null, false) => {}
            _ => check(node, &fields[place].kind, here, faults),
        }
    }
    for (field, _) in fields.iter().zip(&seen).filter(|(field, seen)| field.required && !**seen) {
        let path = Path::Field(&path, field.name).to_string();
        faults.push(Fault { path, kind: FaultKind::Missing });
    }
}

/// `YYYY-MM-DD`, a day that exists. The parser of dates would also take `2026-7-1`.
fn is_date(text: &str) -> bool {
    let form = |(place, byte): (usize, u8)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(form) && text.parse::<NaiveDate>().is_ok()
}

/// The known name most like the one given; none when nothing is like it. Long names are not compared: that
/// takes long and tells nothing.
pub(super) fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    if name.len() > 64 {
        return None;
    }
    let alike = known.map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    alike.filter(|(likeness, _)| *likeness > 0.7).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, candidate)| candidate)
}
