//! How a refusal of an indexation is said to people (woorden).

use i18n_embed_fl::fl;

use super::IndexRefusal;
use crate::text::Lang;

impl IndexRefusal {
    pub fn in_words(&self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            IndexRefusal::NotFound => fl!(t, "indexation-refused-not-found"),
            IndexRefusal::NotYours => fl!(t, "indexation-refused-role"),
            IndexRefusal::NotNow => fl!(t, "indexation-refused-state"),
            IndexRefusal::NoAccount => fl!(t, "indexation-refused-account"),
            IndexRefusal::FourEyes => fl!(t, "indexation-refused-four-eyes"),
            IndexRefusal::ReasonMissing => fl!(t, "indexation-refused-reason"),
            IndexRefusal::DayPassed => fl!(t, "indexation-refused-day"),
            IndexRefusal::AlreadyThere => fl!(t, "indexation-refused-there"),
            IndexRefusal::NoTariffs => fl!(t, "indexation-refused-no-tariffs"),
            IndexRefusal::TariffsChanged(codes) => fl!(t, "indexation-refused-tariffs", codes = codes.join(", ")),
            IndexRefusal::SharesWrong => fl!(t, "indexation-refused-shares"),
            IndexRefusal::OutOfRange => fl!(t, "indexation-refused-range"),
            IndexRefusal::HoldsBsn => fl!(t, "indexation-refused-bsn"),
            IndexRefusal::ChangedMeanwhile { by } => fl!(t, "indexation-refused-changed", by = by.as_str()),
        }
    }
}
