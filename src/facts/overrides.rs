//! Settings in writing: only what differs from the defaults, under the names of the settings table. A name may be
//! written whole (`"k1.days": 14`) or in steps (`"k1": {"days": 14}`); written out it is whole.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::fault::{Expected, Fault, FaultKind};
use super::node::Node;
use super::settings::{Boundary, Clock, OutflowRule, PermittedExtension, Settings, Targets};
use super::shape::{Field, Kind, Path, nearest};
use crate::staff::ProfessionalKind;

const DAYS: Kind = Kind::Whole { from: 0, to: 3_650 };
const MONTHS: Kind = Kind::Whole { from: 0, to: 120 };
const CASES: Kind = Kind::Whole { from: 0, to: 1_000 };
const TARGET: Kind = Kind::WholeOrNull { from: 0, to: 100 };

static NAMES: &[Field] = &[
    setting("definitions", Kind::Text),
    setting("k1.days", DAYS),
    setting("k1.boundary", Kind::OneOf(Boundary::WORDS)),
    setting("k2.agree_within_days", DAYS),
    setting("k3.inform_within_days", DAYS),
    setting("k3.grace_days", DAYS),
    setting("k5.include", Kind::List(&Kind::OneOf(ProfessionalKind::WORDS))),
    setting("k6.permitted_extension", Kind::OneOf(PermittedExtension::WORDS)),
    setting("k7.report_within_working_days", Kind::Whole { from: 0, to: 260 }),
    setting("k8.months", MONTHS),
    setting("k8.outflow", Kind::OneOf(OutflowRule::WORDS)),
    setting("k9.clock", Kind::OneOf(Clock::WORDS)),
    setting("k9.months", MONTHS),
    setting("k10.due_days", DAYS),
    setting("k10.repair_days", DAYS),
    setting("targets.1", TARGET),
    setting("targets.2", TARGET),
    setting("targets.3", TARGET),
    setting("targets.4", TARGET),
    setting("targets.5", TARGET),
    setting("targets.6", TARGET),
    setting("targets.7", TARGET),
    setting("targets.8", TARGET),
    setting("targets.9", TARGET),
    setting("targets.10", TARGET),
    setting("attention.points", Kind::Whole { from: 0, to: 100 }),
    setting("small.indicative_below", CASES),
    setting("small.small_below", CASES),
];

const fn setting(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

impl Settings {
    /// Reads what differs from the defaults; empty braces are the defaults. Refused with every fault in it.
    pub fn read(bytes: &[u8]) -> Result<Settings, Vec<Fault>> {
        Settings::from_node(&Node::parse(bytes).map_err(|kind| vec![Fault::whole(kind)])?)
    }

    pub fn are_default(&self) -> bool {
        *self == Settings::default()
    }

    /// What differs from the defaults, in the order of the settings table.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("settings hold only texts and numbers")
    }

    /// Every setting in force with its name, in the order of the settings table: for the annex of a report.
    pub fn entries(&self) -> Vec<(String, Value)> {
        match Settings::serialize(self, serde_json::value::Serializer) {
            Ok(Value::Object(all)) => all.into_iter().collect(),
            _ => unreachable!("settings are an object of texts and numbers"),
        }
    }

    fn from_node(node: &Node) -> Result<Settings, Vec<Fault>> {
        let Node::Object(given) = node else {
            let kind = FaultKind::NotExpected { expected: Expected::Object, found: node.shown() };
            return Err(vec![Fault::whole(kind)]);
        };
        let mut faults = Vec::new();
        let chosen = check(given, Path::Document, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let fields: Map<String, Value> = chosen.iter().map(|(name, node)| (name.to_string(), node.value())).collect();
        Settings::deserialize(Value::Object(fields)).map_err(|e| {
            let detail = e.to_string();
            vec![Fault::whole(FaultKind::Unreadable { detail })]
        })
    }
}

/// Adds a fault for everything that is no setting or no sense, and returns the settings given under their whole name.
pub(super) fn check<'a>(
    given: &'a [(String, Node)],
    path: Path<'_>,
    faults: &mut Vec<Fault>,
) -> BTreeMap<&'static str, &'a Node> {
    let mut chosen = BTreeMap::new();
    for (name, node) in given {
        match node {
            Node::Object(inner) if is_group(name) => {
                for (last, node) in inner {
                    choose(&format!("{name}.{last}"), node, path, faults, &mut chosen);
                }
            }
            _ => choose(name, node, path, faults, &mut chosen),
        }
    }
    let cases = |name: &str, default: u32| match chosen.get(name) {
        Some(Node::Whole(number)) => u32::try_from(*number).unwrap_or(default),
        _ => default,
    };
    let defaults = Settings::default();
    let indicative_below = cases("small.indicative_below", defaults.small_indicative_below);
    if cases("small.small_below", defaults.small_small_below) < indicative_below {
        let path = Path::Field(&path, "small.small_below").to_string();
        faults.push(Fault { path, kind: FaultKind::BelowIndicative { indicative_below } });
    }
    chosen
}

