//! How far the judgement of one quarter is (stand): one word for a list, and for whom it waits.

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use crate::assessment::history::Standing;
use crate::calendar::wall_clock;
use crate::page::{Side, Status, Tone};
use crate::text::Lang;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuarterState {
    /// There is no statement, and nothing was judged.
    Awaiting,
    /// There was no agreement in the quarter: nothing comes, and nothing is judged.
    NotNeeded,
    /// The statement is in; nothing was judged yet.
    Received,
    /// Judged by the system and not put before the provider yet; so many findings still need a person's verdict.
    Provisional {
        to_judge: u32,
    },
    /// The provider can react until this day (ter reactie).
    Hearing {
        until: NaiveDate,
    },
    /// The provider reacted; so many reactions have no answer yet.
    ToAnswer {
        count: u32,
    },
    /// Both sides were heard: it may be set final.
    Heard,
    Final {
        on: NaiveDate,
    },
}

codes! {
    /// For whom a quarter waits (wacht op).
    pub enum WaitsFor {
        Us = "gemeente",
        Provider = "aanbieder",
        Nobody = "niemand",
    }
}

impl QuarterState {
    pub fn of(
        standing: Option<Standing>,
        received_on: Option<NaiveDate>,
        active: bool,
        today: NaiveDate,
    ) -> QuarterState {
        let Some(standing) = standing else {
            return match (received_on, active) {
                (Some(_), _) => QuarterState::Received,
                (None, true) => QuarterState::Awaiting,
                (None, false) => QuarterState::NotNeeded,
            };
        };
        match (standing.final_at, standing.heard) {
            (Some(at), _) => QuarterState::Final { on: wall_clock(at).date() },
            (None, None) => QuarterState::Provisional { to_judge: standing.to_judge },
            (None, Some(heard)) if heard.unanswered > 0 => QuarterState::ToAnswer { count: heard.unanswered },
            (None, Some(heard)) if !heard.done && today <= heard.until => QuarterState::Hearing { until: heard.until },
            (None, Some(_)) => QuarterState::Heard,
        }
    }

    /// It was judged, and is not final.
    pub fn is_provisional(self) -> bool {
        use QuarterState::*;
        matches!(self, Provisional { .. } | Hearing { .. } | ToAnswer { .. } | Heard)
    }

    pub fn waits_for(self) -> WaitsFor {
        use QuarterState::*;
        match self {
            Awaiting | Hearing { .. } => WaitsFor::Provider,
            Received | Provisional { .. } | ToAnswer { .. } | Heard => WaitsFor::Us,
            NotNeeded | Final { .. } => WaitsFor::Nobody,
        }
    }

    pub fn status(self, lang: Lang, side: Side) -> Status {
        let t = lang.texts();
        let at_municipality = || Status::new(Tone::Wait, fl!(t, "assessment-at-municipality"));
        match self {
            QuarterState::NotNeeded => Status::new(Tone::Idle, fl!(t, "assessment-not-needed")),
            QuarterState::Awaiting if side == Side::Provider => Status::new(Tone::Todo, fl!(t, "assessment-hand-in")),
            QuarterState::Awaiting => Status::new(Tone::Wait, fl!(t, "assessment-awaiting")),
            QuarterState::Final { .. } => Status::new(Tone::Ok, fl!(t, "assessment-final")),
            QuarterState::Hearing { .. } if side == Side::Provider => {
                Status::new(Tone::Todo, fl!(t, "hearing-state-react"))
            }
            QuarterState::Hearing { .. } => Status::new(Tone::Wait, fl!(t, "hearing-state-runs")),
            _ if side == Side::Provider => at_municipality(),
            QuarterState::Received => Status::new(Tone::Todo, fl!(t, "assessment-received")),
            QuarterState::Provisional { to_judge: 0 } => Status::new(Tone::Todo, fl!(t, "hearing-state-to-open")),
            QuarterState::Provisional { to_judge } => {
                Status::new(Tone::Warn, fl!(t, "assessment-to-judge", count = to_judge))
            }
            QuarterState::ToAnswer { count } => Status::new(Tone::Todo, fl!(t, "hearing-state-answer", count = count)),
            QuarterState::Heard => Status::new(Tone::Todo, fl!(t, "assessment-to-finalise")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::history::Heard;

    #[test]
    fn a_quarter_waits_for_one_side_at_a_time() {
        let (today, until) = ("2026-11-23".parse().unwrap(), "2026-11-23".parse().unwrap());
        let with = |heard| {
            let standing = Standing { final_at: None, to_judge: 2, heard };
            QuarterState::of(Some(standing), None, true, today)
        };
        assert_eq!(with(None), QuarterState::Provisional { to_judge: 2 });
        let heard = Heard { until, done: false, unanswered: 0 };
        assert_eq!(with(Some(heard)), QuarterState::Hearing { until }, "the last day belongs to the provider");
        assert_eq!(with(Some(heard)).waits_for(), WaitsFor::Provider);
        assert_eq!(with(Some(Heard { unanswered: 1, ..heard })), QuarterState::ToAnswer { count: 1 });
        assert_eq!(with(Some(Heard { done: true, ..heard })), QuarterState::Heard);
        assert_eq!(with(Some(Heard { until: "2026-11-22".parse().unwrap(), ..heard })), QuarterState::Heard);
        assert_eq!(QuarterState::of(None, None, true, today).waits_for(), WaitsFor::Provider);
        assert_eq!(QuarterState::of(None, None, false, today).waits_for(), WaitsFor::Nobody);
    }
}
