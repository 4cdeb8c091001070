//! What is on every page of one offer (het aanbod): the texts, what changed in them, who signed, and what became of it. The
//! provider's page and the municipality's show the same.

use chrono::{NaiveDate, NaiveDateTime};
use i18n_embed_fl::fl;

use super::tariffs::TariffTable;
use crate::actor::Actor;
use crate::agreement::offer::notice::last_day;
use crate::agreement::offer::store::{self, Event, Wanted};
use crate::agreement::offer::{Offer, Party, PartyKind, PartyState, Side, Signature, Upload};
use crate::agreement::text::diff::{ChangeKind, Segment, compare};
use crate::agreement::text::store::{articles, version, versions};
use crate::agreement::text::{AgreementText, Article, TextVersion};
use crate::agreement::web::shown::{Body, Changed};
use crate::agreement::{self, Accession};
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::house::Turn;
use crate::page::{Frame, Moment, Status, Tone};
use crate::provider::{self, Provider};
use crate::text::Lang;

#[derive(Debug, Clone)]
pub struct Offered {
    pub offer: Offer,
    pub party: Party,
    pub text: AgreementText,
    pub version: TextVersion,
    pub provider: Provider,
    pub documents: Vec<Document>,
    pub signatures: Vec<Signature>,
    /// The newest first.
    pub events: Vec<Event>,
    /// The newest first.
    pub uploads: Vec<Upload>,
    /// What both signatures made.
    pub agreement: Option<Accession>,
    /// What a change follows.
    pub follows: Option<Accession>,
    /// Of a change: the products that are delivered under what it follows, and go on.
    pub delivers: Vec<i64>,
}

/// A text or annex as it was offered.
#[derive(Debug, Clone)]
pub struct Document {
    pub text: AgreementText,
    pub version: TextVersion,
    pub digest: String,
    pub articles: Vec<Article>,
    /// What is other than in the version that was signed before.
    pub changes: Option<Changes>,
}

#[derive(Debug, Clone)]
pub struct Changes {
    /// The number of that version.
    pub since: i32,
    pub clauses: Vec<Clause>,
}

/// An article that changed.
#[derive(Debug, Clone)]
pub struct Clause {
    pub kind: ChangeKind,
    pub heading: Vec<Segment>,
    pub lines: Vec<Vec<Segment>>,
}

/// One offer to one provider; what is not the actor's does not exist.
pub fn gather(conn: &mut Conn, actor: &Actor, id: i64) -> Result<Offered, Turn> {
    let (offer, party) = store::party(conn, actor, id)?.ok_or(Turn::NotFound)?;
    let (text, of_offer) = version(conn, actor, offer.version_id)?.ok_or(Turn::NotFound)?;
    let provider = provider::store::find_by_id(conn, actor, party.provider_id)?.ok_or(Turn::NotFound)?;
    let accessions = agreement::store::of(conn, actor, &[party.provider_id])?;
    let named = |id: Option<i64>| accessions.iter().find(|one| Some(one.id) == id).cloned();
    let follows = named(party.follows);
    let signed_before = signed_before(conn, actor, &party, &text, follows.as_ref())?;
    let mut documents = Vec::with_capacity(offer.documents.len());
    for one in &offer.documents {
        let Some((text, version)) = version(conn, actor, one.version_id)? else { continue };
        let now = articles(conn, actor, version.id)?;
        let before = signed_before.iter().find(|before| before.text_id == text.id && before.id != version.id);
        let changes = match before {
            Some(before) => Some(changes(before.number, &articles(conn, actor, before.id)?, &now)),
            None => None,
        };
        documents.push(Document { text, version, digest: one.digest.to_string(), articles: now, changes });
    }
    let delivers = match &follows {
        Some(follows) => agreement::store::products(conn, actor, follows.id)?,
        None => Vec::new(),
    };
    Ok(Offered {
        delivers,
        signatures: store::signatures(conn, actor, &[party.id])?,
        events: store::history(conn, actor, party.id)?,
        uploads: store::uploads(conn, actor, party.id)?,
        agreement: named(party.accession),
        follows,
        offer,
        party,
        text,
        version: of_offer,
        provider,
        documents,
    })
}

/// The versions that this provider works under: those it signed last, and of what was never signed here the one that its
/// accession names.
fn signed_before(
    conn: &mut Conn,
    actor: &Actor,
    party: &Party,
    text: &AgreementText,
    follows: Option<&Accession>,
) -> Result<Vec<TextVersion>, Turn> {
    let all = store::parties(conn, actor, Wanted::Provider(party.provider_id))?;
    let last = all
        .into_iter()
        .find(|(offer, one)| offer.text_id == text.id && one.state == PartyState::Signed && one.id < party.id);
    let mut found = Vec::new();
    if let Some((offer, _)) = last {
        for document in &offer.documents {
            found.extend(version(conn, actor, document.version_id)?.map(|(_, version)| version));
        }
    } else if let Some(follows) = follows {
        found.extend(versions(conn, actor, &[text.id])?.into_iter().find(|one| one.number == follows.version));
    }
    Ok(found)
}

