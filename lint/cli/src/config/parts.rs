//! Reads a configuration part by part, so that what is right counts whatever else is wrong.
//!
//! A part is one key, one entry of `[rules]`, or one of several `[[tables]]`. Each is read as a whole file of its
//! own, by the one type that a file has; a part that is not understood becomes a [`Fault`] at its place.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue, ValueDeserializer};

use super::file::File;
use crate::levels::closest;

/// Something in a text that is wrong.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Where.
    pub(crate) span: Range<usize>,
    /// What.
    pub(crate) message: String,
}

/// The table of a whole text, or what is wrong with its syntax.
pub(super) fn table(text: &str) -> Result<Spanned<DeTable<'_>>, Vec<Fault>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    match errors.is_empty() {
        true => Ok(table),
        false => Err(errors.iter().map(Fault::of).collect()),
    }
}

/// What a table says, and what is wrong with it.
pub(super) fn read(table: Spanned<DeTable<'_>>) -> (File, Vec<Fault>) {
    let mut file = File::default();
    let mut faults = Vec::new();
    for (key, value) in table.into_inner() {
        if let Some(fault) = single(&key, &value) {
            faults.push(fault);
            continue;
        }
        for value in parts(&key, value) {
            let span = value.span();
            let mut part = DeTable::new();
            part.insert(key.clone(), value);
            let part = Spanned::new(span, DeValue::Table(part));
            match File::deserialize(ValueDeserializer::from(part)) {
                Ok(part) => file.add(part),
                Err(error) => faults.push(Fault::of(&error)),
            }
        }
    }
    faults.sort_by_key(|fault| fault.span.start);
    (file, faults)
}

/// One table where there should be several.
fn single(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Option<Fault> {
    let name: &str = key.get_ref();
    (matches!(name, "allow" | "contract") && !value.get_ref().is_array()).then(|| Fault {
        span: key.span(),
        message: format!("write `[[{name}]]`, once for each"),
    })
}

/// The parts of a key's value that are read on their own.
fn parts<'a>(
    key: &Spanned<DeString<'a>>,
    value: Spanned<DeValue<'a>>,
) -> Vec<Spanned<DeValue<'a>>> {
    let span = value.span();
    let name: &str = key.get_ref();
    match (name, value.into_inner()) {
        ("rules", DeValue::Table(table)) => {
            let one = |(key, value): (Spanned<DeString<'a>>, Spanned<DeValue<'a>>)| {
                let span = value.span();
                let mut one = DeTable::new();
                one.insert(key, value);
                Spanned::new(span, DeValue::Table(one))
            };
            table.into_iter().map(one).collect()
        }
        ("allow" | "contract" | "exclude", DeValue::Array(array)) => {
            let one = |value: Spanned<DeValue<'a>>| {
                let span = value.span();
                let mut one = DeArray::new();
                one.push(value);
                Spanned::new(span, DeValue::Array(one))
            };
            array.into_iter().map(one).collect()
        }
        (_, value) => vec![Spanned::new(span, value)],
    }
}

impl Fault {
    fn of(error: &toml::de::Error) -> Fault {
        Fault {
            span: error.span().unwrap_or(0..0),
            message: explained(error.message()),
        }
    }
}

/// serde's message, with the name that was probably meant.
fn explained(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (what, name) = match (message, quoted.next()) {
        (message, Some(name)) if message.starts_with("unknown field") => ("key", name),
        (message, Some(name)) if message.starts_with("unknown variant") => ("value", name),
        _ => return message.lines().collect::<Vec<_>>().join(" "),
    };
    let candidates: Vec<&str> = quoted.collect();
    match closest(name, candidates.iter().copied()) {
        Some(similar) => format!("the {what} `{name}` is not known; did you mean `{similar}`?"),
        None => {
            let all: Vec<String> = candidates.iter().map(|name| format!("`{name}`")).collect();
            format!(
                "the {what} `{name}` is not known; expected {}",
                all.join(", ")
            )
        }
    }
}
