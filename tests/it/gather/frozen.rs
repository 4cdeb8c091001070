//! What stands under the hash of a report: all that it says of its quarter. Later files, remarks and programs change nothing of
//! it; what may still change is told on paper.

use diesel::prelude::*;
use openhouse::actor::{Actor, Role};
use openhouse::assessment::remarks::{Remark, remark};
use openhouse::assessment::store::{Fault, assess_all, assess_one, finalise, latest};
use openhouse::assessment::{Assessment, Refusal, RemarkKind};
use openhouse::db::Conn;
use openhouse::files::Files;
use openhouse::ids::Sha256Hex;
use openhouse::provider::Provider;
use openhouse::report::gather::{Publisher, material};
use openhouse::report::print::{self, Paper};
use openhouse::report::quarter::{Coverage, Material};
use openhouse::report::shelf::Shelf;
use openhouse::schema::{assessment, report_file};
use openhouse::seal::Seals;
use openhouse::statement::store::receive;
use openhouse::text::Lang;

use super::town::{Town, day, on_every_database, q3, town};
use crate::ground::{Ground, every, now};
use crate::hearing::heard;
use crate::statement::{statement, town_of};

const PUBLISHER: &str = "Noordermeer";

fn publisher(municipality: &str) -> Publisher<'_> {
    Publisher { municipality, public_url: "https://openhouse.example", today: day("2026-11-20") }
}

fn scene(conn: &mut Conn) -> QueryResult<(Town, Provider)> {
    let town = town(conn, PUBLISHER)?;
    let id = town.provider(conn, 1)?;
    let provider = openhouse::provider::store::find_by_id(conn, &town.actor, id)?.expect("it was registered");
    charge(conn, &town, &provider, 10)?;
    assess_all(conn, &town.actor, now(), q3())?;
    Ok((town, provider))
}

/// A statement comes in that charges so many hours.
fn charge(conn: &mut Conn, town: &Town, provider: &Provider, hours: i64) -> QueryResult<()> {
    receive(conn, &town.actor, provider.id, now(), day("2026-10-12"), &statement(provider, hours))
}

fn report(conn: &mut Conn, town: &Town, provider: &Provider) -> (Assessment, Material) {
    let made = material(conn, &town.actor, publisher(PUBLISHER), std::slice::from_ref(provider), q3());
    let (_, assessment, material) = made.expect("the report is gathered").pop().expect("it was judged");
    (assessment, material)
}

fn charged(material: &Material) -> i64 {
    material.costs.products.iter().flat_map(|product| product.months).map(|cents| cents.0).sum()
}

fn shelf<'a>(ground: &'a Ground, files: &'a Files) -> Shelf<'a> {
    Shelf { db: &ground.db, files, seals: &Seals::NONE }
}

fn set_final(conn: &mut Conn, town: &Town, provider: &Provider, version: i32) -> Result<(), Fault> {
    let jo = Actor::of_municipality("Jo", Role::ContractManager, town.actor.tenant(), "test");
    heard(conn, town.actor.tenant(), provider.id, q3());
    finalise(conn, &jo, now(), provider.id, q3(), version)
}

fn say(conn: &mut Conn, town: &Town, provider: &Provider, body: &str) -> QueryResult<()> {
    let new = Remark {
        id: 0,
        provider_id: provider.id,
        indicator: 1,
        kind: RemarkKind::Reason,
        body: body.to_owned(),
        author: "Jo".to_owned(),
        written_at: now(),
        hearing_id: None,
        answers: None,
    };
    remark(conn, &town.actor, q3(), &new).map(drop)
}

#[test]
fn a_new_statement_changes_nothing_under_the_same_hash() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        let (first, printed) = report(conn, &town, &provider);
        assert_eq!(charged(&printed), 50_000);
        assert_eq!(printed.coverage, Coverage::Quarter { rest_as_of: day("2026-11-20") });

        charge(conn, &town, &provider, 12)?;
        let (same, again) = report(conn, &town, &provider);
        assert_eq!((again, same.frozen), (printed.clone(), first.frozen));

        assess_one(conn, &town.actor, now(), provider.id, q3())?;
        let (second, later) = report(conn, &town, &provider);
        assert_eq!((second.version, charged(&later), second.is_whole()), (2, 60_000, true));
        assert_ne!(later.sha256, printed.sha256);
        Ok(())
    });
}

#[test]
fn what_was_said_is_under_the_hash_once_the_quarter_is_final() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        say(conn, &town, &provider, "Het plan kwam op tijd.")?;
        let (_, provisional) = report(conn, &town, &provider);
        set_final(conn, &town, &provider, 1).expect("it is set final");
        let (sealed, printed) = report(conn, &town, &provider);
        assert_eq!((printed.coverage, sealed.is_whole()), (Coverage::Whole, true));
        assert_ne!(printed.sha256, provisional.sha256);

        say(conn, &town, &provider, "Achteraf bedacht.")?;
        charge(conn, &town, &provider, 12)?;
        let (_, later) = report(conn, &town, &provider);
        assert_eq!(later, printed);
        assert_eq!(later.indicators[0].said[0].text, "Het plan kwam op tijd.");

        let mut forged = sealed;
        let closed = forged.closed.as_mut().expect("it was closed");
        closed.document = closed.document.replace("op tijd", "te laat");
        assert!(!forged.is_whole());
        Ok(())
    });
}

