//! What lies on the shelf (stukken): evidence, statements as far as they were taken, quarter reports; and the page that
//! says what is where.

use i18n_embed_fl::fl;
use serde_json::{Value, json};

use super::missing::LIST;
use super::packing::SUMS;
use super::{Asked, Content, Entry, document, safe};
use crate::actor::Actor;
use crate::assessment;
use crate::db::Conn;
use crate::evidence::{self, Version};
use crate::report::gather::Publisher;
use crate::report::print;
use crate::statement::store::submissions;

/// What stands in which file, and how to check that it arrived whole.
pub fn read_me(asked: Asked<'_>) -> String {
    let t = asked.lang.texts();
    let (name, municipality) = (asked.provider.name.as_str(), asked.municipality);
    let day = asked.lang.day(asked.today);
    let title = fl!(t, "mine-all-read-me-title", name = name, municipality = municipality, day = day);
    let lines = [
        ("organisatie.json", fl!(t, "mine-all-organisation")),
        ("gebruikers.json", fl!(t, "mine-all-users")),
        ("aanmeldingen/", fl!(t, "mine-all-applications")),
        ("berichten/", fl!(t, "mine-all-the-messages")),
        ("bewijsstukken/", fl!(t, "mine-all-evidence")),
        ("opgaven/", fl!(t, "mine-all-statements")),
        ("rapporten/", fl!(t, "mine-all-reports")),
        (SUMS, fl!(t, "mine-all-sums")),
        (LIST, fl!(t, "mine-all-missing-about")),
    ];
    let lines: String = lines.iter().map(|(path, about)| format!("{path}\n    {about}\n")).collect();
    format!("{title}\n\n{lines}\n{}\n", fl!(t, "mine-all-read-me-time"))
}

/// Every version of every piece. A file that is blocked or was not scanned yet does not leave the house; it is listed.
pub fn evidence(conn: &mut Conn, actor: &Actor) -> anyhow::Result<Vec<Entry>> {
    let (mut list, mut files) = (Vec::new(), Vec::new());
    for piece in evidence::store::of_provider(conn, actor)? {
        let folder = format!("bewijsstukken/{:05}-{}", piece.id, safe(&piece.title));
        let mut versions = Vec::new();
        for version in &piece.versions {
            let path = format!("{folder}/{}-{}", version.number, safe(&version.label));
            let goes = version.state.may_be_opened();
            versions.push(of_version(version, goes.then_some(path.as_str())));
            if goes {
                files.push(Entry { path, content: Content::File(version.file.clone()) });
            }
        }
        list.push(json!({ "title": piece.title, "withdrawn_at": piece.withdrawn_at, "versions": versions }));
    }
    files.insert(0, document("bewijsstukken.json", &Value::from(list))?);
    Ok(files)
}

fn of_version(version: &Version, path: Option<&str>) -> Value {
    json!({
        "id": version.id,
        "number": version.number,
        "name": version.label,
        "file": path,
        "sha256": version.file.as_str(),
        "bytes": version.size,
        "state": version.state.as_str(),
        "received_at": version.received_at,
        "received_by": version.received_by,
        "document_date": version.dates.document,
        "valid_until": version.dates.valid_until,
    })
}

/// Everything that was handed in, with what was taken of it; that is kept without the names of clients.
pub fn statements(conn: &mut Conn, actor: &Actor, provider_id: i64) -> anyhow::Result<Vec<Entry>> {
    let (mut list, mut files) = (Vec::new(), Vec::new());
    for one in submissions(conn, actor, provider_id)? {
        let (number, sent) = (one.number, one.submission);
        let quarter = sent.quarter.to_string();
        let kept = match &sent.kept_digest {
            Some(digest) => {
                let path = format!("opgaven/{quarter}/{number}-{}", safe(&sent.file_name));
                files.push(Entry { path: path.clone(), content: Content::File(digest.parse()?) });
                Some(path)
            }
            None => None,
        };
        list.push(json!({
            "receipt": number,
            "quarter": quarter,
            "received_at": sent.received_at,
            "name": sent.file_name,
            "result": sent.result.as_str(),
            "rows_taken": sent.good_rows,
            "rows_refused": sent.refused_rows,
            "sha256_of_what_was_sent": sent.file_digest,
            "file": kept,
        }));
    }
    files.insert(0, document("opgaven.json", &Value::from(list))?);
    Ok(files)
}

/// The newest report of every quarter that was judged.
pub fn reports(conn: &mut Conn, actor: &Actor, asked: Asked<'_>) -> anyhow::Result<Vec<Entry>> {
    let Asked { municipality, public_url, today, .. } = asked;
    let mut entries = Vec::new();
    for quarter in assessment::store::quarters(conn, actor, asked.provider.id)? {
        let publisher = Publisher { municipality, public_url, today };
        let provider = std::slice::from_ref(asked.provider);
        for paper in print::quarter(conn, actor, publisher, provider, quarter, asked.lang)? {
            let path = format!("rapporten/{}.pdf", paper.file_name());
            entries.push(Entry { path, content: Content::Report(Box::new(paper)) });
        }
    }
    Ok(entries)
}
