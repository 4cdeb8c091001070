//! The pages of the workbench with invented contents.

use chrono::{NaiveDate, NaiveDateTime};

use super::across::{AcrossLine, AcrossPage};
use super::act::{Act, ActPage};
use super::application::{ApplicationPage, CriterionLine, Spoken, TimelineLine, outcome};
use super::compare::ComparePage;
use super::judge::{Along, Choice, JudgePage, RowGroup, RowLine, TheirLine, Typed, state_of};
use super::queue::{Line, QueuePage, Whose};
use super::shown::EvidenceLine;
use super::supplement::{PartLine, SupplementPage};
use super::{TermWords, criterion_status, status_of};
use crate::actor::Role;
use crate::agreement::life::LifeState;
use crate::desk::life::sample::line as life_line;
use crate::desk::life::signal::Signal;
use crate::dossier::decision::Outcome;
use crate::dossier::handler::Handler;
use crate::dossier::tasks::Progress;
use crate::dossier::{ApplicationState, CriterionResult, CriterionState};
use crate::page::sample::{Sample, manager, provider};
use crate::page::{FormErrors, Frame, Section, SignedIn, Status, Tone, menu_of_dossiers, menu_of_municipality};
use crate::text::Lang;

pub(super) fn day(written: &str) -> NaiveDate {
    written.parse().expect("it is a day")
}

pub(super) fn at(written: &str) -> NaiveDateTime {
    written.parse().expect("it is a moment")
}

/// The assessor of the invented municipality.
fn assessor(lang: Lang, here: &str) -> Frame {
    let user =
        SignedIn { name: "K. El Idrissi".into(), role: lang.pick("beoordelaar", "assessor").into(), switches: false };
    let mut frame = Frame { user: Some(user), ..manager(lang, here) };
    frame.menu = menu_of_municipality(lang, None);
    frame.menu.insert(0, menu_of_dossiers(lang, 3, Some(Section::Queue)));
    frame
}

/// The same below the work queue.
pub(super) fn below(lang: Lang, here: &str) -> Frame {
    assessor(lang, here).crumb(lang.pick("Werkvoorraad", "Work queue"), "/werkvoorraad")
}

fn term(lang: Lang) -> TermWords {
    TermWords {
        kind: lang.pick("Beoordeling", "Assessment").into(),
        due: day("2026-12-30"),
        left: Status::new(Tone::Warn, lang.pick("nog 3 dagen", "3 days left")).plain(),
        rule: lang.pick("6 weken na 18 november 2026", "6 weeks after 18 November 2026").into(),
    }
}

fn queue(lang: Lang) -> QueuePage {
    let line = |nl: &str, en: &str, for_you, term| Line {
        what: lang.pick(nl, en).into(),
        href: "/aanmeldingen/2026-0014".into(),
        number: "2026-0014".into(),
        provider: "Stichting <Werkpad> Noord".into(),
        since: day("2026-11-18"),
        term,
        for_you,
        handler: for_you.then(|| colleague("K. El Idrissi", 12)),
        exclusion: for_you,
    };
    QueuePage {
        frame: assessor(lang, "/werkvoorraad"),
        ours: vec![line("3 eisen beoordelen", "Judge 3 criteria", true, Some(term(lang)))],
        theirs: vec![line("Aanvulling gevraagd", "Supplement requested", false, None)],
        soon: vec![],
        sleeping: vec![],
        lives: vec![life_line(LifeState::Active, vec![Signal::Subcontractors(1)])],
        role: Role::ContractManager,
        per_criterion: vec![(
            lang.pick("M09 Verzekering", "M09 Insurance").into(),
            "/kwaliteitseisen/M09/beoordelen".into(),
            22,
        )],
        own: 1,
        enters_paper: true,
        whose: Whose::Everybody,
        colleagues: vec![colleague("J. Postma", 11), colleague("K. El Idrissi", 12)],
    }
}

fn colleague(name: &str, account_id: i64) -> Handler {
    Handler { account_id, name: name.into() }
}

fn event(lang: Lang) -> TimelineLine {
    TimelineLine {
        title: lang.pick("Aanvulling nodig", "Supplement needed").into(),
        tone: Some(Tone::Warn),
        at: at("2026-11-18T10:12:00"),
        by: "J. Postma".into(),
        role: lang.pick("beoordelaar", "assessor").into(),
        words: "De polis eindigt op 31 december 2026.".into(),
    }
}

