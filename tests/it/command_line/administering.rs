//! `config`, `migrate`, `check`, `audit` and `user`.

use chrono::Utc;
use diesel::connection::SimpleConnection;
use diesel::result::QueryResult;
use openhouse::account::store::credential::open_account_link;
use openhouse::account::store::{NewUser, add_municipality, add_user};
use openhouse::account::{LinkKind, Token};
use openhouse::actor::{Actor, Role};
use openhouse::audit::{self, Chain};
use openhouse::db::{Conn, Db};
use openhouse::ids::Kvk;
use openhouse::provider;
use serde_json::Value;

use super::Desk;
use crate::ground::{every, now, sqlite};

#[test]
fn an_unknown_key_is_refused_and_the_nearest_is_named() {
    let desk = Desk::new();
    desk.write("openhouse.toml", "databse_url = \"sqlite:oh.db\"\n");
    let done = desk.run(&["config", "show"]).ended(2);
    assert!(done.err.contains("databse_url") && done.err.contains("database_url?"), "{done:?}");
    let done = desk.run_with(&["check", "--config", "geen.toml"], &[("OPENHOUSE_LAGN", "en")], b"").ended(2);
    assert!(done.err.contains("geen.toml"), "{done:?}");
}

#[test]
fn config_show_tells_where_a_value_came_from_and_hides_the_password() {
    let desk = Desk::new();
    let secret = [("OPENHOUSE_DATABASE_URL", "postgres://oh:geheim@db/oh")];
    let shown = desk.run_with(&["config", "show", "--lang", "en"], &secret, b"").ended(0);
    assert!(shown.out.contains("postgres://oh:***@db/oh") && shown.out.contains("OPENHOUSE_DATABASE_URL"), "{shown:?}");
    let as_json = desk.run_with(&["config", "show", "--json"], &secret, b"").ended(0);
    assert_eq!(as_json.json()[0]["key"], "database_url");
    for done in [shown, as_json] {
        assert!(!done.out.contains("geheim") && done.err.is_empty(), "{done:?}");
    }
}

#[test]
fn the_example_of_the_settings_can_be_used_as_it_is() {
    let desk = Desk::new();
    let example = desk.run(&["config", "example"]).ended(0).out;
    assert_eq!(example, openhouse::config::example());
    desk.write("openhouse.toml", example);
    desk.run(&["config", "show"]).ended(0);
}

#[test]
fn a_database_that_does_not_answer_is_told_without_its_password() {
    let url = "postgres://oh:geheim@127.0.0.1:1/oh?password=geheim";
    for arguments in [&["check"][..], &["migrate"], &["audit", "verify"], &["user", "list"]] {
        let done = Desk::new().run_with(arguments, &[("OPENHOUSE_DATABASE_URL", url)], b"");
        assert!(matches!(done.code, Some(1 | 2)), "{done:?}");
        assert!(!done.out.contains("geheim") && !done.err.contains("geheim"), "{done:?}");
    }
}

#[test]
fn migrate_makes_the_tables_once() {
    let desk = Desk::new();
    let first = desk.run(&["migrate", "--lang", "en"]).ended(0);
    assert!(first.out.contains("0001_ground"), "{first:?}");
    let second = desk.run(&["migrate", "--lang", "en"]).ended(0);
    assert_eq!(second.out, "The database was up to date already.\n");
}

#[test]
fn check_is_content_with_a_fresh_installation_and_changes_nothing() {
    let desk = Desk::new();
    let before = desk.run(&["check", "--lang", "en"]).ended(1);
    assert!(before.out.contains("Database: not in order.") && before.out.contains("openhouse migrate"), "{before:?}");
    assert!(!desk.path("openhouse-data").exists(), "check made something");
    desk.run(&["migrate"]).ended(0);
    let after = desk.run(&["check", "--lang", "en"]).ended(0);
    assert_eq!(
        after.out, "Configuration: in order\nDatabase: in order\nFiles: in order\nAudit log: in order\nKey: in order\n",
        "{}",
        after.err
    );
    let left = std::fs::read_dir(desk.path("openhouse-data/files/incoming")).unwrap().count();
    assert_eq!(left, 0, "check left something behind");
}

