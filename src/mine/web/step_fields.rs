//! The fields of a step (velden): how a step of the form is laid on a page, and read back from what was typed.

use i18n_embed_fl::fl;

use crate::dossier::form::{
    Address, Authority, Contact, Declaration, Filled, FirmSize, Location, Locations, Offer, Organisation, Signatory,
};
use crate::dossier::{Missing, Step};
use crate::text::Lang;

/// What was typed, in the order in which it was sent; a box that was not ticked is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    fn text(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    fn ticked(&self, name: &str) -> bool {
        self.get(name) == "ja"
    }

    /// The first field that holds more than a form takes.
    pub fn too_long(&self) -> Option<&str> {
        self.0.iter().find(|(_, value)| value.chars().count() > MOST).map(|(name, _)| name.as_str())
    }
}

/// So many characters in one field, and so many locations on one form.
pub const MOST: usize = 2000;
const LOCATIONS: usize = 30;

/// One field of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    pub kind: Kind,
    pub error: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Text {
        kind: &'static str,
        value: String,
    },
    Area {
        value: String,
    },
    Tick {
        ticked: bool,
    },
    /// One of these, or with `many` any of these: value, label, chosen.
    Choice {
        many: bool,
        options: Vec<(String, String, bool)>,
    },
    /// A heading between the fields.
    Heading,
}

/// What can be applied for: codes with their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    pub products: Vec<(String, String)>,
    pub profiles: Vec<(String, String)>,
}

/// How many locations stand on the form: those that were filled in, at least one, and one more when that was asked.
pub fn places(typed: &Typed) -> usize {
    let filled = (0..LOCATIONS).rfind(|n| PLACE.iter().any(|field| !typed.get(&format!("{field}-{n}")).is_empty()));
    (filled.map_or(1, |last| last + 1) + usize::from(typed.ticked("meer"))).clamp(1, LOCATIONS)
}

const PLACE: [&str; 4] = ["locatie", "straat", "postcode", "plaats"];

/// The step as it was typed.
pub fn read(step: Step, typed: &Typed) -> Filled {
    let text = |name: &str| typed.text(name);
    match step {
        Step::Organisation => Filled::Organisation(Organisation {
            name: text("naam"),
            legal_form: text("rechtsvorm"),
            establishment: text("vestiging"),
            address: Address { street: text("straat"), postcode: text("postcode"), place: text("plaats") },
            website: text("website"),
            size: typed.get("omvang").parse::<FirmSize>().ok(),
        }),
        Step::Contact => Filled::Contact(Contact {
            name: text("naam"),
            function: text("functie"),
            phone: text("telefoon"),
            email: text("email"),
        }),
        Step::Locations => {
            let place = |n: usize| Location {
                name: text(&format!("locatie-{n}")),
                address: Address {
                    street: text(&format!("straat-{n}")),
                    postcode: text(&format!("postcode-{n}")),
                    place: text(&format!("plaats-{n}")),
                },
                accessible: typed.ticked(&format!("toegankelijk-{n}")),
            };
            let blank = |one: &Location| one.name.is_empty() && one.address == Address::default();
            Filled::Locations(Locations { locations: (0..LOCATIONS).map(place).filter(|one| !blank(one)).collect() })
        }
        Step::Offer => Filled::Offer(Offer {
            products: typed.all("producten"),
            profiles: typed.all("profielen"),
            subcontractors: typed.ticked("onderaannemers"),
        }),
        Step::Signatory => Filled::Signatory(Signatory {
            name: text("naam"),
            function: text("functie"),
            email: text("email"),
            authority: typed.get("bevoegdheid").parse::<Authority>().ok(),
        }),
        Step::Declaration => Filled::Declaration(Declaration {
            no_exclusion_ground: typed.ticked("geen-uitsluiting"),
            explanation: text("toelichting"),
            suitable: typed.ticked("geschikt"),
            complete_and_true: typed.ticked("volledig"),
        }),
        Step::Statements => Filled::empty(Step::Statements),
    }
}

