//! The trajectory (traject): one client's way with one provider, from referral to end.

pub mod clients;
pub mod extension;
pub mod no_clients;
pub mod outcomes;
pub mod running;
pub mod sleeping;
pub mod store;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Why a trajectory ended (reden einde).
    pub enum EndReason {
        Completed = "completed",
        Work = "work",
        Study = "study",
        Dropout = "dropout",
        MovedOn = "moved_on",
        Other = "other",
    }
}

codes! {
    /// How much of the agreed results was achieved (resultaat).
    pub enum Achieved {
        All = "all",
        Part = "part",
        None = "none",
    }
}

codes! {
    /// Reasons for which a case may leave the count, a closed list. "Neutral" codes begin with N, accepted reasons with R.
    pub enum ExclusionCode {
        /// Overleden
        N1 = "N1",
        /// Verhuisd buiten de gemeente
        N2 = "N2",
        /// Uitkering gestopt om een andere reden dan werk
        N3 = "N3",
        /// Ingetrokken door de gemeente
        N4 = "N4",
        /// Dubbel aangemeld
        N5 = "N5",
        /// Profiel gewijzigd vóór de termijn
        N6 = "N6",
        /// Cliënt onbereikbaar (aangetoond)
        R1 = "R1",
        /// Ziekte of opname
        R2 = "R2",
        /// Detentie
        R3 = "R3",
        /// Gegevens ontbreken bij de gemeente
        R4 = "R4",
        /// Cliënt weigert akkoord (gemotiveerd)
        R5 = "R5",
        /// Overmacht
        R6 = "R6",
    }
}

impl ExclusionCode {
    pub fn is_neutral(self) -> bool {
        self.as_str().starts_with('N')
    }
}

/// An agreed moment of feedback to the municipal contact person (terugkoppeling).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackMoment {
    pub due_on: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_on: Option<NaiveDate>,
}
