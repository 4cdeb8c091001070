//! The pages of the criteria (eisen): the set of a day with what is coming, one criterion to write a new version of, and
//! what that version would do before it is published.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::criterion_form::{CriterionForm, RuleChoice};
use super::criterion_words::{Change, checker, domain, kind};
use super::tabs::{AdminTabs, Place};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{Day, FormErrors, Frame, Status, Tone};
use crate::procedure::Domain;
use crate::procedure::criterion::{AskMoment, Checker, Criterion, EvidenceKind, Source, ValidityRule};
use crate::text::Lang;

/// GET `/beheer/eisen`: the criteria that hold on a day, and the versions that come after it.
#[derive(Template)]
#[template(path = "admin/criteria.html")]
pub struct CriteriaPage {
    pub frame: Frame,
    /// The day of the list.
    pub on: NaiveDate,
    /// The day as it was typed.
    pub typed: String,
    pub errors: FormErrors,
    pub rows: Vec<Criterion>,
    pub coming: Vec<Criterion>,
    /// The code of what was just published.
    pub published: Option<String>,
    /// Tied to products that the catalogue does not know: the code of the criterion and those products.
    pub tied_to_nothing: Vec<(String, String)>,
}

impl CriteriaPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Criteria }
    }

    fn day_entry(&self) -> Entry {
        let label = fl!(self.frame.t(), "admin-criteria-on");
        Entry::day(self.frame.lang, "op", label, &self.typed).told(&self.errors)
    }

    /// How many of the list are asked at all.
    fn asked(&self) -> usize {
        self.rows.iter().filter(|one| one.active).count()
    }

    fn title<'a>(&self, row: &'a Criterion) -> &'a str {
        row.name.in_lang(self.frame.lang)
    }

    fn moment(&self, row: &Criterion) -> String {
        row.ask.in_words(self.frame.lang)
    }

    fn first_day(&self, row: &Criterion) -> Day {
        self.frame.table_day(&row.valid.from())
    }

    fn state(&self, row: &Criterion) -> Status {
        match row.active {
            true => Status::new(Tone::Ok, fl!(self.frame.t(), "admin-criterion-asked")).plain(),
            false => Status::new(Tone::Idle, fl!(self.frame.t(), "admin-criterion-not-asked")).plain(),
        }
    }
}

/// GET and POST `/beheer/eisen/{code}`: one criterion and the form of its next version.
#[derive(Template)]
#[template(path = "admin/criterion.html")]
pub struct CriterionPage {
    pub frame: Frame,
    /// `M13`, or `nieuw`.
    pub code: String,
    /// None for one that is new.
    pub current: Option<Criterion>,
    pub form: CriterionForm,
    pub errors: FormErrors,
    /// The newest first: from when, and until when where that is known.
    pub versions: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// The first day that is free for a new version.
    pub earliest: NaiveDate,
    /// The codes of the catalogue.
    pub products: Vec<String>,
}

