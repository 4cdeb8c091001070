//! The pages of the table as the chair, a provider, a client representative and everybody else get them.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{App, test};
use diesel::prelude::*;
use openhouse::account::Token;
use openhouse::account::store::{grants, make_link, sign_in};
use openhouse::actor::Actor;
use openhouse::app::routes;
use openhouse::calendar::add_days;
use openhouse::consultation::{ProposalState, minutes};
use openhouse::db::Db;
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::mail::sending::Sending;
use openhouse::schema::outbox;

use super::setting::{Setting, tried};
use crate::dossier::town::{read, write};
use crate::ground::{Ground, sqlite, vault};

const THREE: &str = "Opdrachtnemer stelt binnen drie weken een trajectplan op.";

/// A table that was set so many days ago, with its house.
pub struct Office {
    pub house: Data<House>,
    pub set: Setting,
    _ground: Ground,
    _folder: tempfile::TempDir,
}

pub struct Answered {
    pub status: StatusCode,
    pub leads: String,
    kind: String,
    pub page: String,
}

impl Office {
    pub fn open(days_ago: i64) -> Office {
        let (ground, folder) = (sqlite(), tempfile::tempdir().unwrap());
        let files = Files::open(&folder.path().join("files")).unwrap();
        let uploads = Uploads::new(1024 * 1024, Scan::Off).unwrap();
        let (db, mail) = (ground.db.clone(), Sending::default());
        let house = House::open(db, files, vault(), uploads, mail, "http://127.0.0.1:8080");
        let begun = add_days(house.today(), -days_ago).to_string();
        let set = Setting::consulted_on(&ground.db, &begun, true);
        Office { house: Data::new(house), set, _ground: ground, _folder: folder }
    }

    pub fn db(&self) -> &Db {
        &self.house.db
    }

    pub fn at(&self, place: &str) -> String {
        format!("/tafels/{}{place}", self.set.table)
    }

    /// The last link that the client representative got.
    pub fn link(&self, place: &str) -> String {
        let links: Vec<String> = read(self.db(), |conn| {
            outbox::table.filter(outbox::link.like("/tafel/%")).order(outbox::id).select(outbox::link).load(conn)
        });
        let token = links.last().unwrap().split('/').nth(2).unwrap().to_owned();
        format!("/tafel/{token}{place}")
    }

    fn key(&self, who: &Actor) -> Token {
        // Sessions begin now: the house reads the clock.
        let present = chrono::Utc::now().naive_utc();
        let (token, key) = (Token::new().unwrap(), Token::new().unwrap());
        write(self.db(), |conn| {
            let all = grants(conn)?;
            let grant =
                all.iter().rfind(|one| Some(one.account_id) == who.account_id()).expect("somebody of this town");
            make_link(conn, present, grant.id, &token)?;
            sign_in(conn, present, "test", &token, &key)?.expect("the link is good");
            Ok(())
        });
        key
    }

    pub async fn get(&self, who: Option<&Actor>, path: &str) -> Answered {
        self.send(who, test::TestRequest::get().uri(path)).await
    }

    pub async fn post(&self, who: Option<&Actor>, path: &str, fields: &[(&str, &str)]) -> Answered {
        self.send(who, test::TestRequest::post().uri(path).set_form(fields)).await
    }

    async fn send(&self, who: Option<&Actor>, mut request: test::TestRequest) -> Answered {
        let app = test::init_service(App::new().app_data(self.house.clone()).configure(routes)).await;
        if let Some(who) = who {
            request = request.insert_header(("cookie", format!("openhouse={}", self.key(who).as_str())));
        }
        let answer = test::call_service(&app, request.to_request()).await;
        let header = |name| answer.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, leads, kind) = (answer.status(), header("location"), header("content-type"));
        let page = String::from_utf8_lossy(&test::read_body(answer).await).into_owned();
        Answered { status, leads, kind, page }
    }
}

fn proposal<'a>(version: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("versie", version),
        ("soort", "change"),
        ("artikel", "1"),
        ("nummer", "4.2"),
        ("kop", "Trajectplan"),
        ("bereik", "all"),
        ("tekst", body),
        ("motief", "Cliënten wachten te lang."),
    ]
}

