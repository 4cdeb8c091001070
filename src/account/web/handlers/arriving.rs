//! The last step inside (binnenkomen): everything was right, and a session begins under a new key.

use actix_web::HttpResponse;
use chrono::NaiveDateTime;

use crate::account::entrance::{Visit, porch_cookie, session_cookie};
use crate::account::store::Person;
use crate::account::store::session::{self, Device, Start};
use crate::account::web::handlers::{see_other, start_of};
use crate::account::{Token, Way, device, notice};
use crate::db::Conn;
use crate::house::Turn;

/// What is needed to let somebody in, taken from the request before the work goes to another thread.
pub struct Arrival {
    now: NaiveDateTime,
    origin: String,
    device: String,
    shown: Option<Token>,
    key: Token,
    mark: Token,
}

/// Somebody who is inside.
pub struct Arrived {
    person: Person,
    key: Token,
    /// For a device that was not known yet.
    mark: Option<Token>,
}

impl Arrival {
    pub fn of(visit: &Visit) -> Result<Arrival, Turn> {
        Ok(Arrival {
            now: visit.house.now(),
            origin: visit.origin.clone(),
            device: visit.device.clone(),
            shown: visit.device_mark.clone(),
            key: Token::new()?,
            mark: Token::new()?,
        })
    }

    /// Begins the session of who came with a password and a code.
    pub fn enter(self, conn: &mut Conn, person: Person, by: &str) -> Result<Arrived, Turn> {
        self.enter_by(conn, person, Way::Own, by)
    }

    /// Begins the session, and tells him by mail when the device is another than before.
    pub fn enter_by(self, conn: &mut Conn, person: Person, way: Way, by: &str) -> Result<Arrived, Turn> {
        let start = Start { origin: &self.origin, key: &self.key, device: &self.device, by, way };
        session::begin(conn, self.now, &person, start)?;
        let device = session::greet(conn, self.now, person.account_id, self.shown.as_ref(), &self.mark)?;
        if device == Device::New {
            notice::tell_of_device(conn, self.now, &person, &self.device)?;
        }
        let mark = (device != Device::Known).then_some(self.mark);
        Ok(Arrived { person, key: self.key, mark })
    }
}

impl Arrived {
    pub fn answer(self, visit: &Visit) -> Result<HttpResponse, Turn> {
        let start = start_of(&self.person);
        self.answer_at(visit, &start)
    }

    /// The same, beginning at another page than usual.
    pub fn answer_at(self, visit: &Visit, start: &str) -> Result<HttpResponse, Turn> {
        let mut answer = see_other(start);
        answer.add_cookie(&session_cookie(&visit.house, Some(&self.key)))?;
        answer.add_cookie(&porch_cookie(&visit.house, None))?;
        if let Some(mark) = &self.mark {
            answer.add_cookie(&device::cookie(&visit.house, mark))?;
        }
        Ok(answer)
    }
}
