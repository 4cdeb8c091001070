//! What the configuration promises, on values given in the test.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::*;

fn no_file(_: &Path) -> io::Result<String> {
    Err(io::ErrorKind::NotFound.into())
}

fn given<'a>(flags: &[(Key, &str)], env: &[(&str, &str)], toml: &str) -> Given<'a> {
    Given {
        flags: flags.iter().map(|(key, value)| (*key, value.to_string())).collect(),
        env: env.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect(),
        file: (!toml.is_empty()).then(|| ConfigFile { path: "openhouse.toml".into(), text: toml.into() }),
        secret: &no_file,
    }
}

fn faults(env: &[(&str, &str)], toml: &str) -> Vec<String> {
    resolve(&given(&[], env, toml)).unwrap_err().iter().map(|fault| fault.in_lang(Lang::Nl)).collect()
}

#[test]
fn without_anything_the_defaults_hold() {
    let config = resolve(&given(&[], &[], "")).unwrap();
    assert_eq!(config.database_url, DatabaseUrl::Sqlite("./openhouse-data/openhouse.db".into()));
    assert_eq!(config.files, Path::new("./openhouse-data/files"));
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!((config.log_level, config.lang), (LogLevel::Info, Lang::Nl));
    assert!(config.sources.values().all(|source| *source == Source::Default));
}

#[test]
fn a_flag_is_stronger_than_the_environment_and_that_than_the_file() {
    let toml = "listen = \"127.0.0.1:1\"\nlang = \"en\"\nlog_level = \"warn\"\n";
    let env = [("OPENHOUSE_LISTEN", "127.0.0.1:2"), ("OPENHOUSE_LANG", "nl"), ("PATH", "/bin")];
    let config = resolve(&given(&[(Key::Listen, "127.0.0.1:3")], &env, toml)).unwrap();
    assert_eq!((config.listen.port(), config.lang, config.log_level), (3, Lang::Nl, LogLevel::Warn));
    assert_eq!(config.sources[&Key::Listen], Source::Flag("--listen".into()));
    assert_eq!(config.sources[&Key::Lang], Source::Env("OPENHOUSE_LANG".into()));
    assert_eq!(config.sources[&Key::LogLevel], Source::File { path: "openhouse.toml".into(), line: 3 });
}

#[test]
fn links_follow_the_listening_address_until_they_are_set() {
    let follows = resolve(&given(&[(Key::Listen, "127.0.0.1:9000")], &[], "")).unwrap();
    assert_eq!(follows.public_url, "http://127.0.0.1:9000");
    let set = resolve(&given(&[], &[("OPENHOUSE_PUBLIC_URL", "https://oh.example.org/")], "")).unwrap();
    assert_eq!(set.public_url, "https://oh.example.org");
}

#[test]
fn the_public_pages_name_an_address_or_nothing() {
    let toml = "accessibility_statement = \"https://www.voorbeeld.example/a\"\nsecurity_contact = \"mailto:cvd@voorbeeld.example\"";
    let config = resolve(&given(&[], &[], toml)).unwrap();
    assert_eq!(config.accessibility_statement.as_deref(), Some("https://www.voorbeeld.example/a"));
    assert_eq!(config.security_contact.as_deref(), Some("mailto:cvd@voorbeeld.example"));
    let none = resolve(&given(&[], &[], "")).unwrap();
    assert_eq!((none.accessibility_statement, none.security_contact), (None, None));
    for wrong in [
        "accessibility_statement = \"javascript:alert(1)\"",
        "security_contact = \"cvd@voorbeeld.example\"",
        "security_contact = \"mailto:a@b.example\\r\\nExpires: never\"",
        "max_requests = \"0\"",
        "trusted_proxies = \"proxy\"",
        "trusted_proxies = \"10.0.0.1,\"",
    ] {
        assert_eq!(faults(&[], wrong).len(), 1, "{wrong}");
    }
}

#[test]
fn proxies_are_believed_when_they_are_named() {
    let named = resolve(&given(&[], &[("OPENHOUSE_TRUSTED_PROXIES", "10.0.0.1, 10.1.0.0/16")], "")).unwrap();
    assert_eq!(named.trusted_proxies, ["10.0.0.1".parse().unwrap(), "10.1.0.0/16".parse().unwrap()]);
    assert_eq!(resolve(&given(&[], &[], "")).unwrap().trusted_proxies, []);
}

#[test]
fn an_unknown_key_names_the_nearest() {
    assert_eq!(
        faults(&[("OPENHOUSE_DATABSE_URL", "x")], "log_levl = \"info\"\n\nqqq = 1\n"),
        [
            "openhouse.toml, regel 1: log_levl bestaat niet. Bedoelt u log_level?",
            "openhouse.toml, regel 3: qqq bestaat niet.",
            "omgevingsvariabele OPENHOUSE_DATABSE_URL bestaat niet. Bedoelt u OPENHOUSE_DATABASE_URL?",
        ]
    );
}

