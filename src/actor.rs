//! Who acts: every look-up and every act takes an `Actor`, and sees only what is his.

codes! {
    /// What somebody may do (rol). A role is given within one municipality, and for a provider's people also within one
    /// provider. Who may do what to a status stands at the verbs of each chapter.
    pub enum Role {
        /// Assesses dossiers and quarters, sets a quarter final.
        ContractManager = "contract_manager",
        /// Judges the criteria of an application and writes the advice (beoordelaar).
        Assessor = "assessor",
        /// Confirms what was delivered to his own clients; with the provider the only one who sees their names.
        ContactPerson = "contact_person",
        /// Takes decisions; has the mandate.
        DecisionMaker = "decision_maker",
        /// Checks and pays.
        Finance = "finance",
        /// Watches over personal data (privacy officer).
        PrivacyOfficer = "privacy_officer",
        /// Keeps and destroys by the selection list (archief).
        RecordsOfficer = "records_officer",
        /// Reads everything that is not about one client, the audit too; changes nothing.
        Auditor = "auditor",
        /// Users, texts, criteria and mail; no say in any decision (functioneel beheerder).
        FunctionalAdmin = "functional_admin",
        /// Sees, exports, changes nothing (raadpleger).
        Viewer = "viewer",
        /// Hands in evidence and statements for one provider.
        ProviderUser = "provider_user",
        /// The same, and invites colleagues and withdraws an application.
        ProviderAdmin = "provider_admin",
        /// The same as a user, and signs: has the authority by the Handelsregister or a power of attorney (tekenbevoegd).
        ProviderSignatory = "provider_signatory",
        /// The program itself: imports at the command line, the demo, scheduled work.
        System = "system",
    }
}

impl Role {
    /// The roles of a provider's people; all others are the municipality's.
    pub const OF_PROVIDER: [Role; 3] = [Role::ProviderUser, Role::ProviderAdmin, Role::ProviderSignatory];

    pub fn is_of_provider(self) -> bool {
        Role::OF_PROVIDER.contains(&self)
    }
}

/// Somebody at work, in one role. Made by sign-in, or by the program for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    name: String,
    role: Role,
    account_id: Option<i64>,
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
            account_id: None,
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

    /// The same with one of the other roles that a provider's person can have.
    pub fn in_role(self, role: Role) -> Actor {
        Actor { role, ..self }
    }

    /// Somebody who signed in with this account. Four eyes are told apart by it: names may be alike.
    pub fn with_account(self, account_id: i64) -> Actor {
        Actor { account_id: Some(account_id), ..self }
    }

    /// The program itself, working for one municipality.
    pub fn system(municipality_id: i64) -> Actor {
        Actor::of_municipality("openhouse", Role::System, municipality_id, "command line")
    }

    /// Whoever knocks at the door and is not known yet.
    pub fn visitor(origin: &str) -> Actor {
        Actor { name: "unknown".to_owned(), origin: origin.to_owned(), ..Actor::installer() }
    }

    /// The program itself, before there is a municipality.
    pub fn installer() -> Actor {
        Actor { municipality_id: None, ..Actor::system(0) }
    }

    /// The account behind the act; none when the program acts for itself.
    pub fn account_id(&self) -> Option<i64> {
        self.account_id
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

    /// Reads the dossiers of applications: who judges, decides, keeps or audits them. Who sees to single clients, to money
    /// or to the house itself has no business there.
    pub fn may_read_dossiers(&self) -> bool {
        use Role::*;
        matches!(
            self.role,
            ContractManager | Assessor | DecisionMaker | PrivacyOfficer | RecordsOfficer | Auditor | Viewer
        )
    }

    /// Opens the evidence of a dossier: who judges or decides on it, keeps it or audits it. Who only looks and exports
    /// (raadpleger) does without a provider's own papers.
    pub fn may_open_evidence(&self) -> bool {
        self.may_read_dossiers() && self.role != Role::Viewer
    }

    /// Sees what is spent and committed: who pays, who manages the contracts, who decides, and who audits.
    pub fn may_see_money(&self) -> bool {
        use Role::*;
        matches!(self.role, Finance | ContractManager | DecisionMaker | Auditor | System)
    }

    pub fn may_finalise(&self) -> bool {
        matches!(self.role, Role::ContractManager | Role::System)
    }

    /// Hands in for a provider, or for one that sent paper.
    pub fn may_hand_in(&self) -> bool {
        self.role.is_of_provider() || matches!(self.role, Role::ContractManager | Role::System)
    }
}
