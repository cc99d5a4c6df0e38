//! The file: JSON, sorted, a line for each count, so that changes are easy to read and to merge.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Entry, Key};
use crate::modules::normal;

const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    version: u32,
    #[serde(default)]
    flags: Vec<String>,
    #[serde(borrow)]
    findings: Vec<&'a RawValue>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    file: String,
    rule: String,
    function: String,
    count: usize,
}

/// What is wrong, and where.
type Fault = (Range<usize>, String);

/// The counts of a baseline, and what is wrong with it.
pub(super) fn read(
    path: &Path,
    text: &str,
    source: usize,
    flags: &[String],
) -> (Vec<Entry>, Vec<Fault>) {
    let file: File<'_> = match serde_json::from_str(text) {
        Ok(file) => file,
        Err(error) => return (Vec::new(), vec![fault(text, 0, &error)]),
    };
    if file.version != VERSION {
        let message = format!(
            "this baseline is of version {}; this socklint knows {VERSION}",
            file.version
        );
        return (Vec::new(), vec![(0..0, message)]);
    }
    let folder = path.parent().unwrap_or(path);
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    for raw in file.findings {
        // A part of `text`.
        let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        match serde_json::from_str::<Line>(raw.get()) {
            Ok(line) => entries.push(Entry {
                key: Key {
                    file: absolute(&line.file, folder),
                    rule: line.rule,
                    function: line.function,
                },
                count: line.count,
                source,
                span: start..start + raw.get().len(),
                comparable: file.flags == flags,
            }),
            Err(error) => faults.push(fault(raw.get(), start, &error)),
        }
    }
    (entries, faults)
}

/// A parser's error at its place in the whole text, of which `text` is the part from `start`.
fn fault(text: &str, start: usize, error: &serde_json::Error) -> Fault {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let line: usize = lines.map(str::len).sum();
    let mut at = (line + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    // The place is told by the span.
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    (
        start + at..start + at,
        format!("this is no baseline: {message}; correct it, or remove it and write it anew"),
    )
}

/// The text of a baseline at `path`.
pub(super) fn written<'a>(
    path: &Path,
    flags: &[String],
    counts: impl Iterator<Item = (&'a Key, usize)>,
) -> serde_json::Result<String> {
    let folder = path.parent().unwrap_or(path);
    let mut lines = Vec::new();
    for (key, count) in counts {
        let line = Line {
            file: relative(&key.file, folder),
            rule: key.rule.clone(),
            function: key.function.clone(),
            count,
        };
        lines.push((line.file.clone(), serde_json::to_string(&line)?));
    }
    // By path as it is written, so that the order is the same on every machine.
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    let lines: Vec<String> = lines
        .into_iter()
        .map(|(_, line)| format!("\n    {line}"))
        .collect();
    let end = if lines.is_empty() { "" } else { "\n  " };
    Ok(format!(
        "{{\n  \"version\": {VERSION},\n  \"flags\": {},\n  \"findings\": [{}{end}]\n}}\n",
        serde_json::to_string(flags)?,
        lines.join(","),
    ))
}

/// The path from `folder`, with `/`.
fn relative(path: &Path, folder: &Path) -> String {
    let same = path
        .components()
        .zip(folder.components())
        .take_while(|(a, b)| a == b)
        .count();
    let shared = path
        .components()
        .take(same)
        .any(|part| matches!(part, Component::Normal(_)));
    if !shared {
        return path.to_string_lossy().replace('\\', "/");
    }
    let up = folder.components().skip(same).map(|_| "..".to_owned());
    let down = path.components().skip(same);
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// What [`relative`] gave, from `folder`.
fn absolute(path: &str, folder: &Path) -> PathBuf {
    normal(&folder.join(path))
}