fn changes(since: i32, before: &[Article], after: &[Article]) -> Changes {
    let clauses = compare(before, after).into_iter().filter(|one| one.kind != ChangeKind::Same).map(|one| Clause {
        kind: one.kind,
        heading: one.heading,
        lines: one.lines,
    });
    Changes { since, clauses: clauses.collect() }
}

impl Offered {
    pub fn title(&self, lang: Lang) -> &str {
        self.text.title.in_lang(lang)
    }

    pub fn of_side(&self, side: Side) -> Option<&Signature> {
        self.signatures.iter().find(|one| one.side == side)
    }

    /// Versie 4, geldig van … tot en met ….
    pub fn version_words(&self, lang: Lang) -> String {
        let (t, number) = (lang.texts(), self.version.number);
        match (self.version.holds_from, self.version.holds_until) {
            (Some(from), Some(until)) => {
                fl!(t, "offer-version-from-until", number = number, from = lang.day(from), until = lang.day(until))
            }
            (Some(from), None) => fl!(t, "offer-version-from", number = number, from = lang.day(from)),
            (None, _) => fl!(t, "offer-version", number = number),
        }
    }

    pub fn is_change(&self) -> bool {
        self.party.kind == PartyKind::Change
    }

    /// The last day of the agreement, for who does not accept the change.
    pub fn stops_on(&self) -> Option<NaiveDate> {
        let last = last_day(&self.offer, &self.party);
        let runs = self.follows.as_ref().filter(|_| self.is_change())?;
        Some(runs.active_until.map_or(last, |until| until.min(last)))
    }

    /// The first day, as far as it is known.
    pub fn starts_on(&self) -> NaiveDate {
        self.agreement.as_ref().map_or(self.offer.starts_on, |one| one.active_from)
    }

    /// The annex with the tariffs, on a page for this provider.
    pub fn tariffs(&self, lang: Lang) -> Option<TariffTable<'_>> {
        let annex = self.offer.tariffs.as_ref()?;
        Some(TariffTable { lang, annex, own: annex.only(&self.delivers) })
    }

    /// Why it was sent back last, as long as it was not handed in again.
    pub fn sent_back(&self) -> Option<&str> {
        let newest = self.events.first()?;
        let sent_back = newest.verb == crate::agreement::offer::OfferVerb::SendBack;
        (sent_back && self.party.state == PartyState::Offered).then_some(newest.reason.as_str())
    }
}

impl Document {
    pub fn bodies(&self) -> Vec<(String, Body)> {
        let heading = |one: &Article| format!("{} {}", one.number, one.heading);
        self.articles.iter().map(|one| (heading(one), Body::of(&one.body))).collect()
    }

    pub fn name(&self, lang: Lang) -> String {
        let number = self.version.number;
        fl!(lang.texts(), "offer-document", title = self.text.title.in_lang(lang), number = number)
    }
}

impl Clause {
    pub fn heading(&self, lang: Lang) -> Changed {
        Changed { lang, line: self.heading.clone() }
    }

    pub fn lines(&self, lang: Lang) -> Vec<Changed> {
        self.lines.iter().map(|line| Changed { lang, line: line.clone() }).collect()
    }

    pub fn status(&self, lang: Lang) -> Status {
        let tone = if self.kind == ChangeKind::New { Tone::Ok } else { Tone::Idle };
        Status::new(tone, self.kind.in_words(lang)).plain()
    }
}

/// Both places for a signature: whose, whether it is there, who and when.
pub fn places(offered: &Offered, lang: Lang) -> Vec<(String, Status, Option<String>)> {
    let t = lang.texts();
    let place = |side: Side| {
        let put = offered.of_side(side);
        let status = match (put, side, offered.party.state) {
            (Some(_), ..) => Status::new(Tone::Ok, fl!(t, "offer-signed")),
            (None, Side::Provider, PartyState::Offered) => Status::new(Tone::Todo, fl!(t, "offer-to-sign")),
            (None, Side::Municipality, PartyState::SignedByProvider) => {
                Status::new(Tone::Todo, fl!(t, "offer-to-sign"))
            }
            (None, Side::Municipality, state) if state.is_open() => Status::new(Tone::Wait, fl!(t, "offer-follows")),
            (None, Side::Provider, PartyState::Uploaded) => Status::new(Tone::Wait, fl!(t, "offer-looked-at")),
            (None, ..) => Status::new(Tone::Idle, fl!(t, "offer-not-signed")),
        };
        let who = put.map(|one| match one.position.as_str() {
            "" => one.name.clone(),
            position => format!("{}, {position}", one.name),
        });
        let who = who.zip(put).map(|(who, one)| format!("{who}, {}", lang.moment(wall_clock(one.at))));
        (side.in_words(lang), status, who)
    };
    [Side::Provider, Side::Municipality].map(place).to_vec()
}

pub fn moment(frame: &Frame, at: &NaiveDateTime) -> Moment {
    frame.moment(&wall_clock(*at))
}
