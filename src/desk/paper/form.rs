//! The form of the paper desk (formulier): the whole application on one page, in the order of the paper, read into the
//! steps of the dossier and laid out again.

use std::collections::BTreeMap;

use i18n_embed_fl::fl;
use validator::Validate;

use crate::dossier::Step;
use crate::dossier::form::{
    Address, Authority, Contact, Declaration, Filled, FirmSize, Form, Location, Locations, Offer, Organisation,
    Signatory, Statements,
};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::procedure::criterion::{Criterion, EvidenceKind};
use crate::text::Lang;

/// What was typed, in the order in which it was sent; a box that was not ticked is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Validate)]
pub struct Typed {
    #[validate(nested)]
    fields: Vec<TypedField>,
}

#[derive(Debug, Clone, PartialEq, Eq, Validate)]
struct TypedField {
    name: String,
    #[validate(length(max = 2000))]
    value: String,
}

/// So many characters in one field, as `TypedField` says.
pub const LONGEST: usize = 2000;

/// More locations than these come as a list, as evidence.
const LOCATIONS: usize = 20;

/// What can be applied for: codes with their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    pub products: Vec<(String, String)>,
    pub profiles: Vec<(String, String)>,
}

impl Typed {
    pub fn of(fields: Vec<(String, String)>) -> Typed {
        Typed { fields: fields.into_iter().map(|(name, value)| TypedField { name, value }).collect() }
    }

    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|one| one.name == name).map_or("", |one| one.value.as_str())
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|one| one.name == name).map(|one| one.value.clone()).collect()
    }

    fn text(&self, name: &str) -> String {
        self.get(name).replace("\r\n", "\n").trim().to_owned()
    }

    fn ticked(&self, name: &str) -> bool {
        self.get(name) == "ja"
    }

    /// The fields that hold more than a form takes.
    pub fn too_long(&self) -> Vec<&str> {
        self.fields.iter().filter(|one| one.validate().is_err()).map(|one| one.name.as_str()).collect()
    }

    fn put(&mut self, name: &str, value: &str) {
        self.fields.push(TypedField { name: name.to_owned(), value: value.to_owned() });
    }

    fn tick(&mut self, name: &str, ticked: bool) {
        if ticked {
            self.put(name, "ja");
        }
    }

    /// Every step as it was typed. `asked` tells for which criteria there is something to tick or to state.
    pub fn read(&self, asked: &[Criterion]) -> Vec<Filled> {
        let address = |part: &str| Address {
            street: self.text(&format!("{part}-straat")),
            postcode: self.text(&format!("{part}-postcode")),
            place: self.text(&format!("{part}-plaats")),
        };
        let location = |n: usize| {
            let part = format!("locatie-{n}");
            let (name, accessible) = (self.text(&format!("{part}-naam")), self.ticked(&format!("{part}-toegankelijk")));
            Location { name, address: address(&part), accessible }
        };
        let blank = |one: &Location| one.name.is_empty() && one.address == Address::default();
        let agreed = |one: &&Criterion| is_ticked(one) && self.ticked(&format!("akkoord-{}", one.code));
        let stated = |one: &Criterion| (one.code.clone(), self.text(&format!("verklaring-{}", one.code)));
        let statements: BTreeMap<String, String> = asked.iter().filter(|one| is_stated(one)).map(stated).collect();
        vec![
            Filled::Organisation(Organisation {
                name: self.text("organisatie-naam"),
                legal_form: self.text("organisatie-rechtsvorm"),
                establishment: self.text("organisatie-vestiging"),
                address: address("organisatie"),
                website: self.text("organisatie-website"),
                size: self.get("organisatie-omvang").parse::<FirmSize>().ok(),
            }),
            Filled::Contact(Contact {
                name: self.text("contact-naam"),
                function: self.text("contact-functie"),
                phone: self.text("contact-telefoon"),
                email: self.text("contact-email"),
            }),
            Filled::Locations(Locations {
                locations: (0..LOCATIONS).map(location).filter(|one| !blank(one)).collect(),
            }),
            Filled::Offer(Offer {
                products: self.all("producten"),
                profiles: self.all("profielen"),
                subcontractors: self.ticked("onderaannemers"),
            }),
            Filled::Signatory(Signatory {
                name: self.text("tekenen-naam"),
                function: self.text("tekenen-functie"),
                email: self.text("tekenen-email"),
                authority: self.get("tekenen-bevoegd").parse::<Authority>().ok(),
            }),
            Filled::Declaration(Declaration {
                no_exclusion_ground: self.ticked("geen-uitsluiting"),
                explanation: self.text("uitsluiting-uitleg"),
                suitable: self.ticked("geschikt"),
                complete_and_true: self.ticked("volledig"),
            }),
            Filled::Statements(Statements {
                agreed: asked.iter().filter(agreed).map(|one| one.code.clone()).collect(),
                statements: statements.into_iter().filter(|(_, words)| !words.is_empty()).collect(),
            }),
        ]
    }

    /// The other way round: what would have to be typed for this.
    pub fn written(form: &Form) -> Typed {
        let mut typed = Typed::default();
        for filled in form.steps.values() {
            typed.write(filled);
        }
        typed
    }

    fn write(&mut self, filled: &Filled) {
        match filled {
            Filled::Organisation(one) => {
                self.put("organisatie-naam", &one.name);
                self.put("organisatie-rechtsvorm", &one.legal_form);
                self.put("organisatie-vestiging", &one.establishment);
                self.write_address("organisatie", &one.address);
                self.put("organisatie-website", &one.website);
                self.put("organisatie-omvang", one.size.map_or("", FirmSize::as_str));
            }
            Filled::Contact(one) => {
                self.put("contact-naam", &one.name);
                self.put("contact-functie", &one.function);
                self.put("contact-telefoon", &one.phone);
                self.put("contact-email", &one.email);
            }
            Filled::Locations(one) => {
                for (n, place) in one.locations.iter().enumerate() {
                    let part = format!("locatie-{n}");
                    self.put(&format!("{part}-naam"), &place.name);
                    self.write_address(&part, &place.address);
                    self.tick(&format!("{part}-toegankelijk"), place.accessible);
                }
            }
            Filled::Offer(one) => {
                one.products.iter().for_each(|code| self.put("producten", code));
                one.profiles.iter().for_each(|code| self.put("profielen", code));
                self.tick("onderaannemers", one.subcontractors);
            }
            Filled::Signatory(one) => {
                self.put("tekenen-naam", &one.name);
                self.put("tekenen-functie", &one.function);
                self.put("tekenen-email", &one.email);
                self.put("tekenen-bevoegd", one.authority.map_or("", Authority::as_str));
            }
            Filled::Declaration(one) => {
                self.tick("geen-uitsluiting", one.no_exclusion_ground);
                self.put("uitsluiting-uitleg", &one.explanation);
                self.tick("geschikt", one.suitable);
                self.tick("volledig", one.complete_and_true);
            }
            Filled::Statements(one) => {
                one.agreed.iter().for_each(|code| self.tick(&format!("akkoord-{code}"), true));
                one.statements.iter().for_each(|(code, words)| self.put(&format!("verklaring-{code}"), words));
            }
        }
    }

    fn write_address(&mut self, part: &str, address: &Address) {
        self.put(&format!("{part}-straat"), &address.street);
        self.put(&format!("{part}-postcode"), &address.postcode);
        self.put(&format!("{part}-plaats"), &address.place);
    }

    /// As many locations as were filled in, and one that is empty.
    fn places(&self) -> usize {
        let begins = |one: &TypedField| {
            let (number, _) = one.name.strip_prefix("locatie-")?.split_once('-')?;
            number.parse::<usize>().ok().filter(|_| !one.value.is_empty())
        };
        let last = self.fields.iter().filter_map(begins).max();
        last.map_or(1, |last| last + 2).min(LOCATIONS)
    }
}

