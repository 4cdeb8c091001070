//! The outline (bladwijzers): the headings as a tree to walk through the file with.

use lopdf::{Document, Object, ObjectId};

use super::super::paper::{Entry, PAGE_HEIGHT};
use super::{dictionary, name, text};

/// Adds the headings, each below the last one of a higher level; answers with the root.
pub fn add(document: &mut Document, entries: &[Entry], pages: &[ObjectId]) -> ObjectId {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    let parents: Vec<Option<usize>> = (0..entries.len())
        .map(|here| (0..here).rev().find(|above| entries[*above].level < entries[here].level))
        .collect();
    let children = |of: Option<usize>| -> Vec<usize> { (0..entries.len()).filter(|at| parents[*at] == of).collect() };

    for (here, entry) in entries.iter().enumerate() {
        let siblings = children(parents[here]);
        let place = siblings.iter().position(|at| *at == here).unwrap_or(0);
        let top = ((PAGE_HEIGHT - entry.y) * 100.0).round() / 100.0;
        let goal =
            vec![Object::Reference(pages[entry.page]), name("XYZ"), Object::Null, Object::Real(top), Object::Null];
        let mut item = dictionary([
            ("Title", text(&entry.title)),
            ("Parent", Object::Reference(parents[here].map_or(root, |parent| ids[parent]))),
            ("Dest", Object::Array(goal)),
        ]);
        if place > 0 {
            item.set("Prev", Object::Reference(ids[siblings[place - 1]]));
        }
        if let Some(next) = siblings.get(place + 1) {
            item.set("Next", Object::Reference(ids[*next]));
        }
        let below = children(Some(here));
        if let (Some(first), Some(last)) = (below.first(), below.last()) {
            item.set("First", Object::Reference(ids[*first]));
            item.set("Last", Object::Reference(ids[*last]));
            // The title is open, so that its chapters show; the chapters are closed.
            let count = below.len() as i64;
            item.set("Count", Object::Integer(if entry.level == 1 { count } else { -count }));
        }
        document.set_object(ids[here], item);
    }
    let tops = children(None);
    let mut outlines = dictionary([("Type", name("Outlines"))]);
    if let (Some(first), Some(last)) = (tops.first(), tops.last()) {
        outlines.set("First", Object::Reference(ids[*first]));
        outlines.set("Last", Object::Reference(ids[*last]));
        let shown = tops.iter().map(|top| 1 + children(Some(*top)).len()).sum::<usize>();
        outlines.set("Count", Object::Integer(shown as i64));
    }
    document.set_object(root, outlines);
    root
}
