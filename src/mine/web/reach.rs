//! What is within reach (bereik): the application that an address names, when it is the provider's own; and how a refusal
//! of the dossier ends on a page.

use chrono::NaiveDate;

use crate::account::entrance::Insider;
use crate::actor::Actor;
use crate::db::Conn;
use crate::dossier::before_start::{self, StillAsked};
use crate::dossier::store::{Fault, find};
use crate::dossier::tasks::{self, TaskList};
use crate::dossier::{Application, ApplicationNumber, Refusal};
use crate::house::Turn;
use crate::page::{Frame, Section};
use crate::procedure::admission::{self, Procedure};

/// An application with everything that its pages show.
#[derive(Debug, Clone)]
pub struct Case {
    pub application: Application,
    pub procedure: Procedure,
    pub list: TaskList,
    /// Of who was admitted: what is still asked before the start.
    pub before_start: Option<StillAsked>,
}

/// The municipality has pages of its own; what is another provider's does not exist.
pub fn own(conn: &mut Conn, actor: &Actor, nr: &str) -> Result<Application, Turn> {
    if actor.own_provider().is_none() {
        return Err(Turn::NotAllowed);
    }
    let number = ApplicationNumber::read(nr).ok_or(Turn::NotFound)?;
    find(conn, actor, number)?.ok_or(Turn::NotFound)
}

pub fn case(conn: &mut Conn, actor: &Actor, nr: &str, today: NaiveDate) -> Result<Case, Turn> {
    let application = own(conn, actor, nr)?;
    let procedure = admission::store::find(conn, actor, application.procedure_id)?.ok_or(Turn::NotFound)?;
    let list = tasks::of(conn, actor, today, &application, None)?;
    let before_start = before_start::of(conn, actor, &application)?;
    Ok(Case { application, procedure, list, before_start })
}

/// The frame of a page below the dossier of an application.
pub fn frame_within(who: &Insider, application: &Application, here: String) -> Frame {
    let frame = who.frame(Some(Section::Mine)).crumb(
        i18n_embed_fl::fl!(who.lang.texts(), "mine-dossier-number", number = application.number.to_string()),
        super::path(application),
    );
    Frame { here, ..frame }
}

/// A refusal is told on the page; only what is not there, not his, or broken ends the request.
pub fn told<T>(done: Result<T, Fault>, back: &str) -> Result<Result<T, Refusal>, Turn> {
    match done {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Trouble(cause)) => Err(cause.into()),
        Err(Fault::Refused(Refusal::NotFound)) => Err(Turn::NotFound),
        Err(Fault::Refused(Refusal::ChangedMeanwhile { by, .. })) => {
            Err(Turn::Conflict { by: Some(by), back: back.to_owned() })
        }
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
    }
}
