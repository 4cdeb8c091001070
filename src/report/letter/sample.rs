//! Invented letters (verzonnen brieven), for tests, for the bench and to look at. No name in here is anybody's.

use chrono::{NaiveDate, TimeZone};
use chrono_tz::Europe::Amsterdam;

use super::{Addressee, Asked, Letter, LetterKind, Message, NotMet, Protection, Written};
use crate::calendar::utc;
use crate::dossier::form::{Authority, Declaration, Filled, Form, Signatory};
use crate::dossier::receipt::ReceiptKind;
use crate::dossier::{ApplicationNumber, Part, Step};
use crate::procedure::admission::{Contact, Remedy};
use crate::term::{Term, TermEnd, TermRule, TermUnit};
use crate::text::Bilingual;

codes! {
    /// What a sample shows.
    pub enum Sample {
        Received = "ontvangst",
        ReceivedOnPaper = "ontvangst-papier",
        ReceivedSupplement = "ontvangst-aanvulling",
        SupplementAsked = "aanvulling",
        Admitted = "toelating",
        /// Remedies A, B and C
        RefusedCourt = "afwijzing-a",
        RefusedObjection = "afwijzing-b",
        RefusedComplaint = "afwijzing-c",
        SetAside = "buiten-behandeling",
        Withdrawn = "intrekking",
        /// Twenty-four criteria, each with a long reason
        RefusedAtLength = "afwijzing-lang",
    }
}

impl Sample {
    pub fn letter(self) -> Letter {
        let at = day(2026, 11, 23).and_hms_opt(14, 30, 0).expect("a moment");
        let written = Written { kind: self.kind(), number: 1, at: utc(at) };
        Letter {
            application: ApplicationNumber { year: 2026, sequence: 14 },
            written,
            sent_at: Amsterdam.from_utc_datetime(&written.at).fixed_offset(),
            municipality: "Noordermeer".into(),
            contact: Contact {
                name: "Marloes de Wit".into(),
                phone: "0500 000 010".into(),
                email: "contract@noordermeer.example".into(),
            },
            procedure: both("Re-integratie 2027", "Re-integration 2027"),
            addressee: Addressee {
                organisation: "Stichting Werkpad Noord".into(),
                person: "Sanne Bakker".into(),
                street: "Dorpsstraat 1".into(),
                place: "1234 AB Noordermeer".into(),
            },
            page_url: format!(
                "https://openhouse.noordermeer.example/mijn/aanmeldingen/2026-0014/brieven/{}",
                written.path()
            ),
            message: self.message(),
        }
    }

    fn kind(self) -> LetterKind {
        match self {
            Sample::Received | Sample::ReceivedOnPaper | Sample::ReceivedSupplement => LetterKind::Receipt,
            Sample::SupplementAsked => LetterKind::Supplement,
            Sample::Admitted => LetterKind::Admission,
            Sample::RefusedCourt | Sample::RefusedObjection | Sample::RefusedComplaint | Sample::RefusedAtLength => {
                LetterKind::Refusal
            }
            Sample::SetAside => LetterKind::SetAside,
            Sample::Withdrawn => LetterKind::Withdrawal,
        }
    }

    fn message(self) -> Message {
        match self {
            Sample::Received => received(ReceiptKind::Application, day(2026, 11, 23)),
            Sample::ReceivedOnPaper => received(ReceiptKind::Application, day(2026, 11, 20)),
            Sample::ReceivedSupplement => received(ReceiptKind::Supplement, day(2026, 11, 23)),
            Sample::SupplementAsked => Message::SupplementAsked {
                words: "Wij hebben uw stukken bekeken. Nog twee dingen en dan zijn wij compleet.".into(),
                asked: vec![
                    Asked {
                        part: Part::Criterion("M09".into()),
                        name: Some(both("Keurmerk of kwaliteitssysteem", "Quality mark or system")),
                        words: "Het certificaat is van een andere organisatie.\nStuur het certificaat van uzelf."
                            .into(),
                    },
                    Asked {
                        part: Part::Step(Step::Contact),
                        name: None,
                        words: "Het telefoonnummer klopt niet.".into(),
                    },
                ],
                term: calendar_days(14),
            },
            Sample::Admitted => Message::Admitted {
                words: "Uw plan van aanpak is helder.".into(),
                before_start: vec![
                    both("Verklaring Omtrent het Gedrag", "Certificate of conduct"),
                    both("Lijst van professionals", "List of professionals"),
                ],
                term: calendar_days(28),
            },
            Sample::RefusedCourt => refused(Remedy::Court, calendar_days(20), vec![policy()]),
            Sample::RefusedObjection => refused(Remedy::Objection, weeks(6), vec![policy()]),
            Sample::RefusedComplaint => refused(Remedy::Complaint, calendar_days(20), vec![policy()]),
            Sample::RefusedAtLength => {
                let long = "De polis dekt niet het bedrag dat in de eis staat. ".repeat(9);
                let many = (1..=24).map(|n| NotMet { code: format!("M{n:02}"), reason: long.clone(), ..policy() });
                refused(Remedy::Court, calendar_days(20), many.collect())
            }
            Sample::SetAside => Message::SetAside {
                reason: "U hebt niet om meer tijd gevraagd.".into(),
                asked: Some((day(2026, 11, 4), day(2026, 11, 18))),
                remedy: Protection { remedy: Remedy::Court, court: "Noordermeer".into(), term: calendar_days(20) },
            },
            Sample::Withdrawn => Message::Withdrawn,
        }
    }
}

fn received(what: ReceiptKind, received_on: NaiveDate) -> Message {
    let rule = TermRule { count: 5, unit: TermUnit::WorkingDays, end: TermEnd::Stays };
    Message::Received {
        what,
        receipt: "2026-0014-1".into(),
        digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        received_on,
        answer: rule.begin(received_on, &[]),
        form: form(),
    }
}

fn form() -> Form {
    let signatory = Signatory {
        name: "Sanne Bakker".into(),
        function: "directeur".into(),
        email: "sanne@werkpad.example".into(),
        authority: Some(Authority::Register),
    };
    let declaration =
        Declaration { no_exclusion_ground: true, explanation: String::new(), suitable: true, complete_and_true: true };
    let filled = [Filled::Signatory(signatory), Filled::Declaration(declaration)];
    Form { steps: filled.into_iter().map(|one| (one.step(), one)).collect() }
}

fn refused(remedy: Remedy, term: Term, not_met: Vec<NotMet>) -> Message {
    let reason = "Uw aanmelding is zorgvuldig bekeken. Eén eis laat geen ruimte.".into();
    Message::Refused { reason, not_met, remedy: Protection { remedy, court: "Noordermeer".into(), term } }
}

fn policy() -> NotMet {
    NotMet {
        code: "M05".into(),
        name: both("Verzekering beroepsaansprakelijkheid", "Professional liability insurance"),
        reason: "De polis dekt € 500.000 per gebeurtenis. De eis is € 1.000.000.".into(),
    }
}

fn calendar_days(count: u32) -> Term {
    let rule = TermRule { count, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    rule.begin(day(2026, 11, 23), &[])
}

fn weeks(count: u32) -> Term {
    let rule = TermRule { count, unit: TermUnit::Weeks, end: TermEnd::NextWorkingDay };
    rule.begin(day(2026, 11, 23), &[])
}

fn both(nl: &str, en: &str) -> Bilingual {
    Bilingual { nl: nl.into(), en: en.into() }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}
