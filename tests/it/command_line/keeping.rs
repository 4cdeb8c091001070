//! The files of an installation: `check` looks at every one of them, `backup` brings them away and back.

use std::fs::File;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use openhouse::account::store::add_municipality;
use openhouse::actor::Actor;
use openhouse::db::Db;
use openhouse::files::Files;
use openhouse::ids::Sha256Hex;
use openhouse::provider;
use openhouse::schema::submission;
use openhouse::statement::store::{Submission, SubmissionResult, record_submission};

use super::Desk;
use crate::ground::{every, now};

/// An installation with one provider, that keeps what is handed in.
struct Kept {
    desk: Desk,
    actor: Actor,
    provider_id: i64,
}

impl Kept {
    fn new() -> Kept {
        let desk = Desk::new();
        desk.run(&["migrate"]).ended(0);
        let made: QueryResult<(Actor, i64)> = desk.db().write(|conn| {
            let actor = Actor::system(add_municipality(conn, &Actor::installer(), now(), "Noordermeer")?);
            let kvk = "12345678".parse().expect("eight digits");
            let provider = provider::store::register(conn, &actor, now(), &kvk, "Werkpad", 7)?;
            Ok((actor, provider.id))
        });
        let (actor, provider_id) = made.expect("it can be made");
        Kept { desk, actor, provider_id }
    }

    fn files(&self) -> Files {
        Files::open(&self.desk.path("openhouse-data/files")).expect("the files open")
    }

    /// A file that comes in and is kept.
    fn keep(&self, contents: &[u8]) -> Sha256Hex {
        let digest = self.files().put(contents).expect("it can be stored");
        let new = Submission {
            provider_id: self.provider_id,
            quarter: "2026-Q3".parse().expect("a quarter"),
            received_at: now(),
            file_name: "opgave.xlsx".to_owned(),
            file_digest: Sha256Hex::of(b"as it came").to_string(),
            kept_digest: Some(digest.to_string()),
            result: SubmissionResult::Taken,
            good_rows: 1,
            refused_rows: 0,
            form_key: None,
        };
        let recorded: QueryResult<i64> = self.desk.db().write(|conn| record_submission(conn, &self.actor, &new));
        recorded.expect("it can be recorded");
        digest
    }
}

impl Desk {
    fn stored_at(&self, digest: &Sha256Hex) -> std::path::PathBuf {
        let hex = digest.as_str();
        self.path("openhouse-data/files").join(&hex[..2]).join(&hex[2..4]).join(hex)
    }
}

#[test]
fn check_names_every_file_that_is_gone_or_changed_and_what_it_belongs_to() {
    let kept = Kept::new();
    let (_good, gone, changed) = (kept.keep(b"goed"), kept.keep(b"weg"), kept.keep(b"anders"));
    kept.desk.run(&["check"]).ended(0);
    std::fs::remove_file(kept.desk.stored_at(&gone)).expect("it can go");
    std::fs::write(kept.desk.stored_at(&changed), b"Anders").expect("it can be changed");
    let done = kept.desk.run(&["check", "--lang", "en"]).ended(1);
    let now_there = Sha256Hex::of(b"Anders");
    let expected = format!(
        "Files: not in order. 2 of the 3 stored files are not in order:\n  \
         {gone} is missing. It belongs to receipt 2 (opgave.xlsx, 2026-Q3).\n  \
         {changed} was changed on disk (now {now_there}). It belongs to receipt 3 (opgave.xlsx, 2026-Q3).\n"
    );
    assert!(done.out.contains(&expected), "{done:?}");
}

