//! The evidence of an application (getoond bewijs): a line on the page, the pictures of its pages, and the file to save. A
//! provider's own file is never opened in the assessor's browser. Who took a file or looked into it stands in the audit.

use actix_web::HttpResponse;
use actix_web::web::Path;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::{found_at, frame};
use crate::account::entrance::Insider;
use crate::audit::{self, Act};
use crate::dossier::showing;
use crate::dossier::tasks::ShownCheck;
use crate::evidence::apart::PAGES_DRAWN;
use crate::evidence::web::serve;
use crate::evidence::{Key, MediaType, Version, VersionState, store::all_shown};
use crate::house::{self, Turn};
use crate::page::{Status, Tone};
use crate::text::Lang;

/// A file that was shown, with its facts.
#[derive(Debug, Clone)]
pub struct EvidenceLine {
    pub title: String,
    pub label: String,
    pub size: String,
    /// Of a PDF.
    pub pages: Option<i64>,
    /// How many pages are shown as pictures; one of a file that is a picture itself.
    pub pictures: i64,
    pub version: i64,
    pub digest: String,
    pub state: Status,
    pub dated: Option<NaiveDate>,
    /// The last day on which it counts; laid beside another version the one that stands on it.
    pub valid_until: Option<NaiveDate>,
    /// A newer version of it stands above it.
    pub replaced: bool,
    pub received_on: Option<NaiveDate>,
    /// `/aanmeldingen/2026-0014/bewijs/{versie}`; none while it may not be opened.
    pub path: Option<String>,
    /// Where it stands beside the version before it, when that was handed in too.
    pub compare: Option<String>,
}

/// A page of a PDF as a picture.
#[derive(Debug, Clone)]
pub struct Picture {
    pub page: i64,
    pub href: String,
    /// Fetched once it comes into view.
    pub waits: bool,
}

impl EvidenceLine {
    /// `all` is what was shown for the same criterion, among which an earlier version may be.
    pub fn of(lang: Lang, application: &str, one: &ShownCheck, version: &Version, all: &[Version]) -> EvidenceLine {
        let line = EvidenceLine::plain(lang, application, &one.evidence.title, one.evidence.received_on, version);
        let compare = line.path.as_ref().filter(|_| before(version, all).is_some());
        let compare = compare.map(|path| format!("{path}/vergelijken"));
        // The same day as the check beside it names; of what was replaced the day that stands on it.
        let counts = one.holds.until().filter(|_| !one.replaced);
        EvidenceLine { compare, replaced: one.replaced, valid_until: counts.or(line.valid_until), ..line }
    }

    pub fn plain(
        lang: Lang,
        application: &str,
        title: &str,
        received_on: Option<NaiveDate>,
        version: &Version,
    ) -> EvidenceLine {
        let t = lang.texts();
        let state = match version.state {
            VersionState::Clean => Status::new(Tone::Ok, fl!(t, "bench-file-clean")).plain(),
            VersionState::Received => Status::new(Tone::Idle, fl!(t, "bench-file-received")).plain(),
            VersionState::WaitsForScan => Status::new(Tone::Wait, fl!(t, "bench-file-waits")),
            VersionState::Infected => Status::new(Tone::Bad, fl!(t, "bench-file-infected")),
        };
        let path = format!("/aanmeldingen/{application}/bewijs/{}", version.key);
        EvidenceLine {
            title: title.to_owned(),
            label: version.label.clone(),
            size: size_in_words(lang, version.size),
            pages: version.pages.filter(|_| version.media_type == MediaType::Pdf),
            pictures: serve::pictures(version).min(i64::from(PAGES_DRAWN)),
            version: version.number,
            digest: version.file.to_string(),
            state,
            dated: version.dates.document,
            valid_until: version.dates.valid_until,
            received_on,
            path: version.state.may_be_opened().then_some(path),
            compare: None,
            replaced: false,
        }
    }

    /// The pages that are shown as pictures.
    pub fn pictures(&self) -> Vec<Picture> {
        let Some(path) = &self.path else { return Vec::new() };
        (1..=self.pictures)
            .map(|page| Picture { page, href: format!("{path}/paginas/{page}"), waits: page > 1 })
            .collect()
    }

    /// A longer document is read to its end by saving it.
    pub fn has_more(&self) -> bool {
        self.pages.is_some_and(|last| last > i64::from(PAGES_DRAWN))
    }
}

/// The version of the same piece that came before this one, of those that were shown.
pub fn before<'a>(version: &Version, shown: &'a [Version]) -> Option<&'a Version> {
    let earlier = |one: &&Version| one.evidence_id == version.evidence_id && one.number < version.number;
    shown.iter().filter(earlier).max_by_key(|one| one.number)
}

/// `184 kB`, `2,1 MB`.
fn size_in_words(lang: Lang, bytes: i64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", (bytes + 999) / 1000),
        _ => {
            let point = lang.pick(",", ".");
            format!("{}{point}{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
        }
    }
}

/// GET `/aanmeldingen/{nr}/bewijs/{versie}/bestand`
pub async fn file(who: Insider, at: Path<(String, String)>) -> HttpResponse {
    let (number, key) = at.into_inner();
    who.answer(give(&who, number, key, None).await)
}

/// GET `/aanmeldingen/{nr}/bewijs/{versie}/paginas/{n}`
pub async fn page(who: Insider, at: Path<(String, String, u32)>) -> HttpResponse {
    let (number, key, page) = at.into_inner();
    who.answer(give(&who, number, key, Some(page)).await)
}

async fn give(who: &Insider, number: String, key: String, page: Option<u32>) -> Result<HttpResponse, Turn> {
    frame(who)?;
    // Who only looks at what was decided has no need of a provider's own papers.
    if !who.actor().may_open_evidence() {
        return Err(Turn::NotAllowed);
    }
    let actor = who.actor();
    let (number, version) = house::read(&who.house, move |conn| {
        let (found, provider) = found_at(conn, &actor, &number)?;
        let key = Key::read(&key).ok_or(Turn::NotFound)?;
        // Only what was shown with this application and handed in.
        let shown = showing::of_application(conn, &actor, found.id)?;
        let shown: Vec<i64> = shown.iter().map(|one| one.version_id).collect();
        let version = all_shown(conn, provider.id, &shown)?.into_iter().find(|version| version.key == key);
        Ok((found.number, version.ok_or(Turn::NotFound)?))
    })
    .await?;
    if !version.state.may_be_opened() {
        return Err(Turn::NotFound);
    }
    // The pictures of one file are asked for together: the first stands for all of them.
    let action = match page {
        None => Some("evidence.download"),
        Some(1) => Some("evidence.look"),
        Some(_) => None,
    };
    if let Some(action) = action {
        let (actor, now) = (who.actor(), who.house.now());
        let object = format!("application/{number}/evidence-version/{}", version.id);
        house::write(&who.house, move |conn| {
            let act = Act { action, object: &object, result: "done", detail: "" };
            Ok(audit::record(conn, &actor, now, act)?)
        })
        .await?;
    }
    match page {
        None => serve::attachment(&who.house, &version).await,
        Some(number) => serve::page(&who.house, &version, number).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_the_words_of_the_language() {
        assert_eq!(size_in_words(Lang::Nl, 1), "1 kB");
        assert_eq!(size_in_words(Lang::Nl, 184_000), "184 kB");
        assert_eq!(size_in_words(Lang::Nl, 2_150_000), "2,1 MB");
        assert_eq!(size_in_words(Lang::En, 2_150_000), "2.1 MB");
    }
}
