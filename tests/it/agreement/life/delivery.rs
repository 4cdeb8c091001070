//! One client less, a month ahead; and new tariffs, of which everybody is told.

use openhouse::actor::Actor;
use openhouse::agreement::life::{Event, LifeRefusal, LifeState, LifeVerb, delivery, running};

use super::firm::{Firm, firm, mails, tried};
use crate::dossier::town::{Town, at, day};
use crate::ground::{Ground, every};

const TODAY: &str = "2026-11-23";

fn stop(ground: &Ground, town: &Town, firm: &Firm, by: &Actor, case: &str, last: &str) -> Result<Event, LifeRefusal> {
    let (seen, cases) = (firm.found(ground, town).version, ["T-31".to_owned()]);
    tried(ground, |conn| {
        let (now, today, why) = (at(TODAY), day(TODAY), "De klant komt niet meer.");
        delivery::stop_delivery(conn, by, now, today, firm.life, seen, case, day(last), why, &cases)
    })
}

#[test]
fn a_provider_stops_with_one_client_a_month_ahead_and_both_sides_are_told() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        let refused = |by: &Actor, case: &str, last: &str| stop(&ground, &town, &firm, by, case, last).unwrap_err();
        assert_eq!(refused(&firm.user, "T-31", "2026-12-23"), LifeRefusal::NotYours);
        assert_eq!(refused(&town.manager, "T-31", "2026-12-23"), LifeRefusal::NotYours);
        let earliest = day("2026-12-23");
        assert_eq!(refused(&firm.signatory, "T-31", "2026-12-22"), LifeRefusal::DeliveryTooSoon(earliest));
        assert_eq!(refused(&firm.signatory, "T-32", "2026-12-23"), LifeRefusal::NoSuchCase);
        assert_eq!(mails(&ground, "E45") + mails(&ground, "E46"), 0, "{}", ground.backend);

        let done = stop(&ground, &town, &firm, &firm.signatory, "T-31", "2026-12-23").unwrap();
        assert_eq!((done.case_ref.as_str(), done.effective_on, done.to), ("T-31", Some(earliest), LifeState::Active));
        assert_eq!(mails(&ground, "E45"), 1, "the provider gets a receipt");
        assert!(mails(&ground, "E46") >= 1, "the contract manager is told");
    }
}

#[test]
fn who_still_has_an_agreement_on_that_day_is_told_the_new_tariffs() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, Some("2027-06-30"));
        let told = |by: &Actor, from: &str| {
            tried(&ground, |conn| {
                running::new_tariffs(conn, by, at(TODAY), day(from), "RE-P1-JH: € 65,12 (was € 62,55)")
            })
        };
        assert_eq!(told(&town.manager, "2027-01-01"), Err(LifeRefusal::NotYours));
        assert_eq!(told(&town.decider, "2027-07-01"), Ok(0), "it has ended by then");
        assert_eq!(told(&town.decider, "2027-01-01"), Ok(1), "{}", ground.backend);
        let event = firm.events(&ground, &town).pop().unwrap();
        assert_eq!((event.verb, event.effective_on), (LifeVerb::NewTariffs, Some(day("2027-01-01"))));
        assert!(event.reason.contains("65,12"));
        assert_eq!(mails(&ground, "E40"), 1);
    }
}
