//! Names of findings within the page, for links that can be shared.
//!
//! A name says file, function and rule, and counts only what these do not tell apart: a change elsewhere
//! in the file leaves it alone.

use std::collections::HashMap;

/// The names given so far.
#[derive(Default)]
pub(super) struct Anchors(HashMap<String, usize>);

impl Anchors {
    /// A name of its own for what lies at `parts`.
    pub(super) fn name(&mut self, parts: &[&str]) -> String {
        let parts: Vec<String> = parts
            .iter()
            .filter(|part| !part.is_empty())
            .map(|part| plain(part))
            .collect();
        let name = parts.join("/");
        let count = self.0.entry(name.clone()).or_default();
        *count += 1;
        // No name ends so by itself.
        match *count {
            1 => name,
            count => format!("{name}/{count}"),
        }
    }
}

/// With only what needs no escape in an address.
fn plain(part: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.-/:".contains(c);
    part.chars()
        .map(|c| if is_plain(c) { c } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn names_differ() {
        let mut anchors = Anchors::default();
        let parts = ["src/a b.rs", "m::<T>::f", "double_close"];
        assert_eq!(anchors.name(&parts), "src/a-b.rs/m::-T-::f/double_close");
        assert_eq!(anchors.name(&parts), "src/a-b.rs/m::-T-::f/double_close/2");
        assert_eq!(
            anchors.name(&["a.rs", "", "double_close"]),
            "a.rs/double_close"
        );
    }
}
