//! One line each: `path:line:column: error[rule]: message`.

use std::io::{self, Write};

use super::lines::Lines;
use crate::inputs::{Inputs, shown_path};
use crate::outcome::{Outcome, Place};

/// Writes all of `outcome`.
pub(crate) fn write(out: &mut impl Write, inputs: &Inputs, outcome: &Outcome) -> io::Result<()> {
    for diagnostic in &outcome.diagnostics {
        match &diagnostic.place {
            Place::Span(span) => {
                let Some(file) = inputs.input.files.get(span.file.0 as usize) else {
                    continue;
                };
                let start = Lines::new(&file.text).position(span.lo as usize);
                write!(out, "{}:{}:{}: ", file.path, start.line, start.column)?;
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
