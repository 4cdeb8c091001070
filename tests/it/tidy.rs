//! The house rules, held against the real source. Every rule tells its reason; when the reason no longer holds,
//! change the rule here and in `docs/architecture.md` in one commit.

mod dry_rooms;
mod own_tables;
mod proofs;
mod reading;
mod story_order;
mod texts;

use std::path::{Path, PathBuf};

use reading::{first_word, without_comments};

/// A file of the project, by its path from the project's folder.
struct Page {
    path: String,
    text: String,
}

impl Page {
    fn new(path: &str, text: &str) -> Page {
        Page { path: path.to_owned(), text: text.to_owned() }
    }

    /// The module of a page below src: its folder, or its own name.
    fn module(&self) -> &str {
        first_word(self.path.strip_prefix("src/").unwrap_or(&self.path))
    }
}

#[test]
fn a_page_is_read_in_one_sitting() {
    // The list of all tables is looked up, not read; one list shows which chapter owns what.
    let long = |page: &Page| page.path != "src/schema.rs" && page.text.lines().count() > 400;
    hold(
        rust_pages().iter().filter(|page| long(page)).map(|page| format!("{}: more than 400 lines", page.path)),
        "A file tells one thing. When it holds two subjects, give the second a file of its own.",
    );
}

#[test]
fn a_page_opens_with_what_it_is() {
    hold(
        rust_pages()
            .iter()
            .filter(|page| !page.text.starts_with("//! "))
            .map(|page| format!("{}:1: does not begin with `//! `", page.path)),
        "The first line says what the page is, with the Dutch term, so that nobody has to guess from the code.",
    );
}

#[test]
fn nothing_is_left_to_do() {
    // Put together here, so that this page does not find itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
    ];
    hold(
        pages(&["src", "tests", "benches", "templates", "i18n"]).iter().flat_map(|page| {
            numbered(&page.text)
                .filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)))
                .map(|(number, line)| format!("{}:{number}: {}", page.path, line.trim()))
                .collect::<Vec<_>>()
        }),
        "What is left to do is done, or is an issue; the code that stands here is finished.",
    );
}

#[test]
fn a_command_speaks_through_one_page() {
    let marks = [concat!("print", "ln!("), concat!("pri", "nt!(")];
    let outside = |page: &&Page| page.path.starts_with("src/") && page.path != "src/cli/out.rs";
    hold(
        pages(&["src"]).iter().filter(outside).flat_map(|page| {
            let text = without_comments(&page.text);
            let spoken = numbered(&text).filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)));
            spoken.map(|(number, line)| format!("{}:{number}: {}", page.path, line.trim())).collect::<Vec<_>>()
        }),
        "The standard macros panic when the reader of the output went away, as `head` does. `say!` and `complain!` of \
         src/cli/out.rs do not.",
    );
}

#[test]
fn no_municipality_is_named_in_code() {
    let names = municipalities();
    hold(
        pages(&["src", "tests", "benches", "templates", "i18n"]).iter().flat_map(|page| named_in(page, &names)),
        "Every municipality is a tenant and its settings are data with validity dates (defaults/), so no rule, page \
         or text may know one by name. A comment may quote its source, and a test may use the id of a scheme \
         (name-year). The label of a set of definitions (name-year/version) is printed in every finding and \
         decides nothing, so it may stand anywhere.",
    );
}

/// The places of a page where a municipality is named outside comments.
fn named_in(page: &Page, names: &[String]) -> Vec<String> {
    let text = if page.path.ends_with(".rs") { without_comments(&page.text) } else { page.text.clone() };
    let mut in_tests = page.path.starts_with("tests/") || page.path.starts_with("benches/");
    let mut found = Vec::new();
    for (number, line) in numbered(&text) {
        in_tests |= line.contains("#[cfg(test)]");
        let line = line.to_lowercase();
        for name in names {
            let named = line.match_indices(name.as_str()).any(|(at, _)| {
                let (before, after) = (&line[..at], &line[at + name.len()..]);
                let whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
                whole && !is_label(after) && !(in_tests && after_year(after).is_some())
            });
            if named {
                found.push(format!("{}:{number}: names {name:?}", page.path));
            }
        }
    }
    found
}

/// "-2019/1": what follows the name in the label of a set of definitions.
fn is_label(rest: &str) -> bool {
    after_year(rest).is_some_and(|rest| rest.starts_with('/'))
}

/// What follows after "-2019", when a year follows the name.
fn after_year(rest: &str) -> Option<&str> {
    let (year, rest) = rest.strip_prefix('-')?.split_at_checked(4)?;
    year.bytes().all(|b| b.is_ascii_digit()).then_some(rest)
}

/// The municipalities whose profile schemes come with the product, in lower case.
fn municipalities() -> Vec<String> {
    let file = read("defaults/profile-schemes.yaml");
    let file: serde_json::Value = serde_saphyr::from_str(&file).expect("defaults/profile-schemes.yaml is YAML");
    let schemes = file["schemes"].as_array().expect("defaults/profile-schemes.yaml has schemes");
    let named = schemes.iter().filter_map(|scheme| scheme["municipalities"].as_array()).flatten();
    let names: Vec<String> = named.filter_map(|one| one["name"].as_str()).map(str::to_lowercase).collect();
    assert!(names.len() >= schemes.len(), "not every scheme of defaults/profile-schemes.yaml names a municipality");
    names
}

#[test]
fn the_rule_about_names_sees_a_name_and_spares_its_source() {
    let names = ["oosterend".to_owned()];
    let found = |path: &str, text: &str| named_in(&Page::new(path, text), &names).len();
    assert_eq!(found("src/a.rs", "if name == \"Oosterend\" {}"), 1);
    assert_eq!(found("src/a.rs", "let id = \"oosterend-2019\";"), 1, "outside tests an id is a name too");
    assert_eq!(found("src/a.rs", "let label = \"oosterend-2019/1\";"), 0);
    assert_eq!(found("src/a.rs", "//! Source: Startdocument Oosterend\n/* Oosterend */"), 0);
    assert_eq!(found("src/a.rs", "#[cfg(test)]\nlet id = \"oosterend-2019\";"), 0);
    assert_eq!(found("templates/a.html", "<p>Welkom in Oosterend</p>"), 1);
    assert_eq!(found("src/a.rs", "oosterender"), 0);
}

/// Fails with every breach and the reason of the rule.
#[track_caller]
fn hold(breaches: impl IntoIterator<Item = String>, reason: &str) {
    let breaches: Vec<String> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "\n{}\n\nWhy: {reason}\n", breaches.join("\n"));
}

fn rust_pages() -> Vec<Page> {
    pages(&["src", "tests", "benches"]).into_iter().filter(|page| page.path.ends_with(".rs")).collect()
}

/// Every text file below these folders, in order of path. A folder that does not exist has none.
fn pages(folders: &[&str]) -> Vec<Page> {
    let mut paths = Vec::new();
    for folder in folders {
        walk(&root().join(folder), &mut paths);
    }
    paths.sort();
    let known = ["rs", "html", "txt", "css", "ftl", "mjs", "svg", "sql"];
    let texts =
        paths.into_iter().filter(|path| path.extension().is_some_and(|end| known.iter().any(|known| end == *known)));
    texts
        .map(|path| {
            let name = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
            Page { text: read(&name), path: name }
        })
        .collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.expect("a readable folder").path()) {
        if !path.is_dir() {
            paths.push(path);
        } else if path.file_name().is_none_or(|name| name != "node_modules" && name != "vectors") {
            walk(&path, paths);
        }
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}
