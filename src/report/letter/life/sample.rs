//! Invented letters about an agreement (verzonnen brieven), for tests and to look at. No name in here is anybody's.

use chrono::{NaiveDate, TimeZone};
use chrono_tz::Europe::Amsterdam;

use super::super::sample::Sample as Application;
use super::super::{Message, Protection};
use super::{LifeLetter, LifeLetterKind};
use crate::actor::Role;
use crate::agreement::life::Ground;
use crate::calendar::utc;
use crate::term::{TermEnd, TermRule, TermUnit};

/// A letter of this kind to the firm of the other samples.
pub fn letter(kind: LifeLetterKind) -> LifeLetter {
    let to = Application::RefusedCourt.letter();
    let today = day("2026-11-23");
    let at = today.and_hms_opt(14, 30, 0).expect("a moment");
    let (ground, reason, until) = told(kind);
    LifeLetter {
        kind,
        agreement: "2026-014".into(),
        sequence: 3,
        sent_at: Amsterdam.from_utc_datetime(&utc(at)).fixed_offset(),
        municipality: to.municipality,
        contact: to.contact,
        addressee: to.addressee,
        page_url: "https://openhouse.noordermeer.example/mijn/looptijd/14/brieven/3".into(),
        day: today,
        ground,
        reason: reason.into(),
        case_ref: if kind == LifeLetterKind::DeliveryStop { "T-2026-031".into() } else { String::new() },
        unanswered: false,
        effective_on: Some(day(until)),
        term: term(kind, today),
        urgent: false,
        protection: protection(kind, to.message),
        signed_by: signed_by(kind),
    }
}

fn told(kind: LifeLetterKind) -> (Option<Ground>, &'static str, &'static str) {
    match kind {
        LifeLetterKind::ClientStop => (
            Some(Ground::SignsOfUnsafety),
            "Drie klanten meldden dat de werkplaats niet veilig is. De inspectie bevestigt dat.",
            "2026-11-23",
        ),
        LifeLetterKind::StopAgreed => (None, "Dank voor uw uitleg.", "2026-12-07"),
        LifeLetterKind::StopRefused => (None, "Er is nu geen andere aanbieder voor deze begeleiding.", "2026-12-07"),
        LifeLetterKind::StopLifted => (None, "De werkplaats is hersteld en nagekeken.", "2026-11-23"),
        LifeLetterKind::NoticeConfirmed => (Some(Ground::Leaving), "Wij stoppen met re-integratie.", "2027-02-23"),
        LifeLetterKind::Terminated => {
            (Some(Ground::InsufficientUse), "Sinds 1 oktober 2025 had u geen klanten van ons.", "2027-05-23")
        }
        LifeLetterKind::Intention => {
            (Some(Ground::RepairNotDone), "Het herstelplan van 1 juni is niet uitgevoerd.", "2026-12-07")
        }
        LifeLetterKind::IntentionDropped => (None, "Uw zienswijze laat zien dat het herstel klaar is.", "2026-11-23"),
        LifeLetterKind::Dissolved => (
            Some(Ground::RepairNotDone),
            "Uw zienswijze verandert dit niet: het herstel is niet begonnen.",
            "2026-11-23",
        ),
        LifeLetterKind::Extended => (None, "", "2028-12-31"),
        LifeLetterKind::EndsSoon => (None, "", "2027-05-23"),
        LifeLetterKind::Ended => (None, "", "2026-11-22"),
        LifeLetterKind::StopAsked => (None, "Onze jobcoaches zitten vol tot het nieuwe jaar.", "2026-12-07"),
        LifeLetterKind::ViewsReceived => (None, "Het herstel is half december klaar.", "2026-12-07"),
        LifeLetterKind::DeliveryStop => (None, "De klant komt al weken niet meer op afspraken.", "2026-12-23"),
        LifeLetterKind::NewTariffs => (None, "RE-P1-JH Jobhunting: € 65,12 (was € 62,55)", "2027-01-01"),
    }
}

fn term(kind: LifeLetterKind, today: NaiveDate) -> Option<crate::term::Term> {
    let rule = match kind {
        LifeLetterKind::NoticeConfirmed => TermRule { count: 3, unit: TermUnit::Months, end: TermEnd::Stays },
        LifeLetterKind::DeliveryStop => TermRule { count: 1, unit: TermUnit::Months, end: TermEnd::Stays },
        LifeLetterKind::Terminated => TermRule { count: 6, unit: TermUnit::Months, end: TermEnd::Stays },
        LifeLetterKind::Intention => TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay },
        _ => return None,
    };
    Some(rule.begin(today, &[]))
}

fn protection(kind: LifeLetterKind, message: Message) -> Option<Protection> {
    use LifeLetterKind::{ClientStop, Dissolved, StopRefused, Terminated};
    let Message::Refused { remedy, .. } = message else { return None };
    matches!(kind, ClientStop | StopRefused | Terminated | Dissolved).then_some(remedy)
}

fn signed_by(kind: LifeLetterKind) -> Option<Role> {
    match kind {
        LifeLetterKind::Terminated
        | LifeLetterKind::IntentionDropped
        | LifeLetterKind::Dissolved
        | LifeLetterKind::NewTariffs
        | LifeLetterKind::Extended => Some(Role::DecisionMaker),
        LifeLetterKind::ClientStop
        | LifeLetterKind::StopAgreed
        | LifeLetterKind::StopRefused
        | LifeLetterKind::StopLifted
        | LifeLetterKind::Intention => Some(Role::ContractManager),
        _ => None,
    }
}

fn day(written: &str) -> NaiveDate {
    written.parse().expect("a day of the calendar")
}
