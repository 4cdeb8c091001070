//! `openhouse setup`: the first municipality of an installation, with everything it starts with, and its first user.

use chrono::Utc;
use i18n_embed_fl::fl;

use super::administer::tell_link;
use super::{Ending, open};
use crate::account::store::credential::make_account_link;
use crate::account::store::{NewUser, add_municipality, add_user, municipality_named, person};
use crate::account::{LinkKind, Token};
use crate::actor::{Actor, Role};
use crate::calendar::wall_clock;
use crate::cli::out::say;
use crate::config::Config;
use crate::procedure;
use crate::procedure::admission::{first, store::Fault};
use crate::procedure::defaults::defaults;

#[derive(Debug, clap::Args)]
pub struct Setup {
    #[arg(value_name = "MUNICIPALITY", help = "help-setup-name")]
    name: String,
    #[arg(long, value_name = "NAME", help = "help-setup-manager")]
    manager: String,
    #[arg(long, value_name = "ADDRESS", help = "help-setup-email")]
    email: String,
}

impl Setup {
    /// All of it in one transaction, or nothing.
    pub(super) fn run(&self, config: &Config) -> anyhow::Result<Ending> {
        let t = config.lang.texts();
        let (name, manager, email) = (self.name.trim(), self.manager.trim(), self.email.trim().to_lowercase());
        let readable = |text: &str| !text.is_empty() && text.len() <= 200 && !text.chars().any(char::is_control);
        if !readable(name) || !readable(manager) {
            return Ok(Ending::Refused(vec![fl!(t, "cli-setup-name")]));
        }
        if !validator::ValidateEmail::validate_email(&email) {
            return Ok(Ending::Refused(vec![fl!(t, "cli-setup-email", email = email)]));
        }
        let (db, _) = open(config)?;
        if db.read(|conn| municipality_named(conn, name))?.is_some() {
            return Ok(Ending::Refused(vec![fl!(t, "cli-setup-known", name = name)]));
        }
        let now = Utc::now().naive_utc();
        let token = Token::new()?;
        db.write(|conn| {
            let tenant = add_municipality(conn, &Actor::installer(), now, name)?;
            let actor = Actor::system(tenant);
            procedure::store::install(conn, &actor, defaults())?;
            procedure::store::install_catalogue(conn, &actor, defaults())?;
            let usual = first::usual(manager, &email);
            first::open(conn, &actor, now, wall_clock(now).date(), &usual).map_err(not_opened)?;
            let user = NewUser {
                name: manager,
                email: &email,
                role: Role::ContractManager,
                municipality_id: tenant,
                provider_id: None,
            };
            let grant = add_user(conn, &actor, now, &user)?;
            let account = person(conn, grant)?.ok_or(diesel::result::Error::NotFound)?.account_id;
            make_account_link(conn, now, account, LinkKind::Invitation, &token)?;
            Ok::<_, diesel::result::Error>(())
        })?;
        say!("{}", fl!(t, "cli-setup-done", name = name));
        tell_link(manager, now, &token, config);
        Ok(Ending::Done)
    }
}

/// A municipality that is new has no procedure, so nothing but the house can stand in the way of its first; or another
/// municipality whose name is the same in an address.
fn not_opened(fault: Fault) -> diesel::result::Error {
    match fault {
        Fault::Trouble(cause) => cause,
        Fault::Refused(refusal) => {
            diesel::result::Error::QueryBuilderError(refusal.in_words(crate::text::Lang::En).into())
        }
    }
}
