//! What broke, in the user's language (storing): the system and the database speak English, so their words come behind ours,
//! in brackets.

use std::error::Error;
use std::io;

use diesel::ConnectionError;
use diesel::result::Error as QueryError;
use i18n_embed_fl::fl;

use crate::files::FilesTrouble;
use crate::text::Lang;

/// The whole chain of causes in one line. In English it is told as it is.
pub fn words(cause: &anyhow::Error, lang: Lang) -> String {
    let original = format!("{cause:#}");
    match (lang, cause.chain().find_map(|link| known(link, lang))) {
        (Lang::Nl, Some(known)) => {
            // A cause that begins with a path or an address tells of what; the rest is for whoever knows English.
            let about = cause.to_string();
            let shown = !about.contains(' ') && cause.chain().nth(1).is_some();
            if shown { format!("{about}: {known} ({:#})", cause.root_cause()) } else { format!("{known} ({original})") }
        }
        _ => original,
    }
}

/// The same for a file that could not be opened, read or written.
pub fn io_words(cause: &io::Error, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!("{} ({cause})", of_system(cause, lang)),
        Lang::En => cause.to_string(),
    }
}

fn known(link: &(dyn Error + 'static), lang: Lang) -> Option<String> {
    let t = lang.texts();
    if let Some(cause) = link.downcast_ref::<io::Error>() {
        return Some(of_system(cause, lang));
    }
    match link.downcast_ref::<FilesTrouble>() {
        Some(FilesTrouble::Missing(hash)) => return Some(fl!(t, "trouble-file-missing", hash = hash.as_str())),
        Some(FilesTrouble::Corrupted { expected, .. }) => {
            return Some(fl!(t, "trouble-file-changed", hash = expected.as_str()));
        }
        // Its own cause follows.
        Some(FilesTrouble::Io { .. }) | None => {}
    }
    if link.is::<ConnectionError>() || link.is::<diesel::r2d2::PoolError>() {
        return Some(fl!(t, "trouble-database-closed"));
    }
    match link.downcast_ref::<QueryError>()? {
        QueryError::DatabaseError(..) => Some(fl!(t, "trouble-database-refused")),
        _ => Some(fl!(t, "trouble-database")),
    }
}

fn of_system(cause: &io::Error, lang: Lang) -> String {
    let t = lang.texts();
    match cause.kind() {
        io::ErrorKind::NotFound => fl!(t, "trouble-not-found"),
        io::ErrorKind::PermissionDenied => fl!(t, "trouble-no-permission"),
        io::ErrorKind::AlreadyExists => fl!(t, "trouble-there-already"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => fl!(t, "trouble-disk-full"),
        io::ErrorKind::ReadOnlyFilesystem => fl!(t, "trouble-read-only"),
        io::ErrorKind::IsADirectory => fl!(t, "trouble-is-folder"),
        io::ErrorKind::NotADirectory => fl!(t, "trouble-no-folder"),
        io::ErrorKind::AddrInUse => fl!(t, "trouble-port-taken"),
        io::ErrorKind::AddrNotAvailable => fl!(t, "trouble-no-such-address"),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::HostUnreachable => fl!(t, "trouble-no-answer"),
        io::ErrorKind::TimedOut => fl!(t, "trouble-too-late"),
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => fl!(t, "trouble-damaged"),
        _ => fl!(t, "trouble-system"),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn the_system_speaks_dutch_with_its_own_words_behind() {
        let cause = std::fs::read("geen-bestand").context("geen-bestand").unwrap_err();
        let told = words(&cause, Lang::Nl);
        assert!(told.starts_with("geen-bestand: bestand of map niet gevonden (") && told.ends_with(')'), "{told}");
        assert_eq!(words(&cause, Lang::En), format!("{cause:#}"));
        let full =
            anyhow::Error::from(io::Error::from(io::ErrorKind::StorageFull)).context("rapport cannot be written");
        assert!(words(&full, Lang::Nl).starts_with("de schijf is vol (rapport cannot be written"), "{full:#}");
    }

    #[test]
    fn what_is_not_known_is_told_as_it_is() {
        assert_eq!(words(&anyhow::anyhow!("iets anders"), Lang::Nl), "iets anders");
    }
}
