//! Places as SARIF names them.

use socklint_analysis::{Edit, Fix as Change, Step};

use super::model::{
    ArtifactChange, Content, Fix, FlowLocation, Location, LogicalLocation, Message,
    PhysicalLocation, Region, Replacement,
};
use super::{sentence, uri};
use crate::inputs::Inputs;
use crate::report::place::{self, Located, Range};
use crate::repository::Repository;

/// Longer source was written by a program, and is left to the file.
const LONGEST_SNIPPET: usize = 2000;

/// Where the files are.
pub(super) struct Places<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) repository: &'a Repository,
}

impl Places<'_> {
    /// A place in itself.
    pub(super) fn location(&self, place: &Located) -> Location {
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
    pub(super) fn in_context(&self, place: &Located) -> Location {
        let mut location = self.location(place);
        location.physical_location.context_region = place.range.as_ref().and_then(context);
        location
    }

    /// A place with what happens there.
    pub(super) fn step(&self, step: &Step) -> Location {
        let place = place::of_span(self.inputs, self.repository, step.span);
        Location {
            message: Some(sentence(&step.text).into()),
            ..self.location(&place)
        }
    }

    /// The steps of a path.
    pub(super) fn flow(&self, path: &[Step]) -> Vec<FlowLocation> {
        path.iter()
            .map(|step| FlowLocation {
                location: self.step(step),
            })
            .collect()
    }

    /// A change of one file; whether a program may make it is said under rustc's name.
    pub(super) fn fix(&self, change: &Change) -> Option<Fix> {
        let first = change.edits.first()?;
        let file = place::of_span(self.inputs, self.repository, first.span);
        Some(Fix {
            description: Message::from(sentence(&change.title)),
            artifact_changes: vec![ArtifactChange {
                artifact_location: uri::artifact(&file.path),
                replacements: change
                    .edits
                    .iter()
                    .filter_map(|edit| self.replacement(edit))
                    .collect(),
            }],
            properties: serde_json::json!({"applicability": format!("{:?}", change.applicability)}),
        })
    }

    fn replacement(&self, edit: &Edit) -> Option<Replacement> {
        let place = place::of_span(self.inputs, self.repository, edit.span);
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
