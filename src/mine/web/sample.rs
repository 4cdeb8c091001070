//! The provider's pages with invented contents.

use super::criterion::CriterionPage;
use super::dossier::DossierPage;
use super::everything::EverythingPage;
use super::handing_in::{CheckPage, ReceiptPage, WithdrawPage};
use super::listing::{ListingForm, ListingPage};
use super::reach::Case;
use super::step::StepPage;
use super::step_fields::{Choices, Typed, entries, written};
use super::{HomePage, MessagePage, MessagesPage};
use crate::actor::Role;
use crate::dossier::drafting::SavedStep;
use crate::dossier::form::{Filled, Form};
use crate::dossier::receipt::{Receipt, ReceiptKind};
use crate::dossier::supplement::SupplementRequest;
use crate::dossier::tasks::{CriterionTask, StepTask, TaskList};
use crate::dossier::{Application, ApplicationNumber, ApplicationState, Channel, CriterionState, Part, Step};
use crate::evidence::check::Refusal;
use crate::evidence::web::FormPart;
use crate::front::web::sample::town;
use crate::ids::Sha256Hex;
use crate::mail::inbox::Message;
use crate::mine::signing::Task;
use crate::page::sample::{Sample, of_provider, provider};
use crate::page::{Event, FormErrors, Frame, Section, Status, Tone};
use crate::procedure::defaults::defaults;
use crate::provider::listing::{Kept, Listing, Location, Waiting};
use crate::term::Term;
use crate::text::Lang;

fn application(state: ApplicationState) -> Application {
    let at = "2026-11-18T09:30:00".parse().expect("a moment");
    Application {
        id: 1,
        number: ApplicationNumber { year: 2026, sequence: 14 },
        provider_id: 1,
        procedure_id: 1,
        channel: Channel::Portal,
        state,
        version: 4,
        changed_at: at,
        changed_by: "S. Bakker".into(),
        started_at: at,
        submitted_at: None,
        received_on: None,
        term: None,
        previous: None,
    }
}

fn case(state: ApplicationState) -> Case {
    let asked = state == ApplicationState::SupplementAsked;
    let words = "De polis eindigt op 31 december 2026. Stuur het polisblad voor 2027.";
    let task = |(place, criterion): (usize, &crate::procedure::criterion::Criterion)| {
        let repair = asked && criterion.code == "M07";
        CriterionTask {
            criterion: criterion.clone(),
            row: None,
            state: match (repair, asked, place % 3) {
                (true, ..) => CriterionState::RepairAsked,
                (false, true, 0) => CriterionState::Met,
                (false, true, _) => CriterionState::UnderReview,
                _ => CriterionState::Open,
            },
            verdicts: Vec::new(),
            shown: Vec::new(),
            is_there: !asked && place % 3 == 0,
            ruled_out: criterion.only_when.is_some(),
            asked: repair.then(|| words.to_owned()),
            open: !asked || repair,
            before_start: false,
        }
    };
    let criteria = defaults().criteria.iter().filter(|one| one.active).enumerate().map(task).collect();
    let steps = Step::ALL.iter().map(|step| {
        let done = *step < Step::Locations;
        let missing = if done { Vec::new() } else { Filled::empty(*step).missing() };
        StepTask { step: *step, missing, open: !asked }
    });
    let start = "2026-11-18".parse().expect("a day");
    let request = asked.then(|| SupplementRequest {
        id: 1,
        application_id: 1,
        asked_at: "2026-11-18T09:30:00".parse().expect("a moment"),
        asked_by: "K. El Idrissi".into(),
        message: String::new(),
        term: Term {
            rule: defaults().terms.supplement,
            start,
            due: "2026-12-02".parse().expect("a day"),
            extended: 0,
            moved_from: None,
        },
        items: vec![(Part::Criterion("M07".into()), words.to_owned())],
        reminded_at: None,
        ended_at: None,
    });
    let list = TaskList { form: Form::default(), steps: steps.collect(), criteria, request };
    Case { application: application(state), procedure: town().procedures.remove(0), list, before_start: None }
}

