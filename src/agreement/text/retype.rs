//! Blocks written as Markdown again (uitschrijven): what is read in from a document becomes a body that shows the same
//! words. Every sign that would mean something else is escaped.

use super::markdown::{Block, Inline, blocks, said};

/// A body that reads as these blocks. A line whose dress cannot be written in Markdown keeps its words and loses its dress.
pub fn retype(all: &[Block]) -> String {
    let mut out = String::new();
    put(all, 0, &mut out);
    out.trim_end().to_owned()
}

fn put(all: &[Block], indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    let mut before: Option<&Block> = None;
    let mut second = false;
    for block in all {
        match block {
            Block::Paragraph(line) => {
                if before.is_some() {
                    out.push_str(&margin);
                }
                out.push_str(&line_of(line).replace('\n', &format!("\n{margin}")));
                out.push_str("\n\n");
            }
            Block::List { first, items } => {
                // Two lists of one kind behind each other would become one: the second has another sign.
                let twin =
                    matches!(before, Some(Block::List { first: other, .. }) if other.is_some() == first.is_some());
                second = twin && !second;
                for (at, item) in items.iter().enumerate() {
                    let sign = match first {
                        Some(first) => format!("{}{} ", first + at as u64, if second { ')' } else { '.' }),
                        None => (if second { "* " } else { "- " }).to_owned(),
                    };
                    if before.is_some() || at > 0 {
                        out.push_str(&margin);
                    }
                    out.push_str(&sign);
                    put(item, indent + sign.len(), out);
                    if item.is_empty() {
                        out.push('\n');
                    }
                }
            }
        }
        before = Some(block);
    }
}

/// One paragraph. What is written is read again, and must say the same.
fn line_of(line: &[Inline]) -> String {
    let dressed = dressed(line);
    match blocks(&dressed).as_slice() {
        [Block::Paragraph(read)] if read == line => dressed,
        _ => escaped(&said(line).replace('\n', " ")),
    }
}

fn dressed(line: &[Inline]) -> String {
    let mut out = String::new();
    for part in line {
        match part {
            Inline::Text(words) => out.push_str(&signs(words)),
            Inline::Strong(words) => out.push_str(&format!("**{}**", signs(words))),
            Inline::Emphasis(words) => out.push_str(&format!("*{}*", signs(words))),
            Inline::Link { text, url } => out.push_str(&format!("[{}](<{url}>)", signs(text))),
            Inline::Break => out.push_str("\\\n"),
        }
    }
    at_line_starts(&out)
}

fn escaped(words: &str) -> String {
    at_line_starts(&signs(words))
}

/// Signs that mean something anywhere in a line.
fn signs(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Signs that mean something at the beginning of a line only: a list, a heading, a quote, a rule.
fn at_line_starts(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let behind = line[digits..].chars().next();
        if digits > 0 && matches!(behind, Some('.' | ')')) {
            return format!("{}\\{}", &line[..digits], &line[digits..]);
        }
        match line.chars().next() {
            Some('#' | '>' | '-' | '+' | '=' | '~') => format!("\\{line}"),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_body_that_was_read_is_written_so_that_it_reads_the_same() {
        for body in [
            "Gewoon **vet** en *cursief* en [link](https://x.nl).",
            "1. een\n2. twee:\n   - met een punt;\n   - en nog een.\n\n     Met een tweede alinea.\n3. drie\n\nSlot.",
            "- een\n\n* twee\n\n1. drie\n\n1) vier",
            "Regel een\\\nregel twee",
        ] {
            assert_eq!(blocks(&retype(&blocks(body))), blocks(body), "{body}\nbecame\n{}", retype(&blocks(body)));
        }
    }

    #[test]
    fn signs_that_would_mean_something_else_stay_signs() {
        for words in
            ["# geen kop", "1. geen lijst", "- streep", "3 * 4 * 5", "a_b_c", "<b>", "[x](y)", "&amp;", "> x", "a\\b"]
        {
            let line = vec![Block::Paragraph(vec![Inline::Text(words.to_owned())])];
            assert_eq!(blocks(&retype(&line)), line, "{words}");
        }
    }

    proptest! {
        /// Whatever the words, they are kept.
        #[test]
        fn no_words_are_lost(words in "[ -~éë€]{1,60}") {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!words.is_empty());
            let line = vec![Block::Paragraph(vec![Inline::Text(words.clone())])];
            prop_assert_eq!(blocks(&retype(&line)), line);
        }
    }
}