/// The other way round: what would have to be typed for this.
pub fn written(filled: &Filled) -> Typed {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: &str| all.push((name.to_owned(), value.to_owned()));
    let yes = |ticked: bool| if ticked { "ja" } else { "" };
    match filled {
        Filled::Organisation(one) => {
            put("naam", &one.name);
            put("rechtsvorm", &one.legal_form);
            put("vestiging", &one.establishment);
            put("straat", &one.address.street);
            put("postcode", &one.address.postcode);
            put("plaats", &one.address.place);
            put("website", &one.website);
            put("omvang", one.size.map_or("", FirmSize::as_str));
        }
        Filled::Contact(one) => {
            put("naam", &one.name);
            put("functie", &one.function);
            put("telefoon", &one.phone);
            put("email", &one.email);
        }
        Filled::Locations(one) => {
            for (n, place) in one.locations.iter().enumerate() {
                put(&format!("locatie-{n}"), &place.name);
                put(&format!("straat-{n}"), &place.address.street);
                put(&format!("postcode-{n}"), &place.address.postcode);
                put(&format!("plaats-{n}"), &place.address.place);
                put(&format!("toegankelijk-{n}"), yes(place.accessible));
            }
        }
        Filled::Offer(one) => {
            one.products.iter().for_each(|code| put("producten", code));
            one.profiles.iter().for_each(|code| put("profielen", code));
            put("onderaannemers", yes(one.subcontractors));
        }
        Filled::Signatory(one) => {
            put("naam", &one.name);
            put("functie", &one.function);
            put("email", &one.email);
            put("bevoegdheid", one.authority.map_or("", Authority::as_str));
        }
        Filled::Declaration(one) => {
            put("geen-uitsluiting", yes(one.no_exclusion_ground));
            put("toelichting", &one.explanation);
            put("geschikt", yes(one.suitable));
            put("volledig", yes(one.complete_and_true));
        }
        Filled::Statements(_) => {}
    }
    Typed(all)
}

/// The field on the page for a field that is missing.
pub fn field_of(missing: &Missing) -> Option<&'static str> {
    let Missing::Field(_, name) = missing else { return None };
    Some(match *name {
        "name" => "naam",
        "legal_form" => "rechtsvorm",
        "street" => "straat",
        "postcode" => "postcode",
        "website" => "website",
        "establishment" => "vestiging",
        "place" => "plaats",
        "size" => "omvang",
        "phone" => "telefoon",
        "function" => "functie",
        "authority" => "bevoegdheid",
        "locations" => "straat-0",
        "products" => "producten",
        "explanation" => "toelichting",
        "suitable" => "geschikt",
        "complete_and_true" => "volledig",
        _ => "email",
    })
}

