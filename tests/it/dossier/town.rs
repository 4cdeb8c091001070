//! A municipality with an open procedure, its people, and providers that apply (verzonnen).

use chrono::{NaiveDate, NaiveDateTime};
use openhouse::account::store::{NewUser, add_municipality, add_user, grants};
use openhouse::actor::{Actor, Role};
use openhouse::db::{Conn, Db};
use openhouse::dossier::form::{
    Address, Authority, Contact, Declaration, Filled, FirmSize, Location, Locations, Offer, Organisation, Signatory,
    Statements,
};
use openhouse::dossier::receipt::Receipt;
use openhouse::dossier::review::{Judged, NewVerdict};
use openhouse::dossier::start::{Newcomer, Started};
use openhouse::dossier::store::{Fault, find_by_id};
use openhouse::dossier::{
    Application, CriterionResult, CriterionState, Refusal, criterion, decision, drafting, review, showing, start,
    submit, tasks,
};
use openhouse::evidence::store::{NewEvidence, NewVersion};
use openhouse::evidence::{self, Dates, MediaType, VersionState};
use openhouse::ids::{Kvk, Sha256Hex};
use openhouse::procedure;
use openhouse::procedure::admission::{Remedy, first};
use openhouse::procedure::defaults::defaults;

/// A municipality at work.
pub struct Town {
    pub tenant: i64,
    pub procedure: i64,
    pub manager: Actor,
    pub assessor: Actor,
    pub colleague: Actor,
    pub decider: Actor,
    pub system: Actor,
}

/// Somebody who applies.
pub struct Applicant {
    pub actor: Actor,
    pub started: Started,
}

pub fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

/// Ten in the morning in Amsterdam, in UTC, in winter.
pub fn at(written: &str) -> NaiveDateTime {
    day(written).and_hms_opt(9, 0, 0).unwrap()
}

pub fn account(conn: &mut Conn, tenant: i64, role: Role, name: &str) -> Actor {
    let email = format!("{}-{tenant}@voorbeeld.example", name.to_lowercase().replace([' ', '.'], "-"));
    let user = NewUser { name, email: &email, role, municipality_id: tenant, provider_id: None };
    let grant = add_user(conn, &Actor::system(tenant), at("2026-11-02"), &user).unwrap();
    let account_id = grants(conn).unwrap().into_iter().find(|one| one.id == grant).unwrap().account_id;
    Actor::of_municipality(name, role, tenant, "192.0.2.1").with_account(account_id)
}

impl Town {
    pub fn settle(db: &Db, name: &str) -> Town {
        write(db, |conn| {
            let tenant = add_municipality(conn, &Actor::installer(), at("2026-11-02"), name)?;
            let system = Actor::system(tenant);
            procedure::store::install(conn, &system, defaults())?;
            let mut details = first::usual("Marloes de Wit", "contract@voorbeeld.example");
            (details.remedy, details.court) = (Remedy::Court, "Noordermeer".to_owned());
            let opened = first::open(conn, &system, at("2026-11-02"), day("2026-11-02"), &details);
            Ok(Town {
                tenant,
                procedure: opened.unwrap_or_else(|fault| panic!("{fault:?}")),
                manager: account(conn, tenant, Role::ContractManager, "Marloes de Wit"),
                assessor: account(conn, tenant, Role::Assessor, "Karim El Idrissi"),
                colleague: account(conn, tenant, Role::Assessor, "Joke Postma"),
                decider: account(conn, tenant, Role::DecisionMaker, "Hans Smit"),
                system,
            })
        })
    }

