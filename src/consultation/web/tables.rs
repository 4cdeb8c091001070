//! The list of tables (overlegtafels), and the form to set a new one.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Form;
use askama::Template;
use i18n_embed_fl::fl;
use serde::Deserialize;
use validator::Validate;

use super::{Side, carry_out, required, status_for, too_long, whole};
use crate::account::entrance::Insider;
use crate::account::web::handlers::see_other;
use crate::actor::Role;
use crate::consultation::seating::{self, NewTable};
use crate::consultation::{ConsultationTable, Refusal, TableKind, store};
use crate::house::{self, Turn};
use crate::page::entry::{Choice, Entry, EntryKind, read_day};
use crate::page::{FormErrors, Frame, Section, Status, Tone, answer};
use crate::procedure::admission;
use crate::text::Lang;

/// GET `/tafels` and `/mijn/tafels`.
#[derive(Template)]
#[template(path = "consultation/tables.html")]
pub struct TablesPage {
    pub frame: Frame,
    pub side: Side,
    pub manages: bool,
    /// Each with whether it runs today.
    pub tables: Vec<(ConsultationTable, bool)>,
}

impl TablesPage {
    fn path(&self, table: &ConsultationTable) -> String {
        match self.side {
            Side::Provider => format!("/mijn/tafels/{}", table.id),
            Side::Office | Side::Guest => format!("/tafels/{}", table.id),
        }
    }

    fn kind(&self, table: &ConsultationTable) -> String {
        table.kind.in_words(self.frame.lang)
    }

    fn days(&self, table: &ConsultationTable) -> String {
        days(table, self.frame.lang)
    }

    fn status(&self, runs: &bool) -> Status {
        match runs {
            true => Status::new(Tone::Ok, fl!(self.frame.t(), "consultation-runs")).plain(),
            false => Status::new(Tone::Idle, fl!(self.frame.t(), "consultation-runs-not")).plain(),
        }
    }
}

/// From when until when a table runs, in a line.
pub(super) fn days(table: &ConsultationTable, lang: Lang) -> String {
    let from = lang.day(table.from);
    match table.until {
        Some(until) => fl!(lang.texts(), "consultation-from-until", from = from, until = lang.day(until)),
        None => fl!(lang.texts(), "consultation-from", from = from),
    }
}

/// GET `/tafels`
pub async fn of_office(who: Insider) -> HttpResponse {
    who.answer(match who.actor().may_read_dossiers() {
        true => list(&who, Side::Office).await,
        false => Err(Turn::NotAllowed),
    })
}

/// GET `/mijn/tafels`
pub async fn of_provider(who: Insider) -> HttpResponse {
    who.answer(match who.actor().own_provider() {
        Some(_) => list(&who, Side::Provider).await,
        None => Err(Turn::NotAllowed),
    })
}

async fn list(who: &Insider, side: Side) -> Result<HttpResponse, Turn> {
    let (actor, today) = (who.actor(), who.house.today());
    let tables = house::read(&who.house, move |conn| Ok(store::tables(conn, &actor)?)).await?;
    let tables = tables.into_iter().map(|one| (one.clone(), one.runs_on(today))).collect();
    let manages = side == Side::Office && who.actor().role() == Role::ContractManager;
    Ok(answer(StatusCode::OK, &TablesPage { frame: who.frame(Some(Section::Tables)), side, manages, tables }))
}

/// GET and POST `/tafels/nieuw`.
#[derive(Template)]
#[template(path = "consultation/new-table.html")]
pub struct NewTablePage {
    pub frame: Frame,
    pub form: TableForm,
    /// Id and name of each procedure.
    pub procedures: Vec<(i64, String)>,
    pub errors: FormErrors,
}

/// As it was typed, so that it can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(default)]
pub struct TableForm {
    #[validate(length(max = 20))]
    pub procedure: String,
    #[validate(length(max = 20))]
    pub soort: String,
    #[validate(length(max = 120))]
    pub naam: String,
    #[validate(length(max = 2000))]
    pub doel: String,
    #[validate(length(max = 20))]
    pub van: String,
    #[validate(length(max = 20))]
    pub tot: String,
    #[validate(length(max = 5))]
    pub open: String,
}

