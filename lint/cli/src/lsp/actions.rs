//! What the editor offers to do about a finding.
//!
//! Fixes come from the finding. A suppression goes where
//! [`socklint_analysis::suppress`] says that it covers the finding. The
//! documentation is opened by a command, which only the server's wish to show a
//! document makes possible.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use gen_lsp_types as lsp;
use serde_json::json;
use socklint_analysis::suppress::{CommentPlace, comment_place};

use super::client::Client;
use super::documents::{Documents, uri_of};
use super::file_report::{FileReport, Item, Mend};
use super::position::Positions;

/// The command that opens a rule's documentation.
pub(super) const OPEN_DOCUMENTATION: &str = "socklint.openDocumentation";
/// The kind of the action that applies all fixes that need no look.
pub(super) const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.socklint");
/// What is written as the reason of a suppression until its author writes a better one.
const REASON: &str = "reason";

/// What can be done in a part of a file.
pub(super) fn actions(
    params: &lsp::CodeActionParams,
    path: &Path,
    report: &FileReport,
    documents: &Documents,
    client: &Client,
) -> Vec<lsp::CodeAction> {
    let offering = Offering {
        path,
        report,
        documents,
        client,
        positions: Positions::new(&report.text, client.encoding),
    };
    let bytes = offering.positions.bytes(params.range);
    let mut actions = Vec::new();
    if is_wanted(params, &lsp::CodeActionKind::QuickFix) {
        // The client's range may be the cursor alone; the diagnostics that it names are meant too.
        let named = |item: &Item| {
            params.context.diagnostics.iter().any(|named| {
                named.range == item.diagnostic.range && named.code == item.diagnostic.code
            })
        };
        let items = report.items.iter();
        let here = items.filter(|item| touches(&item.range, &bytes) || named(item));
        for item in here {
            actions.extend(
                item.mends
                    .iter()
                    .filter_map(|mend| offering.fix(item, mend)),
            );
            actions.extend(offering.suppression(item));
            actions.extend(offering.documentation(item));
        }
    }
    if is_wanted(params, &FIX_ALL) {
        actions.extend(offering.fix_all());
    }
    actions
}

