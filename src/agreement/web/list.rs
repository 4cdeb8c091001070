//! The texts of the municipality (overeenkomsten), per procedure, an annex under the text it belongs to; and the form to make
//! one. Wmo and Jeugd are texts like any other.

use askama::Template;
use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::list_handlers::NewForm;
use super::reading::{Door, domain};
use super::status;
use crate::agreement::text::store::holding_on;
use crate::agreement::text::{AgreementText, PrivacyRole, TextKind, TextState, TextVersion};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, Status};
use crate::procedure::Domain;
use crate::procedure::admission::Procedure;
use crate::text::Lang;

/// A text with the versions that the reader may see.
pub type Listed = (AgreementText, Vec<TextVersion>);

/// GET `/overeenkomsten` and `/mijn/overeenkomst`
#[derive(Template)]
#[template(path = "agreement/list.html")]
pub struct ListPage {
    pub frame: Frame,
    pub door: Door,
    pub today: NaiveDate,
    /// Each procedure with its texts, and of each text the versions, the newest first.
    pub groups: Vec<(String, Vec<Listed>)>,
    /// The reader makes texts.
    pub writes: bool,
}

/// A line of the list.
pub struct Line {
    title: String,
    href: String,
    kind: String,
    is_annex: bool,
    /// The version that holds today.
    holds: Option<i32>,
    /// The newest version with its state, and where it is read.
    newest: Option<(i32, Status, String)>,
    respond: Option<String>,
}

impl ListPage {
    fn is_of_office(&self) -> bool {
        self.door == Door::Office
    }

    fn is_empty(&self) -> bool {
        self.groups.iter().all(|(_, texts)| texts.is_empty())
    }

    fn lines(&self, texts: &[(AgreementText, Vec<TextVersion>)]) -> Vec<Line> {
        texts.iter().map(|(text, versions)| self.line(text, versions)).collect()
    }

    fn line(&self, text: &AgreementText, versions: &[TextVersion]) -> Line {
        let lang = self.frame.lang;
        let newest = versions.first();
        let asked = newest.filter(|one| one.state == TextState::Consultation).and_then(|one| one.consulted.as_ref());
        let kind = match text.privacy_role {
            Some(role) => format!("{}: {}", text.kind.in_words(lang), role.in_words(lang).to_lowercase()),
            None => format!("{}, {}", text.kind.in_words(lang), domain(lang, text.domain)),
        };
        Line {
            title: text.title.in_lang(lang).to_owned(),
            href: self.door.text(&text.code),
            kind,
            is_annex: text.annex_to.is_some(),
            holds: holding_on(versions, self.today).map(|one| one.number),
            newest: newest.map(|one| {
                // What lies before the table is read as what it changes.
                let changes = one.number > 1 && one.state == TextState::Consultation;
                let href = match changes {
                    true => self.door.changes(&text.code, one.number),
                    false => self.door.version(&text.code, one.number),
                };
                (one.number, status(lang, one.state), href)
            }),
            respond: asked.map(|asked| {
                fl!(lang.texts(), "agreement-page-respond-until", day = lang.day_in_table(asked.respond.due))
            }),
        }
    }
}

/// GET and POST `/overeenkomsten/nieuw`
#[derive(Template)]
#[template(path = "agreement/new.html")]
pub struct NewPage {
    pub frame: Frame,
    pub procedures: Vec<Procedure>,
    /// What a text can be an annex to.
    pub wholes: Vec<AgreementText>,
    pub form: NewForm,
    pub errors: FormErrors,
}

impl NewPage {
    fn entries(&self) -> Vec<Entry> {
        let (t, lang, form) = (self.frame.t(), self.frame.lang, &self.form);
        let choice = |value: &str, label: String, typed: &str| Choice::new(value, label, value == typed);
        let procedures = self
            .procedures
            .iter()
            .map(|one| choice(&one.details.code, one.details.name.in_lang(lang).to_owned(), &form.procedure));
        let kinds = TextKind::ALL.iter().map(|one| choice(one.as_str(), one.in_words(lang), &form.soort));
        let domains = Domain::ALL.iter().map(|one| choice(one.as_str(), domain(lang, *one), &form.domein));
        let none = std::iter::once(choice("", fl!(t, "agreement-page-new-no-whole"), &form.bijlage));
        let wholes = self.wholes.iter().map(|one| choice(&one.code, one.title.in_lang(lang).to_owned(), &form.bijlage));
        let no_role = std::iter::once(choice("", fl!(t, "agreement-page-new-no-role"), &form.rol));
        let roles = PrivacyRole::ALL.iter().map(|one| choice(one.as_str(), one.in_words(lang), &form.rol));
        let select = |id: &str, label: String, choices: Vec<Choice>| {
            Entry::new(lang, id, label, EntryKind::Select(choices)).told(&self.errors)
        };
        vec![
            Entry::line(lang, "titel", fl!(t, "agreement-page-new-title"), &form.titel)
                .hint(fl!(t, "agreement-page-new-title-hint"))
                .of(Lang::Nl)
                .told(&self.errors),
            Entry::line(lang, "titel_en", fl!(t, "agreement-page-new-title-en"), &form.titel_en)
                .of(Lang::En)
                .told(&self.errors),
            select("procedure", fl!(t, "agreement-page-procedure"), procedures.collect()),
            select("soort", fl!(t, "agreement-page-kind"), kinds.collect()),
            select("domein", fl!(t, "agreement-page-domain"), domains.collect()),
            select("bijlage", fl!(t, "agreement-page-annex-to"), none.chain(wholes).collect()),
            select("rol", fl!(t, "agreement-page-role"), no_role.chain(roles).collect())
                .hint(fl!(t, "agreement-page-new-role-hint")),
        ]
    }
}
