//! The rows that name a stored file (verwijzingen), of all municipalities of the installation. Whoever keeps files in a
//! new table adds it here, so that `check` and `backup` know of them.

use diesel::prelude::*;
use i18n_embed_fl::fl;

use crate::cli::trouble::io_words;
use crate::db::{Conn, Db};
use crate::files::FilesTrouble;
use crate::ids::Sha256Hex;
use crate::schema::{
    certificate_file, evidence_version, letter_file, life_letter_file, procedure_document, report_file, submission,
};
use crate::text::Lang;

/// A file, and what it belongs to.
pub struct Reference {
    pub digest: Sha256Hex,
    what: What,
}

enum What {
    /// What was taken of a statement.
    Submission {
        number: i64,
        file: String,
        quarter: String,
    },
    Report {
        assessment: i64,
        language: String,
    },
    Letter {
        number: i64,
        language: String,
    },
    /// The certificate of a signing.
    Certificate {
        party: i64,
        language: String,
    },
    /// A piece of evidence of a provider, under the name its sender gave it.
    Evidence {
        number: i64,
        file: String,
    },
    /// A document of the procedure that everybody can read.
    Document {
        file: String,
    },
}

/// Rows looked at in one transaction: files are read between two pages, so that no transaction lasts for all of them.
const PAGE: i64 = 500;

/// Every reference there is, a page of rows at a time.
pub fn each(db: &Db, mut look: impl FnMut(&Reference)) -> QueryResult<()> {
    let letters = [letters, letter_pages, life_letters, life_letter_pages];
    for page in letters.into_iter().chain([submissions, reports, certificates, evidence, documents]) {
        let mut after = 0;
        loop {
            let found = db.read(|conn| page(conn, after))?;
            let Some((last, _)) = found.last() else { break };
            after = *last;
            found.iter().for_each(|(_, reference)| look(reference));
        }
    }
    Ok(())
}

type Page = QueryResult<Vec<(i64, Reference)>>;

fn submissions(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, String, String)> = submission::table
        .filter(submission::id.gt(after).and(submission::kept_digest.is_not_null()))
        .order(submission::id)
        .limit(PAGE)
        .select((submission::id, submission::kept_digest.assume_not_null(), submission::file_name, submission::quarter))
        .load(conn)?;
    let reference = |(number, digest, file, quarter)| {
        (number, Reference { digest, what: What::Submission { number, file, quarter } })
    };
    Ok(rows.into_iter().map(reference).collect())
}

fn reports(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, i64, String)> = report_file::table
        .filter(report_file::id.gt(after))
        .order(report_file::id)
        .limit(PAGE)
        .select((report_file::id, report_file::file_digest, report_file::assessment_id, report_file::language))
        .load(conn)?;
    let reference =
        |(id, digest, assessment, language)| (id, Reference { digest, what: What::Report { assessment, language } });
    Ok(rows.into_iter().map(reference).collect())
}

fn letters(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, String)> = letter_file::table
        .filter(letter_file::id.gt(after))
        .order(letter_file::id)
        .limit(PAGE)
        .select((letter_file::id, letter_file::pdf_digest, letter_file::language))
        .load(conn)?;
    Ok(rows.into_iter().map(letter).collect())
}

fn letter_pages(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, String)> = letter_file::table
        .filter(letter_file::id.gt(after))
        .order(letter_file::id)
        .limit(PAGE)
        .select((letter_file::id, letter_file::page_digest, letter_file::language))
        .load(conn)?;
    Ok(rows.into_iter().map(letter).collect())
}

fn life_letters(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, String)> = life_letter_file::table
        .filter(life_letter_file::id.gt(after))
        .order(life_letter_file::id)
        .limit(PAGE)
        .select((life_letter_file::id, life_letter_file::pdf_digest, life_letter_file::language))
        .load(conn)?;
    Ok(rows.into_iter().map(letter).collect())
}

fn life_letter_pages(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, String)> = life_letter_file::table
        .filter(life_letter_file::id.gt(after))
        .order(life_letter_file::id)
        .limit(PAGE)
        .select((life_letter_file::id, life_letter_file::page_digest, life_letter_file::language))
        .load(conn)?;
    Ok(rows.into_iter().map(letter).collect())
}

fn letter((number, digest, language): (i64, Sha256Hex, String)) -> (i64, Reference) {
    (number, Reference { digest, what: What::Letter { number, language } })
}

