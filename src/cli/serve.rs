//! `openhouse serve`: the web application.

use std::time::SystemTime;

use anyhow::Context;

use super::{Ending, open, uploads};
use crate::app;
use crate::config::Config;
use crate::house::House;
use crate::house::waiting::WaitingRoom;

pub(super) fn serve(config: &Config) -> anyhow::Result<Ending> {
    let (db, files) = open(config)?;
    let house = House {
        waiting: WaitingRoom::default(),
        db,
        files,
        uploads: uploads(config)?,
        public_url: config.public_url.clone(),
    };
    house.files.sweep(SystemTime::now()).context("the folder of files cannot be swept")?;
    let (listen, address) = (config.listen, config.public_url.clone());
    tracing::info!(%listen, "starting");
    app::serve(house, listen, move || tracing::info!(address, "serving"))
        .with_context(|| format!("cannot listen on {listen}"))?;
    Ok(Ending::Done)
}
