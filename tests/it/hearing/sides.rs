//! What each side may do, and when: the verbs of a hearing.

use std::sync::Barrier;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use openhouse::account::store::{NewUser, add_user};
use openhouse::actor::{Actor, Role};
use openhouse::assessment::finalising::correct;
use openhouse::assessment::overriding::decide;
use openhouse::assessment::reacting::{Reaction, answer, react};
use openhouse::assessment::remarks::remarks;
use openhouse::assessment::store::{Fault, assess_all, finalise, latest};
use openhouse::assessment::{Refusal, RemarkKind, hearing};
use openhouse::client::{BenefitEndReason, Channel, Outflow, store::record_outflow};
use openhouse::db::Conn;
use openhouse::evidence::store::{NewEvidence, NewVersion, add, add_version};
use openhouse::evidence::{Dates, MediaType, VersionState};
use openhouse::ids::Sha256Hex;
use openhouse::indicator::Verdict;
use openhouse::mail::MailKind;
use openhouse::report::gather::{Publisher, material};
use openhouse::schema::{outbox, remark};

use super::{heard, refusal};
use crate::gather::town::{Town, day, on_every_database, q3, town};
use crate::ground::{every, now};

/// A provider with a late outflow case, judged; its contract manager and somebody of the provider.
pub struct Scene {
    pub town: Town,
    pub provider: i64,
    pub jo: Actor,
    pub noor: Actor,
}

pub fn scene(conn: &mut Conn) -> QueryResult<Scene> {
    let town = town(conn, "Noordermeer")?;
    let provider = town.provider(conn, 1)?;
    town.trajectory(conn, provider, "D-1", |told| {
        told.profile = "P1".to_owned();
        told.referred_on = day("2026-04-01");
    })?;
    assess_all(conn, &town.actor, now(), q3())?;
    let tenant = town.actor.tenant();
    let user = NewUser {
        name: "Noor",
        email: "noor@voorbeeld.example",
        role: Role::ProviderUser,
        municipality_id: tenant,
        provider_id: Some(provider),
    };
    add_user(conn, &town.actor, now(), &user)?;
    let jo = Actor::of_municipality("Jo", Role::ContractManager, tenant, "test");
    let noor = Actor::of_provider("Noor", tenant, provider, "test");
    Ok(Scene { town, provider, jo, noor })
}

/// So many days after the day on which the tests happen: a Monday.
fn later(days: i64) -> NaiveDateTime {
    now() + chrono::TimeDelta::days(days)
}

fn done<T>(tried: Result<T, Fault>) -> T {
    tried.unwrap_or_else(|fault| panic!("{fault:?}"))
}

impl Scene {
    fn open(&self, conn: &mut Conn, version: i32) {
        done(hearing::open(conn, &self.jo, now(), self.provider, q3(), version));
    }

    fn say(&self, conn: &mut Conn, at: NaiveDateTime, words: &str) -> Result<(), Fault> {
        let said = Reaction { indicator: 8, words, pieces: &[] };
        react(conn, &self.noor, at, self.provider, q3(), said)
    }

    fn set_final(&self, conn: &mut Conn, at: NaiveDateTime, version: i32) -> Result<(), Fault> {
        finalise(conn, &self.jo, at, self.provider, q3(), version)
    }

    fn reaction(&self, conn: &mut Conn) -> QueryResult<i64> {
        let said = remarks(conn, &self.jo, &[self.provider], q3())?;
        Ok(said.iter().find(|one| one.kind == RemarkKind::Reaction).expect("somebody reacted").id)
    }

    fn mails(&self, conn: &mut Conn, kind: MailKind) -> QueryResult<i64> {
        outbox::table.filter(outbox::kind.eq(kind)).count().get_result(conn)
    }
}

#[test]
fn nothing_becomes_final_before_the_provider_was_heard_and_the_refusal_names_the_day() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        assert_eq!(refusal(s.set_final(conn, later(60), 1)), Refusal::NotHeard);
        s.open(conn, 1);
        assert_eq!(s.mails(conn, MailKind::ProvisionalResult)?, 1);
        assert_eq!(refusal(s.set_final(conn, later(14), 1)), Refusal::HearingRuns(day("2026-11-16")));
        done(s.set_final(conn, later(15), 1));
        Ok(())
    });
}

