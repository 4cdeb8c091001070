//! The page (pagina) around every screen: layout, menu, crumbs, language, headers and assets. It knows no chapter;
//! a chapter's page holds a [`Frame`] and extends `templates/layout.html`.

pub mod assets;
pub mod chart;
pub mod correction;
pub mod entry;
pub mod headers;
pub mod part;
pub mod provider_link;
pub mod sample;
pub mod trouble;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ContentType, HeaderValue};
use askama::Template;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;

use crate::quarter::Quarter;
use crate::text::Lang;
pub use entry::{Choice, Entry, EntryKind};
pub use part::{Day, Event, Field, FormErrors, Icon, Moment, Paging, Side, Status, Tone};
pub use provider_link::{ProviderLink, QuarterNav, Tab, Tabs};

/// What every page shows around its own contents.
#[derive(Debug, Clone)]
pub struct Frame {
    pub lang: Lang,
    /// The name of the municipality without the word: `Noordermeer`. Empty before anything is known of the visitor.
    pub municipality: String,
    pub user: Option<SignedIn>,
    pub menu: Vec<MenuItem>,
    /// The way to this page, without the page itself.
    pub crumbs: Vec<Crumb>,
    /// Path and query of this page, for the return after a change of language. For a page that answers a POST: the
    /// page with the form.
    pub here: String,
}

/// Who is signed in, as the top line shows it.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub name: String,
    /// The role in words, with the provider the person works for.
    pub role: String,
    /// Whether he has other roles, here or elsewhere, to switch to.
    pub switches: bool,
}

#[derive(Debug, Clone)]
pub struct MenuItem {
    pub text: String,
    pub href: String,
    pub current: bool,
}

#[derive(Debug, Clone)]
pub struct Crumb {
    pub text: String,
    pub href: String,
}

/// The items a main menu can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// `/werkvoorraad`, for who reads dossiers.
    Queue,
    /// `/aanbieders`, for the municipality.
    Providers,
    /// `/kwartalen`, for the municipality.
    Quarters,
    /// `/overeenkomsten`, for who reads dossiers; `/mijn/overeenkomst` for a provider.
    Agreements,
    /// `/looptijden`, for who reads dossiers.
    Lives,
    /// `/planning` and `/besluiten`, for who reads dossiers.
    Planning,
    /// `/begroting`, for who sees to the money.
    Budget,
    /// `/beheer/eisen` and what stands beside it, for who looks after the house.
    Admin,
    /// `/mijn`, a provider's overview and its dossier.
    Mine,
    /// `/mijn/berichten`
    Messages,
    /// A provider's own page.
    Organisation,
    /// A provider's statement of the quarter that is open.
    Statement,
    /// The evidence a provider owns.
    Evidence,
    /// `/tafels`, or `/mijn/tafels` of a provider.
    Tables,
    /// The users, for whoever looks after them.
    Users,
    /// `/kosten-controleren`, of a contact person.
    Costs,
    /// `/uitstroom-en-plaatsing`, of a contact person.
    Outcomes,
    /// `/verlengingen`, of a contact person.
    Extensions,
}

impl Frame {
    /// The frame of a visitor who is not signed in.
    pub fn public(lang: Lang, here: impl Into<String>) -> Frame {
        let here = here.into();
        Frame { lang, municipality: String::new(), user: None, menu: Vec::new(), crumbs: Vec::new(), here }
    }

    /// The texts of this page's language: `fl!(self.frame.t(), "key")`.
    pub fn t(&self) -> &'static FluentLanguageLoader {
        self.lang.texts()
    }

    pub fn crumb(mut self, text: impl Into<String>, href: impl Into<String>) -> Frame {
        self.crumbs.push(Crumb { text: text.into(), href: href.into() });
        self
    }

    /// What stands behind the title of every page: `Open House Noordermeer`.
    pub fn site(&self) -> String {
        let product = fl!(self.t(), "product-name");
        match self.municipality.as_str() {
            "" => product,
            name => format!("{product} {name}"),
        }
    }

    /// The language that the switch offers.
    pub fn other(&self) -> Lang {
        match self.lang {
            Lang::Nl => Lang::En,
            Lang::En => Lang::Nl,
        }
    }

    pub fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// The main menu of the municipality's people.
