//! The text of the agreement: written, put before the table, changed by its decisions, established, and then left alone.

use openhouse::actor::{Actor, Role};
use openhouse::agreement::text::diff::{self, ChangeKind};
use openhouse::agreement::text::establishing::{self, Amendment};
use openhouse::agreement::text::store::{self, Fault};
use openhouse::agreement::text::writing::{self, Description, Wording};
use openhouse::agreement::text::{
    AgreementText, Article, Lack, Scope, TextKind, TextRefusal, TextState, TextVersion, digest,
};
use openhouse::db::Conn;
use openhouse::procedure::Domain;
use openhouse::term::{TermEnd, TermRule, TermUnit};
use openhouse::text::Bilingual;

use crate::dossier::town::{Town, at, day, read};
use crate::ground::{Ground, every, sqlite};

const TWO_WEEKS: TermRule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::NextWorkingDay };

fn tried<T>(ground: &Ground, work: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, TextRefusal> {
    match ground.db.write(work) {
        Ok(done) => Ok(done),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Trouble(cause)) => panic!("{cause}"),
    }
}

fn wording(number: &str, heading: &str, body: &str) -> Wording {
    Wording { number: number.to_owned(), heading: heading.to_owned(), scope: Scope::All, body: body.to_owned() }
}

/// A draft with three articles for 2027. Answers the text and its version.
fn draft(ground: &Ground, town: &Town) -> (i64, i64) {
    let new = AgreementText {
        id: 0,
        procedure_id: town.procedure,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: "re-integratie-2027".to_owned(),
        title: Bilingual { nl: "Deelovereenkomst re-integratie".to_owned(), en: "Re-integration agreement".to_owned() },
        privacy_role: None,
    };
    let (text, version) = tried(ground, |conn| writing::make(conn, &town.manager, at("2026-11-02"), &new)).unwrap();
    let articles = [
        wording("4", "Traject", ""),
        wording("4.2", "Trajectplan", "Opdrachtnemer stelt binnen vier weken een trajectplan op."),
        wording("7.1", "Kostenoverzicht", "Opdrachtnemer levert per kwartaal een overzicht."),
    ];
    let seen = found(ground, town, version).version;
    tried(ground, |conn| writing::read_in(conn, &town.manager, at("2026-11-02"), version, seen, &articles)).unwrap();
    describe(ground, town, version, "2027-01-01", "");
    (text, version)
}

fn describe(ground: &Ground, town: &Town, version: i64, from: &str, explanation: &str) {
    let told = Description { holds_from: Some(day(from)), holds_until: None, explanation: explanation.to_owned() };
    let seen = found(ground, town, version).version;
    tried(ground, |conn| writing::describe(conn, &town.manager, at("2026-11-03"), version, seen, &told)).unwrap();
}

fn found(ground: &Ground, town: &Town, version: i64) -> TextVersion {
    read(&ground.db, |conn| store::version(conn, &town.manager, version)).unwrap().1
}

fn articles(ground: &Ground, town: &Town, version: i64) -> Vec<Article> {
    read(&ground.db, |conn| store::articles(conn, &town.manager, version))
}

fn consult(ground: &Ground, town: &Town, by: &Actor, version: i64) -> Result<(), TextRefusal> {
    let seen = found(ground, town, version).version;
    let (now, today) = (at("2026-11-04"), day("2026-11-04"));
    tried(ground, |conn| establishing::consult(conn, by, now, today, version, seen, TWO_WEEKS))
}

fn establish(ground: &Ground, town: &Town, by: &Actor, version: i64, minutes: &str) -> Result<(), TextRefusal> {
    let seen = found(ground, town, version).version;
    tried(ground, |conn| establishing::establish(conn, by, at("2026-11-20"), version, seen, minutes)).map(drop)
}

