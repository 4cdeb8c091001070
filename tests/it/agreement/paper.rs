//! What is signed (stukken): an established text with an annex, the signatories of providers, and a product to deliver.

use chrono::NaiveDate;
use openhouse::account::once::CodeKind;
use openhouse::account::store::{NewUser, add_user, grants};
use openhouse::actor::{Actor, Role};
use openhouse::agreement::offer::offering::{NewOffer, offer};
use openhouse::agreement::offer::signing::Signing;
use openhouse::agreement::offer::store::{Fault, Wanted, parties};
use openhouse::agreement::offer::{Offer, OfferRefusal, Party};
use openhouse::agreement::text::store::{Fault as TextFault, version};
use openhouse::agreement::text::writing::{self, Description, Wording};
use openhouse::agreement::text::{AgreementText, Scope, TextKind, establishing};
use openhouse::db::{Conn, Db};
use openhouse::procedure::Domain;
use openhouse::procedure::product::Unit;
use openhouse::procedure::store::{OfferedProduct, add_product};
use openhouse::term::{TermEnd, TermRule, TermUnit};
use openhouse::text::Bilingual;

use crate::dossier::town::{Applicant, Town, at, day, read, write};

pub struct Paper {
    pub text: i64,
    pub version: i64,
    pub product: i64,
}

fn written<T>(db: &Db, work: impl FnOnce(&mut Conn) -> Result<T, TextFault>) -> T {
    db.write(work).unwrap_or_else(|fault| panic!("{fault:?}"))
}

pub fn tried<T>(db: &Db, work: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, OfferRefusal> {
    match db.write(work) {
        Ok(done) => Ok(done),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Trouble(cause)) => panic!("{cause}"),
    }
}

/// The first version of a deelovereenkomst with an annex, both established, and a product.
pub fn paper(db: &Db, town: &Town, code: &str, from: &str) -> Paper {
    let text = make(db, town, code, TextKind::Domain, None);
    establish(db, town, text.1, from);
    let annex = make(db, town, &format!("{code}-eisen"), TextKind::Requirements, Some(text.0));
    establish(db, town, annex.1, from);
    let product = write(db, |conn| {
        let new = OfferedProduct {
            id: 0,
            code: format!("jobcoaching-{code}"),
            name: Bilingual { nl: "Jobcoaching".into(), en: "Job coaching".into() },
            unit: Unit::Hour,
            tariffs: Vec::new(),
        };
        Ok(add_product(conn, &town.system, &new)?)
    });
    Paper { text: text.0, version: text.1, product }
}

fn make(db: &Db, town: &Town, code: &str, kind: TextKind, annex_to: Option<i64>) -> (i64, i64) {
    let new = AgreementText {
        id: 0,
        procedure_id: town.procedure,
        annex_to,
        kind,
        domain: Domain::Pw,
        code: code.to_owned(),
        title: Bilingual { nl: format!("Overeenkomst {code}"), en: format!("Agreement {code}") },
        privacy_role: None,
    };
    let made = written(db, |conn| writing::make(conn, &town.system, at("2026-11-02"), &new));
    put(db, town, made.1, "Opdrachtnemer stelt binnen vier weken een plan op.");
    made
}

fn put(db: &Db, town: &Town, id: i64, body: &str) {
    let article =
        Wording { number: "1".into(), heading: "Trajectplan".into(), scope: Scope::All, body: body.to_owned() };
    let seen = seen(db, town, id);
    written(db, |conn| writing::read_in(conn, &town.system, at("2026-11-02"), id, seen, &[article]));
}

fn seen(db: &Db, town: &Town, id: i64) -> i32 {
    read(db, |conn| version(conn, &town.system, id)).unwrap().1.version
}

fn establish(db: &Db, town: &Town, id: i64, from: &str) {
    let system = &town.system;
    let told =
        Description { holds_from: Some(day(from)), holds_until: None, explanation: "Een week eerder.".to_owned() };
    let version = seen(db, town, id);
    written(db, |conn| writing::describe(conn, system, at("2026-11-03"), id, version, &told));
    let two_weeks = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };
    let version = seen(db, town, id);
    written(db, |conn| {
        establishing::consult(conn, system, at("2026-11-03"), day("2026-11-03"), id, version, two_weeks)
    });
    let version = seen(db, town, id);
    written(db, |conn| establishing::establish(conn, system, at("2026-11-18"), id, version, "Verslag"));
}

/// The next version of the text, established.
pub fn next_version(db: &Db, town: &Town, text: i64, from: &str) -> i64 {
    let id = written(db, |conn| writing::begin_version(conn, &town.system, at("2026-11-19"), text));
    put(db, town, id, "Opdrachtnemer stelt binnen drie weken een plan op.");
    establish(db, town, id, from);
    id
}

/// Somebody who signs for this provider.
pub fn signatory(db: &Db, town: &Town, of: &Applicant, name: &str) -> Actor {
    in_role(db, town, of, name, Role::ProviderSignatory)
}

pub fn in_role(db: &Db, town: &Town, of: &Applicant, name: &str, role: Role) -> Actor {
    let provider_id = of.started.provider_id;
    write(db, |conn| {
        let email = format!("{}@aanbieder-{provider_id}.example", name.to_lowercase().replace(' ', "-"));
        let user = NewUser { name, email: &email, role, municipality_id: town.tenant, provider_id: Some(provider_id) };
        let grant = add_user(conn, &town.system, at("2026-11-16"), &user)?;
        let account_id = grants(conn)?.into_iter().find(|one| one.id == grant).unwrap().account_id;
        let actor = Actor::of_provider(name, town.tenant, provider_id, "192.0.2.8");
        Ok(actor.in_role(role).with_account(account_id))
    })
}

/// Offers a version on a day, to begin on another.
pub fn offered(
    db: &Db,
    town: &Town,
    paper: &Paper,
    version: i64,
    providers: &[i64],
    (on, starts_on): (NaiveDate, NaiveDate),
) -> Result<i64, OfferRefusal> {
    let products = [paper.product];
    let new = NewOffer { version_id: version, providers, products: &products, starts_on, forced: false };
    let now = on.and_hms_opt(9, 0, 0).unwrap();
    tried(db, |conn| offer(conn, &town.manager, now, on, &new))
}

/// The newest offer to this provider.
pub fn newest(db: &Db, town: &Town, of: &Applicant) -> (Offer, Party) {
    read(db, |conn| parties(conn, &town.system, Wanted::Provider(of.started.provider_id))).remove(0)
}

/// Everything as it should be.
pub fn good(seen: &str) -> Signing<'_> {
    Signing { seen, read: true, authorised: true, position: "directeur", code: CodeKind::App }
}
