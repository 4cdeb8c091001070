//! "Wie wist wat wanneer": every message of a table with the one moment at which all were told, and to whom; and the form
//! with which the chair announces something or answers a question.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use chrono::NaiveDateTime;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::reach::Reach;
use super::{Side, carry_out, required, status_for, too_long, whole};
use crate::account::web::handlers::see_other;
use crate::calendar::wall_clock;
use crate::consultation::telling::{self, Message, MessageKind, Told};
use crate::house::{self, Turn};
use crate::page::entry::{Choice, Entry, EntryKind};
use crate::page::{FormErrors, Frame, answer};
use crate::text::Lang;

/// GET and POST `…/berichten`.
#[derive(Template)]
#[template(path = "consultation/register.html")]
pub struct RegisterPage {
    pub frame: Frame,
    pub base: String,
    pub side: Side,
    pub manages: bool,
    pub table: String,
    pub lines: Vec<RegisterLine>,
    pub form: AnnounceForm,
    pub errors: FormErrors,
    pub done: Option<String>,
}

#[derive(Debug, Clone)]
pub struct RegisterLine {
    pub id: i64,
    pub what: String,
    pub words: String,
    /// Where it stands.
    pub href: String,
    /// On the Dutch wall clock.
    pub at: NaiveDateTime,
    pub by: String,
    pub told: Vec<Told>,
}

/// As it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct AnnounceForm {
    #[validate(length(max = 20))]
    pub soort: String,
    #[validate(length(max = 4000))]
    pub tekst: String,
}

impl RegisterPage {
    fn role(&self, told: &Told) -> String {
        told.role.in_words(self.frame.lang)
    }

    /// The file is the office's.
    fn has_file(&self) -> bool {
        self.side == Side::Office && !self.lines.is_empty()
    }

    fn entries(&self) -> Vec<Entry> {
        let (lang, t) = (self.frame.lang, self.frame.t());
        let kinds = [MessageKind::Announcement, MessageKind::Answer];
        let chosen = self.form.soort.parse().unwrap_or(MessageKind::Announcement);
        let choices = kinds.iter().map(|one| Choice::new(one.as_str(), one.in_words(lang, None), *one == chosen));
        vec![
            Entry::new(lang, "soort", fl!(t, "consultation-message-kind"), EntryKind::Radio(choices.collect()))
                .told(&self.errors),
            Entry::area(lang, "tekst", fl!(t, "consultation-message-words"), &self.form.tekst)
                .hint(fl!(t, "consultation-message-hint"))
                .told(&self.errors),
        ]
    }
}

pub(super) async fn show(at: Reach, done: Option<String>) -> Result<HttpResponse, Turn> {
    page(at, AnnounceForm::default(), FormErrors::default(), done, StatusCode::OK).await
}

async fn page(
    at: Reach,
    form: AnnounceForm,
    errors: FormErrors,
    done: Option<String>,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    let house = at.house.clone();
    let page = house::read(&house, move |conn| {
        let messages = telling::messages(conn, &at.actor, at.table.id)?;
        let lines = messages.into_iter().map(|one| line(one, &at.base, at.lang)).collect();
        let (frame, manages) = (at.below("/berichten"), at.manages());
        let table = at.table.name.clone();
        Ok(RegisterPage { frame, base: at.base, side: at.side, manages, table, lines, form, errors, done })
    })
    .await?;
    Ok(answer(status, &page))
}

fn line(one: Message, base: &str, lang: Lang) -> RegisterLine {
    RegisterLine {
        id: one.id,
        what: one.kind.in_words(lang, one.number),
        words: one.words,
        href: format!("{base}{}", one.place),
        at: wall_clock(one.at),
        by: one.by,
        told: one.told,
    }
}

