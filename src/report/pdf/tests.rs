//! What is in the file itself, read back from its bytes.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document as File, Object, ObjectId};
use sha2::{Digest, Sha256};

use super::super::check::{PressError, each_text};
use super::super::document::{Block, Document, Span};
use super::super::font::Weight;
use super::super::quarter::{Sample, quarter_report};
use super::super::{html, pdf};
use crate::text::Lang;

fn sample(sample: Sample) -> Document {
    quarter_report(&sample.material(7), Lang::Nl)
}

/// Per page and marked-content id: the text that is shown. Artifacts have no id and are left out.
fn shown(file: &File) -> BTreeMap<(ObjectId, i64), String> {
    let mut shown = BTreeMap::new();
    for page in file.get_pages().into_values() {
        let content = Content::decode(&file.get_page_content(page)).unwrap();
        let (mut weight, mut mcid) = (Weight::Regular, None);
        for operation in content.operations {
            match operation.operator.as_str() {
                "BDC" => {
                    mcid = operation.operands[1].as_dict().unwrap().get(b"MCID").ok().map(|id| id.as_i64().unwrap())
                }
                "EMC" => mcid = None,
                "Tf" if operation.operands[0].as_name().unwrap() == b"F2" => weight = Weight::SemiBold,
                "Tf" => weight = Weight::Regular,
                "Tj" => {
                    if let Some(mcid) = mcid {
                        let glyphs = &weight.face().fixed.glyphs;
                        let codes = operation.operands[0].as_str().unwrap().chunks(2);
                        let text =
                            codes.map(|code| glyphs[usize::from(u16::from_be_bytes([code[0], code[1]]))].0.unwrap());
                        shown.entry((page, mcid)).or_insert_with(String::new).extend(text);
                    }
                }
                _ => {}
            }
            if let Some(mcid) = mcid {
                shown.entry((page, mcid)).or_default();
            }
        }
    }
    shown
}

/// Reads the tree out loud: texts and alternative texts in their order.
fn read_out(file: &File, element: &Dictionary, shown: &BTreeMap<(ObjectId, i64), String>, said: &mut String) {
    if let Ok(alt) = element.get(b"Alt") {
        said.push_str(&lopdf::decode_text_string(alt).unwrap());
    }
    let page = element.get(b"Pg").and_then(Object::as_reference).ok();
    for kid in element.get(b"K").unwrap().as_array().unwrap() {
        match kid {
            Object::Integer(mcid) => said.push_str(&shown[&(page.unwrap(), *mcid)]),
            Object::Reference(id) => read_out(file, file.get_dictionary(*id).unwrap(), shown, said),
            Object::Dictionary(kid) if kid.get(b"Type").unwrap().as_name().unwrap() == b"MCR" => {
                let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                said.push_str(&shown[&(page, kid.get(b"MCID").unwrap().as_i64().unwrap())]);
            }
            _ => {}
        }
    }
    said.push(' ');
}

fn tree(file: &File) -> &Dictionary {
    let root = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    file.get_dictionary(root).unwrap()
}

/// Without spaces and other blanks: a line may end anywhere, and two signs may share the glyph of a space.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_text_of_every_sample_is_read_out_in_its_order() {
    for which in Sample::ALL {
        let document = sample(*which);
        let bytes = pdf(&document).unwrap();
        let file = File::load_mem(&bytes).unwrap();
        let shown = shown(&file);
        let first = tree(&file).get(b"K").unwrap().as_array().unwrap()[0].as_reference().unwrap();
        let mut said = String::new();
        read_out(&file, file.get_dictionary(first).unwrap(), &shown, &mut said);
        let said = bare(&said);
        let mut from = 0;
        let figures: Vec<&str> = document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Figure(figure) => Some(figure.title.as_str()),
                _ => None,
            })
            .collect();
        each_text(&document, &mut |text, place| {
            let place = place();
            let of_paper = place == "the page header" || place == "the page footer";
            // In a drawing the order is that of its alternative text.
            let in_figure = figures.iter().any(|title| place.contains(title));
            let wanted = bare(text);
            if of_paper {
                return;
            }
            match said[from..].find(&wanted) {
                Some(at) if !in_figure && text != document.title => from += at + wanted.len(),
                Some(_) => {}
                None => assert!(in_figure && said.contains(&wanted), "{text:?} of {place} is not read out in {which}"),
            }
        });
    }
}

