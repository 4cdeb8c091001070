//! Indexation on real databases: a proposal, a line that a person changes, and the tariffs after somebody else established.

use openhouse::actor::{Actor, Role};
use openhouse::db::Conn;
use openhouse::money::Cents;
use openhouse::procedure::Validity;
use openhouse::procedure::indexation::store::{self, Fault};
use openhouse::procedure::indexation::{IndexRefusal, IndexState, Indexation, Method, Percent};
use openhouse::procedure::product::{Tariff, Unit, tariff_on};
use openhouse::procedure::store::{OfferedProduct, add_product, catalogue};
use openhouse::report::indexation as paper;
use openhouse::text::{Bilingual, Lang};

use crate::dossier::town::{Town, at, day, read, write};
use crate::ground::{Ground, every, sqlite};

const TODAY: &str = "2026-11-23";

fn tried<T>(ground: &Ground, work: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, IndexRefusal> {
    match ground.db.write(work) {
        Ok(done) => Ok(done),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Trouble(cause)) => panic!("{cause}"),
    }
}

/// A product at € 62,55 an hour since January, and one without a price.
fn town(ground: &Ground) -> Town {
    let town = Town::settle(&ground.db, "Noordermeer");
    write(&ground.db, |conn| {
        let valid = Validity::new(day("2026-01-01"), None).unwrap();
        let priced = vec![Tariff { product: "JC".into(), amount: Cents(6_255), valid }];
        for (code, tariffs) in [("JC", priced), ("ZZ", vec![])] {
            let name = Bilingual { nl: code.into(), en: code.into() };
            add_product(
                conn,
                &town.system,
                &OfferedProduct { id: 0, code: code.into(), name, unit: Unit::Hour, tariffs },
            )?;
        }
        Ok(())
    });
    town
}

fn propose(ground: &Ground, by: &Actor, from: &str) -> Result<i64, IndexRefusal> {
    let method = Method::Fixed { percent: Percent(350) };
    tried(ground, |conn| store::propose(conn, by, at(TODAY), day(TODAY), day(from), &method))
}

fn found(ground: &Ground, town: &Town, id: i64) -> Indexation {
    read(&ground.db, |conn| store::find(conn, &town.manager, id)).unwrap()
}

fn tariff(ground: &Ground, town: &Town, on: &str) -> Option<Cents> {
    let products = read(&ground.db, |conn| catalogue(conn, &town.system));
    let product = products.into_iter().find(|one| one.code == "JC").unwrap();
    tariff_on(&product.tariffs, "JC", day(on)).map(|tariff| tariff.amount)
}

#[test]
fn what_was_computed_holds_from_its_day_when_another_established_it() {
    for ground in every() {
        let town = town(&ground);
        assert_eq!(propose(&ground, &town.decider, "2027-01-01"), Err(IndexRefusal::NotYours), "{}", ground.backend);
        assert_eq!(propose(&ground, &town.manager, TODAY), Err(IndexRefusal::DayPassed));
        let id = propose(&ground, &town.manager, "2027-01-01").unwrap();
        assert_eq!(propose(&ground, &town.manager, "2027-01-01"), Err(IndexRefusal::AlreadyThere));
        let proposal = found(&ground, &town, id);
        let lines: Vec<_> = proposal.lines.iter().map(|one| (one.code.as_str(), one.old, one.new)).collect();
        assert_eq!(lines, [("JC", Cents(6_255), Cents(6_474))], "what has no price is not indexed");
        assert_eq!(tariff(&ground, &town, "2027-01-01"), Some(Cents(6_255)), "a proposal changes nothing");

        let establish = |by: &Actor, seen| tried(&ground, |conn| store::establish(conn, by, at(TODAY), id, seen));
        let both = town.manager.clone().in_role(Role::DecisionMaker);
        assert_eq!(establish(&both, 1), Err(IndexRefusal::FourEyes));
        assert_eq!(establish(&town.manager, 1), Err(IndexRefusal::NotYours));
        establish(&town.decider, 1).unwrap();
        assert_eq!(tariff(&ground, &town, "2026-12-31"), Some(Cents(6_255)));
        assert_eq!(tariff(&ground, &town, "2027-01-01"), Some(Cents(6_474)));
        assert_eq!(found(&ground, &town, id).state, IndexState::Established);
        assert_eq!(establish(&town.decider, 2), Err(IndexRefusal::NotNow));
    }
}

