//! Rule of direction 1, story order: `use crate::x` only when x stands above me in `src/lib.rs`.

use super::reading::{code, first_word, line_of, places_of};
use super::{Page, hold, pages, read};

#[test]
fn a_module_uses_only_what_stands_above_it() {
    let story = Story::read(&read("src/lib.rs"));
    hold(
        pages(&["src"]).iter().flat_map(|page| out_of_order(page, &story)),
        "src/lib.rs tells the story from top to bottom, so whoever reads a chapter has already met all it uses, and \
         nothing knots. Move what both need up, or let the later chapter read the earlier one.",
    );
}

/// The table of contents: every module with the heading it stands under, in order.
pub struct Story(Vec<(String, String)>);

impl Story {
    pub fn read(contents: &str) -> Story {
        let (mut heading, mut modules) = (String::new(), Vec::new());
        for line in contents.lines() {
            if let Some(words) = line.strip_prefix("// ") {
                heading = words.split(['.', ':']).next().unwrap_or_default().to_owned();
            } else if let Some(module) = line.trim_start_matches("pub ").strip_prefix("mod ") {
                modules.push((first_word(module).to_owned(), heading.clone()));
            }
        }
        Story(modules)
    }

    /// The heading a module stands under; empty for one that the table of contents does not have.
    pub fn heading(&self, module: &str) -> &str {
        self.place(module).map_or("", |place| &self.0[place].1)
    }

    fn place(&self, module: &str) -> Option<usize> {
        self.0.iter().position(|(name, _)| name == module)
    }
}

fn out_of_order(page: &Page, story: &Story) -> Vec<String> {
    if !page.path.ends_with(".rs") || matches!(page.path.as_str(), "src/lib.rs" | "src/main.rs") {
        return Vec::new();
    }
    let Some(here) = story.place(page.module()) else {
        return vec![format!("{}: src/lib.rs has no module {}", page.path, page.module())];
    };
    let below = |(_, used): &(usize, String)| story.place(used).is_some_and(|place| place > here);
    let breach = |(line, used)| format!("{}:{line}: {} uses {used}, which stands below it", page.path, page.module());
    modules_used(&code(&page.text)).into_iter().filter(below).map(breach).collect()
}

/// Every `crate::x` and `crate::{x, y::z}`, with its line. A macro (`crate::x!`, `$crate::x`) is no module.
pub fn modules_used(code: &str) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    for at in places_of(code, "crate").filter(|at| !code[..*at].ends_with('$')) {
        let Some(path) = code[at + "crate".len()..].trim_start().strip_prefix("::") else { continue };
        let heads = match path.trim_start().strip_prefix('{') {
            Some(group) => heads_of_group(group),
            None => vec![path.trim_start()],
        };
        let modules = heads.into_iter().filter(|head| !head[first_word(head).len()..].starts_with('!'));
        used.extend(modules.map(|head| (line_of(code, at), first_word(head).to_owned())));
    }
    used
}

/// Where each path of `{a, b::{c, d}}` begins, without what stands inside the inner braces.
fn heads_of_group(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(group[start..at].trim_start());
                start = at + 1;
            }
            _ => {}
        }
        if c == '}' && start == at + 1 {
            break;
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

#[test]
fn a_look_ahead_is_seen_however_it_is_written() {
    let story = Story::read("// Ground: x.\npub mod db;\n\n// The work.\npub mod client;\npub mod trajectory;\n");
    let breaches = |text: &str| out_of_order(&Page::new("src/client/store.rs", text), &story).len();
    assert_eq!(breaches("use crate::db::Db;\nuse crate::client::Client;"), 0);
    assert_eq!(breaches("use crate::trajectory;"), 1);
    assert_eq!(breaches("fn a() -> crate::trajectory::Trajectory {}"), 1);
    assert_eq!(
        breaches("use crate::{\n    db::{self, Db},\n    trajectory::{A, B},\n};\nuse crate::trajectory as t;"),
        2
    );
    assert_eq!(
        breaches("// see crate::trajectory\nlet a = \"crate::trajectory\"; crate::trajectory!(); $crate::trajectory"),
        0
    );
    let stranger = Page::new("src/elsewhere.rs", "");
    assert_eq!(out_of_order(&stranger, &story), ["src/elsewhere.rs: src/lib.rs has no module elsewhere"]);
    assert_eq!(story.heading("db"), "Ground");
}
