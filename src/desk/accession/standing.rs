//! GET `/toetreding`: who works under which version, and what waits for whom; in alphabetical order.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::{Waits, frame_of_list, status, waits_for};
use crate::account::entrance::Insider;
use crate::actor::Role;
use crate::agreement::offer::offering::offerable;
use crate::agreement::offer::office_path;
use crate::agreement::offer::standing::{Standing, standings};
use crate::agreement::text::store::{texts, versions};
use crate::agreement::text::{AgreementText, TextKind};
use crate::desk::life::status_of;
use crate::house;
use crate::page::{Frame, Status, Tone, answer};

#[derive(Template)]
#[template(path = "accession/standing.html")]
pub struct StandingPage {
    pub frame: Frame,
    pub today: NaiveDate,
    pub texts: Vec<OfText>,
    /// What waits for the reader himself.
    pub waits: Waits,
}

/// One text that is signed by itself, with every provider that has something to do with it.
#[derive(Debug, Clone)]
pub struct OfText {
    pub text: AgreementText,
    /// The versions that can be offered, the newest first; none before one is established.
    pub offerable: Vec<i32>,
    pub standings: Vec<Standing>,
}

impl OfText {
    /// How many work under each version, or signed it where it makes no agreement, the newest first.
    fn counts(&self, frame: &Frame, today: &NaiveDate) -> Vec<String> {
        let mut counts: Vec<(i32, usize)> = Vec::new();
        let under = |one: &Standing| {
            one.works_under(*today).map(|one| one.version).or_else(|| one.signed.map(|signed| signed.version))
        };
        for version in self.standings.iter().filter_map(under) {
            match counts.iter_mut().find(|(known, _)| *known == version) {
                Some((_, count)) => *count += 1,
                None => counts.push((version, 1)),
            }
        }
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let agreed = self.text.kind == TextKind::Domain;
        let words = |(version, count): (i32, usize)| match agreed {
            true => fl!(frame.t(), "offer-standing-count", number = version, count = count),
            false => fl!(frame.t(), "offer-standing-count-signed", number = version, count = count),
        };
        counts.into_iter().map(words).collect()
    }
}

impl StandingPage {
    fn works_under(&self, one: &Standing) -> Option<(String, NaiveDate)> {
        let runs = one.works_under(self.today)?;
        Some((fl!(self.frame.t(), "offer-standing-version", number = runs.version), runs.active_from))
    }

    /// An agreement that begins later.
    fn begins(&self, one: &Standing) -> Option<(String, NaiveDate)> {
        let next = one.newest_accession().filter(|next| next.active_from > self.today)?;
        Some((fl!(self.frame.t(), "offer-standing-version", number = next.version), next.active_from))
    }

    /// What both signed of a text that makes no agreement by itself, and when.
    fn signed(&self, one: &Standing) -> Option<(String, NaiveDate)> {
        let signed = one.signed?;
        Some((fl!(self.frame.t(), "offer-standing-version", number = signed.version), signed.on))
    }

    /// How the agreement ended, and on which day.
    fn ended(&self, one: &Standing) -> Option<(Status, String, NaiveDate)> {
        let ended = one.ended.as_ref()?;
        Some((status_of(self.frame.lang, ended.state).plain(), ended.number.clone(), ended.on))
    }

    /// The heading above what a provider has: an agreement, or a text that was signed.
    fn has(&self, one: &OfText) -> String {
        match one.text.kind {
            TextKind::Domain => fl!(self.frame.t(), "offer-works-under"),
            _ => fl!(self.frame.t(), "offer-signed-text"),
        }
    }

    fn has_none(&self, one: &OfText) -> String {
        match one.text.kind {
            TextKind::Domain => fl!(self.frame.t(), "offer-works-under-none"),
            _ => fl!(self.frame.t(), "offer-not-yet-both"),
        }
    }

    fn first_file(&self) -> Option<String> {
        self.waits.files.first().map(|id| office_path(*id))
    }

    fn number(&self, one: &Standing) -> String {
        one.newest_accession().map(|one| one.number.clone()).unwrap_or_default()
    }

    /// The last day of the newest version, begun or not: no later one takes its place.
    fn ends(&self, one: &Standing) -> Option<NaiveDate> {
        one.newest_accession()?.active_until
    }

    fn state(&self, one: &Standing) -> Option<(i64, Status)> {
        let (_, party) = one.open.as_ref().or(one.newest.as_ref())?;
        Some((party.id, status(self.frame.lang, party)))
    }

    fn due(&self, one: &Standing) -> Option<(NaiveDate, Status)> {
        let (_, party) = one.open.as_ref()?;
        let left = party.term.left_in_words(self.frame.lang, self.today);
        let tone = if party.term.days_left(self.today) < 4 { Tone::Warn } else { Tone::Wait };
        Some((party.term.due, Status::new(tone, left).plain()))
    }
}

pub async fn page(who: Insider) -> HttpResponse {
    who.answer(show(&who).await)
}

async fn show(who: &Insider) -> Result<HttpResponse, house::Turn> {
    let frame = frame_of_list(who)?;
    let (actor, today) = (who.actor(), who.house.today());
    let (texts, waits) = house::read(&who.house, move |conn| {
        let mut found = Vec::new();
        for text in texts(conn, &actor)?.into_iter().filter(|one| one.kind.is_signed()) {
            let all = versions(conn, &actor, &[text.id])?;
            let offerable = offerable(&all, today).into_iter().map(|(one, _)| one.number).collect();
            found.push(OfText { offerable, standings: standings(conn, &actor, today, &text)?, text });
        }
        Ok((found, waits_for(conn, &actor)?))
    })
    .await?;
    let frame = Frame { here: "/toetreding".to_owned(), ..frame };
    Ok(answer(StatusCode::OK, &StandingPage { frame, today, texts, waits }))
}

/// Who may offer a version.
pub fn offers(role: Role) -> bool {
    role == Role::ContractManager
}