#[test]
fn who_has_no_remarks_ends_the_term_and_a_second_press_changes_nothing() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        s.open(conn, 1);
        let nothing = |conn: &mut Conn| hearing::no_remarks(conn, &s.noor, later(1), s.provider, q3());
        done(nothing(conn));
        done(nothing(conn));
        assert_eq!(s.mails(conn, MailKind::ReactionReceived)?, 1);
        assert_eq!(refusal(s.say(conn, later(1), "Toch nog iets.")), Refusal::HearingOver);
        done(s.set_final(conn, later(1), 1));
        Ok(())
    });
}

#[test]
fn a_reaction_gets_a_receipt_and_waits_for_an_answer_that_has_a_reason() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        assert_eq!(refusal(s.say(conn, now(), "Te vroeg.")), Refusal::NotHeard);
        s.open(conn, 1);
        assert_eq!(refusal(s.say(conn, now(), "  ")), Refusal::WordsMissing);
        assert_eq!(refusal(s.say(conn, now(), "Over 111222333.")), Refusal::HoldsBsn);
        done(s.say(conn, later(1), "De uitstroom was op tijd."));
        done(s.say(conn, later(1), "De uitstroom was op tijd."));
        assert_eq!(s.mails(conn, MailKind::ReactionReceived)?, 1, "twice is one press");
        assert_eq!(refusal(s.say(conn, later(15), "Te laat.")), Refusal::HearingOver);
        assert_eq!(refusal(s.set_final(conn, later(15), 1)), Refusal::Unanswered(1));

        let id = s.reaction(conn)?;
        let mut reply = |adopted, words: &str| answer(conn, &s.jo, later(15), s.provider, q3(), id, adopted, words);
        assert_eq!(refusal(reply(false, "")), Refusal::WordsMissing);
        done(reply(false, "De uitkering stopte niet."));
        assert_eq!(refusal(reply(true, "")), Refusal::AlreadyAnswered("Jo".into()));
        assert_eq!(s.mails(conn, MailKind::ReactionAnswered)?, 1);
        done(s.set_final(conn, later(15), 1));
        Ok(())
    });
}

#[test]
fn only_the_provider_itself_reacts_and_only_the_contract_manager_answers() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        s.open(conn, 1);
        let tenant = s.town.actor.tenant();
        let rival = Actor::of_provider("Kees", tenant, s.provider + 1, "test");
        let said = Reaction { indicator: 8, words: "Ik ook.", pieces: &[] };
        assert_eq!(refusal(react(conn, &rival, now(), s.provider, q3(), said)), Refusal::NotFound);
        assert_eq!(refusal(react(conn, &s.jo, now(), s.provider, q3(), said)), Refusal::NotFound);
        done(s.say(conn, now(), "Dit klopt niet."));
        let id = s.reaction(conn)?;
        let viewer = Actor::of_municipality("Kijk", Role::Viewer, tenant, "test");
        let foreign = Actor::of_municipality("Eva", Role::ContractManager, tenant + 1, "test");
        assert_eq!(refusal(answer(conn, &viewer, now(), s.provider, q3(), id, true, "")), Refusal::NotYours);
        assert_eq!(refusal(answer(conn, &foreign, now(), s.provider, q3(), id, true, "")), Refusal::NotFound);
        assert_eq!(remark::table.count().get_result::<i64>(conn)?, 1);
        Ok(())
    });
}

#[test]
fn a_piece_of_ones_own_shelf_goes_along_and_stands_in_the_frozen_record_with_who_said_what_when() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        s.open(conn, 1);
        let piece = add(conn, &s.noor, now(), &NewEvidence { provider_id: s.provider, title: "Brief".into() })?;
        let new = NewVersion {
            file: Sha256Hex::of(b"brief"),
            label: "brief.pdf".into(),
            media_type: MediaType::Pdf,
            size: 5,
            pages: Some(1),
            dates: Dates::default(),
            state: VersionState::Clean,
            flags: vec![],
            submission: None,
        };
        let version = add_version(conn, &s.noor, now(), piece, &new)?;
        let (strange, own) = ([version + 1], [version]);
        let with = |pieces| Reaction { indicator: 8, words: "De uitstroom was op tijd.", pieces };
        let refused = react(conn, &s.noor, now(), s.provider, q3(), with(&strange[..]));
        assert_eq!(refusal(refused), Refusal::NoSuchPiece);
        done(react(conn, &s.noor, later(1), s.provider, q3(), with(&own[..])));
        let id = s.reaction(conn)?;
        done(answer(conn, &s.jo, later(2), s.provider, q3(), id, true, "Dank voor de brief."));
        done(s.set_final(conn, later(15), 1));

        let current = latest(conn, &s.jo, s.provider, q3())?.expect("it is final");
        let closing = current.closing().expect("it can be read").expect("it was closed");
        let said = &closing.standing.remarks;
        assert_eq!(said.iter().map(|one| one.kind).collect::<Vec<_>>(), [RemarkKind::Reaction, RemarkKind::Adopted]);
        assert_eq!((said[0].author.as_str(), said[0].written_at), ("Noor", later(1)));
        assert_eq!((said[0].evidence[0].name.as_str(), said[0].evidence[0].sha256.len()), ("brief.pdf", 64));
        assert_eq!((closing.standing.hearings[0].opened_by.as_str(), current.is_whole()), ("Jo", true));

        let provider = openhouse::provider::store::find_by_id(conn, &s.jo, s.provider)?.expect("it is there");
        let publisher =
            Publisher { municipality: "Noordermeer", public_url: "https://x.example", today: day("2026-11-20") };
        let (_, _, paper) = material(conn, &s.jo, publisher, &[provider], q3()).expect("it is gathered").pop().unwrap();
        assert_eq!(paper.indicators[7].said[0].evidence, ["brief.pdf"]);
        assert_eq!(paper.hearings[0].until, day("2026-11-16"));
        Ok(())
    });
}

