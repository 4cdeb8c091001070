//! Gathering a letter (brief verzamelen): from what the dossier kept of the act it tells of. Whoever asks gets the same
//! letter, so it is gathered as the house itself, after it was seen that he may have it.

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Europe::Amsterdam;

use super::{Addressee, Asked, Letter, LetterKind, Message, NotMet, Protection, Written};
use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::dossier::asking::never_asked;
use crate::dossier::decision::{Decision, Outcome, decisions};
use crate::dossier::form::{Filled, Step};
use crate::dossier::mails::applicant_path;
use crate::dossier::receipt::{self, Receipt};
use crate::dossier::supplement::{SupplementRequest, requests};
use crate::dossier::timeline::{self, What};
use crate::dossier::{Application, CriterionResult, Part, Verb, drafting, review, showing, store, told};
use crate::procedure::admission::{self, Procedure};
use crate::procedure::criterion::AskMoment;
use crate::procedure::{outages, store::terms};
use crate::provider;
use crate::text::Bilingual;

/// Who publishes the letter.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    pub municipality: &'a str,
    /// Without a slash at the end.
    pub public_url: &'a str,
}

/// Every letter there is about an application, by kind and number; none when it is not the actor's to see.
pub fn written(conn: &mut Conn, actor: &Actor, application_id: i64) -> diesel::QueryResult<Vec<Written>> {
    if store::find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(Vec::new());
    }
    let acts = Acts::load(conn, &Actor::system(actor.tenant()), application_id)?;
    let mut all = Vec::new();
    for kind in LetterKind::ALL {
        all.extend((1..).zip(acts.moments(*kind)).map(|(number, at)| Written { kind: *kind, number, at }));
    }
    Ok(all)
}

/// The letter, when the actor may see the application and there is one.
pub fn letter(
    conn: &mut Conn,
    actor: &Actor,
    sender: Sender<'_>,
    application_id: i64,
    written: Written,
) -> diesel::QueryResult<Option<Letter>> {
    if store::find_by_id(conn, actor, application_id)?.is_none() {
        return Ok(None);
    }
    let house = Actor::system(actor.tenant());
    let Some(found) = store::find_by_id(conn, &house, application_id)? else { return Ok(None) };
    let Some(procedure) = admission::store::find(conn, &house, found.procedure_id)? else { return Ok(None) };
    let acts = Acts::load(conn, &house, found.id)?;
    let Some(message) = message(conn, &house, &found, &procedure, acts, written)? else { return Ok(None) };
    let path = format!("{}{}/brieven/{}", sender.public_url, applicant_path(found.number), written.path());
    Ok(Some(Letter {
        application: found.number,
        written,
        sent_at: Amsterdam.from_utc_datetime(&written.at).fixed_offset(),
        municipality: sender.municipality.to_owned(),
        contact: procedure.details.contact,
        procedure: procedure.details.name,
        addressee: addressee(conn, &house, &found)?,
        page_url: path,
        message,
    }))
}

/// The acts that letters tell of, the oldest first.
struct Acts {
    receipts: Vec<Receipt>,
    requests: Vec<SupplementRequest>,
    decisions: Vec<Decision>,
    /// Set aside and withdrawn, with the words that were given.
    ends: Vec<(Verb, NaiveDateTime, String)>,
}

impl Acts {
    fn load(conn: &mut Conn, house: &Actor, id: i64) -> diesel::QueryResult<Acts> {
        let mut requests = requests(conn, house, id)?;
        let mut decisions = decisions(conn, house, id)?;
        let steps = timeline::steps(conn, house, id)?;
        requests.reverse();
        decisions.reverse();
        let end = |event: timeline::Event| match event.what {
            // What the municipality stopped entering from paper gets no letter.
            What::Step { verb: Verb::Withdraw, .. } if !event.role.is_of_provider() => None,
            What::Step { verb: verb @ (Verb::SetAside | Verb::Withdraw), .. } => Some((verb, event.at, event.reason)),
            _ => None,
        };
        let ends = steps.into_iter().filter_map(end).collect();
        Ok(Acts { receipts: receipt::all(conn, house, id)?, requests, decisions, ends })
    }

    fn moments(&self, kind: LetterKind) -> Vec<NaiveDateTime> {
        let decided = |outcome| {
            let mine = self.decisions.iter().filter(move |one| one.outcome == outcome);
            mine.map(|one| one.decided_at).collect()
        };
        let ended = |verb| self.ends.iter().filter(|(one, ..)| *one == verb).map(|(_, at, _)| *at).collect();
        match kind {
            LetterKind::Receipt => self.receipts.iter().map(|one| one.received_at).collect(),
            LetterKind::Supplement => self.requests.iter().map(|one| one.asked_at).collect(),
            LetterKind::Admission => decided(Outcome::Admitted),
            LetterKind::Refusal => decided(Outcome::Refused),
            LetterKind::SetAside => ended(Verb::SetAside),
            LetterKind::Withdrawal => ended(Verb::Withdraw),
        }
    }
}

