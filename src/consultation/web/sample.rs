//! The pages of the consultation table with invented contents.

use super::decisions::{DecidePage, DecisionForm};
use super::meeting_form::MeetingForm;
use super::meetings::{DecisionLine, MeetingPage, NewMeetingPage};
use super::minutes_form::{MinutesForm, MinutesLine};
use super::proposals::{DecidedLine, ProposalPage, ReactionForm, TermLine};
use super::propose::{ChoosePage, ProposalForm, ProposePage};
use super::reach::GonePage;
use super::register::{AnnounceForm, RegisterLine, RegisterPage};
use super::sample_table::{article, at, change, day, meeting, proposal, reactions, seats, table};
use super::seats::{LeavePage, SeatForm, SeatsPage};
use super::table::{ConsultedLine, MeetingLine, NewsLine, TablePage};
use super::tables::{NewTablePage, TableForm, TablesPage};
use super::{Side, status_of};
use crate::consultation::seating::Colleague;
use crate::consultation::telling::Told;
use crate::consultation::{Caution, ConsultationTable, Outcome, Proposal, ProposalKind, ProposalState, SeatRole};
use crate::page::sample::{Sample, manager, of_provider};
use crate::page::{FormErrors, Frame, Section, Status, Tone};
use crate::provider::Provider;
use crate::term::{TermEnd, TermRule, TermUnit};
use crate::text::Lang;

/// A page below that of the table, for the chair.
fn below(lang: Lang, place: &str) -> Frame {
    manager(lang, format!("/tafels/3{place}"))
        .crumb(lang.pick("Overlegtafels", "Consultation tables"), "/tafels")
        .crumb("Overlegtafel re-integratie", "/tafels/3")
}

fn wrong(lang: Lang, field: &str) -> FormErrors {
    let text = lang.pick("Vul dit in.", "Fill this in.");
    FormErrors { fields: vec![(field.into(), text.into())], whole: vec![] }
}