#[test]
fn a_new_version_is_put_before_the_provider_anew_and_earlier_reactions_stay_to_be_answered() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        s.open(conn, 1);
        done(s.say(conn, now(), "De uitstroom was op tijd."));
        let client = openhouse::client::store::find(conn, &s.town.actor, "D-1")?.expect("the client was enrolled");
        let outflow = Outflow { benefit_ended_on: day("2026-07-15"), reason: BenefitEndReason::Work };
        record_outflow(conn, &s.town.actor, now(), Channel::File, client, &outflow)?;
        assess_all(conn, &s.town.actor, now(), q3())?;
        assert_eq!(refusal(s.set_final(conn, later(30), 2)), Refusal::NotHeard);
        assert_eq!(refusal(s.say(conn, now(), "Over de nieuwe.")), Refusal::NotHeard);
        s.open(conn, 2);
        assert_eq!(refusal(s.set_final(conn, later(30), 2)), Refusal::Unanswered(1));
        let id = s.reaction(conn)?;
        done(answer(conn, &s.jo, later(1), s.provider, q3(), id, true, ""));
        done(s.set_final(conn, later(30), 2));
        Ok(())
    });
}

#[test]
fn another_verdict_has_a_reason_and_never_changes_what_was_computed() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        let ruled =
            |conn: &mut Conn, verdict, why: &str| decide(conn, &s.jo, now(), s.provider, q3(), 1, 8, verdict, why);
        let before = latest(conn, &s.jo, s.provider, q3())?.expect("it was judged").frozen;
        assert_eq!(refusal(ruled(conn, Verdict::Met, " ")), Refusal::WordsMissing);
        assert_eq!(refusal(ruled(conn, Verdict::Missed, "Zo staat het er al.")), Refusal::SameVerdict);
        assert_eq!(refusal(ruled(conn, Verdict::Monitored, "Dat zegt alleen een norm.")), Refusal::SameVerdict);
        done(ruled(conn, Verdict::Met, "De gemeente was te laat met haar gegevens."));
        assert_eq!(latest(conn, &s.jo, s.provider, q3())?.expect("it was judged").frozen, before);
        let viewer = Actor::of_municipality("Kijk", Role::Viewer, s.town.actor.tenant(), "test");
        let theirs = decide(conn, &viewer, now(), s.provider, q3(), 1, 8, Verdict::Attention, "Nee.");
        assert_eq!(refusal(theirs), Refusal::NotYours);

        heard(conn, s.town.actor.tenant(), s.provider, q3());
        done(s.set_final(conn, now(), 1));
        let closing = latest(conn, &s.jo, s.provider, q3())?.expect("it is final").closing();
        let overrides = closing.expect("it can be read").expect("it was closed").standing.overrides;
        assert_eq!((overrides.len(), overrides[0].indicator, overrides[0].verdict), (1, 8, Verdict::Met));
        assert_eq!(refusal(ruled(conn, Verdict::Missed, "Toch niet.")), Refusal::AlreadyFinal(now(), "Jo".into()));
        Ok(())
    });
}