#[test]
fn check_says_what_is_wrong_of_each_part() {
    let desk = Desk::new();
    desk.run(&["migrate"]).ended(0);
    let done = desk.run(&["check", "--files", "file:elders", "--lang", "en"]).ended(1);
    assert!(done.out.contains("Files: not in order. The folder elders does not exist."), "{done:?}");
    assert!(!desk.path("elders").exists());
    std::fs::create_dir(desk.path("vol")).unwrap();
    desk.write("vol/incoming", "a file where a folder must be");
    let done = desk.run(&["check", "--files", "file:vol", "--lang", "en"]).ended(1);
    assert!(done.out.contains("Files: not in order. making the folder vol/incoming"), "{done:?}");
    desk.write("oh.db", "this is no database, but a text that is long enough to have been taken for one");
    let done = desk.run(&["check", "--database-url", "sqlite:oh.db", "--lang", "en"]).ended(1);
    assert!(done.out.contains("Database: not in order. the database sqlite:oh.db does not open"), "{done:?}");
    assert!(done.out.contains("Audit log: not in order."), "{done:?}");
}

#[test]
fn the_audit_of_an_empty_database_is_whole() {
    for ground in every() {
        let done = Desk::new().run(&["audit", "verify", "--json", "--database-url", &ground.url]).ended(0);
        let told = done.json();
        assert_eq!((&told["whole"], &told["lines"]), (&true.into(), &0.into()), "{}", ground.backend);
        assert_eq!(told["head"], "0".repeat(64));
    }
}

#[test]
fn a_line_that_was_changed_is_named() {
    let ground = sqlite();
    add_people(&ground.db);
    let whole = Desk::new().run(&["audit", "verify", "--lang", "en", "--database-url", &ground.url]).ended(0);
    assert!(whole.out.starts_with("The audit log is intact: 7 lines."), "{whole:?}");
    let tampered: QueryResult<()> = ground.db.write(|conn| {
        conn.batch_execute("DROP TRIGGER audit_event_is_never_changed")?;
        conn.batch_execute("UPDATE audit_event SET actor = 'iemand anders' WHERE id = 3")
    });
    tampered.unwrap();
    let done = Desk::new().run(&["audit", "verify", "--lang", "en", "--database-url", &ground.url]).ended(1);
    assert!(done.out.contains("Line 3 "), "{done:?}");
    let done = Desk::new().run(&["audit", "verify", "--json", "--database-url", &ground.url]).ended(1);
    assert_eq!(done.json()["first_broken_line"], 3);
    let done = Desk::new().run(&["check", "--lang", "en", "--database-url", &ground.url]).ended(1);
    assert!(done.out.contains("Audit log: not in order. The audit log is not intact. Line 3 "), "{done:?}");
}

#[test]
fn a_mistyped_address_does_not_pass_for_an_audit_that_is_whole() {
    let desk = Desk::new();
    let done = desk.run(&["audit", "verify", "--database-url", "sqlite:mistyped.db", "--lang", "en"]).ended(2);
    assert!(done.err.contains("sqlite:mistyped.db does not exist yet"), "{done:?}");
    assert!(!desk.path("mistyped.db").exists());
}

#[test]
fn everybody_who_may_sign_in_is_listed_with_every_role() {
    for ground in every() {
        add_people(&ground.db);
        let url = ["--database-url", &ground.url];
        let done = Desk::new().run(&[&["user", "list", "--lang", "en"], &url[..]].concat()).ended(0);
        let lines: Vec<&str> = done.out.lines().collect();
        assert_eq!(lines.len(), 4, "{}: {done:?}", ground.backend);
        assert_eq!(lines[0], "Noordermeer  a.prins@noordermeer.example  Anja Prins  contract manager");
        assert_eq!(lines[2], "Noordermeer  b.vos@werkpad.example        Bram Vos    provider Werkpad Noord (12345678)");
        let told = Desk::new().run(&[&["user", "list", "--json"], &url[..]].concat()).ended(0).json();
        assert_eq!((&told[0]["role"], &told[0]["provider"]), (&"contract_manager".into(), &Value::Null));
        assert_eq!((&told[3]["role"], &told[3]["provider"]), (&"provider_user".into(), &"87654321".into()));
    }
}

