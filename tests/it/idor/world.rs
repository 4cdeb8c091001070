//! Two municipalities (twee gemeenten): one with a provider that has something of everything, every object of which
//! carries the word [`SECRET`]; and everybody who has nothing to do with it, in every role there is.

use actix_web::web::Data;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{NewUser, add_municipality, add_user, make_link, person, session, sign_in};
use openhouse::actor::{Actor, Role};
use openhouse::agreement::{Accession, store::accede};
use openhouse::db::Conn;
use openhouse::dossier::store::find_by_id;
use openhouse::evidence::store::{NewEvidence, NewVersion, add, add_version, find_version, of_provider};
use openhouse::evidence::{Dates, MediaType, VersionState};
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::house::waiting::{Holder, Waiting};
use openhouse::ids::Sha256Hex;
use openhouse::mail::sending::Sending;
use openhouse::mail::{self, Address, MailKind, Outgoing};
use openhouse::schema::{evidence_version, message};
use openhouse::text::Lang;
use openhouse::{assessment, procedure, provider};

use super::charging;
use super::office::{furnish, set_table};
use super::signing;
use super::texts;
use crate::agreement::paper::paper;
use crate::dossier::town::{Applicant, Town, show, upload, upload_next, write};
use crate::evidence::corpus::make::pdf;
use crate::ground::{Ground, now, sqlite, vault};

/// Nothing that names it is for somebody else's eyes.
pub const SECRET: &str = "Vreemde";

/// Somebody who signed in.
pub struct Person {
    pub who: String,
    pub role: Role,
    pub key: Token,
}

