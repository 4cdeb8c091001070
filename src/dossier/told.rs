//! What an applicant told of itself (gegevens van de aanvraag): the steps of the form in words, as they were handed in,
//! with what a supplement changed. The municipality, the report on the dossier and the receipt say it alike.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use i18n_embed_fl::fl;

use super::drafting::form;
use super::form::{Address, Authority, Declaration, Filled, FirmSize, Form, Step};
use super::{Application, receipt};
use crate::actor::Actor;
use crate::calendar::wall_clock;
use crate::db::Conn;
use crate::procedure::store::{active_scheme, catalogue};
use crate::schema::application_step;
use crate::text::{Bilingual, Lang};

/// The form as it was handed in, the oldest first; more than one when there were supplements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versions(pub Vec<(NaiveDateTime, Form)>);

/// The names of what can be applied for, by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    pub products: Vec<(String, Bilingual)>,
    pub profiles: Vec<(String, Bilingual)>,
}

/// One step in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub step: Step,
    pub facts: Vec<Fact>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    /// Empty where nothing was filled in.
    pub value: String,
    /// What stood there before, and the day on which that was handed in; the oldest first.
    pub before: Vec<(NaiveDate, String)>,
}

impl Told {
    /// The words of the form speak to the applicant; here somebody else reads.
    pub fn title(&self, lang: Lang) -> String {
        match self.step {
            Step::Organisation => fl!(lang.texts(), "told-organisation"),
            Step::Offer => fl!(lang.texts(), "told-offer"),
            step => step.in_words(lang),
        }
    }
}

impl Versions {
    /// As it is now.
    pub fn newest(&self) -> Form {
        self.0.last().map(|(_, form)| form.clone()).unwrap_or_default()
    }

    /// The words to the exclusion ground that the applicant tells of; none when it declares that there is none.
    pub fn exclusion_ground(&self) -> Option<String> {
        match self.newest().steps.get(&Step::Declaration) {
            Some(Filled::Declaration(one)) if !one.no_exclusion_ground => Some(one.explanation.clone()),
            _ => None,
        }
    }

    /// Every step but the statements, which stand at their criteria.
    pub fn in_words(&self, lang: Lang, names: &Names) -> Vec<Told> {
        let newest = self.newest();
        let earlier = self.0.split_last().map_or(&[][..], |(_, earlier)| earlier);
        let steps = Step::ALL.iter().filter(|step| **step != Step::Statements);
        let told = steps.map(|step| {
            let mut facts = facts(lang, newest.steps.get(step), names);
            for (at, form) in earlier {
                changed(&mut facts, self::facts(lang, form.steps.get(step), names), wall_clock(*at).date());
            }
            Told { step: *step, facts }
        });
        told.collect()
    }
}

/// Lays what was told earlier beside what is told now. What stood there and is gone stays, with nothing as its value.
fn changed(now: &mut Vec<Fact>, then: Vec<Fact>, on: NaiveDate) {
    for old in then {
        match now.iter_mut().find(|fact| fact.name == old.name) {
            Some(fact) => {
                let known = fact.before.last().map_or(&fact.value, |(_, value)| value);
                if *known != old.value && fact.value != old.value {
                    fact.before.push((on, old.value));
                }
            }
            None => now.push(Fact { name: old.name, value: String::new(), before: vec![(on, old.value)] }),
        }
    }
}

/// What was handed in; of what was not handed in yet, as paper that is being entered, what stands there now.
pub fn versions(conn: &mut Conn, actor: &Actor, found: &Application) -> QueryResult<Versions> {
    let mut versions = Vec::new();
    for one in receipt::all(conn, actor, found.id)? {
        versions.push((one.received_at, handed_in(&one.body)?));
    }
    if versions.is_empty() {
        versions.push((found.changed_at, form(conn, actor, found.id)?));
    }
    Ok(Versions(versions))
}

