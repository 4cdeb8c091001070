//! Everybody is heard before it is decided: a held proposal is not lost, a warning is confirmed and kept, nobody decides on
//! his own proposal, a seat counts once, and a table is never without a chair.

use actix_web::http::StatusCode;
use openhouse::actor::Role;
use openhouse::agreement::text::{TextRefusal, TextState, TextVersion, origin, store as texts};
use openhouse::consultation::deciding::{self, Verdict};
use openhouse::consultation::landing::{Landing, landing};
use openhouse::consultation::{
    Caution, Outcome, ProposalState, Refusal, SeatRole, Speaker, minutes, seating, store, work,
};
use openhouse::db::Db;

use super::pages::Office;
use super::setting::{Setting, evening, tried, wording};
use crate::dossier::town::{account, at, day, read, write};
use crate::ground::every;

const THREE: &str = "Opdrachtnemer stelt binnen drie weken een trajectplan op.";

/// Establishes the version on the minutes of this meeting.
fn establish(db: &Db, set: &Setting, meeting: &openhouse::consultation::Meeting) {
    let (manager, now) = (&set.town.manager, evening(meeting));
    tried(db, |conn| minutes::write(conn, manager, now, meeting.id, 0, "Aanwezig: allen.")).unwrap();
    tried(db, |conn| minutes::establish(conn, manager, now, meeting.id, 1)).unwrap();
    let seen = set.version(db, set.version).version;
    tried(db, |conn| minutes::establish_with(conn, &set.town.decider, now, meeting.id, set.version, seen)).unwrap();
}

fn newest(db: &Db, set: &Setting) -> TextVersion {
    let text = set.version(db, set.version).text_id;
    let all = read(db, |conn| texts::versions(conn, &set.town.manager, &[text]));
    all.into_iter().max_by_key(|one| one.number).unwrap()
}

#[test]
fn a_proposal_that_was_held_is_decided_for_the_next_version_and_never_changes_an_established_one() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let proposal = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
        let drop = set.propose(db, &set.provider, "2026-11-06", &set.change("Iets anders.")).unwrap();
        let first = set.meeting(db, "2026-11-19");
        set.decide(db, &proposal, &first, Outcome::CarriedOver, None).unwrap();
        set.decide(db, &drop, &first, Outcome::CarriedOver, None).unwrap();
        establish(db, &set, &first);
        let established = set.articles(db, set.version);

        let waits = read(db, |conn| work::waiting(conn, &set.town.manager, day("2026-12-10"))).to_decide;
        assert_eq!(waits.len(), 2, "{}: it does not leave the queue", ground.backend);
        let held = set.proposal(db, 1);
        let lands = tried(db, |conn| landing(conn, &set.town.manager, &held)).unwrap();
        assert!(matches!(lands, Some(Landing::Begins { number: 2, .. })), "{lands:?}");
        let second = set.meeting(db, "2026-12-10");
        assert_eq!(set.decide(db, &held, &second, Outcome::Adopted, None), Ok(3));

        assert_eq!(set.articles(db, set.version), established, "{}", ground.backend);
        let next = newest(db, &set);
        assert_eq!((next.number, next.state), (2, TextState::Draft));
        assert_eq!(set.articles(db, next.id)[0].body, THREE);
        let born = read(db, |conn| origin::of_clauses(conn, &set.town.manager, next.id));
        assert!(born.contains_key(&1), "the clause knows its decision");
        // The other one goes on from what stands there now.
        let other = set.proposal(db, 2);
        let lands = tried(db, |conn| landing(conn, &set.town.manager, &other)).unwrap();
        assert!(matches!(lands, Some(Landing::Next { established: 1, .. })), "{lands:?}");
        assert_eq!(set.decide(db, &other, &second, Outcome::Rejected, None), Ok(4));
        assert_eq!(newest(db, &set).number, 2, "no version is begun twice");
    }
}

