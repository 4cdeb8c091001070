//! What changed between two versions of a text (wijzigingen): per article in one word, and within it word for word.

use std::collections::HashMap;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Article, markdown};

/// An article of either version, beside its counterpart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleChange<'a> {
    pub kind: ChangeKind,
    pub before: Option<&'a Article>,
    pub after: Option<&'a Article>,
    /// Number and heading in one line.
    pub heading: Vec<Segment>,
    /// The lines of the body; empty for an article that did not change.
    pub lines: Vec<Vec<Segment>>,
}

codes! {
    /// What became of an article.
    pub enum ChangeKind {
        /// ongewijzigd
        Same = "same",
        /// gewijzigd
        Changed = "changed",
        /// nieuw
        New = "new",
        /// vervallen
        Dropped = "dropped",
        /// vernummerd: only its number is another
        Renumbered = "renumbered",
    }
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub tag: Tag,
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Kept,
    Removed,
    Added,
}

/// Compares two versions. The order is that of the later one; what was dropped stands where it was, after the article that
/// stood before it.
pub fn compare<'a>(before: &'a [Article], after: &'a [Article]) -> Vec<ArticleChange<'a>> {
    let now: HashMap<i32, &Article> = after.iter().map(|one| (one.clause, one)).collect();
    let once: HashMap<i32, &Article> = before.iter().map(|one| (one.clause, one)).collect();
    // The dropped articles, under the clause that stands before them and is still there.
    let mut dropped: HashMap<Option<i32>, Vec<&Article>> = HashMap::new();
    let mut last = None;
    for one in before {
        if now.contains_key(&one.clause) {
            last = Some(one.clause);
        } else {
            dropped.entry(last).or_default().push(one);
        }
    }
    let mut gone = |after: Option<i32>| dropped.remove(&after).unwrap_or_default();
    let mut changes: Vec<ArticleChange<'_>> = gone(None).into_iter().map(|one| change(Some(one), None)).collect();
    for one in after {
        changes.push(change(once.get(&one.clause).copied(), Some(one)));
        changes.extend(gone(Some(one.clause)).into_iter().map(|old| change(Some(old), None)));
    }
    changes
}

fn change<'a>(before: Option<&'a Article>, after: Option<&'a Article>) -> ArticleChange<'a> {
    let kind = match (before, after) {
        (Some(old), Some(new)) if old.heading == new.heading && old.body == new.body && old.scope == new.scope => {
            if old.number == new.number { ChangeKind::Same } else { ChangeKind::Renumbered }
        }
        (Some(_), Some(_)) => ChangeKind::Changed,
        (None, _) => ChangeKind::New,
        (Some(_), None) => ChangeKind::Dropped,
    };
    let heading = |one: Option<&Article>| one.map(|one| format!("{} {}", one.number, one.heading)).unwrap_or_default();
    let body = |one: Option<&Article>| {
        one.map(|one| markdown::plain(&markdown::blocks(&one.body)).join("\n")).unwrap_or_default()
    };
    let unchanged = matches!(kind, ChangeKind::Same | ChangeKind::Renumbered);
    let lines = if unchanged { Vec::new() } else { in_lines(words(&body(before), &body(after))) };
    ArticleChange { kind, before, after, heading: words(&heading(before), &heading(after)), lines }
}

/// Word for word. Changed words with nothing but a space between them are one change, so that a sentence that was written
/// anew does not fall apart.
pub fn words(before: &str, after: &str) -> Vec<Segment> {
    let (old, new) = (tokens(before), tokens(after));
    let mut segments: Vec<Segment> = Vec::new();
    let mut pending: Option<(String, String)> = None;
    let flush = |pending: &mut Option<(String, String)>, segments: &mut Vec<Segment>| {
        if let Some((removed, added)) = pending.take() {
            put(segments, Tag::Removed, &removed);
            put(segments, Tag::Added, &added);
        }
    };
    let operations = capture_diff_slices(Algorithm::Myers, &old, &new);
    for (at, operation) in operations.iter().enumerate() {
        let (removed, added) = (old[operation.old_range()].concat(), new[operation.new_range()].concat());
        let between = pending.is_some() && at + 1 < operations.len();
        match operation.tag() {
            DiffTag::Equal if between && removed == " " => {
                if let Some((gone, come)) = &mut pending {
                    gone.push_str(&removed);
                    come.push_str(&added);
                }
            }
            DiffTag::Equal => {
                flush(&mut pending, &mut segments);
                put(&mut segments, Tag::Kept, &removed);
            }
            DiffTag::Delete | DiffTag::Insert | DiffTag::Replace => {
                let (gone, come) = pending.get_or_insert_with(Default::default);
                gone.push_str(&removed);
                come.push_str(&added);
            }
        }
    }
    flush(&mut pending, &mut segments);
    segments
}

