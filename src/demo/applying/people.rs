//! Who acts in the stories: three people of the municipality, each with an account of his own, and the applicants.

use anyhow::Context;
use chrono::NaiveDateTime;

use super::Applicant;
use crate::account::store::{Grant, NewUser, add_user, grants};
use crate::actor::{Actor, Role};
use crate::db::Conn;

/// Where the acts of the demonstration came from, for the audit.
const ORIGIN: &str = "demo";

pub struct Staff {
    pub manager: Actor,
    pub assessor: Actor,
    /// Somebody else than the assessor (vier ogen).
    pub decision_maker: Actor,
}

impl Staff {
    pub fn of(conn: &mut Conn, tenant: i64) -> anyhow::Result<Staff> {
        let known = grants(conn)?;
        let in_role = |role: Role| {
            let is = |grant: &&Grant| grant.municipality_id == tenant && grant.role == role;
            let grant = known.iter().find(is).with_context(|| format!("the demo has no {role}"))?;
            let actor = Actor::of_municipality(&grant.name, role, tenant, ORIGIN).with_account(grant.account_id);
            anyhow::Ok(actor)
        };
        Ok(Staff {
            manager: in_role(Role::ContractManager)?,
            assessor: in_role(Role::Assessor)?,
            decision_maker: in_role(Role::DecisionMaker)?,
        })
    }
}

/// Gives somebody of a provider an account and a role.
pub fn seat(
    conn: &mut Conn,
    system: &Actor,
    now: NaiveDateTime,
    provider_id: i64,
    (name, role): (&'static str, Role),
) -> anyhow::Result<Actor> {
    let email = format!("{}@aanbieder.example", name.to_lowercase().replace(' ', "."));
    let tenant = system.tenant();
    let user = NewUser { name, email: &email, role, municipality_id: tenant, provider_id: Some(provider_id) };
    let id = add_user(conn, system, now, &user)?;
    let grant = grants(conn)?.into_iter().find(|grant| grant.id == id).context("a grant that was just given")?;
    Ok(Actor::of_provider(name, tenant, provider_id, ORIGIN).in_role(role).with_account(grant.account_id))
}

impl Applicant {
    pub fn email(&self) -> String {
        format!("contact@{}", self.domain)
    }

    /// Gives the person an account and the role in which he applies.
    pub fn sit_down(
        &self,
        conn: &mut Conn,
        system: &Actor,
        now: NaiveDateTime,
        provider_id: i64,
    ) -> anyhow::Result<Actor> {
        let (tenant, role, email) = (system.tenant(), Role::ProviderAdmin, self.email());
        let user = NewUser {
            name: self.person.0,
            email: &email,
            role,
            municipality_id: tenant,
            provider_id: Some(provider_id),
        };
        let id = add_user(conn, system, now, &user)?;
        let grant = grants(conn)?.into_iter().find(|grant| grant.id == id).context("a grant that was just given")?;
        let actor = Actor::of_provider(self.person.0, tenant, provider_id, ORIGIN);
        Ok(actor.in_role(role).with_account(grant.account_id))
    }
}