/// Agreement by a tick.
fn is_ticked(one: &Criterion) -> bool {
    one.evidence_kind == EvidenceKind::AgreementTick
}

/// Words, or what was seen.
fn is_stated(one: &Criterion) -> bool {
    matches!(one.evidence_kind, EvidenceKind::Statement | EvidenceKind::SeenNotStored | EvidenceKind::VogRegister)
}

/// The fields in groups, each under its heading, with what was typed.
pub fn groups(lang: Lang, typed: &Typed, choices: &Choices, asked: &[Criterion]) -> Vec<(String, Vec<Entry>)> {
    let t = lang.texts();
    let line = |id: &str, label: String| Entry::line(lang, id, label, typed.get(id));
    let area = |id: &str, label: String| Entry::area(lang, id, label, typed.get(id));
    let tick = |id: &str, label: String| Entry::tick(lang, id, label, typed.ticked(id));
    let address = |part: &str| {
        [
            line(&format!("{part}-straat"), fl!(t, "desk-paper-street")),
            line(&format!("{part}-postcode"), fl!(t, "desk-paper-postcode")),
            line(&format!("{part}-plaats"), fl!(t, "desk-paper-place")),
        ]
    };
    let options = |id: &str, all: &[(String, String)]| -> Vec<Choice> {
        let chosen = typed.all(id);
        let known = all.iter().map(|(code, name)| Choice::new(code, name.clone(), chosen.contains(code)));
        // What left the catalogue since it was typed stays on the form, so that saving does not lose it.
        let gone = chosen.iter().filter(|code| !code.is_empty() && !all.iter().any(|(known, _)| known == *code));
        known.chain(gone.map(|code| Choice::new(code, code.clone(), true))).collect()
    };
    let sizes = [
        (FirmSize::Micro.to_string(), fl!(t, "desk-paper-size-micro")),
        (FirmSize::Other.to_string(), fl!(t, "desk-paper-size-other")),
    ];
    let ways = [
        (Authority::Register.to_string(), fl!(t, "desk-paper-authority-register")),
        (Authority::PowerOfAttorney.to_string(), fl!(t, "desk-paper-authority-power")),
    ];
    let radio = |id: &str, label: String, all: &[(String, String)]| {
        Entry::new(lang, id, label, EntryKind::Radio(options(id, all)))
    };
    let many = |id: &str, label: String, all: &[(String, String)]| {
        Entry::new(lang, id, label, EntryKind::Many(options(id, all)))
    };
    let mut organisation = vec![
        line("organisatie-naam", fl!(t, "desk-paper-organisation")),
        line("organisatie-rechtsvorm", fl!(t, "desk-paper-legal-form")),
        line("organisatie-vestiging", fl!(t, "desk-paper-establishment")),
    ];
    organisation.extend(address("organisatie"));
    organisation.push(line("organisatie-website", fl!(t, "desk-paper-website")));
    organisation.push(radio("organisatie-omvang", fl!(t, "desk-paper-size"), &sizes));
    let place = |n: usize| {
        let part = format!("locatie-{n}");
        let name = line(&format!("{part}-naam"), fl!(t, "desk-paper-location", number = (n + 1)));
        let last = tick(&format!("{part}-toegankelijk"), fl!(t, "desk-paper-accessible"));
        [name].into_iter().chain(address(&part)).chain([last]).collect::<Vec<_>>()
    };
    let mut offer = vec![many("producten", fl!(t, "desk-paper-products"), &choices.products)];
    if !choices.profiles.is_empty() {
        offer.push(many("profielen", fl!(t, "desk-paper-profiles"), &choices.profiles));
    }
    offer.push(tick("onderaannemers", fl!(t, "desk-paper-subcontractors")));
    let without_file = asked.iter().filter(|one| is_ticked(one) || is_stated(one)).map(|one| {
        let label = format!("{} {}", one.code, one.name.in_lang(lang));
        match is_ticked(one) {
            true => tick(&format!("akkoord-{}", one.code), label).hint(one.text.in_lang(lang).to_owned()),
            false => area(&format!("verklaring-{}", one.code), label).hint(one.evidence.in_lang(lang).to_owned()),
        }
    });
    vec![
        (step_words(lang, Step::Organisation), organisation),
        (
            step_words(lang, Step::Contact),
            vec![
                line("contact-naam", fl!(t, "desk-paper-person")),
                line("contact-functie", fl!(t, "desk-paper-function")),
                line("contact-telefoon", fl!(t, "desk-paper-phone")),
                line("contact-email", fl!(t, "desk-paper-email-optional")).hint(fl!(t, "desk-paper-email-hint")),
            ],
        ),
        (step_words(lang, Step::Locations), (0..typed.places()).flat_map(place).collect()),
        (step_words(lang, Step::Offer), offer),
        (
            step_words(lang, Step::Signatory),
            vec![
                line("tekenen-naam", fl!(t, "desk-paper-person")),
                line("tekenen-functie", fl!(t, "desk-paper-function")),
                line("tekenen-email", fl!(t, "desk-paper-email-optional")),
                radio("tekenen-bevoegd", fl!(t, "desk-paper-authority"), &ways),
            ],
        ),
        (
            step_words(lang, Step::Declaration),
            vec![
                tick("geen-uitsluiting", fl!(t, "desk-paper-no-ground")),
                area("uitsluiting-uitleg", fl!(t, "desk-paper-explanation")),
                tick("geschikt", fl!(t, "desk-paper-suitable")),
                tick("volledig", fl!(t, "desk-paper-true")),
            ],
        ),
        (step_words(lang, Step::Statements), without_file.collect()),
    ]
}