#[test]
fn a_text_is_established_by_another_than_who_put_it_before_the_table() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let (_, version) = draft(&ground, &town);
        let not_yet = TextRefusal::NotNow(TextState::Draft);
        assert_eq!(establish(&ground, &town, &town.decider, version, "Verslag"), Err(not_yet), "{}", ground.backend);
        assert_eq!(consult(&ground, &town, &town.decider, version), Err(TextRefusal::NotYours));
        consult(&ground, &town, &town.manager, version).unwrap();
        let consulted = found(&ground, &town, version).consulted.unwrap();
        assert_eq!(consulted.respond.due, day("2026-11-18"));

        let both = town.manager.clone().in_role(Role::DecisionMaker);
        assert_eq!(establish(&ground, &town, &both, version, "Verslag"), Err(TextRefusal::FourEyes));
        let lacks = TextRefusal::Incomplete(vec![Lack::Minutes]);
        assert_eq!(establish(&ground, &town, &town.decider, version, " "), Err(lacks));
        establish(&ground, &town, &town.decider, version, "Verslag van 18 november").unwrap();

        let (text, now) = read(&ground.db, |conn| store::version(conn, &town.manager, version)).unwrap();
        let sum = digest(&text, &now, &articles(&ground, &town, version));
        assert_eq!(now.established.as_ref().map(|one| (&one.digest, one.by.as_str())), Some((&sum, "Hans Smit")));
        let again = tried(&ground, |conn| {
            writing::drop_article(conn, &town.manager, at("2026-11-21"), version, now.version, 2)
        });
        assert_eq!(again, Err(TextRefusal::NotNow(TextState::Established)));
    }
}

#[test]
fn the_table_changes_a_clause_and_the_next_version_shows_what_changed() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let (text, first) = draft(&ground, &town);
        let busy = tried(&ground, |conn| writing::begin_version(conn, &town.manager, at("2026-11-04"), text));
        assert_eq!(busy, Err(TextRefusal::AnotherIsOpen(1)));
        consult(&ground, &town, &town.manager, first).unwrap();
        establish(&ground, &town, &town.decider, first, "Verslag van 18 november").unwrap();

        let second =
            tried(&ground, |conn| writing::begin_version(conn, &town.manager, at("2026-12-01"), text)).unwrap();
        assert_eq!(articles(&ground, &town, second), articles(&ground, &town, first), "{}", ground.backend);
        describe(&ground, &town, second, "2027-01-01", "Het plan komt een week eerder.");
        let same = consult(&ground, &town, &town.manager, second);
        assert_eq!(same, Err(TextRefusal::Incomplete(vec![Lack::Changes])), "nothing to talk about");
        let other = wording("7.1", "Kostenoverzicht", "Opdrachtnemer levert per maand een overzicht.");
        let seen = found(&ground, &town, second).version;
        tried(&ground, |conn| {
            writing::put_article(conn, &town.manager, at("2026-12-01"), second, seen, Some(3), None, &other)
        })
        .unwrap();
        let early = consult(&ground, &town, &town.manager, second);
        assert_eq!(early, Err(TextRefusal::BeginsTooEarly(day("2027-01-01"))));
        describe(&ground, &town, second, "2027-04-01", "Het plan komt een week eerder.");
        consult(&ground, &town, &town.manager, second).unwrap();

        let amend = |amendment: Amendment| {
            let seen = found(&ground, &town, second).version;
            let (by, now) = (&town.manager, at("2026-12-10"));
            tried(&ground, |conn| establishing::amend(conn, by, now, second, seen, &amendment, "besluit 3")).unwrap()
        };
        let plan = wording("4.2", "Trajectplan", "Opdrachtnemer stelt binnen drie weken een trajectplan op.");
        amend(Amendment::Change(2, plan));
        let added = amend(Amendment::Add(Some(2), wording("4.3", "Beschut werk", "Binnen zes maanden.")));
        amend(Amendment::Drop(3));
        assert_eq!(added, 4, "a clause is never given out twice");

        let (before, after) = (articles(&ground, &town, first), articles(&ground, &town, second));
        let kinds: Vec<_> = diff::compare(&before, &after).iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [ChangeKind::Same, ChangeKind::Changed, ChangeKind::Dropped, ChangeKind::New]);
        establish(&ground, &town, &town.decider, second, "Verslag van 12 december").unwrap();
        let all = read(&ground.db, |conn| store::versions(conn, &town.manager, &[text]));
        let holding = |on: &str| store::holding_on(&all, day(on)).map(|one| one.number);
        assert_eq!((holding("2026-12-31"), holding("2027-03-31"), holding("2027-04-01")), (None, Some(1), Some(2)));
    }
}

