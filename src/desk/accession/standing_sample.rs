//! The page of who stands where with invented contents: who works, who signed, whose agreement ended.

use super::Waits;
use super::sample::{accession, day, offer, party, provider, text};
use super::standing::{OfText, StandingPage};
use crate::agreement::life::LifeState;
use crate::agreement::offer::standing::{Ended, Signed, Standing};
use crate::agreement::offer::{PartyKind, PartyState};
use crate::agreement::text::{AgreementText, TextKind};
use crate::page::sample::{Sample, manager};
use crate::text::{Bilingual, Lang};

pub fn samples(lang: Lang) -> Vec<Sample> {
    let today = day("2026-11-23");
    let frame = |here: &str| manager(lang, here);
    let standings = vec![
        standing(1, "De Brug", Some(4), Some(PartyState::Signed)),
        standing(2, "Stap Vooruit", Some(3), Some(PartyState::Offered)),
        standing(3, "Stichting Werkpad Noord", None, Some(PartyState::SignedByProvider)),
        standing(4, "Zonder aanbod", None, None),
        Standing {
            ended: Some(Ended { number: "2025-009".into(), state: LifeState::Dissolved, on: day("2026-10-31") }),
            ..standing(5, "Uit Elkaar", None, None)
        },
    ];
    let dialogue = AgreementText {
        kind: TextKind::Dialogue,
        code: "dialoog".into(),
        title: Bilingual { nl: "Intentieverklaring dialoog".into(), en: "Statement of intent".into() },
        ..text()
    };
    let both = Standing {
        signed: Some(Signed { version: 1, on: day("2026-09-14") }),
        ..standing(1, "De Brug", None, Some(PartyState::Signed))
    };
    vec![
        Sample::of(
            "standing",
            &StandingPage {
                frame: frame("/toetreding"),
                today,
                texts: vec![
                    OfText { text: text(), offerable: vec![5, 4], standings },
                    OfText { text: AgreementText { id: 2, ..dialogue }, offerable: vec![1], standings: vec![both] },
                ],
                waits: Waits { to_sign: 1, files: vec![7] },
            },
        ),
        Sample::of(
            "standing-none",
            &StandingPage { frame: frame("/toetreding"), today, texts: vec![], waits: Waits::default() },
        ),
    ]
}

fn standing(id: i64, name: &str, runs: Option<i32>, state: Option<PartyState>) -> Standing {
    let open = state.map(|state| (offer(), party(id, PartyKind::Change, state)));
    Standing {
        provider: provider(id, name),
        admitted: true,
        accessions: runs.map(|version| accession(version, "2026-01-01", None)).into_iter().collect(),
        signed: None,
        ended: None,
        open: open.clone().filter(|(_, party)| party.state.is_open()),
        newest: open,
    }
}
