//! `import statement` and `import municipality`, against a municipality that was loaded the way the demo loads its own.

use diesel::prelude::*;
use openhouse::client::BenefitEndReason;
use openhouse::db::Db;
use openhouse::demo::load::{Loading, load};
use openhouse::demo::{Delivery, Municipality, Provider, invent};
use openhouse::files::Files;
use openhouse::schema::{client, cost_line, feedback_moment, outflow, quarter_statement, submission, trajectory};
use openhouse::seal::Seals;
use openhouse::statement::{
    Municipal, OutflowLine, Retyped, SurveyLine, write_municipal, write_workbook, write_workbook_retyped,
};
use serde_json::Value;

use super::{Desk, Done};
use crate::ground::now;

/// A desk with the municipality after its first quarter, and the second quarter's statement of one of its providers.
struct Town {
    desk: Desk,
    provider: Provider,
    /// Of the first quarter, which was set final.
    first: Delivery,
    /// Of the second, which was not handed in yet.
    next: Delivery,
}

impl Town {
    fn new() -> Town {
        let desk = Desk::new();
        let mut town = invent("2026-Q2".parse().expect("a quarter"), 1);
        let provider =
            town.providers.iter().find(|one| is_plain(one, &town)).expect("a provider without slips").clone();
        let delivery = |place: usize| provider.quarters[place].deliveries[0].clone();
        let (first, next) = (delivery(0), delivery(1));
        town.quarters.truncate(1);
        town.municipal_facts.truncate(1);
        std::fs::create_dir(desk.path("openhouse-data")).expect("the folder can be made");
        let files = Files::open(&desk.path("openhouse-data/files")).expect("the files open");
        let to = Loading {
            db: &desk.db(),
            files: &files,
            vault: &crate::ground::vault(),
            seals: &Seals::NONE,
            folder: desk.folder.path(),
            now: now(),
            progress: &|_| {},
        };
        load(&to, &town).expect("the municipality loads");
        Town { desk, provider, first, next }
    }

    fn import(&self, options: &[&str]) -> Done {
        self.desk.run(&[&["import", "statement", "opgave.xlsx", "--lang", "en"], options].concat())
    }

    fn write(&self, delivery: &Delivery) {
        self.desk.write("opgave.xlsx", write_workbook(&delivery.statement, &delivery.client_names));
    }

    /// The next statement with a tariff that cannot be read.
    fn write_with_fault(&self) {
        let fault = Retyped { sheet: "Kosten", row: 2, column: "tarief", written: "45,00 euro" };
        let bytes = write_workbook_retyped(&self.next.statement, &self.next.client_names, &[fault]);
        self.desk.write("opgave.xlsx", bytes);
    }
}

/// Two good deliveries in its first two quarters, both with costs, and the first quarter set final.
fn is_plain(provider: &Provider, town: &Municipality) -> bool {
    let quarters = &provider.quarters;
    quarters.len() == town.quarters.len()
        && quarters[0].finalised.is_some()
        && quarters[..2].iter().all(|quarter| {
            matches!(&quarter.deliveries[..], [only] if only.spoilings.is_empty() && only.statement.costs.len() > 1)
        })
}

impl Desk {
    pub(super) fn db(&self) -> Db {
        let path = self.path("openhouse-data/openhouse.db");
        Db::open(&format!("sqlite:{}", path.display())).expect("the database opens")
    }

