//! Closed lists of codes: an enum whose variants have one written form.
//!
//! The same lower-case English word stands in the database, in JSON and in URLs; the Dutch
//! word of a spreadsheet or a screen is a text, and belongs to the page that shows it.

/// A word that is not on a closed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    pub found: String,
    pub known: &'static [&'static str],
}

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown code {:?}, known are {}", self.found, self.known.join(", "))
    }
}

impl std::error::Error for UnknownCode {}

/// Writes an enum of codes with everything a code needs: its written form, reading it back,
/// serde, and a text column on either database.
#[macro_export]
macro_rules! codes {
    ($(#[$outer:meta])* pub enum $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(::diesel::expression::AsExpression, ::diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = ::diesel::sql_types::Text)]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::codes::UnknownCode { found: word.to_owned(), known: Self::WORDS }),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(from)?;
                word.parse().map_err(::serde::de::Error::custom)
            }
        }

        impl<DB> ::diesel::serialize::ToSql<::diesel::sql_types::Text, DB> for $name
        where
            DB: ::diesel::backend::Backend,
            str: ::diesel::serialize::ToSql<::diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut ::diesel::serialize::Output<'b, '_, DB>) -> ::diesel::serialize::Result {
                self.as_str().to_sql(out)
            }
        }

        impl<DB> ::diesel::deserialize::FromSql<::diesel::sql_types::Text, DB> for $name
        where
            DB: ::diesel::backend::Backend,
            String: ::diesel::deserialize::FromSql<::diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> ::diesel::deserialize::Result<Self> {
                Ok(String::from_sql(value)?.parse()?)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    codes! {
        /// Two words, to test the list with.
        pub enum Answer { Yes = "yes", NotYet = "not_yet" }
    }

    #[test]
    fn a_code_reads_back_what_it_writes() {
        for answer in Answer::ALL {
            assert_eq!(answer.as_str().parse::<Answer>().unwrap(), *answer);
            let json = serde_json::to_string(answer).unwrap();
            assert_eq!(serde_json::from_str::<Answer>(&json).unwrap(), *answer);
        }
    }

    #[test]
    fn an_unknown_word_names_the_known_ones() {
        let refusal = "maybe".parse::<Answer>().unwrap_err();
        assert_eq!(refusal.to_string(), r#"unknown code "maybe", known are yes, not_yet"#);
    }
}
