//! The words on screen and paper: both languages complete, and no text that nobody shows.

use std::collections::{BTreeMap, BTreeSet};

use super::{hold, pages, read, root};

#[test]
fn both_languages_have_the_same_texts_with_the_same_variables() {
    let (nl, en) = (messages(&read("i18n/nl/openhouse.ftl")), messages(&read("i18n/en/openhouse.ftl")));
    let keys: BTreeSet<&String> = nl.keys().chain(en.keys()).collect();
    hold(
        keys.into_iter().filter_map(|key| match (nl.get(key), en.get(key)) {
            (Some(nl), Some(en)) if nl == en => None,
            (Some(nl), Some(en)) => Some(format!("{key}: Dutch uses {nl:?}, English {en:?}")),
            (Some(_), None) => Some(format!("{key}: has no English text")),
            _ => Some(format!("{key}: has no Dutch text")),
        }),
        "Whoever reads English gets the whole product. The compiler checks the Dutch keys alone.",
    );
}

#[test]
fn every_text_is_shown_somewhere() {
    // Before there is a page there is nobody to show a text.
    if !root().join("templates").exists() {
        return;
    }
    let places: String = pages(&["src", "templates"]).into_iter().map(|page| page.text).collect();
    let file = read("i18n/nl/openhouse.ftl");
    let quoted = |words: &str| places.contains(&format!("\"{words}\""));
    let in_two = |key: &str| key.match_indices('-').any(|(at, _)| quoted(&key[..at]) && quoted(&key[at + 1..]));
    let used = |key: &str| quoted(key) || in_two(key) || file.contains(&format!("{{ {key} }}"));
    hold(
        messages(&file).into_keys().filter(|key| !used(key)).map(|key| format!("i18n/nl/openhouse.ftl: {key}")),
        "A text that no page shows misleads whoever translates it. Write keys in full (`\"key\"`), so that \
         this test and the compiler find them; or, for the words of a list, as two parts that each stand in quotes.",
    );
}

#[test]
fn no_text_stands_twice() {
    for language in ["nl", "en"] {
        let path = format!("i18n/{language}/openhouse.ftl");
        let file = read(&path);
        let mut seen = BTreeSet::new();
        hold(
            keys(&file).filter(|key| !seen.insert(key.to_string())).map(|key| format!("{path}: {key} stands twice")),
            "Of two texts with one key the loader silently takes one.",
        );
    }
}

#[test]
fn whoever_is_spoken_to_has_and_does_not_hath() {
    let said = |path: &str| {
        let text = read(path);
        let faults = ["U heeft", "u heeft", "Heeft u", "heeft u "].into_iter().filter(|words| text.contains(words));
        faults.map(|words| format!("{path}: {words}")).collect::<Vec<_>>()
    };
    hold(
        ["i18n/nl/openhouse.ftl", "defaults/mails.yaml", "README.nl.md"].into_iter().flat_map(said),
        "We write 'u hebt' everywhere: two forms beside each other read as two writers.",
    );
}

/// Every message with the variables it uses.
fn messages(ftl: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::<String, BTreeSet<String>>::new();
    let mut key = None;
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        if let Some(new) = key_of(line) {
            messages.entry(new.to_owned()).or_default();
            key = Some(new);
        }
        if let Some(variables) = key.and_then(|key| messages.get_mut(key)) {
            variables.extend(variables_of(line));
        }
    }
    messages
}

fn keys(ftl: &str) -> impl Iterator<Item = &str> {
    ftl.lines().filter_map(key_of)
}

/// `key = text` at the start of a line; a comment, an attribute and a further line of a text are none.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let well_formed = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (line.starts_with(|c: char| c.is_ascii_alphabetic()) && well_formed).then_some(key)
}

fn variables_of(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect())
}

#[test]
fn a_text_is_read_with_its_variables() {
    let ftl = "# note = x\nhits = { $count ->\n    [one] one hit in { $place }\n   *[other] hits\n}\nplain = text = more\n    -term = x\n";
    let read = messages(ftl);
    assert_eq!(read.keys().collect::<Vec<_>>(), ["hits", "plain"]);
    assert_eq!(read["hits"], BTreeSet::from(["count".to_owned(), "place".to_owned()]));
    assert!(read["plain"].is_empty());
}