#[test]
fn an_invitation_is_for_the_right_person_and_stands_in_the_audit() {
    for ground in every() {
        add_people(&ground.db);
        let place = ["--database-url", &ground.url, "--public-url", "https://openhouse.example", "--lang", "en"];
        let run = |options: &[&str]| Desk::new().run(&[&["user"], options, &place[..]].concat());
        let invited = |out: &str| {
            let link = out.lines().nth(1).and_then(|line| line.split("/inloggen/uitnodiging/").nth(1)).expect("a link");
            let (now, token) = (Utc::now().naive_utc(), Token::read(link).expect("a token"));
            let open = |conn: &mut Conn| open_account_link(conn, now, LinkKind::Invitation, &token);
            ground.db.read(open).unwrap().map(|holder| holder.name)
        };
        let added = run(&["add", "c.mol@noordermeer.example", "--name", "Chris Mol", "--role", "assessor"]).ended(0);
        assert!(added.out.starts_with("Invitation for Chris Mol, to be used before "), "{added:?}");
        assert_eq!(invited(&added.out).as_deref(), Some("Chris Mol"), "{}", ground.backend);
        let again = run(&["reset", "C.Mol@noordermeer.example"]).ended(0);
        assert_eq!(invited(&again.out).as_deref(), Some("Chris Mol"));
        assert_eq!(invited(&added.out), None, "the earlier invitation still works");
        // The role that was given; the reset with its sessions.
        let chain = ground.db.read(audit::verify).unwrap();
        assert!(matches!(chain, Chain::Whole { lines: 10, .. }), "{}: {chain:?}", ground.backend);
    }
}

#[test]
fn a_role_with_a_provider_needs_a_provider_and_another_role_has_none() {
    let ground = sqlite();
    add_people(&ground.db);
    let add = |options: &[&str]| {
        let place =
            ["user", "add", "d@werkpad.example", "--name", "Dana", "--lang", "en", "--database-url", &ground.url];
        Desk::new().run(&[&place[..], options].concat())
    };
    for wrong in [
        &["--role", "provider_user"][..],
        &["--role", "provider_user", "--provider", "11111111"],
        &["--role", "viewer", "--provider", "12345678"],
        &["--role", "system"],
    ] {
        let refused = add(wrong).ended(2);
        assert!(refused.err.starts_with("A role with a provider needs --provider"), "{refused:?}");
    }
    let misspelt = add(&["--role", "raadpleger"]).ended(2);
    assert!(misspelt.err.contains("Choose one of: contract_manager, "), "{misspelt:?}");
    add(&["--role", "provider_admin", "--provider", "12345678"]).ended(0);
    let twice = add(&["--role", "provider_admin", "--provider", "12345678"]).ended(2);
    assert!(twice.err.starts_with("This person has this role already."), "{twice:?}");
}

#[test]
fn nobody_unknown_gets_a_link() {
    let ground = sqlite();
    let done =
        Desk::new().run(&["user", "reset", "x@y.example", "--lang", "en", "--database-url", &ground.url]).ended(2);
    assert!(done.err.starts_with("There is no user with e-mail address x@y.example."), "{done:?}");
}

/// A manager with one role, and somebody who is a viewer and works for two providers: seven lines in the audit.
fn add_people(db: &Db) {
    let added: QueryResult<()> = db.write(|conn| {
        let town = add_municipality(conn, &Actor::installer(), now(), "Noordermeer")?;
        let actor = Actor::system(town);
        let mut register = |kvk: &str, name, number| {
            let kvk: Kvk = kvk.parse().expect("eight digits");
            provider::store::register(conn, &actor, now(), &kvk, name, number)
        };
        let north = register("12345678", "Werkpad Noord", 7)?.id;
        let south = register("87654321", "Werkpad Zuid", 8)?.id;
        let (anja, bram) = (("Anja Prins", "a.prins@noordermeer.example"), ("Bram Vos", "b.vos@werkpad.example"));
        for ((name, email), role, provider_id) in [
            (anja, Role::ContractManager, None),
            (bram, Role::Viewer, None),
            (bram, Role::ProviderUser, Some(north)),
            (bram, Role::ProviderUser, Some(south)),
        ] {
            add_user(conn, &actor, now(), &NewUser { name, email, role, municipality_id: town, provider_id })?;
        }
        Ok(())
    });
    added.expect("the people can be added");
}

#[test]
fn the_daily_round_is_tried_out_and_done_by_hand() {
    let desk = Desk::new();
    let refused = desk.run(&["remind", "run"]).ended(2);
    assert!(!desk.path("openhouse-data/openhouse.db").exists(), "{refused:?}");
    desk.run(&["migrate"]).ended(0);
    let path = desk.path("openhouse-data/openhouse.db");
    let db = Db::open(&format!("sqlite:{}", path.display())).expect("the database opens");
    db.write(|conn| add_municipality(conn, &Actor::installer(), now(), "Noordermeer")).expect("a municipality");
    let tried = desk.run(&["remind", "run", "--dry-run", "--taal", "nl"]).ended(0);
    assert!(tried.out.contains("Er is niets bewaard") && tried.out.contains("Niets te doen."), "{tried:?}");
    let done = desk.run(&["remind", "run", "--json"]).ended(0).json();
    assert_eq!((&done[0]["municipality"], &done[0]["successors"]), (&Value::from("Noordermeer"), &Value::from(0)));
}
