//! The number in the menu: counted once, and again as soon as something was done or the day is another.

use chrono::{Days, NaiveDate};
use openhouse::actor::{Actor, Role};
use openhouse::audit::{self, Act};
use openhouse::house::counted::Counted;

use crate::ground::{every, now};

#[test]
fn a_number_holds_until_the_next_act_and_for_one_day_and_for_one_person() {
    for ground in every() {
        let (counted, mut counts) = (Counted::default(), 0);
        let mut ask = |actor: &Actor, on: NaiveDate| {
            let asked = ground.db.read(|conn| {
                let count = |_: &mut _, _: &Actor, _| {
                    counts += 1;
                    Ok(counts)
                };
                counted.number(conn, actor, on, count)
            });
            asked.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend))
        };
        let manager = Actor::of_municipality("Roos Klaver", Role::ContractManager, 1, "");
        let (today, tomorrow) = (now().date(), now().date() + Days::new(1));
        assert_eq!([ask(&manager, today), ask(&manager, today)], [1, 1], "{}: nothing was done", ground.backend);

        let act = Act { action: "test.act", object: "here", result: "done", detail: "" };
        ground.db.write(|conn| audit::record(conn, &manager, now(), act)).expect("the line is written");
        assert_eq!(ask(&manager, today), 2, "{}: something was done", ground.backend);
        assert_eq!([ask(&manager, tomorrow), ask(&manager, tomorrow)], [3, 3], "{}: another day", ground.backend);

        let assessor = Actor::of_municipality("Bram Els", Role::Assessor, 1, "");
        assert_eq!(ask(&assessor, tomorrow), 4, "{}: another person", ground.backend);
        assert_eq!(ask(&manager, tomorrow), 3, "{}: the first is still known", ground.backend);
    }
}
