//! The money (begroting): what is counted comes to the same amount whichever way it is told, what nobody approved is never spent,
//! and finance is told once.

mod pages;
mod typed;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::budget::figures::{Counted, Figure, FigureKind, by_source, read};
use openhouse::budget::lines::{Line, Wanted, list, total};
use openhouse::budget::store::{NewBudget, budgets, set, sources};
use openhouse::budget::{LineState, Refusal, alarm, approval, count, export, store};
use openhouse::db::Conn;
use openhouse::money::{Cents, Hundredths};
use openhouse::procedure::batches::{self, Batch};
use openhouse::procedure::catalogue;
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::product::{Pricing, Product, Unit, Vat};
use openhouse::procedure::{Validity, store::product_ids};
use openhouse::provider::{self, Provider};
use openhouse::schema::outbox;
use openhouse::statement::Statement;
use openhouse::text::Lang;

use crate::gather::town::{Town, day, on_every_database, town};
use crate::ground::now;
use crate::statement::statement;

const YEAR: i32 = 2026;
const KINDS: [FigureKind; 4] = [FigureKind::Product, FigureKind::Profile, FigureKind::Provider, FigureKind::Month];

fn finance(town: &Town) -> Actor {
    Actor::of_municipality("P. Hofstra", Role::Finance, town.actor.tenant(), "test")
}

/// The product of the town: hours, at most forty for each trajectory.
fn describe(conn: &mut Conn, town: &Town) -> QueryResult<i64> {
    let valid = Validity::new(day("2026-01-01"), None).unwrap();
    let known = defaults().catalogue.products[1].clone();
    let product = Product {
        code: "RE-1".into(),
        unit: Unit::Hour,
        pricing: Pricing::PerUnit,
        max_quantity: Some(Hundredths(4_000)),
        vat: Some(Vat::Percent(21)),
        valid,
        ..known
    };
    catalogue::lay_down(conn, &town.actor, &product)?;
    Ok(product_ids(conn, &town.actor)?["RE-1"])
}

/// Two trajectories that run until March, of two profiles, with a line in July, August and September.
fn stated(provider: &Provider, hours: i64) -> Statement {
    let mut stated = statement(provider, hours);
    let (first, line) = (stated.trajectories[0].clone(), stated.costs[0].clone());
    stated.trajectories = (1..=2)
        .map(|number| openhouse::statement::TrajectoryLine {
            row: number + 1,
            case_ref: format!("D-{number}"),
            client_ref: format!("C-{}-{number}", provider.number),
            profile: format!("P{number}"),
            started_on: Some(day("2026-07-06")),
            term_ends_on: Some(day("2027-03-31")),
            ..first.clone()
        })
        .collect();
    let months = [("2026-07-06", "2026-07-31"), ("2026-08-01", "2026-08-31"), ("2026-09-01", "2026-09-30")];
    stated.costs = (1u32..)
        .zip(months)
        .map(|(number, (from, until))| openhouse::statement::CostLine {
            row: number + 1,
            line: number.to_string(),
            case_ref: format!("D-{}", 1 + number % 2),
            from: day(from),
            until: day(until),
            ..line.clone()
        })
        .collect();
    stated
}

fn hand_in(conn: &mut Conn, town: &Town, number: i64, hours: i64) -> QueryResult<Provider> {
    let id = match provider::store::find(conn, &town.actor, number)? {
        Some(known) => known.id,
        None => town.provider(conn, number)?,
    };
    let provider = provider::store::find_by_id(conn, &town.actor, id)?.expect("it was registered");
    let stated = stated(&provider, hours);
    openhouse::statement::store::receive(conn, &town.actor, id, now(), day("2026-10-05"), &stated)?;
    Ok(provider)
}

fn counted(conn: &mut Conn, town: &Town) -> QueryResult<Counted> {
    let today = day("2026-11-02");
    count::run(conn, &finance(town), now(), today, YEAR).unwrap_or_else(|fault| panic!("{fault:?}"));
    Ok(read(conn, &finance(town), YEAR, &KINDS)?.expect("it was counted"))
}

