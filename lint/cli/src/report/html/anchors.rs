//! Names of findings within the page, for links that can be shared.
//!
//! A name says rule, file and function, and counts only what these do not tell apart: a change elsewhere
//! in the file leaves it alone.

use std::collections::{HashMap, HashSet};

/// The names given so far.
#[derive(Default)]
pub(super) struct Anchors {
    given: HashSet<String>,
    counts: HashMap<String, usize>,
}

impl Anchors {
    /// A name of its own for a finding of `rule`.
    pub(super) fn name(&mut self, rule: &str, path: &str, function: &str) -> String {
        let mut first = format!("{rule}--{}", plain(path));
        if !function.is_empty() {
            first = format!("{first}--{}", plain(function));
        }
        let mut name = first.clone();
        // A function may be called like another's second finding.
        while !self.given.insert(name.clone()) {
            let count = self.counts.entry(first.clone()).or_insert(1);
            *count += 1;
            name = format!("{first}--{count}");
        }
        name
    }
}

/// Letters and digits, and a dash for what stands between them: nothing that an address would escape.
fn plain(part: &str) -> String {
    let words = part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn names_differ() {
        let mut anchors = Anchors::default();
        let mut name = |path, function| anchors.name("double_close", path, function);
        assert_eq!(name("src/a b.rs", "m::f"), "double_close--src-a-b-rs--m-f");
        assert_eq!(
            name("src/a b.rs", "m::f"),
            "double_close--src-a-b-rs--m-f--2"
        );
        assert_eq!(
            name("src/a-b.rs", "m::f"),
            "double_close--src-a-b-rs--m-f--3"
        );
        assert_eq!(name("a.rs", ""), "double_close--a-rs");
        assert_eq!(name("a.rs", "2"), "double_close--a-rs--2");
        assert_eq!(name("a.rs", ""), "double_close--a-rs--3");
    }
}
