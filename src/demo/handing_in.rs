//! What a provider hands in (kwartaalopgave) after each quarter, when, and what the contract manager says of the
//! costs. A statement holds how things stood on the last day of its quarter.

use chrono::{NaiveDate, NaiveDateTime};

use crate::calendar::{add_days, add_months, add_working_days};
use crate::demo::costs::{self, Charge};
use crate::demo::days::{at, in_office_hours, some_working_day, working_day_from, working_day_until};
use crate::demo::firms::{Event, Firm};
use crate::demo::life::Life;
use crate::demo::lives::Surroundings;
use crate::demo::random::Random;
use crate::demo::{CostJudgement, Delivery, Spoiling};
use crate::ids::Kvk;
use crate::quarter::Quarter;
use crate::statement::{ComplaintLine, Head, StaffLine, Statement};

/// Everything that there is to state, with hindsight.
pub struct Ledger<'a> {
    pub firm: &'a Firm,
    pub kvk: Kvk,
    pub agreement_from: NaiveDate,
    pub lives: &'a [Life],
    /// In the order of the lives.
    pub charges: &'a [Vec<Charge>],
    pub staff: &'a [StaffLine],
}

impl Ledger<'_> {
    /// The files of one quarter in the order of receipt, and the judgement on the costs.
    pub fn hand_in(
        &self,
        quarter: Quarter,
        quarters_ago: usize,
        around: &Surroundings,
        random: &mut Random,
    ) -> (Vec<Delivery>, Option<CostJudgement>) {
        let has = |event| self.firm.has(quarters_ago, event);
        if has(Event::HandsInNothing) {
            return (Vec::new(), None);
        }
        let received = self.moment_of_receipt(quarter, quarters_ago, random);
        let complaints = self.complaints(quarter, quarters_ago, random);
        let state = |received: NaiveDateTime| self.deliver(received, quarter, quarters_ago, &complaints, around);

        if has(Event::FileRefused) {
            let refused = Delivery { spoilings: SPOILINGS.to_vec(), ..state(received) };
            let repaired_on = working_day_from(add_days(received.date(), 4));
            let repaired = state(in_office_hours(random, repaired_on));
            return (vec![refused, repaired], Some(complete(add_days(repaired_on, 12))));
        }
        if let Some(Event::Returned { repaired_after }) =
            self.firm.event(quarters_ago, |event| matches!(event, Event::Returned { .. }))
        {
            let returned_on = working_day_from(add_days(received.date(), 5));
            let repaired_on = repaired_after.map(|days| working_day_until(add_days(returned_on, days)));
            let mut deliveries = vec![without_invoice_numbers(state(received))];
            deliveries.extend(repaired_on.map(|on| state(in_office_hours(random, on))));
            let reason = "Bij twee kostenregels ontbreekt het factuurnummer.";
            let judgement =
                CostJudgement { on: returned_on, complete: false, returned_on: Some(returned_on), repaired_on, reason };
            return (deliveries, Some(judgement));
        }
        let judged_on = add_days(received.date(), random.between(6, 10));
        (vec![state(received)], Some(complete(judged_on)))
    }

    /// In the four weeks after the quarter, unless the provider is late.
    fn moment_of_receipt(&self, quarter: Quarter, quarters_ago: usize, random: &mut Random) -> NaiveDateTime {
        let after = |days| add_days(quarter.last_day(), days);
        if self.firm.has(quarters_ago, Event::HandsInLate) {
            let day = some_working_day(random, after(31), after(35));
            return in_office_hours(random, day);
        }
        if self.firm.in_groups() {
            return at(working_day_from(after(9)), 16, 31);
        }
        let latest = if self.firm.has(quarters_ago, Event::FileRefused) { 14 } else { 26 };
        let day = some_working_day(random, after(6), after(latest));
        in_office_hours(random, day)
    }

    fn deliver(
        &self,
        received: NaiveDateTime,
        quarter: Quarter,
        quarters_ago: usize,
        complaints: &[ComplaintLine],
        around: &Surroundings,
    ) -> Delivery {
        let day = quarter.last_day();
        let stated: Vec<usize> = (0..self.lives.len()).filter(|case| self.lives[*case].is_stated_in(quarter)).collect();
        let lives: Vec<&Life> = stated.iter().map(|case| &self.lives[*case]).collect();
        let charges: Vec<&[Charge]> = stated.iter().map(|case| self.charges[*case].as_slice()).collect();
        let mut costs = costs::lines(&lives, &charges, quarter, around.products, around.desks);
        if self.firm.has(quarters_ago, Event::Correction) {
            costs::correct(&mut costs);
        }
        // The first statement names the staff, even of a provider that has no clients yet.
        let first = quarter.contains(self.agreement_from) || quarter == around.last.run_up(8)[0];
        let nil_return = lives.is_empty() && complaints.is_empty() && !first;
        let mut statement = Statement {
            head: Head { kvk: self.kvk.clone(), quarter, nil_return, note: note(self.firm, quarters_ago, nil_return) },
            trajectories: lives.iter().map(|life| life.known_on(day, around.desks)).collect(),
            feedback: lives.iter().flat_map(|life| life.moments_known_on(day)).collect(),
            staff: if nil_return { Vec::new() } else { self.staff_known_on(day, quarter) },
            complaints: complaints.to_vec(),
            costs,
        };
        for complaint in &mut statement.complaints {
            complaint.handled_on = complaint.handled_on.filter(|handled| *handled <= day);
            if complaint.handled_on.is_none() {
                complaint.outcome.clear();
            }
        }
        number_rows(&mut statement);
        let client_names = lives.iter().map(|life| (life.client.number.clone(), life.client.name.clone())).collect();
        Delivery { received, by: self.firm.user_email(), statement, client_names, spoilings: Vec::new() }
    }

    /// Who worked there in the quarter, with the VOGs that still counted.
    fn staff_known_on(&self, day: NaiveDate, quarter: Quarter) -> Vec<StaffLine> {
        let worked = |line: &&StaffLine| {
            let until = line.active_until.unwrap_or(day);
            let vog_counts =
                line.vog.as_ref().is_none_or(|vog| vog.date <= day && add_months(vog.date, 36) >= quarter.first_day());
            line.active_from <= day && until >= quarter.first_day() && vog_counts
        };
        let mut known: Vec<StaffLine> = self.staff.iter().filter(worked).cloned().collect();
        for line in &mut known {
            line.active_until = line.active_until.filter(|until| *until <= day);
            if let Some(vog) = &mut line.vog {
                vog.checked_on = vog.checked_on.filter(|checked| *checked <= day);
            }
        }
        known
    }

    /// Received early enough in the quarter for the tenth working day to fall in it as well.
    fn complaints(&self, quarter: Quarter, quarters_ago: usize, random: &mut Random) -> Vec<ComplaintLine> {
        let Some(Event::Complaint { told_after }) =
            self.firm.event(quarters_ago, |event| matches!(event, Event::Complaint { .. }))
        else {
            return Vec::new();
        };
        let received_on = some_working_day(random, add_days(quarter.first_day(), 6), add_days(quarter.last_day(), -26));
        vec![ComplaintLine {
            row: 0,
            complaint_ref: format!("{}-K{:02}", self.firm.mark, 9 - quarters_ago),
            received_on,
            reported_on: Some(add_working_days(received_on, told_after)),
            category: random.pick(&["bejegening", "wachttijd", "communicatie", "afspraak niet nagekomen"]).to_owned(),
            handled_on: Some(some_working_day(random, add_days(received_on, 18), add_days(received_on, 40))),
            outcome: random.pick(&["gegrond", "deels gegrond", "ongegrond"]).to_owned(),
        }]
    }
}

