//! Searching the register (zoeken en volgorde): on product, profile, place and language; in alphabetical order, or at random by
//! a number that stands in the address, so that a page can be read again as it was. Never by what is better.

use serde::{Deserialize, Serialize};
use validator::Validate;

use super::Listed;
use crate::ids::Sha256Hex;
use crate::written::plain;

/// As it stands in the address. What is empty asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct Search {
    /// The code of a product.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[validate(length(max = 60))]
    pub product: String,
    /// The code of a client profile.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[validate(length(max = 20))]
    pub profiel: String,
    /// The name of a place, whatever its capitals and accents.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[validate(length(max = 80))]
    pub plaats: String,
    /// The code of a language in which somebody is helped.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[validate(length(max = 3))]
    pub spreektaal: String,
    /// `alfabet`, which is also meant by nothing, or `willekeurig`.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[validate(length(max = 20))]
    pub volgorde: String,
    /// The number that the order at random follows from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub zaad: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Alphabetical,
    /// By this number.
    Random(u32),
}

/// What an address asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Order(Order),
    /// At random, and the number is still to be drawn: there is none, or none that can be one.
    Draw,
    /// There is no such order.
    Unknown,
}

impl Search {
    pub fn order(&self) -> Asked {
        match (self.volgorde.as_str(), self.zaad.as_str()) {
            ("" | "alfabet", _) => Asked::Order(Order::Alphabetical),
            ("willekeurig", "") => Asked::Draw,
            // What is no number of ours gives an order at random all the same, by a new one.
            ("willekeurig", seed) => seed.parse().map_or(Asked::Draw, |seed| Asked::Order(Order::Random(seed))),
            _ => Asked::Unknown,
        }
    }

    /// The same at random by this number.
    pub fn drawn(&self, seed: u32) -> Search {
        Search { volgorde: "willekeurig".into(), zaad: seed.to_string(), ..self.clone() }
    }

    /// Whether anything is filtered on.
    pub fn filters(&self) -> bool {
        [&self.product, &self.profiel, &self.plaats, &self.spreektaal].iter().any(|one| !one.is_empty())
    }

    /// As it stands behind an address, with its question mark; empty when it asks nothing.
    pub fn query(&self) -> String {
        match serde_urlencoded::to_string(self) {
            Ok(query) if !query.is_empty() => format!("?{query}"),
            _ => String::new(),
        }
    }

    /// Whether a provider fits. What has no profiles of its own serves them all: its agreement leaves none out.
    pub fn fits(&self, one: &Listed) -> bool {
        // Who said what he offers is found by that, and by nothing he does not offer now.
        let has = one.offered.as_ref().unwrap_or(&one.products);
        let product = self.product.is_empty() || has.contains_key(&self.product);
        let profile = self.profiel.is_empty() || one.profiles.is_empty() || one.profiles.contains(&self.profiel);
        let place = plain(self.plaats.trim());
        let place = place.is_empty() || one.told.locations.iter().any(|at| plain(at.place.trim()) == place);
        let language = self.spreektaal.is_empty() || one.told.languages.contains(&self.spreektaal);
        product && profile && place && language
    }
}

impl Order {
    /// Lays the rows, which come alphabetical, in this order. At random each has its place by the digest of the number and its
    /// KvK number: the same number gives the same order, and nobody can choose his place.
    pub fn arrange(self, rows: &mut [Listed]) {
        if let Order::Random(seed) = self {
            rows.sort_by_cached_key(|one| Sha256Hex::of(format!("{seed}/{}", one.kvk).as_bytes()).to_string());
        }
    }
}

