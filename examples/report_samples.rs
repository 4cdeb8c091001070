//! Writes every sample report, Dutch and English, as PDF and HTML into a folder: `cargo run --example report_samples DIR`.

use std::path::PathBuf;

use openhouse::report;
use openhouse::report::quarter::{Sample, quarter_report};
use openhouse::text::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name the folder to write into")?);
    std::fs::create_dir_all(&folder)?;
    for sample in Sample::ALL {
        for lang in Lang::ALL {
            let document = quarter_report(&sample.material(1), *lang);
            let name = format!("{sample}-{lang}");
            std::fs::write(folder.join(format!("{name}.pdf")), report::pdf(&document)?)?;
        }
    }
    Ok(())
}
