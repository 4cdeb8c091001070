//! The password (wachtwoord): what is a good one, and how it is kept. Judged by how hard it is to guess, not by which
//! signs are in it; kept as argon2id; tested at the door, two at a time.

use actix_web::web;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use i18n_embed_fl::fl;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::feedback::{Suggestion, Warning};
use zxcvbn::{Score, zxcvbn};

use crate::house::Turn;
use crate::house::door::Door;
use crate::text::Lang;

/// As it was typed, in one form: an é is the same whichever keyboard wrote it (NFC).
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

pub const LEAST: usize = 12;
/// Enough for any sentence; more would only cost time to test.
pub const MOST: usize = 128;

/// So many letters and digits of a password are not what everybody knows of its owner.
const LEAST_OWN: usize = 8;

impl Password {
    pub fn typed(typed: &str) -> Password {
        Password(typed.nfc().collect())
    }

    /// Why this is not a good password for this person, in his language; none when it is.
    pub fn fault(&self, lang: Lang, about: &[&str]) -> Option<String> {
        let (t, length) = (lang.texts(), self.0.chars().count());
        if self.0.is_empty() {
            return Some(fl!(t, "account-password-empty"));
        }
        if length < LEAST {
            return Some(fl!(t, "account-password-short", least = LEAST, typed = length));
        }
        if length > MOST {
            return Some(fl!(t, "account-password-long", most = MOST));
        }
        // What everybody knows of this person is easy to guess: each word of it, and written as one.
        let words = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let as_one = about.iter().map(|text| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
        let known: Vec<String> =
            words.map(str::to_owned).chain(as_one).chain(["openhouse", "open", "house"].map(str::to_owned)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).filter(|word| word.len() > 2).collect();
        let judged = zxcvbn(&self.0, &known);
        if judged.score() >= Score::Three {
            // Words that everybody knows of him count for nothing, however many stand in a row, and neither do years.
            let own = self.without(&known) < LEAST_OWN;
            return own
                .then(|| format!("{} {}", fl!(t, "account-password-known"), fl!(t, "account-password-tip-words")));
        }
        let why = judged.feedback().and_then(|feedback| feedback.warning()).map(|warning| in_words(lang, warning));
        let tip = judged.feedback().and_then(|feedback| feedback.suggestions().first().map(|tip| advice(lang, *tip)));
        let why = why.unwrap_or_else(|| fl!(t, "account-password-weak"));
        Some(format!("{why} {}", tip.unwrap_or_else(|| fl!(t, "account-password-tip-words"))))
    }

    /// How many letters and digits are left without these words and without years.
    fn without(&self, known: &[&str]) -> usize {
        let mut left = self.0.to_lowercase();
        let mut words: Vec<String> = known.iter().map(|word| word.to_lowercase()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in &words {
            left = left.replace(word.as_str(), " ");
        }
        let years = |text: &str| {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            text.len() == 4 && digits && (text.starts_with("19") || text.starts_with("20"))
        };
        let parts = left.split(|c: char| !c.is_alphanumeric());
        let parts = parts.flat_map(|part| {
            // A year at the end of a word: `zomer2026`.
            let digits = part.trim_end_matches(|c: char| c.is_ascii_digit());
            let tail = &part[digits.len()..];
            if years(tail) { vec![digits] } else { vec![part] }
        });
        parts.map(|part| part.chars().count()).sum()
    }

    /// As it is kept, by the measures of today.
    fn hashed(&self, memory: &mut Vec<Block>) -> anyhow::Result<String> {
        let mut salt = [0u8; 16];
        getrandom::fill(&mut salt)?;
        let params = Params::new(MEMORY_KIB, TIMES, LANES, None).map_err(|fault| anyhow::anyhow!("{fault}"))?;
        self.worked(&params, &salt, memory).map_err(|fault| anyhow::anyhow!("a password could not be hashed: {fault}"))
    }

    /// The work itself, in memory that is used again.
    fn worked(&self, params: &Params, salt: &[u8], memory: &mut Vec<Block>) -> argon2::password_hash::Result<String> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        memory.resize(params.block_count(), Block::default());
        let mut out = [0u8; Params::DEFAULT_OUTPUT_LEN];
        argon2.hash_password_into_with_memory(self.0.as_bytes(), salt, &mut out, &mut memory[..])?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(params)?,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(&out)?),
        };
        Ok(hash.to_string())
    }

    /// Whether this is the password that is kept. The measures are the ones in the hash, not those of today.
    fn fits(&self, kept: &str, memory: &mut Vec<Block>) -> bool {
        let Ok(kept) = PasswordHash::new(kept) else { return false };
        let (Some(salt), Ok(params)) = (&kept.salt, Params::try_from(&kept)) else { return false };
        let worked = self.worked(&params, salt, memory).ok().and_then(|worked| PasswordHash::new(&worked).ok());
        // Outputs compare in the same time wherever they differ.
        worked.is_some_and(|worked| worked.hash == kept.hash && worked.algorithm == kept.algorithm)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What came of testing a password.
#[derive(Debug, PartialEq, Eq)]
pub enum Tested {
    Right {
        /// The same password as it is kept today, when it was kept by older measures.
        again: Option<String>,
    },
    Wrong,
    /// The queue at the door is full.
    Busy,
}

/// Tests what was typed against what is kept. When nothing is kept, against a hash that nothing fits: an unknown name
/// costs as much time as a known one.
pub async fn test(door: &Door, typed: Password, kept: Option<String>) -> Result<Tested, Turn> {
    let Some(mut turn) = door.turn().await else { return Ok(Tested::Busy) };
    let tested = web::block(move || {
        turn.count();
        let fits = typed.fits(kept.as_deref().unwrap_or(NOBODYS), &mut turn.memory);
        match (fits && kept.is_some(), kept.is_some_and(|kept| is_dated(&kept))) {
            (true, false) => Ok(Tested::Right { again: None }),
            (true, true) => typed.hashed(&mut turn.memory).map(|again| Tested::Right { again: Some(again) }),
            (false, _) => Ok(Tested::Wrong),
        }
    });
    Ok(tested.await??)
}

/// The password as it is kept; none when the queue at the door is full.
pub async fn keep(door: &Door, chosen: Password) -> Result<Option<String>, Turn> {
    let Some(mut turn) = door.turn().await else { return Ok(None) };
    Ok(Some(web::block(move || chosen.hashed(&mut turn.memory)).await??))
}

/// "argon2id (19 MiB, t=2, p=1 or more)" (security.md 3).
const MEMORY_KIB: u32 = 19 * 1024;
const TIMES: u32 = 2;
const LANES: u32 = 1;

fn is_dated(kept: &str) -> bool {
    !kept.starts_with(&format!("$argon2id$v=19$m={MEMORY_KIB},t={TIMES},p={LANES}$"))
}

/// The hash of 32 random bytes that were thrown away, by the measures of today.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$b3Blbi1ob3VzZS1ub2JvZHk$jd3lQ6fBf5NUw3nMHLwYWY2yuyCBXQ1pbkz8H4lbEvA";

/// Why it is easy to guess.
fn in_words(lang: Lang, warning: Warning) -> String {
    let t = lang.texts();
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => {
            fl!(t, "account-password-keys")
        }
        Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            fl!(t, "account-password-repeats")
        }
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => fl!(t, "account-password-common"),
        Warning::SequencesLikeAbcAreEasyToGuess => fl!(t, "account-password-sequence"),
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => fl!(t, "account-password-date"),
        Warning::AWordByItselfIsEasyToGuess => fl!(t, "account-password-word"),
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            fl!(t, "account-password-name")
        }
    }
}