fn wanted(state: Option<LineState>) -> Wanted {
    let days = (day("2026-01-01"), day("2026-12-31"));
    Wanted { days, product: None, provider: None, profile: None, state }
}

fn lines(conn: &mut Conn, town: &Town, state: Option<LineState>) -> QueryResult<Vec<Line>> {
    list(conn, &finance(town), &wanted(state), 0, 1_000)
}

fn approve(conn: &mut Conn, town: &Town, lines: &[Line]) -> Result<usize, store::Fault> {
    let seen: Vec<(i64, Cents)> = lines.iter().map(|one| (one.id, one.amount)).collect();
    approval::approve(conn, &finance(town), now(), &seen)
}

fn sums(figure: Figure) -> (Cents, Cents, Cents, Cents) {
    (figure.spent, figure.open, figure.committed, figure.later)
}

#[test]
fn per_product_profile_provider_and_month_the_count_comes_to_the_same_amount() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        describe(conn, &town)?;
        for (number, hours) in [(1, 4), (2, 7)] {
            hand_in(conn, &town, number, hours)?;
        }
        let all = lines(conn, &town, None)?;
        assert_eq!(approve(conn, &town, &all[..2]).unwrap(), 2);
        let found = counted(conn, &town)?;
        let whole = sums(found.total(FigureKind::Product));
        for kind in [FigureKind::Profile, FigureKind::Provider] {
            assert_eq!(sums(found.total(kind)), whole, "{kind}");
        }
        let (spent, open, committed, later) = whole;
        let months = found.total(FigureKind::Month);
        assert_eq!((months.spent, months.open, months.committed), (spent, open, committed));
        let of_lines: Cents = all.iter().map(|one| one.amount).sum();
        assert_eq!((spent + open, spent), (of_lines, all[0].amount + all[1].amount));
        assert_eq!(total(conn, &finance(&town), &wanted(Some(LineState::Approved)))?, (2, spent));
        assert_eq!(total(conn, &finance(&town), &wanted(Some(LineState::Open)))?, (4, open));
        // Of four trajectories forty hours each, less what was charged, at fifty euros: until March.
        let hours = 4 * 40 - 3 * (4 + 7);
        assert_eq!(committed + later, Cents(hours * 5_000));
        assert!(later > Cents(0) && found.total(FigureKind::Product).running == 4);
        Ok(())
    });
}

#[test]
fn what_nobody_approved_is_never_spent_and_a_line_that_changed_waits_again() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        describe(conn, &town)?;
        hand_in(conn, &town, 1, 4)?;
        assert_eq!(counted(conn, &town)?.total(FigureKind::Product).spent, Cents(0));
        let all = lines(conn, &town, None)?;
        approve(conn, &town, &all).unwrap();
        assert_eq!(approve(conn, &town, &all).unwrap(), 0, "once is enough");
        assert_eq!(counted(conn, &town)?.total(FigureKind::Product).open, Cents(0));
        hand_in(conn, &town, 1, 4)?;
        assert_eq!(counted(conn, &town)?.total(FigureKind::Product).open, Cents(0), "stated anew as it was");
        hand_in(conn, &town, 1, 5)?;
        let figure = counted(conn, &town)?.total(FigureKind::Product);
        assert_eq!((figure.spent, figure.open), (Cents(0), Cents(3 * 25_000)));
        let stale = approve(conn, &town, &all);
        assert!(
            matches!(stale, Err(store::Fault::Refused(Refusal::NotFound))),
            "the amount that was looked at is gone"
        );
        let manager = finance(&town).in_role(Role::ContractManager);
        let refused = approval::approve(conn, &manager, now(), &[(all[0].id, all[0].amount)]);
        assert!(matches!(refused, Err(store::Fault::Refused(Refusal::NotYours))));
        Ok(())
    });
}

