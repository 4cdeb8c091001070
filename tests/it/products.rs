//! The catalogue (productenboek): versions and tariffs follow each other, what is used is counted from what is there, the
//! agreement follows the offer, and the counter holds a statement to what the catalogue lays down.

use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::agreement::assortment::{self, NotStated};
use openhouse::db::Conn;
use openhouse::money::{Cents, Hundredths};
use openhouse::procedure::batches::{self, Batch};
use openhouse::procedure::catalogue::{self, NotPublished};
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::product::{Pricing, Product, Unit};
use openhouse::procedure::{Validity, store};
use openhouse::provider::{self, Provider};
use openhouse::schema::audit_event;
use openhouse::sheet::Wording;
use openhouse::statement::{Statement, checks, context, used};
use openhouse::text::Lang;
use openhouse::trajectory::running;

use crate::gather::town::{Town, day, on_every_database, q3, town};
use crate::ground::now;
use crate::statement::statement;

fn manager(town: &Town) -> Actor {
    Actor::of_municipality("M. de Wit", Role::ContractManager, town.actor.tenant(), "test")
}

/// The product of the town, described from a day on.
fn guidance(from: &str) -> Product {
    let valid = Validity::new(day(from), None).unwrap();
    let known = defaults().catalogue.products[1].clone();
    Product { code: "RE-1".into(), unit: Unit::Hour, pricing: Pricing::PerUnit, valid, ..known }
}

fn published(conn: &mut Conn, town: &Town, new: &Product) -> QueryResult<()> {
    catalogue::publish(conn, &manager(town), now(), new).map_err(|fault| panic!("{fault:?}"))
}

fn id_of(conn: &mut Conn, town: &Town) -> QueryResult<i64> {
    Ok(store::product_ids(conn, &town.actor)?["RE-1"])
}

fn known(conn: &mut Conn, town: &Town, id: i64) -> QueryResult<Provider> {
    Ok(provider::store::find_by_id(conn, &town.actor, id)?.expect("it was registered"))
}

/// What the counter says of a statement about the third quarter: faults and warnings.
fn told(
    conn: &mut Conn,
    town: &Town,
    provider: &Provider,
    statement: &Statement,
) -> QueryResult<(Vec<String>, Vec<String>)> {
    let context = context::load(conn, &town.actor, provider, q3(), false, day("2026-11-02"))?;
    let (faults, warnings) = checks(statement, &context);
    let faults = faults.iter().map(|fault| fault.what.wording(Lang::Nl)).collect();
    Ok((faults, warnings.iter().map(|warning| warning.what.wording(Lang::Nl)).collect()))
}

#[test]
fn a_new_version_ends_the_one_before_and_never_begins_before_it() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let elsewhere = crate::gather::town::town(conn, "Zuidermeer")?;
        published(conn, &town, &guidance("2026-01-01"))?;
        let narrower = Product { profiles: vec!["P1".into()], ..guidance("2027-01-01") };
        published(conn, &town, &narrower)?;
        let versions = catalogue::versions(conn, &town.actor, "RE-1")?;
        let days: Vec<_> = versions.iter().map(|one| (one.from, one.until)).collect();
        assert_eq!(days, [(day("2027-01-01"), None), (day("2026-01-01"), Some(day("2026-12-31")))]);
        let on = |conn: &mut Conn, written: &str| catalogue::in_force(conn, &town.actor, day(written));
        assert_eq!(on(conn, "2026-12-31")?[0].product.profiles, ["P1", "P2"]);
        assert_eq!(on(conn, "2027-01-01")?[0].product.profiles, ["P1"]);
        assert!(on(conn, "2025-12-31")?.is_empty());
        assert!(catalogue::everything(conn, &elsewhere.actor)?.is_empty(), "of another municipality");

        let mut publish = |actor: &Actor, new: &Product| catalogue::publish(conn, actor, now(), new);
        let early = publish(&manager(&town), &guidance("2027-01-01"));
        assert!(matches!(early, Err(NotPublished::BeginsTooEarly(first)) if first == day("2027-01-01")));
        let by_month = Product { unit: Unit::Month, ..guidance("2028-01-01") };
        assert!(matches!(publish(&manager(&town), &by_month), Err(NotPublished::OtherUnit)));
        for role in [Role::Viewer, Role::Assessor, Role::DecisionMaker] {
            let other = manager(&town).in_role(role);
            assert!(matches!(publish(&other, &guidance("2028-01-01")), Err(NotPublished::NotYours)), "{role}");
        }
        let acts = audit_event::table.filter(audit_event::action.eq("product.publish")).count();
        assert_eq!(acts.get_result::<i64>(conn)?, 2);
        Ok(())
    });
}

