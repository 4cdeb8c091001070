//! The 25 providers (aanbieders) of Noordermeer, each with what kind of provider it is and what happened to it. All
//! names are invented. So are the KvK numbers: they stand in the range 9000…, which is used for test data.

use crate::demo::habits::{CAREFUL, Habits, LATE_WITH_PLANS, NEWCOMER, OUT_OF_TOUCH, SLOW, STEADY, STRUGGLING};

pub struct Firm {
    pub name: &'static str,
    pub legal_form: &'static str,
    pub place: &'static str,
    pub kvk: &'static str,
    /// The number the municipality gave it.
    pub number: u32,
    /// Of the agreement of this year, and its version.
    pub agreement: (u32, u32),
    /// How its case and staff references begin.
    pub mark: &'static str,
    /// Who signs in, and at which invented domain.
    pub user: (&'static str, &'static str),
    pub adviser: Option<&'static str>,
    pub offers: &'static [&'static str],
    pub clients: Clients,
    pub staff: usize,
    pub habits: Habits,
    /// Other habits in the last quarter.
    pub lately: Option<Habits>,
    /// Entered at the beginning of the quarter so many quarters before the last; missing for who was there first.
    pub entered: Option<usize>,
    /// Left at the end of the quarter so many quarters before the last.
    pub left: Option<usize>,
    /// The agreement ends within half a year.
    pub ends: bool,
    /// What happened, and how many quarters before the last.
    pub events: &'static [(usize, Event)],
}

/// How clients come.
pub enum Clients {
    Nobody,
    /// So many a year, of these profiles in turn.
    Spread {
        a_year: usize,
        profiles: &'static [&'static str],
    },
    /// In groups at the beginning of a quarter: profiles 1, 2 and 3, for two quarters before the eight and the eight.
    Groups(&'static [(usize, usize, usize); 10]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    HandsInLate,
    HandsInNothing,
    /// The first file has cells that cannot be read and is refused; a good one follows four days later.
    FileRefused,
    /// The contract manager sends the costs back; the repair comes after so many days, or has not come yet.
    Returned {
        repaired_after: Option<i64>,
    },
    /// A complaint, told to the municipality after so many working days.
    Complaint {
        told_after: u32,
    },
    PersonWithoutVog,
    VogWithOtherCodes,
    /// A VOG of which the 36 months end 73 days after the quarter.
    VogEndsSoon,
    SurveyLate,
    SurveyIgnored,
    /// A cost line taken back in part.
    Correction,
    /// The complaints procedure ran out during the quarter.
    ProcedureLapsed,
}

/// Where a line below says nothing.
const PLAIN: Firm = Firm {
    name: "",
    legal_form: "B.V.",
    place: "Noordermeer",
    kvk: "",
    number: 0,
    agreement: (0, 1),
    mark: "",
    user: ("", ""),
    adviser: Some("T. Haaksma"),
    offers: &[],
    clients: Clients::Nobody,
    staff: 3,
    habits: STEADY,
    lately: None,
    entered: None,
    left: None,
    ends: false,
    events: &[],
};

/// A busy autumn after the summer: one plan late, and more trajectories than usual over their term.
const BUSY_AUTUMN: Habits =
    Habits { plans_late: 3, contact_late: 12, terms_overrun: 24, no_outflow: 25, asks_exclusion: false, ..CAREFUL };

const WERKPAD_GROUPS: [(usize, usize, usize); 10] =
    [(2, 3, 3), (2, 3, 3), (2, 3, 3), (2, 3, 3), (2, 3, 3), (2, 3, 2), (3, 6, 2), (3, 6, 2), (8, 6, 3), (9, 15, 10)];

