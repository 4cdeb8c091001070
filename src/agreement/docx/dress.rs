//! The dress of words (opmaak van woorden): bold, italic, new lines and blanks, as Word has them and as Markdown can.

use docx_rs::{Run, RunChild};
use serde::Serialize;

use crate::agreement::text::markdown::{Inline, said};

/// The words of a run in their dress. Hidden words stay out.
pub fn run_words(run: &Run, words: &mut Vec<Inline>) {
    if run.run_property.vanish.is_some() {
        return;
    }
    let (bold, italic) = (is_on(&run.run_property.bold), is_on(&run.run_property.italic));
    for child in &run.children {
        let text = match child {
            RunChild::Text(text) => text.text.clone(),
            RunChild::Tab(_) | RunChild::PTab(_) => " ".to_owned(),
            RunChild::Break(kind) if serde_json::to_value(kind).is_ok_and(|kind| kind["breakType"] == "page") => {
                continue;
            }
            RunChild::Break(_) | RunChild::CarriageReturn(_) => {
                words.push(Inline::Break);
                continue;
            }
            _ => continue,
        };
        words.push(match (bold, italic) {
            (true, _) => Inline::Strong(text),
            (false, true) => Inline::Emphasis(text),
            (false, false) => Inline::Text(text),
        });
    }
}

/// A switch of the format says that it is on by being there, and can say that it is off.
fn is_on(switch: &Option<impl Serialize>) -> bool {
    switch
        .as_ref()
        .is_some_and(|switch| serde_json::to_value(switch).is_ok_and(|on| on == serde_json::Value::Bool(true)))
}

/// Joins what has one dress, takes blanks together, and puts those at the edge of a dress outside it: Markdown has no bold
/// blanks.
pub fn tidy(words: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::new();
    let mut push = |part: Inline| match (joined.last_mut(), part) {
        (Some(Inline::Text(said)), Inline::Text(more))
        | (Some(Inline::Strong(said)), Inline::Strong(more))
        | (Some(Inline::Emphasis(said)), Inline::Emphasis(more)) => said.push_str(&more),
        (_, part) => joined.push(part),
    };
    for part in words {
        match part {
            Inline::Strong(words) => apart(&words, Inline::Strong, &mut push),
            Inline::Emphasis(words) => apart(&words, Inline::Emphasis, &mut push),
            Inline::Link { text, url } => push(Inline::Link { text: single_spaced(&text).trim().to_owned(), url }),
            other => push(other),
        }
    }
    let mut tidied: Vec<Inline> = Vec::new();
    for part in joined {
        let after_blank = match tidied.last() {
            None | Some(Inline::Break) => true,
            Some(last) => said(std::slice::from_ref(last)).ends_with(' '),
        };
        let part = match part {
            Inline::Text(words) => {
                let words = single_spaced(&words);
                Inline::Text(if after_blank { words.trim_start().to_owned() } else { words })
            }
            Inline::Break if tidied.is_empty() => continue,
            other => other,
        };
        if part == Inline::Break {
            trim_last(&mut tidied);
        }
        if !matches!(&part, Inline::Text(words) if words.is_empty()) {
            tidied.push(part);
        }
    }
    while tidied.last() == Some(&Inline::Break) {
        tidied.pop();
    }
    trim_last(&mut tidied);
    tidied
}

fn apart(words: &str, dress: fn(String) -> Inline, push: &mut impl FnMut(Inline)) {
    let words = single_spaced(words);
    let inside = words.trim();
    if inside.is_empty() {
        return push(Inline::Text(words));
    }
    if words.starts_with(' ') {
        push(Inline::Text(" ".to_owned()));
    }
    push(dress(inside.to_owned()));
    if words.ends_with(' ') {
        push(Inline::Text(" ".to_owned()));
    }
}

fn trim_last(words: &mut Vec<Inline>) {
    if let Some(Inline::Text(last)) = words.last_mut() {
        last.truncate(last.trim_end().len());
        if last.is_empty() {
            words.pop();
        }
    }
}

/// Every stretch of blanks is one space; a no-break space is kept.
fn single_spaced(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        let blank = c != '\u{a0}' && (c.is_whitespace() || c.is_control());
        match blank {
            true if !out.ends_with(' ') => out.push(' '),
            true => {}
            false => out.push(c),
        }
    }
    out
}