#[test]
fn a_product_that_stops_is_there_until_its_last_day() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let valid = Validity::new(day("2026-01-01"), Some(day("2026-06-30"))).unwrap();
        published(conn, &town, &Product { valid, ..guidance("2026-01-01") })?;
        assert_eq!(catalogue::in_force(conn, &town.actor, day("2026-06-30"))?.len(), 1);
        assert!(catalogue::in_force(conn, &town.actor, day("2026-07-01"))?.is_empty());
        Ok(())
    });
}

#[test]
fn a_tariff_follows_the_last_one_and_leaves_no_gap() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let mut set = |actor: &Actor, code: &str, cents, from: &str| {
            catalogue::set_tariff(conn, actor, now(), code, Cents(cents), day(from))
        };
        set(&manager(&town), "RE-1", 5_200, "2027-01-01").unwrap();
        let too_early = set(&manager(&town), "RE-1", 5_300, "2026-12-31");
        assert!(matches!(too_early, Err(NotPublished::BeginsTooEarly(first)) if first == day("2027-01-01")));
        assert!(matches!(set(&manager(&town), "RE-2", 1, "2028-01-01"), Err(NotPublished::NotFound)));
        let viewer = manager(&town).in_role(Role::Viewer);
        assert!(matches!(set(&viewer, "RE-1", 1, "2028-01-01"), Err(NotPublished::NotYours)));
        let tariffs = store::catalogue(conn, &town.actor)?.remove(0).tariffs;
        let days: Vec<_> = tariffs.iter().map(|one| (one.amount, one.valid.from(), one.valid.until())).collect();
        let before = (Cents(5_000), day("2020-01-01"), Some(day("2026-12-31")));
        assert_eq!(days, [before, (Cents(5_200), day("2027-01-01"), None)]);
        Ok(())
    });
}

#[test]
fn what_is_used_is_counted_from_trajectories_and_cost_lines() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let (one, other) = (town.provider(conn, 1)?, town.provider(conn, 2)?);
        let started = |told: &mut openhouse::trajectory::store::Stated| told.started_on = Some(day("2026-07-20"));
        town.trajectory(conn, one, "A-1", started)?;
        town.trajectory(conn, one, "A-2", |told| {
            started(told);
            told.ended_on = Some(day("2026-09-29"));
        })?;
        town.trajectory(conn, one, "A-3", |_| ())?;
        town.trajectory(conn, other, "B-1", started)?;
        let taken = |conn: &mut Conn, on: &str| -> QueryResult<Vec<(i64, i64)>> {
            Ok(running::taken(conn, &town.actor, day(on))?.iter().map(|at| (at.provider_id, at.places)).collect())
        };
        assert_eq!(taken(conn, "2026-09-29")?, [(one, 2), (other, 1)], "until the last day, it included");
        assert_eq!(taken(conn, "2026-09-30")?, [(one, 1), (other, 1)]);
        assert_eq!(taken(conn, "2026-07-19")?, []);

        let provider = known(conn, &town, one)?;
        receive(conn, &town, &provider, &statement(&provider, 8))?;
        let delivered = used::between(conn, &town.actor, day("2026-01-01"), day("2026-12-31"))?;
        assert_eq!(delivered.len(), 1);
        assert_eq!((delivered[0].quantity, delivered[0].amount), (Hundredths(800), Cents(40_000)));
        assert!(used::between(conn, &town.actor, day("2026-08-04"), day("2026-12-31"))?.is_empty());
        assert!(used::drawn(conn, &town.actor)?.is_empty(), "nothing was paid in advance");
        bought(conn, &town, one, "2026-08-03", 10)?;
        assert_eq!(used::drawn(conn, &town.actor)?[0].quantity, Hundredths(800));
        Ok(())
    });
}