/// Which places there are to filter on: each once, alphabetical.
pub fn places(rows: &[Listed]) -> Vec<String> {
    let mut places: Vec<String> =
        rows.iter().flat_map(|one| &one.told.locations).map(|at| at.place.trim().to_owned()).collect();
    places.retain(|place| !place.is_empty());
    places.sort_by_key(|place| plain(place));
    places.dedup_by_key(|place| plain(place));
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::listing::{Listing, Location};
    use crate::text::Bilingual;

    fn listed(number: u32, place: &str, language: &str, product: &str) -> Listed {
        let location = Location { place: place.to_owned(), ..Location::default() };
        let name = Bilingual { nl: product.into(), en: product.into() };
        Listed {
            name: format!("Aanbieder {number}"),
            kvk: format!("9000{number:04}"),
            products: [(product.to_owned(), name)].into(),
            offered: None,
            profiles: vec![],
            since: "2026-01-01".parse().unwrap(),
            stopped_from: None,
            told: Listing { locations: vec![location], languages: vec![language.into()], ..Listing::default() },
        }
    }

    fn names(rows: &[Listed]) -> Vec<&str> {
        rows.iter().map(|one| one.name.as_str()).collect()
    }

    #[test]
    fn every_filter_leaves_out_what_does_not_fit_and_they_work_together() {
        let one = listed(1, "Súd", "pl", "RE-1");
        let fits = |search: Search| search.fits(&one);
        assert!(fits(Search::default()) && !Search::default().filters());
        assert!(fits(Search { plaats: " sud".into(), ..Search::default() }));
        assert!(fits(Search { spreektaal: "pl".into(), product: "RE-1".into(), ..Search::default() }));
        assert!(!fits(Search { spreektaal: "pl".into(), product: "RE-2".into(), ..Search::default() }));
        assert!(!fits(Search { plaats: "Noord".into(), ..Search::default() }));
        let nothing_now = Listed { offered: Some([].into()), ..one.clone() };
        assert!(!Search { product: "RE-1".into(), ..Search::default() }.fits(&nothing_now), "it offers that no more");
        let of_profile = Search { profiel: "P1".into(), ..Search::default() };
        assert!(of_profile.fits(&one), "without profiles of its own it serves them all");
        assert!(!of_profile.fits(&Listed { profiles: vec!["P2".into()], ..one.clone() }));
    }

    #[test]
    fn the_same_number_gives_the_same_order_and_another_number_another() {
        let rows: Vec<Listed> = (1..30).map(|number| listed(number, "Noord", "nl", "RE-1")).collect();
        let arranged = |seed| {
            let mut rows = rows.clone();
            Order::Random(seed).arrange(&mut rows);
            rows
        };
        assert_eq!(arranged(7), arranged(7));
        assert_ne!(names(&arranged(7)), names(&arranged(8)));
        assert_ne!(names(&arranged(7)), names(&rows));
        let (mut all, seven) = (names(&rows), arranged(7));
        let mut found = names(&seven);
        all.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, all, "nobody is left out");
    }

    #[test]
    fn at_random_every_provider_stands_first_now_and_then() {
        let rows: Vec<Listed> = (1..=5).map(|number| listed(number, "Noord", "nl", "RE-1")).collect();
        let firsts: std::collections::BTreeSet<String> = (0..100)
            .map(|seed| {
                let mut rows = rows.clone();
                Order::Random(seed).arrange(&mut rows);
                rows[0].name.clone()
            })
            .collect();
        assert_eq!(firsts.len(), 5);
    }

    #[test]
    fn an_order_stands_in_the_address_and_an_unknown_one_is_none() {
        let order = |volgorde: &str, zaad: &str| {
            Search { volgorde: volgorde.into(), zaad: zaad.into(), ..Search::default() }.order()
        };
        assert_eq!(order("", ""), Asked::Order(Order::Alphabetical));
        assert_eq!(order("willekeurig", ""), Asked::Draw);
        assert_eq!(order("willekeurig", "42"), Asked::Order(Order::Random(42)));
        for no_number in ["x", "-1", "4294967296", "1.5"] {
            assert_eq!(order("willekeurig", no_number), Asked::Draw, "{no_number}");
        }
        assert_eq!(order("beste", ""), Asked::Unknown);
        let search = Search { plaats: "Noord & Zuid".into(), ..Search::default() };
        assert_eq!(search.drawn(42).query(), "?plaats=Noord+%26+Zuid&volgorde=willekeurig&zaad=42");
        assert_eq!(Search::default().query(), "");
    }

    #[test]
    fn a_place_is_offered_once() {
        let rows = [listed(1, "Noord", "nl", "a"), listed(2, "noord ", "nl", "a"), listed(3, "Amber", "nl", "a")];
        assert_eq!(places(&rows), ["Amber", "Noord"]);
    }
}