pub fn menu_of_municipality(lang: Lang, current: Option<Section>) -> Vec<MenuItem> {
    vec![
        MenuItem {
            text: fl!(lang.texts(), "page-menu-providers"),
            href: "/aanbieders".into(),
            current: current == Some(Section::Providers),
        },
        MenuItem {
            text: fl!(lang.texts(), "page-menu-quarters"),
            href: "/kwartalen".into(),
            current: current == Some(Section::Quarters),
        },
    ]
}

/// What comes first in the menu of a contact person: what waits for his word.
pub fn menu_of_contact(lang: Lang, current: Option<Section>) -> Vec<MenuItem> {
    let t = lang.texts();
    let item = |text, href: &str, section| MenuItem { text, href: href.into(), current: current == Some(section) };
    vec![
        item(fl!(t, "confirmation-title"), "/kosten-controleren", Section::Costs),
        item(fl!(t, "outcome-title"), "/uitstroom-en-plaatsing", Section::Outcomes),
        item(fl!(t, "extension-title"), "/verlengingen", Section::Extensions),
    ]
}

/// What comes first in the menu of who reads dossiers, with how much waits for the reader himself.
pub fn menu_of_dossiers(lang: Lang, waiting: usize, current: Option<Section>) -> MenuItem {
    let text = match waiting {
        0 => fl!(lang.texts(), "page-menu-queue"),
        count => fl!(lang.texts(), "page-menu-queue-count", count = count),
    };
    MenuItem { text, href: "/werkvoorraad".into(), current: current == Some(Section::Queue) }
}

/// The texts of the agreements, in the menu of who reads dossiers.
pub fn menu_of_agreements(lang: Lang, current: Option<Section>) -> MenuItem {
    MenuItem {
        text: fl!(lang.texts(), "page-menu-agreements"),
        href: "/overeenkomsten".into(),
        current: current == Some(Section::Agreements),
    }
}

/// The consultation tables, for who reads dossiers.
pub fn menu_of_tables(lang: Lang, current: Option<Section>) -> MenuItem {
    MenuItem {
        text: fl!(lang.texts(), "page-menu-tables"),
        href: "/tafels".into(),
        current: current == Some(Section::Tables),
    }
}

/// The terms of all agreements, for who reads dossiers.
pub fn menu_of_lives(lang: Lang, current: Option<Section>) -> MenuItem {
    MenuItem {
        text: fl!(lang.texts(), "page-menu-lives"),
        href: "/looptijden".into(),
        current: current == Some(Section::Lives),
    }
}

/// What is planned in each procedure, in the menu of who reads dossiers.
pub fn menu_of_planning(lang: Lang, current: Option<Section>) -> MenuItem {
    MenuItem {
        text: fl!(lang.texts(), "page-menu-planning"),
        href: "/planning".into(),
        current: current == Some(Section::Planning),
    }
}

/// The municipality's money, in the menu of who pays, manages, decides or audits.
pub fn menu_of_budget(lang: Lang, current: Option<Section>) -> MenuItem {
    MenuItem {
        text: fl!(lang.texts(), "page-menu-budget"),
        href: "/begroting".into(),
        current: current == Some(Section::Budget),
    }
}

/// What the menu of the municipality has besides, for who looks after the house.
pub fn menu_of_admin(lang: Lang, current: Option<Section>) -> MenuItem {
    MenuItem {
        text: fl!(lang.texts(), "page-menu-admin"),
        href: "/beheer/eisen".into(),
        current: current == Some(Section::Admin),
    }
}

