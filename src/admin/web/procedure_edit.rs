//! Making and announcing a procedure (procedure maken en publiceren): the form of what is told of it, and the page that
//! says what everybody will read before two people put it there.

use askama::Template;
use i18n_embed_fl::fl;

use super::criterion_words::domain;
use super::procedure_form::ProcedureForm;
use super::procedures::status;
use super::tabs::{AdminTabs, Place};
use crate::calendar::wall_clock;
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Moment, Status};
use crate::procedure::Domain;
use crate::procedure::admission::documents::ProcedureDocument;
use crate::procedure::admission::history::Event;
use crate::procedure::admission::{self, Gap, Procedure, ProcedureState, ProcedureVerb, Remedy};
use crate::procedure::terms::Terms;
use crate::text::Lang;

/// GET and POST `/beheer/procedures/nieuw` and `/beheer/procedures/{code}/gegevens`
#[derive(Template)]
#[template(path = "admin/procedure-form.html")]
pub struct ProcedureFormPage {
    pub frame: Frame,
    /// None for one that is new.
    pub known: Option<Procedure>,
    pub form: ProcedureForm,
    pub errors: FormErrors,
}

impl ProcedureFormPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Procedures }
    }

    fn heading(&self) -> String {
        match &self.known {
            Some(known) => {
                fl!(self.frame.t(), "admin-procedure-edit", name = known.details.name.in_lang(self.frame.lang))
            }
            None => fl!(self.frame.t(), "admin-procedure-new"),
        }
    }

    /// Everybody reads it already.
    fn is_public(&self) -> bool {
        self.known.as_ref().is_some_and(Procedure::is_public)
    }

    /// Somebody proposed to publish it: a change takes that back.
    fn is_proposed(&self) -> bool {
        self.known.as_ref().is_some_and(|known| !known.is_public() && known.proposed.is_some())
    }

    fn back(&self) -> String {
        match &self.known {
            Some(known) => format!("/beheer/procedures/{}", known.details.code),
            None => "/beheer/procedures".to_owned(),
        }
    }

    fn path(&self) -> &str {
        &self.frame.here
    }

    /// The fields in groups, each under its heading; what is announced is not asked again.
    fn groups(&self) -> Vec<(String, Vec<Entry>)> {
        let (lang, form, t) = (self.frame.lang, &self.form, self.frame.t());
        let line = |id: &str, label: String, value: &str| Entry::line(lang, id, label, value);
        let radio =
            |id: &str, label: String, choices: Vec<Choice>| Entry::new(lang, id, label, EntryKind::Radio(choices));
        let domains = Domain::ALL
            .iter()
            .map(|one| Choice::new(one.as_str(), domain(lang, *one), form.domein == one.as_str()))
            .collect();
        let entries = admission::Entry::ALL
            .iter()
            .map(|one| Choice::new(one.as_str(), entry_words(lang, *one), form.toetreding == one.as_str()))
            .collect();
        let remedies = Remedy::ALL
            .iter()
            .map(|one| Choice::new(one.as_str(), remedy_words(lang, *one), form.rechtsmiddel == one.as_str()))
            .collect();
        let mut what = vec![
            line("naam_nl", fl!(t, "admin-procedure-name-nl"), &form.naam_nl).of(Lang::Nl),
            line("naam_en", fl!(t, "admin-procedure-name-en"), &form.naam_en).of(Lang::En),
            Entry::area(lang, "inleiding_nl", fl!(t, "admin-procedure-intro-nl"), &form.inleiding_nl).of(Lang::Nl),
            Entry::area(lang, "inleiding_en", fl!(t, "admin-procedure-intro-en"), &form.inleiding_en).of(Lang::En),
        ];
        let mut groups = Vec::new();
        if !self.is_public() {
            let code = line("code", fl!(t, "admin-procedure-code"), &form.code);
            what.push(code.hint(fl!(t, "admin-procedure-code-hint")));
            what.push(radio("domein", fl!(t, "admin-procedure-domain"), domains));
        }
        groups.push((fl!(t, "admin-procedure-group-what"), what));
        if !self.is_public() {
            let when = vec![
                radio("toetreding", fl!(t, "admin-procedure-entry"), entries),
                Entry::day(lang, "opent", fl!(t, "admin-procedure-opens"), &form.opent)
                    .hint(fl!(t, "admin-procedure-opens-hint")),
                Entry::day(lang, "sluit", fl!(t, "admin-procedure-closes"), &form.sluit)
                    .hint(fl!(t, "admin-procedure-closes-hint")),
            ];
            groups.push((fl!(t, "admin-procedure-group-when"), when));
        }
        let remedy = vec![
            radio("rechtsmiddel", fl!(t, "admin-procedure-remedy"), remedies),
            line("rechtbank", fl!(t, "admin-procedure-court"), &form.rechtbank)
                .hint(fl!(t, "admin-procedure-court-hint")),
        ];
        groups.push((fl!(t, "admin-procedure-group-remedy"), remedy));
        let contact = vec![
            line("contact_naam", fl!(t, "admin-procedure-contact-name"), &form.contact_naam),
            line("contact_telefoon", fl!(t, "admin-procedure-contact-phone"), &form.contact_telefoon),
            line("contact_email", fl!(t, "admin-procedure-contact-email"), &form.contact_email),
        ];
        groups.push((fl!(t, "admin-procedure-group-contact"), contact));
        for (_, entries) in &mut groups {
            *entries = std::mem::take(entries)
                .into_iter()
                .map(|entry| Entry { of: entry.of.filter(|of| *of != lang), ..entry.told(&self.errors) })
                .collect();
        }
        groups
    }
}

