//! What an applicant filled in, with invented contents.

use super::FilledPage;
use crate::desk::bench::sample::{at, below, day};
use crate::dossier::Step;
use crate::dossier::form::{Contact, Declaration, Filled, Form};
use crate::dossier::told::{Names, Versions};
use crate::text::Lang;

pub fn filled(lang: Lang) -> FilledPage {
    let contact = |phone: &str| Filled::Contact(Contact { phone: phone.into(), ..Contact::default() });
    let declaration = Filled::Declaration(Declaration { explanation: "Een <boete>.".into(), ..Declaration::default() });
    let form = |phone: &str| Form {
        steps: [(Step::Contact, contact(phone)), (Step::Declaration, declaration.clone())].into(),
    };
    let versions = Versions(vec![
        (at("2026-11-17T09:00:00"), form("0500 000 001")),
        (at("2026-11-20T09:00:00"), form("0500 000 002")),
    ]);
    FilledPage {
        frame: below(lang, "/aanmeldingen/2026-0014/gegevens"),
        number: "2026-0014".into(),
        provider: "Stichting Werkpad Noord".into(),
        handed_in_on: day("2026-11-20"),
        exclusion: versions.exclusion_ground(),
        steps: versions.in_words(lang, &Names::default()),
    }
}
