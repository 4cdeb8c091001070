//! The pages of the consultation table (pagina's van de overlegtafel): the same for the office (`/tafels`), for a provider
//! (`/mijn/tafels`) and for a client representative, who comes in by a link (`/tafel/{token}`). What may be done is decided
//! by the verbs; these pages show it and pass refusals on in words.

pub mod decisions;
pub mod guest;
mod invitations;
pub mod meeting_form;
pub mod meetings;
mod minutes_form;
pub mod office;
pub mod proposals;
pub mod propose;
pub mod provider;
mod reach;
pub mod register;
pub mod sample;
mod sample_table;
pub mod seats;
pub mod table;
pub mod tables;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use i18n_embed_fl::fl;
use validator::{Validate, ValidationError};

use super::{Fault, ProposalState, Refusal, Stance};
use crate::db::Conn;
use crate::house::{House, Turn};
use crate::page::{FormErrors, Status, Tone};
use crate::text::Lang;

/// From which side the page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Office,
    Provider,
    /// A client representative, by link.
    Guest,
}

fn status_of(state: ProposalState, lang: Lang) -> Status {
    let tone = match state {
        ProposalState::Open => Tone::Todo,
        ProposalState::CarriedOver => Tone::Wait,
        ProposalState::Withdrawn => Tone::Idle,
        ProposalState::Adopted | ProposalState::Amended => Tone::Ok,
        ProposalState::Rejected => Tone::Bad,
    };
    Status::new(tone, state.in_words(lang))
}

fn stance_status(stance: Stance, lang: Lang) -> Status {
    let tone = match stance {
        Stance::Agree => Tone::Ok,
        Stance::Objection => Tone::Warn,
        Stance::Remark => Tone::Watch,
    };
    Status::new(tone, stance.in_words(lang)).plain()
}

/// One act in one transaction, of which nothing stays when the table says no. A refusal is told on the page, with everything
/// that was typed; only what is not there or broken ends the request.
async fn carry_out<T: Send + 'static>(
    house: &Data<House>,
    work: impl FnOnce(&mut Conn) -> Result<T, Fault> + Send + 'static,
) -> Result<Result<T, Refusal>, Turn> {
    let house = house.clone();
    match actix_web::web::block(move || house.db.write(work)).await? {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
        Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
    }
}

/// A look-up that could not be made ends the request.
fn turn_of(fault: Fault) -> Turn {
    match fault {
        Fault::Trouble(cause) => cause.into(),
        Fault::Refused(_) => Turn::NotFound,
    }
}

fn whole(lang: Lang, refusal: &Refusal) -> FormErrors {
    FormErrors { whole: vec![refusal.in_words(lang)], ..FormErrors::default() }
}

fn status_for(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::ChangedMeanwhile(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The fields that hold more than they take, each with what to do about it.
fn too_long(lang: Lang, form: &impl Validate) -> Vec<(String, String)> {
    let Err(faults) = form.validate() else { return Vec::new() };
    let told = |faults: &[ValidationError]| {
        let most = faults.iter().find_map(|fault| fault.params.get("max")?.as_u64());
        match most {
            Some(most) => fl!(lang.texts(), "consultation-too-long", most = most),
            None => fl!(lang.texts(), "consultation-email-wrong"),
        }
    };
    faults.field_errors().iter().map(|(field, faults)| (field.to_string(), told(faults))).collect()
}

/// Told at a field that was left empty, with the name of that field: the summary on top stands far from it.
fn required(lang: Lang, errors: &mut FormErrors, (field, name): (&str, String), typed: &str) {
    if typed.trim().is_empty() {
        errors.fields.push((field.to_owned(), fl!(lang.texts(), "consultation-fill-in", field = name)));
    }
}
