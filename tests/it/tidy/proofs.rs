//! The ledger of the ASVS names its proofs (bewijs): each file and each test that docs/naslag/asvs.md names is there.

use super::{hold, pages, read, root};

#[test]
fn what_the_ledger_names_as_a_proof_is_there() {
    let ledger = read("docs/naslag/asvs.md");
    let code: String = pages(&["src", "tests"]).iter().map(|page| page.text.clone()).collect();
    let named: Vec<&str> = ledger.split('`').skip(1).step_by(2).collect();
    assert!(named.len() > 100, "the ledger was not read");
    let breaches = named.into_iter().filter_map(|word| {
        let first = word.split('/').next().unwrap_or_default();
        let is_place =
            word.contains('/') && ["src", "tests", "templates", "assets", "docs", "benches"].contains(&first);
        let is_name = word.matches('_').count() > 3 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let there = match (is_place, is_name) {
            (true, _) => root().join(word).exists(),
            (false, true) => code.contains(&format!("fn {word}(")),
            (false, false) => true,
        };
        (!there).then(|| format!("docs/naslag/asvs.md: {word} is not there"))
    });
    hold(
        breaches,
        "Who reads that a requirement is met must find the proof. Name the test or the file by its new name.",
    );
}
