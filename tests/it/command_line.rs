//! The command line: the real binary in a folder of its own, seen from outside: what it prints, where, and its exit code.

mod administering;
mod help;
mod importing;
mod installing;
mod keeping;
mod tampering;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A folder in which the binary is run; its database and files come to stand there.
struct Desk {
    folder: tempfile::TempDir,
}

/// What a run came to.
#[derive(Debug)]
struct Done {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).expect("the folder can be written");
    }

    fn run(&self, arguments: &[&str]) -> Done {
        self.run_with(arguments, &[], b"")
    }

    /// Nothing of the environment of the tests reaches the binary.
    fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)], input: &[u8]) -> Done {
        let mut running = Command::new(env!("CARGO_BIN_EXE_openhouse"))
            .args(arguments)
            .env_clear()
            .envs(environment.iter().copied())
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        // A command that does not read its input closes it, which is no fault here.
        let _ = running.stdin.take().expect("it has an input").write_all(input);
        let done = running.wait_with_output().expect("the binary ends");
        let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
        Done { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
    }
}

impl Done {
    #[track_caller]
    fn ended(self, code: i32) -> Done {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|fault| panic!("{fault}: {self:?}"))
    }
}

fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(name)
}

#[track_caller]
fn gives_the_findings_of_v01(done: &Done) {
    let expected = std::fs::read(vector("v01.findings.json")).expect("the vector is there");
    let (found, expected) = (done.json(), serde_json::from_slice::<Value>(&expected).expect("JSON"));
    for part in ["findings", "also"] {
        assert!(!expected[part].is_null(), "the vector has no {part}");
        assert_eq!(found[part], expected[part], "{part}");
    }
}

#[test]
fn judge_gives_the_findings_of_a_vector() {
    let facts = vector("v01.facts.json");
    gives_the_findings_of_v01(&Desk::new().run(&["judge", facts.to_str().expect("a plain path")]).ended(0));
}

#[test]
fn judge_reads_standard_input_at_a_dash() {
    let facts = std::fs::read(vector("v01.facts.json")).expect("the vector is there");
    gives_the_findings_of_v01(&Desk::new().run_with(&["judge", "-"], &[], &facts).ended(0));
}

#[test]
fn broken_facts_are_refused_by_the_path_of_what_is_wrong() {
    let text = std::fs::read_to_string(vector("v01.facts.json")).expect("the vector is there");
    let mut facts: Value = serde_json::from_str(&text).expect("JSON");
    facts["trajectories"][0]["referred_on"] = "2026-02-30".into();
    let desk = Desk::new();
    let done = desk.run_with(&["judge", "-"], &[], facts.to_string().as_bytes()).ended(2);
    assert!(done.out.is_empty() && done.err.contains("referred_on"), "{done:?}");
    let done = desk.run_with(&["judge", "-"], &[], b"{").ended(2);
    assert!(done.out.is_empty() && !done.err.is_empty(), "{done:?}");
    let done = desk.run(&["judge", "geen-feiten.json"]).ended(2);
    assert!(done.err.contains("geen-feiten.json"), "{done:?}");
}

#[test]
fn what_is_not_a_quarter_is_refused_before_anything_is_made() {
    let desk = Desk::new();
    let done = desk.run(&["assess", "2026-Q9"]).ended(2);
    assert!(done.err.contains("2026-Q9") && done.err.contains("such as 2026-Q3"), "{done:?}");
    assert!(!desk.path("openhouse-data").exists());
}

/// A reader that stops at once, as `head` does after its lines.
#[test]
fn who_stops_reading_is_no_trouble() {
    let desk = Desk::new();
    for arguments in [&["config", "example"][..], &["migrate"], &["--help"], &["judge", "niets.json"]] {
        let mut running = Command::new(env!("CARGO_BIN_EXE_openhouse"))
            .args(arguments)
            .env_clear()
            .current_dir(desk.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        drop(running.stdout.take());
        if arguments[0] == "judge" {
            drop(running.stderr.take());
        }
        let done = running.wait_with_output().expect("the binary ends");
        let expected = if arguments[0] == "judge" { 2 } else { 0 };
        assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(expected), ""));
    }
    assert!(desk.path("openhouse-data/openhouse.db").is_file(), "the work was left undone");
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("the device is there");
    let done = Command::new(env!("CARGO_BIN_EXE_openhouse"))
        .args(["config", "example"])
        .env_clear()
        .stdout(full)
        .output()
        .expect("the binary runs");
    assert_eq!(done.status.code(), Some(2));
    assert!(!done.stderr.is_empty());
}
