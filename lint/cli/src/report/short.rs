//! One line each: `path:line:column: error[rule]: message`.

use std::io::{self, Write};

use super::Results;
use super::lines::Lined;
use crate::inputs::shown_path;
use crate::outcome::Place;

/// Writes what was found.
pub(crate) fn write(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let Results {
        inputs, outcome, ..
    } = results;
    let sources = Lined::new(inputs);
    for diagnostic in &outcome.diagnostics {
        match &diagnostic.place {
            Place::Span(span) => {
                let Some((_, lines)) = sources.of(span.file) else {
                    continue;
                };
                let start = lines.position(span.lo as usize);
                let name = inputs.name(span.file);
                write!(out, "{name}:{}:{}: ", start.line, start.column)?;
            }
            Place::Path(path) => write!(out, "{}: ", shown_path(path, &inputs.base))?,
        }
        write!(out, "{}", diagnostic.severity.name())?;
        if let Some(code) = diagnostic.code {
            write!(out, "[{code}]")?;
        }
        // A line each, whatever cargo says.
        let message: Vec<&str> = diagnostic.message.split_whitespace().collect();
        writeln!(out, ": {}", message.join(" "))?;
    }
    Ok(())
}
