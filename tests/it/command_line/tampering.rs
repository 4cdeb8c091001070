//! Tampering with the audit (knoeien met het logboek), by somebody who owns the database and not the key: what
//! `openhouse audit verify` says of each way to do it, on both databases.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use openhouse::account::store::add_municipality;
use openhouse::actor::Actor;
use openhouse::audit::head::{HeadTrouble, sign};
use openhouse::audit::{self, Act};
use openhouse::db::Conn;
use openhouse::vault::Vault;

use super::{Desk, Done};
use crate::ground::{Ground, every, now};

const KEY: &str = "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f";

/// An installation whose audit has six lines, signed at the last.
struct Signed {
    ground: Ground,
    desk: Desk,
}

fn on_both(scene: impl Fn(&Signed)) {
    for ground in every() {
        println!("on {}", ground.backend);
        let desk = Desk::new();
        desk.write("sleutel", KEY);
        let signed = Signed { ground, desk };
        signed.write(|conn| six_lines(conn, "done"));
        assert!(signed.sign().expect("it can be signed"), "there is something to sign");
        scene(&signed);
    }
}

fn six_lines(conn: &mut Conn, result: &str) -> QueryResult<()> {
    for object in ["provider/1", "provider/2", "provider/3", "provider/4", "provider/5", "provider/6"] {
        let act = Act { action: "provider.register", object, result, detail: "" };
        audit::record(conn, &Actor::system(1), now(), act)?;
    }
    Ok(())
}

impl Signed {
    fn write<T>(&self, work: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
        self.ground.db.write(work).expect("the database takes it")
    }

    fn sign(&self) -> Result<bool, HeadTrouble> {
        let vault = Vault::with_keys(KEY).expect("it is a key");
        sign(&self.ground.db, &vault, &self.desk.path("openhouse-data/files/audit-head.json"), now())
    }

    /// What the owner of the database can do, once nothing holds him.
    fn tamper(&self, sql: &[&str]) {
        self.write(|conn| {
            conn.batch_execute(match self.ground.backend {
                "sqlite" => "DROP TRIGGER audit_event_is_never_changed; DROP TRIGGER audit_event_is_never_removed",
                _ => "DROP TRIGGER audit_event_is_never_changed ON audit_event",
            })?;
            sql.iter().try_for_each(|sql| conn.batch_execute(sql))
        });
    }

    fn verify(&self, options: &[&str]) -> Done {
        let place = ["audit", "verify", "--database-url", &self.ground.url, "--key-file", "sleutel", "--lang", "nl"];
        self.desk.run(&[&place[..], options].concat())
    }

    #[track_caller]
    fn is_found_out(&self, words: &str) {
        let done = self.verify(&[]).ended(1);
        assert!(
            done.out.starts_with("Het logboek van handelingen klopt niet. ") && done.out.contains(words),
            "{done:?}"
        );
    }
}

#[test]
fn a_log_that_nobody_touched_is_proven_to_its_signed_line_and_on() {
    on_both(|signed| {
        let whole = signed.verify(&[]).ended(0);
        assert!(whole.out.contains("klopt: 6 regels") && whole.out.contains("De eerste 6 regels"), "{whole:?}");
        signed.write(|conn| six_lines(conn, "done"));
        let on = signed.verify(&["--json"]).ended(0).json();
        assert_eq!((&on["lines"], &on["signed_lines"]), (&12.into(), &6.into()));
        assert!(signed.sign().unwrap() && !signed.sign().unwrap(), "what is signed is signed once");
        assert_eq!(signed.verify(&["--json"]).ended(0).json()["signed_lines"], 12);
    });
}

#[test]
fn a_line_that_was_changed_is_found() {
    on_both(|signed| {
        signed.tamper(&["UPDATE audit_event SET actor = 'openhousf' WHERE id = 3"]);
        signed.is_found_out("Regel 3 past niet bij de regel ervoor, of is veranderd.");
    });
}

#[test]
fn a_line_taken_out_of_the_middle_is_found() {
    on_both(|signed| {
        signed.tamper(&["DELETE FROM audit_event WHERE id = 3"]);
        signed.is_found_out("Regel 4 past niet bij de regel ervoor");
    });
}

#[test]
fn lines_in_another_order_are_found() {
    on_both(|signed| {
        signed.tamper(&[
            "UPDATE audit_event SET id = 100 WHERE id = 3",
            "UPDATE audit_event SET id = 3 WHERE id = 4",
            "UPDATE audit_event SET id = 4 WHERE id = 100",
        ]);
        signed.is_found_out("Regel 3 past niet bij de regel ervoor");
    });
}