#[test]
fn a_batch_is_spent_when_it_is_paid_and_its_lines_do_not_count_again() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let product_id = describe(conn, &town)?;
        let (one, _) = (hand_in(conn, &town, 1, 4)?, hand_in(conn, &town, 2, 7)?);
        let batch = Batch {
            product_id,
            provider_id: one.id,
            bought_on: day("2026-02-01"),
            quantity: Hundredths(5_000),
            paid: Some(Cents(240_000)),
            reason: String::new(),
            noted_at: now(),
            noted_by: "M. de Wit".into(),
        };
        batches::lay_down(conn, &town.actor, &batch)?;
        let found = counted(conn, &town)?;
        assert_eq!(found.total(FigureKind::Product).spent, Cents(240_000));
        assert_eq!(found.total(FigureKind::Product).open, Cents(3 * 7 * 5_000), "of the other provider");
        let february = found.of(FigureKind::Month).find(|(month, _)| *month == "2026-02").unwrap().1;
        assert_eq!(february.spent, Cents(240_000));
        let drawn = openhouse::budget::places::batches(conn, &finance(&town))?;
        assert_eq!((drawn[0].bought, drawn[0].drawn), (Hundredths(5_000), Hundredths(1_200)));
        Ok(())
    });
}

#[test]
fn finance_is_told_once_in_a_year_that_a_source_passed_the_alarm() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let product = describe(conn, &town)?;
        hand_in(conn, &town, 1, 4)?;
        let user = openhouse::account::store::NewUser {
            name: "P. Hofstra",
            email: "p.hofstra@voorbeeld.example",
            role: Role::Finance,
            municipality_id: town.actor.tenant(),
            provider_id: None,
        };
        openhouse::account::store::add_user(conn, &town.actor, now(), &user)?;
        // Three lines of € 200: at € 857 the whole is 70%, at € 858 it is not yet.
        let budget = |conn: &mut Conn, at, cents: i64, reason: &str| {
            let new = NewBudget {
                name: "Participatiebudget".into(),
                amount: Cents(cents),
                products: vec![product],
                reason: reason.into(),
            };
            set(conn, &finance(&town), now(), YEAR, at, &new).unwrap_or_else(|fault| panic!("{fault:?}"))
        };
        let source = budget(conn, (None, 0), 85_800, "");
        let all = lines(conn, &town, None)?;
        approve(conn, &town, &all).unwrap();
        let today = day("2026-11-02");
        assert_eq!(alarm::follow(conn, &town.actor, now(), today)?, 0);
        budget(conn, (Some(source), 1), 85_700, "Het was minder.");
        assert_eq!(alarm::follow(conn, &town.actor, now(), today)?, 1);
        assert_eq!(alarm::follow(conn, &town.actor, now(), day("2026-11-03"))?, 0, "not again the day after");
        let posted = outbox::table.filter(outbox::kind.eq("E63")).select(outbox::link).load::<String>(conn)?;
        assert_eq!(posted, ["/begroting/2026"]);
        Ok(())
    });
}

#[test]
fn a_source_has_what_its_products_and_bookings_come_to_and_the_rest_stands_apart() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        describe(conn, &town)?;
        hand_in(conn, &town, 1, 4)?;
        let finance = finance(&town);
        let new =
            NewBudget { name: "Minimabeleid".into(), amount: Cents(100_000), products: vec![], reason: "".into() };
        let source = set(conn, &finance, now(), YEAR, (None, 0), &new).unwrap_or_else(|fault| panic!("{fault:?}"));
        let booking = store::NewBooking {
            source_id: source,
            month: day("2026-03-01"),
            category: "Vervoer".into(),
            description: "Bus".into(),
            amount: Cents(2_500),
        };
        store::book(conn, &finance, now(), YEAR, &booking).unwrap();
        let found = counted(conn, &town)?;
        let (names, all) = (sources(conn, &finance)?, budgets(conn, &finance, YEAR)?);
        let rows = by_source(&names, &all, &store::bookings(conn, &finance, YEAR)?, Some(&found));
        assert_eq!((rows.len(), rows[0].spent(), rows[0].left()), (2, Cents(2_500), Some(Cents(97_500))));
        assert_eq!((rows[1].source.as_ref(), rows[1].figure.open), (None, Cents(60_000)), "no source pays it yet");
        Ok(())
    });
}