#[actix_web::test]
async fn a_proposal_goes_from_the_provider_past_the_client_representative_to_a_decision() {
    let office = Office::open(2);
    let (set, version) = (&office.set, office.set.version.to_string());
    let mine = format!("/mijn/tafels/{}", set.table);
    let chosen = office.get(Some(&set.provider), &format!("{mine}/voorstellen/nieuw?versie={version}")).await;
    assert!(chosen.page.contains("soort=change&amp;artikel=1"), "{}", chosen.page);
    let form = format!("{mine}/voorstellen/nieuw?versie={version}&soort=change&artikel=1");
    let form = office.get(Some(&set.provider), &form).await;
    assert!(form.page.contains("binnen vier weken"), "{}", form.page);

    let html = "Binnen <b>drie</b> weken.";
    let refused = office.post(Some(&set.provider), &format!("{mine}/voorstellen"), &proposal(&version, html)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.page.contains("Er staat HTML in de tekst") && refused.page.contains("Binnen &#60;b&#62;drie"));
    let made = office.post(Some(&set.provider), &format!("{mine}/voorstellen"), &proposal(&version, THREE)).await;
    assert_eq!(made.leads, format!("{mine}/voorstellen/1?klaar=voorstel"), "{}", made.page);

    let page = office.get(None, &office.link("/voorstellen/1")).await;
    assert!(page.page.contains(": </span>vier</del><ins>"), "{}", page.page);
    assert!(!page.page.contains("@voorbeeld.example"), "no address of anybody");
    let react = office.link("/voorstellen/1/reacties");
    let empty = office.post(None, &react, &[("mening", "objection"), ("reactie", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = office.post(None, &react, &[("mening", "objection"), ("reactie", "Dat is te <kort>.")]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.page);
    let read_by_provider = office.get(Some(&set.provider), &format!("{mine}/voorstellen/1")).await.page;
    assert!(read_by_provider.contains("Dat is te &#60;kort&#62;.") && read_by_provider.contains("Jantje Hoekstra"));

    let decide = office.at("/voorstellen/1/besluit");
    assert_eq!(office.get(Some(&set.town.assessor), &decide).await.status, StatusCode::FORBIDDEN);
    let yesterday = add_days(office.house.today(), -1).to_string();
    let meeting = set.meeting(office.db(), &yesterday).id.to_string();
    let verdict = |seen: &'static str, reason: &'static str| {
        let meeting = meeting.clone();
        vec![
            ("versie", seen.to_owned()),
            ("bijeenkomst", meeting),
            ("besluit", "adopted".to_owned()),
            ("reden", reason.to_owned()),
            // One can still react, and the meeting was before the proposal.
            ("bevestigd", "reactions_run,meeting_before_proposal".to_owned()),
        ]
    };
    let send = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        office.post(Some(&set.town.manager), &decide, &fields).await
    };
    let silent = send(verdict("1", " ")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let late = send(verdict("0", "Wij zijn het <eens>.")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.page.contains("heeft dit intussen veranderd") && late.page.contains("Wij zijn het &#60;eens&#62;."));
    let done = send(verdict("1", "Wij zijn het eens.")).await;
    assert_eq!(done.leads, office.at("/voorstellen/1?klaar=besluit"), "{}", done.page);
    assert_eq!(set.proposal(office.db(), 1).state, ProposalState::Adopted);
    assert_eq!(set.articles(office.db(), set.version)[0].body, THREE);
    let after = office.get(None, &office.link("/voorstellen/1")).await.page;
    assert!(after.contains("Besluit 1: overgenomen") && after.contains(": </span>vier</del>"), "{after}");
    assert!(!after.contains("Reactie versturen"), "{after}");

    // The clause tells from then on which decision it was born from, with a way to it for the municipality.
    let born = "Ontstaan uit besluit 1 van Overlegtafel re-integratie";
    let text = office.get(Some(&set.town.manager), "/overeenkomsten/re-integratie-2027/versies/1").await.page;
    assert!(text.contains(born) && text.contains(&office.at("/voorstellen/1")), "{text}");
    let text = office.get(Some(&set.provider), "/mijn/overeenkomst/re-integratie-2027/versies/1").await.page;
    assert!(text.contains(born) && !text.contains("/tafels/1/"), "{text}");
}

#[actix_web::test]
async fn a_late_reaction_is_told_and_what_was_typed_is_still_there() {
    let office = Office::open(30);
    let set = &office.set;
    let begun = add_days(office.house.today(), -29).to_string();
    set.propose(office.db(), &set.provider, &begun, &set.change(THREE)).unwrap();
    let react = office.link("/voorstellen/1/reacties");
    let late = office.post(None, &react, &[("mening", "remark"), ("reactie", "Een lang verhaal.")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.page.contains("Die termijn is voorbij") && late.page.contains("Een lang verhaal."), "{}", late.page);
    let version = set.version.to_string();
    let proposed = office.post(None, &office.link("/voorstellen"), &proposal(&version, THREE)).await;
    assert_eq!(proposed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(proposed.page.contains("Die termijn is voorbij") && proposed.page.contains(THREE), "{}", proposed.page);
    // Now it waits for the chair.
    let queue = office.get(Some(&set.town.manager), "/werkvoorraad").await.page;
    assert!(queue.contains("Voorstel wacht op besluit") && queue.contains(&office.at("/voorstellen/1")), "{queue}");
    assert!(queue.contains("Werkvoorraad (1)"), "{queue}");
}

#[actix_web::test]
async fn the_chair_sets_a_table_seats_people_and_invites_them_with_a_calendar_file() {
    let office = Office::open(2);
    let (set, manager) = (&office.set, &office.set.town.manager);
    let procedure = set.town.procedure.to_string();
    let form = |name: &'static str| {
        vec![
            ("naam", name),
            ("procedure", procedure.as_str()),
            ("soort", "advisory"),
            ("doel", "Meedenken."),
            ("van", "2026-09-01"),
            ("tot", "2026-08-01"),
            ("open", "ja"),
        ]
    };
    let wrong = office.post(Some(manager), "/tafels", &form("Adviestafel <W>")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.page.contains("De laatste dag ligt voor de eerste") && wrong.page.contains("Adviestafel &#60;W&#62;")
    );
    assert_eq!(office.post(Some(&set.town.decider), "/tafels", &form("X")).await.status, StatusCode::FORBIDDEN);

    let seats = office.at("/deelnemers");
    let no_address = [("actie", "client"), ("naam", "Piet"), ("email", "geen adres"), ("taal", "nl")];
    let refused = office.post(Some(manager), &seats, &no_address).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.page.contains("geen adres"));
    let piet = [("actie", "client"), ("naam", "Piet Prins"), ("email", "piet@voorbeeld.example"), ("taal", "nl")];
    assert_eq!(office.post(Some(manager), &seats, &piet).await.status, StatusCode::SEE_OTHER);
    let twice = office.post(Some(manager), &seats, &piet).await;
    assert!(twice.page.contains("zit al aan tafel"), "{}", twice.page);

    let soon = add_days(office.house.today(), 7).to_string();
    let meeting = [
        ("dag", soon.as_str()),
        ("van", "14:00"),
        ("tot", "13:00"),
        ("plaats", "Zaal 2"),
        ("agenda", "Opening\r\nVoorstellen, en \"reacties\""),
    ];
    let backwards = office.post(Some(manager), &office.at("/bijeenkomsten"), &meeting).await;
    assert!(backwards.status == StatusCode::UNPROCESSABLE_ENTITY && backwards.page.contains("Zaal 2"));
    let mut right = meeting;
    right[2].1 = "15:30";
    let planned = office.post(Some(manager), &office.at("/bijeenkomsten"), &right).await;
    assert_eq!(planned.leads, office.at("/bijeenkomsten/1?klaar=gepland"), "{}", planned.page);
    // Until all are invited it is the office's own.
    let mine = format!("/mijn/tafels/{}/bijeenkomsten/1", set.table);
    assert_eq!(office.get(Some(&set.provider), &mine).await.status, StatusCode::NOT_FOUND);
    let invited = office.post(Some(manager), &office.at("/bijeenkomsten/1/uitnodigen"), &[("versie", "1")]).await;
    assert_eq!(invited.leads, office.at("/bijeenkomsten/1?klaar=uitgenodigd"), "{}", invited.page);
    let file = office.get(Some(&set.provider), &format!("{mine}/agenda.ics")).await;
    assert!(file.kind.starts_with("text/calendar"), "{}", file.kind);
    let uid = &set.meetings(office.db())[0].uid;
    let text = file.page.replace("\r\n ", "");
    assert!(text.contains(&format!("UID:{uid}\r\n")) && text.contains("SEQUENCE:0\r\n"), "{text}");
    assert!(text.contains("Voorstellen\\, en \"reacties\""), "{text}");
    let by_link = office.get(None, &office.link("/bijeenkomsten/1/agenda.ics")).await;
    assert!(by_link.page.contains("BEGIN:VEVENT"));
    let moved = [
        ("versie", "2"),
        ("dag", soon.as_str()),
        ("van", "15:00"),
        ("tot", "16:00"),
        ("plaats", "Zaal 3"),
        ("agenda", "Opening"),
    ];
    office.post(Some(manager), &office.at("/bijeenkomsten/1"), &moved).await;
    let late = office.post(Some(manager), &office.at("/bijeenkomsten/1"), &moved).await;
    assert!(late.status == StatusCode::CONFLICT && late.page.contains("Zaal 3"), "{}", late.page);
    let again = office.get(Some(&set.provider), &format!("{mine}/agenda.ics")).await.page.replace("\r\n ", "");
    assert!(again.contains("SEQUENCE:1\r\n") && again.contains(&format!("UID:{uid}\r\n")), "{again}");
}

#[actix_web::test]
async fn the_register_shows_who_was_told_what_at_which_moment() {
    let office = Office::open(2);
    let (set, manager) = (&office.set, &office.set.town.manager);
    let place = office.at("/berichten");
    let empty = office.post(Some(manager), &place, &[("soort", "announcement"), ("tekst", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = [("soort", "answer"), ("tekst", "Vraag: wanneer? Antwoord: in <januari>.")];
    assert_eq!(office.post(Some(&set.town.assessor), &place, &said).await.status, StatusCode::FORBIDDEN);
    assert_eq!(office.post(Some(manager), &place, &said).await.status, StatusCode::SEE_OTHER);
    for (who, path) in [
        (Some(manager), place.clone()),
        (Some(&set.provider), format!("/mijn/tafels/{}/berichten", set.table)),
        (None, office.link("/berichten")),
    ] {
        let page = office.get(who, &path).await.page;
        assert!(page.contains("Antwoord op een vraag") && page.contains("3 deelnemers"), "{path}: {page}");
        assert!(page.contains("Jantje Hoekstra") && page.contains("Werkpad Noord"), "{path}");
    }
    let file = office.get(Some(manager), &office.at("/berichten.csv")).await;
    assert!(file.kind.starts_with("text/csv"));
    let moments: Vec<&str> = file.page.lines().skip(1).filter_map(|line| line.split(';').nth(4)).collect();
    assert_eq!(moments.len(), 3, "{}", file.page);
    assert!(moments.windows(2).all(|pair| pair[0] == pair[1]), "one moment for all");
}

#[actix_web::test]
async fn nobody_else_finds_the_table() {
    let office = Office::open(2);
    let set = &office.set;
    for place in ["", "/berichten", "/voorstellen/nieuw", "/voorstellen/1", "/bijeenkomsten/1"] {
        let mine = format!("/mijn/tafels/{}{place}", set.table);
        assert_eq!(office.get(Some(&set.outsider), &mine).await.status, StatusCode::NOT_FOUND, "{mine}");
        assert_eq!(office.get(Some(&set.provider), &office.at(place)).await.status, StatusCode::FORBIDDEN, "{place}");
        let wrong = format!("/tafel/{}{place}", "ab".repeat(32));
        assert_eq!(office.get(None, &wrong).await.status, StatusCode::GONE, "{wrong}");
    }
    // Who tries link after link is slowed down: at the latest when he asked faster than one a second for long enough.
    for _ in 0..300 {
        let answer = office.get(None, "/tafel/x").await.status;
        if answer == StatusCode::SERVICE_UNAVAILABLE {
            return;
        }
        assert_eq!(answer, StatusCode::GONE);
    }
    panic!("300 links were tried, and nobody was slowed down");
}

#[actix_web::test]
async fn the_decision_maker_establishes_the_version_on_the_minutes() {
    let office = Office::open(30);
    let set = &office.set;
    let held = add_days(office.house.today(), -2).to_string();
    let meeting = set.meeting(office.db(), &held);
    let place = office.at("/bijeenkomsten/1/verslag");
    let write = |seen: &'static str, action: &'static str| {
        [("versie", seen), ("verslag", "Aanwezig: allen.\n\n- Voorstel 1."), ("actie", action)]
    };
    let heading = [("versie", "0"), ("verslag", "# Kop"), ("actie", "bewaren")];
    let refused = office.post(Some(&set.town.manager), &place, &heading).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.page.contains("# Kop"), "{}", refused.page);
    assert_eq!(
        office.post(Some(&set.town.manager), &place, &write("0", "bewaren")).await.status,
        StatusCode::SEE_OTHER
    );
    let late = office.post(Some(&set.town.manager), &place, &write("0", "vaststellen")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(
        office.post(Some(&set.town.manager), &place, &write("1", "vaststellen")).await.status,
        StatusCode::SEE_OTHER
    );
    let all = read(office.db(), |conn| minutes::of_meetings(conn, &set.town.manager, &[meeting.id]));
    assert!(all[0].established.is_some());
    let page = office.get(Some(&set.town.decider), &office.at("/bijeenkomsten/1")).await.page;
    assert!(page.contains("Deelovereenkomst, versie 1 vaststellen"), "{page}");
    let (text, seen) = (set.version.to_string(), set.version(office.db(), set.version).version.to_string());
    let establish = office.at("/bijeenkomsten/1/vaststellen");
    let fields = [("tekst", text.as_str()), ("versie", seen.as_str())];
    assert_eq!(office.post(Some(&set.town.manager), &establish, &fields).await.status, StatusCode::FORBIDDEN);
    let done = office.post(Some(&set.town.decider), &establish, &fields).await;
    assert_eq!(done.leads, office.at("/bijeenkomsten/1?klaar=vastgesteld"), "{}", done.page);
    let twice = tried(office.db(), |conn| {
        minutes::establish_with(conn, &set.town.decider, meeting.ends_at, meeting.id, set.version, 99)
    });
    assert!(twice.is_err());
}
