//! Every verb against every state and every role, and the conditions of the status model.

use super::*;
use crate::term::{TermEnd, TermRule, TermUnit};
use LifeState::*;

fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

fn views() -> Term {
    let rule = TermRule { count: 14, unit: TermUnit::CalendarDays, end: TermEnd::Stays };
    rule.begin(day("2026-11-02"), &[])
}

/// The arrows of the status model, with the two more that `state` names. Nothing else leads anywhere.
const ARROWS: &[(LifeVerb, &[(LifeState, LifeState)])] = &[
    (LifeVerb::Begin, &[(Signed, Active)]),
    (LifeVerb::StopClients, &[(Active, ClientStop)]),
    (LifeVerb::AskStop, &[(Active, Active)]),
    (LifeVerb::AgreeStop, &[(Active, ClientStop)]),
    (LifeVerb::RefuseStop, &[(Active, Active)]),
    (LifeVerb::LiftStop, &[(ClientStop, Active)]),
    (LifeVerb::GiveNotice, &[(Active, Notice), (ClientStop, Notice)]),
    (LifeVerb::Terminate, &[(Active, Notice), (ClientStop, Notice)]),
    (LifeVerb::Intend, &[(Active, Active), (ClientStop, ClientStop), (Notice, Notice)]),
    (LifeVerb::StateViews, &[(Active, Active), (ClientStop, ClientStop), (Notice, Notice)]),
    (LifeVerb::DropIntention, &[(Active, Active), (ClientStop, ClientStop), (Notice, Notice)]),
    (LifeVerb::Dissolve, &[(Active, Dissolved), (ClientStop, Dissolved), (Notice, Dissolved)]),
    (LifeVerb::DissolveAtOnce, &[(Active, Dissolved), (ClientStop, Dissolved), (Notice, Dissolved)]),
    (LifeVerb::Warn, &[(Active, Active)]),
    (LifeVerb::Extend, &[(Active, Active)]),
    (LifeVerb::End, &[(Active, Ended), (ClientStop, Ended), (Notice, Ended)]),
    (LifeVerb::Replace, &[(Signed, Signed), (Active, Active), (ClientStop, ClientStop), (Notice, Notice)]),
    (LifeVerb::StopDelivery, &[(Active, Active), (ClientStop, ClientStop), (Notice, Notice)]),
    (LifeVerb::NewTariffs, &[(Signed, Signed), (Active, Active), (ClientStop, ClientStop), (Notice, Notice)]),
    (LifeVerb::Accede, &[]),
    (LifeVerb::Revise, &[]),
];

#[test]
fn a_verb_leads_where_the_status_model_draws_an_arrow_and_nowhere_else() {
    assert_eq!(ARROWS.len(), LifeVerb::ALL.len(), "every verb has its line");
    for (verb, arrows) in ARROWS {
        for from in LifeState::ALL {
            let drawn = arrows.iter().find(|(one, _)| one == from).map(|(_, to)| *to);
            assert_eq!(verb.leads(*from), drawn, "{verb} from {from}");
        }
    }
}

#[test]
fn a_role_that_never_may_is_told_so_in_every_state() {
    for (verb, arrows) in ARROWS {
        for role in Role::ALL {
            for from in LifeState::ALL {
                let drawn = arrows.iter().find(|(one, _)| one == from).map(|(_, to)| *to);
                let expected = match (verb.roles().contains(role), drawn) {
                    (false, _) => Err(LifeRefusal::NotYours),
                    (true, None) => Err(LifeRefusal::NotNow(*from)),
                    (true, Some(to)) => Ok(to),
                };
                assert_eq!(from.next(*verb, *role), expected, "{verb} from {from} by {role}");
            }
        }
    }
    assert_eq!(LifeVerb::GiveNotice.roles(), [Role::ProviderSignatory], "who leaves signs for it");
    assert_eq!(LifeVerb::Dissolve.roles(), [Role::DecisionMaker]);
}

#[test]
fn the_municipality_stops_clients_at_once_but_says_why() {
    assert_eq!(Active.stop_clients(Role::ContractManager, "Signalen van onveiligheid."), Ok(ClientStop));
    assert_eq!(Active.stop_clients(Role::ContractManager, " "), Err(LifeRefusal::ReasonMissing));
}

