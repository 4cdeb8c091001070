//! The structure tree: what every mark on the pages means, in reading order, and the way back from a mark to its
//! meaning (the parent tree).

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::paper::{Goal, Kid, Node, PAGE_HEIGHT, Paper, Role};
use super::{dictionary, name, text};

pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::H1 => "H1",
        Role::H2 => "H2",
        Role::H3 => "H3",
        Role::Paragraph => "P",
        Role::List | Role::NumberedList | Role::BulletedList => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableRow => "TR",
        Role::ColumnHeader | Role::RowHeader => "TH",
        Role::TableCell => "TD",
        Role::Caption => "Caption",
        Role::Figure => "Figure",
        Role::Link => "Link",
        Role::Added | Role::Removed => "Span",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
    }
}

/// Adds the tree and the links of all pages; answers with its root. The pages get their keys into the parent tree.
pub fn add(document: &mut Document, paper: &Paper, pages: &[ObjectId]) -> ObjectId {
    let root = document.new_object_id();
    let nodes: Vec<ObjectId> = paper.nodes.iter().map(|_| document.new_object_id()).collect();
    let links: Vec<Vec<ObjectId>> =
        paper.pages.iter().map(|page| page.links.iter().map(|_| document.new_object_id()).collect()).collect();
    let scopes = Scopes { column: document.add_object(scope("Column")), row: document.add_object(scope("Row")) };

    let mut owners: Vec<Vec<Object>> = paper.pages.iter().map(|page| vec![Object::Null; page.marked]).collect();
    for (node, id) in paper.nodes.iter().zip(&nodes) {
        let kids = node.kids.iter().map(|kid| match *kid {
            Kid::Node(kid) => Object::Reference(nodes[kid]),
            Kid::Marked { page, mcid } => {
                owners[page][mcid] = Object::Reference(*id);
                if page == node.page {
                    Object::Integer(mcid as i64)
                } else {
                    Object::Dictionary(dictionary([
                        ("Type", name("MCR")),
                        ("Pg", Object::Reference(pages[page])),
                        ("MCID", Object::Integer(mcid as i64)),
                    ]))
                }
            }
            Kid::Link { page, index } => Object::Dictionary(dictionary([
                ("Type", name("OBJR")),
                ("Pg", Object::Reference(pages[page])),
                ("Obj", Object::Reference(links[page][index])),
            ])),
        });
        let kids = kids.collect();
        let parent = if node.role == Role::Document { root } else { nodes[node.parent] };
        document.set_object(*id, element(node, parent, pages[node.page], kids, &scopes));
    }

    // First the pages, by their number; then the links.
    let mut numbers = Vec::new();
    for (page, owners) in owners.into_iter().enumerate() {
        let owners = document.add_object(Object::Array(owners));
        numbers.extend([Object::Integer(page as i64), Object::Reference(owners)]);
    }
    let mut next = pages.len() as i64;
    for (page, ids) in paper.pages.iter().zip(&links) {
        for (link, id) in page.links.iter().zip(ids) {
            let [left, top, right, bottom] = link.area;
            let mut annotation = dictionary([
                ("Type", name("Annot")),
                ("Subtype", name("Link")),
                ("Rect", rectangle([left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top])),
                ("Border", Object::Array(vec![Object::Integer(0); 3])),
                // Printed with the page.
                ("F", Object::Integer(4)),
                ("Contents", text(&link.text)),
                ("StructParent", Object::Integer(next)),
            ]);
            match &link.goal {
                Goal::Url(url) => {
                    let action = dictionary([("S", name("URI")), ("URI", Object::string_literal(url.as_str()))]);
                    annotation.set("A", Object::Dictionary(action));
                }
                Goal::Place { page, y } => {
                    let top = Object::Real(((PAGE_HEIGHT - y) * 100.0).round() / 100.0);
                    let place = vec![Object::Reference(pages[*page]), name("XYZ"), Object::Null, top, Object::Null];
                    annotation.set("Dest", Object::Array(place));
                }
            }
            document.set_object(*id, annotation);
            numbers.extend([Object::Integer(next), Object::Reference(nodes[link.node])]);
            next += 1;
        }
    }
    for (number, (page, links)) in pages.iter().zip(links).enumerate() {
        if let Ok(page) = document.get_dictionary_mut(*page) {
            page.set("StructParents", Object::Integer(number as i64));
            if !links.is_empty() {
                page.set("Annots", Object::Array(links.into_iter().map(Object::Reference).collect()));
            }
        }
    }
    let parents = document.add_object(dictionary([("Nums", Object::Array(numbers))]));
    document.set_object(
        root,
        dictionary([
            ("Type", name("StructTreeRoot")),
            ("K", Object::Array(vec![Object::Reference(nodes[0])])),
            ("ParentTree", Object::Reference(parents)),
            ("ParentTreeNextKey", Object::Integer(next)),
        ]),
    );
    root
}

struct Scopes {
    column: ObjectId,
    row: ObjectId,
}

fn scope(of: &str) -> Dictionary {
    dictionary([("O", name("Table")), ("Scope", name(of))])
}

fn of_list(numbering: &str) -> Dictionary {
    dictionary([("O", name("List")), ("ListNumbering", name(numbering))])
}

fn element(node: &Node, parent: ObjectId, page: ObjectId, kids: Vec<Object>, scopes: &Scopes) -> Dictionary {
    let mut element = dictionary([
        ("Type", name("StructElem")),
        ("S", name(role_name(node.role))),
        ("P", Object::Reference(parent)),
        ("Pg", Object::Reference(page)),
        ("K", Object::Array(kids)),
    ]);
    match (node.role, &node.alt) {
        (Role::ColumnHeader, _) => element.set("A", Object::Reference(scopes.column)),
        (Role::RowHeader, _) => element.set("A", Object::Reference(scopes.row)),
        (Role::NumberedList, _) => element.set("A", Object::Dictionary(of_list("Decimal"))),
        (Role::BulletedList, _) => element.set("A", Object::Dictionary(of_list("Disc"))),
        (Role::Added | Role::Removed, said) => {
            let drawn = if node.role == Role::Added { "Underline" } else { "LineThrough" };
            let layout = dictionary([("O", name("Layout")), ("TextDecorationType", name(drawn))]);
            element.set("A", Object::Dictionary(layout));
            if let Some(said) = said {
                element.set("ActualText", text(said));
            }
        }
        (Role::Table, Some(summary)) => {
            element.set("A", Object::Dictionary(dictionary([("O", name("Table")), ("Summary", text(summary))])));
        }
        (Role::Figure, Some(alt)) => {
            element.set("Alt", text(alt));
            let mut layout = dictionary([("O", name("Layout")), ("Placement", name("Block"))]);
            if let Some([left, top, right, bottom]) = node.bbox {
                layout.set("BBox", rectangle([left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top]));
            }
            element.set("A", Object::Dictionary(layout));
        }
        _ => {}
    }
    element
}

fn rectangle(sides: [f32; 4]) -> Object {
    Object::Array(sides.map(|side| Object::Real((side * 100.0).round() / 100.0)).to_vec())
}
