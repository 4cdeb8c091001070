//! What was written beside the findings (opmerkingen): a line of reason by the contract manager, the reaction of the
//! provider, and the action that follows. Only where something fell short.

use crate::calendar::add_days;
use crate::demo::days::working_day_from;
use crate::demo::firms::Event;
use crate::demo::life::Life;
use crate::demo::municipal::Told;
use crate::demo::people::CONTRACT_MANAGER;
use crate::demo::{Action, MunicipalFacts, ProviderQuarter, Reaction, Remark, Survey};
use crate::quarter::Quarter;

pub struct Notebook<'a> {
    pub quarters: &'a [Quarter],
    pub facts: &'a [MunicipalFacts],
    pub surveys: &'a [Survey],
}

/// What fell short at one indicator, with the words that go with it. Dutch.
struct Shortfall {
    indicator: u8,
    reason: &'static str,
    reaction: &'static str,
    action: &'static str,
}

impl Notebook<'_> {
    /// For every quarter of the provider, in its order.
    pub fn write(&self, told: &Told) -> Vec<(Vec<Remark>, Vec<Action>)> {
        told.provider.quarters.iter().map(|stated| self.write_quarter(told, stated)).collect()
    }

    fn write_quarter(&self, told: &Told, stated: &ProviderQuarter) -> (Vec<Remark>, Vec<Action>) {
        let quarter = stated.quarter;
        let quarters_ago = self.quarters.iter().rev().position(|listed| *listed == quarter).unwrap_or(0);
        // In the last quarter some findings still wait for a line, and some providers have not reacted yet.
        let (waits, silent) = match quarters_ago {
            0 => (told.firm.number % 5 == 3, told.firm.number % 4 == 3),
            _ => (false, false),
        };
        if waits {
            return (Vec::new(), Vec::new());
        }
        let after = |days| working_day_from(add_days(quarter.last_day(), days));
        let (mut remarks, mut actions) = (Vec::new(), Vec::new());
        for shortfall in self.shortfalls(told, stated, quarters_ago) {
            let reaction = Reaction { on: after(46), by: told.firm.user_email(), text: shortfall.reaction };
            remarks.push(Remark {
                indicator: shortfall.indicator,
                on: after(41),
                by: CONTRACT_MANAGER.to_owned(),
                reason: shortfall.reason,
                reaction: (!silent).then_some(reaction),
            });
            if quarters_ago == 0 {
                actions.push(Action {
                    indicator: shortfall.indicator,
                    text: shortfall.action,
                    owner: told.firm.user.0.to_owned(),
                    due_on: after(62),
                });
            }
        }
        (remarks, actions)
    }

    fn shortfalls(&self, told: &Told, stated: &ProviderQuarter, quarters_ago: usize) -> Vec<Shortfall> {
        let has = |event| told.firm.has(quarters_ago, event);
        let mut found = Vec::new();
        if has(Event::HandsInNothing) {
            return vec![NOTHING_STATED, NO_COSTS_STATED];
        }
        let left_out = |life: &Life, indicator| {
            self.facts.iter().flat_map(|facts| &facts.exclusions).any(|exclusion| {
                let here = exclusion.indicator.is_none_or(|only| only == indicator);
                exclusion.accepted && here && exclusion.case_ref == life.line.case_ref
            })
        };
        let falling_short = |indicator, short: &dyn Fn(&Life) -> bool| {
            told.lives.iter().filter(|life| short(life) && !left_out(life, indicator)).count()
        };

        let plan_late = |life: &Life| {
            let late = life.line.plan_agreed_on.is_some_and(|plan| plan > life.plan_due());
            late && stated.quarter.contains(life.plan_due())
        };
        match falling_short(1, &plan_late) {
            0 => {}
            1 => found.push(ONE_PLAN_LATE),
            _ => found.push(PLANS_LATE),
        }
        let not_agreed = |life: &Life| {
            let Some(due) = life.line.plan_agreed_on.map(|plan| add_days(plan, 14)) else { return false };
            let agreed = life.line.client_agreed_on.is_some_and(|on| on <= due) && life.line.agreed_results > 0;
            stated.quarter.contains(due) && !agreed
        };
        if falling_short(2, &not_agreed) > 0 {
            found.push(NOT_AGREED);
        }
        let survey = self.surveys.iter().find(|survey| stated.quarter.contains(survey.due_on));
        let answer = survey.and_then(|survey| {
            let mine = survey.participants.iter().find(|one| one.kvk == told.provider.kvk)?;
            Some((mine.had_active_clients, mine.cooperated_on.is_some_and(|on| on <= survey.due_on)))
        });
        if answer == Some((true, false)) {
            found.push(SURVEY_MISSED);
        }
        if has(Event::PersonWithoutVog) || has(Event::VogWithOtherCodes) {
            found.push(NO_VALID_VOG);
        }
        if told.firm.in_groups() && quarters_ago == 0 {
            found.push(OVER_TERM);
        }
        found.extend(complaints(told, quarters_ago));
        if has(Event::HandsInLate) {
            found.push(COSTS_LATE);
        }
        match &stated.judgement {
            Some(judgement) if judgement.returned_on.is_some() && judgement.repaired_on.is_none() => {
                found.push(COSTS_RETURNED)
            }
            Some(judgement) => {
                let days = judgement.repaired_on.zip(judgement.returned_on).map(|(on, returned)| on - returned);
                if days.is_some_and(|days| days.num_days() > 14) {
                    found.push(REPAIRED_LATE);
                }
            }
            None => {}
        }
        found
    }
}

