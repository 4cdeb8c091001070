//! A quarter is judged by the settings, targets and VOG rules that held on its last day.

use diesel::prelude::*;
use openhouse::db::Conn;
use openhouse::facts::Settings;
use openhouse::facts::gather::{self, Terms};
use openhouse::procedure;
use openhouse::procedure::defaults::defaults;
use openhouse::procedure::store::{Definition, DefinitionKind, define};
use openhouse::staff::VogRules;

use super::town::{Town, day, on_every_database, q3, quarter, town};

fn put_in_force(
    conn: &mut Conn,
    town: &Town,
    kind: DefinitionKind,
    code: &str,
    from: &str,
    body: &str,
) -> QueryResult<()> {
    let new = Definition {
        municipality_id: town.actor.tenant(),
        kind,
        code: code.to_owned(),
        valid_from: day(from),
        valid_until: None,
        body: body.to_owned(),
    };
    define(conn, &town.actor, &new)
}

fn settings(conn: &mut Conn, town: &Town, written: &str) -> QueryResult<Settings> {
    Ok(gather::terms(conn, &town.actor, quarter(written))?.settings)
}

#[test]
fn without_definitions_and_with_those_that_ship_the_defaults_hold() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        assert_eq!(gather::terms(conn, &town.actor, q3())?, Terms::default());
        procedure::store::install(conn, &town.actor, defaults())?;
        assert_eq!(gather::terms(conn, &town.actor, q3())?, Terms::default());
        Ok(())
    });
}

#[test]
fn a_setting_holds_from_the_quarter_on_whose_last_day_it_is_in_force() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let kind = DefinitionKind::IndicatorSettings;
        put_in_force(conn, &town, kind, "settings", "2026-09-30", r#"{"k1.days": 14}"#)?;
        put_in_force(conn, &town, kind, "settings", "2027-01-01", r#"{"k1.days": 10}"#)?;
        assert_eq!(settings(conn, &town, "2026-Q2")?.k1_days, 21);
        assert_eq!(settings(conn, &town, "2026-Q3")?.k1_days, 14);
        assert_eq!(settings(conn, &town, "2026-Q4")?.k1_days, 14);
        assert_eq!(settings(conn, &town, "2027-Q1")?.k1_days, 10);
        Ok(())
    });
}

#[test]
fn a_target_is_that_of_the_definition_in_force() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        procedure::store::install(conn, &town.actor, defaults())?;
        let mut plans = procedure::store::indicators(conn, &town.actor, day("2026-06-30"))?.remove(0);
        plans.target.pct = Some(90);
        let body = serde_json::to_string(&plans).expect("a definition can be written");
        put_in_force(conn, &town, DefinitionKind::Indicator, &plans.code(), "2026-07-01", &body)?;
        assert_eq!(settings(conn, &town, "2026-Q2")?.targets.of(1), Some(100));
        assert_eq!(settings(conn, &town, "2026-Q3")?.targets.of(1), Some(90));
        assert_eq!(settings(conn, &town, "2026-Q3")?.targets.of(2), Some(100));
        Ok(())
    });
}

#[test]
fn the_rules_for_vogs_have_their_dates_too() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        procedure::store::install(conn, &town.actor, defaults())?;
        let mut shorter = defaults().vog.terms.clone();
        shorter.renew_after_months = 24;
        let body = serde_json::to_string(&shorter).expect("terms can be written");
        put_in_force(conn, &town, DefinitionKind::VogTerms, "terms", "2026-07-01", &body)?;
        assert_eq!(gather::terms(conn, &town.actor, quarter("2026-Q2"))?.vog_rules, VogRules::default());
        let rules = gather::terms(conn, &town.actor, q3())?.vog_rules;
        assert_eq!(rules, VogRules { renew_after_months: 24, ..VogRules::default() });
        Ok(())
    });
}

#[test]
fn another_municipality_has_its_own_terms() {
    on_every_database(|conn| {
        let (north, south) = (town(conn, "Noordermeer")?, town(conn, "Zuidermeer")?);
        let kind = DefinitionKind::IndicatorSettings;
        put_in_force(conn, &south, kind, "settings", "2026-01-01", r#"{"k1.days": 14}"#)?;
        assert_eq!(settings(conn, &north, "2026-Q3")?.k1_days, 21);
        assert_eq!(settings(conn, &south, "2026-Q3")?.k1_days, 14);
        Ok(())
    });
}

#[test]
fn settings_that_cannot_be_read_are_no_reason_to_judge_by_others() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        put_in_force(conn, &town, DefinitionKind::IndicatorSettings, "settings", "2026-01-01", r#"{"k1.dagen": 14}"#)?;
        let refused = gather::terms(conn, &town.actor, q3()).expect_err("there is no such setting");
        assert!(refused.to_string().contains("k1.dagen"), "{refused}");
        Ok(())
    });
}

#[test]
fn the_settings_used_stand_in_the_facts_and_fill_the_day_on_which_statements_are_due() {
    on_every_database(|conn| {
        let town = town(conn, "Noordermeer")?;
        let provider = town.provider(conn, 1)?;
        put_in_force(conn, &town, DefinitionKind::IndicatorSettings, "s", "2026-01-01", r#"{"k10.due_days": 14}"#)?;
        let terms = gather::terms(conn, &town.actor, q3())?;
        let facts = gather::one(conn, &town.actor, provider, q3(), &terms)?.expect("the provider has an agreement");
        assert_eq!(facts.settings, terms.settings);
        assert_eq!(facts.cost_statement.due_on, day("2026-10-14"));
        assert_eq!(facts.complaints.statement_due_on, day("2026-10-14"));
        Ok(())
    });
}
