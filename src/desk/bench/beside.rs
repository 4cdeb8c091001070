//! What waits beside the applications (ander werk): access asked for, procedures to publish, agreements to sign, proposals of
//! the consultation table. Each becomes a line of the work queue.

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::TermWords;
use super::queue::Line;
use crate::actor::{Actor, Role};
use crate::agreement::offer::{Offer, Party, PartyState, office_path};
use crate::agreement::text::{AgreementText, TextVersion};
use crate::assessment;
use crate::calendar::wall_clock;
use crate::consultation::{self, ConsultationTable, Proposal};
use crate::db::Conn;
use crate::desk::accession;
use crate::house::Turn;
use crate::page::{Status, Tone};
use crate::planning::{self, Standing};
use crate::procedure::admission::Procedure;
use crate::provider::access::AccessRequest;
use crate::provider::{self, Provider};
use crate::term::Term;
use crate::text::Lang;

/// What waits at the consultation tables: proposals to decide on, and terms to react that end soon.
pub fn at_tables(
    work: consultation::work::Work,
    lang: Lang,
    today: NaiveDate,
    decides: bool,
) -> (Vec<Line>, Vec<Line>) {
    let t = lang.texts();
    let proposal = |(table, proposal, since): (ConsultationTable, Proposal, NaiveDate)| Line {
        what: fl!(t, "consultation-work-decide"),
        href: format!("/tafels/{}/voorstellen/{}", table.id, proposal.number),
        number: fl!(t, "consultation-work-number", number = proposal.number),
        provider: table.name,
        since,
        term: None,
        for_you: decides,
        handler: None,
        exclusion: false,
    };
    let term = |(table, text, version, term): (ConsultationTable, AgreementText, TextVersion, Term)| Line {
        what: fl!(t, "consultation-work-term"),
        href: format!("/tafels/{}", table.id),
        number: fl!(t, "consultation-text-version", title = text.title.in_lang(lang), number = version.number),
        provider: table.name,
        since: term.start,
        term: Some(TermWords::of_reactions(lang, today, term)),
        for_you: false,
        handler: None,
        exclusion: false,
    };
    (work.to_decide.into_iter().map(proposal).collect(), work.ending.into_iter().map(term).collect())
}

/// Somebody asks to work for a provider that has nobody who can answer.
pub fn of_request(one: &AccessRequest, lang: Lang) -> Line {
    Line {
        what: fl!(lang.texts(), "access-work", name = one.name.as_str()),
        href: format!("/werkvoorraad/verzoeken/{}", one.id),
        number: String::new(),
        provider: one.provider.clone(),
        since: wall_clock(one.asked_at).date(),
        term: None,
        for_you: true,
        handler: None,
        exclusion: false,
    }
}

/// What is offered and waits for a signature, and every provider by whose name it is told.
pub type Offered = (Vec<(Offer, Party)>, Vec<Provider>);

/// Of all providers. Where nothing is offered their names are not read.
pub fn offered(conn: &mut Conn, actor: &Actor) -> Result<Offered, Turn> {
    let offers = accession::waiting(conn, actor)?;
    let providers = if offers.is_empty() { Vec::new() } else { provider::store::all(conn, actor)? };
    Ok((offers, providers))
}

/// Whether the next step with an offer is the municipality's.
pub fn at_us(party: &Party) -> bool {
    party.state != PartyState::Offered
}

/// An agreement to sign: by the provider, or by the decision maker after it.
pub fn of_offer(party: &Party, providers: &[Provider], lang: Lang, today: NaiveDate, role: Role) -> Option<Line> {
    let t = lang.texts();
    let what = match party.state {
        PartyState::Uploaded => fl!(t, "offer-work-file"),
        PartyState::SignedByProvider => fl!(t, "offer-work-countersign"),
        _ => fl!(t, "offer-work-sign"),
    };
    let waits_for_provider = !at_us(party);
    let tone = if party.term.days_left(today) < 4 { Tone::Warn } else { Tone::Wait };
    let term = waits_for_provider.then(|| TermWords {
        kind: fl!(t, "offer-term-kind"),
        due: party.term.due,
        left: Status::new(tone, party.term.left_in_words(lang, today)).plain(),
        rule: party.term.rule_in_words(lang),
    });
    Some(Line {
        what,
        href: office_path(party.id),
        number: String::new(),
        provider: providers.iter().find(|one| one.id == party.provider_id)?.name.clone(),
        since: wall_clock(party.changed_at).date(),
        term,
        for_you: !waits_for_provider && role == Role::DecisionMaker,
        handler: None,
        exclusion: false,
    })
}

/// A colleague proposed to publish a procedure.
pub fn of_procedure(one: &Procedure, lang: Lang) -> Line {
    let proposed_at = one.proposed.as_ref().map_or(one.changed_at, |proposal| proposal.at);
    Line {
        what: fl!(lang.texts(), "bench-work-publish", name = one.details.name.in_lang(lang)),
        href: format!("/beheer/procedures/{}/publiceren", one.details.code),
        number: String::new(),
        provider: "–".to_owned(),
        since: wall_clock(proposed_at).date(),
        term: None,
        for_you: true,
        handler: None,
        exclusion: false,
    }
}

/// An activity of a plan that is due, or was.
pub fn of_plan(one: &planning::store::Due, lang: Lang, today: NaiveDate) -> Line {
    let (board, activity) = (&one.board, &one.activity);
    let (due, t) = (activity.due(board), lang.texts());
    let left = match activity.standing(board, today) {
        late @ Standing::Late(..) => planning::web::status(lang, late),
        _ => Status::new(Tone::Wait, fl!(t, "planning-work-due", month = planning::web::month(lang, due))),
    };
    Line {
        what: fl!(t, "planning-work", activity = activity.plan.name.in_lang(lang)),
        href: planning::web::path(&one.procedure.details.code),
        number: String::new(),
        provider: one.procedure.details.name.in_lang(lang).to_owned(),
        since: due,
        term: Some(TermWords {
            kind: fl!(t, "planning-title"),
            due,
            left: left.plain(),
            rule: activity.plan.phase.in_words(lang),
        }),
        for_you: false,
        handler: None,
        exclusion: false,
    }
}

/// What waits in the quarters: for us, and for the providers. Each line leads to the list that shows who they are.
pub fn of_quarters(
    work: &[assessment::work::Work],
    lang: Lang,
    today: NaiveDate,
    decides: bool,
) -> (Vec<Line>, Vec<Line>) {
    let t = lang.texts();
    let line = |work: &assessment::work::Work, what: String, waits: &str| Line {
        what,
        href: format!("/kwartalen?kwartaal={}&wacht={waits}", work.quarter.path()),
        number: lang.quarter_first(work.quarter),
        provider: "–".to_owned(),
        since: work.since,
        term: None,
        for_you: decides && waits == "gemeente",
        handler: None,
        exclusion: false,
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for one in work {
        if one.to_answer > 0 {
            ours.push(line(one, fl!(t, "hearing-work-answer", count = one.to_answer), "gemeente"));
        }
        if one.to_finalise > 0 {
            ours.push(line(one, fl!(t, "hearing-work-final", count = one.to_finalise), "gemeente"));
        }
        if let Some(term) = one.first {
            let what = fl!(t, "hearing-work-runs", count = one.running);
            let term = TermWords { kind: fl!(t, "hearing-term"), ..TermWords::of_reactions(lang, today, term) };
            theirs.push(Line { term: Some(term), ..line(one, what, "aanbieder") });
        }
    }
    (ours, theirs)
}