fn receive(conn: &mut Conn, town: &Town, provider: &Provider, stated: &Statement) -> QueryResult<()> {
    openhouse::statement::store::receive(conn, &town.actor, provider.id, now(), day("2026-10-05"), stated)
}

fn bought(conn: &mut Conn, town: &Town, provider_id: i64, on: &str, count: i64) -> QueryResult<()> {
    let batch = Batch {
        product_id: id_of(conn, town)?,
        provider_id,
        bought_on: day(on),
        quantity: Hundredths(count * 100),
        paid: None,
        reason: String::new(),
        noted_at: now(),
        noted_by: "M. de Wit".into(),
    };
    batches::note(conn, &manager(town), now(), "RE-1", &batch).map_err(|fault| panic!("{fault:?}"))
}

#[test]
fn a_batch_counts_once_and_a_slip_is_taken_back() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let one = town.provider(conn, 1)?;
        for count in [10, 10, 15, -10] {
            bought(conn, &town, one, "2026-01-01", count)?;
        }
        let sums = batches::bought(&batches::all(conn, &town.actor)?);
        assert_eq!(sums.len(), 1);
        assert_eq!((sums[0].quantity, sums[0].since), (Hundredths(1_500), day("2026-01-01")));
        let other = Actor::of_provider("Iemand", town.actor.tenant(), one + 1, "test");
        assert!(batches::all(conn, &other)?.is_empty(), "of another provider");
        Ok(())
    });
}

#[test]
fn the_agreement_follows_what_is_offered_and_no_more() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let one = town.provider(conn, 1)?;
        let second = Product { code: "RE-2".into(), ..guidance("2026-01-01") };
        published(conn, &town, &guidance("2026-01-01"))?;
        published(conn, &town, &second)?;
        let ids = store::product_ids(conn, &town.actor)?;
        let (first, second) = (ids["RE-1"], ids["RE-2"]);
        let admin = Actor::of_provider("A. Beheer", town.actor.tenant(), one, "test").in_role(Role::ProviderAdmin);
        let profiles = vec!["P1".to_owned()];
        let wanted = [(first, profiles.clone()), (second, profiles.clone())];
        let mut state = |actor: &Actor, on: &str, wanted: &[(i64, Vec<String>)]| {
            assortment::state(conn, actor, now(), day(on), one, wanted)
        };
        let user = admin.clone().in_role(Role::ProviderUser);
        let stranger = Actor::of_provider("B", town.actor.tenant(), one + 1, "test").in_role(Role::ProviderAdmin);
        for nobody in [&user, &stranger, &manager(&town)] {
            assert!(matches!(state(nobody, "2026-11-02", &wanted), Err(NotStated::NotYours)));
        }
        assert!(state(&admin, "2026-11-02", &wanted).unwrap());
        assert!(!state(&admin, "2026-11-02", &wanted).unwrap(), "the same once more changes nothing");

        let today = day("2026-11-02");
        assert_eq!(assortment::beyond(conn, &admin, one, today)?, [second]);
        let by_admin = assortment::follow(conn, &admin, now(), today, one, &[second]);
        assert!(matches!(by_admin, Err(NotStated::NotYours)));
        let came = assortment::follow(conn, &manager(&town), now(), today, one, &[second, 999]).unwrap();
        assert_eq!((came, assortment::beyond(conn, &admin, one, today)?.len()), (1, 0));

        // What is no longer offered stays in the agreement: what runs is finished.
        assert!(assortment::state(conn, &admin, now(), day("2026-12-01"), one, &[(first, profiles)]).unwrap());
        let all = assortment::all(conn, &admin)?;
        let of_second: Vec<_> = all.iter().filter(|one| one.product_id == second).collect();
        assert_eq!((of_second.len(), of_second[0].until), (1, Some(day("2026-11-30"))));
        let accession = assortment::standing(conn, &admin, one, today)?.unwrap();
        assert!(openhouse::agreement::store::products(conn, &admin, accession.id)?.contains(&second));
        Ok(())
    });
}

