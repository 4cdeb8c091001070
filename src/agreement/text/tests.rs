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
fn the_depth_of_an_article_is_that_of_its_number() {
    let depth = |number| article(number, "Kop", "").depth();
    assert_eq!([depth("4"), depth("4."), depth("4.2"), depth("4.2.1"), depth("A")], [1, 1, 2, 3, 1]);
}