#[rustfmt::skip]
pub const FIRMS: &[Firm] = &[
    Firm { name: "Stichting Werkpad Noord", legal_form: "stichting", kvk: "90001234", number: 1042, agreement: (14, 1), mark: "WN", user: ("S. Bakker", "werkpadnoord.example"),
        offers: &["RE-P1-JH", "RE-P1-ST", "RE-P2-JC", "RE-P3-ZR"], clients: Clients::Groups(&WERKPAD_GROUPS), staff: 14,
        habits: Habits { contact_late: 6, terms_overrun: 8, ..CAREFUL }, lately: Some(BUSY_AUTUMN),
        events: &[(0, Event::Returned { repaired_after: None }), (0, Event::Complaint { told_after: 4 }), (0, Event::VogEndsSoon), (4, Event::Complaint { told_after: 2 })], ..PLAIN },
    Firm { name: "Bureau Zilverlinde", kvk: "90001305", number: 1003, agreement: (1, 1), mark: "ZL", user: ("P. Algra", "zilverlinde.example"),
        offers: &["RE-P1-JH", "RE-P2-JC"], clients: Clients::Spread { a_year: 14, profiles: &["P1", "P1", "P2"] }, staff: 6, habits: STEADY,
        events: &[(0, Event::Correction), (3, Event::Complaint { told_after: 6 })], ..PLAIN },
    Firm { name: "De Waterlelie Re-integratie B.V.", kvk: "90001417", number: 1005, agreement: (2, 1), mark: "WL", user: ("E. Roosjen", "waterlelie-reintegratie.example"), place: "Oosterwold",
        offers: &["RE-P1-JH", "RE-P2-PS", "RE-P2-JC"], clients: Clients::Spread { a_year: 14, profiles: &["P1", "P2", "P1", "P2"] }, staff: 7, habits: LATE_WITH_PLANS,
        events: &[(2, Event::Returned { repaired_after: Some(9) }), (0, Event::Complaint { told_after: 8 })], ..PLAIN },
    Firm { name: "Stichting Samenwerkende Leerwerkbedrijven voor Arbeidsparticipatie en Zelfredzaamheid Noordermeer en Omstreken", legal_form: "stichting", kvk: "90001522", number: 1006, agreement: (3, 1), mark: "SL", user: ("M. Huisinga", "leerwerk-noordermeer.example"), adviser: Some("J. Oldenburger"),
        offers: &["RE-P3-ZR", "RE-P3-PO", "RE-P4-TL"], clients: Clients::Spread { a_year: 6, profiles: &["P3", "P4", "P3"] }, staff: 9, habits: SLOW,
        events: &[(0, Event::SurveyLate)], ..PLAIN },
    Firm { name: "Coöperatie Sûnenfurder U.A.", legal_form: "coöperatie", kvk: "90001638", number: 1008, agreement: (4, 1), mark: "SF", user: ("Y. Reitsma", "sunenfurder.example"), place: "Tsjerkewâl",
        offers: &["RE-P3-ZR", "RE-P2-PW", "RE-P4-LA"], clients: Clients::Spread { a_year: 5, profiles: &["P3", "P2", "P4"] }, staff: 5, habits: CAREFUL,
        events: &[(5, Event::Complaint { told_after: 3 })], ..PLAIN },
    Firm { name: "Van Meeuwenoord & Tamsma Loopbaanbegeleiding", legal_form: "vof", kvk: "90001743", number: 1011, agreement: (5, 1), mark: "MT", user: ("J. Tamsma", "meeuwenoord-tamsma.example"),
        offers: &["RE-P1-JH", "RE-P1-ST"], clients: Clients::Spread { a_year: 8, profiles: &["P1"] }, staff: 4, habits: STRUGGLING,
        events: &[(0, Event::PersonWithoutVog), (0, Event::Complaint { told_after: 14 }), (3, Event::Returned { repaired_after: Some(21) })], ..PLAIN },
    Firm { name: "Leerwerkhuis ’t Kompasje", legal_form: "stichting", kvk: "90001859", number: 1012, agreement: (6, 1), mark: "KP", user: ("B. Elzinga", "kompasje.example"),
        offers: &["RE-P3-TS", "RE-P3-ZR"], clients: Clients::Spread { a_year: 4, profiles: &["P3", "P4"] }, staff: 4, habits: OUT_OF_TOUCH,
        events: &[(0, Event::HandsInLate), (4, Event::HandsInLate)], ..PLAIN },
    Firm { name: "Werkplaats De Veenkade B.V.", kvk: "90001964", number: 1014, agreement: (7, 2), mark: "VK", user: ("G. Nauta", "veenkade.example"), adviser: Some("C. Ait Hamou"), place: "Veenhuizerdijk",
        offers: &["RE-P5-BW", "RE-P3-ZR"], clients: Clients::Spread { a_year: 8, profiles: &["P5", "P5", "P3"] }, staff: 8, habits: STEADY,
        events: &[(6, Event::SurveyIgnored)], ..PLAIN },
    Firm { name: "Coachpraktijk Zoë Dijkwel", legal_form: "eenmanszaak", kvk: "90002075", number: 1015, agreement: (8, 1), mark: "ZD", user: ("Z. Dijkwel", "zoedijkwel.example"),
        offers: &["RE-P2-PW"], clients: Clients::Spread { a_year: 3, profiles: &["P2", "P3"] }, staff: 1, habits: CAREFUL, ..PLAIN },
    Firm { name: "Arbeidskundig Bureau Mesdonk B.V.", kvk: "90002186", number: 1017, agreement: (9, 1), mark: "AM", user: ("C. Lunsing", "mesdonk.example"), adviser: Some("M. Steenhuis"), place: "Grootewolde",
        offers: &["RE-P2-LW", "RE-P2-AD"], clients: Clients::Spread { a_year: 6, profiles: &["P2", "P3", "P2"] }, staff: 5, habits: STEADY, ..PLAIN },
    Firm { name: "Jobhunters van de Kade B.V.", kvk: "90002291", number: 1019, agreement: (10, 1), mark: "JK", user: ("D. Ferwerda", "jobhuntersvandekade.example"),
        offers: &["RE-P1-JH", "RE-P2-JC"], clients: Clients::Spread { a_year: 8, profiles: &["P1", "P1", "P1", "P2"] }, staff: 5, habits: STEADY,
        events: &[(0, Event::HandsInNothing), (0, Event::SurveyIgnored)], ends: true, ..PLAIN },
    Firm { name: "Stichting De Derde Trede", legal_form: "stichting", kvk: "90002307", number: 1021, agreement: (11, 1), mark: "DT", user: ("A. Wijmenga", "derdetrede.example"), adviser: Some("C. Ait Hamou"),
        offers: &["RE-P3-ZR", "RE-P4-TL", "RE-P4-LA"], clients: Clients::Spread { a_year: 5, profiles: &["P4", "P3"] }, staff: 6, habits: STEADY,
        events: &[(0, Event::VogEndsSoon), (1, Event::Complaint { told_after: 5 })], ..PLAIN },
    Firm { name: "Postmus Jobcoaching", legal_form: "eenmanszaak", kvk: "90002413", number: 1023, agreement: (12, 1), mark: "PJ", user: ("H. Postmus", "postmusjobcoaching.example"),
        offers: &["RE-P2-JC"], clients: Clients::Spread { a_year: 3, profiles: &["P2"] }, staff: 1, habits: SLOW, adviser: None, ..PLAIN },
    Firm { name: "Startblok Zuiderdiep B.V.", kvk: "90002528", number: 1026, agreement: (13, 1), mark: "SZ", user: ("R. Ubels", "startblokzuiderdiep.example"), place: "Zuiderdiep",
        offers: &["RE-P2-PS", "RE-P2-PW"], clients: Clients::Spread { a_year: 6, profiles: &["P2", "P2", "P3"] }, staff: 5, habits: OUT_OF_TOUCH,
        events: &[(0, Event::VogWithOtherCodes)], ..PLAIN },
    Firm { name: "Maatwerkerij Lindeveste", legal_form: "vof", kvk: "90002636", number: 1027, agreement: (15, 1), mark: "ML", user: ("T. Offringa", "lindeveste.example"),
        offers: &["RE-P3-PO", "RE-P2-PS"], clients: Clients::Spread { a_year: 4, profiles: &["P3", "P2"] }, staff: 3, habits: LATE_WITH_PLANS, left: Some(2), ..PLAIN },
    Firm { name: "Zorgboerderij Eendenkooi-Oost", legal_form: "maatschap", kvk: "90002741", number: 1029, agreement: (16, 1), mark: "EO", user: ("F. Bruining", "eendenkooi-oost.example"), place: "Oosterwold",
        offers: &["RE-P4-TL", "RE-P3-ZR"], clients: Clients::Spread { a_year: 3, profiles: &["P4", "P4", "P3"] }, staff: 4, habits: CAREFUL,
        events: &[(0, Event::ProcedureLapsed)], ..PLAIN },
    Firm { name: "Taalbrug Noordermeer", legal_form: "stichting", kvk: "90002852", number: 1030, agreement: (17, 1), mark: "TN", user: ("S. Karagöz", "taalbrug-noordermeer.example"), adviser: Some("J. Oldenburger"),
        offers: &["RE-P3-TS"], clients: Clients::Spread { a_year: 6, profiles: &["P3", "P3", "P4"] }, staff: 6, habits: STEADY,
        events: &[(2, Event::Complaint { told_after: 9 })], ..PLAIN },
    Firm { name: "Stap voor Stap Sollicitatiehulp", legal_form: "eenmanszaak", kvk: "90002969", number: 1032, agreement: (18, 1), mark: "SS", user: ("N. Eskes", "stapvoorstap-sollicitatie.example"),
        offers: &["RE-P1-ST"], clients: Clients::Spread { a_year: 4, profiles: &["P1"] }, staff: 1, habits: CAREFUL, ..PLAIN },
    Firm { name: "It Wurkmear B.V.", kvk: "90003071", number: 1033, agreement: (19, 1), mark: "IW", user: ("W. Hylkema", "wurkmear.example"), adviser: Some("C. Ait Hamou"), place: "Tsjerkewâl",
        offers: &["RE-P2-JC", "RE-P3-ZR", "RE-P1-JH"], clients: Clients::Spread { a_year: 6, profiles: &["P2", "P3", "P1"] }, staff: 5, habits: STEADY,
        events: &[(0, Event::FileRefused)], ..PLAIN },
    Firm { name: "Praktijk Veerkracht & Zo", legal_form: "eenmanszaak", kvk: "90003184", number: 1035, agreement: (20, 1), mark: "VZ", user: ("L. Attema", "veerkrachtenzo.example"), place: "Grootewolde",
        offers: &["RE-P2-PW", "RE-P4-LA"], clients: Clients::Spread { a_year: 3, profiles: &["P4", "P2"] }, staff: 1, habits: CAREFUL, ..PLAIN },
    Firm { name: "Beschut & Bekwaam B.V.", kvk: "90003290", number: 1038, agreement: (21, 2), mark: "BB", user: ("O. Renkema", "beschutenbekwaam.example"), place: "Zuiderdiep",
        offers: &["RE-P5-BW"], clients: Clients::Spread { a_year: 8, profiles: &["P5"] }, staff: 4, habits: STEADY,
        events: &[(3, Event::Returned { repaired_after: Some(12) })], ..PLAIN },
    Firm { name: "Stichting Buurthuis aan het Werk", legal_form: "stichting", kvk: "90003306", number: 1040, agreement: (22, 1), mark: "BW", user: ("K. Danhof", "buurthuisaanhetwerk.example"),
        offers: &["RE-P4-TL", "RE-P3-TS"], clients: Clients::Spread { a_year: 3, profiles: &["P4", "P3", "P4"] }, staff: 5, habits: STEADY, ..PLAIN },
    Firm { name: "Nieuwe Lantaarn Mens en Werk B.V.", kvk: "90003415", number: 1044, agreement: (23, 2), mark: "NL", user: ("I. Wolthuis", "nieuwelantaarn.example"),
        offers: &["RE-P1-JH", "RE-P2-JC"], clients: Clients::Spread { a_year: 8, profiles: &["P2", "P1"] }, staff: 3, habits: NEWCOMER, entered: Some(4), ..PLAIN },
    Firm { name: "Renée Ästhoven Weerbaarheid", legal_form: "eenmanszaak", kvk: "90003521", number: 1046, agreement: (24, 1), mark: "RA", user: ("R. Ästhoven", "asthoven.example"), place: "Oosterwold",
        offers: &["RE-P2-PW", "RE-P3-PO"], clients: Clients::Spread { a_year: 6, profiles: &["P3", "P2"] }, staff: 1, habits: NEWCOMER, entered: Some(2), ..PLAIN },
    Firm { name: "Groenploeg Turfhout", legal_form: "stichting", kvk: "90003637", number: 1031, agreement: (25, 1), mark: "GT", user: ("V. Scholtens", "groenploegturfhout.example"), place: "Turfhout",
        offers: &["RE-P3-ZR"], clients: Clients::Nobody, staff: 2, habits: CAREFUL, entered: Some(6), ..PLAIN },
];

