//! An invented certificate (verzonnen bewijs), for tests and to look at. No name in here is anybody's.

use chrono::NaiveDateTime;

use super::{Certificate, Signed};
use crate::account::once::CodeKind;
use crate::agreement::offer::{Side, Signature, SigningWay};
use crate::ids::Sha256Hex;
use crate::text::Bilingual;

pub fn certificate() -> Certificate {
    let both = |nl: &str, en: &str| Bilingual { nl: nl.to_owned(), en: en.to_owned() };
    let digest = Sha256Hex::of(b"re-integratie 2027");
    let signed = |side, name: &str, position: &str, organisation: &str, kvk: &str, at: &str| Signed {
        signature: Signature {
            id: 1,
            party_id: 12,
            side,
            name: name.to_owned(),
            position: position.to_owned(),
            organisation: organisation.to_owned(),
            kvk: kvk.to_owned(),
            account_id: 1,
            at: moment(at),
            digest: digest.clone(),
            way: SigningWay::Portal,
            code: Some(CodeKind::App),
            upload: None,
        },
        line: Sha256Hex::of(name.as_bytes()).to_string(),
        file: None,
    };
    Certificate {
        party: 12,
        number: Some("2026-014".into()),
        municipality: "Noordermeer".into(),
        provider: "Stichting Werkpad Noord".into(),
        kvk: "90001234".into(),
        title: both("Deelovereenkomst re-integratie 2027", "Re-integration agreement 2027"),
        version: 4,
        documents: vec![
            (
                both("Deelovereenkomst re-integratie 2027", "Re-integration agreement 2027"),
                Some(4),
                Sha256Hex::of(b"tekst").to_string(),
            ),
            (both("Programma van eisen", "Requirements"), Some(2), Sha256Hex::of(b"eisen").to_string()),
        ],
        digest: digest.to_string(),
        starts_on: "2027-01-01".parse().expect("a day"),
        signatures: vec![
            signed(
                Side::Provider,
                "Sanne Bakker",
                "directeur",
                "Stichting Werkpad Noord",
                "90001234",
                "2026-11-20T09:15:00",
            ),
            signed(Side::Municipality, "Hans Smit", "afdelingshoofd", "Noordermeer", "", "2026-11-23T13:02:00"),
        ],
        made_on: "2026-11-23T14:02:00+01:00".parse().expect("a moment"),
    }
}

fn moment(written: &str) -> NaiveDateTime {
    written.parse().expect("a moment")
}