/// The form as a receipt has it.
pub fn handed_in(body: &str) -> QueryResult<Form> {
    let broken = |fault: serde_json::Error| QueryError::DeserializationError(fault.into());
    let body: serde_json::Value = serde_json::from_str(body).map_err(broken)?;
    let mut form = Form::default();
    for (name, value) in body.get("steps").and_then(serde_json::Value::as_object).into_iter().flatten() {
        if let Ok(step) = name.parse::<Step>() {
            form.steps.insert(step, Filled::from_json(step, &value.to_string()).map_err(broken)?);
        }
    }
    Ok(form)
}

/// The names of everything that can be applied for.
pub fn names(conn: &mut Conn, actor: &Actor, today: NaiveDate) -> QueryResult<Names> {
    let products = catalogue(conn, actor)?.into_iter().map(|one| (one.code, one.name));
    let scheme = active_scheme(conn, actor, today)?;
    let profiles = scheme.iter().flat_map(|scheme| scheme.selectable());
    Ok(Names {
        products: products.collect(),
        profiles: profiles.map(|one| (one.code.clone(), one.name.clone())).collect(),
    })
}

/// Which of these applications tell of a reason to exclude them. One query.
pub fn with_exclusion_ground(conn: &mut Conn, actor: &Actor, applications: &[i64]) -> QueryResult<HashSet<i64>> {
    let rows: Vec<(i64, String)> = application_step::table
        .filter(application_step::municipality_id.eq(actor.tenant()))
        .filter(application_step::application_id.eq_any(applications.to_vec()))
        .filter(application_step::step.eq(Step::Declaration))
        .select((application_step::application_id, application_step::body))
        .load(conn)?;
    let tells = |body: &str| {
        serde_json::from_str::<Declaration>(body).is_ok_and(|declaration| !declaration.no_exclusion_ground)
    };
    Ok(rows.into_iter().filter(|(_, body)| tells(body)).map(|(id, _)| id).collect())
}

/// One step as facts; a step that was never filled in has none.
pub fn facts(lang: Lang, filled: Option<&Filled>, names: &Names) -> Vec<Fact> {
    let t = lang.texts();
    let fact = |name: String, value: &str| Fact { name, value: value.trim().to_owned(), before: Vec::new() };
    let yes_or_no = |yes: bool| if yes { fl!(t, "told-yes") } else { fl!(t, "told-no") };
    match filled {
        None | Some(Filled::Statements(_)) => Vec::new(),
        Some(Filled::Organisation(one)) => vec![
            fact(fl!(t, "mine-field-organisation"), &one.name),
            fact(fl!(t, "mine-field-legal-form"), &one.legal_form),
            fact(fl!(t, "told-establishment"), &one.establishment),
            fact(fl!(t, "told-address"), &address(&one.address)),
            fact(fl!(t, "told-website"), &one.website),
            fact(
                fl!(t, "told-size"),
                &match one.size {
                    Some(FirmSize::Micro) => fl!(t, "mine-size-micro"),
                    Some(FirmSize::Other) => fl!(t, "mine-size-other"),
                    None => String::new(),
                },
            ),
        ],
        Some(Filled::Contact(one)) => vec![
            fact(fl!(t, "mine-field-name"), &one.name),
            fact(fl!(t, "mine-field-function"), &one.function),
            fact(fl!(t, "mine-field-phone"), &one.phone),
            fact(fl!(t, "mine-field-email"), &one.email),
        ],
        Some(Filled::Locations(one)) => {
            let location = |(number, one): (usize, &super::form::Location)| {
                let reach = match one.accessible {
                    true => fl!(t, "told-accessible"),
                    false => fl!(t, "told-not-accessible"),
                };
                let lines = [one.name.trim().to_owned(), address(&one.address), reach];
                let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
                fact(fl!(t, "mine-location", number = number), &lines.join("\n"))
            };
            (1..).zip(&one.locations).map(location).collect()
        }
        Some(Filled::Offer(one)) => vec![
            fact(fl!(t, "told-products"), &named(lang, &one.products, &names.products)),
            fact(fl!(t, "told-profiles"), &named(lang, &one.profiles, &names.profiles)),
            fact(fl!(t, "told-subcontractors"), &yes_or_no(one.subcontractors)),
        ],
        Some(Filled::Signatory(one)) => vec![
            fact(fl!(t, "mine-field-name"), &one.name),
            fact(fl!(t, "mine-field-function"), &one.function),
            fact(fl!(t, "mine-field-email"), &one.email),
            fact(
                fl!(t, "told-authority"),
                &match one.authority {
                    Some(Authority::Register) => fl!(t, "mine-authority-register"),
                    Some(Authority::PowerOfAttorney) => fl!(t, "mine-authority-power"),
                    None => String::new(),
                },
            ),
        ],
        Some(Filled::Declaration(one)) => vec![
            fact(fl!(t, "mine-declare-no-ground"), &yes_or_no(one.no_exclusion_ground)),
            fact(fl!(t, "mine-declare-explanation"), &one.explanation),
            fact(fl!(t, "mine-declare-suitable"), &yes_or_no(one.suitable)),
            fact(fl!(t, "mine-declare-true"), &yes_or_no(one.complete_and_true)),
        ],
    }
}

