//! The head of the page: what was checked, and what came of it in one sentence.

use std::collections::BTreeSet;
use std::path::Path;

use socklint_analysis::Verdict;

use super::text::{Html, path, plain};
use crate::inputs::Inputs;
use crate::outcome::Severity;
use crate::report::{Results, number};

/// So many packages are named one by one.
const NAMED: usize = 12;

/// So many files are; of more, the folder is named.
const NAMED_FILES: usize = 4;

/// What is said of sockets by a rule's findings, of one and of several.
const OF_SOCKETS: [(&str, &str, &str); 4] = [
    ("unclosed_socket", "leaks", "leak"),
    ("double_close", "is closed twice", "are closed twice"),
    (
        "use_after_close",
        "is used after its close",
        "are used after their close",
    ),
    (
        "wrong_close_function",
        "is closed with the wrong function",
        "are closed with the wrong function",
    ),
];

/// The verdict in a sentence, or two.
pub(super) fn verdict(results: &Results) -> String {
    let outcome = &results.outcome;
    let mut clauses: Vec<String> = Vec::new();
    let mut sockets = 0;
    for (rule, one, several) in OF_SOCKETS {
        let found = outcome
            .diagnostics
            .iter()
            .filter(|found| found.code == Some(rule));
        let count = found.count();
        let subject = match (clauses.is_empty(), count) {
            (_, 0) => continue,
            (true, _) => number(count, "socket"),
            (false, _) => count.to_string(),
        };
        sockets += count;
        clauses.push(format!(
            "{subject} {}",
            if count == 1 { one } else { several }
        ));
    }
    let found = outcome.count(Severity::Error) + outcome.count(Severity::Warning);
    let sentence = match (clauses.pop(), found - sockets) {
        (None, 0) => return nothing_found(results),
        (None, 1) => "There is 1 finding.".to_owned(),
        (None, rest) => format!("There are {rest} findings."),
        (Some(last), rest) => {
            let sockets = match clauses.is_empty() {
                true => last,
                false => format!("{} and {last}", clauses.join(", ")),
            };
            match rest {
                0 => format!("{sockets}."),
                1 => format!("{sockets}; there is 1 other finding."),
                rest => format!("{sockets}; there are {rest} other findings."),
            }
        }
    };
    format!("{sentence}{}", not_checked(results))
}

fn nothing_found(results: &Results) -> String {
    let outcome = &results.outcome;
    if outcome.not_checked() > 0 {
        return format!(
            "Nothing was found in what could be checked.{}",
            not_checked(results)
        );
    }
    let all = results.proofs.len();
    let fine = |verdict| matches!(verdict, Verdict::Closed | Verdict::HandedOn);
    let is_fine = results.proofs.iter().all(|proof| fine(proof.verdict));
    let more = match (all, is_fine) {
        (0, _) => " No socket is opened in this code.".to_owned(),
        (1, true) => " The one socket is closed or handed on, on every path.".to_owned(),
        (_, true) => format!(" All {all} sockets are closed or handed on, on every path."),
        (_, false) => String::new(),
    };
    format!("Nothing was found.{more}")
}

fn not_checked(results: &Results) -> String {
    match results.outcome.not_checked() {
        0 => String::new(),
        1 => " One file or folder could not be checked.".to_owned(),
        count => format!(" {count} files or folders could not be checked."),
    }
}

/// Things of one sort that were checked.
pub(super) struct Checked {
    /// How many of what.
    pub(super) count: String,
    /// Their names, or the folder that they lie in.
    pub(super) names: Vec<Html>,
    /// How many more there are.
    pub(super) more: usize,
}

/// What was checked: packages, and files that belong to none.
pub(super) fn checked(inputs: &Inputs) -> Vec<Checked> {
    let mut packages = BTreeSet::new();
    let mut files = BTreeSet::new();
    for (krate, origin) in inputs.input.crates.iter().zip(&inputs.origins) {
        let shown = |file: &&usize| inputs.shown.get(**file) == Some(&true);
        if !krate.report {
            continue;
        }
        // Of a package, perhaps only some files were asked for.
        if !krate.loose && krate.files.iter().all(|file| shown(&file)) {
            packages.insert(package(&origin.package_id));
        } else {
            let read = krate.files.iter().filter(shown);
            let read = read.filter_map(|&file| inputs.input.files.get(file));
            files.extend(read.map(|file| file.path.as_str()));
        }
    }
    let mut checked = Vec::new();
    if !packages.is_empty() {
        checked.push(Checked {
            count: number(packages.len(), "package"),
            names: packages
                .iter()
                .take(NAMED)
                .map(|name| plain(name))
                .collect(),
            more: packages.len().saturating_sub(NAMED),
        });
    }
    if !files.is_empty() {
        let names = match files.len() {
            ..=NAMED_FILES => files.iter().map(|file| path(file)).collect(),
            _ => in_folder(&files),
        };
        checked.push(Checked {
            count: number(files.len(), "file"),
            names,
            more: 0,
        });
    }
    checked
}

fn in_folder(files: &BTreeSet<&str>) -> Vec<Html> {
    let paths: Vec<&Path> = files.iter().map(Path::new).collect();
    match common_folder(&paths).to_string_lossy().as_ref() {
        "" => Vec::new(),
        folder => vec![path(&format!("{folder}/"))],
    }
}

fn common_folder<'a>(paths: &[&'a Path]) -> &'a Path {
    let first = paths.first().and_then(|path| path.parent());
    let mut folders = first.into_iter().flat_map(Path::ancestors);
    let common = folders.find(|folder| paths.iter().all(|path| path.starts_with(folder)));
    common.unwrap_or(Path::new(""))
}

/// The name and version in a package's id, as cargo prints it: `<url>#<name>@<version>`, or only
/// `#<version>` where the folder has the package's name.
fn package(id: &str) -> String {
    let Some((url, fragment)) = id.rsplit_once('#') else {
        return id.to_owned();
    };
    let (name, version) = match fragment.split_once('@') {
        Some((name, version)) => (name, version),
        None => (url.rsplit('/').next().unwrap_or(url), fragment),
    };
    format!("{name} {version}")
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn packages_have_names_and_versions() {
        for (id, shown) in [
            ("path+file:///a/mio#0.7.0", "mio 0.7.0"),
            ("path+file:///a/x#mio@0.7.0", "mio 0.7.0"),
            ("registry+https://host/index#mio@0.7.0", "mio 0.7.0"),
            ("mio", "mio"),
        ] {
            assert_eq!(package(id), shown);
        }
    }
}
