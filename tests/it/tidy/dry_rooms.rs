//! Rule of direction 3, dry rooms: rules and words know no web framework, no database connection and no clock.

use super::reading::{code, first_word, line_of, places_of};
use super::story_order::{Story, modules_used};
use super::{Page, hold, pages, read};

#[test]
fn dry_rooms_know_no_web_no_database_and_no_clock() {
    let story = Story::read(&read("src/lib.rs"));
    hold(
        pages(&["src"]).iter().filter(|page| is_dry(page, &story)).flat_map(wet_spots),
        "Rules and words give the same answer for the same facts, today and in ten years, on paper and on screen. \
         `today` and `now` are parameters; rows come from store.rs, pages from web.rs.",
    );
}

/// All words, the indicators, the report but for its gathering, its shelf and its pages, and of every other chapter its first page.
fn is_dry(page: &Page, story: &Story) -> bool {
    let file = page.path.rsplit('/').next().unwrap_or_default();
    match (story.heading(page.module()), page.module()) {
        ("Words", _) | (_, "indicator") => true,
        (_, "report") => {
            !matches!(file, "gather.rs" | "print.rs" | "shelf.rs" | "store.rs" | "web.rs")
                && !page.path.contains("/web/")
        }
        ("People" | "The contract" | "The work" | "The judgement", module) => {
            page.path == format!("src/{module}/mod.rs") || page.path == format!("src/{module}.rs")
        }
        _ => false,
    }
}

fn wet_spots(page: &Page) -> Vec<String> {
    let text = code(&page.text);
    let mut spots = Vec::new();
    let mut spot = |line: usize, what: &str| spots.push(format!("{}:{line}: {what} in a dry room", page.path));
    for (line, module) in modules_used(&text) {
        if matches!(module.as_str(), "db" | "schema" | "files" | "page") {
            spot(line, &format!("crate::{module}"));
        }
    }
    for at in places_of(&text, "diesel").filter(|at| text[*at..].starts_with("diesel::")) {
        // A word may say how it is written in a column; that needs no connection.
        let part = first_word(&text[at + "diesel::".len()..]);
        if !["expression", "serialize", "deserialize", "sql_types", "backend"].contains(&part) {
            spot(line_of(&text, at), &format!("diesel::{part}"));
        }
    }
    for wet in ["actix_web", "actix_multipart", "Utc::now", "Local::now", "SystemTime", "Instant"] {
        places_of(&text, wet).for_each(|at| spot(line_of(&text, at), wet));
    }
    spots
}

#[test]
fn every_wet_spot_is_seen() {
    let spots = |text: &str| wet_spots(&Page::new("src/client/mod.rs", text)).len();
    for wet in [
        "use actix_web::web;",
        "use diesel::prelude::*;",
        "use crate::db::Db;",
        "use crate::{ids::Kvk, schema};",
        "let today = chrono::Utc::now();",
        "use std::time::Instant;",
    ] {
        assert_eq!(spots(wet), 1, "{wet}");
    }
    assert_eq!(spots("impl diesel::serialize::ToSql<diesel::sql_types::Text, DB> for Word {} // Utc::now"), 0);
}

#[test]
fn the_dry_rooms_are_these() {
    let story = Story::read(
        "// Words: x.\npub mod ids;\n// Ground: y.\npub mod db;\n// The judgement.\npub mod facts;\npub mod report;\n",
    );
    let dry = |path: &str| is_dry(&Page::new(path, ""), &story);
    for path in ["src/ids.rs", "src/facts/mod.rs", "src/report/pdf.rs"] {
        assert!(dry(path), "{path}");
    }
    for path in ["src/db.rs", "src/facts/gather.rs", "src/report/gather.rs", "src/report/web/handlers.rs"] {
        assert!(!dry(path), "{path}");
    }
}
