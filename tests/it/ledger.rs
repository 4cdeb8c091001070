//! The ledger: tables as diesel knows them, doors that keep what they promise, and an audit nobody can mend.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use openhouse::actor::Actor;
use openhouse::audit::{self, Act, Chain};
use openhouse::db::{Db, pending};
use openhouse::schema;

use crate::ground::{every, now, sqlite};

#[test]
fn every_table_has_the_columns_that_diesel_knows() {
    macro_rules! selects {
        ($conn:ident: $($table:ident),+ $(,)?) => {
            $(
                let query = schema::$table::table.limit(0).select(schema::$table::all_columns);
                query.execute($conn).unwrap_or_else(|fault| panic!("{}: {fault}", stringify!($table)));
            )+
        };
    }
    for ground in every() {
        let read: Result<(), QueryError> = ground.db.read(|conn| {
            selects!(conn: audit_event, municipality, account, role_grant, sign_in_link, session, provider,
                registration, evidence, evidence_version, definition, product, tariff, accession, accession_product, municipal_contact, client, client_name,
                outflow, placement, professional, vog, trajectory, feedback_moment, exclusion, complaint,
                complaint_arrangement, client_survey, survey_cooperation, quarter_statement, submission, cost_line,
                assessment, finding, remark, open_action, report_file, letter_file, message, outbox, mail_text, procedure,
                procedure_history, procedure_document, procedure_question, outage, outage_correction, access_request, application,
                application_history, application_step, application_receipt, application_criterion, criterion_verdict,
                shown_evidence, supplement_request, supplement_item, application_advice, application_decision, offer,
                offer_document, offer_product, offer_party, offer_history, signed_upload, signature, signing_code,
                certificate_file);
            Ok(())
        });
        read.unwrap_or_else(|fault| panic!("{}: {fault}", ground.backend));
    }
}

#[test]
fn a_closure_that_fails_leaves_nothing_behind() {
    for ground in every() {
        let failed: Result<(), QueryError> = ground.db.write(|conn| {
            openhouse::account::store::add_municipality(conn, &Actor::installer(), now(), "Halverwege")?;
            Err(QueryError::RollbackTransaction)
        });
        assert!(failed.is_err());
        let left: Vec<(i64, String)> = ground.db.read(openhouse::account::store::municipalities).unwrap();
        assert!(left.is_empty(), "{}: {left:?}", ground.backend);
    }
}

#[test]
fn a_reader_cannot_write() {
    for ground in every() {
        let tried: QueryResult<i64> = ground
            .db
            .read(|conn| openhouse::account::store::add_municipality(conn, &Actor::installer(), now(), "Langs achter"));
        assert!(tried.is_err(), "{}: a reader wrote", ground.backend);
    }
}

#[test]
fn opening_a_second_time_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let first = Db::open(&url).unwrap();
    let added: QueryResult<i64> = first
        .write(|conn| openhouse::account::store::add_municipality(conn, &Actor::installer(), now(), "Noordermeer"));
    added.unwrap();
    let again = Db::open(&url).unwrap();
    let known: Vec<(i64, String)> = again.read(openhouse::account::store::municipalities).unwrap();
    assert_eq!(known.len(), 1);
}

#[test]
fn a_database_that_is_up_to_date_has_no_change_to_come() {
    for ground in every() {
        assert_eq!(pending(&ground.url).unwrap(), [""; 0], "{}", ground.backend);
        let forgotten: QueryResult<()> =
            ground.db.write(|conn| conn.batch_execute("DELETE FROM migration WHERE name = '0005_judgement'"));
        forgotten.unwrap();
        assert_eq!(pending(&ground.url).unwrap(), ["0005_judgement"], "{}", ground.backend);
        let emptied: QueryResult<()> = ground.db.write(|conn| conn.batch_execute("DROP TABLE migration"));
        emptied.unwrap();
        assert_eq!(pending(&ground.url).unwrap()[0], "0001_ground", "{}", ground.backend);
    }
}

#[test]
fn looking_for_changes_to_come_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let to_come = pending(&format!("sqlite:{}", path.display())).unwrap();
    assert_eq!(to_come.first(), Some(&"0001_ground"));
    assert!(!path.exists());
}

#[test]
fn processes_that_start_at_once_bring_the_tables_up_to_date_once() {
    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        std::thread::scope(|scope| {
            let started: Vec<_> = (0..8).map(|_| scope.spawn(|| Db::open(&url).map(drop))).collect();
            for process in started {
                process.join().unwrap().unwrap_or_else(|trouble| panic!("round {round}: {trouble:#}"));
            }
        });
    }
}

fn three_acts(db: &Db) {
    for object in ["provider/1", "provider/2", "provider/3"] {
        let act = Act { action: "provider.register", object, result: "done", detail: "" };
        let written: QueryResult<()> = db.write(|conn| audit::record(conn, &Actor::system(1), now(), act));
        written.unwrap();
    }
}

#[test]
fn the_audit_is_one_chain() {
    for ground in every() {
        three_acts(&ground.db);
        let chain = ground.db.read(audit::verify).unwrap();
        assert!(matches!(chain, Chain::Whole { lines: 3, .. }), "{}: {chain:?}", ground.backend);
    }
}

#[test]
fn the_audit_lets_no_line_be_changed_or_taken_away() {
    for ground in every() {
        three_acts(&ground.db);
        for tampering in ["UPDATE audit_event SET actor = 'iemand anders'", "DELETE FROM audit_event"] {
            let tried: QueryResult<()> = ground.db.write(|conn| conn.batch_execute(tampering));
            assert!(tried.is_err(), "{}: {tampering} was carried out", ground.backend);
        }
    }
}

#[test]
fn a_line_changed_behind_the_back_of_the_program_breaks_the_chain() {
    let ground = sqlite();
    three_acts(&ground.db);
    let tampered: QueryResult<()> = ground.db.write(|conn| {
        conn.batch_execute("DROP TRIGGER audit_event_is_never_changed")?;
        conn.batch_execute("UPDATE audit_event SET result = 'refused' WHERE id = 2")
    });
    tampered.unwrap();
    assert_eq!(ground.db.read(audit::verify).unwrap(), Chain::Broken { id: 2 });
}

#[test]
fn writers_wait_for_each_other() {
    let ground = sqlite();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| three_acts(&ground.db));
        }
    });
    assert!(matches!(ground.db.read(audit::verify).unwrap(), Chain::Whole { lines: 12, .. }));
}