impl CriterionPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Criteria }
    }

    fn heading(&self) -> String {
        match &self.current {
            Some(known) => format!("{} {}", known.code, known.name.in_lang(self.frame.lang)),
            None => fl!(self.frame.t(), "admin-criterion-new"),
        }
    }

    /// The fields in groups, each under its heading.
    fn groups(&self) -> Vec<(String, Vec<Entry>)> {
        let (lang, form) = (self.frame.lang, &self.form);
        let t = lang.texts();
        let line = |id: &str, label: String, value: &str, of: Lang| Entry::line(lang, id, label, value).of(of);
        let area = |id: &str, label: String, value: &str, of: Lang| Entry::area(lang, id, label, value).of(of);
        let tick = |id: &str, label: String, value: &str| Entry::tick(lang, id, label, value == "ja");
        let (nl, en) = (Lang::Nl, Lang::En);
        let when = Entry::day(lang, "ingang", fl!(t, "admin-criterion-first-day"), &form.ingang).hint(fl!(
            t,
            "admin-criterion-first-day-hint",
            day = lang.day(self.earliest)
        ));
        let mut groups = vec![
            (
                fl!(t, "admin-criterion-group-when"),
                vec![when, tick("actief", fl!(t, "admin-criterion-active"), &form.actief)],
            ),
            (
                fl!(t, "admin-criterion-group-what"),
                vec![
                    line("naam_nl", fl!(t, "admin-criterion-name-nl"), &form.naam_nl, nl),
                    line("naam_en", fl!(t, "admin-criterion-name-en"), &form.naam_en, en),
                    area("tekst_nl", fl!(t, "admin-criterion-text-nl"), &form.tekst_nl, nl).at_most(2000),
                    area("tekst_en", fl!(t, "admin-criterion-text-en"), &form.tekst_en, en).at_most(2000),
                ],
            ),
            (
                fl!(t, "admin-criterion-group-why"),
                vec![
                    select(lang, "herkomst", fl!(t, "admin-criterion-source"), &form.herkomst, Source::ALL, |one| {
                        one.in_words(lang)
                    }),
                    area("waarom_nl", fl!(t, "admin-criterion-why-nl"), &form.waarom_nl, nl)
                        .hint(fl!(t, "admin-criterion-why-hint"))
                        .at_most(1000),
                    area("waarom_en", fl!(t, "admin-criterion-why-en"), &form.waarom_en, en).at_most(1000),
                ],
            ),
            (
                fl!(t, "admin-criterion-group-evidence"),
                vec![
                    radio(lang, "moment", fl!(t, "admin-criterion-ask"), &form.moment, AskMoment::ALL, |one| {
                        one.in_words(lang)
                    }),
                    select(lang, "vorm", fl!(t, "admin-criterion-kind"), &form.vorm, EvidenceKind::ALL, |one| {
                        kind(lang, one)
                    }),
                    area("bewijs_nl", fl!(t, "admin-criterion-evidence-nl"), &form.bewijs_nl, nl).at_most(500),
                    area("bewijs_en", fl!(t, "admin-criterion-evidence-en"), &form.bewijs_en, en).at_most(500),
                    tick("gelijkwaardig", fl!(t, "admin-criterion-equivalent"), &form.gelijkwaardig),
                ],
            ),
            (
                fl!(t, "admin-criterion-group-valid"),
                vec![
                    select(lang, "regel", fl!(t, "admin-criterion-valid"), &form.regel, RuleChoice::ALL, |one| {
                        one.in_words(lang)
                    }),
                    line("maanden", fl!(t, "admin-criterion-months"), &form.maanden, lang)
                        .hint(fl!(t, "admin-criterion-months-hint")),
                    line("zonder_datum", fl!(t, "admin-criterion-months-without"), &form.zonder_datum, lang)
                        .hint(fl!(t, "admin-criterion-months-without-hint")),
                ],
            ),
            (
                fl!(t, "admin-criterion-group-judged"),
                vec![
                    select(lang, "controle", fl!(t, "admin-criterion-checker"), &form.controle, Checker::ALL, |one| {
                        checker(lang, one)
                    }),
                    tick("knockout", fl!(t, "admin-criterion-knock-out"), &form.knockout),
                    tick("herstelbaar", fl!(t, "admin-criterion-repairable"), &form.herstelbaar),
                ],
            ),
            (
                fl!(t, "admin-criterion-group-insured"),
                vec![
                    line("dekking_klein_keer", fl!(t, "admin-criterion-micro-event"), &form.dekking_klein_keer, lang)
                        .hint(fl!(t, "admin-criterion-insured-hint")),
                    line("dekking_klein_jaar", fl!(t, "admin-criterion-micro-year"), &form.dekking_klein_jaar, lang),
                    line("dekking_ander_keer", fl!(t, "admin-criterion-other-event"), &form.dekking_ander_keer, lang),
                    line("dekking_ander_jaar", fl!(t, "admin-criterion-other-year"), &form.dekking_ander_jaar, lang),
                ],
            ),
            (
                fl!(t, "admin-criterion-only-products"),
                vec![line("producten", fl!(t, "admin-criterion-products"), &form.producten, lang).hint(fl!(
                    t,
                    "admin-criterion-products-hint",
                    codes = self.products.join(", ")
                ))],
            ),
            (
                fl!(t, "admin-criterion-domains"),
                vec![
                    tick("pw", domain(lang, Domain::Pw), &form.pw),
                    tick("wmo", domain(lang, Domain::Wmo), &form.wmo),
                    tick("jeugd", domain(lang, Domain::Jeugd), &form.jeugd),
                ],
            ),
        ];
        for (_, entries) in &mut groups {
            *entries = std::mem::take(entries)
                .into_iter()
                .map(|entry| Entry { of: entry.of.filter(|of| *of != lang), ..entry.told(&self.errors) })
                .collect();
        }
        groups
    }
}

