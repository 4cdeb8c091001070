//! The tabs over the pages of the administrator (beheer): what there is to look after, on every page in the same order.

use askama::Template;
use askama::filters::HtmlSafe;
use i18n_embed_fl::fl;

use crate::text::Lang;

/// What a page of the administrator is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Criteria,
    Products,
    Procedures,
    Outages,
    Mail,
}

/// Draws itself: `{{ self.tabs() }}` in a template.
#[derive(Template)]
#[template(path = "admin/tabs.html")]
pub struct AdminTabs {
    pub lang: Lang,
    pub current: Place,
}

impl HtmlSafe for AdminTabs {}

impl AdminTabs {
    /// Where each leads, what it is called, and whether this page is under it.
    fn all(&self) -> [(&'static str, String, bool); 5] {
        let t = self.lang.texts();
        [
            ("/beheer/eisen", fl!(t, "admin-tab-criteria"), self.current == Place::Criteria),
            ("/beheer/producten", fl!(t, "catalogue-tab"), self.current == Place::Products),
            ("/beheer/procedures", fl!(t, "admin-tab-procedures"), self.current == Place::Procedures),
            ("/beheer/storingen", fl!(t, "admin-tab-outages"), self.current == Place::Outages),
            ("/beheer/mail", fl!(t, "admin-mail"), self.current == Place::Mail),
        ]
    }

    fn label(&self) -> String {
        fl!(self.lang.texts(), "admin-tabs")
    }
}
