//! The files of an installation: `check` looks at every one of them.

use diesel::prelude::*;
use openhouse::account::store::add_municipality;
use openhouse::actor::Actor;
use openhouse::files::Files;
use openhouse::ids::Sha256Hex;
use openhouse::provider;
use openhouse::statement::store::{Submission, SubmissionResult, record_submission};

use super::Desk;
use crate::ground::now;

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
