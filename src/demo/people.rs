//! The people of Noordermeer: municipal contact persons, who signs in at the municipality, and the clients'
//! names and numbers. All are invented.

use chrono::NaiveDate;

use crate::calendar::add_days;
use crate::demo::random::Random;
use crate::demo::{BenefitFiles, Contact, Role, User};

pub const MUNICIPALITY: &str = "Noordermeer";
pub const DOMAIN: &str = "noordermeer.example";
pub const CONTRACT_MANAGER: &str = "m.dewit@noordermeer.example";

pub fn municipal_users() -> Vec<User> {
    let user = |email: &str, name: &str, role| User {
        email: format!("{email}@{DOMAIN}"),
        name: name.to_owned(),
        role,
        provider: None,
    };
    vec![
        user("m.dewit", "M. de Wit", Role::ContractManager),
        user("j.haverkamp", "J. Haverkamp", Role::Assessor),
        user("h.oosterbaan", "H. Oosterbaan", Role::DecisionMaker),
        user("t.sinnema", "T. Sinnema", Role::Viewer),
        user("e.postma", "E. Postma", Role::FunctionalAdmin),
        user("a.jansen", "A. Jansen", Role::ContactPerson),
        user("f.hofstra", "F. Hofstra", Role::ContactPerson),
        user("p.hofstra", "P. Hofstra", Role::Finance),
    ]
}

/// A caseload (caseload) with the people who have it one after the other: who leaves hands it over to the next.
pub struct Desk {
    holders: Vec<Contact>,
}

impl Desk {
    pub fn holder(&self, day: NaiveDate) -> &Contact {
        let holds = |contact: &&Contact| contact.active_until.is_none_or(|until| day <= until);
        self.holders.iter().find(holds).expect("the last holder of a desk has no last day")
    }
}

/// `change` is the first day of the one newcomer.
pub fn desks(procedure_from: NaiveDate, change: NaiveDate) -> Vec<Desk> {
    let contact = |local: &str, name: &str, position, active_from, active_until| Contact {
        email: format!("{local}@{DOMAIN}"),
        name: name.to_owned(),
        position,
        active_from,
        active_until,
    };
    let long_ago = add_days(procedure_from, -600);
    let stays = |local, name, position| Desk { holders: vec![contact(local, name, position, long_ago, None)] };
    vec![
        stays("a.jansen", "A. Jansen", "activeringscoach"),
        stays("f.hofstra", "F. Hofstra", "consulent"),
        stays("i.benali", "I. Benali", "activeringscoach"),
        stays("w.terpstra", "W. Terpstra", "consulent"),
        stays("n.vanderzee", "N. van der Zee", "activeringscoach"),
        Desk {
            holders: vec![
                contact("k.wouda", "K. Wouda", "consulent", long_ago, Some(add_days(change, -1))),
                contact("r.osinga", "R. Osinga", "consulent", change, None),
            ],
        },
    ]
}

pub fn contacts(desks: &[Desk]) -> Vec<Contact> {
    desks.iter().flat_map(|desk| desk.holders.iter().cloned()).collect()
}

/// Somebody with a benefit. `desk` is the place of the contact person in the list of desks.
#[derive(Debug, Clone)]
pub struct Client {
    pub number: String,
    pub name: String,
    pub desk: usize,
}

/// The pile of benefit files from which clients are referred.
pub struct Pile {
    files: Vec<Client>,
    /// Who moved on from a heavier profile may be referred again after that day.
    moved_on: Vec<(NaiveDate, Client)>,
}

impl Pile {
    pub fn new(files: BenefitFiles, desks: usize, random: &mut Random) -> Pile {
        let mut number = 20_100;
        let mut pile: Vec<Client> = (0..files.participatiewet + files.ioaw_ioaz)
            .map(|_| {
                number += random.between(2, 19);
                let name = format!("{}. {}", random.pick(INITIALS), random.pick(SURNAMES));
                Client { number: format!("N-{number}"), name, desk: random.below(desks) }
            })
            .collect();
        random.shuffle(&mut pile);
        Pile { files: pile, moved_on: Vec::new() }
    }

    /// Who moved on to profile 1 or 2 goes first; the others come from the pile.
    pub fn refer(&mut self, profile: &str, referred_on: NaiveDate) -> Client {
        let ready = |(since, _): &(NaiveDate, Client)| add_days(*since, 14) <= referred_on;
        if matches!(profile, "P1" | "P2")
            && let Some(place) = self.moved_on.iter().position(ready)
        {
            return self.moved_on.remove(place).1;
        }
        self.files.pop().expect("there are more benefit files than trajectories")
    }

    pub fn hand_back(&mut self, client: Client, moved_on: NaiveDate) {
        self.moved_on.push((moved_on, client));
    }
}

const INITIALS: &[&str] = &[
    "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "P", "R", "S", "T", "W", "Y", "A.M", "J.W",
    "M.J", "S.H",
];

const SURNAMES: &[&str] = &[
    "Visser",
    "Dijkstra",
    "de Boer",
    "Hoekstra",
    "van der Meer",
    "Postma",
    "Yılmaz",
    "Tesfay",
    "Haddad",
    "Nowak",
    "Wiersma",
    "van Dam",
    "de Graaf",
    "Bos",
    "Mulder",
    "Kuiper",
    "Zijlstra",
    "Abdi",
    "Öztürk",
    "Veenstra",
    "Bakker",
    "Smit",
    "Koster",
    "Brouwer",
    "Al-Khatib",
    "Meijer",
    "Wolters",
    "Popescu",
    "Hansma",
    "Rietveld",
    "Schaafsma",
    "Boersma",
    "van ’t Hoff",
    "Kamstra",
    "Demir",
    "Ferreira",
    "Hendriks",
    "Jager",
    "Kok",
    "Lindeboom",
    "Mensah",
    "Nijdam",
    "Okafor",
    "Pietersma",
    "Rahimi",
    "Sikkema",
    "Tromp",
    "Venema",
    "Weerstra",
    "Zandstra",
];
