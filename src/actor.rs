//! Who acts: every look-up and every act takes an `Actor`, and sees only what is his.

codes! {
    /// What somebody may do (rol). A role is given within one municipality, and for a provider's people also within one provider.
    pub enum Role {
        /// Assesses dossiers and quarters, sets a quarter final.
        ContractManager = "contract_manager",
        /// Takes decisions; has the mandate.
        DecisionMaker = "decision_maker",
        /// Sees, exports, changes nothing (raadpleger).
        Viewer = "viewer",
        /// Hands in evidence and statements for one provider.
        ProviderUser = "provider_user",
        /// The program itself: imports at the command line, the demo, scheduled work.
        System = "system",
    }
}

/// Somebody at work, in one role. Made by sign-in, or by the program for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    name: String,
    role: Role,
    municipality_id: Option<i64>,
    provider_id: Option<i64>,
    origin: String,
}

impl Actor {
    /// Somebody of the municipality.
    pub fn of_municipality(name: &str, role: Role, municipality_id: i64, origin: &str) -> Actor {
        Actor {
            name: name.to_owned(),
            role,
            municipality_id: Some(municipality_id),
            provider_id: None,
            origin: origin.to_owned(),
        }
    }

    /// Somebody of a provider, in his dealings with one municipality.
    pub fn of_provider(name: &str, municipality_id: i64, provider_id: i64, origin: &str) -> Actor {
        Actor {
            provider_id: Some(provider_id),
            ..Actor::of_municipality(name, Role::ProviderUser, municipality_id, origin)
        }
    }

    /// The program itself, working for one municipality.
    pub fn system(municipality_id: i64) -> Actor {
        Actor::of_municipality("openhouse", Role::System, municipality_id, "command line")
    }

    /// The program itself, before there is a municipality.
    pub fn installer() -> Actor {
        Actor { municipality_id: None, ..Actor::system(0) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn role(&self) -> Role {
        self.role
    }

    /// Where the act came from: an address of the network, or `command line`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn municipality_id(&self) -> Option<i64> {
        self.municipality_id
    }

    /// The municipality whose rows this actor works in; nought, which no row has, for the installer.
    pub fn tenant(&self) -> i64 {
        self.municipality_id.unwrap_or(0)
    }

    /// The one provider whose rows a provider's person may see; none for the municipality, who sees all of its own.
    pub fn own_provider(&self) -> Option<i64> {
        self.provider_id
    }

    pub fn may_see(&self, provider_id: i64) -> bool {
        self.provider_id.is_none_or(|own| own == provider_id)
    }

    pub fn may_finalise(&self) -> bool {
        matches!(self.role, Role::ContractManager | Role::System)
    }

    pub fn may_hand_in(&self) -> bool {
        matches!(self.role, Role::ProviderUser | Role::ContractManager | Role::System)
    }
}