fn certificates(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, i64, String)> = certificate_file::table
        .filter(certificate_file::id.gt(after))
        .order(certificate_file::id)
        .limit(PAGE)
        .select((
            certificate_file::id,
            certificate_file::pdf_digest,
            certificate_file::party_id,
            certificate_file::language,
        ))
        .load(conn)?;
    let reference =
        |(id, digest, party, language)| (id, Reference { digest, what: What::Certificate { party, language } });
    Ok(rows.into_iter().map(reference).collect())
}

fn evidence(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, String)> = evidence_version::table
        .filter(evidence_version::id.gt(after))
        .order(evidence_version::id)
        .limit(PAGE)
        .select((evidence_version::id, evidence_version::file_digest, evidence_version::label))
        .load(conn)?;
    let reference = |(number, digest, file)| (number, Reference { digest, what: What::Evidence { number, file } });
    Ok(rows.into_iter().map(reference).collect())
}

fn documents(conn: &mut Conn, after: i64) -> Page {
    let rows: Vec<(i64, Sha256Hex, String)> = procedure_document::table
        .filter(procedure_document::id.gt(after))
        .order(procedure_document::id)
        .limit(PAGE)
        .select((procedure_document::id, procedure_document::file_digest, procedure_document::file_name))
        .load(conn)?;
    let reference = |(number, digest, file)| (number, Reference { digest, what: What::Document { file } });
    Ok(rows.into_iter().map(reference).collect())
}

impl Reference {
    /// What is wrong with the file, and what that touches.
    pub fn wrong(&self, trouble: &FilesTrouble, lang: Lang) -> String {
        let (t, digest, what) = (lang.texts(), self.digest.as_str(), self.what.words(lang));
        match trouble {
            FilesTrouble::Missing(_) => fl!(t, "cli-check-missing", digest = digest, what = what),
            FilesTrouble::Corrupted { found, .. } => {
                fl!(t, "cli-check-corrupted", digest = digest, found = found.as_str(), what = what)
            }
            FilesTrouble::Io { cause, .. } => {
                fl!(t, "cli-check-unreadable", digest = digest, cause = io_words(cause, lang), what = what)
            }
        }
    }
}

impl What {
    fn words(&self, lang: Lang) -> String {
        match self {
            What::Submission { number, file, quarter } => {
                let (number, file, quarter) = (number.to_string(), file.as_str(), quarter.as_str());
                fl!(lang.texts(), "cli-check-submission", number = number, file = file, quarter = quarter)
            }
            What::Report { assessment, language } => {
                let (number, language) = (assessment.to_string(), language.as_str());
                fl!(lang.texts(), "cli-check-report", number = number, language = language)
            }
            What::Letter { number, language } => {
                let (number, language) = (number.to_string(), language.as_str());
                fl!(lang.texts(), "cli-check-letter", number = number, language = language)
            }
            What::Certificate { party, language } => {
                let (number, language) = (party.to_string(), language.as_str());
                fl!(lang.texts(), "cli-check-certificate", number = number, language = language)
            }
            What::Evidence { number, file } => {
                fl!(lang.texts(), "cli-check-evidence", number = number.to_string(), file = file.as_str())
            }
            What::Document { file } => fl!(lang.texts(), "cli-check-document", file = file.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Digests that name no stored file: of tokens, keys, codes, names and devices, of what was judged, and of a file
    /// that is not kept.
    const NO_FILES: [&str; 10] = [
        "token_digest",
        "key_digest",
        "link_digest",
        "code_digest",
        "name_digest",
        "device_digest",
        "state_digest",
        "browser_digest",
        "assessment.final_digest",
        "submission.file_digest",
    ];

    #[test]
    fn every_column_that_names_a_file_is_looked_at() {
        let schema = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema.rs")).unwrap();
        let looked_at = include_str!("references.rs");
        let mut table = "";
        let mut columns = Vec::new();
        for line in schema.lines() {
            if let Some((name, _)) = line.trim().split_once(" (") {
                table = name;
            }
            for column in
                line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.ends_with("_digest"))
            {
                columns.push((format!("{table}.{column}"), column));
            }
        }
        assert!(columns.iter().any(|(name, _)| name == "submission.kept_digest"), "{columns:?}");
        for (name, column) in columns {
            let known = NO_FILES.contains(&name.as_str()) || NO_FILES.contains(&column);
            assert!(known || looked_at.contains(&name.replace('.', "::")), "{name} may name a file; see this page");
        }
    }
}
