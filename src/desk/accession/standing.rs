//! GET `/toetreding`: who works under which version, and what waits for whom; in alphabetical order.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::{frame_of_list, status, waits_for};
use crate::account::entrance::Insider;
use crate::actor::Role;
use crate::agreement::offer::standing::{Standing, standings};
use crate::agreement::text::store::{texts, versions};
use crate::agreement::text::{AgreementText, TextState};
use crate::house;
use crate::page::{Frame, Status, Tone, answer};

#[derive(Template)]
#[template(path = "accession/standing.html")]
pub struct StandingPage {
    pub frame: Frame,
    pub today: NaiveDate,
    pub texts: Vec<OfText>,
    /// How many wait for the reader's signature.
    pub to_sign: usize,
}

/// One text that is signed by itself, with every provider that has something to do with it.
#[derive(Debug, Clone)]
pub struct OfText {
    pub text: AgreementText,
    /// The newest version that was established; none can be offered before.
    pub newest: Option<i32>,
    pub standings: Vec<Standing>,
}

impl OfText {
    /// How many work under each version, the newest first; and how many under none.
    fn counts(&self, frame: &Frame, today: &NaiveDate) -> Vec<String> {
        let mut counts: Vec<(i32, usize)> = Vec::new();
        for version in self.standings.iter().filter_map(|one| one.works_under(*today).map(|one| one.version)) {
            match counts.iter_mut().find(|(known, _)| *known == version) {
                Some((_, count)) => *count += 1,
                None => counts.push((version, 1)),
            }
        }
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let words =
            |(version, count): (i32, usize)| fl!(frame.t(), "offer-standing-count", number = version, count = count);
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
    let (texts, to_sign) = house::read(&who.house, move |conn| {
        let mut found = Vec::new();
        for text in texts(conn, &actor)?.into_iter().filter(|one| one.kind.is_signed()) {
            let all = versions(conn, &actor, &[text.id])?;
            let newest = all.iter().filter(|one| one.state == TextState::Established).map(|one| one.number).max();
            found.push(OfText { newest, standings: standings(conn, &actor, today, &text)?, text });
        }
        Ok((found, waits_for(conn, &actor)?))
    })
    .await?;
    let frame = Frame { here: "/toetreding".to_owned(), ..frame };
    Ok(answer(StatusCode::OK, &StandingPage { frame, today, texts, to_sign }))
}

/// Who may offer a version.
pub fn offers(role: Role) -> bool {
    role == Role::ContractManager
}
