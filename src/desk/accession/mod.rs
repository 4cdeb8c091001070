//! Accession (toetreding) as the municipality sees it: what is offered to whom, who signed, what waits for whom, and who
//! works under which version. What may be done is decided by the verbs of `agreement::offer`.

pub mod countersign;
pub mod countersign_handlers;
pub mod made_handlers;
pub mod offered;
pub mod offering;
pub mod offering_handlers;
pub mod one;
pub mod one_handlers;
pub mod sample;
pub mod standing;
pub mod standing_sample;
pub mod tariffs;

use actix_web::http::StatusCode;
use i18n_embed_fl::fl;

use crate::account::entrance::Insider;
use crate::account::once::Tried;
use crate::account::web::handlers::signing_in::{until_then, wait_words};
use crate::actor::{Actor, Role};
use crate::agreement::offer::store::{Fault, Wanted, parties};
use crate::agreement::offer::{Offer, OfferRefusal, Party, PartyState};
use crate::db::Conn;
use crate::house::Turn;
use crate::page::{FormErrors, Frame, Section, Status, Tone};
use crate::text::Lang;
use chrono::NaiveDateTime;

/// The frame of a page below the list of accessions, for who may read dossiers.
pub fn frame(who: &Insider) -> Result<Frame, Turn> {
    let frame = frame_of_list(who)?.crumb(fl!(who.lang.texts(), "offer-standing-title"), "/toetreding");
    Ok(Frame { here: who.here.clone(), ..frame })
}

/// The frame of that list.
pub fn frame_of_list(who: &Insider) -> Result<Frame, Turn> {
    if !who.actor().may_read_dossiers() {
        return Err(Turn::NotAllowed);
    }
    let t = who.lang.texts();
    Ok(who.frame(Some(Section::Agreements)).crumb(fl!(t, "page-menu-agreements"), "/overeenkomsten"))
}

/// How far an offer is, as the municipality sees it.
pub fn status(lang: Lang, party: &Party) -> Status {
    let tone = match party.state {
        PartyState::Offered => Tone::Wait,
        PartyState::Uploaded | PartyState::SignedByProvider => Tone::Todo,
        PartyState::Signed => Tone::Ok,
        PartyState::Declined => Tone::Bad,
        PartyState::Lapsed => Tone::Warn,
        PartyState::Withdrawn => Tone::Idle,
    };
    Status::new(tone, party.state.in_words(lang, party.kind))
}

/// A refusal comes before the first write, so what is answered with it commits nothing; trouble ends the request.
pub fn or_refusal<T>(result: Result<T, Fault>) -> Result<Result<T, OfferRefusal>, Turn> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Fault::Refused(OfferRefusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(OfferRefusal::NotYours)) => Err(Turn::NotAllowed),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
    }
}

/// Where a refusal stands on a page: at the field it is about, or above the whole.
pub fn errors_of(lang: Lang, refusal: &OfferRefusal) -> (StatusCode, FormErrors) {
    let said = refusal.in_words(lang);
    let field = match refusal {
        OfferRefusal::NotRead => "gelezen",
        OfferRefusal::NotAuthorised => "bevoegd",
        OfferRefusal::PositionMissing => "functie",
        OfferRefusal::DayMissing => "datum",
        OfferRefusal::ReasonMissing | OfferRefusal::ReasonTooShort(_) => "reden",
        OfferRefusal::StartsBefore(_) | OfferRefusal::StartsAfter(_) | OfferRefusal::StartsWithinTerm(_) => "ingang",
        OfferRefusal::NobodyChosen | OfferRefusal::NoProducts | OfferRefusal::HoldsBsn => {
            return (StatusCode::BAD_REQUEST, FormErrors { whole: vec![said], ..FormErrors::default() });
        }
        _ => return (StatusCode::CONFLICT, FormErrors { whole: vec![said], ..FormErrors::default() }),
    };
    (StatusCode::BAD_REQUEST, FormErrors { fields: vec![(field.to_owned(), said)], ..FormErrors::default() })
}

/// What is said to a code that was not good; none for a good one.
pub fn code_errors(lang: Lang, now: NaiveDateTime, tried: Tried) -> Option<(StatusCode, FormErrors)> {
    let (status, said) = match tried {
        Tried::Good(_) => return None,
        Tried::Wrong => (StatusCode::BAD_REQUEST, fl!(lang.texts(), "offer-code-wrong")),
        Tried::Blocked(until) => (StatusCode::TOO_MANY_REQUESTS, wait_words(lang, until_then(now, until))),
    };
    Some((status, FormErrors { fields: vec![("code".to_owned(), said)], ..FormErrors::default() }))
}

/// What the purpose of a one-time code is called.
pub fn purpose(parties: &[i64]) -> String {
    let ids: Vec<String> = parties.iter().map(i64::to_string).collect();
    format!("offer-party/{}", ids.join("+"))
}

/// What waits at the municipality, and what at the providers; empty for a provider's person.
pub fn waiting(conn: &mut Conn, actor: &Actor) -> diesel::QueryResult<Vec<(Offer, Party)>> {
    if actor.own_provider().is_some() {
        return Ok(Vec::new());
    }
    parties(conn, actor, Wanted::In(&PartyState::OPEN))
}

/// What of it waits for this actor himself, and for what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waits {
    /// How many wait for his signature.
    pub to_sign: usize,
    /// The offers of which a file that was signed elsewhere is to be looked at.
    pub files: Vec<i64>,
}

pub fn waits_for(conn: &mut Conn, actor: &Actor) -> diesel::QueryResult<Waits> {
    if actor.role() != Role::DecisionMaker {
        return Ok(Waits::default());
    }
    let all = parties(conn, actor, Wanted::In(&[PartyState::Uploaded, PartyState::SignedByProvider]))?;
    let to_sign = all.iter().filter(|(_, party)| party.state == PartyState::SignedByProvider).count();
    let files =
        all.iter().filter(|(_, party)| party.state == PartyState::Uploaded).map(|(_, party)| party.id).collect();
    Ok(Waits { to_sign, files })
}

impl Waits {
    pub fn count(&self) -> usize {
        self.to_sign + self.files.len()
    }
}
