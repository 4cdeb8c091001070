//! Fills a database with plausible rows, much faster than an import would. They are written quarter by quarter, as
//! statements come in, so that the rows of one provider lie spread over the table as they do in real use.

use chrono::NaiveDate;
use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use openhouse::actor::Actor;
use openhouse::calendar::{add_days, add_months};
use openhouse::quarter::Quarter;

/// Trajectories of each provider, referred over the last eight quarters.
pub const EACH: i64 = 100;
const QUARTERS: i64 = 8;
const PROFESSIONALS: i64 = 3;

/// `providers` of them, known until the end of `quarter`.
pub fn fill(path: &str, actor: &Actor, providers: i64, quarter: Quarter) {
    let mut conn = SqliteConnection::establish(path).expect("SQLite opens");
    // Nothing is lost when this database is: it is filled without any care.
    conn.batch_execute("PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        .expect("SQLite may be careless");
    let mut rows = Rows { conn, tenant: actor.tenant(), dice: Dice(42) };
    rows.parties(providers, quarter);
    let mut running: Vec<Vec<Running>> = (0..providers).map(|_| Vec::new()).collect();
    let mut next = 1;
    for (place, now) in quarter.run_up(QUARTERS as usize).into_iter().enumerate() {
        let new = EACH * (place as i64 + 1) / QUARTERS - EACH * place as i64 / QUARTERS;
        let mut batch = Batch::default();
        for provider in 1..=providers {
            let mine = &mut running[provider as usize - 1];
            for _ in 0..new {
                mine.push(rows.trajectory(&mut batch, next, provider, now, quarter));
                next += 1;
            }
            mine.retain(|one| one.until >= now.first_day());
            for one in mine.iter() {
                rows.feedback(&mut batch, one, provider, now);
            }
            rows.statement(&mut batch, provider, now);
            if provider % 100 == 0 {
                rows.write(&mut batch);
            }
        }
        rows.write(&mut batch);
    }
    rows.conn.batch_execute("COMMIT").expect("the rows are there");
}

/// A trajectory on which feedback is still given.
struct Running {
    id: i64,
    plan_agreed_on: NaiveDate,
    /// Feedback every so many days.
    every: i64,
    until: NaiveDate,
}

struct Rows {
    conn: SqliteConnection,
    tenant: i64,
    dice: Dice,
}

/// Rows by table, as SQL.
#[derive(Default)]
struct Batch(Vec<(&'static str, String)>);

impl Batch {
    fn add(&mut self, table: &'static str, row: String) {
        let rows = match self.0.iter_mut().position(|(known, _)| *known == table) {
            Some(place) => &mut self.0[place].1,
            None => {
                self.0.push((table, String::new()));
                &mut self.0.last_mut().expect("it was just added").1
            }
        };
        rows.push_str(if rows.is_empty() { "" } else { "," });
        rows.push_str(&row);
    }
}

impl Rows {
    fn write(&mut self, batch: &mut Batch) {
        for (table, rows) in batch.0.drain(..) {
            self.conn.batch_execute(&format!("INSERT INTO {table} VALUES {rows}")).expect("the rows are good");
        }
    }

    /// Providers with their agreement, arrangements and people, and what a trajectory points to.
    fn parties(&mut self, providers: i64, quarter: Quarter) {
        let tenant = self.tenant;
        let at = "'2024-01-02 09:00:00'";
        let mut batch = Batch::default();
        batch.add("municipal_contact", format!("(1, {tenant}, 'a@noordermeer.example', 'A', '2020-01-01', NULL)"));
        batch.add("product", format!("(1, {tenant}, 'RE-P2-JC', 'Jobcoaching', 'Job coaching', 'hour')"));
        for survey in 1..=4 {
            let due = add_days(quarter.last_day(), -20 - 182 * (survey - 1));
            batch.add("client_survey", format!("({survey}, {tenant}, 'CO-{survey}', '{due}')"));
        }
        for id in 1..=providers {
            let kvk = 10_000_000 + id;
            batch.add("provider", format!("({id}, '{kvk}', 'Aanbieder {id}', {at})"));
            let search = format!("'aanbieder {id}'");
            batch.add("registration", format!("({id}, {tenant}, {id}, {id}, {search}, {search}, {at})"));
            batch.add("accession", format!("({id}, {tenant}, {id}, '2024-{id:05}', 1, '2024-01-01', NULL)"));
            batch.add("complaint_arrangement", format!("({id}, {tenant}, {id}, '2027-12-31', {})", id % 9 != 0));
            for survey in 1..=4 {
                let due = add_days(quarter.last_day(), -20 - 182 * (survey - 1));
                let done = self.perhaps(due, -30, 4);
                let one = (id - 1) * 4 + survey;
                batch.add("survey_cooperation", format!("({one}, {tenant}, {id}, {survey}, {done})"));
            }
            for number in 0..PROFESSIONALS {
                let person = (id - 1) * PROFESSIONALS + number + 1;
                batch.add(
                    "professional",
                    format!("({person}, {tenant}, {id}, 'M{number}', 'employee', TRUE, '2023-03-01', NULL)"),
                );
                for (place, date) in [(0, "2023-02-10"), (1, "2026-01-20")] {
                    let vog = (person - 1) * 2 + place + 1;
                    batch.add(
                        "vog",
                        format!("({vog}, {tenant}, {id}, {person}, '{date}', 'aspect', '12;85', '{date}')"),
                    );
                }
            }
            if id % 500 == 0 {
                self.write(&mut batch);
            }
        }
        self.write(&mut batch);
    }

    /// A referral in the quarter `now` and what became of it until the end of `last`.
    fn trajectory(&mut self, batch: &mut Batch, id: i64, provider: i64, now: Quarter, last: Quarter) -> Running {
        let tenant = self.tenant;
        let profile = self.dice.roll(1, 5);
        let referred = add_days(now.first_day(), self.dice.roll(0, 89));
        let plan = add_days(referred, self.dice.roll(7, 24));
        let term = match profile {
            1 => add_months(referred, 4),
            _ => add_days(plan, self.dice.roll(90, 365)),
        };
        let planned_end = add_days(term, self.dice.roll(-40, 15));
        let known = |day: NaiveDate| (day <= last.last_day()).then_some(day);
        let ended = known(planned_end);
        let told = self.perhaps(plan, 0, 9);
        let agreed = self.perhaps(plan, 0, 16);
        let coach = self.dice.roll(0, 1) == 1;
        let (reason, achieved) = match ended {
            None => ("NULL".to_owned(), "NULL".to_owned()),
            Some(_) => (
                format!("'{}'", ["completed", "work", "dropout", "other"][self.dice.roll(0, 3) as usize]),
                format!("'{}'", ["all", "part", "none"][self.dice.roll(0, 2) as usize]),
            ),
        };
        let sheltered = profile == 5 && self.dice.roll(0, 1) == 1;
        let indication = sheltered.then(|| add_days(referred, -20));
        let placed = sheltered.then(|| add_days(referred, self.dice.roll(90, 220))).and_then(known);
        // As `trajectory::store` computes it: what runs on, or waits for a place, counts until the end of time.
        let from = indication.unwrap_or(referred);
        let until = match ended {
            Some(ended) if !sheltered => sql(Some(ended.max(term))),
            _ => "'9999-12-31'".to_owned(),
        };
        batch.add("client", format!("({id}, {tenant}, 'C{id:07}')"));
        batch.add(
            "trajectory",
            format!(
                "({id}, {tenant}, {provider}, {id}, 1, 1, 'T-{provider:05}-{id:07}', 'P{profile}', '{referred}', {}, {}, \
                 {}, {agreed}, {coach}, {}, {told}, '{term}', {}, NULL, {}, {reason}, {achieved}, {}, NULL, NULL, {}, \
                 NULL, {}, {}, {}, '{from}', {until})",
                sql(known(add_days(referred, 5))),
                sql(known(plan)),
                self.dice.roll(0, 4),
                if coach { agreed.clone() } else { "NULL".to_owned() },
                if self.dice.roll(0, 19) == 0 { 14 } else { 0 },
                sql(ended),
                self.dice.roll(0, 1),
                sql(indication),
                sql(placed),
                self.dice.roll(1, 4),
                self.dice.roll(1, 6),
            ),
        );
        if profile == 1 && self.dice.roll(0, 2) > 0 {
            let out = add_days(referred, self.dice.roll(60, 150));
            batch.add("outflow", format!("({id}, {tenant}, '{out}', 'work')"));
        }
        if placed.is_some() {
            batch.add("placement", format!("({id}, {tenant}, TRUE, 0)"));
        }
        if self.dice.roll(0, 19) == 0 {
            batch.add("exclusion", format!("(NULL, {tenant}, {provider}, {id}, 1, 'R2', {}, 'Ziek')", id % 3 != 0));
        }
        let every = if profile == 1 { 42 } else { 91 };
        Running { id, plan_agreed_on: plan, every, until: planned_end }
    }

    /// The moments that fall due in the quarter.
    fn feedback(&mut self, batch: &mut Batch, one: &Running, provider: i64, now: Quarter) {
        let tenant = self.tenant;
        let mut due = add_days(one.plan_agreed_on, one.every);
        while due <= one.until.min(now.last_day()) {
            if due >= now.first_day() {
                let done = self.perhaps(due, -6, 1);
                batch.add(
                    "feedback_moment",
                    format!("(NULL, {tenant}, {provider}, {}, '{due}', {done}, 'gesprek')", one.id),
                );
            }
            due = add_days(due, one.every);
        }
    }

    /// Receipt, and now and then a complaint.
    fn statement(&mut self, batch: &mut Batch, provider: i64, now: Quarter) {
        let tenant = self.tenant;
        let received = add_days(now.last_day(), self.dice.roll(5, 30));
        batch.add(
            "quarter_statement",
            format!(
                "(NULL, {tenant}, {provider}, '{now}', '{received} 12:00:00', '{received}', {}, NULL, NULL, FALSE, '')",
                self.dice.roll(0, 9) > 0
            ),
        );
        if self.dice.roll(0, 3) == 0 {
            let on = add_days(now.first_day(), self.dice.roll(0, 60));
            batch.add(
                "complaint",
                format!(
                    "(NULL, {tenant}, {provider}, 'K-{now}', '{on}', '{}', 'wachttijd', NULL, '')",
                    add_days(on, self.dice.roll(3, 16))
                ),
            );
        }
    }

    /// In nine of ten cases a day so many days after another, else none.
    fn perhaps(&mut self, day: NaiveDate, low: i64, high: i64) -> String {
        let done = add_days(day, self.dice.roll(low, high));
        sql((self.dice.roll(1, 10) < 10).then_some(done))
    }
}

fn sql(day: Option<NaiveDate>) -> String {
    day.map_or("NULL".to_owned(), |day| format!("'{day}'"))
}

/// The same numbers at every run (a linear congruential generator).
struct Dice(u64);

impl Dice {
    /// A number from `low` to `high`, both ends included.
    fn roll(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((self.0 >> 33) as i64) % (high - low + 1)
    }
}
