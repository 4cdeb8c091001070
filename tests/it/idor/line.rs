//! A line of the table (regel): an address, whose it is, and what its form sends; the roles and forms by name.

use openhouse::actor::Role;
use openhouse::app::Verb;

pub struct Line {
    pub verb: Verb,
    /// As `fn table()` of src/app/mod.rs writes it.
    pub path: &'static str,
    pub rule: Rule,
    /// The path with an object of the world in every place: `/aanbieders/<provider>`.
    pub address: &'static str,
    /// What the page's form sends; begins with `--` when it carries files.
    pub form: &'static str,
}

/// Whose it is, what the address leads to.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Anybody may ask, signed in or not; it tells nothing about anybody.
    Anybody,
    /// Everybody has his own behind it; these roles do.
    Own(&'static [Role]),
    /// It names an object of the municipality or the provider of the world; these roles may there, and nobody elsewhere.
    Named(&'static [Role]),
}

pub use Role::{
    Assessor, Auditor, ContactPerson, ContractManager, DecisionMaker, Finance, FunctionalAdmin, PrivacyOfficer,
    ProviderAdmin, ProviderSignatory, ProviderUser, RecordsOfficer, Viewer,
};
pub use Rule::{Anybody, Named, Own};

pub const ALL: &[Role] = Role::ALL;
pub const PROVIDER: &[Role] = &Role::OF_PROVIDER;
pub const MONEY: &[Role] = &[Finance, ContractManager, DecisionMaker, Auditor];
pub const PAYERS: &[Role] = &[Finance, ContractManager];
pub const MANAGER: &[Role] = &[ContractManager];
pub const ADMIN: &[Role] = &[FunctionalAdmin];
pub const OF_MAIL: &[Role] = &[ContractManager, FunctionalAdmin];
pub const NAMES: &[Role] = &[ContactPerson, ProviderUser, ProviderAdmin, ProviderSignatory];
pub const ALL_BUT_CONTACT: &[Role] = &[
    ContractManager,
    Assessor,
    DecisionMaker,
    Finance,
    PrivacyOfficer,
    RecordsOfficer,
    Auditor,
    FunctionalAdmin,
    Viewer,
    ProviderUser,
    ProviderAdmin,
    ProviderSignatory,
];
pub const READERS: &[Role] =
    &[ContractManager, Assessor, DecisionMaker, PrivacyOfficer, RecordsOfficer, Auditor, Viewer];
pub const PUBLISHERS: &[Role] = &[ContractManager, FunctionalAdmin, DecisionMaker];
pub const OPENERS: &[Role] = &[ContractManager, Assessor, DecisionMaker, PrivacyOfficer, RecordsOfficer, Auditor];
pub const INDEX_READERS: &[Role] =
    &[ContractManager, Assessor, DecisionMaker, PrivacyOfficer, RecordsOfficer, Auditor, Viewer, Finance];
pub const INTENDING: &[Role] = &[ContractManager, DecisionMaker];
pub const JUDGES: &[Role] = &[Assessor, ContractManager, PrivacyOfficer];
pub const DECIDER: &[Role] = &[DecisionMaker];
pub const ASSESSOR: &[Role] = &[Assessor];
pub const SIGNERS: &[Role] = &[ProviderAdmin, ProviderSignatory];
/// Everybody of the municipality.
pub const OFFICE: &[Role] = &[
    ContractManager,
    Assessor,
    ContactPerson,
    DecisionMaker,
    Finance,
    PrivacyOfficer,
    RecordsOfficer,
    Auditor,
    FunctionalAdmin,
    Viewer,
];
/// Who opens what was shown with a reaction.
pub const SEEING: &[Role] = &[
    ContractManager,
    Assessor,
    DecisionMaker,
    PrivacyOfficer,
    RecordsOfficer,
    Auditor,
    ProviderUser,
    ProviderAdmin,
    ProviderSignatory,
];
pub const HANDING_IN: &[Role] = &[ContractManager, ProviderUser, ProviderAdmin, ProviderSignatory];

pub const fn get(path: &'static str, rule: Rule, address: &'static str) -> Line {
    Line { verb: Verb::Get, path, rule, address, form: "" }
}

pub const fn post(path: &'static str, rule: Rule, address: &'static str, form: &'static str) -> Line {
    Line { verb: Verb::Post, path, rule, address, form }
}

pub const FILE: &str = "--x\r\ncontent-disposition: form-data; name=\"sleutel\"\r\n\r\nk1\r\n\
                    --x\r\ncontent-disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\n\r\na;b\r\n--x--\r\n";
pub const INVITATION: &str = "naam=Nieuw&email=nieuw%40voorbeeld.example&rol=viewer";
pub const COLLEAGUE: &str = "naam=Nieuw&email=nieuw%40voorbeeld.example&rol=provider_user";
pub const TEXT: &str = "onderwerp_nl=Test&tekst_nl=Test&onderwerp_en=Test&tekst_en=Test&versie=0&actie=bewaren";
pub const LET_IN: &str = "keus=provider_user&reden=Gebeld&nagegaan=ja";
pub const PROCEDURE: &str = "code=nieuwe&naam_nl=Nieuw&domein=pw&toetreding=continuous&rechtsmiddel=complaint&versie=1";
pub const VERDICT: &str = "versie=1&rij=application&oordeel=met&motivering=Gezien&geldig_tot=";
pub const ADVICE: &str = "versie=<seen>&voorstel=admitted&woorden=Zie+de+oordelen&stap=vastleggen";
pub const OUTAGE: &str = "van_dag=18-11-2026&van_tijd=09%3A00&tot_dag=&tot_tijd=&uitleg=Storing&actie=gevolgen";
pub const OFFER: &str = "versie=<offered-version>&ingang=2099-01-01&stap=vastleggen";
pub const MEETING: &str = "versie=1&dag=2027-03-01&van=14%3A00&tot=15%3A30&plaats=Gemeentehuis&agenda=Opening";
pub const PROPOSAL: &str =
    "versie=<consulted>&soort=add&artikel=&nummer=9&kop=Slot&bereik=all&tekst=Einde&motief=Het+hoort+erbij";
pub const QUESTION: &str = "naam=Iemand&vraag=Wanneer+weet+ik+iets%3F";
pub const DECISION: &str =
    "nummer=1&datum=09-06-2026&onderwerp=Anders&besluit=Anders&procedure=&tekst=&eisen=&adres=&reden=Anders&versie=1";
pub const ACTIVITY: &str = "naam_nl=Anders&fase=dialogue&eerste=1&laatste=2&versie=1";
pub const APPLY: &str = "naam=Iemand&email=iemand%40voorbeeld.example&organisatie=Iets&kvk=12345679";
pub const PASSWORDS: &str = "oud=x&code=1&nieuw=een+lang+wachtwoord&nogmaals=een+lang+wachtwoord";
