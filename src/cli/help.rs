//! The help of the command line (hulp) and what is said of wrong use, whole in the user's language. The parser's `help` and
//! `about` hold the key of a text; here the keys become words.

use std::error::Error;
use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};
use i18n_embed_fl::fl;

use super::Arguments;
use crate::codes::UnknownCode;
use crate::ids::NotAKvk;
use crate::quarter::NotAQuarter;
use crate::text::Lang;

/// The parser in this language.
pub fn parser(lang: Lang) -> Command {
    in_words(Arguments::command(), lang).arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help(fl!(lang.texts(), "help-version"))
            .help_heading(fl!(lang.texts(), "help-options")),
    )
}

/// The language of the help: `--lang` or `--taal`, else the setting of the environment, else that of the system. English
/// when nothing says Dutch.
pub fn language(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let flag = words.iter().enumerate().find_map(|(place, word)| match word.split_once('=') {
        Some(("--lang" | "--taal", value)) => Some(value.to_owned()),
        None if word == "--lang" || word == "--taal" => words.get(place + 1).cloned(),
        _ => None,
    });
    let set = flag.or_else(|| variable("OPENHOUSE_LANG")).and_then(|word| word.parse().ok());
    let system =
        || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
    set.unwrap_or_else(|| match system() {
        Some(locale) if locale == "nl" || locale.starts_with("nl_") || locale.starts_with("nl.") => Lang::Nl,
        _ => Lang::En,
    })
}

fn in_words(mut command: Command, lang: Lang) -> Command {
    let t = lang.texts();
    let (options, arguments) = (fl!(t, "help-options"), fl!(t, "help-arguments"));
    if let Some(key) = command.get_about().map(StyledStr::to_string) {
        command = command.about(t.get(&key));
    }
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(fl!(t, "help-commands"))
        .subcommand_value_name(fl!(t, "help-value-command"))
        .help_template(format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}", fl!(t, "help-usage")))
        .mut_args(|arg| {
            let help = arg.get_help().map(|key| t.get(&key.to_string())).unwrap_or_default();
            let heading = if arg.is_positional() { &arguments } else { &options };
            let names: Vec<String> = match arg.get_value_names() {
                Some(names) => names.iter().map(|name| value_name(name, lang)).collect(),
                None => vec![value_name(&arg.get_id().as_str().to_uppercase(), lang)],
            };
            let arg = arg.help(help).help_heading(heading.clone());
            match arg.get_action().takes_values() {
                true => arg.value_names(names).hide_default_value(true).hide_possible_values(true),
                false => arg,
            }
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(fl!(t, "help-help"))
                .help_heading(options.clone()),
        )
        .mut_subcommands(|sub| in_words(sub, lang))
}

/// What stands for a value: `--out <MAP>`.
fn value_name(name: &str, lang: Lang) -> String {
    let t = lang.texts();
    match name {
        "DIR" => fl!(t, "help-value-dir"),
        "NAME" => fl!(t, "help-value-name"),
        "MUNICIPALITY" => fl!(t, "help-value-municipality"),
        "ADDRESS" => fl!(t, "help-value-address"),
        "FILE" => fl!(t, "help-value-file"),
        "WHERE" => fl!(t, "help-value-where"),
        "LEVEL" => fl!(t, "help-value-level"),
        "QUARTER" => fl!(t, "help-value-quarter"),
        "LANG" => fl!(t, "help-value-lang"),
        "ROLE" => fl!(t, "help-value-role"),
        "FACTS.json" => fl!(t, "help-value-facts"),
        // KVK, URL, N, MB, SCANNER, SHA256, EMAIL and SHELL are the same in both languages.
        other => other.to_owned(),
    }
}

/// The help that was asked for. One word in it cannot be given to the parser beforehand.
pub fn asked(fault: &clap::Error, lang: Lang) -> String {
    fault.render().to_string().replace("[OPTIONS]", &fl!(lang.texts(), "help-any-options"))
}

/// What is wrong with the use, what is expected, and how the command is used.
pub fn wrong_use(fault: &clap::Error, lang: Lang) -> String {
    if fault.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return asked(fault, lang);
    }
    let t = lang.texts();
    let usage = match fault.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => {
            usage.to_string().replace("Usage:", &fl!(t, "help-usage")).replace("[OPTIONS]", &fl!(t, "help-any-options"))
                + "\n\n"
        }
        _ => String::new(),
    };
    format!("{}\n\n{usage}{}\n", what_is_wrong(fault, lang), fl!(t, "help-try"))
}

