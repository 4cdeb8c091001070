//! `openhouse serve`: the web application.

use std::time::SystemTime;

use anyhow::Context;

use super::{Ending, key_place, open, unlock, uploads};
use crate::app::{self, Manners};
use crate::audit::head::keep_signing;
use crate::config::Config;
use crate::house::House;
use crate::house::identity::IdentityProviders;
use crate::house::trade_register::TradeRegister;
use crate::mail::sending::Sending;
use crate::mail::worker;
use crate::oidc::PATIENCE;
use crate::reminder;
use crate::seal::Seals;
use crate::vault::Vault;

pub(super) fn serve(config: &Config) -> anyhow::Result<Ending> {
    let (db, files) = open(config)?;
    let vault = match unlock(config, &db)? {
        Ok(vault) => vault,
        Err(refusal) => return Ok(refusal),
    };
    let signer = Vault::of(key_place(config))?;
    let _signer = keep_signing(db.clone(), signer, config.audit_head()).context("the audit cannot be signed")?;
    let mail = Sending::of(&config.mail, &config.public_url)?;
    let _worker = worker::start(db.clone(), mail.clone()).context("the thread that sends mail does not start")?;
    let _round = reminder::worker::start(db.clone()).context("the thread of the daily round does not start")?;
    let trade_register = config.trade_register.as_ref().map(TradeRegister::of).transpose()?;
    let seals = Seals::of(config.seal.as_ref())?;
    let identity = IdentityProviders::of(&config.identity, PATIENCE);
    let house = House::open(db, files, vault, uploads(config)?, mail, &config.public_url);
    let house = House { trade_register, identity, seals, ..house };
    house.files.sweep(SystemTime::now()).context("the folder of files cannot be swept")?;
    let (listen, address) = (config.listen, config.public_url.clone());
    tracing::info!(%listen, "starting");
    if config.security_contact.is_none() {
        tracing::warn!("security_contact is not set: security.txt names nobody");
    }
    if config.identity.staff.as_ref().is_some_and(|staff| staff.acr.is_empty() && staff.amr.is_empty()) {
        tracing::warn!("oidc_acr and oidc_amr are not set: the identity provider alone sees to a second factor");
    }
    app::serve(house, Manners::of(config), move || tracing::info!(address, "serving"))
        .with_context(|| format!("cannot listen on {listen}"))?;
    Ok(Ending::Done)
}
