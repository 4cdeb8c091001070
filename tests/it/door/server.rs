//! The application on a port of this machine, and a client that speaks HTTP by hand.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::web::{Data, ServiceConfig};
use openhouse::app::{Manners, manners::PATIENCE, whole};
use openhouse::files::Files;
use openhouse::house::House;
use openhouse::house::uploads::{Scan, Uploads};

use crate::ground::{Ground, sqlite, vault};

pub fn manners() -> Manners {
    Manners::new("127.0.0.1:0".parse().unwrap(), 50, PATIENCE)
}

/// Serves until the test is over.
pub struct Server {
    pub house: Data<House>,
    host: String,
    _ground: Ground,
    _folder: tempfile::TempDir,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub text: String,
    /// Nothing more can be asked over this connection.
    pub closed: bool,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }
}

impl Server {
    pub fn start(manners: Manners, routes: fn(&mut ServiceConfig)) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let host = listener.local_addr().unwrap().to_string();
        Server::at(listener, &format!("http://{host}"), manners, routes)
    }

    pub fn at(listener: TcpListener, public_url: &str, manners: Manners, routes: fn(&mut ServiceConfig)) -> Server {
        Server::on(sqlite(), listener, public_url, manners, routes)
    }

    /// The same on a database of choice.
    pub fn on(
        ground: Ground,
        listener: TcpListener,
        public_url: &str,
        manners: Manners,
        routes: fn(&mut ServiceConfig),
    ) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let house = Data::new(House::open(
            ground.db.clone(),
            Files::open(&folder.path().join("files")).unwrap(),
            vault(),
            Uploads::new(1024 * 1024, Scan::Off).unwrap(),
            openhouse::mail::sending::Sending::default(),
            public_url,
        ));
        let (served, manners) = (house.clone(), Data::new(manners));
        std::thread::spawn(move || {
            let serving = HttpServer::new(move || whole(served.clone(), manners.clone(), routes)).workers(1);
            let serving = serving.disable_signals().listen(listener).unwrap().run();
            actix_web::rt::System::new().block_on(serving)
        });
        Server { house, host, _ground: ground, _folder: folder }
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn ask(&self, verb: &str, path: &str, headers: &str, body: &str) -> Answer {
        self.ask_host(&self.host, verb, path, headers, body)
    }

    pub fn ask_host(&self, host: &str, verb: &str, path: &str, headers: &str, body: &str) -> Answer {
        let mut line = self.connect();
        let length = body.len();
        let head =
            format!("{verb} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n");
        // A refusal may come before everything was said.
        let _ = line.write_all(format!("{head}{headers}\r\n{body}").as_bytes());
        listen(line)
    }

    /// Says the body in parts with pauses, as long as nobody answers.
    pub fn send_slowly(&self, verb: &str, path: &str, headers: &str, parts: &[&str], pause: Duration) -> Answer {
        let mut line = self.connect();
        line.write_all(format!("{verb} {path} HTTP/1.1\r\nhost: {}\r\n{headers}\r\n", self.host).as_bytes()).unwrap();
        for part in parts {
            std::thread::sleep(pause);
            if line.write_all(part.as_bytes()).is_err() || answered(&line) {
                break;
            }
        }
        listen(line)
    }

    /// Says the head and then keeps silent.
    pub fn hold(&self, verb: &str, path: &str, headers: &str) -> TcpStream {
        let mut line = self.connect();
        line.write_all(format!("{verb} {path} HTTP/1.1\r\nhost: {}\r\n{headers}\r\n", self.host).as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        line
    }

    fn connect(&self) -> TcpStream {
        let line = TcpStream::connect(&self.host).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        line
    }
}

fn answered(line: &TcpStream) -> bool {
    line.set_nonblocking(true).unwrap();
    let something = line.peek(&mut [0; 1]).is_ok_and(|bytes| bytes > 0);
    line.set_nonblocking(false).unwrap();
    something
}

fn listen(mut line: TcpStream) -> Answer {
    let (mut said, mut piece) = (Vec::new(), [0; 64 * 1024]);
    let closed = loop {
        match line.read(&mut piece) {
            Ok(0) => break true,
            Ok(bytes) => said.extend_from_slice(&piece[..bytes]),
            // Reset, when the other side did not want to hear the rest; or nothing more for a long time.
            Err(cause) => break cause.kind() == std::io::ErrorKind::ConnectionReset,
        }
        if whole_answer(&said) && line.set_read_timeout(Some(Duration::from_secs(2))).is_err() {
            break false;
        }
    };
    let text = String::from_utf8_lossy(&said).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer, but: {text:?}"));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.unwrap_or_else(|| panic!("no status in {head:?}")),
        headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect(),
        text: body.to_owned(),
        closed,
    }
}

fn whole_answer(said: &[u8]) -> bool {
    said.windows(4).any(|four| four == b"\r\n\r\n")
}

/// Everything that is logged in this process from now on.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub fn lines(&self) -> Vec<String> {
        String::from_utf8_lossy(&self.0.lock().unwrap()).lines().map(str::to_owned).collect()
    }
}

pub fn read_along() -> Log {
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(lines).expect("nobody reads along yet");
    log
}
