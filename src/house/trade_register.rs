//! The trade register (Handelsregister): whether a KvK number stands in it, asked of the service "KVK Zoeken" when a key is
//! configured. Whatever goes wrong there is no answer, and without an answer everything goes on.

use std::time::Duration;

use anyhow::Context;
use openidconnect::reqwest::{Certificate, Client, Response, StatusCode, redirect};
use serde::Deserialize;

use crate::config;
use crate::ids::Kvk;

codes! {
    /// What the register says of a number.
    pub enum Answer {
        Known = "known",
        Unknown = "unknown",
        /// It could not be asked, or said something else.
        NoAnswer = "no_answer",
    }
}

/// A line to the register.
#[derive(Debug, Clone)]
pub struct TradeRegister {
    client: Client,
    settings: config::TradeRegister,
}

/// Who applies waits for it no longer than this.
const PATIENCE: Duration = Duration::from_secs(4);

/// An answer about one number is some hundreds of bytes.
const MOST: usize = 256 * 1024;

impl TradeRegister {
    /// Fails when the certificate cannot be read; the register itself is not asked.
    pub fn of(settings: &config::TradeRegister) -> anyhow::Result<TradeRegister> {
        let mut client = Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none());
        if let Some(path) = &settings.root {
            let told = || format!("the certificate {} of the trade register cannot be read", path.display());
            let bytes = std::fs::read(path).with_context(told)?;
            for certificate in Certificate::from_pem_bundle(&bytes).with_context(told)? {
                client = client.add_root_certificate(certificate);
            }
        }
        Ok(TradeRegister { client: client.build()?, settings: settings.clone() })
    }

    pub async fn ask(&self, kvk: &Kvk) -> Answer {
        match self.look_up(kvk).await {
            Ok(answer) => answer,
            Err(cause) => {
                // Without the address that was asked: a number says who applies.
                tracing::warn!(cause = format!("{cause:#}"), "the trade register gave no answer");
                Answer::NoAnswer
            }
        }
    }

    async fn look_up(&self, kvk: &Kvk) -> anyhow::Result<Answer> {
        let address = format!("{}/v2/zoeken?kvkNummer={kvk}", self.settings.url);
        let request = self.client.get(address).header("apikey", &self.settings.key.0);
        let response = request.send().await.map_err(|cause| cause.without_url())?;
        let status = response.status();
        let body = body(response).await?;
        match status {
            StatusCode::OK => {
                let found: Found = serde_json::from_slice(&body).context("it is no list of results")?;
                let named = found.results.iter().any(|one| one.kvk == kvk.as_str());
                Ok(if named { Answer::Known } else { Answer::Unknown })
            }
            // "Geen gegevens gevonden" comes as a 404 with a fault of its own; any other 404 is a wrong address.
            StatusCode::NOT_FOUND => {
                let faults: Faults = serde_json::from_slice(&body).context("a 404 that is not the register's")?;
                anyhow::ensure!(!faults.faults.is_empty(), "a 404 without a fault");
                Ok(Answer::Unknown)
            }
            other => anyhow::bail!("it answered {other}"),
        }
    }
}

async fn body(mut response: Response) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|cause| cause.without_url())? {
        anyhow::ensure!(bytes.len() + piece.len() <= MOST, "the answer has no end");
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "resultaten")]
    results: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "kvkNummer")]
    kvk: String,
}

#[derive(Deserialize)]
struct Faults {
    #[serde(rename = "fout")]
    faults: Vec<serde_json::Value>,
}
