//! The intake (in ontvangst nemen): from a form with files to versions in the store. Every file comes in piece by piece,
//! is checked apart, scanned, and brought to the disk; then one transaction writes the rows of all that are good. A later
//! chapter that takes files uses the same two steps: [`collect`], then [`take`].

mod form;

pub use form::{Incoming, Sent, collect};

use actix_web::web::{self, Data};

use crate::actor::Actor;
use crate::evidence::check::Refusal;
use crate::evidence::store::{self, NewEvidence, NewVersion};
use crate::evidence::{Dates, Flag, VersionState, apart, scan};
use crate::files::FilesTrouble;
use crate::house::{self, House, Turn};

/// Where the files of a form go.
#[derive(Debug, Clone)]
pub struct Purpose {
    pub provider_id: i64,
    pub target: Target,
    pub dates: Dates,
    /// The key of the form: the same key again stores nothing twice. At most 80 characters.
    pub key: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A piece of evidence per file, under this title; without one each gets the name of its file.
    New {
        title: String,
        /// The name of each file stands behind the title: it is one of many.
        of_many: bool,
    },
    /// One more version of this piece; only one file fits.
    Version { evidence_id: i64 },
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub label: String,
    /// The id of its version.
    pub result: Result<i64, Refusal>,
}

/// Checks, stores and writes down. The good files are stored, the others told with their reason; when the disk or the
/// database fails, nothing is written down at all.
pub async fn take(
    house: &Data<House>,
    actor: &Actor,
    files: Vec<Incoming>,
    purpose: Purpose,
) -> Result<Vec<Outcome>, Turn> {
    let now = house.now();
    let mut judged = Vec::with_capacity(files.len());
    for (place, file) in files.into_iter().enumerate() {
        let label = file.label.clone();
        let submission = format!("{}/{place}", purpose.key);
        let (at, dates) = (house.clone(), purpose.dates);
        let kept = web::block(move || keep(&at, file, dates, submission)).await??;
        judged.push((label, kept));
    }
    let actor = actor.clone();
    let quota = house.uploads.quota;
    house::write(house, move |conn| {
        let mut stored = u64::try_from(store::stored_bytes(conn, purpose.provider_id)?).unwrap_or(0);
        let mut outcomes = Vec::with_capacity(judged.len());
        for (label, kept) in judged {
            let result = match kept {
                Err(refusal) => Err(refusal),
                Ok(version) => {
                    let submission = version.submission.as_deref().unwrap_or_default();
                    let before = store::submitted(conn, &actor, purpose.provider_id, submission)?;
                    let size = version.size.unsigned_abs();
                    match before {
                        Some(before) => Ok(before.id),
                        None if stored + size > quota => Err(Refusal::QuotaFull),
                        None => {
                            stored += size;
                            let evidence_id = match &purpose.target {
                                Target::Version { evidence_id } => *evidence_id,
                                Target::New { title, of_many } => {
                                    let title = title_of(title, &label, *of_many);
                                    let new = NewEvidence { provider_id: purpose.provider_id, title };
                                    store::add(conn, &actor, now, &new)?
                                }
                            };
                            Ok(store::add_version(conn, &actor, now, evidence_id, &version)?)
                        }
                    }
                }
            };
            outcomes.push(Outcome { label, result });
        }
        Ok(outcomes)
    })
    .await
    .map_err(|turn| match turn {
        // The piece was withdrawn, or is somebody else's.
        Turn::Broken(cause) if matches!(cause.downcast_ref(), Some(diesel::result::Error::NotFound)) => Turn::NotFound,
        other => other,
    })
}

/// One file that is nobody's evidence, as a document of a procedure: judged, scanned, and on the disk, or told why not.
pub async fn take_loose(house: &Data<House>, file: Incoming) -> Result<Result<NewVersion, Refusal>, Turn> {
    let at = house.clone();
    web::block(move || keep(&at, file, Dates::default(), String::new())).await?
}

/// One file: judged, scanned, and on the disk.
fn keep(house: &House, file: Incoming, dates: Dates, submission: String) -> Result<Result<NewVersion, Refusal>, Turn> {
    let quarantine = match file.content {
        Ok(quarantine) => quarantine,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let checked = match apart::inspect(&house.uploads, &file.label, &quarantine)? {
        Ok(checked) => checked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // "With a warning": what it is, only its owner can say.
    if checked.flags.contains(&Flag::BsnInside) && !file.looked_at {
        return Ok(Err(Refusal::BsnInside));
    }
    let state = match &house.uploads.scan {
        house::uploads::Scan::Off => VersionState::Received,
        scanner => scan::look(scanner, &whole(&quarantine)?, scan::AT_THE_SCREEN),
    };
    if state == VersionState::Infected {
        return Ok(Err(Refusal::Virus));
    }
    let size = i64::try_from(quarantine.size())?;
    Ok(Ok(NewVersion {
        file: house.files.keep(quarantine)?,
        label: file.label,
        media_type: checked.media_type,
        size,
        pages: checked.pages,
        dates,
        state,
        flags: checked.flags,
        submission: Some(submission),
    }))
}

/// The scanner is given a file whole.
fn whole(quarantine: &crate::files::Quarantine) -> Result<Vec<u8>, FilesTrouble> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let read = quarantine.reader()?.read_to_end(&mut bytes);
    read.map_err(|cause| FilesTrouble::Io { doing: "reading the file", path: "quarantine".into(), cause })?;
    Ok(bytes)
}

/// What the provider calls it; of several files each keeps its own name too.
fn title_of(title: &str, label: &str, many: bool) -> String {
    let stem = label.rsplit_once('.').map_or(label, |(stem, _)| stem);
    match (title.trim(), many) {
        ("", _) => stem.to_owned(),
        (title, true) => format!("{title} – {stem}"),
        (title, false) => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_called_what_its_owner_calls_it() {
        assert_eq!(title_of("", "Polis 2027.pdf", false), "Polis 2027");
        assert_eq!(title_of(" Polis ", "scan0001.pdf", false), "Polis");
        assert_eq!(title_of("Diploma’s", "jansen.pdf", true), "Diploma’s – jansen");
    }
}
