//! What people type: budgets in versions, bookings that are taken back, and the waiting list.

use diesel::prelude::*;
use openhouse::budget::places::{Ending, end, join, waiting};
use openhouse::budget::store::{Fault, NewBooking, NewBudget, book, bookings, budgets, set, take_back, versions};
use openhouse::budget::{Refusal, places};
use openhouse::money::Cents;
use openhouse::schema::audit_event;

use super::{YEAR, describe, finance};
use crate::gather::town::{day, on_every_database, town};
use crate::ground::now;

fn refused<T: std::fmt::Debug>(result: Result<T, Fault>) -> Refusal {
    match result {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn new(name: &str, cents: i64, products: &[i64], reason: &str) -> NewBudget {
    NewBudget { name: name.into(), amount: Cents(cents), products: products.to_vec(), reason: reason.into() }
}

#[test]
fn a_budget_changes_by_a_next_version_with_its_reason_and_the_first_stays_to_be_read() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let (product, actor) = (describe(conn, &town)?, finance(&town));
        let mut put = |at, new: &NewBudget| set(conn, &actor, now(), YEAR, at, new);
        assert_eq!(refused(put((None, 0), &new(" ", 1, &[], ""))), Refusal::NameMissing);
        assert_eq!(refused(put((None, 0), &new("A", -1, &[], ""))), Refusal::AmountWrong);
        let source = put((None, 0), &new("Participatiebudget", 43_000_000, &[product], "")).unwrap();
        let at = |seen| (Some(source), seen);
        let more = new("", 43_819_800, &[product], "De meicirculaire.");
        assert_eq!(refused(put((None, 0), &new("participatieBUDGET", 1, &[], ""))), Refusal::NameTaken);
        assert_eq!(refused(put(at(1), &new("", 43_819_800, &[product], " "))), Refusal::ReasonMissing);
        assert_eq!(refused(put(at(1), &new("", 43_000_000, &[product], "Zo."))), Refusal::Same);
        put(at(1), &more).unwrap();
        assert_eq!(refused(put(at(1), &more)), Refusal::ChangedMeanwhile("P. Hofstra".into()));
        let taken = put((None, 0), &new("Minimabeleid", 1, &[product], ""));
        assert_eq!(refused(taken), Refusal::ProductTaken("Participatiebudget".into()));
        let all = versions(conn, &actor, YEAR, source)?;
        let amounts: Vec<_> = all.iter().map(|one| (one.version, one.amount.0, one.reason.as_str())).collect();
        assert_eq!(amounts, [(2, 43_819_800, "De meicirculaire."), (1, 43_000_000, "")]);
        assert_eq!(budgets(conn, &actor, YEAR)?.len(), 1);
        assert!(budgets(conn, &actor, YEAR + 1)?.is_empty(), "every year has its own");
        let acts = audit_event::table.filter(audit_event::action.eq("budget.set")).count();
        assert_eq!(acts.get_result::<i64>(conn)?, 2);
        Ok(())
    });
}

#[test]
fn a_booking_is_taken_back_once_by_the_same_amount_below_nought() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let actor = finance(&town);
        let source = set(conn, &actor, now(), YEAR, (None, 0), &new("A", 1_000, &[], "")).unwrap();
        let booking = |month: &str, cents| NewBooking {
            source_id: source,
            month: day(month),
            category: "Vervoer".into(),
            description: "Bus".into(),
            amount: Cents(cents),
        };
        for (month, cents, refusal) in [
            ("2027-01-01", 1, Refusal::MonthWrong),
            ("2026-03-02", 1, Refusal::MonthWrong),
            ("2026-03-01", 0, Refusal::AmountWrong),
        ] {
            assert_eq!(refused(book(conn, &actor, now(), YEAR, &booking(month, cents))), refusal, "{month} {cents}");
        }
        let id = book(conn, &actor, now(), YEAR, &booking("2026-03-01", 2_500)).unwrap();
        assert_eq!(refused(take_back(conn, &actor, now(), id, " ")), Refusal::ReasonMissing);
        take_back(conn, &actor, now(), id, "Dubbel geboekt.").unwrap();
        assert_eq!(refused(take_back(conn, &actor, now(), id, "Nog eens.")), Refusal::AlreadyTakenBack);
        let all = bookings(conn, &actor, YEAR)?;
        assert_eq!(all.iter().map(|one| one.amount.0).collect::<Vec<_>>(), [-2_500, 2_500]);
        assert_eq!(refused(take_back(conn, &actor, now(), all[0].id, "Terug.")), Refusal::AlreadyTakenBack);
        Ok(())
    });
}

#[test]
fn who_waits_stands_in_the_order_of_the_indication_until_there_is_a_place() {
    on_every_database(|conn| {
        let (town, elsewhere) = (town(conn, "Noordermeer")?, crate::gather::town::town(conn, "Zuidermeer")?);
        let (product, actor, today) = (describe(conn, &town)?, finance(&town), day("2026-11-02"));
        let mut put = |client: &str, on: &str| join(conn, &actor, now(), today, product, client, day(on));
        let late = put("C-2", "2026-05-01").unwrap();
        let early = put("C-1", "2026-02-01").unwrap();
        assert_eq!(refused(put("C-1", "2026-02-01")), Refusal::AlreadyWaits);
        assert_eq!(refused(put("C-3", "2026-11-03")), Refusal::DayWrong);
        let names = |all: &[places::Waits]| all.iter().map(|one| one.client_ref.clone()).collect::<Vec<_>>();
        assert_eq!(names(&waiting(conn, &actor, YEAR)?), ["C-1", "C-2"]);
        let theirs = end(conn, &finance(&elsewhere), now(), today, early, &Ending::Placed(today));
        assert_eq!(refused(theirs), Refusal::NotFound);
        let before = end(conn, &actor, now(), today, early, &Ending::Placed(day("2026-01-31")));
        assert_eq!(refused(before), Refusal::DayWrong);
        end(conn, &actor, now(), today, early, &Ending::Placed(day("2026-08-03"))).unwrap();
        let left = end(conn, &actor, now(), today, late, &Ending::Left(today, " ".into()));
        assert_eq!(refused(left), Refusal::ReasonMissing);
        let again = end(conn, &actor, now(), today, early, &Ending::Placed(today));
        assert_eq!(refused(again), Refusal::ChangedMeanwhile("P. Hofstra".into()));
        let found = waiting(conn, &actor, YEAR)?;
        assert_eq!(found.iter().map(places::Waits::is_waiting).collect::<Vec<_>>(), [false, true]);
        assert_eq!(names(&waiting(conn, &actor, YEAR + 1)?), ["C-2"], "who was placed is not on next year's list");
        Ok(())
    });
}