#[test]
fn a_provider_reads_what_is_shown_to_all_and_no_draft() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let elsewhere = Town::settle(&ground.db, "Zuiderveen");
    let (text, version) = draft(&ground, &town);
    let provider = town.applicant(&ground.db, "Saskia Bakker", "90001234", "Werkpad Noord").actor;
    let seen_by = |by: &Actor| {
        let texts = read(&ground.db, |conn| store::texts(conn, by));
        let versions = read(&ground.db, |conn| store::versions(conn, by, &[text]));
        let one = read(&ground.db, |conn| store::version(conn, by, version));
        (texts.len(), versions.len(), one.is_some())
    };
    assert_eq!(seen_by(&provider), (0, 0, false));
    consult(&ground, &town, &town.manager, version).unwrap();
    assert_eq!(seen_by(&provider), (1, 1, true));
    assert_eq!(seen_by(&elsewhere.manager), (0, 0, false));
    assert!(read(&ground.db, |conn| store::articles(conn, &elsewhere.manager, version)).is_empty());
    assert!(read(&ground.db, |conn| store::history(conn, &provider, version)).is_empty());
}

#[test]
fn who_was_late_is_told_and_a_number_of_a_citizen_does_not_come_in() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let (_, version) = draft(&ground, &town);
    let seen = found(&ground, &town, version).version;
    let put = |by: &Actor, body: &str| {
        let new = wording("8", "Slot", body);
        tried(&ground, |conn| writing::put_article(conn, by, at("2026-11-05"), version, seen, None, Some(3), &new))
    };
    assert_eq!(put(&town.assessor, "Einde."), Err(TextRefusal::NotYours));
    assert_eq!(put(&town.manager, "Zie 111222333."), Err(TextRefusal::HoldsBsn));
    put(&town.manager, "Einde.").unwrap();
    let late = put(&town.manager, "Toch niet.");
    assert!(matches!(late, Err(TextRefusal::ChangedMeanwhile { current, .. }) if current == seen + 1), "{late:?}");
    let headings: Vec<String> = articles(&ground, &town, version).into_iter().map(|one| one.heading).collect();
    assert_eq!(headings, ["Traject", "Trajectplan", "Kostenoverzicht", "Slot"]);
}

#[test]
fn a_draft_says_all_at_once_what_it_lacks() {
    let ground = sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let (_, version) = draft(&ground, &town);
    let seen = found(&ground, &town, version).version;
    let twice = [wording("1", "Eén", "Tekst."), wording("1", "Nog een", ""), wording("1", "", "Tekst.")];
    tried(&ground, |conn| writing::read_in(conn, &town.manager, at("2026-11-05"), version, seen, &twice)).unwrap();
    let told = Description::default();
    let seen = found(&ground, &town, version).version;
    tried(&ground, |conn| writing::describe(conn, &town.manager, at("2026-11-05"), version, seen, &told)).unwrap();
    let lacks = vec![Lack::Words, Lack::Numbers, Lack::Days];
    assert_eq!(consult(&ground, &town, &town.manager, version), Err(TextRefusal::Incomplete(lacks)));
}

#[test]
fn the_table_gets_at_least_five_working_days_to_react() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let (_, version) = draft(&ground, &town);
        let consult = |count| {
            let (seen, now, today) = (found(&ground, &town, version).version, at("2026-11-04"), day("2026-11-04"));
            let respond = TermRule { count, ..TWO_WEEKS };
            tried(&ground, |conn| establishing::consult(conn, &town.manager, now, today, version, seen, respond))
        };
        for short in [1, 6] {
            let refused = consult(short);
            let least = |term: &openhouse::term::Term| term.due == day("2026-11-11");
            assert!(matches!(&refused, Err(TextRefusal::TermTooShort(term)) if least(term)), "{refused:?}");
        }
        assert_eq!(consult(7), Ok(()), "{}", ground.backend);
    }
}

#[test]
fn an_article_is_never_numbered_in_words() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let (_, version) = draft(&ground, &town);
        let put = |number: &str| {
            let (seen, new) = (found(&ground, &town, version).version, wording(number, "Slot", "Einde."));
            let (by, now) = (&town.manager, at("2026-11-03"));
            tried(&ground, |conn| writing::put_article(conn, by, now, version, seen, None, None, &new))
        };
        assert_eq!(put("Vier"), Err(TextRefusal::NumberWrong), "{}", ground.backend);
        assert!(put("3a").is_ok());
    }
}
