//! Where a comment must stand to suppress a finding.
//!
//! Best is a line of its own above the statement, arm or item that the finding
//! lies in. A line is taken if the construct that a comment above it covers,
//! as [`super::apply`] judges, holds the finding: so the two agree by
//! construction. Where no line does (a second statement on one line), the
//! comment stands behind the code.

use std::ops::Range;

use super::scan::Scanned;

/// A place for a suppression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommentPlace {
    /// At this offset, the start of a line, with this indentation.
    Above {
        /// Where the line starts.
        at: usize,
        /// The white space before its code.
        indent: String,
    },
    /// At this offset, behind the code of a line.
    Behind(usize),
}

/// Where in `text` a comment suppresses a finding at `primary`, if it can.
pub fn comment_place(text: &str, primary: Range<usize>) -> Option<CommentPlace> {
    let start = primary.start.min(text.len());
    if !text.is_char_boundary(start) {
        return None;
    }
    let scanned = Scanned::new(text);
    let mut behind = behind(&scanned, text, &primary);
    let mut fallback = None;
    let mut line = scanned.line(start);
    loop {
        if let Some(first) = scanned.first_code(line.clone()) {
            let begins = scanned.begins_construct(first);
            if covers(&scanned, line.start, &primary) {
                let place = CommentPlace::Above {
                    at: line.start,
                    indent: text[line.start..first].to_owned(),
                };
                if begins {
                    return Some(place);
                }
                fallback.get_or_insert(place);
            } else if begins && behind.is_some() {
                // Further up stands what holds more than this statement.
                return behind.take();
            }
        }
        if line.start == 0 {
            return behind.or(fallback);
        }
        line = scanned.line(line.start - 1);
    }
}

/// Behind the code of the line in which the finding begins, if a comment may stand there.
fn behind(scanned: &Scanned<'_>, text: &str, primary: &Range<usize>) -> Option<CommentPlace> {
    let line = scanned.line(primary.start);
    let end = line.start + text[line.clone()].trim_end().len();
    (scanned.ends_in_code(end) && primary.start < end).then_some(CommentPlace::Behind(end))
}

fn covers(scanned: &Scanned<'_>, at: usize, primary: &Range<usize>) -> bool {
    let construct = scanned.construct_after(at);
    construct.is_some_and(|covers| primary.start < covers.end && covers.start < primary.end)
}

#[cfg(test)]
mod tests {
    use super::{CommentPlace, comment_place};

    /// The text with the comment in its place.
    fn commented(text: &str, primary: &str) -> String {
        let lo = text.find(primary).expect("it is there");
        let (at, comment) = match comment_place(text, lo..lo + primary.len()) {
            Some(CommentPlace::Above { at, indent }) => (at, format!("{indent}// x\n")),
            Some(CommentPlace::Behind(at)) => (at, " // x".to_owned()),
            None => return "none".to_owned(),
        };
        format!("{}{comment}{}", &text[..at], &text[at..])
    }

    #[track_caller]
    fn check(text: &str, primary: &str, wanted: &str) {
        assert_eq!(commented(text, primary), wanted);
    }

    #[test]
    fn above_the_statement() {
        check(
            "fn f() {\n    a();\n    b(\n        c,\n    );\n}\n",
            "c,",
            "fn f() {\n    a();\n    // x\n    b(\n        c,\n    );\n}\n",
        );
        check(
            "fn f() {\n\ta\n\t\t.b()\n\t\t.c();\n}\n",
            "c()",
            "fn f() {\n\t// x\n\ta\n\t\t.b()\n\t\t.c();\n}\n",
        );
        check(
            "fn f() {\n    check!(\n        \"a;\n b\", c\n    );\n}\n",
            "c\n",
            "fn f() {\n    // x\n    check!(\n        \"a;\n b\", c\n    );\n}\n",
        );
    }

    #[test]
    fn above_attributes_arms_and_items() {
        check("#[a]\nfn f() {}\n", "f()", "// x\n#[a]\nfn f() {}\n");
        check(
            "fn f() {\n    match a {\n        B => c(\n            d,\n        ),\n        E => g(),\n    }\n}\n",
            "g",
            "fn f() {\n    match a {\n        B => c(\n            d,\n        ),\n        // x\n        E => g(),\n    }\n}\n",
        );
        check("fn f() { a() }\n", "a()", "// x\nfn f() { a() }\n");
    }

    #[test]
    fn behind_a_second_statement() {
        check(
            "fn f() {\n    a(); b();\n}\n",
            "b()",
            "fn f() {\n    a(); b(); // x\n}\n",
        );
        check(
            "fn f() {\n    if a {\n    } else { b(); c();\n    }\n}\n",
            "c()",
            "fn f() {\n    // x\n    if a {\n    } else { b(); c();\n    }\n}\n",
        );
    }
}
