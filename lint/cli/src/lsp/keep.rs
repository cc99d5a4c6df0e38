//! Findings while a text is no Rust.
//!
//! What is being written often does not parse, and what does not parse is not
//! analysed. Its findings would go and come back with every brace. So while
//! something in an open file cannot be read, the findings that were known before
//! stay, moved as the text around them moved; those in the part that changed
//! go. The next text that parses decides.

use std::ops::Range;
use std::path::Path;

use gen_lsp_types as lsp;

use super::client::Client;
use super::documents::path_of;
use super::file_report::{FileReport, Item};
use super::position::Positions;

/// Adds to `new`, a report on the file at `path`, the findings of `old` that it lacks.
pub(super) fn keep(old: &FileReport, new: &mut FileReport, path: &Path, client: &Client) {
    let moving = Moving {
        edit: Edit::between(&old.text, &new.text),
        before: Positions::new(&old.text, client.encoding),
        after: Positions::new(&new.text, client.encoding),
        path,
    };
    let findings = old
        .items
        .iter()
        .filter(|item| item.diagnostic.code.is_some());
    let kept: Vec<Item> = findings
        .filter_map(|item| moving.item(item))
        .filter(|item| {
            let same = |known: &Item| {
                known.range == item.range && known.diagnostic.code == item.diagnostic.code
            };
            !new.items.iter().any(same)
        })
        .collect();
    new.items.extend(kept);
    new.items.sort_by_key(|item| item.range.start);
}

/// What is between the beginning and the end that two texts share.
struct Edit {
    /// How long the shared beginning is.
    start: usize,
    /// Where the shared end begins in the old text.
    old_end: usize,
    /// And in the new.
    new_end: usize,
}

impl Edit {
    fn between(old: &str, new: &str) -> Edit {
        let same = |(a, b): &(u8, u8)| a == b;
        let start = old.bytes().zip(new.bytes()).take_while(same).count();
        let longest = old.len().min(new.len()) - start;
        let backwards = old.bytes().rev().zip(new.bytes().rev());
        let end = backwards.take(longest).take_while(same).count();
        Edit {
            start,
            old_end: old.len() - end,
            new_end: new.len() - end,
        }
    }

    /// Where a part of the old text is in the new, if it was not touched.
    fn moved(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if range.end <= self.start {
            return Some(range.clone());
        }
        let to = |at: usize| Some(at.checked_sub(self.old_end)? + self.new_end);
        Some(to(range.start)?..to(range.end)?)
    }
}

struct Moving<'a> {
    edit: Edit,
    before: Positions<'a>,
    after: Positions<'a>,
    path: &'a Path,
}

impl Moving<'_> {
    fn item(&self, item: &Item) -> Option<Item> {
        let range = self.edit.moved(&item.range)?;
        let mut item = item.clone();
        item.diagnostic.range = self.after.range(&range);
        item.range = range;
        if let Some(related) = &mut item.diagnostic.related_information {
            related.retain_mut(|place| self.related(place));
        }
        // They were made for another text.
        item.mends.clear();
        Some(item)
    }

    fn related(&self, place: &mut lsp::DiagnosticRelatedInformation) -> bool {
        if path_of(&place.location.uri).as_deref() != Some(self.path) {
            return true;
        }
        let moved = self.edit.moved(&self.before.bytes(place.location.range));
        if let Some(range) = &moved {
            place.location.range = self.after.range(range);
        }
        moved.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Edit;

    #[test]
    fn what_was_not_touched_moves() {
        let (old, new) = ("aa bb cc", "aa b{b cc");
        let edit = Edit::between(old, new);
        assert_eq!(edit.moved(&(0..2)), Some(0..2));
        assert_eq!(edit.moved(&(6..8)), Some(7..9));
        assert_eq!(edit.moved(&(3..5)), None);
        let edit = Edit::between("abab", "ababab");
        assert_eq!(edit.moved(&(2..4)), Some(2..4));
        assert_eq!(Edit::between("", "x").moved(&(0..0)), Some(0..0));
    }
}