pub struct World {
    pub house: Data<House>,
    /// The places of an address and what stands there: an object of the provider, or of its municipality.
    places: Vec<(&'static str, String)>,
    /// Every role of the municipality and of the provider whose objects they are.
    pub own: Vec<Person>,
    /// Every role of another provider with the same municipality, of another municipality, and of its provider.
    pub strangers: Vec<Person>,
    _ground: Ground,
    _folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        let (ground, folder) = (sqlite(), tempfile::tempdir().unwrap());
        let mut uploads = Uploads::new(1024 * 1024, Scan::Off).unwrap();
        uploads.program = env!("CARGO_BIN_EXE_openhouse").into();
        let files = Files::open(&folder.path().join("files")).unwrap();
        let db = ground.db.clone();
        let house = House::open(db, files, vault(), uploads, Sending::default(), "http://127.0.0.1:8080");
        let town = Town::settle(&ground.db, "Noordermeer");
        let applicant = town.complete(&ground.db, "Vreemde Vrouw", "12345678", "Vreemde Weg");
        let own_id = applicant.started.provider_id;
        let firm = Actor::of_provider("Vreemde Vrouw", town.tenant, own_id, "test");
        let drawn = house.files.put(&pdf("", &[])).unwrap();
        let [handed_in, newer] = shown_with(&house, &applicant, &drawn);
        town.hand_in_and_take_up(&ground.db, &applicant);
        let mut office = furnish(&house, &town, &drawn);
        // The first deelovereenkomst: what came in without an offer runs under it.
        let paper = paper(&house.db, &town, "vreemde-overeenkomst-2027", "2026-12-01");
        office.extend(set_table(&house, &town, &firm));
        let agreements = texts::write_them(&house, &town);
        let refused = b"Vreemde opgave".to_vec();
        let digest = Sha256Hex::of(&refused);
        let name = "vreemde-opgave.csv".to_owned();
        let since = chrono::Utc::now().naive_utc();
        house.waiting.admit(Waiting {
            holder: Holder::Provider(own_id),
            digest: digest.clone(),
            name,
            bytes: refused,
            since,
        });
        let made: QueryResult<_> = house.db.write(|conn| {
            let provider = provider::store::find_by_id(conn, &town.system, own_id)?.expect("the provider is there");
            judged(conn, &town.system, own_id)?;
            let piece = add(conn, &firm, now(), &NewEvidence { provider_id: own_id, title: "Vreemde polis".into() })?;
            let new = NewVersion {
                file: drawn,
                label: "vreemde-polis.pdf".into(),
                media_type: MediaType::Pdf,
                size: 1000,
                pages: Some(1),
                dates: Dates { document: None, valid_from: None, valid_until: None },
                state: VersionState::Clean,
                flags: vec![],
                submission: None,
            };
            let version_id = add_version(conn, &firm, now(), piece, &new)?;
            let version = find_version(conn, &firm, version_id)?.expect("the version is there");
            let reaction = reacted(conn, &town, &firm, own_id, version_id)?;
            let pieces = of_provider(conn, &firm)?;
            let shown = pieces.iter().find(|one| one.id == piece).expect("the piece is there");
            let procedure = procedure::admission::store::find(conn, &town.system, town.procedure)?.expect("it is open");
            let seen = find_by_id(conn, &town.manager, applicant.started.application)?.expect("it was handed in");
            let signed = Accession {
                id: 0,
                provider_id: own_id,
                number: "2026-014".into(),
                version: 1,
                active_from: "2026-01-01".parse().expect("a day"),
                active_until: None,
            };
            accede(conn, &town.system, now(), &signed, &[])?;
            let life = left(conn, &town, own_id)?;
            let indexation = proposed(conn, &town)?;
            let [contact, case, extension] = charging::charge(conn, &town, own_id)?;
            let message: i64 = message::table
                .filter(message::provider_id.eq(own_id))
                .select(message::id)
                .order(message::id)
                .first(conn)?;
            let to = Address { name: "Vreemde Vrouw", email: "vreemde@voorbeeld.example", language: Lang::Nl };
            let values = [("datum", "2 november 2026".to_owned()), ("tijd", "09:30".to_owned())];
            let posted =
                Outgoing { municipality_id: town.tenant, kind: MailKind::Test, to, values: &values, provider_id: None };
            let mail = mail::store::post(conn, now(), &posted)?;

            let there = add_municipality(conn, &Actor::installer(), now(), "Zuidermeer")?;
            let register = |conn: &mut Conn, tenant, kvk: &str, name: &str, number| {
                provider::store::register(conn, &Actor::system(tenant), now(), &kvk.parse().unwrap(), name, number)
            };
            let rival = register(conn, town.tenant, "90009002", "Andere Weg", 4002)?;
            let far = register(conn, there, "90009003", "Verre Weg", 5003)?;
            let (mut own, mut strangers) = (Vec::new(), Vec::new());
            for role in Role::ALL.iter().copied().filter(|role| *role != Role::System) {
                if role.is_of_provider() {
                    own.push(seat(conn, "provider", "Vreemde Vrouw", role, town.tenant, Some(own_id))?);
                    strangers.push(seat(conn, "rival", "Iemand", role, town.tenant, Some(rival.id))?);
                    strangers.push(seat(conn, "elsewhere", "Iemand", role, there, Some(far.id))?);
                } else {
                    own.push(seat(conn, "municipality", "Vreemde Man", role, town.tenant, None)?);
                    strangers.push(seat(conn, "elsewhere", "Iemand", role, there, None)?);
                }
            }
            // A colleague of each, who asks for nothing here: his role and his session are what others may want.
            let official = grant(conn, "official@noordermeer.example", Role::Viewer, town.tenant, None)?;
            let colleague =
                grant(conn, "vreemde-collega@voorbeeld.example", Role::ProviderUser, town.tenant, Some(own_id))?;
            let token = enter(conn, colleague)?;
            let colleague_account = person(conn, colleague)?.expect("the role is there").account_id;
            let open = session::open(conn, chrono::Utc::now().naive_utc(), colleague_account, Some(&token))?;
            let places = vec![
                ("<provider>", provider.number.to_string()),
                ("<application>", applicant.started.number.to_string()),
                ("<evidence>", shown.key.to_string()),
                ("<version>", version.key.to_string()),
                ("<version-id>", version.id.to_string()),
                ("<reaction>", reaction.to_string()),
                ("<shown-file>", version.id.to_string()),
                ("<shown>", handed_in),
                ("<newer>", newer),
                ("<file>", digest.to_string()),
                ("<message>", message.to_string()),
                ("<procedure>", procedure.details.code.clone()),
                ("<seen>", seen.version.to_string()),
                ("<mail>", mail.to_string()),
                ("<grant>", official.to_string()),
                ("<colleague>", colleague.to_string()),
                ("<session>", open[0].reference.clone()),
                ("<indexation>", indexation.to_string()),
                ("<life>", life.id.to_string()),
                ("<line>", life.line.to_string()),
                ("<contact>", contact.to_string()),
                ("<trajectory>", case.to_string()),
                ("<extension>", extension.to_string()),
            ];
            Ok((places, own, strangers))
        });
        let (mut places, own, strangers) = made.unwrap();
        let shown = places.iter().position(|(place, _)| *place == "<version-id>").expect("it was made");
        let version = places.remove(shown).1.parse().expect("a number");
        places.extend(office);
        places.extend(signing::offer(&house.db, &town, &paper, own_id, version));
        places.extend(agreements);
        let world = World { house: Data::new(house), places, own, strangers, _ground: ground, _folder: folder };
        world.watch();
        world
    }