#[test]
fn a_stricter_verdict_after_it_was_put_forward_is_put_before_the_provider_anew() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        let ruled = |conn: &mut Conn, indicator, verdict| {
            decide(conn, &s.jo, now(), s.provider, q3(), 1, indicator, verdict, "Om deze reden.")
        };
        s.open(conn, 1);
        done(ruled(conn, 8, Verdict::Met));
        done(hearing::no_remarks(conn, &s.noor, now(), s.provider, q3()));
        done(ruled(conn, 8, Verdict::Missed));
        assert_eq!(refusal(s.set_final(conn, later(30), 1)), Refusal::NotHeard);
        s.open(conn, 1);
        assert_eq!(refusal(hearing::open(conn, &s.jo, now(), s.provider, q3(), 1)), Refusal::AlreadyHeard);
        assert_eq!(refusal(s.set_final(conn, now(), 1)), Refusal::HearingRuns(day("2026-11-16")));
        Ok(())
    });
}

#[test]
fn a_correction_names_what_it_replaces_and_why_and_leaves_that_as_it_is() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        let anew =
            |conn: &mut Conn, version, why: &str| correct(conn, &s.jo, later(20), s.provider, q3(), version, why);
        assert_eq!(refusal(anew(conn, 1, "Nog niet vast.")), Refusal::NotFinal);
        heard(conn, s.town.actor.tenant(), s.provider, q3());
        done(s.set_final(conn, now(), 1));
        assert_eq!(refusal(anew(conn, 1, "")), Refusal::WordsMissing);
        assert_eq!(done(anew(conn, 1, "Een uitsluiting is alsnog toegestaan.")), 2);
        let second = latest(conn, &s.jo, s.provider, q3())?.expect("it was judged anew");
        assert_eq!((second.version, second.replaces, second.finalised.is_none()), (2, Some(1), true));
        assert_eq!(second.reason, "Een uitsluiting is alsnog toegestaan.");
        assert_eq!(refusal(s.set_final(conn, later(40), 2)), Refusal::NotHeard, "both sides, every time");
        heard(conn, s.town.actor.tenant(), s.provider, q3());
        done(s.set_final(conn, later(21), 2));
        let closing = latest(conn, &s.jo, s.provider, q3())?.expect("it is final").closing();
        let replaced = closing.expect("it can be read").expect("it was closed").replaces.expect("it says so");
        assert_eq!((replaced.version, replaced.reason.as_str()), (1, "Een uitsluiting is alsnog toegestaan."));
        Ok(())
    });
}

#[test]
fn a_fact_that_came_in_after_final_needs_a_reason_before_it_is_put_forward() {
    on_every_database(|conn| {
        let s = scene(conn)?;
        heard(conn, s.town.actor.tenant(), s.provider, q3());
        done(s.set_final(conn, now(), 1));
        let client = openhouse::client::store::find(conn, &s.town.actor, "D-1")?.expect("the client was enrolled");
        let outflow = Outflow { benefit_ended_on: day("2026-07-15"), reason: BenefitEndReason::Work };
        record_outflow(conn, &s.town.actor, now(), Channel::File, client, &outflow)?;
        assess_all(conn, &s.town.actor, now(), q3())?;
        let open = |conn: &mut Conn| hearing::open(conn, &s.jo, now(), s.provider, q3(), 2);
        assert_eq!(refusal(open(conn)), Refusal::CorrectionUnexplained);
        done(correct(conn, &s.jo, now(), s.provider, q3(), 2, "De uitstroom is alsnog bevestigd."));
        done(open(conn));
        Ok(())
    });
}

#[test]
fn two_contract_managers_finalise_at_once_and_one_wins() {
    for ground in every() {
        let made: Result<_, diesel::result::Error> = ground.db.write(|conn| {
            let s = scene(conn)?;
            heard(conn, s.town.actor.tenant(), s.provider, q3());
            Ok(s)
        });
        let s = made.expect("the scene is set");
        let gate = Barrier::new(2);
        let press = |name: &str| {
            let by = Actor::of_municipality(name, Role::ContractManager, s.town.actor.tenant(), "test");
            gate.wait();
            ground.db.write(|conn| finalise(conn, &by, now(), s.provider, q3(), 1))
        };
        let (jo, piet) = std::thread::scope(|scope| {
            let piet = scope.spawn(|| press("Piet"));
            (press("Jo"), piet.join().expect("nobody panics"))
        });
        let loser = match (jo, piet) {
            (Ok(()), lost) => (lost, "Jo"),
            (lost, Ok(())) => (lost, "Piet"),
            other => panic!("{}: nobody won: {other:?}", ground.backend),
        };
        assert_eq!(refusal(loser.0), Refusal::AlreadyFinal(now(), loser.1.into()), "{}", ground.backend);
    }
}
