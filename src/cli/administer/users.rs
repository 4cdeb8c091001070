//! `openhouse user`: who may sign in, and a way in for whoever lost his (gebruikers).

use chrono::{NaiveDateTime, Utc};
use diesel::result::QueryResult;
use i18n_embed_fl::fl;
use serde_json::json;

use super::standing;
use crate::account::store::{Grant, grants, invite};
use crate::account::web::role_word;
use crate::account::{LINK_LASTS, Token};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::cli::out::say;
use crate::cli::{Ending, WhichMunicipality};
use crate::config::Config;
use crate::db::Conn;
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
    #[command(about = "help-user-link")]
    Link(Link),
}

#[derive(Debug, clap::Args)]
pub struct Link {
    #[arg(help = "help-user-email")]
    email: String,
    #[arg(long, alias = "rol", help = "help-user-role")]
    role: Option<Role>,
    #[arg(long, alias = "aanbieder", value_name = "KVK", help = "help-user-provider")]
    provider: Option<Kvk>,
    #[command(flatten)]
    municipality: WhichMunicipality,
}

pub fn user(command: UserCommand, config: &Config) -> anyhow::Result<Ending> {
    let db = match standing(config)? {
        Ok(db) => db,
        Err(refusal) => return Ok(refusal),
    };
    let users = db.read(users)?;
    let link = match command {
        UserCommand::List { json } => return list(&users, json, config.lang),
        UserCommand::Link(link) => link,
    };
    let user = match link.chosen(&users, config.lang) {
        Ok(user) => user,
        Err(messages) => return Ok(Ending::Refused(messages)),
    };
    let (token, now) = (Token::new()?, Utc::now().naive_utc());
    let actor = Actor::system(user.grant.municipality_id);
    db.write(|conn| invite(conn, &actor, now, &user.grant, &token))?;
    say!("{}", about_link(user, now, config.lang));
    say!("{}/inloggen/{}", config.public_url, token.as_str());
    Ok(Ending::Done)
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

impl Link {
    /// The one role that fits what was typed, or why it cannot be told which.
    fn chosen<'a>(&self, users: &'a [User], lang: Lang) -> Result<&'a User, Vec<String>> {
        let (texts, email) = (lang.texts(), self.email.trim().to_lowercase());
        let known: Vec<&User> = users.iter().filter(|user| user.grant.email.to_lowercase() == email).collect();
        let fitting: Vec<&User> = known.iter().copied().filter(|user| self.fits(user)).collect();
        let (heading, to_choose) = match &fitting[..] {
            [only] => return Ok(only),
            _ if known.is_empty() => (fl!(texts, "cli-user-unknown", email = self.email.as_str()), known),
            [] => (fl!(texts, "cli-user-not-so", email = self.email.as_str()), known),
            _ => (fl!(texts, "cli-user-several", email = self.email.as_str()), fitting),
        };
        Err([heading].into_iter().chain(to_choose.iter().map(|user| user.options())).collect())
    }

    fn fits(&self, user: &User) -> bool {
        self.role.is_none_or(|role| role == user.grant.role)
            && self.provider.as_ref().is_none_or(|kvk| user.kvk() == Some(kvk))
            && self.municipality.municipality.as_ref().is_none_or(|name| *name == user.grant.municipality)
    }
}

impl User {
    fn kvk(&self) -> Option<&Kvk> {
        self.provider.as_ref().map(|provider| &provider.kvk)
    }

    /// What to type for this role: `--role provider_user --provider 12345678 --municipality "…"`.
    fn options(&self) -> String {
        let provider = self.kvk().map(|kvk| format!(" --provider {kvk}")).unwrap_or_default();
        format!("  --role {}{provider} --municipality {:?}", self.grant.role, self.grant.municipality)
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

fn about_link(user: &User, now: NaiveDateTime, lang: Lang) -> String {
    let (name, role) = (user.grant.name.as_str(), user.role(lang));
    let (municipality, until) = (user.grant.municipality.as_str(), lang.moment(wall_clock(now + LINK_LASTS)));
    fl!(lang.texts(), "cli-user-link", name = name, role = role, municipality = municipality, until = until)
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
