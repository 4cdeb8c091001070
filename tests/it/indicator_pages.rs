//! The pages about the indicators (`docs/naslag/indicatoren/`) say what the program does: they are held to the texts
//! of `defaults/indicators.yaml`, to the settings, and to the sentence quoted above each rule.

use std::fs;
use std::path::{Path, PathBuf};

use openhouse::facts::Settings;
use openhouse::text::Lang;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Defaults {
    indicators: Vec<Indicator>,
}

#[derive(Deserialize)]
struct Indicator {
    id: String,
    short_nl: String,
    short_en: String,
    nl: String,
    en: String,
    measure_nl: String,
    measure_en: String,
    target: Target,
    steer: bool,
}

#[derive(Deserialize)]
struct Target {
    pct: Option<u32>,
    kind: String,
}

#[test]
fn each_page_holds_the_texts_the_target_and_the_settings() {
    let indicators = indicators();
    assert_eq!(indicators.len(), 10);
    for lang in Lang::ALL {
        for (indicator, number) in indicators.iter().zip(1_u8..) {
            let page = page(&indicator.id, *lang);
            let mut expected = vec![
                format!("# {} · {}\n", indicator.id, lang.pick(&indicator.short_nl, &indicator.short_en)),
                format!("\n{}\n", lang.pick(&indicator.nl, &indicator.en)),
                format!("\n{}\n", lang.pick(&indicator.measure_nl, &indicator.measure_en)),
                format!("\n**{}.** ", target(&indicator.target, *lang)),
                format!("{} **{}**", lang.pick("Standaard", "Default"), used(indicator, *lang)),
            ];
            expected.extend(settings_rows(|name| {
                name.starts_with(&format!("k{number}.")) || name == format!("targets.{number}")
            }));
            for text in expected {
                assert!(page.contains(&text), "the {lang} page of {} lacks {text:?}", indicator.id);
            }
        }
    }
}

#[test]
fn the_overview_names_every_page_and_the_settings_for_all_ten() {
    for lang in Lang::ALL {
        let overview = folder().join(lang.pick("README.md", "README.en.md"));
        let overview = fs::read_to_string(overview).expect("the overview is there");
        for indicator in indicators() {
            let file = page_file(&indicator.id, *lang);
            let name = file.file_name().expect("it is a file").to_string_lossy().into_owned();
            let short = lang.pick(&indicator.short_nl, &indicator.short_en);
            let (target, used) = (target(&indicator.target, *lang), used(&indicator, *lang));
            let row = format!("| [{}]({name}) | {short} | {target} | {used} |", indicator.id);
            assert!(overview.contains(&row), "the {lang} overview lacks {row}");
        }
        let general = ["definitions", "attention.", "small."];
        for row in settings_rows(|name| general.iter().any(|start| name.starts_with(start))) {
            assert!(overview.contains(&row), "the {lang} overview lacks {row}");
        }
    }
}

#[test]
fn a_page_has_the_same_parts_and_examples_in_both_languages() {
    for indicator in indicators() {
        let counted = |lang: Lang| {
            let page = page(&indicator.id, lang);
            let count = |start: &str| page.lines().filter(|line| line.starts_with(start)).count();
            (count("## "), count("| "), count("- "), count("> "))
        };
        assert_eq!(counted(Lang::Nl), counted(Lang::En), "{}", indicator.id);
    }
}

#[test]
fn the_targets_of_the_texts_are_the_targets_of_the_settings() {
    for (indicator, number) in indicators().iter().zip(1_u8..) {
        assert_eq!(Settings::default().targets.of(number), indicator.target.pct, "{}", indicator.id);
    }
}

#[test]
fn each_page_quotes_the_sentence_above_its_rule() {
    for (indicator, lang) in indicators().iter().flat_map(|one| Lang::ALL.iter().map(move |lang| (one, *lang))) {
        let page = page(&indicator.id, lang);
        let quote = page.lines().find_map(|line| line.strip_prefix("> ")).expect("a page quotes its source");
        let (_, rule) = page.split_once("](../../../").expect("a page names its rule");
        let (rule, _) = rule.split_once(')').expect("a link ends");
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(rule)).expect("the rule is there");
        let said: Vec<&str> = source.lines().filter_map(|line| line.strip_prefix("///")).map(str::trim).collect();
        assert!(said.join(" ").contains(&format!("\"{quote}\"")), "{rule} does not quote {quote:?}");
    }
}

fn indicators() -> Vec<Indicator> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("defaults/indicators.yaml");
    let text = fs::read_to_string(file).expect("the texts are there");
    serde_saphyr::from_str::<Defaults>(&text).expect("the texts are well formed").indicators
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/naslag/indicatoren")
}

/// The one page of this language whose name begins with the number of the indicator.
fn page_file(id: &str, lang: Lang) -> PathBuf {
    let start = format!("{}-", id.to_lowercase());
    let entries = fs::read_dir(folder()).expect("the folder is there");
    let own = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(&start) && name.ends_with(".en.md") == (lang == Lang::En)
    };
    let mut pages: Vec<PathBuf> =
        entries.map(|entry| entry.expect("the folder can be read").path()).filter(own).collect();
    assert_eq!(pages.len(), 1, "{id} has {} pages in {lang}", pages.len());
    pages.remove(0)
}

fn page(id: &str, lang: Lang) -> String {
    fs::read_to_string(page_file(id, lang)).expect("a page can be read")
}

/// Whether a shortfall leads to action.
fn used(indicator: &Indicator, lang: Lang) -> &'static str {
    match indicator.steer {
        true => lang.pick("sturen", "steering"),
        false => lang.pick("volgen", "following"),
    }
}

fn target(target: &Target, lang: Lang) -> String {
    match (target.kind.as_str(), target.pct) {
        ("norm", Some(pct)) => format!("Norm: {pct}%"),
        ("streefwaarde", Some(pct)) => format!("{}: {pct}%", lang.pick("Streefwaarde", "Target")),
        ("monitoren", None) => lang.pick("Monitoren: geen streefwaarde", "Monitoring: no target").to_owned(),
        (kind, pct) => panic!("a target of kind {kind} with {pct:?} percent"),
    }
}

/// How the settings with these names begin their row: the name and the default.
fn settings_rows(wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let row = |(name, value): (String, Value)| {
        let shown = match value {
            Value::String(text) => text,
            Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            other => other.to_string(),
        };
        format!("| `{name}` | `{shown}` | ")
    };
    Settings::default().entries().into_iter().filter(|(name, _)| wanted(name)).map(row).collect()
}