#[test]
fn another_amount_takes_a_reason_and_of_two_at_once_one_is_told() {
    for ground in every() {
        let town = town(&ground);
        let id = propose(&ground, &town.manager, "2027-01-01").unwrap();
        let line = found(&ground, &town, id).lines[0].id;
        let change = |seen, amount, reason: &str| {
            tried(&ground, |conn| store::change(conn, &town.manager, at(TODAY), id, seen, line, Cents(amount), reason))
        };
        assert_eq!(change(1, 6_500, " "), Err(IndexRefusal::ReasonMissing), "{}", ground.backend);
        change(1, 6_500, "Afgerond aan de tafel.").unwrap();
        let late = change(1, 6_400, "Toch minder.");
        assert_eq!(late, Err(IndexRefusal::ChangedMeanwhile { by: "Marloes de Wit".into() }));
        assert_eq!(change(2, 6_474, ""), Ok(()), "back to what was computed needs no reason");
        change(3, 6_500, "Afgerond aan de tafel.").unwrap();
        tried(&ground, |conn| store::establish(conn, &town.decider, at(TODAY), id, 4)).unwrap();
        assert_eq!(tariff(&ground, &town, "2027-01-01"), Some(Cents(6_500)));
    }
}

#[test]
fn tariffs_that_changed_meanwhile_stop_it() {
    let ground = sqlite();
    let town = town(&ground);
    let id = propose(&ground, &town.manager, "2027-01-01").unwrap();
    write(&ground.db, |conn| {
        let product = catalogue(conn, &town.system)?.into_iter().find(|one| one.code == "JC").unwrap();
        let valid = Validity::new(day("2026-01-01"), None).unwrap();
        let other = [Tariff { product: "JC".into(), amount: Cents(7_000), valid }];
        Ok(openhouse::procedure::store::price(conn, &town.system, product.id, &other)?)
    });
    let late = tried(&ground, |conn| store::establish(conn, &town.decider, at(TODAY), id, 1));
    assert_eq!(late, Err(IndexRefusal::TariffsChanged(vec!["JC".into()])));
    assert_eq!(tariff(&ground, &town, "2027-01-01"), Some(Cents(7_000)));
}

#[test]
fn a_proposal_elsewhere_does_not_exist() {
    let ground = sqlite();
    let town = town(&ground);
    let other = Town::settle(&ground.db, "Zuidermeer");
    let id = propose(&ground, &town.manager, "2027-01-01").unwrap();
    assert_eq!(read(&ground.db, |conn| store::find(conn, &other.manager, id)), None);
    let far = tried(&ground, |conn| store::establish(conn, &other.decider, at(TODAY), id, 1));
    assert_eq!(far, Err(IndexRefusal::NotFound));
    assert_eq!(propose(&ground, &other.manager, "2027-01-01"), Err(IndexRefusal::NoTariffs));
}

#[test]
fn the_proposal_goes_to_the_table_on_paper_and_as_a_workbook() {
    let ground = sqlite();
    let town = town(&ground);
    let id = propose(&ground, &town.manager, "2027-01-01").unwrap();
    let proposal = found(&ground, &town, id);
    let made_on = "2026-11-23T10:00:00+01:00".parse().unwrap();
    for lang in Lang::ALL {
        let document = paper::compose(&proposal, "Noordermeer", made_on, *lang);
        assert!(openhouse::report::html(&document).contains("64,74") || *lang == Lang::En);
        openhouse::report::pdf(&document).unwrap();
        assert_eq!(paper::workbook(&proposal, *lang).unwrap()[..2], *b"PK");
    }
}