    /// A newcomer with an account of his own begins an application.
    pub fn applicant(&self, db: &Db, name: &str, kvk: &str, organisation: &str) -> Applicant {
        self.try_to_apply(db, name, kvk, organisation).unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    pub fn try_to_apply(&self, db: &Db, name: &str, kvk: &str, organisation: &str) -> Result<Applicant, Refusal> {
        let kvk: Kvk = kvk.parse().unwrap();
        write(db, |conn| {
            // The account as signing up leaves it: one that works for nobody here yet.
            let account_id = account(conn, self.tenant, Role::Viewer, name).account_id().unwrap();
            let new = Newcomer { account_id, kvk: &kvk, organisation, origin: "192.0.2.7" };
            Ok(start::newcomer(conn, at("2026-11-16"), day("2026-11-16"), self.procedure, &new)?.map(|started| {
                let actor = Actor::of_provider(name, self.tenant, started.provider_id, "192.0.2.7");
                Applicant { actor: actor.in_role(Role::ProviderAdmin).with_account(account_id), started }
            }))
        })
    }

    /// The same, with the whole form and all evidence that is asked at the application; not handed in yet.
    pub fn complete(&self, db: &Db, name: &str, kvk: &str, organisation: &str) -> Applicant {
        let applicant = self.applicant(db, name, kvk, organisation);
        fill_in(db, &applicant, organisation);
        for code in needed(db, &applicant) {
            show(db, &applicant, &code, upload(db, &applicant, &code, "2026-10-01", Some("2027-10-01")));
        }
        applicant
    }

    /// The same, handed in and taken up.
    pub fn under_review(&self, db: &Db, name: &str, kvk: &str, organisation: &str) -> Applicant {
        let applicant = self.complete(db, name, kvk, organisation);
        self.hand_in_and_take_up(db, &applicant);
        applicant
    }

    pub fn hand_in_and_take_up(&self, db: &Db, applicant: &Applicant) {
        hand_in(db, applicant, "sleutel-1").unwrap();
        let id = applicant.started.application;
        let take_up = |conn: &mut Conn, seen| {
            decision::take_up(conn, &self.assessor, at("2026-11-18"), day("2026-11-18"), id, seen)
        };
        act(db, take_up, applicant, &self.assessor).unwrap();
    }

    /// The same, with a result for every criterion and an advice by the assessor.
    pub fn advised(&self, db: &Db, name: &str, kvk: &str, organisation: &str, result: CriterionResult) -> Applicant {
        let applicant = self.under_review(db, name, kvk, organisation);
        self.judge_all(db, &applicant, result);
        let proposal = match result {
            CriterionResult::Met => decision::Outcome::Admitted,
            _ => decision::Outcome::Refused,
        };
        let advise = |conn: &mut Conn, seen| {
            decision::advise(
                conn,
                &self.assessor,
                at("2026-11-20"),
                day("2026-11-20"),
                applicant.started.application,
                seen,
                proposal,
                "Zie de oordelen per eis.",
            )
        };
        act(db, advise, &applicant, &self.assessor).unwrap();
        applicant
    }

    /// The same, admitted by another person.
    pub fn admitted(&self, db: &Db, name: &str, kvk: &str, organisation: &str) -> Applicant {
        let applicant = self.advised(db, name, kvk, organisation, CriterionResult::Met);
        let admit = |conn: &mut Conn, seen| {
            decision::admit(
                conn,
                &self.decider,
                at("2026-11-23"),
                day("2026-11-23"),
                applicant.started.application,
                seen,
                "",
            )
        };
        act(db, admit, &applicant, &self.decider).unwrap();
        applicant
    }

    /// Judges every criterion a decision waits for: the first knock-out with `result`, all others met.
    pub fn judge_all(&self, db: &Db, applicant: &Applicant, result: CriterionResult) {
        let id = applicant.started.application;
        let rows = read(db, |conn| review::of_application(conn, &self.assessor, id));
        let mut left = Some(result);
        for (row, definition) in rows {
            let waits = criterion::counts_for_decision(definition.ask, row.state);
            if !waits || row.state == CriterionState::Met {
                continue;
            }
            let result =
                if definition.knock_out { left.take().unwrap_or(CriterionResult::Met) } else { CriterionResult::Met };
            let holds_until = Some(day("2027-10-01"));
            let new = NewVerdict { result, reason: "Gezien op 19 november.", holds_until };
            let judged =
                write(db, |conn| review::judge(conn, &self.assessor, at("2026-11-19"), row.id, row.version, &new));
            assert!(matches!(judged, Judged::Done(_)), "{judged:?}");
        }
    }

    pub fn application(&self, db: &Db, applicant: &Applicant) -> Application {
        read(db, |conn| find_by_id(conn, &applicant.actor, applicant.started.application)).unwrap()
    }
}

/// The codes of the criteria for which something must be shown at the application.
pub fn needed(db: &Db, applicant: &Applicant) -> Vec<String> {
    let found = read(db, |conn| find_by_id(conn, &applicant.actor, applicant.started.application)).unwrap();
    let list = read(db, |conn| tasks::of(conn, &applicant.actor, day("2026-11-16"), &found, None));
    let shown = |task: &tasks::CriterionTask| task.shown.is_empty();
    let missing = read(db, |conn| {
        let procedure = procedure::admission::store::find(conn, &applicant.actor, found.procedure_id)?.unwrap();
        let offer = list.form.offer();
        submit::asked_criteria(conn, &applicant.actor, &procedure, &offer, day("2026-11-16"))
    });
    let missing = submit::missing(&list.form, found.channel, &missing, &[]);
    let codes = missing.into_iter().filter_map(|one| match one {
        openhouse::dossier::Missing::Criterion(code) => Some(code),
        openhouse::dossier::Missing::Field(..) => None,
    });
    codes.filter(|code| list.criteria.iter().any(|task| task.criterion.code == *code && shown(task))).collect()
}

pub fn fill_in(db: &Db, applicant: &Applicant, organisation: &str) {
    for filled in whole_form(organisation) {
        let saved = write(db, |conn| {
            drafting::save(conn, &applicant.actor, at("2026-11-16"), applicant.started.application, 0, &filled)
        });
        assert_eq!(saved, drafting::Saving::Saved(1));
    }
}

pub fn whole_form(organisation: &str) -> Vec<Filled> {
    let address =
        || Address { street: "Dorpsstraat 1".into(), postcode: "1234 AB".into(), place: "Noordermeer".into() };
    vec![
        Filled::Organisation(Organisation {
            name: organisation.into(),
            legal_form: "stichting".into(),
            establishment: String::new(),
            address: address(),
            website: "https://voorbeeld.example".into(),
            size: Some(FirmSize::Micro),
        }),
        Filled::Contact(Contact {
            name: "Sanne Bakker".into(),
            function: "directeur".into(),
            phone: "0500 000 001".into(),
            email: "sanne@aanbieder.example".into(),
        }),
        Filled::Locations(Locations {
            locations: vec![Location { name: "Hoofdlocatie".into(), address: address(), accessible: true }],
        }),
        Filled::Offer(Offer { products: vec!["RE-JH".into()], profiles: vec!["P1".into()], subcontractors: false }),
        Filled::Signatory(Signatory {
            name: "Sanne Bakker".into(),
            function: "directeur".into(),
            email: "sanne@aanbieder.example".into(),
            authority: Some(Authority::Register),
        }),
        Filled::Declaration(Declaration {
            no_exclusion_ground: true,
            explanation: String::new(),
            suitable: true,
            complete_and_true: true,
        }),
        Filled::Statements(Statements {
            agreed: vec!["M18".into()],
            statements: [("M14".to_owned(), "Vertrouwenspersoon: R. Jansen, 0500 000 002".to_owned())].into(),
        }),
    ]
}

/// A version of a new piece of evidence of the applicant; its id.
pub fn upload(db: &Db, applicant: &Applicant, title: &str, dated: &str, until: Option<&str>) -> i64 {
    upload_in_state(db, applicant, title, dated, until, VersionState::Clean)
}

/// The next version of the piece that this one belongs to.
pub fn upload_next(db: &Db, applicant: &Applicant, version: i64, dated: &str) -> i64 {
    write(db, |conn| {
        let before = evidence::store::find_version(conn, &applicant.actor, version)?.expect("it is his");
        let new = NewVersion {
            file: Sha256Hex::of(format!("{} {dated}", before.label).as_bytes()),
            label: before.label,
            media_type: before.media_type,
            size: before.size + 1000,
            pages: before.pages,
            dates: Dates { document: Some(day(dated)), ..before.dates },
            state: VersionState::Clean,
            flags: vec![],
            submission: None,
        };
        Ok(evidence::store::add_version(conn, &applicant.actor, at("2026-11-16"), before.evidence_id, &new)?)
    })
}

pub fn upload_in_state(
    db: &Db,
    applicant: &Applicant,
    title: &str,
    dated: &str,
    until: Option<&str>,
    state: VersionState,
) -> i64 {
    write(db, |conn| {
        let new = NewEvidence { provider_id: applicant.started.provider_id, title: title.into() };
        let piece = evidence::store::add(conn, &applicant.actor, at("2026-11-16"), &new)?;
        let version = NewVersion {
            file: Sha256Hex::of(format!("{title} {dated} {}", applicant.started.provider_id).as_bytes()),
            label: format!("{title}.pdf"),
            media_type: MediaType::Pdf,
            size: 1000,
            pages: Some(2),
            dates: Dates { document: Some(day(dated)), valid_from: None, valid_until: until.map(day) },
            state,
            flags: vec![],
            submission: None,
        };
        Ok(evidence::store::add_version(conn, &applicant.actor, at("2026-11-16"), piece, &version)?)
    })
}

pub fn show(db: &Db, applicant: &Applicant, code: &str, version: i64) {
    let id = applicant.started.application;
    write(db, |conn| showing::show(conn, &applicant.actor, at("2026-11-16"), day("2026-11-16"), id, code, version));
}

pub fn hand_in(db: &Db, applicant: &Applicant, key: &str) -> Result<Receipt, Refusal> {
    let id = applicant.started.application;
    let seen = read(db, |conn| find_by_id(conn, &applicant.actor, id)).unwrap().version;
    refusable(db, |conn| {
        submit::submit(conn, &applicant.actor, at("2026-11-17"), day("2026-11-17"), id, seen, key, None)
    })
}

/// Does something with the version of the application as the actor sees it now.
pub fn act<T>(
    db: &Db,
    work: impl FnOnce(&mut Conn, i32) -> Result<T, Fault>,
    applicant: &Applicant,
    by: &Actor,
) -> Result<T, Refusal> {
    let seen = read(db, |conn| find_by_id(conn, by, applicant.started.application)).unwrap().version;
    refusable(db, |conn| work(conn, seen))
}

pub fn refusable<T>(db: &Db, work: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, Refusal> {
    match db.write(work) {
        Ok(done) => Ok(done),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Trouble(cause)) => panic!("{cause}"),
    }
}

#[track_caller]
pub fn write<T>(db: &Db, work: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> T {
    refusable(db, work).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

#[track_caller]
pub fn read<T>(db: &Db, work: impl FnOnce(&mut Conn) -> diesel::QueryResult<T>) -> T {
    db.read(work).unwrap()
}