fn table_page(lang: Lang) -> TablePage {
    let rule = TermRule { count: 21, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    let line = |number, starts_at: &str, status: Status| MeetingLine {
        number,
        starts_at: at(starts_at),
        place: "Gemeentehuis, zaal 2".into(),
        status,
    };
    TablePage {
        frame: Frame { crumbs: below(lang, "").crumbs.into_iter().take(1).collect(), ..below(lang, "") },
        base: "/tafels/3".into(),
        side: Side::Office,
        manages: true,
        speaks: true,
        table: table(),
        seats: seats(),
        meetings: vec![
            line(1, "2026-11-18T14:00:00", Status::new(Tone::Idle, lang.pick("geweest", "held"))),
            line(2, "2026-12-16T14:00:00", Status::new(Tone::Ok, lang.pick("uitgenodigd", "invited"))),
        ],
        texts: vec![ConsultedLine {
            version_id: 5,
            title: "Deelovereenkomst re-integratie".into(),
            number: 2,
            explanation: "Het trajectplan komt eerder.".into(),
            term: rule.begin(day("2026-11-04"), &[]),
            left: Status::new(Tone::Todo, lang.pick("nog 6 dagen", "6 days left")).plain(),
            open: true,
        }],
        proposals: vec![proposal(ProposalState::Open), Proposal { number: 3, ..proposal(ProposalState::Rejected) }],
        decisions: 1,
        news: vec![NewsLine {
            what: lang.pick("Mededeling", "Announcement").into(),
            words: "De tafel begint om 14.00 uur.".into(),
            at: at("2026-11-03T10:00:00"),
            by: "M. de Wit".into(),
        }],
        done: None,
    }
}

fn meeting_page(lang: Lang) -> MeetingPage {
    MeetingPage {
        frame: below(lang, "/bijeenkomsten/1"),
        base: "/tafels/3".into(),
        side: Side::Office,
        manages: true,
        starts_at: at("2026-11-18T14:00:00"),
        ends_at: at("2026-11-18T15:30:00"),
        place: "Gemeentehuis, zaal 2".into(),
        status: Status::new(Tone::Ok, lang.pick("uitgenodigd", "invited")),
        held: false,
        decisions: vec![],
        minutes: vec![],
        establishable: vec![],
        form: MeetingForm::of(&meeting()),
        written: MinutesForm::default(),
        errors: FormErrors::default(),
        done: None,
        meeting: meeting(),
    }
}

fn held(lang: Lang) -> MeetingPage {
    let line = |number, established| MinutesLine {
        number,
        body: "Aanwezig: allen.\n\n- **Voorstel 2** is besproken;\n- <niets> verder.".into(),
        changed_at: at("2026-11-19T10:00:00"),
        changed_by: "M. de Wit".into(),
        established,
    };
    MeetingPage {
        held: true,
        status: Status::new(Tone::Idle, lang.pick("geweest", "held")),
        decisions: vec![DecisionLine {
            number: 1,
            outcome: status_of(ProposalState::Adopted, lang),
            proposal: 2,
            article: "4.2 Trajectplan".into(),
            reason: "De tafel is het eens.".into(),
        }],
        minutes: vec![line(2, None), line(1, Some((at("2026-11-20T10:00:00"), "M. de Wit".into())))],
        establishable: vec![("Deelovereenkomst re-integratie".into(), 2, 5, 7)],
        written: MinutesForm { versie: 1, verslag: "Aanwezig: allen.".into(), ..MinutesForm::default() },
        errors: wrong(lang, "verslag"),
        ..meeting_page(lang)
    }
}

fn proposal_page(lang: Lang, state: ProposalState) -> ProposalPage {
    let rule = TermRule { count: 21, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    let term = rule.begin(day("2026-11-04"), &[]);
    let undecided = state.is_undecided();
    ProposalPage {
        frame: below(lang, "/voorstellen/2"),
        base: "/tafels/3".into(),
        side: Side::Office,
        proposal: proposal(state),
        at: at("2026-11-05T11:12:00"),
        text: lang.pick("Deelovereenkomst re-integratie, versie 2", "Re-integration agreement, version 2").into(),
        change: change(),
        article_changed: undecided,
        term: undecided.then(|| TermLine {
            due: term.due,
            rule: term.rule_in_words(lang),
            left: Status::new(Tone::Todo, term.left_in_words(lang, day("2026-11-19"))).plain(),
        }),
        reactions: reactions(),
        hidden: false,
        decisions: match undecided {
            true => vec![],
            false => vec![DecidedLine {
                number: 1,
                outcome: Outcome::Amended,
                at: at("2026-11-18T14:40:00"),
                by: "M. de Wit".into(),
                reason: "Vier weken in de zomer.".into(),
                cautions: Caution::ALL.to_vec(),
                meeting: 1,
                became: Some(change()),
            }],
        },
        closed: (!undecided).then(|| lang.pick("Dit voorstel is besloten.", "This proposal is decided.").into()),
        may_withdraw: undecided,
        may_decide: undecided,
        is_own: false,
        lands: None,
        form: ReactionForm::default(),
        errors: FormErrors::default(),
        done: None,
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let text = || String::from(lang.pick("Deelovereenkomst, versie 2", "Agreement, version 2"));
    let plan = || article(2, "4.2", "Trajectplan", "Binnen **vier** weken:\n\n1. een gesprek;\n2. een plan.");
    let procedures = || vec![(1, lang.pick("Re-integratie", "Re-integration").to_owned())];
    let told = |name: &str, role, mails| Told { role, name: name.to_owned(), mails };
    let guest = || Frame { municipality: "Noordermeer".into(), ..Frame::public(lang, "/tafel/x") };
    let by_link =
        TablePage { frame: guest(), base: "/tafel/x".into(), side: Side::Guest, manages: false, ..table_page(lang) };
    let late = ProposalPage {
        frame: guest(),
        base: "/tafel/x".into(),
        side: Side::Guest,
        may_decide: false,
        may_withdraw: false,
        hidden: true,
        closed: Some(lang.pick("Die termijn is voorbij.", "That term is over.").into()),
        form: ReactionForm { mening: "objection".into(), reactie: "Te <kort>.".into() },
        errors: FormErrors { whole: vec![lang.pick("Te laat.", "Too late.").into()], fields: vec![] },
        ..proposal_page(lang, ProposalState::Open)
    };
    let mine = TablesPage {
        frame: of_provider(lang, "/mijn/tafels", Section::Tables),
        side: Side::Provider,
        manages: false,
        tables: vec![],
    };
    let tables = TablesPage {
        frame: manager(lang, "/tafels"),
        side: Side::Office,
        manages: true,
        tables: vec![(table(), true), (ConsultationTable { until: None, ..table() }, false)],
    };
    let new_table = NewTablePage {
        frame: below(lang, ""),
        form: TableForm { naam: "Tafel <1>".into(), open: "ja".into(), ..TableForm::default() },
        procedures: procedures(),
        errors: wrong(lang, "doel"),
    };
    let register = RegisterPage {
        frame: below(lang, "/berichten"),
        base: "/tafels/3".into(),
        side: Side::Office,
        manages: true,
        table: table().name,
        lines: vec![RegisterLine {
            id: 7,
            what: lang.pick("Besluit 1", "Decision 1").into(),
            words: "<Let op>".into(),
            href: "/tafels/3/voorstellen/2".into(),
            at: at("2026-11-18T14:40:00"),
            by: "M. de Wit".into(),
            told: vec![told("Stichting <Werkpad> Noord", SeatRole::Provider, 2), told("M. de Wit", SeatRole::Chair, 1)],
        }],
        form: AnnounceForm::default(),
        errors: wrong(lang, "tekst"),
        done: None,
    };
    let sitting = SeatsPage {
        frame: below(lang, "/deelnemers"),
        base: "/tafels/3".into(),
        table: table().name,
        seats: seats(),
        providers: vec![Provider {
            id: 9,
            kvk: "12345678".parse().expect("eight digits"),
            name: "De <Brug>".into(),
            number: 1009,
        }],
        colleagues: vec![Colleague {
            account_id: 4,
            name: "A. Jansen".into(),
            email: "a@voorbeeld.example".into(),
            language: Lang::Nl,
            manages: false,
        }],
        form: SeatForm { naam: "J. Hoekstra".into(), email: "geen adres".into(), ..SeatForm::default() },
        errors: wrong(lang, "email"),
        done: None,
    };
    let new_meeting = NewMeetingPage {
        frame: below(lang, "/bijeenkomsten/nieuw"),
        base: "/tafels/3".into(),
        form: MeetingForm::default(),
        errors: wrong(lang, "dag"),
    };
    let choose = ChoosePage {
        frame: below(lang, "/voorstellen/nieuw"),
        base: "/tafels/3".into(),
        text: text(),
        version_id: 5,
        articles: vec![plan(), article(3, "5", "Slot", "Einde.")],
    };
    let propose = |kind| ProposePage {
        frame: below(lang, "/voorstellen/nieuw"),
        base: "/tafels/3".into(),
        text: text(),
        kind,
        present: Some(plan()),
        form: ProposalForm { nummer: "4.2".into(), kop: "Trajectplan".into(), ..ProposalForm::default() },
        errors: wrong(lang, "motief"),
    };
    let decide = DecidePage {
        frame: below(lang, "/voorstellen/2/besluit"),
        base: "/tafels/3".into(),
        proposal: proposal(ProposalState::Open),
        change: change(),
        reactions: reactions().into_iter().map(|(one, _)| one).collect(),
        is_own: false,
        lands: None,
        cautions: vec![Caution::ReactionsRun, Caution::MeetingBeforeProposal],
        meetings: vec![(1, 1, at("2026-11-18T14:00:00"))],
        form: DecisionForm {
            besluit: "amended".into(),
            tekst: "Binnen <drie> weken.".into(),
            ..DecisionForm::default()
        },
        errors: wrong(lang, "bevestigd"),
    };
    let held_over = ProposalPage {
        may_withdraw: false,
        may_decide: false,
        is_own: true,
        lands: Some(lang.pick("Dit komt in versie 3.", "This comes into version 3.").into()),
        ..proposal_page(lang, ProposalState::CarriedOver)
    };
    let leave = LeavePage {
        frame: below(lang, "/deelnemers"),
        base: "/tafels/3".into(),
        table: table().name,
        seat: seats().remove(0),
    };
    vec![
        Sample::of("consultation-leave", &leave),
        Sample::of("consultation-proposal-held", &held_over),
        Sample::of("consultation-tables", &tables),
        Sample::of("consultation-tables-provider", &mine),
        Sample::of("consultation-new-table", &new_table),
        Sample::of("consultation-table", &table_page(lang)),
        Sample::of("consultation-table-guest", &by_link),
        Sample::of("consultation-register", &register),
        Sample::of("consultation-seats", &sitting),
        Sample::of("consultation-new-meeting", &new_meeting),
        Sample::of("consultation-meeting", &meeting_page(lang)),
        Sample::of("consultation-meeting-held", &held(lang)),
        Sample::of("consultation-choose", &choose),
        Sample::of("consultation-propose", &propose(ProposalKind::Change)),
        Sample::of("consultation-propose-drop", &propose(ProposalKind::Drop)),
        Sample::of("consultation-proposal", &proposal_page(lang, ProposalState::Open)),
        Sample::of("consultation-proposal-decided", &proposal_page(lang, ProposalState::Amended)),
        Sample::of("consultation-proposal-late", &late),
        Sample::of("consultation-decide", &decide),
        Sample::of("consultation-gone", &GonePage { frame: Frame::public(lang, "/") }),
    ]
}
