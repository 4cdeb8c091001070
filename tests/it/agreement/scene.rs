//! A provider before its signature (toneel): an admitted one with a signatory, an established text, and the steps on both
//! databases.

use diesel::prelude::*;
use openhouse::account::once::CodeKind;
use openhouse::actor::Actor;
use openhouse::agreement::offer::countersigning::{Countersigning, countersign};
use openhouse::agreement::offer::signing::{Signing, sign};
use openhouse::agreement::offer::{OfferRefusal, PartyState};
use openhouse::agreement::{Accession, store as accessions};
use openhouse::schema::outbox;

use super::paper::{Paper, good, newest, offered, paper, signatory, tried};
use crate::dossier::town::{Applicant, Town, at, day, read};
use crate::ground::{Ground, every};

/// A town with an established text, one admitted provider and who signs for it.
pub struct Scene {
    pub ground: Ground,
    pub town: Town,
    pub paper: Paper,
    pub firm: Applicant,
    pub director: Actor,
}

pub fn scenes() -> impl Iterator<Item = Scene> {
    every().into_iter().map(|ground| {
        println!("on {}", ground.backend);
        let town = Town::settle(&ground.db, "Noordermeer");
        let firm = town.admitted(&ground.db, "Sanne Bakker", "12345678", "Werkpad Noord");
        let paper = paper(&ground.db, &town, "re-integratie-2027", "2026-12-01");
        let director = signatory(&ground.db, &town, &firm, "Femke Dijkstra");
        Scene { ground, town, paper, firm, director }
    })
}

impl Scene {
    /// Offered on 24 November, to be signed until 8 December, to begin with the new year.
    pub fn offer(&self) -> i64 {
        let providers = [self.firm.started.provider_id];
        let days = (day("2026-11-24"), day("2027-01-01"));
        offered(&self.ground.db, &self.town, &self.paper, self.paper.version, &providers, days).unwrap()
    }

    pub fn sign(&self, by: &Actor, on: &str, signing: &Signing<'_>) -> Result<(), OfferRefusal> {
        let id = newest(&self.ground.db, &self.town, &self.firm).1.id;
        tried(&self.ground.db, |conn| sign(conn, by, at(on), day(on), id, signing))
    }

    pub fn sign_well(&self, on: &str) -> Result<(), OfferRefusal> {
        let digest = newest(&self.ground.db, &self.town, &self.firm).0.digest;
        self.sign(&self.director, on, &good(digest.as_str()))
    }

    pub fn countersign(&self, on: &str) -> Result<Vec<Option<String>>, OfferRefusal> {
        let (_, party) = newest(&self.ground.db, &self.town, &self.firm);
        let all = [(party.id, party.version)];
        let signing = Countersigning { parties: &all, position: "afdelingshoofd", code: CodeKind::App };
        tried(&self.ground.db, |conn| countersign(conn, &self.town.decider, at(on), day(on), &signing))
    }

    pub fn accessions(&self) -> Vec<Accession> {
        let provider = self.firm.started.provider_id;
        read(&self.ground.db, |conn| accessions::of(conn, &self.town.system, &[provider]))
    }

    pub fn state(&self) -> PartyState {
        newest(&self.ground.db, &self.town, &self.firm).1.state
    }

    pub fn mails(&self, kind: &str) -> i64 {
        read(&self.ground.db, |conn| outbox::table.filter(outbox::kind.eq(kind)).count().get_result(conn))
    }
}
