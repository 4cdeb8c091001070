//! What if (wat als): which findings of a quarter would change under another setting, per provider, before a table decides on it.
//! Computed from the facts; nothing is stored.

use std::collections::BTreeMap;

use askama::Template;
use i18n_embed_fl::fl;
use serde_json::{Map, Value};

use crate::actor::Actor;
use crate::assessment::web::verdict::{count, tone, word};
use crate::db::Conn;
use crate::desk::web::handlers::link;
use crate::facts::gather::{self, Terms};
use crate::facts::{setting_value_words, setting_words};
use crate::house::Turn;
use crate::indicator::{Finding, Findings, Settings, judge};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, ProviderLink, Status};
use crate::provider;
use crate::quarter::Quarter;
use crate::text::Lang;

/// GET `/kwartalen/wat-als?kwartaal=2026-3&instelling=targets.6&waarde=75`
#[derive(Template)]
#[template(path = "desk/what-if.html")]
pub struct WhatIfPage {
    pub frame: Frame,
    pub quarter: Quarter,
    pub quarters: Vec<Quarter>,
    /// Every setting that is a number, with its value in force in this quarter.
    pub settings: Vec<(String, Value)>,
    pub setting: String,
    pub typed: String,
    pub errors: FormErrors,
    /// None as long as nothing was asked.
    pub changes: Option<Changes>,
}

/// What would come out differently.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many providers were judged twice.
    pub judged: usize,
    /// By the name of the provider.
    pub changed: Vec<Changed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub provider: ProviderLink,
    pub now: Finding,
    pub then: Finding,
}

/// The settings that can be tried: one number each. What a list or a choice means is decided elsewhere, and the due date of a
/// statement stands in the facts already.
pub fn numbers_of(settings: &Settings) -> Vec<(String, Value)> {
    let fixed = ["definitions", "k10.due_days"];
    let entries = settings.entries().into_iter();
    entries.filter(|(name, value)| !fixed.contains(&name.as_str()) && (value.is_number() || value.is_null())).collect()
}

/// The settings with one number of them changed; none when that is no setting or no sense. Nothing typed is no target.
pub fn changed(settings: &Settings, name: &str, typed: &str) -> Option<Settings> {
    let mut all: Map<String, Value> = settings.entries().into_iter().collect();
    let value = match typed.trim().trim_end_matches('%').trim() {
        "" => Value::Null,
        number => Value::from(number.parse::<u32>().ok()?),
    };
    all.get(name)?;
    all.insert(name.to_owned(), value);
    Settings::read(Value::Object(all).to_string().as_bytes()).ok()
}

/// Judges a quarter of every provider under both settings.
pub fn compare(conn: &mut Conn, actor: &Actor, quarter: Quarter, now: &Terms, then: &Terms) -> Result<Changes, Turn> {
    let before = judged(conn, actor, quarter, now)?;
    let after = judged(conn, actor, quarter, then)?;
    let mut changes = Changes { judged: before.len(), changed: Vec::new() };
    for one in provider::store::all(conn, actor)? {
        let (Some(now), Some(then)) = (before.get(&one.id), after.get(&one.id)) else { continue };
        for (now, then) in now.findings.iter().zip(&then.findings) {
            let says = |finding: &Finding| {
                (finding.verdict, finding.numerator, finding.denominator, finding.target_pct, finding.label)
            };
            if says(now) != says(then) {
                changes.changed.push(Changed { provider: link(&one), now: now.clone(), then: then.clone() });
            }
        }
    }
    Ok(changes)
}

fn judged(conn: &mut Conn, actor: &Actor, quarter: Quarter, terms: &Terms) -> Result<BTreeMap<i64, Findings>, Turn> {
    let (mut all, mut after) = (BTreeMap::new(), 0);
    while let Some(batch) = gather::batch(conn, actor, after, quarter, terms)? {
        let findings = batch.providers.iter().map(|(id, facts)| (*id, judge(facts)));
        all.extend(findings.filter(|(_, findings)| !findings.are_empty()));
        after = batch.last;
    }
    Ok(all)
}

impl Changed {
    fn status(&self, lang: Lang, finding: &Finding) -> Status {
        Status::new(tone(finding.verdict), word(lang, finding.verdict)).proposed()
    }

    fn count(&self, lang: Lang, finding: &Finding) -> String {
        let count = count(lang, finding.indicator, finding.numerator, finding.denominator);
        match lang.share(finding.numerator, finding.denominator, finding.target_pct) {
            Some(share) => format!("{share}, {count}"),
            None => count,
        }
    }
}

impl WhatIfPage {
    fn title(&self) -> String {
        fl!(self.frame.t(), "quarters-what-if-title")
    }

    fn path(&self, one: &Changed) -> String {
        one.provider.indicator_path(self.quarter, one.now.indicator)
    }

    fn entries(&self) -> Vec<Entry> {
        let lang = self.frame.lang;
        let t = lang.texts();
        let quarter = |one: &Quarter| Choice::new(&one.path(), lang.quarter_first(*one), *one == self.quarter);
        let quarters = EntryKind::Select(self.quarters.iter().map(quarter).collect());
        let setting = |(name, value): &(String, Value)| {
            let (what, now) = (setting_words(lang, name), setting_value_words(lang, value));
            Choice::new(name, fl!(t, "quarters-setting-now", what = what, now = now), *name == self.setting)
        };
        let settings = EntryKind::Select(self.settings.iter().map(setting).collect());
        let value = Entry::line(lang, "waarde", fl!(t, "quarters-value"), &self.typed);
        let entries = vec![
            Entry::new(lang, "kwartaal", fl!(t, "desk-quarter"), quarters),
            Entry::new(lang, "instelling", fl!(t, "quarters-setting"), settings),
            value.hint(fl!(t, "quarters-value-hint")),
        ];
        entries.into_iter().map(|entry| entry.told(&self.errors)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_tried_as_it_would_be_typed_and_nonsense_is_refused() {
        let now = Settings::default();
        let with = |name: &str, typed: &str| changed(&now, name, typed);
        assert_eq!(with("targets.6", "75%").unwrap().targets.of(6), Some(75));
        assert_eq!(with("targets.6", "").unwrap().targets.of(6), None, "nothing typed is no target");
        assert_eq!(with("k1.days", " 28 ").unwrap().k1_days, 28);
        for (name, typed) in [("targets.6", "101"), ("targets.11", "50"), ("k1.days", ""), ("k1.days", "drie")] {
            assert_eq!(with(name, typed), None, "{name} = {typed:?}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_offered() {
        let names: Vec<String> = numbers_of(&Settings::default()).into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"targets.9".to_owned()) && names.contains(&"attention.points".to_owned()));
        assert!(!names.iter().any(|name| ["definitions", "k5.include", "k1.boundary"].contains(&name.as_str())));
    }
}
