//! Proposals, reactions and decisions on real databases: the amended version grows out of them, and its articles know where
//! they came from.

use openhouse::agreement::text::establishing;
use openhouse::agreement::text::store::Fault as TextFault;
use openhouse::agreement::text::writing::{self, Description};
use openhouse::agreement::text::{TextRefusal, TextState, origin};
use openhouse::consultation::deciding::Verdict;
use openhouse::consultation::proposing::NewProposal;
use openhouse::consultation::{
    Outcome, ProposalKind, ProposalState, Refusal, SeatRole, Speaker, minutes, proposing, store,
};
use openhouse::text::Lang;

use super::setting::{Setting, evening, tried, wording};
use crate::dossier::town::{Town, at, day, read};
use crate::ground::{every, sqlite};

const THREE: &str = "Opdrachtnemer stelt binnen drie weken een trajectplan op.";

#[test]
fn what_is_adopted_changes_the_version_and_the_article_knows_its_decision_from_then_on() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let proposal = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
        let meeting = set.meeting(db, "2026-11-19");
        let verdict = |outcome| Verdict {
            meeting_id: meeting.id,
            outcome,
            reason: "Ja.".into(),
            wording: None,
            confirmed: vec![],
        };
        let early = set.decide_as(db, &set.town.manager, at("2026-11-18"), &proposal, &verdict(Outcome::Adopted));
        assert_eq!(early, Err(Refusal::MeetingNotHeld), "{}", ground.backend);
        let wrong = set.decide_as(db, &set.town.decider, evening(&meeting), &proposal, &verdict(Outcome::Adopted));
        assert_eq!(wrong, Err(Refusal::NotYours));

        assert_eq!(set.decide(db, &proposal, &meeting, Outcome::Adopted, None), Ok(1));
        assert_eq!(set.articles(db, set.version)[0].body, THREE);
        let again = set.decide(db, &proposal, &meeting, Outcome::Rejected, None);
        assert!(matches!(again, Err(Refusal::ChangedMeanwhile(_))), "{again:?}");
        let now = set.proposal(db, 1);
        assert_eq!((now.state, now.before.body.contains("vier weken")), (ProposalState::Adopted, true));

        // Another article changes, and the next version is a copy: the origin stays. Other words lose it.
        let add = NewProposal {
            kind: ProposalKind::Add,
            clause: Some(1),
            wording: wording("4.3", "Beschut werk", "Binnen zes maanden."),
            ..set.change("")
        };
        let second = set.propose(db, &set.provider, "2026-11-06", &add).unwrap();
        let shorter = wording("4.3", "Beschut werk", "Binnen vier maanden.");
        assert_eq!(set.decide(db, &second, &meeting, Outcome::Amended, Some(shorter)), Ok(2));
        let born = |version| {
            let map = read(db, |conn| origin::of_clauses(conn, &set.town.manager, version));
            let mut all: Vec<(i32, String)> =
                map.into_iter().map(|(clause, born)| (clause, born.in_words(Lang::Nl))).collect();
            all.sort();
            all
        };
        let expected = vec![
            (1, "Ontstaan uit besluit 1 van Overlegtafel re-integratie, 19 november 2026".to_owned()),
            (3, "Ontstaan uit besluit 2 van Overlegtafel re-integratie, 19 november 2026".to_owned()),
        ];
        assert_eq!(born(set.version), expected);
        let next = after_established(db, &set, &meeting);
        assert_eq!(born(next), expected, "{}", ground.backend);
        rewrite(db, &set, next);
        assert_eq!(born(next), expected[1..]);
    }
}

/// Establishes the version on the minutes and begins the next one.
fn after_established(db: &openhouse::db::Db, set: &Setting, meeting: &openhouse::consultation::Meeting) -> i64 {
    let seen = set.version(db, set.version).version;
    let now = evening(meeting);
    let establish = |conn: &mut openhouse::db::Conn| {
        minutes::establish_with(conn, &set.town.decider, now, meeting.id, set.version, seen)
    };
    assert_eq!(tried(db, establish), Err(Refusal::MinutesMissing));
    tried(db, |conn| minutes::write(conn, &set.town.manager, now, meeting.id, 0, "Aanwezig: allen.")).unwrap();
    assert_eq!(tried(db, establish), Err(Refusal::MinutesMissing), "they are only written yet");
    tried(db, |conn| minutes::establish(conn, &set.town.manager, now, meeting.id, 1)).unwrap();
    tried(db, establish).unwrap();
    let done = set.version(db, set.version);
    assert_eq!(done.state, TextState::Established);
    let rests_on = done.established.unwrap().minutes;
    assert_eq!(rests_on, "Verslag 1 van Overlegtafel re-integratie, 19 november 2026");
    let next = db.write(|conn| writing::begin_version(conn, &set.town.manager, now, done.text_id));
    next.unwrap_or_else(|fault: TextFault| panic!("{fault:?}"))
}