/// The fields of a step with what was typed in them.
pub fn entries(lang: Lang, step: Step, typed: &Typed, choices: &Choices) -> Vec<Entry> {
    let t = lang.texts();
    let entry = |id: &str, label: String, kind: Kind| Entry { id: id.to_owned(), label, hint: None, kind, error: None };
    let text = |id: &str, label: String| entry(id, label, Kind::Text { kind: "text", value: typed.get(id).to_owned() });
    let email =
        |id: &str, label: String| entry(id, label, Kind::Text { kind: "email", value: typed.get(id).to_owned() });
    let tick = |id: &str, label: String| entry(id, label, Kind::Tick { ticked: typed.ticked(id) });
    let hinted = |one: Entry, hint: String| Entry { hint: Some(hint), ..one };
    let choice = |id: &str, label: String, many: bool, options: Vec<(String, String)>| {
        let chosen = typed.all(id);
        let options = options.into_iter().map(|(code, name)| {
            let on = chosen.contains(&code);
            (code, name, on)
        });
        entry(id, label, Kind::Choice { many, options: options.collect() })
    };
    let address = |street: &str, postcode: &str, place: &str| {
        [
            text(street, fl!(t, "mine-field-street")),
            text(postcode, fl!(t, "mine-field-postcode")),
            text(place, fl!(t, "mine-field-place")),
        ]
    };
    match step {
        Step::Organisation => {
            let mut all = vec![
                text("naam", fl!(t, "mine-field-organisation")),
                hinted(text("rechtsvorm", fl!(t, "mine-field-legal-form")), fl!(t, "mine-field-legal-form-hint")),
                hinted(text("vestiging", fl!(t, "mine-field-establishment")), fl!(t, "mine-field-establishment-hint")),
            ];
            all.extend(address("straat", "postcode", "plaats"));
            all.push(text("website", fl!(t, "mine-field-website")));
            let sizes = vec![
                (FirmSize::Micro.as_str().to_owned(), fl!(t, "mine-size-micro")),
                (FirmSize::Other.as_str().to_owned(), fl!(t, "mine-size-other")),
            ];
            all.push(choice("omvang", fl!(t, "mine-field-size"), false, sizes));
            all
        }
        Step::Contact => vec![
            text("naam", fl!(t, "mine-field-name")),
            text("functie", fl!(t, "mine-field-function-optional")),
            text("telefoon", fl!(t, "mine-field-phone")),
            email("email", fl!(t, "mine-field-email")),
        ],
        Step::Locations => (0..places(typed))
            .flat_map(|n| {
                let mut all = vec![
                    entry(&format!("kop-{n}"), fl!(t, "mine-location", number = (n + 1)), Kind::Heading),
                    text(&format!("locatie-{n}"), fl!(t, "mine-field-location-name")),
                ];
                let ids = [format!("straat-{n}"), format!("postcode-{n}"), format!("plaats-{n}")];
                all.extend(address(&ids[0], &ids[1], &ids[2]));
                all.push(tick(&format!("toegankelijk-{n}"), fl!(t, "mine-field-accessible")));
                all
            })
            .collect(),
        Step::Offer => {
            let products = choice("producten", fl!(t, "mine-field-products"), true, choices.products.clone());
            let mut all = vec![hinted(products, fl!(t, "mine-field-products-hint"))];
            if !choices.profiles.is_empty() {
                all.push(choice("profielen", fl!(t, "mine-field-profiles"), true, choices.profiles.clone()));
            }
            all.push(tick("onderaannemers", fl!(t, "mine-field-subcontractors")));
            all
        }
        Step::Signatory => {
            let ways = vec![
                (Authority::Register.as_str().to_owned(), fl!(t, "mine-authority-register")),
                (Authority::PowerOfAttorney.as_str().to_owned(), fl!(t, "mine-authority-power")),
            ];
            vec![
                text("naam", fl!(t, "mine-field-name")),
                text("functie", fl!(t, "mine-field-function")),
                email("email", fl!(t, "mine-field-email")),
                choice("bevoegdheid", fl!(t, "mine-field-authority"), false, ways),
            ]
        }
        Step::Declaration => vec![
            tick("geen-uitsluiting", fl!(t, "mine-declare-no-ground")),
            hinted(
                entry(
                    "toelichting",
                    fl!(t, "mine-declare-explanation"),
                    Kind::Area { value: typed.get("toelichting").to_owned() },
                ),
                fl!(t, "mine-declare-explanation-hint"),
            ),
            tick("geschikt", fl!(t, "mine-declare-suitable")),
            tick("volledig", fl!(t, "mine-declare-true")),
        ],
        Step::Statements => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_reads_back_as_it_was_written_and_every_missing_field_is_on_its_page() {
        let choices = Choices { products: vec![("jobhunting".into(), "Jobhunting".into())], profiles: Vec::new() };
        for step in Step::ALL.iter().filter(|step| **step != Step::Statements) {
            let empty = Filled::empty(*step);
            assert_eq!(read(*step, &written(&empty)), empty);
            let entries = entries(Lang::Nl, *step, &written(&empty), &choices);
            for missing in empty.missing() {
                let field = field_of(&missing).unwrap();
                assert!(entries.iter().any(|entry| entry.id == field), "{step}: {field}");
            }
        }
    }

    #[test]
    fn locations_keep_their_fields_and_a_blank_one_is_left_out() {
        let typed: Vec<(&str, &str)> = vec![
            ("straat-0", "Dorpsstraat 1"),
            ("plaats-0", "Noordermeer"),
            ("straat-2", "Kade 2"),
            ("toegankelijk-2", "ja"),
        ];
        let typed = Typed(typed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect());
        assert_eq!(places(&typed), 3);
        let Filled::Locations(read) = read(Step::Locations, &typed) else { panic!("not locations") };
        assert_eq!(read.locations.len(), 2);
        assert!(read.locations[1].accessible && !read.locations[0].accessible);
    }
}