/// Takes away what was frozen beside facts and findings, as it was before that was done.
fn as_before(conn: &mut Conn, id: i64, frozen: &openhouse::assessment::Frozen) -> QueryResult<()> {
    let digest = Sha256Hex::of(format!("{}{}", frozen.facts, frozen.findings).as_bytes());
    diesel::update(assessment::table.find(id))
        .set((
            assessment::beside.eq(None::<String>),
            assessment::closing.eq(None::<String>),
            assessment::final_digest.eq(None::<String>),
            assessment::digest.eq(digest.as_str()),
        ))
        .execute(conn)?;
    Ok(())
}

#[test]
fn an_assessment_from_before_reads_and_says_on_paper_what_its_hash_covers() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        set_final(conn, &town, &provider, 1).expect("it is set final");
        let judged = latest(conn, &town.actor, provider.id, q3())?.expect("it was judged");
        as_before(conn, judged.id, &judged.frozen)?;

        let (older, printed) = report(conn, &town, &provider);
        assert!(older.is_whole());
        assert_eq!(printed.coverage, Coverage::Findings { rest_as_of: day("2026-11-20") });
        assert_eq!(charged(&printed), 50_000);
        assert_eq!(printed.sha256.as_deref(), Some(older.frozen.digest.as_str()));
        assert_eq!(assess_one(conn, &town.actor, now(), provider.id, q3())?, Some(false), "final is left alone");
        Ok(())
    });
}

#[test]
fn a_provisional_one_from_before_is_made_whole_before_it_is_set_final() {
    on_every_database(|conn| {
        let (town, provider) = scene(conn)?;
        let judged = latest(conn, &town.actor, provider.id, q3())?.expect("it was judged");
        as_before(conn, judged.id, &judged.frozen)?;
        match set_final(conn, &town, &provider, 1) {
            Err(Fault::Refused(refusal)) => assert_eq!(refusal, Refusal::Superseded { current: 2 }),
            other => panic!("not refused: {other:?}"),
        }
        set_final(conn, &town, &provider, 2).expect("the whole one is set final");
        assert_eq!(report(conn, &town, &provider).1.coverage, Coverage::Whole);
        Ok(())
    });
}

#[test]
fn the_final_report_is_made_once_and_later_gives_exactly_those_bytes() {
    for ground in every() {
        println!("on {}", ground.backend);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::open(folder.path()).expect("a folder for files");
        let (town, provider) = town_of(&ground);
        let judged: QueryResult<()> = ground.db.write(|conn| {
            charge(conn, &town, &provider, 10)?;
            assess_all(conn, &town.actor, now(), q3()).map(drop)
        });
        judged.expect("it is judged");
        let paper = |municipality: &str, lang| -> Paper {
            let papers = ground.db.read(|conn| {
                let providers = std::slice::from_ref(&provider);
                print::quarter(conn, &town.actor, publisher(municipality), providers, q3(), lang)
            });
            papers.expect("the report is gathered").pop().expect("it was judged")
        };
        let pdf = |paper: &Paper| shelf(&ground, &files).report(&town.actor, now(), paper).expect("it is printed");

        assert_ne!(pdf(&paper("Noordermeer", Lang::Nl)), pdf(&paper("Zuidermeer", Lang::Nl)), "made at each look");
        ground.db.write(|conn| set_final(conn, &town, &provider, 1)).expect("it is set final");
        let first = pdf(&paper("Noordermeer", Lang::Nl));
        assert_eq!(pdf(&paper("Zuidermeer", Lang::Nl)), first, "{}: it was made anew", ground.backend);
        assert_ne!(pdf(&paper("Noordermeer", Lang::En)), first);
        let stored: QueryResult<Vec<(String, String)>> = ground.db.read(|conn| {
            report_file::table
                .order(report_file::id)
                .select((report_file::language, report_file::file_digest))
                .load(conn)
        });
        let stored = stored.expect("the rows can be read");
        assert_eq!(stored[0], ("nl".to_owned(), Sha256Hex::of(&first).as_str().to_owned()));
        assert_eq!(stored.len(), 2);
    }
}

#[test]
fn two_who_ask_at_once_get_the_same_bytes() {
    for ground in every() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = Files::open(folder.path()).expect("a folder for files");
        let (town, provider) = town_of(&ground);
        let sealed: Result<(), Fault> = ground.db.write(|conn| {
            charge(conn, &town, &provider, 10)?;
            assess_all(conn, &town.actor, now(), q3())?;
            set_final(conn, &town, &provider, 1)
        });
        sealed.expect("it is set final");
        let ask = |municipality: &str| {
            let papers = ground.db.read(|conn| {
                let providers = std::slice::from_ref(&provider);
                print::quarter(conn, &town.actor, publisher(municipality), providers, q3(), Lang::Nl)
            });
            let paper = papers.expect("the report is gathered").pop().expect("it was judged");
            shelf(&ground, &files).report(&town.actor, now(), &paper).expect("it is printed")
        };
        let got: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let ask = &ask;
            let asked: Vec<_> = (0..6).map(|number| scope.spawn(move || ask(&format!("Gemeente {number}")))).collect();
            asked.into_iter().map(|one| one.join().expect("nobody panics")).collect()
        });
        assert!(got.iter().all(|bytes| *bytes == got[0]), "{}: two reports", ground.backend);
    }
}