/// The choice of when an application can come in, as the municipality makes it.
fn entry_words(lang: Lang, entry: admission::Entry) -> String {
    let t = lang.texts();
    match entry {
        admission::Entry::Continuous => fl!(t, "admin-procedure-entry-continuous"),
        admission::Entry::Fixed => fl!(t, "admin-procedure-entry-fixed"),
        admission::Entry::AtStart => fl!(t, "admin-procedure-entry-at-start"),
    }
}

fn remedy_words(lang: Lang, remedy: Remedy) -> String {
    let t = lang.texts();
    match remedy {
        Remedy::Court => fl!(t, "admin-procedure-remedy-court"),
        Remedy::Objection => fl!(t, "admin-procedure-remedy-objection"),
        Remedy::Complaint => fl!(t, "admin-procedure-remedy-complaint"),
    }
}

/// GET and POST `/beheer/procedures/{code}/publiceren`
#[derive(Template)]
#[template(path = "admin/procedure-check.html")]
pub struct ProcedureCheckPage {
    pub frame: Frame,
    pub procedure: Procedure,
    /// What is still missing.
    pub gaps: Vec<Gap>,
    /// How many criteria are asked in its domain.
    pub criteria: usize,
    /// The documents that everybody can read today.
    pub documents: Vec<ProcedureDocument>,
    /// Those that hold today.
    pub terms: Terms,
    /// The newest first.
    pub history: Vec<Event>,
    /// What the reader can do now: propose or publish.
    pub open: Option<ProcedureVerb>,
    /// The reader proposed it himself: somebody else publishes it.
    pub own_proposal: bool,
    /// The reader looks after the house, so that the pages beside this one are his too.
    pub looks_after: bool,
    pub errors: FormErrors,
}

impl ProcedureCheckPage {
    fn tabs(&self) -> AdminTabs {
        AdminTabs { lang: self.frame.lang, current: Place::Procedures }
    }

    fn name(&self) -> &str {
        self.procedure.details.name.in_lang(self.frame.lang)
    }

    fn status(&self) -> Status {
        status(self.frame.lang, self.procedure.state)
    }

    fn path(&self) -> String {
        format!("/beheer/procedures/{}", self.procedure.details.code)
    }

    fn is_draft(&self) -> bool {
        self.procedure.state == ProcedureState::Draft
    }

    fn heading(&self) -> String {
        match self.is_draft() {
            true => fl!(self.frame.t(), "admin-procedure-check", name = self.name()),
            false => self.name().to_owned(),
        }
    }

    fn gap(&self, gap: &Gap) -> String {
        gap.in_words(self.frame.lang)
    }

    fn proposed_by(&self) -> Option<String> {
        let proposal = self.procedure.proposed.as_ref().filter(|_| self.is_draft())?;
        let day = self.frame.lang.day(wall_clock(proposal.at).date());
        Some(fl!(self.frame.t(), "admin-procedure-proposed", name = proposal.by.as_str(), day = day))
    }

    /// What everybody reads: each line with its name, in both languages where it is text.
    fn lines(&self) -> Vec<(String, String)> {
        let (lang, t, details) = (self.frame.lang, self.frame.t(), &self.procedure.details);
        let day = |day: Option<chrono::NaiveDate>, none: String| day.map_or(none, |day| lang.day(day));
        let contact = &details.contact;
        let mut lines = vec![
            (fl!(t, "admin-procedure-name-nl"), details.name.nl.clone()),
            (fl!(t, "admin-procedure-name-en"), details.name.en.clone()),
            (fl!(t, "admin-procedure-intro-nl"), details.intro.nl.clone()),
            (fl!(t, "admin-procedure-intro-en"), details.intro.en.clone()),
            (fl!(t, "admin-procedure-domain"), domain(lang, details.domain)),
            (fl!(t, "admin-procedure-entry"), entry_words(lang, details.entry)),
            (fl!(t, "admin-procedure-opens"), day(details.opens_on, fl!(t, "admin-procedure-at-once"))),
            (fl!(t, "admin-procedure-closes"), day(details.closes_on, fl!(t, "admin-procedure-never"))),
            (fl!(t, "admin-procedure-remedy"), details.remedy.in_words(lang, &details.court)),
            (
                fl!(t, "admin-procedure-group-contact"),
                [&contact.name, &contact.phone, &contact.email].map(String::as_str).join("\n").trim().to_owned(),
            ),
        ];
        let terms = &self.terms;
        lines.extend([
            (fl!(t, "admin-procedure-term-completeness"), terms.completeness.in_words(lang)),
            (fl!(t, "admin-procedure-term-supplement"), terms.supplement.in_words(lang)),
            (fl!(t, "admin-procedure-term-assessment"), terms.assessment.in_words(lang)),
            (fl!(t, "admin-procedure-term-remedy"), details.remedy.term(terms).in_words(lang)),
        ]);
        lines
    }

    fn title<'a>(&self, one: &'a ProcedureDocument) -> &'a str {
        self.frame.lang.pick(&one.title_nl, &one.title_en)
    }

    fn verb(&self, event: &Event) -> String {
        event.verb.in_words(self.frame.lang)
    }

    fn at(&self, event: &Event) -> Moment {
        self.frame.moment(&wall_clock(event.at))
    }

    fn may_propose(&self) -> bool {
        self.open == Some(ProcedureVerb::Propose)
    }

    /// Ending is for who decides, and he has no other page of these.
    fn may_end(&self) -> bool {
        !self.looks_after && self.procedure.state == ProcedureState::Closed
    }

    fn may_publish(&self) -> bool {
        self.open == Some(ProcedureVerb::Publish)
    }
}