#[test]
fn a_product_of_another_alone_is_refused_at_the_counter() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let (one, other) = (town.provider(conn, 1)?, town.provider(conn, 2)?);
        let (one, other) = (known(conn, &town, one)?, known(conn, &town, other)?);
        let exclusive = Product { only_by: Some(one.kvk.clone()), ..guidance("2026-08-01") };
        published(conn, &town, &exclusive)?;
        assert_eq!(told(conn, &town, &one, &statement(&one, 8))?.0, Vec::<String>::new());
        let (faults, _) = told(conn, &town, &other, &statement(&other, 8))?;
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("alleen een andere aanbieder"), "{faults:?}");
        let mut before = statement(&other, 8);
        (before.costs[0].from, before.costs[0].until) = (day("2026-07-20"), day("2026-07-31"));
        assert_eq!(told(conn, &town, &other, &before)?.0, Vec::<String>::new(), "what was before it stands");
        Ok(())
    });
}

#[test]
fn more_than_was_paid_in_advance_or_than_one_trajectory_may_have_is_refused() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let id = town.provider(conn, 1)?;
        let one = known(conn, &town, id)?;
        published(conn, &town, &Product { max_quantity: Some(Hundredths(1_200)), ..guidance("2026-01-01") })?;
        assert_eq!(told(conn, &town, &one, &statement(&one, 12))?.0, Vec::<String>::new());
        let (faults, _) = told(conn, &town, &one, &statement(&one, 13))?;
        assert!(faults.len() == 1 && faults[0].contains("Het hoogste aantal per traject is 12,00"), "{faults:?}");
        bought(conn, &town, id, "2026-08-01", 10)?;
        assert_eq!(told(conn, &town, &one, &statement(&one, 10))?.0, Vec::<String>::new());
        let (faults, _) = told(conn, &town, &one, &statement(&one, 11))?;
        assert!(faults.len() == 1 && faults[0].contains("Vooraf betaald is 10,00"), "{faults:?}");
        Ok(())
    });
}

#[test]
fn over_places_or_volume_that_all_share_is_a_warning() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let (id, other) = (town.provider(conn, 1)?, town.provider(conn, 2)?);
        let (one, second) = (known(conn, &town, id)?, known(conn, &town, other)?);
        town.trajectory(conn, other, "B-1", |told| told.started_on = Some(day("2026-07-20")))?;
        let shared = Product { places: Some(1), yearly: Some(Hundredths(1_000)), ..guidance("2026-01-01") };
        published(conn, &town, &shared)?;
        let mut stated = statement(&one, 6);
        assert_eq!(told(conn, &town, &one, &stated)?.1, Vec::<String>::new(), "it did not start: it takes no place");
        stated.trajectories[0].started_on = Some(day("2026-07-21"));
        let (faults, warnings) = told(conn, &town, &one, &stated)?;
        assert_eq!(faults, Vec::<String>::new());
        assert!(warnings.len() == 1 && warnings[0].contains("Er zijn 1 plekken"), "{warnings:?}");

        receive(conn, &town, &second, &statement(&second, 5))?;
        let (_, warnings) = told(conn, &town, &one, &statement(&one, 6))?;
        assert!(warnings.iter().any(|one| one.contains("dit jaar 11,00 geleverd")), "{warnings:?}");
        // Handed in once more, its own lines of before are not counted beside the new ones.
        let (_, again) = told(conn, &town, &second, &statement(&second, 10))?;
        assert!(!again.iter().any(|one| one.contains("dit jaar")), "{again:?}");
        Ok(())
    });
}

#[test]
fn actual_cost_may_be_less_than_its_cap_and_never_more() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let id = town.provider(conn, 1)?;
        let one = known(conn, &town, id)?;
        published(conn, &town, &Product { pricing: Pricing::ActualCostWithCap, ..guidance("2026-01-01") })?;
        let charged = |cents| {
            let mut stated = statement(&one, 1);
            (stated.costs[0].tariff, stated.costs[0].amount) = (Cents(cents), Cents(cents));
            stated
        };
        assert_eq!(told(conn, &town, &one, &charged(4_321))?.0, Vec::<String>::new());
        let (faults, _) = told(conn, &town, &one, &charged(5_001))?;
        assert!(faults.len() == 1 && faults[0].contains("hoogstens 50,00"), "{faults:?}");
        Ok(())
    });
}
