//! Logging (logregels): what the house did, for who keeps it running. No names, no bodies, no secrets: a line names
//! records by their id.
//!
//! `serve` writes JSON lines in UTC to standard output, for the log collector of the host. Every other command is run by
//! a person: it writes plain lines to standard error, and keeps standard output for its answer.

use std::io;

use tracing::Span;
use tracing::level_filters::LevelFilter;
use tracing::subscriber::SetGlobalDefaultError;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry, fmt};

codes! {
    /// How much is logged.
    pub enum LogLevel {
        Error = "error",
        Warn = "warn",
        Info = "info",
        Debug = "debug",
        Trace = "trace",
    }
}

/// For whom the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogForm {
    /// One JSON object a line.
    Json,
    /// Plain text.
    Human,
}

/// Starts logging for this process; to be called once.
pub fn start(level: LogLevel, form: LogForm) -> Result<(), SetGlobalDefaultError> {
    std::panic::set_hook(Box::new(tell_of_panic));
    match form {
        LogForm::Json => tracing::subscriber::set_global_default(json(level, io::stdout)),
        LogForm::Human => tracing::subscriber::set_global_default(human(level, io::stderr)),
    }
}

/// A panic belongs in the log like every other failure, inside the span of the request it broke.
fn tell_of_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let cause = panic.payload_as_str().unwrap_or("without a word");
    tracing::error!(place, cause, "a panic");
}

/// The span of one request; every line inside it carries these fields. The path without its query: what a user searched
/// for may be a name.
pub fn request(request_id: &str, method: &str, path: &str) -> Span {
    tracing::info_span!("request", request_id, method, path, account = tracing::field::Empty)
}

/// From whom the request is that this is about, by number: what is refused to somebody can be traced to him.
pub fn request_is_from(account_id: i64) {
    Span::current().record("account", account_id);
}

fn json<W>(level: LogLevel, writer: W) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(writer);
    Registry::default().with(lines.with_filter(filter(level)))
}

fn human<W>(level: LogLevel, writer: W) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = fmt::layer().compact().with_ansi(false).with_target(false).with_writer(writer);
    Registry::default().with(lines.with_filter(filter(level)))
}

/// Libraries stay at `info`: below it some write out what they send and receive, and that may hold names.
fn filter(level: LogLevel) -> Targets {
    let ours = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    Targets::new().with_target("openhouse", ours).with_default(ours.min(LevelFilter::INFO))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Keeps what was logged.
    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Page {
        fn writer(&self) -> impl Fn() -> Page + use<> {
            let page = self.clone();
            move || page.clone()
        }

        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    #[test]
    fn a_line_is_json_in_utc_with_the_request_it_belongs_to() {
        let page = Page::default();
        tracing::subscriber::with_default(json(LogLevel::Info, page.writer()), || {
            let _inside = request("req-7", "GET", "/aanbieders").entered();
            tracing::info!(provider = 12, "shown");
        });
        let text = page.text();
        let line: serde_json::Value = serde_json::from_str(text.trim_end()).unwrap();
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'), "{text}");
        assert_eq!(
            (&line["level"], &line["message"], &line["provider"]),
            (&"INFO".into(), &"shown".into(), &12.into())
        );
        assert_eq!(line["span"]["request_id"], "req-7");
        assert_eq!(line["span"]["path"], "/aanbieders");
    }

    #[test]
    fn libraries_stay_at_info_when_ours_goes_deeper() {
        let page = Page::default();
        tracing::subscriber::with_default(json(LogLevel::Trace, page.writer()), || {
            tracing::trace!("ours");
            tracing::debug!(target: "some_library", "a body with a name in it");
            tracing::info!(target: "some_library", "theirs");
        });
        let text = page.text();
        assert!(text.contains("ours") && text.contains("theirs") && !text.contains("a body"), "{text}");
    }

    #[test]
    fn the_level_holds_for_everyone() {
        let page = Page::default();
        tracing::subscriber::with_default(human(LogLevel::Warn, page.writer()), || {
            tracing::info!("quiet");
            tracing::info!(target: "some_library", "quiet too");
            tracing::warn!("loud");
        });
        let text = page.text();
        assert!(text.contains("loud") && !text.contains("quiet"), "{text}");
    }
}
