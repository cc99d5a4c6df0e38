//! Places as SARIF names them.

use socklint_analysis::{Edit, Fix as Change, Step};

use super::model::{
    ArtifactChange, Content, Fix, FlowLocation, Location, LogicalLocation, Message,
    PhysicalLocation, Region, Replacement,
};
use super::{sentence, uri};
use crate::report::place::{Located, Range, Sources};

/// Longer source was written by a program, and is left to the file.
const LONGEST_SNIPPET: usize = 2000;

/// A place in itself.
pub(super) fn location(place: &Located) -> Location {
    Location {
        physical_location: PhysicalLocation {
            artifact_location: uri::artifact(&place.path),
            region: place.range.as_ref().map(region),
            context_region: None,
        },
        ..Location::default()
    }
}

/// A place with the lines around it.
pub(super) fn in_context(place: &Located) -> Location {
    let mut location = location(place);
    location.physical_location.context_region = place.range.as_ref().and_then(context);
    location
}

/// A place with what happens there.
pub(super) fn step(sources: &Sources, step: &Step) -> Location {
    Location {
        message: Some(sentence(&step.text).into()),
        ..location(&sources.of_span(step.span))
    }
}

/// The steps of a path.
pub(super) fn flow(sources: &Sources, path: &[Step]) -> Vec<FlowLocation> {
    path.iter()
        .map(|step| FlowLocation {
            location: self::step(sources, step),
        })
        .collect()
}

/// A change of one file; whether a program may make it is said under rustc's name.
pub(super) fn fix(sources: &Sources, change: &Change) -> Option<Fix> {
    let first = change.edits.first()?;
    let file = sources.of_span(first.span);
    Some(Fix {
        description: Message::from(sentence(&change.title)),
        artifact_changes: vec![ArtifactChange {
            artifact_location: uri::artifact(&file.path),
            replacements: change
                .edits
                .iter()
                .filter_map(|edit| replacement(sources, edit))
                .collect(),
        }],
        properties: serde_json::json!({"applicability": format!("{:?}", change.applicability)}),
    })
}

fn replacement(sources: &Sources, edit: &Edit) -> Option<Replacement> {
    let place = sources.of_span(edit.span);
    Some(Replacement {
        deleted_region: Region {
            snippet: None,
            ..region(place.range.as_ref()?)
        },
        inserted_content: Content {
            text: edit.text.clone(),
        },
    })
}

/// The function around a place.
pub(super) fn function(name: &str) -> Vec<LogicalLocation> {
    let function = LogicalLocation {
        fully_qualified_name: name.to_owned(),
        kind: "function",
    };
    Some(function)
        .filter(|_| !name.is_empty())
        .into_iter()
        .collect()
}

fn region(range: &Range) -> Region {
    Region {
        start_line: range.start.line,
        start_column: Some(range.start.column),
        end_line: range.end.line,
        end_column: Some(range.end.column),
        snippet: snippet(range.text()),
    }
}

/// The lines of a range and one before and after; none if it is the whole file, since it must be more.
fn context(range: &Range) -> Option<Region> {
    let lines = range.with_lines_around(1)?;
    Some(Region {
        start_line: lines.start.line,
        start_column: None,
        end_line: lines.end.line,
        end_column: None,
        snippet: Some(snippet(lines.text())?),
    })
}

fn snippet(text: &str) -> Option<Content> {
    let fits = !text.is_empty() && text.len() <= LONGEST_SNIPPET;
    fits.then(|| Content {
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;
    use socklint_analysis::{Applicability, Edit, FileId, Fix, SourceFile, Span};

    use super::fix;
    use crate::inputs::Inputs;
    use crate::report::place::Sources;

    /// Two edits of a fix are replacements in one file, and one that only puts in deletes nothing.
    #[test]
    fn fixes_are_replacements() {
        let text = "let s = 1;\n\tend(é, s);\n";
        let file = SourceFile {
            path: "a b.rs".into(),
            text: text.into(),
        };
        let mut inputs = Inputs::default();
        inputs.input.files.push(file);
        inputs.base = PathBuf::from("/base");
        let edit = |part: &str, length: usize, text: &str| {
            let lo = inputs.input.files[0].text.find(part).expect("it is there") as u32;
            Edit {
                span: Span {
                    file: FileId(0),
                    lo,
                    hi: lo + length as u32,
                },
                text: text.into(),
            }
        };
        let change = Fix {
            title: "close `s` first".into(),
            edits: vec![edit("s = 1", 1, "t"), edit("s);", 0, "close(s), ")],
            applicability: Applicability::MaybeIncorrect,
        };
        let sources = Sources::new(&inputs);
        let region = |line, from, to| json!({"startLine": line, "startColumn": from, "endLine": line, "endColumn": to});
        assert_eq!(
            serde_json::to_value(fix(&sources, &change)).expect("it is JSON"),
            json!({
                "description": {"text": "Close `s` first."},
                "artifactChanges": [{
                    "artifactLocation": {"uri": "a%20b.rs", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {"deletedRegion": region(1, 5, 6), "insertedContent": {"text": "t"}},
                        {"deletedRegion": region(2, 9, 9), "insertedContent": {"text": "close(s), "}},
                    ],
                }],
                "properties": {"applicability": "MaybeIncorrect"},
            })
        );
        let nothing = Fix {
            edits: Vec::new(),
            ..change
        };
        assert!(fix(&sources, &nothing).is_none());
    }
}