fn what_is_wrong(fault: &clap::Error, lang: Lang) -> String {
    let t = lang.texts();
    let argument = told(fault, ContextKind::InvalidArg);
    let value = told(fault, ContextKind::InvalidValue);
    match fault.kind() {
        ErrorKind::InvalidValue if value.is_empty() => fl!(t, "help-no-value", argument = argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let expected = expected(fault, lang);
            fl!(t, "help-wrong-value", argument = argument, value = value, expected = expected)
        }
        ErrorKind::UnknownArgument => {
            let said = fl!(t, "help-unknown-argument", argument = argument);
            with_nearest(said, told(fault, ContextKind::SuggestedArg), lang)
        }
        ErrorKind::InvalidSubcommand => {
            let said = fl!(t, "help-unknown-command", command = told(fault, ContextKind::InvalidSubcommand));
            with_nearest(said, told(fault, ContextKind::SuggestedSubcommand), lang)
        }
        ErrorKind::ArgumentConflict => match told(fault, ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => fl!(t, "help-twice", argument = argument),
            prior => fl!(t, "help-conflict", argument = argument, other = prior),
        },
        ErrorKind::MissingRequiredArgument => fl!(t, "help-missing", arguments = argument),
        ErrorKind::MissingSubcommand => fl!(t, "help-missing", arguments = fl!(t, "help-value-command")),
        _ => fl!(t, "help-wrong-use"),
    }
}

fn with_nearest(said: String, nearest: String, lang: Lang) -> String {
    match nearest.is_empty() {
        true => said,
        false => format!("{said} {}", fl!(lang.texts(), "help-did-you-mean", nearest = nearest)),
    }
}

/// What belongs in the place of a value that does not fit.
fn expected(fault: &clap::Error, lang: Lang) -> String {
    let t = lang.texts();
    let listed = told(fault, ContextKind::ValidValue);
    let source = fault.source();
    if source.is_some_and(|cause| cause.is::<NotAQuarter>()) {
        return fl!(t, "help-expect-quarter");
    }
    if source.is_some_and(|cause| cause.is::<NotAKvk>()) {
        return fl!(t, "help-expect-kvk");
    }
    match source.and_then(|cause| cause.downcast_ref::<UnknownCode>()) {
        Some(code) => fl!(t, "help-expect-one-of", known = code.known.join(", ")),
        None if !listed.is_empty() => fl!(t, "help-expect-one-of", known = listed),
        // The only other values that are parsed are numbers.
        None => fl!(t, "help-expect-number"),
    }
}

fn told(fault: &clap::Error, kind: ContextKind) -> String {
    match fault.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(command: &Command, look: &mut impl FnMut(&Command)) {
        look(command);
        command.get_subcommands().for_each(|sub| each(sub, look));
    }

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        for lang in Lang::ALL {
            each(&Arguments::command(), &mut |command| {
                let about = command.get_about().map(StyledStr::to_string).unwrap_or_default();
                assert!(lang.texts().has(&about), "{}: {about:?}", command.get_name());
                for arg in command.get_arguments() {
                    let key = arg.get_help().map(StyledStr::to_string).unwrap_or_default();
                    assert!(lang.texts().has(&key), "{} {}: {key:?}", command.get_name(), arg.get_id());
                }
            });
        }
    }

    #[test]
    fn the_parser_is_sound_in_both_languages() {
        Lang::ALL.iter().for_each(|lang| parser(*lang).debug_assert());
    }

    #[test]
    fn the_language_is_that_of_the_flag_the_setting_or_the_system() {
        let of = |arguments: &[&str], variables: &[(&str, &str)]| {
            let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            language(&arguments, |name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&["openhouse", "--help"], &[]), Lang::En);
        assert_eq!(of(&["openhouse", "--help"], &[("LANG", "nl_NL.UTF-8")]), Lang::Nl);
        assert_eq!(of(&["openhouse"], &[("LC_ALL", "en_GB.UTF-8"), ("LANG", "nl_NL.UTF-8")]), Lang::En);
        assert_eq!(of(&["openhouse"], &[("LC_ALL", ""), ("LANG", "nl_BE")]), Lang::Nl);
        assert_eq!(of(&["openhouse", "--taal", "nl"], &[("LANG", "C")]), Lang::Nl);
        assert_eq!(of(&["openhouse", "--lang=en"], &[("OPENHOUSE_LANG", "nl")]), Lang::En);
        assert_eq!(of(&["openhouse"], &[("OPENHOUSE_LANG", "nl"), ("LANG", "C")]), Lang::Nl);
    }
}