fn spoken(lang: Lang) -> Spoken {
    Spoken {
        status: outcome(lang, Outcome::Admitted).proposed(),
        by: "K. El Idrissi".into(),
        at: at("2026-11-20T09:00:00"),
        words: "Alles is gezien.".into(),
        remedy: None,
    }
}

fn application(lang: Lang) -> ApplicationPage {
    let line = |code: &str, state, href: &str, at_work| CriterionLine {
        code: code.into(),
        name: lang.pick("Verzekering aansprakelijkheid", "Liability insurance").into(),
        status: criterion_status(lang, state),
        evidence: 1,
        href: href.into(),
        at_work,
    };
    ApplicationPage {
        frame: below(lang, "/aanmeldingen/2026-0014"),
        number: "2026-0014".into(),
        provider: provider(),
        kvk: "90001234".into(),
        status: status_of(lang, ApplicationState::UnderReview),
        on_paper: true,
        by_post: true,
        received_on: Some(day("2026-11-17")),
        term: Some(term(lang)),
        progress: Progress { all: 14, ready: 9, with_provider: 2, with_municipality: 2, later: 1 },
        criteria: vec![
            line("M08", CriterionState::Met, "/aanmeldingen/2026-0014/eisen/M08", None),
            line(
                "M09",
                CriterionState::UnderReview,
                "/aanmeldingen/2026-0014/eisen/M09",
                Some(("J. Postma".into(), at("2026-11-23T10:12:00"))),
            ),
            line("M10", CriterionState::Open, "", None),
        ],
        asked: vec![("M09 Verzekering".into(), "Stuur de polis van dit jaar.".into())],
        advice: vec![spoken(lang)],
        decisions: vec![Spoken {
            status: outcome(lang, Outcome::Refused),
            remedy: Some(lang.pick("Tot en met 14 december 2026.", "Until 14 December 2026.").into()),
            ..spoken(lang)
        }],
        events: vec![event(lang)],
        acts: vec![(Act::Advise.button(lang), "/aanmeldingen/2026-0014/handelingen/advies".into())],
        aside: Some(lang.pick("Een collega moet het besluit nemen.", "A colleague has to decide.").into()),
        exclusion: Some(lang.pick("Wij kregen in 2024 een <boete>.", "We were <fined> in 2024.").into()),
        papers: vec![(
            lang.pick("Ontvangstbevestiging, 17 november 2026", "Confirmation of receipt, 17 November 2026").into(),
            "/aanmeldingen/2026-0014/brieven/ontvangst-1".into(),
        )],
        first_waiting: Some("/aanmeldingen/2026-0014/eisen/M09".into()),
    }
}

fn policy(lang: Lang) -> EvidenceLine {
    let path = format!("/aanmeldingen/2026-0014/bewijs/{}", "0f".repeat(16));
    EvidenceLine {
        title: "Polis 2027".into(),
        label: "polisblad-<2027>.pdf".into(),
        size: "184 kB".into(),
        pages: Some(2),
        pictures: 2,
        version: 2,
        digest: "9f2c".repeat(16),
        state: Status::new(Tone::Ok, lang.pick("Virusvrij", "No virus found")).plain(),
        dated: Some(day("2026-11-01")),
        valid_until: Some(day("2027-12-31")),
        received_on: Some(day("2026-11-17")),
        compare: Some(format!("{path}/vergelijken")),
        path: Some(path),
        replaced: false,
    }
}

fn compare(lang: Lang) -> ComparePage {
    let earlier = EvidenceLine {
        label: "polisblad-2026.pdf".into(),
        size: "171 kB".into(),
        pages: Some(1),
        pictures: 1,
        version: 1,
        digest: "4b1d".repeat(16),
        valid_until: None,
        path: Some(format!("/aanmeldingen/2026-0014/bewijs/{}", "1e".repeat(16))),
        compare: None,
        ..policy(lang)
    };
    ComparePage {
        frame: below(lang, "/aanmeldingen/2026-0014"),
        provider: "Stichting Werkpad Noord".into(),
        code: "M09".into(),
        back: "/aanmeldingen/2026-0014/eisen/M09".into(),
        before: earlier,
        now: policy(lang),
    }
}