/// What makes it better.
fn advice(lang: Lang, suggestion: Suggestion) -> String {
    let t = lang.texts();
    match suggestion {
        Suggestion::CapitalizationDoesntHelpVeryMuch
        | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase
        | Suggestion::ReversedWordsArentMuchHarderToGuess
        | Suggestion::PredictableSubstitutionsDontHelpVeryMuch => fl!(t, "account-password-tip-tricks"),
        Suggestion::AvoidRecentYears
        | Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => fl!(t, "account-password-tip-dates"),
        _ => fl!(t, "account-password-tip-words"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(typed: &str) -> Option<String> {
        Password::typed(typed).fault(Lang::Nl, &["Anja Prins", "a.prins@noordermeer.example"])
    }

    #[test]
    fn a_good_password_needs_no_signs_or_capitals() {
        for good in ["trommel veert onder zeewier", "kapstok, mist en 3 anjers", "xq7Lw-09vb-PZk2m"] {
            assert_eq!(fault(good), None, "{good}");
        }
    }

    #[test]
    fn what_is_easy_to_guess_is_refused_with_the_reason() {
        for (typed, part) in [
            ("", "Vul een wachtwoord in"),
            ("kort", "minstens 12 tekens"),
            ("qwertyuiopas", "vaak gebruikt"),
            ("aaaaaaaaaaaaaa", "herhaalt"),
            ("password1234", "vaak gebruikt"),
            ("anjaprins2026", ""),
            ("noordermeer12", ""),
            ("openhouse1234", ""),
        ] {
            let told = fault(typed).unwrap_or_else(|| panic!("{typed} was taken"));
            assert!(told.contains(part), "{typed}: {told}");
        }
        assert!(fault(&"zomerwind vol kiezels ".repeat(7)).unwrap().contains("hoogstens 128"));
        // A word is easy to guess where everybody knows it.
        assert_eq!(fault("zuidermeer12"), None);
        assert!(Password::typed("zuidermeer12").fault(Lang::Nl, &["Zuidermeer"]).is_some());
    }

    #[test]
    fn names_numbers_and_years_in_a_row_are_no_password() {
        let known = ["Jan de Tester", "jan@tester.example", "Noordermeer", "Tekoop Werkt", "90007777"];
        let fault = |typed: &str| Password::typed(typed).fault(Lang::Nl, &known);
        for typed in
            ["noordermeer2026", "jantester2026!", "Tekoop90007777", "Jan-Tester-Noordermeer-1987", "OpenHouse-Jan2026"]
        {
            assert!(fault(typed).is_some(), "{typed} was taken");
        }
        // Of somebody else the same words are good, and a name may stand in a sentence.
        assert_eq!(fault("trommel veert onder zeewier in 2026"), None);
        assert_eq!(fault("jan fietst zelden naar het strand"), None);
    }

    #[test]
    fn an_accent_is_the_same_from_every_keyboard() {
        let (one, other) = (Password::typed("caf\u{e9} onder de regen"), Password::typed("cafe\u{301} onder de regen"));
        assert_eq!(one, other);
        let mut memory = Vec::new();
        let kept = one.hashed(&mut memory).unwrap();
        assert!(other.fits(&kept, &mut memory));
    }

    #[actix_web::test]
    async fn an_unknown_name_costs_a_hash_like_a_known_one() {
        let (door, typed) = (Door::default(), Password::typed("trommel veert onder zeewier"));
        assert!(PasswordHash::new(NOBODYS).is_ok(), "the hash of nobody is not even computed");
        assert!(!is_dated(NOBODYS), "the hash of nobody costs another amount of work");
        assert_eq!(test(&door, typed.clone(), None).await.unwrap(), Tested::Wrong);
        assert_eq!(door.tested(), 1);
        let kept = typed.hashed(&mut Vec::new()).unwrap();
        assert_eq!(test(&door, typed.clone(), Some(kept.clone())).await.unwrap(), Tested::Right { again: None });
        assert_eq!(test(&door, Password::typed("iets anders"), Some(kept)).await.unwrap(), Tested::Wrong);
        assert_eq!(door.tested(), 3);
    }

    #[actix_web::test]
    async fn a_hash_by_older_measures_is_made_again() {
        let typed = Password::typed("trommel veert onder zeewier");
        let older = Params::new(1024, 1, 1, None).unwrap();
        let kept = typed.worked(&older, b"sixteen bytes!!!", &mut Vec::new()).unwrap();
        assert!(is_dated(&kept));
        match test(&Door::default(), typed.clone(), Some(kept)).await.unwrap() {
            Tested::Right { again: Some(again) } => assert!(typed.fits(&again, &mut Vec::new()) && !is_dated(&again)),
            other => panic!("{other:?}"),
        }
    }
}