impl TableForm {
    fn read(&self, lang: Lang) -> Result<NewTable, FormErrors> {
        let t = lang.texts();
        let mut errors = FormErrors::default();
        required(lang, &mut errors, ("naam", fl!(t, "consultation-name")), &self.naam);
        required(lang, &mut errors, ("doel", fl!(t, "consultation-purpose")), &self.doel);
        let from = read_day(&self.van);
        if from.is_none() {
            errors.fields.push(("van".to_owned(), fl!(t, "consultation-day-wrong")));
        }
        let until = read_day(&self.tot);
        if until.is_none() && !self.tot.trim().is_empty() {
            errors.fields.push(("tot".to_owned(), fl!(t, "consultation-day-wrong")));
        } else if from.zip(until).is_some_and(|(from, until)| until < from) {
            errors.fields.push(("tot".to_owned(), Refusal::WrongDays.in_words(lang)));
        }
        errors.fields.extend(too_long(lang, self));
        let procedure_id = self.procedure.parse().unwrap_or(0);
        let kind = self.soort.parse().unwrap_or(TableKind::Consultation);
        match from {
            Some(from) if errors.is_empty() => Ok(NewTable {
                procedure_id,
                kind,
                name: self.naam.clone(),
                purpose: self.doel.replace("\r\n", "\n"),
                is_open: self.open == "ja",
                from,
                until,
            }),
            _ => Err(errors),
        }
    }
}

impl NewTablePage {
    fn entries(&self) -> Vec<Entry> {
        let (lang, t, form) = (self.frame.lang, self.frame.t(), &self.form);
        let procedures = self.procedures.iter().map(|(id, name)| {
            let id = id.to_string();
            Choice::new(&id, name.clone(), form.procedure == id)
        });
        let chosen = form.soort.parse().unwrap_or(TableKind::Consultation);
        let kinds = TableKind::ALL.iter().map(|one| Choice::new(one.as_str(), one.in_words(lang), *one == chosen));
        vec![
            Entry::line(lang, "naam", fl!(t, "consultation-name"), &form.naam)
                .hint(fl!(t, "consultation-name-hint"))
                .told(&self.errors),
            Entry::new(lang, "procedure", fl!(t, "consultation-procedure"), EntryKind::Select(procedures.collect()))
                .told(&self.errors),
            Entry::new(lang, "soort", fl!(t, "consultation-kind"), EntryKind::Radio(kinds.collect()))
                .told(&self.errors),
            Entry::area(lang, "doel", fl!(t, "consultation-purpose"), &form.doel)
                .hint(fl!(t, "consultation-purpose-hint"))
                .told(&self.errors),
        ]
    }

    fn days(&self) -> [Entry; 2] {
        let (lang, t) = (self.frame.lang, self.frame.t());
        [
            Entry::day(lang, "van", fl!(t, "consultation-first-day"), &self.form.van).told(&self.errors),
            Entry::day(lang, "tot", fl!(t, "consultation-last-day"), &self.form.tot).told(&self.errors),
        ]
    }

    fn open(&self) -> Entry {
        let t = self.frame.t();
        Entry::tick(self.frame.lang, "open", fl!(t, "consultation-open"), self.form.open == "ja")
            .hint(fl!(t, "consultation-open-hint"))
    }
}

/// GET `/tafels/nieuw`
pub async fn new(who: Insider) -> HttpResponse {
    let form = TableForm { open: "ja".to_owned(), ..TableForm::default() };
    who.answer(show_new(&who, form, FormErrors::default(), StatusCode::OK).await)
}

async fn show_new(
    who: &Insider,
    form: TableForm,
    errors: FormErrors,
    status: StatusCode,
) -> Result<HttpResponse, Turn> {
    if who.actor().role() != Role::ContractManager {
        return Err(Turn::NotAllowed);
    }
    let (actor, lang) = (who.actor(), who.lang);
    let procedures = house::read(&who.house, move |conn| Ok(admission::store::all(conn, &actor)?)).await?;
    let named = |one: admission::Procedure| (one.id, one.details.name.in_lang(lang).to_owned());
    let frame = who.frame(Some(Section::Tables)).crumb(fl!(lang.texts(), "consultation-tables"), "/tafels");
    let frame = Frame { here: "/tafels/nieuw".to_owned(), ..frame };
    let procedures = procedures.into_iter().map(named).collect();
    Ok(answer(status, &NewTablePage { frame, form, procedures, errors }))
}

/// POST `/tafels`
pub async fn set(who: Insider, form: Form<TableForm>) -> HttpResponse {
    who.answer(set_table(&who, form.into_inner()).await)
}

async fn set_table(who: &Insider, form: TableForm) -> Result<HttpResponse, Turn> {
    if who.actor().role() != Role::ContractManager {
        return Err(Turn::NotAllowed);
    }
    let new = match form.read(who.lang) {
        Ok(new) => new,
        Err(errors) => return show_new(who, form, errors, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let (actor, now) = (who.actor(), who.house.now());
    match carry_out(&who.house, move |conn| seating::set_table(conn, &actor, now, &new)).await {
        Ok(Ok(id)) => Ok(see_other(&format!("/tafels/{id}/deelnemers"))),
        Ok(Err(refusal)) => show_new(who, form, whole(who.lang, &refusal), status_for(&refusal)).await,
        // A procedure that is not there: the list of the form was changed.
        Err(Turn::NotFound) => {
            let refusal = Refusal::NotFound;
            show_new(who, form, whole(who.lang, &refusal), status_for(&refusal)).await
        }
        Err(turn) => Err(turn),
    }
}