fn judge(lang: Lang) -> JudgePage {
    let row = |code: &str, state, current| RowLine {
        label: format!("{code} Verzekering"),
        status: criterion_status(lang, state),
        href: format!("/aanmeldingen/2026-0014/eisen/{code}"),
        current,
    };
    let choice = |result| Choice { result, status: criterion_status(lang, state_of(result)), checked: false };
    JudgePage {
        frame: below(lang, "/aanmeldingen/2026-0014/eisen/M09"),
        number: "2026-0014".into(),
        provider: "Stichting Werkpad Noord".into(),
        code: "M09".into(),
        name: lang.pick("Verzekering aansprakelijkheid", "Liability insurance").into(),
        status: criterion_status(lang, CriterionState::UnderReview),
        term: Some(term(lang)),
        along: Along::Application,
        place: Some((2, 14)),
        previous: Some("/aanmeldingen/2026-0014/eisen/M08".into()),
        next: Some("/aanmeldingen/2026-0014/eisen/M10".into()),
        row: vec![
            RowGroup {
                title: lang.pick("Open", "Open").into(),
                lines: vec![row("M09", CriterionState::UnderReview, true)],
                judged: false,
            },
            RowGroup {
                title: lang.pick("Beoordeeld", "Judged").into(),
                lines: vec![row("M08", CriterionState::Met, false)],
                judged: true,
            },
        ],
        asked: lang
            .pick("Een geldige verzekering voor de hele looptijd.", "A valid insurance for the whole term.")
            .into(),
        evidence_words: lang.pick("Het polisblad.", "The policy sheet.").into(),
        evidence: vec![policy(lang)],
        stated: None,
        checks: vec![(Tone::Ok, "Polis 2027".into()), (Tone::Watch, "Dekking".into())],
        at_work: None,
        choices: [CriterionResult::Met, CriterionResult::RepairAsked, CriterionResult::NotMet].map(choice).into(),
        why_not: String::new(),
        texts: vec![
            "Het stuk is verlopen. Stuur een stuk dat nog geldig is.".into(),
            "De polis <dekt> te weinig.".into(),
        ],
        typed: Typed { holds_until: "2027-12-31".into(), ..Typed::default() },
        seen: 2,
        earlier: vec![event(lang)],
        theirs: None,
        inserted: false,
        errors: FormErrors::default(),
    }
}

fn act(lang: Lang, act: Act) -> ActPage {
    let refused = act == Act::Refuse;
    ActPage {
        frame: below(lang, "/aanmeldingen/2026-0014"),
        act,
        number: "2026-0014".into(),
        provider: "Stichting Werkpad Noord".into(),
        checking: false,
        blocked: vec![],
        open: true,
        not_met: match refused {
            true => vec![(
                "M09 Verzekering".into(),
                criterion_status(lang, CriterionState::NotMet),
                "De polis dekt te weinig.".into(),
            )],
            false => vec![],
        },
        advice: if refused { vec![spoken(lang)] } else { vec![] },
        remedy: refused.then(|| "Kort geding.".into()),
        proposal: None,
        words: String::new(),
        seen: 7,
        errors: FormErrors::default(),
    }
}

fn supplement(lang: Lang) -> SupplementPage {
    let line = |part: &str, ticked, error: Option<&str>| PartLine {
        part: part.into(),
        name: lang.pick("Verzekering", "Insurance").into(),
        status: Some(criterion_status(lang, CriterionState::UnderReview)),
        ticked,
        words: if ticked { "Stuur de polis van dit jaar.".into() } else { String::new() },
        error: error.map(str::to_owned),
    };
    SupplementPage {
        frame: below(lang, "/aanmeldingen/2026-0014/aanvulling"),
        number: "2026-0014".into(),
        provider: "Stichting Werkpad Noord".into(),
        lead: lang.pick("De termijn begint vandaag.", "The term begins today.").into(),
        parts: vec![line("criterion/M09", true, None), line("step/contact", false, Some("Schrijf erbij"))],
        message: String::new(),
        checking: false,
        seen: 7,
        errors: FormErrors::default(),
    }
}

