//! Where a decision lands (waar een besluit in komt): the version that is consulted about; or, of a proposal that was held
//! until that version was established, the next one. An established version never changes.

use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use super::{Fault, Proposal, Refusal};
use crate::actor::Actor;
use crate::agreement::text::{TextState, TextVersion, store as texts, writing};
use crate::db::Conn;
use crate::text::Lang;

/// The version that changes when a proposal is adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Landing {
    /// The one that the table talks about.
    Here(TextVersion),
    /// `established` never changes any more; this is the version after it.
    Next { established: i32, next: TextVersion },
    /// There is none after it yet: adopting begins it as a draft.
    Begins { established: TextVersion, number: i32 },
}

/// Where a decision on this proposal would land; none while the version is taken back to be rewritten.
pub fn landing(conn: &mut Conn, actor: &Actor, proposal: &Proposal) -> Result<Option<Landing>, Fault> {
    let (text, version) = texts::version(conn, actor, proposal.version_id)?.ok_or(Refusal::NotFound)?;
    match version.state {
        TextState::Draft => return Ok(None),
        TextState::Consultation => return Ok(Some(Landing::Here(version))),
        TextState::Established => {}
    }
    let newest = texts::versions(conn, actor, &[text.id])?.into_iter().max_by_key(|one| one.number);
    Ok(newest.map(|newest| match newest.state {
        TextState::Established => Landing::Begins { number: newest.number + 1, established: newest },
        TextState::Draft | TextState::Consultation => Landing::Next { established: version.number, next: newest },
    }))
}

impl Landing {
    /// The version as it stands now, to show a proposal against.
    pub fn stands(&self) -> &TextVersion {
        match self {
            Landing::Here(version) | Landing::Next { next: version, .. } => version,
            Landing::Begins { established, .. } => established,
        }
    }

    /// The version to change; begun first, where there is none.
    pub(super) fn opened(self, conn: &mut Conn, actor: &Actor, now: NaiveDateTime) -> Result<TextVersion, Fault> {
        match self {
            Landing::Here(version) | Landing::Next { next: version, .. } => Ok(version),
            Landing::Begins { established, .. } => {
                let id = writing::begin_version(conn, actor, now, established.text_id)?;
                Ok(texts::version(conn, actor, id)?.ok_or(Refusal::NotFound)?.1)
            }
        }
    }

    /// What to know before such a proposal is decided; nothing when it is about the version on the table.
    pub fn in_words(&self, lang: Lang, office: bool) -> Option<String> {
        let t = lang.texts();
        match self {
            Landing::Here(_) => None,
            Landing::Begins { established, number } if office => {
                Some(fl!(t, "consultation-lands-begins", number = established.number, next = (*number)))
            }
            Landing::Begins { established, number } => {
                Some(fl!(t, "consultation-lands-next", number = established.number, next = (*number)))
            }
            Landing::Next { established, next } => {
                Some(fl!(t, "consultation-lands-next", number = (*established), next = next.number))
            }
        }
    }
}
