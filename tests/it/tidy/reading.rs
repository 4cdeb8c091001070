//! Reads Rust as far as the house rules need it: without its comments, and without what its strings say.

/// The text without comments and with empty strings; every line keeps its number.
pub fn code(text: &str) -> String {
    blank(text, false)
}

/// The text without comments; what strings say stays.
pub fn without_comments(text: &str) -> String {
    blank(text, true)
}

fn blank(text: &str, keep_strings: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let (end, kind) = piece(&chars, at);
        match kind {
            Kind::Code => out.extend(&chars[at..end]),
            Kind::String if keep_strings => out.extend(&chars[at..end]),
            Kind::String => {
                out.push_str("\"\"");
                out.extend(chars[at..end].iter().filter(|c| **c == '\n'));
            }
            Kind::Comment => out.extend(chars[at..end].iter().filter(|c| **c == '\n')),
        }
        at = end;
    }
    out
}

enum Kind {
    Code,
    Comment,
    String,
}

/// Where the piece that begins at `at` ends, and what it is. A piece of code is one character, or one literal
/// character.
fn piece(chars: &[char], at: usize) -> (usize, Kind) {
    let next = |n: usize| chars.get(at + n).copied();
    match chars[at] {
        '/' if next(1) == Some('/') => (find(chars, at, "\n"), Kind::Comment),
        '/' if next(1) == Some('*') => (end_of_block(chars, at), Kind::Comment),
        '"' => (end_of_string(chars, at), Kind::String),
        'r' if at == 0 || !is_word(chars[at - 1]) || chars[at - 1] == 'b' => {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if next(1 + hashes) != Some('"') {
                return (at + 1, Kind::Code);
            }
            let close = format!("\"{}", "#".repeat(hashes));
            ((find(chars, at + hashes + 2, &close) + close.len()).min(chars.len()), Kind::String)
        }
        '\'' if next(1) == Some('\\') => ((find(chars, at + 3, "'") + 1).min(chars.len()), Kind::Code),
        '\'' if next(2) == Some('\'') => (at + 3, Kind::Code),
        _ => (at + 1, Kind::Code),
    }
}

/// Comments in blocks may stand inside each other.
fn end_of_block(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (at, depth) = (at + 2, depth + 1),
            ('*', Some('/')) if depth == 1 => return at + 2,
            ('*', Some('/')) => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Where `what` next stands, or the end of the text.
fn find(chars: &[char], from: usize, what: &str) -> usize {
    let what: Vec<char> = what.chars().collect();
    (from..chars.len()).find(|at| chars[*at..].starts_with(&what)).unwrap_or(chars.len())
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The word at the beginning of the text; empty when it begins with something else.
pub fn first_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

/// The number of the line in which the byte at `at` stands.
pub fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Where `word` stands as a word of its own.
pub fn places_of<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| !text[..*at].ends_with(is_word) && !text[at + word.len()..].starts_with(is_word))
}

#[test]
fn comments_and_strings_are_taken_out_and_lines_keep_their_number() {
    let text = "a // crate::x\n/* b /* c */ d\n */ e \"f // \\\" g\" 'h' '\"' i::<'j>(r#\"k \" l\"#)\n";
    assert_eq!(code(text), "a \n\n e \"\" 'h' '\"' i::<'j>(\"\")\n");
    assert_eq!(without_comments(text), "a \n\n e \"f // \\\" g\" 'h' '\"' i::<'j>(r#\"k \" l\"#)\n");
}
