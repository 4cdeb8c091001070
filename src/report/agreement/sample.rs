//! An invented agreement (verzonnen overeenkomst), for tests, for the bench and to look at. No name in here is anybody's.

use std::collections::HashMap;

use chrono::TimeZone;
use chrono_tz::Europe::Amsterdam;

use super::{Changed, Material};
use crate::agreement::text::{Article, PrivacyRole, Scope, TextKind};
use crate::agreement::web::sample as invented;

codes! {
    /// What a sample shows.
    pub enum Sample {
        Agreement = "deelovereenkomst",
        /// A version that is not established.
        Consultation = "ter-consultatie",
        Dialogue = "intentieverklaring",
        Privacy = "verwerkersafspraken",
        /// Every kind of line that a body can have.
        EveryLine = "elke-regel",
    }
}

impl Sample {
    pub fn material(self) -> Material {
        let (kind, title, code) = match self {
            Sample::Agreement | Sample::Consultation | Sample::EveryLine => {
                (TextKind::Domain, "Deelovereenkomst re-integratie 2027", "re-integratie-2027")
            }
            Sample::Dialogue => (TextKind::Dialogue, "Intentieverklaring dialoog", "dialoog"),
            Sample::Privacy => (TextKind::Privacy, "Verwerkersafspraken", "verwerkersafspraken"),
        };
        let annex = self == Sample::Privacy;
        let text = invented::invented(kind, title, code, annex.then_some(PrivacyRole::Processor));
        let mut articles = invented::articles(&text);
        match self {
            Sample::Consultation => articles = invented::changed(&articles),
            Sample::EveryLine => articles.push(every_line()),
            Sample::Agreement | Sample::Dialogue | Sample::Privacy => {}
        }
        let version = match self {
            Sample::Consultation => invented::before_the_table(&text),
            _ => invented::established(&text, &articles),
        };
        Material {
            municipality: "Noordermeer".to_owned(),
            procedure: "Re-integratie 2027".to_owned(),
            annex_to: annex.then(|| "Deelovereenkomst re-integratie 2027".to_owned()),
            made_on: Amsterdam.from_utc_datetime(&version.changed_at).fixed_offset(),
            page_url: format!(
                "https://openhouse.noordermeer.example/mijn/overeenkomst/{code}/versies/{}",
                version.number
            ),
            text,
            version,
            origins: HashMap::from([(articles.last().map_or(0, |one| one.clause), invented::born())]),
            articles,
        }
    }
}

/// Version 4, before the table, beside version 3.
pub fn changed() -> Changed {
    let before = Sample::Agreement.material();
    Changed { now: Sample::Consultation.material(), before: before.version, before_articles: before.articles }
}

/// A long agreement: the sample so many times over, each time with numbers of its own.
pub fn long(times: usize) -> Material {
    let mut material = Sample::Agreement.material();
    let one = material.articles.clone();
    material.articles = (0..times)
        .flat_map(|round| {
            one.iter().map(move |article| Article {
                clause: article.clause + (round * 1000) as i32,
                number: match article.number.split_once('.') {
                    Some((chapter, rest)) => format!("{}.{rest}", chapter.parse::<usize>().unwrap_or(0) + round * 9),
                    None => (article.number.parse::<usize>().unwrap_or(0) + round * 9).to_string(),
                },
                ..article.clone()
            })
        })
        .collect();
    material
}

const EVERY_LINE: &str = "Gewoon, **vet**, *cursief* en een [link](https://wetten.overheid.nl).\\\nEen nieuwe regel.\n\n\
    1. een\n2. twee, die langer is dan een regel van het papier breed is en dus op de volgende regel verdergaat zonder zijn \
    kantlijn te verlaten:\n   - met een punt;\n   - en nog een punt:\n     1. en daaronder weer een nummer.\n\n     En een \
    tweede alinea.\n3. drie.\n\n- los punt\n\nSlot met ≥ 60% en € 1.234,56.";

fn every_line() -> Article {
    let (number, heading) = ("10".to_owned(), "Elke regel".to_owned());
    Article { clause: 900, number, heading, scope: Scope::All, body: EVERY_LINE.to_owned() }
}
