//! A provider with an agreement (verzonnen), and who acts for it.

use chrono::NaiveDate;
use diesel::prelude::*;
use openhouse::account::store::{NewUser, add_user, grants};
use openhouse::actor::{Actor, Role};
use openhouse::agreement::life::store::{self, Fault};
use openhouse::agreement::life::{Event, Life, LifeRefusal};
use openhouse::agreement::{Accession, store::accede};
use openhouse::db::{Conn, Db};
use openhouse::provider::store::register;
use openhouse::schema::{accession, outbox};

use crate::dossier::town::{Town, at, day, read, write};
use crate::ground::Ground;

pub struct Firm {
    pub provider: i64,
    pub life: i64,
    pub signatory: Actor,
    pub user: Actor,
}

/// With an agreement from 2025 that ends on this day, made on 2 November 2026.
pub fn firm(ground: &Ground, town: &Town, until: Option<&str>) -> Firm {
    settle(&ground.db, town, until)
}

pub fn settle(db: &Db, town: &Town, until: Option<&str>) -> Firm {
    write(db, |conn| {
        let kvk = "90009001".parse().unwrap();
        let provider = register(conn, &town.system, at("2026-11-02"), &kvk, "Vrije Weg", 1001)?.id;
        accede(conn, &town.system, at("2026-11-02"), &version(provider, 1, "2025-01-01", until), &[])?;
        let life = store::of_provider(conn, &town.system, provider)?.pop().unwrap().id;
        let mut seat = |role, name: &str| {
            let email = format!("{}@voorbeeld.example", name.to_lowercase().replace(' ', "-"));
            let user = NewUser { name, email: &email, role, municipality_id: town.tenant, provider_id: Some(provider) };
            let grant = add_user(conn, &town.system, at("2026-11-02"), &user)?;
            let account = grants(conn)?.into_iter().find(|one| one.id == grant).unwrap().account_id;
            let actor = Actor::of_provider(name, town.tenant, provider, "192.0.2.7");
            QueryResult::Ok(actor.in_role(role).with_account(account))
        };
        let signatory = seat(Role::ProviderSignatory, "Sanne Bakker")?;
        let user = seat(Role::ProviderUser, "Tom Visser")?;
        Ok(Firm { provider, life, signatory, user })
    })
}

pub fn version(provider_id: i64, version: i32, from: &str, until: Option<&str>) -> Accession {
    let (active_from, active_until) = (day(from), until.map(day));
    Accession { id: 0, provider_id, number: "2026-014".into(), version, active_from, active_until }
}

impl Firm {
    pub fn found(&self, ground: &Ground, town: &Town) -> Life {
        read(&ground.db, |conn| store::find(conn, &town.system, self.life)).unwrap()
    }

    pub fn events(&self, ground: &Ground, town: &Town) -> Vec<Event> {
        read(&ground.db, |conn| store::events(conn, &town.system, self.life))
    }

    /// The last day as everybody else reads it.
    pub fn active_until(&self, ground: &Ground) -> Option<NaiveDate> {
        let newest = accession::table.filter(accession::provider_id.eq(self.provider)).order(accession::version.desc());
        read(&ground.db, |conn| newest.select(accession::active_until).first(conn))
    }
}

pub fn tried<T>(ground: &Ground, work: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, LifeRefusal> {
    match ground.db.write(work) {
        Ok(done) => Ok(done),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(Fault::Trouble(cause)) => panic!("{cause}"),
    }
}

/// How many mails of this kind were posted.
pub fn mails(ground: &Ground, kind: &str) -> i64 {
    read(&ground.db, |conn| outbox::table.filter(outbox::kind.eq(kind)).count().get_result(conn))
}
