//! A name for each diagnostic that stays the same while the code around it changes.
//!
//! Tools that compare two runs need to know what is new. A line number would make everything below an
//! added line new, so a fingerprint is made of
//!
//! - the rule's name (`not_checked` without one),
//! - the file's path from the root of the repository,
//! - the function in which it was found (empty outside of any),
//! - the source text of the primary place without white space, so that formatting changes nothing; where
//!   there is no such text, the message in its place, in the same way,
//! - an ordinal among those that agree in all of this: 0, 1, 2 in the order of the report.
//!
//! These are written one after another, each text followed by a zero byte (no text has one), the ordinal
//! in decimal, and hashed by SipHash-2-4 with a key of zeros. The 64 bits are shown as 16 hexadecimal
//! digits. What goes into it must never change under the name of [`VERSION`]: every finding would be new.

use std::collections::HashMap;
use std::path::Path;

use siphasher::sip::SipHasher24;

use crate::inputs::Inputs;
use crate::outcome::{Diagnostic, Place};
use crate::repository::Repository;

/// The name of what goes into a fingerprint.
pub(crate) const VERSION: &str = "socklintFingerprint/v1";

/// What stands for the rule of what could not be checked.
pub(crate) const NOT_CHECKED: &str = "not_checked";

/// The fingerprint of each of `diagnostics`, in their order.
pub(crate) fn all(
    inputs: &Inputs,
    repository: &Repository,
    diagnostics: &[Diagnostic],
) -> Vec<String> {
    let mut seen: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut fingerprints = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let mut bytes = identity(inputs, repository, diagnostic);
        let next = seen.entry(bytes.clone()).or_default();
        bytes.extend_from_slice(next.to_string().as_bytes());
        *next += 1;
        fingerprints.push(format!("{:016x}", SipHasher24::new().hash(&bytes)));
    }
    fingerprints
}

/// All but the ordinal.
fn identity(inputs: &Inputs, repository: &Repository, diagnostic: &Diagnostic) -> Vec<u8> {
    let (path, text) = match &diagnostic.place {
        Place::Path(path) => (path.as_path(), ""),
        Place::Span(span) => match inputs.input.files.get(span.file.0 as usize) {
            Some(file) => (
                Path::new(&file.path),
                file.text.get(span.range()).unwrap_or(""),
            ),
            None => (Path::new(""), ""),
        },
    };
    let text = match text.trim() {
        "" => &diagnostic.message,
        text => text,
    };
    let mut bytes = Vec::new();
    for part in [
        diagnostic.code.unwrap_or(NOT_CHECKED),
        &repository.path(path),
        &diagnostic.function,
        &text.split_whitespace().collect::<String>(),
    ] {
        bytes.extend(part.bytes().filter(|&byte| byte != 0));
        bytes.push(0);
    }
    bytes
}
