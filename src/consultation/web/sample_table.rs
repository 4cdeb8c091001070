//! An invented table with what is on it (voorbeeldtafel), for the sample pages.

use chrono::{NaiveDate, NaiveDateTime};

use super::proposals::{Change, change_of};
use crate::agreement::text::writing::Wording;
use crate::agreement::text::{Article, Scope};
use crate::consultation::proposal::Before;
use crate::consultation::{
    ConsultationTable, Meeting, Proposal, ProposalKind, ProposalState, Reaction, Seat, SeatRole, Stance, TableKind,
};
use crate::text::Lang;

pub fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a day")
}

pub fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}

pub fn table() -> ConsultationTable {
    ConsultationTable {
        id: 3,
        procedure_id: 1,
        kind: TableKind::Consultation,
        name: "Overlegtafel re-integratie".into(),
        purpose: "Samen de deelovereenkomst beter maken.\n<Iedereen> kan meepraten.".into(),
        is_open: true,
        from: day("2026-09-01"),
        until: Some(day("2027-08-31")),
    }
}

pub fn seat(role: SeatRole, name: &str) -> Seat {
    Seat {
        id: name.len() as i64,
        table_id: 3,
        role,
        provider_id: None,
        account_id: None,
        name: name.into(),
        email: if role == SeatRole::Provider { String::new() } else { "iemand@voorbeeld.example".into() },
        language: Lang::Nl,
        seated_at: at("2026-09-01T09:00:00"),
        left_at: None,
    }
}

pub fn seats() -> Vec<Seat> {
    vec![
        seat(SeatRole::Chair, "M. de Wit"),
        seat(SeatRole::Provider, "Stichting <Werkpad> Noord"),
        seat(SeatRole::Provider, "Stap Vooruit B.V."),
        seat(SeatRole::ClientRepresentative, "J. Hoekstra"),
    ]
}

pub fn meeting() -> Meeting {
    Meeting {
        id: 1,
        table_id: 3,
        number: 1,
        starts_at: at("2026-11-18T13:00:00"),
        ends_at: at("2026-11-18T14:30:00"),
        place: "Gemeentehuis, zaal 2".into(),
        online: "https://vergaderen.noordermeer.example/tafel".into(),
        agenda: vec!["Opening".into(), "Voorstellen bij versie 2".into(), "Rondvraag".into()],
        uid: "5f@openhouse".into(),
        sequence: 0,
        invited_at: Some(at("2026-11-02T09:00:00")),
        cancelled_at: None,
        version: 2,
        changed_at: at("2026-11-02T09:00:00"),
        changed_by: "M. de Wit".into(),
    }
}

pub fn wording(body: &str) -> Wording {
    Wording { number: "4.2".into(), heading: "Trajectplan".into(), scope: Scope::All, body: body.into() }
}

pub fn before() -> Before {
    Before {
        number: "4.2".into(),
        heading: "Trajectplan".into(),
        body: "Opdrachtnemer stelt binnen vier weken na aanmelding een trajectplan op en stemt dit af met de cliënt."
            .into(),
    }
}

pub fn proposal(state: ProposalState) -> Proposal {
    let body = "Opdrachtnemer stelt binnen drie weken na aanmelding een trajectplan op en stemt dit af met de cliënt \
                en de contactpersoon van de gemeente.";
    Proposal {
        id: 2,
        table_id: 3,
        number: 2,
        version_id: 5,
        kind: ProposalKind::Change,
        clause: Some(2),
        wording: wording(body),
        before: before(),
        motive: "Cliënten wachten nu te lang op hun plan.".into(),
        state,
        version: 1,
        seat_id: Some(4),
        account_id: None,
        side: SeatRole::Provider,
        by: "Stichting <Werkpad> Noord".into(),
        at: at("2026-11-05T10:12:00"),
        changed_at: at("2026-11-05T10:12:00"),
        changed_by: "Stichting <Werkpad> Noord".into(),
    }
}

pub fn change() -> Change {
    change_of(&proposal(ProposalState::Open), &before())
}

pub fn reaction(id: i64, stance: Stance, by: &str, side: SeatRole, words: &str) -> (Reaction, NaiveDateTime) {
    let at = at("2026-11-09T11:40:00");
    let (words, by) = (words.to_owned(), by.to_owned());
    (Reaction { id, proposal_id: 2, seat_id: None, side, stance, words, by, at }, at)
}

pub fn reactions() -> Vec<(Reaction, NaiveDateTime)> {
    vec![
        reaction(0, Stance::Remark, "J. Hoekstra", SeatRole::ClientRepresentative, "Wie bewaart het plan?"),
        reaction(1, Stance::Agree, "J. Hoekstra", SeatRole::ClientRepresentative, ""),
        reaction(2, Stance::Objection, "Stap Vooruit B.V.", SeatRole::Provider, "Drie weken is <krap> in de zomer."),
    ]
}

pub fn article(clause: i32, number: &str, heading: &str, body: &str) -> Article {
    let (number, heading, body) = (number.to_owned(), heading.to_owned(), body.to_owned());
    Article { clause, number, heading, scope: Scope::All, body }
}