#[test]
fn every_marked_content_is_in_the_parent_tree_and_points_back() {
    for which in Sample::ALL {
        let file = File::load_mem(&pdf(&sample(*which)).unwrap()).unwrap();
        let parents = tree(&file).get(b"ParentTree").unwrap().as_reference().unwrap();
        let numbers = file.get_dictionary(parents).unwrap().get(b"Nums").unwrap().as_array().unwrap();
        let owner_of = |key: i64| numbers.chunks(2).find(|pair| pair[0].as_i64().unwrap() == key).unwrap()[1].clone();
        let shown = shown(&file);
        for page in file.get_pages().into_values() {
            let key = file.get_dictionary(page).unwrap().get(b"StructParents").unwrap().as_i64().unwrap();
            let owners = file.get_object(owner_of(key).as_reference().unwrap()).unwrap().as_array().unwrap();
            let on_page: Vec<i64> = shown.keys().filter(|(at, _)| *at == page).map(|(_, mcid)| *mcid).collect();
            assert_eq!(on_page, (0..owners.len() as i64).collect::<Vec<_>>());
            for (mcid, owner) in owners.iter().enumerate() {
                let element = file.get_dictionary(owner.as_reference().unwrap()).unwrap();
                let kids = element.get(b"K").unwrap().as_array().unwrap();
                let own = |kid: &Object| match kid {
                    Object::Integer(id) => {
                        *id == mcid as i64 && element.get(b"Pg").unwrap().as_reference().unwrap() == page
                    }
                    Object::Dictionary(kid) => {
                        kid.get(b"MCID").is_ok_and(|id| id.as_i64().unwrap() == mcid as i64)
                            && kid.get(b"Pg").unwrap().as_reference().unwrap() == page
                    }
                    _ => false,
                };
                assert!(kids.iter().any(own), "content {mcid} on page {key} has a parent that does not know it");
            }
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = sample(Sample::EveryVerdict);
    assert_eq!(pdf(&document).unwrap(), pdf(&document).unwrap());
    assert_eq!(html(&document), html(&document));
}

/// When this changes, so does every report that is printed again: say why in the commit.
#[test]
fn the_sample_keeps_its_hash() {
    let hash = Sha256::digest(pdf(&sample(Sample::AllMet)).unwrap());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hash, "44e5661e9e3acc295b5af01bf72c126ad3e489377efc64c56e706191afc5fdb8");
}

#[test]
fn another_text_gives_another_id() {
    let id = |document: &Document| {
        let file = File::load_mem(&pdf(document).unwrap()).unwrap();
        file.trailer.get(b"ID").unwrap().as_array().unwrap()[0].as_str().unwrap().to_vec()
    };
    let document = sample(Sample::AllMet);
    let mut other = document.clone();
    other.footer.rest.push('!');
    assert_ne!(id(&document), id(&other));
    assert_eq!(id(&document).len(), 16);
}

#[test]
fn a_missing_glyph_is_named_with_its_place() {
    let mut material = Sample::EveryVerdict.material(1);
    material.costs.products[0].name = "Traject 語".into();
    let refusal = pdf(&quarter_report(&material, Lang::Nl)).unwrap_err();
    let place =
        "table “Kosten per product en per maand, zonder btw, tegenover het vorige kwartaal”, row 1, column “Product”";
    assert_eq!(refusal, PressError::MissingGlyph { character: '語', place: place.into() });
}

#[test]
fn a_rare_letter_is_printed_with_a_subset_of_its_own() {
    let mut material = Sample::AllMet.material(1);
    material.provider = "Stichting Жизнь & Ζωή".into();
    let bytes = pdf(&quarter_report(&material, Lang::Nl)).unwrap();
    assert!(File::load_mem(&bytes).unwrap().get_pages().len() > 2);
}

#[test]
fn a_document_that_is_not_well_built_is_refused() {
    let refused = |change: &dyn Fn(&mut Document)| {
        let mut document = sample(Sample::EveryVerdict);
        change(&mut document);
        matches!(pdf(&document), Err(PressError::Malformed(_)))
    };
    assert!(refused(&|document| document.title.clear()));
    assert!(refused(&|document| drop(document.blocks.remove(0))));
    assert!(refused(&|document| {
        for block in &mut document.blocks {
            if let Block::Table(table) = block {
                table.rows[0].cells.pop();
            }
        }
    }));
    assert!(refused(&|document| {
        for block in &mut document.blocks {
            if let Block::Figure(figure) = block {
                figure.alt.clear();
            }
        }
    }));
    assert!(refused(&|document| {
        let link = Span::Link { text: "klik".into(), url: "javascript:alert(1)".into() };
        document.blocks.push(Block::Paragraph(vec![link]));
    }));
}

#[test]
fn no_stream_ends_in_a_carriage_return() {
    for seed in 0..60 {
        let bytes = pdf(&quarter_report(&Sample::EveryVerdict.material(seed), Lang::Nl)).unwrap();
        assert!(!bytes.windows(11).any(|end| end == b"\r\nendstream"), "seed {seed}");
    }
}