impl Firm {
    pub fn event(&self, quarters_ago: usize, is: impl Fn(Event) -> bool) -> Option<Event> {
        let found = |(ago, event): &&(usize, Event)| *ago == quarters_ago && is(*event);
        self.events.iter().find(found).map(|(_, event)| *event)
    }

    pub fn has(&self, quarters_ago: usize, event: Event) -> bool {
        self.event(quarters_ago, |other| other == event).is_some()
    }

    pub fn habits(&self, quarters_ago: usize) -> Habits {
        match self.lately {
            Some(lately) if quarters_ago == 0 => lately,
            _ => self.habits,
        }
    }

    pub fn in_groups(&self) -> bool {
        matches!(self.clients, Clients::Groups(_))
    }

    pub fn user_email(&self) -> String {
        format!("contact@{}", self.user.1)
    }

    /// The profiles of the clients whose plan is due in that quarter.
    pub fn referrals(&self, quarters_ago: usize) -> Vec<&'static str> {
        let too_early = self.entered.is_some_and(|entered| quarters_ago > entered);
        // Who leaves takes no new clients in the last half year.
        let too_late = self.left.is_some_and(|left| quarters_ago < left + 2);
        if too_early || too_late {
            return Vec::new();
        }
        let place = HISTORY - 1 - quarters_ago;
        match &self.clients {
            Clients::Nobody => Vec::new(),
            Clients::Spread { a_year, profiles } => {
                // The number of the provider staggers the odd client over the quarters of the year.
                let up_to = |quarters: usize| (quarters * a_year + self.number as usize % 4) / 4;
                (up_to(place)..up_to(place + 1)).map(|n| profiles[n % profiles.len()]).collect()
            }
            Clients::Groups(groups) => {
                let (first, second, third) = groups[place];
                [vec!["P1"; first], vec!["P2"; second], vec!["P3"; third]].concat()
            }
        }
    }
}

/// The eight quarters that are stated and the two before them, from which the first cases still run.
pub const HISTORY: usize = 10;