fn message(
    conn: &mut Conn,
    house: &Actor,
    found: &Application,
    procedure: &Procedure,
    acts: Acts,
    written: Written,
) -> diesel::QueryResult<Option<Message>> {
    let Some(at) = usize::try_from(written.number).ok().and_then(|number| number.checked_sub(1)) else {
        return Ok(None);
    };
    let decided = |outcome| acts.decisions.iter().filter(move |one| one.outcome == outcome).nth(at).cloned();
    let ended = |verb| acts.ends.iter().filter(move |(one, ..)| *one == verb).nth(at);
    Ok(match written.kind {
        LetterKind::Receipt => {
            acts.receipts.get(at).map(|receipt| received(conn, house, found, receipt)).transpose()?
        }
        LetterKind::Supplement => {
            acts.requests.get(at).map(|request| asked(conn, house, found, request)).transpose()?
        }
        LetterKind::Admission => match decided(Outcome::Admitted) {
            Some(decision) => Some(admitted(conn, house, found, decision)?),
            None => None,
        },
        LetterKind::Refusal => match decided(Outcome::Refused) {
            Some(Decision { reason, remedy, court, term: Some(term), decided_at, .. }) => {
                let not_met = not_met(conn, house, found, decided_at)?;
                Some(Message::Refused { reason, not_met, remedy: Protection { remedy, court, term } })
            }
            _ => None,
        },
        LetterKind::SetAside => match ended(Verb::SetAside) {
            Some((_, moment, reason)) => {
                let remedy = protection(conn, house, procedure, *moment)?;
                let asked = acts.requests.iter().rev().find(|request| request.asked_at <= *moment);
                let asked = asked.map(|request| (wall_clock(request.asked_at).date(), request.term.due));
                Some(Message::SetAside { reason: reason.clone(), asked, remedy })
            }
            None => None,
        },
        LetterKind::Withdrawal => ended(Verb::Withdraw).map(|_| Message::Withdrawn),
    })
}

fn received(conn: &mut Conn, house: &Actor, found: &Application, receipt: &Receipt) -> diesel::QueryResult<Message> {
    let answer = receipt::answer(conn, house, found, receipt)?;
    Ok(Message::Received {
        what: receipt.kind,
        receipt: receipt.number.clone(),
        digest: receipt.digest.as_str().to_owned(),
        received_on: answer.start,
        answer,
        form: told::handed_in(&receipt.body)?,
    })
}

/// With what was open on the day of the decision: what was handed in after it still stood in this letter.
fn admitted(conn: &mut Conn, house: &Actor, found: &Application, decision: Decision) -> diesel::QueryResult<Message> {
    let criteria = review::of_application(conn, house, found.id)?;
    let verdicts = review::verdicts(conn, house, &[found.id])?;
    let shown = showing::of_application(conn, house, found.id)?;
    let open = |row: &review::CriterionRow| {
        let judged = verdicts.get(&row.id).into_iter().flatten().any(|one| one.judged_at <= decision.decided_at);
        let came = shown.iter().any(|one| one.code == row.code && one.shown_at <= decision.decided_at);
        !judged && !came
    };
    let asked = criteria.into_iter().filter(|(row, one)| one.ask == AskMoment::BeforeStart && open(row));
    let rule = terms(conn, house, decision.decided_on)?.before_start;
    Ok(Message::Admitted {
        words: decision.reason,
        before_start: asked.map(|(_, criterion)| criterion.name).collect(),
        term: rule.begin(decision.decided_on, &outages::days(conn, house)?),
    })
}

fn asked(
    conn: &mut Conn,
    house: &Actor,
    found: &Application,
    request: &SupplementRequest,
) -> diesel::QueryResult<Message> {
    let criteria = review::of_application(conn, house, found.id)?;
    let name = |part: &Part| -> Option<Bilingual> {
        let Part::Criterion(code) = part else { return None };
        criteria.iter().find(|(row, _)| row.code == *code).map(|(_, criterion)| criterion.name.clone())
    };
    let items = request.items.iter();
    let asked = items.map(|(part, words)| Asked { part: part.clone(), name: name(part), words: words.clone() });
    Ok(Message::SupplementAsked { words: request.message.clone(), asked: asked.collect(), term: request.term })
}

/// The criteria that were not met on the moment of the decision; what was judged after it does not count, and what was
/// never asked is no ground.
fn not_met(
    conn: &mut Conn,
    house: &Actor,
    found: &Application,
    decided_at: NaiveDateTime,
) -> diesel::QueryResult<Vec<NotMet>> {
    let criteria = review::of_application(conn, house, found.id)?;
    let verdicts = review::verdicts(conn, house, &[found.id])?;
    let never = never_asked(conn, house, found)?;
    let not_met = criteria.into_iter().filter(|(row, _)| !never.contains(&row.code)).filter_map(|(row, criterion)| {
        let then = verdicts.get(&row.id)?.iter().find(|verdict| verdict.judged_at <= decided_at)?;
        let stands = matches!(then.result, CriterionResult::NotMet | CriterionResult::RepairAsked);
        stands.then(|| NotMet { code: row.code, name: criterion.name, reason: then.reason.clone() })
    });
    Ok(not_met.collect())
}

/// The remedy as the procedure has it, counted from the day of the act.
fn protection(
    conn: &mut Conn,
    house: &Actor,
    procedure: &Procedure,
    at: NaiveDateTime,
) -> diesel::QueryResult<Protection> {
    let day = wall_clock(at).date();
    let (remedy, court) = (procedure.details.remedy, procedure.details.court.clone());
    let term = remedy.term(&terms(conn, house, day)?).begin(day, &outages::days(conn, house)?);
    Ok(Protection { remedy, court, term })
}

pub(super) fn addressee(conn: &mut Conn, house: &Actor, found: &Application) -> diesel::QueryResult<Addressee> {
    let form = drafting::form(conn, house, found.id)?;
    let provider = provider::store::find_by_id(conn, house, found.provider_id)?;
    let address = match form.steps.get(&Step::Organisation) {
        Some(Filled::Organisation(organisation)) => organisation.address.clone(),
        _ => Default::default(),
    };
    Ok(Addressee {
        organisation: provider.map(|one| one.name).unwrap_or_default(),
        person: form.contact().name,
        street: address.street,
        place: format!("{} {}", address.postcode, address.place).trim().to_owned(),
    })
}