    /// The text with the objects of the world in its places.
    pub fn named(&self, text: &str) -> String {
        let named = self.places.iter().fold(text.to_owned(), |text, (place, value)| text.replace(place, value));
        assert!(!named.contains('<'), "tests/it/idor/world.rs has nothing to put into {text}: name it in `places`");
        named
    }

    /// The same with objects that nobody has.
    pub fn unknown(&self, text: &str) -> String {
        self.places.iter().fold(text.to_owned(), |text, (place, value)| {
            let other = |c: char| if c.is_ascii_digit() { '9' } else { c };
            text.replace(place, &value.chars().map(other).collect::<String>())
        })
    }

    /// From now on every row that is written tells of it. What a look itself leaves behind is left aside: when a session
    /// was last used, and the audit.
    fn watch(&self) {
        let watched: QueryResult<()> = self.house.db.write(|conn| {
            let tables: Vec<String> = sqlite_master::table
                .filter(sqlite_master::kind.eq("table").and(sqlite_master::name.not_like("sqlite_%")))
                .filter(sqlite_master::name.ne_all(["session", "audit_event"]))
                .select(sqlite_master::name)
                .load(conn)?;
            conn.batch_execute("CREATE TABLE written (name TEXT NOT NULL)")?;
            for table in tables {
                for act in ["INSERT", "UPDATE", "DELETE"] {
                    conn.batch_execute(&format!(
                        "CREATE TRIGGER watch_{table}_{act} AFTER {act} ON \"{table}\"
                         BEGIN INSERT INTO written (name) VALUES ('{table}'); END"
                    ))?;
                }
            }
            Ok(())
        });
        watched.unwrap();
    }

    /// The tables that were written since this was asked last.
    pub fn written(&self) -> Vec<String> {
        let written: QueryResult<Vec<String>> = self.house.db.write(|conn| {
            let names = written::table.select(written::name).distinct().load(conn)?;
            diesel::delete(written::table).execute(conn)?;
            Ok(names)
        });
        written.unwrap()
    }
}