#[test]
fn the_provider_asks_for_a_stop_far_enough_ahead_and_needs_consent() {
    let ask = |first| Active.ask_stop(Role::ProviderAdmin, "Wij zitten vol.", day(first), day("2026-12-07"));
    assert_eq!(ask("2026-12-07"), Ok(()));
    assert_eq!(ask("2026-12-06"), Err(LifeRefusal::StopTooSoon(day("2026-12-07"))));
    assert_eq!(Active.agree_stop(Role::ContractManager, None), Err(LifeRefusal::NoStopAsked));
    let asked = Some(day("2026-12-07"));
    assert_eq!(Active.agree_stop(Role::ContractManager, asked), Ok((ClientStop, day("2026-12-07"))));
    assert_eq!(Active.refuse_stop(Role::ContractManager, asked, ""), Err(LifeRefusal::ReasonMissing));
}

#[test]
fn nobody_is_dissolved_unheard_but_who_stays_silent_is_heard_when_the_term_is_over() {
    let heard = |stated| Some(Heard { views: views(), stated, intended_by: Some(1) });
    let dissolve = |account, heard, today| Active.dissolve(Role::DecisionMaker, account, heard, day(today), "Fraude.");
    assert_eq!(dissolve(Some(2), None, "2026-11-20"), Err(LifeRefusal::NoIntention));
    assert_eq!(dissolve(Some(2), heard(false), "2026-11-16"), Err(LifeRefusal::ViewsRun(day("2026-11-16"))));
    assert_eq!(dissolve(Some(2), heard(false), "2026-11-17"), Ok(Dissolved));
    assert_eq!(dissolve(Some(2), heard(true), "2026-11-05"), Ok(Dissolved));
    assert_eq!(dissolve(Some(1), heard(true), "2026-11-20"), Err(LifeRefusal::FourEyes));
    assert_eq!(dissolve(None, heard(true), "2026-11-20"), Err(LifeRefusal::NoAccount));
    assert_eq!(Active.dissolve_at_once(Role::DecisionMaker, Some(1), ""), Err(LifeRefusal::ReasonMissing));
    assert_eq!(Notice.dissolve_at_once(Role::DecisionMaker, Some(1), "Acuut gevaar."), Ok(Dissolved));
}

#[test]
fn views_come_while_the_term_runs_and_not_after_it() {
    let state = |today| Active.state_views(Role::ProviderSignatory, Some(views()), day(today), "Dit klopt niet.");
    assert_eq!(state("2026-11-16"), Ok(()));
    assert_eq!(state("2026-11-17"), Err(LifeRefusal::ViewsOver(day("2026-11-16"))));
    let nothing = Active.state_views(Role::ProviderSignatory, None, day("2026-11-16"), "Dit klopt niet.");
    assert_eq!(nothing, Err(LifeRefusal::NoIntention));
}

#[test]
fn an_extension_moves_the_end_and_only_forward() {
    let extend = |ends: Option<&str>, until| Active.extend(Role::DecisionMaker, Some(1), ends.map(day), day(until));
    assert_eq!(extend(Some("2026-12-31"), "2027-12-31"), Ok(Active));
    assert_eq!(extend(Some("2026-12-31"), "2026-12-31"), Err(LifeRefusal::NotLater(day("2026-12-31"))));
    assert_eq!(extend(None, "2027-12-31"), Err(LifeRefusal::NoEnd));
}

#[test]
fn it_ends_after_its_last_day_and_with_nobody_left() {
    let end = |today, left| Notice.end(Role::System, Some(day("2026-12-31")), day(today), left);
    assert_eq!(end("2026-12-31", 0), Err(LifeRefusal::DayNotReached(day("2026-12-31"))));
    assert_eq!(end("2027-01-01", 2), Err(LifeRefusal::ClientsLeft(2)));
    assert_eq!(end("2027-01-01", 0), Ok(Ended));
    assert_eq!(Notice.end(Role::System, None, day("2027-01-01"), 0), Err(LifeRefusal::NoEnd));
}
