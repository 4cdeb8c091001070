//! The application form (aanmeldformulier): what an applicant fills in, step by step. A step is kept as it is, half or
//! whole; what is missing is told when it is handed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fields::not_ready;
use super::{Channel, Missing};
use crate::procedure::criterion::{Condition, Criterion};
use crate::text::Lang;

codes! {
    /// A step of the form, in the order in which it is asked.
    pub enum Step {
        Organisation = "organisation",
        Contact = "contact",
        Locations = "locations",
        /// What is applied for: products and client profiles.
        Offer = "offer",
        /// Who signs (tekenbevoegde).
        Signatory = "signatory",
        /// The self-declaration on exclusion and suitability (UEA).
        Declaration = "declaration",
        /// Agreements and statements that need no document.
        Statements = "statements",
    }
}

codes! {
    pub enum FirmSize {
        /// Fewer than 10 staff and a turnover of at most 2 million euros.
        Micro = "micro",
        Other = "other",
    }
}

codes! {
    /// What the authority to sign follows from.
    pub enum Authority {
        Register = "register",
        PowerOfAttorney = "power_of_attorney",
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    pub street: String,
    pub postcode: String,
    pub place: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub name: String,
    pub legal_form: String,
    /// The number of the establishment (vestigingsnummer), twelve digits; empty for the whole organisation.
    pub establishment: String,
    pub address: Address,
    pub website: String,
    pub size: Option<FirmSize>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: String,
    pub function: String,
    pub phone: String,
    pub email: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    pub name: String,
    pub address: Address,
    /// Reachable and accessible for clients with a disability.
    pub accessible: bool,
}

impl Location {
    /// Nobody finds it without a street and a place.
    pub fn lacks_address(&self) -> bool {
        self.address.street.trim().is_empty() || self.address.place.trim().is_empty()
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locations {
    pub locations: Vec<Location>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Codes of products.
    pub products: Vec<String>,
    /// Codes of client profiles.
    pub profiles: Vec<String>,
    /// Works with subcontractors.
    pub subcontractors: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    pub name: String,
    pub function: String,
    pub email: String,
    pub authority: Option<Authority>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// "Er is geen reden om u uit te sluiten"; without it an explanation.
    pub no_exclusion_ground: bool,
    pub explanation: String,
    /// "U voldoet aan onze eisen."
    pub suitable: bool,
    /// "Volledig en juist."
    pub complete_and_true: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statements {
    /// The codes of the criteria that were agreed to with a tick.
    pub agreed: Vec<String>,
    /// What was stated for a criterion, by its code.
    pub statements: BTreeMap<String, String>,
}

/// The content of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    Organisation(Organisation),
    Contact(Contact),
    Locations(Locations),
    Offer(Offer),
    Signatory(Signatory),
    Declaration(Declaration),
    Statements(Statements),
}

impl Filled {
    pub fn step(&self) -> Step {
        match self {
            Filled::Organisation(_) => Step::Organisation,
            Filled::Contact(_) => Step::Contact,
            Filled::Locations(_) => Step::Locations,
            Filled::Offer(_) => Step::Offer,
            Filled::Signatory(_) => Step::Signatory,
            Filled::Declaration(_) => Step::Declaration,
            Filled::Statements(_) => Step::Statements,
        }
    }

    /// Nothing filled in yet.
    pub fn empty(step: Step) -> Filled {
        match step {
            Step::Organisation => Filled::Organisation(Organisation::default()),
            Step::Contact => Filled::Contact(Contact::default()),
            Step::Locations => Filled::Locations(Locations::default()),
            Step::Offer => Filled::Offer(Offer::default()),
            Step::Signatory => Filled::Signatory(Signatory::default()),
            Step::Declaration => Filled::Declaration(Declaration::default()),
            Step::Statements => Filled::Statements(Statements::default()),
        }
    }

    pub fn to_json(&self) -> Result<serde_json::Value, serde_json::Error> {
        match self {
            Filled::Organisation(step) => serde_json::to_value(step),
            Filled::Contact(step) => serde_json::to_value(step),
            Filled::Locations(step) => serde_json::to_value(step),
            Filled::Offer(step) => serde_json::to_value(step),
            Filled::Signatory(step) => serde_json::to_value(step),
            Filled::Declaration(step) => serde_json::to_value(step),
            Filled::Statements(step) => serde_json::to_value(step),
        }
    }

    pub fn from_json(step: Step, json: &str) -> Result<Filled, serde_json::Error> {
        Ok(match step {
            Step::Organisation => Filled::Organisation(serde_json::from_str(json)?),
            Step::Contact => Filled::Contact(serde_json::from_str(json)?),
            Step::Locations => Filled::Locations(serde_json::from_str(json)?),
            Step::Offer => Filled::Offer(serde_json::from_str(json)?),
            Step::Signatory => Filled::Signatory(serde_json::from_str(json)?),
            Step::Declaration => Filled::Declaration(serde_json::from_str(json)?),
            Step::Statements => Filled::Statements(serde_json::from_str(json)?),
        })
    }

    /// The fields that are still missing or hold what cannot be meant, each once by its name.
    pub fn missing(&self) -> Vec<Missing> {
        let empty = |text: &str| text.trim().is_empty();
        let fields: Vec<(bool, &'static str)> = match self {
            Filled::Organisation(step) => vec![
                (empty(&step.name), "name"),
                (empty(&step.legal_form), "legal_form"),
                (empty(&step.address.street), "street"),
                (empty(&step.address.postcode), "postcode"),
                (empty(&step.address.place), "place"),
                (step.size.is_none(), "size"),
            ],
            Filled::Contact(step) => {
                vec![(empty(&step.name), "name"), (empty(&step.phone), "phone"), (empty(&step.email), "email")]
            }
            Filled::Locations(step) => {
                vec![(step.locations.is_empty() || step.locations.iter().any(Location::lacks_address), "locations")]
            }
            Filled::Offer(step) => vec![(step.products.is_empty(), "products")],
            Filled::Signatory(step) => vec![
                (empty(&step.name), "name"),
                (empty(&step.function), "function"),
                (empty(&step.email), "email"),
                (step.authority.is_none(), "authority"),
            ],
            Filled::Declaration(step) => vec![
                (!step.no_exclusion_ground && empty(&step.explanation), "explanation"),
                (!step.suitable, "suitable"),
                (!step.complete_and_true, "complete_and_true"),
            ],
            // Which agreements and statements are asked depends on the criteria; they are told by criterion.
            Filled::Statements(_) => Vec::new(),
        };
        let step = self.step();
        let fields = fields.into_iter().filter_map(|(missing, name)| missing.then_some(Missing::Field(step, name)));
        let mut all: Vec<Missing> = fields.collect();
        for wrong in not_ready(self) {
            if !all.contains(&wrong) {
                all.push(wrong);
            }
        }
        all
    }
}

/// All steps of one application.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    pub steps: BTreeMap<Step, Filled>,
}

impl Form {
    /// What is still missing. On paper there may be no e-mail address: letters then go by post.
    pub fn missing(&self, channel: Channel) -> Vec<Missing> {
        let by_post = |one: &Missing| match one {
            Missing::Field(step, "email") => channel == Channel::Paper && self.email(*step).is_empty(),
            _ => false,
        };
        Step::ALL
            .iter()
            .flat_map(|step| self.steps.get(step).map_or_else(|| Filled::empty(*step).missing(), Filled::missing))
            .filter(|one| !by_post(one))
            .collect()
    }

    fn email(&self, step: Step) -> &str {
        match self.steps.get(&step) {
            Some(Filled::Contact(contact)) => contact.email.trim(),
            Some(Filled::Signatory(signatory)) => signatory.email.trim(),
            _ => "",
        }
    }

    pub fn offer(&self) -> Offer {
        match self.steps.get(&Step::Offer) {
            Some(Filled::Offer(offer)) => offer.clone(),
            _ => Offer::default(),
        }
    }

    /// Whether the applicant's own answers say that this criterion is not about him (niet van toepassing).
    pub fn rules_out(&self, criterion: &Criterion) -> bool {
        match (criterion.only_when, self.steps.get(&Step::Offer)) {
            (Some(Condition::Subcontractors), Some(Filled::Offer(offer))) => !offer.subcontractors,
            _ => false,
        }
    }

    pub fn contact(&self) -> Contact {
        match self.steps.get(&Step::Contact) {
            Some(Filled::Contact(contact)) => contact.clone(),
            _ => Contact::default(),
        }
    }

    pub fn statements(&self) -> Statements {
        match self.steps.get(&Step::Statements) {
            Some(Filled::Statements(statements)) => statements.clone(),
            _ => Statements::default(),
        }
    }
}

impl Step {
    pub fn in_words(self, lang: Lang) -> String {
        use i18n_embed_fl::fl;
        let t = lang.texts();
        match self {
            Step::Organisation => fl!(t, "dossier-step-organisation"),
            Step::Contact => fl!(t, "dossier-step-contact"),
            Step::Locations => fl!(t, "dossier-step-locations"),
            Step::Offer => fl!(t, "dossier-step-offer"),
            Step::Signatory => fl!(t, "dossier-step-signatory"),
            Step::Declaration => fl!(t, "dossier-step-declaration"),
            Step::Statements => fl!(t, "dossier-step-statements"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_reads_back_and_an_empty_form_tells_what_is_missing() {
        for step in Step::ALL {
            let empty = Filled::empty(*step);
            let json = empty.to_json().unwrap().to_string();
            assert_eq!(Filled::from_json(*step, &json).unwrap(), empty);
            assert_eq!(empty.step(), *step);
        }
        let missing = Form::default().missing(Channel::Portal);
        for step in Step::ALL.iter().filter(|step| **step != Step::Statements) {
            assert!(missing.iter().any(|one| matches!(one, Missing::Field(of, _) if of == step)), "{step}");
        }
    }

    #[test]
    fn on_paper_an_address_is_left_out_but_not_one_that_is_wrong() {
        let email = |email: &str, channel| {
            let contact =
                Contact { name: "R. Brug".into(), phone: "0500".into(), email: email.into(), ..Contact::default() };
            let form = Form { steps: [(Step::Contact, Filled::Contact(contact))].into() };
            form.missing(channel).contains(&Missing::Field(Step::Contact, "email"))
        };
        assert!(email("", Channel::Portal) && !email(" ", Channel::Paper));
        assert!(email("geen adres", Channel::Paper) && !email("brug@voorbeeld.example", Channel::Portal));
    }

    #[test]
    fn who_has_an_exclusion_ground_explains_it() {
        let declared = |no_exclusion_ground, explanation: &str| {
            let declaration = Declaration {
                no_exclusion_ground,
                explanation: explanation.into(),
                suitable: true,
                complete_and_true: true,
            };
            Filled::Declaration(declaration).missing()
        };
        assert_eq!(declared(true, ""), []);
        assert_eq!(declared(false, " "), [Missing::Field(Step::Declaration, "explanation")]);
        assert_eq!(declared(false, "Een regeling met de Belastingdienst."), []);
    }
}
