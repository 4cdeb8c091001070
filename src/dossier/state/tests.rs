//! Every state × verb × role of an application, held against the table of the status model (statusmodel, "Application").

use super::*;
use crate::term::TermRule;

/// From, verb, to, and who: the table as it is written down, in its own Dutch words.
const TABLE: &str = "
concept | submit | ingediend | provider_signatory provider_admin contract_manager
ingediend | take_up | in_toetsing | assessor
in_toetsing | ask_supplement | aanvulling_gevraagd | assessor
aanvulling_gevraagd | hand_in_supplement | in_toetsing | provider_user provider_admin provider_signatory contract_manager
aanvulling_gevraagd | set_aside | buiten_behandeling | contract_manager
in_toetsing | advise | advies_gereed | assessor
advies_gereed | send_back | in_toetsing | decision_maker
advies_gereed | admit | toegelaten | decision_maker
advies_gereed | refuse | afgewezen | decision_maker
afgewezen | close_refusal | afwijzing_definitief | system
afgewezen | note_case | kort_geding | contract_manager
kort_geding | reopen | in_toetsing | contract_manager
kort_geding | lose_case | afwijzing_definitief | contract_manager
concept | withdraw | ingetrokken | provider_admin contract_manager
ingediend | withdraw | ingetrokken | provider_admin
in_toetsing | withdraw | ingetrokken | provider_admin
aanvulling_gevraagd | withdraw | ingetrokken | provider_admin
advies_gereed | withdraw | ingetrokken | provider_admin
toegelaten | lapse | vervallen | contract_manager
";

fn dutch(state: ApplicationState) -> &'static str {
    match state {
        ApplicationState::Draft => "concept",
        ApplicationState::Submitted => "ingediend",
        ApplicationState::UnderReview => "in_toetsing",
        ApplicationState::SupplementAsked => "aanvulling_gevraagd",
        ApplicationState::Advised => "advies_gereed",
        ApplicationState::Admitted => "toegelaten",
        ApplicationState::Refused => "afgewezen",
        ApplicationState::RefusalFinal => "afwijzing_definitief",
        ApplicationState::InCourt => "kort_geding",
        ApplicationState::SetAside => "buiten_behandeling",
        ApplicationState::Withdrawn => "ingetrokken",
        ApplicationState::Lapsed => "vervallen",
    }
}

fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

fn term() -> Term {
    "14 calendar_days next_working_day".parse::<TermRule>().unwrap().begin(day("2026-11-18"), &[])
}

/// The verb with everything in its favour: paper for the municipality's hand, the term over or running as it should be.
fn try_verb(state: ApplicationState, verb: Verb, by: Role) -> Result<ApplicationState, Refusal> {
    let (during, after) = (day("2026-11-20"), day("2026-12-03"));
    let account = Some(7);
    match verb {
        // Begun once, from nothing.
        Verb::Start => Err(Refusal::NotNow(state)),
        Verb::Submit => state.submit(by, Channel::Paper, vec![]),
        Verb::TakeUp => state.take_up(by),
        Verb::AskSupplement => state.ask_supplement(by, &["De polis eindigt te vroeg."]),
        Verb::HandInSupplement => state.hand_in_supplement(by, Channel::Paper, Some(&term()), during, vec![]),
        Verb::SetAside => state.set_aside(by, Some(&term()), after),
        Verb::Advise => state.advise(by, account, vec![]),
        Verb::SendBack => state.send_back(by, "Geldt de polis ook in 2027?"),
        Verb::Admit => state.admit(by, account, &advised_by(&[8]), vec![]),
        Verb::Refuse => state.refuse(by, account, &advised_by(&[8]), "De verzekering voldoet niet."),
        Verb::CloseRefusal => state.close_refusal(by, Some(&term()), after),
        Verb::NoteCase => state.note_case(by, "C/17/123"),
        Verb::Reopen => state.reopen(by, "De rechter wees de vordering toe."),
        Verb::LoseCase => state.lose_case(by, "De rechter wees de vordering af."),
        Verb::Withdraw => state.withdraw(by, Channel::Paper),
        Verb::Lapse => state.lapse(by, "Niet op tijd getekend."),
    }
}

#[test]
fn every_transition_of_the_table_is_made_and_no_other() {
    let rows: Vec<Vec<&str>> = TABLE.trim().lines().map(|line| line.split('|').map(str::trim).collect()).collect();
    let (mut made, mut refused) = (0, 0);
    for state in ApplicationState::ALL {
        for verb in Verb::ALL {
            let row = rows.iter().find(|row| row[0] == dutch(*state) && row[1] == verb.as_str());
            for role in Role::WORDS.iter().map(|word| word.parse::<Role>().unwrap()) {
                let allowed = row.filter(|row| row[3].split(' ').any(|who| who == role.as_str()));
                match (try_verb(*state, *verb, role), allowed) {
                    (Ok(to), Some(row)) => {
                        assert_eq!(dutch(to), row[2], "{state} {verb} {role}");
                        made += 1;
                    }
                    (Err(Refusal::NotYours | Refusal::NotNow(_)), None) => refused += 1,
                    (outcome, expected) => panic!("{state} {verb} {role}: {outcome:?}, the table says {expected:?}"),
                }
            }
        }
    }
    let all = ApplicationState::ALL.len() * Verb::ALL.len() * Role::ALL.len();
    let in_table: usize = rows.iter().map(|row| row[3].split(' ').count()).sum();
    assert_eq!((made, made + refused), (in_table, all));
}

