//! What is said about the cells of a file (meldingen), in a form that no longer knows which kind of file it was.

use serde_json::{Value, json};

use crate::sheet::{Place, Remark, Wording};
use crate::text::Lang;

/// A fault or a warning with its words.
pub struct Said {
    pub place: Place,
    pub found: String,
    /// The whole sentence: where, what stands there, what is expected.
    pub message: String,
}

impl Said {
    pub fn of<W: Wording>(remarks: &[Remark<W>], lang: Lang) -> Vec<Said> {
        let said = |remark: &Remark<W>| Said {
            place: remark.place.clone(),
            found: remark.found.clone(),
            message: remark.message(lang),
        };
        remarks.iter().map(said).collect()
    }

    pub fn as_json(&self) -> Value {
        json!({
            "sheet": self.place.sheet,
            "row": self.place.row,
            "column": self.place.column,
            "found": self.found,
            "message": self.message,
        })
    }
}

pub fn said_as_json<W: Wording>(remarks: &[Remark<W>], lang: Lang) -> Vec<Value> {
    Said::of(remarks, lang).iter().map(Said::as_json).collect()
}