fn across(lang: Lang) -> AcrossPage {
    let line = |provider: &str, number: &str, state, ticket: Option<&str>, holds: Option<(&str, &str)>| AcrossLine {
        ticket: ticket.map(str::to_owned),
        ticked: ticket == Some("12/3"),
        provider: provider.into(),
        number: number.into(),
        href: format!("/aanmeldingen/{number}/eisen/M09?rij=eis"),
        status: criterion_status(lang, state),
        holds: holds.map(|(nl, en)| lang.pick(nl, en).to_owned()),
        at_work: None,
    };
    let counts = Some(("telt tot en met 31 december 2027", "counts until 31 December 2027"));
    let choice = |result| Choice {
        result,
        status: criterion_status(lang, state_of(result)),
        checked: result == CriterionResult::Met,
    };
    AcrossPage {
        frame: below(lang, "/kwaliteitseisen/M09/beoordelen"),
        code: "M09".into(),
        name: lang.pick("Verzekering aansprakelijkheid", "Liability insurance").into(),
        asked: lang.pick("Een geldige verzekering.", "A valid insurance.").into(),
        lines: vec![
            line("De <Brug> B.V.", "2026-0011", CriterionState::HandedIn, Some("12/3"), counts),
            AcrossLine {
                at_work: Some(("J. Postma".into(), at("2026-11-23T10:12:00"))),
                ..line("Stap Vooruit B.V.", "2026-0012", CriterionState::HandedIn, Some("14/2"), None)
            },
            line("Stichting Werkpad Noord", "2026-0014", CriterionState::Met, None, counts),
        ],
        choices: [CriterionResult::Met, CriterionResult::RepairAsked].map(choice).into(),
        reason: lang.pick("De polis dekt heel 2027.", "The policy covers all of 2027.").into(),
        checking: false,
        judged: 0,
        errors: FormErrors::default(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let theirs = TheirLine {
        by: "J. Postma".into(),
        at: at("2026-11-23T10:20:00"),
        verdict: Some((criterion_status(lang, CriterionState::Met), "De polis is goed.".into())),
    };
    let failed = FormErrors {
        fields: vec![("motivering".into(), lang.pick("Schrijf op waarom.", "Write why.").into())],
        whole: vec![],
    };
    let blocked = vec![lang.pick("Nog niet alles is beoordeeld.", "Not everything is judged.").to_owned()];
    let checked = ActPage { checking: true, words: "U voldoet niet aan M09.".into(), ..act(lang, Act::Refuse) };
    let inserted =
        Typed { reason: "Het stuk is verlopen. Stuur een stuk dat nog geldig is.".into(), ..Typed::default() };
    let of_colleague = QueuePage { whose: Whose::Colleague(12), theirs: vec![], ..queue(lang) };
    let empty = QueuePage { ours: vec![], theirs: vec![], own: 0, ..queue(lang) };
    vec![
        Sample::of("bench-queue", &queue(lang)),
        Sample::of("bench-queue-colleague", &of_colleague),
        Sample::of("bench-queue-empty", &empty),
        Sample::of("bench-application", &application(lang)),
        Sample::of("bench-filled", &super::filled::sample::filled(lang)),
        Sample::of("bench-judge", &judge(lang)),
        Sample::of("bench-judge-theirs", &JudgePage { theirs: Some(theirs), ..judge(lang) }),
        Sample::of("bench-judge-faults", &JudgePage { errors: failed, ..judge(lang) }),
        Sample::of("bench-judge-inserted", &JudgePage { inserted: true, typed: inserted, ..judge(lang) }),
        Sample::of("bench-compare", &compare(lang)),
        Sample::of("bench-compare-same", &ComparePage { before: policy(lang), ..compare(lang) }),
        Sample::of("bench-across", &across(lang)),
        Sample::of("bench-across-check", &AcrossPage { checking: true, ..across(lang) }),
        Sample::of("bench-across-done", &AcrossPage { judged: 5, choices: vec![], ..across(lang) }),
        Sample::of("bench-across-empty", &AcrossPage { lines: vec![], ..across(lang) }),
        Sample::of("bench-advise", &ActPage { blocked, ..act(lang, Act::Advise) }),
        Sample::of("bench-refuse-check", &checked),
        Sample::of("bench-supplement", &supplement(lang)),
        Sample::of("bench-supplement-check", &SupplementPage { checking: true, ..supplement(lang) }),
    ]
}
