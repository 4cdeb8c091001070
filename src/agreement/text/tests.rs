//! What is signed is what is read: the digest of a text.

use super::*;

fn text() -> AgreementText {
    AgreementText {
        id: 1,
        procedure_id: 1,
        annex_to: None,
        kind: TextKind::Domain,
        domain: Domain::Pw,
        code: "re-integratie-2027".to_owned(),
        title: Bilingual { nl: "Deelovereenkomst".to_owned(), en: "Agreement".to_owned() },
        privacy_role: None,
    }
}

fn version(number: i32) -> TextVersion {
    TextVersion {
        id: 1,
        text_id: 1,
        number,
        state: TextState::Draft,
        version: 1,
        changed_at: NaiveDateTime::default(),
        changed_by: String::new(),
        holds_from: "2027-01-01".parse().ok(),
        holds_until: None,
        explanation: String::new(),
        consulted: None,
        established: None,
    }
}

fn article(number: &str, heading: &str, body: &str) -> Article {
    let (number, heading, body) = (number.to_owned(), heading.to_owned(), body.to_owned());
    Article { clause: 1, number, heading, scope: Scope::All, body }
}

#[test]
fn one_letter_more_is_another_digest_and_who_wrote_it_is_none() {
    let articles = [article("1", "Begrippen", "Een plan is een plan.")];
    let sum = digest(&text(), &version(1), &articles);
    let by_another = TextVersion { changed_by: "S. Bakker".to_owned(), version: 7, ..version(1) };
    assert_eq!(digest(&text(), &by_another, &articles), sum);
    assert_ne!(digest(&text(), &version(2), &articles), sum);
    assert_ne!(digest(&text(), &version(1), &[article("1", "Begrippen", "Een plan is een plan!")]), sum);
    let later = TextVersion { holds_from: "2027-02-01".parse().ok(), ..version(1) };
    assert_ne!(digest(&text(), &later, &articles), sum);
}

#[test]
fn words_that_move_from_heading_to_body_are_another_text() {
    let one = [article("1", "Plan", "ning begint.")];
    let other = [article("1", "Planning", " begint.")];
    assert_ne!(digest(&text(), &version(1), &one), digest(&text(), &version(1), &other));
}

#[test]
fn an_article_is_numbered_in_digits_with_a_letter_behind_them_at_most() {
    for good in ["1", "1.2", "4.2.10", "3a", "3a.1", "12bc"] {
        assert!(is_number(good), "{good} was refused");
    }
    for wrong in ["", "vier", "IV", "4.", ".4", "4..2", "4,2", "a3", "3A", "3abc", "Artikel 4", "4 2"] {
        assert!(!is_number(wrong), "{wrong} was taken");
    }
}

#[test]
fn a_version_holds_until_the_next_one_begins() {
    let established = |id: i32, from: &str, until: Option<&str>| TextVersion {
        state: TextState::Established,
        holds_from: from.parse().ok(),
        holds_until: until.and_then(|day| day.parse().ok()),
        ..version(id)
    };
    let day = |written: &str| written.parse::<NaiveDate>().ok();
    let all = [established(1, "2026-01-01", None), established(2, "2027-04-01", Some("2028-12-31")), version(3)];
    assert_eq!(all[0].last_day(&all), day("2027-03-31"));
    assert_eq!(all[1].last_day(&all), day("2028-12-31"), "a draft ends nothing");
    let short = established(1, "2026-01-01", Some("2026-12-31"));
    assert_eq!(short.last_day(&all), day("2026-12-31"));
}

#[test]
fn the_depth_of_an_article_is_that_of_its_number() {
    let depth = |number| article(number, "Kop", "").depth();
    assert_eq!([depth("4"), depth("4."), depth("4.2"), depth("4.2.1"), depth("A")], [1, 1, 2, 3, 1]);
}
