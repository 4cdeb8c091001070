//! Invents the municipality: lays the parts together in the order in which they need each other.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{add_days, add_months};
use crate::demo::catalogue::catalogue;
use crate::demo::costs::{Charge, charges};
use crate::demo::days::working_day_from;
use crate::demo::firms::{Event, FIRMS, Firm};
use crate::demo::handing_in::Ledger;
use crate::demo::life::Life;
use crate::demo::lives::{Surroundings, trajectories_of};
use crate::demo::municipal::{Told, facts, surveys};
use crate::demo::people::{CONTRACT_MANAGER, DOMAIN, MUNICIPALITY, Pile, contacts, desks, municipal_users};
use crate::demo::random::Random;
use crate::demo::remarks::Notebook;
use crate::demo::staffing::staff_of;
use crate::demo::{
    Agreement, BenefitFiles, ComplaintsArrangement, Finalised, Municipality, Procedure, Provider, ProviderQuarter,
    Role, User,
};
use crate::ids::Kvk;
use crate::quarter::Quarter;

/// The last quarter of which everything invented lies in the past, reactions and judgements included.
pub fn settled_quarter(today: NaiveDate) -> Quarter {
    let quarter = Quarter::of(today).previous();
    match add_days(quarter.last_day(), SETTLED_AFTER_DAYS) <= today {
        true => quarter,
        false => quarter.previous(),
    }
}

pub const SETTLED_AFTER_DAYS: i64 = 50;

/// Eight quarters that end with `last`. The same quarter and seed always give the same municipality.
pub fn invent(last: Quarter, seed: u64) -> Municipality {
    let mut random = Random::new(seed);
    let quarters = last.run_up(8);
    let procedure_from = first_of_january(quarters[0].year() - 1);
    let benefit_files = BenefitFiles { participatiewet: 431, ioaw_ioaz: 30 };
    let desks = desks(procedure_from, quarters[4].first_day());
    let products = catalogue(procedure_from.year(), last.year());
    let around = Surroundings { last, desks: &desks, products: &products };
    let mut pile = Pile::new(benefit_files, desks.len(), &mut random);

    let mut providers = Vec::new();
    let mut lives_of_all: Vec<Vec<Life>> = Vec::new();
    for firm in FIRMS {
        let mut random = random.branch();
        let agreement = agreement(firm, procedure_from, last);
        let active = (agreement.active_from, agreement.active_until);
        let lives = trajectories_of(firm, active, &around, &mut pile, &mut random);
        providers.push(provider(firm, agreement, &lives, &around, &mut random));
        lives_of_all.push(lives);
    }

    let told: Vec<Told> = (FIRMS.iter().zip(&providers).zip(&lives_of_all))
        .map(|((firm, provider), lives)| Told { firm, provider, lives })
        .collect();
    let municipal_facts = facts(&told, &quarters);
    let surveys = surveys(&told, &quarters, &mut random);
    let notebook = Notebook { quarters: &quarters, facts: &municipal_facts, surveys: &surveys };
    let written: Vec<_> = told.iter().map(|told| notebook.write(told)).collect();
    for (provider, written) in providers.iter_mut().zip(written) {
        for (quarter, (remarks, actions)) in provider.quarters.iter_mut().zip(written) {
            quarter.remarks = remarks;
            quarter.actions = actions;
        }
    }

    let mut users = municipal_users();
    users.extend(FIRMS.iter().zip(&providers).map(|(firm, provider)| User {
        email: firm.user_email(),
        name: firm.user.0.to_owned(),
        role: Role::Provider,
        provider: Some(provider.kvk.clone()),
    }));
    Municipality {
        name: MUNICIPALITY,
        domain: DOMAIN,
        procedure: Procedure {
            name_nl: "Open House re-integratie",
            name_en: "Open House re-integration",
            active_from: procedure_from,
        },
        benefit_files,
        quarters,
        users,
        contacts: contacts(&desks),
        products,
        providers,
        surveys,
        municipal_facts,
    }
}

fn provider(firm: &Firm, agreement: Agreement, lives: &[Life], around: &Surroundings, random: &mut Random) -> Provider {
    let kvk: Kvk = firm.kvk.parse().expect("a KvK number of the list has eight digits");
    let charges: Vec<Vec<Charge>> =
        lives.iter().map(|life| charges(life, around.product(&life.line.product), random)).collect();
    let staff = staff_of(firm, agreement.active_from, around.last, random);
    let agreement_from = agreement.active_from;
    let ledger = Ledger { firm, kvk: kvk.clone(), agreement_from, lives, charges: &charges, staff: &staff };
    let mut quarters = Vec::new();
    for (quarters_ago, quarter) in around.last.run_up(8).into_iter().rev().enumerate() {
        let ended = agreement.active_until.is_some_and(|until| until < quarter.first_day());
        if ended || agreement.active_from > quarter.last_day() {
            continue;
        }
        let (deliveries, judgement) = ledger.hand_in(quarter, quarters_ago, around, random);
        let finalised = (quarters_ago > 0).then(|| Finalised {
            on: working_day_from(add_days(quarter.last_day(), random.between(58, 66))),
            by: CONTRACT_MANAGER.to_owned(),
        });
        quarters.push(ProviderQuarter {
            quarter,
            deliveries,
            judgement,
            remarks: Vec::new(),
            actions: Vec::new(),
            finalised,
        });
    }
    quarters.reverse();
    let lapsed = firm.has(0, Event::ProcedureLapsed);
    Provider {
        kvk,
        name: firm.name,
        legal_form: firm.legal_form,
        place: firm.place,
        number: firm.number,
        agreement,
        products: firm.offers.to_vec(),
        complaints: ComplaintsArrangement {
            procedure_valid_until: Some(match lapsed {
                true => add_days(around.last.last_day(), -40),
                false => add_days(add_months(around.last.last_day(), 9), 3 * i64::from(firm.number % 40)),
            }),
            adviser: firm.adviser,
        },
        quarters,
    }
}

/// The agreements are numbered anew every year.
fn agreement(firm: &Firm, procedure_from: NaiveDate, last: Quarter) -> Agreement {
    let (number, version) = firm.agreement;
    let ago = |quarters: usize| last.run_up(quarters + 1)[0];
    Agreement {
        number: format!("{}-{number:03}", last.year()),
        version,
        active_from: firm.entered.map_or(procedure_from, |entered| ago(entered).first_day()),
        active_until: match firm.ends {
            true => Some(last.next().next().last_day()),
            false => firm.left.map(|left| ago(left).last_day()),
        },
    }
}

fn first_of_january(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first of January")
}
