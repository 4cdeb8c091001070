//! What the chair is warned of before a decision (waarschuwing): it can be taken all the same, and then the warning stays in
//! the record for the whole table to read.

use chrono::NaiveDate;

use super::{Meeting, Outcome, Proposal};
use crate::agreement::text::{TextState, TextVersion};
use crate::calendar::wall_clock;

codes! {
    /// Why somebody at the table may not have been heard.
    pub enum Caution {
        /// The term to react has not ended yet.
        ReactionsRun = "reactions_run",
        /// The term has ended, and the meeting was before that.
        MeetingBeforeTerm = "meeting_before_term",
        /// In that meeting the proposal was not there yet.
        MeetingBeforeProposal = "meeting_before_proposal",
    }
}

/// What speaks against this decision today. Who holds a proposal for a next meeting ends nothing, and is not warned.
pub fn cautions(
    proposal: &Proposal,
    version: &TextVersion,
    meeting: &Meeting,
    today: NaiveDate,
    outcome: Outcome,
) -> Vec<Caution> {
    if outcome == Outcome::CarriedOver {
        return Vec::new();
    }
    // Once a version is established its term plays no part any more: what is decided counts for the next one.
    let asked = version.consulted.as_ref().filter(|_| version.state == TextState::Consultation);
    let due = asked.map(|asked| asked.respond.due);
    let held = wall_clock(meeting.starts_at).date();
    let told = [
        (due.is_some_and(|due| today <= due), Caution::ReactionsRun),
        (due.is_some_and(|due| due < today && held <= due), Caution::MeetingBeforeTerm),
        (meeting.starts_at < proposal.at, Caution::MeetingBeforeProposal),
    ];
    told.into_iter().filter_map(|(holds, caution)| holds.then_some(caution)).collect()
}

/// As they are kept, and as a page sends them back.
pub fn written(cautions: &[Caution]) -> String {
    cautions.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(",")
}

pub fn read(written: &str) -> Vec<Caution> {
    written.split(',').filter_map(|one| one.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_confirmed_is_read_back_as_it_was_written() {
        let both = [Caution::ReactionsRun, Caution::MeetingBeforeProposal];
        assert_eq!(written(&both), "reactions_run,meeting_before_proposal");
        assert_eq!(read(&written(&both)), both);
        assert_eq!(read(""), []);
        assert_eq!(read("iets,meeting_before_term"), [Caution::MeetingBeforeTerm]);
    }
}
