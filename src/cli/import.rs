//! `openhouse import`: what providers and the municipality state, read from a workbook, a ZIP or a folder of CSV files
//! (inlezen). The same way in as the web page's; nothing is half stored.

mod own;
mod said;
mod statement;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use i18n_embed_fl::fl;

use self::said::Said;
use super::Ending;
use crate::config::Config;
use crate::sheet::{MAX_ENTRIES, MAX_FILE, MAX_UNPACKED, Remark, Source, Wording};
use crate::text::Lang;

#[derive(Debug, clap::Subcommand)]
pub enum Import {
    #[command(about = "help-import-statement")]
    Statement(statement::ImportStatement),
    #[command(about = "help-import-municipality")]
    Municipality(own::OwnFile),
    #[command(about = "help-import-providers")]
    Providers(own::OwnFile),
    #[command(about = "help-import-staff")]
    Staff(own::OwnFile),
}

impl Import {
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        match self {
            Import::Statement(import) => import.run(config),
            Import::Municipality(file) => file.run(config, &own::MUNICIPALITY),
            Import::Providers(file) => file.run(config, &own::PROVIDERS),
            Import::Staff(file) => file.run(config, &own::STAFF),
        }
    }
}

/// What lies at the path that was given.
struct Incoming {
    path: PathBuf,
    /// The file itself, or the files of the folder one after the other.
    bytes: Vec<u8>,
    folder: Option<Vec<(String, Vec<u8>)>>,
}

impl Incoming {
    fn read(path: &Path) -> anyhow::Result<Incoming> {
        let trouble = || path.display().to_string();
        // `.` has no name of its own, and a name is needed for the receipt and for the marked file.
        let named = match path.file_name() {
            Some(_) => path.to_owned(),
            None => fs::canonicalize(path).with_context(trouble)?,
        };
        if !path.is_dir() {
            let bytes = read_bounded(path).with_context(trouble)?;
            return Ok(Incoming { path: named, bytes, folder: None });
        }
        let files = read_folder(path).with_context(trouble)?;
        let bytes = files.iter().flat_map(|(_, bytes)| bytes).copied().collect();
        Ok(Incoming { path: named, bytes, folder: Some(files) })
    }

    fn source(&self) -> Source<'_> {
        match &self.folder {
            Some(files) => Source::Folder(files),
            None => Source::File(&self.bytes),
        }
    }

    /// A label for people.
    fn name(&self) -> String {
        printable(&self.path.file_name().unwrap_or_default().to_string_lossy())
    }

    /// Where the marked file is written: `opgave.xlsx` comes back as `opgave-met-fouten.xlsx`.
    fn marked_path(&self) -> PathBuf {
        let stem = match &self.folder {
            Some(_) => self.path.file_name(),
            None => self.path.file_stem(),
        };
        self.path.with_file_name(format!("{}-met-fouten.xlsx", stem.unwrap_or(OsStr::new("opgave")).to_string_lossy()))
    }

    /// A message about the file as a whole.
    fn told(&self, message: &str) -> String {
        printable(&format!("{}: {message}", self.path.display()))
    }

    /// The faults, one per line.
    fn faults<W: Wording>(&self, faults: &[Remark<W>], lang: Lang) -> Vec<String> {
        self.faulted(&Said::of(faults, lang), lang)
    }

    fn faulted(&self, faults: &[Said], lang: Lang) -> Vec<String> {
        let line = |fault: &Said| fl!(lang.texts(), "cli-import-fault", message = fault.message.as_str());
        faults.iter().map(|fault| self.told(&line(fault))).collect()
    }

    /// The warnings, one per line.
    fn warnings<W: Wording>(&self, warnings: &[Remark<W>], lang: Lang) -> Vec<String> {
        self.warned(&Said::of(warnings, lang), lang)
    }

    fn warned(&self, warnings: &[Said], lang: Lang) -> Vec<String> {
        let line = |warning: &Said| fl!(lang.texts(), "cli-import-warning", message = warning.message.as_str());
        warnings.iter().map(|warning| self.told(&line(warning))).collect()
    }
}

/// The files of a folder in the order of their names. No more is read than is needed to refuse what is too much.
fn read_folder(path: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(path)?.collect::<io::Result<_>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(|path| path.is_file()).collect();
    paths.sort();
    let (mut files, mut total) = (Vec::new(), 0);
    for path in paths.iter().take(MAX_ENTRIES + 1) {
        let bytes = read_bounded(path)?;
        total += bytes.len() as u64;
        files.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes));
        if total > MAX_UNPACKED {
            break;
        }
    }
    Ok(files)
}

/// At most one byte more than may come in: enough to be refused by its size.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A name from a file may hold what moves the cursor or begins a new line; a message is one line.
fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// How many rows each sheet has, in columns.
fn counts(counts: &[(&str, usize)]) -> Vec<String> {
    let width = counts.iter().map(|(sheet, _)| sheet.chars().count()).max().unwrap_or(0);
    counts.iter().map(|(sheet, rows)| format!("  {sheet:<width$}  {rows:>5}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    #[test]
    fn a_folder_is_its_files_in_order_of_name_without_its_folders() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("kwartaal 3.2026");
        fs::create_dir_all(folder.join("oud")).unwrap();
        write(&folder, "Opgave.csv", b"tweede");
        write(&folder, "Kosten.csv", b"eerste");
        let incoming = Incoming::read(&folder).unwrap();
        let Source::Folder(files) = incoming.source() else { panic!("a folder came in as a file") };
        assert_eq!(
            files,
            [("Kosten.csv".to_owned(), b"eerste".to_vec()), ("Opgave.csv".to_owned(), b"tweede".to_vec())]
        );
        assert_eq!(incoming.bytes, b"eerstetweede");
        assert_eq!(incoming.name(), "kwartaal 3.2026");
        assert_eq!(incoming.marked_path(), dir.path().join("kwartaal 3.2026-met-fouten.xlsx"));
    }

    #[test]
    fn the_marked_file_stands_beside_the_original() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = Incoming::read(&write(dir.path(), "opgave.xlsx", b"x")).unwrap();
        assert_eq!(incoming.marked_path(), dir.path().join("opgave-met-fouten.xlsx"));
    }

    #[test]
    fn of_a_file_that_is_too_large_no_more_is_read_than_shows_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = write(dir.path(), "groot.xlsx", b"");
        File::options().write(true).open(&path).unwrap().set_len(10 * MAX_FILE as u64).unwrap();
        let incoming = Incoming::read(&path).unwrap();
        assert_eq!(incoming.bytes.len(), MAX_FILE + 1);
        assert_eq!(crate::sheet::open(incoming.source()), Err(crate::sheet::Refusal::TooLarge));
    }

    #[test]
    fn what_is_not_there_is_told_by_its_path() {
        let Err(cause) = Incoming::read(Path::new("geen-opgave.xlsx")) else { panic!("nothing was read") };
        assert!(format!("{cause:#}").starts_with("geen-opgave.xlsx: "), "{cause:#}");
    }

    #[test]
    fn a_message_is_one_line_whatever_a_file_is_called() {
        assert_eq!(printable("op\u{1b}[2Jgave\n.xlsx"), "op\u{fffd}[2Jgave\u{fffd}.xlsx");
    }
}
