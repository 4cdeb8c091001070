//! The states of a version of a text (concept, ter consultatie, vastgesteld) and the verbs between them. A verb takes the
//! state it found and gives the next one, or refuses.

use chrono::{NaiveDate, NaiveDateTime};

use super::Article;
use crate::actor::Role;
use crate::term::Term;

codes! {
    /// Where a version stands; the Dutch word of the status model behind each.
    pub enum TextState {
        /// concept
        Draft = "draft",
        /// ter_consultatie
        Consultation = "consultation",
        /// vastgesteld
        Established = "established",
    }
}

codes! {
    /// What is done to a version.
    pub enum TextVerb {
        /// Made, empty or as a copy of the version before.
        Make = "make",
        /// Changed in an article, its days or its explanation.
        Edit = "edit",
        /// Read in from a document.
        ReadIn = "read_in",
        /// Shown to all providers at the same time.
        Consult = "consult",
        /// Back to the writing table.
        TakeBack = "take_back",
        /// Changed by a decision of the table, while it is consulted about.
        Amend = "amend",
        Establish = "establish",
    }
}

codes! {
    /// What a version still lacks.
    pub enum Lack {
        Articles = "articles",
        /// An article without number, heading or body.
        Words = "words",
        /// Two articles with one number.
        Numbers = "numbers",
        /// The first day on which it holds.
        Days = "days",
        Explanation = "explanation",
        /// A draft that says what the version before it says.
        Changes = "changes",
        /// The minutes of the table.
        Minutes = "minutes",
    }
}

/// Why something cannot be done to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextRefusal {
    NotFound,
    /// Not in this role.
    NotYours,
    /// Not in this state.
    NotNow(TextState),
    Incomplete(Vec<Lack>),
    ReasonMissing,
    /// Another version of this text is not established yet: that one is worked on.
    AnotherIsOpen(i32),
    /// The version before it holds from this day on; this one cannot begin before the day after.
    BeginsTooEarly(NaiveDate),
    /// The table gets at least this long to react.
    TermTooShort(Term),
    /// An article is numbered otherwise than `4`, `4.2` or `3a`.
    NumberWrong,
    /// Who consulted about it does not establish it (vier ogen); and it takes an account.
    FourEyes,
    CodeTaken,
    /// The article is not in this version.
    NoSuchArticle,
    /// It may be a citizen service number; that comes nowhere.
    HoldsBsn,
    /// Somebody changed it meanwhile.
    ChangedMeanwhile {
        by: String,
        at: NaiveDateTime,
        current: i32,
    },
}

/// The verbs; each takes the state it found and gives the next, or refuses.
impl TextState {
    /// The articles can be written: by the contract manager, as long as nobody was asked about them.
    pub fn edit(self, by: Role) -> Result<TextState, TextRefusal> {
        self.when(self == TextState::Draft, by, &[Role::ContractManager, Role::System], self)
    }

    /// concept → ter_consultatie: "shown to all providers at the same time".
    pub fn consult(self, by: Role, lacks: Vec<Lack>) -> Result<TextState, TextRefusal> {
        let roles = [Role::ContractManager, Role::System];
        complete(self.when(self == TextState::Draft, by, &roles, TextState::Consultation)?, lacks)
    }

    /// ter_consultatie → concept, with a reason that all can read.
    pub fn take_back(self, by: Role, reason: &str) -> Result<TextState, TextRefusal> {
        let next = self.when(self == TextState::Consultation, by, &[Role::ContractManager], TextState::Draft)?;
        if reason.trim().is_empty() { Err(TextRefusal::ReasonMissing) } else { Ok(next) }
    }

    /// The amended version grows out of the consultation: by what the table decided, and by nothing else. A draft takes what
    /// was decided about a proposal that was held until the version before it was established.
    pub fn amend(self, by: Role) -> Result<TextState, TextRefusal> {
        self.when(self != TextState::Established, by, &[Role::ContractManager, Role::System], self)
    }

    /// ter_consultatie → vastgesteld: by the decision maker, "minutes of the table linked". `consulted_by` and `by_account`
    /// are the accounts of who put it before the table and of who establishes it.
    pub fn establish(self, by: Role, lacks: Vec<Lack>) -> Result<TextState, TextRefusal> {
        let roles = [Role::DecisionMaker, Role::System];
        complete(self.when(self == TextState::Consultation, by, &roles, TextState::Established)?, lacks)
    }

    fn when(self, now: bool, by: Role, roles: &[Role], next: TextState) -> Result<TextState, TextRefusal> {
        match (roles.contains(&by), now) {
            (false, _) => Err(TextRefusal::NotYours),
            (true, false) => Err(TextRefusal::NotNow(self)),
            (true, true) => Ok(next),
        }
    }
}

fn complete(next: TextState, lacks: Vec<Lack>) -> Result<TextState, TextRefusal> {
    if lacks.is_empty() { Ok(next) } else { Err(TextRefusal::Incomplete(lacks)) }
}

/// What the articles lack.
pub fn lacks(articles: &[Article]) -> Vec<Lack> {
    let blank = |one: &Article| [&one.number, &one.heading].iter().any(|part| part.trim().is_empty());
    // A chapter heading has no words of its own when articles stand below it.
    let unwritten = |at: usize, one: &Article| {
        one.body.trim().is_empty() && articles.get(at + 1).is_none_or(|next| next.depth() <= one.depth())
    };
    let mut numbers: Vec<&str> = articles.iter().map(|one| one.number.trim()).collect();
    numbers.sort_unstable();
    let twice = numbers.windows(2).any(|pair| pair[0] == pair[1]);
    [
        (articles.is_empty(), Lack::Articles),
        (articles.iter().enumerate().any(|(at, one)| blank(one) || unwritten(at, one)), Lack::Words),
        (twice, Lack::Numbers),
    ]
    .into_iter()
    .filter_map(|(missing, lack)| missing.then_some(lack))
    .collect()
}