    /// How many rows a statement has left in the tables, and how many files were received.
    fn stored(&self) -> Stored {
        let counted: QueryResult<Stored> = self.db().read(|conn| {
            Ok(Stored {
                rows: [
                    trajectory::table.count().get_result(conn)?,
                    feedback_moment::table.count().get_result(conn)?,
                    cost_line::table.count().get_result(conn)?,
                    quarter_statement::table.count().get_result(conn)?,
                ],
                submissions: submission::table.count().get_result(conn)?,
            })
        });
        counted.expect("the rows can be counted")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Stored {
    rows: [i64; 4],
    submissions: i64,
}

#[test]
fn a_good_statement_is_taken_and_a_broken_one_leaves_nothing_half_stored() {
    let town = Town::new();
    let before = town.desk.stored();
    town.write(&town.next);

    let tried = town.import(&["--dry-run"]).ended(0);
    assert!(tried.out.starts_with("This is a dry run: nothing was stored.\n"), "{tried:?}");
    assert_eq!(town.desk.stored(), before);

    let taken = town.import(&[]).ended(0);
    let lines: Vec<&str> = taken.out.lines().collect();
    assert!(lines[0].starts_with("The receipt is recorded under number "), "{taken:?}");
    assert!(lines[1].starts_with("Checksum (SHA-256): "), "{taken:?}");
    let quarter = town.next.statement.head.quarter;
    let heading = format!("about quarter {} of {}: all rows are good.", quarter.number(), quarter.year());
    assert!(lines[2].contains(town.provider.name) && lines[2].ends_with(&heading), "{taken:?}");
    let counts: Vec<Vec<&str>> = lines[3..].iter().map(|line| line.split_whitespace().collect()).collect();
    let statement = &town.next.statement;
    assert_eq!(counts[0], ["Trajecten", &statement.trajectories.len().to_string()]);
    assert_eq!(counts[4], ["Kosten", &statement.costs.len().to_string()]);
    assert_eq!(counts.len(), 5, "{taken:?}");
    let after = town.desk.stored();
    assert_eq!(after.submissions, before.submissions + 1);
    assert_eq!(after.rows[2], before.rows[2] + statement.costs.len() as i64);
    assert_eq!(after.rows[3], before.rows[3] + 1);

    town.write_with_fault();
    let refused = town.import(&["--dry-run"]).ended(2);
    assert!(!town.desk.path("opgave-met-fouten.xlsx").exists(), "a dry run wrote a file: {refused:?}");
    let refused = town.import(&[]).ended(2);
    let fault = "opgave.xlsx: fault: Sheet Kosten, row 2, column tarief: it says \"45,00 euro\". ";
    assert!(refused.err.lines().any(|line| line.starts_with(fault)), "{refused:?}");
    assert!(refused.out.starts_with("The receipt is recorded under number "), "{refused:?}");
    assert!(town.desk.path("opgave-met-fouten.xlsx").is_file());
    let left = town.desk.stored();
    assert_eq!((left.rows, left.submissions), (after.rows, after.submissions + 1), "something was half stored");
}

#[test]
fn the_good_rows_can_be_taken_without_the_others() {
    let town = Town::new();
    let before = town.desk.stored();
    town.write_with_fault();
    let done = town.import(&["--take-good-rows", "--json"]).ended(1);
    let told = done.json();
    assert_eq!((&told["result"], &told["provider"]), (&"partly_taken".into(), &town.provider.kvk.as_str().into()));
    assert_eq!(told["quarter"], town.next.statement.head.quarter.to_string());
    assert_eq!(told["faults"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!((&told["faults"][0]["sheet"], &told["faults"][0]["row"]), (&"Kosten".into(), &2.into()));
    assert_eq!(told["marked"], "opgave-met-fouten.xlsx");
    let lines = town.next.statement.costs.len() - 1;
    assert_eq!(told["taken"]["Kosten"], lines);
    assert_eq!(town.desk.stored().rows[2], before.rows[2] + lines as i64);
}

#[test]
fn a_quarter_that_was_set_final_is_closed() {
    let town = Town::new();
    let before = town.desk.stored();
    town.write(&town.first);
    let told = town.import(&["--json"]).ended(2).json();
    assert_eq!((&told["result"], &told["taken"]), (&"refused".into(), &Value::Null));
    assert_eq!(told["faults"][0]["column"], "kwartaal", "{told}");
    assert_eq!(town.desk.stored().rows, before.rows);
}

#[test]
fn whose_statement_it_is_may_be_given_and_must_be_known() {
    let town = Town::new();
    town.write(&town.next);
    let stranger = town.import(&["--provider", "00000000"]).ended(2);
    assert!(stranger.err.contains("This municipality has no provider with KvK number 00000000"), "{stranger:?}");
    let retyped = Retyped { sheet: "Opgave", row: 2, column: "kvk", written: "onbekend" };
    let bytes = write_workbook_retyped(&town.next.statement, &town.next.client_names, &[retyped]);
    town.desk.write("opgave.xlsx", bytes);
    let nobody = town.import(&[]).ended(2);
    assert!(nobody.err.contains("opgave.xlsx: fault: Sheet Opgave, row 2, column kvk"), "{nobody:?}");
    assert!(nobody.err.contains("Give the KvK number with --provider."), "{nobody:?}");
    let before = town.desk.stored();
    let given = town.import(&["--provider", town.provider.kvk.as_str()]).ended(2);
    assert!(given.out.starts_with("The receipt is recorded"), "{given:?}");
    let after = town.desk.stored();
    assert_eq!((after.rows, after.submissions), (before.rows, before.submissions + 1));
}

#[test]
fn a_folder_of_csv_comes_in_and_what_looks_odd_in_it_is_told() {
    let town = Town::new();
    std::fs::create_dir(town.desk.path("opgave")).expect("the folder can be made");
    let (kvk, quarter) = (&town.provider.kvk, town.next.statement.head.quarter);
    town.desk.write("opgave/Opgave.csv", format!("kvk;kwartaal;nulopgave\n{kvk};{quarter};ja\n"));
    town.desk.write("opgave/Notities.csv", "bellen;morgen\n");
    let odd = town.desk.run(&["import", "statement", "opgave/", "--lang", "en"]).ended(1);
    assert!(odd.out.contains("\nopgave/: note: Sheet Notities"), "{odd:?}");
    std::fs::remove_file(town.desk.path("opgave/Notities.csv")).expect("it can go");
    let done = town.desk.run(&["import", "statement", "opgave", "--json"]).ended(0);
    assert_eq!((&done.json()["result"], &done.json()["warnings"]), (&"taken".into(), &Value::Array(vec![])));
}

#[test]
fn what_the_municipality_knows_comes_in_whole_or_not_at_all() {
    let town = Town::new();
    let known: QueryResult<String> = town.desk.db().read(|conn| {
        let without = outflow::table.select(outflow::client_id);
        client::table.filter(client::id.ne_all(without)).select(client::client_ref).first(conn)
    });
    let ended = |row, client_ref: &str| OutflowLine {
        row,
        client_ref: client_ref.to_owned(),
        benefit_ended_on: "2024-12-01".parse().expect("a day"),
        reason: BenefitEndReason::OwnFirm,
    };
    let outflows = || -> i64 {
        let counted: QueryResult<i64> = town.desk.db().read(|conn| outflow::table.count().get_result(conn));
        counted.expect("the rows can be counted")
    };
    let import = |told: &Municipal, options: &[&str]| {
        town.desk.write("gemeente.xlsx", write_municipal(told));
        town.desk.run(&[&["import", "municipality", "gemeente.xlsx", "--lang", "en"], options].concat())
    };
    let before = outflows();
    let good = Municipal { outflows: vec![ended(2, &known.expect("a client"))], ..Municipal::default() };
    let survey = SurveyLine {
        row: 2,
        survey: "Cliëntervaring".to_owned(),
        due_on: "2026-09-30".parse().expect("a day"),
        kvk: "00000000".parse().expect("eight digits"),
        took_part_on: None,
    };
    let mut strange = Municipal { surveys: vec![survey], ..good.clone() };
    strange.outflows.push(ended(3, "C-bestaat-niet"));

    let refused = import(&strange, &[]).ended(2);
    assert_eq!(
        refused.err,
        "gemeente.xlsx: fault: Sheet Uitstroom, row 3, column clientnummer: it says \"C-bestaat-niet\". \
         This client is not known. Check the number.\n\
         gemeente.xlsx: fault: Sheet Onderzoeken, row 2, column kvk: it says \"00000000\". \
         This provider is not known to the municipality. Check the KvK number.\n"
    );
    assert_eq!(outflows(), before);
    let tried = import(&good, &["--dry-run"]).ended(0);
    assert!(tried.out.starts_with("This is a dry run: nothing was stored.\n"), "{tried:?}");
    assert_eq!(outflows(), before);
    let twice =
        Municipal { outflows: vec![good.outflows[0].clone(), ended(3, &good.outflows[0].client_ref)], ..good.clone() };
    let mut contradicting = twice.clone();
    contradicting.outflows[1].benefit_ended_on = "2024-11-01".parse().expect("a day");
    let told = import(&contradicting, &["--json"]).ended(2).json();
    assert_eq!((&told["result"], &told["faults"][0]["row"]), (&"refused".into(), &3.into()));
    assert!(told["faults"][0]["message"].as_str().is_some_and(|message| message.contains("Row 2")), "{told}");
    assert_eq!(import(&twice, &["--dry-run", "--json"]).ended(1).json()["rows"]["Uitstroom"], 1);
    let taken = import(&good, &[]).ended(0);
    assert!(taken.out.starts_with("The municipal file of ") && taken.out.contains(" is recorded.\n"), "{taken:?}");
    assert_eq!(outflows(), before + 1);
}

#[test]
fn without_a_municipality_there_is_nobody_to_import_for() {
    let desk = Desk::new();
    let town = invent("2026-Q2".parse().expect("a quarter"), 1);
    let delivery = &town.providers[0].quarters[0].deliveries[0];
    desk.write("opgave.xlsx", write_workbook(&delivery.statement, &delivery.client_names));
    let done = desk.run(&["import", "statement", "opgave.xlsx"]).ended(2);
    assert!(done.err.starts_with("Er is nog geen gemeente."), "{done:?}");
    let done = desk.run(&["import", "statement", "opgave.xlsx", "--lang", "en"]).ended(2);
    assert!(done.err.starts_with("There is no municipality yet."), "{done:?}");
}

#[test]
fn what_is_no_spreadsheet_is_refused_by_name_before_a_database_is_made() {
    let desk = Desk::new();
    desk.write("opgave.xlsx", b"%PDF-1.7");
    for what in ["statement", "municipality"] {
        let done = desk.run(&["import", what, "opgave.xlsx", "--lang", "en"]).ended(2);
        assert!(done.err.starts_with("opgave.xlsx: ") && done.out.is_empty(), "{done:?}");
        let done = desk.run(&["import", what, "geen.xlsx", "--lang", "en"]).ended(2);
        assert!(done.err.contains("geen.xlsx"), "{done:?}");
        std::fs::create_dir_all(desk.path("leeg")).expect("the folder can be made");
        let done = desk.run(&["import", what, "leeg", "--lang", "en"]).ended(2);
        assert!(done.err.starts_with("leeg: "), "{done:?}");
    }
    assert!(!desk.path("openhouse-data").exists());
}
