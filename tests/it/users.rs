//! Users and their roles, on each database.

use diesel::connection::SimpleConnection;
use diesel::result::QueryResult;
use openhouse::account::store::{Grant, NewUser, add_municipality, add_user, grants, invite, open_link, sign_in};
use openhouse::account::{LINK_LASTS, Token};
use openhouse::actor::{Actor, Role};
use openhouse::audit::{self, Chain};

use crate::ground::{Ground, every, now};

/// Two municipalities; Chris is a manager in both, Dana a viewer in one.
fn people(ground: &Ground) -> Vec<Grant> {
    let added: QueryResult<Vec<Grant>> = ground.db.write(|conn| {
        for (town, people) in [
            ("Zuidermeer", &[("Chris", Role::ContractManager)][..]),
            ("Noordermeer", &[("Dana", Role::Viewer), ("Chris", Role::ContractManager)]),
        ] {
            let municipality_id = add_municipality(conn, &Actor::installer(), now(), town)?;
            for (name, role) in people {
                let email = &format!("{}@meer.example", name.to_lowercase());
                let new = NewUser { name, email, role: *role, municipality_id, provider_id: None };
                add_user(conn, &Actor::system(municipality_id), now(), &new)?;
            }
        }
        grants(conn)
    });
    added.expect("the people can be added")
}

#[test]
fn roles_are_listed_by_municipality_and_by_address() {
    for ground in every() {
        let found = people(&ground);
        let told: Vec<(&str, &str, Role)> =
            found.iter().map(|one| (one.municipality.as_str(), one.email.as_str(), one.role)).collect();
        assert_eq!(
            told,
            [
                ("Noordermeer", "chris@meer.example", Role::ContractManager),
                ("Noordermeer", "dana@meer.example", Role::Viewer),
                ("Zuidermeer", "chris@meer.example", Role::ContractManager),
            ],
            "{}",
            ground.backend
        );
        assert_eq!(found[0].account_id, found[2].account_id, "one person has one account");
    }
}

#[test]
fn a_role_that_ended_is_listed_no_more() {
    for ground in every() {
        let before = people(&ground);
        let after: QueryResult<Vec<Grant>> = ground.db.write(|conn| {
            let ended = format!("UPDATE role_grant SET ended_at = granted_at WHERE id = {}", before[1].id);
            conn.batch_execute(&ended)?;
            grants(conn)
        });
        assert_eq!(after.unwrap(), [before[0].clone(), before[2].clone()], "{}", ground.backend);
    }
}

#[test]
fn an_invitation_lets_in_once_within_its_day_and_stands_in_the_audit() {
    for ground in every() {
        let chris = people(&ground).swap_remove(2);
        let (token, key) = (Token::new().unwrap(), Token::new().unwrap());
        let audited = |lines: u64| {
            let chain = ground.db.read(audit::verify).unwrap();
            assert!(matches!(chain, Chain::Whole { lines: found, .. } if found == lines), "{chain:?}");
        };
        audited(5);
        let actor = Actor::system(chris.municipality_id);
        ground.db.write(|conn| invite(conn, &actor, now(), &chris, &token)).unwrap();
        audited(6);
        let too_late = ground.db.read(|conn| open_link(conn, now() + LINK_LASTS, &token)).unwrap();
        assert_eq!(too_late, None, "{}", ground.backend);
        let enter = || ground.db.write(|conn| sign_in(conn, now(), "127.0.0.1", &token, &key)).unwrap();
        let person = enter().expect("the link is good");
        assert_eq!((person.grant_id, person.municipality.as_str()), (chris.id, "Zuidermeer"), "{}", ground.backend);
        assert_eq!(enter(), None, "{}", ground.backend);
    }
}