fn is_group(name: &str) -> bool {
    NAMES.iter().any(|field| field.name.split_once('.').is_some_and(|(group, _)| group == name))
}

fn choose<'a>(
    name: &str,
    node: &'a Node,
    path: Path<'_>,
    faults: &mut Vec<Fault>,
    chosen: &mut BTreeMap<&'static str, &'a Node>,
) {
    let here = Path::Field(&path, name);
    let Some(field) = NAMES.iter().find(|field| field.name == name) else {
        let nearest = nearest(name, NAMES.iter().map(|field| field.name));
        faults.push(Fault { path: here.to_string(), kind: FaultKind::Unknown { nearest } });
        return;
    };
    if chosen.insert(field.name, node).is_some() {
        faults.push(Fault { path: here.to_string(), kind: FaultKind::Duplicate });
    }
    super::shape::check(node, &field.kind, here, faults);
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let defaults = Settings::default().entries();
        to.collect_map(
            self.entries().into_iter().zip(defaults).filter(|(set, default)| set != default).map(|(set, _)| set),
        )
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Settings, D::Error> {
        let faults = match Settings::from_node(&Node::deserialize(from)?) {
            Ok(settings) => return Ok(settings),
            Err(faults) => faults,
        };
        let messages: Vec<String> = faults.iter().map(Fault::to_string).collect();
        Err(D::Error::custom(messages.join("; ")))
    }
}

impl Serialize for Targets {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().zip(1..).map(|(target, indicator)| (format!("targets.{indicator}"), target)))
    }
}

impl<'de> Deserialize<'de> for Targets {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Targets, D::Error> {
        let mut targets = Targets::default();
        for (name, target) in BTreeMap::<String, Option<u32>>::deserialize(from)? {
            let indicator = name.strip_prefix("targets.").and_then(|number| number.parse().ok());
            targets.set(indicator.ok_or_else(|| D::Error::custom(format!("{name} is no setting")))?, target);
        }
        Ok(targets)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings(written: &Value) -> Settings {
        Settings::read(written.to_string().as_bytes()).unwrap()
    }

    fn refused_paths(written: &Value) -> Vec<String> {
        Settings::read(written.to_string().as_bytes()).unwrap_err().into_iter().map(|fault| fault.path).collect()
    }

    #[test]
    fn empty_braces_are_the_defaults_and_the_defaults_are_written_empty() {
        assert_eq!(settings(&json!({})), Settings::default());
        assert_eq!(Settings::default().to_json(), "{}");
    }

    #[test]
    fn a_name_may_be_written_whole_or_in_steps() {
        let whole = settings(&json!({"k1.days": 14, "targets.8": 60, "small.small_below": 12}));
        let in_steps = settings(&json!({"k1": {"days": 14}, "targets": {"8": 60}, "small": {"small_below": 12}}));
        assert_eq!(whole, in_steps);
        assert_eq!((whole.k1_days, whole.targets.of(8), whole.small_small_below), (14, Some(60), 12));
    }

    #[test]
    fn only_what_differs_is_written_and_it_reads_back() {
        let written = json!({
            "definitions": "noordermeer-2026/2", "k1.days": 14, "k1.boundary": "strict", "k2.agree_within_days": 7,
            "k3.inform_within_days": 5, "k3.grace_days": 2, "k5.include": ["employee", "volunteer"],
            "k6.permitted_extension": "within", "k7.report_within_working_days": 5, "k8.months": 3,
            "k8.outflow": "paid_work_started", "k9.clock": "referral", "k9.months": 9, "k10.due_days": 30,
            "k10.repair_days": 7, "attention.points": 10, "small.indicative_below": 3, "small.small_below": 8,
            "targets.1": 90, "targets.9": 50, "targets.10": null
        });
        assert_eq!(settings(&written).to_json(), written.to_string());
    }

    #[test]
    fn every_setting_has_a_name_and_every_name_a_setting() {
        let entries = Settings::default().entries();
        let mut written: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        let mut named: Vec<&str> = NAMES.iter().map(|field| field.name).collect();
        written.sort_unstable();
        named.sort_unstable();
        assert_eq!(written, named);
        assert_eq!(settings(&entries.into_iter().collect()), Settings::default());
    }

    #[test]
    fn nonsense_is_refused_all_at_once() {
        let written = json!({
            "k1.days": -1, "k1.boundary": "loose", "k5.include": ["robot"], "k8": {"months": 2.5}, "targets.1": 101,
            "targets.0": 80, "attention.points": null, "k10": 5, "small.indicative_below": 11
        });
        let paths = [
            "k1.days",
            "k1.boundary",
            "k5.include[0]",
            "k8.months",
            "targets.1",
            "targets.0",
            "attention.points",
            "k10",
            "small.small_below",
        ];
        assert_eq!(refused_paths(&written), paths);
    }

    #[test]
    fn a_setting_given_in_both_forms_is_refused() {
        assert_eq!(refused_paths(&json!({"k1.days": 14, "k1": {"days": 14}})), ["k1.days"]);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert_eq!(refused_paths(&json!([])), [""]);
    }
}
