//! `openhouse judge FACTS.json`: QuarterFacts in, Findings out. No database, no clock, no network.

use std::io::Read;
use std::path::PathBuf;

use anyhow::Context;

use super::Ending;
use crate::cli::out::say_whole;
use crate::indicator::judge_document;
use crate::text::Lang;

#[derive(Debug, clap::Args)]
pub struct Judge {
    #[arg(value_name = "FACTS.json", help = "help-judge-facts")]
    facts: PathBuf,
}

impl Judge {
    pub(super) fn run(&self, lang: Lang) -> anyhow::Result<Ending> {
        let bytes = match self.facts.as_os_str() == "-" {
            true => {
                let mut bytes = Vec::new();
                std::io::stdin().lock().read_to_end(&mut bytes)?;
                bytes
            }
            false => std::fs::read(&self.facts).with_context(|| self.facts.display().to_string())?,
        };
        Ok(match judge_document(&bytes, lang) {
            Ok(findings) => {
                say_whole!("{findings}");
                Ending::Done
            }
            Err(messages) => Ending::Refused(messages),
        })
    }
}
