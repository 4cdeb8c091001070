//! The identity providers (identiteitsproviders) of this house, each with the settings it is spoken to by.

use std::time::Duration;

use crate::config::{EHerkenning, Identity, StaffSignIn};
use crate::oidc::Issuer;

/// Where people of this house may sign in elsewhere.
#[derive(Default)]
pub struct IdentityProviders {
    pub staff: Option<(StaffSignIn, Issuer)>,
    pub eherkenning: Option<(EHerkenning, Issuer)>,
}

impl IdentityProviders {
    /// Asks nobody anything yet. `patience`: how long one answer of theirs may take.
    pub fn of(settings: &Identity, patience: Duration) -> IdentityProviders {
        let staff = settings.staff.clone().map(|staff| {
            let issuer = Issuer::new(&staff.client, &staff.acr, patience);
            (staff, issuer)
        });
        let eherkenning = settings.eherkenning.clone().map(|broker| {
            let issuer = Issuer::new(&broker.client, &[], patience);
            (broker, issuer)
        });
        IdentityProviders { staff, eherkenning }
    }
}