#[test]
fn a_tail_that_was_cut_off_is_found() {
    on_both(|signed| {
        signed.tamper(&["DELETE FROM audit_event WHERE id > 4"]);
        signed.is_found_out("Aan het einde ontbreken regels: ondertekend zijn 6 regels, en er staan er 4.");
        assert!(matches!(signed.sign(), Err(HeadTrouble::Contradicted(_))), "a new head would hide it");
        // New lines do not hide it either.
        signed.write(|conn| six_lines(conn, "done"));
        assert!(matches!(signed.sign(), Err(HeadTrouble::Contradicted(_))));
        signed.is_found_out("regel 6 is niet de regel die ondertekend is");
    });
}

#[test]
fn a_chain_that_was_computed_again_is_found() {
    on_both(|signed| {
        signed.tamper(&["DELETE FROM audit_event"]);
        signed.write(|conn| six_lines(conn, "refused"));
        let alone = signed.ground.db.read(audit::verify).unwrap();
        assert!(matches!(alone, audit::Chain::Whole { lines: 6, .. }), "the chain alone tells nothing: {alone:?}");
        signed.is_found_out("Het is opnieuw geschreven: regel 6 is niet de regel die ondertekend is.");
        let check = signed.desk.run(&["check", "--database-url", &signed.ground.url, "--key-file", "sleutel"]).ended(1);
        assert!(check.out.contains("Het is opnieuw geschreven"), "{check:?}");
    });
}

#[test]
fn a_head_of_ones_own_making_does_not_pass_and_neither_does_none() {
    on_both(|signed| {
        let path = signed.desk.path("openhouse-data/files/audit-head.json");
        let good = std::fs::read_to_string(&path).expect("it was signed");
        std::fs::write(&path, good.replace("\"lines\": 6", "\"lines\": 4")).expect("it can be written");
        assert!(
            signed.verify(&[]).ended(1).out.contains("is veranderd, of niet gezet met de sleutel"),
            "a changed head"
        );
        assert!(matches!(signed.sign(), Err(HeadTrouble::Contradicted(_))), "a forged head is not written over");
        std::fs::remove_file(&path).expect("it is there");
        assert!(signed.verify(&[]).ended(1).out.contains("De ondertekende kop van het logboek ontbreekt"));
        // One that was kept elsewhere still tells.
        signed.desk.write("elders.json", good);
        signed.verify(&["--head", "elders.json"]).ended(0);
        signed.tamper(&["DELETE FROM audit_event WHERE id > 4"]);
        assert!(signed.verify(&["--head", "elders.json"]).ended(1).out.contains("ontbreken regels"));
    });
}

#[test]
fn a_command_signs_what_it_did_and_a_backup_takes_the_head_along() {
    let desk = Desk::new();
    desk.run(&["migrate"]).ended(0);
    desk.write("openhouse-data/openhouse.key", KEY);
    let added: QueryResult<i64> =
        desk.db().write(|conn| add_municipality(conn, &Actor::installer(), now(), "Noordermeer"));
    added.expect("it can be added");
    desk.run(&["user", "add", "c.mol@noordermeer.example", "--name", "Chris Mol", "--role", "assessor"]).ended(0);
    let lines = desk.run(&["audit", "verify", "--json"]).ended(0).json();
    assert!(lines["lines"].as_u64() > Some(1) && lines["signed_lines"] == lines["lines"], "{lines}");
    desk.run(&["backup", "create", "een.backup"]).ended(0);
    desk.run(&["backup", "verify", "een.backup"]).ended(0);

    let elsewhere = Desk::new();
    elsewhere.write("openhouse.key", KEY);
    let place = ["--database-url", "sqlite:nieuw.db", "--files", "file:elders", "--key-file", "openhouse.key"];
    std::fs::copy(desk.path("een.backup"), elsewhere.path("een.backup")).expect("it can be brought there");
    let back = elsewhere.run(&[&["backup", "restore", "een.backup"], &place[..]].concat()).ended(0);
    assert!(back.out.contains("onder de ondertekende kop"), "{back:?}");
    let told = elsewhere.run(&[&["audit", "verify", "--json"], &place[..]].concat()).ended(0).json();
    assert_eq!(told["signed_lines"], lines["lines"]);
}