#[test]
fn who_decides_before_all_were_heard_confirms_it_and_the_warning_stays_with_the_decision() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let early = set.meeting(db, "2026-11-10");
        let first = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
        let second = set.propose(db, &set.provider, "2026-11-12", &set.change("Iets anders.")).unwrap();
        let decide = |proposal, now, confirmed: &[Caution]| {
            let (outcome, reason, confirmed) = (Outcome::Rejected, "Besproken.".to_owned(), confirmed.to_vec());
            let verdict = Verdict { meeting_id: early.id, outcome, reason, wording: None, confirmed };
            set.decide_as(db, &set.town.manager, now, proposal, &verdict)
        };
        let unconfirmed = |all: &[Caution]| Err(Refusal::Unconfirmed(all.to_vec()));
        let (running, after, before) =
            (Caution::ReactionsRun, Caution::MeetingBeforeTerm, Caution::MeetingBeforeProposal);
        assert_eq!(decide(&first, evening(&early), &[]), unconfirmed(&[running]), "{}", ground.backend);
        assert_eq!(decide(&first, at("2026-11-20"), &[running]), unconfirmed(&[after]), "another one was confirmed");
        assert_eq!(decide(&first, at("2026-11-20"), &[after]), Ok(1));
        assert_eq!(decide(&second, at("2026-11-20"), &[after]), unconfirmed(&[after, before]));
        assert_eq!(decide(&second, at("2026-11-20"), &[after, before]), Ok(2));
        let kept = read(db, |conn| deciding::of_table(conn, &set.town.manager, set.table));
        assert_eq!((&kept[1].cautions[..], &kept[0].cautions[..]), (&[after][..], &[after, before][..]));

        // Holding it for a next meeting shuts nobody out.
        let third = set.propose(db, &set.provider, "2026-11-13", &set.change("Nog iets.")).unwrap();
        assert_eq!(set.decide(db, &third, &early, Outcome::CarriedOver, None), Ok(3));
    }
}

#[test]
fn nobody_decides_on_his_own_proposal() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let own = set.propose(db, &set.town.manager, "2026-11-05", &set.change(THREE)).unwrap();
        let meeting = set.meeting(db, "2026-11-19");
        assert_eq!(set.decide(db, &own, &meeting, Outcome::Adopted, None), Err(Refusal::OwnProposal));
        let other = write(db, |conn| Ok(account(conn, set.town.tenant, Role::ContractManager, "Anja Vos")));
        let waits = |who| read(db, |conn| work::waiting_for(conn, who, day("2026-11-20")));
        assert_eq!((waits(&set.town.manager), waits(&other)), (0, 1), "{}", ground.backend);
        let (outcome, reason) = (Outcome::Adopted, "Besproken.".to_owned());
        let verdict = Verdict { meeting_id: meeting.id, outcome, reason, wording: None, confirmed: vec![] };
        assert_eq!(set.decide_as(db, &other, evening(&meeting), &own, &verdict), Ok(1));
        assert_eq!(set.proposal(db, 1).state, ProposalState::Adopted);
    }
}

#[test]
fn an_article_number_in_words_comes_into_no_proposal() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let mut new = set.change(THREE);
        new.wording = wording("vier punt twee", "Trajectplan", THREE);
        let refused = set.propose(db, &set.provider, "2026-11-05", &new).map(drop);
        assert_eq!(refused, Err(Refusal::Text(TextRefusal::NumberWrong)), "{}", ground.backend);
    }
}

#[test]
fn the_last_chair_stays_until_there_is_another() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let (manager, table) = (&set.town.manager, set.table);
        let chair = read(db, |conn| store::seats(conn, manager, table)).remove(0);
        assert_eq!(chair.role, SeatRole::Chair);
        let leave = || tried(db, |conn| seating::leave(conn, manager, at("2026-11-06"), table, chair.id));
        assert_eq!(leave(), Err(Refusal::LastChair), "{}", ground.backend);
        let other = write(db, |conn| Ok(account(conn, set.town.tenant, Role::ContractManager, "Anja Vos")));
        let next = other.account_id().unwrap();
        tried(db, |conn| seating::seat_colleague(conn, manager, at("2026-11-06"), table, next, SeatRole::Chair))
            .unwrap();
        assert_eq!(leave(), Ok(()));
    }
}

#[actix_web::test]
async fn a_seat_that_changes_its_mind_counts_once_and_both_can_be_read() {
    let office = Office::open(2);
    let set = &office.set;
    let begun = office.house.today().to_string();
    set.propose(office.db(), &set.provider, &begun, &set.change(THREE)).unwrap();
    let react = office.link("/voorstellen/1/reacties");
    for (stance, words) in [("objection", "Te kort."), ("agree", "Toch goed.")] {
        let said = office.post(None, &react, &[("mening", stance), ("reactie", words)]).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.page);
    }
    for page in ["/voorstellen/1", "/voorstellen/1/besluit"] {
        let page = office.get(Some(&set.town.manager), &office.at(page)).await.page;
        assert!(page.contains("Te kort.") && page.contains("later vervangen, telt niet mee"), "{page}");
    }
    let page = office.get(Some(&set.town.manager), &office.at("/voorstellen/1")).await.page;
    assert!(page.contains("eens: 1, bezwaar: 0, opmerking: 0"), "{page}");
}