diesel::table! {
    sqlite_master (name) { name -> Text, #[sql_name = "type"] kind -> Text, }
}

diesel::table! {
    written (name) { name -> Text, }
}

/// A piece that the application shows for M13 in two versions, by their keys. All that it shows is a PDF of one page that
/// is really there.
fn shown_with(house: &House, applicant: &Applicant, drawn: &Sha256Hex) -> [String; 2] {
    let id = upload(&house.db, applicant, "Vreemde regeling", "2026-10-01", None);
    let later = upload_next(&house.db, applicant, id, "2026-10-02");
    [id, later].map(|version| {
        show(&house.db, applicant, "M13", version);
        write(&house.db, |conn| {
            diesel::update(evidence_version::table).set(evidence_version::file_digest.eq(drawn)).execute(conn)?;
            let version = find_version(conn, &applicant.actor, version)?.expect("the version is there");
            Ok(version.key.to_string())
        })
    })
}

/// An agreement, and a quarter that was judged.
fn judged(conn: &mut Conn, actor: &Actor, provider_id: i64) -> QueryResult<()> {
    let accession = Accession {
        id: 0,
        provider_id,
        number: "2025-001".into(),
        version: 1,
        active_from: "2025-01-01".parse().unwrap(),
        active_until: None,
    };
    accede(conn, actor, now(), &accession, &[])?;
    assessment::store::assess_all(conn, actor, now(), "2026-3".parse().unwrap())?;
    Ok(())
}

/// The quarter was put before the provider, who reacted and showed a piece.
fn reacted(conn: &mut Conn, town: &Town, firm: &Actor, provider_id: i64, version_id: i64) -> QueryResult<i64> {
    use openhouse::assessment::reacting::{Reaction, react};
    use openhouse::assessment::{hearing, remarks::remarks};
    let quarter = "2026-3".parse().expect("a quarter");
    hearing::open(conn, &town.manager, now(), provider_id, quarter, 1).unwrap_or_else(|fault| panic!("{fault:?}"));
    let said = Reaction { indicator: 1, words: "Vreemde reactie", pieces: &[version_id] };
    react(conn, firm, now(), provider_id, quarter, said).unwrap_or_else(|fault| panic!("{fault:?}"));
    Ok(remarks(conn, firm, &[provider_id], quarter)?[0].id)
}

fn seat(
    conn: &mut Conn,
    side: &str,
    name: &str,
    role: Role,
    municipality_id: i64,
    provider_id: Option<i64>,
) -> QueryResult<Person> {
    let email = format!("{side}-{role}-{municipality_id}@voorbeeld.example").replace('_', "-");
    let user = NewUser { name, email: &email, role, municipality_id, provider_id };
    let grant = add_user(conn, &Actor::system(municipality_id), now(), &user)?;
    Ok(Person { who: format!("{side} {role}"), role, key: enter(conn, grant)? })
}

fn grant(conn: &mut Conn, email: &str, role: Role, municipality_id: i64, provider_id: Option<i64>) -> QueryResult<i64> {
    let user = NewUser { name: "Vreemde Collega", email, role, municipality_id, provider_id };
    add_user(conn, &Actor::system(municipality_id), now(), &user)
}

/// Sessions begin now: the house reads the clock.
fn enter(conn: &mut Conn, grant: i64) -> QueryResult<Token> {
    let present = chrono::Utc::now().naive_utc();
    let (link, key) = (Token::new().unwrap(), Token::new().unwrap());
    make_link(conn, present, grant, &link)?;
    sign_in(conn, present, "test", &link, &key)?.expect("the link is good");
    Ok(key)
}

/// An agreement under notice, with a client to hand over.
struct Left {
    id: i64,
    line: i64,
}

fn left(conn: &mut Conn, town: &Town, provider_id: i64) -> QueryResult<Left> {
    use openhouse::agreement::life::{leaving, store, transfer};
    let life = store::of_provider(conn, &town.system, provider_id)?.pop().expect("it was acceded to");
    let (today, last) = (now().date(), "2027-02-02".parse().expect("a day"));
    let cases = ["Vreemde zaak".to_owned()];
    leaving::refuse_change(conn, &town.system, now(), today, life.id, last, "", &cases)
        .unwrap_or_else(|fault| panic!("{fault:?}"));
    let list = transfer::of(conn, &town.system, &life)?.expect("it was drawn up");
    Ok(Left { id: life.id, line: list.lines[0].id })
}

/// A product with a tariff, and a proposal to index it.
fn proposed(conn: &mut Conn, town: &Town) -> QueryResult<i64> {
    use openhouse::procedure::indexation::{Method, Percent, store};
    use openhouse::procedure::product::{Tariff, Unit};
    use openhouse::procedure::{Validity, store as products};
    let valid = Validity::new("2026-01-01".parse().expect("a day"), None).expect("it has no end");
    let tariff = Tariff { product: "VR-1".into(), amount: openhouse::money::Cents(6_255), valid };
    let name = openhouse::text::Bilingual { nl: "Vreemd product".into(), en: "Vreemd product".into() };
    let product =
        products::OfferedProduct { id: 0, code: "VR-1".into(), name, unit: Unit::Hour, tariffs: vec![tariff] };
    products::add_product(conn, &town.system, &product)?;
    let (today, from) = (now().date(), "2027-01-01".parse().expect("a day"));
    let made = store::propose(conn, &town.manager, now(), today, from, &Method::Fixed { percent: Percent(350) });
    Ok(made.unwrap_or_else(|fault| panic!("{fault:?}")))
}
