//! With the source, for people.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use codespan_reporting::diagnostic::{
    Diagnostic as Drawn, Label, LabelStyle, Severity as DrawnSeverity,
};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::{Color, ColorSpec, WriteColor};
use codespan_reporting::term::{Chars, Config, Styles, StylesWriter, emit_to_write_style};
use socklint_analysis::{Span, Step};

use crate::catalogue::obligations;
use crate::inputs::{Inputs, shown_path};
use crate::outcome::{Diagnostic, Outcome, Place, Severity};

/// Writes all of `outcome`.
pub(crate) fn write(
    out: &mut impl WriteColor,
    inputs: &Inputs,
    outcome: &Outcome,
) -> io::Result<()> {
    let mut files = SimpleFiles::new();
    for file in &inputs.input.files {
        files.add(file.path.as_str(), Arc::clone(&file.text));
    }
    let config = Config {
        chars: Chars::box_drawing(),
        ..Config::default()
    };
    let styles = styles();
    for diagnostic in &outcome.diagnostics {
        let drawn = draw(diagnostic, inputs);
        emit_to_write_style(
            &mut StylesWriter::new(&mut *out, &styles),
            &config,
            &files,
            &drawn,
        )
        .map_err(io::Error::other)?;
        if diagnostic.place.is_path() {
            writeln!(out)?;
        }
    }
    Ok(())
}

fn draw(diagnostic: &Diagnostic, inputs: &Inputs) -> Drawn<usize> {
    let mut drawn = Drawn::new(match diagnostic.severity {
        Severity::Error => DrawnSeverity::Error,
        Severity::Warning => DrawnSeverity::Warning,
    });
    drawn.code = diagnostic.code.map(str::to_owned);
    match &diagnostic.place {
        Place::Path(path) => {
            drawn.message = format!("{}: {}", shown_path(path, &inputs.base), diagnostic.message);
        }
        Place::Span(span) => {
            drawn.message.clone_from(&diagnostic.message);
            drawn.labels = labels(diagnostic, *span);
        }
    }
    if let Some(help) = &diagnostic.help {
        drawn.notes.push(format!("help: {help}"));
    }
    if let Some(rule) = diagnostic.rule {
        let numbers = obligations(rule.obligations).join(", ");
        drawn
            .notes
            .push(format!("reference: \"{}\" ({numbers})", rule.reference));
        drawn
            .notes
            .push(format!("for more: cargo socklint explain {}", rule.name));
    }
    drawn
}

/// The steps of the path, numbered; those at the same place share a label.
fn labels(diagnostic: &Diagnostic, primary: Span) -> Vec<Label<usize>> {
    let mut places: Vec<(Span, Vec<String>)> = vec![(primary, Vec::new())];
    if !diagnostic.label.is_empty() {
        places[0].1.push(diagnostic.label.clone());
    }
    let numbered = diagnostic.path.len() > 1;
    for (index, step) in diagnostic.path.iter().enumerate() {
        let text = match numbered {
            true => format!("{}. {}", index + 1, step.text),
            false => step.text.clone(),
        };
        add(&mut places, step.span, text);
    }
    for Step { span, text } in diagnostic.others {
        add(&mut places, *span, text.clone());
    }
    places
        .into_iter()
        .enumerate()
        .map(|(index, (span, texts))| {
            let style = match index {
                0 => LabelStyle::Primary,
                _ => LabelStyle::Secondary,
            };
            let range: Range<usize> = span.range();
            Label::new(style, span.file.0 as usize, range).with_message(texts.join("; "))
        })
        .collect()
}

fn add(places: &mut Vec<(Span, Vec<String>)>, span: Span, text: String) {
    match places.iter_mut().find(|(place, _)| *place == span) {
        Some((_, texts)) if texts.contains(&text) => {}
        Some((_, texts)) => texts.push(text),
        None => places.push((span, vec![text])),
    }
}

/// rustc's colours.
fn styles() -> Styles {
    let color = |color: Color| {
        let mut spec = ColorSpec::new();
        spec.set_fg(Some(color)).set_bold(true).set_intense(true);
        spec
    };
    let mut bold = ColorSpec::new();
    bold.set_bold(true);
    Styles {
        header_error: color(Color::Red),
        header_warning: color(Color::Yellow),
        header_message: bold,
        primary_label_error: color(Color::Red),
        primary_label_warning: color(Color::Yellow),
        secondary_label: color(Color::Blue),
        line_number: color(Color::Blue),
        source_border: color(Color::Blue),
        note_bullet: color(Color::Blue),
        ..Styles::default()
    }
}