fn choices<T: Copy + std::fmt::Display>(chosen: &str, all: &[T], in_words: impl Fn(T) -> String) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(&one.to_string(), in_words(*one), one.to_string() == chosen)).collect()
}

fn radio<T: Copy + std::fmt::Display>(
    lang: Lang,
    id: &str,
    label: String,
    chosen: &str,
    all: &[T],
    in_words: impl Fn(T) -> String,
) -> Entry {
    Entry::new(lang, id, label, EntryKind::Radio(choices(chosen, all, in_words)))
}

/// With a first line that chooses nothing, so that nobody sends what he did not look at.
fn select<T: Copy + std::fmt::Display>(
    lang: Lang,
    id: &str,
    label: String,
    chosen: &str,
    all: &[T],
    in_words: impl Fn(T) -> String,
) -> Entry {
    let nothing = Choice::new("", fl!(lang.texts(), "admin-choose-one"), chosen.is_empty());
    let all = std::iter::once(nothing).chain(choices(chosen, all, in_words)).collect();
    Entry::new(lang, id, label, EntryKind::Select(all))
}

impl RuleChoice {
    fn in_words(self, lang: Lang) -> String {
        let t = lang.texts();
        match self {
            RuleChoice::ReceivedWithin => fl!(t, "admin-rule-received-within"),
            RuleChoice::Months => fl!(t, "admin-rule-months"),
            RuleChoice::WholeTerm => ValidityRule::WholeTerm { review_months: None }.in_words(lang),
            RuleChoice::PerApplication => ValidityRule::PerApplication {}.in_words(lang),
            RuleChoice::PerVersion => ValidityRule::PerVersion {}.in_words(lang),
            RuleChoice::UntilItsDate => {
                ValidityRule::UntilItsDate { max_months: None, without_date_months: None }.in_words(lang)
            }
            RuleChoice::Vog => ValidityRule::Vog {}.in_words(lang),
        }
    }
}

/// POST `/beheer/eisen/{code}`, what came of it before it is published: what changes, and for whom it matters.
#[derive(Template)]
#[template(path = "admin/criterion-check.html")]
pub struct CriterionCheckPage {
    pub frame: Frame,
    pub code: String,
    pub new: Criterion,
    pub is_new: bool,
    pub changes: Vec<Change>,
    pub impact: Vec<ImpactRow>,
    /// The form, to be sent once more.
    pub hidden: Vec<(String, String)>,
}

/// What it would be for one admitted provider.
#[derive(Debug, Clone)]
pub struct ImpactRow {
    pub name: String,
    /// Its page.
    pub path: String,
    pub met: bool,
    /// What the days of the evidence say.
    pub why: String,
    /// The evidence that was looked at, with the date on it.
    pub evidence: Option<(String, Option<NaiveDate>)>,
}

impl CriterionCheckPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Criteria }
    }

    fn met(&self) -> usize {
        self.impact.iter().filter(|row| row.met).count()
    }

    fn not_met(&self) -> usize {
        self.impact.len() - self.met()
    }

    fn name(&self) -> &str {
        self.new.name.in_lang(self.frame.lang)
    }

    fn status(&self, row: &ImpactRow) -> Status {
        let t = self.frame.t();
        match row.met {
            true => Status::new(Tone::Ok, fl!(t, "admin-impact-met")).proposed(),
            false => Status::new(Tone::Warn, fl!(t, "admin-impact-not-met")).proposed(),
        }
    }
}
