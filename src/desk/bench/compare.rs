//! Two versions of one piece of evidence beside each other (vergelijken): what differs in their data, and their pages as
//! pictures, the earlier one first. Only what was handed in with this application is there to compare.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use i18n_embed_fl::fl;

use super::shown::{EvidenceLine, Picture, before};
use super::{found_at, frame, frame_below, link_to};
use crate::account::entrance::Insider;
use crate::dossier::showing;
use crate::evidence::{Key, Version, store::all_shown};
use crate::house::{self, Turn};
use crate::page::{Frame, answer};

/// GET `/aanmeldingen/{nr}/bewijs/{versie}/vergelijken`
#[derive(Template)]
#[template(path = "bench/compare.html")]
pub struct ComparePage {
    pub frame: Frame,
    pub provider: String,
    pub code: String,
    /// Where the verdict is given.
    pub back: String,
    pub before: EvidenceLine,
    pub now: EvidenceLine,
}

/// A fact of both versions.
struct Fact {
    name: String,
    before: String,
    now: String,
}

impl Fact {
    fn differs(&self) -> bool {
        self.before != self.now
    }
}

/// One page of both.
struct Beside<'a> {
    id: String,
    title: String,
    pictures: Vec<(&'a EvidenceLine, Option<Picture>)>,
}

impl ComparePage {
    fn versions(&self) -> [&EvidenceLine; 2] {
        [&self.before, &self.now]
    }

    fn same_file(&self) -> bool {
        self.before.digest == self.now.digest
    }

    fn facts(&self) -> Vec<Fact> {
        let t = self.frame.t();
        let day = |day: Option<chrono::NaiveDate>| match day {
            Some(day) => self.frame.lang.day(day),
            None => fl!(t, "bench-compare-none"),
        };
        let pages = |line: &EvidenceLine| match line.pages {
            Some(count) => count.to_string(),
            None => fl!(t, "bench-compare-none"),
        };
        let fact = |name: String, of: &dyn Fn(&EvidenceLine) -> String| Fact {
            name,
            before: of(&self.before),
            now: of(&self.now),
        };
        vec![
            fact(fl!(t, "bench-compare-name"), &|line| line.label.clone()),
            fact(fl!(t, "bench-received"), &|line| day(line.received_on)),
            fact(fl!(t, "bench-dated"), &|line| day(line.dated)),
            fact(fl!(t, "bench-valid-until"), &|line| day(line.valid_until)),
            fact(fl!(t, "bench-compare-size"), &|line| line.size.clone()),
            fact(fl!(t, "bench-compare-pages"), &pages),
        ]
    }

    /// For each page the picture of the earlier version and of the later one; a version that is shorter has none.
    fn pages(&self) -> Vec<Beside<'_>> {
        let mut pictures = self.versions().map(|line| line.pictures().into_iter());
        let longest = pictures.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
        let beside = |page: usize| {
            let title = fl!(self.frame.t(), "bench-compare-page", page = page);
            let [earlier, later] = &mut pictures;
            Beside {
                id: format!("pagina-{page}"),
                title,
                pictures: vec![(&self.before, earlier.next()), (&self.now, later.next())],
            }
        };
        (1..=longest).map(beside).collect()
    }

    fn has_more(&self) -> bool {
        self.versions().iter().any(|line| line.has_more())
    }
}

/// GET `/aanmeldingen/{nr}/bewijs/{versie}/vergelijken`
pub async fn compare(who: Insider, at: Path<(String, String)>) -> HttpResponse {
    let (number, key) = at.into_inner();
    who.answer(show(&who, number, key).await)
}

async fn show(who: &Insider, number: String, key: String) -> Result<HttpResponse, Turn> {
    frame(who)?;
    if !who.actor().may_open_evidence() {
        return Err(Turn::NotAllowed);
    }
    let (actor, lang) = (who.actor(), who.lang);
    let (found, provider, code, lines) = house::read(&who.house, move |conn| {
        let (found, provider) = found_at(conn, &actor, &number)?;
        let key = Key::read(&key).ok_or(Turn::NotFound)?;
        let shown = showing::of_application(conn, &actor, found.id)?;
        let ids: Vec<i64> = shown.iter().map(|one| one.version_id).collect();
        let versions = all_shown(conn, provider.id, &ids)?;
        let now = versions.iter().find(|version| version.key == key).ok_or(Turn::NotFound)?;
        // For one criterion: two versions that were shown for different ones are not each other's successor.
        let of_now = shown.iter().rev().find(|one| one.version_id == now.id).ok_or(Turn::NotFound)?;
        let same: Vec<i64> = shown.iter().filter(|one| one.code == of_now.code).map(|one| one.version_id).collect();
        let same: Vec<Version> = versions.iter().filter(|one| same.contains(&one.id)).cloned().collect();
        let earlier = before(now, &same).ok_or(Turn::NotFound)?;
        if !now.state.may_be_opened() || !earlier.state.may_be_opened() {
            return Err(Turn::NotFound);
        }
        let written = found.number.to_string();
        let line = |version: &Version| {
            let one = shown.iter().find(|one| one.version_id == version.id && one.code == of_now.code);
            let (title, on) = one.map_or((of_now.title.as_str(), None), |one| (one.title.as_str(), one.received_on));
            EvidenceLine::plain(lang, &written, title, on, version)
        };
        let lines = [line(earlier), line(now)];
        Ok((found, provider, of_now.code.clone(), lines))
    })
    .await?;
    let [before, now] = lines;
    let provider = link_to(&provider);
    let back = format!("{}/eisen/{code}", super::path_of(found.number));
    let page = ComparePage {
        frame: frame_below(who, &found, &provider)?.crumb(code.clone(), back.clone()),
        provider: provider.name,
        code,
        back,
        before,
        now,
    };
    Ok(answer(StatusCode::OK, &page))
}
