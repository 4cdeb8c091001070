//! The professionals of a provider and their VOGs (medewerkers): each has one from the start and a new one before
//! the 36 months are over, unless an event says otherwise.

use chrono::NaiveDate;

use crate::calendar::{add_days, add_months};
use crate::demo::days::{some_working_day, working_day_from};
use crate::demo::firms::{Event, Firm};
use crate::demo::random::Random;
use crate::quarter::Quarter;
use crate::staff::{ProfessionalKind, VogKind};
use crate::statement::{StaffLine, VogLine};

/// "Na 3 jaar komt er een nieuwe."
const VOG_MONTHS: u32 = 36;

/// Everybody who works or worked there up to the last quarter, with hindsight: one line for every VOG.
pub fn staff_of(firm: &Firm, agreement_from: NaiveDate, last: Quarter, random: &mut Random) -> Vec<StaffLine> {
    let mut hired: Vec<Hired> = (0..firm.staff).map(|n| hire(firm, n, agreement_from, last, random)).collect();
    if firm.staff >= 5 {
        // Somebody in the office who sees no clients and needs no VOG.
        let mut clerk = Hired::new(
            ProfessionalKind::Employee,
            working_day_from(add_days(agreement_from, -random.between(90, 1500))),
        );
        clerk.client_contact = false;
        clerk.shows = Shows::Nothing;
        hired.push(clerk);
    }
    for event in firm.events.iter().filter(|(ago, _)| *ago == 0).map(|(_, event)| event) {
        let mut newcomer = |kind, shows| {
            hired.push(Hired { shows, ..Hired::new(kind, working_day_from(add_days(last.first_day(), 19))) });
        };
        match event {
            Event::PersonWithoutVog => newcomer(ProfessionalKind::Temp, Shows::Nothing),
            Event::VogWithOtherCodes => newcomer(ProfessionalKind::Employee, Shows::OtherCodes),
            Event::VogEndsSoon => hired[0].shows = Shows::OneThatEnds(add_days(last.last_day(), 73)),
            _ => {}
        }
    }
    let mut lines = Vec::new();
    for (n, person) in hired.iter().enumerate() {
        let staff_ref = format!("{}-M{:02}", firm.mark, n + 1);
        for vog in person.vogs(n, agreement_from, last, random) {
            lines.push(StaffLine {
                row: 0,
                staff_ref: staff_ref.clone(),
                kind: person.kind,
                client_contact: person.client_contact,
                active_from: person.active_from,
                active_until: person.active_until,
                vog,
            });
        }
    }
    lines
}

struct Hired {
    kind: ProfessionalKind,
    active_from: NaiveDate,
    active_until: Option<NaiveDate>,
    client_contact: bool,
    shows: Shows,
}

/// Which VOGs a person shows.
enum Shows {
    EveryThreeYears,
    Nothing,
    /// One with codes that do not fit work with clients.
    OtherCodes,
    /// The present one counts up to and including that day.
    OneThatEnds(NaiveDate),
}

impl Hired {
    fn new(kind: ProfessionalKind, active_from: NaiveDate) -> Hired {
        Hired { kind, active_from, active_until: None, client_contact: true, shows: Shows::EveryThreeYears }
    }

    fn vogs(&self, n: usize, agreement_from: NaiveDate, last: Quarter, random: &mut Random) -> Vec<Option<VogLine>> {
        let aspect = |codes: &[&str]| (VogKind::Aspect, codes.iter().map(|code| code.to_string()).collect());
        let (kind, codes): (VogKind, Vec<String>) = match self.shows {
            Shows::OtherCodes => aspect(&["21", "22"]),
            _ if n.is_multiple_of(3) => (VogKind::Profile, vec!["45".to_owned()]),
            _ => aspect(&["85", "12"]),
        };
        let show = |date, random: &mut Random| {
            let checked_on = Some(working_day_from(add_days(date, random.between(2, 9))));
            Some(VogLine { date, kind, codes: codes.clone(), checked_on })
        };
        match self.shows {
            Shows::Nothing => return vec![None],
            Shows::OneThatEnds(ends) => {
                let present = months_before(ends, VOG_MONTHS);
                let previous = months_before(present, VOG_MONTHS - 1);
                return vec![show(previous, random), show(present, random)];
            }
            _ => {}
        }
        let until = self.active_until.unwrap_or(last.last_day()).min(last.last_day());
        let mut date = self.first_vog(agreement_from, random);
        let mut shown = vec![show(date, random)];
        while add_months(date, VOG_MONTHS) < until {
            date = working_day_from(add_days(add_months(date, VOG_MONTHS), -random.between(10, 40)));
            shown.push(show(date, random));
        }
        shown
    }

    /// Three months old at most for who comes new, three years for who was there when the agreement began.
    fn first_vog(&self, agreement_from: NaiveDate, random: &mut Random) -> NaiveDate {
        match self.active_from < agreement_from {
            true => working_day_from(add_days(agreement_from, -random.between(20, 900))),
            false => working_day_from(add_days(self.active_from, -random.between(15, 70))),
        }
    }
}

fn hire(firm: &Firm, n: usize, agreement_from: NaiveDate, last: Quarter, random: &mut Random) -> Hired {
    let before = working_day_from(add_days(agreement_from, -random.between(90, 1500)));
    match n {
        // A one-person firm is its own professional.
        _ if firm.staff == 1 => Hired::new(ProfessionalKind::SelfEmployed, before),
        3 | 10 => {
            let latest = add_days(last.first_day(), -120).max(agreement_from);
            Hired::new(ProfessionalKind::Employee, some_working_day(random, agreement_from, latest))
        }
        4 | 9 => Hired::new(ProfessionalKind::SelfEmployed, before),
        5 => Hired {
            active_until: Some(add_days(last.last_day(), 75)),
            ..Hired::new(
                ProfessionalKind::Intern,
                working_day_from(add_days(last.first_day(), -140).max(agreement_from)),
            )
        },
        6 => {
            let left = some_working_day(random, add_days(last.first_day(), -300), add_days(last.first_day(), -10));
            Hired { active_until: Some(left), ..Hired::new(ProfessionalKind::Employee, before) }
        }
        7 => Hired::new(ProfessionalKind::Volunteer, before),
        _ => Hired::new(ProfessionalKind::Employee, before),
    }
}

fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(chrono::Months::new(months)).unwrap_or(day)
}