/// Whether the client asks for actions of a kind: kinds are a tree of words.
fn is_wanted(params: &lsp::CodeActionParams, kind: &lsp::CodeActionKind) -> bool {
    let kind = kind.to_string();
    params.context.only.as_ref().is_none_or(|only| {
        only.iter().any(|wanted| {
            let wanted = wanted.to_string();
            let rest = kind.strip_prefix(&wanted);
            wanted.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start <= b.end && b.start <= a.end
}

struct Offering<'a> {
    path: &'a Path,
    report: &'a FileReport,
    documents: &'a Documents,
    client: &'a Client,
    positions: Positions<'a>,
}

impl Offering<'_> {
    fn fix(&self, item: &Item, mend: &Mend) -> Option<lsp::CodeAction> {
        let edits = mend
            .edits
            .iter()
            .map(|(_, edit)| lsp::Edit::TextEdit(edit.clone()));
        Some(lsp::CodeAction {
            title: mend.title.clone(),
            kind: Some(lsp::CodeActionKind::QuickFix),
            diagnostics: Some(vec![item.diagnostic.clone()]),
            is_preferred: mend.safe.then_some(true),
            edit: Some(self.edit(edits.collect())?),
            ..lsp::CodeAction::default()
        })
    }

    fn suppression(&self, item: &Item) -> Option<lsp::CodeAction> {
        let rule = item.rule.filter(|_| item.suppressible)?;
        let place = comment_place(&self.report.text, item.range.clone())?;
        let comment = |reason: &str| format!("// socklint: allow({}) -- {reason}", rule.name);
        let (at, before, after) = match place {
            CommentPlace::Above { at, indent } => (at, indent, self.line_end()),
            CommentPlace::Behind(at) => (at, " ".to_owned(), ""),
        };
        let range = self.positions.range(&(at..at));
        let edit = match self.client.snippets {
            true => {
                let reason = format!("${{0:{REASON}}}");
                let value = format!("{before}{}{after}", comment(&reason));
                lsp::Edit::SnippetTextEdit(lsp::SnippetTextEdit {
                    range,
                    snippet: lsp::StringValue { value },
                    annotation_id: None,
                })
            }
            false => lsp::Edit::TextEdit(lsp::TextEdit {
                range,
                new_text: format!("{before}{}{after}", comment(REASON)),
            }),
        };
        Some(lsp::CodeAction {
            title: format!("Suppress `{}` here", rule.name),
            kind: Some(lsp::CodeActionKind::QuickFix),
            diagnostics: Some(vec![item.diagnostic.clone()]),
            edit: Some(self.edit(vec![edit])?),
            ..lsp::CodeAction::default()
        })
    }

    fn line_end(&self) -> &'static str {
        match self.report.text.contains("\r\n") {
            true => "\r\n",
            false => "\n",
        }
    }

    fn documentation(&self, item: &Item) -> Option<lsp::CodeAction> {
        let rule = item.rule.filter(|_| self.client.shows_documents)?;
        let title = format!("Open the documentation of `{}`", rule.name);
        Some(lsp::CodeAction {
            title: title.clone(),
            kind: Some(lsp::CodeActionKind::QuickFix),
            diagnostics: Some(vec![item.diagnostic.clone()]),
            command: Some(lsp::Command {
                title,
                command: OPEN_DOCUMENTATION.to_owned(),
                arguments: Some(vec![json!(rule.name)]),
                ..lsp::Command::default()
            }),
            ..lsp::CodeAction::default()
        })
    }

    /// The first safe fix of each finding, but for those that meet another's.
    fn fix_all(&self) -> Option<lsp::CodeAction> {
        let mut taken: Vec<&Range<usize>> = Vec::new();
        let mut edits = Vec::new();
        for item in &self.report.items {
            let Some(mend) = item.mends.iter().find(|mend| mend.safe) else {
                continue;
            };
            let free = |(range, _): &(Range<usize>, lsp::TextEdit)| {
                !taken.iter().any(|other| touches(range, other))
            };
            if mend.edits.iter().all(free) {
                taken.extend(mend.edits.iter().map(|(range, _)| range));
                edits.extend(
                    mend.edits
                        .iter()
                        .map(|(_, edit)| lsp::Edit::TextEdit(edit.clone())),
                );
            }
        }
        if edits.is_empty() {
            return None;
        }
        Some(lsp::CodeAction {
            title: "Apply all safe fixes of socklint".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(self.edit(edits)?),
            ..lsp::CodeAction::default()
        })
    }

    /// Edits of the document in the version for which they are, where the client checks that.
    fn edit(&self, edits: Vec<lsp::Edit>) -> Option<lsp::WorkspaceEdit> {
        let uri = uri_of(self.path, self.documents)?;
        if self.client.document_changes {
            let version = self
                .documents
                .get(self.path)
                .map(|document| document.version);
            let text_document = lsp::OptionalVersionedTextDocumentIdentifier {
                version,
                text_document_identifier: lsp::TextDocumentIdentifier { uri },
            };
            let change = lsp::TextDocumentEdit {
                text_document,
                edits,
            };
            return Some(lsp::WorkspaceEdit {
                document_changes: Some(vec![lsp::DocumentChange::TextDocumentEdit(change)]),
                ..lsp::WorkspaceEdit::default()
            });
        }
        let plain = edits.into_iter().filter_map(|edit| match edit {
            lsp::Edit::TextEdit(edit) => Some(edit),
            _ => None,
        });
        Some(lsp::WorkspaceEdit {
            changes: Some(HashMap::from([(uri, plain.collect())])),
            ..lsp::WorkspaceEdit::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{FIX_ALL, actions};
    use crate::lsp::client::Client;
    use crate::lsp::documents::Documents;
    use crate::lsp::file_report::{FileReport, Item, Mend};
    use crate::lsp::position::{Encoding, Positions};
    use gen_lsp_types as lsp;
    use serde_json::json;
    use std::ops::Range;
    use std::path::Path;

    const PATH: &str = "/a.rs";

    fn item(text: &str, range: Range<usize>, mends: &[(Range<usize>, &str, bool)]) -> Item {
        let positions = Positions::new(text, Encoding::Utf16);
        let mend = |(bytes, new, safe): &(Range<usize>, &str, bool)| Mend {
            title: format!("write `{new}`"),
            edits: vec![(
                bytes.clone(),
                lsp::TextEdit {
                    range: positions.range(bytes),
                    new_text: (*new).to_owned(),
                },
            )],
            safe: *safe,
        };
        Item {
            diagnostic: lsp::Diagnostic {
                range: positions.range(&range),
                ..lsp::Diagnostic::default()
            },
            rule: None,
            range,
            hover: String::new(),
            mends: mends.iter().map(mend).collect(),
            suppressible: false,
        }
    }

    fn offered(only: Option<lsp::CodeActionKind>) -> Vec<lsp::CodeAction> {
        let text = "one two three\n";
        let report = FileReport {
            text: text.into(),
            items: vec![
                item(text, 0..3, &[(0..3, "1", false), (0..3, "eins", true)]),
                item(text, 4..7, &[(2..5, "-", true)]),
                item(text, 8..13, &[(8..13, "3", true), (8..13, "drei", true)]),
            ],
            sockets: Vec::new(),
        };
        let uri = lsp::Uri::from_file_path(PATH).expect("it is absolute");
        let at = lsp::Position {
            line: 0,
            character: 1,
        };
        let params = lsp::CodeActionParams {
            text_document: lsp::TextDocumentIdentifier { uri },
            range: lsp::Range { start: at, end: at },
            context: lsp::CodeActionContext {
                diagnostics: Vec::new(),
                only: only.map(|only| vec![only]),
                trigger_kind: None,
            },
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let client = Client::new(&json!({}));
        actions(
            &params,
            Path::new(PATH),
            &report,
            &Documents::default(),
            &client,
        )
    }

    fn new_texts(action: &lsp::CodeAction) -> Vec<String> {
        let edit = action.edit.as_ref().and_then(|edit| edit.changes.as_ref());
        let edits = edit
            .into_iter()
            .flat_map(|changes| changes.values().flatten());
        edits.map(|edit| edit.new_text.clone()).collect()
    }

    #[test]
    fn each_fix_is_offered_and_the_safe_one_is_preferred() {
        let fixes = offered(Some(lsp::CodeActionKind::QuickFix));
        let fixes: Vec<_> = fixes
            .iter()
            .map(|fix| (fix.title.as_str(), fix.is_preferred, new_texts(fix)))
            .collect();
        assert_eq!(
            fixes,
            [
                ("write `1`", None, vec!["1".to_owned()]),
                ("write `eins`", Some(true), vec!["eins".to_owned()]),
            ]
        );
    }

    #[test]
    fn all_safe_fixes_but_those_that_meet() {
        for only in [
            FIX_ALL,
            lsp::CodeActionKind::SourceFixAll,
            lsp::CodeActionKind::Source,
        ] {
            let all = offered(Some(only));
            assert_eq!(all.len(), 1);
            assert_eq!(new_texts(&all[0]), ["eins", "3"]);
        }
        assert!(offered(Some(lsp::CodeActionKind::Refactor)).is_empty());
        assert_eq!(offered(None).len(), 3);
    }
}
