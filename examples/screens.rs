//! Writes every page with invented contents to a folder, in both languages, with the assets beside them:
//! `cargo run --example screens DIR`. Serve the folder to look at it; `DIR/nl/quarter.html` is a good start.

use std::error::Error;
use std::path::PathBuf;

use openhouse::page::assets::ASSETS;
use openhouse::samples;
use openhouse::text::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder to write to")?);
    for lang in [Lang::Nl, Lang::En] {
        let own = folder.join(lang.as_str());
        std::fs::create_dir_all(&own)?;
        for sample in samples::all(lang) {
            std::fs::write(own.join(sample.name).with_extension("html"), sample.html?)?;
        }
    }
    std::fs::create_dir_all(folder.join("middelen"))?;
    for asset in ASSETS.iter() {
        std::fs::write(folder.join(asset.url.trim_start_matches('/')), &asset.bytes)?;
    }
    println!("{}", folder.display());
    Ok(())
}
