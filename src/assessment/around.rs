//! What stands around the ten figures in the frozen documents, read without their many cases.

use serde::Deserialize;

use crate::assessment::Assessment;
use crate::facts::{Agreement, Complaints, Professional, Settings};
use crate::indicator::Duty;

/// What a quarter page shows of the frozen documents. The rest of them, the many cases, is passed over when reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    pub settings: Settings,
    pub agreement: Agreement,
    pub professionals: Vec<Professional>,
    pub complaints: Complaints,
    pub also: Vec<Duty>,
}

#[derive(Deserialize)]
struct FactsAround {
    #[serde(default)]
    settings: Settings,
    agreement: Agreement,
    professionals: Vec<Professional>,
    complaints: Complaints,
}

#[derive(Deserialize)]
struct FindingsAround {
    also: Vec<Duty>,
}

impl Assessment {
    pub fn around(&self) -> Result<Around, serde_json::Error> {
        let FactsAround { settings, agreement, professionals, complaints } = serde_json::from_str(&self.frozen.facts)?;
        let FindingsAround { also } = serde_json::from_str(&self.frozen.findings)?;
        Ok(Around { settings, agreement, professionals, complaints, also })
    }
}