pub(super) async fn announce(at: Reach, form: AnnounceForm) -> Result<HttpResponse, Turn> {
    if !at.manages() {
        return Err(Turn::NotAllowed);
    }
    let mut errors = FormErrors::default();
    required(at.lang, &mut errors, ("tekst", fl!(at.lang.texts(), "consultation-message-words")), &form.tekst);
    errors.fields.extend(too_long(at.lang, &form));
    if !errors.is_empty() {
        return page(at, form, errors, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (actor, now, table, base) = (at.actor.clone(), at.now(), at.table.id, at.base.clone());
    let kind = form.soort.parse().unwrap_or(MessageKind::Announcement);
    let words = form.tekst.replace("\r\n", "\n");
    match carry_out(&at.house, move |conn| telling::announce(conn, &actor, now, table, kind, &words)).await? {
        Ok(_) => Ok(see_other(&format!("{base}/berichten?klaar=bericht"))),
        Err(refusal) => {
            let errors = whole(at.lang, &refusal);
            page(at, form, errors, None, status_for(&refusal)).await
        }
    }
}

/// The register as a spreadsheet reads it: a line for everybody who was told.
pub(super) async fn csv(at: Reach) -> Result<HttpResponse, Turn> {
    let (lang, id) = (at.lang, at.table.id);
    let house = at.house.clone();
    let messages = house::read(&house, move |conn| Ok(telling::messages(conn, &at.actor, id)?)).await?;
    let bytes = written(lang, &messages)?;
    let name = format!("attachment; filename=\"{}-{id}.csv\"", fl!(lang.texts(), "consultation-register-file"));
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes))
}

/// Semicolons and a byte order mark, as Dutch spreadsheets open it; the moment in Amsterdam and in UTC.
fn written(lang: Lang, messages: &[Message]) -> anyhow::Result<Vec<u8>> {
    let t = lang.texts();
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record([
        fl!(t, "consultation-csv-number"),
        fl!(t, "consultation-csv-what"),
        fl!(t, "consultation-csv-words"),
        fl!(t, "consultation-csv-at"),
        fl!(t, "consultation-csv-utc"),
        fl!(t, "consultation-csv-by"),
        fl!(t, "consultation-csv-who"),
        fl!(t, "consultation-csv-role"),
        fl!(t, "consultation-csv-mails"),
    ])?;
    for message in messages.iter().rev() {
        for told in &message.told {
            writer.write_record([
                message.id.to_string(),
                harmless(&message.kind.in_words(lang, message.number)),
                harmless(&message.words),
                wall_clock(message.at).format("%Y-%m-%d %H:%M:%S%.3f").to_string(),
                message.at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
                harmless(&message.by),
                harmless(&told.name),
                told.role.in_words(lang),
                told.mails.to_string(),
            ])?;
        }
    }
    writer.into_inner().map_err(|fault| anyhow::anyhow!("{fault}"))
}

/// What a spreadsheet would take for a formula is words to it.
fn harmless(words: &str) -> String {
    match words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{words}"),
        false => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::SeatRole;

    #[test]
    fn the_register_has_a_line_for_everybody_with_the_same_moment_and_no_formula() {
        let told = |name: &str| Told { role: SeatRole::Provider, name: name.to_owned(), mails: 1 };
        let message = Message {
            id: 7,
            kind: MessageKind::Decision,
            number: Some(3),
            place: "/voorstellen/2".to_owned(),
            words: "=1+1; ja".to_owned(),
            at: "2026-11-18T13:00:00.250".parse().unwrap(),
            by: "Marloes de Wit".to_owned(),
            told: vec![told("Werkpad"), told("@Stap")],
        };
        let file = String::from_utf8(written(Lang::Nl, &[message]).unwrap()).unwrap();
        let lines: Vec<&str> = file.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(
            lines[1..],
            [
                "7;Besluit 3;\"'=1+1; ja\";2026-11-18 14:00:00.250;2026-11-18T13:00:00.250Z;Marloes de Wit;Werkpad;aanbieder;1",
                "7;Besluit 3;\"'=1+1; ja\";2026-11-18 14:00:00.250;2026-11-18T13:00:00.250Z;Marloes de Wit;'@Stap;aanbieder;1",
            ]
        );
    }
}
