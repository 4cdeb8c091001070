//! The register as open data (open gegevens): JSON and CSV of the same rows in the same order, the same whatever the language of the
//! reader. docs/naslag/open-register.md tells what each field is.

use chrono::NaiveDate;
use serde::Serialize;

use super::Listed;
use super::search::{Order, Search};
use crate::provider::listing::languages;
use crate::sheet::{Export, Value};
use crate::text::Bilingual;

/// The whole answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told<'a> {
    gemeente: &'a str,
    /// The day on which this was so.
    peildatum: NaiveDate,
    volgorde: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    zaad: Option<u32>,
    filter: Filter<'a>,
    aantal: usize,
    aanbieders: Vec<One<'a>>,
}

#[derive(Debug, Serialize)]
struct Filter<'a> {
    product: Option<&'a str>,
    profiel: Option<&'a str>,
    plaats: Option<&'a str>,
    spreektaal: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct One<'a> {
    naam: &'a str,
    kvk_nummer: &'a str,
    toegelaten_sinds: NaiveDate,
    website: Option<&'a str>,
    producten: Vec<Named<'a>>,
    /// Of those what it offers today; none where it said nothing.
    aanbod: Option<Vec<Named<'a>>>,
    profielen: &'a [String],
    locaties: Vec<Location<'a>>,
    talen: Vec<Named<'a>>,
    wachttijd: Option<Waiting>,
    clientenstop_vanaf: Option<NaiveDate>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Named<'a> {
    code: &'a str,
    naam: &'a str,
    naam_engels: &'a str,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    naam: &'a str,
    straat: &'a str,
    postcode: &'a str,
    plaats: &'a str,
    toegankelijk: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Waiting {
    weken: u32,
    /// The provider typed it on this day.
    opgegeven_op: NaiveDate,
    ouder_dan_drie_maanden: bool,
}

