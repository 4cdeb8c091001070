//! `openhouse user`: who may sign in, and a way in for whoever lost his (gebruikers).

use chrono::{NaiveDateTime, Utc};
use diesel::result::QueryResult;
use i18n_embed_fl::fl;
use serde_json::json;

use super::standing;
use crate::account::store::credential::make_account_link;
use crate::account::store::people::{Refusal, give};
use crate::account::store::{Grant, NewUser, grants, reset};
use crate::account::web::role_word;
use crate::account::{INVITATION_LASTS, LinkKind, Token};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::cli::out::say;
use crate::cli::{Ending, WhichMunicipality};
use crate::config::Config;
use crate::db::{Conn, Db};
use crate::ids::Kvk;
use crate::provider::{self, Provider};
use crate::text::Lang;

#[derive(Debug, clap::Subcommand)]
pub enum UserCommand {
    #[command(about = "help-user-list")]
    List {
        #[arg(long, help = "help-as-json")]
        json: bool,
    },
    #[command(about = "help-user-add")]
    Add(Add),
    #[command(about = "help-user-reset")]
    Reset(Reset),
}

#[derive(Debug, clap::Args)]
pub struct Add {
    #[arg(help = "help-user-email")]
    email: String,
    #[arg(long, alias = "naam", help = "help-user-name")]
    name: String,
    #[arg(long, alias = "rol", help = "help-user-role")]
    role: Role,
    #[arg(long, alias = "aanbieder", value_name = "KVK", help = "help-user-provider")]
    provider: Option<Kvk>,
    #[command(flatten)]
    municipality: WhichMunicipality,
}

#[derive(Debug, clap::Args)]
pub struct Reset {
    #[arg(help = "help-user-email")]
    email: String,
}

pub fn user(command: UserCommand, config: &Config) -> anyhow::Result<Ending> {
    let db = match standing(config)? {
        Ok(db) => db,
        Err(refusal) => return Ok(refusal),
    };
    match command {
        UserCommand::List { json } => list(&db.read(users)?, json, config.lang),
        UserCommand::Add(add) => add.run(&db, config),
        UserCommand::Reset(reset) => reset.run(&db, config),
    }
}

impl Add {
    fn run(&self, db: &Db, config: &Config) -> anyhow::Result<Ending> {
        let t = config.lang.texts();
        let (name, email) = (self.name.trim(), self.email.trim().to_lowercase());
        if name.is_empty() || name.len() > 200 || name.chars().any(char::is_control) {
            return Ok(Ending::Refused(vec![fl!(t, "cli-setup-name")]));
        }
        if !validator::ValidateEmail::validate_email(&email) {
            return Ok(Ending::Refused(vec![fl!(t, "cli-setup-email", email = email)]));
        }
        let (actor, _) = match self.municipality.actor(db, config.lang)? {
            Ok(known) => known,
            Err(refusal) => return Ok(refusal),
        };
        let provider = match &self.provider {
            Some(kvk) => db.read(|conn| provider::store::find_by_kvk(conn, &actor, kvk))?.map(|provider| provider.id),
            None => None,
        };
        if self.role == Role::System || self.role.is_of_provider() != provider.is_some() {
            return Ok(Ending::Refused(vec![fl!(t, "cli-user-which-provider")]));
        }
        let (now, token) = (Utc::now().naive_utc(), Token::new()?);
        let new =
            NewUser { name, email: &email, role: self.role, municipality_id: actor.tenant(), provider_id: provider };
        let added: Result<(), Refusal> = db.write(|conn| match give(conn, &actor, now, &new)? {
            Ok(grant) => {
                let account = grants(conn)?.into_iter().find(|one| one.id == grant).map(|one| one.account_id);
                let account = account.ok_or(diesel::result::Error::NotFound)?;
                make_account_link(conn, now, account, LinkKind::Invitation, &token)?;
                Ok::<_, diesel::result::Error>(Ok(()))
            }
            Err(refusal) => Ok(Err(refusal)),
        })?;
        if added.is_err() {
            return Ok(Ending::Refused(vec![fl!(t, "account-people-has-it")]));
        }
        tell_link(name, now, &token, config);
        Ok(Ending::Done)
    }
}

impl Reset {
    fn run(&self, db: &Db, config: &Config) -> anyhow::Result<Ending> {
        let email = self.email.trim().to_lowercase();
        let (now, token) = (Utc::now().naive_utc(), Token::new()?);
        let known = db.read(grants)?.into_iter().find(|grant| grant.email.to_lowercase() == email);
        let Some(grant) = known else {
            let message = fl!(config.lang.texts(), "cli-user-unknown", email = self.email.as_str());
            return Ok(Ending::Refused(vec![message]));
        };
        let actor = Actor::system(grant.municipality_id);
        db.write(|conn| {
            reset(conn, &actor, now, grant.account_id)?;
            make_account_link(conn, now, grant.account_id, LinkKind::Invitation, &token)
        })?;
        tell_link(&grant.name, now, &token, config);
        Ok(Ending::Done)
    }
}

/// The invitation, to be handed to the person it is for.
pub fn tell_link(name: &str, now: NaiveDateTime, token: &Token, config: &Config) {
    let until = config.lang.moment(wall_clock(now + INVITATION_LASTS));
    say!("{}", fl!(config.lang.texts(), "cli-user-link", name = name, until = until));
    say!("  {}/inloggen/uitnodiging/{}", config.public_url, token.as_str());
}

/// A role of somebody, with the provider he has it for.
struct User {
    grant: Grant,
    provider: Option<Provider>,
}

fn users(conn: &mut Conn) -> QueryResult<Vec<User>> {
    let mut users = Vec::new();
    for grant in grants(conn)? {
        let provider = match grant.provider_id {
            Some(id) => provider::store::find_by_id(conn, &Actor::system(grant.municipality_id), id)?,
            None => None,
        };
        users.push(User { grant, provider });
    }
    Ok(users)
}

impl User {
    fn kvk(&self) -> Option<&Kvk> {
        self.provider.as_ref().map(|provider| &provider.kvk)
    }

    /// The role in words, of a provider's person with the provider: `aanbieder Werkpad Noord (12345678)`.
    fn role(&self, lang: Lang) -> String {
        let role = role_word(lang, self.grant.role);
        match &self.provider {
            Some(provider) => format!("{role} {} ({})", provider.name, provider.kvk),
            None => role,
        }
    }
}

fn list(users: &[User], as_json: bool, lang: Lang) -> anyhow::Result<Ending> {
    if as_json {
        let line = |user: &User| {
            json!({
                "municipality": user.grant.municipality,
                "email": user.grant.email,
                "name": user.grant.name,
                "role": user.grant.role,
                "provider": user.kvk(),
            })
        };
        say!("{}", serde_json::to_string_pretty(&users.iter().map(line).collect::<Vec<_>>())?);
        return Ok(Ending::Done);
    }
    if users.is_empty() {
        say!("{}", fl!(lang.texts(), "cli-user-none"));
    }
    let width = |of: fn(&Grant) -> &str| users.iter().map(|user| of(&user.grant).chars().count()).max().unwrap_or(0);
    let (email, name) = (width(|grant| &grant.email), width(|grant| &grant.name));
    for user in users {
        let Grant { email: address, name: called, municipality, .. } = &user.grant;
        say!("{municipality}  {address:<email$}  {called:<name$}  {}", user.role(lang));
    }
    Ok(Ending::Done)
}