#[test]
fn the_reference_data_has_a_row_for_each_line_and_ends_with_the_control_sum() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        describe(conn, &town)?;
        let provider = hand_in(conn, &town, 1, 4)?;
        let all = lines(conn, &town, None)?;
        approve(conn, &town, &all[..2]).unwrap();
        let days = (day("2026-07-01"), day("2026-08-31"));
        let taken = export::gather(conn, &finance(&town), days, None)?;
        assert_eq!((taken.lines.len(), taken.control_sum()), (2, Cents(40_000)));
        let csv = String::from_utf8(taken.as_reference(Lang::Nl).csv()).unwrap();
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows.len(), 4, "{csv}");
        let line = format!(
            ";2026-Q3-1;{};0106;Aanbieder 1;2026-07-06;2026-07-31;RE-1;Begeleiding;\"4,00\";HUR;\"50,00\";\"200,00\";EUR;S;21;;\
             2024-01-01/{};contact@gemeente.example",
            provider.kvk, provider.id
        );
        assert_eq!(rows[1], line);
        assert!(rows[3].starts_with("CONTROLESOM;2;") && rows[3].contains("\"400,00\""), "{}", rows[3]);
        assert!(!csv.contains("C-1-"), "no client on an invoice");
        Ok(())
    });
}

/// How many queries a connection carried out.
#[derive(Clone, Default)]
struct Listener(Arc<AtomicUsize>);

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { .. } = event {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[test]
fn a_page_asks_as_much_for_ten_providers_as_for_one() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        describe(conn, &town)?;
        let listener = Listener::default();
        conn.set_instrumentation(listener.clone());
        let asked = |conn: &mut Conn| -> QueryResult<usize> {
            let before = listener.0.load(Ordering::Relaxed);
            let actor = finance(&town);
            read(conn, &actor, YEAR, &KINDS)?;
            list(conn, &actor, &wanted(None), 0, 50)?;
            total(conn, &actor, &wanted(None))?;
            openhouse::budget::gather::running(conn, &actor, day("2026-11-02"), None)?;
            Ok(listener.0.load(Ordering::Relaxed) - before)
        };
        hand_in(conn, &town, 1, 4)?;
        counted(conn, &town)?;
        let one = asked(conn)?;
        for number in 2..=10 {
            hand_in(conn, &town, number, 4)?;
        }
        counted(conn, &town)?;
        assert_eq!((one, asked(conn)?), (one, one));
        assert!(one <= 9, "{one} queries");
        Ok(())
    });
}

#[test]
fn another_municipality_and_who_has_no_business_there_find_nothing() {
    on_every_database(|conn| {
        let (town, other) = (town(conn, "Noordermeer")?, crate::gather::town::town(conn, "Zuidermeer")?);
        describe(conn, &town)?;
        hand_in(conn, &town, 1, 4)?;
        counted(conn, &town)?;
        let line = lines(conn, &town, None)?.remove(0);
        assert!(lines(conn, &other, None)?.is_empty());
        assert_eq!(read(conn, &finance(&other), YEAR, &KINDS)?, None);
        let theirs = approval::approve(conn, &finance(&other), now(), &[(line.id, line.amount)]);
        assert!(matches!(theirs, Err(store::Fault::Refused(Refusal::NotFound))));
        for role in [Role::Viewer, Role::Assessor, Role::ContactPerson] {
            let looks = finance(&town).in_role(role);
            assert!(list(conn, &looks, &wanted(None), 0, 10)?.is_empty(), "{role}");
            assert_eq!(read(conn, &looks, YEAR, &KINDS)?, None, "{role}");
        }
        Ok(())
    });
}
