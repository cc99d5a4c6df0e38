//! Positions in the analysed sources.
//!
//! A [`Span`] is a half-open byte range of one input file. Tokens that a
//! `macro_rules!` body contributes carry the span of the invocation, so every
//! span of a body lies in the file in which the body's code was written.

use std::fmt;

/// Index of a file in [`Input::files`](crate::Input::files).
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(pub u32);

/// A half-open range of bytes, `lo..hi`, in one file.
#[derive(Copy, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Byte offset of the first byte.
    pub lo: u32,
    /// Byte offset just past the last byte.
    pub hi: u32,
}

impl Span {
    /// The smallest span that covers both; `self` if they lie in different files.
    pub fn to(self, end: Span) -> Span {
        if self.file != end.file {
            return self;
        }
        Span {
            file: self.file,
            lo: self.lo.min(end.lo),
            hi: self.hi.max(end.hi),
        }
    }

    /// Whether `other` lies wholly within `self`.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.lo <= other.lo && other.hi <= self.hi
    }

    /// The byte range, for indexing into the file's text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.lo as usize..self.hi as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.lo, self.hi)
    }
}
