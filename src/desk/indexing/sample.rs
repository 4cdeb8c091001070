//! The pages of an indexation with invented contents.

use super::{LineForm, ListPage, NewForm, OnePage};
use crate::actor::Role;
use crate::money::Cents;
use crate::page::FormErrors;
use crate::page::sample::{Sample, manager};
use crate::procedure::indexation::{IndexLine, IndexRefusal, IndexState, Indexation, Method, Percent, Share};
use crate::text::{Bilingual, Lang};

fn indexation(state: IndexState) -> Indexation {
    let share = |share, forecast| Share {
        share: Percent(share),
        forecast: Percent(forecast),
        forecast_before: Percent(400),
        actual_before: Percent(380),
    };
    let method = Method::Shares { ova: share(9_000, 412), ppc: share(1_000, 250) };
    let line = |id: i64, code: &str, name: &str, old: i64, reason: &str| {
        let computed = method.applied_to(Cents(old));
        IndexLine {
            id,
            product_id: id,
            code: code.into(),
            name: Bilingual { nl: name.into(), en: name.into() },
            old: Cents(old),
            computed,
            new: if reason.is_empty() { computed } else { Cents(computed.0 / 100 * 100) },
            reason: reason.into(),
        }
    };
    let at = "2026-11-20T09:30:00".parse().expect("a moment");
    Indexation {
        id: 3,
        state,
        version: 2,
        changed_by: "M. de Wit".into(),
        valid_from: "2027-01-01".parse().expect("a day"),
        method,
        made_at: at,
        made_by: "M. de Wit".into(),
        made_account: Some(1),
        established: (state == IndexState::Established).then(|| (at, "H. Smit".to_owned())),
        lines: vec![
            line(1, "RE-JC", "Jobcoaching", 6_255, ""),
            line(2, "RE-SOL", "Sollicitatietraining", 115_000, "Afgesproken aan de tafel: hele euro's."),
        ],
    }
}

fn one(lang: Lang, state: IndexState, role: Role, line: usize, checking: bool) -> OnePage {
    let found = indexation(state);
    OnePage {
        frame: manager(lang, "/indexaties/3"),
        role,
        open: found.lines.get(line).cloned(),
        found,
        checking,
        typed: LineForm::default(),
        errors: FormErrors::default(),
    }
}

pub fn samples(lang: Lang) -> Vec<Sample> {
    let list = |all, errors| ListPage {
        frame: manager(lang, "/indexaties"),
        role: Role::ContractManager,
        all,
        typed: NewForm { methode: "aandelen".into(), ova_aandeel: "90".into(), ..NewForm::default() },
        errors,
    };
    let wrong =
        FormErrors { fields: vec![("ova_aandeel".into(), IndexRefusal::SharesWrong.in_words(lang))], whole: vec![] };
    let none = 9;
    vec![
        Sample::of("indexation-list", &list(vec![indexation(IndexState::Proposed)], FormErrors::default())),
        Sample::of("indexation-list-wrong", &list(vec![], wrong)),
        Sample::of("indexation-line", &one(lang, IndexState::Proposed, Role::ContractManager, 1, false)),
        Sample::of("indexation-decide", &one(lang, IndexState::Proposed, Role::DecisionMaker, none, false)),
        Sample::of("indexation-check", &one(lang, IndexState::Proposed, Role::DecisionMaker, none, true)),
        Sample::of("indexation-established", &one(lang, IndexState::Established, Role::Viewer, none, false)),
    ]
}
