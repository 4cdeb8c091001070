//! The evidence of the stories (bewijsstukken): small PDF files, each with the name of its owner, printed by our own press
//! and checked as everybody's upload is.

use anyhow::anyhow;
use chrono::{NaiveDate, TimeZone};
use chrono_tz::Europe::Amsterdam;

use super::Story;
use crate::calendar::add_days;
use crate::demo::days::at;
use crate::evidence::check::check;
use crate::evidence::store::NewVersion;
use crate::evidence::{Dates, VersionState};
use crate::files::Files;
use crate::report;
use crate::report::document::{Block, Document, Fact, Identity, Level, Running};
use crate::text::Lang;

/// One kind of paper that every applicant has.
pub struct Paper {
    pub title: &'static str,
    /// The criteria for which it is shown.
    pub codes: &'static [&'static str],
    /// What stands in it.
    words: &'static str,
    /// So many days before it is handed in it was made.
    age: i64,
    /// It ends so many days from today.
    holds: Option<i64>,
}

/// The papers that somebody can hand in.
pub fn all(story: &Story) -> impl Iterator<Item = &'static Paper> {
    PAPERS.iter().chain(story.insured_for.map_or(&[][..], |_| INSURANCES))
}

/// The last day on which this paper holds when it is handed in for the first time.
pub fn first_end(story: &Story, paper: &Paper, today: NaiveDate) -> Option<NaiveDate> {
    let insured = match (paper.codes, story.insured_for) {
        (["M07"], Some((days, _))) | (["M08"], Some((_, days))) => Some(days),
        _ => paper.holds,
    };
    insured.map(|days| add_days(today, days))
}

/// Prints a paper that is handed in on this day, and puts it on the shelf.
pub fn shelve(
    files: &Files,
    owner: &str,
    paper: &Paper,
    handed_in: NaiveDate,
    holds_until: Option<NaiveDate>,
) -> anyhow::Result<NewVersion> {
    let dates = Dates { document: Some(add_days(handed_in, -paper.age)), valid_from: None, valid_until: holds_until };
    let bytes = report::pdf(&document(owner, paper, dates))?;
    let label = format!("{}.pdf", paper.title);
    let checked = check(&label, &bytes).map_err(|refusal| anyhow!("{label} is refused: {refusal:?}"))?;
    Ok(NewVersion {
        file: files.put(&bytes)?,
        label,
        media_type: checked.media_type,
        size: i64::try_from(bytes.len())?,
        pages: checked.pages,
        dates,
        state: VersionState::Received,
        flags: checked.flags,
        submission: None,
    })
}

fn document(owner: &str, paper: &Paper, dates: Dates) -> Document {
    let lang = Lang::Nl;
    let made = at(dates.document.unwrap_or_default(), 9, 0);
    let mut facts = vec![Fact::new("Organisatie", owner)];
    facts.extend(dates.document.map(|day| Fact::new("Datum", lang.day(day))));
    facts.extend(dates.valid_until.map(|day| Fact::new("Geldig tot en met", lang.day(day))));
    Document {
        identity: Identity {
            id: format!("verzonnen-{owner}-{}-{}", paper.title, made.date()),
            author: owner.to_owned(),
            made_on: Amsterdam.from_utc_datetime(&made).fixed_offset(),
        },
        lang,
        title: paper.title.to_owned(),
        header: Running::new(owner, "Verzonnen stuk"),
        footer: Running::new(paper.title, "niemand en niets hierin bestaat"),
        blocks: vec![Block::Heading(Level::H1, paper.title.to_owned()), Block::Facts(facts), Block::text(paper.words)],
    }
}

#[rustfmt::skip]
const PAPERS: &[Paper] = &[
    Paper { title: "Uittreksel Handelsregister", codes: &["M01", "M02"], age: 20, holds: None,
        words: "Ingeschreven in het Handelsregister. De bestuurder mag de organisatie alleen en zelfstandig vertegenwoordigen." },
    Paper { title: "Eigen verklaring (UEA)", codes: &["M03"], age: 3, holds: None,
        words: "Wij verklaren dat er geen reden is om ons uit te sluiten en dat wij aan de eisen voldoen. Getekend door de bestuurder." },
    Paper { title: "Gedragsverklaring aanbesteden", codes: &["M04"], age: 200, holds: None,
        words: "Uit onderzoek blijken geen bezwaren tegen deze organisatie in verband met inschrijving op overheidsopdrachten." },
    Paper { title: "Verklaring betalingsgedrag", codes: &["M06"], age: 30, holds: None,
        words: "Er zijn geen openstaande belastingschulden en premies bekend." },
    Paper { title: "Keurmerk Blik op Werk", codes: &["M09"], age: 90, holds: Some(310),
        words: "Deze organisatie heeft het keurmerk voor de dienst re-integratie." },
    Paper { title: "Klachtenregeling", codes: &["M13"], age: 150, holds: None,
        words: "Een cliënt kan zijn klacht mondeling of schriftelijk melden. Hij krijgt binnen zes weken antwoord. Een onafhankelijk persoon beslist als wij er samen niet uitkomen." },
    Paper { title: "Protocol calamiteiten", codes: &["M17"], age: 150, holds: None,
        words: "Een calamiteit melden wij binnen 24 uur aan de gemeente. De directeur doet onderzoek en schrijft daarover binnen vier weken een verslag." },
    Paper { title: "Lijst van onderaannemers", codes: &["M22"], age: 3, holds: None,
        words: "Wij werken zonder onderaannemers." },
];

/// Asked before the start; who expects to be admitted hands them in at once.
#[rustfmt::skip]
const INSURANCES: &[Paper] = &[
    Paper { title: "Polis bedrijfsaansprakelijkheid", codes: &["M07"], age: 60, holds: None,
        words: "Verzekerd bedrag: 2.500.000 euro per gebeurtenis en 5.000.000 euro per jaar." },
    Paper { title: "Polis beroepsaansprakelijkheid", codes: &["M08"], age: 60, holds: None,
        words: "Verzekerd bedrag: 2.500.000 euro per gebeurtenis en 5.000.000 euro per jaar." },
];
