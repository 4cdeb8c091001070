//! Breaking text into lines. A word that is too long for its line is broken, so that nothing ever runs out of its
//! cell or off the page.

use super::font::Weight;
use super::paper::Ink;

/// A stretch of text in one style.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece<'a> {
    pub text: &'a str,
    pub weight: Weight,
    pub ink: Ink,
    /// Which part of the paragraph with a meaning of its own (a link, a change) this belongs to.
    pub part: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub text: String,
    pub weight: Weight,
    pub ink: Ink,
    pub part: Option<usize>,
    /// In points, the space at the end of a line not counted.
    pub width: f32,
}

/// One line. When it was broken at a space, that space is still the last character: it keeps two words apart for
/// who reads the text and not the page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    pub runs: Vec<Run>,
    pub width: f32,
}

impl<'a> Piece<'a> {
    pub fn plain(text: &'a str, weight: Weight, ink: Ink) -> Piece<'a> {
        Piece { text, weight, ink, part: None }
    }
}

/// Breaks the pieces, read as one text, into lines no wider than `width` points. An empty text has no lines.
pub fn lines(pieces: &[Piece], size: f32, width: f32) -> Vec<Line> {
    // A hair more, so that a text measured for its column also fits it.
    let limit = width * 1000.0 / size + 1.0;
    let mut done = Vec::new();
    let mut line = Breaking::default();
    for (number, piece) in pieces.iter().enumerate() {
        let face = piece.weight.face();
        for (at, c) in piece.text.char_indices() {
            if c == '\n' {
                let all = line.letters.len();
                done.push(line.cut(pieces, size, all));
                continue;
            }
            let advance = f32::from(face.advance(c).unwrap_or(0));
            let blank = matches!(c, ' ' | '\t');
            while !blank && line.used + advance > limit && !line.letters.is_empty() {
                let end = line.end_before(c);
                done.push(line.cut(pieces, size, end));
            }
            line.push(Letter { piece: number, start: at, end: at + c.len_utf8(), c, advance });
        }
    }
    if !line.letters.is_empty() {
        let all = line.letters.len();
        done.push(line.cut(pieces, size, all));
    }
    done
}

/// The width of the longest part that is not broken by choice, and of the text on one line, both in points.
pub fn extent(text: &str, weight: Weight, size: f32) -> (f32, f32) {
    let face = weight.face();
    let (mut word, mut longest_word, mut line, mut longest_line) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    let mut before = ' ';
    for c in text.chars() {
        let advance = f32::from(face.advance(c).unwrap_or(0));
        if c == '\n' {
            (word, line) = (0.0, 0.0);
            continue;
        }
        if before == ' ' || breaks_between(before, c) {
            word = 0.0;
        }
        line += advance;
        if c != ' ' {
            word += advance;
        }
        longest_word = longest_word.max(word);
        longest_line = longest_line.max(line);
        before = c;
    }
    (longest_word * size / 1000.0, longest_line * size / 1000.0)
}

#[derive(Default)]
struct Breaking {
    letters: Vec<Letter>,
    used: f32,
    /// How many letters stand before the last place where the line may be broken; 0 when there is none.
    may_break: usize,
}

#[derive(Clone, Copy)]
struct Letter {
    piece: usize,
    start: usize,
    end: usize,
    c: char,
    advance: f32,
}

impl Breaking {
    fn push(&mut self, letter: Letter) {
        if self.may_end_before(letter.c) {
            self.may_break = self.letters.len();
        }
        self.used += letter.advance;
        self.letters.push(letter);
    }

    fn may_end_before(&self, next: char) -> bool {
        self.letters.last().is_some_and(|last| matches!(last.c, ' ' | '\t') || breaks_between(last.c, next))
    }

    /// Where to end the line when `next` does not fit: as late as allowed, or right here within a long word.
    fn end_before(&self, next: char) -> usize {
        if self.may_break == 0 || self.may_end_before(next) { self.letters.len() } else { self.may_break }
    }

    /// Takes the first `end` letters off as a finished line.
    fn cut(&mut self, pieces: &[Piece], size: f32, end: usize) -> Line {
        let rest = self.letters.split_off(end);
        let letters = std::mem::replace(&mut self.letters, Vec::with_capacity(rest.len()));
        (self.used, self.may_break) = (0.0, 0);
        rest.into_iter().for_each(|letter| self.push(letter));

        let blanks = letters.iter().rev().take_while(|l| matches!(l.c, ' ' | '\t')).count();
        let inked = letters.len() - blanks;
        let mut line = Line::default();
        let mut at = 0;
        while at < letters.len() {
            let first = letters[at];
            let length = letters[at..].iter().take_while(|l| l.piece == first.piece).count();
            let width: f32 = letters[at..(at + length).min(inked).max(at)].iter().map(|l| l.advance).sum();
            let Piece { text, weight, ink, part } = pieces[first.piece];
            let text = text[first.start..letters[at + length - 1].end].to_owned();
            line.runs.push(Run { text, weight, ink, part, width: width * size / 1000.0 });
            at += length;
        }
        line.width = line.runs.iter().map(|run| run.width).sum();
        line
    }
}

/// Inside a word a line may break after a hyphen, a dash, a slash and the like, but never within a number.
fn breaks_between(before: char, after: char) -> bool {
    matches!(before, '-' | '–' | '—' | '/' | '_' | '@' | '&' | '=')
        && after.is_alphanumeric()
        && !after.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: f32) -> Vec<String> {
        let piece = Piece::plain(text, Weight::Regular, Ink::Text);
        let lines = lines(&[piece], 10.0, width);
        for line in &lines {
            assert!(line.width <= width + 0.02, "{line:?} is wider than {width}");
        }
        lines.into_iter().map(|line| line.runs.into_iter().map(|run| run.text).collect()).collect()
    }

    #[test]
    fn a_line_breaks_at_a_space_and_keeps_it() {
        assert_eq!(wrapped("een twee drie", 45.0), ["een twee ", "drie"]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_added() {
        let text = "Re-integratie  naar werk/dagbesteding, € 1.234,56 op 12-03-2026;\tzie https://noordermeer.example/kwartaal";
        for width in [12.0, 30.0, 55.5, 200.0, 900.0] {
            assert_eq!(wrapped(text, width).concat(), text);
        }
    }

    #[test]
    fn a_word_without_a_break_is_broken_anyway() {
        let lines = wrapped(&"x".repeat(200), 60.0);
        assert!(lines.len() > 10);
        assert_eq!(lines.concat().len(), 200);
    }

    #[test]
    fn amounts_and_dates_stay_whole() {
        assert_eq!(wrapped("op 12-03-2026", 55.0), ["op ", "12-03-2026"]);
        assert_eq!(wrapped("som €\u{a0}1.234,56", 60.0), ["som ", "€\u{a0}1.234,56"]);
    }

    #[test]
    fn a_line_break_in_the_text_stays() {
        assert_eq!(wrapped("een\n\ntwee", 100.0), ["een", "", "twee"]);
    }

    #[test]
    fn the_extent_knows_the_longest_word() {
        let (word, line) = extent("een langere zin", Weight::Regular, 10.0);
        assert_eq!(word, Weight::Regular.width("langere", 10.0));
        assert_eq!(line, Weight::Regular.width("een langere zin", 10.0));
    }
}
