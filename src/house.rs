//! The house (huis): what every handler needs of the world, and how a request ends when it cannot be answered.

pub mod counted;
pub mod door;
pub mod identity;
pub mod origin;
pub mod trade_register;
pub mod uploads;
pub mod waiting;

use std::convert::Infallible;
use std::io::{self, ErrorKind};

use actix_multipart::MultipartError;
use actix_web::error::PayloadError;
use actix_web::web::{self, Data};
use chrono::{NaiveDate, NaiveDateTime, Utc};

use crate::calendar::wall_clock;
use crate::db::{Conn, Db};
use crate::files::{Files, FilesTrouble};
use crate::mail::sending::Sending;
use crate::page::Frame;
use crate::page::trouble::{Trouble, TroublePage};
use crate::seal::Seals;
use crate::vault::Vault;
use counted::Counted;
use door::Door;
use identity::IdentityProviders;
use trade_register::TradeRegister;
use uploads::Uploads;
use waiting::WaitingRoom;

/// One installation at work.
pub struct House {
    pub waiting: WaitingRoom,
    /// The numbers in the menus.
    pub counted: Counted,
    pub db: Db,
    pub files: Files,
    pub uploads: Uploads,
    pub vault: Vault,
    pub door: Door,
    /// The address under which users see it, without a slash at the end.
    pub public_url: String,
    /// How mail leaves; pages only post it (`mail::store::post`), a worker sends it.
    pub mail: Sending,
    /// None: a KvK number is not looked up.
    pub trade_register: Option<TradeRegister>,
    /// Where people may sign in elsewhere; nowhere, until the settings say so.
    pub identity: IdentityProviders,
    /// What closes that which counts, as it is printed.
    pub seals: Seals,
}

impl House {
    /// Opens the doors under this address.
    pub fn open(db: Db, files: Files, vault: Vault, uploads: Uploads, mail: Sending, public_url: &str) -> House {
        let (waiting, counted, door) = (WaitingRoom::default(), Counted::default(), Door::default());
        House {
            waiting,
            counted,
            db,
            files,
            uploads,
            vault,
            door,
            public_url: public_url.to_owned(),
            mail,
            trade_register: None,
            identity: IdentityProviders::default(),
            seals: Seals::NONE,
        }
    }

    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Now, in UTC. Handlers read the clock here and hand it on; nothing below them does.
    pub fn now(&self) -> NaiveDateTime {
        Utc::now().naive_utc()
    }

    /// The day it is on a Dutch wall.
    pub fn today(&self) -> NaiveDate {
        wall_clock(self.now()).date()
    }
}

