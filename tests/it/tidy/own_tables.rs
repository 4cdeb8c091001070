//! Rule of direction 2, own tables: only the chapter that owns a table writes it. Reading is free.

use std::collections::HashMap;

use super::reading::{code, first_word, is_word, line_of, places_of, without_comments};
use super::story_order::Story;
use super::{Page, hold, numbered, pages, read, root};

#[test]
fn only_the_owner_writes_a_table() {
    let schema = if root().join("src/schema.rs").exists() { read("src/schema.rs") } else { String::new() };
    let story = Story::read(&read("src/lib.rs"));
    let (owners, unowned) = owners(&schema);
    hold(
        unowned.into_iter().chain(pages(&["src"]).iter().flat_map(|page| foreign_writes(page, &owners, &story))),
        "Who wants to know how a row comes to be has one chapter to read. `// chapter: name` in src/schema.rs stands \
         above the tables of that chapter; every other chapter asks a verb of its store.",
    );
}

/// The chapter of every table in the schema, and a breach for every table that stands under none.
fn owners(schema: &str) -> (HashMap<String, String>, Vec<String>) {
    let (mut owners, mut unowned) = (HashMap::new(), Vec::new());
    let (mut chapter, mut name_follows) = (None, false);
    for (number, line) in numbered(schema) {
        let mut line = line.trim();
        if let Some(name) = line.strip_prefix("// chapter: ") {
            chapter = Some(name.trim().to_owned());
        }
        if let Some((_, rest)) = line.split_once("table! {") {
            (name_follows, line) = (true, rest.trim());
        }
        if name_follows && !line.is_empty() && !["//", "#[", "use "].iter().any(|other| line.starts_with(other)) {
            name_follows = false;
            let table = first_word(line).to_owned();
            match &chapter {
                Some(chapter) => _ = owners.insert(table, chapter.clone()),
                None => unowned.push(format!("src/schema.rs:{number}: no `// chapter: name` above table {table}")),
            }
        }
    }
    (owners, unowned)
}

fn foreign_writes(page: &Page, owners: &HashMap<String, String>, story: &Story) -> Vec<String> {
    if !page.path.ends_with(".rs") || page.path == "src/schema.rs" {
        return Vec::new();
    }
    let breach = |(line, table): (usize, String)| match owners.get(&table) {
        Some(owner) if owner == page.module() => None,
        Some(owner) => Some(format!("{}:{line}: writes {table}, a table of chapter {owner}", page.path)),
        // The ground has helpers that serve any table.
        None if story.heading(page.module()) == "Ground" => None,
        None => Some(format!("{}:{line}: writes `{table}`; name the table itself, as in `invoice::table`", page.path)),
    };
    diesel_writes(&page.text, owners).into_iter().chain(sql_writes(&page.text, owners)).filter_map(breach).collect()
}

/// Every write in diesel's words, with its line and its table, or with what stands there when that is no table.
fn diesel_writes(text: &str, owners: &HashMap<String, String>) -> Vec<(usize, String)> {
    let text = code(text);
    let mut writes = Vec::new();
    for verb in ["insert_into", "insert_or_ignore_into", "replace_into", "update", "delete"] {
        for at in places_of(&text, verb) {
            let Some(argument) = text[at + verb.len()..].trim_start().strip_prefix('(') else { continue };
            let mut said = path(argument);
            if let [variable] = said[..]
                && let Some(bound) = text[..at].rfind(&format!("let {variable} = "))
            {
                said = path(&text[bound + format!("let {variable} = ").len()..]);
            }
            let surely = text[..at].ends_with("diesel::") || said.last() == Some(&"table");
            let table = said.iter().rev().find(|name| owners.contains_key(**name));
            if table.is_some() || surely {
                writes.push((line_of(&text, at), table.map_or_else(|| said.join("::"), |table| (*table).to_owned())));
            }
        }
    }
    writes
}

/// The parts of the path at the beginning of an expression: `schema`, `location`, `table`.
fn path(expression: &str) -> Vec<&str> {
    let end = expression.find(|c| !is_word(c) && !": \n&".contains(c)).unwrap_or(expression.len());
    expression[..end].split("::").map(str::trim).collect()
}

/// Every write in SQL on a table of the schema, with its line.
fn sql_writes(text: &str, owners: &HashMap<String, String>) -> Vec<(usize, String)> {
    let text = without_comments(text).to_lowercase();
    let words: Vec<(usize, &str)> = text
        .split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let write = |three: &[(usize, &str)]| {
        let table = match [three[0].1, three[1].1, three[2].1] {
            ["insert" | "replace", "into", table] | ["delete", "from", table] | ["update", table, "set"] => table,
            ["ignore", "into", table] => table,
            _ => return None,
        };
        owners.contains_key(table).then(|| (line_of(&text, three[0].0), table.to_owned()))
    };
    words.windows(3).filter_map(write).collect()
}

#[test]
fn a_table_without_a_chapter_is_a_breach() {
    let (owners, unowned) = owners(
        "//! Tables.\ndiesel::table! {\n    stray (id) {\n    }\n}\n\n// chapter: provider\ndiesel::table! {\n    use diesel::sql_types::*;\n\n    \
         /// One row.\n    location (id) {}\n}\n",
    );
    assert_eq!(owners, HashMap::from([("location".to_owned(), "provider".to_owned())]));
    assert_eq!(unowned, ["src/schema.rs:3: no `// chapter: name` above table stray"]);
}

#[test]
fn a_foreign_write_is_seen_however_it_is_written() {
    let owners = HashMap::from([("location".to_owned(), "provider".to_owned())]);
    let story = Story::read("// Ground: x.\npub mod db;\n// The contract.\npub mod provider;\npub mod staff;\n");
    let breaches = |path: &str, text: &str| foreign_writes(&Page::new(path, text), &owners, &story).len();
    let staff = |text: &str| breaches("src/staff/store.rs", text);
    for write in [
        "diesel::insert_into(location::table)",
        "diesel::update(schema::location::table.find(1))",
        "delete(location::table\n    .filter(x))",
        "diesel::update(&row)",
        "let here = location::table.filter(x);\ndiesel::update(here)",
        "diesel::insert_into(l::table)",
        "sql_query(\"INSERT INTO location (id) VALUES (1)\")",
        "sql_query(\"update location\n set id = 2\")",
    ] {
        assert_eq!(staff(write), 1, "{write}");
    }
    assert_eq!(staff("location::table.find(1); hash.update(bytes); map.insert(location); // delete from location"), 0);
    assert_eq!(breaches("src/provider/store.rs", "diesel::insert_into(location::table)"), 0);
    assert_eq!(breaches("src/provider/store.rs", "let here = location::table.filter(x);\ndiesel::update(here)"), 0);
    assert_eq!(breaches("src/db.rs", "diesel::insert_into(table)"), 0);
}