#[test]
fn a_backup_made_under_load_comes_back_whole_elsewhere() {
    let kept = Kept::new();
    (0..20_u8).for_each(|n| _ = kept.keep(&[n; 10_000]));
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0_u32;
            while !stop.load(Ordering::Relaxed) {
                kept.keep(&n.to_be_bytes());
                n += 1;
            }
        });
        kept.desk.run(&["backup", "create", "een.backup", "--lang", "en"]).ended(0);
        stop.store(true, Ordering::Relaxed);
    });
    assert!(
        kept.desk.run(&["backup", "create", "een.backup", "--lang", "en"]).ended(2).err.contains("is there already")
    );
    let whole = kept.desk.run(&["backup", "verify", "een.backup", "--lang", "en"]).ended(0);
    assert!(whole.out.contains(" is whole: the database and "), "{whole:?}");

    let place = ["--database-url", "sqlite:elders/oh.db", "--files", "file:elders/files", "--lang", "en"];
    let back = kept.desk.run(&[&["backup", "restore", "een.backup"], &place[..]].concat()).ended(0);
    assert!(back.out.contains("The audit log is intact: "), "{back:?}");
    kept.desk.run(&[&["check"], &place[..]].concat()).ended(0);
    let rows = |url: &str| -> Vec<(i64, Option<String>)> {
        let db = Db::open(url).expect("the database opens");
        let found: QueryResult<_> = db.read(|conn| {
            submission::table.order(submission::id).select((submission::id, submission::kept_digest)).load(conn)
        });
        found.expect("the rows can be read")
    };
    let before = rows(&format!("sqlite:{}", kept.desk.path("openhouse-data/openhouse.db").display()));
    let after = rows(&format!("sqlite:{}", kept.desk.path("elders/oh.db").display()));
    assert!(after.len() >= 20 && before.starts_with(&after), "{} rows of {}", after.len(), before.len());
    let again = kept.desk.run(&[&["backup", "restore", "een.backup"], &place[..]].concat()).ended(2);
    assert!(again.err.contains("is there already or is not empty"), "{again:?}");
    let into_files = ["--database-url", "sqlite:nieuw.db", "--files", "file:elders/files", "--lang", "en"];
    let again = kept.desk.run(&[&["backup", "restore", "een.backup"], &into_files[..]].concat()).ended(2);
    assert!(again.err.contains("elders/files is not empty"), "{again:?}");
    assert!(!kept.desk.path("nieuw.db").exists());
    let left = std::fs::read_dir(kept.desk.path(".")).expect("a folder").filter_map(Result::ok);
    assert!(!left.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with('.')), "something was left");
}

/// What stands in an archive: names and bytes.
type Entries = Vec<(String, Vec<u8>)>;

#[test]
fn a_backup_that_was_changed_is_seen() {
    let kept = Kept::new();
    kept.keep(&[b'x'; 3_000]);
    kept.desk.run(&["backup", "create", "een.backup"]).ended(0);
    let rebuilt = |change: &dyn Fn(&mut Entries)| {
        let mut archive =
            zip::ZipArchive::new(File::open(kept.desk.path("een.backup")).expect("it is there")).expect("a ZIP");
        let mut entries = Entries::new();
        for place in 0..archive.len() {
            let mut entry = archive.by_index(place).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("it can be read");
            entries.push((name, bytes));
        }
        change(&mut entries);
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in &entries {
            zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("an entry");
            zip.write_all(bytes).expect("it can be written");
        }
        kept.desk.write("ander.backup", zip.finish().expect("it ends").into_inner());
        kept.desk.run(&["backup", "verify", "ander.backup", "--lang", "en"])
    };
    rebuilt(&|_| {}).ended(0);
    let changed = rebuilt(&|entries| entries[0].1[5_000] ^= 0x40).ended(1);
    assert_eq!(changed.out, "database is not what was put into the backup.\n");
    let changed = rebuilt(&|entries| entries[1].1[0] = b'y').ended(1);
    assert!(
        changed.out.starts_with("files/") && changed.out.contains(" is not what was put into the backup."),
        "{changed:?}"
    );
    let lacking = rebuilt(&|entries| _ = entries.remove(1)).ended(1);
    assert!(lacking.out.contains(" is missing from the backup."), "{lacking:?}");
    let more = rebuilt(&|entries| entries.push(("erbij".to_owned(), Vec::new()))).ended(1);
    assert_eq!(more.out, "The backup holds files that do not belong there.\n");
    kept.desk.write("geen.backup", b"geen back-up");
    kept.desk.run(&["backup", "verify", "geen.backup"]).ended(2);
    kept.desk.run(&["backup", "restore", "geen.backup", "--database-url", "sqlite:nieuw.db"]).ended(2);
}

#[test]
fn a_postgres_backup_comes_back_into_an_empty_database() {
    let mut grounds = every().into_iter().filter(|ground| ground.backend == "postgres");
    let Some(from) = grounds.next() else { return };
    let desk = Desk::new();
    let made: QueryResult<i64> =
        from.db.write(|conn| add_municipality(conn, &Actor::installer(), now(), "Noordermeer"));
    made.expect("it can be made");
    let url = ["--database-url", &from.url, "--lang", "en"];
    desk.run(&[&["backup", "create", "pg.backup"], &url[..]].concat()).ended(0);
    desk.run(&["backup", "verify", "pg.backup"]).ended(0);
    let full = desk.run(&[&["backup", "restore", "pg.backup"], &url[..]].concat()).ended(2);
    assert!(full.err.contains("is not empty"), "{full:?}");
    let emptied: QueryResult<()> =
        from.db.write(|conn| conn.batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
    emptied.expect("it can be emptied");
    let back = desk.run(&[&["backup", "restore", "pg.backup"], &url[..]].concat()).ended(0);
    assert!(back.out.contains("The audit log is intact: 1 line"), "{back:?}");
}
