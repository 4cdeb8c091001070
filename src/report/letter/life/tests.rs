//! What must stand in each letter about an agreement.

use super::*;
use crate::report::{html, pdf};

fn dutch(kind: LifeLetterKind) -> String {
    html(&compose(&sample::letter(kind), Lang::Nl))
}

#[track_caller]
fn holds(kind: LifeLetterKind, wanted: &[&str]) {
    let said = dutch(kind);
    for words in wanted {
        assert!(said.contains(words), "{kind} does not say {words:?}:\n{said}");
    }
}

#[test]
fn a_notice_says_its_last_day_and_how_that_was_counted() {
    holds(LifeLetterKind::NoticeConfirmed, &["23 november 2026", "23 februari 2027", "3 maanden na 23 november 2026"]);
    holds(LifeLetterKind::Terminated, &["23 mei 2027", "6 maanden na 23 november 2026", "Te weinig gebruik"]);
}

#[test]
fn what_can_be_challenged_says_how_and_until_when_and_the_rest_does_not() {
    use LifeLetterKind::{ClientStop, Dissolved, StopRefused, Terminated};
    for kind in LifeLetterKind::ALL {
        let challenged = matches!(kind, ClientStop | StopRefused | Terminated | Dissolved);
        let remedy = "tot en met 14 december 2026 een kort geding starten bij de rechtbank Noordermeer";
        assert_eq!(dutch(*kind).contains(remedy), challenged, "{kind}");
    }
}

#[test]
fn an_intention_asks_for_views_and_decides_nothing() {
    holds(LifeLetterKind::Intention, &["zienswijze", "7 december 2026", "14 dagen na 23 november 2026", "Opgedragen"]);
}

#[test]
fn who_was_not_heard_first_is_told_why() {
    let urgent = LifeLetter { urgent: true, ..sample::letter(LifeLetterKind::Dissolved) };
    assert!(html(&compose(&urgent, Lang::Nl)).contains("vooraf"));
    assert!(!dutch(LifeLetterKind::Dissolved).contains("vooraf"));
}

#[test]
fn every_letter_names_its_reference_and_prints_on_one_page_in_both_languages() {
    for kind in LifeLetterKind::ALL {
        let letter = sample::letter(*kind);
        assert_eq!(letter.reference(), format!("2026-014-{kind}-3"));
        for lang in Lang::ALL {
            let document = compose(&letter, *lang);
            assert!(html(&document).contains(&letter.reference()), "{kind}");
            assert_eq!(crate::report::layout::layout(&document).pages.len(), 1, "{kind} {lang}");
            pdf(&document).unwrap_or_else(|fault| panic!("{kind} {lang}: {fault}"));
        }
    }
}