/// Why a request is not answered with its page.
#[derive(Debug)]
pub enum Turn {
    /// What is not there, and what is not yours: the same.
    NotFound,
    NotAllowed,
    BadRequest,
    Conflict {
        by: Option<String>,
        back: String,
    },
    TooLarge {
        limit_mb: u32,
    },
    FormTooLarge,
    WrongVerb,
    TooSlow,
    TooLong,
    WrongHost {
        right: String,
    },
    /// There is no room now, in the house or at the gate of the files; later there is.
    Busy,
    Broken(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Turn {
    fn from(cause: E) -> Turn {
        Turn::Broken(cause.into())
    }
}

impl Turn {
    /// Why the body of a request could not be read.
    pub fn of_body(cause: &PayloadError) -> Turn {
        match cause {
            PayloadError::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => Turn::TooSlow,
            _ => Turn::BadRequest,
        }
    }

    /// The same for a form with files.
    pub fn of_upload(cause: MultipartError) -> Turn {
        match cause {
            MultipartError::Payload(cause) => Turn::of_body(&cause),
            _ => Turn::BadRequest,
        }
    }

    /// The page for it. The whole chain of causes goes to the log under a number that the visitor sees.
    pub fn answer(self, frame: Frame) -> actix_web::HttpResponse {
        // Who finds the providers in his menu may search them; a provider's own people may not.
        let search = frame.menu.iter().any(|item| item.href == "/aanbieders");
        let trouble = match self {
            Turn::NotFound => Trouble::NotFound { search },
            Turn::NotAllowed => Trouble::NotAllowed { ask: None },
            Turn::BadRequest => Trouble::BadRequest,
            Turn::Conflict { by, back } => Trouble::Conflict { by, back },
            Turn::TooLarge { limit_mb } => Trouble::TooLarge { limit_mb },
            Turn::FormTooLarge => Trouble::FormTooLarge,
            Turn::WrongVerb => Trouble::WrongVerb,
            Turn::TooSlow => Trouble::TooSlow,
            Turn::TooLong => Trouble::TooLong,
            Turn::WrongHost { right } => Trouble::WrongHost { right },
            Turn::Busy => {
                let reference = reference();
                tracing::warn!(reference, "too busy for a request");
                Trouble::Busy { reference }
            }
            Turn::Broken(cause) => {
                let reference = reference();
                tracing::error!(reference, cause = format!("{cause:#}"), "a request failed");
                match disk_refused(&cause) {
                    Some(full) => Trouble::CannotStore { reference, full },
                    None => Trouble::Broken { reference },
                }
            }
        };
        TroublePage::answer(frame, trouble)
    }
}

/// Whether the disk took something not, and if so whether it is full: told apart, because it has nothing to do with what
/// was sent and passes without it.
fn disk_refused(cause: &anyhow::Error) -> Option<bool> {
    if let Some(FilesTrouble::Io { cause, .. }) = cause.downcast_ref::<FilesTrouble>() {
        let full = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
        return Some(full.contains(&cause.kind()));
    }
    let said = cause.downcast_ref::<diesel::result::Error>()?.to_string();
    match () {
        () if said.contains("disk is full") || said.contains("No space left on device") => Some(true),
        () if said.contains("disk I/O error") => Some(false),
        () => None,
    }
}

/// A number to find a failure by.
fn reference() -> String {
    let mut bits = [0u8; 4];
    match getrandom::fill(&mut bits) {
        Ok(()) => format!("{:08X}", u32::from_be_bytes(bits)),
        Err(_) => "00000000".to_owned(),
    }
}

/// Reads on the pool of blocking threads, in one transaction.
pub async fn read<T: Send + 'static>(
    house: &Data<House>,
    work: impl FnOnce(&mut Conn) -> Result<T, Turn> + Send + 'static,
) -> Result<T, Turn> {
    let house = house.clone();
    web::block(move || house.db.read(work)).await?
}

/// Writes on the pool of blocking threads, in one transaction.
pub async fn write<T: Send + 'static>(
    house: &Data<House>,
    work: impl FnOnce(&mut Conn) -> Result<T, Turn> + Send + 'static,
) -> Result<T, Turn> {
    let house = house.clone();
    web::block(move || house.db.write(work)).await?
}

/// Tries what [`write`] would do, and undoes all of it: a check page refuses what its last button would refuse, in the same
/// words.
pub async fn rehearse<T: Send + 'static>(
    house: &Data<House>,
    work: impl FnOnce(&mut Conn) -> Result<T, Turn> + Send + 'static,
) -> Result<T, Turn> {
    let house = house.clone();
    let tried = web::block(move || {
        house.db.write(|conn| {
            Err::<Infallible, Rehearsed<T>>(match work(conn) {
                Ok(value) => Rehearsed::Done(value),
                Err(turn) => Rehearsed::Ended(turn),
            })
        })
    });
    match tried.await? {
        Err(Rehearsed::Done(value)) => Ok(value),
        Err(Rehearsed::Ended(turn)) => Err(turn),
        Ok(never) => match never {},
    }
}

/// How a rehearsal went; both ways its transaction ends with nothing written.
enum Rehearsed<T> {
    Done(T),
    Ended(Turn),
}

impl<T> From<diesel::result::Error> for Rehearsed<T> {
    fn from(cause: diesel::result::Error) -> Rehearsed<T> {
        Rehearsed::Ended(cause.into())
    }
}

#[cfg(test)]
mod tests {
    use diesel::result::{DatabaseErrorKind, Error};

    use super::*;

    fn file(kind: ErrorKind) -> anyhow::Error {
        FilesTrouble::Io { doing: "writing the file", path: "x".into(), cause: kind.into() }.into()
    }

    #[test]
    fn a_full_disk_is_told_apart_from_a_broken_one_and_from_a_fault_of_ours() {
        assert_eq!(disk_refused(&file(ErrorKind::StorageFull)), Some(true));
        assert_eq!(disk_refused(&file(ErrorKind::Other)), Some(false));
        let database = |said: &str| {
            let fault = Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(said.to_owned()));
            disk_refused(&anyhow::Error::from(fault))
        };
        assert_eq!(database("database or disk is full"), Some(true));
        assert_eq!(database("disk I/O error"), Some(false));
        assert_eq!(database("UNIQUE constraint failed"), None);
        assert_eq!(disk_refused(&anyhow::anyhow!("something else")), None);
    }
}