/// The main menu of a provider's people; `open` is the quarter they state now, none while there is no agreement to state
/// anything of, and `waiting` counts what waits for the reader himself.
pub fn menu_of_provider(
    lang: Lang,
    provider: &ProviderLink,
    open: Option<Quarter>,
    waiting: usize,
    current: Option<Section>,
) -> Vec<MenuItem> {
    let overview = match waiting {
        0 => fl!(lang.texts(), "page-menu-mine"),
        count => fl!(lang.texts(), "page-menu-mine-count", count = count),
    };
    let mut menu = vec![
        MenuItem { text: overview, href: "/mijn".into(), current: current == Some(Section::Mine) },
        MenuItem {
            text: fl!(lang.texts(), "page-menu-agreement"),
            href: "/mijn/overeenkomst".into(),
            current: current == Some(Section::Agreements),
        },
        MenuItem {
            text: fl!(lang.texts(), "page-menu-messages"),
            href: "/mijn/berichten".into(),
            current: current == Some(Section::Messages),
        },
        MenuItem {
            text: fl!(lang.texts(), "page-menu-organisation"),
            href: provider.path(),
            current: current == Some(Section::Organisation),
        },
    ];
    menu.extend(open.map(|open| MenuItem {
        text: fl!(lang.texts(), "page-menu-statement"),
        href: format!("{}/opgave", provider.quarter_path(open)),
        current: current == Some(Section::Statement),
    }));
    menu.push(MenuItem {
        text: fl!(lang.texts(), "page-menu-evidence"),
        href: format!("{}/bewijsstukken", provider.path()),
        current: current == Some(Section::Evidence),
    });
    menu.push(MenuItem {
        text: fl!(lang.texts(), "page-menu-tables"),
        href: "/mijn/tafels".into(),
        current: current == Some(Section::Tables),
    });
    menu
}

/// Answers a request with a page. Never stored by browser or proxy: nearly every page is private, and the few that
/// are not change with the language cookie.
pub fn answer(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => HttpResponse::build(status)
            .content_type(ContentType::html())
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(html),
        Err(cause) => {
            tracing::error!(%cause, "a page could not be drawn");
            HttpResponse::InternalServerError().content_type(ContentType::plaintext()).body("500")
        }
    }
}

/// The same for the check page before an act, which is the answer to a form: a browser may keep it for who goes back to it,
/// and for nobody else. What it would send once more is refused by the version that stands in it.
pub fn answer_to_check(page: &impl Template) -> HttpResponse {
    let mut answer = answer(StatusCode::OK, page);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    answer
}

/// The same for a page with a script module of our own; it works without it too.
pub fn answer_with_script(status: StatusCode, page: &impl Template) -> HttpResponse {
    let mut answer = answer(status, page);
    let policy = HeaderValue::from_static(headers::WITH_SCRIPT);
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    answer
}

/// Where to go after a change of language: only a path of this site, never another one.
pub fn way_back(typed: &str) -> &str {
    let local = typed.starts_with('/') && !typed[1..].starts_with(['/', '\\']);
    match local && !typed.chars().any(char::is_control) {
        true => typed,
        false => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_on_this_site() {
        assert_eq!(way_back("/aanbieders?q=noord"), "/aanbieders?q=noord");
        for typed in ["", "aanbieders", "//elders.example", "/\\elders.example", "https://elders.example", "/a\r\nb"] {
            assert_eq!(way_back(typed), "/", "{typed:?} was followed");
        }
    }

    #[test]
    fn a_page_is_never_stored() {
        let page = trouble::TroublePage {
            frame: Frame::public(Lang::Nl, "/"),
            trouble: trouble::Trouble::NotFound { search: false },
        };
        let answer = answer(StatusCode::NOT_FOUND, &page);
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert_eq!(answer.headers().get(CACHE_CONTROL).unwrap(), "no-store");
        assert_eq!(answer.headers().get("content-type").unwrap(), "text/html; charset=utf-8");
    }
}
