//! The text of a file, told apart into code, literals and comments.
//!
//! Just enough of Rust's lexer that a suppression inside a string is not one,
//! and that the end of the item or statement below a suppression is found. It
//! works on any text: what does not lex is code.

use std::ops::Range;

/// What a byte of the text belongs to.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Class {
    Blank,
    Code,
    Literal,
    Comment,
}

/// A file's text, scanned.
pub(crate) struct Scanned<'a> {
    text: &'a str,
    classes: Vec<Class>,
    /// The line comments, in order.
    pub(super) line_comments: Vec<Range<usize>>,
}

/// An attribute, `#[..]` or `#![..]`.
pub(super) struct Attribute {
    /// From `#` to past `]`.
    pub(super) range: Range<usize>,
    /// Whether it is `#![..]`.
    pub(super) inner: bool,
}

/// Words after which `}` ends what they began.
const ITEMS: &[&str] = &[
    "pub", "fn", "impl", "mod", "trait", "struct", "enum", "union", "extern", "const", "static",
    "async", "unsafe", "type", "use",
];

impl<'a> Scanned<'a> {
    /// Scans `text` once, from start to end.
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut scanned = Scanned {
            text,
            classes: vec![Class::Blank; bytes.len()],
            line_comments: Vec::new(),
        };
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let (class, end) = if rest.starts_with(b"//") {
                let end = find(bytes, at, b"\n").unwrap_or(bytes.len());
                scanned.line_comments.push(at..end);
                (Class::Comment, end)
            } else if rest.starts_with(b"/*") {
                (Class::Comment, block_comment_end(bytes, at))
            } else if rest[0].is_ascii_whitespace() {
                (Class::Blank, at + 1)
            } else if is_word(rest[0]) {
                let end = word_end(bytes, at);
                match raw_string_end(bytes, at, end) {
                    Some(end) => (Class::Literal, end),
                    None => (Class::Code, end),
                }
            } else if rest[0] == b'"' {
                (Class::Literal, string_end(bytes, at + 1, b'"'))
            } else if rest[0] == b'\'' {
                match char_end(text, at) {
                    Some(end) => (Class::Literal, end),
                    None => (Class::Code, at + 1),
                }
            } else {
                (Class::Code, at + 1)
            };
            scanned.classes[at..end].fill(class);
            at = end;
        }
        scanned
    }

    /// Whether what stands at `at` names something: code, or the name in `#[link_name = ".."]`.
    pub(crate) fn names(&self, at: usize) -> bool {
        match self.classes.get(at) {
            Some(Class::Code) => true,
            Some(Class::Literal) => {
                let literal = self.classes[..at]
                    .iter()
                    .rposition(|&class| class != Class::Literal);
                let before = self
                    .text
                    .get(..literal.map_or(0, |end| end + 1))
                    .unwrap_or("");
                let before = before.trim_end().strip_suffix('=').unwrap_or("").trim_end();
                before.ends_with("link_name") || before.ends_with("name")
            }
            _ => false,
        }
    }

    /// The line that holds the byte `at`, without its line break.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let start = bytes[..at].iter().rposition(|&b| b == b'\n');
        let end = find(bytes, at, b"\n").unwrap_or(bytes.len());
        start.map_or(0, |newline| newline + 1)..end
    }

    /// Whether any code or literal stands in `range`.
    pub(super) fn has_code(&self, range: Range<usize>) -> bool {
        self.classes[range]
            .iter()
            .any(|class| matches!(class, Class::Code | Class::Literal))
    }

    /// The attributes, in order.
    pub(super) fn attributes(&self) -> Vec<Attribute> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(attribute) = self.attribute_from(at) {
            at = attribute.range.end;
            found.push(attribute);
        }
        found
    }

    fn attribute_from(&self, from: usize) -> Option<Attribute> {
        (from..self.classes.len())
            .filter(|&at| self.code(at) == Some(b'#'))
            .find_map(|at| self.attribute_at(at))
    }

    fn attribute_at(&self, at: usize) -> Option<Attribute> {
        if self.code(at) != Some(b'#') {
            return None;
        }
        let mut open = self.next_code(at + 1)?;
        let inner = self.code(open) == Some(b'!');
        if inner {
            open = self.next_code(open + 1)?;
        }
        if self.code(open) != Some(b'[') {
            return None;
        }
        Some(Attribute {
            range: at..self.group_end(open),
            inner,
        })
    }

    /// The code in `range` without what is between its tokens. A literal becomes `"_"`, or `""` if it says
    /// nothing: it may hold anything, also what looks like code.
    pub(super) fn compact(&self, range: Range<usize>) -> String {
        let mut compact = String::new();
        let mut at = range.start;
        while at < range.end {
            let class = self.classes[at];
            let run = self.classes[at..range.end].iter();
            let end = at + run.take_while(|&&other| other == class).count();
            let text = &self.text[at..end];
            match class {
                Class::Blank | Class::Comment => {}
                Class::Code => compact.push_str(text),
                Class::Literal => {
                    let inside = text.split_once('"').map_or(text, |(_, inside)| inside);
                    let inside = inside.trim_end_matches('#').trim_matches('"');
                    compact.push_str(match inside.trim() {
                        "" => "\"\"",
                        _ => "\"_\"",
                    });
                }
            }
            at = end;
        }
        compact
    }

    /// The item, statement, arm or field that begins after `from`: its own
    /// attributes and comments are passed over.
    pub(super) fn construct_after(&self, from: usize) -> Option<Range<usize>> {
        let mut start = self.next_code(from)?;
        while let Some(attribute) = self.attribute_at(start) {
            start = self.next_code(attribute.range.end)?;
        }
        Some(start..self.construct_end(start))
    }

    /// The braces around the byte `at`, or the whole file.
    pub(super) fn block_around(&self, at: usize) -> Range<usize> {
        let mut open = Vec::new();
        for byte in 0..at {
            match self.code(byte) {
                Some(b'{') => open.push(byte),
                Some(b'}') => {
                    open.pop();
                }
                _ => {}
            }
        }
        match open.last() {
            Some(&open) => open..self.group_end(open),
            None => 0..self.text.len(),
        }
    }

    /// Where the code of a line begins; `None` if it has none, or something from above reaches into it.
    pub(super) fn first_code(&self, line: Range<usize>) -> Option<usize> {
        let first = line.clone().find(|&at| self.classes[at] != Class::Blank)?;
        let literal = first == line.start && self.classes[first] == Class::Literal;
        let reaches = literal && self.within(first);
        (!reaches && self.classes[first] != Class::Comment).then_some(first)
    }

    /// Whether the byte before `at` belongs to the same literal.
    fn within(&self, at: usize) -> bool {
        at > 0 && self.classes[at - 1] == Class::Literal
    }

    /// Whether a statement, item, arm or field begins at `first`.
    pub(super) fn begins_construct(&self, first: usize) -> bool {
        if matches!(self.code(first), Some(b')' | b']' | b'}')) {
            return false;
        }
        let before = (0..first)
            .rev()
            .find(|&at| matches!(self.classes[at], Class::Code | Class::Literal));
        let Some(before) = before else {
            return true;
        };
        match self.code(before) {
            Some(b';' | b'{') => true,
            Some(b'}') => !self.continues(first),
            Some(b',') => self.in_braces(before),
            _ => false,
        }
    }

    /// Whether the innermost delimiter around `at` is a brace.
    fn in_braces(&self, at: usize) -> bool {
        let mut depth = 0usize;
        for byte in (0..at).rev() {
            match self.code(byte) {
                Some(b')' | b']' | b'}') => depth += 1,
                Some(b'(' | b'[' | b'{') if depth > 0 => depth -= 1,
                Some(open @ (b'(' | b'[' | b'{')) => return open == b'{',
                _ => {}
            }
        }
        false
    }

    /// Whether a comment may follow at `end`: what stands before it is code or a whole literal.
    pub(super) fn ends_in_code(&self, end: usize) -> bool {
        let Some(last) = end.checked_sub(1) else {
            return false;
        };
        match self.classes[last] {
            Class::Code => true,
            Class::Literal => self.classes.get(end) != Some(&Class::Literal),
            Class::Blank | Class::Comment => false,
        }
    }

    fn construct_end(&self, start: usize) -> usize {
        let first = self.word(start);
        let item = ITEMS.contains(&first);
        let (mut depth, mut angles) = (0usize, 0usize);
        let mut at = start;
        while at < self.classes.len() {
            match self.code(at) {
                Some(b'(' | b'[' | b'{') => depth += 1,
                Some(b')' | b']' | b'}') if depth == 0 => return at,
                Some(b')' | b']') => depth -= 1,
                Some(b'}') => {
                    depth -= 1;
                    if depth == 0 && first != "let" && !self.continues(at + 1) {
                        return at + 1;
                    }
                }
                Some(b';') if depth == 0 => return at + 1,
                Some(b'<') if self.text[..at].ends_with("::") => angles += 1,
                Some(b'>') if angles > 0 && !self.text[..at].ends_with('-') => angles -= 1,
                Some(b',') if depth == 0 && angles == 0 && !item && first != "let" => return at,
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// Whether what ended with a `}` just before `at` goes on behind it.
    fn continues(&self, at: usize) -> bool {
        let Some(next) = self.next_code(at) else {
            return false;
        };
        matches!(self.word(next), "else" | "as")
            || matches!(
                self.code(next),
                Some(b'.' | b'?' | b';' | b',' | b'=' | b'+' | b'/')
            )
    }

    /// The word that begins at `at`, or nothing.
    fn word(&self, at: usize) -> &'a str {
        &self.text[at..word_end(self.text.as_bytes(), at)]
    }

    fn code(&self, at: usize) -> Option<u8> {
        (self.classes.get(at) == Some(&Class::Code)).then(|| self.text.as_bytes()[at])
    }

    /// The first byte of code or of a literal at `from` or after it.
    fn next_code(&self, from: usize) -> Option<usize> {
        (from..self.classes.len())
            .find(|&at| matches!(self.classes[at], Class::Code | Class::Literal))
    }

    /// Past the delimiter that closes the one at `open`, or the file's end.
    fn group_end(&self, open: usize) -> usize {
        let mut depth = 0usize;
        for at in open..self.classes.len() {
            match self.code(at) {
                Some(b'(' | b'[' | b'{') => depth += 1,
                Some(b')' | b']' | b'}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
        }
        self.classes.len()
    }
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    bytes[from..]
        .windows(what.len())
        .position(|window| window == what)
        .map(|at| from + at)
}

fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|&byte| !is_word(byte))
        .map_or(bytes.len(), |length| from + length)
}

/// Block comments nest.
fn block_comment_end(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0usize;
    let mut at = start;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    bytes.len()
}

/// The end of the raw string whose prefix is the word `start..end`.
fn raw_string_end(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    if !matches!(&bytes[start..end], b"r" | b"br" | b"cr") {
        return None;
    }
    let hashes = bytes[end..].iter().take_while(|&&b| b == b'#').count();
    if bytes.get(end + hashes) != Some(&b'"') {
        return None;
    }
    let mut close = vec![b'"'];
    close.resize(1 + hashes, b'#');
    let body = end + hashes + 1;
    Some(find(bytes, body, &close).map_or(bytes.len(), |at| at + close.len()))
}

/// The end of the literal whose body begins at `at`.
fn string_end(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of the character literal at `at`; `None` if it is a lifetime.
fn char_end(text: &str, at: usize) -> Option<usize> {
    let mut characters = text[at + 1..].char_indices();
    match characters.next()? {
        (_, '\\') => Some(string_end(text.as_bytes(), at + 1, b'\'')),
        _ => match characters.next()? {
            (offset, '\'') => Some(at + 1 + offset + 1),
            _ => None,
        },
    }
}
