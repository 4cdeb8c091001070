//! The help in both languages, what is said of wrong use, and the manual that must name the same.

use std::collections::BTreeSet;

use super::Desk;

const DUTCH: [(&str, &str); 1] = [("LANG", "nl_NL.UTF-8")];

/// A command, with what its help says.
struct Page {
    path: Vec<String>,
    subcommands: Vec<String>,
    flags: BTreeSet<String>,
    text: String,
}

/// The help of every command, read as a person does.
fn pages(environment: &[(&str, &str)], commands: &str) -> Vec<Page> {
    let desk = Desk::new();
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop() {
        let arguments: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let text = desk.run_with(&arguments, environment, b"").ended(0).out;
        let listed = text.split_once(commands).map(|(_, after)| after.split("\n\n").next().unwrap_or_default());
        let subcommands: Vec<String> = listed
            .into_iter()
            .flat_map(str::lines)
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
            .collect();
        let flags = text
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| word.starts_with("--") && word.len() > 2)
            .map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned())
            .collect();
        waiting.extend(subcommands.iter().map(|sub| [&path[..], std::slice::from_ref(sub)].concat()));
        pages.push(Page { path, subcommands, flags, text });
    }
    assert!(pages.len() > 15, "the help was not read");
    pages
}

#[test]
fn the_help_is_dutch_through_and_through_where_the_system_is() {
    for page in pages(&DUTCH, "Opdrachten:\n") {
        for english in
            ["Usage", "Options", "Commands", "OPTIONS", "COMMAND", "Print", "[default", "possible values", "help-"]
        {
            assert!(!page.text.contains(english), "{english} stands in\n{}", page.text);
        }
        assert!(page.text.contains("Gebruik: openhouse") && page.text.contains("Toon deze hulp"), "{}", page.text);
    }
    let desk = Desk::new();
    let by_flag = desk.run(&["assess", "--help", "--taal", "nl"]).ended(0);
    assert!(by_flag.out.contains("Opties:") && by_flag.out.contains("<KWARTAAL>"), "{by_flag:?}");
    let by_word = desk.run_with(&["help", "assess"], &DUTCH, b"").ended(0);
    assert_eq!(by_word.out, by_flag.out);
    let english = desk.run(&["assess", "--help"]).ended(0);
    assert!(english.out.contains("Usage: openhouse assess [OPTIONS] <QUARTER>"), "{english:?}");
}

#[test]
fn wrong_use_is_told_in_dutch_with_what_is_expected() {
    let desk = Desk::new();
    for (arguments, said) in [
        (
            &["assess", "2026-Q9"][..],
            "Bij <KWARTAAL> staat \"2026-Q9\". Dat is niet wat hier hoort. Verwacht wordt een kwartaal",
        ),
        (&["facts", "2026-Q3", "--provider", "12"], "Verwacht wordt een KvK-nummer van acht cijfers."),
        (&["user", "add", "x@y.example", "--rol", "baas"], "Kies uit: contract_manager, "),
        (&["demo", "--port", "veel"], "Verwacht wordt een getal."),
        (&["assess", "2026-Q3", "--jsno"], "--jsno bestaat niet bij deze opdracht. Bedoelt u --json?"),
        (&["asses", "2026-Q3"], "De opdracht asses bestaat niet. Bedoelt u assess?"),
        (&["report", "2026-Q3"], "Dit ontbreekt: --out <MAP>."),
        (&["import", "providers"], "Dit ontbreekt: "),
        (&["import", "staff", "x.xlsx", "--template", "y.xlsx"], "gaan niet samen."),
    ] {
        let done = desk.run_with(arguments, &DUTCH, b"").ended(2);
        assert!(done.err.contains(said) && done.err.contains("Met --help ziet u alle opties."), "{done:?}");
        for english in ["error:", "Usage", "For more information", "tip:", "OPTIONS"] {
            assert!(!done.err.contains(english), "{done:?}");
        }
    }
}

#[test]
fn a_completion_script_names_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let script = Desk::new().run(&["completions", shell]).ended(0).out;
        assert!(script.contains("import") && script.contains("take-good-rows"), "{shell}: {script}");
    }
}

#[test]
fn what_the_system_says_comes_behind_our_own_words() {
    let done = Desk::new().run(&["judge", "geen.json", "--taal", "nl"]).ended(2);
    assert!(done.err.starts_with("Dit lukt niet: geen.json: bestand of map niet gevonden ("), "{done:?}");
}

#[test]
fn the_manual_and_the_help_name_the_same_commands_and_options() {
    let pages = pages(&[], "Commands:\n");
    let everywhere: BTreeSet<String> = pages.iter().find(|page| page.path.is_empty()).expect("the first").flags.clone();
    for name in ["opdrachtregel.md", "opdrachtregel.en.md"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/naslag").join(name);
        let manual = std::fs::read_to_string(path).expect("the manual is there");
        let rows = option_rows(&manual);
        let mut commands = BTreeSet::new();
        let mut flags = everywhere.clone();
        for page in pages.iter().filter(|page| page.subcommands.is_empty()) {
            let command = page.path.join(" ");
            assert!(manual.contains(&format!("| `openhouse {command}")), "{name} lacks {command}");
            for flag in page.flags.difference(&everywhere) {
                let named = rows.iter().any(|(of, option)| {
                    option == flag && of.iter().any(|one| command == *one || command.starts_with(&format!("{one} ")))
                });
                let in_its_form = manual
                    .lines()
                    .any(|line| line.starts_with(&format!("| `openhouse {command}")) && line.contains(flag.as_str()));
                assert!(named || in_its_form, "{name} lacks {flag} of {command}");
            }
            flags.extend(page.flags.iter().cloned());
            commands.insert(command);
        }
        for flag in &everywhere {
            assert!(manual.contains(&format!("`{flag}")), "{name} lacks {flag}");
        }
        for (of, option) in &rows {
            assert!(flags.contains(option), "{name} names {option}, which does not exist");
            for one in of {
                assert!(
                    pages.iter().any(|page| page.path.join(" ") == *one),
                    "{name} names {one}, which does not exist"
                );
            }
        }
        for line in manual.lines().filter_map(|line| line.strip_prefix("| `openhouse ")) {
            let said = line.split('`').next().unwrap_or_default();
            assert!(
                commands.iter().any(|command| said == command || said.starts_with(&format!("{command} "))),
                "{name} names {said}"
            );
        }
    }
}

/// Of the tables of options: the commands of a row, and an option; a row without commands goes on with those above it.
fn option_rows(manual: &str) -> Vec<(Vec<String>, String)> {
    let mut rows = Vec::new();
    let mut of: Vec<String> = Vec::new();
    for line in manual.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [commands, option, _] = cells[..] else { continue };
        let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        if !commands.is_empty() {
            of = quoted(commands);
        }
        for option in quoted(option).into_iter().filter(|option| option.starts_with("--")) {
            rows.push((of.clone(), option.split(' ').next().unwrap_or_default().to_owned()));
        }
    }
    assert!(rows.len() > 15, "the tables were not read: {rows:?}");
    rows
}