#[actix_web::test]
async fn the_chair_reads_the_warning_and_ticks_it_before_it_is_decided() {
    let office = Office::open(2);
    let set = &office.set;
    let today = office.house.today().to_string();
    set.propose(office.db(), &set.provider, &today, &set.change(THREE)).unwrap();
    let yesterday = openhouse::calendar::add_days(office.house.today(), -1).to_string();
    let meeting = set.meeting(office.db(), &yesterday).id.to_string();
    let decide = office.at("/voorstellen/1/besluit");
    let form = office.get(Some(&set.town.manager), &decide).await.page;
    assert!(form.contains("Iedereen aan tafel kan nu nog reageren."), "{form}");
    let fields =
        [("versie", "1"), ("bijeenkomst", meeting.as_str()), ("besluit", "adopted"), ("reden", "Wij zijn het eens.")];
    let silent = office.post(Some(&set.town.manager), &decide, &fields).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        silent.page.contains("href=\"#bevestigd\"") && silent.page.contains("Wij zijn het eens."),
        "{}",
        silent.page
    );
    assert_eq!(set.proposal(office.db(), 1).state, ProposalState::Open);
    let ticked = [fields.as_slice(), &[("bevestigd", "reactions_run,meeting_before_proposal")]].concat();
    let done = office.post(Some(&set.town.manager), &decide, &ticked).await;
    assert_eq!(done.leads, office.at("/voorstellen/1?klaar=besluit"), "{}", done.page);
    // The whole table reads it.
    let page = office.get(None, &office.link("/voorstellen/1")).await.page;
    assert!(page.contains("Besloten terwijl iedereen nog kon reageren."), "{page}");
}

#[actix_web::test]
async fn somebody_leaves_the_table_after_a_page_that_asks_whether_that_is_meant() {
    let office = Office::open(2);
    let (set, manager) = (&office.set, &office.set.town.manager);
    let sits = |id: i64| {
        let all = read(office.db(), |conn| store::seats(conn, manager, set.table));
        all.into_iter().any(|one| one.id == id && one.left_at.is_none())
    };
    let path = office.at(&format!("/deelnemers/{}/einde", set.client.id));
    let asked = office.post(Some(manager), &path, &[]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.page.contains("Jantje Hoekstra van tafel") && sits(set.client.id), "{}", asked.page);
    assert_eq!(office.post(Some(manager), &path, &[("stap", "vastleggen")]).await.status, StatusCode::SEE_OTHER);
    assert!(!sits(set.client.id));
    let chair = read(office.db(), |conn| store::seats(conn, manager, set.table)).remove(0);
    let last = office.post(Some(manager), &office.at(&format!("/deelnemers/{}/einde", chair.id)), &[]).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(last.page.contains("Dit is de enige voorzitter") && sits(chair.id), "{}", last.page);
}

#[actix_web::test]
async fn an_empty_field_is_named_and_so_is_the_line_of_a_table() {
    let office = Office::open(2);
    let (set, manager) = (&office.set, &office.set.town.manager);
    let nameless = office.post(Some(manager), "/tafels", &[("naam", " "), ("van", "2026-09-01")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    for named in ["Vul het veld “Naam” in.", "Vul het veld “Waar deze tafel voor is” in."] {
        assert!(nameless.page.contains(named), "{named} is not on {}", nameless.page);
    }
    let version = set.version.to_string();
    let fields = [
        ("versie", version.as_str()),
        ("soort", "change"),
        ("artikel", "1"),
        ("nummer", "vier"),
        ("kop", "Trajectplan"),
        ("bereik", "all"),
        ("tekst", "Het tarief:\r\n\r\n| a | b |\r\n| --- | --- |\r\n| 1 | 2 |"),
        ("motief", ""),
    ];
    let refused = office.post(Some(manager), &office.at("/voorstellen"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for named in
        ["Regel 3: Er staat een tabel in de tekst", "Schrijf het nummer in cijfers", "Vul het veld “Waarom” in."]
    {
        assert!(refused.page.contains(named), "{named} is not on {}", refused.page);
    }
}

#[test]
fn a_provider_that_spoke_twice_is_one_voice() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let proposal = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
        let (client, firm) = (Speaker::from_seat(&set.client), set.speaker(db, &set.provider));
        for (speaker, words) in [(&client, "Te kort."), (&firm, "Akkoord."), (&client, "Veel te kort.")] {
            set.react(db, speaker, "2026-11-06", proposal.id, words).unwrap();
        }
        let all =
            read(db, |conn| openhouse::consultation::proposing::of_proposals(conn, &set.town.manager, &[proposal.id]));
        let counts: Vec<&str> =
            all.iter().filter(|one| !one.is_replaced(all.iter())).map(|one| one.words.as_str()).collect();
        assert_eq!(counts, ["Akkoord.", "Veel te kort."], "{}", ground.backend);
    }
}
