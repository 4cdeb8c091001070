//! Packing (inpakken): the ZIP is written while it is sent, one file in memory at a time, and ends with the hashes of all
//! that is in it, in the form that `sha256sum -c` reads. A stored file that cannot be read is passed over and told.

use std::io::{self, Write};
use std::thread::sleep;
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use tokio::sync::mpsc::Sender;
use tokio::sync::mpsc::error::TrySendError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::missing::{self, Why};
use super::{Content, Entry};
use crate::ids::Sha256Hex;
use crate::text::Lang;

/// The list of hashes in the ZIP.
pub const SUMS: &str = "SHA256SUMS.txt";

/// Writes the entries in their order; `read` gives the bytes of each when its turn comes. Answers what could not be put in.
pub fn pack(
    entries: Vec<Entry>,
    lang: Lang,
    to: impl Write,
    mut read: impl FnMut(Content) -> anyhow::Result<Vec<u8>>,
) -> anyhow::Result<Vec<(String, Why)>> {
    let mut packing = Packing { zip: ZipWriter::new_stream(to), sums: String::new() };
    let mut missing = Vec::new();
    for Entry { path, content } in entries {
        // PDFs and workbooks are packed already.
        let method = match content {
            Content::Text(_) => CompressionMethod::Deflated,
            Content::File(_) | Content::Report(_) | Content::Letter(_) => CompressionMethod::Stored,
        };
        match read(content) {
            Ok(bytes) => packing.add(path, method, &bytes)?,
            Err(cause) => {
                let why = Why::of(&cause).ok_or(cause)?;
                missing.push((path, why));
            }
        }
    }
    if !missing.is_empty() {
        let list = missing::list(&missing, lang);
        packing.add(missing::LIST.to_owned(), CompressionMethod::Deflated, list.as_bytes())?;
    }
    packing.finish()?;
    Ok(missing)
}

struct Packing<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    sums: String,
}

impl<W: Write> Packing<W> {
    fn add(&mut self, path: String, method: CompressionMethod, bytes: &[u8]) -> anyhow::Result<()> {
        self.sums.push_str(&format!("{}  {path}\n", Sha256Hex::of(bytes)));
        self.zip.start_file(path, SimpleFileOptions::default().compression_method(method))?;
        Ok(self.zip.write_all(bytes)?)
    }

    fn finish(mut self) -> anyhow::Result<()> {
        self.zip.start_file(SUMS, SimpleFileOptions::default())?;
        self.zip.write_all(self.sums.as_bytes())?;
        Ok(self.zip.finish()?.into_inner().flush()?)
    }
}

/// What is sent at once.
const PIECE: usize = 64 * 1024;

/// Who takes nothing for so long has gone away.
const PATIENCE: Duration = Duration::from_secs(60);

/// From the thread that packs to the answer that is being sent; it waits while the line is full.
pub struct Pipe {
    line: Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Pipe {
    pub fn new(line: Sender<io::Result<Bytes>>) -> Pipe {
        Pipe { line, piece: Vec::with_capacity(PIECE) }
    }

    fn send(&self, mut piece: io::Result<Bytes>) -> io::Result<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            piece = match self.line.try_send(piece) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Closed(_)) => return Err(io::ErrorKind::BrokenPipe.into()),
                Err(TrySendError::Full(_)) if Instant::now() > until => return Err(io::ErrorKind::TimedOut.into()),
                Err(TrySendError::Full(back)) => back,
            };
            sleep(Duration::from_millis(5));
        }
    }

    /// Breaks the answer off, so that half a ZIP is not taken for a whole one.
    pub fn break_off(self) {
        // Who listens no more needs no telling.
        let _ = self.send(Err(io::Error::other("the ZIP was not packed to its end")));
    }
}

impl Write for &mut Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..taken]);
        if self.piece.len() == PIECE {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.send(Ok(Bytes::from(piece)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_comes_out_and_its_hashes_are_told() {
        let entries = ["een", "twee"]
            .map(|word| Entry { path: format!("map/{word}.txt"), content: Content::Text(word.repeat(1000)) });
        let mut made = Vec::new();
        let read = |content| match content {
            Content::Text(text) => Ok(text.into_bytes()),
            _ => anyhow::bail!("no other kind is packed here"),
        };
        assert_eq!(pack(entries.into(), Lang::Nl, &mut made, read).unwrap(), []);
        let mut zip = zip::ZipArchive::new(io::Cursor::new(made)).unwrap();
        let mut text = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(text("map/twee.txt"), "twee".repeat(1000));
        let sums: Vec<String> = ["een", "twee"]
            .map(|word| format!("{}  map/{word}.txt\n", Sha256Hex::of(word.repeat(1000).as_bytes())))
            .into();
        assert_eq!(text(SUMS), sums.concat());
    }

    #[test]
    fn packing_stops_when_nobody_listens_any_more() {
        let (line, taken) = tokio::sync::mpsc::channel(1);
        drop(taken);
        let mut pipe = Pipe::new(line);
        let broken = (&mut pipe).write_all(&vec![0; 2 * PIECE]).unwrap_err();
        assert_eq!(broken.kind(), io::ErrorKind::BrokenPipe);
    }
}
