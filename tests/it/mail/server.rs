//! A mail server of the test's own: speaks SMTP on a port of this computer, keeps what it took, and misbehaves on demand.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How the server behaves from the next connection on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Good,
    /// Says nothing for so long before its greeting.
    Slow(Duration),
    /// Answers this to every recipient.
    RefuseRecipient(&'static str),
    /// Answers this to whoever signs in.
    RefuseSignIn(&'static str),
    /// Hangs up in the middle of a mail.
    DropInData,
    /// Keeps the mail, and hangs up without saying so.
    TakeInSilence,
    /// Keeps the mail, and says so only after a while.
    TakeAndPonder(Duration),
}

/// A mail that the server kept.
#[derive(Debug, Clone)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

impl Taken {
    pub fn header(&self, name: &str) -> Option<&str> {
        let headers = self.data.split("\r\n\r\n").next().unwrap_or_default();
        headers.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Listens until the test ends.
pub struct Server {
    pub port: u16,
    manner: Arc<Mutex<Manner>>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Server {
    pub fn start(manner: Manner) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let server = Server { port, manner: Arc::new(Mutex::new(manner)), taken: Arc::default() };
        let (manner, taken) = (server.manner.clone(), server.taken.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (manner, taken) = (*manner.lock().unwrap(), taken.clone());
                // Who hangs up in the middle ends the conversation, not the server.
                std::thread::spawn(move || drop(converse(&stream, manner, &taken)));
            }
        });
        server
    }

    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until so many mails were taken.
    pub fn wait_for(&self, count: usize) -> Vec<Taken> {
        let began = Instant::now();
        while self.taken().len() < count {
            assert!(began.elapsed() < Duration::from_secs(30), "only {} of {count} mails came", self.taken().len());
            std::thread::sleep(Duration::from_millis(20));
        }
        self.taken()
    }
}

fn converse(stream: &TcpStream, manner: Manner, taken: &Mutex<Vec<Taken>>) -> std::io::Result<()> {
    if let Manner::Slow(silence) = manner {
        std::thread::sleep(silence);
    }
    let (mut lines, mut out) = (BufReader::new(stream).lines(), stream);
    let mut say = |words: &str| out.write_all(format!("{words}\r\n").as_bytes());
    let (mut from, mut to) = (String::new(), Vec::new());
    say("220 test ESMTP")?;
    while let Some(line) = lines.next() {
        let line = line?;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match (verb.as_str(), manner) {
            ("EHLO" | "HELO", Manner::RefuseSignIn(_)) => say("250-test\r\n250 AUTH PLAIN LOGIN")?,
            ("EHLO" | "HELO", _) => say("250-test\r\n250-8BITMIME\r\n250 SIZE 1000000")?,
            ("AUTH", Manner::RefuseSignIn(words)) => say(words)?,
            ("RCPT", Manner::RefuseRecipient(words)) => say(words)?,
            ("MAIL", _) => {
                from = line;
                say("250 ok")?;
            }
            ("RCPT", _) => {
                to.push(line);
                say("250 ok")?;
            }
            ("DATA", Manner::DropInData) => {
                say("354 go on")?;
                lines.next();
                return Ok(());
            }
            ("DATA", _) => {
                say("354 go on")?;
                let mut data = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    data += line.strip_prefix('.').unwrap_or(&line);
                    data += "\r\n";
                }
                let mail = Taken { from: std::mem::take(&mut from), to: std::mem::take(&mut to), data };
                taken.lock().unwrap().push(mail);
                match manner {
                    Manner::TakeInSilence => return Ok(()),
                    Manner::TakeAndPonder(pause) => std::thread::sleep(pause),
                    _ => {}
                }
                say("250 2.0.0 queued as 42")?;
            }
            ("QUIT", _) => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    Ok(())
}
