//! Writes every sample report and letter, Dutch and English, into a folder as PDF and HTML, with the texts each must hold:
//! `cargo run --example report_samples DIR`. `tests/pdf/check DIR` looks at them.

use std::path::{Path, PathBuf};

use openhouse::report;
use openhouse::report::document::{Block, Document, Span};
use openhouse::report::quarter::{Sample, quarter_report};
use openhouse::report::{agreement, compliance, letter, signing};
use openhouse::text::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name the folder to write into")?);
    std::fs::create_dir_all(&folder)?;
    for sample in Sample::ALL {
        for lang in Lang::ALL {
            write(&folder, &format!("{sample}-{lang}"), &quarter_report(&sample.material(1), *lang))?;
        }
    }
    for lang in Lang::ALL {
        for sample in letter::sample::Sample::ALL {
            write(&folder, &format!("brief-{sample}-{lang}"), &letter::compose(&sample.letter(), *lang))?;
        }
        for kind in letter::life::LifeLetterKind::ALL {
            let life = letter::life::compose(&letter::life::sample::letter(*kind), *lang);
            write(&folder, &format!("brief-looptijd-{kind}-{lang}"), &life)?;
        }
        if *lang == agreement::PAPER {
            for sample in agreement::sample::Sample::ALL {
                write(&folder, &format!("overeenkomst-{sample}"), &agreement::compose(&sample.material()))?;
            }
            let changes = agreement::compose_changes(&agreement::sample::changed());
            write(&folder, "overeenkomst-wijzigingen", &changes)?;
        }
        let dossier = compliance::compose(&compliance::sample::material(), *lang);
        write(&folder, &format!("dossierrapport-{lang}"), &dossier)?;
        let certificate = signing::compose(&signing::sample::certificate(), *lang);
        write(&folder, &format!("bewijs-van-ondertekening-{lang}"), &certificate)?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, document: &Document) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::write(folder.join(format!("{name}.pdf")), report::pdf(document)?)?;
    std::fs::write(folder.join(format!("{name}.html")), report::html(document))?;
    std::fs::write(folder.join(format!("{name}.txt")), texts(document).join("\n"))?;
    Ok(())
}

/// Headings, paragraphs, facts and cells in reading order, one to a line.
fn texts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    gather(&document.blocks, &mut texts);
    texts.retain(|text| !text.is_empty());
    texts
}

fn gather(blocks: &[Block], texts: &mut Vec<String>) {
    let spans = |spans: &[Span]| -> String { spans.iter().map(|span| span.words().replace('\n', " ")).collect() };
    for block in blocks {
        match block {
            // The headings say it again.
            Block::Contents => {}
            Block::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    texts.push(list.label(at));
                    gather(item, texts);
                }
            }
            Block::Heading(_, text) => texts.push(text.clone()),
            Block::Paragraph(paragraph) => texts.push(spans(paragraph)),
            Block::Facts(facts) => {
                for fact in facts {
                    texts.extend([fact.name.clone(), spans(&fact.value)]);
                }
            }
            Block::Table(table) => {
                texts.push(table.caption.clone());
                texts.extend(table.columns.iter().map(|column| column.heading.clone()));
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                texts.extend(cells.flat_map(|cell| [cell.text.clone(), cell.below.replace('\n', " ")]));
            }
            Block::Figure(figure) => texts.extend([figure.title.clone(), figure.sentence.clone()]),
            Block::Note(note) => texts.extend([note.title.clone(), note.text.clone()]),
        }
    }
}