fn rewrite(db: &openhouse::db::Db, set: &Setting, version: i64) {
    let told = Description { holds_from: Some(day("2027-06-01")), holds_until: None, explanation: "Anders.".into() };
    let done: Result<(), TextFault> = db.write(|conn| {
        let (by, now) = (&set.town.manager, at("2026-12-01"));
        writing::describe(conn, by, now, version, 1, &told)?;
        writing::put_article(
            conn,
            by,
            now,
            version,
            2,
            Some(3),
            None,
            &wording("4.4", "Beschut werk", "Binnen vier maanden."),
        )?;
        let other = wording("4.2", "Trajectplan", "Heel andere woorden.");
        writing::put_article(conn, by, now, version, 3, Some(1), None, &other).map(drop)
    });
    done.unwrap_or_else(|fault| panic!("{fault:?}"));
}

#[test]
fn a_decision_that_the_text_refuses_leaves_nothing_behind() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let drop = NewProposal { kind: ProposalKind::Drop, ..set.change("") };
        let first = set.propose(db, &set.provider, "2026-11-05", &drop).unwrap();
        let second = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
        let meeting = set.meeting(db, "2026-11-19");
        set.decide(db, &first, &meeting, Outcome::Adopted, None).unwrap();
        // Who looked at the other proposal looked at an article that is there no more.
        let late = set.decide(db, &second, &meeting, Outcome::Adopted, None);
        assert_eq!(late, Err(Refusal::ChangedMeanwhile("Marloes de Wit".into())), "{}", ground.backend);
        let now = set.proposal(db, 2);
        let gone = set.decide(db, &now, &meeting, Outcome::Adopted, None);
        assert_eq!(gone, Err(Refusal::Text(TextRefusal::NoSuchArticle)));
        let decisions =
            read(db, |conn| openhouse::consultation::deciding::of_table(conn, &set.town.manager, set.table));
        assert_eq!((decisions.len(), set.proposal(db, 2).state), (1, ProposalState::Open));
        assert_eq!(set.decide(db, &now, &meeting, Outcome::CarriedOver, None), Ok(2));
        assert_eq!(set.decide(db, &set.proposal(db, 2), &meeting, Outcome::Rejected, None), Ok(3));
    }
}

#[test]
fn reactions_are_taken_until_the_last_day_and_then_it_is_told_that_it_is_late() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let proposal = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
        let client = Speaker::from_seat(&set.client);
        set.react(db, &client, "2026-11-18", proposal.id, "Te kort.").unwrap();
        // A second press says it once.
        set.react(db, &client, "2026-11-18", proposal.id, "Te kort.").unwrap();
        let late = Err(Refusal::TooLate(day("2026-11-18")));
        assert_eq!(set.react(db, &client, "2026-11-19", proposal.id, "Nog iets."), late, "{}", ground.backend);
        let proposed = set.propose(db, &set.provider, "2026-11-19", &set.change("Iets anders."));
        assert_eq!(proposed.map(drop), late);
        assert_eq!(set.react(db, &client, "2026-11-10", proposal.id, "Zie 111222333."), Err(Refusal::HoldsBsn));
        assert_eq!(set.react(db, &client, "2026-11-10", proposal.id, " "), Err(Refusal::WordsMissing));
        let all = read(db, |conn| proposing::of_proposals(conn, &set.town.manager, &[proposal.id]));
        assert_eq!(
            all.iter().map(|one| (one.side, one.words.as_str())).collect::<Vec<_>>(),
            [(SeatRole::ClientRepresentative, "Te kort.")]
        );
    }
}

#[test]
fn at_a_closed_table_each_reads_his_own_reaction_until_the_decision() {
    let ground = sqlite();
    let (db, set) = (&ground.db, Setting::consulted_on(&ground.db, "2026-11-04", false));
    let proposal = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
    let (client, firm) = (Speaker::from_seat(&set.client), set.speaker(db, &set.provider));
    set.react(db, &client, "2026-11-06", proposal.id, "Te kort.").unwrap();
    let (chair, table) = (set.speaker(db, &set.town.manager), set.table(db));
    let seen = |reader: &Speaker| {
        let all = read(db, |conn| proposing::of_proposals(conn, &set.town.manager, &[proposal.id]));
        proposing::shown_to(&table, &set.proposal(db, 1), Some(reader), all).len()
    };
    assert_eq!((seen(&client), seen(&firm), seen(&chair)), (1, 0, 1));
    let meeting = set.meeting(db, "2026-11-19");
    set.decide(db, &proposal, &meeting, Outcome::Rejected, None).unwrap();
    assert_eq!(seen(&firm), 1);
}

