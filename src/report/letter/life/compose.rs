//! The message of a letter about an agreement: what was done, from which day, why, and what the provider can do.

use i18n_embed_fl::fl;

use super::super::compose::{Envelope, of_term, protection, said};
use super::{LifeLetter, LifeLetterKind};
use crate::agreement::life::Ground;
use crate::report::check::printable;
use crate::report::document::{Block, Document, Fact, Level};
use crate::text::Lang;

/// Puts the letter together. Dutch is what counts; another language is a translation that says so.
pub fn compose(letter: &LifeLetter, lang: Lang) -> Document {
    let envelope = Envelope {
        title: letter.kind.in_words(lang),
        reference: letter.reference(),
        municipality: &letter.municipality,
        sent_at: letter.sent_at,
        addressee: &letter.addressee,
        contact: &letter.contact,
        about: (fl!(lang.texts(), "report-life-agreement"), printable(&letter.agreement)),
        page_url: &letter.page_url,
        signed_by: letter.signed_by,
    };
    envelope.around(message(letter, lang), lang)
}

fn message(letter: &LifeLetter, lang: Lang) -> Vec<Block> {
    let t = lang.texts();
    let day = letter.effective_on.map(|day| lang.day(day)).unwrap_or_default();
    let on = lang.day(letter.day);
    let mut blocks = Vec::new();
    let mut say = |words: String| blocks.push(Block::text(words));
    match letter.kind {
        LifeLetterKind::ClientStop => {
            say(fl!(t, "report-life-client-stop-text", day = day.as_str()));
            say(fl!(t, "report-life-client-stop-clients"));
        }
        LifeLetterKind::StopAgreed => {
            say(fl!(t, "report-life-stop-agreed-text", day = day.as_str()));
            say(fl!(t, "report-life-client-stop-clients"));
        }
        LifeLetterKind::StopRefused => say(fl!(t, "report-life-stop-refused-text", day = day.as_str())),
        LifeLetterKind::StopLifted => say(fl!(t, "report-life-stop-lifted-text", day = day.as_str())),
        LifeLetterKind::NoticeConfirmed => {
            if letter.unanswered {
                say(fl!(t, "report-life-unanswered-text", day = day.as_str()));
            } else if letter.ground == Some(Ground::RefusedChange) {
                say(fl!(t, "report-life-change-refused-text", on = on, day = day.as_str()));
            } else {
                say(fl!(t, "report-life-notice-confirmed-text", on = on, day = day.as_str()));
            }
            say(fl!(t, "report-life-transfer"));
        }
        LifeLetterKind::Terminated => {
            say(fl!(t, "report-life-terminated-text", day = day.as_str()));
            say(fl!(t, "report-life-transfer"));
        }
        LifeLetterKind::Intention => {
            say(fl!(t, "report-life-intention-text"));
            say(fl!(t, "report-life-intention-views", day = day.as_str()));
        }
        LifeLetterKind::IntentionDropped => say(fl!(t, "report-life-intention-dropped-text")),
        LifeLetterKind::Dissolved => {
            say(fl!(t, "report-life-dissolved-text", day = day.as_str()));
            if letter.urgent {
                say(fl!(t, "report-life-dissolved-urgent"));
            }
            say(fl!(t, "report-life-transfer"));
        }
        LifeLetterKind::Extended => say(fl!(t, "report-life-extended-text", day = day.as_str())),
        LifeLetterKind::EndsSoon => {
            say(fl!(t, "report-life-ends-soon-text", day = day.as_str()));
            say(fl!(t, "report-life-ends-soon-next"));
        }
        LifeLetterKind::Ended => {
            say(fl!(t, "report-life-ended-text", day = day.as_str()));
            say(fl!(t, "report-life-ended-keep"));
        }
        LifeLetterKind::StopAsked => say(fl!(t, "report-life-stop-asked-text", on = on, day = day.as_str())),
        LifeLetterKind::ViewsReceived => say(fl!(t, "report-life-views-received-text", on = on)),
        LifeLetterKind::DeliveryStop => {
            let case = letter.case_ref.as_str();
            say(fl!(t, "report-life-delivery-stop-text", case = case, day = day.as_str()));
            say(fl!(t, "report-life-delivery-stop-next"));
        }
        LifeLetterKind::NewTariffs => {
            say(fl!(t, "report-life-new-tariffs-text", day = day.as_str()));
            say(fl!(t, "report-life-new-tariffs-before", day = day.as_str()));
        }
    }
    blocks.extend(why(letter, lang));
    if let Some(term) = &letter.term {
        match letter.kind {
            LifeLetterKind::Intention => blocks.push(Block::Facts(of_term(term, lang))),
            _ => blocks.push(Block::Facts(vec![
                Fact::new(fl!(t, "report-life-last-day"), day),
                Fact::new(fl!(t, "report-letter-counted"), term.rule_in_words(lang)),
            ])),
        }
    }
    if let Some(remedy) = &letter.protection {
        blocks.extend(protection(&letter.contact, remedy, lang));
    }
    blocks
}

/// The ground and the words; what the provider wrote itself is given back as its own.
fn why(letter: &LifeLetter, lang: Lang) -> Vec<Block> {
    let t = lang.texts();
    use LifeLetterKind::{DeliveryStop, NewTariffs, NoticeConfirmed, StopAsked, ViewsReceived};
    let own = matches!(letter.kind, NoticeConfirmed | StopAsked | ViewsReceived | DeliveryStop);
    let words: Vec<Block> = said(&letter.reason).into_iter().collect();
    if own && words.is_empty() || letter.ground.is_none() && words.is_empty() {
        return Vec::new();
    }
    let title = match letter.kind {
        NewTariffs => fl!(t, "report-life-tariffs"),
        _ if own => fl!(t, "report-life-your-words"),
        _ => fl!(t, "report-letter-why"),
    };
    let mut blocks = vec![Block::Heading(Level::H2, title)];
    if let Some(ground) = letter.ground.filter(|_| !own) {
        blocks.push(Block::text(format!("{}.", ground.in_words(lang))));
    }
    blocks.extend(words);
    blocks
}