fn address(one: &Address) -> String {
    let place = format!("{} {}", one.postcode.trim(), one.place.trim());
    let parts = [one.street.trim(), place.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Codes by their names, one a line; a code that is not known any more stands as it is.
fn named(lang: Lang, codes: &[String], names: &[(String, Bilingual)]) -> String {
    let name = |code: &String| match names.iter().find(|(known, _)| known == code) {
        Some((_, name)) => name.in_lang(lang).to_owned(),
        None => code.clone(),
    };
    codes.iter().map(name).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::form::{Contact, Location, Locations};
    use super::*;

    fn form(phone: &str, explanation: &str, locations: usize) -> Form {
        let contact = Contact { name: "Sanne Bakker".into(), phone: phone.into(), ..Contact::default() };
        let declaration = Declaration {
            no_exclusion_ground: explanation.is_empty(),
            explanation: explanation.into(),
            suitable: true,
            complete_and_true: true,
        };
        let place = Location { name: "Hoofdlocatie".into(), ..Location::default() };
        let filled = [
            Filled::Contact(contact),
            Filled::Declaration(declaration),
            Filled::Locations(Locations { locations: vec![place; locations] }),
        ];
        Form { steps: filled.into_iter().map(|one| (one.step(), one)).collect() }
    }

    #[test]
    fn what_a_supplement_changed_keeps_what_stood_there_before() {
        let at = |written: &str| written.parse::<NaiveDateTime>().unwrap();
        let versions = Versions(vec![
            (at("2026-11-17T09:00:00"), form("0500 000 001", "Een boete in 2024.", 2)),
            (at("2026-11-20T09:00:00"), form("0500 000 002", "Een boete in 2024.", 1)),
        ]);
        assert_eq!(versions.exclusion_ground().as_deref(), Some("Een boete in 2024."));
        let told = versions.in_words(Lang::Nl, &Names::default());
        assert_eq!(told.len(), 6, "six steps");
        let find = |step: Step, name: &str| {
            let told = told.iter().find(|one| one.step == step).unwrap();
            told.facts.iter().find(|fact| fact.name == name).cloned().unwrap()
        };
        let phone = find(Step::Contact, "Telefoonnummer");
        assert_eq!(phone.value, "0500 000 002");
        let on: NaiveDate = "2026-11-17".parse().unwrap();
        assert_eq!(phone.before, [(on, "0500 000 001".to_owned())]);
        assert!(find(Step::Declaration, "Toelichting").before.is_empty(), "what stayed the same has no history");
        let gone = find(Step::Locations, "Locatie 2");
        assert_eq!((gone.value.as_str(), gone.before.len()), ("", 1), "what is gone is still told");
    }

    #[test]
    fn who_declares_that_there_is_no_ground_tells_of_none() {
        let versions = Versions(vec![(NaiveDateTime::default(), form("", "", 1))]);
        assert_eq!(versions.exclusion_ground(), None);
        assert_eq!(Versions::default().exclusion_ground(), None);
    }
}
