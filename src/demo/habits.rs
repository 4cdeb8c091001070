//! How a provider usually works (werkwijze): of every hundred cases, how many go wrong. One line tells what kind
//! of provider it is; `lives` and `slips` make the dates that go with it.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// Clients who never turn up: the trajectory ends before the plan was due.
    pub no_shows: usize,
    /// Clients who drop out half-way.
    pub dropouts: usize,
    pub plans_late: usize,
    /// Plans without an agreed result, or agreed upon too late.
    pub plans_not_agreed: usize,
    /// Trajectories of which the contact person heard too late.
    pub contact_late: usize,
    pub terms_overrun: usize,
    /// Of profile 1: no work within four months.
    pub no_outflow: usize,
    /// Asks to leave a case out of the count when there is a reason.
    pub asks_exclusion: bool,
}

pub const CAREFUL: Habits = Habits {
    no_shows: 0,
    dropouts: 0,
    plans_late: 0,
    plans_not_agreed: 0,
    contact_late: 0,
    terms_overrun: 0,
    no_outflow: 20,
    asks_exclusion: true,
};

pub const STEADY: Habits = Habits {
    no_shows: 3,
    dropouts: 7,
    plans_late: 6,
    plans_not_agreed: 4,
    contact_late: 9,
    terms_overrun: 11,
    no_outflow: 28,
    ..CAREFUL
};

pub const LATE_WITH_PLANS: Habits = Habits { plans_late: 34, no_shows: 8, ..STEADY };

pub const OUT_OF_TOUCH: Habits = Habits { contact_late: 42, plans_not_agreed: 26, ..STEADY };

pub const SLOW: Habits = Habits { terms_overrun: 46, ..STEADY };

pub const STRUGGLING: Habits = Habits {
    no_shows: 12,
    dropouts: 18,
    plans_late: 24,
    plans_not_agreed: 18,
    contact_late: 30,
    terms_overrun: 34,
    no_outflow: 60,
    ..CAREFUL
};

/// Means well and does not know the way yet.
pub const NEWCOMER: Habits = Habits { contact_late: 24, plans_not_agreed: 10, ..CAREFUL };

/// What is left of a share that did not make a whole case goes on to the next quarter, so that "6 in a hundred"
/// also holds for a provider with two clients a quarter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    left: usize,
}

impl Share {
    /// How many of these `cases` go wrong.
    pub fn of(&mut self, cases: usize, percent: usize) -> usize {
        self.left += cases * percent;
        let wrong = (self.left / 100).min(cases);
        self.left -= wrong * 100;
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_holds_over_many_small_quarters() {
        let mut share = Share::default();
        let wrong: usize = (0..50).map(|_| share.of(2, 6)).sum();
        assert_eq!(wrong, 6);
    }
}