impl<'a> Told<'a> {
    pub fn of(town: &'a str, today: NaiveDate, search: &'a Search, order: Order, rows: &'a [Listed]) -> Told<'a> {
        let given = |text: &'a String| (!text.is_empty()).then_some(text.as_str());
        let (volgorde, zaad) = match order {
            Order::Alphabetical => ("alfabet", None),
            Order::Random(seed) => ("willekeurig", Some(seed)),
        };
        Told {
            gemeente: town,
            peildatum: today,
            volgorde,
            zaad,
            filter: Filter {
                product: given(&search.product),
                profiel: given(&search.profiel),
                plaats: given(&search.plaats),
                spreektaal: given(&search.spreektaal),
            },
            aantal: rows.len(),
            aanbieders: rows.iter().map(|row| One::of(row, today)).collect(),
        }
    }
}

impl<'a> One<'a> {
    fn of(row: &'a Listed, today: NaiveDate) -> One<'a> {
        let named = |(code, name): (&'a String, &'a Bilingual)| Named { code, naam: &name.nl, naam_engels: &name.en };
        let location = |at: &'a crate::provider::listing::Location| Location {
            naam: &at.name,
            straat: &at.street,
            postcode: &at.postcode,
            plaats: &at.place,
            toegankelijk: at.accessible,
        };
        let spoken = row.told.languages.iter().filter_map(|code| languages::find(code));
        One {
            naam: &row.name,
            kvk_nummer: &row.kvk,
            toegelaten_sinds: row.since,
            website: (!row.told.website.is_empty()).then_some(row.told.website.as_str()),
            producten: row.products.iter().map(named).collect(),
            aanbod: row.offered.as_ref().map(|all| all.iter().map(named).collect()),
            profielen: &row.profiles,
            locaties: row.told.locations.iter().map(location).collect(),
            talen: spoken.map(|one| named((&one.code, &one.name))).collect(),
            wachttijd: row.told.waiting.map(|waiting| Waiting {
                weken: waiting.weeks,
                opgegeven_op: waiting.told_on,
                ouder_dan_drie_maanden: waiting.is_old(today),
            }),
            clientenstop_vanaf: row.stopped_from,
        }
    }
}

/// The columns of the CSV. What holds more than one thing has ` | ` between them.
const COLUMNS: [&str; 13] = [
    "naam",
    "kvk_nummer",
    "toegelaten_sinds",
    "website",
    "producten",
    "profielen",
    "locaties",
    "plaatsen",
    "talen",
    "wachttijd_weken",
    "wachttijd_opgegeven_op",
    "clientenstop_vanaf",
    "aanbod",
];

pub fn export(rows: &[Listed]) -> Export {
    Export {
        name: "register",
        headings: COLUMNS.iter().map(|one| (*one).to_owned()).collect(),
        rows: rows.iter().map(cells).collect(),
    }
}

fn cells(row: &Listed) -> Vec<Value> {
    let list = |parts: Vec<String>| Value::from(&parts.join(" | "));
    let told = &row.told;
    let address = |at: &crate::provider::listing::Location| {
        let parts = [&at.name, &at.street, &at.postcode, &at.place];
        parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let product = |(code, name): (&String, &Bilingual)| format!("{code} {}", name.nl);
    vec![
        Value::from(&row.name),
        Value::from(&row.kvk),
        Value::from(row.since),
        Value::from(&told.website),
        list(row.products.iter().map(product).collect()),
        list(row.profiles.clone()),
        list(told.locations.iter().map(address).collect()),
        list(super::search::places(std::slice::from_ref(row))),
        list(told.languages.iter().filter_map(|code| languages::find(code)).map(|one| one.name.nl.clone()).collect()),
        told.waiting.map_or(Value::Empty, |waiting| Value::Whole(waiting.weeks)),
        Value::from(told.waiting.map(|waiting| waiting.told_on)),
        Value::from(row.stopped_from),
        row.offered.as_ref().map_or(Value::Empty, |all| list(all.iter().map(product).collect())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::listing::{self, Listing};

    fn row() -> Listed {
        let told_on = "2026-08-01".parse().unwrap();
        let location = listing::Location { name: "=2+2".into(), place: "Noord".into(), ..Default::default() };
        Listed {
            name: "@Werk B.V.".into(),
            kvk: "90001042".into(),
            products: [("RE-1".into(), Bilingual { nl: "Jobhunting".into(), en: "Job hunting".into() })].into(),
            offered: Some([("RE-1".into(), Bilingual { nl: "Jobhunting".into(), en: "Job hunting".into() })].into()),
            profiles: vec!["P1".into(), "P2".into()],
            since: "2026-01-01".parse().unwrap(),
            stopped_from: None,
            told: Listing {
                locations: vec![location],
                languages: vec!["nl".into(), "ti".into()],
                website: "https://werk.example".into(),
                waiting: Some(listing::Waiting { weeks: 6, told_on }),
            },
        }
    }

    #[test]
    fn what_a_provider_typed_is_no_formula_in_the_csv() {
        let csv = String::from_utf8(export(&[row()]).csv()).unwrap();
        let line = csv.lines().nth(1).unwrap();
        let expected = "'@Werk B.V.;90001042;2026-01-01;https://werk.example;RE-1 Jobhunting;P1 | P2;\"'=2+2, Noord\";Noord;\
            Nederlands | Tigrinya;6;2026-08-01;;RE-1 Jobhunting";
        assert_eq!(line, expected);
        assert_eq!(csv.lines().next().unwrap().trim_start_matches('\u{feff}').split(';').count(), COLUMNS.len());
    }

    #[test]
    fn the_json_tells_by_which_order_and_filter_it_was_made_and_how_old_a_waiting_time_is() {
        let (search, rows) = (Search { plaats: "Noord".into(), ..Search::default() }, [row()]);
        let told = Told::of("Noordermeer", "2026-11-23".parse().unwrap(), &search, Order::Random(42), &rows);
        let json = serde_json::to_value(&told).unwrap();
        assert_eq!((json["volgorde"].as_str(), json["zaad"].as_u64()), (Some("willekeurig"), Some(42)));
        assert_eq!((json["filter"]["plaats"].as_str(), json["aantal"].as_u64()), (Some("Noord"), Some(1)));
        let one = &json["aanbieders"][0];
        assert_eq!(one["talen"][1]["naamEngels"].as_str(), Some("Tigrinya"));
        assert_eq!(one["aanbod"][0]["code"].as_str(), Some("RE-1"));
        assert_eq!(one["wachttijd"]["ouderDanDrieMaanden"].as_bool(), Some(true));
    }
}
