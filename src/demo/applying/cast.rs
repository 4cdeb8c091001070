//! The form as the organisations of the stories fill it in (aanmeldformulier).

use super::Applicant;
use crate::dossier::form::{
    Address, Authority, Contact, Declaration, Filled, FirmSize, Location, Locations, Offer, Organisation, Signatory,
    Statements,
};

/// Every step of the form, in its order.
pub fn whole_form(applicant: &Applicant) -> Vec<Filled> {
    let (name, function) = (applicant.person.0.to_owned(), applicant.person.1.to_owned());
    let (street, postcode, place) = applicant.address;
    let address = Address { street: street.to_owned(), postcode: postcode.to_owned(), place: place.to_owned() };
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    let counsellor = "C. Ait Hamou, Bureau Luisterend Oor, 0500 000 077, hulp@luisterendoor.example".to_owned();
    vec![
        Filled::Organisation(Organisation {
            name: applicant.name.to_owned(),
            legal_form: applicant.legal_form.to_owned(),
            establishment: String::new(),
            address: address.clone(),
            website: format!("https://www.{}", applicant.domain),
            size: Some(if applicant.legal_form == "eenmanszaak" { FirmSize::Micro } else { FirmSize::Other }),
        }),
        Filled::Contact(Contact {
            name: name.clone(),
            function: function.clone(),
            phone: "0500 000 001".to_owned(),
            email: applicant.email(),
        }),
        Filled::Locations(Locations {
            locations: vec![Location { name: "Hoofdlocatie".to_owned(), address, accessible: true }],
        }),
        Filled::Offer(Offer {
            products: words(applicant.products),
            profiles: words(applicant.profiles),
            subcontractors: false,
        }),
        Filled::Signatory(Signatory { name, function, email: applicant.email(), authority: Some(Authority::Register) }),
        Filled::Declaration(Declaration {
            no_exclusion_ground: true,
            explanation: String::new(),
            suitable: true,
            complete_and_true: true,
        }),
        Filled::Statements(Statements {
            agreed: vec!["M18".to_owned()],
            statements: [("M14".to_owned(), counsellor)].into(),
        }),
    ]
}