/// Indicator 7, of which the first thing that is wrong is named.
fn complaints(told: &Told, quarters_ago: usize) -> Option<Shortfall> {
    let told_late = |event| matches!(event, Event::Complaint { told_after } if told_after > 10);
    if told.firm.adviser.is_none() {
        Some(NO_ADVISER)
    } else if told.firm.has(quarters_ago, Event::ProcedureLapsed) {
        Some(PROCEDURE_LAPSED)
    } else if told.firm.event(quarters_ago, told_late).is_some() {
        Some(COMPLAINT_LATE)
    } else if told.firm.has(quarters_ago, Event::HandsInLate) {
        Some(STATED_LATE)
    } else {
        None
    }
}

const ONE_PLAN_LATE: Shortfall = Shortfall {
    indicator: 1,
    reason: "Eén plan kwam na de drie weken. De oorzaak is niet vastgelegd.",
    reaction: "De cliënt was met vakantie. Wij leggen zo’n oorzaak voortaan vast.",
    action: "Leg vast waarom het plan te laat was.",
};
const PLANS_LATE: Shortfall = Shortfall {
    indicator: 1,
    reason: "Meer dan één plan kwam na de drie weken. De intake begint te laat.",
    reaction: "Wij plannen de intake nu binnen een week na de aanmelding.",
    action: "Laat zien dat de intake binnen een week is gepland.",
};
const NOT_AGREED: Shortfall = Shortfall {
    indicator: 2,
    reason: "Niet elk plan heeft resultaatafspraken waar de cliënt op tijd akkoord mee is.",
    reaction: "Wij vullen de afspraken aan en bespreken ze met de cliënt.",
    action: "Vul de resultaatafspraken aan en stuur een bevestiging.",
};
const SURVEY_MISSED: Shortfall = Shortfall {
    indicator: 4,
    reason: "Er is niet op tijd meegewerkt aan het cliëntenonderzoek.",
    reaction: "De uitnodiging kwam bij de verkeerde collega. Dat is nu geregeld.",
    action: "Geef een vaste contactpersoon voor het onderzoek door.",
};
const NO_VALID_VOG: Shortfall = Shortfall {
    indicator: 5,
    reason: "Eén medewerker die met cliënten werkt, heeft geen geldige of passende VOG.",
    reaction: "De VOG is aangevraagd. De medewerker spreekt tot die tijd geen cliënten.",
    action: "Toon een geldige VOG.",
};
const OVER_TERM: Shortfall = Shortfall {
    indicator: 6,
    reason: "De helft van de verlengingen is gemotiveerd. De andere helft liep zonder overleg door.",
    reaction: "Na de zomer waren er te weinig werkplekken. Wij vragen verlenging voortaan vooraf aan.",
    action: "Motiveer de verlengingen die zonder overleg doorliepen.",
};
const NO_ADVISER: Shortfall = Shortfall {
    indicator: 7,
    reason: "Er is geen vertrouwenspersoon bekend.",
    reaction: "Ik zoek aansluiting bij een vertrouwenspersoon in de regio.",
    action: "Geef de naam van de vertrouwenspersoon door.",
};
const PROCEDURE_LAPSED: Shortfall = Shortfall {
    indicator: 7,
    reason: "De klachtenprocedure is in dit kwartaal verlopen.",
    reaction: "De nieuwe versie ligt bij ons bestuur.",
    action: "Stuur de nieuwe klachtenprocedure.",
};
const COMPLAINT_LATE: Shortfall = Shortfall {
    indicator: 7,
    reason: "Een klacht is na tien werkdagen gemeld.",
    reaction: "De klacht kwam binnen bij een begeleider die met verlof ging.",
    action: "Spreek af wie klachten meldt bij afwezigheid.",
};
const STATED_LATE: Shortfall = Shortfall {
    indicator: 7,
    reason: "De klachtenopgave kwam na de uiterste datum.",
    reaction: "Wij leveren de opgave volgende keer op tijd aan.",
    action: "Zet de uiterste datum van de volgende opgave in de agenda.",
};
const NOTHING_STATED: Shortfall = Shortfall {
    indicator: 7,
    reason: "Er is geen klachtenopgave ontvangen.",
    reaction: "Onze administratie is wegens ziekte achter. De opgave volgt.",
    action: "Dien de opgave van dit kwartaal in.",
};
const NO_COSTS_STATED: Shortfall = Shortfall {
    indicator: 10,
    reason: "Er is geen kostenopgave ontvangen, ook niet na de herinnering.",
    reaction: "Onze administratie is wegens ziekte achter. De opgave volgt.",
    action: "Dien de opgave van dit kwartaal in.",
};
const COSTS_LATE: Shortfall = Shortfall {
    indicator: 10,
    reason: "De kostenopgave kwam na de uiterste datum.",
    reaction: "Wij leveren de opgave volgende keer op tijd aan.",
    action: "Zet de uiterste datum van de volgende opgave in de agenda.",
};
const COSTS_RETURNED: Shortfall = Shortfall {
    indicator: 10,
    reason: "Twee kostenregels zijn teruggestuurd: het factuurnummer ontbreekt.",
    reaction: "Wij zoeken de facturen op en vullen de regels aan.",
    action: "Vul de twee factuurnummers aan.",
};
const REPAIRED_LATE: Shortfall = Shortfall {
    indicator: 10,
    reason: "De kostenopgave is na meer dan veertien dagen hersteld.",
    reaction: "De boekhouder was met vakantie.",
    action: "Herstel een teruggestuurde opgave binnen veertien dagen.",
};