fn answer_term() -> Term {
    defaults().terms.completeness.begin("2026-11-18".parse().expect("a day"), &[])
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let today = "2026-11-23".parse().expect("a day");
    let at = "2026-11-18T09:30:00".parse().expect("a moment");
    let frame = |word: &str| of_provider(lang, format!("/mijn{word}"), Section::Mine);
    let within = |word: &str| {
        let at = "/mijn/aanmeldingen/2026-0014";
        Frame { here: format!("{at}{word}"), ..frame("") }.crumb("2026-0014", at)
    };
    let message = || Message {
        id: 1,
        language: Lang::Nl,
        subject: "Wij hebben uw aanmelding ontvangen".into(),
        body: "Beste Sanne,\n\nWij hebben uw aanmelding ontvangen op 18 november 2026.".into(),
        at,
    };
    let dossier = |state, again| DossierPage {
        frame: within(""),
        provider: "Stichting Werkpad Noord".into(),
        role: Role::ProviderAdmin,
        today,
        case: case(state),
        receipts: Vec::new(),
        letters: Vec::new(),
        decision: None,
        events: vec![Event {
            title: lang.pick("Aanmelding begonnen", "Application begun").into(),
            at,
            by: Some("S. Bakker".into()),
            tone: None,
        }],
        again,
        changed_at: at,
    };
    let step = |step, filled: &Filled, errors: FormErrors, theirs| StepPage {
        frame: within("/stappen/organisatie"),
        application: application(ApplicationState::Draft),
        step,
        errors,
        entries: entries(lang, step, &written(filled), &Choices::default()),
        version: 1,
        open: true,
        saved: false,
        theirs,
        from: None,
    };
    let wrong = |field: &str| FormErrors { fields: vec![(field.into(), "–".into())], whole: Vec::new() };
    let theirs = || {
        let filled = Filled::empty(Step::Contact);
        let fields = entries(lang, Step::Contact, &Typed::default(), &Choices::default());
        (SavedStep { filled, version: 2, saved_at: at, saved_by: "R. Jansen".into() }, fields)
    };
    let draft = ApplicationState::Draft;
    let criterion = |code: &str, state| {
        let case = case(state);
        let task = case.list.criteria.iter().find(|task| task.criterion.code == code).cloned();
        CriterionPage {
            frame: within(&format!("/eisen/{code}")),
            application: case.application,
            task: task.expect("a criterion of the defaults"),
            today,
            form: FormPart { key: "5f".repeat(16), ..FormPart::default() },
            received: 0,
            pieces: Vec::new(),
            twins: Vec::new(),
            statement: String::new(),
            agreed: false,
            version: 0,
        }
    };
    let outcomes = vec![("polis.pdf".to_owned(), None), ("getekend.pdf".to_owned(), Some(Refusal::PdfScript))];
    let refused = CriterionPage {
        form: FormPart { key: "5f".repeat(16), outcomes, errors: wrong("bestand"), ..FormPart::default() },
        received: 2,
        ..criterion("M07", draft)
    };
    let check = |state, missing| CheckPage {
        frame: within("/indienen"),
        case: case(state),
        errors: FormErrors::default(),
        missing,
        key: "5f".repeat(16),
        may: true,
    };
    let receipt = Receipt {
        id: 1,
        application_id: 1,
        number: "2026-0014-1".into(),
        kind: ReceiptKind::Application,
        received_at: at,
        received_by: "S. Bakker".into(),
        digest: Sha256Hex::of(b"receipt"),
        body: String::new(),
    };
    let home = HomePage {
        frame: frame(""),
        provider: provider(),
        today,
        applications: vec![(application(ApplicationState::Draft), "Re-integratie".into())],
        open: town().procedures,
        messages: vec![message()],
        administrator: true,
        requests: 1,
        hearings: vec![(crate::page::sample::quarter(), "2026-11-23".parse().expect("it is a date"))],
        tasks: vec![Task {
            href: "/mijn/overeenkomst/1/tekenen".into(),
            title: lang.pick("Deelovereenkomst re-integratie 2027", "Re-integration agreement 2027").into(),
            status: Status::new(Tone::Todo, lang.pick("U kunt tekenen", "You can sign")),
            due: "2026-12-04".parse().ok(),
        }],
        has_agreement: true,
    };
    let organisation = Filled::empty(Step::Organisation);
    let supplement = ApplicationState::SupplementAsked;
    let listing = |kept: Option<Kept>, form: ListingForm, errors| ListingPage {
        frame: frame("/registergegevens"),
        today,
        kept,
        register: Some("/gemeenten/noordermeer/register".into()),
        form,
        errors,
        done: false,
    };
    let told = Listing {
        locations: vec![Location {
            name: "Werkplein".into(),
            street: "Kade 3".into(),
            postcode: "1234 AB".into(),
            place: "Noordermeer".into(),
            accessible: true,
        }],
        languages: vec!["nl".into(), "pl".into()],
        website: "https://www.werkpadnoord.example".into(),
        waiting: Some(Waiting { weeks: 4, told_on: "2026-06-02".parse().expect("a day") }),
    };
    let kept = Kept { listing: told.clone(), version: 2, changed_at: at, changed_by: "S. Bakker".into() };
    let wrong_weeks = FormErrors {
        fields: vec![("weken".into(), lang.pick("Vul een getal in.", "Fill in a number.").into())],
        whole: vec![],
    };
    vec![
        Sample::of("mine-listing", &listing(Some(kept), ListingForm::of(&told, 2), FormErrors::default())),
        Sample::of("mine-listing-errors", &listing(None, ListingForm::default(), wrong_weeks)),
        Sample::of("mine", &home),
        Sample::of("mine-everything", &EverythingPage { frame: frame("/alles"), municipality: "Noordermeer".into() }),
        Sample::of("mine-messages", &MessagesPage { frame: frame("/berichten"), messages: vec![message()] }),
        Sample::of("mine-message", &MessagePage { frame: frame("/berichten/1"), message: message() }),
        Sample::of("mine-dossier", &dossier(draft, false)),
        Sample::of("mine-dossier-supplement", &dossier(supplement, false)),
        Sample::of("mine-dossier-again", &dossier(ApplicationState::Withdrawn, true)),
        Sample::of("mine-step", &step(Step::Organisation, &organisation, FormErrors::default(), None)),
        Sample::of("mine-step-errors", &step(Step::Organisation, &organisation, wrong("omvang"), None)),
        Sample::of(
            "mine-step-locations",
            &step(Step::Locations, &Filled::empty(Step::Locations), wrong("straat-0"), None),
        ),
        Sample::of(
            "mine-step-declaration",
            &step(Step::Declaration, &Filled::empty(Step::Declaration), FormErrors::default(), None),
        ),
        Sample::of(
            "mine-step-theirs",
            &step(Step::Contact, &Filled::empty(Step::Contact), FormErrors::default(), Some(theirs())),
        ),
        Sample::of("mine-criterion", &criterion("M07", supplement)),
        Sample::of("mine-criterion-refused", &refused),
        Sample::of("mine-criterion-words", &criterion("M14", draft)),
        Sample::of("mine-criterion-tick", &criterion("M18", draft)),
        Sample::of("mine-check", &check(draft, Filled::empty(Step::Offer).missing())),
        Sample::of("mine-check-supplement", &check(supplement, Vec::new())),
        Sample::of(
            "mine-receipt",
            &ReceiptPage {
                frame: within("/ontvangst/2026-0014-1"),
                application: application(draft),
                receipt,
                answer: answer_term(),
                told: Vec::new(),
            },
        ),
        Sample::of(
            "mine-withdraw",
            &WithdrawPage {
                frame: within("/intrekken"),
                application: application(draft),
                errors: FormErrors::default(),
                reason: String::new(),
            },
        ),
    ]
}