#[test]
fn everything_that_does_not_fit_is_told_at_once() {
    let env = [("OPENHOUSE_LANG", "fy"), ("OPENHOUSE_FILES", "s3://bucket")];
    assert_eq!(
        faults(&env, "listen = 8080\nlog_level = \"loud\"\n"),
        [
            "openhouse.toml, regel 1: listen is “8080”. Verwacht: een IP-adres met poort, zoals 127.0.0.1:8080.",
            "omgevingsvariabele OPENHOUSE_FILES: files is “s3://bucket”. Verwacht: file:MAP.",
            "openhouse.toml, regel 2: log_level is “loud”. Verwacht: error, warn, info, debug of trace.",
            "omgevingsvariabele OPENHOUSE_LANG: lang is “fy”. Verwacht: nl of en.",
        ]
    );
}

#[test]
fn a_broken_file_is_told_with_its_line() {
    let told = faults(&[], "lang = \"nl\"\nlisten = \n");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("openhouse.toml, regel 2: dit is geen geldige TOML."), "{told:?}");
}

#[test]
fn a_secret_may_stand_in_a_file_of_its_own() {
    let mut from_file = given(&[], &[("OPENHOUSE_DATABASE_URL_FILE", "/run/secrets/db")], "");
    from_file.secret = &|path| {
        assert_eq!(path, Path::new("/run/secrets/db"));
        Ok("postgres://oh:geheim@db/oh\n".to_owned())
    };
    let config = resolve(&from_file).unwrap();
    assert_eq!(config.database_url, DatabaseUrl::Postgres("postgres://oh:geheim@db/oh".into()));
}

#[test]
fn a_secret_given_twice_or_out_of_reach_is_a_fault() {
    let twice = [("OPENHOUSE_DATABASE_URL", "sqlite:a"), ("OPENHOUSE_DATABASE_URL_FILE", "/run/secrets/db")];
    assert_eq!(
        faults(&twice, ""),
        ["OPENHOUSE_DATABASE_URL en OPENHOUSE_DATABASE_URL_FILE zijn allebei ingevuld. Laat er één weg."]
    );
    let missing = faults(&[("OPENHOUSE_DATABASE_URL_FILE", "/run/secrets/db")], "");
    assert!(missing.len() == 1 && missing[0].starts_with("/run/secrets/db kan niet worden gelezen"), "{missing:?}");
}

#[test]
fn no_password_is_shown_anywhere() {
    for url in [
        "postgres://oh:geheim@db/oh",
        "postgres://oh:ge:geheim@db:5432/oh?x=geheim",
        "postgres://db/oh?password=geheim",
    ] {
        let config = resolve(&given(&[], &[("OPENHOUSE_DATABASE_URL", url)], "")).unwrap();
        for text in
            [config.show(Lang::Nl), format!("{config:?}"), serde_json::to_string(&config.shown(Lang::En)).unwrap()]
        {
            assert!(text.contains("db") && !text.contains("geheim"), "{text}");
        }
    }
    for wrong in ["mysql://oh:geheim@db/oh", "postgres:/oh:geheim@db"] {
        let told = faults(&[("OPENHOUSE_DATABASE_URL", wrong)], "");
        assert!(told.len() == 1 && !told[0].contains("geheim"), "{told:?}");
        let kept = resolve(&given(&[], &[("OPENHOUSE_DATABASE_URL", wrong)], "")).unwrap_err();
        assert!(!format!("{kept:?}").contains("geheim"), "{kept:?}");
    }
}

#[test]
fn the_address_that_opens_the_database_is_the_one_that_was_written() {
    for url in ["sqlite:/srv/oh.db", "postgres://oh:geheim@db/oh?sslmode=require"] {
        let config = resolve(&given(&[], &[("OPENHOUSE_DATABASE_URL", url)], "")).unwrap();
        assert_eq!(config.database_url.address(), url);
    }
}

#[test]
fn show_tells_the_value_and_where_it_came_from() {
    let config = resolve(&given(&[], &[("OPENHOUSE_LANG", "en")], "files = \"file:/srv/oh\"")).unwrap();
    let page = config.show(Lang::En);
    let rows: Vec<Vec<&str>> = page.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows.len(), Key::ALL.len());
    assert_eq!(rows[1], ["files", "file:/srv/oh", "openhouse.toml,", "line", "1"]);
    assert_eq!(rows[5], ["lang", "en", "environment", "variable", "OPENHOUSE_LANG"]);
}

#[test]
fn without_a_mail_server_mail_waits_and_nothing_is_asked() {
    assert_eq!(resolve(&given(&[], &[], "")).unwrap().mail, Mail::default());
}

