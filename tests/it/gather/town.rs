//! A municipality without anything, to which a scene adds what it is about.

use chrono::NaiveDate;
use diesel::prelude::*;
use openhouse::actor::Actor;
use openhouse::agreement::Accession;
use openhouse::client::MunicipalContact;
use openhouse::db::Conn;
use openhouse::facts::gather::{self, Terms};
use openhouse::facts::{QuarterFacts, Trajectory};
use openhouse::indicator::{Finding, judge};
use openhouse::money::Cents;
use openhouse::procedure::Validity;
use openhouse::procedure::product::{Tariff, Unit};
use openhouse::procedure::store::OfferedProduct;
use openhouse::quarter::Quarter;
use openhouse::text::Bilingual;
use openhouse::trajectory::FeedbackMoment;
use openhouse::trajectory::store::Stated;
use openhouse::{account, agreement, client, procedure, provider, trajectory};

use crate::ground::{every, now};

/// Plays the scene on an empty database, on each backend.
pub fn on_every_database(scene: impl Fn(&mut Conn) -> QueryResult<()>) {
    for ground in every() {
        println!("on {}", ground.backend);
        ground.db.write(&scene).unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend));
    }
}

pub struct Town {
    pub actor: Actor,
    contact_id: i64,
    product_id: i64,
}

pub fn town(conn: &mut Conn, name: &str) -> QueryResult<Town> {
    let actor = Actor::system(account::store::add_municipality(conn, &Actor::installer(), now(), name)?);
    let contact = MunicipalContact {
        email: "contact@gemeente.example".to_owned(),
        name: "Contact".to_owned(),
        active_from: day("2020-01-01"),
        active_until: None,
    };
    client::store::add_contact(conn, &actor, &contact)?;
    let contact_id = client::store::contacts(conn, &actor)?[0].0;
    let valid = Validity::new(day("2020-01-01"), None).expect("it has no end");
    let product = OfferedProduct {
        id: 0,
        code: "RE-1".to_owned(),
        name: Bilingual { nl: "Begeleiding".to_owned(), en: "Guidance".to_owned() },
        unit: Unit::Hour,
        tariffs: vec![Tariff { product: "RE-1".to_owned(), amount: Cents(5_000), valid }],
    };
    let product_id = procedure::store::add_product(conn, &actor, &product)?;
    Ok(Town { actor, contact_id, product_id })
}

impl Town {
    /// A provider without an agreement; one that another town knows is the same one.
    pub fn register(&self, conn: &mut Conn, number: i64) -> QueryResult<i64> {
        let kvk = format!("{}", 40_000_000 + number).parse().expect("eight digits");
        let name = format!("Aanbieder {number}");
        Ok(provider::store::register(conn, &self.actor, now(), &kvk, &name, number)?.id)
    }

    pub fn accede(&self, conn: &mut Conn, provider_id: i64, from: &str, until: Option<&str>) -> QueryResult<()> {
        let accession = Accession {
            id: 0,
            provider_id,
            number: format!("{from}/{provider_id}"),
            version: 1,
            active_from: day(from),
            active_until: until.map(day),
        };
        agreement::store::accede(conn, &self.actor, now(), &accession, &[self.product_id]).map(drop)
    }

    /// A provider whose agreement runs.
    pub fn provider(&self, conn: &mut Conn, number: i64) -> QueryResult<i64> {
        let id = self.register(conn, number)?;
        self.accede(conn, id, "2024-01-01", None)?;
        Ok(id)
    }

    /// A trajectory with a plan in the third quarter of 2026, but for what `told` changes. Each has a client of its own,
    /// with the same number.
    pub fn trajectory(
        &self,
        conn: &mut Conn,
        provider_id: i64,
        case_ref: &str,
        told: impl FnOnce(&mut Stated),
    ) -> QueryResult<i64> {
        let clients = client::store::enrol(conn, &self.actor, std::iter::once(case_ref))?;
        let mut stated = Stated {
            municipality_id: self.actor.tenant(),
            provider_id,
            client_id: clients[case_ref],
            contact_id: self.contact_id,
            product_id: self.product_id,
            case_ref: case_ref.to_owned(),
            profile: "P2".to_owned(),
            referred_on: day("2026-07-06"),
            started_on: None,
            plan_agreed_on: Some(day("2026-07-20")),
            agreed_results: 1,
            client_agreed_on: Some(day("2026-07-20")),
            coach_involved: false,
            coach_agreed_on: None,
            contact_informed_on: Some(day("2026-07-21")),
            term_ends_on: None,
            suspended_days: 0,
            extension_permitted_on: None,
            ended_on: None,
            end_reason: None,
            results_achieved: None,
            reason_recorded: false,
            work_started_on: None,
            hours_per_week: None,
            indication_on: None,
            capacity_available_on: None,
            placed_on: None,
            ladder_start: None,
            ladder_now: None,
        };
        told(&mut stated);
        Ok(trajectory::store::state(conn, &self.actor, provider_id, &[stated])?[case_ref])
    }

    /// A moment of feedback that is due and was not held to.
    pub fn feedback(&self, conn: &mut Conn, provider_id: i64, trajectory_id: i64, due_on: &str) -> QueryResult<()> {
        let moment = FeedbackMoment { due_on: day(due_on), done_on: None };
        trajectory::store::state_feedback(
            conn,
            &self.actor,
            provider_id,
            &[(trajectory_id, moment, "gesprek".to_owned())],
        )
    }

    /// The facts of every provider, batch after batch.
    pub fn all(&self, conn: &mut Conn, quarter: Quarter, terms: &Terms) -> QueryResult<Vec<(i64, QuarterFacts)>> {
        let mut all = Vec::new();
        let mut after = 0;
        while let Some(batch) = gather::batch(conn, &self.actor, after, quarter, terms)? {
            all.extend(batch.providers);
            after = batch.last;
        }
        Ok(all)
    }

    /// The facts of one provider in the third quarter of 2026, which must be there.
    pub fn facts(&self, conn: &mut Conn, provider_id: i64) -> QueryResult<QuarterFacts> {
        let facts = gather::one(conn, &self.actor, provider_id, q3(), &Terms::default())?;
        Ok(facts.expect("the provider has an agreement"))
    }
}

pub fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day of a test")
}

/// The third quarter of 2026, about which most scenes are.
pub fn q3() -> Quarter {
    quarter("2026-Q3")
}

pub fn quarter(written: &str) -> Quarter {
    written.parse().expect("a quarter of a test")
}

pub fn case<'a>(facts: &'a QuarterFacts, case_ref: &str) -> &'a Trajectory {
    facts.trajectories.iter().find(|one| one.case_ref == case_ref).expect("the trajectory was gathered")
}

pub fn case_refs(facts: &QuarterFacts) -> Vec<&str> {
    facts.trajectories.iter().map(|one| one.case_ref.as_str()).collect()
}

/// What one indicator says of the facts.
pub fn finding(facts: &QuarterFacts, indicator: u8) -> Finding {
    judge(facts).findings.into_iter().find(|one| one.indicator == indicator).expect("there are ten indicators")
}
