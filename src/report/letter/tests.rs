//! What must stand in each letter, and what must not.

use super::sample::Sample;
use super::*;
use crate::report::document::{Block, Document, Span};
use crate::report::{html, pdf};
use crate::text::Lang;

/// All the words of a letter, in reading order.
fn words(document: &Document) -> String {
    let spans = |spans: &[Span]| -> String { spans.iter().map(Span::words).collect() };
    let block = |block: &Block| match block {
        Block::Heading(_, text) => text.clone(),
        Block::Paragraph(paragraph) => spans(paragraph),
        Block::Facts(facts) => {
            facts.iter().map(|fact| format!("{}: {}\n", fact.name, spans(&fact.value))).collect::<String>()
        }
        Block::Table(table) => {
            let rows = table.rows.iter().map(|row| row.cells.iter().map(|cell| format!("{} | ", cell.text)).collect());
            rows.collect::<Vec<String>>().join("\n")
        }
        Block::Note(note) => format!("{}: {}", note.title, note.text),
        Block::Figure(figure) => figure.alt.clone(),
        Block::List(_) | Block::Contents => panic!("a letter has no lists"),
    };
    document.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn dutch(sample: Sample) -> String {
    words(&compose(&sample.letter(), Lang::Nl))
}

#[track_caller]
fn holds(sample: Sample, wanted: &[&str]) {
    let said = dutch(sample);
    for words in wanted {
        assert!(said.contains(words), "{sample} does not say {words:?}:\n{said}");
    }
}

#[test]
fn every_letter_tells_from_whom_to_whom_when_and_under_what_reference() {
    for sample in Sample::ALL {
        let letter = sample.letter();
        let document = compose(&letter, Lang::Nl);
        assert_eq!(document.header.name, "Gemeente Noordermeer");
        assert_eq!(document.identity.made_on, letter.sent_at);
        let reference = format!("Ons kenmerk: 2026-0014-{}-1", letter.written.kind.path());
        let to = "Aan: Stichting Werkpad Noord\nt.a.v. Sanne Bakker\nDorpsstraat 1\n1234 AB Noordermeer";
        let from = "Vragen: Marloes de Wit\n0500 000 010\ncontract@noordermeer.example";
        let closing = "Met vriendelijke groet,\nGemeente Noordermeer";
        let said = ["Datum: 23 november 2026", &reference, to, from, closing, "Beste Sanne Bakker,", &letter.page_url];
        holds(*sample, &said);
    }
}

#[test]
fn a_receipt_tells_when_what_and_until_when_to_wait() {
    holds(
        Sample::Received,
        &[
            "Wij hebben uw aanmelding ontvangen op 23 november 2026 om 14.30 uur. Uw nummer is 2026-0014.",
            "U hoort uiterlijk op 30 november 2026 van ons.",
            "5 werkdagen na 23 november 2026",
            "Ontvangstbewijs: 2026-0014-1",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ],
    );
    holds(
        Sample::Received,
        &["Wie tekent", "Naam: Sanne Bakker", "Er is geen reden om onze organisatie uit te sluiten.: Ja"],
    );
    holds(Sample::ReceivedOnPaper, &["20 november 2026", "op papier"]);
    holds(Sample::ReceivedSupplement, &["Wij hebben uw aanvulling ontvangen"]);
}

#[test]
fn a_request_holds_the_words_of_the_assessor_per_part_and_the_term_with_its_rule() {
    holds(
        Sample::SupplementAsked,
        &[
            "Nog twee dingen en dan zijn wij compleet.",
            "M09 Keurmerk of kwaliteitssysteem | Het certificaat is van een andere organisatie.\nStuur het certificaat van uzelf. | ",
            "Het telefoonnummer klopt niet.",
            "U hebt tot en met 7 december 2026 om dit aan te vullen.",
            "14 dagen na 23 november 2026",
        ],
    );
}

/// Texts A, B and C of mails.md.
#[test]
fn a_refusal_gives_a_reason_per_criterion_and_the_configured_remedy_with_its_last_day() {
    let reason =
        "M05 Verzekering beroepsaansprakelijkheid | De polis dekt € 500.000 per gebeurtenis. De eis is € 1.000.000. | ";
    let a = "Dan kunt u tot en met 14 december 2026 een kort geding starten bij de rechtbank Noordermeer.";
    let b = "Dan kunt u tot en met 4 januari 2027 bezwaar maken bij het college. Dat kan binnen 6 weken.";
    let c = "Dan kunt u tot en met 14 december 2026 een klacht indienen bij ons klachtenmeldpunt. U krijgt binnen 6 weken antwoord.";
    holds(
        Sample::RefusedCourt,
        &[
            reason,
            a,
            "20 dagen na 23 november 2026; 13 december 2026 is geen werkdag",
            "mag u ons bellen: 0500 000 010",
        ],
    );
    holds(Sample::RefusedObjection, &[reason, b, "6 weken na 23 november 2026"]);
    holds(Sample::RefusedComplaint, &[reason, c]);
    assert!(!dutch(Sample::RefusedObjection).contains("kort geding"), "only the configured remedy is told");
}

#[test]
fn the_other_letters_say_what_was_done_and_what_can_be_done_next() {
    holds(
        Sample::Admitted,
        &["u voldoet aan onze eisen", "De volgende stap is tekenen.", "Uw plan van aanpak is helder."],
    );
    holds(
        Sample::Admitted,
        &[
            "Stuur ons uiterlijk op 21 december 2026 wat hieronder staat.",
            "– Lijst van professionals",
            "28 dagen na 23 november 2026",
            "Gemeente Noordermeer\nde beslisser",
        ],
    );
    assert!(!dutch(Sample::Received).contains("beslisser"), "nothing was decided");
    assert!(!dutch(Sample::Admitted).contains("Bent u het niet eens"));
    holds(
        Sample::SetAside,
        &[
            "Wij vroegen u op 4 november 2026 om uw aanmelding aan te vullen. U had tot en met 18 november 2026.",
            "U kunt zich opnieuw aanmelden wanneer u wilt.",
            "een kort geding starten",
        ],
    );
    holds(Sample::Withdrawn, &["U hebt uw aanmelding 2026-0014 ingetrokken op 23 november 2026."]);
}

#[test]
fn only_a_translation_says_that_the_dutch_letter_counts() {
    for sample in Sample::ALL {
        let english = words(&compose(&sample.letter(), Lang::En));
        assert!(english.contains("This is a translation. The letter in Dutch is the legal one."), "{english}");
        assert!(!dutch(*sample).contains("vertaling"), "{sample}");
    }
}

#[test]
fn every_letter_prints_in_both_languages_and_the_same_letter_gives_the_same_bytes() {
    for sample in Sample::ALL {
        for lang in Lang::ALL {
            let document = compose(&sample.letter(), *lang);
            let printed = pdf(&document).unwrap_or_else(|fault| panic!("{sample} {lang}: {fault}"));
            assert_eq!(pdf(&compose(&sample.letter(), *lang)).unwrap(), printed);
            assert!(html(&document).contains(&sample.letter().reference()));
        }
    }
}

#[test]
fn a_letter_fits_on_a_page_unless_many_criteria_are_not_met() {
    for sample in Sample::ALL.iter().filter(|sample| **sample != Sample::RefusedAtLength) {
        let pages = crate::report::layout::layout(&compose(&sample.letter(), Lang::Nl)).pages.len();
        assert_eq!(pages, 1, "{sample}");
    }
}

#[test]
fn words_that_cannot_be_printed_do_not_stop_a_decision() {
    let mut letter = Sample::RefusedCourt.letter();
    let Message::Refused { reason, .. } = &mut letter.message else { panic!("it is a refusal") };
    *reason = "Regel een\r\nregel twee \u{1F600}".into();
    let document = compose(&letter, Lang::Nl);
    assert!(words(&document).contains("Regel een\nregel twee ?"));
    pdf(&document).unwrap();
}

#[test]
fn an_address_means_the_newest_of_its_kind_or_the_one_it_counts() {
    let at = Sample::Received.letter().written.at;
    let one = |kind, number| Written { kind, number, at };
    let all = [one(LetterKind::Supplement, 1), one(LetterKind::Supplement, 2), one(LetterKind::SetAside, 1)];
    let found = |path| meant(&all, path).map(|one| (one.kind, one.number));
    assert_eq!(found("aanvulling"), Some((LetterKind::Supplement, 2)));
    assert_eq!(found("aanvulling-1"), Some((LetterKind::Supplement, 1)));
    assert_eq!(found("buiten-behandeling"), Some((LetterKind::SetAside, 1)));
    for path in ["", "aanvulling-3", "toelating", "aanvulling-01", "supplement"] {
        assert_eq!(found(path), None, "{path:?}");
    }
}