/// A step as the municipality calls it: it is somebody else's organisation.
pub fn step_words(lang: Lang, step: Step) -> String {
    let t = lang.texts();
    match step {
        Step::Organisation => fl!(t, "desk-paper-step-organisation"),
        Step::Offer => fl!(t, "desk-paper-step-offer"),
        other => other.in_words(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::defaults::defaults;

    #[test]
    fn the_whole_form_reads_back_as_it_was_written() {
        let asked = &defaults().criteria;
        let typed = Typed::of(
            [
                ("organisatie-naam", "De Brug"),
                ("organisatie-omvang", "micro"),
                ("contact-email", "brug@voorbeeld.example"),
                ("locatie-0-straat", "Kade 1"),
                ("locatie-2-plaats", "Noordermeer"),
                ("locatie-2-toegankelijk", "ja"),
                ("producten", "jobhunting"),
                ("producten", "jobcoaching"),
                ("tekenen-bevoegd", "register"),
                ("geschikt", "ja"),
                ("akkoord-M18", "ja"),
                ("verklaring-M14", "Vertrouwenspersoon: R. Jansen"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        );
        let filled = typed.read(asked);
        assert_eq!(filled.len(), Step::ALL.len());
        let form = Form { steps: filled.iter().cloned().map(|one| (one.step(), one)).collect() };
        assert_eq!(Typed::written(&form).read(asked), filled);
        let Some(Filled::Locations(places)) = form.steps.get(&Step::Locations) else { panic!("no locations") };
        assert_eq!((places.locations.len(), places.locations[1].accessible), (2, true));
        assert_eq!(form.statements().agreed, ["M18"]);
        assert_eq!(form.offer().products.len(), 2);
    }

    #[test]
    fn a_field_that_holds_too_much_is_named() {
        let long = Typed::of(vec![("contact-naam".into(), "x".repeat(LONGEST + 1)), ("producten".into(), "a".into())]);
        assert_eq!(long.too_long(), ["contact-naam"]);
    }
}
