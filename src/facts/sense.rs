//! What contradicts itself in a document (tegenspraak): a period that ends before it begins, and two rows that are known by
//! the same reference. Every date and text may be right by itself; together no finding could rest on them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::fault::{Fault, FaultKind};
use super::node::{Node, on_one_line};

/// Adds a fault for every contradiction between values that are well formed; the others were told already.
pub(super) fn check(document: &Node, faults: &mut Vec<Fault>) {
    if let Some(agreement) = document.at("agreement") {
        period(agreement, "agreement", ["active_from", "active_until"], faults);
    }
    once(document, "trajectories", "case_ref", faults);
    once(document, "professionals", "ref", faults);
    for (place, person) in document.items("professionals").enumerate() {
        let path = format!("professionals[{place}]");
        period(person, &path, ["active_from", "active_until"], faults);
        for (place, vog) in person.items("vogs").enumerate() {
            period(vog, &format!("{path}.vogs[{place}]"), ["valid_from", "valid_until"], faults);
        }
    }
    once(document, "surveys", "ref", faults);
    if let Some(complaints) = document.at("complaints") {
        once_within(complaints, "items", "complaints.items", "ref", faults);
    }
}

fn period(of: &Node, path: &str, [from, until]: [&str; 2], faults: &mut Vec<Fault>) {
    let day = |name: &str| of.at(name).and_then(Node::text).and_then(|text| text.parse::<NaiveDate>().ok());
    if let (Some(first), Some(last)) = (day(from), day(until))
        && last < first
    {
        let kind = FaultKind::EndsBefore { start: format!("{from} ({first})") };
        faults.push(Fault { path: format!("{path}.{until}"), kind });
    }
}

fn once(document: &Node, list: &str, name: &str, faults: &mut Vec<Fault>) {
    once_within(document, list, list, name, faults);
}

fn once_within(within: &Node, list: &str, path: &str, name: &str, faults: &mut Vec<Fault>) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (place, item) in within.items(list).enumerate() {
        let Some(found) = item.at(name).and_then(Node::text) else { continue };
        match first.get(found) {
            Some(earlier) => faults.push(Fault {
                path: format!("{path}[{place}].{name}"),
                kind: FaultKind::SameRef {
                    found: format!("\"{}\"", on_one_line(found)),
                    first: format!("{path}[{earlier}]"),
                },
            }),
            None => _ = first.insert(found, place),
        }
    }
}

impl Node {
    fn at(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Object(fields) => fields.iter().find(|(known, _)| known == name).map(|(_, node)| node),
            _ => None,
        }
    }

    fn items(&self, name: &str) -> impl Iterator<Item = &Node> {
        match self.at(name) {
            Some(Node::List(items)) => items.iter(),
            _ => [].iter(),
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::read;
    use crate::text::Lang;

    const TWISTED: &str = r#"{
        "format": "openhouse-quarter-facts/1", "quarter": "2026-Q3",
        "provider": {"kvk": "12345678", "name": "Voorbeeld BV"},
        "agreement": {"active_from": "2026-01-01", "active_until": "2025-12-31"},
        "trajectories": [
            {"case_ref": "T1", "profile": "P1", "referred_on": "2026-06-20"},
            {"case_ref": "T2", "profile": "P1", "referred_on": "2026-06-20"},
            {"case_ref": "T1", "profile": "P2", "referred_on": "2026-07-20"}
        ],
        "professionals": [
            {"ref": "M1", "kind": "temp", "client_contact": true, "active_from": "2026-05-01", "active_until": "2026-04-30",
             "vogs": [{"valid_from": "2026-01-01", "valid_until": "2025-01-01"}]},
            {"ref": "M1", "kind": "temp", "client_contact": true, "active_from": "2026-05-01", "active_until": "2026-05-01",
             "vogs": []}
        ],
        "surveys": [
            {"ref": "O1", "due_on": "2026-09-01", "had_active_clients": true},
            {"ref": "O1", "due_on": "2026-09-01", "had_active_clients": true}
        ],
        "complaints": {"adviser_named": true, "statement_due_on": "2026-10-28", "items": [
            {"ref": "K1", "received_on": "2026-08-03"}, {"ref": "K1", "received_on": "2026-08-04"}
        ]},
        "cost_statement": {"due_on": "2026-10-28", "complete": true}
    }"#;

    #[test]
    fn every_contradiction_is_refused_with_its_path() {
        let faults = read(TWISTED.as_bytes()).unwrap_err();
        let messages: Vec<String> = faults.iter().map(|fault| fault.message(Lang::Nl)).collect();
        assert_eq!(
            messages,
            [
                "agreement.active_until: deze dag ligt voor active_from (2026-01-01). Een einde ligt niet voor het begin.",
                "trajectories[2].case_ref: \"T1\" staat ook bij trajectories[0]. Elk nummer staat één keer in de lijst.",
                "professionals[1].ref: \"M1\" staat ook bij professionals[0]. Elk nummer staat één keer in de lijst.",
                "professionals[0].active_until: deze dag ligt voor active_from (2026-05-01). Een einde ligt niet voor het begin.",
                "professionals[0].vogs[0].valid_until: deze dag ligt voor valid_from (2026-01-01). Een einde ligt niet voor het begin.",
                "surveys[1].ref: \"O1\" staat ook bij surveys[0]. Elk nummer staat één keer in de lijst.",
                "complaints.items[1].ref: \"K1\" staat ook bij complaints.items[0]. Elk nummer staat één keer in de lijst.",
            ]
        );
    }
}
