//! `openhouse serve`: the web application.

use anyhow::Context;

use super::{Ending, open, unlock};
use crate::app;
use crate::config::Config;
use crate::house::House;

pub(super) fn serve(config: &Config) -> anyhow::Result<Ending> {
    let (db, files) = open(config)?;
    let vault = match unlock(config, &db)? {
        Ok(vault) => vault,
        Err(refusal) => return Ok(refusal),
    };
    let house = House::open(db, files, vault, &config.public_url);
    let (listen, address) = (config.listen, config.public_url.clone());
    tracing::info!(%listen, "starting");
    app::serve(house, listen, move || tracing::info!(address, "serving"))
        .with_context(|| format!("cannot listen on {listen}"))?;
    Ok(Ending::Done)
}
