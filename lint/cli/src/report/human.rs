//! With the source, for people.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use codespan_reporting::diagnostic::{
    Diagnostic as Drawn, Label, LabelStyle, Severity as DrawnSeverity,
};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::{Buffer, Color, ColorSpec, WriteColor};
use codespan_reporting::term::{Chars, Config, Styles, StylesWriter, emit_to_write_style};
use socklint_analysis::{FileId, Span, Step};

use super::Results;
use super::lines::Lines;
use crate::catalogue::obligations;
use crate::fix::is_fixable;
use crate::inputs::{Inputs, shown_path};
use crate::outcome::{Diagnostic, Place, Severity};

/// Notes are broken at this width.
const NOTE_WIDTH: usize = 100;

/// Source with longer lines was written by a program, and is not shown.
const LONGEST_LINE: usize = 1000;

/// Writes what was found.
pub(crate) fn write(out: &mut impl WriteColor, results: &Results) -> io::Result<()> {
    let drawing = Drawing::new(&results.inputs);
    for diagnostic in &results.outcome.diagnostics {
        drawing.emit(out, diagnostic)?;
    }
    Ok(())
}

/// What diagnostics are drawn with.
pub(super) struct Drawing<'a> {
    inputs: &'a Inputs,
    files: SimpleFiles<&'a str, Arc<str>>,
    config: Config,
    styles: Styles,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(inputs: &'a Inputs) -> Self {
        let mut files = SimpleFiles::new();
        for (index, file) in inputs.input.files.iter().enumerate() {
            let name = inputs.name(FileId(index as u32));
            files.add(name, Arc::clone(&file.text));
        }
        Drawing {
            inputs,
            files,
            config: Config {
                chars: Chars::box_drawing(),
                ..Config::default()
            },
            styles: styles(),
        }
    }

    fn emit(&self, out: &mut impl WriteColor, diagnostic: &Diagnostic) -> io::Result<()> {
        let drawn = draw(diagnostic, self.inputs);
        let mut writer = StylesWriter::new(out, &self.styles);
        emit_to_write_style(&mut writer, &self.config, &self.files, &drawn)
            .map_err(io::Error::other)
    }

    /// A diagnostic without colours.
    pub(super) fn text(&self, diagnostic: &Diagnostic) -> io::Result<String> {
        let mut out = Buffer::no_color();
        self.emit(&mut out, diagnostic)?;
        Ok(String::from_utf8_lossy(out.as_slice()).into_owned())
    }
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
            let mut labels = labels(diagnostic, *span);
            labels.iter_mut().for_each(|label| clip(inputs, label));
            if labels.iter().any(|label| is_on_long_line(inputs, label)) {
                drawn
                    .notes
                    .extend(labels.iter().filter_map(|label| in_words(inputs, label)));
            } else {
                drawn.labels = labels;
            }
        }
    }
    if let Some(help) = &diagnostic.help {
        drawn.notes.push(wrapped(&format!("help: {help}")));
    }
    if is_fixable(diagnostic)
        && let Some(fix) = diagnostic.fixes.first()
    {
        drawn
            .notes
            .push(wrapped(&format!("fix: {} (`--fix` does it)", fix.title)));
    }
    if let Some(rule) = diagnostic.rule {
        let numbers = obligations(rule.obligations).join(", ");
        if !rule.reference.is_empty() {
            let quoted = format!("reference: \"{}\" ({numbers})", rule.reference);
            drawn.notes.push(wrapped(&quoted));
        }
        drawn
            .notes
            .push(format!("for more: cargo socklint explain {}", rule.name));
    }
    drawn
}

/// The steps of the path, numbered; those at the same place share a label. The
/// diagnostic's own label says what the step at the primary place is, so only
/// the step's number is added to it.
fn labels(diagnostic: &Diagnostic, primary: Span) -> Vec<Label<usize>> {
    let mut primary_text = diagnostic.label.clone();
    let mut places: Vec<(Span, Vec<String>)> = Vec::new();
    // Labels that start together would be drawn one above the other, the last one first.
    let mut add = |span: Span, text: String| {
        let together = |place: &Span| place.file == span.file && place.lo == span.lo;
        match places.iter_mut().find(|(place, _)| together(place)) {
            Some((_, texts)) if texts.contains(&text) => {}
            Some((place, texts)) => {
                place.hi = place.hi.min(span.hi);
                texts.push(text);
            }
            None => places.push((span, vec![text])),
        }
    };
    let numbered = diagnostic.path.len() > 1;
    let mut first = true;
    for (index, Step { span, text }) in diagnostic.path.iter().enumerate() {
        let number = match numbered {
            true => format!("{}. ", index + 1),
            false => String::new(),
        };
        if *span != primary {
            add(*span, format!("{number}{text}"));
        } else if primary_text.is_empty() {
            primary_text = format!("{number}{text}");
        } else if first {
            primary_text.insert_str(0, &number);
        } else {
            primary_text.push_str(&format!("; {number}{text}"));
        }
        first &= *span != primary;
    }
    for Step { span, text } in &diagnostic.others {
        if *span != primary {
            add(*span, text.clone());
        }
    }
    let label = |style, span: Span, text: String| {
        Label::new(style, span.file.0 as usize, span.range()).with_message(text)
    };
    let secondary = places.into_iter();
    let mut labels = vec![label(LabelStyle::Primary, primary, primary_text)];
    labels.extend(
        secondary.map(|(span, texts)| label(LabelStyle::Secondary, span, texts.join("; "))),
    );
    labels
}

/// Keeps the first line of a label: a call's name says enough, and the brackets that are drawn
/// around several lines hide the order of the steps.
fn clip(inputs: &Inputs, label: &mut Label<usize>) {
    let file = inputs.input.files.get(label.file_id);
    if let Some(text) = file.and_then(|file| file.text.get(label.range.clone()))
        && let Some((first, _)) = text.split_once('\n')
    {
        label.range.end = label.range.start + first.trim_end().len();
    }
}

fn is_on_long_line(inputs: &Inputs, label: &Label<usize>) -> bool {
    let file = inputs.input.files.get(label.file_id);
    let lines = file.and_then(|file| lines_around(&file.text, label.range.clone()));
    lines.is_none_or(|lines| lines.lines().any(|line| line.len() > LONGEST_LINE))
}

/// The lines that hold `range`; a range that ends with a line end does not reach the next.
fn lines_around(text: &str, range: Range<usize>) -> Option<&str> {
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let inner = text.get(range.clone())?;
    let last = range.start + inner.strip_suffix('\n').unwrap_or(inner).len();
    let end = text
        .get(last..)?
        .find('\n')
        .map_or(text.len(), |at| last + at);
    text.get(start..end)
}

/// A label without its source.
fn in_words(inputs: &Inputs, label: &Label<usize>) -> Option<String> {
    let file = inputs.input.files.get(label.file_id)?;
    let start = Lines::new(&file.text).position(label.range.start);
    let name = inputs.name(FileId(label.file_id as u32));
    let place = format!("{name}:{}:{}", start.line, start.column);
    Some(match label.message.as_str() {
        "" => format!("at {place}"),
        message => format!("at {place}: {message}"),
    })
}

/// Breaks a text into lines that fit a terminal.
fn wrapped(text: &str) -> String {
    let mut wrapped = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > NOTE_WIDTH {
            wrapped.push('\n');
            width = 0;
        } else if width > 0 {
            wrapped.push(' ');
            width += 1;
        }
        wrapped.push_str(word);
        width += length;
    }
    wrapped
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