fn complete(on: NaiveDate) -> CostJudgement {
    CostJudgement { on: working_day_from(on), complete: true, returned_on: None, repaired_on: None, reason: "" }
}

/// Two lines in the middle lack their invoice number.
fn without_invoice_numbers(mut delivery: Delivery) -> Delivery {
    let half = delivery.statement.costs.len() / 2;
    for line in delivery.statement.costs.iter_mut().skip(half).take(2) {
        line.invoice.clear();
    }
    delivery
}

/// Cells such as they come in every quarter: a year of two digits, a number that passes the test of a BSN, a word that
/// is not on the list, words where an amount belongs, and a product that nobody knows. The last one only shows when
/// the rest of its row can be read and is held against the catalogue.
const SPOILINGS: [Spoiling; 5] = [
    Spoiling { sheet: "Trajecten", column: "plan_akkoord_op", row: 3, written: "03-04-26" },
    Spoiling { sheet: "Trajecten", column: "clientnaam", row: 4, written: "J. de Vries 111222333" },
    Spoiling { sheet: "Medewerkers", column: "functiegroep", row: 2, written: "vaste kracht" },
    Spoiling { sheet: "Kosten", column: "bedrag", row: 2, written: "zie factuur" },
    Spoiling { sheet: "Kosten", column: "product", row: 3, written: "RE-P9-XX" },
];

fn note(firm: &Firm, quarters_ago: usize, nil_return: bool) -> String {
    let notes: &[&str] = match nil_return {
        true => &["Wij hadden dit kwartaal geen cliënten uit uw gemeente."],
        false => &[
            "",
            "De samenwerking met de contactpersonen verloopt goed. De wachttijd voor een intake is één week.",
            "",
            "Twee medewerkers volgden een training. Wij hebben ruimte voor nieuwe cliënten.",
            "",
            "Het vinden van werkplekken kost meer tijd dan vorig jaar.",
            "",
        ],
    };
    notes[(firm.number as usize + quarters_ago) % notes.len()].to_owned()
}

/// The heading is row 1; no row is left empty.
fn number_rows(statement: &mut Statement) {
    macro_rules! number {
        ($($lines:ident),+) => { $(for (row, line) in (2..).zip(&mut statement.$lines) { line.row = row; })+ };
    }
    number!(trajectories, feedback, staff, complaints, costs);
}