#[test]
fn the_municipality_submits_only_what_came_on_paper() {
    let by = Role::ContractManager;
    assert_eq!(ApplicationState::Draft.submit(by, Channel::Portal, vec![]), Err(Refusal::NotYours));
    assert_eq!(ApplicationState::Draft.withdraw(by, Channel::Portal), Err(Refusal::NotYours));
    let late = ApplicationState::SupplementAsked;
    let during = day("2026-11-20");
    assert_eq!(late.hand_in_supplement(by, Channel::Portal, Some(&term()), during, vec![]), Err(Refusal::NotYours));
}

#[test]
fn every_condition_refuses_by_its_own_name() {
    use ApplicationState::*;
    let (during, last, after) = (day("2026-11-20"), day("2026-12-02"), day("2026-12-03"));
    let missing = vec![Missing::Criterion("M03".into())];
    let code = || vec!["M03".to_owned()];
    let term = term();
    let (user, portal) = (Role::ProviderSignatory, Channel::Portal);
    let refusals = [
        (Draft.submit(user, portal, missing.clone()), Refusal::Incomplete(missing.clone())),
        (UnderReview.ask_supplement(Role::Assessor, &[]), Refusal::NothingAsked),
        (UnderReview.ask_supplement(Role::Assessor, &["polis", " "]), Refusal::ReasonMissing),
        (SupplementAsked.hand_in_supplement(user, portal, Some(&term), after, vec![]), Refusal::TermOver(last)),
        (
            SupplementAsked.hand_in_supplement(user, portal, Some(&term), last, missing.clone()),
            Refusal::Incomplete(missing),
        ),
        (SupplementAsked.set_aside(Role::ContractManager, Some(&term), last), Refusal::TermRuns(last)),
        (UnderReview.advise(Role::Assessor, Some(7), code()), Refusal::Unjudged(code())),
        (UnderReview.advise(Role::Assessor, None, vec![]), Refusal::NoAccount),
        (Advised.send_back(Role::DecisionMaker, ""), Refusal::ReasonMissing),
        (Advised.admit(Role::DecisionMaker, Some(7), &advised_by(&[8]), code()), Refusal::NotAllMet(code())),
        (Advised.admit(Role::DecisionMaker, Some(7), &advised_by(&[8, 7]), vec![]), Refusal::OwnAdvice),
        (Advised.admit(Role::DecisionMaker, None, &advised_by(&[8]), vec![]), Refusal::NoAccount),
        (Advised.refuse(Role::DecisionMaker, Some(7), &advised_by(&[7]), "reden"), Refusal::OwnAdvice),
        (Advised.refuse(Role::DecisionMaker, Some(7), &advised_by(&[8]), " "), Refusal::ReasonMissing),
        (Refused.close_refusal(Role::System, Some(&term), during), Refusal::TermRuns(last)),
        (Refused.note_case(Role::ContractManager, ""), Refusal::ReasonMissing),
        (InCourt.reopen(Role::ContractManager, ""), Refusal::ReasonMissing),
        (InCourt.lose_case(Role::ContractManager, ""), Refusal::ReasonMissing),
        (Admitted.lapse(Role::ContractManager, ""), Refusal::ReasonMissing),
    ];
    for (number, (outcome, refusal)) in refusals.into_iter().enumerate() {
        assert_eq!(outcome, Err(refusal), "refusal {number}");
    }
}

#[test]
fn who_ended_may_apply_again_and_who_is_under_way_or_admitted_may_not() {
    for state in ApplicationState::ALL {
        let again = ["afgewezen", "afwijzing_definitief", "buiten_behandeling", "ingetrokken", "vervallen"];
        assert_eq!(state.may_apply_again(), again.contains(&dutch(*state)), "{state}");
        assert!(!(state.may_apply_again() && state.is_under_way()), "{state}");
    }
}

fn advised_by(accounts: &[i64]) -> Eyes {
    Eyes { advisers: accounts.to_vec(), judges: Vec::new() }
}

#[test]
fn who_judged_a_criterion_does_not_decide_whatever_role_he_had_then() {
    let eyes = Eyes { advisers: vec![8], judges: vec![7, 9] };
    let by = Role::DecisionMaker;
    assert_eq!(ApplicationState::Advised.admit(by, Some(7), &eyes, vec![]), Err(Refusal::OwnVerdict));
    assert_eq!(ApplicationState::Advised.refuse(by, Some(9), &eyes, "reden"), Err(Refusal::OwnVerdict));
    assert_eq!(ApplicationState::Advised.admit(by, Some(8), &eyes, vec![]), Err(Refusal::OwnAdvice));
    assert_eq!(ApplicationState::Advised.admit(by, Some(10), &eyes, vec![]), Ok(ApplicationState::Admitted));
}
