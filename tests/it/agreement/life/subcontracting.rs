//! Subcontractors: consent before use, except for who works alone.

use openhouse::actor::Actor;
use openhouse::agreement::life::LifeRefusal;
use openhouse::agreement::life::subcontracting::{Answer, NewSubcontractor, SubState, answer, ask, of};

use super::firm::{Firm, firm, mails, tried};
use crate::dossier::town::{Town, at, day, read};
use crate::ground::{Ground, every};

fn new(solo: bool, registered: bool) -> NewSubcontractor {
    NewSubcontractor {
        name: "Werkplaats Oost".into(),
        kvk: "90009009".parse().unwrap(),
        solo,
        products: vec!["JC".into()],
        first_day: day("2026-12-01"),
        last_day: None,
        registered,
    }
}

fn all(ground: &Ground, town: &Town, firm: &Firm) -> Vec<(i64, SubState)> {
    let found = firm.found(ground, town);
    read(&ground.db, |conn| of(conn, &firm.user, &found)).into_iter().map(|one| (one.id, one.state)).collect()
}

fn answered(ground: &Ground, firm: &Firm, by: &Actor, id: i64, said: Answer<'_>) -> Result<(), LifeRefusal> {
    tried(ground, |conn| answer(conn, by, at("2026-11-24"), firm.life, id, said))
}

#[test]
fn a_subcontractor_waits_for_consent_and_one_who_works_alone_does_not() {
    for ground in every() {
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = firm(&ground, &town, None);
        let asked =
            |by: &Actor, new: NewSubcontractor| tried(&ground, |conn| ask(conn, by, at("2026-11-23"), firm.life, &new));
        assert_eq!(asked(&firm.user, new(false, true)), Err(LifeRefusal::NotYours), "{}", ground.backend);
        assert_eq!(asked(&firm.signatory, new(false, false)), Err(LifeRefusal::NotRegistered));
        let backwards = NewSubcontractor { last_day: Some(day("2026-11-30")), ..new(false, true) };
        assert_eq!(asked(&firm.signatory, backwards), Err(LifeRefusal::EndBeforeBeginning));
        assert_eq!(asked(&firm.signatory, new(false, true)), Ok(SubState::Asked));
        assert_eq!(asked(&firm.signatory, new(true, true)), Ok(SubState::Agreed));

        let rows = all(&ground, &town, &firm);
        let (waiting, alone) = (rows[0].0, rows[1].0);
        let own = answered(&ground, &firm, &firm.signatory, waiting, Answer::Agreed);
        assert_eq!(own, Err(LifeRefusal::NotYours), "nobody agrees with himself");
        let silent = answered(&ground, &firm, &town.manager, waiting, Answer::Refused(" "));
        assert_eq!(silent, Err(LifeRefusal::ReasonMissing));
        answered(&ground, &firm, &town.manager, waiting, Answer::Agreed).unwrap();
        assert_eq!(mails(&ground, "E40"), 1);
        let twice = answered(&ground, &firm, &town.manager, waiting, Answer::Refused("Toch niet."));
        assert_eq!(twice, Err(LifeRefusal::NoSuchLine));
        answered(&ground, &firm, &firm.signatory, alone, Answer::Ended(day("2026-12-31"))).unwrap();
        let states: Vec<SubState> = all(&ground, &town, &firm).into_iter().map(|(_, state)| state).collect();
        assert_eq!(states, [SubState::Agreed, SubState::Ended]);
    }
}

#[test]
fn somebody_elses_subcontractor_is_not_there() {
    let ground = crate::ground::sqlite();
    let town = Town::settle(&ground.db, "Noordermeer");
    let other = Town::settle(&ground.db, "Zuidermeer");
    let firm = firm(&ground, &town, None);
    tried(&ground, |conn| ask(conn, &firm.signatory, at("2026-11-23"), firm.life, &new(false, true))).unwrap();
    let id = all(&ground, &town, &firm)[0].0;
    let far = answered(&ground, &firm, &other.manager, id, Answer::Agreed);
    assert_eq!(far, Err(LifeRefusal::NotFound));
}