#[test]
fn only_who_proposed_takes_it_back_and_nothing_is_established_while_one_is_open() {
    let ground = sqlite();
    let (db, set) = (&ground.db, Setting::set(&ground.db));
    let proposal = set.propose(db, &set.provider, "2026-11-05", &set.change(THREE)).unwrap();
    let meeting = set.meeting(db, "2026-11-19");
    let now = evening(&meeting);
    tried(db, |conn| minutes::write(conn, &set.town.manager, now, meeting.id, 0, "Aanwezig: allen.")).unwrap();
    tried(db, |conn| minutes::establish(conn, &set.town.manager, now, meeting.id, 1)).unwrap();
    let seen = set.version(db, set.version).version;
    let open = tried(db, |conn| minutes::establish_with(conn, &set.town.decider, now, meeting.id, set.version, seen));
    assert_eq!(open, Err(Refusal::StillOpen(1)));
    let chair = set.speaker(db, &set.town.manager);
    let other = tried(db, |conn| proposing::withdraw(conn, &set.town.manager, &chair, now, proposal.id, 1));
    assert_eq!(other, Err(Refusal::NotYours));
    let firm = set.speaker(db, &set.provider);
    tried(db, |conn| proposing::withdraw(conn, &set.provider, &firm, now, proposal.id, 1)).unwrap();
    assert_eq!(set.proposal(db, 1).state, ProposalState::Withdrawn);
    let done = tried(db, |conn| minutes::establish_with(conn, &set.town.decider, now, meeting.id, set.version, seen));
    assert!(done.is_ok(), "{done:?}");
}

#[test]
fn minutes_never_change_once_established_and_a_correction_is_the_next_number() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let meeting = set.meeting(db, "2026-11-19");
        let (by, now) = (&set.town.manager, evening(&meeting));
        let write = |seen, body| tried(db, |conn| minutes::write(conn, by, now, meeting.id, seen, body));
        assert_eq!(
            tried(db, |conn| minutes::write(conn, by, at("2026-11-18"), meeting.id, 0, "Te vroeg.")),
            Err(Refusal::MeetingNotHeld)
        );
        write(0, "Aanwezig: allen.").unwrap();
        write(1, "Aanwezig: allen, en de pers.").unwrap();
        assert_eq!(write(1, "Iemand anders."), Err(Refusal::ChangedMeanwhile("Marloes de Wit".into())));
        tried(db, |conn| minutes::establish(conn, by, now, meeting.id, 2)).unwrap();
        assert_eq!(write(3, "Toch anders."), Err(Refusal::MinutesEstablished), "{}", ground.backend);
        tried(db, |conn| minutes::correct(conn, by, now, meeting.id)).unwrap();
        write(1, "Aanwezig: bijna allen.").unwrap();
        let seen_by = |who| -> Vec<(i32, String)> {
            let all = read(db, |conn| minutes::of_meetings(conn, who, &[meeting.id]));
            all.into_iter().map(|one| (one.number, one.body)).collect()
        };
        assert_eq!(seen_by(by).len(), 2);
        assert_eq!(seen_by(&set.provider), [(1, "Aanwezig: allen, en de pers.".to_owned())]);
    }
}

#[test]
fn a_table_is_found_by_who_sits_there_and_by_its_own_municipality() {
    for ground in every() {
        let (db, set) = (&ground.db, Setting::set(&ground.db));
        let elsewhere = Town::settle(db, "Zuiderveen");
        let found = |who| read(db, |conn| store::table(conn, who, set.table)).is_some();
        assert!(found(&set.provider) && found(&set.town.assessor), "{}", ground.backend);
        assert!(!found(&set.outsider) && !found(&elsewhere.manager));
        let speaks = |who| read(db, |conn| store::speaker(conn, who, set.table)).map(|one| one.side);
        assert_eq!(speaks(&set.provider), Some(SeatRole::Provider));
        assert_eq!((speaks(&set.town.manager), speaks(&set.town.assessor)), (Some(SeatRole::Chair), None));
        let foreign = read(db, |conn| proposing::of_table(conn, &elsewhere.manager, set.table));
        assert!(foreign.is_empty());
        // A version that was taken back is not talked about any more.
        let seen = set.version(db, set.version).version;
        let back: Result<(), TextFault> = db.write(|conn| {
            establishing::take_back(conn, &set.town.manager, at("2026-11-06"), set.version, seen, "Fout.")
        });
        back.unwrap_or_else(|fault| panic!("{fault:?}"));
        let proposed = set.propose(db, &set.provider, "2026-11-07", &set.change(THREE));
        assert_eq!(proposed.map(drop), Err(Refusal::NotConsulted));
    }
}
