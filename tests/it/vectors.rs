//! `tests/vectors/` holds facts with the findings they must give, computed from the rules by an independent program.

use std::path::{Path, PathBuf};

use openhouse::indicator::judge_document;
use openhouse::text::Lang;
use serde_json::Value;

/// Every facts file of the folder, in the order of their names.
pub fn facts_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let entries = std::fs::read_dir(&folder).expect("the folder of vectors is there");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder of vectors can be read").path())
        .filter(|path| path.to_string_lossy().ends_with(".facts.json"))
        .collect();
    files.sort();
    assert!(files.len() >= 87, "only {} vectors are left", files.len());
    files
}

#[test]
fn the_facts_give_the_findings_they_must() {
    let differences: Vec<String> = facts_files().iter().flat_map(|file| differences(file)).collect();
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

/// Compared are `findings`, one by one, and `also`.
fn differences(file: &Path) -> Vec<String> {
    let name = file.file_name().expect("it is a file").to_string_lossy().into_owned();
    let bytes = std::fs::read(file).expect("a vector can be read");
    let found = match judge_document(&bytes, Lang::En) {
        Ok(found) => found,
        Err(messages) => return messages.iter().map(|message| format!("{name}: refused, {message}")).collect(),
    };
    let expected =
        std::fs::read(file.with_file_name(name.replace(".facts.", ".findings."))).expect("facts have findings");
    let [found, expected] =
        [found.as_bytes(), &expected].map(|json| serde_json::from_slice::<Value>(json).expect("JSON"));
    let parts = (0..10).map(|place| format!("/findings/{place}")).chain(["/also".into(), "/quarter".into()]);
    parts
        .filter(|part| found.pointer(part) != expected.pointer(part) || found.pointer(part).is_none())
        .map(|part| {
            format!("{name} {part}\n  found    {:?}\n  expected {:?}", found.pointer(&part), expected.pointer(&part))
        })
        .collect()
}