#[test]
fn a_mail_server_has_the_usual_port_of_its_line_and_its_password_stays_hidden() {
    let toml = "mail_smtp_host = \"smtp.voorbeeld.example\"\nmail_from = \"Open House <oh@voorbeeld.example>\"\n\
                mail_smtp_user = \"oh\"\n";
    let mut from_file = given(&[], &[("OPENHOUSE_MAIL_SMTP_PASSWORD_FILE", "/run/secrets/mail")], toml);
    from_file.secret = &|_| Ok("geheim\n".to_owned());
    let config = resolve(&from_file).unwrap();
    let server = config.mail.server.as_ref().unwrap();
    assert_eq!((server.port, server.tls), (587, Tls::StartTls));
    assert_eq!(server.user, Some(("oh".to_owned(), Secret("geheim".to_owned()))));
    for text in [config.show(Lang::Nl), format!("{config:?}")] {
        assert!(text.contains("smtp.voorbeeld.example") && text.contains("***") && !text.contains("geheim"), "{text}");
    }
}

#[test]
fn a_mail_server_needs_a_sender_and_gets_no_password_in_the_open() {
    let told = faults(&[("OPENHOUSE_MAIL_SMTP_HOST", "smtp.voorbeeld.example")], "mail_smtp_tls = \"none\"");
    assert!(told.len() == 1 && told[0].contains("mail_from"), "{told:?}");
    let open = "mail_smtp_host = \"smtp.voorbeeld.example\"\nmail_smtp_tls = \"none\"\nmail_smtp_user = \"oh\"\n\
                mail_from = \"oh@voorbeeld.example\"\n";
    let told = faults(&[], open);
    assert!(told.len() == 1 && told[0].contains("regel 2: mail_smtp_tls is “none”"), "{told:?}");
    let here = open.replace("smtp.voorbeeld.example\"\nmail_smtp_tls", "127.0.0.1\"\nmail_smtp_tls");
    assert_eq!(resolve(&given(&[], &[], &here)).unwrap().mail.server.unwrap().port, 25);
    let told = faults(&[], "mail_from = \"niemand\"\nmail_smtp_port = \"nul\"\nmail_contact = \"a\\nb\"\n");
    assert_eq!(told.len(), 3, "{told:?}");
}

#[test]
fn half_a_seal_is_told_and_a_whole_one_is_read() {
    let told = faults(&[], "seal_certificate = \"zegel.pem\"\nseal_municipality = \"Noordermeer\"\n");
    assert_eq!(told, ["seal_certificate is ingevuld en seal_key niet. Vul allebei in, of laat allebei leeg."]);
    let whole = "seal_certificate = \"zegel.pem\"\nseal_key = \"zegel.key\"\nseal_municipality = \"Noordermeer\"\n";
    let seal = resolve(&given(&[], &[], whole)).unwrap().seal.unwrap();
    assert_eq!((seal.municipality.as_str(), seal.key.to_str()), ("Noordermeer", Some("zegel.key")));
    assert_eq!(resolve(&given(&[], &[], "")).unwrap().seal, None);
}

#[test]
fn variables_of_the_test_run_are_left_alone() {
    assert!(resolve(&given(&[], &[("OPENHOUSE_TEST_POSTGRES", "postgres://…")], "")).is_ok());
}

/// The example is made by the code; when this fails, put the left text in the file.
#[test]
fn the_example_file_is_the_one_the_code_makes() {
    assert_eq!(example(), include_str!("../../openhouse.example.toml"));
}

#[test]
fn the_example_with_every_line_on_gives_the_defaults() {
    let on: String = example().lines().filter_map(|l| Some(format!("{}\n", l.strip_prefix('#')?))).collect();
    let on: String = on.lines().filter(|line| !line.starts_with(' ')).map(|line| format!("{line}\n")).collect();
    let mut config = resolve(&given(&[], &[], &on)).unwrap();
    assert!(config.sources.values().all(|source| matches!(source, Source::File { .. })));
    config.sources = BTreeMap::from_iter(Key::ALL.iter().map(|key| (*key, Source::Default)));
    assert_eq!(config, resolve(&given(&[], &[], "")).unwrap());
}

#[test]
fn a_virus_scanner_is_named_with_its_address() {
    let clamd = |written: &str| resolve(&given(&[], &[("OPENHOUSE_SCAN", written)], "")).map(|config| config.clamd);
    assert_eq!(clamd("off"), Ok(None));
    assert_eq!(clamd("clamd:127.0.0.1:3310"), Ok(Some("127.0.0.1:3310".into())));
    for written in ["on", "clamd", "clamd:3310", "clamd::3310", "clamd:host:x"] {
        assert!(clamd(written).is_err(), "{written:?} was taken");
    }
}
