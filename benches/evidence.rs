//! What a file that comes in costs in CPU per MB, and what a page costs to draw: `cargo bench --bench evidence -- [PDF…]`.
//! Without names it makes files itself; with names it measures those too. The time is that of this process and of the
//! processes it starts, as the kernel counts it.

use std::path::Path;
use std::time::Instant;

use lopdf::dictionary;
use openhouse::evidence::apart::{inspect, page_image};
use openhouse::files::Files;
use openhouse::house::uploads::{Scan, Uploads};
use openhouse::report::{self, quarter::Sample, quarter::quarter_report};
use openhouse::text::Lang;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = Files::open(folder.path()).expect("the folder opens");
    let mut uploads = Uploads::new(500 * 1024 * 1024, Scan::Off).expect("the program knows itself");
    uploads.program = env!("CARGO_BIN_EXE_openhouse").into();
    let report = report::pdf(&quarter_report(&Sample::ALL[1].material(1), Lang::Nl)).expect("the report prints");
    let mut all = vec![("report of this house".to_owned(), report)];
    for megabytes in [1, 5, 20] {
        all.push((format!("PDF with a photo of {megabytes} MB"), photo_pdf(megabytes)));
        all.push((
            format!("CSV of {megabytes} MB"),
            b"naam;bedrag;datum\nvoorbeeld;125,50;2026-11-02\n".repeat(megabytes * 1024 * 1024 / 45),
        ));
    }
    for name in std::env::args().skip(1).filter(|name| !name.starts_with("--")) {
        all.push((name.clone(), std::fs::read(&name).expect("the file can be read")));
    }
    println!("{:<40} {:>9} {:>10} {:>10} {:>12} {:>12}", "file", "size", "CPU", "per MB", "page 1 CPU", "page 1 time");
    for (name, bytes) in &all {
        measure(&uploads, &files, name, bytes);
    }
}

fn measure(uploads: &Uploads, files: &Files, name: &str, bytes: &[u8]) {
    let is_csv = name.starts_with("CSV");
    let label = if is_csv { "a.csv" } else { "a.pdf" };
    const ROUNDS: u32 = 10;
    let before = cpu_ms();
    let mut last = None;
    for _ in 0..ROUNDS {
        let mut incoming = files.receive().expect("the folder takes a file");
        bytes.chunks(512 * 1024).for_each(|piece| incoming.write(piece).expect("the disk takes it"));
        let judged = inspect(uploads, label, &incoming).expect("the process starts");
        let hash = files.keep(incoming).expect("the disk takes it");
        last = Some((judged, hash));
    }
    let cost = (cpu_ms() - before) / f64::from(ROUNDS);
    let megabytes = bytes.len() as f64 / 1024.0 / 1024.0;
    let (judged, hash) = last.expect("there was a round");
    let verdict = match judged {
        Ok(_) => String::new(),
        Err(refusal) => format!("  refused: {refusal}"),
    };
    let (mut page_cpu, mut page_time) = (f64::NAN, f64::NAN);
    if !is_csv {
        let (before, began) = (cpu_ms(), Instant::now());
        let drawn = page_image(uploads, files, &hash, 1).expect("the process starts");
        (page_cpu, page_time) = (cpu_ms() - before, began.elapsed().as_secs_f64() * 1000.0);
        if let Some(png) = drawn {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{hash}.png"));
            std::fs::write(kept, png).expect("the picture can be kept");
        }
    }
    let short: String = name.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    println!(
        "{short:<40} {megabytes:>6.2} MB {cost:>7.1} ms {:>7.2} ms {page_cpu:>9.0} ms {page_time:>9.0} ms{verdict}",
        cost / megabytes
    );
}

/// A page whose photo is so large; its bytes are as good as random, like those of a packed photo.
fn photo_pdf(megabytes: usize) -> Vec<u8> {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let noise = std::iter::repeat_with(move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed as u8
    });
    let content: Vec<u8> = noise.take(megabytes * 1024 * 1024).collect();
    let mut document = lopdf::Document::with_version("1.7");
    let photo = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 1024, "Height" => (megabytes * 1024) as i64,
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
    };
    let photo = document.add_object(lopdf::Stream::new(photo, content));
    let content = document.add_object(lopdf::Stream::new(dictionary! {}, b"595 0 0 842 0 0 cm /P Do".to_vec()));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "P" => photo } },
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, tree.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it can be written");
    bytes
}

/// User and system time of this process and of its children that ended, in milliseconds.
fn cpu_ms() -> f64 {
    const TICK_MS: f64 = 10.0;
    let about = std::fs::read_to_string("/proc/self/stat").expect("Linux tells");
    let (_, fields) = about.rsplit_once(") ").expect("the name ends with a bracket");
    let ticks = fields.split(' ').skip(11).take(4).map(|ticks| ticks.parse::<f64>().expect("it is a number"));
    ticks.sum::<f64>() * TICK_MS
}