fn put(segments: &mut Vec<Segment>, tag: Tag, words: &str) {
    if words.is_empty() {
        return;
    }
    match segments.last_mut() {
        Some(last) if last.tag == tag => last.words.push_str(words),
        _ => segments.push(Segment { tag, words: words.to_owned() }),
    }
}

/// Words, and everything between them by itself: a changed word does not take its full stop along.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut in_word = false;
    for (at, letter) in text.char_indices() {
        let word = letter.is_alphanumeric();
        if at > from && !(word && in_word) {
            found.push(&text[from..at]);
            from = at;
        }
        in_word = word;
    }
    if from < text.len() {
        found.push(&text[from..]);
    }
    found
}

/// Cuts the segments where a line ends. A line end that was removed or added ends the line all the same.
fn in_lines(segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    let mut lines: Vec<Vec<Segment>> = vec![Vec::new()];
    for segment in segments {
        for (at, part) in segment.words.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                put(line, segment.tag, part);
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::text::Scope;

    fn article(clause: i32, number: &str, body: &str) -> Article {
        let (number, heading) = (number.to_owned(), format!("Kop {clause}"));
        Article { clause, number, heading, scope: Scope::All, body: body.to_owned() }
    }

    fn shown(segments: &[Segment]) -> String {
        segments
            .iter()
            .map(|one| match one.tag {
                Tag::Kept => one.words.clone(),
                Tag::Removed => format!("[-{}-]", one.words),
                Tag::Added => format!("[+{}+]", one.words),
            })
            .collect()
    }

    #[test]
    fn a_changed_word_stands_alone_and_keeps_its_full_stop() {
        assert_eq!(shown(&words("binnen vier weken.", "binnen drie weken.")), "binnen [-vier-][+drie+] weken.");
        assert_eq!(shown(&words("per jaar.", "per kwartaal.")), "per [-jaar-][+kwartaal+].");
    }

    #[test]
    fn words_that_changed_side_by_side_are_one_change() {
        let found = shown(&words("een rode auto rijdt", "een blauwe fiets rijdt"));
        assert_eq!(found, "een [-rode auto-][+blauwe fiets+] rijdt");
    }

    #[test]
    fn what_is_kept_and_added_is_the_new_text_and_what_is_kept_and_removed_the_old() {
        let (old, new) =
            ("Opdrachtnemer levert het plan, en overlegt.", "De opdrachtnemer stelt binnen 3 weken een plan op.");
        let found = words(old, new);
        let without =
            |tag: Tag| found.iter().filter(|one| one.tag != tag).map(|one| one.words.as_str()).collect::<String>();
        assert_eq!((without(Tag::Added), without(Tag::Removed)), (old.to_owned(), new.to_owned()));
    }

    #[test]
    fn each_article_is_changed_new_dropped_renumbered_or_the_same() {
        let before = [article(1, "1", "Blijft."), article(2, "2", "Gaat weg."), article(3, "3", "Was vier.")];
        let after = [article(1, "1", "Blijft."), article(3, "2", "Was vier."), article(4, "3", "Komt erbij.")];
        let found: Vec<_> = compare(&before, &after).iter().map(|one| one.kind).collect();
        assert_eq!(found, [ChangeKind::Same, ChangeKind::Dropped, ChangeKind::Renumbered, ChangeKind::New]);
    }

    #[test]
    fn a_list_that_changed_is_shown_line_by_line() {
        let before = [article(1, "1", "Het gaat om:\n\n- plannen;\n- gesprekken.")];
        let after = [article(1, "1", "Het gaat om:\n\n- plannen;\n- metingen.")];
        let changes = compare(&before, &after);
        let lines: Vec<String> = changes[0].lines.iter().map(|line| shown(line)).collect();
        assert_eq!(lines, ["Het gaat om:", "• plannen;", "• [-gesprekken-][+metingen+]."]);
    }
}
